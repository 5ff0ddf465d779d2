/* expander_quote.c - quote and quasiquote.
 *
 * A quasiquoted list is taken apart element by element, in a loop, and put together again with
 * as few calls as will do: what has nothing to evaluate in it stays a literal (the end of a
 * list too), a run of elements is one call of `list`, and parts are joined by one `append`.
 */
#include "syntax/expander_internal.h"

/* A template that was looked at. node NULL: nothing to evaluate, the datum is a literal. */
typedef struct Quasi {
    Value datum;
    Node *node;
} Quasi;

typedef struct Element {
    Quasi quasi;
    bool splices;
    Value pair; /* whose car it is */
} Element;

typedef struct Elements {
    Element *items;
    uint32_t count, capacity;
    Quasi tail;
} Elements;

enum {
    LONGEST_CONS_RUN = 4,
    LONGEST_LIST_RUN = 100,   /* that one call of `list` makes */
    SHORTEST_LITERAL_RUN = 20 /* that becomes a literal inside of a list */
};

static Status expand_quasi(Expansion *x, const Form *form, Value datum, uint32_t depth,
                           Quasi *quasi);

Status li_expand_quote(Expansion *x, const Form *form, Node **node)
{
    Value datum;

    TRY(li_check_operands(x, form, "quote", 1, 1, NULL));
    TRY(li_strip(x, pair_car(form_operands(form)), &datum));
    return li_make_const(x, datum, node);
}

/* ---- Taking apart ------------------------------------------------------------------------ */

/* (keyword datum) */
static bool is_tagged(const Form *form, Value datum, Special special)
{
    Value rest;

    if (!value_is_pair(datum) || !value_is_name(pair_car(datum)))
        return false;
    rest = pair_cdr(datum);
    return value_is_pair(rest) && value_is_nil(pair_cdr(rest))
        && li_is_keyword(pair_car(datum), form, special);
}

static bool is_any_tagged(const Form *form, Value datum)
{
    return is_tagged(form, datum, SPECIAL_UNQUOTE)
        || is_tagged(form, datum, SPECIAL_QUASIQUOTE)
        || is_tagged(form, datum, SPECIAL_UNQUOTE_SPLICING);
}

static bool is_tag(const Form *form, Value datum)
{
    return value_is_name(datum)
        && (li_is_keyword(datum, form, SPECIAL_UNQUOTE)
            || li_is_keyword(datum, form, SPECIAL_QUASIQUOTE)
            || li_is_keyword(datum, form, SPECIAL_UNQUOTE_SPLICING));
}

/* A tag that has not one operand, or stands where there can be none. */
static Status check_no_tag(Expansion *x, const Form *form, Value datum)
{
    if (!is_tag(form, datum))
        return OK;
    return li_syntax_error(x, form->position, datum,
                           "quasiquote: misplaced in the template:");
}

static Status add_element(Expansion *x, Elements *elements, Element element)
{
    if (elements->count == elements->capacity) {
        uint32_t capacity = elements->capacity * 2 + 8;
        Element *items;

        if (elements->capacity > UINT32_MAX / 4)
            return ERR_BAD_SIZE;
        items = X_ARRAY(x, Element, capacity);
        if (items == NULL)
            return ERR_NO_MEMORY;
        if (elements->count != 0)
            memcpy(items, elements->items, elements->count * sizeof *items);
        elements->items = items;
        elements->capacity = capacity;
    }
    elements->items[elements->count] = element;
    elements->count += 1;
    return OK;
}

static Status split(Expansion *x, const Form *form, Value list, uint32_t depth,
                    Elements *elements)
{
    Value rest = list;

    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Element element = {.pair = rest};

        /* `(a . ,b) reads as (a unquote b). */
        bool tagged = is_any_tagged(form, rest);

        if (tagged && !value_is_eq(rest, list))
            break;
        if (!tagged)
            TRY(check_no_tag(x, form, pair_car(rest)));
        if (depth == 0 && is_tagged(form, pair_car(rest), SPECIAL_UNQUOTE_SPLICING)) {
            Form sub = li_form_sub(form, pair_car(rest));

            element.splices = true;
            TRY(li_expand_sub(x, &sub, li_list_at(sub.datum, 1), &element.quasi.node));
        } else {
            TRY(expand_quasi(x, form, pair_car(rest), depth, &element.quasi));
        }
        TRY(add_element(x, elements, element));
    }
    TRY(check_no_tag(x, form, rest));
    return expand_quasi(x, form, rest, depth, &elements->tail);
}

