/* test_closed.c - procedures within others that need no closure: the code that comes out. */
#include "opcodes_support.h"
#include "optimised_support.h"

/* ---- Helpers ---------------------------------------------------------------------------------- */

/* The opcodes of the procedures in the code, at any depth, each after its name. */
static void list_procedures(const Code *code, Buffer *to)
{
    for (uint32_t i = 0; i < vector_length(code->literals); i += 1) {
        Value literal = vector_items(code->literals)[i];

        if (value_is_closure(literal))
            literal = value_to_closure(literal)->code;
        if (!value_has_type(literal, T_CODE) || value_to_code(literal) == code)
            continue;
        li_buffer_push_string(to, "; ");
        for (uint64_t k = 0; k < symbol_text(value_to_code(literal)->name)->length; k += 1)
            li_buffer_push_char(to, li_text_at(symbol_text(value_to_code(literal)->name), k));
        li_buffer_push_string(to, ": ");
        opcodes_of(value_to_code(literal), to);
        if (value_to_code(literal)->name.bits != code->name.bits)
            list_procedures(value_to_code(literal), to);
    }
}

static void assert_form(const char *text, const char *expected)
{
    const Code *code = core_compile(text);
    Buffer found = {0};

    opcodes_of(code, &found);
    list_procedures(code, &found);
    ck_assert_str_eq(li_buffer_c_string(&found), expected);
    li_buffer_free(&found);
}

static void define_for_good(const char *name)
{
    li_global_add_flag(value_to_global(core_cell(name)), GLOBAL_CONSTANT);
}

/* ---- Variables that there are only once --------------------------------------------------------- */

START_TEST(a_variable_of_the_form_is_a_cell)
{
    assert_form("(let ((v (cons 1 2))) (set! g (lambda (f a) (cons a v))))",
                "LOADI LOADI CONS DEFINE LOADK SETGLOBAL RETURNI; f: GLOBAL CONS RETURN");
}
END_TEST

START_TEST(an_assigned_variable_of_the_form_is_nothing_but_a_cell)
{
    assert_form("(let ((n 0)) (set! g (lambda (f) (seq (set! n (+ n 1)) n))))",
                "LOADI DEFINE LOADK SETGLOBAL RETURNI; f: GLOBAL ADDI SETGLOBAL GLOBAL RETURN");
}
END_TEST

START_TEST(a_variable_that_no_procedure_uses_stays_in_its_register)
{
    assert_form("(let ((v (cons 1 2))) (cons v v))", "LOADI LOADI CONS CONS RETURN");
    assert_form("(let ((n 0)) (seq (set! n (g)) n))", "LOADI BOX CALLG SETBOX RETURN");
}
END_TEST

START_TEST(the_code_that_binds_a_variable_reads_its_register)
{
    assert_form("(let ((v (cons 1 2))) (seq (set! g (lambda (f) v)) (car v)))",
                "LOADI LOADI CONS DEFINE LOADK SETGLOBAL CAR RETURN; f: GLOBAL RETURN");
}
END_TEST

START_TEST(what_may_be_bound_again_is_captured)
{
    /* The call may capture a continuation, by which the body is entered again. */
    assert_form("(let ((v (g))) (set! g (lambda (f) v)))",
                "CALLG CLOSURE SETGLOBAL RETURNI; f: FREE RETURN");
    assert_form("(let ((n 0)) (let ((v (g n))) (seq (set! n v) (set! g (lambda (f) (cons n v))))))",
                "LOADI DEFINE GLOBAL CALLG SETGLOBAL CLOSURE SETGLOBAL RETURNI;"
                " f: GLOBAL FREE CONS RETURN");
}
END_TEST

START_TEST(a_call_of_a_procedure_that_captures_nothing_is_no_harm)
{
    assert_form("(letrec ((make (lambda (make a) (if (pair? a) (cons (make (car a)) a) 1))))"
                " (let ((v (make (make g)))) (set! g (lambda (f) v))))",
                "GLOBAL CALLK CALLK DEFINE LOADK SETGLOBAL RETURNI;"
                " make: BRNPAIR CAR CALLK CONS RETURN RETURNI; f: GLOBAL RETURN");
    assert_form("(letrec ((make (lambda (make a) (if (pair? a) (cons (make (car a)) a) (h)))))"
                " (let ((v (make (make g)))) (set! g (lambda (f) v))))",
                "GLOBAL CALLK CALLK CLOSURE SETGLOBAL RETURNI; make: BRPAIR TAILCALLG CAR CALLK"
                " CONS RETURN; f: FREE RETURN");
}
END_TEST

