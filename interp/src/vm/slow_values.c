/* slow_values.c - several values where they do not go from one procedure to another at once.
 *
 * Those that are returned to any other instruction than a RECEIVE that wants just as many become
 * an object, T_MULTIPLE; a RECEIVE that a value is returned to takes it apart.
 */
#include "compiler/insn.h"
#include "vm/call.h"
#include "vm/condition.h"
#include "vm/stack.h"

/* The values that go to the RECEIVE or RECEIVEREST at `pc` of frame `fp`. They may lie in
 * registers that are written; from the lowest up, that does no harm. */
static Status receive(Vm *vm, const uint64_t *pc, Value *fp, const Value *values,
                      uint32_t count)
{
    Insn insn = {*pc};
    Value *to = &fp[insn_a(insn)], list = VALUE_NIL;
    uint32_t wanted = insn_b(insn);

    if (insn_op(insn) == OP_RECEIVEREST) {
        for (uint32_t i = count; i > wanted; i -= 1)
            TRY(li_cons(vm->heap, values[i - 1], list, &list));
    }
    memmove(to, values, wanted * sizeof *to);
    if (insn_op(insn) == OP_RECEIVEREST)
        to[wanted] = list;
    return OK;
}

static bool fits(const uint64_t *pc, uint32_t count)
{
    Insn insn = {*pc};

    return insn_op(insn) == OP_RECEIVE       ? insn_b(insn) == count
         : insn_op(insn) == OP_RECEIVEREST ? insn_b(insn) <= count
                                             : false;
}

const uint64_t *li_slow_values(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    bool two = insn_op(insn) == OP_VALUES2;
    const Value pair[2] = {fp[insn_a(insn)], two ? fp[insn_b(insn)] : VALUE_FALSE};
    const Value *values = two ? pair : &fp[insn_a(insn)];
    uint32_t count = two ? 2 : insn_b(insn);
    const uint64_t *back = (const uint64_t *)(uintptr_t)fp[-1].bits;
    Value *caller = fp - frame_delta_bytes(fp) / sizeof(Value), result;
    Status status;

    if (fits(back, count)) {
        status = receive(vm, back, caller, values, count);
        back += li_op_info[insn_op((Insn){*back})].words;
    } else {
        status = li_vm_values(vm, values, count, &result);
        if (status == OK)
            fp[-3] = result;
    }
    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, NULL);
    vm->fp = caller;
    return back;
}

const uint64_t *li_slow_receive(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    Value value = fp[insn_c(insn)];
    const Value *values = &value;
    uint32_t count = 1;
    Status status;

    if (value_has_type(value, T_MULTIPLE)) {
        values = value_to_object(value);
        count = (uint32_t)immix_granules_of(value_to_object(value));
    }
    if (fits(pc, count)) {
        status = receive(vm, pc, fp, values, count);
    } else {
        const Code *code = value_to_code(value_to_closure(fp[-3])->code);

        status = li_raise_received(vm, vector_items(code->literals)[pc[1]], insn_b(insn),
                                   insn_op(insn) == OP_RECEIVEREST, count);
    }
    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, NULL);
    vm->fp = fp;
    return pc + li_op_info[insn_op(insn)].words;
}
