/* options.c - the command line and the environment of the limpet command. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char help_text[] =
    "Usage: limpet [OPTION]... [FILE [ARG]...]\n"
    "Runs the R7RS Scheme program FILE, or standard input, or a prompt on a terminal.\n"
    "\n"
    "  -e EXPR          evaluate EXPR\n"
    "  -p EXPR          evaluate EXPR and print its value\n"
    "  -i               a prompt after that; FILE is loaded into its environment\n"
    "  -                read the program from standard input\n"
    "  -I DIR           look for libraries in DIR, before LIMPET_PATH\n"
    "  -A DIR           look for libraries in DIR, after everything else\n"
    "  -q               no banner\n"
    "  -W none          no warnings; -W all: what is surely wrong is said before FILE runs\n"
    "  --check          look for errors in FILE and all that follow, and run nothing\n"
    "  --full-backtrace show what goes on inside the library's procedures too\n"
    "  --max-heap SIZE  bytes of memory at most, with k, m or g\n"
    "  --nursery SIZE   bytes allocated between two minor collections\n"
    "  --heap-growth N  percent that the heap grows by between two full collections\n"
    "  -O0              compile without optimisations; -O1 is what is done otherwise\n"
    "  --dump LIST      list what is compiled on standard error: any of ast,\n"
    "                   optimised and bytecode, separated by commas\n"
    "  --gc-stats       report on collections at the end\n"
    "  --profile-opcodes  count the instructions that run, and report at the end\n"
    "  --version        print the version\n"
    "  --help           print this\n"
    "  --               end of the options: FILE follows\n"
    "\n"
    "LIMPET_PATH lists directories of libraries, separated by colons. LIMPET_OPTIMIZE=0 is\n"
    "as -O0. LIMPET_STRESS=N, LIMPET_VERIFY=1, LIMPET_FAIL_ALLOC=N and LIMPET_DUMP=LIST are\n"
    "for debugging.\n";

void cli_print_help(void)
{
    fputs(help_text, stdout);
}

/* Where the scan of argv stands. */
typedef struct Scan {
    int argc;
    char **argv;
    int next;
    /* -A directories wait here until those that come before them are known. */
    const char **after;
    size_t after_count;
} Scan;

static CliAction bad_usage(const char *what, const char *argument)
{
    fprintf(stderr, "limpet: %s: %s\nTry 'limpet --help'.\n", what, argument);
    return CLI_BAD_USAGE;
}

static bool parse_count(const char *text, uint64_t *n)
{
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    *n = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0';
}

/* "64m": bytes with an optional unit of 2^10, 2^20 or 2^30. */
static bool parse_size(const char *text, size_t *bytes)
{
    static const char units[] = "kmg";
    char *end;
    unsigned long long n;
    unsigned shift = 0;

    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    n = strtoull(text, &end, 10);
    if (errno != 0 || n == 0)
        return false;
    if (*end != '\0') {
        const char *unit = strchr(units, *end | 0x20);

        if (unit == NULL || end[1] != '\0')
            return false;
        shift = 10 * (unsigned)(unit - units + 1);
    }
    if (n > SIZE_MAX >> shift)
        return false;
    *bytes = (size_t)n << shift;
    return true;
}

static bool parse_dump(const char *list, unsigned *dump)
{
    while (*list != '\0') {
        size_t length = strcspn(list, ",");

        if (length == 3 && memcmp(list, "ast", 3) == 0)
            *dump |= INTERP_DUMP_AST;
        else if (length == 9 && memcmp(list, "optimised", 9) == 0)
            *dump |= INTERP_DUMP_OPTIMISED;
        else if (length == 8 && memcmp(list, "bytecode", 8) == 0)
            *dump |= INTERP_DUMP_BYTECODE;
        else
            return false;
        list += length;
        if (*list == ',')
            list += 1;
    }
    return true;
}

