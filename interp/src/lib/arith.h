/* arith.h - what the numeric primitives share: their argument checks and errors. */
#ifndef LI_LIB_ARITH_H
#define LI_LIB_ARITH_H

#include "types/number.h"
#include "vm/prim.h"

typedef enum NumKind {
    KIND_NUMBER,
    KIND_REAL,
    KIND_INTEGER, /* 3.0 too */
    KIND_EXACT_INTEGER,
    KIND_RATIONAL, /* no infinity, no NaN */
} NumKind;

MUST_CHECK Status li_arg_number(Vm *vm, const char *who, Args args, uint32_t i,
                                NumKind kind);

/* Turns the status of an operation on `args` into a condition: ERR_TYPE names the first
 * argument that is not of the kind that the operation wants, ERR_DIVIDE and ERR_RANGE (no value
 * for these arguments) say so. Others, OK among them, are passed on. */
MUST_CHECK Status li_num_result(Vm *vm, const char *who, Args args, NumKind kind,
                                Status status);

typedef Status (*NumBinaryFn)(Heap *heap, Value a, Value b, Value *result);

/* An associative operation on all arguments, of which there is at least one. Exact numbers are
 * combined in pairs, so that a long product is made of factors of like size: from left to right
 * its partial products would take memory in the square of the result's length. */
MUST_CHECK Status li_num_fold(Heap *heap, NumBinaryFn operate, Args args, Value *result);

#endif /* LI_LIB_ARITH_H */
