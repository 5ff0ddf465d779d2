/* test_equal.c - eqv? and equal?, on trees, shared and circular data. */
#include "types/equal.h"

#include "containers/array.h"
#include "syntax_support.h"

static bool equal(Value a, Value b)
{
    bool result = false, reversed = false;

    ck_assert_ok(li_equal(&test.heap, a, b, &result));
    ck_assert_ok(li_equal(&test.heap, b, a, &reversed));
    ck_assert_int_eq(result, reversed);
    return result;
}

static bool texts_equal(const char *a, const char *b)
{
    return equal(read_text(a), read_text(b));
}

static Value cons(Value a, Value b)
{
    Value pair;

    /* Not ck_assert_ok: Check writes to a file for each one that is passed. */
    if (li_cons(&test.heap, a, b, &pair) != OK)
        ck_abort_msg("out of memory");
    return pair;
}

START_TEST(eqv_compares_numbers_by_value_and_kind)
{
    ck_assert(
        li_eqv(read_text("123456789012345678901"), read_text("123456789012345678901")));
    ck_assert(!li_eqv(read_text("123456789012345678901"),
                      read_text("123456789012345678902")));
    ck_assert(li_eqv(read_text("1e300"), read_text("1e300")));
    ck_assert(!li_eqv(read_text("2"), read_text("2.0")));
    ck_assert(!li_eqv(read_text("0.0"), read_text("-0.0")));
    ck_assert(li_eqv(read_text("+nan.0"), read_text("+nan.0")));
    ck_assert(!li_eqv(read_text("\"a\""), read_text("\"a\"")));
    ck_assert(!li_eqv(read_text("1e300"), read_text("\"a\"")));
    ck_assert(!li_eqv(read_text("1e300"), read_text("123456789012345678901")));
    ck_assert(li_eqv(read_text("a"), read_text("a")));
    ck_assert(!li_eqv(read_text("(a)"), read_text("(a)")));
}
END_TEST

START_TEST(equal_compares_contents)
{
    static const char *const data[] = {"a",
                                       "b",
                                       "1",
                                       "1.0",
                                       "\"abc\"",
                                       "\"abd\"",
                                       "\"\"",
                                       "()",
                                       "(1 2 3)",
                                       "(1 2 . 3)",
                                       "(1 (2) 3)",
                                       "(1 2)",
                                       "#(1 2 3)",
                                       "#(1 2)",
                                       "#()",
                                       "#u8(1 2 3)",
                                       "#u8(1 2)",
                                       "#u8()",
                                       "#\\a",
                                       "1e300",
                                       "12345678901234567890123",
                                       "(((a)) #((b) \"c\"))",
                                       "(((a)) #((b) \"d\"))",
                                       "\"\xce\xbb\"",
                                       "#t",
                                       "(#(1) . #(2))"};
    size_t count = sizeof data / sizeof data[0];

    for (size_t i = 0; i < count; i += 1) {
        for (size_t k = 0; k < count; k += 1)
            ck_assert_msg(texts_equal(data[i], data[k]) == (i == k), "%s %s", data[i],
                          data[k]);
    }
}
END_TEST

START_TEST(arrays_of_other_numbers_are_compared_by_kind_too)
{
    Value a, b, c;

    ck_assert_ok(li_array_new(&test.heap, ELEMENT_F64, 2, &a));
    ck_assert_ok(li_array_new(&test.heap, ELEMENT_F64, 2, &b));
    ck_assert_ok(li_array_new(&test.heap, ELEMENT_U64, 2, &c));
    ck_assert(equal(a, b));
    ck_assert(!equal(a, c));
    ((double *)array_data(value_to_array(b)))[1] = 1.5;
    ck_assert(!equal(a, b));
}
END_TEST

START_TEST(circular_data_are_compared_as_infinite_trees)
{
    ck_assert(texts_equal("#0=(a b . #0#)", "#0=(a b . #0#)"));
    ck_assert(texts_equal("#0=(a b . #0#)", "#0=(a b a b . #0#)"));
    ck_assert(texts_equal("#0=(a . #0#)", "(a a . #0=(a a a . #0#))"));
    ck_assert(!texts_equal("#0=(a b . #0#)", "#0=(a b a . #0#)"));
    ck_assert(!texts_equal("#0=(a . #0#)", "(a a a a)"));
    ck_assert(texts_equal("#0=#(1 #0#)", "#0=#(1 #(1 #0#))"));
    ck_assert(!texts_equal("#0=#(1 #0#)", "#0=#(1 #(2 #0#))"));
    ck_assert(texts_equal("#0=(#0# . #0#)", "#0=((#0# . #0#) . #0#)"));
}
END_TEST

