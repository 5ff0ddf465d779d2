/* codegen_prim.c - primitive operations to instructions.
 *
 * Operands are evaluated from left to right, into registers of their own or, if they are
 * variables, not at all. In a test, comparisons are fused with the branch; small constants
 * become immediate operands.
 */
#include <string.h>

#include "compiler/codegen.h"

/* ---- Immediate operands ------------------------------------------------------------------------ */

/* A constant fixnum that an IMM operand holds. */
static bool is_small_integer(const Node *node, int16_t *n)
{
    Value v = node->as.constant;

    if (!node_is_const(node) || !value_is_fixnum(v) || value_to_fixnum(v) < INT16_MIN
        || value_to_fixnum(v) > INT16_MAX)
        return false;
    *n = (int16_t)value_to_fixnum(v);
    return true;
}

/* A constant whose word is an IMM operand. */
static bool is_small_word(const Node *node, int16_t *word)
{
    Value v = node->as.constant;

    if (!node_is_const(node) || value_is_reference(v)
        || (int64_t)v.bits != (int16_t)v.bits)
        return false;
    *word = (int16_t)v.bits;
    return true;
}

/* ---- What failures name ------------------------------------------------------------------------- */

/* The operands of the instruction that comes next are args[first] and, if there is another,
 * the other one. An instruction is taken for the procedure that its opcode is named after, with
 * its arguments in order, if nothing else is said. */
static void note_operation(Codegen *g, const Node *node, uint32_t first)
{
    uint32_t skipped = node->as.prim.skipped;
    const PrimOp *op = node->as.prim.op;
    const char *plain = li_op_procedure(op->opcode);
    Operation operation = {0, {skipped + first, skipped + 1 - first}};

    if (plain == NULL || (skipped == 0 && first == 0 && strcmp(op->name, plain) == 0))
        return;
    if (li_primop_row(op, &operation.primop))
        li_note_operation(g, operation);
}

/* ---- Tests --------------------------------------------------------------------------------------- */

/* One way to compare: how it is written as a branch on a register and a constant. */
typedef struct Compare {
    Opcode op;     /* of the operation */
    Opcode branch; /* R[a] op R[b] */
    Opcode right;  /* R[a] op constant */
    Opcode left;   /* constant op R[a] */
} Compare;

static const Compare compares[] = {
    {OP_LT, OP_BRLT, OP_BRLTI, OP_BRGTI},
    {OP_LE, OP_BRLE, OP_BRLEI, OP_BRGEI},
    {OP_NUMEQ, OP_BRNUMEQ, OP_BRNUMEQI, OP_BRNUMEQI},
    {OP_EQ, OP_BREQ, OP_BREQI, OP_BREQI},
};

static const Compare *find_compare(Opcode op)
{
    for (size_t i = 0; i < sizeof compares / sizeof compares[0]; i += 1) {
        if (compares[i].op == op)
            return &compares[i];
    }
    return NULL;
}

static void gen_compare(Codegen *g, const Compare *compare, Node *node, Dest dest)
{
    bool swapped = node->as.prim.op->pattern == PATTERN_SWAPPED;
    bool (*is_small)(const Node *, int16_t *) =
        compare->op == OP_EQ ? is_small_word : is_small_integer;
    Node **args = node->as.prim.args;
    uint32_t a, b;
    int16_t n;

    if (is_small(args[1], &n)) {
        a = li_gen_operand(g, args[0]);
        note_operation(g, node, 0);
        li_gen_branch(g, dest, swapped ? compare->left : compare->right, a,
                      (uint16_t)n);
    } else if (is_small(args[0], &n)) {
        a = li_gen_operand(g, args[1]);
        note_operation(g, node, 1);
        li_gen_branch(g, dest, swapped ? compare->right : compare->left, a,
                      (uint16_t)n);
    } else {
        a = li_gen_operand(g, args[0]);
        b = li_gen_operand(g, args[1]);
        note_operation(g, node, swapped);
        li_gen_branch(g, dest, compare->branch, swapped ? b : a, swapped ? a : b);
    }
}

/* False if there is no branch for the operation. */
static bool gen_test(Codegen *g, Node *node, Dest dest)
{
    Opcode op = node->as.prim.op->opcode;
    const Compare *compare = find_compare(op);

    if (compare != NULL)
        gen_compare(g, compare, node, dest);
    else if (op == OP_NOT)
        li_gen(g, node->as.prim.args[0], dest_test(dest.no, dest.yes, dest.next));
    else if (op == OP_NULLP || op == OP_PAIRP)
        li_gen_branch(g, dest, op == OP_NULLP ? OP_BRNULL : OP_BRPAIR,
                      li_gen_operand(g, node->as.prim.args[0]), 0);
    else
        return false;
    return true;
}

/* ---- Values -------------------------------------------------------------------------------------- */

/* x + n, n + x, x - n. */
static bool gen_immediate(Codegen *g, Node *node, Dest dest)
{
    Opcode op = node->as.prim.op->opcode;
    Node **args = node->as.prim.args;
    Node *operand = args[0];
    uint32_t reg, source;
    int16_t n;

    if (op != OP_ADD && op != OP_SUB)
        return false;
    if (!is_small_integer(args[1], &n)) {
        if (op == OP_SUB || !is_small_integer(args[0], &n))
            return false;
        operand = args[1];
    }
    source = li_gen_operand(g, operand);
    reg = li_target(g, dest);
    note_operation(g, node, operand == args[1]);
    li_emit_abc(g, op == OP_ADD ? OP_ADDI : OP_SUBI, reg, source, (uint16_t)n);
    li_deliver(g, dest, reg);
    return true;
}

