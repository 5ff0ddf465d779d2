/* program.c - whole programs: from a file, or from the input port.
 *
 * What is left of a program while one of its forms runs waits in refs.
 */
#include "api/api.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/reader.h"
#include "syntax/source.h"
#include "types/port.h"

/* True for (import ...) and (define-library ...), with which a program names all it needs. */
static bool is_declaration(Value form)
{
    if (!value_is_pair(form) || !value_is_symbol(pair_car(form)))
        return false;
    const Text *head = symbol_text(pair_car(form));
    return li_text_equals_ascii(head, "import")
        || li_text_equals_ascii(head, "define-library");
}

/* The environment for a program that begins with `form`. It is the one that
 * (interaction-environment) gives while the program runs. */
MAY_COLLECT static Status program_environment(Interp *interp, Ref form, Ref environment)
{
    Refs *refs = api_refs(interp);
    Value first;

    TRY(li_get(refs, form, &first));
    bool bare = is_declaration(first);
    int64_t flags =
        bare ? ENVIRONMENT_PROGRAM : ENVIRONMENT_PROGRAM | ENVIRONMENT_IMPLICIT;
    TRY(li_api_environment(interp, flags, bare, environment));
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
        TRY(li_api_read_datum(interp, reader, program->form, &ended));
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

MAY_COLLECT static Status run_each(Interp *interp, const Program *program, bool compiled)
{
    bool found;

    for (;;) {
        TRY(next_form(interp, program, &found));
        if (!found)
            return OK;
        if (compiled)
            TRY(li_vm_call(interp->vm, program->form, NULL, 0, program->result));
        else
            TRY(li_api_eval_form(interp, program->form, program->environment,
                                 program->result));
    }
}

MAY_COLLECT static Status prepare(Interp *interp, const Program *program)
{
    Value forms;

    TRY(li_get(api_refs(interp), program->forms, &forms));
    TRY(li_set(api_refs(interp), program->form, pair_car(forms)));
    TRY(program_environment(interp, program->form, program->environment));
    return prescan_all(interp, program);
}

/* A program that only its own forms can change is compiled as a whole before it runs. If
 * that fails its forms are run one by one, so that the failure shows when its form's turn
 * has come, in an environment that knows nothing of the first try. */
MAY_COLLECT static Status run_forms(Interp *interp, Reader *reader)
{
    Program program;
    Value forms;
    bool closed;

    TRY(program_open(interp, &program));
    TRY(read_all(interp, reader, &program));
    TRY(li_get(api_refs(interp), program.forms, &forms));
    if (!value_is_pair(forms))
        return OK;
    TRY(li_program_is_closed(interp->vm, forms, &closed));
    TRY(prepare(interp, &program));
    if (closed) {
        Status status =
            li_api_compile_program(interp, program.forms, program.environment);

        if (status == OK)
            return run_each(interp, &program, true);
        if (status == ERR_INTERRUPTED)
            return status;
        TRY(prepare(interp, &program));
    }
    return run_each(interp, &program, false);
}

static InterpStatus run_text(Interp *interp, const char *path, const Buffer *text)
{
    InterpReader *reader;
    InterpStatus status = interp_reader_new(
        interp, path, text->length > 0 ? text->bytes : "", text->length, &reader);

    if (status != INTERP_OK)
        return status;
    Status ran = run_forms(interp, li_api_reader(reader));
    interp_reader_free(reader);
    API_TRY(interp, ran);
    return INTERP_OK;
}

static InterpStatus run_program(Interp *interp, void *context)
{
    const char *path = context;
    Buffer text = {0};
    InterpStatus status = li_api_read_file(interp, path, &text);

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
    Status status = li_api_read_datum(interp, &reader, form, ended);
    bool fold_case = reader.options.fold_case;
    li_reader_close(&reader);
    TRY(status);
    TRY(li_get(api_refs(interp), port, &v));
    *li_port_fold_case(li_port_of(v)) = fold_case;
    return OK;
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
        TRY(li_api_eval_form(interp, program.form, program.environment,
                             program.result));
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
