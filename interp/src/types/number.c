/* number.c - generic arithmetic: which representation an operation is done in. */
#include "types/number.h"

#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/ratio.h"

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
    return value_is_exact_rational(v);
}

bool li_num_is_exact(Value v)
{
    if (value_is_complex(v))
        return !value_is_flonum(complex_real(v))
            && !value_is_flonum(complex_imaginary(v));
    return value_is_exact_rational(v);
}

/* Kinds in the order in which they win: an operation is done in the higher one of its operands'
 * levels. */
typedef enum Level {
    LEVEL_INTEGER,
    LEVEL_RATIO,
    LEVEL_FLONUM,
    LEVEL_COMPLEX,
    LEVEL_NONE
} Level;

static Level level_of(Value v)
{
    if (value_is_fixnum(v))
        return LEVEL_INTEGER;
    if (value_is_immediate_flonum(v))
        return LEVEL_FLONUM;
    if (!value_is_object(v))
        return LEVEL_NONE;
    switch (immix_type_of(value_to_object(v))) {
    case T_FLONUM: return LEVEL_FLONUM;
    case T_BIGNUM: return LEVEL_INTEGER;
    case T_RATIO: return LEVEL_RATIO;
    case T_COMPLEX: return LEVEL_COMPLEX;
    default: return LEVEL_NONE;
    }
}

static Level common_level(Value a, Value b)
{
    Level x = level_of(a), y = level_of(b);

    return x > y ? x : y;
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
    else if (value_is_ratio(v))
        return li_big_ratio_to_double(ratio_numerator(v), ratio_denominator(v), d);
    else
        return ERR_TYPE;
    return OK;
}

static Status both_to_double(Value a, Value b, double *x, double *y)
{
    TRY(li_num_to_double(a, x));
    return li_num_to_double(b, y);
}

/* ---- Arithmetic -------------------------------------------------------------------------- */

Status li_num_add(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    if (value_are_fixnums(a, b))
        return li_num_from_int64(heap, value_to_fixnum(a) + value_to_fixnum(b), result);
    switch (common_level(a, b)) {
    case LEVEL_INTEGER: return li_big_add(heap, a, b, result);
    case LEVEL_RATIO: return li_ratio_add(heap, a, b, result);
    case LEVEL_FLONUM:
        TRY(both_to_double(a, b, &x, &y));
        return li_flonum(heap, x + y, result);
    case LEVEL_COMPLEX: return li_complex_add(heap, a, b, result);
    case LEVEL_NONE:
    default: return ERR_TYPE;
    }
}

Status li_num_subtract(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    if (value_are_fixnums(a, b))
        return li_num_from_int64(heap, value_to_fixnum(a) - value_to_fixnum(b), result);
    switch (common_level(a, b)) {
    case LEVEL_INTEGER: return li_big_subtract(heap, a, b, result);
    case LEVEL_RATIO: return li_ratio_subtract(heap, a, b, result);
    case LEVEL_FLONUM:
        TRY(both_to_double(a, b, &x, &y));
        return li_flonum(heap, x - y, result);
    case LEVEL_COMPLEX: return li_complex_subtract(heap, a, b, result);
    case LEVEL_NONE:
    default: return ERR_TYPE;
    }
}

/* Of two words, which may need two. */
static Status multiply_fixnums(Heap *heap, int64_t a, int64_t b, Value *result)
{
    int64_t product;
    mp_limb_t *limbs;

    if (!__builtin_mul_overflow(a, b, &product))
        return li_num_from_int64(heap, product, result);
    DoubleLimb magnitude = (DoubleLimb)(a < 0 ? 0 - (uint64_t)a : (uint64_t)a)
                         * (b < 0 ? 0 - (uint64_t)b : (uint64_t)b);
    mp_limb_t high = (mp_limb_t)(magnitude >> LIMB_BITS);

    TRY(li_big_alloc(heap, high != 0 ? 2 : 1, &limbs));
    limbs[0] = (mp_limb_t)magnitude;
    if (high != 0)
        limbs[1] = high;
    return li_big_finish(heap, limbs, high != 0 ? 2 : 1, (a < 0) != (b < 0), result);
}

Status li_num_multiply(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;

    if (value_are_fixnums(a, b))
        return multiply_fixnums(heap, value_to_fixnum(a), value_to_fixnum(b), result);
    switch (common_level(a, b)) {
    case LEVEL_INTEGER: return li_big_multiply(heap, a, b, result);
    case LEVEL_RATIO: return li_ratio_multiply(heap, a, b, result);
    case LEVEL_FLONUM:
        TRY(both_to_double(a, b, &x, &y));
        return li_flonum(heap, x * y, result);
    case LEVEL_COMPLEX: return li_complex_multiply(heap, a, b, result);
    case LEVEL_NONE:
    default: return ERR_TYPE;
    }
}

Status li_num_divide(Heap *heap, Value a, Value b, Value *result)
{
    double x, y;
    Level level = common_level(a, b);

    if (level != LEVEL_NONE && value_is_eq(b, value_from_fixnum(0)))
        return ERR_DIVIDE;
    switch (level) {
    case LEVEL_INTEGER: return li_ratio(heap, a, b, result);
    case LEVEL_RATIO: return li_ratio_divide(heap, a, b, result);
    case LEVEL_FLONUM:
        TRY(both_to_double(a, b, &x, &y));
        return li_flonum(heap, x / y, result);
    case LEVEL_COMPLEX: return li_complex_divide(heap, a, b, result);
    case LEVEL_NONE:
    default: return ERR_TYPE;
    }
}

Status li_num_negate(Heap *heap, Value a, Value *result)
{
    if (value_is_fixnum(a))
        return li_num_from_int64(heap, -value_to_fixnum(a), result);
    switch (level_of(a)) {
    case LEVEL_INTEGER: return li_big_negate(heap, a, result);
    case LEVEL_RATIO: return li_ratio_negate(heap, a, result);
    case LEVEL_FLONUM: return li_flonum(heap, -value_to_flonum(a), result);
    case LEVEL_COMPLEX: return li_complex_negate(heap, a, result);
    case LEVEL_NONE:
    default: return ERR_TYPE;
    }
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
