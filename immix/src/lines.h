/* lines.h - sweeping the line bytes of a block, with vectors where the machine has them.
 *
 * A line's byte is an epoch, 0 to 3. Each version returns the map of the lines that do not
 * hold `epoch`, and clears their bytes, so that no stale mark can come to mean something when
 * epochs wrap. A sweep of 1 GiB of blocks reads 8 MiB of bytes, so this is what decides how
 * long a full collection takes when little lives. */
#ifndef IMMIX_LINES_H
#define IMMIX_LINES_H

#include <string.h>

#include "block.h"

#if HAS_SSE2
#    include <emmintrin.h>
#elif HAS_NEON
#    include <arm_neon.h>
#endif

/* Eight line bytes at a time: each is at most 3, so two bits tell whether it differs from
 * the epoch, and a multiplication gathers the eight answers in a byte. Little-endian. */
ALWAYS_INLINE uint64_t sweep_eight_lines(uint8_t *lines, uint8_t epoch)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t bytes;
    memcpy(&bytes, lines, sizeof bytes);

    uint64_t differ = bytes ^ (ones * epoch);
    differ = (differ | differ >> 1) & ones;
    bytes &= ~(differ * 0xFF);
    memcpy(lines, &bytes, sizeof bytes);
    return differ * 0x0102040810204080 >> 56;
}

ALWAYS_INLINE FreeMap immix_sweep_lines_portable(uint8_t *lines, uint8_t epoch)
{
    FreeMap map = {{0}};

    for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 8)
        map.words[i / 64] |= sweep_eight_lines(lines + i, epoch) << i % 64;
    return map;
}

#if HAS_SSE2
#    define IMMIX_SWEEP_VECTOR 1

ALWAYS_INLINE uint64_t sweep_sixteen_lines(uint8_t *lines, __m128i epochs)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)lines);
    __m128i equal = _mm_cmpeq_epi8(bytes, epochs);

    _mm_storeu_si128((__m128i *)(void *)lines, _mm_and_si128(bytes, equal));
    return ~(uint64_t)(unsigned)_mm_movemask_epi8(equal) & 0xFFFF;
}

ALWAYS_INLINE FreeMap immix_sweep_lines_vector(uint8_t *lines, uint8_t epoch)
{
    __m128i epochs = _mm_set1_epi8((char)epoch);
    FreeMap map = {{0}};

    for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 16)
        map.words[i / 64] |= sweep_sixteen_lines(lines + i, epochs) << i % 64;
    return map;
}

#elif HAS_NEON
#    define IMMIX_SWEEP_VECTOR 1

/* There is no instruction that gathers the bits: each byte keeps the bit of its place, and
 * three additions of neighbours bring 64 of them together. */
ALWAYS_INLINE uint64_t sweep_sixty_four_lines(uint8_t *lines, uint8x16_t epochs)
{
    static const uint8_t place_bits[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                           1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t places = vld1q_u8(place_bits);
    uint8x16_t differ[4];

    for (unsigned i = 0; i < 4; i += 1) {
        uint8x16_t bytes = vld1q_u8(lines + 16 * i);
        uint8x16_t equal = vceqq_u8(bytes, epochs);
        vst1q_u8(lines + 16 * i, vandq_u8(bytes, equal));
        differ[i] = vbicq_u8(places, equal);
    }
    uint8x16_t low = vpaddq_u8(differ[0], differ[1]);
    uint8x16_t high = vpaddq_u8(differ[2], differ[3]);
    uint8x16_t all = vpaddq_u8(low, high);
    all = vpaddq_u8(all, all);
    return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

ALWAYS_INLINE FreeMap immix_sweep_lines_vector(uint8_t *lines, uint8_t epoch)
{
    uint8x16_t epochs = vdupq_n_u8(epoch);
    FreeMap map;

    for (unsigned i = 0; i < MAP_WORDS; i += 1)
        map.words[i] = sweep_sixty_four_lines(lines + 64 * i, epochs);
    return map;
}

#else
#    define IMMIX_SWEEP_VECTOR 0
#endif

ALWAYS_INLINE FreeMap immix_sweep_lines(uint8_t *lines, uint8_t epoch)
{
#if IMMIX_SWEEP_VECTOR
    return immix_sweep_lines_vector(lines, epoch);
#else
    return immix_sweep_lines_portable(lines, epoch);
#endif
}

#endif /* IMMIX_LINES_H */
