/* list.c - a growable array of Values. */
#include "containers/list.h"

/* At least one slot: an object of no granules may lie where its block ends. */
static Status li_list_store_new(Heap *heap, uint64_t capacity, Value *store)
{
    return li_vector(heap, capacity == 0 ? 1 : capacity, VALUE_FALSE, store);
}

static void li_list_vacated(List *list, uint64_t first, uint64_t count)
{
    Value *items = li_list_items(list);

    for (uint64_t i = first; i < first + count; i += 1)
        items[i] = VALUE_FALSE;
}

static Status li_list_item_from_value(Value v, Value *item)
{
    *item = v;
    return OK;
}

static Status li_list_item_to_value(Heap *heap, Value item, Value *v)
{
    (void)heap;
    *v = item;
    return OK;
}

#define SEQ(name)        li_list_##name
#define SEQ_TYPE         List
#define SEQ_ITEM         Value
#define SEQ_SLICE_ITEM   const Value
#define SEQ_HEADER_TYPE  T_LIST
#define SEQ_HEADER_EXTRA 0
#include "containers/sequence_impl.inc"

bool li_list_valid(const List *list)
{
    if (!value_is_vector(list->store) || list->length > li_list_capacity(list))
        return false;
    for (uint64_t i = list->length; i < li_list_capacity(list); i += 1) {
        if (!value_is_eq(li_list_items(list)[i], VALUE_FALSE))
            return false;
    }
    return true;
}
