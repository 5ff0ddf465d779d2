/* expander_import.c - import sets, and binding what they bring. */
#include "syntax/expander_internal.h"
#include "syntax/source.h"

typedef struct Import {
    Value name, binding;
    bool listed; /* scratch: named by the modifier at work */
} Import;

/* What an import set brings; names are found through a table. */
typedef struct Imports {
    Import *items;
    uint32_t count, capacity;
} Imports;

typedef struct ImportWork {
    Expansion *x;
    NodeList *nodes;
    Imports *to;
    Status status;
} ImportWork;

static Status add_import(Expansion *x, Imports *to, Value name, Value binding)
{
    if (to->count == to->capacity) {
        uint32_t capacity = to->capacity * 2 + 32;
        Import *items = X_ARRAY(x, Import, capacity);

        if (items == NULL)
            return ERR_NO_MEMORY;
        if (to->count != 0)
            memcpy(items, to->items, to->count * sizeof *items);
        to->items = items;
        to->capacity = capacity;
    }
    to->items[to->count] = (Import){name, binding, false};
    to->count += 1;
    return OK;
}

/* ---- Import sets ------------------------------------------------------------------------- */

static void add_defined(Value name, Value binding, void *context)
{
    ImportWork *work = context;

    if (work->status == OK && value_is_symbol(name))
        work->status = add_import(work->x, work->to, name, binding);
}

static Status import_library(ImportWork *work, const Form *form, Imports *to)
{
    Expansion *x = work->x;
    const Library *library;
    Value value;

    if (!li_library_name_is_valid(form->datum))
        return li_syntax_error(x, form->position, form->datum,
                               "import: expected the name of a library, got");
    TRY(li_load_library(x, form, form->datum, work->nodes, &value));
    library = value_to_library(value);
    work->to = to;
    work->status = OK;
    if (!value_is_true(library->exports)) {
        li_environment_each(library->environment, add_defined, work);
        return work->status;
    }
    for (uint32_t i = 0; i < vector_length(library->exports); i += 2) {
        const Value *pair = &vector_items(library->exports)[i];
        Value binding = VALUE_FALSE;

        CHECK(li_environment_lookup(library->environment, pair[1], &binding));
        TRY(add_import(x, to, pair[0], binding));
    }
    return OK;
}

/* The import of that name, now listed; NULL if there is none. */
static Import *find_listed(const Rib *table, Value name)
{
    Local *local = value_is_symbol(name) ? li_rib_find(table, name) : NULL;
    Import *import;

    if (local == NULL)
        return NULL;
    import = (Import *)(uintptr_t)local->syntax.bits;
    import->listed = true;
    return import;
}

static Status no_such_name(const ImportWork *work, const Form *form, Value name,
                           const char *who)
{
    return li_syntax_error(work->x, form->position, name,
                           "%s: the import set has no such name:", who);
}

/* Imports by name; their addresses are multiples of 8, so they look like fixnums. */
static Status make_table(ImportWork *work, Imports *imports, Rib **table)
{
    TRY(li_rib_new(work->x, NULL, table));
    for (uint32_t i = 0; i < imports->count; i += 1) {
        Value address = {(uint64_t)(uintptr_t)&imports->items[i]};

        imports->items[i].listed = false;
        TRY(li_rib_bind_syntax(work->x, *table, imports->items[i].name, address));
    }
    return OK;
}

/* only and except */
static Status select_names(ImportWork *work, const Form *form, Value names,
                           const char *who, bool keep, Imports *to)
{
    uint32_t kept = 0;
    Rib *table;

    TRY(make_table(work, to, &table));
    for (; value_is_pair(names); names = pair_cdr(names)) {
        if (find_listed(table, pair_car(names)) == NULL)
            return no_such_name(work, form, pair_car(names), who);
    }
    for (uint32_t i = 0; i < to->count; i += 1) {
        if (to->items[i].listed == keep) {
            to->items[kept] = to->items[i];
            kept += 1;
        }
    }
    to->count = kept;
    return OK;
}

static Status rename_all(ImportWork *work, const Form *form, Value pairs, Imports *to)
{
    Rib *table;

    TRY(make_table(work, to, &table));
    for (; value_is_pair(pairs); pairs = pair_cdr(pairs)) {
        Value pair = pair_car(pairs);
        Import *import;

        if (li_list_length(pair) != 2 || !value_is_symbol(li_list_at(pair, 1)))
            return li_syntax_error(work->x, form->position, pair,
                                   "rename: expected (old new), got");
        import = find_listed(table, pair_car(pair));
        if (import == NULL)
            return no_such_name(work, form, pair_car(pair), "rename");
        import->name = li_list_at(pair, 1);
    }
    return OK;
}

static Status add_prefix(ImportWork *work, const Form *form, Value names, Imports *to)
{
    Heap *heap = work->x->heap;
    const Text *prefix;

    if (li_list_length(names) != 1 || !value_is_symbol(pair_car(names)))
        return li_syntax_error(work->x, form->position, form->datum,
                               "prefix: expected (prefix import-set name), got");
    prefix = symbol_text(pair_car(names));
    for (uint32_t i = 0; i < to->count; i += 1) {
        const Text *name = symbol_text(to->items[i].name);
        Value text;

        TRY(li_text_slice(heap, prefix, 0, prefix->length, &text));
        TRY(li_text_push_text(heap, value_to_text(text), name, 0, name->length));
        TRY(li_intern_text(heap, value_to_text(text), &to->items[i].name));
    }
    return OK;
}

