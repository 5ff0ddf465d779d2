/* verify.h - the heap verifier: the invariants of block.h and mark.h, and every count. */
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
