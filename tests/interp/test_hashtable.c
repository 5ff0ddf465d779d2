/* test_hashtable.c - hash tables of programs, and the hash that equal? objects share. */
#include "memory_support.h"

#include "containers/array.h"
#include "types/equal.h"
#include "types/hashtable.h"

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

static Value cons(Value car, Value cdr)
{
    Value v;

    ck_assert_ok(li_cons(heap, car, cdr, &v));
    return v;
}

static Dict *new_table(DictKind kind)
{
    ck_assert_ok(
        li_hashtable_new(heap, kind, 0, VALUE_TRUE, VALUE_NIL, &test.roots[0]));
    return value_to_dict(test.roots[0]);
}

static Dict *table(void)
{
    return value_to_dict(test.roots[0]);
}

static bool has(Value key)
{
    DictEntry *entry;
    Value hash;

    ck_assert_ok(li_hashtable_find(heap, table(), key, &hash, &entry));
    return entry != NULL;
}

static void set(Value key, Value value)
{
    ck_assert_ok(li_hashtable_set(heap, table(), key, value));
}

/* Some object of so many parts at most, the same for the same state. */
static Value random_object(uint64_t *state, unsigned parts)
{
    static const char *const names[] = {"a", "bc", "wide \xce\xbb", ""};
    uint64_t r = test_random(state);
    Value v;

    switch (parts == 0 ? 2 + r % 4 : r % 8) {
    case 0:
    case 7: v = random_object(state, parts / 2);
        return cons(v, random_object(state, parts / 2));
    case 1:
    case 6:
        ck_assert_ok(li_vector(heap, r / 8 % 4, VALUE_NIL, &v));
        for (uint32_t i = 0; i < vector_length(v); i += 1)
            vector_items(v)[i] = random_object(state, parts / 4);
        return v;
    case 2: return fix((int64_t)(r >> 60));
    case 3: return text(names[r / 8 % 4]);
    case 4: ck_assert_ok(li_flonum(heap, r % 16 < 8 ? 1e300 : 0.5, &v)); return v;
    default: return test_symbol(heap, names[r / 8 % 2]);
    }
}

START_TEST(equal_objects_have_one_hash)
{
    uint64_t seed = 7, different = 0;

    for (int i = 0; i < 3000; i += 1) {
        uint64_t once = test_random(&seed), again = once, other = once + 1;
        Value a = random_object(&once, 64), b = random_object(&again, 64);
        Value c = random_object(&other, 64);
        bool equal;

        ck_assert_ok(li_equal(heap, a, b, &equal));
        ck_assert(equal);
        ck_assert_uint_eq(li_equal_hash(heap, a), li_equal_hash(heap, b));
        ck_assert_ok(li_equal(heap, a, c, &equal));
        if (equal)
            ck_assert_uint_eq(li_equal_hash(heap, a), li_equal_hash(heap, c));
        else
            different += li_equal_hash(heap, a) != li_equal_hash(heap, c);
        if (i % 100 == 0)
            test_collect(&test, IMMIX_FULL);
    }
    ck_assert_uint_gt(different, 1500);
}
END_TEST

START_TEST(a_text_has_one_hash_in_either_width_and_as_a_name)
{
    static const char *const names[] = {"",         "a",         "seven77", "eight888",
                                        "nine99999", "sixteen 6789012", "\xc3\xa4\xc3\xb6",
                                        "mixed \xce\xbb\xe4\xb8\x80 and more"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        Value narrow = text(names[i]), wide = text(names[i]), symbol;
        Text *widened = value_to_text(wide);

        ck_assert_ok(li_text_push(heap, widened, 0x1f600));
        ck_assert_ok(li_text_resize(heap, widened, widened->length - 1, 0));
        ck_assert_uint_eq(widened->width, 4);
        ck_assert_uint_eq(li_text_hash(widened), li_text_hash(value_to_text(narrow)));
        ck_assert_ok(li_intern_text(heap, value_to_text(narrow), &symbol));
        ck_assert_eq_value(symbol, test_symbol(heap, names[i]));
        ck_assert_ok(li_intern_text(heap, widened, &symbol));
        ck_assert_eq_value(symbol, test_symbol(heap, names[i]));
    }
}
END_TEST

