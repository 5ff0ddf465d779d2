/* expander_library.c - define-library: reading, expanding and finishing libraries. */
#include "syntax/expander_internal.h"
#include "syntax/printer.h"
#include "syntax/source.h"

/* The body of a library, in the order of its declarations. */
typedef struct Declarations {
    Value library;
    Form scope;          /* the library's environment */
    ListBuilder bodies;  /* lists of forms, each with the form whose place it has */
    ListBuilder exports; /* export specs */
    Pending *pending;
    NodeList *nodes;
} Declarations;

/* ---- define-library ---------------------------------------------------------------------- */

/* At the prompt a library may be defined anew, but no program means to have two of one name. The
 * same definition may come twice: it is looked at before the program runs. */
static Status check_new(Expansion *x, const Form *form, Value name)
{
    Value library, declaration;
    Buffer place = {0};
    Status status;

    if (li_environment_has_flag(form->environment, ENVIRONMENT_INTERACTIVE)
        || !li_library_find(&x->expander->libraries, name, &library))
        return OK;
    declaration = value_to_library(library)->declaration;
    if (value_is_pair(declaration)) {
        if (li_pair_position(declaration) == form->position)
            return OK;
        li_buffer_push_string(&place, " at ");
        li_position_print(li_vm_sources(x->vm), li_pair_position(declaration), &place);
    }
    status = li_syntax_error(x, form->position, name,
                             "define-library: already defined%s:", li_buffer_c_string(&place));
    li_buffer_free(&place);
    return status;
}

static Status declare(Expansion *x, const Form *form, bool from_file)
{
    Value name, library;
    Library *made;

    TRY(li_check_operands(x, form, "define-library", 1, OPERANDS_ANY, NULL));
    TRY(li_strip(x, pair_car(form_operands(form)), &name));
    if (!li_library_name_is_valid(name))
        return li_syntax_error(
            x, form->position, name,
            "define-library: expected a name like (my library 1), got");
    TRY(check_new(x, form, name));
    TRY(li_library_new(x->heap, name, LIBRARY_DECLARED, &library));
    made = value_to_library(library);
    made->declaration = form->datum;
    made->from_file = value_from_bool(from_file);
    made->serial = value_from_fixnum(from_file ? x->serial : 0);
    x->touched_libraries = true;
    return li_libraries_add(&x->expander->libraries, library);
}

Status li_expand_define_library(Expansion *x, const Form *form)
{
    return declare(x, form, false);
}

/* ---- Finding ----------------------------------------------------------------------------- */

/* Evaluates the define-library forms of a file. */
static Status declare_file(Expansion *x, const Form *form, Value forms,
                           const char *file)
{
    for (; value_is_pair(forms); forms = pair_cdr(forms)) {
        Form sub = li_form_sub(form, pair_car(forms));

        sub.rib = NULL;
        sub.environment = x->expander->core;
        if (!value_is_pair(sub.datum)
            || !li_is_keyword(pair_car(sub.datum), &sub, SPECIAL_DEFINE_LIBRARY))
            return li_syntax_error(
                x, sub.position, VALUE_ABSENT,
                "expected only define-library in the library file %.200s", file);
        TRY(declare(x, &sub, true));
    }
    return OK;
}

static Status not_found(Expansion *x, const Form *form, Value name, const char *file)
{
    const Libraries *libraries = &x->expander->libraries;
    Buffer message = {0};
    Value closest;
    Status status;

    li_buffer_push_string(&message, "no library ");
    status = li_print(x->heap, name, PRINT_WRITE, 200, &message);
    if (status == OK && li_library_suggest(libraries, name, &closest)) {
        li_buffer_push_string(&message, " (did you mean ");
        status = li_print(x->heap, closest, PRINT_WRITE, 200, &message);
        li_buffer_push_string(&message, "?)");
    }
    if (status != OK)
        li_buffer_clear(&message);
    if (libraries->path_count > 0)
        li_buffer_printf(&message, ": looked for %.200s in", file);
    for (size_t i = 0; i < libraries->path_count; i += 1)
        li_buffer_printf(&message, "%s %.200s", i > 0 ? "," : "", libraries->paths[i]);
    status = li_raise_at(x->vm, CONDITION_SYNTAX, form->position, VALUE_NIL, "%s",
                         li_buffer_c_string(&message));
    li_buffer_free(&message);
    return status;
}

static Status load_file(Expansion *x, const Form *form, Value name, Buffer *path,
                        Buffer *text, Buffer *shown, Value *library)
{
    const Libraries *libraries = &x->expander->libraries;
    uint32_t file;
    Value forms;

    if (!li_library_file_name(name, path)
        || !li_libraries_read_on_path(libraries, li_buffer_c_string(path), text, shown))
        return not_found(x, form, name, li_buffer_c_string(path));
    TRY(li_read_forms(x, text, li_buffer_c_string(shown), false, &file, &forms));
    TRY(declare_file(x, form, forms, li_buffer_c_string(shown)));
    if (!li_library_find(libraries, name, library))
        return li_syntax_error(x, form->position, name,
                               "the file %.200s does not define",
                               li_buffer_c_string(shown));
    return OK;
}

