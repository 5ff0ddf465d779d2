/* list.h - a growable array of Values.
 *
 * Invariants (li_list_valid)
 *   L1  length <= length of the store, which is a vector
 *   L2  slots of the store beyond length are #f, so that a dead item is not kept alive
 *   L3  borrows > 0 freezes length and store, which is pinned; items may still be replaced,
 *       by li_list_set, which has the barrier: that is why a slice is const
 */
#ifndef LI_CONTAINERS_LIST_H
#define LI_CONTAINERS_LIST_H

#include "containers/rawarray.h"

typedef struct List {
    Value store; /* T_VECTOR */
    uint64_t length;
    uint64_t borrows;
} List;

ALWAYS_INLINE bool value_is_list(Value v)
{
    return value_has_type(v, T_LIST);
}

ALWAYS_INLINE List *value_to_list(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE Value *li_list_items(const List *list)
{
    return vector_items(list->store);
}

ALWAYS_INLINE uint64_t li_list_capacity(const List *list)
{
    return vector_length(list->store);
}

/* The barrier is the store's: it holds the items, and may be old where the list is young. */
ALWAYS_INLINE void li_list_stored(Heap *heap, List *list, uint64_t first,
                                  uint64_t count)
{
    void *store = value_to_object(list->store);

    if (UNLIKELY(immix_header_of(store)->bits & IMMIX_UNLOGGED))
        immix_barrier_range(heap->immix, store, (Value *)store + first,
                            count * sizeof(Value));
}

#define SEQ(name)      li_list_##name
#define SEQ_TYPE       List
#define SEQ_ITEM       Value
#define SEQ_SLICE_ITEM const Value
#include "containers/sequence_decl.inc"
#undef SEQ
#undef SEQ_TYPE
#undef SEQ_ITEM
#undef SEQ_SLICE_ITEM

bool li_list_valid(const List *list);

#endif /* LI_CONTAINERS_LIST_H */
