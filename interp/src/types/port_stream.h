/* port_stream.h - a window on UTF-8 text that is read a character at a time, with the line and
 * column of the next one.
 *
 * The reader of data and the textual ports both read through it; a text in memory is a window
 * that is never refilled. Invalid UTF-8 reads as U+FFFD, one character for each maximal
 * invalid sequence. Lines end with LF, CR or CR LF. No function here touches the heap.
 */
#ifndef LI_TYPES_PORT_STREAM_H
#define LI_TYPES_PORT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/status.h"

/* In place of a character. */
enum {
    STREAM_END = -1,    /* the input ended */
    STREAM_FAILED = -2, /* it could not be read: see TextStream.status */
};

typedef struct TextStream {
    const char *at, *end; /* the bytes that are here and not consumed */
    const char
        *mark; /* NULL, or an earlier place to which li_stream_rewind goes back */
    uint32_t line, column; /* of the next character; both from 1 */
    uint32_t mark_line, mark_column;
    bool after_return; /* the last character that ended a line was CR */
    bool mark_after_return;
    Status status; /* OK until fill failed */
    /* Appends at least one byte to the window, which it may move, keeping all from `mark`, or
     * from `at` if that is NULL. False: the input ended, or `status` says why not. May be
     * NULL: all is here. */
    bool (*fill)(struct TextStream *stream);
    void *context;
} TextStream;

/* `bytes` are not copied. */
void li_stream_from_memory(TextStream *stream, const char *utf8, size_t bytes);

/* Asks for more bytes; false at the end or on failure. */
ALWAYS_INLINE bool li_stream_fill(TextStream *stream)
{
    return stream->fill != NULL && stream->fill(stream);
}

/* What to answer when li_stream_fill said no. */
ALWAYS_INLINE int32_t li_stream_end(const TextStream *stream)
{
    return stream->status == OK ? STREAM_END : STREAM_FAILED;
}

/* The byte `offset` bytes ahead, or STREAM_END or STREAM_FAILED. */
int32_t li_stream_byte(TextStream *stream, size_t offset);

/* True if the window ends inside the character `offset` bytes ahead, which must begin in it, and
 * more bytes could complete that. */
bool li_stream_is_cut(const TextStream *stream, size_t offset);

/* Decodes the character `offset` bytes ahead without consuming it; *bytes is its length. */
int32_t li_stream_decode(TextStream *stream, size_t offset, size_t *bytes, bool *valid);

/* Consumes `bytes` bytes that hold `columns` characters and no end of a line. */
ALWAYS_INLINE void li_stream_skip(TextStream *stream, size_t bytes, size_t columns)
{
    stream->at += bytes;
    stream->column += (uint32_t)columns;
}

int32_t li_stream_peek_slow(TextStream *stream);
int32_t li_stream_next_slow(TextStream *stream);

/* The next character, not consumed. */
ALWAYS_INLINE int32_t li_stream_peek(TextStream *stream)
{
    if (LIKELY(stream->at < stream->end && (unsigned char)*stream->at < 0x80))
        return *stream->at;
    return li_stream_peek_slow(stream);
}

/* The next character, consumed. */
ALWAYS_INLINE int32_t li_stream_next(TextStream *stream)
{
    if (LIKELY(stream->at < stream->end
               && (unsigned char)(*stream->at - 0x20) < 0x60)) {
        stream->column += 1;
        stream->at += 1;
        return stream->at[-1];
    }
    return li_stream_next_slow(stream);
}

void li_stream_set_mark(TextStream *stream);
void li_stream_clear_mark(TextStream *stream);
/* Back to the mark, which must be set and stays. */
void li_stream_rewind(TextStream *stream);

/* U+00A0, U+3000 and the like: space, but not ASCII. */
bool li_is_wide_space(uint32_t c);

#endif /* LI_TYPES_PORT_STREAM_H */
