/* codegen_variable.c - local variables, boxes and closures to instructions.
 *
 * A variable of the running procedure is in its register, one of a procedure around it comes
 * along in the closure, one that is bound to a constant procedure is a literal, and one that is
 * bound to the running procedure is the closure itself.
 */
#include "compiler/codegen.h"

/* ---- Variables --------------------------------------------------------------------------------- */

static bool is_own(const Codegen *g, const Variable *variable)
{
    return variable->owner == g->lambda;
}

/* True if the variable stands for the closure that the procedure runs in. */
static bool is_self(const Codegen *g, const Variable *variable)
{
    return variable == g->unit->lambda->self;
}

static uint32_t free_index(const Variable *variable)
{
    return (uint32_t)(uintptr_t)variable->scratch;
}

Unit *li_constant_unit(Codegen *g, const Variable *variable)
{
    if (variable->known == NULL || variable->known->kind != KNOWN_CONSTANT)
        return NULL;
    return li_unit_for(g, variable->known->lambda);
}

bool li_is_in_register(const Codegen *g, const Variable *variable)
{
    return is_own(g, variable)
        && (variable->known == NULL || variable->known->kind != KNOWN_CONSTANT);
}

static void load_variable(Codegen *g, const Variable *variable, uint32_t reg)
{
    Unit *constant = li_constant_unit(g, variable);

    if (constant != NULL)
        li_emit_constant(g, reg, constant->closure);
    else if (is_self(g, variable))
        li_emit_abc(g, OP_SELF, reg, 0, 0);
    else if (!is_own(g, variable))
        li_emit_free(g, reg, free_index(variable));
    else
        li_emit_move(g, reg, variable->reg);
}

void li_gen_local(Codegen *g, const Node *node, Dest dest)
{
    const Variable *variable = node->as.local.variable;
    uint32_t reg;

    if (dest.kind == DEST_EFFECT)
        return;
    if (li_is_in_register(g, variable)) {
        li_deliver(g, dest, variable->reg);
        return;
    }
    reg = li_target(g, dest);
    load_variable(g, variable, reg);
    li_deliver(g, dest, reg);
}

void li_gen_set_local(Codegen *g, const Node *node, Dest dest)
{
    li_gen(g, node->as.local.value, dest_register(node->as.local.variable->reg));
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

void li_gen_read(Codegen *g, const Node *node, Dest dest)
{
    uint32_t reg = li_target(g, dest);

    li_emit_move(g, reg, node->as.local.variable->reg);
    li_deliver(g, dest, reg);
}

/* True if the last instruction stored into the variable's box what is in *reg. */
static bool was_just_stored(const Codegen *g, const Variable *variable, uint32_t *reg)
{
    Insn insn;
    Opcode op = is_own(g, variable) ? OP_SETBOX : OP_SETFREEBOX;

    if (!g->reachable || g->latest < 0 || g->latest + 1 != g->unit->count)
        return false;
    insn.bits = g->unit->words[g->latest];
    *reg = is_own(g, variable) ? insn_b(insn) : insn_a(insn);
    return insn_op(insn) == op
        && (is_own(g, variable) ? insn_a(insn) == variable->reg
                                : insn_b(insn) == free_index(variable));
}

void li_gen_unbox(Codegen *g, const Node *node, Dest dest)
{
    const Variable *variable = node->as.local.variable;
    uint32_t reg;

    if (was_just_stored(g, variable, &reg)) {
        li_deliver(g, dest, reg);
        return;
    }
    reg = li_target(g, dest);
    if (is_own(g, variable))
        li_emit_abc(g, OP_UNBOX, reg, variable->reg, 0);
    else
        li_emit_abc(g, OP_FREEBOX, reg, free_index(variable), 0);
    if (variable->unassigned_check)
        li_emit_abx(g, OP_CHECK, reg, (int32_t)li_unit_literal(g, variable->name));
    li_deliver(g, dest, reg);
}

/* (+ x n), (+ n x) or (- x n), where x is the variable and an ADDI or SUBI does it. */
static bool is_step(const Variable *variable, const Node *value, Value *step)
{
    Opcode op = value->kind == NODE_PRIM ? value->as.prim.op->opcode : OP_MOVE;
    const Node *x, *n;

    if (op != OP_ADD && op != OP_SUB)
        return false;
    x = value->as.prim.args[0];
    n = value->as.prim.args[1];
    if (op == OP_ADD && node_is_const(x)) {
        n = x;
        x = value->as.prim.args[1];
    }
    if (x->kind != NODE_UNBOX || x->as.local.variable != variable || !node_is_const(n)
        || !value_is_fixnum(n->as.constant)
        || value_to_fixnum(n->as.constant) != (int16_t)value_to_fixnum(n->as.constant))
        return false;
    *step = op == OP_ADD ? n->as.constant
                         : value_from_fixnum(-value_to_fixnum(n->as.constant));
    return true;
}

enum {
    STEP_WORDS = 3
}; /* FREEBOX, ADDI, SETFREEBOX */

/* A counter that closures share. What follows does the same for other numbers, and what fails. */
static void gen_step(Codegen *g, const Variable *variable, const Node *value)
{
    Value step;

    if (is_own(g, variable) || variable->unassigned_check || !is_step(variable, value, &step))
        return;
    li_unit_need(g, g->top + 1);
    li_emit_abc(g, OP_STEPFREEBOX, g->top, free_index(variable), STEP_WORDS);
    li_emit_word(g, step.bits);
}

void li_gen_set_box(Codegen *g, Node *node, Dest dest)
{
    const Variable *variable = node->as.local.variable;
    uint32_t value;

    gen_step(g, variable, node->as.local.value);
    value = li_gen_operand(g, node->as.local.value);
    if (is_own(g, variable))
        li_emit_abc(g, OP_SETBOX, variable->reg, value, 0);
    else
        li_emit_abc(g, OP_SETFREEBOX, value, free_index(variable), 0);
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

void li_gen_box(Codegen *g, Node *node, Dest dest)
{
    uint32_t value = li_gen_operand(g, node->as.local.value);
    uint32_t reg = li_target(g, dest);

    li_emit_abc(g, OP_BOX, reg, value, 0);
    li_deliver(g, dest, reg);
}

/* ---- Closures ---------------------------------------------------------------------------------- */

static bool is_member(const KnownGroup *group, const Variable *variable)
{
    return group != NULL && variable->known != NULL && variable->known->group == group;
}

static bool find_take(const Codegen *g, const Variable *variable, uint32_t *take)
{
    uint32_t most = is_own(g, variable) ? TAKE_FREE : TAKE_SELF - TAKE_FREE;

    if (is_self(g, variable)) {
        *take = TAKE_SELF;
        return true;
    }
    *take = is_own(g, variable) ? variable->reg : free_index(variable);
    if (*take >= most)
        return false;
    *take += is_own(g, variable) ? 0 : TAKE_FREE;
    return true;
}

/* What the closure of `lambda` takes along, as an instruction names it. `at`: which member of
 * `group`, the FIX that binds it, it is: those before it are there, those behind it are not yet.
 * False if an instruction cannot name all. */
static bool find_takes(const Codegen *g, const Lambda *lambda, const KnownGroup *group,
                       uint32_t at, uint64_t *takes)
{
    takes[0] = takes[1] = UINT64_MAX;
    if (lambda->free_count > 2 * TAKE_PARTS)
        return false;
    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        const Variable *variable = lambda->free[i];
        uint32_t shift = 16 * (i % TAKE_PARTS);
        uint32_t take;

        if (is_member(group, variable) && variable->known - group->members > at)
            take = TAKE_FALSE;
        else if (!find_take(g, variable, &take))
            return false;
        takes[i / TAKE_PARTS] ^= (uint64_t)(take ^ TAKE_END) << shift;
    }
    return true;
}

/* The code and what it takes in registers side by side. Members of the group that are not there
 * yet are left out: their slots hold #f. */
static void emit_closure_run(Codegen *g, Lambda *lambda, uint32_t reg,
                             const KnownGroup *group, uint32_t at)
{
    uint32_t base = g->top;

    li_unit_need(g, base + 1 + lambda->free_count);
    li_emit_code(g, base, li_unit_for(g, lambda));
    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        const Variable *variable = lambda->free[i];

        if (is_member(group, variable) && variable->known - group->members > at)
            li_emit_constant(g, base + 1 + i, VALUE_FALSE);
        else
            load_variable(g, variable, base + 1 + i);
    }
    li_emit_abx(g, OP_CLOSURERUN, base, (int32_t)lambda->free_count);
    li_emit_move(g, reg, base);
}

