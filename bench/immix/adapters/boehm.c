/* boehm.c - the Boehm collector for the benchmarks, set up as kindly as it can be.
 *
 * One marker thread, so that CPU times compare; references always point at the start of an
 * object, so inner pointers in the heap need not be looked for, and a pair takes 16 bytes. A
 * heap of a given size is had at once and never grows. */
#include "../run.h"

#include <gc.h>
#include <stdlib.h>

enum {
    MM_FREES = 0,
    MM_COLLECTS = 1,
};

typedef struct Mm {
    Run *run;
} Mm;

/* On the C stack, where the collector looks for it. */
typedef struct Root {
    uint64_t *object;
} Root;

/* The collector's callbacks take no context. There is one run in a process. */
static Run *current_run;

/* ---- Roots and safepoints ------------------------------------------------------------------ */

ALWAYS_INLINE Root mm_root(Mm *mm, uint64_t *object)
{
    (void)mm;
    return (Root){object};
}

/* Opaque, so that the compiler keeps the reference itself, and not one derived from it that
 * leads elsewhere. */
ALWAYS_INLINE uint64_t *mm_get(Mm *mm, const Root *root)
{
    uint64_t *object = root->object;

    (void)mm;
    __asm__ volatile("" : "+r"(object));
    return object;
}

ALWAYS_INLINE void mm_set(Mm *mm, Root *root, uint64_t *object)
{
    (void)mm;
    root->object = object;
}

ALWAYS_INLINE void mm_unroot(Mm *mm, Root *root)
{
    (void)mm;
    root->object = NULL;
}

ALWAYS_INLINE void mm_safepoint(Mm *mm)
{
    (void)mm;
}

static void mm_collect(Mm *mm, Kind kind)
{
    (void)mm;
    (void)kind;
    GC_gcollect();
}

/* ---- Objects -------------------------------------------------------------------------------- */

ALWAYS_INLINE uint64_t *checked(Mm *mm, void *object)
{
    if (UNLIKELY(object == NULL))
        run_fail(mm->run, "out of memory");
    __asm__ volatile("" : "+r"(object) : : "memory");
    return object;
}

ALWAYS_INLINE uint64_t *mm_node(Mm *mm, uint32_t words)
{
    return checked(mm, GC_MALLOC(words * sizeof(uint64_t)));
}

/* The collector wants to be told of what is reached by its start alone. */
static uint64_t *mm_vector(Mm *mm, size_t words)
{
    size_t bytes = words * sizeof(uint64_t);

    if (bytes >= 100 * 1024)
        return checked(mm, GC_MALLOC_IGNORE_OFF_PAGE(bytes));
    return checked(mm, GC_MALLOC(bytes));
}

ALWAYS_INLINE uint64_t *mm_bytes(Mm *mm, size_t bytes)
{
    if (bytes >= 100 * 1024)
        return checked(mm, GC_MALLOC_ATOMIC_IGNORE_OFF_PAGE(bytes));
    return checked(mm, GC_MALLOC_ATOMIC(bytes));
}

ALWAYS_INLINE void mm_drop(Mm *mm, uint64_t *object)
{
    (void)mm;
    (void)object;
}

ALWAYS_INLINE void mm_store(Mm *mm, uint64_t *object, size_t index, uint64_t value)
{
    (void)mm;
    object[index] = value;
}

ALWAYS_INLINE void mm_store_element(Mm *mm, uint64_t *vector, size_t index,
                                    uint64_t value)
{
    (void)mm;
    vector[index] = value;
}

/* ---- Weak references and guardians ---------------------------------------------------------- */

/* A disappearing link, in memory that is not searched for references. */
static uint64_t *mm_weak(Mm *mm, uint64_t *object)
{
    void **cell = (void **)checked(mm, GC_MALLOC_ATOMIC(sizeof(void *)));

    *cell = object;
    if (GC_general_register_disappearing_link(cell, object) == GC_NO_MEMORY)
        run_fail(mm->run, "out of memory");
    return (uint64_t *)cell;
}

ALWAYS_INLINE uint64_t *mm_weak_get(Mm *mm, uint64_t *cell)
{
    (void)mm;
    return *(uint64_t **)cell;
}

/* The head of a list of the objects whose finalisers ran. */
static uint64_t *mm_guardian(Mm *mm)
{
    return mm_node(mm, 1);
}

static void queue_dead(void *object, void *guardian)
{
    uint64_t *queued = GC_MALLOC(2 * sizeof(uint64_t));

    if (queued == NULL)
        run_fail(current_run, "out of memory");
    queued[0] = (uint64_t)(uintptr_t)object;
    queued[1] = *(uint64_t *)guardian;
    *(uint64_t *)guardian = (uint64_t)(uintptr_t)queued;
}

static void mm_guard(Mm *mm, uint64_t *guardian, uint64_t *object)
{
    (void)mm;
    GC_register_finalizer_no_order(object, queue_dead, guardian, NULL, NULL);
}

static uint64_t *mm_guardian_take(Mm *mm, uint64_t *guardian)
{
    (void)mm;
    if (guardian[0] == 0 && GC_should_invoke_finalizers())
        GC_invoke_finalizers();
    uint64_t *queued = (uint64_t *)(uintptr_t)guardian[0];
    if (queued == NULL)
        return NULL;
    guardian[0] = queued[1];
    return (uint64_t *)(uintptr_t)queued[0];
}

/* ---- Heaps ---------------------------------------------------------------------------------- */

static void on_event(GC_EventType event)
{
    if (event == GC_EVENT_START)
        run_pause_start(current_run);
    else if (event == GC_EVENT_END)
        run_pause_stop(current_run, KIND_FULL);
}

static void mm_open(Mm *mm, Run *run, size_t heap_bytes, size_t nursery_bytes)
{
    (void)nursery_bytes;
    mm->run = current_run = run;
    GC_set_all_interior_pointers(0);
    if (setenv("GC_MARKERS", "1", 1) != 0)
        run_fail(run, "no memory for the environment");
    GC_INIT();
    GC_set_finalize_on_demand(1);
    GC_set_on_collection_event(on_event);
    if (heap_bytes > GC_get_heap_size()) {
        if (!GC_expand_hp(heap_bytes - GC_get_heap_size()))
            run_fail(run, "no heap");
        GC_set_max_heap_size(heap_bytes);
    }
}

static void mm_close(Mm *mm)
{
    (void)mm;
}

#define ADAPTER boehm
#include "../workloads.h"
