/* test_compiler.c - what the passes make of core forms, seen in the code that comes out. */
#include <stdio.h>

#include "compiler/disassemble.h"
#include "opcodes_support.h"

/* ---- Goldens ------------------------------------------------------------------------------------- */

/* The text of a file beside the tests; the caller frees it. */
static char *read_file(const char *name, const char *suffix)
{
    char path[4096];
    FILE *file;
    char *text = calloc(1, 100000);

    snprintf(path, sizeof path, "%s/%s%s", BYTECODE_FOLDER, name, suffix);
    file = fopen(path, "r");
    ck_assert_msg(file != NULL, "no file %s", path);
    ck_assert(fread(text, 1, 99999, file) > 0);
    fclose(file);
    return text;
}

/* The number of the first line in which the texts differ; 0: none. */
static int first_difference(const char *a, const char *b)
{
    int line = 1;

    for (; *a == *b; a += 1, b += 1) {
        if (*a == '\0')
            return 0;
        line += *a == '\n';
    }
    return line;
}

static void write_file(const char *name, const char *suffix, const char *text)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s%s", BYTECODE_FOLDER, name, suffix);
    file = fopen(path, "w");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    ck_assert(fputs(text, file) >= 0);
    ck_assert(fclose(file) == 0);
}

/* With LIMPET_UPDATE in the environment, what is listed now is what is expected from now on. */
static void check_golden(const char *name)
{
    char *text = read_file(name, ".core"), *expected;
    Buffer listing = {0};

    li_disassemble(core_compile(text), &listing, true);
    ck_assert(!listing.failed);
    if (getenv("LIMPET_UPDATE") != NULL)
        write_file(name, ".expected", li_buffer_c_string(&listing));
    expected = read_file(name, ".expected");
    ck_assert_msg(first_difference(li_buffer_c_string(&listing), expected) == 0,
                  "%s.expected differs in line %d", name,
                  first_difference(li_buffer_c_string(&listing), expected));
    li_buffer_free(&listing);
    free(text);
    free(expected);
}

START_TEST(calls_are_listed_as_expected)
{
    check_golden("calls");
}
END_TEST

START_TEST(ports_are_listed_as_expected)
{
    check_golden("ports");
}
END_TEST

START_TEST(loops_are_listed_as_expected)
{
    check_golden("loops");
}
END_TEST

START_TEST(variables_are_listed_as_expected)
{
    check_golden("variables");
}
END_TEST

START_TEST(shared_closures_are_listed_as_expected)
{
    check_golden("shared");
}
END_TEST

START_TEST(branches_are_listed_as_expected)
{
    check_golden("tests");
}
END_TEST

START_TEST(routes_are_listed_as_expected)
{
    check_golden("routes");
}
END_TEST

/* ---- Primitives ----------------------------------------------------------------------------------- */

START_TEST(operands_that_are_variables_are_not_moved)
{
    ck_assert_opcodes("(lambda (f a b) (cons a b))", "CONS RETURN");
    ck_assert_opcodes("(lambda (f v i) (vector-ref v i))", "VECTORREF RETURN");
}
END_TEST

START_TEST(small_constants_are_immediate_operands)
{
    ck_assert_opcodes("(lambda (f a) (+ a 1))", "ADDI RETURN");
    ck_assert_opcodes("(lambda (f a) (+ 1 a))", "ADDI RETURN");
    ck_assert_opcodes("(lambda (f a) (- a 32767))", "SUBI RETURN");
    ck_assert_opcodes("(lambda (f a) (- a 32768))", "LOADI SUB RETURN");
    ck_assert_opcodes("(lambda (f a) (- 1 a))", "LOADI SUB RETURN");
    ck_assert_opcodes("(lambda (f a) (if (< 5 a) 1 2))",
                      "BRNGTI RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a) (if (>= a 5) 1 2))",
                      "BRNGEI RETURNI RETURNI");
}
END_TEST

