/* test_expander.c - what forms expand to, what they mean, and what is said about wrong ones. */
#include "syntax/expander.h"

#include "syntax/environment.h"
#include "syntax/source.h"
#include "syntax_support.h"
#include "vm/boot.h"
#include "vm/condition.h"
#include "vm/vm.h"

/* ---- A VM without the standard library, and a program's environment ------------------------ */

static Vm *vm;
static Sources *sources;
static Value environment;
static Arena arena;

/* Embedded files for the libraries of these tests. */
static const char *const test_files[][2] = {
    {"lib/one.sld",
     "(define-library (lib one)\n"
     "  (export f (rename g h) m)\n"
     "  (import (limpet core) (only (limpet primitives) car cdr))\n"
     "  (begin (define (f x) (car x))\n"
     "         (define (g x) (set! count x) (cdr x))\n"
     "         (define count 0)\n"
     "         (define-syntax m (syntax-rules () ((_ x) (list2 x count))))\n"
     "         (define (list2 a b) a)))\n"},
    {"lib/two.sld",
     "(define-library (lib two) (export k) (import (limpet core) (lib one))\n"
     "  (include \"two.scm\"))\n"},
    {"lib/two.scm", "(define k (f '(1)))\n"},
    {"lib/loop.sld", "(define-library (lib loop) (export) (import (lib pool)))\n"},
    {"lib/pool.sld", "(define-library (lib pool) (export) (import (lib loop)))\n"},
    {"lib/bad.sld", "(define-library (lib bad) (export z) (import (limpet core))\n"
                    "  (begin (define y (if))))\n"},
    {"lib/none.sld", "(define-library (lib none) (export z) (import (limpet core)))\n"},
    {"lib/other.sld", "(define-library (lib different) (export))\n"},
    {"lib/3.sld", "(define-library (lib 3) (export x) (import (limpet core))\n"
                  "  (cond-expand ((library (lib one)) (begin (define x 'yes)))\n"
                  "               (else (begin (define x 'no)))))\n"},
};

static const char *find_file(void *context UNUSED, const char *path, size_t *bytes)
{
    for (size_t i = 0; i < sizeof test_files / sizeof *test_files; i += 1) {
        if (strcmp(test_files[i][0], path) == 0) {
            *bytes = strlen(test_files[i][1]);
            return test_files[i][1];
        }
    }
    return NULL;
}

static Value new_environment(int64_t flags)
{
    Value made;
    Node *node;

    ck_assert_ok(li_environment_new(&test.heap, flags, VALUE_FALSE, &made));
    ck_assert_ok(li_environment_import_node(
        vm, &arena, made, read_text("((limpet core) (limpet primitives))"), &node));
    ck_assert_ptr_null(node);
    return made;
}

static void expander_setup(void)
{
    VmOptions options = {0};
    EmbeddedFiles files = {.find = find_file};

    setup();
    ck_assert_ok(li_vm_new(&test.heap, &options, &vm));
    ck_assert_ok(li_sources_new(&sources));
    vm->sources = sources;
    ck_assert_ok(li_expander_new(vm, &vm->expander));
    ck_assert_ok(li_vm_define_primitives(vm));
    li_libraries_set_embedded(li_expander_libraries(vm->expander), files);
    li_arena_init(&arena, &test.heap);
    environment = new_environment(ENVIRONMENT_PROGRAM);
}

static void expander_teardown(void)
{
    li_arena_free(&arena);
    li_expander_free(vm->expander);
    li_vm_free(vm);
    li_sources_free(sources);
    teardown();
}

/* Reads with positions, as from a file. */
static Value read_placed(const char *text)
{
    ReaderOptions options = {.name = "test", .positions = true, .immutable = true};
    ReadError error;
    Value datum = VALUE_FALSE;

    ck_assert_ok(li_sources_add(sources, "test", text, strlen(text), &options.file));
    ck_assert_ok(try_read_bytes(text, strlen(text), &options, &datum, &error));
    return datum;
}

static Status expand(const char *text, Node **node)
{
    TopForm form = {.datum = read_placed(text), .environment = environment};

    return li_expand(vm, &arena, &form, node);
}

/* Expands the forms of (begin form ...), all but the last for their effect, and prints the
 * last. The caller frees what it returns. */
static char *expand_to_text(const char *text)
{
    Buffer buffer = {0};
    Node *node = NULL;
    char *copy;
    Status status = expand(text, &node);

    if (status == ERR_RAISED)
        li_vm_report(vm, &buffer);
    ck_assert_msg(status == OK, "%s: %s %s", text, li_status_text(status),
                  li_buffer_c_string(&buffer));
    li_ast_print(node, &buffer);
    copy = strdup(li_buffer_c_string(&buffer));
    li_buffer_free(&buffer);
    return copy;
}

#define ck_assert_expands(text, expected)          \
    do {                                           \
        char *ck_expanded_ = expand_to_text(text); \
        ck_assert_str_eq(ck_expanded_, expected);  \
        free(ck_expanded_);                        \
    } while (0)

