/* registers.c - assigned variables that need no box.
 *
 * Before: loops.c is done.
 * After:  Variable.in_register of some assigned variables: such a variable lives in its
 *         register, and an assignment is a move to it. All others become boxes (assignment.c).
 *
 * A box is needed where two must see the same variable: a closure and the procedure that binds
 * it; or a frame and the same frame when a continuation is entered again, which brings back the
 * registers as they were. So a variable can do without if all uses are in the procedure that
 * binds it, labels counted as a part of that, and no continuation that returns into its scope can
 * be captured. Only a call can do that, of a procedure that is not known or that makes such a
 * call itself. A primitive calls nothing. An error does not return: what handles it may go back
 * into the handler, but never behind what failed. Neither do calls of `error` and `raise`.
 *
 * A call at the end of the scope does no harm: it goes on behind it. Like loops.c we give a
 * Place to everything that is not in last position, and a label has that of the jumps to it. A
 * call is within the scope iff its place is not where the scope itself goes on. Places count the
 * calls in them, so that the difference between the beginning and the end of a scope says how many
 * were within.
 *
 * Giving the variables new names at each assignment instead, with parameters where paths meet,
 * would let facts.c see through them. But an operand may assign what the one before it has read,
 * so every expression around an assignment would have to be taken apart; and the loops would
 * come to the same instructions.
 */
#include "compiler/passes.h"

/* A procedure that a FIX binds: Known.scratch. */
typedef struct Procedure {
    bool captures;           /* calls of it may capture a continuation */
    struct Caller *callers;
    struct Procedure *next;  /* that has to tell its callers */
} Procedure;

typedef struct Caller {
    Procedure *procedure;
    struct Caller *next;
} Caller;

/* Where evaluation goes on: how many calls that may capture a continuation return there. */
typedef struct Place {
    uint32_t captures;
} Place;

/* A procedure's frame, and the same count of all its places together. */
typedef struct Frame {
    uint32_t captures;
} Frame;

/* An assigned variable whose scope is open: Variable.scratch. */
typedef struct Binding {
    const Frame *frame;
    const Place *place; /* where the scope goes on */
    uint32_t in_frame, in_place; /* the counts as the scope began */
} Binding;

/* A node whose body is being walked: a FIX, or one that binds assigned variables. */
typedef struct Open {
    const Node *node;
    struct Open *outer;
} Open;

typedef struct Pass {
    Compiler *c;
    Procedure *waiting;
    bool any; /* variable is assigned */
} Pass;

static Status find_calls(Pass *pass, Node *node, Procedure *running);
static Status walk(Pass *pass, Node *node, Frame *frame, Place *place);

/* ---- Who may capture a continuation ---------------------------------------------------------- */

static Known *known_of(const Node *call)
{
    const Node *procedure = call->as.call.procedure;

    return procedure->kind == NODE_LOCAL ? procedure->as.local.variable->known : NULL;
}

static bool never_returns(const Node *call)
{
    return li_node_is_library(call->as.call.procedure, "error")
        || li_node_is_library(call->as.call.procedure, "raise");
}

/* True if the node may call what is not known. */
static bool calls_unknown(const Node *node)
{
    if (node->kind == NODE_PRIM)
        return node->as.prim.op->pattern == PATTERN_CONTROL;
    return node->kind == NODE_CALL && known_of(node) == NULL && !never_returns(node);
}

static void note_capture(Pass *pass, Procedure *procedure)
{
    if (procedure->captures)
        return;
    procedure->captures = true;
    procedure->next = pass->waiting;
    pass->waiting = procedure;
}

static Status note_caller(Pass *pass, Procedure *callee, Procedure *caller)
{
    Caller *entry = ARENA_NEW(pass->c->arena, Caller);

    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (Caller){caller, callee->callers};
    callee->callers = entry;
    return OK;
}

static Status find_in_lambda(Pass *pass, const Lambda *lambda, Procedure *procedure)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(find_calls(pass, lambda->clauses[i].body, procedure));
    return OK;
}

static Status find_in_fix(Pass *pass, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Known *known = fix->as.let.variables[i]->known;

        known->scratch = ARENA_NEW(pass->c->arena, Procedure);
        if (known->scratch == NULL)
            return ERR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Known *known = fix->as.let.variables[i]->known;

        TRY(find_in_lambda(pass, known->lambda, known->scratch));
    }
    return OK;
}

/* `running`: whose code it is; NULL if nobody can call that by name. */
static Status find_calls(Pass *pass, Node *node, Procedure *running)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (running != NULL && calls_unknown(node))
            note_capture(pass, running);
        else if (running != NULL && node->kind == NODE_CALL && known_of(node) != NULL)
            TRY(note_caller(pass, known_of(node)->scratch, running));
        if (node->kind == NODE_SET_LOCAL)
            pass->any = true;
        if (node->kind == NODE_LAMBDA)
            TRY(find_in_lambda(pass, node->as.lambda, NULL));
        if (node->kind == NODE_FIX) {
            TRY(find_in_fix(pass, node));
            parts.item_count = 0;
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(find_calls(pass, *parts.first[i], running));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(find_calls(pass, parts.items[i], running));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

static void tell_callers(Pass *pass)
{
    while (pass->waiting != NULL) {
        const Procedure *procedure = pass->waiting;

        pass->waiting = procedure->next;
        for (const Caller *entry = procedure->callers; entry != NULL; entry = entry->next)
            note_capture(pass, entry->procedure);
    }
}

/* ---- Scopes ------------------------------------------------------------------------------------ */

static bool may_capture(const Node *node)
{
    const Known *known = node->kind == NODE_CALL ? known_of(node) : NULL;

    return known != NULL ? ((const Procedure *)known->scratch)->captures
                         : calls_unknown(node);
}

static Status open_scope(Pass *pass, Variable **variables, uint32_t count,
                         const Frame *frame, const Place *place)
{
    for (uint32_t i = 0; i < count; i += 1) {
        Binding *binding;

        if (variables[i]->assignments == 0)
            continue;
        binding = ARENA_NEW(pass->c->arena, Binding);
        if (binding == NULL)
            return ERR_NO_MEMORY;
        *binding = (Binding){frame, place, frame->captures, place->captures};
        variables[i]->scratch = binding;
        variables[i]->in_register = !variables[i]->unassigned_check;
    }
    return OK;
}

/* A use from another frame has taken some of the variables out already. */
static void close_scope(Variable **variables, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += 1) {
        const Binding *binding = variables[i]->scratch;

        if (variables[i]->assignments != 0
            && binding->frame->captures - binding->in_frame
                   != binding->place->captures - binding->in_place)
            variables[i]->in_register = false;
    }
}

