/* condition.c - see condition.h and prim.h. */
#include "vm/condition.h"

#include <stdio.h>
#include <stdlib.h>

#include "compiler/insn.h"
#include "compiler/liveness.h"
#include "containers/text.h"
#include "syntax/printer.h"
#include "syntax/source.h"
#include "vm/backtrace.h"
#include "vm/call.h"
#include "vm/stack.h"

enum {
    IRRITANT_CHARS = 200,  /* of an irritant in a report */
    EMERGENCY_BYTES =
        1 << 20, /* what an out-of-memory error may use beyond the limit */
};

static const char *const kind_names[] = {
    [CONDITION_ERROR] = "error",         [CONDITION_TYPE] = "type",
    [CONDITION_RANGE] = "range",         [CONDITION_ARITY] = "arity",
    [CONDITION_UNBOUND] = "unbound",     [CONDITION_NOT_PROCEDURE] = "not-procedure",
    [CONDITION_DIVIDE] = "divide",       [CONDITION_FILE] = "file",
    [CONDITION_READ] = "read",           [CONDITION_SYNTAX] = "syntax",
    [CONDITION_MEMORY] = "memory",       [CONDITION_BORROW] = "borrow",
    [CONDITION_IMMUTABLE] = "immutable", [CONDITION_INTERRUPT] = "interrupt",
};

const char *li_condition_kind_name(ConditionKind kind)
{
    return kind_names[kind];
}

bool li_condition_kind_find(const Text *name, ConditionKind *kind)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof kind_names[0]; i += 1) {
        if (li_text_equals_ascii(name, kind_names[i])) {
            *kind = (ConditionKind)i;
            return true;
        }
    }
    return false;
}

Status li_condition_new(Vm *vm, ConditionKind kind, Value message, Value irritants,
                        uint64_t position, Value *result)
{
    Condition *condition =
        li_alloc(vm->heap, T_CONDITION, 0, sizeof(Condition) / sizeof(Value));

    if (condition == NULL)
        return ERR_NO_MEMORY;
    *condition = (Condition){
        .kind = value_from_fixnum((int64_t)kind),
        .message = message,
        .irritants = irritants,
        .position = value_from_fixnum((int64_t)position),
        .backtrace = VALUE_FALSE,
        .payload = VALUE_UNBOUND,
    };
    *result = value_from_object(condition);
    return OK;
}

/* ---- Raising ---- */