/* The first line of the report: "test:line:column: message". */
static void check_fails(const char *text, const char *expected)
{
    Buffer buffer = {0};
    Node *node;
    Status status = expand(text, &node);
    char *end;

    ck_assert_msg(status == ERR_RAISED, "%s: %s", text, li_status_text(status));
    li_vm_report(vm, &buffer);
    end = strchr(li_buffer_c_string(&buffer), '\n');
    if (end != NULL)
        *end = '\0';
    ck_assert_str_eq(li_buffer_c_string(&buffer), expected);
    vm->condition = VALUE_FALSE;
    li_buffer_free(&buffer);
}

/* ---- Core forms --------------------------------------------------------------------------- */

START_TEST(constants_and_variables_expand_to_themselves)
{
    ck_assert_expands("5", "5");
    ck_assert_expands("\"text\"", "\"text\"");
    ck_assert_expands("#(1 a)", "#(1 a)");
    ck_assert_expands("'(a . b)", "'(a . b)");
    ck_assert_expands("car", "car");
    ck_assert_expands("not-defined", "not-defined");
    ck_assert_expands("(car x 1)", "(car x 1)");
    ck_assert_expands(
        "'#0=(a . #0#)",
        "'(a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
        "a a a a a a ...)");
}
END_TEST

START_TEST(conditionals_expand_to_if)
{
    ck_assert_expands("(if 1 2 3)", "(if 1 2 3)");
    ck_assert_expands("(if 1 2)", "(if 1 2 #<unspecified>)");
    ck_assert_expands("(and)", "#t");
    ck_assert_expands("(and 1 2 3)", "(if 1 (if 2 3 #f) #f)");
    ck_assert_expands("(or)", "#f");
    ck_assert_expands("(or 1 2)", "(let ((_ 1)) (if _ _ 2))");
    ck_assert_expands("(when 1 2 3)", "(if 1 (begin 2 3) #<unspecified>)");
    ck_assert_expands("(unless 1 2 3)", "(if 1 #<unspecified> (begin 2 3))");
    ck_assert_expands(
        "(cond (1 2) (3) (4 => 5) (else 6 7))",
        "(if 1 2 (let ((_ 3)) (if _ _ (let ((_ 4)) (if _ (5 _) (begin 6 7))))))");
    ck_assert_expands(
        "(case x ((a) 1) ((b 2) => f) (else => g))",
        "(let ((_ x)) (if (eqv? _ 'a) 1 (if (if (eqv? _ 'b) #t (eqv? _ 2)) "
        "(f _) (g _))))");
}
END_TEST

START_TEST(procedures_are_named_by_what_they_are_bound_to)
{
    ck_assert_expands("(lambda (a b . c) a)", "(lambda (a b . c) a)");
    ck_assert_expands("(lambda a a)", "(lambda a a)");
    ck_assert_expands("(define (f x) x)", "(define f (lambda:f (x) x))");
    ck_assert_expands("(define g (lambda () 1))", "(define g (lambda:g () 1))");
    ck_assert_expands("(let ((h (lambda () 1))) h)", "(let ((h (lambda:h () 1))) h)");
    ck_assert_expands("(named-lambda (n x) x)", "(lambda:n (x) x)");
    ck_assert_expands("(case-lambda ((a) a) (b b))", "(case-lambda ((a) a) (b b))");
    ck_assert_expands("(let ((v 1)) (set! v (lambda () v)))",
                      "(let ((v 1)) (set! v (lambda:v () v)))");
}
END_TEST

START_TEST(the_let_family_expands_to_let_and_letrec)
{
    ck_assert_expands("(let ((a 1) (b 2)) (car a b))", "(let ((a 1) (b 2)) (car a b))");
    ck_assert_expands("(let () 1)", "1");
    ck_assert_expands("(let* ((a 1) (a a)) a)", "(let ((a 1)) (let ((a a)) a))");
    ck_assert_expands("(letrec ((a (lambda () a))) a)",
                      "(letrec* ((a (lambda:a () a))) a)");
    ck_assert_expands("(let loop ((i 0)) (loop i))",
                      "(letrec* ((loop (lambda:loop (i) (loop i)))) (loop 0))");
    ck_assert_expands(
        "(let-values (((a . b) (f)) (c (g))) a)",
        "(call-with-values (lambda () (f)) (lambda (a . b) (call-with-values "
        "(lambda () (g)) (lambda c a))))");
    ck_assert_expands("((lambda (x) x) 1)", "(let ((x 1)) x)");
    ck_assert_expands(
        "(do ((i 0 (car i)) (k 1)) (i k) (f))",
        "(letrec* ((do (lambda:do (i k) (if i k (begin (f) (do (car i) k)))))) "
        "(do 0 1))");
}
END_TEST

