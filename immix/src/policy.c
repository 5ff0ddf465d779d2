/* policy.c - see policy.h. */
#include "policy.h"

static size_t complete(size_t wanted, size_t standard, size_t least, size_t most)
{
    if (wanted == 0)
        return standard;
    if (wanted < least)
        return least;
    return wanted > most ? most : wanted;
}

static uint32_t percent(uint32_t wanted, uint32_t standard, uint32_t most)
{
    return (uint32_t)complete(wanted, standard, 1, most);
}

void immix_policy_complete(ImmixOptions *o)
{
    const size_t most = SIZE_MAX / 4; /* sums of a few do not overflow */

    o->nursery_bytes =
        complete(o->nursery_bytes, DEFAULT_NURSERY_BYTES, IMMIX_BLOCK_BYTES, most);
    o->nursery_most_bytes =
        complete(o->nursery_most_bytes, o->nursery_bytes, IMMIX_BLOCK_BYTES, most);
    o->least_growth_bytes = complete(o->least_growth_bytes, DEFAULT_LEAST_GROWTH_BYTES,
                                     IMMIX_BLOCK_BYTES, most);
    /* By default a nursery of large objects finds the pages of the one before. */
    o->large_cache_bytes = complete(o->large_cache_bytes,
                                    o->nursery_bytes + o->nursery_bytes / 2, 1, most);
    o->nursery_grows_percent =
        percent(o->nursery_grows_percent, DEFAULT_NURSERY_GROWS_PERCENT, 100);
    o->poor_nursery_percent =
        percent(o->poor_nursery_percent, DEFAULT_POOR_NURSERY_PERCENT, 100);
    o->nursery_limit_percent =
        percent(o->nursery_limit_percent, DEFAULT_NURSERY_LIMIT_PERCENT, 50);
    o->growth_percent = percent(o->growth_percent, DEFAULT_GROWTH_PERCENT, 1000);
    o->room_percent = percent(o->room_percent, DEFAULT_ROOM_PERCENT, 100);
    o->poor_minor_percent =
        percent(o->poor_minor_percent, DEFAULT_POOR_MINOR_PERCENT, 100);
    o->crowded_percent = percent(o->crowded_percent, DEFAULT_CROWDED_PERCENT, 100);
    o->poor_minors = percent(o->poor_minors, DEFAULT_POOR_MINORS, UINT32_MAX);
    o->most_full_only =
        percent(o->most_full_only, DEFAULT_MOST_FULL_ONLY, UINT32_MAX / 2);
    o->reserve_percent = percent(o->reserve_percent, DEFAULT_RESERVE_PERCENT, 100);
    o->fragmented_percent =
        percent(o->fragmented_percent, DEFAULT_FRAGMENTED_PERCENT, 100);
    o->headroom_percent = percent(o->headroom_percent, DEFAULT_HEADROOM_PERCENT, 100);
    o->recycle_percent = percent(o->recycle_percent, DEFAULT_RECYCLE_PERCENT, 100);
    o->carded_bytes =
        (uint32_t)complete(o->carded_bytes, DEFAULT_CARDED_BYTES, 512, UINT32_MAX);
}
