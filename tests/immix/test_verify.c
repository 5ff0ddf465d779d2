/* test_verify.c - the verifier finds what is broken on purpose, and nothing else. */
#include "tests/immix/support.h"

#include "immix/src/verify.h"

static void open_quiet_world(void)
{
    open_world_with((ImmixOptions){0});
}

static void check_invalid(const char *text)
{
    char report[1000] = {0};
    FILE *file = fmemopen(report, sizeof report - 1, "w");

    require(!immix_verify(world.heap, file));
    fclose(file);
    ck_assert_msg(strstr(report, text) != NULL, "report: %s", report);
}

static void check_valid(void)
{
    require(immix_verify(world.heap, stderr));
}

START_TEST(a_missed_barrier_is_found)
{
    root(cons(0, 0));
    immix_collect(world.heap, IMMIX_FULL);
    check_valid();
    words_of(world.roots[0])[0] = cons(0, 0);
    check_invalid("not remembered");
    immix_barrier(world.heap, target(world.roots[0]));
    check_valid();
}
END_TEST

START_TEST(a_missed_card_is_found)
{
    root(vector(5000));
    immix_collect(world.heap, IMMIX_FULL);
    uint64_t young = cons(0, 0);
    store(world.roots[0], 100, young);
    check_valid();
    words_of(world.roots[0])[4000] = young;
    check_invalid("not remembered");
    words_of(world.roots[0])[4000] = 0;
    check_valid();
}
END_TEST

START_TEST(a_lost_flag_is_found)
{
    root(cons(0, 0));
    immix_collect(world.heap, IMMIX_FULL);
    immix_header_of(target(world.roots[0]))->bits &= ~IMMIX_UNLOGGED;
    check_invalid("neither UNLOGGED nor remembered");
}
END_TEST

START_TEST(a_stale_reference_is_found)
{
    uint64_t stale = cons(0, 0);
    root(stale);
    immix_collect(world.heap, IMMIX_EVACUATE);
    immix_collect(world.heap, IMMIX_EVACUATE);
    world.roots[0] = stale + ((uint64_t)4 << 30);
    check_invalid("no object of this heap");
    world.roots[0] = stale + 1; /* tag 2: a number */
    check_valid();
}
END_TEST

START_TEST(a_line_that_is_not_marked_is_found)
{
    root(vector(500));
    immix_collect(world.heap, IMMIX_FULL);
    uint8_t *line = line_of((uintptr_t)target(world.roots[0]) + 1000);
    uint8_t epoch = *line;
    *line = 0;
    check_invalid("not marked");
    *line = epoch;
    check_valid();
}
END_TEST

START_TEST(a_line_marked_for_nothing_is_found)
{
    root(cons(0, 0));
    immix_collect(world.heap, IMMIX_FULL);
    *line_of((uintptr_t)target(world.roots[0]) + 1000) = world.heap->tracer.epoch;
    require(!immix_verify_heap(world.heap, NULL, true));
}
END_TEST

START_TEST(a_bad_header_is_found)
{
    root(cons(0, 0));
    ImmixHeader *header = immix_header_of(target(world.roots[0]));
    ImmixHeader good = *header;
    *header = immix_header(99, 0, 2, 0);
    check_invalid("no such type");
    *header = immix_header(TYPE_PAIR, 0, 100000, 0);
    check_invalid("larger than those may be");
    header->bits = POISON_WORD;
    check_invalid("stale");
    *header = good;
    header->bits |= (uint64_t)2 << IMMIX_EPOCH_SHIFT;
    check_invalid("dead object");
    *header = good;
    check_valid();
}
END_TEST

START_TEST(wrong_counts_are_found)
{
    cons(0, 0);
    world.heap->held_bytes += 1;
    check_invalid("held bytes");
    world.heap->held_bytes -= 1;
    world.heap->pool.used_blocks += 1;
    check_invalid("disagree");
    world.heap->pool.used_blocks -= 1;
    check_valid();
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("verify");
    tcase_add_checked_fixture(tcase, open_quiet_world, close_world);
    tcase_add_test(tcase, a_missed_barrier_is_found);
    tcase_add_test(tcase, a_missed_card_is_found);
    tcase_add_test(tcase, a_lost_flag_is_found);
    tcase_add_test(tcase, a_stale_reference_is_found);
    tcase_add_test(tcase, a_line_that_is_not_marked_is_found);
    tcase_add_test(tcase, a_line_marked_for_nothing_is_found);
    tcase_add_test(tcase, a_bad_header_is_found);
    tcase_add_test(tcase, wrong_counts_are_found);
    return run_suite("immix/verify", tcase);
}
