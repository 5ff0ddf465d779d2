/* codegen_route.c - constants that a test waits for go where the test leads.
 *
 *     (let ((r (if (pair? x) (if (f x) 'more (g x)) 'less)))
 *       (if (eq? r 'less) A (if (eq? r 'more) B C)))
 *
 * Where the value of r is the constant 'less, control goes to A at once, and where it is 'more to
 * B: no test is made, and r is not set unless what follows reads it. So it is with what cond, and
 * and case have for values, and with what comes out of loops and inlined procedures, since all of
 * them deliver to the destination that r has.
 *
 * A route is found when the constant is delivered, by going through the tests that begin the LET's
 * body with it: to a branch that is still to be generated, which has a label then, or, if the
 * value of the whole is found so, to where that goes. Only IFs are gone through. So whatever holds
 * where the body begins, of registers and of what was hoisted, holds at the end of a route.
 */
#include "compiler/codegen.h"

enum {
    MAX_ROUTES = 8,
    MAX_TESTS = 64,    /* gone through for one constant */
    MAX_DEPTH = 8,     /* of tests in tests */
    MAX_MEMBERS = 64,  /* of the list in one test */
    READ_BUDGET = 64,  /* nodes looked at for a use of the variable */
    MAX_OPERANDS = 2
};

typedef struct Route {
    Value constant;
    const Node *target; /* what `own` is placed before, or NULL */
    Label own;
    Label *to; /* NULL: there is no way but through the tests */
    bool reads; /* what follows reads the variable */
} Route;

struct Routes {
    const Variable *variable;
    Node *body;
    Dest dest; /* of the LET */
    Ending *ending;
    uint32_t count, pending;
    Routes *outer;
    Route routes[MAX_ROUTES];
};

/* ---- Uses ---------------------------------------------------------------------------------- */

/* True if `node` may read the variable. */
static bool reads(const Variable *variable, Node *node, int *budget)
{
    for (;;) {
        Children parts;

        *budget -= 1;
        if (*budget <= 0)
            return true;
        parts = li_node_children(node);
        if (node->kind == NODE_LOCAL && node->as.local.variable == variable)
            return true;
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1) {
                if (reads(variable, node->as.lambda->clauses[i].body, budget))
                    return true;
            }
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1) {
            if (reads(variable, *parts.first[i], budget))
                return true;
        }
        for (uint32_t i = 0; i < parts.item_count; i += 1) {
            if (reads(variable, parts.items[i], budget))
                return true;
        }
        if (parts.last == NULL)
            return false;
        node = *parts.last;
    }
}

/* ---- What tests say ------------------------------------------------------------------------ */

/* Where going through the tests comes to an end. */
typedef struct End {
    bool is_known; /* the value is `value` */
    bool failed;   /* it took too long */
    Value value;
    Node *node; /* what comes next, or has that value */
    bool reads; /* the branches around `node`, which is in a test, read the variable */
} End;

static bool is_variable(const Routes *routes, const Node *node)
{
    return node->kind == NODE_LOCAL && node->as.local.variable == routes->variable;
}

/* True for a constant that is eqv? only to the same word. */
static bool is_word(Value v)
{
    return !value_is_reference(v) || value_has_type(v, T_SYMBOL);
}

/* Whether it is true that memv finds the constant. */
static void find_member(const Node *prim, Value constant, End *end)
{
    Value list = prim->as.prim.args[1]->as.constant;
    uint32_t count = 0;

    while (value_is_pair(list) && count < MAX_MEMBERS
           && !value_is_eq(pair_car(list), constant)) {
        list = pair_cdr(list);
        count += 1;
    }
    end->value = value_from_bool(value_is_pair(list));
    end->is_known = value_is_nil(list) ? is_word(constant)
                                       : value_is_pair(list) && count < MAX_MEMBERS;
    end->failed = !end->is_known;
}

static void fold_prim(Codegen *g, const Routes *routes, Node *prim, Value constant, End *end)
{
    Node folded = *prim, consts[MAX_OPERANDS], *args[MAX_OPERANDS];

    if (prim->as.prim.count > MAX_OPERANDS || prim->as.prim.op->pattern == PATTERN_CALL)
        return;
    for (uint32_t i = 0; i < prim->as.prim.count; i += 1) {
        args[i] = prim->as.prim.args[i];
        if (is_variable(routes, args[i])) {
            consts[i] = *args[i];
            node_become_const(&consts[i], constant);
            args[i] = &consts[i];
        }
    }
    folded.as.prim.args = args;
    li_fold_prim(g->c, &folded);
    end->is_known = node_is_const(&folded);
    if (end->is_known)
        end->value = folded.as.constant;
}

/* The value of what is no IF, if that is known: `is_test` if only its truth counts. */
static End look(Codegen *g, const Routes *routes, Node *node, Value constant, bool is_test)
{
    End end = {.node = node, .value = constant};

    if (node_is_const(node)) {
        end.is_known = true;
        end.value = node->as.constant;
    } else if (is_variable(routes, node)) {
        end.is_known = true;
    } else if (is_test && li_node_is_member_test(node)
               && is_variable(routes, node->as.prim.args[0])) {
        find_member(node, constant, &end);
    } else if (node->kind == NODE_PRIM) {
        fold_prim(g, routes, node, constant, &end);
    }
    return end;
}

/* A test that is not known ends the way before its IF, unless a part of the test was gone
 * through. */
static End end_in_test(const Routes *routes, Node *branch, End test)
{
    int budget = READ_BUDGET;

    if (test.node == branch->as.branch.test)
        test.node = branch;
    else if (!test.failed)
        test.reads = test.reads || reads(routes->variable, branch->as.branch.then, &budget)
                  || reads(routes->variable, branch->as.branch.otherwise, &budget);
    return test;
}

