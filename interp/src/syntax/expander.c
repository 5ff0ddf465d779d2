/* expander.c - the dispatch on forms, macro uses and applications, and the expander itself. */
#include "syntax/expander_internal.h"

#include <stdlib.h>

#include "syntax/syntaxrules.h"

/* A macro whose expansion begins with another use, this many times over, never ends. */
enum {
    MOST_STEPS = 1000000
};

static ExpandFn *const expanders[SPECIAL_COUNT] = {
#define X(name, text, expand) [SPECIAL_##name] = expand,
    SPECIAL_TABLE(X)
#undef X
};

/* ---- Dispatch ---------------------------------------------------------------------------- */

static Status expand_macro(Expansion *x, Value macro, Form *form)
{
    Value result;

    TRY(li_syntaxrules_expand(x, macro, form, &result));
    form->datum = result;
    if (value_is_pair(result) && li_pair_position(result) != 0)
        form->position = li_pair_position(result);
    return OK;
}

/* import and define-library begin a program, before anything is bound; they mean what they mean
 * wherever nothing else has their name. */
static Special declaration(const Binding *binding, Value name)
{
    const Text *text;

    if (binding->local != NULL || !value_is_eq(binding->value, VALUE_ABSENT)
        || li_environment_has_flag(binding->environment, ENVIRONMENT_LIBRARY))
        return SPECIAL_NONE;
    text = symbol_text(li_name_symbol(name));
    if (li_text_equals_ascii(text, "import"))
        return SPECIAL_IMPORT;
    if (li_text_equals_ascii(text, "define-library"))
        return SPECIAL_DEFINE_LIBRARY;
    return SPECIAL_NONE;
}

Status li_expand_head(Expansion *x, Form *form, Special *special)
{
    for (uint32_t steps = 0; steps < MOST_STEPS; steps += 1) {
        Binding binding;
        Value syntax;

        *special = SPECIAL_NONE;
        if (!value_is_pair(form->datum) || !value_is_name(pair_car(form->datum)))
            return OK;
        binding = li_resolve(pair_car(form->datum), form->rib, form->environment);
        syntax = li_binding_syntax(binding);
        if (value_is_special(syntax)) {
            *special = (Special)value_to_special(syntax);
            return OK;
        }
        if (value_is_eq(syntax, VALUE_ABSENT)) {
            *special = declaration(&binding, pair_car(form->datum));
            return OK;
        }
        if (li_vm_is_interrupted(x->vm))
            return ERR_INTERRUPTED;
        TRY(expand_macro(x, syntax, form));
    }
    return li_syntax_error(x, form->position, VALUE_ABSENT,
                           "the expansion of this macro does not end");
}

static Status expand_name(Expansion *x, const Form *form, Node **node)
{
    Binding binding = li_resolve(form->datum, form->rib, form->environment);
    Value syntax = li_binding_syntax(binding);

    if (value_is_eq(syntax, VALUE_ABSENT)) {
        TRY(li_make_reference(x, form->position, binding, node));
        return li_note_early_use(x, form, form->datum, binding, *node);
    }
    if (value_is_special(syntax)) {
        Form keyword = *form;

        keyword.special = (Special)value_to_special(syntax);
        if (expanders[keyword.special] == li_expand_auxiliary)
            return li_expand_auxiliary(x, &keyword, node);
    }
    return li_syntax_error(x, form->position, form->datum,
                           "a keyword is not a variable:");
}

/* A call of a lambda expression with as many arguments as it takes is a let. */
static Status make_direct(Expansion *x, Node *call, Node **node)
{
    const Clause *clause;
    Node *procedure = call->as.call.procedure;

    *node = call;
    if (procedure->kind != NODE_LAMBDA || procedure->as.lambda->clause_count != 1)
        return OK;
    clause = node_clause(procedure);
    if (clause->has_rest || clause->required != call->as.call.count)
        return OK;
    if (clause->required == 0) {
        *node = clause->body;
        return OK;
    }
    TRY(li_make_let(x, NODE_LET, call->position, 0, node));
    (*node)->as.let.count = clause->required;
    (*node)->as.let.variables = clause->params;
    (*node)->as.let.inits = call->as.call.args;
    (*node)->as.let.body = clause->body;
    return OK;
}

static Status expand_application(Expansion *x, const Form *form, Node **node)
{
    int64_t count = li_list_length(form->datum);
    Value rest = pair_cdr(form->datum);
    Node *procedure, *call;

    if (count < 0)
        return li_syntax_error(x, form->position, VALUE_ABSENT,
                               "a procedure call must be a proper list");
    if (count > UINT32_MAX)
        return ERR_BAD_SIZE;
    TRY(li_expand_item(x, form, form->datum, &procedure));
    TRY(li_make_call(x, form->position, procedure, (uint32_t)count - 1, &call));
    for (uint32_t i = 0; i < call->as.call.count; i += 1) {
        TRY(li_expand_item(x, form, rest, &call->as.call.args[i]));
        rest = pair_cdr(rest);
    }
    return make_direct(x, call, node);
}

