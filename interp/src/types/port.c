/* port.c - ports: making, asking and closing them. */
#include "types/port.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory/os.h"
#include "types/port_internal.h"

_Static_assert(sizeof(Port) == PORT_WORDS * sizeof(Value), "a port is five words");

/* ---- The table ------------------------------------------------------------------------------- */

void li_ports_init(PortTable *table)
{
    *table = (PortTable){0};
}

static void link_state(PortState *state)
{
    PortTable *table = state->table;

    state->next = table->first;
    if (table->first != NULL)
        table->first->previous = state;
    table->first = state;
}

static void unlink_state(PortState *state)
{
    if (state->previous != NULL)
        state->previous->next = state->next;
    else
        state->table->first = state->next;
    if (state->next != NULL)
        state->next->previous = state->previous;
    state->next = state->previous = NULL;
}

Status li_ports_flush_all(PortTable *table)
{
    Status result = OK;

    for (PortState *state = table->first; state != NULL; state = state->next) {
        if ((state->open & PORT_OUTPUT) && !state->is_memory
            && li_port_send_buffer(state, true) != OK)
            result = ERR_IO;
    }
    return result;
}

static bool is_mid_line(const PortState *state)
{
    return state->out_length != 0 ? state->out[state->out_length - 1] != '\n'
                                  : state->mid_line;
}

/* Of the ports that the program did not open, standard error holds nothing back. */
Status li_ports_fresh_line(PortTable *table)
{
    Status result = OK;

    for (PortState *state = table->first; state != NULL; state = state->next) {
        if ((state->open & PORT_OUTPUT) && state->is_shared
            && state->buffering != PORT_BUFFER_NONE && is_mid_line(state)
            && li_port_send_line_end(state) != OK)
            result = ERR_IO;
    }
    return result;
}

/* ---- Memory and waiting ---------------------------------------------------------------------- */

Status li_port_resize(PortState *state, char **buffer, size_t *capacity, size_t wanted)
{
    char *resized;

    if (wanted > *capacity && !immix_external_add(state->immix, wanted - *capacity))
        return ERR_NO_MEMORY;
    resized = realloc(*buffer, wanted);
    if (resized == NULL) {
        if (wanted > *capacity)
            immix_external_remove(state->immix, wanted - *capacity);
        return ERR_NO_MEMORY;
    }
    if (wanted < *capacity)
        immix_external_remove(state->immix, *capacity - wanted);
    *buffer = resized;
    *capacity = wanted;
    return OK;
}

static void free_buffer(PortState *state, char **buffer, size_t *capacity)
{
    if (*buffer == NULL)
        return;
    free(*buffer);
    immix_external_remove(state->immix, *capacity);
    *buffer = NULL;
    *capacity = 0;
}

Status li_port_broken_wait(const PortState *state)
{
    const PortTable *table = state->table;

    return table->interrupted != NULL && table->interrupted(table->context)
             ? ERR_INTERRUPTED
             : OK;
}

static bool is_broken(void *context)
{
    return li_port_broken_wait(context) != OK;
}

Status li_port_wait(PortState *state, short events)
{
    int found = li_os_wait(state->fd, events, is_broken, state);

    if (found > 0)
        return OK;
    if (found == 0)
        return ERR_INTERRUPTED;
    state->error = errno;
    return ERR_IO;
}

/* ---- Making ---------------------------------------------------------------------------------- */

static Status new_state(Heap *heap, PortTable *table, unsigned flags,
                        PortState **result)
{
    PortState *state;

    if (!immix_external_add(heap->immix, sizeof *state))
        return ERR_NO_MEMORY;
    state = calloc(1, sizeof *state);
    if (state == NULL) {
        immix_external_remove(heap->immix, sizeof *state);
        return ERR_NO_MEMORY;
    }
    state->table = table;
    state->immix = heap->immix;
    state->flags = flags;
    state->fd = -1;
    state->stream.at = state->stream.end = ""; /* empty, but no null pointer */
    state->stream.line = state->stream.column = 1;
    state->stream.fill = li_port_fill;
    state->stream.context = state;
    *result = state;
    return OK;
}

static void free_state(PortState *state)
{
    ImmixHeap *immix = state->immix;

    free_buffer(state, &state->in, &state->in_capacity);
    free_buffer(state, &state->out, &state->out_capacity);
    free(state);
    immix_external_remove(immix, sizeof *state);
}

