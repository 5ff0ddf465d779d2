/* test_programs.c - reading, running and failing, through interp.h alone. */
#include <stdio.h>
#include <unistd.h>

#include "tests/api/support.h"

static Console console;
static Interp *interp;
static char path[] = "/tmp/limpet-test-XXXXXX";

static void set_up(void)
{
    interp = open_console(&console);
}

static void tear_down(void)
{
    interp_close(interp);
}

static void reopen(InterpOptions options)
{
    interp_close(interp);
    ck_assert_ok(interp_open(&options, &interp));
}

/* Writes a program to a file and runs it. */
static InterpStatus run(const char *text)
{
    strcpy(path, "/tmp/limpet-test-XXXXXX");
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    InterpStatus status = interp_run_program(interp, path);
    unlink(path);
    return status;
}

START_TEST(a_program_without_imports_has_all_standard_libraries)
{
    ck_assert_ok(run("(define (square x) (* x x x))\n"
                     "(write (map square '(1 2 3))) (newline)\n"
                     "(write (char-upcase #\\a))"));
    ck_assert_str_eq(console.output, "(1 8 27)\n#\\A");
}
END_TEST

START_TEST(a_program_with_imports_has_only_those)
{
    ck_assert_ok(run("#!/usr/bin/env limpet\n(import (scheme base) (scheme write))\n"
                     "(display \"hello\")"));
    ck_assert_str_eq(console.output, "hello");
    ck_assert_status(run("(import (scheme base))\n(display 1)"), INTERP_ERROR);
    ck_assert_ptr_nonnull(strstr(interp_last_error(interp)->message, "display"));
}
END_TEST

START_TEST(a_program_may_define_libraries)
{
    ck_assert_ok(run("(define-library (my own) (export twice) (import (scheme base))"
                     " (begin (define (twice f) (lambda (x) (f (f x))))))\n"
                     "(import (scheme base) (scheme write) (my own))\n"
                     "(write ((twice cdr) '(1 2 3)))"));
    ck_assert_str_eq(console.output, "(3)");
}
END_TEST

START_TEST(programs_do_not_see_each_others_definitions)
{
    ck_assert_ok(run("(define secret 1)"));
    ck_assert_status(run("(write secret)"), INTERP_ERROR);
}
END_TEST

START_TEST(an_error_says_where_and_what)
{
    const InterpError *error;

    ck_assert_status(run("(define (f x)\n  (car x))\n(f 5)\n"), INTERP_ERROR);
    error = interp_last_error(interp);
    ck_assert_int_eq(error->status, INTERP_ERROR);
    ck_assert_str_eq(error->file, path);
    ck_assert_uint_eq(error->line, 2);
    ck_assert_uint_eq(error->column, 3);
    ck_assert_ptr_nonnull(strstr(error->message, "car"));
    ck_assert_ptr_null(strchr(error->message, '\n'));
    ck_assert_ptr_nonnull(strstr(error->report, "(car x)"));
    ck_assert_ptr_nonnull(strstr(error->report, ":2:3: "));
}
END_TEST

START_TEST(a_file_that_is_not_there_is_not_found)
{
    ck_assert_status(interp_run_program(interp, "/no/such/file.scm"), INTERP_NOT_FOUND);
    ck_assert_status(interp_run_program(interp, "/"), INTERP_NOT_FOUND);
}
END_TEST

START_TEST(a_program_that_cannot_be_read_does_not_run_at_all)
{
    ck_assert_status(run("(write 1)\n(write (2)"), INTERP_ERROR);
    ck_assert_str_eq(console.output, "");
    ck_assert_uint_eq(interp_last_error(interp)->line, 2);
    ck_assert_ok(run("; nothing at all\n"));
}
END_TEST

START_TEST(exit_unwinds_and_gives_its_status)
{
    ck_assert_status(run("(dynamic-wind (lambda () #f) (lambda () (exit 7))"
                         " (lambda () (write 'out)))"),
                     INTERP_EXIT);
    ck_assert_int_eq(interp_exit_code(interp), 7);
    ck_assert_str_eq(console.output, "out");
    ck_assert_status(run("(exit #f)"), INTERP_EXIT);
    ck_assert_int_eq(interp_exit_code(interp), 1);
    ck_assert_status(run("(exit)"), INTERP_EXIT);
    ck_assert_int_eq(interp_exit_code(interp), 0);
}
END_TEST

