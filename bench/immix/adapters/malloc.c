/* malloc.c - malloc and free for the benchmarks: nothing is collected, workloads say what dies. */
#include "../run.h"

#include <stdlib.h>

enum {
    MM_FREES = 1,
    MM_COLLECTS = 0,
};

typedef struct Mm {
    Run *run;
} Mm;

typedef struct Root {
    uint64_t *object;
} Root;

/* ---- Roots and safepoints ------------------------------------------------------------------ */

ALWAYS_INLINE Root mm_root(Mm *mm, uint64_t *object)
{
    (void)mm;
    return (Root){object};
}

ALWAYS_INLINE uint64_t *mm_get(Mm *mm, const Root *root)
{
    (void)mm;
    return root->object;
}

ALWAYS_INLINE void mm_set(Mm *mm, Root *root, uint64_t *object)
{
    (void)mm;
    root->object = object;
}

ALWAYS_INLINE void mm_unroot(Mm *mm, Root *root)
{
    (void)mm;
    (void)root;
}

ALWAYS_INLINE void mm_safepoint(Mm *mm)
{
    (void)mm;
}

static void mm_collect(Mm *mm, Kind kind)
{
    (void)mm;
    (void)kind;
}

/* ---- Objects -------------------------------------------------------------------------------- */

/* The compiler may not pair an allocation with its free and remove both. */
ALWAYS_INLINE uint64_t *checked(Mm *mm, void *object)
{
    if (UNLIKELY(object == NULL))
        run_fail(mm->run, "out of memory");
    __asm__ volatile("" : "+r"(object) : : "memory");
    return object;
}

ALWAYS_INLINE uint64_t *mm_node(Mm *mm, uint32_t words)
{
    return checked(mm, malloc(words * sizeof(uint64_t)));
}

static uint64_t *mm_vector(Mm *mm, size_t words)
{
    return checked(mm, calloc(words, sizeof(uint64_t)));
}

ALWAYS_INLINE uint64_t *mm_bytes(Mm *mm, size_t bytes)
{
    return checked(mm, malloc(bytes));
}

ALWAYS_INLINE void mm_drop(Mm *mm, uint64_t *object)
{
    (void)mm;
    free(object);
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

/* Here nothing dies but what is dropped. */
ALWAYS_INLINE uint64_t *mm_weak(Mm *mm, uint64_t *object)
{
    uint64_t *cell = mm_node(mm, 1);

    cell[0] = (uint64_t)(uintptr_t)object;
    return cell;
}

ALWAYS_INLINE uint64_t *mm_weak_get(Mm *mm, uint64_t *cell)
{
    (void)mm;
    return (uint64_t *)(uintptr_t)cell[0];
}

static uint64_t *mm_guardian(Mm *mm)
{
    return mm_node(mm, 1);
}

static void mm_guard(Mm *mm, uint64_t *guardian, uint64_t *object)
{
    (void)mm;
    (void)guardian;
    (void)object;
}

static uint64_t *mm_guardian_take(Mm *mm, uint64_t *guardian)
{
    (void)mm;
    (void)guardian;
    return NULL;
}

/* ---- Heaps ---------------------------------------------------------------------------------- */

static void mm_open(Mm *mm, Run *run, size_t heap_bytes, size_t nursery_bytes)
{
    (void)heap_bytes;
    (void)nursery_bytes;
    mm->run = run;
}

static void mm_close(Mm *mm)
{
    (void)mm;
}

#define ADAPTER malloc
#include "../workloads.h"
