/* branches.c - emitting jumps, branches and the ends of loops, and placing what they lead to. */
#include "compiler/unit.h"

typedef struct Patch {
    uint32_t at;
    struct Patch *next;
} Patch;

/* A branch that a loop begins with, to a label that is not placed yet. */
typedef struct LoopHead {
    uint32_t at;
    Label *exit;
    struct LoopHead *next;
} LoopHead;

_Static_assert(((OP_BRNCHEQI - OP_BRF) & 1) == 1 && OP_BRT == OP_BRF + 1
                   && OP_BRNEQ == OP_BREQ + 1 && OP_BRNLT == OP_BRLT + 1,
               "branches come in pairs");

Opcode li_inverse_branch(Opcode op)
{
    return (Opcode)((((unsigned)op - OP_BRF) ^ 1) + OP_BRF);
}

static void add_patch_at(Codegen *g, Label *label, uint32_t at)
{
    Patch *patch;

    if (!g->reachable || g->status != OK)
        return;
    patch = ARENA_NEW(g->c->arena, Patch);
    if (patch == NULL) {
        g->status = ERR_NO_MEMORY;
        return;
    }
    patch->at = at;
    patch->next = label->patches;
    label->patches = patch;
}

static void add_patch(Codegen *g, Label *label)
{
    add_patch_at(g, label, g->unit->count);
}

void li_emit_jump(Codegen *g, Label *to)
{
    add_patch(g, to);
    li_emit_abx(g, OP_JUMP, 0, 0);
}

/* ---- Branches ---------------------------------------------------------------------------------- */

bool li_was_just_read(const Codegen *g, uint32_t reg)
{
    Insn insn;

    if (g->latest < 0 || g->far)
        return false;
    insn.bits = g->unit->words[g->latest];
    return li_op_reads(insn_op(insn)) && insn_a(insn) == reg && insn_c(insn) == 0;
}

static bool emit_end_branch(Codegen *g, Branch branch, Label *to)
{
    if ((branch.op != OP_BREQI && branch.op != OP_BRNEQI)
        || branch.b != (uint16_t)VALUE_EOF.bits || !li_was_just_read(g, branch.a))
        return false;
    if (branch.op == OP_BREQI) {
        add_patch_at(g, to, (uint32_t)g->latest);
    } else {
        Insn insn = {g->unit->words[g->latest]};

        insn = insn_abc(insn_op(insn), insn_a(insn), insn_b(insn), li_op_info[OP_JUMP].words);
        g->unit->words[g->latest] = insn.bits;
        li_emit_jump(g, to);
        g->reachable = true;
    }
    g->latest = -1;
    return true;
}

/* If a loop begins with the next instruction, a branch to `to`, then it may be left from where it
 * ends. */
static void note_head(Codegen *g, Label *to)
{
    LoopHead *head;

    if (g->loop_begin != g->unit->count)
        return;
    head = ARENA_NEW(g->c->arena, LoopHead);
    if (head == NULL) {
        g->status = ERR_NO_MEMORY;
        return;
    }
    *head = (LoopHead){g->unit->count, to, g->heads};
    g->heads = head;
    to->is_exit = true;
}

static void forget_heads(Codegen *g, const Label *exit)
{
    LoopHead **link = &g->heads;

    while (*link != NULL) {
        if ((*link)->exit == exit)
            *link = (*link)->next;
        else
            link = &(*link)->next;
    }
}

void li_emit_branch(Codegen *g, Branch branch, Label *to)
{
    Opcode op = branch.op;
    uint32_t a = branch.a, b = branch.b;

    if (!g->reachable || g->status != OK || emit_end_branch(g, branch, to))
        return;
    if (li_op_info[op].operand[2] != OPERAND_J16 || !g->far)
        note_head(g, to);
    if (li_op_info[op].operand[2] != OPERAND_J16) {
        add_patch(g, to);
        li_emit_abx(g, op, a, 0);
        if (li_op_info[op].words == 2)
            li_emit_word(g, branch.word);
    } else if (!g->far) {
        add_patch(g, to);
        li_emit_abc(g, op, a, b, 0);
        if (li_op_info[op].words == 2)
            li_emit_word(g, branch.word);
    } else {
        li_emit_abc(g, li_inverse_branch(op), a, b, li_op_info[OP_JUMP].words);
        if (li_op_info[op].words == 2)
            li_emit_word(g, branch.word);
        add_patch(g, to);
        li_emit_abx(g, OP_JUMP, 0, 0);
        g->reachable = true;
        g->latest = -1;
    }
}

