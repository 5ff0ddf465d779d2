/* memory.h - Memory: what owns the heap and the symbol map of one interpreter.
 *
 * The way to the heap is a session (session.h). Between sessions a Memory may be used by any
 * thread, and by one at a time; two memories share nothing.
 */
#ifndef LI_MEMORY_MEMORY_H
#define LI_MEMORY_MEMORY_H

#include <stdatomic.h>

#include "memory/refs.h"

typedef struct Memory Memory;

/* What a mutator works with while its session lasts. */
typedef struct MutatorView {
    Memory *memory;
    Heap *heap;
    Refs refs;
} MutatorView;

struct Memory {
    Heap heap;
    MutatorView view; /* of the session, if one is open */
    Refs handles;
    atomic_bool busy;         /* a session is open */
    atomic_uintptr_t session; /* the thread that runs it, 0: none */
};

/* `memory` must not move while it is open. ERR_NO_MEMORY. */
MUST_CHECK Status memory_open(Memory *memory, const ImmixOptions *options);
/* Runs the finalisers that are left and frees everything. *leaked, if not NULL, is the number
 * of handles that were never released. ERR_SESSION if a session is open: nothing is closed. */
MUST_CHECK Status memory_close(Memory *memory, uint64_t *leaked);

/* ---- Handles: values that live until they are released ---- */

/* ERR_NO_MEMORY; ERR_FOREIGN if `v` lies in another heap. */
MUST_CHECK Status memory_retain(MutatorView *view, Value v, Handle *handle);
MUST_CHECK Status memory_handle_get(const MutatorView *view, Handle handle, Value *v);
MUST_CHECK Status memory_handle_set(MutatorView *view, Handle handle, Value v);
/* In the session, or between sessions; ERR_SESSION while another thread has one open.
 * ERR_STALE if it was released before. */
MUST_CHECK Status memory_release(Memory *memory, Handle handle);
uint64_t memory_handle_count(const Memory *memory);

#endif /* LI_MEMORY_MEMORY_H */
