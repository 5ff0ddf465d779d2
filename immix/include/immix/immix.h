/* immix.h - allocate and collect objects in a Sticky Immix heap.
 *
 * The heap knows bytes, headers and edges; it knows nothing of Lisp. A client describes its
 * objects once, by a table of type descriptors, and then only allocates.
 *
 * Contract
 *   - Allocation never collects. Raw pointers stay good until immix_collect().
 *   - immix_collect() may move any object that is neither pinned nor large. Afterwards every
 *     pointer that the client did not report through the tracer is stale.
 *   - A heap is used by one thread at a time; it may move between threads in between.
 *   - Hooks run inside immix_collect() and must not call into the heap, but for the
 *     functions that take an ImmixTracer.
 *
 * Layout of an object: an 8-byte header, then the payload. A reference to an object is the
 * address of its payload, which is a multiple of 8, plus a tag in its low three bits.
 */
#ifndef IMMIX_IMMIX_H
#define IMMIX_IMMIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "immix/compiler.h"

typedef struct ImmixHeap ImmixHeap;
typedef struct ImmixTracer ImmixTracer;

enum {
    IMMIX_GRANULE_BYTES = 8,
    IMMIX_HEADER_BYTES = 8,
    IMMIX_LINE_BYTES = 128,
    IMMIX_BLOCK_BYTES = 32 * 1024,
    IMMIX_CHUNK_BYTES = 4 * 1024 * 1024,
    IMMIX_LINES_PER_BLOCK = IMMIX_BLOCK_BYTES / IMMIX_LINE_BYTES,
    /* An object whose header and payload together take more is a large object. */
    IMMIX_LARGE_BYTES = 8 * 1024,
};

typedef enum ImmixError {
    IMMIX_OK,
    IMMIX_BAD_REQUEST,   /* a size that no heap could serve */
    IMMIX_OUT_OF_MEMORY, /* the limit is reached, or the system has no memory */
} ImmixError;

typedef enum ImmixSizeClass {
    IMMIX_SMALL,
    IMMIX_MEDIUM,
    IMMIX_LARGE
} ImmixSizeClass;

/* ---- Headers ---------------------------------------------------------------------------
 *
 *   bit  0      UNLOGGED     old, and not in the remembered set: the barrier has work to do
 *   bits 1-2    mark epoch   0 = allocated since the last collection; 1, 2, 3 in turn
 *   bit  3      FORWARDED    moved: the other bits of the header are the new address
 *   bit  4      PINNED       never moves
 *   bit  5      LEAF         holds no references
 *   bit  6      LARGE        has pages of its own; never moves
 *   bit  7      CARDED       barriers mark cards instead of the object
 *   bits 8-9    identity     0 never hashed, 1 hashed by address, 2 hash in a trailing word
 *   bit  10     IMMUTABLE    the client's: a literal constant
 *   bit  11     DIRTY        CARDED, and some of its cards are marked
 *   bit  12     FINALIZED    has a finaliser, which the heap must be told of
 *   bits 13-14  alignment    of the payload: 8 << n bytes, kept when the object moves
 *   bit  15     unused, zero
 *   bits 16-23  type         index into the client's table of descriptors
 *   bits 24-31  extra        a byte of the type's own
 *   bits 32-63  granules     payload size in 8-byte granules, without the header
 *
 * A forwarded header holds the new address shifted left by 16 instead: see mark.h.
 * Type and extra are one aligned 16-bit field, so that a client can test both at once.
 */
typedef struct ImmixHeader {
    uint64_t bits;
} ImmixHeader;

#define IMMIX_UNLOGGED       ((uint64_t)1 << 0)
#define IMMIX_EPOCH_SHIFT    1
#define IMMIX_EPOCH_MASK     ((uint64_t)3 << 1)
#define IMMIX_FORWARDED      ((uint64_t)1 << 3)
#define IMMIX_PINNED         ((uint64_t)1 << 4)
#define IMMIX_LEAF           ((uint64_t)1 << 5)
#define IMMIX_LARGE_BIT      ((uint64_t)1 << 6)
#define IMMIX_CARDED         ((uint64_t)1 << 7)
#define IMMIX_IDENTITY_SHIFT 8
#define IMMIX_IDENTITY_MASK  ((uint64_t)3 << 8)
#define IMMIX_IMMUTABLE      ((uint64_t)1 << 10)
#define IMMIX_DIRTY          ((uint64_t)1 << 11)
#define IMMIX_FINALIZED      ((uint64_t)1 << 12)
#define IMMIX_ALIGN_SHIFT    13
#define IMMIX_ALIGN_MASK     ((uint64_t)3 << 13)
#define IMMIX_TYPE_SHIFT     16
#define IMMIX_EXTRA_SHIFT    24
#define IMMIX_GRANULES_SHIFT 32
#define IMMIX_MAX_GRANULES   ((uint64_t)UINT32_MAX)