START_TEST(input_is_a_program_that_can_read_what_follows_it)
{
    console.input =
        "(define x (read)) (1 2 3)\n(write (cdr x))(write (read-line))\nlast line";
    ck_assert_status(interp_run_input(interp, "stdin"), INTERP_ERROR);
    ck_assert_str_eq(console.output, "(2 3)\"\"");
}
END_TEST

START_TEST(the_command_line_and_the_library_path_come_from_the_options)
{
    static const char *const words[] = {"prog.scm", "one", "two"};
    InterpOptions options = console_options(&console);

    options.command_line = words;
    options.command_line_count = 3;
    reopen(options);
    ck_assert_ok(run("(import (scheme base) (scheme write) (scheme process-context))"
                     "(write (command-line))"));
    ck_assert_str_eq(console.output, "(\"prog.scm\" \"one\" \"two\")");
}
END_TEST

START_TEST(a_heap_limit_gives_an_error_and_the_interpreter_lives)
{
    InterpOptions options = console_options(&console);

    options.max_heap_bytes = 32 << 20;
    options.stress = 0;
    reopen(options);
    ck_assert_status(run("(let loop ((l '())) (loop (cons 1 l)))"), INTERP_NO_MEMORY);
    ck_assert_ok(run("(write (guard (e (#t 'caught)) (make-vector 100000000)))"));
    ck_assert_str_eq(console.output, "caught");
}
END_TEST

START_TEST(listings_go_to_the_error_stream)
{
    InterpOptions options = console_options(&console);

    options.dump = INTERP_DUMP_AST | INTERP_DUMP_BYTECODE;
    reopen(options);
    ck_assert_ok(run("(define (f x) (+ x 1))"));
    ck_assert_uint_gt(console.error_length, 20);
    ck_assert_str_eq(console.output, "");
}
END_TEST

/* ---- Reading ---- */

static InterpStatus read_all(Interp *in, void *context)
{
    const char *text = context;
    InterpReader *reader;
    interp_ref datum;
    InterpStatus status;

    ck_assert_ok(interp_reader_new(in, "test", text, strlen(text), &reader));
    do {
        status = interp_reader_next(in, reader, &datum);
    } while (status == INTERP_OK);
    interp_reader_free(reader);
    return status;
}

static InterpStatus read_text(const char *text)
{
    return interp_session(interp, read_all, (void *)(uintptr_t)text);
}

START_TEST(the_reader_tells_what_more_text_could_complete)
{
    ck_assert_status(read_text("1 (2 3) ; x"), INTERP_END_OF_INPUT);
    ck_assert_status(read_text(""), INTERP_END_OF_INPUT);
    ck_assert_status(read_text("(1 (2 3)"), INTERP_INCOMPLETE);
    ck_assert_status(read_text("\"abc"), INTERP_INCOMPLETE);
    ck_assert_status(read_text("#| abc"), INTERP_INCOMPLETE);
    ck_assert_status(read_text("(1 . "), INTERP_INCOMPLETE);
    ck_assert_status(read_text("'"), INTERP_INCOMPLETE);
    ck_assert_status(read_text("(1 . 2 3)"), INTERP_ERROR);
    ck_assert_status(read_text(")"), INTERP_ERROR);
}
END_TEST

/* ---- Tools ---- */

static InterpStatus raise_list(Interp *in, void *context)
{
    interp_ref object;
    InterpStatus status = interp_eval_string(in, "test", "(raise '(1 2))", 14, &object);
    (void)context;

    ck_assert_status(status, INTERP_ERROR);
    ck_assert_ok(interp_error_object(in, &object));
    assert_written(in, object, "(1 2)");
    return INTERP_OK;
}

START_TEST(what_was_raised_can_be_had)
{
    ck_assert_ok(interp_session(interp, raise_list, NULL));
}
END_TEST

static void join_name(const char *name, void *context)
{
    strcat(context, name);
    strcat(context, " ");
}

START_TEST(names_are_completed)
{
    char names[1000] = "";

    ck_assert_ok(interp_complete(interp, "string-cop", join_name, names));
    ck_assert_str_eq(names, "string-copy string-copy! ");
}
END_TEST

