/* expander_control.c - conditionals, loops, assignment, promises, and misplaced keywords.
 *
 * Forms with many clauses become nested nodes; they are built from the outside in, through a
 * pointer to the place where the next one goes, so that nothing here recurses by clause.
 */
#include <stdlib.h>

#include "syntax/expander_internal.h"
#include "types/equal.h"
#include "types/number.h"

Status li_expand_if(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form);
    int64_t count;

    TRY(li_check_operands(x, form, "if", 2, 3, &count));
    TRY(li_make_if(x, form->position, NULL, NULL, NULL, node));
    TRY(li_expand_item(x, form, li_list_tail(operands, 0), &(*node)->as.branch.test));
    TRY(li_expand_item(x, form, li_list_tail(operands, 1), &(*node)->as.branch.then));
    if (count == 2)
        return li_make_const(x, VALUE_UNSPECIFIED, &(*node)->as.branch.otherwise);
    return li_expand_item(x, form, li_list_tail(operands, 2),
                         &(*node)->as.branch.otherwise);
}

/* when and unless */
Status li_expand_when(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form);
    Node *test, *body, *nothing;

    TRY(li_check_operands(x, form, li_special_name(form->special), 2, OPERANDS_ANY,
                          NULL));
    TRY(li_expand_item(x, form, operands, &test));
    TRY(li_expand_sequence(x, form, pair_cdr(operands), &body));
    TRY(li_make_const(x, VALUE_UNSPECIFIED, &nothing));
    if (form->special == SPECIAL_WHEN)
        return li_make_if(x, form->position, test, body, nothing, node);
    return li_make_if(x, form->position, test, nothing, body, node);
}

Status li_expand_and(Expansion *x, const Form *form, Node **node)
{
    Value rest = form_operands(form);

    TRY(li_check_operands(x, form, "and", 0, OPERANDS_ANY, NULL));
    if (value_is_nil(rest))
        return li_make_const(x, VALUE_TRUE, node);
    for (; value_is_pair(pair_cdr(rest)); rest = pair_cdr(rest)) {
        TRY(li_make_if(x, form->position, NULL, NULL, NULL, node));
        TRY(li_expand_item(x, form, rest, &(*node)->as.branch.test));
        TRY(li_make_const(x, VALUE_FALSE, &(*node)->as.branch.otherwise));
        node = &(*node)->as.branch.then;
    }
    return li_expand_item(x, form, rest, node);
}

/* (let ((t value)) (if t t <hole>)): `*hole` is where the rest goes. With `receiver` the
 * value is not the result but its argument. */
static Status make_or(Expansion *x, uint64_t position, Node *value, Node *receiver,
                      Node **node, Node ***hole)
{
    Variable *t = li_variable_new(x->arena, VALUE_FALSE);
    Node *test, *then, *branch;

    if (t == NULL)
        return ERR_NO_MEMORY;
    TRY(li_make_local(x, position, t, &test));
    TRY(li_make_local(x, position, t, &then));
    if (receiver != NULL) {
        Node *call;

        TRY(li_make_call(x, position, receiver, 1, &call));
        call->as.call.args[0] = then;
        then = call;
    }
    TRY(li_make_if(x, position, test, then, NULL, &branch));
    TRY(li_make_let(x, NODE_LET, position, 1, node));
    (*node)->as.let.variables[0] = t;
    (*node)->as.let.inits[0] = value;
    (*node)->as.let.body = branch;
    *hole = &branch->as.branch.otherwise;
    return OK;
}

Status li_expand_or(Expansion *x, const Form *form, Node **node)
{
    Value rest = form_operands(form);

    TRY(li_check_operands(x, form, "or", 0, OPERANDS_ANY, NULL));
    if (value_is_nil(rest))
        return li_make_const(x, VALUE_FALSE, node);
    for (; value_is_pair(pair_cdr(rest)); rest = pair_cdr(rest)) {
        Node *value;

        TRY(li_expand_item(x, form, rest, &value));
        TRY(make_or(x, form->position, value, NULL, node, &node));
    }
    return li_expand_item(x, form, rest, node);
}

