/* assignment.c - assigned variables become boxes.
 *
 * Before: SET_LOCAL of variables that LET and lambdas bind; LOCAL of the same.
 * After:  no SET_LOCAL. The variable holds a box: BOX makes it, UNBOX and SET_BOX use it. A
 *         parameter that is assigned is received in a new variable and boxed at once.
 *
 * Every assigned variable is boxed, captured or not: a continuation may be entered again and
 * brings back the registers as they were, but must see the latest assignment. In return all
 * other passes may copy variables as they like.
 */
#include "compiler/passes.h"

static Node *box_node(Compiler *c, Node *value)
{
    Node *node = li_node_new(c->arena, NODE_BOX, value->position);

    if (node != NULL)
        node->as.local.value = value;
    return node;
}

static Status box_inits(Compiler *c, Node *let)
{
    for (uint32_t i = 0; i < let->as.let.count; i += 1) {
        if (let->as.let.variables[i]->assignments == 0)
            continue;
        let->as.let.variables[i]->boxed = true;
        let->as.let.inits[i] = box_node(c, let->as.let.inits[i]);
        if (let->as.let.inits[i] == NULL)
            return ERR_NO_MEMORY;
    }
    return OK;
}

/* (lambda (x) body) -> (lambda (x') (let ((x (box x'))) body)) */
static Status box_params(Compiler *c, Clause *clause)
{
    uint32_t count = clause_param_count(clause), assigned = 0, at = 0;
    Node *let;

    for (uint32_t i = 0; i < count; i += 1)
        assigned += clause->params[i]->assignments != 0;
    if (assigned == 0)
        return OK;
    let = li_node_let(c->arena, NODE_LET, assigned, clause->body->position);
    if (let == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        Variable *variable = clause->params[i], *received;

        if (variable->assignments == 0)
            continue;
        received = li_variable_new(c->arena, variable->name);
        if (received == NULL)
            return ERR_NO_MEMORY;
        received->references = 1;
        clause->params[i] = received;
        let->as.let.variables[at] = variable;
        let->as.let.inits[at] =
            li_node_local(c->arena, received, clause->body->position);
        if (let->as.let.inits[at] == NULL)
            return ERR_NO_MEMORY;
        at += 1;
    }
    let->as.let.body = clause->body;
    clause->body = let;
    return OK; /* the walk over the body boxes the initial values */
}

static Status walk_lambda(Compiler *c, Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        TRY(box_params(c, &lambda->clauses[i]));
        TRY(li_pass_assignment(c, lambda->clauses[i].body));
    }
    return OK;
}

Status li_pass_assignment(Compiler *c, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts;

        if (node->kind == NODE_LOCAL && node->as.local.variable->assignments != 0)
            node->kind = NODE_UNBOX;
        else if (node->kind == NODE_SET_LOCAL)
            node->kind = NODE_SET_BOX;
        else if (node->kind == NODE_LAMBDA)
            TRY(walk_lambda(c, node->as.lambda));
        else if (node->kind == NODE_LET)
            TRY(box_inits(c, node));
        else if (node->kind == NODE_RECEIVE)
            TRY(box_params(c, node_receive_clause(node)));
        parts = li_node_children(node);
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(li_pass_assignment(c, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(li_pass_assignment(c, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}
