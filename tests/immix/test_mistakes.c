/* test_mistakes.c - one test for each mistake that collectors of this kind are known for.
 *
 * mistakes.py plants each of them in a copy of the sources and sees the test fail, so the
 * tests look at what a program sees (contents, memory, what is weak) without the verifier. */
#include "tests/immix/support.h"

static void open_plain_world(void)
{
    open_world_with((ImmixOptions){0});
}

static void minor(void)
{
    immix_collect(world.heap, IMMIX_MINOR);
}

static void full(void)
{
    immix_collect(world.heap, IMMIX_FULL);
}

static void evacuate(void)
{
    immix_collect(world.heap, IMMIX_EVACUATE);
}

/* Writes over whatever the heap believes to be free. */
static void churn(void)
{
    for (int i = 0; i < 40000; i += 1)
        cons(number(0xBAD), number(0xBAD));
}

static uint64_t *root_words(size_t i)
{
    return words_of(world.roots[i]);
}

/* ---- Barriers ------------------------------------------------------------------------------ */

START_TEST(a_store_into_an_old_object_is_remembered)
{
    size_t parent = root(cons(0, 0));
    full();
    for (int i = 0; i < 5; i += 1) {
        store(world.roots[parent], 0, list(100));
        minor();
        churn();
        check_list(root_words(parent)[0], 100);
    }
}
END_TEST

START_TEST(
    an_object_promoted_between_its_allocation_and_its_first_store_has_its_barrier)
{
    size_t v = root(vector(100));
    size_t carded = root(vector(500));
    minor();
    for (size_t i = 0; i < 100; i += 1) {
        store(world.roots[v], i, cons(number(i), 0));
        store(world.roots[carded], 5 * i, cons(number(i), 0));
        if (i % 10 == 9)
            minor();
    }
    churn();
    for (size_t i = 0; i < 100; i += 1) {
        require_eq(words_of(root_words(v)[i])[0], number(i));
        require_eq(words_of(root_words(carded)[5 * i])[0], number(i));
    }
}
END_TEST

START_TEST(a_range_barrier_covers_the_whole_range)
{
    enum {
        LENGTH = 3000
    };
    size_t v = root(vector(LENGTH));
    full();
    for (size_t first = 100; first < LENGTH; first = first * 3 / 2) {
        for (size_t i = first; i < LENGTH; i += 1)
            root_words(v)[i] = cons(number(i), 0);
        immix_barrier_range(world.heap, root_words(v), root_words(v) + first,
                            (LENGTH - first) * 8);
        minor();
        churn();
        for (size_t i = first; i < LENGTH; i += 1)
            require_eq(words_of(root_words(v)[i])[0], number(i));
    }
}
END_TEST

START_TEST(a_card_can_be_marked_again_after_a_collection)
{
    static const uint32_t lengths[] = {200, 5000};
    size_t v = root(vector(lengths[_i]));
    full();
    for (uint64_t i = 0; i < 10; i += 1) {
        store(world.roots[v], 150, cons(number(i), 0));
        minor();
        churn();
        require_eq(words_of(root_words(v)[150])[0], number(i));
    }
}
END_TEST

START_TEST(neighbours_on_one_card_are_both_traced)
{
    enum {
        COUNT = 60
    };
    for (size_t i = 0; i < COUNT; i += 1)
        root(vector(150));
    full();
    for (size_t i = 0; i < COUNT; i += 1) {
        store(world.roots[i], 0, list(20)); /* on lines of its own */
        store(world.roots[i], 149, list(20));
    }
    minor();
    churn();
    for (size_t i = 0; i < COUNT; i += 1) {
        check_list(root_words(i)[0], 20);
        check_list(root_words(i)[149], 20);
    }
}
END_TEST

/* ---- The remembered set -------------------------------------------------------------------- */

