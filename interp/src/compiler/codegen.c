/* codegen.c - core language to instructions.
 *
 * Before: closure.c is done.
 * After:  a Unit for each procedure, its LIVE words zero.
 *
 * Parameters are in R[0] and up, variables and temporaries above them like a stack; a call's
 * frame begins above all of them, and its arguments are computed where they are needed.
 */
#include "compiler/codegen.h"

#include "compiler/hoist.h"
#include "vm/code.h"
#include "vm/global.h"

/* ---- Values and destinations ----------------------------------------------------------------- */

uint32_t li_target(Codegen *g, Dest dest)
{
    return dest.kind == DEST_REGISTER ? dest.reg : li_unit_push(g);
}

void li_gen_branch_on(Codegen *g, Dest dest, Branch branch)
{
    if (dest.next == dest.yes) {
        branch.op = li_inverse_branch(branch.op);
        li_emit_branch(g, branch, dest.no);
        return;
    }
    li_emit_branch(g, branch, dest.yes);
    if (dest.next != dest.no)
        li_emit_jump(g, dest.no);
}

void li_gen_branch(Codegen *g, Dest dest, Opcode op, uint32_t a, uint32_t b)
{
    li_gen_branch_on(g, dest, (Branch){op, a, b, 0});
}

void li_gen_branch_word(Codegen *g, Dest dest, Opcode op, uint32_t a, uint64_t word)
{
    li_gen_branch_on(g, dest, (Branch){op, a, 0, word});
}

void li_deliver(Codegen *g, Dest dest, uint32_t reg)
{
    switch (dest.kind) {
    case DEST_EFFECT: break;
    case DEST_REGISTER:
        li_emit_move(g, dest.reg, reg);
        break;
    case DEST_TEST: li_gen_branch(g, dest, OP_BRT, reg, 0); break;
    case DEST_TAIL: li_emit_abc(g, OP_RETURN, reg, 0, 0); break;
    case DEST_VALUES: li_deliver_values(g, dest, reg); break;
    default: UNREACHABLE();
    }
}

static void deliver_to_register(Codegen *g, Dest dest, Value value)
{
    bool needs_value = true;
    Label *to = li_route(g, dest, value, &needs_value);

    if (needs_value)
        li_emit_constant(g, dest.reg, value);
    if (to != NULL)
        li_emit_jump(g, to);
}

void li_deliver_constant(Codegen *g, Dest dest, Value value)
{
    if (dest.kind == DEST_REGISTER) {
        deliver_to_register(g, dest, value);
    } else if (dest.kind == DEST_TEST) {
        Label *to = value_is_true(value) ? dest.yes : dest.no;

        if (to != dest.next)
            li_emit_jump(g, to);
    } else if (dest.kind == DEST_TAIL && !value_is_reference(value)
               && (int64_t)value.bits == (int32_t)value.bits) {
        li_emit_abx(g, OP_RETURNI, 0, (int32_t)value.bits);
    } else if (dest.kind != DEST_EFFECT) {
        uint32_t reg = li_target(g, dest);

        li_emit_constant(g, reg, value);
        li_deliver(g, dest, reg);
    }
}

uint32_t li_gen_operand(Codegen *g, Node *node)
{
    uint32_t reg;

    if (li_find_hoisted(g, node, &reg))
        return reg;
    if (node->kind == NODE_LOCAL && li_is_in_register(g, node->as.local.variable))
        return node->as.local.variable->reg;
    return li_gen_push(g, node);
}

uint32_t li_gen_push(Codegen *g, Node *node)
{
    uint32_t reg = g->top;

    li_unit_need(g, reg + 1);
    li_gen(g, node, dest_register(reg));
    g->top = reg + 1;
    return reg;
}

/* ---- Globals ------------------------------------------------------------------------------------ */

void li_emit_cell(Codegen *g, Opcode op, uint32_t reg, Value cell)
{
    li_unit_literal(g, cell);
    li_emit_abc(g, op, reg, 0, 0);
    li_emit_word(g, cell.bits);
}

static void gen_global(Codegen *g, const Node *node, Dest dest)
{
    uint32_t reg = li_target(g, dest);

    li_emit_cell(g, OP_GLOBAL, reg, node->as.global.cell);
    li_deliver(g, dest, reg);
}

