/* liveness.c - backward data flow over bytecode.
 *
 * One sweep from the last instruction to the first is enough but for jumps back; sweeps are
 * repeated until what is live at the targets of these no longer changes, which takes one
 * more for each level of nested loops at most.
 */
#include "compiler/liveness.h"

uint32_t li_live_word_offset(Opcode op)
{
    const OpInfo *info = &li_op_info[op];

    return info->word[0] == WORD_LIVE ? 1 : info->word[1] == WORD_LIVE ? 2 : 0;
}

int64_t li_jump_target(const uint64_t *words, uint64_t index)
{
    Insn insn = {words[index]};
    const OpInfo *info = &li_op_info[insn_op(insn)];
    int64_t distance =
        info->operand[2] == OPERAND_J16 ? (int16_t)insn_c(insn) : insn_bx(insn);

    return (int64_t)index + info->words + distance;
}

static uint64_t bit(uint32_t reg)
{
    return reg < LIVE_REGISTERS ? (uint64_t)1 << reg : 0;
}

/* Registers first .. first + count - 1. */
static uint64_t bits(uint32_t first, uint32_t count)
{
    uint64_t below_end =
        first + count < LIVE_REGISTERS ? bit(first + count) - 1 : LIVE_NO_INSN - 1;
    uint64_t below_first = first < LIVE_REGISTERS ? bit(first) - 1 : LIVE_NO_INSN - 1;

    return below_end & ~below_first;
}

/* Registers that a TAKE word names. */
static uint64_t taken(uint64_t word)
{
    uint64_t read = 0;

    for (uint32_t i = 0; i < TAKE_PARTS; i += 1)
        read |= bit(insn_take(word, i)); /* all else counts higher than registers */
    return read;
}

/* An argument that the call itself puts in its place. */
static uint64_t bit_of_moved(uint64_t word)
{
    uint32_t reg = insn_entry_register(word);

    return reg == 0 ? 0 : bit(reg);
}

/* Registers that the instruction reads beyond what its SRC operands say. */
static uint64_t run_read(const uint64_t *words)
{
    Insn insn = {words[0]};
    Opcode op = insn_op(insn);
    const OpInfo *info = &li_op_info[op];
    uint32_t a = insn_a(insn), count = insn_b(insn);

    if (li_op_has_callee(op)) {
        uint64_t moved =
            info->word[0] == WORD_ARG ? bit(insn_argument_register(words[1])) : 0;

        return bits(info->operand[0] == OPERAND_RNG ? a : a + 3, li_call_count(words))
             & ~moved;
    }
    if (op == OP_CALLMANY || op == OP_TAILCALLMANY)
        return bit(a) | bits(a + 3, count);
    if (op == OP_CALLG || op == OP_CALLK)
        return bits(a + 3, count);
    if (op == OP_TAILCALLG || op == OP_TAILCALLK)
        return bits(a, count);
    if (info->word[0] == WORD_ENT || info->word[0] == WORD_HERE)
        return bits(info->operand[0] == OPERAND_RNG ? a : a + 3,
                    insn_entry_count(words[1]))
             & ~bit_of_moved(words[1]);
    if (op == OP_CALLKM)
        return bits(a + 3, insn_known_count(words)) & ~bit(insn_c(insn));
    if (op == OP_CLOSURERUN)
        return bits(a, 1 + (uint32_t)insn_bx(insn));
    if (op == OP_PRIM)
        return bits(insn_b(insn), insn_c(insn));
    if (op == OP_APPLY)
        return bits(a, count);
    if (op == OP_RECORD)
        return bits(a + 1, count);
    if (li_op_advances(op))
        return bit(a);
    if (op == OP_VALUES)
        return bits(a, count);
    return 0;
}

/* Registers that it writes beyond what its DST operand says. */
static uint64_t run_written(Insn insn)
{
    uint32_t a = insn_a(insn), count = insn_b(insn);

    if (insn_op(insn) == OP_RECEIVE)
        return bits(a, count);
    if (insn_op(insn) == OP_RECEIVEREST)
        return bits(a, count + 1);
    return 0;
}