/* The header of a new object. `flags` is any of PINNED, LEAF, IMMUTABLE, FINALIZED. */
ALWAYS_INLINE ImmixHeader immix_header(uint8_t type, uint8_t extra, uint32_t granules,
                                       uint64_t flags)
{
    return (ImmixHeader){flags | (uint64_t)type << IMMIX_TYPE_SHIFT
                         | (uint64_t)extra << IMMIX_EXTRA_SHIFT
                         | (uint64_t)granules << IMMIX_GRANULES_SHIFT};
}

ALWAYS_INLINE ImmixHeader *immix_header_of(const void *object)
{
    return (ImmixHeader *)((uintptr_t)object - IMMIX_HEADER_BYTES);
}

ALWAYS_INLINE void *immix_object_of(const ImmixHeader *header)
{
    return (void *)((uintptr_t)header + IMMIX_HEADER_BYTES);
}

ALWAYS_INLINE uint8_t immix_type_of(const void *object)
{
    return (uint8_t)(immix_header_of(object)->bits >> IMMIX_TYPE_SHIFT);
}

ALWAYS_INLINE uint8_t immix_extra_of(const void *object)
{
    return (uint8_t)(immix_header_of(object)->bits >> IMMIX_EXTRA_SHIFT);
}

/* Type in the low byte, extra in the high one. */
ALWAYS_INLINE uint16_t immix_type_and_extra_of(const void *object)
{
    return (uint16_t)(immix_header_of(object)->bits >> IMMIX_TYPE_SHIFT);
}

ALWAYS_INLINE uint32_t immix_granules_of(const void *object)
{
    return (uint32_t)(immix_header_of(object)->bits >> IMMIX_GRANULES_SHIFT);
}

/* ---- Describing objects -------------------------------------------------------------- */

typedef enum ImmixTrace {
    IMMIX_TRACE_LEAF,        /* no references */
    IMMIX_TRACE_VALUES,      /* every payload word is a tagged value */
    IMMIX_TRACE_HEAD_VALUES, /* the first head_words words are tagged values, the rest raw */
    IMMIX_TRACE_CUSTOM,      /* trace() reports the references */
    IMMIX_TRACE_WEAK,        /* see ImmixWeak */
    IMMIX_TRACE_EPHEMERON, /* see ImmixEphemeron */
    IMMIX_TRACE_GUARDIAN,  /* see ImmixGuardian */
    IMMIX_TRACE_GUARDED,   /* see ImmixGuarded */
} ImmixTrace;

typedef struct ImmixType {
    const char *name; /* NULL: no such type */
    ImmixTrace trace;
    uint32_t head_words;
    void (*custom)(ImmixTracer *tracer, void *object);
    /* Runs once, after the collection that found the object dead or when the heap closes.
     * It may free what lies outside the heap and must not touch other objects. An object of
     * such a type that immix_alloc() makes needs FINALIZED among its flags (debug builds
     * check); the other allocation functions see to it themselves. */
    void (*finalize)(void *object, void *context);
} ImmixType;

/* Type 0 is the heap's own: fillers, whose payload is dead. */
enum {
    IMMIX_TYPE_FILLER = 0,
    IMMIX_TYPE_COUNT = 256
};

typedef struct ImmixClient {
    void *context;
    /* Bit t is set if a word whose low three bits are t refers to an object. */
    uint8_t reference_tags;
    const ImmixType *types; /* IMMIX_TYPE_COUNT entries, alive as long as the heap */
    /* Reports every root through immix_visit*(). */
    void (*visit_roots)(ImmixTracer *tracer, void *context);
    /* After marking: look at weak slots with immix_survives(). May be NULL. */
    void (*sweep_weak)(ImmixTracer *tracer, void *context);
    /* Called from allocation, once per cycle, when a collection is due. It may only set a
     * flag. May be NULL. */
    void (*collection_wanted)(void *context);
    /* What takes the place of a weak reference, or of an ephemeron's key and value, when what
     * it referred to is gone: no reference. */
    uint64_t broken;
} ImmixClient;

