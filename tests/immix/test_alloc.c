/* test_alloc.c - allocation: holes, bumping, headers, sizes, failing on purpose. */
#include "tests/immix/support.h"

static void *alloc_words(uint32_t granules)
{
    void *object =
        immix_alloc(world.heap, immix_header(TYPE_BYTES, 0, granules, IMMIX_LEAF));

    require_nonnull(object);
    return object;
}

START_TEST(an_object_reads_back_what_was_written)
{
    uint64_t pair = cons(number(1), number(2));

    require_eq(words_of(pair)[0], number(1));
    require_eq(words_of(pair)[1], number(2));
    require_eq((uintptr_t)target(pair) % 8, 0);
}
END_TEST

START_TEST(a_header_round_trips)
{
    void *object = immix_alloc(world.heap, immix_header(TYPE_BYTES, 77, 5, IMMIX_LEAF));

    ck_assert_ptr_eq(immix_object_of(immix_header_of(object)), object);
    require_eq(immix_type_of(object), TYPE_BYTES);
    require_eq(immix_extra_of(object), 77);
    require_eq(immix_granules_of(object), 5);
    require_eq(immix_type_and_extra_of(object), TYPE_BYTES | 77 << 8);
    uint16_t both;
    memcpy(&both, (char *)object - 6, sizeof both);
    require_eq(both, TYPE_BYTES | 77 << 8);
}
END_TEST

START_TEST(several_objects_lie_one_behind_the_other_as_far_as_the_hole_goes)
{
    const size_t units = IMMIX_BLOCK_BYTES / 16;
    ImmixHeader header = immix_header(TYPE_BYTES, 0, 1, IMMIX_LEAF);
    size_t count = 0, next_count = 0;
    uint64_t *first = alloc_words(1), *several, *next;

    *first = 0;
    several = immix_alloc_several(world.heap, header, 10, &count);
    require_eq(count, 10);
    ck_assert_ptr_eq(several, first + 2);
    require_eq(immix_header_of(several)->bits, header.bits);
    several = immix_alloc_several(world.heap, header, 10 * units, &count);
    require_eq(count, units - 11);
    ck_assert_ptr_eq(several, first + 22);
    require_eq(world.heap->bump.cursor, world.heap->bump.limit);
    next = immix_alloc_several(world.heap, header, units, &next_count);
    require_nonnull(next);
    require_eq(next_count, 1);
    immix_fail_after(world.heap, 1);
    ck_assert_ptr_null(immix_alloc_several(world.heap, header, 1, &next_count));
    immix_fail_after(world.heap, 0);
}
END_TEST

START_TEST(a_block_holds_exactly_what_fits)
{
    /* Units of 16 bytes: a header and a word. */
    const size_t units = IMMIX_BLOCK_BYTES / 16;
    uint64_t *first = alloc_words(1);

    *first = 0;
    for (size_t i = 1; i < units; i += 1) {
        uint64_t *next = alloc_words(1);
        ck_assert_ptr_eq(next, first + 2 * i);
        *next = i;
    }
    require_eq(world.heap->bump.cursor, world.heap->bump.limit);
    for (size_t i = 0; i < units; i += 1)
        require_eq(first[2 * i], i);
}
END_TEST

START_TEST(many_words_stay_uncorrupted)
{
    enum {
        COUNT = 98304
    };
    static uint64_t *words[COUNT];

    for (size_t i = 0; i < COUNT; i += 1) {
        words[i] = alloc_words(1);
        *words[i] = i * 3;
    }
    for (size_t i = 0; i < COUNT; i += 1)
        require_eq(*words[i], i * 3);
}
END_TEST

START_TEST(arrays_come_zeroed)
{
    for (int round = 0; round < 20; round += 1) {
        for (size_t size = 0; size < 20000; size += 501) {
            void *object;
            ck_assert_int_eq(
                immix_alloc_array(world.heap, TYPE_BYTES, 0, IMMIX_LEAF, size, &object),
                IMMIX_OK);
            require_eq(immix_granules_of(object), (size + 7) / 8);
            const unsigned char *at = object;
            for (size_t i = 0; i < size; i += 1)
                require_eq(at[i], 0);
            memset(object, 0xEE, size);
        }
        immix_collect(world.heap, IMMIX_FULL);
    }
}
END_TEST

