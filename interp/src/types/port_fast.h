/* port_fast.h - one character or byte from or to the buffer of a port, inline.
 *
 * Each does the whole operation and returns true where that takes no more than a look at the
 * buffer; otherwise it changes nothing and returns false, whatever the reason: not a port, not
 * one of that kind alone, not open, an empty or full buffer, a character that is not ASCII, or
 * that could end a line when it is read.
 *
 * A port that is closed has neither input in its window nor output that is plain, so that
 * nothing here asks whether it is open.
 */
#ifndef LI_TYPES_PORT_FAST_H
#define LI_TYPES_PORT_FAST_H

#include "types/port_internal.h"

/* True for a port that is what `flags` says and nothing else. */
ALWAYS_INLINE bool port_fast_is(Value v, unsigned flags)
{
    return value_is_object(v)
        && immix_type_and_extra_of(value_to_object(v)) == (T_PORT | flags << 8);
}

ALWAYS_INLINE bool li_port_fast_peek_char(Value port, uint32_t *c)
{
    const TextStream *stream;

    if (UNLIKELY(!port_fast_is(port, PORT_INPUT | PORT_TEXTUAL)))
        return false;
    stream = &li_port_of(port)->state->stream;
    if (UNLIKELY(stream->at == stream->end))
        return false;
    *c = (uint8_t)*stream->at;
    return LIKELY(*c - 0x20 < 0x60);
}

ALWAYS_INLINE bool li_port_fast_read_char(Value port, uint32_t *c)
{
    if (UNLIKELY(!li_port_fast_peek_char(port, c)))
        return false;
    li_stream_skip(&li_port_of(port)->state->stream, 1, 1);
    return true;
}

ALWAYS_INLINE bool li_port_fast_peek_byte(Value port, uint8_t *byte)
{
    const TextStream *stream;

    if (UNLIKELY(!port_fast_is(port, PORT_INPUT | PORT_BINARY)))
        return false;
    stream = &li_port_of(port)->state->stream;
    if (UNLIKELY(stream->at == stream->end))
        return false;
    *byte = (uint8_t)*stream->at;
    return true;
}

ALWAYS_INLINE bool li_port_fast_read_byte(Value port, uint8_t *byte)
{
    if (UNLIKELY(!li_port_fast_peek_byte(port, byte)))
        return false;
    li_port_of(port)->state->stream.at += 1;
    return true;
}

ALWAYS_INLINE bool port_fast_put(Value port, unsigned flags, uint32_t byte)
{
    PortState *state;

    if (UNLIKELY(!port_fast_is(port, flags)))
        return false;
    state = li_port_of(port)->state;
    if (UNLIKELY(state->out_length >= state->out_plain))
        return false;
    state->out[state->out_length] = (char)byte;
    state->out_length += 1;
    return true;
}

/* Anything but an ASCII character is refused. Its word without the tag, which goes from the low
 * byte to the high one and becomes 0, is its code: one comparison sees to both. */
ALWAYS_INLINE bool li_port_fast_write_char(Value port, Value c)
{
    uint64_t code = (c.bits >> 8 | c.bits << 56) - (value_from_char(0).bits << 56);

    return LIKELY(code < 0x80) && port_fast_put(port, PORT_OUTPUT | PORT_TEXTUAL, (uint32_t)code);
}

/* The same for what is no byte. */
ALWAYS_INLINE bool li_port_fast_write_byte(Value port, Value byte)
{
    return LIKELY(value_is_fixnum(byte) && byte.bits >> 2 <= UINT8_MAX)
        && port_fast_put(port, PORT_OUTPUT | PORT_BINARY, (uint32_t)(byte.bits >> 2));
}

#endif /* LI_TYPES_PORT_FAST_H */
