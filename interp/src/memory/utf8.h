/* utf8.h - UTF-8, one character at a time. */
#ifndef LI_MEMORY_UTF8_H
#define LI_MEMORY_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "immix/compiler.h"

enum { UTF8_MAX_BYTES = 4, UTF8_REPLACEMENT = 0xfffd, UNICODE_MAX = 0x10ffff };

ALWAYS_INLINE bool unicode_is_scalar(uint32_t c)
{
    return c < 0xd800 || (c >= 0xe000 && c <= UNICODE_MAX);
}

/* Decodes at most `bytes` (>= 1) bytes at `from`: returns how many were consumed (>= 1) and
 * the character, or U+FFFD with *valid false. Overlong forms, surrogates and what lies beyond
 * U+10FFFF are invalid; of an invalid sequence the longest prefix that could have begun a
 * character is consumed, so that one fault gives one U+FFFD. */
size_t li_utf8_decode(const char *from, size_t bytes, uint32_t *c, bool *valid);
/* Writes 1 to 4 bytes; returns how many. */
size_t li_utf8_encode(uint32_t c, char to[4]);

/* Decodes the common cases inline: one to three bytes, all there and valid. Returns how many, or
 * 0 if the case is another one. */
ALWAYS_INLINE size_t utf8_decode_common(const char *from, size_t bytes, uint32_t *c)
{
    const uint8_t *at = (const uint8_t *)from;

    if (bytes >= 1 && at[0] < 0x80) {
        *c = at[0];
        return 1;
    }
    if (bytes >= 2 && at[0] >= 0xc2 && at[0] < 0xe0 && (at[1] & 0xc0) == 0x80) {
        *c = (at[0] & 0x1fU) << 6 | (at[1] & 0x3fU);
        return 2;
    }
    /* 0xe0 has overlong forms and 0xed surrogates. */
    if (bytes >= 3 && at[0] > 0xe0 && at[0] < 0xf0 && at[0] != 0xed && (at[1] & 0xc0) == 0x80
        && (at[2] & 0xc0) == 0x80) {
        *c = (at[0] & 0xfU) << 12 | (at[1] & 0x3fU) << 6 | (at[2] & 0x3fU);
        return 3;
    }
    return 0;
}

/* Bytes that li_utf8_encode would write. */
ALWAYS_INLINE size_t utf8_bytes_of(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

#endif /* LI_MEMORY_UTF8_H */
