/* hoist.c - finds what a loop loads again and again.
 *
 * Only operands of operations count, which are read where they are. What goes to a certain
 * register anyway, an argument of a call for instance, costs one instruction either way.
 *
 * A loop is looked at once, with all loops in it; after so many nodes the rest of it is
 * loaded as it comes.
 */
#include "compiler/hoist.h"
#include "vm/global.h"

enum {
    LOOK_BUDGET = 1000,
    LOOK_DEPTH = 200
};

typedef struct Look {
    Codegen *g;
    int budget;
    int depth;
} Look;

bool li_node_is_steady(const Node *node)
{
    const Global *cell;

    if (node->kind != NODE_GLOBAL)
        return node_is_const(node) || node->kind == NODE_LOCAL;
    cell = value_to_global(node->as.global.cell);
    return li_global_has_flag(cell, GLOBAL_HIDDEN)
        && li_global_has_flag(cell, GLOBAL_CONSTANT);
}

static bool is_same(const Hoisted *hoisted, const Node *node)
{
    if (node->kind == NODE_LOCAL)
        return hoisted->variable == node->as.local.variable;
    if (node->kind == NODE_GLOBAL)
        return hoisted->variable == NULL
            && value_is_eq(hoisted->constant, node->as.global.cell);
    return hoisted->variable == NULL && node_is_const(node)
        && value_is_eq(hoisted->constant, node->as.constant);
}

bool li_find_hoisted(const Codegen *g, const Node *node, uint32_t *reg)
{
    for (uint32_t i = 0; i < g->hoisted_count; i += 1) {
        if (is_same(&g->hoisted[i], node)) {
            *reg = g->hoisted[i].reg;
            return true;
        }
    }
    return false;
}

/* True if argument `i` of the operation is read from the instruction. */
static bool fits_immediate(const PrimOp *op, const Node *node, uint32_t i)
{
    Value v = node->as.constant;

    switch ((int)op->opcode) {
    case OP_ADD:
    case OP_SUB:
    case OP_LT:
    case OP_LE:
    case OP_NUMEQ:
        return value_is_fixnum(v) && value_to_fixnum(v) == (int16_t)value_to_fixnum(v);
    case OP_EQ: return !value_is_reference(v) || value_has_type(v, T_SYMBOL);
    case OP_CHEQ:
    case OP_CHLT:
    case OP_CHLE: return value_is_char(v) && value_to_char(v) <= INT16_MAX;
    case OP_VECTORREF:
    case OP_VECTORSET:
        return i == 1 && value_is_fixnum(v) && value_to_fixnum(v) >= 0
            && value_to_fixnum(v) <= UINT16_MAX;
    default: return false;
    }
}

/* True if the operand is no register of the procedure's own and no immediate. */
static bool is_loaded(const Codegen *g, const PrimOp *op, const Node *node, uint32_t i)
{
    const Variable *variable;

    if (node_is_const(node))
        return !fits_immediate(op, node, i) && li_short_list_length(node->as.constant) == 0;
    if (node->kind == NODE_GLOBAL)
        return li_node_is_steady(node);
    if (node->kind != NODE_LOCAL)
        return false;
    variable = node->as.local.variable;
    return variable->owner != g->lambda
        && (variable->known == NULL || variable->known->kind == KNOWN_CLOSURE);
}

static void hoist_operands(Codegen *g, const Node *prim)
{
    const PrimOp *op = prim->as.prim.op;
    uint32_t reg;

    if ((op->pattern == PATTERN_CALL && prim->as.prim.count > NAMED_ARGUMENTS)
        || op->pattern == PATTERN_CONTROL || op->pattern == PATTERN_RECORD)
        return;
    for (uint32_t i = 0; i < prim->as.prim.count && g->hoisted_count < MAX_HOISTED;
         i += 1) {
        Node *arg = prim->as.prim.args[i];
        Hoisted *hoisted = &g->hoisted[g->hoisted_count];

        if (!is_loaded(g, op, arg, i) || li_find_hoisted(g, arg, &reg))
            continue;
        hoisted->variable = arg->kind == NODE_LOCAL ? arg->as.local.variable : NULL;
        hoisted->constant = node_is_const(arg) ? arg->as.constant : VALUE_FALSE;
        if (arg->kind == NODE_GLOBAL)
            hoisted->constant = arg->as.global.cell;
        hoisted->reg = li_gen_push(g, arg);
        g->hoisted_count += 1;
    }
}

static void look(Look *l, Node *node)
{
    l->depth += 1;
    while (node != NULL && l->depth < LOOK_DEPTH && l->budget > 0
           && l->g->hoisted_count < MAX_HOISTED) {
        Children parts = li_node_children(node);

        l->budget -= 1;
        if (node->kind == NODE_PRIM)
            hoist_operands(l->g, node);
        if (node->kind == NODE_FIX) {
            for (uint32_t i = 0; i < node->as.let.count; i += 1) {
                if (node->as.let.variables[i]->known->kind == KNOWN_LABEL)
                    look(l, node->as.let.inits[i]->as.lambda->clauses[0].body);
            }
            parts.item_count = 0;
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            look(l, *parts.first[i]);
        for (uint32_t i = 0; i < parts.item_count && l->budget > 0; i += 1)
            look(l, parts.items[i]);
        node = parts.last == NULL ? NULL : *parts.last;
    }
    l->depth -= 1;
}

void li_hoist(Codegen *g, const Known *label)
{
    Look l = {g, LOOK_BUDGET, 0};

    for (uint32_t i = 0; i < label->group->count; i += 1)
        look(&l, label->group->members[i].lambda->clauses[0].body);
}
