/* facts_test.c - what tests say of variables, and where that is kept. */
#include <string.h>

#include "compiler/facts.h"
#include "vm/global.h"

enum {
    MAX_ASSUMED = 8 /* depth of tests within tests */
};

/* ---- Facts ----------------------------------------------------------------------------- */

static bool is_same(Fact a, Fact b)
{
    return a.kinds == b.kinds && value_is_eq(a.record_type, b.record_type);
}

static Status set_fact(Facts *pass, Variable *variable, Fact fact)
{
    if (!variable_is_plain(variable) || is_same(variable->fact, fact))
        return OK;
    if (pass->count == pass->capacity) {
        uint32_t capacity = pass->capacity == 0 ? 64 : 2 * pass->capacity;
        Change *trail = ARENA_ARRAY(pass->c->arena, Change, capacity);

        if (trail == NULL)
            return ERR_NO_MEMORY;
        if (pass->count != 0)
            memcpy(trail, pass->trail, pass->count * sizeof *trail);
        pass->trail = trail;
        pass->capacity = capacity;
    }
    pass->trail[pass->count] = (Change){variable, variable->fact};
    pass->count += 1;
    variable->fact = fact;
    return OK;
}

void li_facts_go_back(Facts *pass, uint32_t mark)
{
    while (pass->count > mark) {
        pass->count -= 1;
        pass->trail[pass->count].variable->fact = pass->trail[pass->count].fact;
    }
}

Status li_fact_narrow(Facts *pass, const Node *node, Kinds kinds)
{
    Fact fact;

    if (node->kind != NODE_LOCAL)
        return OK;
    fact = node->as.local.variable->fact;
    fact.kinds &= kinds;
    return set_fact(pass, node->as.local.variable, fact);
}

Fact li_fact_of_atom(const Node *node)
{
    if (node_is_const(node))
        return fact_of_kinds(li_kind_of(node->as.constant));
    if (node->kind == NODE_LOCAL && variable_is_plain(node->as.local.variable))
        return node->as.local.variable->fact;
    return any_fact();
}

/* The same, and of an operation on those what it says by itself. */
static Kinds kinds_of_operand(const Node *node)
{
    Kinds args[MAX_OPERANDS] = {ANY_KIND, ANY_KIND, ANY_KIND};

    if (node->kind != NODE_PRIM)
        return li_fact_of_atom(node).kinds;
    for (uint32_t i = 0; i < node->as.prim.count && i < MAX_OPERANDS; i += 1)
        args[i] = li_fact_of_atom(node->as.prim.args[i]).kinds;
    return li_prim_kinds(node, args);
}

/* ---- Records --------------------------------------------------------------------------- */

Value li_record_type_of(const Node *prim)
{
    const Node *type;

    if (prim->as.prim.op->pattern != PATTERN_RECORD)
        return VALUE_FALSE;
    type = prim->as.prim.args[prim->as.prim.op->opcode == OP_RECORD ? 0 : 1];
    if (type->kind != NODE_GLOBAL
        || !li_global_has_flag(value_to_global(type->as.global.cell), GLOBAL_CONSTANT))
        return VALUE_FALSE;
    return type->as.global.cell;
}

/* ---- What a test says ------------------------------------------------------------------ */

Status li_assume_record(Facts *pass, const Node *test)
{
    const Node *record = test->as.prim.args[0];
    Value type = li_record_type_of(test);

    TRY(li_fact_narrow(pass, record, IS_RECORD));
    if (record->kind != NODE_LOCAL || !value_is_true(type))
        return OK;
    return set_fact(pass, record->as.local.variable, (Fact){IS_RECORD, type});
}

static Status assume_prim(Facts *pass, const Node *test, bool outcome)
{
    const PrimOp *op = test->as.prim.op;
    Node *const *args = test->as.prim.args;
    const Node *first, *second;
    Kinds yes, no, a, b;

    if (op->opcode == OP_RECORDP && outcome)
        return li_assume_record(pass, test);
    if (test->as.prim.count == 1)
        return li_prim_predicate(op, &yes, &no)
                 ? li_fact_narrow(pass, args[0], outcome ? yes : no)
                 : OK;
    if (test->as.prim.count != 2 || op->pattern == PATTERN_CALL
        || op->pattern == PATTERN_RECORD)
        return OK;
    first = args[op->pattern == PATTERN_SWAPPED];
    second = args[op->pattern != PATTERN_SWAPPED];
    a = kinds_of_operand(first);
    b = kinds_of_operand(second);
    li_prim_compared(op->opcode, outcome, &a, &b);
    TRY(li_fact_narrow(pass, first, a));
    return li_fact_narrow(pass, second, b);
}

static Status assume(Facts *pass, const Node *test, bool outcome, int depth);

/* The branch that does not have the outcome was not taken. */
static Status assume_if(Facts *pass, const Node *test, bool outcome, int depth)
{
    const Node *then = test->as.branch.then, *otherwise = test->as.branch.otherwise;
    bool then_taken =
        node_is_const(otherwise) && value_is_true(otherwise->as.constant) != outcome;
    bool otherwise_taken =
        node_is_const(then) && value_is_true(then->as.constant) != outcome;

    if (!then_taken && !otherwise_taken)
        return OK;
    TRY(assume(pass, test->as.branch.test, then_taken, depth));
    return assume(pass, then_taken ? then : otherwise, outcome, depth);
}

static Status assume(Facts *pass, const Node *test, bool outcome, int depth)
{
    if (depth == MAX_ASSUMED)
        return OK;
    while (test->kind == NODE_SEQ || test->kind == NODE_LET)
        test = test->kind == NODE_SEQ ? test->as.seq.items[test->as.seq.count - 1]
                                      : test->as.let.body;
    if (test->kind == NODE_LOCAL)
        return li_fact_narrow(pass, test, outcome ? ~(Kinds)IS_FALSE : (Kinds)IS_FALSE);
    if (test->kind == NODE_IF)
        return assume_if(pass, test, outcome, depth + 1);
    if (test->kind != NODE_PRIM)
        return OK;
    if (test->as.prim.op->opcode == OP_NOT)
        return assume(pass, test->as.prim.args[0], !outcome, depth + 1);
    return assume_prim(pass, test, outcome);
}

Status li_assume(Facts *pass, const Node *test, bool outcome)
{
    return assume(pass, test, outcome, 0);
}
