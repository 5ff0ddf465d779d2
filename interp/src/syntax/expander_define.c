/* expander_define.c - the parts of definitions that do not hang on where they stand. */
#include "syntax/expander_internal.h"
#include "syntax/syntaxrules.h"

/* ---- define ------------------------------------------------------------------------------ */

Status li_parse_define(Expansion *x, const Form *form, Definition *definition)
{
    Value operands = form_operands(form), header;

    TRY(li_check_operands(x, form, "define", 2, OPERANDS_ANY, NULL));
    header = pair_car(operands);
    if (value_is_pair(header)) {
        if (!value_is_name(pair_car(header)))
            return li_syntax_error(x, form->position, pair_car(header),
                                   "define: expected a name, got");
        *definition = (Definition){pair_car(header), VALUE_ABSENT, pair_cdr(header),
                                   pair_cdr(operands)};
        return OK;
    }
    if (!value_is_name(header))
        return li_syntax_error(x, form->position, header,
                               "define: expected a name, got");
    TRY(li_check_operands(x, form, "define", 2, 2, NULL));
    *definition =
        (Definition){header, pair_cdr(operands), VALUE_NIL, VALUE_NIL};
    return OK;
}

Status li_expand_definition(Expansion *x, const Form *form,
                            const Definition *definition, Node **node)
{
    bool is_procedure = value_is_eq(definition->value, VALUE_ABSENT);
    Form sub = is_procedure ? *form : li_form_item(form, definition->value);

    sub.name = li_name_symbol(definition->name);
    if (is_procedure)
        return li_expand_procedure(x, &sub, "define", definition->formals,
                                   definition->body, node);
    return li_expand_form(x, &sub, node);
}

Status li_make_place(Expansion *x, uint64_t position, Place place, Node **node)
{
    if (place.variable != NULL)
        return li_make_local(x, position, place.variable, node);
    return li_make_global(x, NODE_GLOBAL, position, place.cell, NULL, node);
}

/* ---- define-values ----------------------------------------------------------------------- */

Status li_define_values(Expansion *x, const Form *form, Definer *definer,
                        Place **places)
{
    Value formals;
    int64_t count;
    uint32_t i = 0;
    Clause check = {0};
    Rib *seen;

    TRY(li_check_operands(x, form, "define-values", 2, 2, NULL));
    formals = pair_car(form_operands(form));
    /* A scratch scope finds what is wrong with the list. */
    TRY(li_rib_new(x, NULL, &seen));
    TRY(li_expand_formals(x, form, "define-values", formals, seen, &check));
    count = check.required + (check.has_rest ? 1 : 0);
    *places = X_ARRAY(x, Place, count);
    if (*places == NULL)
        return ERR_NO_MEMORY;
    for (; value_is_pair(formals); formals = pair_cdr(formals), i += 1)
        TRY(definer->define(x, form, definer, pair_car(formals), &(*places)[i]));
    if (check.has_rest)
        TRY(definer->define(x, form, definer, formals, &(*places)[i]));
    return OK;
}

Status li_expand_define_values(Expansion *x, const Form *form, const Place *places,
                               Node **node)
{
    Value operands = form_operands(form);
    Node *producer, *consumer;
    NodeList stores = {0};
    Clause *clause;
    Rib *rib;

    TRY(li_expand_item(x, form, pair_cdr(operands), &producer));
    TRY(li_make_lambda(x, form->position, VALUE_FALSE, 0, &consumer));
    clause = node_clause(consumer);
    TRY(li_rib_new(x, NULL, &rib));
    TRY(li_expand_formals(x, form, "define-values", pair_car(operands), rib, clause));
    for (uint32_t i = 0; i < clause->required + (clause->has_rest ? 1 : 0); i += 1) {
        Node *value, *store;

        TRY(li_make_local(x, form->position, clause->params[i], &value));
        if (places[i].variable != NULL)
            TRY(li_make_set_local(x, form->position, places[i].variable, value,
                                  &store));
        else
            TRY(li_make_global(x, NODE_DEFINE, form->position, places[i].cell, value,
                               &store));
        TRY(li_nodes_push(x, &stores, store));
    }
    TRY(li_make_seq(x, form->position, &stores, &clause->body));
    return li_make_receive(x, form->position, producer, consumer, node);
}

/* ---- Macros ------------------------------------------------------------------------------ */

