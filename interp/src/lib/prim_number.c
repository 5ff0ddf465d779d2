/* prim_number.c - numbers: kinds, order, sums and products, conversions. */
#include <math.h>
#include <stdlib.h>

#include "containers/text.h"
#include "lib/arith.h"
#include "lib/tables.h"
#include "types/bignum.h"
#include "types/complex.h"
#include "types/ratio.h"

/* ---- Kinds ------------------------------------------------------------------------------ */

static bool is_infinite_real(Value v)
{
    return value_is_flonum(v) && isinf(value_to_flonum(v));
}

static bool is_nan_real(Value v)
{
    return value_is_flonum(v) && isnan(value_to_flonum(v));
}

static bool is_infinite(Value v)
{
    return is_infinite_real(complex_real(v)) || is_infinite_real(complex_imaginary(v));
}

static bool is_nan(Value v)
{
    return is_nan_real(complex_real(v)) || is_nan_real(complex_imaginary(v));
}

static bool is_finite(Value v)
{
    return !is_infinite(v) && !is_nan(v);
}

static bool is_inexact(Value v)
{
    return !li_num_is_exact(v);
}

static int sign_of(Value v)
{
    int sign = 0;

    (void)!li_num_sign(v, &sign);
    return sign;
}

/* False for NaN too. */
static bool is_zero(Value v)
{
    bool equal = false;

    (void)!li_num_equal(v, value_from_fixnum(0), &equal);
    return equal;
}

static bool is_positive(Value v)
{
    return sign_of(v) > 0;
}

static bool is_negative(Value v)
{
    return sign_of(v) < 0;
}

static bool is_odd(Value v)
{
    bool odd = false;

    (void)!li_num_is_odd(v, &odd);
    return odd;
}

static bool is_even(Value v)
{
    return !is_odd(v);
}

/* Predicates that any object may be given to. */
#define KIND_TABLE(X)                       \
    X(prim_is_number, value_is_number)      \
    X(prim_is_real, value_is_real)          \
    X(prim_is_rational, li_num_is_rational) \
    X(prim_is_integer, li_num_is_integer)   \
    X(prim_is_exact_integer, value_is_exact_integer)

#define X(name, test)                                           \
    static Status name(Vm *vm UNUSED, Args args, Value *result) \
    {                                                           \
        *result = value_from_bool(test(args.at[0]));            \
        return OK;                                              \
    }
KIND_TABLE(X)
#undef X

/* Predicates on numbers of a kind. */
#define PROPERTY_TABLE(X)                                      \
    X(prim_is_exact, "exact?", KIND_NUMBER, li_num_is_exact)   \
    X(prim_is_inexact, "inexact?", KIND_NUMBER, is_inexact)    \
    X(prim_is_finite, "finite?", KIND_NUMBER, is_finite)       \
    X(prim_is_infinite, "infinite?", KIND_NUMBER, is_infinite) \
    X(prim_is_nan, "nan?", KIND_NUMBER, is_nan)                \
    X(prim_is_zero, "zero?", KIND_NUMBER, is_zero)             \
    X(prim_is_positive, "positive?", KIND_REAL, is_positive)   \
    X(prim_is_negative, "negative?", KIND_REAL, is_negative)   \
    X(prim_is_odd, "odd?", KIND_INTEGER, is_odd)               \
    X(prim_is_even, "even?", KIND_INTEGER, is_even)

#define X(name, who, kind, test)                         \
    static Status name(Vm *vm, Args args, Value *result) \
    {                                                    \
        TRY(li_arg_number(vm, who, args, 0, kind));      \
        *result = value_from_bool(test(args.at[0]));     \
        return OK;                                       \
    }
PROPERTY_TABLE(X)
#undef X

/* ---- Order ------------------------------------------------------------------------------- */

enum {
    ACCEPT_LESS = 1 << NUM_LESS,
    ACCEPT_EQUAL = 1 << NUM_EQUAL,
    ACCEPT_GREATER = 1 << NUM_GREATER,
};

static Status prim_equal(Vm *vm, Args args, Value *result)
{
    bool holds = true, equal;

    TRY(li_arg_number(vm, "=", args, 0, KIND_NUMBER));
    for (uint32_t i = 1; i < args.count; i += 1) {
        TRY(li_arg_number(vm, "=", args, i, KIND_NUMBER));
        TRY(li_num_equal(args.at[i - 1], args.at[i], &equal));
        holds = holds && equal;
    }
    *result = value_from_bool(holds);
    return OK;
}

