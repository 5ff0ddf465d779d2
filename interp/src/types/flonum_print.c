/* flonum_print.c - shortest decimal digits of a double, and its external forms.
 *
 * Radix 10 is Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles", 2020. It
 * scales the ends and the middle of the interval of numbers that read back as d by a 128-bit
 * power of ten, so that at most four candidates are left, and picks among them exactly.
 *
 * The other radices, which are rare, use the free-format algorithm of Burger and Dybvig
 * ("Printing floating-point numbers quickly and accurately", 1996) on numbers of fixed width. */
#include "types/flonum.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 Wide;

/* ---- Schubfach ------------------------------------------------------------------------------ */

/* floor(c * g / 2^128), with the last bit set if that is not exact. g is an upper bound less
 * than one unit off, so a fraction of at most one unit counts as none. */
static uint64_t scale_to_odd(Pow10 g, uint64_t c)
{
    Wide x = (Wide)g.low * c;
    Wide y = (Wide)g.high * c + (uint64_t)(x >> 64);

    return (uint64_t)(y >> 64) | ((uint64_t)y > 1);
}

/* The interval in units of a quarter of 10^k. */
typedef struct Interval {
    uint64_t lower, middle, upper; /* lower and upper are inside */
    int k;
} Interval;

static Interval interval_of(FlonumParts parts)
{
    uint64_t c = parts.mantissa;
    int q = parts.exponent;
    /* Just above a power of two the gap below is half as wide. */
    bool closer = c == (uint64_t)1 << 52 && q > -1074;
    /* floor(log10(2^q)), or of 3/4 * 2^q */
    int k = (int)(((int64_t)q * 1262611 - (closer ? 524031 : 0)) >> 22);
    int h = q + pow10_log2(-k) + 1;
    Pow10 g = li_pow10(-k);
    bool odd = c & 1;

    return (Interval){
        .lower = scale_to_odd(g, (4 * c - 2 + closer) << h) + odd,
        .middle = scale_to_odd(g, (4 * c) << h),
        .upper = scale_to_odd(g, (4 * c + 2) << h) - odd,
        .k = k,
    };
}

static Decimal pick(Interval in)
{
    uint64_t s = in.middle / 4;

    if (s >= 10) {
        uint64_t tens = s / 10;
        bool low_fits = in.lower <= 40 * tens, high_fits = 40 * tens + 40 <= in.upper;
        if (low_fits != high_fits)
            return (Decimal){tens + high_fits, in.k + 1};
    }
    bool low_fits = in.lower <= 4 * s, high_fits = 4 * s + 4 <= in.upper;
    if (low_fits != high_fits)
        return (Decimal){s + high_fits, in.k};
    uint64_t half = 4 * s + 2;
    bool up = in.middle > half || (in.middle == half && (s & 1));
    return (Decimal){s + up, in.k};
}

Decimal li_flonum_shortest(double d)
{
    FlonumParts parts = li_flonum_parts(d);
    Decimal decimal;

    if (d < 0x1p53 && d == (double)(uint64_t)d)
        decimal = (Decimal){(uint64_t)d, 0};
    else
        decimal = pick(interval_of(parts));
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent += 1;
    }
    return decimal;
}

/* ---- Layout in radix 10 ----------------------------------------------------------------------- */

/* Positional from 1e-7 (exclusive) to 1e21; beyond, one digit, a point and an exponent. */
enum {
    POINT_MAX = 21,
    POINT_MIN = -6
};

/* Writes n two digits at a time; returns how many. */
static size_t write_digits(uint64_t n, char *to)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char text[20];
    size_t at = sizeof text;

    while (n >= 100) {
        at -= 2;
        memcpy(text + at, pairs + 2 * (n % 100), 2);
        n /= 100;
    }
    if (n >= 10) {
        at -= 2;
        memcpy(text + at, pairs + 2 * n, 2);
    } else
        text[--at] = (char)('0' + n);
    memcpy(to, text + at, sizeof text - at);
    return sizeof text - at;
}

static char *put_zeros(char *to, int count)
{
    memset(to, '0', (size_t)count);
    return to + count;
}

static char *put(char *to, const char *from, size_t count)
{
    memcpy(to, from, count);
    return to + count;
}

/* `point` digits stand before the decimal point. */
static char *put_positional(char *to, const char *digits, size_t count, int point)
{
    if (point <= 0) {
        to = put(to, "0.", 2);
        to = put_zeros(to, -point);
        return put(to, digits, count);
    }
    if ((size_t)point >= count) {
        to = put(to, digits, count);
        to = put_zeros(to, point - (int)count);
        return put(to, ".0", 2);
    }
    to = put(to, digits, (size_t)point);
    *to++ = '.';
    return put(to, digits + point, count - (size_t)point);
}

static char *put_scientific(char *to, const char *digits, size_t count, int exponent)
{
    *to++ = digits[0];
    if (count > 1) {
        *to++ = '.';
        to = put(to, digits + 1, count - 1);
    }
    *to++ = 'e';
    if (exponent < 0)
        *to++ = '-';
    return to + write_digits((uint64_t)(exponent < 0 ? -exponent : exponent), to);
}

static size_t format_special(double d, char *to)
{
    const char *text = isnan(d) ? "+nan.0" : d > 0 ? "+inf.0" : "-inf.0";

    memcpy(to, text, 6);
    return 6;
}

