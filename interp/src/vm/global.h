/* global.h - cells of top-level variables.
 *
 * Cells are pinned, so bytecode holds their address. A cell caches what a call needs: the
 * {type, extra} key of its value's header and the entry point, so that calling a global
 * compares once.
 *
 * G1  key and entry are those of `value` if it is a closure with a fixed number of
 *     arguments (at most 254); otherwise key is GLOBAL_NO_KEY,
 *     which no instruction asks for.
 */
#ifndef LI_VM_GLOBAL_H
#define LI_VM_GLOBAL_H

#include "memory/heap.h"

typedef struct Global {
    Value value; /* VALUE_UNBOUND until defined */
    Value key;   /* {T_CLOSURE, argument count} << 16, or GLOBAL_NO_KEY */
    Value entry; /* address of the first instruction: a multiple of 8 */
    Value name;  /* symbol */
    Value flags; /* fixnum of GLOBAL_* */
} Global;

#define GLOBAL_NO_KEY value_from_fixnum(-1)

enum {
    GLOBAL_CONSTANT =
        1, /* no program can assign it: a library's export or a primitive */
    GLOBAL_ASSIGNED = 2, /* a set! for it was compiled */
    GLOBAL_HIDDEN = 4, /* no program can name it; what does runs after its definition */
};

ALWAYS_INLINE Global *value_to_global(Value v)
{
    return value_to_object(v);
}

/* A new, unbound cell. */
MUST_CHECK Status li_global_new(Heap *heap, Value name, Value *cell);
/* Keeps G1. */
void li_global_set(Heap *heap, Global *cell, Value value);

ALWAYS_INLINE bool li_global_has_flag(const Global *cell, int64_t flag)
{
    return (value_to_fixnum(cell->flags) & flag) != 0;
}

ALWAYS_INLINE void li_global_add_flag(Global *cell, int64_t flag)
{
    cell->flags = value_from_fixnum(value_to_fixnum(cell->flags) | flag);
}

#endif /* LI_VM_GLOBAL_H */
