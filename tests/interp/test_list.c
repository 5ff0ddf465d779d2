/* test_list.c - growable arrays of values. */
#include "memory_support.h"

#include "containers/list.h"

static TestHeap test;
static Heap *heap;

static void setup(void)
{
    test_heap_open(&test, true, 0);
    heap = &test.heap;
    ck_assert_ok(li_list_new(heap, &test.roots[0]));
}

static void teardown(void)
{
    test_heap_close(&test);
}

static List *list(void)
{
    return value_to_list(test.roots[0]);
}

static Value fresh_pair(int64_t n)
{
    Value pair;

    ck_assert_ok(li_cons(heap, value_from_fixnum(n), VALUE_NIL, &pair));
    return pair;
}

START_TEST(items_are_pushed_read_and_popped_in_order)
{
    Value v;

    ck_assert_err(li_list_pop(list(), &v), ERR_EMPTY);
    ck_assert_err(li_list_top(list(), &v), ERR_EMPTY);
    for (int64_t i = 0; i < 1000; i += 1)
        ck_assert_ok(li_list_push(heap, list(), fresh_pair(i)));
    test_collect(&test, IMMIX_EVACUATE);
    for (int64_t i = 1000; i-- > 0;) {
        ck_assert_ok(li_list_top(list(), &v));
        ck_assert_int_eq(value_to_fixnum(pair_car(v)), i);
        ck_assert_ok(li_list_pop(list(), &v));
        ck_assert_int_eq(value_to_fixnum(pair_car(v)), i);
        ck_assert_uint_eq(li_list_length(list()), (uint64_t)i);
    }
    ck_assert(li_list_valid(list()));
}
END_TEST

START_TEST(the_first_store_has_eight_slots_and_grows_by_half)
{
    const uint64_t series[] = {8, 12, 18, 27, 40, 60, 90, 135, 202, 303};
    size_t step = 0;

    /* The one slot that there always is takes the first item. */
    ck_assert_ok(li_list_push(heap, list(), VALUE_TRUE));
    for (uint64_t i = 1; i < 300; i += 1) {
        uint64_t before = li_list_capacity(list());

        ck_assert_ok(li_list_push(heap, list(), VALUE_TRUE));
        if (li_list_capacity(list()) != before) {
            ck_assert_uint_eq(li_list_capacity(list()), series[step]);
            step += 1;
        }
    }
    ck_assert_uint_eq(step, sizeof series / sizeof *series);
}
END_TEST

START_TEST(popped_cleared_and_cut_slots_keep_nothing_alive)
{
    uint64_t symbols = li_symbolmap_count(heap->symbols);
    Value v;

    for (int i = 0; i < 30; i += 1) {
        char name[16];

        snprintf(name, sizeof name, "s%d", i);
        ck_assert_ok(li_list_push(heap, list(), test_symbol(heap, name)));
    }
    ck_assert_ok(li_list_pop(list(), &v));
    ck_assert(li_list_valid(list()));
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(heap->symbols), symbols + 29);
    ck_assert_ok(li_list_resize(heap, list(), 10, VALUE_FALSE));
    ck_assert(li_list_valid(list()));
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(heap->symbols), symbols + 10);
    ck_assert_ok(li_list_clear(list()));
    ck_assert(li_list_valid(list()));
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(heap->symbols), symbols);
}
END_TEST

START_TEST(fill_grows_to_the_size_asked_for)
{
    /* The reference grew once, whatever was asked: length 456 in a capacity of 384. */
    ck_assert_ok(li_list_fill(heap, list(), 256, VALUE_TRUE));
    ck_assert_ok(li_list_fill(heap, list(), 456, VALUE_NIL));
    ck_assert_uint_eq(li_list_length(list()), 456);
    ck_assert_uint_ge(li_list_capacity(list()), 456);
    ck_assert_ok(li_list_fill(heap, list(), 100, VALUE_EOF));
    ck_assert_uint_eq(li_list_length(list()), 456);
    for (uint64_t i = 0; i < 456; i += 1)
        ck_assert_eq_value(li_list_at(list(), i), i < 256 ? VALUE_TRUE : VALUE_NIL);
    ck_assert(li_list_valid(list()));
    ck_assert_err(li_list_fill(heap, list(), UINT64_MAX, VALUE_NIL), ERR_BAD_SIZE);
    ck_assert_uint_eq(li_list_length(list()), 456);
}
END_TEST