static CliAction read_environment(CliOptions *options)
{
    const char *value;
    uint64_t n;

    if ((value = getenv("LIMPET_STRESS")) != NULL && *value != '\0') {
        if (!parse_count(value, &n) || n > UINT32_MAX)
            return bad_usage("not a number", "LIMPET_STRESS");
        options->stress = (unsigned)n;
    }
    if ((value = getenv("LIMPET_VERIFY")) != NULL)
        options->verify = *value != '\0' && strcmp(value, "0") != 0;
    if ((value = getenv("LIMPET_OPTIMIZE")) != NULL)
        options->unoptimised = strcmp(value, "0") == 0;
    if ((value = getenv("LIMPET_FAIL_ALLOC")) != NULL && *value != '\0'
        && !parse_count(value, &options->fail_alloc))
        return bad_usage("not a number", "LIMPET_FAIL_ALLOC");
    if ((value = getenv("LIMPET_DUMP")) != NULL && !parse_dump(value, &options->dump))
        return bad_usage("not a list of ast, optimised and bytecode", "LIMPET_DUMP");
    return CLI_RUN;
}

/* The argument of an option: what follows its letter, or the next word. */
static const char *option_argument(Scan *scan, const char *rest)
{
    if (*rest != '\0')
        return rest;
    if (scan->next >= scan->argc)
        return NULL;
    return scan->argv[scan->next++];
}

static CliAction take_short(CliOptions *options, Scan *scan, const char *word)
{
    const char *argument;

    if (word[1] == 'i' || word[1] == 'q') {
        if (word[2] != '\0')
            return bad_usage("unknown option", word);
        *(word[1] == 'i' ? &options->interactive : &options->quiet) = true;
        return CLI_RUN;
    }
    if (strcmp(word, "-O0") == 0 || strcmp(word, "-O1") == 0) {
        options->unoptimised = word[2] == '0';
        return CLI_RUN;
    }
    if (strchr("epIAW", word[1]) == NULL)
        return bad_usage("unknown option", word);
    argument = option_argument(scan, word + 2);
    if (argument == NULL)
        return bad_usage("an argument is missing after", word);
    if (word[1] == 'W') {
        options->no_warnings = strcmp(argument, "none") == 0;
        if (!options->no_warnings && strcmp(argument, "all") != 0)
            return bad_usage("neither all nor none", argument);
    } else if (word[1] == 'I')
        options->library_dirs[options->library_dir_count++] = argument;
    else if (word[1] == 'A')
        scan->after[scan->after_count++] = argument;
    else
        options->expressions[options->expression_count++] =
            (CliExpression){argument, word[1] == 'p'};
    return CLI_RUN;
}

/* The options that have a size, and where it goes; heap-growth is a plain number. */
static size_t *size_of_option(CliOptions *options, const char *name, size_t length)
{
    const struct {
        const char *name;
        size_t *size;
    } sizes[] = {{"--max-heap", &options->max_heap_bytes},
                 {"--nursery", &options->nursery_bytes},
                 {"--heap-growth", &options->heap_growth_percent}};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i += 1) {
        if (strlen(sizes[i].name) == length && memcmp(name, sizes[i].name, length) == 0)
            return sizes[i].size;
    }
    return NULL;
}

static CliAction take_long(CliOptions *options, Scan *scan, const char *word)
{
    const char *value = strchr(word, '=');
    size_t length = value != NULL ? (size_t)(value - word) : strlen(word);
    size_t *size = size_of_option(options, word, length);

    if (strcmp(word, "--help") == 0)
        return CLI_HELP;
    if (strcmp(word, "--version") == 0)
        return CLI_VERSION;
    if (strcmp(word, "--check") == 0) {
        options->check = true;
        return CLI_RUN;
    }
    if (strcmp(word, "--full-backtrace") == 0) {
        options->full_backtraces = true;
        return CLI_RUN;
    }
    if (strcmp(word, "--gc-stats") == 0) {
        options->gc_stats = true;
        return CLI_RUN;
    }
    if (strcmp(word, "--profile-opcodes") == 0) {
        options->profile_opcodes = true;
        return CLI_RUN;
    }
    if (size == NULL && !(length == 6 && memcmp(word, "--dump", 6) == 0))
        return bad_usage("unknown option", word);
    value = value != NULL ? value + 1 : option_argument(scan, "");
    if (value == NULL)
        return bad_usage("an argument is missing after", word);
    if (size != NULL && !parse_size(value, size))
        return bad_usage("not a size", value);
    if (size == NULL && !parse_dump(value, &options->dump))
        return bad_usage("not a list of ast, optimised and bytecode", value);
    return CLI_RUN;
}

