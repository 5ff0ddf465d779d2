/* test_limit.c - the limit, running out, recovering, and giving memory back. */
#include "tests/immix/support.h"

#include <unistd.h>

enum {
    LIMIT = 8 << 20
};

static void open_limited_world(void)
{
    open_world_with((ImmixOptions){.limit_bytes = LIMIT});
}

/* Allocates pairs until there is no more; returns how many it got, all kept by root 0. */
static size_t fill_with_pairs(void)
{
    size_t count = 0;
    uint64_t *pair;

    world.roots[0] = number(0);
    world.root_count = 1;
    while ((pair = immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0))) != NULL) {
        pair[0] = number(count++);
        pair[1] = world.roots[0];
        world.roots[0] = reference(pair);
        ck_assert_uint_le(stats().held_bytes, LIMIT);
    }
    return count;
}

START_TEST(at_the_limit_allocation_returns_null_and_recovers)
{
    size_t first = fill_with_pairs();

    ck_assert_uint_ge(first * 24, LIMIT / 10 * 9);
    for (int round = 0; round < 3; round += 1) {
        immix_collect(world.heap, (ImmixCollection)round);
        ck_assert_ptr_null(
            immix_alloc(world.heap, immix_header(TYPE_BYTES, 0, 500, 0)));
        size_t length = 0;
        for (uint64_t word = world.roots[0]; word != number(0);
             word = words_of(word)[1])
            length += 1;
        require_eq(length, first);
    }
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require(immix_verify(world.heap, stderr));
    size_t again = fill_with_pairs();
    ck_assert_uint_ge(again * 10, first * 9);
    ck_assert_uint_le(stats().peak_bytes, LIMIT);
}
END_TEST

/* Allocates until there is no room, and collects when it is due. */
static void fill_as_programs_do(void)
{
    size_t last = root(number(0));

    for (;;) {
        uint64_t *pair = immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0));
        if (pair == NULL)
            return;
        pair[0] = number(1);
        pair[1] = world.roots[last];
        world.roots[last] = reference(pair);
        if (immix_wants_collection(world.heap))
            immix_collect_for_policy(world.heap);
    }
}

/* However much is left over: the last blocks are used up between a few collections, not a line
 * in each. */
START_TEST(the_last_room_takes_few_collections)
{
    for (size_t more = 0; more < 2 * IMMIX_BLOCK_BYTES; more += IMMIX_BLOCK_BYTES / 8) {
        close_world();
        open_unverified_world();
        immix_set_limit(world.heap, LIMIT + more);
        fill_as_programs_do();
        ck_assert_uint_le(stats().collections[IMMIX_FULL]
                              + stats().collections[IMMIX_EVACUATE],
                          40);
    }
}
END_TEST

START_TEST(every_kind_of_memory_counts)
{
    ck_assert_ptr_null(immix_alloc_zeroed(
        world.heap, immix_header(TYPE_BYTES, 0, LIMIT / 8, IMMIX_LEAF)));
    require(!immix_external_add(world.heap, LIMIT));
    require(!immix_external_add(world.heap, SIZE_MAX));
    require(immix_external_add(world.heap, LIMIT / 2));
    require_eq(stats().external_bytes, LIMIT / 2);
    ck_assert_ptr_null(immix_alloc_zeroed(
        world.heap, immix_header(TYPE_BYTES, 0, LIMIT / 2 / 8, IMMIX_LEAF)));
    ck_assert_uint_le(fill_with_pairs() * 24, LIMIT / 2);
    require(!immix_external_add(world.heap, IMMIX_BLOCK_BYTES));
    immix_external_remove(world.heap, LIMIT / 2);
    root(bytes(LIMIT / 4, 1));
    ck_assert_uint_ge(stats().large_bytes, LIMIT / 4);
}
END_TEST