Status li_parse_define_syntax(Expansion *x, const Form *form, Value *name,
                              Value *transformer)
{
    TRY(li_check_operands(x, form, "define-syntax", 2, 2, NULL));
    *name = li_list_at(form_operands(form), 0);
    *transformer = li_list_at(form_operands(form), 1);
    if (!value_is_name(*name))
        return li_syntax_error(x, form->position, *name,
                               "define-syntax: expected a name, got");
    return OK;
}

/* (syntax-rules ...), or beyond the report another keyword. */
Status li_expand_transformer(Expansion *x, const Form *form, Value datum, Value name,
                             Value *syntax)
{
    Form sub = li_form_sub(form, datum);
    Special special;

    TRY(li_expand_head(x, &sub, &special));
    if (special == SPECIAL_SYNTAX_RULES)
        return li_syntaxrules_compile(x, &sub, li_name_symbol(name), syntax);
    if (value_is_name(sub.datum)) {
        *syntax = li_binding_syntax(li_resolve(sub.datum, sub.rib, sub.environment));
        if (!value_is_eq(*syntax, VALUE_ABSENT))
            return OK;
    }
    return li_syntax_error(x, sub.position, sub.datum,
                           "%s: expected (syntax-rules ...), got",
                           li_special_name(form->special));
}

static bool is_bound_inside(const Form *inner, Value name)
{
    Value bound;

    if (inner->rib != NULL)
        return li_rib_find(inner->rib, name) != NULL;
    return li_environment_find(inner->environment, name, &bound) != ORIGIN_NONE;
}

/* In a rib, or in a nested environment where there is none: at top level macros may outlive
 * the expansion. */
static Status bind_syntax(Expansion *x, const Form *inner, Value name, Value syntax)
{
    if (inner->rib != NULL)
        return li_rib_bind_syntax(x, inner->rib, name, syntax);
    return li_environment_bind(x->heap, inner->environment, name, syntax,
                               ORIGIN_DEFINED);
}

static Status open_syntax_scope(Expansion *x, const Form *form, Form *inner)
{
    *inner = *form;
    inner->name = VALUE_FALSE;
    if (form->rib != NULL)
        return li_rib_new(x, form->rib, &inner->rib);
    return li_environment_nested(x->heap, form->environment, &inner->environment);
}

Status li_expand_syntax_bindings(Expansion *x, const Form *form, Form *inner)
{
    const char *who = li_special_name(form->special);
    bool recursive = form->special == SPECIAL_LETREC_SYNTAX;
    Value rest;

    TRY(li_check_operands(x, form, who, 1, OPERANDS_ANY, NULL));
    rest = pair_car(form_operands(form));
    if (li_list_length(rest) < 0)
        return li_syntax_error(
            x, form->position, rest,
            "%s: expected a list of bindings (keyword transformer), got", who);
    TRY(open_syntax_scope(x, form, inner));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Form binding = li_form_item(form, rest);
        Value syntax;

        if (li_list_length(binding.datum) != 2
            || !value_is_name(pair_car(binding.datum)))
            return li_syntax_error(x, binding.position, binding.datum,
                                   "%s: expected a binding (keyword transformer), got",
                                   who);
        if (is_bound_inside(inner, pair_car(binding.datum)))
            return li_syntax_error(x, binding.position, pair_car(binding.datum),
                                   "%s: duplicate keyword", who);
        TRY(li_expand_transformer(x, recursive ? inner : form,
                                  li_list_at(binding.datum, 1), pair_car(binding.datum),
                                  &syntax));
        TRY(bind_syntax(x, inner, pair_car(binding.datum), syntax));
    }
    return OK;
}

Status li_expand_let_syntax(Expansion *x, const Form *form, Node **node)
{
    Form inner;

    TRY(li_expand_syntax_bindings(x, form, &inner));
    return li_expand_body(x, &inner, li_special_name(form->special),
                          pair_cdr(form_operands(form)), node);
}

/* ---- Splicing ---------------------------------------------------------------------------- */

Status li_splice(Expansion *x, const Form *form, Value *list)
{
    const char *who = li_special_name(form->special);

    if (form->special == SPECIAL_BEGIN) {
        TRY(li_check_operands(x, form, who, 0, OPERANDS_ANY, NULL));
        *list = form_operands(form);
        return OK;
    }
    if (form->special == SPECIAL_COND_EXPAND)
        return li_cond_expand(x, form, list);
    TRY(li_check_operands(x, form, who, 1, OPERANDS_ANY, NULL));
    return li_include(x, form, who, form_operands(form),
                      form->special == SPECIAL_INCLUDE_CI, list);
}
