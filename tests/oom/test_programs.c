/* test_programs.c - programs whose n-th allocation fails, for n = 1, 2, ...: each run ends in a
 * clean error or in the right result, and the interpreter can be closed. */
#include "tests/api/support.h"

/* Something of everything: macros, closures, strings, bignums, errors, continuations, ports. */
static const char program[] =
    "(import (scheme base) (scheme write) (scheme read) (scheme eval) (scheme lazy)\n"
    "        (limpet sort))\n"
    "(define-syntax swap! (syntax-rules () ((_ a b) (let ((t a)) (set! a b) (set! b t)))))\n"
    "(define-record-type point (make-point x y) point? (x point-x) (y point-y))\n"
    "(define (f x . rest) (let ((y 1)) (swap! x y) (list x y rest)))\n"
    "(define s (string-append \"abc\" (number->string (expt 7 100)) \"\\x3bb;\"))\n"
    "(define p (open-output-string))\n"
    "(write (list s (f 2 3) (point-x (make-point 1.5e300 #\\a))) p)\n"
    "(define k #f)\n"
    "(define n 0)\n"
    "(+ 1 (call/cc (lambda (c) (set! k c) 1)))\n"
    "(if (< n 3) (begin (set! n (+ n 1)) (k n)))\n"
    "(define caught (guard (e (#t 'caught)) (vector-ref (vector 1 2) 5)))\n"
    "(define sorted (map (lambda (x) (* x x)) '(3 1 2)))\n"
    "(define-values (q r) (floor/ (expt 10 30) 7))\n"
    "(define read-back (read (open-input-string \"(a #(1 2.5) \\\"s\\\" . #u8(1 2))\")))\n"
    "(define made (eval '(let loop ((i 0) (l '())) (if (< i 40) (loop (+ i 1) (cons i l)) l))\n"
    "                   (environment '(scheme base))))\n"
    "(define put-in-order (list-sort < (map (lambda (x) (modulo (* x 37) 41)) made)))\n"
    "(define param (make-parameter 1))\n"
    "(define wound (parameterize ((param 2))\n"
    "  (dynamic-wind (lambda () #f) (lambda () (param)) (lambda () #f))))\n"
    "(define forced (force (delay (string->symbol (string #\\n #\\e #\\w)))))\n"
    "(define table (make-vector 2000 forced))\n"
    "(define raised (guard (e ((symbol? e) e)) (raise 'oops)))\n"
    "(define again (with-exception-handler (lambda (e) 10)\n"
    "  (lambda () (+ 1 (raise-continuable 'c)))))\n"
    "(write (list read-back (length put-in-order) wound (vector-ref table 9) raised again))\n"
    "(write (list caught sorted q (string-length (get-output-string p))))\n";

enum {
#if defined(__SANITIZE_ADDRESS__) || defined(LIMPET_DEBUG)
    STEP_PART = 64,
#else
    STEP_PART = 1 << 30,
#endif
};

static InterpStatus evaluate(Interp *interp, void *context)
{
    interp_ref result;
    (void)context;

    return interp_eval_string(interp, "oom", program, sizeof program - 1, &result);
}

/* True if the program came to its end. */
static bool run_failing(uint64_t n)
{
    static Console console;
    InterpOptions options = console_options(&console);
    Interp *interp = NULL;

    memset(&console, 0, sizeof console);
    options.fail_alloc = n;
    options.stress = 0;
    if (interp_open(&options, &interp) != INTERP_OK)
        return false;
    InterpStatus status = interp_session(interp, evaluate, NULL);
    ck_assert_msg(status == INTERP_OK || status == INTERP_NO_MEMORY
                      || status == INTERP_ERROR,
                  "allocation %d: %s", (int)n, interp_status_text(status));
    if (status == INTERP_OK && interp_flush(interp) == INTERP_OK)
        ck_assert_str_eq(console.output,
                         "((a #(1 2.5) \"s\" . #u8(1 2)) 40 2 new oops 11)"
                         "(caught (9 1 4) 142857142857142857142857142857 111)");
    else
        ck_assert_str_ne(interp_last_error(interp)->message, "");
    interp_close(interp);
    return status == INTERP_OK;
}

START_TEST(every_failing_allocation_ends_cleanly)
{
    uint64_t n = 1;

    /* Each of them; where a run takes long, each for a while and then in growing steps. */
    while (!run_failing(n) && n < 10000000)
        n += 1 + n / STEP_PART;
    ck_assert_uint_gt(n, 100);
    ck_assert_uint_lt(n, 10000000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oom programs");
    TCase *programs = tcase_create("programs");

    tcase_set_timeout(programs, 600);
    tcase_add_test(programs, every_failing_allocation_ends_cleanly);
    suite_add_tcase(suite, programs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