/* ---- Ends of loops ------------------------------------------------------------------------------ */

_Static_assert(OP_LOOPNPAIR - OP_LOOPNULL == OP_BRNPAIR - OP_BRNULL
                   && OP_LOOPNNUMEQI - OP_LOOPLT == OP_BRNNUMEQI - OP_BRLT,
               "loops stand in the order of their branches");

/* The loop that goes on if the branch is taken. */
static bool loop_of_branch(Opcode branch, Opcode *loop)
{
    if (branch >= OP_BRNULL && branch <= OP_BRNPAIR)
        *loop = (Opcode)(OP_LOOPNULL + (branch - OP_BRNULL));
    else if (branch >= OP_BRLT && branch <= OP_BRNNUMEQI)
        *loop = (Opcode)(OP_LOOPLT + (branch - OP_BRLT));
    else
        return false;
    return true;
}

static Opcode loop_of_inverse(Opcode branch)
{
    Opcode loop = OP_LOOP;

    CHECK(loop_of_branch(li_inverse_branch(branch), &loop));
    return loop;
}

uint32_t li_begin_loop(Codegen *g)
{
    g->loop_begin = li_unit_here(g);
    return g->unit->count;
}

/* Where the loop at `address` begins with a branch, does that branch's comparison here and
 * jumps to where it leads inside of the loop. False if it does not. */
static bool emit_loop_branch(Codegen *g, int64_t address)
{
    int64_t from = (int64_t)g->unit->count + 2, target;
    Insn head;
    Opcode op;

    if (address >= g->unit->count)
        return false;
    head.bits = g->unit->words[address];
    if (!loop_of_branch(insn_op(head), &op))
        return false;
    bool wide = li_op_info[op].operand[2] != OPERAND_J16;
    int32_t taken = wide ? insn_bx(head) : (int16_t)insn_c(head);
    if (taken == 0) /* not placed yet: that way leads out */
        op = loop_of_inverse(insn_op(head));
    target = address + 1 + taken;
    if (!wide && target - from < INT16_MIN)
        return false;
    if (wide)
        li_emit_abx(g, op, insn_a(head), (int32_t)(target - from));
    else
        li_emit_abc(g, op, insn_a(head), insn_b(head), (uint16_t)(target - from));
    li_emit_word(g, 0);
    return true;
}

/* Puts `fused` in the place of the last two instructions, of one word and of two. Distances count
 * from the end, which is where it was if there is a step. */
static void fuse(Codegen *g, Insn fused, const Value *step)
{
    g->unit->words[g->before_latest] = fused.bits;
    g->unit->count = (uint32_t)g->latest;
    if (step != NULL)
        li_emit_word(g, step->bits);
    li_emit_word(g, 0);
    g->latest = g->before_latest;
    g->before_latest = -1;
}

/* R[a] := R[a] + n or - n, n positive. */
static bool is_step(Insn insn, Value *step)
{
    Opcode op = insn_op(insn);
    int16_t n = (int16_t)insn_c(insn);

    if ((op != OP_ADDI && op != OP_SUBI) || insn_a(insn) != insn_b(insn) || n <= 0)
        return false;
    *step = value_from_fixnum(op == OP_ADDI ? n : -n);
    return true;
}

/* Where the instruction before the one that ends a loop counts, or walks on, what that asks
 * about, makes one of the two. */
