/* letrec.c - recursive bindings become the simplest form that will do.
 *
 * Before: LETREC, which initialises its variables in order, each seeing all.
 * After:  no LETREC. Its bindings are sorted by what they depend on, and each strongly
 *         connected component of them became
 *           - a FIX, if all are lambdas that are never assigned,
 *           - a LET, if it is one binding that does not depend on itself,
 *           - a LET of variables without a value, around a FIX of the lambdas, around the
 *             assignments of the rest in order; references to these check for a value.
 *         Lambdas that a LET binds are in FIXes within it, and a lambda that is called where
 *         it stands is a LET.
 *
 * Source: Ghuloum and Dybvig, Fixing Letrec (reloaded), 2009; Tarjan's algorithm, with a
 * stack of its own, finds the components. Initialisations with effects depend on the one
 * before them, which keeps their order.
 */
#include "compiler/passes.h"

typedef struct Edge {
    struct Binding *to;
    bool direct; /* not only from within a lambda */
    struct Edge *next;
} Edge;

typedef struct Binding {
    struct Group *group;
    Variable *variable;
    Node *init;
    Edge *edges;
    Edge *unvisited; /* Tarjan: edges not followed yet */
    uint32_t number; /* Tarjan: order of discovery from 1; 0: not yet */
    uint32_t low;
    uint32_t component;     /* from 1, dependencies first; 0: not yet */
    bool self;              /* refers to itself */
    bool reached;           /* a lambda that an initialisation before it may call, or ... */
    struct Binding *farthest; /* ... the last binding that this initialisation may use */
    struct Binding *caller_of; /* of a reached lambda: the initialisation that came first */
    struct Binding *waiting;   /* the stack of reached lambdas */
    struct Binding *caller; /* Tarjan: the explicit stack */
    struct Binding *open;   /* Tarjan: the stack of those without component */
    struct Binding *next;   /* of the same component, in order of initialisation */
} Binding;

/* A LETREC that is being walked. */
typedef struct Group {
    Binding *bindings;
    uint32_t count;
    Binding *current; /* whose initialisation is being walked; NULL: the body */
    uint32_t depth;   /* lambdas around it */
} Group;

typedef struct Walk {
    Compiler *c;
    uint32_t depth; /* lambdas around what is being walked */
} Walk;

static Status walk(Walk *w, Node **slot);

/* ---- Dependencies ------------------------------------------------------------------------ */

static Status add_edge(Compiler *c, Binding *from, Binding *to, bool direct)
{
    Edge *edge;

    if (from == to)
        from->self = true;
    if (from->edges != NULL && from->edges->to == to) {
        from->edges->direct |= direct;
        return OK;
    }
    edge = ARENA_NEW(c->arena, Edge);
    if (edge == NULL)
        return ERR_NO_MEMORY;
    edge->to = to;
    edge->direct = direct;
    edge->next = from->edges;
    from->edges = edge;
    return OK;
}

static Status note_use(const Walk *w, const Variable *variable)
{
    Binding *binding = variable->scratch;

    if (binding == NULL || binding->group->current == NULL)
        return OK;
    return add_edge(w->c, binding->group->current, binding,
                    w->depth == binding->group->depth);
}

static bool is_fix_lambda(const Binding *binding)
{
    return binding->init->kind == NODE_LAMBDA && binding->variable->assignments == 0;
}

static Status walk_bindings(Walk *w, Group *group, Node *node)
{
    Binding *last_effect = NULL;

    group->depth = w->depth;
    for (uint32_t i = 0; i < group->count; i += 1) {
        Binding *binding = &group->bindings[i];

        group->current = binding;
        TRY(walk(w, &node->as.let.inits[i]));
        binding->init = node->as.let.inits[i];
        if (li_node_is_pure(binding->init))
            continue;
        if (last_effect != NULL)
            TRY(add_edge(w->c, binding, last_effect, true));
        last_effect = binding;
    }
    group->current = NULL;
    return walk(w, &node->as.let.body);
}

/* ---- Uses before initialisation ------------------------------------------------------------

 * A variable that an initialisation before its own may use must get its value in its place, so
 * that the use is an error: it depends on that initialisation, and as that depends on it too,
 * the two are a component whose references are checked. An initialisation may use what it
 * names outside of lambdas and, if it may call something, all that it names and all that
 * lambdas name which it reaches. */

/* `init` may use `used`. */
static Status note_early(Compiler *c, Binding *init, Binding *used)
{
    if (used == NULL || used <= init)
        return OK;
    if (init->farthest == NULL || used > init->farthest)
        init->farthest = used;
    return add_edge(c, used, init, false);
}

/* Each lambda is gone through once. An initialisation that comes to it later uses what the
 * first one did: enough of it is noted to put it into the same component. */
