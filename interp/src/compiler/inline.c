/* inline.c - calls of known procedures become their bodies.
 *
 * Before: FIX binds the procedures that are known; counts of references are exact.
 * After:  the same, but that calls have become the bodies of what they called, and that
 *         procedures that nobody refers to any more are gone. Counts are not exact.
 *
 * A procedure's own body is done before it is looked at as a candidate, so that it is as small
 * as it will be. Then each call of it is an attempt (copy.c): what is left of the body once the
 * arguments are known must be small. More may be left where the call passes a lambda, which
 * then needs no closure, and most where the procedure has no other call.
 *
 * Effort is bounded: an attempt by its limits, the whole by a budget in proportion to the
 * program. A procedure that calls itself, also through others, is not a candidate; its loops
 * and local procedures may be.
 *
 * Source: Waddell and Dybvig, Fast and Effective Procedure Inlining, 1997.
 */
#include "compiler/passes.h"
#include "vm/code.h"
#include "vm/global.h"

enum {
    MAX_DEPTH = 100,  /* of candidates that are looked at because a call of them was found */
    MAX_NESTING = 8,  /* of inlined calls in inlined code */
    MAX_SIZE = 200,   /* that is measured */
    IMPORT_BUCKETS = 64,
    MANY = 100, /* references: as many as one can think of */
    SMALL_SIZE = 10,    /* of what may stand for a call; see copy.c */
    CONSTANT_SIZE = 4,  /* more for each constant argument */
    PROCEDURE_SIZE = 40, /* more if an argument is a procedure */
    ONLY_SIZE = 150,    /* if there is no other call */
    EFFORT = 6,         /* nodes looked at for each unit of size */
    BASE_BUDGET = 4000, /* nodes looked at in attempts: of the whole program ... */
    BUDGET_FACTOR = 2,  /* ... and for each node of it */
};

typedef enum State {
    UNSEEN,
    OPEN, /* its body is being done: calls are recursive */
    DONE,
} State;

/* A procedure that a FIX binds: Variable.scratch. */
typedef struct Candidate {
    Lambda *lambda;
    const Lambda *home; /* that its FIX is in */
    State state;
    bool is_recursive;
    bool is_exported; /* a global has it as its value */
    bool is_single;   /* it has one reference in the program as written */
    bool is_dropped;  /* nobody refers to it, and what it refers to is not counted */
    struct Candidate *next_unused;
    int32_t size;     /* of its smallest clause, when it is DONE */
} Candidate;

/* The FIXes, the last one first. */
typedef struct FixList {
    Node *fix;
    struct FixList *next;
} FixList;

/* A procedure of a library, by the cell that it is called by. */
typedef struct Import {
    Value cell;
    Candidate *candidate; /* NULL: it has no template */
    struct Import *next;
} Import;

typedef struct Pass {
    Compiler *c;
    Import *imports[IMPORT_BUCKETS];
    FixList *fixes;
    Candidate *unused; /* nobody refers to them: to be dropped */
    const Lambda *home; /* whose body is being walked; NULL: a form's */
    int64_t budget;
    uint32_t depth;
    uint32_t nesting;
} Pass;

static Status walk(Pass *pass, Node **slot);

/* ---- Counts ---------------------------------------------------------------------------------- */

/* Adds `step` to the references of all variables that occur in `node`. */
static Status count_uses(Pass *pass, Node *node, uint32_t step)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        pass->budget -= 1;
        if (node->kind == NODE_LOCAL)
            node->as.local.variable->references += step;
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                TRY(count_uses(pass, node->as.lambda->clauses[i].body, step));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(count_uses(pass, *parts.first[i], step));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(count_uses(pass, parts.items[i], step));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

/* ---- Sizes ----------------------------------------------------------------------------------- */

/* The size that a copy of `node` has if nothing is known of the arguments; see copy.c. Stops
 * when that is over `most`. */
