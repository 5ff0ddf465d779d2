/* cells.c - variables that there are only once become cells.
 *
 * Before: labels are known, and what may capture a continuation (captures.c); an assigned
 *         variable that procedures use holds a box.
 * After:  variables of the form that are bound at most once, and that procedures use, have
 *         cells like those of the top level, so that no closure takes them along and
 *         procedures that use nothing else are constants (closure.c).
 *           - Of one that held a box, the value is in the cell: an UNBOX is a GLOBAL, a
 *             SET_BOX a SET_GLOBAL.
 *           - Any other is in its register too, for the code that binds it; procedures read
 *             the cell: Variable.cell.
 *
 * A form runs once, and so does all in it that is not in a procedure or a loop. But a
 * continuation that was captured in it leads back, and what is bound behind that point is bound
 * anew, each time as another variable. So nothing gets a cell once one may have been captured.
 */
#include "compiler/passes.h"
#include "vm/global.h"

typedef struct Use {
    Node *node;
    struct Use *next;
} Use;

/* A variable that may get a cell: Variable.scratch. */
typedef struct Single {
    Node *let;
    uint32_t index; /* in the LET */
    const Lambda *home;
    Use *boxed_uses;
    bool is_shared; /* another procedure uses it */
    struct Single *next;
} Single;

/* How often what is walked runs. */
typedef enum Times {
    ELSEWHERE, /* when someone calls the procedure that it is in */
    REPEATED,  /* in a loop of the form */
    ONCE,      /* once at most, but for continuations */
} Times;

typedef struct Pass {
    Compiler *c;
    const Lambda *home; /* whose body is being walked */
    bool again;         /* a continuation may lead back to before this point */
    Single *singles;
} Pass;

static bool is_label(const Known *known)
{
    return known->kind == KNOWN_LABEL;
}

/* ---- Variables that there are only once --------------------------------------------------- */

/* FIXes of labels, the last one first: inner ones jump to outer ones. */
typedef struct LabelList {
    const Node *fix;
    struct LabelList *outer;
} LabelList;

static Status walk(Pass *pass, Node *node, Times times);

static void bind_params(const Clause *clause)
{
    for (uint32_t i = 0; i < clause_param_count(clause); i += 1)
        clause->params[i]->scratch = NULL;
}

static Status bind_let(Pass *pass, Node *let, Times times)
{
    for (uint32_t i = 0; i < let->as.let.count; i += 1) {
        Variable *variable = let->as.let.variables[i];
        Single *single;

        variable->scratch = NULL;
        if (times != ONCE || pass->again)
            continue;
        single = ARENA_NEW(pass->c->arena, Single);
        if (single == NULL)
            return ERR_NO_MEMORY;
        *single = (Single){
            .let = let, .index = i, .home = pass->home, .next = pass->singles};
        pass->singles = single;
        variable->scratch = single;
    }
    return OK;
}

static Status note_use(Pass *pass, Node *node)
{
    const Variable *variable = node->as.local.variable;
    Single *single = variable->known == NULL ? variable->scratch : NULL;
    Use *use;

    if (single == NULL)
        return OK;
    single->is_shared |= single->home != pass->home;
    if (node->kind == NODE_LOCAL)
        return OK;
    use = ARENA_NEW(pass->c->arena, Use);
    if (use == NULL)
        return ERR_NO_MEMORY;
    *use = (Use){node, single->boxed_uses};
    single->boxed_uses = use;
    return OK;
}

static Status walk_lambda(Pass *pass, const Lambda *lambda, Times times)
{
    const Lambda *home = pass->home;

    pass->home = lambda;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        bind_params(&lambda->clauses[i]);
        TRY(walk(pass, lambda->clauses[i].body, times));
    }
    pass->home = home;
    return OK;
}

/* Each form runs on its own: a continuation of one that ran before it ends with that. */
static Status walk_forms(Pass *pass, const Node *forms)
{
    for (uint32_t i = 0; i < forms->as.seq.count; i += 1) {
        pass->again = false;
        TRY(walk_lambda(pass, forms->as.seq.items[i]->as.lambda, ONCE));
    }
    return OK;
}

static Status walk_labels(Pass *pass, const Node *fix, Times times)
{
    const KnownGroup *group = fix->as.let.variables[0]->known->group;

    if (times == ONCE && group->rounds != 0)
        times = REPEATED;
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Clause *clause = &fix->as.let.inits[i]->as.lambda->clauses[0];

        bind_params(clause);
        TRY(walk(pass, clause->body, times));
    }
    return OK;
}

static Status walk_fix(Pass *pass, const Node *fix, LabelList **labels)
{
    LabelList *entry;

    if (!is_label(fix->as.let.variables[0]->known)) {
        for (uint32_t i = 0; i < fix->as.let.count; i += 1)
            TRY(walk_lambda(pass, fix->as.let.inits[i]->as.lambda, ELSEWHERE));
        return OK;
    }
    entry = ARENA_NEW(pass->c->arena, LabelList);
    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (LabelList){fix, *labels};
    *labels = entry;
    return OK;
}

