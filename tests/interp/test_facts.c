/* test_facts.c - tests that are needless for what came before: the core language before and
 * after. */
#include "optimised_support.h"

/* Makes the global that record types are looked for in one that nobody assigns. */
static void core_constant_type(void)
{
    li_global_add_flag(value_to_global(core_cell("type")), GLOBAL_CONSTANT);
}

/* ---- Tests ----------------------------------------------------------------------------------- */

START_TEST(a_test_that_was_made_before_has_one_outcome)
{
    ck_assert_optimised("(lambda (f a) (if (pair? a) (list (pair? a) (null? a)) (list (pair? a) a)))",
                        "(lambda:f (a) (if (%pair? a) (%list #t #f) (%list #f a)))");
    ck_assert_optimised("(lambda (f a) (if (null? a) 1 (if (null? a) 2 3)))",
                        "(lambda:f (a) (if (%null? a) 1 3))");
    ck_assert_optimised("(lambda (f a) (if a (list (not a)) (list (not a) (null? a))))",
                        "(lambda:f (a) (if a (%list #f) (%list #t #f)))");
}
END_TEST

START_TEST(what_an_operation_demands_holds_behind_it)
{
    ck_assert_optimised("(lambda (f a) (seq (a (car a)) (pair? a)))",
                        "(lambda:f (a) (begin (a (%car a)) #t))");
    ck_assert_optimised("(lambda (f a i) (let ((x (vector-ref a i))) (list x (vector? a) (eqv? i 'x))))",
                        "(lambda:f (a i) (let ((x (%vector-ref a i))) (%list x #t #f)))");
    ck_assert_optimised("(lambda (f a) (seq (vector-ref (a) 1) (vector? a)))",
                        "(lambda:f (a) (begin (%vector-ref (a) 1) (%vector? a)))");
}
END_TEST

START_TEST(tests_within_tests_count)
{
    ck_assert_optimised("(lambda (f a b) (if (if (pair? a) (pair? b) #f) (list (pair? a) (pair? b)) (pair? a)))",
                        "(lambda:f (a b) (if (if (%pair? a) (%pair? b) #f) (%list #t #t) (%pair? a)))");
    ck_assert_optimised("(lambda (f a) (if (if (null? a) #t (pair? a)) (vector? a) (list (pair? a) (null? a))))",
                        "(lambda:f (a) (if (if (%null? a) #t (%pair? a)) (%vector? a) (%list #f #f)))");
}
END_TEST

START_TEST(behind_a_test_is_known_what_was_known_before)
{
    ck_assert_optimised("(lambda (f a) (seq (if (pair? a) (a 1) (a 2)) (pair? a)))",
                        "(lambda:f (a) (begin (if (%pair? a) (a 1) (a 2)) (%pair? a)))");
    ck_assert_optimised("(lambda (f a) (seq (if (a) (car a) (car a)) (pair? a)))",
                        "(lambda:f (a) (begin (if (a) (%car a) (%car a)) (%pair? a)))");
}
END_TEST

START_TEST(the_test_of_an_effect_stays)
{
    ck_assert_optimised("(lambda (f a) (if (pair? (cons (a) 1)) 1 2))",
                        "(lambda:f (a) (begin (%pair? (%cons (a) 1)) 1))");
}
END_TEST

START_TEST(closures_know_what_was_found_where_they_are_made)
{
    ck_assert_optimised("(lambda (f a) (if (pair? a) (lambda (g) (pair? a)) a))",
                        "(lambda:f (a) (if (%pair? a) (lambda:g () #t) a))");
}
END_TEST

START_TEST(of_assigned_variables_nothing_is_known)
{
    ck_assert_optimised("(lambda (f a) (if (pair? a) (seq (set! a (a)) (pair? a)) 0))",
                        "(lambda:f (a) (if (%pair? a) (begin (set! a (a)) (%pair? a)) 0))");
    ck_assert_optimised("(lambda (f a) (let ((b 1)) (seq (a (lambda (g) (set! b a))) (pair? b))))",
                        "(lambda:f (a) (let ((b 1)) (begin (a (lambda:g () (set! b a))) (%pair? b))))");
}
END_TEST

