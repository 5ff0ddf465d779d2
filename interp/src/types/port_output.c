/* port_output.c - writing to ports. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "containers/array.h"
#include "memory/os.h"
#include "types/port_internal.h"

enum {
    CHUNK_CHARS = 1024,
    PLAIN_RUN_CHARS = 64,
    MEMORY_FIRST_BYTES = 256
};

/* ---- Sending out ----------------------------------------------------------------------------- */

/* What becomes of a program whose standard output nobody reads is for its host to say, which has
 * SIGPIPE for that; a pipe that the program itself opened is its own matter. */
static ssize_t write_some(const PortState *state, const char *bytes, size_t count)
{
    return state->owns_fd && state->may_wait
             ? li_os_write_quietly(state->fd, bytes, count)
             : write(state->fd, bytes, count);
}

static Status send_to_fd(PortState *state, const char *bytes, size_t count,
                         bool patient)
{
    while (count != 0) {
        ssize_t sent = write_some(state, bytes, count);

        if (sent >= 0) {
            bytes += sent;
            count -= (size_t)sent;
        } else if (errno == EINTR) {
            if (!patient)
                TRY(li_port_broken_wait(state));
        } else if (errno == EAGAIN) {
            TRY(li_port_wait(state, POLLOUT));
        } else {
            state->error = errno;
            return ERR_IO;
        }
    }
    return OK;
}

static Status send_to_host(PortState *state, const char *bytes, size_t count)
{
    while (count != 0) {
        int64_t sent = state->callbacks.write(state->callbacks.context, bytes, count);

        if (sent <= 0) {
            state->error = EIO;
            return ERR_IO;
        }
        CHECK((uint64_t)sent <= count);
        bytes += sent;
        count -= (size_t)sent;
    }
    return OK;
}

/* An endless stream of output heeds an interrupt here. */
static Status send_bytes(PortState *state, const char *bytes, size_t count,
                         bool patient)
{
    if (!patient)
        TRY(li_port_broken_wait(state));
    state->mid_line = bytes[count - 1] != '\n';
    if (state->callbacks.write != NULL)
        return send_to_host(state, bytes, count);
    return send_to_fd(state, bytes, count, patient);
}

Status li_port_send_buffer(PortState *state, bool patient)
{
    size_t count = state->out_length;

    if (count == 0)
        return OK;
    if (!patient)
        TRY(li_port_broken_wait(state)); /* what waits here may still go out later */
    state->out_length = 0; /* what cannot be written is lost, not kept for ever */
    return send_bytes(state, state->out, count, patient);
}

Status li_port_send_line_end(PortState *state)
{
    TRY(li_port_send_buffer(state, true));
    return send_bytes(state, "\n", 1, true);
}

/* ---- The buffer ------------------------------------------------------------------------------ */

/* Endless output heeds an interrupt here too, long before it has filled the memory. */
static Status reserve_memory(PortState *state, size_t count)
{
    size_t wanted = state->out_capacity * 2;

    if (UNLIKELY(((state->out_length ^ (state->out_length + count)) & PORT_HEED_BYTES)
                 != 0))
        TRY(li_port_broken_wait(state));
    if (state->out_capacity - state->out_length >= count)
        return OK;
    if (count > SIZE_MAX / 4 - state->out_length)
        return ERR_NO_MEMORY;
    if (wanted < state->out_length + count)
        wanted = state->out_length + count;
    if (wanted < MEMORY_FIRST_BYTES)
        wanted = MEMORY_FIRST_BYTES;
    return li_port_resize(state, &state->out, &state->out_capacity, wanted);
}

/* Room for `count` bytes in the buffer; of a port that sends, *direct: more than fits it. */
static Status reserve(PortState *state, size_t count, bool *direct)
{
    *direct = false;
    if (state->is_memory)
        return reserve_memory(state, count);
    if (UNLIKELY(state->out == NULL))
        TRY(li_port_resize(state, &state->out, &state->out_capacity,
                           PORT_BUFFER_BYTES));
    if (count > state->out_capacity - state->out_length)
        TRY(li_port_send_buffer(state, false));
    *direct = count > state->out_capacity;
    return OK;
}

