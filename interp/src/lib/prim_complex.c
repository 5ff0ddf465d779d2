/* prim_complex.c - complex numbers and their parts. */
#include "lib/arith.h"
#include "lib/tables.h"
#include "types/complex.h"

static Status prim_make_rectangular(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "make-rectangular", args, 0, KIND_REAL));
    TRY(li_arg_number(vm, "make-rectangular", args, 1, KIND_REAL));
    return li_complex(li_vm_heap(vm), args.at[0], args.at[1], result);
}

static Status prim_make_polar(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "make-polar", args, 0, KIND_REAL));
    TRY(li_arg_number(vm, "make-polar", args, 1, KIND_REAL));
    return li_num_polar(li_vm_heap(vm), args.at[0], args.at[1], result);
}

static Status prim_real_part(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "real-part", args, 0, KIND_NUMBER));
    *result = complex_real(args.at[0]);
    return OK;
}

static Status prim_imag_part(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "imag-part", args, 0, KIND_NUMBER));
    *result = complex_imaginary(args.at[0]);
    return OK;
}

static Status prim_magnitude(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "magnitude", args, KIND_NUMBER,
                         li_num_magnitude(li_vm_heap(vm), args.at[0], result));
}

static Status prim_angle(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "angle", args, KIND_NUMBER,
                         li_num_angle(li_vm_heap(vm), args.at[0], result));
}

const PrimDef li_complex_prims[] = {
    {"make-rectangular", prim_make_rectangular, 2, 2, "(make-rectangular x1 x2)",
     "Returns x1 + x2 * i, which is the real number x1 if x2 is an exact 0."},
    {"make-polar", prim_make_polar, 2, 2, "(make-polar x1 x2)",
     "Returns the number of magnitude x1 and angle x2, in radians."},
    {"real-part", prim_real_part, 1, 1, "(real-part z)", "Returns the real part of z."},
    {"imag-part", prim_imag_part, 1, 1, "(imag-part z)",
     "Returns the imaginary part of z, an exact 0 if z is real."},
    {"magnitude", prim_magnitude, 1, 1, "(magnitude z)",
     "Returns the distance of z from 0; the absolute value if z is real."},
    {"angle", prim_angle, 1, 1, "(angle z)",
     "Returns the angle of z, in radians, from -pi to pi."},
    {0},
};
