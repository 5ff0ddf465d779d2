/* test_layout.c - long lines of Lisp, broken and indented. */
#include "syntax/layout.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Buffer laid_out;

static const char *layout(const char *text)
{
    li_buffer_clear(&laid_out);
    li_layout(text, strlen(text), &laid_out);
    return li_buffer_c_string(&laid_out);
}

START_TEST(what_fits_stays_as_it_is)
{
    ck_assert_str_eq(layout("(a (b \"(\" #\\( |)| #\\\\ #u8(1 2) '(x . y)) #<procedure (f)>)"),
                     "(a (b \"(\" #\\( |)| #\\\\ #u8(1 2) '(x . y)) #<procedure (f)>)");
    ck_assert_str_eq(layout(""), "");
    ck_assert_str_eq(layout("a  b\n(c\n d)"), "a\nb\n(c\n d)");
}
END_TEST

START_TEST(long_lists_have_their_elements_below_one_another)
{
    ck_assert_str_eq(
        layout("(define (procedure argument) (if (test-of-something argument)"
               " (begin (first-thing-to-do) (second-thing-to-do))"
               " (call-of-another-procedure-with argument argument)))"),
        "(define (procedure argument)\n"
        "  (if (test-of-something argument)\n"
        "      (begin (first-thing-to-do) (second-thing-to-do))\n"
        "      (call-of-another-procedure-with argument argument)))");
    ck_assert_str_eq(layout("(vector 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                            " '#(1 2 3) 'cccccccccccccccccccccccccccccc)"),
                     "(vector 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                     "        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
                     "        '#(1 2 3)\n"
                     "        'cccccccccccccccccccccccccccccc)");
}
END_TEST

START_TEST(columns_are_counted_in_characters)
{
    char text[400] = "(f";

    for (int i = 0; i < 40; i += 1)
        strcat(text, " \xc3\xa4");
    strcat(text, ")");
    ck_assert_str_eq(layout(text), text);
}
END_TEST

START_TEST(nesting_has_no_limit)
{
    enum {
        DEPTH = 200000
    };
    char *text = malloc(2 * DEPTH + 1);

    memset(text, '(', DEPTH);
    memset(text + DEPTH, ')', DEPTH);
    text[2 * (size_t)DEPTH] = '\0';
    ck_assert_str_eq(layout(text) + strlen(layout(text)) - 3, ")))");
    ck_assert(!laid_out.failed);
    free(text);
}
END_TEST

START_TEST(text_that_is_not_balanced_is_still_shown)
{
    ck_assert_str_eq(layout(")a) (b"), ")\na)\n(b");
    ck_assert_str_eq(layout("(a \"b"), "(a \"b");
    ck_assert_str_eq(layout("#"), "#");
    ck_assert_str_eq(layout("'"), "'");
    ck_assert_str_eq(layout("#\\"), "#\\");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout");
    TCase *cases = tcase_create("layout");

    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, what_fits_stays_as_it_is);
    tcase_add_test(cases, long_lists_have_their_elements_below_one_another);
    tcase_add_test(cases, columns_are_counted_in_characters);
    tcase_add_test(cases, nesting_has_no_limit);
    tcase_add_test(cases, text_that_is_not_balanced_is_still_shown);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    li_buffer_free(&laid_out);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
