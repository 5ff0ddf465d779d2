/* expander_lambda.c - procedures and local bindings: lambda, let and their kin. */
#include "syntax/expander_internal.h"

/* ---- Lambda ------------------------------------------------------------------------------ */

static Status bind_parameter(Expansion *x, const Form *form, const char *who,
                             Value name, Rib *rib, Variable **variable)
{
    if (!value_is_name(name))
        return li_syntax_error(x, form->position, name,
                               "%s: expected a parameter name, got", who);
    if (li_rib_find(rib, name) != NULL)
        return li_syntax_error(x, form->position, name, "%s: duplicate parameter", who);
    return li_rib_bind_variable(x, rib, name, variable);
}

Status li_expand_formals(Expansion *x, const Form *form, const char *who, Value formals,
                         Rib *rib, Clause *clause)
{
    int64_t required = li_pair_count(formals);

    if (required < 0 || required >= UINT32_MAX)
        return li_syntax_error(x, form->position, VALUE_ABSENT,
                               "%s: the parameter list is circular", who);
    clause->required = (uint32_t)required;
    clause->params = X_ARRAY(x, Variable *, required + 1);
    if (clause->params == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < clause->required; i += 1) {
        Form sub = li_form_sub(form, formals);

        TRY(bind_parameter(x, &sub, who, pair_car(formals), rib, &clause->params[i]));
        formals = pair_cdr(formals);
    }
    if (value_is_nil(formals))
        return OK;
    clause->has_rest = true;
    return bind_parameter(x, form, who, formals, rib, &clause->params[required]);
}

/* One clause: formals and a body, in a scope of its own. */
static Status expand_clause(Expansion *x, const Form *form, const char *who,
                            Value formals, Value body, Clause *clause)
{
    Form inner = *form;

    inner.name = VALUE_FALSE;
    TRY(li_rib_new(x, form->rib, &inner.rib));
    TRY(li_expand_formals(x, form, who, formals, inner.rib, clause));
    return li_expand_body(x, &inner, who, body, &clause->body);
}

Status li_expand_procedure(Expansion *x, const Form *form, const char *who,
                           Value formals, Value body, Node **node)
{
    TRY(li_make_lambda(x, form->position, form->name, 0, node));
    return expand_clause(x, form, who, formals, body, node_clause(*node));
}

Status li_expand_lambda(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form);

    TRY(li_check_operands(x, form, "lambda", 2, OPERANDS_ANY, NULL));
    return li_expand_procedure(x, form, "lambda", pair_car(operands),
                               pair_cdr(operands), node);
}

Status li_expand_named_lambda(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form), header;
    Form named = *form;

    TRY(li_check_operands(x, form, "named-lambda", 2, OPERANDS_ANY, NULL));
    header = pair_car(operands);
    if (!value_is_pair(header) || !value_is_name(pair_car(header)))
        return li_syntax_error(x, form->position, header,
                               "named-lambda: expected (name parameter ...), got");
    named.name = li_name_symbol(pair_car(header));
    return li_expand_procedure(x, &named, "named-lambda", pair_cdr(header),
                               pair_cdr(operands), node);
}

Status li_expand_case_lambda(Expansion *x, const Form *form, Node **node)
{
    int64_t count;
    Value clauses = form_operands(form);
    Lambda *lambda;

    TRY(li_check_operands(x, form, "case-lambda", 0, OPERANDS_ANY, &count));
    TRY(li_make_lambda(x, form->position, form->name, 0, node));
    lambda = (*node)->as.lambda;
    lambda->clauses = X_ARRAY(x, Clause, count);
    lambda->clause_count = (uint32_t)count;
    if (lambda->clauses == NULL)
        return ERR_NO_MEMORY;
    for (int64_t i = 0; i < count; i += 1) {
        Form clause = li_form_item(form, clauses);

        if (!value_is_pair(clause.datum) || li_list_length(clause.datum) < 2)
            return li_syntax_error(
                x, clause.position, clause.datum,
                "case-lambda: expected a clause (formals body ...), got");
        TRY(expand_clause(x, &clause, "case-lambda", pair_car(clause.datum),
                          pair_cdr(clause.datum), &lambda->clauses[i]));
        clauses = pair_cdr(clauses);
    }
    return OK;
}

/* ---- Let --------------------------------------------------------------------------------- */

