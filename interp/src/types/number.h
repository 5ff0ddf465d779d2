/* number.h - generic arithmetic on fixnums, bignums, ratios, flonums and complex numbers.
 *
 * The VM's opcodes try fixnums and immediate flonums inline and call these for the rest. All
 * take the heap: they allocate and do not collect. A result that fits a fixnum is one.
 * ERR_TYPE if an operand is not a number (of the kind that the operation wants); ERR_DIVIDE
 * on division by an exact zero; ERR_RANGE where a function has no value; ERR_NO_MEMORY, at once,
 * for a result too large to hold.
 *
 * An operation on numbers of two kinds is done in the later one of them in the list above. But
 * comparison is exact.
 *
 * A bignum is a T_BIGNUM object: magnitude in 64-bit limbs, least significant first, as many
 * as the header's granules and the top one not zero; sign in the header's extra byte. Ratios
 * and complex numbers: ratio.h, complex.h.
 */
#ifndef LI_TYPES_NUMBER_H
#define LI_TYPES_NUMBER_H

#include "memory/buffer.h"
#include "memory/heap.h"

ALWAYS_INLINE bool value_is_bignum(Value v)
{
    return value_has_type(v, T_BIGNUM);
}

ALWAYS_INLINE bool value_is_exact_integer(Value v)
{
    return value_is_fixnum(v) || value_is_bignum(v);
}

ALWAYS_INLINE bool value_is_ratio(Value v)
{
    return value_has_type(v, T_RATIO);
}

ALWAYS_INLINE bool value_is_exact_rational(Value v)
{
    return value_is_exact_integer(v) || value_is_ratio(v);
}

ALWAYS_INLINE bool value_is_complex(Value v) /* and not real */
{
    return value_has_type(v, T_COMPLEX);
}

_Static_assert(T_BIGNUM == T_FLONUM + 1 && T_RATIO == T_FLONUM + 2
                   && T_COMPLEX == T_FLONUM + 3,
               "the types of numbers follow each other");

/* A number that is an object, for which eq? is not eqv?. */
ALWAYS_INLINE bool value_is_boxed_number(Value v)
{
    return value_is_object(v)
        && (unsigned)immix_type_of(value_to_object(v)) - T_FLONUM
               <= T_COMPLEX - T_FLONUM;
}

ALWAYS_INLINE bool value_is_number(Value v)
{
    return value_is_fixnum(v) || value_is_immediate_flonum(v)
        || value_is_boxed_number(v);
}

ALWAYS_INLINE bool value_is_real(Value v)
{
    return value_is_number(v) && !value_is_complex(v);
}

bool li_num_is_integer(Value v); /* 3.0 too */
bool li_num_is_rational(Value v);
bool li_num_is_exact(Value v);

MUST_CHECK Status li_num_from_int64(Heap *heap, int64_t n, Value *result);
MUST_CHECK Status li_num_from_uint64(Heap *heap, uint64_t n, Value *result);
MUST_CHECK Status li_num_to_int64(Value v, int64_t *n);   /* ERR_TYPE, ERR_RANGE */
MUST_CHECK Status li_num_to_uint64(Value v, uint64_t *n); /* ERR_TYPE, ERR_RANGE */
/* Correctly rounded; ERR_TYPE for a complex number. */
MUST_CHECK Status li_num_to_double(Value v, double *d);