/* ---- Cond -------------------------------------------------------------------------------- */

/* (test => receiver) */
static bool has_arrow(const Form *clause)
{
    Value rest = pair_cdr(clause->datum);

    return value_is_pair(rest) && li_is_keyword(pair_car(rest), clause, SPECIAL_ARROW);
}

static Status check_clause(Expansion *x, const Form *clause, const char *who,
                           int64_t min)
{
    if (li_list_length(clause->datum) < min)
        return li_syntax_error(x, clause->position, clause->datum,
                               "%s: expected a clause (test expression ...), got", who);
    return OK;
}

static Status check_arrow(Expansion *x, const Form *clause, const char *who)
{
    if (li_list_length(clause->datum) != 3)
        return li_syntax_error(x, clause->position, clause->datum,
                               "%s: expected one procedure after =>, in", who);
    return OK;
}

/* Fills `*hole` with the code of one clause, and sets it to where the rest goes. */
static Status expand_cond_clause(Expansion *x, const Form *clause, Node ***hole)
{
    Node *test, *receiver = NULL;
    Value rest = pair_cdr(clause->datum);

    TRY(li_expand_item(x, clause, clause->datum, &test));
    if (value_is_nil(rest))
        return make_or(x, clause->position, test, NULL, *hole, hole);
    if (has_arrow(clause)) {
        TRY(check_arrow(x, clause, "cond"));
        TRY(li_expand_item(x, clause, pair_cdr(rest), &receiver));
        return make_or(x, clause->position, test, receiver, *hole, hole);
    }

    Node *branch;

    TRY(li_make_if(x, clause->position, test, NULL, NULL, &branch));
    TRY(li_expand_sequence(x, clause, rest, &branch->as.branch.then));
    **hole = branch;
    *hole = &branch->as.branch.otherwise;
    return OK;
}

static bool is_else(const Form *clause)
{
    return li_is_keyword(pair_car(clause->datum), clause, SPECIAL_ELSE);
}

static Status check_else(Expansion *x, const Form *clause, const char *who, Value rest)
{
    if (value_is_pair(pair_cdr(rest)))
        return li_syntax_error(x, clause->position, VALUE_ABSENT,
                               "%s: the else clause must be the last one", who);
    return check_clause(x, clause, who, 2);
}

Status li_expand_cond(Expansion *x, const Form *form, Node **node)
{
    Value rest = form_operands(form);

    TRY(li_check_operands(x, form, "cond", 1, OPERANDS_ANY, NULL));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Form clause = li_form_item(form, rest);

        TRY(check_clause(x, &clause, "cond", 1));
        if (is_else(&clause)) {
            TRY(check_else(x, &clause, "cond", rest));
            return li_expand_sequence(x, &clause, pair_cdr(clause.datum), node);
        }
        TRY(expand_cond_clause(x, &clause, &node));
    }
    return li_make_const(x, VALUE_UNSPECIFIED, node);
}

/* ---- Case -------------------------------------------------------------------------------- */

static Status make_eqv(Expansion *x, uint64_t position, Variable *key, Value datum,
                       Node **node)
{
    Value constant;

    TRY(li_strip(x, datum, &constant));
    TRY(li_make_helper_call(x, position, HELPER_EQV, 2, node));
    TRY(li_make_local(x, position, key, &(*node)->as.call.args[0]));
    return li_make_const(x, constant, &(*node)->as.call.args[1]);
}

