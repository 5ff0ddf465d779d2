/* test_inline.c - calls that become bodies: the core language before and after. */
#include "optimised_support.h"

/* ---- What is inlined ------------------------------------------------------------------------------- */

START_TEST(a_small_procedure_is_copied_to_its_calls)
{
    ck_assert_optimised("(lambda (f a b) (let ((g (lambda (g x) (car x))))"
                        " (cons (g a) (g b))))",
                        "(lambda:f (a b) (%cons (%car a) (%car b)))");
}
END_TEST

START_TEST(arguments_are_evaluated_once_and_in_order)
{
    ck_assert_optimised("(lambda (f a b) (let ((g (lambda (g x y) (cons y (cons x x)))))"
                        " (list (g (a) (b)) (g a b))))",
                        "(lambda:f (a b) (%list (let ((x (a)) (y (b)))"
                        " (%cons y (%cons x x))) (%cons b (%cons a a))))");
}
END_TEST

START_TEST(an_assigned_parameter_stays_a_variable)
{
    ck_assert_optimised("(lambda (f a) (let ((g (lambda (g x) (seq (set! x (cons x x)) x))))"
                        " (list (g a) (g 1))))",
                        "(lambda:f (a) (%list (let ((x a)) (begin (set! x (%cons x x)) x))"
                        " (let ((x 1)) (begin (set! x (%cons x x)) x))))");
}
END_TEST

START_TEST(only_the_branch_that_a_constant_chooses_is_left)
{
    ck_assert_optimised("(lambda (f a) (let ((g (lambda (g x k) (if (eq? k 'head) (car x) (cdr x)))))"
                        " (list (g a 'head) (g a 'tail))))",
                        "(lambda:f (a) (%list (%car a) (%cdr a)))");
}
END_TEST

START_TEST(operations_on_constants_are_done)
{
    ck_assert_optimised("(lambda (f) (let ((g (lambda (g x) (* x (+ x 1))))) (list (g 6) (g 2))))",
                        "(lambda:f () (%list 42 6))");
    ck_assert_optimised("(lambda (f) (list (+ 1 2.5) (quotient 7 2) (pair? 'a) (null? '()) (< 1 2.5)))",
                        "(lambda:f () (%list 3.5 3 #f #t #t))");
}
END_TEST

START_TEST(an_operation_that_fails_is_left_to_run_time)
{
    ck_assert_optimised("(lambda (f) (list (quotient 1 0) (+ 1 'a) (car '())))",
                        "(lambda:f () (%list (%quotient 1 0) (%+ 1 'a) (%car '())))");
}
END_TEST

START_TEST(the_clause_for_the_number_of_arguments_is_chosen)
{
    ck_assert_optimised("(lambda (f a) (let ((g (case-lambda g ((x) (car x)) ((x . r) (cons x r)))))"
                        " (list (g a) (g 1 a))))",
                        "(lambda:f (a) (%list (%car a) (let ((r (%cons a '()))) (%cons 1 r))))");
}
END_TEST

START_TEST(a_lambda_moves_to_where_the_loop_calls_it)
{
    ck_assert_optimised(
        "(lambda (f a k)"
        " (let ((each (lambda (each p l) (letrec ((loop (lambda (loop l)"
        "   (if (pair? l) (seq (p (car l)) (loop (cdr l))) #f)))) (loop l)))))"
        "  (seq (each (lambda (g x) (k x)) a) (each (lambda (h x) (k x x)) a))))",
        "(lambda:f (a k) (begin"
        " (fix ((loop (lambda:loop (l) (if (%pair? l)"
        " (begin (let ((x (%car l))) (k x)) (loop (%cdr l))) #f)))) (loop a))"
        " (fix ((loop (lambda:loop (l) (if (%pair? l)"
        " (begin (let ((x (%car l))) (k x x)) (loop (%cdr l))) #f)))) (loop a))))");
}
END_TEST

START_TEST(a_primitive_that_is_passed_becomes_its_operation)
{
    ck_assert_optimised("(lambda (f a) (let ((g (lambda (g p x) (p (p x))))) (list (g car a) (g cdr a))))",
                        "(lambda:f (a) (%list (%car (%car a)) (%cdr (%cdr a))))");
}
END_TEST

/* ---- What is not ------------------------------------------------------------------------------------ */

