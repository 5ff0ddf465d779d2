/* heap.h - the heap's state, and what its parts offer one another.
 *
 * One struct holds everything; each part below owns the fields of the struct that bears its
 * name and nobody else writes them.
 *
 *     pool      chunks, free and recyclable blocks, the account against the limit
 *     bump      holes that are allocated into
 *     large     objects with pages of their own, and the spans where they lie
 *     mark      tracing (ImmixTracer)
 *     evacuate  choosing blocks and copying objects out of them
 *     remember  the remembered set and cards
 *     weak      weak objects, ephemerons, guardians
 *     finalize  objects with finalisers
 *     policy    the numbers, in heap->options (policy.h)
 *     heap      opening, closing, collecting, policy
 */
#ifndef IMMIX_HEAP_H
#define IMMIX_HEAP_H

#include "block.h"
#include "immix/immix.h"
#include "os.h"

enum {
    /* The mark stack never gets smaller: an object that is not large has fewer words, so
     * with an empty stack one can always be scanned. */
    MARK_STACK_BYTES = 64 * 1024,
};

/* In a tracer's `words`: all words are values, or the type has a trace function. */
#define WORDS_ALL    ((uint32_t)UINT32_MAX)
#define WORDS_CUSTOM ((uint32_t)UINT32_MAX - 1)

_Static_assert(MARK_STACK_BYTES / sizeof(uintptr_t) > IMMIX_LARGE_BYTES / 8,
               "see above");

/* ---- State ------------------------------------------------------------------------------ */

/* Memory that is being allocated into, [cursor, limit); what lies before was taken from it
 * since `start`. Begins like ImmixBump. */
typedef struct Region {
    uintptr_t cursor;
    uintptr_t limit;
    uintptr_t start;
} Region;

_Static_assert(offsetof(Region, cursor) == offsetof(ImmixBump, cursor), "");
_Static_assert(offsetof(Region, limit) == offsetof(ImmixBump, limit), "");

/* Growable array of words, on pages of its own that count against the limit. */
typedef struct Words {
    uintptr_t *at;
    size_t count;
    size_t capacity;
} Words;

/* Open addressing; an entry is a chunk's base, or a large object's base with bit 0 set. */
typedef struct OwnerTable {
    uintptr_t *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} OwnerTable;

typedef struct HugePages {
    size_t small_bytes; /* to be mapped with small pages before a huge one is tried again */
    size_t next_small_bytes; /* when that one is dear too */
} HugePages;

typedef struct Pool {
    Chunk *chunks; /* by no order that matters */
    OwnerTable owners;
    Block *recyclable;
    Block *free_resident; /* their pages are counted against the limit */
    Block *free_clean;    /* no pages behind them: never used, or discarded */
    Block *touched;
    size_t recyclable_lines; /* free in the blocks of that list */
    size_t chunk_count;
    size_t free_resident_count;
    size_t free_clean_count;
    size_t used_blocks; /* used or recyclable */
    HugePages huge;
} Pool;

/* Stands at the start of the object's pages. */
typedef struct LargeObject {
    struct LargeObject *next, *previous; /* in young or old */
    struct LargeObject *next_grey;       /* in the tracer's list, while is_grey */
    ImmixHeap *heap;
    uint8_t *cards; /* NULL: cannot be carded */
    size_t map_bytes;
    uint32_t scanned; /* words, while is_grey */
    bool is_grey;
    bool is_clean; /* the payload was zero when the object was made */
    bool seen;     /* by the verifier */
} LargeObject;

enum {
    LARGE_HEAD_BYTES = 128, /* before the payload: record, padding, header */
    SPAN_CLASSES = 11,
};
_Static_assert(sizeof(LargeObject) + IMMIX_HEADER_BYTES <= LARGE_HEAD_BYTES, "");

typedef struct Span Span;

typedef struct Large {
    LargeObject *young;
    LargeObject *old;
    size_t bytes; /* of the pages of objects */
    size_t count;
    Span *spans[SPAN_CLASSES]; /* see span.h */
    size_t span_count;
    /* Of pages that no object has and that are counted, to be used again or given up. */
    size_t free_bytes;
} Large;

