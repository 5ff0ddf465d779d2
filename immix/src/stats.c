/* stats.c - see stats.h. */
#include "stats.h"

#include "span.h"

enum {
    /* Buckets for each power of two. */
    SUB_BUCKETS_SHIFT = 2,
    SUB_BUCKETS = 1 << SUB_BUCKETS_SHIFT,
};

/* ---- Pauses -------------------------------------------------------------------------------- */

static unsigned pause_bucket(uint64_t ns)
{
    if (ns < SUB_BUCKETS)
        return (unsigned)ns;
    unsigned power = 63 - (unsigned)__builtin_clzll(ns);
    unsigned sub = (unsigned)(ns >> (power - SUB_BUCKETS_SHIFT)) & (SUB_BUCKETS - 1);
    unsigned bucket = (power - SUB_BUCKETS_SHIFT + 1) * SUB_BUCKETS + sub;

    return bucket < IMMIX_PAUSE_BUCKETS ? bucket : IMMIX_PAUSE_BUCKETS - 1;
}

uint64_t immix_pause_bucket_ns(unsigned i)
{
    if (i < SUB_BUCKETS)
        return i;
    return (uint64_t)(SUB_BUCKETS + i % SUB_BUCKETS) << (i / SUB_BUCKETS - 1);
}

uint64_t immix_pause_permille_ns(const ImmixStats *stats, unsigned permille)
{
    uint64_t count = 0, seen = 0;

    for (unsigned i = 0; i < IMMIX_PAUSE_BUCKETS; i += 1)
        count += stats->pauses[i];
    uint64_t wanted = count / 1000 * permille + (count % 1000 * permille + 999) / 1000;
    if (count == 0)
        return 0;
    for (unsigned i = 0; i < IMMIX_PAUSE_BUCKETS; i += 1) {
        seen += stats->pauses[i];
        uint64_t next = immix_pause_bucket_ns(i + 1);
        if (seen >= wanted && seen != 0)
            return next < stats->pause_max_ns ? next : stats->pause_max_ns;
    }
    return stats->pause_max_ns;
}

void immix_count_pause(ImmixHeap *heap, ImmixCollection kind, uint64_t ns)
{
    ImmixStats *stats = &heap->stats;

    stats->collections[kind] += 1;
    stats->pauses[pause_bucket(ns)] += 1;
    stats->pause_total_ns += ns;
    stats->pause_total_by_kind_ns[kind] += ns;
    if (ns > stats->pause_max_ns)
        stats->pause_max_ns = ns;
    if (ns > stats->pause_max_by_kind_ns[kind])
        stats->pause_max_by_kind_ns[kind] = ns;
}

/* ---- Memory -------------------------------------------------------------------------------- */

static uint64_t hole_bytes(const Pool *pool)
{
    uint64_t lines = 0;

    for (const Chunk *chunk = pool->chunks; chunk != NULL; chunk = chunk->next) {
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
            if (chunk->blocks[i].state != BLOCK_FREE)
                lines += chunk->blocks[i].free_lines;
        }
    }
    return lines * IMMIX_LINE_BYTES;
}

void immix_stats(const ImmixHeap *heap, ImmixStats *stats)
{
    const Pool *pool = &heap->pool;

    *stats = heap->stats;
    stats->allocated_bytes += heap->policy.young_bytes + immix_bump_open_bytes(heap);
    stats->live_bytes = heap->policy.live_bytes;
    stats->old_bytes = heap->policy.old_bytes;
    stats->held_bytes = heap->held_bytes;
    stats->peak_bytes = heap->peak_bytes;
    stats->limit_bytes = heap->limit_bytes;
    stats->external_bytes = heap->external_bytes;
    stats->block_bytes = pool->used_blocks * (uint64_t)IMMIX_BLOCK_BYTES;
    stats->large_bytes = heap->large.bytes;
    stats->large_count = heap->large.count;
    stats->hole_bytes = hole_bytes(pool);
    stats->free_blocks = pool->free_resident_count + pool->free_clean_count;
    stats->free_bytes = pool->free_resident_count * (uint64_t)IMMIX_BLOCK_BYTES
                      + heap->large.free_bytes;
    stats->table_bytes = stats->held_bytes - stats->external_bytes - stats->block_bytes
                       - stats->large_bytes - stats->free_bytes;
}

static uint64_t resident_words(const Words *words)
{
    return immix_os_resident_bytes(words->at, words->capacity * sizeof words->at[0]);
}

static uint64_t resident_large(const LargeObject *list)
{
    uint64_t bytes = 0;

    for (; list != NULL; list = list->next) {
        if (list->map_bytes > RUN_MOST_BYTES)
            bytes += immix_os_resident_bytes((void *)(uintptr_t)list, list->map_bytes);
    }
    return bytes;
}

/* What is outside the heap is not known to it, and the tables that malloc() keeps are taken to
 * be in memory. */
uint64_t immix_resident_bytes(const ImmixHeap *heap)
{
    uint64_t bytes =
        sizeof *heap + heap->pool.owners.capacity * sizeof heap->pool.owners.slots[0];

    for (Chunk *chunk = heap->pool.chunks; chunk != NULL; chunk = chunk->next)
        bytes += immix_os_resident_bytes(chunk, IMMIX_CHUNK_BYTES);
    for (unsigned i = 0; i < SPAN_CLASSES; i += 1) {
        for (Span *span = heap->large.spans[i]; span != NULL; span = span->next)
            bytes += immix_os_resident_bytes(span, SPAN_BYTES);
    }
    return bytes + resident_large(heap->large.young) + resident_large(heap->large.old)
         + resident_words(&heap->tracer.stack)
         + resident_words(&heap->remembered.objects)
         + resident_words(&heap->remembered.carded)
         + resident_words(&heap->finalizers.objects);
}
