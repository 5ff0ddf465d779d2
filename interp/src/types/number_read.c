/* number_read.c - numbers from their external forms. */
#include <math.h>

#include "types/bignum.h"
#include "types/complex.h"
#include "types/flonum.h"
#include "types/ratio.h"

/* ---- Scanning ----------------------------------------------------------------------------- */

enum {
    EXPONENT_CAP = 1000000000,     /* a larger exponent is written down as this */
    EXACT_BITS_MAX = 64 * 1048576, /* of an exact number that comes from an exponent */
    UNIT_RADIX_MAX = 18,           /* above it, i is a digit */
};

typedef struct Digits {
    const char *at;
    size_t count;
} Digits;

typedef enum LiteralKind {
    LITERAL_DIGITS,
    LITERAL_INFINITY,
    LITERAL_NAN,
    LITERAL_UNIT, /* the 1 of +i */
} LiteralKind;

/* A real number that was read: whole[.fraction][e exponent], or whole/denominator. */
typedef struct Literal {
    LiteralKind kind;
    unsigned radix;
    char exactness; /* 'e', 'i' or 0 */
    bool has_sign, negative;
    bool has_point, has_exponent, has_denominator;
    Digits whole, fraction, denominator;
    int64_t exponent;
} Literal;

typedef struct Scanner {
    const char *at, *end;
} Scanner;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* 36 for what is no digit in any radix. */
static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c = lower(c);
    return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 10 : 36;
}

static bool scan_char(Scanner *s, char c)
{
    if (s->at == s->end || lower(*s->at) != c)
        return false;
    s->at += 1;
    return true;
}

static bool scan_sign(Scanner *s, bool *negative)
{
    *negative = s->at != s->end && *s->at == '-';
    return *negative ? scan_char(s, '-') : scan_char(s, '+');
}

static Digits scan_digits(Scanner *s, unsigned radix)
{
    Digits digits = {s->at, 0};

    while (s->at != s->end && digit_value(*s->at) < radix)
        s->at += 1;
    digits.count = (size_t)(s->at - digits.at);
    return digits;
}

/* False if it is no prefix, or a second one of its kind. */
static bool take_prefix(char c, Literal *literal, bool *has_radix)
{
    static const char letters[] = "bodx";
    static const unsigned char radixes[] = {2, 8, 10, 16};

    if (c == 'e' || c == 'i') {
        bool first = literal->exactness == 0;
        literal->exactness = c;
        return first;
    }
    for (size_t i = 0; i < sizeof radixes; i += 1) {
        if (c == letters[i]) {
            bool first = !*has_radix;
            literal->radix = radixes[i];
            *has_radix = true;
            return first;
        }
    }
    return false;
}

static bool scan_prefixes(Scanner *s, Literal *literal)
{
    bool has_radix = false;

    while (scan_char(s, '#')) {
        if (s->at == s->end || !take_prefix(lower(*s->at), literal, &has_radix))
            return false;
        s->at += 1;
    }
    return true;
}

static bool scan_exponent(Scanner *s, Literal *literal)
{
    bool negative = false;
    int64_t exponent = 0;

    (void)scan_sign(s, &negative);
    Digits digits = scan_digits(s, 10);
    for (size_t i = 0; i < digits.count && exponent < EXPONENT_CAP; i += 1)
        exponent = exponent * 10 + (digits.at[i] - '0');
    if (exponent > EXPONENT_CAP)
        exponent = EXPONENT_CAP;
    literal->exponent = negative ? -exponent : exponent;
    return digits.count != 0;
}

/* What follows the sign. */
static bool scan_unsigned(Scanner *s, Literal *literal)
{
    literal->whole = scan_digits(s, literal->radix);
    if (literal->whole.count != 0 && scan_char(s, '/')) {
        literal->has_denominator = true;
        literal->denominator = scan_digits(s, literal->radix);
        return literal->denominator.count != 0;
    }
    if (scan_char(s, '.')) {
        literal->has_point = true;
        literal->fraction = scan_digits(s, literal->radix);
    }
    if (literal->whole.count == 0 && literal->fraction.count == 0)
        return false;
    if (literal->radix == 10 && scan_char(s, 'e')) {
        literal->has_exponent = true;
        return scan_exponent(s, literal);
    }
    return true;
}

