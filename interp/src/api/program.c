/* program.c - whole programs: from a file, or from the input port.
 *
 * What is left of a program while one of its forms runs waits in refs.
 */
#include "api/api.h"
#include "compiler/warnings.h"
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
    uint64_t position; /* of the form */
} Program;

static Status program_open(Interp *interp, Program *program)
{
    Refs *refs = api_refs(interp);

    TRY(li_ref(refs, VALUE_NIL, &program->forms));
    TRY(li_ref(refs, VALUE_FALSE, &program->form));
    TRY(li_ref(refs, VALUE_FALSE, &program->environment));
    return li_ref(refs, VALUE_FALSE, &program->result);
}

/* Of what is no pair, that of the list knows where it was. */
static Status try_push_form(Interp *interp, const Program *program, uint64_t position)
{
    Value form, forms;

    TRY(li_get(api_refs(interp), program->form, &form));
    TRY(li_get(api_refs(interp), program->forms, &forms));
    TRY(li_cons_at(&interp->memory.heap, form, forms, position, &forms));
    return li_set(api_refs(interp), program->forms, forms);
}

MAY_COLLECT static Status push_form(Interp *interp, const Program *program, uint64_t position)
{
    Status status = try_push_form(interp, program, position);

    if (status != ERR_NO_MEMORY)
        return status;
    TRY(memory_collect(&interp->memory.view, IMMIX_EVACUATE));
    return try_push_form(interp, program, position);
}

/* In place. */
static void reverse_list(Interp *interp, Value *list)
{
    Value reversed = VALUE_NIL;

    while (value_is_pair(*list)) {
        Pair *pair = value_to_pair(*list);
        Value rest = pair->cdr;

        li_store(&interp->memory.heap, pair, &pair->cdr, reversed);
        reversed = *list;
        *list = rest;
    }
    *list = reversed;
}

MAY_COLLECT static Status read_all(Interp *interp, Reader *reader,
                                   const Program *program)
{
    Refs *refs = api_refs(interp);
    Value forms;
    bool ended = false;

    for (;;) {
        TRY(li_api_read_datum(interp, reader, program->form, &ended));
        if (ended)
            break;
        TRY(push_form(interp, program, li_reader_began(reader)));
    }
    TRY(li_get(refs, program->forms, &forms));
    reverse_list(interp, &forms);
    return li_set(refs, program->forms, forms);
}

