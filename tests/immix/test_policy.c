/* test_policy.c - the numbers of the policy: each is the heap's own, has a default, and rules. */
#include "tests/immix/support.h"

#include "immix/src/policy.h"

enum {
    MIB = 1 << 20
};

static void close_any_world(void)
{
    if (world.heap != NULL)
        close_world();
}

/* Allocates pairs that are garbage at once, collecting when the policy asks, until it has asked
 * `times` times. Returns how many bytes it took. */
static size_t churn_until_collected(uint64_t times)
{
    size_t taken = 0;

    for (uint64_t done = 0; done < times; taken += 24) {
        cons(0, 0);
        if (immix_wants_collection(world.heap)) {
            immix_collect_for_policy(world.heap);
            done += 1;
        }
    }
    return taken;
}

/* The same, keeping all of them. */
static size_t grow_until_collected(uint64_t times)
{
    size_t taken = 0, kept = root(number(0));

    for (uint64_t done = 0; done < times; taken += 24) {
        world.roots[kept] = cons(number(1), world.roots[kept]);
        if (immix_wants_collection(world.heap)) {
            immix_collect_for_policy(world.heap);
            done += 1;
        }
    }
    return taken;
}

static uint64_t fulls(void)
{
    return stats().collections[IMMIX_FULL] + stats().collections[IMMIX_EVACUATE];
}

static void require_about(size_t value, size_t expected)
{
    ck_assert_uint_ge(value, expected - expected / 8);
    ck_assert_uint_le(value, expected + expected / 8);
}

START_TEST(zero_stands_for_the_default_and_too_much_for_the_most)
{
    ImmixOptions options = {0};
    immix_policy_complete(&options);
    require_eq(options.nursery_bytes, DEFAULT_NURSERY_BYTES);
    require_eq(options.nursery_most_bytes, DEFAULT_NURSERY_BYTES);
    require_eq(options.growth_percent, DEFAULT_GROWTH_PERCENT);
    require_eq(options.most_full_only, DEFAULT_MOST_FULL_ONLY);
    require_eq(options.crowded_percent, DEFAULT_CROWDED_PERCENT);

    options = (ImmixOptions){.nursery_bytes = 1, .room_percent = 200, .growth_percent = 5000};
    immix_policy_complete(&options);
    require_eq(options.nursery_bytes, IMMIX_BLOCK_BYTES);
    require_eq(options.nursery_most_bytes, IMMIX_BLOCK_BYTES);
    require_eq(options.room_percent, 100);
    require_eq(options.growth_percent, 1000);
}
END_TEST

START_TEST(the_nursery_is_as_large_as_was_asked)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB});
    require_about(churn_until_collected(4), 4 * MIB);
    close_world();
    open_world_with((ImmixOptions){.nursery_bytes = 3 * MIB});
    require_about(churn_until_collected(4), 12 * MIB);
    require_eq(stats().collections[IMMIX_MINOR], 4);
}
END_TEST

/* A nursery of which so much survives, in percent of it. */
static void spend_nursery(size_t percent)
{
    root(list(world.heap->policy.nursery_bytes / 100 * percent / 24));
    churn_until_collected(1);
    world.root_count -= 1;
}

START_TEST(a_nursery_of_which_much_survives_grows_and_shrinks_again)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB,
                                   .nursery_most_bytes = 4 * MIB,
                                   .least_growth_bytes = 256 * MIB});
    root(bytes(3 * MIB / 2, 1));
    immix_collect(world.heap, IMMIX_FULL);
    spend_nursery(20);
    ck_assert_uint_gt(world.heap->policy.nursery_bytes, 3 * MIB / 2); /* as much as is old */
    ck_assert_uint_lt(world.heap->policy.nursery_bytes, 2 * MIB);
    root(bytes(8 * MIB, 1));
    immix_collect(world.heap, IMMIX_FULL);
    spend_nursery(20);
    require_eq(world.heap->policy.nursery_bytes, 2 * MIB); /* it began small again */
    spend_nursery(20);
    spend_nursery(20);
    require_eq(world.heap->policy.nursery_bytes, 4 * MIB);
    spend_nursery(6);
    require_eq(world.heap->policy.nursery_bytes, 4 * MIB);
    spend_nursery(1);
    require_eq(world.heap->policy.nursery_bytes, 2 * MIB);
    spend_nursery(1);
    spend_nursery(1);
    require_eq(world.heap->policy.nursery_bytes, MIB);
    close_world();

    open_world_with((ImmixOptions){.nursery_bytes = MIB});
    root(bytes(8 * MIB, 1));
    immix_collect(world.heap, IMMIX_FULL);
    spend_nursery(20);
    require_eq(world.heap->policy.nursery_bytes, MIB); /* what was asked for */
}
END_TEST