/* All zero is a sensible heap: in each number of the policy 0 stands for the default, and what
 * is out of its range for the nearest that is not. */
typedef struct ImmixOptions {
    size_t limit_bytes; /* everything counted; 0: no limit */
    /* 1: every collection is full, moves all that can be moved and poisons what was left.
     * 2: so does every full one; minors stay minor and move all young objects. */
    uint32_t stress;
    uint32_t verify; /* run the verifier before and after each collection */
    /* n > 0: the n-th allocation from now fails, and all after it. */
    uint64_t fail_after;
    /* n > 0: only so many do; then it is as if nothing had been. */
    uint32_t fail_count;

    /* ---- The policy ---- */

    /* Allocated between two minor collections, in bytes from 32 KiB; default 4 MiB. */
    size_t nursery_bytes;
    /* It doubles when much of it survives, up to so much, but to no more than there is of old
     * objects; default nursery_bytes: pauses stay as they are. */
    size_t nursery_most_bytes;
    /* Much is so much of it, in percent, 1 to 100; default 12. It halves at a quarter of that. */
    uint32_t nursery_grows_percent;
    /* When minor collections are poor it doubles too, up to so much of what is old, in percent,
     * 1 to 100, before they are given up; default 50. */
    uint32_t poor_nursery_percent;
    /* Of a limit, what the nursery takes at most, in percent, 1 to 50; default 12. */
    uint32_t nursery_limit_percent;
    /* A full collection is due when the old space has grown by so much of what was live after
     * the last one, in percent, 1 to 1000; default 100. */
    uint32_t growth_percent;
    /* ... and by no less than this, in bytes from 32 KiB; default 32 MiB. */
    size_t least_growth_bytes;
    /* ... or when so much of the room that it left below the limit was allocated, in percent,
     * 1 to 100; default 95. */
    uint32_t room_percent;
    /* When a full collection leaves less than so much of the limit to be allocated, in percent,
     * 1 to 100, one that moves all it can follows at once; default 10. */
    uint32_t crowded_percent;
    /* A minor collection is poor when so much of the nursery survives, in percent, 1 to 100;
     * default 50. */
    uint32_t poor_minor_percent;
    /* After so many poor ones running, from 1, there are only full ones; default 2. */
    uint32_t poor_minors;
    /* ... for one cycle, and for twice as many each time that minor ones prove poor again, up
     * to so many, from 1; default 16. */
    uint32_t most_full_only;
    /* Kept for the system not to be asked again, beside a nursery: free blocks of so much of
     * what lives, in percent, 1 to 100; default 12. That is after immix_collect(); after a full
     * collection of the policy's own it is all that may be allocated before the next, and of what
     * it freed up to twice as much. */
    uint32_t reserve_percent;
    /* ... and free pages between large objects, in bytes from 1; default a nursery and a half. */
    size_t large_cache_bytes;
    /* A full collection moves objects when so much of the blocks in use is holes, in percent,
     * 1 to 100; default 25. */
    uint32_t fragmented_percent;
    /* ... into blocks that are free, and new ones: so much of those in use, in percent, 1 to
     * 100; default 6. */
    uint32_t headroom_percent;
    /* A block is allocated into again when so much of it is free, in percent, 1 to 100;
     * default 12: an eighth. */
    uint32_t recycle_percent;
    /* Objects with a larger payload have cards when they are old, in bytes from 512; default
     * 1024. */
    uint32_t carded_bytes;
} ImmixOptions;

/* ---- Heaps --------------------------------------------------------------------------- */

/* NULL: no memory. `types` and `context` must outlive the heap. */
PUBLIC MUST_CHECK ImmixHeap *immix_open(const ImmixClient *client,
                                        const ImmixOptions *options);
/* Runs the finalisers that are left and gives back every byte. */
PUBLIC void immix_close(ImmixHeap *heap);

/* Allocates an object whose type, extra, flags and size stand in `header`, writes the header
 * and returns the payload; NULL: out of memory. The payload is NOT cleared: fill it before
 * the next collection. Never collects. */
ALWAYS_INLINE MUST_CHECK void *immix_alloc(ImmixHeap *heap, ImmixHeader header);
/* The same with the payload cleared. */
PUBLIC MUST_CHECK void *immix_alloc_zeroed(ImmixHeap *heap, ImmixHeader header);
/* The same with the payload at a multiple of `align_bytes` (8, 16, 32 or 64). */
PUBLIC MUST_CHECK void *immix_alloc_aligned(ImmixHeap *heap, ImmixHeader header,
                                            size_t align_bytes);

