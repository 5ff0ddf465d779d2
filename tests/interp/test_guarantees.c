/* test_guarantees.c - what the collector promises to the system above it, a test for each
 * promise; docs/gc.md lists them all with the tests that hold them. */
#include "memory_support.h"

#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "containers/array.h"
#include "containers/dict.h"
#include "containers/list.h"
#include "containers/text.h"
#include "interp.h"
#include "types/port.h"
#include "types/weaktable.h"

/* ---- Trace completeness ---- */

/* What of an object the collector must follow. */
typedef struct Shape {
    uint32_t words;
    uint64_t strong; /* bit i: word i keeps what it refers to */
} Shape;

enum {
    SOME_WORDS = 5
};

#define FIRST_WORDS(n)    (((uint64_t)1 << (n)) - 1)
#define WORD(type, field) ((uint64_t)1 << offsetof(type, field) / sizeof(Value))
#define ALL                                 \
    {                                       \
        SOME_WORDS, FIRST_WORDS(SOME_WORDS) \
    }
#define NONE          \
    {                 \
        SOME_WORDS, 0 \
    }
#define VALUES_BEFORE(type, raw)                                                       \
    {                                                                                  \
        sizeof(type) / sizeof(Value), FIRST_WORDS(offsetof(type, raw) / sizeof(Value)) \
    }

/* One for each type of types.def: without, this file does not compile. */
#define SHAPE_FILLER       NONE
#define SHAPE_PAIR         ALL
#define SHAPE_FLONUM       NONE
#define SHAPE_BIGNUM       NONE
#define SHAPE_RATIO        ALL
#define SHAPE_COMPLEX      ALL
#define SHAPE_BYTES        NONE
#define SHAPE_TEXT         VALUES_BEFORE(Text, length)
#define SHAPE_SYMBOL       ALL
#define SHAPE_VECTOR       ALL
#define SHAPE_ARRAY        VALUES_BEFORE(Array, length)
#define SHAPE_LIST         VALUES_BEFORE(List, length)
#define SHAPE_DICT         VALUES_BEFORE(Dict, length)
#define SHAPE_WEAK_TABLE   NONE
#define SHAPE_BOX          ALL
#define SHAPE_GLOBAL       ALL
#define SHAPE_CODE         ALL
#define SHAPE_CLOSURE      ALL
#define SHAPE_PRIMITIVE    NONE
#define SHAPE_CONTINUATION ALL
#define SHAPE_FRAMES       ALL
#define SHAPE_PARAMETER    ALL
#define SHAPE_PROMISE      ALL
#define SHAPE_RECORD_TYPE  ALL
#define SHAPE_RECORD       ALL
#define SHAPE_CONDITION    ALL
#define SHAPE_MULTIPLE     ALL
#define SHAPE_PORT         VALUES_BEFORE(Port, state)
#define SHAPE_ENVIRONMENT  ALL
#define SHAPE_LIBRARY      ALL
#define SHAPE_MACRO        ALL
#define SHAPE_IDENTIFIER   ALL
/* The key is immediate here, and so alive: then the datum is strong. */
#define SHAPE_EPHEMERON                                                     \
    {                                                                       \
        sizeof(ImmixEphemeron) / sizeof(Value), WORD(ImmixEphemeron, value) \
    }
#define SHAPE_WEAK_PAIR                                      \
    {                                                        \
        sizeof(ImmixWeak) / sizeof(Value) + 1,               \
            (uint64_t)1 << sizeof(ImmixWeak) / sizeof(Value) \
    }
#define SHAPE_WEAK_ENTRY                                                           \
    {                                                                              \
        sizeof(WeakEntry) / sizeof(Value),                                         \
            WORD(WeakEntry, value) | WORD(WeakEntry, next) | WORD(WeakEntry, hash) \
    }
#define SHAPE_WEAK_HASHTABLE ALL
/* Registrations are the collector's own; what a program adds to a guardian is strong. */
#define SHAPE_GUARDIAN                                           \
    {                                                            \
        sizeof(ImmixGuardian) / sizeof(Value) + 1,               \
            (uint64_t)1 << sizeof(ImmixGuardian) / sizeof(Value) \
    }