/* Is the key one of these? All but the last test are (if test #t <next>). */
static Status make_member_test(Expansion *x, const Form *clause, Variable *key,
                               Value data, Node **node)
{
    if (value_is_nil(data))
        return li_make_const(x, VALUE_FALSE, node);
    for (; value_is_pair(pair_cdr(data)); data = pair_cdr(data)) {
        Node *test, *yes;

        TRY(make_eqv(x, clause->position, key, pair_car(data), &test));
        TRY(li_make_const(x, VALUE_TRUE, &yes));
        TRY(li_make_if(x, clause->position, test, yes, NULL, node));
        node = &(*node)->as.branch.otherwise;
    }
    return make_eqv(x, clause->position, key, pair_car(data), node);
}

/* What the clauses have named so far: open addressing, ABSENT where there is nothing. */
typedef struct Data {
    Value *slots;
    uint32_t mask;
} Data;

static Status open_data(Expansion *x, Value clauses, Data *data)
{
    uint32_t count = 0, capacity = 4;

    for (; value_is_pair(clauses); clauses = pair_cdr(clauses)) {
        Value clause = pair_car(clauses);
        int64_t length = value_is_pair(clause) ? li_list_length(pair_car(clause)) : 0;

        count += length > 0 ? (uint32_t)length : 0;
    }
    while (capacity < 2 * count)
        capacity *= 2;
    data->mask = capacity - 1;
    data->slots = X_ARRAY(x, Value, capacity);
    if (data->slots == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < capacity; i += 1)
        data->slots[i] = VALUE_ABSENT;
    return OK;
}

/* It is an error if a datum is there twice. */
static Status note_datum(Expansion *x, const Form *clause, Data *data, Value datum)
{
    Value key = value_is_name(datum) ? li_name_symbol(datum) : datum;
    uint64_t hash = value_is_boxed_number(key) ? li_num_hash(key) : key.bits;
    uint32_t at = (uint32_t)(hash * UINT64_C(0x9e3779b97f4a7c15) >> 32) & data->mask;

    for (; !value_is_eq(data->slots[at], VALUE_ABSENT); at = (at + 1) & data->mask) {
        if (li_eqv(data->slots[at], key))
            return li_syntax_error(x, clause->position, key,
                                   "case: named twice among the data:");
    }
    data->slots[at] = key;
    return OK;
}

static Status note_data(Expansion *x, const Form *clause, Data *data)
{
    Value list = pair_car(clause->datum);

    if (li_list_length(list) < 0)
        return li_syntax_error(x, clause->position, list,
                               "case: expected a list of data, got");
    for (; value_is_pair(list); list = pair_cdr(list))
        TRY(note_datum(x, clause, data, pair_car(list)));
    return OK;
}

/* The expressions of a clause, or the call of what follows =>. */
static Status expand_case_result(Expansion *x, const Form *clause, Variable *key,
                                 Node **node)
{
    Value rest = pair_cdr(clause->datum);
    Node *receiver;

    if (!has_arrow(clause))
        return li_expand_sequence(x, clause, rest, node);
    TRY(check_arrow(x, clause, "case"));
    TRY(li_expand_item(x, clause, pair_cdr(rest), &receiver));
    TRY(li_make_call(x, clause->position, receiver, 1, node));
    return li_make_local(x, clause->position, key, &(*node)->as.call.args[0]);
}

static Status expand_case_clauses(Expansion *x, const Form *form, Value rest,
                                  Variable *key, Node **node)
{
    Data data;

    TRY(open_data(x, rest, &data));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Form clause = li_form_item(form, rest);
        Node *branch;

        TRY(check_clause(x, &clause, "case", 2));
        if (is_else(&clause)) {
            TRY(check_else(x, &clause, "case", rest));
            return expand_case_result(x, &clause, key, node);
        }
        TRY(note_data(x, &clause, &data));
        TRY(li_make_if(x, clause.position, NULL, NULL, NULL, &branch));
        TRY(make_member_test(x, &clause, key, pair_car(clause.datum),
                             &branch->as.branch.test));
        TRY(expand_case_result(x, &clause, key, &branch->as.branch.then));
        *node = branch;
        node = &branch->as.branch.otherwise;
    }
    return li_make_const(x, VALUE_UNSPECIFIED, node);
}