static void gen_set_global(Codegen *g, Node *node, Dest dest)
{
    uint32_t value = li_gen_operand(g, node->as.global.value);

    li_emit_cell(g, node->kind == NODE_DEFINE ? OP_DEFINE : OP_SETGLOBAL, value,
              node->as.global.cell);
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

/* ---- Control ----------------------------------------------------------------------------------- */

static Node *gen_seq(Codegen *g, Node *node)
{
    uint32_t last = node->as.seq.count - 1;

    for (uint32_t i = 0; i < last && g->reachable; i += 1)
        li_gen(g, node->as.seq.items[i], dest_effect());
    return node->as.seq.items[last];
}

static void gen_binding(Codegen *g, Variable *variable, Node *init, Routes *routes)
{
    Dest dest = dest_register(g->top);

    variable->level = g->level;
    if (variable->references == 0 && variable->assignments == 0) {
        li_gen(g, init, dest_effect());
        return;
    }
    dest.routes = routes;
    li_unit_need(g, dest.reg + 1);
    li_gen(g, init, dest);
    g->top = dest.reg + 1;
    variable->reg = dest.reg;
}

static Node *gen_let(Codegen *g, Node *node, Dest dest, Ending *ending)
{
    uint32_t last = node->as.let.count - 1;
    Routes *routes;

    for (uint32_t i = 0; i < last && g->reachable; i += 1)
        gen_binding(g, node->as.let.variables[i], node->as.let.inits[i], NULL);
    if (!g->reachable)
        return node->as.let.body;
    routes = li_routes_for(g, node, dest, ending);
    gen_binding(g, node->as.let.variables[last], node->as.let.inits[last], routes);
    li_open_routes(g, routes);
    return node->as.let.body;
}

static Node *gen_fix(Codegen *g, Node *node, Ending *ending)
{
    KnownGroup *group = node->as.let.variables[0]->known->group;

    if (group->members[0].kind == KNOWN_LABEL)
        li_begin_labels(g, group, ending);
    else if (group->members[0].kind == KNOWN_CLOSURE)
        li_gen_closures(g, group);
    return node->as.let.body;
}

/* Where `constant` is delivered, or NULL if there is no room for another. */
static Label *constant_label(Ending *ending, Value constant)
{
    for (uint32_t i = 0; i < ending->count; i += 1) {
        if (value_is_eq(ending->constants[i], constant))
            return &ending->labels[i];
    }
    if (ending->count == sizeof ending->constants / sizeof ending->constants[0])
        return NULL;
    ending->constants[ending->count] = constant;
    ending->count += 1;
    return &ending->labels[ending->count - 1];
}

/* True for a label that the constant is still to be delivered behind. */
static bool is_delivery(const Ending *ending, const Label *label)
{
    return label == &ending->labels[0] || label == &ending->labels[1];
}

static void place_ending(Codegen *g, Dest dest, Ending *ending)
{
    uint32_t top = g->top;

    for (uint32_t i = 0; i < ending->count; i += 1) {
        if (ending->labels[i].patches == NULL)
            continue;
        li_emit_jump(g, &ending->join);
        g->reachable = false;
        li_place(g, &ending->labels[i]);
        li_deliver_constant(g, dest, ending->constants[i]);
        g->top = top;
    }
    li_place(g, &ending->join);
}

Label *li_constant_place(Codegen *g, Value constant, Dest dest, Ending *ending)
{
    bool needs_value = true;
    Label *route;

    if (dest.kind == DEST_TEST)
        return value_is_true(constant) ? dest.yes : dest.no;
    if (dest.kind == DEST_EFFECT)
        return &ending->join;
    route = li_route(g, dest, constant, &needs_value);
    return route != NULL && !needs_value ? route : constant_label(ending, constant);
}

Label *li_gen_shortcut(Codegen *g, const Node *branch, Dest dest, Ending *ending)
{
    if (li_is_target(g, branch))
        return NULL;
    if (branch->kind == NODE_LOCAL && dest.kind == DEST_REGISTER
        && li_is_in_register(g, branch->as.local.variable)
        && branch->as.local.variable->reg == dest.reg)
        return &ending->join;
    return node_is_const(branch) ? li_constant_place(g, branch->as.constant, dest, ending)
                                 : NULL;
}

/* Nothing to do here: the forms are run by whoever asked for them. */
static void gen_forms(Codegen *g, const Node *node, Dest dest)
{
    for (uint32_t i = 0; i < node->as.seq.count && g->status == OK; i += 1)
        (void)!li_unit_for(g, node->as.seq.items[i]->as.lambda);
    li_deliver_constant(g, dest, VALUE_UNSPECIFIED);
}

/* (eof-object? x), where x is what was just read, or is read now: seldom so. */
static bool is_end_test(const Codegen *g, const Node *test)
{
    Node *const *args = test->as.prim.args;

    if (test->kind != NODE_PRIM || test->as.prim.op->opcode != OP_EQ || !node_is_const(args[1])
        || !value_is_eq(args[1]->as.constant, VALUE_EOF))
        return false;
    if (args[0]->kind == NODE_PRIM)
        return li_op_reads(args[0]->as.prim.op->opcode);
    return args[0]->kind == NODE_LOCAL && li_is_in_register(g, args[0]->as.local.variable)
        && li_was_just_read(g, args[0]->as.local.variable->reg);
}

/* True if a loop may begin here that is left for `then`: that is best where the loop ends. */
static bool is_exit(const Codegen *g, const Node *branch, Dest dest)
{
    return dest.kind == DEST_TAIL && g->loop_begin == g->unit->count
        && branch->as.branch.then->kind == NODE_PRIM
        && branch->as.branch.otherwise->kind != NODE_PRIM;
}

void li_gen_first_branch(Codegen *g, Node *branch, Label *label, Dest dest,
                         Ending *ending)
{
    li_place(g, label);
    if (dest.kind == DEST_TEST)
        li_gen(g, branch, dest_test(dest.yes, dest.no, NULL));
    else
        li_gen(g, branch, dest);
    if (dest.kind != DEST_TEST)
        li_emit_jump(g, &ending->join);
    g->reachable = false;
}

/* Returns what is left to be generated for the same destination. */
static Node *gen_if(Codegen *g, Node *node, Dest dest, Ending *ending)
{
    Node *then = node->as.branch.then, *otherwise = node->as.branch.otherwise;
    Label *yes = li_gen_shortcut(g, then, dest, ending),
          *no = li_gen_shortcut(g, otherwise, dest, ending);
    Label here_yes = {NULL, false}, here_no = {NULL, false};
    Node *rest;

    if (g->reachable && li_gen_switch(g, node, dest, ending, &rest))
        return rest;

    if (yes != NULL && no != NULL
        && (dest.kind == DEST_TEST || dest.kind == DEST_EFFECT)) {
        li_gen(g, node->as.branch.test,
               dest_test(yes, no, dest.kind == DEST_TEST ? dest.next : &ending->join));
        return NULL;
    }
    if (yes != NULL && (no == NULL || !is_delivery(ending, yes))) {
        li_gen(g, node->as.branch.test, dest_test(yes, &here_no, &here_no));
        li_place(g, &here_no);
        return otherwise;
    }
    if (no != NULL) {
        li_gen(g, node->as.branch.test, dest_test(&here_yes, no, &here_yes));
        li_place(g, &here_yes);
        return then;
    }
    if (is_end_test(g, node->as.branch.test) || is_exit(g, node, dest)) {
        li_gen(g, node->as.branch.test, dest_test(&here_yes, &here_no, &here_no));
        li_gen_first_branch(g, otherwise, &here_no, dest, ending);
        li_place(g, &here_yes);
        return then;
    }
    li_gen(g, node->as.branch.test, dest_test(&here_yes, &here_no, &here_yes));
    li_gen_first_branch(g, then, &here_yes, dest, ending);
    li_place(g, &here_no);
    return otherwise;
}

/* Generates `node`, but for a part that ends it and has the same destination: returns that.
 * `ending` is placed behind the whole. */
static Node *gen_step(Codegen *g, Node *node, Dest dest, Ending *ending)
{
    switch (node->kind) {
    case NODE_CONST: li_deliver_constant(g, dest, node->as.constant); return NULL;
    case NODE_LOCAL: li_gen_local(g, node, dest); return NULL;
    case NODE_GLOBAL: gen_global(g, node, dest); return NULL;
    case NODE_SET_GLOBAL:
    case NODE_DEFINE: gen_set_global(g, node, dest); return NULL;
    case NODE_IF: return gen_if(g, node, dest, ending);
    case NODE_LAMBDA: li_gen_lambda(g, node, dest); return NULL;
    case NODE_SEQ: return gen_seq(g, node);
    case NODE_FORMS: gen_forms(g, node, dest); return NULL;
    case NODE_LET: return gen_let(g, node, dest, ending);
    case NODE_FIX: return gen_fix(g, node, ending);
    case NODE_RECEIVE: return li_gen_receive(g, node);
    case NODE_CALL: {
        const Known *label = li_label_of(node);

        if (label != NULL)
            return li_gen_jump(g, node, label);
        li_gen_call(g, node, dest);
        return NULL;
    }
    case NODE_PRIM:
        if (!li_gen_routed_test(g, node, dest))
            li_gen_prim(g, node, dest);
        return NULL;
    case NODE_BOX: li_gen_box(g, node, dest); return NULL;
    case NODE_UNBOX: li_gen_unbox(g, node, dest); return NULL;
    case NODE_SET_BOX: li_gen_set_box(g, node, dest); return NULL;
    case NODE_SET_LOCAL: li_gen_set_local(g, node, dest); return NULL;
    case NODE_READ: li_gen_read(g, node, dest); return NULL;
    case NODE_LETREC:
    default: UNREACHABLE();
    }
}

void li_gen(Codegen *g, Node *node, Dest dest)
{
    uint32_t top = g->top, hoisted_count = g->hoisted_count;
    Where where = li_where(g);
    bool in_loop = g->in_loop;
    uint32_t level = g->level;
    Routes *routes = g->routes;
    Ending ending = {.depth = g->depth};

    g->depth += 1;
    if (!li_stack_ok() && g->status == OK)
        g->status = li_too_deep(g->c, node);
    while (node != NULL && g->status == OK) {
        bool leads_on = li_place_routes(g, node);

        if (!g->reachable && !leads_on)
            break;
        li_gen_where(g, node);
        node = gen_step(g, node, dest, &ending);
    }
    g->hoisted_count = hoisted_count;
    li_gen_waiting(g, dest, &ending);
    g->top = top;
    place_ending(g, dest, &ending);
    g->in_loop = in_loop;
    g->level = level;
    g->depth -= 1;
    li_close_routes(g, routes);
    li_return_to_where(g, where);
}

/* ---- Procedures -------------------------------------------------------------------------------- */

static void shift_pairs(uint64_t *pairs, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < count; i += 2)
        pairs[i] += 1;
}

