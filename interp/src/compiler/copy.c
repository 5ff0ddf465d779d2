/* copy.c - a procedure's body in the place of a call, as an attempt.
 *
 * The copy is made with what is known of the arguments: constants, other names of variables and
 * constant globals take the parameter's place, operations on constants are done, and of an IF
 * whose test is known only the branch that is taken is looked at. So the attempt sees the size
 * that the code would really have, and gives up when that or the effort is more than allowed.
 *
 * Everything that the copy binds is new. Until the attempt is accepted nothing outside of it
 * changes: no variable's count, no argument, not the call.
 *
 * Source: Waddell and Dybvig, Fast and Effective Procedure Inlining, 1997: effort and size
 * counters, and the residual size as what decides.
 */
#include "compiler/passes.h"

enum {
    MAX_BOUND = 200, /* variables that a copy binds */
    MAX_REST = 8,    /* arguments in a list */
};

typedef struct Copier {
    Compiler *c;
    int32_t effort, size; /* what is left */
    uint32_t number;      /* of this copy, in Origin.copied */
    uint32_t origin;      /* of nodes that have none of their own */
    Variable *bound[MAX_BOUND];
    uint32_t bound_count;
    bool is_label;
    bool gained;
    bool gave_up;
    Status status;
} Copier;

static Node *copy(Copier *copier, const Node *node);

static void *give_up(Copier *copier)
{
    copier->gave_up = true;
    return NULL;
}

static void *fail(Copier *copier, Status status)
{
    if (copier->status == OK)
        copier->status = status;
    return NULL;
}

static bool spend(Copier *copier, int32_t size)
{
    copier->size -= size;
    if (copier->size < 0)
        copier->gave_up = true;
    return !copier->gave_up;
}

/* ---- Origins -------------------------------------------------------------------------------- */

/* What stands for the origin in the copy. Calls that were inlined into the original are inlined
 * into the copy; they do not nest deep, so neither does this. */
static uint32_t copy_origin(Copier *copier, uint32_t number)
{
    Compiler *c = copier->c;
    uint32_t copied, caller;

    if (number == 0)
        return 0;
    if (c->origins[number].copied == copier->number)
        return c->origins[number].copy;
    caller = copy_origin(copier, c->origins[number].caller);
    copied = li_origin_new(c, c->origins[number].lambda);
    if (copied == 0) {
        fail(copier, ERR_NO_MEMORY);
        return 0;
    }
    c->origins[copied].position = c->origins[number].position;
    c->origins[copied].replaces = c->origins[number].replaces;
    c->origins[copied].is_label = c->origins[number].is_label;
    c->origins[copied].caller = caller;
    c->origins[number].copied = copier->number;
    c->origins[number].copy = copied;
    return copied;
}

/* ---- Variables ------------------------------------------------------------------------------ */

static bool is_plain(const Variable *variable)
{
    return variable->assignments == 0 && !variable->unassigned_check;
}

/* From here on `image` stands for references to the variable. */
static void set_image(Copier *copier, Variable *variable, Node *image)
{
    if (copier->bound_count == MAX_BOUND) {
        give_up(copier);
        return;
    }
    copier->bound[copier->bound_count] = variable;
    copier->bound_count += 1;
    variable->image = image;
}

static void forget_images(Copier *copier)
{
    for (uint32_t i = 0; i < copier->bound_count; i += 1)
        copier->bound[i]->image = NULL;
}

/* Binds a new variable for the old one. */
static Variable *copy_variable(Copier *copier, Variable *variable)
{
    Variable *copied = li_variable_new(copier->c->arena, variable->name);
    Node *image;

    if (copied == NULL)
        return fail(copier, ERR_NO_MEMORY);
    copied->assignments = variable->assignments;
    copied->unassigned_check = variable->unassigned_check;
    copied->is_procedure = variable->is_procedure;
    image = li_node_local(copier->c->arena, copied, 0);
    if (image == NULL)
        return fail(copier, ERR_NO_MEMORY);
    set_image(copier, variable, image);
    return copied;
}

/* True if `node` can be evaluated anywhere, any number of times, with the same result. */
static bool is_atom(const Node *node)
{
    return node_is_const(node) || li_node_is_settled(node)
        || (node->kind == NODE_LOCAL && is_plain(node->as.local.variable));
}

/* ---- Nodes ---------------------------------------------------------------------------------- */

