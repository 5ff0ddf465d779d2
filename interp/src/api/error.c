/* error.c - what interp_last_error() says. */
#include "api/api.h"
#include "syntax/source.h"
#include "vm/condition.h"

static const char *const status_texts[] = {
#define X(name, text) text,
    INTERP_STATUS_TABLE(X)
#undef X
};

const char *interp_status_text(InterpStatus status)
{
    size_t count = sizeof status_texts / sizeof status_texts[0];

    return (size_t)status < count ? status_texts[status] : "unknown status";
}

static InterpStatus public_status(Status status)
{
    switch (status) {
    case OK: return INTERP_OK;
    case ERR_NO_MEMORY:
    case ERR_BAD_SIZE: return INTERP_NO_MEMORY;
    case ERR_TYPE:
    case ERR_KEY:
    case ERR_UNHASHABLE: return INTERP_WRONG_TYPE;
    case ERR_RANGE:
    case ERR_EMPTY: return INTERP_OUT_OF_RANGE;
    case ERR_BORROWED: return INTERP_BORROWED;
    case ERR_IMMUTABLE: return INTERP_IMMUTABLE;
    case ERR_ENCODING: return INTERP_ENCODING;
    case ERR_STALE: return INTERP_STALE;
    case ERR_FOREIGN: return INTERP_FOREIGN;
    case ERR_SCOPE: return INTERP_SCOPE_ORDER;
    case ERR_SESSION: return INTERP_SESSION_STATE;
    case ERR_TOO_DEEP: return INTERP_DEEP;
    case ERR_INTERRUPTED: return INTERP_INTERRUPTED;
    case ERR_IO: return INTERP_IO;
    case ERR_DIVIDE:
    case ERR_READ:
    case ERR_RAISED: return INTERP_ERROR;
    case ERR_EXIT: return INTERP_EXIT;
    }
    return INTERP_ERROR;
}

static void clear(Interp *interp)
{
    li_buffer_clear(&interp->error_message);
    li_buffer_clear(&interp->error_file);
    li_buffer_clear(&interp->error_report);
}

/* The strings of the public error are those of the buffers, which may have moved. */
static InterpStatus publish(Interp *interp, InterpStatus status, Position position)
{
    interp->error = (InterpError){
        .status = status,
        .message = li_buffer_c_string(&interp->error_message),
        .file = li_buffer_c_string(&interp->error_file),
        .line = position.line,
        .column = position.column,
        .report = li_buffer_c_string(&interp->error_report),
    };
    return status;
}

void li_api_no_failure(Interp *interp)
{
    clear(interp);
    publish(interp, INTERP_OK, (Position){0});
}

InterpStatus li_api_fail_bare(Interp *interp, InterpStatus status, const char *message,
                              const char *what)
{
    clear(interp);
    li_buffer_push_string(&interp->error_message, message);
    if (what != NULL) {
        li_buffer_push_string(&interp->error_message, ": ");
        li_buffer_push_string(&interp->error_message, what);
    }
    return publish(interp, status, (Position){0});
}

static InterpStatus condition_status(const Condition *condition)
{
    int64_t kind = value_to_fixnum(condition->kind);

    if (kind == CONDITION_INTERRUPT)
        return INTERP_INTERRUPTED;
    return kind == CONDITION_MEMORY ? INTERP_NO_MEMORY : INTERP_ERROR;
}

static InterpStatus fail_raised(Interp *interp)
{
    Vm *vm = interp->vm;
    Position position = {0};
    uint64_t packed = 0;
    InterpStatus status = INTERP_ERROR;

    clear(interp);
    li_vm_report(vm, &interp->error_report);
    if (value_is_condition(vm->condition)) {
        packed = (uint64_t)value_to_fixnum(value_to_condition(vm->condition)->position);
        status = condition_status(value_to_condition(vm->condition));
        li_condition_message(vm, vm->condition, &interp->error_message);
    }
    if (packed != 0) {
        position = position_unpack(packed);
        li_buffer_push_string(&interp->error_file,
                              li_sources_name(vm->sources, position.file));
    }
    return publish(interp, status, position);
}

InterpStatus li_api_fail(Interp *interp, Status status)
{
    if (status == ERR_RAISED)
        return fail_raised(interp);
    return li_api_fail_bare(interp, public_status(status), li_status_text(status),
                            NULL);
}

const InterpError *interp_last_error(const Interp *interp)
{
    return &interp->error;
}

InterpStatus interp_error_object(Interp *interp, interp_ref *object)
{
    Value condition = interp->vm->condition;

    if (interp->error.status != INTERP_ERROR || !value_is_true(condition))
        return li_api_fail_bare(interp, INTERP_NOT_FOUND, "no error is pending", NULL);
    if (value_is_condition(condition)
        && !value_is_eq(value_to_condition(condition)->payload, VALUE_UNBOUND))
        condition = value_to_condition(condition)->payload;
    return api_give(interp, condition, object);
}