/* What is remembered and then freed must not be traced again, nor keep its children. */
START_TEST(a_full_collection_forgets_what_was_remembered)
{
    size_t parent = root(cons(0, 0));
    size_t big = root(vector(500));
    full();
    store(world.roots[parent], 0, cons(number(1), 0));
    store(world.roots[big], 17, cons(number(2), 0));
    require_eq(world.heap->remembered.objects.count, 1);
    require_eq(world.heap->remembered.carded.count, 1);
    world.root_count = 0;
    full();
    require_eq(world.heap->remembered.objects.count, 0);
    require_eq(world.heap->remembered.carded.count, 0);
    churn();
    minor();
    require_eq(stats().promoted_bytes, 0);
}
END_TEST

START_TEST(the_flag_comes_back_when_an_object_was_remembered)
{
    size_t parent = root(cons(0, 0));
    full();
    for (uint64_t i = 0; i < 10; i += 1) {
        store(world.roots[parent], 0, cons(number(i), 0));
        store(world.roots[parent], 1, cons(number(i), 0)); /* is remembered already */
        require_eq(world.heap->remembered.objects.count, 1);
        minor();
        churn();
        require_eq(words_of(root_words(parent)[0])[0], number(i));
        require_eq(words_of(root_words(parent)[1])[0], number(i));
    }
}
END_TEST

/* Remembered when the full collection began: the list is dropped, so the flag must be set. */
START_TEST(a_moved_copy_has_its_flag_afresh)
{
    size_t parent = root(cons(0, 0));
    evacuate();
    for (uint64_t i = 0; i < 6; i += 1) {
        store(world.roots[parent], 0, cons(number(i), 0));
        if (i % 2 == 0)
            evacuate();
        else
            minor();
        store(world.roots[parent], 1, cons(number(i), 0));
        minor();
        churn();
        require_eq(words_of(root_words(parent)[0])[0], number(i));
        require_eq(words_of(root_words(parent)[1])[0], number(i));
    }
}
END_TEST

/* Nothing can be recorded at the limit: the next collection may not be a minor one. */
START_TEST(a_remembered_set_that_has_no_room_makes_the_next_collection_full)
{
    enum {
        COUNT = 2000
    };
    for (size_t i = 0; i < COUNT; i += 1)
        root(cons(0, 0));
    full();
    uint64_t young[COUNT];
    for (size_t i = 0; i < COUNT; i += 1)
        young[i] = cons(number(i), 0);
    immix_set_limit(world.heap, 1);
    for (size_t i = 0; i < COUNT; i += 1)
        store(world.roots[i], 0, young[i]);
    require(world.heap->remembered.off);
    immix_set_limit(world.heap, 0);
    minor();
    churn();
    for (size_t i = 0; i < COUNT; i += 1)
        require_eq(words_of(root_words(i)[0])[0], number(i));
}
END_TEST

/* ---- Epochs and lines ----------------------------------------------------------------------- */

START_TEST(the_dead_stay_dead_when_the_epoch_wraps)
{
    root(list(1000));
    for (int i = 0; i < 20; i += 1) {
        list(500);
        world.weak[0] = list(3);
        world.weak_count = 1;
        immix_collect(world.heap, i % 2 ? IMMIX_FULL : IMMIX_EVACUATE);
        require_eq(world.weak[0], 0);
        check_list(world.roots[0], 1000);
        require_eq(stats().live_bytes, 24000);
    }
}
END_TEST

/* Every block keeps a survivor, so that the line marks of the dead lie there when the epoch
 * with which they were made comes round. */
START_TEST(lines_of_the_dead_stay_free_when_the_epoch_wraps)
{
    size_t dead = root(number(0));
    for (int i = 0; i < 1000; i += 1) {
        uint64_t kept = bytes(100, i & 0x7F);
        if (i % 30 == 0)
            root(kept);
        world.roots[dead] = cons(bytes(1000, 1), world.roots[dead]);
    }
    for (size_t i = 0; i < world.root_count; i += 1) {
        if (i != dead)
            immix_pin(world.heap, target(world.roots[i]));
    }
    full();
    world.roots[dead] = number(0);
    full();
    uint64_t holes = stats().hole_bytes;
    ck_assert_uint_gt(holes, stats().block_bytes / 10 * 9);
    for (int i = 0; i < 7; i += 1) {
        full();
        require_eq(stats().hole_bytes, holes);
    }
}
END_TEST

