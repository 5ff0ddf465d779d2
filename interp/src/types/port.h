/* port.h - ports: files, strings, bytevectors and what a host supplies, read and written as
 * text or as bytes.
 *
 * A port is a small heap object; its buffers, its file and its place in the PortTable lie
 * outside the heap, and go when the port is closed or its object dies. Buffers are counted
 * against the heap's limit.
 *
 * Text is UTF-8. Invalid input reads as U+FFFD. The end of the input is remembered: a port that
 * reached it stays there.
 *
 * Nothing here collects. Reading takes effect only after all memory that it needs was found:
 * after ERR_NO_MEMORY the same call can be made again. So it is with writing, but for text
 * that did not fit a file's buffer and went out already; those calls fail with ERR_IO alone.
 *
 * Errors: ERR_IO, and li_port_error() says why; ERR_INTERRUPTED when a wait was broken by a
 * signal and the table's `interrupted` says so; ERR_NO_MEMORY. Using a port that is closed, or
 * of the wrong kind, is the caller's mistake (asserted): ask li_port_check first.
 */
#ifndef LI_TYPES_PORT_H
#define LI_TYPES_PORT_H

#include "containers/text.h"
#include "memory/heap.h"
#include "types/port_stream.h"

typedef struct Port Port;
typedef struct PortState PortState;

/* All ports of an interpreter that are open. It must outlive the heap. */
typedef struct PortTable {
    PortState *first;
    /* Asked when a signal broke a wait, and between chunks of long output. May be NULL. */
    bool (*interrupted)(void *context);
    void *context;
} PortTable;

/* T_PORT: four values, then raw words. The header's extra byte is what the port is: PORT_*. */
struct Port {
    Value name; /* text for messages, or #f */
    Value host; /* a value that lives as long as the port: the host's */
    Value reserved[2];
    PortState *state; /* never NULL */
};

enum {
    PORT_WORDS = 5
};

ALWAYS_INLINE bool value_is_port(Value v)
{
    return value_has_type(v, T_PORT);
}

ALWAYS_INLINE Port *li_port_of(Value v)
{
    return value_to_object(v);
}

/* What a port is; any sum of one or both directions and one kind. */
enum {
    PORT_INPUT = 1,
    PORT_OUTPUT = 2,
    PORT_TEXTUAL = 4,
    PORT_BINARY = 8,
};

/* When output goes out. */
typedef enum PortBuffering {
    PORT_BUFFER_FULL, /* when the buffer is full, flushed or closed */
    PORT_BUFFER_LINE, /* after each write that ends a line, too; before input is waited for */
    PORT_BUFFER_NONE, /* after each write */
} PortBuffering;

/* A host's own device. Each function returns the number of bytes, 0 at the end of the input, or
 * -1 for an error. They must not enter the interpreter. NULL: that direction does not exist. */
typedef struct PortCallbacks {
    int64_t (*read)(void *context, char *bytes, size_t capacity);
    int64_t (*write)(void *context, const char *bytes, size_t count);
    /* True if read would not wait; NULL: it never does. */
    bool (*ready)(void *context);
    /* Called once, when the port is closed or dies: perhaps during a collection. May be NULL. */
    void (*close)(void *context);
    void *context;
} PortCallbacks;

/* ---- Making ports. ERR_NO_MEMORY: nothing was opened ---------------------------------------- */

/* Opens a file: `flags` has one direction and one kind. Output truncates or creates. ERR_IO:
 * *error is the system's number for why. */
MUST_CHECK Status li_port_open_file(Heap *heap, PortTable *table, const char *path,
                                    unsigned flags, Value *port, int *error);
/* On a file descriptor that stays the caller's. Line-buffered output if it is a terminal,
 * else as `buffering` says. */
MUST_CHECK Status li_port_from_fd(Heap *heap, PortTable *table, int fd, unsigned flags,
                                  const char *name, PortBuffering buffering,
                                  Value *port);
MUST_CHECK Status li_port_from_callbacks(Heap *heap, PortTable *table,
                                         const PortCallbacks *callbacks, unsigned kind,
                                         const char *name, PortBuffering buffering,
                                         Value *port);
