/* test_remember.c - minor collections: barriers, the remembered set, cards. */
#include "tests/immix/support.h"

static void make_old(void)
{
    immix_collect(world.heap, IMMIX_FULL);
}

START_TEST(a_young_object_stored_into_an_old_one_lives)
{
    size_t parent = root(cons(0, 0));
    make_old();
    store(world.roots[parent], 1, list(1000));
    immix_collect(world.heap, IMMIX_MINOR);
    check_list(words_of(world.roots[parent])[1], 1000);
    immix_collect(world.heap, IMMIX_MINOR);
    check_list(words_of(world.roots[parent])[1], 1000);
}
END_TEST

START_TEST(young_garbage_is_reclaimed_by_a_minor_collection)
{
    root(list(1000));
    make_old();
    uint64_t blocks = stats().block_bytes;
    for (int i = 0; i < 50; i += 1) {
        list(10000);
        immix_collect(world.heap, IMMIX_MINOR);
    }
    ck_assert_uint_le(stats().block_bytes, blocks + IMMIX_BLOCK_BYTES);
    require_eq(stats().promoted_bytes, 0);
    check_list(world.roots[0], 1000);
}
END_TEST

START_TEST(what_is_old_stays_until_a_full_collection)
{
    root(list(1000));
    make_old();
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_MINOR);
    ck_assert_uint_gt(stats().block_bytes, 0);
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().block_bytes, 0);
}
END_TEST

START_TEST(an_object_is_remembered_once_and_its_flag_comes_back)
{
    size_t parent = root(cons(0, 0));
    make_old();
    ImmixHeader *header = immix_header_of(target(world.roots[parent]));
    require(header->bits & IMMIX_UNLOGGED);
    for (int i = 0; i < 10; i += 1) {
        words_of(world.roots[parent])[0] = cons(0, 0);
        immix_barrier(world.heap, target(world.roots[parent]));
    }
    require_eq(world.heap->remembered.objects.count, 1);
    require(!(header->bits & IMMIX_UNLOGGED));
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(world.heap->remembered.objects.count, 0);
    require(header->bits & IMMIX_UNLOGGED);
}
END_TEST

START_TEST(leaves_are_never_remembered)
{
    root(bytes(100, 1));
    make_old();
    immix_barrier(world.heap, target(world.roots[0]));
    require_eq(world.heap->remembered.objects.count, 0);
}
END_TEST

/* One store costs a card, not the vector. */
START_TEST(big_vectors_use_cards)
{
    static const uint32_t lengths[] = {130, 700, 1023, 1024, 5000, 300000};
    uint32_t length = lengths[_i];
    size_t v = root(vector(length));
    make_old();
    void *object = target(world.roots[v]);
    require(immix_header_of(object)->bits & IMMIX_CARDED);
    for (uint32_t i = 0; i < length; i += 97) {
        store(reference(object), i, cons(number(i), 0));
        require(immix_header_of(object)->bits & IMMIX_UNLOGGED);
    }
    require_eq(world.heap->remembered.carded.count, 1);
    require_eq(world.heap->remembered.objects.count, 0);
    immix_collect(world.heap, IMMIX_MINOR);
    require(!(immix_header_of(object)->bits & IMMIX_DIRTY));
    for (uint32_t i = 0; i < length; i += 97)
        require_eq(words_of(words_of(world.roots[v])[i])[0], number(i));
    store(reference(object), length - 1, cons(number(3), 0));
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(words_of(words_of(world.roots[v])[length - 1])[0], number(3));
}
END_TEST

/* Neighbours share the card on which one ends and the other begins. */
START_TEST(neighbours_share_cards)
{
    enum {
        COUNT = 40,
        LENGTH = 150
    };
    for (int i = 0; i < COUNT; i += 1)
        root(vector(LENGTH));
    make_old();
    for (size_t i = 0; i < COUNT; i += 1) {
        store(world.roots[i], 0, cons(number(i), 0));
        store(world.roots[i], LENGTH - 1, cons(number(i), 0));
    }
    require_eq(world.heap->remembered.carded.count, COUNT);
    immix_collect(world.heap, IMMIX_MINOR);
    for (size_t i = 0; i < COUNT; i += 1) {
        require_eq(words_of(words_of(world.roots[i])[0])[0], number(i));
        require_eq(words_of(words_of(world.roots[i])[LENGTH - 1])[0], number(i));
    }
}
END_TEST

START_TEST(range_barriers_cover_copies_and_fills)
{
    size_t v = root(vector(3000));
    size_t small = root(vector(20));
    make_old();
    uint64_t young = cons(number(5), number(6));
    uint64_t *slots = words_of(world.roots[v]);
    for (size_t i = 1000; i < 1900; i += 1)
        slots[i] = young;
    immix_barrier_range(world.heap, slots, slots + 1000, 900 * 8);
    memcpy(words_of(world.roots[small]), slots + 1000, 20 * 8);
    immix_barrier_range(world.heap, words_of(world.roots[small]),
                        words_of(world.roots[small]), 20 * 8);
    immix_barrier_range(world.heap, slots, slots + 5, 0); /* nothing */
    immix_collect(world.heap, IMMIX_MINOR);
    for (size_t i = 1000; i < 1900; i += 1)
        require_eq(words_of(words_of(world.roots[v])[i])[1], number(6));
    require_eq(words_of(words_of(world.roots[small])[19])[0], number(5));
}
END_TEST

