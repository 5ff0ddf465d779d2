/* bytecode.h - code while it is being written: instructions and the literals they load.
 *
 * ByteCode of the reference system: an array of 64-bit instructions plus a List of literals.
 * It is a C struct of three Values; whoever holds one across a safepoint roots them. How an
 * instruction is encoded is the compiler's affair: here it is a word.
 *
 *     B1  no two literals are the same symbol, number, character or constant (eqv?); objects
 *         with an identity of their own are not merged
 */
#ifndef LI_CONTAINERS_BYTECODE_H
#define LI_CONTAINERS_BYTECODE_H

#include "containers/array.h"
#include "containers/list.h"

typedef struct ByteCode {
    Value code;     /* T_ARRAY of ELEMENT_OPCODE */
    Value literals; /* T_LIST */
    Value index;    /* T_DICT from mergeable literals to their numbers */
} ByteCode;

MUST_CHECK Status li_bytecode_new(Heap *heap, ByteCode *result);
MUST_CHECK Status li_bytecode_push(Heap *heap, ByteCode *bytecode, uint64_t insn);
/* The number of a literal, new or there already. ERR_BAD_SIZE beyond 2^31-1 of them. */
MUST_CHECK Status li_bytecode_push_literal(Heap *heap, ByteCode *bytecode,
                                           Value literal, uint32_t *number);
/* Replaces the 32-bit field B (bits 32 to 63) or the 16-bit field C (bits 48 to 63) of the
 * instruction at `index` by a jump distance, counted in words from the next instruction.
 * ERR_RANGE if there is no such instruction or the distance does not fit. */
MUST_CHECK Status li_bytecode_update_jump(Heap *heap, ByteCode *bytecode,
                                          uint64_t index, unsigned bits,
                                          int64_t distance);
/* ERR_EMPTY. */
MUST_CHECK Status li_bytecode_last(const ByteCode *bytecode, uint64_t *insn);

ALWAYS_INLINE uint64_t li_bytecode_length(const ByteCode *bytecode)
{
    return value_to_array(bytecode->code)->length;
}

ALWAYS_INLINE MUST_CHECK Status li_bytecode_get(const ByteCode *bytecode,
                                                uint64_t index, uint64_t *insn)
{
    return li_array_opcode_get(value_to_array(bytecode->code), index, insn);
}

ALWAYS_INLINE MUST_CHECK Status li_bytecode_literal(const ByteCode *bytecode,
                                                    uint32_t number, Value *literal)
{
    return li_list_get(value_to_list(bytecode->literals), number, literal);
}

#endif /* LI_CONTAINERS_BYTECODE_H */
