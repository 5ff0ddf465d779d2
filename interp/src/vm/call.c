/* call.c - calls that are not of the common kind, safepoints, continuations. */
#include "vm/call.h"

#include <stdlib.h>

#include "compiler/insn.h"
#include "memory/session.h"
#include "vm/condition.h"
#include "vm/stack.h"

static uint32_t op_a(const uint64_t *pc)
{
    return insn_a((Insn){*pc});
}

static uint32_t op_b(const uint64_t *pc)
{
    return insn_b((Insn){*pc});
}

static const uint64_t *go(Vm *vm, const uint64_t *pc, Value *fp)
{
    vm->fp = fp;
    return pc;
}

/* ---- Safepoints ---- */

/* After a collection that made room, the reserve that an out-of-memory error used is put back.
 * What the heap keeps for later is room. */
static void leave_emergency(Vm *vm)
{
    ImmixStats stats;

    if (!vm->emergency)
        return;
    immix_stats(vm->heap->immix, &stats);
    if (stats.held_bytes - stats.free_bytes < vm->limit_bytes - vm->limit_bytes / 16) {
        immix_set_limit(vm->heap->immix, vm->limit_bytes);
        vm->emergency = false;
    }
}

void li_vm_collect(Vm *vm, ImmixCollection kind)
{
    vm->heap->collecting = true; /* hooks find the doors of the API closed */
    immix_collect(vm->heap->immix, kind);
    vm->heap->collecting = false;
    leave_emergency(vm);
}

static void collect_if_due(Vm *vm, StackTop top)
{
    bool stress = false;

    if (vm->stress_every != 0 && ++vm->stress_count >= vm->stress_every) {
        vm->stress_count = 0;
        stress = true;
    }
    if (!stress && !vm->collect_requested && !immix_wants_collection(vm->heap->immix))
        return;
    vm->top = top;
    vm->heap->collecting = true;
    if (vm->collect_requested)
        immix_collect(vm->heap->immix, IMMIX_FULL);
    else
        immix_collect_for_policy(vm->heap->immix);
    vm->heap->collecting = false;
    vm->collect_requested = false;
    vm->top.fp = NULL;
    leave_emergency(vm);
}

Status li_safepoint(Vm *vm, StackTop top)
{
    vm->safepoints += 1;
    /* The limit first, the flag second: an interrupt in between is seen. In stress mode every
     * call comes here. */
    __atomic_store_n(&vm->limit, vm->stress_every != 0 ? NULL : li_stack_real_limit(vm),
                     __ATOMIC_SEQ_CST);
    if (UNLIKELY(vm->interrupted)) {
        vm->interrupted = 0;
        return ERR_INTERRUPTED;
    }
    collect_if_due(vm, top);
    return OK;
}

/* At the entry of a closure with `count` arguments in place. */
static const uint64_t *boundary(Vm *vm, const uint64_t *pc, Value *fp, uint32_t count)
{
    StackTop top = li_stack_top_arguments(fp, count);
    Status status = li_safepoint(vm, top);

    if (status == OK)
        status = li_stack_reserve(vm, &top, 0);
    if (status != OK) {
        vm->retry_pc = pc; /* collecting did not help: no second try */
        vm->retry_safepoint = vm->safepoints;
        vm->retry_kind = IMMIX_EVACUATE;
        return li_vm_fail(vm, pc, top.fp, status, NULL);
    }
    return go(vm, pc, top.fp);
}

const uint64_t *li_slow_boundary(Vm *vm, const uint64_t *pc, Value *fp)
{
    const Code *code = value_to_code(value_to_closure(fp[-3])->code);
    const Value *clause = li_code_clause_at(code, (uint64_t)(pc - code_words(code)));

    return boundary(vm, pc, fp,
                    (uint32_t)(value_to_fixnum(clause[CLAUSE_REQUIRED])
                               + value_to_fixnum(clause[CLAUSE_REST])));
}

const uint64_t *li_slow_loop(Vm *vm, const uint64_t *pc, Value *fp)
{
    const Code *code = value_to_code(value_to_closure(fp[-3])->code);
    Insn insn = {*pc};
    const OpInfo *info = &li_op_info[insn_op(insn)];
    StackTop top = {fp, pc[info->words - 1], li_code_frame_size(code, pc)};
    Status status = li_safepoint(vm, top);

    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, NULL);
    int32_t distance =
        info->operand[2] == OPERAND_J16 ? (int16_t)insn_c(insn) : insn_bx(insn);

    return go(vm, pc + info->words + distance, fp);
}

