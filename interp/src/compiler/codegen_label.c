/* codegen_label.c - labels: procedures that are only jumped to.
 *
 * A label's code stands where it is jumped to first, in that jump's destination; all other
 * jumps to it go back (LOOP). If it is entered from one place only, its parameters take
 * registers there, or take over those of variables that nobody reads any more, otherwise where its
 * FIX is.
 *
 * A label's code may be where the next one is jumped to first, and so on without end. So where it
 * would be too deep in other code, it is put off: then it stands behind the expression that its FIX
 * begins, which has the same destination.
 */
#include "compiler/codegen.h"
#include "compiler/hoist.h"
#include "compiler/jumpargs.h"

enum {
    MAX_AWAY = 200 /* expressions between a label's FIX and its code */
};

/* A label whose code was put off. */
typedef struct Waiting {
    Known *target;
    Label label;
    uint32_t top;
    Where where;
    struct Waiting *next;
} Waiting;

/* ---- Registers --------------------------------------------------------------------------------- */

void li_begin_level(Codegen *g, const Clause *clause)
{
    g->levels += 1;
    g->level = g->levels;
    for (uint32_t i = 0; i < clause->required + clause->has_rest; i += 1)
        clause->params[i]->level = g->level;
}

static void place_params(Codegen *g, const Known *label)
{
    const Clause *clause = &label->lambda->clauses[0];

    for (uint32_t i = 0; i < clause->required; i += 1)
        clause->params[i]->reg = li_unit_push(g);
}

void li_begin_labels(Codegen *g, KnownGroup *group, Ending *ending)
{
    group->placed = group->entries != 1;
    group->ending = ending;
    for (uint32_t i = 0; i < group->count; i += 1) {
        group->members[i].address = -1;
        group->members[i].waiting = NULL;
        group->members[i].origin = g->origin;
        if (group->placed)
            place_params(g, &group->members[i]);
    }
}

/* True if nobody reads the variable's register any more after `node`, not even in another round of
 * a loop. */
static bool is_last_use(const Codegen *g, const Node *node)
{
    return node->kind == NODE_LOCAL && li_is_in_register(g, node->as.local.variable)
        && node->as.local.variable->uses == 1
        && node->as.local.variable->level == g->level;
}

/* The first and only entry of a group of labels: like a LET of the parameters. They take over the
 * registers of variables that are not needed any more. */
static void enter_group(Codegen *g, const Known *label, Node **args)
{
    const Clause *clause = &label->lambda->clauses[0];
    KnownGroup *group = label->group;

    group->placed = true;
    for (uint32_t i = 0; i < clause->required; i += 1)
        clause->params[i]->reg = is_last_use(g, args[i])
                                   ? args[i]->as.local.variable->reg
                                   : li_gen_push(g, args[i]);
    for (uint32_t i = 0; i < group->count; i += 1) {
        if (&group->members[i] != label)
            place_params(g, &group->members[i]);
    }
}

/* ---- Jumps ------------------------------------------------------------------------------------- */

const Known *li_label_of(const Node *call)
{
    const Node *procedure = call->as.call.procedure;
    const Known *known;

    if (procedure->kind != NODE_LOCAL)
        return NULL;
    known = procedure->as.local.variable->known;
    return known != NULL && known->kind == KNOWN_LABEL ? known : NULL;
}

/* The label is here: returns its body. */
static Node *begin_label(Codegen *g, Known *label)
{
    const Clause *clause = &label->lambda->clauses[0];

    /* A second entry would miss what was loaded. */
    if (!g->in_loop && label->group->entries == 1 && label->group->rounds > 0) {
        g->in_loop = true;
        li_hoist(g, label);
    }
    label->address = li_begin_loop(g);
    li_begin_level(g, clause);
    return clause->body;
}

static void put_off(Codegen *g, Known *label)
{
    Ending *ending = label->group->ending;
    Waiting *waiting = ARENA_NEW(g->c->arena, Waiting);

    if (waiting == NULL) {
        g->status = ERR_NO_MEMORY;
        return;
    }
    *waiting = (Waiting){.target = label, .top = g->top, .where = li_where(g)};
    label->waiting = waiting;
    if (ending->waiting == NULL)
        ending->waiting = waiting;
    else
        ending->last_waiting->next = waiting;
    ending->last_waiting = waiting;
}

Node *li_gen_jump(Codegen *g, Node *node, const Known *label)
{
    Known *target = &label->group->members[label - label->group->members];
    const Clause *clause = &label->lambda->clauses[0];

    if (!label->group->placed)
        enter_group(g, label, node->as.call.args);
    else
        li_gen_jump_args(g, clause->params, node->as.call.args, clause->required);
    if (!g->reachable || g->status != OK)
        return NULL;
    if (target->address >= 0) {
        li_emit_loop(g, target->address);
        return NULL;
    }
    if (target->waiting == NULL) {
        li_gen_label_origin(g, target, node);
        if (g->depth <= label->group->ending->depth + MAX_AWAY)
            return begin_label(g, target);
        put_off(g, target);
    }
    if (g->status == OK)
        li_emit_jump(g, &target->waiting->label);
    return NULL;
}

/* Goes on where the expression ends. */
static void leave(Codegen *g, Dest dest, Ending *ending)
{
    if (g->reachable && dest.kind == DEST_TEST)
        li_emit_jump(g, dest.next == dest.yes ? dest.yes : dest.no);
    else if (g->reachable)
        li_emit_jump(g, &ending->join);
    g->reachable = false;
}

void li_gen_waiting(Codegen *g, Dest dest, Ending *ending)
{
    for (Waiting *waiting = ending->waiting; waiting != NULL && g->status == OK;
         waiting = waiting->next) {
        leave(g, dest, ending);
        dest.next = NULL;
        li_place(g, &waiting->label);
        li_return_to_where(g, waiting->where);
        g->top = waiting->top;
        g->in_loop = true; /* what would be loaded here is not loaded for other jumps */
        li_gen(g, begin_label(g, waiting->target), dest);
    }
}
