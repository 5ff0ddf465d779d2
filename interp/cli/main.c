/* main.c - the limpet command: runs programs and expressions, or starts the prompt. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

/* A signal handler gets no argument, so what it needs cannot be anywhere else. */
static Interp *volatile interrupt_target;
static volatile sig_atomic_t sigint_pending;

static void on_sigint(int signal)
{
    Interp *target = interrupt_target;

    (void)signal;
    sigint_pending = 1;
    if (target != NULL)
        interp_interrupt(target);
}

/* Without SA_RESTART: what waits for a key must notice. */
static void catch_sigint(Interp *interp)
{
    struct sigaction action = {.sa_handler = on_sigint};

    interrupt_target = interp;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

static void ignore_sigint_target(void)
{
    signal(SIGINT, SIG_DFL);
    interrupt_target = NULL;
}

bool cli_take_sigint(void)
{
    bool pending = sigint_pending != 0;

    sigint_pending = 0;
    return pending;
}

void cli_put(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);

        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        }
    }
}

void cli_put_string(int fd, const char *string)
{
    cli_put(fd, string, strlen(string));
}

void cli_report(Interp *interp)
{
    const InterpError *error = interp_last_error(interp);
    size_t length = strlen(error->report);

    if (isatty(STDOUT_FILENO) && isatty(STDERR_FILENO))
        (void)!interp_fresh_line(interp);
    if (length == 0) {
        cli_put_string(2, "limpet: ");
        cli_put_string(2, error->message);
        cli_put_string(2, "\n");
        return;
    }
    cli_put(2, error->report, length);
    if (error->report[length - 1] != '\n')
        cli_put_string(2, "\n");
}

/* ---- Evaluating text ---- */

typedef struct Evaluation {
    const char *name, *text;
    size_t bytes;
    bool print;
} Evaluation;

static InterpStatus print_value(Interp *interp, interp_ref value)
{
    InterpText text;
    InterpType type;
    InterpStatus status = interp_type(interp, value, &type);

    if (status != INTERP_OK || type == INTERP_TYPE_UNSPECIFIED)
        return status;
    status = interp_write(interp, value, &text);
    if (status != INTERP_OK)
        return status;
    if (isatty(STDOUT_FILENO))
        (void)!interp_fresh_line(interp);
    cli_put(1, text.bytes, text.length);
    cli_put_string(1, "\n");
    interp_text_free(&text);
    return INTERP_OK;
}

static InterpStatus print_values(Interp *interp, interp_ref values)
{
    size_t count;
    interp_ref value;
    InterpStatus status = interp_value_count(interp, values, &count);

    for (size_t i = 0; status == INTERP_OK && i < count; i += 1) {
        status = interp_value_get(interp, values, i, &value);
        if (status == INTERP_OK)
            status = print_value(interp, value);
    }
    return status;
}

/* One form, in a scope of its own, so that a long text holds on to nothing. */
static InterpStatus evaluate_next(Interp *interp, InterpReader *reader, bool print)
{
    interp_ref datum, values;
    InterpStatus status = interp_reader_next(interp, reader, &datum);

    if (status == INTERP_OK)
        status = interp_eval(interp, datum, &values);
    if (status != INTERP_OK || !print)
        return status;
    (void)!interp_flush(interp);
    return print_values(interp, values);
}

static InterpStatus evaluate_all(Interp *interp, InterpReader *reader, bool print)
{
    InterpStatus status = INTERP_OK;

    while (status == INTERP_OK) {
        InterpScope scope;

        status = interp_scope_open(interp, &scope);
        if (status == INTERP_OK) {
            status = evaluate_next(interp, reader, print);
            InterpStatus closed = interp_scope_close(interp, scope);
            if (status == INTERP_OK)
                status = closed;
        }
    }
    return status == INTERP_END_OF_INPUT ? INTERP_OK : status;
}