/* Pages for the client's own purposes: cleared, counted, and gone when they are given back. */
START_TEST(mapped_memory_counts_and_goes_back)
{
    const size_t sizes[] = {4096, 256 * 1024, LIMIT / 2 / 4096 * 4096};

    ck_assert_ptr_null(immix_external_map(world.heap, (LIMIT / 4096 + 1) * 4096));
    require_eq(stats().external_bytes, 0);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i += 1) {
        unsigned char *memory = immix_external_map(world.heap, sizes[i]);
        ck_assert_ptr_nonnull(memory);
        require_eq(stats().external_bytes, sizes[i]);
        for (size_t at = 0; at < sizes[i]; at += 1) {
            if (memory[at] != 0)
                ck_abort_msg("not cleared");
            memory[at] = 1;
        }
        immix_external_unmap(world.heap, memory, sizes[i]);
        require_eq(stats().external_bytes, 0);
    }
    immix_set_limit(world.heap, 0);
    unsigned char *huge = immix_external_map(world.heap, 16 << 20);
    ck_assert_ptr_nonnull(huge);
    require_eq((uintptr_t)huge % (2 << 20), 0);
    huge[(16 << 20) - 1] = 1;
    immix_external_unmap(world.heap, huge, 16 << 20);
}
END_TEST

/* Free blocks that are kept count, and are given up when something else needs the room. */
START_TEST(free_blocks_make_room_for_large_objects)
{
    fill_with_pairs();
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_nonnull(immix_alloc_zeroed(
        world.heap, immix_header(TYPE_BYTES, 0, LIMIT / 8 / 10 * 9, IMMIX_LEAF)));
    ck_assert_uint_le(stats().held_bytes, LIMIT);
}
END_TEST

START_TEST(has_room_does_not_promise_too_much)
{
    for (size_t size = 1000; size < 2 * LIMIT; size += size / 3) {
        world.root_count = 0;
        immix_collect(world.heap, IMMIX_FULL);
        for (int i = 0; i < 20; i += 1) {
            bool room = immix_has_room(world.heap, size);
            void *object;
            ImmixError error =
                immix_alloc_array(world.heap, TYPE_BYTES, 0, IMMIX_LEAF, size, &object);
            if (room)
                ck_assert_int_eq(error, IMMIX_OK);
            if (error == IMMIX_OK)
                root(reference(object));
        }
    }
    require(!immix_has_room(world.heap, SIZE_MAX));
}
END_TEST

/* Everything that a full collection needs is there, even if the heap is full to the brim. */
START_TEST(a_full_heap_with_a_wide_structure_is_collected)
{
    size_t v = root(vector(100000));
    for (uint32_t i = 0; i < 100000; i += 1) {
        uint64_t *inner = immix_alloc(world.heap, immix_header(TYPE_VECTOR, 0, 8, 0));
        if (inner == NULL)
            break;
        for (size_t j = 0; j < 8; j += 1)
            inner[j] = i < 50 || (i + j) % 3 ? number(i)
                                             : words_of(world.roots[v])[i - 7 * j % 50];
        words_of(world.roots[v])[i] = reference(inner);
    }
    for (size_t step = 65536; step > 0; step /= 2) {
        while (immix_external_add(world.heap, step))
            continue;
    }
    for (int i = 0; i < 4; i += 1)
        immix_collect(world.heap, i % 2 ? IMMIX_FULL : IMMIX_EVACUATE);
    require(immix_verify(world.heap, stderr));
    ck_assert_uint_le(stats().held_bytes, LIMIT);
    immix_external_remove(world.heap, stats().external_bytes);
}
END_TEST

START_TEST(the_limit_can_be_raised_and_lowered)
{
    size_t first = fill_with_pairs();
    immix_set_limit(world.heap, LIMIT + (1 << 20));
    require_nonnull(immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0)));
    immix_set_limit(world.heap, 1 << 20);
    while (immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0)) != NULL)
        continue;
    require(!immix_has_room(world.heap, IMMIX_BLOCK_BYTES));
    size_t length = 0;
    for (uint64_t word = world.roots[0]; word != number(0); word = words_of(word)[1])
        length += 1;
    require_eq(length, first);
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_nonnull(immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0)));
    require(immix_verify(world.heap, stderr));
}
END_TEST

