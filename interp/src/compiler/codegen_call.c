/* codegen_call.c - calls to instructions.
 *
 * The procedure that a call is known to call is named in the instruction, and entered at the
 * clause that takes the arguments, with its rest parameter's list made where the call is. A
 * procedure that calls itself as its last thing is a loop.
 *
 * The arguments of a call stand side by side behind its frame's header. Those that are in registers
 * already are moved there last, since these do not change; the last of the moves is part of the
 * call of a known procedure. A tail call takes its arguments from wherever they are side by side.
 */
#include "compiler/codegen.h"
#include "compiler/compiler.h"
#include "compiler/hoist.h"
#include "compiler/jumpargs.h"
#include "containers/symbolmap.h"
#include "vm/code.h"
#include "vm/global.h"

enum {
    FRAME_WORDS = 3, /* of a frame's header */
    MAX_LISTED = 16 /* arguments in a list that the call makes; with more, the VM makes it */
};

static uint32_t key_of(uint32_t count)
{
    return count <= CLOSURE_MAX_FIXED ? (uint32_t)T_CLOSURE | count << 8 : 0;
}

bool li_gen_is_tail(const Codegen *g, Dest dest)
{
    return dest.kind == DEST_TAIL && !g->lambda->keeps_frame;
}

/* The last word of a call, to which its return address leads. What fails before the call is
 * made belongs to the instruction itself. `call`: NULL if the frames stay as they are. */
static void emit_live(Codegen *g, const Node *call)
{
    if (call != NULL)
        li_gen_where_called(g, call);
    li_emit_operation_word(g, 0);
}

void li_gen_call_at(Codegen *g, Dest dest, CallRegisters at, const Node *call,
                    uint32_t count)
{
    bool many = count > CLOSURE_MAX_FIXED, tail = li_gen_is_tail(g, dest);

    if (many)
        li_emit_abc(g, tail ? OP_TAILCALLMANY : OP_CALLMANY, at.base, count, 0);
    else
        li_emit_abc(g, tail ? OP_TAILCALL : OP_CALL, at.base, at.callee, key_of(count));
    if (tail)
        return;
    emit_live(g, call);
    li_deliver(g, dest, at.base);
}

/* The library's error and raise do not return, and raise-continuable waits for a handler, so
 * nothing is lost if their caller keeps its frame; and the report of the error then shows
 * where it was raised. A program's own
 * procedures of these names are called like any other. */
static bool keeps_caller(const Global *cell)
{
    /* The library's code has no positions; at the prompt its procedures are in cells that can
     * change. */
    bool is_library = value_is_closure(cell->value)
        && value_to_fixnum(value_to_code(value_to_closure(cell->value)->code)->position)
            == 0;

    return is_library && value_is_symbol(cell->name)
        && (li_text_equals_ascii(symbol_text(cell->name), "error")
            || li_text_equals_ascii(symbol_text(cell->name), "raise")
            || li_text_equals_ascii(symbol_text(cell->name), "raise-continuable"));
}

/* What a call surely calls: a closure whose entry is that of the clause that takes the
 * arguments, or a clause of a lambda, with a closure that is made while the program runs. Neither
 * VALUE_FALSE nor NULL are known. */
typedef struct Callee {
    Value closure;
    const Lambda *lambda;
    uint32_t clause;
    uint32_t required;
    bool has_rest; /* the arguments that are left are passed as a list */
} Callee;

static uint32_t param_count(const Callee *callee)
{
    return callee->required + callee->has_rest;
}

/* A closure that takes a fixed number of arguments is called by its own entry, any other one
 * by one made for its clause; only frames refer to that. */
static void find_clause(Codegen *g, Value closure, uint32_t count, Callee *callee)
{
    const Code *code = value_to_code(value_to_closure(closure)->code);
    const Value *clause = li_find_clause(code, count);

    bool is_any = immix_extra_of(value_to_object(closure)) == CLOSURE_ANY;

    if (clause == NULL || (is_any && value_to_fixnum(code->free_count) != 0))
        return;
    callee->required = (uint32_t)value_to_fixnum(clause[CLAUSE_REQUIRED]);
    callee->has_rest = value_to_fixnum(clause[CLAUSE_REST]) != 0;
    if (count - callee->required > MAX_LISTED || param_count(callee) > CLOSURE_MAX_FIXED)
        return;
    callee->closure = is_any ? li_clause_closure(g, closure, clause) : closure;
}

