/* flonum.c - doubles from parts, and the powers of ten that conversions need. */
#include "types/flonum.h"

__extension__ typedef unsigned __int128 Wide;

enum {
    MANTISSA_BITS = 52,
    EXPONENT_BIAS = 1023,
    EXPONENT_MIN = -1022, /* of normal doubles */
    EXPONENT_MAX = 1023,
};

#define SIGN_BIT      ((uint64_t)1 << 63)
#define INFINITY_BITS ((uint64_t)0x7ff << MANTISSA_BITS)

/* m / 2^drop rounded to nearest, 11 <= drop <= 64. */
static uint64_t round_off(uint64_t m, unsigned drop, bool lost)
{
    uint64_t kept = drop == 64 ? 0 : m >> drop;
    uint64_t rest = drop == 64 ? m : m & (((uint64_t)1 << drop) - 1);
    uint64_t half = (uint64_t)1 << (drop - 1);

    return kept + (rest > half || (rest == half && (lost || (kept & 1))));
}

double li_flonum_assemble(bool negative, uint64_t m, bool lost, int64_t exponent)
{
    uint64_t sign = negative ? SIGN_BIT : 0;

    if (m == 0)
        return flonum_from_bits(sign);
    int shift = __builtin_clzll(m);
    m <<= shift;
    /* |d| = m * 2^-63 * 2^e, 1 <= m * 2^-63 < 2 */
    int64_t e = exponent - shift + 63;
    if (e > EXPONENT_MAX)
        return flonum_from_bits(sign | INFINITY_BITS);
    if (e < EXPONENT_MIN - MANTISSA_BITS - 1)
        return flonum_from_bits(sign);
    /* A mantissa that rounds up to the next power of two carries into the exponent. */
    if (e >= EXPONENT_MIN)
        return flonum_from_bits(sign
                                | (((uint64_t)(e + EXPONENT_BIAS - 1) << MANTISSA_BITS)
                                   + round_off(m, 63 - MANTISSA_BITS, lost)));
    unsigned drop = (unsigned)(63 - MANTISSA_BITS + (EXPONENT_MIN - e));
    return flonum_from_bits(sign | round_off(m, drop, lost));
}

FlonumParts li_flonum_parts(double d)
{
    uint64_t bits = flonum_to_bits(d);
    uint64_t mantissa = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    int exponent = (int)(bits >> MANTISSA_BITS & 0x7ff);

    if (exponent == 0)
        exponent = 1;
    else
        mantissa |= (uint64_t)1 << MANTISSA_BITS;
    return (FlonumParts){mantissa, exponent - EXPONENT_BIAS - MANTISSA_BITS};
}

/* ---- Powers of ten ------------------------------------------------------------------------- */

/* 10^k and 5^k have the same leading bits. Every 27th power is kept, to 192 bits and rounded
 * down; 5^27 is the first power of five that does not fit 64 bits. What lies between is a
 * product, and 64 bits more than needed make it right to the last bit for every k (which was
 * checked for each, against exact arithmetic). */
enum {
    POW10_STEP = 27
};

