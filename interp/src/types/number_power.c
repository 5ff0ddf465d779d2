/* number_power.c - powers and roots of numbers of any kind. */
#include <math.h>

#include "types/bignum.h"

/* ---- Powers ----------------------------------------------------------------------------- */

static bool is_fixnum(Value v, int64_t n)
{
    return value_is_eq(v, value_from_fixnum(n));
}

/* A power so large that only 0, 1 and -1 have one: no other base has a finite result. */
static Status expt_huge(Value base, bool odd, Value *result)
{
    if (is_fixnum(base, 0) || is_fixnum(base, 1) || (is_fixnum(base, -1) && odd)) {
        *result = base;
        return OK;
    }
    if (is_fixnum(base, -1)) {
        *result = value_from_fixnum(1);
        return OK;
    }
    return ERR_NO_MEMORY;
}

/* base^-power as a flonum, for an exact base that is none of 0, 1 and -1. */
static Status expt_reciprocal(Heap *heap, Value base, Value power, bool odd,
                              Value *result)
{
    double x, y;

    TRY(li_num_to_double(base, &x));
    TRY(li_num_to_double(power, &y));
    double size = pow(fabs(x), y);
    return li_flonum(heap, x < 0 && odd ? -size : size, result);
}

static Status expt_exact(Heap *heap, Value base, Value power, Value *result)
{
    Big p;
    bool odd;

    li_big_view(power, &p);
    odd = p.count != 0 && (p.limbs[0] & 1);
    if (!p.negative && p.count <= 1)
        return li_big_power(heap, base, p.count == 0 ? 0 : p.limbs[0], result);
    if (p.negative && is_fixnum(base, 0))
        return ERR_DIVIDE;
    if (!p.negative || is_fixnum(base, 1) || is_fixnum(base, -1))
        return expt_huge(base, odd, result);
    return expt_reciprocal(heap, base, power, odd, result);
}

Status li_num_expt(Heap *heap, Value base, Value power, Value *result)
{
    double x, y;
    bool odd;

    if (value_is_exact_integer(base) && value_is_exact_integer(power))
        return expt_exact(heap, base, power, result);
    TRY(li_num_to_double(base, &x));
    TRY(li_num_to_double(power, &y));
    if (value_is_flonum(power))
        return li_flonum(heap, pow(x, y), result);
    /* A long power loses its lowest bits as a double, but the sign depends on them. */
    TRY(li_num_is_odd(power, &odd));
    double size = pow(fabs(x), y);
    return li_flonum(heap, signbit(x) && odd ? -size : size, result);
}

/* ---- Roots ------------------------------------------------------------------------------- */

/* The rounding errors of (double)n and of its root are far too small to miss a square. */
static Status sqrt_fixnum(Heap *heap, int64_t n, Value *result)
{
    double root = sqrt((double)n);
    int64_t whole = (int64_t)(root + 0.5);

    if (whole * whole != n)
        return li_flonum(heap, root, result);
    *result = value_from_fixnum(whole);
    return OK;
}

/* Exact n >= 0 that may be large: its root, exact or as a flonum. */
static Status sqrt_exact(Heap *heap, Value n, Value *result)
{
    enum {
        SAFE_BITS = 1000
    };
    Value root, rest;
    double d;

    TRY(li_big_sqrt(heap, n, &root, &rest));
    if (is_fixnum(rest, 0)) {
        *result = root;
        return OK;
    }
    /* Beyond the doubles the root has many more bits than they, and what is left of it does
     * not matter. */
    bool fits = li_big_bit_length(n) <= SAFE_BITS;
    TRY(li_num_to_double(fits ? n : root, &d));
    return li_flonum(heap, fits ? sqrt(d) : d, result);
}

Status li_num_sqrt(Heap *heap, Value a, Value *result)
{
    int sign;

    TRY(li_num_sign(a, &sign));
    if (value_is_flonum(a))
        return li_flonum(heap, sqrt(value_to_flonum(a)), result);
    if (sign < 0)
        return li_flonum(heap, (double)NAN, result);
    if (value_is_fixnum(a))
        return sqrt_fixnum(heap, value_to_fixnum(a), result);
    return sqrt_exact(heap, a, result);
}

static void exact_sqrt_fixnum(int64_t n, Value *root, Value *rest)
{
    int64_t whole = (int64_t)sqrt((double)n);

    while (whole * whole > n)
        whole -= 1;
    while ((whole + 1) * (whole + 1) <= n)
        whole += 1;
    *root = value_from_fixnum(whole);
    *rest = value_from_fixnum(n - whole * whole);
}

Status li_num_exact_sqrt(Heap *heap, Value n, Value *root, Value *rest)
{
    int sign;

    if (!value_is_exact_integer(n))
        return ERR_TYPE;
    TRY(li_num_sign(n, &sign));
    if (sign < 0)
        return ERR_TYPE;
    if (!value_is_fixnum(n))
        return li_big_sqrt(heap, n, root, rest);
    exact_sqrt_fixnum(value_to_fixnum(n), root, rest);
    return OK;
}