const Clause *li_known_clause(const Lambda *lambda, uint32_t count)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        const Clause *clause = &lambda->clauses[i];

        if (clause->required != count && !(clause->has_rest && clause->required < count))
            continue;
        return count - clause->required <= MAX_LISTED
                    && clause_param_count(clause) <= CLOSURE_MAX_FIXED
                 ? clause
                 : NULL;
    }
    return NULL;
}

/* The same for a procedure that is being compiled. */
static void find_known_clause(Codegen *g, const Variable *variable, uint32_t count,
                              Callee *callee)
{
    Lambda *lambda = variable->known->lambda;
    const Clause *clause = li_known_clause(lambda, count);
    bool is_constant = variable->known->kind == KNOWN_CONSTANT;
    Unit *unit;

    if (clause == NULL || (!is_constant && li_vm_compile_options(g->c->vm)->unoptimised))
        return;
    unit = li_unit_for(g, lambda);
    if (unit == NULL)
        return;
    callee->required = clause->required;
    callee->has_rest = clause->has_rest;
    callee->clause = (uint32_t)(clause - lambda->clauses);
    if (is_constant)
        callee->closure = li_unit_clause_closure(g, unit, callee->clause);
    else
        callee->lambda = lambda;
}

static Callee find_callee(Codegen *g, const Node *procedure, uint32_t count)
{
    Callee callee = {.closure = VALUE_FALSE};
    Value closure = VALUE_FALSE;

    if (procedure->kind == NODE_GLOBAL) {
        const Global *cell = value_to_global(procedure->as.global.cell);

        if (li_global_has_flag(cell, GLOBAL_CONSTANT))
            closure = cell->value;
    } else if (procedure->kind == NODE_CONST) {
        closure = procedure->as.constant;
    } else if (procedure->kind == NODE_LOCAL && procedure->as.local.variable->known != NULL) {
        find_known_clause(g, procedure->as.local.variable, count, &callee);
    }
    if (value_is_closure(closure))
        find_clause(g, closure, count, &callee);
    return callee;
}

static bool returns_to_caller(const Node *procedure)
{
    return procedure->kind == NODE_GLOBAL
        && keeps_caller(value_to_global(procedure->as.global.cell));
}

/* ---- Arguments ---------------------------------------------------------------------------------- */

typedef struct Call {
    Node *node;
    Callee known;
    bool is_tail;
    Place callee; /* of the procedure, if nothing else says what it is */
    uint32_t base;   /* where the frame begins; of a tail call: the first argument */
    uint32_t to, from; /* what is still to be moved before the call; 0, 0: nothing */
} Call;

/* True if the value of `node` is in a register that nothing changes before the call. */
static bool find_register(const Codegen *g, const Node *node, uint32_t *reg)
{
    if (li_find_hoisted(g, node, reg))
        return true;
    if (node->kind != NODE_LOCAL || !li_is_in_register(g, node->as.local.variable))
        return false;
    *reg = node->as.local.variable->reg;
    return true;
}

/* Moves what waits, and lets another wait: two that go side by side are one instruction. */
static void move_later(Codegen *g, Call *call, uint32_t to, uint32_t from)
{
    bool together = call->to != 0 && to == call->to + 1;

    li_emit_move(g, call->to, call->from);
    if (together)
        li_emit_move(g, to, from);
    call->to = together ? 0 : to;
    call->from = together ? 0 : from;
}

/* The arguments into registers from `first` on. */
static void gen_args(Codegen *g, Call *call, uint32_t first)
{
    Node **args = call->node->as.call.args;
    uint32_t count = call->node->as.call.count, from;

    li_unit_need(g, first + count);
    for (uint32_t i = 0; i < count && g->status == OK; i += 1) {
        g->top = first + i;
        if (!find_register(g, args[i], &from))
            li_gen_push(g, args[i]);
    }
    for (uint32_t i = 0; i < count && g->status == OK; i += 1) {
        if (find_register(g, args[i], &from))
            move_later(g, call, first + i, from);
    }
    g->top = first + count;
}

static void end_moves(Codegen *g, Call *call)
{
    li_emit_move(g, call->to, call->from);
    call->to = call->from = 0;
}

