/* span.h - runs of pages for large objects that are not huge.
 *
 * A mapping for each object would cost two calls of the system and a fault for each page
 * every time, and the system allows some 65,000 mappings in all. So objects of up to
 * RUN_MOST_BYTES lie in spans of 4 MiB, of which the first page says which others are taken:
 *
 *     +------+---------------+------+---------------------------- ... --+
 *     | head | object, 5 pp. | free | object, 3 pp. | free, dirty        |
 *     +------+---------------+------+---------------------------- ... --+
 *
 * Invariants
 *   S1  A page is counted against the limit iff it is dirty. A used page is dirty, and so is
 *       the head's: a page that is not dirty was never written, and reads as zero.
 *   S2  `used_pages` and `longest` are what the map says, and a span is on the list of the
 *       class of its longest free run. No span is all free and clean.
 */
#ifndef IMMIX_SPAN_H
#define IMMIX_SPAN_H

#include "heap.h"

enum {
    SPAN_BYTES = IMMIX_CHUNK_BYTES,
    SPAN_PAGES = SPAN_BYTES / OS_PAGE_BYTES,
    RUN_MOST_BYTES = 1024 * 1024,
};

typedef struct PageMap {
    uint64_t words[SPAN_PAGES / 64];
} PageMap;

struct Span {
    struct Span *next, *previous;
    PageMap used;
    PageMap dirty;
    uint32_t used_pages; /* the head's too */
    uint32_t dirty_pages;
    uint32_t longest; /* free run, in pages */
};

_Static_assert(sizeof(struct Span) <= OS_PAGE_BYTES, "the head is a page");
_Static_assert(SPAN_PAGES < 1 << SPAN_CLASSES, "every run has a class");

/* `bytes` of whole pages, counted; NULL: none. *is_clean: they read as zero. */
MUST_CHECK void *immix_run_take(ImmixHeap *heap, size_t bytes, bool *is_clean);
void immix_run_give(ImmixHeap *heap, void *run, size_t bytes);
/* Takes the `more_bytes` behind the run as well. False: they are not free, or no room. */
MUST_CHECK bool immix_run_extend(ImmixHeap *heap, void *run, size_t bytes,
                                 size_t more_bytes, bool *is_clean);
/* Gives `bytes` of free pages back to the system, or somewhat more, or all that there are; and
 * spans that are all free. */
void immix_spans_drop_pages(ImmixHeap *heap, size_t bytes);
/* Checks S1 and S2, and counts pages. */
bool immix_spans_valid(const ImmixHeap *heap, size_t *used_pages, size_t *dirty_pages);

#endif /* IMMIX_SPAN_H */