static bool scan_word(Scanner *s, const char word[5])
{
    if (s->end - s->at < 5)
        return false;
    for (int i = 0; i < 5; i += 1) {
        if (lower(s->at[i]) != word[i])
            return false;
    }
    s->at += 5;
    return true;
}

static bool scan_real(Scanner *s, Literal *literal)
{
    literal->has_sign = scan_sign(s, &literal->negative);
    if (literal->has_sign && scan_word(s, "inf.0"))
        literal->kind = LITERAL_INFINITY;
    else if (literal->has_sign && scan_word(s, "nan.0"))
        literal->kind = LITERAL_NAN;
    else
        return scan_unsigned(s, literal);
    return true;
}

/* The i at the end of a number in rectangular notation. */
static bool scan_end(Scanner *s, const Literal *literal)
{
    return literal->has_sign && literal->radix <= UNIT_RADIX_MAX && scan_char(s, 'i')
        && s->at == s->end;
}

/* +i, or a number with a sign and an i. */
static bool scan_imaginary(Scanner *s, Literal *literal)
{
    Scanner start = *s;

    literal->has_sign = scan_sign(s, &literal->negative);
    if (scan_end(s, literal)) {
        literal->kind = LITERAL_UNIT;
        return true;
    }
    if (!literal->has_sign)
        return false;
    *s = start;
    return scan_real(s, literal) && scan_end(s, literal);
}

/* ---- Digits to numbers -------------------------------------------------------------------- */

/* The digits before and after the point as one run, without the zeros at both ends. `scale` is
 * how many digits, or zeros, stand after the run and before the point; less than zero if the
 * point stands in it or before it. */
typedef struct Run {
    Digits first, second;
    int64_t scale;
} Run;

static bool drop_front(Digits *digits)
{
    while (digits->count != 0 && digits->at[0] == '0') {
        digits->at += 1;
        digits->count -= 1;
    }
    return digits->count == 0;
}

static size_t drop_back(Digits *digits)
{
    size_t before = digits->count;

    while (digits->count != 0 && digits->at[digits->count - 1] == '0')
        digits->count -= 1;
    return before - digits->count;
}

static Run run_of(const Literal *literal)
{
    Run run = {literal->whole, literal->fraction,
               literal->exponent - (int64_t)literal->fraction.count};

    run.scale += (int64_t)drop_back(&run.second);
    if (run.second.count == 0)
        run.scale += (int64_t)drop_back(&run.first);
    if (drop_front(&run.first))
        drop_front(&run.second);
    return run;
}

static size_t run_count(const Run *run)
{
    return run->first.count + run->second.count;
}

static unsigned run_digit(const Run *run, size_t i)
{
    if (i < run->first.count)
        return digit_value(run->first.at[i]);
    return digit_value(run->second.at[i - run->first.count]);
}

/* The first `count` digits as an exact integer, one more digit 1 behind them if `sticky`. */
static Status run_to_exact(Heap *heap, const Run *run, size_t count, bool sticky,
                           unsigned radix, bool negative, Value *result)
{
    Scratch scratch;
    size_t bytes = count + sticky;

    TRY(li_scratch_take(heap, bytes / sizeof(mp_limb_t) + 1, &scratch));
    unsigned char *digits = (unsigned char *)scratch.limbs;
    for (size_t i = 0; i < count; i += 1)
        digits[i] = (unsigned char)run_digit(run, i);
    if (sticky)
        digits[count] = 1;
    Status status = li_big_from_digits(heap, digits, bytes, radix, negative, result);
    li_scratch_free(&scratch);
    return status;
}

/* As many digits as fit a word for certain, at most `limit`; returns how many. */
static size_t run_to_word(const Run *run, unsigned radix, uint64_t *word)
{
    size_t count = run_count(run), i = 0;
    uint64_t n = 0;

    for (; i < count && n < UINT64_MAX / 36 - 1; i += 1)
        n = n * radix + run_digit(run, i);
    *word = n;
    return i;
}

