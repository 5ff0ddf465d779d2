/* pool.c - the memory of a heap: chunks, blocks, the limit, and giving memory back. */
#include "heap.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* A program that needs less than this has small pages. */
    HUGE_FROM_BYTES = 4 * IMMIX_CHUNK_BYTES,
    /* A heap with a limit gets huge pages when it has so many chunks: what such a page has that
     * no block has asked for yet, of which the limit does not know, is little beside them. */
    HUGE_FROM_CHUNKS = 8,
    /* A huge page that takes longer is dear. Where there are some at hand one takes a tenth of
     * this, and the small pages in its place take half of it. */
    HUGE_DEAR_NS = 1000 * 1000,
    /* After a dear one, so much is mapped with small pages; twice as much after each that is
     * dear too, up to the second number. */
    LEAST_SMALL_BYTES = 8 * IMMIX_CHUNK_BYTES,
    MOST_SMALL_BYTES = 128 * IMMIX_CHUNK_BYTES,
};

/* ---- The account ------------------------------------------------------------------------- */

static Block *pop(Block **list)
{
    Block *block = *list;

    if (block != NULL)
        *list = block->next;
    return block;
}

static void push(Block **list, Block *block)
{
    block->next = *list;
    *list = block;
}

/* Takes the pages of a free block away, and its bytes off the account. */
static void discard_block(ImmixHeap *heap, Block *block)
{
    immix_os_discard((void *)block_start(block), IMMIX_BLOCK_BYTES);
    block->resident = false;
    immix_refund(heap, IMMIX_BLOCK_BYTES);
}

/* True if `bytes` more stay within the limit. */
static bool within_limit(const ImmixHeap *heap, size_t bytes)
{
    return heap->limit_bytes == 0
        || (heap->held_bytes <= heap->limit_bytes
            && bytes <= heap->limit_bytes - heap->held_bytes);
}

bool immix_charge(ImmixHeap *heap, size_t bytes)
{
    Pool *pool = &heap->pool;

    if (bytes > SIZE_MAX - heap->held_bytes || bytes > immix_room_bytes(heap))
        return false;
    while (!within_limit(heap, bytes)) {
        if (heap->large.free_bytes != 0) {
            immix_large_drop_free(heap, heap->held_bytes + bytes - heap->limit_bytes);
            continue;
        }
        Block *block = pop(&pool->free_resident);
        if (block == NULL)
            return false;
        discard_block(heap, block);
        push(&pool->free_clean, block);
        pool->free_resident_count -= 1;
        pool->free_clean_count += 1;
    }
    heap->held_bytes += bytes;
    if (heap->held_bytes > heap->peak_bytes)
        heap->peak_bytes = heap->held_bytes;
    return true;
}

void immix_refund(ImmixHeap *heap, size_t bytes)
{
    ASSERT(bytes <= heap->held_bytes);
    heap->held_bytes -= bytes;
}

size_t immix_room_bytes(const ImmixHeap *heap)
{
    size_t fixed = heap->held_bytes - heap->large.free_bytes
                 - heap->pool.free_resident_count * IMMIX_BLOCK_BYTES;

    if (heap->limit_bytes == 0)
        return SIZE_MAX - heap->held_bytes;
    return fixed < heap->limit_bytes ? heap->limit_bytes - fixed : 0;
}

static bool may_have_huge_pages(const ImmixHeap *heap, size_t bytes)
{
    if (heap->limit_bytes == 0)
        return bytes + heap->held_bytes >= HUGE_FROM_BYTES;
    return heap->pool.chunk_count >= HUGE_FROM_CHUNKS
        && immix_room_bytes(heap) >= IMMIX_CHUNK_BYTES;
}

/* How long it takes until the page is there. */
static uint64_t first_touch_ns(void *page)
{
    uint64_t start = immix_os_cpu_ns();

    *(volatile char *)page = 0;
    return immix_os_cpu_ns() - start;
}

