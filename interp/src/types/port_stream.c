/* port_stream.c - a window on UTF-8 text that is read a character at a time. */
#include "types/port_stream.h"

#include "memory/utf8.h"

void li_stream_from_memory(TextStream *stream, const char *utf8, size_t bytes)
{
    *stream = (TextStream){.at = utf8, .end = utf8 + bytes, .line = 1, .column = 1};
}

int32_t li_stream_byte(TextStream *stream, size_t offset)
{
    while ((size_t)(stream->end - stream->at) <= offset) {
        if (!li_stream_fill(stream))
            return li_stream_end(stream);
    }
    return (unsigned char)stream->at[offset];
}

/* The length that a first byte promises. */
static size_t promised_bytes(unsigned char first)
{
    if (first < 0xc2 || first > 0xf4)
        return 1;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

bool li_stream_is_cut(const TextStream *stream, size_t offset)
{
    const char *at = stream->at + offset;
    size_t bytes = (size_t)(stream->end - at);

    if (bytes >= promised_bytes((unsigned char)at[0]))
        return false;
    for (size_t i = 1; i < bytes; i += 1) {
        if (((unsigned char)at[i] & 0xc0) != 0x80)
            return false;
    }
    return true;
}

int32_t li_stream_decode(TextStream *stream, size_t offset, size_t *bytes, bool *valid)
{
    int32_t first = li_stream_byte(stream, offset);
    uint32_t c;

    *bytes = 0;
    *valid = true;
    if (first < 0)
        return first;
    while (li_stream_is_cut(stream, offset)) {
        if (!li_stream_fill(stream)) {
            if (stream->status != OK)
                return STREAM_FAILED;
            break;
        }
    }
    *bytes = li_utf8_decode(stream->at + offset,
                            (size_t)(stream->end - stream->at) - offset, &c, valid);
    return (int32_t)c;
}

int32_t li_stream_peek_slow(TextStream *stream)
{
    size_t bytes;
    uint32_t common;
    bool valid;

    if (utf8_decode_common(stream->at, (size_t)(stream->end - stream->at), &common)
        != 0)
        return (int32_t)common;
    return li_stream_decode(stream, 0, &bytes, &valid);
}

int32_t li_stream_next_slow(TextStream *stream)
{
    size_t bytes;
    bool valid;
    uint32_t common = 0;
    int32_t c;

    bytes = utf8_decode_common(stream->at, (size_t)(stream->end - stream->at), &common);
    c = (int32_t)common;
    if (UNLIKELY(bytes == 0))
        c = li_stream_decode(stream, 0, &bytes, &valid);
    stream->at += bytes;
    if (c == '\n' || c == '\r') {
        /* Nothing resets after_return at other characters: they move the column. */
        if (c == '\r' || !stream->after_return || stream->column != 1)
            stream->line += 1;
        stream->column = 1;
        stream->after_return = c == '\r';
    } else if (c >= 0) {
        stream->column += 1;
    }
    return c;
}

void li_stream_set_mark(TextStream *stream)
{
    stream->mark = stream->at;
    stream->mark_line = stream->line;
    stream->mark_column = stream->column;
    stream->mark_after_return = stream->after_return;
}

void li_stream_clear_mark(TextStream *stream)
{
    stream->mark = NULL;
}

void li_stream_rewind(TextStream *stream)
{
    ASSERT(stream->mark != NULL);
    stream->at = stream->mark;
    stream->line = stream->mark_line;
    stream->column = stream->mark_column;
    stream->after_return = stream->mark_after_return;
}

bool li_is_wide_space(uint32_t c)
{
    switch (c) {
    case 0x85:
    case 0xa0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
    case 0xfeff: return true; /* the byte order mark that some editors leave */
    default: return c >= 0x2000 && c <= 0x200a;
    }
}
