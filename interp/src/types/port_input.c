/* port_input.c - reading from ports. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "containers/array.h"
#include "memory/utf8.h"
#include "types/port_internal.h"

enum {
    LINE_SEARCH_BYTES = 512
};

/* ---- Filling the window ---------------------------------------------------------------------- */

/* A question should stand on the terminal before its answer is waited for. */
static void flush_terminals(const PortTable *table)
{
    for (PortState *state = table->first; state != NULL; state = state->next) {
        if ((state->open & PORT_OUTPUT) && state->buffering == PORT_BUFFER_LINE)
            (void)!li_port_send_buffer(state, true);
    }
}

/* Whoever types an answer ends the line of the question with it. */
static void note_line_end(const PortTable *table)
{
    for (PortState *state = table->first; state != NULL; state = state->next)
        state->mid_line = false;
}

static Status receive_from_fd(PortState *state, char *to, size_t capacity,
                              size_t *count)
{
    for (;;) {
        ssize_t read_bytes;

        if (state->may_wait)
            TRY(li_port_wait(state, POLLIN));
        read_bytes = read(state->fd, to, capacity);

        if (read_bytes >= 0) {
            *count = (size_t)read_bytes;
            return OK;
        }
        if (errno == EINTR) {
            TRY(li_port_broken_wait(state));
        } else if (errno == EAGAIN) {
            TRY(li_port_wait(state, POLLIN));
        } else {
            state->error = errno;
            return ERR_IO;
        }
    }
}

static Status receive(PortState *state, char *to, size_t capacity, size_t *count)
{
    int64_t read_bytes;

    if (state->is_shared)
        flush_terminals(state->table);
    if (state->callbacks.read == NULL)
        return receive_from_fd(state, to, capacity, count);
    read_bytes = state->callbacks.read(state->callbacks.context, to, capacity);
    if (read_bytes < 0) {
        state->error = EIO;
        /* A host's read may have been broken off by the interrupt itself. */
        TRY(li_port_broken_wait(state));
        return ERR_IO;
    }
    CHECK((uint64_t)read_bytes <= capacity);
    *count = (size_t)read_bytes;
    return OK;
}

/* Finds room behind the window: by moving it to the front, or into a larger buffer. A buffer
 * that had to grow shrinks again when it is empty. */
static Status make_room(PortState *state)
{
    TextStream *stream = &state->stream;
    const char *kept = stream->mark != NULL ? stream->mark : stream->at;
    size_t at = (size_t)(stream->at - kept);
    size_t used = (size_t)(stream->end - kept);
    size_t wanted = state->in_capacity;

    if (used == 0)
        wanted = PORT_BUFFER_BYTES;
    else if (state->in_capacity - used < state->in_capacity / 4)
        wanted = state->in_capacity * 2;
    if (state->in != NULL && kept != state->in) {
        memmove(state->in, kept, used);
        kept = state->in;
    }
    if (wanted != state->in_capacity) {
        Status status = li_port_resize(state, &state->in, &state->in_capacity, wanted);

        if (status != OK && state->in == NULL)
            return status;
        kept = state->in;
        if (status != OK && state->in_capacity == used)
            wanted = 0; /* full, and there is no more */
    }
    stream->at = kept + at;
    stream->end = kept + used;
    if (stream->mark != NULL)
        stream->mark = kept;
    return wanted == 0 ? ERR_NO_MEMORY : OK;
}

bool li_port_fill(TextStream *stream)
{
    PortState *state = stream->context;
    size_t count = 0;

    /* A wait that was broken off is not begun again by the same operation's next look. */
    if (state->at_end || stream->status != OK)
        return false;
    stream->status = make_room(state);
    if (stream->status == OK)
        stream->status =
            receive(state, state->in + (stream->end - state->in),
                    state->in_capacity - (size_t)(stream->end - state->in), &count);
    if (stream->status != OK)
        return false;
    state->at_end = count == 0;
    stream->end += count;
    if (state->is_shared && count != 0 && stream->end[-1] == '\n')
        note_line_end(state->table);
    return count != 0;
}

