/* number_print.c - the external forms of numbers. */
#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/flonum.h"
#include "types/ratio.h"

/* Returns the length. */
static size_t format_int64(int64_t n, unsigned radix, char to[72])
{
    static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    char text[72];
    size_t start = sizeof text;

    if (radix == 10) { /* by a constant compilers divide without dividing */
        for (; magnitude > 9; magnitude /= 10)
            text[--start] = alphabet[magnitude % 10];
    }
    for (; magnitude >= radix; magnitude /= radix)
        text[--start] = alphabet[magnitude % radix];
    text[--start] = alphabet[magnitude];
    if (n < 0)
        text[--start] = '-';
    memcpy(to, text + start, sizeof text - start);
    return sizeof text - start;
}

size_t li_number_format(Value v, char to[NUMBER_TEXT_BYTES])
{
    char text[72];
    size_t count = 0;

    if (value_is_flonum(v))
        return li_flonum_format(value_to_flonum(v), to);
    if (value_is_fixnum(v)) {
        count = format_int64(value_to_fixnum(v), 10, text);
        memcpy(to, text, count);
    }
    return count;
}

static Status print_real(Value v, unsigned radix, Buffer *to)
{
    char text[72];

    if (value_is_bignum(v))
        return li_big_print(v, radix, to);
    if (value_is_fixnum(v))
        li_buffer_push(to, text, format_int64(value_to_fixnum(v), radix, text));
    else if (value_is_flonum(v))
        li_flonum_print(value_to_flonum(v), radix, to);
    else if (value_is_ratio(v)) {
        TRY(print_real(ratio_numerator(v), radix, to));
        li_buffer_push(to, "/", 1);
        return print_real(ratio_denominator(v), radix, to);
    } else
        return ERR_TYPE;
    return to->failed ? ERR_NO_MEMORY : OK;
}

/* Infinities and NaN are printed with a sign; others only if it is a minus. */
static bool needs_plus(Value part)
{
    int sign;

    if (value_is_flonum(part)) {
        double d = value_to_flonum(part);
        return isfinite(d) && !signbit(d);
    }
    return li_num_sign(part, &sign) == OK && sign > 0;
}

static bool is_fixnum(Value v, int64_t n)
{
    return value_is_eq(v, value_from_fixnum(n));
}

static Status print_complex(Value v, unsigned radix, Buffer *to)
{
    Value real = complex_real(v), imaginary = complex_imaginary(v);

    if (!is_fixnum(real, 0))
        TRY(print_real(real, radix, to));
    if (is_fixnum(imaginary, 1) || is_fixnum(imaginary, -1)) {
        li_buffer_push(to, is_fixnum(imaginary, 1) ? "+i" : "-i", 2);
    } else {
        if (needs_plus(imaginary))
            li_buffer_push(to, "+", 1);
        TRY(print_real(imaginary, radix, to));
        li_buffer_push(to, "i", 1);
    }
    return to->failed ? ERR_NO_MEMORY : OK;
}

Status li_number_print(Value v, unsigned radix, Buffer *to)
{
    return value_is_complex(v) ? print_complex(v, radix, to) : print_real(v, radix, to);
}
