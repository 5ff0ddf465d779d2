/* definitions.c - what is bound around a procedure that is defined is defined before it.
 *
 * Before: the forms of a program or of a library, as the expander made them: the items of a
 *         FORMS or of a SEQ, or one form.
 * After:  (define f (let ((x init) ...) (lambda ...))) is (define x init) ... (define f
 *         (lambda ...)), where x is a cell that nobody else can name, and f GLOBAL_CONSTANT. The
 *         same for LETREC, for a lambda that is called where it stands, and for those nested in
 *         one another or in an `init`. So toplevel.c gets to know f, and the procedures among
 *         what is bound around it.
 *
 * Only what surely gets its values once, and before anyone asks for them, can be a cell. So all
 * initialisations must call nobody, and none of a LETREC may use what it does not have yet. And
 * no continuation may lead back to before the form, which would bind everything anew: in a
 * program it ends with its form, in a library it goes on with all that follows.
 */
#include "compiler/passes.h"
#include "vm/global.h"

typedef struct Pass {
    Compiler *c;
    Node **items;
    uint32_t count, capacity;
    bool again; /* a continuation may lead back to before this form */
    bool unordered; /* an initialisation uses a variable that has no value yet */
} Pass;

enum {
    LOOK_DEPTH = 30 /* into initialisations; less than toplevel.c looks into forms */
};

/* ---- What is bound around a lambda -------------------------------------------------------- */

/* What a node binds around its last part, which is `body`. */
typedef struct Layer {
    Variable **variables;
    Node **inits;
    uint32_t count;
    Node *body;
} Layer;

static bool find_layer(const Node *node, Layer *layer)
{
    const Node *procedure;
    const Clause *clause;

    if (node->kind == NODE_LET || node->kind == NODE_LETREC) {
        *layer = (Layer){node->as.let.variables, node->as.let.inits, node->as.let.count,
                         node->as.let.body};
        return true;
    }
    if (node->kind != NODE_CALL)
        return false;
    procedure = node->as.call.procedure;
    if (procedure->kind != NODE_LAMBDA || procedure->as.lambda->clause_count != 1)
        return false;
    clause = &procedure->as.lambda->clauses[0];
    if (clause->has_rest || clause->required != node->as.call.count)
        return false;
    *layer = (Layer){clause->params, node->as.call.args, clause->required, clause->body};
    return true;
}

/* True if the value is a lambda with something bound around it. */
static bool is_enclosed(const Node *value)
{
    Layer layer;

    if (value->kind == NODE_LAMBDA)
        return false;
    while (find_layer(value, &layer))
        value = layer.body;
    return value->kind == NODE_LAMBDA;
}

/* ---- Whether it can be defined ------------------------------------------------------------ */

