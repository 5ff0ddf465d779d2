/* primitives.c - calls of primitives that no program can redefine become operations.
 *
 * Before: CALL of a GLOBAL, among others.
 * After:  where the global is constant, its value is a primitive and the number of arguments
 *         is right, the CALL is a PRIM, or PRIMs within LET and IF. A call with a wrong number
 *         of arguments stays, to raise its error when it runs.
 *
 * Arguments keep their order of evaluation. Sums are folded from the left, so that an
 * addition may raise its error before later arguments are evaluated.
 */
#include <string.h>

#include "compiler/passes.h"
#include "vm/global.h"

typedef enum Rewrite {
    REWRITE_EXACT,
    REWRITE_SUM,
    REWRITE_DIFFERENCE,
    REWRITE_CHAIN,
    REWRITE_ZERO,
    REWRITE_EOF,
    REWRITE_EQV,
    REWRITE_IDENTITY,
    REWRITE_RECORD,
    REWRITE_PORT,
} Rewrite;

typedef struct Row {
    PrimOp op;
    Rewrite rewrite;
} Row;

static const Row rows[] = {
#define PRIMOP(name, args, opcode, pattern, extra, flags, rewrite)     \
    {{name, args, PATTERN_##pattern, flags, extra, OP_##opcode, NULL}, \
     REWRITE_##rewrite},
#include "compiler/primops.def"
#undef PRIMOP
};

enum {
    ROW_COUNT = sizeof rows / sizeof rows[0]
};

/* Longer sums and comparisons are left to the primitive, which takes any number: unfolded
 * they would nest as deep as they are long. */
enum {
    MAX_UNFOLDED = 8,
    MAX_CHAIN = 4, /* comparisons also repeat their checks, see check_rest() */
};

static const Row *find_row(const char *name)
{
    int low = 0, high = ROW_COUNT;

    while (low < high) {
        int middle = (low + high) / 2;
        int order = strcmp(rows[middle].op.name, name);

        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const PrimOp *li_primop_named(const char *name)
{
    const Row *row = find_row(name);

    ASSERT(row != NULL);
    return &row->op;
}

const char *li_primop_name(uint32_t row)
{
    return row < ROW_COUNT ? rows[row].op.name : "procedure";
}

bool li_primop_row(const PrimOp *op, uint32_t *row)
{
    const Row *found = find_row(op->name);

    if (found == NULL || op != &found->op)
        return false;
    *row = (uint32_t)(found - rows);
    return true;
}

const PrimDef *li_constant_primitive(const Node *procedure)
{
    const Global *cell;
    const PrimDef *def;

    if (procedure->kind != NODE_GLOBAL)
        return NULL;
    cell = value_to_global(procedure->as.global.cell);
    if (!li_global_has_flag(cell, GLOBAL_CONSTANT)
        || !value_has_type(cell->value, T_PRIMITIVE))
        return NULL;
    memcpy(&def, value_to_object(cell->value), sizeof def);
    return def;
}

static void become_prim(Node *node, const PrimOp *op, Node **args, uint32_t count)
{
    node->kind = NODE_PRIM;
    node->as.prim.op = op;
    node->as.prim.args = args;
    node->as.prim.count = count;
    node->as.prim.skipped = 0;
}

/* Any primitive, by its address. */
static Status become_general(Compiler *c, Node *node, const PrimDef *def)
{
    uint32_t count = node->as.call.count;
    PrimOp *op;

    if (count < def->min_args || (def->max_args != PRIM_ANY && count > def->max_args))
        return OK;
    op = ARENA_NEW(c->arena, PrimOp);
    if (op == NULL)
        return ERR_NO_MEMORY;
    op->name = def->name;
    op->args = (uint8_t)(count > UINT8_MAX ? UINT8_MAX : count);
    op->pattern = PATTERN_CALL;
    op->opcode = OP_PRIM;
    op->def = def;
    become_prim(node, op, node->as.call.args, count);
    return OK;
}

/* The row with the primitive at hand; NULL: no memory. */
static const PrimOp *with_primitive(Compiler *c, const PrimOp *row, const PrimDef *def)
{
    PrimOp *op = ARENA_NEW(c->arena, PrimOp);

    if (op == NULL)
        return NULL;
    *op = *row;
    op->def = def;
    return op;
}

/* It may turn out that the type is not in a global variable: then the primitive is called. */
static Status become_record(Compiler *c, Node *node, const PrimOp *row,
                            const PrimDef *def)
{
    const PrimOp *op;

    TRY(become_general(c, node, def));
    if (node->kind != NODE_PRIM)
        return OK;
    op = with_primitive(c, row, def);
    if (op == NULL)
        return ERR_NO_MEMORY;
    node->as.prim.op = op;
    return OK;
}

/* What (current-input-port) and its like are: the parameters themselves never change. */
static const PrimOp current_ports[] = {
    {"current-input-port", 0, PATTERN_VALUE, 0, 0, OP_CURRENTPORT, NULL},
    {"current-output-port", 0, PATTERN_VALUE, 0, 1, OP_CURRENTPORT, NULL},
    {"current-error-port", 0, PATTERN_VALUE, 0, 2, OP_CURRENTPORT, NULL},
};

/* A port is the last argument, and may be left out. */
static Status become_port(Compiler *c, Node *node, const PrimOp *row, const PrimDef *def)
{
    uint32_t count = node->as.call.count;
    bool reads = row->pattern == PATTERN_VALUE;
    const PrimOp *op = with_primitive(c, row, def);
    Node **args = ARENA_ARRAY(c->arena, Node *, row->args);

    if (op == NULL || args == NULL)
        return ERR_NO_MEMORY;
    if (count != row->args && count + 1 != row->args)
        return OK;
    for (uint32_t i = 0; i < count; i += 1)
        args[i] = node->as.call.args[i];
    if (count < row->args) {
        args[count] = li_node_prim(c->arena, &current_ports[reads ? 0 : 1], 0, node->position);
        if (args[count] == NULL)
            return ERR_NO_MEMORY;
        args[count]->origin = node->origin;
    }
    become_prim(node, op, args, row->args);
    return OK;
}

/* ((a + b) + c) + d */
static Status fold_left(Compiler *c, Node *node, const PrimOp *op)
{
    Node **args = node->as.call.args;
    uint32_t count = node->as.call.count;
    Node *sum = args[0];

    for (uint32_t i = 1; i < count - 1; i += 1) {
        Node *inner = li_node_prim(c->arena, op, 2, node->position);

        if (inner == NULL)
            return ERR_NO_MEMORY;
        inner->as.prim.args[0] = sum;
        inner->as.prim.args[1] = args[i];
        inner->as.prim.skipped = i - 1;
        sum = inner;
    }
    args[0] = sum;
    args[1] = args[count - 1];
    become_prim(node, op, args, 2);
    node->as.prim.skipped = count - 2;
    return OK;
}

/* Compares variables i and i + 1 of `let`. */
static Node *compare_neighbours(Compiler *c, const Node *let, uint32_t i,
                                const PrimOp *op)
{
    Node *test = li_node_prim(c->arena, op, 2, let->position);

    if (test == NULL)
        return NULL;
    test->as.prim.skipped = i;
    for (uint32_t k = 0; k < 2; k += 1) {
        Variable *variable = let->as.let.variables[i + k];

        test->as.prim.args[k] = li_node_local(c->arena, variable, let->position);
        if (test->as.prim.args[k] == NULL)
            return NULL;
        variable->references += 1;
    }
    return test;
}

/* (begin (< y z) #f): all arguments must be numbers, those too that are not compared any more.
 * Comparisons of `let` from neighbours i and i + 1 on. */
static Node *check_rest(Compiler *c, const Node *let, uint32_t i, const PrimOp *op)
{
    uint32_t checks = let->as.let.count - 1 - i;
    Node *seq = li_node_new(c->arena, NODE_SEQ, let->position);

    if (seq == NULL)
        return NULL;
    seq->as.seq.items = ARENA_ARRAY(c->arena, Node *, checks + 1);
    if (seq->as.seq.items == NULL)
        return NULL;
    for (uint32_t k = 0; k <= checks; k += 1) {
        seq->as.seq.items[k] = k < checks ? compare_neighbours(c, let, i + k, op)
                                          : li_node_const(c->arena, VALUE_FALSE);
        if (seq->as.seq.items[k] == NULL)
            return NULL;
    }
    seq->as.seq.count = checks + 1;
    return seq;
}

/* (let ((x a) (y b) (z c)) (if (< x y) (< y z) (begin (< y z) #f))) */
static Status chain(Compiler *c, Node *node, const PrimOp *op)
{
    uint32_t count = node->as.call.count;
    Node *let = li_node_let(c->arena, NODE_LET, count, node->position);
    Node *body;

    if (let == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        let->as.let.inits[i] = node->as.call.args[i];
        let->as.let.variables[i] = li_variable_new(c->arena, VALUE_FALSE);
        if (let->as.let.variables[i] == NULL)
            return ERR_NO_MEMORY;
    }
    body = compare_neighbours(c, let, count - 2, op);
    for (uint32_t i = count - 2; i > 0 && body != NULL; i -= 1) {
        Node *branch = li_node_new(c->arena, NODE_IF, node->position);

        if (branch == NULL)
            return ERR_NO_MEMORY;
        branch->as.branch.test = compare_neighbours(c, let, i - 1, op);
        branch->as.branch.then = body;
        branch->as.branch.otherwise = check_rest(c, let, i, op);
        if (branch->as.branch.test == NULL || branch->as.branch.otherwise == NULL)
            return ERR_NO_MEMORY;
        body = branch;
    }
    if (body == NULL)
        return ERR_NO_MEMORY;
    let->as.let.body = body;
    let->origin = node->origin;
    *node = *let;
    return OK;
}

/* Adds a constant as the second operand. */
static Status compare_with(Compiler *c, Node *node, const PrimOp *op, Value constant)
{
    Node **args = ARENA_ARRAY(c->arena, Node *, 2);

    if (args == NULL)
        return ERR_NO_MEMORY;
    args[0] = node->as.call.args[0];
    args[1] = li_node_const(c->arena, constant);
    if (args[1] == NULL)
        return ERR_NO_MEMORY;
    become_prim(node, op, args, 2);
    return OK;
}

static bool is_eq_constant(const Node *node)
{
    return node_is_const(node)
        && (!value_is_reference(node->as.constant)
            || value_has_type(node->as.constant, T_SYMBOL));
}

static Status rewrite(Compiler *c, Node *node, const Row *row, const PrimDef *def)
{
    const PrimOp *op = &row->op;
    Node **args = node->as.call.args;
    uint32_t count = node->as.call.count;
    bool folds = count >= 2 && count <= MAX_UNFOLDED;

    switch (row->rewrite) {
    case REWRITE_EXACT:
        if (count != op->args)
            break;
        become_prim(node, op, args, count);
        return OK;
    case REWRITE_SUM:
        if (count == 0) {
            node_become_const(node, value_from_fixnum(op->opcode == OP_MUL ? 1 : 0));
            return OK;
        }
        if (folds)
            return fold_left(c, node, op);
        break;
    case REWRITE_DIFFERENCE:
        if (folds)
            return fold_left(c, node, op);
        break;
    case REWRITE_CHAIN:
        if (count == 2) {
            become_prim(node, op, args, count);
            return OK;
        }
        if (folds && count <= MAX_CHAIN)
            return chain(c, node, op);
        break;
    case REWRITE_ZERO:
        if (count == 1)
            return compare_with(c, node, op, value_from_fixnum(0));
        break;
    case REWRITE_EOF:
        if (count == 1)
            return compare_with(c, node, op, VALUE_EOF);
        break;
    case REWRITE_EQV:
        if (count != 2)
            break;
        if (is_eq_constant(args[0]) || is_eq_constant(args[1]))
            op = &find_row("eq?")->op;
        become_prim(node, op, args, count);
        return OK;
    case REWRITE_IDENTITY:
        if (count != 1)
            break;
        *node = *args[0];
        return OK;
    case REWRITE_RECORD: return become_record(c, node, op, def);
    case REWRITE_PORT: return become_port(c, node, op, def);
    default: UNREACHABLE();
    }
    return op->pattern == PATTERN_CONTROL ? OK : become_general(c, node, def);
}

/* Which of current_ports a call is; -1: none. */
static int find_port_call(const Compiler *c, const Node *node)
{
    const Node *procedure = node->as.call.procedure;
    const Global *cell;

    if (procedure->kind != NODE_GLOBAL || node->as.call.count != 0)
        return -1;
    cell = value_to_global(procedure->as.global.cell);
    return li_global_has_flag(cell, GLOBAL_CONSTANT) && value_has_type(cell->value, T_PARAMETER)
             ? li_vm_port_parameter(c->vm, cell->value)
             : -1;
}

Status li_rewrite_call(Compiler *c, Node *node)
{
    const PrimDef *def = li_constant_primitive(node->as.call.procedure);
    int port = find_port_call(c, node);
    const Row *row;

    if (port >= 0)
        become_prim(node, &current_ports[port], NULL, 0);
    if (def == NULL)
        return OK;
    row = find_row(def->name);
    return row == NULL ? become_general(c, node, def) : rewrite(c, node, row, def);
}

/* A global whose value stays, and is no object, is that value. */
static void resolve_global(Node *node)
{
    Value value;

    if (!li_node_is_settled(node))
        return;
    value = value_to_global(node->as.global.cell)->value;
    if (!value_is_reference(value))
        node_become_const(node, value);
}

Status li_pass_primitives(Compiler *c, Node *node)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_LAMBDA) {
            Lambda *lambda = node->as.lambda;
            for (uint32_t i = 0; i < lambda->clause_count; i += 1)
                TRY(li_pass_primitives(c, lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(li_pass_primitives(c, *parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(li_pass_primitives(c, parts.items[i]));
        if (node->kind == NODE_CALL)
            TRY(li_rewrite_call(c, node));
        if (node->kind == NODE_GLOBAL)
            resolve_global(node);
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}
