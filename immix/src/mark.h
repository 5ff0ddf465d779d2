/* mark.h - tracing: what the epoch of a header means, and how the live are found.
 *
 * A header's epoch is 0 while the object is young, and that of the collection that marked it
 * afterwards. A full collection steps the heap's epoch, so that all marks are old ones; a
 * minor one does not, so that everything marked before counts as live (sticky marks).
 *
 * Invariants, outside collections
 *   M1  A live object's epoch is 0 or the heap's.
 *   M2  An old object that is no leaf has UNLOGGED, or is in the remembered set.
 *   M3  An old object that refers to a young one is in the remembered set, or DIRTY with the
 *       reference on a marked card.
 *       (M2 and M3 do not hold when the set is off, because it had no room, or there are only
 *       full collections for a while: the next one is full, and does not look at it.)
 *   M4  An old object is CARDED iff it is no leaf, has no trace function, and its payload
 *       takes more than the policy's carded_bytes.
 *
 * A forwarded header holds FORWARDED and, shifted left by 16, the new address: user space
 * has 47 bits of address, and no epoch bit is set, so that the first test of a visit, for
 * the current epoch, fails as it must.
 *
 * So has a watched header, which marks the keys that ephemerons wait for: it has WATCHED as
 * well, and leads to an ephemeron (see weak.c). It belongs to no marked object, and to none
 * at all outside of collections.
 *
 * The stack may be unable to grow. Objects that are then marked but cannot be scanned get a
 * bit in the grey map of their chunk, and are scanned once the stack has drained. Large
 * objects are never on the stack: they are linked through their records, and scanned a
 * slice at a time.
 */
#ifndef IMMIX_MARK_H
#define IMMIX_MARK_H

#include "heap.h"

enum {
    FORWARD_SHIFT = 16
};

/* In a header that looks forwarded. */
#define WATCHED ((uint64_t)1 << 15)

/* Sets up the parts that last as long as the heap. False: no memory. */
MUST_CHECK bool immix_tracer_open(ImmixHeap *heap);
void immix_tracer_close(ImmixHeap *heap);

void immix_trace_begin(ImmixTracer *tracer, bool full, bool moving);
/* Traces from the roots (and the remembered set, if not full) to a fixpoint. */
void immix_trace(ImmixTracer *tracer);
void immix_trace_end(ImmixTracer *tracer);

/* Scans a marked object again; the trace may drain in between. */
void immix_trace_object(ImmixTracer *tracer, void *object);
void immix_trace_slots(ImmixTracer *tracer, uint64_t *slots, size_t count);
/* Traces `slot` of the marked `object` by and by. If there is no memory to remember that,
 * the object is scanned instead. */
void immix_trace_later(ImmixTracer *tracer, void *object, uint64_t *slot);
/* Traces everything that waits. */
void immix_trace_drain(ImmixTracer *tracer);

/* weak.c: gives `key` its header back, because it is being marked, and lets the values of its
 * ephemerons be traced. Returns the header. */
uint64_t immix_release_watchers(ImmixTracer *tracer, void *key);
/* The header that a watched one stands for. */
uint64_t immix_watched_header(uint64_t header_bits);

ALWAYS_INLINE bool is_big_enough_for_cards(const ImmixTracer *tracer,
                                           uint64_t header_bits)
{
    return header_bits >> IMMIX_GRANULES_SHIFT > tracer->carded_granules;
}

ALWAYS_INLINE bool has_reference_tag(uint8_t reference_tags, uint64_t word)
{
    return (reference_tags >> (word & 7) & 1) != 0 && word > 7;
}

ALWAYS_INLINE bool is_reference(const ImmixTracer *tracer, uint64_t word)
{
    return has_reference_tag(tracer->reference_tags, word);
}

ALWAYS_INLINE void *reference_target(uint64_t word)
{
    return (void *)(uintptr_t)(word & ~(uint64_t)7);
}

ALWAYS_INLINE void *forwarded_to(uint64_t header_bits)
{
    return (void *)(uintptr_t)(header_bits >> FORWARD_SHIFT);
}

ALWAYS_INLINE bool is_watched(uint64_t header_bits)
{
    const uint64_t both = IMMIX_FORWARDED | WATCHED;

    return (header_bits & both) == both;
}

#endif /* IMMIX_MARK_H */
