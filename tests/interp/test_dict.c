/* test_dict.c - hash tables from values to values. */
#include "memory_support.h"

#include "containers/array.h"
#include "containers/dict.h"
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

static Dict *new_dict(DictKind kind)
{
    ck_assert_ok(li_dict_new(heap, kind, &test.roots[0]));
    return value_to_dict(test.roots[0]);
}

static Dict *dict(void)
{
    return value_to_dict(test.roots[0]);
}

static Value fix(int64_t n)
{
    return value_from_fixnum(n);
}

static Value text(const char *utf8)
{
    Value v;

    ck_assert_ok(li_text_from_utf8(heap, utf8, strlen(utf8), &v));
    return v;
}

static Value number(const char *digits)
{
    Value v;

    ck_assert_ok(li_number_parse(heap, digits, strlen(digits), 10, &v));
    ck_assert(value_is_number(v));
    return v;
}

static void check_value(Value key, int64_t expected)
{
    Value v;

    ck_assert_ok(li_dict_lookup(heap, dict(), key, &v));
    ck_assert_int_eq(value_to_fixnum(v), expected);
}

static void check_missing(Value key)
{
    Value v = VALUE_EOF;

    ck_assert_err(li_dict_lookup(heap, dict(), key, &v), ERR_KEY);
    ck_assert_eq_value(v, VALUE_EOF);
}

START_TEST(a_key_that_is_not_there_is_a_key_error_in_an_empty_dict_too)
{
    Value v;
    bool exists = true;

    new_dict(DICT_EQV);
    check_missing(fix(1));
    check_missing(test_symbol(heap, "x"));
    ck_assert_err(li_dict_dissoc(heap, dict(), fix(1), &v), ERR_KEY);
    ck_assert_ok(li_dict_exists(heap, dict(), fix(1), &exists));
    ck_assert(!exists);
    ck_assert_ok(li_dict_clear(dict()));
    ck_assert_uint_eq(li_dict_length(dict()), 0);
    ck_assert(li_dict_valid(dict()));
}
END_TEST

START_TEST(keys_are_added_replaced_and_removed)
{
    Value v;
    bool exists;

    new_dict(DICT_EQV);
    ck_assert_ok(li_dict_assoc(heap, dict(), test_symbol(heap, "a"), fix(1)));
    ck_assert_ok(li_dict_assoc(heap, dict(), test_symbol(heap, "b"), fix(2)));
    ck_assert_ok(li_dict_assoc(heap, dict(), test_symbol(heap, "a"), fix(3)));
    ck_assert_uint_eq(li_dict_length(dict()), 2);
    check_value(test_symbol(heap, "a"), 3);
    check_value(test_symbol(heap, "b"), 2);
    ck_assert_ok(li_dict_exists(heap, dict(), test_symbol(heap, "b"), &exists));
    ck_assert(exists);
    ck_assert_ok(li_dict_dissoc(heap, dict(), test_symbol(heap, "a"), &v));
    ck_assert_int_eq(value_to_fixnum(v), 3);
    check_missing(test_symbol(heap, "a"));
    ck_assert_uint_eq(li_dict_length(dict()), 1);
    ck_assert_ok(li_dict_clear(dict()));
    check_missing(test_symbol(heap, "b"));
    ck_assert(li_dict_valid(dict()));
}
END_TEST

START_TEST(six_keys_fit_eight_entries_and_the_seventh_doubles_them)
{
    new_dict(DICT_EQ);
    for (int64_t i = 0; i < 6; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(i)));
    ck_assert_uint_eq(dict_capacity(dict()), 8);
    ck_assert_ok(li_dict_assoc(heap, dict(), fix(6), fix(6)));
    ck_assert_uint_eq(dict_capacity(dict()), 16);
    for (int64_t i = 0; i < 7; i += 1)
        check_value(fix(i), i);
}
END_TEST

