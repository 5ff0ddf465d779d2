/* bench_immix.c - allocation, marking and collection of libimmix, beside malloc and libgc.
 *
 *     bench_immix [NAME...]     runs those whose name begins with a NAME; all by default
 *
 * Times are the best of three runs, in nanoseconds per unit of the row. malloc frees at once
 * what is garbage at once, so it does not pay for finding out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "immix/immix.h"

#if HAVE_BDWGC
#    include <gc.h>
#endif

enum {
    TAG = 1,
    TYPE_PAIR = 1,
    TYPE_VECTOR = 2,
    ROOTS = 16
};

static const ImmixType types[IMMIX_TYPE_COUNT] = {
    [TYPE_PAIR] = {.name = "pair", .trace = IMMIX_TRACE_VALUES},
    [TYPE_VECTOR] = {.name = "vector", .trace = IMMIX_TRACE_VALUES},
};

typedef struct Bench {
    ImmixHeap *heap;
    uint64_t roots[ROOTS];
    bool wanted;
    /* The trees under construction: the benchmark's own stack, scanned precisely. */
    uint64_t stack[64];
    size_t depth;
} Bench;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static uint64_t random_below(uint64_t *state, uint64_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 33) % n;
}

/* ---- libimmix ------------------------------------------------------------------------------ */

static void visit_roots(ImmixTracer *tracer, void *context)
{
    Bench *bench = context;

    immix_visit_range(tracer, bench->roots, ROOTS);
    immix_visit_range(tracer, bench->stack, bench->depth);
}

static void collection_wanted(void *context)
{
    Bench *bench = context;

    bench->wanted = true;
}

static void open_bench(Bench *bench)
{
    *bench = (Bench){0};
    ImmixClient client = {
        .context = bench,
        .reference_tags = 1 << TAG,
        .types = types,
        .visit_roots = visit_roots,
        .collection_wanted = collection_wanted,
    };
    ImmixOptions options = {0};
    const char *nursery = getenv("NURSERY_KB");
    if (nursery != NULL)
        options.nursery_bytes = (size_t)atoi(nursery) * 1024;
    bench->heap = immix_open(&client, &options);
    if (bench->heap == NULL)
        exit(1);
}

static void close_bench(Bench *bench)
{
    ImmixStats s;

    immix_stats(bench->heap, &s);
    if (getenv("BENCH_STATS") != NULL)
        printf("    minor %llu full %llu  pauses: total %.1f ms, longest %.2f ms  "
               "promoted %.1f MB moved %.1f MB peak %.1f MB\n",
               (unsigned long long)s.collections[0],
               (unsigned long long)(s.collections[1] + s.collections[2]),
               (double)s.pause_total_ns / 1e6, (double)s.pause_max_ns / 1e6,
               (double)s.promoted_bytes / 1e6, (double)s.moved_bytes / 1e6,
               (double)s.peak_bytes / 1e6);
    immix_close(bench->heap);
}

ALWAYS_INLINE void safepoint(Bench *bench)
{
    if (UNLIKELY(bench->wanted)) {
        bench->wanted = false;
        immix_collect_for_policy(bench->heap);
    }
}

ALWAYS_INLINE uint64_t cons(Bench *bench, uint64_t a, uint64_t b)
{
    uint64_t *pair = immix_alloc(bench->heap, immix_header(TYPE_PAIR, 0, 2, 0));

    if (UNLIKELY(pair == NULL))
        exit(1);
    pair[0] = a;
    pair[1] = b;
    return (uint64_t)(uintptr_t)pair + TAG;
}

static uint64_t *words(uint64_t reference)
{
    return (uint64_t *)(uintptr_t)(reference - TAG);
}

enum {
    PAIRS = 100 * 1000 * 1000
};

static double immix_pairs(void)
{
    Bench bench;
    open_bench(&bench);
    double start = now();

    for (uint64_t i = 0; i < PAIRS; i += 1) {
        bench.roots[0] = cons(&bench, i << 3, 0);
        safepoint(&bench);
    }
    double time = now() - start;
    close_bench(&bench);
    return time / PAIRS;
}

/* Lists of a thousand: all that is seen by a minor collection is one of them. */
static double immix_short_lists(void)
{
    Bench bench;
    open_bench(&bench);
    double start = now();

    for (uint64_t i = 0; i < PAIRS; i += 1) {
        bench.roots[0] = cons(&bench, i << 3, i % 1000 ? bench.roots[0] : 0);
        safepoint(&bench);
    }
    double time = now() - start;
    close_bench(&bench);
    return time / PAIRS;
}