START_TEST(two_operations_become_one_instruction)
{
    ck_assert_opcodes("(lambda (f a b c) (+ (* a b) c))", "MULADD RETURN");
    ck_assert_opcodes("(lambda (f a b c) (+ c (* a b)))", "MULADD RETURN");
    ck_assert_opcodes("(lambda (f a b c) (- (* a b) c))", "MULSUB RETURN");
    ck_assert_opcodes("(lambda (f a b c) (- c (* a b)))", "MULRSUB RETURN");
    ck_assert_opcodes("(lambda (f a b c d) (- (* a b) (* c d)))",
                      "MUL MULRSUB RETURN");
    ck_assert_opcodes("(lambda (f a b) (+ (* a b) 1))", "MUL ADDI RETURN");
    ck_assert_opcodes("(lambda (f a b) (* (+ a 1) b))", "ADDI MUL RETURN");
    /* The product comes before the car, which may fail too. */
    ck_assert_opcodes("(lambda (f a b c) (+ (* a b) (car c)))", "MUL CAR ADD RETURN");
    ck_assert_opcodes("(lambda (f a b c) (+ (car c) (* a b)))", "CAR MULADD RETURN");
}
END_TEST

START_TEST(sums_are_folded_from_the_left)
{
    ck_assert_opcodes("(lambda (f) (+))", "RETURNI");
    ck_assert_opcodes("(lambda (f a) (+ a))", "PRIM RETURN");
    ck_assert_opcodes("(lambda (f a b c) (+ a b c))", "ADDADD RETURN");
    ck_assert_opcodes("(lambda (f a) (- a))", "PRIM RETURN");
    ck_assert_opcodes("(lambda (f) (+ 1 2 3))", "RETURNI");
}
END_TEST

START_TEST(comparisons_of_many_check_all_arguments)
{
    ck_assert_opcodes("(lambda (f a b c) (if (< a b c) 1 2))",
                      "BRNLT BRLT JUMP LT JUMP RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a) (< a))", "PRIM RETURN");
}
END_TEST

START_TEST(other_primitives_are_called_directly)
{
    ck_assert_opcodes("(lambda (f a) (length a))", "PRIM RETURN");
    ck_assert_opcodes("(lambda (f a) (list a 1 2 3))",
                      "MOVE LOADI LOADI LOADI PRIM RETURN");
}
END_TEST

START_TEST(few_arguments_of_primitives_stay_where_they_are)
{
    ck_assert_opcodes("(lambda (f a b) (list a b))", "PRIM RETURN");
    ck_assert_opcodes("(lambda (f a b) (list b a))", "PRIM2 RETURN");
    ck_assert_opcodes("(lambda (f a) (list 1 (length a)))", "LOADI PRIM PRIM RETURN");
    ck_assert_opcodes("(lambda (f a b c) (list a b c))", "PRIM RETURN");
    ck_assert_opcodes("(lambda (f a b) (list b a (length a)))", "PRIM PRIM3 RETURN");
    ck_assert_opcodes("(lambda (f a b) (list a 1 2))", "LOADI LOADI PRIM3 RETURN");
    ck_assert_opcodes("(lambda (f) (list))", "PRIM RETURN");
}
END_TEST

START_TEST(a_wrong_number_of_arguments_is_left_to_run_time)
{
    ck_assert_opcodes("(lambda (f a) (car a a))", "MOVE2 TAILCALLG");
    ck_assert_opcodes("(lambda (f a) (length))", "TAILCALLG");
}
END_TEST

START_TEST(eqv_with_a_constant_that_fits_is_eq)
{
    ck_assert_opcodes("(lambda (f a) (if (eqv? a 'x) 1 2))",
                      "BRNEQW RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a) (if (equal? 7 a) 1 2))",
                      "BRNEQI RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a b) (eqv? a b))", "EQV RETURN");
    ck_assert_opcodes("(lambda (f a) (equal? a \"s\"))", "LOADK EQUAL RETURN");
}
END_TEST

START_TEST(characters_are_compared_in_branches)
{
    ck_assert_opcodes("(lambda (f a b) (if (char<? a b) 1 2))",
                      "BRNCHLT RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a b) (char>=? a b))", "CHLE RETURN");
    ck_assert_opcodes("(lambda (f a) (if (char=? a (integer->char 955)) 1 2))",
                      "LOADI INTTOCHAR BRNCHEQ RETURNI RETURNI");
}
END_TEST

