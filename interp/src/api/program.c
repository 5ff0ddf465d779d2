/* program.c - evaluating: data, texts, files, whole programs.
 *
 * A top-level form is expanded and compiled in one step that does not collect, and then run,
 * which does; what is left of the program waits in refs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "compiler/compiler.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/reader.h"
#include "syntax/source.h"
#include "types/port.h"
#include "vm/condition.h"

/* ---- Steps that allocate, tried again after a collection ---- */

/* Compiles what `input` says; sets *thunk to #f if there is nothing to run. */
typedef Status (*Compiler)(Interp *interp, const void *input, Value *thunk);

/* Listings go where error messages go. */
static void flush_dump(Interp *interp)
{
    Value port = li_vm_current_port(interp->vm, 2);

    if (interp->dump.length > 0 && value_is_port(port)
        && li_port_is_output_open(li_port_of(port)))
        (void)!li_port_write_bytes(li_port_of(port), li_buffer_c_string(&interp->dump),
                                   interp->dump.length);
    li_buffer_clear(&interp->dump);
}

/* Compiles and runs; `result` gets the value. */
MAY_COLLECT static Status compile_and_run(Interp *interp, Compiler compile,
                                          const void *input, Ref result)
{
    Refs *refs = api_refs(interp);
    Value compiled = VALUE_FALSE;
    Status status = compile(interp, input, &compiled);

    if (status == ERR_NO_MEMORY) {
        TRY(memory_collect(&interp->memory.view, IMMIX_EVACUATE));
        status = compile(interp, input, &compiled);
    }
    flush_dump(interp);
    TRY(status);
    if (!value_is_true(compiled))
        return OK;
    TRY(li_set(refs, result, compiled));
    return li_vm_call(interp->vm, result, NULL, 0, result);
}

typedef struct FormInput {
    Ref form, environment;
} FormInput;

static Status compile_form(Interp *interp, const void *input, Value *thunk)
{
    const FormInput *in = input;
    Value form, environment;

    TRY(li_get(api_refs(interp), in->form, &form));
    TRY(li_get(api_refs(interp), in->environment, &environment));
    return li_compile(interp->vm, form, environment, thunk);
}

MAY_COLLECT static Status eval_form(Interp *interp, Ref form, Ref environment,
                                    Ref result)
{
    FormInput input = {form, environment};
    Status status = compile_and_run(interp, compile_form, &input, result);
    Value datum;

    if (status != ERR_NO_MEMORY)
        return status;
    TRY(li_get(api_refs(interp), form, &datum));
    return li_raise_no_memory(interp->vm,
                              value_is_pair(datum) ? li_pair_position(datum) : 0);
}

/* ---- Environments ---- */

static Status list_of_names(Heap *heap, const char *const *names, size_t count,
                            Value tail, Value *list)
{
    *list = tail;
    for (size_t i = count; i > 0; i -= 1) {
        Value name;

        TRY(li_intern(heap, names[i - 1], &name));
        TRY(li_cons(heap, name, *list, list));
    }
    return OK;
}

/* import and define-library belong to programs and the prompt, and to no library of the
 * report: (import (only (limpet core) import define-library)). */
static Status bind_declarations(Interp *interp, Value environment)
{
    static const char *const core[] = {"limpet", "core"};
    static const char *const declarations[] = {"import", "define-library"};
    static const char *const only[] = {"only"};
    Heap *heap = &interp->memory.heap;
    Value library, set;

    TRY(list_of_names(heap, core, 2, VALUE_NIL, &library));
    TRY(list_of_names(heap, declarations, 2, VALUE_NIL, &set));
    TRY(li_cons(heap, library, set, &set));
    TRY(list_of_names(heap, only, 1, set, &set));
    return li_environment_import(interp->vm, environment, set);
}

typedef struct EnvironmentInput {
    int64_t flags;
    Ref environment; /* gets it */
} EnvironmentInput;

static Status compile_environment(Interp *interp, const void *input, Value *thunk)
{
    const EnvironmentInput *in = input;
    Value environment;
    Node *node = NULL;
    Arena arena;
    Status status;

    li_arena_init(&arena, &interp->memory.heap);
    status = li_environment_default(interp->vm, &arena, in->flags, &environment, &node);
    if (status == OK)
        status = bind_declarations(interp, environment);
    if (status == OK)
        status = li_set(api_refs(interp), in->environment, environment);
    *thunk = VALUE_FALSE;
    if (status == OK && node != NULL)
        status = li_compile_node(interp->vm, &arena, node, thunk);
    li_arena_free(&arena);
    return status;
}

