/* stats.h - counting what the heap does. */
#ifndef IMMIX_STATS_H
#define IMMIX_STATS_H

#include "heap.h"

void immix_count_pause(ImmixHeap *heap, ImmixCollection kind, uint64_t ns);

#endif /* IMMIX_STATS_H */
