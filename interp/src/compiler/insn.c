/* insn.c - the table of opcodes, made from opcodes.def. */
#include "compiler/insn.h"

/* A row of the definition names the word kind ___ too; both enums spell it with the prefix. */
#define OP(name, a, b, c, w1, w2, flags, meaning)              \
    [OP_##name] = {                                            \
        #name,                                                 \
        {OPERAND_##a, OPERAND_##b, OPERAND_##c},               \
        {WORD_##w1, WORD_##w2},                                \
        flags,                                                 \
        1 + (WORD_##w1 != WORD____) + (WORD_##w2 != WORD____), \
        meaning,                                               \
    },

enum {
    CALLS = INSN_CALLS,
    LAST = INSN_LAST,
    TAIL = INSN_TAIL,
    JUMPS = INSN_JUMPS,
};

const OpInfo li_op_info[OP_COUNT] = {
#include "compiler/opcodes.def"
};
#undef OP

const char *li_op_procedure(Opcode op)
{
    switch ((int)op) {
    case OP_ADD:
    case OP_ADDI: return "+";
    case OP_SUB:
    case OP_SUBI: return "-";
    case OP_MUL: return "*";
    case OP_DIV: return "/";
    case OP_QUOTIENT: return "quotient";
    case OP_REMAINDER: return "remainder";
    case OP_MODULO: return "modulo";
    case OP_LT:
    case OP_BRLT:
    case OP_BRNLT:
    case OP_BRLTI:
    case OP_BRNLTI: return "<";
    case OP_LE:
    case OP_BRLE:
    case OP_BRNLE:
    case OP_BRLEI:
    case OP_BRNLEI: return "<=";
    case OP_BRGTI:
    case OP_BRNGTI: return ">";
    case OP_BRGEI:
    case OP_BRNGEI: return ">=";
    case OP_NUMEQ:
    case OP_BRNUMEQ:
    case OP_BRNNUMEQ:
    case OP_BRNUMEQI:
    case OP_BRNNUMEQI: return "=";
    default: return NULL;
    }
}
