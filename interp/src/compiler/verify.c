/* verify.c - checks that a code object cannot lead the VM astray. */
#include "compiler/verify.h"

#include <stdlib.h>

#include "compiler/liveness.h"
#include "vm/global.h"

typedef struct ClauseRange {
    uint64_t entry, end;
    uint64_t params, frame;
} ClauseRange;

/* In Verifier.before: an instruction that no jump may lead to. */
enum {
    INSIDE = 1
};

typedef struct Verifier {
    const Code *code;
    const uint64_t *words;
    uint64_t count;
    uint64_t *before; /* liveness; also tells which words begin an instruction */
    Value *sorted;    /* the literals, by their bits */
    uint32_t literal_count;
    ClauseRange clause; /* the one that is being checked */
    const Code *making; /* of the closure that is being made here, or NULL */
    uint32_t making_at; /* and the register */
    Buffer *why;
} Verifier;

static Status fault(Verifier *v, uint64_t index, const char *what)
{
    if (v->why != NULL)
        li_buffer_printf(v->why, "word %llu: %s", (unsigned long long)index, what);
    return ERR_TYPE;
}

/* ---- Literals ---------------------------------------------------------------------------------- */

static int compare_bits(const void *a, const void *b)
{
    uint64_t x = ((const Value *)a)->bits, y = ((const Value *)b)->bits;

    return (x > y) - (x < y);
}

/* Words that look like references are only followed if they are among the literals. */
static bool is_literal(const Verifier *v, Value value)
{
    return v->literal_count != 0
        && bsearch(&value, v->sorted, v->literal_count, sizeof value, compare_bits)
               != NULL;
}

static bool is_literal_index(const Verifier *v, int64_t index)
{
    return index >= 0 && index < v->literal_count;
}

/* ---- Operands ---------------------------------------------------------------------------------- */

static Status check_operand(Verifier *v, uint64_t index, Operand operand,
                            uint32_t field)
{
    switch (operand) {
    case OPERAND____:
        if (field != 0)
            return fault(v, index, "an unused operand is not zero");
        return OK;
    case OPERAND_DST:
    case OPERAND_SRC:
    case OPERAND_RNG:
    case OPERAND_OUT:
        if (field >= v->clause.frame)
            return fault(v, index, "a register is outside of the frame");
        return OK;
    case OPERAND_IMM:
    case OPERAND_NUM:
    case OPERAND_KEY:
    case OPERAND_J16:
    case OPERAND_J32:
    case OPERAND_K32:
    case OPERAND_I32:
    case OPERAND_BC_:
    default: return OK;
    }
}

/* Registers first .. first + count - 1. */
static Status check_run(Verifier *v, uint64_t index, uint64_t first, uint64_t count)
{
    if (first + count > v->clause.frame)
        return fault(v, index, "arguments are outside of the frame");
    return OK;
}

static Status check_call(Verifier *v, uint64_t index, Insn insn)
{
    uint32_t count = insn_b(insn), key = insn_c(insn);

    if (insn_op(insn) == OP_CALL || insn_op(insn) == OP_TAILCALL)
        count = insn_key_count(key);
    if (key != (count <= CLOSURE_MAX_FIXED ? (uint32_t)T_CLOSURE | count << 8 : 0))
        return fault(v, index, "the key does not fit the number of arguments");
    if (li_op_info[insn_op(insn)].operand[0] == OPERAND_RNG)
        return check_run(v, index, insn_a(insn), count);
    return check_run(v, index, (uint64_t)insn_a(insn) + 3, count);
}

/* True if a clause that takes `count` values in registers begins there. */
static bool is_clause(const Verifier *v, int64_t index, uint32_t count)
{
    const Value *clause =
        index < 0 ? NULL : li_code_clause_at(v->code, (uint64_t)index);

    return clause != NULL && value_to_fixnum(clause[CLAUSE_ENTRY]) == index
        && value_to_fixnum(clause[CLAUSE_REQUIRED]) + value_to_fixnum(clause[CLAUSE_REST])
               == count;
}