/* See mark.h. */
struct ImmixTracer {
    ImmixHeap *heap;
    /* Entries: an object to mark, or the address of a slot if some objects move; with bit 0
     * set, a marked object to scan. */
    Words stack;
    size_t stack_max; /* entries; for tests. 0: the limit alone decides */
    LargeObject *grey_large;
    uintptr_t weak; /* lists of objects that were scanned: see weak.c */
    uintptr_t ephemerons;
    uintptr_t guardians;
    uint64_t epoch_bits; /* as in a header */
    uint64_t unlogged;   /* UNLOGGED, or 0 if the remembered set is off */
    uint8_t epoch;
    uint8_t reference_tags;
    uint32_t carded_granules; /* objects with more have cards */
    bool full;
    bool moving;      /* some block is to be evacuated */
    bool has_grey;    /* objects are marked but not scanned: see their grey bits */
    bool grow_failed; /* do not try again in this collection */
    bool active;
    struct Verifier *verifier; /* set: visit for it, mark nothing */
    uint64_t marked_bytes;
    uint64_t moved_bytes;
    Region copy; /* where moved objects go */
    uint32_t
        words[IMMIX_TYPE_COUNT]; /* leading words that are values, or WORDS_CUSTOM */
};

typedef struct Remembered {
    Words objects;   /* whole */
    Words carded;    /* those with DIRTY */
    bool off; /* nothing is recorded: the next collection must be full */
} Remembered;

typedef struct Finalizers {
    Words objects;
    size_t old_count; /* the first so many are old */
} Finalizers;

typedef struct Policy {
    size_t nursery_bytes;
    size_t young_bytes; /* allocated since the last collection, retired regions only */
    size_t young_external_bytes; /* external bytes added since */
    size_t old_bytes;  /* live after the last full collection, and promoted since */
    size_t live_bytes; /* after the last full collection */
    size_t external_at_full;
    size_t margin_bytes;  /* with a limit: room that is left when a collection is due */
    uint32_t poor_minors; /* running */
    uint32_t full_only;   /* for so many full collections, no minor ones in between */
    uint32_t next_full_only; /* ... and so many when minor ones prove poor again */
    size_t crowded_bytes;      /* to be had after the last collection */
    uint32_t evacuation_rests; /* for so many full collections, because it gained little */
    bool crowded;      /* ... and that was little */
    bool stress_minor; /* the next collection in stress mode 2 is a minor one */
    bool told;         /* collection_wanted was called in this cycle */
} Policy;

struct ImmixHeap {
    Region bump; /* must be first: immix_alloc() works on it */
    uintptr_t
        hidden_limit; /* of `bump` while every allocation must take the slow path */
    bool hiding;
    FreeMap holes; /* of the block that `bump` is in: those still to come */
    Block *block;
    Region overflow;

    ImmixClient client;
    ImmixOptions options;
    size_t limit_bytes;
    size_t held_bytes;
    size_t peak_bytes;
    size_t external_bytes;
    uint64_t fail_after; /* 0: off; n: the n-th from now fails; 1 stays 1 */

    Pool pool;
    Large large;
    ImmixTracer tracer;
    Remembered remembered;
    Finalizers finalizers;
    Policy policy;
    ImmixStats stats; /* the fields that are not computed on request */
};

/* ---- Sizes -------------------------------------------------------------------------------- */

/* Bytes from the header on, the word of an identity hash included. */
ALWAYS_INLINE size_t object_bytes(uint64_t header_bits)
{
    size_t hash_words =
        (header_bits & IMMIX_IDENTITY_MASK) >> (IMMIX_IDENTITY_SHIFT + 1);

    return IMMIX_HEADER_BYTES
         + ((size_t)(header_bits >> IMMIX_GRANULES_SHIFT) + hash_words)
               * IMMIX_GRANULE_BYTES;
}

