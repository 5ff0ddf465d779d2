/* test_values.c - values across the border, through interp.h alone. */
#include <math.h>

#include "tests/api/support.h"

static Console console;
static Interp *interp;

static void set_up(void)
{
    interp = open_console(&console);
}

static void tear_down(void)
{
    interp_close(interp);
}

/* Runs a test's body in a session. */
#define IN_SESSION(name)                                         \
    static InterpStatus name##_body(Interp *in, void *context);  \
    START_TEST(name)                                             \
    {                                                            \
        ck_assert_ok(interp_session(interp, name##_body, NULL)); \
    }                                                            \
    END_TEST                                                     \
    static InterpStatus name##_body(Interp *in, void *context)

IN_SESSION(integers_go_in_and_come_out)
{
    static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(1) << 61};
    (void)context;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i += 1) {
        interp_ref ref;
        int64_t back = 0;
        InterpType type;

        ck_assert_ok(interp_from_int64(in, numbers[i], &ref));
        ck_assert_ok(interp_to_int64(in, ref, &back));
        ck_assert_ok(interp_type(in, ref, &type));
        ck_assert_int_eq(back, numbers[i]);
        ck_assert_int_eq(type, INTERP_TYPE_INTEGER);
    }
    return INTERP_OK;
}

IN_SESSION(integers_that_do_not_fit_are_out_of_range)
{
    int64_t n = 42;
    double d = 0;
    (void)context;

    ck_assert_status(interp_to_int64(in, eval(in, "(expt 2 63)"), &n),
                     INTERP_OUT_OF_RANGE);
    ck_assert_status(interp_to_int64(in, eval(in, "1.0"), &n), INTERP_WRONG_TYPE);
    ck_assert_status(interp_to_int64(in, eval(in, "'a"), &n), INTERP_WRONG_TYPE);
    ck_assert_int_eq(n, 42);
    ck_assert_ok(interp_to_double(in, eval(in, "(expt 2 63)"), &d));
    ck_assert_double_eq(d, 9223372036854775808.0);
    return INTERP_OK;
}

IN_SESSION(doubles_keep_their_bits)
{
    static const double numbers[] = {
        0.0, -0.0, 1.5, 1e300, -1e-300, 5e-324, (double)INFINITY};
    (void)context;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i += 1) {
        interp_ref ref;
        double back = 1;

        ck_assert_ok(interp_from_double(in, numbers[i], &ref));
        ck_assert_ok(interp_to_double(in, ref, &back));
        ck_assert_int_eq(memcmp(&back, &numbers[i], sizeof back), 0);
    }
    return INTERP_OK;
}

IN_SESSION(only_false_is_false)
{
    bool b = true;
    (void)context;

    ck_assert_ok(interp_to_bool(in, eval(in, "#f"), &b));
    ck_assert(!b);
    ck_assert_ok(interp_to_bool(in, eval(in, "'()"), &b));
    ck_assert(b);
    return INTERP_OK;
}

IN_SESSION(strings_are_utf8_and_may_hold_nul)
{
    static const char bytes[] = "Stra\xc3\x9f"
                                "e\0\xf0\x9f\x90\x9a";
    interp_ref ref;
    InterpText text;
    size_t length = 0;
    (void)context;

    ck_assert_ok(interp_from_utf8(in, bytes, sizeof bytes - 1, &ref));
    ck_assert_ok(interp_length(in, ref, &length));
    ck_assert_uint_eq(length, 8);
    ck_assert_ok(interp_to_utf8(in, ref, &text));
    ck_assert_uint_eq(text.length, sizeof bytes - 1);
    ck_assert_int_eq(memcmp(text.bytes, bytes, sizeof bytes), 0);
    interp_text_free(&text);
    ck_assert_status(interp_from_utf8(in, "\xff", 1, &ref), INTERP_ENCODING);
    ck_assert_status(interp_to_utf8(in, eval(in, "5"), &text), INTERP_WRONG_TYPE);
    return INTERP_OK;
}

IN_SESSION(symbols_of_one_name_are_the_same)
{
    interp_ref a, b;
    bool same = false;
    (void)context;

    ck_assert_ok(interp_symbol(in, "abc", 3, &a));
    b = eval(in, "'abc");
    ck_assert_ok(interp_is_same(in, a, b, &same));
    ck_assert(same);
    return INTERP_OK;
}