bool immix_huge_due(HugePages *huge, size_t bytes)
{
    bool due = huge->small_bytes == 0;

    huge->small_bytes -= bytes < huge->small_bytes ? bytes : huge->small_bytes;
    return due;
}

bool immix_huge_is_dear(HugePages *huge, uint64_t ns)
{
    bool dear = ns >= HUGE_DEAR_NS;

    if (!dear) {
        huge->next_small_bytes = LEAST_SMALL_BYTES;
    } else {
        huge->small_bytes = huge->next_small_bytes;
        if (huge->next_small_bytes < MOST_SMALL_BYTES)
            huge->next_small_bytes *= 2;
    }
    return dear;
}

/* Huge pages are a bargain where the system has some at hand. A virtual machine may have lent
 * them to others, and then each takes as long as thousands of small ones; those come from what
 * was in use a moment ago. So the first page is tried, and sometimes another one. (All of a
 * mapping prefers the same, since the system moves no other.) */
static void use_huge_pages(ImmixHeap *heap, void *memory, size_t bytes)
{
    HugePages *huge = &heap->pool.huge;

    if (!immix_huge_due(huge, bytes))
        return;
    immix_os_prefer_huge(memory, bytes);
    if (immix_huge_is_dear(huge, first_touch_ns(memory)))
        immix_os_prefer_small(memory, bytes);
}

void immix_pool_open(Pool *pool)
{
    pool->huge.next_small_bytes = LEAST_SMALL_BYTES;
}

void *immix_map(ImmixHeap *heap, size_t bytes, size_t align_bytes)
{
    void *memory = immix_os_map(bytes, align_bytes);

    if (memory != NULL && align_bytes >= OS_HUGE_BYTES && may_have_huge_pages(heap, bytes))
        use_huge_pages(heap, memory, bytes);
    return memory;
}

/* ---- Words -------------------------------------------------------------------------------- */

bool immix_words_reserve(ImmixHeap *heap, Words *words, size_t count)
{
    if (count <= words->capacity - words->count)
        return true;

    size_t old_bytes = words->capacity * sizeof words->at[0];
    size_t bytes = old_bytes == 0 ? OS_PAGE_BYTES : old_bytes * 2;
    while (bytes / sizeof words->at[0] - words->count < count)
        bytes *= 2;
    if (!immix_charge(heap, bytes))
        return false;
    uintptr_t *at = immix_os_map(bytes, OS_PAGE_BYTES);
    if (at == NULL) {
        immix_refund(heap, bytes);
        return false;
    }
    if (words->at != NULL) {
        memcpy(at, words->at, words->count * sizeof at[0]);
        immix_os_unmap(words->at, old_bytes);
        immix_refund(heap, old_bytes);
    }
    words->at = at;
    words->capacity = bytes / sizeof at[0];
    return true;
}

void immix_words_release(ImmixHeap *heap, Words *words)
{
    size_t bytes = words->capacity * sizeof words->at[0];

    if (words->at != NULL) {
        immix_os_unmap(words->at, bytes);
        immix_refund(heap, bytes);
    }
    *words = (Words){0};
}

/* ---- Owners ------------------------------------------------------------------------------- */

static size_t owner_home(const OwnerTable *table, uintptr_t entry)
{
    uint64_t hash = ((uint64_t)entry >> 12) * 0x9E3779B97F4A7C15;

    return (size_t)(hash >> 32) & (table->capacity - 1);
}

/* The slot that holds `entry`, or the empty one where it would go. */
static size_t owner_slot(const OwnerTable *table, uintptr_t entry)
{
    size_t i = owner_home(table, entry);

    while (table->slots[i] != 0 && table->slots[i] != entry)
        i = (i + 1) & (table->capacity - 1);
    return i;
}

