/* prim_string.c - primitives on strings: making, comparing, reading and changing them. */
#include "lib/args.h"
#include "lib/tables.h"
#include "types/char.h"

static Status is_string(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_text(args.at[0]));
    return OK;
}

static Status make_string(Vm *vm, Args args, Value *result)
{
    uint32_t fill = ' ';
    uint64_t length;

    TRY(li_arg_size(vm, "make-string", args, 0, &length));
    if (args.count > 1)
        TRY(li_arg_char(vm, "make-string", args, 1, &fill));
    return li_text_new(li_vm_heap(vm), length, fill, result);
}

static Status string(Vm *vm, Args args, Value *result)
{
    uint32_t all = 0, c;
    Text *text;

    for (uint32_t i = 0; i < args.count; i += 1) {
        TRY(li_arg_char(vm, "string", args, i, &c));
        all |= c;
    }
    TRY(li_text_unfilled(li_vm_heap(vm), args.count, all > 0xff ? 4 : 1, &text));
    for (uint32_t i = 0; i < args.count; i += 1) {
        c = value_to_char(args.at[i]);
        if (text->width == 1)
            ((uint8_t *)text_bytes(text))[i] = (uint8_t)c;
        else
            ((uint32_t *)text_bytes(text))[i] = c;
    }
    *result = value_from_object(text);
    return OK;
}

static Status length(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(li_arg_text(vm, "string-length", args, 0, &text));
    *result = value_from_fixnum((int64_t)text->length);
    return OK;
}

static Status ref(Vm *vm, Args args, Value *result)
{
    Text *text;
    uint64_t i;

    TRY(li_arg_text(vm, "string-ref", args, 0, &text));
    TRY(li_arg_element(vm, "string-ref", args, 1, "a string", text->length, &i));
    *result = value_from_char(li_text_at(text, i));
    return OK;
}

