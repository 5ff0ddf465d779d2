/* heap.c - opening and closing a heap, collecting it, and when to. */
#include "heap.h"

#include <stdlib.h>

#include "mark.h"
#include "policy.h"
#include "stats.h"
#include "verify.h"

/* ---- Opening and closing ------------------------------------------------------------------ */

static void release_words(ImmixHeap *heap)
{
    immix_tracer_close(heap);
    immix_words_release(heap, &heap->remembered.objects);
    immix_words_release(heap, &heap->remembered.carded);
    immix_words_release(heap, &heap->finalizers.objects);
}

static size_t part(size_t bytes, uint32_t percent)
{
    return bytes / 100 * percent;
}

static void set_nursery(ImmixHeap *heap)
{
    const ImmixOptions *options = &heap->options;
    size_t bytes = options->nursery_bytes;
    size_t most = part(heap->limit_bytes, options->nursery_limit_percent);

    heap->policy.nursery_bytes = heap->limit_bytes != 0 && bytes > most ? most : bytes;
}

ImmixHeap *immix_open(const ImmixClient *client, const ImmixOptions *options)
{
    ImmixHeap *heap = calloc(1, sizeof *heap);

    if (heap == NULL)
        return NULL;
    heap->client = *client;
    heap->options = *options;
    immix_policy_complete(&heap->options);
    heap->limit_bytes = options->limit_bytes;
    set_nursery(heap);
    if (!immix_charge(heap, sizeof *heap)) {
        free(heap);
        return NULL;
    }
    if (!immix_tracer_open(heap)) {
        free(heap);
        return NULL;
    }
    immix_fail_after(heap, options->fail_after);
    return heap;
}

void immix_close(ImmixHeap *heap)
{
    if (heap == NULL)
        return;
    CHECK(!heap->tracer.active);
    immix_bump_retire(heap);
    heap->tracer.active = true; /* finalisers may not allocate */
    immix_finalize_all(heap);
    immix_large_close(heap);
    immix_pool_close(heap);
    release_words(heap);
    ASSERT(heap->held_bytes == sizeof *heap + heap->external_bytes);
    free(heap);
}

void immix_set_limit(ImmixHeap *heap, size_t limit_bytes)
{
    heap->limit_bytes = limit_bytes;
    set_nursery(heap);
}

/* ---- Policy ------------------------------------------------------------------------------- */

static size_t young_bytes(const ImmixHeap *heap)
{
    return heap->policy.young_bytes + heap->policy.young_external_bytes
         + immix_bump_open_bytes(heap);
}

bool immix_wants_collection(const ImmixHeap *heap)
{
    return heap->remembered.overflowed
        || young_bytes(heap) >= heap->policy.nursery_bytes;
}

void immix_consider_telling(ImmixHeap *heap)
{
    if (heap->policy.told || heap->client.collection_wanted == NULL
        || !immix_wants_collection(heap))
        return;
    heap->policy.told = true;
    heap->client.collection_wanted(heap->client.context);
}

/* By how much the old space may grow between two full collections: a constant part of what
 * lives, so that their cost is a constant part of the cost of filling it. */
static size_t allowed_growth(const ImmixHeap *heap, size_t live)
{
    const ImmixOptions *options = &heap->options;
    size_t growth = part(live, options->growth_percent);

    if (growth < options->least_growth_bytes)
        growth = options->least_growth_bytes;
    if (heap->limit_bytes == 0)
        return growth;
    size_t room = heap->limit_bytes > live ? heap->limit_bytes - live : 0;
    room = part(room, options->room_percent);
    return growth < room ? growth : room;
}

/* When minor after minor frees little, what survives may die soon after: half the growth is
 * enough then, unless that was tried and freed little too. */
static bool full_is_due(ImmixHeap *heap)
{
    Policy *policy = &heap->policy;
    size_t live = policy->live_bytes + policy->external_at_full;
    size_t growth = allowed_growth(heap, live);
    size_t now = policy->old_bytes + heap->external_bytes;

    policy->poor_full = !policy->poor_rests
                     && policy->poor_minors >= heap->options.poor_minors
                     && now > live + growth / 2 && now <= live + growth;
    return heap->remembered.overflowed || policy->poor_full || now > live + growth;
}

void immix_collect_for_policy(ImmixHeap *heap)
{
    bool minor = !full_is_due(heap);

    /* Minors and full ones in turn, so that both are tried; mode 1 makes all of them full. */
    if (heap->options.stress != 0) {
        minor = heap->policy.stress_minor;
        heap->policy.stress_minor = !minor;
    }
    immix_collect(heap, minor ? IMMIX_MINOR : IMMIX_FULL);
}

ImmixCollection immix_first_for_room(const ImmixHeap *heap)
{
    return young_bytes(heap) >= heap->policy.nursery_bytes / 2 ? IMMIX_MINOR
                                                               : IMMIX_FULL;
}

/* Free blocks to keep: what the next nursery will take, and some for growth. */
static size_t reserve_blocks(const ImmixHeap *heap)
{
    size_t bytes = heap->policy.nursery_bytes
                 + part(heap->policy.live_bytes, heap->options.reserve_percent);

    return bytes / IMMIX_BLOCK_BYTES + 1;
}