static bool owner_grow(ImmixHeap *heap)
{
    OwnerTable *table = &heap->pool.owners;
    OwnerTable bigger = {.capacity = table->capacity == 0 ? 64 : table->capacity * 2};
    size_t added = (bigger.capacity - table->capacity) * sizeof bigger.slots[0];

    if (!immix_charge(heap, added))
        return false;
    bigger.slots = calloc(bigger.capacity, sizeof bigger.slots[0]);
    if (bigger.slots == NULL) {
        immix_refund(heap, added);
        return false;
    }
    for (size_t i = 0; i < table->capacity; i += 1) {
        if (table->slots[i] != 0)
            bigger.slots[owner_slot(&bigger, table->slots[i])] = table->slots[i];
    }
    bigger.count = table->count;
    free(table->slots);
    *table = bigger;
    return true;
}

bool immix_owner_add(ImmixHeap *heap, uintptr_t entry)
{
    OwnerTable *table = &heap->pool.owners;

    if (table->count * 2 >= table->capacity && !owner_grow(heap))
        return false;
    table->slots[owner_slot(table, entry)] = entry;
    table->count += 1;
    return true;
}

void immix_owner_remove(ImmixHeap *heap, uintptr_t entry)
{
    OwnerTable *table = &heap->pool.owners;
    size_t hole = owner_slot(table, entry);

    ASSERT(table->slots[hole] == entry);
    table->slots[hole] = 0;
    table->count -= 1;
    /* Entries after the hole that hashed to it or before it move up, so that no search ends
     * early. */
    for (size_t i = hole;;) {
        i = (i + 1) & (table->capacity - 1);
        if (table->slots[i] == 0)
            return;
        size_t home = owner_home(table, table->slots[i]);
        size_t from_home = (i - home) & (table->capacity - 1);
        size_t from_hole = (i - hole) & (table->capacity - 1);
        if (from_home >= from_hole) {
            table->slots[hole] = table->slots[i];
            table->slots[i] = 0;
            hole = i;
        }
    }
}

bool immix_owner_has(const ImmixHeap *heap, uintptr_t entry)
{
    const OwnerTable *table = &heap->pool.owners;

    return table->capacity != 0 && table->slots[owner_slot(table, entry)] == entry;
}

/* ---- Chunks ------------------------------------------------------------------------------- */

static bool add_chunk(ImmixHeap *heap)
{
    Pool *pool = &heap->pool;

    if (!immix_charge(heap, CHUNK_TABLE_BYTES))
        return false;
    Chunk *chunk = immix_map(heap, IMMIX_CHUNK_BYTES, IMMIX_CHUNK_BYTES);
    if (chunk == NULL || !immix_owner_add(heap, (uintptr_t)chunk)) {
        if (chunk != NULL)
            immix_os_unmap(chunk, IMMIX_CHUNK_BYTES);
        immix_refund(heap, CHUNK_TABLE_BYTES);
        return false;
    }
    chunk->heap = heap;
    chunk->next = pool->chunks;
    pool->chunks = chunk;
    pool->chunk_count += 1;
    immix_os_forbid((uintptr_t)chunk + HEAD_BLOCKS * IMMIX_BLOCK_BYTES,
                    USABLE_BLOCKS * (size_t)IMMIX_BLOCK_BYTES);
    for (size_t i = CHUNK_BLOCKS - 1; i >= HEAD_BLOCKS; i -= 1) {
        chunk->blocks[i].state = BLOCK_FREE;
        push(&pool->free_clean, &chunk->blocks[i]);
    }
    pool->free_clean_count += USABLE_BLOCKS;
    return true;
}

/* The chunk's blocks must be on no list. */
static void drop_chunk(ImmixHeap *heap, Chunk *chunk)
{
    for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
        if (chunk->blocks[i].resident)
            immix_refund(heap, IMMIX_BLOCK_BYTES);
    }
    immix_refund(heap, CHUNK_TABLE_BYTES);
    immix_owner_remove(heap, (uintptr_t)chunk);
    immix_os_unmap(chunk, IMMIX_CHUNK_BYTES);
    heap->pool.chunk_count -= 1;
}

