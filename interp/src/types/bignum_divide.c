/* bignum_divide.c - bignums: quotients, greatest common divisors, roots and powers. */
#include "types/bignum.h"

#include <math.h>

/* As in bignum.c, for mpn_tdiv_qr, mpn_gcd and mpn_sqrtrem, a limb of operand: the results and
 * up to 3.6 limbs of scratch. */
enum {
    SMALL_LIMBS = 2048,
    DIVIDE_SCRATCH = 8,
};

static Status reserve_for(Heap *heap, uint64_t limbs)
{
    return limbs <= SMALL_LIMBS ? OK : li_big_reserve(heap, limbs * DIVIDE_SCRATCH);
}

/* ---- Division ------------------------------------------------------------------------------ */

/* A division on its way. The limbs of both results are allocated, in the heap where they are
 * wanted and as scratch where not. */
typedef struct Division {
    Big a, b;
    mp_limb_t *quotient;  /* one more than a's limbs - b's limbs + 1, for rounding */
    mp_limb_t *remainder; /* as many limbs as b */
    uint64_t quotient_count;
} Division;

static bool is_zero(const mp_limb_t *limbs, mp_size_t count)
{
    return mpn_zero_p(limbs, count) != 0;
}

static void divide_limbs(Division *d)
{
    if (d->b.count == 1)
        d->remainder[0] =
            mpn_divrem_1(d->quotient, 0, d->a.limbs, d->a.count, d->b.limbs[0]);
    else
        mpn_tdiv_qr(d->quotient, d->remainder, 0, d->a.limbs, d->a.count, d->b.limbs,
                    d->b.count);
    d->quotient[d->quotient_count - 1] = 0;
}

/* Turns the truncated results into the floored ones: quotient - 1, remainder + b. */
static bool round_down(Division *d)
{
    if (d->a.negative == d->b.negative || is_zero(d->remainder, d->b.count))
        return false;
    mpn_add_1(d->quotient, d->quotient, (mp_size_t)d->quotient_count, 1);
    mpn_sub_n(d->remainder, d->b.limbs, d->remainder, d->b.count);
    return true;
}

static Status finish_division(Heap *heap, Division *d, Rounding rounding,
                              Value *quotient, Value *remainder)
{
    bool rounded;

    divide_limbs(d);
    rounded = rounding == ROUND_FLOOR && round_down(d);
    bool remainder_negative = rounded ? d->b.negative : d->a.negative;
    /* The remainder was allocated last, so it is trimmed first. */
    Value r = value_from_fixnum(0);
    if (remainder != NULL)
        TRY(li_big_finish(heap, d->remainder, (uint64_t)d->b.count, remainder_negative,
                          &r));
    if (quotient != NULL)
        TRY(li_big_finish(heap, d->quotient, d->quotient_count,
                          d->a.negative != d->b.negative, quotient));
    if (remainder != NULL)
        *remainder = r;
    return OK;
}

static Status take_remainder(Heap *heap, Division *d, Rounding rounding,
                             Value *quotient, Value *remainder)
{
    Scratch scratch;
    Status status;

    if (remainder != NULL) {
        TRY(li_big_alloc(heap, (uint64_t)d->b.count, &d->remainder));
        return finish_division(heap, d, rounding, quotient, remainder);
    }
    TRY(li_scratch_take(heap, (uint64_t)d->b.count, &scratch));
    d->remainder = scratch.limbs;
    status = finish_division(heap, d, rounding, quotient, remainder);
    li_scratch_free(&scratch);
    return status;
}

static Status take_quotient(Heap *heap, Division *d, Rounding rounding, Value *quotient,
                            Value *remainder)
{
    Scratch scratch;
    Status status;

    d->quotient_count = (uint64_t)(d->a.count - d->b.count) + 2;
    if (quotient != NULL) {
        TRY(li_big_alloc(heap, d->quotient_count, &d->quotient));
        return take_remainder(heap, d, rounding, quotient, remainder);
    }
    TRY(li_scratch_take(heap, d->quotient_count, &scratch));
    d->quotient = scratch.limbs;
    status = take_remainder(heap, d, rounding, quotient, remainder);
    li_scratch_free(&scratch);
    return status;
}

