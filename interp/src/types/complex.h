/* complex.h - complex numbers that are not real, in rectangular form.
 *
 * A T_COMPLEX object holds two real numbers of any kind, each exact or not on its own: +1.5i has
 * an exact real part, as it has when it was written or made by make-rectangular. It is exact if
 * both parts are.
 *
 * Invariant
 *   C1  the imaginary part is not an exact 0; it may be 0.0
 *
 * An exact 0 as a part stays one where nothing is added to it, so that (* 2.0 +i) is +2.0i.
 * Operations take any numbers, one of which is complex. All may allocate; none collects.
 */
#ifndef LI_TYPES_COMPLEX_H
#define LI_TYPES_COMPLEX_H

#include "types/number.h"

typedef struct Complex {
    Value real, imaginary;
} Complex;

/* Of any number. */
ALWAYS_INLINE Value complex_real(Value v)
{
    return value_is_complex(v) ? ((const Complex *)value_to_object(v))->real : v;
}

ALWAYS_INLINE Value complex_imaginary(Value v)
{
    return value_is_complex(v) ? ((const Complex *)value_to_object(v))->imaginary
                               : value_from_fixnum(0);
}

/* Of two real numbers; real if the imaginary part is an exact 0. */
MUST_CHECK Status li_complex(Heap *heap, Value real, Value imaginary, Value *result);
/* Of two doubles: never real. */
MUST_CHECK Status li_complex_from_doubles(Heap *heap, double real, double imaginary,
                                          Value *result);
MUST_CHECK Status li_complex_to_doubles(Value v, double *real, double *imaginary);

MUST_CHECK Status li_complex_add(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_complex_subtract(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_complex_multiply(Heap *heap, Value a, Value b, Value *result);
/* b is not an exact 0. */
MUST_CHECK Status li_complex_divide(Heap *heap, Value a, Value b, Value *result);
MUST_CHECK Status li_complex_negate(Heap *heap, Value a, Value *result);
/* The root with a real part that is not negative, exact if there is one. */
MUST_CHECK Status li_complex_sqrt(Heap *heap, Value a, Value *result);

#endif /* LI_TYPES_COMPLEX_H */
