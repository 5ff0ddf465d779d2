/* arrays.h - what the primitives on bytevectors and on each kind of numeric vector do.
 *
 * A bytevector is a u8vector: one object that two families of names reach. A family is the
 * kind of its elements and what its messages call its vectors.
 */
#ifndef LI_LIB_ARRAYS_H
#define LI_LIB_ARRAYS_H

#include "lib/args.h"

typedef struct ArrayFamily {
    ElementKind kind;
    const char *vector; /* "a bytevector", "an s8vector" */
} ArrayFamily;

MUST_CHECK Status li_arg_array(Vm *vm, const char *who, const ArrayFamily *family,
                               Args args, uint32_t i, Array **array);

/* (make-s8vector k [fill]) and so on; each is a primitive but for `who` and the family. Those
 * with `first` take their arguments from there on. */
MUST_CHECK Status li_family_make(Vm *vm, const char *who, const ArrayFamily *family,
                                 Args args, uint32_t first, Value *result);
MUST_CHECK Status li_family_of(Vm *vm, const char *who, const ArrayFamily *family,
                               Args args, Value *result);
MUST_CHECK Status li_family_is(const ArrayFamily *family, Args args, Value *result);
MUST_CHECK Status li_family_length(Vm *vm, const char *who, const ArrayFamily *family,
                                   Args args, Value *result);
MUST_CHECK Status li_family_ref(Vm *vm, const char *who, const ArrayFamily *family,
                                Args args, Value *result);
MUST_CHECK Status li_family_set(Vm *vm, const char *who, const ArrayFamily *family,
                                Args args, Value *result);
MUST_CHECK Status li_family_to_list(Vm *vm, const char *who, const ArrayFamily *family,
                                    Args args, Value *result);
MUST_CHECK Status li_family_from_list(Vm *vm, const char *who,
                                      const ArrayFamily *family, Args args,
                                      uint32_t first, Value *result);
MUST_CHECK Status li_family_fill(Vm *vm, const char *who, const ArrayFamily *family,
                                 Args args, Value *result);
MUST_CHECK Status li_family_copy(Vm *vm, const char *who, const ArrayFamily *family,
                                 Args args, Value *result);
MUST_CHECK Status li_family_copy_into(Vm *vm, const char *who,
                                      const ArrayFamily *family, Args args,
                                      Value *result);
MUST_CHECK Status li_family_append(Vm *vm, const char *who, const ArrayFamily *family,
                                   Args args, Value *result);

#endif /* LI_LIB_ARRAYS_H */