/* A jump to a label is none: the label's code is walked when its turn has come. */
static bool leads_back(const Node *node)
{
    const Node *procedure = node->kind == NODE_CALL ? node->as.call.procedure : node;
    const Known *known =
        procedure->kind == NODE_LOCAL ? procedure->as.local.variable->known : NULL;

    return (known == NULL || !is_label(known)) && li_node_may_capture(node);
}

/* Everything but the last part, which is `*last`, or NULL. */
static Status walk_node(Pass *pass, Node *node, Times times, LabelList **labels,
                        Node **last)
{
    Children parts = li_node_children(node);

    *last = parts.last == NULL ? NULL : *parts.last;
    if (node->kind == NODE_FORMS)
        return walk_forms(pass, node);
    if (node->kind == NODE_FIX)
        return walk_fix(pass, node, labels);
    if (node->kind == NODE_LAMBDA)
        return walk_lambda(pass, node->as.lambda, ELSEWHERE);
    if (node->kind == NODE_LOCAL || node->kind == NODE_UNBOX
        || node->kind == NODE_SET_BOX)
        TRY(note_use(pass, node));
    if (node->kind == NODE_RECEIVE)
        bind_params(node_receive_clause(node));
    for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
        TRY(walk(pass, *parts.first[i], times));
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        TRY(walk(pass, parts.items[i], times));
    if (times != ELSEWHERE && leads_back(node))
        pass->again = true;
    return node->kind == NODE_LET ? bind_let(pass, node, times) : OK;
}

static Status walk(Pass *pass, Node *node, Times times)
{
    LabelList *labels = NULL;

    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    while (node != NULL)
        TRY(walk_node(pass, node, times, &labels, &node));
    /* They run behind what jumps to them. */
    for (; labels != NULL; labels = labels->outer)
        TRY(walk_labels(pass, labels->fix, times));
    return OK;
}

/* ---- Cells -------------------------------------------------------------------------------- */

/* (let (... (x init) ...) (begin (define cell x) body)) */
static Status define_cell(Compiler *c, const Single *single, Value cell)
{
    Node *let = single->let, *define, *seq;

    define = li_node_new(c->arena, NODE_DEFINE, let->position);
    seq = li_node_new(c->arena, NODE_SEQ, let->position);
    if (define == NULL || seq == NULL)
        return ERR_NO_MEMORY;
    define->as.global.cell = cell;
    define->as.global.value =
        li_node_local(c->arena, let->as.let.variables[single->index], let->position);
    seq->as.seq.count = 2;
    seq->as.seq.items = ARENA_ARRAY(c->arena, Node *, 2);
    if (define->as.global.value == NULL || seq->as.seq.items == NULL)
        return ERR_NO_MEMORY;
    seq->as.seq.items[0] = define;
    seq->as.seq.items[1] = let->as.let.body;
    let->as.let.body = seq;
    let->as.let.variables[single->index]->references += 1;
    return OK;
}

/* A variable without a value leaves its cell without one, and each assignment may be the first. */
static void replace_uses(const Single *single, Value cell, NodeKind store)
{
    for (const Use *use = single->boxed_uses; use != NULL; use = use->next) {
        Node *node = use->node;
        Node *value = node->kind == NODE_SET_BOX ? node->as.local.value : NULL;

        node->kind = value == NULL ? NODE_GLOBAL : store;
        node->as.global.cell = cell;
        node->as.global.value = value;
    }
}

static Status open_box(Compiler *c, const Single *single, Value cell)
{
    Variable *variable = single->let->as.let.variables[single->index];
    Node **init = &single->let->as.let.inits[single->index];
    bool has_value;

    *init = (*init)->as.local.value;
    has_value =
        !node_is_const(*init) || !value_is_eq((*init)->as.constant, VALUE_UNASSIGNED);
    replace_uses(single, cell, has_value ? NODE_SET_GLOBAL : NODE_DEFINE);
    variable->boxed = false;
    variable->unassigned_check = false;
    variable->references = variable->assignments = 0;
    return has_value ? define_cell(c, single, cell) : OK;
}

static Status make_cell(Compiler *c, const Single *single)
{
    Variable *variable = single->let->as.let.variables[single->index];
    Value cell;

    TRY(li_global_new(c->heap, variable->name, &cell));
    li_global_add_flag(value_to_global(cell), GLOBAL_CONSTANT); /* no program can assign it */
    if (single->let->as.let.inits[single->index]->kind == NODE_BOX)
        return open_box(c, single, cell);
    variable->cell = cell;
    return define_cell(c, single, cell);
}

Status li_pass_cells(Compiler *c, Lambda *lambda)
{
    Pass pass = {.c = c};

    TRY(walk_lambda(&pass, lambda, ONCE));
    for (const Single *single = pass.singles; single != NULL; single = single->next) {
        if (single->is_shared)
            TRY(make_cell(c, single));
    }
    return OK;
}
