/* mark.c - see mark.h. */
#include "mark.h"

#include "verify.h"

enum {
    SCAN_ENTRY = 1,    /* on the stack: an object to scan, not a slot */
    SLICE_WORDS = 512, /* of a large object, scanned at a time */
    /* Below this many entries the stack is popped directly: what it holds was pushed a
     * moment ago, so its headers are on their way. Above, a ring prefetches. */
    RING_ENTRIES = 16,
    SHORT_STACK = 64,
};

/* ---- Set-up ------------------------------------------------------------------------------- */

static uint32_t words_of_type(const ImmixType *type)
{
    switch (type->trace) {
    case IMMIX_TRACE_LEAF: return 0;
    case IMMIX_TRACE_VALUES: return WORDS_ALL;
    case IMMIX_TRACE_HEAD_VALUES:
        return type->head_words == WORDS_CUSTOM ? WORDS_ALL : type->head_words;
    case IMMIX_TRACE_CUSTOM:
    case IMMIX_TRACE_WEAK:
    case IMMIX_TRACE_EPHEMERON:
    case IMMIX_TRACE_GUARDIAN:
    case IMMIX_TRACE_GUARDED: return WORDS_CUSTOM;
    }
    return 0;
}

bool immix_tracer_open(ImmixHeap *heap)
{
    ImmixTracer *tracer = &heap->tracer;

    tracer->heap = heap;
    tracer->epoch = 1;
    tracer->epoch_bits = (uint64_t)1 << IMMIX_EPOCH_SHIFT;
    tracer->reference_tags = heap->client.reference_tags;
    tracer->carded_granules = heap->options.carded_bytes / IMMIX_GRANULE_BYTES;
    for (size_t i = 0; i < IMMIX_TYPE_COUNT; i += 1)
        tracer->words[i] = words_of_type(&heap->client.types[i]);
    tracer->words[IMMIX_TYPE_FILLER] = 0;
    return immix_words_reserve(heap, &tracer->stack,
                               MARK_STACK_BYTES / sizeof tracer->stack.at[0]);
}

void immix_tracer_close(ImmixHeap *heap)
{
    immix_words_release(heap, &heap->tracer.stack);
}

void immix_trace_begin(ImmixTracer *tracer, bool full, bool moving)
{
    tracer->full = full;
    tracer->moving = moving;
    tracer->active = true;
    tracer->grow_failed = false;
    tracer->marked_bytes = 0;
    tracer->moved_bytes = 0;
    immix_weak_begin(tracer);
    if (full) {
        tracer->epoch = tracer->epoch == 3 ? 1 : tracer->epoch + 1;
        tracer->epoch_bits = (uint64_t)tracer->epoch << IMMIX_EPOCH_SHIFT;
    }
}

void immix_trace_end(ImmixTracer *tracer)
{
    Words *stack = &tracer->stack;
    size_t least = MARK_STACK_BYTES / sizeof stack->at[0];

    ASSERT(stack->count == 0 && tracer->grey_large == NULL && !tracer->has_grey);
    tracer->active = false;
    if (stack->capacity == least)
        return;
    /* Give back what a deep structure needed; if that fails, the big one stays. */
    Words smaller = {0};
    if (immix_words_reserve(tracer->heap, &smaller, least)) {
        immix_words_release(tracer->heap, stack);
        *stack = smaller;
    }
}

/* ---- The stack ---------------------------------------------------------------------------- */

static COLD bool grow_stack(ImmixTracer *tracer, size_t count)
{
    if (tracer->grow_failed)
        return false;
    if (tracer->stack_max != 0 && tracer->stack.count + count > tracer->stack_max)
        tracer->grow_failed = true;
    else
        tracer->grow_failed = !immix_words_reserve(tracer->heap, &tracer->stack, count);
    return !tracer->grow_failed;
}

ALWAYS_INLINE bool reserve(ImmixTracer *tracer, size_t count)
{
    return LIKELY(count <= tracer->stack.capacity - tracer->stack.count)
        || grow_stack(tracer, count);
}