static void count_full(ImmixHeap *heap, size_t marked)
{
    Policy *policy = &heap->policy;

    policy->poor_rests =
        policy->poor_full && marked > policy->old_bytes - policy->old_bytes / 4;
    policy->poor_full = false;
    policy->poor_minors = 0;
    policy->live_bytes = policy->old_bytes = marked;
    policy->external_at_full = heap->external_bytes;
}

static void count_minor(ImmixHeap *heap, size_t marked)
{
    Policy *policy = &heap->policy;

    if (marked < part(policy->young_bytes, heap->options.poor_minor_percent))
        policy->poor_minors = 0;
    else if (policy->poor_minors < heap->options.poor_minors)
        policy->poor_minors += 1;
    policy->old_bytes += marked;
    heap->stats.promoted_bytes += marked;
}

static void update_policy(ImmixHeap *heap, bool full)
{
    Policy *policy = &heap->policy;

    heap->stats.allocated_bytes += policy->young_bytes;
    heap->stats.moved_bytes += heap->tracer.moved_bytes;
    if (full)
        count_full(heap, heap->tracer.marked_bytes);
    else
        count_minor(heap, heap->tracer.marked_bytes);
    policy->young_bytes = 0;
    policy->young_external_bytes = 0;
    policy->told = false;
}

/* ---- Collecting --------------------------------------------------------------------------- */

static ImmixCollection effective_kind(const ImmixHeap *heap, ImmixCollection kind)
{
    if (heap->options.stress == 1 || (heap->options.stress != 0 && kind == IMMIX_FULL))
        return IMMIX_EVACUATE;
    if (kind == IMMIX_MINOR && heap->remembered.overflowed)
        return IMMIX_FULL;
    return kind;
}

static void sweep(ImmixHeap *heap, bool full)
{
    immix_large_sweep(heap, full);
    if (full)
        immix_pool_sweep_all(heap, reserve_blocks(heap));
    else
        immix_pool_sweep_touched(heap);
}

/* The order matters: hooks and finalisers see the objects where they are now, and nothing
 * is overwritten before the sweep. */
static void collect(ImmixHeap *heap, ImmixCollection kind)
{
    bool full = kind != IMMIX_MINOR;
    ImmixTracer *tracer = &heap->tracer;

    immix_bump_retire(heap);
    if (full)
        immix_remembered_drop(heap);
    immix_trace_begin(tracer, full, immix_choose_evacuees(heap, kind));
    immix_trace(tracer);
    immix_evacuation_end(heap);
    if (heap->client.sweep_weak != NULL)
        heap->client.sweep_weak(tracer, heap->client.context);
    immix_finalize_dead(heap);
    immix_weak_end(tracer);
    update_policy(heap, full);
    sweep(heap, full);
    immix_trace_end(tracer);
}

static void verify_or_die(ImmixHeap *heap, bool exact)
{
    bool valid = immix_verify_heap(heap, stderr, exact);

    CHECK(valid);
}

void immix_collect(ImmixHeap *heap, ImmixCollection kind)
{
    CHECK(!heap->tracer.active && heap->tracer.verifier == NULL);
    kind = effective_kind(heap, kind);
    if (heap->options.verify != 0)
        verify_or_die(heap, false);

    uint64_t start = immix_os_now_ns();
    collect(heap, kind);
    immix_count_pause(heap, kind, immix_os_now_ns() - start);

    if (heap->options.verify != 0)
        verify_or_die(heap, kind != IMMIX_MINOR);
}

/* ---- Objects ------------------------------------------------------------------------------ */

void immix_pin(ImmixHeap *heap, void *object)
{
    ASSERT(immix_owns(heap, object));
    (void)heap;
    immix_header_of(object)->bits |= IMMIX_PINNED;
}

void immix_unpin(ImmixHeap *heap, void *object)
{
    ASSERT(immix_owns(heap, object));
    (void)heap;
    immix_header_of(object)->bits &= ~IMMIX_PINNED;
}

uint64_t immix_identity_hash(ImmixHeap *heap, void *object)
{
    ImmixHeader *header = immix_header_of(object);
    uint64_t state = (header->bits & IMMIX_IDENTITY_MASK) >> IMMIX_IDENTITY_SHIFT;

    ASSERT(immix_owns(heap, object));
    (void)heap;
    if (state == 2)
        return ((uint64_t *)object)[immix_granules_of(object)];
    header->bits |= (uint64_t)1 << IMMIX_IDENTITY_SHIFT;
    return immix_hash_of_address((uintptr_t)object);
}

bool immix_owns(const ImmixHeap *heap, const void *object)
{
    uintptr_t header = (uintptr_t)object - IMMIX_HEADER_BYTES;

    if ((uintptr_t)object % IMMIX_GRANULE_BYTES != 0 || object == NULL)
        return false;
    if (immix_owner_has(heap, (uintptr_t)chunk_of(header))) {
        const Block *block = block_of(header);
        return block->state == BLOCK_USED || block->state == BLOCK_RECYCLABLE;
    }
    uintptr_t page = header & ~((uintptr_t)OS_PAGE_BYTES - 1);
    return immix_owner_has(heap, page | 1)
        && header - page == LARGE_HEAD_BYTES - IMMIX_HEADER_BYTES;
}
