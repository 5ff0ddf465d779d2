/* complex.c - complex numbers in rectangular form: arithmetic and the square root. */
#include "types/complex.h"

#include <complex.h>
#include <math.h>
#include <string.h>

/* ---- Making ----------------------------------------------------------------------------- */

static bool is_exact_zero(Value v)
{
    return value_is_eq(v, value_from_fixnum(0));
}

Status li_complex(Heap *heap, Value real, Value imaginary, Value *result)
{
    if (is_exact_zero(imaginary)) {
        *result = real;
        return OK;
    }
    Complex *z = li_alloc(heap, T_COMPLEX, 0, 2);
    if (z == NULL)
        return ERR_NO_MEMORY;
    *z = (Complex){real, imaginary};
    *result = value_from_object(z);
    return OK;
}

Status li_complex_from_doubles(Heap *heap, double real, double imaginary, Value *result)
{
    Value x, y;
    Complex *z;

    TRY(li_flonum(heap, real, &x));
    TRY(li_flonum(heap, imaginary, &y));
    z = li_alloc(heap, T_COMPLEX, 0, 2);
    if (UNLIKELY(z == NULL))
        return ERR_NO_MEMORY;
    *z = (Complex){x, y};
    *result = value_from_object(z);
    return OK;
}

Status li_complex_to_doubles(Value v, double *real, double *imaginary)
{
    TRY(li_num_to_double(complex_real(v), real));
    return li_num_to_double(complex_imaginary(v), imaginary);
}

/* ---- Parts: an exact 0 is no more than its absence ----------------------------------------- */

static Status sum(Heap *heap, Value a, Value b, Value *result)
{
    if (!is_exact_zero(a) && !is_exact_zero(b))
        return li_num_add(heap, a, b, result);
    *result = is_exact_zero(a) ? b : a;
    return OK;
}

static Status difference(Heap *heap, Value a, Value b, Value *result)
{
    if (is_exact_zero(a))
        return li_num_negate(heap, b, result);
    if (!is_exact_zero(b))
        return li_num_subtract(heap, a, b, result);
    *result = a;
    return OK;
}

static Status product(Heap *heap, Value a, Value b, Value *result)
{
    if (!is_exact_zero(a) && !is_exact_zero(b))
        return li_num_multiply(heap, a, b, result);
    *result = value_from_fixnum(0);
    return OK;
}

static Status quotient(Heap *heap, Value a, Value b, Value *result)
{
    if (!is_exact_zero(a))
        return li_num_divide(heap, a, b, result);
    *result = a;
    return OK;
}

/* a * b + c * d, or a * b - c * d */
static Status sum_of_products(Heap *heap, bool add, const Value factors[4],
                              Value *result)
{
    Value left, right;

    TRY(product(heap, factors[0], factors[1], &left));
    TRY(product(heap, factors[2], factors[3], &right));
    return (add ? sum : difference)(heap, left, right, result);
}

/* ---- Doubles --------------------------------------------------------------------------------- */

/* The parts of two numbers which are complex and have no exact part: most are. */
typedef struct Doubles {
    double a[2], b[2];
} Doubles;

static bool get_doubles(Value v, double parts[2])
{
    const Complex *z;

    if (!value_is_complex(v))
        return false;
    z = value_to_object(v);
    if (!value_is_flonum(z->real) || !value_is_flonum(z->imaginary))
        return false;
    parts[0] = value_to_flonum(z->real);
    parts[1] = value_to_flonum(z->imaginary);
    return true;
}

static bool are_doubles(Value a, Value b, Doubles *d)
{
    return get_doubles(a, d->a) && get_doubles(b, d->b);
}

static bool is_exact(Value v)
{
    return !value_is_flonum(complex_real(v)) && !value_is_flonum(complex_imaginary(v));
}

/* Not x + y * I, which loses the signs of zeros. */
static Status to_c(Value v, double complex *z)
{
    double parts[2];

    TRY(li_complex_to_doubles(v, &parts[0], &parts[1]));
    memcpy(z, parts, sizeof parts);
    return OK;
}

static Status from_c(Heap *heap, double complex z, Value *result)
{
    return li_complex_from_doubles(heap, creal(z), cimag(z), result);
}

/* ---- Arithmetic ------------------------------------------------------------------------------- */

Status li_complex_add(Heap *heap, Value a, Value b, Value *result)
{
    Value real, imaginary;
    Doubles d;

    if (are_doubles(a, b, &d))
        return li_complex_from_doubles(heap, d.a[0] + d.b[0], d.a[1] + d.b[1], result);
    TRY(sum(heap, complex_real(a), complex_real(b), &real));
    TRY(sum(heap, complex_imaginary(a), complex_imaginary(b), &imaginary));
    return li_complex(heap, real, imaginary, result);
}