/* The callee's key is compared here, once for all calls. Code that is finished before its
 * callee has a closure without code. */
static Status check_known_call(Verifier *v, uint64_t index, Insn insn)
{
    Value callee = {v->words[index + 1]};
    uint64_t first = (uint64_t)insn_a(insn) + 3, count;

    if (insn_op(insn) == OP_CALLKM) {
        count = insn_known_count(v->words + index);
        if (count > CLOSURE_MAX_FIXED || insn_c(insn) < first
            || insn_c(insn) >= first + count)
            return fault(v, index, "what is moved is no argument");
        return check_run(v, index, first, count);
    }
    if (insn_b(insn) > CLOSURE_MAX_FIXED
        || immix_type_and_extra_of(value_to_object(callee)) != insn_c(insn))
        return fault(v, index, "a known procedure takes other arguments");
    return check_call(v, index, insn);
}

static Status check_free(Verifier *v, uint64_t index, uint32_t variable)
{
    if (variable >= (uint64_t)value_to_fixnum(v->code->free_count))
        return fault(v, index, "there is no such free variable");
    return OK;
}

/* That of another code object may not be finished yet: it is as the compiler says, like the closure
 * that is called. */
static Status check_entry(Verifier *v, uint64_t index, Insn insn)
{
    uint64_t word = v->words[index + 1];
    const OpInfo *info = &li_op_info[insn_op(insn)];
    uint64_t first = insn_a(insn) + (info->operand[0] == OPERAND_RNG ? 0u : 3u);
    uint32_t count = insn_entry_count(word), moved = insn_entry_register(word);
    bool moves = insn_op(insn) == OP_CALLSELFM || insn_op(insn) == OP_CALLFREEM;

    if (count > CLOSURE_MAX_FIXED || (info->word[0] == WORD_ENT && insn_entry_index(word) < 0)
        || (info->word[0] == WORD_HERE
            && !is_clause(v, (int64_t)index + insn_entry_index(word), count)))
        return fault(v, index, "a known procedure is not entered where it begins");
    if (moves ? moved < first || moved >= first + count : moved != 0)
        return fault(v, index, "what is moved is no argument");
    if (info->operand[1] == OPERAND_NUM)
        TRY(check_free(v, index, insn_b(insn)));
    return check_run(v, index, first, count);
}

static Status check_take(Verifier *v, uint64_t index, uint64_t word)
{
    for (uint32_t i = 0; i < TAKE_PARTS; i += 1) {
        uint32_t take = insn_take(word, i);

        if (take < TAKE_FREE && take >= v->clause.frame)
            return fault(v, index, "a register is outside of the frame");
        if (take >= TAKE_FREE && take < TAKE_SELF)
            TRY(check_free(v, index, take - TAKE_FREE));
    }
    return OK;
}

/* A closure takes along as many values as its code says. */
static Status check_taking(Verifier *v, uint64_t index, Insn insn)
{
    uint32_t count = 0, words = li_op_info[insn_op(insn)].words - 1u;
    Value code;

    if (!is_literal_index(v, insn_bx(insn)))
        return fault(v, index, "there is no such literal");
    code = vector_items(v->code->literals)[insn_bx(insn)];
    while (count < words * TAKE_PARTS
           && insn_take(v->words[index + 1 + count / TAKE_PARTS], count % TAKE_PARTS)
                  != TAKE_END)
        count += 1;
    if (!value_has_type(code, T_CODE)
        || value_to_fixnum(value_to_code(code)->free_count) != count)
        return fault(v, index, "a closure is not made as it should be");
    return OK;
}

/* One that takes much is made by LOADK of its code into R[a], loads of what it takes along above,
 * and CLOSURERUN, in one run that no jump enters. So the code that CLOSURERUN finds is known. */
