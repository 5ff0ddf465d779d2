/* lists.c - lists that are taken apart where they are made.
 *
 * Before: (let ((rest (cons a (cons b '())))) ... (car rest) ... (null? (cdr rest)) ...), which is
 *         what is left of a rest parameter when a call is inlined; counts of references are exact.
 * After:  (let ((x a) (y b)) ... x ... #f ...), if that is all that is done to the list. If
 *         what is behind its first pairs goes elsewhere, it is a list of its own in a variable.
 *         (apply f rest) is (f x y); other calls of apply are as simple as they get (apply.c).
 *
 * A pair that nobody else sees is never changed, so its car is what it was made with. A first
 * walk finds, for each list, the first pair that is seen by others, and a second walk rewrites.
 */
#include "compiler/passes.h"

#include <string.h>

enum {
    MAX_ELEMENTS = 8
};

/* A list that a LET binds: Variable.scratch of the variable. */
typedef struct List {
    Node *elements[MAX_ELEMENTS];
    uint32_t count;
    uint32_t seen;  /* the first pair that others see; `count` if they see none */
    uint32_t reach; /* the last pair that is asked for, and one more for its car */
    Variable *names[MAX_ELEMENTS]; /* of the elements before `seen` */
    Variable *rest;                /* the pairs from `seen` on */
    bool is_spread;                /* it is gone */
} List;

/* What is known of a variable. */
typedef struct Bound {
    Variable *variable;
    List *list;           /* NULL: a FIX binds it to this: */
    const Lambda *lambda;
    struct Bound *next;
} Bound;

typedef struct Pass {
    Compiler *c;
    Bound *facts;
} Pass;

/* ---- What is known --------------------------------------------------------------------------- */

static Status add_fact(Pass *pass, Variable *variable, List *list, const Lambda *lambda)
{
    Bound *fact = ARENA_NEW(pass->c->arena, Bound);

    if (fact == NULL)
        return ERR_NO_MEMORY;
    *fact = (Bound){variable, list, lambda, pass->facts};
    pass->facts = fact;
    variable->scratch = fact;
    return OK;
}

static List *list_of(const Node *node)
{
    const Bound *fact = node->kind == NODE_LOCAL ? node->as.local.variable->scratch : NULL;

    return fact == NULL ? NULL : fact->list;
}

static const Lambda *lambda_of(const Node *node)
{
    const Bound *fact = node->kind == NODE_LOCAL ? node->as.local.variable->scratch : NULL;

    return fact == NULL ? NULL : fact->lambda;
}

static bool is_prim(const Node *node, Opcode op)
{
    return node->kind == NODE_PRIM && node->as.prim.op->pattern == PATTERN_VALUE
        && node->as.prim.op->opcode == op;
}

/* The list whose part `node` is, and the number of the pair where that begins; NULL if it is
 * none. */
static List *find_part(const Node *node, uint32_t *pair)
{
    uint32_t skipped = 0;
    List *list;

    for (;; node = node->as.prim.args[0]) {
        if (is_prim(node, OP_CDR))
            skipped += 1;
        else if (is_prim(node, OP_CDDR))
            skipped += 2;
        else
            break;
        if (skipped > MAX_ELEMENTS)
            return NULL;
    }
    list = list_of(node);
    *pair = skipped;
    return list == NULL || skipped > list->count ? NULL : list;
}

/* What an operation asks of a part of a list: that is known while nobody else sees the pair. */
typedef struct Question {
    List *list;
    uint32_t pair;
    bool is_car; /* its element; otherwise whether it is a pair, or () */
    bool if_pair;
} Question;

static bool find_question(const Node *node, Question *question)
{
    bool cadr = is_prim(node, OP_CADR);
    bool is_car = cadr || is_prim(node, OP_CAR), if_pair = is_prim(node, OP_PAIRP);

    if (!is_car && !if_pair && !is_prim(node, OP_NULLP))
        return false;
    *question = (Question){.is_car = is_car, .if_pair = if_pair};
    question->list = find_part(node->as.prim.args[0], &question->pair);
    if (question->list == NULL)
        return false;
    question->pair += cadr;
    return !is_car || question->pair < question->list->count;
}

