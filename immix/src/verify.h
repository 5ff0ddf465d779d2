/* verify.h - the heap verifier: the invariants of block.h and mark.h, and every count.
 *
 * A report begins with the letter of what does not hold: B in block.h, M in mark.h, S in span.h,
 * and
 *
 *   O1  Every reference leads to the header of an object of this heap that has a type and was
 *       not moved.
 *   O2  An object lies within its block, below what is still to be allocated, at a multiple of
 *       its alignment; or is LARGE and has pages of its own.
 *   R1  What is remembered as a whole is an object without UNLOGGED.
 *   R2  What is on the list of those with marked cards is an object with DIRTY.
 *   W1  The link of a weak object is 0 outside collections.
 *   A1  What is counted as held is the sum of what is held, used blocks included.
 *   A2  Large objects are as many and as large as is counted, and the owner table lists them and
 *       the chunks, and nothing else.
 *   A3  After a full collection the live bytes are those of what can be reached.
 */
#ifndef IMMIX_VERIFY_H
#define IMMIX_VERIFY_H

#include <stdio.h>

#include "heap.h"

typedef struct Verifier Verifier;

/* `exact`: no object became unreachable since a full collection, so that the marked lines
 * are those of the reachable objects and no others. */
MUST_CHECK bool immix_verify_heap(ImmixHeap *heap, FILE *report, bool exact);

/* What immix_visit() does while the verifier runs. */
void immix_verifier_visit(Verifier *verifier, uint64_t word);

#endif /* IMMIX_VERIFY_H */