/* ---- Numbers and characters ------------------------------------------------------------------- */

START_TEST(words_are_compared_with_eq)
{
    ck_assert_optimised("(lambda (f c) (if (char=? c #\\a) 1 (if (char=? c #\\b) 2 3)))",
                        "(lambda:f (c) (if (%char=? c #\\a) 1 (if (%eq? c #\\b) 2 3)))");
    ck_assert_optimised("(lambda (f a b) (let ((n (length a))) (list (= n 3) (eqv? n b) (equal? n b) (= n b))))",
                        "(lambda:f (a b) (let ((n (%length a))) (%list (%eq? n 3) (%eq? n b) (%eq? n b) (%= n b))))");
}
END_TEST

START_TEST(an_index_that_stays_below_a_length_is_a_fixnum)
{
    ck_assert_optimised(
        "(lambda (f a v) (letrec ((loop (lambda (loop i)"
        " (if (< i (length a)) (seq (v (= i 3)) (loop (+ i 1))) i)))) (loop 0)))",
        "(lambda:f (a v) (fix ((loop (lambda:loop (i) (if (%< i (%length a))"
        " (begin (v (%eq? i 3)) (loop (%+ i 1))) i)))) (loop 0)))");
    ck_assert_optimised(
        "(lambda (f a v) (letrec ((loop (lambda (loop i)"
        " (if (= i 0) v (seq (v (= i 3) (< i 0)) (loop (- i 1))))))) (loop (length a))))",
        "(lambda:f (a v) (fix ((loop (lambda:loop (i) (if (%eq? i 0) v"
        " (begin (v (%eq? i 3) #f) (loop (%- i 1))))))) (loop (%length a))))");
}
END_TEST

START_TEST(an_index_without_a_bound_may_become_a_bignum)
{
    ck_assert_optimised(
        "(lambda (f v) (letrec ((loop (lambda (loop i)"
        " (seq (v (= i 3) (< i 0)) (loop (+ i 1)))))) (loop 0)))",
        "(lambda:f (v) (fix ((loop (lambda:loop (i)"
        " (begin (v (%= i 3) #f) (loop (%+ i 1)))))) (loop 0)))");
    ck_assert_optimised(
        "(lambda (f n v) (letrec ((loop (lambda (loop i)"
        " (if (< i n) (seq (v (= i 3)) (loop (+ i 1))) v)))) (loop 0)))",
        "(lambda:f (n v) (fix ((loop (lambda:loop (i)"
        " (if (%< i n) (begin (v (%= i 3)) (loop (%+ i 1))) v)))) (loop 0)))");
}
END_TEST

/* ---- Loops ---------------------------------------------------------------------------------------- */

START_TEST(a_loop_knows_what_all_its_rounds_begin_with)
{
    ck_assert_optimised(
        "(lambda (f a) (letrec ((loop (lambda (loop l acc)"
        " (if (pair? l) (loop (cdr l) (cons l acc)) (list (pair? l) (vector? acc))))))"
        " (loop a '())))",
        "(lambda:f (a) (fix ((loop (lambda:loop (l acc) (if (%pair? l)"
        " (loop (%cdr l) (%cons l acc)) (%list #f #f))))) (loop a '())))");
}
END_TEST

START_TEST(a_late_round_may_change_everything)
{
    ck_assert_optimised(
        "(lambda (f a) (letrec ((loop (lambda (loop x y z)"
        " (if (null? x) a (loop y z (a)))))) (loop 1 2 3)))",
        "(lambda:f (a) (fix ((loop (lambda:loop (x y z)"
        " (if (%null? x) a (loop y z (a)))))) (loop 1 2 3)))");
}
END_TEST

