/* test_array.c - stores and typed arrays: every container interface on every kind. */
#include "memory_support.h"

#include <math.h>

#include "containers/array.h"
#include "types/number.h"

static TestHeap test;
static Heap *heap;

static void setup(void)
{
    test_heap_open(&test, true, 0);
    heap = &test.heap;
}

static void teardown(void)
{
    test_heap_close(&test);
}

static Array *array_at(size_t root)
{
    return value_to_array(test.roots[root]);
}

/* ---- RawArray ---- */

START_TEST(capacity_grows_by_half_from_eight)
{
    const uint64_t series[] = {0,   8,   12,  18,   27,   40,   60,   90,   135, 202,
                               303, 454, 681, 1021, 1531, 2296, 3444, 5166, 7749};

    for (size_t i = 0; i + 1 < sizeof series / sizeof *series; i += 1)
        ck_assert_uint_eq(rawarray_grown(series[i]), series[i + 1]);
}
END_TEST

START_TEST(growth_always_adds_room)
{
    for (uint64_t capacity = 0; capacity < 10000; capacity += 1)
        ck_assert_uint_gt(rawarray_grown(capacity), capacity);
    ck_assert_uint_eq(rawarray_grown_to(8, 1000), 1000);
    ck_assert_uint_eq(rawarray_grown_to(1000, 1001), 1500);
}
END_TEST

START_TEST(a_new_store_is_zero_and_a_resized_one_keeps_what_fits)
{
    Value store, bigger, smaller;

    ck_assert_ok(li_rawarray_new(heap, 100, 4, &store));
    ck_assert_uint_ge(rawarray_capacity(store, 4), 100);

    uint32_t *items = value_to_object(store);

    for (uint32_t i = 0; i < 100; i += 1) {
        ck_assert_uint_eq(items[i], 0);
        items[i] = i;
    }
    ck_assert_ok(li_rawarray_resized(heap, store, 200, 4, &bigger));
    ck_assert_ok(li_rawarray_resized(heap, store, 10, 4, &smaller));
    ck_assert_uint_eq(rawarray_capacity(bigger, 4), 200);
    ck_assert_uint_eq(rawarray_capacity(smaller, 4), 10);
    for (uint32_t i = 0; i < 200; i += 1)
        ck_assert_uint_eq(((uint32_t *)value_to_object(bigger))[i], i < 100 ? i : 0);
    for (uint32_t i = 0; i < 10; i += 1)
        ck_assert_uint_eq(((uint32_t *)value_to_object(smaller))[i], i);
    ck_assert_ok(li_rawarray_new(heap, 0, 8, &store));
    ck_assert_uint_ge(rawarray_capacity(store, 8), 1); /* R1 */
}
END_TEST

START_TEST(a_store_too_large_for_a_header_is_a_bad_size)
{
    Value store = VALUE_NIL;

    ck_assert_err(li_rawarray_new(heap, UINT64_MAX, 8, &store), ERR_BAD_SIZE);
    ck_assert_err(li_rawarray_new(heap, UINT64_MAX / 8 + 2, 8, &store), ERR_BAD_SIZE);
    ck_assert_err(li_rawarray_new(heap, UINT64_C(1) << 32, 8, &store), ERR_BAD_SIZE);
    ck_assert_err(li_array_new(heap, ELEMENT_F64, UINT64_MAX, &store), ERR_BAD_SIZE);
    ck_assert_err(li_array_u8_with_capacity(heap, UINT64_MAX, &store), ERR_BAD_SIZE);
    ck_assert_eq_value(store, VALUE_NIL);
}
END_TEST

START_TEST(a_pair_lists_length_is_counted_and_bad_lists_are_refused)
{
    Value list = test_pair_list(heap, 1000), odd = test_pair_list(heap, 3);
    uint64_t length = 77;

    ck_assert_ok(li_pair_list_length(list, &length));
    ck_assert_uint_eq(length, 1000);
    ck_assert_ok(li_pair_list_length(VALUE_NIL, &length));
    ck_assert_uint_eq(length, 0);
    value_to_pair(pair_cdr(pair_cdr(odd)))->cdr = VALUE_TRUE;
    ck_assert_err(li_pair_list_length(odd, &length), ERR_TYPE);
    ck_assert_err(li_pair_list_length(VALUE_TRUE, &length), ERR_TYPE);
    for (int64_t tail = 0; tail < 5; tail += 1) {
        for (int64_t circle = 1; circle < 6; circle += 1) {
            Value head = test_pair_list(heap, tail + circle), last = head, into = head;

            while (value_is_pair(pair_cdr(last)))
                last = pair_cdr(last);
            for (int64_t i = 0; i < tail; i += 1)
                into = pair_cdr(into);
            value_to_pair(last)->cdr = into;
            ck_assert_err(li_pair_list_length(head, &length), ERR_TYPE);
        }
    }
}
END_TEST

