/* expander_util.c - nodes, lists and errors for the other files of the expander. */
#include <stdarg.h>
#include <stdio.h>

#include "syntax/expander_internal.h"

static const char *const special_names[SPECIAL_COUNT] = {
#define X(name, text, expand) [SPECIAL_##name] = text,
    SPECIAL_TABLE(X)
#undef X
};

static const char *const helper_names[HELPER_COUNT] = {
#define X(name, text) [HELPER_##name] = text,
    HELPER_TABLE(X)
#undef X
};

const char *li_special_name(Special special)
{
    return special_names[special];
}

/* ---- Errors ------------------------------------------------------------------------------ */

Status li_syntax_error(Expansion *x, uint64_t position, Value irritant,
                       const char *format, ...)
{
    char message[400];
    Value irritants = VALUE_NIL, stripped;
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (!value_is_eq(irritant, VALUE_ABSENT)) {
        TRY(li_strip(x, irritant, &stripped));
        TRY(li_cons(x->heap, stripped, VALUE_NIL, &irritants));
    }
    return li_raise_at(x->vm, CONDITION_SYNTAX, position, irritants, "%s", message);
}

Status li_raise_too_deep(Expansion *x, uint64_t position)
{
    return li_raise_at(x->vm, CONDITION_SYNTAX, position, VALUE_NIL,
                       "the program is nested too deeply");
}

/* ---- Lists ------------------------------------------------------------------------------- */

/* Pairs before the end, and the end; -1 for a circular list (Brent's algorithm). */
static int64_t walk(Value list, Value *end)
{
    Value mark = VALUE_ABSENT;
    int64_t count = 0, next_mark = 16;

    while (value_is_pair(list)) {
        if (value_is_eq(list, mark))
            return -1;
        if (count == next_mark) {
            mark = list;
            next_mark *= 2;
        }
        count += 1;
        list = pair_cdr(list);
    }
    *end = list;
    return count;
}

int64_t li_pair_count(Value list)
{
    Value end;

    return walk(list, &end);
}

int64_t li_list_length(Value list)
{
    Value end = VALUE_FALSE;
    int64_t count = walk(list, &end);

    return value_is_nil(end) ? count : -1;
}

/* "; it is (if test then [else])", or "". */
static const char *usage_of(const char *who)
{
    static const struct {
        const char *name, *usage;
    } usages[] = {
        {"quote", "; it is (quote datum)"},
        {"quasiquote", "; it is (quasiquote template)"},
        {"lambda", "; it is (lambda (name ...) body ...)"},
        {"if", "; it is (if test then [else])"},
        {"set!", "; it is (set! name value)"},
        {"let", "; it is (let ((name value) ...) body ...), or with a name before the ("},
        {"let*", "; it is (let* ((name value) ...) body ...)"},
        {"letrec", "; it is (letrec ((name value) ...) body ...)"},
        {"letrec*", "; it is (letrec* ((name value) ...) body ...)"},
        {"let-values", "; it is (let-values (((name ...) values) ...) body ...)"},
        {"let*-values", "; it is (let*-values (((name ...) values) ...) body ...)"},
        {"when", "; it is (when test body ...)"},
        {"unless", "; it is (unless test body ...)"},
        {"cond", "; it is (cond (test expression ...) ... [(else expression ...)])"},
        {"case", "; it is (case key ((datum ...) expression ...) ...)"},
        {"do", "; it is (do ((name value [step]) ...) (test result ...) command ...)"},
        {"delay", "; it is (delay expression)"},
        {"delay-force", "; it is (delay-force expression)"},
        {"begin", "; it is (begin expression ...)"},
        {"define", "; it is (define name value) or (define (name parameter ...) body ...)"},
        {"define-values", "; it is (define-values (name ...) values)"},
        {"define-syntax", "; it is (define-syntax name (syntax-rules ...))"},
        {"define-record-type",
         "; it is (define-record-type name (constructor field ...) predicate"
         " (field accessor [modifier]) ...)"},
    };

    for (size_t i = 0; i < sizeof usages / sizeof usages[0]; i += 1) {
        if (strcmp(usages[i].name, who) == 0)
            return usages[i].usage;
    }
    return "";
}