START_TEST(a_nursery_of_which_most_survives_grows_up_to_a_part_of_what_is_old)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB, .least_growth_bytes = 256 * MIB});
    root(bytes(6 * MIB, 1));
    immix_collect(world.heap, IMMIX_FULL);
    spend_nursery(40);
    require_eq(world.heap->policy.nursery_bytes, MIB);
    spend_nursery(60);
    require_eq(world.heap->policy.nursery_bytes, 2 * MIB);
    spend_nursery(60);
    ck_assert_uint_gt(world.heap->policy.nursery_bytes, 3 * MIB); /* half of what is old */
    ck_assert_uint_lt(world.heap->policy.nursery_bytes, 5 * MIB);
    require_eq(world.heap->policy.poor_minors, 0);
    size_t grown = world.heap->policy.nursery_bytes;
    spend_nursery(30);
    require_eq(world.heap->policy.nursery_bytes, grown);
    spend_nursery(5);
    require_eq(world.heap->policy.nursery_bytes, grown / 2);
    for (int i = 0; i < 4; i += 1)
        spend_nursery(5);
    require_eq(world.heap->policy.nursery_bytes, MIB);
    require_eq(fulls(), 1);
}
END_TEST

/* What is new lives for as long as a mebibyte is allocated, and a tenth of it for ever: until
 * `kept_bytes` are kept. */
static void age_and_keep(size_t kept_bytes)
{
    enum {
        WINDOW = 4000,
        LENGTH = 11, /* 264 bytes */
        KEPT = 10
    };
    size_t kept = root(number(0)), first = world.root_count;
    size_t lists = kept_bytes / (24 * (LENGTH + 1)) * KEPT;

    while (world.root_count < first + WINDOW)
        root(number(0));
    for (size_t i = 0; i < lists; i += 1) {
        uint64_t new = list(LENGTH);
        world.roots[first + i % WINDOW] = new;
        if (i % KEPT == 0)
            world.roots[kept] = cons(new, world.roots[kept]);
        if (immix_wants_collection(world.heap))
            immix_collect_for_policy(world.heap);
    }
}

static uint64_t fulls_of_growing_heap(uint32_t poor_nursery_percent)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB / 4,
                                   .least_growth_bytes = MIB,
                                   .poor_nursery_percent = poor_nursery_percent});
    age_and_keep(24 * MIB);
    uint64_t count = fulls();
    size_t peak = stats().peak_bytes;
    immix_collect(world.heap, IMMIX_FULL);
    size_t live = stats().live_bytes;
    ck_assert_uint_gt(live, 24 * MIB);
    ck_assert_uint_le(peak, 12 * live / 5);
    close_world();
    return count;
}

/* Though in a small nursery everything survives. It holds little more than twice what lives. */
START_TEST(a_heap_that_grows_has_few_full_collections)
{
    uint64_t few = fulls_of_growing_heap(0), many = fulls_of_growing_heap(1);

    ck_assert_uint_ge(few, 5);
    ck_assert_uint_le(few, 20);
    ck_assert_uint_ge(many, few + few / 2);
}
END_TEST

START_TEST(a_limit_makes_the_nursery_smaller)
{
    open_world_with((ImmixOptions){.limit_bytes = 16 * MIB, .nursery_limit_percent = 25});
    require_about(churn_until_collected(4), 16 * MIB);
    close_world();
    open_world_with((ImmixOptions){.limit_bytes = 16 * MIB, .nursery_limit_percent = 6});
    require_about(churn_until_collected(4), 4 * MIB);
}
END_TEST

