/* simplify.c - what a short look shows to be needless is taken out.
 *
 * Before: no LETREC.
 * After:  the same, and
 *           - an IF with a constant test is its branch; (if (not x) a b) is (if x b a);
 *           - a variable that is another name of a constant, a variable or a global, none of
 *             them ever assigned, is gone;
 *           - bindings that nobody reads, and items of a SEQ that do nothing, are gone;
 *           - (or a b) in a test is (if a #t b), without a variable; (if x #t #f) is x where
 *             only its truth counts, and memv in a constant list is a row of eq? there;
 *           - operations on constants are done (fold.c).
 *
 * Each node is looked at once, on the way down, with its operands done already.
 */
#include <string.h>

#include "compiler/passes.h"

/* What becomes of a node's value. */
typedef enum Context {
    FOR_VALUE,
    FOR_TEST,   /* only whether it is #f counts */
    FOR_EFFECT, /* nobody looks at it */
} Context;

static Status walk(Compiler *c, Node **slot, Context context);

static bool is_plain(const Variable *variable)
{
    return variable->assignments == 0 && !variable->unassigned_check;
}

static bool is_local(const Node *node, const Variable *variable)
{
    return node->kind == NODE_LOCAL && node->as.local.variable == variable;
}

static bool is_boolean_prim(const Node *node)
{
    return node->kind == NODE_PRIM && (node->as.prim.op->flags & PRIM_BOOLEAN);
}

/* ---- Members of constant lists --------------------------------------------------------------- */

enum {
    MAX_MEMBERS = 8
};

static const PrimOp eq_op = {"eq?", 2,     PATTERN_VALUE, PRIM_PURE | PRIM_BOOLEAN,
                             0,     OP_EQ, NULL};

uint32_t li_short_list_length(Value list)
{
    uint32_t length = 0;

    for (; value_is_pair(list); list = pair_cdr(list)) {
        Value item = pair_car(list);

        length += 1;
        if (length > MAX_MEMBERS
            || (value_is_reference(item) && !value_has_type(item, T_SYMBOL)))
            return 0;
    }
    return value_is_nil(list) ? length : 0;
}

bool li_node_is_member_test(const Node *node)
{
    const PrimOp *op;

    if (node->kind != NODE_PRIM || node->as.prim.count != 2
        || node->as.prim.op->pattern != PATTERN_CALL)
        return false;
    op = node->as.prim.op;
    return (strcmp(op->name, "memv") == 0 || strcmp(op->name, "memq") == 0)
        && node_is_const(node->as.prim.args[1]);
}

static bool is_short_member_test(const Node *node)
{
    return li_node_is_member_test(node)
        && li_short_list_length(node->as.prim.args[1]->as.constant) != 0;
}

/* (eq? variable item) */
static Node *compare_item(Compiler *c, Variable *variable, Value item,
                          uint64_t position)
{
    Node *test = li_node_prim(c->arena, &eq_op, 2, position);

    if (test == NULL)
        return NULL;
    test->as.prim.args[0] = li_node_local(c->arena, variable, position);
    test->as.prim.args[1] = li_node_const(c->arena, item);
    if (test->as.prim.args[0] == NULL || test->as.prim.args[1] == NULL)
        return NULL;
    variable->references += 1;
    return test;
}

/* (let ((t x)) (if (eq? t 'a) #t (if (eq? t 'b) #t #f))) */
static Status open_member_test(Compiler *c, Node *node)
{
    Node *let = li_node_let(c->arena, NODE_LET, 1, node->position);
    Value list = node->as.prim.args[1]->as.constant;
    Node **end;

    if (let == NULL)
        return ERR_NO_MEMORY;
    let->as.let.variables[0] = li_variable_new(c->arena, VALUE_FALSE);
    let->as.let.inits[0] = node->as.prim.args[0];
    if (let->as.let.variables[0] == NULL)
        return ERR_NO_MEMORY;
    end = &let->as.let.body;
    for (; value_is_pair(list); list = pair_cdr(list)) {
        Node *branch = li_node_new(c->arena, NODE_IF, node->position);

        if (branch == NULL)
            return ERR_NO_MEMORY;
        branch->as.branch.test =
            compare_item(c, let->as.let.variables[0], pair_car(list), node->position);
        branch->as.branch.then = li_node_const(c->arena, VALUE_TRUE);
        if (branch->as.branch.test == NULL || branch->as.branch.then == NULL)
            return ERR_NO_MEMORY;
        *end = branch;
        end = &branch->as.branch.otherwise;
    }
    *end = li_node_const(c->arena, VALUE_FALSE);
    if (*end == NULL)
        return ERR_NO_MEMORY;
    let->origin = node->origin;
    *node = *let;
    return OK;
}

