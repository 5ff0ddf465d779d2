/* closure.c - which variables each procedure takes along, and which closures there are.
 *
 * Before: lambdas refer to the variables of those around them.
 * After:  every variable has its owner, the lambda in whose frame it lives, and its uses. Every
 *         lambda that is not a label has its parent and its holder, in whose closure it runs:
 *         itself, or another one of the same unit. Every holder has the list of the variables
 *         that its closure takes along. The procedures of a FIX that take nothing along but
 *         each other and other such procedures are constants (KNOWN_CONSTANT): they are made
 *         once, by the compiler, and are in nobody's list. A lambda with an empty list is a
 *         constant as well.
 *
 * A procedure that is only ever called by its name (one that does not escape) needs no closure
 * of its own, but one that has its variables:
 *
 *   - In a FIX, all that do not escape are held by the first that does, or else by the first of
 *     them. The procedures of a FIX call each other, so each of their closures would lead to
 *     the variables of all.
 *   - Those of a FIX where none escapes are held by the procedure of an earlier FIX if they take
 *     along its closure and nothing but that and what this has; and by the procedure that they
 *     are in if they would take along just what that did.
 *
 * So no closure leads to anything that a closure of its own would not have led to, and nothing lives
 * longer than it would without sharing. The optimiser's tests compare with -O0, where every
 * procedure has its own.
 *
 * First pass, outermost first: where a variable is used below its owner it is added to the lists of
 * the holders of all lambdas between. Lambdas are numbered as they are entered, so that one
 * comparison tells whether a list has the variable already (see has_captured). Second pass,
 * outermost first as well: constants are found and taken out, and FIXes get other holders.
 *
 * Sources: Shao and Appel, Space-Efficient Closure Representations, 1994; Keep, Hearn and Dybvig,
 * Optimizing Closures in O(0) Time, 2012.
 */
#include "compiler/compiler.h"
#include "compiler/passes.h"

enum {
    MOST_COMPARED = 200 /* variables that two closures can have in common */
};

/* The list that is being made for a holder: Lambda.scratch. */
typedef struct Holder {
    uint32_t number;   /* of the first lambda that it holds */
    uint32_t capacity; /* of lambda->free */
} Holder;

/* A lambda that is being walked. */
typedef struct Scope {
    Lambda *lambda;
    struct Scope *outer;
} Scope;

typedef struct Pass {
    Compiler *c;
    uint32_t entered;
    bool shares;
} Pass;

static Status find_free(Pass *pass, Node *node, Scope *scope);
static Status find_holders(Pass *pass, Node *node, Lambda *running);

static bool is_label(const Variable *variable)
{
    return variable->known != NULL && variable->known->kind == KNOWN_LABEL;
}

static bool is_constant(const Variable *variable)
{
    return variable->known != NULL && variable->known->kind == KNOWN_CONSTANT;
}

Variable *li_closure_variable(Variable *variable)
{
    if (variable->known == NULL || variable->known->kind != KNOWN_CLOSURE
        || variable->known->lambda->holder == variable->known->lambda)
        return variable;
    return variable->known->lambda->holder->self;
}

/* ---- Free variables ------------------------------------------------------------------------- */

/* Variable.scratch is the scope that captured it last. That scope and those around it, up to
 * the owner's, have it. `scope` is open, so it is around the last one iff it was entered no
 * later; those that share a closure are entered one after another. */
static bool has_captured(const Scope *scope, const Variable *variable)
{
    const Scope *last = variable->scratch;
    const Holder *holder = scope->lambda->holder->scratch;

    return last != NULL && last->lambda->number >= holder->number;
}

static Status add_free(Pass *pass, Lambda *lambda, Variable *variable)
{
    Holder *holder = lambda->scratch;

    if (lambda->free_count == holder->capacity) {
        uint32_t capacity = holder->capacity == 0 ? 4 : 2 * holder->capacity;
        Variable **bigger = ARENA_ARRAY(pass->c->arena, Variable *, capacity);

        if (bigger == NULL)
            return ERR_NO_MEMORY;
        for (uint32_t i = 0; i < lambda->free_count; i += 1)
            bigger[i] = lambda->free[i];
        lambda->free = bigger;
        holder->capacity = capacity;
    }
    lambda->free[lambda->free_count] = variable;
    lambda->free_count += 1;
    return OK;
}

