/* number_text.c - the external forms of numbers: reading and printing. */
#include <math.h>

#include "types/bignum.h"
#include "types/flonum.h"

/* ---- Scanning ----------------------------------------------------------------------------- */

enum {
    EXPONENT_CAP = 1000000000,     /* a larger exponent is written down as this */
    EXACT_BITS_MAX = 64 * 1048576, /* of an exact number that comes from an exponent */
};

typedef struct Digits {
    const char *at;
    size_t count;
} Digits;

/* What was read: whole[.fraction][e exponent], or whole/denominator. */
typedef struct Literal {
    unsigned radix;
    char exactness; /* 'e', 'i' or 0 */
    bool negative;
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
static bool scan_real(Scanner *s, Literal *literal)
{
    literal->whole = scan_digits(s, literal->radix);
    if (literal->whole.count != 0 && scan_char(s, '/')) {
        literal->has_denominator = true;
        literal->denominator = scan_digits(s, literal->radix);
        return literal->denominator.count != 0 && s->at == s->end;
    }
    if (scan_char(s, '.')) {
        literal->has_point = true;
        literal->fraction = scan_digits(s, literal->radix);
    }
    if (literal->whole.count == 0 && literal->fraction.count == 0)
        return false;
    if (literal->radix == 10 && scan_char(s, 'e')) {
        literal->has_exponent = true;
        if (!scan_exponent(s, literal))
            return false;
    }
    return s->at == s->end;
}

static bool scan_special(const Scanner *s, bool negative, double *d)
{
    static const char names[2][6] = {"inf.0", "nan.0"};

    if (s->end - s->at != 5)
        return false;
    for (int name = 0; name < 2; name += 1) {
        int i = 0;
        while (i < 5 && lower(s->at[i]) == names[name][i])
            i += 1;
        if (i == 5) {
            *d = name == 1 ? (double)NAN : negative ? -HUGE_VAL : HUGE_VAL;
            return true;
        }
    }
    return false;
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

static Status ratio(Heap *heap, const Literal *literal, Value *result)
{
    Value numerator, denominator, quotient;

    TRY(digits_to_exact(heap, literal->whole, literal->radix, literal->negative,
                        &numerator));
    TRY(digits_to_exact(heap, literal->denominator, literal->radix, false,
                        &denominator));
    Status status = li_num_divide(heap, numerator, denominator, &quotient);
    if (status == ERR_DIVIDE
        || (status == OK && literal->exactness == 'e' && value_is_flonum(quotient))) {
        *result = VALUE_FALSE;
        return OK;
    }
    TRY(status);
    if (literal->exactness == 'i')
        return li_num_inexact(heap, quotient, result);
    *result = quotient;
    return OK;
}

/* ---- Numbers with a point or an exponent ------------------------------------------------------ */

static Status decimal_exact(Heap *heap, const Literal *literal, const Run *run,
                            Value *result)
{
    Value digits, power;

    if (run_count(run) == 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    if (run->scale < 0) {
        *result = VALUE_FALSE; /* a ratio */
        return OK;
    }
    if ((double)run->scale * log2(literal->radix) > EXACT_BITS_MAX)
        return ERR_NO_MEMORY;
    TRY(run_to_exact(heap, run, run_count(run), false, literal->radix,
                     literal->negative, &digits));
    TRY(li_big_power(heap, value_from_fixnum((int64_t)literal->radix),
                     (uint64_t)run->scale, &power));
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
    return li_big_ratio_to_double(heap, numerator, denominator, d);
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

static Status literal_value(Heap *heap, const Literal *literal, Value *result)
{
    if (literal->has_denominator)
        return ratio(heap, literal, result);
    if (literal->has_point || literal->has_exponent || literal->exactness == 'i')
        return decimal(heap, literal, result);
    return digits_to_exact(heap, literal->whole, literal->radix, literal->negative,
                           result);
}

Status li_number_parse(Heap *heap, const char *text, size_t bytes, unsigned radix,
                       Value *result)
{
    Scanner s = {text, text + bytes};
    Literal literal = {.radix = radix};
    double special;

    if (!scan_prefixes(&s, &literal)) {
        *result = VALUE_FALSE;
        return OK;
    }
    bool has_sign = scan_sign(&s, &literal.negative);
    if (has_sign && scan_special(&s, literal.negative, &special)) {
        if (literal.exactness != 'e')
            return li_flonum(heap, special, result);
        *result = VALUE_FALSE;
        return OK;
    }
    if (!scan_real(&s, &literal)) {
        *result = VALUE_FALSE;
        return OK;
    }
    return literal_value(heap, &literal, result);
}

/* ---- Printing ----------------------------------------------------------------------------------- */

/* Returns the length. */
static size_t format_int64(int64_t n, unsigned radix, char to[72])
{
    static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    char reversed[72];
    size_t count = 0;

    do {
        reversed[count++] = alphabet[magnitude % radix];
        magnitude /= radix;
    } while (magnitude != 0);
    if (n < 0)
        reversed[count++] = '-';
    for (size_t i = 0; i < count; i += 1)
        to[i] = reversed[count - 1 - i];
    return count;
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

Status li_number_print(Value v, unsigned radix, Buffer *to)
{
    char text[72];

    if (value_is_bignum(v))
        return li_big_print(v, radix, to);
    if (value_is_fixnum(v))
        li_buffer_push(to, text, format_int64(value_to_fixnum(v), radix, text));
    else if (value_is_flonum(v))
        li_flonum_print(value_to_flonum(v), radix, to);
    else
        return ERR_TYPE;
    return to->failed ? ERR_NO_MEMORY : OK;
}
