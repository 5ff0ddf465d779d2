/* number_bits.c - operations on the bits of exact integers. */
#include "types/bignum.h"

static Status bitwise(Heap *heap, BitOp op, Value a, Value b, Value *result)
{
    if (!value_is_exact_integer(a) || !value_is_exact_integer(b))
        return ERR_TYPE;
    return li_big_bitwise(heap, op, a, b, result);
}

/* The bits of two fixnums can be combined in place: their tag bits are zeros. */

Status li_num_bit_and(Heap *heap, Value a, Value b, Value *result)
{
    if (!value_are_fixnums(a, b))
        return bitwise(heap, BIT_AND, a, b, result);
    *result = (Value){a.bits & b.bits};
    return OK;
}

Status li_num_bit_ior(Heap *heap, Value a, Value b, Value *result)
{
    if (!value_are_fixnums(a, b))
        return bitwise(heap, BIT_IOR, a, b, result);
    *result = (Value){a.bits | b.bits};
    return OK;
}

Status li_num_bit_xor(Heap *heap, Value a, Value b, Value *result)
{
    if (!value_are_fixnums(a, b))
        return bitwise(heap, BIT_XOR, a, b, result);
    *result = (Value){a.bits ^ b.bits};
    return OK;
}

/* By more bits than memory has: everything is shifted out, or too large. */
static Status shift_far(Value a, bool right, Value *result)
{
    int sign;

    TRY(li_num_sign(a, &sign));
    if (!right && sign != 0)
        return ERR_NO_MEMORY;
    *result = value_from_fixnum(sign < 0 ? -1 : 0);
    return OK;
}

Status li_num_shift(Heap *heap, Value a, Value count, Value *result)
{
    if (!value_is_exact_integer(a) || !value_is_exact_integer(count))
        return ERR_TYPE;
    if (!value_is_fixnum(count))
        return shift_far(a, li_big_compare(count, value_from_fixnum(0)) == NUM_LESS,
                         result);
    int64_t bits = value_to_fixnum(count);
    if (!value_is_fixnum(a))
        return li_big_shift(heap, a, bits, result);
    int64_t n = value_to_fixnum(a);
    if (bits <= 0) {
        *result = value_from_fixnum(bits <= -63 ? n >> 63 : n >> -bits);
        return OK;
    }
    int64_t shifted = bits < 62 ? (int64_t)((uint64_t)n << bits) : 0;
    if (bits < 62 && shifted >> bits == n)
        return li_num_from_int64(heap, shifted, result);
    return li_big_shift(heap, a, bits, result);
}

Status li_num_bit_count(Value v, uint64_t *count)
{
    if (!value_is_exact_integer(v))
        return ERR_TYPE;
    *count = li_big_bit_count(v);
    return OK;
}