/* True if the variable is there where the lambda runs, and need not be taken along. */
static bool has_itself(const Lambda *lambda, const Variable *variable)
{
    return variable->owner == lambda || lambda->holder->self == variable;
}

static Status note_use(Pass *pass, Scope *scope, Variable *variable)
{
    Scope *innermost = scope;

    variable = li_closure_variable(variable);
    variable->uses += 1;
    if (has_itself(scope->lambda, variable) || variable_has_cell(variable))
        return OK;
    for (; !has_itself(scope->lambda, variable) && !has_captured(scope, variable);
         scope = scope->outer)
        TRY(add_free(pass, scope->lambda->holder, variable));
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

static void hold_itself(Lambda *lambda, Variable *self)
{
    lambda->holder = lambda;
    lambda->next_held = NULL;
    lambda->self = self;
    lambda->free = NULL;
    lambda->free_count = 0;
    lambda->frame = 0;
    lambda->scratch = NULL;
}

/* The holder is known, and entered if that is another one. */
static Status find_in_lambda(Pass *pass, Lambda *lambda, Scope *outer)
{
    Scope *scope = ARENA_NEW(pass->c->arena, Scope);

    if (scope == NULL)
        return ERR_NO_MEMORY;
    *scope = (Scope){lambda, outer};
    pass->entered += 1;
    lambda->number = pass->entered;
    lambda->parent = outer == NULL ? NULL : outer->lambda;
    if (lambda->holder == lambda) {
        Holder *holder = ARENA_NEW(pass->c->arena, Holder);

        if (holder == NULL)
            return ERR_NO_MEMORY;
        *holder = (Holder){lambda->number, 0};
        lambda->scratch = holder;
    }
    return find_in_clauses(pass, lambda, scope);
}

/* The first of the group's procedures that escapes, or else the first one. */
static Lambda *choose_holder(const KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        if (group->members[i].escapes)
            return group->members[i].lambda;
    }
    return group->members[0].lambda;
}

static void hold_group(const Pass *pass, KnownGroup *group)
{
    Lambda *holder = choose_holder(group), *last = holder;

    for (uint32_t i = 0; i < group->count; i += 1) {
        Known *known = &group->members[i];

        known->escapes = known->escapes || !pass->shares;
        hold_itself(known->lambda, known->variable);
        if (!known->escapes && known->lambda != holder)
            known->lambda->holder = holder;
    }
    for (uint32_t i = 0; i < group->count; i += 1) {
        Lambda *lambda = group->members[i].lambda;

        if (lambda->holder == lambda)
            continue;
        last->next_held = lambda;
        last = lambda;
    }
}

static Status find_in_group(Pass *pass, KnownGroup *group, Scope *scope)
{
    hold_group(pass, group);
    for (uint32_t i = 0; i < group->count; i += 1) {
        Lambda *lambda = group->members[i].lambda;

        if (lambda->holder != lambda)
            continue;
        for (; lambda != NULL; lambda = lambda->next_held)
            TRY(find_in_lambda(pass, lambda, scope));
    }
    return OK;
}

static Status find_in_fix(Pass *pass, Node *node, Scope *scope)
{
    bind(node->as.let.variables, node->as.let.count, scope->lambda);
    if (!is_label(node->as.let.variables[0]))
        return find_in_group(pass, node->as.let.variables[0]->known->group, scope);
    for (uint32_t i = 0; i < node->as.let.count; i += 1)
        TRY(find_in_clauses(pass, node->as.let.inits[i]->as.lambda, scope));
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
            hold_itself(node->as.lambda, NULL);
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

static void make_constants(KnownGroup *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        group->members[i].kind = KNOWN_CONSTANT;
        hold_itself(group->members[i].lambda, group->members[i].variable);
    }
}

/* The list without constants, and with what holds a procedure instead of it, once. From here on,
 * Variable.scratch is a lambda whose list has it: the last one that was looked at. */
static void filter_free(Lambda *lambda)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        Variable *variable = li_closure_variable(lambda->free[i]);

        if (is_constant(variable) || variable->scratch == lambda)
            continue;
        variable->scratch = lambda;
        lambda->free[kept] = variable;
        kept += 1;
    }
    lambda->free_count = kept;
    lambda->scratch = NULL;
}

/* ---- Other holders -------------------------------------------------------------------------- */

