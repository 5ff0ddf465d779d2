/* prompt.c - the prompt: reads a form, evaluates it, prints its value, and survives errors. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "edit.h"

static const char name_of_input[] = "prompt";

/* What was typed since the last complete form. */
typedef struct Entry {
    char *text; /* NUL-terminated once there is any */
    size_t length;
} Entry;

static bool entry_add(Entry *entry, const char *line)
{
    size_t count = strlen(line);
    char *text = realloc(entry->text, entry->length + count + 1);

    if (text == NULL)
        return false;
    memcpy(text + entry->length, line, count + 1);
    entry->text = text;
    entry->length += count;
    return true;
}

static void entry_clear(Entry *entry)
{
    free(entry->text);
    *entry = (Entry){0};
}

/* ---- Forms ---- */

typedef InterpStatus (*DatumFn)(Interp *interp, interp_ref datum);

typedef struct DatumWalk {
    const char *text;
    DatumFn each; /* NULL: only read */
} DatumWalk;

static InterpStatus walk_data(Interp *interp, InterpReader *reader, DatumFn each)
{
    InterpStatus status;
    interp_ref datum;

    do {
        status = interp_reader_next(interp, reader, &datum);
        if (status == INTERP_OK && each != NULL)
            status = each(interp, datum);
    } while (status == INTERP_OK);
    return status == INTERP_END_OF_INPUT ? INTERP_OK : status;
}

static InterpStatus walk_body(Interp *interp, void *context)
{
    const DatumWalk *walk = context;
    InterpReader *reader;
    InterpStatus status = interp_reader_new(interp, name_of_input, walk->text,
                                            strlen(walk->text), &reader);

    if (status != INTERP_OK)
        return status;
    status = walk_data(interp, reader, walk->each);
    interp_reader_free(reader);
    return status;
}

static InterpStatus for_each_datum(Interp *interp, const char *text, DatumFn each)
{
    DatumWalk walk = {text, each};

    return interp_session(interp, walk_body, &walk);
}