static CliAction take_options(CliOptions *options, Scan *scan)
{
    CliAction action = CLI_RUN;

    while (action == CLI_RUN && scan->next < scan->argc) {
        const char *word = scan->argv[scan->next];

        if (word[0] != '-' || word[1] == '\0')
            break;
        scan->next += 1;
        if (strcmp(word, "--") == 0)
            break;
        action = word[1] == '-' ? take_long(options, scan, word)
                                : take_short(options, scan, word);
    }
    return action;
}

/* The directory part of `path`, "." if it has none. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Behind -I: LIMPET_PATH, the program's own directory, -A. */
static bool complete_library_dirs(CliOptions *options, const Scan *scan)
{
    const char *path = getenv("LIMPET_PATH");
    bool has_file = options->file != NULL && strcmp(options->file, "-") != 0;
    size_t colons = 0;

    for (const char *at = path; at != NULL && *at != '\0'; at += 1)
        colons += *at == ':';
    size_t room = options->library_dir_count + colons + 2 + scan->after_count;
    const char **dirs = realloc(options->library_dirs, room * sizeof *dirs);
    if (dirs == NULL)
        return false;
    options->library_dirs = dirs;
    options->owned_path = strdup(path != NULL ? path : "");
    options->file_dir = directory_of(has_file ? options->file : "");
    if (options->owned_path == NULL || options->file_dir == NULL)
        return false;

    char *state;
    for (char *dir = strtok_r(options->owned_path, ":", &state); dir != NULL;
         dir = strtok_r(NULL, ":", &state))
        dirs[options->library_dir_count++] = dir;
    dirs[options->library_dir_count++] = options->file_dir;
    for (size_t i = 0; i < scan->after_count; i += 1)
        dirs[options->library_dir_count++] = scan->after[i];
    return true;
}

static bool take_file(CliOptions *options, Scan *scan)
{
    size_t words = (size_t)(scan->argc - scan->next);

    options->command_line = calloc(words + 1, sizeof *options->command_line);
    if (options->command_line == NULL)
        return false;
    if (words == 0) {
        options->command_line[options->command_line_count++] = "limpet";
        return true;
    }
    options->file = scan->argv[scan->next];
    for (size_t i = 0; i < words; i += 1)
        options->command_line[options->command_line_count++] =
            scan->argv[(size_t)scan->next + i];
    return true;
}

static bool parse(CliOptions *options, Scan *scan)
{
    options->action = read_environment(options);
    if (options->action == CLI_RUN)
        options->action = take_options(options, scan);
    if (options->action != CLI_RUN)
        return true;
    if (options->check && scan->next >= scan->argc) {
        options->action = bad_usage("a file is missing after", "--check");
        return true;
    }
    return take_file(options, scan) && complete_library_dirs(options, scan);
}

bool cli_options_parse(int argc, char **argv, CliOptions *options)
{
    size_t words = argc > 1 ? (size_t)argc : 1;
    Scan scan = {argc, argv, 1, NULL, 0};

    *options = (CliOptions){0};
    options->expressions = calloc(words, sizeof *options->expressions);
    options->library_dirs = calloc(words, sizeof *options->library_dirs);
    scan.after = calloc(words, sizeof *scan.after);
    bool done = options->expressions != NULL && options->library_dirs != NULL
             && scan.after != NULL && parse(options, &scan);
    free(scan.after);
    return done;
}

void cli_options_free(CliOptions *options)
{
    free(options->expressions);
    free(options->command_line);
    free(options->library_dirs);
    free(options->owned_path);
    free(options->file_dir);
}