/* Stamped where it lies, or where it was moved: allocation must not write over it. */
START_TEST(the_lines_of_a_survivor_are_stamped)
{
    static const ImmixCollection kinds[] = {IMMIX_MINOR, IMMIX_FULL, IMMIX_EVACUATE};

    root(list(1000));
    for (int i = 0; i < 300; i += 1) {
        size_t parent = root(vector(10));
        store(world.roots[parent], 9, cons(number((uint64_t)i), 0));
    }
    for (int round = 0; round < 4; round += 1) {
        immix_collect(world.heap, kinds[_i]);
        churn();
        check_list(world.roots[0], 1000);
        for (size_t i = 1; i <= 300; i += 1)
            require_eq(words_of(root_words(i)[9])[0], number(i - 1));
    }
}
END_TEST

START_TEST(a_medium_object_keeps_all_its_lines)
{
    static const ImmixCollection kinds[] = {IMMIX_MINOR, IMMIX_FULL, IMMIX_EVACUATE};

    for (int i = 0; i < 300; i += 1) {
        root(bytes(1000, i & 0x7F));
        bytes(1000, 0x55);
    }
    for (int round = 0; round < 4; round += 1) {
        immix_collect(world.heap, round == 0 ? kinds[_i] : IMMIX_FULL);
        churn();
        for (size_t i = 0; i < world.root_count; i += 1) {
            const unsigned char *at = target(world.roots[i]);
            for (size_t j = 0; j < 1000; j += 1)
                require_eq(at[j], i & 0x7F);
        }
    }
}
END_TEST

/* The mutator's regions end where a collection begins: the sweep decides about all lines. */
START_TEST(the_overflow_block_is_given_up_at_a_collection)
{
    for (int round = 0; round < 20; round += 1) {
        root(bytes(3000, round));
        for (int i = 0; i < 4; i += 1) {
            cons(0, 0);
            bytes(3000, 0x55);
        }
        immix_collect(world.heap, round % 2 ? IMMIX_MINOR : IMMIX_FULL);
        bytes(3000, 0x66);
        for (size_t i = 0; i < world.root_count; i += 1) {
            const unsigned char *at = target(world.roots[i]);
            for (size_t j = 0; j < 3000; j += 1)
                require_eq(at[j], i);
        }
    }
    full();
    require_eq(stats().allocated_bytes >= 20 * 3000, true);
    ck_assert_uint_ge(stats().live_bytes, 20 * 3008);
    ck_assert_uint_le(stats().live_bytes, 20 * 3016);
}
END_TEST

START_TEST(what_died_young_is_allocated_into_again)
{
    root(list(1000));
    full();
    churn();
    minor();
    uint64_t blocks = stats().block_bytes;
    for (int i = 0; i < 30; i += 1) {
        churn();
        minor();
    }
    ck_assert_uint_le(stats().block_bytes, blocks + IMMIX_BLOCK_BYTES);
    require_eq(stats().promoted_bytes, 0);
    check_list(world.roots[0], 1000);
}
END_TEST

/* ---- Moving --------------------------------------------------------------------------------- */

/* A size that is read from a header which holds the new address is nonsense. */
START_TEST(sizes_are_read_before_forwarding)
{
    for (size_t i = 1; i <= 400; i += 1)
        root(bytes(i * 20, (int)(i & 0x7F)));
    for (int round = 0; round < 4; round += 1) {
        evacuate();
        churn();
        for (size_t i = 1; i <= 400; i += 1) {
            const unsigned char *at = target(world.roots[i - 1]);
            require_eq(immix_granules_of(at), (i * 20 + 7) / 8);
            for (size_t j = 0; j < i * 20; j += 1)
                require_eq(at[j], i & 0x7F);
        }
    }
}
END_TEST