static void note_use(Variable *variable, const Frame *frame)
{
    if (variable->assignments != 0
        && ((const Binding *)variable->scratch)->frame != frame)
        variable->in_register = false;
}

static Status walk_clause(Pass *pass, const Clause *clause, Frame *frame, Place *place)
{
    TRY(open_scope(pass, clause->params, clause_param_count(clause), frame, place));
    TRY(walk(pass, clause->body, frame, place));
    close_scope(clause->params, clause_param_count(clause));
    return OK;
}

/* One that has a frame of its own. */
static Status walk_lambda(Pass *pass, const Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        Frame frame = {0};
        Place *place = ARENA_NEW(pass->c->arena, Place);

        if (place == NULL)
            return ERR_NO_MEMORY;
        TRY(walk_clause(pass, &lambda->clauses[i], &frame, place));
    }
    return OK;
}

/* Behind the body of the FIX, where labels got their place. */
static Status walk_procedures(Pass *pass, const Node *fix, Frame *frame)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Known *known = fix->as.let.variables[i]->known;

        if (known->kind != KNOWN_LABEL) {
            TRY(walk_lambda(pass, known->lambda));
            continue;
        }
        ASSERT(known->group->scratch != NULL);
        TRY(walk_clause(pass, &known->lambda->clauses[0], frame, known->group->scratch));
    }
    return OK;
}

static Status walk_part(Pass *pass, Node *node, Frame *frame)
{
    Place *place = ARENA_NEW(pass->c->arena, Place);

    return place == NULL ? ERR_NO_MEMORY : walk(pass, node, frame, place);
}

static Status open_node(Pass *pass, const Node *node, const Frame *frame,
                        const Place *place, Open **open)
{
    Open *entry;

    if (node->kind == NODE_LET)
        TRY(open_scope(pass, node->as.let.variables, node->as.let.count, frame, place));
    else if (node->kind == NODE_RECEIVE)
        TRY(open_scope(pass, node_receive_clause(node)->params,
                       clause_param_count(node_receive_clause(node)), frame, place));
    else if (node->kind != NODE_FIX)
        return OK;
    entry = ARENA_NEW(pass->c->arena, Open);
    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (Open){node, *open};
    *open = entry;
    return OK;
}

/* The innermost first. */
static Status close_nodes(Pass *pass, const Open *open, Frame *frame)
{
    for (; open != NULL; open = open->outer) {
        const Node *node = open->node;

        if (node->kind == NODE_LET)
            close_scope(node->as.let.variables, node->as.let.count);
        else if (node->kind == NODE_RECEIVE)
            close_scope(node_receive_clause(node)->params,
                        clause_param_count(node_receive_clause(node)));
        else
            TRY(walk_procedures(pass, node, frame));
    }
    return OK;
}

static void walk_call(Node *call, Frame *frame, Place *place)
{
    const Known *known = call->kind == NODE_CALL ? known_of(call) : NULL;

    if (known != NULL && known->kind == KNOWN_LABEL)
        known->group->scratch = place;
    if (may_capture(call)) {
        frame->captures += 1;
        place->captures += 1;
    }
}

/* Everything but the last part. */
static Status walk_node(Pass *pass, Node *node, Frame *frame, Place *place)
{
    Children parts = li_node_children(node);

    if (node->kind == NODE_LOCAL || node->kind == NODE_SET_LOCAL)
        note_use(node->as.local.variable, frame);
    else if (node->kind == NODE_CALL || node->kind == NODE_PRIM)
        walk_call(node, frame, place);
    else if (node->kind == NODE_LAMBDA)
        return walk_lambda(pass, node->as.lambda);
    else if (node->kind == NODE_FIX)
        return OK;
    if (parts.first[0] != NULL)
        TRY(walk_part(pass, *parts.first[0], frame));
    if (parts.first[1] != NULL) /* both branches of an IF go on where it does */
        TRY(walk(pass, *parts.first[1], frame, place));
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        TRY(walk_part(pass, parts.items[i], frame));
    return OK;
}

static Status walk(Pass *pass, Node *node, Frame *frame, Place *place)
{
    Open *open = NULL;

    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        TRY(walk_node(pass, node, frame, place));
        TRY(open_node(pass, node, frame, place, &open));
        if (parts.last == NULL)
            return close_nodes(pass, open, frame);
        node = *parts.last;
    }
}

Status li_pass_registers(Compiler *c, Lambda *lambda)
{
    Pass pass = {.c = c};

    TRY(find_in_lambda(&pass, lambda, NULL));
    tell_callers(&pass);
    return pass.any ? walk_lambda(&pass, lambda) : OK;
}
