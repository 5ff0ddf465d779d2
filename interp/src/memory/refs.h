/* refs.h - what keeps a value alive across a safepoint: refs, scopes and handles.
 *
 * A Ref is the index of a slot in the session's root table. It is good until its scope closes,
 * the table is truncated below it, or the session ends; after that, and with another
 * interpreter, every use reports an error, in every build:
 *
 *     ERR_STALE    the scope or the session of the ref has ended, or the view has
 *     ERR_FOREIGN  the ref, scope, handle or value is another interpreter's
 *     ERR_SESSION  called from inside a collection (a finaliser, a trace hook)
 *
 * A Handle is the same for a value that outlives sessions: it is good until it is released.
 *
 *     T1  slots[i].stamp is unique among all stamps that the table ever gave out, or 0 if the
 *         slot is free; so a ref is valid if and only if its stamp is its slot's
 *     T2  stamps begin at random, so that a table at the address of a closed one does not
 *         repeat its stamps
 */
#ifndef LI_MEMORY_REFS_H
#define LI_MEMORY_REFS_H

#include "memory/heap.h"

typedef struct Refs Refs;

typedef struct Ref {
    uint64_t stamp;
    uint32_t index;
    uint32_t owner;
} Ref;

typedef struct Handle {
    uint64_t stamp;
    uint32_t index;
    uint32_t owner;
} Handle;

typedef struct Scope {
    uint64_t stamp;
    uint32_t depth;
    uint32_t owner;
} Scope;

/* How much of the root table there was at a moment: for li_refs_truncate. */
typedef struct RefMark {
    uint32_t length, depth;
} RefMark;

/* ---- Refs ---- */

/* A new ref to `v` in the scope that is open. ERR_NO_MEMORY; ERR_FOREIGN if `v` lies in
 * another heap. */
MUST_CHECK Status li_ref(Refs *refs, Value v, Ref *ref);
MUST_CHECK Status li_get(const Refs *refs, Ref ref, Value *v);
MUST_CHECK Status li_set(Refs *refs, Ref ref, Value v);

/* Refs made between the two are dropped by the close. Scopes close in the reverse order of
 * their opening: otherwise ERR_SCOPE, and nothing is closed. A value leaves a scope by li_set
 * on a ref made outside. */
MUST_CHECK Status li_scope_open(Refs *refs, Scope *scope);
MUST_CHECK Status li_scope_close(Refs *refs, Scope scope);

/* The virtual machine marks the table before a primitive and truncates it after, whatever the
 * primitive did. A scope left open in between is closed, and is a failed assertion in debug
 * builds. */
RefMark li_refs_mark(const Refs *refs);
void li_refs_truncate(Refs *refs, RefMark mark);
uint32_t li_refs_count(const Refs *refs);

/* ---- The table behind refs and handles; the rest is for memory.c and session.c ---- */

typedef struct RootSlot {
    Value value; /* of a free slot of a handle table: the next free index, a fixnum */
    uint64_t stamp;
} RootSlot;

typedef struct ScopeRecord {
    uint64_t stamp;
    uint32_t length; /* of the table when the scope was opened */
} ScopeRecord;

struct Refs {
    Heap *heap;
    RootProvider provider;
    RootSlot *slots;
    ScopeRecord *scopes;
    uint64_t next_stamp;
    uint32_t length, capacity;
    uint32_t depth, scope_capacity;
    uint32_t owner;
    uint32_t free;    /* handles: index + 1 of the first free slot, 0: none */
    uint32_t used;    /* handles: slots in use */
    bool open;        /* a session is */
    uintptr_t thread; /* that runs it; debug builds check */
};

/* Registers the table as a provider of roots. */
void li_refs_init(Refs *refs, Heap *heap, uint32_t owner, uint64_t first_stamp);
void li_refs_free(Refs *refs);
/* OK if refs may be used now: ERR_STALE, ERR_SESSION. */
MUST_CHECK Status li_refs_check(const Refs *refs);
/* Drops every ref and every scope. */
void li_refs_clear(Refs *refs);
MUST_CHECK Status li_refs_push(Refs *refs, Value v, uint32_t *index);
/* The slot that holds the stamp: ERR_FOREIGN, ERR_STALE. */
MUST_CHECK Status li_refs_find(const Refs *refs, uint32_t owner, uint32_t index,
                               uint64_t stamp, RootSlot **slot);
/* A slot from the free list, or a new one. */
MUST_CHECK Status li_refs_take(Refs *refs, Value v, uint32_t *index);
void li_refs_give_back(Refs *refs, uint32_t index);

#endif /* LI_MEMORY_REFS_H */