static Status follow_edges(Compiler *c, Binding *init, const Binding *from, bool all,
                           Binding **waiting)
{
    for (const Edge *edge = from->edges; edge != NULL; edge = edge->next) {
        Binding *to = edge->to;

        if (!all && !edge->direct)
            continue;
        if (!is_fix_lambda(to)) {
            TRY(note_early(c, init, to));
        } else if (all && !to->reached) {
            to->reached = true;
            to->caller_of = init;
            to->waiting = *waiting;
            *waiting = to;
        } else if (all && to->caller_of != init) {
            TRY(note_early(c, init, to->caller_of->farthest));
        }
    }
    return OK;
}

static Status find_early_uses(Compiler *c, Group *group)
{
    for (uint32_t i = 0; i < group->count; i += 1) {
        Binding *init = &group->bindings[i], *waiting = NULL;

        if (is_fix_lambda(init))
            continue;
        TRY(follow_edges(c, init, init, !li_node_is_pure(init->init), &waiting));
        while (waiting != NULL) {
            const Binding *lambda = waiting;

            waiting = lambda->waiting;
            TRY(follow_edges(c, init, lambda, true, &waiting));
        }
    }
    return OK;
}

/* ---- Components -------------------------------------------------------------------------- */

typedef struct Search {
    Binding *open;
    uint32_t numbered;
    uint32_t components;
} Search;

static void discover(Search *search, Binding *binding, Binding *caller)
{
    search->numbered += 1;
    binding->number = binding->low = search->numbered;
    binding->unvisited = binding->edges;
    binding->caller = caller;
    binding->open = search->open;
    search->open = binding;
}

static void close_component(Search *search, const Binding *root)
{
    Binding *binding;

    search->components += 1;
    do {
        binding = search->open;
        search->open = binding->open;
        binding->component = search->components;
    } while (binding != root);
}

static void search_from(Search *search, Binding *start)
{
    Binding *at = start;

    discover(search, start, NULL);
    while (at != NULL) {
        Edge *edge = at->unvisited;

        if (edge != NULL) {
            at->unvisited = edge->next;
            if (edge->to->number == 0) {
                discover(search, edge->to, at);
                at = edge->to;
            } else if (edge->to->component == 0 && edge->to->number < at->low) {
                at->low = edge->to->number;
            }
            continue;
        }
        if (at->low == at->number)
            close_component(search, at);
        if (at->caller != NULL && at->low < at->caller->low)
            at->caller->low = at->low;
        at = at->caller;
    }
}

/* The first binding of each component; components come after those that they depend on. */
static Binding **find_components(Compiler *c, Group *group, uint32_t *count)
{
    Search search = {NULL, 0, 0};
    Binding **heads;

    for (uint32_t i = 0; i < group->count; i += 1) {
        if (group->bindings[i].number == 0)
            search_from(&search, &group->bindings[i]);
    }
    *count = search.components;
    heads = ARENA_ARRAY(c->arena, Binding *, search.components);
    if (heads == NULL)
        return NULL;
    for (uint32_t i = group->count; i > 0; i -= 1) {
        Binding *binding = &group->bindings[i - 1];

        binding->next = heads[binding->component - 1];
        heads[binding->component - 1] = binding;
    }
    return heads;
}

/* ---- Rebuilding -------------------------------------------------------------------------- */

/* A node that binds those bindings of a component that are lambdas for a FIX, or are not. */
static Node *bind_some(Compiler *c, const Binding *head, NodeKind kind, uint32_t count,
                       Node *body)
{
    Node *node = li_node_let(c->arena, kind, count, body->position);
    uint32_t i = 0;

    if (node == NULL)
        return NULL;
    for (const Binding *b = head; b != NULL; b = b->next) {
        if (is_fix_lambda(b) != (kind == NODE_FIX))
            continue;
        node->as.let.variables[i] = b->variable;
        node->as.let.inits[i] =
            kind == NODE_FIX ? b->init : li_node_const(c->arena, VALUE_UNASSIGNED);
        if (node->as.let.inits[i] == NULL)
            return NULL;
        i += 1;
    }
    node->as.let.body = body;
    return node;
}

/* (begin (set! x init) ... body) for what is no lambda. */
static Node *assign_rest(Compiler *c, const Binding *head, uint32_t count, Node *body)
{
    Node *seq = li_node_new(c->arena, NODE_SEQ, body->position);
    uint32_t i = 0;

    if (seq == NULL)
        return NULL;
    seq->as.seq.count = count + 1;
    seq->as.seq.items = ARENA_ARRAY(c->arena, Node *, count + 1);
    if (seq->as.seq.items == NULL)
        return NULL;
    for (const Binding *b = head; b != NULL; b = b->next) {
        Node *set;

        if (is_fix_lambda(b))
            continue;
        set = li_node_new(c->arena, NODE_SET_LOCAL, b->init->position);
        if (set == NULL)
            return NULL;
        set->as.local.variable = b->variable;
        set->as.local.value = b->init;
        b->variable->assignments += 1;
        b->variable->unassigned_check = true;
        seq->as.seq.items[i] = set;
        i += 1;
    }
    seq->as.seq.items[count] = body;
    return seq;
}

