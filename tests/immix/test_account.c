/* test_account.c - what the heap counts, and what follows from it: when a collection is due,
 * what goes back to the system, what the statistics say.
 *
 * mistakes.py plants the mistakes, as for test_mistakes.c. */
#include "tests/immix/support.h"

enum {
    NURSERY = 1 << 20
};

static void open_counted_world(void)
{
    open_world_with((ImmixOptions){.nursery_bytes = NURSERY});
}

static void minor(void)
{
    immix_collect(world.heap, IMMIX_MINOR);
}

static void full(void)
{
    immix_collect(world.heap, IMMIX_FULL);
}

/* ---- When a collection is due --------------------------------------------------------------- */

START_TEST(external_bytes_are_young_until_a_collection)
{
    for (int round = 0; round < 3; round += 1) {
        require(immix_external_add(world.heap, NURSERY / 2));
        require(!immix_wants_collection(world.heap));
        require(immix_external_add(world.heap, NURSERY / 2 + 1));
        require(immix_wants_collection(world.heap));
        if (round % 2 == 0)
            minor();
        else
            full();
        require(!immix_wants_collection(world.heap));
    }
    immix_external_remove(world.heap, stats().external_bytes);
}
END_TEST

START_TEST(large_objects_are_young_until_a_collection)
{
    const size_t size = 50000;

    for (int round = 0; round < 3; round += 1) {
        size_t made = 0;
        uint64_t before = stats().allocated_bytes;
        for (; made <= NURSERY / size && !immix_wants_collection(world.heap); made += 1)
            bytes(size, 1);
        require(immix_wants_collection(world.heap));
        ck_assert_uint_ge(made, NURSERY / (size + OS_PAGE_BYTES));
        ck_assert_uint_ge(stats().allocated_bytes - before, made * size);
        if (round % 2 == 0)
            minor();
        else
            full();
        require(!immix_wants_collection(world.heap));
    }
}
END_TEST

/* What is allocated while a large object grows counts too. */
START_TEST(a_large_object_that_grows_is_young_by_as_much)
{
    uint32_t granules = 10000;
    uint64_t object = vector(granules);

    full();
    root(object = vector(granules));
    uint64_t before = stats().allocated_bytes;
    while (!immix_wants_collection(world.heap)) {
        granules += 10000;
        void *grown = immix_resize_large(world.heap, target(world.roots[0]), granules);
        require_nonnull(grown);
        world.roots[0] = reference(grown);
        ck_assert_uint_le((size_t)granules * 8, 2 * NURSERY);
    }
    ck_assert_uint_ge(stats().allocated_bytes - before, (granules - 10000) * 8);
}
END_TEST

/* ---- Statistics ----------------------------------------------------------------------------- */

START_TEST(promoted_is_what_minor_collections_found_alive)
{
    const uint64_t list_bytes = 1000 * 24;

    root(list(1000));
    list(1000);
    minor();
    require_eq(stats().promoted_bytes, list_bytes);
    require_eq(stats().old_bytes, list_bytes);
    minor();
    require_eq(stats().promoted_bytes, list_bytes);
    root(list(1000));
    full();
    require_eq(stats().promoted_bytes, list_bytes);
    require_eq(stats().live_bytes, 2 * list_bytes);
    root(list(1000));
    minor();
    require_eq(stats().promoted_bytes, 2 * list_bytes);
    require_eq(stats().old_bytes, 3 * list_bytes);
    require_eq(stats().live_bytes, 2 * list_bytes);
}
END_TEST

START_TEST(moved_is_what_evacuation_moved)
{
    close_world();
    open_world_with((ImmixOptions){.stress = 1});
    root(list(1000));
    full();
    require_eq(stats().moved_bytes, 1000 * 24);
    full();
    require_eq(stats().moved_bytes, 2 * 1000 * 24);
    require_eq(stats().collections[IMMIX_EVACUATE], 2);
}
END_TEST

static uint64_t weak_thing(uint8_t type, uint32_t granules, uint64_t key)
{
    uint64_t *words =
        immix_alloc_zeroed(world.heap, immix_header(type, 0, granules, 0));

    require_nonnull(words);
    words[0] = key;
    return reference(words);
}

START_TEST(broken_is_how_many_weak_references_lost_their_objects)
{
    size_t kept = root(cons(0, 0));

    for (int i = 0; i < 10; i += 1) {
        uint64_t key = i % 2 == 0 ? world.roots[kept] : cons(0, 0);
        root(weak_thing(TYPE_WEAK, 2, key));
        root(weak_thing(TYPE_EPHEMERON, 3, key));
    }
    minor();
    require_eq(stats().broken_count, 10);
    minor();
    full();
    require_eq(stats().broken_count, 10);
    world.roots[kept] = number(0);
    minor();
    require_eq(stats().broken_count, 10);
    full();
    require_eq(stats().broken_count, 20);
}
END_TEST

/* ---- Giving memory back --------------------------------------------------------------------- */