START_TEST(every_size_that_was_asked_for_can_be_filled)
{
    Value v;

    for (uint64_t count = 0; count < 40; count += 1) {
        ck_assert_ok(li_dict_with_capacity(heap, DICT_EQ, count, &test.roots[0]));
        v = dict()->store;
        for (uint64_t i = 0; i < count; i += 1)
            ck_assert_ok(li_dict_assoc(heap, dict(), fix((int64_t)i), fix((int64_t)i)));
        ck_assert_eq_value(dict()->store, v); /* it never grew */
        for (uint64_t i = 0; i < 100; i += 1)
            ck_assert_ok(li_dict_assoc(heap, dict(), fix((int64_t)i), fix((int64_t)i)));
        for (uint64_t i = 0; i < 100; i += 1)
            check_value(fix((int64_t)i), (int64_t)i);
        ck_assert(li_dict_valid(dict()));
    }
    ck_assert_err(li_dict_with_capacity(heap, DICT_EQ, UINT64_MAX, &v), ERR_BAD_SIZE);
    ck_assert_err(li_dict_with_capacity(heap, DICT_EQ, UINT64_C(1) << 31, &v),
                  ERR_BAD_SIZE);
}
END_TEST

START_TEST(tombstones_do_not_fill_a_dict)
{
    Value v;

    new_dict(DICT_EQV);
    ck_assert_ok(li_dict_assoc(heap, dict(), test_symbol(heap, "stays"), fix(1)));
    for (int64_t i = 0; i < 10000; i += 1) {
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(i)));
        ck_assert_ok(li_dict_dissoc(heap, dict(), fix(i), &v));
        ck_assert_uint_le(dict_capacity(dict()), 12);
    }
    ck_assert_uint_eq(li_dict_length(dict()), 1);
    check_value(test_symbol(heap, "stays"), 1);
    ck_assert(li_dict_valid(dict()));
}
END_TEST

START_TEST(a_dict_that_empties_shrinks_when_it_is_used_again)
{
    Value v;

    new_dict(DICT_EQV);
    for (int64_t i = 0; i < 10000; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(i)));
    for (int64_t i = 0; i < 10000; i += 1)
        ck_assert_ok(li_dict_dissoc(heap, dict(), fix(i), &v));
    for (int64_t i = 0; i < 10000; i += 1) {
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(-1 - i), fix(i)));
        ck_assert_ok(li_dict_dissoc(heap, dict(), fix(-1 - i), &v));
    }
    ck_assert_uint_lt(dict_capacity(dict()), 100);
}
END_TEST

START_TEST(numbers_are_keys_by_exactness_and_value)
{
    new_dict(DICT_EQV);
    ck_assert_ok(li_dict_assoc(heap, dict(), number("1"), fix(1)));
    ck_assert_ok(li_dict_assoc(heap, dict(), number("1.0"), fix(2)));
    ck_assert_ok(li_dict_assoc(heap, dict(), number("1e300"), fix(3)));
    ck_assert_ok(
        li_dict_assoc(heap, dict(), number("100000000000000000000000"), fix(4)));
    ck_assert_ok(li_dict_assoc(heap, dict(), number("0.0"), fix(5)));
    ck_assert_ok(li_dict_assoc(heap, dict(), number("-0.0"), fix(6)));
    ck_assert_ok(li_dict_assoc(heap, dict(), number("+nan.0"), fix(7)));
    ck_assert_uint_eq(li_dict_length(dict()), 7);
    test_collect(&test, IMMIX_EVACUATE);
    check_value(number("1"), 1);
    check_value(number("1.0"), 2);
    check_value(number("1e300"), 3); /* another box */
    check_value(number("100000000000000000000000"), 4);
    check_value(number("0.0"), 5);
    check_value(number("-0.0"), 6);
    check_value(number("+nan.0"), 7);
    check_missing(number("-100000000000000000000000"));
    check_missing(number("1e301"));
}
END_TEST

START_TEST(in_an_eq_dict_boxed_numbers_and_texts_are_themselves_only)
{
    Value big = number("100000000000000000000000"), name = text("name");

    new_dict(DICT_EQ);
    ck_assert_ok(li_dict_assoc(heap, dict(), big, fix(1)));
    ck_assert_ok(li_dict_assoc(heap, dict(), name, fix(2)));
    check_value(big, 1);
    check_value(name, 2);
    check_missing(number("100000000000000000000000"));
    check_missing(text("name"));
}
END_TEST

