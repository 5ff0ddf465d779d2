/* test_mark.c - what lives, what dies, weak slots, finalisers. */
#include "tests/immix/support.h"

static const ImmixCollection kinds[] = {IMMIX_MINOR, IMMIX_FULL, IMMIX_EVACUATE};

START_TEST(what_roots_reach_lives_and_the_rest_dies)
{
    root(list(1000));
    list(100000);
    immix_collect(world.heap, kinds[_i]);
    check_list(world.roots[0], 1000);
    if (kinds[_i] != IMMIX_MINOR) {
        require_eq(stats().live_bytes, 24000);
        ck_assert_uint_le(stats().block_bytes, 2 * IMMIX_BLOCK_BYTES);
    }
}
END_TEST

START_TEST(cycles_die)
{
    for (int i = 0; i < 100000; i += 1) {
        uint64_t a = cons(0, 0);
        words_of(a)[0] = a;
        words_of(a)[1] = cons(a, a);
    }
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(stats().live_bytes, 0);
    require_eq(stats().block_bytes, 0);
}
END_TEST

START_TEST(lists_of_a_million_are_marked_in_either_direction)
{
    uint64_t by_car = number(0);

    world.heap->options.verify = 0; /* to save time */
    for (uint64_t i = 1000000; i-- > 0;)
        by_car = cons(by_car, number(i));
    root(list(1000000));
    root(by_car);
    immix_collect(world.heap, kinds[_i]);
    check_list(world.roots[0], 1000000);
    uint64_t word = world.roots[1];
    for (uint64_t i = 0; i < 1000000; i += 1) {
        require_eq(words_of(word)[1], number(i));
        word = words_of(word)[0];
    }
}
END_TEST

/* A tree whose inner nodes are long vectors makes the stack long. */
static uint64_t bushy(unsigned depth, uint32_t width)
{
    uint64_t node = vector(width);

    for (uint32_t i = 0; i < width; i += 1)
        words_of(node)[i] =
            depth == 0 ? cons(number(i), number(depth)) : bushy(depth - 1, width);
    return node;
}

static void check_bushy(uint64_t node, unsigned depth, uint32_t width)
{
    for (uint32_t i = 0; i < width; i += 1) {
        uint64_t child = words_of(node)[i];
        if (depth == 0)
            require_eq(words_of(child)[0], number(i));
        else
            check_bushy(child, depth - 1, width);
    }
}

START_TEST(marking_survives_a_stack_that_cannot_grow)
{
    world.heap->tracer.stack_max = 1;
    root(bushy(1, 1000));
    root(bushy(3, 15));
    /* Chains through the last element leave the rest of each vector on the stack. */
    uint64_t chain = number(0);
    for (uint64_t i = 0; i < 2000; i += 1) {
        uint64_t link = vector(500);
        for (uint32_t j = 1; j < 500; j += 1)
            words_of(link)[j] = j % 50 ? number(i) : cons(number(j), 0);
        words_of(link)[0] = chain;
        chain = link;
    }
    root(chain);
    for (int round = 0; round < 3; round += 1) {
        immix_collect(world.heap, kinds[_i]);
        check_bushy(world.roots[0], 1, 1000);
        check_bushy(world.roots[1], 3, 15);
        uint64_t word = world.roots[2];
        for (uint64_t i = 2000; i-- > 0; word = words_of(word)[0])
            require_eq(words_of(word)[1], number(i));
    }
    require(world.heap->tracer.grow_failed || kinds[_i] == IMMIX_MINOR);
    require_eq(world.heap->tracer.stack.capacity, MARK_STACK_BYTES / 8);
}
END_TEST

START_TEST(a_vector_of_a_million_is_scanned_in_slices)
{
    world.heap->tracer.stack_max = 1; /* the slices need no more */
    size_t big = root(vector(1000000));
    for (uint32_t i = 0; i < 1000000; i += 1) {
        if (i % 3 == 0)
            words_of(world.roots[big])[i] = cons(number(i), 0);
    }
    immix_collect(world.heap, kinds[_i]);
    require(!world.heap->tracer.grow_failed);
    for (uint32_t i = 0; i < 1000000; i += 3)
        require_eq(words_of(words_of(world.roots[big])[i])[0], number(i));
}
END_TEST

START_TEST(only_the_head_of_a_head_values_object_is_traced)
{
    uint64_t *object = immix_alloc(world.heap, immix_header(TYPE_HEAD, 0, 3, 0));
    object[0] = cons(number(1), number(2));
    object[1] = 0xDEADBEE1; /* would be a reference */
    object[2] = reference(&world);
    root(reference(object));

    immix_collect(world.heap, kinds[_i]);
    uint64_t *words = words_of(world.roots[0]);
    require_eq(words_of(words[0])[1], number(2));
    require_eq(words[1], 0xDEADBEE1);
    require_eq(words[2], reference(&world));
}
END_TEST

