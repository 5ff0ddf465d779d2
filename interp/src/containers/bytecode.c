/* bytecode.c - code while it is being written: instructions and the literals they load. */
#include "containers/bytecode.h"

#include "containers/dict.h"
#include "types/number.h" /* which objects are numbers */

Status li_bytecode_new(Heap *heap, ByteCode *result)
{
    ByteCode made;

    TRY(li_array_opcode_new(heap, &made.code));
    TRY(li_list_new(heap, &made.literals));
    TRY(li_dict_new(heap, DICT_EQV, &made.index));
    *result = made;
    return OK;
}

Status li_bytecode_push(Heap *heap, ByteCode *bytecode, uint64_t insn)
{
    return li_array_opcode_push(heap, value_to_array(bytecode->code), insn);
}

static bool is_mergeable(Value v)
{
    return !value_is_reference(v) || value_has_type(v, T_SYMBOL)
        || value_is_boxed_number(v);
}

Status li_bytecode_push_literal(Heap *heap, ByteCode *bytecode, Value literal,
                                uint32_t *number)
{
    List *literals = value_to_list(bytecode->literals);
    Dict *index = value_to_dict(bytecode->index);
    Value known, ignored;

    if (is_mergeable(literal) && li_dict_lookup(heap, index, literal, &known) == OK) {
        *number = (uint32_t)value_to_fixnum(known);
        return OK;
    }
    if (literals->length > INT32_MAX)
        return ERR_BAD_SIZE;
    known = value_from_fixnum((int64_t)literals->length);
    TRY(li_list_push(heap, literals, literal));

    Status status =
        is_mergeable(literal) ? li_dict_assoc(heap, index, literal, known) : OK;

    if (status != OK)
        return li_list_pop(literals, &ignored) == OK ? status : ERR_BORROWED;
    *number = (uint32_t)value_to_fixnum(known);
    return OK;
}

Status li_bytecode_update_jump(Heap *heap, ByteCode *bytecode, uint64_t index,
                               unsigned bits, int64_t distance)
{
    Array *code = value_to_array(bytecode->code);
    int64_t limit = INT64_C(1) << (bits - 1);
    uint64_t insn;

    ASSERT(bits == 16 || bits == 32);
    if (distance < -limit || distance >= limit)
        return ERR_RANGE;
    TRY(li_array_opcode_get(code, index, &insn));
    insn = insn << bits >> bits | (uint64_t)distance << (64 - bits);
    return li_array_opcode_set(heap, code, index, insn);
}

Status li_bytecode_last(const ByteCode *bytecode, uint64_t *insn)
{
    return li_array_opcode_top(value_to_array(bytecode->code), insn);
}