/* ---- Every interface, on every kind ---- */

/* The arithmetic of a test in one kind: its i-th item, and back. */
#define ITEM(type, i) ((type)((i) % 100))

#define INTERFACE_TEST(element, type, kind)                                            \
    static Status sum_##element(type *items, uint64_t length, void *context)           \
    {                                                                                  \
        for (uint64_t i = 0; i < length; i += 1)                                       \
            *(double *)context += (double)items[i];                                    \
        return ERR_KEY; /* comes back as it is */                                      \
    }                                                                                  \
                                                                                       \
    START_TEST(every_interface_works_on_##element##_arrays)                            \
    {                                                                                  \
        Value v, list;                                                                 \
        type item = 0, *items;                                                         \
        uint64_t length;                                                               \
        double sum = 0;                                                                \
        Array *array;                                                                  \
                                                                                       \
        /* container */                                                                \
        ck_assert_ok(li_array_##element##_new(heap, &v));                              \
        array = value_to_array(v);                                                     \
        ck_assert_int_eq(array_kind(array), kind);                                     \
        ck_assert_uint_eq(li_array_##element##_length(array), 0);                      \
        /* stack: empty, then pushes through several growths */                        \
        ck_assert_err(li_array_##element##_pop(array, &item), ERR_EMPTY);              \
        ck_assert_err(li_array_##element##_top(array, &item), ERR_EMPTY);              \
        for (int i = 0; i < 1000; i += 1) {                                            \
            ck_assert_ok(li_array_##element##_push(heap, array, ITEM(type, i)));       \
            ck_assert(li_array_valid(array));                                          \
        }                                                                              \
        ck_assert_ok(li_array_##element##_top(array, &item));                          \
        ck_assert(item == ITEM(type, 999));                                            \
        ck_assert_ok(li_array_##element##_pop(array, &item));                          \
        ck_assert(item == ITEM(type, 999));                                            \
        /* indexed */                                                                  \
        test.roots[0] = v;                                                             \
        test_collect(&test, IMMIX_EVACUATE);                                           \
        v = test.roots[0];                                                             \
        array = value_to_array(v);                                                     \
        ck_assert_uint_eq(li_array_##element##_length(array), 999);                    \
        for (uint64_t i = 0; i < 999; i += 1) {                                        \
            ck_assert_ok(li_array_##element##_get(array, i, &item));                   \
            ck_assert(item == ITEM(type, i)                                            \
                      && li_array_##element##_at(array, i) == item);                   \
        }                                                                              \
        ck_assert_err(li_array_##element##_get(array, 999, &item), ERR_RANGE);         \
        ck_assert_err(li_array_##element##_get(array, UINT64_MAX, &item), ERR_RANGE);  \
        ck_assert_err(li_array_##element##_set(heap, array, 999, 1), ERR_RANGE);       \
        ck_assert_ok(li_array_##element##_set(heap, array, 0, 7));                     \
        ck_assert(li_array_##element##_at(array, 0) == 7);                             \
        /* fill: to the size asked for, in one step, and not below the length */       \
        ck_assert_ok(li_array_##element##_fill(heap, array, 10, 9));                   \
        ck_assert_uint_eq(array->length, 999);                                         \
        ck_assert_ok(li_array_##element##_fill(heap, array, 5000, 9));                 \
        ck_assert_uint_eq(array->length, 5000);                                        \
        ck_assert(li_array_valid(array));                                              \
        for (uint64_t i = 999; i < 5000; i += 1)                                       \
            ck_assert(li_array_##element##_at(array, i) == 9);                         \
        ck_assert_ok(li_array_##element##_resize(heap, array, 3, 0));                  \
        ck_assert_uint_eq(array->length, 3);                                           \
        ck_assert_ok(li_array_##element##_resize(heap, array, 4, 5));                  \
        ck_assert(li_array_##element##_at(array, 3) == 5);                             \
        ck_assert_ok(li_array_##element##_fill_range(heap, array, 1, 3, 8));           \
        ck_assert(li_array_##element##_at(array, 0) == 7);                             \
        ck_assert(li_array_##element##_at(array, 2) == 8);                             \
        ck_assert(li_array_##element##_at(array, 3) == 5);                             \
        ck_assert_err(li_array_##element##_fill_range(heap, array, 2, 1, 0),           \
                      ERR_RANGE);                                                      \
        ck_assert_err(li_array_##element##_fill_range(heap, array, 0, 5, 0),           \
                      ERR_RANGE);                                                      \
        /* sliceable */                                                                \
        ck_assert_err(                                                                 \
            li_array_##element##_access_slice(heap, array, sum_##element, &sum),       \
            ERR_KEY);                                                                  \
        ck_assert_double_eq(sum, 7 + 8 + 8 + 5);                                       \
        ck_assert_uint_eq(array->borrows, 0);                                          \
        li_array_##element##_borrow(heap, array, &items, &length);                     \
        ck_assert_uint_eq(length, 4);                                                  \
        items[0] = 6;                                                                  \
        ck_assert(li_array_##element##_at(array, 0) == 6);                             \
        li_array_##element##_release(heap, array);                                     \
        /* from slices */                                                              \
        ck_assert_ok(li_array_##element##_slice(heap, array, 1, 4, &v));               \
        ck_assert_uint_eq(value_to_array(v)->length, 3);                               \
        ck_assert(li_array_##element##_at(value_to_array(v), 2) == 5);                 \
        ck_assert_err(li_array_##element##_slice(heap, array, 2, 1, &v), ERR_RANGE);   \
        ck_assert_err(li_array_##element##_slice(heap, array, 0, 5, &v), ERR_RANGE);   \
        ck_assert_ok(li_array_##element##_copy(heap, array, 1, array, 0, 3));          \
        ck_assert(li_array_##element##_at(array, 1) == 6);                             \
        ck_assert(li_array_##element##_at(array, 3) == 8);                             \
        ck_assert_err(li_array_##element##_copy(heap, array, 2, array, 0, 3),          \
                      ERR_RANGE);                                                      \
        ck_assert_err(li_array_##element##_copy(heap, array, 5, array, 0, 0),          \
                      ERR_RANGE);                                                      \
        /* pair lists */                                                               \
        ck_assert_ok(                                                                  \
            li_array_##element##_from_pair_list(heap, test_pair_list(heap, 100), &v)); \
        ck_assert_uint_eq(value_to_array(v)->length, 100);                             \
        for (uint64_t i = 0; i < 100; i += 1)                                          \
            ck_assert(li_array_##element##_at(value_to_array(v), i) == ITEM(type, i)); \
        ck_assert_ok(li_array_##element##_to_pair_list(heap, value_to_array(v), 98,    \
                                                       100, &list));                   \
        ck_assert_ok(li_pair_list_length(list, &length));                              \
        ck_assert_uint_eq(length, 2);                                                  \
        ck_assert_err(li_array_##element##_from_pair_list(heap, VALUE_TRUE, &v),       \
                      ERR_TYPE);                                                       \
        /* clear */                                                                    \
        ck_assert_ok(li_array_##element##_clear(array));                               \
        ck_assert_uint_eq(array->length, 0);                                           \
        ck_assert_ok(li_array_##element##_push(heap, array, 1));                       \
    }                                                                                  \
    END_TEST

INTERFACE_TEST(u8, uint8_t, ELEMENT_U8)
INTERFACE_TEST(s8, int8_t, ELEMENT_S8)
INTERFACE_TEST(u16, uint16_t, ELEMENT_U16)
INTERFACE_TEST(s16, int16_t, ELEMENT_S16)
INTERFACE_TEST(u32, uint32_t, ELEMENT_U32)
INTERFACE_TEST(s32, int32_t, ELEMENT_S32)
INTERFACE_TEST(u64, uint64_t, ELEMENT_U64)
INTERFACE_TEST(s64, int64_t, ELEMENT_S64)
INTERFACE_TEST(f32, float, ELEMENT_F32)
INTERFACE_TEST(f64, double, ELEMENT_F64)
INTERFACE_TEST(opcode, uint64_t, ELEMENT_OPCODE)

START_TEST(an_array_of_capacity_256_does_not_move_before_the_257th_push)
{
    Value v;
    ck_assert_ok(li_array_u64_with_capacity(heap, 256, &v));
    Array *array = value_to_array(v);
    Value store = array->store;

    for (uint64_t i = 0; i < 256; i += 1)
        ck_assert_ok(li_array_u64_push(heap, array, i));
    ck_assert_eq_value(array->store, store);
    ck_assert_ok(li_array_u64_push(heap, array, 256));
    ck_assert(!value_is_eq(array->store, store));
    ck_assert_uint_eq(li_array_capacity(array), 384);
    for (uint64_t i = 0; i < 257; i += 1)
        ck_assert_uint_eq(li_array_u64_at(array, i), i);
}
END_TEST

START_TEST(an_array_of_capacity_one_grows)
{
    Value v;
    ck_assert_ok(li_array_u64_with_capacity(heap, 1, &v));

    for (uint64_t i = 0; i < 3; i += 1)
        ck_assert_ok(li_array_u64_push(heap, value_to_array(v), i));
    ck_assert(li_array_valid(value_to_array(v)));
    ck_assert_uint_eq(value_to_array(v)->length, 3);
}
END_TEST

START_TEST(a_borrowed_array_refuses_every_change_of_size_and_loses_nothing)
{
    Value v;
    ck_assert_ok(li_array_s32_new(heap, &v));
    Array *array = value_to_array(v);
    int32_t item;

    ck_assert_ok(li_array_s32_fill(heap, array, 10, 5));
    for (int depth = 0; depth < 3; depth += 1) {
        ck_assert_ptr_eq(li_array_borrow(heap, array), array_data(array));
        ck_assert_err(li_array_s32_push(heap, array, 1), ERR_BORROWED);
        ck_assert_err(li_array_s32_pop(array, &item), ERR_BORROWED);
        ck_assert_err(li_array_s32_clear(array), ERR_BORROWED);
        ck_assert_err(li_array_s32_fill(heap, array, 20, 1), ERR_BORROWED);
        ck_assert_err(li_array_s32_resize(heap, array, 2, 1), ERR_BORROWED);
        ck_assert_err(li_array_s32_reserve(heap, array, 100), ERR_BORROWED);
        ck_assert_err(li_array_push(heap, array, value_from_fixnum(1)), ERR_BORROWED);
        ck_assert_ok(li_array_s32_set(heap, array, 0, depth));
        ck_assert_ok(li_array_s32_get(array, 0, &item));
        ck_assert_int_eq(item, depth);
        ck_assert_uint_eq(array->length, 10);
    }
    /* An inner release does not end the outer borrow. */
    for (int depth = 3; depth > 0; depth -= 1) {
        ck_assert_err(li_array_s32_push(heap, array, 1), ERR_BORROWED);
        li_array_release(heap, array);
    }
    ck_assert_ok(li_array_s32_push(heap, array, 1));
    ck_assert_uint_eq(array->length, 11);
}
END_TEST

START_TEST(a_borrowed_store_does_not_move_and_moves_again_after)
{
    ck_assert_ok(li_array_new(heap, ELEMENT_F64, 8, &test.roots[0]));

    double *items = li_array_borrow(heap, array_at(0));

    for (int i = 0; i < 3; i += 1) {
        items[i] = 1.5;
        test_collect(&test, IMMIX_EVACUATE);
        ck_assert_ptr_eq(array_data(array_at(0)), items);
        ck_assert_double_eq(li_array_f64_at(array_at(0), (uint64_t)i), 1.5);
    }
    li_array_release(heap, array_at(0));
    test_collect(&test, IMMIX_EVACUATE);
    ck_assert_double_eq(li_array_f64_at(array_at(0), 2), 1.5);
}
END_TEST

START_TEST(a_literal_refuses_every_change)
{
    Value v;
    ck_assert_ok(li_bytevector_from(heap, "abc", 3, &v));
    Array *array = value_to_array(v);
    uint8_t item;

    ck_assert(value_is_bytevector(v));
    li_set_immutable(array);
    ck_assert_err(li_array_u8_set(heap, array, 0, 1), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_push(heap, array, 1), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_pop(array, &item), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_clear(array), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_fill(heap, array, 10, 1), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_fill_range(heap, array, 0, 1, 1), ERR_IMMUTABLE);
    ck_assert_err(li_array_u8_copy(heap, array, 0, array, 0, 1), ERR_IMMUTABLE);
    ck_assert_int_eq(memcmp(bytevector_bytes(v), "abc", 3), 0);
    ck_assert_ok(li_array_u8_slice(heap, array, 0, 3, &v));
    ck_assert(!li_is_immutable(value_to_array(v)));
}
END_TEST

/* ---- By Values ---- */

START_TEST(integers_that_do_not_fit_an_element_are_out_of_range)
{
    static const struct {
        ElementKind kind;
        int64_t low, high;
    } bounds[] = {
        {ELEMENT_U8, 0, UINT8_MAX},   {ELEMENT_S8, INT8_MIN, INT8_MAX},
        {ELEMENT_U16, 0, UINT16_MAX}, {ELEMENT_S16, INT16_MIN, INT16_MAX},
        {ELEMENT_U32, 0, UINT32_MAX}, {ELEMENT_S32, INT32_MIN, INT32_MAX},
    };
    Value v, got;

    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i += 1) {
        ck_assert_ok(li_array_new(heap, bounds[i].kind, 1, &v));
        Array *array = value_to_array(v);

        ck_assert_ok(li_array_set(heap, array, 0, value_from_fixnum(bounds[i].low)));
        ck_assert_ok(li_array_get(heap, array, 0, &got));
        ck_assert_int_eq(value_to_fixnum(got), bounds[i].low);
        ck_assert_ok(li_array_set(heap, array, 0, value_from_fixnum(bounds[i].high)));
        ck_assert_ok(li_array_get(heap, array, 0, &got));
        ck_assert_int_eq(value_to_fixnum(got), bounds[i].high);
        ck_assert_err(
            li_array_set(heap, array, 0, value_from_fixnum(bounds[i].low - 1)),
            ERR_RANGE);
        ck_assert_err(li_array_push(heap, array, value_from_fixnum(bounds[i].high + 1)),
                      ERR_RANGE);
        ck_assert_err(li_array_set(heap, array, 0, VALUE_TRUE), ERR_TYPE);
        ck_assert_uint_eq(array->length, 1);
    }
}
END_TEST

START_TEST(the_widest_integers_and_floats_come_back)
{
    Value v, number, got;
    uint64_t n;
    int64_t s;

    ck_assert_ok(li_array_new(heap, ELEMENT_U64, 0, &v));
    ck_assert_ok(li_num_from_uint64(heap, UINT64_MAX, &number));
    ck_assert_ok(li_array_push(heap, value_to_array(v), number));
    ck_assert_ok(li_array_top(heap, value_to_array(v), &got));
    ck_assert_ok(li_num_to_uint64(got, &n));
    ck_assert_uint_eq(n, UINT64_MAX);
    ck_assert_err(li_array_push(heap, value_to_array(v), value_from_fixnum(-1)),
                  ERR_RANGE);

    ck_assert_ok(li_array_new(heap, ELEMENT_S64, 0, &v));
    ck_assert_err(li_array_push(heap, value_to_array(v), number), ERR_RANGE);
    ck_assert_ok(li_num_from_int64(heap, INT64_MIN, &number));
    ck_assert_ok(li_array_push(heap, value_to_array(v), number));
    ck_assert_ok(li_array_pop(heap, value_to_array(v), &got));
    ck_assert_ok(li_num_to_int64(got, &s));
    ck_assert_int_eq(s, INT64_MIN);
    ck_assert_err(li_array_pop(heap, value_to_array(v), &got), ERR_EMPTY);

    ck_assert_ok(li_array_new(heap, ELEMENT_F32, 0, &v));
    ck_assert_ok(li_flonum(heap, 0.1, &number));
    ck_assert_ok(li_array_push(heap, value_to_array(v), number));
    ck_assert_ok(li_array_push(heap, value_to_array(v), value_from_fixnum(3)));
    ck_assert_ok(li_array_get(heap, value_to_array(v), 0, &got));
    ck_assert_double_eq(value_to_flonum(got), (double)0.1F);
    ck_assert_ok(li_array_get(heap, value_to_array(v), 1, &got));
    ck_assert_double_eq(value_to_flonum(got), 3.0);

    ck_assert_ok(li_array_new(heap, ELEMENT_F64, 0, &v));
    ck_assert_ok(li_flonum(heap, (double)NAN, &number));
    ck_assert_ok(li_array_fill(heap, value_to_array(v), 4, number));
    ck_assert_ok(li_array_get(heap, value_to_array(v), 3, &got));
    ck_assert(isnan(value_to_flonum(got)));
    ck_assert_err(li_array_push(heap, value_to_array(v), VALUE_NIL), ERR_TYPE);
}
END_TEST

START_TEST(arrays_of_any_kind_work_by_values_alone)
{
    for (ElementKind kind = 0; kind < ELEMENT_KINDS; kind += 1) {
        Value list = test_pair_list(heap, 20), v, part, back;
        uint64_t length;

        ck_assert_ok(li_array_from_pair_list(heap, kind, list, &v));
        Array *array = value_to_array(v);
        ck_assert_int_eq(array_kind(array), kind);
        ck_assert_ok(li_array_fill_range(heap, array, 0, 5, value_from_fixnum(9)));
        ck_assert_ok(li_array_resize(heap, array, 25, value_from_fixnum(4)));
        ck_assert_ok(li_array_reserve(heap, array, 100));
        ck_assert_uint_ge(li_array_capacity(array), 100);
        ck_assert_ok(li_array_slice(heap, array, 4, 25, &part));
        ck_assert_ok(li_array_copy(heap, array, 0, value_to_array(part), 0, 21));
        ck_assert_ok(li_array_to_pair_list(heap, array, 0, 25, &back));
        ck_assert_ok(li_pair_list_length(back, &length));
        ck_assert_uint_eq(length, 25);
        ck_assert_ok(li_array_clear(array));
        ck_assert_uint_eq(array->length, 0);
        ck_assert(strlen(li_array_kind_text(kind)) >= 2);
    }

    Value bytes, floats;

    ck_assert_ok(li_array_new(heap, ELEMENT_U8, 4, &bytes));
    ck_assert_ok(li_array_new(heap, ELEMENT_F64, 4, &floats));
    ck_assert_err(
        li_array_copy(heap, value_to_array(bytes), 0, value_to_array(floats), 0, 1),
        ERR_TYPE);
}
END_TEST

/* ---- Hostile memory ---- */

START_TEST(an_array_that_finds_no_memory_is_as_it_was)
{
    Value v;
    ck_assert_ok(li_array_u64_new(heap, &v));
    Array *array = value_to_array(v);

    for (uint64_t i = 0; i < 1000; i += 1) {
        immix_fail_after(heap->immix, 1);

        Status status = li_array_u64_push(heap, array, i);

        immix_fail_after(heap->immix, 0);
        ck_assert_uint_eq(array->length, i + (status == OK));
        ck_assert(li_array_valid(array));
        if (status != OK) {
            ck_assert_err(status, ERR_NO_MEMORY);
            ck_assert_ok(li_array_u64_push(heap, array, i));
        }
        ck_assert_uint_eq(li_array_u64_at(array, i / 2), i / 2);
    }
}
END_TEST

START_TEST(an_array_grows_far_beyond_a_block)
{
    ck_assert_ok(li_array_u32_new(heap, &test.roots[0]));
    for (uint32_t i = 0; i < 200000; i += 1)
        ck_assert_ok(li_array_u32_push(heap, array_at(0), i));
    test_collect(&test, IMMIX_FULL);
    for (uint32_t i = 0; i < 200000; i += 1)
        ck_assert_uint_eq(li_array_u32_at(array_at(0), i), i);
}
END_TEST

TEST_MAIN("array", setup, teardown, capacity_grows_by_half_from_eight,
          growth_always_adds_room,
          a_new_store_is_zero_and_a_resized_one_keeps_what_fits,
          a_store_too_large_for_a_header_is_a_bad_size,
          a_pair_lists_length_is_counted_and_bad_lists_are_refused,
          every_interface_works_on_u8_arrays, every_interface_works_on_s8_arrays,
          every_interface_works_on_u16_arrays, every_interface_works_on_s16_arrays,
          every_interface_works_on_u32_arrays, every_interface_works_on_s32_arrays,
          every_interface_works_on_u64_arrays, every_interface_works_on_s64_arrays,
          every_interface_works_on_f32_arrays, every_interface_works_on_f64_arrays,
          every_interface_works_on_opcode_arrays,
          an_array_of_capacity_256_does_not_move_before_the_257th_push,
          an_array_of_capacity_one_grows,
          a_borrowed_array_refuses_every_change_of_size_and_loses_nothing,
          a_borrowed_store_does_not_move_and_moves_again_after,
          a_literal_refuses_every_change,
          integers_that_do_not_fit_an_element_are_out_of_range,
          the_widest_integers_and_floats_come_back,
          arrays_of_any_kind_work_by_values_alone,
          an_array_that_finds_no_memory_is_as_it_was, an_array_grows_far_beyond_a_block)
