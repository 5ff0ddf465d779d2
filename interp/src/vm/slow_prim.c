/* slow_prim.c - the rare cases of instructions that stand for a primitive: they run it.
 *
 * So whatever the primitive does with such arguments, the instruction does too, and its errors
 * are in the same words.
 */
#include <string.h>

#include "compiler/insn.h"
#include "types/equal.h"
#include "vm/boot.h"
#include "vm/call.h"
#include "vm/condition.h"

/* A primitive in the place of the instruction at `pc`. */
static Status run_primitive(Vm *vm, const uint64_t *pc, Value *fp, const char *name,
                            Args args, Value *result)
{
    vm->pc = pc;
    vm->fp = fp;
    return li_find_primitive(name)->run(vm, args, result);
}

static const uint64_t *next(Vm *vm, const uint64_t *pc, Value *fp)
{
    vm->fp = fp;
    return pc + li_op_info[insn_op((Insn){*pc})].words;
}

/* ---- Characters ---- */

static Value char_operand(const OpInfo *info, int field, uint32_t operand,
                          const Value *fp)
{
    return info->operand[field] == OPERAND_IMM ? value_from_char(operand) : fp[operand];
}

/* Comparisons whose operands are not both characters. */
const uint64_t *li_slow_char(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    const OpInfo *info = &li_op_info[insn_op(insn)];
    bool branch = (info->flags & INSN_JUMPS) != 0;
    Value operands[2] = {
        branch ? fp[insn_a(insn)] : fp[insn_b(insn)],
        branch ? char_operand(info, 1, insn_b(insn), fp) : fp[insn_c(insn)],
    };
    uint32_t arguments[2];
    const char *who = li_vm_operation_at(pc, insn_op(insn), fp, arguments);
    int wrong = value_is_char(operands[0])
             || (!value_is_char(operands[1]) && arguments[1] < arguments[0]);

    return li_vm_fail(
        vm, pc, fp,
        li_raise_type(vm, who, arguments[wrong], "a character", operands[wrong]), NULL);
}

const uint64_t *li_slow_string_set(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    Value arguments[] = {fp[insn_a(insn)], fp[insn_b(insn)], fp[insn_c(insn)]}, result;
    Status status =
        run_primitive(vm, pc, fp, "string-set!", (Args){arguments, 3}, &result);

    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, "string-set!");
    return next(vm, pc, fp);
}

/* ---- Ports: what the buffer is not enough for ---- */

const uint64_t *li_slow_read(Vm *vm, const uint64_t *pc, Value *fp)
{
    const PrimDef *def = (const PrimDef *)(uintptr_t)pc[1];
    Insn insn = {*pc};
    Value result;

    vm->pc = pc;
    vm->fp = fp;
    Status status = def->run(vm, (Args){&fp[insn_b(insn)], 1}, &result);
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, pc, fp, status, def->name);
    fp[insn_a(insn)] = result;
    return value_is_eq(result, VALUE_EOF) ? pc + 2 + (int16_t)insn_c(insn) : pc + 2;
}

const uint64_t *li_slow_write(Vm *vm, const uint64_t *pc, Value *fp)
{
    const PrimDef *def = (const PrimDef *)(uintptr_t)pc[1];
    Insn insn = {*pc};
    Value arguments[] = {fp[insn_a(insn)], fp[insn_b(insn)]}, result;

    vm->pc = pc;
    vm->fp = fp;
    Status status = def->run(vm, (Args){arguments, 2}, &result);
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, pc, fp, status, def->name);
    return pc + 2;
}

/* ---- Equality ---- */

const uint64_t *li_slow_equal(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    Value a = fp[insn_b(insn)], b = fp[insn_c(insn)];
    bool equal;
    Status status = OK;

    if (insn_op(insn) == OP_EQV)
        equal = li_eqv(a, b);
    else
        status = li_equal(vm->heap, a, b, &equal);
    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, "equal?");
    fp[insn_a(insn)] = value_from_bool(equal);
    return next(vm, pc, fp);
}

/* ---- Records ---- */

static const uint64_t *run_record(Vm *vm, const uint64_t *pc, Value *fp,
                                  const char *name, Args args)
{
    Insn insn = {*pc};
    Value result;

    if (value_is_eq(value_to_global((Value){pc[1]})->value, VALUE_UNBOUND))
        return li_slow_unbound(vm, pc, fp);
    Status status = run_primitive(vm, pc, fp, name, args, &result);
    if (status != OK)
        return li_vm_fail(vm, pc, fp, status, name);
    if (li_op_info[insn_op(insn)].operand[0] == OPERAND_DST)
        fp[insn_a(insn)] = result;
    return next(vm, pc, fp);
}

static bool takes_fields(Value type, uint32_t count)
{
    return value_has_type(type, T_RECORD_TYPE)
        && vector_length(((const RecordType *)value_to_object(type))->fields) == count;
}

/* The current hole is full. */
static const uint64_t *new_record(Vm *vm, const uint64_t *pc, Value *fp, Value type)
{
    uint32_t a = insn_a((Insn){*pc}), count = insn_b((Insn){*pc});
    Record *made = li_alloc(vm->heap, T_RECORD, 0, count + 1);

    if (made == NULL)
        return li_vm_fail(vm, pc, fp, ERR_NO_MEMORY, NULL);
    made->type = type;
    memcpy(made->fields, &fp[a + 1], count * sizeof(Value));
    fp[a] = value_from_object(made);
    return next(vm, pc, fp);
}

const uint64_t *li_slow_record(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = {*pc};
    uint32_t a = insn_a(insn), b = insn_b(insn);
    Value type = value_to_global((Value){pc[1]})->value;
    Value index = value_from_fixnum(insn_c(insn));

    if (insn_op(insn) == OP_RECORD) {
        if (takes_fields(type, b))
            return new_record(vm, pc, fp, type);
        fp[a] = type; /* beside the fields; it is written anyway */
        return run_record(vm, pc, fp, "%record", (Args){&fp[a], b + 1});
    }
    if (insn_op(insn) == OP_RECORDREF || insn_op(insn) == OP_RECORDREFK) {
        Value arguments[] = {fp[b], type, index, {pc[2]}};

        return run_record(vm, pc, fp, "%record-ref", (Args){arguments, 4});
    }
    Value arguments[] = {fp[a], type, index, fp[b], {pc[2]}};

    return run_record(vm, pc, fp, "%record-set!", (Args){arguments, 5});
}