static double immix_vectors(void)
{
    Bench bench;
    open_bench(&bench);
    uint64_t seed = 1;
    double bytes = 0;
    double start = now();

    while (bytes < 2e9) {
        uint32_t granules = (uint32_t)random_below(&seed, 500);
        void *v =
            immix_alloc_zeroed(bench.heap, immix_header(TYPE_VECTOR, 0, granules, 0));
        if (v == NULL)
            exit(1);
        bench.roots[0] = (uint64_t)(uintptr_t)v + TAG;
        bytes += granules * 8;
        safepoint(&bench);
    }
    double time = now() - start;
    close_bench(&bench);
    return time / bytes * 1024;
}

enum {
    LIST = 10 * 1000 * 1000
};

static double immix_mark_list(void)
{
    Bench bench;
    open_bench(&bench);

    for (uint64_t i = 0; i < LIST; i += 1) {
        bench.roots[0] = cons(&bench, i << 3, bench.roots[0]);
        safepoint(&bench);
    }
    immix_collect(bench.heap, IMMIX_FULL);
    double start = now();
    immix_collect(bench.heap, IMMIX_FULL);
    double time = now() - start;
    close_bench(&bench);
    return time / LIST;
}

/* A vector of pairs in random order: every header is a miss, and all can be prefetched. */
static double immix_mark_random(void)
{
    Bench bench;
    open_bench(&bench);
    uint64_t seed = 1;
    uint64_t *v = immix_alloc_zeroed(bench.heap, immix_header(TYPE_VECTOR, 0, LIST, 0));

    if (v == NULL)
        exit(1);
    bench.roots[0] = (uint64_t)(uintptr_t)v + TAG;
    for (uint64_t i = 0; i < LIST; i += 1)
        v[i] = cons(&bench, i << 3, 0);
    for (uint64_t i = LIST; i-- > 1;) {
        uint64_t j = random_below(&seed, i + 1), w = v[i];
        v[i] = v[j];
        v[j] = w;
    }
    immix_collect(bench.heap, IMMIX_FULL);
    double start = now();
    immix_collect(bench.heap, IMMIX_FULL);
    double time = now() - start;
    close_bench(&bench);
    return time / LIST;
}

/* A random graph: each pair refers to two pairs anywhere. */
static double immix_mark_graph(void)
{
    Bench bench;
    open_bench(&bench);
    enum {
        NODES = LIST / 2
    };
    uint64_t seed = 1;
    uint64_t *v =
        immix_alloc_zeroed(bench.heap, immix_header(TYPE_VECTOR, 0, NODES, 0));

    if (v == NULL)
        exit(1);
    for (uint64_t i = 0; i < NODES; i += 1)
        v[i] = cons(&bench, 0, 0);
    for (uint64_t i = 0; i < NODES; i += 1) {
        words(v[i])[0] = v[random_below(&seed, NODES)];
        words(v[i])[1] = v[(i + 1) % NODES];
    }
    bench.roots[0] = v[0];
    immix_collect(bench.heap, IMMIX_FULL);
    double start = now();
    immix_collect(bench.heap, IMMIX_FULL);
    double time = now() - start;
    close_bench(&bench);
    return time / NODES;
}

/* Binary trees that come and go beside one that stays: after Boehm's GCBench. */
enum {
    LONG_DEPTH = 18,
    MAX_DEPTH = 16,
    LONG_ARRAY = 500000
};

static size_t tree_size(int depth)
{
    return ((size_t)1 << (depth + 1)) - 1;
}

static size_t gcbench_units(void)
{
    size_t units = tree_size(LONG_DEPTH);

    for (int depth = 4; depth <= MAX_DEPTH; depth += 4)
        units += 2 * tree_size(LONG_DEPTH) / tree_size(depth) * 2 * tree_size(depth);
    return units;
}

/* Built from the leaves up: what is built waits on the stack. */
static void immix_make_tree(Bench *bench, int depth)
{
    if (depth > 0) {
        immix_make_tree(bench, depth - 1);
        immix_make_tree(bench, depth - 1);
        safepoint(bench);
        bench->depth -= 2;
        bench->stack[bench->depth] =
            cons(bench, bench->stack[bench->depth], bench->stack[bench->depth + 1]);
        bench->depth += 1;
    } else {
        bench->stack[bench->depth] = cons(bench, 0, 0);
        bench->depth += 1;
    }
}

