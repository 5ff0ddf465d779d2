/* test_lists.c - lists that are only taken apart, and apply: the core language before and after. */
#include "optimised_support.h"

/* ---- Lists that are taken apart --------------------------------------------------------------- */

START_TEST(a_list_that_nobody_else_sees_is_its_elements)
{
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) (cons (g 2) '()))))"
                        " (if (null? (cdr l)) (car l) (g (car (cdr l)) (pair? l)))))",
                        "(lambda:f (g) (let ((_ (g 1)) (_ (g 2))) (g _ #t)))");
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) '())))"
                        " (lambda (h) (cons (car l) (null? (cdr l))))))",
                        "(lambda:f (g) (let ((_ (g 1))) (lambda:h () (%cons _ #t))))");
}
END_TEST

START_TEST(what_is_seen_by_others_stays_a_list)
{
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) (cons (g 2) '()))))"
                        " (cons (car l) (g (cdr l)))))",
                        "(lambda:f (g) (let ((_ (g 1)) (_ (%cons (g 2) '()))) (%cons _ (g _))))");
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) '()))) (cons (car l) (g l))))",
                        "(lambda:f (g) (let ((l (%cons (g 1) '()))) (%cons (%car l) (g l))))");
    ck_assert_optimised("(lambda (f g) (let ((l (cons 1 (cons 2 '()))))"
                        " (seq (g (cdr l)) (car (cdr l)))))",
                        "(lambda:f (g) (let ((l (%cons 1 (%cons 2 '()))))"
                        " (begin (g (%cdr l)) (%car (%cdr l)))))");
    ck_assert_optimised("(lambda (f g) (let ((l (cons 1 '()))) (seq (set! l (cdr l)) (null? l))))",
                        "(lambda:f (g) (let ((l (%cons 1 '())))"
                        " (begin (set! l (%cdr l)) (%null? l))))");
}
END_TEST

START_TEST(what_fails_still_does)
{
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) '()))) (car (cdr l))))",
                        "(lambda:f (g) (let ((_ (g 1))) (%car '())))");
    ck_assert_optimised("(lambda (f g) (let ((l (cons 1 '()))) (cdr (cdr (cdr l)))))",
                        "(lambda:f (g) (%cdr (%cdr '())))");
}
END_TEST

START_TEST(a_rest_parameter_that_was_inlined_is_no_list)
{
    ck_assert_optimised("(lambda (f g a) (let ((h (lambda (h x . rest)"
                        " (if (null? rest) x (cons x (car rest))))))"
                        " (cons (h (g a)) (h a (g a)))))",
                        "(lambda:f (g a) (%cons (let ((x (g a))) x)"
                        " (let ((_ (g a))) (%cons a _))))");
}
END_TEST

/* ---- apply -------------------------------------------------------------------------------------- */

START_TEST(a_list_that_is_made_on_the_spot_is_the_arguments)
{
    core_builtins();
    ck_assert_optimised("(lambda (f a) (apply cons a (list (car a))))",
                        "(lambda:f (a) (%cons a (%car a)))");
    ck_assert_optimised("(lambda (f a) (apply list 1 (cons a (quote (2 3)))))",
                        "(lambda:f (a) (%list 1 a 2 3))");
    ck_assert_optimised("(lambda (f g a) (let ((h (lambda (h x . y) (seq (g h) (g y) (h x 1)))))"
                        " (seq (g h) (apply h (list a a)))))",
                        "(lambda:f (g a) (fix ((h (lambda:h (x . y) (begin (g h) (g y) (h x 1)))))"
                        " (begin (g h) (let ((y (%cons a '())))"
                        " (begin (g h) (g y) (h a 1))))))");
}
END_TEST

START_TEST(what_may_fail_is_left_to_apply)
{
    core_builtins();
    ck_assert_optimised("(lambda (f a) (apply a (list 1)))", "(lambda:f (a) (apply a (%list 1)))");
    ck_assert_optimised("(lambda (f a) (apply car (list 1 a)))",
                        "(lambda:f (a) (%apply car (%list 1 a)))");
    ck_assert_optimised("(lambda (f a) (apply cons 1 (quote (2 . 3))))",
                        "(lambda:f (a) (%apply cons 1 '(2 . 3)))");
    ck_assert_optimised("(lambda (f a) (apply cons))", "(lambda:f (a) (apply cons))");
}
END_TEST

START_TEST(a_list_of_unknown_length_is_spread_by_an_instruction)
{
    core_builtins();
    ck_assert_optimised("(lambda (f a) (apply + 1 2 a))", "(lambda:f (a) (%apply + 1 2 a))");
    ck_assert_optimised("(lambda (f g a) (apply g 1 2 a))",
                        "(lambda:f (g a) (apply g (%cons 1 (%cons 2 a))))");
    ck_assert_optimised("(lambda (f g a) (apply g a))", "(lambda:f (g a) (apply g a))");
}
END_TEST

START_TEST(a_list_that_is_only_applied_is_the_arguments)
{
    core_builtins();
    ck_assert_optimised("(lambda (f g) (let ((l (cons (g 1) (cons (g 2) '()))))"
                        " (apply + (car l) (cdr l))))",
                        "(lambda:f (g) (let ((_ (g 1)) (_ (g 2))) (%+ _ _)))");
}
END_TEST

TEST_MAIN("lists", core_setup, core_teardown, a_list_that_nobody_else_sees_is_its_elements,
          what_is_seen_by_others_stays_a_list, what_fails_still_does,
          a_rest_parameter_that_was_inlined_is_no_list,
          a_list_that_is_made_on_the_spot_is_the_arguments, what_may_fail_is_left_to_apply,
          a_list_of_unknown_length_is_spread_by_an_instruction,
          a_list_that_is_only_applied_is_the_arguments)
