/* support.h - a small client of libimmix for the tests: a few types, and roots in an array. */
#ifndef TESTS_IMMIX_SUPPORT_H
#define TESTS_IMMIX_SUPPORT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "immix/immix.h"
#include "immix/src/heap.h"
#include "immix/src/mark.h"

/* Check's own assertions send a message each, even when they hold: too slow for loops. */
#define require(cond)      (LIKELY(cond) ? (void)0 : ck_abort_msg("%s", #cond))
#define require_eq(a, b)   require_equal((uint64_t)(a), (uint64_t)(b), __LINE__, #a, #b)
#define require_nonnull(p) require((p) != NULL)

static inline void require_equal(uint64_t a, uint64_t b, int line, const char *a_text,
                                 const char *b_text)
{
    if (UNLIKELY(a != b))
        ck_abort_msg("line %d: %s is %llu and %s is %llu", line, a_text,
                     (unsigned long long)a, b_text, (unsigned long long)b);
}

/* References have tag 1; everything else in a value word is a number. */
enum {
    TAG = 1
};

enum {
    TYPE_PAIR = 1,
    TYPE_VECTOR,
    TYPE_BYTES,
    TYPE_HEAD,   /* the first word is a value, the rest raw */
    TYPE_CUSTOM, /* words are addresses without a tag */
    TYPE_FOREIGN,
    TYPE_WEAK,
    TYPE_EPHEMERON,
    TYPE_GUARDIAN,
    TYPE_GUARDED,
};

enum {
    BROKEN = 6 /* neither a number nor a reference */
};

enum {
    ROOTS = 4096
};

typedef struct World {
    ImmixHeap *heap;
    uint64_t roots[ROOTS];
    size_t root_count;
    uint64_t weak[ROOTS];
    size_t weak_count;
    size_t finalized;
    size_t wanted;
    bool allocate_in_finalizer;
    /* Not 0: so few entries has the mark stack in each collection, and it cannot grow. */
    size_t mark_stack_entries;
    size_t mark_stack_capacity;
} World;

static void *target(uint64_t word)
{
    require(word % 8 == TAG);
    return (void *)(uintptr_t)(word - TAG);
}

static uint64_t reference(const void *object)
{
    return (uint64_t)(uintptr_t)object + TAG;
}

static uint64_t *words_of(uint64_t word)
{
    return target(word);
}

static void visit_roots(ImmixTracer *tracer, void *context)
{
    World *world = context;

    if (world->mark_stack_entries != 0 && tracer->verifier == NULL) {
        world->mark_stack_capacity = tracer->stack.capacity;
        tracer->stack.capacity = tracer->stack_max = world->mark_stack_entries;
    }
    immix_visit_range(tracer, world->roots, world->root_count);
}

static void sweep_weak(ImmixTracer *tracer, void *context)
{
    World *world = context;

    if (world->mark_stack_entries != 0 && tracer->verifier == NULL)
        tracer->stack.capacity = world->mark_stack_capacity;
    for (size_t i = 0; i < world->weak_count; i += 1) {
        if (!immix_survives(tracer, &world->weak[i]))
            world->weak[i] = 0;
    }
}

static void trace_custom(ImmixTracer *tracer, void *object)
{
    uint64_t *words = object;

    for (uint32_t i = 0; i < immix_granules_of(object); i += 1) {
        uint64_t word = words[i] == 0 ? 0 : words[i] + TAG;
        immix_visit(tracer, &word);
        words[i] = word == 0 ? 0 : word - TAG;
    }
}

static void finalize(void *object, void *context)
{
    World *world = context;

    require_eq(*(uint64_t *)object, 0xF00D);
    world->finalized += 1;
    if (immix_granules_of(object) > 1)
        immix_external_remove(world->heap, ((uint64_t *)object)[1]);
    if (world->allocate_in_finalizer)
        ck_assert_ptr_null(immix_alloc(world->heap, immix_header(TYPE_PAIR, 0, 2, 0)));
}

static void collection_wanted(void *context)
{
    World *world = context;

    world->wanted += 1;
}

