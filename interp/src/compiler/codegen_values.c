/* codegen_values.c - several values to instructions.
 *
 * RECEIVE binds the values of an expression. They go to registers in a row: (values a b) at the
 * end of a path through the expression computes them there, and anything else leaves one value
 * that may stand for several, which an instruction RECEIVE takes apart. Behind a call that is
 * where VALUES, the end of another procedure, looks for the registers.
 */
#include "compiler/codegen.h"
#include "vm/code.h"

/* ---- RECEIVE ------------------------------------------------------------------------------------- */

/* What errors say of the variables; see RECEIVE_NAME. */
static Value describe(Codegen *g, Node *receive)
{
    const Lambda *consumer = receive->as.receive.consumer;
    Value words[RECEIVE_WORDS] = {
        [RECEIVE_NAME] = consumer->name,
        [RECEIVE_POSITION] = value_from_fixnum((int64_t)consumer->position),
    };
    Value *description = &receive->as.receive.description;

    if (!value_is_vector(*description)
        && (li_clause_names(g->c, &consumer->clauses[0], &words[RECEIVE_PARAMS]) != OK
            || li_vector_from(g->c->heap, words, RECEIVE_WORDS, description) != OK)
        && g->status == OK)
        g->status = ERR_NO_MEMORY;
    return *description;
}

void li_deliver_values(Codegen *g, Dest dest, uint32_t reg)
{
    const Clause *clause = node_receive_clause(dest.receive);
    Where where = li_where(g);

    li_gen_where(g, dest.receive);
    li_emit_abc(g, clause->has_rest ? OP_RECEIVEREST : OP_RECEIVE, dest.reg,
                clause->required, reg);
    li_emit_word(g, li_unit_literal(g, describe(g, dest.receive)));
    li_return_to_where(g, where);
}

static void bind_register(Codegen *g, Variable *variable)
{
    variable->reg = li_unit_push(g);
    variable->level = g->level;
}

Node *li_gen_receive(Codegen *g, Node *node)
{
    const Clause *clause = node_receive_clause(node);
    uint32_t first = g->top;

    li_unit_need(g, first + 1);
    for (uint32_t i = 0; i < clause_param_count(clause); i += 1)
        bind_register(g, clause->params[i]);
    li_gen(g, node->as.receive.init,
           (Dest){.kind = DEST_VALUES, .reg = first, .receive = node});
    return clause->body;
}

/* ---- (values a ...) ------------------------------------------------------------------------------ */

void li_gen_list(Codegen *g, uint32_t from, uint32_t to)
{
    uint32_t end = g->top == from ? to : li_unit_push(g);

    li_unit_need(g, to + 1);
    li_emit_constant(g, end, VALUE_NIL);
    for (uint32_t i = end; i > from; i -= 1)
        li_emit_abc(g, OP_CONS, i - 1 == from ? to : i - 1, i - 1, i);
}

/* Each value into the register that waits for it; the rest parameter's are pushed. */
static void gen_bound(Codegen *g, Node *node, Dest dest)
{
    const Clause *clause = node_receive_clause(dest.receive);
    uint32_t list = g->top;

    for (uint32_t i = 0; i < node->as.prim.count && g->status == OK; i += 1) {
        if (i < clause->required)
            li_gen(g, node->as.prim.args[i], dest_register(dest.reg + i));
        else
            li_gen_push(g, node->as.prim.args[i]);
    }
    if (clause->has_rest)
        li_gen_list(g, list, dest.reg + clause->required);
}

static void gen_returned(Codegen *g, Node *node)
{
    Node **args = node->as.prim.args;
    uint32_t count = node->as.prim.count, base = g->top;

    if (count == 2) {
        uint32_t first = li_gen_operand(g, args[0]);

        li_emit_abc(g, OP_VALUES2, first, li_gen_operand(g, args[1]), 0);
        return;
    }
    li_unit_need(g, base + 1);
    for (uint32_t i = 0; i < count && g->status == OK; i += 1)
        li_gen_push(g, args[i]);
    li_emit_abc(g, OP_VALUES, base, count, 0);
}

bool li_gen_values(Codegen *g, Node *node, Dest dest)
{
    const Clause *clause;

    if (!li_node_is_values(node))
        return false;
    if (dest.kind == DEST_TAIL) {
        gen_returned(g, node);
        return true;
    }
    if (dest.kind != DEST_VALUES)
        return false;
    clause = node_receive_clause(dest.receive);
    if (clause->has_rest ? node->as.prim.count < clause->required
                         : node->as.prim.count != clause->required)
        return false;
    gen_bound(g, node, dest);
    return true;
}
