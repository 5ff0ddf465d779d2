/* assignment.c - assigned variables become boxes, or stay in their registers.
 *
 * Before: SET_LOCAL of variables that LET and lambdas bind; LOCAL of the same.
 * After:  what registers.c has not found to do without a box holds one: BOX makes it, UNBOX
 *         and SET_BOX use it. A parameter that is boxed is received in a new variable and
 *         boxed at once, and so is a variable behind whose initial value others are computed.
 *         SET_LOCAL is left for the others, and sets their registers.
 *
 * A variable that is an operand is read where it is, when all operands are done. So one in a
 * register that an operand behind it assigns is a READ, a copy. The arguments of a jump are
 * computed in any order, and are bound by a LET first if one of them assigns anything. What
 * assigns registers is a SET_LOCAL or a jump to a label in whose code there is one.
 *
 * For all other passes variables are constant.
 */
#include "compiler/passes.h"

static Status walk(Compiler *c, Node *node, bool *assigns);

/* ---- Boxes ------------------------------------------------------------------------------------- */

static bool needs_box(const Variable *variable)
{
    return variable->assignments != 0 && !variable->in_register;
}

static Node *box_node(Compiler *c, Node *value)
{
    Node *node = li_node_new(c->arena, NODE_BOX, value->position);

    if (node != NULL)
        node->as.local.value = value;
    return node;
}

/* (x) ... body -> (x') ... (let ((x x')) body), for those of the variables that need a box */
static Status receive(Compiler *c, Variable **variables, uint32_t count, Node **body)
{
    uint64_t position = (*body)->position;
    uint32_t assigned = 0, at = 0;
    Node *let;

    for (uint32_t i = 0; i < count; i += 1)
        assigned += needs_box(variables[i]);
    if (assigned == 0)
        return OK;
    let = li_node_let(c->arena, NODE_LET, assigned, position);
    if (let == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        Variable *variable = variables[i], *received;

        if (!needs_box(variable))
            continue;
        received = li_variable_new(c->arena, variable->name);
        if (received == NULL)
            return ERR_NO_MEMORY;
        received->references = 1;
        variables[i] = received;
        let->as.let.variables[at] = variable;
        let->as.let.inits[at] = li_node_local(c->arena, received, position);
        if (let->as.let.inits[at] == NULL)
            return ERR_NO_MEMORY;
        at += 1;
    }
    let->as.let.body = *body;
    *body = let;
    return OK; /* the walk over the body boxes the initial values */
}

static Status box_params(Compiler *c, Clause *clause)
{
    return receive(c, clause->params, clause_param_count(clause), &clause->body);
}

static bool is_leaf(const Node *node)
{
    return node->kind == NODE_CONST || node->kind == NODE_LOCAL || node->kind == NODE_UNBOX
        || node->kind == NODE_GLOBAL || node->kind == NODE_LAMBDA;
}

/* A box is made when all inits are done: a continuation captured in a later one, and entered
 * again, finds the value and not what the body made of it. Those behind which only leaves come
 * are boxed at once. */
static Status box_inits(Compiler *c, Node *let)
{
    uint32_t late = let->as.let.count;

    while (late > 0 && is_leaf(let->as.let.inits[late - 1]))
        late -= 1;
    if (late > 1)
        TRY(receive(c, let->as.let.variables, late - 1, &let->as.let.body));
    for (uint32_t i = 0; i < let->as.let.count; i += 1) {
        if (!needs_box(let->as.let.variables[i]))
            continue;
        let->as.let.variables[i]->boxed = true;
        let->as.let.inits[i] = box_node(c, let->as.let.inits[i]);
        if (let->as.let.inits[i] == NULL)
            return ERR_NO_MEMORY;
    }
    return OK;
}

/* ---- Operands ---------------------------------------------------------------------------------- */

static void read_now(Node *node)
{
    if (node->kind == NODE_LOCAL && node->as.local.variable->in_register)
        node->kind = NODE_READ;
}

/* (f a b) -> (let ((x a) (y b)) (f x y)) */
static Status bind_args(Compiler *c, Node *call)
{
    uint32_t count = call->as.call.count;
    Node *let = li_node_let(c->arena, NODE_LET, count, call->position);
    Node *body = ARENA_NEW(c->arena, Node);
    Node **args = ARENA_ARRAY(c->arena, Node *, count);

    if (let == NULL || body == NULL || args == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        Variable *variable = li_variable_new(c->arena, VALUE_FALSE);

        if (variable == NULL)
            return ERR_NO_MEMORY;
        variable->references = 1;
        let->as.let.variables[i] = variable;
        let->as.let.inits[i] = call->as.call.args[i];
        args[i] = li_node_local(c->arena, variable, call->as.call.args[i]->position);
        if (args[i] == NULL)
            return ERR_NO_MEMORY;
    }
    *body = *call;
    body->as.call.args = args;
    let->origin = call->origin;
    let->as.let.body = body;
    *call = *let;
    return OK;
}