ALWAYS_INLINE size_t object_align(uint64_t header_bits)
{
    return (size_t)8 << ((header_bits & IMMIX_ALIGN_MASK) >> IMMIX_ALIGN_SHIFT);
}

ALWAYS_INLINE uint8_t type_of_bits(uint64_t header_bits)
{
    return (uint8_t)(header_bits >> IMMIX_TYPE_SHIFT);
}

ALWAYS_INLINE bool is_leaf(const ImmixTracer *tracer, uint64_t header_bits)
{
    return (header_bits & IMMIX_LEAF) != 0
        || tracer->words[type_of_bits(header_bits)] == 0;
}

/* ---- pool ---------------------------------------------------------------------------------- */

/* Counts bytes against the limit, giving back free blocks if that helps. False: not counted. */
MUST_CHECK bool immix_charge(ImmixHeap *heap, size_t bytes);
void immix_refund(ImmixHeap *heap, size_t bytes);
/* Maps pages, which the caller charges as they are used; huge ones if they may begin where such
 * do, the heap is not small, the limit leaves room for what nobody asks for of them, and they
 * are cheaper than small ones, as they are where the system has them at hand. */
MUST_CHECK void *immix_map(ImmixHeap *heap, size_t bytes, size_t align_bytes);
/* Should a mapping of so many bytes try a huge page? Counts it if not. */
MUST_CHECK bool immix_huge_due(HugePages *huge, size_t bytes);
/* Learns how long one took; true: so long that the rest should be small. */
MUST_CHECK bool immix_huge_is_dear(HugePages *huge, uint64_t ns);
/* What could still be charged. */
size_t immix_room_bytes(const ImmixHeap *heap);

MUST_CHECK bool immix_owner_add(ImmixHeap *heap, uintptr_t entry);
void immix_owner_remove(ImmixHeap *heap, uintptr_t entry);
bool immix_owner_has(const ImmixHeap *heap, uintptr_t entry);

/* Makes room for `count` more words. False: no memory, or over the limit. */
MUST_CHECK bool immix_words_reserve(ImmixHeap *heap, Words *words, size_t count);
void immix_words_release(ImmixHeap *heap, Words *words);

void immix_pool_open(Pool *pool);
/* A block to allocate into, touched; NULL: none. */
MUST_CHECK Block *immix_take_free_block(ImmixHeap *heap);
MUST_CHECK Block *immix_take_recyclable_block(ImmixHeap *heap);
/* How many blocks immix_take_free_block() can give. */
size_t immix_free_blocks_within_limit(const ImmixHeap *heap);

/* After a minor collection: the touched blocks alone. */
void immix_pool_sweep_touched(ImmixHeap *heap);
/* After a full one: all blocks; then gives memory back, keeping `reserve_blocks` free, or those
 * that have become free now, up to `most_blocks`. */
void immix_pool_sweep_all(ImmixHeap *heap, size_t reserve_blocks, size_t most_blocks);
void immix_pool_close(ImmixHeap *heap);

/* ---- bump ---------------------------------------------------------------------------------- */

/* Places `bytes` with the payload at a multiple of `align_bytes`: the header's address, or 0
 * when the region is too full. */
MUST_CHECK uintptr_t immix_region_place(Region *region, size_t bytes,
                                        size_t align_bytes);
/* Makes a whole block the region. */
void immix_region_open(Region *region, Block *block);
/* Closes the region, and returns how many bytes were taken from it. */
size_t immix_region_close(Region *region);
/* Closes all regions of the mutator, so that the heap can be collected. */
void immix_bump_retire(ImmixHeap *heap);
/* Bytes taken from regions that are still open. */
size_t immix_bump_open_bytes(const ImmixHeap *heap);
/* Counts an allocation; true if it is one that is to fail. */
bool immix_fails_now(ImmixHeap *heap);
/* Makes every allocation take the slow path, or stops it. */
void immix_bump_hide(ImmixHeap *heap);
void immix_bump_show(ImmixHeap *heap);

/* ---- large --------------------------------------------------------------------------------- */