/* Every argument is checked, also behind a pair that decides. */
static Status compare_all(Vm *vm, const char *who, Args args, unsigned accepted,
                          Value *result)
{
    bool holds = true;
    NumOrder order;

    TRY(li_arg_number(vm, who, args, 0, KIND_REAL));
    for (uint32_t i = 1; i < args.count; i += 1) {
        TRY(li_arg_number(vm, who, args, i, KIND_REAL));
        TRY(li_num_compare(args.at[i - 1], args.at[i], &order));
        holds = holds && (accepted >> order & 1);
    }
    *result = value_from_bool(holds);
    return OK;
}

#define COMPARE_TABLE(X)                                  \
    X(prim_less, "<", ACCEPT_LESS)                        \
    X(prim_greater, ">", ACCEPT_GREATER)                  \
    X(prim_not_greater, "<=", ACCEPT_LESS | ACCEPT_EQUAL) \
    X(prim_not_less, ">=", ACCEPT_GREATER | ACCEPT_EQUAL)

#define X(name, who, accepted)                               \
    static Status name(Vm *vm, Args args, Value *result)     \
    {                                                        \
        return compare_all(vm, who, args, accepted, result); \
    }
COMPARE_TABLE(X)
#undef X

/* Of two fixnums, or of two flonums that are words and of which one is less. */
static bool extreme_of_two(Value a, Value b, NumOrder better, Value *result)
{
    bool less, more;

    if (value_are_fixnums(a, b)) {
        less = value_to_fixnum(a) < value_to_fixnum(b);
        more = !less;
    } else if (value_is_immediate_flonum(a) && value_is_immediate_flonum(b)) {
        less = value_to_immediate_flonum(a) < value_to_immediate_flonum(b);
        more = value_to_immediate_flonum(a) > value_to_immediate_flonum(b);
    } else {
        return false;
    }
    if (!less && !more)
        return false;
    *result = (better == NUM_LESS ? less : more) ? a : b;
    return true;
}

/* The most extreme argument; inexact if any is, a NaN if any is one. */
static Status extreme(Vm *vm, const char *who, Args args, NumOrder better,
                      Value *result)
{
    Value best = args.at[0];
    bool inexact = false;
    NumOrder order;

    if (args.count == 2 && extreme_of_two(args.at[0], args.at[1], better, result))
        return OK;
    for (uint32_t i = 0; i < args.count; i += 1) {
        TRY(li_arg_number(vm, who, args, i, KIND_REAL));
        inexact = inexact || value_is_flonum(args.at[i]);
        TRY(li_num_compare(args.at[i], best, &order));
        if (order == better || (order == NUM_UNORDERED && !is_nan(best)))
            best = args.at[i];
    }
    if (inexact)
        return li_num_inexact(li_vm_heap(vm), best, result);
    *result = best;
    return OK;
}

static Status prim_max(Vm *vm, Args args, Value *result)
{
    return extreme(vm, "max", args, NUM_GREATER, result);
}

static Status prim_min(Vm *vm, Args args, Value *result)
{
    return extreme(vm, "min", args, NUM_LESS, result);
}

/* ---- Sums and products ---------------------------------------------------------------------- */

/* z1 less, or divided by, the others one after the other. */
static Status reduce(Vm *vm, const char *who, Args args, NumBinaryFn operate,
                     Value *result)
{
    Value rest = args.at[0];

    for (uint32_t i = 1; i < args.count; i += 1)
        TRY(li_num_result(vm, who, args, KIND_NUMBER,
                          operate(li_vm_heap(vm), rest, args.at[i], &rest)));
    *result = rest;
    return OK;
}

/* `none` if there are no arguments. */
static Status fold(Vm *vm, const char *who, Args args, NumBinaryFn operate, int none,
                   Value *result)
{
    if (args.count == 0) {
        *result = value_from_fixnum(none);
        return OK;
    }
    TRY(li_arg_number(vm, who, args, 0, KIND_NUMBER));
    return li_num_result(vm, who, args, KIND_NUMBER,
                         li_num_fold(li_vm_heap(vm), operate, args, result));
}

/* The sum of fixnums that is one. */
static bool sum_of_fixnums(Args args, Value *result)
{
    int64_t sum = 0;
    uint64_t bits = 0;

    for (uint32_t i = 0; i < args.count; i += 1) {
        bits |= args.at[i].bits;
        if (__builtin_add_overflow(sum, (int64_t)args.at[i].bits, &sum))
            return false;
    }
    *result = (Value){(uint64_t)sum};
    return (bits & 3) == 0;
}

static Status prim_add(Vm *vm, Args args, Value *result)
{
    if (sum_of_fixnums(args, result))
        return OK;
    return fold(vm, "+", args, li_num_add, 0, result);
}

static Status prim_multiply(Vm *vm, Args args, Value *result)
{
    return fold(vm, "*", args, li_num_multiply, 1, result);
}

