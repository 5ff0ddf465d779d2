/* value.c - names for the kinds of values. */
#include "memory/value.h"

#include "memory/elements.h"

static const char *const type_names[TYPE_COUNT] = {
#define TYPE(name, text, trace, head) [T_##name] = text,
#include "memory/types.def"
#undef TYPE
};

static const char *const array_names[ELEMENT_KINDS] = {
#define X(name, type, bytes, tag, article, element) [ELEMENT_##name] = tag "vector",
    ELEMENT_TABLE(X)
#undef X
};

static const char *object_kind_name(const void *object)
{
    unsigned type = immix_type_of(object);

    switch (type) {
    case T_FLONUM: return "inexact number";
    case T_BIGNUM: return "exact integer";
    case T_ARRAY:
        return immix_extra_of(object) == ELEMENT_U8
                 ? "bytevector"
                 : array_names[immix_extra_of(object)];
    default: return type < TYPE_COUNT ? type_names[type] : "object";
    }
}

static const char *constant_kind_name(Value v)
{
    static const char *const names[] = {
        "boolean",           "boolean",       "empty list",       "end-of-file object",
        "unspecified value", "unbound value", "unassigned value", "default value",
        "absent value",      "deleted value",
    };
    uint64_t constant = v.bits >> 8;

    return constant < sizeof names / sizeof names[0] ? names[constant] : "constant";
}

const char *li_value_kind_name(Value v)
{
    if (value_is_fixnum(v))
        return "exact integer";
    if (value_is_immediate_flonum(v))
        return "inexact number";
    if (value_is_pair(v))
        return "pair";
    if (value_is_object(v))
        return object_kind_name(value_to_object(v));
    if (value_is_char(v))
        return "character";
    if (value_is_special(v))
        return "syntactic keyword";
    return constant_kind_name(v);
}
