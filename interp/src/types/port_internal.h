/* port_internal.h - the part of a port that lies outside the heap. */
#ifndef LI_TYPES_PORT_INTERNAL_H
#define LI_TYPES_PORT_INTERNAL_H

#include "types/port.h"

enum {
    PORT_BUFFER_BYTES = 64 * 1024,
    /* Between two looks for an interrupt while output gathers in memory; a power of two. */
    PORT_HEED_BYTES = 1 << 16
};

struct PortState {
    PortState *next, *previous; /* in the table, while a direction is open */
    PortTable *table;
    ImmixHeap *immix;
    unsigned flags; /* what it is: PORT_* */
    unsigned open;  /* PORT_INPUT and PORT_OUTPUT, as far as they are open */
    PortBuffering buffering;
    bool owns_fd;
    bool may_wait; /* the file may have to wait for somebody: it is no regular one */
    bool is_memory; /* it gathers output; kept after closing */
    /* Not a file of its own: what is written should be seen before a read. */
    bool is_shared;
    bool at_end; /* there is nothing to fill the window with */
    bool mid_line; /* the last byte that went out ends no line */
    bool fold_case;
    int fd; /* -1: none */
    PortCallbacks callbacks;
    TextStream stream; /* the window on `in`; binary ports use its bytes alone */
    char *in;
    size_t in_capacity;
    char *out;
    size_t out_length, out_capacity;
    /* Output may grow to here, a byte at a time, with nobody to be told: no buffer to send or
     * to resize, no look for an interrupt due. At most out_capacity; 0 if the port is closed. */
    size_t out_plain;
    int error; /* errno of the last failure */
};

/* Resizes one of the buffers, counted. */
MUST_CHECK Status li_port_resize(PortState *state, char **buffer, size_t *capacity,
                                 size_t wanted);
/* The stream's fill. */
bool li_port_fill(TextStream *stream);
/* Writes out what the buffer holds. `patient`: even if the program was interrupted. */
MUST_CHECK Status li_port_send_buffer(PortState *state, bool patient);
/* Writes out what the buffer holds, and the end of a line. */
MUST_CHECK Status li_port_send_line_end(PortState *state);
/* A signal broke a wait: OK to go on. */
MUST_CHECK Status li_port_broken_wait(const PortState *state);
/* Waits until the descriptor can be read or written (POLLIN, POLLOUT). */
MUST_CHECK Status li_port_wait(PortState *state, short events);

#endif /* LI_TYPES_PORT_INTERNAL_H */
