/* arena.c - memory that is freed all at once. */
#include "memory/arena.h"

#include <stdlib.h>

struct ArenaChunk {
    ArenaChunk *next;
    size_t bytes; /* with this head */
    bool is_mapped;
};

enum {
    ARENA_ALIGN = 8,
    CHUNK_HEAD_BYTES =
        (sizeof(ArenaChunk) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN,
    FIRST_CHUNK_BYTES = 4 * 1024,
    LARGEST_CHUNK_BYTES = 256 * 1024,
    /* An arena with so much gets pieces as large: huge pages, for fresh ones are dear. */
    MAPPED_CHUNK_BYTES = 2 * 1024 * 1024,
};

void li_arena_init(Arena *arena, Heap *heap)
{
    *arena = (Arena){.heap = heap};
}

static void free_chunk(Arena *arena, ArenaChunk *chunk)
{
    ImmixHeap *heap = arena->heap->immix;

    arena->total_bytes -= chunk->bytes;
    if (chunk->is_mapped) {
        immix_external_unmap(heap, chunk, chunk->bytes);
    } else {
        immix_external_remove(heap, chunk->bytes);
        free(chunk);
    }
}

void li_arena_free(Arena *arena)
{
    while (arena->chunks != NULL) {
        ArenaChunk *next = arena->chunks->next;

        free_chunk(arena, arena->chunks);
        arena->chunks = next;
    }
    *arena = (Arena){.heap = arena->heap};
}

static void use_chunk(Arena *arena, ArenaChunk *chunk)
{
    arena->cursor = (char *)chunk + CHUNK_HEAD_BYTES;
    arena->end = (char *)chunk + chunk->bytes;
    arena->is_clean = chunk->is_mapped;
}

void li_arena_reset(Arena *arena)
{
    ArenaChunk *chunk = arena->chunks;

    if (chunk == NULL)
        return;
    while (chunk->next != NULL) {
        ArenaChunk *next = chunk->next->next;

        free_chunk(arena, chunk->next);
        chunk->next = next;
    }
    if (chunk->bytes > LARGEST_CHUNK_BYTES)
        li_arena_free(arena);
    else
        use_chunk(arena, chunk);
}

static ArenaChunk *new_chunk(Arena *arena, size_t bytes, bool is_mapped)
{
    ImmixHeap *heap = arena->heap->immix;
    ArenaChunk *chunk;

    if (is_mapped) {
        chunk = immix_external_map(heap, bytes);
    } else if (immix_external_add(heap, bytes)) {
        chunk = malloc(bytes);
        if (chunk == NULL)
            immix_external_remove(heap, bytes);
    } else {
        chunk = NULL;
    }
    if (chunk == NULL)
        return NULL;
    chunk->bytes = bytes;
    chunk->is_mapped = is_mapped;
    arena->total_bytes += bytes;
    return chunk;
}

/* Chunks grow with the arena, so that a small expression costs one small chunk. */
static size_t chunk_bytes(const Arena *arena)
{
    size_t bytes = arena->total_bytes;

    if (bytes < FIRST_CHUNK_BYTES)
        return FIRST_CHUNK_BYTES;
    if (bytes >= MAPPED_CHUNK_BYTES)
        return MAPPED_CHUNK_BYTES;
    return bytes < LARGEST_CHUNK_BYTES ? bytes : LARGEST_CHUNK_BYTES;
}

/* A chunk of its own, behind the first, whose room is not lost. */
static void *alloc_large(Arena *arena, size_t bytes)
{
    ArenaChunk *chunk = new_chunk(arena, CHUNK_HEAD_BYTES + bytes, false);

    if (chunk == NULL)
        return NULL;
    if (arena->chunks == NULL) {
        chunk->next = NULL;
        arena->chunks = chunk;
        arena->cursor = arena->end = (char *)chunk + chunk->bytes;
    } else {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    }
    return memset((char *)chunk + CHUNK_HEAD_BYTES, 0, bytes);
}

void *li_arena_alloc(Arena *arena, size_t bytes)
{
    ArenaChunk *chunk;
    void *result;

    if (bytes == 0)
        bytes = 1; /* so that NULL always means failure */
    if (bytes > SIZE_MAX - CHUNK_HEAD_BYTES - ARENA_ALIGN)
        return NULL;
    bytes = (bytes + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (bytes > (size_t)(arena->end - arena->cursor)) {
        size_t size = chunk_bytes(arena);

        if (bytes > (size - CHUNK_HEAD_BYTES) / 4)
            return alloc_large(arena, bytes);
        chunk = new_chunk(arena, size, size == MAPPED_CHUNK_BYTES);
        if (chunk == NULL)
            return NULL;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        use_chunk(arena, chunk);
    }
    result = arena->cursor;
    arena->cursor += bytes;
    return arena->is_clean ? result : memset(result, 0, bytes);
}