/* |a| < |b| */
static Status divide_short(Heap *heap, Value a, Value b, bool round, Value *quotient,
                           Value *remainder)
{
    if (remainder != NULL) {
        if (round)
            TRY(li_big_add(heap, a, b, remainder));
        else
            *remainder = a;
    }
    if (quotient != NULL)
        *quotient = value_from_fixnum(round ? -1 : 0);
    return OK;
}

/* The remainder by a divisor of one limb, which needs no room for a quotient. */
static Status remainder_by_limb(Heap *heap, const Division *d, Rounding rounding, Value *remainder)
{
    mp_limb_t by = d->b.limbs[0], rest = mpn_mod_1(d->a.limbs, d->a.count, by), *limbs;
    bool round = rounding == ROUND_FLOOR && rest != 0 && d->a.negative != d->b.negative;
    bool negative = round ? d->b.negative : d->a.negative;

    if (round)
        rest = by - rest;
    if (rest <= (mp_limb_t)FIXNUM_MAX) {
        *remainder = value_from_fixnum(negative ? -(int64_t)rest : (int64_t)rest);
        return OK;
    }
    TRY(li_big_alloc(heap, 1, &limbs));
    limbs[0] = rest;
    return li_big_finish(heap, limbs, 1, negative, remainder);
}

Status li_big_divide(Heap *heap, Value a, Value b, Rounding rounding, Value *quotient,
                     Value *remainder)
{
    Division d;

    li_big_view(a, &d.a);
    li_big_view(b, &d.b);
    if (d.b.count == 0)
        return ERR_DIVIDE;
    if (d.b.count == 1 && quotient == NULL && d.a.count != 0)
        return remainder_by_limb(heap, &d, rounding, remainder);
    if (d.a.count < d.b.count) {
        bool round =
            rounding == ROUND_FLOOR && d.a.count != 0 && d.a.negative != d.b.negative;
        return divide_short(heap, a, b, round, quotient, remainder);
    }
    if (d.b.count > 1)
        TRY(reserve_for(heap, (uint64_t)d.a.count + (uint64_t)d.b.count));
    return take_quotient(heap, &d, rounding, quotient, remainder);
}

/* ---- Greatest common divisor ----------------------------------------------------------------- */

/* Copies |from| without its trailing zero bits; returns how many these were. */
static uint64_t copy_odd(mp_limb_t *to, const Big *from, mp_size_t *count)
{
    uint64_t zeros = mpn_scan1(from->limbs, 0);
    mp_size_t skip = (mp_size_t)(zeros / LIMB_BITS);
    unsigned shift = (unsigned)(zeros % LIMB_BITS);

    *count = from->count - skip;
    if (shift == 0)
        mpn_copyi(to, from->limbs + skip, *count);
    else
        mpn_rshift(to, from->limbs + skip, *count, shift);
    if (to[*count - 1] == 0)
        *count -= 1;
    return zeros;
}

/* gcd of two odd numbers, which it destroys. */
static mp_size_t gcd_odd(mp_limb_t *to, mp_limb_t *x, mp_size_t x_count, mp_limb_t *y,
                         mp_size_t y_count)
{
    if (x_count < y_count || (x_count == y_count && mpn_cmp(x, y, x_count) < 0)) {
        mp_limb_t *swap = x;
        mp_size_t swap_count = x_count;
        x = y;
        y = swap;
        x_count = y_count;
        y_count = swap_count;
    }
    if (y_count == 1) {
        to[0] = mpn_gcd_1(x, x_count, y[0]);
        return 1;
    }
    return mpn_gcd(to, x, x_count, y, y_count);
}

