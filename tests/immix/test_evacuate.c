/* test_evacuate.c - objects that move: forwarding, pins, identity hashes, headroom, stress. */
#include "tests/immix/support.h"

#if HAS_ASAN
#    include <sanitizer/asan_interface.h>
#endif

START_TEST(all_references_to_a_moved_object_agree)
{
    uint64_t shared = cons(number(1), number(2));
    size_t a = root(cons(shared, shared));
    size_t b = root(shared);

    immix_collect(world.heap, IMMIX_EVACUATE);
    ck_assert_uint_ne(world.roots[b], shared);
    require_eq(words_of(world.roots[a])[0], world.roots[b]);
    require_eq(words_of(world.roots[a])[1], world.roots[b]);
    require_eq(words_of(world.roots[b])[1], number(2));
}
END_TEST

static void open_stress_world(void)
{
    open_world_with((ImmixOptions){.verify = 1, .stress = 1});
}

START_TEST(stress_moves_everything_each_time)
{
    for (int i = 0; i < 500; i += 1)
        root(i % 2 ? cons(number((uint64_t)i), 0) : bytes((size_t)i * 8, i & 0x7F));
    for (int round = 0; round < 6; round += 1) {
        static uint64_t before[ROOTS];
        memcpy(before, world.roots, sizeof before);
        immix_collect(world.heap, (ImmixCollection)(round % 3));
        for (size_t i = 0; i < 500; i += 1) {
            ck_assert_uint_ne(world.roots[i], before[i]);
            if (i % 2)
                require_eq(words_of(world.roots[i])[0], number(i));
            else if (i > 0)
                require_eq(((unsigned char *)target(world.roots[i]))[i * 8 - 1],
                           i & 0x7F);
        }
    }
    require_eq(stats().collections[IMMIX_EVACUATE], 6);
}
END_TEST

START_TEST(stress_poisons_what_was_left)
{
    uint64_t pair = cons(number(1), number(2));
    root(cons(0, 0));

    immix_collect(world.heap, IMMIX_FULL);
#if !HAS_ASAN
    require_eq(words_of(pair)[0], POISON_WORD);
    require_eq(words_of(pair)[1], POISON_WORD);
#else
    require(__asan_address_is_poisoned(words_of(pair)));
#endif
}
END_TEST

START_TEST(pinned_and_large_objects_do_not_move)
{
    uint64_t pinned = cons(number(1), number(2));
    uint64_t born_pinned = reference(
        immix_alloc_zeroed(world.heap, immix_header(TYPE_VECTOR, 0, 3, IMMIX_PINNED)));
    uint64_t large = vector(5000);
    root(pinned);
    root(born_pinned);
    root(large);
    immix_pin(world.heap, target(pinned));
    for (int i = 0; i < 4; i += 1) {
        store(pinned, 0, cons(number(1), 0));
        immix_collect(world.heap, IMMIX_EVACUATE);
        require_eq(world.roots[0], pinned);
        require_eq(world.roots[1], born_pinned);
        require_eq(world.roots[2], large);
        require_eq(words_of(words_of(pinned)[0])[0], number(1));
    }
    immix_unpin(world.heap, target(pinned));
    immix_collect(world.heap, IMMIX_EVACUATE);
    ck_assert_uint_ne(world.roots[0], pinned);
}
END_TEST

START_TEST(identity_hashes_survive_moves)
{
    enum {
        COUNT = 300
    };
    uint64_t hashes[COUNT];

    for (size_t i = 0; i < COUNT; i += 1) {
        uint64_t object = i % 3 == 0 ? vector((uint32_t)i) : cons(number(i), 0);
        if (i % 7 == 0)
            object = vector(2000); /* large */
        root(object);
        hashes[i] = immix_identity_hash(world.heap, target(object));
    }
    for (int round = 0; round < 5; round += 1) {
        immix_collect(world.heap, (ImmixCollection)(round % 3));
        for (size_t i = 0; i < COUNT; i += 1) {
            void *object = target(world.roots[i]);
            require_eq(immix_identity_hash(world.heap, object), hashes[i]);
            /* The size that the client sees stays what it was. */
            require_eq(immix_granules_of(object), i % 7 == 0   ? 2000
                                                  : i % 3 == 0 ? i
                                                               : 2);
        }
    }
    /* Hashes taken after a move stay, too. */
    size_t late = root(cons(0, 0));
    immix_collect(world.heap, IMMIX_EVACUATE);
    uint64_t hash = immix_identity_hash(world.heap, target(world.roots[late]));
    for (int i = 0; i < 3; i += 1)
        immix_collect(world.heap, IMMIX_EVACUATE);
    require_eq(immix_identity_hash(world.heap, target(world.roots[late])), hash);
}
END_TEST

