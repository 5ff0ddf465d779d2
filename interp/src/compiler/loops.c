/* loops.c - procedures that are only jumped to.
 *
 * Before: FIX procedures are closures, and their calls are calls.
 * After:  the procedures of some FIXes are labels (KNOWN_LABEL): a CALL of one is a jump
 *         that sets its parameters, and no closure is made. Every FIX variable has its Known.
 *
 * The procedures of a FIX can be labels if all uses are calls with the right number of
 * arguments, and all calls that come from outside of the group go on at the same place:
 * then their code can stand at the first of these calls, and the others jump there. That
 * is contification (Kennedy, Compiling with Continuations, Continued, 2007).
 *
 * A Place says where evaluation goes on. The last part of a procedure goes on where the
 * procedure returns; everything that is not in last position has a Place of its own. A
 * label returns where its calls go on, so places are resolved through labels that are
 * known: FIXes are decided from the inside out, and one that another encloses does not
 * depend on it. Each call is looked at once, when its FIX is decided.
 */
#include "compiler/passes.h"

typedef struct Place {
    struct Procedure *procedure; /* the one that the place is in */
    bool returns;                /* it is where that procedure returns */
} Place;

typedef struct Procedure {
    Place end;          /* where it returns */
    Place *jumped_from; /* of a label: where it returns instead */
    KnownGroup *group;  /* NULL: not of a FIX */
} Procedure;

typedef struct Jump {
    Place *place;
    struct Jump *next;
} Jump;

/* A FIX that is being walked. */
typedef struct Trial {
    Place *place;
    Jump *jumps;
    KnownGroup *group;
    Procedure **procedures;
    struct Trial *outer; /* whose body this FIX ends */
} Trial;

static Status walk(Compiler *c, Node *node, Place *place);

/* ---- Places -------------------------------------------------------------------------------- */

static Place *resolve(Place *place)
{
    while (place->returns && place->procedure->jumped_from != NULL)
        place = place->procedure->jumped_from;
    return place;
}

/* The procedure whose code holds the place. */
static const Procedure *home_of(const Place *place)
{
    const Procedure *procedure = place->procedure;

    while (procedure->jumped_from != NULL)
        procedure = procedure->jumped_from->procedure;
    return procedure;
}

static Place *new_place(Compiler *c, Procedure *procedure)
{
    Place *place = ARENA_NEW(c->arena, Place);

    if (place != NULL)
        place->procedure = procedure;
    return place;
}

static Procedure *new_procedure(Compiler *c, KnownGroup *group)
{
    Procedure *procedure = ARENA_NEW(c->arena, Procedure);

    if (procedure == NULL)
        return NULL;
    procedure->end = (Place){procedure, true};
    procedure->group = group;
    return procedure;
}

/* ---- Uses of FIX variables ------------------------------------------------------------------ */

static void note_escape(const Variable *variable)
{
    if (variable->known == NULL)
        return;
    variable->known->escapes = true;
    variable->known->group->escapes = true;
}

static bool fits(const Lambda *lambda, uint32_t count)
{
    return lambda->clause_count == 1 && !lambda->clauses[0].has_rest
        && lambda->clauses[0].required == count;
}

static Status note_call(Compiler *c, Known *known, uint32_t count, Place *place)
{
    Trial *trial = known->group->scratch;
    Jump *jump;

    if (li_known_clause(known->lambda, count) == NULL)
        known->escapes = true;
    if (known->group->escapes || !fits(known->lambda, count)) {
        known->group->escapes = true;
        return OK;
    }
    jump = ARENA_NEW(c->arena, Jump);
    if (jump == NULL)
        return ERR_NO_MEMORY;
    jump->place = place;
    jump->next = trial->jumps;
    trial->jumps = jump;
    return OK;
}

/* Where the group's procedures can go on, or NULL; counts its entries. */
static Place *common_place(KnownGroup *group, const Trial *trial)
{
    Place *common = NULL;

    group->entries = group->rounds = 0;
    for (const Jump *jump = trial->jumps; jump != NULL; jump = jump->next) {
        Place *place = resolve(jump->place);

        if (place->returns && place->procedure->group == group) {
            group->rounds += 1;
            continue;
        }
        if (common != NULL && place != common)
            return NULL;
        common = place;
        group->entries += 1;
    }
    if (common == NULL || home_of(common) != home_of(trial->place))
        return NULL;
    return common;
}