static Status gcd_with(Heap *heap, const Big *x, const Big *y, mp_limb_t *space,
                       Value *result)
{
    mp_limb_t *y_space = space + x->count;
    mp_size_t least = x->count < y->count ? x->count : y->count;
    mp_size_t x_count, y_count;
    mp_limb_t *limbs;
    Value odd;

    TRY(li_big_alloc(heap, (uint64_t)least, &limbs));
    uint64_t x_zeros = copy_odd(space, x, &x_count);
    uint64_t y_zeros = copy_odd(y_space, y, &y_count);
    mp_size_t count = gcd_odd(limbs, space, x_count, y_space, y_count);
    uint64_t zeros = x_zeros < y_zeros ? x_zeros : y_zeros;
    TRY(li_big_finish(heap, limbs, (uint64_t)count, false, &odd));
    return li_big_shift(heap, odd, (int64_t)zeros, result);
}

static Status magnitude(Heap *heap, Value v, const Big *big, Value *result)
{
    if (big->negative)
        return li_big_negate(heap, v, result);
    *result = v;
    return OK;
}

Status li_big_gcd(Heap *heap, Value a, Value b, Value *result)
{
    Big x, y;
    Scratch scratch;
    uint64_t count;

    li_big_view(a, &x);
    li_big_view(b, &y);
    if (x.count == 0)
        return magnitude(heap, b, &y, result);
    if (y.count == 0)
        return magnitude(heap, a, &x, result);
    count = (uint64_t)x.count + (uint64_t)y.count;
    TRY(reserve_for(heap, count));
    TRY(li_scratch_take(heap, count, &scratch));
    Status status = gcd_with(heap, &x, &y, scratch.limbs, result);
    li_scratch_free(&scratch);
    return status;
}

/* ---- Square root ------------------------------------------------------------------------------ */

Status li_big_sqrt(Heap *heap, Value n, Value *root, Value *rest)
{
    Big x;
    mp_limb_t *root_limbs, *rest_limbs;
    Value root_value, rest_value;

    li_big_view(n, &x);
    if (x.count == 0) {
        *root = n;
        if (rest != NULL)
            *rest = n;
        return OK;
    }
    uint64_t root_count = ((uint64_t)x.count + 1) / 2;
    TRY(reserve_for(heap, (uint64_t)x.count));
    TRY(li_big_alloc(heap, root_count, &root_limbs));
    TRY(li_big_alloc(heap, (uint64_t)x.count, &rest_limbs));
    mp_size_t rest_count = mpn_sqrtrem(root_limbs, rest_limbs, x.limbs, x.count);
    TRY(li_big_finish(heap, rest_limbs, (uint64_t)rest_count, false, &rest_value));
    TRY(li_big_finish(heap, root_limbs, root_count, false, &root_value));
    *root = root_value;
    if (rest != NULL)
        *rest = rest_value;
    return OK;
}

/* ---- Powers ------------------------------------------------------------------------------------ */

/* A power of an odd number on its way: `now` holds it, `next` is the other half of the space. */
typedef struct Power {
    mp_limb_t *now, *next;
    mp_size_t count;
} Power;

static void power_keep(Power *p, mp_size_t count)
{
    mp_limb_t *swap = p->now;

    p->now = p->next;
    p->next = swap;
    p->count = count - (p->now[count - 1] == 0);
}

static void power_square(Power *p)
{
    mpn_sqr(p->next, p->now, p->count);
    power_keep(p, 2 * p->count);
}

static void power_times(Power *p, const mp_limb_t *base, mp_size_t count)
{
    if (count == 1)
        p->next[p->count] = mpn_mul_1(p->next, p->now, p->count, base[0]);
    else if (p->count >= count)
        mpn_mul(p->next, p->now, p->count, base, count);
    else
        mpn_mul(p->next, base, count, p->now, p->count);
    power_keep(p, p->count + count);
}

