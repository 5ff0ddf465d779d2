/* port_fast.h - one character or byte from or to the buffer of a port, inline.
 *
 * Each does the whole operation and returns true where that takes no more than a look at the
 * buffer; otherwise it changes nothing and returns false, whatever the reason: not a port, not
 * open, the wrong kind, an empty or full buffer, the end of a line, input that is not plainly
 * valid UTF-8.
 */
#ifndef LI_TYPES_PORT_FAST_H
#define LI_TYPES_PORT_FAST_H

#include "memory/utf8.h"
#include "types/port_internal.h"

/* The state of an open port of one direction and kind, or NULL. */
ALWAYS_INLINE PortState *port_fast_state(Value v, unsigned direction, unsigned kind)
{
    PortState *state;

    if (UNLIKELY(!value_is_port(v)))
        return NULL;
    state = li_port_of(v)->state;
    return LIKELY((state->open & direction) != 0 && (state->flags & kind) != 0) ? state
                                                                                : NULL;
}

/* The next character, unless it ends a line, and how many bytes it takes; else 0. */
ALWAYS_INLINE size_t port_fast_next(Value port, uint32_t *c)
{
    PortState *state = port_fast_state(port, PORT_INPUT, PORT_TEXTUAL);
    size_t bytes;

    if (UNLIKELY(state == NULL))
        return 0;
    bytes = utf8_decode_common(state->stream.at,
                               (size_t)(state->stream.end - state->stream.at), c);
    return LIKELY(bytes != 0 && *c >= 0x20) ? bytes : 0;
}

ALWAYS_INLINE bool li_port_fast_peek_char(Value port, uint32_t *c)
{
    return port_fast_next(port, c) != 0;
}

ALWAYS_INLINE bool li_port_fast_read_char(Value port, uint32_t *c)
{
    size_t bytes = port_fast_next(port, c);

    if (UNLIKELY(bytes == 0))
        return false;
    li_stream_skip(&li_port_of(port)->state->stream, bytes, 1);
    return true;
}

ALWAYS_INLINE bool li_port_fast_peek_byte(Value port, uint8_t *byte)
{
    PortState *state = port_fast_state(port, PORT_INPUT, PORT_BINARY);

    if (UNLIKELY(state == NULL || state->stream.at == state->stream.end))
        return false;
    *byte = (uint8_t)*state->stream.at;
    return true;
}

ALWAYS_INLINE bool li_port_fast_read_byte(Value port, uint8_t *byte)
{
    if (!li_port_fast_peek_byte(port, byte))
        return false;
    li_port_of(port)->state->stream.at += 1;
    return true;
}

/* Room for `bytes` more, and nobody to be told of them: no line to send, no look for an
 * interrupt due. */
ALWAYS_INLINE bool port_fast_has_room(const PortState *state, size_t bytes)
{
    size_t length = state->out_length;

    return LIKELY(state->out_capacity - length >= bytes)
        && (state->is_memory ? ((length ^ (length + bytes)) & PORT_HEED_BYTES) == 0
                             : state->buffering == PORT_BUFFER_FULL);
}

ALWAYS_INLINE bool li_port_fast_write_char(Value port, uint32_t c)
{
    PortState *state = port_fast_state(port, PORT_OUTPUT, PORT_TEXTUAL);

    if (UNLIKELY(state == NULL || !port_fast_has_room(state, UTF8_MAX_BYTES)))
        return false;
    if (LIKELY(c < 0x80)) {
        state->out[state->out_length] = (char)c;
        state->out_length += 1;
    } else {
        state->out_length += li_utf8_encode(c, state->out + state->out_length);
    }
    return true;
}

ALWAYS_INLINE bool li_port_fast_write_byte(Value port, uint8_t byte)
{
    PortState *state = port_fast_state(port, PORT_OUTPUT, PORT_BINARY);

    if (UNLIKELY(state == NULL || !port_fast_has_room(state, 1)))
        return false;
    state->out[state->out_length] = (char)byte;
    state->out_length += 1;
    return true;
}

#endif /* LI_TYPES_PORT_FAST_H */
