/* verify.c - see verify.h.
 *
 * It walks the graph from the roots as the tracer does, but marks nothing: what was seen is
 * noted in the grey maps, which are idle between collections, and the lines that objects
 * ought to have in a spare bit of the line bytes. Both are cleaned up at the end. Its stack
 * is malloc'd and not counted: the verifier is a tool, and is no part of the heap. */
#include "verify.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mark.h"
#include "span.h"

enum {
    EXPECTED = 4
}; /* in a line byte, beside the epoch */

struct Verifier {
    ImmixHeap *heap;
    FILE *report;
    bool failed;
    bool no_memory;
    uintptr_t *stack;
    size_t count;
    size_t capacity;
    uintptr_t *remembered; /* sorted */
    size_t remembered_count;
    void *parent;   /* being scanned; NULL: a root */
    uint64_t *slot; /* in parent; NULL: unknown */
    uint64_t live_bytes;
};

static void fail(Verifier *v, const void *object, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void fail(Verifier *v, const void *object, const char *format, ...)
{
    va_list arguments;

    if (!v->failed && v->report != NULL) {
        fprintf(v->report, "immix: heap is not valid: ");
        va_start(arguments, format);
        vfprintf(v->report, format, arguments);
        va_end(arguments);
        if (object != NULL)
            fprintf(v->report, " (object %p)", object);
        if (v->parent != NULL) {
            const char *name = v->heap->client.types[immix_type_of(v->parent)].name;
            fprintf(v->report, " (in %s %p)", name != NULL ? name : "?", v->parent);
        }
        fprintf(v->report, "\n");
    }
    v->failed = true;
}

/* ---- What was seen ------------------------------------------------------------------------ */

static bool has_seen(const void *object)
{
    if (immix_header_of(object)->bits & IMMIX_LARGE_BIT)
        return large_of(object)->seen;
    GreyBit grey = grey_bit_of((uintptr_t)immix_header_of(object));
    return (*grey.word & grey.mask) != 0;
}

static void set_seen(const void *object)
{
    uintptr_t header = (uintptr_t)immix_header_of(object);

    if (immix_header_of(object)->bits & IMMIX_LARGE_BIT)
        large_of(object)->seen = true;
    else
        set_grey_bit(header);
}

static void clean_lines(Block *block)
{
    uint8_t *lines = line_of(block_start(block));

    for (size_t i = 0; i < IMMIX_LINES_PER_BLOCK; i += 1)
        lines[i] &= (uint8_t)~EXPECTED;
}

static void clean_up(ImmixHeap *heap)
{
    const size_t words = IMMIX_BLOCK_BYTES / IMMIX_GRANULE_BYTES / 64;

    for (Chunk *chunk = heap->pool.chunks; chunk != NULL; chunk = chunk->next) {
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
            if (!chunk->blocks[i].grey)
                continue;
            chunk->blocks[i].grey = false;
            memset(chunk_grey_bits(chunk) + i * words, 0, words * sizeof(uint64_t));
            clean_lines(&chunk->blocks[i]);
        }
    }
    for (LargeObject *large = heap->large.young; large != NULL; large = large->next)
        large->seen = false;
    for (LargeObject *large = heap->large.old; large != NULL; large = large->next)
        large->seen = false;
}

/* ---- Objects ------------------------------------------------------------------------------ */