static const ImmixType test_types[IMMIX_TYPE_COUNT] = {
    [IMMIX_TYPE_FILLER] = {.name = "filler", .trace = IMMIX_TRACE_LEAF},
    [TYPE_PAIR] = {.name = "pair", .trace = IMMIX_TRACE_VALUES},
    [TYPE_VECTOR] = {.name = "vector", .trace = IMMIX_TRACE_VALUES},
    [TYPE_BYTES] = {.name = "bytes", .trace = IMMIX_TRACE_LEAF},
    [TYPE_HEAD] = {.name = "head", .trace = IMMIX_TRACE_HEAD_VALUES, .head_words = 1},
    [TYPE_CUSTOM] = {.name = "custom",
                     .trace = IMMIX_TRACE_CUSTOM,
                     .custom = trace_custom},
    [TYPE_FOREIGN] = {.name = "foreign",
                      .trace = IMMIX_TRACE_LEAF,
                      .finalize = finalize},
    [TYPE_WEAK] = {.name = "weak", .trace = IMMIX_TRACE_WEAK},
    [TYPE_EPHEMERON] = {.name = "ephemeron", .trace = IMMIX_TRACE_EPHEMERON},
    [TYPE_GUARDIAN] = {.name = "guardian", .trace = IMMIX_TRACE_GUARDIAN},
    [TYPE_GUARDED] = {.name = "registration", .trace = IMMIX_TRACE_GUARDED},
};

static World world;

UNUSED static void open_world_with(ImmixOptions options)
{
    world = (World){0};
    ImmixClient client = {
        .context = &world,
        .reference_tags = 1 << TAG,
        .types = test_types,
        .visit_roots = visit_roots,
        .sweep_weak = sweep_weak,
        .collection_wanted = collection_wanted,
        .broken = BROKEN,
    };
    world.heap = immix_open(&client, &options);
    require_nonnull(world.heap);
}

UNUSED static void open_world(void)
{
    open_world_with((ImmixOptions){.verify = 1});
}

/* For tests that call the verifier themselves, where it would take too long. */
UNUSED static void open_unverified_world(void)
{
    open_world_with((ImmixOptions){0});
}

UNUSED static void close_world(void)
{
    immix_close(world.heap);
    world.heap = NULL;
}

/* Returns the root's index: references must not be kept across collections. */
UNUSED static size_t root(uint64_t word)
{
    ck_assert_uint_lt(world.root_count, ROOTS);
    world.roots[world.root_count] = word;
    return world.root_count++;
}

UNUSED static uint64_t number(uint64_t n)
{
    return n << 3;
}

UNUSED static uint64_t cons(uint64_t a, uint64_t b)
{
    uint64_t *pair = immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0));

    require_nonnull(pair);
    pair[0] = a;
    pair[1] = b;
    return reference(pair);
}

UNUSED static uint64_t vector(uint32_t length)
{
    void *object =
        immix_alloc_zeroed(world.heap, immix_header(TYPE_VECTOR, 0, length, 0));

    require_nonnull(object);
    return reference(object);
}

UNUSED static uint64_t bytes(size_t length, int fill)
{
    void *object;

    ck_assert_int_eq(
        immix_alloc_array(world.heap, TYPE_BYTES, 0, IMMIX_LEAF, length, &object),
        IMMIX_OK);
    memset(object, fill, length);
    return reference(object);
}

/* A list of the numbers below `length`. */
UNUSED static uint64_t list(uint64_t length)
{
    uint64_t result = number(0);

    for (uint64_t i = length; i-- > 0;)
        result = cons(number(i), result);
    return result;
}

UNUSED static void check_list(uint64_t word, uint64_t length)
{
    for (uint64_t i = 0; i < length; i += 1) {
        require_eq(words_of(word)[0], number(i));
        word = words_of(word)[1];
    }
    require_eq(word, number(0));
}

UNUSED static void store(uint64_t object, size_t index, uint64_t word)
{
    words_of(object)[index] = word;
    immix_barrier_range(world.heap, target(object), &words_of(object)[index], 8);
}

UNUSED static ImmixStats stats(void)
{
    ImmixStats result;

    immix_stats(world.heap, &result);
    return result;
}

/* Adds a test, to be run with _i from 0 up to `times`, unless main's arguments name another. */
#define ADD_NAMED_TEST(tcase, test, times)                \
    do {                                                  \
        if (argc < 2 || strcmp(argv[1], #test) == 0)      \
            tcase_add_loop_test(tcase, test, 0, (times)); \
    } while (0)

/* Runs the tests of `tcase` alone, as a program. */
UNUSED static int run_suite(const char *name, TCase *tcase)
{
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(tcase, 300);
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif /* TESTS_IMMIX_SUPPORT_H */
