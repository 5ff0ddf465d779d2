/* prim_string_convert.c - primitives that turn strings into lists, into other strings, and
 * back. */
#include "lib/args.h"
#include "lib/tables.h"
#include "memory/utf8.h"
#include "types/char.h"

static Status to_list(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    uint64_t start, end;
    Value list = VALUE_NIL;
    Text *text;

    TRY(li_arg_text(vm, "string->list", args, 0, &text));
    TRY(li_arg_range(vm, "string->list", args, 1, text->length, &start, &end));
    while (end > start) {
        PairRun run;
        TRY(li_pair_run(heap, end - start, &run));
        Pair *pair = run.first;

        for (uint64_t i = 0; i < run.count; i += 1) {
            Value made = value_from_pair(pair);

            end -= 1;
            pair = pair_place(pair, value_from_char(li_text_at(text, end)), list);
            list = made;
        }
    }
    *result = list;
    return OK;
}

/* A string for the characters of the list at argument 0, which the caller stores at once. */
static Status text_for_list(Vm *vm, const char *who, Args args, Text **text)
{
    Walk walk = walk_from(args.at[0]);
    uint64_t all = value_from_char(0).bits;
    bool chars = true, ends = true;

    for (; value_is_pair(walk.at) && ends; ends = walk_step(&walk)) {
        all |= pair_car(walk.at).bits;
        chars = chars && value_is_char(pair_car(walk.at));
    }
    if (UNLIKELY(!value_is_nil(walk.at)))
        return li_raise_type(vm, who, 0, "a proper list", args.at[0]);
    if (UNLIKELY(!chars))
        return li_raise_type(vm, who, 0, "a list of characters", args.at[0]);
    return li_text_unfilled(li_vm_heap(vm), walk.steps,
                            value_to_char((Value){all}) > 0xff ? 4 : 1, text);
}

/* Stores the characters of a list of as many as the string has, backwards or not. */
static void store_list(Text *text, Value list, bool backwards)
{
    uint64_t length = text->length;
    uint8_t *narrow = text_bytes(text);
    uint32_t *wide = text_bytes(text);

    for (uint64_t i = 0; i < length; i += 1, list = pair_cdr(list)) {
        uint64_t at = backwards ? length - 1 - i : i;

        if (text->width == 1)
            narrow[at] = (uint8_t)value_to_char(pair_car(list));
        else
            wide[at] = value_to_char(pair_car(list));
    }
}

static Status from_list(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(text_for_list(vm, "list->string", args, &text));
    store_list(text, args.at[0], false);
    *result = value_from_object(text);
    return OK;
}

static Status from_reversed_list(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(text_for_list(vm, "%reverse-list->string", args, &text));
    store_list(text, args.at[0], true);
    *result = value_from_object(text);
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
