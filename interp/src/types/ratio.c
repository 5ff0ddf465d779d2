/* ratio.c - exact rational numbers that are not integers: arithmetic and order. */
#include "types/ratio.h"

#include "types/bignum.h"
#include "types/flonum.h"

/* ---- Making ----------------------------------------------------------------------------- */

static bool is_one(Value v)
{
    return value_is_eq(v, value_from_fixnum(1));
}

Status li_ratio_reduced(Heap *heap, Value n, Value d, Value *result)
{
    if (is_one(d)) {
        *result = n;
        return OK;
    }
    Ratio *ratio = li_alloc(heap, T_RATIO, 0, 2);
    if (ratio == NULL)
        return ERR_NO_MEMORY;
    *ratio = (Ratio){n, d};
    *result = value_from_object(ratio);
    return OK;
}

/* Divides both by what they have in common. */
static Status reduce(Heap *heap, Value *a, Value *b)
{
    Value gcd;

    TRY(li_num_gcd(heap, *a, *b, &gcd));
    if (is_one(gcd))
        return OK;
    TRY(li_num_quotient(heap, *a, gcd, a));
    return li_num_quotient(heap, *b, gcd, b);
}

Status li_ratio(Heap *heap, Value n, Value d, Value *result)
{
    int sign;

    TRY(li_num_sign(d, &sign));
    if (sign == 0)
        return ERR_DIVIDE;
    if (sign < 0) {
        TRY(li_num_negate(heap, n, &n));
        TRY(li_num_negate(heap, d, &d));
    }
    TRY(reduce(heap, &n, &d));
    return li_ratio_reduced(heap, n, d, result);
}

Status li_ratio_from_double(Heap *heap, double d, Value *result)
{
    FlonumParts parts = li_flonum_parts(d < 0 ? -d : d);
    Value numerator, denominator;

    if (parts.mantissa == 0 || parts.exponent >= 0)
        return li_big_from_double(heap, d, result);
    int zeros = __builtin_ctzll(parts.mantissa);
    if (zeros > -parts.exponent)
        zeros = -parts.exponent;
    int64_t n = (int64_t)(parts.mantissa >> zeros);
    numerator = value_from_fixnum(d < 0 ? -n : n);
    TRY(li_big_shift(heap, value_from_fixnum(1), -(parts.exponent + zeros),
                     &denominator));
    return li_ratio_reduced(heap, numerator, denominator, result);
}

/* ---- Arithmetic ----------------------------------------------------------------------------- */

typedef Status (*IntegerFn)(Heap *heap, Value a, Value b, Value *result);

/* a/b + c/d, or a/b - c/d. Common divisors are looked for in small numbers, not in the result:
 * none of b and d leaves none in the sum; else only theirs can be left. Source: Knuth, The Art
 * of Computer Programming, volume 2, 4.5.1. */
static Status combine(Heap *heap, IntegerFn operate, Value x, Value y, Value *result)
{
    Value a = ratio_numerator(x), b = ratio_denominator(x);
    Value c = ratio_numerator(y), d = ratio_denominator(y);
    Value gcd, n;

    TRY(li_num_gcd(heap, b, d, &gcd));
    Value b_part = b, d_part = d;
    if (!is_one(gcd)) {
        TRY(li_num_quotient(heap, b, gcd, &b_part));
        TRY(li_num_quotient(heap, d, gcd, &d_part));
    }
    TRY(li_num_multiply(heap, a, d_part, &a));
    TRY(li_num_multiply(heap, c, b_part, &c));
    TRY(operate(heap, a, c, &n));
    if (!is_one(gcd))
        TRY(reduce(heap, &n, &gcd));
    TRY(li_num_multiply(heap, b_part, d_part, &d));
    TRY(li_num_multiply(heap, d, gcd, &d));
    return li_ratio_reduced(heap, n, d, result);
}

Status li_ratio_add(Heap *heap, Value a, Value b, Value *result)
{
    return combine(heap, li_num_add, a, b, result);
}

Status li_ratio_subtract(Heap *heap, Value a, Value b, Value *result)
{
    return combine(heap, li_num_subtract, a, b, result);
}

/* (a/b) * (c/d); the sign stands in a and c. */
static Status product(Heap *heap, Value a, Value b, Value c, Value d, Value *result)
{
    TRY(reduce(heap, &a, &d));
    TRY(reduce(heap, &c, &b));
    TRY(li_num_multiply(heap, a, c, &a));
    TRY(li_num_multiply(heap, b, d, &b));
    return li_ratio_reduced(heap, a, b, result);
}

Status li_ratio_multiply(Heap *heap, Value a, Value b, Value *result)
{
    return product(heap, ratio_numerator(a), ratio_denominator(a), ratio_numerator(b),
                   ratio_denominator(b), result);
}

Status li_ratio_divide(Heap *heap, Value a, Value b, Value *result)
{
    Value over = ratio_denominator(b), under = ratio_numerator(b);
    int sign;

    TRY(li_num_sign(b, &sign));
    if (sign == 0)
        return ERR_DIVIDE;
    if (sign < 0) {
        TRY(li_num_negate(heap, over, &over));
        TRY(li_num_negate(heap, under, &under));
    }
    return product(heap, ratio_numerator(a), ratio_denominator(a), over, under, result);
}

Status li_ratio_negate(Heap *heap, Value a, Value *result)
{
    Value n;

    TRY(li_num_negate(heap, ratio_numerator(a), &n));
    return li_ratio_reduced(heap, n, ratio_denominator(a), result);
}

/* ---- Rounding --------------------------------------------------------------------------------- */