START_TEST(in_an_equal_dict_texts_are_keys_by_content)
{
    Value v, wide = text("caf\xc3\xa9");

    new_dict(DICT_EQUAL);
    ck_assert_ok(li_dict_assoc(heap, dict(), text("caf\xc3\xa9"), fix(1)));
    ck_assert_ok(li_dict_assoc(heap, dict(), test_symbol(heap, "caf\xc3\xa9"), fix(2)));
    ck_assert_ok(li_text_set(heap, value_to_text(wide), 0, 0x3bb));
    ck_assert_ok(li_text_set(heap, value_to_text(wide), 0, 'c'));
    check_value(wide, 1);
    check_value(test_symbol(heap, "caf\xc3\xa9"), 2);
    check_missing(text("cafe"));
    ck_assert_ok(li_dict_dissoc(heap, dict(), wide, &v));
    check_missing(text("caf\xc3\xa9"));
    new_dict(DICT_EQV);
    ck_assert_ok(li_dict_assoc(heap, dict(), text("x"), fix(1)));
    check_missing(text("x"));
}
END_TEST

START_TEST(what_equal_would_look_into_cannot_be_a_key_of_an_equal_dict)
{
    Value v, bytes, vector, pair = test_pair_list(heap, 1);
    bool exists = false;

    ck_assert_ok(li_vector(heap, 1, VALUE_NIL, &vector));
    ck_assert_ok(li_array_new(heap, ELEMENT_U8, 1, &bytes));
    new_dict(DICT_EQUAL);
    ck_assert_err(li_dict_assoc(heap, dict(), pair, fix(1)), ERR_UNHASHABLE);
    ck_assert_err(li_dict_assoc(heap, dict(), vector, fix(1)), ERR_UNHASHABLE);
    ck_assert_err(li_dict_lookup(heap, dict(), bytes, &v), ERR_UNHASHABLE);
    ck_assert_err(li_dict_exists(heap, dict(), pair, &exists), ERR_UNHASHABLE);
    ck_assert_err(li_dict_assoc(heap, dict(), VALUE_ABSENT, fix(1)), ERR_UNHASHABLE);
    ck_assert_err(li_dict_assoc(heap, dict(), VALUE_TOMBSTONE, fix(1)), ERR_UNHASHABLE);
    ck_assert_uint_eq(li_dict_length(dict()), 0);
    new_dict(DICT_EQV); /* by identity, anything goes */
    ck_assert_ok(li_dict_assoc(heap, dict(), pair, fix(1)));
    ck_assert_ok(li_dict_assoc(heap, dict(), bytes, fix(2)));
    check_value(pair, 1);
    check_missing(test_pair_list(heap, 1));
}
END_TEST

START_TEST(objects_are_found_by_identity_after_they_moved)
{
    Value keys;

    ck_assert_ok(li_vector(heap, 300, VALUE_NIL, &test.roots[1]));
    new_dict(DICT_EQ);
    for (int64_t i = 0; i < 300; i += 1) {
        Value key;

        ck_assert_ok(i % 2 == 0 ? li_cons(heap, fix(i), VALUE_NIL, &key)
                                : li_vector(heap, (uint64_t)i, VALUE_NIL, &key));
        keys = test.roots[1];
        li_store(heap, value_to_object(keys), &vector_items(keys)[i], key);
        ck_assert_ok(li_dict_assoc(heap, dict(), key, fix(i)));
        if (i % 50 == 0)
            test_collect(&test, IMMIX_EVACUATE);
    }
    for (int round = 0; round < 3; round += 1) {
        test_collect(&test, IMMIX_EVACUATE);
        for (int64_t i = 0; i < 300; i += 1)
            check_value(vector_items(test.roots[1])[i], i);
        ck_assert(li_dict_valid(dict()));
    }
}
END_TEST

START_TEST(an_old_dict_keeps_young_keys_and_values)
{
    new_dict(DICT_EQ);
    for (int64_t i = 0; i < 1000; i += 1) {
        Value pair;

        ck_assert_ok(li_cons(heap, fix(i), VALUE_NIL, &pair));
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), pair));
        if (i % 10 == 0)
            test_collect(&test, i % 100 == 0 ? IMMIX_FULL : IMMIX_MINOR);
    }
    for (int64_t i = 0; i < 1000; i += 1) {
        Value pair;

        ck_assert_ok(li_dict_lookup(heap, dict(), fix(i), &pair));
        ck_assert_int_eq(value_to_fixnum(pair_car(pair)), i);
    }
}
END_TEST

