/* test_programs.c - programs whose n-th allocation fails, for n = 1, 2, ...: each run ends in a
 * clean error or in the right result, and the interpreter can be closed.
 *
 * In one sweep all later allocations fail too. In the other just one does: then the machine
 * finds room by a collection, or the program catches the error and goes on. */
#include <stdio.h>
#include <unistd.h>

#include "tests/api/support.h"

typedef struct Program {
    const char *text, *output;
} Program;

/* Something of everything: macros, closures, strings, bignums, errors, continuations, ports. */
static const char everything[] =
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

static const char weak_things[] =
    "(import (scheme base) (scheme write) (limpet weak) (limpet misc) (srfi 124))\n"
    "(define kept (list 1 2))\n"
    "(define pair (weak-cons kept (list 3)))\n"
    "(define e (make-ephemeron kept (list 'datum)))\n"
    "(define g (make-guardian))\n"
    "(g (list 'lost))\n"
    "(g (list 'other) 'representative)\n"
    "(define t (make-weak-eqv-hashtable))\n"
    "(define keys (let loop ((i 0)) (if (= i 60) '() (cons (list i) (loop (+ i 1))))))\n"
    "(for-each (lambda (key) (weak-hashtable-set! t key (list key))) keys)\n"
    "(weak-hashtable-set! t (expt 10 30) 'big)\n"
    "(weak-hashtable-update! t kept (lambda (v) (cons 1 v)) '())\n"
    "(gc)\n"
    "(define copy (weak-hashtable-copy t))\n"
    "(define back (let* ((a (g)) (b (g))) (if (symbol? a) (list a b) (list b a))))\n"
    "(define sum (weak-hashtable-fold (lambda (key value n) (+ n 1)) 0 copy))\n"
    "(weak-hashtable-clear! t)\n"
    "(write (list (weak-car pair) (ephemeron-datum e) back sum\n"
    "             (length (weak-hashtable-keys copy)) (weak-hashtable-count t)))\n";

static const char tables[] =
    "(import (scheme base) (scheme write) (scheme char) (srfi 69))\n"
    "(define (fill table make)\n"
    "  (do ((i 0 (+ i 1))) ((= i 40) table)\n"
    "    (hash-table-update!/default table (make (modulo i 30)) (lambda (n) (+ n i)) 0)))\n"
    "(define deep (fill (make-hash-table) (lambda (i) (list i (number->string i)))))\n"
    "(define folded (fill (make-hash-table string-ci=?)\n"
    "                     (lambda (i) (string-append \"\\xc4;\" (number->string i)))))\n"
    "(define own (fill (make-hash-table (lambda (a b) (= a b)) (lambda (n) (modulo n 4)))\n"
    "                  (lambda (i) i)))\n"
    "(define copy (hash-table-merge! (hash-table-copy own) own))\n"
    "(hash-table-delete! copy 3)\n"
    "(hash-table-walk deep (lambda (key value) (hash-table-delete! deep key)))\n"
    "(write (list (hash-table-size deep) (length (hash-table->alist folded))\n"
    "             (hash-table-fold copy (lambda (key value sum) (+ value sum)) 0)\n"
    "             (apply + (hash-table-keys own)) (apply + (hash-table-values own))))\n";

static const char numbers[] =
    "(import (scheme base) (scheme write) (scheme inexact) (scheme complex))\n"
    "(define big (expt 7 150))\n"
    "(define text (number->string big 16))\n"
    "(define-values (root rest) (exact-integer-sqrt big))\n"
    "(define thirds (map (lambda (i) (/ big (* 3 i))) '(1 2 9)))\n"
    "(define z (* (make-rectangular 1/2 big) (make-rectangular 3 -1/3)))\n"
    "(write (list (= big (string->number text 16)) (= big (+ (* root root) rest))\n"
    "             (gcd big (expt 21 20)) (= (* 3 (apply + thirds)) (* 29/18 big))\n"
    "             (exact? (real-part z)) (exact (floor 1e30)) (modulo (- big) 1000007)\n"
    "             (number->string 1/3) (inexact (/ big (+ big 1))) (exp 0)\n"
    "             (quotient (* big big) big) (sqrt (* big big))))\n";

