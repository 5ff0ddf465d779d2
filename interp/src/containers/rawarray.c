/* rawarray.c - the backing stores of the containers. */
#include "containers/rawarray.h"

static Status store_header(uint64_t capacity, uint32_t item_bytes, ImmixHeader *header)
{
    uint64_t bytes;

    if (__builtin_mul_overflow(capacity, (uint64_t)item_bytes, &bytes)
        || bytes > IMMIX_MAX_GRANULES * IMMIX_GRANULE_BYTES)
        return ERR_BAD_SIZE;

    uint64_t granules = (bytes + IMMIX_GRANULE_BYTES - 1) / IMMIX_GRANULE_BYTES;
    *header =
        immix_header(T_BYTES, 0, (uint32_t)(granules == 0 ? 1 : granules), IMMIX_LEAF);
    return OK;
}

Status li_rawarray_new(Heap *heap, uint64_t capacity, uint32_t item_bytes, Value *store)
{
    ImmixHeader header;
    TRY(store_header(capacity, item_bytes, &header));
    void *object = immix_alloc_zeroed(heap->immix, header);

    if (UNLIKELY(object == NULL))
        return ERR_NO_MEMORY;
    *store = value_from_object(object);
    return OK;
}

Status li_rawarray_new_uncleared(Heap *heap, uint64_t capacity, uint32_t item_bytes,
                                 Value *store)
{
    ImmixHeader header;
    TRY(store_header(capacity, item_bytes, &header));
    void *object = immix_alloc(heap->immix, header);

    if (UNLIKELY(object == NULL))
        return ERR_NO_MEMORY;
    *store = value_from_object(object);
    return OK;
}

Status li_rawarray_resized(Heap *heap, Value store, uint64_t capacity,
                           uint32_t item_bytes, Value *result)
{
    Value bigger;
    TRY(li_rawarray_new(heap, capacity, item_bytes, &bigger));

    uint64_t old_bytes = rawarray_capacity(store, 1);
    uint64_t new_bytes = capacity * item_bytes;

    memcpy(value_to_object(bigger), value_to_object(store),
           old_bytes < new_bytes ? old_bytes : new_bytes);
    *result = bigger;
    return OK;
}

bool li_rawarray_extend(Heap *heap, Value *store, uint64_t capacity,
                        uint32_t item_bytes)
{
    uint64_t bytes;

    if (__builtin_mul_overflow(capacity, (uint64_t)item_bytes, &bytes)
        || bytes > IMMIX_MAX_GRANULES * IMMIX_GRANULE_BYTES)
        return false;
    uint64_t granules = (bytes + IMMIX_GRANULE_BYTES - 1) / IMMIX_GRANULE_BYTES;
    void *object =
        immix_resize_large(heap->immix, value_to_object(*store), (uint32_t)granules);

    if (object == NULL)
        return false;
    *store = value_from_object(object);
    return true;
}

Status li_pair_list_length(Value list, uint64_t *length)
{
    Value hare = list;
    uint64_t count = 0;

    /* The hare runs twice as fast; in a circle it comes round to the tortoise. */
    for (; value_is_pair(list); list = pair_cdr(list)) {
        count += 1;
        for (int step = 0; step < 2 && value_is_pair(hare); step += 1)
            hare = pair_cdr(hare);
        if (value_is_pair(hare) && value_is_eq(hare, pair_cdr(list)))
            return ERR_TYPE;
    }
    if (!value_is_nil(list))
        return ERR_TYPE;
    *length = count;
    return OK;
}

void li_rawarray_borrow(Heap *heap, Value store, uint64_t *borrows)
{
    if (*borrows == 0)
        immix_pin(heap->immix, value_to_object(store));
    *borrows += 1;
}

void li_rawarray_release(Heap *heap, Value store, uint64_t *borrows)
{
    CHECK(*borrows != 0);
    *borrows -= 1;
    if (*borrows == 0)
        immix_unpin(heap->immix, value_to_object(store));
}