size_t li_flonum_format(double d, char to[FLONUM_TEXT_BYTES])
{
    char digits[20];
    char *at = to;

    if (!isfinite(d))
        return format_special(d, to);
    if (signbit(d)) {
        *at++ = '-';
        d = -d;
    }
    if (d == 0)
        return (size_t)(put(at, "0.0", 3) - to);
    Decimal decimal = li_flonum_shortest(d);
    size_t count = write_digits(decimal.digits, digits);
    int point = decimal.exponent + (int)count;
    if (point > POINT_MAX || point <= POINT_MIN)
        at = put_scientific(at, digits, count, point - 1);
    else
        at = put_positional(at, digits, count, point);
    return (size_t)(at - to);
}

/* ---- Other radices ---------------------------------------------------------------------------- */

/* Wide enough for 2^1076 times a mantissa and a digit. */
enum {
    FREE_LIMBS = 19
};

/* d = r / s; d reads back from anything between d - below / s and d + above / s. */
typedef struct FreeFormat {
    mp_limb_t r[FREE_LIMBS], s[FREE_LIMBS], above[FREE_LIMBS], below[FREE_LIMBS];
    unsigned radix;
    bool even; /* the ends read back as d too */
} FreeFormat;

static void set_shifted(mp_limb_t *to, uint64_t n, int shift)
{
    int skip = shift / 64, bits = shift % 64;

    mpn_zero(to, FREE_LIMBS);
    to[skip] = n << bits;
    if (bits != 0)
        to[skip + 1] = n >> (64 - bits);
}

static void times_radix(mp_limb_t *n, unsigned radix)
{
    mp_limb_t carry = mpn_mul_1(n, n, FREE_LIMBS, radix);

    ASSERT(carry == 0);
}

static void free_start(FreeFormat *f, FlonumParts parts, unsigned radix)
{
    bool closer = parts.mantissa == (uint64_t)1 << 52 && parts.exponent > -1074;
    int up = parts.exponent > 0 ? parts.exponent : 0;
    int down = parts.exponent < 0 ? -parts.exponent : 0;

    f->radix = radix;
    f->even = (parts.mantissa & 1) == 0;
    set_shifted(f->r, parts.mantissa, up + 1 + closer);
    set_shifted(f->s, 1, down + 1 + closer);
    set_shifted(f->above, 1, up + closer);
    set_shifted(f->below, 1, up);
}

/* True if d + above reaches s. */
static bool free_reaches(const FreeFormat *f)
{
    mp_limb_t sum[FREE_LIMBS];

    mpn_add_n(sum, f->r, f->above, FREE_LIMBS);
    int order = mpn_cmp(sum, f->s, FREE_LIMBS);
    return f->even ? order >= 0 : order > 0;
}

static void free_times(FreeFormat *f)
{
    times_radix(f->r, f->radix);
    times_radix(f->above, f->radix);
    times_radix(f->below, f->radix);
}

/* Scales so that the first digit comes next; returns how many digits stand before the point. */
static int free_scale(FreeFormat *f)
{
    int point = 0;

    while (free_reaches(f)) {
        times_radix(f->s, f->radix);
        point += 1;
    }
    for (;;) {
        FreeFormat next = *f;
        free_times(&next);
        if (free_reaches(&next))
            return point;
        *f = next;
        point -= 1;
    }
}

/* Yields the next digit; false if it is the last one. */
static bool free_digit(FreeFormat *f, unsigned *digit)
{
    mp_limb_t doubled[FREE_LIMBS];

    free_times(f);
    *digit = 0;
    while (mpn_cmp(f->r, f->s, FREE_LIMBS) >= 0) {
        mpn_sub_n(f->r, f->r, f->s, FREE_LIMBS);
        *digit += 1;
    }
    int order = mpn_cmp(f->r, f->below, FREE_LIMBS);
    bool low = f->even ? order <= 0 : order < 0;
    bool high = free_reaches(f);
    if (!low && !high)
        return true;
    mpn_lshift(doubled, f->r, FREE_LIMBS, 1);
    if (high && (!low || mpn_cmp(doubled, f->s, FREE_LIMBS) >= 0))
        *digit += 1;
    return false;
}

static void push_times(Buffer *to, char c, int count)
{
    for (int i = 0; i < count; i += 1)
        li_buffer_push(to, &c, 1);
}

static void print_free(double d, unsigned radix, Buffer *to)
{
    static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    FreeFormat f;
    unsigned digit;
    bool more = true;

    free_start(&f, li_flonum_parts(d), radix);
    int point = free_scale(&f);
    if (point <= 0) {
        li_buffer_push(to, "0.", 2);
        push_times(to, '0', -point);
    }
    for (; more; point -= 1) {
        more = free_digit(&f, &digit);
        li_buffer_push(to, &alphabet[digit], 1);
        if (point == 1)
            li_buffer_push(to, more ? "." : ".0", more ? 1 : 2);
    }
    if (point > 0) {
        push_times(to, '0', point);
        li_buffer_push(to, ".0", 2);
    }
}

void li_flonum_print(double d, unsigned radix, Buffer *to)
{
    char text[FLONUM_TEXT_BYTES];

    if (radix == 10 || !isfinite(d) || d == 0) {
        li_buffer_push(to, text, li_flonum_format(d, text));
        return;
    }
    if (d < 0)
        li_buffer_push(to, "-", 1);
    print_free(fabs(d), radix, to);
}