START_TEST(a_recursive_procedure_is_called)
{
    const char *text = optimised("(lambda (f a) (letrec ((g (lambda (g x) (if (pair? x) (cons 1 (g (cdr x))) x))))"
                                 " (list (g a) (g a))))");

    ck_assert_ptr_nonnull(strstr(text, "(%list (g a) (g a))"));
}
END_TEST

START_TEST(a_large_procedure_is_called)
{
    const char *text =
        optimised("(lambda (f a) (let ((g (lambda (g x) (list (a x) (a x) (a x) (a x) (a x)))))"
                  " (list (g a) (g a))))");

    ck_assert_ptr_nonnull(strstr(text, "(%list (g a) (g a))"));
}
END_TEST

START_TEST(a_wrong_number_of_arguments_stays_a_call)
{
    const char *text =
        optimised("(lambda (f a) (let ((g (lambda (g x) x))) (list (g a a) (g))))");

    ck_assert_ptr_nonnull(strstr(text, "(%list (g a a) (g))"));
}
END_TEST

START_TEST(growth_is_bounded)
{
    Buffer text = {0};

    /* Each calls the one before it twice: two to the power of thirty bodies. */
    li_buffer_push_string(&text, "(lambda (f a) (let ((g0 (lambda (g0 x) (cons x a)))) ");
    for (int i = 1; i <= 30; i += 1)
        li_buffer_printf(&text,
                         "(let ((g%d (lambda (g%d x) (g%d (g%d x))))) ", i, i, i - 1, i - 1);
    li_buffer_push_string(&text, "(list (g30 a) (g30 1) (g29 2))");
    for (int i = 0; i <= 30; i += 1)
        li_buffer_push_string(&text, ")");
    li_buffer_push_string(&text, ")");
    ck_assert_uint_lt(strlen(optimised(li_buffer_c_string(&text))), 20000);
    li_buffer_free(&text);
}
END_TEST

/* ---- Frames ------------------------------------------------------------------------------------------ */

static const Code *code_named(const Code *code, const char *name)
{
    Value symbol = test_symbol(&test.heap, name);

    for (uint32_t i = 0; i < vector_length(code->literals); i += 1) {
        Value literal = vector_items(code->literals)[i];

        if (value_is_closure(literal)) {
            const Code *inner = value_to_code(value_to_closure(literal)->code);

            if (value_is_eq(inner->name, symbol))
                return inner;
        }
    }
    ck_abort_msg("no code of that name");
}

/* The names of the frames that the first instruction with opcode `op` is shown in. */
static void assert_frames(const char *text, Opcode op, const char *expected)
{
    const Code *code = code_named(core_compile(text), "f");
    const uint64_t *words = code_words(code);
    Buffer names = {0};
    uint64_t i = 0;
    CodeFrame frame;

    while (insn_op((Insn){words[i]}) != op)
        i += li_op_info[insn_op((Insn){words[i]})].words;
    frame = li_code_frame_at(code, i);
    do {
        char *owned;

        ck_assert_ok(li_text_c_string(symbol_text(frame.name), &owned));
        li_buffer_printf(&names, names.length == 0 ? "%s" : " %s", owned);
        free(owned);
    } while (li_code_frame_next(code, &frame));
    ck_assert_str_eq(li_buffer_c_string(&names), expected);
    li_buffer_free(&names);
}

START_TEST(an_inlined_procedure_still_has_its_frame)
{
    assert_frames("(lambda (f a) (let ((g (lambda (g x) (car x)))) (list (g a) (g 1))))", OP_CAR,
                  "g f");
    assert_frames("(lambda (f a) (let ((g (lambda (g x) (car x))))"
                  " (let ((h (lambda (h x) (cons 1 (g x))))) (list (h a) (h 1)))))",
                  OP_CAR, "g h f");
}
END_TEST

START_TEST(what_a_loop_loads_before_it_leaves_frames_alone)
{
    assert_frames("(lambda (f a) (let ((g (lambda (g p x) (letrec ((loop (lambda (loop x)"
                  " (if (pair? x) (seq (p (car x)) (loop (cdr x))) x)))) (loop x)))))"
                  " (list (g (lambda (h y) (* 100000 y)) a) (g car a))))",
                  OP_MUL, "h g f");
}
END_TEST

