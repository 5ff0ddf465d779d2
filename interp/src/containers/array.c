/* array.c - typed arrays: numbers of one machine type, and opcodes. */
#include "containers/array.h"

#include "containers/rawarray.h"

_Static_assert(ELEMENT_U8 == 0, "li_value_kind_name() calls kind 0 a bytevector");

Status li_array_new(Heap *heap, ElementKind kind, uint64_t length, Value *result)
{
    static const uint32_t element_bytes[ELEMENT_KINDS] = {
#define X(name, type, bytes, text) [ELEMENT_##name] = bytes,
        ELEMENT_TABLE(X)
#undef X
    };
    Value store;
    TRY(li_rawarray_new(heap, length, element_bytes[kind], &store));
    Array *array =
        li_alloc(heap, T_ARRAY, (uint8_t)kind, sizeof *array / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(array == NULL))
        return ERR_NO_MEMORY;
    *array = (Array){.store = store, .length = length};
    *result = value_from_object(array);
    return OK;
}

Status li_bytevector_from(Heap *heap, const void *bytes, uint64_t length, Value *result)
{
    TRY(li_array_new(heap, ELEMENT_U8, length, result));
    if (length != 0)
        memcpy(bytevector_bytes(*result), bytes, length);
    return OK;
}
