/* large.c - objects over IMMIX_LARGE_BYTES: each has a mapping of its own and never moves. */
#include "heap.h"

/* Cards follow the payload of an object that can have any. */
static size_t mapping_bytes(size_t payload_bytes, size_t card_count)
{
    size_t bytes = LARGE_HEAD_BYTES + payload_bytes + card_count;

    return (bytes + OS_PAGE_BYTES - 1) / OS_PAGE_BYTES * OS_PAGE_BYTES;
}

static size_t card_count(const ImmixHeap *heap, uint64_t bits)
{
    uint32_t words = heap->tracer.words[type_of_bits(bits)];
    size_t payload_bytes = (size_t)(bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;

    if (is_leaf(&heap->tracer, bits) || words == WORDS_CUSTOM)
        return 0;
    return (payload_bytes + CARD_BYTES - 1) / CARD_BYTES;
}

static LargeObject *map_large(ImmixHeap *heap, size_t bytes)
{
    if (!immix_charge(heap, bytes))
        return NULL;
    LargeObject *large = immix_os_map(bytes, OS_PAGE_BYTES);
    if (large == NULL) {
        immix_refund(heap, bytes);
        return NULL;
    }
    if (!immix_owner_add(heap, (uintptr_t)large | 1)) {
        immix_os_unmap(large, bytes);
        immix_refund(heap, bytes);
        return NULL;
    }
    return large;
}

void *immix_large_alloc(ImmixHeap *heap, ImmixHeader header)
{
    size_t payload_bytes =
        (size_t)(header.bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
    size_t cards = card_count(heap, header.bits);
    size_t bytes = mapping_bytes(payload_bytes, cards);
    LargeObject *large = map_large(heap, bytes);

    if (large == NULL)
        return NULL;
    void *object = large_object(large);
    large->heap = heap;
    large->map_bytes = bytes;
    large->cards = cards != 0 ? (uint8_t *)object + payload_bytes : NULL;
    large->next = heap->large.young;
    heap->large.young = large;
    heap->large.bytes += bytes;
    heap->large.count += 1;
    heap->policy.young_bytes += bytes;
    immix_header_of(object)->bits = header.bits | IMMIX_LARGE_BIT;
    return object;
}

static void free_large(ImmixHeap *heap, LargeObject *large)
{
    heap->large.bytes -= large->map_bytes;
    heap->large.count -= 1;
    immix_refund(heap, large->map_bytes);
    immix_owner_remove(heap, (uintptr_t)large | 1);
    immix_os_unmap(large, large->map_bytes);
}

/* Moves the marked objects of `list` to the old ones and frees the others. */
static void sweep_list(ImmixHeap *heap, LargeObject *list)
{
    LargeObject *next;

    for (; list != NULL; list = next) {
        uint64_t bits = immix_header_of(large_object(list))->bits;
        next = list->next;
        if ((bits & IMMIX_EPOCH_MASK) == heap->tracer.epoch_bits) {
            list->next = heap->large.old;
            heap->large.old = list;
        } else {
            free_large(heap, list);
        }
    }
}

void immix_large_sweep(ImmixHeap *heap, bool full)
{
    LargeObject *young = heap->large.young;
    LargeObject *old = heap->large.old;

    heap->large.young = NULL;
    if (full) {
        heap->large.old = NULL;
        sweep_list(heap, old);
    }
    sweep_list(heap, young);
}

void immix_large_close(ImmixHeap *heap)
{
    LargeObject *next;

    for (LargeObject *large = heap->large.young; large != NULL; large = next) {
        next = large->next;
        free_large(heap, large);
    }
    for (LargeObject *large = heap->large.old; large != NULL; large = next) {
        next = large->next;
        free_large(heap, large);
    }
    heap->large = (Large){0};
}
