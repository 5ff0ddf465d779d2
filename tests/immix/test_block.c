/* test_block.c - holes, free maps and line marks. */
#include "immix/src/lines.h"
#include "tests/immix/support.h"

static Chunk *chunk;
static Block *block;
static uint8_t *lines;

static void set_up(void)
{
    chunk = immix_os_map(IMMIX_CHUNK_BYTES, IMMIX_CHUNK_BYTES);
    require_nonnull(chunk);
    block = &chunk->blocks[HEAD_BLOCKS];
    lines = line_of(block_start(block));
}

static void tear_down(void)
{
    immix_os_unmap(chunk, IMMIX_CHUNK_BYTES);
}

static void check_next_hole(FreeMap *map, unsigned first, unsigned count)
{
    unsigned found_first, found_count;

    require(immix_next_hole(map, &found_first, &found_count));
    require_eq(found_first, first);
    require_eq(found_count, count);
}

static void check_no_hole(FreeMap *map)
{
    unsigned first, count;

    require(!immix_next_hole(map, &first, &count));
}

START_TEST(a_chunk_is_aligned_to_its_size)
{
    require_eq((uintptr_t)chunk % IMMIX_CHUNK_BYTES, 0);
    ck_assert_ptr_eq(chunk_of(block_start(block) + 17), chunk);
    ck_assert_ptr_eq(block_of(block_start(block) + IMMIX_BLOCK_BYTES - 8), block);
    require_eq(block_start(block) % IMMIX_BLOCK_BYTES, 0);
}
END_TEST

/* The map and the bytes that are left, found in the plainest way. */
static FreeMap expected_sweep(uint8_t *bytes, uint8_t epoch)
{
    FreeMap map = {{0}};

    for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 1) {
        if (bytes[i] != epoch) {
            map.words[i / 64] |= (uint64_t)1 << i % 64;
            bytes[i] = 0;
        }
    }
    return map;
}

static void check_sweeps(const uint8_t *bytes, uint8_t epoch)
{
    uint8_t plain[IMMIX_LINES_PER_BLOCK], portable[IMMIX_LINES_PER_BLOCK];
    memcpy(plain, bytes, sizeof plain);
    memcpy(portable, bytes, sizeof portable);
    FreeMap expected = expected_sweep(plain, epoch);
    FreeMap map = immix_sweep_lines_portable(portable, epoch);

    require(memcmp(&map, &expected, sizeof map) == 0);
    require(memcmp(portable, plain, sizeof plain) == 0);
#if IMMIX_SWEEP_VECTOR
    uint8_t vector[IMMIX_LINES_PER_BLOCK];
    memcpy(vector, bytes, sizeof vector);
    map = immix_sweep_lines_vector(vector, epoch);
    require(memcmp(&map, &expected, sizeof map) == 0);
    require(memcmp(vector, plain, sizeof plain) == 0);
#endif
}

START_TEST(vectors_sweep_lines_as_the_portable_loop_does)
{
    uint8_t bytes[IMMIX_LINES_PER_BLOCK];
    uint64_t random = 1;

    for (unsigned round = 0; round < 3000; round += 1) {
        /* From nearly all alike to evenly mixed. */
        uint64_t keep = round % 7 * 10;
        for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 1) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (random >> 40) % 64 < keep ? 1 : (uint8_t)(random >> 62);
        }
        for (uint8_t epoch = 1; epoch <= 3; epoch += 1)
            check_sweeps(bytes, epoch);
    }
}
END_TEST

START_TEST(blocks_of_every_size_are_aligned)
{
    for (size_t size = 4096; size <= 16u << 20; size *= 2) {
        void *memory = immix_os_map(size, size);
        require_nonnull(memory);
        require_eq((uintptr_t)memory % size, 0);
        immix_os_unmap(memory, size);
    }
}
END_TEST

START_TEST(an_empty_block_is_one_hole)
{
    immix_block_sweep_lines(block, 1);
    require_eq(block->free_lines, IMMIX_LINES_PER_BLOCK);
    require_eq(block->holes, 1);
    FreeMap map = block->free_map;
    check_next_hole(&map, 0, IMMIX_LINES_PER_BLOCK);
    check_no_hole(&map);
}
END_TEST

START_TEST(a_full_block_has_no_hole)
{
    memset(lines, 1, IMMIX_LINES_PER_BLOCK);
    immix_block_sweep_lines(block, 1);
    require_eq(block->free_lines, 0);
    require_eq(block->holes, 0);
    check_no_hole(&block->free_map);
}
END_TEST

