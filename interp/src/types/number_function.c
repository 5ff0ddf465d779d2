/* number_function.c - the transcendental functions, on real and complex numbers.
 *
 * The C library has them with the branch cuts of the report, which come from Kahan, Branch cuts
 * for complex elementary functions (1987): where the sign of a zero part tells the sides of a cut
 * apart, it does here. An exact real number has no such sign. The report's formulas decide on
 * which side of the cut it lies. */
#include <complex.h>
#include <math.h>
#include <string.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/ratio.h"

static const double pi = 3.14159265358979323846;

static bool is_exactly(Value v, int64_t n)
{
    return value_is_eq(v, value_from_fixnum(n));
}

/* ---- C's complex numbers --------------------------------------------------------------------- */

/* Not x + y * I, which loses the signs of zeros. */
static double complex make_c(double real, double imaginary)
{
    const double parts[2] = {real, imaginary};
    double complex z;

    memcpy(&z, parts, sizeof z);
    return z;
}

static Status to_c(Value v, double complex *z)
{
    double real, imaginary;

    TRY(li_complex_to_doubles(v, &real, &imaginary));
    *z = make_c(real, imaginary);
    return OK;
}

static Status from_c(Heap *heap, double complex z, Value *result)
{
    return li_complex_from_doubles(heap, creal(z), cimag(z), result);
}

/* ---- Functions of one argument ------------------------------------------------------------- */

typedef struct Function {
    double (*real)(double x);
    double complex (*general)(double complex z);
    int at, at_result; /* the argument at which the result is exact */
} Function;

static const Function functions[] = {
    [NUM_EXP] = {exp, cexp, 0, 1},    [NUM_SIN] = {sin, csin, 0, 0},
    [NUM_COS] = {cos, ccos, 0, 1},    [NUM_TAN] = {tan, ctan, 0, 0},
    [NUM_ASIN] = {asin, casin, 0, 0}, [NUM_ACOS] = {acos, cacos, 1, 0},
    [NUM_ATAN] = {atan, catan, 0, 0},
};

/* asin and acos of a real number off [-1, 1], at the ends of which their cuts begin: above 1 the
 * formulas give what is below the cut, below -1 what is above it. */
static bool is_cut(NumFunction function, double x)
{
    return (function == NUM_ASIN || function == NUM_ACOS) && fabs(x) > 1;
}

static Status apply_real(Heap *heap, NumFunction function, Value z, Value *result)
{
    const Function *f = &functions[function];
    double x;

    TRY(li_num_to_double(z, &x));
    if (is_cut(function, x))
        return from_c(heap, f->general(make_c(x, x > 0 ? -0.0 : 0.0)), result);
    return li_flonum(heap, f->real(x), result);
}

/* The cuts of atan lie on the imaginary axis. Of a number that is exactly on it, below -1 the
 * formula gives what is on the left. */
static Status atan_imaginary(Heap *heap, Value imaginary, Value *result)
{
    double y;

    if (is_exactly(imaginary, 1) || is_exactly(imaginary, -1))
        return ERR_RANGE;
    TRY(li_num_to_double(imaginary, &y));
    if (fabs(y) < 1) {
        Value part;
        TRY(li_flonum(heap, atanh(y), &part));
        return li_complex(heap, value_from_fixnum(0), part, result);
    }
    return from_c(heap, catan(make_c(y < 0 ? -0.0 : 0.0, y)), result);
}

Status li_num_apply(Heap *heap, NumFunction function, Value z, Value *result)
{
    const Function *f = &functions[function];
    double complex c;

    if (is_exactly(z, f->at)) {
        *result = value_from_fixnum(f->at_result);
        return OK;
    }
    if (!value_is_complex(z))
        return apply_real(heap, function, z, result);
    if (function == NUM_ATAN && is_exactly(complex_real(z), 0))
        return atan_imaginary(heap, complex_imaginary(z), result);
    TRY(to_c(z, &c));
    return from_c(heap, f->general(c), result);
}

/* ---- Logarithms ----------------------------------------------------------------------------- */

/* A logarithm of the C library, and what it gives for 2, to twice the precision of a double. */
typedef struct Logarithm {
    double (*of)(double);
    double of_2, of_2_rest;
} Logarithm;

static const Logarithm natural = {log, 0.6931471805599453, 2.3190468138462996e-17};
static const Logarithm binary = {log2, 1.0, 0.0};
static const Logarithm decimal = {log10, 0.3010299956639812, -2.8037281277851704e-18};

/* Of d * 2^exponent. */
static double log_scaled(const Logarithm *base, double d, int64_t exponent)
{
    double e = (double)exponent;

    return fma(e, base->of_2, base->of(d) + e * base->of_2_rest);
}

