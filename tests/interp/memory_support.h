/* memory_support.h - a heap with roots for tests of memory and containers, and a runner. */
#ifndef TESTS_INTERP_MEMORY_SUPPORT_H
#define TESTS_INTERP_MEMORY_SUPPORT_H

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "containers/symbolmap.h"
#include "memory/heap.h"

#define ck_assert_status(expr, expected)                                            \
    do {                                                                            \
        Status ck_status_ = (expr);                                                 \
        ck_assert_msg(ck_status_ == (expected), "%s gave \"%s\" instead of \"%s\"", \
                      #expr, li_status_text(ck_status_), li_status_text(expected)); \
    } while (0)
#define ck_assert_ok(expr)          ck_assert_status(expr, OK)
#define ck_assert_err(expr, status) ck_assert_status(expr, status)
#define ck_assert_eq_value(a, b)    ck_assert_uint_eq((a).bits, (b).bits)

enum {
    TEST_ROOTS = 64
};

/* A heap, and slots that the collector sees. */
typedef struct TestHeap {
    Heap heap;
    RootProvider provider;
    Value roots[TEST_ROOTS];
} TestHeap;

static inline void visit_test_roots(ImmixTracer *tracer, void *context)
{
    TestHeap *test = context;

    for (size_t i = 0; i < TEST_ROOTS; i += 1)
        immix_visit(tracer, &test->roots[i].bits);
}

/* With every collection verified and, if `stress`, moving all that can move. */
static inline void test_heap_open(TestHeap *test, bool stress, size_t limit_bytes)
{
    ImmixOptions options = {.limit_bytes = limit_bytes, .stress = stress, .verify = 1};

    ck_assert_ok(li_heap_open(&test->heap, &options));
    for (size_t i = 0; i < TEST_ROOTS; i += 1)
        test->roots[i] = VALUE_FALSE;
    test->provider = (RootProvider){.visit = visit_test_roots, .context = test};
    li_heap_add_provider(&test->heap, &test->provider);
}

static inline void test_heap_close(TestHeap *test)
{
    li_heap_close(&test->heap);
}

static inline void test_collect(TestHeap *test, ImmixCollection kind)
{
    immix_collect(test->heap.immix, kind);
    ck_assert(immix_verify(test->heap.immix, stderr));
}

/* A deterministic stream of numbers: xorshift64*. */
static inline uint64_t test_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static inline Value test_symbol(Heap *heap, const char *name)
{
    Value symbol;

    ck_assert_ok(li_intern(heap, name, &symbol));
    return symbol;
}

/* Fixnums from 0 to count-1 as a list of pairs. */
static inline Value test_pair_list(Heap *heap, int64_t count)
{
    Value list = VALUE_NIL;

    for (int64_t i = count; i-- > 0;)
        ck_assert_ok(li_cons(heap, value_from_fixnum(i), list, &list));
    return list;
}

/* Runs the tests, each between setup and teardown, and is main()'s result. */
static inline int test_main(const char *name, void (*setup)(void),
                            void (*teardown)(void), const TTest *const *tests,
                            size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    SRunner *runner = srunner_create(suite);

    if (setup != NULL)
        tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 300);
    for (size_t i = 0; i < count; i += 1)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);

    int failed = srunner_ntests_failed(runner);

    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define TEST_MAIN(name, setup, teardown, ...)                                         \
    int main(void)                                                                    \
    {                                                                                 \
        const TTest *const tests[] = {__VA_ARGS__};                                   \
                                                                                      \
        return test_main(name, setup, teardown, tests, sizeof tests / sizeof *tests); \
    }

#endif /* TESTS_INTERP_MEMORY_SUPPORT_H */