START_TEST(values_go_to_the_variables_that_wait_for_them)
{
    core_builtins();
    ck_assert_optimised("(lambda (f a) (call-with-values"
                        " (lambda (#f) (if a (values a 1) (g 2 a)))"
                        " (lambda (#f x . y) (cons x y))))",
                        "(lambda:f (a) (receive (x . y) (if a (%values a 1) (g 2 a))"
                        " (%cons x y)))");
    ck_assert_optimised("(lambda (f a) (call-with-values (lambda (#f) (values (g a) a 1))"
                        " (lambda (#f x y z) (list x y z))))",
                        "(lambda:f (a) (let ((x (g a))) (%list x a 1)))");
}
END_TEST

START_TEST(producers_are_lambdas_or_other_procedures)
{
    core_builtins();
    ck_assert_optimised("(lambda (f a) (let ((h (lambda (h) (seq (g h) (g h) (h a)))))"
                        " (seq (g h) (call-with-values h (lambda (#f x y) x)))))",
                        "(lambda:f (a) (fix ((h (lambda:h () (begin (g h) (g h) (h a)))))"
                        " (begin (g h) (receive (x y) (h) x))))");
    ck_assert_optimised("(lambda (f a) (call-with-values a (lambda (#f x y) x)))",
                        "(lambda:f (a) (call-with-values a (lambda (x y) x)))");
    ck_assert_optimised("(lambda (f a) (call-with-values (lambda (#f b) a) (lambda (#f x) x)))",
                        "(lambda:f (a) (call-with-values (lambda (b) a) (lambda (x) x)))");
}
END_TEST

/* The opcodes of the procedure, in order. */
static void assert_opcodes(const char *text, const char *expected)
{
    const Code *code = code_named(core_compile(text), "f");
    const uint64_t *words = code_words(code);
    uint64_t count = value_to_array(code->instructions)->length;
    Buffer names = {0};

    for (uint64_t i = 0; i < count;) {
        const OpInfo *info = &li_op_info[insn_op((Insn){words[i]})];

        li_buffer_printf(&names, i == 0 ? "%s" : " %s", info->name);
        i += info->words;
    }
    ck_assert_str_eq(li_buffer_c_string(&names), expected);
    li_buffer_free(&names);
}

START_TEST(values_are_returned_to_where_they_are_bound)
{
    core_builtins();
    assert_opcodes("(lambda (f a b) (if a (values b a) (values)))",
                   "BRF VALUES2 VALUES");
    assert_opcodes("(lambda (f a b) (call-with-values (lambda (#f) (a b))"
                   " (lambda (#f x y) (values x y b))))",
                   "CALLM RECEIVE MOVE2 MOVE VALUES");
    assert_opcodes("(lambda (f a b) (call-with-values"
                   " (lambda (#f) (if a (values 1 (car b)) (a b)))"
                   " (lambda (#f x . y) (cons y x))))",
                   "BRF LOADI CAR LOADI CONS JUMP CALLM RECEIVEREST CONS RETURN");
}
END_TEST

START_TEST(an_inlined_tail_call_takes_the_place_of_its_caller)
{
    assert_frames("(lambda (f a) (let ((g (lambda (g x) (car x))))"
                  " (let ((h (lambda (h x) (g x)))) (list (h a) (h 1)))))",
                  OP_CAR, "g f");
    assert_frames("(lambda (f a) (let ((g (lambda (g x) (car x)))) (if a (g a) (g 1))))", OP_CAR,
                  "g");
}
END_TEST

TEST_MAIN("inline", core_setup, core_teardown, a_small_procedure_is_copied_to_its_calls,
          arguments_are_evaluated_once_and_in_order, an_assigned_parameter_stays_a_variable,
          only_the_branch_that_a_constant_chooses_is_left, operations_on_constants_are_done,
          an_operation_that_fails_is_left_to_run_time,
          the_clause_for_the_number_of_arguments_is_chosen,
          a_lambda_moves_to_where_the_loop_calls_it,
          a_primitive_that_is_passed_becomes_its_operation, a_recursive_procedure_is_called,
          a_large_procedure_is_called, a_wrong_number_of_arguments_stays_a_call,
          growth_is_bounded, what_a_loop_loads_before_it_leaves_frames_alone,
          values_go_to_the_variables_that_wait_for_them,
          producers_are_lambdas_or_other_procedures,
          values_are_returned_to_where_they_are_bound, an_inlined_procedure_still_has_its_frame,
          an_inlined_tail_call_takes_the_place_of_its_caller)
