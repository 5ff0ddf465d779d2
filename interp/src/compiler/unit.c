/* unit.c - emitting instructions: labels, literals, positions. */
#include "compiler/unit.h"

#include "vm/code.h"

typedef struct Patch {
    uint32_t at;
    struct Patch *next;
} Patch;

enum {
    MAX_WORDS = INT32_MAX / 2
};

static void fail(Codegen *g, Status status)
{
    if (g->status == OK)
        g->status = status;
}

static void fail_size(Codegen *g, const char *what)
{
    if (g->status == OK)
        g->status = li_raise_at(g->c->vm, CONDITION_SYNTAX, g->unit->lambda->position,
                                VALUE_NIL, "procedure is too large: %s", what);
}

/* A copy of `old` with room for twice as many; NULL, and a failure, without memory. */
static void *grow(Codegen *g, const void *old, uint32_t count, uint32_t *capacity,
                  size_t size)
{
    uint32_t bigger = *capacity == 0 ? 32 : *capacity * 2;
    void *room = li_arena_alloc(g->c->arena, size * bigger);

    if (room == NULL) {
        fail(g, ERR_NO_MEMORY);
        return NULL;
    }
    if (count != 0)
        memcpy(room, old, size * count);
    *capacity = bigger;
    return room;
}

/* ---- Registers ------------------------------------------------------------------------------ */

void li_unit_need(Codegen *g, uint32_t count)
{
    if (count > MAX_REGISTERS)
        fail_size(g, "too many variables or arguments");
    else if (count > g->frame)
        g->frame = count;
}

uint32_t li_unit_push(Codegen *g)
{
    uint32_t reg = g->top;

    li_unit_need(g, reg + 1);
    g->top = reg + 1;
    return reg;
}

/* ---- Instructions ---------------------------------------------------------------------------- */

/* Opcodes that never raise: nobody asks for their position. */
static const bool silent[OP_COUNT] = {
    [OP_MOVE] = true,   [OP_MOVE2] = true,   [OP_FREE2] = true,  [OP_RETURNI] = true,
    [OP_LOADI] = true,   [OP_LOADW] = true,   [OP_LOADK] = true,
    [OP_FREE] = true,   [OP_UNBOX] = true,   [OP_SETBOX] = true,  [OP_FREEBOX] = true,
    [OP_SETFREEBOX] = true,
    [OP_PATCH] = true,  [OP_ENTER] = true,   [OP_RETURN] = true,  [OP_JUMP] = true,
    [OP_BRF] = true,    [OP_BRT] = true,     [OP_BRNULL] = true,  [OP_BRNNULL] = true,
    [OP_BRPAIR] = true, [OP_BRNPAIR] = true, [OP_BREQ] = true,    [OP_BRNEQ] = true,
    [OP_BREQI] = true,  [OP_BRNEQI] = true,  [OP_EQ] = true,      [OP_NOT] = true,
    [OP_NULLP] = true,  [OP_PAIRP] = true,   [OP_FIXNUMP] = true, [OP_CHARP] = true,
    [OP_TYPEP] = true,  [OP_BREQW] = true,   [OP_BRNEQW] = true,  [OP_BRTYPE] = true,
    [OP_BRNTYPE] = true, [OP_EQV] = true, [OP_SWITCH] = true,
};

static void push_word(Codegen *g, uint64_t word)
{
    Unit *unit = g->unit;

    if (unit->count == unit->capacity) {
        uint64_t *words =
            grow(g, unit->words, unit->count, &unit->capacity, sizeof *words);

        if (words == NULL)
            return;
        unit->words = words;
    }
    if (unit->count >= MAX_WORDS) {
        fail_size(g, "too many instructions");
        return;
    }
    unit->words[unit->count] = word;
    unit->count += 1;
}

/* Appends (index of the next instruction, word). */
static void push_pair(Codegen *g, uint64_t **pairs, uint32_t *count, uint32_t *capacity,
                      uint64_t word)
{
    if (*count + 2 > *capacity) {
        uint64_t *larger = grow(g, *pairs, *count, capacity, sizeof *larger);

        if (larger == NULL)
            return;
        *pairs = larger;
    }
    (*pairs)[*count] = g->unit->count;
    (*pairs)[*count + 1] = word;
    *count += 2;
}

