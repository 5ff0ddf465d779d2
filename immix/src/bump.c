/* bump.c - allocation: bumping a cursor through holes, and what happens when one is full.
 *
 * A small object takes the next hole, whichever it is: every hole is a line at least. A
 * medium one that does not fit the current hole goes to the overflow block, so that the hole
 * is not lost (Immix, section 3.2). */
#include "heap.h"

#include <string.h>

/* ---- Regions ------------------------------------------------------------------------------ */

static void open_region(Region *region, uintptr_t start, size_t bytes)
{
    region->start = region->cursor = start;
    region->limit = start + bytes;
    immix_os_permit(start, bytes);
    if (IMMIX_DEBUG)
        immix_fill_fresh(start, bytes);
}

void immix_region_open(Region *region, Block *block)
{
    open_region(region, block_start(block), IMMIX_BLOCK_BYTES);
}

size_t immix_region_close(Region *region)
{
    size_t taken = region->cursor - region->start;

    immix_os_forbid(region->cursor, region->limit - region->cursor);
    *region = (Region){0};
    return taken;
}

uintptr_t immix_region_place(Region *region, size_t bytes, size_t align_bytes)
{
    size_t pad = (size_t)(-(region->cursor + IMMIX_HEADER_BYTES) & (align_bytes - 1));

    if (bytes + pad > region->limit - region->cursor)
        return 0;
    if (pad != 0) {
        uint32_t granules = (uint32_t)(pad / IMMIX_GRANULE_BYTES - 1);
        *(ImmixHeader *)region->cursor =
            immix_header(IMMIX_TYPE_FILLER, 0, granules, IMMIX_LEAF);
    }
    uintptr_t header = region->cursor + pad;
    region->cursor = header + bytes;
    return header;
}

/* ---- The mutator's regions ---------------------------------------------------------------- */

void immix_bump_hide(ImmixHeap *heap)
{
    if (!heap->hiding) {
        heap->hiding = true;
        heap->hidden_limit = heap->bump.limit;
        heap->bump.limit = heap->bump.cursor;
    }
}

void immix_bump_show(ImmixHeap *heap)
{
    if (heap->hiding) {
        heap->hiding = false;
        heap->bump.limit = heap->hidden_limit;
    }
}

void immix_bump_retire(ImmixHeap *heap)
{
    immix_bump_show(heap);
    heap->policy.young_bytes += immix_region_close(&heap->bump);
    heap->policy.young_bytes += immix_region_close(&heap->overflow);
    heap->holes = (FreeMap){{0}};
    heap->block = NULL;
}

size_t immix_bump_open_bytes(const ImmixHeap *heap)
{
    return heap->bump.cursor - heap->bump.start + heap->overflow.cursor
         - heap->overflow.start;
}

/* Moves on to the next hole. False: there is none, and none can be had. */
static bool next_hole(ImmixHeap *heap)
{
    unsigned first, count;

    while (!immix_next_hole(&heap->holes, &first, &count)) {
        Block *block = immix_take_recyclable_block(heap);
        if (block == NULL)
            block = immix_take_free_block(heap);
        if (block == NULL)
            return false;
        heap->block = block;
        heap->holes = block->free_map;
    }
    heap->policy.young_bytes += immix_region_close(&heap->bump);
    open_region(&heap->bump,
                block_start(heap->block) + (uintptr_t)first * IMMIX_LINE_BYTES,
                (size_t)count * IMMIX_LINE_BYTES);
    return true;
}

/* Tries hole after hole. What is left in those passed over is lost until it is swept. */
static uintptr_t place_in_next_holes(ImmixHeap *heap, size_t bytes, size_t align_bytes)
{
    while (next_hole(heap)) {
        uintptr_t header = immix_region_place(&heap->bump, bytes, align_bytes);
        if (header != 0)
            return header;
    }
    return 0;
}

static uintptr_t place_medium(ImmixHeap *heap, size_t bytes, size_t align_bytes)
{
    uintptr_t header;

    /* A hole with less than a line left is no loss. */
    if (heap->bump.limit - heap->bump.cursor < IMMIX_LINE_BYTES && next_hole(heap)) {
        header = immix_region_place(&heap->bump, bytes, align_bytes);
        if (header != 0)
            return header;
    }
    header = immix_region_place(&heap->overflow, bytes, align_bytes);
    if (header != 0)
        return header;

    Block *block = immix_take_free_block(heap);
    if (block == NULL)
        return place_in_next_holes(heap, bytes, align_bytes);
    heap->policy.young_bytes += immix_region_close(&heap->overflow);
    immix_region_open(&heap->overflow, block);
    return immix_region_place(&heap->overflow, bytes, align_bytes);
}

static void *allocate(ImmixHeap *heap, ImmixHeader header)
{
    size_t bytes = object_bytes(header.bits);
    size_t align_bytes = object_align(header.bits);

    if (bytes > IMMIX_LARGE_BYTES)
        return immix_large_alloc(heap, header);

    uintptr_t place = immix_region_place(&heap->bump, bytes, align_bytes);
    if (place == 0) {
        /* With its padding, a small object fits a line. */
        if (bytes + align_bytes - IMMIX_GRANULE_BYTES <= IMMIX_LINE_BYTES)
            place = place_in_next_holes(heap, bytes, align_bytes);
        else
            place = place_medium(heap, bytes, align_bytes);
    }
    if (place == 0)
        return NULL;
    *(ImmixHeader *)place = header;
    return (void *)(place + IMMIX_HEADER_BYTES);
}

/* ---- Failing on purpose ------------------------------------------------------------------- */

