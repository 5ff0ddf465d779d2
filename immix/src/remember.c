/* remember.c - the remembered set: old objects that were stored into, and cards of big ones.
 *
 * An object with UNLOGGED is in neither list, or CARDED and DIRTY and in `carded`. Remembering
 * an object as a whole clears UNLOGGED; a carded object keeps it, because each store has to
 * mark its card, and DIRTY says that it is in the list. */
#include "mark.h"

#include <string.h>

static COLD void remember_slowly(ImmixHeap *heap, void *object)
{
    if (heap->remembered.off) {
        immix_header_of(object)->bits &= ~IMMIX_UNLOGGED;
    } else if (immix_words_reserve(heap, &heap->remembered.objects, 1)) {
        immix_remember(heap, object);
    } else {
        immix_give_up_minors(heap);
    }
}

void immix_remember(ImmixHeap *heap, void *object)
{
    Words *objects = &heap->remembered.objects;

    if (UNLIKELY(objects->count == objects->capacity)) {
        remember_slowly(heap, object);
        return;
    }
    objects->at[objects->count++] = (uintptr_t)object;
    immix_header_of(object)->bits &= ~IMMIX_UNLOGGED;
}

/* ---- Cards -------------------------------------------------------------------------------- */

/* The card of `slot`, and where the card begins. */
static uint8_t *object_card(void *object, uintptr_t slot, uintptr_t *card_start)
{
    if (immix_header_of(object)->bits & IMMIX_LARGE_BIT) {
        uintptr_t payload = (uintptr_t)object;
        size_t index = (slot - payload) / CARD_BYTES;
        *card_start = payload + index * CARD_BYTES;
        return &large_of(object)->cards[index];
    }
    *card_start = slot & ~((uintptr_t)CARD_BYTES - 1);
    return card_of(slot);
}

static COLD void list_carded(ImmixHeap *heap, ImmixHeader *header)
{
    Words *carded = &heap->remembered.carded;

    if (!immix_words_reserve(heap, carded, 1)) {
        immix_give_up_minors(heap);
        return;
    }
    carded->at[carded->count++] = (uintptr_t)immix_object_of(header);
    header->bits |= IMMIX_DIRTY;
}

static NO_INLINE void mark_cards(ImmixHeap *heap, void *object, uintptr_t first, size_t bytes)
{
    ImmixHeader *header = immix_header_of(object);
    uintptr_t card_start;

    if (bytes == 0)
        return;
    if (!(header->bits & IMMIX_CARDED) || heap->remembered.off) {
        immix_remember(heap, object);
        return;
    }
    ASSERT(first >= (uintptr_t)object
           && first + bytes
                  <= (uintptr_t)object
                         + (size_t)immix_granules_of(object) * IMMIX_GRANULE_BYTES);
    uint8_t *card = object_card(object, first, &card_start);
    uint8_t *last = object_card(object, first + bytes - 1, &card_start);
    while (card <= last)
        *card++ = 1;
    if (!(header->bits & IMMIX_DIRTY))
        list_carded(heap, header);
}

/* Single stores into large vectors come here over and over again, and are made short work of. */
void immix_remember_range(ImmixHeap *heap, void *object, const void *first, size_t bytes)
{
    const uint64_t common = IMMIX_LARGE_BIT | IMMIX_CARDED | IMMIX_DIRTY;
    size_t offset = (uintptr_t)first - (uintptr_t)object;
    size_t card = offset / CARD_BYTES;

    if ((immix_header_of(object)->bits & common) == common
        && (offset + bytes - 1) / CARD_BYTES == card)
        large_of(object)->cards[card] = 1;
    else
        mark_cards(heap, object, (uintptr_t)first, bytes);
}

void immix_dirty_runs(ImmixHeap *heap, void *object,
                      void (*act)(void *context, uint64_t *slots, size_t count),
                      void *context)
{
    uint64_t bits = immix_header_of(object)->bits;
    uintptr_t slot = (uintptr_t)object;
    uintptr_t end = slot + immix_value_words(&heap->tracer, bits) * IMMIX_GRANULE_BYTES;

    while (slot < end) {
        uintptr_t card_start;
        uint8_t dirty = *object_card(object, slot, &card_start);
        uintptr_t next = card_start + CARD_BYTES < end ? card_start + CARD_BYTES : end;
        if (dirty)
            act(context, (uint64_t *)slot, (next - slot) / IMMIX_GRANULE_BYTES);
        slot = next;
    }
}

static void clear_cards(void *object)
{
    size_t bytes = (size_t)immix_granules_of(object) * IMMIX_GRANULE_BYTES;
    uintptr_t start;
    uint8_t *first = object_card(object, (uintptr_t)object, &start);
    uint8_t *last = object_card(object, (uintptr_t)object + bytes - 1, &start);

    memset(first, 0, (size_t)(last - first) + 1);
    immix_header_of(object)->bits &= ~IMMIX_DIRTY;
}

/* A card may be shared by neighbours, so none is cleared before all are traced. */
static void forget_cards(ImmixHeap *heap)
{
    Words *carded = &heap->remembered.carded;

    for (size_t i = 0; i < carded->count; i += 1)
        clear_cards((void *)carded->at[i]);
    carded->count = 0;
}

/* ---- Tracing ------------------------------------------------------------------------------ */

static void trace_run(void *context, uint64_t *slots, size_t count)
{
    immix_trace_slots(context, slots, count);
}

void immix_remembered_trace(ImmixHeap *heap)
{
    Remembered *remembered = &heap->remembered;

    for (size_t i = 0; i < remembered->carded.count; i += 1)
        immix_dirty_runs(heap, (void *)remembered->carded.at[i], trace_run,
                         &heap->tracer);
    forget_cards(heap);
    for (size_t i = 0; i < remembered->objects.count; i += 1) {
        void *object = (void *)remembered->objects.at[i];
        immix_header_of(object)->bits |= IMMIX_UNLOGGED;
        immix_trace_object(&heap->tracer, object);
    }
    remembered->objects.count = 0;
}

void immix_remembered_drop(ImmixHeap *heap)
{
    forget_cards(heap);
    heap->remembered.objects.count = 0;
    heap->remembered.off = false;
}

void immix_remembered_stop(ImmixHeap *heap)
{
    Remembered *remembered = &heap->remembered;

    immix_remembered_drop(heap);
    immix_words_release(heap, &remembered->objects);
    immix_words_release(heap, &remembered->carded);
    remembered->off = true;
}
