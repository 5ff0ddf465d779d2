/* prim_condition.c - conditions: making them and looking into them. */
#include <stdlib.h>
#include <string.h>

#include "containers/text.h"
#include "syntax/printer.h"
#include "syntax/source.h"
#include "vm/condition.h"

static NO_INLINE Status arg_condition(Vm *vm, const char *who, Args args,
                                      Condition **condition)
{
    if (!value_is_condition(args.at[0]))
        return li_raise_type(vm, who, 0, "a condition", args.at[0]);
    *condition = value_to_condition(args.at[0]);
    return OK;
}

static Status make_condition(Vm *vm, Args args, Value *result)
{
    ConditionKind kind;

    if (!value_is_symbol(args.at[0])
        || !li_condition_kind_find(symbol_text(args.at[0]), &kind))
        return li_raise_type(vm, "%make-condition", 0, "a kind of condition",
                             args.at[0]);
    TRY(li_condition_new(vm, kind, args.at[1], args.at[2],
                         li_vm_position(vm, vm->pc, vm->fp), result));
    li_condition_take_backtrace(vm, *result, vm->pc, vm->fp);
    return OK;
}

static Status type_error(Vm *vm, Args args, Value *result UNUSED)
{
    uint64_t argument;
    char *who = NULL, *expected = NULL;
    Status status;

    TRY(li_arg_index(vm, "%type-error", args, 1, 65535, &argument));
    if (!value_is_symbol(args.at[0]) || !value_is_text(args.at[2]))
        return li_raise_type(vm, "%type-error", 0, "a symbol", args.at[0]);
    TRY(li_text_c_string(symbol_text(args.at[0]), &who));
    status = li_text_c_string(value_to_text(args.at[2]), &expected);
    if (status == OK)
        status = li_raise_type(vm, who, (uint32_t)argument, expected, args.at[3]);
    free(who);
    free(expected);
    return status;
}

static Status condition_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_condition(args.at[0]));
    return OK;
}

static Status condition_kind(Vm *vm, Args args, Value *result)
{
    Condition *condition;

    TRY(arg_condition(vm, "condition-kind", args, &condition));
    return li_intern(
        vm->heap,
        li_condition_kind_name((ConditionKind)value_to_fixnum(condition->kind)),
        result);
}

static Status condition_message(Vm *vm, Args args, Value *result)
{
    Condition *condition;

    TRY(arg_condition(vm, "%condition-message", args, &condition));
    *result = condition->message;
    return OK;
}

static Status condition_irritants(Vm *vm, Args args, Value *result)
{
    Condition *condition;

    TRY(arg_condition(vm, "%condition-irritants", args, &condition));
    *result = condition->irritants;
    return OK;
}

/* The whole text of an error, as a report shows it in its first line. */
static Status condition_text(Vm *vm, Args args, Value *result)
{
    Condition *condition;
    Buffer buffer = {0};
    Status status;

    TRY(arg_condition(vm, "%condition-text", args, &condition));
    li_condition_message(vm, args.at[0], &buffer);
    status = buffer.failed
               ? ERR_NO_MEMORY
               : li_text_from_utf8_lossy(vm->heap, buffer.bytes, buffer.length, result);
    li_buffer_free(&buffer);
    return status;
}

/* (file line column), or #f */
static Status make_place(Vm *vm, uint64_t packed, Value *result)
{
    Position position = position_unpack(packed);
    const char *name = li_sources_name(vm->sources, position.file);
    Value file, list = VALUE_NIL;

    *result = VALUE_FALSE;
    if (packed == 0)
        return OK;
    TRY(li_text_from_utf8_lossy(vm->heap, name, strlen(name), &file));
    TRY(li_cons(vm->heap, value_from_fixnum(position.column), list, &list));
    TRY(li_cons(vm->heap, value_from_fixnum(position.line), list, &list));
    return li_cons(vm->heap, file, list, result);
}

static Status condition_position(Vm *vm, Args args, Value *result)
{
    Condition *condition;

    TRY(arg_condition(vm, "condition-position", args, &condition));
    return make_place(vm, (uint64_t)value_to_fixnum(condition->position), result);
}

