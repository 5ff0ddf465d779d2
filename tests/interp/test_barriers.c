/* test_barriers.c - stores of young values into old containers, through minor collections.
 *
 * Every collection is verified, so a store without its barrier ends the program at once;
 * mistakes.py takes barriers away and sees this fail. */
#include "memory_support.h"

#include "containers/array.h"
#include "containers/dict.h"
#include "containers/list.h"
#include "syntax/environment.h"
#include "types/weaktable.h"
#include "vm/global.h"

static TestHeap test;
static Heap *heap;

static void setup(void)
{
    test_heap_open(&test, false, 0);
    heap = &test.heap;
}

static void teardown(void)
{
    test_heap_close(&test);
}

/* ---- Young values ---- */

/* What only the object under test refers to: a pair, of a pair and a number. */
static Value young(int64_t n)
{
    Value v;

    ck_assert_ok(li_cons(heap, value_from_fixnum(-n), VALUE_NIL, &v));
    ck_assert_ok(li_cons(heap, v, value_from_fixnum(n), &v));
    return v;
}

static void assert_young(Value v, int64_t n)
{
    ck_assert(value_is_pair(v));
    ck_assert_eq_value(pair_cdr(v), value_from_fixnum(n));
    ck_assert_eq_value(pair_car(pair_car(v)), value_from_fixnum(-n));
}

/* Root 0 is the object under test: from now on it is old, with all that it refers to. */
static void make_old(void)
{
    test_collect(&test, IMMIX_FULL);
}

/* What was lost is written over. */
static void minor(void)
{
    Value junk;

    test_collect(&test, IMMIX_MINOR);
    for (int i = 0; i < 5000; i += 1)
        ck_assert_ok(li_cons(heap, VALUE_TRUE, VALUE_TRUE, &junk));
}

/* ---- Lists ---- */

static List *list(void)
{
    return value_to_list(test.roots[0]);
}

static void assert_items(uint64_t start, uint64_t end, int64_t n)
{
    for (uint64_t i = start; i < end; i += 1)
        assert_young(li_list_at(list(), i), n);
}

/* Of a store without cards, one with, and a large one. */
static const uint64_t lengths[] = {8, 500, 5000};

static void new_list(uint64_t length)
{
    ck_assert_ok(li_list_with_capacity(heap, length, &test.roots[0]));
    ck_assert_ok(li_list_fill(heap, list(), length, VALUE_FALSE));
    make_old();
}

START_TEST(what_is_set_in_an_old_list_lives)
{
    for (int i = 0; i < 3; i += 1) {
        new_list(lengths[i]);
        ck_assert_ok(li_list_set(heap, list(), lengths[i] - 1, young(1)));
        minor();
        assert_items(lengths[i] - 1, lengths[i], 1);
    }
}
END_TEST

START_TEST(what_is_filled_or_copied_into_an_old_list_lives)
{
    for (int i = 0; i < 3; i += 1) {
        uint64_t end = lengths[i];
        Value from;

        new_list(end);
        ck_assert_ok(li_list_fill_range(heap, list(), 1, end, young(2)));
        minor();
        assert_items(1, end, 2);
        ck_assert_ok(li_list_new(heap, &from));
        ck_assert_ok(li_list_fill(heap, value_to_list(from), end, young(3)));
        ck_assert_ok(li_list_copy(heap, list(), 0, value_to_list(from), 0, end));
        minor();
        assert_items(0, end, 3);
    }
}
END_TEST

START_TEST(what_is_pushed_onto_an_old_list_lives)
{
    for (int i = 0; i < 3; i += 1) {
        new_list(lengths[i]);
        ck_assert_ok(li_list_resize(heap, list(), lengths[i] - 1, VALUE_FALSE));
        ck_assert_ok(li_list_push(heap, list(), young(1)));
        minor();
        assert_items(lengths[i] - 1, lengths[i], 1);
    }
}
END_TEST