/* The object for a state that is not open yet; frees that if there is no memory. */
static Status new_port(Heap *heap, PortState *state, const char *name, Value *result)
{
    Value text = VALUE_FALSE;
    Port *port = NULL;

    if (name == NULL || li_text_from_utf8_lossy(heap, name, strlen(name), &text) == OK)
        port = immix_alloc_zeroed(
            heap->immix, immix_header(T_PORT, (uint8_t)state->flags, PORT_WORDS, 0));
    if (port == NULL) {
        free_state(state);
        return ERR_NO_MEMORY;
    }
    *port = (Port){text, VALUE_FALSE, {VALUE_FALSE, VALUE_FALSE}, state};
    *result = value_from_object(port);
    return OK;
}

static void open_state(PortState *state)
{
    state->open = state->flags & (PORT_INPUT | PORT_OUTPUT);
    link_state(state);
}

/* True if reading the file may wait for somebody. */
static bool can_wait(int fd, struct stat *about)
{
    *about = (struct stat){0};
    return fstat(fd, about) == 0 && !S_ISREG(about->st_mode);
}

static Status open_fd(PortState *state, const char *path, int *error)
{
    int how = state->flags & PORT_INPUT ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
    struct stat about;

    while ((state->fd = open(path, how | O_CLOEXEC | O_NOCTTY, 0666)) < 0) {
        *error = errno;
        if (errno != EINTR)
            return ERR_IO;
        TRY(li_port_broken_wait(state));
    }
    state->may_wait = can_wait(state->fd, &about);
    if (S_ISDIR(about.st_mode)) {
        (void)close(state->fd);
        state->fd = -1;
        *error = EISDIR;
        return ERR_IO;
    }
    state->owns_fd = true;
    return OK;
}

Status li_port_open_file(Heap *heap, PortTable *table, const char *path, unsigned flags,
                         Value *port, int *error)
{
    PortState *state;
    Value opened;

    TRY(new_state(heap, table, flags, &state));
    TRY(new_port(heap, state, path, &opened));
    /* From here on the object owns the state: it stays closed if the file does. */
    TRY(open_fd(state, path, error));
    if ((flags & PORT_OUTPUT) && isatty(state->fd))
        state->buffering = PORT_BUFFER_LINE;
    open_state(state);
    *port = opened;
    return OK;
}

Status li_port_from_fd(Heap *heap, PortTable *table, int fd, unsigned flags,
                       const char *name, PortBuffering buffering, Value *port)
{
    struct stat about;
    PortState *state;

    TRY(new_state(heap, table, flags, &state));
    TRY(new_port(heap, state, name, port));
    state->fd = fd;
    state->may_wait = can_wait(fd, &about);
    state->is_shared = true;
    state->buffering = buffering;
    if (buffering == PORT_BUFFER_FULL && (flags & PORT_OUTPUT) && isatty(fd))
        state->buffering = PORT_BUFFER_LINE;
    open_state(state);
    return OK;
}

Status li_port_from_callbacks(Heap *heap, PortTable *table,
                              const PortCallbacks *callbacks, unsigned kind,
                              const char *name, PortBuffering buffering, Value *port)
{
    unsigned flags = kind;
    PortState *state;

    flags |= callbacks->read != NULL ? PORT_INPUT : 0;
    flags |= callbacks->write != NULL ? PORT_OUTPUT : 0;
    TRY(new_state(heap, table, flags, &state));
    TRY(new_port(heap, state, name, port));
    state->callbacks = *callbacks;
    state->is_shared = true;
    state->buffering = buffering;
    open_state(state);
    return OK;
}

/* A port on memory that the caller fills in: `bytes` of it. */
static Status open_memory_input(Heap *heap, PortTable *table, unsigned kind,
                                size_t bytes, PortState **result, Value *port)
{
    PortState *state;
    Status status;

    TRY(new_state(heap, table, PORT_INPUT | kind, &state));
    status =
        li_port_resize(state, &state->in, &state->in_capacity, bytes == 0 ? 1 : bytes);
    if (status != OK) {
        free_state(state);
        return status;
    }
    TRY(new_port(heap, state, NULL, port));
    state->at_end = true;
    state->stream.at = state->in;
    state->stream.end = state->in + bytes;
    open_state(state);
    *result = state;
    return OK;
}

