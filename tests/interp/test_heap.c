/* test_heap.c - pairs, vectors, boxed flonums, roots and the C stack. */
#include "memory_support.h"

#include <pthread.h>

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

START_TEST(a_type_has_a_descriptor_and_no_other_number_has)
{
    for (size_t type = 0; type < IMMIX_TYPE_COUNT; type += 1)
        ck_assert_int_eq(li_types[type].name != NULL, type < TYPE_COUNT);
    ck_assert_int_eq(li_types[T_PAIR].trace, IMMIX_TRACE_VALUES);
    ck_assert_int_eq(li_types[T_BYTES].trace, IMMIX_TRACE_LEAF);
    ck_assert_int_eq(li_types[T_TEXT].trace, IMMIX_TRACE_HEAD_VALUES);
    ck_assert_uint_eq(li_types[T_TEXT].head_words, 1);
    ck_assert_int_eq(li_types[T_EPHEMERON].trace, IMMIX_TRACE_EPHEMERON);
    ck_assert(li_types[T_PORT].finalize != NULL);
}
END_TEST

START_TEST(pairs_keep_their_parts_when_everything_moves)
{
    test.roots[0] = test_pair_list(heap, 1000);
    test_collect(&test, IMMIX_FULL);
    test_collect(&test, IMMIX_EVACUATE);

    Value list = test.roots[0];

    for (int64_t i = 0; i < 1000; i += 1, list = pair_cdr(list))
        ck_assert_int_eq(value_to_fixnum(pair_car(list)), i);
    ck_assert(value_is_nil(list));
}
END_TEST

START_TEST(construction_of_nested_data_never_meets_a_collection)
{
    Value left, right, both;

    ck_assert_ok(li_cons(heap, test_symbol(heap, "a"), test_symbol(heap, "b"), &left));
    ck_assert_ok(li_cons(heap, test_symbol(heap, "c"), test_symbol(heap, "d"), &right));
    ck_assert_ok(li_cons(heap, left, right, &both));
    test.roots[0] = both;
    test_collect(&test, IMMIX_EVACUATE);
    both = test.roots[0];
    ck_assert_eq_value(pair_car(pair_car(both)), test_symbol(heap, "a"));
    ck_assert_eq_value(pair_cdr(pair_cdr(both)), test_symbol(heap, "d"));
}
END_TEST

START_TEST(a_pair_that_was_read_knows_where)
{
    Value placed, plain;

    ck_assert_ok(
        li_cons_at(heap, VALUE_TRUE, VALUE_NIL, UINT64_C(0xfffffffffffffff), &placed));
    ck_assert_ok(li_cons(heap, VALUE_TRUE, VALUE_NIL, &plain));
    test.roots[0] = placed;
    test_collect(&test, IMMIX_EVACUATE);
    ck_assert(value_is_pair(test.roots[0]));
    ck_assert(value_is_true(pair_car(test.roots[0])));
    ck_assert_uint_eq(li_pair_position(test.roots[0]), UINT64_C(0xfffffffffffffff));
    ck_assert_ok(li_cons(heap, VALUE_TRUE, VALUE_NIL, &plain));
    ck_assert_uint_eq(li_pair_position(plain), 0);
}
END_TEST

START_TEST(vectors_of_every_size_class_keep_their_items)
{
    const uint64_t sizes[] = {0, 1, 15, 16, 17, 100, 1000, 1023, 1024, 5000, 100000};
    size_t count = sizeof sizes / sizeof *sizes;

    for (size_t i = 0; i < count; i += 1) {
        ck_assert_ok(
            li_vector(heap, sizes[i], value_from_fixnum((int64_t)i), &test.roots[i]));
        ck_assert_uint_eq(vector_length(test.roots[i]), sizes[i]);
    }
    test_collect(&test, IMMIX_EVACUATE);
    for (size_t i = 0; i < count; i += 1) {
        ck_assert(value_is_vector(test.roots[i]));
        ck_assert_uint_eq(vector_length(test.roots[i]), sizes[i]);
        for (uint64_t j = 0; j < sizes[i]; j += 1)
            ck_assert_int_eq(value_to_fixnum(vector_items(test.roots[i])[j]),
                             (int64_t)i);
    }
}
END_TEST

START_TEST(a_vector_keeps_its_length_when_it_was_hashed_and_moves)
{
    ck_assert_ok(li_vector(heap, 3, VALUE_TRUE, &test.roots[0]));

    uint64_t hash = immix_identity_hash(heap->immix, value_to_object(test.roots[0]));

    for (int i = 0; i < 3; i += 1) {
        test_collect(&test, IMMIX_EVACUATE);
        ck_assert_uint_eq(vector_length(test.roots[0]), 3);
        ck_assert_uint_eq(
            immix_identity_hash(heap->immix, value_to_object(test.roots[0])), hash);
    }
}
END_TEST

START_TEST(a_vector_too_long_for_a_header_is_a_bad_size)
{
    Value v = VALUE_NIL;

    ck_assert_err(li_vector(heap, UINT64_C(1) << 32, VALUE_NIL, &v), ERR_BAD_SIZE);
    ck_assert_err(li_vector(heap, UINT64_MAX, VALUE_NIL, &v), ERR_BAD_SIZE);
    ck_assert_err(li_vector_from(heap, NULL, UINT64_MAX, &v), ERR_BAD_SIZE);
    ck_assert_eq_value(v, VALUE_NIL);
}
END_TEST