START_TEST(every_reference_to_a_moved_object_is_updated)
{
    uint64_t shared = cons(number(1), number(2));
    for (int i = 0; i < 100; i += 1)
        root(cons(shared, shared));
    world.weak[world.weak_count++] = shared;
    evacuate();
    churn();
    ck_assert_uint_ne(root_words(0)[0], shared);
    for (size_t i = 0; i < 100; i += 1) {
        require_eq(root_words(i)[0], root_words(0)[0]);
        require_eq(root_words(i)[1], root_words(0)[0]);
    }
    require_eq(world.weak[0], root_words(0)[0]);
    require_eq(words_of(world.weak[0])[1], number(2));
}
END_TEST

/* Room for one block of the several that the survivors would fill: the rest stays, marked. */
START_TEST(headroom_may_end_in_the_middle_of_an_evacuation)
{
    enum {
        KEPT = 10000
    };
    for (size_t i = 0; i < KEPT; i += 1) {
        if (i % (KEPT / 4) == 0)
            root(number(0));
        world.roots[world.root_count - 1] =
            cons(number(i), world.roots[world.root_count - 1]);
        for (int j = 0; j < 9; j += 1)
            cons(0, 0);
    }
    full();
    immix_set_limit(world.heap,
                    world.heap->held_bytes
                        - world.heap->pool.free_resident_count * IMMIX_BLOCK_BYTES
                        + IMMIX_BLOCK_BYTES);
    world.heap->options.stress = 1; /* chooses more blocks than there is room for */
    evacuate();
    world.heap->options.stress = 0;
    ck_assert_uint_gt(stats().moved_bytes, 0);
    ck_assert_uint_le(stats().moved_bytes, IMMIX_BLOCK_BYTES);
    require_eq(stats().live_bytes, KEPT * 24);
    immix_set_limit(world.heap, 0);
    churn();
    for (size_t r = 0; r < 4; r += 1) {
        uint64_t word = world.roots[r];
        for (size_t i = (r + 1) * (KEPT / 4); i-- > r * (KEPT / 4);) {
            require_eq(words_of(word)[0], number(i));
            word = words_of(word)[1];
        }
        require_eq(word, number(0));
    }
}
END_TEST

START_TEST(an_identity_hash_moves_with_its_object)
{
    enum {
        COUNT = 100
    };
    uint64_t hashes[COUNT];

    for (size_t i = 0; i < COUNT; i += 1) {
        root(vector((uint32_t)i));
        hashes[i] = immix_identity_hash(world.heap, root_words(i));
    }
    for (int round = 0; round < 6; round += 1) {
        evacuate();
        churn();
        for (size_t i = 0; i < COUNT; i += 1)
            require_eq(immix_identity_hash(world.heap, root_words(i)), hashes[i]);
    }
}
END_TEST

START_TEST(alignment_moves_with_its_object)
{
    for (size_t i = 0; i < 200; i += 1) {
        cons(0, 0);
        void *object = immix_alloc_aligned(
            world.heap, immix_header(TYPE_BYTES, 0, 1, IMMIX_LEAF), 16u << i % 3);
        require_nonnull(object);
        root(reference(object));
    }
    for (int round = 0; round < 3; round += 1) {
        evacuate();
        for (size_t i = 0; i < 200; i += 1)
            require_eq((uintptr_t)root_words(i) % (16u << i % 3), 0);
    }
}
END_TEST

START_TEST(a_pinned_object_stays_among_the_moved)
{
    uint64_t pinned = cons(number(1), number(2));
    size_t other = root(cons(pinned, 0));
    immix_pin(world.heap, target(pinned));
    for (int i = 0; i < 5; i += 1) {
        uint64_t before = world.roots[other];
        evacuate();
        churn();
        ck_assert_uint_ne(world.roots[other], before);
        require_eq(root_words(other)[0], pinned);
        require_eq(words_of(pinned)[0], number(1));
    }
}
END_TEST

/* ---- Large objects -------------------------------------------------------------------------- */