static Status prim_subtract(Vm *vm, Args args, Value *result)
{
    if (args.count == 1)
        return li_num_result(vm, "-", args, KIND_NUMBER,
                             li_num_negate(li_vm_heap(vm), args.at[0], result));
    return reduce(vm, "-", args, li_num_subtract, result);
}

static Status prim_divide(Vm *vm, Args args, Value *result)
{
    if (args.count == 1)
        return li_num_result(
            vm, "/", args, KIND_NUMBER,
            li_num_divide(li_vm_heap(vm), value_from_fixnum(1), args.at[0], result));
    return reduce(vm, "/", args, li_num_divide, result);
}

static Status prim_abs(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "abs", args, KIND_REAL,
                         li_num_abs(li_vm_heap(vm), args.at[0], result));
}

static Status prim_square(Vm *vm, Args args, Value *result)
{
    return li_num_result(
        vm, "square", args, KIND_NUMBER,
        li_num_multiply(li_vm_heap(vm), args.at[0], args.at[0], result));
}

/* ---- Conversions ------------------------------------------------------------------------------ */

static Status prim_exact(Vm *vm, Args args, Value *result)
{
    Status status = li_num_exact(li_vm_heap(vm), args.at[0], result);

    if (status == ERR_TYPE && value_is_number(args.at[0]))
        return li_raise_type(vm, "exact", 0, "a finite number", args.at[0]);
    return li_num_result(vm, "exact", args, KIND_NUMBER, status);
}

static Status prim_inexact(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "inexact", args, KIND_NUMBER,
                         li_num_inexact(li_vm_heap(vm), args.at[0], result));
}

enum {
    UNIT_RADIX_MAX = 18
};

static Status radix_argument(Vm *vm, const char *who, Args args, unsigned *radix)
{
    *radix = 10;
    if (args.count < 2)
        return OK;
    Value v = args.at[1];
    if (!value_is_fixnum(v) || value_to_fixnum(v) < 2 || value_to_fixnum(v) > 36)
        return li_raise_type(vm, who, 1, "a radix from 2 to 36", v);
    *radix = (unsigned)value_to_fixnum(v);
    return OK;
}

/* About how long the text of an exact number is; others have a short one. */
static double text_bytes_of(Value v, unsigned radix)
{
    if (value_is_complex(v))
        return text_bytes_of(complex_real(v), radix)
             + text_bytes_of(complex_imaginary(v), radix);
    if (value_is_ratio(v))
        return text_bytes_of(ratio_numerator(v), radix)
             + text_bytes_of(ratio_denominator(v), radix);
    return value_is_bignum(v) ? (double)li_big_bit_length(v) / log2(radix) : 0;
}

/* The text must fit the heap: that is asked before the digits of a bignum are computed. */
static Status print_long(Heap *heap, Value v, unsigned radix, Value *result)
{
    Buffer buffer = {0};
    Status status;

    TRY(li_big_reserve(heap, (uint64_t)text_bytes_of(v, radix) / sizeof(uint64_t) + 1));
    status = li_number_print(v, radix, &buffer);
    if (status == OK)
        status = li_text_from_utf8(heap, buffer.bytes, buffer.length, result);
    li_buffer_free(&buffer);
    return status;
}

static Status prim_number_to_string(Vm *vm, Args args, Value *result)
{
    char text[NUMBER_TEXT_BYTES];
    unsigned radix;

    TRY(li_arg_number(vm, "number->string", args, 0, KIND_NUMBER));
    TRY(radix_argument(vm, "number->string", args, &radix));
    if (radix > UNIT_RADIX_MAX && value_is_complex(args.at[0]))
        return li_raise_type(vm, "number->string", 1,
                             "a radix in which i is not a digit", args.at[1]);
    size_t length = radix == 10 ? li_number_format(args.at[0], text) : 0;
    if (length != 0)
        return li_text_from_ascii(li_vm_heap(vm), text, length, result);
    return print_long(li_vm_heap(vm), args.at[0], radix, result);
}

static Status prim_string_to_number(Vm *vm, Args args, Value *result)
{
    Text *text;
    unsigned radix;
    char *copy;

    TRY(li_arg_text(vm, "string->number", args, 0, &text));
    TRY(radix_argument(vm, "string->number", args, &radix));
    /* Latin-1 text that is a number is ASCII, so its bytes can be read in place. */
    if (text->width == 1)
        return li_number_parse(li_vm_heap(vm), text_bytes(text), (size_t)text->length,
                               radix, result);
    size_t bytes = li_text_utf8_bytes(text, 0, text->length);
    TRY(li_text_c_string(text, &copy));
    Status status = li_number_parse(li_vm_heap(vm), copy, bytes, radix, result);
    free(copy);
    return status;
}

