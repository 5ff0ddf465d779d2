/* number_order.c - order, equality, identity and sign of numbers. */
#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/flonum.h"
#include "types/ratio.h"

/* Integers up to here, of either sign, are doubles without rounding. */
static const int64_t DOUBLE_INTEGER_MAX = (int64_t)1 << 53;

/* ---- Order ---------------------------------------------------------------------------------- */

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

static bool is_exact_double(Value v)
{
    return value_is_fixnum(v) && value_to_fixnum(v) >= -DOUBLE_INTEGER_MAX
        && value_to_fixnum(v) <= DOUBLE_INTEGER_MAX;
}

/* An exact number with a double. */
static Status order_mixed(Value exact, double d, NumOrder *order)
{
    if (isnan(d))
        *order = NUM_UNORDERED;
    else if (is_exact_double(exact))
        *order = order_doubles((double)value_to_fixnum(exact), d);
    else if (isinf(d))
        *order = d > 0 ? NUM_LESS : NUM_GREATER;
    else if (value_is_ratio(exact))
        return li_ratio_compare_double(exact, d, order);
    else
        *order = li_big_compare_double(exact, d);
    return OK;
}

static Status order_exact(Value a, Value b, NumOrder *order)
{
    if (value_is_ratio(a) || value_is_ratio(b))
        return li_ratio_compare(a, b, order);
    *order = li_big_compare(a, b);
    return OK;
}

Status li_num_compare(Value a, Value b, NumOrder *order)
{
    if (value_are_fixnums(a, b)) {
        *order = order_of(value_to_fixnum(a), value_to_fixnum(b));
        return OK;
    }
    if (!value_is_real(a) || !value_is_real(b))
        return ERR_TYPE;
    bool inexact_a = value_is_flonum(a), inexact_b = value_is_flonum(b);
    if (inexact_b && !inexact_a)
        return order_mixed(a, value_to_flonum(b), order);
    if (!inexact_a)
        return order_exact(a, b, order);
    if (inexact_b) {
        *order = order_doubles(value_to_flonum(a), value_to_flonum(b));
        return OK;
    }
    TRY(order_mixed(b, value_to_flonum(a), order));
    *order = reversed(*order);
    return OK;
}

Status li_num_equal(Value a, Value b, bool *equal)
{
    NumOrder real, imaginary = NUM_EQUAL;

    if (!value_is_number(a) || !value_is_number(b))
        return ERR_TYPE;
    TRY(li_num_compare(complex_real(a), complex_real(b), &real));
    if (value_is_complex(a) || value_is_complex(b))
        TRY(li_num_compare(complex_imaginary(a), complex_imaginary(b), &imaginary));
    *equal = real == NUM_EQUAL && imaginary == NUM_EQUAL;
    return OK;
}

/* ---- Sameness ------------------------------------------------------------------------------- */

/* All NaNs are one. */
static uint64_t flonum_identity(Value v)
{
    double d = value_to_flonum(v);

    return isnan(d) ? UINT64_C(0x7ff8000000000000) : flonum_to_bits(d);
}

static bool same_parts(Value a1, Value a2, Value b1, Value b2)
{
    return li_num_eqv(a1, b1) && li_num_eqv(a2, b2);
}

bool li_num_eqv(Value a, Value b)
{
    if (value_is_eq(a, b))
        return true;
    if (value_is_flonum(a))
        return value_is_flonum(b) && flonum_identity(a) == flonum_identity(b);
    if (value_is_ratio(a) && value_is_ratio(b))
        return same_parts(ratio_numerator(a), ratio_denominator(a), ratio_numerator(b),
                          ratio_denominator(b));
    if (value_is_complex(a) && value_is_complex(b))
        return same_parts(complex_real(a), complex_imaginary(a), complex_real(b),
                          complex_imaginary(b));
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
    if (value_is_ratio(v))
        return mix(li_num_hash(ratio_numerator(v)) * 3
                   + li_num_hash(ratio_denominator(v)));
    if (value_is_complex(v))
        return mix(li_num_hash(complex_real(v)) * 5
                   + li_num_hash(complex_imaginary(v)));
    li_big_view(v, &big);
    uint64_t hash = big.negative;
    for (mp_size_t i = 0; i < big.count; i += 1)
        hash = mix(hash + big.limbs[i]);
    return hash;
}

/* ---- Sign ------------------------------------------------------------------------------------ */

Status li_num_sign(Value v, int *sign)
{
    Big big;

    if (value_is_flonum(v)) {
        double d = value_to_flonum(v);
        *sign = (d > 0) - (d < 0);
        return OK;
    }
    if (value_is_fixnum(v)) {
        *sign = (value_to_fixnum(v) > 0) - (value_to_fixnum(v) < 0);
        return OK;
    }
    if (!value_is_exact_rational(v))
        return ERR_TYPE;
    li_big_view(ratio_numerator(v), &big);
    *sign = big.count == 0 ? 0 : big.negative ? -1 : 1;
    return OK;
}