/* All keys collide, and those that agree modulo 100 are the same. */
static Status bad_hash(Heap *h, Value key, void *context, uint64_t *hash)
{
    (void)h;
    *(int *)context += 1;
    if (!value_is_fixnum(key))
        return ERR_UNHASHABLE;
    *hash = 42;
    return OK;
}

static bool same_modulo_100(Value a, Value b, void *context)
{
    (void)context;
    return value_to_fixnum(a) % 100 == value_to_fixnum(b) % 100;
}

START_TEST(keys_with_the_same_hash_are_told_apart_by_comparing)
{
    int calls = 0;
    DictOps ops = {bad_hash, same_modulo_100, &calls};
    Value v;

    new_dict(DICT_CUSTOM);
    for (int64_t i = 0; i < 300; i += 1)
        ck_assert_ok(li_dict_assoc_by(heap, dict(), &ops, fix(i), fix(i)));
    ck_assert_uint_eq(li_dict_length(dict()), 100);
    ck_assert_int_eq(calls, 300);
    for (int64_t i = 0; i < 100; i += 1) {
        ck_assert_ok(li_dict_lookup_by(heap, dict(), &ops, fix(i + 500), &v));
        ck_assert_int_eq(value_to_fixnum(v), 200 + i);
    }
    ck_assert_ok(li_dict_dissoc_by(heap, dict(), &ops, fix(777), &v));
    ck_assert_err(li_dict_lookup_by(heap, dict(), &ops, fix(77), &v), ERR_KEY);
    ck_assert_ok(li_dict_lookup_by(heap, dict(), &ops, fix(78), &v));
    ck_assert_err(li_dict_lookup_by(heap, dict(), &ops, VALUE_NIL, &v), ERR_UNHASHABLE);
    ck_assert_err(li_dict_lookup(heap, dict(), fix(1), &v), ERR_UNHASHABLE);
    ck_assert_err(li_dict_lookup(heap, dict(), test_symbol(heap, "x"), &v),
                  ERR_UNHASHABLE);
    ck_assert(li_dict_valid(dict()));
}
END_TEST

START_TEST(a_borrowed_dict_keeps_its_keys_and_may_change_their_values)
{
    Value v;

    new_dict(DICT_EQV);
    ck_assert_ok(li_dict_assoc(heap, dict(), fix(1), fix(1)));
    li_dict_borrow(heap, dict());
    li_dict_borrow(heap, dict());
    li_dict_release(heap, dict());
    ck_assert_err(li_dict_assoc(heap, dict(), fix(2), fix(2)), ERR_BORROWED);
    ck_assert_err(li_dict_dissoc(heap, dict(), fix(1), &v), ERR_BORROWED);
    ck_assert_err(li_dict_clear(dict()), ERR_BORROWED);
    ck_assert_ok(li_dict_assoc(heap, dict(), fix(1), fix(10)));
    check_value(fix(1), 10);
    li_dict_release(heap, dict());
    ck_assert_ok(li_dict_assoc(heap, dict(), fix(2), fix(2)));
}
END_TEST

START_TEST(walking_meets_every_entry_once)
{
    uint64_t cursor = 0, sum = 0, seen = 0;
    Value key, value, v;

    new_dict(DICT_EQV);
    ck_assert(!li_dict_next(dict(), &cursor, &key, &value));
    for (int64_t i = 0; i < 500; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(2 * i)));
    for (int64_t i = 0; i < 500; i += 2)
        ck_assert_ok(li_dict_dissoc(heap, dict(), fix(i), &v));
    cursor = 0;
    while (li_dict_next(dict(), &cursor, &key, &value)) {
        ck_assert_int_eq(value_to_fixnum(value), 2 * value_to_fixnum(key));
        sum += (uint64_t)value_to_fixnum(key);
        seen += 1;
    }
    ck_assert_uint_eq(seen, 250);
    ck_assert_uint_eq(sum, 250 * 250);
}
END_TEST