static InterpStatus list_code(Interp *in, void *context)
{
    InterpText text;
    interp_ref procedure;
    (void)context;

    ck_assert_ok(interp_expand(in, eval(in, "'(let ((x 1)) (when x 2))"), &text));
    ck_assert_ptr_nonnull(strstr(text.bytes, "if"));
    interp_text_free(&text);
    procedure = eval(in, "(define (f x) (if x 1 2)) f");
    ck_assert_ok(interp_disassemble(in, procedure, &text));
    ck_assert_ptr_nonnull(strstr(text.bytes, "f"));
    interp_text_free(&text);
    ck_assert_status(interp_disassemble(in, eval(in, "5"), &text), INTERP_WRONG_TYPE);
    return INTERP_OK;
}

START_TEST(expansions_and_bytecode_are_listed)
{
    ck_assert_ok(interp_session(interp, list_code, NULL));
}
END_TEST

static InterpStatus collect(Interp *in, void *context)
{
    (void)context;
    return interp_collect(in);
}

START_TEST(statistics_count_collections_and_bytes)
{
    InterpStats before, after;

    interp_stats(interp, &before);
    ck_assert_ok(interp_session(interp, collect, NULL));
    interp_stats(interp, &after);
    ck_assert_uint_gt(after.full_collections, before.full_collections);
    ck_assert_uint_gt(after.live_bytes, 0);
    ck_assert_uint_ge(after.peak_bytes, after.held_bytes);
}
END_TEST

START_TEST(a_bad_stream_is_refused)
{
    InterpOptions options = {.output = {.kind = INTERP_STREAM_CALLBACK}};
    Interp *never = NULL;

    ck_assert_status(interp_open(&options, &never), INTERP_USAGE);
    ck_assert_ptr_null(never);
}
END_TEST

START_TEST(opening_under_a_tiny_limit_fails_cleanly)
{
    InterpOptions options = console_options(&console);
    Interp *tiny = NULL;

    for (size_t bytes = 1 << 12; bytes < (size_t)1 << 22; bytes *= 2) {
        options.max_heap_bytes = bytes;
        if (interp_open(&options, &tiny) == INTERP_OK) {
            interp_close(tiny);
            break;
        }
        ck_assert_ptr_null(tiny);
    }
}
END_TEST

START_TEST(a_line_is_ended_once)
{
    ck_assert_ok(interp_fresh_line(interp));
    ck_assert_ok(run("(display \"begun\")"));
    ck_assert_ok(interp_fresh_line(interp));
    ck_assert_ok(interp_fresh_line(interp));
    ck_assert_ok(run("(display \"more\") (display \"begun\" (current-error-port))"));
    ck_assert_ok(interp_fresh_line(interp));
    ck_assert_ok(run("(display \"whole\\n\")"));
    ck_assert_ok(interp_fresh_line(interp));
    ck_assert_str_eq(console.output, "begun\nmore\nwhole\n");
    ck_assert_str_eq(console.error, "begun");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api programs");
    TCase *programs = tcase_create("programs");

    tcase_add_checked_fixture(programs, set_up, tear_down);
    tcase_set_timeout(programs, 300);
    tcase_add_test(programs, a_program_without_imports_has_all_standard_libraries);
    tcase_add_test(programs, a_program_with_imports_has_only_those);
    tcase_add_test(programs, a_program_may_define_libraries);
    tcase_add_test(programs, programs_do_not_see_each_others_definitions);
    tcase_add_test(programs, an_error_says_where_and_what);
    tcase_add_test(programs, a_file_that_is_not_there_is_not_found);
    tcase_add_test(programs, a_program_that_cannot_be_read_does_not_run_at_all);
    tcase_add_test(programs, exit_unwinds_and_gives_its_status);
    tcase_add_test(programs, input_is_a_program_that_can_read_what_follows_it);
    tcase_add_test(programs,
                   the_command_line_and_the_library_path_come_from_the_options);
    tcase_add_test(programs, a_heap_limit_gives_an_error_and_the_interpreter_lives);
    tcase_add_test(programs, listings_go_to_the_error_stream);
    tcase_add_test(programs, the_reader_tells_what_more_text_could_complete);
    tcase_add_test(programs, what_was_raised_can_be_had);
    tcase_add_test(programs, names_are_completed);
    tcase_add_test(programs, expansions_and_bytecode_are_listed);
    tcase_add_test(programs, statistics_count_collections_and_bytes);
    tcase_add_test(programs, a_bad_stream_is_refused);
    tcase_add_test(programs, a_line_is_ended_once);
    tcase_add_test(programs, opening_under_a_tiny_limit_fails_cleanly);
    suite_add_tcase(suite, programs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