/* Goes through the tests that begin `node`. */
static End go(Codegen *g, const Routes *routes, Node *node, Value constant, int *tests, int depth)
{
    while (node->kind == NODE_IF) {
        End test;

        if (depth == MAX_DEPTH || *tests == 0)
            return (End){.failed = true};
        *tests -= 1;
        test = go(g, routes, node->as.branch.test, constant, tests, depth + 1);
        if (!test.is_known)
            return end_in_test(routes, node, test);
        node = value_is_true(test.value) ? node->as.branch.then : node->as.branch.otherwise;
    }
    return look(g, routes, node, constant, depth > 0);
}

/* ---- Routes -------------------------------------------------------------------------------- */

static void find_target(Codegen *g, Routes *routes, Route *route)
{
    int tests = MAX_TESTS, budget = READ_BUDGET;
    End end = go(g, routes, routes->body, route->constant, &tests, 0);

    if (end.failed)
        return;
    if (end.is_known)
        route->to = li_constant_place(g, end.value, routes->dest, routes->ending);
    if (route->to != NULL || end.node == routes->body)
        return;
    route->reads = end.reads || reads(routes->variable, end.node, &budget);
    route->to = li_gen_shortcut(g, end.node, routes->dest, routes->ending);
    if (route->to != NULL)
        return;
    route->target = end.node;
    route->to = &route->own;
    routes->pending += 1;
}

static Route *find(Codegen *g, Routes *routes, Value constant)
{
    Route *route;

    for (uint32_t i = 0; i < routes->count; i += 1) {
        if (value_is_eq(routes->routes[i].constant, constant))
            return &routes->routes[i];
    }
    if (routes->count == MAX_ROUTES)
        return NULL;
    route = &routes->routes[routes->count];
    routes->count += 1;
    route->constant = constant;
    find_target(g, routes, route);
    return route;
}

Label *li_route(Codegen *g, Dest dest, Value constant, bool *needs_value)
{
    const Route *route;

    if (dest.kind != DEST_REGISTER || dest.routes == NULL || !g->reachable || g->status != OK)
        return NULL;
    route = find(g, dest.routes, constant);
    if (route == NULL || route->to == NULL)
        return NULL;
    *needs_value = route->reads;
    return route->to;
}

/* True if the LET's body begins with a test of the variable: of itself, or by an operation. */
static bool begins_with_test(const Variable *variable, const Node *body, Dest dest)
{
    const Node *test = body;

    if (body->kind != NODE_IF && dest.kind != DEST_TEST)
        return false;
    for (int depth = 0; test->kind == NODE_IF && depth < MAX_DEPTH; depth += 1)
        test = test->as.branch.test;
    if (test->kind == NODE_LOCAL)
        return test->as.local.variable == variable;
    if (test->kind != NODE_PRIM)
        return false;
    for (uint32_t i = 0; i < test->as.prim.count; i += 1) {
        if (test->as.prim.args[i]->kind == NODE_LOCAL
            && test->as.prim.args[i]->as.local.variable == variable)
            return true;
    }
    return false;
}

Routes *li_routes_for(Codegen *g, const Node *let, Dest dest, Ending *ending)
{
    uint32_t last = let->as.let.count - 1;
    const Node *init = let->as.let.inits[last];
    Routes *routes;

    if (let->as.let.variables[last]->boxed || node_is_const(init)
        || !begins_with_test(let->as.let.variables[last], let->as.let.body, dest))
        return NULL;
    routes = ARENA_NEW(g->c->arena, Routes);
    if (routes == NULL) {
        g->status = ERR_NO_MEMORY;
        return NULL;
    }
    routes->variable = let->as.let.variables[last];
    routes->body = let->as.let.body;
    routes->dest = dest;
    routes->ending = ending;
    return routes;
}

void li_open_routes(Codegen *g, Routes *routes)
{
    if (routes == NULL)
        return;
    routes->outer = g->routes;
    g->routes = routes;
}

void li_close_routes(Codegen *g, Routes *outer)
{
    for (; g->routes != outer; g->routes = g->routes->outer)
        CHECK(g->routes->pending == 0 || g->status != OK);
}

bool li_gen_routed_test(Codegen *g, Node *prim, Dest dest)
{
    bool yes_needs = true, no_needs = true;
    Label *yes, *no;

    if (dest.routes == NULL || !(prim->as.prim.op->flags & PRIM_BOOLEAN))
        return false;
    yes = li_route(g, dest, VALUE_TRUE, &yes_needs);
    no = li_route(g, dest, VALUE_FALSE, &no_needs);
    if (yes == NULL || no == NULL || yes_needs || no_needs)
        return false;
    li_gen_prim(g, prim, dest_test(yes, no, yes));
    li_emit_jump(g, yes); /* which goes if that comes next */
    return true;
}

bool li_is_target(const Codegen *g, const Node *node)
{
    const Routes *routes = g->routes;

    if (routes == NULL || routes->pending == 0)
        return false;
    for (uint32_t i = 0; i < routes->count; i += 1) {
        if (routes->routes[i].target == node)
            return true;
    }
    return false;
}

bool li_place_routes(Codegen *g, const Node *node)
{
    Routes *routes = g->routes;

    if (routes == NULL || routes->pending == 0)
        return false;
    for (uint32_t i = 0; i < routes->count; i += 1) {
        Route *route = &routes->routes[i];

        if (route->target != node)
            continue;
        li_place(g, &route->own);
        route->target = NULL;
        routes->pending -= 1;
    }
    return node->kind == NODE_IF && routes->pending != 0;
}
