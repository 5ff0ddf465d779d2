/* codegen_switch.c - many tests of one variable against constants as one jump.
 *
 *     (if (eq? x 'a) A (if (if (eq? x 'b) #t (eq? x 'c)) B D))
 *
 * with more of that kind becomes SWITCH and a row of JUMPs: to A, to B and to D. The first two
 * are numbers 0 and 1, which a table has for the words of a, b and c; what it does not have goes
 * to the last one. case over symbols, numbers or characters is expanded to such an IF, and facts.c
 * makes one of comparisons with char=? and =.
 *
 * The table is searched from an address that is the upper bits of a product, which are far apart
 * for numbers that follow each other. Where the words of symbols are not known yet, in what goes
 * into an image, there are no tables of them.
 */
#include "compiler/codegen.h"

#include "compiler/compiler.h"

enum {
    MIN_KEYS =
        20, /* fewer are faster one by one: their branches are foreseen, each in its place */
    MAX_KEYS = 5000,
    MAX_CASES = 2000,
    ROOM = 3, /* slots for each key, at least */
};

/* One IF of the row. */
typedef struct Case {
    Node *branch;
    Label label;
    Label *to; /* where it goes: `label`, or elsewhere if there is nothing to do */
    struct Case *next;
} Case;

typedef struct Key {
    Value word;
    uint32_t index; /* of the case */
    struct Key *next;
} Key;

typedef struct Switch {
    Codegen *g;
    Node *operand; /* the variable */
    Key *keys, **keys_end;
    Case *cases, **cases_end;
    uint32_t key_count, case_count;
    bool has_members; /* one of the tests calls memv */
    bool is_image;
    Status status;
} Switch;

/* ---- What is tested -------------------------------------------------------------------- */

/* A constant that can be a key. */
static bool is_key(const Switch *s, Value v)
{
    return !value_is_reference(v) || (!s->is_image && value_has_type(v, T_SYMBOL));
}

/* The variable that the operation compares with a constant, or NULL. */
static Node *compared(const Switch *s, const Node *prim, Value *key)
{
    Node *const *args = prim->as.prim.args;
    int constant;

    if (prim->as.prim.op->opcode != OP_EQ)
        return NULL;
    constant = node_is_const(args[1]) ? 1 : 0;
    if (!node_is_const(args[constant]) || args[1 - constant]->kind != NODE_LOCAL)
        return NULL;
    *key = args[constant]->as.constant;
    return is_key(s, *key) ? args[1 - constant] : NULL;
}

static void add_key(Switch *s, Value word)
{
    Key *key = ARENA_NEW(s->g->c->arena, Key);

    if (key == NULL) {
        s->status = ERR_NO_MEMORY;
        return;
    }
    key->word = word;
    key->index = s->case_count;
    *s->keys_end = key;
    s->keys_end = &key->next;
    s->key_count += 1;
}

static bool is_constant(const Node *node, Value constant)
{
    return node_is_const(node) && value_is_eq(node->as.constant, constant);
}

static bool is_member_test(const Node *prim)
{
    return li_node_is_member_test(prim) && prim->as.prim.args[0]->kind == NODE_LOCAL;
}

static bool is_same_operand(Switch *s, Node *operand)
{
    if (s->operand == NULL)
        s->operand = operand;
    return s->operand->as.local.variable == operand->as.local.variable;
}

/* (memv x '(a b c)) */
static bool add_members(Switch *s, const Node *prim)
{
    Value list = prim->as.prim.args[1]->as.constant;

    for (Value rest = list; !value_is_nil(rest); rest = pair_cdr(rest)) {
        if (!value_is_pair(rest) || !is_key(s, pair_car(rest)))
            return false;
    }
    if (!is_same_operand(s, prim->as.prim.args[0]))
        return false;
    s->has_members = true;
    for (; value_is_pair(list) && s->key_count <= MAX_KEYS; list = pair_cdr(list))
        add_key(s, pair_car(list));
    return true;
}

/* False if the test is of another kind. Then some of its keys may have been added. */
static bool add_test(Switch *s, const Node *test)
{
    Node *operand;
    Value key;

    for (; test->kind == NODE_IF && is_constant(test->as.branch.then, VALUE_TRUE);
         test = test->as.branch.otherwise) {
        if (test->as.branch.test->kind != NODE_PRIM
            || !add_test(s, test->as.branch.test))
            return false;
    }
    if (is_constant(test, VALUE_FALSE))
        return true;
    if (test->kind != NODE_PRIM)
        return false;
    if (is_member_test(test))
        return add_members(s, test);
    operand = compared(s, test, &key);
    if (operand == NULL || !is_same_operand(s, operand))
        return false;
    add_key(s, key);
    return true;
}

/* A look at two tests tells most IFs from the first of a row. */
static bool begins_row(const Switch *s, const Node *node)
{
    const Node *test = node->as.branch.test, *otherwise = node->as.branch.otherwise;
    Value key;

    if (test->kind == NODE_IF)
        return test->as.branch.test->kind == NODE_PRIM
            && compared(s, test->as.branch.test, &key) != NULL;
    if (test->kind != NODE_PRIM)
        return false;
    if (is_member_test(test))
        return true;
    return otherwise->kind == NODE_IF && compared(s, test, &key) != NULL;
}