/* The window of a port, ready for an operation. */
static TextStream *begin(Port *port)
{
    ASSERT(li_port_is_input_open(port));
    port->state->stream.status = OK;
    return &port->state->stream;
}

/* ---- Characters ------------------------------------------------------------------------------ */

Status li_port_read_char(Port *port, int32_t *c)
{
    TextStream *stream = begin(port);

    *c = li_stream_next(stream);
    return stream->status;
}

Status li_port_peek_char(Port *port, int32_t *c)
{
    TextStream *stream = begin(port);

    *c = li_stream_peek(stream);
    return stream->status;
}

/* The first LF or CR among the bytes, or where they end. It looks at a stretch twice, and so
 * takes short ones: a line that ends with CR must not cost a search for a far LF. */
static size_t line_end_in(const char *bytes, size_t count)
{
    for (size_t at = 0; at < count; at += LINE_SEARCH_BYTES) {
        size_t here = count - at < LINE_SEARCH_BYTES ? count - at : LINE_SEARCH_BYTES;
        const char *feed = memchr(bytes + at, '\n', here);
        const char *carriage =
            memchr(bytes + at, '\r', feed != NULL ? (size_t)(feed - bytes) - at : here);

        if (carriage != NULL)
            return (size_t)(carriage - bytes);
        if (feed != NULL)
            return (size_t)(feed - bytes);
    }
    return count;
}

/* The bytes before the end of the line, or before the end. */
static size_t find_line_end(TextStream *stream)
{
    size_t at = 0;

    do {
        size_t bytes = (size_t)(stream->end - stream->at);

        at += line_end_in(stream->at + at, bytes - at);
        if (at < bytes)
            break;
    } while (li_stream_fill(stream));
    return at;
}

Status li_port_read_line(Heap *heap, Port *port, Value *result)
{
    TextStream *stream = begin(port);
    size_t bytes = find_line_end(stream);
    int32_t end = li_stream_byte(stream, bytes);
    size_t end_bytes = end < 0 ? 0 : 1;

    if (stream->status != OK)
        return stream->status;
    if (bytes == 0 && end < 0) {
        *result = VALUE_EOF;
        return OK;
    }
    if (end == '\r' && li_stream_byte(stream, bytes + 1) == '\n')
        end_bytes = 2;
    TRY(li_text_from_utf8_lossy(heap, stream->at, bytes, result));
    if (end < 0) {
        li_stream_skip(stream, bytes, (size_t)value_to_text(*result)->length);
    } else {
        stream->at += bytes + end_bytes;
        stream->line += 1;
        stream->column = 1;
        stream->after_return = false;
    }
    return OK;
}

/* How many bytes the next `count` characters take; *chars: how many there are, at most count. */
static size_t measure_chars(TextStream *stream, uint64_t count, uint64_t *chars)
{
    size_t at = 0;

    *chars = 0;
    while (*chars < count) {
        size_t bytes = (size_t)(stream->end - stream->at), start = at;
        uint32_t c;
        bool valid;

        if (bytes - at > count - *chars)
            bytes = at + (size_t)(count - *chars);
        at += li_ascii_prefix(stream->at + at, bytes - at);
        *chars += at - start;
        if (*chars == count)
            break;
        bytes = utf8_decode_common(stream->at + at,
                                   (size_t)(stream->end - stream->at) - at, &c);
        if (bytes == 0 && li_stream_decode(stream, at, &bytes, &valid) < 0)
            break;
        at += bytes;
        *chars += 1;
    }
    return at;
}

/* Consumes `bytes` bytes, which hold whole characters, and keeps count of lines and columns:
 * a line at a time, and by characters only in the last line, if that is not ASCII. */