static void set_origin(Copier *copier, Node *node, const Node *original)
{
    uint32_t origin = copy_origin(copier, original->origin);

    node->origin = (origin != 0 ? origin : copier->origin) & INT32_MAX;
}

static Node *new_node(Copier *copier, const Node *original)
{
    Node *node = li_node_new(copier->c->arena, original->kind, original->position);

    if (node == NULL)
        return fail(copier, ERR_NO_MEMORY);
    *node = *original;
    set_origin(copier, node, original);
    return copier->status == OK ? node : NULL;
}

static Node **copy_nodes(Copier *copier, Node *const *nodes, uint32_t count)
{
    Node **copies = ARENA_ARRAY(copier->c->arena, Node *, count);

    if (copies == NULL)
        return fail(copier, ERR_NO_MEMORY);
    for (uint32_t i = 0; i < count; i += 1) {
        copies[i] = copy(copier, nodes[i]);
        if (copies[i] == NULL)
            return NULL;
    }
    return copies;
}

static Node *copy_local(Copier *copier, const Node *original)
{
    const Node *image = original->as.local.variable->image;
    Node *node = new_node(copier, original);

    if (node == NULL || image == NULL)
        return node;
    node->kind = image->kind;
    node->as = image->as;
    return node;
}

static Node *copy_set(Copier *copier, const Node *original)
{
    const Node *image = original->as.local.variable->image;
    Node *node = new_node(copier, original);

    if (node == NULL)
        return NULL;
    if (image != NULL)
        node->as.local.variable = image->as.local.variable;
    node->as.local.value = copy(copier, original->as.local.value);
    return node->as.local.value == NULL ? NULL : node;
}

static Node *copy_if(Copier *copier, const Node *original)
{
    Node *test = copy(copier, original->as.branch.test), *node;

    if (test == NULL)
        return NULL;
    if (node_is_const(test) || li_node_is_true(test)) {
        copier->gained = true;
        return copy(copier, li_node_is_true(test) ? original->as.branch.then
                                                  : original->as.branch.otherwise);
    }
    node = new_node(copier, original);
    if (node == NULL || !spend(copier, COPY_OPERATION_SIZE))
        return NULL;
    node->as.branch.test = test;
    node->as.branch.then = copy(copier, original->as.branch.then);
    if (node->as.branch.then == NULL)
        return NULL;
    node->as.branch.otherwise = copy(copier, original->as.branch.otherwise);
    return node->as.branch.otherwise == NULL ? NULL : node;
}

static Node *copy_seq(Copier *copier, const Node *original)
{
    Node *node = new_node(copier, original);
    uint32_t kept = 0, last = original->as.seq.count - 1;

    if (node == NULL)
        return NULL;
    node->as.seq.items = ARENA_ARRAY(copier->c->arena, Node *, last + 1);
    if (node->as.seq.items == NULL)
        return fail(copier, ERR_NO_MEMORY);
    for (uint32_t i = 0; i <= last; i += 1) {
        Node *item = copy(copier, original->as.seq.items[i]);

        if (item == NULL)
            return NULL;
        if (i < last && li_node_is_pure(item))
            continue;
        node->as.seq.items[kept] = item;
        kept += 1;
    }
    node->as.seq.count = kept;
    return kept == 1 ? node->as.seq.items[0] : node;
}

static Node *copy_prim(Copier *copier, const Node *original)
{
    Node *node = new_node(copier, original);

    if (node == NULL)
        return NULL;
    node->as.prim.args =
        copy_nodes(copier, original->as.prim.args, original->as.prim.count);
    if (node->as.prim.args == NULL)
        return NULL;
    li_fold_prim(copier->c, node);
    if (node->kind == NODE_CONST) {
        copier->gained = true;
        return node;
    }
    return spend(copier, node->as.prim.op->pattern == PATTERN_CALL ? 2 * COPY_OPERATION_SIZE
                                                                   : COPY_OPERATION_SIZE)
             ? node
             : NULL;
}

static Node *copy_call(Copier *copier, const Node *original)
{
    Node *node = new_node(copier, original);
    Status status;

    if (node == NULL)
        return NULL;
    node->as.call.procedure = copy(copier, original->as.call.procedure);
    if (node->as.call.procedure == NULL)
        return NULL;
    node->as.call.args =
        copy_nodes(copier, original->as.call.args, original->as.call.count);
    if (node->as.call.args == NULL)
        return NULL;
    if (node->as.call.procedure->kind == NODE_GLOBAL) {
        status = li_rewrite_call(copier->c, node);
        if (status != OK)
            return fail(copier, status);
        if (node->kind == NODE_PRIM)
            li_fold_prim(copier->c, node);
    }
    return spend(copier, node->kind == NODE_CALL ? COPY_CALL_SIZE : COPY_OPERATION_SIZE) ? node
                                                                             : NULL;
}