#define SHAPE_GUARDED                                                     \
    {                                                                     \
        sizeof(ImmixGuarded) / sizeof(Value),                             \
            WORD(ImmixGuarded, next) | WORD(ImmixGuarded, representative) \
    }
#define SHAPE_FOREIGN NONE

static const Shape shapes[TYPE_COUNT] = {
#define TYPE(type, text, how, head) [T_##type] = SHAPE_##type,
#include "memory/types.def"
#undef TYPE
};

/* What nothing but a word of the object refers to. */
static Value child(Heap *heap, Type type, uint32_t word)
{
    Value v;

    ck_assert_ok(li_cons(heap, value_from_fixnum(word), VALUE_NIL, &v));
    ck_assert_ok(li_cons(heap, v, value_from_fixnum((int64_t)type), &v));
    return v;
}

static void assert_child(Value v, Type type, uint32_t word)
{
    ck_assert(value_is_pair(v));
    ck_assert_eq_value(pair_cdr(v), value_from_fixnum((int64_t)type));
    ck_assert(value_is_pair(pair_car(v)));
    ck_assert_eq_value(pair_car(pair_car(v)), value_from_fixnum(word));
}

/* A port has a state that is freed when it dies, so it is opened like any other. */
static Value *new_object(Heap *heap, PortTable *ports, Type type)
{
    Value v;

    if (type != T_PORT)
        return li_alloc(heap, type, 0, shapes[type].words);
    ck_assert_ok(li_port_open_text_output(heap, ports, &v));
    return value_to_object(v);
}

/* A number may look like a reference; in a weak thing it is the collector's, and 0. */
static bool is_raw(Type type)
{
    return li_types[type].trace == IMMIX_TRACE_LEAF
        || (li_types[type].trace == IMMIX_TRACE_HEAD_VALUES && type != T_PORT);
}

static uint64_t raw_word(uint32_t i)
{
    return i * UINT64_C(0x100000000) + TAG_OBJECT;
}

static void check_type(TestHeap *test, PortTable *ports, Type type)
{
    Heap *heap = &test->heap;
    Shape shape = shapes[type];
    Value *words = new_object(heap, ports, type);

    ck_assert_ptr_nonnull(words);
    for (uint32_t i = 0; i < shape.words; i += 1) {
        if (shape.strong >> i & 1)
            words[i] = child(heap, type, i);
        else if (is_raw(type))
            words[i].bits = raw_word(i);
        else if (type != T_PORT)
            words[i].bits = 0;
    }
    test->roots[0] = value_from_object(words);
    for (int round = 0; round < 3; round += 1)
        test_collect(test, round == 0 ? IMMIX_MINOR : IMMIX_EVACUATE);
    words = value_to_object(test->roots[0]);
    for (uint32_t i = 0; i < shape.words; i += 1) {
        if (shape.strong >> i & 1)
            assert_child(words[i], type, i);
        else if (is_raw(type))
            ck_assert_uint_eq(words[i].bits, raw_word(i));
    }
    test->roots[0] = VALUE_FALSE;
}

START_TEST(every_type_is_traced_completely)
{
    for (int stress = 0; stress < 2; stress += 1) {
        TestHeap test;
        PortTable ports = {0};

        test_heap_open(&test, stress != 0, 0);
        for (int type = 0; type < TYPE_COUNT; type += 1)
            check_type(&test, &ports, (Type)type);
        test_heap_close(&test);
    }
}
END_TEST

/* ---- Memory ---- */

