/* cli.h - what the files of the limpet command share. */
#ifndef CLI_H
#define CLI_H

#include "interp.h"

/* sysexits(3), and what shells give for a program that SIGINT ended. */
enum {
    EXIT_USAGE = 64,
    EXIT_NO_INPUT = 66,
    EXIT_SOFTWARE = 70,
    EXIT_IO = 74,
    EXIT_SIGINT = 130,
};

/* One -e or -p, in the order of the command line. */
typedef struct CliExpression {
    const char *text;
    bool print;
} CliExpression;

typedef enum CliAction {
    CLI_RUN, /* expressions, then the file, standard input or the prompt */
    CLI_HELP,
    CLI_VERSION,
    CLI_BAD_USAGE, /* already reported on stderr */
} CliAction;

/* What the command line and the environment ask for. The strings are those of argv and the
 * environment; the arrays are freed by cli_options_free. */
typedef struct CliOptions {
    CliAction action;
    CliExpression *expressions;
    size_t expression_count;
    const char *file; /* NULL: none; "-": standard input */
    bool interactive; /* -i */
    bool quiet;       /* -q: no banner */
    bool gc_stats;
    bool profile_opcodes;
    const char **command_line;
    size_t command_line_count;
    const char **library_dirs;
    size_t library_dir_count;
    char *owned_path; /* the copy of LIMPET_PATH that library_dirs points into */
    char *file_dir;   /* the directory of `file` */
    size_t max_heap_bytes;
    size_t nursery_bytes;
    size_t heap_growth_percent;
    unsigned dump; /* INTERP_DUMP_* */
    unsigned stress;
    bool verify;
    bool unoptimised; /* -O0 */
    bool check;       /* --check */
    bool no_warnings; /* -W none */
    bool full_backtraces;
    uint64_t fail_alloc;
} CliOptions;

/* Fills *options from argv and the LIMPET_ variables; false: no memory. */
bool cli_options_parse(int argc, char **argv, CliOptions *options);
void cli_options_free(CliOptions *options);
void cli_print_help(void);

/* Evaluates every form of `text` and, if `print`, writes the values of each. Errors are
 * reported on stderr. INTERP_ERROR and the like are those of the form that failed; the forms
 * after it are not evaluated. */
InterpStatus cli_evaluate(Interp *interp, const char *name, const char *text,
                          size_t bytes, bool print);
/* Writes what interp_last_error() says to stderr. */
void cli_report(Interp *interp);
/* Writes all of it to stdout or stderr, past what stdio may hold back. */
void cli_put(int fd, const char *bytes, size_t count);
void cli_put_string(int fd, const char *string);

/* Writes a report of some lines, each behind `prefix`. */
void cli_put_gc_stats(int fd, const char *prefix, const InterpStats *stats);

/* The prompt, on a terminal. Gives the exit status of the command. */
int cli_prompt(Interp *interp, const CliOptions *options);
/* True, once, if SIGINT came since it was last asked. */
bool cli_take_sigint(void);

#endif /* CLI_H */
