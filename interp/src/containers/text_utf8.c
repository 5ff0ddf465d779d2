/* text_utf8.c - texts from UTF-8 and to it. */
#include "containers/rawarray.h"
#include "containers/text.h"
#include "memory/utf8.h"

#include <stdlib.h>

size_t li_ascii_prefix(const void *bytes, size_t count)
{
    const uint8_t *at = bytes;
    size_t i = 0;

    for (; i + 32 <= count; i += 32) {
        uint64_t words[4];

        memcpy(words, at + i, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080))
            != 0)
            break;
    }
    while (i < count && at[i] < 0x80)
        i += 1;
    return i;
}

ALWAYS_INLINE size_t decode_at(const char *from, size_t bytes, uint32_t *c, bool *valid)
{
    size_t common = utf8_decode_common(from, bytes, c);

    *valid = true;
    return LIKELY(common != 0) ? common : li_utf8_decode(from, bytes, c, valid);
}

typedef struct Extent {
    uint64_t chars;
    uint32_t all; /* the characters or-ed: below 256 if each of them is */
    bool valid;
} Extent;

static Extent measure(const char *utf8, size_t bytes)
{
    Extent extent = {0, 0, true};
    size_t i = li_ascii_prefix(utf8, bytes);

    extent.chars = i;
    while (i < bytes) {
        uint32_t c;
        bool valid;

        i += decode_at(utf8 + i, bytes - i, &c, &valid);
        extent.chars += 1;
        extent.all |= c;
        extent.valid &= valid;
    }
    return extent;
}

static void decode_narrow(const char *utf8, size_t bytes, uint8_t *to)
{
    bool valid;

    for (size_t i = 0; i < bytes; to += 1) {
        uint32_t c;

        i += decode_at(utf8 + i, bytes - i, &c, &valid);
        *to = (uint8_t)c;
    }
}

static void decode_wide(const char *utf8, size_t bytes, uint32_t *to)
{
    bool valid;

    for (size_t i = 0; i < bytes; to += 1)
        i += decode_at(utf8 + i, bytes - i, to, &valid);
}

static Status from_measured(Heap *heap, const char *utf8, size_t bytes, Extent extent,
                            Value *result)
{
    uint32_t width = extent.all < 0x100 ? 1 : 4;
    Text *text;

    TRY(li_text_unfilled(heap, extent.chars, width, &text));
    if (width == 4)
        decode_wide(utf8, bytes, text_bytes(text));
    else if (extent.chars != bytes)
        decode_narrow(utf8, bytes, text_bytes(text));
    else if (bytes != 0)
        memcpy(text_bytes(text), utf8, bytes);
    *result = value_from_object(text);
    return OK;
}

Status li_text_from_utf8(Heap *heap, const char *utf8, size_t bytes, Value *result)
{
    Extent extent = measure(utf8, bytes);

    return extent.valid ? from_measured(heap, utf8, bytes, extent, result)
                        : ERR_ENCODING;
}

Status li_text_from_utf8_lossy(Heap *heap, const char *utf8, size_t bytes,
                               Value *result)
{
    return from_measured(heap, utf8, bytes, measure(utf8, bytes), result);
}

size_t li_text_utf8_bytes(const Text *text, uint64_t start, uint64_t end)
{
    size_t bytes = 0;

    ASSERT(start <= end && end <= text->length);
    if (text->width == 1) {
        const uint8_t *chars = text_bytes(text);

        for (uint64_t i = start; i < end; i += 1)
            bytes += 1 + (size_t)(chars[i] >> 7);
        return bytes;
    }
    for (uint64_t i = start; i < end; i += 1)
        bytes += utf8_bytes_of(li_text_at(text, i));
    return bytes;
}

void li_text_to_utf8(const Text *text, uint64_t start, uint64_t end, char *to)
{
    ASSERT(start <= end && end <= text->length);
    for (uint64_t i = start; i < end; i += 1) {
        uint32_t c = li_text_at(text, i);
        char bytes[UTF8_MAX_BYTES];

        if (LIKELY(c < 0x80)) {
            *to = (char)c;
            to += 1;
            continue;
        }
        if (LIKELY(c < 0x800)) {
            to[0] = (char)(0xc0 | c >> 6);
            to[1] = (char)(0x80 | (c & 0x3f));
            to += 2;
            continue;
        }

        size_t count = li_utf8_encode(c, bytes);

        memcpy(to, bytes, count);
        to += count;
    }
}

Status li_text_c_string(const Text *text, char **result)
{
    size_t bytes = li_text_utf8_bytes(text, 0, text->length);
    char *copy = malloc(bytes + 1);

    if (copy == NULL)
        return ERR_NO_MEMORY;
    li_text_to_utf8(text, 0, text->length, copy);
    copy[bytes] = '\0';
    *result = copy;
    return OK;
}
