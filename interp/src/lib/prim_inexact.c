/* prim_inexact.c - powers, roots, and the transcendental functions. */
#include "lib/arith.h"
#include "lib/tables.h"

/* ---- Functions of one argument ------------------------------------------------------------- */

#define FUNCTION_TABLE(X)          \
    X(prim_exp, "exp", NUM_EXP)    \
    X(prim_sin, "sin", NUM_SIN)    \
    X(prim_cos, "cos", NUM_COS)    \
    X(prim_tan, "tan", NUM_TAN)    \
    X(prim_asin, "asin", NUM_ASIN) \
    X(prim_acos, "acos", NUM_ACOS)

#define X(name, who, function)                                           \
    static Status name(Vm *vm, Args args, Value *result)                 \
    {                                                                    \
        return li_num_result(                                            \
            vm, who, args, KIND_NUMBER,                                  \
            li_num_apply(li_vm_heap(vm), function, args.at[0], result)); \
    }
FUNCTION_TABLE(X)
#undef X

static Status prim_atan(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);

    if (args.count == 2)
        return li_num_result(vm, "atan", args, KIND_REAL,
                             li_num_atan2(heap, args.at[0], args.at[1], result));
    return li_num_result(vm, "atan", args, KIND_NUMBER,
                         li_num_apply(heap, NUM_ATAN, args.at[0], result));
}

static Status prim_log(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Status status = args.count == 1
                      ? li_num_log(heap, args.at[0], result)
                      : li_num_log_base(heap, args.at[0], args.at[1], result);

    return li_num_result(vm, "log", args, KIND_NUMBER, status);
}

/* ---- Powers and roots ------------------------------------------------------------------------ */

static Status prim_sqrt(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "sqrt", args, KIND_NUMBER,
                         li_num_sqrt(li_vm_heap(vm), args.at[0], result));
}

static Status prim_expt(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "expt", args, KIND_NUMBER,
                         li_num_expt(li_vm_heap(vm), args.at[0], args.at[1], result));
}

const PrimDef li_inexact_prims[] = {
    {"exp", prim_exp, 1, 1, "(exp z)", "Returns e to the power of z."},
    {"log", prim_log, 1, 2, "(log z [base])",
     "Returns the logarithm of z, natural or to the given base."},
    {"sin", prim_sin, 1, 1, "(sin z)", "Returns the sine of z, in radians."},
    {"cos", prim_cos, 1, 1, "(cos z)", "Returns the cosine of z, in radians."},
    {"tan", prim_tan, 1, 1, "(tan z)", "Returns the tangent of z, in radians."},
    {"asin", prim_asin, 1, 1, "(asin z)", "Returns the angle whose sine is z."},
    {"acos", prim_acos, 1, 1, "(acos z)", "Returns the angle whose cosine is z."},
    {"atan", prim_atan, 1, 2, "(atan z), (atan y x)",
     "Returns the angle whose tangent is z, or the angle of the point (x, y)."},
    {"sqrt", prim_sqrt, 1, 1, "(sqrt z)",
     "Returns the principal square root of z, exact if z is exact and the root rational."},
    {"expt", prim_expt, 2, 2, "(expt z1 z2)",
     "Returns z1 to the power of z2, exact if both are exact and the power is rational."},
    {0},
};
