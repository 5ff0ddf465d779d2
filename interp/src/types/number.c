/* number.c - generic arithmetic: which representation an operation is done in. */
#include "types/number.h"

#include <math.h>

#include "types/bignum.h"
#include "types/flonum.h"

/* Integers up to here, of either sign, are doubles without rounding. */
static const int64_t DOUBLE_INTEGER_MAX = (int64_t)1 << 53;

/* ---- Kinds ------------------------------------------------------------------------------ */

bool li_num_is_integer(Value v)
{
    if (value_is_flonum(v)) {
        double d = value_to_flonum(v);
        return isfinite(d) && d == floor(d);
    }
    return value_is_exact_integer(v);
}

bool li_num_is_rational(Value v)
{
    if (value_is_flonum(v))
        return isfinite(value_to_flonum(v));
    return value_is_exact_integer(v);
}

static bool are_exact(Value a, Value b)
{
    return value_is_exact_integer(a) && value_is_exact_integer(b);
}

/* ---- C numbers -------------------------------------------------------------------------- */

static Status from_magnitude(Heap *heap, uint64_t magnitude, bool negative,
                             Value *result)
{
    mp_limb_t *limbs;

    TRY(li_big_alloc(heap, 1, &limbs));
    limbs[0] = magnitude;
    return li_big_finish(heap, limbs, 1, negative, result);
}

Status li_num_from_int64(Heap *heap, int64_t n, Value *result)
{
    if (LIKELY(fixnum_fits(n))) {
        *result = value_from_fixnum(n);
        return OK;
    }
    return from_magnitude(heap, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, n < 0, result);
}

Status li_num_from_uint64(Heap *heap, uint64_t n, Value *result)
{
    if (LIKELY(n <= (uint64_t)FIXNUM_MAX)) {
        *result = value_from_fixnum((int64_t)n);
        return OK;
    }
    return from_magnitude(heap, n, false, result);
}

Status li_num_to_int64(Value v, int64_t *n)
{
    Big big;

    if (LIKELY(value_is_fixnum(v))) {
        *n = value_to_fixnum(v);
        return OK;
    }
    if (!value_is_bignum(v))
        return ERR_TYPE;
    li_big_view(v, &big);
    if (big.count > 1 || big.limbs[0] > (uint64_t)INT64_MAX + big.negative)
        return ERR_RANGE;
    *n = (int64_t)(big.negative ? 0 - big.limbs[0] : big.limbs[0]);
    return OK;
}

Status li_num_to_uint64(Value v, uint64_t *n)
{
    Big big;

    if (!value_is_exact_integer(v))
        return ERR_TYPE;
    li_big_view(v, &big);
    if (big.count > 1 || (big.count == 1 && big.negative))
        return ERR_RANGE;
    *n = big.count == 0 ? 0 : big.limbs[0];
    return OK;
}

Status li_num_to_double(Value v, double *d)
{
    if (value_is_fixnum(v))
        *d = (double)value_to_fixnum(v);
    else if (value_is_flonum(v))
        *d = value_to_flonum(v);
    else if (value_is_bignum(v))
        *d = li_big_to_double(v);
    else
        return ERR_TYPE;
    return OK;
}

static Status both_to_double(Value a, Value b, double *x, double *y)
{
    TRY(li_num_to_double(a, x));
    return li_num_to_double(b, y);
}

/* ---- Sum, difference, product ------------------------------------------------------------ */

Status li_num_add(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    if (value_are_fixnums(a, b))
        return li_num_from_int64(heap, value_to_fixnum(a) + value_to_fixnum(b), result);
    if (are_exact(a, b))
        return li_big_add(heap, a, b, result);
    TRY(both_to_double(a, b, &x, &y));
    return li_flonum(heap, x + y, result);
}

Status li_num_subtract(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    if (value_are_fixnums(a, b))
        return li_num_from_int64(heap, value_to_fixnum(a) - value_to_fixnum(b), result);
    if (are_exact(a, b))
        return li_big_subtract(heap, a, b, result);
    TRY(both_to_double(a, b, &x, &y));
    return li_flonum(heap, x - y, result);
}

Status li_num_multiply(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;
    int64_t product;

    if (value_are_fixnums(a, b)
        && !__builtin_mul_overflow(value_to_fixnum(a), value_to_fixnum(b), &product))
        return li_num_from_int64(heap, product, result);
    if (are_exact(a, b))
        return li_big_multiply(heap, a, b, result);
    TRY(both_to_double(a, b, &x, &y));
    return li_flonum(heap, x * y, result);
}

Status li_num_negate(Heap *heap, Value a, Value *result)
{
    if (value_is_fixnum(a))
        return li_num_from_int64(heap, -value_to_fixnum(a), result);
    if (value_is_flonum(a))
        return li_flonum(heap, -value_to_flonum(a), result);
    if (value_is_bignum(a))
        return li_big_negate(heap, a, result);
    return ERR_TYPE;
}

Status li_num_abs(Heap *heap, Value a, Value *result)
{
    int sign;

    if (value_is_flonum(a))
        return li_flonum(heap, fabs(value_to_flonum(a)), result);
    TRY(li_num_sign(a, &sign));
    if (sign < 0)
        return li_num_negate(heap, a, result);
    *result = a;
    return OK;
}

/* ---- Division ----------------------------------------------------------------------------- */

static bool is_exact_double(Value v)
{
    return value_is_fixnum(v) && value_to_fixnum(v) >= -DOUBLE_INTEGER_MAX
        && value_to_fixnum(v) <= DOUBLE_INTEGER_MAX;
}