Status li_expand_case(Expansion *x, const Form *form, Node **node)
{
    Variable *key = li_variable_new(x->arena, VALUE_FALSE);
    Value operands = form_operands(form);

    if (key == NULL)
        return ERR_NO_MEMORY;
    TRY(li_check_operands(x, form, "case", 2, OPERANDS_ANY, NULL));
    TRY(li_make_let(x, NODE_LET, form->position, 1, node));
    (*node)->as.let.variables[0] = key;
    TRY(li_expand_item(x, form, operands, &(*node)->as.let.inits[0]));
    return expand_case_clauses(x, form, pair_cdr(operands), key, &(*node)->as.let.body);
}

/* ---- Do ---------------------------------------------------------------------------------- */

static Status check_do_binding(Expansion *x, const Form *form, Value binding,
                               int64_t *length)
{
    Form sub = li_form_sub(form, binding);

    *length = li_list_length(binding);
    if ((*length != 2 && *length != 3) || !value_is_name(pair_car(binding)))
        return li_syntax_error(x, sub.position, binding,
                               "do: expected a binding (name value step), got");
    if (li_rib_find(form->rib, pair_car(binding)) != NULL)
        return li_syntax_error(x, sub.position, pair_car(binding),
                               "do: duplicate name");
    return OK;
}

/* Binds the variables in the scope of `inner`; initial values are expanded in that of
 * `form`. */
static Status expand_do_bindings(Expansion *x, const Form *form, const Form *inner,
                                 Value bindings, Variable **variables, Node **inits)
{
    for (uint32_t i = 0; value_is_pair(bindings);
         i += 1, bindings = pair_cdr(bindings)) {
        Value binding = pair_car(bindings);
        int64_t length;

        TRY(check_do_binding(x, inner, binding, &length));
        TRY(li_expand_item(x, form, li_list_tail(binding, 1), &inits[i]));
        TRY(li_rib_bind_variable(x, inner->rib, pair_car(binding), &variables[i]));
    }
    return OK;
}

/* The commands, and the call that goes round again. */
static Status expand_do_body(Expansion *x, const Form *inner, Value bindings,
                             Value commands, Node *next, Node **node)
{
    NodeList items = {0};

    for (; value_is_pair(commands); commands = pair_cdr(commands)) {
        Node *item;

        TRY(li_expand_item(x, inner, commands, &item));
        TRY(li_nodes_push(x, &items, item));
    }
    for (uint32_t i = 0; value_is_pair(bindings);
         i += 1, bindings = pair_cdr(bindings)) {
        Value binding = pair_car(bindings);
        Value step = value_is_pair(pair_cdr(pair_cdr(binding))) ? li_list_at(binding, 2)
                                                                : pair_car(binding);

        TRY(li_expand_sub(x, inner, step, &next->as.call.args[i]));
    }
    TRY(li_nodes_push(x, &items, next));
    return li_make_seq(x, inner->position, &items, node);
}

static Status make_loop_call(Expansion *x, const Form *form, Variable *loop,
                             uint32_t count, Node **node)
{
    Node *procedure;

    TRY(li_make_local(x, form->position, loop, &procedure));
    return li_make_call(x, form->position, procedure, count, node);
}