static Node *wrap_component(Compiler *c, const Binding *head, Node *body)
{
    uint32_t lambdas = 0, others = 0;

    for (const Binding *b = head; b != NULL; b = b->next) {
        lambdas += is_fix_lambda(b);
        others += !is_fix_lambda(b);
    }
    if (others == 1 && lambdas == 0 && !head->self) {
        Node *let = li_node_let(c->arena, NODE_LET, 1, body->position);

        if (let == NULL)
            return NULL;
        let->as.let.variables[0] = head->variable;
        let->as.let.inits[0] = head->init;
        let->as.let.body = body;
        return let;
    }
    if (others > 0)
        body = assign_rest(c, head, others, body);
    if (lambdas > 0 && body != NULL)
        body = bind_some(c, head, NODE_FIX, lambdas, body);
    if (others > 0 && body != NULL)
        body = bind_some(c, head, NODE_LET, others, body);
    return body;
}

static Status walk_letrec(Walk *w, Node **slot)
{
    Compiler *c = w->c;
    Node *node = *slot;
    Group group = {ARENA_ARRAY(c->arena, Binding, node->as.let.count),
                   node->as.let.count, NULL, 0};
    Binding **heads;
    uint32_t components;
    Node *body;

    if (group.bindings == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < group.count; i += 1) {
        group.bindings[i].group = &group;
        group.bindings[i].variable = node->as.let.variables[i];
        node->as.let.variables[i]->scratch = &group.bindings[i];
    }
    TRY(walk_bindings(w, &group, node));
    TRY(find_early_uses(c, &group));
    for (uint32_t i = 0; i < group.count; i += 1)
        node->as.let.variables[i]->scratch = NULL;
    heads = find_components(c, &group, &components);
    body = node->as.let.body;
    for (uint32_t i = components; i > 0 && heads != NULL && body != NULL; i -= 1)
        body = wrap_component(c, heads[i - 1], body);
    if (heads == NULL || body == NULL)
        return ERR_NO_MEMORY;
    *slot = body;
    return OK;
}

/* ---- The walk ---------------------------------------------------------------------------- */

/* ((lambda (x ...) body) arg ...) is a LET. True if `*slot` was such a call. */
static bool open_call(Node **slot)
{
    Node *node = *slot, *procedure = node->as.call.procedure, **args;
    Clause *clause;

    if (procedure->kind != NODE_LAMBDA || procedure->as.lambda->clause_count != 1)
        return false;
    clause = &procedure->as.lambda->clauses[0];
    if (clause->has_rest || clause->required != node->as.call.count)
        return false;
    if (clause->required == 0) {
        *slot = clause->body;
        return true;
    }
    args = node->as.call.args; /* as.call and as.let share their room */
    node->kind = NODE_LET;
    node->as.let.inits = args;
    node->as.let.count = clause->required;
    node->as.let.variables = clause->params;
    node->as.let.body = clause->body;
    return true;
}

/* Moves the lambdas of a LET into FIXes around its body: one each, as none sees another. */
static Status split_let(Compiler *c, Node **slot)
{
    Node *node = *slot, *body = node->as.let.body;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        Variable *variable = node->as.let.variables[i];
        Node *init = node->as.let.inits[i], *fix;

        if (init->kind != NODE_LAMBDA || variable->assignments > 0) {
            node->as.let.variables[kept] = variable;
            node->as.let.inits[kept] = init;
            kept += 1;
            continue;
        }
        fix = li_node_let(c->arena, NODE_FIX, 1, node->position);
        if (fix == NULL)
            return ERR_NO_MEMORY;
        fix->as.let.variables[0] = variable;
        fix->as.let.inits[0] = init;
        fix->as.let.body = body;
        body = fix;
    }
    node->as.let.body = body;
    node->as.let.count = kept;
    if (kept == 0)
        *slot = body;
    return OK;
}

static Status walk_lambda(Walk *w, Lambda *lambda)
{
    w->depth += 1;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk(w, &lambda->clauses[i].body));
    w->depth -= 1;
    return OK;
}

static Status walk(Walk *w, Node **slot)
{
    if (!li_stack_ok())
        return li_too_deep(w->c, *slot);
    for (;;) {
        Node *node;
        Children parts;

        while ((*slot)->kind == NODE_CALL && open_call(slot))
            continue;
        if ((*slot)->kind == NODE_LET)
            TRY(split_let(w->c, slot));
        node = *slot;
        if (node->kind == NODE_LETREC)
            return walk_letrec(w, slot);
        parts = li_node_children(node);
        if (node->kind == NODE_LOCAL || node->kind == NODE_SET_LOCAL)
            TRY(note_use(w, node->as.local.variable));
        else if (node->kind == NODE_LAMBDA)
            TRY(walk_lambda(w, node->as.lambda));
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(walk(w, parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(walk(w, &parts.items[i]));
        if (parts.last == NULL)
            return OK;
        slot = parts.last;
    }
}

Status li_pass_letrec(Compiler *c, Node **node)
{
    Walk w = {c, 0};

    return walk(&w, node);
}
