/* stats.c - see stats.h. */
#include "stats.h"

void immix_count_pause(ImmixHeap *heap, ImmixCollection kind, uint64_t ns)
{
    ImmixStats *stats = &heap->stats;
    unsigned bucket = ns == 0 ? 0 : 63 - (unsigned)__builtin_clzll(ns);

    if (bucket >= IMMIX_PAUSE_BUCKETS)
        bucket = IMMIX_PAUSE_BUCKETS - 1;
    stats->collections[kind] += 1;
    stats->pauses[bucket] += 1;
    stats->pause_total_ns += ns;
    if (ns > stats->pause_max_ns)
        stats->pause_max_ns = ns;
}

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
    stats->held_bytes = heap->held_bytes;
    stats->peak_bytes = heap->peak_bytes;
    stats->external_bytes = heap->external_bytes;
    stats->block_bytes = pool->used_blocks * (uint64_t)IMMIX_BLOCK_BYTES;
    stats->large_bytes = heap->large.bytes;
    stats->large_count = heap->large.count;
    stats->hole_bytes = hole_bytes(pool);
    stats->free_blocks = pool->free_resident_count + pool->free_clean_count;
}