START_TEST(a_tiny_limit_opens_no_heap_or_one_that_fails_cleanly)
{
    for (size_t limit = 1; limit < 400000; limit += 1000) {
        ImmixClient client = {.reference_tags = 1 << TAG,
                              .types = test_types,
                              .visit_roots = visit_roots,
                              .context = &world};
        ImmixOptions options = {.limit_bytes = limit};
        ImmixHeap *heap = immix_open(&client, &options);
        if (heap == NULL)
            continue;
        world.root_count = 0;
        for (int i = 0; i < 100; i += 1) {
            if (immix_alloc(heap, immix_header(TYPE_BYTES, 0, (uint32_t)i * 9, 0))
                == NULL)
                immix_collect(heap, (ImmixCollection)(i % 3));
        }
        ImmixStats result;
        immix_stats(heap, &result);
        ck_assert_uint_le(result.peak_bytes, limit);
        immix_close(heap);
    }
}
END_TEST

static size_t resident_bytes(void)
{
    size_t size = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");

    if (statm != NULL) {
        if (fscanf(statm, "%zu %zu", &size, &resident) != 2)
            resident = 0;
        fclose(statm);
    }
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

/* ---- Memory goes back ---- */

enum {
    DROPPED = 256 << 20
};

static void grow_pairs(void)
{
    root(list(DROPPED / 24));
}

static void grow_objects(size_t size)
{
    size_t v = root(vector((uint32_t)(DROPPED / size)));

    for (size_t i = 0; i < DROPPED / size; i += 1)
        store(world.roots[v], i, bytes(size, 1));
}

static void grow_medium(void)
{
    grow_objects(1000);
}

static void grow_runs(void)
{
    grow_objects(20000);
}

static void grow_huge(void)
{
    grow_objects(4000000);
}

static void grow_strings(void)
{
    grow_objects(64);
}

static void (*const growers[])(void) = {grow_pairs, grow_medium, grow_runs, grow_huge,
                                        grow_strings};

/* A sixteenth lives on, and the resident set is within a quarter of that, and the reserve. */
START_TEST(dropped_memory_goes_back_to_the_system)
{
    immix_set_limit(world.heap, 0);
    size_t before = resident_bytes();
    root(bytes(DROPPED / 16, 1));
    growers[_i]();
    immix_collect(world.heap, IMMIX_FULL);
    ck_assert_uint_ge(stats().held_bytes, DROPPED);
    if (before != 0)
        ck_assert_uint_ge(resident_bytes(), before + DROPPED);
    ck_assert_uint_ge(immix_resident_bytes(world.heap), DROPPED);
    world.root_count = 1;
    immix_collect(world.heap, IMMIX_FULL);

    size_t live = stats().live_bytes;
    size_t reserve =
        world.heap->policy.nursery_bytes + world.heap->options.large_cache_bytes;
    size_t most = live + live / 4 + reserve;
    ck_assert_uint_ge(live, DROPPED / 16);
    ck_assert_uint_le(stats().held_bytes, most);
    ck_assert_uint_le(immix_resident_bytes(world.heap), most);
    if (before != 0 && !HAS_ASAN) /* the sanitizer's shadow memory stays */
        ck_assert_uint_le(resident_bytes(), before + most);
    ck_assert_uint_le(world.heap->pool.chunk_count, 3);
}
END_TEST

/* immix_close() asserts that what it counted as held is zero; here the system is asked. */
START_TEST(a_hundred_heaps_leave_nothing_behind)
{
    size_t first = 0;

    for (int i = 0; i < 100; i += 1) {
        close_world();
        open_unverified_world();
        root(list(20000));
        root(vector(100000));
        for (int j = 0; j < 50; j += 1)
            root(bytes(20000, j));
        immix_collect(world.heap, (ImmixCollection)(i % 3));
        close_world();
        open_unverified_world();
        if (i == 9)
            first = resident_bytes();
    }
    if (first != 0 && !HAS_ASAN)
        ck_assert_uint_le(resident_bytes(), first + (1 << 20));
}
END_TEST

/* What the system counts is what the heap counts, whatever the program does. */
START_TEST(the_resident_set_stays_within_the_limit)
{
    const size_t limit = 48 << 20;
    size_t before = resident_bytes();
    uint64_t random = 99;

    immix_set_limit(world.heap, limit);
    for (size_t i = 0; i < ROOTS; i += 1)
        root(number(0));
    for (int step = 0; step < 60000; step += 1) {
        random = random * 6364136223846793005 + 1442695040888963407;
        unsigned shift = (unsigned)(random >> 60);
        size_t size = (random >> 33) % ((size_t)16 << shift);
        void *object;
        if (immix_alloc_array(world.heap, TYPE_BYTES, 0, IMMIX_LEAF, size, &object)
            == IMMIX_OK) {
            memset(object, 1, size);
            world.roots[(random >> 20) % ROOTS] = reference(object);
        } else {
            memset(world.roots, 0, sizeof world.roots / 2);
            immix_collect(world.heap, IMMIX_FULL);
        }
        if (immix_wants_collection(world.heap))
            immix_collect_for_policy(world.heap);
        if (step % 1000 == 0 && before != 0 && !HAS_ASAN)
            require(resident_bytes() <= before + limit);
    }
    ck_assert_uint_le(stats().peak_bytes, limit);
    ck_assert_uint_ge(stats().peak_bytes, limit / 4 * 3);
}
END_TEST

/* Pages of single free blocks go back too, when their chunks have to stay. */
START_TEST(free_blocks_beyond_the_reserve_lose_their_pages)
{
    immix_set_limit(world.heap, 0);
    for (int i = 0; i < 20 * 1000; i += 1) {
        uint64_t object = bytes(3000, 1);
        if (i % 1000 == 0) {
            root(object);
            immix_pin(world.heap, target(object));
        }
    }
    immix_collect(world.heap, IMMIX_FULL);
    ck_assert_uint_gt(world.heap->pool.chunk_count, 10);
    ck_assert_uint_le(stats().held_bytes, 8 << 20);
    require(immix_verify(world.heap, stderr));
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("limit");
    tcase_add_checked_fixture(tcase, open_limited_world, close_world);
    tcase_add_test(tcase, at_the_limit_allocation_returns_null_and_recovers);
    tcase_add_test(tcase, the_last_room_takes_few_collections);
    tcase_add_test(tcase, every_kind_of_memory_counts);
    tcase_add_test(tcase, mapped_memory_counts_and_goes_back);
    tcase_add_test(tcase, free_blocks_make_room_for_large_objects);
    tcase_add_test(tcase, has_room_does_not_promise_too_much);
    tcase_add_test(tcase, a_full_heap_with_a_wide_structure_is_collected);
    tcase_add_test(tcase, the_limit_can_be_raised_and_lowered);
    tcase_add_test(tcase, a_tiny_limit_opens_no_heap_or_one_that_fails_cleanly);
    tcase_add_loop_test(tcase, dropped_memory_goes_back_to_the_system, 0,
                        sizeof growers / sizeof growers[0]);
    tcase_add_test(tcase, a_hundred_heaps_leave_nothing_behind);
    tcase_add_test(tcase, the_resident_set_stays_within_the_limit);
    tcase_add_test(tcase, free_blocks_beyond_the_reserve_lose_their_pages);
    return run_suite("immix/limit", tcase);
}