static Status wrong_count(Expansion *x, const Form *form, const char *who, int64_t min,
                          int64_t max, int64_t got)
{
    const char *noun = min == 1 && max == 1 ? "operand" : "operands";
    char expected[64];

    if (max == min)
        snprintf(expected, sizeof expected, "%lld", (long long)min);
    else if (max == OPERANDS_ANY)
        snprintf(expected, sizeof expected, "at least %lld", (long long)min);
    else if (max == min + 1)
        snprintf(expected, sizeof expected, "%lld or %lld", (long long)min,
                 (long long)max);
    else
        snprintf(expected, sizeof expected, "%lld to %lld", (long long)min,
                 (long long)max);
    if (min == 1 && max == OPERANDS_ANY)
        noun = "operand";
    return li_syntax_error(x, form->position, VALUE_ABSENT,
                           "%s: expected %s %s, got %lld%s", who, expected, noun,
                           (long long)got, usage_of(who));
}

Status li_check_operands(Expansion *x, const Form *form, const char *who, int64_t min,
                         int64_t max, int64_t *count)
{
    int64_t got = li_list_length(form_operands(form));

    if (got < 0)
        return li_syntax_error(x, form->position, VALUE_ABSENT,
                               "%s: the form is not a proper list", who);
    if (got > UINT32_MAX)
        return ERR_BAD_SIZE;
    if (got < min || (max != OPERANDS_ANY && got > max))
        return wrong_count(x, form, who, min, max, got);
    if (count != NULL)
        *count = got;
    return OK;
}

Form li_form_sub(const Form *form, Value datum)
{
    Form sub = *form;

    sub.datum = datum;
    sub.name = VALUE_FALSE;
    if (value_is_pair(datum)) {
        uint64_t position = li_pair_position(datum);

        if (position != 0)
            sub.position = position;
    }
    return sub;
}

Form li_form_item(const Form *form, Value pair)
{
    Form sub = li_form_sub(form, pair_car(pair));
    uint64_t position = value_is_pair(sub.datum) ? 0 : li_pair_position(pair);

    if (position != 0)
        sub.position = position;
    return sub;
}

Value li_list_tail(Value list, uint32_t index)
{
    while (index > 0) {
        list = pair_cdr(list);
        index -= 1;
    }
    return list;
}

Value li_list_at(Value list, uint32_t index)
{
    return pair_car(li_list_tail(list, index));
}

Status li_vector_to_list(Heap *heap, Value vector, Value *list)
{
    ListBuilder builder = {VALUE_NIL, NULL};

    for (uint32_t i = 0; i < vector_length(vector); i += 1)
        TRY(li_list_push_end(heap, &builder, vector_items(vector)[i]));
    *list = builder.head;
    return OK;
}

bool li_is_word(Value v, const char *word)
{
    return value_is_name(v)
        && li_text_equals_ascii(symbol_text(li_name_symbol(v)), word);
}

Status li_list_push_end(Heap *heap, ListBuilder *list, Value item)
{
    Value pair;

    TRY(li_cons(heap, item, VALUE_NIL, &pair));
    if (list->last == NULL)
        list->head = pair;
    else
        list->last->cdr = pair;
    list->last = value_to_pair(pair);
    return OK;
}

/* ---- Nodes ------------------------------------------------------------------------------- */

Status li_nodes_push(Expansion *x, NodeList *list, Node *node)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity * 2 + 4;
        Node **items;

        if (list->capacity > UINT32_MAX / 4)
            return ERR_BAD_SIZE;
        items = X_ARRAY(x, Node *, capacity);
        if (items == NULL)
            return ERR_NO_MEMORY;
        if (list->count != 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count] = node;
    list->count += 1;
    return OK;
}

static Status make(Expansion *x, NodeKind kind, uint64_t position, Node **node)
{
    Node *made = li_node_new(x->arena, kind, position);

    if (made == NULL)
        return ERR_NO_MEMORY;
    *node = made;
    return OK;
}

Status li_make_const(Expansion *x, Value constant, Node **node)
{
    TRY(make(x, NODE_CONST, 0, node));
    (*node)->as.constant = constant;
    return OK;
}

Status li_make_local(Expansion *x, uint64_t position, Variable *variable, Node **node)
{
    TRY(make(x, NODE_LOCAL, position, node));
    (*node)->as.local.variable = variable;
    variable->references += 1;
    return OK;
}

Status li_make_set_local(Expansion *x, uint64_t position, Variable *variable,
                         Node *value, Node **node)
{
    TRY(make(x, NODE_SET_LOCAL, position, node));
    (*node)->as.local.variable = variable;
    (*node)->as.local.value = value;
    variable->assignments += 1;
    return OK;
}

