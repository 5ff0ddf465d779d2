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
#include "containers/symbolmap.h"
#include "vm/code.h"
#include "vm/global.h"

#include <string.h>

/* True for the library's procedure of that name. */
static bool is_library_procedure(const Node *procedure, const char *name)
{
    const Code *code;
    Value value;

    if (!li_node_is_settled(procedure))
        return false;
    value = value_to_global(procedure->as.global.cell)->value;
    if (!value_is_closure(value))
        return false;
    code = value_to_code(value_to_closure(value)->code);
    return value_is_symbol(code->name) && value_to_fixnum(code->position) == 0
        && li_text_equals_ascii(symbol_text(code->name), name);
}

bool li_node_is_values(const Node *node)
{
    return node->kind == NODE_PRIM && node->as.prim.op->pattern == PATTERN_CALL
        && strcmp(node->as.prim.op->name, "values") == 0;
}

/* What call-with-values stands for in reports: it calls the producer, and the consumer as its
 * last thing. 0: no memory. */
static uint32_t note_origin(Compiler *c, const Node *call, const Lambda *consumer)
{
    Lambda *caller = ARENA_NEW(c->arena, Lambda);
    uint32_t origin;

    if (caller == NULL)
        return 0;
    caller->name = value_to_global(call->as.call.procedure->as.global.cell)->name;
    origin = li_origin_new(c, caller);
    if (origin == 0)
        return 0;
    c->origins[origin].caller = call->origin;
    c->origins[origin].position = call->position;
    c->origins[origin].replaces = call->is_tail;
    c->origins[consumer->origin].caller = origin;
    c->origins[consumer->origin].replaces = true;
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

/* (values a b) for (x y). */
static bool is_let(const Node *init, const Clause *clause)
{
    return li_node_is_values(init) && !clause->has_rest
        && init->as.prim.count == clause->required;
}

static void become_let(Node *node, const Node *init, const Clause *clause)
{
    node->kind = NODE_LET;
    node->as.let.variables = clause->params;
    node->as.let.inits = init->as.prim.args;
    node->as.let.count = clause->required;
    node->as.let.body = clause->body;
}

static Status rewrite(Compiler *c, Node *call)
{
    Node *producer, *consumer, *init;
    const Clause *clause;
    uint32_t origin;

    if (call->as.call.count != 2 || call->origin == 0
        || !is_library_procedure(call->as.call.procedure, "call-with-values"))
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
    if (is_let(init, clause)) {
        become_let(call, init, clause);
        return OK;
    }
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