/* Puts ENTER before the clause's first instruction. Jumps are relative, so nothing else
 * changes but where things are: `before` is the unit as it was before the clause. */
static void insert_enter(Codegen *g, const Unit *before, uint32_t params)
{
    Unit *unit = g->unit;
    uint32_t entry = before->count;

    g->reachable = true;
    li_emit_abx(g, OP_ENTER, params,
                (int32_t)g->frame); /* makes room for one more word */
    if (g->status != OK)
        return;
    memmove(unit->words + entry + 1, unit->words + entry,
            (unit->count - 1 - entry) * sizeof *unit->words);
    unit->words[entry] = insn_abx(OP_ENTER, params, (int32_t)g->frame).bits;
    shift_pairs(unit->positions, before->position_count, unit->position_count);
    shift_pairs(unit->operations, before->operation_count, unit->operation_count);
    shift_pairs(unit->inlined, before->inlined_count, unit->inlined_count);
    for (uint32_t i = before->entry_count; i < unit->entry_count; i += 1)
        unit->entries[i].at += 1;
    g->reachable = false;
}

static void gen_clause(Codegen *g, UnitClause *result)
{
    const Clause *clause = result->clause;
    uint32_t params = clause_param_count(clause);
    Unit before;

    result->entry = li_begin_loop(g);
    result->shown = g->own;
    if (g->own != 0)
        li_unit_enter(g);
    before = *g->unit;
    g->reachable = true;
    g->top = params;
    g->frame = 0;
    li_unit_need(g, params);
    for (uint32_t i = 0; i < params; i += 1)
        clause->params[i]->reg = i;
    li_begin_level(g, clause);
    li_gen(g, clause->body, (Dest){.kind = DEST_TAIL});
    if (g->frame > ENTER_REGISTERS)
        insert_enter(g, &before, params);
    result->frame = g->frame;
}

