/* fold.c - operations on constants, done by the compiler as the machine would do them.
 *
 * Only operations that surely succeed are done: one that fails stays, to raise its error where
 * and when the program runs it. Numbers are fixnums and flonums, so that no constant grows by
 * being multiplied again and again.
 */
#include "compiler/passes.h"
#include "types/char.h"
#include "types/number.h"
#include "containers/symbolmap.h"
#include "vm/code.h"
#include "vm/global.h"

#include <string.h>

static bool is_small_number(Value v)
{
    return value_is_fixnum(v) || value_is_flonum(v);
}

/* ---- Operations on numbers ---------------------------------------------------------------- */

static bool fold_order(Opcode op, Value a, Value b, Value *result)
{
    NumOrder order;
    bool equal;

    if (op == OP_NUMEQ) {
        if (li_num_equal(a, b, &equal) != OK)
            return false;
        *result = value_from_bool(equal);
        return true;
    }
    if (li_num_compare(a, b, &order) != OK)
        return false;
    *result = value_from_bool(order == NUM_LESS || (op == OP_LE && order == NUM_EQUAL));
    return true;
}

static bool fold_numbers(Heap *heap, Opcode op, Value a, Value b, Value *result)
{
    if (!is_small_number(a) || !is_small_number(b))
        return false;
    switch ((int)op) {
    case OP_ADD: return li_num_add(heap, a, b, result) == OK;
    case OP_SUB: return li_num_subtract(heap, a, b, result) == OK;
    case OP_MUL: return li_num_multiply(heap, a, b, result) == OK;
    case OP_DIV: return li_num_divide(heap, a, b, result) == OK;
    case OP_LT:
    case OP_LE:
    case OP_NUMEQ: return fold_order(op, a, b, result);
    default: break;
    }
    if (!value_are_fixnums(a, b))
        return false;
    switch ((int)op) {
    case OP_QUOTIENT: return li_num_quotient(heap, a, b, result) == OK;
    case OP_REMAINDER: return li_num_remainder(heap, a, b, result) == OK;
    case OP_MODULO: return li_num_modulo(heap, a, b, result) == OK;
    default: return false;
    }
}

/* ---- Operations on one constant ------------------------------------------------------------ */

/* Literals do not change. What code was made of while the program ran may. */
static bool is_literal_pair(Value v)
{
    return value_is_pair(v) && li_is_immutable(value_to_payload(v));
}

static bool fold_unary(const PrimOp *op, Value v, Value *result)
{
    switch ((int)op->opcode) {
    case OP_NOT: *result = value_from_bool(!value_is_true(v)); return true;
    case OP_NULLP: *result = value_from_bool(value_is_nil(v)); return true;
    case OP_PAIRP: *result = value_from_bool(value_is_pair(v)); return true;
    case OP_FIXNUMP: *result = value_from_bool(value_is_fixnum(v)); return true;
    case OP_CHARP: *result = value_from_bool(value_is_char(v)); return true;
    case OP_TYPEP: *result = value_from_bool(value_has_type(v, op->extra)); return true;
    case OP_CAR:
        if (!is_literal_pair(v))
            return false;
        *result = pair_car(v);
        return true;
    case OP_CDR:
        if (!is_literal_pair(v))
            return false;
        *result = pair_cdr(v);
        return true;
    case OP_CHARTOINT:
        if (!value_is_char(v))
            return false;
        *result = value_from_fixnum(value_to_char(v));
        return true;
    default: return false;
    }
}

/* ---- Primitives without an opcode ---------------------------------------------------------- */

enum {
    MAX_ARGS = 3
};

/* Those that cannot fail if all arguments are of the kind. */
static const struct {
    const char *name;
    bool (*takes)(Value v);
} functions[] = {
    {"abs", is_small_number},      {"max", is_small_number},
    {"min", is_small_number},      {"number?", is_small_number},
    {"integer?", is_small_number}, {"real?", is_small_number},
    {"rational?", is_small_number},
};

static bool fold_function(Compiler *c, const Node *node, Value *result)
{
    const PrimDef *def = node->as.prim.op->def;
    uint32_t count = node->as.prim.count;
    Value values[MAX_ARGS];

    if (count == 0 || count > MAX_ARGS)
        return false;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i += 1) {
        if (strcmp(def->name, functions[i].name) != 0)
            continue;
        for (uint32_t k = 0; k < count; k += 1) {
            values[k] = node->as.prim.args[k]->as.constant;
            if (!functions[i].takes(values[k]))
                return false;
        }
        return def->run(c->vm, (Args){values, count}, result) == OK;
    }
    return false;
}