Status li_port_open_text_input(Heap *heap, PortTable *table, const Text *text,
                               Value *port)
{
    size_t bytes = li_text_utf8_bytes(text, 0, text->length);
    PortState *state;

    TRY(open_memory_input(heap, table, PORT_TEXTUAL, bytes, &state, port));
    li_text_to_utf8(text, 0, text->length, state->in);
    return OK;
}

Status li_port_open_bytes_input(Heap *heap, PortTable *table, const void *bytes,
                                size_t count, Value *port)
{
    PortState *state;

    TRY(open_memory_input(heap, table, PORT_BINARY, count, &state, port));
    if (count != 0)
        memcpy(state->in, bytes, count);
    return OK;
}

Status li_port_open_memory_output(Heap *heap, PortTable *table, unsigned kind,
                                  Value *port)
{
    PortState *state;

    TRY(new_state(heap, table, PORT_OUTPUT | kind, &state));
    TRY(new_port(heap, state, NULL, port));
    state->is_memory = true;
    open_state(state);
    return OK;
}

Status li_port_open_text_output(Heap *heap, PortTable *table, Value *port)
{
    return li_port_open_memory_output(heap, table, PORT_TEXTUAL, port);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

bool li_port_is_input(const Port *port)
{
    return (port->state->flags & PORT_INPUT) != 0;
}

bool li_port_is_output(const Port *port)
{
    return (port->state->flags & PORT_OUTPUT) != 0;
}

bool li_port_is_textual(const Port *port)
{
    return (port->state->flags & PORT_TEXTUAL) != 0;
}

bool li_port_is_input_open(const Port *port)
{
    return (port->state->open & PORT_INPUT) != 0;
}

bool li_port_is_output_open(const Port *port)
{
    return (port->state->open & PORT_OUTPUT) != 0;
}

bool li_port_is_memory_output(const Port *port, unsigned kind)
{
    return port->state->is_memory && (port->state->flags & kind) != 0;
}

const char *li_port_error(const Port *port)
{
    return port->state->error != 0 ? strerror(port->state->error)
                                   : li_status_text(ERR_IO);
}

TextStream *li_port_stream(Port *port)
{
    ASSERT(li_port_is_input_open(port) && li_port_is_textual(port));
    return &port->state->stream;
}

bool *li_port_fold_case(Port *port)
{
    return &port->state->fold_case;
}

/* ---- Closing --------------------------------------------------------------------------------- */

/* Gives back what only open ports need. What a memory port gathered is kept. ERR_IO: the system
 * says only now that it could not write the file. */
static Status release(PortState *state)
{
    Status status = OK;

    unlink_state(state);
    /* On EINTR the descriptor is gone all the same. */
    if (state->owns_fd && close(state->fd) != 0 && errno != EINTR) {
        state->error = errno;
        status = ERR_IO;
    }
    state->fd = -1;
    state->owns_fd = false;
    if (state->callbacks.close != NULL)
        state->callbacks.close(state->callbacks.context);
    state->callbacks = (PortCallbacks){0};
    if (!state->is_memory) {
        free_buffer(state, &state->out, &state->out_capacity);
        state->out_length = 0;
    }
    return status;
}

Status li_port_close(Port *port, unsigned directions)
{
    PortState *state = port->state;
    unsigned closing = state->open & directions;
    Status status = OK;

    if (closing == 0)
        return OK;
    if ((closing & PORT_OUTPUT) && !state->is_memory)
        status = li_port_send_buffer(state, true);
    if (closing & PORT_INPUT) {
        free_buffer(state, &state->in, &state->in_capacity);
        state->stream.at = state->stream.end = "";
        state->stream.mark = NULL;
        state->at_end = true;
    }
    if (closing & PORT_OUTPUT)
        state->out_plain = 0;
    state->open &= ~closing;
    if (state->open == 0) {
        int first_error = state->error;
        Status released = release(state);

        if (status == OK)
            return released;
        state->error = first_error;
    }
    return status;
}

void li_port_finalize(void *object, void *context UNUSED)
{
    Port *port = object;
    PortState *state = port->state;

    /* Nobody is left to hear of a failure. */
    if (state->open & PORT_OUTPUT && state->fd >= 0)
        (void)!li_port_send_buffer(state, true);
    if (state->open != 0)
        (void)!release(state);
    free_state(state);
}