START_TEST(a_large_young_object_survives_a_minor_collection)
{
    size_t parent = root(cons(0, 0));
    full(); /* now it is old */
    uint64_t big = vector(10000);
    words_of(big)[9999] = cons(number(7), 0);
    store(world.roots[parent], 0, big);
    vector(20000);
    minor();
    churn();
    require_eq(stats().large_count, 1);
    require_eq(words_of(words_of(root_words(parent)[0])[9999])[0], number(7));
    store(world.roots[parent], 0, 0);
    minor(); /* it is old: it stays */
    require_eq(stats().large_count, 1);
    full();
    require_eq(stats().large_count, 0);
}
END_TEST

START_TEST(a_large_object_is_scanned_from_its_start_each_time)
{
    size_t v = root(vector(20000));
    for (size_t i = 0; i < 20000; i += 1)
        root_words(v)[i] = cons(number(i), 0);
    for (int round = 0; round < 3; round += 1) {
        full();
        churn();
        for (size_t i = 0; i < 20000; i += 1)
            require_eq(words_of(root_words(v)[i])[0], number(i));
    }
}
END_TEST

/* ---- Weak things ---------------------------------------------------------------------------- */

static uint64_t ephemeron(uint64_t key, uint64_t value, uint64_t next)
{
    ImmixHeader header =
        immix_header(TYPE_EPHEMERON, 0, sizeof(ImmixEphemeron) / 8 + 1, 0);
    ImmixEphemeron *object = immix_alloc_zeroed(world.heap, header);

    require_nonnull(object);
    object->key = key;
    object->value = value;
    object->strong[0] = next;
    return reference(object);
}

/* Each value is the next key, in the order in which one pass finds all, and in the other. */
START_TEST(the_ephemeron_fixpoint_is_reached)
{
    enum {
        CHAIN = 50
    };
    for (size_t order = 0; order < 2; order += 1) {
        uint64_t keys[CHAIN + 1], list = 0;
        for (size_t i = 0; i <= CHAIN; i += 1)
            keys[i] = cons(number(i), 0);
        for (size_t i = 0; i < CHAIN; i += 1) {
            size_t at = order == 0 ? i : CHAIN - 1 - i;
            list = ephemeron(keys[at], keys[at + 1], list);
        }
        root(list);
        root(keys[0]);
    }
    full();
    churn();
    for (size_t order = 0; order < 2; order += 1) {
        uint64_t word = world.roots[2 * order];
        for (size_t i = 0; i < CHAIN; i += 1) {
            const ImmixEphemeron *object = target(word);
            size_t at = order == 0 ? CHAIN - 1 - i : i;
            require_eq(words_of(object->key)[0], number(at));
            require_eq(words_of(object->value)[0], number(at + 1));
            word = object->strong[0];
        }
    }
}
END_TEST

START_TEST(a_key_that_only_its_value_reaches_dies)
{
    uint64_t key = cons(0, 0);
    root(ephemeron(key, cons(key, key), 0));
    full();
    require_eq(root_words(0)[0], BROKEN);
    require_eq(root_words(0)[2], BROKEN);
}
END_TEST

START_TEST(a_finaliser_runs_once)
{
    for (int i = 0; i < 100; i += 1) {
        uint64_t *object =
            immix_alloc(world.heap, immix_header(TYPE_FOREIGN, 0, 1, IMMIX_FINALIZED));
        require_nonnull(object);
        *object = 0xF00D;
        if (i < 50)
            root(reference(object));
    }
    minor();
    require_eq(world.finalized, 50);
    minor(); /* those that are left are old now, and must not be looked at as young */
    require_eq(world.finalized, 50);
    world.root_count = 20;
    minor();
    require_eq(world.finalized, 50);
    evacuate();
    require_eq(world.finalized, 80);
    churn();
    full();
    require_eq(world.finalized, 80);
    close_world();
    require_eq(world.finalized, 100);
    open_plain_world();
}
END_TEST

/* ---- The mark stack ------------------------------------------------------------------------- */