START_TEST(a_store_that_an_old_list_grows_into_lives)
{
    for (int i = 0; i < 3; i += 1) {
        new_list(lengths[i]);
        for (uint64_t n = 0; n < lengths[i]; n += 1)
            ck_assert_ok(li_list_push(heap, list(), young(4)));
        minor();
        assert_items(lengths[i], 2 * lengths[i], 4);
        make_old();
        ck_assert_ok(li_list_resize(heap, list(), 5 * lengths[i], young(5)));
        minor();
        assert_items(2 * lengths[i], 5 * lengths[i], 5);
    }
}
END_TEST

/* ---- Arrays and texts, whose stores are leaves ---- */

START_TEST(a_store_that_an_old_array_grows_into_lives)
{
    for (int i = 0; i < 3; i += 1) {
        Array *array;

        ck_assert_ok(li_array_new(heap, ELEMENT_U64, 0, &test.roots[0]));
        make_old();
        array = value_to_array(test.roots[0]);
        for (uint64_t n = 0; n < 3 * lengths[i]; n += 1)
            ck_assert_ok(li_array_u64_push(heap, array, n));
        minor();
        array = value_to_array(test.roots[0]);
        for (uint64_t n = 0; n < 3 * lengths[i]; n += 1)
            ck_assert_uint_eq(li_array_u64_at(array, n), n);
    }
}
END_TEST

static Text *text(void)
{
    return value_to_text(test.roots[0]);
}

static void assert_chars(uint64_t start, uint64_t end, uint32_t expected)
{
    uint32_t c;

    for (uint64_t i = start; i < end; i += 1) {
        ck_assert_ok(li_text_get(text(), i, &c));
        ck_assert_uint_eq(c, expected);
    }
}

START_TEST(a_store_that_an_old_text_grows_into_lives)
{
    for (int i = 0; i < 3; i += 1) {
        uint64_t length = lengths[i] * 8;

        ck_assert_ok(li_text_new(heap, length, 'a', &test.roots[0]));
        make_old();
        for (uint64_t n = 0; n < length; n += 1)
            ck_assert_ok(li_text_push(heap, text(), 'b'));
        minor();
        assert_chars(0, length, 'a');
        assert_chars(length, 2 * length, 'b');
        make_old();
        ck_assert_ok(li_text_set(heap, text(), length, 0x3bb)); /* wider characters */
        minor();
        assert_chars(0, length, 'a');
        assert_chars(length, length + 1, 0x3bb);
    }
}
END_TEST

/* ---- Dicts ---- */

static Dict *dict(void)
{
    return value_to_dict(test.roots[0]);
}

static void add(int64_t first, int64_t end, int64_t n)
{
    for (int64_t i = first; i < end; i += 1)
        ck_assert_ok(li_dict_assoc(heap, dict(), value_from_fixnum(i), young(n)));
}

static void assert_entries(int64_t first, int64_t end, int64_t n)
{
    for (int64_t i = first; i < end; i += 1) {
        Value v;

        ck_assert_ok(li_dict_lookup(heap, dict(), value_from_fixnum(i), &v));
        assert_young(v, n);
    }
}

START_TEST(what_is_associated_in_an_old_dict_lives)
{
    for (int i = 0; i < 3; i += 1) {
        int64_t end = (int64_t)lengths[i];

        ck_assert_ok(
            li_dict_with_capacity(heap, DICT_EQV, lengths[i], &test.roots[0]));
        add(0, end - 1, 0);
        make_old();
        add(end - 1, end, 1); /* a new key, in a store that stays */
        minor();
        assert_entries(end - 1, end, 1);
        make_old();
        add(0, 1, 2); /* an old key */
        minor();
        assert_entries(0, 1, 2);
        assert_entries(1, end - 1, 0);
    }
}
END_TEST