START_TEST(a_dict_comes_from_an_association_list_and_becomes_one)
{
    Value list = VALUE_NIL, pair, v;
    uint64_t length;

    for (int64_t i = 20; i-- > 0;) {
        ck_assert_ok(li_cons(heap, fix(i % 10), fix(i), &pair));
        ck_assert_ok(li_cons(heap, pair, list, &list));
    }
    ck_assert_ok(li_dict_from_pair_list(heap, DICT_EQV, list, &test.roots[0]));
    ck_assert_uint_eq(li_dict_length(dict()), 10);
    check_value(fix(3), 3); /* the first counts */
    ck_assert_ok(li_dict_to_pair_list(heap, dict(), &v));
    ck_assert_ok(li_pair_list_length(v, &length));
    ck_assert_uint_eq(length, 10);
    ck_assert_err(li_dict_from_pair_list(heap, DICT_EQV, test_pair_list(heap, 2), &v),
                  ERR_TYPE);
    ck_assert_err(li_dict_from_pair_list(heap, DICT_EQV, VALUE_TRUE, &v), ERR_TYPE);
}
END_TEST

START_TEST(a_copy_has_the_keys_and_goes_its_own_way)
{
    Value v;

    new_dict(DICT_EQUAL);
    ck_assert_ok(li_dict_copy(heap, dict(), &v));
    ck_assert_uint_eq(li_dict_length(value_to_dict(v)), 0);
    for (int64_t i = 0; i < 50; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(i)));
    ck_assert_ok(li_dict_dissoc(heap, dict(), fix(7), &v));
    ck_assert_ok(li_dict_copy(heap, dict(), &v));
    ck_assert_int_eq(dict_kind(value_to_dict(v)), DICT_EQUAL);
    ck_assert(li_dict_valid(value_to_dict(v)));
    ck_assert_ok(li_dict_clear(dict()));
    test.roots[0] = v;
    ck_assert_uint_eq(li_dict_length(dict()), 49);
    check_value(fix(8), 8);
    check_missing(fix(7));
}
END_TEST

START_TEST(a_dict_that_finds_no_memory_is_as_it_was)
{
    new_dict(DICT_EQV);
    for (int64_t i = 0; i < 300; i += 1) {
        immix_fail_after(heap->immix, 1);

        Status status = li_dict_assoc(heap, dict(), fix(i), fix(i));

        immix_fail_after(heap->immix, 0);
        ck_assert(li_dict_valid(dict()));
        ck_assert_uint_eq(li_dict_length(dict()), (uint64_t)(i + (status == OK)));
        if (status != OK) {
            ck_assert_err(status, ERR_NO_MEMORY);
            check_missing(fix(i));
            ck_assert_ok(li_dict_assoc(heap, dict(), fix(i), fix(i)));
        }
        check_value(fix(i / 2), i / 2);
    }
}
END_TEST

START_TEST(nothing_but_memory_bounds_a_dict)
{
    enum {
        COUNT = 50000
    };

    new_dict(DICT_EQV);
    for (int64_t i = 0; i < COUNT; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), fix(i << 20), fix(i)));
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(li_dict_length(dict()), COUNT);
    for (int64_t i = 0; i < COUNT; i += 1)
        check_value(fix(i << 20), i);
}
END_TEST