START_TEST(an_object_without_payload_can_be_moved)
{
    for (int i = 0; i < 10000; i += 1) {
        uint64_t empty = vector(0);
        if (i % 100 == 0)
            root(empty);
    }
    for (int i = 0; i < 3; i += 1) {
        immix_collect(world.heap, IMMIX_EVACUATE);
        for (size_t j = 0; j < world.root_count; j += 1) {
            require_eq(immix_type_of(target(world.roots[j])), TYPE_VECTOR);
            require_eq(immix_granules_of(target(world.roots[j])), 0);
        }
    }
}
END_TEST

START_TEST(oversize_requests_are_bad_requests)
{
    void *object = &world;
    ImmixSizeClass size_class;

    ck_assert_int_eq(immix_alloc_array(world.heap, TYPE_BYTES, 0, 0, SIZE_MAX, &object),
                     IMMIX_BAD_REQUEST);
    ck_assert_int_eq(immix_alloc_array(world.heap, TYPE_BYTES, 0, 0,
                                       IMMIX_MAX_GRANULES * 8 + 1, &object),
                     IMMIX_BAD_REQUEST);
    ck_assert_ptr_eq(object, &world);
    ck_assert_int_eq(immix_size_class(SIZE_MAX, &size_class), IMMIX_BAD_REQUEST);
    ck_assert_int_eq(immix_size_class(IMMIX_MAX_GRANULES * 8 + 1, &size_class),
                     IMMIX_BAD_REQUEST);
}
END_TEST

START_TEST(size_classes_meet_at_their_bounds)
{
    static const struct {
        size_t payload;
        ImmixSizeClass size_class;
    } rows[] = {
        {0, IMMIX_SMALL},
        {1, IMMIX_SMALL},
        {120, IMMIX_SMALL},
        {121, IMMIX_MEDIUM},
        {8 * 1024 - 8, IMMIX_MEDIUM},
        {8 * 1024 - 7, IMMIX_LARGE},
        {IMMIX_MAX_GRANULES * 8, IMMIX_LARGE},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i += 1) {
        ImmixSizeClass size_class;
        ck_assert_int_eq(immix_size_class(rows[i].payload, &size_class), IMMIX_OK);
        ck_assert_int_eq(size_class, rows[i].size_class);
    }
}
END_TEST

START_TEST(an_object_over_a_block_is_large)
{
    uint64_t big = bytes(IMMIX_BLOCK_BYTES + 1, 7);
    root(big);

    require(immix_header_of(target(big))->bits & IMMIX_LARGE_BIT);
    require_eq(stats().large_count, 1);
    immix_collect(world.heap, IMMIX_EVACUATE);
    require_eq(world.roots[0], big); /* it never moves */
    require_eq(((unsigned char *)target(big))[IMMIX_BLOCK_BYTES], 7);
    world.root_count = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().large_count, 0);
    require_eq(stats().large_bytes, 0);
}
END_TEST

/* The hole that is open has room for an object that is too large for it. */
START_TEST(the_bound_of_large_objects_holds_for_every_way_to_allocate)
{
    for (uint32_t granules = 1020; granules < 1030; granules += 1) {
        ImmixHeader header = immix_header(TYPE_BYTES, 0, granules, IMMIX_LEAF);
        ImmixSizeClass size_class;
        void *objects[4];
        ck_assert_int_eq(immix_size_class(granules * 8, &size_class), IMMIX_OK);
        immix_collect(world.heap, IMMIX_FULL);
        cons(0, 0); /* opens a block */
        objects[0] = immix_alloc(world.heap, header);
        objects[1] = immix_alloc_zeroed(world.heap, header);
        objects[2] = immix_alloc_aligned(world.heap, header, 64);
        objects[3] = target(bytes(granules * 8, 1));
        for (int i = 0; i < 4; i += 1)
            require_eq((immix_header_of(objects[i])->bits & IMMIX_LARGE_BIT) != 0,
                       size_class == IMMIX_LARGE);
    }
}
END_TEST

