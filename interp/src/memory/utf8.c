/* utf8.c - UTF-8, one character at a time.
 *
 * Well-formed sequences are those of table 3-7 of the Unicode standard: the second byte's
 * range depends on the first, all later ones are 80 to BF.
 */
#include "memory/utf8.h"

#include "memory/status.h"

typedef struct Lead {
    unsigned follow;   /* continuation bytes; 0: not a lead byte */
    uint8_t low, high; /* range of the second byte */
    uint32_t payload;  /* the lead byte's bits of the character */
} Lead;

static Lead classify(uint8_t b)
{
    if (b >= 0xc2 && b <= 0xdf)
        return (Lead){1, 0x80, 0xbf, b & 0x1fU};
    if (b >= 0xe0 && b <= 0xef)
        return (Lead){2, b == 0xe0 ? 0xa0 : 0x80, b == 0xed ? 0x9f : 0xbf, b & 0x0fU};
    if (b >= 0xf0 && b <= 0xf4)
        return (Lead){3, b == 0xf0 ? 0x90 : 0x80, b == 0xf4 ? 0x8f : 0xbf, b & 0x07U};
    return (Lead){0, 0, 0, 0};
}

size_t li_utf8_decode(const char *from, size_t bytes, uint32_t *c, bool *valid)
{
    const uint8_t *at = (const uint8_t *)from;

    ASSERT(bytes >= 1);
    *valid = true;
    if (at[0] < 0x80) {
        *c = at[0];
        return 1;
    }

    Lead lead = classify(at[0]);
    size_t used = 1;

    *valid = lead.follow != 0;
    for (; used <= lead.follow; used += 1) {
        if (used == bytes || at[used] < lead.low || at[used] > lead.high) {
            *valid = false;
            break;
        }
        lead.payload = lead.payload << 6 | (at[used] & 0x3fU);
        lead.low = 0x80;
        lead.high = 0xbf;
    }
    *c = *valid ? lead.payload : UTF8_REPLACEMENT;
    return used;
}

size_t li_utf8_encode(uint32_t c, char to[4])
{
    ASSERT(unicode_is_scalar(c));
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}