static Status set(Vm *vm, Args args, Value *result)
{
    Text *text;
    uint64_t i;
    uint32_t c;

    TRY(li_arg_text(vm, "string-set!", args, 0, &text));
    TRY(li_arg_mutable(vm, "string-set!", args, 0));
    TRY(li_arg_element(vm, "string-set!", args, 1, "a string", text->length, &i));
    TRY(li_arg_char(vm, "string-set!", args, 2, &c));
    TRY(li_text_set(li_vm_heap(vm), text, i, c));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status fill(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Text *text;
    uint32_t c;

    TRY(li_arg_text(vm, "string-fill!", args, 0, &text));
    TRY(li_arg_mutable(vm, "string-fill!", args, 0));
    TRY(li_arg_char(vm, "string-fill!", args, 1, &c));
    TRY(li_arg_range(vm, "string-fill!", args, 2, text->length, &start, &end));
    TRY(li_text_fill(li_vm_heap(vm), text, c, start, end));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Comparisons ------------------------------------------------------------------------- */

enum {
    LESS = 1,
    EQUAL = 2,
    GREATER = 4
}; /* sets of orders */

static Status order_of(const Text *a, const Text *b, unsigned accepted, bool fold,
                       unsigned *order)
{
    int comparison;

    if (accepted == EQUAL && !fold) { /* lengths that differ decide */
        *order = li_text_equals(a, b) ? EQUAL : LESS | GREATER;
        return OK;
    }
    if (fold)
        TRY(li_text_compare_folded(a, b, &comparison));
    else
        comparison = li_text_compare(a, b);
    *order = comparison < 0 ? LESS : comparison == 0 ? EQUAL : GREATER;
    return OK;
}

/* True if the orders of all neighbours are among `accepted`. All arguments are checked, even
 * those after the first pair that decides. */
static NO_INLINE Status compare_all(Vm *vm, const char *who, Args args, unsigned accepted, bool fold,
                      Value *result)
{
    const Text *before = NULL;
    bool holds = true;

    for (uint32_t i = 0; i < args.count; i += 1) {
        Text *text;
        TRY(li_arg_text(vm, who, args, i, &text));
        if (before != NULL && holds) {
            unsigned order;
            TRY(order_of(before, text, accepted, fold, &order));
            holds = (accepted & order) != 0;
        }
        before = text;
    }
    *result = value_from_bool(holds);
    return OK;
}

/* The same; mostly there are two. */
ALWAYS_INLINE Status compare(Vm *vm, const char *who, Args args, unsigned accepted,
                             bool fold, Value *result)
{
    const Text *a, *b;
    unsigned order;

    if (UNLIKELY(args.count != 2 || !value_is_text(args.at[0])
                 || !value_is_text(args.at[1])))
        return compare_all(vm, who, args, accepted, fold, result);
    a = value_to_text(args.at[0]);
    b = value_to_text(args.at[1]);
    TRY(order_of(a, b, accepted, fold, &order));
    *result = value_from_bool((accepted & order) != 0);
    return OK;
}

#define ORDER_TABLE(X)                                   \
    X(equal, "=?", EQUAL, "are the same")                \
    X(less, "<?", LESS, "are in increasing order")       \
    X(greater, ">?", GREATER, "are in decreasing order") \
    X(at_most, "<=?", LESS | EQUAL, "never decrease")    \
    X(at_least, ">=?", GREATER | EQUAL, "never increase")

#define X(name, suffix, accepted, text)                                       \
    static Status name(Vm *vm, Args args, Value *result)                      \
    {                                                                         \
        return compare(vm, "string" suffix, args, accepted, false, result);   \
    }                                                                         \
    static Status name##_folded(Vm *vm, Args args, Value *result)             \
    {                                                                         \
        return compare(vm, "string-ci" suffix, args, accepted, true, result); \
    }
ORDER_TABLE(X)
#undef X

/* ---- Copies --------------------------------------------------------------------------------- */

static Status slice(Vm *vm, const char *who, Args args, Value *result)
{
    uint64_t start, end;
    Text *text;

    TRY(li_arg_text(vm, who, args, 0, &text));
    TRY(li_arg_range(vm, who, args, 1, text->length, &start, &end));
    return li_text_slice(li_vm_heap(vm), text, start, end, result);
}

static Status substring(Vm *vm, Args args, Value *result)
{
    return slice(vm, "substring", args, result);
}

static Status copy(Vm *vm, Args args, Value *result)
{
    return slice(vm, "string-copy", args, result);
}

static Status append(Vm *vm, Args args, Value *result)
{
    for (uint32_t i = 0; i < args.count; i += 1) {
        Text *part;
        TRY(li_arg_text(vm, "string-append", args, i, &part));
    }
    return li_text_join(li_vm_heap(vm), args.at, args.count, result);
}

static Status copy_into(Vm *vm, Args args, Value *result)
{
    static const char who[] = "string-copy!";
    uint64_t at, start, end;
    Text *to, *from;

    TRY(li_arg_text(vm, who, args, 0, &to));
    TRY(li_arg_text(vm, who, args, 2, &from));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_range(vm, who, args, 3, from->length, &start, &end));
    TRY(li_arg_target(vm, who, args, 1, "a string", to->length, end - start, &at));
    TRY(li_text_copy(li_vm_heap(vm), to, at, from, start, end));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

const PrimDef li_string_prims[] = {
    {"string?", is_string, 1, 1, "(string? obj)", "True if obj is a string."},
    {"make-string", make_string, 1, 2, "(make-string k [char])",
     "Returns a new string of k characters, each of them char, or a space."},
    {"string", string, 0, PRIM_ANY, "(string char ...)",
     "Returns a new string of its arguments."},
    {"string-length", length, 1, 1, "(string-length string)",
     "Returns the number of characters of string."},
    {"string-ref", ref, 2, 2, "(string-ref string k)",
     "Returns the character of string at index k, counted from 0, in constant time."},
    {"string-set!", set, 3, 3, "(string-set! string k char)",
     "Stores char in string at index k. A literal string refuses it."},
    {"string-fill!", fill, 2, 4, "(string-fill! string char [start [end]])",
     "Stores char in the characters of string from start up to end."},
#define X(name, suffix, accepted, text)                          \
    {"string" suffix,                                            \
     name,                                                       \
     1,                                                          \
     PRIM_ANY,                                                   \
     "(string" suffix " string ...)",                            \
     "True if the strings, compared by code points, " text "."}, \
        {"string-ci" suffix,                                     \
         name##_folded,                                          \
         1,                                                      \
         PRIM_ANY,                                               \
         "(string-ci" suffix " string ...)",                     \
         "True if the case-folded strings, compared by code points, " text "."},
    ORDER_TABLE(X)
#undef X
        {"substring", substring, 3, 3, "(substring string start end)",
         "Returns a new string of the characters of string from start up to end."},
    {"string-copy", copy, 1, 3, "(string-copy string [start [end]])",
     "Returns a new string of the characters of string from start up to end."},
    {"string-append", append, 0, PRIM_ANY, "(string-append string ...)",
     "Returns a new string of the characters of all the strings in order."},
    {"string-copy!", copy_into, 3, 5, "(string-copy! to at from [start [end]])",
     "Copies the characters of from between start and end into to, from index at on. The two "
     "may be the same string and may overlap."},
    {0},
};
