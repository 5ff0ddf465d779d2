/* number_power.c - powers and roots of numbers of any kind. */
#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/flonum.h"
#include "types/ratio.h"

static bool is_fixnum(Value v, int64_t n)
{
    return value_is_eq(v, value_from_fixnum(n));
}

/* ---- Square roots ------------------------------------------------------------------------- */

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

/* The root of n / d * 4^-shift, rounded down to an integer; *lost if that is not all of it. */
static Status scaled_root(Heap *heap, Value n, Value d, int64_t shift, Value *root,
                          bool *lost)
{
    Value quotient, remainder, rest;

    if (shift < 0)
        TRY(li_big_shift(heap, n, -2 * shift, &n));
    else
        TRY(li_big_shift(heap, d, 2 * shift, &d));
    TRY(li_big_divide(heap, n, d, ROUND_TRUNCATE, &quotient, &remainder));
    TRY(li_big_sqrt(heap, quotient, root, &rest));
    *lost = !is_fixnum(remainder, 0) || !is_fixnum(rest, 0);
    return OK;
}

/* Of an exact rational that is greater than 0: the nearest double. */
static Status sqrt_rounded(Heap *heap, Value a, Value *result)
{
    enum {
        SQUARE_BITS = 126, /* to 128: those of the root are 63 or 64 */
        DOUBLE_BITS = 53,
    };
    Value n = ratio_numerator(a), d = ratio_denominator(a), root;
    int64_t bits = (int64_t)li_big_bit_length(n) - (int64_t)li_big_bit_length(d);
    uint64_t word;
    bool lost;

    if (value_is_fixnum(a) && bits < DOUBLE_BITS)
        return li_flonum(heap, sqrt((double)value_to_fixnum(a)), result);
    int64_t shift = (bits - SQUARE_BITS) >> 1; /* rounded down */
    TRY(scaled_root(heap, n, d, shift, &root, &lost));
    TRY(li_num_to_uint64(root, &word));
    return li_flonum(heap, li_flonum_assemble(false, word, lost, shift), result);
}

/* Of an exact rational that is not negative. */
static Status sqrt_exact(Heap *heap, Value a, Value *result)
{
    Value over, under, rest;

    TRY(li_num_exact_sqrt(heap, ratio_numerator(a), &over, &rest));
    if (!is_fixnum(rest, 0))
        return sqrt_rounded(heap, a, result);
    TRY(li_num_exact_sqrt(heap, ratio_denominator(a), &under, &rest));
    if (!is_fixnum(rest, 0))
        return sqrt_rounded(heap, a, result);
    return li_ratio_reduced(heap, over, under, result);
}

static Status sqrt_not_negative(Heap *heap, Value a, Value *result)
{
    if (value_is_flonum(a))
        return li_flonum(heap, sqrt(value_to_flonum(a)), result);
    return sqrt_exact(heap, a, result);
}

Status li_num_sqrt(Heap *heap, Value a, Value *result)
{
    Value root;
    int sign;

    if (value_is_immediate_flonum(a) && value_to_immediate_flonum(a) >= 0)
        return li_flonum(heap, sqrt(value_to_immediate_flonum(a)), result);
    if (value_is_complex(a))
        return li_complex_sqrt(heap, a, result);
    TRY(li_num_sign(a, &sign));
    if (sign >= 0)
        return sqrt_not_negative(heap, a, result);
    TRY(li_num_negate(heap, a, &a));
    TRY(sqrt_not_negative(heap, a, &root));
    return li_complex(heap, value_from_fixnum(0), root, result);
}

/* ---- Integer powers ----------------------------------------------------------------------- */

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

/* An exact rational to the power of an integer. */
static Status expt_exact(Heap *heap, Value base, Value power, Value *result)
{
    Value over, under;
    Big p;

    li_big_view(power, &p);
    if (p.negative && is_fixnum(base, 0))
        return ERR_DIVIDE;
    if (p.count > 1)
        return expt_huge(base, p.limbs[0] & 1, result);
    uint64_t size = p.count == 0 ? 0 : p.limbs[0];
    TRY(li_big_power(heap, ratio_numerator(base), size, &over));
    TRY(li_big_power(heap, ratio_denominator(base), size, &under));
    if (!p.negative)
        return li_ratio_reduced(heap, over, under, result);
    return li_ratio(heap, under, over, result); /* for the sign */
}