START_TEST(bodies_with_definitions_become_letrec)
{
    ck_assert_expands("(lambda () (define a 1) (begin (define (b) a)) (b))",
                      "(lambda () (letrec* ((a 1) (b (lambda:b () a))) (b)))");
    ck_assert_expands("(lambda () (define a 1) (f a) (define b 2) b)",
                      "(lambda () (letrec* ((a 1) (_ (f a)) (b 2)) b))");
    ck_assert_expands("(lambda () (define-values (a . b) (f)) a)",
                      "(lambda () (letrec* ((a #<unspecified>) (b #<unspecified>) "
                      "(_ (call-with-values (lambda () (f)) (lambda (a . b) (begin "
                      "(set! a a) (set! b b)))))) a))");
    ck_assert_expands(
        "(let () (define-syntax m (syntax-rules () ((_ n) (define n 1)))) "
        "(m x) x)",
        "(letrec* ((x 1)) x)");
    ck_assert_expands("(let () (let-syntax () (define inner 'ok)) inner)",
                      "(letrec* ((inner 'ok)) inner)");
}
END_TEST

START_TEST(quasiquote_makes_few_calls)
{
    ck_assert_expands("`(1 2)", "'(1 2)");
    ck_assert_expands("`x", "'x");
    ck_assert_expands("`,x", "x");
    ck_assert_expands("`(1 ,x)", "(list 1 x)");
    ck_assert_expands("`(,x 1 2)", "(cons x '(1 2))");
    ck_assert_expands("`(1 . ,x)", "(cons 1 x)");
    ck_assert_expands("`(1 ,@x)", "(cons 1 x)");
    ck_assert_expands("`(,@x)", "x");
    ck_assert_expands("`(,@x . 5)", "(append x 5)");
    ck_assert_expands("`(1 ,@x 2 ,y 3)", "(append (list 1) x (list 2 y) '(3))");
    ck_assert_expands("`(,@x ,@y 1 ,@z)", "(append x y (list 1) z)");
    ck_assert_expands(
        "`(,@x 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 ,y)",
        "(append x '(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20) (list y))");
    ck_assert_expands("`#(1 ,x)", "(list->vector (list 1 x))");
    ck_assert_expands(
        "`(1 `(2 ,(3 ,x)))",
        "(list 1 (list 'quasiquote (list 2 (list 'unquote (list 3 x)))))");
    ck_assert_expands(
        "`(1 `,@(2 ,@x))",
        "(list 1 (list 'quasiquote (list 'unquote-splicing (cons 2 x))))");
    ck_assert_expands(
        "`(a `(b ,(c ,(car x))))",
        "(list 'a (list 'quasiquote (list 'b (list 'unquote (list 'c (car x))))))");
}
END_TEST

START_TEST(promises_and_records_call_the_primitives)
{
    ck_assert_expands("(delay 1)",
                      "(%make-promise #f (lambda () (%make-promise #t 1)))");
    ck_assert_expands("(delay-force 1)", "(%make-promise #f (lambda () 1))");
    ck_assert_expands(
        "(define-record-type point (make y) point? (x px) (y py set-py!))",
        "(begin (define point (%make-record-type 'point #(x y))) (define point point) "
        "(define make (lambda:make (y) (%record point #f y))) "
        "(define point? (lambda:point? (record) (%record-is? record point))) "
        "(define px (lambda:px (record) (%record-ref record point 0 'px))) "
        "(define py (lambda:py (record) (%record-ref record point 1 'py))) "
        "(define set-py! (lambda:set-py! (record y) "
        "(%record-set! record point 1 y 'set-py!))))");
    ck_assert_expands(
        "(let () (define-record-type p #f p?) p?)",
        "(letrec* ((p (%make-record-type 'p #())) (p p) (p? (lambda:p? (record) "
        "(%record-is? record p)))) p?)");
    ck_assert_expands(
        "(define-values (a b) (f))",
        "(call-with-values (lambda () (f)) (lambda (a b) (begin (define a a) "
        "(define b b))))");
}
END_TEST

/* ---- Hygiene ------------------------------------------------------------------------------ */

START_TEST(a_template_does_not_capture_the_names_of_its_use)
{
    ck_assert_expands("(begin (define-syntax my-or (syntax-rules () ((_ a b) "
                      "(let ((t a)) (if t t b))))) (lambda (t) (my-or 1 t)))",
                      "(lambda (t) (let ((t 1)) (if t t t)))");
    Node *node;

    ck_assert_ok(expand("(lambda (t) (my-or 1 t))", &node));
    const Clause *clause = &node->as.lambda->clauses[0];
    const Node *branch = clause->body->as.let.body;

    ck_assert_ptr_eq(branch->as.branch.otherwise->as.local.variable, clause->params[0]);
    ck_assert_ptr_eq(branch->as.branch.test->as.local.variable,
                     clause->body->as.let.variables[0]);
}
END_TEST

