/* span.c - see span.h. */
#include "span.h"

enum {
    /* Spans of the class in which a run may or may not fit that are looked at. */
    TRIES = 8,
};

/* ---- Maps of pages ------------------------------------------------------------------------- */

/* The first page from `from` on whose bit is `value`; SPAN_PAGES: none. */
static unsigned find_page(const PageMap *map, unsigned from, bool value)
{
    while (from < SPAN_PAGES) {
        uint64_t word = map->words[from / 64];
        word = (value ? word : ~word) >> from % 64;
        if (word != 0)
            return from + (unsigned)__builtin_ctzll(word);
        from = (from / 64 + 1) * 64;
    }
    return SPAN_PAGES;
}

static uint64_t word_mask(unsigned word, unsigned first, unsigned end)
{
    unsigned low = first > word * 64 ? first - word * 64 : 0;
    unsigned high = end < (word + 1) * 64 ? (word + 1) * 64 - end : 0;

    return ~(uint64_t)0 >> high & ~(uint64_t)0 << low;
}

static void set_pages(PageMap *map, unsigned first, unsigned count, bool value)
{
    unsigned end = first + count;

    for (unsigned i = first / 64; i * 64 < end; i += 1) {
        uint64_t mask = word_mask(i, first, end);
        map->words[i] = value ? map->words[i] | mask : map->words[i] & ~mask;
    }
}

static void copy_pages(PageMap *map, const PageMap *from, unsigned first,
                       unsigned count)
{
    unsigned end = first + count;

    for (unsigned i = first / 64; i * 64 < end; i += 1) {
        uint64_t mask = word_mask(i, first, end);
        map->words[i] = (map->words[i] & ~mask) | (from->words[i] & mask);
    }
}

static unsigned count_pages(const PageMap *map, unsigned first, unsigned count)
{
    unsigned end = first + count, total = 0;

    for (unsigned i = first / 64; i * 64 < end; i += 1)
        total +=
            (unsigned)__builtin_popcountll(map->words[i] & word_mask(i, first, end));
    return total;
}

/* The next free run from page *first on, and its length; 0: there is none. */
static unsigned next_run(const PageMap *used, unsigned *first)
{
    *first = find_page(used, *first, false);
    return find_page(used, *first, true) - *first;
}

static unsigned longest_run(const PageMap *used)
{
    unsigned first = 0, count, longest = 0;

    while ((count = next_run(used, &first)) != 0) {
        longest = count > longest ? count : longest;
        first += count;
    }
    return longest;
}

/* ---- Lists of spans ------------------------------------------------------------------------ */

/* Runs of class c have 2^(c-1) to 2^c - 1 pages. */
static unsigned class_of(uint32_t pages)
{
    return pages == 0 ? 0 : 32 - (unsigned)__builtin_clz(pages);
}

static void link_span(Large *large, Span *span)
{
    Span **list = &large->spans[class_of(span->longest)];

    span->previous = NULL;
    span->next = *list;
    if (*list != NULL)
        (*list)->previous = span;
    *list = span;
}

static void unlink_span(Large *large, Span *span)
{
    if (span->previous != NULL)
        span->previous->next = span->next;
    else
        large->spans[class_of(span->longest)] = span->next;
    if (span->next != NULL)
        span->next->previous = span->previous;
}

/* After a change of the span's map. */
static void relink_span(Large *large, Span *span)
{
    uint32_t longest = longest_run(&span->used);

    if (class_of(longest) == class_of(span->longest)) {
        span->longest = longest;
        return;
    }
    unlink_span(large, span);
    span->longest = longest;
    link_span(large, span);
}

