/* api.h - what the files behind interp.h share.
 *
 *     P1  No function of interp.h hands out or takes a bare Value; a ref is checked each time
 *         it is used.
 *     P2  interp->vm->view is the open session's view, or NULL.
 *     P3  Whatever gives another status than INTERP_OK goes through li_api_fail or
 *         li_api_fail_bare, so that interp_last_error() is about the last call.
 */
#ifndef LI_API_API_H
#define LI_API_API_H

#include "containers/array.h"
#include "interp.h"
#include "memory/session.h"
#include "types/port.h"
#include "vm/vm.h"

/* A numeric vector that the host has borrowed. */
typedef struct ApiBorrow {
    Handle handle;
    struct ApiBorrow *next;
} ApiBorrow;

ALWAYS_INLINE bool api_is_array(Value v)
{
    return value_has_type(v, T_ARRAY) && array_kind(value_to_array(v)) != ELEMENT_OPCODE;
}

struct Interp {
    Memory memory;
    bool has_memory; /* it is open */
    Vm *vm;
    struct Sources *sources;
    PortTable port_table;
    InterpStream streams[3]; /* of the ports; callbacks get their address */
    InterpError error;
    Buffer error_message, error_file, error_report; /* what `error` points into */
    Buffer dump; /* listings that have not been written yet */
    ApiBorrow *borrows;
    bool warns;     /* about programs, before they run */
    uint32_t found; /* by interp_check_program */
    interp_ref last_read; /* what interp_reader_next gave last, and where it was */
    uint64_t last_position;
};

/* What the boot stage asks for beside the public options. */
typedef struct ApiBoot {
    bool without_image; /* primitives alone: no library is there */
} ApiBoot;

/* `boot` may be NULL. */
MUST_CHECK InterpStatus li_api_open(const InterpOptions *options, const ApiBoot *boot,
                                    Interp **interp);

/* Makes the last error one that says nothing. */
void li_api_no_failure(Interp *interp);
/* Notes the failure and gives its public status. ERR_RAISED takes what is to be known from
 * the condition in the VM. */
MUST_CHECK COLD InterpStatus li_api_fail(Interp *interp, Status status);
/* A failure of the API's own, with a message; `what` may be NULL and is appended after ": ". */
MUST_CHECK COLD InterpStatus li_api_fail_bare(Interp *interp, InterpStatus status,
                                              const char *message, const char *what);

#define API_TRY(interp, expr)                          \
    do {                                               \
        Status api_status_ = (expr);                   \
        if (UNLIKELY(api_status_ != OK))               \
            return li_api_fail((interp), api_status_); \
    } while (0)

ALWAYS_INLINE Ref api_to_ref(interp_ref ref)
{
    return (Ref){ref.stamp, ref.slot, ref.owner};
}

ALWAYS_INLINE interp_ref api_from_ref(Ref ref)
{
    return (interp_ref){ref.stamp, ref.index, ref.owner};
}

/* The refs of the open session. */
ALWAYS_INLINE Refs *api_refs(Interp *interp)
{
    return &interp->memory.view.refs;
}

ALWAYS_INLINE Status api_get(Interp *interp, interp_ref ref, Value *v)
{
    return li_get(api_refs(interp), api_to_ref(ref), v);
}

/* Makes a value out of `input` without collecting; it may be asked twice. */
typedef Status (*ApiMaker)(Interp *interp, const void *input, Value *v);

/* Runs `make`, again after a collection if there was no memory, and puts a new ref to what it
 * made into *result. */
MAY_COLLECT MUST_CHECK InterpStatus li_api_make(Interp *interp, ApiMaker make,
                                                const void *input, interp_ref *result);

/* ---- eval.c ---- */

/* A ref to the prompt's environment, which is made when it is first asked for. */
MAY_COLLECT MUST_CHECK Status li_api_interaction(Interp *interp, Ref *result);
/* Puts a new environment into `environment`. `bare`: with import and define-library alone;
 * otherwise with all standard libraries. `flags` are ENVIRONMENT_*. */
MAY_COLLECT MUST_CHECK Status li_api_environment(Interp *interp, int64_t flags,
                                                 bool bare, Ref environment);
/* A top-level form, and where it is if it is no pair; 0: unknown. */
typedef struct ApiForm {
    Ref datum, environment;
    uint64_t position;
} ApiForm;

/* Expands, compiles and runs a top-level form. */
MAY_COLLECT MUST_CHECK Status li_api_eval_form(Interp *interp, const ApiForm *form,
                                               Ref result);
/* The same without running it: `thunk` gets a procedure that does, or #f. */
MAY_COLLECT MUST_CHECK Status li_api_compile_form(Interp *interp, const ApiForm *form,
                                                  Ref thunk);

/* Compiles a list of forms as a program, see li_compile_program(), and puts the list of
 * procedures in its place. Failures leave it as it is. */
MAY_COLLECT MUST_CHECK Status li_api_compile_program(Interp *interp, Ref forms,
                                                     Ref environment);

/* ---- read.c ---- */

struct Reader;
struct Reader *li_api_reader(InterpReader *reader);
/* Reads with a collection in between if there is no memory, and makes conditions of errors.
 * *ended: there was nothing more. */
MAY_COLLECT MUST_CHECK Status li_api_read_datum(Interp *interp, struct Reader *reader,
                                                Ref datum, bool *ended);
/* Appends all of a file. Failures are noted: INTERP_NOT_FOUND, INTERP_IO, INTERP_NO_MEMORY. */
MUST_CHECK InterpStatus li_api_read_file(Interp *interp, const char *path,
                                         Buffer *text);

/* ---- values.c and borrow.c ---- */

/* A copy of a buffer as a text for the host; frees the buffer. */
MUST_CHECK InterpStatus li_api_take_text(Interp *interp, Buffer *buffer,
                                         InterpText *text);

/* Gives back everything that the session borrowed. */
void li_api_release_borrows(Interp *interp);

/* A new ref to `v`. */
ALWAYS_INLINE InterpStatus api_give(Interp *interp, Value v, interp_ref *result)
{
    Ref ref;

    API_TRY(interp, li_ref(api_refs(interp), v, &ref));
    *result = api_from_ref(ref);
    return INTERP_OK;
}

#endif /* LI_API_API_H */