/* True if all arguments are in registers, side by side; sets the first of them. */
static bool are_side_by_side(const Codegen *g, const Call *call, uint32_t *first)
{
    uint32_t count = call->node->as.call.count, reg;

    if (count == 0 || !find_register(g, call->node->as.call.args[0], first))
        return false;
    for (uint32_t i = 1; i < count; i += 1) {
        if (!find_register(g, call->node->as.call.args[i], &reg) || reg != *first + i)
            return false;
    }
    return true;
}

static void gen_tail_args(Codegen *g, Call *call)
{
    if (!call->known.has_rest && are_side_by_side(g, call, &call->base))
        return;
    call->base = g->top;
    gen_args(g, call, call->base);
    end_moves(g, call);
}

/* ---- Calls --------------------------------------------------------------------------------------- */

/* The arguments that are left over become a list. All are where they belong by then. */
static void gen_rest(Codegen *g, Call *call)
{
    uint32_t first = call->base + call->known.required;

    if (!call->is_tail)
        first += FRAME_WORDS;
    end_moves(g, call);
    li_gen_list(g, first, first);
}

static void gen_known_call(Codegen *g, Dest dest, Call *call)
{
    Value closure = call->known.closure;
    uint32_t count = param_count(&call->known);
    bool keeps_frame = returns_to_caller(call->node->as.call.procedure);

    if (call->known.has_rest)
        gen_rest(g, call);
    immix_pin(g->c->heap->immix, value_to_object(closure));
    li_unit_literal(g, closure);
    if (call->is_tail)
        li_emit_abc(g, OP_TAILCALLK, call->base, count, key_of(count));
    else if (call->to != 0)
        li_emit_abc(g, OP_CALLKM, call->base, call->from, call->to);
    else
        li_emit_abc(g, OP_CALLK, call->base, count, key_of(count));
    li_emit_word(g, closure.bits);
    if (call->is_tail) {
        g->reachable = false;
        return;
    }
    emit_live(g, keeps_frame ? NULL : call->node);
    li_deliver(g, dest, call->base);
}

/* How a closure of known code is called, by where it is: with a move before, without, or as the
 * last thing. */
static Opcode entering_opcode(const Call *call, Place callee)
{
    static const Opcode opcodes[][3] = {
        [PLACE_SELF] = {OP_CALLSELF, OP_CALLSELFM, OP_TAILCALLSELF},
        [PLACE_REGISTER] = {OP_CALLREG, OP_CALLREG, OP_TAILCALLREG},
        [PLACE_FREE] = {OP_CALLFREE, OP_CALLFREEM, OP_TAILCALLFREE},
    };

    return opcodes[callee.kind][call->is_tail ? 2 : call->to != 0 ? 1 : 0];
}

static void gen_entering_call(Codegen *g, Dest dest, Call *call)
{
    Variable *variable = call->node->as.call.procedure->as.local.variable;
    Place callee = li_closure_place(g, li_closure_variable(variable));

    if (call->known.has_rest)
        gen_rest(g, call);
    if (callee.kind == PLACE_REGISTER)
        end_moves(g, call);
    if (callee.kind == PLACE_SELF)
        li_emit_abc(g, entering_opcode(call, callee), call->base, call->from, 0);
    else
        li_emit_abc(g, entering_opcode(call, callee), call->base, callee.number, call->from);
    li_emit_entry(g, insn_entry(param_count(&call->known), call->to), call->known.lambda,
                  call->known.clause);
    if (call->is_tail) {
        g->reachable = false;
        return;
    }
    emit_live(g, call->node);
    li_deliver(g, dest, call->base);
}

static void gen_global_call(Codegen *g, Dest dest, const Call *call)
{
    Value cell = call->node->as.call.procedure->as.global.cell;
    uint32_t count = call->node->as.call.count;
    bool keeps_frame = keeps_caller(value_to_global(cell));

    li_unit_literal(g, cell);
    li_emit_abc(g, call->is_tail ? OP_TAILCALLG : OP_CALLG, call->base, count,
                key_of(count));
    li_emit_word(g, cell.bits);
    if (call->is_tail) {
        g->reachable = false;
        return;
    }
    emit_live(g, keeps_frame ? NULL : call->node);
    li_deliver(g, dest, call->base);
}

/* A free variable is called where it is. Anything else is in a register: where the frame begins,
 * unless it is in one already. */