START_TEST(a_template_means_what_it_meant_at_its_definition)
{
    Node *node;

    ck_assert_expands("(let ((if list)) (and 1 2))", "(let ((if list)) (if 1 2 #f))");
    ck_assert_expands(
        "(begin (define-syntax my-if (syntax-rules () ((_ a b c) "
        "(cond (a b) (else c))))) (let ((else #f) (cond 1)) (my-if 1 2 3)))",
        "(let ((else #f) (cond 1)) (if 1 2 3))");
    ck_assert_ok(expand("(lambda (x) (let-syntax ((m (syntax-rules () ((m) x)))) "
                        "(lambda (x) (m))))",
                        &node));
    const Clause *outer = &node->as.lambda->clauses[0];
    const Clause *inner = &outer->body->as.lambda->clauses[0];

    ck_assert_ptr_eq(inner->body->as.local.variable, outer->params[0]);
}
END_TEST

START_TEST(keywords_that_are_bound_are_no_keywords)
{
    ck_assert_expands("(let ((=> #f)) (cond (#t => 'ok)))",
                      "(let ((=> #f)) (if #t (begin => 'ok) #<unspecified>))");
    ck_assert_expands("(let ((else #f)) (cond (else 1)))",
                      "(let ((else #f)) (if else 1 #<unspecified>))");
    ck_assert_expands("(let ((unquote 1)) `(,a))",
                      "(let ((unquote 1)) '((unquote a)))");
    ck_assert_expands("(let ((quote car)) '1)", "(let ((quote car)) (quote 1))");
}
END_TEST

START_TEST(quote_turns_identifiers_into_symbols)
{
    ck_assert_expands("(begin (define-syntax q (syntax-rules () ((_ x ...) "
                      "'(a #(b x ...) . c)))) (q 1 (2 3)))",
                      "'(a #(b 1 (2 3)) . c)");
    ck_assert_expands(
        "(begin (define-syntax v (syntax-rules () ((_ x) #(a x)))) (v 1))", "#(a 1)");
    ck_assert_expands(
        "(begin (define-syntax k (syntax-rules () ((_ x) "
        "(case x ((a b) 1))))) (k 5))",
        "(let ((_ 5)) (if (if (eqv? _ 'a) #t (eqv? _ 'b)) 1 #<unspecified>))");
}
END_TEST

START_TEST(definitions_that_a_macro_introduces_are_its_own)
{
    ck_assert_expands(
        "(begin (define-syntax def (syntax-rules () ((_ n v) "
        "(begin (define tmp v) (define n tmp))))) (def a 1) (def b 2) tmp)",
        "(begin (define tmp 1) (define a tmp) (define tmp 2) (define b tmp) "
        "tmp)");
    Node *node;

    ck_assert_ok(expand("(begin (def a 1) tmp)", &node));
    ck_assert(!value_is_eq(node->as.seq.items[0]->as.global.cell,
                           node->as.seq.items[2]->as.global.cell));
    ck_assert(value_is_eq(node->as.seq.items[0]->as.global.cell,
                          node->as.seq.items[1]->as.global.value->as.global.cell));
}
END_TEST

/* ---- syntax-rules ------------------------------------------------------------------------- */

START_TEST(patterns_match_as_the_report_says)
{
    ck_assert_expands("(begin (define-syntax m (syntax-rules () ((_ a b ... c . d) "
                      "'((a) (b ...) (c) d)))) (m 1 2))",
                      "'((1) () (2) ())");
    ck_assert_expands("(m 1 2 3 4 5 . 6)", "'((1) (2 3 4) (5) 6)");
    ck_assert_expands(
        "(begin (define-syntax n (syntax-rules () ((_ #(a b ...) (c d) ...) "
        "'(a (b ...) (c ...) (d ...))))) (n #(1 2 3) (4 5) (6 7)))",
        "'(1 (2 3) (4 6) (5 7))");
    ck_assert_expands("(begin (define-syntax o (syntax-rules () ((_ ((a b ...) ...)) "
                      "'((b ... a) ...)))) (o ((1 2 3) (4) (5 6))))",
                      "'((2 3 1) (4) (6 5))");
    ck_assert_expands("(begin (define-syntax p (syntax-rules () ((_ ((a ...) ...)) "
                      "'(a ... ...)))) (p ((1 2) () (3))))",
                      "'(1 2 3)");
    ck_assert_expands(
        "(begin (define-syntax q (syntax-rules () ((_ \"s\" 1 #\\c) 'yes) "
        "((_ . _) 'no))) (q \"s\" 1 #\\c))",
        "'yes");
    ck_assert_expands("(q \"t\" 1 #\\c)", "'no");
}
END_TEST

START_TEST(ellipses_can_be_escaped_chosen_and_literal)
{
    ck_assert_expands("(begin (define-syntax m (syntax-rules () ((_ a) "
                      "'(a (... ...) (... (a ...)))))) (m 1))",
                      "'(1 ... (1 ...))");
    ck_assert_expands("(begin (define-syntax be-like-begin (syntax-rules () "
                      "((_ name) (define-syntax name (syntax-rules () "
                      "((name expr (... ...)) (begin expr (... ...)))))))) "
                      "(be-like-begin sequence) (sequence 1 2 3 4))",
                      "(begin 1 2 3 4)");
    ck_assert_expands("(begin (define-syntax n (syntax-rules ::: () ((_ a :::) "
                      "'(a ::: ...)))) (n 1 2))",
                      "'(1 2 ...)");
    ck_assert_expands("(begin (define-syntax o (syntax-rules (...) ((_ ...) 'dots) "
                      "((_ a) 'other))) (o ...))",
                      "'dots");
    ck_assert_expands("(o 5)", "'other");
    ck_assert_expands("(begin (define-syntax p (syntax-rules (_) ((p _) 'underscore) "
                      "((p a) 'other))) (p 1))",
                      "'other");
    ck_assert_expands("(p _)", "'underscore");
}
END_TEST