static bool fuse_advance(Codegen *g)
{
    Insn before, loop;
    Value step;

    if (g->status != OK || g->before_latest < 0 || g->before_latest + 1 != g->latest)
        return false;
    before.bits = g->unit->words[g->before_latest];
    loop.bits = g->unit->words[g->latest];
    if (insn_op(loop) != OP_LOOP && insn_a(loop) != insn_a(before))
        return false;
    switch ((int)insn_op(loop)) {
    case OP_LOOP:
        if (!is_step(before, &step))
            return false;
        fuse(g, insn_abx(OP_STEP, insn_a(before), insn_bx(loop)), &step);
        return true;
    case OP_LOOPNNUMEQ:
    case OP_LOOPNNUMEQI:
        if (!is_step(before, &step)
            || (insn_op(loop) == OP_LOOPNNUMEQ && insn_b(loop) == insn_a(before)))
            return false;
        loop = insn_abc(insn_op(loop) == OP_LOOPNNUMEQ ? OP_STEPNNUMEQ : OP_STEPNNUMEQI,
                        insn_a(loop), insn_b(loop), insn_c(loop));
        fuse(g, loop, &step);
        return true;
    case OP_LOOPPAIR:
    case OP_LOOPNNULL:
        if (insn_op(before) != OP_CDR || insn_a(before) != insn_b(before))
            return false;
        fuse(g,
             insn_abx(insn_op(loop) == OP_LOOPPAIR ? OP_CDRPAIR : OP_CDRNNULL, insn_a(loop),
                      insn_bx(loop) + 1),
             NULL);
        return true;
    default: return false;
    }
}

static void emit_loop_jump(Codegen *g, int64_t address)
{
    int64_t from = (int64_t)g->unit->count + li_op_info[OP_LOOP].words;

    li_emit_abx(g, OP_LOOP, 0, (int32_t)(address - from));
    li_emit_word(g, 0);
}

/* Goes on where the branch at `address`, which the loop begins with, does when it leaves it. */
static void emit_exit(Codegen *g, int64_t address)
{
    const LoopHead *head = g->heads;
    Insn out;

    while (head != NULL && head->at != address)
        head = head->next;
    if (head != NULL) {
        li_emit_jump(g, head->exit);
        return;
    }
    out.bits = g->unit->words[address + 1];
    if (insn_op(out) == OP_RETURN)
        li_emit_abc(g, OP_RETURN, insn_a(out), 0, 0);
    else if (insn_op(out) == OP_RETURNI)
        li_emit_abx(g, OP_RETURNI, 0, insn_bx(out));
    else
        emit_loop_jump(g, address + 1);
}

void li_emit_loop(Codegen *g, int64_t address)
{
    bool compares, advances;

    if (!g->reachable || g->status != OK)
        return;
    compares = emit_loop_branch(g, address);
    if (!compares)
        emit_loop_jump(g, address);
    advances = fuse_advance(g);
    if (g->status != OK)
        return;
    if (compares ? li_op_skips(insn_op((Insn){g->unit->words[g->latest]})) : advances)
        emit_loop_jump(g, address);
    if (compares)
        emit_exit(g, address);
    g->reachable = false;
}

/* ---- Labels ------------------------------------------------------------------------------------- */

/* A jump to where it stands, emitted last, is taken back. */
static void drop_jump(Codegen *g, Label *label)
{
    Unit *unit = g->unit;
    const Patch *last = label->patches;

    if (g->latest < 0 || last->at != g->latest || last->at + 1 != unit->count
        || insn_op((Insn){unit->words[last->at]}) != OP_JUMP)
        return;
    unit->count -= 1;
    label->patches = last->next;
    g->reachable = true;
}

void li_place(Codegen *g, Label *label)
{
    Unit *unit = g->unit;

    if (g->status != OK || label->patches == NULL)
        return;
    drop_jump(g, label);
    (void)li_unit_here(g);
    if (label->is_exit)
        forget_heads(g, label);
    for (const Patch *patch = label->patches; patch != NULL; patch = patch->next) {
        Insn insn = {unit->words[patch->at]};
        const OpInfo *info = &li_op_info[insn_op(insn)];
        int32_t distance = (int32_t)(unit->count - patch->at - info->words);

        if (info->operand[2] != OPERAND_J16)
            insn = insn_abx(insn_op(insn), insn_a(insn), distance);
        else if (distance <= INT16_MAX)
            insn =
                insn_abc(insn_op(insn), insn_a(insn), insn_b(insn), (uint32_t)distance);
        else
            g->too_far = true;
        unit->words[patch->at] = insn.bits;
        g->reachable = true;
    }
    *label = (Label){NULL, false};
}
