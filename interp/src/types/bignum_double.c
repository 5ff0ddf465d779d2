/* bignum_double.c - between bignums and doubles, always correctly rounded. */
#include "types/bignum.h"
#include "types/flonum.h"

#include <math.h>

/* |x| = (top + something in [0, 1)) * 2^exponent; `lost` if that is not 0. x is not 0. */
typedef struct Leading {
    uint64_t top; /* its top bit is set */
    int64_t exponent;
    bool lost;
} Leading;

static Leading leading_bits(const Big *x)
{
    mp_size_t last = x->count - 1;
    unsigned shift = (unsigned)__builtin_clzll(x->limbs[last]);
    Leading l = {x->limbs[last] << shift, (int64_t)last * LIMB_BITS - (int64_t)shift,
                 false};

    if (last == 0)
        return l;
    if (shift != 0)
        l.top |= x->limbs[last - 1] >> (LIMB_BITS - shift);
    /* The top is not zero, so the lowest one is found. */
    l.lost = (int64_t)mpn_scan1(x->limbs, 0) < l.exponent;
    return l;
}

double li_big_to_double(Value v)
{
    Big x;

    li_big_view(v, &x);
    if (x.count == 0)
        return 0.0;
    Leading l = leading_bits(&x);
    return li_flonum_assemble(x.negative, l.top, l.lost, l.exponent);
}

double li_big_to_scaled_double(Value v, int64_t *exponent)
{
    Big x;

    li_big_view(v, &x);
    *exponent = 0;
    if (x.count == 0)
        return 0.0;
    Leading l = leading_bits(&x);
    *exponent = l.exponent + LIMB_BITS;
    return li_flonum_assemble(x.negative, l.top, l.lost, -LIMB_BITS);
}

Status li_big_from_double(Heap *heap, double d, Value *result)
{
    int exponent;
    int64_t n = (int64_t)ldexp(frexp(d, &exponent), 53);
    Value mantissa;

    if (exponent <= 53) {
        n = (int64_t)d;
        return li_num_from_int64(heap, n, result);
    }
    TRY(li_num_from_int64(heap, n, &mantissa));
    return li_big_shift(heap, mantissa, exponent - 53, result);
}

/* Compares |x| with the integer mantissa * 2^shift; shift >= 0, neither is 0. */
static int compare_scaled(const Big *x, uint64_t mantissa, unsigned shift)
{
    Leading l = leading_bits(x);
    unsigned clear = (unsigned)__builtin_clzll(mantissa);
    int64_t exponent = (int64_t)shift - (int64_t)clear;

    mantissa <<= clear;
    if (l.exponent != exponent)
        return l.exponent < exponent ? -1 : 1;
    if (l.top != mantissa)
        return l.top < mantissa ? -1 : 1;
    return l.lost ? 1 : 0;
}

NumOrder li_big_compare_double(Value v, double d)
{
    Big x;
    int exponent, order;
    bool negative = d < 0;

    li_big_view(v, &x);
    if (x.count == 0 || d == 0 || x.negative != negative) {
        double sign = x.count == 0 ? 0 : x.negative ? -1 : 1;
        double other = d == 0 ? 0 : negative ? -1 : 1;
        return sign < other ? NUM_LESS : sign > other ? NUM_GREATER : NUM_EQUAL;
    }
    double size = fabs(d);
    double whole = floor(size);
    if (isinf(size))
        order = -1;
    else if (whole == 0)
        order = 1;
    else {
        double fraction = frexp(whole, &exponent);
        uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
        if (exponent >= 53)
            order = compare_scaled(&x, mantissa, (unsigned)exponent - 53);
        else
            order = compare_scaled(&x, (uint64_t)whole, 0);
        if (order == 0 && whole != size)
            order = -1;
    }
    if (negative)
        order = -order;
    return order < 0 ? NUM_LESS : order > 0 ? NUM_GREATER : NUM_EQUAL;
}

/* |x| * 2^shift without what stands behind the point; *lost if that is not 0. */
static mp_size_t shift_limbs(mp_limb_t *to, const Big *x, int64_t shift, bool *lost)
{
    mp_size_t skip = (mp_size_t)((shift < 0 ? -shift : shift) / LIMB_BITS);
    unsigned bits = (unsigned)((shift < 0 ? -shift : shift) % LIMB_BITS);
    mp_size_t count;

    *lost = shift < 0 && (int64_t)mpn_scan1(x->limbs, 0) < -shift;
    if (shift < 0) {
        count = x->count - skip;
        if (bits == 0)
            mpn_copyi(to, x->limbs + skip, count);
        else
            mpn_rshift(to, x->limbs + skip, count, bits);
    } else {
        count = x->count + skip + 1;
        mpn_zero(to, skip);
        to[count - 1] = 0;
        if (bits == 0)
            mpn_copyi(to + skip, x->limbs, x->count);
        else
            to[count - 1] = mpn_lshift(to + skip, x->limbs, x->count, bits);
    }
    while (count > 0 && to[count - 1] == 0)
        count -= 1;
    return count;
}

/* |a| * 2^shift / b, whose whole part has 64 or 65 bits. */
static double divide_scaled(const Big *a, const Big *b, int64_t shift, mp_limb_t *space)
{
    mp_limb_t quotient[3];
    mp_limb_t *remainder = space, *numerator = space + b->count;
    bool lost;

    mp_size_t count = shift_limbs(numerator, a, shift, &lost);
    mpn_tdiv_qr(quotient, remainder, 0, numerator, count, b->limbs, b->count);
    lost = lost || !mpn_zero_p(remainder, b->count);
    count = count - b->count + 1;
    while (quotient[count - 1] == 0)
        count -= 1;
    Leading l = leading_bits(&(Big){quotient, count, false, 0});
    return li_flonum_assemble(a->negative, l.top, l.lost || lost, l.exponent - shift);
}

Status li_big_ratio_to_double(Value a, Value b, double *result)
{
    enum {
        SMALL_LIMBS = 2048,
        DIVIDE_SCRATCH = 8, /* as in bignum_divide.c */
    };
    int64_t bits_a = (int64_t)li_big_bit_length(a),
            bits_b = (int64_t)li_big_bit_length(b);
    Scratch scratch;
    Big x, y;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.count == 0) {
        *result = 0.0;
        return OK;
    }
    uint64_t limbs = 2 * (uint64_t)y.count + 3;
    if (limbs > SMALL_LIMBS)
        TRY(li_big_reserve(NULL, limbs * DIVIDE_SCRATCH));
    TRY(li_scratch_take(NULL, limbs, &scratch));
    *result = divide_scaled(&x, &y, bits_b - bits_a + LIMB_BITS, scratch.limbs);
    li_scratch_free(&scratch);
    return OK;
}