/* Left to right, so that the multiplications in between are by the small base. */
static void power_run(Power *p, const mp_limb_t *base, mp_size_t count, uint64_t power)
{
    mpn_copyi(p->now, base, count);
    p->count = count;
    for (int bit = 62 - __builtin_clzll(power); bit >= 0; bit -= 1) {
        power_square(p);
        if (power >> bit & 1)
            power_times(p, base, count);
    }
}

static double log2_of(const Big *big)
{
    mp_limb_t top = big->limbs[big->count - 1];
    mp_limb_t below = big->count > 1 ? big->limbs[big->count - 2] : 0;
    double leading = (double)top + (double)below * 0x1p-64;

    return log2(leading) + (double)(big->count - 1) * LIMB_BITS;
}

/* Copies the limbs, shifted left by `zeros` bits, into the result. */
static Status shifted_result(Heap *heap, const Power *p, uint64_t zeros, bool negative,
                             Value *result)
{
    uint64_t skip = zeros / LIMB_BITS;
    unsigned shift = (unsigned)(zeros % LIMB_BITS);
    mp_limb_t top = p->now[p->count - 1];
    bool spills = shift != 0 && top >> (LIMB_BITS - shift) != 0;
    uint64_t count = skip + (uint64_t)p->count + spills;
    mp_limb_t *limbs;

    TRY(li_big_alloc(heap, count, &limbs));
    mpn_zero(limbs, (mp_size_t)skip);
    if (shift == 0)
        mpn_copyi(limbs + skip, p->now, p->count);
    else {
        mp_limb_t carry = mpn_lshift(limbs + skip, p->now, p->count, shift);
        if (spills)
            limbs[count - 1] = carry;
    }
    return li_big_finish(heap, limbs, count, negative, result);
}

static Status power_in(Heap *heap, const Big *base, uint64_t power, uint64_t limbs,
                       mp_limb_t *space, Value *result)
{
    Power p = {space, space + limbs, 0};
    mp_limb_t *odd = space + 2 * limbs;
    mp_size_t odd_count;

    uint64_t zeros = copy_odd(odd, base, &odd_count);
    power_run(&p, odd, odd_count, power);
    return shifted_result(heap, &p, zeros * power, base->negative && (power & 1),
                          result);
}

/* What the power takes: limbs of its odd part, of which the scratch has two, and of all. */
static Status power_size(const Big *base, uint64_t power, uint64_t *odd_limbs,
                         uint64_t *all_limbs)
{
    double zeros = (double)mpn_scan1(base->limbs, 0);
    double bits = (log2_of(base) - zeros) * (double)power * (1 + 0x1p-40);
    double all = (bits + zeros * (double)power) / LIMB_BITS;

    if (!(all < (double)IMMIX_MAX_GRANULES))
        return ERR_NO_MEMORY;
    *odd_limbs = (uint64_t)(bits / LIMB_BITS) + (uint64_t)base->count + 4;
    *all_limbs = (uint64_t)all + 4;
    return OK;
}

static bool is_unit(const Big *big)
{
    return big->count == 0 || (big->count == 1 && big->limbs[0] == 1);
}

Status li_big_power(Heap *heap, Value base, uint64_t power, Value *result)
{
    Big x;
    Scratch scratch;
    uint64_t odd_limbs, all_limbs;

    li_big_view(base, &x);
    if (power == 0 || (is_unit(&x) && (power & 1) == 0 && x.count != 0)) {
        *result = value_from_fixnum(1);
        return OK;
    }
    if (power == 1 || is_unit(&x)) {
        *result = base;
        return OK;
    }
    TRY(power_size(&x, power, &odd_limbs, &all_limbs));
    uint64_t scratch_limbs = 2 * odd_limbs + (uint64_t)x.count;
    if (all_limbs + odd_limbs > SMALL_LIMBS)
        TRY(li_big_reserve(heap, all_limbs + scratch_limbs + 6 * odd_limbs));
    TRY(li_scratch_take(heap, scratch_limbs, &scratch));
    Status status = power_in(heap, &x, power, odd_limbs, scratch.limbs, result);
    li_scratch_free(&scratch);
    return status;
}