static Status begin_closure(Verifier *v, uint64_t index, Insn load)
{
    Value literal = vector_items(v->code->literals)[insn_bx(load)];

    if (!value_has_type(literal, T_CODE))
        return OK;
    if (v->making != NULL)
        return fault(v, index,
                     "a code object is loaded within the making of a closure");
    v->making = value_to_code(literal);
    v->making_at = insn_a(load);
    return OK;
}

static Status check_making(Verifier *v, uint64_t index, Insn insn)
{
    switch ((int)insn_op(insn)) {
    case OP_MOVE:
    case OP_MOVE2:
    case OP_FREE:
    case OP_FREE2:
    case OP_LOADI:
    case OP_LOADW:
    case OP_LOADK:
        if (insn_a(insn) <= v->making_at)
            break;
        v->before[index] = INSIDE;
        return OK;
    case OP_CLOSURERUN:
        if (insn_a(insn) != v->making_at
            || insn_bx(insn) != value_to_fixnum(v->making->free_count))
            break;
        v->before[index] = INSIDE;
        v->making = NULL;
        return OK;
    default: break;
    }
    return fault(v, index, "a closure is not made as it should be");
}

static Status check_closure(Verifier *v, uint64_t index, Insn insn)
{
    if (insn_bx(insn) < 0 || v->before[index] != INSIDE)
        return fault(v, index, "a closure without code");
    return check_run(v, index, (uint64_t)insn_a(insn) + 1, (uint64_t)insn_bx(insn));
}

/* The literal is read when the number of values is wrong. */
static Status check_receive(Verifier *v, uint64_t index, Insn insn)
{
    Value wanted = vector_items(v->code->literals)[v->words[index + 1]];

    if (!value_is_vector(wanted) || vector_length(wanted) != RECEIVE_WORDS
        || !value_is_fixnum(vector_items(wanted)[RECEIVE_POSITION]))
        return fault(v, index, "it is not said who wants the values");
    return check_run(v, index, insn_a(insn),
                     (uint64_t)insn_b(insn) + (insn_op(insn) == OP_RECEIVEREST));
}

static bool is_table(Value table, uint32_t shift, uint32_t cases)
{
    uint32_t length = vector_length(table);
    const Value *slots = vector_items(table);

    if (length < 2 || length % 2 != 0 || shift < 40 || shift > 63
        || (uint64_t)1 << (64 - shift) > length / 2
        || !value_is_eq(slots[length - 2], VALUE_ABSENT))
        return false;
    for (uint32_t i = 0; i < length; i += 2) {
        if (!value_is_eq(slots[i], VALUE_ABSENT)
            && (!value_is_fixnum(slots[i + 1]) || slots[i + 1].bits >> 2 >= cases))
            return false;
    }
    return true;
}

/* The search ends, and all ways lead to a JUMP of the row. */
static Status check_switch(Verifier *v, uint64_t index, Insn insn)
{
    uint64_t row = index + li_op_info[OP_SWITCH].words, cases = insn_c(insn);

    if (!is_table((Value){v->words[index + 1]}, insn_b(insn), insn_c(insn)))
        return fault(v, index, "the table of a SWITCH is damaged");
    if (row + cases >= v->clause.end)
        return fault(v, index, "a row of JUMPs is cut off");
    for (uint64_t i = 0; i <= cases; i += 1) {
        if (insn_op((Insn){v->words[row + i]}) != OP_JUMP)
            return fault(v, index, "no row of JUMPs behind a SWITCH");
    }
    return OK;
}