/* ---- Taking blocks ------------------------------------------------------------------------ */

static void touch(Pool *pool, Block *block)
{
    ASSERT(!block->touched);
    block->touched = true;
    block->next_touched = pool->touched;
    pool->touched = block;
}

static Block *pop_free_block(ImmixHeap *heap)
{
    Pool *pool = &heap->pool;

    if (pool->free_resident != NULL) {
        pool->free_resident_count -= 1;
        return pop(&pool->free_resident);
    }
    if (immix_room_bytes(heap) < IMMIX_BLOCK_BYTES)
        return NULL;
    if (pool->free_clean == NULL && !add_chunk(heap))
        return NULL;
    /* The new chunk's tables may have used up the room for a block. */
    if (!immix_charge(heap, IMMIX_BLOCK_BYTES))
        return NULL;
    pool->free_clean_count -= 1;
    return pop(&pool->free_clean);
}

Block *immix_take_free_block(ImmixHeap *heap)
{
    Block *block = pop_free_block(heap);

    if (block == NULL)
        return NULL;
    ASSERT(block->state == BLOCK_FREE);
    block->state = BLOCK_USED;
    block->resident = true;
    block->free_lines = IMMIX_LINES_PER_BLOCK;
    block->holes = 1;
    memset(&block->free_map, 0xFF, sizeof block->free_map);
    heap->pool.used_blocks += 1;
    touch(&heap->pool, block);
    return block;
}

Block *immix_take_recyclable_block(ImmixHeap *heap)
{
    Block *block = pop(&heap->pool.recyclable);

    if (block == NULL)
        return NULL;
    ASSERT(block->state == BLOCK_RECYCLABLE);
    heap->pool.recyclable_lines -= block->free_lines;
    block->state = BLOCK_USED;
    touch(&heap->pool, block);
    return block;
}

size_t immix_free_blocks_within_limit(const ImmixHeap *heap)
{
    size_t by_limit = immix_room_bytes(heap) / IMMIX_BLOCK_BYTES;
    size_t mapped = heap->pool.free_resident_count + heap->pool.free_clean_count;

    if (by_limit <= mapped)
        return by_limit;
    /* Each further chunk costs its tables. */
    size_t chunk_bytes = CHUNK_TABLE_BYTES + USABLE_BLOCKS * (size_t)IMMIX_BLOCK_BYTES;
    size_t rest = (by_limit - mapped) * IMMIX_BLOCK_BYTES;
    return mapped + rest / chunk_bytes * USABLE_BLOCKS
         + (rest % chunk_bytes > CHUNK_TABLE_BYTES
                ? (rest % chunk_bytes - CHUNK_TABLE_BYTES) / IMMIX_BLOCK_BYTES
                : 0);
}

/* ---- Sweeping ----------------------------------------------------------------------------- */

/* Finds out what is free in a block that is in use, and its new state. Puts it on no list. */
static void sweep_block(ImmixHeap *heap, Block *block)
{
    immix_block_sweep_lines(block, heap->tracer.epoch);
    block->touched = false;
    block->evacuate = false;
    if (block->free_lines == IMMIX_LINES_PER_BLOCK) {
        block->state = BLOCK_FREE;
        heap->pool.used_blocks -= 1;
    } else if (block->free_lines * 100u
               >= IMMIX_LINES_PER_BLOCK * heap->options.recycle_percent) {
        block->state = BLOCK_RECYCLABLE;
    } else {
        block->state = BLOCK_USED;
    }
    if (heap->options.stress != 0)
        immix_block_each_hole(block, immix_fill_poison);
    else if (HAS_ASAN)
        immix_block_each_hole(block, immix_os_forbid);
}

