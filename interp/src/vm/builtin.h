/* builtin.h - procedures that are bytecode by hand. */
#ifndef LI_VM_BUILTIN_H
#define LI_VM_BUILTIN_H

#include "containers/symbolmap.h"
#include "vm/prim.h"

/* Calls `define` with each of them. `spread` is the primitive that turns the rest arguments of
 * apply, the last of which is a list, into one list. */
MUST_CHECK Status li_builtins_each(Heap *heap, const PrimDef *spread,
                                   Status (*define)(void *context, const char *name,
                                                    Value procedure),
                                   void *context);

#endif /* LI_VM_BUILTIN_H */
