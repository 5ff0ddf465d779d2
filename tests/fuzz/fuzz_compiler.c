/* fuzz_compiler.c - libFuzzer: a program means the same however much of it is optimised away.
 *
 * The input chooses an expression, which is written down twice: plainly, as a program, where
 * primitives are known and constants fold; and for the prompt, with every part wrapped in a call of
 * a global procedure `id` that the compiler cannot see through. Both must print the same.
 *
 * Every procedure spends fuel on entry, so that all expressions end. What is printed is a digest
 * of bounded size, with the name of the procedure that found an error, if one did. Running out of memory says nothing, and is left aside.
 */
#define _GNU_SOURCE /* memmem */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interp.h"

enum {
    HEAP_BYTES = 32 << 20,
    TEXT_BYTES = 1 << 16,
    MAX_DEPTH = 10,
    MAX_SCOPE = 24
};

/* ---- Text that forgets what does not fit ---- */

typedef struct Out {
    char bytes[TEXT_BYTES];
    size_t length;
    bool is_full;
} Out;

static void out_bytes(Out *out, const char *bytes, size_t count)
{
    if (count > sizeof out->bytes - out->length) {
        out->is_full = true;
        return;
    }
    memcpy(out->bytes + out->length, bytes, count);
    out->length += count;
}

/* ---- The generator ---- */

typedef struct Generator {
    const uint8_t *data;
    size_t size, at;
    Out *plain, *wrapped;
    unsigned scope; /* variables v0 .. are bound here */
    unsigned depth;
} Generator;

static unsigned choose(Generator *g, unsigned count)
{
    return g->at < g->size ? g->data[g->at++] % count : 0;
}

static void put(Generator *g, const char *text)
{
    out_bytes(g->plain, text, strlen(text));
    out_bytes(g->wrapped, text, strlen(text));
}

static void put_variable(Generator *g, unsigned index)
{
    char name[16];

    snprintf(name, sizeof name, " v%u ", index);
    put(g, name);
}

static void expression(Generator *g);

static void constant(Generator *g)
{
    static const char *const constants[] = {
        "0",
        "1",
        "2",
        "-1",
        "7",
        "#f",
        "#t",
        "'()",
        "'(1 2 3)",
        "1.5",
        "-0.0",
        "2305843009213693951",
        "-2305843009213693952",
        "4611686018427387904",
        "\"ab\"",
        "#\\a",
        "'a",
        "'#(1 2)",
        "1e300",
        "+nan.0",
        "100000000000000000000",
    };

    put(g, " ");
    put(g, constants[choose(g, sizeof constants / sizeof *constants)]);
    put(g, " ");
}

static void variable(Generator *g)
{
    if (g->scope == 0)
        constant(g);
    else
        put_variable(g, g->scope - 1 - choose(g, g->scope));
}

static void assignment(Generator *g)
{
    if (g->scope == 0) {
        constant(g);
        return;
    }
    put(g, "(begin (set!");
    put_variable(g, g->scope - 1 - choose(g, g->scope));
    expression(g);
    put(g, ")");
    expression(g);
    put(g, ")");
}

static void operation(Generator *g)
{
    static const char *const unary[] = {
        "not",
        "car",
        "cdr",
        "null?",
        "pair?",
        "zero?",
        "positive?",
        "negative?",
        "vector?",
        "procedure?",
        "symbol?",
        "string?",
        "char?",
        "list",
        "vector",
        "vector-length",
        "string-length",
        "abs",
        "inexact",
        "boolean?",
        "number?",
        "cadr",
        "cddr",
        "char->integer",
        "length",
        "reverse",
        "values",
        "even?",
        "odd?",
        "square",
        "integer?",
        "string->symbol",
        "symbol->string",
        "floor",
        "eof-object?",
        "exact-integer?",
    };
    static const char *const binary[] = {
        "+",         "-",
        "<",         "<=",
        "=",         ">",
        ">=",        "cons",
        "list",      "eqv?",
        "equal?",    "vector-ref",
        "quotient",  "remainder",
        "modulo",    "max",
        "min",       "string-ref",
        "memv",      "append",
        "set-car!",  "floor/",
        "list-tail", "vector",
        "map",       "floor-quotient",
        "/",         "apply",
    };
    unsigned kind = choose(g, 3);

    put(g, "(");
    put(g, kind == 0 ? unary[choose(g, sizeof unary / sizeof *unary)]
                     : binary[choose(g, sizeof binary / sizeof *binary)]);
    put(g, " ");
    expression(g);
    if (kind == 1)
        constant(g);
    else if (kind == 2)
        expression(g);
    put(g, ")");
}

