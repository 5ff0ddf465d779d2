/* codegen_prim.c - primitive operations to instructions.
 *
 * Operands are evaluated from left to right, into registers of their own or, if they are
 * variables, not at all. In a test, comparisons are fused with the branch; small constants
 * become immediate operands.
 */
#include <string.h>

#include "compiler/codegen.h"
#include "compiler/hoist.h"

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

/* A constant character whose code is an IMM operand. */
static bool is_small_char(const Node *node, int16_t *code)
{
    Value v = node->as.constant;

    if (!node_is_const(node) || !value_is_char(v) || value_to_char(v) > INT16_MAX)
        return false;
    *code = (int16_t)value_to_char(v);
    return true;
}

/* The test of a constant that is an operand of operation `op`. */
static bool (*small_test(Opcode op))(const Node *, int16_t *)
{
    switch ((int)op) {
    case OP_EQ: return is_small_word;
    case OP_CHEQ:
    case OP_CHLT:
    case OP_CHLE: return is_small_char;
    default: return is_small_integer;
    }
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
    {OP_CHLT, OP_BRCHLT, OP_BRCHLTI, OP_BRCHGTI},
    {OP_CHLE, OP_BRCHLE, OP_BRCHLEI, OP_BRCHGEI},
    {OP_CHEQ, OP_BRCHEQ, OP_BRCHEQI, OP_BRCHEQI},
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

/* A constant that is the same word wherever it is: not small, and no object that moves. */
static bool is_word(const Node *node)
{
    return node_is_const(node)
        && (!value_is_reference(node->as.constant)
            || value_has_type(node->as.constant, T_SYMBOL));
}

Branch li_equal_branch(Codegen *g, uint32_t reg, Value word)
{
    int64_t bits = (int64_t)word.bits;

    if (!value_is_reference(word) && bits == (int16_t)bits)
        return (Branch){OP_BREQI, reg, (uint16_t)bits, 0};
    return (Branch){OP_BREQW, reg, 0, li_unit_word(g, word)};
}

/* (eq? x 'symbol) */
static bool gen_compare_word(Codegen *g, Node *node, Dest dest)
{
    Node **args = node->as.prim.args;
    uint32_t reg, other;
    int16_t n;
    int word;

    if (node->as.prim.op->opcode != OP_EQ)
        return false;
    word = is_word(args[1]) ? 1 : is_word(args[0]) ? 0 : -1;
    if (word < 0 || is_small_word(args[word], &n)
        || li_find_hoisted(g, args[word], &reg))
        return false;
    other = li_gen_operand(g, args[1 - word]);
    li_gen_branch_word(g, dest, OP_BREQW, other,
                       li_unit_word(g, args[word]->as.constant));
    return true;
}

static void gen_compare(Codegen *g, const Compare *compare, Node *node, Dest dest)
{
    bool swapped = node->as.prim.op->pattern == PATTERN_SWAPPED;
    bool (*is_small)(const Node *, int16_t *) = small_test(compare->op);
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

    if (gen_compare_word(g, node, dest))
        return true;
    if (compare != NULL)
        gen_compare(g, compare, node, dest);
    else if (op == OP_TYPEP)
        li_gen_branch(g, dest, OP_BRTYPE, li_gen_operand(g, node->as.prim.args[0]),
                      node->as.prim.op->extra);
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

/* Variables and constants: what else is evaluated in between does not matter to them. */
static bool is_plain(const Node *node)
{
    return node->kind == NODE_CONST || node->kind == NODE_LOCAL;
}

/* An operation that could be the first of two in one instruction. */
static bool is_fusable(const Node *node)
{
    int16_t n;

    return node->kind == NODE_PRIM
        && (node->as.prim.op->opcode == OP_ADD || node->as.prim.op->opcode == OP_SUB
            || node->as.prim.op->opcode == OP_MUL)
        && (node->as.prim.op->opcode == OP_MUL
            || (!is_small_integer(node->as.prim.args[1], &n)
                && (node->as.prim.op->opcode == OP_SUB
                    || !is_small_integer(node->as.prim.args[0], &n))));
}

/* Which argument of `node` is an operation that is done in one instruction with it; -1 for
 * none. It must be evaluated last, as it is done with everything in hand. */
static int find_fused(const Node *node, Opcode *op)
{
    Node *const *args = node->as.prim.args;
    Fused fused;
    int inner;

    if (!is_fusable(node))
        return -1;
    if (is_fusable(args[1]))
        inner = 1;
    else if (is_fusable(args[0]) && is_plain(args[1]))
        inner = 0;
    else
        return -1;
    fused = (Fused){args[inner]->as.prim.op->opcode, node->as.prim.op->opcode,
                    inner == 1 && node->as.prim.op->opcode == OP_SUB};
    return li_op_fuse(&fused, op) ? inner : -1;
}

/* x * y + z and the like. */
static bool gen_fused(Codegen *g, Node *node, Dest dest)
{
    Opcode op;
    int inner = find_fused(node, &op);
    Node *first;
    uint32_t x, y, z = 0, reg;
    Where where = li_where(g), inside;

    if (inner < 0)
        return false;
    first = node->as.prim.args[inner];
    if (inner == 1)
        z = li_gen_operand(g, node->as.prim.args[0]);
    li_gen_where(g, first);
    inside = li_where(g);
    x = li_gen_operand(g, first->as.prim.args[0]);
    y = li_gen_operand(g, first->as.prim.args[1]);
    if (inner == 0) {
        li_return_to_where(g, where);
        z = li_gen_operand(g, node->as.prim.args[1]);
        li_return_to_where(g, inside);
    }
    reg = li_target(g, dest);
    note_operation(g, first, 0);
    li_emit_abc(g, op, reg, x, y);
    li_return_to_where(g, where);
    note_operation(g, node, inner == 1 && node->as.prim.op->opcode != OP_SUB);
    li_emit_operation_word(g, z);
    li_deliver(g, dest, reg);
    return true;
}

/* An index into a vector that is known to be a NUM operand. */
static bool is_small_index(const Node *node, uint32_t *n)
{
    Value v = node->as.constant;

    if (!node_is_const(node) || !value_is_fixnum(v) || value_to_fixnum(v) < 0
        || value_to_fixnum(v) > UINT16_MAX)
        return false;
    *n = (uint32_t)value_to_fixnum(v);
    return true;
}

static bool gen_vector_ref(Codegen *g, Node *node, Dest dest)
{
    uint32_t index, vector, reg;

    if (node->as.prim.op->opcode != OP_VECTORREF
        || !is_small_index(node->as.prim.args[1], &index))
        return false;
    vector = li_gen_operand(g, node->as.prim.args[0]);
    reg = li_target(g, dest);
    li_emit_abc(g, OP_VECTORREFI, reg, vector, index);
    li_deliver(g, dest, reg);
    return true;
}

/* The primitive that the instruction leaves the rare cases to. */
static void emit_primitive(Codegen *g, const PrimOp *op)
{
    if (op->def != NULL)
        li_emit_word(g, (uint64_t)(uintptr_t)op->def);
}

static void gen_value(Codegen *g, Node *node, Dest dest)
{
    const PrimOp *op = node->as.prim.op;
    uint32_t operands[2] = {op->extra, 0}, reg;

    if (op->args == 2
        && (gen_immediate(g, node, dest) || gen_fused(g, node, dest)
            || gen_vector_ref(g, node, dest)))
        return;
    if (op->args == 1)
        operands[1] = op->extra;
    for (uint32_t i = 0; i < op->args; i += 1)
        operands[i] = li_gen_operand(g, node->as.prim.args[i]);
    reg = li_target(g, dest);
    note_operation(g, node, op->pattern == PATTERN_SWAPPED);
    if (op->pattern == PATTERN_SWAPPED)
        li_emit_abc(g, op->opcode, reg, operands[1], operands[0]);
    else
        li_emit_abc(g, op->opcode, reg, operands[0], operands[1]);
    emit_primitive(g, op);
    li_deliver(g, dest, reg);
}

static void gen_effect(Codegen *g, Node *node, Dest dest)
{
    Opcode op = node->as.prim.op->opcode;
    uint32_t operands[3] = {0, 0, 0}, index;
    bool immediate =
        op == OP_VECTORSET && is_small_index(node->as.prim.args[1], &index);

    for (uint32_t i = 0; i < node->as.prim.count; i += 1) {
        if (immediate && i == 1)
            operands[1] = index;
        else
            operands[i] = li_gen_operand(g, node->as.prim.args[i]);
    }
    li_emit_abc(g, immediate ? OP_VECTORSETI : op, operands[0], operands[1],
                operands[2]);
    emit_primitive(g, node->as.prim.op);
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

/* ---- Primitives without an opcode -------------------------------------- */

/* One or two arguments are taken from where they are, and so is the answer. */
static void gen_primitive_test(Codegen *g, Node *node, Dest dest)
{
    uint32_t count = node->as.prim.count, operands[2] = {0, 0};

    for (uint32_t i = 0; i < count; i += 1)
        operands[i] = li_gen_operand(g, node->as.prim.args[i]);
    li_gen_branch_on(g, dest,
                     (Branch){count == 1 ? OP_BRPRIM1 : OP_BRPRIM2, operands[0], operands[1],
                              (uint64_t)(uintptr_t)node->as.prim.op->def});
}

static bool are_neighbours(const uint32_t *registers, uint32_t count)
{
    for (uint32_t i = 1; i < count; i += 1) {
        if (registers[i] != registers[0] + i)
            return false;
    }
    return true;
}

static void gen_primitive(Codegen *g, Node *node, Dest dest)
{
    uint32_t count = node->as.prim.count, from[NAMED_ARGUMENTS] = {g->top}, reg;
    bool is_run = count > NAMED_ARGUMENTS;

    if (li_gen_values(g, node, dest) || li_gen_member_test(g, node, dest))
        return;
    if (dest.kind == DEST_TEST && (count == 1 || count == 2)) {
        gen_primitive_test(g, node, dest);
        return;
    }
    li_unit_need(g, g->top + 1);
    for (uint32_t i = 0; i < count && g->status == OK; i += 1) {
        if (is_run)
            li_gen_push(g, node->as.prim.args[i]);
        else
            from[i] = li_gen_operand(g, node->as.prim.args[i]);
    }
    is_run = is_run || are_neighbours(from, count);
    reg = li_target(g, dest);
    if (is_run)
        li_emit_abc(g, OP_PRIM, reg, from[0], count);
    else
        li_emit_abc(g, count == 2 ? OP_PRIM2 : OP_PRIM3, reg, from[0], from[1]);
    emit_primitive(g, node->as.prim.op);
    if (!is_run && count == 3)
        li_emit_word(g, from[2]);
    li_deliver(g, dest, reg);
}

static void emit_cell_word(Codegen *g, const Node *global)
{
    li_unit_literal(g, global->as.global.cell);
    li_emit_word(g, global->as.global.cell.bits);
}

/* (apply primitive a list) */
static void gen_apply(Codegen *g, Node *node, Dest dest)
{
    uint32_t count = node->as.prim.count, base = g->top;

    for (uint32_t i = 1; i < count && g->status == OK; i += 1)
        li_gen_push(g, node->as.prim.args[i]);
    li_emit_abc(g, OP_APPLY, base, count - 1, 0);
    emit_cell_word(g, node->as.prim.args[0]);
    li_deliver(g, dest, base);
}

/* ---- Records ------------------------------------------------------------------------------------- */

static bool is_record_ref(Opcode op)
{
    return op == OP_RECORDREF || op == OP_RECORDREFK;
}

/* That is, if the arguments are as define-record-type has them. */
bool li_has_record_operands(const Node *prim)
{
    Node *const *args = prim->as.prim.args;
    Opcode op = prim->as.prim.op->opcode;
    uint32_t index;

    if (op == OP_RECORD)
        return args[0]->kind == NODE_GLOBAL && prim->as.prim.count <= UINT16_MAX;
    if (args[1]->kind != NODE_GLOBAL)
        return false;
    if (op == OP_RECORDP)
        return true;
    return is_small_index(args[2], &index) && is_word(args[is_record_ref(op) ? 3 : 4]);
}

static void gen_new_record(Codegen *g, const Node *node, Dest dest)
{
    uint32_t base = li_unit_push(g);

    for (uint32_t i = 1; i < node->as.prim.count && g->status == OK; i += 1)
        li_gen_push(g, node->as.prim.args[i]);
    li_emit_abc(g, OP_RECORD, base, node->as.prim.count - 1, 0);
    emit_cell_word(g, node->as.prim.args[0]);
    li_deliver(g, dest, base);
}

static void gen_record_test(Codegen *g, Node *node, Dest dest)
{
    Node **args = node->as.prim.args;
    uint32_t record = li_gen_operand(g, args[0]), reg;

    if (dest.kind == DEST_TEST) {
        li_unit_literal(g, args[1]->as.global.cell);
        li_gen_branch_word(g, dest, OP_BRRECORD, record, args[1]->as.global.cell.bits);
        return;
    }
    reg = li_target(g, dest);
    li_emit_abc(g, OP_RECORDP, reg, record, 0);
    emit_cell_word(g, args[1]);
    li_deliver(g, dest, reg);
}

static void gen_record(Codegen *g, Node *node, Dest dest)
{
    Node **args = node->as.prim.args;
    Opcode op = node->as.prim.op->opcode;
    uint32_t record, value, reg, index = 0;

    if (!li_has_record_operands(node)) {
        gen_primitive(g, node, dest);
    } else if (op == OP_RECORD) {
        gen_new_record(g, node, dest);
    } else if (op == OP_RECORDP) {
        gen_record_test(g, node, dest);
    } else if (is_small_index(args[2], &index) && is_record_ref(op)) {
        record = li_gen_operand(g, args[0]);
        reg = li_target(g, dest);
        li_emit_abc(g, op, reg, record, index);
        emit_cell_word(g, args[1]);
        li_emit_word(g, li_unit_word(g, args[3]->as.constant));
        li_deliver(g, dest, reg);
    } else {
        record = li_gen_operand(g, args[0]);
        value = li_gen_operand(g, args[3]);
        li_emit_abc(g, op, record, value, index);
        emit_cell_word(g, args[1]);
        li_emit_word(g, li_unit_word(g, args[4]->as.constant));
        li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
    }
}

/* ---- Control operations ------------------------------------------------------------------------- */

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
    lambda->holder = lambda;
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
    li_gen_call_at(g, dest, (CallRegisters){base, base}, node, op->args);
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
    case PATTERN_RECORD: gen_record(g, node, dest); break;
    case PATTERN_CONTROL: gen_control(g, node, dest); break;
    case PATTERN_APPLY: gen_apply(g, node, dest); break;
    default: UNREACHABLE();
    }
}