/* ---- The table -------------------------------------------------------------------------------- */

const PrimDef li_number_prims[] = {
    {"number?", prim_is_number, 1, 1, "(number? obj)", "True if obj is a number."},
    {"complex?", prim_is_number, 1, 1, "(complex? obj)",
     "True if obj is a complex number, which every number is."},
    {"real?", prim_is_real, 1, 1, "(real? obj)",
     "True if obj is a number without an imaginary part, not even one of 0.0."},
    {"rational?", prim_is_rational, 1, 1, "(rational? obj)",
     "True if obj is a number that is neither infinite nor a NaN."},
    {"integer?", prim_is_integer, 1, 1, "(integer? obj)",
     "True if obj is a number with an integer value, 3.0 among them."},
    {"exact-integer?", prim_is_exact_integer, 1, 1, "(exact-integer? obj)",
     "True if obj is an integer and exact."},
    {"exact?", prim_is_exact, 1, 1, "(exact? z)", "True if z is exact."},
    {"inexact?", prim_is_inexact, 1, 1, "(inexact? z)",
     "True if z is a floating-point number."},
    {"finite?", prim_is_finite, 1, 1, "(finite? z)",
     "True if z is neither infinite nor a NaN."},
    {"infinite?", prim_is_infinite, 1, 1, "(infinite? z)",
     "True if z is +inf.0 or -inf.0."},
    {"nan?", prim_is_nan, 1, 1, "(nan? z)", "True if z is a NaN."},
    {"=", prim_equal, 1, PRIM_ANY, "(= z1 z2 ...)",
     "True if all arguments are equal. Exact and inexact numbers are compared exactly."},
    {"<", prim_less, 1, PRIM_ANY, "(< x1 x2 ...)",
     "True if each argument is less than the next."},
    {">", prim_greater, 1, PRIM_ANY, "(> x1 x2 ...)",
     "True if each argument is greater than the next."},
    {"<=", prim_not_greater, 1, PRIM_ANY, "(<= x1 x2 ...)",
     "True if no argument is greater than the next."},
    {">=", prim_not_less, 1, PRIM_ANY, "(>= x1 x2 ...)",
     "True if no argument is less than the next."},
    {"zero?", prim_is_zero, 1, 1, "(zero? z)", "True if z is 0, 0.0 or -0.0."},
    {"positive?", prim_is_positive, 1, 1, "(positive? x)",
     "True if x is greater than 0."},
    {"negative?", prim_is_negative, 1, 1, "(negative? x)", "True if x is less than 0."},
    {"odd?", prim_is_odd, 1, 1, "(odd? n)", "True if the integer n is odd."},
    {"even?", prim_is_even, 1, 1, "(even? n)", "True if the integer n is even."},
    {"max", prim_max, 1, PRIM_ANY, "(max x1 x2 ...)",
     "Returns the greatest argument, inexact if any argument is inexact."},
    {"min", prim_min, 1, PRIM_ANY, "(min x1 x2 ...)",
     "Returns the least argument, inexact if any argument is inexact."},
    {"+", prim_add, 0, PRIM_ANY, "(+ z ...)", "Returns the sum of its arguments."},
    {"*", prim_multiply, 0, PRIM_ANY, "(* z ...)",
     "Returns the product of its arguments."},
    {"-", prim_subtract, 1, PRIM_ANY, "(- z1 z2 ...)",
     "Returns z1 less all other arguments, or the negative of z1 if it is the only one."},
    {"/", prim_divide, 1, PRIM_ANY, "(/ z1 z2 ...)",
     "Returns z1 divided by all other arguments, or 1/z1 if it is the only one. The quotient of "
     "exact numbers is exact."},
    {"abs", prim_abs, 1, 1, "(abs x)", "Returns the absolute value of x."},
    {"square", prim_square, 1, 1, "(square z)", "Returns z times z."},
    {"exact", prim_exact, 1, 1, "(exact z)",
     "Returns the exact number equal to z, which must be finite."},
    {"inexact", prim_inexact, 1, 1, "(inexact z)",
     "Returns the floating-point number nearest to z."},
    {"number->string", prim_number_to_string, 1, 2, "(number->string z [radix])",
     "Returns the external form of z in a radix from 2 to 36, by default 10. An inexact number "
     "is given the fewest digits that read back as it."},
    {"string->number", prim_string_to_number, 1, 2, "(string->number string [radix])",
     "Returns the number that string is the external form of, or #f if it is of none. A "
     "prefix in the string overrides the radix."},
    {0},
};