START_TEST(what_a_loop_binds_is_captured)
{
    assert_form("(letrec ((loop (lambda (loop i) (if (< i 9) (let ((v (cons i i)))"
                " (seq (set! g (lambda (f) v)) (loop (+ i 1)))) i)))) (loop 0))",
                "LOADI BRNLTI CONS CLOSURE SETGLOBAL ADDI LOOPLTI LOOP RETURN; f: FREE RETURN");
}
END_TEST

START_TEST(a_cell_is_read_once_before_a_loop)
{
    assert_form("(let ((v (cons 1 2))) (set! g (lambda (f n) (letrec ((loop (lambda (loop i)"
                " (if (< i n) (loop (+ i (car v))) i)))) (loop 0)))))",
                "LOADI LOADI CONS DEFINE LOADK SETGLOBAL RETURNI;"
                " f: LOADI GLOBAL BRNLT CAR ADD LOOPLT LOOP RETURN");
}
END_TEST

/* ---- Definitions -------------------------------------------------------------------------------- */

START_TEST(what_is_bound_around_a_procedure_is_defined_before_it)
{
    define_for_good("f");
    ck_assert_optimised("(define f (let ((n 0) (v (cons 1 2)))"
                        " (lambda (f) (seq (set! n (+ n 1)) (cons n v)))))",
                        "(fix ((f (lambda:f () (begin (set! n (%+ n 1)) (%cons n v)))))"
                        " (begin (define n 0) (define v (%cons 1 2)) (define f f)))");
}
END_TEST

START_TEST(procedures_around_a_procedure_are_known_as_it_is)
{
    define_for_good("f");
    define_for_good("g");
    ck_assert_optimised("(seq (define f (letrec ((h (lambda (h x) (if (pair? x) (cons (h (car"
                " x)) 1) 2))))"
                        " (lambda (f x) (cons x (h x))))) (define g (lambda (g x) (cons (f x)"
                        " (f x)))))",
                        "(fix ((f (lambda:f (x) (%cons x (h x)))) (g (lambda:g (x) (%cons"
                        " (%cons x (h x)) (%cons x (h x))))) (h (lambda:h (x) (if (%pair? x)"
                        " (%cons (h (%car x)) 1) 2)))) (begin (define f f) (define g g)))");
}
END_TEST

START_TEST(what_is_computed_by_a_call_stays_where_it_is)
{
    define_for_good("f");
    ck_assert_optimised("(define f (let ((v (g))) (lambda (f) v)))",
                        "(define f (let ((v (g))) (lambda:f () v)))");
    ck_assert_optimised("(seq (g) (define f (let ((v (cons 1 2))) (lambda (f) v))))",
                        "(begin (g) (define f (let ((v (%cons 1 2))) (lambda:f () v))))");
}
END_TEST

START_TEST(what_comes_too_early_stays_where_it_is)
{
    define_for_good("f");
    ck_assert_optimised("(define f (letrec ((a (cons b 1)) (b (cons 1 2))) (lambda (f) (cons a"
                        " b))))",
                        "(define f (let ((a #<unassigned value>) (b #<unassigned value>)) (begin"
                        " (set! a (%cons b 1)) (set! b (%cons 1 2)) (lambda:f () (%cons a b)))))");
    ck_assert_optimised("(define f (letrec ((a (cons 1 2)) (b (cons a 2))) (lambda (f) (cons a"
                        " b))))",
                        "(fix ((f (lambda:f () (%cons a b)))) (begin (define a (%cons 1 2)) (define"
                        " b (%cons a 2)) (define f f)))");
}
END_TEST

TEST_MAIN("closed", core_setup, core_teardown, a_variable_of_the_form_is_a_cell,
          an_assigned_variable_of_the_form_is_nothing_but_a_cell,
          a_variable_that_no_procedure_uses_stays_in_its_register,
          the_code_that_binds_a_variable_reads_its_register, what_may_be_bound_again_is_captured,
          a_call_of_a_procedure_that_captures_nothing_is_no_harm, what_a_loop_binds_is_captured,
          a_cell_is_read_once_before_a_loop,
          what_is_bound_around_a_procedure_is_defined_before_it,
          procedures_around_a_procedure_are_known_as_it_is,
          what_is_computed_by_a_call_stays_where_it_is, what_comes_too_early_stays_where_it_is)