/* Remembers a marked object as not scanned yet, at no cost in memory. */
static COLD void set_grey(ImmixTracer *tracer, void *object)
{
    set_grey_bit((uintptr_t)immix_header_of(object));
    tracer->has_grey = true;
}

static void queue_large(ImmixTracer *tracer, void *object)
{
    LargeObject *large = large_of(object);

    if (large->is_grey)
        return;
    large->is_grey = true;
    large->scanned = 0;
    large->next_grey = tracer->grey_large;
    tracer->grey_large = large;
}

/* ---- Marking ------------------------------------------------------------------------------ */

static uint64_t marked_header(const ImmixTracer *tracer, uint64_t bits, bool leaf)
{
    uint64_t marked =
        (bits & ~(IMMIX_EPOCH_MASK | IMMIX_UNLOGGED)) | tracer->epoch_bits;

    if (leaf)
        return marked;
    marked |= IMMIX_UNLOGGED;
    if (UNLIKELY(is_big_enough_for_cards(tracer, bits))
        && tracer->words[type_of_bits(bits)] != WORDS_CUSTOM)
        marked |= IMMIX_CARDED;
    return marked;
}

/* Marks the object that `slot` refers to, moves it if its block is evacuated, and updates
 * the slot. Returns the object if it has to be scanned, NULL otherwise. */
ALWAYS_INLINE void *mark_target(ImmixTracer *tracer, uint64_t *slot)
{
    uint64_t word = *slot;
    void *object = reference_target(word);
    ImmixHeader *header = immix_header_of(object);
    uint64_t bits = header->bits;

    if ((bits & IMMIX_EPOCH_MASK) == tracer->epoch_bits)
        return NULL;
    if (bits & IMMIX_FORWARDED) {
        ASSERT(bits != POISON_WORD);
        if (LIKELY(!is_watched(bits))) {
            *slot = (uint64_t)(uintptr_t)forwarded_to(bits) | (word & 7);
            return NULL;
        }
        bits = immix_release_watchers(tracer, object);
    }

    ASSERT(!needs_finalizer(tracer->heap, bits) || (bits & IMMIX_FINALIZED));
    bool leaf = is_leaf(tracer, bits);
    uint64_t marked = marked_header(tracer, bits, leaf);
    if (UNLIKELY(tracer->moving) && !(bits & (IMMIX_PINNED | IMMIX_LARGE_BIT))
        && block_of((uintptr_t)header)->evacuate) {
        void *copy = immix_evacuate(tracer, object, bits, marked);
        if (copy != NULL) {
            *slot = (uint64_t)(uintptr_t)copy | (word & 7);
            return leaf ? NULL : copy;
        }
    }

    size_t bytes = object_bytes(bits);
    header->bits = marked;
    tracer->marked_bytes += bytes;
    if (LIKELY(!(bits & IMMIX_LARGE_BIT)))
        stamp_lines((uintptr_t)header, bytes, tracer->epoch);
    return leaf ? NULL : object;
}

/* ---- Scanning ----------------------------------------------------------------------------- */

/* The header, and the end of a pair, which may lie on the next cache line. */
ALWAYS_INLINE void prefetch_target(uint64_t word)
{
    uintptr_t object = (uintptr_t)reference_target(word);

    PREFETCH((void *)(object - IMMIX_HEADER_BYTES));
    PREFETCH((void *)(object + IMMIX_GRANULE_BYTES));
}

/* Pushes the slots among `count` that hold references, the first one last: so the rest of a
 * list waits while its elements are traced, and not the other way round. The caller has
 * reserved room for all. */
ALWAYS_INLINE void push_slots(ImmixTracer *tracer, uint64_t *slots, size_t count)
{
    uintptr_t *top = tracer->stack.at + tracer->stack.count;

    for (size_t i = count; i-- > 0;) {
        if (is_reference(tracer, slots[i])) {
            prefetch_target(slots[i]);
            *top++ = (uintptr_t)&slots[i];
        }
    }
    tracer->stack.count = (size_t)(top - tracer->stack.at);
}