static void gen_value(Codegen *g, Node *node, Dest dest)
{
    const PrimOp *op = node->as.prim.op;
    uint32_t a, b = op->extra, reg;

    if (gen_immediate(g, node, dest))
        return;
    a = li_gen_operand(g, node->as.prim.args[0]);
    if (op->args == 2)
        b = li_gen_operand(g, node->as.prim.args[1]);
    reg = li_target(g, dest);
    note_operation(g, node, op->pattern == PATTERN_SWAPPED);
    if (op->pattern == PATTERN_SWAPPED)
        li_emit_abc(g, op->opcode, reg, b, a);
    else
        li_emit_abc(g, op->opcode, reg, a, b);
    li_deliver(g, dest, reg);
}

static void gen_effect(Codegen *g, Node *node, Dest dest)
{
    uint32_t operands[3] = {0, 0, 0};

    for (uint32_t i = 0; i < node->as.prim.count; i += 1)
        operands[i] = li_gen_operand(g, node->as.prim.args[i]);
    li_emit_abc(g, node->as.prim.op->opcode, operands[0], operands[1], operands[2]);
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

/* ---- Primitives without an opcode, and those that control -------------------------------------- */

static void gen_primitive(Codegen *g, Node *node, Dest dest)
{
    uint32_t count = node->as.prim.count, base = g->top;

    li_unit_need(g, base + 1);
    for (uint32_t i = 0; i < count && g->status == OK; i += 1)
        li_gen_push(g, node->as.prim.args[i]);
    li_emit_abc(g, OP_PRIM, base, count, 0);
    li_emit_word(g, (uint64_t)(uintptr_t)node->as.prim.op->def);
    li_deliver(g, dest, base);
}

/* (lambda (a b) (%apply a b)): what a control operation is elsewhere than in tail position. */
static Lambda *make_wrapper(Codegen *g, const PrimOp *op)
{
    Arena *arena = g->c->arena;
    Lambda *lambda = ARENA_NEW(arena, Lambda);
    Clause *clause = ARENA_NEW(arena, Clause);
    Node *body = li_node_prim(arena, op, op->args, g->position);

    if (lambda == NULL || clause == NULL || body == NULL)
        return NULL;
    clause->params = ARENA_ARRAY(arena, Variable *, op->args);
    if (clause->params == NULL)
        return NULL;
    lambda->name = VALUE_FALSE;
    lambda->clauses = clause;
    lambda->clause_count = 1;
    lambda->position = g->position;
    clause->required = op->args;
    clause->body = body;
    for (uint32_t i = 0; i < op->args; i += 1) {
        clause->params[i] = li_variable_new(arena, VALUE_FALSE);
        if (clause->params[i] == NULL)
            return NULL;
        clause->params[i]->owner = lambda;
        clause->params[i]->references = 1;
        body->as.prim.args[i] = li_node_local(arena, clause->params[i], g->position);
        if (body->as.prim.args[i] == NULL)
            return NULL;
    }
    return lambda;
}

static Unit *wrapper_for(Codegen *g, const PrimOp *op)
{
    uint32_t index = (uint32_t)op->opcode - OP_TAILAPPLY;
    Lambda *lambda;

    if (g->wrappers[index] != NULL)
        return g->wrappers[index];
    lambda = make_wrapper(g, op);
    if (lambda == NULL) {
        if (g->status == OK)
            g->status = ERR_NO_MEMORY;
        return NULL;
    }
    g->wrappers[index] = li_unit_for(g, lambda);
    return g->wrappers[index];
}

_Static_assert(OP_TAILVALUES == OP_TAILAPPLY + 1 && OP_TAILCC == OP_TAILAPPLY + 2,
               "control operations stand together");

static void gen_control(Codegen *g, Node *node, Dest dest)
{
    const PrimOp *op = node->as.prim.op;
    uint32_t operands[2] = {0, 0}, base = g->top;
    Unit *wrapper;

    if (li_gen_is_tail(g, dest)) {
        for (uint32_t i = 0; i < op->args; i += 1)
            operands[i] = li_gen_operand(g, node->as.prim.args[i]);
        li_emit_abc(g, op->opcode, operands[0], operands[1], 0);
        return;
    }
    wrapper = wrapper_for(g, op);
    if (wrapper == NULL)
        return;
    li_unit_need(g, base + 3);
    g->top = base + 3;
    for (uint32_t i = 0; i < op->args; i += 1)
        li_gen_push(g, node->as.prim.args[i]);
    li_emit_constant(g, base, wrapper->closure);
    li_gen_where_called(g, node);
    li_gen_call_at(g, dest, base, op->args);
}

void li_gen_prim(Codegen *g, Node *node, Dest dest)
{
    switch ((Pattern)node->as.prim.op->pattern) {
    case PATTERN_CALL: gen_primitive(g, node, dest); break;
    case PATTERN_VALUE:
    case PATTERN_SWAPPED:
    case PATTERN_TYPEP:
        if (dest.kind != DEST_TEST || !gen_test(g, node, dest))
            gen_value(g, node, dest);
        break;
    case PATTERN_EFFECT: gen_effect(g, node, dest); break;
    case PATTERN_CONTROL: gen_control(g, node, dest); break;
    default: UNREACHABLE();
    }
}