static bool copy_clause(Copier *copier, const Clause *from, Clause *to)
{
    uint32_t params = from->required + from->has_rest;

    *to = *from;
    to->params = ARENA_ARRAY(copier->c->arena, Variable *, params);
    if (to->params == NULL)
        return fail(copier, ERR_NO_MEMORY);
    for (uint32_t i = 0; i < params; i += 1) {
        to->params[i] = copy_variable(copier, from->params[i]);
        if (to->params[i] == NULL || copier->gave_up)
            return false;
    }
    to->body = copy(copier, from->body);
    return to->body != NULL;
}

static Lambda *copy_lambda(Copier *copier, const Lambda *original)
{
    Lambda *lambda = ARENA_NEW(copier->c->arena, Lambda);
    uint32_t outer = copier->origin;

    if (lambda == NULL)
        return fail(copier, ERR_NO_MEMORY);
    *lambda = *original;
    lambda->clauses = ARENA_ARRAY(copier->c->arena, Clause, lambda->clause_count);
    lambda->origin = copy_origin(copier, original->origin);
    if (lambda->clauses == NULL || copier->status != OK)
        return fail(copier, ERR_NO_MEMORY);
    copier->c->origins[lambda->origin].lambda = lambda;
    copier->origin = lambda->origin;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        if (!copy_clause(copier, &original->clauses[i], &lambda->clauses[i]))
            return NULL;
    }
    copier->origin = outer;
    return lambda;
}

static Node *copy_lambda_node(Copier *copier, const Node *original)
{
    Node *node = new_node(copier, original);

    if (node == NULL || !spend(copier, COPY_LAMBDA_SIZE))
        return NULL;
    node->as.lambda = copy_lambda(copier, original->as.lambda);
    return node->as.lambda == NULL ? NULL : node;
}

static Node *copy_fix(Copier *copier, const Node *original)
{
    uint32_t count = original->as.let.count;
    Node *node = new_node(copier, original);

    if (node == NULL)
        return NULL;
    node->as.let.variables = ARENA_ARRAY(copier->c->arena, Variable *, count);
    if (node->as.let.variables == NULL)
        return fail(copier, ERR_NO_MEMORY);
    for (uint32_t i = 0; i < count; i += 1) {
        node->as.let.variables[i] = copy_variable(copier, original->as.let.variables[i]);
        if (node->as.let.variables[i] == NULL || copier->gave_up)
            return NULL;
    }
    node->as.let.inits = copy_nodes(copier, original->as.let.inits, count);
    if (node->as.let.inits == NULL)
        return NULL;
    node->as.let.body = copy(copier, original->as.let.body);
    return node->as.let.body == NULL ? NULL : node;
}

static Node *copy_let(Copier *copier, const Node *original)
{
    uint32_t count = original->as.let.count, kept = 0;
    Node *node = li_node_let(copier->c->arena, NODE_LET, count, original->position);
    Node **inits = copy_nodes(copier, original->as.let.inits, count);

    if (inits == NULL)
        return NULL;
    if (node == NULL)
        return fail(copier, ERR_NO_MEMORY);
    set_origin(copier, node, original);
    for (uint32_t i = 0; i < count; i += 1) {
        Variable *variable = original->as.let.variables[i];

        if (variable->references == 0 && variable->assignments == 0
            && li_node_is_pure(inits[i]))
            continue;
        if (is_plain(variable) && is_atom(inits[i])) {
            set_image(copier, variable, inits[i]);
            copier->gained |= inits[i]->kind != NODE_LOCAL;
            continue;
        }
        node->as.let.variables[kept] = copy_variable(copier, variable);
        if (node->as.let.variables[kept] == NULL || copier->gave_up)
            return NULL;
        node->as.let.inits[kept] = inits[i];
        kept += 1;
    }
    node->as.let.count = kept;
    node->as.let.body = copy(copier, original->as.let.body);
    if (node->as.let.body == NULL)
        return NULL;
    return kept == 0 ? node->as.let.body : node;
}