/* ---- Integers and ratios -------------------------------------------------------------------- */

static Status digits_to_exact(Heap *heap, Digits digits, unsigned radix, bool negative,
                              Value *result)
{
    Run run = {digits, {digits.at, 0}, 0};
    uint64_t word;

    drop_front(&run.first);
    if (run_to_word(&run, radix, &word) == run_count(&run)
        && word <= (uint64_t)FIXNUM_MAX) {
        *result = value_from_fixnum(negative ? -(int64_t)word : (int64_t)word);
        return OK;
    }
    return run_to_exact(heap, &run, run_count(&run), false, radix, negative, result);
}

static Status fraction(Heap *heap, const Literal *literal, Value *result)
{
    Value numerator, denominator;

    TRY(digits_to_exact(heap, literal->whole, literal->radix, literal->negative,
                        &numerator));
    TRY(digits_to_exact(heap, literal->denominator, literal->radix, false,
                        &denominator));
    if (value_is_eq(denominator, value_from_fixnum(0))) {
        *result = VALUE_FALSE;
        return OK;
    }
    TRY(li_ratio(heap, numerator, denominator, result));
    return literal->exactness == 'i' ? li_num_inexact(heap, *result, result) : OK;
}

/* ---- Numbers with a point or an exponent ------------------------------------------------------ */

/* #f if it is too long. */
static Status decimal_exact(Heap *heap, const Literal *literal, const Run *run,
                            Value *result)
{
    uint64_t size = run->scale < 0 ? 0 - (uint64_t)run->scale : (uint64_t)run->scale;
    Value digits, power;

    *result = value_from_fixnum(0);
    if (run_count(run) == 0)
        return OK;
    if ((double)size * log2(literal->radix) > EXACT_BITS_MAX) {
        *result = VALUE_FALSE;
        return OK;
    }
    TRY(run_to_exact(heap, run, run_count(run), false, literal->radix,
                     literal->negative, &digits));
    TRY(li_big_power(heap, value_from_fixnum((int64_t)literal->radix), size, &power));
    if (run->scale < 0)
        return li_ratio(heap, digits, power, result);
    return li_num_multiply(heap, digits, power, result);
}

/* Decides with exact integers. No double, and no number halfway between two, has more than
 * DIGITS_MAX significant digits in an even radix, so that all digits behind them count as one.
 * In an odd radix these numbers go on for ever, and every digit counts. */
static Status run_to_double(Heap *heap, const Run *run, unsigned radix, double *d)
{
    enum {
        DIGITS_MAX = 1100
    };
    size_t count = run_count(run);
    int64_t scale = run->scale;
    bool sticky = count > DIGITS_MAX && radix % 2 == 0;
    Value numerator, denominator = value_from_fixnum(1), power;

    if (sticky) {
        scale += (int64_t)(count - DIGITS_MAX) - 1;
        count = DIGITS_MAX;
    }
    TRY(run_to_exact(heap, run, count, sticky, radix, false, &numerator));
    uint64_t size = scale < 0 ? 0 - (uint64_t)scale : (uint64_t)scale;
    TRY(li_big_power(heap, value_from_fixnum((int64_t)radix), size, &power));
    if (scale < 0)
        denominator = power;
    else
        TRY(li_num_multiply(heap, numerator, power, &numerator));
    return li_big_ratio_to_double(numerator, denominator, d);
}

/* The run is not empty. */
static Status run_nearest(Heap *heap, const Run *run, unsigned radix, double *d)
{
    uint64_t word;
    size_t count = run_count(run);
    /* The number lies between 2^(bits - log2(radix)) and 2^bits. */
    double bits = ((double)count + (double)run->scale) * log2(radix);

    if (bits > 1100 || bits < -1100) {
        *d = bits > 0 ? HUGE_VAL : 0.0;
        return OK;
    }
    if (radix == 10) {
        size_t used = run_to_word(run, radix, &word);
        int64_t exponent = run->scale + (int64_t)(count - used);
        if (li_flonum_from_decimal(word, exponent, used != count, d))
            return OK;
    }
    return run_to_double(heap, run, radix, d);
}