/* The line above a marked one is free: marks are exact. */
START_TEST(holes_lie_between_marked_lines)
{
    static const unsigned marked[] = {0, 1, 2, 4, 10};
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i += 1)
        lines[marked[i]] = 2;
    immix_block_sweep_lines(block, 2);
    require_eq(block->holes, 3);
    FreeMap map = block->free_map;
    check_next_hole(&map, 3, 1);
    check_next_hole(&map, 5, 5);
    check_next_hole(&map, 11, IMMIX_LINES_PER_BLOCK - 11);
    check_no_hole(&map);
}
END_TEST

START_TEST(a_hole_may_begin_at_line_0)
{
    lines[3] = lines[4] = lines[5] = 1;
    immix_block_sweep_lines(block, 1);
    FreeMap map = block->free_map;
    check_next_hole(&map, 0, 3);
    check_next_hole(&map, 6, IMMIX_LINES_PER_BLOCK - 6);
}
END_TEST

START_TEST(the_lower_half_is_a_hole_when_the_upper_is_marked)
{
    memset(lines + 128, 3, 128);
    immix_block_sweep_lines(block, 3);
    FreeMap map = block->free_map;
    check_next_hole(&map, 0, 128);
    check_no_hole(&map);
}
END_TEST

START_TEST(alternate_lines_are_holes_of_one_line)
{
    for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 2)
        lines[i] = 1;
    immix_block_sweep_lines(block, 1);
    require_eq(block->holes, 128);
    require_eq(block->free_lines, 128);
    FreeMap map = block->free_map;
    for (unsigned i = 1; i < IMMIX_LINES_PER_BLOCK; i += 2)
        check_next_hole(&map, i, 1);
    check_no_hole(&map);
}
END_TEST

START_TEST(any_pattern_gives_the_holes_that_a_plain_loop_finds)
{
    srand(1);
    for (int round = 0; round < 500; round += 1) {
        for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK; i += 1)
            lines[i] = (uint8_t)(rand() % 8 < round % 9 ? 2 : rand() % 4);
        uint8_t copy[IMMIX_LINES_PER_BLOCK];
        memcpy(copy, lines, sizeof copy);
        immix_block_sweep_lines(block, 2);
        FreeMap map = block->free_map;
        unsigned holes = 0, free_lines = 0;
        for (unsigned i = 0; i < IMMIX_LINES_PER_BLOCK;) {
            unsigned start = i;
            while (i < IMMIX_LINES_PER_BLOCK && copy[i] != 2)
                i += 1;
            if (i > start) {
                check_next_hole(&map, start, i - start);
                holes += 1;
                free_lines += i - start;
            } else {
                i += 1;
            }
        }
        check_no_hole(&map);
        require_eq(holes, block->holes);
        require_eq(free_lines, block->free_lines);
    }
}
END_TEST

/* A stale mark must not come alive again when the epoch has gone round. */
START_TEST(sweeping_clears_marks_of_other_epochs)
{
    lines[7] = 1;
    lines[8] = 2;
    lines[9] = 3;
    immix_block_sweep_lines(block, 2);
    require_eq(lines[7], 0);
    require_eq(lines[8], 2);
    require_eq(lines[9], 0);
}
END_TEST

START_TEST(stamping_covers_every_line_that_is_touched)
{
    uintptr_t start = block_start(block);

    stamp_lines(start + 120, 8, 1); /* the end of line 0 */
    require_eq(lines[0], 1);
    require_eq(lines[1], 0);
    stamp_lines(start + 5 * 128 - 8, 16, 1); /* over a boundary */
    require_eq(lines[3], 0);
    require_eq(lines[4], 1);
    require_eq(lines[5], 1);
    require_eq(lines[6], 0);
    stamp_lines(start + 10 * 128, 1024, 1);
    for (unsigned i = 10; i < 18; i += 1)
        require_eq(lines[i], 1);
    require_eq(lines[18], 0);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("block");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_chunk_is_aligned_to_its_size);
    tcase_add_test(tcase, blocks_of_every_size_are_aligned);
    tcase_add_test(tcase, an_empty_block_is_one_hole);
    tcase_add_test(tcase, vectors_sweep_lines_as_the_portable_loop_does);
    tcase_add_test(tcase, a_full_block_has_no_hole);
    tcase_add_test(tcase, holes_lie_between_marked_lines);
    tcase_add_test(tcase, a_hole_may_begin_at_line_0);
    tcase_add_test(tcase, the_lower_half_is_a_hole_when_the_upper_is_marked);
    tcase_add_test(tcase, alternate_lines_are_holes_of_one_line);
    tcase_add_test(tcase, any_pattern_gives_the_holes_that_a_plain_loop_finds);
    tcase_add_test(tcase, sweeping_clears_marks_of_other_epochs);
    tcase_add_test(tcase, stamping_covers_every_line_that_is_touched);
    return run_suite("immix/block", tcase);
}
