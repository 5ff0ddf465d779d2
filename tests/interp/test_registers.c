/* test_registers.c - which assigned variables stay in their registers, seen in the code that comes
 * out. */
#include "opcodes_support.h"

/* `text` is a lambda named f. */
static bool has_box(const char *text)
{
    Buffer found = {0};
    const Code *code = find_code(core_compile(text), "f");
    bool has;

    ck_assert_ptr_nonnull(code);
    opcodes_of(code, &found);
    has = strstr(li_buffer_c_string(&found), "BOX") != NULL;
    li_buffer_free(&found);
    return has;
}

#define ck_assert_register(text) ck_assert_msg(!has_box(text), "a box in %s", text)
#define ck_assert_box(text) ck_assert_msg(has_box(text), "no box in %s", text)

/* ---- Instructions ------------------------------------------------------------------------------ */

START_TEST(an_assignment_computes_the_value_where_the_variable_is)
{
    ck_assert_opcodes("(lambda (f a) (seq (set! a (+ a 1)) a))", "ADDI RETURN");
    ck_assert_opcodes("(lambda (f a b) (seq (set! a (car b)) (set! b a) (cons b a)))",
                      "CAR MOVE CONS RETURN");
    ck_assert_opcodes("(lambda (f a b) (seq (set! a (if b 1 2)) a))",
                      "BRF LOADI JUMP LOADI RETURN");
}
END_TEST

START_TEST(a_loop_that_assigns_is_as_short_as_one_with_parameters)
{
    ck_assert_opcodes("(lambda (f n) (let ((i 0) (sum 0)) (letrec ((loop (lambda (loop)"
                      " (if (= i n) sum (seq (set! sum (+ sum i)) (set! i (+ i 1)) (loop))))))"
                      " (loop))))",
                      "LOADI LOADI BRNNUMEQ RETURN ADD STEPNNUMEQ LOOP RETURN");
}
END_TEST

START_TEST(parameters_of_loops_are_assigned)
{
    ck_assert_opcodes("(lambda (f n) (letrec ((loop (lambda (loop i)"
                      " (seq (if (null? i) 0 (set! i (cdr i))) (loop i))))) (loop n)))",
                      "BRNULL CDR LOOPNULL LOOP");
}
END_TEST

/* ---- Order ------------------------------------------------------------------------------------- */

START_TEST(an_operand_that_is_assigned_behind_it_is_copied)
{
    ck_assert_opcodes("(lambda (f a) (cons a (seq (set! a 1) a)))",
                      "MOVE LOADI MOVE CONS RETURN");
    ck_assert_opcodes("(lambda (f a b) (cons a (seq (set! b 1) b)))",
                      "LOADI MOVE CONS RETURN");
    ck_assert_opcodes("(lambda (f a) (cons (seq (set! a 1) 2) a))", "LOADI LOADI CONS RETURN");
}
END_TEST

START_TEST(the_procedure_of_a_call_is_read_before_its_arguments)
{
    ck_assert_opcodes("(lambda (f a) (a (seq (set! a 1) a)))", "MOVE LOADI MOVE TAILCALL");
}
END_TEST

START_TEST(arguments_of_a_jump_are_bound_first_if_one_assigns)
{
    ck_assert_opcodes("(lambda (f a b) (letrec ((loop (lambda (loop i j)"
                      " (loop (+ a j) (seq (set! a i) b))))) (loop a b)))",
                      "MOVE2 ADD MOVE MOVE MOVE2 LOOP");
}
END_TEST

/* ---- Which ones ---------------------------------------------------------------------------------- */

START_TEST(variables_that_closures_share_have_boxes)
{
    ck_assert_box("(lambda (f a) (seq (set! a 1) (lambda (g) a)))");
    ck_assert_box("(lambda (f a) (lambda (g) (set! a 1)))");
    ck_assert_register("(lambda (f a b) (seq (set! a 1) (lambda (g) (cons b b))))");
}
END_TEST