/* A new environment with the standard libraries. */
MAY_COLLECT static Status new_environment(Interp *interp, int64_t flags,
                                          Ref environment)
{
    EnvironmentInput input = {flags, environment};
    Ref scratch;

    TRY(li_ref(api_refs(interp), VALUE_FALSE, &scratch));
    return compile_and_run(interp, compile_environment, &input, scratch);
}

/* The prompt's environment, made when it is first asked for. */
Status li_api_interaction(Interp *interp, Ref *result)
{
    Refs *refs = api_refs(interp);
    Value environment = interp->vm->interaction_environment;

    TRY(li_ref(refs, environment, result));
    if (value_is_true(environment))
        return OK;
    TRY(new_environment(interp, ENVIRONMENT_INTERACTIVE, *result));
    return li_get(refs, *result, &interp->vm->interaction_environment);
}

InterpStatus interp_eval(Interp *interp, interp_ref datum, interp_ref *result)
{
    Ref environment, value;
    Value form;

    API_TRY(interp, api_get(interp, datum, &form));
    API_TRY(interp, li_ref(api_refs(interp), VALUE_UNSPECIFIED, &value));
    API_TRY(interp, li_api_interaction(interp, &environment));
    API_TRY(interp, eval_form(interp, api_to_ref(datum), environment, value));
    *result = api_from_ref(value);
    return INTERP_OK;
}

InterpStatus interp_call(Interp *interp, interp_ref procedure,
                         const interp_ref *arguments, uint32_t count,
                         interp_ref *result)
{
    Ref value, *refs = calloc(count + (size_t)1, sizeof *refs);
    Status status = refs != NULL ? OK : ERR_NO_MEMORY;

    for (uint32_t i = 0; refs != NULL && i < count; i += 1)
        refs[i] = api_to_ref(arguments[i]);
    if (status == OK)
        status = li_ref(api_refs(interp), VALUE_UNSPECIFIED, &value);
    if (status == OK)
        status = li_vm_call(interp->vm, api_to_ref(procedure), refs, count, value);
    free(refs);
    API_TRY(interp, status);
    *result = api_from_ref(value);
    return INTERP_OK;
}

/* ---- Reading ---- */

struct InterpReader {
    Interp *interp;
    char *text;
    TextStream stream;
    ReaderOptions options;
    Reader reader;
};

InterpStatus interp_reader_new(Interp *interp, const char *name, const char *text,
                               size_t bytes, InterpReader **result)
{
    InterpReader *reader = calloc(1, sizeof *reader);
    char *copy = malloc(bytes + 1);
    uint32_t file = 0;
    Status status = reader == NULL || copy == NULL
                      ? ERR_NO_MEMORY
                      : li_sources_add(interp->sources, name, text, bytes, &file);

    if (status != OK) {
        free(reader);
        free(copy);
        return li_api_fail(interp, status);
    }
    if (bytes > 0)
        memcpy(copy, text, bytes);
    /* "#!/usr/bin/env limpet": a comment, as ";" would begin. */
    if (bytes > 2 && copy[0] == '#' && copy[1] == '!'
        && (copy[2] == '/' || copy[2] == ' '))
        copy[0] = ';';
    reader->interp = interp;
    reader->text = copy;
    reader->options = (ReaderOptions){
        .name = li_sources_name(interp->sources, file),
        .file = file,
        .positions = true,
        .immutable = true,
    };
    li_stream_from_memory(&reader->stream, copy, bytes);
    li_reader_open(&reader->reader, &interp->memory.heap, &reader->stream,
                   &reader->options);
    *result = reader;
    return INTERP_OK;
}

void interp_reader_free(InterpReader *reader)
{
    if (reader == NULL)
        return;
    li_reader_close(&reader->reader);
    free(reader->text);
    free(reader);
}

static uint64_t position_of_next(const Reader *reader)
{
    return position_pack((Position){
        .file = reader->options.file,
        .line = reader->stream->line,
        .column = reader->stream->column,
    });
}

/* Reads with a collection in between if there is no memory, and makes conditions of errors. */
MAY_COLLECT static Status read_datum(Interp *interp, Reader *reader, Ref datum,
                                     bool *ended)
{
    Value v;
    Status status = li_read(reader, &v);

    if (status == ERR_NO_MEMORY) {
        TRY(memory_collect(&interp->memory.view, IMMIX_EVACUATE));
        status = li_read(reader, &v);
    }
    if (status == ERR_READ)
        return li_raise_at(interp->vm, CONDITION_READ, reader->error.position,
                           VALUE_NIL, "%s", reader->error.message);
    if (status == ERR_NO_MEMORY)
        return li_raise_no_memory(interp->vm, position_of_next(reader));
    TRY(status);
    *ended = value_is_eq(v, VALUE_EOF);
    return li_set(api_refs(interp), datum, v);
}