START_TEST(indices_that_are_known_are_immediate_operands)
{
    ck_assert_opcodes("(lambda (f v) (vector-ref v 3))", "VECTORREFI RETURN");
    ck_assert_opcodes("(lambda (f v) (vector-ref v 65535))", "VECTORREFI RETURN");
    ck_assert_opcodes("(lambda (f v) (vector-ref v 65536))", "LOADI VECTORREF RETURN");
    ck_assert_opcodes("(lambda (f v) (vector-ref v -1))", "LOADI VECTORREF RETURN");
    ck_assert_opcodes("(lambda (f v x) (vector-set! v 0 x))",
                      "VECTORSETI RETURNI");
}
END_TEST

START_TEST(records_of_a_type_in_a_global_variable_have_instructions)
{
    ck_assert_opcodes("(lambda (f r) (%record-ref r type 0 'a))", "RECORDREF RETURN");
    ck_assert_opcodes("(lambda (f r x) (%record-set! r type 0 x 'a))",
                      "RECORDSET RETURNI");
    ck_assert_opcodes("(lambda (f x) (%record type x 1))", "MOVE LOADI RECORD RETURN");
    ck_assert_opcodes("(lambda (f r) (%record-is? r type))", "RECORDP RETURN");
    ck_assert_opcodes("(lambda (f r) (if (%record-is? r type) 1 2))",
                      "BRNRECORD RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f r type) (%record-ref r type 0 'a))",
                      "MOVE2 LOADI LOADW PRIM RETURN");
    ck_assert_opcodes("(lambda (f r) (%record-ref r type -1 'a))",
                      "MOVE GLOBAL LOADI LOADW PRIM RETURN");
}
END_TEST

START_TEST(types_are_tested_in_branches)
{
    ck_assert_opcodes("(lambda (f a) (if (vector? a) 1 2))",
                      "BRNTYPE RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a) (vector? a))", "TYPEP RETURN");
}
END_TEST

START_TEST(control_operations_are_wrapped_unless_in_tail_position)
{
    ck_assert_opcodes("(lambda (f g l) (%apply g l))", "TAILAPPLY");
    ck_assert_opcodes("(lambda (f g) (%call/cc g))", "TAILCC");
    ck_assert_opcodes("(lambda (f g l) (car (%apply g l)))",
                      "MOVE2 LOADK CALL CAR RETURN");
}
END_TEST

/* ---- Tests ---------------------------------------------------------------------------------------- */

START_TEST(constant_tests_leave_one_branch)
{
    ck_assert_opcodes("(lambda (f a) (if #t a 2))", "RETURN");
    ck_assert_opcodes("(lambda (f a) (if (not 1) a 2))", "RETURNI");
    ck_assert_opcodes("(lambda (f a) (if (< 2 1) a 2))", "RETURNI");
    ck_assert_opcodes("(lambda (f a) (seq 1 a a))", "RETURN");
}
END_TEST

START_TEST(not_swaps_the_branches)
{
    ck_assert_opcodes("(lambda (f a) (if (not (null? a)) 1 2))",
                      "BRNNULL RETURNI RETURNI");
    ck_assert_opcodes("(lambda (f a) (if (if (null? a) #f #t) 1 2))",
                      "BRNULL RETURNI RETURNI");
}
END_TEST

START_TEST(and_and_or_in_tests_make_no_values)
{
    ck_assert_opcodes("(lambda (f a b) (if (if (null? a) (null? b) #f) 1 2))",
                      "BRNNULL BRNNULL RETURNI RETURNI");
    ck_assert_opcodes(
        "(lambda (f a b) (if (let ((t (car a))) (if t t (null? b))) 1 2))",
        "CAR BRT BRNNULL RETURNI RETURNI");
}
END_TEST

START_TEST(copies_of_variables_are_the_variables)
{
    ck_assert_opcodes("(lambda (f a) (let ((b a) (c 1)) (+ b c)))", "ADDI RETURN");
    ck_assert_opcodes("(lambda (f a) (let ((b (car a)) (c (lambda (#f) 1))) b))",
                      "CAR RETURN");
}
END_TEST

