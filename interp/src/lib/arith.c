/* arith.c - what the numeric primitives share: their argument checks and errors. */
#include "lib/arith.h"

static bool is_of_kind(Value v, NumKind kind)
{
    switch (kind) {
    case KIND_NUMBER: return value_is_number(v);
    case KIND_REAL: return value_is_real(v);
    case KIND_INTEGER: return li_num_is_integer(v);
    case KIND_EXACT_INTEGER: return value_is_exact_integer(v);
    case KIND_RATIONAL: return li_num_is_rational(v);
    }
    UNREACHABLE();
}

static const char *kind_text(NumKind kind)
{
    switch (kind) {
    case KIND_NUMBER: return "a number";
    case KIND_REAL: return "a real number";
    case KIND_INTEGER: return "an integer";
    case KIND_EXACT_INTEGER: return "an exact integer";
    case KIND_RATIONAL: return "a rational number";
    }
    UNREACHABLE();
}

Status li_arg_number(Vm *vm, const char *who, Args args, uint32_t i, NumKind kind)
{
    if (UNLIKELY(!is_of_kind(args.at[i], kind)))
        return li_raise_type(vm, who, i, kind_text(kind), args.at[i]);
    return OK;
}

/* "log: no value for 0" */
static Status raise_undefined(Vm *vm, const char *who, Args args)
{
    Value irritants = VALUE_NIL;

    for (uint32_t i = args.count; i > 0; i -= 1)
        TRY(li_cons(li_vm_heap(vm), args.at[i - 1], irritants, &irritants));
    return li_raise(vm, CONDITION_RANGE, irritants, "%s: no value for", who);
}

static Status explain(Vm *vm, const char *who, Args args, NumKind kind, Status status)
{
    if (status == ERR_DIVIDE)
        return li_raise(vm, CONDITION_DIVIDE, VALUE_NIL, "%s: division by zero", who);
    if (status == ERR_RANGE)
        return raise_undefined(vm, who, args);
    if (status == ERR_TYPE) {
        for (uint32_t i = 0; i < args.count; i += 1)
            TRY(li_arg_number(vm, who, args, i, kind));
    }
    return status;
}

Status li_num_result(Vm *vm, const char *who, Args args, NumKind kind, Status status)
{
    return LIKELY(status == OK) ? OK : explain(vm, who, args, kind, status);
}

/* As deep as the logarithm of the count. */
static Status fold_pairs(Heap *heap, NumBinaryFn operate, const Value *at,
                         uint32_t count, Value *result)
{
    Value left, right;

    if (count == 1) {
        *result = at[0];
        return OK;
    }
    TRY(fold_pairs(heap, operate, at, count / 2, &left));
    TRY(fold_pairs(heap, operate, at + count / 2, count - count / 2, &right));
    return operate(heap, left, right, result);
}

Status li_num_fold(Heap *heap, NumBinaryFn operate, Args args, Value *result)
{
    bool exact = true;
    Value sum = args.at[0];

    for (uint32_t i = 0; i < args.count; i += 1)
        exact = exact && li_num_is_exact(args.at[i]);
    if (exact)
        return fold_pairs(heap, operate, args.at, args.count, result);
    for (uint32_t i = 1; i < args.count; i += 1)
        TRY(operate(heap, sum, args.at[i], &sum));
    *result = sum;
    return OK;
}