InterpStatus interp_reader_next(Interp *interp, InterpReader *reader, interp_ref *datum)
{
    Ref ref;
    bool ended = false;
    Status status;

    if (reader->interp != interp)
        return li_api_fail(interp, ERR_FOREIGN);
    reader->reader.error.incomplete = false;
    API_TRY(interp, li_ref(api_refs(interp), VALUE_UNSPECIFIED, &ref));
    status = read_datum(interp, &reader->reader, ref, &ended);
    if (status != OK && reader->reader.error.incomplete) {
        (void)!li_api_fail(interp, status);
        return interp->error.status = INTERP_INCOMPLETE;
    }
    API_TRY(interp, status);
    if (ended)
        return li_api_fail_bare(interp, INTERP_END_OF_INPUT,
                                interp_status_text(INTERP_END_OF_INPUT), NULL);
    *datum = api_from_ref(ref);
    return INTERP_OK;
}

/* ---- Texts and files in the interaction environment ---- */

/* `last` gets the value of each form in turn. */
static InterpStatus eval_next(Interp *interp, InterpReader *reader, interp_ref last)
{
    interp_ref datum, value;
    InterpStatus status = interp_reader_next(interp, reader, &datum);

    if (status == INTERP_OK)
        status = interp_eval(interp, datum, &value);
    if (status == INTERP_OK)
        status = interp_assign(interp, last, value);
    return status;
}

static InterpStatus eval_reader(Interp *interp, InterpReader *reader, interp_ref last)
{
    InterpStatus status = INTERP_OK;

    while (status == INTERP_OK) {
        Scope scope;

        API_TRY(interp, li_scope_open(api_refs(interp), &scope));
        status = eval_next(interp, reader, last);
        /* A failure in between has been noted already. */
        Status closed = li_scope_close(api_refs(interp), scope);
        if (closed != OK && status == INTERP_OK)
            return li_api_fail(interp, closed);
    }
    return status == INTERP_END_OF_INPUT ? INTERP_OK : status;
}

InterpStatus interp_eval_string(Interp *interp, const char *name, const char *text,
                                size_t bytes, interp_ref *result)
{
    InterpReader *reader;
    interp_ref last;
    InterpStatus status = interp_unspecified(interp, &last);

    if (status == INTERP_OK)
        status = interp_reader_new(interp, name, text, bytes, &reader);
    if (status != INTERP_OK)
        return status;
    status = eval_reader(interp, reader, last);
    interp_reader_free(reader);
    if (status == INTERP_INCOMPLETE)
        status = interp->error.status = INTERP_ERROR;
    if (status == INTERP_OK)
        *result = last;
    return status;
}

/* All of a file, which must be a regular file or something that ends. */
static InterpStatus read_fd(Interp *interp, int fd, const char *path, Buffer *text)
{
    char chunk[16384];
    ssize_t count;

    do {
        count = read(fd, chunk, sizeof chunk);
        if (count > 0)
            li_buffer_push(text, chunk, (size_t)count);
        else if (count < 0 && errno != EINTR)
            return li_api_fail_bare(interp, INTERP_IO, "cannot read", path);
    } while (count != 0 && !text->failed);
    return text->failed ? li_api_fail(interp, ERR_NO_MEMORY) : INTERP_OK;
}

static InterpStatus read_file(Interp *interp, const char *path, Buffer *text)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return li_api_fail_bare(interp, INTERP_NOT_FOUND,
                                errno == ENOENT ? "no such file" : "cannot open", path);
    InterpStatus status;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode))
        status =
            li_api_fail_bare(interp, INTERP_NOT_FOUND, "cannot read a folder", path);
    else
        status = read_fd(interp, fd, path, text);
    close(fd);
    return status;
}

InterpStatus interp_eval_file(Interp *interp, const char *path, interp_ref *result)
{
    Buffer text = {0};
    InterpStatus status = read_file(interp, path, &text);

    if (status == INTERP_OK)
        status = interp_eval_string(interp, path, li_buffer_c_string(&text),
                                    text.length, result);
    li_buffer_free(&text);
    return status;
}

/* ---- Programs ---- */