/* R[reg] := a closure of `lambda`, which is member `at` of `group` if that is not NULL. */
static void emit_closure(Codegen *g, Lambda *lambda, uint32_t reg,
                         const KnownGroup *group, uint32_t at)
{
    uint64_t takes[2];

    if (find_takes(g, lambda, group, at, takes))
        li_emit_closure(g, reg, li_unit_for(g, lambda), takes);
    else
        emit_closure_run(g, lambda, reg, group, at);
}

void li_gen_lambda(Codegen *g, Node *node, Dest dest)
{
    Lambda *lambda = node->as.lambda;
    uint32_t reg;

    if (lambda->free_count == 0) {
        Unit *unit = li_unit_for(g, lambda);

        if (unit != NULL)
            li_deliver_constant(g, dest, unit->closure);
        return;
    }
    reg = li_target(g, dest);
    emit_closure(g, lambda, reg, NULL, 0);
    li_deliver(g, dest, reg);
}

static bool has_closure(const Known *member)
{
    return member->lambda->holder == member->lambda;
}

/* Gives each closure of the group the later ones that it takes along. None takes itself along. */
static void patch_group(Codegen *g, const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        const Lambda *lambda = group->members[i].lambda;

        for (uint32_t k = 0; has_closure(&group->members[i]) && k < lambda->free_count;
             k += 1) {
            const Variable *variable = lambda->free[k];

            if (is_member(group, variable) && variable->known - group->members > i)
                li_emit_abc(g, OP_PATCH, group->members[i].variable->reg, k,
                            variable->reg);
        }
    }
}

void li_gen_closures(Codegen *g, const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        Known *member = &group->members[i];

        if (!has_closure(member))
            continue;
        member->variable->reg = li_unit_push(g);
        emit_closure(g, member->lambda, member->variable->reg, group, i);
    }
    patch_group(g, group);
}

/* ---- Where a closure is -------------------------------------------------------------------------- */

Place li_closure_place(const Codegen *g, const Variable *variable)
{
    if (is_self(g, variable))
        return (Place){PLACE_SELF, 0};
    if (is_own(g, variable))
        return (Place){PLACE_REGISTER, variable->reg};
    return (Place){PLACE_FREE, free_index(variable)};
}
