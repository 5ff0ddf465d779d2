/* block.h - chunks, blocks and lines: all that the address of an object leads to.
 *
 *     chunk (4 MiB, aligned)
 *     +--------------------------+---------+---------+-- ... --+---------+
 *     | head: 4 blocks           | block 4 | block 5 |         | blk 127 |
 *     | lines, blocks, cards ... | 32 KiB  |         |         |         |
 *     +--------------------------+---------+---------+-- ... --+---------+
 *
 * An address is always that of a header: the payload of an object of no granules at the
 * end of a block would lie in the next one.
 *
 * Invariants, outside collections
 *   B1  A line's byte is the heap's epoch if an object that a collection marked lies on it,
 *       and 0 otherwise. Lines that were allocated on since have 0.
 *   B2  Bit i of `free_map` is set iff line i was free when the block was last swept.
 *   B3  A block is on exactly one of: a free list, the recyclable list, none (it is used).
 *   B4  Every block that was allocated into since the last collection is `touched`, and on
 *       the list of those.
 *   B5  `grey` bits and flags are all zero.
 */
#ifndef IMMIX_BLOCK_H
#define IMMIX_BLOCK_H

#include "immix/immix.h"
#include "os.h"

enum {
    CHUNK_BLOCKS = IMMIX_CHUNK_BYTES / IMMIX_BLOCK_BYTES,
    CHUNK_LINES = IMMIX_CHUNK_BYTES / IMMIX_LINE_BYTES,
    CHUNK_GRANULES = IMMIX_CHUNK_BYTES / IMMIX_GRANULE_BYTES,
    CARD_BYTES = 512,
    CHUNK_CARDS = IMMIX_CHUNK_BYTES / CARD_BYTES,
    HEAD_BLOCKS = 4,
    USABLE_BLOCKS = CHUNK_BLOCKS - HEAD_BLOCKS,
    MAP_WORDS = IMMIX_LINES_PER_BLOCK / 64,
    /* The part of the head that is in use all the time; the grey bits are touched only when
     * the mark stack overflows and by the verifier. */
    CHUNK_TABLE_BYTES = 2 * IMMIX_BLOCK_BYTES,
};

typedef enum BlockState {
    BLOCK_HEAD, /* no block: the chunk's side tables */
    BLOCK_FREE,
    BLOCK_RECYCLABLE,
    BLOCK_USED, /* allocated into now, or not worth recycling */
} BlockState;

typedef struct FreeMap {
    uint64_t words[MAP_WORDS];
} FreeMap;

typedef struct Block {
    FreeMap free_map;
    struct Block *next; /* in the list that its state says */
    struct Block *next_touched;
    uint16_t free_lines; /* when last swept */
    uint16_t holes;
    uint8_t state;
    bool touched;
    bool evacuate; /* objects here move in this collection */
    bool resident; /* has pages of its own: written since it was mapped or discarded */
    bool grey;     /* has grey bits */
} Block;

typedef struct Chunk {
    uint8_t lines[CHUNK_LINES];
    uint8_t cards[CHUNK_CARDS];
    Block blocks[CHUNK_BLOCKS];
    ImmixHeap *heap;
    struct Chunk *next;
    uint32_t used_blocks; /* not free; counted in a full sweep */
} Chunk;

_Static_assert(sizeof(Chunk) <= CHUNK_TABLE_BYTES, "the side tables fit their blocks");
_Static_assert(CHUNK_GRANULES / 8 + CHUNK_TABLE_BYTES
                   == HEAD_BLOCKS * IMMIX_BLOCK_BYTES,
               "the grey bits fill the rest of the head");

ALWAYS_INLINE Chunk *chunk_of(uintptr_t address)
{
    return (Chunk *)(address & ~((uintptr_t)IMMIX_CHUNK_BYTES - 1));
}

ALWAYS_INLINE size_t chunk_offset(uintptr_t address)
{
    return address & ((uintptr_t)IMMIX_CHUNK_BYTES - 1);
}

ALWAYS_INLINE Block *block_of(uintptr_t address)
{
    return &chunk_of(address)->blocks[chunk_offset(address) / IMMIX_BLOCK_BYTES];
}

ALWAYS_INLINE uint8_t *line_of(uintptr_t address)
{
    return &chunk_of(address)->lines[chunk_offset(address) / IMMIX_LINE_BYTES];
}

ALWAYS_INLINE uint8_t *card_of(uintptr_t address)
{
    return &chunk_of(address)->cards[chunk_offset(address) / CARD_BYTES];
}

ALWAYS_INLINE size_t block_index(const Block *block)
{
    return (size_t)(block - chunk_of((uintptr_t)block)->blocks);
}

ALWAYS_INLINE uintptr_t block_start(const Block *block)
{
    return (uintptr_t)chunk_of((uintptr_t)block)
         + block_index(block) * IMMIX_BLOCK_BYTES;
}

ALWAYS_INLINE uint64_t *chunk_grey_bits(Chunk *chunk)
{
    return (uint64_t *)((uintptr_t)chunk + CHUNK_TABLE_BYTES);
}

typedef struct GreyBit {
    uint64_t *word;
    uint64_t mask;
} GreyBit;

ALWAYS_INLINE GreyBit grey_bit_of(uintptr_t header)
{
    size_t granule = chunk_offset(header) / IMMIX_GRANULE_BYTES;

    return (GreyBit){&chunk_grey_bits(chunk_of(header))[granule / 64],
                     (uint64_t)1 << granule % 64};
}

ALWAYS_INLINE void set_grey_bit(uintptr_t header)
{
    GreyBit grey = grey_bit_of(header);

    *grey.word |= grey.mask;
    block_of(header)->grey = true;
}

/* Stamps every line that the `bytes` from `header` touch. */
ALWAYS_INLINE void stamp_lines(uintptr_t header, size_t bytes, uint8_t epoch)
{
    uint8_t *line = line_of(header);
    uint8_t *last = line_of(header + bytes - 1);

    *line = epoch;
    while (UNLIKELY(line < last))
        *++line = epoch;
}

/* Takes the first hole out of `map`: `count` lines from line `first`. False: none is left. */
MUST_CHECK bool immix_next_hole(FreeMap *map, unsigned *first, unsigned *count);

/* Computes the block's free map from its line bytes, and clears the bytes that do not hold
 * `epoch`, so that no stale mark can come to mean something when epochs wrap. */
void immix_block_sweep_lines(Block *block, uint8_t epoch);

/* Calls `act(start, bytes)` for each hole of the swept block. */
void immix_block_each_hole(const Block *block,
                           void (*act)(uintptr_t start, size_t bytes));

/* Fills memory with a pattern whose words are no valid address, whatever tag is taken off:
 * for what was left, and for what nobody has written yet. */
void immix_fill_poison(uintptr_t start, size_t bytes);
void immix_fill_fresh(uintptr_t start, size_t bytes);

#define POISON_WORD ((uint64_t)0xDBDBDBDBDBDBDBD9)
#define FRESH_WORD  ((uint64_t)0xF5F5F5F5F5F5F5F1)

#endif /* IMMIX_BLOCK_H */
