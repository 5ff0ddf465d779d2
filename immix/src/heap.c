/* heap.c - opening and closing a heap, collecting it, and when to. */
#include "heap.h"

#include <stdlib.h>

#include "mark.h"
#include "policy.h"
#include "stats.h"
#include "verify.h"

enum {
    /* Full collections after one that moved objects and gained little. */
    EVACUATION_RESTS = 4,
    /* Of the limit, what should be left when a collection is due. */
    LEAST_MARGIN_PART = 64,
};

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

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most_of(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* A nursery of `bytes`, as far as a limit allows it. */
static size_t nursery_within_limit(const ImmixHeap *heap, size_t bytes)
{
    size_t most = part(heap->limit_bytes, heap->options.nursery_limit_percent);

    return heap->limit_bytes != 0 && bytes > most ? most : bytes;
}

static void set_nursery(ImmixHeap *heap)
{
    heap->policy.nursery_bytes =
        nursery_within_limit(heap, heap->options.nursery_bytes);
    heap->policy.margin_bytes = part(heap->limit_bytes, 100 - heap->options.room_percent);
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
    heap->policy.next_full_only = 1;
    set_nursery(heap);
    immix_pool_open(&heap->pool);
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

/* ---- Policy: when ------------------------------------------------------------------------- */

static size_t young_bytes(const ImmixHeap *heap)
{
    return heap->policy.young_bytes + heap->policy.young_external_bytes
         + immix_bump_open_bytes(heap);
}

/* Minor collections that free little are left out. */
static bool is_full_only(const ImmixHeap *heap)
{
    return heap->policy.full_only != 0;
}

/* What can be allocated before the limit: free blocks, and holes of some size. */
static size_t available_bytes(const ImmixHeap *heap)
{
    return immix_room_bytes(heap) + heap->pool.recyclable_lines * IMMIX_LINE_BYTES;
}

static bool is_short_of_room(const ImmixHeap *heap)
{
    return heap->limit_bytes != 0 && available_bytes(heap) < heap->policy.margin_bytes;
}

/* By how much the old space may grow between two full collections: a constant part of what
 * lives, so that their cost is a constant part of the cost of filling it. A limit may be
 * nearer: see is_short_of_room(). */
static size_t allowed_growth(const ImmixHeap *heap)
{
    const ImmixOptions *options = &heap->options;
    size_t live = heap->policy.live_bytes + heap->policy.external_at_full;
    size_t growth = part(live, options->growth_percent);

    return growth < options->least_growth_bytes ? options->least_growth_bytes : growth;
}

/* `new_bytes` were allocated and are not old yet, and may be. */
static bool has_grown(const ImmixHeap *heap, size_t new_bytes)
{
    const Policy *policy = &heap->policy;
    size_t live = policy->live_bytes + policy->external_at_full;

    return policy->old_bytes + heap->external_bytes + new_bytes
         > live + allowed_growth(heap);
}

bool immix_wants_collection(const ImmixHeap *heap)
{
    size_t young = young_bytes(heap);

    if (is_short_of_room(heap))
        return true;
    if (is_full_only(heap))
        return has_grown(heap, young - heap->policy.young_external_bytes);
    /* A full one that is due does not wait until a nursery that has grown is spent. */
    return young >= heap->policy.nursery_bytes
        || (young >= heap->options.nursery_bytes && has_grown(heap, 0));
}

void immix_consider_telling(ImmixHeap *heap)
{
    if (heap->policy.told || heap->client.collection_wanted == NULL
        || !immix_wants_collection(heap))
        return;
    heap->policy.told = true;
    heap->client.collection_wanted(heap->client.context);
}

/* ---- Policy: which ------------------------------------------------------------------------ */

ImmixCollection immix_first_for_room(const ImmixHeap *heap)
{
    bool minor = !is_full_only(heap)
              && young_bytes(heap) >= heap->policy.nursery_bytes / 2;

    return minor ? IMMIX_MINOR : IMMIX_FULL;
}

/* Near the limit a minor collection is tried first if enough is young that it can help. */
static ImmixCollection kind_for_policy(const ImmixHeap *heap)
{
    bool full = is_full_only(heap) || has_grown(heap, 0)
             || (is_short_of_room(heap) && immix_first_for_room(heap) == IMMIX_FULL);

    return full ? IMMIX_FULL : IMMIX_MINOR;
}

/* Minors and full ones in turn, so that both are tried; mode 1 makes all of them full. */
static ImmixCollection kind_for_stress(ImmixHeap *heap)
{
    bool minor = heap->policy.stress_minor;

    heap->policy.stress_minor = !minor;
    return minor ? IMMIX_MINOR : IMMIX_FULL;
}

/* Is one collection to be followed by another at once? By a full one if a minor one left little
 * room; by one that moves objects if a full one did, because what lives is spread so thin over
 * lines and blocks that little between can be used. */
static bool is_another_due(const ImmixHeap *heap, ImmixCollection done, ImmixCollection *next)
{
    *next = done == IMMIX_MINOR ? IMMIX_FULL : IMMIX_EVACUATE;
    return heap->limit_bytes != 0 && heap->options.stress == 0 && heap->policy.crowded
        && (done == IMMIX_MINOR
            || (done == IMMIX_FULL && heap->policy.evacuation_rests == 0));
}

/* ---- Policy: what is learnt ---------------------------------------------------------------- */

void immix_give_up_minors(ImmixHeap *heap)
{
    Policy *policy = &heap->policy;

    policy->full_only = policy->next_full_only;
    if (policy->next_full_only < heap->options.most_full_only)
        policy->next_full_only *= 2;
    immix_remembered_stop(heap);
}

static void count_full(ImmixHeap *heap, size_t marked)
{
    Policy *policy = &heap->policy;

    policy->live_bytes = policy->old_bytes = marked;
    policy->external_at_full = heap->external_bytes;
}

/* So much survives that a minor collection hardly pays. */
static bool is_poor(const ImmixHeap *heap, size_t marked)
{
    return marked >= part(heap->policy.young_bytes, heap->options.poor_minor_percent);
}

/* Where much survives, a larger nursery gives what is in it more time to die. One that is no
 * larger than the old space adds to the heap no more than garbage in that may. Unless more was
 * asked for it grows only where so much survives that full collections would take the place of
 * minor ones: then it is a part of the old space, and so are the pauses of theirs. */
static void resize_nursery(ImmixHeap *heap, size_t marked)
{
    const ImmixOptions *options = &heap->options;
    Policy *policy = &heap->policy;
    size_t bytes = policy->nursery_bytes, old_bytes = policy->old_bytes;
    size_t much = part(policy->young_bytes, options->nursery_grows_percent);
    size_t usual = least_of(options->nursery_most_bytes, old_bytes);
    size_t most = most_of(usual, part(old_bytes, options->poor_nursery_percent));

    if (is_poor(heap, marked))
        bytes *= 2;
    else if (marked >= much && bytes < usual)
        bytes = least_of(bytes * 2, usual);
    else if (marked < much && (bytes > usual || marked < much / 4))
        bytes /= 2;
    bytes = most_of(least_of(bytes, most), options->nursery_bytes);
    policy->nursery_bytes = nursery_within_limit(heap, bytes);
}

/* Minor collections pay if little survives. When they do not, however large the nursery, for a
 * while there are only full ones; then the next poor one suffices, and the while is twice as
 * long, until one is found that pays. In the stress modes minor ones are what is to be seen at
 * work. */
static void judge_minor(ImmixHeap *heap, size_t marked)
{
    Policy *policy = &heap->policy;
    const ImmixOptions *options = &heap->options;
    size_t nursery_bytes = policy->nursery_bytes;

    resize_nursery(heap, marked);
    if (!is_poor(heap, marked)) {
        policy->poor_minors = 0;
        policy->next_full_only = 1;
    } else if (policy->nursery_bytes <= nursery_bytes
               && ++policy->poor_minors >= options->poor_minors && options->stress == 0) {
        policy->poor_minors = options->poor_minors - 1;
        immix_give_up_minors(heap);
    }
}

static void count_minor(ImmixHeap *heap, size_t marked, bool for_policy)
{
    heap->policy.old_bytes += marked;
    heap->stats.promoted_bytes += marked;
    if (for_policy)
        judge_minor(heap, marked);
}

/* After the sweep: with how little room left the next collection is due. It may not be due at
 * once, nor when a block is taken, which is no room any more however little of it is used. */
static void set_margin(ImmixHeap *heap, size_t available)
{
    size_t margin = part(available, 100 - heap->options.room_percent);
    size_t least = heap->limit_bytes / LEAST_MARGIN_PART;

    size_t most = available > IMMIX_BLOCK_BYTES ? (available - IMMIX_BLOCK_BYTES) / 2 : 0;

    margin = margin > least ? margin : least;
    heap->policy.margin_bytes = margin < most ? margin : most;
}

/* Does the collection leave so little room that another kind should be tried? One that moves
 * objects is left out for some time if it gained little. */
static void judge_room(ImmixHeap *heap, ImmixCollection kind)
{
    Policy *policy = &heap->policy;
    size_t available = available_bytes(heap);
    size_t crowd = part(heap->limit_bytes, heap->options.crowded_percent);

    if (kind == IMMIX_FULL)
        policy->evacuation_rests -= policy->evacuation_rests != 0;
    else if (kind == IMMIX_EVACUATE && policy->crowded
             && available < policy->crowded_bytes + crowd / 4)
        policy->evacuation_rests = EVACUATION_RESTS;
    policy->crowded = available < crowd;
    policy->crowded_bytes = available;
    if (kind != IMMIX_MINOR)
        set_margin(heap, available);
}

static void update_policy(ImmixHeap *heap, bool full, bool for_policy)
{
    Policy *policy = &heap->policy;

    heap->stats.allocated_bytes += policy->young_bytes;
    heap->stats.moved_bytes += heap->tracer.moved_bytes;
    if (full)
        count_full(heap, heap->tracer.marked_bytes);
    else
        count_minor(heap, heap->tracer.marked_bytes, for_policy);
    policy->young_bytes = 0;
    policy->young_external_bytes = 0;
    policy->told = false;
}

/* ---- Collecting --------------------------------------------------------------------------- */

static ImmixCollection effective_kind(const ImmixHeap *heap, ImmixCollection kind)
{
    if (heap->options.stress == 1 || (heap->options.stress != 0 && kind == IMMIX_FULL))
        return IMMIX_EVACUATE;
    if (kind == IMMIX_MINOR && heap->remembered.off)
        return IMMIX_FULL;
    return kind;
}

/* Free blocks are kept: what the next nursery will take, and some for growth; and if it is the
 * policy that collects, so that the program goes on as before, all that it may take until the
 * next full collection. A heap that grows and shrinks needs what it took until now once more,
 * so that what has become free stays, up to twice as much. */
static void sweep_blocks(ImmixHeap *heap, bool for_policy)
{
    size_t reserve = heap->policy.nursery_bytes
                   + part(heap->policy.live_bytes, heap->options.reserve_percent);
    size_t most = reserve;

    if (for_policy) {
        reserve = most_of(reserve, allowed_growth(heap));
        most = 2 * reserve;
    }
    immix_pool_sweep_all(heap, reserve / IMMIX_BLOCK_BYTES + 1, most / IMMIX_BLOCK_BYTES + 1);
}

static void sweep(ImmixHeap *heap, ImmixCollection kind, bool for_policy)
{
    bool full = kind != IMMIX_MINOR;

    immix_large_sweep(heap, full);
    if (full)
        sweep_blocks(heap, for_policy);
    else
        immix_pool_sweep_touched(heap);
    judge_room(heap, kind);
}

static void begin_full(ImmixHeap *heap)
{
    Policy *policy = &heap->policy;

    immix_remembered_drop(heap);
    if (policy->full_only != 0 && --policy->full_only != 0)
        immix_remembered_stop(heap);
}

/* The order matters: hooks and finalisers see the objects where they are now, and nothing
 * is overwritten before the sweep. */
static void collect(ImmixHeap *heap, ImmixCollection kind, bool for_policy)
{
    bool full = kind != IMMIX_MINOR;
    ImmixTracer *tracer = &heap->tracer;

    immix_bump_retire(heap);
    if (full)
        begin_full(heap);
    immix_trace_begin(tracer, full, immix_choose_evacuees(heap, kind));
    immix_trace(tracer);
    immix_evacuation_end(heap);
    if (heap->client.sweep_weak != NULL)
        heap->client.sweep_weak(tracer, heap->client.context);
    immix_finalize_dead(heap);
    immix_weak_end(tracer);
    update_policy(heap, full, for_policy);
    sweep(heap, kind, for_policy);
    immix_trace_end(tracer);
}

static void verify_or_die(ImmixHeap *heap, bool exact)
{
    bool valid = immix_verify_heap(heap, stderr, exact);

    CHECK(valid);
}

static void collect_checked(ImmixHeap *heap, ImmixCollection kind, bool for_policy)
{
    CHECK(!heap->tracer.active && heap->tracer.verifier == NULL);
    kind = effective_kind(heap, kind);
    if (heap->options.verify != 0)
        verify_or_die(heap, false);

    uint64_t start = immix_os_now_ns();
    collect(heap, kind, for_policy);
    immix_count_pause(heap, kind, immix_os_now_ns() - start);

    if (heap->options.verify != 0)
        verify_or_die(heap, kind != IMMIX_MINOR);
}

/* A client that says what it wants may want minor collections; or memory to go back, and then no
 * large nursery is kept for what comes. */
void immix_collect(ImmixHeap *heap, ImmixCollection kind)
{
    heap->policy.full_only = 0;
    if (kind != IMMIX_MINOR)
        heap->policy.nursery_bytes =
            nursery_within_limit(heap, heap->options.nursery_bytes);
    collect_checked(heap, kind, false);
}

void immix_collect_for_policy(ImmixHeap *heap)
{
    ImmixCollection kind =
        heap->options.stress != 0 ? kind_for_stress(heap) : kind_for_policy(heap);
    bool again;

    do {
        collect_checked(heap, kind, true);
        again = is_another_due(heap, kind, &kind);
    } while (again);
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
