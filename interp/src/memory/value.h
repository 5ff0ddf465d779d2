/* value.h - one machine word for any Lisp value.
 *
 *     tag        what
 *     000, 100   fixnum, 62 bits: value << 2
 *     001        heap object other than a pair: address + 1
 *     010        pair: address + 2
 *     101        immediate: booleans, (), characters, eof, ...
 *     011,110,111 flonum, self-tagged
 *
 * A flonum whose top three exponent bits are 000, 011 or 100 (zeros, subnormals and
 * magnitudes from about 1e-77 to 1e77) is an immediate: its bits rotated left by 4 bring
 * those exponent bits down to the tag's place, and adding 3 moves them to the free tags
 * without a carry. The others are boxed in a T_FLONUM object. Source: float self-tagging,
 * Melancon, Serrano and Feeley, OOPSLA 2025.
 *
 * V1  A Value is an address only if its tag is 001 or 010.
 * V2  A number that fits a fixnum is never a bignum; a double that fits is never boxed. So
 *     eq? on fixnums and self-tagged flonums is eqv?.
 */
#ifndef LI_MEMORY_VALUE_H
#define LI_MEMORY_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "immix/immix.h"
#include "memory/status.h"

typedef struct Value {
    uint64_t bits;
} Value;

_Static_assert(sizeof(Value) == 8, "a value is one word");

enum {
    TAG_MASK = 7,
    TAG_OBJECT = 1,
    TAG_PAIR = 2,
    TAG_IMMEDIATE = 5,
    REFERENCE_TAGS = 1 << TAG_OBJECT | 1 << TAG_PAIR,
    FLONUM_TAGS = 1 << 3 | 1 << 6 | 1 << 7,
};

/* Immediates: tag in bits 0-2, kind in bits 3-7, payload from bit 8. */
#define IMMEDIATE(kind, payload) \
    ((Value){(uint64_t)(payload) << 8 | (uint64_t)(kind) << 3 | TAG_IMMEDIATE})
enum { IMMEDIATE_CONSTANT = 0, IMMEDIATE_CHAR = 1, IMMEDIATE_SPECIAL = 2 };

#define VALUE_FALSE       IMMEDIATE(IMMEDIATE_CONSTANT, 0)
#define VALUE_TRUE        IMMEDIATE(IMMEDIATE_CONSTANT, 1)
#define VALUE_NIL         IMMEDIATE(IMMEDIATE_CONSTANT, 2) /* the empty list */
#define VALUE_EOF         IMMEDIATE(IMMEDIATE_CONSTANT, 3)
#define VALUE_UNSPECIFIED IMMEDIATE(IMMEDIATE_CONSTANT, 4)
#define VALUE_UNBOUND     IMMEDIATE(IMMEDIATE_CONSTANT, 5) /* a global without a value */
#define VALUE_UNASSIGNED  IMMEDIATE(IMMEDIATE_CONSTANT, 6) /* a letrec variable before its time */
#define VALUE_DEFAULT     IMMEDIATE(IMMEDIATE_CONSTANT, 7) /* an optional argument not given */
#define VALUE_ABSENT      IMMEDIATE(IMMEDIATE_CONSTANT, 8) /* an empty slot of a table */
#define VALUE_TOMBSTONE   IMMEDIATE(IMMEDIATE_CONSTANT, 9) /* a deleted slot of a table */

#define FIXNUM_MAX ((int64_t)((UINT64_C(1) << 61) - 1))
#define FIXNUM_MIN (-FIXNUM_MAX - 1)

ALWAYS_INLINE bool value_is_eq(Value a, Value b)
{
    return a.bits == b.bits;
}

ALWAYS_INLINE unsigned value_tag(Value v)
{
    return (unsigned)(v.bits & TAG_MASK);
}

ALWAYS_INLINE bool value_is_true(Value v)
{
    return v.bits != VALUE_FALSE.bits;
}

ALWAYS_INLINE Value value_from_bool(bool b)
{
    return b ? VALUE_TRUE : VALUE_FALSE;
}

ALWAYS_INLINE bool value_is_bool(Value v)
{
    return v.bits == VALUE_FALSE.bits || v.bits == VALUE_TRUE.bits;
}

ALWAYS_INLINE bool value_is_nil(Value v)
{
    return v.bits == VALUE_NIL.bits;
}

/* ---- Fixnums ---- */

ALWAYS_INLINE bool value_is_fixnum(Value v)
{
    return (v.bits & 3) == 0;
}

ALWAYS_INLINE bool value_are_fixnums(Value a, Value b)
{
    return ((a.bits | b.bits) & 3) == 0;
}

ALWAYS_INLINE bool fixnum_fits(int64_t n)
{
    return n >= FIXNUM_MIN && n <= FIXNUM_MAX;
}

/* `n` must fit. */
ALWAYS_INLINE Value value_from_fixnum(int64_t n)
{
    return (Value){(uint64_t)n << 2};
}

ALWAYS_INLINE int64_t value_to_fixnum(Value v)
{
    return (int64_t)v.bits >> 2;
}

/* ---- Characters ---- */

ALWAYS_INLINE bool value_is_char(Value v)
{
    return (v.bits & 0xff) == (IMMEDIATE_CHAR << 3 | TAG_IMMEDIATE);
}