static Status divide_exact(Heap *heap, Value a, Value b, Value *result)
{
    Value quotient, remainder;
    double d;

    TRY(li_num_divide_integers(heap, NUM_TRUNCATE, a, b, &quotient, &remainder));
    if (value_is_eq(remainder, value_from_fixnum(0))) {
        *result = quotient;
        return OK;
    }
    if (is_exact_double(a) && is_exact_double(b))
        return li_flonum(heap, (double)value_to_fixnum(a) / (double)value_to_fixnum(b),
                         result);
    TRY(li_big_ratio_to_double(heap, a, b, &d));
    return li_flonum(heap, d, result);
}

Status li_num_divide(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    TRY(both_to_double(a, b, &x, &y));
    if (value_is_eq(b, value_from_fixnum(0)))
        return ERR_DIVIDE;
    if (are_exact(a, b))
        return divide_exact(heap, a, b, result);
    return li_flonum(heap, x / y, result);
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

    TRY(both_to_double(a, b, &x, &y));
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

static uint64_t gcd_words(uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0)
        return a | b;
    int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    do {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            uint64_t swap = a;
            a = b;
            b = swap;
        }
        b -= a;
    } while (b != 0);
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

/* ---- Order, sameness ------------------------------------------------------------------------ */

static NumOrder order_of(int64_t a, int64_t b)
{
    return a < b ? NUM_LESS : a > b ? NUM_GREATER : NUM_EQUAL;
}

static NumOrder order_doubles(double a, double b)
{
    return a < b ? NUM_LESS : a > b ? NUM_GREATER : a == b ? NUM_EQUAL : NUM_UNORDERED;
}

static NumOrder reversed(NumOrder order)
{
    return order == NUM_LESS ? NUM_GREATER : order == NUM_GREATER ? NUM_LESS : order;
}

/* An exact integer with a double. */
static NumOrder order_mixed(Value exact, double d)
{
    if (isnan(d))
        return NUM_UNORDERED;
    if (is_exact_double(exact))
        return order_doubles((double)value_to_fixnum(exact), d);
    return li_big_compare_double(exact, d);
}

Status li_num_compare(Value a, Value b, NumOrder *order)
{
    if (value_are_fixnums(a, b)) {
        *order = order_of(value_to_fixnum(a), value_to_fixnum(b));
        return OK;
    }
    if (!value_is_number(a) || !value_is_number(b))
        return ERR_TYPE;
    bool inexact_a = value_is_flonum(a), inexact_b = value_is_flonum(b);
    if (inexact_a && inexact_b)
        *order = order_doubles(value_to_flonum(a), value_to_flonum(b));
    else if (inexact_b)
        *order = order_mixed(a, value_to_flonum(b));
    else if (inexact_a)
        *order = reversed(order_mixed(b, value_to_flonum(a)));
    else
        *order = li_big_compare(a, b);
    return OK;
}

/* All NaNs are one. */
static uint64_t flonum_identity(Value v)
{
    double d = value_to_flonum(v);

    return isnan(d) ? UINT64_C(0x7ff8000000000000) : flonum_to_bits(d);
}

bool li_num_eqv(Value a, Value b)
{
    if (value_is_eq(a, b))
        return true;
    if (value_is_flonum(a))
        return value_is_flonum(b) && flonum_identity(a) == flonum_identity(b);
    return value_is_bignum(a) && value_is_bignum(b)
        && li_big_compare(a, b) == NUM_EQUAL;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    return h ^ h >> 32;
}

uint64_t li_num_hash(Value v)
{
    Big big;

    if (value_is_fixnum(v))
        return mix(v.bits);
    if (value_is_flonum(v))
        return mix(flonum_identity(v) ^ UINT64_C(0x9e3779b97f4a7c15));
    li_big_view(v, &big);
    uint64_t hash = big.negative;
    for (mp_size_t i = 0; i < big.count; i += 1)
        hash = mix(hash + big.limbs[i]);
    return hash;
}

Status li_num_sign(Value v, int *sign)
{
    Big big;

    if (value_is_flonum(v)) {
        double d = value_to_flonum(v);
        *sign = (d > 0) - (d < 0);
        return OK;
    }
    if (!value_is_exact_integer(v))
        return ERR_TYPE;
    li_big_view(v, &big);
    *sign = big.count == 0 ? 0 : big.negative ? -1 : 1;
    return OK;
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

/* ---- Exactness, rounding ---------------------------------------------------------------------- */

Status li_num_exact(Heap *heap, Value a, Value *result)
{
    if (value_is_exact_integer(a)) {
        *result = a;
        return OK;
    }
    if (!li_num_is_integer(a))
        return ERR_TYPE;
    return li_big_from_double(heap, value_to_flonum(a), result);
}

Status li_num_inexact(Heap *heap, Value a, Value *result)
{
    double d;

    TRY(li_num_to_double(a, &d));
    return li_flonum(heap, d, result);
}

static double round_double(NumRound kind, double d)
{
    switch (kind) {
    case NUM_ROUND_FLOOR: return floor(d);
    case NUM_ROUND_CEILING: return ceil(d);
    case NUM_ROUND_TRUNCATE: return trunc(d);
    case NUM_ROUND_EVEN: return nearbyint(d);
    }
    UNREACHABLE();
}

Status li_num_round(Heap *heap, NumRound kind, Value a, Value *result)
{
    if (value_is_flonum(a))
        return li_flonum(heap, round_double(kind, value_to_flonum(a)), result);
    if (!value_is_exact_integer(a))
        return ERR_TYPE;
    *result = a;
    return OK;
}
