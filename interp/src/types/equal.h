/* equal.h - eqv? and equal?. */
#ifndef LI_TYPES_EQUAL_H
#define LI_TYPES_EQUAL_H

#include "types/number.h"

/* Boxed numbers are eqv? by value, everything else by identity. */
ALWAYS_INLINE bool li_eqv(Value a, Value b)
{
    if (LIKELY(value_is_eq(a, b)))
        return true;
    if (!value_is_object(a) || !value_is_object(b))
        return false;
    return value_is_boxed_number(a) && value_is_boxed_number(b) && li_num_eqv(a, b);
}

/* equal?: pairs, vectors, strings and arrays by their contents, all else by eqv?. Ends on
 * circular data too, and then says what R7RS says: equal if their unfoldings into possibly
 * infinite trees are. Takes time about linear in the smaller object, and does not recurse.
 * ERR_NO_MEMORY if there is none for its stack. */
MUST_CHECK Status li_equal(Heap *heap, Value a, Value b, bool *equal);

/* The same for objects that are equal?; in bounded time but for the length of strings, arrays and
 * bignums, on circular data too. Objects that equal? tells by identity have an identity hash. */
uint64_t li_equal_hash(Heap *heap, Value v);

#endif /* LI_TYPES_EQUAL_H */