START_TEST(pages_of_dead_large_objects_are_used_again_cleared)
{
    for (int round = 0; round < 20; round += 1) {
        for (size_t size = 9000; size < 300000; size += size / 3) {
            uint64_t object = bytes(size, 0xEE);
            require(immix_owns(world.heap, target(object)));
        }
        immix_collect(world.heap, round % 5 == 4 ? IMMIX_FULL : IMMIX_MINOR);
        require_eq(stats().large_count, 0);
        require(world.heap->large.free_bytes > 0);
        require(immix_verify(world.heap, stderr));
        void *object = immix_alloc_zeroed(
            world.heap, immix_header(TYPE_BYTES, 0, (uint32_t)(2000 + round * 300), 0));
        require_nonnull(object);
        for (uint32_t i = 0; i < immix_granules_of(object); i += 1)
            require_eq(((uint64_t *)object)[i], 0);
    }
    require(world.heap->large.free_bytes <= world.heap->options.large_cache_bytes);
}
END_TEST

START_TEST(alignment_is_kept_when_objects_move)
{
    static const size_t aligns[] = {8, 16, 32, 64};

    for (size_t i = 0; i < 400; i += 1) {
        size_t align = aligns[i % 4];
        uint32_t granules = (uint32_t)(i * 7 % 300);
        cons(0, 0); /* so that the cursor is anywhere */
        void *object = immix_alloc_aligned(
            world.heap, immix_header(TYPE_BYTES, (uint8_t)align, granules, IMMIX_LEAF),
            align);
        require_nonnull(object);
        memset(object, (int)i & 0x7F, (size_t)granules * 8);
        root(reference(object));
    }
    for (int round = 0; round < 3; round += 1) {
        for (size_t i = 0; i < world.root_count; i += 1) {
            const unsigned char *object = target(world.roots[i]);
            require_eq((uintptr_t)object % immix_extra_of(object), 0);
            for (size_t j = 0; j < (size_t)immix_granules_of(object) * 8; j += 1)
                require_eq(object[j], i & 0x7F);
        }
        immix_collect(world.heap, IMMIX_EVACUATE);
    }
}
END_TEST

START_TEST(a_medium_object_leaves_the_hole_to_small_ones)
{
    alloc_words(1);
    for (int i = 0; i < 4; i += 1)
        alloc_words(1000); /* 31 KiB and a bit of the block */
    uintptr_t cursor = world.heap->bump.cursor;
    alloc_words(1020); /* does not fit */
    require_eq(world.heap->bump.cursor, cursor);
    require_eq((uintptr_t)alloc_words(1), cursor + 8);
}
END_TEST

START_TEST(holes_between_survivors_are_allocated_into_again)
{
    /* Every second line holds a survivor: 24 bytes of 256. */
    for (int i = 0; i < 2000; i += 1) {
        uint64_t kept = cons(number((uint64_t)i), 0);
        root(kept);
        alloc_words(28);
    }
    immix_collect(world.heap, IMMIX_FULL);
    uint64_t blocks = stats().block_bytes;
    for (int i = 0; i < 2000; i += 1)
        alloc_words(14); /* 120 bytes: a line */
    require_eq(stats().block_bytes, blocks);
    for (size_t i = 0; i < world.root_count; i += 1)
        require_eq(words_of(world.roots[i])[0], number(i));
}
END_TEST

START_TEST(the_nth_allocation_fails_and_all_after_it)
{
    for (uint64_t n = 1; n < 40; n += 1) {
        immix_fail_after(world.heap, n);
        uint64_t i = 1;
        for (;; i += 1) {
            /* Small by the fast path, medium, large, zeroed, external: all count. */
            void *object = NULL;
            bool failed;
            if (i % 5 == 4)
                failed = !immix_external_add(world.heap, 1);
            else if (i % 5 == 3)
                failed = immix_alloc_array(world.heap, TYPE_BYTES, 0, 0, 20000, &object)
                      != IMMIX_OK;
            else if (i % 5 == 2)
                failed =
                    immix_alloc_zeroed(world.heap, immix_header(TYPE_BYTES, 0, 100, 0))
                    == NULL;
            else
                failed =
                    immix_alloc(world.heap, immix_header(TYPE_BYTES, 0, 2, 0)) == NULL;
            if (failed)
                break;
        }
        require_eq(i, n);
        ck_assert_ptr_null(immix_alloc(world.heap, immix_header(TYPE_BYTES, 0, 2, 0)));
        immix_collect(world.heap, IMMIX_FULL);
        ck_assert_ptr_null(immix_alloc(world.heap, immix_header(TYPE_BYTES, 0, 2, 0)));
        immix_fail_after(world.heap, 0);
        alloc_words(2);
    }
    immix_external_remove(world.heap, stats().external_bytes);
}
END_TEST