/* What the kinds of operands do not tell. */
static Status check_special(Verifier *v, uint64_t index, Insn insn)
{
    switch ((int)insn_op(insn)) {
    case OP_CALL:
    case OP_CALLMANY:
    case OP_CALLG:
    case OP_TAILCALL:
    case OP_TAILCALLMANY:
    case OP_TAILCALLG: return check_call(v, index, insn);
    case OP_CALLK:
    case OP_CALLKM:
    case OP_TAILCALLK: return check_known_call(v, index, insn);
    case OP_CALLSELF:
    case OP_CALLSELFM:
    case OP_CALLFREE:
    case OP_CALLFREEM:
    case OP_CALLREG:
    case OP_TAILCALLSELF:
    case OP_TAILCALLFREE:
    case OP_TAILCALLREG: return check_entry(v, index, insn);
    case OP_PRIM: return check_run(v, index, insn_b(insn), insn_c(insn));
    case OP_MOVE2: return check_run(v, index, insn_a(insn), 2);
    case OP_APPLY:
        if (insn_b(insn) == 0)
            return fault(v, index, "there is no list to apply to");
        return check_run(v, index, insn_a(insn), insn_b(insn));
    case OP_VALUES: return check_run(v, index, insn_a(insn), insn_b(insn));
    case OP_RECEIVE:
    case OP_RECEIVEREST: return check_receive(v, index, insn);
    case OP_RECORD: return check_run(v, index, (uint64_t)insn_a(insn) + 1, insn_b(insn));
    case OP_CLOSURE:
    case OP_CLOSURE8: return check_taking(v, index, insn);
    case OP_CLOSURERUN: return check_closure(v, index, insn);
    case OP_LOADK:
        if (!is_literal_index(v, insn_bx(insn)))
            return fault(v, index, "there is no such literal");
        return begin_closure(v, index, insn);
    case OP_CHECK:
        if (!is_literal_index(v, insn_bx(insn))
            || !value_has_type(vector_items(v->code->literals)[insn_bx(insn)],
                               T_SYMBOL))
            return fault(v, index, "the name of a variable is not a symbol");
        return OK;
    case OP_FREE:
    case OP_FREEBOX:
    case OP_STEPFREEBOX:
    case OP_SETFREEBOX: return check_free(v, index, insn_b(insn));
    case OP_FREE2:
        TRY(check_free(v, index, insn_b(insn)));
        TRY(check_free(v, index, insn_c(insn)));
        return check_run(v, index, insn_a(insn), 2);
    case OP_LOADI:
    case OP_RETURNI:
        if (value_is_reference((Value){(uint64_t)(int64_t)insn_bx(insn)}))
            return fault(v, index, "an immediate is a reference");
        return OK;
    case OP_BREQI:
    case OP_BRNEQI:
        if (value_is_reference((Value){(uint64_t)(int64_t)(int16_t)insn_b(insn)}))
            return fault(v, index, "an immediate is a reference");
        return OK;
    case OP_TYPEP:
    case OP_BRTYPE:
    case OP_BRNTYPE:
        if ((insn_op(insn) == OP_TYPEP ? insn_c(insn) : insn_b(insn)) >= TYPE_COUNT)
            return fault(v, index, "there is no such type");
        return OK;
    case OP_STEP:
    case OP_STEPNNUMEQ:
    case OP_STEPNNUMEQI:
        if (!value_is_fixnum((Value){v->words[index + 1]}))
            return fault(v, index, "a step is not a fixnum");
        return OK;
    case OP_CURRENTPORT:
        if (insn_b(insn) > 2)
            return fault(v, index, "there is no such port");
        return OK;
    case OP_SWITCH: return check_switch(v, index, insn);
    case OP_ENTER:
        if (index != v->clause.entry || insn_a(insn) != v->clause.params
            || insn_bx(insn) != (int64_t)v->clause.frame)
            return fault(v, index, "ENTER does not fit its clause");
        return OK;
    case OP_HALT:
    case OP_UNDERFLOW:
    case OP_TRAP: return fault(v, index, "an instruction of the machine's own");
    default: return OK;
    }
}

/* ---- Words -------------------------------------------------------------------------------------- */

