/* rawarray.h - the backing stores of the containers: capacity and bytes, nothing else.
 *
 * RawArray<T> of the reference system. A store is a T_BYTES object (raw items) or a T_VECTOR
 * (values); its capacity is what its header says, so it cannot disagree with it. Contents
 * are zero, or #f, when new. Stores never move into another container.
 *
 *     R1  a store has at least one granule, so that its address is its own
 */
#ifndef LI_CONTAINERS_RAWARRAY_H
#define LI_CONTAINERS_RAWARRAY_H

#include "memory/heap.h"

enum {
    DEFAULT_ARRAY_SIZE = 8
};

/* The next capacity: 0, 8, 12, 18, 27, ...: half as much again, and at least the default, so
 * always more. */
ALWAYS_INLINE uint64_t rawarray_grown(uint64_t capacity)
{
    return capacity < DEFAULT_ARRAY_SIZE ? DEFAULT_ARRAY_SIZE : capacity + capacity / 2;
}

/* The capacity to which a store of `capacity` grows to hold `needed` items. */
ALWAYS_INLINE uint64_t rawarray_grown_to(uint64_t capacity, uint64_t needed)
{
    uint64_t grown = rawarray_grown(capacity);

    return grown < needed ? needed : grown;
}

/* Items of `item_bytes` (1, 2, 4 or 8) that fit the raw store. */
ALWAYS_INLINE uint64_t rawarray_capacity(Value store, uint32_t item_bytes)
{
    return (uint64_t)immix_granules_of(value_to_object(store)) * IMMIX_GRANULE_BYTES
         / item_bytes;
}

/* A zeroed store for `capacity` items. ERR_BAD_SIZE if no header can hold the size. */
MUST_CHECK Status li_rawarray_new(Heap *heap, uint64_t capacity, uint32_t item_bytes,
                                  Value *store);
/* The same without the zeros, for what the caller fills at once. */
MUST_CHECK Status li_rawarray_new_uncleared(Heap *heap, uint64_t capacity,
                                            uint32_t item_bytes, Value *store);
/* A new store for `capacity` items that begins with the first of `store`, as many as fit. */
MUST_CHECK Status li_rawarray_resized(Heap *heap, Value store, uint64_t capacity,
                                      uint32_t item_bytes, Value *result);

/* Makes a store of many pages larger, by moving the pages or adding some to them, so that the
 * items never exist twice: *store is the new one, the old one is gone, and what is new in it is
 * zero. False: that is not possible (the store is small, or pinned; there is no room), nothing
 * changed, and it takes a new store and a copy. */
MUST_CHECK bool li_rawarray_extend(Heap *heap, Value *store, uint64_t capacity,
                                   uint32_t item_bytes);

/* The length of a proper list: ERR_TYPE for an improper or a circular one. */
MUST_CHECK Status li_pair_list_length(Value list, uint64_t *length);

/* Counts a borrow of `store` in *borrows. The first pins it, the last unpins it: until then
 * its address is good, across collections too. */
void li_rawarray_borrow(Heap *heap, Value store, uint64_t *borrows);
void li_rawarray_release(Heap *heap, Value store, uint64_t *borrows);

#endif /* LI_CONTAINERS_RAWARRAY_H */
