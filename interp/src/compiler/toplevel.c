/* toplevel.c - definitions that never change become known to what comes after them.
 *
 * Before: the forms of a program or of a library, in the order in which they run: the items
 *         of a SEQ or of a FORMS. They define cells that are GLOBAL_CONSTANT and have no
 *         value yet.
 * After:  procedures that are defined so are members of one FIX around all of it, and the
 *         cells get them as their values. References that surely come after the definition
 *         are LOCALs, or, if a constant or another constant cell is what was defined, that.
 *         Another name of what was defined before stands for the same, and what a procedure
 *         that was defined before makes is defined as if it were written there (maker.c).
 *
 * A form runs after those before it. The body of a procedure runs when someone calls it,
 * and that cannot be before the next form that calls anything but primitives: so runs of
 * definitions, batches, see all of one another within their procedures. Whoever could come
 * too early goes by way of the cell, and raises an error if it does.
 */
#include "compiler/passes.h"
#include "vm/global.h"

enum {
    BASE_COPIES = 100,
    COPY_SHARE = 4 /* and one more for so many definitions */
};

/* What a form defines. */
typedef struct Definition {
    Value cell;
    const Node *value;  /* a constant or a constant cell */
    Variable *variable; /* or what stands for a procedure */
    Node *lambda;       /* NULL: it is another name of one */
    uint32_t index;     /* of the form */
} Definition;

typedef struct Pass {
    Compiler *c;
    Definition *definitions;
    uint32_t count;
    uint32_t procedures;
    uint32_t *table; /* open addressing by cell: index + 1, or 0 */
    uint32_t mask;
    int64_t copies; /* of what makes procedures: how many there may still be */
} Pass;

/* Up to which form definitions are known, not counting that form: where the expression is
 * evaluated at once, and in procedures that it makes. */
typedef struct Horizon {
    uint32_t now;
    uint32_t later;
} Horizon;

/* ---- Definitions -------------------------------------------------------------------------- */

static uint32_t *slot_of(const Pass *pass, Value cell)
{
    uint32_t at = (uint32_t)(cell.bits * UINT64_C(0x9e3779b97f4a7c15) >> 32) & pass->mask;

    while (pass->table[at] != 0
           && !value_is_eq(pass->definitions[pass->table[at] - 1].cell, cell))
        at = (at + 1) & pass->mask;
    return &pass->table[at];
}

/* True if the cell has a value that can stand for it anywhere. */
static bool is_settled(const Node *node)
{
    const Global *cell;

    if (node->kind != NODE_GLOBAL)
        return false;
    cell = value_to_global(node->as.global.cell);
    return li_global_has_flag(cell, GLOBAL_CONSTANT)
        && !value_is_eq(cell->value, VALUE_UNBOUND);
}

/* Of a cell that has no value yet, and will have this one for good. */
static bool is_definition(const Node *node)
{
    const Global *cell;

    if (node->kind != NODE_DEFINE)
        return false;
    cell = value_to_global(node->as.global.cell);
    return li_global_has_flag(cell, GLOBAL_CONSTANT)
        && value_is_eq(cell->value, VALUE_UNBOUND);
}

/* What was defined by a form before, or NULL. */
static const Definition *find_definition(const Pass *pass, const Node *node)
{
    uint32_t found =
        node->kind == NODE_GLOBAL ? *slot_of(pass, node->as.global.cell) : 0;

    return found == 0 ? NULL : &pass->definitions[found - 1];
}

/* True if the arguments are the same whenever they are evaluated after this form. */
static bool are_settled(const Pass *pass, const Node *call)
{
    for (uint32_t i = 0; i < call->as.call.count; i += 1) {
        const Node *arg = call->as.call.args[i];

        if (!node_is_const(arg) && !is_settled(arg) && find_definition(pass, arg) == NULL)
            return false;
    }
    return true;
}

static Status resolve_maker(Pass *pass, Node **value)
{
    const Definition *maker;
    Node *made;

    if ((*value)->kind != NODE_CALL || pass->copies == 0)
        return OK;
    maker = find_definition(pass, (*value)->as.call.procedure);
    if (maker == NULL || maker->lambda == NULL || !are_settled(pass, *value))
        return OK;
    TRY(li_made_lambda(pass->c, *value, maker->lambda->as.lambda, &made));
    if (made == NULL)
        return OK;
    *value = made;
    pass->copies -= 1;
    return OK;
}

/* A cell that definitions.c made: all its uses are known to come after the definition. */
static bool is_hidden(const Definition *definition)
{
    return li_global_has_flag(value_to_global(definition->cell), GLOBAL_HIDDEN);
}

static Status note_lambda(Pass *pass, Definition *definition, Node *lambda)
{
    definition->lambda = lambda;
    definition->variable =
        li_variable_new(pass->c->arena, value_to_global(definition->cell)->name);
    if (definition->variable == NULL)
        return ERR_NO_MEMORY;
    definition->variable->is_exported = !is_hidden(definition);
    pass->procedures += 1;
    return OK;
}

static Status note_definition(Pass *pass, Node *define, uint32_t index)
{
    Definition *definition = &pass->definitions[pass->count];
    uint32_t *slot = slot_of(pass, define->as.global.cell);
    const Definition *other;
    Node *value;

    CHECK(*slot == 0); /* constants are defined once */
    TRY(resolve_maker(pass, &define->as.global.value));
    value = define->as.global.value;
    other = find_definition(pass, value);
    *definition = (Definition){.cell = define->as.global.cell, .index = index};
    if (value->kind == NODE_LAMBDA) {
        TRY(note_lambda(pass, definition, value));
    } else if (other != NULL) {
        definition->value = other->value;
        definition->variable = other->variable;
    } else if (node_is_const(value) || is_settled(value)) {
        definition->value = value;
    } else {
        return OK;
    }
    pass->count += 1;
    *slot = pass->count;
    return OK;
}

