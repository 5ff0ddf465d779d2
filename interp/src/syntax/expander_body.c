/* expander_body.c - bodies: internal definitions, then expressions.
 *
 * First all forms are looked at, macro uses at their heads expanded, until it is known what
 * each is; names and local macros are bound on the way. Only then are the values and the
 * expressions expanded, in the scope that all definitions have made. A body with definitions
 * becomes a letrec*; an expression that stands before a definition, which the report does not
 * allow but much code has, becomes an unnamed variable of it.
 */
#include "syntax/expander_internal.h"

typedef enum ItemKind {
    ITEM_EXPRESSION,
    ITEM_DEFINITION,
    ITEM_NODE,
    ITEM_VALUES
} ItemKind;

typedef struct Item {
    struct Item *next;
    ItemKind kind;
    Variable *variable; /* NULL: none */
    Form form;
    Definition definition;
    Node *node;
    Place *places; /* of define-values */
} Item;

typedef struct Body {
    const char *who;
    Rib *rib;
    Item *first;
    Item **end;
    uint32_t count;
    uint32_t
        definitions; /* how many items there were when the last definition was added */
    Pending *pending;
} Body;

/* ---- Forms in order ---------------------------------------------------------------------- */

bool li_pending_next(Pending **pending, Form *form)
{
    while (*pending != NULL && !value_is_pair((*pending)->rest))
        *pending = (*pending)->next;
    if (*pending == NULL)
        return false;
    *form = li_form_item(&(*pending)->scope, (*pending)->rest);
    (*pending)->rest = pair_cdr((*pending)->rest);
    return true;
}

Status li_pending_push(Expansion *x, Pending **pending, const Form *scope, Value list)
{
    Pending *made;

    if (li_list_length(list) < 0)
        return li_syntax_error(x, scope->position, VALUE_ABSENT,
                               "a sequence of forms must be a proper list");
    made = X_NEW(x, Pending);
    if (made == NULL)
        return ERR_NO_MEMORY;
    made->next = *pending;
    made->rest = list;
    made->scope = *scope;
    *pending = made;
    return OK;
}

/* ---- Collecting -------------------------------------------------------------------------- */

static Status add_item(Expansion *x, Body *body, ItemKind kind, const Form *form,
                       Item **item)
{
    Item *made = X_NEW(x, Item);

    if (made == NULL)
        return ERR_NO_MEMORY;
    if (body->count == UINT32_MAX)
        return ERR_BAD_SIZE;
    made->kind = kind;
    made->form = *form;
    *body->end = made;
    body->end = &made->next;
    body->count += 1;
    if (kind != ITEM_EXPRESSION)
        body->definitions = body->count;
    *item = made;
    return OK;
}

static Status check_new(Expansion *x, const Form *form, const Body *body, Value name)
{
    if (!value_is_name(name))
        return li_syntax_error(x, form->position, name, "%s: expected a name, got",
                               li_special_name(form->special));
    if (li_rib_find(body->rib, name) != NULL)
        return li_syntax_error(
            x, form->position, name,
            "%s: defined twice in one body:", li_special_name(form->special));
    return OK;
}

static Status define_local(Expansion *x, const Form *form, Definer *definer, Value name,
                           Place *place)
{
    Body *body = definer->context;

    TRY(check_new(x, form, body, name));
    *place = (Place){NULL, VALUE_FALSE};
    return li_rib_bind_variable(x, body->rib, name, &place->variable);
}

static Status hide_local(Expansion *x, Value name, Place *place)
{
    *place = (Place){li_variable_new(x->arena, li_name_symbol(name)), VALUE_FALSE};
    return place->variable != NULL ? OK : ERR_NO_MEMORY;
}

static Status assign_local(Expansion *x, const Form *form, Definer *definer,
                           Place place, Node *value)
{
    Item *item;

    TRY(add_item(x, definer->context, ITEM_NODE, form, &item));
    item->variable = place.variable;
    item->node = value;
    return OK;
}

static Status collect_define(Expansion *x, Definer *definer, const Form *form)
{
    Definition definition;
    Place place;
    Item *item;

    TRY(li_parse_define(x, form, &definition));
    TRY(define_local(x, form, definer, definition.name, &place));
    TRY(add_item(x, definer->context, ITEM_DEFINITION, form, &item));
    item->variable = place.variable;
    item->definition = definition;
    return OK;
}

/* The names are variables without a value at first; then an unnamed one sets them. */
static Status collect_define_values(Expansion *x, Definer *definer, const Form *form)
{
    Body *body = definer->context;
    Rib *rib = body->rib;
    uint32_t before = rib->count;
    Place *places;
    Item *item;

    TRY(li_define_values(x, form, definer, &places));
    for (uint32_t i = before; i < rib->count; i += 1) {
        TRY(add_item(x, body, ITEM_NODE, form, &item));
        item->variable = rib->locals[i]->variable;
        TRY(li_make_const(x, VALUE_UNSPECIFIED, &item->node));
    }
    TRY(add_item(x, body, ITEM_VALUES, form, &item));
    item->places = places;
    return OK;
}