/* (apply f a part) */
static List *find_applied(const Node *node, uint32_t *pair)
{
    List *list;

    if (!li_node_is_apply(node))
        return NULL;
    list = find_part(node->as.call.args[node->as.call.count - 1], pair);
    return list != NULL
                && li_can_apply(node, lambda_of(node->as.call.args[0]), list->count - *pair)
             ? list
             : NULL;
}

/* ---- The first walk --------------------------------------------------------------------------- */

static void note_reach(List *list, uint32_t reach)
{
    if (reach > list->reach)
        list->reach = reach;
}

/* The elements of the list that `node` makes; false if it makes none, or a long one. */
static bool read_list(const Node *node, List *list)
{
    for (; is_prim(node, OP_CONS); node = node->as.prim.args[1]) {
        if (list->count == MAX_ELEMENTS)
            return false;
        list->elements[list->count] = node->as.prim.args[0];
        list->count += 1;
    }
    list->seen = list->count;
    return list->count != 0 && node_is_const(node) && value_is_nil(node->as.constant);
}

static Status note_let(Pass *pass, const Node *node)
{
    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        List found = {.count = 0}, *list;

        if (node->as.let.variables[i]->assignments != 0
            || !read_list(node->as.let.inits[i], &found))
            continue;
        list = ARENA_NEW(pass->c->arena, List);
        if (list == NULL)
            return ERR_NO_MEMORY;
        *list = found;
        TRY(add_fact(pass, node->as.let.variables[i], list, NULL));
    }
    return OK;
}

static Status note_fix(Pass *pass, const Node *node)
{
    for (uint32_t i = 0; i < node->as.let.count; i += 1)
        TRY(add_fact(pass, node->as.let.variables[i], NULL,
                     node->as.let.inits[i]->as.lambda));
    return OK;
}

/* True if the node uses lists in a way that leaves nothing more to be seen in it. */
static bool note_use(Node *node)
{
    Question question;
    uint32_t pair;
    List *list;

    if (find_question(node, &question)) {
        note_reach(question.list, question.pair + question.is_car);
        return true;
    }
    list = find_part(node, &pair);
    if (list == NULL)
        return false;
    if (pair < list->seen)
        list->seen = pair;
    note_reach(list, pair);
    return true;
}

