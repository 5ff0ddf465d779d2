/* arena.h - memory that is freed all at once: the compiler's scratch room. */
#ifndef LI_MEMORY_ARENA_H
#define LI_MEMORY_ARENA_H

#include <stddef.h>

#include "memory/heap.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    Heap *heap; /* whose byte limit counts the arena, as external memory */
    ArenaChunk *chunks;
    char *cursor, *end;
    bool is_clean; /* what lies between them reads as zero */
    size_t total_bytes;
} Arena;

void li_arena_init(Arena *arena, Heap *heap);
void li_arena_free(Arena *arena);
/* Drops everything and keeps one chunk, to be used again. */
void li_arena_reset(Arena *arena);
/* Zeroed, 8-byte aligned; NULL at the limit. */
MUST_CHECK void *li_arena_alloc(Arena *arena, size_t bytes);

#define ARENA_NEW(arena, type)          ((type *)li_arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)li_arena_alloc((arena), sizeof(type) * (count)))

#endif /* LI_MEMORY_ARENA_H */
