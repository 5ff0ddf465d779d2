/* test_large.c - large objects: spans of pages, and making objects larger where they are. */
#include "tests/immix/support.h"

#include "immix/src/span.h"

/* ---- Spans --------------------------------------------------------------------------------- */

/* A mapping for each would pass what the system allows, once every other one is gone. */
START_TEST(more_objects_than_the_system_has_mappings)
{
    const uint32_t count = HAS_ASAN ? 20000 : 140000;
    size_t v = root(vector(count));

    for (uint32_t i = 0; i < count; i += 1)
        store(world.roots[v], i, vector(1025));
    for (uint32_t i = 0; i < count; i += 1) {
        require_eq(words_of(words_of(world.roots[v])[i])[1024], 0);
        if (i % 2 == 0)
            store(world.roots[v], i, number(i));
    }
    require_eq(stats().large_count, count + 1);
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().large_count, count / 2 + 1);
    for (uint32_t i = 1; i < count; i += 2)
        words_of(words_of(world.roots[v])[i])[0] = number(i);
    for (uint32_t i = 0; i < count; i += 2)
        store(world.roots[v], i, vector(1025));
    require_eq(stats().large_count, count + 1);
    for (uint32_t i = 1; i < count; i += 2)
        require_eq(words_of(words_of(world.roots[v])[i])[0], number(i));
    require(immix_verify(world.heap, stderr));
}
END_TEST

/* Runs of random sizes come and go; the verifier knows what the maps must say. */
START_TEST(runs_of_all_sizes_share_spans)
{
    uint64_t random = 12345;

    for (size_t i = 0; i < 100; i += 1)
        root(number(0));
    for (int step = 0; step < 5000; step += 1) {
        random = random * 6364136223846793005 + 1442695040888963407;
        size_t slot = (random >> 33) % 100;
        size_t size = 8300 + (random >> 40) % (step % 7 == 0 ? 1200000 : 60000);

        world.roots[slot] = bytes(size, 0);
        words_of(world.roots[slot])[0] = number((uint64_t)step);
        if (immix_wants_collection(world.heap))
            immix_collect_for_policy(world.heap);
        if (step % 500 == 0)
            require(immix_verify(world.heap, stderr));
    }
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().large_count, 0);
    require(stats().free_bytes
            <= world.heap->options.large_cache_bytes + (8 << 20) + IMMIX_BLOCK_BYTES);
    require(immix_verify(world.heap, stderr));
}
END_TEST

/* ---- Resizing ------------------------------------------------------------------------------ */

static uint64_t resize(uint64_t word, uint32_t granules)
{
    void *object = immix_resize_large(world.heap, target(word), granules);

    require_nonnull(object);
    require_eq(immix_granules_of(object), granules);
    return reference(object);
}

/* What is at each step of growth, from a few pages in a span to a mapping that moves. */
static void grow_vector(bool old)
{
    uint32_t length = 1100, filled = 0;
    size_t v = root(vector(length));

    while (length < 3000000) {
        if (old)
            immix_collect(world.heap, IMMIX_MINOR);
        for (; filled < length; filled += 97)
            store(world.roots[v], filled, cons(number(filled), number(0)));
        uint32_t more = length + length / 2;
        world.roots[v] = resize(world.roots[v], more);
        for (uint32_t i = length; i < more; i += 1)
            require_eq(words_of(world.roots[v])[i], 0);
        for (uint32_t i = 0; i < filled; i += 97)
            require_eq(words_of(words_of(world.roots[v])[i])[0], number(i));
        length = more;
        require(immix_verify(world.heap, stderr));
    }
    immix_collect(world.heap, IMMIX_MINOR);
    immix_collect(world.heap, IMMIX_FULL);
    for (uint32_t i = 0; i < filled; i += 97)
        require_eq(words_of(words_of(world.roots[v])[i])[0], number(i));
    require_eq(stats().large_count, 1);
}

START_TEST(a_young_vector_grows)
{
    grow_vector(false);
}
END_TEST