/* A long power loses its lowest bits as a double, but the sign depends on them. */
static Status expt_flonum(Heap *heap, double base, Value power, Value *result)
{
    double y;
    bool odd;

    TRY(li_num_to_double(power, &y));
    TRY(li_num_is_odd(power, &odd));
    double size = pow(fabs(base), y);
    return li_flonum(heap, signbit(base) && odd ? -size : size, result);
}

/* A complex number to the power of n >= 0, by squares. */
static Status expt_squares(Heap *heap, Value base, uint64_t n, Value *result)
{
    Value power = value_from_fixnum(1);

    for (;; n >>= 1) {
        if (n & 1)
            TRY(li_num_multiply(heap, power, base, &power));
        if (n <= 1)
            break;
        TRY(li_num_multiply(heap, base, base, &base));
    }
    *result = power;
    return OK;
}

/* A power of an exact complex number that cannot be held is not begun. */
static bool is_too_large(Value base, uint64_t n)
{
    const Value parts[] = {complex_real(base), complex_imaginary(base)};
    uint64_t bits = 0;

    for (int i = 0; i < 2; i += 1) {
        uint64_t over = li_big_bit_length(ratio_numerator(parts[i]));
        uint64_t under = li_big_bit_length(ratio_denominator(parts[i]));
        bits = over > bits ? over : bits;
        bits = under > bits ? under : bits;
    }
    return (double)bits * (double)n / 2 > (double)IMMIX_MAX_GRANULES * LIMB_BITS;
}

static bool is_unit(Value base)
{
    return is_fixnum(complex_real(base), 0)
        && (is_fixnum(complex_imaginary(base), 1)
            || is_fixnum(complex_imaginary(base), -1));
}

/* *result is #f if the power is not to be had by multiplication: there are too many of them to
 * be as exact as a logarithm. */
static Status expt_complex(Heap *heap, Value base, Value power, Value *result)
{
    enum {
        INEXACT_MAX = 1024
    };
    bool exact = li_num_is_exact(base);
    Big p;

    li_big_view(power, &p);
    uint64_t n = p.count == 0 ? 0 : p.limbs[0];
    *result = VALUE_FALSE;
    if (!exact && (p.count > 1 || n > INEXACT_MAX))
        return OK;
    if (is_unit(base))
        n %= 4;
    else if (p.count > 1 || (exact && is_too_large(base, n)))
        return ERR_NO_MEMORY;
    TRY(expt_squares(heap, base, n, result));
    if (p.negative)
        return li_num_divide(heap, value_from_fixnum(1), *result, result);
    return OK;
}

/* *result may be #f, as above. */
static Status expt_integer(Heap *heap, Value base, Value power, Value *result)
{
    if (value_is_complex(base))
        return expt_complex(heap, base, power, result);
    if (value_is_flonum(base))
        return expt_flonum(heap, value_to_flonum(base), power, result);
    return expt_exact(heap, base, power, result);
}

/* ---- Roots of higher degree ------------------------------------------------------------------ */

/* One step of Newton's method: ((degree - 1) * x + n / x^(degree - 1)) / degree, rounded down. */
static Status root_step(Heap *heap, Value n, int64_t degree, Value x, Value *next)
{
    Value power, sum;

    TRY(li_big_power(heap, x, (uint64_t)degree - 1, &power));
    TRY(li_num_quotient(heap, n, power, &power));
    TRY(li_num_multiply(heap, x, value_from_fixnum(degree - 1), &sum));
    TRY(li_num_add(heap, sum, power, &sum));
    return li_num_quotient(heap, sum, value_from_fixnum(degree), next);
}

/* The root of an integer n > 0 if it is an integer too, else #f. From above, the steps go down
 * until they reach the root, rounded down. */
static Status exact_root(Heap *heap, Value n, Value degree, Value *result)
{
    uint64_t bits = li_big_bit_length(n);
    Value x, next, power;
    NumOrder order;

    *result = is_fixnum(n, 1) ? n : VALUE_FALSE;
    if (bits == 1 || !value_is_fixnum(degree)
        || (uint64_t)value_to_fixnum(degree) >= bits)
        return OK;
    int64_t d = value_to_fixnum(degree);
    TRY(li_big_shift(heap, value_from_fixnum(1), (int64_t)bits / d + 1, &next));
    do {
        x = next;
        TRY(root_step(heap, n, d, x, &next));
        TRY(li_num_compare(next, x, &order));
    } while (order == NUM_LESS);
    TRY(li_big_power(heap, x, (uint64_t)d, &power));
    *result = li_num_eqv(power, n) ? x : VALUE_FALSE;
    return OK;
}