/* Small stores are made anew, large ones extended where they are; keys move to other cards. */
START_TEST(entries_of_an_old_dict_that_is_rehashed_live)
{
    for (int i = 0; i < 3; i += 1) {
        int64_t end = (int64_t)lengths[i];

        ck_assert_ok(li_dict_new(heap, DICT_EQV, &test.roots[0]));
        for (int round = 0; round < 6; round += 1) {
            make_old();
            add(round * end, (round + 1) * end, round);
            minor();
            for (int r = 0; r <= round; r += 1)
                assert_entries(r * end, (r + 1) * end, r);
        }
    }
}
END_TEST

/* Young values in an old store, remembered by their cards, when the store is rehashed. */
START_TEST(young_entries_of_an_old_dict_live_when_it_is_rehashed)
{
    int64_t end = 0;

    ck_assert_ok(li_dict_new(heap, DICT_EQV, &test.roots[0]));
    add(0, 20000, 0);
    make_old();
    for (int64_t i = 0; i < 20000; i += 100)
        add(i, i + 1, 7);
    for (uint64_t capacity = dict_capacity(dict()); dict_capacity(dict()) == capacity;
         end += 1)
        add(20000 + end, 20001 + end, 8);
    minor();
    for (int64_t i = 0; i < 20000; i += 100)
        assert_entries(i, i + 1, 7);
    assert_entries(20000, 20000 + end, 8);
}
END_TEST

START_TEST(a_dict_that_shrinks_when_it_is_old_keeps_its_entries)
{
    Value v;

    ck_assert_ok(li_dict_new(heap, DICT_EQV, &test.roots[0]));
    add(0, 5000, 0);
    make_old();
    for (int64_t i = 0; i < 4990; i += 1)
        ck_assert_ok(li_dict_dissoc(heap, dict(), value_from_fixnum(i), &v));
    uint64_t capacity = dict_capacity(dict());
    for (int64_t i = 5000; dict_capacity(dict()) == capacity; i += 1) {
        add(i, i + 1, 1);
        ck_assert_ok(li_dict_dissoc(heap, dict(), value_from_fixnum(i), &v));
    }
    minor();
    assert_entries(4990, 5000, 0);
}
END_TEST

/* ---- Weak tables: entries are young objects in old chains ---- */

static WeakTable *table(void)
{
    return value_to_weak_table(test.roots[0]);
}

static Value key_at(uint64_t i)
{
    return vector_items(test.roots[1])[i];
}

/* Root 1 keeps the keys. */
static void new_table(uint64_t keys)
{
    Value key;

    ck_assert_ok(li_weak_table_new(heap, DICT_EQ, &test.roots[0]));
    ck_assert_ok(li_vector(heap, keys, VALUE_FALSE, &test.roots[1]));
    for (uint64_t i = 0; i < keys; i += 1) {
        ck_assert_ok(li_vector(heap, 1, VALUE_FALSE, &key));
        vector_items(test.roots[1])[i] = key;
    }
    make_old();
}

static void set_keys(uint64_t first, uint64_t end, int64_t n)
{
    for (uint64_t i = first; i < end; i += 1)
        ck_assert_ok(li_weak_table_set(heap, table(), key_at(i), young(n)));
}

static void assert_table(uint64_t first, uint64_t end, int64_t n)
{
    for (uint64_t i = first; i < end; i += 1) {
        Value v;

        ck_assert(li_weak_table_get(heap, table(), key_at(i), &v));
        assert_young(v, n);
    }
}

START_TEST(what_an_old_weak_table_is_given_lives)
{
    new_table(3000);
    for (uint64_t i = 0; i < 3000; i += i + 1) {
        set_keys(i, 2 * i + 1 < 3000 ? 2 * i + 1 : 3000, 1);
        minor();
        assert_table(0, i + 1, 1);
        make_old();
    }
    set_keys(5, 6, 2);
    minor();
    assert_table(5, 6, 2);
    assert_table(6, 3000, 1);
}
END_TEST

