/* evacuate.c - moving live objects out of sparse blocks, in full collections (Immix, section
 * 3.3: opportunistic evacuation), and out of all blocks in the stress mode. */
#include "mark.h"

#include <string.h>

enum {
    MAX_HOLES = IMMIX_LINES_PER_BLOCK / 2,
};

/* ---- Choosing ----------------------------------------------------------------------------- */

/* What is known of the blocks by number of holes. */
typedef struct Histogram {
    size_t live_lines[MAX_HOLES + 1];
    size_t used_lines;
    size_t free_lines;
} Histogram;

/* Of blocks that were allocated into since it is not known how much lives there. */
static bool is_candidate(const Block *block)
{
    return block->state != BLOCK_FREE && block->state != BLOCK_HEAD && !block->touched
        && block->holes > 0;
}

static void each_block(ImmixHeap *heap, void (*act)(Block *block, void *context),
                       void *context)
{
    for (Chunk *chunk = heap->pool.chunks; chunk != NULL; chunk = chunk->next) {
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1)
            act(&chunk->blocks[i], context);
    }
}

static void count_block(Block *block, void *context)
{
    Histogram *histogram = context;

    if (block->state == BLOCK_FREE || block->touched)
        return;
    histogram->used_lines += IMMIX_LINES_PER_BLOCK - block->free_lines;
    histogram->free_lines += block->free_lines;
    if (is_candidate(block))
        histogram->live_lines[block->holes] +=
            IMMIX_LINES_PER_BLOCK - block->free_lines;
}

typedef struct Choice {
    unsigned threshold; /* all blocks with so many holes or more */
    size_t rest_lines;  /* and of those with one hole less, as many as fit */
    bool touched_too;
    bool any;
} Choice;

/* What lives in the chosen blocks fits `room_lines`. */
static Choice choice_for(const Histogram *histogram, size_t room_lines)
{
    Choice choice = {.threshold = MAX_HOLES + 1, .rest_lines = room_lines};

    while (choice.threshold > 1
           && histogram->live_lines[choice.threshold - 1] <= choice.rest_lines) {
        choice.threshold -= 1;
        choice.rest_lines -= histogram->live_lines[choice.threshold];
    }
    return choice;
}

static bool is_chosen(const Block *block, Choice *choice)
{
    size_t lines = (size_t)IMMIX_LINES_PER_BLOCK - block->free_lines;

    if (!is_candidate(block))
        return block->touched && choice->touched_too;
    if (block->holes >= choice->threshold)
        return true;
    if (block->holes + 1u < choice->threshold || lines > choice->rest_lines)
        return false;
    choice->rest_lines -= lines;
    return true;
}

static void choose_block(Block *block, void *context)
{
    Choice *choice = context;

    if (is_chosen(block, choice)) {
        block->evacuate = true;
        choice->any = true;
    }
}

static void choose_used_block(Block *block, void *context)
{
    bool *any = context;

    if (block->state != BLOCK_FREE) {
        block->evacuate = true;
        *any = true;
    }
}

/* In a minor collection of the stress mode old objects stay where they are, being marked;
 * young ones lie in touched blocks alone. */
static bool choose_all(ImmixHeap *heap, bool full)
{
    bool any = false;

    if (full) {
        each_block(heap, choose_used_block, &any);
        return any;
    }
    for (Block *block = heap->pool.touched; block != NULL; block = block->next_touched)
        choose_used_block(block, &any);
    return any;
}

bool immix_choose_evacuees(ImmixHeap *heap, ImmixCollection kind)
{
    if (heap->options.stress != 0)
        return choose_all(heap, kind != IMMIX_MINOR);
    if (kind == IMMIX_MINOR)
        return false;

    Histogram histogram = {0};
    each_block(heap, count_block, &histogram);
    size_t all_lines = histogram.used_lines + histogram.free_lines;
    if (kind == IMMIX_FULL
        && histogram.free_lines * 100 < all_lines * heap->options.fragmented_percent)
        return false;

    size_t blocks = immix_free_blocks_within_limit(heap);
    size_t modest = heap->pool.free_resident_count
                  + heap->pool.used_blocks * heap->options.headroom_percent / 100 + 1;
    if (kind == IMMIX_FULL && blocks > modest)
        blocks = modest;
    if (blocks > heap->pool.used_blocks)
        blocks = heap->pool.used_blocks;
    Choice choice = choice_for(&histogram, blocks * IMMIX_LINES_PER_BLOCK);
    /* When room is left, the young may have it: what does not fit is marked in place. */
    choice.touched_too = kind == IMMIX_EVACUATE && choice.threshold == 1;
    each_block(heap, choose_block, &choice);
    return choice.any;
}

/* ---- Copying ------------------------------------------------------------------------------ */

static uintptr_t place_copy(ImmixTracer *tracer, size_t bytes, size_t align_bytes)
{
    uintptr_t place = immix_region_place(&tracer->copy, bytes, align_bytes);

    if (place != 0)
        return place;
    Block *block = immix_take_free_block(tracer->heap);
    if (block == NULL)
        return 0;
    immix_region_close(&tracer->copy);
    immix_region_open(&tracer->copy, block);
    return immix_region_place(&tracer->copy, bytes, align_bytes);
}

void *immix_evacuate(ImmixTracer *tracer, void *object, uint64_t bits, uint64_t marked)
{
    const uint64_t by_address = (uint64_t)1 << IMMIX_IDENTITY_SHIFT;
    const uint64_t stored = (uint64_t)2 << IMMIX_IDENTITY_SHIFT;
    size_t old_bytes = object_bytes(bits);

    /* An object that was hashed by its address takes the hash along. */
    bool store_hash = (bits & IMMIX_IDENTITY_MASK) == by_address;
    if (store_hash)
        marked = (marked & ~IMMIX_IDENTITY_MASK) | stored;
    size_t bytes = object_bytes(marked);
    uintptr_t place = place_copy(tracer, bytes, object_align(bits));
    if (place == 0)
        return NULL;

    uint64_t *copy = (uint64_t *)place;
    copy[0] = marked;
    memcpy(copy + 1, object, old_bytes - IMMIX_HEADER_BYTES);
    if (store_hash)
        copy[bytes / sizeof copy[0] - 1] = immix_hash_of_address((uintptr_t)object);
    stamp_lines(place, bytes, tracer->epoch);
    tracer->marked_bytes += bytes;
    tracer->moved_bytes += bytes;
    immix_header_of(object)->bits =
        (uint64_t)(place + IMMIX_HEADER_BYTES) << FORWARD_SHIFT | IMMIX_FORWARDED;
    return copy + 1;
}

void immix_evacuation_end(ImmixHeap *heap)
{
    immix_region_close(&heap->tracer.copy);
}