/* An exact rational to the power of a ratio, or #f if that is not exact. Of a negative base only
 * the square root is: the principal roots of others lie off both axes. */
static Status expt_root(Heap *heap, Value base, Value power, Value *result)
{
    Value degree = ratio_denominator(power), over, under;
    int sign;

    *result = VALUE_FALSE;
    TRY(li_num_sign(base, &sign));
    if (is_fixnum(degree, 2)) {
        TRY(li_num_sqrt(heap, base, &over));
        if (!li_num_is_exact(over))
            return OK;
        return expt_integer(heap, over, ratio_numerator(power), result);
    }
    if (sign < 0)
        return OK;
    TRY(exact_root(heap, ratio_numerator(base), degree, &over));
    TRY(exact_root(heap, ratio_denominator(base), degree, &under));
    if (!value_is_true(over) || !value_is_true(under))
        return OK;
    TRY(li_ratio_reduced(heap, over, under, &base));
    return expt_exact(heap, base, ratio_numerator(power), result);
}

/* ---- Powers of any kind ------------------------------------------------------------------------ */

/* The power is not an exact integer. */
static Status expt_zero(Heap *heap, Value base, Value power, Value *result)
{
    int sign;

    TRY(li_num_sign(complex_real(power), &sign));
    if (sign <= 0)
        return sign < 0 && value_is_real(power) ? ERR_DIVIDE : ERR_RANGE;
    if (value_is_flonum(base) || !li_num_is_exact(power))
        return li_flonum(heap, 0.0, result);
    *result = base;
    return OK;
}

/* |x|^y at the angle pi * y, with the turns that are right angles right. */
static Status expt_turned(Heap *heap, double size, double y, Value *result)
{
    static const double pi = 3.14159265358979323846;
    double turns = fmod(y, 2.0); /* half turns */
    double quarters = turns * 2;

    if (quarters != floor(quarters))
        return li_complex_from_doubles(heap, size * cos(pi * turns),
                                       size * sin(pi * turns), result);
    int quarter = ((int)quarters + 4) % 4;
    static const double cosines[] = {1, 0, -1, 0}, sines[] = {0, 1, 0, -1};
    return li_complex_from_doubles(heap, size * cosines[quarter], size * sines[quarter],
                                   result);
}

static Status expt_logarithm(Heap *heap, Value base, Value power, Value *result)
{
    Value logarithm;

    TRY(li_num_log(heap, base, &logarithm));
    TRY(li_num_multiply(heap, logarithm, power, &logarithm));
    return li_num_apply(heap, NUM_EXP, logarithm, result);
}

/* Neither is complex; the base is not an exact 0. */
static Status expt_real(Heap *heap, Value base, Value power, Value *result)
{
    double x, y;

    TRY(li_num_to_double(base, &x));
    TRY(li_num_to_double(power, &y));
    if ((isinf(x) || x == 0) && !value_is_flonum(base))
        return expt_logarithm(heap, base, power, result);
    if (x < 0 && isfinite(y) && y != floor(y))
        return expt_turned(heap, pow(-x, y), y, result);
    return li_flonum(heap, pow(x, y), result);
}

static bool is_zero(Value v)
{
    return is_fixnum(v, 0) || (value_is_flonum(v) && value_to_flonum(v) == 0);
}

static bool is_inexact_zero_power(Value power)
{
    return value_is_flonum(power) && value_to_flonum(power) == 0;
}

Status li_num_expt(Heap *heap, Value base, Value power, Value *result)
{
    Value found = VALUE_FALSE;

    if (!value_is_number(base) || !value_is_number(power))
        return ERR_TYPE;
    if (value_is_exact_integer(power))
        TRY(expt_integer(heap, base, power, &found));
    else if (is_inexact_zero_power(power))
        return li_flonum(heap, 1.0, result);
    else if (is_fixnum(base, 0) || (is_zero(base) && value_is_complex(power)))
        return expt_zero(heap, base, power, result);
    else if (value_is_exact_rational(base) && value_is_ratio(power))
        TRY(expt_root(heap, base, power, &found));
    if (value_is_true(found)) {
        *result = found;
        return OK;
    }
    if (value_is_complex(base) || value_is_complex(power))
        return expt_logarithm(heap, base, power, result);
    return expt_real(heap, base, power, result);
}