static const char ports[] =
    "(import (scheme base) (scheme write) (scheme read) (scheme char))\n"
    "(define out (open-output-string))\n"
    "(for-each (lambda (i) (write i out) (write-char #\\x3bb out)) '(1 \"two\" #(3.5)))\n"
    "(define text (string-upcase (get-output-string out)))\n"
    "(define in (open-input-string (string-append text \"\\nnext line\\n(a . b) \")))\n"
    "(define line (read-line in))\n"
    "(define four (read-string 4 in))\n"
    "(read-line in)\n"
    "(define datum (read in))\n"
    "(define bytes (let ((port (open-output-bytevector)))\n"
    "  (let loop ((i 0)) (if (< i 3000) (begin (write-u8 (modulo i 256) port) (loop (+ i 1)))))\n"
    "  (get-output-bytevector port)))\n"
    "(define more (let ((port (open-input-bytevector bytes)))\n"
    "  (read-u8 port) (bytevector-length (read-bytevector 2500 port))))\n"
    "(define copy (utf8->string (string->utf8 text)))\n"
    "(write (list line four datum more (string=? copy text) (eof-object? (read in))))\n";

/* What it defines once is compiled for all of it: only run_program() does that. */
static const char whole[] =
    "(import (scheme base) (scheme write) (scheme case-lambda))\n"
    "(define-syntax while\n"
    "  (syntax-rules () ((_ c b ...) (let lp () (when c b ... (lp))))))\n"
    "(define-record-type <queue> (make-queue front back) queue?\n"
    "  (front front set-front!) (back back set-back!))\n"
    "(define (push! q x) (set-back! q (cons x (back q))))\n"
    "(define (pop! q)\n"
    "  (if (null? (front q)) (begin (set-front! q (reverse (back q))) (set-back! q '())))\n"
    "  (let ((x (car (front q)))) (set-front! q (cdr (front q))) x))\n"
    "(define add (case-lambda ((a) a) ((a b) (+ a b)) ((a . r) (+ a (apply add r)))))\n"
    "(define q (make-queue '() '()))\n"
    "(define (even-one? n) (if (= n 0) #t (odd-one? (- n 1))))\n"
    "(define (odd-one? n) (if (= n 0) #f (even-one? (- n 1))))\n"
    "(define sum 0)\n"
    "(let ((i 0)) (while (< i 50) (push! q (vector i)) (set! i (+ i 1))))\n"
    "(let ((i 0)) (while (< i 50) (set! sum (add sum 1 (vector-ref (pop! q) 0))) (set! i (+ i 1))))\n"
    "(define (tree n) (if (= n 0) '() (cons (tree (- n 1)) (list (tree (- n 1))))))\n"
    "(define-values (low high) (floor/ sum 7))\n"
    "(write (list sum low high (even-one? 100) `(1 ,@(map add '(1 2)) ,(length (tree 4)))))\n";

/* What fails is caught, and done again. */
static const char survivor[] =
    "(import (scheme base) (scheme write) (scheme read))\n"
    "(define caught 0)\n"
    "(define (again thunk)\n"
    "  (let ((result (call/cc (lambda (k)\n"
    "                  (with-exception-handler\n"
    "                    (lambda (e) (k again))\n"
    "                    thunk)))))\n"
    "    (if (eq? result again) (begin (set! caught (+ caught 1)) (again thunk)) result)))\n"
    "(define (numbers n) (let loop ((i 0) (l '())) (if (= i n) l (loop (+ i 1) (cons i l)))))\n"
    "(define a (again (lambda () (apply + (map * (numbers 40) (numbers 40))))))\n"
    "(define b (again (lambda () (string-length (number->string (expt 3 400))))))\n"
    "(define c (again (lambda () (vector-length (vector-map list (make-vector 2000 1))))))\n"
    "(define d (again (lambda () (symbol->string (string->symbol (make-string 20 #\\z))))))\n"
    "(define e (again (lambda () (read (open-input-string \"(1 #(2 3) \\\"s\\\")\")))))\n"
    "(define f (again (lambda () (let loop ((i 0)) (if (= i 300) '() (cons i (loop (+ i 1))))))))\n"
    "(write (list a b c d e (length f)))\n";

#define BIG                                                            \
    "5817092933824343165432524003391691164919859649719340532627567207" \
    "607656859034356995566589707894210757866827613621721127496191249"

