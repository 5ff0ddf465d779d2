/* policy.h - when to collect, what to keep, what to move: every number of it, and its default.
 *
 * The numbers are those of ImmixOptions, where each is described; a heap has its own set. */
#ifndef IMMIX_POLICY_H
#define IMMIX_POLICY_H

#include "immix/immix.h"

enum {
    DEFAULT_NURSERY_BYTES = 4 * 1024 * 1024,
    DEFAULT_NURSERY_GROWS_PERCENT = 12,
    DEFAULT_POOR_NURSERY_PERCENT = 50,
    DEFAULT_NURSERY_LIMIT_PERCENT = 12,
    DEFAULT_GROWTH_PERCENT = 100,
    DEFAULT_LEAST_GROWTH_BYTES = 32 * 1024 * 1024,
    DEFAULT_ROOM_PERCENT = 95,
    DEFAULT_CROWDED_PERCENT = 10,
    DEFAULT_POOR_MINOR_PERCENT = 50,
    DEFAULT_POOR_MINORS = 2,
    DEFAULT_MOST_FULL_ONLY = 16,
    DEFAULT_RESERVE_PERCENT = 12,
    DEFAULT_FRAGMENTED_PERCENT = 25,
    DEFAULT_HEADROOM_PERCENT = 6,
    DEFAULT_RECYCLE_PERCENT = 12,
    DEFAULT_CARDED_BYTES = 1024,
};

/* Puts the default for each number that is 0, and the nearest that is sensible for each that
 * is not. */
void immix_policy_complete(ImmixOptions *options);

#endif /* IMMIX_POLICY_H */