/* Of a number beyond the doubles, or so near to 1 that a double would lose what matters. */
static Status log_ratio(Heap *heap, Value v, double d, double *result)
{
    Value rest;
    int64_t over, under;

    if (d > 0.5 && d < 2) {
        TRY(li_num_subtract(heap, v, value_from_fixnum(1), &rest));
        TRY(li_num_to_double(rest, &d));
        *result = log1p(d);
        return OK;
    }
    d = li_big_to_scaled_double(ratio_numerator(v), &over);
    d /= li_big_to_scaled_double(ratio_denominator(v), &under);
    *result = log_scaled(&natural, d, over - under);
    return OK;
}

/* Of a real number that is not negative. */
static Status log_real(Heap *heap, Value v, Value *result)
{
    double d;

    if (is_exactly(v, 0))
        return ERR_RANGE;
    if (is_exactly(v, 1)) {
        *result = value_from_fixnum(0);
        return OK;
    }
    TRY(li_num_to_double(v, &d));
    if (value_is_ratio(v) || (isinf(d) && value_is_bignum(v)))
        TRY(log_ratio(heap, v, d, &d));
    else
        d = log(d);
    return li_flonum(heap, d, result);
}

Status li_num_log(Heap *heap, Value z, Value *result)
{
    double complex c;
    Value real, imaginary;
    bool negative;
    int sign;

    if (value_is_complex(z)) {
        TRY(to_c(z, &c));
        return from_c(heap, clog(c), result);
    }
    TRY(li_num_sign(z, &sign));
    negative = sign < 0 || (value_is_flonum(z) && signbit(value_to_flonum(z)));
    if (!negative || (value_is_flonum(z) && isnan(value_to_flonum(z))))
        return log_real(heap, z, result);
    TRY(li_num_negate(heap, z, &z));
    TRY(log_real(heap, z, &real));
    TRY(li_flonum(heap, pi, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

/* Of an exact integer or a flonum that is greater than 0. */
static double log_known(Value v, double d, const Logarithm *known)
{
    int64_t exponent = 0;

    if (value_is_bignum(v))
        d = li_big_to_scaled_double(v, &exponent);
    return log_scaled(known, d, exponent);
}

/* The binary and decimal logarithms are exact at powers, where a quotient of others is not. */
Status li_num_log_base(Heap *heap, Value z, Value base, Value *result)
{
    const Logarithm *known = is_exactly(base, 2)  ? &binary
                           : is_exactly(base, 10) ? &decimal
                                                  : NULL;
    Value over, under;
    double d;

    if (known != NULL && (value_is_exact_integer(z) || value_is_flonum(z))
        && !is_exactly(z, 1)) {
        TRY(li_num_to_double(z, &d));
        if (d > 0)
            return li_flonum(heap, log_known(z, d, known), result);
    }
    TRY(li_num_log(heap, z, &over));
    TRY(li_num_log(heap, base, &under));
    if (is_exactly(over, 0) && !is_exactly(under, 0)) {
        *result = over;
        return OK;
    }
    return li_num_divide(heap, over, under, result);
}

/* ---- Angles, polar form ------------------------------------------------------------------------- */

Status li_num_atan2(Heap *heap, Value y, Value x, Value *result)
{
    int sign;
    double dy, dx;

    TRY(li_num_to_double(y, &dy));
    TRY(li_num_sign(x, &sign));
    if (is_exactly(y, 0) && !value_is_flonum(x) && sign >= 0) {
        *result = y;
        return OK;
    }
    /* An exact 0 has no sign: the point is on the axis, not beside it. */
    if (is_exactly(x, 0) && dy == 0)
        return li_flonum(heap, copysign(pi / 2, dy), result);
    TRY(li_num_to_double(x, &dx));
    return li_flonum(heap, atan2(dy, dx), result);
}

Status li_num_magnitude(Heap *heap, Value z, Value *result)
{
    double complex c;
    Value x, y;

    if (!value_is_complex(z))
        return li_num_abs(heap, z, result);
    if (is_exactly(complex_real(z), 0))
        return li_num_abs(heap, complex_imaginary(z), result);
    if (!li_num_is_exact(z)) {
        TRY(to_c(z, &c));
        return li_flonum(heap, cabs(c), result);
    }
    TRY(li_num_multiply(heap, complex_real(z), complex_real(z), &x));
    TRY(li_num_multiply(heap, complex_imaginary(z), complex_imaginary(z), &y));
    TRY(li_num_add(heap, x, y, &x));
    return li_num_sqrt(heap, x, result);
}

Status li_num_angle(Heap *heap, Value z, Value *result)
{
    if (!value_is_number(z))
        return ERR_TYPE;
    return li_num_atan2(heap, complex_imaginary(z), complex_real(z), result);
}

Status li_num_polar(Heap *heap, Value magnitude, Value angle, Value *result)
{
    double r, a;

    if (is_exactly(angle, 0) || is_exactly(magnitude, 0)) {
        *result = magnitude;
        return OK;
    }
    TRY(li_num_to_double(magnitude, &r));
    TRY(li_num_to_double(angle, &a));
    return li_complex_from_doubles(heap, r * cos(a), r * sin(a), result);
}
