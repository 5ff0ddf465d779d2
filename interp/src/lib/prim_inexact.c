/* prim_inexact.c - powers, roots, and the transcendental functions.
 *
 * Exact arguments give exact results where those exist: (exp 0), (sqrt 16), (expt 2 100). An
 * argument for which the result would be a complex number gives +nan.0. */
#include <math.h>

#include "lib/arith.h"
#include "lib/tables.h"
#include "types/bignum.h"

static bool is_exactly(Value v, int64_t n)
{
    return value_is_eq(v, value_from_fixnum(n));
}

/* ---- Functions of one argument ------------------------------------------------------------- */

typedef double (*RealFn)(double x);

/* f(x), and exactly `at_result` at the exact `at`. */
typedef struct RealFunction {
    const char *who;
    RealFn compute;
    int at, at_result;
} RealFunction;

static Status apply_real(Vm *vm, const RealFunction *f, Args args, Value *result)
{
    double x;

    if (is_exactly(args.at[0], f->at)) {
        *result = value_from_fixnum(f->at_result);
        return OK;
    }
    TRY(li_arg_number(vm, f->who, args, 0, KIND_NUMBER));
    TRY(li_num_to_double(args.at[0], &x));
    return li_flonum(li_vm_heap(vm), f->compute(x), result);
}

#define REAL_TABLE(X)                \
    X(prim_exp, "exp", exp, 0, 1)    \
    X(prim_sin, "sin", sin, 0, 0)    \
    X(prim_cos, "cos", cos, 0, 1)    \
    X(prim_tan, "tan", tan, 0, 0)    \
    X(prim_asin, "asin", asin, 0, 0) \
    X(prim_acos, "acos", acos, 1, 0)

#define X(name, who, compute, at, at_result)                         \
    static Status name(Vm *vm, Args args, Value *result)             \
    {                                                                \
        static const RealFunction f = {who, compute, at, at_result}; \
                                                                     \
        return apply_real(vm, &f, args, result);                     \
    }
REAL_TABLE(X)
#undef X

static Status prim_atan(Vm *vm, Args args, Value *result)
{
    static const RealFunction f = {"atan", atan, 0, 0};
    double y, x;
    int sign;

    if (args.count == 1)
        return apply_real(vm, &f, args, result);
    TRY(li_arg_number(vm, "atan", args, 0, KIND_NUMBER));
    TRY(li_arg_number(vm, "atan", args, 1, KIND_NUMBER));
    TRY(li_num_sign(args.at[1], &sign));
    if (is_exactly(args.at[0], 0) && value_is_exact_integer(args.at[1]) && sign > 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    TRY(li_num_to_double(args.at[0], &y));
    TRY(li_num_to_double(args.at[1], &x));
    return li_flonum(li_vm_heap(vm), atan2(y, x), result);
}

/* ---- Logarithms ----------------------------------------------------------------------------- */

/* A logarithm of the C library, and what it gives for 2. */
typedef struct Logarithm {
    RealFn of;
    double of_two;
} Logarithm;

static const Logarithm natural = {log, 0.693147180559945309417};
static const Logarithm binary = {log2, 1.0};
static const Logarithm decimal = {log10, 0.301029995663981195214};

/* Also of integers beyond the doubles. */
static Status logarithm(Value v, const Logarithm *base, double *result)
{
    int64_t exponent = 0;
    double d;

    TRY(li_num_to_double(v, &d));
    if (value_is_bignum(v) && isinf(d) && d > 0)
        d = li_big_to_scaled_double(v, &exponent);
    *result = d < 0 ? (double)NAN : base->of(d) + (double)exponent * base->of_two;
    return OK;
}

/* The binary and decimal logarithms are exact at powers, where a quotient of others is not. */
static Status logarithm_in_base(Value v, Value base, double *result)
{
    double numerator, denominator;

    if (is_exactly(base, 2))
        return logarithm(v, &binary, result);
    if (is_exactly(base, 10))
        return logarithm(v, &decimal, result);
    TRY(logarithm(v, &natural, &numerator));
    TRY(logarithm(base, &natural, &denominator));
    *result = numerator / denominator;
    return OK;
}

static Status prim_log(Vm *vm, Args args, Value *result)
{
    double d;

    for (uint32_t i = 0; i < args.count; i += 1)
        TRY(li_arg_number(vm, "log", args, i, KIND_NUMBER));
    if (is_exactly(args.at[0], 1)
        && (args.count == 1 || value_is_exact_integer(args.at[1]))) {
        *result = value_from_fixnum(0);
        return OK;
    }
    if (args.count == 1)
        TRY(logarithm(args.at[0], &natural, &d));
    else
        TRY(logarithm_in_base(args.at[0], args.at[1], &d));
    return li_flonum(li_vm_heap(vm), d, result);
}

/* ---- Powers and roots ------------------------------------------------------------------------ */

static Status prim_sqrt(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "sqrt", args, KIND_NUMBER,
                         li_num_sqrt(li_vm_heap(vm), args.at[0], result));
}