static Status expand_constant(Expansion *x, const Form *form, Node **node)
{
    Value datum;

    if (value_is_nil(form->datum))
        return li_syntax_error(
            x, form->position, VALUE_ABSENT,
            "() is not an expression; the empty list is written '()");
    TRY(li_strip(x, form->datum, &datum)); /* vectors are self-evaluating */
    return li_make_const(x, datum, node);
}

Status li_expand_form(Expansion *x, const Form *form, Node **node)
{
    Form expanded = *form;
    Special special;

    if (!li_stack_ok())
        return li_raise_too_deep(x, form->position);
    TRY(li_expand_head(x, &expanded, &special));
    if (special != SPECIAL_NONE) {
        expanded.special = special;
        return expanders[special](x, &expanded, node);
    }
    if (value_is_pair(expanded.datum)) {
        if (li_vm_is_interrupted(x->vm))
            return ERR_INTERRUPTED;
        return expand_application(x, &expanded, node);
    }
    if (value_is_name(expanded.datum))
        return expand_name(x, &expanded, node);
    return expand_constant(x, &expanded, node);
}

Status li_expand_sub(Expansion *x, const Form *form, Value datum, Node **node)
{
    Form sub = li_form_sub(form, datum);

    return li_expand_form(x, &sub, node);
}

Status li_expand_item(Expansion *x, const Form *form, Value pair, Node **node)
{
    Form sub = li_form_item(form, pair);

    return li_expand_form(x, &sub, node);
}

Status li_expand_sequence(Expansion *x, const Form *form, Value list, Node **node)
{
    NodeList items = {0};

    for (; value_is_pair(list); list = pair_cdr(list)) {
        Node *item;

        TRY(li_expand_item(x, form, list, &item));
        TRY(li_nodes_push(x, &items, item));
    }
    return li_make_seq(x, form->position, &items, node);
}

/* ---- The expander ------------------------------------------------------------------------ */

static void visit_roots(ImmixTracer *tracer, void *context)
{
    Expander *expander = context;

    immix_visit(tracer, &expander->core.bits);
    immix_visit(tracer, &expander->primitives.bits);
    li_libraries_visit(tracer, &expander->libraries);
}

static Status add_builtin(Expander *expander, const char *part, Value *environment)
{
    Heap *heap = li_vm_heap(expander->vm);
    Value limpet, symbol, name, library;

    TRY(li_intern(heap, "limpet", &limpet));
    TRY(li_intern(heap, part, &symbol));
    TRY(li_cons(heap, symbol, VALUE_NIL, &name));
    TRY(li_cons(heap, limpet, name, &name));
    TRY(li_library_new(heap, name, LIBRARY_EXPANDED, &library));
    TRY(li_environment_new(heap, ENVIRONMENT_LIBRARY, name, environment));
    li_store(heap, value_to_library(library), &value_to_library(library)->environment,
             *environment);
    return li_libraries_add(&expander->libraries, library);
}

static Status fill(Expander *expander)
{
    Heap *heap = li_vm_heap(expander->vm);

    TRY(add_builtin(expander, "core", &expander->core));
    TRY(add_builtin(expander, "primitives", &expander->primitives));
    for (uint32_t i = 0; i < SPECIAL_COUNT; i += 1) {
        Value name;

        TRY(li_intern(heap, li_special_name((Special)i), &name));
        TRY(li_environment_bind(heap, expander->core, name, value_from_special(i),
                                ORIGIN_DEFINED));
    }
    return OK;
}

Status li_expander_new(Vm *vm, Expander **result)
{
    Expander *expander = calloc(1, sizeof *expander);
    Status status;

    if (expander == NULL)
        return ERR_NO_MEMORY;
    expander->vm = vm;
    expander->core = expander->primitives = VALUE_FALSE;
    expander->provider.visit = visit_roots;
    expander->provider.context = expander;
    li_heap_add_provider(li_vm_heap(vm), &expander->provider);
    status = fill(expander);
    if (status != OK)
        li_expander_free(expander);
    else
        *result = expander;
    return status;
}

void li_expander_free(Expander *expander)
{
    if (expander == NULL)
        return;
    li_heap_remove_provider(li_vm_heap(expander->vm), &expander->provider);
    li_libraries_free(&expander->libraries);
    free(expander);
}

void li_expander_only_look(Expander *expander, bool on)
{
    expander->only_looks = on;
}

Libraries *li_expander_libraries(Expander *expander)
{
    return &expander->libraries;
}

Value li_expander_core(const Expander *expander)
{
    return expander->core;
}

Value li_expander_primitives(const Expander *expander)
{
    return expander->primitives;
}