static bool add_case(Switch *s, Node *node)
{
    Key **keys_end = s->keys_end;
    uint32_t key_count = s->key_count;
    bool has_members = s->has_members;
    Case *added = ARENA_NEW(s->g->c->arena, Case);

    if (added == NULL) {
        s->status = ERR_NO_MEMORY;
        return false;
    }
    if (!add_test(s, node->as.branch.test) || s->key_count > MAX_KEYS) {
        s->keys_end = keys_end;
        s->key_count = key_count;
        s->has_members = has_members;
        *keys_end = NULL;
        return false;
    }
    added->branch = node;
    *s->cases_end = added;
    s->cases_end = &added->next;
    s->case_count += 1;
    return true;
}

/* The part that is left if none of the cases is it. */
static Node *add_cases(Switch *s, Node *node)
{
    while (node->kind == NODE_IF && s->case_count < MAX_CASES && add_case(s, node))
        node = node->as.branch.otherwise;
    return node;
}

/* True if so few members are better compared one by one than by calling memv. */
bool li_gen_member_test(Codegen *g, Node *prim, Dest dest)
{
    Node **args = prim->as.prim.args;
    uint32_t reg, count;
    Value list;

    if (dest.kind != DEST_TEST || !li_node_is_member_test(prim))
        return false;
    list = args[1]->as.constant;
    count = li_short_list_length(list);
    if (count == 0)
        return false;
    reg = li_gen_operand(g, args[0]);
    for (; count > 1; count -= 1) {
        li_emit_branch(g, li_equal_branch(g, reg, pair_car(list)), dest.yes);
        list = pair_cdr(list);
    }
    li_gen_branch_on(g, dest, li_equal_branch(g, reg, pair_car(list)));
    return true;
}

/* ---- The table ------------------------------------------------------------------------- */

/* An address twice is that of the first key. */
static void insert(Value *slots, uint32_t slot_count, uint32_t shift, const Key *key)
{
    uint32_t at = (uint32_t)li_switch_address(key->word, shift);

    while (!value_is_eq(slots[2 * at], VALUE_ABSENT)) {
        if (value_is_eq(slots[2 * at], key->word))
            return;
        at += 1;
        CHECK(at < slot_count);
    }
    slots[2 * at] = key->word;
    slots[2 * at + 1] = value_from_fixnum(key->index);
}

/* Behind the last address there is room for all keys that could be pushed there, and for an
 * empty slot to end the search. */
static Status make_table(const Switch *s, uint32_t *shift, Value *table)
{
    uint32_t bits = 3, slot_count;

    while ((uint32_t)1 << bits < ROOM * s->key_count)
        bits += 1;
    *shift = 64 - bits;
    slot_count = ((uint32_t)1 << bits) + s->key_count + 1;
    TRY(li_vector(s->g->c->heap, 2 * (uint64_t)slot_count, VALUE_ABSENT, table));
    for (const Key *key = s->keys; key != NULL; key = key->next) {
        li_unit_word(s->g, key->word); /* stays where it is */
        insert(vector_items(*table), slot_count, *shift, key);
    }
    return OK;
}

/* ---- Code ------------------------------------------------------------------------------ */

static void emit_row(const Switch *s, uint32_t reg, Label *otherwise)
{
    Codegen *g = s->g;
    uint32_t shift;
    Value table;
    Status status = make_table(s, &shift, &table);

    if (status != OK) {
        if (g->status == OK)
            g->status = status;
        return;
    }
    li_emit_abc(g, OP_SWITCH, reg, shift, s->case_count);
    li_emit_word(g, li_unit_word(g, table));
    for (const Case *c = s->cases; c != NULL; c = c->next) {
        li_emit_jump(g, c->to);
        g->reachable = true;
    }
    li_emit_jump(g, otherwise);
    (void)li_unit_here(g); /* none of the row may go, wherever it leads */
}

static void gen_cases(const Switch *s, Dest dest, Ending *ending)
{
    for (Case *c = s->cases; c != NULL; c = c->next) {
        li_gen_where(s->g, c->branch);
        if (c->to == &c->label)
            li_gen_first_branch(s->g, c->branch->as.branch.then, &c->label, dest,
                                ending);
    }
}

bool li_gen_switch(Codegen *g, Node *node, Dest dest, Ending *ending, Node **rest)
{
    Switch s = {.g = g, .status = OK};
    Label here = {NULL, false}, *to;

    s.keys_end = &s.keys;
    s.cases_end = &s.cases;
    s.is_image = li_vm_compile_options(g->c->vm)->forgets_positions;
    if (!begins_row(&s, node))
        return false;
    *rest = add_cases(&s, node);
    if (s.status != OK && g->status == OK)
        g->status = s.status;
    if (s.status != OK || s.case_count == 0
        || (s.key_count < MIN_KEYS && !s.has_members))
        return false;
    for (Case *c = s.cases; c != NULL; c = c->next) {
        c->to = li_gen_shortcut(g, c->branch->as.branch.then, dest, ending);
        if (c->to == NULL)
            c->to = &c->label;
    }
    to = li_gen_shortcut(g, *rest, dest, ending);
    emit_row(&s, li_gen_operand(g, s.operand), to == NULL ? &here : to);
    gen_cases(&s, dest, ending);
    if (to != NULL)
        *rest = NULL;
    li_place(g, &here);
    return true;
}