static Status prim_expt(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "expt", args, KIND_NUMBER,
                         li_num_expt(li_vm_heap(vm), args.at[0], args.at[1], result));
}

/* ---- The simplest rational -------------------------------------------------------------------- */

/* From 0 < low <= high, by the continued fraction that both ends begin with. It gains at least
 * half a bit a step, so a double's bits bound the steps. */
static double simplest_between(double low, double high)
{
    enum {
        STEPS_MAX = 128
    };
    double p = 1, q = 0, previous_p = 0, previous_q = 1;

    for (int step = 0; step < STEPS_MAX; step += 1) {
        double whole = floor(low);
        bool last = whole == low || whole + 1 <= high;
        double term = last && whole != low ? whole + 1 : whole;
        double next_p = term * p + previous_p, next_q = term * q + previous_q;
        previous_p = p;
        previous_q = q;
        p = next_p;
        q = next_q;
        if (last)
            break;
        double next_low = 1 / (high - whole);
        high = 1 / (low - whole);
        low = next_low;
    }
    return p / q;
}

static double rationalize(double x, double y)
{
    y = fabs(y);
    if (isnan(x) || isnan(y) || (isinf(x) && isinf(y)))
        return (double)NAN;
    if (isinf(x))
        return x;
    double low = fabs(x) - y, high = fabs(x) + y;
    if (low <= 0)
        return 0.0;
    return copysign(simplest_between(low, high), x);
}

/* Integers: of those between x - y and x + y, the one nearest to 0. */
static Status rationalize_exact(Heap *heap, Value x, Value y, Value *result)
{
    Value size, nearest;
    int sign, nearest_sign;

    TRY(li_num_sign(x, &sign));
    TRY(li_num_abs(heap, x, &size));
    TRY(li_num_abs(heap, y, &y));
    TRY(li_num_subtract(heap, size, y, &nearest));
    TRY(li_num_sign(nearest, &nearest_sign));
    if (nearest_sign <= 0)
        nearest = value_from_fixnum(0);
    if (sign < 0)
        return li_num_negate(heap, nearest, result);
    *result = nearest;
    return OK;
}

static Status prim_rationalize(Vm *vm, Args args, Value *result)
{
    double x, y;

    TRY(li_arg_number(vm, "rationalize", args, 0, KIND_NUMBER));
    TRY(li_arg_number(vm, "rationalize", args, 1, KIND_NUMBER));
    if (value_is_exact_integer(args.at[0]) && value_is_exact_integer(args.at[1]))
        return rationalize_exact(li_vm_heap(vm), args.at[0], args.at[1], result);
    TRY(li_num_to_double(args.at[0], &x));
    TRY(li_num_to_double(args.at[1], &y));
    return li_flonum(li_vm_heap(vm), rationalize(x, y), result);
}

const PrimDef li_inexact_prims[] = {
    {"exp", prim_exp, 1, 1, "(exp z)", "Returns e to the power of z."},
    {"log", prim_log, 1, 2, "(log z [base])",
     "Returns the logarithm of z, natural or to the given base."},
    {"sin", prim_sin, 1, 1, "(sin z)", "Returns the sine of z, in radians."},
    {"cos", prim_cos, 1, 1, "(cos z)", "Returns the cosine of z, in radians."},
    {"tan", prim_tan, 1, 1, "(tan z)", "Returns the tangent of z, in radians."},
    {"asin", prim_asin, 1, 1, "(asin z)", "Returns the angle whose sine is z."},
    {"acos", prim_acos, 1, 1, "(acos z)", "Returns the angle whose cosine is z."},
    {"atan", prim_atan, 1, 2, "(atan y [x])",
     "Returns the angle whose tangent is y, or with x the angle of the point (x, y)."},
    {"sqrt", prim_sqrt, 1, 1, "(sqrt z)",
     "Returns the square root of z, exact if z is the square of an exact integer."},
    {"expt", prim_expt, 2, 2, "(expt z1 z2)",
     "Returns z1 to the power of z2, exact if both are exact integers and z2 is not negative."},
    {"rationalize", prim_rationalize, 2, 2, "(rationalize x y)",
     "Returns the simplest rational number that differs from x by no more than y."},
    {0},
};