/* What the process has mapped, resident or not; 0 where the system does not say. */
static size_t mapped_bytes(void)
{
    size_t pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");

    if (statm != NULL) {
        if (fscanf(statm, "%zu", &pages) != 1)
            pages = 0;
        fclose(statm);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Without the verifier, which takes its time with large heaps. */
static void open_plain(TestHeap *test)
{
    ImmixOptions options = {.verify = 0};

    ck_assert_ok(li_heap_open(&test->heap, &options));
    for (size_t i = 0; i < TEST_ROOTS; i += 1)
        test->roots[i] = VALUE_FALSE;
    test->provider = (RootProvider){.visit = visit_test_roots, .context = test};
    li_heap_add_provider(&test->heap, &test->provider);
}

static void use_every_kind_of_memory(void)
{
    TestHeap test;

    open_plain(&test);
    Heap *heap = &test.heap;
    test.roots[0] = test_pair_list(heap, 50000);
    for (int i = 1; i < TEST_ROOTS; i += 1)
        ck_assert_ok(
            li_vector(heap, (uint64_t)(i * i) * 5, VALUE_TRUE, &test.roots[i]));
    immix_collect(heap->immix, IMMIX_FULL);
    for (int i = 1; i < TEST_ROOTS; i += 2)
        test.roots[i] = VALUE_FALSE;
    immix_collect(heap->immix, IMMIX_EVACUATE);
    test_heap_close(&test);
}

START_TEST(a_closed_heap_gives_back_every_byte)
{
    use_every_kind_of_memory(); /* what the C library maps once stays */
    size_t before = mapped_bytes();
    for (int i = 0; i < 3; i += 1)
        use_every_kind_of_memory();
    if (!HAS_ASAN)
        ck_assert_uint_eq(mapped_bytes(), before);
}
END_TEST

START_TEST(a_minor_collection_beside_50_megabytes_looks_at_the_young_alone)
{
    TestHeap test;
    ImmixStats before, after;
    uint64_t unremembered;

    open_plain(&test);
    Heap *heap = &test.heap;
    ck_assert_ok(li_vector(heap, 100, VALUE_FALSE, &test.roots[0]));
    test.roots[1] = test_pair_list(heap, (50 << 20) / 24);
    immix_collect(heap->immix, IMMIX_FULL);
    immix_stats(heap->immix, &before);
    ck_assert_uint_ge(before.live_bytes, 50 << 20);
    for (int64_t i = 0; i < 100; i += 1) {
        Value young = test_pair_list(heap, 10);

        li_store(heap, value_to_object(test.roots[0]), &vector_items(test.roots[0])[i],
                 young);
        unremembered = test_pair_list(heap, 1000).bits; /* it dies */
    }
    ck_assert_uint_ne(unremembered, 0);
    immix_collect(heap->immix, IMMIX_MINOR);
    immix_stats(heap->immix, &after);
    ck_assert_uint_eq(after.collections[IMMIX_MINOR],
                      before.collections[IMMIX_MINOR] + 1);
    ck_assert_uint_eq(after.promoted_bytes - before.promoted_bytes, 100 * 10 * 24);
    test_heap_close(&test);
}
END_TEST

/* ---- Identity ---- */

/* Every object moves, in every round; a table by identity finds all of them. */
START_TEST(tables_by_identity_find_their_keys_wherever_they_went)
{
    enum {
        KEYS = 3000
    };
    TestHeap test;

    test_heap_open(&test, true, 0);
    Heap *heap = &test.heap;
    ck_assert_ok(li_vector(heap, KEYS, VALUE_FALSE, &test.roots[0]));
    ck_assert_ok(li_dict_new(heap, DICT_EQ, &test.roots[1]));
    ck_assert_ok(li_weak_table_new(heap, DICT_EQ, &test.roots[2]));
    for (int64_t i = 0; i < KEYS; i += 1) {
        Value key;

        ck_assert_ok(li_vector(heap, (uint64_t)i % 40, VALUE_NIL, &key));
        vector_items(test.roots[0])[i] = key;
        ck_assert_ok(li_dict_assoc(heap, value_to_dict(test.roots[1]), key,
                                   value_from_fixnum(i)));
        ck_assert_ok(li_weak_table_set(heap, value_to_weak_table(test.roots[2]), key,
                                       value_from_fixnum(-i)));
    }
    for (int round = 0; round < 3; round += 1) {
        uint64_t first = vector_items(test.roots[0])[1].bits;

        test_collect(&test, IMMIX_EVACUATE);
        ck_assert_uint_ne(vector_items(test.roots[0])[1].bits, first);
        for (int64_t i = 0; i < KEYS; i += 1) {
            Value key = vector_items(test.roots[0])[i], v;

            ck_assert_ok(li_dict_lookup(heap, value_to_dict(test.roots[1]), key, &v));
            ck_assert_eq_value(v, value_from_fixnum(i));
            ck_assert(
                li_weak_table_get(heap, value_to_weak_table(test.roots[2]), key, &v));
            ck_assert_eq_value(v, value_from_fixnum(-i));
        }
    }
    test_heap_close(&test);
}
END_TEST

/* ---- Whole interpreters ---- */

static InterpStatus run_program(Interp *interp, void *result)
{
    static const char program[] =
        "(define (tree n) (if (= n 0) '() (cons (tree (- n 1)) (tree (- n 1)))))"
        "(define (count t) (if (pair? t) (+ 1 (count (car t)) (count (cdr t))) 0))"
        "(define k #f)"
        "(define n 0)"
        "(define joined (string-append (number->string (expt 3 50)) \"\\x3bb;\"))"
        "(define back (+ 1 (call/cc (lambda (c) (set! k c) 1))))"
        "(if (< n 3) (begin (set! n (+ n 1)) (k n)))"
        "(list (count (tree 6)) (string-length joined) back"
        "      (map (lambda (x) (* x 1.5)) '(1 2 3)))";
    interp_ref ref;
    InterpStatus status =
        interp_eval_string(interp, "test", program, sizeof program - 1, &ref);

    return status == INTERP_OK ? interp_write(interp, ref, result) : status;
}

START_TEST(collecting_at_any_of_the_safepoints_changes_no_result)
{
    static const unsigned everys[] = {1, 7, 1024, 0};

    for (size_t i = 0; i < sizeof everys / sizeof everys[0]; i += 1) {
        InterpOptions options = {.stress = everys[i]};
        Interp *interp;
        InterpText text;

        ck_assert_int_eq(interp_open(&options, &interp), INTERP_OK);
        ck_assert_int_eq(interp_session(interp, run_program, &text), INTERP_OK);
        ck_assert_str_eq(text.bytes, "(63 25 2 (1.5 3.0 4.5))");
        interp_text_free(&text);
        interp_close(interp);
    }
}
END_TEST

static InterpStatus allocate_on_and_on(Interp *interp, void *context)
{
    static const char program[] =
        "(let loop ((i 0)) (if (< i 40000) (begin (make-vector 1000 i) (loop (+ i 1)))))";
    interp_ref ref;

    (void)context;
    return interp_eval_string(interp, "test", program, sizeof program - 1, &ref);
}

START_TEST(a_long_session_stays_within_its_heap)
{
    InterpOptions options = {.max_heap_bytes = 16 << 20};
    Interp *interp;
    InterpStats stats;

    ck_assert_int_eq(interp_open(&options, &interp), INTERP_OK);
    ck_assert_int_eq(interp_session(interp, allocate_on_and_on, NULL), INTERP_OK);
    interp_stats(interp, &stats);
    ck_assert_uint_ge(stats.allocated_bytes, 300 << 20);
    ck_assert_uint_le(stats.peak_bytes, 16 << 20);
    interp_close(interp);
}
END_TEST

static void *own_interpreter(void *text)
{
    InterpOptions options = {.stress = 5};
    Interp *interp;

    if (interp_open(&options, &interp) != INTERP_OK)
        return NULL;
    InterpStatus status = interp_session(interp, run_program, text);
    interp_close(interp);
    return status == INTERP_OK ? text : NULL;
}

START_TEST(two_heaps_in_two_threads_share_nothing)
{
    pthread_t threads[2];
    InterpText texts[2];

    for (int i = 0; i < 2; i += 1)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, own_interpreter, &texts[i]),
                         0);
    for (int i = 0; i < 2; i += 1) {
        void *result;

        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, &texts[i]);
        ck_assert_str_eq(texts[i].bytes, "(63 25 2 (1.5 3.0 4.5))");
        interp_text_free(&texts[i]);
    }
}
END_TEST

TEST_MAIN("guarantees", NULL, NULL, every_type_is_traced_completely,
          a_closed_heap_gives_back_every_byte,
          a_minor_collection_beside_50_megabytes_looks_at_the_young_alone,
          tables_by_identity_find_their_keys_wherever_they_went,
          collecting_at_any_of_the_safepoints_changes_no_result,
          a_long_session_stays_within_its_heap, two_heaps_in_two_threads_share_nothing)