/* With minor collections that are never poor, so that growth alone makes a full one due. */
static size_t growth_until_full(uint32_t percent, size_t least_bytes)
{
    ImmixOptions options = {.nursery_bytes = MIB / 4,
                            .growth_percent = percent,
                            .least_growth_bytes = least_bytes,
                            .poor_nursery_percent = 1,
                            .poor_minors = UINT32_MAX};
    size_t taken = 0;

    open_world_with(options);
    root(bytes(8 * MIB, 1));
    immix_collect(world.heap, IMMIX_FULL);
    while (fulls() == 1)
        taken += grow_until_collected(1);
    close_world();
    return taken;
}

START_TEST(growth_makes_full_collections_due)
{
    require_about(growth_until_full(100, 1), 8 * MIB);
    require_about(growth_until_full(200, 1), 16 * MIB);
    require_about(growth_until_full(100, 12 * MIB), 12 * MIB);
}
END_TEST

static size_t taken_of_room(uint32_t percent)
{
    open_world_with((ImmixOptions){.limit_bytes = 16 * MIB,
                                   .nursery_bytes = MIB,
                                   .room_percent = percent,
                                   .poor_minors = UINT32_MAX});
    size_t taken = 0;
    while (fulls() == 0)
        taken += grow_until_collected(1);
    close_world();
    return taken;
}

START_TEST(full_collections_come_before_the_room_is_used_up)
{
    require_about(taken_of_room(50), 8 * MIB);
    require_about(taken_of_room(90), 15 * MIB);
}
END_TEST

/* Half of the lines of each block hold a survivor that fills little of them. */
static void thin_out(size_t pairs)
{
    size_t kept = root(number(0));
    for (size_t i = 0; i < pairs; i += 1) {
        uint64_t pair = cons(number(i), world.roots[kept]);
        if (i % 6 == 0)
            world.roots[kept] = pair;
    }
}

static uint64_t evacuations_when_crowded(uint32_t percent)
{
    open_world_with((ImmixOptions){.limit_bytes = 8 * MIB, .crowded_percent = percent});
    thin_out(6 * MIB / 24);
    immix_collect_for_policy(world.heap); /* minor, and leaves little */
    uint64_t count = stats().collections[IMMIX_EVACUATE];
    if (count != 0)
        ck_assert_uint_gt(immix_room_bytes(world.heap), 3 * MIB);
    close_world();
    return count;
}

START_TEST(a_crowded_heap_is_evacuated_at_once)
{
    require_eq(evacuations_when_crowded(1), 0);
    require_eq(evacuations_when_crowded(50), 1);
}
END_TEST

/* Cycles of the policy in which all that is young survives, and then dies. */
static void poor_cycles(uint64_t count)
{
    for (uint64_t i = 0; i < count; i += 1) {
        grow_until_collected(1);
        world.root_count = 0;
    }
}

START_TEST(poor_minors_give_way_to_full_ones_for_longer_and_longer)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB / 4,
                                   .least_growth_bytes = MIB,
                                   .poor_nursery_percent = 1,
                                   .poor_minors = 3,
                                   .most_full_only = 2});
    poor_cycles(3);
    require_eq(stats().collections[IMMIX_MINOR], 3);
    require_eq(fulls(), 0);
    poor_cycles(1); /* one full one, then a try */
    require_eq(fulls(), 1);
    poor_cycles(1);
    require_eq(stats().collections[IMMIX_MINOR], 4);
    poor_cycles(3); /* two, then a try */
    require_eq(fulls(), 3);
    require_eq(stats().collections[IMMIX_MINOR], 5);
    poor_cycles(3); /* not four: that is the most */
    require_eq(fulls(), 5);
    require_eq(stats().collections[IMMIX_MINOR], 6);
}
END_TEST

