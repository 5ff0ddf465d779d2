/* hash.h - hashes of words and bytes.
 *
 * The low 32 bits of a hash depend on all bits of what was hashed, the high ones among them
 * most: dict_place() takes them. There is no seed: the same data has the same hash in every
 * run. hash_step() is one multiplication, which spreads arithmetic progressions and multiples
 * of powers of two evenly; hash_end() makes every bit depend on every other.
 */
#ifndef LI_CONTAINERS_HASH_H
#define LI_CONTAINERS_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "immix/compiler.h"

#define HASH_SEED UINT64_C(0xcbf29ce484222325)

ALWAYS_INLINE uint64_t hash_step(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

ALWAYS_INLINE uint64_t hash_end(uint64_t hash)
{
    hash = (hash ^ hash >> 29) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 32;
}

/* Up to eight bytes, the first one lowest on every machine. */
ALWAYS_INLINE uint64_t hash_bytes_word(const uint8_t *bytes, size_t count)
{
    uint64_t word = 0;

    if (LIKELY(count >= 8)) {
        memcpy(&word, bytes, 8);
        return LITTLE_ENDIAN_64(word);
    }
    if (count >= 4) {
        uint32_t low, high;

        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + count - 4, 4);
        word = LITTLE_ENDIAN_32(low)
             | (uint64_t)LITTLE_ENDIAN_32(high) << (count - 4) * 8;
        return word;
    }
    for (size_t i = 0; i < count; i += 1)
        word |= (uint64_t)bytes[i] << i * 8;
    return word;
}

/* Of bytes, eight at a time. */
ALWAYS_INLINE uint64_t hash_bytes(const uint8_t *bytes, size_t count)
{
    uint64_t hash = HASH_SEED;
    size_t i = 0;

    for (; count - i > 8; i += 8)
        hash = hash_step(hash, hash_bytes_word(bytes + i, 8));
    hash = hash_step(hash, hash_bytes_word(bytes + i, count - i));
    return hash_end(hash ^ count);
}

/* Of characters that come one by one: the same as that of the bytes if all are below 256. */
typedef struct CharHash {
    uint64_t hash, low, high, count;
} CharHash;

ALWAYS_INLINE CharHash char_hash_begin(void)
{
    return (CharHash){HASH_SEED, 0, 0, 0};
}

/* What is above a byte has a word of its own, which counts only where it is not zero. */
ALWAYS_INLINE void char_hash_flush(CharHash *h)
{
    if (h->high != 0)
        h->hash = hash_step(h->hash, h->high);
    h->hash = hash_step(h->hash, h->low);
    h->low = h->high = 0;
}

ALWAYS_INLINE void char_hash_push(CharHash *h, uint32_t c)
{
    unsigned place = (unsigned)(h->count & 7) * 8;

    if (place == 0 && h->count != 0)
        char_hash_flush(h);
    h->low |= (uint64_t)(c & 0xff) << place;
    h->high += (uint64_t)(c >> 8) << place;
    h->count += 1;
}

ALWAYS_INLINE uint64_t char_hash_end(CharHash *h)
{
    char_hash_flush(h);
    return hash_end(h->hash ^ h->count);
}

#endif /* LI_CONTAINERS_HASH_H */