START_TEST(custom_objects_nest_without_recursion)
{
    uint64_t chain = 0;
    for (int i = 0; i < 500000; i += 1) {
        uint64_t *object = immix_alloc(world.heap, immix_header(TYPE_CUSTOM, 0, 1, 0));
        object[0] = chain == 0 ? 0 : chain - TAG;
        chain = reference(object);
    }
    root(chain);
    /* A large one too. */
    uint64_t *large =
        immix_alloc_zeroed(world.heap, immix_header(TYPE_CUSTOM, 0, 5000, 0));
    for (int i = 0; i < 5000; i += 1)
        large[i] = cons(number((uint64_t)i), 0) - TAG;
    root(reference(large));

    immix_collect(world.heap, kinds[_i]);
    uint64_t length = 0;
    for (uint64_t word = world.roots[0]; word != TAG; word = words_of(word)[0] + TAG)
        length += 1;
    require_eq(length, 500000);
    for (size_t i = 0; i < 5000; i += 1)
        require_eq(*(uint64_t *)words_of(world.roots[1])[i], number(i));
}
END_TEST

START_TEST(weak_references_follow_the_living_and_forget_the_dead)
{
    for (uint64_t i = 0; i < 1000; i += 1) {
        uint64_t word = cons(number(i), 0);
        world.weak[world.weak_count++] = word;
        if (i % 2 == 0)
            root(word);
    }
    world.weak[world.weak_count++] = number(5); /* no reference: left alone */
    immix_collect(world.heap, kinds[_i]);
    for (size_t i = 0; i < 1000; i += 1)
        require_eq(world.weak[i], i % 2 == 0 ? world.roots[i / 2] : 0);
    require_eq(world.weak[1000], number(5));
}
END_TEST

static uint64_t foreign(bool slow)
{
    ImmixHeader header = immix_header(TYPE_FOREIGN, 0, 1, slow ? 0 : IMMIX_FINALIZED);
    uint64_t *object =
        slow ? immix_alloc_zeroed(world.heap, header) : immix_alloc(world.heap, header);

    require_nonnull(object);
    *object = 0xF00D;
    return reference(object);
}

START_TEST(finalisers_run_once)
{
    for (int i = 0; i < 100; i += 1) {
        uint64_t object = foreign(i % 2 == 0);
        if (i < 30)
            root(object);
    }
    world.allocate_in_finalizer = true;
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.finalized, 70);
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.finalized, 70);
    immix_collect(world.heap, IMMIX_EVACUATE);
    world.root_count = 20;
    immix_collect(world.heap, IMMIX_MINOR); /* the dead are old */
    require_eq(world.finalized, 70);
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(world.finalized, 80);
    close_world();
    require_eq(world.finalized, 100);
    open_world();
}
END_TEST

START_TEST(fresh_objects_and_numbers_in_slots_are_left_alone)
{
    size_t n = root(number(99));
    size_t odd = root(0x1234567890ABCDEF); /* tag 7 */
    size_t null = root(TAG);               /* a reference to nothing */
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.roots[n], number(99));
    require_eq(world.roots[odd], 0x1234567890ABCDEF);
    require_eq(world.roots[null], TAG);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("mark");
    tcase_add_checked_fixture(tcase, open_world, close_world);
    tcase_add_loop_test(tcase, what_roots_reach_lives_and_the_rest_dies, 0, 3);
    tcase_add_test(tcase, cycles_die);
    tcase_add_loop_test(tcase, lists_of_a_million_are_marked_in_either_direction, 0, 3);
    tcase_add_loop_test(tcase, marking_survives_a_stack_that_cannot_grow, 0, 3);
    tcase_add_loop_test(tcase, a_vector_of_a_million_is_scanned_in_slices, 0, 3);
    tcase_add_loop_test(tcase, only_the_head_of_a_head_values_object_is_traced, 0, 3);
    tcase_add_loop_test(tcase, custom_objects_nest_without_recursion, 0, 3);
    tcase_add_loop_test(tcase, weak_references_follow_the_living_and_forget_the_dead, 0,
                        3);
    tcase_add_loop_test(tcase, finalisers_run_once, 0, 3);
    tcase_add_loop_test(tcase, fresh_objects_and_numbers_in_slots_are_left_alone, 0, 3);
    return run_suite("immix/mark", tcase);
}
