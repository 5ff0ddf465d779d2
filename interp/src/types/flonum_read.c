/* flonum_read.c - the double nearest to a decimal number of at most 20 digits.
 *
 * The product of the digits and a 128-bit power of ten brackets the number: the power is too
 * large by less than one unit in its last place, so the product is too large by less than the
 * digits. If both ends round to the same double, that is the answer. (The idea is Lemire's,
 * "Number parsing at a gigabyte per second", 2021; the bracket replaces its case analysis.) */
#include "types/flonum.h"

__extension__ typedef unsigned __int128 Wide;

/* A number of 192 bits. */
typedef struct Product {
    Wide high;
    uint64_t low;
} Product;

static double product_to_double(Product p, int64_t exponent)
{
    /* Both factors have their top bit set, so the product has one of its two top bits set. */
    return li_flonum_assemble(false, (uint64_t)(p.high >> 64),
                              (uint64_t)p.high != 0 || p.low != 0, exponent);
}

static Product product_of(Pow10 g, uint64_t w)
{
    Wide low = (Wide)g.low * w;

    return (Product){(Wide)g.high * w + (uint64_t)(low >> 64), (uint64_t)low};
}

static Product product_minus(Product p, uint64_t w)
{
    return (Product){p.high - (p.low < w), p.low - w};
}

/* w > 0; the bracket of w * 10^k as two doubles. */
static void bracket(uint64_t w, int k, double *below, double *above)
{
    int shift = __builtin_clzll(w);
    int64_t exponent = (int64_t)pow10_log2(k) - 127 + 128 - shift;
    Product p;

    w <<= shift;
    p = product_of(li_pow10(k), w);
    *above = product_to_double(p, exponent);
    *below = *above;
    if (k < 0 || k > POW10_EXACT)
        *below = product_to_double(product_minus(p, w), exponent);
}

bool li_flonum_from_decimal(uint64_t w, int64_t exponent, bool truncated, double *d)
{
    double below, above, unused;

    if (w == 0) {
        *d = 0.0;
        return !truncated;
    }
    if (exponent < POW10_MIN + 1 || exponent > 310) {
        /* 2^64 * 10^-345 is less than half the smallest double; 10^309 exceeds the largest. */
        *d = exponent > 0 ? __builtin_inf() : 0.0;
        return true;
    }
    bracket(w, (int)exponent, &below, &above);
    if (truncated) {
        if (w == UINT64_MAX)
            return false;
        bracket(w + 1, (int)exponent, &unused, &above);
    }
    *d = above;
    return below == above;
}