static void consume(TextStream *stream, size_t bytes)
{
    const char *end = stream->at + bytes;

    for (;;) {
        size_t rest = (size_t)(end - stream->at);
        size_t line = line_end_in(stream->at, rest);

        if (line == rest)
            break;
        li_stream_skip(stream, line, line);
        (void)li_stream_next(stream);
    }
    if (li_ascii_prefix(stream->at, (size_t)(end - stream->at))
        == (size_t)(end - stream->at))
        li_stream_skip(stream, (size_t)(end - stream->at), (size_t)(end - stream->at));
    while (stream->at < end)
        (void)li_stream_next(stream);
}

Status li_port_read_string(Heap *heap, Port *port, uint64_t count, Value *result)
{
    TextStream *stream = begin(port);
    uint64_t chars;
    size_t bytes = measure_chars(stream, count, &chars);

    if (stream->status != OK)
        return stream->status;
    if (chars == 0 && count != 0) {
        *result = VALUE_EOF;
        return OK;
    }
    TRY(li_text_from_utf8_lossy(heap, stream->at, bytes, result));
    consume(stream, bytes);
    return OK;
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

Status li_port_peek_byte(Port *port, int32_t *byte)
{
    TextStream *stream = begin(port);

    *byte = li_stream_byte(stream, 0);
    return stream->status;
}

Status li_port_read_byte(Port *port, int32_t *byte)
{
    TextStream *stream = begin(port);

    *byte = li_stream_byte(stream, 0);
    if (*byte >= 0)
        stream->at += 1;
    return stream->status;
}

Status li_port_read_bytevector(Heap *heap, Port *port, uint64_t count, Value *result)
{
    TextStream *stream = begin(port);
    uint64_t here;

    while ((here = (uint64_t)(stream->end - stream->at)) < count
           && li_stream_fill(stream))
        continue;
    if (stream->status != OK)
        return stream->status;
    if (here == 0 && count != 0) {
        *result = VALUE_EOF;
        return OK;
    }
    if (here > count)
        here = count;
    TRY(li_bytevector_from(heap, here != 0 ? stream->at : "", here, result));
    stream->at += here;
    return OK;
}

Status li_port_read_into(Port *port, void *to, uint64_t count, uint64_t *read_bytes)
{
    TextStream *stream = begin(port);
    char *at = to;

    *read_bytes = 0;
    while (*read_bytes < count) {
        size_t here = (size_t)(stream->end - stream->at);

        if (here == 0 && !li_stream_fill(stream))
            break;
        here = (size_t)(stream->end - stream->at);
        if (here > count - *read_bytes)
            here = (size_t)(count - *read_bytes);
        memcpy(at + *read_bytes, stream->at, here);
        stream->at += here;
        *read_bytes += here;
    }
    return stream->status;
}

static bool never_waits(const PortState *state)
{
    if (state->callbacks.read != NULL)
        return state->callbacks.ready == NULL;
    return state->at_end || !state->may_wait;
}

/* True if the window holds a whole character, or byte. */
static bool has_next(const Port *port)
{
    const TextStream *stream = &port->state->stream;

    return stream->at < stream->end
        && !(li_port_is_textual(port) && li_stream_is_cut(stream, 0));
}

static bool source_is_ready(const PortState *state)
{
    struct pollfd question = {.fd = state->fd, .events = POLLIN};

    if (state->callbacks.read != NULL)
        return state->callbacks.ready(state->callbacks.context);
    return poll(&question, 1, 0) != 0; /* an error is found by reading, without a wait */
}

/* What has come may be a part of a character, whose rest would be waited for. */
Status li_port_is_ready(Port *port, bool *ready)
{
    TextStream *stream = begin(port);

    *ready = true;
    if (never_waits(port->state))
        return OK;
    while (*ready && !port->state->at_end && !has_next(port)) {
        *ready = source_is_ready(port->state);
        if (*ready && !li_stream_fill(stream))
            break;
    }
    return stream->status;
}