/* True for (import ...) and (define-library ...), with which a program names all it needs. */
static bool is_declaration(Value form)
{
    if (!value_is_pair(form) || !value_is_symbol(pair_car(form)))
        return false;
    const Text *head = symbol_text(pair_car(form));
    return li_text_equals_ascii(head, "import")
        || li_text_equals_ascii(head, "define-library");
}

/* A new environment with nothing in it but what fetches the rest. */
static Status compile_bare(Interp *interp, const void *input, Value *thunk)
{
    const EnvironmentInput *in = input;
    Value environment;

    TRY(li_environment_new(&interp->memory.heap, in->flags, VALUE_FALSE, &environment));
    TRY(bind_declarations(interp, environment));
    *thunk = VALUE_FALSE;
    return li_set(api_refs(interp), in->environment, environment);
}

/* The environment for a program that begins with `form`. It is the one that
 * (interaction-environment) gives while the program runs. */
MAY_COLLECT static Status program_environment(Interp *interp, Ref form, Ref environment)
{
    Refs *refs = api_refs(interp);
    EnvironmentInput bare = {ENVIRONMENT_PROGRAM, environment};
    Value first;

    TRY(li_get(refs, form, &first));
    if (is_declaration(first))
        TRY(compile_and_run(interp, compile_bare, &bare, environment));
    else
        TRY(new_environment(interp, ENVIRONMENT_PROGRAM | ENVIRONMENT_IMPLICIT,
                            environment));
    return li_get(refs, environment, &interp->vm->interaction_environment);
}

static Status prescan(Interp *interp, Ref form, Ref environment)
{
    Value f, e;

    TRY(li_get(api_refs(interp), form, &f));
    TRY(li_get(api_refs(interp), environment, &e));
    return li_program_prescan(interp->vm, e, f);
}

/* Refs of a program that is running. */
typedef struct Program {
    Ref forms; /* a list in reverse order while reading, then what is still to be run */
    Ref form, environment, result;
} Program;

static Status program_open(Interp *interp, Program *program)
{
    Refs *refs = api_refs(interp);

    TRY(li_ref(refs, VALUE_NIL, &program->forms));
    TRY(li_ref(refs, VALUE_FALSE, &program->form));
    TRY(li_ref(refs, VALUE_FALSE, &program->environment));
    return li_ref(refs, VALUE_FALSE, &program->result);
}

static Status push_form(Interp *interp, const Program *program)
{
    Value form, forms;

    TRY(li_get(api_refs(interp), program->form, &form));
    TRY(li_get(api_refs(interp), program->forms, &forms));
    TRY(li_cons(&interp->memory.heap, form, forms, &forms));
    return li_set(api_refs(interp), program->forms, forms);
}

MAY_COLLECT static Status read_all(Interp *interp, Reader *reader,
                                   const Program *program)
{
    Refs *refs = api_refs(interp);
    Value reversed, forms = VALUE_NIL;
    bool ended = false;

    for (;;) {
        TRY(read_datum(interp, reader, program->form, &ended));
        if (ended)
            break;
        TRY(push_form(interp, program));
    }
    TRY(li_get(refs, program->forms, &reversed));
    while (value_is_pair(reversed)) {
        Pair *pair = value_to_pair(reversed);
        Value rest = pair->cdr;

        li_store(&interp->memory.heap, pair, &pair->cdr, forms);
        forms = reversed;
        reversed = rest;
    }
    return li_set(refs, program->forms, forms);
}

/* Takes the next form off the list; false at its end. */
static Status next_form(Interp *interp, const Program *program, bool *found)
{
    Refs *refs = api_refs(interp);
    Value forms;

    TRY(li_get(refs, program->forms, &forms));
    *found = value_is_pair(forms);
    if (!*found)
        return OK;
    TRY(li_set(refs, program->form, pair_car(forms)));
    return li_set(refs, program->forms, pair_cdr(forms));
}

static Status prescan_all(Interp *interp, const Program *program)
{
    Refs *refs = api_refs(interp);
    Value forms, environment;

    TRY(li_get(refs, program->forms, &forms));
    TRY(li_get(refs, program->environment, &environment));
    for (; value_is_pair(forms); forms = pair_cdr(forms))
        TRY(li_program_prescan(interp->vm, environment, pair_car(forms)));
    return OK;
}

MAY_COLLECT static Status run_forms(Interp *interp, Reader *reader)
{
    Program program;
    bool found;
    Value forms;

    TRY(program_open(interp, &program));
    TRY(read_all(interp, reader, &program));
    TRY(li_get(api_refs(interp), program.forms, &forms));
    if (!value_is_pair(forms))
        return OK;
    TRY(li_set(api_refs(interp), program.form, pair_car(forms)));
    TRY(program_environment(interp, program.form, program.environment));
    TRY(prescan_all(interp, &program));
    for (;;) {
        TRY(next_form(interp, &program, &found));
        if (!found)
            return OK;
        TRY(eval_form(interp, program.form, program.environment, program.result));
    }
}