static Status collect_define_syntax(Expansion *x, const Body *body, const Form *form)
{
    Value name, transformer, syntax;

    TRY(li_parse_define_syntax(x, form, &name, &transformer));
    TRY(check_new(x, form, body, name));
    /* Bound before its rules are compiled, as they may mention it. */
    TRY(li_rib_bind_syntax(x, body->rib, name, VALUE_ABSENT));
    TRY(li_expand_transformer(x, form, transformer, name, &syntax));
    return li_rib_bind_syntax(x, body->rib, name, syntax);
}

static Status collect_spliced(Expansion *x, Body *body, const Form *form)
{
    Form inner;
    Value list;

    if (form->special == SPECIAL_LET_SYNTAX || form->special == SPECIAL_LETREC_SYNTAX) {
        TRY(li_expand_syntax_bindings(x, form, &inner));
        return li_pending_push(x, &body->pending, &inner,
                               pair_cdr(form_operands(form)));
    }
    TRY(li_splice(x, form, &list));
    return li_pending_push(x, &body->pending, form, list);
}

static Status collect_form(Expansion *x, Definer *definer, Form *form)
{
    Body *body = definer->context;
    Item *item;

    TRY(li_expand_head(x, form, &form->special));
    switch ((int)form->special) {
    case SPECIAL_DEFINE: return collect_define(x, definer, form);
    case SPECIAL_DEFINE_VALUES: return collect_define_values(x, definer, form);
    case SPECIAL_DEFINE_SYNTAX: return collect_define_syntax(x, body, form);
    case SPECIAL_DEFINE_RECORD_TYPE: return li_define_record_type(x, form, definer);
    case SPECIAL_BEGIN:
    case SPECIAL_COND_EXPAND:
    case SPECIAL_INCLUDE:
    case SPECIAL_INCLUDE_CI:
    case SPECIAL_LET_SYNTAX:
    case SPECIAL_LETREC_SYNTAX: return collect_spliced(x, body, form);
    default: return add_item(x, body, ITEM_EXPRESSION, form, &item);
    }
}

/* ---- Expanding --------------------------------------------------------------------------- */

static Status expand_item(Expansion *x, const Item *item, Node **node)
{
    switch (item->kind) {
    case ITEM_EXPRESSION: return li_expand_form(x, &item->form, node);
    case ITEM_DEFINITION:
        return li_expand_definition(x, &item->form, &item->definition, node);
    case ITEM_VALUES:
        return li_expand_define_values(x, &item->form, item->places, node);
    case ITEM_NODE: *node = item->node; return OK;
    }
    UNREACHABLE();
}

static Status expand_items(Expansion *x, const Form *form, const Body *body,
                           Node **node)
{
    const Item *item = body->first;
    NodeList expressions = {0};

    if (body->definitions > 0) {
        TRY(li_make_let(x, NODE_LETREC, form->position, body->definitions, node));
        for (uint32_t i = 0; i < body->definitions; i += 1, item = item->next) {
            Variable *variable = item->variable;

            if (variable == NULL)
                variable = li_variable_new(x->arena, VALUE_FALSE);
            if (variable == NULL)
                return ERR_NO_MEMORY;
            (*node)->as.let.variables[i] = variable;
            TRY(expand_item(x, item, &(*node)->as.let.inits[i]));
        }
        node = &(*node)->as.let.body;
    }
    for (; item != NULL; item = item->next) {
        Node *expression;

        TRY(expand_item(x, item, &expression));
        TRY(li_nodes_push(x, &expressions, expression));
    }
    return li_make_seq(x, form->position, &expressions, node);
}

Status li_expand_body(Expansion *x, const Form *form, const char *who, Value list,
                      Node **node)
{
    Body body = {.who = who};
    Definer definer = {define_local, hide_local, assign_local, &body};
    Form scope = *form, next;

    if (!li_stack_ok()) /* a definition of a procedure comes here without being an expression */
        return li_raise_too_deep(x, form->position);
    body.end = &body.first;
    scope.name = VALUE_FALSE;
    TRY(li_rib_new(x, form->rib, &body.rib));
    scope.rib = body.rib;
    TRY(li_pending_push(x, &body.pending, &scope, list));
    while (li_pending_next(&body.pending, &next))
        TRY(collect_form(x, &definer, &next));
    if (body.count == body.definitions)
        return li_syntax_error(x, form->position, VALUE_ABSENT,
                               body.count == 0
                                   ? "%s: the body is empty"
                                   : "%s: the body ends without an expression",
                               who);
    return expand_items(x, &scope, &body, node);
}
