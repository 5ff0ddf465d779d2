/* unit.c - emitting instructions: literals, positions, and the units themselves. */
#include "compiler/unit.h"

#include "vm/code.h"

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
    [OP_FREE] = true,   [OP_SELF] = true,    [OP_UNBOX] = true,  [OP_SETBOX] = true,
    [OP_FREEBOX] = true, [OP_SETFREEBOX] = true, [OP_STEPFREEBOX] = true,
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

void li_emit_entry(Codegen *g, uint64_t word, const Lambda *lambda, uint32_t clause)
{
    Unit *unit = g->unit;

    if (!g->reachable || g->status != OK)
        return;
    if (unit->entry_count == unit->entry_capacity) {
        UnitEntry *entries = grow(g, unit->entries, unit->entry_count,
                                  &unit->entry_capacity, sizeof *entries);

        if (entries == NULL)
            return;
        unit->entries = entries;
    }
    unit->entries[unit->entry_count] = (UnitEntry){unit->count, clause, lambda};
    unit->entry_count += 1;
    push_word(g, word);
}

/* As if the code before were that of another unit. */
void li_unit_enter(Codegen *g)
{
    uint64_t position = g->position;

    g->position = 0;
    note_position(g);
    g->position = position;
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

/* All clauses of what the unit's lambda holds, its own first. */
static bool list_clauses(Codegen *g, Unit *unit)
{
    for (const Lambda *held = unit->lambda; held != NULL; held = held->next_held)
        unit->clause_count += held->clause_count;
    unit->clauses = ARENA_ARRAY(g->c->arena, UnitClause, unit->clause_count);
    if (unit->clauses == NULL)
        return false;
    unit->clause_count = 0;
    for (Lambda *held = unit->lambda; held != NULL; held = held->next_held) {
        held->first_clause = unit->clause_count;
        for (uint32_t i = 0; i < held->clause_count; i += 1)
            unit->clauses[unit->clause_count + i].clause = &held->clauses[i];
        unit->clause_count += held->clause_count;
    }
    return true;
}

Unit *li_unit_for(Codegen *g, Lambda *lambda)
{
    Lambda *holder = lambda->holder;
    Unit *unit = holder->scratch;

    if (unit != NULL || g->status != OK)
        return unit;
    unit = ARENA_NEW(g->c->arena, Unit);
    if (unit != NULL)
        unit->lambda = holder;
    if (unit == NULL || !list_clauses(g, unit)
        || (holder->free_count == 0 && !make_closure(g, unit))) {
        fail(g, ERR_NO_MEMORY);
        return NULL;
    }
    holder->scratch = unit;
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
    unit->entry_count = 0;
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
    to->entries = from->entries;
    to->entry_capacity = from->entry_capacity;
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
    unit->entries = copy_array(g, unit->entries, unit->entry_count, sizeof *unit->entries);
    unit->literal_table = NULL;
}
