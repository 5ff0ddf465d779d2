/* bignum_text.c - bignums from digits and to digits, in less than quadratic time. */
#include "types/bignum.h"

#include <math.h>

/* As in bignum.c, a limb of number: mpn_set_str was seen to take 5.5, mpn_get_str 6.8. */
enum {
    SMALL_LIMBS = 1024,
    READ_SCRATCH = 8,
    PRINT_SCRATCH = 10,
};

Status li_big_from_digits(Heap *heap, const unsigned char *digits, size_t count,
                          unsigned radix, bool negative, Value *result)
{
    mp_limb_t *limbs;

    while (count > 0 && digits[0] == 0) {
        digits += 1;
        count -= 1;
    }
    if (count == 0) {
        *result = value_from_fixnum(0);
        return OK;
    }
    double bits = (double)count * log2(radix) * (1 + 0x1p-40);
    if (bits >= (double)IMMIX_MAX_GRANULES * LIMB_BITS)
        return ERR_NO_MEMORY;
    uint64_t room = (uint64_t)(bits / LIMB_BITS) + 2;
    if (room > SMALL_LIMBS)
        TRY(li_big_reserve(heap, room * READ_SCRATCH));
    TRY(li_big_alloc(heap, room, &limbs));
    mp_size_t used = mpn_set_str(limbs, digits, count, (int)radix);
    return li_big_finish(heap, limbs, (uint64_t)used, negative, result);
}

static void push_digits(const Big *x, unsigned radix, mp_limb_t *copy,
                        unsigned char *digits, Buffer *to)
{
    static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    size_t skip = 0;

    mpn_copyi(copy, x->limbs, x->count);
    size_t count = mpn_get_str(digits, (int)radix, copy, x->count);
    while (skip + 1 < count && digits[skip] == 0)
        skip += 1;
    for (size_t i = skip; i < count; i += 1)
        digits[i] = (unsigned char)alphabet[digits[i]];
    if (x->negative)
        li_buffer_push(to, "-", 1);
    li_buffer_push(to, digits + skip, count - skip);
}

Status li_big_print(Value v, unsigned radix, Buffer *to)
{
    Big x;
    Scratch scratch;

    li_big_view(v, &x);
    if (x.count == 0) {
        li_buffer_push(to, "0", 1);
        return to->failed ? ERR_NO_MEMORY : OK;
    }
    /* One limb and a few digits more than the number takes: mpn_get_str asks for that. */
    double digits = (double)x.count * LIMB_BITS / log2(radix) * (1 + 0x1p-40);
    uint64_t copy_limbs = (uint64_t)x.count + 1;
    uint64_t digit_limbs = ((uint64_t)digits + 4) / sizeof(mp_limb_t) + 1;
    if (copy_limbs > SMALL_LIMBS)
        TRY(li_big_reserve(NULL, copy_limbs * PRINT_SCRATCH + digit_limbs));
    TRY(li_scratch_take(NULL, copy_limbs + digit_limbs, &scratch));
    push_digits(&x, radix, scratch.limbs, (unsigned char *)(scratch.limbs + copy_limbs),
                to);
    li_scratch_free(&scratch);
    return to->failed ? ERR_NO_MEMORY : OK;
}