/* ---- Putting together -------------------------------------------------------------------- */

static Status make_quasi(Expansion *x, const Quasi *quasi, Node **node)
{
    Value datum;

    if (quasi->node != NULL) {
        *node = quasi->node;
        return OK;
    }
    TRY(li_strip(x, quasi->datum, &datum));
    return li_make_const(x, datum, node);
}

/* (list element ...) */
static Status make_run(Expansion *x, const Form *form, const Element *items,
                       uint32_t count, Node **node)
{
    TRY(li_make_helper_call(x, form->position, HELPER_LIST, count, node));
    for (uint32_t i = 0; i < count; i += 1)
        TRY(make_quasi(x, &items[i].quasi, &(*node)->as.call.args[i]));
    return OK;
}

/* (cons element ... tail) */
static Status make_conses(Expansion *x, const Form *form, const Element *items,
                          uint32_t count, Node *tail, Node **node)
{
    for (uint32_t i = 0; i < count; i += 1) {
        TRY(li_make_helper_call(x, form->position, HELPER_CONS, 2, node));
        TRY(make_quasi(x, &items[i].quasi, &(*node)->as.call.args[0]));
        node = &(*node)->as.call.args[1];
    }
    *node = tail;
    return OK;
}

/* How many elements, at most `count`, are no splices. */
static uint32_t run_length(const Element *items, uint32_t count)
{
    uint32_t length = 0;

    while (length < count && !items[length].splices)
        length += 1;
    return length;
}

static uint32_t literal_length(const Element *items, uint32_t count)
{
    uint32_t length = 0;

    while (length < count && items[length].quasi.node == NULL)
        length += 1;
    return length;
}

static bool begins_literal(const Element *items, uint32_t count)
{
    return count >= SHORTEST_LITERAL_RUN
        && literal_length(items, SHORTEST_LITERAL_RUN) == SHORTEST_LITERAL_RUN;
}

/* A literal list of elements that are literals. */
static Status make_literal(Expansion *x, const Element *items, uint32_t count,
                           Node **node)
{
    ListBuilder list = {VALUE_NIL, NULL};

    for (uint32_t i = 0; i < count; i += 1) {
        Value datum;

        TRY(li_strip(x, items[i].quasi.datum, &datum));
        TRY(li_list_push_end(x->heap, &list, datum));
        li_set_immutable(list.last);
    }
    return li_make_const(x, list.head, node);
}

/* The next part of a run, to be appended to others: a literal, or a call of `list`. */
static Status make_part(Expansion *x, const Form *form, const Element *items,
                        uint32_t count, uint32_t *length, Node **node)
{
    *length = literal_length(items, count);
    if (*length >= SHORTEST_LITERAL_RUN)
        return make_literal(x, items, *length, node);
    while (*length < count && *length < LONGEST_LIST_RUN
           && !begins_literal(&items[*length], count - *length))
        *length += 1;
    return make_run(x, form, items, *length, node);
}

/* `tail` NULL: the empty list. */
static Status join(Expansion *x, const Form *form, const Element *items, uint32_t count,
                   Node *tail, Node **node)
{
    uint32_t run_end = run_length(items, count), length;
    NodeList parts = {0};

    if (run_end == count && tail == NULL && count <= LONGEST_LIST_RUN)
        return make_run(x, form, items, count, node);
    if (run_end == count && count <= LONGEST_CONS_RUN)
        return make_conses(x, form, items, count, tail, node);
    for (uint32_t i = 0; i < count; i += length) {
        Node *part = items[i].quasi.node;

        if (i > run_end)
            run_end = i + run_length(&items[i], count - i);
        length = 1;
        if (i < run_end)
            TRY(make_part(x, form, &items[i], run_end - i, &length, &part));
        TRY(li_nodes_push(x, &parts, part));
    }
    if (tail != NULL)
        TRY(li_nodes_push(x, &parts, tail));
    TRY(li_make_helper_call(x, form->position, HELPER_APPEND, 0, node));
    (*node)->as.call.args = parts.items;
    (*node)->as.call.count = parts.count;
    return OK;
}