/* ---- Rules for each kind of node. `*next` is the slot to go on with, or NULL. -------------- */

static Status walk_if(Compiler *c, Node **slot, Context context, Node ***next)
{
    Node *node = *slot, *test, *then, *otherwise;

    TRY(walk(c, &node->as.branch.test, FOR_TEST));
    test = node->as.branch.test;
    if (test->kind == NODE_PRIM && test->as.prim.op->opcode == OP_NOT) {
        then = node->as.branch.then;
        node->as.branch.test = test->as.prim.args[0];
        node->as.branch.then = node->as.branch.otherwise;
        node->as.branch.otherwise = then;
        test = node->as.branch.test;
    }
    then = node->as.branch.then;
    otherwise = node->as.branch.otherwise;
    if (node_is_const(test)) {
        *slot = value_is_true(test->as.constant) ? then : otherwise;
        *next = slot;
        return OK;
    }
    *next = NULL;
    if (node_is_const(then) && node_is_const(otherwise)
        && value_is_eq(then->as.constant, VALUE_TRUE)
        && value_is_eq(otherwise->as.constant, VALUE_FALSE)
        && (context == FOR_TEST || is_boolean_prim(test))) {
        *slot = test;
        return OK;
    }
    if (node_is_const(otherwise)) {
        *next = &node->as.branch.then;
        return OK;
    }
    TRY(walk(c, &node->as.branch.then, context));
    *next = &node->as.branch.otherwise;
    return OK;
}

static Status walk_seq(Compiler *c, Node **slot, Node ***next)
{
    Node *node = *slot, **items = node->as.seq.items;
    uint32_t kept = 0, last = node->as.seq.count - 1;

    for (uint32_t i = 0; i < last; i += 1) {
        TRY(walk(c, &items[i], FOR_EFFECT));
        if (li_node_is_pure(items[i]))
            continue;
        items[kept] = items[i];
        kept += 1;
    }
    items[kept] = items[last];
    node->as.seq.count = kept + 1;
    if (kept == 0)
        *slot = items[0];
    *next = kept == 0 ? slot : &items[kept];
    return OK;
}

/* (let ((t a)) (if t t b)) where t serves nothing else: becomes (if a #t b) if that will do. */
static Status open_or(Compiler *c, Node *node, Context context, bool *opened)
{
    Node *body = node->as.let.body, *init = node->as.let.inits[0];
    Variable *variable = node->as.let.variables[0];

    *opened = false;
    if (node->as.let.count != 1 || body->kind != NODE_IF || variable->references != 2
        || variable->assignments != 0 || !is_local(body->as.branch.test, variable)
        || !is_local(body->as.branch.then, variable)
        || (context == FOR_VALUE && !is_boolean_prim(init)))
        return OK;
    body->as.branch.test = init;
    body->as.branch.then = li_node_const(c->arena, VALUE_TRUE);
    if (body->as.branch.then == NULL)
        return ERR_NO_MEMORY;
    *node = *body;
    *opened = true;
    return OK;
}

/* True if `variable` need not be bound. Remembers what stands for it. */
static bool drop_binding(Variable *variable, Node *init)
{
    if (variable->assignments != 0)
        return false;
    if (variable->references == 0)
        return li_node_is_pure(init);
    if (node_is_const(init)
        || (is_plain(variable)
            && (li_node_is_settled(init)
                || (init->kind == NODE_LOCAL && is_plain(init->as.local.variable))))) {
        variable->scratch = init;
        return true;
    }
    return false;
}