START_TEST(indices_and_ranges_out_of_bounds_are_errors)
{
    Value v;

    ck_assert_ok(li_list_fill(heap, list(), 3, VALUE_NIL));
    ck_assert_err(li_list_get(list(), 3, &v), ERR_RANGE);
    ck_assert_err(li_list_set(heap, list(), 3, VALUE_NIL), ERR_RANGE);
    ck_assert_err(li_list_get(list(), UINT64_MAX, &v), ERR_RANGE);
    ck_assert_err(li_list_slice(heap, list(), 0, 4, &v), ERR_RANGE);
    ck_assert_err(li_list_slice(heap, list(), 3, 2, &v), ERR_RANGE);
    ck_assert_err(li_list_copy(heap, list(), 1, list(), 0, 3), ERR_RANGE);
    ck_assert_err(li_list_fill_range(heap, list(), 0, 4, VALUE_NIL), ERR_RANGE);
}
END_TEST

START_TEST(a_borrowed_list_refuses_every_change_of_size_and_loses_nothing)
{
    const Value *items;
    uint64_t length;
    Value v;

    ck_assert_ok(
        li_list_from_pair_list(heap, test_pair_list(heap, 10), &test.roots[0]));
    li_list_borrow(heap, list(), &items, &length);
    li_list_borrow(heap, list(), &items, &length);
    li_list_release(heap, list()); /* the inner one: the outer one lasts */
    ck_assert_err(li_list_push(heap, list(), VALUE_NIL), ERR_BORROWED);
    ck_assert_err(li_list_pop(list(), &v), ERR_BORROWED);
    ck_assert_err(li_list_clear(list()), ERR_BORROWED);
    ck_assert_err(li_list_fill(heap, list(), 20, VALUE_NIL), ERR_BORROWED);
    ck_assert_err(li_list_resize(heap, list(), 1, VALUE_NIL), ERR_BORROWED);
    ck_assert_err(li_list_reserve(heap, list(), 100), ERR_BORROWED);
    ck_assert_uint_eq(length, 10);

    /* Items may be replaced, the slice shows it, and the store stays where it is. */
    ck_assert_ok(li_list_set(heap, list(), 3, test_symbol(heap, "three")));
    test_collect(&test, IMMIX_EVACUATE);
    ck_assert_ptr_eq(li_list_items(list()), items);
    ck_assert_eq_value(items[3], test_symbol(heap, "three"));
    for (int64_t i = 4; i < 10; i += 1)
        ck_assert_int_eq(value_to_fixnum(items[i]), i);

    li_list_release(heap, list());
    ck_assert_ok(li_list_push(heap, list(), VALUE_NIL));
    ck_assert_uint_eq(li_list_length(list()), 11);
}
END_TEST

static Status count_true(const Value *items, uint64_t length, void *context)
{
    for (uint64_t i = 0; i < length; i += 1)
        *(int *)context += value_is_true(items[i]);
    return li_list_push(heap, list(), VALUE_NIL);
}

START_TEST(access_slice_borrows_while_it_calls)
{
    int count = 0;

    ck_assert_ok(li_list_fill(heap, list(), 7, VALUE_TRUE));
    ck_assert_err(li_list_access_slice(heap, list(), count_true, &count), ERR_BORROWED);
    ck_assert_int_eq(count, 7);
    ck_assert_ok(li_list_push(heap, list(), VALUE_NIL));
}
END_TEST

START_TEST(a_list_comes_from_a_pair_list_and_becomes_one)
{
    Value pairs = test_pair_list(heap, 12), back, v;

    ck_assert_ok(li_list_from_pair_list(heap, pairs, &test.roots[0]));
    ck_assert_uint_eq(li_list_length(list()), 12);
    ck_assert_ok(li_list_to_pair_list(heap, list(), 0, 12, &back));
    for (int64_t i = 0; i < 12; i += 1, back = pair_cdr(back))
        ck_assert_int_eq(value_to_fixnum(pair_car(back)), i);
    ck_assert(value_is_nil(back));
    ck_assert_ok(li_list_from_pair_list(heap, VALUE_NIL, &v));
    ck_assert_uint_eq(li_list_length(value_to_list(v)), 0);
    value_to_pair(pair_cdr(pairs))->cdr = VALUE_TRUE;
    ck_assert_err(li_list_from_pair_list(heap, pairs, &v), ERR_TYPE);
    value_to_pair(pair_cdr(pairs))->cdr = pairs;
    ck_assert_err(li_list_from_pair_list(heap, pairs, &v), ERR_TYPE);
}
END_TEST

START_TEST(slices_are_copies_of_their_own_capacity)
{
    const Value items[] = {VALUE_TRUE, VALUE_NIL, VALUE_EOF};
    Value v;

    ck_assert_ok(li_list_from_slice(heap, items, 3, &v));
    ck_assert_uint_eq(li_list_capacity(value_to_list(v)), 3);
    ck_assert_ok(li_list_slice(heap, value_to_list(v), 1, 3, &v));
    ck_assert_uint_eq(li_list_length(value_to_list(v)), 2);
    ck_assert_eq_value(li_list_at(value_to_list(v), 1), VALUE_EOF);
    ck_assert_ok(li_list_from_slice(heap, NULL, 0, &v));
    ck_assert_uint_eq(li_list_length(value_to_list(v)), 0);
}
END_TEST