/* Its cards move with it: what was stored before it grew is found by a minor collection. */
START_TEST(an_old_vector_grows_and_stays_remembered)
{
    grow_vector(true);
}
END_TEST

/* The barrier for all of an object records the object, and not its cards. */
START_TEST(a_vector_that_is_remembered_as_a_whole_grows)
{
    size_t v = root(vector(1100));
    root(vector(1100)); /* in the way */

    immix_collect(world.heap, IMMIX_MINOR);
    words_of(world.roots[v])[7] = cons(number(7), number(0));
    immix_barrier(world.heap, target(world.roots[v]));
    uint64_t before = world.roots[v];
    world.roots[v] = resize(before, 200000);
    ck_assert_uint_ne(world.roots[v], before);
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(words_of(words_of(world.roots[v])[7])[0], number(7));
}
END_TEST

START_TEST(a_run_grows_where_it_is_while_nothing_is_behind_it)
{
    uint64_t object = bytes(9000, 1);

    require_eq(resize(object, 30000 / 8), object);
    uint64_t behind = bytes(9000, 2);
    uint64_t moved = resize(object, 60000 / 8);
    ck_assert_uint_ne(moved, object);
    require_eq(*(uint8_t *)target(behind), 2);
    require_eq(*(uint8_t *)target(moved), 1);
    require_eq(((uint8_t *)target(moved))[30000], 0);
}
END_TEST

START_TEST(what_cannot_be_resized_stays_as_it_is)
{
    uint64_t small = bytes(8000, 1), object = bytes(2 << 20, 1);

    ck_assert_ptr_null(immix_resize_large(world.heap, target(small), 4000));
    ck_assert_ptr_null(immix_resize_large(world.heap, target(object), 4000));
    immix_pin(world.heap, target(object));
    ck_assert_ptr_null(immix_resize_large(world.heap, target(object), 400000));
    immix_unpin(world.heap, target(object));
    immix_fail_after(world.heap, 1);
    ck_assert_ptr_null(immix_resize_large(world.heap, target(object), 400000));
    immix_fail_after(world.heap, 0);
    immix_set_limit(world.heap, stats().held_bytes + (1 << 20));
    ck_assert_ptr_null(immix_resize_large(world.heap, target(object), 500000));
    require_eq(immix_granules_of(target(object)), (2 << 20) / 8);
    object = resize(object, (2 << 20) / 8 + 100000);
    (void)immix_identity_hash(world.heap, target(object));
    ck_assert_ptr_null(immix_resize_large(world.heap, target(object),
                                          immix_granules_of(target(object)) + 1));
    require(immix_verify(world.heap, stderr));
}
END_TEST

/* Ten times 3/2 in a heap that never has room for two of them. */
START_TEST(growing_needs_no_room_for_two)
{
    immix_set_limit(world.heap, 64 << 20);
    root(bytes(1 << 20, 1));
    for (int i = 0; i < 10; i += 1) {
        uint32_t granules = immix_granules_of(target(world.roots[0]));
        world.roots[0] = resize(world.roots[0], granules + granules / 2);
    }
    ck_assert_uint_ge(stats().large_bytes, 56 << 20);
    ck_assert_uint_le(stats().peak_bytes, 64 << 20);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("large");
    tcase_add_checked_fixture(tcase, open_unverified_world, close_world);
    tcase_add_test(tcase, more_objects_than_the_system_has_mappings);
    tcase_add_test(tcase, runs_of_all_sizes_share_spans);
    tcase_add_test(tcase, a_young_vector_grows);
    tcase_add_test(tcase, an_old_vector_grows_and_stays_remembered);
    tcase_add_test(tcase, a_vector_that_is_remembered_as_a_whole_grows);
    tcase_add_test(tcase, a_run_grows_where_it_is_while_nothing_is_behind_it);
    tcase_add_test(tcase, what_cannot_be_resized_stays_as_it_is);
    tcase_add_test(tcase, growing_needs_no_room_for_two);
    return run_suite("immix/large", tcase);
}