static Status check_word(Verifier *v, uint64_t index, InsnWord kind, uint64_t bits)
{
    Value value = {bits};

    switch (kind) {
    case WORD_CELL:
        if (!is_literal(v, value) || !value_has_type(value, T_GLOBAL))
            return fault(v, index, "a cell is not among the literals");
        return OK;
    case WORD_PRIM:
        if (bits == 0 || bits % sizeof(void *) != 0)
            return fault(v, index, "a primitive has no address");
        return OK;
    case WORD_VAL:
        if (value_is_reference(value)
            && !(is_literal(v, value) && value_has_type(value, T_SYMBOL)))
            return fault(v, index, "a word is neither an immediate nor a symbol");
        return OK;
    case WORD_PROC:
        if (!is_literal(v, value) || !value_has_type(value, T_CLOSURE))
            return fault(v, index, "a known procedure is not among the literals");
        return OK;
    case WORD_TAB:
        if (!is_literal(v, value) || !value_is_vector(value))
            return fault(v, index, "a table is not among the literals");
        return OK;
    case WORD_REG:
        if (bits >= v->clause.frame)
            return fault(v, index, "a register is outside of the frame");
        return OK;
    case WORD_TAKE: return check_take(v, index, bits);
    case WORD_LIT:
        if (!is_literal_index(v, (int64_t)bits))
            return fault(v, index, "there is no such literal");
        return OK;
    case WORD_ENT:
    case WORD_HERE: /* check_entry */
    case WORD_LIVE:
    case WORD____:
    default: return OK;
    }
}

static Status check_insn(Verifier *v, uint64_t index)
{
    Insn insn = {v->words[index]};
    const OpInfo *info = &li_op_info[insn_op(insn)];
    const uint32_t fields[3] = {insn_a(insn), insn_b(insn), insn_c(insn)};

    for (int i = 0; i < 3; i += 1)
        TRY(check_operand(v, index, (Operand)info->operand[i], fields[i]));
    for (int i = 0; i < 2; i += 1)
        TRY(check_word(v, index, (InsnWord)info->word[i],
                       info->words > i + 1 ? v->words[index + 1 + (uint64_t)i] : 0));
    if (v->making != NULL)
        TRY(check_making(v, index, insn));
    return check_special(v, index, insn);
}

/* ---- Structure ----------------------------------------------------------------------------------- */

/* Marks where instructions begin; whole instructions with known opcodes only. */
static Status check_lengths(Verifier *v)
{
    for (uint64_t i = 0; i < v->count; i += 1)
        v->before[i] = LIVE_NO_INSN;
    for (uint64_t i = 0; i < v->count;) {
        Opcode op = insn_op((Insn){v->words[i]});

        if (op >= OP_COUNT)
            return fault(v, i, "there is no such opcode");
        v->before[i] = 0;
        if (li_op_info[op].words > v->count - i)
            return fault(v, i, "the instruction is cut off");
        i += li_op_info[op].words;
    }
    return OK;
}

static bool begins_insn(const Verifier *v, uint64_t index)
{
    return index < v->count && v->before[index] == 0;
}

/* Jumps stay within their clause, forward unless they are LOOPs, and the clause's last
 * instruction does not fall through. */
static Status check_flow(Verifier *v)
{
    uint64_t last = v->clause.entry;

    for (uint64_t i = v->clause.entry; i < v->clause.end;) {
        Opcode op = insn_op((Insn){v->words[i]});

        if (li_op_info[op].flags & INSN_JUMPS) {
            int64_t target = li_jump_target(v->words, i);

            if (target < (int64_t)v->clause.entry || target >= (int64_t)v->clause.end
                || !begins_insn(v, (uint64_t)target))
                return fault(v, i, "a jump leads nowhere");
            if ((target <= (int64_t)i) != ((li_op_info[op].flags & INSN_CALLS) != 0))
                return fault(v, i, "a jump goes the wrong way");
        }
        if (li_op_skips(op)) {
            uint64_t next = i + li_op_info[op].words;

            if (next + li_op_info[OP_LOOP].words >= v->clause.end
                || insn_op((Insn){v->words[next]}) != OP_LOOP)
                return fault(v, i, "a loop has no way out");
        }
        last = i;
        i += li_op_info[op].words;
    }
    if (!(li_op_info[insn_op((Insn){v->words[last]})].flags & INSN_LAST))
        return fault(v, last, "control runs off the end");
    return OK;
}