/* ---- Bindings -------------------------------------------------------------------------------------- */

START_TEST(letrec_of_simple_values_is_a_let)
{
    ck_assert_opcodes("(lambda (f a) (letrec ((b (car a)) (c (cdr b))) (cons b c)))",
                      "CAR CDR CONS RETURN");
}
END_TEST

START_TEST(references_that_may_come_too_early_are_checked)
{
    ck_assert_opcodes(
        "(lambda (f g) (letrec ((x (g (lambda (#f) x)))) (seq (g) x)))",
        "LOADI BOX CLOSURE CALL SETBOX CALL UNBOX CHECK RETURN");
}
END_TEST

START_TEST(assigned_variables_are_boxed_once)
{
    ck_assert_opcodes("(lambda (f a g) (seq (set! a 1) (g) a))",
                      "BOX LOADI SETBOX CALL UNBOX RETURN");
}
END_TEST

/* The code of "g", which is made where "f" binds n. */
static const Code *code_of_g(const char *body)
{
    static char text[200];

    snprintf(text, sizeof text, "(lambda (f a) (let ((n 0)) (lambda (g) %s)))", body);
    return find_code(core_compile(text), "g");
}

START_TEST(a_counter_that_closures_share_takes_one_instruction)
{
    const char *counted = "STEPFREEBOX FREEBOX ADDI SETFREEBOX RETURN";

    assert_opcodes(code_of_g("(seq (set! n (+ n 1)) n)"), counted);
    assert_opcodes(code_of_g("(seq (set! n (+ 1 n)) n)"), counted);
    assert_opcodes(code_of_g("(seq (set! n (- n 1)) n)"),
                   "STEPFREEBOX FREEBOX SUBI SETFREEBOX RETURN");
    assert_opcodes(code_of_g("(seq (set! n (- 1 n)) n)"),
                   "LOADI FREEBOX SUB SETFREEBOX RETURN");
    assert_opcodes(code_of_g("(seq (set! n (+ n 40000)) n)"),
                   "FREEBOX LOADI ADD SETFREEBOX RETURN");
    assert_opcodes(code_of_g("(seq (set! n (+ a 1)) n)"), "FREE ADDI SETFREEBOX RETURN");
}
END_TEST

START_TEST(what_was_just_stored_is_not_loaded)
{
    assert_opcodes(code_of_g("(seq (set! n (car a)) (list n n))"),
                   "FREE CAR SETFREEBOX MOVE PRIM RETURN");
    assert_opcodes(code_of_g("(seq (if a (set! n a) 0) n)"),
                   "FREE BRF FREE SETFREEBOX FREEBOX RETURN");
    ck_assert_opcodes("(lambda (f a b) (seq (set! a b) a (b) a))",
                      "BOX SETBOX CALL UNBOX RETURN");
    ck_assert_opcodes("(lambda (f a b) (seq (set! a b) (list a (b))))",
                      "BOX SETBOX MOVE CALL PRIM RETURN");
}
END_TEST

START_TEST(procedures_without_free_variables_are_constants)
{
    ck_assert_opcodes("(lambda (f) (lambda (g x) x))", "LOADK RETURN");
    ck_assert_opcodes("(lambda (f) (letrec ((g (lambda (g x) (cons g x)))) g))",
                      "LOADK RETURN");
    ck_assert_opcodes("(lambda (f a) (letrec ((g (lambda (g x) (cons g a)))) g))",
                      "CLOSURE RETURN");
}
END_TEST

/* ---- Loops ------------------------------------------------------------------------------------------ */

START_TEST(a_named_let_is_a_loop)
{
    ck_assert_opcodes("(lambda (f n) (letrec ((loop (lambda (loop i) (if (= i n) i"
                      " (loop (+ i 1)))))) (loop 0)))",
                      "LOADI BRNNUMEQ RETURN STEPNNUMEQ LOOP RETURN");
}
END_TEST

