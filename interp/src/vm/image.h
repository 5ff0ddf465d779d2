/* image.h - the standard library as bytes: the heap graph that its libraries reach.
 *
 * limpet-boot compiles and runs the libraries, and li_image_write() writes down everything that
 * the registry of libraries refers to: environments, macros, code, closures, cells. Starting
 * the interpreter is then li_image_read(), which runs nothing.
 *
 * Format, all numbers in LEB128: the count of objects; for each object a record that is
 * enough to allocate it; for each object its contents; the roots. A word is written as it is
 * if it is no reference; a reference is the object's number and its tag.
 *
 * Ports, continuations and borrowed arrays cannot be written. Source positions are left out:
 * frames of the library show no position.
 */
#ifndef LI_VM_IMAGE_H
#define LI_VM_IMAGE_H

#include "vm/vm.h"

/* ERR_TYPE if something is reached that cannot be written. */
MUST_CHECK Status li_image_write(Vm *vm, Buffer *to);
/* Into a fresh VM whose primitives are not defined yet. ERR_ENCODING if the bytes are cut short
 * or of another build. Beyond that they are trusted, as the code is that they are linked with:
 * instructions in them are not verified. */
MUST_CHECK Status li_image_read(Vm *vm, const unsigned char *bytes, size_t count);

#endif /* LI_VM_IMAGE_H */