START_TEST(literals_match_by_binding)
{
    ck_assert_expands(
        "(begin (define-syntax m (syntax-rules (else of) ((_ else) 'else) "
        "((_ of) 'of) ((_ x) 'other))) (m else))",
        "'else");
    ck_assert_expands("(m of)", "'of");
    ck_assert_expands("(let ((else 1)) (m else))", "(let ((else 1)) 'other)");
    ck_assert_expands("(let ((of 1)) (m of))", "(let ((of 1)) 'other)");
    ck_assert_expands("(m car)", "'other");
}
END_TEST

START_TEST(variables_with_more_ellipses_than_in_the_pattern_are_distributed)
{
    ck_assert_expands("(begin (define-syntax m (syntax-rules () ((_ (a b ...) ...) "
                      "'(((a b) ...) ...)))) (m (1 2 3) (4 5)))",
                      "'(((1 2) (1 3)) ((4 5)))");
    ck_assert_expands("(begin (define-syntax n (syntax-rules () ((_ (a ...) (b ...)) "
                      "'((a b ...) ...)))) (n (1 2) (3 4)))",
                      "'((1 3 4) (2 3 4))");
}
END_TEST

START_TEST(macros_define_macros)
{
    ck_assert_expands(
        "(begin (define-syntax jabber (syntax-rules () ((_ hatter) "
        "(begin (define march 42) (define-syntax hatter (syntax-rules () ((_) march))))))) "
        "(jabber mad) (mad))",
        "(begin (define march 42) march)");
    Node *node;

    ck_assert_ok(expand("(begin (jabber mad) (mad))", &node));
    ck_assert(value_is_eq(node->as.seq.items[0]->as.global.cell,
                          node->as.seq.items[1]->as.global.cell));
    ck_assert_expands(
        "(letrec-syntax ((even? (syntax-rules () ((_) #t) ((_ x . y) (odd? . y)))) "
        "(odd? (syntax-rules () ((_) #f) ((_ x . y) (even? . y))))) "
        "(even? 1 2 3 4))",
        "#t");
    ck_assert_expands(
        "(begin (let-syntax ((m (syntax-rules () ((_ x) 'x)))) "
        "(define-syntax outer (syntax-rules () ((_ y) (m y))))) (outer 5))",
        "5");
}
END_TEST

START_TEST(long_forms_expand_without_recursion)
{
    Buffer text = {0};
    Node *node;

    li_buffer_push_string(&text, "(begin (define-syntax m (syntax-rules () ((_ x ...) "
                                 "'(x ... end)))) (m");
    for (int i = 0; i < 300000; i += 1)
        li_buffer_push_string(&text, " a");
    li_buffer_push_string(&text, "))");
    ck_assert_ok(expand(li_buffer_c_string(&text), &node));

    li_buffer_clear(&text);
    li_buffer_push_string(&text, "(cond");
    for (int i = 0; i < 20000; i += 1)
        li_buffer_push_string(&text, " ((f) 1)");
    li_buffer_push_string(&text, ")");
    ck_assert_ok(expand(li_buffer_c_string(&text), &node));

    li_buffer_clear(&text);
    li_buffer_push_string(&text, "`(");
    for (int i = 0; i < 300000; i += 1)
        li_buffer_push_string(&text, " a");
    li_buffer_push_string(&text, " ,x)");
    ck_assert_ok(expand(li_buffer_c_string(&text), &node));

    li_buffer_clear(&text);
    li_buffer_push_string(&text, "(lambda ()");
    for (int i = 0; i < 20000; i += 1)
        li_buffer_printf(&text, " (define v%d %d)", i, i);
    li_buffer_push_string(&text, " v77)");
    ck_assert_ok(expand(li_buffer_c_string(&text), &node));
    li_buffer_free(&text);
}
END_TEST

/* ---- Errors ------------------------------------------------------------------------------- */