/* The bindings of a let: a proper list, and how many there are. */
static Status check_bindings(Expansion *x, const Form *form, const char *who,
                             Value bindings, uint32_t *count)
{
    int64_t length = li_list_length(bindings);

    if (length < 0 || length > UINT32_MAX)
        return li_syntax_error(x, form->position, bindings,
                               "%s: expected a list of bindings (name value), got",
                               who);
    *count = (uint32_t)length;
    return OK;
}

static Status parse_binding(Expansion *x, const Form *form, const char *who,
                            Value binding, Value *name, Value *init)
{
    Form sub = li_form_sub(form, binding);

    if (li_list_length(binding) != 2 || !value_is_name(pair_car(binding)))
        return li_syntax_error(x, sub.position, binding,
                               "%s: expected a binding (name value), got", who);
    *name = pair_car(binding);
    *init = pair_cdr(binding);
    return OK;
}

static Status bind_once(Expansion *x, const Form *form, const char *who, Value name,
                        Rib *rib, Variable **variable)
{
    if (li_rib_find(rib, name) != NULL)
        return li_syntax_error(x, form->position, name, "%s: duplicate name", who);
    return li_rib_bind_variable(x, rib, name, variable);
}

/* An initial value, the first of the list `init`, in the scope of `form`. */
static Status expand_init(Expansion *x, const Form *form, Value name, Value init,
                          Node **node)
{
    Form sub = li_form_item(form, init);

    sub.name = li_name_symbol(name);
    return li_expand_form(x, &sub, node);
}

/* Binds the names of all bindings in `inner` and expands the initial values in the scope of
 * `init_form`: that of let or of letrec. */
static Status expand_bindings(Expansion *x, const Form *init_form, const Form *inner,
                              const char *who, Value bindings, Variable **variables,
                              Node **inits)
{
    Value rest = bindings;
    Value name, init;

    for (uint32_t i = 0; value_is_pair(rest); i += 1, rest = pair_cdr(rest)) {
        Form sub = li_form_sub(inner, rest);

        TRY(parse_binding(x, inner, who, pair_car(rest), &name, &init));
        TRY(bind_once(x, &sub, who, name, inner->rib, &variables[i]));
    }
    rest = bindings;
    for (uint32_t i = 0; value_is_pair(rest); i += 1, rest = pair_cdr(rest)) {
        TRY(parse_binding(x, inner, who, pair_car(rest), &name, &init));
        TRY(expand_init(x, init_form, name, init, &inits[i]));
    }
    return OK;
}

static Status expand_plain_let(Expansion *x, const Form *form, const char *who,
                               NodeKind kind, Node **node)
{
    Value operands = form_operands(form);
    Form inner = *form;
    uint32_t count = 0;

    inner.name = VALUE_FALSE;
    TRY(check_bindings(x, form, who, pair_car(operands), &count));
    if (count == 0)
        return li_expand_body(x, &inner, who, pair_cdr(operands), node);
    TRY(li_make_let(x, kind, form->position, count, node));
    TRY(li_rib_new(x, form->rib, &inner.rib));
    TRY(expand_bindings(x, kind == NODE_LET ? form : &inner, &inner, who,
                        pair_car(operands), (*node)->as.let.variables,
                        (*node)->as.let.inits));
    return li_expand_body(x, &inner, who, pair_cdr(operands), &(*node)->as.let.body);
}

/* (let name ((variable init) ...) body ...) is ((letrec ((name (lambda ...))) name) init ...);
 * the initial values are expanded outside the scope of the name. */
static Status expand_loop(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form), bindings = li_list_at(operands, 1);
    Form with_name = *form, inner;
    Variable *name;
    Node *letrec, *lambda, *call, *procedure;
    uint32_t count = 0;

    TRY(check_bindings(x, form, "let", bindings, &count));
    TRY(li_make_let(x, NODE_LETREC, form->position, 1, &letrec));
    with_name.name = VALUE_FALSE;
    TRY(li_rib_new(x, form->rib, &with_name.rib));
    TRY(li_rib_bind_variable(x, with_name.rib, pair_car(operands), &name));
    TRY(li_make_lambda(x, form->position, name->name, count, &lambda));
    TRY(li_make_local(x, form->position, name, &procedure));
    TRY(li_make_call(x, form->position, procedure, count, &call));
    inner = with_name;
    TRY(li_rib_new(x, with_name.rib, &inner.rib));
    TRY(expand_bindings(x, form, &inner, "let", bindings, node_clause(lambda)->params,
                        call->as.call.args));
    TRY(li_expand_body(x, &inner, "let", pair_cdr(pair_cdr(operands)),
                       &node_clause(lambda)->body));
    letrec->as.let.variables[0] = name;
    letrec->as.let.inits[0] = lambda;
    letrec->as.let.body = call;
    *node = letrec;
    return OK;
}