static int32_t measure(Node *node, int32_t most, int depth)
{
    int32_t size = 0;

    if (depth > MAX_DEPTH)
        return most + 1;
    while (size <= most) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_CALL)
            size += COPY_CALL_SIZE;
        else if (node->kind == NODE_LAMBDA)
            size += COPY_LAMBDA_SIZE;
        else if (node->kind == NODE_PRIM && node->as.prim.op->pattern == PATTERN_CALL)
            size += 2 * COPY_OPERATION_SIZE;
        else if (node->kind == NODE_PRIM || node->kind == NODE_IF)
            size += COPY_OPERATION_SIZE;
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count && size <= most; i += 1)
                size += measure(node->as.lambda->clauses[i].body, most - size, depth + 1);
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL && size <= most; i += 1)
            size += measure(*parts.first[i], most - size, depth + 1);
        for (uint32_t i = 0; i < parts.item_count && size <= most; i += 1)
            size += measure(parts.items[i], most - size, depth + 1);
        if (parts.last == NULL)
            return size;
        node = *parts.last;
    }
    return size;
}

/* ---- Candidates ------------------------------------------------------------------------------ */

static Candidate *candidate_of(const Node *node)
{
    return node->kind == NODE_LOCAL ? node->as.local.variable->scratch : NULL;
}

static Status walk_clauses(Pass *pass, Lambda *lambda)
{
    const Lambda *home = pass->home;

    pass->home = lambda;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk(pass, &lambda->clauses[i].body));
    pass->home = home;
    return OK;
}

/* Does the candidate's body, as far as calls of it can be inlined then. */
static Status visit(Pass *pass, Candidate *candidate)
{
    uint32_t nesting = pass->nesting;
    const Lambda *home = pass->home;
    const Clause *clauses = candidate->lambda->clauses;

    if (candidate->state != UNSEEN || pass->depth >= MAX_DEPTH)
        return OK;
    candidate->state = OPEN;
    pass->depth += 1;
    pass->nesting = 0;
    TRY(walk_clauses(pass, candidate->lambda));
    pass->nesting = nesting;
    pass->depth -= 1;
    pass->home = home;
    candidate->state = DONE;
    candidate->size = 0;
    for (uint32_t i = 0; i < candidate->lambda->clause_count; i += 1) {
        int32_t size = measure(clauses[i].body, MAX_SIZE, 0);

        if (i == 0 || size < candidate->size)
            candidate->size = size;
    }
    return OK;
}

static Status add_candidates(Pass *pass, Node *fix, bool exported)
{
    FixList *entry = ARENA_NEW(pass->c->arena, FixList);

    if (fix->as.let.variables[0]->scratch != NULL)
        return OK; /* code that is walked again */
    if (entry == NULL)
        return ERR_NO_MEMORY;
    entry->fix = fix;
    entry->next = pass->fixes;
    pass->fixes = entry;
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Candidate *candidate = ARENA_NEW(pass->c->arena, Candidate);

        if (candidate == NULL)
            return ERR_NO_MEMORY;
        candidate->lambda = fix->as.let.inits[i]->as.lambda;
        candidate->home = pass->home;
        candidate->is_exported = exported && fix->as.let.variables[i]->is_exported;
        candidate->is_single = fix->as.let.variables[i]->references == 1
                            && !candidate->lambda->shows_frame;
        fix->as.let.variables[i]->scratch = candidate;
        fix->as.let.variables[i]->is_procedure = true;
    }
    return OK;
}

static Status visit_all(Pass *pass, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1)
        TRY(visit(pass, fix->as.let.variables[i]->scratch));
    return OK;
}

/* ---- Procedures of libraries ----------------------------------------------------------------- */

/* The template of the procedure that a global is for good, or #f. */
static Value template_of(const Node *procedure)
{
    Value value = VALUE_FALSE;

    if (li_node_is_settled(procedure))
        value = value_to_global(procedure->as.global.cell)->value;
    if (!value_is_closure(value))
        return VALUE_FALSE;
    return value_to_code(value_to_closure(value)->code)->template;
}