START_TEST(what_survives_of_a_nursery_says_whether_it_was_poor)
{
    for (uint32_t percent = 20; percent <= 60; percent += 40) {
        open_world_with((ImmixOptions){.nursery_bytes = MIB,
                                       .poor_minors = 1,
                                       .poor_minor_percent = percent});
        for (int i = 0; i < 10; i += 1) {
            root(list(MIB * 4 / 10 / 24));
            churn_until_collected(1);
            world.root_count = 0;
        }
        if (percent == 20)
            ck_assert_uint_lt(stats().collections[IMMIX_MINOR], 8);
        else
            require_eq(stats().collections[IMMIX_MINOR], 10);
        close_world();
    }
}
END_TEST

/* Without minor collections in between, stores into old objects need not be remembered. */
START_TEST(barriers_rest_while_there_are_only_full_collections)
{
    open_world_with((ImmixOptions){.verify = 1,
                                   .nursery_bytes = MIB / 4,
                                   .least_growth_bytes = MIB,
                                   .poor_nursery_percent = 1,
                                   .poor_minors = 1});
    grow_until_collected(1);
    require(world.heap->remembered.off);
    size_t old = root(cons(0, 0)), big = root(vector(2000));
    immix_collect_for_policy(world.heap); /* the last full one, and all is remembered again */
    require(!world.heap->remembered.off);
    require(immix_header_of(target(world.roots[old]))->bits & IMMIX_UNLOGGED);
    grow_until_collected(1);
    require(world.heap->remembered.off);
    store(world.roots[old], 0, cons(number(7), 0));
    store(world.roots[big], 1999, cons(number(8), 0));
    require_eq(world.heap->remembered.objects.capacity, 0);
    require_eq(world.heap->remembered.carded.capacity, 0);
    require(!(immix_header_of(target(world.roots[old]))->bits & IMMIX_UNLOGGED));
    immix_collect_for_policy(world.heap); /* one of two */
    require(!(immix_header_of(target(world.roots[old]))->bits & IMMIX_UNLOGGED));
    store(world.roots[old], 1, cons(number(9), 0));
    immix_collect(world.heap, IMMIX_MINOR); /* must be a full one */
    require_eq(words_of(words_of(world.roots[old])[0])[0], number(7));
    require_eq(words_of(words_of(world.roots[old])[1])[0], number(9));
    require_eq(words_of(words_of(world.roots[big])[1999])[0], number(8));
    require(immix_header_of(target(world.roots[old]))->bits & IMMIX_UNLOGGED);
}
END_TEST

/* What was remembered before there was no room for more is forgotten as if it never had been. */
START_TEST(giving_up_minors_forgets_what_was_dirty)
{
    enum {
        COUNT = 600 /* more than fit a page */
    };
    open_world_with((ImmixOptions){.verify = 1});
    for (uint64_t i = 0; i < COUNT; i += 1)
        root(cons(0, 0));
    size_t big = root(vector(2000));
    immix_collect(world.heap, IMMIX_FULL);
    store(world.roots[big], 1, 0);
    require(immix_header_of(target(world.roots[big]))->bits & IMMIX_DIRTY);
    immix_set_limit(world.heap, 1);
    for (size_t i = 0; i < COUNT; i += 1)
        store(world.roots[i], 0, 0);
    require(world.heap->remembered.off);
    require(!(immix_header_of(target(world.roots[big]))->bits & IMMIX_DIRTY));
    immix_set_limit(world.heap, 0);
    immix_collect(world.heap, IMMIX_FULL);
    store(world.roots[big], 1, cons(number(5), 0));
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(words_of(words_of(world.roots[big])[1])[0], number(5));
    require_eq(stats().collections[IMMIX_MINOR], 1);
}
END_TEST

static size_t free_blocks_kept(uint32_t percent)
{
    open_world_with((ImmixOptions){.nursery_bytes = 1, .reserve_percent = percent});
    root(bytes(16 * MIB, 1));
    for (size_t i = 0; i < 32 * MIB / 24; i += 1)
        cons(0, 0);
    immix_collect(world.heap, IMMIX_FULL);
    size_t kept = world.heap->pool.free_resident_count * IMMIX_BLOCK_BYTES;
    close_world();
    return kept;
}

START_TEST(the_reserve_is_a_part_of_what_lives)
{
    require_about(free_blocks_kept(10), 16 * MIB / 10);
    require_about(free_blocks_kept(100), 16 * MIB);
}
END_TEST