ALWAYS_INLINE LargeObject *large_of(const void *object)
{
    return (LargeObject *)((uintptr_t)object - LARGE_HEAD_BYTES);
}

ALWAYS_INLINE void *large_object(const LargeObject *large)
{
    return (void *)((uintptr_t)large + LARGE_HEAD_BYTES);
}

MUST_CHECK void *immix_large_alloc(ImmixHeap *heap, ImmixHeader header);
/* Frees what is not marked: of the young ones, and in a full collection of the old ones. */
void immix_large_sweep(ImmixHeap *heap, bool full);
/* Makes the payload of a new object zero, if it is not. */
void immix_large_clear(void *object);
/* Gives `bytes` of the free pages back to the system, or somewhat more, or all. */
void immix_large_drop_free(ImmixHeap *heap, size_t bytes);
void immix_large_close(ImmixHeap *heap);

/* ---- evacuate ------------------------------------------------------------------------------ */

/* Marks blocks to be evacuated; true if there are any. */
bool immix_choose_evacuees(ImmixHeap *heap, ImmixCollection kind);
/* Copies the object out of its block and forwards it, or returns NULL: no room. `bits` is
 * the object's header, and `marked` what the copy's header shall be. */
MUST_CHECK void *immix_evacuate(ImmixTracer *tracer, void *object, uint64_t bits,
                                uint64_t marked);
void immix_evacuation_end(ImmixHeap *heap);

/* ---- remember ------------------------------------------------------------------------------ */

/* Hands everything remembered to the tracer, and forgets it. */
void immix_remembered_trace(ImmixHeap *heap);
/* Forgets everything, because a full collection begins. */
void immix_remembered_drop(ImmixHeap *heap);
/* The same, and from now on nothing is remembered, because the next collection will be full:
 * objects lose UNLOGGED at the next store, or in that collection, and stores cost nothing. */
void immix_remembered_stop(ImmixHeap *heap);
/* Calls `act` for each run of the object's value words that lies on a dirty card. */
void immix_dirty_runs(ImmixHeap *heap, void *object,
                      void (*act)(void *context, uint64_t *slots, size_t count),
                      void *context);
/* The leading payload words that are values. */
size_t immix_value_words(const ImmixTracer *tracer, uint64_t header_bits);

/* ---- weak ---------------------------------------------------------------------------------- */

enum {
    WEAK_LINK_WORD = 1, /* of all but registrations */
};

void immix_weak_begin(ImmixTracer *tracer);
/* Scans a marked object of a type with one of the weak trace kinds. */
void immix_weak_scan(ImmixTracer *tracer, ImmixTrace trace, void *object);
/* Brings back what guardians are to return, with all that it refers to. All else is marked. */
void immix_guardians_trace(ImmixTracer *tracer);
/* Breaks what leads to the dead, and forgets who waited for whom. */
void immix_weak_end(ImmixTracer *tracer);

/* ---- finalize ------------------------------------------------------------------------------ */

ALWAYS_INLINE bool needs_finalizer(const ImmixHeap *heap, uint64_t header_bits)
{
    return heap->client.types[type_of_bits(header_bits)].finalize != NULL;
}

/* Runs the finalisers of the dead, whose memory must still be intact, and updates the
 * places of the others. */
void immix_finalize_dead(ImmixHeap *heap);
void immix_finalize_all(ImmixHeap *heap);

/* ---- heap ---------------------------------------------------------------------------------- */

/* The next collection is a full one, and perhaps some more: the remembered set stops. */
void immix_give_up_minors(ImmixHeap *heap);
/* Tells the client, once, that a collection is due, if one is. */
void immix_consider_telling(ImmixHeap *heap);

ALWAYS_INLINE uint64_t immix_hash_of_address(uintptr_t object)
{
    uint64_t hash = object >> 3; /* the finaliser of splitmix64 */

    hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ hash >> 27) * 0x94D049BB133111EB;
    return hash ^ hash >> 31;
}

#endif /* IMMIX_HEAP_H */
