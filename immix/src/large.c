/* large.c - objects over IMMIX_LARGE_BYTES: each has pages of its own, a run in a span or, if
 * it is huge, a mapping. They move only when immix_resize_large() makes them larger. */
#include "heap.h"

#include <string.h>

#include "mark.h"
#include "span.h"

/* ---- Pages --------------------------------------------------------------------------------- */

/* Cards follow the payload of an object that can have any. */
static size_t pages_bytes(size_t payload_bytes, size_t card_count)
{
    size_t bytes = LARGE_HEAD_BYTES + payload_bytes + card_count;

    return (bytes + OS_PAGE_BYTES - 1) / OS_PAGE_BYTES * OS_PAGE_BYTES;
}

static size_t payload_bytes_of(uint64_t bits)
{
    return (size_t)(bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
}

static size_t card_count(const ImmixTracer *tracer, uint64_t bits)
{
    if (is_leaf(tracer, bits) || tracer->words[type_of_bits(bits)] == WORDS_CUSTOM)
        return 0;
    return (payload_bytes_of(bits) + CARD_BYTES - 1) / CARD_BYTES;
}

static LargeObject *map_huge(ImmixHeap *heap, size_t bytes)
{
    if (!immix_charge(heap, bytes))
        return NULL;
    LargeObject *large =
        immix_map(heap, bytes, bytes >= 2 * OS_HUGE_BYTES ? OS_HUGE_BYTES : OS_PAGE_BYTES);
    if (large == NULL)
        immix_refund(heap, bytes);
    return large;
}

static LargeObject *take_pages(ImmixHeap *heap, size_t bytes, bool *is_clean)
{
    *is_clean = true;
    return bytes <= RUN_MOST_BYTES ? immix_run_take(heap, bytes, is_clean)
                                   : map_huge(heap, bytes);
}

static void give_pages(ImmixHeap *heap, LargeObject *large, size_t bytes)
{
    if (bytes <= RUN_MOST_BYTES) {
        immix_run_give(heap, large, bytes);
    } else {
        immix_os_unmap(large, bytes);
        immix_refund(heap, bytes);
    }
}

void immix_large_drop_free(ImmixHeap *heap, size_t bytes)
{
    immix_spans_drop_pages(heap, bytes);
}

/* ---- Lists --------------------------------------------------------------------------------- */

static void link_large(LargeObject **list, LargeObject *large)
{
    large->previous = NULL;
    large->next = *list;
    if (*list != NULL)
        (*list)->previous = large;
    *list = large;
}

static LargeObject **list_of(ImmixHeap *heap, const LargeObject *large)
{
    uint64_t bits = immix_header_of(large_object(large))->bits;

    return bits & IMMIX_EPOCH_MASK ? &heap->large.old : &heap->large.young;
}

/* ---- Objects ------------------------------------------------------------------------------- */

void *immix_large_alloc(ImmixHeap *heap, ImmixHeader header)
{
    size_t payload_bytes = payload_bytes_of(header.bits);
    size_t cards = card_count(&heap->tracer, header.bits);
    size_t bytes = pages_bytes(payload_bytes, cards);
    bool is_clean;
    LargeObject *large = take_pages(heap, bytes, &is_clean);

    if (large == NULL)
        return NULL;
    if (!immix_owner_add(heap, (uintptr_t)large | 1)) {
        give_pages(heap, large, bytes);
        return NULL;
    }
    void *object = large_object(large);
    *large = (LargeObject){.heap = heap, .map_bytes = bytes, .is_clean = is_clean};
    large->cards = cards != 0 ? (uint8_t *)object + payload_bytes : NULL;
    if (!is_clean && cards != 0)
        memset(large->cards, 0, cards);
    link_large(&heap->large.young, large);
    heap->large.bytes += bytes;
    heap->large.count += 1;
    heap->policy.young_bytes += bytes;
    immix_header_of(object)->bits = header.bits | IMMIX_LARGE_BIT;
    return object;
}

void immix_large_clear(void *object)
{
    if (!large_of(object)->is_clean)
        memset(object, 0, payload_bytes_of(immix_header_of(object)->bits));
}

static void free_large(ImmixHeap *heap, LargeObject *large)
{
    heap->large.bytes -= large->map_bytes;
    heap->large.count -= 1;
    immix_owner_remove(heap, (uintptr_t)large | 1);
    give_pages(heap, large, large->map_bytes);
}

/* Moves the marked objects of `list` to the old ones and frees the others. */
static void sweep_list(ImmixHeap *heap, LargeObject *list)
{
    LargeObject *next;

    for (; list != NULL; list = next) {
        uint64_t bits = immix_header_of(large_object(list))->bits;
        next = list->next;
        if ((bits & IMMIX_EPOCH_MASK) == heap->tracer.epoch_bits)
            link_large(&heap->large.old, list);
        else
            free_large(heap, list);
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
    if (heap->large.free_bytes > heap->options.large_cache_bytes)
        immix_spans_drop_pages(heap, heap->large.free_bytes
                                         - heap->options.large_cache_bytes);
}

void immix_large_close(ImmixHeap *heap)
{
    heap->tracer.epoch_bits = IMMIX_EPOCH_MASK + 1; /* nothing is marked so */
    immix_large_sweep(heap, true);
    immix_spans_drop_pages(heap, SIZE_MAX);
    ASSERT(heap->large.count == 0 && heap->large.span_count == 0);
}

/* ---- Resizing ------------------------------------------------------------------------------ */

/* The pages where they are, or elsewhere with what is in them; what is new reads as zero.
 * NULL: no room, and nothing changed. */
static LargeObject *resize_pages(ImmixHeap *heap, LargeObject *large, size_t bytes)
{
    size_t old_bytes = large->map_bytes;
    bool is_clean;

    if (bytes == old_bytes)
        return large;
    if (old_bytes > RUN_MOST_BYTES) {
        if (!immix_charge(heap, bytes - old_bytes))
            return NULL;
        LargeObject *grown = immix_os_remap(large, old_bytes, bytes);
        if (grown == NULL)
            immix_refund(heap, bytes - old_bytes);
        return grown;
    }
    if (bytes <= RUN_MOST_BYTES
        && immix_run_extend(heap, large, old_bytes, bytes - old_bytes, &is_clean)) {
        if (!is_clean)
            memset((char *)large + old_bytes, 0, bytes - old_bytes);
        return large;
    }
    LargeObject *copy = take_pages(heap, bytes, &is_clean);
    if (copy == NULL)
        return NULL;
    memcpy(copy, large, old_bytes);
    if (!is_clean)
        memset((char *)copy + old_bytes, 0, bytes - old_bytes);
    give_pages(heap, large, old_bytes);
    return copy;
}

/* The cards move to the end of the larger payload. */
static void move_cards(LargeObject *large, size_t old_payload_bytes, size_t old_cards,
                       size_t payload_bytes)
{
    uint8_t *from = (uint8_t *)large_object(large) + old_payload_bytes;
    uint8_t *to = (uint8_t *)large_object(large) + payload_bytes;

    large->cards = to;
    memmove(to, from, old_cards);
    memset(from, 0, (size_t)(to - from) < old_cards ? (size_t)(to - from) : old_cards);
}

static void replace_word(Words *words, uintptr_t old, uintptr_t new)
{
    for (size_t i = 0; i < words->count; i += 1) {
        if (words->at[i] == old)
            words->at[i] = new;
    }
}

/* Everything that knows where the object was. An old object may be remembered. */
static void note_move(ImmixHeap *heap, const void *old, LargeObject *large)
{
    uint64_t bits = immix_header_of(large_object(large))->bits;
    uintptr_t from = (uintptr_t)old, to = (uintptr_t)large_object(large);

    immix_owner_remove(heap, (from - LARGE_HEAD_BYTES) | 1);
    /* One entry less was there a moment ago: the table need not grow. */
    bool added = immix_owner_add(heap, (uintptr_t)large | 1);
    CHECK(added);
    if (large->next != NULL)
        large->next->previous = large;
    if (large->previous != NULL)
        large->previous->next = large;
    else
        *list_of(heap, large) = large;
    if (bits & IMMIX_DIRTY)
        replace_word(&heap->remembered.carded, from, to);
    if ((bits & IMMIX_EPOCH_MASK) && !(bits & IMMIX_UNLOGGED))
        replace_word(&heap->remembered.objects, from, to);
}

static bool can_resize(const ImmixHeap *heap, uint64_t bits, uint32_t granules)
{
    const uint64_t fixed = IMMIX_PINNED | IMMIX_IDENTITY_MASK | IMMIX_FINALIZED;

    return (bits & IMMIX_LARGE_BIT) && !(bits & fixed) && !heap->tracer.active
        && granules >= bits >> IMMIX_GRANULES_SHIFT;
}

void *immix_resize_large(ImmixHeap *heap, void *object, uint32_t granules)
{
    LargeObject *large = large_of(object);
    ImmixTracer *tracer = &heap->tracer;
    uint64_t bits = immix_header_of(object)->bits;
    uint64_t grown_bits =
        (bits << 32 >> 32) | (uint64_t)granules << IMMIX_GRANULES_SHIFT;

    if (!can_resize(heap, bits, granules) || immix_fails_now(heap))
        return NULL;
    size_t old_bytes = large->map_bytes, payload_bytes = payload_bytes_of(grown_bits);
    size_t cards = card_count(tracer, grown_bits);
    size_t bytes = pages_bytes(payload_bytes, cards);
    LargeObject *grown = resize_pages(heap, large, bytes);
    if (grown == NULL)
        return NULL;

    grown->map_bytes = bytes;
    immix_header_of(large_object(grown))->bits = grown_bits;
    if (cards != 0)
        move_cards(grown, payload_bytes_of(bits), card_count(tracer, bits),
                   payload_bytes);
    if (grown != large)
        note_move(heap, object, grown);
    heap->large.bytes += bytes - old_bytes;
    heap->policy.young_bytes += bytes - old_bytes;
    if (bits & IMMIX_EPOCH_MASK)
        heap->policy.old_bytes += bytes - old_bytes;
    immix_consider_telling(heap);
    return large_object(grown);
}
