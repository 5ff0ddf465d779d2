/* prim_char.c - primitives on characters. */
#include "lib/args.h"
#include "lib/tables.h"
#include "memory/utf8.h"
#include "types/char.h"

static Status is_char(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_char(args.at[0]));
    return OK;
}

static Status char_to_integer(Vm *vm, Args args, Value *result)
{
    uint32_t c;

    TRY(li_arg_char(vm, "char->integer", args, 0, &c));
    *result = value_from_fixnum(c);
    return OK;
}

static Status integer_to_char(Vm *vm, Args args, Value *result)
{
    Value v = args.at[0];

    if (!value_is_fixnum(v) || value_to_fixnum(v) < 0
        || value_to_fixnum(v) > UNICODE_MAX
        || !unicode_is_scalar((uint32_t)value_to_fixnum(v)))
        return li_raise_type(vm, "integer->char", 0, "a Unicode scalar value", v);
    *result = value_from_char((uint32_t)value_to_fixnum(v));
    return OK;
}

/* ---- Comparisons ------------------------------------------------------------------------- */

enum {
    LESS = 1,
    EQUAL = 2,
    GREATER = 4
}; /* sets of orders */

/* True if the orders of all neighbours are among `accepted`. All arguments are checked, even
 * those after the first pair that decides. */
static Status compare(Vm *vm, const char *who, Args args, unsigned accepted, bool fold,
                      Value *result)
{
    uint32_t before = 0;
    bool holds = true;

    if (LIKELY(!fold && args.count == 2 && value_is_char(args.at[0])
               && value_is_char(args.at[1]))) {
        uint64_t a = args.at[0].bits, b = args.at[1].bits;

        *result = value_from_bool((accepted
                                   & (a < b    ? LESS
                                      : a == b ? EQUAL
                                               : GREATER))
                                  != 0);
        return OK;
    }
    for (uint32_t i = 0; i < args.count; i += 1) {
        uint32_t c;
        TRY(li_arg_char(vm, who, args, i, &c));
        if (fold)
            c = li_char_foldcase(c);
        if (i > 0 && !(accepted & (before < c ? LESS : before == c ? EQUAL : GREATER)))
            holds = false;
        before = c;
    }
    *result = value_from_bool(holds);
    return OK;
}

#define ORDER_TABLE(X)                                   \
    X(equal, "=?", EQUAL, "are the same")                \
    X(less, "<?", LESS, "are in increasing order")       \
    X(greater, ">?", GREATER, "are in decreasing order") \
    X(at_most, "<=?", LESS | EQUAL, "never decrease")    \
    X(at_least, ">=?", GREATER | EQUAL, "never increase")

#define X(name, suffix, accepted, text)                                     \
    static Status name(Vm *vm, Args args, Value *result)                    \
    {                                                                       \
        return compare(vm, "char" suffix, args, accepted, false, result);   \
    }                                                                       \
    static Status name##_folded(Vm *vm, Args args, Value *result)           \
    {                                                                       \
        return compare(vm, "char-ci" suffix, args, accepted, true, result); \
    }
ORDER_TABLE(X)
#undef X

/* ---- Properties and case ------------------------------------------------------------------- */

#define PROPERTY_TABLE(X)                                                              \
    X(is_alphabetic, "char-alphabetic?", "a letter (the Unicode property Alphabetic)") \
    X(is_numeric, "char-numeric?", "a decimal digit of any script")                    \
    X(is_whitespace, "char-whitespace?", "white space (the property White_Space)")     \
    X(is_upper_case, "char-upper-case?", "in upper case (the property Uppercase)")     \
    X(is_lower_case, "char-lower-case?", "in lower case (the property Lowercase)")

#define X(name, lisp_name, text)                         \
    static Status name(Vm *vm, Args args, Value *result) \
    {                                                    \
        uint32_t c;                                      \
        TRY(li_arg_char(vm, lisp_name, args, 0, &c));    \
        *result = value_from_bool(li_char_##name(c));    \
        return OK;                                       \
    }
PROPERTY_TABLE(X)
#undef X

#define MAPPING_TABLE(X)                                   \
    X(upcase, "char-upcase", "the upper case of char")     \
    X(downcase, "char-downcase", "the lower case of char") \
    X(foldcase, "char-foldcase", "the form of char that comparisons by -ci use")

#define X(name, lisp_name, text)                         \
    static Status name(Vm *vm, Args args, Value *result) \
    {                                                    \
        uint32_t c;                                      \
        TRY(li_arg_char(vm, lisp_name, args, 0, &c));    \
        *result = value_from_char(li_char_##name(c));    \
        return OK;                                       \
    }
MAPPING_TABLE(X)
#undef X

static Status digit_value(Vm *vm, Args args, Value *result)
{
    uint32_t c;

    TRY(li_arg_char(vm, "digit-value", args, 0, &c));
    int digit = li_char_digit_value(c);
    *result = digit < 0 ? VALUE_FALSE : value_from_fixnum(digit);
    return OK;
}

const PrimDef li_char_prims[] = {
    {"char?", is_char, 1, 1, "(char? obj)", "True if obj is a character."},
    {"char->integer", char_to_integer, 1, 1, "(char->integer char)",
     "Returns the Unicode code point of char."},
    {"integer->char", integer_to_char, 1, 1, "(integer->char n)",
     "Returns the character with the code point n, which is no surrogate."},
#define X(name, suffix, accepted, text)                      \
    {"char" suffix,                                          \
     name,                                                   \
     1,                                                      \
     PRIM_ANY,                                               \
     "(char" suffix " char ...)",                            \
     "True if the code points of the characters " text "."}, \
        {"char-ci" suffix,                                   \
         name##_folded,                                      \
         1,                                                  \
         PRIM_ANY,                                           \
         "(char-ci" suffix " char ...)",                     \
         "True if the code points of the case-folded characters " text "."},
    ORDER_TABLE(X)
#undef X
#define X(name, lisp_name, text) \
    {lisp_name, name, 1, 1, "(" lisp_name " char)", "True if char is " text "."},
        PROPERTY_TABLE(X)
#undef X
#define X(name, lisp_name, text) \
    {lisp_name,                  \
     name,                       \
     1,                          \
     1,                          \
     "(" lisp_name " char)",     \
     "Returns " text ", or char itself where that is not a single character."},
            MAPPING_TABLE(X)
#undef X
                {"digit-value", digit_value, 1, 1, "(digit-value char)",
                 "Returns the value, 0 to 9, of a decimal digit of any script, or #f for other "
                 "characters."},
    {0},
};