/* A zeroed array of `bytes` bytes, rounded up to granules; 0 is legal. BAD_REQUEST when no
 * header can hold the size. `*object` is written only on success. */
PUBLIC MUST_CHECK ImmixError immix_alloc_array(ImmixHeap *heap, uint8_t type,
                                               uint8_t extra, uint64_t flags,
                                               size_t bytes, void **object);
/* Makes the payload of a large object `granules` long, no less than it is, moving it if need
 * be: its only reference must be the caller's, which stores the new one with a barrier. What
 * is new in the payload is zero. NULL: it cannot be done without a copy (the object is not
 * large, is pinned, hashed or has a finaliser) or there is no room; nothing changed. */
PUBLIC MUST_CHECK void *immix_resize_large(ImmixHeap *heap, void *object,
                                           uint32_t granules);
/* The size class of an object with `payload_bytes`: BAD_REQUEST above the largest size. */
PUBLIC MUST_CHECK ImmixError immix_size_class(size_t payload_bytes,
                                              ImmixSizeClass *size_class);

/* True when so much was allocated since the last collection that another is due. */
PUBLIC bool immix_wants_collection(const ImmixHeap *heap);
/* True if `bytes` more can be allocated now without passing the limit. */
PUBLIC MUST_CHECK bool immix_has_room(ImmixHeap *heap, size_t bytes);
/* Counts memory outside the heap that an object holds. False: over the limit, not counted. */
PUBLIC MUST_CHECK bool immix_external_add(ImmixHeap *heap, size_t bytes);
/* May also be called by finalisers. */
PUBLIC void immix_external_remove(ImmixHeap *heap, size_t bytes);
/* Cleared pages outside the heap, which count like that, for the client's own purposes: huge
 * pages, where there are any, from 2 MiB on. `bytes` is a multiple of 4096. NULL: no room. */
PUBLIC MUST_CHECK void *immix_external_map(ImmixHeap *heap, size_t bytes);
PUBLIC void immix_external_unmap(ImmixHeap *heap, void *memory, size_t bytes);
PUBLIC void immix_set_limit(ImmixHeap *heap, size_t limit_bytes);
/* 0 switches failing off. */
PUBLIC void immix_fail_after(ImmixHeap *heap, uint64_t allocations);

typedef enum ImmixCollection {
    IMMIX_MINOR,    /* sticky: trust the marks that there are */
    IMMIX_FULL,     /* drop all marks and trace everything; evacuates sparse blocks */
    IMMIX_EVACUATE, /* full, and move as much as there is room for */
} ImmixCollection;

PUBLIC void immix_collect(ImmixHeap *heap, ImmixCollection kind);
/* Collects as much as the policy asks for now. */
PUBLIC void immix_collect_for_policy(ImmixHeap *heap);
/* What to collect first when an allocation failed: MINOR if enough was allocated since the last
 * collection that this can make room, FULL otherwise. What comes after MINOR is FULL, and after
 * that EVACUATE; when that was no help either, memory is out. */
PUBLIC ImmixCollection immix_first_for_room(const ImmixHeap *heap);

/* ---- Stores --------------------------------------------------------------------------- */

PUBLIC void immix_remember(ImmixHeap *heap, void *object);

/* After any store of a reference into `object`, unless it was allocated since the last
 * point at which a collection was possible and has been filled without a break. */
ALWAYS_INLINE void immix_barrier(ImmixHeap *heap, void *object)
{
    if (UNLIKELY(immix_header_of(object)->bits & IMMIX_UNLOGGED))
        immix_remember(heap, object);
}

PUBLIC void immix_remember_range(ImmixHeap *heap, void *object, const void *first,
                                 size_t bytes);

/* The same after stores into `bytes` bytes of `object` from `first` on: of an object over
 * 1 KiB, the next minor collection then looks at these and not at all of it. */
ALWAYS_INLINE void immix_barrier_range(ImmixHeap *heap, void *object, const void *first,
                                       size_t bytes)
{
    if (UNLIKELY(immix_header_of(object)->bits & IMMIX_UNLOGGED))
        immix_remember_range(heap, object, first, bytes);
}