void immix_fail_after(ImmixHeap *heap, uint64_t allocations)
{
    heap->fail_after = allocations;
    if (allocations != 0)
        immix_bump_hide(heap);
    else
        immix_bump_show(heap);
}

bool immix_fails_now(ImmixHeap *heap)
{
    if (heap->fail_after != 1) {
        heap->fail_after -= heap->fail_after != 0;
        return false;
    }
    if (heap->options.fail_count != 0 && --heap->options.fail_count == 0)
        heap->fail_after = 0;
    return true;
}

bool immix_external_add(ImmixHeap *heap, size_t bytes)
{
    if (immix_fails_now(heap) || !immix_charge(heap, bytes))
        return false;
    heap->external_bytes += bytes;
    heap->policy.young_external_bytes += bytes;
    immix_consider_telling(heap);
    return true;
}

void immix_external_remove(ImmixHeap *heap, size_t bytes)
{
    CHECK(bytes <= heap->external_bytes);
    heap->external_bytes -= bytes;
    immix_refund(heap, bytes);
}

void *immix_external_map(ImmixHeap *heap, size_t bytes)
{
    void *memory;

    if (!immix_external_add(heap, bytes))
        return NULL;
    memory = immix_map(heap, bytes, bytes >= OS_HUGE_BYTES ? OS_HUGE_BYTES : OS_PAGE_BYTES);
    if (memory == NULL)
        immix_external_remove(heap, bytes);
    return memory;
}

void immix_external_unmap(ImmixHeap *heap, void *memory, size_t bytes)
{
    immix_os_unmap(memory, bytes);
    immix_external_remove(heap, bytes);
}

/* ---- Public ------------------------------------------------------------------------------- */

void *immix_alloc_slow(ImmixHeap *heap, ImmixHeader header)
{
    if (UNLIKELY(heap->tracer.active) || immix_fails_now(heap))
        return NULL;
    if (needs_finalizer(heap, header.bits)) {
        if (!immix_words_reserve(heap, &heap->finalizers.objects, 1))
            return NULL;
        header.bits |= IMMIX_FINALIZED;
    }
    immix_bump_show(heap);
    void *object = allocate(heap, header);
    if (heap->fail_after != 0)
        immix_bump_hide(heap);
    if (object != NULL && (header.bits & IMMIX_FINALIZED)) {
        Words *objects = &heap->finalizers.objects;
        objects->at[objects->count++] = (uintptr_t)object;
    }
    immix_consider_telling(heap);
    return object;
}

void *immix_alloc_zeroed(ImmixHeap *heap, ImmixHeader header)
{
    void *object = immix_alloc_aligned(heap, header, IMMIX_GRANULE_BYTES);

    if (object != NULL && (immix_header_of(object)->bits & IMMIX_LARGE_BIT))
        immix_large_clear(object);
    else if (object != NULL)
        memset(object, 0, (size_t)immix_granules_of(object) * IMMIX_GRANULE_BYTES);
    return object;
}

void *immix_alloc_aligned(ImmixHeap *heap, ImmixHeader header, size_t align_bytes)
{
    CHECK(align_bytes >= 8 && align_bytes <= 64
          && (align_bytes & (align_bytes - 1)) == 0);
    if (align_bytes > IMMIX_GRANULE_BYTES) {
        header.bits &= ~IMMIX_ALIGN_MASK;
        header.bits |= (uint64_t)(__builtin_ctzll(align_bytes) - 3)
                    << IMMIX_ALIGN_SHIFT;
    } else if (!needs_finalizer(heap, header.bits)) {
        return immix_alloc(heap, header);
    }
    return immix_alloc_slow(heap, header);
}

ImmixError immix_alloc_array(ImmixHeap *heap, uint8_t type, uint8_t extra,
                             uint64_t flags, size_t bytes, void **object)
{
    size_t granules = bytes / IMMIX_GRANULE_BYTES + (bytes % IMMIX_GRANULE_BYTES != 0);

    if (granules > IMMIX_MAX_GRANULES)
        return IMMIX_BAD_REQUEST;
    void *array =
        immix_alloc_zeroed(heap, immix_header(type, extra, (uint32_t)granules, flags));
    if (array == NULL)
        return IMMIX_OUT_OF_MEMORY;
    *object = array;
    return IMMIX_OK;
}

ImmixError immix_size_class(size_t payload_bytes, ImmixSizeClass *size_class)
{
    size_t granules = payload_bytes / IMMIX_GRANULE_BYTES
                    + (payload_bytes % IMMIX_GRANULE_BYTES != 0);

    if (granules > IMMIX_MAX_GRANULES)
        return IMMIX_BAD_REQUEST;
    size_t bytes = IMMIX_HEADER_BYTES + granules * IMMIX_GRANULE_BYTES;
    if (bytes <= IMMIX_LINE_BYTES)
        *size_class = IMMIX_SMALL;
    else if (bytes <= IMMIX_LARGE_BYTES)
        *size_class = IMMIX_MEDIUM;
    else
        *size_class = IMMIX_LARGE;
    return IMMIX_OK;
}

bool immix_has_room(ImmixHeap *heap, size_t bytes)
{
    size_t room = immix_room_bytes(heap);

    /* What is open already costs nothing more. A block more than the bytes, and a new
     * chunk's tables, is the most that rounding up to blocks and pages can cost. */
    if (bytes <= heap->bump.limit - heap->bump.cursor)
        return true;
    return room > CHUNK_TABLE_BYTES + IMMIX_BLOCK_BYTES
        && bytes <= room - CHUNK_TABLE_BYTES - IMMIX_BLOCK_BYTES;
}
