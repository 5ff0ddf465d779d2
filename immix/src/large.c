/* large.c - objects over IMMIX_LARGE_BYTES: each has a mapping of its own and never moves. */
#include "heap.h"

#include <string.h>

enum {
    LARGE_CACHE_BYTES = 4 * 1024 * 1024
};

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

/* ---- Mappings ------------------------------------------------------------------------------ */

static void unmap(ImmixHeap *heap, LargeObject *large)
{
    size_t bytes = large->map_bytes;

    immix_os_unmap(large, bytes);
    immix_refund(heap, bytes);
}

bool immix_large_drop_cached(ImmixHeap *heap)
{
    Large *large = &heap->large;

    for (size_t pages = LARGE_CACHE_PAGES; large->cache_bytes != 0; pages -= 1) {
        LargeObject *mapping = large->cache[pages];
        if (mapping == NULL)
            continue;
        large->cache[pages] = mapping->next;
        large->cache_bytes -= mapping->map_bytes;
        unmap(heap, mapping);
        return true;
    }
    return false;
}

/* In the stress mode pages go at once, so that a stale pointer into them is a fault. */
static void cache_or_unmap(ImmixHeap *heap, LargeObject *mapping)
{
    Large *large = &heap->large;
    size_t pages = mapping->map_bytes / OS_PAGE_BYTES;

    if (pages > LARGE_CACHE_PAGES || heap->options.stress != 0
        || large->cache_bytes + mapping->map_bytes > LARGE_CACHE_BYTES) {
        unmap(heap, mapping);
        return;
    }
    immix_os_forbid((uintptr_t)mapping + sizeof *mapping,
                    mapping->map_bytes - sizeof *mapping);
    mapping->next = large->cache[pages];
    large->cache[pages] = mapping;
    large->cache_bytes += mapping->map_bytes;
}

/* A cleared mapping from the cache, up to a quarter larger than asked for; NULL: none. */
static LargeObject *take_cached(ImmixHeap *heap, size_t bytes)
{
    size_t pages = bytes / OS_PAGE_BYTES;
    size_t most = pages + pages / 4;

    for (; pages <= most && pages <= LARGE_CACHE_PAGES; pages += 1) {
        LargeObject *mapping = heap->large.cache[pages];
        if (mapping == NULL)
            continue;
        heap->large.cache[pages] = mapping->next;
        heap->large.cache_bytes -= mapping->map_bytes;
        immix_os_permit((uintptr_t)mapping, pages * OS_PAGE_BYTES);
        memset(mapping, 0, pages * OS_PAGE_BYTES);
        mapping->map_bytes = pages * OS_PAGE_BYTES;
        return mapping;
    }
    return NULL;
}

static LargeObject *map_new(ImmixHeap *heap, size_t bytes)
{
    if (!immix_charge(heap, bytes))
        return NULL;
    LargeObject *mapping = immix_os_map(bytes, OS_PAGE_BYTES);
    if (mapping == NULL) {
        immix_refund(heap, bytes);
        return NULL;
    }
    mapping->map_bytes = bytes;
    return mapping;
}

static LargeObject *map_large(ImmixHeap *heap, size_t bytes)
{
    LargeObject *large = take_cached(heap, bytes);

    if (large == NULL)
        large = map_new(heap, bytes);
    if (large == NULL)
        return NULL;
    if (!immix_owner_add(heap, (uintptr_t)large | 1)) {
        unmap(heap, large);
        return NULL;
    }
    return large;
}

/* ---- Objects ------------------------------------------------------------------------------- */

void *immix_large_alloc(ImmixHeap *heap, ImmixHeader header)
{
    size_t payload_bytes =
        (size_t)(header.bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
    size_t cards = card_count(heap, header.bits);
    LargeObject *large = map_large(heap, mapping_bytes(payload_bytes, cards));

    if (large == NULL)
        return NULL;
    void *object = large_object(large);
    large->heap = heap;
    large->cards = cards != 0 ? (uint8_t *)object + payload_bytes : NULL;
    large->next = heap->large.young;
    heap->large.young = large;
    heap->large.bytes += large->map_bytes;
    heap->large.count += 1;
    heap->policy.young_bytes += large->map_bytes;
    immix_header_of(object)->bits = header.bits | IMMIX_LARGE_BIT;
    return object;
}

static void free_large(ImmixHeap *heap, LargeObject *large)
{
    heap->large.bytes -= large->map_bytes;
    heap->large.count -= 1;
    immix_owner_remove(heap, (uintptr_t)large | 1);
    cache_or_unmap(heap, large);
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

    /* What was not used since the last sweep goes back to the system, so that the cache
     * follows the sizes that the program uses now. */
    while (immix_large_drop_cached(heap))
        continue;
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
    while (immix_large_drop_cached(heap))
        continue;
    heap->large = (Large){0};
}