static Span *new_span(ImmixHeap *heap)
{
    if (!immix_charge(heap, OS_PAGE_BYTES))
        return NULL;
    /* Pages are charged one by one: a limit would not know of what huge ones hold beside. The
     * first span holds little more than a stack in many heaps. */
    Span *span = heap->limit_bytes == 0 && heap->large.span_count != 0
                   ? immix_map(heap, SPAN_BYTES, SPAN_BYTES)
                   : immix_os_map(SPAN_BYTES, SPAN_BYTES);
    if (span == NULL) {
        immix_refund(heap, OS_PAGE_BYTES);
        return NULL;
    }
    set_pages(&span->used, 0, 1, true);
    set_pages(&span->dirty, 0, 1, true);
    span->used_pages = span->dirty_pages = 1;
    span->longest = SPAN_PAGES - 1;
    immix_os_forbid((uintptr_t)span + OS_PAGE_BYTES, SPAN_BYTES - OS_PAGE_BYTES);
    heap->large.span_count += 1;
    link_span(&heap->large, span);
    return span;
}

static void drop_span(ImmixHeap *heap, Span *span)
{
    unlink_span(&heap->large, span);
    heap->large.free_bytes -= (span->dirty_pages - 1) * (size_t)OS_PAGE_BYTES;
    heap->large.span_count -= 1;
    immix_refund(heap, span->dirty_pages * (size_t)OS_PAGE_BYTES);
    immix_os_unmap(span, SPAN_BYTES);
}

/* A span with a free run of `pages`, from the fullest up; NULL: none. */
static Span *find_span(const Large *large, unsigned pages)
{
    unsigned class = class_of(pages), tries = TRIES;

    for (Span *s = large->spans[class]; s != NULL && tries > 0; s = s->next) {
        if (s->longest >= pages)
            return s;
        tries -= 1;
    }
    for (class += 1; class < SPAN_CLASSES; class += 1) {
        if (large->spans[class] != NULL)
            return large->spans[class];
    }
    return NULL;
}

/* ---- Runs ---------------------------------------------------------------------------------- */

static unsigned page_of(const Span *span, const void *run)
{
    return (unsigned)(((uintptr_t)run - (uintptr_t)span) / OS_PAGE_BYTES);
}

static Span *span_of(const void *run)
{
    return (Span *)((uintptr_t)run & ~((uintptr_t)SPAN_BYTES - 1));
}

/* Takes free pages. They are used before they are counted, because counting may give free
 * pages back. */
static bool take_pages(ImmixHeap *heap, Span *span, unsigned first, unsigned count,
                       bool *is_clean)
{
    PageMap before = span->dirty;
    unsigned dirty = count_pages(&before, first, count);

    set_pages(&span->used, first, count, true);
    set_pages(&span->dirty, first, count, true);
    span->used_pages += count;
    span->dirty_pages += count - dirty;
    heap->large.free_bytes -= dirty * (size_t)OS_PAGE_BYTES;
    if (!immix_charge(heap, (count - dirty) * (size_t)OS_PAGE_BYTES)) {
        set_pages(&span->used, first, count, false);
        copy_pages(&span->dirty, &before, first, count);
        span->used_pages -= count;
        span->dirty_pages -= count - dirty;
        heap->large.free_bytes += dirty * (size_t)OS_PAGE_BYTES;
        return false;
    }
    relink_span(&heap->large, span);
    immix_os_permit((uintptr_t)span + first * (size_t)OS_PAGE_BYTES,
                    count * (size_t)OS_PAGE_BYTES);
    *is_clean = dirty == 0;
    return true;
}

void *immix_run_take(ImmixHeap *heap, size_t bytes, bool *is_clean)
{
    unsigned pages = (unsigned)(bytes / OS_PAGE_BYTES), first = 0, count;
    Span *span = find_span(&heap->large, pages);

    ASSERT(bytes <= RUN_MOST_BYTES && bytes % OS_PAGE_BYTES == 0);
    if (span == NULL)
        span = new_span(heap);
    if (span == NULL)
        return NULL;
    while ((count = next_run(&span->used, &first)) < pages)
        first += count;
    if (take_pages(heap, span, first, pages, is_clean))
        return (char *)span + first * (size_t)OS_PAGE_BYTES;
    if (span->used_pages == 1 && span->dirty_pages == 1)
        drop_span(heap, span);
    return NULL;
}