START_TEST(calls_that_return_into_the_scope_may_do_so_again)
{
    ck_assert_box("(lambda (f a) (seq (set! a 1) (unknown) a))");
    ck_assert_box("(lambda (f a g) (seq (set! a (g)) a))");
    ck_assert_box("(lambda (f a) (seq (set! a (%call/cc a)) a))");
    ck_assert_box("(lambda (f a) (seq (set! a 1) (cons (%apply a a) a)))");
    ck_assert_box("(lambda (f a) (let ((b 1)) (seq (if (a) (set! b 2) 3) b)))");
    ck_assert_register("(lambda (f a) (seq (set! a 1) (length a) a))");
}
END_TEST

START_TEST(calls_that_leave_the_scope_do_not_count)
{
    ck_assert_register("(lambda (f a) (seq (set! a 1) (unknown a)))");
    ck_assert_register("(lambda (f a) (seq (let ((b 1)) (seq (set! b 2) (a b))) (a)))");
    ck_assert_register("(lambda (f a) (cons (a) (let ((b (a))) (seq (set! b 2) (a b)))))");
    ck_assert_register("(lambda (f a) (seq (set! a 1) (if (null? a) (unknown a) (%apply a a))))");
    ck_assert_box("(lambda (f a) (let ((c 1)) (seq (let ((b 1)) (seq (set! b 2) (a b))) (set! c 3) c)))");
}
END_TEST

START_TEST(a_call_at_the_end_of_a_loop_leaves_the_scope_around_it)
{
    ck_assert_register("(lambda (f a) (let ((b 1)) (letrec ((loop (lambda (loop)"
                       " (if (null? b) (a b) (seq (set! b (car b)) (loop)))))) (loop))))");
    ck_assert_box("(lambda (f a) (let ((b 1)) (seq (letrec ((loop (lambda (loop)"
                  " (if (null? b) (a b) (seq (set! b (car b)) (loop)))))) (loop)) b)))");
    ck_assert_box("(lambda (f a) (letrec ((loop (lambda (loop) (if (null? a) 1 (seq (unknown) (loop))))))"
                  " (seq (set! a 1) (loop))))");
}
END_TEST

START_TEST(known_procedures_that_capture_nothing_may_be_called)
{
    ck_assert_register("(lambda (f a) (letrec ((g (lambda (g x) (if (null? x) 1 (+ 1 (g (cdr x)))))))"
                       " (seq (set! a (cons 1 a)) (set! a (g a)) (cons (g a) a))))");
    ck_assert_box("(lambda (f a) (letrec ((g (lambda (g x) (if (null? x) (unknown) (+ 1 (g (cdr x)))))))"
                  " (seq (set! a (cons 1 a)) (set! a (g a)) (cons (g a) a))))");
    ck_assert_box("(lambda (f a) (letrec ((g (lambda (g x) (if (null? x) 1 (+ 1 (h (cdr x))))))"
                  " (h (lambda (h x) (if (null? x) (unknown) (+ 1 (g (cdr x)))))))"
                  " (seq (set! a (cons 1 a)) (set! a (h a)) (cons (g a) a))))");
}
END_TEST

START_TEST(variables_that_may_come_too_early_have_boxes)
{
    ck_assert_box("(lambda (f g) (letrec ((x (g (lambda (#f) x)))) x))");
}
END_TEST

TEST_MAIN("registers", core_setup, core_teardown, an_assignment_computes_the_value_where_the_variable_is,
          a_loop_that_assigns_is_as_short_as_one_with_parameters,
          parameters_of_loops_are_assigned,
          an_operand_that_is_assigned_behind_it_is_copied,
          the_procedure_of_a_call_is_read_before_its_arguments,
          arguments_of_a_jump_are_bound_first_if_one_assigns,
          variables_that_closures_share_have_boxes,
          calls_that_return_into_the_scope_may_do_so_again,
          calls_that_leave_the_scope_do_not_count,
          a_call_at_the_end_of_a_loop_leaves_the_scope_around_it,
          known_procedures_that_capture_nothing_may_be_called,
          variables_that_may_come_too_early_have_boxes)
