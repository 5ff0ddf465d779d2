/* bignum.c - bignums: making them; sum, difference, product, order. */
#include "types/bignum.h"

enum {
    SMALL_LIMBS = 2048, /* below it mpn keeps its scratch on the C stack */
    /* Of mpn_mul and mpn_sqr, in limbs a limb of product; 4 is the most that was seen. */
    MULTIPLY_SCRATCH = 6,
};

/* ---- Making ----------------------------------------------------------------------------- */

Status li_big_alloc(Heap *heap, uint64_t count, mp_limb_t **limbs)
{
    if (UNLIKELY(count > IMMIX_MAX_GRANULES))
        return ERR_NO_MEMORY;
    mp_limb_t *fresh = immix_alloc(
        heap->immix, immix_header(T_BIGNUM, 0, (uint32_t)count, IMMIX_LEAF));
    if (UNLIKELY(fresh == NULL))
        return ERR_NO_MEMORY;
    *limbs = fresh;
    return OK;
}

/* Moves the allocation cursor back from `end` to `start`, if nothing was allocated behind. Both
 * must lie in the cursor's block: the block before it may be another one's overflow block. */
static bool give_back(Heap *heap, uintptr_t start, uintptr_t end)
{
    ImmixBump *bump = (ImmixBump *)heap->immix;

    if (bump->cursor != end || start / IMMIX_BLOCK_BYTES != end / IMMIX_BLOCK_BYTES)
        return false;
    bump->cursor = start;
    return true;
}

/* Large objects keep their size, so what is left of one is copied. */
static Status trim_large(Heap *heap, mp_limb_t **limbs, uint64_t count)
{
    mp_limb_t *copy;

    TRY(li_big_alloc(heap, count, &copy));
    mpn_copyi(copy, *limbs, (mp_size_t)count);
    *limbs = copy;
    return OK;
}

static Status trim(Heap *heap, mp_limb_t **limbs, uint64_t count)
{
    ImmixHeader *header = immix_header_of(*limbs);
    uint64_t held = immix_granules_of(*limbs);
    mp_limb_t *end = *limbs + count;

    if (LIKELY(held == count))
        return OK;
    if (header->bits & IMMIX_LARGE_BIT)
        return trim_large(heap, limbs, count);
    header->bits = (header->bits & UINT32_MAX) | count << IMMIX_GRANULES_SHIFT;
    if (!give_back(heap, (uintptr_t)end, (uintptr_t)(*limbs + held)))
        *(ImmixHeader *)end = immix_header(IMMIX_TYPE_FILLER, 0,
                                           (uint32_t)(held - count - 1), IMMIX_LEAF);
    return OK;
}

Status li_big_finish(Heap *heap, mp_limb_t *limbs, uint64_t count, bool negative,
                     Value *result)
{
    while (count > 0 && limbs[count - 1] == 0)
        count -= 1;
    if (count <= 1) {
        mp_limb_t low = count == 0 ? 0 : limbs[0];

        if (low <= (mp_limb_t)FIXNUM_MAX + negative) {
            (void)give_back(heap, (uintptr_t)immix_header_of(limbs),
                            (uintptr_t)(limbs + immix_granules_of(limbs)));
            *result = value_from_fixnum(negative ? (int64_t)(0 - low) : (int64_t)low);
            return OK;
        }
    }
    TRY(trim(heap, &limbs, count));
    immix_header_of(limbs)->bits |= (uint64_t)negative << IMMIX_EXTRA_SHIFT;
    *result = value_from_object(limbs);
    return OK;
}

Status li_big_reserve(Heap *heap, uint64_t limbs)
{
    if (limbs > SIZE_MAX / 64)
        return ERR_NO_MEMORY;
    size_t bytes = (size_t)limbs * sizeof(mp_limb_t);
    if (heap != NULL && !immix_has_room(heap->immix, bytes))
        return ERR_NO_MEMORY;
    volatile char *probe = malloc(bytes);
    if (probe == NULL)
        return ERR_NO_MEMORY;
    *probe = 0; /* or the compiler leaves the allocation out */
    free((void *)(uintptr_t)probe);
    return OK;
}

Status li_big_reserve_product(uint64_t limbs)
{
    return limbs <= SMALL_LIMBS ? OK : li_big_reserve(NULL, limbs * MULTIPLY_SCRATCH);
}

Status li_scratch_take(Heap *heap, uint64_t count, Scratch *scratch)
{
    if (LIKELY(count <= sizeof scratch->local / sizeof scratch->local[0])) {
        scratch->limbs = scratch->local;
        return OK;
    }
    if (count > SIZE_MAX / 64)
        return ERR_NO_MEMORY;
    size_t bytes = (size_t)count * sizeof(mp_limb_t);
    if (heap != NULL && !immix_has_room(heap->immix, bytes))
        return ERR_NO_MEMORY;
    scratch->limbs = malloc(bytes);
    return scratch->limbs == NULL ? ERR_NO_MEMORY : OK;
}