Status li_complex_subtract(Heap *heap, Value a, Value b, Value *result)
{
    Value real, imaginary;
    Doubles d;

    if (are_doubles(a, b, &d))
        return li_complex_from_doubles(heap, d.a[0] - d.b[0], d.a[1] - d.b[1], result);
    TRY(difference(heap, complex_real(a), complex_real(b), &real));
    TRY(difference(heap, complex_imaginary(a), complex_imaginary(b), &imaginary));
    return li_complex(heap, real, imaginary, result);
}

Status li_complex_negate(Heap *heap, Value a, Value *result)
{
    return li_complex_subtract(heap, value_from_fixnum(0), a, result);
}

Status li_complex_multiply(Heap *heap, Value a, Value b, Value *result)
{
    Value ar = complex_real(a), ai = complex_imaginary(a);
    Value br = complex_real(b), bi = complex_imaginary(b);
    Value real, imaginary;
    Doubles d;

    if (are_doubles(a, b, &d)) {
        double complex x, y;
        memcpy(&x, d.a, sizeof x);
        memcpy(&y, d.b, sizeof y);
        return from_c(heap, x * y, result);
    }
    TRY(sum_of_products(heap, false, (const Value[]){ar, br, ai, bi}, &real));
    TRY(sum_of_products(heap, true, (const Value[]){ar, bi, ai, br}, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

/* Each part by a real number. */
static Status divide_by_real(Heap *heap, Value a, Value b, Value *result)
{
    Value real, imaginary;

    TRY(quotient(heap, complex_real(a), b, &real));
    TRY(quotient(heap, complex_imaginary(a), b, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

/* By the imaginary number with the part b. */
static Status divide_by_imaginary(Heap *heap, Value a, Value b, Value *result)
{
    Value real, imaginary;

    TRY(quotient(heap, complex_imaginary(a), b, &real));
    TRY(quotient(heap, complex_real(a), b, &imaginary));
    TRY(difference(heap, value_from_fixnum(0), imaginary, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

static Status divide_exact(Heap *heap, Value a, Value b, Value *result)
{
    Value ar = complex_real(a), ai = complex_imaginary(a);
    Value br = complex_real(b), bi = complex_imaginary(b);
    Value norm, real, imaginary;

    TRY(sum_of_products(heap, true, (const Value[]){br, br, bi, bi}, &norm));
    TRY(sum_of_products(heap, true, (const Value[]){ar, br, ai, bi}, &real));
    TRY(sum_of_products(heap, false, (const Value[]){ai, br, ar, bi}, &imaginary));
    TRY(li_num_divide(heap, real, norm, &real));
    TRY(li_num_divide(heap, imaginary, norm, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

/* A real number divided by c: it has no imaginary 0.0 to add to the result, so the signs of zeros
 * are those of real / c and -real / c. */
static Status divide_real(Heap *heap, double real, double complex c, Value *result)
{
    double complex quotient = real / c;

    return li_complex_from_doubles(
        heap, copysign(creal(quotient), copysign(1, real) * copysign(1, creal(c))),
        copysign(cimag(quotient), -copysign(1, real) * copysign(1, cimag(c))), result);
}

Status li_complex_divide(Heap *heap, Value a, Value b, Value *result)
{
    double complex x, y;

    if (!value_is_complex(b))
        return divide_by_real(heap, a, b, result);
    if (is_exact(a) && is_exact(b))
        return divide_exact(heap, a, b, result);
    if (is_exact_zero(complex_real(b)))
        return divide_by_imaginary(heap, a, complex_imaginary(b), result);
    TRY(to_c(a, &x));
    TRY(to_c(b, &y));
    if (!value_is_complex(a))
        return divide_real(heap, creal(x), y, result);
    return from_c(heap, x / y, result);
}

/* ---- The square root ------------------------------------------------------------------------- */

/* sqrt((size + part) / 2), or of the difference. */
static Status half_root(Heap *heap, bool add, Value size, Value part, Value *result)
{
    Value twice;

    TRY((add ? li_num_add : li_num_subtract)(heap, size, part, &twice));
    TRY(li_num_divide(heap, twice, value_from_fixnum(2), &twice));
    return li_num_sqrt(heap, twice, result);
}

/* *result is #f if the root is not exact. */
static Status sqrt_exact(Heap *heap, Value a, Value *result)
{
    Value size, real, imaginary;
    int sign;

    *result = VALUE_FALSE;
    TRY(li_num_magnitude(heap, a, &size));
    if (value_is_flonum(size))
        return OK;
    TRY(half_root(heap, true, size, complex_real(a), &real));
    TRY(half_root(heap, false, size, complex_real(a), &imaginary));
    if (value_is_flonum(real) || value_is_flonum(imaginary))
        return OK;
    TRY(li_num_sign(complex_imaginary(a), &sign));
    if (sign < 0)
        TRY(li_num_negate(heap, imaginary, &imaginary));
    return li_complex(heap, real, imaginary, result);
}

Status li_complex_sqrt(Heap *heap, Value a, Value *result)
{
    double complex z;

    if (is_exact(a)) {
        TRY(sqrt_exact(heap, a, result));
        if (value_is_true(*result))
            return OK;
    }
    TRY(to_c(a, &z));
    return from_c(heap, csqrt(z), result);
}