START_TEST(an_old_list_keeps_what_every_kind_of_store_put_into_it)
{
    Value young;

    ck_assert_ok(li_list_fill(heap, list(), 600, VALUE_NIL)); /* carded */
    for (int round = 0; round < 20; round += 1) {
        test_collect(&test, IMMIX_FULL); /* all is old now */
        ck_assert_ok(li_list_set(heap, list(), 5, fresh_pair(round)));
        ck_assert_ok(li_list_push(heap, list(), fresh_pair(round + 1)));
        ck_assert_ok(li_list_fill_range(heap, list(), 10, 20, fresh_pair(round + 2)));
        ck_assert_ok(li_list_fill(heap, list(), li_list_length(list()) + 50,
                                  fresh_pair(round + 3)));
        ck_assert_ok(li_list_slice(heap, list(), 5, 6, &young));
        ck_assert_ok(li_list_copy(heap, list(), 30, value_to_list(young), 0, 1));
        test_collect(&test, IMMIX_MINOR);

        uint64_t length = li_list_length(list());

        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), 5))), round);
        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), length - 51))),
                         round + 1);
        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), 19))), round + 2);
        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), length - 1))),
                         round + 3);
        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), 30))), round);
    }
}
END_TEST

START_TEST(a_list_that_finds_no_memory_is_as_it_was)
{
    for (uint64_t i = 0; i < 500; i += 1) {
        immix_fail_after(heap->immix, 1);

        Status status = li_list_push(heap, list(), value_from_fixnum((int64_t)i));

        immix_fail_after(heap->immix, 0);
        ck_assert_uint_eq(li_list_length(list()), i + (status == OK));
        ck_assert(li_list_valid(list()));
        if (status != OK)
            ck_assert_ok(li_list_push(heap, list(), value_from_fixnum((int64_t)i)));
    }
}
END_TEST

/* Random operations on a list and on a plain array. */
START_TEST(a_list_behaves_like_a_plain_array)
{
    enum {
        MAX = 3000
    };
    static int64_t model[MAX];
    uint64_t length = 0, random = 42;

    for (int step = 0; step < 60000; step += 1) {
        uint64_t r = test_random(&random), at = length == 0 ? 0 : (r >> 16) % length;
        int64_t n = (int64_t)(r >> 40);
        Value v;

        switch (r % 16) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
            if (length < MAX) {
                ck_assert_ok(li_list_push(heap, list(), fresh_pair(n)));
                model[length] = n;
                length += 1;
            }
            break;
        case 6:
        case 7:
        case 8:
            ck_assert_status(li_list_pop(list(), &v), length == 0 ? ERR_EMPTY : OK);
            if (length != 0) {
                length -= 1;
                ck_assert_int_eq(value_to_fixnum(pair_car(v)), model[length]);
            }
            break;
        case 9:
        case 10:
        case 11:
            ck_assert_status(li_list_set(heap, list(), at, fresh_pair(n)),
                             length == 0 ? ERR_RANGE : OK);
            if (length != 0)
                model[at] = n;
            break;
        case 12:
            ck_assert_ok(li_list_copy(heap, list(), at, list(), 0, length - at));
            memmove(model + at, model, (length - at) * sizeof *model);
            break;
        case 13:
            if (r >> 60 == 0) {
                ck_assert_ok(li_list_resize(heap, list(), at, VALUE_NIL));
                length = at;
            }
            break;
        case 14:
            if (length != 0) {
                ck_assert_ok(li_list_get(list(), at, &v));
                ck_assert_int_eq(value_to_fixnum(pair_car(v)), model[at]);
            }
            break;
        default:
            if (r >> 58 == 0)
                test_collect(&test, (ImmixCollection)(r >> 16 & 1));
            break;
        }
        ck_assert_uint_eq(li_list_length(list()), length);
    }
    for (uint64_t i = 0; i < length; i += 1)
        ck_assert_int_eq(value_to_fixnum(pair_car(li_list_at(list(), i))), model[i]);
    ck_assert(li_list_valid(list()));
}
END_TEST

TEST_MAIN("list", setup, teardown, items_are_pushed_read_and_popped_in_order,
          the_first_store_has_eight_slots_and_grows_by_half,
          popped_cleared_and_cut_slots_keep_nothing_alive,
          fill_grows_to_the_size_asked_for, indices_and_ranges_out_of_bounds_are_errors,
          a_borrowed_list_refuses_every_change_of_size_and_loses_nothing,
          access_slice_borrows_while_it_calls,
          a_list_comes_from_a_pair_list_and_becomes_one,
          slices_are_copies_of_their_own_capacity,
          an_old_list_keeps_what_every_kind_of_store_put_into_it,
          a_list_that_finds_no_memory_is_as_it_was, a_list_behaves_like_a_plain_array)
