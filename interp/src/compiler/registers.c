/* registers.c - assigned variables that need no box.
 *
 * Before: loops.c and captures.c are done.
 * After:  Variable.in_register of some assigned variables: such a variable lives in its
 *         register, and an assignment is a move to it. All others become boxes (assignment.c).
 *
 * A box is needed where two must see the same variable: a closure and the procedure that binds
 * it; or a frame and the same frame when a continuation is entered again, which brings back the
 * registers as they were. So a variable can do without if all uses are in the procedure that
 * binds it, labels counted as a part of that, and no continuation that returns into its scope can
 * be captured.
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

static Status walk(Compiler *c, Node *node, Frame *frame, Place *place);

/* ---- Scopes ------------------------------------------------------------------------------------ */

static Status open_scope(Compiler *c, Variable **variables, uint32_t count,
                         const Frame *frame, const Place *place)
{
    for (uint32_t i = 0; i < count; i += 1) {
        Binding *binding;

        if (variables[i]->assignments == 0)
            continue;
        binding = ARENA_NEW(c->arena, Binding);
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

static Status walk_clause(Compiler *c, const Clause *clause, Frame *frame, Place *place)
{
    TRY(open_scope(c, clause->params, clause_param_count(clause), frame, place));
    TRY(walk(c, clause->body, frame, place));
    close_scope(clause->params, clause_param_count(clause));
    return OK;
}

/* One that has a frame of its own. */
static Status walk_lambda(Compiler *c, const Lambda *lambda)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        Frame frame = {0};
        Place *place = ARENA_NEW(c->arena, Place);

        if (place == NULL)
            return ERR_NO_MEMORY;
        TRY(walk_clause(c, &lambda->clauses[i], &frame, place));
    }
    return OK;
}

/* Behind the body of the FIX, where labels got their place. */
static Status walk_procedures(Compiler *c, const Node *fix, Frame *frame)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Known *known = fix->as.let.variables[i]->known;

        if (known->kind != KNOWN_LABEL) {
            TRY(walk_lambda(c, known->lambda));
            continue;
        }
        ASSERT(known->group->scratch != NULL);
        TRY(walk_clause(c, &known->lambda->clauses[0], frame, known->group->scratch));
    }
    return OK;
}

static Status walk_part(Compiler *c, Node *node, Frame *frame)
{
    Place *place = ARENA_NEW(c->arena, Place);

    return place == NULL ? ERR_NO_MEMORY : walk(c, node, frame, place);
}

static Status open_node(Compiler *c, const Node *node, const Frame *frame,
                        const Place *place, Open **open)
{
    Open *entry;

    if (node->kind == NODE_LET)
        TRY(open_scope(c, node->as.let.variables, node->as.let.count, frame, place));
    else if (node->kind == NODE_RECEIVE)
        TRY(open_scope(c, node_receive_clause(node)->params,
                       clause_param_count(node_receive_clause(node)), frame, place));
    else if (node->kind != NODE_FIX)
        return OK;
    entry = ARENA_NEW(c->arena, Open);
    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (Open){node, *open};
    *open = entry;
    return OK;
}

/* The innermost first. */
static Status close_nodes(Compiler *c, const Open *open, Frame *frame)
{
    for (; open != NULL; open = open->outer) {
        const Node *node = open->node;

        if (node->kind == NODE_LET)
            close_scope(node->as.let.variables, node->as.let.count);
        else if (node->kind == NODE_RECEIVE)
            close_scope(node_receive_clause(node)->params,
                        clause_param_count(node_receive_clause(node)));
        else
            TRY(walk_procedures(c, node, frame));
    }
    return OK;
}

static void walk_call(Node *call, Frame *frame, Place *place)
{
    const Node *procedure = call->kind == NODE_CALL ? call->as.call.procedure : call;
    const Known *known =
        procedure->kind == NODE_LOCAL ? procedure->as.local.variable->known : NULL;

    if (known != NULL && known->kind == KNOWN_LABEL)
        known->group->scratch = place;
    if (li_node_may_capture(call)) {
        frame->captures += 1;
        place->captures += 1;
    }
}

/* Everything but the last part. */
static Status walk_node(Compiler *c, Node *node, Frame *frame, Place *place)
{
    Children parts = li_node_children(node);

    if (node->kind == NODE_LOCAL || node->kind == NODE_SET_LOCAL)
        note_use(node->as.local.variable, frame);
    else if (node->kind == NODE_CALL || node->kind == NODE_PRIM)
        walk_call(node, frame, place);
    else if (node->kind == NODE_LAMBDA)
        return walk_lambda(c, node->as.lambda);
    else if (node->kind == NODE_FIX)
        return OK;
    if (parts.first[0] != NULL)
        TRY(walk_part(c, *parts.first[0], frame));
    if (parts.first[1] != NULL) /* both branches of an IF go on where it does */
        TRY(walk(c, *parts.first[1], frame, place));
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        TRY(walk_part(c, parts.items[i], frame));
    return OK;
}

static Status walk(Compiler *c, Node *node, Frame *frame, Place *place)
{
    Open *open = NULL;

    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        TRY(walk_node(c, node, frame, place));
        TRY(open_node(c, node, frame, place, &open));
        if (parts.last == NULL)
            return close_nodes(c, open, frame);
        node = *parts.last;
    }
}

Status li_pass_registers(Compiler *c, Lambda *lambda)
{
    return walk_lambda(c, lambda);
}