static int64_t frame_count(const Code *code)
{
    if (!value_is_vector(code->inlined))
        return 0;
    return vector_length(code->inlined) / INLINED_WORDS;
}

static Status read_clause(Verifier *v, uint32_t index)
{
    const Value *words = vector_items(v->code->clauses) + index;
    uint32_t total = vector_length(v->code->clauses);

    for (int i = 0; i < CLAUSE_WORDS; i += 1) {
        if (!value_is_fixnum(words[i]) || value_to_fixnum(words[i]) < 0)
            return fault(v, 0, "a clause is malformed");
    }
    v->clause.entry = (uint64_t)value_to_fixnum(words[CLAUSE_ENTRY]);
    v->clause.frame = (uint64_t)value_to_fixnum(words[CLAUSE_FRAME]);
    v->clause.params = (uint64_t)value_to_fixnum(words[CLAUSE_REQUIRED])
                     + (uint64_t)value_to_fixnum(words[CLAUSE_REST]);
    v->clause.end = v->count;
    if (index + CLAUSE_WORDS < total) {
        Value next = words[CLAUSE_WORDS + CLAUSE_ENTRY];

        v->clause.end = value_is_fixnum(next) ? (uint64_t)value_to_fixnum(next) : 0;
    }
    if (value_to_fixnum(words[CLAUSE_SHOWN]) > frame_count(v->code)
        || value_to_fixnum(words[CLAUSE_REST]) > 1 || v->clause.entry >= v->clause.end
        || v->clause.end > v->count || v->clause.params > v->clause.frame
        || v->clause.frame > UINT16_MAX + 1)
        return fault(v, 0, "a clause is malformed");
    return OK;
}

static Status check_clause(Verifier *v, uint32_t index)
{
    TRY(read_clause(v, index));
    if (!begins_insn(v, v->clause.entry)
        || (v->clause.end < v->count && !begins_insn(v, v->clause.end)))
        return fault(v, v->clause.entry, "a clause is malformed");
    if (index == 0 && v->clause.entry != 0)
        return fault(v, 0, "the first clause does not begin at 0");
    if (v->clause.frame > ENTER_REGISTERS
        && insn_op((Insn){v->words[v->clause.entry]}) != OP_ENTER)
        return fault(v, v->clause.entry, "a large frame is not entered");
    for (uint64_t i = v->clause.entry; i < v->clause.end;) {
        TRY(check_insn(v, i));
        i += li_op_info[insn_op((Insn){v->words[i]})].words;
    }
    if (v->making != NULL)
        return fault(v, v->clause.end, "a closure is not made as it should be");
    return check_flow(v);
}

/* After all else, as it relies on well-formed code: no register but parameters is live where
 * a clause begins, so each is written before it is read, and LIVE words are right. */
static Status check_liveness(Verifier *v)
{
    uint32_t total = vector_length(v->code->clauses);

    li_liveness(v->words, v->count, v->before);
    for (uint32_t i = 0; i < total; i += CLAUSE_WORDS) {
        uint64_t params;

        TRY(read_clause(v, i));
        params = v->clause.params < LIVE_REGISTERS
                   ? ((uint64_t)1 << v->clause.params) - 1
                   : LIVE_NO_INSN - 1;
        if (v->before[v->clause.entry] & ~params)
            return fault(v, v->clause.entry, "a register is read before it is written");
    }
    for (uint64_t i = 0; i < v->count;) {
        Opcode op = insn_op((Insn){v->words[i]});
        uint32_t offset = li_live_word_offset(op);

        if (offset != 0 && v->words[i + offset] != li_live_word(v->words, i, v->before))
            return fault(v, i, "a LIVE word is wrong");
        if (offset != 0 && !(li_op_info[op].flags & INSN_JUMPS)
            && insn_a((Insn){v->words[i]}) < LIVE_REGISTERS
            && v->words[i + offset] >> insn_a((Insn){v->words[i]}) != 0)
            return fault(v, i, "a register is read that a call destroys");
        i += li_op_info[op].words;
    }
    return OK;
}

