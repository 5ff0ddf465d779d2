/* eval.c - compiling and running one form after the other; environments; calls.
 *
 * A top-level form is expanded and compiled in one step that does not collect, and then run,
 * which does.
 */
#include <stdlib.h>

#include "api/api.h"
#include "compiler/compiler.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
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

/* Compiles, and again after a collection if there was no memory. */
MAY_COLLECT static Status compile_into(Interp *interp, Compiler compile,
                                       const void *input, Ref result)
{
    Value compiled = VALUE_FALSE;
    Status status = compile(interp, input, &compiled);

    if (status == ERR_NO_MEMORY) {
        TRY(memory_collect(&interp->memory.view, IMMIX_EVACUATE));
        status = compile(interp, input, &compiled);
    }
    TRY(status);
    return li_set(api_refs(interp), result, compiled);
}

/* Compiles and runs; `result` gets the value. */
MAY_COLLECT static Status compile_and_run(Interp *interp, Compiler compile,
                                          const void *input, Ref result)
{
    Status status = compile_into(interp, compile, input, result);
    Value compiled;

    flush_dump(interp);
    TRY(status);
    TRY(li_get(api_refs(interp), result, &compiled));
    if (!value_is_true(compiled))
        return OK;
    return li_vm_call(interp->vm, result, NULL, 0, result);
}

typedef struct FormsInput {
    Ref forms, environment;
} FormsInput;

static Status compile_program(Interp *interp, const void *input, Value *thunks)
{
    const FormsInput *in = input;
    Value forms, environment;

    TRY(li_get(api_refs(interp), in->forms, &forms));
    TRY(li_get(api_refs(interp), in->environment, &environment));
    return li_compile_program(interp->vm, forms, environment, thunks);
}

Status li_api_compile_program(Interp *interp, Ref forms, Ref environment)
{
    FormsInput input = {forms, environment};
    Status status = compile_into(interp, compile_program, &input, forms);

    if (status == OK)
        flush_dump(interp);
    else
        li_buffer_clear(&interp->dump);
    return status;
}

static Status compile_form(Interp *interp, const void *input, Value *thunk)
{
    const ApiForm *in = input;
    TopForm form = {.position = in->position};

    TRY(li_get(api_refs(interp), in->datum, &form.datum));
    TRY(li_get(api_refs(interp), in->environment, &form.environment));
    return li_compile(interp->vm, &form, true, thunk);
}

Status li_api_eval_form(Interp *interp, const ApiForm *form, Ref result)
{
    Status status = compile_and_run(interp, compile_form, form, result);
    Value datum;

    if (status != ERR_NO_MEMORY)
        return status;
    TRY(li_get(api_refs(interp), form->datum, &datum));
    return li_raise_no_memory(interp->vm, value_is_pair(datum) ? li_pair_position(datum)
                                                               : form->position);
}

Status li_api_compile_form(Interp *interp, const ApiForm *form, Ref thunk)
{
    return compile_into(interp, compile_form, form, thunk);
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

Status li_api_environment(Interp *interp, int64_t flags, bool bare, Ref environment)
{
    EnvironmentInput input = {flags, environment};
    Ref scratch;

    TRY(li_ref(api_refs(interp), VALUE_FALSE, &scratch));
    return compile_and_run(interp, bare ? compile_bare : compile_environment, &input,
                           scratch);
}

/* The prompt's environment, made when it is first asked for. */
Status li_api_interaction(Interp *interp, Ref *result)
{
    Refs *refs = api_refs(interp);
    Value environment = interp->vm->interaction_environment;

    TRY(li_ref(refs, environment, result));
    if (value_is_true(environment))
        return OK;
    TRY(li_api_environment(interp, ENVIRONMENT_INTERACTIVE, false, *result));
    return li_get(refs, *result, &interp->vm->interaction_environment);
}

InterpStatus interp_eval(Interp *interp, interp_ref datum, interp_ref *result)
{
    ApiForm form = {.datum = api_to_ref(datum)};
    bool was_read = datum.stamp == interp->last_read.stamp
                 && datum.slot == interp->last_read.slot
                 && datum.owner == interp->last_read.owner;
    Ref value;
    Value v;

    API_TRY(interp, api_get(interp, datum, &v));
    API_TRY(interp, li_ref(api_refs(interp), VALUE_UNSPECIFIED, &value));
    API_TRY(interp, li_api_interaction(interp, &form.environment));
    if (was_read)
        form.position = interp->last_position;
    API_TRY(interp, li_api_eval_form(interp, &form, value));
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

InterpStatus interp_eval_file(Interp *interp, const char *path, interp_ref *result)
{
    Buffer text = {0};
    InterpStatus status = li_api_read_file(interp, path, &text);

    if (status == INTERP_OK)
        status = interp_eval_string(interp, path, li_buffer_c_string(&text),
                                    text.length, result);
    li_buffer_free(&text);
    return status;
}
