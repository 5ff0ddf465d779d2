/* test_symbolmap.c - interned symbols: one for a name, and none for what nobody refers to. */
#include "memory_support.h"

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

static uint64_t count(void)
{
    return li_symbolmap_count(heap->symbols);
}

static Value numbered(uint64_t n)
{
    char name[32];

    snprintf(name, sizeof name, "symbol-%llu", (unsigned long long)n);
    return test_symbol(heap, name);
}

START_TEST(one_name_has_one_symbol)
{
    Value a = test_symbol(heap, "lambda"), b = test_symbol(heap, "lambda");

    ck_assert_eq_value(a, b);
    ck_assert(!value_is_eq(a, test_symbol(heap, "Lambda")));
    ck_assert(value_is_symbol(a));
    ck_assert(li_text_equals_ascii(symbol_text(a), "lambda"));
    ck_assert(li_is_immutable(symbol_text(a)));
    ck_assert_uint_eq(count(), 2);
    ck_assert(li_symbol_is_interned(heap, a));
}
END_TEST

START_TEST(bytes_and_texts_of_any_width_find_the_same_symbol)
{
    Value from_bytes, from_narrow, from_wide, v;

    ck_assert_ok(li_intern_bytes(heap, "caf\xc3\xa9!!", 5, &from_bytes));
    ck_assert_ok(li_text_from_utf8(heap, "caf\xc3\xa9", 5, &v));
    ck_assert_ok(li_intern_text(heap, value_to_text(v), &from_narrow));
    ck_assert_ok(li_text_set(heap, value_to_text(v), 0, 0x3bb));
    ck_assert_ok(li_text_set(heap, value_to_text(v), 0, 'c'));
    ck_assert_ok(li_intern_text(heap, value_to_text(v), &from_wide));
    ck_assert_eq_value(from_bytes, from_narrow);
    ck_assert_eq_value(from_bytes, from_wide);
    ck_assert_ok(li_intern_bytes(heap, "λ漢\xf0\x9f\x98\x80", 9, &from_bytes));
    ck_assert_ok(li_text_from_utf8(heap, "λ漢\xf0\x9f\x98\x80", 9, &v));
    ck_assert_ok(li_intern_text(heap, value_to_text(v), &from_wide));
    ck_assert_eq_value(from_bytes, from_wide);
}
END_TEST

START_TEST(a_symbol_does_not_follow_the_text_that_it_came_from)
{
    Value text, symbol;

    ck_assert_ok(li_text_from_utf8(heap, "abc", 3, &text));
    ck_assert_ok(li_intern_text(heap, value_to_text(text), &symbol));
    ck_assert_ok(li_text_set(heap, value_to_text(text), 0, 'x'));
    ck_assert(li_text_equals_ascii(symbol_text(symbol), "abc"));
    ck_assert_eq_value(symbol, test_symbol(heap, "abc"));
}
END_TEST

START_TEST(names_that_are_not_utf8_are_refused)
{
    Value v = VALUE_NIL;

    ck_assert_err(li_intern_bytes(heap, "a\xff", 2, &v), ERR_ENCODING);
    ck_assert_err(li_intern_bytes(heap, "\xed\xa0\x80", 3, &v), ERR_ENCODING);
    ck_assert_eq_value(v, VALUE_NIL);
    ck_assert_uint_eq(count(), 0);
}
END_TEST

START_TEST(the_empty_name_and_nul_are_names)
{
    Value empty, nul, v;

    ck_assert_ok(li_intern_bytes(heap, "", 0, &empty));
    ck_assert_ok(li_intern_bytes(heap, "\0", 1, &nul));
    ck_assert(!value_is_eq(empty, nul));
    ck_assert_ok(li_intern(heap, "", &v));
    ck_assert_eq_value(v, empty);
}
END_TEST

START_TEST(uninterned_symbols_differ_from_every_other)
{
    Value name, a, b;

    ck_assert_ok(li_text_from_utf8(heap, "g", 1, &name));
    ck_assert_ok(li_symbol_uninterned(heap, name, &a));
    ck_assert_ok(li_symbol_uninterned(heap, name, &b));
    ck_assert(value_is_symbol(a) && !value_is_eq(a, b));
    ck_assert(!value_is_eq(a, test_symbol(heap, "g")));
    ck_assert(!li_symbol_is_interned(heap, a));
    ck_assert(li_symbol_is_interned(heap, test_symbol(heap, "g")));
    ck_assert(!value_is_eq(value_to_symbol(a)->hash, value_to_symbol(b)->hash));
    ck_assert(value_is_fixnum(value_to_symbol(a)->hash));
    ck_assert_int_ge(value_to_fixnum(value_to_symbol(a)->hash), 0);
}
END_TEST

START_TEST(a_symbol_that_is_referred_to_stays_the_same_through_collections)
{
    test.roots[0] = test_symbol(heap, "kept");
    for (int i = 0; i < 6; i += 1) {
        test_collect(&test, (ImmixCollection)(i % 3));
        ck_assert_eq_value(test_symbol(heap, "kept"), test.roots[0]);
        ck_assert_uint_eq(count(), 1);
    }
}
END_TEST

