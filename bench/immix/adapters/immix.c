/* immix.c - libimmix for the benchmarks: precise roots, a moving collector, a write barrier. */
#include "immix/immix.h"

#include "../run.h"

enum {
    MM_FREES = 0,
    MM_COLLECTS = 1,
    TYPE_WORDS = 1,
    TYPE_BYTES = 2,
    TYPE_WEAK = 3,
    TYPE_GUARDIAN = 4,
    TYPE_GUARDED = 5,
    MOST_ROOTS = 256,
};

typedef struct Mm {
    ImmixHeap *heap;
    Run *run;
    bool wanted;
    size_t root_count;
    uint64_t roots[MOST_ROOTS];
} Mm;

/* An index, since the collector finds and updates the reference in the table. */
typedef struct Root {
    size_t index;
} Root;

static const ImmixType immix_types[IMMIX_TYPE_COUNT] = {
    [TYPE_WORDS] = {.name = "words", .trace = IMMIX_TRACE_VALUES},
    [TYPE_BYTES] = {.name = "bytes", .trace = IMMIX_TRACE_LEAF},
    [TYPE_WEAK] = {.name = "weak", .trace = IMMIX_TRACE_WEAK},
    [TYPE_GUARDIAN] = {.name = "guardian", .trace = IMMIX_TRACE_GUARDIAN},
    [TYPE_GUARDED] = {.name = "guarded", .trace = IMMIX_TRACE_GUARDED},
};

/* ---- Roots and safepoints ------------------------------------------------------------------ */

static void visit_roots(ImmixTracer *tracer, void *context)
{
    Mm *mm = context;

    immix_visit_range(tracer, mm->roots, mm->root_count);
}

static void collection_wanted(void *context)
{
    ((Mm *)context)->wanted = true;
}

ALWAYS_INLINE Root mm_root(Mm *mm, uint64_t *object)
{
    if (UNLIKELY(mm->root_count == MOST_ROOTS))
        run_fail(mm->run, "too many roots");
    mm->roots[mm->root_count] = (uint64_t)(uintptr_t)object;
    return (Root){mm->root_count++};
}

ALWAYS_INLINE uint64_t *mm_get(Mm *mm, const Root *root)
{
    return (uint64_t *)(uintptr_t)mm->roots[root->index];
}

ALWAYS_INLINE void mm_set(Mm *mm, Root *root, uint64_t *object)
{
    mm->roots[root->index] = (uint64_t)(uintptr_t)object;
}

ALWAYS_INLINE void mm_unroot(Mm *mm, Root *root)
{
    mm->root_count = root->index;
}

static uint64_t full_collections(const Mm *mm)
{
    ImmixStats stats;

    immix_stats(mm->heap, &stats);
    return stats.collections[IMMIX_FULL] + stats.collections[IMMIX_EVACUATE];
}

static NO_INLINE void collect_for_policy(Mm *mm)
{
    uint64_t full = full_collections(mm);

    mm->wanted = false;
    run_pause_start(mm->run);
    immix_collect_for_policy(mm->heap);
    run_pause_stop(mm->run, full_collections(mm) != full ? KIND_FULL : KIND_MINOR);
}

ALWAYS_INLINE void mm_safepoint(Mm *mm)
{
    if (UNLIKELY(mm->wanted))
        collect_for_policy(mm);
}

static void mm_collect(Mm *mm, Kind kind)
{
    run_pause_start(mm->run);
    immix_collect(mm->heap, kind == KIND_MINOR ? IMMIX_MINOR : IMMIX_FULL);
    run_pause_stop(mm->run, kind);
    mm->wanted = false;
}

/* ---- Objects -------------------------------------------------------------------------------- */

ALWAYS_INLINE uint64_t *new_object(Mm *mm, uint8_t type, size_t bytes, uint64_t flags)
{
    uint32_t granules = (uint32_t)((bytes + 7) / 8);
    uint64_t *object = immix_alloc(mm->heap, immix_header(type, 0, granules, flags));

    if (UNLIKELY(object == NULL))
        run_fail(mm->run, "out of memory");
    return object;
}

