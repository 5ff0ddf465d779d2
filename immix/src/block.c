/* block.c - free maps and patterns of blocks. */
#include "block.h"

#include "lines.h"

#include <string.h>

bool immix_next_hole(FreeMap *map, unsigned *first, unsigned *count)
{
    unsigned word = 0;

    while (word < MAP_WORDS && map->words[word] == 0)
        word += 1;
    if (word == MAP_WORDS)
        return false;

    unsigned start = word * 64 + (unsigned)__builtin_ctzll(map->words[word]);
    unsigned end = start;
    while (end < IMMIX_LINES_PER_BLOCK) {
        uint64_t used = ~map->words[end / 64] >> (end % 64);
        if (used != 0) {
            end += (unsigned)__builtin_ctzll(used);
            break;
        }
        end = (end / 64 + 1) * 64;
    }
    /* Every bit below `start` is clear, so clearing those below `end` takes the hole out. */
    for (unsigned i = start / 64; i * 64 < end; i += 1)
        map->words[i] &= end - i * 64 >= 64 ? 0 : ~(uint64_t)0 << (end - i * 64);
    *first = start;
    *count = end - start;
    return true;
}

static void count_holes(Block *block)
{
    unsigned lines = 0, holes = 0;
    uint64_t carry = 0;

    for (unsigned i = 0; i < MAP_WORDS; i += 1) {
        uint64_t word = block->free_map.words[i];
        lines += (unsigned)__builtin_popcountll(word);
        holes += (unsigned)__builtin_popcountll(word & ~(word << 1 | carry));
        carry = word >> 63;
    }
    block->free_lines = (uint16_t)lines;
    block->holes = (uint16_t)holes;
}

void immix_block_sweep_lines(Block *block, uint8_t epoch)
{
    block->free_map = immix_sweep_lines(line_of(block_start(block)), epoch);
    count_holes(block);
}

void immix_block_each_hole(const Block *block,
                           void (*act)(uintptr_t start, size_t bytes))
{
    FreeMap map = block->free_map;
    unsigned first, count;

    while (immix_next_hole(&map, &first, &count))
        act(block_start(block) + (uintptr_t)first * IMMIX_LINE_BYTES,
            (size_t)count * IMMIX_LINE_BYTES);
}

static void fill(uintptr_t start, size_t bytes, uint64_t word)
{
    uint64_t *words = (uint64_t *)start;

    immix_os_permit(start, bytes);
    for (size_t i = 0; i < bytes / sizeof word; i += 1)
        words[i] = word;
}

void immix_fill_poison(uintptr_t start, size_t bytes)
{
    fill(start, bytes, POISON_WORD);
    immix_os_forbid(start, bytes);
}

void immix_fill_fresh(uintptr_t start, size_t bytes)
{
    fill(start, bytes, FRESH_WORD);
}