static const Known *known_of(const Node *call)
{
    const Node *procedure = call->as.call.procedure;

    return procedure->kind == NODE_LOCAL ? procedure->as.local.variable->known : NULL;
}

/* Operand `last` assigns something, and none behind it does. */
static Status order_operands(Compiler *c, Node *node, uint32_t last)
{
    Node **operands;

    if (node->kind == NODE_CALL && known_of(node) != NULL)
        return node->as.call.count > 1 ? bind_args(c, node) : OK;
    if (node->kind == NODE_CALL)
        read_now(node->as.call.procedure);
    operands = node->kind == NODE_CALL ? node->as.call.args : node->as.prim.args;
    for (uint32_t i = 0; i < last; i += 1)
        read_now(operands[i]);
    return OK;
}

static Status walk_operands(Compiler *c, Node *node, Node **operands, uint32_t count,
                            bool *assigns)
{
    uint32_t last = count;

    for (uint32_t i = 0; i < count; i += 1) {
        bool here = false;

        TRY(walk(c, operands[i], &here));
        if (here)
            last = i;
    }
    if (last == count)
        return OK;
    *assigns = true;
    return order_operands(c, node, last);
}

/* ---- The walk ---------------------------------------------------------------------------------- */

static Status walk_lambda(Compiler *c, const Lambda *lambda, bool *assigns)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        TRY(box_params(c, &lambda->clauses[i]));
        TRY(walk(c, lambda->clauses[i].body, assigns));
    }
    return OK;
}

/* Labels are known before what jumps to them, but for those around it, and such a jump is no
 * part of an operand. */
static Status walk_fix(Compiler *c, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Known *known = fix->as.let.variables[i]->known;

        TRY(walk_lambda(c, known->lambda, &known->group->assigns));
    }
    return OK;
}

static Status walk_call(Compiler *c, Node *call, bool *assigns)
{
    const Known *known = known_of(call);

    if (known == NULL)
        TRY(walk(c, call->as.call.procedure, assigns));
    else if (known->kind == KNOWN_LABEL)
        *assigns |= known->group->assigns;
    return walk_operands(c, call, call->as.call.args, call->as.call.count, assigns);
}

static Status walk_let(Compiler *c, Node *let, bool *assigns)
{
    for (uint32_t i = 0; i < let->as.let.count; i += 1)
        TRY(walk(c, let->as.let.inits[i], assigns));
    return box_inits(c, let);
}

static Status walk_local(Compiler *c, Node *node, bool *assigns)
{
    if (node->kind == NODE_LOCAL) {
        if (node->as.local.variable->boxed)
            node->kind = NODE_UNBOX;
        return OK;
    }
    if (node->as.local.variable->boxed)
        node->kind = NODE_SET_BOX;
    else
        *assigns = true;
    return walk(c, node->as.local.value, assigns);
}

/* `*assigns` becomes true if evaluating the node may assign a register. */
static Status walk(Compiler *c, Node *node, bool *assigns)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);
        bool other = false;

        switch ((int)node->kind) {
        case NODE_LOCAL:
        case NODE_SET_LOCAL: return walk_local(c, node, assigns);
        case NODE_LAMBDA: return walk_lambda(c, node->as.lambda, &other);
        case NODE_CALL: return walk_call(c, node, assigns);
        case NODE_PRIM:
            return walk_operands(c, node, node->as.prim.args, node->as.prim.count, assigns);
        case NODE_FIX: TRY(walk_fix(c, node)); break;
        case NODE_LET: TRY(walk_let(c, node, assigns)); break;
        default:
            for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
                TRY(walk(c, *parts.first[i], assigns));
            for (uint32_t i = 0; i < parts.item_count; i += 1)
                TRY(walk(c, parts.items[i], assigns));
            if (node->kind == NODE_RECEIVE)
                TRY(box_params(c, node_receive_clause(node)));
        }
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

Status li_pass_assignment(Compiler *c, Lambda *lambda)
{
    bool assigns = false;

    return walk_lambda(c, lambda, &assigns);
}