/* Notes what is assigned: li_pass_count() has not run. */
static Status note_assignments(Pass *pass, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_SET_LOCAL)
            node->as.local.variable->assignments = 1;
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                TRY(note_assignments(pass, node->as.lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(note_assignments(pass, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(note_assignments(pass, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

/* Looks for variables of the LETREC that are still marked. Nobody calls the lambdas. */
static void look_for_marked(Pass *pass, Node *node)
{
    Children parts = li_node_children(node);

    if ((node->kind == NODE_LOCAL || node->kind == NODE_SET_LOCAL)
        && node->as.local.variable->scratch == pass)
        pass->unordered = true;
    for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
        look_for_marked(pass, *parts.first[i]);
    for (uint32_t i = 0; i < parts.item_count; i += 1)
        look_for_marked(pass, parts.items[i]);
    if (parts.last != NULL)
        look_for_marked(pass, *parts.last);
}

/* True if there is a value before anything else happens, and always the same. */
static bool is_given(const Variable *variable, const Node *init)
{
    return (init->kind == NODE_LAMBDA || node_is_const(init)) && variable->assignments == 0;
}

static bool can_open_layer(Pass *pass, const Layer *layer, bool recursive)
{
    bool possible = true;

    for (uint32_t i = 0; i < layer->count; i += 1)
        layer->variables[i]->scratch = recursive ? pass : NULL;
    pass->unordered = false;
    for (uint32_t i = 0; i < layer->count && possible; i += 1) {
        Node *init = layer->inits[i];

        if (!is_given(layer->variables[i], init))
            possible = !pass->again && li_node_calls_nobody(init, LOOK_DEPTH);
        if (possible && init->kind != NODE_LAMBDA)
            look_for_marked(pass, init);
        layer->variables[i]->scratch = NULL;
        possible = possible && !pass->unordered;
    }
    for (uint32_t i = 0; i < layer->count; i += 1)
        layer->variables[i]->scratch = NULL;
    return possible;
}

static bool can_open(Pass *pass, const Node *value)
{
    Layer layer;

    for (; find_layer(value, &layer); value = layer.body) {
        if (!can_open_layer(pass, &layer, value->kind == NODE_LETREC))
            return false;
    }
    return true;
}

/* ---- Definitions -------------------------------------------------------------------------- */

static Status push(Pass *pass, Node *item)
{
    if (pass->count == pass->capacity) {
        uint32_t capacity = pass->capacity == 0 ? 16 : 2 * pass->capacity;
        Node **bigger = ARENA_ARRAY(pass->c->arena, Node *, capacity);

        if (bigger == NULL)
            return ERR_NO_MEMORY;
        for (uint32_t i = 0; i < pass->count; i += 1)
            bigger[i] = pass->items[i];
        pass->items = bigger;
        pass->capacity = capacity;
    }
    pass->items[pass->count] = item;
    pass->count += 1;
    return OK;
}

static Status make_definition(Pass *pass, Variable *variable, Node *init, Node **define)
{
    int64_t flags = GLOBAL_HIDDEN;

    if (variable->assignments == 0)
        flags |= GLOBAL_CONSTANT;
    TRY(li_global_new(pass->c->heap, variable->name, &variable->cell));
    li_global_add_flag(value_to_global(variable->cell), flags);
    *define = li_node_new(pass->c->arena, NODE_DEFINE, init->position);
    if (*define == NULL)
        return ERR_NO_MEMORY;
    (*define)->as.global.cell = variable->cell;
    (*define)->as.global.value = init;
    return OK;
}

/* Pushes the definitions that `define` comes to. */
static Status open_definition(Pass *pass, Node *define)
{
    Node *value = define->as.global.value;
    Layer layer;

    if (!li_stack_ok())
        return li_too_deep(pass->c, define);
    if (is_enclosed(value) && can_open(pass, value)) {
        for (; find_layer(value, &layer); value = layer.body) {
            for (uint32_t i = 0; i < layer.count; i += 1) {
                Node *inner;

                TRY(make_definition(pass, layer.variables[i], layer.inits[i], &inner));
                TRY(open_definition(pass, inner));
            }
        }
        define->as.global.value = value;
    }
    return push(pass, define);
}

/* Uses of variables that became cells. */
static Status replace_uses(Pass *pass, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if ((node->kind == NODE_LOCAL || node->kind == NODE_SET_LOCAL)
            && variable_has_cell(node->as.local.variable)) {
            Value cell = node->as.local.variable->cell;
            Node *value = node->kind == NODE_SET_LOCAL ? node->as.local.value : NULL;

            node->kind = value == NULL ? NODE_GLOBAL : NODE_SET_GLOBAL;
            node->as.global.cell = cell;
            node->as.global.value = value;
            parts = li_node_children(node);
        }
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                TRY(replace_uses(pass, node->as.lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(replace_uses(pass, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(replace_uses(pass, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

static bool is_candidate(const Node *node)
{
    return node->kind == NODE_DEFINE
        && li_global_has_flag(value_to_global(node->as.global.cell), GLOBAL_CONSTANT)
        && is_enclosed(node->as.global.value);
}

static Status walk_form(Pass *pass, Node *form)
{
    uint32_t begin = pass->count;

    if (is_candidate(form)) {
        TRY(note_assignments(pass, form->as.global.value));
        TRY(open_definition(pass, form));
        for (uint32_t i = begin; i < pass->count && pass->count > begin + 1; i += 1)
            TRY(replace_uses(pass, pass->items[i]));
    } else {
        TRY(push(pass, form));
    }
    if (!pass->again)
        pass->again = !li_node_calls_nobody(form, LOOK_DEPTH);
    return OK;
}

/* ---- The forms ---------------------------------------------------------------------------- */

static Status walk_program(Pass *pass, Node *forms)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < forms->as.seq.form_count; i += 1) {
        pass->again = false;
        for (; at < forms->as.seq.ends[i]; at += 1)
            TRY(walk_form(pass, forms->as.seq.items[at]));
        forms->as.seq.ends[i] = pass->count;
    }
    return OK;
}

static Status walk_sequence(Pass *pass, Node **node)
{
    Node **forms = node;
    uint32_t count = 1;

    if ((*node)->kind == NODE_SEQ) {
        forms = (*node)->as.seq.items;
        count = (*node)->as.seq.count;
    }
    for (uint32_t i = 0; i < count; i += 1)
        TRY(walk_form(pass, forms[i]));
    if ((*node)->kind == NODE_SEQ || pass->count == 1)
        return OK;
    *node = li_node_new(pass->c->arena, NODE_SEQ, (*node)->position);
    return *node == NULL ? ERR_NO_MEMORY : OK;
}

Status li_pass_definitions(Compiler *c, Node **node)
{
    Pass pass = {.c = c};

    if ((*node)->kind == NODE_FORMS)
        TRY(walk_program(&pass, *node));
    else
        TRY(walk_sequence(&pass, node));
    if ((*node)->kind == NODE_FORMS || (*node)->kind == NODE_SEQ) {
        (*node)->as.seq.items = pass.items;
        (*node)->as.seq.count = pass.count;
    }
    return OK;
}
