/* prim_integer.c - integers: division, divisors, rounding, bits. */
#include "lib/arith.h"
#include "lib/tables.h"

/* ---- Division --------------------------------------------------------------------------- */

/* Two values: quotient and remainder. */
static Status divide_both(Vm *vm, const char *who, Args args, NumDivision kind,
                          Value *result)
{
    Value items[2];
    Status status = li_num_divide_integers(li_vm_heap(vm), kind, args.at[0], args.at[1],
                                           &items[0], &items[1]);

    TRY(li_num_result(vm, who, args, KIND_INTEGER, status));
    return li_vm_values(vm, items, 2, result);
}

static Status prim_floor_divide(Vm *vm, Args args, Value *result)
{
    return divide_both(vm, "floor/", args, NUM_FLOOR, result);
}

static Status prim_truncate_divide(Vm *vm, Args args, Value *result)
{
    return divide_both(vm, "truncate/", args, NUM_TRUNCATE, result);
}

#define DIVIDE_TABLE(X)                                                \
    X(prim_floor_quotient, "floor-quotient", li_num_floor_quotient)    \
    X(prim_floor_remainder, "floor-remainder", li_num_modulo)          \
    X(prim_truncate_quotient, "truncate-quotient", li_num_quotient)    \
    X(prim_truncate_remainder, "truncate-remainder", li_num_remainder) \
    X(prim_quotient, "quotient", li_num_quotient)                      \
    X(prim_remainder, "remainder", li_num_remainder)                   \
    X(prim_modulo, "modulo", li_num_modulo)

#define X(name, who, operate)                                                    \
    static Status name(Vm *vm, Args args, Value *result)                         \
    {                                                                            \
        Status status = operate(li_vm_heap(vm), args.at[0], args.at[1], result); \
                                                                                 \
        return li_num_result(vm, who, args, KIND_INTEGER, status);               \
    }
DIVIDE_TABLE(X)
#undef X

/* ---- Divisors ----------------------------------------------------------------------------- */

static Status fold_integers(Vm *vm, const char *who, Args args, NumBinaryFn operate,
                            int none, Value *result)
{
    Value one, neutral = value_from_fixnum(none);

    if (args.count == 0) {
        *result = neutral;
        return OK;
    }
    TRY(li_arg_number(vm, who, args, 0, KIND_INTEGER));
    TRY(li_num_result(vm, who, args, KIND_INTEGER,
                      li_num_fold(li_vm_heap(vm), operate, args, &one)));
    /* A single argument is made not negative. */
    return operate(li_vm_heap(vm), one, neutral, result);
}

static Status prim_gcd(Vm *vm, Args args, Value *result)
{
    return fold_integers(vm, "gcd", args, li_num_gcd, 0, result);
}

static Status prim_lcm(Vm *vm, Args args, Value *result)
{
    return fold_integers(vm, "lcm", args, li_num_lcm, 1, result);
}

static Status prim_numerator(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "numerator", args, KIND_RATIONAL,
                         li_num_numerator(li_vm_heap(vm), args.at[0], result));
}

static Status prim_denominator(Vm *vm, Args args, Value *result)
{
    return li_num_result(vm, "denominator", args, KIND_RATIONAL,
                         li_num_denominator(li_vm_heap(vm), args.at[0], result));
}

/* ---- Rounding, roots ------------------------------------------------------------------------ */

#define ROUND_TABLE(X)                               \
    X(prim_floor, "floor", NUM_ROUND_FLOOR)          \
    X(prim_ceiling, "ceiling", NUM_ROUND_CEILING)    \
    X(prim_truncate, "truncate", NUM_ROUND_TRUNCATE) \
    X(prim_round, "round", NUM_ROUND_EVEN)

#define X(name, who, kind)                                                      \
    static Status name(Vm *vm, Args args, Value *result)                        \
    {                                                                           \
        Status status = li_num_round(li_vm_heap(vm), kind, args.at[0], result); \
                                                                                \
        return li_num_result(vm, who, args, KIND_REAL, status);                 \
    }
ROUND_TABLE(X)
#undef X

static Status prim_exact_integer_sqrt(Vm *vm, Args args, Value *result)
{
    Value items[2];
    Status status = li_num_exact_sqrt(li_vm_heap(vm), args.at[0], &items[0], &items[1]);

    if (status == ERR_TYPE)
        return li_raise_type(vm, "exact-integer-sqrt", 0,
                             "an exact non-negative integer", args.at[0]);
    TRY(status);
    return li_vm_values(vm, items, 2, result);
}

