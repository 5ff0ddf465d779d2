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

/* How many arguments a KEY operand counts. */
ALWAYS_INLINE uint32_t insn_key_count(uint32_t key)
{
    return key >> 8;
}

/* The parts of a TAKE word: registers below TAKE_FREE, free variables of the running procedure from
 * there on, and the following. */
enum {
    TAKE_PARTS = 4,
    TAKE_FREE = 0x8000,
    TAKE_SELF = 0xfffd,  /* the running closure */
    TAKE_FALSE = 0xfffe, /* #f: PATCH will put something in its place */
    TAKE_END = 0xffff    /* there is no more */
};

ALWAYS_INLINE uint32_t insn_take(uint64_t word, uint32_t part)
{
    return (uint16_t)(word >> (16 * part));
}

/* The ARG word of a call that puts an argument in its place: what the KEY operand of one that does
 * not would be, and the register. */
ALWAYS_INLINE uint64_t insn_argument(uint32_t key, uint32_t reg)
{
    return (uint64_t)key | (uint64_t)reg << 16;
}

ALWAYS_INLINE uint32_t insn_argument_key(uint64_t word)
{
    return (uint16_t)word;
}

ALWAYS_INLINE uint32_t insn_argument_register(uint64_t word)
{
    return (uint32_t)(word >> 16);
}

/* The ENT word of a call whose code is known: how many arguments are passed, a register, and the
 * index of the instruction that is entered, or in a SELF word its distance from the call. */
enum {
    ENTRY_INDEX_SHIFT = 32
};

ALWAYS_INLINE uint64_t insn_entry(uint32_t count, uint32_t reg)
{
    return (uint64_t)count | (uint64_t)reg << 16;
}

ALWAYS_INLINE uint32_t insn_entry_count(uint64_t word)
{
    return (uint16_t)word;
}

ALWAYS_INLINE uint32_t insn_entry_register(uint64_t word)
{
    return (uint16_t)(word >> 16);
}

ALWAYS_INLINE int32_t insn_entry_index(uint64_t word)
{
    return (int32_t)(word >> ENTRY_INDEX_SHIFT);
}

/* How many arguments the procedure in the PROC word of a CALLKM takes. */
ALWAYS_INLINE uint32_t insn_known_count(const uint64_t *words)
{
    return immix_extra_of(value_to_object((Value){words[1]}));
}

typedef enum Operand {
    OPERAND____,
    OPERAND_DST,
    OPERAND_SRC,
    OPERAND_RNG,
    OPERAND_OUT,
    OPERAND_IMM,
    OPERAND_NUM,
    OPERAND_KEY,
    OPERAND_J16,
    OPERAND_J32,
    OPERAND_K32,
    OPERAND_I32,
    OPERAND_BC_,
} Operand;

typedef enum InsnWord {
    WORD____,
    WORD_CELL,
    WORD_PRIM,
    WORD_VAL,
    WORD_PROC,
    WORD_REG,
    WORD_TAKE,
    WORD_LIT,
    WORD_TAB,
    WORD_ARG,
    WORD_ENT,
    WORD_HERE,
    WORD_LIVE,
} InsnWord;

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

/* What an instruction that several procedures share stands for, where that is not what its
 * opcode says: which procedure was called, and which of its arguments the operands are. */
typedef struct Operation {
    uint32_t primop;    /* row of primops.def */
    uint32_t arguments[2]; /* of the first and the second operand, from 0 */
} Operation;

ALWAYS_INLINE uint64_t operation_pack(Operation operation)
{
    return (uint64_t)operation.primop << 16 | operation.arguments[0] << 8
         | operation.arguments[1];
}

ALWAYS_INLINE Operation operation_unpack(uint64_t word)
{
    return (Operation){(uint32_t)(word >> 16),
                       {(uint32_t)(word >> 8) & 0xff, (uint32_t)word & 0xff}};
}

/* Where the table of a SWITCH is searched from for a word. */
ALWAYS_INLINE uint64_t li_switch_address(Value word, uint32_t shift)
{
    return word.bits * UINT64_C(0x9e3779b97f4a7c15) >> shift;
}

/* True for READCHAR and its like, which jump at the end of the input. */
ALWAYS_INLINE bool li_op_reads(Opcode op)
{
    return op >= OP_READCHAR && op <= OP_PEEKU8;
}

/* True for those of LOOPLT to STEPNNUMEQI that compare numbers: they go on behind the LOOP that
 * follows them, or with it if the operands are not common. */
ALWAYS_INLINE bool li_op_skips(Opcode op)
{
    return op >= OP_LOOPLT && op <= OP_STEPNNUMEQI && op != OP_STEP;
}

/* True for STEP to CDRNNULL, whose R[a] is read before it is written. */
ALWAYS_INLINE bool li_op_advances(Opcode op)
{
    return op >= OP_STEP && op <= OP_CDRNNULL;
}

/* True for CALL and the like, which look at what they call. */
ALWAYS_INLINE bool li_op_has_callee(Opcode op)
{
    return (op >= OP_CALL && op <= OP_CALLFM) || op == OP_TAILCALL || op == OP_TAILCALLF;
}

/* How many arguments such a call passes. */
ALWAYS_INLINE uint32_t li_call_count(const uint64_t *words)
{
    Insn insn = {words[0]};
    bool moves = insn_op(insn) == OP_CALLM || insn_op(insn) == OP_CALLFM;

    return insn_key_count(moves ? insn_argument_key(words[1]) : insn_c(insn));
}

/* The two operations that an instruction like MULADD does; false for all others. The second
 * takes the result of the first as its first operand, or as its second if `reversed`. */
typedef struct Fused {
    Opcode first, second;
    bool reversed;
} Fused;

bool li_op_fused(Opcode op, Fused *fused);
/* The opcode that does those two, if there is one. */
bool li_op_fuse(const Fused *fused, Opcode *op);

/* The procedure that an instruction on numbers is named after; NULL for all others. */
const char *li_op_procedure(Opcode op);
/* The name of a row of primops.def. */
const char *li_primop_name(uint32_t row);

#endif /* LI_COMPILER_INSN_H */