/* `c` is a Unicode scalar value: 0 to D7FF or E000 to 10FFFF. */
ALWAYS_INLINE Value value_from_char(uint32_t c)
{
    return IMMEDIATE(IMMEDIATE_CHAR, c);
}

ALWAYS_INLINE uint32_t value_to_char(Value v)
{
    return (uint32_t)(v.bits >> 8);
}

/* ---- Specials: the core syntactic keywords, numbered by the expander ---- */

ALWAYS_INLINE bool value_is_special(Value v)
{
    return (v.bits & 0xff) == (IMMEDIATE_SPECIAL << 3 | TAG_IMMEDIATE);
}

ALWAYS_INLINE Value value_from_special(uint32_t n)
{
    return IMMEDIATE(IMMEDIATE_SPECIAL, n);
}

ALWAYS_INLINE uint32_t value_to_special(Value v)
{
    return (uint32_t)(v.bits >> 8);
}

/* ---- Flonums ---- */

/* FLONUM_TAGS for each tag under all of the low five bits: a bit test of a 32-bit word needs no
 * masking on most machines. */
#define FLONUM_LOW_BITS (UINT32_C(0x01010101) * FLONUM_TAGS)

ALWAYS_INLINE bool li_is_flonum_word(uint64_t bits)
{
    return (FLONUM_LOW_BITS >> (bits & 31)) & 1;
}

ALWAYS_INLINE bool value_is_immediate_flonum(Value v)
{
    return li_is_flonum_word(v.bits);
}

ALWAYS_INLINE double value_to_immediate_flonum(Value v)
{
    uint64_t bits = v.bits - 3;
    double d;

    bits = bits >> 4 | bits << 60;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* False if `d` needs a box; then `*v` is not written. */
ALWAYS_INLINE bool value_try_immediate_flonum(double d, Value *v)
{
    uint64_t bits;

    memcpy(&bits, &d, sizeof bits);
    bits = (bits << 4 | bits >> 60) + 3;
    if (UNLIKELY(!li_is_flonum_word(bits)))
        return false;
    v->bits = bits;
    return true;
}

/* The number as a double: a fixnum or an immediate flonum. False for anything else. */
ALWAYS_INLINE bool value_try_double(Value v, double *d)
{
    if (LIKELY(value_is_immediate_flonum(v)))
        *d = value_to_immediate_flonum(v);
    else if (value_is_fixnum(v))
        *d = (double)value_to_fixnum(v);
    else
        return false;
    return true;
}

/* The same, and false for a fixnum that no double may equal. */
ALWAYS_INLINE bool value_try_exact_double(Value v, double *d)
{
    const int64_t limit = INT64_C(1) << 53;

    return value_try_double(v, d)
        && (value_is_immediate_flonum(v)
            || (value_to_fixnum(v) <= limit && value_to_fixnum(v) >= -limit));
}

/* ---- Objects ---- */

typedef enum Type {
#define TYPE(name, text, trace, head) T_##name,
#include "memory/types.def"
#undef TYPE
    TYPE_COUNT
} Type;

ALWAYS_INLINE bool value_is_reference(Value v)
{
    return (REFERENCE_TAGS >> value_tag(v)) & 1;
}

/* True for every heap object but pairs. */
ALWAYS_INLINE bool value_is_object(Value v)
{
    return value_tag(v) == TAG_OBJECT;
}

ALWAYS_INLINE void *value_to_object(Value v)
{
    return (void *)(uintptr_t)(v.bits - TAG_OBJECT);
}

ALWAYS_INLINE Value value_from_object(const void *object)
{
    return (Value){(uint64_t)(uintptr_t)object + TAG_OBJECT};
}

/* The payload of an object or a pair. */
ALWAYS_INLINE void *value_to_payload(Value v)
{
    return (void *)(uintptr_t)(v.bits & ~(uint64_t)TAG_MASK);
}

ALWAYS_INLINE bool value_has_type(Value v, Type type)
{
    return value_is_object(v) && immix_type_of(value_to_object(v)) == (uint8_t)type;
}

/* The name of the kind of `v` for messages: "pair", "exact integer", ... */
const char *li_value_kind_name(Value v);

ALWAYS_INLINE bool value_is_flonum(Value v)
{
    return value_is_immediate_flonum(v) || value_has_type(v, T_FLONUM);
}

ALWAYS_INLINE double value_to_flonum(Value v)
{
    double d;

    if (LIKELY(value_is_immediate_flonum(v)))
        return value_to_immediate_flonum(v);
    memcpy(&d, value_to_object(v), sizeof d);
    return d;
}

/* ---- Pairs ---- */

/* Pairs read from source have a third word, their position (see syntax/source.h). */
typedef struct Pair {
    Value car, cdr;
} Pair;

ALWAYS_INLINE bool value_is_pair(Value v)
{
    return value_tag(v) == TAG_PAIR;
}

ALWAYS_INLINE Pair *value_to_pair(Value v)
{
    return (Pair *)(uintptr_t)(v.bits - TAG_PAIR);
}

ALWAYS_INLINE Value value_from_pair(const Pair *pair)
{
    return (Value){(uint64_t)(uintptr_t)pair + TAG_PAIR};
}

ALWAYS_INLINE Value pair_car(Value v)
{
    return value_to_pair(v)->car;
}

ALWAYS_INLINE Value pair_cdr(Value v)
{
    return value_to_pair(v)->cdr;
}

#endif /* LI_MEMORY_VALUE_H */
