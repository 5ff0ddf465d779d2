/* prim_string_convert.c - primitives that turn strings into lists, into other strings, and
 * back. */
#include "lib/args.h"
#include "lib/tables.h"
#include "memory/utf8.h"
#include "types/char.h"

static Status to_list(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Value list = VALUE_NIL;
    Text *text;

    TRY(li_arg_text(vm, "string->list", args, 0, &text));
    TRY(li_arg_range(vm, "string->list", args, 1, text->length, &start, &end));
    for (uint64_t i = end; i > start; i -= 1)
        TRY(li_cons(li_vm_heap(vm), value_from_char(li_text_at(text, i - 1)), list,
                    &list));
    *result = list;
    return OK;
}

/* How many characters the list at argument 0 holds, and how many bytes the widest takes. */
static Status measure_list(Vm *vm, const char *who, Args args, uint64_t *count,
                           uint32_t *width)
{
    *width = 1;
    TRY(li_arg_list(vm, who, args, 0, count));
    for (Value rest = args.at[0]; value_is_pair(rest); rest = pair_cdr(rest)) {
        if (!value_is_char(pair_car(rest)))
            return li_raise_type(vm, who, 0, "a list of characters", args.at[0]);
        if (value_to_char(pair_car(rest)) > 0xff)
            *width = 4;
    }
    return OK;
}

static Status from_list(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    uint32_t width;
    uint64_t count;
    Value text;

    TRY(measure_list(vm, "list->string", args, &count, &width));
    TRY(li_text_with_capacity(heap, count, width, &text));
    for (Value rest = args.at[0]; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(li_text_push(heap, value_to_text(text), value_to_char(pair_car(rest))));
    *result = text;
    return OK;
}

static Status from_reversed_list(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Value rest = args.at[0];
    uint32_t width;
    uint64_t count;
    Value text;

    TRY(measure_list(vm, "%reverse-list->string", args, &count, &width));
    TRY(li_text_new(heap, count, width == 1 ? ' ' : UNICODE_MAX, &text));
    for (uint64_t i = count; i > 0; i -= 1, rest = pair_cdr(rest))
        TRY(li_text_set(heap, value_to_text(text), i - 1,
                        value_to_char(pair_car(rest))));
    *result = text;
    return OK;
}

static Status map_case(Vm *vm, const char *who, Args args, CaseMap map, Value *result)
{
    Text *text;

    TRY(li_arg_text(vm, who, args, 0, &text));
    return li_text_map_case(li_vm_heap(vm), text, map, result);
}

static Status upcase(Vm *vm, Args args, Value *result)
{
    return map_case(vm, "string-upcase", args, CASE_UPPER, result);
}

static Status downcase(Vm *vm, Args args, Value *result)
{
    return map_case(vm, "string-downcase", args, CASE_LOWER, result);
}

static Status foldcase(Vm *vm, Args args, Value *result)
{
    return map_case(vm, "string-foldcase", args, CASE_FOLD, result);
}

const PrimDef li_string_convert_prims[] = {
    {"string->list", to_list, 1, 3, "(string->list string [start [end]])",
     "Returns a new list of the characters of string from start up to end."},
    {"list->string", from_list, 1, 1, "(list->string list)",
     "Returns a new string of the characters in list."},
    {"%reverse-list->string", from_reversed_list, 1, 1, "(%reverse-list->string list)",
     "Returns a new string of the characters in list, the last one first."},
    {"string-upcase", upcase, 1, 1, "(string-upcase string)",
     "Returns a new string: the upper case of string, which may be longer than it."},
    {"string-downcase", downcase, 1, 1, "(string-downcase string)",
     "Returns a new string: the lower case of string, with the final form of sigma at the "
     "end of words."},
    {"string-foldcase", foldcase, 1, 1, "(string-foldcase string)",
     "Returns a new string: the form of string that comparisons by -ci use."},
    {0},
};