/* 32 MiB of pairs are dropped, and the policy collects: how many bytes of free blocks stay. */
static size_t kept_for_growth(size_t least_growth_bytes)
{
    open_world_with((ImmixOptions){.nursery_bytes = MIB,
                                   .least_growth_bytes = least_growth_bytes,
                                   .growth_percent = 1,
                                   .poor_nursery_percent = 1,
                                   .poor_minors = UINT32_MAX});
    root(list(32 * MIB / 24));
    immix_collect(world.heap, IMMIX_FULL);
    world.root_count = 0;
    while (fulls() == 1)
        grow_until_collected(1);
    size_t kept = world.heap->pool.free_resident_count * IMMIX_BLOCK_BYTES;
    close_world();
    return kept;
}

START_TEST(what_a_heap_took_before_it_shrank_stays_up_to_twice_its_growth)
{
    for (size_t growth = 6 * MIB; growth <= 24 * MIB; growth *= 2) {
        size_t kept = kept_for_growth(growth), freed = 32 * MIB;
        size_t most = 2 * growth < freed ? 2 * growth : freed;
        ck_assert_uint_le(kept, most + MIB);
        ck_assert_uint_ge(kept, most - IMMIX_CHUNK_BYTES); /* of which some had no pages */
    }
}
END_TEST

START_TEST(huge_pages_that_are_dear_are_left_alone_for_longer_and_longer)
{
    const uint64_t cheap = 100 * 1000, dear = 5 * 1000 * 1000;
    HugePages huge;
    Pool pool = {0};

    immix_pool_open(&pool);
    huge = pool.huge;
    for (int i = 0; i < 3; i += 1) {
        require(immix_huge_due(&huge, 4 * MIB));
        require(!immix_huge_is_dear(&huge, cheap));
    }
    for (size_t rest = 32; rest <= 128; rest *= 2) {
        require(immix_huge_due(&huge, 4 * MIB));
        require(immix_huge_is_dear(&huge, dear));
        for (size_t mapped = 0; mapped < rest; mapped += 4)
            require(!immix_huge_due(&huge, 4 * MIB));
    }
    require(immix_huge_due(&huge, 4 * MIB));
    require(!immix_huge_is_dear(&huge, cheap));
    require(immix_huge_due(&huge, 4 * MIB));
    require(immix_huge_is_dear(&huge, dear));
    require(!immix_huge_due(&huge, 1024 * (size_t)MIB));
    require(immix_huge_due(&huge, 4 * MIB));
}
END_TEST

START_TEST(free_pages_of_large_objects_are_kept_up_to_a_bound)
{
    for (size_t most = MIB; most <= 64 * MIB; most *= 64) {
        open_world_with((ImmixOptions){.large_cache_bytes = most});
        for (int i = 0; i < 400; i += 1)
            bytes(30000, 1);
        immix_collect(world.heap, IMMIX_FULL);
        if (most == MIB)
            ck_assert_uint_le(world.heap->large.free_bytes, most);
        else
            ck_assert_uint_ge(world.heap->large.free_bytes, 400 * 30000);
        close_world();
    }
}
END_TEST

/* Three lines of four free, in all blocks: what a full collection moves then. */
static uint64_t moved_of_sparse_heap(uint32_t fragmented_percent, uint32_t headroom_percent)
{
    open_world_with((ImmixOptions){.fragmented_percent = fragmented_percent,
                                   .headroom_percent = headroom_percent,
                                   .nursery_bytes = 1,
                                   .reserve_percent = 1});
    size_t kept = root(vector(20000));
    for (uint32_t i = 0; i < 80000; i += 1) {
        uint64_t object = bytes(120, 1); /* a line */
        if (i % 4 == 0)
            store(world.roots[kept], i / 4, object);
    }
    immix_collect(world.heap, IMMIX_FULL);
    immix_collect(world.heap, IMMIX_FULL);
    uint64_t moved = stats().moved_bytes;
    close_world();
    return moved;
}

