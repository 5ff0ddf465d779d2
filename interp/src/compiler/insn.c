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

/* From ADDADD on: each operation with each that may follow. */
static const Opcode fusable[] = {OP_ADD, OP_SUB, OP_MUL};
static const struct {
    Opcode op;
    bool reversed;
} followers[] = {{OP_ADD, false}, {OP_SUB, false}, {OP_SUB, true}, {OP_MUL, false}};

enum {
    FUSABLE = sizeof fusable / sizeof fusable[0],
    FOLLOWERS = sizeof followers / sizeof followers[0],
};

_Static_assert(OP_MULMUL - OP_ADDADD + 1 == FUSABLE * FOLLOWERS &&
                   OP_ADDMUL - OP_ADDADD + 1 == FOLLOWERS,
               "fused operations stand in the order of the two tables");

bool li_op_fused(Opcode op, Fused *fused)
{
    unsigned n = (unsigned)op - OP_ADDADD;

    if (op < OP_ADDADD || op > OP_MULMUL)
        return false;
    *fused = (Fused){fusable[n / FOLLOWERS], followers[n % FOLLOWERS].op,
                     followers[n % FOLLOWERS].reversed};
    return true;
}

bool li_op_fuse(const Fused *wanted, Opcode *op)
{
    Fused fused;

    for (unsigned n = 0; n < FUSABLE * FOLLOWERS; n += 1) {
        *op = (Opcode)(OP_ADDADD + n);
        if (li_op_fused(*op, &fused) && fused.first == wanted->first
            && fused.second == wanted->second && fused.reversed == wanted->reversed)
            return true;
    }
    return false;
}

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
    case OP_CHLT:
    case OP_BRCHLT:
    case OP_BRNCHLT:
    case OP_BRCHLTI:
    case OP_BRNCHLTI: return "char<?";
    case OP_CHLE:
    case OP_BRCHLE:
    case OP_BRNCHLE:
    case OP_BRCHLEI:
    case OP_BRNCHLEI: return "char<=?";
    case OP_BRCHGTI:
    case OP_BRNCHGTI: return "char>?";
    case OP_BRCHGEI:
    case OP_BRNCHGEI: return "char>=?";
    case OP_CHEQ:
    case OP_BRCHEQ:
    case OP_BRNCHEQ:
    case OP_BRCHEQI:
    case OP_BRNCHEQI: return "char=?";
    case OP_NUMEQ:
    case OP_BRNUMEQ:
    case OP_BRNNUMEQ:
    case OP_BRNUMEQI:
    case OP_BRNNUMEQI: return "=";
    default: return NULL;
    }
}