START_TEST(a_loop_gives_its_value_where_it_is_needed)
{
    ck_assert_opcodes(
        "(lambda (f n) (cons n (letrec ((loop (lambda (loop i) (if (= i n) i"
        " (loop (+ i 1)))))) (loop 0))))",
        "LOADI BRNUMEQ STEPNNUMEQ LOOP CONS RETURN");
}
END_TEST

START_TEST(a_procedure_called_at_one_place_is_put_there)
{
    ck_assert_opcodes(
        "(lambda (f a) (let ((g (lambda (g x) (cons x a)))) (car (g 1))))",
        "LOADI CONS CAR RETURN");
}
END_TEST

START_TEST(a_procedure_called_at_two_places_is_not_a_loop)
{
    const Code *code = find_code(
        core_compile(
            "(lambda (f a) (let ((g (lambda (g x) (list (a x) (a 2) (a 3) (a 4) (a 5)))))"
            " (cons (g 1) (g 2))))"),
        "g");
    ck_assert_ptr_nonnull(code);
}
END_TEST

START_TEST(a_procedure_that_escapes_is_not_a_loop)
{
    const Code *code = find_code(
        core_compile(
            "(lambda (f a) (letrec ((g (lambda (g x) (if x g (g (cdr x)))))) (g a)))"),
        "g");
    assert_opcodes(code, "BRF LOADK RETURN CDR LOOP");
}
END_TEST

START_TEST(what_a_loop_reads_is_loaded_before_it)
{
    const char *text =
        "(lambda (g k) (lambda (f n) (letrec ((loop (lambda (loop i) (if (= i k)"
        " n (loop (* (+ i 40000) 2)))))) (loop 0))))";

    ck_assert_opcodes(text, "LOADI FREE LOADI LOADI BRNNUMEQ RETURN ADDMUL LOOPNNUMEQ LOOP RETURN");
}
END_TEST

START_TEST(members_of_a_long_list_are_found_in_a_table)
{
    ck_assert_opcodes("(lambda (f c) (if (memv c '(1 2 3 4 5 6 7 8 9)) (car c) (cdr c)))",
                      "SWITCH JUMP JUMP CAR RETURN CDR RETURN");
    ck_assert_opcodes("(lambda (f c) (if (eq? c 'a) 1 (if (eq? c 'b) 2 c)))",
                      "BREQW BREQW RETURN RETURNI RETURNI");
}
END_TEST

START_TEST(loops_that_are_entered_twice_load_as_they_go)
{
    ck_assert_opcodes("(lambda (f n) (letrec ((loop (lambda (loop i) (if (null? i) n"
                      " (loop (* i 2)))))) (if n (loop n) (loop 1))))",
                      "BRF MOVE BRNNULL RETURN LOADI MUL LOOPNNULL RETURN LOADI LOOPNNULL RETURN");
}
END_TEST

START_TEST(a_branch_without_code_is_not_jumped_over)
{
    ck_assert_opcodes("(lambda (f n) (letrec ((loop (lambda (loop i k) (if (= i n) k"
                      " (loop (+ i 1) (if (pair? k) (car k) k)))))) (loop 0 n)))",
                      "LOADI MOVE BRNNUMEQ RETURN BRNPAIR CAR STEPNNUMEQ LOOP RETURN");
}
END_TEST

START_TEST(closures_in_a_loop_take_the_variables_of_their_round)
{
    ck_assert_opcodes(
        "(lambda (f n) (letrec ((loop (lambda (loop i acc) (if (= i n) acc"
        " (loop (+ i 1) (cons (lambda (#f) i) acc)))))) (loop 0 '())))",
        "LOADI LOADI BRNNUMEQ RETURN CLOSURE CONS STEPNNUMEQ LOOP RETURN");
}
END_TEST