/* A carded object may also be remembered as a whole, before and after. */
START_TEST(both_barriers_on_one_object_work)
{
    size_t v = root(vector(3000));
    for (int round = 0; round < 4; round += 1) {
        immix_collect(world.heap, round % 2 ? IMMIX_MINOR : IMMIX_FULL);
        void *object = target(world.roots[v]);
        if (round & 2)
            store(world.roots[v], 2000, cons(number(1), 0));
        words_of(world.roots[v])[7] = cons(number(7), 0);
        immix_barrier(world.heap, object);
        store(world.roots[v], 2500, cons(number(2), 0));
        immix_collect(world.heap, IMMIX_MINOR);
        require_eq(words_of(words_of(world.roots[v])[7])[0], number(7));
        require_eq(words_of(words_of(world.roots[v])[2500])[0], number(2));
    }
}
END_TEST

START_TEST(when_nothing_can_be_remembered_the_next_collection_is_full)
{
    for (size_t i = 0; i < 2000; i += 1)
        root(cons(0, 0));
    size_t big = root(vector(3000));
    make_old();
    immix_set_limit(world.heap, 1);
    for (size_t i = 0; i < 2000; i += 1)
        words_of(world.roots[i])[0] = number(i);
    for (size_t i = 0; i < 2000; i += 1)
        immix_barrier(world.heap, target(world.roots[i]));
    store(world.roots[big], 0, 0);
    require(world.heap->remembered.off);
    immix_set_limit(world.heap, 0);
    for (size_t i = 0; i < 2000; i += 1)
        store(world.roots[i], 1, cons(number(i), 0));
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(stats().collections[IMMIX_FULL], 2);
    require(!world.heap->remembered.off);
    for (size_t i = 0; i < 2000; i += 1)
        require_eq(words_of(words_of(world.roots[i])[1])[0], number(i));
}
END_TEST

/* 20 MiB of old data: a minor collection sweeps only what was allocated into. */
START_TEST(a_minor_collection_costs_by_what_is_young)
{
    for (int i = 0; i < 20; i += 1)
        root(list(45000));
    make_old();
    list(100);
    immix_bump_retire(world.heap);
    size_t touched = 0;
    for (Block *b = world.heap->pool.touched; b != NULL; b = b->next_touched)
        touched += 1;
    ck_assert_uint_le(touched, 2);
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(world.heap->tracer.marked_bytes, 0);
}
END_TEST

START_TEST(the_policy_takes_minors_and_now_and_then_a_full_one)
{
    size_t kept = root(number(0));
    world.heap->options.verify = 0; /* to save time */
    for (int i = 0; i < 200; i += 1) {
        for (int j = 0; j < 44000; j += 1)
            cons(0, 0);
        /* Half a megabyte a cycle becomes old, and dies after two. */
        for (int j = 0; j < 22000; j += 1)
            world.roots[kept] = cons(number((uint64_t)j), world.roots[kept]);
        immix_collect_for_policy(world.heap);
        if (i % 2)
            world.roots[kept] = number(0);
    }
    ck_assert_uint_gt(stats().collections[IMMIX_MINOR], 150);
    ck_assert_uint_ge(stats().collections[IMMIX_FULL], 2);
    ck_assert_uint_le(stats().block_bytes, 64u << 20);
}
END_TEST

static void open_young_stress_world(void)
{
    open_world_with((ImmixOptions){.verify = 1, .stress = 2});
}

START_TEST(the_second_stress_mode_moves_the_young_in_minors)
{
    size_t parent = root(cons(0, 0));
    immix_collect(world.heap, IMMIX_FULL);
    for (int i = 0; i < 10; i += 1) {
        uint64_t old = world.roots[parent];
        uint64_t young = cons(number((uint64_t)i), 0);
        store(old, 0, young);
        immix_collect(world.heap, IMMIX_MINOR);
        require_eq(world.roots[parent], old);
        ck_assert_uint_ne(words_of(old)[0], young);
        require_eq(words_of(words_of(old)[0])[0], number((uint64_t)i));
        immix_collect_for_policy(world.heap);
    }
    ck_assert_uint_ge(stats().collections[IMMIX_EVACUATE], 5);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("remember");
    tcase_add_checked_fixture(tcase, open_world, close_world);
    tcase_add_test(tcase, a_young_object_stored_into_an_old_one_lives);
    tcase_add_test(tcase, young_garbage_is_reclaimed_by_a_minor_collection);
    tcase_add_test(tcase, what_is_old_stays_until_a_full_collection);
    tcase_add_test(tcase, an_object_is_remembered_once_and_its_flag_comes_back);
    tcase_add_test(tcase, leaves_are_never_remembered);
    tcase_add_loop_test(tcase, big_vectors_use_cards, 0, 6);
    tcase_add_test(tcase, neighbours_share_cards);
    tcase_add_test(tcase, range_barriers_cover_copies_and_fills);
    tcase_add_test(tcase, both_barriers_on_one_object_work);
    tcase_add_test(tcase, when_nothing_can_be_remembered_the_next_collection_is_full);
    tcase_add_test(tcase, a_minor_collection_costs_by_what_is_young);
    tcase_add_test(tcase, the_policy_takes_minors_and_now_and_then_a_full_one);
    int status = run_suite("immix/remember", tcase);

    TCase *stress = tcase_create("stress");
    tcase_add_checked_fixture(stress, open_young_stress_world, close_world);
    tcase_add_test(stress, the_second_stress_mode_moves_the_young_in_minors);
    tcase_add_test(stress, a_young_object_stored_into_an_old_one_lives);
    tcase_add_test(stress, range_barriers_cover_copies_and_fills);
    return status | run_suite("immix/stress", stress);
}
