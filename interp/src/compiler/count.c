/* count.c - how often each variable is referred to and assigned; small things that passes share.
 *
 * Before: nothing is known of the variables' counts and scratch fields.
 * After:  references and assignments are exact, scratch and known are NULL.
 */
#include "compiler/passes.h"

bool li_node_is_pure(const Node *node)
{
    switch (node->kind) {
    case NODE_CONST:
    case NODE_LAMBDA: return true;
    case NODE_LOCAL: return !node->as.local.variable->unassigned_check;
    case NODE_PRIM: {
        if (!(node->as.prim.op->flags & PRIM_PURE))
            return false;
        /* Deeper is not looked at, so that the question costs little. */
        for (uint32_t i = 0; i < node->as.prim.count; i += 1) {
            const Node *arg = node->as.prim.args[i];
            if (arg->kind != NODE_LOCAL && arg->kind != NODE_CONST)
                return false;
        }
        return true;
    }
    case NODE_SET_LOCAL:
    case NODE_GLOBAL:
    case NODE_SET_GLOBAL:
    case NODE_DEFINE:
    case NODE_IF:
    case NODE_SEQ:
    case NODE_FORMS:
    case NODE_LET:
    case NODE_LETREC:
    case NODE_FIX:
    case NODE_RECEIVE:
    case NODE_CALL:
    case NODE_BOX:
    case NODE_UNBOX:
    case NODE_SET_BOX:
    case NODE_READ:
    default: return false;
    }
}

Node *li_node_local(Arena *arena, Variable *variable, uint64_t position)
{
    Node *node = li_node_new(arena, NODE_LOCAL, position);

    if (node != NULL)
        node->as.local.variable = variable;
    return node;
}

Node *li_node_let(Arena *arena, NodeKind kind, uint32_t count, uint64_t position)
{
    Node *node = li_node_new(arena, kind, position);

    if (node == NULL)
        return NULL;
    node->as.let.count = count;
    node->as.let.variables = ARENA_ARRAY(arena, Variable *, count);
    node->as.let.inits = ARENA_ARRAY(arena, Node *, count);
    if (node->as.let.variables == NULL || node->as.let.inits == NULL)
        return NULL;
    return node;
}

Node *li_node_prim(Arena *arena, const PrimOp *op, uint32_t count, uint64_t position)
{
    Node *node = li_node_new(arena, NODE_PRIM, position);

    if (node == NULL)
        return NULL;
    node->as.prim.op = op;
    node->as.prim.count = count;
    node->as.prim.args = ARENA_ARRAY(arena, Node *, count);
    return node->as.prim.args == NULL ? NULL : node;
}

Node *li_node_list_before(Arena *arena, Node *const *items, uint32_t count, Node *last)
{
    for (uint32_t i = count; i > 0 && last != NULL; i -= 1) {
        Node *pair = li_node_prim(arena, li_primop_named("cons"), 2, 0);

        if (pair == NULL)
            return NULL;
        pair->as.prim.args[0] = items[i - 1];
        pair->as.prim.args[1] = last;
        last = pair;
    }
    return last;
}

Node *li_node_list(Arena *arena, Node *const *items, uint32_t count)
{
    return li_node_list_before(arena, items, count, li_node_const(arena, VALUE_NIL));
}

Status li_too_deep(Compiler *c, const Node *node)
{
    return li_raise_at(c->vm, CONDITION_SYNTAX, node->position, VALUE_NIL,
                       "nested too deeply");
}

static void bind(Variable **variables, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += 1) {
        variables[i]->references = 0;
        variables[i]->assignments = 0;
        variables[i]->scratch = NULL;
        variables[i]->known = NULL;
    }
}

static void bind_params(const Clause *clause)
{
    bind(clause->params, clause_param_count(clause));
}

static Status count_lambda(Compiler *c, Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        bind_params(&lambda->clauses[i]);
        TRY(li_pass_count(c, lambda->clauses[i].body));
    }
    return OK;
}

Status li_pass_count(Compiler *c, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        c->node_count += 1;
        if (node->kind == NODE_LOCAL)
            node->as.local.variable->references += 1;
        else if (node->kind == NODE_SET_LOCAL)
            node->as.local.variable->assignments += 1;
        else if (node->kind == NODE_LAMBDA)
            TRY(count_lambda(c, node->as.lambda));
        else if (node->kind == NODE_LET || node->kind == NODE_LETREC
                 || node->kind == NODE_FIX)
            bind(node->as.let.variables, node->as.let.count);
        else if (node->kind == NODE_RECEIVE)
            bind_params(node_receive_clause(node));
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(li_pass_count(c, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(li_pass_count(c, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}
