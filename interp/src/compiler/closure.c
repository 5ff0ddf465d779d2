/* closure.c - which variables each procedure takes along.
 *
 * Before: lambdas refer to the variables of those around them.
 * After:  every variable has its owner, the lambda in whose frame it lives, and its uses;
 *         every lambda that is not a label has its parent and the list of its free
 *         variables. The procedures of a FIX that take nothing along but each other and
 *         other such procedures are constants (KNOWN_CONSTANT): they are made once, by the
 *         compiler, and are in nobody's list. A lambda with an empty list is a constant as
 *         well.
 *
 * First pass, outermost first: where a variable is used below its owner it is added to the
 * lists of all lambdas between. Lambdas are numbered as they are entered, so that one
 * comparison tells whether a list has the variable already (see has_captured). Second pass,
 * outermost first as well: constants are found and taken out.
 */
#include "compiler/passes.h"

/* What is known of a lambda while the pass runs: Lambda.scratch. */
typedef struct Scope {
    Lambda *lambda;
    struct Scope *outer;
    uint32_t number;   /* order of entry */
    uint32_t capacity; /* of lambda->free */
} Scope;

typedef struct Pass {
    Compiler *c;
    uint32_t entered;
} Pass;

static Status find_free(Pass *pass, Node *node, Scope *scope);
static Status find_constants(Compiler *c, Node *node);

static bool is_label(const Variable *variable)
{
    return variable->known != NULL && variable->known->kind == KNOWN_LABEL;
}

/* ---- Free variables ------------------------------------------------------------------------- */

/* Variable.scratch is the scope that captured it last. That scope and those around it, up to
 * the owner's, have it. `scope` is open, so it is around the last one iff it was entered no
 * later. */
static bool has_captured(const Scope *scope, const Variable *variable)
{
    const Scope *last = variable->scratch;

    return last != NULL && last->number >= scope->number;
}

static Status add_free(Pass *pass, Scope *scope, Variable *variable)
{
    Lambda *lambda = scope->lambda;

    if (lambda->free_count == scope->capacity) {
        uint32_t capacity = scope->capacity == 0 ? 4 : 2 * scope->capacity;
        Variable **bigger = ARENA_ARRAY(pass->c->arena, Variable *, capacity);

        if (bigger == NULL)
            return ERR_NO_MEMORY;
        for (uint32_t i = 0; i < lambda->free_count; i += 1)
            bigger[i] = lambda->free[i];
        lambda->free = bigger;
        scope->capacity = capacity;
    }
    lambda->free[lambda->free_count] = variable;
    lambda->free_count += 1;
    return OK;
}

static Status note_use(Pass *pass, Scope *scope, Variable *variable)
{
    Scope *innermost = scope;

    variable->uses += 1;
    if (variable->owner == scope->lambda)
        return OK;
    for (; scope->lambda != variable->owner && !has_captured(scope, variable);
         scope = scope->outer)
        TRY(add_free(pass, scope, variable));
    variable->scratch = innermost;
    return OK;
}

static void bind(Variable **variables, uint32_t count, Lambda *owner)
{
    for (uint32_t i = 0; i < count; i += 1) {
        variables[i]->owner = owner;
        variables[i]->scratch = NULL;
        variables[i]->uses = 0;
    }
}

static void bind_params(const Clause *clause, Lambda *owner)
{
    bind(clause->params, clause_param_count(clause), owner);
}

static Status find_in_clauses(Pass *pass, Lambda *lambda, Scope *scope)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        bind_params(&lambda->clauses[i], scope->lambda);
        TRY(find_free(pass, lambda->clauses[i].body, scope));
    }
    return OK;
}

static Status find_in_lambda(Pass *pass, Lambda *lambda, Scope *outer)
{
    Scope *scope = ARENA_NEW(pass->c->arena, Scope);

    if (scope == NULL)
        return ERR_NO_MEMORY;
    pass->entered += 1;
    *scope = (Scope){lambda, outer, pass->entered, 0};
    lambda->parent = outer == NULL ? NULL : outer->lambda;
    lambda->free = NULL;
    lambda->free_count = 0;
    lambda->scratch = NULL;
    return find_in_clauses(pass, lambda, scope);
}

static Status find_in_fix(Pass *pass, Node *node, Scope *scope)
{
    bind(node->as.let.variables, node->as.let.count, scope->lambda);
    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        Lambda *lambda = node->as.let.inits[i]->as.lambda;

        if (is_label(node->as.let.variables[i]))
            TRY(find_in_clauses(pass, lambda, scope));
        else
            TRY(find_in_lambda(pass, lambda, scope));
    }
    return OK;
}

static Status find_free(Pass *pass, Node *node, Scope *scope)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_LOCAL || node->kind == NODE_UNBOX
            || node->kind == NODE_SET_BOX || node->kind == NODE_SET_LOCAL
            || node->kind == NODE_READ) {
            if (!is_label(node->as.local.variable))
                TRY(note_use(pass, scope, node->as.local.variable));
        } else if (node->kind == NODE_LAMBDA) {
            TRY(find_in_lambda(pass, node->as.lambda, scope));
        } else if (node->kind == NODE_FIX) {
            TRY(find_in_fix(pass, node, scope));
            parts.item_count = 0;
        } else if (node->kind == NODE_LET) {
            bind(node->as.let.variables, node->as.let.count, scope->lambda);
        } else if (node->kind == NODE_RECEIVE) {
            bind_params(node_receive_clause(node), scope->lambda);
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(find_free(pass, *parts.first[i], scope));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(find_free(pass, parts.items[i], scope));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

/* ---- Constants ------------------------------------------------------------------------------ */

static bool is_constant(const Variable *variable)
{
    return variable->known != NULL && variable->known->kind == KNOWN_CONSTANT;
}

static bool is_closed(const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        const Lambda *lambda = group->members[i].lambda;

        for (uint32_t k = 0; k < lambda->free_count; k += 1) {
            const Variable *variable = lambda->free[k];

            if (!is_constant(variable)
                && (variable->known == NULL || variable->known->group != group))
                return false;
        }
    }
    return true;
}

static Status filter_lambda(Compiler *c, Lambda *lambda)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        if (is_constant(lambda->free[i]))
            continue;
        lambda->free[kept] = lambda->free[i];
        kept += 1;
    }
    lambda->free_count = kept;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(find_constants(c, lambda->clauses[i].body));
    return OK;
}

static void mark_constants(const Node *fix)
{
    KnownGroup *group = fix->as.let.variables[0]->known->group;

    if (is_label(fix->as.let.variables[0]) || !is_closed(group))
        return;
    for (uint32_t i = 0; i < group->count; i += 1)
        group->members[i].kind = KNOWN_CONSTANT;
}

static Status find_constants(Compiler *c, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_FIX)
            mark_constants(node);
        if (node->kind == NODE_LAMBDA)
            TRY(filter_lambda(c, node->as.lambda));
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(find_constants(c, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(find_constants(c, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

Status li_pass_closure(Compiler *c, Lambda *lambda)
{
    Pass pass = {c, 0};

    TRY(find_in_lambda(&pass, lambda, NULL));
    return filter_lambda(c, lambda);
}