static InterpStatus run_text(Interp *interp, const char *path, const Buffer *text)
{
    InterpReader *reader;
    InterpStatus status = interp_reader_new(
        interp, path, text->length > 0 ? text->bytes : "", text->length, &reader);

    if (status != INTERP_OK)
        return status;
    Status ran = run_forms(interp, &reader->reader);
    interp_reader_free(reader);
    API_TRY(interp, ran);
    return INTERP_OK;
}

static InterpStatus run_program(Interp *interp, void *context)
{
    const char *path = context;
    Buffer text = {0};
    InterpStatus status = read_file(interp, path, &text);

    if (status == INTERP_OK)
        status = run_text(interp, path, &text);
    li_buffer_free(&text);
    return status;
}

/* ---- Programs from the input port ---- */

static void skip_hash_bang(TextStream *stream)
{
    int32_t c;

    if (li_stream_byte(stream, 0) != '#' || li_stream_byte(stream, 1) != '!'
        || (li_stream_byte(stream, 2) != '/' && li_stream_byte(stream, 2) != ' '))
        return;
    do {
        c = li_stream_next(stream);
    } while (c != '\n' && c >= 0);
}

/* The port may have been closed, and its reader's state is the port's: so each form gets a
 * reader of its own. */
MAY_COLLECT static Status read_from_port(Interp *interp, Ref port,
                                         const ReaderOptions *options, Ref form,
                                         bool *ended)
{
    Reader reader;
    ReaderOptions own = *options;
    Value v;

    TRY(li_get(api_refs(interp), port, &v));
    *ended = !li_port_is_input_open(li_port_of(v));
    if (*ended)
        return OK;
    own.fold_case = *li_port_fold_case(li_port_of(v));
    li_reader_open(&reader, &interp->memory.heap, li_port_stream(li_port_of(v)), &own);
    Status status = read_datum(interp, &reader, form, ended);
    li_reader_close(&reader);
    return status;
}

MAY_COLLECT static Status run_port(Interp *interp, Ref port,
                                   const ReaderOptions *options)
{
    Program program;
    bool ended, begun = false;

    TRY(program_open(interp, &program));
    for (;;) {
        TRY(read_from_port(interp, port, options, program.form, &ended));
        if (ended)
            return OK;
        if (!begun)
            TRY(program_environment(interp, program.form, program.environment));
        begun = true;
        TRY(prescan(interp, program.form, program.environment));
        TRY(eval_form(interp, program.form, program.environment, program.result));
    }
}

static InterpStatus run_input(Interp *interp, void *context)
{
    const char *name = context;
    Value v = li_vm_current_port(interp->vm, 0);
    ReaderOptions options = {.positions = true, .immutable = true};
    Ref port;

    API_TRY(interp, li_sources_add(interp->sources, name, NULL, 0, &options.file));
    options.name = li_sources_name(interp->sources, options.file);
    API_TRY(interp, li_ref(api_refs(interp), v, &port));
    skip_hash_bang(li_port_stream(li_port_of(v)));
    API_TRY(interp, run_port(interp, port, &options));
    return INTERP_OK;
}

/* ---- Whole runs ---- */

typedef struct WholeRun {
    InterpBody body;
    const char *name;
} WholeRun;

/* The prompt's environment comes back when the program is over. */
static InterpStatus run_whole(Interp *interp, void *context)
{
    WholeRun *run = context;
    Ref outer;
    Value environment = VALUE_FALSE;

    API_TRY(interp,
            li_ref(api_refs(interp), interp->vm->interaction_environment, &outer));
    InterpStatus status = run->body(interp, (void *)(uintptr_t)run->name);
    if (li_get(api_refs(interp), outer, &environment) == OK)
        interp->vm->interaction_environment = environment;
    if (status != INTERP_OK)
        return (void)!li_ports_flush_all(&interp->port_table), status;
    return interp_flush(interp);
}

InterpStatus interp_run_program(Interp *interp, const char *path)
{
    WholeRun run = {run_program, path};

    return interp_session(interp, run_whole, &run);
}

InterpStatus interp_run_input(Interp *interp, const char *name)
{
    WholeRun run = {run_input, name};

    return interp_session(interp, run_whole, &run);
}