static int compare_words(const void *a, const void *b)
{
    const uintptr_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static bool is_listed(const Verifier *v, const void *object)
{
    uintptr_t key = (uintptr_t)object;

    return v->remembered_count != 0
        && bsearch(&key, v->remembered, v->remembered_count, sizeof key, compare_words)
               != NULL;
}

static void check_marked(Verifier *v, const void *object, uint64_t bits)
{
    const ImmixTracer *tracer = &v->heap->tracer;
    bool leaf = is_leaf(tracer, bits);
    bool carded = !leaf && is_big_enough_for_cards(tracer, bits)
               && tracer->words[type_of_bits(bits)] != WORDS_CUSTOM;

    if (leaf && (bits & IMMIX_UNLOGGED))
        fail(v, object, "M2: a leaf has UNLOGGED");
    if (!leaf && !(bits & IMMIX_UNLOGGED) && !is_listed(v, object)
        && !v->heap->remembered.off)
        fail(v, object, "M2: an old object is neither UNLOGGED nor remembered");
    if (((bits & IMMIX_CARDED) != 0) != carded)
        fail(v, object, "M4: CARDED is wrong");
}

static void check_lines(Verifier *v, const void *object, uint64_t bits)
{
    uintptr_t header = (uintptr_t)immix_header_of(object);
    uint8_t *line = line_of(header);
    uint8_t *last = line_of(header + object_bytes(bits) - 1);

    for (; line <= last; line += 1) {
        if ((*line & 3) != v->heap->tracer.epoch)
            fail(v, object, "B1: a line of an old object is not marked");
        *line |= EXPECTED;
    }
}

static void check_in_block(Verifier *v, const void *object, uint64_t bits, bool old)
{
    uintptr_t header = (uintptr_t)immix_header_of(object);
    const Block *block = block_of(header);
    const Region *bump = &v->heap->bump;

    if (bits & IMMIX_LARGE_BIT) {
        fail(v, object, "O2: LARGE object in a block");
        return;
    }
    /* The word of a hash that was added in a move does not count. */
    if ((size_t)(bits >> IMMIX_GRANULES_SHIFT) * IMMIX_GRANULE_BYTES
        > IMMIX_LARGE_BYTES - IMMIX_HEADER_BYTES) {
        fail(v, object, "O2: an object in a block is larger than those may be");
        return;
    }
    if (header + object_bytes(bits) > block_start(block) + IMMIX_BLOCK_BYTES) {
        fail(v, object, "O2: an object crosses the end of its block");
        return;
    }
    if (header >= bump->cursor && header < bump->limit)
        fail(v, object, "O2: an object lies where nothing is allocated yet");
    if (old)
        check_lines(v, object, bits);
    else if (!block->touched)
        fail(v, object, "B4: a young object lies in a block that is not touched");
}

/* False: it is no object, so do not look into it. */
static bool check_object(Verifier *v, const void *object)
{
    if (!immix_owns(v->heap, object)) {
        fail(v, object, "O1: a reference to no object of this heap");
        return false;
    }
    uint64_t bits = immix_header_of(object)->bits;
    uint64_t epoch_bits = bits & IMMIX_EPOCH_MASK;
    if ((bits & IMMIX_FORWARDED) || bits >> 15 & 1) {
        fail(v, object, "O1: a stale reference: header %016llx",
             (unsigned long long)bits);
        return false;
    }
    if (v->heap->client.types[type_of_bits(bits)].name == NULL) {
        fail(v, object, "O1: no such type: header %016llx", (unsigned long long)bits);
        return false;
    }
    if (epoch_bits != 0 && epoch_bits != v->heap->tracer.epoch_bits)
        fail(v, object, "M1: a dead object is reachable");
    if ((uintptr_t)object % object_align(bits) != 0)
        fail(v, object, "O2: an object has lost its alignment");
    if (epoch_bits != 0)
        check_marked(v, object, bits);
    if (!immix_owner_has(v->heap,
                         (uintptr_t)chunk_of((uintptr_t)immix_header_of(object)))) {
        if (!(bits & IMMIX_LARGE_BIT))
            fail(v, object, "O2: a large object without LARGE");
    } else {
        check_in_block(v, object, bits, epoch_bits != 0);
    }
    return !v->failed;
}

/* ---- Edges -------------------------------------------------------------------------------- */

typedef struct SlotQuery {
    const uint64_t *slot;
    bool found;
} SlotQuery;

static void look_for_slot(void *context, uint64_t *slots, size_t count)
{
    SlotQuery *query = context;

    if (query->slot >= slots && query->slot < slots + count)
        query->found = true;
}

static void check_edge(Verifier *v, const void *child)
{
    if (v->parent == NULL || v->heap->remembered.off)
        return;
    uint64_t bits = immix_header_of(v->parent)->bits;
    if ((bits & IMMIX_EPOCH_MASK) == 0 || !(bits & IMMIX_UNLOGGED)
        || (immix_header_of(child)->bits & IMMIX_EPOCH_MASK) != 0)
        return;
    SlotQuery query = {v->slot, false};
    if (bits & IMMIX_DIRTY)
        immix_dirty_runs(v->heap, v->parent, look_for_slot, &query);
    if (!query.found)
        fail(v, child,
             "M3: an edge from an old object to a young one is not remembered");
}

static bool push(Verifier *v, void *object)
{
    if (v->count == v->capacity) {
        size_t capacity = v->capacity == 0 ? 1024 : v->capacity * 2;
        uintptr_t *stack = realloc(v->stack, capacity * sizeof stack[0]);
        if (stack == NULL)
            return false;
        v->stack = stack;
        v->capacity = capacity;
    }
    v->stack[v->count++] = (uintptr_t)object;
    return true;
}

void immix_verifier_visit(Verifier *v, uint64_t word)
{
    void *object = reference_target(word);

    if (v->failed || v->no_memory)
        return;
    if (!immix_owns(v->heap, object) || !has_seen(object)) {
        if (!check_object(v, object))
            return;
        set_seen(object);
        v->live_bytes += object_bytes(immix_header_of(object)->bits);
        if (!push(v, object))
            v->no_memory = true;
    }
    check_edge(v, object);
}

static bool has_link(ImmixTrace trace)
{
    return trace == IMMIX_TRACE_WEAK || trace == IMMIX_TRACE_EPHEMERON
        || trace == IMMIX_TRACE_GUARDIAN;
}

/* Weak references are checked like others: what is dead, collections break at once. */
static void scan(Verifier *v, void *object)
{
    ImmixTracer *tracer = &v->heap->tracer;
    uint64_t bits = immix_header_of(object)->bits;
    uint8_t type = type_of_bits(bits);
    uint64_t *slots = object;

    v->parent = object;
    if (is_leaf(tracer, bits))
        return;
    const ImmixType *described = &v->heap->client.types[type];
    if (described->trace == IMMIX_TRACE_CUSTOM) {
        described->custom(tracer, object);
        return;
    }
    if (has_link(described->trace) && slots[WEAK_LINK_WORD] != 0)
        fail(v, object, "W1: the collector's word of a weak object is not 0");
    size_t count = immix_value_words(tracer, bits);
    for (size_t i = 0; i < count && !v->failed; i += 1) {
        v->slot = &slots[i];
        if (is_reference(tracer, slots[i]))
            immix_verifier_visit(v, slots[i]);
    }
    v->slot = NULL;
}

static void drain(Verifier *v)
{
    while (v->count > 0 && !v->failed && !v->no_memory)
        scan(v, (void *)v->stack[--v->count]);
    v->parent = NULL;
}

static void walk(Verifier *v)
{
    const ImmixClient *client = &v->heap->client;
    ImmixTracer *tracer = &v->heap->tracer;

    client->visit_roots(tracer, client->context);
    drain(v);
}

/* ---- Counts ------------------------------------------------------------------------------- */

static size_t list_length(const Block *list)
{
    size_t length = 0;

    for (; list != NULL; list = list->next)
        length += 1;
    return length;
}

/* After a full collection: a line is marked iff an object that was reached lies on it. */
static void check_block_exact(Verifier *v, const Block *block)
{
    const uint8_t *lines = line_of(block_start(block));

    for (size_t i = 0; i < IMMIX_LINES_PER_BLOCK; i += 1) {
        bool marked = (lines[i] & 3) != 0;
        bool is_free = (block->free_map.words[i / 64] >> i % 64 & 1) != 0;
        if (marked != ((lines[i] & EXPECTED) != 0))
            fail(v, NULL, "B1: line %zu of block %p is marked for no object", i,
                 (void *)block_start(block));
        if (block->state != BLOCK_FREE && marked == is_free)
            fail(v, NULL, "B2: line %zu of block %p: free map and mark disagree", i,
                 (void *)block_start(block));
    }
}

static void check_blocks(Verifier *v, bool exact)
{
    const Pool *pool = &v->heap->pool;
    size_t used = 0, recyclable = 0, free_resident = 0, free_clean = 0, chunks = 0;

    for (Chunk *chunk = pool->chunks; chunk != NULL; chunk = chunk->next) {
        chunks += 1;
        for (size_t i = HEAD_BLOCKS; i < CHUNK_BLOCKS; i += 1) {
            const Block *block = &chunk->blocks[i];
            used += block->state != BLOCK_FREE;
            recyclable += block->state == BLOCK_RECYCLABLE;
            free_resident += block->state == BLOCK_FREE && block->resident;
            free_clean += block->state == BLOCK_FREE && !block->resident;
            if (block->state != BLOCK_FREE && !block->resident)
                fail(v, NULL, "A1: a used block is not counted");
            if (exact)
                check_block_exact(v, block);
        }
    }
    if (chunks != pool->chunk_count || used != pool->used_blocks
        || recyclable != list_length(pool->recyclable)
        || free_resident != list_length(pool->free_resident)
        || free_resident != pool->free_resident_count
        || free_clean != list_length(pool->free_clean)
        || free_clean != pool->free_clean_count)
        fail(v, NULL, "B3: blocks and lists of blocks disagree");
}

static size_t words_bytes(const Words *words)
{
    return words->capacity * sizeof words->at[0];
}

static void count_large(const LargeObject *list, size_t *bytes, size_t *count,
                        size_t *run_pages)
{
    for (; list != NULL; list = list->next) {
        *bytes += list->map_bytes;
        *count += 1;
        if (list->map_bytes <= RUN_MOST_BYTES)
            *run_pages += list->map_bytes / OS_PAGE_BYTES;
    }
}

static void check_account(Verifier *v)
{
    const ImmixHeap *heap = v->heap;
    const Pool *pool = &heap->pool;
    size_t large_bytes = 0, large_count = 0, run_pages = 0;

    count_large(heap->large.young, &large_bytes, &large_count, &run_pages);
    count_large(heap->large.old, &large_bytes, &large_count, &run_pages);
    size_t used_pages, dirty_pages;
    if (!immix_spans_valid(heap, &used_pages, &dirty_pages)
        || used_pages != run_pages + heap->large.span_count)
        fail(v, NULL, "S1, S2: the spans of large objects are not what their maps say");
    size_t held = sizeof *heap + heap->external_bytes + large_bytes
                + heap->large.span_count * OS_PAGE_BYTES + heap->large.free_bytes
                + pool->chunk_count * CHUNK_TABLE_BYTES
                + (pool->used_blocks + pool->free_resident_count) * IMMIX_BLOCK_BYTES
                + pool->owners.capacity * sizeof pool->owners.slots[0]
                + words_bytes(&heap->tracer.stack)
                + words_bytes(&heap->remembered.objects)
                + words_bytes(&heap->remembered.carded)
                + words_bytes(&heap->finalizers.objects);
    if (large_bytes != heap->large.bytes || large_count != heap->large.count)
        fail(v, NULL, "A2: large objects and their counts disagree");
    if (pool->owners.count != pool->chunk_count + large_count)
        fail(v, NULL, "A2: the owner table does not list chunks and large objects");
    if (held != heap->held_bytes)
        fail(v, NULL, "A1: held bytes are %zu and are counted as %zu", held,
             heap->held_bytes);
}

/* ---- The remembered set ------------------------------------------------------------------- */

static void check_remembered(Verifier *v)
{
    const Words *carded = &v->heap->remembered.carded;

    for (size_t i = 0; i < v->remembered_count; i += 1) {
        const void *object = (const void *)v->remembered[i];
        if (!immix_owns(v->heap, object))
            fail(v, object, "R1: what is remembered is no object");
        else if (immix_header_of(object)->bits & IMMIX_UNLOGGED)
            fail(v, object, "R1: a remembered object has UNLOGGED");
    }
    for (size_t i = 0; i < carded->count; i += 1) {
        const void *object = (const void *)carded->at[i];
        if (!immix_owns(v->heap, object))
            fail(v, object, "R2: what has marked cards is no object");
        else if (!(immix_header_of(object)->bits & IMMIX_DIRTY))
            fail(v, object, "R2: an object with marked cards is not DIRTY");
    }
}

static bool sort_remembered(Verifier *v)
{
    const Words *objects = &v->heap->remembered.objects;

    if (objects->count == 0)
        return true;
    v->remembered = malloc(objects->count * sizeof v->remembered[0]);
    if (v->remembered == NULL)
        return false;
    memcpy(v->remembered, objects->at, objects->count * sizeof v->remembered[0]);
    v->remembered_count = objects->count;
    qsort(v->remembered, v->remembered_count, sizeof v->remembered[0], compare_words);
    return true;
}

/* ---- Public ------------------------------------------------------------------------------- */

bool immix_verify_heap(ImmixHeap *heap, FILE *report, bool exact)
{
    Verifier v = {.heap = heap, .report = report};

    if (!sort_remembered(&v)) {
        if (report != NULL)
            fprintf(report, "immix: no memory to verify the heap\n");
        return true;
    }
    immix_bump_show(heap);
    heap->tracer.verifier = &v;
    walk(&v);
    heap->tracer.verifier = NULL;
    check_remembered(&v);
    check_blocks(&v, exact && !v.no_memory && !v.failed);
    check_account(&v);
    if (exact && !v.no_memory && v.live_bytes != heap->policy.live_bytes)
        fail(&v, NULL, "A3: live bytes are %llu and are counted as %zu",
             (unsigned long long)v.live_bytes, heap->policy.live_bytes);
    clean_up(heap);
    if (heap->fail_after != 0)
        immix_bump_hide(heap);
    free(v.stack);
    free(v.remembered);
    return !v.failed;
}

bool immix_verify(ImmixHeap *heap, FILE *report)
{
    return immix_verify_heap(heap, report, false);
}