/* Each copies what it reads from. */
MUST_CHECK Status li_port_open_text_input(Heap *heap, PortTable *table,
                                          const Text *text, Value *port);
MUST_CHECK Status li_port_open_bytes_input(Heap *heap, PortTable *table,
                                           const void *bytes, size_t count,
                                           Value *port);
/* A port that gathers what is written: `kind` is PORT_TEXTUAL or PORT_BINARY. */
MUST_CHECK Status li_port_open_memory_output(Heap *heap, PortTable *table,
                                             unsigned kind, Value *port);
MUST_CHECK Status li_port_open_text_output(Heap *heap, PortTable *table, Value *port);

/* ---- Asking --------------------------------------------------------------------------------- */

bool li_port_is_input(const Port *port);
bool li_port_is_output(const Port *port);
bool li_port_is_textual(const Port *port);
bool li_port_is_input_open(const Port *port);
bool li_port_is_output_open(const Port *port);
/* True for a port that gathers output of that kind. */
bool li_port_is_memory_output(const Port *port, unsigned kind);
/* Why the last operation failed: static text or text that lives as long as the thread. */
const char *li_port_error(const Port *port);
/* The window of an open textual input port: the reader's. */
TextStream *li_port_stream(Port *port);
/* What the reader on this port was told by #!fold-case. */
bool *li_port_fold_case(Port *port);

/* ---- Reading from open input ports. STREAM_END stands for the end --------------------------- */

MUST_CHECK Status li_port_read_char(Port *port, int32_t *c);
MUST_CHECK Status li_port_peek_char(Port *port, int32_t *c);
/* Without its end; VALUE_EOF at the end. */
MUST_CHECK Status li_port_read_line(Heap *heap, Port *port, Value *result);
/* At most `count` characters, fewer only at the end; VALUE_EOF if there are none. */
MUST_CHECK Status li_port_read_string(Heap *heap, Port *port, uint64_t count,
                                      Value *result);
MUST_CHECK Status li_port_read_byte(Port *port, int32_t *byte);
MUST_CHECK Status li_port_peek_byte(Port *port, int32_t *byte);
MUST_CHECK Status li_port_read_bytevector(Heap *heap, Port *port, uint64_t count,
                                          Value *result);
/* Fills [to, to + count) as far as the input goes; *read is how much that was. */
MUST_CHECK Status li_port_read_into(Port *port, void *to, uint64_t count,
                                    uint64_t *read);
/* True if a character, or byte, or the end, is there without waiting. */
MUST_CHECK Status li_port_is_ready(Port *port, bool *ready);

/* ---- Writing to open output ports ------------------------------------------------------------ */

/* Bytes of UTF-8 to a textual port, any bytes to a binary one. */
MUST_CHECK Status li_port_write_bytes(Port *port, const void *bytes, size_t count);
MUST_CHECK Status li_port_write_char(Port *port, uint32_t c);
MUST_CHECK Status li_port_write_text(Port *port, const Text *text, uint64_t start,
                                     uint64_t end);
MUST_CHECK Status li_port_flush(Port *port);
/* How much a port that gathers holds; and cutting it back to that. */
size_t li_port_memory_bytes(const Port *port);
void li_port_truncate(Port *port, size_t bytes);
/* A new string, or bytevector, of what such a port gathered. */
MUST_CHECK Status li_port_get_output(Heap *heap, Port *port, Value *result);

/* ---- Closing --------------------------------------------------------------------------------- */

/* Closes these directions, as far as they are open. Output is flushed first; ERR_IO says that
 * this failed, or closing the file, and the port is closed all the same. */
MUST_CHECK Status li_port_close(Port *port, unsigned directions);
/* The type descriptor's finaliser. Flushes files; drops what a host's device did not get. */
void li_port_finalize(void *object, void *context);

void li_ports_init(PortTable *table);
/* Writes out what all open ports hold, callbacks' too: at exit. ERR_IO if one failed. */
MUST_CHECK Status li_ports_flush_all(PortTable *table);
/* Ends the line that standard output is in the middle of, if it is. */
MUST_CHECK Status li_ports_fresh_line(PortTable *table);

#endif /* LI_TYPES_PORT_H */