/* ---- Objects -------------------------------------------------------------------------- */

PUBLIC void immix_pin(ImmixHeap *heap, void *object);
PUBLIC void immix_unpin(ImmixHeap *heap, void *object);
/* A hash that stays with the object when it moves. */
PUBLIC uint64_t immix_identity_hash(ImmixHeap *heap, void *object);
/* True if `object` is where the payload of an object of `heap` can be, and not of another
 * heap; any pointer may be asked about. Constant time. */
PUBLIC bool immix_owns(const ImmixHeap *heap, const void *object);

/* ---- Weak things --------------------------------------------------------------------------
 *
 * The payloads of objects whose types have the trace kinds of these names, allocated like all
 * others. `link` is the collector's: 0 in a new object, and never written. Words that follow
 * the struct are strong references. Stores take the barrier, as everywhere. A reference is
 * broken in the collection that finds its object dead: a minor one if the object was
 * allocated since the last collection, a full one otherwise. */

/* `reference` does not keep its object alive; afterwards it is the client's `broken`. */
typedef struct ImmixWeak {
    uint64_t reference;
    uint64_t link;
    uint64_t strong[];
} ImmixWeak;

/* `value` is a reference as long as `key` is alive for another reason than this value, and
 * those of other ephemerons with dead keys; afterwards both are the client's `broken`. */
typedef struct ImmixEphemeron {
    uint64_t key;
    uint64_t link;
    uint64_t value;
    uint64_t strong[];
} ImmixEphemeron;

/* Gets back what was registered with it and is found dead. Weak references to an object that
 * a guardian gives back are not broken before it is dead once more; nor is it finalised. A
 * guardian that is dead itself gives nothing back. */
typedef struct ImmixGuardian {
    uint64_t ready; /* five words of immix's own; 0 in a new object */
    uint64_t link;
    uint64_t young;
    uint64_t old;
    uint64_t last;
    uint64_t strong[];
} ImmixGuardian;

/* A registration. */
typedef struct ImmixGuarded {
    uint64_t object;
    uint64_t next;
    uint64_t representative;
} ImmixGuarded;

/* Registers what `object` refers to, so that `guardian` gives `representative` back when it
 * is found dead; that is usually `object` itself, and is kept alive otherwise.
 * `registration` is new, and not filled. May be done again: each time counts. */
PUBLIC void immix_guard(ImmixHeap *heap, ImmixGuardian *guardian,
                        ImmixGuarded *registration, uint64_t object,
                        uint64_t representative);
/* Takes the next word that the guardian gives back. False: there is none now. */
PUBLIC MUST_CHECK bool immix_guardian_take(ImmixHeap *heap, ImmixGuardian *guardian,
                                           uint64_t *word);

/* ---- Inside hooks ---------------------------------------------------------------------- */

PUBLIC void immix_visit(ImmixTracer *tracer, uint64_t *slot);
PUBLIC void immix_visit_range(ImmixTracer *tracer, uint64_t *slots, size_t count);
/* In sweep_weak: true if what `*slot` refers to lives on, and then `*slot` is its new place. */
PUBLIC MUST_CHECK bool immix_survives(ImmixTracer *tracer, uint64_t *slot);
/* True in a collection that traces everything; false when the verifier visits the roots. */
PUBLIC bool immix_is_full(const ImmixTracer *tracer);

/* ---- Statistics and checks -------------------------------------------------------------- */

enum {
    /* Pauses below 4 ns have a bucket for each ns; above, each power of two has 4. */
    IMMIX_PAUSE_BUCKETS = 160
};

typedef struct ImmixStats {
    uint64_t collections[3];              /* by ImmixCollection */
    uint64_t pauses[IMMIX_PAUSE_BUCKETS]; /* how many; see immix_pause_bucket_ns() */
    uint64_t pause_max_ns;
    uint64_t pause_total_ns;
    uint64_t pause_max_by_kind_ns[3];
    uint64_t pause_total_by_kind_ns[3];
    uint64_t allocated_bytes; /* since the heap was opened */
    uint64_t promoted_bytes;  /* found alive by a minor collection */
    uint64_t moved_bytes;
    uint64_t finalized_count; /* objects whose finalisers ran */
    uint64_t broken_count;    /* weak objects and ephemerons that lost what they held */
    uint64_t live_bytes;      /* after the last full collection */
    uint64_t old_bytes;       /* ... and promoted since */
    uint64_t held_bytes;      /* counted against the limit now */
    uint64_t peak_bytes;
    uint64_t limit_bytes; /* 0: none */
    uint64_t external_bytes;
    uint64_t block_bytes; /* in blocks in use */
    uint64_t large_bytes; /* in large objects */
    uint64_t large_count;
    uint64_t free_blocks;
    uint64_t free_bytes;  /* kept for later, in free blocks and between large objects */
    uint64_t hole_bytes;  /* free lines in blocks in use, when they were last swept */
    uint64_t table_bytes; /* all else that is held: side tables, stacks, lists */
} ImmixStats;