START_TEST(wrong_forms_are_explained_where_they_stand)
{
    check_fails("(car\n (let 5 6))",
                "test:2:2: let: expected a list of bindings (name value), got 5");
    check_fails("(let ((a)) 6)",
                "test:1:7: let: expected a binding (name value), got (a)");
    check_fails("(let ((a 1) (a 2)) 6)", "test:1:13: let: duplicate name a");
    check_fails(
        "(if)",
        "test:1:1: if: expected 2 or 3 operands, got 0; it is (if test then [else])");
    check_fails(
        "(if 1)",
        "test:1:1: if: expected 2 or 3 operands, got 1; it is (if test then [else])");
    check_fails("(lambda (x x) 1)", "test:1:12: lambda: duplicate parameter x");
    check_fails("(lambda (x 5) 1)",
                "test:1:12: lambda: expected a parameter name, got 5");
    check_fails(
        "(lambda (x))",
        "test:1:1: lambda: expected at least 2 operands, got 1; it is (lambda (name ...) body ...)");
    check_fails("(lambda () (define x 1))",
                "test:1:1: lambda: the body ends without an expression");
    check_fails("else", "error: else used outside cond or case");
    check_fails("(car (else 1))", "test:1:6: else used outside cond or case");
    check_fails("(car (define x 1))",
                "test:1:6: define: not allowed here, among expressions");
    check_fails("(car (import (a)))",
                "test:1:6: import: not allowed here, only at top level");
    check_fails("(cond (else 1) (2 3))",
                "test:1:7: cond: the else clause must be the last one");
    check_fails("(car if)", "test:1:6: a keyword is not a variable: if");
    check_fails("()", "error: () is not an expression; the empty list is written '()");
    check_fails("(car . 1)", "test:1:1: a procedure call must be a proper list");
    check_fails("(set! 5 1)", "test:1:1: set!: expected a variable, got 5");
    check_fails("(quote)",
                "test:1:1: quote: expected 1 operand, got 0; it is (quote datum)");
    check_fails("(syntax-error \"no\" a 5)", "test:1:1: no a 5");
    check_fails("(let () (define a 1) (define a 2) a)",
                "test:1:22: define: defined twice in one body: a");
    check_fails("`,@x", "test:1:2: unquote-splicing: not allowed here, only in a list");
}
END_TEST

START_TEST(wrong_macros_are_explained)
{
    check_fails("(define-syntax m 5)",
                "test:1:1: define-syntax: expected (syntax-rules ...), got 5");
    check_fails(
        "(define-syntax m (syntax-rules () ((_ a a) 1)))",
        "test:1:35: syntax-rules: a pattern variable stands twice in a pattern: a");
    check_fails("(define-syntax m (syntax-rules () ((_ a ...) a)))",
                "test:1:35: syntax-rules: in a template, an ellipsis must follow a");
    check_fails(
        "(define-syntax m (syntax-rules () ((_ a) (a ...))))",
        "test:1:35: syntax-rules: an ellipsis in a template has nothing to repeat");
    check_fails("(define-syntax m (syntax-rules () ((_ a ... b ...) 1)))",
                "test:1:35: syntax-rules: two ellipses in one list of a pattern");
    check_fails("(begin (define-syntax m (syntax-rules () ((_ a) 1))) (car\n (m)))",
                "test:2:2: no rule of this macro matches: (m)");
    check_fails(
        "(begin (define-syntax n (syntax-rules () ((_ (a ...) (b ...)) "
        "'((a b) ...)))) (n (1) (2 3)))",
        "test:1:79: syntax-rules: variables under one ellipsis matched different "
        "numbers of forms");
    check_fails("(begin (define-syntax f (syntax-rules () ((_ x) (f x)))) (f 1))",
                "test:1:58: the expansion of this macro does not end");
}
END_TEST

START_TEST(endless_nesting_is_an_error)
{
    Buffer text = {0};
    Node *node;

    ck_assert_err(
        expand("(begin (define-syntax g (syntax-rules () ((_ x) (car (g x))))) (g 1))",
               &node),
        ERR_RAISED);
    for (int i = 0; i < 300000; i += 1)
        li_buffer_push_string(&text, "(if ");
    for (int i = 0; i < 300000; i += 1)
        li_buffer_push_string(&text, ")");
    ck_assert_err(expand(li_buffer_c_string(&text), &node), ERR_RAISED);
    ck_assert_err(expand("(if . #0=(1 2 #0#))", &node), ERR_RAISED);
    ck_assert_err(expand("(begin . #0=(1 . #0#))", &node), ERR_RAISED);
    ck_assert_err(expand("(lambda #0=(a . #0#) 1)", &node), ERR_RAISED);
    ck_assert_err(expand("`#0=(,a . #0#)", &node), ERR_RAISED);
    ck_assert_err(expand("`(,a #0=(b #0#))", &node), ERR_RAISED);
    ck_assert_err(
        expand("(define-syntax m (syntax-rules () ((_ . #0=(a . #0#)) 1)))", &node),
        ERR_RAISED);
    ck_assert_err(
        expand("(define-syntax m (syntax-rules () ((_) #0=(a . #0#))))", &node),
        ERR_RAISED);
    ck_assert_err(expand("(define-syntax m (syntax-rules () ((_) #0=(a #0#))))", &node),
                  ERR_RAISED);
    li_buffer_free(&text);
}
END_TEST