const uint64_t *li_slow_enter(Vm *vm, const uint64_t *pc, Value *fp)
{
    uint32_t params = op_a(pc), size = (uint32_t)insn_bx((Insn){*pc});
    StackTop top = li_stack_top_arguments(fp, params);
    Status status = li_stack_reserve(vm, &top, size);

    if (status != OK)
        return li_vm_fail(vm, pc, top.fp, status, NULL);
    for (uint32_t r = params; r < size; r += 1)
        top.fp[r] = value_from_fixnum(0);
    /* A larger segment may have asked for a safepoint; nothing hangs on it here. */
    return go(vm, pc + 1, top.fp);
}

/* ---- Returning from what needs no frame ---- */

static const uint64_t *give(Vm *vm, CallSite site, Value v)
{
    Value *fp = site.fp;

    if (!site.tail) {
        fp[site.a] = v;
        return go(vm, site.after, fp);
    }
    const uint64_t *pc = (const uint64_t *)(uintptr_t)fp[-1].bits;
    uint64_t delta = frame_delta_bytes(fp) / sizeof(Value);
    fp[-3] = v;
    return go(vm, pc, fp - delta);
}

/* ---- Calls ---- */

static Status list_from(Vm *vm, const Value *items, uint32_t count, Value *result)
{
    Value list = VALUE_NIL;

    for (uint32_t i = count; i > 0; i -= 1)
        TRY(li_cons(vm->heap, items[i - 1], list, &list));
    *result = list;
    return OK;
}

static const uint64_t *call_closure(Vm *vm, CallSite site, Value callee, Value *args,
                                    uint32_t count)
{
    const Code *code = value_to_code(value_to_closure(callee)->code);
    const Value *clause = li_find_clause(code, count);
    Value *fp = site.tail ? site.fp : args;

    if (clause == NULL)
        return li_vm_fail(vm, site.pc, site.fp,
                          value_is_closure(site.fp[-3])
                                  && insn_op((Insn){*site.pc}) == OP_TAILVALUES
                              ? li_raise_values(vm, callee, count)
                              : li_raise_arity(vm, callee, count),
                          NULL);
    if (value_to_fixnum(clause[CLAUSE_REST]) != 0) {
        uint32_t required = (uint32_t)value_to_fixnum(clause[CLAUSE_REQUIRED]);
        Value rest;
        Status status = list_from(vm, args + required, count - required, &rest);

        if (status != OK)
            return li_vm_fail(vm, site.pc, site.fp, status, NULL);
        args[required] = rest;
        count = required + 1;
    }
    const uint64_t *entry = code_words(code) + value_to_fixnum(clause[CLAUSE_ENTRY]);
    if (site.tail) {
        if (value_is_closure(fp[-3])) /* and not the code that enters a run */
            frame_note_tail_call(fp);
        memmove(fp, args, count * sizeof(Value));
    } else {
        fp[-2].bits = (uint64_t)(fp - site.fp) * sizeof(Value);
        fp[-1].bits = (uint64_t)(uintptr_t)site.after;
    }
    fp[-3] = callee;
    if (fp > vm->limit)
        return boundary(vm, entry, fp, count);
    return go(vm, entry, fp);
}

static const uint64_t *call_primitive(Vm *vm, CallSite site, Value callee, Value *args,
                                      uint32_t count)
{
    const PrimDef *def = *(const PrimDef *const *)value_to_object(callee);
    Value result;
    Status status;

    if (count < def->min_args || (count > def->max_args && def->max_args != PRIM_ANY))
        return li_vm_fail(vm, site.pc, site.fp, li_raise_arity(vm, callee, count),
                          NULL);
    vm->pc = site.pc;
    vm->fp = site.fp;
    status = def->run(vm, (Args){args, count}, &result);
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, site.pc, site.fp, status, def->name);
    return give(vm, site, result);
}