START_TEST(loops_that_call_each_other_share_what_they_know)
{
    ck_assert_optimised(
        "(lambda (f a) (letrec ((even (lambda (even l) (if (a) (pair? l) (if (a) (odd (cons a l)) (odd (a l l l l))))))"
        " (odd (lambda (odd l) (if (a) (list (null? l) (a l) (a l) (a l)) (even (cons l l))))))"
        " (even (cons a a))))",
        "(lambda:f (a) (fix ((even (lambda:even (l) (if (a) #t (if (a) (odd (%cons a l)) (odd (a l l l l))))))"
        " (odd (lambda:odd (l) (if (a) (%list (%null? l) (a l) (a l) (a l)) (even (%cons l l)))))) (even (%cons a a))))");
}
END_TEST

START_TEST(a_procedure_that_is_passed_on_can_be_called_with_anything)
{
    ck_assert_optimised(
        "(lambda (f a) (letrec ((g (lambda (g x) (if (a g) (pair? x) (g 1)))))"
        " (list (g 2) (g 3))))",
        "(lambda:f (a) (fix ((g (lambda:g (x) (if (a g) (%pair? x) (g 1)))))"
        " (%list (g 2) (g 3))))");
}
END_TEST

/* ---- Records -------------------------------------------------------------------------------------- */

START_TEST(the_type_of_a_record_is_looked_at_once)
{
    core_constant_type();
    ck_assert_optimised(
        "(lambda (f r) (list (%record-ref r type 0 'a) (%record-ref r type 1 'b) (%record-is? r type)))",
        "(lambda:f (r) (%list (%%record-ref r type 0 'a) (%%record-ref-known r type 1 'b) #t))");
    ck_assert_optimised(
        "(lambda (f r) (if (%record-is? r type) (%record-set! r type 0 1 'a) (%record-ref r type 0 'a)))",
        "(lambda:f (r) (if (%%record-is? r type) (%%record-set-known! r type 0 1 'a) (%%record-ref r type 0 'a)))");
    ck_assert_optimised("(lambda (f x) (let ((r (%record type x))) (%record-ref r type 0 'a)))",
                        "(lambda:f (x) (let ((r (%%record type x))) (%%record-ref-known r type 0 'a)))");
}
END_TEST

START_TEST(a_type_that_may_change_is_looked_at_again)
{
    static const char text[] = "(lambda:f (r) (%list (%%record-ref r other 0 'a) (%%record-ref r other 1 'b)))";

    ck_assert_optimised("(lambda (f r) (list (%record-ref r other 0 'a) (%record-ref r other 1 'b)))", text);
}
END_TEST

START_TEST(arguments_of_a_jump_know_nothing_of_one_another)
{
    core_constant_type();
    ck_assert_optimised(
        "(lambda (f a b) (letrec ((loop (lambda (loop r x y) (if (a) x"
        " (loop b (%record-ref r type 0 'a) (%record-ref r type 1 'b)))))) (loop b 1 2)))",
        "(lambda:f (a b) (fix ((loop (lambda:loop (r x y) (if (a) x"
        " (loop b (%%record-ref r type 0 'a) (%%record-ref r type 1 'b)))))) (loop b 1 2)))");
}
END_TEST

TEST_MAIN("facts", core_setup, core_teardown, a_test_that_was_made_before_has_one_outcome,
          what_an_operation_demands_holds_behind_it, tests_within_tests_count,
          behind_a_test_is_known_what_was_known_before, the_test_of_an_effect_stays,
          closures_know_what_was_found_where_they_are_made,
          of_assigned_variables_nothing_is_known, words_are_compared_with_eq,
          an_index_that_stays_below_a_length_is_a_fixnum,
          an_index_without_a_bound_may_become_a_bignum,
          a_loop_knows_what_all_its_rounds_begin_with, a_late_round_may_change_everything,
          loops_that_call_each_other_share_what_they_know,
          a_procedure_that_is_passed_on_can_be_called_with_anything,
          the_type_of_a_record_is_looked_at_once, a_type_that_may_change_is_looked_at_again,
          arguments_of_a_jump_know_nothing_of_one_another)