static void note_position(Codegen *g)
{
    Unit *unit = g->unit;
    uint64_t frame = g->entry | (uint64_t)g->dropped << INLINED_DROPPED_SHIFT;

    if (g->position != g->noted_position)
        push_pair(g, &unit->positions, &unit->position_count, &unit->position_capacity,
                  g->position);
    if (frame != g->noted_frame)
        push_pair(g, &unit->inlined, &unit->inlined_count, &unit->inlined_capacity,
                  frame);
    g->noted_position = g->position;
    g->noted_frame = frame;
}

uint32_t li_unit_frame(Codegen *g, UnitFrame frame)
{
    Unit *unit = g->unit;

    if (unit->frame_count == unit->frame_capacity) {
        UnitFrame *frames = grow(g, unit->frames, unit->frame_count,
                                 &unit->frame_capacity, sizeof *frames);

        if (frames == NULL)
            return 0;
        unit->frames = frames;
    }
    unit->frames[unit->frame_count] = frame;
    unit->frame_count += 1;
    return unit->frame_count;
}

static void emit(Codegen *g, Insn insn)
{
    Opcode op = insn_op(insn);

    if (!g->reachable || g->status != OK)
        return;
    if (!silent[op])
        note_position(g);
    g->before_latest = g->latest;
    g->latest = g->unit->count;
    push_word(g, insn.bits);
    /* Where words follow, who emits them ends the reach. */
    if ((li_op_info[op].flags & INSN_LAST) && li_op_info[op].words == 1)
        g->reachable = false;
}

void li_note_operation(Codegen *g, Operation operation)
{
    Unit *unit = g->unit;

    if (g->reachable && g->status == OK)
        push_pair(g, &unit->operations, &unit->operation_count,
                  &unit->operation_capacity, operation_pack(operation));
}

void li_emit_abc(Codegen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c)
{
    emit(g, insn_abc(op, a, b, c));
}

void li_emit_abx(Codegen *g, Opcode op, uint32_t a, int32_t b)
{
    emit(g, insn_abx(op, a, b));
}

/* Makes one instruction, `both`, of the one that was emitted last, if that is an `op`, and one that
 * may follow it. */
static bool join(Codegen *g, Opcode op, Opcode both, uint32_t to, uint32_t from)
{
    Insn last;
    uint32_t last_to, last_from;

    if (!g->reachable || g->status != OK || g->latest < 0
        || g->latest + 1 != g->unit->count)
        return false;
    last.bits = g->unit->words[g->latest];
    last_to = insn_a(last);
    last_from = insn_b(last);
    if (insn_op(last) != op || (op == OP_MOVE && from == last_to))
        return false;
    if (to == last_to + 1)
        last = insn_abc(both, last_to, last_from, from);
    else if (last_to == to + 1)
        last = insn_abc(both, to, from, last_from);
    else
        return false;
    g->unit->words[g->latest] = last.bits;
    return true;
}

void li_emit_move(Codegen *g, uint32_t to, uint32_t from)
{
    if (to != from && !join(g, OP_MOVE, OP_MOVE2, to, from))
        li_emit_abc(g, OP_MOVE, to, from, 0);
}

void li_emit_free(Codegen *g, uint32_t to, uint32_t index)
{
    if (!join(g, OP_FREE, OP_FREE2, to, index))
        li_emit_abc(g, OP_FREE, to, index, 0);
}

uint32_t li_unit_here(Codegen *g)
{
    g->latest = -1;
    return g->unit->count;
}

void li_emit_word(Codegen *g, uint64_t word)
{
    if (g->reachable && g->status == OK)
        push_word(g, word);
}

void li_emit_operation_word(Codegen *g, uint64_t word)
{
    if (g->reachable && g->status == OK)
        note_position(g);
    li_emit_word(g, word);
}

/* ---- Literals --------------------------------------------------------------------------------- */

