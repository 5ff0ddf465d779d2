/* values.c - several values that go straight to the variables that are waiting for them.
 *
 * Before: (call-with-values (lambda () init) (lambda (x y) body)), which is what let-values,
 *         define-values and their like are, among others.
 * After:  (receive (x y) init body), a binding as LET is one, without a procedure; or LET
 *         itself where init is (values a b). A producer that is surely a procedure need not be
 *         a lambda: init is its call then.
 *
 * How the values get there is up to the code generator: (values a b) at the end of a path
 * through init computes them where they are wanted, and a call returns them there.
 *
 * Errors are reported as ever: the code of the two lambdas is shown as called by
 * call-with-values, and a wrong number of values is its error.
 */
#include "compiler/passes.h"
#include <string.h>

bool li_node_is_values(const Node *node)
{
    return node->kind == NODE_PRIM && node->as.prim.op->pattern == PATTERN_CALL
        && strcmp(node->as.prim.op->name, "values") == 0;
}

/* call-with-values calls the producer, and the consumer as its last thing. 0: no memory. */
static uint32_t note_origin(Compiler *c, const Node *call, const Lambda *consumer)
{
    uint32_t origin = li_origin_of_library(c, call);

    if (origin != 0) {
        c->origins[consumer->origin].caller = origin;
        c->origins[consumer->origin].replaces = true;
    }
    return origin;
}

static bool is_thunk(const Lambda *lambda)
{
    return lambda->clause_count == 1 && lambda->clauses[0].required == 0
        && !lambda->clauses[0].has_rest;
}

/* The expression whose values are wanted. */
static Status make_init(Compiler *c, Node *producer, uint32_t origin, Node **init)
{
    if (producer->kind == NODE_LAMBDA) {
        *init = producer->as.lambda->clauses[0].body;
        c->origins[producer->as.lambda->origin].caller = origin;
        return OK;
    }
    *init = li_node_new(c->arena, NODE_CALL, 0);
    if (*init == NULL)
        return ERR_NO_MEMORY;
    (*init)->origin = origin & INT32_MAX;
    (*init)->as.call.procedure = producer;
    return OK;
}

/* (values a b c) for (x . y). */
static bool is_let(const Node *init, const Clause *clause)
{
    return li_node_is_values(init)
        && (clause->has_rest ? init->as.prim.count >= clause->required
                             : init->as.prim.count == clause->required);
}

static Status become_let(Compiler *c, Node *node, const Node *init, const Clause *clause)
{
    Node **inits = ARENA_ARRAY(c->arena, Node *, clause_param_count(clause));

    if (inits == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < clause->required; i += 1)
        inits[i] = init->as.prim.args[i];
    if (clause->has_rest) {
        inits[clause->required] =
            li_node_list(c->arena, init->as.prim.args + clause->required,
                         init->as.prim.count - clause->required);
        if (inits[clause->required] == NULL)
            return ERR_NO_MEMORY;
    }
    node->kind = NODE_LET;
    node->as.let.variables = clause->params;
    node->as.let.inits = inits;
    node->as.let.count = clause_param_count(clause);
    node->as.let.body = clause->body;
    return OK;
}

static Status rewrite(Compiler *c, Node *call)
{
    Node *producer, *consumer, *init;
    const Clause *clause;
    uint32_t origin;

    if (call->as.call.count != 2 || call->origin == 0
        || !li_node_is_library(call->as.call.procedure, "call-with-values"))
        return OK;
    producer = call->as.call.args[0];
    consumer = call->as.call.args[1];
    if (consumer->kind != NODE_LAMBDA || consumer->as.lambda->clause_count != 1
        || !(producer->kind == NODE_LAMBDA ? is_thunk(producer->as.lambda)
                                           : li_node_is_procedure(producer)))
        return OK;
    clause = &consumer->as.lambda->clauses[0];
    origin = note_origin(c, call, consumer->as.lambda);
    if (origin == 0)
        return ERR_NO_MEMORY;
    TRY(make_init(c, producer, origin, &init));
    call->origin = origin & INT32_MAX;
    call->position = 0;
    call->is_tail = false;
    if (is_let(init, clause))
        return become_let(c, call, init, clause);
    call->kind = NODE_RECEIVE;
    call->as.receive.init = init;
    call->as.receive.consumer = consumer->as.lambda;
    call->as.receive.description = VALUE_FALSE;
    return OK;
}

Status li_pass_values(Compiler *c, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_LAMBDA) {
            Lambda *lambda = node->as.lambda;

            for (uint32_t i = 0; i < lambda->clause_count; i += 1)
                TRY(li_pass_values(c, lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(li_pass_values(c, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(li_pass_values(c, parts.items[i]));
        if (parts.last == NULL)
            return node->kind == NODE_CALL ? rewrite(c, node) : OK;
        node = *parts.last;
    }
}