MUST_CHECK Status li_num_add(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_subtract(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_multiply(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_divide(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_quotient(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_remainder(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_modulo(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_floor_quotient(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_negate(Heap *heap, Value a, Value *result);

typedef enum NumOrder {
    NUM_LESS,
    NUM_EQUAL,
    NUM_GREATER,
    NUM_UNORDERED
} NumOrder;
/* Of real numbers; exact, also between exact and inexact ones. */
MUST_CHECK Status li_num_compare(Value a, Value b, NumOrder *order);
/* Of any numbers, by the same rules. */
MUST_CHECK Status li_num_equal(Value a, Value b, bool *equal);
/* eqv? on two numbers: same exactness, same value; 0.0 and -0.0 differ, nan is itself. */
bool li_num_eqv(Value a, Value b);
/* Agrees with li_num_eqv. */
uint64_t li_num_hash(Value v);

/* -1, 0 or 1; 0 for a NaN. ERR_TYPE if v is not a real number. */
MUST_CHECK Status li_num_sign(Value v, int *sign);
MUST_CHECK Status li_num_is_odd(Value v, bool *odd); /* 3.0 too */
MUST_CHECK Status li_num_abs(Heap *heap, Value a, Value *result);

/* Integer division, 7.0 among the integers: `quotient` or `remainder` may be NULL. */
typedef enum NumDivision {
    NUM_TRUNCATE,
    NUM_FLOOR
} NumDivision;
MUST_CHECK Status li_num_divide_integers(Heap *heap, NumDivision kind, Value a, Value b,
                                         Value *quotient, Value *remainder);
/* Not negative; 0 and 0 give 0. */
MUST_CHECK Status li_num_gcd(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_lcm(Heap *heap, Value a, Value b, Value *result);

typedef enum NumRound {
    NUM_ROUND_FLOOR,
    NUM_ROUND_CEILING,
    NUM_ROUND_TRUNCATE,
    NUM_ROUND_EVEN, /* to nearest */
} NumRound;
MUST_CHECK Status li_num_round(Heap *heap, NumRound kind, Value a, Value *result);

/* Exact integers as bits in two's complement; ERR_TYPE for others. */
MUST_CHECK Status li_num_bit_and(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_bit_ior(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_bit_xor(Heap *heap, Value a, Value b, Value *result);
/* a * 2^count, rounded down. */
MUST_CHECK Status li_num_shift(Heap *heap, Value a, Value count, Value *result);
/* Ones in v, or zeros if v is negative. */
MUST_CHECK Status li_num_bit_count(Value v, uint64_t *count);

/* As a fraction in lowest terms; ERR_TYPE if v is not a rational number. */
MUST_CHECK Status li_num_numerator(Heap *heap, Value v, Value *result);
MUST_CHECK Status li_num_denominator(Heap *heap, Value v, Value *result);

/* The principal root: exact if that is rational, and complex below 0. */
MUST_CHECK Status li_num_sqrt(Heap *heap, Value a, Value *result);
/* Exact n >= 0: n = root^2 + rest, rest as small as can be. ERR_TYPE for others. */
MUST_CHECK Status li_num_exact_sqrt(Heap *heap, Value n, Value *root, Value *rest);

/* Exact where base, power and result are rational. ERR_DIVIDE for a negative power of an exact 0,
 * ERR_RANGE for one with a real part that is not positive. */
MUST_CHECK Status li_num_expt(Heap *heap, Value base, Value power, Value *result);
/* ERR_TYPE for infinities and NaN. */
MUST_CHECK Status li_num_exact(Heap *heap, Value a, Value *result);
/* What is inexact already stays as it is. */
MUST_CHECK Status li_num_inexact(Heap *heap, Value a, Value *result);

/* ---- Transcendental functions, on complex numbers too (number_function.c) ----
 *
 * Branch cuts are those of the report; the sign of a zero says on which side of one a number
 * lies. A real result is a real number. Exact results: (exp 0), (log 1), (sin 0), ... */
typedef enum NumFunction {
    NUM_EXP,
    NUM_SIN,
    NUM_COS,
    NUM_TAN,
    NUM_ASIN,
    NUM_ACOS,
    NUM_ATAN, /* ERR_RANGE at +i and -i */
} NumFunction;
MUST_CHECK Status li_num_apply(Heap *heap, NumFunction function, Value z,
                               Value *result);
/* ERR_RANGE at an exact 0. */
MUST_CHECK Status li_num_log(Heap *heap, Value z, Value *result);
MUST_CHECK Status li_num_log_base(Heap *heap, Value z, Value base, Value *result);
/* The angle of the point (x, y), both real. */
MUST_CHECK Status li_num_atan2(Heap *heap, Value y, Value x, Value *result);
MUST_CHECK Status li_num_magnitude(Heap *heap, Value z, Value *result);
MUST_CHECK Status li_num_angle(Heap *heap, Value z, Value *result);
/* From a magnitude and an angle, both real. */
MUST_CHECK Status li_num_polar(Heap *heap, Value magnitude, Value angle, Value *result);

/* Reads R7RS 7.1.1 <number> syntax, prefixes included, in `radix` by default. *result is #f
 * if the text is not a number, or one that cannot be: "1/0", "#e+inf.0". Hostile input
 * ("1e400000000") costs no more than its length; an exact number from an exponent beyond 8 MiB
 * ("#e1e1000000000") is #f. A point is understood in every radix, so that what li_number_print
 * writes can be read. Above radix 18, where i is a digit, there is no rectangular notation.
 * `text` may lie in the heap. */
MUST_CHECK Status li_number_parse(Heap *heap, const char *text, size_t bytes,
                                  unsigned radix, Value *result);
/* Appends the external form. Shortest round-trip for flonums; radix 2 to 36. */
MUST_CHECK Status li_number_print(Value v, unsigned radix, Buffer *to);
/* The same in radix 10 for a fixnum or a flonum, without a buffer: returns the length, or 0 if
 * v is neither. No terminator. */
enum {
    NUMBER_TEXT_BYTES = 32
};
size_t li_number_format(Value v, char to[NUMBER_TEXT_BYTES]);

#endif /* LI_TYPES_NUMBER_H */