/* The end of a list that is a literal: its first pair follows the last element that is not
 * one. */
static Status make_tail(Expansion *x, const Elements *elements, uint32_t used,
                        Node **tail)
{
    Quasi end = elements->tail;

    if (end.node == NULL && used < elements->count)
        end.datum = elements->items[used].pair;
    *tail = NULL;
    if (end.node == NULL && value_is_nil(end.datum))
        return OK;
    return make_quasi(x, &end, tail);
}

static Status put_together(Expansion *x, const Form *form, const Elements *elements,
                           Node **node)
{
    uint32_t used = elements->count;
    Node *tail;

    if (elements->tail.node == NULL) {
        while (used > 0 && elements->items[used - 1].quasi.node == NULL)
            used -= 1;
    }
    TRY(make_tail(x, elements, used, &tail));
    if (tail == NULL && used > 0 && elements->items[used - 1].splices) {
        used -= 1;
        tail = elements->items[used].quasi.node;
    }
    if (used == 0) {
        *node = tail;
        return OK;
    }
    return join(x, form, elements->items, used, tail, node);
}

static Status expand_list(Expansion *x, const Form *form, Value list, uint32_t depth,
                          Quasi *quasi)
{
    Elements elements = {0};
    bool literal;

    if (li_pair_count(list) < 0)
        return li_syntax_error(x, form->position, VALUE_ABSENT,
                               "quasiquote: the template is circular");
    TRY(split(x, form, list, depth, &elements));
    literal = elements.tail.node == NULL;
    for (uint32_t i = 0; i < elements.count && literal; i += 1)
        literal = elements.items[i].quasi.node == NULL;
    if (literal)
        return OK;
    return put_together(x, form, &elements, &quasi->node);
}

static Status expand_vector(Expansion *x, const Form *form, Value vector,
                            uint32_t depth, Quasi *quasi)
{
    Quasi inner = {0};
    Value list;

    TRY(li_vector_to_list(x->heap, vector, &list));
    /* A vector's own first element is no tag. */
    TRY(expand_list(x, form, list, depth, &inner));
    if (inner.node == NULL)
        return OK;
    TRY(li_make_helper_call(x, form->position, HELPER_LIST_TO_VECTOR, 1, &quasi->node));
    quasi->node->as.call.args[0] = inner.node;
    return OK;
}

static Status expand_quasi(Expansion *x, const Form *form, Value datum, uint32_t depth,
                           Quasi *quasi)
{
    Form sub;

    *quasi = (Quasi){datum, NULL};
    if (!value_is_pair(datum) && !value_is_vector(datum))
        return OK;
    if (!li_stack_ok())
        return li_raise_too_deep(x, form->position);
    sub = li_form_sub(form, datum);
    if (value_is_vector(datum))
        return expand_vector(x, &sub, datum, depth, quasi);
    if (is_tagged(&sub, datum, SPECIAL_QUASIQUOTE))
        return expand_list(x, &sub, datum, depth + 1, quasi);
    if (is_tagged(&sub, datum, SPECIAL_UNQUOTE)
        || is_tagged(&sub, datum, SPECIAL_UNQUOTE_SPLICING)) {
        if (depth > 0)
            return expand_list(x, &sub, datum, depth - 1, quasi);
        if (is_tagged(&sub, datum, SPECIAL_UNQUOTE_SPLICING))
            return li_syntax_error(
                x, sub.position, VALUE_ABSENT,
                "unquote-splicing: not allowed here, only in a list");
        return li_expand_sub(x, &sub, li_list_at(datum, 1), &quasi->node);
    }
    return expand_list(x, &sub, datum, depth, quasi);
}

Status li_expand_quasiquote(Expansion *x, const Form *form, Node **node)
{
    Quasi quasi;

    TRY(li_check_operands(x, form, "quasiquote", 1, 1, NULL));
    TRY(expand_quasi(x, form, pair_car(form_operands(form)), 0, &quasi));
    return make_quasi(x, &quasi, node);
}