START_TEST(sparse_blocks_are_evacuated_by_their_thresholds)
{
    require_eq(moved_of_sparse_heap(80, 50), 0);
    uint64_t some = moved_of_sparse_heap(70, 5), more = moved_of_sparse_heap(70, 20);
    ck_assert_uint_gt(some, 0);
    ck_assert_uint_gt(more, 2 * some);
}
END_TEST

START_TEST(a_block_is_used_again_when_enough_of_it_is_free)
{
    for (uint32_t percent = 20; percent <= 30; percent += 10) {
        open_world_with((ImmixOptions){.recycle_percent = percent});
        size_t kept = root(vector(4000));
        for (uint32_t i = 0; i < 4000; i += 1) {
            uint64_t object = bytes(120, 1);
            if (i % 4 != 0)
                store(world.roots[kept], i, object);
        }
        immix_collect(world.heap, IMMIX_FULL);
        if (percent == 20)
            require_nonnull(world.heap->pool.recyclable);
        else
            ck_assert_uint_le(world.heap->pool.recyclable_lines, IMMIX_LINES_PER_BLOCK);
        close_world();
    }
}
END_TEST

START_TEST(objects_above_a_size_have_cards)
{
    for (uint32_t limit = 512; limit <= 4096; limit *= 2) {
        open_world_with((ImmixOptions){.carded_bytes = limit});
        root(vector(limit / 8));
        root(vector(limit / 8 + 1));
        immix_collect(world.heap, IMMIX_FULL);
        require(!(immix_header_of(target(world.roots[0]))->bits & IMMIX_CARDED));
        require(immix_header_of(target(world.roots[1]))->bits & IMMIX_CARDED);
        close_world();
    }
}
END_TEST

int main(int argc, char **argv)
{
    TCase *tcase = tcase_create("policy");

    tcase_add_checked_fixture(tcase, NULL, close_any_world);
    ADD_NAMED_TEST(tcase, zero_stands_for_the_default_and_too_much_for_the_most, 1);
    ADD_NAMED_TEST(tcase, the_nursery_is_as_large_as_was_asked, 1);
    ADD_NAMED_TEST(tcase, a_nursery_of_which_much_survives_grows_and_shrinks_again, 1);
    ADD_NAMED_TEST(tcase, a_nursery_of_which_most_survives_grows_up_to_a_part_of_what_is_old, 1);
    ADD_NAMED_TEST(tcase, a_heap_that_grows_has_few_full_collections, 1);
    ADD_NAMED_TEST(tcase, a_limit_makes_the_nursery_smaller, 1);
    ADD_NAMED_TEST(tcase, growth_makes_full_collections_due, 1);
    ADD_NAMED_TEST(tcase, full_collections_come_before_the_room_is_used_up, 1);
    ADD_NAMED_TEST(tcase, a_crowded_heap_is_evacuated_at_once, 1);
    ADD_NAMED_TEST(tcase, poor_minors_give_way_to_full_ones_for_longer_and_longer, 1);
    ADD_NAMED_TEST(tcase, what_survives_of_a_nursery_says_whether_it_was_poor, 1);
    ADD_NAMED_TEST(tcase, barriers_rest_while_there_are_only_full_collections, 1);
    ADD_NAMED_TEST(tcase, giving_up_minors_forgets_what_was_dirty, 1);
    ADD_NAMED_TEST(tcase, the_reserve_is_a_part_of_what_lives, 1);
    ADD_NAMED_TEST(tcase, what_a_heap_took_before_it_shrank_stays_up_to_twice_its_growth, 1);
    ADD_NAMED_TEST(tcase, huge_pages_that_are_dear_are_left_alone_for_longer_and_longer, 1);
    ADD_NAMED_TEST(tcase, free_pages_of_large_objects_are_kept_up_to_a_bound, 1);
    ADD_NAMED_TEST(tcase, sparse_blocks_are_evacuated_by_their_thresholds, 1);
    ADD_NAMED_TEST(tcase, a_block_is_used_again_when_enough_of_it_is_free, 1);
    ADD_NAMED_TEST(tcase, objects_above_a_size_have_cards, 1);
    return run_suite("immix/policy", tcase);
}