/* A letrec of one procedure that calls itself at its end. */
Status li_expand_do(Expansion *x, const Form *form, Node **node)
{
    Value operands = form_operands(form), bindings, exit;
    Variable *loop = li_variable_new(x->arena, VALUE_FALSE);
    Node *lambda, *start, *next, *branch;
    Form inner = *form;

    TRY(li_check_operands(x, form, "do", 2, OPERANDS_ANY, NULL));
    if (loop == NULL)
        return ERR_NO_MEMORY;
    TRY(li_intern(x->heap, "do", &loop->name));
    bindings = li_list_at(operands, 0);
    exit = li_list_at(operands, 1);

    int64_t count = li_list_length(bindings);

    if (count < 0 || count > UINT32_MAX)
        return li_syntax_error(
            x, form->position, bindings,
            "do: expected a list of bindings (name value step), got");
    if (li_list_length(exit) < 1)
        return li_syntax_error(x, form->position, exit,
                               "do: expected (test expression ...), got");
    TRY(li_make_lambda(x, form->position, loop->name, (uint32_t)count, &lambda));
    TRY(make_loop_call(x, form, loop, (uint32_t)count, &start));
    TRY(make_loop_call(x, form, loop, (uint32_t)count, &next));
    inner.name = VALUE_FALSE;
    TRY(li_rib_new(x, form->rib, &inner.rib));
    TRY(expand_do_bindings(x, form, &inner, bindings, node_clause(lambda)->params,
                           start->as.call.args));
    TRY(li_make_if(x, form->position, NULL, NULL, NULL, &branch));
    TRY(li_expand_item(x, &inner, exit, &branch->as.branch.test));
    TRY(li_expand_sequence(x, &inner, pair_cdr(exit), &branch->as.branch.then));
    TRY(expand_do_body(x, &inner, bindings, pair_cdr(pair_cdr(operands)), next,
                       &branch->as.branch.otherwise));
    node_clause(lambda)->body = branch;
    TRY(li_make_let(x, NODE_LETREC, form->position, 1, node));
    (*node)->as.let.variables[0] = loop;
    (*node)->as.let.inits[0] = lambda;
    (*node)->as.let.body = start;
    return OK;
}

/* ---- Assignment -------------------------------------------------------------------------- */

/* The cell that a set! of a toplevel name stores to. */
static Status assigned_cell(Expansion *x, const Form *form, Binding binding,
                            Value *cell)
{
    Value environment = binding.environment, found;
    Origin origin;

    if (value_is_eq(binding.value, VALUE_ABSENT))
        return li_environment_cell(x->heap, environment, binding.key, cell);
    origin = li_environment_find(environment, binding.key, &found);
    if (origin != ORIGIN_IMPORTED) {
        *cell = found;
        return OK;
    }
    if (!li_environment_has_flag(environment,
                                 ENVIRONMENT_INTERACTIVE | ENVIRONMENT_IMPLICIT))
        return li_syntax_error(x, form->position, binding.key,
                               "set!: an imported variable cannot be assigned:");
    return li_environment_shadow(x->heap, environment, binding.key, cell);
}

Status li_expand_set(Expansion *x, const Form *form, Node **node)
{
    Value name, cell;
    Binding binding;
    Node *value;
    Form sub;

    TRY(li_check_operands(x, form, "set!", 2, 2, NULL));
    name = li_list_at(form_operands(form), 0);
    if (!value_is_name(name))
        return li_syntax_error(x, form->position, name,
                               "set!: expected a variable, got");
    binding = li_resolve(name, form->rib, form->environment);
    if (!value_is_eq(li_binding_syntax(binding), VALUE_ABSENT))
        return li_syntax_error(x, form->position, name,
                               "set!: a keyword is not a variable:");
    sub = li_form_item(form, pair_cdr(form_operands(form)));
    sub.name = li_name_symbol(name);
    TRY(li_expand_form(x, &sub, &value));
    if (binding.local != NULL)
        return li_make_set_local(x, form->position, binding.local->variable, value,
                                 node);
    TRY(assigned_cell(x, form, binding, &cell));
    if (li_is_constant_cell(cell))
        return li_syntax_error(x, form->position, name,
                               "set!: the program that runs relies on its definition of");
    li_global_note_assigned(value_to_global(cell));
    TRY(li_make_global(x, NODE_SET_GLOBAL, form->position, cell, value, node));
    return li_note_early_use(x, form, name, binding, *node);
}