/* The holder that the closure would have taken along which is made last. A closure that has all that
 * the others have can only be that of this one. */
static Lambda *latest_holder(const Lambda *lambda)
{
    Lambda *latest = NULL;

    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        const Known *known = lambda->free[i]->known;

        if (known != NULL && (latest == NULL || known->lambda->number > latest->number))
            latest = known->lambda;
    }
    return latest;
}

/* True if a closure of `holder` is, or has, all that one of `lambda` would take along. */
static bool has_all(Lambda *holder, const Lambda *lambda)
{
    if (holder->free_count > MOST_COMPARED || lambda->free_count > holder->free_count + 1)
        return false;
    for (uint32_t i = 0; i < holder->free_count; i += 1)
        holder->free[i]->scratch = holder;
    for (uint32_t i = 0; i < lambda->free_count; i += 1) {
        const Variable *variable = lambda->free[i];

        if (variable != holder->self && variable->scratch != holder)
            return false;
    }
    return true;
}

/* A variable for the closure of a procedure that none is bound to. */
static Status name_closure(Compiler *c, Lambda *lambda)
{
    Known *known;

    if (lambda->self != NULL)
        return OK;
    known = ARENA_NEW(c->arena, Known);
    lambda->self = li_variable_new(c->arena, VALUE_FALSE);
    if (known == NULL || lambda->self == NULL)
        return ERR_NO_MEMORY;
    known->lambda = lambda;
    known->variable = lambda->self;
    lambda->self->known = known;
    return OK;
}

static void move_group(const KnownGroup *group, Lambda *holder)
{
    Lambda *first = group->members[0].lambda, *last = first;

    while (last->next_held != NULL)
        last = last->next_held;
    last->next_held = holder->next_held;
    holder->next_held = first;
    holder->self->uses += first->self->uses;
    for (uint32_t i = 0; i < group->count; i += 1)
        group->members[i].lambda->holder = holder;
}

static Status find_other_holder(Pass *pass, const KnownGroup *group, Lambda *running)
{
    Lambda *lambda = choose_holder(group), *holder = latest_holder(lambda);

    if (lambda->self->known->escapes)
        return OK;
    if (holder == NULL || !has_all(holder, lambda)) {
        holder = running->holder;
        if (holder->free_count != lambda->free_count || !has_all(holder, lambda))
            return OK;
        TRY(name_closure(pass->c, holder));
    }
    move_group(group, holder);
    return OK;
}

static Status find_group_holders(Pass *pass, const Node *fix, Lambda *running)
{
    KnownGroup *group = fix->as.let.variables[0]->known->group;

    if (is_label(fix->as.let.variables[0]))
        return OK;
    if (is_closed(group)) {
        make_constants(group);
        return OK;
    }
    for (uint32_t i = 0; i < group->count; i += 1) {
        if (group->members[i].lambda->holder == group->members[i].lambda)
            filter_free(group->members[i].lambda);
    }
    return find_other_holder(pass, group, running);
}

static Status find_in_bodies(Pass *pass, Lambda *lambda, Lambda *running)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(find_holders(pass, lambda->clauses[i].body, running));
    return OK;
}

static Status find_in_inits(Pass *pass, const Node *fix, Lambda *running)
{
    TRY(find_group_holders(pass, fix, running));
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Lambda *lambda = fix->as.let.inits[i]->as.lambda;

        TRY(find_in_bodies(pass, lambda,
                           is_label(fix->as.let.variables[i]) ? running : lambda));
    }
    return OK;
}

static Status find_holders(Pass *pass, Node *node, Lambda *running)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_FIX) {
            TRY(find_in_inits(pass, node, running));
            parts.item_count = 0;
        } else if (node->kind == NODE_LAMBDA) {
            filter_free(node->as.lambda);
            TRY(find_in_bodies(pass, node->as.lambda, node->as.lambda));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(find_holders(pass, *parts.first[i], running));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(find_holders(pass, parts.items[i], running));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

Status li_pass_closure(Compiler *c, Lambda *lambda)
{
    Pass pass = {.c = c, .shares = !li_vm_compile_options(c->vm)->unoptimised};

    hold_itself(lambda, NULL);
    TRY(find_in_lambda(&pass, lambda, NULL));
    filter_free(lambda);
    return find_in_bodies(&pass, lambda, lambda);
}