static uint32_t add_literal(Codegen *g, Literal literal)
{
    Unit *unit = g->unit;

    if (unit->literal_count == unit->literal_capacity) {
        Literal *literals = grow(g, unit->literals, unit->literal_count,
                                 &unit->literal_capacity, sizeof *literals);

        if (literals == NULL)
            return 0;
        unit->literals = literals;
    }
    unit->literals[unit->literal_count] = literal;
    unit->literal_count += 1;
    return unit->literal_count - 1;
}

/* Where `value` is in the table, or would be. The table is never full. */
static uint32_t *find_slot(const Unit *unit, Value value)
{
    uint32_t mask = unit->literal_mask;
    uint32_t at = (uint32_t)(value.bits * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;

    while (unit->literal_table[at] != 0) {
        const Literal *literal = &unit->literals[unit->literal_table[at] - 1];

        if (literal->code == NULL && value_is_eq(literal->value, value))
            break;
        at = (at + 1) & mask;
    }
    return &unit->literal_table[at];
}

/* A cleared table with `slots` slots, a power of two. */
static bool take_table(Codegen *g, uint32_t slots)
{
    if (slots > g->table_capacity) {
        g->table_room = ARENA_ARRAY(g->c->arena, uint32_t, slots);
        g->table_capacity = g->table_room != NULL ? slots : 0;
        if (g->table_room == NULL) {
            fail(g, ERR_NO_MEMORY);
            return false;
        }
    }
    memset(g->table_room, 0, slots * sizeof *g->table_room);
    g->unit->literal_table = g->table_room;
    g->unit->literal_mask = slots - 1;
    return true;
}

/* Makes a table of all literals, with room for as many again. */
static bool make_table(Codegen *g)
{
    Unit *unit = g->unit;
    uint32_t slots = 16;

    while (slots / 4 < unit->literal_count)
        slots *= 2;
    if (!take_table(g, slots))
        return false;
    for (uint32_t i = 0; i < unit->literal_count; i += 1) {
        if (unit->literals[i].code == NULL)
            *find_slot(unit, unit->literals[i].value) = i + 1;
    }
    return true;
}

uint32_t li_unit_literal(Codegen *g, Value value)
{
    Unit *unit = g->unit;
    uint32_t index;

    if (g->status != OK)
        return 0;
    if (unit->literal_table != NULL) {
        index = *find_slot(unit, value);
        if (index != 0)
            return index - 1;
    }
    index = add_literal(g, (Literal){value, NULL});
    if (g->status != OK)
        return 0;
    if (unit->literal_table == NULL || unit->literal_count > unit->literal_mask / 2)
        return make_table(g) ? index : 0;
    *find_slot(unit, value) = index + 1;
    return index;
}

uint64_t li_unit_word(Codegen *g, Value value)
{
    if (value_is_reference(value)) {
        immix_pin(g->c->heap->immix, value_to_object(value));
        li_unit_literal(g, value);
    }
    return value.bits;
}

static void emit_symbol(Codegen *g, uint32_t reg, Value symbol)
{
    li_emit_abc(g, OP_LOADW, reg, 0, 0);
    li_emit_word(g, li_unit_word(g, symbol));
}

void li_emit_constant(Codegen *g, uint32_t reg, Value value)
{
    int64_t word = (int64_t)value.bits;

    if (!g->reachable || g->status != OK)
        return;
    if (value_has_type(value, T_SYMBOL)) {
        emit_symbol(g, reg, value);
    } else if (value_is_reference(value)) {
        li_emit_abx(g, OP_LOADK, reg, (int32_t)li_unit_literal(g, value));
    } else if (word == (int32_t)word) {
        li_emit_abx(g, OP_LOADI, reg, (int32_t)word);
    } else {
        li_emit_abc(g, OP_LOADW, reg, 0, 0);
        li_emit_word(g, value.bits);
    }
}

void li_emit_code(Codegen *g, uint32_t reg, Unit *unit)
{
    if (g->reachable && g->status == OK)
        li_emit_abx(g, OP_LOADK, reg,
                    (int32_t)add_literal(g, (Literal){VALUE_FALSE, unit}));
}

void li_emit_closure(Codegen *g, uint32_t reg, Unit *unit, const uint64_t *takes)
{
    bool more = insn_take(takes[1], 0) != TAKE_END;

    if (!g->reachable || g->status != OK)
        return;
    li_emit_abx(g, more ? OP_CLOSURE8 : OP_CLOSURE, reg,
                (int32_t)add_literal(g, (Literal){VALUE_FALSE, unit}));
    li_emit_word(g, takes[0]);
    if (more)
        li_emit_word(g, takes[1]);
}

/* ---- Jumps ------------------------------------------------------------------------------------- */

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
        fail(g, ERR_NO_MEMORY);
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

void li_emit_branch(Codegen *g, Branch branch, Label *to)
{
    Opcode op = branch.op;
    uint32_t a = branch.a, b = branch.b;

    if (!g->reachable || g->status != OK || emit_end_branch(g, branch, to))
        return;
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

/* Where the loop at `address` begins with a branch, does that branch's comparison here and
 * jumps to where it leads inside of the loop. */
static void emit_loop_branch(Codegen *g, int64_t address)
{
    int64_t from = (int64_t)g->unit->count + 2, target;
    Insn head;
    Opcode op;

    if (!g->reachable || g->status != OK || address >= g->unit->count)
        return;
    head.bits = g->unit->words[address];
    if (!loop_of_branch(insn_op(head), &op))
        return;
    bool wide = li_op_info[op].operand[2] != OPERAND_J16;
    int32_t taken = wide ? insn_bx(head) : (int16_t)insn_c(head);
    if (taken == 0) /* not placed yet: that way leads out */
        op = loop_of_inverse(insn_op(head));
    target = address + 1 + taken;
    if (wide)
        li_emit_abx(g, op, insn_a(head), (int32_t)(target - from));
    else if (target - from >= INT16_MIN)
        li_emit_abc(g, op, insn_a(head), insn_b(head), (uint16_t)(target - from));
    else
        return;
    li_emit_word(g, 0);
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
    g->latest = -1;
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

    if (!g->reachable || g->status != OK || g->latest < 0 || g->before_latest < 0
        || g->before_latest + 1 != g->latest)
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

static bool ends_in(const Codegen *g, Opcode first, Opcode last)
{
    return g->latest >= 0 && insn_op((Insn){g->unit->words[g->latest]}) >= first
        && insn_op((Insn){g->unit->words[g->latest]}) <= last;
}

static void emit_loop_jump(Codegen *g, int64_t address)
{
    int64_t from = (int64_t)g->unit->count + li_op_info[OP_LOOP].words;

    li_emit_abx(g, OP_LOOP, 0, (int32_t)(address - from));
    li_emit_word(g, 0);
}

void li_emit_loop(Codegen *g, int64_t address)
{
    bool again;

    emit_loop_branch(g, address);
    again = ends_in(g, OP_LOOPNULL, OP_LOOPNNUMEQI);
    if (!again)
        emit_loop_jump(g, address);
    if (fuse_advance(g) || again)
        emit_loop_jump(g, address);
    g->reachable = false;
}

void li_place(Codegen *g, Label *label)
{
    Unit *unit = g->unit;

    if (g->status != OK || label->patches == NULL)
        return;
    (void)li_unit_here(g);
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
    label->patches = NULL;
}

/* ---- Units -------------------------------------------------------------------------------------- */

/* A closure without free variables; its entry and code may come later. */
static Value new_closure(Codegen *g, uint32_t extra, Value entry, Value code)
{
    Closure *closure = li_alloc(g->c->heap, T_CLOSURE, (uint8_t)extra, 2);

    if (closure == NULL) {
        fail(g, ERR_NO_MEMORY);
        return VALUE_FALSE;
    }
    closure->entry = entry;
    closure->code = code;
    return value_from_object(closure);
}

static bool make_closure(Codegen *g, Unit *unit)
{
    const Lambda *lambda = unit->lambda;
    bool fixed = lambda->clause_count == 1 && !lambda->clauses[0].has_rest
              && lambda->clauses[0].required <= CLOSURE_MAX_FIXED;

    unit->is_constant = true;
    unit->closure = new_closure(g, fixed ? lambda->clauses[0].required : CLOSURE_ANY,
                                value_from_fixnum(0), VALUE_FALSE);
    return value_is_true(unit->closure);
}

Value li_unit_clause_closure(Codegen *g, Unit *unit, uint32_t clause)
{
    Value *closure = &unit->clauses[clause].closure;

    if (immix_extra_of(value_to_object(unit->closure)) != CLOSURE_ANY)
        return unit->closure;
    if (!value_is_closure(*closure))
        *closure = new_closure(g, clause_param_count(&unit->lambda->clauses[clause]),
                               value_from_fixnum(0), VALUE_FALSE);
    return *closure;
}

Value li_clause_closure(Codegen *g, Value closure, const Value *clause)
{
    ClauseClosure *made = &g->made[((uintptr_t)clause >> 5) % CLAUSE_CACHE];
    const Code *code = value_to_code(value_to_closure(closure)->code);
    const uint64_t *entry = code_words(code) + value_to_fixnum(clause[CLAUSE_ENTRY]);
    int64_t params =
        value_to_fixnum(clause[CLAUSE_REQUIRED]) + value_to_fixnum(clause[CLAUSE_REST]);

    if (made->clause != clause || !value_is_eq(made->of, closure)) {
        made->of = closure;
        made->clause = clause;
        made->closure = new_closure(g, (uint32_t)params, (Value){(uint64_t)(uintptr_t)entry},
                                    value_to_closure(closure)->code);
    }
    return made->closure;
}

Unit *li_unit_for(Codegen *g, Lambda *lambda)
{
    Unit *unit = lambda->scratch;

    if (unit != NULL || g->status != OK)
        return unit;
    unit = ARENA_NEW(g->c->arena, Unit);
    if (unit != NULL) {
        unit->lambda = lambda;
        unit->clauses = ARENA_ARRAY(g->c->arena, UnitClause, lambda->clause_count);
    }
    if (unit == NULL || unit->clauses == NULL
        || (lambda->free_count == 0 && !make_closure(g, unit))) {
        fail(g, ERR_NO_MEMORY);
        return NULL;
    }
    lambda->scratch = unit;
    if (g->last == NULL)
        g->first = unit;
    else
        g->last->next = unit;
    g->last = unit;
    return unit;
}

void li_unit_clear(Codegen *g)
{
    Unit *unit = g->unit;

    unit->count = unit->literal_count = 0;
    unit->position_count = unit->operation_count = unit->inlined_count = 0;
    unit->literal_table = NULL;
}

static void take_arrays(Unit *to, const Unit *from)
{
    to->words = from->words;
    to->capacity = from->capacity;
    to->literals = from->literals;
    to->literal_capacity = from->literal_capacity;
    to->positions = from->positions;
    to->position_capacity = from->position_capacity;
    to->operations = from->operations;
    to->operation_capacity = from->operation_capacity;
    to->inlined = from->inlined;
    to->inlined_capacity = from->inlined_capacity;
    to->frames = from->frames;
    to->frame_capacity = from->frame_capacity;
}

void li_unit_open(Codegen *g)
{
    take_arrays(g->unit, &g->room);
}

/* Of the exact size. */
static void *copy_array(Codegen *g, const void *array, uint32_t count, size_t size)
{
    void *copy;

    if (count == 0)
        return NULL;
    copy = li_arena_alloc(g->c->arena, count * size);
    if (copy == NULL)
        fail(g, ERR_NO_MEMORY);
    else
        memcpy(copy, array, count * size);
    return copy;
}

void li_unit_close(Codegen *g)
{
    Unit *unit = g->unit;

    take_arrays(&g->room, unit);
    unit->words = copy_array(g, unit->words, unit->count, sizeof *unit->words);
    unit->literals =
        copy_array(g, unit->literals, unit->literal_count, sizeof *unit->literals);
    unit->positions =
        copy_array(g, unit->positions, unit->position_count, sizeof *unit->positions);
    unit->operations =
        copy_array(g, unit->operations, unit->operation_count, sizeof *unit->operations);
    unit->inlined =
        copy_array(g, unit->inlined, unit->inlined_count, sizeof *unit->inlined);
    unit->frames = copy_array(g, unit->frames, unit->frame_count, sizeof *unit->frames);
    unit->literal_table = NULL;
}
