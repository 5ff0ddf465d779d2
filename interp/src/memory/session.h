/* session.h - the mutate session: the only way to the heap of a Memory.
 *
 * memory_mutate() makes a MutatorView, runs the mutator inside, and ends the view's life when
 * the mutator returns. One session at a time: a second one, nested or from another thread, is
 * ERR_SESSION. A whole read -> compile -> run happens in one session.
 *
 * Nothing collects in a session but what is marked MAY_COLLECT.
 */
#ifndef LI_MEMORY_SESSION_H
#define LI_MEMORY_SESSION_H

#include "memory/memory.h"

typedef Status (*Mutator)(MutatorView *view, void *input, void *output);

/* Returns what the mutator returns. What it made survives if it is reachable from a handle or
 * another provider of roots; refs end with the session. */
MUST_CHECK Status memory_mutate(Memory *memory, Mutator mutator, void *input,
                                void *output);

/* Collects now. Bare Values are stale afterwards; refs and handles are good. ERR_SESSION from
 * inside a collection. */
MAY_COLLECT MUST_CHECK Status memory_collect(MutatorView *view, ImmixCollection kind);
/* Collects as hard as it must until `bytes` more can be allocated: ERR_NO_MEMORY if that does
 * not help. */
MAY_COLLECT MUST_CHECK Status memory_make_room(MutatorView *view, size_t bytes);

#endif /* LI_MEMORY_SESSION_H */