static const uint64_t *call_continuation(Vm *vm, CallSite site, Value callee,
                                         Value *args, uint32_t count)
{
    const Continuation *k = value_to_object(callee);
    Value result;
    Status status = li_vm_values(vm, args, count, &result);

    if (status != OK)
        return li_vm_fail(vm, site.pc, site.fp, status, NULL);
    if ((uint64_t)value_to_fixnum(k->outer_run) != vm->outer_run)
        return li_vm_fail(
            vm, site.pc, site.fp,
            li_raise(vm, CONDITION_ERROR, VALUE_NIL,
                     "continuation: it belongs to a call from C that has ended"
                     " or is not the innermost"),
            NULL);
    vm->result = result;
    vm->winders = k->winders;
    vm->handlers = k->handlers;
    vm->next = callee;
    return li_stack_resume(vm);
}

/* The procedures that are bytecode by hand call what they got as an argument: then that was
 * wrong, and not a call in the program. The code that enters a run has no closure. */
static bool is_argument_called(CallSite site, const char **who, uint32_t *argument)
{
    const Code *code;

    if (!value_is_closure(site.fp[-3]))
        return false;
    code = value_to_code(value_to_closure(site.fp[-3])->code);
    *argument = insn_op((Insn){*site.pc}) == OP_TAILVALUES ? 1 : 0;
    *who = "apply";
    if (insn_op((Insn){*site.pc}) == OP_TAILAPPLY)
        return true;
    *who = "call-with-values";
    return insn_op((Insn){*site.pc}) == OP_TAILVALUES
        || (value_to_fixnum(code->position) == 0 && value_is_symbol(code->name)
            && li_text_equals_ascii(symbol_text(code->name), *who));
}

/* What the writer of such a call may have meant. */
static const char *not_procedure_hint(Value callee, const Value *args, uint32_t count)
{
    if (value_is_eq(callee, VALUE_UNSPECIFIED))
        return " (is there a pair of parentheses too many?)";
    if (count > 0 && value_is_procedure(args[0]))
        return " (a call has the procedure first)";
    return "";
}

static Status raise_not_procedure(Vm *vm, CallSite site, Value callee, const Value *args,
                                  uint32_t count)
{
    Value irritants;
    const char *who;
    uint32_t argument;

    if (is_argument_called(site, &who, &argument))
        return li_raise_type(vm, who, argument, "a procedure", callee);
    TRY(li_cons(vm->heap, callee, VALUE_NIL, &irritants));
    return li_raise(vm, CONDITION_NOT_PROCEDURE, irritants, "not a procedure%s:",
                    not_procedure_hint(callee, args, count));
}

const uint64_t *li_call_value(Vm *vm, CallSite site, Value callee, Value *args,
                              uint32_t count)
{
    if (value_is_object(callee)) {
        switch (immix_type_of(value_to_object(callee))) {
        case T_CLOSURE: return call_closure(vm, site, callee, args, count);
        case T_PRIMITIVE: return call_primitive(vm, site, callee, args, count);
        case T_CONTINUATION: return call_continuation(vm, site, callee, args, count);
        case T_PARAMETER:
            if (count == 0)
                return give(vm, site, *(Value *)value_to_object(callee));
            return li_vm_fail(
                vm, site.pc, site.fp,
                li_raise_arity(vm, callee, count), NULL);
        default: break;
        }
    }
    return li_vm_fail(vm, site.pc, site.fp,
                      raise_not_procedure(vm, site, callee, args, count), NULL);
}

/* What a call that is like CALL names: a register or a free variable. */
static Value named_callee(const uint64_t *pc, const Value *fp)
{
    Opcode op = insn_op((Insn){*pc});
    bool is_free = op == OP_CALLF || op == OP_CALLFM || op == OP_TAILCALLF;

    return is_free ? value_to_closure(fp[-3])->free[op_b(pc)] : fp[op_b(pc)];
}

const uint64_t *li_slow_call(Vm *vm, const uint64_t *pc, Value *fp)
{
    Opcode op = insn_op((Insn){*pc});
    uint32_t a = op_a(pc), count = op_b(pc);
    CallSite site = {pc, pc + li_op_info[op].words, fp, a,
                     (li_op_info[op].flags & INSN_TAIL) == INSN_TAIL};
    Value callee = fp[a];

    if (li_op_has_callee(op)) {
        callee = named_callee(pc, fp);
        count = li_call_count(pc);
    } else if (op == OP_CALLG || op == OP_TAILCALLG) {
        callee = value_to_global((Value){pc[1]})->value;
        if (value_is_eq(callee, VALUE_UNBOUND))
            return li_slow_unbound(vm, pc, fp);
    }
    if (site.tail && op != OP_TAILCALLMANY)
        return li_call_value(vm, site, callee, &fp[a], count);
    return li_call_value(vm, site, callee, &fp[a + FRAME_HEADER], count);
}