/* ---- What is known of a node ---------------------------------------------------------------- */

bool li_node_is_procedure(const Node *node)
{
    if (node->kind == NODE_LAMBDA)
        return true;
    if (node->kind == NODE_GLOBAL && li_node_is_settled(node)) {
        Value v = value_to_global(node->as.global.cell)->value;

        return value_has_type(v, T_CLOSURE) || value_has_type(v, T_PRIMITIVE);
    }
    return node->kind == NODE_LOCAL && node->as.local.variable->is_procedure;
}

bool li_node_is_settled(const Node *node)
{
    const Global *cell;

    if (node->kind != NODE_GLOBAL)
        return false;
    cell = value_to_global(node->as.global.cell);
    return li_global_has_flag(cell, GLOBAL_CONSTANT)
        && !value_is_eq(cell->value, VALUE_UNBOUND);
}

bool li_node_is_library(const Node *procedure, const char *name)
{
    const Code *code;
    Value value;

    if (!li_node_is_settled(procedure))
        return false;
    value = value_to_global(procedure->as.global.cell)->value;
    if (!value_is_closure(value))
        return false;
    code = value_to_code(value_to_closure(value)->code);
    return value_is_symbol(code->name) && value_to_fixnum(code->position) == 0
        && li_text_equals_ascii(symbol_text(code->name), name);
}

/* (eq? car cdr): procedures that globals are for good. */
static bool fold_same_procedure(const Node *node, Value *result)
{
    Node *const *args = node->as.prim.args;
    Opcode op = node->as.prim.op->opcode;

    if ((op != OP_EQ && op != OP_EQV && op != OP_EQUAL) || node->as.prim.count != 2
        || args[0]->kind != NODE_GLOBAL || args[1]->kind != NODE_GLOBAL
        || !li_node_is_procedure(args[0]) || !li_node_is_procedure(args[1]))
        return false;
    *result = value_from_bool(value_is_eq(value_to_global(args[0]->as.global.cell)->value,
                                          value_to_global(args[1]->as.global.cell)->value));
    return true;
}

/* (procedure? x) of what is one, whatever else it is; other predicates say no. */
static bool fold_procedure(const Node *node, Value *result)
{
    const PrimOp *op = node->as.prim.op;

    if (node->as.prim.count != 1 || !li_node_is_procedure(node->as.prim.args[0]))
        return false;
    switch ((int)op->opcode) {
    case OP_PRIM:
        *result = VALUE_TRUE;
        return strcmp(op->name, "procedure?") == 0;
    case OP_NOT:
    case OP_NULLP:
    case OP_PAIRP:
    case OP_FIXNUMP:
    case OP_CHARP: *result = VALUE_FALSE; return true;
    default: return false;
    }
}

bool li_node_is_true(const Node *node)
{
    return node_is_const(node) ? value_is_true(node->as.constant)
                               : li_node_is_procedure(node);
}

void li_fold_prim(Compiler *c, Node *node)
{
    const PrimOp *op = node->as.prim.op;
    Node **args = node->as.prim.args;
    bool swapped = op->pattern == PATTERN_SWAPPED, folded = false;
    Value result = VALUE_FALSE;

    if (fold_procedure(node, &result) || fold_same_procedure(node, &result)) {
        node_become_const(node, result);
        return;
    }
    for (uint32_t i = 0; i < node->as.prim.count; i += 1) {
        if (!node_is_const(args[i]))
            return;
    }
    if (op->pattern == PATTERN_CALL)
        folded = fold_function(c, node, &result);
    else if (node->as.prim.count == 1)
        folded = fold_unary(op, args[0]->as.constant, &result);
    else if (node->as.prim.count != 2)
        return;
    else if (op->opcode == OP_EQ) {
        result = value_from_bool(value_is_eq(args[0]->as.constant, args[1]->as.constant));
        folded = true;
    } else {
        folded = fold_numbers(c->heap, op->opcode, args[swapped]->as.constant,
                              args[!swapped]->as.constant, &result);
    }
    if (folded)
        node_become_const(node, result);
}