/* Brings a template as far as the program is. */
static Status read_template(Pass *pass, Value template, Candidate **candidate)
{
    Compiler *c = pass->c;
    Node *node;

    *candidate = ARENA_NEW(c->arena, Candidate);
    if (*candidate == NULL)
        return ERR_NO_MEMORY;
    TRY(li_template_read(c, template, &node));
    TRY(li_pass_origins(c, node, false));
    TRY(li_pass_count(c, node));
    TRY(li_pass_primitives(c, node));
    TRY(li_pass_letrec(c, &node));
    TRY(li_pass_simplify(c, &node));
    TRY(li_pass_count(c, node));
    (*candidate)->lambda = node->as.lambda;
    return OK;
}

static Status import(Pass *pass, const Node *procedure, Candidate **candidate)
{
    Value cell, template;
    Import **bucket, *entry;

    *candidate = NULL;
    if (procedure->kind != NODE_GLOBAL)
        return OK;
    cell = procedure->as.global.cell;
    bucket = &pass->imports[(cell.bits >> 4) % IMPORT_BUCKETS];
    for (entry = *bucket; entry != NULL; entry = entry->next) {
        if (value_is_eq(entry->cell, cell)) {
            *candidate = entry->candidate;
            return OK;
        }
    }
    template = template_of(procedure);
    if (value_is_true(template))
        TRY(read_template(pass, template, candidate));
    entry = ARENA_NEW(pass->c->arena, Import);
    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (Import){cell, *candidate, *bucket};
    *bucket = entry;
    return OK;
}

/* ---- Calls ----------------------------------------------------------------------------------- */

static const Clause *find_clause(const Lambda *lambda, uint32_t count)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        const Clause *clause = &lambda->clauses[i];

        if (clause->required == count || (clause->has_rest && clause->required <= count))
            return clause;
    }
    return NULL;
}

static bool is_form(const Lambda *lambda)
{
    return lambda == NULL || value_is_eq(lambda->name, VALUE_TRUE);
}

/* True if the call is all there is of the procedure, so that it would be a label. */
static bool is_label(const Pass *pass, const Candidate *candidate)
{
    return candidate->is_single && candidate->home == pass->home;
}

/* How large the copy may be; 0: it is not worth a try. */
static int32_t size_limit(const Pass *pass, const Node *call, const Candidate *candidate)
{
    const Node *procedure = call->as.call.procedure;
    uint32_t constants = 0, procedures = 0, references = MANY;
    int32_t limit = SMALL_SIZE;

    for (uint32_t i = 0; i < call->as.call.count; i += 1) {
        const Node *arg = call->as.call.args[i];

        procedures += li_node_is_procedure(arg);
        constants += node_is_const(arg);
    }
    if (procedure->kind == NODE_LOCAL)
        references = procedure->as.local.variable->references;
    if (is_form(pass->home) && procedures == 0)
        return 0; /* it runs once */
    if (is_label(pass, candidate) && constants + procedures == 0)
        return 0; /* nothing is gained */
    if (procedures > 0)
        limit += PROCEDURE_SIZE;
    limit += constants < 4 ? (int32_t)constants * CONSTANT_SIZE : 4 * CONSTANT_SIZE;
    if (references == 1 + (uint32_t)candidate->is_exported)
        limit = candidate->is_exported ? 4 * SMALL_SIZE + limit : ONLY_SIZE;
    if (constants + procedures == 0 && candidate->size > limit)
        return 0;
    return candidate->size > 4 * limit ? 0 : limit;
}

/* Lambdas that are arguments of an inlined call are bound by FIXes, one each, and are candidates
 * whose bodies are done. Returns where the inlined body is. */