/* CALL of a primitive: no frame, and nothing to choose. */
const uint64_t *li_slow_call_primitive(Vm *vm, const uint64_t *pc, Value *fp)
{
    uint32_t a = op_a(pc), count = li_call_count(pc);
    const PrimDef *def = *(const PrimDef *const *)value_to_object(named_callee(pc, fp));
    Value result;

    if (UNLIKELY(count < def->min_args || count > def->max_args))
        return li_slow_call(vm, pc, fp); /* any number, or a wrong one */
    vm->pc = pc;
    vm->fp = fp;
    Status status = def->run(vm, (Args){&fp[a + FRAME_HEADER], count}, &result);
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, pc, fp, status, def->name);
    fp[a] = result;
    return go(vm, pc + li_op_info[insn_op((Insn){*pc})].words, fp);
}

/* ---- apply, call-with-values, call/cc: in tail position only ---- */

static Status raise_improper(Vm *vm, Value end)
{
    Value irritants;

    if (value_is_pair(end))
        return li_raise(vm, CONDITION_TYPE, VALUE_NIL,
                        "apply: expected a proper list as last argument, got a"
                        " circular one");
    TRY(li_cons(vm->heap, end, VALUE_NIL, &irritants));
    return li_raise(vm, CONDITION_TYPE, irritants,
                    "apply: expected a proper list as last argument, got one that"
                    " ends with");
}

static Status count_list(Vm *vm, Value list, uint64_t *count)
{
    uint64_t n = 0;
    Value slow = list, at = list;

    while (value_is_pair(at)) {
        n += 1;
        at = pair_cdr(at);
        if (n % 2 == 0)
            slow = pair_cdr(slow);
        if (value_is_eq(slow, at)) /* circular, since `slow` is a pair */
            break;
    }
    if (!value_is_nil(at))
        return raise_improper(vm, at);
    *count = n;
    return OK;
}

enum {
    FEW_ARGUMENTS = 16
};

/* The elements of a list or of several values, if there are `count` of them. */
static bool spread(Value from, bool is_list, uint32_t count, Value *args)
{
    if (!is_list) {
        if (!value_has_type(from, T_MULTIPLE)) {
            args[0] = from;
            return count == 1;
        }
        if (immix_granules_of(value_to_object(from)) != count)
            return false;
        memcpy(args, value_to_object(from), count * sizeof(Value));
        return true;
    }
    for (uint32_t i = 0; i < count; i += 1, from = pair_cdr(from)) {
        if (!value_is_pair(from))
            return false;
        args[i] = pair_car(from);
    }
    return value_is_nil(from);
}

/* A closure that takes just these arguments, and few: they need no room but the frame's own.
 * NULL if it is none such. */
static const uint64_t *apply_closure(Vm *vm, Value callee, Value from, bool is_list,
                                     Value *fp)
{
    Value args[FEW_ARGUMENTS];
    uint32_t count;

    if (!value_is_closure(callee) || !value_is_closure(fp[-3]))
        return NULL;
    count = immix_extra_of(value_to_object(callee));
    if (count > FEW_ARGUMENTS || !spread(from, is_list, count, args))
        return NULL;
    frame_note_tail_call(fp);
    for (uint32_t i = 0; i < count; i += 1)
        fp[i] = args[i];
    fp[-3] = callee;
    const uint64_t *entry =
        (const uint64_t *)(uintptr_t)value_to_closure(callee)->entry.bits;
    if (fp > vm->limit)
        return boundary(vm, entry, fp, count);
    return go(vm, entry, fp);
}

