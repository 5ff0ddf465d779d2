/* facts_prim.c - what is known of operations' values, and simpler operations for them. */
#include "compiler/facts.h"

static bool is_atom(const Node *node)
{
    return node_is_const(node)
        || (node->kind == NODE_LOCAL && !node->as.local.variable->unassigned_check);
}

/* True for a record of the type that is in this cell. */
static bool is_of_type(const Node *node, Value record_type)
{
    return value_is_true(record_type)
        && value_is_eq(li_fact_of_atom(node).record_type, record_type);
}

static bool is_safe(const Node *prim)
{
    for (uint32_t i = 0; i < prim->as.prim.count; i += 1) {
        Kinds demanded = li_prim_demands(prim->as.prim.op, i);

        if (li_fact_of_atom(prim->as.prim.args[i]).kinds & ~demanded)
            return false;
    }
    return true;
}

/* What the test of one variable comes to. */
static Kinds predicate_outcome(const Node *prim, Kinds kinds)
{
    Kinds yes, no;

    if (prim->as.prim.op->opcode == OP_RECORDP
        && is_of_type(prim->as.prim.args[0], li_record_type_of(prim)))
        return IS_TRUE;
    if (!li_prim_predicate(prim->as.prim.op, &yes, &no))
        return ANY_KIND;
    return ((kinds & yes) != 0 ? IS_TRUE : 0) | ((kinds & no) != 0 ? IS_FALSE : 0);
}

static bool is_possible(const Node *prim, const Kinds *args, bool outcome)
{
    bool swapped = prim->as.prim.op->pattern == PATTERN_SWAPPED;
    Kinds a = args[swapped], b = args[!swapped];

    li_prim_compared(prim->as.prim.op->opcode, outcome, &a, &b);
    return a != 0 && b != 0;
}

static bool is_comparison(const PrimOp *op)
{
    switch ((int)op->opcode) {
    case OP_EQ:
    case OP_EQV:
    case OP_EQUAL:
    case OP_NUMEQ:
    case OP_LT:
    case OP_LE: return true;
    default: return false;
    }
}

/* Whether the test is true or false or can be both, if it raises no error. */
static Kinds outcome_of(const Node *prim, const Kinds *args)
{
    const PrimOp *op = prim->as.prim.op;

    if (op->pattern == PATTERN_CALL ? prim->as.prim.count != 1
                                    : !(op->flags & PRIM_BOOLEAN))
        return ANY_KIND;
    if (prim->as.prim.count == 1 || op->opcode == OP_RECORDP)
        return predicate_outcome(prim, args[0]);
    if (!is_comparison(op))
        return IS_BOOLEAN;
    return (is_possible(prim, args, true) ? IS_TRUE : 0)
         | (is_possible(prim, args, false) ? IS_FALSE : 0);
}

/* eq? where it is as good; kinds of the operands. */
static void compare_words(Node *prim, const Kinds *args)
{
    Kinds both = args[0] | args[1];

    switch ((int)prim->as.prim.op->opcode) {
    case OP_EQV:
    case OP_EQUAL:
        if ((args[0] & ~(Kinds)IS_WORD) != 0 && (args[1] & ~(Kinds)IS_WORD) != 0)
            return;
        break;
    case OP_CHEQ:
        if ((both & ~(Kinds)IS_CHAR) != 0)
            return;
        break;
    case OP_NUMEQ:
        if ((both & ~(Kinds)IS_FIXNUM) != 0)
            return;
        break;
    default: return;
    }
    prim->as.prim.op = li_primop_named("eq?");
    prim->as.prim.skipped = 0;
}

/* That their record is one need not be checked, so they must not come before what found that. */
static const PrimOp record_ref_known = {
    .name = "%record-ref-known",
    .args = 4,
    .pattern = PATTERN_RECORD,
    .flags = PRIM_SILENT,
    .opcode = OP_RECORDREFK,
};
static const PrimOp record_set_known = {
    .name = "%record-set-known!",
    .args = 5,
    .pattern = PATTERN_RECORD,
    .opcode = OP_RECORDSETK,
};

static void become_known(Node *prim)
{
    if (prim->as.prim.op->pattern != PATTERN_RECORD
        || !is_of_type(prim->as.prim.args[0], li_record_type_of(prim))
        || !li_has_record_operands(prim))
        return;
    if (prim->as.prim.op->opcode == OP_RECORDREF)
        prim->as.prim.op = &record_ref_known;
    else if (prim->as.prim.op->opcode == OP_RECORDSET)
        prim->as.prim.op = &record_set_known;
}

static bool has_atoms(const Node *prim)
{
    uint32_t count = prim->as.prim.op->opcode == OP_RECORDP ? 1 : prim->as.prim.count;

    for (uint32_t i = 0; i < count; i += 1) {
        if (!is_atom(prim->as.prim.args[i]))
            return false;
    }
    return count != 0;
}

static void rewrite_prim(Node *prim, const Kinds *args, Kinds outcome)
{
    if (outcome == IS_TRUE || outcome == IS_FALSE) {
        if (has_atoms(prim) && is_safe(prim)) {
            li_facts_drop(prim);
            node_become_const(prim, value_from_bool(outcome == IS_TRUE));
        }
        return;
    }
    become_known(prim);
    if (prim->as.prim.count == 2)
        compare_words(prim, args);
}

/* What follows from the operation's success. */
static Status succeed(Facts *pass, const Node *prim)
{
    uint32_t count = prim->as.prim.count;

    for (uint32_t i = 0; i < count && i < MAX_OPERANDS; i += 1)
        TRY(li_fact_narrow(pass, prim->as.prim.args[i],
                           li_prim_demands(prim->as.prim.op, i)));
    if (prim->as.prim.op->opcode == OP_RECORDREF
        || prim->as.prim.op->opcode == OP_RECORDSET)
        return li_assume_record(pass, prim);
    return OK;
}

Status li_facts_prim(Facts *pass, Node *prim, Fact *value)
{
    Kinds args[MAX_OPERANDS] = {ANY_KIND, ANY_KIND, ANY_KIND};
    Kinds outcome;

    for (uint32_t i = 0; i < prim->as.prim.count; i += 1) {
        Fact fact;

        TRY(li_facts_part(pass, &prim->as.prim.args[i], &fact));
        if (fact.kinds == 0) {
            *value = fact;
            return OK;
        }
        if (i < MAX_OPERANDS)
            args[i] = fact.kinds;
    }
    *value = fact_of_kinds(li_prim_kinds(prim, args));
    if (prim->as.prim.op->opcode == OP_RECORD)
        value->record_type = li_record_type_of(prim);
    outcome = outcome_of(prim, args);
    value->kinds &= outcome;
    if (pass->rewrites)
        rewrite_prim(prim, args, outcome);
    return prim->kind == NODE_PRIM ? succeed(pass, prim) : OK;
}