static Status bind_lambdas(Pass *pass, Node **slot, Node ***body)
{
    Node *let = *slot;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < let->as.let.count; i += 1) {
        Variable *variable = let->as.let.variables[i];
        Candidate *candidate;
        Node *fix;

        if (let->as.let.inits[i]->kind != NODE_LAMBDA || variable->assignments != 0) {
            let->as.let.variables[kept] = variable;
            let->as.let.inits[kept] = let->as.let.inits[i];
            kept += 1;
            continue;
        }
        fix = li_node_let(pass->c->arena, NODE_FIX, 1, let->position);
        if (fix == NULL)
            return ERR_NO_MEMORY;
        fix->origin = let->origin;
        fix->as.let.variables[0] = variable;
        fix->as.let.inits[0] = let->as.let.inits[i];
        fix->as.let.body = let->as.let.body;
        let->as.let.body = fix;
        TRY(add_candidates(pass, fix, false));
        candidate = variable->scratch;
        candidate->lambda->shows_frame = true;
        candidate->is_single = false;
        candidate->state = DONE;
        candidate->size = measure(candidate->lambda->clauses[0].body, MAX_SIZE, 0);
    }
    let->as.let.count = kept;
    if (kept == 0)
        *slot = let->as.let.body;
    *body = kept == 0 ? slot : &let->as.let.body;
    while ((**body)->kind == NODE_FIX && (**body)->as.let.count == 1
           && (**body)->as.let.variables[0]->scratch != NULL)
        *body = &(**body)->as.let.body;
    return OK;
}

/* The call is `copy` from here on. */
static Status accept(Pass *pass, Node **slot, Node *copy, bool gained)
{
    Node **body = slot;

    TRY(count_uses(pass, *slot, (uint32_t)-1));
    TRY(count_uses(pass, copy, 1));
    if (copy->kind == NODE_LET && copy->origin == (*slot)->origin) {
        *slot = copy;
        TRY(bind_lambdas(pass, slot, &body));
    } else {
        *slot = copy;
    }
    if (!gained)
        return OK;
    pass->nesting += 1;
    TRY(walk(pass, body));
    pass->nesting -= 1;
    return OK;
}

static Status walk_call(Pass *pass, Node **slot)
{
    Node *call = *slot, *copy;
    Candidate *candidate = candidate_of(call->as.call.procedure);
    CopyLimits limits;
    const Clause *clause;
    bool gained;

    TRY(walk(pass, &call->as.call.procedure));
    for (uint32_t i = 0; i < call->as.call.count; i += 1)
        TRY(walk(pass, &call->as.call.args[i]));
    if (li_node_is_apply(call)) {
        candidate = candidate_of(call->as.call.args[0]);
        TRY(li_rewrite_apply(pass->c, call, candidate == NULL ? NULL : candidate->lambda));
        if (call->kind != NODE_CALL)
            return OK;
        candidate = candidate_of(call->as.call.procedure);
    }
    if (candidate == NULL)
        TRY(import(pass, call->as.call.procedure, &candidate));
    if (candidate == NULL || call->origin == 0)
        return OK;
    if (candidate->state == OPEN)
        candidate->is_recursive = true;
    TRY(visit(pass, candidate));
    if (candidate->state != DONE || candidate->is_recursive
        || pass->nesting >= MAX_NESTING || pass->budget <= 0)
        return OK;
    clause = find_clause(candidate->lambda, call->as.call.count);
    limits.size = clause == NULL ? 0 : size_limit(pass, call, candidate);
    if (limits.size == 0)
        return OK;
    limits.effort = limits.size * EFFORT;
    limits.is_label = is_label(pass, candidate);
    pass->budget -= limits.effort;
    TRY(li_copy_call(pass->c, call, candidate->lambda, clause, &limits, &copy, &gained));
    pass->budget += limits.effort > 0 ? limits.effort : 0;
    return copy == NULL ? OK : accept(pass, slot, copy, gained);
}

/* ---- The walk ---------------------------------------------------------------------------------- */

