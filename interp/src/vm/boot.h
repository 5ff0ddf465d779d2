/* boot.h - what a VM has before any Lisp runs: primitives, by-hand procedures, port parameters. */
#ifndef LI_VM_BOOT_H
#define LI_VM_BOOT_H

#include "vm/vm.h"

/* Makes vm->ports parameters that hold the given ports. Before li_vm_define_primitives and
 * li_image_read. */
MUST_CHECK Status li_vm_make_port_parameters(Vm *vm, const Value ports[3]);

/* Fills the library (limpet primitives): every primitive, apply, call-with-values and %call/cc.
 * Where an image is loaded they come with it. */
MUST_CHECK Status li_vm_define_primitives(Vm *vm);

/* The primitive of that name, which must be one. */
const PrimDef *li_find_primitive(const char *name);

#endif /* LI_VM_BOOT_H */