static Place gen_callee(Codegen *g, Node *procedure, uint32_t count)
{
    uint32_t base = g->top, hoisted;

    if (count > CLOSURE_MAX_FIXED) {
        li_gen(g, procedure, dest_register(base));
        return (Place){PLACE_REGISTER, base};
    }
    if (procedure->kind == NODE_LOCAL && !li_find_hoisted(g, procedure, &hoisted)
        && !variable_has_cell(procedure->as.local.variable)
        && li_constant_unit(g, procedure->as.local.variable) == NULL) {
        Place place = li_closure_place(g, procedure->as.local.variable);

        if (place.kind == PLACE_FREE)
            return place;
    }
    return (Place){PLACE_REGISTER, li_gen_operand(g, procedure)};
}

static void gen_unknown_call(Codegen *g, Dest dest, const Call *call)
{
    uint32_t count = call->node->as.call.count, key = key_of(count);
    bool is_free = call->callee.kind == PLACE_FREE;

    if (count > CLOSURE_MAX_FIXED || (call->is_tail && !is_free)) {
        li_gen_call_at(g, dest, (CallRegisters){call->callee.number, call->base},
                       call->node, count);
        return;
    }
    if (call->is_tail) {
        li_emit_abc(g, OP_TAILCALLF, call->base, call->callee.number, key);
        return;
    }
    if (call->to != 0) {
        li_emit_abc(g, is_free ? OP_CALLFM : OP_CALLM, call->base, call->callee.number,
                    call->from);
        li_emit_word(g, insn_argument(key, call->to));
    } else {
        li_emit_abc(g, is_free ? OP_CALLF : OP_CALL, call->base, call->callee.number, key);
    }
    emit_live(g, call->node);
    li_deliver(g, dest, call->base);
}

static void gen_call(Codegen *g, Dest dest, Call *call)
{
    Node *procedure = call->node->as.call.procedure;
    uint32_t count = call->node->as.call.count;
    bool is_global = procedure->kind == NODE_GLOBAL;
    bool is_entering = call->known.lambda != NULL;
    bool is_known = value_is_true(call->known.closure) || is_entering;
    bool is_many = count > CLOSURE_MAX_FIXED;

    call->base = g->top;
    li_unit_need(g, call->base + FRAME_WORDS);
    if (!is_global && !is_known)
        call->callee = gen_callee(g, procedure, count);
    if (call->is_tail && (is_global || is_known || !is_many))
        gen_tail_args(g, call);
    else
        gen_args(g, call, call->base + FRAME_WORDS);
    if ((!is_known && (is_global || is_many)) || call->is_tail)
        end_moves(g, call);
    if (is_entering)
        gen_entering_call(g, dest, call);
    else if (is_known)
        gen_known_call(g, dest, call);
    else if (is_global)
        gen_global_call(g, dest, call);
    else
        gen_unknown_call(g, dest, call);
}

/* The clause that runs, if a call in tail position calls the procedure that it stands in. A
 * variable that a FIX binds to the running procedure's lambda is, within it, that very
 * closure. */
static const Clause *running_clause(const Codegen *g, const Node *node, Dest dest)
{
    const Node *procedure = node->as.call.procedure;
    const Lambda *lambda = g->lambda;

    if (dest.kind != DEST_TAIL || procedure->kind != NODE_LOCAL
        || procedure->as.local.variable->known == NULL
        || procedure->as.local.variable->known->lambda != lambda
        || lambda->clause_count != 1 || lambda->clauses[0].has_rest
        || lambda->clauses[0].required != node->as.call.count)
        return NULL;
    return &lambda->clauses[0];
}

/* Such a call goes back to the clause's beginning. */
static void gen_self_call(Codegen *g, const Clause *clause, const Node *node)
{
    li_gen_jump_args(g, clause->params, node->as.call.args, clause->required);
    li_emit_loop(g, g->unit->clauses[g->lambda->first_clause].entry);
}

void li_gen_call(Codegen *g, Node *node, Dest dest)
{
    const Clause *clause = running_clause(g, node, dest);
    Node *procedure = node->as.call.procedure;
    Call call = {.node = node};

    if (clause != NULL) {
        gen_self_call(g, clause, node);
        return;
    }
    call.known = find_callee(g, procedure, node->as.call.count);
    call.is_tail = li_gen_is_tail(g, dest) && !returns_to_caller(procedure);
    gen_call(g, dest, &call);
}