static const uint64_t pow10_base[][3] = {
    {0x8049a4ac0c5811ae, 0x205b896d777d6278, 0xac261e9f5141430b}, /* 10^-351 */
    {0xcf42894a5dce35ea, 0x52064cac828675b9, 0x475f2b7d7df1ad7a}, /* 10^-324 */
    {0xa76c582338ed2621, 0xaf2af2b80af6f24e, 0x657c8f4d43323a36}, /* 10^-297 */
    {0x873e4f75e2224e68, 0x5a7744a6e804a291, 0xcc35eddfcf0996d7}, /* 10^-270 */
    {0xda7f5bf590966848, 0xaf39a475506a899e, 0xa30294cc2934e662}, /* 10^-243 */
    {0xb080392cc4349dec, 0xbd8d794d96aacfb3, 0xfe13a5c86af64418}, /* 10^-216 */
    {0x8e938662882af53e, 0x547eb47b7282ee9c, 0x41b0230e1421487d}, /* 10^-189 */
    {0xe65829b3046b0afa, 0x0cb4a5a3112a5112, 0xa3b561b1cb208396}, /* 10^-162 */
    {0xba121a4650e4ddeb, 0x92f34d62616ce413, 0x21a0183e10583cd3}, /* 10^-135 */
    {0x964e858c91ba2655, 0x3a6a07f8d510f86f, 0xe9082f25e9c5e9ec}, /* 10^-108 */
    {0xf2d56790ab41c2a2, 0xfae27299423fb9c3, 0x3695dad7e8858901}, /* 10^-81 */
    {0xc428d05aa4751e4c, 0xaa97e14c3c26b886, 0x96842dc95323f5a8}, /* 10^-54 */
    {0x9e74d1b791e07e48, 0x775ea264cf55347d, 0xca49f1c05120c9c7}, /* 10^-27 */
    {0x8000000000000000, 0x0000000000000000, 0x0000000000000000}, /* 10^0 */
    {0xcecb8f27f4200f3a, 0x0000000000000000, 0x0000000000000000}, /* 10^27 */
    {0xa70c3c40a64e6c51, 0x999090b65f67d924, 0x0000000000000000}, /* 10^54 */
    {0x86f0ac99b4e8dafd, 0x69a028bb3ded71a3, 0xdf9f915627c04e28}, /* 10^81 */
    {0xda01ee641a708de9, 0xe80e6f4820cc9495, 0xd74baad03bc1d8d3}, /* 10^108 */
    {0xb01ae745b101e9e4, 0x5ec05dcff72e7f8f, 0xc04c79ffe324301f}, /* 10^135 */
    {0x8e41ade9fbebc27d, 0x14588f13be847307, 0x23bd6a2059c002f5}, /* 10^162 */
    {0xe5d3ef282a242e81, 0x8f1668c8a86da5fa, 0xf0b5ccf5176ecc7c}, /* 10^189 */
    {0xb9a74a0637ce2ee1, 0x6d953e2bd7173692, 0x88efb0037ac08bde}, /* 10^216 */
    {0x95f83d0a1fb69cd9, 0x4abdaf101564f98e, 0x0d5a4af7b3a98e47}, /* 10^243 */
    {0xf24a01a73cf2dccf, 0xbc633b39673c8cec, 0x3d9c44cd2f36917c}, /* 10^270 */
    {0xc3b8358109e84f07, 0x0a862f80ec4700c8, 0x02606ea01029dc37}, /* 10^297 */
    {0x9e19db92b4e31ba9, 0x6c07a2c26a8346d1, 0x4944d9f52cd0dec2}, /* 10^324 */
};

static const uint64_t pow5[POW10_STEP] = {
    1,
    5,
    25,
    125,
    625,
    3125,
    15625,
    78125,
    390625,
    1953125,
    9765625,
    48828125,
    244140625,
    1220703125,
    6103515625u,
    30517578125u,
    152587890625u,
    762939453125u,
    3814697265625u,
    19073486328125u,
    95367431640625u,
    476837158203125u,
    2384185791015625u,
    11920928955078125u,
    59604644775390625u,
    298023223876953125u,
    1490116119384765625u,
};

_Static_assert(POW10_STEP *(sizeof pow10_base / sizeof pow10_base[0])
                   == (size_t)(POW10_MAX - POW10_MIN + 1),
               "the table covers the range");

Pow10 li_pow10(int k)
{
    unsigned index = (unsigned)(k - POW10_MIN);
    const uint64_t *base = pow10_base[index / POW10_STEP];
    uint64_t factor = pow5[index % POW10_STEP];

    ASSERT(k >= POW10_MIN && k <= POW10_MAX);
    /* p3..p0 = base * factor */
    Wide low = (Wide)base[2] * factor;
    Wide middle = (Wide)base[1] * factor + (uint64_t)(low >> 64);
    Wide high = (Wide)base[0] * factor + (uint64_t)(middle >> 64);
    uint64_t p0 = (uint64_t)low, p1 = (uint64_t)middle;
    Wide top = high, rest = (Wide)p1 << 64 | p0;
    if (top >> 64 == 0) {
        top = top << 64 | p1;
        rest = (Wide)p0 << 64;
    }
    int shift = __builtin_clzll((uint64_t)(top >> 64));
    if (shift != 0) {
        top = top << shift | rest >> (128 - shift);
        rest <<= shift;
    }
    top += rest != 0;
    return (Pow10){(uint64_t)(top >> 64), (uint64_t)top};
}