START_TEST(imported_names_belong_to_their_library)
{
    check_fails("(define car 1)",
                "test:1:1: define: an imported name cannot be defined again: car");
    check_fails("(set! car 1)",
                "test:1:1: set!: an imported variable cannot be assigned: car");
    check_fails(
        "(define-syntax if 1)",
        "test:1:1: define-syntax: an imported name cannot be defined again: if");

    environment = new_environment(ENVIRONMENT_INTERACTIVE);
    ck_assert_expands("(begin (define (car x) (cdr x)) (car 1))",
                      "(begin (define car (lambda:car (x) (cdr x))) (car 1))");
    ck_assert_expands("(set! cdr 1)", "(set! cdr 1)");
    check_fails(
        "(define cond (if))",
        "test:1:14: if: expected 2 or 3 operands, got 0; it is (if test then [else])");
    ck_assert_expands("(cond (1 2) (else 3))", "(if 1 2 3)");
    ck_assert_expands("(define if 1)", "(define if 1)");
}
END_TEST

START_TEST(a_program_may_redefine_what_it_did_not_import_itself)
{
    Value before, after, cdr;

    environment = new_environment(ENVIRONMENT_PROGRAM | ENVIRONMENT_IMPLICIT);
    Value car = test_symbol(&test.heap, "car");

    ck_assert(li_environment_lookup(environment, car, &before));
    ck_assert(li_global_has_flag(value_to_global(before), GLOBAL_CONSTANT));
    ck_assert_ok(li_program_prescan(
        vm, environment, read_placed("(begin (define (car x) (set! cdr x)))")));
    ck_assert(li_environment_lookup(environment, car, &after));
    ck_assert(!value_is_eq(before, after));
    ck_assert(
        value_is_eq(value_to_global(before)->value, value_to_global(after)->value));
    ck_assert(!li_global_has_flag(value_to_global(after), GLOBAL_CONSTANT));
    ck_assert(li_environment_lookup(environment, test_symbol(&test.heap, "cdr"), &cdr));
    ck_assert(!li_global_has_flag(value_to_global(cdr), GLOBAL_CONSTANT));
    ck_assert_err(li_program_prescan(vm, environment, read_placed("#0=(begin #0#)")),
                  ERR_RAISED);
}
END_TEST

/* ---- Libraries ---------------------------------------------------------------------------- */

START_TEST(importing_a_library_runs_its_body_once)
{
    ck_assert_expands("(import (lib two))",
                      "(begin (define f (lambda:f (x) (car x))) "
                      "(define g (lambda:g (x) (begin (set! count x) (cdr x)))) "
                      "(define count 0) (define list2 (lambda:list2 (a b) a)) "
                      "(define library-ready '(lib one)) (define k (f '(1))) "
                      "(define library-ready '(lib two)))");
    ck_assert_expands("(begin (import (lib 3)) (import (lib 3)) x)",
                      "(begin (define x 'yes) (define library-ready '(lib 3)) x)");
}
END_TEST

START_TEST(a_library_that_did_not_run_is_loaded_again)
{
    char *first = expand_to_text("(import (lib one))");
    char *second;

    environment = new_environment(ENVIRONMENT_PROGRAM);
    second = expand_to_text("(import (lib one))");
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
}
END_TEST

START_TEST(exported_variables_are_constant_unless_assigned)
{
    Value binding, g;
    Node *node;

    ck_assert_ok(
        expand("(begin (import (prefix (rename (only (lib one) f h m) (h hh)) l:)) "
               "(l:m 1))",
               &node));
    ck_assert(
        li_environment_lookup(environment, test_symbol(&test.heap, "l:f"), &binding));
    ck_assert(li_global_has_flag(value_to_global(binding), GLOBAL_CONSTANT));
    ck_assert(li_environment_lookup(environment, test_symbol(&test.heap, "l:hh"), &g));
    const Node *call = node->as.seq.items[node->as.seq.count - 1];
    Value count = call->as.call.args[1]->as.global.cell;

    ck_assert(li_global_has_flag(value_to_global(count), GLOBAL_ASSIGNED));
    ck_assert(!li_global_has_flag(value_to_global(count), GLOBAL_CONSTANT));
}
END_TEST

START_TEST(a_library_that_fails_is_forgotten)
{
    const char *message =
        "lib/bad.sld:2:20: if: expected 2 or 3 operands, got 0; it is (if test then [else])";

    check_fails("(import (lib one) (lib bad))", message);
    check_fails("(import (lib bad))", message);
    ck_assert(!li_library_find(li_expander_libraries(vm->expander),
                               read_text("(lib one)"), &(Value){0}));
    check_fails(
        "(import (lib loop))",
        "lib/pool.sld:1:45: import: a library imports itself, by way of others: "
        "(lib loop)");
    check_fails("(import (lib none))",
                "lib/none.sld:1:36: export: the library does not "
                "define z");
    check_fails("(import (lib other))",
                "test:1:9: the file lib/other.sld does not define (lib other)");
    check_fails("(import (only (lib one) zzz))",
                "test:1:9: only: the import set has no such name: zzz");
}
END_TEST