START_TEST(shared_structure_takes_linear_time)
{
    Value a = VALUE_NIL, b = VALUE_NIL;

    for (int i = 0; i < 2000; i += 1) {
        a = cons(a, a);
        b = cons(b, b);
    }
    ck_assert(equal(a, b));
    b = cons(VALUE_NIL, VALUE_TRUE);
    a = cons(VALUE_NIL, VALUE_FALSE);
    for (int i = 0; i < 2000; i += 1) {
        a = cons(a, a);
        b = cons(b, b);
    }
    ck_assert(!equal(a, b));
}
END_TEST

START_TEST(a_million_levels_are_compared)
{
    Value a = VALUE_NIL, b = VALUE_NIL;

    test_heap_close(&test);
    test_heap_open(&test, false, 64 * 1024 * 1024);
    for (int i = 0; i < 1000000; i += 1) {
        a = cons(a, VALUE_NIL);
        b = cons(b, VALUE_NIL);
    }
    ck_assert(equal(a, b));
}
END_TEST

START_TEST(deep_data_on_both_sides_are_compared)
{
    Value a = VALUE_NIL, b = VALUE_NIL, more;

    for (int i = 0; i < 100000; i += 1) {
        ck_assert_ok(li_vector_from(&test.heap, &a, 1, &a));
        ck_assert_ok(li_vector_from(&test.heap, &b, 1, &b));
        more = cons(value_from_fixnum(i), VALUE_NIL);
        a = cons(a, more);
        more = cons(value_from_fixnum(i), VALUE_NIL);
        b = cons(b, more);
    }
    ck_assert(equal(a, b));
    ck_assert(!equal(a, cons(b, VALUE_NIL)));
}
END_TEST

START_TEST(large_trees_are_cheap_and_every_failing_allocation_is_clean)
{
    Value a = test_pair_list(&test.heap, 600000),
          b = test_pair_list(&test.heap, 600000);
    Value nest_a = VALUE_NIL, nest_b = VALUE_NIL;
    bool result, passed = false;
    Value more;

    ck_assert(equal(a, b));
    for (int i = 0; i < 50000; i += 1) {
        more = cons(value_from_fixnum(i), VALUE_NIL);
        nest_a = cons(nest_a, more);
        more = cons(value_from_fixnum(i), VALUE_NIL);
        nest_b = cons(nest_b, more);
    }
    for (uint64_t n = 1; !passed; n += 1) {
        Status status;

        immix_fail_after(test.heap.immix, n);
        status = li_equal(&test.heap, nest_a, nest_b, &result);
        immix_fail_after(test.heap.immix, 0);
        passed = status == OK;
        ck_assert(passed ? result : status == ERR_NO_MEMORY);
        ck_assert_uint_lt(n, 200);
    }
}
END_TEST

/* Random graphs against a naive comparison of their unfoldings to a depth that decides. */
enum {
    NODES = 6
};

static bool unfold_equal(int (*graph)[2], int a, int b, int depth)
{
    if (a < 0 || b < 0)
        return a == b;
    return depth == 0
        || (unfold_equal(graph, graph[a][0], graph[b][0], depth - 1)
            && unfold_equal(graph, graph[a][1], graph[b][1], depth - 1));
}

START_TEST(it_agrees_with_unfolding_on_random_graphs)
{
    uint64_t random = 42;

    for (int round = 0; round < 600; round += 1) {
        int graph[NODES][2];
        Value nodes[NODES];

        for (int i = 0; i < NODES; i += 1) {
            nodes[i] = cons(VALUE_NIL, VALUE_NIL);
            for (int k = 0; k < 2; k += 1)
                graph[i][k] = (int)(test_random(&random) % (NODES + 2)) - 2;
        }
        for (int i = 0; i < NODES; i += 1) {
            Pair *pair = value_to_pair(nodes[i]);

            pair->car =
                graph[i][0] < 0 ? value_from_fixnum(graph[i][0]) : nodes[graph[i][0]];
            pair->cdr =
                graph[i][1] < 0 ? value_from_fixnum(graph[i][1]) : nodes[graph[i][1]];
        }
        /* Two nodes of n that agree to depth n agree for ever. */
        for (int i = 1; i < NODES; i += 1)
            ck_assert_int_eq(equal(nodes[0], nodes[i]),
                             unfold_equal(graph, 0, i, NODES));
    }
}
END_TEST

TEST_MAIN("equal", setup, teardown, eqv_compares_numbers_by_value_and_kind,
          equal_compares_contents, arrays_of_other_numbers_are_compared_by_kind_too,
          circular_data_are_compared_as_infinite_trees,
          shared_structure_takes_linear_time, a_million_levels_are_compared,
          deep_data_on_both_sides_are_compared,
          large_trees_are_cheap_and_every_failing_allocation_is_clean,
          it_agrees_with_unfolding_on_random_graphs)