Status li_expand_let(Expansion *x, const Form *form, Node **node)
{
    TRY(li_check_operands(x, form, "let", 2, OPERANDS_ANY, NULL));
    if (!value_is_name(pair_car(form_operands(form))))
        return expand_plain_let(x, form, "let", NODE_LET, node);
    TRY(li_check_operands(x, form, "let", 3, OPERANDS_ANY, NULL));
    return expand_loop(x, form, node);
}

Status li_expand_letrec(Expansion *x, const Form *form, Node **node)
{
    const char *who = li_special_name(form->special);

    TRY(li_check_operands(x, form, who, 2, OPERANDS_ANY, NULL));
    return expand_plain_let(x, form, who, NODE_LETREC, node);
}

/* One LET inside the other, made from the outside in. A name is bound once its value has been
 * expanded, so that a single rib will do until one is bound again. */
Status li_expand_let_star(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form), rest;
    Form inner = *form;
    uint32_t count = 0;

    TRY(li_check_operands(x, form, "let*", 2, OPERANDS_ANY, NULL));
    rest = pair_car(operands);
    TRY(check_bindings(x, form, "let*", rest, &count));
    inner.name = VALUE_FALSE;
    TRY(li_rib_new(x, form->rib, &inner.rib));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Value name, init;

        TRY(parse_binding(x, form, "let*", pair_car(rest), &name, &init));
        TRY(li_make_let(x, NODE_LET, form->position, 1, node));
        TRY(expand_init(x, &inner, name, init, &(*node)->as.let.inits[0]));
        if (li_rib_find(inner.rib, name) != NULL)
            TRY(li_rib_new(x, inner.rib, &inner.rib));
        TRY(li_rib_bind_variable(x, inner.rib, name, &(*node)->as.let.variables[0]));
        node = &(*node)->as.let.body;
    }
    return li_expand_body(x, &inner, "let*", pair_cdr(operands), node);
}

/* ---- Let-values -------------------------------------------------------------------------- */

static Status parse_values_binding(Expansion *x, const Form *form, const char *who,
                                   Value binding, Value *formals, Value *init)
{
    Form sub = li_form_sub(form, binding);

    if (li_list_length(binding) != 2)
        return li_syntax_error(x, sub.position, binding,
                               "%s: expected a binding (formals value), got", who);
    *formals = pair_car(binding);
    *init = pair_cdr(binding);
    return OK;
}

/* Each binding is a call-with-values whose consumer holds the rest. With let-values the
 * values are expanded in the scope of the whole form: names are bound by ribs of their own, so
 * no copies are needed to keep them apart. */
static Status expand_let_values(Expansion *x, const Form *form, const char *who,
                                bool sequential, Node **node)
{
    Value operands = form_operands(form), rest;
    Form inner = *form;
    uint32_t count = 0;

    TRY(li_check_operands(x, form, who, 2, OPERANDS_ANY, NULL));
    rest = pair_car(operands);
    TRY(check_bindings(x, form, who, rest, &count));
    inner.name = VALUE_FALSE;
    if (!sequential)
        TRY(li_rib_new(x, form->rib, &inner.rib));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Value formals, init;
        Node *producer, *consumer;

        TRY(parse_values_binding(x, form, who, pair_car(rest), &formals, &init));
        TRY(li_expand_item(x, sequential ? &inner : form, init, &producer));
        TRY(li_make_lambda(x, form->position, VALUE_FALSE, 0, &consumer));
        if (sequential)
            TRY(li_rib_new(x, inner.rib, &inner.rib));
        TRY(li_expand_formals(x, form, who, formals, inner.rib, node_clause(consumer)));
        TRY(li_make_receive(x, form->position, producer, consumer, node));
        node = &node_clause(consumer)->body;
    }
    return li_expand_body(x, &inner, who, pair_cdr(operands), node);
}

Status li_expand_let_values(Expansion *x, const Form *form, Node **node)
{
    return expand_let_values(x, form, "let-values", false, node);
}

Status li_expand_let_star_values(Expansion *x, const Form *form, Node **node)
{
    return expand_let_values(x, form, "let*-values", true, node);
}
