/* insn.h - instructions: encoding, and the facts that opcodes.def states about each opcode. */
#ifndef LI_COMPILER_INSN_H
#define LI_COMPILER_INSN_H

#include "memory/value.h"

typedef enum Opcode {
#define OP(name, a, b, c, w1, w2, flags, meaning) OP_##name,
#include "compiler/opcodes.def"
#undef OP
    OP_COUNT
} Opcode;

typedef struct Insn {
    uint64_t bits;
} Insn;

_Static_assert(sizeof(Insn) == 8, "an instruction is one word");

ALWAYS_INLINE Insn insn_abc(Opcode op, uint32_t a, uint32_t b, uint32_t c)
{
    return (Insn){(uint64_t)op | (uint64_t)(uint16_t)a << 16 | (uint64_t)(uint16_t)b << 32 |
                  (uint64_t)(uint16_t)c << 48};
}

ALWAYS_INLINE Insn insn_abx(Opcode op, uint32_t a, int32_t b)
{
    return (Insn){(uint64_t)op | (uint64_t)(uint16_t)a << 16 | (uint64_t)(uint32_t)b << 32};
}

ALWAYS_INLINE Opcode insn_op(Insn insn)
{
    return (Opcode)(uint16_t)insn.bits;
}

ALWAYS_INLINE uint32_t insn_a(Insn insn)
{
    return (uint16_t)(insn.bits >> 16);
}

ALWAYS_INLINE uint32_t insn_b(Insn insn)
{
    return (uint16_t)(insn.bits >> 32);
}

ALWAYS_INLINE uint32_t insn_c(Insn insn)
{
    return (uint16_t)(insn.bits >> 48);
}

ALWAYS_INLINE int32_t insn_bx(Insn insn)
{
    return (int32_t)(insn.bits >> 32);
}

typedef enum Operand {
    OPERAND____,
    OPERAND_DST,
    OPERAND_SRC,
    OPERAND_RNG,
    OPERAND_IMM,
    OPERAND_NUM,
    OPERAND_KEY,
    OPERAND_J16,
    OPERAND_J32,
    OPERAND_K32,
    OPERAND_I32,
    OPERAND_BC_,
} Operand;

typedef enum InsnWord { WORD____, WORD_CELL, WORD_PRIM, WORD_VAL, WORD_LIVE } InsnWord;

enum { INSN_CALLS = 1, INSN_LAST = 2, INSN_TAIL = 4 | INSN_LAST, INSN_JUMPS = 8 };

typedef struct OpInfo {
    const char *name;
    uint8_t operand[3];
    uint8_t word[2];
    uint8_t flags;
    uint8_t words; /* of the whole instruction: 1 to 3 */
    const char *meaning;
} OpInfo;

extern const OpInfo li_op_info[OP_COUNT];

enum { LIVE_REGISTERS = 63, ENTER_REGISTERS = 60 };

#endif /* LI_COMPILER_INSN_H */