static Status walk(Pass *pass, Node **slot)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, *slot);
    for (;;) {
        Node *node = *slot;
        Children parts = li_node_children(node);
        Candidate *candidate = candidate_of(node);

        if (node->kind == NODE_CALL)
            return walk_call(pass, slot);
        if (candidate != NULL && candidate->state == OPEN)
            candidate->is_recursive = true;
        if (node->kind == NODE_LAMBDA)
            TRY(walk_clauses(pass, node->as.lambda));
        if (node->kind == NODE_FIX) {
            TRY(add_candidates(pass, node, false));
            TRY(visit_all(pass, node));
            parts.item_count = 0;
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(walk(pass, parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(walk(pass, &parts.items[i]));
        if (parts.last == NULL)
            return OK;
        slot = parts.last;
    }
}

/* ---- What is left ------------------------------------------------------------------------------ */

static Status bury(Pass *pass, Node *node);

static Status bury_clauses(Pass *pass, const Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(bury(pass, lambda->clauses[i].body));
    return OK;
}

/* The FIX is left empty, as it may still be in the list. */
static Status bury_fix(Pass *pass, Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Candidate *candidate = fix->as.let.variables[i]->scratch;

        if (candidate != NULL && candidate->is_dropped)
            continue;
        if (candidate != NULL)
            candidate->is_dropped = true;
        TRY(bury(pass, fix->as.let.inits[i]));
    }
    fix->as.let.count = 0;
    return OK;
}

static void note_unused(Pass *pass, const Variable *variable)
{
    Candidate *candidate = variable->scratch;

    if (variable->references != 0 || candidate == NULL || candidate->is_dropped)
        return;
    candidate->next_unused = pass->unused;
    pass->unused = candidate;
}

/* Takes the uses in code that is dropped from the counts. */
static Status bury(Pass *pass, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_LOCAL) {
            node->as.local.variable->references -= 1;
            note_unused(pass, node->as.local.variable);
        }
        if (node->kind == NODE_LAMBDA)
            TRY(bury_clauses(pass, node->as.lambda));
        if (node->kind == NODE_FIX) {
            TRY(bury_fix(pass, node));
            parts.item_count = 0;
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(bury(pass, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(bury(pass, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

static void take_out_dropped(Node *fix)
{
    uint32_t kept = 0;

    if (fix->as.let.count == 0)
        return;
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Variable *variable = fix->as.let.variables[i];
        const Candidate *candidate = variable->scratch;

        if (candidate->is_dropped)
            continue;
        fix->as.let.variables[kept] = variable;
        fix->as.let.inits[kept] = fix->as.let.inits[i];
        kept += 1;
    }
    fix->as.let.count = kept;
    if (kept == 0)
        *fix = *fix->as.let.body;
}

/* Takes out procedures that nobody refers to. */
static Status drop_unused(Pass *pass)
{
    for (const FixList *entry = pass->fixes; entry != NULL; entry = entry->next) {
        for (uint32_t i = 0; i < entry->fix->as.let.count; i += 1)
            note_unused(pass, entry->fix->as.let.variables[i]);
    }
    while (pass->unused != NULL) {
        Candidate *candidate = pass->unused;

        pass->unused = candidate->next_unused;
        if (candidate->is_dropped)
            continue;
        candidate->is_dropped = true;
        TRY(bury_clauses(pass, candidate->lambda));
    }
    for (const FixList *entry = pass->fixes; entry != NULL; entry = entry->next)
        take_out_dropped(entry->fix);
    return OK;
}

Status li_pass_inline(Compiler *c, Node **node)
{
    Pass pass = {.c = c, .budget = BASE_BUDGET + BUDGET_FACTOR * (int64_t)c->node_count};
    Node **slot = node;

    if ((*node)->kind == NODE_FIX) { /* what toplevel.c made, if anything */
        TRY(add_candidates(&pass, *node, true));
        TRY(visit_all(&pass, *node));
        slot = &(*node)->as.let.body;
    }
    TRY(walk(&pass, slot));
    return drop_unused(&pass);
}