PRINTF_LIKE(5, 0)
static Status raise_formatted(Vm *vm, ConditionKind kind, uint64_t position,
                              Value irritants, const char *format, va_list list)
{
    char short_text[512];
    char *text = short_text;
    va_list again;
    Value message;
    Status status;

    va_copy(again, list);
    int length = vsnprintf(short_text, sizeof short_text, format, list);
    if (length >= (int)sizeof short_text) {
        text = malloc((size_t)length + 1);
        if (text == NULL) {
            va_end(again);
            return ERR_NO_MEMORY;
        }
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    status = li_text_from_utf8_lossy(vm->heap, text, length > 0 ? (size_t)length : 0,
                                     &message);
    if (text != short_text)
        free(text);
    TRY(status);
    TRY(li_condition_new(vm, kind, message, irritants, position, &vm->condition));
    return ERR_RAISED;
}

Status li_raise(Vm *vm, ConditionKind kind, Value irritants, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    Status status = raise_formatted(vm, kind, 0, irritants, format, list);
    va_end(list);
    return status;
}

Status li_raise_at(Vm *vm, ConditionKind kind, uint64_t position, Value irritants,
                   const char *format, ...)
{
    va_list list;

    va_start(list, format);
    Status status = raise_formatted(vm, kind, position, irritants, format, list);
    va_end(list);
    return status;
}

Status li_raise_type(Vm *vm, const char *who, uint32_t argument, const char *expected,
                     Value got)
{
    Value irritants;

    TRY(li_cons(vm->heap, got, VALUE_NIL, &irritants));
    return li_raise(vm, CONDITION_TYPE, irritants,
                    "%s: expected %s as argument %u, got", who, expected, argument + 1);
}

Status li_raise_index(Vm *vm, const char *who, Value index, const char *what,
                      uint64_t length)
{
    if (!value_is_fixnum(index))
        return li_raise_type(vm, who, 1, "an index (an exact integer)", index);
    return li_raise(vm, CONDITION_RANGE, VALUE_NIL,
                    "%s: index %lld out of range for %s of length %llu", who,
                    (long long)value_to_fixnum(index), what,
                    (unsigned long long)length);
}

/* ---- Argument checks ---- */

Status li_arg_index(Vm *vm, const char *who, Args args, uint32_t i, uint64_t max,
                    uint64_t *index)
{
    Value v = args.at[i];

    if (!value_is_fixnum(v) || value_to_fixnum(v) < 0)
        return li_raise_type(vm, who, i, "an exact nonnegative integer", v);
    if ((uint64_t)value_to_fixnum(v) > max)
        return li_raise(vm, CONDITION_RANGE, VALUE_NIL,
                        "%s: argument %u, %lld, is out of range: at most %llu", who,
                        i + 1, (long long)value_to_fixnum(v), (unsigned long long)max);
    *index = (uint64_t)value_to_fixnum(v);
    return OK;
}

Status li_arg_range(Vm *vm, const char *who, Args args, uint32_t i, uint64_t length,
                    uint64_t *start, uint64_t *end)
{
    *start = 0;
    *end = length;
    if (args.count > i)
        TRY(li_arg_index(vm, who, args, i, length, start));
    if (args.count > i + 1)
        TRY(li_arg_index(vm, who, args, i + 1, length, end));
    if (*start > *end)
        return li_raise(vm, CONDITION_RANGE, VALUE_NIL,
                        "%s: start %llu is beyond end %llu", who,
                        (unsigned long long)*start, (unsigned long long)*end);
    return OK;
}

Status li_arg_char(Vm *vm, const char *who, Args args, uint32_t i, uint32_t *c)
{
    if (!value_is_char(args.at[i]))
        return li_raise_type(vm, who, i, "a character", args.at[i]);
    *c = value_to_char(args.at[i]);
    return OK;
}

Status li_arg_symbol(Vm *vm, const char *who, Args args, uint32_t i, Value *symbol)
{
    if (!value_is_symbol(args.at[i]))
        return li_raise_type(vm, who, i, "a symbol", args.at[i]);
    *symbol = args.at[i];
    return OK;
}

/* ---- Where it happened ---- */

uint64_t li_vm_position(const Vm *vm, const uint64_t *pc, const Value *fp)
{
    for (FrameWalk walk = li_frame_walk(vm, pc, fp); walk.fp != NULL;
         li_frame_next(&walk)) {
        uint64_t position = li_frame_position(&walk);

        if (position != 0)
            return position;
    }
    /* Tail calls have dropped all frames of the program: the form that it began with is left. */
    if (value_is_closure(vm->entry))
        return (uint64_t)value_to_fixnum(
            value_to_code(value_to_closure(vm->entry)->code)->position);
    return 0;
}

void li_condition_take_backtrace(Vm *vm, Value v, const uint64_t *pc, const Value *fp)
{
    Condition *condition = value_to_condition(v);
    Value backtrace;

    if (value_is_eq(condition->backtrace, VALUE_FALSE)
        && li_backtrace_take(vm, pc, fp, BACKTRACE_COUNTED, &backtrace) == OK)
        li_store(vm->heap, condition, &condition->backtrace, backtrace);
}

/* True if both begin in the same place: then the longer one says more. */
static bool is_same_place(Value a, Value b)
{
    if (!value_is_pair(a) || !value_is_pair(b) || !value_is_pair(pair_car(a))
        || !value_is_pair(pair_car(b)))
        return false;
    return value_is_eq(pair_car(pair_car(a)), pair_car(pair_car(b)))
        && value_is_eq(pair_cdr(pair_car(a)), pair_cdr(pair_car(b)));
}

/* The backtrace of a condition that was raised before, and is raised again elsewhere, stays. */
static void complete_backtrace(Vm *vm, const uint64_t *pc, const Value *fp)
{
    Condition *condition = value_to_condition(vm->condition);
    Value backtrace;

    if (li_backtrace_take(vm, pc, fp, UINT64_MAX, &backtrace) != OK)
        return;
    if (!value_is_pair(condition->backtrace)
        || is_same_place(condition->backtrace, backtrace))
        li_store(vm->heap, condition, &condition->backtrace, backtrace);
}

/* ---- Failing ---- */

/* Only calls and loops carry their live registers; for any other instruction they are worked
 * out when they are wanted. */
static Status live_before(const Code *code, uint64_t index, uint64_t *mask)
{
    uint64_t count = value_to_array(code->instructions)->length;
    uint64_t *before = malloc(count * sizeof *before);

    if (before == NULL)
        return ERR_NO_MEMORY;
    li_liveness(code_words(code), count, before);
    *mask = before[index];
    free(before);
    return OK;
}

static StackTop top_at(const uint64_t *pc, Value *fp)
{
    if (!value_is_closure(fp[-3]))
        return li_stack_top_arguments(fp, 2); /* the code that enters a run */
    const Code *code = value_to_code(value_to_closure(fp[-3])->code);
    uint64_t index = (uint64_t)(pc - code_words(code));
    StackTop top = {fp, 0, li_code_frame_size(code, pc)};
    if (live_before(code, index, &top.mask) != OK)
        top.fp = NULL;
    return top;
}

/* True if the instruction at `pc` is worth another try after the collection that this does: a
 * minor one if that promises room, then a full one, then one that moves all it can. */
static bool collect_and_retry(Vm *vm, const uint64_t *pc, Value *fp)
{
    if (vm->retry_pc != pc || vm->retry_safepoint != vm->safepoints)
        vm->retry_kind = immix_first_for_room(vm->heap->immix);
    else if (vm->retry_kind == IMMIX_EVACUATE)
        return false;
    else
        vm->retry_kind = vm->retry_kind == IMMIX_MINOR ? IMMIX_FULL : IMMIX_EVACUATE;
    vm->retry_pc = pc;
    vm->retry_safepoint = vm->safepoints;
    vm->top = top_at(pc, fp);
    if (vm->top.fp == NULL)
        return false;
    li_vm_collect(vm, vm->retry_kind);
    vm->top.fp = NULL;
    return true;
}

/* The condition was made when the VM was, so that there is one. The program gets a reserve
 * beyond the limit to handle it; false if it is using that already. */
static bool raise_no_memory(Vm *vm, uint64_t position)
{
    vm->condition = vm->memory_condition;
    vm->retry_pc =
        NULL; /* the next failure is another one, at the same place though it be */
    value_to_condition(vm->condition)->position = value_from_fixnum((int64_t)position);
    value_to_condition(vm->condition)->backtrace = VALUE_FALSE;
    if (vm->emergency)
        return false;
    if (vm->limit_bytes != 0) {
        immix_set_limit(vm->heap->immix, vm->limit_bytes + EMERGENCY_BYTES);
        vm->emergency = true;
    }
    return true;
}

Status li_raise_no_memory(Vm *vm, uint64_t position)
{
    (void)raise_no_memory(vm, position);
    value_to_condition(vm->condition)->backtrace = VALUE_FALSE;
    return ERR_RAISED;
}

const uint64_t *li_vm_uncaught(Vm *vm, const uint64_t *pc, const Value *fp)
{
    Value irritants;

    if (!value_is_condition(vm->condition)
        && li_cons(vm->heap, vm->condition, VALUE_NIL, &irritants) == OK) {
        Value payload = vm->condition, message;

        if (li_text_from_utf8(vm->heap, "uncaught object:", 16, &message) == OK
            && li_condition_new(vm, CONDITION_ERROR, message, irritants,
                                li_vm_position(vm, pc, fp), &vm->condition)
                   == OK)
            value_to_condition(vm->condition)->payload = payload;
    }
    if (!value_is_condition(vm->condition))
        vm->condition = vm->memory_condition;
    complete_backtrace(vm, pc, fp);
    vm->status = ERR_RAISED;
    return NULL;
}

/* Calls the signal handler in a frame above that of the failing instruction, whose address
 * stays below the frame's header for backtraces. The frame below is never returned to, so
 * none of its registers is live. */
static const uint64_t *signal(Vm *vm, const uint64_t *pc, Value *fp)
{
    Value handler = vm->signal_handler;
    uint32_t size = 2;

    if (value_is_closure(fp[-3]))
        size = li_code_frame_size(value_to_code(value_to_closure(fp[-3])->code), pc);
    fp[size].bits = (uint64_t)(uintptr_t)pc;
    Value *args = &fp[size + 1 + FRAME_HEADER];
    args[-3] = handler;
    args[0] = vm->condition;
    vm->condition = VALUE_FALSE;
    return li_call_value(vm, (CallSite){pc, &li_trap_code[1], fp, size + 1, false},
                         handler, args, 1);
}

static Status raise_status(Vm *vm, Status status, const char *who)
{
    ConditionKind kind = CONDITION_ERROR;

    if (status == ERR_BORROWED)
        kind = CONDITION_BORROW;
    else if (status == ERR_IMMUTABLE)
        kind = CONDITION_IMMUTABLE;
    else if (status == ERR_TYPE)
        kind = CONDITION_TYPE;
    else if (status == ERR_RANGE)
        kind = CONDITION_RANGE;
    else if (status == ERR_DIVIDE)
        kind = CONDITION_DIVIDE;
    else if (status == ERR_BAD_SIZE)
        kind = CONDITION_MEMORY;
    if (who == NULL)
        return li_raise(vm, kind, VALUE_NIL, "%s", li_status_text(status));
    return li_raise(vm, kind, VALUE_NIL, "%s: %s", who, li_status_text(status));
}

const uint64_t *li_vm_fail(Vm *vm, const uint64_t *pc, Value *fp, Status status,
                           const char *who)
{
    bool handled = true;

    if (status == ERR_EXIT) {
        vm->status = ERR_EXIT;
        return NULL;
    }
    if (status == ERR_INTERRUPTED) {
        status = li_raise(vm, CONDITION_INTERRUPT, VALUE_NIL, "interrupted");
        handled = false;
    } else if (status != ERR_RAISED && status != ERR_NO_MEMORY) {
        status = raise_status(vm, status, who);
    }
    if (status == ERR_NO_MEMORY) {
        if (collect_and_retry(vm, pc, fp)) {
            vm->fp = fp;
            return pc;
        }
        handled = raise_no_memory(vm, li_vm_position(vm, pc, fp));
    }
    if (value_is_condition(vm->condition)) {
        Condition *condition = value_to_condition(vm->condition);

        if (value_to_fixnum(condition->position) == 0)
            condition->position =
                value_from_fixnum((int64_t)li_vm_position(vm, pc, fp));
    }
    if (!handled || vm->uncaught || !value_is_pair(vm->handlers)
        || !value_is_closure(vm->signal_handler)) {
        vm->uncaught = false;
        return li_vm_uncaught(vm, pc, fp);
    }
    if (value_is_condition(vm->condition) && !vm->emergency)
        li_condition_take_backtrace(vm, vm->condition, pc, fp);
    return signal(vm, pc, fp);
}

/* ---- Reporting ---- */

static void report_message(Vm *vm, const Condition *condition, Buffer *to)
{
    if (li_print(vm->heap, condition->message, PRINT_DISPLAY, 0, to) != OK)
        li_buffer_push_string(to, "...");
    for (Value rest = condition->irritants; value_is_pair(rest);
         rest = pair_cdr(rest)) {
        li_buffer_push_string(to, " ");
        if (li_print(vm->heap, pair_car(rest), PRINT_WRITE, IRRITANT_CHARS, to) != OK)
            li_buffer_push_string(to, "...");
    }
}

void li_condition_message(Vm *vm, Value condition, Buffer *to)
{
    report_message(vm, value_to_condition(condition), to);
}

void li_condition_report(Vm *vm, Value v, Buffer *to)
{
    const Condition *condition = value_to_condition(v);
    uint64_t position = (uint64_t)value_to_fixnum(condition->position);

    if (position != 0) {
        li_position_print(vm->sources, position, to);
        li_buffer_push_string(to, ": ");
    } else {
        li_buffer_push_string(to, "error: ");
    }
    report_message(vm, condition, to);
    li_buffer_push_string(to, "\n");
    if (position != 0)
        li_position_print_caret(vm->sources, position, to);
    li_backtrace_report(vm, condition->backtrace, to);
}

void li_vm_report(Vm *vm, Buffer *to)
{
    if (value_is_condition(vm->condition)) {
        li_condition_report(vm, vm->condition, to);
    } else {
        li_buffer_push_string(to, li_status_text(vm->status));
        li_buffer_push_string(to, "\n");
    }
}
