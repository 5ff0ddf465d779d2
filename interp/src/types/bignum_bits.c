/* bignum_bits.c - bignums as unbounded runs of bits in two's complement. */
#include "types/bignum.h"

uint64_t li_big_bit_length(Value v)
{
    Big x;

    li_big_view(v, &x);
    if (x.count == 0)
        return 0;
    return (uint64_t)x.count * LIMB_BITS
         - (uint64_t)__builtin_clzll(x.limbs[x.count - 1]);
}

/* ---- Shifts ------------------------------------------------------------------------------- */

static Status shift_left(Heap *heap, const Big *x, uint64_t bits, Value *result)
{
    uint64_t skip = bits / LIMB_BITS;
    unsigned shift = (unsigned)(bits % LIMB_BITS);
    uint64_t count = skip + (uint64_t)x->count + 1;
    mp_limb_t *limbs;

    if (count > IMMIX_MAX_GRANULES)
        return ERR_NO_MEMORY;
    if (shift == 0 || x->limbs[x->count - 1] >> (LIMB_BITS - shift) == 0)
        count -= 1;
    TRY(li_big_alloc(heap, count, &limbs));
    mpn_zero(limbs, (mp_size_t)skip);
    if (shift == 0)
        mpn_copyi(limbs + skip, x->limbs, x->count);
    else {
        mp_limb_t carry = mpn_lshift(limbs + skip, x->limbs, x->count, shift);
        if (carry != 0)
            limbs[count - 1] = carry;
    }
    return li_big_finish(heap, limbs, count, x->negative, result);
}

static Status shift_right(Heap *heap, const Big *x, uint64_t bits, Value *result)
{
    uint64_t skip = bits / LIMB_BITS;
    unsigned shift = (unsigned)(bits % LIMB_BITS);
    mp_limb_t *limbs;

    if (skip >= (uint64_t)x->count) {
        *result = value_from_fixnum(x->negative ? -1 : 0);
        return OK;
    }
    mp_size_t kept = x->count - (mp_size_t)skip;
    /* Rounding down takes a negative number away from zero if a bit is lost. */
    bool lost = mpn_scan1(x->limbs, 0) < bits;
    bool away = x->negative && lost;
    uint64_t count = (uint64_t)kept + away;
    TRY(li_big_alloc(heap, count, &limbs));
    if (shift == 0)
        mpn_copyi(limbs, x->limbs + skip, kept);
    else
        mpn_rshift(limbs, x->limbs + skip, kept, shift);
    if (away)
        limbs[kept] = mpn_add_1(limbs, limbs, kept, 1);
    return li_big_finish(heap, limbs, count, x->negative, result);
}

Status li_big_shift(Heap *heap, Value v, int64_t count, Value *result)
{
    Big x;

    li_big_view(v, &x);
    if (x.count == 0 || count == 0) {
        *result = v;
        return OK;
    }
    if (count > 0)
        return shift_left(heap, &x, (uint64_t)count, result);
    return shift_right(heap, &x, 0 - (uint64_t)count, result);
}

/* ---- Logic --------------------------------------------------------------------------------- */

/* Yields the limbs of a two's complement from a sign and a magnitude, or back. */
typedef struct Complement {
    mp_limb_t invert; /* all ones if negative */
    mp_limb_t carry;
} Complement;

static Complement complement_start(bool negative)
{
    return (Complement){negative ? ~(mp_limb_t)0 : 0, negative};
}

static mp_limb_t complement_next(Complement *c, mp_limb_t limb)
{
    mp_limb_t next = (limb ^ c->invert) + c->carry;

    c->carry = c->carry && next == 0;
    return next;
}

static mp_limb_t big_limb(const Big *x, mp_size_t i)
{
    return i < x->count ? x->limbs[i] : 0;
}

static mp_limb_t combine(BitOp op, mp_limb_t a, mp_limb_t b)
{
    switch (op) {
    case BIT_AND: return a & b;
    case BIT_IOR: return a | b;
    case BIT_XOR: return a ^ b;
    }
    UNREACHABLE();
}

Status li_big_bitwise(Heap *heap, BitOp op, Value a, Value b, Value *result)
{
    Big x, y;
    mp_limb_t *limbs;

    li_big_view(a, &x);
    li_big_view(b, &y);
    mp_size_t count = (x.count > y.count ? x.count : y.count) + 1;
    bool negative = combine(op, x.negative, y.negative) != 0;
    Complement from_x = complement_start(x.negative);
    Complement from_y = complement_start(y.negative);
    Complement to = complement_start(negative);

    TRY(li_big_alloc(heap, (uint64_t)count, &limbs));
    for (mp_size_t i = 0; i < count; i += 1) {
        mp_limb_t left = complement_next(&from_x, big_limb(&x, i));
        mp_limb_t right = complement_next(&from_y, big_limb(&y, i));
        limbs[i] = complement_next(&to, combine(op, left, right));
    }
    return li_big_finish(heap, limbs, (uint64_t)count, negative, result);
}

uint64_t li_big_bit_count(Value v)
{
    Big x;

    li_big_view(v, &x);
    if (x.count == 0)
        return 0;
    uint64_t ones = mpn_popcount(x.limbs, x.count);
    /* The zeros of -n are the ones of n - 1: the lowest one is gone, those below it are new. */
    return x.negative ? ones - 1 + mpn_scan1(x.limbs, 0) : ones;
}