const PrimDef li_integer_prims[] = {
    {"floor/", prim_floor_divide, 2, 2, "(floor/ n1 n2)",
     "Returns two values: n1 / n2 rounded down, and what remains, which has the sign of n2."},
    {"floor-quotient", prim_floor_quotient, 2, 2, "(floor-quotient n1 n2)",
     "Returns n1 / n2 rounded down."},
    {"floor-remainder", prim_floor_remainder, 2, 2, "(floor-remainder n1 n2)",
     "Returns what remains of n1 / n2 rounded down; it has the sign of n2."},
    {"truncate/", prim_truncate_divide, 2, 2, "(truncate/ n1 n2)",
     "Returns two values: n1 / n2 rounded towards 0, and what remains, which has the sign of "
     "n1."},
    {"truncate-quotient", prim_truncate_quotient, 2, 2, "(truncate-quotient n1 n2)",
     "Returns n1 / n2 rounded towards 0."},
    {"truncate-remainder", prim_truncate_remainder, 2, 2, "(truncate-remainder n1 n2)",
     "Returns what remains of n1 / n2 rounded towards 0; it has the sign of n1."},
    {"quotient", prim_quotient, 2, 2, "(quotient n1 n2)",
     "The same as truncate-quotient."},
    {"remainder", prim_remainder, 2, 2, "(remainder n1 n2)",
     "The same as truncate-remainder."},
    {"modulo", prim_modulo, 2, 2, "(modulo n1 n2)", "The same as floor-remainder."},
    {"gcd", prim_gcd, 0, PRIM_ANY, "(gcd n ...)",
     "Returns the greatest common divisor of its arguments, which is not negative."},
    {"lcm", prim_lcm, 0, PRIM_ANY, "(lcm n ...)",
     "Returns the least common multiple of its arguments, which is not negative."},
    {"numerator", prim_numerator, 1, 1, "(numerator q)",
     "Returns the numerator of q as a fraction in lowest terms."},
    {"denominator", prim_denominator, 1, 1, "(denominator q)",
     "Returns the denominator of q as a fraction in lowest terms; it is positive."},
    {"floor", prim_floor, 1, 1, "(floor x)",
     "Returns the largest integer not above x."},
    {"ceiling", prim_ceiling, 1, 1, "(ceiling x)",
     "Returns the smallest integer not below x."},
    {"truncate", prim_truncate, 1, 1, "(truncate x)", "Returns x rounded towards 0."},
    {"round", prim_round, 1, 1, "(round x)",
     "Returns the integer nearest to x, and the even one of two that are as near."},
    {"exact-integer-sqrt", prim_exact_integer_sqrt, 1, 1, "(exact-integer-sqrt k)",
     "Returns two values: the largest integer whose square is not above k, and k less that "
     "square."},
    {0},
};

/* ---- Bits ----------------------------------------------------------------------------------- */

static Status fold_bits(Vm *vm, const char *who, Args args, NumBinaryFn operate,
                        int none, Value *result)
{
    if (args.count == 0) {
        *result = value_from_fixnum(none);
        return OK;
    }
    for (uint32_t i = 0; i < args.count; i += 1)
        TRY(li_arg_number(vm, who, args, i, KIND_EXACT_INTEGER));
    return li_num_fold(li_vm_heap(vm), operate, args, result);
}

static Status prim_bitwise_and(Vm *vm, Args args, Value *result)
{
    return fold_bits(vm, "bitwise-and", args, li_num_bit_and, -1, result);
}

static Status prim_bitwise_ior(Vm *vm, Args args, Value *result)
{
    return fold_bits(vm, "bitwise-ior", args, li_num_bit_ior, 0, result);
}

static Status prim_bitwise_xor(Vm *vm, Args args, Value *result)
{
    return fold_bits(vm, "bitwise-xor", args, li_num_bit_xor, 0, result);
}

static Status prim_bitwise_not(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "bitwise-not", args, 0, KIND_EXACT_INTEGER));
    return li_num_bit_xor(li_vm_heap(vm), args.at[0], value_from_fixnum(-1), result);
}

static Status prim_arithmetic_shift(Vm *vm, Args args, Value *result)
{
    TRY(li_arg_number(vm, "arithmetic-shift", args, 0, KIND_EXACT_INTEGER));
    TRY(li_arg_number(vm, "arithmetic-shift", args, 1, KIND_EXACT_INTEGER));
    return li_num_shift(li_vm_heap(vm), args.at[0], args.at[1], result);
}

static Status prim_bit_count(Vm *vm, Args args, Value *result)
{
    uint64_t count;

    TRY(li_arg_number(vm, "bit-count", args, 0, KIND_EXACT_INTEGER));
    TRY(li_num_bit_count(args.at[0], &count));
    return li_num_from_uint64(li_vm_heap(vm), count, result);
}

const PrimDef li_bitwise_prims[] = {
    {"bitwise-and", prim_bitwise_and, 0, PRIM_ANY, "(bitwise-and i ...)",
     "Returns the integer whose bits, in two's complement, are set in all arguments."},
    {"bitwise-ior", prim_bitwise_ior, 0, PRIM_ANY, "(bitwise-ior i ...)",
     "Returns the integer whose bits, in two's complement, are set in any argument."},
    {"bitwise-xor", prim_bitwise_xor, 0, PRIM_ANY, "(bitwise-xor i ...)",
     "Returns the integer whose bits, in two's complement, are set in an odd number of "
     "arguments."},
    {"bitwise-not", prim_bitwise_not, 1, 1, "(bitwise-not i)",
     "Returns i with every bit of its two's complement inverted, which is -1 - i."},
    {"arithmetic-shift", prim_arithmetic_shift, 2, 2, "(arithmetic-shift i count)",
     "Returns i * 2^count, rounded down: shifts left by count, or right if it is negative."},
    {"bit-count", prim_bit_count, 1, 1, "(bit-count i)",
     "Returns the number of ones in i, or of zeros in its two's complement if it is negative."},
    {0},
};