const uint64_t *li_slow_apply(Vm *vm, const uint64_t *pc, Value *fp)
{
    bool spread_list = insn_op((Insn){*pc}) == OP_TAILAPPLY;
    uint32_t a = op_a(pc), b = op_b(pc);
    uint32_t high = (a > b ? a : b) + 1;
    StackTop top = {
        fp, high <= LIVE_REGISTERS ? UINT64_C(1) << a | UINT64_C(1) << b : ~UINT64_C(0),
        high};
    uint64_t count = 1;
    Status status = OK;
    const uint64_t *entry = apply_closure(vm, fp[a], fp[b], spread_list, fp);

    if (entry != NULL)
        return entry;
    if (spread_list)
        status = count_list(vm, fp[b], &count);
    else if (value_has_type(fp[b], T_MULTIPLE))
        count = immix_granules_of(value_to_object(fp[b]));
    if (status == OK)
        status = li_stack_reserve(vm, &top, high + FRAME_HEADER + count);
    if (status != OK) {
        vm->retry_pc = pc;
        vm->retry_safepoint = vm->safepoints;
        vm->retry_kind = IMMIX_EVACUATE;
        return li_vm_fail(vm, pc, top.fp, status, NULL);
    }
    fp = top.fp;
    Value *args = fp + high + FRAME_HEADER;
    Value from = fp[b];
    if (spread_list) {
        for (uint64_t i = 0; i < count; i += 1, from = pair_cdr(from))
            args[i] = pair_car(from);
    } else if (value_has_type(from, T_MULTIPLE)) {
        memcpy(args, value_to_object(from), count * sizeof(Value));
    } else {
        args[0] = from;
    }
    return li_call_value(vm, (CallSite){pc, NULL, fp, 0, true}, fp[a], args,
                         (uint32_t)count);
}

/* Primitives neither call nor collect, so the arguments need not be registers. */
static Status apply_primitive(Vm *vm, const PrimDef *def, Args args, uint64_t count,
                              Value *result)
{
    Value few[FEW_ARGUMENTS], *all = few;
    uint32_t before = args.count - 1;
    Value list = args.at[before];
    Status status;

    if (count > FEW_ARGUMENTS)
        all = malloc(count * sizeof *all);
    if (all == NULL)
        return ERR_NO_MEMORY;
    memcpy(all, args.at, before * sizeof *all);
    for (uint64_t i = before; i < count; i += 1, list = pair_cdr(list))
        all[i] = pair_car(list);
    status = def->run(vm, (Args){all, (uint32_t)count}, result);
    if (all != few)
        free(all);
    return status;
}

const uint64_t *li_slow_apply_primitive(Vm *vm, const uint64_t *pc, Value *fp)
{
    uint32_t a = op_a(pc), before = op_b(pc) - 1;
    Value callee = value_to_global((Value){pc[1]})->value, result;
    const PrimDef *def = NULL;
    uint64_t count = 0;
    Status status = count_list(vm, fp[a + before], &count);

    count += before;
    if (status == OK && value_has_type(callee, T_PRIMITIVE)) {
        def = *(const PrimDef *const *)value_to_object(callee);
        if (count < def->min_args || (count > def->max_args && def->max_args != PRIM_ANY))
            status = li_raise_arity(vm, callee, (uint32_t)count);
    } else if (status == OK) {
        status = li_raise_type(vm, "apply", 0, "a procedure", callee);
    }
    vm->pc = pc;
    vm->fp = fp;
    if (status == OK)
        status = apply_primitive(vm, def, (Args){&fp[a], before + 1}, count, &result);
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, pc, fp, status, def == NULL ? NULL : def->name);
    fp[a] = result;
    return go(vm, pc + li_op_info[OP_APPLY].words, fp);
}

const uint64_t *li_slow_callcc(Vm *vm, const uint64_t *pc, Value *fp)
{
    uint32_t a = op_a(pc);
    StackTop top = {fp, a < LIVE_REGISTERS ? UINT64_C(1) << a : ~UINT64_C(0), a + 1};
    Status status = li_stack_capture(vm, &top);

    if (status != OK)
        return li_vm_fail(vm, pc, top.fp, status, NULL);
    fp = top.fp;
    Value *args = fp + a + 1 + FRAME_HEADER;
    args[0] = vm->result;
    return li_call_value(vm, (CallSite){pc, NULL, fp, 0, true}, fp[a], args, 1);
}

const uint64_t *li_slow_underflow(Vm *vm, const uint64_t *pc UNUSED, Value *fp)
{
    vm->result = fp[-3];
    return li_stack_resume(vm);
}

/* The signal handler must not return: it raises the secondary exception itself. */
const uint64_t *li_slow_trap(Vm *vm, const uint64_t *pc, Value *fp)
{
    return li_vm_uncaught(vm, pc, fp);
}