Status li_make_global(Expansion *x, NodeKind kind, uint64_t position, Value cell,
                      Node *value, Node **node)
{
    TRY(make(x, kind, position, node));
    (*node)->as.global.cell = cell;
    (*node)->as.global.value = value;
    return OK;
}

Status li_make_if(Expansion *x, uint64_t position, Node *test, Node *then,
                  Node *otherwise, Node **node)
{
    TRY(make(x, NODE_IF, position, node));
    (*node)->as.branch.test = test;
    (*node)->as.branch.then = then;
    (*node)->as.branch.otherwise = otherwise;
    return OK;
}

Status li_make_seq(Expansion *x, uint64_t position, const NodeList *items, Node **node)
{
    if (items->count == 0)
        return li_make_const(x, VALUE_UNSPECIFIED, node);
    if (items->count == 1) {
        *node = items->items[0];
        return OK;
    }
    TRY(make(x, NODE_SEQ, position, node));
    (*node)->as.seq.items = items->items;
    (*node)->as.seq.count = items->count;
    return OK;
}

Status li_make_let(Expansion *x, NodeKind kind, uint64_t position, uint32_t count,
                   Node **node)
{
    Node *made;

    TRY(make(x, kind, position, &made));
    made->as.let.variables = X_ARRAY(x, Variable *, count);
    made->as.let.inits = X_ARRAY(x, Node *, count);
    if (made->as.let.variables == NULL || made->as.let.inits == NULL)
        return ERR_NO_MEMORY;
    made->as.let.count = count;
    *node = made;
    return OK;
}

Status li_make_call(Expansion *x, uint64_t position, Node *procedure, uint32_t count,
                    Node **node)
{
    Node *made;

    TRY(make(x, NODE_CALL, position, &made));
    made->as.call.procedure = procedure;
    made->as.call.args = X_ARRAY(x, Node *, count);
    if (made->as.call.args == NULL)
        return ERR_NO_MEMORY;
    made->as.call.count = count;
    *node = made;
    return OK;
}

Status li_make_helper_call(Expansion *x, uint64_t position, Helper helper,
                           uint32_t count, Node **node)
{
    Value name, cell;
    Node *procedure;

    TRY(li_intern(x->heap, helper_names[helper], &name));
    TRY(li_environment_cell(x->heap, x->expander->primitives, name, &cell));
    TRY(li_make_global(x, NODE_GLOBAL, position, cell, NULL, &procedure));
    return li_make_call(x, position, procedure, count, node);
}

Status li_make_lambda(Expansion *x, uint64_t position, Value name, uint32_t count,
                      Node **node)
{
    Node *made;
    Lambda *lambda = X_NEW(x, Lambda);

    TRY(make(x, NODE_LAMBDA, position, &made));
    if (lambda == NULL)
        return ERR_NO_MEMORY;
    lambda->name = name;
    lambda->position = position;
    lambda->clauses = X_NEW(x, Clause);
    lambda->clause_count = 1;
    if (lambda->clauses == NULL)
        return ERR_NO_MEMORY;
    lambda->clauses[0].params = X_ARRAY(x, Variable *, count);
    lambda->clauses[0].required = count;
    if (lambda->clauses[0].params == NULL)
        return ERR_NO_MEMORY;
    made->as.lambda = lambda;
    *node = made;
    return OK;
}

Status li_make_thunk(Expansion *x, uint64_t position, Node *body, Node **node)
{
    TRY(li_make_lambda(x, position, VALUE_FALSE, 0, node));
    node_clause(*node)->body = body;
    return OK;
}

Status li_make_reference(Expansion *x, uint64_t position, Binding binding, Node **node)
{
    Value cell = binding.value;

    if (binding.local != NULL)
        return li_make_local(x, position, binding.local->variable, node);
    if (value_is_eq(cell, VALUE_ABSENT))
        TRY(li_environment_cell(x->heap, binding.environment, binding.key, &cell));
    return li_make_global(x, NODE_GLOBAL, position, cell, NULL, node);
}

Status li_make_receive(Expansion *x, uint64_t position, Node *producer, Node *consumer,
                       Node **node)
{
    Node *thunk;

    TRY(li_make_thunk(x, position, producer, &thunk));
    TRY(li_make_helper_call(x, position, HELPER_CALL_WITH_VALUES, 2, node));
    (*node)->as.call.args[0] = thunk;
    (*node)->as.call.args[1] = consumer;
    return OK;
}