/* The biggest object that is not large, hashed and then moved, is a word longer. */
START_TEST(the_biggest_medium_object_can_grow_by_its_hash)
{
    size_t i = root(vector(1023));
    uint64_t hash = immix_identity_hash(world.heap, target(world.roots[i]));

    for (int round = 0; round < 3; round += 1)
        immix_collect(world.heap, IMMIX_EVACUATE);
    require_eq(immix_identity_hash(world.heap, target(world.roots[i])), hash);
}
END_TEST

/* Fills blocks, and keeps one pair of 40. */
static void make_sparse(size_t pairs)
{
    uint64_t kept = number(0);
    for (size_t i = 0; i < pairs; i += 1) {
        uint64_t pair = cons(number(i), i % 40 == 0 ? kept : 0);
        if (i % 40 == 0)
            kept = pair;
    }
    root(kept);
}

static void check_sparse(uint64_t word, size_t pairs)
{
    for (size_t i = (pairs - 1) / 40 * 40;; i -= 40) {
        require_eq(words_of(word)[0], number(i));
        word = words_of(word)[1];
        if (i == 0)
            break;
    }
    require_eq(word, number(0));
}

START_TEST(fragmented_blocks_are_evacuated_by_full_collections)
{
    const size_t pairs = 400000;
    make_sparse(pairs);
    immix_collect(world.heap, IMMIX_FULL); /* finds out */
    uint64_t before = stats().block_bytes;
    for (int i = 0; i < 4; i += 1)
        immix_collect(world.heap, IMMIX_FULL);
    ck_assert_uint_lt(stats().block_bytes, before / 4);
    ck_assert_uint_gt(stats().moved_bytes, 0);
    check_sparse(world.roots[0], pairs);
}
END_TEST

START_TEST(when_headroom_runs_out_the_rest_is_marked_in_place)
{
    const size_t pairs = 400000;
    make_sparse(pairs);
    immix_collect(world.heap, IMMIX_FULL);
    /* Room for one block of the several that the survivors would fill. */
    immix_set_limit(world.heap,
                    world.heap->held_bytes
                        - world.heap->pool.free_resident_count * IMMIX_BLOCK_BYTES
                        + IMMIX_BLOCK_BYTES);
    /* More blocks are chosen than there is room for. */
    world.heap->options.stress = 1;
    uint64_t moved = stats().moved_bytes;
    immix_collect(world.heap, IMMIX_EVACUATE);
    ck_assert_uint_gt(stats().moved_bytes, moved);
    ck_assert_uint_le(stats().moved_bytes, moved + IMMIX_BLOCK_BYTES);
    check_sparse(world.roots[0], pairs);
    world.heap->options.stress = 0;
    for (int i = 0; i < 10; i += 1) {
        immix_collect(world.heap, IMMIX_EVACUATE);
        ck_assert_uint_le(stats().held_bytes, world.heap->limit_bytes);
        check_sparse(world.roots[0], pairs);
    }
    /* Little by little everything found a place. */
    ck_assert_uint_lt(stats().block_bytes, 40 * IMMIX_BLOCK_BYTES);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("evacuate");
    tcase_add_checked_fixture(tcase, open_world, close_world);
    tcase_add_test(tcase, all_references_to_a_moved_object_agree);
    tcase_add_test(tcase, pinned_and_large_objects_do_not_move);
    tcase_add_test(tcase, identity_hashes_survive_moves);
    tcase_add_test(tcase, the_biggest_medium_object_can_grow_by_its_hash);
    tcase_add_test(tcase, fragmented_blocks_are_evacuated_by_full_collections);
    tcase_add_test(tcase, when_headroom_runs_out_the_rest_is_marked_in_place);
    int status = run_suite("immix/evacuate", tcase);

    TCase *stress = tcase_create("stress");
    tcase_add_checked_fixture(stress, open_stress_world, close_world);
    tcase_add_test(stress, all_references_to_a_moved_object_agree);
    tcase_add_test(stress, stress_moves_everything_each_time);
    tcase_add_test(stress, stress_poisons_what_was_left);
    tcase_add_test(stress, pinned_and_large_objects_do_not_move);
    tcase_add_test(stress, identity_hashes_survive_moves);
    return status | run_suite("immix/stress", stress);
}
