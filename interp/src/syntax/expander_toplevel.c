/* expander_toplevel.c - toplevel forms: definitions of cells and macros, splicing, imports. */
#include "syntax/expander_internal.h"

/* ---- Defining ---------------------------------------------------------------------------- */

/* Whether `name` may be defined in the environment, and what it was before. */
static Status check_definable(Expansion *x, const Form *form, const char *who,
                              Value name, Origin *origin, Value *binding)
{
    Value environment = li_environment_root(form->environment);
    bool may_shadow = li_environment_has_flag(environment, ENVIRONMENT_INTERACTIVE
                                                               | ENVIRONMENT_IMPLICIT);

    if (!value_is_name(name))
        return li_syntax_error(x, form->position, name, "%s: expected a name, got",
                               who);
    if (li_environment_has_flag(environment, ENVIRONMENT_IMMUTABLE))
        return li_syntax_error(x, form->position, name,
                               "%s: this environment is immutable; it cannot define",
                               who);
    *binding = VALUE_ABSENT;
    *origin = li_environment_find(environment, name, binding);
    if (*origin == ORIGIN_IMPORTED && !may_shadow)
        return li_syntax_error(x, form->position, name,
                               "%s: an imported name cannot be defined again:", who);
    if (*origin == ORIGIN_DEFINED && li_is_constant_cell(*binding))
        return li_syntax_error(x, form->position, name,
                               "%s: the program that runs relies on its definition of",
                               who);
    return OK;
}

Status li_define_variable(Expansion *x, const Form *form, const char *who, Value name,
                          Value *cell)
{
    Value environment = li_environment_root(form->environment), binding;
    Origin origin;

    TRY(check_definable(x, form, who, name, &origin, &binding));
    if (origin == ORIGIN_NONE || origin == ORIGIN_IMPORTED
        || !value_has_type(binding, T_GLOBAL))
        TRY(li_global_new(x->heap, li_name_symbol(name), &binding));
    else if (origin == ORIGIN_DEFINED && !value_is_identifier(name))
        li_global_note_assigned(value_to_global(binding));
    *cell = binding;
    if (value_is_identifier(name))
        x->defined_introduced = true;
    return li_environment_bind(x->heap, environment, name, binding, ORIGIN_DEFINED);
}

static Status define_global(Expansion *x, const Form *form, Definer *definer UNUSED,
                            Value name, Place *place)
{
    place->variable = NULL;
    return li_define_variable(x, form, li_special_name(form->special), name,
                              &place->cell);
}

/* No form but this one can assign it. */
static Status hide_global(Expansion *x, Value name, Place *place)
{
    place->variable = NULL;
    TRY(li_global_new(x->heap, li_name_symbol(name), &place->cell));
    li_global_add_flag(value_to_global(place->cell), GLOBAL_CONSTANT);
    return OK;
}

static Status assign_global(Expansion *x, const Form *form, Definer *definer,
                            Place place, Node *value)
{
    Node *node;

    TRY(li_make_global(x, NODE_DEFINE, form->position, place.cell, value, &node));
    return li_nodes_push(x, definer->context, node);
}

/* The name is bound before its value is expanded, as that may refer to it; if the value is in
 * error the name means again what it did. */
static Status expand_define(Expansion *x, const Form *form, NodeList *nodes)
{
    Value environment = li_environment_root(form->environment), before, cell;
    Definition definition;
    Definer definer = {define_global, hide_global, assign_global, nodes};
    Origin origin;
    Status status;
    Node *value;

    TRY(li_parse_define(x, form, &definition));
    TRY(check_definable(x, form, "define", definition.name, &origin, &before));
    TRY(li_define_variable(x, form, "define", definition.name, &cell));
    status = li_expand_definition(x, form, &definition, &value);
    if (status == OK)
        return assign_global(x, form, &definer, (Place){NULL, cell}, value);
    if (origin != ORIGIN_NONE)
        TRY(li_environment_bind(x->heap, environment, definition.name, before, origin));
    else
        TRY(li_environment_bind(x->heap, environment, definition.name, cell,
                                ORIGIN_REFERENCED));
    return status;
}

static Status expand_values(Expansion *x, const Form *form, Definer *definer,
                            NodeList *nodes)
{
    Place *places;
    Node *node;

    TRY(li_define_values(x, form, definer, &places));
    TRY(li_expand_define_values(x, form, places, &node));
    return li_nodes_push(x, nodes, node);
}

static Status expand_define_syntax(Expansion *x, const Form *form)
{
    Value name, transformer, syntax, before;
    Origin origin;

    TRY(li_parse_define_syntax(x, form, &name, &transformer));
    TRY(check_definable(x, form, "define-syntax", name, &origin, &before));
    TRY(li_expand_transformer(x, form, transformer, name, &syntax));
    return li_environment_bind(x->heap, li_environment_root(form->environment), name,
                               syntax, ORIGIN_DEFINED);
}