static Status decimal(Heap *heap, const Literal *literal, Value *result)
{
    Run run = run_of(literal);
    double d = 0.0;

    if (literal->exactness == 'e')
        return decimal_exact(heap, literal, &run, result);
    if (run_count(&run) != 0)
        TRY(run_nearest(heap, &run, literal->radix, &d));
    return li_flonum(heap, literal->negative ? -d : d, result);
}

/* ---- Reading ------------------------------------------------------------------------------------ */

static Status special(Heap *heap, const Literal *literal, Value *result)
{
    double d = literal->kind == LITERAL_NAN ? (double)NAN
             : literal->negative            ? -HUGE_VAL
                                            : HUGE_VAL;

    *result = VALUE_FALSE;
    return literal->exactness == 'e' ? OK : li_flonum(heap, d, result);
}

/* #f if there is no such number. */
static Status real_value(Heap *heap, const Literal *literal, Value *result)
{
    int unit = literal->negative ? -1 : 1;

    if (literal->kind == LITERAL_UNIT) {
        *result = value_from_fixnum(unit);
        return literal->exactness == 'i' ? li_flonum(heap, unit, result) : OK;
    }
    if (literal->kind != LITERAL_DIGITS)
        return special(heap, literal, result);
    if (literal->has_denominator)
        return fraction(heap, literal, result);
    if (literal->has_point || literal->has_exponent || literal->exactness == 'i')
        return decimal(heap, literal, result);
    return digits_to_exact(heap, literal->whole, literal->radix, literal->negative,
                           result);
}

static Status polar_value(Heap *heap, Value magnitude, Value angle, char exactness,
                          Value *result)
{
    Value z;

    TRY(li_num_polar(heap, magnitude, angle, &z));
    if (exactness == 'e') {
        Status status = li_num_exact(heap, z, &z);
        if (status == ERR_TYPE)
            z = VALUE_FALSE; /* the parts passed the doubles */
        else
            TRY(status);
    }
    *result = z;
    return OK;
}

typedef enum Notation {
    NOTATION_NONE,
    NOTATION_REAL,
    NOTATION_IMAGINARY,
    NOTATION_RECTANGULAR,
    NOTATION_POLAR,
} Notation;

/* Fills in `first`, or `second`, or both, as the notation has them. */
static Notation scan_number(Scanner *s, Literal *first, Literal *second)
{
    Scanner start = *s;

    if (scan_imaginary(s, second))
        return NOTATION_IMAGINARY;
    *s = start;
    *second = *first;
    if (!scan_real(s, first))
        return NOTATION_NONE;
    if (s->at == s->end)
        return NOTATION_REAL;
    if (scan_char(s, '@'))
        return scan_real(s, second) && s->at == s->end ? NOTATION_POLAR : NOTATION_NONE;
    return scan_imaginary(s, second) ? NOTATION_RECTANGULAR : NOTATION_NONE;
}

/* The number that two real ones make. */
static Status compose(Heap *heap, Notation notation, const Literal *first,
                      const Literal *second, Value *result)
{
    Value a = value_from_fixnum(0), b;

    if (notation != NOTATION_IMAGINARY)
        TRY(real_value(heap, first, &a));
    else if (second->exactness == 'i')
        TRY(li_flonum(heap, 0.0, &a));
    TRY(real_value(heap, second, &b));
    *result = VALUE_FALSE;
    if (!value_is_true(a) || !value_is_true(b))
        return OK;
    if (notation == NOTATION_POLAR)
        return polar_value(heap, a, b, first->exactness, result);
    return li_complex(heap, a, b, result);
}

Status li_number_parse(Heap *heap, const char *text, size_t bytes, unsigned radix,
                       Value *result)
{
    Scanner s = {text, text + bytes};
    Literal first = {.radix = radix}, second;

    *result = VALUE_FALSE;
    if (!scan_prefixes(&s, &first))
        return OK;
    second = first;
    Notation notation = scan_number(&s, &first, &second);
    if (notation == NOTATION_NONE)
        return OK;
    if (notation == NOTATION_REAL)
        return real_value(heap, &first, result);
    return compose(heap, notation, &first, &second, result);
}
