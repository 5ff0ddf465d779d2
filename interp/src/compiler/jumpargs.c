/* jumpargs.c - a parallel assignment with as few moves as possible.
 *
 * An argument may be computed straight into its parameter if no argument that is still to
 * come reads that parameter. Otherwise it is computed into a temporary, and moved when all
 * are done.
 */
#include "compiler/jumpargs.h"

enum {
    MAX_PARAMS = 32,  /* with more, all go through temporaries */
    READ_BUDGET = 64, /* nodes looked at to see what an argument reads */
};

typedef struct JumpArgs {
    Codegen *g;
    Variable **params;
    Node **args;
    uint32_t count;
    uint32_t reads[MAX_PARAMS]; /* bit k: the argument reads parameter k */
    uint32_t waiting;           /* bit i: argument i is still to be computed */
    uint32_t moves;             /* bit i: argument i is in temporary[i] */
    uint32_t temporary[MAX_PARAMS];
} JumpArgs;

/* ---- What an argument reads ------------------------------------------------------------------ */

/* The parameter whose register the variable is in: itself, or one that took over from it. */
static uint32_t param_bit(const JumpArgs *jump, const Variable *variable)
{
    for (uint32_t i = 0; i < jump->count; i += 1) {
        if (li_is_in_register(jump->g, variable)
            && jump->params[i]->reg == variable->reg)
            return (uint32_t)1 << i;
    }
    return 0;
}

/* The parameters that `node` may read; all of them when that is not seen at once. */
static uint32_t find_reads(const JumpArgs *jump, Node *node, int *budget)
{
    uint32_t reads = 0;
    Children parts;

    *budget -= 1;
    if (*budget <= 0)
        return UINT32_MAX;
    if (node->kind == NODE_LAMBDA || node->kind == NODE_FIX)
        return UINT32_MAX;
    if (node->kind == NODE_LOCAL || node->kind == NODE_UNBOX
        || node->kind == NODE_SET_BOX)
        reads = param_bit(jump, node->as.local.variable);
    parts = li_node_children(node);
    for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
        reads |= find_reads(jump, *parts.first[i], budget);
    for (uint32_t i = 0; i<parts.item_count && * budget> 0; i += 1)
        reads |= find_reads(jump, parts.items[i], budget);
    if (parts.last != NULL)
        reads |= find_reads(jump, *parts.last, budget);
    return *budget <= 0 ? UINT32_MAX : reads;
}

/* True if the argument can be computed at any time: it has no effect but an error. */
static bool is_simple(const Node *node, int *budget)
{
    *budget -= 1;
    if (*budget <= 0)
        return false;
    if (node->kind == NODE_CONST || node->kind == NODE_LOCAL)
        return true;
    if (node->kind != NODE_PRIM
        || !(node->as.prim.op->flags & (PRIM_PURE | PRIM_SILENT)))
        return false;
    for (uint32_t i = 0; i < node->as.prim.count; i += 1) {
        if (!is_simple(node->as.prim.args[i], budget))
            return false;
    }
    return true;
}

/* ---- Computing them ---------------------------------------------------------------------------- */

/* True if an argument that waits reads the parameter of argument `i`, which does not count
 * itself: an instruction reads before it writes. */
static bool is_wanted(const JumpArgs *jump, uint32_t i)
{
    for (uint32_t k = 0; k < jump->count; k += 1) {
        if (k != i && (jump->waiting >> k & 1) && (jump->reads[k] >> i & 1))
            return true;
    }
    return false;
}

static void compute(JumpArgs *jump, uint32_t i)
{
    uint32_t bit = (uint32_t)1 << i;

    jump->waiting &= ~bit;
    if (is_wanted(jump, i)) {
        jump->temporary[i] = li_gen_push(jump->g, jump->args[i]);
        jump->moves |= bit;
    } else {
        li_gen(jump->g, jump->args[i], dest_register(jump->params[i]->reg));
    }
}

/* What can go straight to its parameter, if there is such an argument; otherwise one that takes
 * an instruction of its own rather than a move, which may become one with another. */
static uint32_t choose(const JumpArgs *jump)
{
    uint32_t chosen = (uint32_t)__builtin_ctz(jump->waiting);

    for (uint32_t i = 0; i < jump->count; i += 1) {
        if (!(jump->waiting >> i & 1))
            continue;
        if (!is_wanted(jump, i))
            return i;
        if (jump->args[chosen]->kind == NODE_LOCAL)
            chosen = i;
    }
    return chosen;
}

static void compute_simple(JumpArgs *jump)
{
    while (jump->waiting != 0) {
        compute(jump, choose(jump));
    }
}

static void gen_few(JumpArgs *jump)
{
    uint32_t simple = 0;

    for (uint32_t i = 0; i < jump->count; i += 1) {
        const Node *arg = jump->args[i];
        int budget = READ_BUDGET;

        if (arg->kind == NODE_LOCAL
            && param_bit(jump, arg->as.local.variable) == (uint32_t)1 << i)
            continue;
        jump->waiting |= (uint32_t)1 << i;
        jump->reads[i] = find_reads(jump, jump->args[i], &budget);
        budget = READ_BUDGET;
        if (is_simple(arg, &budget))
            simple |= (uint32_t)1 << i;
    }
    for (uint32_t i = 0; i < jump->count; i += 1) {
        if ((jump->waiting & ~simple) >> i & 1)
            compute(jump, i);
    }
    compute_simple(jump);
    for (uint32_t i = 0; i < jump->count; i += 1) {
        if (jump->moves >> i & 1)
            li_emit_move(jump->g, jump->params[i]->reg, jump->temporary[i]);
    }
}

void li_gen_jump_args(Codegen *g, Variable **params, Node **args, uint32_t count)
{
    if (count <= MAX_PARAMS) {
        JumpArgs jump = {.g = g, .params = params, .args = args, .count = count};

        gen_few(&jump);
        return;
    }
    uint32_t first = g->top;

    for (uint32_t i = 0; i < count && g->status == OK; i += 1)
        li_gen_push(g, args[i]);
    for (uint32_t i = 0; i < count; i += 1)
        li_emit_move(g, params[i]->reg, first + i);
}