static Status look(Pass *pass, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);
        uint32_t pair;
        List *applied = find_applied(node, &pair);

        if (note_use(node))
            return OK;
        if (applied != NULL) {
            note_reach(applied, applied->count);
            parts.item_count -= 1;
        }
        if (node->kind == NODE_LET)
            TRY(note_let(pass, node));
        if (node->kind == NODE_FIX)
            TRY(note_fix(pass, node));
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                TRY(look(pass, node->as.lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(look(pass, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(look(pass, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

/* ---- The second walk -------------------------------------------------------------------------- */

static Status name_parts(Pass *pass, List *list)
{
    list->is_spread = list->seen > 0 && (list->seen == list->count || list->reach <= list->seen);
    for (uint32_t i = 0; list->is_spread && i < list->seen; i += 1) {
        list->names[i] = li_variable_new(pass->c->arena, VALUE_FALSE);
        if (list->names[i] == NULL)
            return ERR_NO_MEMORY;
    }
    if (list->is_spread && list->seen < list->count) {
        list->rest = li_variable_new(pass->c->arena, VALUE_FALSE);
        if (list->rest == NULL)
            return ERR_NO_MEMORY;
    }
    return OK;
}

static Status bind(Node *to, Variable *variable, Node *init)
{
    if (init == NULL)
        return ERR_NO_MEMORY;
    to->as.let.variables[to->as.let.count] = variable;
    to->as.let.inits[to->as.let.count] = init;
    to->as.let.count += 1;
    return OK;
}

static Status bind_parts(Pass *pass, Node *to, const List *list)
{
    for (uint32_t i = 0; i < list->seen; i += 1)
        TRY(bind(to, list->names[i], list->elements[i]));
    if (list->rest == NULL)
        return OK;
    return bind(to, list->rest,
                li_node_list(pass->c->arena, list->elements + list->seen,
                             list->count - list->seen));
}

/* Binds the parts instead of the lists. */
static Status change_let(Pass *pass, Node *node)
{
    uint32_t parts = 0;
    Node *wider;

    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        const Bound *fact = node->as.let.variables[i]->scratch;

        if (fact != NULL && fact->list->is_spread)
            parts += MAX_ELEMENTS;
    }
    if (parts == 0)
        return OK;
    wider = li_node_let(pass->c->arena, NODE_LET, node->as.let.count + parts, node->position);
    if (wider == NULL)
        return ERR_NO_MEMORY;
    wider->as.let.count = 0;
    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        const Bound *fact = node->as.let.variables[i]->scratch;

        if (fact != NULL && fact->list->is_spread)
            TRY(bind_parts(pass, wider, fact->list));
        else
            TRY(bind(wider, node->as.let.variables[i], node->as.let.inits[i]));
    }
    node->as.let.variables = wider->as.let.variables;
    node->as.let.inits = wider->as.let.inits;
    node->as.let.count = wider->as.let.count;
    return OK;
}

static void become_local(Node *node, Variable *variable)
{
    node->kind = NODE_LOCAL;
    node->as.local.variable = variable;
    variable->references += 1;
}

/* A part of a list as a value. */
static void become_part(Node *node, const List *list, uint32_t pair)
{
    if (pair == list->count)
        node_become_const(node, VALUE_NIL);
    else
        become_local(node, list->rest);
}

static bool change_use(Node *node)
{
    Question question;
    uint32_t pair;
    List *list;

    if (find_question(node, &question) && question.list->is_spread) {
        if (question.is_car)
            become_local(node, question.list->names[question.pair]);
        else
            node_become_const(node, value_from_bool((question.pair < question.list->count)
                                                    == question.if_pair));
        return true;
    }
    list = find_part(node, &pair);
    if (list == NULL || !list->is_spread)
        return false;
    become_part(node, list, pair);
    return true;
}

static Status change_apply(Pass *pass, Node *node)
{
    Node *items[MAX_ELEMENTS];
    uint32_t pair;
    const List *list = find_applied(node, &pair);

    if (list == NULL || !list->is_spread)
        return OK;
    for (uint32_t i = pair; i < list->count; i += 1) {
        items[i - pair] = li_node_local(pass->c->arena, list->names[i], 0);
        if (items[i - pair] == NULL)
            return ERR_NO_MEMORY;
        list->names[i]->references += 1;
    }
    return li_apply_to(pass->c, node, items, list->count - pair);
}

static Status change(Pass *pass, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts;

        if (change_use(node))
            return OK;
        if (node->kind == NODE_LET)
            TRY(change_let(pass, node));
        if (li_node_is_apply(node)) {
            TRY(change_apply(pass, node));
            if (li_node_is_apply(node))
                TRY(li_rewrite_apply(pass->c, node, lambda_of(node->as.call.args[0])));
            TRY(li_simplify_apply(pass->c, node));
        }
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                TRY(change(pass, node->as.lambda->clauses[i].body));
        }
        parts = li_node_children(node);
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(change(pass, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(change(pass, parts.items[i]));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

Status li_pass_lists(Compiler *c, Node *node)
{
    Pass pass = {.c = c};

    TRY(look(&pass, node));
    for (const Bound *fact = pass.facts; fact != NULL; fact = fact->next) {
        if (fact->list != NULL)
            TRY(name_parts(&pass, fact->list));
    }
    TRY(change(&pass, node));
    for (const Bound *fact = pass.facts; fact != NULL; fact = fact->next)
        fact->variable->scratch = NULL;
    return OK;
}