IN_SESSION(pairs_and_lists_are_built_and_taken_apart)
{
    interp_ref items[3], list, part;
    size_t length = 0;
    (void)context;

    for (int i = 0; i < 3; i += 1)
        ck_assert_ok(interp_from_int64(in, i + 1, &items[i]));
    ck_assert_ok(interp_list(in, items, 3, &list));
    assert_written(in, list, "(1 2 3)");
    ck_assert_ok(interp_length(in, list, &length));
    ck_assert_uint_eq(length, 3);
    ck_assert_ok(interp_cdr(in, list, &part));
    ck_assert_ok(interp_set_car(in, part, list));
    ck_assert_ok(interp_set_cdr(in, part, items[0]));
    assert_written(in, list, "#0=(1 #0# . 1)");
    ck_assert_status(interp_length(in, list, &length), INTERP_WRONG_TYPE);
    ck_assert_status(interp_car(in, items[0], &part), INTERP_WRONG_TYPE);
    return INTERP_OK;
}

IN_SESSION(literals_cannot_be_changed)
{
    interp_ref list = eval(in, "'(1 2)"), vector = eval(in, "'#(1 2)");
    (void)context;

    ck_assert_status(interp_set_car(in, list, vector), INTERP_IMMUTABLE);
    ck_assert_status(interp_vector_set(in, vector, 0, list), INTERP_IMMUTABLE);
    return INTERP_OK;
}

IN_SESSION(vectors_are_read_and_written_within_bounds)
{
    interp_ref vector = eval(in, "(make-vector 3 'x)"), item;
    (void)context;

    ck_assert_ok(interp_from_int64(in, 7, &item));
    ck_assert_ok(interp_vector_set(in, vector, 2, item));
    assert_written(in, vector, "#(x x 7)");
    ck_assert_ok(interp_vector_get(in, vector, 1, &item));
    assert_written(in, item, "x");
    ck_assert_status(interp_vector_get(in, vector, 3, &item), INTERP_OUT_OF_RANGE);
    ck_assert_status(interp_vector_set(in, vector, 3, item), INTERP_OUT_OF_RANGE);
    return INTERP_OK;
}