START_TEST(an_unknown_library_is_searched_where_the_path_says)
{
    check_fails("(import (no such))", "test:1:9: no library (no such)");
    ck_assert_ok(
        li_libraries_add_path(li_expander_libraries(vm->expander), "/tmp/x", false));
    ck_assert_ok(li_libraries_add_path(li_expander_libraries(vm->expander), "y", true));
    check_fails(
        "(import (no such 1))",
        "test:1:9: no library (no such 1): looked for no/such/1.sld in y, /tmp/x");
    check_fails("(import (no |..|))",
                "test:1:9: no library (no ..): looked for no/ in y, /tmp/x");
}
END_TEST

START_TEST(libraries_can_be_defined_beside_the_program)
{
    ck_assert_expands(
        "(begin (define-library (my lib) (export a) (import (limpet core)) "
        "(begin (define a 1))) (import (my lib)) a)",
        "(begin (define a 1) (define library-ready '(my lib)) a)");
    check_fails("(import (rename (my lib) (a car)))",
                "test:1:9: import: an earlier import has another meaning for car");
    environment = new_environment(ENVIRONMENT_INTERACTIVE);
    ck_assert_expands(
        "(import (rename (my lib) (a car)))",
        "(begin (define a 1) (define library-ready '(my lib)) (define car a))");
}
END_TEST

START_TEST(a_macro_can_make_an_import)
{
    ck_assert_expands("(begin (define-syntax imp (syntax-rules () ((_ n) "
                      "(import (rename (only (lib 3) x) (x n)))))) (imp here) here)",
                      "(begin (define x 'yes) (define library-ready '(lib 3)) x)");
}
END_TEST

START_TEST(cond_expand_chooses_by_features)
{
    ck_assert_expands("(cond-expand (no 1) ((and r7rs (not no)) 2) (else 3))", "2");
    ck_assert_expands("(car (cond-expand ((or no (library (limpet core))) 4)))",
                      "(car 4)");
    ck_assert_expands("(cond-expand (no 1))", "#<unspecified>");
}
END_TEST

START_TEST(names_that_are_nearly_right_are_suggested)
{
    Value closest;

    ck_assert(li_environment_suggest(
        environment, test_symbol(&test.heap, "vector-lenght"), &closest));
    ck_assert_prints(closest, PRINT_WRITE, "vector-length");
    ck_assert(li_environment_suggest(environment, test_symbol(&test.heap, "lamda"),
                                     &closest));
    ck_assert_prints(closest, PRINT_WRITE, "lambda");
    ck_assert(!li_environment_suggest(environment, test_symbol(&test.heap, "qqqqqq"),
                                      &closest));
}
END_TEST

START_TEST(expansion_survives_every_failing_allocation)
{
    static const char text[] =
        "(begin (define-syntax m (syntax-rules () ((_ (a b ...) ...) '(#(a (b ...)) ...)))) "
        "(define (f x) (let loop ((i `(1 ,x))) (if x (loop (m (1 2) (3))) (do () (x))))) "
        "(define-record-type p (q a) r (a b c)))";
    TopForm form = {.datum = read_placed(text), .environment = environment};

    for (uint64_t n = 1;; n += 1) {
        Node *node;
        Status status;

        immix_fail_after(test.heap.immix, n);
        status = li_expand(vm, &arena, &form, &node);
        immix_fail_after(test.heap.immix, 0);
        li_arena_reset(&arena);
        vm->condition = VALUE_FALSE;
        if (status == OK)
            break;
        ck_assert(status == ERR_NO_MEMORY || status == ERR_RAISED);
    }
}
END_TEST

TEST_MAIN(
    "expander", expander_setup, expander_teardown,
    constants_and_variables_expand_to_themselves, conditionals_expand_to_if,
    procedures_are_named_by_what_they_are_bound_to,
    the_let_family_expands_to_let_and_letrec, bodies_with_definitions_become_letrec,
    quasiquote_makes_few_calls, promises_and_records_call_the_primitives,
    a_template_does_not_capture_the_names_of_its_use,
    a_template_means_what_it_meant_at_its_definition,
    keywords_that_are_bound_are_no_keywords, quote_turns_identifiers_into_symbols,
    definitions_that_a_macro_introduces_are_its_own, patterns_match_as_the_report_says,
    ellipses_can_be_escaped_chosen_and_literal, literals_match_by_binding,
    variables_with_more_ellipses_than_in_the_pattern_are_distributed,
    macros_define_macros, long_forms_expand_without_recursion,
    wrong_forms_are_explained_where_they_stand, wrong_macros_are_explained,
    endless_nesting_is_an_error, imported_names_belong_to_their_library,
    a_program_may_redefine_what_it_did_not_import_itself,
    importing_a_library_runs_its_body_once, a_library_that_did_not_run_is_loaded_again,
    exported_variables_are_constant_unless_assigned, a_library_that_fails_is_forgotten,
    an_unknown_library_is_searched_where_the_path_says,
    libraries_can_be_defined_beside_the_program, a_macro_can_make_an_import,
    cond_expand_chooses_by_features, names_that_are_nearly_right_are_suggested,
    expansion_survives_every_failing_allocation)