enum {
    PROGRAMS = 7,
    WHOLE = 5,
    /* The first two are the host's tables of refs and of scopes. */
    FIRST_OF_PROGRAM = 3,
};

static const Program programs[PROGRAMS] = {
    {everything, "((a #(1 2.5) \"s\" . #u8(1 2)) 40 2 new oops 11)"
                 "(caught (9 1 4) 142857142857142857142857142857 111)"},
    {tables, "(0 30 744 435 780)"},
    {weak_things, "((1 2) (datum) (representative (lost)) 61 61 0)"},
    {numbers,
     "(#t #t 79792266297612001 #t #t 1000000000000000019884624838656 344641 \"1/3\" 1.0 1 " BIG
     " " BIG ")"},
    {ports,
     "(\"1\xce\x9b\\\"TWO\\\"\xce\x9b#(3.5)\xce\x9b\" \"next\" (a . b) 2500 #t #t)"},
    {whole, "(1275 182 1 #t (1 1 2 2))"},
    {survivor, "(20540 191 2000 \"zzzzzzzzzzzzzzzzzzzz\" (1 #(2 3) \"s\") 300)"},
};

enum {
#if defined(__SANITIZE_ADDRESS__) || defined(LIMPET_DEBUG)
    STEP_PART = 64,
#else
    STEP_PART =
        1 << 30, /* every single one, of the program that has something of all */
#endif
    SMALL_PART = 32,
};

static char path[] = "/tmp/limpet-oom-XXXXXX";

static bool write_program(void)
{
    int fd = mkstemp(path);
    bool written = fd >= 0 && write(fd, whole, sizeof whole - 1) == sizeof whole - 1;

    return fd >= 0 && close(fd) == 0 && written;
}

static InterpStatus evaluate(Interp *interp, void *text)
{
    interp_ref result;

    return interp_eval_string(interp, "oom", text, strlen(text), &result);
}

static InterpStatus run(Interp *interp, int number)
{
    if (number == WHOLE)
        return interp_run_program(interp, path);
    return interp_session(interp, evaluate, (void *)(uintptr_t)programs[number].text);
}

/* True if the program came to its end. */
static bool run_failing(int number, uint64_t n, unsigned count)
{
    static Console console;
    InterpOptions options = console_options(&console);
    Interp *interp = NULL;

    memset(&console, 0, sizeof console);
    options.fail_alloc = n;
    options.fail_alloc_count = count;
    options.stress = 0;
    if (interp_open(&options, &interp) != INTERP_OK)
        return false;
    InterpStatus status = run(interp, number);
    ck_assert_msg(
        status == INTERP_OK || status == INTERP_NO_MEMORY || status == INTERP_ERROR,
        "program %d, allocation %d: %s", number, (int)n, interp_status_text(status));
    if (status == INTERP_OK && interp_flush(interp) == INTERP_OK)
        ck_assert_str_eq(console.output, programs[number].output);
    else
        ck_assert_str_ne(interp_last_error(interp)->message, "");
    interp_close(interp);
    return status == INTERP_OK;
}

/* Each for a while, and then in growing steps. */
static uint64_t next(uint64_t n, uint64_t part)
{
    return n + 1 + n / part;
}

START_TEST(every_failing_allocation_ends_cleanly)
{
    uint64_t n = 1;

    while (!run_failing(_i, n, 0) && n < 10000000)
        n = next(n, _i == 0 ? STEP_PART : SMALL_PART);
    ck_assert_uint_gt(n, 100);
    ck_assert_uint_lt(n, 10000000);
}
END_TEST

START_TEST(one_failing_allocation_is_survived)
{
    uint64_t end = 1;

    while (!run_failing(_i, end, 0))
        end = next(end, SMALL_PART);
    for (uint64_t n = FIRST_OF_PROGRAM; n < end; n = next(n, SMALL_PART))
        ck_assert_msg(run_failing(_i, n, 1), "program %d, allocation %d", _i, (int)n);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oom programs");
    TCase *tcase = tcase_create("programs");

    if (!write_program()) {
        perror(path);
        return EXIT_FAILURE;
    }
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, every_failing_allocation_ends_cleanly, 0, PROGRAMS);
    tcase_add_loop_test(tcase, one_failing_allocation_is_survived, 0, PROGRAMS);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unlink(path);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