static InterpStatus evaluate_body(Interp *interp, void *context)
{
    const Evaluation *evaluation = context;
    InterpReader *reader;
    InterpStatus status = interp_reader_new(interp, evaluation->name, evaluation->text,
                                            evaluation->bytes, &reader);

    if (status != INTERP_OK)
        return status;
    status = evaluate_all(interp, reader, evaluation->print);
    interp_reader_free(reader);
    return status;
}

InterpStatus cli_evaluate(Interp *interp, const char *name, const char *text,
                          size_t bytes, bool print)
{
    Evaluation evaluation = {name, text, bytes, print};
    InterpStatus status = interp_session(interp, evaluate_body, &evaluation);

    if (status == INTERP_OK)
        status = interp_flush(interp);
    else
        (void)!interp_flush(interp);
    if (status != INTERP_OK && status != INTERP_EXIT)
        cli_report(interp);
    return status;
}

/* ---- The whole command ---- */

static int exit_status(Interp *interp, InterpStatus status)
{
    if (status == INTERP_OK)
        return EXIT_SUCCESS;
    if (status == INTERP_EXIT)
        return interp_exit_code(interp);
    if (status == INTERP_INTERRUPTED)
        return EXIT_SIGINT;
    if (status == INTERP_NOT_FOUND)
        return EXIT_NO_INPUT;
    return status == INTERP_IO ? EXIT_IO : EXIT_SOFTWARE;
}

static InterpStatus load_body(Interp *interp, void *context)
{
    interp_ref result;

    return interp_eval_file(interp, context, &result);
}

/* The file, standard input or nothing; the caller starts the prompt. */
static InterpStatus run_file(Interp *interp, const CliOptions *options)
{
    InterpStatus status = INTERP_OK;

    if (options->file == NULL) {
        if (options->expression_count > 0 || options->interactive
            || isatty(STDIN_FILENO))
            return INTERP_OK;
        status = interp_run_input(interp, "stdin");
    } else if (strcmp(options->file, "-") == 0) {
        status = interp_run_input(interp, "stdin");
    } else if (options->interactive) {
        char *path = strdup(options->file);

        status =
            path != NULL ? interp_session(interp, load_body, path) : INTERP_NO_MEMORY;
        free(path);
    } else {
        status = interp_run_program(interp, options->file);
    }
    if (status != INTERP_OK && status != INTERP_EXIT)
        cli_report(interp);
    return status;
}

/* -i without a terminal: forms from standard input, in the prompt's environment. */
static InterpStatus run_piped_forms(Interp *interp)
{
    char *text = NULL;
    size_t bytes = 0, capacity = 0;
    ssize_t count = 1;

    while (count > 0) {
        if (bytes == capacity) {
            capacity = capacity * 2 + 4096;
            char *larger = realloc(text, capacity);
            if (larger == NULL) {
                free(text);
                return INTERP_NO_MEMORY;
            }
            text = larger;
        }
        count = read(STDIN_FILENO, text + bytes, capacity - bytes);
        bytes += count > 0 ? (size_t)count : 0;
    }
    InterpStatus status =
        count == 0 ? cli_evaluate(interp, "stdin", text, bytes, false) : INTERP_IO;
    free(text);
    return status;
}

static bool wants_prompt(const CliOptions *options)
{
    bool has_work = options->file != NULL || options->expression_count > 0;

    return isatty(STDIN_FILENO) && (options->interactive || !has_work);
}

static int run(Interp *interp, const CliOptions *options)
{
    InterpStatus status = INTERP_OK;

    for (size_t i = 0; status == INTERP_OK && i < options->expression_count; i += 1) {
        const CliExpression *expression = &options->expressions[i];

        status = cli_evaluate(interp, "command line", expression->text,
                              strlen(expression->text), expression->print);
    }
    if (status == INTERP_OK)
        status = run_file(interp, options);
    if (status == INTERP_OK && options->interactive && !isatty(STDIN_FILENO))
        status = run_piped_forms(interp);
    if (wants_prompt(options) && status != INTERP_EXIT && status != INTERP_NOT_FOUND)
        return cli_prompt(interp, options);

    return exit_status(interp, status);
}

