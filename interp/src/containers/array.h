/* array.h - typed arrays: numbers of one machine type, and opcodes.
 *
 * Array<T> of the reference system, stamped for each element kind. A bytevector is an array
 * of ELEMENT_U8. The store is a separate T_BYTES object so that it can grow and be pinned.
 *
 * Invariants (li_array_valid)
 *   A1  length * element size <= bytes in store
 *   A2  borrows > 0 freezes store and length, and the store is pinned
 */
#ifndef LI_CONTAINERS_ARRAY_H
#define LI_CONTAINERS_ARRAY_H

#include "memory/heap.h"

/*          name  C type    bytes  name for users */
#define ELEMENT_TABLE(X)           \
    X(U8, uint8_t, 1, "u8")        \
    X(S8, int8_t, 1, "s8")         \
    X(U16, uint16_t, 2, "u16")     \
    X(S16, int16_t, 2, "s16")      \
    X(U32, uint32_t, 4, "u32")     \
    X(S32, int32_t, 4, "s32")      \
    X(U64, uint64_t, 8, "u64")     \
    X(S64, int64_t, 8, "s64")      \
    X(F32, float, 4, "f32")        \
    X(F64, double, 8, "f64")       \
    X(OPCODE, uint64_t, 8, "opcode")

typedef enum ElementKind {
#define X(name, type, bytes, text) ELEMENT_##name,
    ELEMENT_TABLE(X)
#undef X
    ELEMENT_KINDS
} ElementKind;

typedef struct Array {
    Value store; /* T_BYTES */
    uint64_t length;
    uint64_t borrows;
} Array;

ALWAYS_INLINE Array *value_to_array(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE ElementKind array_kind(const Array *array)
{
    return (ElementKind)immix_extra_of(array);
}

ALWAYS_INLINE bool value_is_bytevector(Value v)
{
    return value_is_object(v) &&
           immix_type_and_extra_of(value_to_object(v)) == (T_ARRAY | ELEMENT_U8 << 8);
}

ALWAYS_INLINE void *array_data(const Array *array)
{
    return value_to_object(array->store);
}

ALWAYS_INLINE uint8_t *bytevector_bytes(Value v)
{
    return array_data(value_to_array(v));
}

/* `length` elements of `kind`, all zero. */
MUST_CHECK Status li_array_new(Heap *heap, ElementKind kind, uint64_t length, Value *result);
MUST_CHECK Status li_bytevector_from(Heap *heap, const void *bytes, uint64_t length, Value *result);

#endif /* LI_CONTAINERS_ARRAY_H */