/* Writes a template: `@` is an expression, `$` a constant, `{` a new variable and its name, `^`
 * the name of the newest, `~` of the one before it; `}` ends the scope of the newest. */
static void fill(Generator *g, const char *shape)
{
    for (const char *at = shape; *at != '\0'; at += 1) {
        char text[2] = {*at, '\0'};

        switch (*at) {
        case '@': expression(g); break;
        case '$': constant(g); break;
        case '{': put_variable(g, g->scope++); break;
        case '^': put_variable(g, g->scope - 1); break;
        case '~': put_variable(g, g->scope - 2); break;
        case '}': g->scope -= 1; break;
        default: put(g, text); break;
        }
    }
}

static void shape(Generator *g)
{
    static const char *const shapes[] = {
        "(if @ @ @)",
        "(if (not @) @ @)",
        "(let (({ @)) @)}",
        "(begin @ @)",
        "(lambda ({) (tick!) @)}",
        "(lambda { (tick!) @)}",
        "((lambda ({ {) (tick!) @) @ @)}}",
        "(@ @)",
        "(@ @ @)",
        "(letrec (({ (lambda ({) (tick!) @}))) @)}",
        "(letrec (({ (lambda ({ {) (tick!) @}})) ({ (lambda ({) (tick!) @}))) @)}}",
        "(let loop (({ 5) ({ @)) (tick!) (if (eqv? ~ 0) @ (loop (- ~ 1) @)))}}",
        "(let { (({ @)) (tick!) (if @ @ (~ @)))}}",
        "(call/cc (lambda ({) @))}",
        "(and @ @)",
        "(or @ @ @)",
        "(cond (@ @) (@ => @) (else @))",
        "(case @ ((1 2 a) @) ((#f ()) => @) (else @))",
        "(guard ({ (#t @)) @)}",
        "(guard ({ (@ @)) @)}",
        "(let-values ((({ {) (values @ @))) @)}}",
        "(call-with-values (lambda () (values @ @)) (lambda ({ {) @))}}",
        "(do (({ 0 (+ ^ 1)) ({ '() (cons @ ^))) ((= ~ 3) ^) (tick!) @)}}",
        "(let () (define { @) (define { @) @)}}",
        "(raise-continuable @)",
        "(with-exception-handler (lambda ({) @) (lambda () @))}",
        "(dynamic-wind (lambda () (tick!)) (lambda () @) (lambda () @))",
        "((case-lambda (() @) (({) @}) (({ . {) @}})) @)",
        "(map (lambda ({) (tick!) @) (list @ @))}",
        "(let (({ (vector @ @))) (vector-set! ^ 0 @) @)}",
        "(apply @ (list @ @))",
        "(* @ $)",
        "`(, @ , @ . , @)",
    };

    fill(g, shapes[choose(g, sizeof shapes / sizeof *shapes)]);
}

static void expression(Generator *g)
{
    static const char open[] = "(id ";

    out_bytes(g->wrapped, open, sizeof open - 1);
    g->depth += 1;
    if (g->depth > MAX_DEPTH || g->at >= g->size) {
        variable(g);
    } else {
        switch (choose(g, 8)) {
        case 0: variable(g); break;
        case 1: constant(g); break;
        case 2:
        case 3: operation(g); break;
        case 4: assignment(g); break;
        default:
            if (g->scope + 4 < MAX_SCOPE)
                shape(g);
            else
                variable(g);
            break;
        }
    }
    g->depth -= 1;
    out_bytes(g->wrapped, ")", 1);
}

/* ---- The two programs ---- */