START_TEST(a_text_table_takes_nothing_but_texts)
{
    DictEntry *entry;
    Value hash;

    new_table(DICT_TEXT);
    set(text("key"), fix(1));
    ck_assert(has(text("key")));
    ck_assert(!has(text("Key")));
    ck_assert_err(li_hashtable_find(heap, table(), fix(1), &hash, &entry), ERR_TYPE);
    ck_assert_err(li_hashtable_set(heap, table(), VALUE_NIL, fix(1)), ERR_TYPE);
    new_table(DICT_TEXT_FOLDED);
    set(text("Stra\xc3\x9f" "e"), fix(1));
    ck_assert(has(text("STRASSE")));
    ck_assert(!has(text("STRASS")));
}
END_TEST

START_TEST(an_old_table_keeps_young_keys_and_values)
{
    new_table(DICT_DEEP);
    for (int64_t i = 0; i < 600; i += 1) {
        set(cons(fix(i), text("key")), cons(fix(i), VALUE_NIL));
        if (i % 10 == 0)
            test_collect(&test, i % 100 == 0 ? IMMIX_FULL : IMMIX_MINOR);
        set(cons(fix(i / 2), text("key")), cons(fix(-i), VALUE_NIL));
    }
    test_collect(&test, IMMIX_MINOR);
    ck_assert(li_dict_valid(table()));
    ck_assert_uint_eq(li_dict_length(table()), 600);
    for (int64_t i = 0; i < 600; i += 1) {
        DictEntry *entry;
        Value hash;

        ck_assert_ok(li_hashtable_find(heap, table(), cons(fix(i), text("key")), &hash,
                                       &entry));
        ck_assert(entry != NULL);
        ck_assert_int_eq(value_to_fixnum(pair_car(entry->value)),
                         i < 300 ? -(2 * i + 1) : i);
    }
}
END_TEST

START_TEST(keys_of_a_custom_table_are_found_by_hash_and_identity)
{
    Value first = cons(fix(1), VALUE_NIL), second = cons(fix(1), VALUE_NIL), list;
    Value hash = dict_hash_value(99), other = dict_hash_value(100);
    DictEntry *entry;

    new_table(DICT_CUSTOM);
    ck_assert_ok(li_hashtable_candidates(heap, table(), hash, &list));
    ck_assert(value_is_nil(list));
    ck_assert_ok(li_dict_add(heap, table(), first, hash, fix(1)));
    ck_assert_ok(li_dict_add(heap, table(), second, hash, fix(2)));
    ck_assert_ok(li_dict_add(heap, table(), VALUE_NIL, other, fix(3)));
    ck_assert_ok(li_hashtable_candidates(heap, table(), hash, &list));
    ck_assert(value_is_pair(list) && value_is_pair(pair_cdr(list))
              && value_is_nil(pair_cdr(pair_cdr(list))));
    entry = li_hashtable_find_same(table(), second, hash);
    ck_assert_int_eq(value_to_fixnum(entry->value), 2);
    ck_assert(li_hashtable_find_same(table(), list, hash) == NULL);
    li_dict_borrow(heap, table());
    ck_assert_err(li_dict_remove(table(), entry), ERR_BORROWED);
    ck_assert_err(li_dict_add(heap, table(), list, hash, fix(4)), ERR_BORROWED);
    li_dict_release(heap, table());
    ck_assert_ok(li_dict_remove(table(), entry));
    ck_assert(li_hashtable_find_same(table(), second, hash) == NULL);
    ck_assert_ok(li_hashtable_entries(heap, table(), &list));
    ck_assert_uint_eq(vector_length(list), 4);
    ck_assert_eq_value(table()->equivalence, VALUE_TRUE);
    ck_assert_eq_value(table()->hash_function, VALUE_NIL);
}
END_TEST

/* Searches end at once where nothing else was: removing leaves no tombstones behind. */
START_TEST(what_was_added_and_removed_again_leaves_nothing_behind)
{
    new_table(DICT_EQV);
    for (int64_t i = 0; i < 64; i += 1)
        set(fix(i), fix(i));
    for (int64_t i = 63; i >= 0; i -= 1) {
        DictEntry *entry;
        Value hash;

        ck_assert_ok(li_hashtable_find(heap, table(), fix(i), &hash, &entry));
        ck_assert_ok(li_dict_remove(table(), entry));
        ck_assert(li_dict_valid(table()));
    }
    ck_assert_uint_eq(table()->used, 0);
}
END_TEST

TEST_MAIN("hashtable", setup, teardown, equal_objects_have_one_hash,
          a_text_has_one_hash_in_either_width_and_as_a_name,
          a_text_table_takes_nothing_but_texts, an_old_table_keeps_young_keys_and_values,
          keys_of_a_custom_table_are_found_by_hash_and_identity,
          what_was_added_and_removed_again_leaves_nothing_behind)