/* Whether a ratio goes up from the integer below it. */
static Status rounds_up(NumRound kind, Value a, Value below, Value remainder, bool *up)
{
    NumOrder order;
    int sign;

    switch (kind) {
    case NUM_ROUND_FLOOR: *up = false; return OK;
    case NUM_ROUND_CEILING: *up = true; return OK;
    case NUM_ROUND_TRUNCATE:
        TRY(li_num_sign(a, &sign));
        *up = sign < 0;
        return OK;
    case NUM_ROUND_EVEN:
        TRY(li_num_compare(remainder, ratio_denominator(a), &order));
        *up = order == NUM_GREATER;
        if (order == NUM_EQUAL)
            TRY(li_num_is_odd(below, up));
        return OK;
    }
    UNREACHABLE();
}

Status li_ratio_round(Heap *heap, NumRound kind, Value a, Value *result)
{
    Value below, remainder;
    bool up;

    TRY(li_num_divide_integers(heap, NUM_FLOOR, ratio_numerator(a),
                               ratio_denominator(a), &below, &remainder));
    TRY(li_num_add(heap, remainder, remainder, &remainder));
    TRY(rounds_up(kind, a, below, remainder, &up));
    return li_num_add(heap, below, value_from_fixnum(up), result);
}

/* ---- Order ------------------------------------------------------------------------------------- */

static uint64_t bits_of(const Big *x)
{
    return (uint64_t)x->count * LIMB_BITS
         - (uint64_t)__builtin_clzll(x->limbs[x->count - 1]);
}

static mp_size_t multiply(mp_limb_t *to, const Big *x, const Big *y)
{
    if (x->count >= y->count)
        mpn_mul(to, x->limbs, x->count, y->limbs, y->count);
    else
        mpn_mul(to, y->limbs, y->count, x->limbs, x->count);
    mp_size_t count = x->count + y->count;
    return count - (to[count - 1] == 0);
}

/* |a * d| with |c * b|; none is 0. */
static Status compare_products(const Big *a, const Big *d, const Big *c, const Big *b,
                               int *order)
{
    uint64_t left = bits_of(a) + bits_of(d), right = bits_of(c) + bits_of(b);
    Scratch scratch;

    if (left + 1 < right || right + 1 < left) {
        *order = left < right ? -1 : 1;
        return OK;
    }
    uint64_t left_limbs = (uint64_t)(a->count + d->count);
    uint64_t limbs = left_limbs + (uint64_t)(c->count + b->count);
    TRY(li_big_reserve_product(limbs));
    TRY(li_scratch_take(NULL, limbs, &scratch));
    mp_limb_t *x = scratch.limbs, *y = x + left_limbs;
    mp_size_t x_count = multiply(x, a, d), y_count = multiply(y, c, b);
    if (x_count != y_count)
        *order = x_count < y_count ? -1 : 1;
    else
        *order = mpn_cmp(x, y, x_count);
    li_scratch_free(&scratch);
    return OK;
}

static int sign_of(const Big *x)
{
    return x->count == 0 ? 0 : x->negative ? -1 : 1;
}

/* a/b with c/d; b and d are greater than 0. */
static Status compare_fractions(const Big *a, const Big *b, const Big *c, const Big *d,
                                NumOrder *order)
{
    int sign = sign_of(a), other = sign_of(c), difference = 0;

    if (sign != other)
        difference = sign < other ? -1 : 1;
    else if (sign != 0) {
        TRY(compare_products(a, d, c, b, &difference));
        if (sign < 0)
            difference = -difference;
    }
    *order = difference < 0 ? NUM_LESS : difference > 0 ? NUM_GREATER : NUM_EQUAL;
    return OK;
}

Status li_ratio_compare(Value a, Value b, NumOrder *order)
{
    Big parts[4];

    li_big_view(ratio_numerator(a), &parts[0]);
    li_big_view(ratio_denominator(a), &parts[1]);
    li_big_view(ratio_numerator(b), &parts[2]);
    li_big_view(ratio_denominator(b), &parts[3]);
    return compare_fractions(&parts[0], &parts[1], &parts[2], &parts[3], order);
}

enum {
    DOUBLE_LIMBS = 18 /* 2^-1074 and the largest double fit as fractions */
};

/* n * 2^shift */
static void shifted(uint64_t n, unsigned shift, mp_limb_t limbs[DOUBLE_LIMBS], Big *big)
{
    unsigned skip = shift / LIMB_BITS, bits = shift % LIMB_BITS;

    mpn_zero(limbs, DOUBLE_LIMBS);
    limbs[skip] = n << bits;
    limbs[skip + 1] = bits == 0 ? 0 : n >> (LIMB_BITS - bits);
    big->limbs = limbs;
    big->count = n == 0 ? 0 : (mp_size_t)skip + 1 + (limbs[skip + 1] != 0);
}

Status li_ratio_compare_double(Value a, double d, NumOrder *order)
{
    FlonumParts parts = li_flonum_parts(d < 0 ? -d : d);
    mp_limb_t over[DOUBLE_LIMBS], under[DOUBLE_LIMBS];
    Big numerator, denominator, c, e;

    li_big_view(ratio_numerator(a), &numerator);
    li_big_view(ratio_denominator(a), &denominator);
    shifted(parts.mantissa, parts.exponent > 0 ? (unsigned)parts.exponent : 0, over,
            &c);
    shifted(1, parts.exponent < 0 ? (unsigned)-parts.exponent : 0, under, &e);
    c.negative = d < 0;
    e.negative = false;
    return compare_fractions(&numerator, &denominator, &c, &e, order);
}