/* Takes the next form off the list; false at its end. */
static Status next_form(Interp *interp, Program *program, bool *found)
{
    Refs *refs = api_refs(interp);
    Value forms;

    TRY(li_get(refs, program->forms, &forms));
    *found = value_is_pair(forms);
    if (!*found)
        return OK;
    program->position = li_pair_position(forms);
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

/* ---- Running ---- */

static ApiForm form_of(const Program *program)
{
    return (ApiForm){program->form, program->environment, program->position};
}

MAY_COLLECT static Status run_each(Interp *interp, Program *program, bool compiled)
{
    bool found;

    for (;;) {
        TRY(next_form(interp, program, &found));
        if (!found)
            return OK;
        ApiForm form = form_of(program);
        if (compiled)
            TRY(li_vm_call(interp->vm, program->form, NULL, 0, program->result));
        else
            TRY(li_api_eval_form(interp, &form, program->result));
    }
}

/* In an environment that knows nothing yet. */
MAY_COLLECT static Status prepare(Interp *interp, const Program *program)
{
    TRY(program_environment(interp, program->form, program->environment));
    return prescan_all(interp, program);
}

MAY_COLLECT static Status begin_program(Interp *interp, Reader *reader, Program *program,
                                        bool *found)
{
    Value forms;

    TRY(program_open(interp, program));
    TRY(read_all(interp, reader, program));
    TRY(li_get(api_refs(interp), program->forms, &forms));
    *found = value_is_pair(forms);
    if (!*found)
        return OK;
    TRY(li_set(api_refs(interp), program->form, pair_car(forms)));
    return prepare(interp, program);
}

static void print_text(Interp *interp, const Buffer *text)
{
    Value port = li_vm_current_port(interp->vm, 2);

    if (text->failed || text->length == 0 || !value_is_port(port)
        || !li_port_is_output_open(li_port_of(port)))
        return;
    (void)!li_port_write_bytes(li_port_of(port), text->bytes, text->length);
    (void)!li_ports_flush_all(&interp->port_table);
}

static void print_warnings(Interp *interp, Warnings *warnings)
{
    Buffer text = {0};

    (void)li_warnings_report(warnings, interp->vm, true, &text);
    print_text(interp, &text);
    li_buffer_free(&text);
}

/* What is wrong with the program is said before it runs. */
MAY_COLLECT static Status compile_whole(Interp *interp, const Program *program)
{
    CompileOptions *options = li_vm_compile_options(interp->vm);
    bool lists = options->dump_ast || options->dump_optimised || options->dump_bytecode;
    Warnings warnings = {0};

    if (interp->warns && !lists)
        options->warnings = &warnings;
    Status status =
        li_api_compile_program(interp, program->forms, program->environment);
    options->warnings = NULL;
    if (status == OK)
        print_warnings(interp, &warnings);
    li_warnings_free(&warnings);
    return status;
}

/* A program that only its own forms can change is compiled as a whole before it runs. If
 * that fails its forms are run one by one, so that the failure shows when its form's turn
 * has come. */
MAY_COLLECT static Status run_forms(Interp *interp, Reader *reader)
{
    Program program;
    Value forms, environment;
    bool found, closed;

    TRY(begin_program(interp, reader, &program, &found));
    if (!found)
        return OK;
    TRY(li_get(api_refs(interp), program.forms, &forms));
    TRY(li_get(api_refs(interp), program.environment, &environment));
    TRY(li_program_is_closed(interp->vm, environment, forms, &closed));
    if (closed) {
        Status status = compile_whole(interp, &program);

        if (status == OK)
            return run_each(interp, &program, true);
        if (status == ERR_INTERRUPTED)
            return status;
        interp->vm->condition = VALUE_FALSE;
        TRY(li_get(api_refs(interp), program.forms, &forms));
        TRY(li_set(api_refs(interp), program.form, pair_car(forms)));
        TRY(prepare(interp, &program));
    }
    return run_each(interp, &program, false);
}

/* ---- Looking only ---- */

static void print_error(Interp *interp)
{
    Buffer text = {0};

    li_vm_report(interp->vm, &text);
    print_text(interp, &text);
    interp->vm->condition = VALUE_FALSE;
    li_buffer_free(&text);
}

/* Every form is compiled, whatever became of those before it; none runs. */
MAY_COLLECT static Status check_all(Interp *interp, Program *program,
                                    uint32_t *errors)
{
    bool found;

    for (;;) {
        TRY(next_form(interp, program, &found));
        if (!found)
            return OK;
        ApiForm form = form_of(program);
        Status status = li_api_compile_form(interp, &form, program->result);
        if (status != OK && status != ERR_RAISED)
            return status;
        if (status == ERR_RAISED) {
            *errors += 1;
            print_error(interp);
        }
    }
}

MAY_COLLECT static Status check_forms(Interp *interp, Reader *reader)
{
    CompileOptions *options = li_vm_compile_options(interp->vm);
    Warnings warnings = {0};
    Program program;
    Buffer text = {0};
    uint32_t errors = 0;
    bool found;

    TRY(begin_program(interp, reader, &program, &found));
    options->warnings = &warnings;
    li_expander_only_look(li_vm_expander(interp->vm), true);
    Status status = found ? check_all(interp, &program, &errors) : OK;
    li_expander_only_look(li_vm_expander(interp->vm), false);
    options->warnings = NULL;
    if (status == OK) {
        /* What a form that is wrong would have defined is not known. */
        interp->found += errors
                       + li_warnings_report(&warnings, interp->vm, errors == 0, &text);
        print_text(interp, &text);
    }
    li_buffer_free(&text);
    li_warnings_free(&warnings);
    return status;
}

typedef Status (*FormsFn)(Interp *interp, Reader *reader);

static InterpStatus run_text(Interp *interp, const char *path, const Buffer *text,
                             FormsFn forms)
{
    InterpReader *reader;
    InterpStatus status = interp_reader_new(
        interp, path, text->length > 0 ? text->bytes : "", text->length, &reader);

    if (status != INTERP_OK)
        return status;
    Status ran = forms(interp, li_api_reader(reader));
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
        status = run_text(interp, path, &text, run_forms);
    li_buffer_free(&text);
    return status;
}

static InterpStatus check_program(Interp *interp, void *context)
{
    const char *path = context;
    Buffer text = {0};
    InterpStatus status = li_api_read_file(interp, path, &text);

    if (status == INTERP_OK)
        status = run_text(interp, path, &text, check_forms);
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
                                         const ReaderOptions *options,
                                         Program *program, bool *ended)
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
    Status status = li_api_read_datum(interp, &reader, program->form, ended);
    program->position = li_reader_began(&reader);
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
        TRY(read_from_port(interp, port, options, &program, &ended));
        if (ended)
            return OK;
        if (!begun)
            TRY(program_environment(interp, program.form, program.environment));
        begun = true;
        TRY(prescan(interp, program.form, program.environment));
        ApiForm form = form_of(&program);
        TRY(li_api_eval_form(interp, &form, program.result));
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
    options.sources = interp->sources;
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

InterpStatus interp_check_program(Interp *interp, const char *path, uint32_t *found)
{
    WholeRun run = {check_program, path};

    interp->found = 0;
    InterpStatus status = interp_session(interp, run_whole, &run);
    *found = interp->found;
    return status;
}

InterpStatus interp_run_input(Interp *interp, const char *name)
{
    WholeRun run = {run_input, name};

    return interp_session(interp, run_whole, &run);
}