/* ---- Forms ------------------------------------------------------------------------------- */

static Status expand_spliced(Expansion *x, const Form *form, Pending **pending)
{
    Form inner;
    Value list;

    if (form->special == SPECIAL_LET_SYNTAX || form->special == SPECIAL_LETREC_SYNTAX) {
        TRY(li_expand_syntax_bindings(x, form, &inner));
        return li_pending_push(x, pending, &inner, pair_cdr(form_operands(form)));
    }
    TRY(li_splice(x, form, &list));
    return li_pending_push(x, pending, form, list);
}

static Status expand_expression(Expansion *x, const Form *form, NodeList *nodes)
{
    Node *node;

    TRY(li_expand_form(x, form, &node));
    return li_nodes_push(x, nodes, node);
}

static Status expand_next(Expansion *x, Form *form, Pending **pending, NodeList *nodes)
{
    Definer definer = {define_global, hide_global, assign_global, nodes};

    TRY(li_expand_head(x, form, &form->special));
    switch ((int)form->special) {
    case SPECIAL_DEFINE: return expand_define(x, form, nodes);
    case SPECIAL_DEFINE_VALUES: return expand_values(x, form, &definer, nodes);
    case SPECIAL_DEFINE_RECORD_TYPE: return li_define_record_type(x, form, &definer);
    case SPECIAL_DEFINE_SYNTAX: return expand_define_syntax(x, form);
    case SPECIAL_IMPORT: return li_expand_import(x, form, nodes);
    case SPECIAL_DEFINE_LIBRARY: return li_expand_define_library(x, form);
    case SPECIAL_BEGIN:
    case SPECIAL_COND_EXPAND:
    case SPECIAL_INCLUDE:
    case SPECIAL_INCLUDE_CI:
    case SPECIAL_LET_SYNTAX:
    case SPECIAL_LETREC_SYNTAX: return expand_spliced(x, form, pending);
    default: return expand_expression(x, form, nodes);
    }
}

static Status expand_all(Expansion *x, const Form *form, Value list, NodeList *nodes)
{
    Pending *pending = NULL;
    Form next;

    TRY(li_pending_push(x, &pending, form, list));
    while (li_pending_next(&pending, &next)) {
        if (li_vm_is_interrupted(x->vm))
            return ERR_INTERRUPTED;
        TRY(expand_next(x, &next, &pending, nodes));
    }
    return OK;
}

Status li_expand_toplevel(Expansion *x, const Form *form, Value list, NodeList *nodes)
{
    EarlyUse *outer = x->early_uses;
    bool outer_defined = x->defined_introduced;
    Status status;

    x->early_uses = NULL;
    x->defined_introduced = false;
    status = expand_all(x, form, list, nodes);
    li_settle_early_uses(x);
    x->early_uses = outer;
    x->defined_introduced = outer_defined;
    return status;
}

/* ---- Entry points ------------------------------------------------------------------------ */

static void begin_expansion(Vm *vm, Arena *arena, Expansion *x)
{
    Expander *expander = li_vm_expander(vm);

    *x = (Expansion){
        .vm = vm,
        .heap = li_vm_heap(vm),
        .arena = arena,
        .expander = expander,
    };
    expander->next_serial += 1;
    x->serial = (int64_t)expander->next_serial;
    li_arena_init(&x->scratch, x->heap);
}

static Status expand_one(Expansion *x, const Form *form, Node **node)
{
    NodeList nodes = {0};
    Value list;

    TRY(li_cons(x->heap, form->datum, VALUE_NIL, &list));
    TRY(li_expand_toplevel(x, form, list, &nodes));
    return li_make_seq(x, form->position, &nodes, node);
}

Status li_expand(Vm *vm, Arena *arena, const TopForm *top, Node **node)
{
    Form scope = {
        .environment = top->environment,
        .position = top->position,
        .name = VALUE_FALSE,
    };
    Form form = li_form_sub(&scope, top->datum);
    Expansion x;
    Status status;

    begin_expansion(vm, arena, &x);
    status = expand_one(&x, &form, node);
    li_expansion_end(&x, status);
    li_arena_free(&x.scratch);
    return status;
}

/* Cells that had a value before are copies of imported ones. */
static void freeze_defined(Value name, Value binding, void *context)
{
    const Value *environment = context;
    Value found;

    if (value_has_type(binding, T_GLOBAL)
        && li_environment_find(*environment, name, &found) == ORIGIN_DEFINED
        && !li_global_has_flag(value_to_global(binding), GLOBAL_ASSIGNED)
        && value_is_eq(value_to_global(binding)->value, VALUE_UNBOUND))
        li_global_add_flag(value_to_global(binding), GLOBAL_CONSTANT);
}