static Status check_all(Verifier *v)
{
    uint32_t total = vector_length(v->code->clauses);

    TRY(check_lengths(v));
    if (total % CLAUSE_WORDS != 0 || (total == 0 && v->count != 0))
        return fault(v, 0, "the clauses are malformed");
    for (uint32_t i = 0; i < total; i += CLAUSE_WORDS)
        TRY(check_clause(v, i));
    return check_liveness(v);
}

static bool are_operations(Value v)
{
    return value_is_eq(v, VALUE_FALSE)
        || (value_has_type(v, T_ARRAY) && array_kind(value_to_array(v)) == ELEMENT_U64
            && value_to_array(v)->length % 2 == 0);
}

static bool are_frames(Value v)
{
    const Value *words;
    int64_t count;

    if (value_is_eq(v, VALUE_FALSE))
        return true;
    if (!value_is_vector(v) || vector_length(v) % INLINED_WORDS != 1)
        return false;
    words = vector_items(v) + 1;
    count = vector_length(v) / INLINED_WORDS;
    if (!value_is_true(*(words - 1)) || !are_operations(*(words - 1)))
        return false;
    for (int64_t i = 0; i < count; i += 1, words += INLINED_WORDS) {
        if (!value_is_fixnum(words[INLINED_WHERE])
            || !value_is_fixnum(words[INLINED_POSITION])
            || !value_is_fixnum(words[INLINED_FIRST])
            || value_to_fixnum(words[INLINED_FIRST]) < 0
            || value_to_fixnum(words[INLINED_FIRST]) > count
            || !value_is_fixnum(words[INLINED_CALLER])
            || value_to_fixnum(words[INLINED_CALLER]) < INLINED_NO_CALLER
            || value_to_fixnum(words[INLINED_CALLER]) > count)
            return false;
    }
    return true;
}

static Status check_parts(Verifier *v)
{
    const Code *code = v->code;

    if (!value_has_type(code->instructions, T_ARRAY)
        || array_kind(value_to_array(code->instructions)) != ELEMENT_OPCODE
        || !value_is_vector(code->literals) || !value_is_vector(code->clauses)
        || !value_is_vector(code->param_names)
        || !value_has_type(code->positions, T_ARRAY)
        || array_kind(value_to_array(code->positions)) != ELEMENT_U64
        || value_to_array(code->positions)->length % 2 != 0
        || !are_operations(code->operations) || !are_frames(code->inlined)
        || !value_is_fixnum(code->free_count) || value_to_fixnum(code->free_count) < 0
        || !value_is_fixnum(code->position))
        return fault(v, 0, "a part of the code object has the wrong type");
    return OK;
}

Status li_verify_code(const Code *code, Buffer *why)
{
    Verifier v = {.code = code, .why = why};
    Status status = check_parts(&v);

    if (status != OK)
        return status;
    v.words = code_words(code);
    v.count = value_to_array(code->instructions)->length;
    v.literal_count = vector_length(code->literals);
    v.before = calloc(v.count + 1, sizeof *v.before);
    v.sorted = calloc((size_t)v.literal_count + 1, sizeof *v.sorted);
    if (v.before == NULL || v.sorted == NULL) {
        status = ERR_NO_MEMORY;
    } else {
        if (v.literal_count != 0) {
            memcpy(v.sorted, vector_items(code->literals),
                   v.literal_count * sizeof(Value));
            qsort(v.sorted, v.literal_count, sizeof(Value), compare_bits);
        }
        status = check_all(&v);
    }
    free(v.before);
    free(v.sorted);
    return status;
}