START_TEST(at_the_limit_allocation_fails_and_the_heap_goes_on)
{
    TestHeap small;
    Value v = VALUE_NIL, list = VALUE_NIL;
    Status status = OK;

    test_heap_open(&small, false, 16 << 20);
    ck_assert_err(li_vector(&small.heap, 1 << 28, VALUE_NIL, &v), ERR_NO_MEMORY);
    while (status == OK)
        status = li_cons(&small.heap, VALUE_TRUE, list, &list);
    ck_assert_err(status, ERR_NO_MEMORY);
    list = VALUE_NIL;
    test_collect(&small, IMMIX_FULL);
    ck_assert_ok(li_cons(&small.heap, VALUE_TRUE, VALUE_NIL, &v));
    test_heap_close(&small);
}
END_TEST

START_TEST(a_cycle_that_nothing_refers_to_is_freed)
{
    ImmixStats before, after;

    test_collect(&test, IMMIX_FULL);
    immix_stats(heap->immix, &before);
    for (int i = 0; i < 100000; i += 1) {
        Value pair;

        ck_assert_ok(li_cons(heap, VALUE_NIL, VALUE_NIL, &pair));
        value_to_pair(pair)->cdr = pair;
    }
    test_collect(&test, IMMIX_FULL);
    immix_stats(heap->immix, &after);
    ck_assert_uint_eq(after.live_bytes, before.live_bytes);
}
END_TEST

START_TEST(an_old_object_keeps_what_was_stored_into_it_lately)
{
    ck_assert_ok(li_vector(heap, 100, VALUE_NIL, &test.roots[0]));
    test_collect(&test, IMMIX_FULL);
    for (int64_t i = 0; i < 100; i += 1) {
        Value young, old = test.roots[0];

        ck_assert_ok(li_cons(heap, value_from_fixnum(i), VALUE_NIL, &young));
        li_store(heap, value_to_object(old), &vector_items(old)[i], young);
        test_collect(&test, IMMIX_MINOR);
    }
    for (int64_t i = 0; i < 100; i += 1)
        ck_assert_int_eq(value_to_fixnum(pair_car(vector_items(test.roots[0])[i])), i);
}
END_TEST

START_TEST(a_provider_that_was_removed_is_asked_no_more)
{
    TestHeap *extra = calloc(1, sizeof *extra);
    uint64_t before = li_symbolmap_count(heap->symbols);

    ck_assert_ptr_nonnull(extra);
    for (size_t i = 0; i < TEST_ROOTS; i += 1)
        extra->roots[i] = VALUE_FALSE;
    extra->provider = (RootProvider){.visit = visit_test_roots, .context = extra};
    li_heap_add_provider(heap, &extra->provider);
    extra->roots[0] = test_symbol(heap, "only the provider has it");
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(heap->symbols), before + 1);
    li_heap_remove_provider(heap, &extra->provider);
    li_heap_remove_provider(heap, &extra->provider);
    free(extra);
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(heap->symbols), before);
}
END_TEST

/* Each frame refers to the one above, so that no compiler makes a loop of it. */
static uint32_t depth_reached(uint32_t depth, volatile char *above)
{
    volatile char page[1024] = {0};

    above[0] = 1;
    if (!li_stack_ok() || depth == 1000000)
        return depth;

    uint32_t reached = depth_reached(depth + 1, page);

    return page[0] == 1 ? reached : 0;
}

static void *measure_depth(void *result)
{
    volatile char top[1] = {0};

    *(uint32_t *)result = depth_reached(0, top);
    return NULL;
}

START_TEST(the_stack_check_stops_a_recursion_in_any_thread)
{
    pthread_attr_t attributes;
    pthread_t thread;
    uint32_t depth = 0;

    measure_depth(&depth);
    ck_assert_uint_gt(depth, 1000);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 4 << 20);
    ck_assert_int_eq(pthread_create(&thread, &attributes, measure_depth, &depth), 0);
    pthread_join(thread, NULL);
    ck_assert_uint_gt(depth, 100);
    ck_assert_uint_lt(depth, 4096);
    pthread_attr_destroy(&attributes);
    ck_assert(li_stack_ok());
}
END_TEST

TEST_MAIN("heap", setup, teardown, a_type_has_a_descriptor_and_no_other_number_has,
          pairs_keep_their_parts_when_everything_moves,
          construction_of_nested_data_never_meets_a_collection,
          a_pair_that_was_read_knows_where,
          vectors_of_every_size_class_keep_their_items,
          a_vector_keeps_its_length_when_it_was_hashed_and_moves,
          a_vector_too_long_for_a_header_is_a_bad_size,
          at_the_limit_allocation_fails_and_the_heap_goes_on,
          a_cycle_that_nothing_refers_to_is_freed,
          an_old_object_keeps_what_was_stored_into_it_lately,
          a_provider_that_was_removed_is_asked_no_more,
          the_stack_check_stops_a_recursion_in_any_thread)