bool immix_run_extend(ImmixHeap *heap, void *run, size_t bytes, size_t more_bytes,
                      bool *is_clean)
{
    Span *span = span_of(run);
    unsigned first = page_of(span, run) + (unsigned)(bytes / OS_PAGE_BYTES);
    unsigned pages = (unsigned)(more_bytes / OS_PAGE_BYTES), free_first = first;

    if (first == SPAN_PAGES || next_run(&span->used, &free_first) < pages
        || free_first != first)
        return false;
    return take_pages(heap, span, first, pages, is_clean);
}

/* In the stress mode what was left gets a pattern. */
void immix_run_give(ImmixHeap *heap, void *run, size_t bytes)
{
    Span *span = span_of(run);
    unsigned pages = (unsigned)(bytes / OS_PAGE_BYTES);

    if (heap->options.stress != 0)
        immix_fill_poison((uintptr_t)run, bytes);
    immix_os_forbid((uintptr_t)run, bytes);
    set_pages(&span->used, page_of(span, run), pages, false);
    span->used_pages -= pages;
    heap->large.free_bytes += bytes;
    relink_span(&heap->large, span);
}

/* ---- Giving back --------------------------------------------------------------------------- */

/* Discards free runs until there are `bytes` less of them. Returns how many bytes it was. */
static size_t discard_free_pages(ImmixHeap *heap, Span *span, size_t bytes)
{
    size_t done = 0;
    unsigned first = 0, count;

    while (done < bytes && (count = next_run(&span->used, &first)) != 0) {
        unsigned dirty = count_pages(&span->dirty, first, count);
        if (dirty != 0) {
            immix_os_discard((char *)span + first * (size_t)OS_PAGE_BYTES,
                             count * (size_t)OS_PAGE_BYTES);
            set_pages(&span->dirty, first, count, false);
            span->dirty_pages -= dirty;
            done += dirty * (size_t)OS_PAGE_BYTES;
        }
        first += count;
    }
    heap->large.free_bytes -= done;
    immix_refund(heap, done);
    return done;
}

/* A span that is all free goes as a whole, if it is not more than is asked for. */
static size_t drop_free_pages(ImmixHeap *heap, Span *span, size_t bytes)
{
    size_t dropped = (span->dirty_pages - span->used_pages) * (size_t)OS_PAGE_BYTES;
    bool whole = span->used_pages == 1 && dropped <= bytes;

    if (!whole)
        dropped = discard_free_pages(heap, span, bytes);
    if (whole || span->dirty_pages == 1)
        drop_span(heap, span);
    return dropped;
}

/* The emptiest spans first. */
void immix_spans_drop_pages(ImmixHeap *heap, size_t bytes)
{
    size_t done = 0;

    for (unsigned class = SPAN_CLASSES; class -- > 0;) {
        Span *next;
        for (Span *s = heap->large.spans[class]; s != NULL && done < bytes; s = next) {
            next = s->next;
            if (s->dirty_pages > s->used_pages)
                done += drop_free_pages(heap, s, bytes - done);
        }
    }
}

bool immix_spans_valid(const ImmixHeap *heap, size_t *used_pages, size_t *dirty_pages)
{
    size_t spans = 0;

    *used_pages = *dirty_pages = 0;
    for (unsigned class = 0; class < SPAN_CLASSES; class += 1) {
        for (const Span *s = heap->large.spans[class]; s != NULL; s = s->next) {
            unsigned used = count_pages(&s->used, 0, SPAN_PAGES);
            unsigned dirty = count_pages(&s->dirty, 0, SPAN_PAGES);
            if (used != s->used_pages || dirty != s->dirty_pages || dirty < 2
                || s->longest != longest_run(&s->used) || class_of(s->longest) != class)
                return false;
            for (unsigned i = 0; i < SPAN_PAGES / 64; i += 1) {
                if ((s->used.words[i] & ~s->dirty.words[i]) != 0)
                    return false;
            }
            *used_pages += used;
            *dirty_pages += dirty;
            spans += 1;
        }
    }
    return spans == heap->large.span_count
        && (*dirty_pages - *used_pages) * OS_PAGE_BYTES == heap->large.free_bytes;
}