PUBLIC void immix_stats(const ImmixHeap *heap, ImmixStats *stats);
/* How much of the heap is in memory now, as the system says; it may be less than what is held,
 * of which some was never written. Asks for every page: not for every collection. */
PUBLIC uint64_t immix_resident_bytes(const ImmixHeap *heap);
/* The shortest pause that bucket `i` counts. */
PUBLIC uint64_t immix_pause_bucket_ns(unsigned i);
/* So many of a thousand pauses were no longer than this, which is exact to a quarter and never
 * too short; 0 if there was none. */
PUBLIC uint64_t immix_pause_permille_ns(const ImmixStats *stats, unsigned permille);
/* Checks every invariant of the heap; false, and a report on `report` if not NULL, at the
 * first that does not hold. */
PUBLIC MUST_CHECK bool immix_verify(ImmixHeap *heap, FILE *report);

/* ---- The allocation fast path ----------------------------------------------------------- */

/* The public head of a heap: the current hole. */
typedef struct ImmixBump {
    uintptr_t cursor; /* where the next header goes */
    uintptr_t limit;
} ImmixBump;

PUBLIC MUST_CHECK void *immix_alloc_slow(ImmixHeap *heap, ImmixHeader header);

/* The inline part alone: NULL when the current hole has no room, and then immix_alloc() may
 * still succeed. For a client that has a slow path of its own. */
ALWAYS_INLINE MUST_CHECK void *immix_alloc_fast(ImmixHeap *heap, ImmixHeader header)
{
    ImmixBump *bump = (ImmixBump *)heap;
    size_t bytes = IMMIX_HEADER_BYTES
                 + (size_t)(header.bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
    uintptr_t cursor = bump->cursor;

    if (UNLIKELY(bytes > bump->limit - cursor) || UNLIKELY(bytes > IMMIX_LARGE_BYTES))
        return NULL;
    bump->cursor = cursor + bytes;
    *(ImmixHeader *)cursor = header;
    return (void *)(cursor + IMMIX_HEADER_BYTES);
}

/* Room for up to `wanted` small objects that need no finaliser, from 1, one behind the other: as many
 * as fit into the current hole, and at least one. The first, whose header is `header`; *count is how
 * many they are, and the caller writes the headers of the others. NULL: out of memory. */
ALWAYS_INLINE MUST_CHECK void *immix_alloc_several(ImmixHeap *heap, ImmixHeader header,
                                                   size_t wanted, size_t *count)
{
    ImmixBump *bump = (ImmixBump *)heap;
    size_t bytes = IMMIX_HEADER_BYTES
                 + (size_t)(header.bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
    uintptr_t first = bump->cursor;
    size_t room = (bump->limit - first) / bytes;

    if (UNLIKELY(room == 0)) {
        *count = 1;
        return immix_alloc_slow(heap, header);
    }
    *count = room < wanted ? room : wanted;
    bump->cursor = first + *count * bytes;
    *(ImmixHeader *)first = header;
    return (void *)(first + IMMIX_HEADER_BYTES);
}

ALWAYS_INLINE MUST_CHECK void *immix_alloc(ImmixHeap *heap, ImmixHeader header)
{
    ImmixBump *bump = (ImmixBump *)heap;
    size_t bytes = IMMIX_HEADER_BYTES
                 + (size_t)(header.bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES;
    uintptr_t cursor = bump->cursor;

    if (UNLIKELY(bytes > bump->limit - cursor) || UNLIKELY(bytes > IMMIX_LARGE_BYTES)
        || UNLIKELY(header.bits & IMMIX_FINALIZED))
        return immix_alloc_slow(heap, header);
    bump->cursor = cursor + bytes;
    *(ImmixHeader *)cursor = header;
    return (void *)(cursor + IMMIX_HEADER_BYTES);
}

#endif /* IMMIX_IMMIX_H */