/* ---- Promises ---------------------------------------------------------------------------- */

/* (%make-promise done value) */
static Status make_promise(Expansion *x, uint64_t position, bool done, Node *value,
                           Node **node)
{
    TRY(li_make_helper_call(x, position, HELPER_MAKE_PROMISE, 2, node));
    TRY(li_make_const(x, value_from_bool(done), &(*node)->as.call.args[0]));
    (*node)->as.call.args[1] = value;
    return OK;
}

Status li_expand_delay_force(Expansion *x, const Form *form, Node **node)
{
    Node *body, *thunk;

    TRY(li_check_operands(x, form, "delay-force", 1, 1, NULL));
    TRY(li_expand_item(x, form, form_operands(form), &body));
    TRY(li_make_thunk(x, form->position, body, &thunk));
    return make_promise(x, form->position, false, thunk, node);
}

Status li_expand_delay(Expansion *x, const Form *form, Node **node)
{
    Node *body, *done, *thunk;

    TRY(li_check_operands(x, form, "delay", 1, 1, NULL));
    TRY(li_expand_item(x, form, form_operands(form), &body));
    TRY(make_promise(x, form->position, true, body, &done));
    TRY(li_make_thunk(x, form->position, done, &thunk));
    return make_promise(x, form->position, false, thunk, node);
}

/* ---- The rest ---------------------------------------------------------------------------- */

Status li_expand_begin(Expansion *x, const Form *form, Node **node)
{
    TRY(li_check_operands(x, form, "begin", 1, OPERANDS_ANY, NULL));
    return li_expand_sequence(x, form, form_operands(form), node);
}

/* cond-expand, include and include-ci among expressions */
Status li_expand_spliced(Expansion *x, const Form *form, Node **node)
{
    Value list;

    TRY(li_splice(x, form, &list));
    return li_expand_sequence(x, form, list, node);
}

Status li_expand_syntax_error(Expansion *x, const Form *form, Node **node UNUSED)
{
    Value operands = form_operands(form), irritants;
    char *message;
    Status status;

    TRY(li_check_operands(x, form, "syntax-error", 1, OPERANDS_ANY, NULL));
    if (!value_is_text(pair_car(operands)))
        return li_syntax_error(x, form->position, pair_car(operands),
                               "syntax-error: expected a string, got");
    TRY(li_strip(x, pair_cdr(operands), &irritants));
    TRY(li_text_c_string(value_to_text(pair_car(operands)), &message));
    status =
        li_raise_at(x->vm, CONDITION_SYNTAX, form->position, irritants, "%s", message);
    free(message);
    return status;
}

/* Definitions among expressions */
Status li_expand_misplaced(Expansion *x, const Form *form, Node **node UNUSED)
{
    bool toplevel =
        form->special == SPECIAL_IMPORT || form->special == SPECIAL_DEFINE_LIBRARY;

    return li_syntax_error(x, form->position, VALUE_ABSENT,
                           toplevel ? "%s: not allowed here, only at top level"
                                    : "%s: not allowed here, among expressions",
                           li_special_name(form->special));
}

static const char *home_of(Special special)
{
    if (special == SPECIAL_ELSE || special == SPECIAL_ARROW)
        return "cond or case";
    if (special == SPECIAL_UNQUOTE || special == SPECIAL_UNQUOTE_SPLICING)
        return "quasiquote";
    if (special == SPECIAL_SYNTAX_RULES)
        return "define-syntax, let-syntax or letrec-syntax";
    return "syntax-rules";
}

/* Words that mean something only inside other forms */
Status li_expand_auxiliary(Expansion *x, const Form *form, Node **node UNUSED)
{
    return li_syntax_error(x, form->position, VALUE_ABSENT, "%s used outside %s",
                           li_special_name(form->special), home_of(form->special));
}