static Status walk_let(Compiler *c, Node **slot, Context context, Node ***next)
{
    Node *node = *slot;
    uint32_t kept = 0;
    bool opened;

    *next = slot;
    TRY(open_or(c, node, context, &opened));
    if (opened)
        return OK;
    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        Variable *variable = node->as.let.variables[i];
        bool unread = variable->references == 0 && variable->assignments == 0;

        TRY(walk(c, &node->as.let.inits[i], unread ? FOR_EFFECT : FOR_VALUE));
        if (drop_binding(variable, node->as.let.inits[i]))
            continue;
        node->as.let.variables[kept] = variable;
        node->as.let.inits[kept] = node->as.let.inits[i];
        kept += 1;
    }
    node->as.let.count = kept;
    if (kept == 0)
        *slot = node->as.let.body;
    else
        *next = &node->as.let.body;
    return OK;
}

static Status walk_fix(Compiler *c, Node **slot, Node ***next)
{
    Node *node = *slot;
    uint32_t references = 0;

    for (uint32_t i = 0; i < node->as.let.count; i += 1)
        references += node->as.let.variables[i]->references != 0;
    if (references == 0) {
        *slot = node->as.let.body;
        *next = slot;
        return OK;
    }
    for (uint32_t i = 0; i < node->as.let.count; i += 1)
        TRY(walk(c, &node->as.let.inits[i], FOR_VALUE));
    *next = &node->as.let.body;
    return OK;
}

static void walk_local(Node *node)
{
    const Node *stands_for = node->as.local.variable->scratch;
    uint64_t position = node->position;

    if (stands_for == NULL)
        return;
    *node = *stands_for;
    node->position = position;
    if (node->kind == NODE_LOCAL)
        node->as.local.variable->references += 1;
}

static Status walk_parts(Compiler *c, Node *node)
{
    Children parts = li_node_children(node);
    bool was_local =
        node->kind == NODE_CALL && node->as.call.procedure->kind == NODE_LOCAL;

    for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
        TRY(walk(c, parts.first[i], FOR_VALUE));
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        TRY(walk(c, &parts.items[i],
                 node->kind == NODE_PRIM && node->as.prim.op->opcode == OP_NOT
                     ? FOR_TEST
                     : FOR_VALUE));
    if (node->kind == NODE_PRIM)
        li_fold_prim(c, node);
    return was_local && node->as.call.procedure->kind == NODE_GLOBAL ? li_rewrite_call(c, node)
                                                                     : OK;
}

static Status walk_lambda(Compiler *c, Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk(c, &lambda->clauses[i].body, FOR_VALUE));
    return OK;
}

static Status walk(Compiler *c, Node **slot, Context context)
{
    if (!li_stack_ok())
        return li_too_deep(c, *slot);
    while (slot != NULL) {
        Node *node = *slot, **next = NULL;

        if (context != FOR_VALUE && is_short_member_test(node))
            TRY(open_member_test(c, node));
        if (node->kind == NODE_IF)
            TRY(walk_if(c, slot, context, &next));
        else if (node->kind == NODE_SEQ)
            TRY(walk_seq(c, slot, &next));
        else if (node->kind == NODE_LET)
            TRY(walk_let(c, slot, context, &next));
        else if (node->kind == NODE_FIX)
            TRY(walk_fix(c, slot, &next));
        else if (node->kind == NODE_RECEIVE) {
            TRY(walk(c, &node->as.receive.init, FOR_VALUE));
            next = &node_receive_clause(node)->body;
        } else if (node->kind == NODE_LAMBDA)
            TRY(walk_lambda(c, node->as.lambda));
        else if (node->kind == NODE_LOCAL)
            walk_local(node);
        else
            TRY(walk_parts(c, node));
        slot = next;
    }
    return OK;
}

Status li_pass_simplify(Compiler *c, Node **node)
{
    return walk(c, node, FOR_VALUE);
}
