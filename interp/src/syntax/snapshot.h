/* snapshot.h - all that an expander knows, as one value for the image. */
#ifndef LI_SYNTAX_SNAPSHOT_H
#define LI_SYNTAX_SNAPSHOT_H

#include "vm/prim.h"

/* A vector that refers to every library and environment. */
MUST_CHECK Status li_expander_snapshot(Vm *vm, Value *snapshot);
/* Replaces what the VM's expander knows by a snapshot. ERR_ENCODING if it is none. */
MUST_CHECK Status li_expander_restore(Vm *vm, Value snapshot);

#endif /* LI_SYNTAX_SNAPSHOT_H */
