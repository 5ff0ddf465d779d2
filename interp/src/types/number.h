/* number.h - generic arithmetic on fixnums, bignums and flonums.
 *
 * The VM's opcodes try fixnums and immediate flonums inline and call these for the rest. All
 * take the heap: they allocate and do not collect. A result that fits a fixnum is one.
 * ERR_TYPE if an operand is not a number (of the kind that the operation wants); ERR_DIVIDE
 * on division by an exact zero; ERR_NO_MEMORY, at once, for a result too large to hold.
 *
 * A bignum is a T_BIGNUM object: magnitude in 64-bit limbs, least significant first, as many
 * as the header's granules and the top one not zero; sign in the header's extra byte.
 */
#ifndef LI_TYPES_NUMBER_H
#define LI_TYPES_NUMBER_H

#include "memory/buffer.h"
#include "memory/heap.h"

ALWAYS_INLINE bool value_is_bignum(Value v)
{
    return value_has_type(v, T_BIGNUM);
}

ALWAYS_INLINE bool value_is_exact_integer(Value v)
{
    return value_is_fixnum(v) || value_is_bignum(v);
}

ALWAYS_INLINE bool value_is_number(Value v)
{
    return value_is_fixnum(v) || value_is_flonum(v) || value_is_bignum(v);
}

bool li_num_is_integer(Value v); /* 3.0 too */
bool li_num_is_rational(Value v);

MUST_CHECK Status li_num_from_int64(Heap *heap, int64_t n, Value *result);
MUST_CHECK Status li_num_from_uint64(Heap *heap, uint64_t n, Value *result);
MUST_CHECK Status li_num_to_int64(Value v, int64_t *n);   /* ERR_TYPE, ERR_RANGE */
MUST_CHECK Status li_num_to_uint64(Value v, uint64_t *n); /* ERR_TYPE, ERR_RANGE */
MUST_CHECK Status li_num_to_double(Value v, double *d);   /* correctly rounded */

MUST_CHECK Status li_num_add(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_subtract(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_multiply(Heap *heap, Value a, Value b, Value *result);
/* R7RS /: exact operands whose quotient is not an integer give a flonum, until ratios. */
MUST_CHECK Status li_num_divide(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_quotient(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_remainder(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_modulo(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_floor_quotient(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_num_negate(Heap *heap, Value a, Value *result);

typedef enum NumOrder { NUM_LESS, NUM_EQUAL, NUM_GREATER, NUM_UNORDERED } NumOrder;
/* Exact, also between exact and inexact numbers. */
MUST_CHECK Status li_num_compare(Value a, Value b, NumOrder *order);
/* eqv? on two numbers: same exactness, same value; 0.0 and -0.0 differ, nan is itself. */
bool li_num_eqv(Value a, Value b);
/* Agrees with li_num_eqv. */
uint64_t li_num_hash(Value v);

MUST_CHECK Status li_num_expt(Heap *heap, Value base, Value power, Value *result);
MUST_CHECK Status li_num_exact(Heap *heap, Value a, Value *result);
MUST_CHECK Status li_num_inexact(Heap *heap, Value a, Value *result);

/* Reads R7RS 7.1.1 <number> syntax, prefixes included, in `radix` by default. *result is #f
 * if the text is not a number (or one of a kind that does not exist here yet). Hostile input
 * ("1e400000000") costs no more than its length. */
MUST_CHECK Status li_number_parse(Heap *heap, const char *text, size_t bytes, unsigned radix, Value *result);
/* Appends the external form. Shortest round-trip for flonums; radix 2 to 36. */
MUST_CHECK Status li_number_print(Value v, unsigned radix, Buffer *to);

#endif /* LI_TYPES_NUMBER_H */