static void note_plain(PortState *state)
{
    size_t heed = state->out_length | (PORT_HEED_BYTES - 1); /* behind that it is due */

    if (state->is_memory)
        state->out_plain = state->out_capacity < heed ? state->out_capacity : heed;
    else if (state->buffering == PORT_BUFFER_FULL)
        state->out_plain = state->out_capacity;
}

static Status after_write(PortState *state, bool line_ended)
{
    note_plain(state);
    if (LIKELY(state->buffering == PORT_BUFFER_FULL || state->is_memory))
        return OK;
    if (state->buffering == PORT_BUFFER_LINE && !line_ended)
        return OK;
    return li_port_send_buffer(state, false);
}

/* ---- Writing --------------------------------------------------------------------------------- */

Status li_port_write_bytes(Port *port, const void *bytes, size_t count)
{
    PortState *state = port->state;
    bool direct;

    ASSERT(li_port_is_output_open(port));
    if (count == 0)
        return OK;
    TRY(reserve(state, count, &direct));
    if (direct)
        return send_bytes(state, bytes, count, false);
    memcpy(state->out + state->out_length, bytes, count);
    state->out_length += count;
    return after_write(state, state->buffering == PORT_BUFFER_LINE
                                  && memchr(bytes, '\n', count) != NULL);
}

Status li_port_write_char(Port *port, uint32_t c)
{
    PortState *state = port->state;
    bool direct;

    ASSERT(li_port_is_output_open(port));
    TRY(reserve(state, UTF8_MAX_BYTES, &direct));
    state->out_length += li_utf8_encode(c, state->out + state->out_length);
    return after_write(state, c == '\n');
}

Status li_port_write_text(Port *port, const Text *text, uint64_t start, uint64_t end)
{
    PortState *state = port->state;

    ASSERT(li_port_is_output_open(port));
    if (state->is_memory)
        TRY(reserve_memory(state, li_text_utf8_bytes(text, start, end)));
    while (start < end) {
        /* ASCII goes as it stands; short runs of it do not pay. */
        size_t plain = text->width != 1
                         ? 0
                         : li_ascii_prefix((const char *)text_bytes(text) + start,
                                           (size_t)(end - start));

        if (plain >= PLAIN_RUN_CHARS || plain == end - start) {
            TRY(li_port_write_bytes(port, (const char *)text_bytes(text) + start,
                                    plain));
            start += plain;
            continue;
        }

        char utf8[CHUNK_CHARS * UTF8_MAX_BYTES];
        uint64_t stop = end - start > CHUNK_CHARS ? start + CHUNK_CHARS : end;

        li_text_to_utf8(text, start, stop, utf8);
        TRY(li_port_write_bytes(port, utf8, li_text_utf8_bytes(text, start, stop)));
        start = stop;
    }
    return OK;
}

Status li_port_flush(Port *port)
{
    ASSERT(li_port_is_output_open(port));
    return port->state->is_memory ? OK : li_port_send_buffer(port->state, false);
}

/* ---- Gathering ------------------------------------------------------------------------------- */

size_t li_port_memory_bytes(const Port *port)
{
    return port->state->is_memory ? port->state->out_length : 0;
}

void li_port_truncate(Port *port, size_t bytes)
{
    ASSERT(port->state->is_memory && bytes <= port->state->out_length);
    port->state->out_length = bytes;
    port->state->out_plain = 0;
}

Status li_port_get_output(Heap *heap, Port *port, Value *result)
{
    const PortState *state = port->state;
    const char *bytes = state->out != NULL ? state->out : "";

    ASSERT(state->is_memory);
    if (state->flags & PORT_TEXTUAL)
        return li_text_from_utf8_lossy(heap, bytes, state->out_length, result);
    return li_bytevector_from(heap, bytes, state->out_length, result);
}