/* Random operations on a dict and on a plain table, with keys of several kinds. */
START_TEST(a_dict_behaves_like_a_plain_table)
{
    enum {
        KEYS = 400
    };
    static int64_t model[KEYS]; /* -1: not there */
    uint64_t length = 0, random = 99;
    Value v;

    ck_assert_ok(li_vector(heap, KEYS, VALUE_NIL, &test.roots[1]));
    for (int64_t i = 0; i < KEYS; i += 1) {
        char name[32];

        snprintf(name, sizeof name, i % 4 == 1 ? "key%d" : "%d5000000000000000000000",
                 (int)i);
        Value key = i % 4 == 0 ? fix(i)
                  : i % 4 == 1 ? test_symbol(heap, name)
                  : i % 4 == 2 ? text(name)
                               : number(name);
        vector_items(test.roots[1])[i] = key;
        model[i] = -1;
    }
    new_dict(DICT_EQUAL);
    for (int step = 0; step < 40000; step += 1) {
        uint64_t r = test_random(&random), k = (r >> 20) % KEYS;
        int64_t n = (int64_t)(r >> 32);
        Value key = vector_items(test.roots[1])[k];
        /* Long runs of more adding, then of more removing. */
        uint64_t adding = step / 4000 % 2 == 0 ? 6 : 2;

        if (r % 10 < adding) {
            ck_assert_ok(li_dict_assoc(heap, dict(), key, fix(n)));
            length += model[k] < 0;
            model[k] = n;
        } else if (r % 10 < 8) {
            ck_assert_status(li_dict_dissoc(heap, dict(), key, &v),
                             model[k] < 0 ? ERR_KEY : OK);
            length -= model[k] >= 0;
            model[k] = -1;
        } else {
            ck_assert_status(li_dict_lookup(heap, dict(), key, &v),
                             model[k] < 0 ? ERR_KEY : OK);
            if (model[k] >= 0)
                ck_assert_int_eq(value_to_fixnum(v), model[k]);
        }
        ck_assert_uint_eq(li_dict_length(dict()), length);
        if (r >> 52 == 0)
            test_collect(&test, (ImmixCollection)(r >> 10 & 1));
        if (step % 1000 == 0)
            ck_assert(li_dict_valid(dict()));
    }
}
END_TEST

/* The entries never exist twice: the store is made larger and put in order where it is. */
START_TEST(a_large_dict_grows_within_a_limit_that_has_no_room_for_two)
{
    const size_t limit = 24 << 20;
    uint64_t keys = 0;

    test_heap_close(&test);
    test_heap_open(&test, false, limit);
    heap = &test.heap;
    new_dict(DICT_EQ);
    while (li_dict_assoc(heap, dict(), fix((int64_t)keys), fix(0)) == OK) {
        keys += 1;
        if (keys % 50000 == 0) {
            Value pair;
            ck_assert_ok(li_cons(heap, fix(1), fix(2), &pair));
            ck_assert_ok(li_dict_assoc(heap, dict(), fix((int64_t)keys), pair));
            keys += 1;
            ck_assert_ok(li_dict_dissoc(heap, dict(), fix((int64_t)keys - 9), &pair));
            test_collect(&test, keys % 20000 < 10000 ? IMMIX_MINOR : IMMIX_FULL);
        }
    }
    ck_assert(li_dict_valid(dict()));
    /* 24 bytes an entry, a fifth of them free, and it could not grow by half. */
    ck_assert_uint_gt(keys * 24, limit / 2);
    for (uint64_t i = 0; i < keys; i += 1) {
        Value v;
        Status status = li_dict_lookup(heap, dict(), fix((int64_t)i), &v);
        if (status != (i % 50000 == 49992 ? ERR_KEY : OK))
            ck_abort_msg("key %d: %s", (int)i, li_status_text(status));
    }
}
END_TEST

TEST_MAIN("dict", setup, teardown,
          a_key_that_is_not_there_is_a_key_error_in_an_empty_dict_too,
          keys_are_added_replaced_and_removed,
          six_keys_fit_eight_entries_and_the_seventh_doubles_them,
          every_size_that_was_asked_for_can_be_filled, tombstones_do_not_fill_a_dict,
          a_dict_that_empties_shrinks_when_it_is_used_again,
          numbers_are_keys_by_exactness_and_value,
          in_an_eq_dict_boxed_numbers_and_texts_are_themselves_only,
          in_an_equal_dict_texts_are_keys_by_content,
          what_equal_would_look_into_cannot_be_a_key_of_an_equal_dict,
          objects_are_found_by_identity_after_they_moved,
          an_old_dict_keeps_young_keys_and_values,
          keys_with_the_same_hash_are_told_apart_by_comparing,
          a_borrowed_dict_keeps_its_keys_and_may_change_their_values,
          walking_meets_every_entry_once,
          a_dict_comes_from_an_association_list_and_becomes_one,
          a_copy_has_the_keys_and_goes_its_own_way,
          a_dict_that_finds_no_memory_is_as_it_was, nothing_but_memory_bounds_a_dict,
          a_large_dict_grows_within_a_limit_that_has_no_room_for_two,
          a_dict_behaves_like_a_plain_table)