static size_t reserve_blocks(void)
{
    return NURSERY / IMMIX_BLOCK_BYTES;
}

static void drop_a_lot(void)
{
    size_t dropped = root(list((40 << 20) / 24));

    full();
    ck_assert_uint_gt(world.heap->pool.chunk_count, 9);
    world.roots[dropped] = number(0);
}

START_TEST(empty_chunks_go_and_the_reserve_stays)
{
    close_world();
    open_world_with((ImmixOptions){.nursery_bytes = 8 * NURSERY});
    drop_a_lot();
    full();
    ck_assert_uint_ge(stats().free_blocks, 8 * reserve_blocks());
    ck_assert_uint_le(stats().free_blocks, 8 * reserve_blocks() + 2 * USABLE_BLOCKS);
    ck_assert_uint_le(world.heap->pool.chunk_count,
                      8 * reserve_blocks() / USABLE_BLOCKS + 2);
}
END_TEST

/* As a pinned object in each chunk prevents that the chunk goes. */
START_TEST(free_blocks_beyond_the_reserve_are_not_resident)
{
    for (int i = 0; i < 20; i += 1) {
        root(cons(0, 0));
        immix_pin(world.heap, target(world.roots[world.root_count - 1]));
        root(list((2 << 20) / 24));
    }
    full();
    ck_assert_uint_ge(immix_resident_bytes(world.heap), 40 << 20);
    for (size_t i = 1; i < world.root_count; i += 2)
        world.roots[i] = number(0);
    full();
    ck_assert_uint_ge(world.heap->pool.chunk_count, 9);
    ck_assert_uint_ge(stats().free_bytes, reserve_blocks() * IMMIX_BLOCK_BYTES);
    ck_assert_uint_le(stats().free_bytes, (reserve_blocks() + 8) * IMMIX_BLOCK_BYTES);
    ck_assert_uint_le(immix_resident_bytes(world.heap),
                      2 * stats().free_bytes + (4 << 20));
}
END_TEST

/* ---- The mark stack ------------------------------------------------------------------------- */

START_TEST(a_stack_that_could_not_grow_grows_in_the_next_collection)
{
    enum {
        LINKS = 100,
        WIDTH = 500
    };
    root(number(0));
    for (size_t i = 0; i < LINKS;
         i += 1) { /* whichever end is scanned first is left first */
        uint64_t link = vector(WIDTH);
        for (size_t j = 1; j < WIDTH - 1; j += 1)
            words_of(link)[j] = cons(0, 0);
        words_of(link)[0] = words_of(link)[WIDTH - 1] = world.roots[0];
        world.roots[0] = link;
    }
    world.heap->tracer.stack_max = 1;
    minor();
    require(world.heap->tracer.grow_failed);
    world.heap->tracer.stack_max = 0;
    full();
    require(!world.heap->tracer.grow_failed);
}
END_TEST

/* Objects that had to wait for lack of stack, one behind the other. */
START_TEST(grey_neighbours_are_all_scanned)
{
    world.mark_stack_entries = MARK_STACK_BYTES / sizeof(uintptr_t) / 8;
    for (size_t i = 0; i < ROOTS; i += 1)
        root(cons(number(i), 0));
    for (size_t i = 0; i < ROOTS; i += 1)
        words_of(world.roots[i])[1] = cons(number(i), 0);
    for (int round = 0; round < 2; round += 1) {
        if (round == 0)
            minor();
        else
            full();
        for (int i = 0; i < 40000; i += 1)
            cons(number(0xBAD), number(0xBAD));
        for (size_t i = 0; i < ROOTS; i += 1) {
            require_eq(words_of(world.roots[i])[0], number(i));
            require_eq(words_of(words_of(world.roots[i])[1])[0], number(i));
        }
    }
}
END_TEST

/* The name of a test runs that alone. */
int main(int argc, char **argv)
{
    TCase *tcase = tcase_create("account");

    tcase_add_checked_fixture(tcase, open_counted_world, close_world);
    ADD_NAMED_TEST(tcase, external_bytes_are_young_until_a_collection, 1);
    ADD_NAMED_TEST(tcase, large_objects_are_young_until_a_collection, 1);
    ADD_NAMED_TEST(tcase, a_large_object_that_grows_is_young_by_as_much, 1);
    ADD_NAMED_TEST(tcase, promoted_is_what_minor_collections_found_alive, 1);
    ADD_NAMED_TEST(tcase, moved_is_what_evacuation_moved, 1);
    ADD_NAMED_TEST(tcase, broken_is_how_many_weak_references_lost_their_objects, 1);
    ADD_NAMED_TEST(tcase, empty_chunks_go_and_the_reserve_stays, 1);
    ADD_NAMED_TEST(tcase, free_blocks_beyond_the_reserve_are_not_resident, 1);
    ADD_NAMED_TEST(tcase, a_stack_that_could_not_grow_grows_in_the_next_collection, 1);
    ADD_NAMED_TEST(tcase, grey_neighbours_are_all_scanned, 1);
    return run_suite("immix/account", tcase);
}