START_TEST(loops_are_left_from_where_they_end)
{
    /* What comes behind comes right behind the end, */
    ck_assert_opcodes(
        "(lambda (f n) (cons n (letrec ((loop (lambda (loop i) (if (null? i) i"
        " (loop (cdr i)))))) (loop n))))",
        "MOVE BRNULL CDRNNULL CONS RETURN");
    /* ... and so does what the loop gives, if that is an operation; */
    ck_assert_opcodes("(lambda (f n) (letrec ((loop (lambda (loop i) (if (null? i) (cons n i)"
                      " (loop (cdr i)))))) (loop n)))",
                      "MOVE BRNULL CDRNNULL CONS RETURN");
    /* other ends jump there, */
    ck_assert_opcodes("(lambda (f a b) (letrec ((loop (lambda (loop x) (if (null? x) (cons a b)"
                      " (if (pair? a) (loop b) (loop (cdr x))))))) (loop a)))",
                      "MOVE BRNULL BRNPAIR MOVE LOOPNNULL JUMP CDRNNULL CONS RETURN");
    /* or back to where it is. */
    ck_assert_opcodes("(lambda (f a b) (letrec ((loop (lambda (loop x) (if (null? x) (b a)"
                      " (loop (cdr x)))))) (loop a)))",
                      "MOVE BRNNULL TAILCALL CDRNNULL LOOP");
}
END_TEST

START_TEST(loops_that_begin_at_one_place_are_left_to_one_place)
{
    ck_assert_opcodes(
        "(lambda (f a) (letrec ((outer (lambda (outer x) (letrec ((inner (lambda (inner y)"
        " (if (null? y) (cons a y) (if (car y) (inner (cdr y)) (outer (cdr y)))))))"
        " (inner x))))) (outer a)))",
        "MOVE BRNULL CAR BRF CDRNNULL JUMP CDRNNULL CONS RETURN");
}
END_TEST

START_TEST(arguments_of_a_jump_are_assigned_at_once)
{
    ck_assert_opcodes(
        "(lambda (f a b) (letrec ((loop (lambda (loop x y) (if (null? x) y"
        " (loop y x))))) (loop a b)))",
        "BRNNULL RETURN MOVE MOVE2 LOOPNNULL RETURN");
    ck_assert_opcodes(
        "(lambda (f a b) (letrec ((loop (lambda (loop x y) (if (null? x) y"
        " (loop (cdr x) (cons x y)))))) (loop a b)))",
        "BRNNULL RETURN CONS CDRNNULL RETURN");
}
END_TEST

/* ---- Limits ----------------------------------------------------------------------------------------- */

/* prefix, then `count` times `piece` with its number in place of %d, then suffix. */
static const Code *compile_long(const char *prefix, const char *piece, int count,
                                const char *suffix, Status expected)
{
    Buffer text = {0};
    Value thunk = VALUE_FALSE;
    Status status;

    li_buffer_push_string(&text, prefix);
    for (int i = 0; i < count; i += 1) {
        const char *number = strchr(piece, '%');

        if (number == NULL) {
            li_buffer_push_string(&text, piece);
            continue;
        }
        li_buffer_push(&text, piece, (size_t)(number - piece));
        li_buffer_printf(&text, "%d%s", i, number + 2);
    }
    li_buffer_push_string(&text, suffix);
    status = core_try_compile(li_buffer_c_string(&text), &thunk);
    li_buffer_free(&text);
    ck_assert_status(status, expected);
    return status == OK ? value_to_code(value_to_closure(thunk)->code) : NULL;
}

START_TEST(jumps_reach_over_long_code)
{
    const Code *code =
        compile_long("(lambda (f n) (if (< n 1) (seq", " (g n)", 20000, ") 2))", OK);
    Buffer opcodes = {0};

    opcodes_of(find_code(code, "f"), &opcodes);
    ck_assert(strncmp(li_buffer_c_string(&opcodes), "BRLTI JUMP MOVE CALLG", 21) == 0);
    li_buffer_free(&opcodes);
}
END_TEST

START_TEST(large_frames_begin_with_enter)
{
    const Code *code = compile_long("(lambda (f g) (g", " (g %d)", 100, "))", OK);
    const uint64_t *words = code_words(find_code(code, "f"));

    ck_assert_int_eq(insn_op((Insn){words[0]}), OP_ENTER);
    ck_assert_uint_eq(insn_a((Insn){words[0]}), 1);
    ck_assert_int_eq(insn_bx((Insn){words[0]}), 104);
}
END_TEST