/* The second one is the next register. */
static bool writes_two(Opcode op)
{
    return op == OP_MOVE2 || op == OP_FREE2;
}

/* What is live before the instruction at `words`, if `after` is live after it. */
static uint64_t transfer(const uint64_t *words, uint64_t after)
{
    Insn insn = {words[0]};
    const OpInfo *info = &li_op_info[insn_op(insn)];
    const uint32_t fields[3] = {insn_a(insn), insn_b(insn), insn_c(insn)};
    uint64_t read = 0;

    for (int i = 0; i < 3; i += 1) {
        if (info->operand[i] == OPERAND_DST)
            after &= ~bits(fields[i], writes_two(insn_op(insn)) ? 2 : 1);
        if (info->operand[i] == OPERAND_SRC)
            read |= bit(fields[i]);
    }
    for (int i = 0; i < 2; i += 1) {
        if (info->word[i] == WORD_REG)
            read |= bit((uint32_t)words[1 + i]);
        else if (info->word[i] == WORD_TAKE)
            read |= taken(words[1 + i]);
    }
    after &= ~run_written(insn);
    return after | read | run_read(words);
}

static uint64_t live_after(const uint64_t *words, uint64_t count, uint64_t index,
                           const uint64_t *before)
{
    const OpInfo *info = &li_op_info[insn_op((Insn){words[index]})];
    uint64_t after = 0;

    if (insn_op((Insn){words[index]}) == OP_SWITCH) {
        for (uint64_t i = 0; i <= insn_c((Insn){words[index]}); i += 1)
            after |= before[index + info->words + i];
        return after;
    }
    if (!(info->flags & INSN_LAST) && index + info->words < count)
        after = before[index + info->words];
    if (info->flags & INSN_JUMPS)
        after |= before[li_jump_target(words, index)];
    if (li_op_skips(insn_op((Insn){words[index]})))
        after |= before[index + info->words + li_op_info[OP_LOOP].words];
    return after;
}

/* False if nothing changed that an earlier sweep could have used. */
static bool sweep(const uint64_t *words, uint64_t count, uint64_t *before)
{
    bool changed = false;

    for (uint64_t i = count; i > 0; i -= 1) {
        uint64_t index = i - 1, live;

        if (before[index] == LIVE_NO_INSN)
            continue;
        live = transfer(words + index, live_after(words, count, index, before));
        changed = changed || live != before[index];
        before[index] = live;
    }
    return changed;
}

void li_liveness(const uint64_t *words, uint64_t count, uint64_t *before)
{
    bool loops = false;

    for (uint64_t i = 0; i < count; i += 1)
        before[i] = LIVE_NO_INSN;
    for (uint64_t i = 0; i < count;) {
        Opcode op = insn_op((Insn){words[i]});

        before[i] = 0;
        if (li_op_info[op].flags & INSN_JUMPS)
            loops = loops || li_jump_target(words, i) <= (int64_t)i;
        i += li_op_info[op].words;
    }
    while (sweep(words, count, before) && loops)
        continue;
}

uint64_t li_live_word(const uint64_t *words, uint64_t index, const uint64_t *before)
{
    Insn insn = {words[index]};

    if (li_op_info[insn_op(insn)].flags & INSN_JUMPS)
        return before[li_jump_target(words, index)];
    return before[index + li_op_info[insn_op(insn)].words] & ~bit(insn_a(insn));
}

void li_fill_live_words(uint64_t *words, uint64_t count, uint64_t *before)
{
    li_liveness(words, count, before);
    for (uint64_t i = 0; i < count;) {
        Opcode op = insn_op((Insn){words[i]});
        uint32_t offset = li_live_word_offset(op);

        if (offset != 0)
            words[i + offset] = li_live_word(words, i, before);
        i += li_op_info[op].words;
    }
}