static void list_block(Pool *pool, Block *block)
{
    if (block->state == BLOCK_RECYCLABLE) {
        push(&pool->recyclable, block);
        pool->recyclable_lines += block->free_lines;
    } else if (block->state == BLOCK_FREE && block->resident) {
        push(&pool->free_resident, block);
        pool->free_resident_count += 1;
    } else if (block->state == BLOCK_FREE) {
        push(&pool->free_clean, block);
        pool->free_clean_count += 1;
    }
}

void immix_pool_sweep_touched(ImmixHeap *heap)
{
    Pool *pool = &heap->pool;
    Block *next;

    for (Block *block = pool->touched; block != NULL; block = next) {
        next = block->next_touched;
        sweep_block(heap, block);
        list_block(pool, block);
    }
    pool->touched = NULL;
}

/* Sweeps every block in use; the lists are empty meanwhile. Returns the number of free
 * blocks that there are. */
static size_t sweep_chunks(ImmixHeap *heap)
{
    size_t free_blocks = 0;

    for (Chunk *chunk = heap->pool.chunks; chunk != NULL; chunk = chunk->next) {
        chunk->used_blocks = 0;
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
            Block *block = &chunk->blocks[i];
            if (block->state != BLOCK_FREE)
                sweep_block(heap, block);
            chunk->used_blocks += block->state != BLOCK_FREE;
        }
        free_blocks += USABLE_BLOCKS - chunk->used_blocks;
    }
    return free_blocks;
}

static void drop_empty_chunks(ImmixHeap *heap, size_t free_blocks,
                              size_t reserve_blocks)
{
    Chunk **link = &heap->pool.chunks;

    while (*link != NULL) {
        Chunk *chunk = *link;
        if (chunk->used_blocks == 0 && free_blocks >= reserve_blocks + USABLE_BLOCKS) {
            *link = chunk->next;
            drop_chunk(heap, chunk);
            free_blocks -= USABLE_BLOCKS;
        } else {
            link = &chunk->next;
        }
    }
}

/* Lists every block, from the last to the first, so that allocation goes up through a
 * chunk. Free blocks beyond the reserve lose their pages. */
static void list_blocks(ImmixHeap *heap, size_t reserve_blocks)
{
    Pool *pool = &heap->pool;

    for (Chunk *chunk = pool->chunks; chunk != NULL; chunk = chunk->next) {
        for (size_t i = CHUNK_BLOCKS - 1; i >= HEAD_BLOCKS; i -= 1) {
            Block *block = &chunk->blocks[i];
            if (block->state == BLOCK_FREE && block->resident
                && pool->free_resident_count >= reserve_blocks)
                discard_block(heap, block);
            list_block(pool, block);
        }
    }
}

void immix_pool_sweep_all(ImmixHeap *heap, size_t reserve_blocks, size_t most_blocks)
{
    Pool *pool = &heap->pool;
    size_t used_before = pool->used_blocks;

    pool->touched = NULL;
    pool->recyclable = NULL;
    pool->recyclable_lines = 0;
    pool->free_resident = NULL;
    pool->free_clean = NULL;
    size_t free_blocks = sweep_chunks(heap);
    size_t freed_blocks = used_before - pool->used_blocks;
    if (reserve_blocks < freed_blocks)
        reserve_blocks = freed_blocks < most_blocks ? freed_blocks : most_blocks;
    drop_empty_chunks(heap, free_blocks, reserve_blocks);
    pool->free_resident_count = 0;
    pool->free_clean_count = 0;
    list_blocks(heap, reserve_blocks);
}

void immix_pool_close(ImmixHeap *heap)
{
    Pool *pool = &heap->pool;

    while (pool->chunks != NULL) {
        Chunk *chunk = pool->chunks;
        pool->chunks = chunk->next;
        drop_chunk(heap, chunk);
    }
    immix_refund(heap, pool->owners.capacity * sizeof pool->owners.slots[0]);
    free(pool->owners.slots);
    *pool = (Pool){0};
}