static const char prelude[] =
    "(define fuel 200)"
    "(define (tick!) (set! fuel (- fuel 1)) (if (< fuel 0) (raise 'fuel)))"
    "(define (id x) x)"
    "(define (digest x n)"
    " (cond ((= n 0) '...)"
    "  ((pair? x) (list 'pair (digest (car x) (- n 1)) (digest (cdr x) (- n 1))))"
    "  ((vector? x) (list 'vector (vector-length x)"
    "    (if (> (vector-length x) 0) (digest (vector-ref x 0) (- n 1)) #f)))"
    "  ((procedure? x) 'procedure)"
    "  ((error-object? x) 'error)"
    "  (else x)))"
    "(define (show x) (write (digest x 6)) (newline))"
    "(define (outcome thunk)"
    " (show (call-with-current-continuation (lambda (k)"
    "  (with-exception-handler (lambda (e) (k (list 'raised e))) thunk)))))";

typedef struct Run {
    const char *text;
    size_t length, read;
    Out output;
} Run;

static ptrdiff_t read_program(void *context, char *bytes, size_t capacity)
{
    Run *run = context;
    size_t left = run->length - run->read;
    size_t count = left < capacity ? left : capacity;

    memcpy(bytes, run->text + run->read, count);
    run->read += count;
    return (ptrdiff_t)count;
}

static bool take_output(void *context, const char *bytes, size_t count)
{
    Run *run = context;

    out_bytes(&run->output, bytes, count);
    return true;
}

static InterpStatus evaluate(Interp *interp, void *context)
{
    Run *run = context;
    interp_ref result;

    return interp_eval_string(interp, "fuzz", run->text, run->length, &result);
}

static InterpStatus run_text(Run *run, bool as_program)
{
    InterpOptions options = {
        .max_heap_bytes = HEAP_BYTES,
        .input = {.kind = INTERP_STREAM_CALLBACK, .read = read_program, .context = run},
        .output = {.kind = INTERP_STREAM_CALLBACK,
                   .write = take_output,
                   .context = run},
        .error.kind = INTERP_STREAM_NONE,
    };
    Interp *interp;
    InterpStatus status;

    if (interp_open(&options, &interp) != INTERP_OK)
        abort();
    status = as_program ? interp_run_input(interp, "fuzz")
                        : interp_session(interp, evaluate, run);
    interp_close(interp);
    return status;
}

/* ---- One input ---- */

static bool says_nothing(const Run *run, InterpStatus status)
{
    return status == INTERP_NO_MEMORY
        || memmem(run->output.bytes, run->output.length, "out of memory", 13) != NULL;
}

static void compare(const Out *plain, const Out *wrapped)
{
    Run *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);

    if (a == NULL || b == NULL)
        abort();
    *a = (Run){.text = plain->bytes, .length = plain->length};
    *b = (Run){.text = wrapped->bytes, .length = wrapped->length};
    InterpStatus a_status = run_text(a, true);
    InterpStatus b_status = run_text(b, false);
    if (!says_nothing(a, a_status) && !says_nothing(b, b_status)
        && (a_status != b_status || a->output.length != b->output.length
            || memcmp(a->output.bytes, b->output.bytes, a->output.length) != 0)) {
        fprintf(stderr, "%.*s\n%s: %.*s\n%.*s\n%s: %.*s\n", (int)plain->length,
                plain->bytes, interp_status_text(a_status), (int)a->output.length,
                a->output.bytes, (int)wrapped->length, wrapped->bytes,
                interp_status_text(b_status), (int)b->output.length, b->output.bytes);
        abort();
    }
    free(a);
    free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char import[] =
        "(import (scheme base) (scheme case-lambda) (scheme write))";
    Out *plain = calloc(1, sizeof *plain), *wrapped = calloc(1, sizeof *wrapped);
    Generator g = {.data = data, .size = size, .plain = plain, .wrapped = wrapped};

    if (plain == NULL || wrapped == NULL)
        abort();
    out_bytes(plain, import, sizeof import - 1);
    put(&g, prelude);
    put(&g, "(outcome (lambda ()");
    expression(&g);
    put(&g, "))");
    if (!plain->is_full && !wrapped->is_full)
        compare(plain, wrapped);
    free(plain);
    free(wrapped);
    return 0;
}