START_TEST(symbols_that_nothing_refers_to_are_dropped)
{
    Value keep = VALUE_NIL;

    for (uint64_t i = 0; i < 5000; i += 1) {
        Value symbol = numbered(i);

        if (i % 100 == 0)
            ck_assert_ok(li_cons(heap, symbol, keep, &keep));
    }
    test.roots[0] = keep;
    ck_assert_uint_eq(count(), 5000);
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(count(), 50);
    for (uint64_t i = 4900; value_is_pair(test.roots[0]); i -= 100) {
        ck_assert_eq_value(pair_car(test.roots[0]), numbered(i));
        test.roots[0] = pair_cdr(test.roots[0]);
    }
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(count(), 0);
    ck_assert(li_text_equals_ascii(symbol_text(numbered(7)), "symbol-7"));
}
END_TEST

START_TEST(a_minor_collection_drops_only_the_young)
{
    test.roots[0] = numbered(1);
    numbered(2);
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(count(), 1);
    test.roots[1] = numbered(3);
    for (uint64_t i = 10; i < 5000; i += 1) /* the table and the list of the young grow */
        numbered(i);
    for (uint64_t i = 5000; i < 5400; i += 1)
        numbered(i);
    test_collect(&test, IMMIX_MINOR);
    ck_assert_eq_value(numbered(1), test.roots[0]);
    ck_assert_eq_value(numbered(3), test.roots[1]);
    numbered(4);
    test_collect(&test, IMMIX_MINOR);
    test_collect(&test, IMMIX_FULL);
    ck_assert_uint_eq(count(), 2);
}
END_TEST

START_TEST(a_million_unique_names_leave_the_table_as_it_was)
{
    TestHeap plain; /* without the verifier, which would take its time */
    ImmixOptions options = {0};
    ImmixStats before, after;

    ck_assert_ok(li_heap_open(&plain.heap, &options));
    test_symbol(&plain.heap, "warm-up");
    immix_collect(plain.heap.immix, IMMIX_FULL);
    immix_stats(plain.heap.immix, &before);
    for (int i = 0; i < 1000000; i += 1) {
        char name[32];

        snprintf(name, sizeof name, "n%d", i);
        test_symbol(&plain.heap, name);
    }
    ck_assert_uint_eq(li_symbolmap_count(plain.heap.symbols), 1000000);
    immix_collect(plain.heap.immix, IMMIX_FULL);
    ck_assert_uint_eq(li_symbolmap_count(plain.heap.symbols), 0);
    test_symbol(&plain.heap, "the table shrinks when it is used again");
    immix_collect(plain.heap.immix, IMMIX_FULL);
    immix_stats(plain.heap.immix, &after);
    ck_assert_uint_le(after.live_bytes, before.live_bytes + 1024);
    li_heap_close(&plain.heap);
}
END_TEST

START_TEST(interning_without_memory_fails_and_loses_nothing)
{
    test.roots[0] = test_symbol(heap, "before");
    for (uint64_t n = 1; n < 12; n += 1) {
        Value v = VALUE_NIL;
        Status status;
        uint64_t symbols = count();

        immix_fail_after(heap->immix, n);
        status = li_intern(heap, "new one", &v);
        immix_fail_after(heap->immix, 0);
        if (status == OK) {
            ck_assert_uint_gt(n, 1);
            return;
        }
        ck_assert_err(status, ERR_NO_MEMORY);
        ck_assert_eq_value(v, VALUE_NIL);
        ck_assert_uint_eq(count(), symbols);
        ck_assert_eq_value(test_symbol(heap, "before"), test.roots[0]);
    }
    ck_abort_msg("interning never succeeded");
}
END_TEST

static void add_up(Value symbol, void *context)
{
    ck_assert(value_is_symbol(symbol));
    *(uint64_t *)context += 1;
}

START_TEST(each_visits_every_live_symbol_once)
{
    uint64_t seen = 0;

    li_symbolmap_each(heap->symbols, add_up, &seen);
    ck_assert_uint_eq(seen, 0);
    for (uint64_t i = 0; i < 3000; i += 1)
        numbered(i);
    test_collect(&test, IMMIX_FULL);
    for (uint64_t i = 0; i < 2000; i += 1)
        numbered(i);
    li_symbolmap_each(heap->symbols, add_up, &seen);
    ck_assert_uint_eq(seen, 2000);
}
END_TEST

TEST_MAIN("symbolmap", setup, teardown, one_name_has_one_symbol,
          bytes_and_texts_of_any_width_find_the_same_symbol,
          a_symbol_does_not_follow_the_text_that_it_came_from,
          names_that_are_not_utf8_are_refused, the_empty_name_and_nul_are_names,
          uninterned_symbols_differ_from_every_other,
          a_symbol_that_is_referred_to_stays_the_same_through_collections,
          symbols_that_nothing_refers_to_are_dropped,
          a_minor_collection_drops_only_the_young,
          a_million_unique_names_leave_the_table_as_it_was,
          interning_without_memory_fails_and_loses_nothing,
          each_visits_every_live_symbol_once)
