/* number_integer.c - division of integers, 7.0 among them, and their divisors. */
#include <math.h>

#include "types/bignum.h"

/* ---- Division ----------------------------------------------------------------------------- */

static bool are_exact(Value a, Value b)
{
    return value_is_exact_integer(a) && value_is_exact_integer(b);
}

static Status divide_fixnums(Heap *heap, NumDivision kind, int64_t a, int64_t b,
                             Value *quotient, Value *remainder)
{
    if (b == 0)
        return ERR_DIVIDE;
    int64_t q = a / b, r = a % b;
    if (kind == NUM_FLOOR && r != 0 && (r ^ b) < 0) {
        q -= 1;
        r += b;
    }
    if (quotient != NULL)
        TRY(li_num_from_int64(heap, q, quotient));
    if (remainder != NULL)
        *remainder = value_from_fixnum(r);
    return OK;
}

/* |a| < 2^53, so that a - r and the quotient are exact. */
static Status divide_flonums(Heap *heap, NumDivision kind, double a, double b,
                             Value *quotient, Value *remainder)
{
    double r = fmod(a, b);
    double q = (a - r) / b;

    if (kind == NUM_FLOOR && r != 0 && (r < 0) != (b < 0)) {
        q -= 1;
        r += b;
    }
    if (quotient != NULL)
        TRY(li_flonum(heap, q, quotient));
    if (remainder != NULL)
        TRY(li_flonum(heap, r, remainder));
    return OK;
}

static Status make_inexact(Heap *heap, Value *v)
{
    return v == NULL ? OK : li_num_inexact(heap, *v, v);
}

static Status divide_inexact(Heap *heap, NumDivision kind, Value a, Value b,
                             Value *quotient, Value *remainder)
{
    double x, y;

    TRY(li_num_to_double(a, &x));
    TRY(li_num_to_double(b, &y));
    if (y == 0)
        return ERR_DIVIDE;
    if (fabs(x) < 0x1p53 && fabs(y) < 0x1p53)
        return divide_flonums(heap, kind, x, y, quotient, remainder);
    TRY(li_num_exact(heap, a, &a));
    TRY(li_num_exact(heap, b, &b));
    TRY(li_num_divide_integers(heap, kind, a, b, quotient, remainder));
    TRY(make_inexact(heap, quotient));
    return make_inexact(heap, remainder);
}

Status li_num_divide_integers(Heap *heap, NumDivision kind, Value a, Value b,
                              Value *quotient, Value *remainder)
{
    if (LIKELY(value_are_fixnums(a, b)))
        return divide_fixnums(heap, kind, value_to_fixnum(a), value_to_fixnum(b),
                              quotient, remainder);
    if (are_exact(a, b))
        return li_big_divide(heap, a, b,
                             kind == NUM_FLOOR ? ROUND_FLOOR : ROUND_TRUNCATE, quotient,
                             remainder);
    if (!li_num_is_integer(a) || !li_num_is_integer(b))
        return ERR_TYPE;
    return divide_inexact(heap, kind, a, b, quotient, remainder);
}

Status li_num_quotient(Heap *heap, Value a, Value b, Value *result)
{
    return li_num_divide_integers(heap, NUM_TRUNCATE, a, b, result, NULL);
}

Status li_num_remainder(Heap *heap, Value a, Value b, Value *result)
{
    return li_num_divide_integers(heap, NUM_TRUNCATE, a, b, NULL, result);
}

Status li_num_modulo(Heap *heap, Value a, Value b, Value *result)
{
    return li_num_divide_integers(heap, NUM_FLOOR, a, b, NULL, result);
}

Status li_num_floor_quotient(Heap *heap, Value a, Value b, Value *result)
{
    return li_num_divide_integers(heap, NUM_FLOOR, a, b, result, NULL);
}

/* ---- Divisors ----------------------------------------------------------------------------- */

/* a, b > 0. If one is far larger than the other, a division saves many subtractions. */
static void bring_together(uint64_t *a, uint64_t *b)
{
    int apart = __builtin_clzll(*a) - __builtin_clzll(*b);

    if (apart > 8)
        *b %= *a;
    else if (apart < -8)
        *a %= *b;
}

/* Which of the two is larger cannot be foreseen, so the loop does not branch on it. */
static uint64_t gcd_words(uint64_t a, uint64_t b)
{
    if (a != 0 && b != 0)
        bring_together(&a, &b);
    if (a == 0 || b == 0)
        return a | b;
    int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    b >>= __builtin_ctzll(b);
    while (a != b) {
        uint64_t difference = a - b;
        int zeros = __builtin_ctzll(difference); /* those of b - a too */
        uint64_t negative = 0 - (uint64_t)(a < b);

        b += difference & negative;
        a = ((difference ^ negative) - negative) >> zeros;
    }
    return a << twos;
}

static uint64_t fixnum_magnitude(Value v)
{
    int64_t n = value_to_fixnum(v);

    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

Status li_num_gcd(Heap *heap, Value a, Value b, Value *result)
{
    if (value_are_fixnums(a, b))
        return li_num_from_uint64(
            heap, gcd_words(fixnum_magnitude(a), fixnum_magnitude(b)), result);
    if (are_exact(a, b))
        return li_big_gcd(heap, a, b, result);
    if (!li_num_is_integer(a) || !li_num_is_integer(b))
        return ERR_TYPE;
    TRY(li_num_exact(heap, a, &a));
    TRY(li_num_exact(heap, b, &b));
    TRY(li_num_gcd(heap, a, b, &a));
    return li_num_inexact(heap, a, result);
}

Status li_num_lcm(Heap *heap, Value a, Value b, Value *result)
{
    Value gcd, product;
    int sign;

    TRY(li_num_gcd(heap, a, b, &gcd));
    TRY(li_num_sign(gcd, &sign));
    if (sign == 0) {
        *result = gcd;
        return OK;
    }
    TRY(li_num_quotient(heap, a, gcd, &product));
    TRY(li_num_multiply(heap, product, b, &product));
    return li_num_abs(heap, product, result);
}

Status li_num_is_odd(Value v, bool *odd)
{
    Big big;

    if (!li_num_is_integer(v))
        return ERR_TYPE;
    if (value_is_flonum(v)) {
        *odd = fmod(value_to_flonum(v), 2.0) != 0;
        return OK;
    }
    li_big_view(v, &big);
    *odd = big.count != 0 && (big.limbs[0] & 1);
    return OK;
}