/* Filled from the root down: every store goes through the barrier. */
static void immix_populate(Bench *bench, int depth)
{
    if (depth == 0)
        return;
    size_t here = bench->depth - 1;
    for (size_t i = 0; i < 2; i += 1) {
        safepoint(bench);
        uint64_t child = cons(bench, 0, 0);
        words(bench->stack[here])[i] = child;
        immix_barrier(bench->heap, words(bench->stack[here]));
        bench->stack[bench->depth++] = child;
        immix_populate(bench, depth - 1);
        bench->depth -= 1;
    }
}

static double immix_gcbench(void)
{
    Bench bench;
    open_bench(&bench);
    double start = now();

    immix_make_tree(&bench, LONG_DEPTH);
    bench.roots[0] = bench.stack[--bench.depth];
    uint64_t *array = immix_alloc_zeroed(
        bench.heap, immix_header(TYPE_VECTOR, 0, LONG_ARRAY, IMMIX_LEAF));
    if (array == NULL)
        exit(1);
    bench.roots[1] = (uint64_t)(uintptr_t)array + TAG;
    for (int depth = 4; depth <= MAX_DEPTH; depth += 4) {
        size_t trees = 2 * tree_size(LONG_DEPTH) / tree_size(depth);
        for (size_t i = 0; i < trees; i += 1) {
            immix_make_tree(&bench, depth);
            bench.depth -= 1;
            bench.stack[bench.depth++] = cons(&bench, 0, 0);
            immix_populate(&bench, depth);
            bench.depth -= 1;
        }
    }
    double time = now() - start;
    close_bench(&bench);
    return time / (double)gcbench_units();
}

/* ---- malloc --------------------------------------------------------------------------------- */

/* Keeps the compiler from removing the allocation. */
static void *opaque(void *p)
{
    __asm__ volatile("" : "+r"(p) : : "memory");
    return p;
}

typedef struct Pair {
    struct Pair *a, *b;
} Pair;

static double malloc_pairs(void)
{
    double start = now();

    for (uint64_t i = 0; i < PAIRS; i += 1) {
        Pair *pair = opaque(malloc(sizeof *pair));
        if (pair == NULL)
            exit(1);
        pair->a = pair->b = NULL;
        free(opaque(pair));
    }
    return (now() - start) / PAIRS;
}

static double malloc_short_lists(void)
{
    Pair *list = NULL;
    double start = now();

    for (uint64_t i = 0; i <= PAIRS; i += 1) {
        if (i % 1000 == 0) {
            while (list != NULL) {
                Pair *next = list->b;
                free(list);
                list = next;
            }
        }
        Pair *pair = opaque(malloc(sizeof *pair));
        if (pair == NULL)
            exit(1);
        *pair = (Pair){NULL, list};
        list = pair;
    }
    return (now() - start) / PAIRS;
}

static double malloc_vectors(void)
{
    uint64_t seed = 1;
    double bytes = 0;
    double start = now();

    while (bytes < 2e9) {
        size_t granules = random_below(&seed, 500);
        free(opaque(calloc(granules + 1, 8)));
        bytes += (double)granules * 8;
    }
    return (now() - start) / bytes * 1024;
}

typedef struct Trees {
    Pair *(*make)(void);
    void (*drop)(Pair *tree); /* NULL: found out by the collector */
} Trees;

static Pair *make_tree(const Trees *trees, int depth)
{
    Pair *tree = trees->make();

    if (depth > 0) {
        tree->a = make_tree(trees, depth - 1);
        tree->b = make_tree(trees, depth - 1);
    }
    return tree;
}

static void populate(const Trees *trees, Pair *tree, int depth)
{
    if (depth == 0)
        return;
    tree->a = trees->make();
    populate(trees, tree->a, depth - 1);
    tree->b = trees->make();
    populate(trees, tree->b, depth - 1);
}

static void drop_tree(Pair *tree)
{
    if (tree == NULL)
        return;
    drop_tree(tree->a);
    drop_tree(tree->b);
    free(tree);
}

static double gcbench(const Trees *trees)
{
    double start = now();
    Pair *kept = make_tree(trees, LONG_DEPTH);

    for (int depth = 4; depth <= MAX_DEPTH; depth += 4) {
        size_t count = 2 * tree_size(LONG_DEPTH) / tree_size(depth);
        for (size_t i = 0; i < count; i += 1) {
            Pair *up = opaque(make_tree(trees, depth));
            Pair *down = trees->make();
            populate(trees, down, depth);
            if (trees->drop != NULL) {
                trees->drop(up);
                trees->drop(down);
            }
        }
    }
    if (trees->drop != NULL)
        trees->drop(opaque(kept));
    return (now() - start) / (double)gcbench_units();
}