START_TEST(the_client_is_told_once_a_cycle)
{
    size_t budget = world.heap->policy.nursery_bytes;

    require(!immix_wants_collection(world.heap));
    for (size_t taken = 0; taken < 3 * budget; taken += 24)
        cons(0, 0);
    require(immix_wants_collection(world.heap));
    require_eq(world.wanted, 1);
    immix_collect_for_policy(world.heap);
    require(!immix_wants_collection(world.heap));
    for (size_t taken = 0; taken < 3 * budget; taken += 24)
        cons(0, 0);
    require_eq(world.wanted, 2);
    require(immix_external_add(world.heap, 1));
    immix_collect_for_policy(world.heap);
    require(immix_external_add(world.heap, budget));
    require_eq(world.wanted, 3);
    immix_external_remove(world.heap, budget + 1);
}
END_TEST

START_TEST(a_heap_knows_its_own_objects)
{
    ImmixClient client = {.reference_tags = 1 << TAG,
                          .types = test_types,
                          .visit_roots = visit_roots,
                          .context = &world};
    ImmixOptions options = {0};
    ImmixHeap *other = immix_open(&client, &options);
    void *theirs = immix_alloc(other, immix_header(TYPE_BYTES, 0, 2, 0));
    void *their_large = immix_alloc(other, immix_header(TYPE_BYTES, 0, 20000, 0));
    uint64_t ours = cons(0, 0);
    uint64_t our_large = bytes(100000, 0);

    require(immix_owns(world.heap, target(ours)));
    require(immix_owns(world.heap, target(our_large)));
    require(!immix_owns(world.heap, theirs));
    require(!immix_owns(world.heap, their_large));
    require(immix_owns(other, theirs));
    require(immix_owns(other, their_large));
    require(!immix_owns(other, target(ours)));
    require(!immix_owns(other, &options));
    require(!immix_owns(other, NULL));
    require(!immix_owns(other, (char *)theirs + 1));
    require(!immix_owns(world.heap, (char *)target(our_large) + 8));
    immix_close(other);
}
END_TEST

START_TEST(stats_count_what_was_allocated)
{
    for (int i = 0; i < 1000; i += 1)
        cons(0, 0);
    require_eq(stats().allocated_bytes, 24000);
    root(cons(0, 0));
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().allocated_bytes, 24024);
    require_eq(stats().live_bytes, 24);
    require_eq(stats().collections[IMMIX_FULL], 1);
    uint64_t pauses = 0;
    for (size_t i = 0; i < IMMIX_PAUSE_BUCKETS; i += 1)
        pauses += stats().pauses[i];
    require_eq(pauses, 1);
    ck_assert_uint_ge(stats().pause_max_ns, 1);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("alloc");
    tcase_add_checked_fixture(tcase, open_world, close_world);
    tcase_add_test(tcase, an_object_reads_back_what_was_written);
    tcase_add_test(tcase, a_header_round_trips);
    tcase_add_test(tcase, several_objects_lie_one_behind_the_other_as_far_as_the_hole_goes);
    tcase_add_test(tcase, a_block_holds_exactly_what_fits);
    tcase_add_test(tcase, many_words_stay_uncorrupted);
    tcase_add_test(tcase, arrays_come_zeroed);
    tcase_add_test(tcase, an_object_without_payload_can_be_moved);
    tcase_add_test(tcase, oversize_requests_are_bad_requests);
    tcase_add_test(tcase, size_classes_meet_at_their_bounds);
    tcase_add_test(tcase, an_object_over_a_block_is_large);
    tcase_add_test(tcase, the_bound_of_large_objects_holds_for_every_way_to_allocate);
    tcase_add_test(tcase, pages_of_dead_large_objects_are_used_again_cleared);
    tcase_add_test(tcase, alignment_is_kept_when_objects_move);
    tcase_add_test(tcase, a_medium_object_leaves_the_hole_to_small_ones);
    tcase_add_test(tcase, holes_between_survivors_are_allocated_into_again);
    tcase_add_test(tcase, the_nth_allocation_fails_and_all_after_it);
    tcase_add_test(tcase, the_client_is_told_once_a_cycle);
    tcase_add_test(tcase, a_heap_knows_its_own_objects);
    tcase_add_test(tcase, stats_count_what_was_allocated);
    return run_suite("immix/alloc", tcase);
}
