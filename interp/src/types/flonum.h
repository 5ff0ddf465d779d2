/* flonum.h - doubles: correctly rounded from parts, decimal digits in and out.
 *
 * Pure functions on doubles: no heap, no locale, no errno. They assume the default rounding
 * mode, to nearest.
 */
#ifndef LI_TYPES_FLONUM_H
#define LI_TYPES_FLONUM_H

#include "memory/buffer.h"
#include "memory/status.h"

ALWAYS_INLINE uint64_t flonum_to_bits(double d)
{
    uint64_t bits;

    __builtin_memcpy(&bits, &d, sizeof bits);
    return bits;
}

ALWAYS_INLINE double flonum_from_bits(uint64_t bits)
{
    double d;

    __builtin_memcpy(&d, &bits, sizeof d);
    return d;
}

/* The double nearest to (m + epsilon) * 2^exponent, ties to even, where 0 < epsilon < 1 if
 * `lost` and epsilon = 0 if not; negated if `negative`. Overflows to infinity. For the result
 * to be correct with `lost`, m must have its top bit or the one below set. */
double li_flonum_assemble(bool negative, uint64_t m, bool lost, int64_t exponent);

/* d = mantissa * 2^exponent for a finite d that is not negative; mantissa < 2^53, and its bit
 * 52 is set unless d is subnormal. */
typedef struct FlonumParts {
    uint64_t mantissa;
    int exponent;
} FlonumParts;

FlonumParts li_flonum_parts(double d);

/* ---- Powers of ten -------------------------------------------------------------------------- */

enum {
    POW10_MIN = -351,
    POW10_MAX = 350
};

/* 10^k, rounded up to 128 bits: (high, low) * 2^(floor(log2(10^k)) - 127), the top bit set.
 * Exact for k from 0 to POW10_EXACT. POW10_MIN <= k <= POW10_MAX. */
typedef struct Pow10 {
    uint64_t high, low;
} Pow10;

enum {
    POW10_EXACT = 55
};

Pow10 li_pow10(int k);

/* floor(log2(10^k)) for |k| <= 1000 */
ALWAYS_INLINE int pow10_log2(int k)
{
    return (int)(((int64_t)k * 1741647) >> 19);
}

/* ---- Decimal ---------------------------------------------------------------------------------- */

/* The nearest double to w * 10^exponent, or to any number from there to (w + 1) * 10^exponent if
 * `truncated`. False if 128 bits of precision do not decide it; that is rare. */
MUST_CHECK bool li_flonum_from_decimal(uint64_t w, int64_t exponent, bool truncated,
                                       double *d);

/* The fewest digits that read back as d, and of those the closest to d: digits * 10^exponent.
 * d is finite and greater than 0. No zero at the end of the digits. */
typedef struct Decimal {
    uint64_t digits;
    int exponent;
} Decimal;

Decimal li_flonum_shortest(double d);

enum {
    FLONUM_TEXT_BYTES = 32
};

/* The external form in radix 10, as R7RS wants it: "0.1", "100.0", "1e21", "-0.0", "+nan.0".
 * Returns its length; no terminator. */
size_t li_flonum_format(double d, char to[FLONUM_TEXT_BYTES]);
/* Any radix from 2 to 36; positional in all but 10. */
void li_flonum_print(double d, unsigned radix, Buffer *to);

#endif /* LI_TYPES_FLONUM_H */