static Pair *malloc_pair(void)
{
    Pair *pair = malloc(sizeof *pair);

    if (pair == NULL)
        exit(1);
    pair->a = pair->b = NULL;
    return pair;
}

static double malloc_gcbench(void)
{
    return gcbench(&(Trees){malloc_pair, drop_tree});
}

/* ---- libgc ---------------------------------------------------------------------------------- */

#if HAVE_BDWGC
static double boehm_pairs(void)
{
    double start = now();

    for (uint64_t i = 0; i < PAIRS; i += 1)
        opaque(GC_MALLOC(sizeof(Pair)));
    return (now() - start) / PAIRS;
}

static double boehm_short_lists(void)
{
    Pair *list = NULL;
    double start = now();

    for (uint64_t i = 0; i < PAIRS; i += 1) {
        Pair *pair = opaque(GC_MALLOC(sizeof *pair));
        pair->b = i % 1000 ? list : NULL;
        list = pair;
    }
    return (now() - start) / PAIRS;
}

static double boehm_vectors(void)
{
    uint64_t seed = 1;
    double bytes = 0;
    double start = now();

    while (bytes < 2e9) {
        size_t granules = random_below(&seed, 500);
        opaque(GC_MALLOC((granules + 1) * 8));
        bytes += (double)granules * 8;
    }
    return (now() - start) / bytes * 1024;
}

static double boehm_mark_list(void)
{
    Pair *list = NULL;

    for (uint64_t i = 0; i < LIST; i += 1) {
        Pair *pair = GC_MALLOC(sizeof *pair);
        pair->b = list;
        list = pair;
    }
    opaque(list);
    GC_gcollect();
    double start = now();
    GC_gcollect();
    double time = now() - start;
    opaque(list);
    return time / LIST;
}

static Pair *boehm_pair(void)
{
    return GC_MALLOC(sizeof(Pair));
}

static double boehm_gcbench(void)
{
    return gcbench(&(Trees){boehm_pair, NULL});
}
#else
#    define boehm_pairs       NULL
#    define boehm_short_lists NULL
#    define boehm_vectors     NULL
#    define boehm_mark_list   NULL
#    define boehm_gcbench     NULL
#endif

/* ---- The table ------------------------------------------------------------------------------- */

typedef double Run(void);

static const struct {
    const char *name;
    const char *unit;
    Run *immix, *malloc_, *boehm;
} rows[] = {
    {"pairs", "pair that is garbage at once", immix_pairs, malloc_pairs, boehm_pairs},
    {"lists", "pair of lists of 1000", immix_short_lists, malloc_short_lists,
     boehm_short_lists},
    {"vectors", "KiB in vectors up to 4000 bytes", immix_vectors, malloc_vectors,
     boehm_vectors},
    {"mark-list", "pair marked, one list", immix_mark_list, NULL, boehm_mark_list},
    {"mark-random", "pair marked, from a shuffled vector", immix_mark_random, NULL,
     NULL},
    {"mark-graph", "pair marked, random graph", immix_mark_graph, NULL, NULL},
    {"gcbench", "node of trees that come and go", immix_gcbench, malloc_gcbench,
     boehm_gcbench},
};

static void print_best(Run *run)
{
    double best = 0;

    for (int i = 0; run != NULL && i < 3; i += 1) {
        double time = run();
        if (i == 0 || time < best)
            best = time;
    }
    if (run == NULL)
        printf(" %9s", "-");
    else
        printf(" %9.2f", best);
    fflush(stdout);
}

static bool is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i += 1) {
        if (strncmp(name, argv[i], strlen(argv[i])) == 0)
            return true;
    }
    return argc < 2;
}

int main(int argc, char **argv)
{
#if HAVE_BDWGC
    GC_INIT();
#endif
    printf("%-12s %9s %9s %9s  ns per\n", "", "immix", "malloc", "libgc");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i += 1) {
        if (!is_wanted(rows[i].name, argc, argv))
            continue;
        printf("%-12s", rows[i].name);
        print_best(rows[i].immix);
        print_best(rows[i].malloc_);
        print_best(rows[i].boehm);
        printf("  %s\n", rows[i].unit);
    }
    return 0;
}