static Status import_set(ImportWork *work, const Form *form, Imports *to)
{
    Value datum = form->datum, rest;
    Form inner;

    if (!li_stack_ok())
        return li_raise_too_deep(work->x, form->position);
    /* (only (a b) c), but (only a) is a library. */
    if (li_list_length(datum) < 2 || !value_is_pair(li_list_at(datum, 1)))
        return import_library(work, form, to);
    inner = li_form_sub(form, li_list_at(datum, 1));
    TRY(import_set(work, &inner, to));
    rest = pair_cdr(pair_cdr(datum));
    if (li_is_word(pair_car(datum), "only"))
        return select_names(work, form, rest, "only", true, to);
    if (li_is_word(pair_car(datum), "except"))
        return select_names(work, form, rest, "except", false, to);
    if (li_is_word(pair_car(datum), "rename"))
        return rename_all(work, form, rest, to);
    if (li_is_word(pair_car(datum), "prefix"))
        return add_prefix(work, form, rest, to);
    return li_syntax_error(work->x, form->position, datum,
                           "import: expected only, except, rename, prefix or a library "
                           "name, got");
}

/* ---- Binding ----------------------------------------------------------------------------- */

/* A variable comes to an interactive environment as a copy, so that a later definition of the
 * name reaches the code before it. One that its library assigns is shared: the importer must
 * see that. */
static Status bind_copy(ImportWork *work, Value environment, const Import *import)
{
    Expansion *x = work->x;
    const Global *source = value_to_global(import->binding);
    Value cell = VALUE_FALSE;
    Origin origin = li_environment_find(environment, import->name, &cell);
    Node *value, *node;

    if (origin == ORIGIN_NONE || origin == ORIGIN_IMPORTED
        || !value_has_type(cell, T_GLOBAL))
        TRY(li_global_new(x->heap, import->name, &cell));
    TRY(li_environment_bind(x->heap, environment, import->name, cell, ORIGIN_COPIED));
    if (!value_is_eq(source->value, VALUE_UNBOUND)) {
        li_global_set(x->heap, value_to_global(cell), source->value);
        return OK;
    }
    /* Its library runs first. */
    TRY(li_make_global(x, NODE_GLOBAL, 0, import->binding, NULL, &value));
    TRY(li_make_global(x, NODE_DEFINE, 0, cell, value, &node));
    return li_nodes_push(x, work->nodes, node);
}

static Status raise_conflict(ImportWork *work, const Form *form, Value name)
{
    uint64_t other = li_environment_import_position(form->environment, name);
    Buffer place = {0};
    Status status;

    li_position_print(li_vm_sources(work->x->vm), other, &place);
    status = li_syntax_error(work->x, form->position, name,
                             other != 0 ? "import: the import at %s has another meaning for"
                                        : "import: an earlier import%s has another meaning for",
                             li_buffer_c_string(&place));
    li_buffer_free(&place);
    return status;
}

static Status bind_shared(ImportWork *work, const Form *form, const Import *import)
{
    Value environment = form->environment, before = VALUE_FALSE;
    Origin origin = li_environment_find(environment, import->name, &before);
    bool may_replace = li_environment_has_flag(environment, ENVIRONMENT_INTERACTIVE
                                                                | ENVIRONMENT_IMPLICIT);

    if (li_environment_has_flag(environment, ENVIRONMENT_IMMUTABLE))
        return li_syntax_error(
            work->x, form->position, import->name,
            "import: this environment is immutable; it cannot import");
    if (!may_replace && origin == ORIGIN_IMPORTED
        && !value_is_eq(before, import->binding))
        return raise_conflict(work, form, import->name);
    if (!may_replace && origin > ORIGIN_IMPORTED)
        return li_syntax_error(work->x, form->position, import->name,
                               "import: the program has already defined");
    return li_environment_bind_import(work->x->heap, environment, import->name,
                                 import->binding, form->position);
}

static Status bind_all(ImportWork *work, const Form *form, const Imports *imports)
{
    bool interactive =
        li_environment_has_flag(form->environment, ENVIRONMENT_INTERACTIVE);

    for (uint32_t i = 0; i < imports->count; i += 1) {
        const Import *import = &imports->items[i];
        Value binding = import->binding;

        if (interactive && value_has_type(binding, T_GLOBAL)
            && !li_global_has_flag(value_to_global(binding), GLOBAL_ASSIGNED))
            TRY(bind_copy(work, form->environment, import));
        else
            TRY(bind_shared(work, form, import));
    }
    return OK;
}

Status li_expand_import(Expansion *x, const Form *form, NodeList *nodes)
{
    ImportWork work = {.x = x, .nodes = nodes};
    Value rest;

    TRY(li_check_operands(x, form, "import", 0, OPERANDS_ANY, NULL));
    TRY(li_strip(x, form_operands(form), &rest)); /* a macro may have made it */
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Form set = li_form_item(form, rest);
        Imports imports = {0};

        set.environment = li_environment_root(form->environment);
        TRY(import_set(&work, &set, &imports));
        TRY(bind_all(&work, &set, &imports));
    }
    return OK;
}
