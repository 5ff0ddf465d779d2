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