static bool is_incomplete(Interp *interp, const char *text)
{
    return for_each_datum(interp, text, NULL) == INTERP_INCOMPLETE;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* ---- Commands ---- */

static void put_text(InterpText *text)
{
    cli_put(1, text->bytes, text->length);
    if (text->length > 0 && text->bytes[text->length - 1] != '\n')
        cli_put_string(1, "\n");
    interp_text_free(text);
}

static InterpStatus expand_datum(Interp *interp, interp_ref datum)
{
    InterpText text;
    InterpStatus status = interp_expand(interp, datum, &text);

    if (status == INTERP_OK)
        put_text(&text);
    return status;
}

static InterpStatus disassemble_datum(Interp *interp, interp_ref datum)
{
    interp_ref procedure;
    InterpText text;
    InterpStatus status = interp_eval(interp, datum, &procedure);

    if (status == INTERP_OK)
        status = interp_disassemble(interp, procedure, &text);
    if (status == INTERP_OK)
        put_text(&text);
    return status;
}

static InterpStatus with_report(Interp *interp, InterpStatus status)
{
    if (status != INTERP_OK && status != INTERP_EXIT)
        cli_report(interp);
    return status;
}

static InterpStatus command_expand(Interp *interp, const char *rest)
{
    return with_report(interp, for_each_datum(interp, rest, expand_datum));
}

static InterpStatus command_dis(Interp *interp, const char *rest)
{
    return with_report(interp, for_each_datum(interp, rest, disassemble_datum));
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static InterpStatus command_time(Interp *interp, const char *rest)
{
    InterpStats before, after;
    char line[200];

    interp_stats(interp, &before);
    double start = seconds();
    InterpStatus status = cli_evaluate(interp, name_of_input, rest, strlen(rest), true);
    double elapsed = seconds() - start;
    interp_stats(interp, &after);
    snprintf(line, sizeof line,
             "; %.6f s, %" PRIu64 " bytes allocated, %" PRIu64 " + %" PRIu64
             " collections in %.6f s\n",
             elapsed, after.allocated_bytes - before.allocated_bytes,
             after.minor_collections - before.minor_collections,
             after.full_collections - before.full_collections,
             (double)(after.pause_total_ns - before.pause_total_ns) / 1e9);
    cli_put_string(1, line);
    return status;
}

static InterpStatus collect_body(Interp *interp, void *context)
{
    (void)context;
    return interp_collect(interp);
}

static InterpStatus command_gc(Interp *interp, const char *rest)
{
    InterpStats stats;

    (void)rest;
    InterpStatus status = interp_session(interp, collect_body, NULL);
    interp_stats(interp, &stats);
    cli_put_gc_stats(1, "; ", &stats);
    return with_report(interp, status);
}

static InterpStatus command_help(Interp *interp, const char *rest)
{
    (void)interp;
    (void)rest;
    cli_put_string(1,
                   "Type an expression, and its value is printed. Beside that:\n"
                   "  ,help           this text\n"
                   "  ,quit           leave, as does Ctrl-D\n"
                   "  ,time EXPR      evaluate and say how long it took\n"
                   "  ,expand EXPR    show the core form that macros make of it\n"
                   "  ,dis NAME       list the bytecode of a procedure\n"
                   "  ,gc             collect garbage and say what is left\n"
                   "TAB completes names. Ctrl-C stops what runs, or drops the line.\n");
    return INTERP_OK;
}

typedef struct Command {
    const char *name;
    InterpStatus (*run)(Interp *interp, const char *rest); /* NULL: leave the prompt */
} Command;

static const Command commands[] = {
    {"help", command_help},     {"quit", NULL},       {"time", command_time},
    {"expand", command_expand}, {"dis", command_dis}, {"gc", command_gc},
};

/* `text` begins with the name of the command. */
static InterpStatus run_command(Interp *interp, const char *text, bool *leave)
{
    size_t length = strcspn(text, " \t\r\n");

    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i += 1) {
        const Command *command = &commands[i];

        if (strlen(command->name) != length || memcmp(command->name, text, length) != 0)
            continue;
        *leave = command->run == NULL;
        return *leave ? INTERP_OK : command->run(interp, text + length);
    }
    cli_put_string(2, "no such command; ,help lists them\n");
    return INTERP_OK;
}

/* ---- The loop ---- */

static InterpStatus run_entry(Interp *interp, const char *text, bool *leave)
{
    const char *start = text + strspn(text, " \t\r\n");

    if (*start == ',')
        return run_command(interp, start + 1, leave);
    return cli_evaluate(interp, name_of_input, text, strlen(text), true);
}

/* Reads lines until they hold complete forms. */
static EditResult read_entry(Interp *interp, Editor *editor, Entry *entry)
{
    EditResult result;
    char *line;

    do {
        result = edit_read_line(editor, entry->length > 0, &line);
        if (result != EDIT_LINE)
            return result;
        bool added = entry_add(entry, line);
        free(line);
        if (!added)
            return EDIT_END;
    } while (is_incomplete(interp, entry->text));
    return EDIT_LINE;
}

/* False when the prompt is to be left; *code is then the exit status. */
static bool run_one(Interp *interp, Editor *editor, Entry *entry, int *code)
{
    EditResult result = read_entry(interp, editor, entry);
    bool leave = false;

    if (result == EDIT_END) {
        cli_put_string(1, "\n");
        return false;
    }
    if (result == EDIT_LINE && !is_blank(entry->text)) {
        edit_remember(editor, entry->text);
        if (run_entry(interp, entry->text, &leave) == INTERP_EXIT) {
            *code = interp_exit_code(interp);
            leave = true;
        }
        (void)!interp_fresh_line(interp);
    }
    entry_clear(entry);
    return !leave;
}

static void print_banner(void)
{
    cli_put_string(1, "Limpet ");
    cli_put_string(1, interp_version());
    cli_put_string(1, ": R7RS Scheme. ,help for help, Ctrl-D to leave.\n");
}

int cli_prompt(Interp *interp, const CliOptions *options)
{
    Editor *editor = edit_open(interp);
    Entry entry = {0};
    int code = EXIT_SUCCESS;

    if (editor == NULL) {
        cli_put_string(2, "limpet: cannot use this terminal\n");
        return EXIT_SOFTWARE;
    }
    if (!options->quiet)
        print_banner();
    while (run_one(interp, editor, &entry, &code)) {
    }
    entry_clear(&entry);
    edit_close(editor);
    return code;
}