size_t immix_value_words(const ImmixTracer *tracer, uint64_t bits)
{
    uint32_t granules = (uint32_t)(bits >> IMMIX_GRANULES_SHIFT);
    uint32_t words = tracer->words[type_of_bits(bits)];

    return granules < words ? granules : words;
}

static void scan_custom(ImmixTracer *tracer, void *object, uint64_t bits)
{
    const ImmixType *type = &tracer->heap->client.types[type_of_bits(bits)];

    if (type->trace == IMMIX_TRACE_CUSTOM)
        type->custom(tracer, object);
    else
        immix_weak_scan(tracer, type->trace, object);
}

ALWAYS_INLINE void scan(ImmixTracer *tracer, void *object)
{
    uint64_t bits = immix_header_of(object)->bits;

    if (UNLIKELY(bits & IMMIX_LARGE_BIT)) {
        queue_large(tracer, object);
    } else if (UNLIKELY(tracer->words[type_of_bits(bits)] == WORDS_CUSTOM)) {
        scan_custom(tracer, object, bits);
    } else {
        size_t count = immix_value_words(tracer, bits);
        if (LIKELY(reserve(tracer, count)))
            push_slots(tracer, object, count);
        else
            set_grey(tracer, object);
    }
}

ALWAYS_INLINE void process(ImmixTracer *tracer, uintptr_t entry)
{
    void *object = (void *)(entry & ~(uintptr_t)SCAN_ENTRY);

    if (LIKELY(!(entry & SCAN_ENTRY)))
        object = mark_target(tracer, (uint64_t *)entry);
    if (object != NULL)
        scan(tracer, object);
}

/* While the stack is long: what is popped waits in a ring until its header has arrived. */
static void drain_through_ring(ImmixTracer *tracer)
{
    uintptr_t ring[RING_ENTRIES];
    Words *stack = &tracer->stack;
    size_t next = 0;

    for (size_t i = 0; i < RING_ENTRIES; i += 1)
        ring[i] = stack->at[--stack->count];
    while (stack->count >= SHORT_STACK) {
        uintptr_t entry = ring[next];
        uintptr_t popped = stack->at[--stack->count];
        if (!(popped & SCAN_ENTRY))
            prefetch_target(*(uint64_t *)popped);
        ring[next] = popped;
        next = (next + 1) % RING_ENTRIES;
        process(tracer, entry);
    }
    for (size_t i = 0; i < RING_ENTRIES; i += 1)
        process(tracer, ring[(next + i) % RING_ENTRIES]);
}

static void drain_stack(ImmixTracer *tracer)
{
    Words *stack = &tracer->stack;

    while (stack->count > 0) {
        if (stack->count >= SHORT_STACK + RING_ENTRIES)
            drain_through_ring(tracer);
        else
            process(tracer, stack->at[--stack->count]);
    }
}

/* Scans the next slice of the first large object; the stack is empty. */
static void scan_slice(ImmixTracer *tracer)
{
    LargeObject *large = tracer->grey_large;
    void *object = large_object(large);
    uint64_t bits = immix_header_of(object)->bits;
    bool custom = tracer->words[type_of_bits(bits)] == WORDS_CUSTOM;
    size_t count = custom ? 0 : immix_value_words(tracer, bits) - large->scanned;
    uint64_t *slots = (uint64_t *)object + large->scanned;

    if (count > SLICE_WORDS) {
        count = SLICE_WORDS;
        large->scanned += SLICE_WORDS;
    } else {
        tracer->grey_large = large->next_grey;
        large->is_grey = false;
    }
    if (custom)
        scan_custom(tracer, object, bits);
    else
        push_slots(tracer, slots, count);
}

static void scan_grey_block(ImmixTracer *tracer, Chunk *chunk, size_t index)
{
    const size_t words = IMMIX_BLOCK_BYTES / IMMIX_GRANULE_BYTES / 64;
    uint64_t *bits = chunk_grey_bits(chunk) + index * words;

    chunk->blocks[index].grey = false;
    for (size_t i = 0; i < words; i += 1) {
        while (bits[i] != 0) {
            size_t granule =
                (index * words + i) * 64 + (size_t)__builtin_ctzll(bits[i]);
            uintptr_t header = (uintptr_t)chunk + granule * IMMIX_GRANULE_BYTES;
            bits[i] &= bits[i] - 1;
            scan(tracer, (void *)(header + IMMIX_HEADER_BYTES));
            drain_stack(tracer);
        }
    }
}

