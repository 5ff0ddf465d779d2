/* maker.c - definitions of procedures that a procedure makes.
 *
 *     (define (getter i) (lambda (v) (vector-ref v i)))
 *     (define node-name (getter 0))
 *
 * Before: as the expander made it.
 * After:  the value of node-name is (lambda (v) (let ((i 0)) (vector-ref v i))), so that it is as
 *         well known as if it had been written so.
 *
 * That can be done where the call does nothing else: the body of what is called is a lambda, and
 * the arguments are constants, or globals that keep the values they have then. No parameter may be
 * assigned, since all calls of what is made share it. It is kept small, as there is a copy for each
 * definition.
 */
#include "compiler/passes.h"

enum {
    MAX_NODES = 60 /* of what is called */
};

/* Counts nodes down from *budget. False if that is not enough, or a parameter is assigned. */
static bool is_suitable(const Clause *maker, Node *node, int *budget)
{
    for (;;) {
        Children parts;

        *budget -= 1;
        if (*budget < 0)
            return false;
        parts = li_node_children(node);
        for (uint32_t i = 0; node->kind == NODE_SET_LOCAL && i < maker->required; i += 1) {
            if (node->as.local.variable == maker->params[i])
                return false;
        }
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1) {
                if (!is_suitable(maker, node->as.lambda->clauses[i].body, budget))
                    return false;
            }
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1) {
            if (!is_suitable(maker, *parts.first[i], budget))
                return false;
        }
        for (uint32_t i = 0; i < parts.item_count; i += 1) {
            if (!is_suitable(maker, parts.items[i], budget))
                return false;
        }
        if (parts.last == NULL)
            return true;
        node = *parts.last;
    }
}

static bool is_maker(const Lambda *lambda, uint32_t arguments)
{
    const Clause *clause = &lambda->clauses[0];
    int budget = MAX_NODES;

    return lambda->clause_count == 1 && !clause->has_rest && clause->required == arguments
        && clause->body->kind == NODE_LAMBDA && clause->body->as.lambda->clause_count == 1
        && is_suitable(clause, clause->body, &budget);
}

/* `made`, a copy, with the arguments bound where it is called. */
static Status bind_arguments(Compiler *c, const Node *call, const Clause *maker, Lambda *made)
{
    uint32_t count = call->as.call.count;
    Node *let;

    if (count == 0)
        return OK;
    let = li_node_let(c->arena, NODE_LET, count, 0);
    if (let == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        let->as.let.variables[i] = maker->params[i];
        let->as.let.inits[i] = call->as.call.args[i];
    }
    let->as.let.body = made->clauses[0].body;
    made->clauses[0].body = let;
    return OK;
}

Status li_made_lambda(Compiler *c, const Node *call, const Lambda *maker, Node **made)
{
    const Clause *copied;
    Value template;
    Node *copy;

    *made = NULL;
    if (!is_maker(maker, call->as.call.count))
        return OK;
    TRY(li_template_make(c, maker, false, &template));
    if (!value_is_true(template))
        return OK;
    TRY(li_template_read(c, template, &copy));
    copied = &copy->as.lambda->clauses[0];
    TRY(bind_arguments(c, call, copied, copied->body->as.lambda));
    *made = copied->body;
    return OK;
}
