/* test_weaktable.c - hash tables with weak keys. */
#include "memory_support.h"

#include "types/weaktable.h"

static TestHeap test;
static Heap *heap;

enum {
    KEYS = 3000
};

static void setup(void)
{
    test_heap_open(&test, true, 0);
    heap = &test.heap;
}

static void teardown(void)
{
    test_heap_close(&test);
}

/* The table is root 0, a vector of keys root 1. */
static WeakTable *table(void)
{
    return value_to_weak_table(test.roots[0]);
}

static Value *keys(void)
{
    return vector_items(test.roots[1]);
}

static void new_table(DictKind kind, uint64_t key_count)
{
    ck_assert_ok(li_weak_table_new(heap, kind, &test.roots[0]));
    ck_assert_ok(li_vector(heap, key_count, VALUE_FALSE, &test.roots[1]));
}

/* A new key with its number in it, and a value that refers to it. */
static void add_key(uint64_t i)
{
    Value key, value;

    ck_assert_ok(li_vector(heap, 1, value_from_fixnum((int64_t)i), &key));
    ck_assert_ok(li_cons(heap, key, value_from_fixnum((int64_t)i), &value));
    li_store(heap, value_to_object(test.roots[1]), &keys()[i], key);
    ck_assert_ok(li_weak_table_set(heap, table(), key, value));
}

static uint64_t count(void)
{
    uint64_t result = 0;

    for (uint64_t i = 0; i < weak_table_chains(table()); i += 1)
        result += li_weak_table_clean(heap, table(), i);
    return result;
}

static void check_key(uint64_t i)
{
    Value value;

    ck_assert(li_weak_table_get(heap, table(), keys()[i], &value));
    ck_assert_eq_value(pair_car(value), keys()[i]);
    ck_assert_int_eq(value_to_fixnum(pair_cdr(value)), (int64_t)i);
}

START_TEST(keys_are_found_after_they_moved_and_go_when_they_are_dead)
{
    new_table(DICT_EQ, KEYS);
    for (uint64_t i = 0; i < KEYS; i += 1) {
        add_key(i);
        if (i % 500 == 0)
            test_collect(&test, i % 1000 == 0 ? IMMIX_MINOR : IMMIX_EVACUATE);
    }
    ck_assert(li_weak_table_valid(table()));
    for (uint64_t i = 0; i < KEYS; i += 1)
        check_key(i);
    for (uint64_t i = 0; i < KEYS; i += 1) {
        if (i % 3 != 0)
            keys()[i] = VALUE_FALSE;
    }
    test_collect(&test, IMMIX_EVACUATE);
    ck_assert_uint_eq(count(), KEYS / 3);
    ck_assert(li_weak_table_valid(table()));
    for (uint64_t i = 0; i < KEYS; i += 3)
        check_key(i);
}
END_TEST

START_TEST(the_table_grows_with_its_keys_and_shrinks_without)
{
    new_table(DICT_EQ, KEYS);
    for (uint64_t i = 0; i < KEYS; i += 1)
        add_key(i);
    ck_assert_uint_ge(weak_table_chains(table()) + 1, KEYS);
    for (uint64_t i = 0; i < KEYS; i += 1) {
        li_weak_table_delete(heap, table(), keys()[i]);
        ck_assert(li_weak_table_valid(table()));
    }
    ck_assert_uint_eq(count(), 0);
    ck_assert_uint_le(weak_table_chains(table()), KEYS / 8);
    while (li_weak_table_shrink(heap, table()))
        continue;
    ck_assert_uint_eq(weak_table_chains(table()), 8);
    ck_assert_uint_le(vector_length(table()->vector), 32);
    ck_assert(li_weak_table_valid(table()));
}
END_TEST

START_TEST(what_is_dead_goes_while_the_table_is_used)
{
    new_table(DICT_EQ, KEYS);
    for (uint64_t round = 0; round < 30; round += 1) {
        for (uint64_t i = 0; i < KEYS; i += 1)
            add_key(i); /* in place of the key of the round before */
        test_collect(&test, IMMIX_FULL);
    }
    ck_assert_uint_le(weak_table_chains(table()), 4 * KEYS);
    ck_assert_uint_eq(count(), KEYS);
    ck_assert(li_weak_table_valid(table()));
}
END_TEST

START_TEST(an_old_table_may_have_young_keys_and_values)
{
    new_table(DICT_EQ, KEYS);
    test_collect(&test, IMMIX_FULL);
    for (uint64_t i = 0; i < KEYS; i += 1)
        add_key(i);
    for (uint64_t i = 0; i < KEYS; i += 2)
        keys()[i] = VALUE_FALSE;
    test_collect(&test, IMMIX_MINOR);
    for (uint64_t i = 1; i < KEYS; i += 2)
        check_key(i);
    for (uint64_t i = 1; i < KEYS; i += 2) {
        Value value;
        ck_assert_ok(li_cons(heap, keys()[i], value_from_fixnum((int64_t)i), &value));
        ck_assert_ok(li_weak_table_set(heap, table(), keys()[i], value));
    }
    test_collect(&test, IMMIX_MINOR);
    for (uint64_t i = 1; i < KEYS; i += 2)
        check_key(i);
    ck_assert_uint_eq(count(), KEYS / 2);
}
END_TEST

START_TEST(without_memory_the_table_is_as_it_was)
{
    new_table(DICT_EQ, 64);
    for (uint64_t i = 0; i < 60; i += 1)
        add_key(i);
    for (uint64_t n = 1; n < 8; n += 1) {
        Value key = keys()[0];
        li_weak_table_delete(heap, table(), key);
        immix_fail_after(heap->immix, n);
        Status status = li_weak_table_set(heap, table(), key, VALUE_TRUE);
        immix_fail_after(heap->immix, 0);
        ck_assert(status == OK || status == ERR_NO_MEMORY);
        ck_assert(li_weak_table_valid(table()));
        Value value;
        ck_assert_int_eq(li_weak_table_get(heap, table(), key, &value), status == OK);
        for (uint64_t i = 1; i < 60; i += 1)
            check_key(i);
    }
    immix_fail_after(heap->immix, 1);
    for (uint64_t i = 1; i < 60; i += 1)
        li_weak_table_delete(heap, table(), keys()[i]);
    immix_fail_after(heap->immix, 0);
    ck_assert(li_weak_table_valid(table()));
    ck_assert_uint_le(count(), 1);
}
END_TEST

TEST_MAIN("weaktable", setup, teardown,
          keys_are_found_after_they_moved_and_go_when_they_are_dead,
          the_table_grows_with_its_keys_and_shrinks_without,
          what_is_dead_goes_while_the_table_is_used,
          an_old_table_may_have_young_keys_and_values,
          without_memory_the_table_is_as_it_was)