static void decide(const Trial *trial)
{
    KnownGroup *group = trial->group;
    Place *place = group->escapes ? NULL : common_place(group, trial);

    group->scratch = NULL;
    if (place == NULL)
        return;
    for (uint32_t i = 0; i < group->count; i += 1) {
        group->members[i].kind = KNOWN_LABEL;
        trial->procedures[i]->jumped_from = place;
    }
}

/* ---- The walk -------------------------------------------------------------------------------- */

static Status walk_lambda(Compiler *c, const Lambda *lambda, Procedure *procedure)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk(c, lambda->clauses[i].body, &procedure->end));
    return OK;
}

static KnownGroup *new_group(Compiler *c, const Node *fix)
{
    KnownGroup *group = ARENA_NEW(c->arena, KnownGroup);

    if (group == NULL)
        return NULL;
    group->count = fix->as.let.count;
    group->members = ARENA_ARRAY(c->arena, Known, group->count);
    if (group->members == NULL)
        return NULL;
    for (uint32_t i = 0; i < group->count; i += 1) {
        group->members[i].variable = fix->as.let.variables[i];
        group->members[i].lambda = fix->as.let.inits[i]->as.lambda;
        group->members[i].group = group;
        group->members[i].address = -1;
        fix->as.let.variables[i]->known = &group->members[i];
    }
    return group;
}

/* The procedures, but not the body. */
static Status walk_fix(Compiler *c, const Node *fix, Place *place, Trial **trials)
{
    Trial *trial = ARENA_NEW(c->arena, Trial);

    if (trial == NULL)
        return ERR_NO_MEMORY;
    trial->place = place;
    trial->group = new_group(c, fix);
    trial->procedures = ARENA_ARRAY(c->arena, Procedure *, fix->as.let.count);
    if (trial->group == NULL || trial->procedures == NULL)
        return ERR_NO_MEMORY;
    trial->group->scratch = trial;
    trial->outer = *trials;
    *trials = trial;
    for (uint32_t i = 0; i < trial->group->count; i += 1) {
        trial->procedures[i] = new_procedure(c, trial->group);
        if (trial->procedures[i] == NULL)
            return ERR_NO_MEMORY;
        TRY(walk_lambda(c, trial->group->members[i].lambda, trial->procedures[i]));
    }
    return OK;
}

static Status walk_part(Compiler *c, Node *node, const Place *place)
{
    Place *part = new_place(c, place->procedure);

    return part == NULL ? ERR_NO_MEMORY : walk(c, node, part);
}

static Status walk_call(Compiler *c, const Node *node, Place *place)
{
    const Node *procedure = node->as.call.procedure;

    if (procedure->kind == NODE_LOCAL && procedure->as.local.variable->known != NULL)
        TRY(note_call(c, procedure->as.local.variable->known, node->as.call.count,
                      place));
    else
        TRY(walk_part(c, node->as.call.procedure, place));
    for (uint32_t i = 0; i < node->as.call.count; i += 1)
        TRY(walk_part(c, node->as.call.args[i], place));
    return OK;
}

static Status walk_anonymous(Compiler *c, const Lambda *lambda)
{
    Procedure *procedure = new_procedure(c, NULL);

    return procedure == NULL ? ERR_NO_MEMORY : walk_lambda(c, lambda, procedure);
}

/* Everything but the last part, which is `*last`, or NULL. */
static Status walk_node(Compiler *c, Node *node, Place *place, Trial **trials,
                        Node **last)
{
    Children parts = li_node_children(node);

    *last = parts.last == NULL ? NULL : *parts.last;
    if (node->kind == NODE_CALL)
        return walk_call(c, node, place);
    if (node->kind == NODE_FIX)
        return walk_fix(c, node, place, trials);
    if (node->kind == NODE_LAMBDA)
        return walk_anonymous(c, node->as.lambda);
    if (node->kind == NODE_LOCAL)
        note_escape(node->as.local.variable);
    if (parts.first[0] != NULL)
        TRY(walk_part(c, *parts.first[0], place));
    if (parts.first[1] != NULL) /* both branches of an IF go on where it does */
        TRY(walk(c, *parts.first[1], place));
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        TRY(walk_part(c, parts.items[i], place));
    return OK;
}

static Status walk(Compiler *c, Node *node, Place *place)
{
    Trial *trials = NULL;

    if (!li_stack_ok())
        return li_too_deep(c, node);
    while (node != NULL)
        TRY(walk_node(c, node, place, &trials, &node));
    for (; trials != NULL; trials = trials->outer)
        decide(trials);
    return OK;
}

Status li_pass_loops(Compiler *c, Lambda *lambda)
{
    return walk_anonymous(c, lambda);
}