static Status find_file(Expansion *x, const Form *form, Value name, Value *library)
{
    Buffer path = {0}, text = {0}, shown = {0};
    Status status = load_file(x, form, name, &path, &text, &shown, library);

    li_buffer_free(&path);
    li_buffer_free(&text);
    li_buffer_free(&shown);
    return status;
}

/* ---- Declarations ------------------------------------------------------------------------ */

static Status add_body(Expansion *x, Declarations *d, Value forms)
{
    return li_list_push_end(x->heap, &d->bodies, forms);
}

static Status process_splice(Expansion *x, Declarations *d, Form *form, bool as_body)
{
    Value list;

    TRY(li_splice(x, form, &list));
    return as_body ? add_body(x, d, list) : li_pending_push(x, &d->pending, form, list);
}

static Status process_exports(Expansion *x, Declarations *d, const Form *form)
{
    Value rest = form_operands(form);

    TRY(li_check_operands(x, form, "export", 0, OPERANDS_ANY, NULL));
    for (; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(li_list_push_end(x->heap, &d->exports, rest));
    return OK;
}

static Status process(Expansion *x, Declarations *d, Form *form)
{
    Value head = value_is_pair(form->datum) ? pair_car(form->datum) : VALUE_FALSE;

    if (li_is_word(head, "export"))
        return process_exports(x, d, form);
    if (li_is_word(head, "import")) {
        form->special = SPECIAL_IMPORT;
        return li_expand_import(x, form, d->nodes);
    }
    if (li_is_word(head, "begin")) {
        form->special = SPECIAL_BEGIN;
        return process_splice(x, d, form, true);
    }
    if (li_is_word(head, "include")) {
        form->special = SPECIAL_INCLUDE;
        return process_splice(x, d, form, true);
    }
    if (li_is_word(head, "include-ci")) {
        form->special = SPECIAL_INCLUDE_CI;
        return process_splice(x, d, form, true);
    }
    if (li_is_word(head, "include-library-declarations")) {
        form->special = SPECIAL_INCLUDE;
        return process_splice(x, d, form, false);
    }
    if (li_is_word(head, "cond-expand")) {
        form->special = SPECIAL_COND_EXPAND;
        return process_splice(x, d, form, false);
    }
    return li_syntax_error(x, form->position, form->datum,
                           "define-library: expected export, import, begin, include or "
                           "another library declaration, got");
}

/* ---- Exports ----------------------------------------------------------------------------- */

/* (rename internal external), or the one name for both. */
static Status parse_export(Expansion *x, const Form *form, Value spec, Value *pair)
{
    Value stripped;

    TRY(li_strip(x, spec, &stripped));
    if (value_is_symbol(stripped)) {
        pair[0] = pair[1] = stripped;
        return OK;
    }
    if (li_list_length(stripped) != 3 || !li_is_word(pair_car(stripped), "rename")
        || !value_is_symbol(li_list_at(stripped, 1))
        || !value_is_symbol(li_list_at(stripped, 2)))
        return li_syntax_error(
            x, form->position, stripped,
            "export: expected a name or (rename inside outside), got");
    pair[0] = li_list_at(stripped, 2);
    pair[1] = li_list_at(stripped, 1);
    return OK;
}

static Status resolve_exports(Expansion *x, const Declarations *d, Value *exports)
{
    Value rest = d->exports.head;
    Rib *seen;

    TRY(li_rib_new(x, NULL, &seen));
    TRY(li_vector(x->heap, (uint64_t)li_list_length(rest) * 2, VALUE_FALSE, exports));
    for (Value *pair = vector_items(*exports); value_is_pair(rest); pair += 2) {
        Form spec = li_form_item(&d->scope, rest); /* for its position */
        Value binding;

        TRY(parse_export(x, &spec, pair_car(spec.datum), pair));
        if (!li_environment_lookup(d->scope.environment, pair[1], &binding))
            return li_syntax_error(x, spec.position, pair[1],
                                   "export: the library does not define");
        if (li_rib_find(seen, pair[0]) != NULL)
            return li_syntax_error(x, spec.position, pair[0],
                                   "export: exported twice:");
        TRY(li_rib_bind_syntax(x, seen, pair[0], VALUE_TRUE));
        rest = pair_cdr(rest);
    }
    return OK;
}

/* Nobody else can assign the variables of a finished library. */
static void freeze(Value name UNUSED, Value binding, void *context UNUSED)
{
    if (value_has_type(binding, T_GLOBAL)
        && !li_global_has_flag(value_to_global(binding), GLOBAL_ASSIGNED))
        li_global_add_flag(value_to_global(binding), GLOBAL_CONSTANT);
}

/* ---- Expanding --------------------------------------------------------------------------- */

static Status expand_bodies(Expansion *x, const Declarations *d)
{
    for (Value rest = d->bodies.head; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(li_scan_assigned(x, d->scope.environment, pair_car(rest)));
    for (Value rest = d->bodies.head; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(li_expand_toplevel(x, &d->scope, pair_car(rest), d->nodes));
    return OK;
}

/* If the body left code, a cell that the end of it sets. */
static Status add_ready(Expansion *x, const Declarations *d, Value name)
{
    Library *library = value_to_library(d->library);
    Value symbol, cell;
    Node *value, *node;

    TRY(li_intern(x->heap, "library-ready", &symbol));
    TRY(li_global_new(x->heap, symbol, &cell));
    TRY(li_make_const(x, name, &value));
    TRY(li_make_global(x, NODE_DEFINE, 0, cell, value, &node));
    TRY(li_nodes_push(x, d->nodes, node));
    li_store(x->heap, library, &library->ready, cell);
    return OK;
}

static Status expand_declarations(Expansion *x, Declarations *d,
                                  const Form *declaration)
{
    Library *library = value_to_library(d->library);
    uint32_t before;
    Value exports;
    Form next;

    TRY(li_pending_push(x, &d->pending, &d->scope,
                        pair_cdr(form_operands(declaration))));
    while (li_pending_next(&d->pending, &next))
        TRY(process(x, d, &next));
    before = d->nodes->count;
    TRY(expand_bodies(x, d));
    TRY(resolve_exports(x, d, &exports));
    li_store(x->heap, library, &library->exports, exports);
    li_environment_each(d->scope.environment, freeze, NULL);
    return d->nodes->count > before ? add_ready(x, d, library->name) : OK;
}

static Status expand_library(Expansion *x, const Form *form, Value value,
                             NodeList *nodes)
{
    Library *library = value_to_library(value);
    Form declaration = li_form_sub(form, library->declaration);
    Declarations d = {.library = value, .scope = declaration, .nodes = nodes};

    if (!li_stack_ok())
        return li_raise_too_deep(x, form->position);
    d.bodies.head = d.exports.head = VALUE_NIL;
    d.scope.rib = NULL;
    TRY(li_environment_new(x->heap, ENVIRONMENT_LIBRARY, library->name,
                           &d.scope.environment));
    library->state = value_from_fixnum(LIBRARY_LOADING);
    library->serial = value_from_fixnum(x->serial);
    x->touched_libraries = true;
    li_store(x->heap, library, &library->environment, d.scope.environment);
    TRY(expand_declarations(x, &d, &declaration));
    library->state = value_from_fixnum(LIBRARY_EXPANDED);
    if (value_is_true(library->from_file))
        library->declaration = VALUE_FALSE;
    return OK;
}

/* A library that an earlier expansion made and that did not run to its end. */
static bool is_stale(const Expansion *x, const Library *library)
{
    return !x->expander->only_looks
        && value_to_fixnum(library->state) == LIBRARY_EXPANDED
        && value_is_true(library->ready)
        && value_to_fixnum(library->serial) != x->serial
        && value_is_eq(value_to_global(library->ready)->value, VALUE_UNBOUND);
}

/* Back to where it was before it was expanded. */
static void forget(Expansion *x, Value value)
{
    Library *library = value_to_library(value);

    if (value_is_true(library->from_file)) {
        li_libraries_remove(&x->expander->libraries, value);
        return;
    }
    library->state = value_from_fixnum(LIBRARY_DECLARED);
    library->environment = library->exports = library->ready = VALUE_FALSE;
}

Status li_load_library(Expansion *x, const Form *form, Value name, NodeList *nodes,
                       Value *library)
{
    const Libraries *libraries = &x->expander->libraries;
    bool found = li_library_find(libraries, name, library);

    if (found && is_stale(x, value_to_library(*library))) {
        forget(x, *library);
        found = li_library_find(libraries, name, library);
    }
    if (!found)
        TRY(find_file(x, form, name, library));
    switch ((LibraryState)value_to_fixnum(value_to_library(*library)->state)) {
    case LIBRARY_EXPANDED: return OK;
    case LIBRARY_LOADING:
        return li_syntax_error(x, form->position, name,
                               "import: a library imports itself, by way of others:");
    case LIBRARY_DECLARED: break;
    }
    return expand_library(x, form, *library, nodes);
}

/* Serials mean something only while their expansion goes on: afterwards they are 0, so that
 * none in a stored library can be taken for one of another run. */
void li_expansion_end(Expansion *x, Status status)
{
    Libraries *libraries = &x->expander->libraries;

    if (!x->touched_libraries)
        return;
    li_libraries_forget_answers(libraries);
    for (size_t i = libraries->count; i > 0; i -= 1) {
        Library *library = value_to_library(libraries->items[i - 1]);

        if (value_to_fixnum(library->serial) != x->serial)
            continue;
        library->serial = value_from_fixnum(0);
        if (status != OK)
            forget(x, libraries->items[i - 1]);
    }
}
