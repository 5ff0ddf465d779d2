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

#include "containers/rawarray.h"
#include "memory/buffer.h"
#include "memory/elements.h"
#include "memory/heap.h"

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
    return value_is_object(v)
        && immix_type_and_extra_of(value_to_object(v)) == (T_ARRAY | ELEMENT_U8 << 8);
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
MUST_CHECK Status li_array_new(Heap *heap, ElementKind kind, uint64_t length,
                               Value *result);
MUST_CHECK Status li_bytevector_from(Heap *heap, const void *bytes, uint64_t length,
                                     Value *result);
bool li_array_valid(const Array *array);

/* ---- Each kind of array, by its C type: li_array_u8_push and so on ---------------------- */

#define ARRAY_PASTE(element, name)  li_array_##element##_##name
#define ARRAY_EXPAND(element, name) ARRAY_PASTE(element, name)
#define ARRAY_FN(name)              ARRAY_EXPAND(ELEMENT, name)
#define ARRAY_STAMP                 "containers/array_decl.inc"
#include "containers/array_kinds.inc"
#undef ARRAY_STAMP

/* ---- Any array, by Values ----------------------------------------------------------------
 *
 * The same interfaces for code that learns the kind at run time. ERR_TYPE if a value is not a
 * number that the kind can hold, ERR_RANGE if it is and does not fit; the other errors are
 * those of containers/sequence_decl.inc. */

uint32_t li_array_element_bytes(ElementKind kind);
const char *li_array_kind_text(ElementKind kind);   /* "u8" */
const char *li_array_vector_text(ElementKind kind); /* "a u8vector" */
/* "an exact integer from 0 to 255" */
const char *li_array_element_text(ElementKind kind);
uint64_t li_array_capacity(const Array *array);
MUST_CHECK Status li_array_get(Heap *heap, const Array *array, uint64_t index,
                               Value *v);
MUST_CHECK Status li_array_set(Heap *heap, Array *array, uint64_t index, Value v);
MUST_CHECK Status li_array_push(Heap *heap, Array *array, Value v);
MUST_CHECK Status li_array_pop(Heap *heap, Array *array, Value *v);
MUST_CHECK Status li_array_top(Heap *heap, const Array *array, Value *v);
MUST_CHECK Status li_array_fill(Heap *heap, Array *array, uint64_t size, Value v);
MUST_CHECK Status li_array_resize(Heap *heap, Array *array, uint64_t size, Value v);
MUST_CHECK Status li_array_fill_range(Heap *heap, Array *array, uint64_t start,
                                      uint64_t end, Value v);
MUST_CHECK Status li_array_clear(Array *array);
MUST_CHECK Status li_array_reserve(Heap *heap, Array *array, uint64_t capacity);
MUST_CHECK Status li_array_slice(Heap *heap, const Array *array, uint64_t start,
                                 uint64_t end, Value *result);
/* ERR_TYPE if the kinds differ. */
MUST_CHECK Status li_array_copy(Heap *heap, Array *to, uint64_t at, const Array *from,
                                uint64_t start, uint64_t end);
MUST_CHECK Status li_array_from_pair_list(Heap *heap, ElementKind kind, Value list,
                                          Value *result);
MUST_CHECK Status li_array_to_pair_list(Heap *heap, const Array *array, uint64_t start,
                                        uint64_t end, Value *result);
/* Puts v at `to`, which need not be aligned, as an element of `kind`. */
MUST_CHECK Status li_array_pack(ElementKind kind, Value v, void *to);
/* Appends the external form of an element below the length. */
void li_array_print_at(const Array *array, uint64_t index, Buffer *to);
/* The same kind, and the same elements in the sense of eqv?. */
bool li_array_equals(const Array *a, const Array *b);
/* Returns where the elements are until the release. */
void *li_array_borrow(Heap *heap, Array *array);
void li_array_release(Heap *heap, Array *array);

#endif /* LI_CONTAINERS_ARRAY_H */
