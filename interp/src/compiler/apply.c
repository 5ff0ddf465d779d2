/* apply.c - calls of apply become calls of what it applies.
 *
 * Before: (apply f a (list b c)), of the library's procedure.
 * After:  (f a b c), if f is surely a procedure that takes so many arguments. Where the list's
 *         length is not known, (apply car a list) of a primitive is an operation that spreads
 *         the list, and (apply f a b list) is (apply f (cons a (cons b list))).
 *
 * Everything is reported as called by apply, and arguments are evaluated in the same order.
 */
#include "compiler/passes.h"
#include "vm/code.h"
#include "vm/global.h"

#include <string.h>

enum {
    MAX_SPREAD = 16 /* elements of a list that become arguments */
};

static const PrimOp apply_op = {"apply", 0, PATTERN_APPLY, 0, 0, OP_APPLY, NULL};

bool li_node_is_apply(const Node *node)
{
    return node->kind == NODE_CALL && node->as.call.count >= 2 && node->origin != 0
        && li_node_is_library(node->as.call.procedure, "apply");
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static bool is_prim(const Node *node, const char *name)
{
    return node->kind == NODE_PRIM && strcmp(node->as.prim.op->name, name) == 0;
}

/* How many elements the list has that `node` makes, or is; false if that is not seen. */
static bool count_elements(const Node *node, uint32_t *count)
{
    Value list;

    *count = 0;
    for (; is_prim(node, "cons") && *count <= MAX_SPREAD; node = node->as.prim.args[1])
        *count += 1;
    if (is_prim(node, "list")) {
        *count += node->as.prim.count;
        return *count <= MAX_SPREAD;
    }
    if (!node_is_const(node))
        return false;
    for (list = node->as.constant; value_is_pair(list) && *count <= MAX_SPREAD;
         list = pair_cdr(list))
        *count += 1;
    return value_is_nil(list) && *count <= MAX_SPREAD;
}

/* Puts them in their places. */
static Status take_elements(Compiler *c, const Node *node, Node **items)
{
    for (; is_prim(node, "cons"); node = node->as.prim.args[1], items += 1)
        *items = node->as.prim.args[0];
    if (is_prim(node, "list")) {
        memcpy(items, node->as.prim.args, node->as.prim.count * sizeof *items);
        return OK;
    }
    for (Value list = node->as.constant; value_is_pair(list); list = pair_cdr(list)) {
        *items = li_node_const(c->arena, pair_car(list));
        if (*items == NULL)
            return ERR_NO_MEMORY;
        items += 1;
    }
    return OK;
}

/* ---- Procedures -------------------------------------------------------------------------------- */

static bool lambda_takes(const Lambda *lambda, uint32_t count)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        const Clause *clause = &lambda->clauses[i];

        if (clause->required == count || (clause->has_rest && clause->required < count))
            return true;
    }
    return false;
}

/* True if a call with so many arguments is sure not to fail. `lambda` is what a local variable is
 * bound to, or NULL. */
static bool takes(const Node *procedure, const Lambda *lambda, uint32_t count)
{
    const PrimDef *def = li_constant_primitive(procedure);
    Value value;

    if (def != NULL)
        return count >= def->min_args && (count <= def->max_args || def->max_args == PRIM_ANY);
    if (procedure->kind == NODE_LAMBDA)
        return lambda_takes(procedure->as.lambda, count);
    if (!li_node_is_settled(procedure))
        return lambda != NULL && lambda_takes(lambda, count);
    value = value_to_global(procedure->as.global.cell)->value;
    return value_is_closure(value)
        && li_find_clause(value_to_code(value_to_closure(value)->code), count) != NULL;
}

/* ---- Calls ----------------------------------------------------------------------------------- */

bool li_can_apply(const Node *call, const Lambda *lambda, uint32_t elements)
{
    return takes(call->as.call.args[0], lambda, call->as.call.count - 2 + elements);
}

Status li_apply_to(Compiler *c, Node *call, Node *const *items, uint32_t count)
{
    uint32_t before = call->as.call.count - 2;
    Node **args = ARENA_ARRAY(c->arena, Node *, before + count);
    uint32_t origin = li_origin_of_library(c, call);

    if (args == NULL || origin == 0)
        return ERR_NO_MEMORY;
    memcpy(args, call->as.call.args + 1, before * sizeof *args);
    if (count != 0)
        memcpy(args + before, items, count * sizeof *args);
    call->as.call.procedure = call->as.call.args[0];
    call->as.call.args = args;
    call->as.call.count = before + count;
    call->origin = origin & INT32_MAX;
    call->position = 0;
    call->is_tail = true;
    return li_rewrite_call(c, call);
}

Status li_rewrite_apply(Compiler *c, Node *call, const Lambda *lambda)
{
    Node *items[MAX_SPREAD];
    uint32_t count;

    if (!li_node_is_apply(call)
        || !count_elements(call->as.call.args[call->as.call.count - 1], &count)
        || !li_can_apply(call, lambda, count))
        return OK;
    TRY(take_elements(c, call->as.call.args[call->as.call.count - 1], items));
    return li_apply_to(c, call, items, count);
}

/* (apply car a list): the primitive stays in front, as its cell. */
static Status become_operation(Compiler *c, Node *call)
{
    uint32_t origin = li_origin_of_library(c, call), count = call->as.call.count;
    Node **args = call->as.call.args;

    if (origin == 0)
        return ERR_NO_MEMORY;
    call->kind = NODE_PRIM;
    call->origin = origin & INT32_MAX;
    call->position = 0;
    call->is_tail = false;
    call->as.prim.op = &apply_op;
    call->as.prim.args = args;
    call->as.prim.count = count;
    call->as.prim.skipped = 0;
    return OK;
}

Status li_simplify_apply(Compiler *c, Node *call)
{
    uint32_t count = call->as.call.count;
    Node **args;

    if (!li_node_is_apply(call))
        return OK;
    if (li_constant_primitive(call->as.call.args[0]) != NULL && count <= UINT16_MAX)
        return become_operation(c, call);
    if (count == 2 || count > MAX_SPREAD)
        return OK;
    args = ARENA_ARRAY(c->arena, Node *, 2);
    if (args == NULL)
        return ERR_NO_MEMORY;
    args[0] = call->as.call.args[0];
    args[1] = li_node_list_before(c->arena, call->as.call.args + 1, count - 2,
                                  call->as.call.args[count - 1]);
    if (args[1] == NULL)
        return ERR_NO_MEMORY;
    call->as.call.args = args;
    call->as.call.count = 2;
    return OK;
}
