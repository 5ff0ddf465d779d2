/* bignum.h - exact integers of any size: signed magnitudes on GMP's mpn layer.
 *
 * Every function takes exact integers, fixnums among them, and gives a fixnum when the result
 * fits one. All may allocate, none collects. ERR_NO_MEMORY comes before the work is begun.
 *
 * Memory. Results lie in our own heap. mpn needs scratch space for long operands: what we pass
 * to it is malloc'd and freed in the same call, and what mpn takes itself (through GMP's
 * allocation functions, which abort when memory runs out) is bounded beforehand: li_big_reserve
 * asks the heap's limit for that much and malloc too, so that a shortage is an ERR_NO_MEMORY of
 * ours. Short operands need nothing: mpn then works on the C stack, within 64 KiB.
 */
#ifndef LI_TYPES_BIGNUM_H
#define LI_TYPES_BIGNUM_H

#include <gmp.h>
#include <stdlib.h>

#include "types/number.h"

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NUMB_BITS == 64, "limbs are whole words");

__extension__ typedef unsigned __int128 DoubleLimb;

enum {
    LIMB_BITS = 64
};

/* A view of an exact integer as sign and magnitude; good until the next collection. `limbs`
 * may point into the view itself, so it is not copied. */
typedef struct Big {
    const mp_limb_t *limbs; /* the top one is not zero */
    mp_size_t count;        /* 0 for zero */
    bool negative;
    mp_limb_t own;
} Big;

ALWAYS_INLINE void li_big_view(Value v, Big *big)
{
    if (value_is_fixnum(v)) {
        int64_t n = value_to_fixnum(v);

        big->negative = n < 0;
        big->own = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
        big->limbs = &big->own;
        big->count = n != 0;
    } else {
        const void *object = value_to_object(v);

        big->negative = immix_extra_of(object) != 0;
        big->limbs = object;
        big->count = (mp_size_t)immix_granules_of(object);
    }
}

/* ---- Making ---------------------------------------------------------------------------- */

/* Limbs to be filled and then passed to li_big_finish; not cleared. */
MUST_CHECK Status li_big_alloc(Heap *heap, uint64_t count, mp_limb_t **limbs);
/* Makes the value of the low `count` limbs, giving the rest back. Zeros at the top are fine. */
MUST_CHECK Status li_big_finish(Heap *heap, mp_limb_t *limbs, uint64_t count,
                                bool negative, Value *result);
/* That `limbs` more can be had, in the heap's limit and from malloc. `heap` may be NULL. */
MUST_CHECK Status li_big_reserve(Heap *heap, uint64_t limbs);

/* The same for a product of so many limbs by mpn_mul or mpn_sqr, which short ones do not need. */
MUST_CHECK Status li_big_reserve_product(uint64_t limbs);

/* Working space: on the C stack while it is small. */
typedef struct Scratch {
    mp_limb_t *limbs;
    mp_limb_t local[40];
} Scratch;

/* `heap` may be NULL. After success li_scratch_free must follow. */
MUST_CHECK Status li_scratch_take(Heap *heap, uint64_t count, Scratch *scratch);

static inline void li_scratch_free(Scratch *scratch)
{
    if (scratch->limbs != scratch->local)
        free(scratch->limbs);
}

/* ---- Arithmetic -------------------------------------------------------------------------- */

MUST_CHECK Status li_big_add(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_big_subtract(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_big_multiply(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_big_negate(Heap *heap, Value a, Value *result);

typedef enum Rounding {
    ROUND_TRUNCATE,
    ROUND_FLOOR
} Rounding;
/* `quotient` or `remainder` may be NULL. ERR_DIVIDE if b is 0. */
MUST_CHECK Status li_big_divide(Heap *heap, Value a, Value b, Rounding rounding,
                                Value *quotient, Value *remainder);
/* Not negative. */
MUST_CHECK Status li_big_gcd(Heap *heap, Value a, Value b, Value *result);
/* n >= 0: the largest root with root * root <= n, and what is left; `rest` may be NULL. */
MUST_CHECK Status li_big_sqrt(Heap *heap, Value n, Value *root, Value *rest);
/* ERR_NO_MEMORY at once if the result is too large. */
MUST_CHECK Status li_big_power(Heap *heap, Value base, uint64_t power, Value *result);

NumOrder li_big_compare(Value a, Value b);

/* ---- Bits, in two's complement ------------------------------------------------------------ */

/* Bits of the magnitude: 0 for zero. */
uint64_t li_big_bit_length(Value v);
/* v * 2^count, rounded down. */
MUST_CHECK Status li_big_shift(Heap *heap, Value v, int64_t count, Value *result);

typedef enum BitOp {
    BIT_AND,
    BIT_IOR,
    BIT_XOR
} BitOp;
MUST_CHECK Status li_big_bitwise(Heap *heap, BitOp op, Value a, Value b, Value *result);
/* Ones in v, or zeros if v is negative. */
uint64_t li_big_bit_count(Value v);

/* ---- Doubles ------------------------------------------------------------------------------ */

/* The nearest double, infinite if v is too large. */
double li_big_to_double(Value v);
/* v = the result, 0.5 <= |result| < 1, times 2^*exponent; for magnitudes beyond doubles. */
double li_big_to_scaled_double(Value v, int64_t *exponent);
/* `d` is an integer. */
MUST_CHECK Status li_big_from_double(Heap *heap, double d, Value *result);
/* Exact; `d` is not a NaN. */
NumOrder li_big_compare_double(Value v, double d);
/* The double nearest to a / b; b > 0. */
MUST_CHECK Status li_big_ratio_to_double(Value a, Value b, double *result);

/* ---- Text --------------------------------------------------------------------------------- */

/* From digit values, the most significant first. */
MUST_CHECK Status li_big_from_digits(Heap *heap, const unsigned char *digits,
                                     size_t count, unsigned radix, bool negative,
                                     Value *result);
MUST_CHECK Status li_big_print(Value v, unsigned radix, Buffer *to);

#endif /* LI_TYPES_BIGNUM_H */
