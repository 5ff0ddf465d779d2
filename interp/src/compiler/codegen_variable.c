/* codegen_variable.c - local variables, boxes and closures to instructions.
 *
 * A variable of the running procedure is in its register, one of a procedure around it comes
 * along in the closure, and one that is bound to a constant procedure is a literal.
 */
#include "compiler/codegen.h"

/* ---- Variables --------------------------------------------------------------------------------- */

static bool is_own(const Codegen *g, const Variable *variable)
{
    return variable->owner == g->unit->lambda;
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
    else if (!is_own(g, variable))
        li_emit_abc(g, OP_FREE, reg, free_index(variable), 0);
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

void li_gen_unbox(Codegen *g, const Node *node, Dest dest)
{
    const Variable *variable = node->as.local.variable;
    uint32_t reg = li_target(g, dest);

    if (is_own(g, variable))
        li_emit_abc(g, OP_UNBOX, reg, variable->reg, 0);
    else
        li_emit_abc(g, OP_FREEBOX, reg, free_index(variable), 0);
    if (variable->unassigned_check)
        li_emit_abx(g, OP_CHECK, reg, (int32_t)li_unit_literal(g, variable->name));
    li_deliver(g, dest, reg);
}

void li_gen_set_box(Codegen *g, Node *node, Dest dest)
{
    const Variable *variable = node->as.local.variable;
    uint32_t value = li_gen_operand(g, node->as.local.value), box;

    if (is_own(g, variable)) {
        box = variable->reg;
    } else {
        box = li_unit_push(g);
        li_emit_abc(g, OP_FREE, box, free_index(variable), 0);
    }
    li_emit_abc(g, OP_SETBOX, box, value, 0);
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

/* R[base] := a closure of `lambda`. Members of `group` that have no register yet are left
 * out: their slots hold #f. */
static void emit_closure(Codegen *g, Lambda *lambda, uint32_t base,
                         const KnownGroup *group)
{
    Unit *unit = li_unit_for(g, lambda);

    li_unit_need(g, base + 1 + lambda->free_count);
    li_emit_code(g, base, unit);
    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        const Variable *variable = lambda->free[i];
        bool is_member =
            group != NULL && variable->known != NULL && variable->known->group == group;

        if (is_member && is_own(g, variable))
            li_emit_constant(g, base + 1 + i, VALUE_FALSE);
        else
            load_variable(g, variable, base + 1 + i);
    }
    li_emit_abx(g, OP_CLOSURE, base, (int32_t)lambda->free_count);
}

void li_gen_lambda(Codegen *g, Node *node, Dest dest)
{
    Lambda *lambda = node->as.lambda;
    uint32_t base;

    if (lambda->free_count == 0) {
        Unit *unit = li_unit_for(g, lambda);

        if (unit != NULL)
            li_deliver_constant(g, dest, unit->closure);
        return;
    }
    base = li_unit_push(g);
    emit_closure(g, lambda, base, NULL);
    li_deliver(g, dest, base);
}

/* Gives each closure of the group the others, now that all are there. */
static void patch_group(Codegen *g, const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        const Lambda *lambda = group->members[i].lambda;

        for (uint32_t k = 0; k < lambda->free_count; k += 1) {
            const Variable *variable = lambda->free[k];

            if (variable->known != NULL && variable->known->group == group)
                li_emit_abc(g, OP_PATCH, group->members[i].variable->reg, k,
                            variable->reg);
        }
    }
}

void li_gen_closures(Codegen *g, const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        group->members[i].variable->reg = li_unit_push(g);
        emit_closure(g, group->members[i].lambda, group->members[i].variable->reg,
                     group);
    }
    patch_group(g, group);
}