START_TEST(there_may_be_thousands_of_variables_and_arguments)
{
    compile_long("(lambda (f g) (letrec (", "(x%d (g 1)) ", 3000, ") x1))", OK);
    compile_long("(lambda (f g) (letrec (", "(x%d (lambda (#f) (g x0))) ", 3000,
                 ") (g x1)))", OK);
    compile_long("(lambda (f g) (g", " 1", 5000, "))", OK);
}
END_TEST

START_TEST(too_many_arguments_are_an_error)
{
    compile_long("(lambda (f g) (g", " 1", 70000, "))", ERR_RAISED);
}
END_TEST

/* ---- Positions --------------------------------------------------------------------------------------- */

START_TEST(positions_are_found_for_every_instruction)
{
    Value pairs, code_value;
    Code parts;

    ck_assert_ok(li_array_new(&test.heap, ELEMENT_U64, 4, &pairs));
    ((uint64_t *)array_data(value_to_array(pairs)))[0] = 2;
    ((uint64_t *)array_data(value_to_array(pairs)))[1] = 100;
    ((uint64_t *)array_data(value_to_array(pairs)))[2] = 5;
    ((uint64_t *)array_data(value_to_array(pairs)))[3] = 200;
    parts = *core_compile("1");
    parts.positions = pairs;
    ck_assert_ok(li_code_new(&test.heap, &parts, &code_value));
    ck_assert_uint_eq(li_code_position_at(value_to_code(code_value), 0), 0);
    ck_assert_uint_eq(li_code_position_at(value_to_code(code_value), 2), 100);
    ck_assert_uint_eq(li_code_position_at(value_to_code(code_value), 4), 100);
    ck_assert_uint_eq(li_code_position_at(value_to_code(code_value), 99), 200);
}
END_TEST

TEST_MAIN("compiler", core_setup, core_teardown, calls_are_listed_as_expected,
          loops_are_listed_as_expected, ports_are_listed_as_expected, variables_are_listed_as_expected,
          shared_closures_are_listed_as_expected,
          branches_are_listed_as_expected, operands_that_are_variables_are_not_moved,
          routes_are_listed_as_expected, operands_that_are_variables_are_not_moved,
          small_constants_are_immediate_operands, two_operations_become_one_instruction, sums_are_folded_from_the_left,
          comparisons_of_many_check_all_arguments,
          other_primitives_are_called_directly,
          few_arguments_of_primitives_stay_where_they_are,
          a_wrong_number_of_arguments_is_left_to_run_time,
          eqv_with_a_constant_that_fits_is_eq, characters_are_compared_in_branches,
          indices_that_are_known_are_immediate_operands, types_are_tested_in_branches,
          records_of_a_type_in_a_global_variable_have_instructions,
          control_operations_are_wrapped_unless_in_tail_position,
          constant_tests_leave_one_branch, not_swaps_the_branches,
          and_and_or_in_tests_make_no_values, copies_of_variables_are_the_variables,
          letrec_of_simple_values_is_a_let,
          references_that_may_come_too_early_are_checked,
          assigned_variables_are_boxed_once,
          a_counter_that_closures_share_takes_one_instruction, what_was_just_stored_is_not_loaded,
          procedures_without_free_variables_are_constants, a_named_let_is_a_loop,
          a_loop_gives_its_value_where_it_is_needed,
          a_procedure_called_at_one_place_is_put_there,
          a_procedure_called_at_two_places_is_not_a_loop,
          a_procedure_that_escapes_is_not_a_loop, what_a_loop_reads_is_loaded_before_it,
          members_of_a_long_list_are_found_in_a_table,
          loops_that_are_entered_twice_load_as_they_go,
          a_branch_without_code_is_not_jumped_over,
          closures_in_a_loop_take_the_variables_of_their_round,
          loops_are_left_from_where_they_end,
          loops_that_begin_at_one_place_are_left_to_one_place,
          arguments_of_a_jump_are_assigned_at_once, jumps_reach_over_long_code,
          large_frames_begin_with_enter,
          there_may_be_thousands_of_variables_and_arguments,
          too_many_arguments_are_an_error, positions_are_found_for_every_instruction)