static COLD void scan_grey(ImmixTracer *tracer)
{
    tracer->has_grey = false;
    for (Chunk *chunk = tracer->heap->pool.chunks; chunk != NULL; chunk = chunk->next) {
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
            if (chunk->blocks[i].grey)
                scan_grey_block(tracer, chunk, i);
        }
    }
}

static void drain(ImmixTracer *tracer)
{
    for (;;) {
        drain_stack(tracer);
        if (tracer->grey_large != NULL)
            scan_slice(tracer);
        else if (tracer->has_grey)
            scan_grey(tracer);
        else
            return;
    }
}

/* ---- Driving ------------------------------------------------------------------------------ */

void immix_trace_object(ImmixTracer *tracer, void *object)
{
    if (!reserve(tracer, IMMIX_LARGE_BYTES / IMMIX_GRANULE_BYTES))
        drain(tracer);
    scan(tracer, object);
}

void immix_trace_slots(ImmixTracer *tracer, uint64_t *slots, size_t count)
{
    while (count > 0) {
        size_t some = count < SLICE_WORDS ? count : SLICE_WORDS;
        if (!reserve(tracer, some))
            drain(tracer);
        push_slots(tracer, slots, some);
        slots += some;
        count -= some;
    }
}

void immix_trace_later(ImmixTracer *tracer, void *object, uint64_t *slot)
{
    if (!is_reference(tracer, *slot))
        return;
    if (LIKELY(reserve(tracer, 1)))
        tracer->stack.at[tracer->stack.count++] = (uintptr_t)slot;
    else if (immix_header_of(object)->bits & IMMIX_LARGE_BIT)
        queue_large(tracer, object);
    else
        set_grey(tracer, object);
}

void immix_trace_drain(ImmixTracer *tracer)
{
    drain(tracer);
}

void immix_trace(ImmixTracer *tracer)
{
    const ImmixClient *client = &tracer->heap->client;

    client->visit_roots(tracer, client->context);
    drain(tracer);
    if (!tracer->full) {
        immix_remembered_trace(tracer->heap);
        drain(tracer);
    }
    immix_guardians_trace(tracer);
}

/* ---- Hooks -------------------------------------------------------------------------------- */

void immix_visit(ImmixTracer *tracer, uint64_t *slot)
{
    if (!is_reference(tracer, *slot))
        return;
    if (UNLIKELY(tracer->verifier != NULL)) {
        immix_verifier_visit(tracer->verifier, *slot);
        return;
    }
    /* The slot may be a variable of the hook's, so the visit cannot wait. The scan can, and
     * must: its depth is not bounded. */
    void *object = mark_target(tracer, slot);
    if (object == NULL)
        return;
    if (immix_header_of(object)->bits & IMMIX_LARGE_BIT)
        queue_large(tracer, object);
    else if (reserve(tracer, 1))
        tracer->stack.at[tracer->stack.count++] = (uintptr_t)object | SCAN_ENTRY;
    else
        set_grey(tracer, object);
}

void immix_visit_range(ImmixTracer *tracer, uint64_t *slots, size_t count)
{
    for (size_t i = 0; i < count; i += 1)
        immix_visit(tracer, &slots[i]);
}

bool immix_survives(ImmixTracer *tracer, uint64_t *slot)
{
    if (!is_reference(tracer, *slot))
        return true;
    uint64_t bits = immix_header_of(reference_target(*slot))->bits;
    if (bits & IMMIX_FORWARDED) {
        if (is_watched(bits))
            return false;
        *slot = (uint64_t)(uintptr_t)forwarded_to(bits) | (*slot & 7);
        return true;
    }
    return (bits & IMMIX_EPOCH_MASK) == tracer->epoch_bits;
}

bool immix_is_full(const ImmixTracer *tracer)
{
    return tracer->full;
}