static void print_gc_stats(const Interp *interp)
{
    InterpStats stats;

    interp_stats(interp, &stats);
    cli_put_gc_stats(2, "", &stats);
}

static void print_profile(Interp *interp)
{
    InterpText text;

    if (interp_profile(interp, &text) == INTERP_OK) {
        cli_put(2, text.bytes, text.length);
        interp_text_free(&text);
    }
}

static bool open_interp(const CliOptions *options, Interp **interp)
{
    InterpOptions open_options = {
        .max_heap_bytes = options->max_heap_bytes,
        .nursery_bytes = options->nursery_bytes,
        .heap_growth_percent = (unsigned)options->heap_growth_percent,
        .library_dirs = options->library_dirs,
        .library_dir_count = options->library_dir_count,
        .command_line = options->command_line,
        .command_line_count = options->command_line_count,
        .dump = options->dump,
        .stress = options->stress,
        .warn = !options->no_warnings,
        .full_backtraces = options->full_backtraces,
        .verify = options->verify,
        .profile_opcodes = options->profile_opcodes,
        .unoptimised = options->unoptimised,
        .fail_alloc = options->fail_alloc,
    };
    InterpStatus status = interp_open(&open_options, interp);

    if (status != INTERP_OK)
        fprintf(stderr, "limpet: cannot start: %s\n", interp_status_text(status));
    return status == INTERP_OK;
}

/* Each in an interpreter of its own: what one defines is nothing to the next. */
static int check_file(const CliOptions *options, const char *path)
{
    Interp *interp;
    uint32_t found;

    if (!open_interp(options, &interp))
        return EXIT_SOFTWARE;
    InterpStatus status = interp_check_program(interp, path, &found);
    int code = found > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    if (status != INTERP_OK) {
        cli_report(interp);
        code = status == INTERP_NOT_FOUND ? EXIT_NO_INPUT : EXIT_FAILURE;
    }
    interp_close(interp);
    return code;
}

/* The gravest of what the files gave. */
static int check_files(const CliOptions *options)
{
    int worst = EXIT_SUCCESS;

    for (size_t i = 0; i < options->command_line_count; i += 1) {
        int code = check_file(options, options->command_line[i]);

        worst = code > worst ? code : worst;
    }
    return worst;
}

static int open_and_run(const CliOptions *options)
{
    Interp *interp;

    if (!open_interp(options, &interp))
        return EXIT_SOFTWARE;
    catch_sigint(interp);
    int code = run(interp, options);
    if (options->gc_stats)
        print_gc_stats(interp);
    if (options->profile_opcodes)
        print_profile(interp);
    ignore_sigint_target();
    interp_close(interp);
    return code;
}

/* A file that the program opens must not get the number of a standard stream that was closed:
 * what the program prints would go there. Such a stream gets one that fails as a closed one. */
static void reserve_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd += 1) {
        if (fcntl(fd, F_GETFD) == -1
            && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
            return;
    }
}

/* What was printed through stdio has to arrive. */
static int flush_help(void)
{
    if (fflush(stdout) == 0)
        return EXIT_SUCCESS;
    fprintf(stderr, "limpet: cannot write to standard output: %s\n", strerror(errno));
    return EXIT_IO;
}

int main(int argc, char **argv)
{
    CliOptions options;
    int code;

    reserve_standard_streams();
    if (!cli_options_parse(argc, argv, &options)) {
        fprintf(stderr, "limpet: out of memory\n");
        code = EXIT_SOFTWARE;
    } else if (options.action == CLI_HELP) {
        cli_print_help();
        code = flush_help();
    } else if (options.action == CLI_VERSION) {
        printf("limpet %s\n", interp_version());
        code = flush_help();
    } else if (options.action == CLI_BAD_USAGE) {
        code = EXIT_USAGE;
    } else if (options.check) {
        code = check_files(&options);
    } else {
        code = open_and_run(&options);
    }
    cli_options_free(&options);
    return code;
}
