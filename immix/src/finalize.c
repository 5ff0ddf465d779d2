/* finalize.c - objects whose types have a finaliser, in the order of their allocation. */
#include "mark.h"

static void run(ImmixHeap *heap, void *object)
{
    uint8_t type = immix_type_of(object);

    heap->client.types[type].finalize(object, heap->client.context);
    heap->stats.finalized_count += 1;
}

void immix_finalize_dead(ImmixHeap *heap)
{
    Finalizers *finalizers = &heap->finalizers;
    uintptr_t *at = finalizers->objects.at;
    /* A minor collection leaves the old ones where they are, and alive. */
    size_t kept = heap->tracer.full ? 0 : finalizers->old_count;

    for (size_t i = kept; i < finalizers->objects.count; i += 1) {
        void *object = (void *)at[i];
        uint64_t bits = immix_header_of(object)->bits;
        if (is_watched(bits)) /* by ephemerons: none was marked, so it is dead */
            bits = immix_header_of(object)->bits = immix_watched_header(bits);
        if (bits & IMMIX_FORWARDED)
            at[kept++] = (uintptr_t)forwarded_to(bits);
        else if ((bits & IMMIX_EPOCH_MASK) == heap->tracer.epoch_bits)
            at[kept++] = (uintptr_t)object;
        else
            run(heap, object);
    }
    finalizers->objects.count = kept;
    finalizers->old_count = kept;
}

void immix_finalize_all(ImmixHeap *heap)
{
    Words *objects = &heap->finalizers.objects;

    for (size_t i = 0; i < objects->count; i += 1)
        run(heap, (void *)objects->at[i]);
    objects->count = 0;
}
