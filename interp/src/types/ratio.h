/* ratio.h - exact rational numbers that are not integers.
 *
 * A T_RATIO object holds two exact integers, numerator and denominator.
 *
 * Invariants
 *   Q1  the denominator is greater than 1
 *   Q2  numerator and denominator have no common divisor
 *
 * So two ratios are equal if their parts are, and none is an integer. Operations take any exact
 * rational, integers among them, and give an integer when the result is one. All that take a
 * heap may allocate; none collects.
 */
#ifndef LI_TYPES_RATIO_H
#define LI_TYPES_RATIO_H

#include "types/number.h"

typedef struct Ratio {
    Value numerator, denominator;
} Ratio;

/* Of any exact rational. */
ALWAYS_INLINE Value ratio_numerator(Value v)
{
    return value_is_ratio(v) ? ((const Ratio *)value_to_object(v))->numerator : v;
}

ALWAYS_INLINE Value ratio_denominator(Value v)
{
    return value_is_ratio(v) ? ((const Ratio *)value_to_object(v))->denominator
                             : value_from_fixnum(1);
}

/* n / d in lowest terms; ERR_DIVIDE if d is 0. */
MUST_CHECK Status li_ratio(Heap *heap, Value n, Value d, Value *result);
/* n / d, which have no common divisor; d > 0. */
MUST_CHECK Status li_ratio_reduced(Heap *heap, Value n, Value d, Value *result);
/* Exactly the finite d. */
MUST_CHECK Status li_ratio_from_double(Heap *heap, double d, Value *result);

MUST_CHECK Status li_ratio_add(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_ratio_subtract(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_ratio_multiply(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_ratio_divide(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_ratio_negate(Heap *heap, Value a, Value *result);
MUST_CHECK Status li_ratio_round(Heap *heap, NumRound kind, Value a, Value *result);

/* These need no heap: ERR_NO_MEMORY if malloc fails. `d` is finite. */
MUST_CHECK Status li_ratio_compare(Value a, Value b, NumOrder *order);
MUST_CHECK Status li_ratio_compare_double(Value a, double d, NumOrder *order);

#endif /* LI_TYPES_RATIO_H */