/* ---- Sum and difference ------------------------------------------------------------------- */

static Status add_magnitudes(Heap *heap, const Big *a, const Big *b, bool negative,
                             Value *result)
{
    if (a->count < b->count) {
        const Big *swap = a;
        a = b;
        b = swap;
    }
    if (a->count == 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    mp_limb_t a_top = a->limbs[a->count - 1];
    mp_limb_t b_top = a->count == b->count ? b->limbs[b->count - 1] : 0;
    bool may_carry = b_top >= ~a_top;
    uint64_t count = (uint64_t)a->count + may_carry;
    mp_limb_t *sum;

    TRY(li_big_alloc(heap, count, &sum));
    mp_limb_t carry = mpn_add(sum, a->limbs, a->count, b->limbs, b->count);
    if (may_carry)
        sum[a->count] = carry;
    return li_big_finish(heap, sum, count, negative, result);
}

static int compare_magnitudes(const Big *a, const Big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return a->count == 0 ? 0 : mpn_cmp(a->limbs, b->limbs, a->count);
}

/* |a| - |b|, negated if `negative`. */
static Status subtract_magnitudes(Heap *heap, const Big *a, const Big *b, bool negative,
                                  Value *result)
{
    int order = compare_magnitudes(a, b);
    mp_limb_t *difference;

    if (order == 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    if (order < 0) {
        const Big *swap = a;
        a = b;
        b = swap;
        negative = !negative;
    }
    TRY(li_big_alloc(heap, (uint64_t)a->count, &difference));
    mpn_sub(difference, a->limbs, a->count, b->limbs, b->count);
    return li_big_finish(heap, difference, (uint64_t)a->count, negative, result);
}

Status li_big_add(Heap *heap, Value a, Value b, Value *result)
{
    Big x, y;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.negative == y.negative)
        return add_magnitudes(heap, &x, &y, x.negative, result);
    return subtract_magnitudes(heap, &x, &y, x.negative, result);
}

Status li_big_subtract(Heap *heap, Value a, Value b, Value *result)
{
    Big x, y;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.negative != y.negative)
        return add_magnitudes(heap, &x, &y, x.negative, result);
    return subtract_magnitudes(heap, &x, &y, x.negative, result);
}

Status li_big_negate(Heap *heap, Value a, Value *result)
{
    Big x;
    mp_limb_t *limbs;

    li_big_view(a, &x);
    if (x.count == 0) {
        *result = a;
        return OK;
    }
    TRY(li_big_alloc(heap, (uint64_t)x.count, &limbs));
    mpn_copyi(limbs, x.limbs, x.count);
    return li_big_finish(heap, limbs, (uint64_t)x.count, !x.negative, result);
}

/* ---- Product ------------------------------------------------------------------------------- */

static void multiply_limbs(mp_limb_t *product, const Big *a, const Big *b)
{
    if (b->count == 1)
        product[a->count] = mpn_mul_1(product, a->limbs, a->count, b->limbs[0]);
    else if (a->limbs == b->limbs)
        mpn_sqr(product, a->limbs, a->count);
    else
        mpn_mul(product, a->limbs, a->count, b->limbs, b->count);
}

static Status multiply(Heap *heap, const Big *a, const Big *b, Value *result)
{
    uint64_t count = (uint64_t)a->count + (uint64_t)b->count;
    mp_limb_t *product;

    if (b->count == 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    if (count > SMALL_LIMBS && b->count > 1)
        TRY(li_big_reserve(heap, count * (MULTIPLY_SCRATCH + 1)));
    TRY(li_big_alloc(heap, count, &product));
    multiply_limbs(product, a, b);
    return li_big_finish(heap, product, count, a->negative != b->negative, result);
}

Status li_big_multiply(Heap *heap, Value a, Value b, Value *result)
{
    Big x, y;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.count < y.count)
        return multiply(heap, &y, &x, result);
    return multiply(heap, &x, &y, result);
}

/* ---- Order --------------------------------------------------------------------------------- */

NumOrder li_big_compare(Value a, Value b)
{
    Big x, y;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.negative != y.negative)
        return x.negative ? NUM_LESS : NUM_GREATER;
    int order = compare_magnitudes(&x, &y);
    if (x.negative)
        order = -order;
    return order < 0 ? NUM_LESS : order > 0 ? NUM_GREATER : NUM_EQUAL;
}