/* A chain through both ends of wide vectors: at either one begins, the rest has to wait. */
START_TEST(marking_goes_on_when_the_stack_cannot_grow)
{
    enum {
        LINKS = 100,
        WIDTH = 500
    };
    world.heap->tracer.stack_max = 1;
    size_t top = root(number(0));
    for (size_t i = 0; i < LINKS; i += 1) {
        uint64_t link = vector(WIDTH);
        for (size_t j = 1; j < WIDTH - 1; j += 1)
            words_of(link)[j] = cons(number(i), cons(number(j), 0));
        words_of(link)[0] = words_of(link)[WIDTH - 1] = world.roots[top];
        world.roots[top] = link;
    }
    for (int round = 0; round < 3; round += 1) {
        if (round == 0)
            minor();
        else
            full();
        require(world.heap->tracer.grow_failed);
        churn();
        uint64_t word = world.roots[top];
        for (size_t i = LINKS; i-- > 0; word = words_of(word)[0]) {
            for (size_t j = 1; j < WIDTH - 1; j += 1) {
                uint64_t *pair = words_of(words_of(word)[j]);
                require_eq(pair[0], number(i));
                require_eq(words_of(pair[1])[0], number(j));
            }
        }
    }
}
END_TEST

/* The name of a test runs that alone. */
int main(int argc, char **argv)
{
    TCase *tcase = tcase_create("mistakes");

    tcase_add_checked_fixture(tcase, open_plain_world, close_world);
    ADD_NAMED_TEST(tcase, a_store_into_an_old_object_is_remembered, 1);
    ADD_NAMED_TEST(
        tcase,
        an_object_promoted_between_its_allocation_and_its_first_store_has_its_barrier,
        1);
    ADD_NAMED_TEST(tcase, a_range_barrier_covers_the_whole_range, 1);
    ADD_NAMED_TEST(tcase, a_card_can_be_marked_again_after_a_collection, 2);
    ADD_NAMED_TEST(tcase, neighbours_on_one_card_are_both_traced, 1);
    ADD_NAMED_TEST(tcase, a_full_collection_forgets_what_was_remembered, 1);
    ADD_NAMED_TEST(tcase, the_flag_comes_back_when_an_object_was_remembered, 1);
    ADD_NAMED_TEST(tcase, a_moved_copy_has_its_flag_afresh, 1);
    ADD_NAMED_TEST(tcase,
                   a_remembered_set_that_has_no_room_makes_the_next_collection_full, 1);
    ADD_NAMED_TEST(tcase, the_dead_stay_dead_when_the_epoch_wraps, 1);
    ADD_NAMED_TEST(tcase, lines_of_the_dead_stay_free_when_the_epoch_wraps, 1);
    ADD_NAMED_TEST(tcase, the_lines_of_a_survivor_are_stamped, 3);
    ADD_NAMED_TEST(tcase, a_medium_object_keeps_all_its_lines, 3);
    ADD_NAMED_TEST(tcase, the_overflow_block_is_given_up_at_a_collection, 1);
    ADD_NAMED_TEST(tcase, what_died_young_is_allocated_into_again, 1);
    ADD_NAMED_TEST(tcase, sizes_are_read_before_forwarding, 1);
    ADD_NAMED_TEST(tcase, every_reference_to_a_moved_object_is_updated, 1);
    ADD_NAMED_TEST(tcase, headroom_may_end_in_the_middle_of_an_evacuation, 1);
    ADD_NAMED_TEST(tcase, an_identity_hash_moves_with_its_object, 1);
    ADD_NAMED_TEST(tcase, alignment_moves_with_its_object, 1);
    ADD_NAMED_TEST(tcase, a_pinned_object_stays_among_the_moved, 1);
    ADD_NAMED_TEST(tcase, a_large_young_object_survives_a_minor_collection, 1);
    ADD_NAMED_TEST(tcase, a_large_object_is_scanned_from_its_start_each_time, 1);
    ADD_NAMED_TEST(tcase, the_ephemeron_fixpoint_is_reached, 1);
    ADD_NAMED_TEST(tcase, a_key_that_only_its_value_reaches_dies, 1);
    ADD_NAMED_TEST(tcase, a_finaliser_runs_once, 1);
    ADD_NAMED_TEST(tcase, marking_goes_on_when_the_stack_cannot_grow, 1);
    return run_suite("immix/mistakes", tcase);
}