ALWAYS_INLINE uint64_t *mm_node(Mm *mm, uint32_t words)
{
    return new_object(mm, TYPE_WORDS, words * sizeof(uint64_t), 0);
}

static uint64_t *mm_vector(Mm *mm, size_t words)
{
    uint64_t *object = immix_alloc_zeroed(
        mm->heap, immix_header(TYPE_WORDS, 0, (uint32_t)words, 0));

    if (object == NULL)
        run_fail(mm->run, "out of memory");
    return object;
}

ALWAYS_INLINE uint64_t *mm_bytes(Mm *mm, size_t bytes)
{
    return new_object(mm, TYPE_BYTES, bytes, IMMIX_LEAF);
}

ALWAYS_INLINE void mm_drop(Mm *mm, uint64_t *object)
{
    (void)mm;
    (void)object;
}

ALWAYS_INLINE void mm_store(Mm *mm, uint64_t *object, size_t index, uint64_t value)
{
    object[index] = value;
    immix_barrier(mm->heap, object);
}

ALWAYS_INLINE void mm_store_element(Mm *mm, uint64_t *vector, size_t index,
                                    uint64_t value)
{
    vector[index] = value;
    immix_barrier_range(mm->heap, vector, &vector[index], sizeof value);
}

/* ---- Weak references and guardians ---------------------------------------------------------- */

ALWAYS_INLINE uint64_t *mm_weak(Mm *mm, uint64_t *object)
{
    uint64_t *cell = new_object(mm, TYPE_WEAK, sizeof(ImmixWeak), 0);

    *(ImmixWeak *)cell = (ImmixWeak){.reference = (uint64_t)(uintptr_t)object};
    return cell;
}

ALWAYS_INLINE uint64_t *mm_weak_get(Mm *mm, uint64_t *cell)
{
    (void)mm;
    return (uint64_t *)(uintptr_t)((ImmixWeak *)cell)->reference;
}

static uint64_t *mm_guardian(Mm *mm)
{
    uint64_t *guardian = new_object(mm, TYPE_GUARDIAN, sizeof(ImmixGuardian), 0);

    *(ImmixGuardian *)guardian = (ImmixGuardian){0};
    return guardian;
}

static void mm_guard(Mm *mm, uint64_t *guardian, uint64_t *object)
{
    uint64_t *registration = new_object(mm, TYPE_GUARDED, sizeof(ImmixGuarded), 0);
    uint64_t word = (uint64_t)(uintptr_t)object;

    immix_guard(mm->heap, (ImmixGuardian *)guardian, (ImmixGuarded *)registration, word, word);
}

static uint64_t *mm_guardian_take(Mm *mm, uint64_t *guardian)
{
    uint64_t word;

    if (!immix_guardian_take(mm->heap, (ImmixGuardian *)guardian, &word))
        return NULL;
    return (uint64_t *)(uintptr_t)word;
}

/* ---- Heaps ---------------------------------------------------------------------------------- */

static void mm_open(Mm *mm, Run *run, size_t heap_bytes, size_t nursery_bytes)
{
    ImmixClient client = {
        .context = mm,
        .reference_tags = 1 << 0,
        .types = immix_types,
        .visit_roots = visit_roots,
        .collection_wanted = collection_wanted,
    };
    /* A heap of a given size may be filled before it is collected, as the others' are. */
    ImmixOptions options = {
        .limit_bytes = heap_bytes,
        .nursery_bytes = nursery_bytes,
        .least_growth_bytes = heap_bytes,
    };

    mm->run = run;
    mm->wanted = false;
    mm->root_count = 0;
    mm->heap = immix_open(&client, &options);
    if (mm->heap == NULL)
        run_fail(run, "no heap");
}

static void mm_close(Mm *mm)
{
    immix_close(mm->heap);
}

#define ADAPTER immix
#include "../workloads.h"