static Status expand_forms(Expansion *x, const Form *scope, Value forms, Node **node)
{
    Value environment = scope->environment;
    uint32_t count = (uint32_t)li_list_length(forms), done = 0;
    uint32_t *ends = X_ARRAY(x, uint32_t, count + 1);
    NodeList nodes = {0};

    if (ends == NULL)
        return ERR_NO_MEMORY;
    for (; value_is_pair(forms); forms = pair_cdr(forms)) {
        Form form = li_form_item(scope, forms);
        Value list;

        TRY(li_cons(x->heap, form.datum, VALUE_NIL, &list));
        TRY(li_expand_toplevel(x, &form, list, &nodes));
        ends[done] = nodes.count;
        done += 1;
    }
    li_environment_each(environment, freeze_defined, &environment);
    *node = li_node_new(x->arena, NODE_FORMS, 0);
    if (*node == NULL)
        return ERR_NO_MEMORY;
    (*node)->as.seq.items = nodes.items;
    (*node)->as.seq.count = nodes.count;
    (*node)->as.seq.ends = ends;
    (*node)->as.seq.form_count = done;
    return OK;
}

Status li_expand_program(Vm *vm, Arena *arena, Value forms, Value environment,
                         Node **node)
{
    Form scope = {.environment = environment, .name = VALUE_FALSE};
    Expansion x;
    Status status;

    begin_expansion(vm, arena, &x);
    status = expand_forms(&x, &scope, forms, node);
    li_expansion_end(&x, status);
    li_arena_free(&x.scratch);
    return status;
}

static Status import_all(Expansion *x, Value environment, Value sets, Node **node)
{
    Form form = {.environment = environment, .name = VALUE_FALSE};
    NodeList nodes = {0};
    Value import;

    TRY(li_intern(x->heap, "import", &import));
    TRY(li_cons(x->heap, import, sets, &form.datum));
    form.special = SPECIAL_IMPORT;
    TRY(li_expand_import(x, &form, &nodes));
    *node = NULL;
    return nodes.count == 0 ? OK : li_make_seq(x, 0, &nodes, node);
}

Status li_environment_import_node(Vm *vm, Arena *arena, Value environment,
                                  Value import_sets, Node **node)
{
    Expansion x;
    Status status;

    begin_expansion(vm, arena, &x);
    status = import_all(&x, environment, import_sets, node);
    li_expansion_end(&x, status);
    li_arena_free(&x.scratch);
    return status;
}

static Status import_without_code(Vm *vm, Arena *arena, Value environment, Value set)
{
    Value sets;
    Node *node;

    TRY(li_cons(li_vm_heap(vm), set, VALUE_NIL, &sets));
    TRY(li_environment_import_node(vm, arena, environment, sets, &node));
    if (node == NULL)
        return OK;
    return li_raise_at(vm, CONDITION_SYNTAX, 0, sets,
                       "a library has not been run yet:");
}

Status li_environment_import(Vm *vm, Value environment, Value import_set)
{
    Arena arena;
    Status status;

    li_arena_init(&arena, li_vm_heap(vm));
    status = import_without_code(vm, &arena, environment, import_set);
    li_arena_free(&arena);
    return status;
}

/* ---- Default environments ---------------------------------------------------------------- */

/* The libraries of the report but (scheme r5rs), which says nothing new. */
static const char *const standard_libraries[] = {
    "base",    "case-lambda", "char", "complex",         "cxr",  "eval", "file",
    "inexact", "lazy",        "load", "process-context", "read", "repl", "time",
    "write",
};

static Status standard_name(Heap *heap, const char *part, Value *name)
{
    Value scheme, symbol;

    TRY(li_intern(heap, "scheme", &scheme));
    TRY(li_intern(heap, part, &symbol));
    TRY(li_cons(heap, symbol, VALUE_NIL, name));
    return li_cons(heap, scheme, *name, name);
}

Status li_environment_default(Vm *vm, Arena *arena, int64_t flags, Value *environment,
                              Node **node)
{
    Heap *heap = li_vm_heap(vm);
    const Libraries *libraries = li_expander_libraries(li_vm_expander(vm));
    ListBuilder sets = {VALUE_NIL, NULL};
    Value made;

    TRY(li_environment_new(heap, flags, VALUE_FALSE, &made));
    for (size_t i = 0; i < sizeof standard_libraries / sizeof *standard_libraries;
         i += 1) {
        Value name;

        TRY(standard_name(heap, standard_libraries[i], &name));
        if (li_library_exists(libraries, name))
            TRY(li_list_push_end(heap, &sets, name));
    }
    TRY(li_environment_import_node(vm, arena, made, sets.head, node));
    *environment = made;
    return OK;
}
