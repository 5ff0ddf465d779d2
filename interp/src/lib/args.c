/* args.c - checks of arguments that several primitives share. */
#include "lib/args.h"

#include <inttypes.h>

#include "types/number.h"

ListShape li_list_shape(Value list, uint64_t *length)
{
    Walk walk = walk_from(list);

    while (value_is_pair(walk.at)) {
        if (!walk_step(&walk))
            return LIST_CIRCULAR;
    }
    *length = walk.steps;
    return value_is_nil(walk.at) ? LIST_PROPER : LIST_DOTTED;
}

Status li_arg_pair(Vm *vm, const char *who, Args args, uint32_t i, Pair **pair)
{
    if (UNLIKELY(!value_is_pair(args.at[i])))
        return li_raise_type(vm, who, i, "a pair", args.at[i]);
    *pair = value_to_pair(args.at[i]);
    return OK;
}

Status li_arg_list(Vm *vm, const char *who, Args args, uint32_t i, uint64_t *length)
{
    if (UNLIKELY(li_list_shape(args.at[i], length) != LIST_PROPER))
        return li_raise_type(vm, who, i, "a proper list", args.at[i]);
    return OK;
}

Status li_arg_vector(Vm *vm, const char *who, Args args, uint32_t i, Value *vector)
{
    if (UNLIKELY(!value_is_vector(args.at[i])))
        return li_raise_type(vm, who, i, "a vector", args.at[i]);
    *vector = args.at[i];
    return OK;
}

Status li_arg_bytevector(Vm *vm, const char *who, Args args, uint32_t i, Array **bytes)
{
    if (UNLIKELY(!value_is_bytevector(args.at[i])))
        return li_raise_type(vm, who, i, "a bytevector", args.at[i]);
    *bytes = value_to_array(args.at[i]);
    return OK;
}

Status li_arg_byte(Vm *vm, const char *who, Args args, uint32_t i, uint8_t *byte)
{
    Value v = args.at[i];

    if (UNLIKELY(!value_is_fixnum(v) || value_to_fixnum(v) < 0
                 || value_to_fixnum(v) > 255))
        return li_raise_type(vm, who, i, "an exact integer from 0 to 255", v);
    *byte = (uint8_t)value_to_fixnum(v);
    return OK;
}

Status li_arg_element(Vm *vm, const char *who, Args args, uint32_t i, const char *what,
                      uint64_t length, uint64_t *index)
{
    Value v = args.at[i];

    if (UNLIKELY(!value_is_exact_integer(v)))
        return li_raise_type(vm, who, i, "an index (an exact integer)", v);
    if (UNLIKELY(!value_is_fixnum(v) || (uint64_t)value_to_fixnum(v) >= length))
        return li_raise_index(vm, who, v, what, length);
    *index = (uint64_t)value_to_fixnum(v);
    return OK;
}

Status li_arg_size(Vm *vm, const char *who, Args args, uint32_t i, uint64_t *size)
{
    static const char expected[] = "an exact nonnegative integer";
    Value v = args.at[i];
    NumOrder order;

    if (LIKELY(value_is_fixnum(v) && value_to_fixnum(v) >= 0)) {
        *size = (uint64_t)value_to_fixnum(v);
        return OK;
    }
    if (!value_is_bignum(v))
        return li_raise_type(vm, who, i, expected, v);
    TRY(li_num_compare(v, value_from_fixnum(0), &order));
    return order == NUM_GREATER ? ERR_BAD_SIZE : li_raise_type(vm, who, i, expected, v);
}

Status li_arg_mutable(Vm *vm, const char *who, Args args, uint32_t i)
{
    Value v = args.at[i];

    if (LIKELY(!li_is_immutable(value_to_payload(v))))
        return OK;
    return li_raise(vm, CONDITION_IMMUTABLE, VALUE_NIL,
                    "%s: argument %" PRIu32 " is a literal %s and cannot be changed",
                    who, i + 1, li_value_kind_name(v));
}

Status li_arg_target(Vm *vm, const char *who, Args args, uint32_t i, const char *what,
                     uint64_t length, uint64_t count, uint64_t *at)
{
    uint64_t index;

    TRY(li_arg_element(vm, who, args, i, what, length + 1, &index));
    if (count > length - index)
        return li_raise(vm, CONDITION_RANGE, VALUE_NIL,
                        "%s: %" PRIu64 " elements do not fit at index %" PRIu64
                        " of %s of length %" PRIu64,
                        who, count, index, what, length);
    *at = index;
    return OK;
}