static Status note_definitions(Pass *pass, Node *const *forms, uint32_t count)
{
    uint32_t found = 0, capacity = 4;

    for (uint32_t i = 0; i < count; i += 1)
        found += is_definition(forms[i]);
    if (found == 0)
        return OK;
    while (capacity < 2 * found)
        capacity *= 2;
    pass->mask = capacity - 1;
    pass->copies = BASE_COPIES + found / COPY_SHARE;
    pass->table = ARENA_ARRAY(pass->c->arena, uint32_t, capacity);
    pass->definitions = ARENA_ARRAY(pass->c->arena, Definition, found);
    if (pass->table == NULL || pass->definitions == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        if (is_definition(forms[i]))
            TRY(note_definition(pass, forms[i], i));
    }
    return OK;
}

/* ---- Batches ------------------------------------------------------------------------------ */

enum {
    LOOK_DEPTH = 32
};

bool li_node_calls_nobody(const Node *node, int depth)
{
    Children parts;

    if (depth == 0)
        return false;
    if (node->kind == NODE_LAMBDA)
        return true;
    if (node->kind == NODE_CALL) {
        const PrimDef *def = li_constant_primitive(node->as.call.procedure);

        if (def == NULL || def->name[0] == '%')
            return false;
    }
    parts = li_node_children((Node *)(uintptr_t)node);
    for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1) {
        if (!li_node_calls_nobody(*parts.first[i], depth - 1))
            return false;
    }
    for (uint32_t i = 0; i < parts.item_count; i += 1) {
        if (!li_node_calls_nobody(parts.items[i], depth - 1))
            return false;
    }
    return parts.last == NULL || li_node_calls_nobody(*parts.last, depth - 1);
}

/* ---- References --------------------------------------------------------------------------- */

static void resolve(const Pass *pass, Node *node, uint32_t horizon)
{
    uint32_t found = *slot_of(pass, node->as.global.cell);
    uint64_t position = node->position;
    const Definition *definition;

    if (found == 0)
        return;
    definition = &pass->definitions[found - 1];
    if (definition->index >= horizon)
        return;
    if (definition->variable != NULL) {
        node->kind = NODE_LOCAL;
        node->as.local.variable = definition->variable;
    } else {
        *node = *definition->value;
        node->position = position;
    }
}

static Status walk(Pass *pass, Node *node, Horizon horizon)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_GLOBAL)
            resolve(pass, node, horizon.now);
        if (node->kind == NODE_LAMBDA) {
            Lambda *lambda = node->as.lambda;
            Horizon inner = {horizon.later, horizon.later};

            for (uint32_t i = 0; i < lambda->clause_count; i += 1)
                TRY(walk(pass, lambda->clauses[i].body, inner));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(walk(pass, *parts.first[i], horizon));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(walk(pass, parts.items[i], horizon));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

static Status resolve_forms(Pass *pass, Node *const *forms, uint32_t count)
{
    uint32_t begin = 0;

    while (begin < count) {
        uint32_t end = begin;

        while (end < count && li_node_calls_nobody(forms[end], LOOK_DEPTH))
            end += 1;
        for (uint32_t i = begin; i < end; i += 1)
            TRY(walk(pass, forms[i], (Horizon){i, end}));
        if (end < count)
            TRY(walk(pass, forms[end], (Horizon){end, end}));
        begin = end + 1;
    }
    return OK;
}

/* ---- The FIX ------------------------------------------------------------------------------ */

/* Those that cells get come first: facts.c looks at the first one. */
static uint32_t bind_some(const Pass *pass, Node *fix, uint32_t at, bool hidden)
{
    for (uint32_t i = 0; i < pass->count; i += 1) {
        const Definition *definition = &pass->definitions[i];

        if (definition->lambda == NULL || is_hidden(definition) != hidden)
            continue;
        fix->as.let.variables[at] = definition->variable;
        fix->as.let.inits[at] = definition->lambda;
        at += 1;
    }
    return at;
}

/* Nobody asks for the value of a hidden cell any more. */
static Status finish_definitions(const Pass *pass, Node *const *forms)
{
    for (uint32_t i = 0; i < pass->count; i += 1) {
        const Definition *definition = &pass->definitions[i];
        Node *define = forms[definition->index];

        if (is_hidden(definition)) {
            node_become_const(define, VALUE_UNSPECIFIED);
            continue;
        }
        if (definition->lambda == NULL)
            continue;
        define->as.global.value = li_node_local(pass->c->arena, definition->variable,
                                                definition->lambda->position);
        if (define->as.global.value == NULL)
            return ERR_NO_MEMORY;
    }
    return OK;
}

static Status bind_procedures(const Pass *pass, Node **node)
{
    Node *fix = li_node_let(pass->c->arena, NODE_FIX, pass->procedures, 0);

    if (fix == NULL)
        return ERR_NO_MEMORY;
    (void)bind_some(pass, fix, bind_some(pass, fix, 0, false), true);
    fix->as.let.body = *node;
    *node = fix;
    return OK;
}

Status li_pass_toplevel(Compiler *c, Node **node)
{
    Pass pass = {.c = c};
    Node **forms = node;
    uint32_t count = 1;

    if ((*node)->kind == NODE_SEQ || (*node)->kind == NODE_FORMS) {
        forms = (*node)->as.seq.items;
        count = (*node)->as.seq.count;
    }
    TRY(note_definitions(&pass, forms, count));
    if (pass.count == 0)
        return OK;
    TRY(resolve_forms(&pass, forms, count));
    TRY(finish_definitions(&pass, forms));
    return pass.procedures == 0 ? OK : bind_procedures(&pass, node);
}
