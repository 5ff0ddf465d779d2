/* mark.c - see mark.h. */
#include "mark.h"

#include "verify.h"

enum {
    SCAN_ENTRY = 1,    /* on the stack: a marked object, to be scanned */
    SLICE_WORDS = 512, /* of a large object, scanned at a time */
    /* A stack with few entries is popped directly: lists go fastest so. A longer one is popped
     * through a ring that prefetches. Trees want a short ring, so that what was prefetched
     * when it was pushed is still in the cache when it is marked; graphs want a long one, so
     * that many misses are on their way at once. Trees make no long stack, and graphs do. */
    SHORT_RING = 8,
    LONG_RING = 64,
    LONG_STACK = 128,
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
    tracer->unlogged = tracer->heap->remembered.off ? 0 : IMMIX_UNLOGGED;
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

/* What the innermost loops use of the tracer. It stays in registers, where that of the tracer
 * would have to be read again after each store of a line's byte, which may alias anything. */
typedef struct Drain {
    ImmixTracer *tracer;
    uintptr_t *base, *top, *end; /* of the stack */
    uint64_t epoch_bits;
    uint64_t unlogged;
    uint64_t marked_bytes; /* since it began, or was saved */
    uint8_t epoch;
    uint8_t reference_tags;
    bool moving;
} Drain;

ALWAYS_INLINE Drain drain_begin(ImmixTracer *tracer, bool moving)
{
    Words *stack = &tracer->stack;

    return (Drain){
        .tracer = tracer,
        .base = stack->at,
        .top = stack->at + stack->count,
        .end = stack->at + stack->capacity,
        .epoch_bits = tracer->epoch_bits,
        .unlogged = tracer->unlogged,
        .epoch = tracer->epoch,
        .reference_tags = tracer->reference_tags,
        .moving = moving,
    };
}

/* To be called before anything is that uses the tracer, or its stack. */
ALWAYS_INLINE void drain_save(Drain *drain)
{
    drain->tracer->stack.count = (size_t)(drain->top - drain->base);
    drain->tracer->marked_bytes += drain->marked_bytes;
    drain->marked_bytes = 0;
}

/* And this afterwards. */
ALWAYS_INLINE void drain_resume(Drain *drain)
{
    Words *stack = &drain->tracer->stack;

    drain->base = stack->at;
    drain->top = stack->at + stack->count;
    drain->end = stack->at + stack->capacity;
}

ALWAYS_INLINE uint64_t with_marks(const Drain *drain, uint64_t bits, bool leaf)
{
    uint64_t marked = (bits & ~(IMMIX_EPOCH_MASK | IMMIX_UNLOGGED)) | drain->epoch_bits;

    return leaf ? marked : marked | drain->unlogged;
}

ALWAYS_INLINE uint64_t marked_header(const Drain *drain, uint64_t bits, bool leaf)
{
    bool carded = !leaf && is_big_enough_for_cards(drain->tracer, bits)
               && drain->tracer->words[type_of_bits(bits)] != WORDS_CUSTOM;

    return with_marks(drain, bits, leaf) | (carded ? IMMIX_CARDED : 0);
}

/* Moves the object out of a block that is evacuated. NULL: it stays where it is. */
ALWAYS_INLINE void *move(Drain *drain, void *object, uint64_t bits, uint64_t marked)
{
    if ((bits & (IMMIX_PINNED | IMMIX_LARGE_BIT))
        || !block_of((uintptr_t)immix_header_of(object))->evacuate)
        return NULL;
    drain_save(drain);
    void *copy = immix_evacuate(drain->tracer, object, bits, marked);
    drain_resume(drain);
    return copy;
}

/* Marks the object that `word` refers to. If some objects move, `slot` is where the word
 * stands, and is updated. Returns the object if it has to be scanned, NULL otherwise. */
ALWAYS_INLINE void *mark_target(Drain *drain, uint64_t word, uint64_t *slot)
{
    void *object = reference_target(word);
    ImmixHeader *header = immix_header_of(object);
    uint64_t bits = header->bits;

    if ((bits & IMMIX_EPOCH_MASK) == drain->epoch_bits)
        return NULL;
    if (UNLIKELY(bits & IMMIX_FORWARDED)) {
        ASSERT(bits != POISON_WORD);
        if (drain->moving && !is_watched(bits)) {
            *slot = (uint64_t)(uintptr_t)forwarded_to(bits) | (word & 7);
            return NULL;
        }
        drain_save(drain);
        bits = immix_release_watchers(drain->tracer, object);
        drain_resume(drain);
    }

    ASSERT(!(bits & IMMIX_FORWARDED));
    ASSERT(!needs_finalizer(drain->tracer->heap, bits) || (bits & IMMIX_FINALIZED));
    bool leaf = is_leaf(drain->tracer, bits);
    uint64_t marked = marked_header(drain, bits, leaf);
    if (drain->moving) {
        void *copy = move(drain, object, bits, marked);
        if (copy != NULL) {
            *slot = (uint64_t)(uintptr_t)copy | (word & 7);
            return leaf ? NULL : copy;
        }
    }

    size_t bytes = object_bytes(bits);
    header->bits = marked;
    drain->marked_bytes += bytes;
    if (LIKELY(!(bits & IMMIX_LARGE_BIT)))
        stamp_lines((uintptr_t)header, bytes, drain->epoch);
    return leaf ? NULL : object;
}

/* ---- Scanning ----------------------------------------------------------------------------- */

/* The header, and the end of an object of four words, which often lies on the next cache line;
 * if that of a smaller one does, it is this line too. */
ALWAYS_INLINE void prefetch_target(uint64_t word)
{
    uintptr_t object = (uintptr_t)reference_target(word);

    PREFETCH((void *)(object - IMMIX_HEADER_BYTES));
    PREFETCH((void *)(object + 3 * IMMIX_GRANULE_BYTES));
}

/* Pushes those of `count` slots that hold references, from the last to the first, but for the
 * last of these, which it returns: so the rest of a list waits while its elements are traced,
 * and not the other way round, and what comes next does not go through memory. 0: there is
 * none. The caller has made room for all. */
ALWAYS_INLINE uintptr_t push_all_but_one(Drain *drain, uint64_t *slots, size_t count)
{
    uintptr_t next = 0;

    for (size_t i = count; i-- > 0;) {
        uint64_t word = slots[i];
        if (!has_reference_tag(drain->reference_tags, word))
            continue;
        prefetch_target(word);
        if (next != 0)
            *drain->top++ = next;
        next = drain->moving ? (uintptr_t)&slots[i] : (uintptr_t)reference_target(word);
    }
    return next;
}

size_t immix_value_words(const ImmixTracer *tracer, uint64_t bits)
{
    uint32_t granules = (uint32_t)(bits >> IMMIX_GRANULES_SHIFT);
    uint32_t words = tracer->words[type_of_bits(bits)];

    return granules < words ? granules : words;
}

/* The caller has made room for all. */
static void push_slots(ImmixTracer *tracer, uint64_t *slots, size_t count)
{
    Drain drain = drain_begin(tracer, tracer->moving);
    uintptr_t next = push_all_but_one(&drain, slots, count);

    if (next != 0)
        *drain.top++ = next;
    drain_save(&drain);
}

static void scan_custom(ImmixTracer *tracer, void *object, uint64_t bits)
{
    const ImmixType *type = &tracer->heap->client.types[type_of_bits(bits)];

    if (type->trace == IMMIX_TRACE_CUSTOM)
        type->custom(tracer, object);
    else
        immix_weak_scan(tracer, type->trace, object);
}

/* What is not simply pushed: large objects, custom ones, and when the stack is full. */
static NO_INLINE void scan_slowly(ImmixTracer *tracer, void *object)
{
    uint64_t bits = immix_header_of(object)->bits;

    if (bits & IMMIX_LARGE_BIT) {
        queue_large(tracer, object);
    } else if (tracer->words[type_of_bits(bits)] == WORDS_CUSTOM) {
        scan_custom(tracer, object, bits);
    } else if (reserve(tracer, immix_value_words(tracer, bits))) {
        push_slots(tracer, object, immix_value_words(tracer, bits));
    } else {
        set_grey(tracer, object);
    }
}

/* Returns an entry that is to be processed next, or 0. */
ALWAYS_INLINE uintptr_t scan(Drain *drain, void *object, uint64_t bits)
{
    uint32_t granules = (uint32_t)(bits >> IMMIX_GRANULES_SHIFT);
    uint32_t words = drain->tracer->words[type_of_bits(bits)];
    size_t count = granules < words ? granules : words;

    if (LIKELY(!(bits & IMMIX_LARGE_BIT) && words != WORDS_CUSTOM
               && count <= (size_t)(drain->end - drain->top)))
        return push_all_but_one(drain, object, count);
    drain_save(drain);
    scan_slowly(drain->tracer, object);
    drain_resume(drain);
    return 0;
}

/* Bits of objects whose marking takes more than that of others. */
#define UNCOMMON_BITS (IMMIX_FORWARDED | IMMIX_LARGE_BIT | IMMIX_IDENTITY_MASK)

/* Marks and scans what any entry stands for. Returns the entry to process next, or 0. */
ALWAYS_INLINE uintptr_t process_any(Drain *drain, uintptr_t entry)
{
    void *object = (void *)(entry & ~(uintptr_t)SCAN_ENTRY);

    if (!(entry & SCAN_ENTRY) && drain->moving)
        object = mark_target(drain, *(uint64_t *)entry, (uint64_t *)entry);
    else if (!(entry & SCAN_ENTRY))
        object = mark_target(drain, entry, NULL);
    return object == NULL ? 0 : scan(drain, object, immix_header_of(object)->bits);
}

/* The same, in fewer steps for what is nearly always found: a small object that stays where
 * it is. */
ALWAYS_INLINE uintptr_t process(Drain *drain, uintptr_t entry)
{
    if (drain->moving || UNLIKELY(entry & SCAN_ENTRY))
        return process_any(drain, entry);

    void *object = (void *)entry;
    ImmixHeader *header = immix_header_of(object);
    uint64_t bits = header->bits;
    if ((bits & IMMIX_EPOCH_MASK) == drain->epoch_bits)
        return 0;
    uint32_t granules = (uint32_t)(bits >> IMMIX_GRANULES_SHIFT);
    uint32_t words = bits & IMMIX_LEAF ? 0 : drain->tracer->words[type_of_bits(bits)];
    size_t count = granules < words ? granules : words;
    if (UNLIKELY((bits & UNCOMMON_BITS) || words == WORDS_CUSTOM
                 || is_big_enough_for_cards(drain->tracer, bits)
                 || count > (size_t)(drain->end - drain->top)))
        return process_any(drain, entry);

    ASSERT(!needs_finalizer(drain->tracer->heap, bits) || (bits & IMMIX_FINALIZED));
    size_t bytes = IMMIX_HEADER_BYTES + (size_t)granules * IMMIX_GRANULE_BYTES;
    header->bits = with_marks(drain, bits, words == 0);
    drain->marked_bytes += bytes;
    stamp_lines((uintptr_t)header, bytes, drain->epoch);
    return push_all_but_one(drain, object, count);
}

/* What is popped waits in a ring of so many entries until its header has arrived, as long as
 * the stack has as many entries, and fewer than `most`. */
ALWAYS_INLINE void drain_through_ring(Drain *drain, ptrdiff_t entries, ptrdiff_t most)
{
    uintptr_t ring[LONG_RING];
    ptrdiff_t next = 0;

    for (ptrdiff_t i = 0; i < entries; i += 1)
        ring[i] = *--drain->top;
    while (drain->top - drain->base >= entries && drain->top - drain->base < most) {
        uintptr_t entry = ring[next];
        uintptr_t popped = *--drain->top;
        if (!(popped & SCAN_ENTRY))
            prefetch_target(drain->moving ? *(uint64_t *)popped : popped);
        ring[next] = popped;
        next = (next + 1) % entries;
        entry = process(drain, entry);
        if (entry != 0)
            *drain->top++ = entry;
    }
    for (ptrdiff_t i = 0; i < entries; i += 1)
        *drain->top++ = ring[(next + i) % entries];
}

ALWAYS_INLINE void drain_all(ImmixTracer *tracer, bool moving)
{
    Drain drain = drain_begin(tracer, moving);
    uintptr_t entry = 0;

    for (;;) {
        if (entry == 0) {
            if (drain.top - drain.base >= LONG_STACK)
                drain_through_ring(&drain, LONG_RING, PTRDIFF_MAX);
            else if (drain.top - drain.base >= 2 * SHORT_RING)
                drain_through_ring(&drain, SHORT_RING, LONG_STACK);
            if (drain.top == drain.base)
                break;
            entry = *--drain.top;
        }
        entry = process(&drain, entry);
    }
    drain_save(&drain);
}

static NO_INLINE void drain_in_place(ImmixTracer *tracer)
{
    drain_all(tracer, false);
}

static NO_INLINE void drain_moving(ImmixTracer *tracer)
{
    drain_all(tracer, true);
}

static void drain_stack(ImmixTracer *tracer)
{
    if (tracer->moving)
        drain_moving(tracer);
    else
        drain_in_place(tracer);
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
            scan_slowly(tracer, (void *)(header + IMMIX_HEADER_BYTES));
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
    scan_slowly(tracer, object);
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
        push_slots(tracer, slot, 1);
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
    Drain drain = drain_begin(tracer, tracer->moving);
    void *object = mark_target(&drain, *slot, slot);
    drain_save(&drain);
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
    return tracer->full && tracer->verifier == NULL;
}