/* The frame that a procedure which runs in another's closure is reported as. */
static uint32_t held_frame(Codegen *g, Lambda *lambda)
{
    UnitFrame frame = {.name = lambda->name,
                       .lambda_position = lambda->position,
                       .caller = INLINED_NO_CALLER};

    if (lambda->frame == 0)
        lambda->frame = li_unit_frame(g, frame);
    return lambda->frame;
}

static void gen_procedure(Codegen *g, Lambda *lambda)
{
    g->lambda = lambda;
    g->own = lambda == g->unit->lambda ? 0 : held_frame(g, lambda);
    g->position = lambda->position;
    g->entry = g->own;
    g->dropped = 0;
    g->origin = lambda->origin;
    for (uint32_t i = 0; i < lambda->clause_count && g->status == OK; i += 1)
        gen_clause(g, &g->unit->clauses[lambda->first_clause + i]);
}

static void gen_procedures(Codegen *g)
{
    li_unit_clear(g);
    g->noted_position = g->noted_frame = 0;
    for (Lambda *held = g->unit->lambda; held != NULL; held = held->next_held)
        gen_procedure(g, held);
}

static void gen_unit(Codegen *g)
{
    const Lambda *lambda = g->unit->lambda;

    for (uint32_t i = 0; i < lambda->free_count; i += 1)
        lambda->free[i]->scratch = (void *)(uintptr_t)i;
    g->far = g->too_far = false;
    li_unit_open(g);
    gen_procedures(g);
    if (g->too_far) {
        g->far = true;
        gen_procedures(g);
    }
    li_unit_close(g);
}

Status li_codegen(Compiler *c, Lambda *lambda, Unit **units)
{
    Codegen g = {.c = c, .status = OK};

    li_unit_for(&g, lambda);
    for (g.unit = g.first; g.unit != NULL && g.status == OK; g.unit = g.unit->next)
        gen_unit(&g);
    *units = g.first;
    return g.status;
}