START_TEST(an_old_weak_table_that_shrinks_or_is_cleared_keeps_what_it_is_given)
{
    uint64_t state = 1;

    new_table(2000);
    set_keys(0, 1000, 1);
    make_old();
    set_keys(1000, 2000, 2);
    for (uint64_t i = 0; i < 1900; i += 1) {
        li_weak_table_delete(heap, table(), key_at(i));
        set_keys(1900 + test_random(&state) % 100, 2000, 2);
        if (i % 100 == 0)
            minor();
    }
    assert_table(1900, 2000, 2);
    make_old();
    ck_assert_ok(li_weak_table_clear(heap, table()));
    set_keys(0, 3, 3);
    minor();
    assert_table(0, 3, 3);
}
END_TEST

/* ---- Environments, cells and symbols ---- */

static Value name_of(int i)
{
    char name[32];

    snprintf(name, sizeof name, "name-%d", i);
    return test_symbol(heap, name);
}

static void assert_bound(int i, int64_t n)
{
    Value cell;

    ck_assert(li_environment_lookup(test.roots[0], name_of(i), &cell));
    assert_young(value_to_global(cell)->value, n);
}

START_TEST(what_is_bound_in_an_old_environment_lives)
{
    enum {
        NAMES = 1000
    };

    ck_assert_ok(li_environment_new(heap, 0, VALUE_FALSE, &test.roots[0]));
    for (int i = 0; i < NAMES; i += 1) {
        if (i % 50 == 0)
            make_old();
        ck_assert_ok(li_environment_define(heap, test.roots[0], name_of(i), young(i)));
        if (i % 50 == 0 || i % 50 == 49)
            minor();
    }
    make_old();
    ck_assert_ok(li_environment_define(heap, test.roots[0], name_of(7), young(-7)));
    minor();
    assert_bound(7, -7);
    for (int i = 8; i < NAMES; i += 1)
        assert_bound(i, i);
}
END_TEST

/* The map is looked through after marking; what is young is noted beside it. */
START_TEST(young_symbols_stay_interned_or_go_while_the_map_grows)
{
    ck_assert_ok(li_vector(heap, 5000, VALUE_FALSE, &test.roots[0]));
    uint64_t others = li_symbolmap_count(heap->symbols);
    for (int round = 0; round < 5; round += 1) {
        make_old();
        for (int i = round * 1000; i < (round + 1) * 1000; i += 1) {
            Value symbol = name_of(i);

            if (i % 2 == 0) {
                vector_items(test.roots[0])[i] = symbol;
                li_barrier(heap, value_to_object(test.roots[0]));
            }
        }
        minor();
        ck_assert_uint_eq(li_symbolmap_count(heap->symbols),
                          others + (uint64_t)(round + 1) * 500);
        for (int i = 0; i < (round + 1) * 1000; i += 2)
            ck_assert_eq_value(name_of(i), vector_items(test.roots[0])[i]);
    }
}
END_TEST

TEST_MAIN("barriers", setup, teardown, what_is_set_in_an_old_list_lives,
          what_is_filled_or_copied_into_an_old_list_lives,
          what_is_pushed_onto_an_old_list_lives,
          a_store_that_an_old_list_grows_into_lives,
          a_store_that_an_old_array_grows_into_lives,
          a_store_that_an_old_text_grows_into_lives,
          what_is_associated_in_an_old_dict_lives,
          entries_of_an_old_dict_that_is_rehashed_live,
          young_entries_of_an_old_dict_live_when_it_is_rehashed,
          a_dict_that_shrinks_when_it_is_old_keeps_its_entries,
          what_an_old_weak_table_is_given_lives,
          an_old_weak_table_that_shrinks_or_is_cleared_keeps_what_it_is_given,
          what_is_bound_in_an_old_environment_lives,
          young_symbols_stay_interned_or_go_while_the_map_grows)