/* (name file line column), or (name) */
static Status make_frame(Vm *vm, Value entry, Value *result)
{
    Value place, name = pair_car(entry);

    if (!value_is_symbol(name))
        name = VALUE_FALSE;
    TRY(make_place(vm, (uint64_t)value_to_fixnum(pair_cdr(entry)), &place));
    return li_cons(vm->heap, name, value_is_pair(place) ? place : VALUE_NIL, result);
}

static Status condition_backtrace(Vm *vm, Args args, Value *result)
{
    Condition *condition;
    Value reversed = VALUE_NIL;

    TRY(arg_condition(vm, "condition-backtrace", args, &condition));
    for (Value rest = condition->backtrace; value_is_pair(rest); rest = pair_cdr(rest)) {
        Value frame;

        if (!value_is_pair(pair_car(rest))) /* how many more there were */
            continue;
        TRY(make_frame(vm, pair_car(rest), &frame));
        TRY(li_cons(vm->heap, frame, reversed, &reversed));
    }
    *result = VALUE_NIL;
    for (; value_is_pair(reversed); reversed = pair_cdr(reversed))
        TRY(li_cons(vm->heap, pair_car(reversed), *result, result));
    return OK;
}

/* All that is printed when nobody handles the object. */
static Status condition_report(Vm *vm, Args args, Value *result)
{
    Buffer buffer = {0};
    Status status = OK;

    if (value_is_condition(args.at[0])) {
        li_condition_report(vm, args.at[0], &buffer);
    } else {
        li_buffer_push_string(&buffer, "uncaught object: ");
        status = li_print(vm->heap, args.at[0], PRINT_WRITE, 0, &buffer);
        li_buffer_push_char(&buffer, '\n');
    }
    if (status == OK)
        status = buffer.failed ? ERR_NO_MEMORY
                               : li_text_from_utf8_lossy(vm->heap, buffer.bytes,
                                                         buffer.length, result);
    li_buffer_free(&buffer);
    return status;
}

static bool is_condition_of(Value v, ConditionKind kind)
{
    return value_is_condition(v)
        && value_to_fixnum(value_to_condition(v)->kind) == (int64_t)kind;
}

static Status file_error_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(is_condition_of(args.at[0], CONDITION_FILE));
    return OK;
}

static Status read_error_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(is_condition_of(args.at[0], CONDITION_READ));
    return OK;
}

const PrimDef li_condition_prims[] = {
    {"%make-condition", make_condition, 3, 3,
     "(%make-condition kind message irritants)",
     "A new condition, whose position is that of the innermost frame of the user's program."},
    {"%type-error", type_error, 4, 4, "(%type-error who argument expected obj)",
     "Raises the error that obj, argument number `argument` (from 0) of who, is not what "
     "was expected."},
    {"condition?", condition_p, 1, 1, "(condition? obj)",
     "True if obj is a condition."},
    {"condition-kind", condition_kind, 1, 1, "(condition-kind condition)",
     "A symbol: error, type, range, arity, unbound, ..."},
    {"%condition-message", condition_message, 1, 1, "(%condition-message condition)",
     "The message."},
    {"%condition-irritants", condition_irritants, 1, 1,
     "(%condition-irritants condition)", "The list of irritants."},
    {"%condition-text", condition_text, 1, 1, "(%condition-text condition)",
     "Message and irritants as a report shows them."},
    {"condition-position", condition_position, 1, 1, "(condition-position condition)",
     "Where it was raised, as a list of file, line and column; #f if that is not known."},
    {"condition-backtrace", condition_backtrace, 1, 1, "(condition-backtrace condition)",
     "The calls that were going on, innermost first: lists of name (#f if there is none), "
     "file, line and column, or of the name alone."},
    {"condition-report", condition_report, 1, 1, "(condition-report obj)",
     "What is printed if nobody handles obj, as a string."},
    {"file-error?", file_error_p, 1, 1, "(file-error? obj)",
     "True if obj was raised because a file could not be opened."},
    {"read-error?", read_error_p, 1, 1, "(read-error? obj)",
     "True if obj was raised because something could not be read."},
    {0},
};