IN_SESSION(results_may_be_several_values_or_none)
{
    interp_ref values = eval(in, "(values 1 'b)"), item;
    size_t count = 9;
    (void)context;

    ck_assert_ok(interp_value_count(in, values, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_ok(interp_value_get(in, values, 1, &item));
    assert_written(in, item, "b");
    ck_assert_ok(interp_value_count(in, eval(in, "(values)"), &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_ok(interp_value_count(in, item, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_ok(interp_value_get(in, item, 0, &values));
    ck_assert_status(interp_value_get(in, item, 1, &values), INTERP_OUT_OF_RANGE);
    return INTERP_OK;
}

IN_SESSION(types_are_told_apart)
{
    static const struct {
        const char *text;
        InterpType type;
    } cases[] = {
        {"#t", INTERP_TYPE_BOOLEAN},
        {"(expt 9 99)", INTERP_TYPE_INTEGER},
        {"1.5", INTERP_TYPE_REAL},
        {"#\\a", INTERP_TYPE_CHARACTER},
        {"\"\"", INTERP_TYPE_STRING},
        {"'a", INTERP_TYPE_SYMBOL},
        {"'()", INTERP_TYPE_NULL},
        {"'(1)", INTERP_TYPE_PAIR},
        {"#(1)", INTERP_TYPE_VECTOR},
        {"#u8(1)", INTERP_TYPE_BYTEVECTOR},
        {"#f64(1)", INTERP_TYPE_ARRAY},
        {"car", INTERP_TYPE_PROCEDURE},
        {"map", INTERP_TYPE_PROCEDURE},
        {"(eof-object)", INTERP_TYPE_EOF},
        {"(if #f #f)", INTERP_TYPE_UNSPECIFIED},
        {"(values)", INTERP_TYPE_MULTIPLE},
        {"(current-output-port)", INTERP_TYPE_OTHER},
    };
    (void)context;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i += 1) {
        InterpType type = INTERP_TYPE_OTHER;

        ck_assert_ok(interp_type(in, eval(in, cases[i].text), &type));
        ck_assert_msg(type == cases[i].type, "%s has type %d", cases[i].text,
                      (int)type);
    }
    return INTERP_OK;
}

IN_SESSION(borrowed_bytes_stay_where_they_are)
{
    interp_ref bytes = eval(in, "(define b (bytevector 1 2 3)) b");
    uint8_t *at = NULL, *again = NULL;
    size_t count = 0;
    (void)context;

    ck_assert_ok(interp_borrow(in, bytes, &at, &count));
    ck_assert_uint_eq(count, 3);
    at[1] = 9;
    eval(in, "(define junk (let loop ((i 0) (l '())) (if (= i 20000) l"
             " (loop (+ i 1) (cons (vector i) l)))))");
    ck_assert_ok(interp_collect(in));
    ck_assert_ok(interp_borrow(in, bytes, &again, &count));
    ck_assert_ptr_eq(at, again);
    ck_assert_ok(interp_give_back(in, bytes));
    assert_written(in, eval(in, "b"), "#u8(1 9 3)");
    ck_assert_ok(interp_give_back(in, bytes));
    ck_assert_status(interp_give_back(in, bytes), INTERP_BORROWED);
    return INTERP_OK;
}

IN_SESSION(numeric_vectors_of_every_kind_are_shared)
{
    static const struct {
        InterpElement element;
        const char *text, *changed;
        size_t bytes;
    } cases[] = {
        {INTERP_U8, "(u8vector 1 2)", "#u8(1 0)", 1},
        {INTERP_S8, "(s8vector -1 2)", "#s8(-1 0)", 1},
        {INTERP_U16, "(u16vector 1 2)", "#u16(1 0)", 2},
        {INTERP_S16, "(s16vector -1 2)", "#s16(-1 0)", 2},
        {INTERP_U32, "(u32vector 1 2)", "#u32(1 0)", 4},
        {INTERP_S32, "(s32vector -1 2)", "#s32(-1 0)", 4},
        {INTERP_U64, "(u64vector 1 2)", "#u64(1 0)", 8},
        {INTERP_S64, "(s64vector -1 2)", "#s64(-1 0)", 8},
        {INTERP_F32, "(f32vector 1.5 2)", "#f32(1.5 0.0)", 4},
        {INTERP_F64, "(f64vector 1.5 2)", "#f64(1.5 0.0)", 8},
    };
    (void)context;

    eval(in, "(import (srfi 4))");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i += 1) {
        interp_ref array = eval(in, cases[i].text), copy;
        InterpArray lent = {.count = 0}, again = {.count = 0};
        size_t length = 0;

        ck_assert_ok(interp_borrow_array(in, array, &lent));
        ck_assert_int_eq(lent.element, cases[i].element);
        ck_assert_uint_eq(lent.count, 2);
        ck_assert_uint_eq(lent.element_bytes, cases[i].bytes);
        ck_assert(!lent.is_constant);
        memset((char *)lent.elements + lent.element_bytes, 0, lent.element_bytes);
        ck_assert_ok(interp_collect(in));
        assert_written(in, array, cases[i].changed);
        ck_assert_ok(interp_array(in, lent.element, lent.elements, lent.count, &copy));
        assert_written(in, copy, cases[i].changed);
        ck_assert_ok(interp_length(in, copy, &length));
        ck_assert_uint_eq(length, 2);
        ck_assert_ok(interp_borrow_array(in, copy, &again));
        ck_assert_ptr_ne(again.elements, lent.elements);
        ck_assert_ok(interp_give_back(in, array));
        ck_assert_status(interp_give_back(in, array), INTERP_BORROWED);
        ck_assert_ok(interp_give_back(in, copy));
    }
    return INTERP_OK;
}

IN_SESSION(what_is_no_numeric_vector_is_not_lent)
{
    InterpArray lent;
    interp_ref made;
    uint8_t *bytes;
    size_t count;
    (void)context;

    ck_assert_status(interp_borrow_array(in, eval(in, "(vector 1 2)"), &lent),
                     INTERP_WRONG_TYPE);
    ck_assert_status(interp_borrow_array(in, eval(in, "\"text\""), &lent),
                     INTERP_WRONG_TYPE);
    ck_assert_status(interp_borrow(in, eval(in, "#f64(1)"), &bytes, &count),
                     INTERP_WRONG_TYPE);
    ck_assert_status(interp_array(in, (InterpElement)99, NULL, 0, &made), INTERP_USAGE);
    ck_assert_ok(interp_array(in, INTERP_F32, NULL, 0, &made));
    assert_written(in, made, "#f32()");
    ck_assert_ok(interp_borrow_array(in, eval(in, "'#s16(1 -2)"), &lent));
    ck_assert(lent.is_constant);
    ck_assert_int_eq(((const int16_t *)lent.elements)[1], -2);
    return INTERP_OK;
}

IN_SESSION(borrows_end_with_their_session)
{
    interp_ref bytes = eval(in, "(define b (bytevector 1 2 3)) b");
    uint8_t *at = NULL;
    size_t count = 0;
    (void)context;

    ck_assert_ok(interp_borrow(in, bytes, &at, &count));
    return INTERP_OK;
}

IN_SESSION(procedures_are_called_with_values_and_give_values)
{
    interp_ref procedure = eval(in, "(lambda (a b . rest) (list b a rest))");
    interp_ref arguments[4], result;
    (void)context;

    for (int i = 0; i < 4; i += 1)
        ck_assert_ok(interp_from_int64(in, i, &arguments[i]));
    ck_assert_ok(interp_call(in, procedure, arguments, 4, &result));
    assert_written(in, result, "(1 0 (2 3))");
    ck_assert_status(interp_call(in, procedure, NULL, 0, &result), INTERP_ERROR);
    ck_assert_status(interp_call(in, arguments[0], NULL, 0, &result), INTERP_ERROR);
    return INTERP_OK;
}

IN_SESSION(names_are_defined_and_looked_up)
{
    interp_ref value;
    (void)context;

    ck_assert_ok(interp_from_int64(in, 6, &value));
    ck_assert_ok(interp_define(in, "six", value));
    assert_written(in, eval(in, "(* six 7)"), "42");
    eval(in, "(set! six 'changed)");
    ck_assert_ok(interp_lookup(in, "six", &value));
    assert_written(in, value, "changed");
    ck_assert_status(interp_lookup(in, "seven", &value), INTERP_NOT_FOUND);
    ck_assert_status(interp_lookup(in, "if", &value), INTERP_NOT_FOUND);
    return INTERP_OK;
}

/* A young value that an old object refers to, and nothing else; minor collections follow, and
 * its place is written over. mistakes.py takes the barriers away. */
static InterpStatus store_into_old(Interp *in, void *context)
{
    interp_ref pair = eval(in, "(define old-pair (cons 0 0)) old-pair");
    interp_ref vector = eval(in, "(define old-vector (make-vector 500 0)) old-vector");
    (void)context;

    ck_assert_ok(interp_collect(in));
    ck_assert_ok(interp_collect(in));
    ck_assert_ok(interp_set_car(in, pair, eval(in, "(list 1 (vector 2))")));
    ck_assert_ok(interp_vector_set(in, vector, 400, eval(in, "(list 3 (vector 4))")));
    ck_assert_ok(interp_collect(in));
    ck_assert_ok(interp_set_cdr(in, pair, eval(in, "(list 5 (vector 6))")));
    return INTERP_OK;
}

static InterpStatus read_from_old(Interp *in, void *context)
{
    (void)context;
    assert_written(in,
                   eval(in, "(let loop ((i 0) (junk '()))"
                            "  (if (< i 20000) (loop (+ i 1) (list i))))"
                            "(list old-pair (vector-ref old-vector 400))"),
                   "(((1 #(2)) 5 #(6)) (3 #(4)))");
    return INTERP_OK;
}

START_TEST(what_a_host_stores_into_an_old_object_lives)
{
    InterpOptions options = console_options(&console);
    Interp *in = NULL;

    options.verify = true;
    options.stress = 0;
    options.nursery_bytes = 64 * 1024;
    ck_assert_ok(interp_open(&options, &in));
    ck_assert_ok(interp_session(in, store_into_old, NULL));
    ck_assert_ok(interp_session(in, read_from_old, NULL));
    interp_close(in);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api values");
    TCase *values = tcase_create("values");

    tcase_add_checked_fixture(values, set_up, tear_down);
    tcase_set_timeout(values, 300);
    tcase_add_test(values, integers_go_in_and_come_out);
    tcase_add_test(values, integers_that_do_not_fit_are_out_of_range);
    tcase_add_test(values, doubles_keep_their_bits);
    tcase_add_test(values, only_false_is_false);
    tcase_add_test(values, strings_are_utf8_and_may_hold_nul);
    tcase_add_test(values, symbols_of_one_name_are_the_same);
    tcase_add_test(values, pairs_and_lists_are_built_and_taken_apart);
    tcase_add_test(values, literals_cannot_be_changed);
    tcase_add_test(values, vectors_are_read_and_written_within_bounds);
    tcase_add_test(values, results_may_be_several_values_or_none);
    tcase_add_test(values, types_are_told_apart);
    tcase_add_test(values, borrowed_bytes_stay_where_they_are);
    tcase_add_test(values, numeric_vectors_of_every_kind_are_shared);
    tcase_add_test(values, what_is_no_numeric_vector_is_not_lent);
    tcase_add_test(values, borrows_end_with_their_session);
    tcase_add_test(values, procedures_are_called_with_values_and_give_values);
    tcase_add_test(values, names_are_defined_and_looked_up);
    tcase_add_test(values, what_a_host_stores_into_an_old_object_lives);
    suite_add_tcase(suite, values);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