static Node *copy(Copier *copier, const Node *node)
{
    copier->effort -= 1;
    if (copier->gave_up || copier->status != OK)
        return NULL;
    if (copier->effort < 0 || !li_stack_ok())
        return give_up(copier);
    switch (node->kind) {
    case NODE_CONST:
    case NODE_GLOBAL: return new_node(copier, node);
    case NODE_LOCAL: return copy_local(copier, node);
    case NODE_SET_LOCAL: return copy_set(copier, node);
    case NODE_IF: return copy_if(copier, node);
    case NODE_LAMBDA: return copy_lambda_node(copier, node);
    case NODE_SEQ: return copy_seq(copier, node);
    case NODE_LET: return copy_let(copier, node);
    case NODE_FIX: return copy_fix(copier, node);
    case NODE_CALL: return copy_call(copier, node);
    case NODE_PRIM: return copy_prim(copier, node);
    case NODE_SET_GLOBAL: {
        Node *set = new_node(copier, node);

        if (set == NULL)
            return NULL;
        set->as.global.value = copy(copier, node->as.global.value);
        return set->as.global.value == NULL ? NULL : set;
    }
    case NODE_DEFINE:
    case NODE_FORMS:
    case NODE_RECEIVE:
    case NODE_LETREC:
    case NODE_BOX:
    case NODE_UNBOX:
    case NODE_SET_BOX:
    case NODE_READ:
    default: return give_up(copier);
    }
}

/* ---- The call -------------------------------------------------------------------------------- */

/* (cons argument (cons argument ... '())) for the rest parameter. */
static Node *list_node(Copier *copier, const Node *call, uint32_t from)
{
    Node *list;

    if (call->as.call.count - from > MAX_REST)
        return give_up(copier);
    list = li_node_list(copier->c->arena, call->as.call.args + from,
                        call->as.call.count - from);
    return list == NULL ? fail(copier, ERR_NO_MEMORY) : list;
}

/* Binds the parameters to the arguments: by their images, or in `let`. */
static bool bind_arguments(Copier *copier, const Node *call, const Clause *clause, Node *let)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < clause->required + clause->has_rest; i += 1) {
        Variable *variable = clause->params[i];
        Node *arg = i < clause->required ? call->as.call.args[i]
                                         : list_node(copier, call, clause->required);

        if (arg == NULL)
            return false;
        if (is_plain(variable) && is_atom(arg)) {
            set_image(copier, variable, arg);
            copier->gained |= arg->kind != NODE_LOCAL || li_node_is_procedure(arg);
            continue;
        }
        let->as.let.variables[kept] = copy_variable(copier, variable);
        if (let->as.let.variables[kept] == NULL)
            return false;
        if (arg->kind == NODE_LAMBDA && variable->assignments == 0) {
            let->as.let.variables[kept]->is_procedure = true;
            copier->gained = true;
        }
        let->as.let.inits[kept] = arg;
        kept += 1;
    }
    let->as.let.count = kept;
    return !copier->gave_up;
}

static Node *copy_body(Copier *copier, const Node *call, const Lambda *lambda,
                       const Clause *clause)
{
    Compiler *c = copier->c;
    uint32_t origin = li_origin_new(c, lambda);
    Node *let = li_node_let(c->arena, NODE_LET, clause->required + clause->has_rest,
                            call->position);

    if (origin == 0 || let == NULL)
        return fail(copier, ERR_NO_MEMORY);
    c->origins[origin].caller = call->origin;
    c->origins[origin].position = call->position;
    c->origins[origin].replaces = call->is_tail;
    c->origins[origin].is_label = copier->is_label;
    c->origins[lambda->origin].copied = copier->number;
    c->origins[lambda->origin].copy = origin;
    let->origin = call->origin;
    copier->origin = origin;
    if (!bind_arguments(copier, call, clause, let))
        return NULL;
    let->as.let.body = copy(copier, clause->body);
    if (let->as.let.body == NULL)
        return NULL;
    return let->as.let.count == 0 ? let->as.let.body : let;
}

Status li_copy_call(Compiler *c, const Node *call, const Lambda *lambda,
                    const Clause *clause, CopyLimits *limits, Node **result, bool *gained)
{
    Copier copier = {.c = c,
                     .effort = limits->effort,
                     .size = limits->size,
                     .is_label = limits->is_label};

    c->copies += 1;
    copier.number = c->copies;
    *result = copy_body(&copier, call, lambda, clause);
    forget_images(&copier);
    limits->effort = copier.effort;
    limits->size = copier.size;
    *gained = copier.gained;
    return copier.status;
}
