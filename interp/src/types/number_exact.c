/* number_exact.c - between exact and inexact numbers; rounding to integers. */
#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/flonum.h"
#include "types/ratio.h"

/* ---- Exactness ------------------------------------------------------------------------------ */

static Status real_to_exact(Heap *heap, Value a, Value *result)
{
    if (value_is_exact_rational(a)) {
        *result = a;
        return OK;
    }
    if (!li_num_is_rational(a))
        return ERR_TYPE;
    return li_ratio_from_double(heap, value_to_flonum(a), result);
}

/* A double that is surely the same as a fixnum. */
static bool is_small_integer(double d)
{
    return fabs(d) < 0x1p53 && d == (double)(int64_t)d;
}

Status li_num_exact(Heap *heap, Value a, Value *result)
{
    Value real, imaginary;

    if (value_is_immediate_flonum(a) && is_small_integer(value_to_immediate_flonum(a))) {
        *result = value_from_fixnum((int64_t)value_to_immediate_flonum(a));
        return OK;
    }
    if (!value_is_complex(a))
        return real_to_exact(heap, a, result);
    TRY(real_to_exact(heap, complex_real(a), &real));
    TRY(real_to_exact(heap, complex_imaginary(a), &imaginary));
    return li_complex(heap, real, imaginary, result);
}

Status li_num_inexact(Heap *heap, Value a, Value *result)
{
    double real, imaginary;

    if (value_is_fixnum(a))
        return li_flonum(heap, (double)value_to_fixnum(a), result);
    if (value_is_complex(a)) {
        if (!li_num_is_exact(a)) {
            *result = a;
            return OK;
        }
        TRY(li_complex_to_doubles(a, &real, &imaginary));
        return li_complex_from_doubles(heap, real, imaginary, result);
    }
    TRY(li_num_to_double(a, &real));
    return li_flonum(heap, real, result);
}

/* ---- Fractions -------------------------------------------------------------------------------- */

/* A finite d as the ratio of two integers without a common divisor. */
static void fraction_of(double d, double *numerator, double *denominator)
{
    FlonumParts parts = li_flonum_parts(fabs(d));

    *numerator = d;
    *denominator = 1.0;
    if (d == floor(d))
        return;
    int zeros = __builtin_ctzll(parts.mantissa);
    *numerator = copysign((double)(parts.mantissa >> zeros), d);
    *denominator = ldexp(1.0, -(parts.exponent + zeros));
}

static Status fraction_part(Heap *heap, Value v, bool want_numerator, Value *result)
{
    double numerator, denominator;

    if (!li_num_is_rational(v))
        return ERR_TYPE;
    if (value_is_flonum(v)) {
        fraction_of(value_to_flonum(v), &numerator, &denominator);
        return li_flonum(heap, want_numerator ? numerator : denominator, result);
    }
    *result = want_numerator ? ratio_numerator(v) : ratio_denominator(v);
    return OK;
}

Status li_num_numerator(Heap *heap, Value v, Value *result)
{
    return fraction_part(heap, v, true, result);
}

Status li_num_denominator(Heap *heap, Value v, Value *result)
{
    return fraction_part(heap, v, false, result);
}

/* ---- Rounding --------------------------------------------------------------------------------- */

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
    if (value_is_ratio(a))
        return li_ratio_round(heap, kind, a, result);
    if (!value_is_exact_integer(a))
        return ERR_TYPE;
    *result = a;
    return OK;
}
