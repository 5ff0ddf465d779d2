/* slow.c - the rare cases of data instructions: generic arithmetic, errors, barriers. */
#include <stdlib.h>

#include "compiler/insn.h"
#include "containers/array.h"
#include "types/number.h"
#include "vm/call.h"
#include "vm/condition.h"

static Insn at(const uint64_t *pc)
{
    return (Insn){*pc};
}

static const uint64_t *next(Vm *vm, const uint64_t *pc, Value *fp)
{
    vm->fp = fp;
    return pc + li_op_info[insn_op(at(pc))].words;
}

static const uint64_t *no_memory(Vm *vm, const uint64_t *pc, Value *fp)
{
    return li_vm_fail(vm, pc, fp, ERR_NO_MEMORY, NULL);
}

/* The current hole is full. */
const uint64_t *li_slow_alloc(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Value result;

    if (insn_op(insn) == OP_CONS) {
        if (li_cons(vm->heap, fp[insn_b(insn)], fp[insn_c(insn)], &result) != OK)
            return no_memory(vm, pc, fp);
    } else {
        Value *box = li_alloc(vm->heap, T_BOX, 0, 1);

        if (box == NULL)
            return no_memory(vm, pc, fp);
        *box = fp[insn_b(insn)];
        result = value_from_object(box);
    }
    fp[insn_a(insn)] = result;
    return next(vm, pc, fp);
}

const uint64_t *li_slow_prim_failed(Vm *vm, const uint64_t *pc, Value *fp)
{
    const PrimDef *def = (const PrimDef *)(uintptr_t)pc[1];

    return li_vm_fail(vm, pc, fp, vm->status, def->name);
}

/* ---- Variables ---- */

const uint64_t *li_slow_unassigned(Vm *vm, const uint64_t *pc, Value *fp)
{
    const Code *code = value_to_code(value_to_closure(fp[-3])->code);
    Value symbol = vector_items(code->literals)[insn_bx(at(pc))];
    char *name = NULL;
    Status status = li_text_c_string(symbol_text(symbol), &name);

    if (status == OK)
        status = li_raise(vm, CONDITION_UNBOUND, VALUE_NIL,
                          "variable used before its definition: %s", name);
    free(name);
    return li_vm_fail(vm, pc, fp, status, NULL);
}

static void push_name(Value symbol, Buffer *to)
{
    const Text *text = symbol_text(symbol);

    for (uint64_t i = 0; i < text->length; i += 1)
        li_buffer_push_char(to, li_text_at(text, i));
}

void li_vm_push_unbound(Vm *vm, const Global *cell, Buffer *to)
{
    Buffer library = {0};
    Value near, symbol = cell->name;

    if (li_global_has_flag(cell, GLOBAL_CONSTANT)) {
        li_buffer_push_string(to, "variable used before its definition: ");
        push_name(symbol, to);
        return;
    }
    li_buffer_push_string(to, "unbound variable: ");
    push_name(symbol, to);
    if (li_vm_is_syntax(vm, symbol)) {
        li_buffer_push_string(to, " (it is syntax, which must be defined before its use)");
    } else if (li_vm_find_export(vm, symbol, &library)) {
        li_buffer_push_string(to, " (it is in ");
        li_buffer_push_string(to, li_buffer_c_string(&library));
        li_buffer_push_string(to, ", which is not imported)");
    } else if (li_vm_suggest(vm, symbol, &near)) {
        li_buffer_push_string(to, " (did you mean ");
        push_name(near, to);
        li_buffer_push_string(to, "?)");
    }
    to->failed |= library.failed;
    li_buffer_free(&library);
}

const uint64_t *li_slow_unbound(Vm *vm, const uint64_t *pc, Value *fp)
{
    const Global *cell = value_to_global((Value){pc[1]});
    Buffer message = {0};
    Status status = ERR_NO_MEMORY;

    li_vm_push_unbound(vm, cell, &message);
    if (!message.failed)
        status = li_raise(vm, CONDITION_UNBOUND, VALUE_NIL, "%s",
                          li_buffer_c_string(&message));
    li_buffer_free(&message);
    return li_vm_fail(vm, pc, fp, status, NULL);
}

const uint64_t *li_slow_set_global(Vm *vm, const uint64_t *pc, Value *fp)
{
    Global *cell = value_to_global((Value){pc[1]});

    if (insn_op(at(pc)) == OP_SETGLOBAL && value_is_eq(cell->value, VALUE_UNBOUND))
        return li_slow_unbound(vm, pc, fp);
    li_global_set(vm->heap, cell, fp[insn_a(at(pc))]);
    return next(vm, pc, fp);
}

/* Every one over a run of registers, others when the current hole is full. */
const uint64_t *li_slow_closure(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    const Code *running = value_to_code(value_to_closure(fp[-3])->code);
    uint32_t a = insn_a(insn), takes = li_op_info[insn_op(insn)].words - 1u;
    Value code = takes == 0 ? fp[a] : vector_items(running->literals)[insn_bx(insn)];
    Value closure;

    if (UNLIKELY(li_closure_new(vm->heap, code, &closure) != OK))
        return no_memory(vm, pc, fp);
    if (takes == 0)
        memcpy(value_to_closure(closure)->free, &fp[a + 1],
               (uint32_t)insn_bx(insn) * sizeof(Value));
    else
        closure_take(value_to_closure(closure), fp, pc + 1, takes * TAKE_PARTS);
    fp[a] = closure;
    return next(vm, pc, fp);
}

/* ---- Arithmetic ---- */

typedef Status (*Arithmetic)(Heap *heap, Value a, Value b, Value *result);

static Status less(Heap *heap UNUSED, Value a, Value b, Value *result)
{
    NumOrder order;

    TRY(li_num_compare(a, b, &order));
    *result = value_from_bool(order == NUM_LESS);
    return OK;
}

static Status less_or_equal(Heap *heap UNUSED, Value a, Value b, Value *result)
{
    NumOrder order;

    TRY(li_num_compare(a, b, &order));
    *result = value_from_bool(order == NUM_LESS || order == NUM_EQUAL);
    return OK;
}

static Status equal(Heap *heap UNUSED, Value a, Value b, Value *result)
{
    bool is_equal;

    TRY(li_num_equal(a, b, &is_equal));
    *result = value_from_bool(is_equal);
    return OK;
}

static Arithmetic arithmetic_of(Opcode op)
{
    switch ((int)op) {
    case OP_ADD:
    case OP_ADDI: return li_num_add;
    case OP_SUB:
    case OP_SUBI: return li_num_subtract;
    case OP_MUL: return li_num_multiply;
    case OP_DIV: return li_num_divide;
    case OP_QUOTIENT: return li_num_quotient;
    case OP_REMAINDER: return li_num_remainder;
    case OP_MODULO: return li_num_modulo;
    case OP_LT: return less;
    case OP_LE: return less_or_equal;
    case OP_NUMEQ: return equal;
    default: UNREACHABLE();
    }
}

/* What an instruction wants its operands to be. */
typedef struct Wanted {
    bool (*accepts)(Value v);
    const char *text;
} Wanted;

static bool is_number(Value v)
{
    return value_is_number(v);
}

static bool is_real(Value v)
{
    return value_is_real(v);
}

static Wanted wanted_of(Opcode op)
{
    switch ((int)op) {
    case OP_QUOTIENT:
    case OP_REMAINDER:
    case OP_MODULO: return (Wanted){li_num_is_integer, "an integer"};
    case OP_ADD:
    case OP_ADDI:
    case OP_SUB:
    case OP_SUBI:
    case OP_MUL:
    case OP_DIV:
    case OP_NUMEQ:
    case OP_BRNUMEQ:
    case OP_BRNNUMEQ:
    case OP_BRNUMEQI:
    case OP_BRNNUMEQI: return (Wanted){is_number, "a number"};
    default: return (Wanted){is_real, "a real number"}; /* order */
    }
}

/* Several procedures share these instructions, with their operands in either order: (< a b) and
 * (> b a), (zero? x) and (= x 0), (+ 1 x) and (+ x 1). The code says which it was. */
const char *li_vm_operation_at(const uint64_t *pc, Opcode op, const Value *fp,
                               uint32_t arguments[2])
{
    const Code *code = value_to_code(value_to_closure(fp[-3])->code);
    Operation operation;

    arguments[0] = 0;
    arguments[1] = 1;
    if (!li_code_operation_at(code, (uint64_t)(pc - code_words(code)), &operation))
        return li_op_procedure(op);
    arguments[0] = operation.arguments[0];
    arguments[1] = operation.arguments[1];
    return li_primop_name(operation.primop);
}

/* Operation `op` failed, which the instruction or word at `pc` stands for. */
static const uint64_t *fail_arithmetic(Vm *vm, const uint64_t *pc, Value *fp, Opcode op,
                                       Status status, Value a, Value b)
{
    Wanted wanted = wanted_of(op);
    uint32_t arguments[2];
    const char *who = li_vm_operation_at(pc, op, fp, arguments);

    if (status == ERR_TYPE) {
        bool first = !wanted.accepts(a), second = !wanted.accepts(b);
        bool blame_first = first && (!second || arguments[0] < arguments[1]);

        status = li_raise_type(vm, who, arguments[blame_first ? 0 : 1], wanted.text,
                               blame_first ? a : b);
    } else if (status == ERR_DIVIDE) {
        status = li_raise(vm, CONDITION_DIVIDE, VALUE_NIL, "%s: division by zero", who);
    }
    return li_vm_fail(vm, pc, fp, status, who);
}

/* R[a] := R[b] op b. The operation is known where this is inlined. */
ALWAYS_INLINE const uint64_t *operate(Vm *vm, const uint64_t *pc, Value *fp, Value b,
                                      Arithmetic arithmetic)
{
    Insn insn = at(pc);
    Value a = fp[insn_b(insn)], result;
    Status status = arithmetic(vm->heap, a, b, &result);

    if (UNLIKELY(status != OK))
        return fail_arithmetic(vm, pc, fp, insn_op(insn), status, a, b);
    fp[insn_a(insn)] = result;
    vm->fp = fp;
    return pc + 1;
}

/* What programs with bignums spend their time in has functions of its own. */
const uint64_t *li_slow_add(Vm *vm, const uint64_t *pc, Value *fp)
{
    return operate(vm, pc, fp, fp[insn_c(at(pc))], li_num_add);
}

const uint64_t *li_slow_subtract(Vm *vm, const uint64_t *pc, Value *fp)
{
    return operate(vm, pc, fp, fp[insn_c(at(pc))], li_num_subtract);
}

const uint64_t *li_slow_multiply(Vm *vm, const uint64_t *pc, Value *fp)
{
    return operate(vm, pc, fp, fp[insn_c(at(pc))], li_num_multiply);
}

const uint64_t *li_slow_arithmetic(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Opcode op = insn_op(insn);
    bool immediate = op == OP_ADDI || op == OP_SUBI;

    return operate(vm, pc, fp,
                   immediate ? value_from_fixnum((int16_t)insn_c(insn)) : fp[insn_c(insn)],
                   arithmetic_of(op));
}

/* The test and the jump are left to what follows. */
const uint64_t *li_slow_step(Vm *vm, const uint64_t *pc, Value *fp)
{
    Value *counter = &fp[insn_a(at(pc))];
    int64_t step = value_to_fixnum((Value){pc[1]});
    Opcode op = step < 0 ? OP_SUBI : OP_ADDI;
    Value by = value_from_fixnum(step < 0 ? -step : step), result;
    Status status = arithmetic_of(op)(vm->heap, *counter, by, &result);

    if (UNLIKELY(status != OK))
        return fail_arithmetic(vm, pc, fp, op, status, *counter, by);
    *counter = result;
    return next(vm, pc, fp);
}

/* The second word stands for the second operation: its position, and its operands. */
const uint64_t *li_slow_arithmetic_2(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Value a = fp[insn_b(insn)], b = fp[insn_c(insn)];
    Value middle, result;
    Fused fused;

    CHECK(li_op_fused(insn_op(insn), &fused));
    Status status = arithmetic_of(fused.first)(vm->heap, a, b, &middle);
    if (UNLIKELY(status != OK))
        return fail_arithmetic(vm, pc, fp, fused.first, status, a, b);
    a = fused.reversed ? fp[pc[1]] : middle;
    b = fused.reversed ? middle : fp[pc[1]];
    status = arithmetic_of(fused.second)(vm->heap, a, b, &result);
    if (UNLIKELY(status == ERR_NO_MEMORY))
        return no_memory(vm, pc, fp);
    if (UNLIKELY(status != OK))
        return fail_arithmetic(vm, pc + 1, fp, fused.second, status, a, b);
    fp[insn_a(insn)] = result;
    return next(vm, pc, fp);
}

/* What a branch compares, which orders satisfy it, and whether it jumps then or otherwise. */
typedef struct Comparison {
    uint32_t orders; /* bit o: order o satisfies it */
    bool jumps_if;
    bool immediate;
} Comparison;

enum {
    ORDERS_LT = 1 << NUM_LESS,
    ORDERS_EQ = 1 << NUM_EQUAL,
    ORDERS_GT = 1 << NUM_GREATER,
};

static Comparison comparison_of(Opcode op)
{
    switch ((int)op) {
    case OP_BRLT: return (Comparison){ORDERS_LT, true, false};
    case OP_BRNLT: return (Comparison){ORDERS_LT, false, false};
    case OP_BRLE: return (Comparison){ORDERS_LT | ORDERS_EQ, true, false};
    case OP_BRNLE: return (Comparison){ORDERS_LT | ORDERS_EQ, false, false};
    case OP_BRNUMEQ: return (Comparison){ORDERS_EQ, true, false};
    case OP_BRNNUMEQ: return (Comparison){ORDERS_EQ, false, false};
    case OP_BRLTI: return (Comparison){ORDERS_LT, true, true};
    case OP_BRNLTI: return (Comparison){ORDERS_LT, false, true};
    case OP_BRLEI: return (Comparison){ORDERS_LT | ORDERS_EQ, true, true};
    case OP_BRNLEI: return (Comparison){ORDERS_LT | ORDERS_EQ, false, true};
    case OP_BRGTI: return (Comparison){ORDERS_GT, true, true};
    case OP_BRNGTI: return (Comparison){ORDERS_GT, false, true};
    case OP_BRGEI: return (Comparison){ORDERS_GT | ORDERS_EQ, true, true};
    case OP_BRNGEI: return (Comparison){ORDERS_GT | ORDERS_EQ, false, true};
    case OP_BRNUMEQI: return (Comparison){ORDERS_EQ, true, true};
    case OP_BRNNUMEQI: return (Comparison){ORDERS_EQ, false, true};
    default: UNREACHABLE();
    }
}

static Status compare(Comparison comparison, Value a, Value b, bool *holds)
{
    NumOrder order;

    if (comparison.orders == ORDERS_EQ)
        return li_num_equal(a, b, holds);
    TRY(li_num_compare(a, b, &order));
    *holds = (comparison.orders >> order & 1) != 0;
    return OK;
}

const uint64_t *li_slow_branch(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Comparison comparison = comparison_of(insn_op(insn));
    Value a = fp[insn_a(insn)];
    Value b = comparison.immediate ? value_from_fixnum((int16_t)insn_b(insn))
                                   : fp[insn_b(insn)];
    bool holds;
    Status status = compare(comparison, a, b, &holds);

    if (UNLIKELY(status != OK))
        return fail_arithmetic(vm, pc, fp, insn_op(insn), status, a, b);
    vm->fp = fp;
    return holds == comparison.jumps_if ? pc + 1 + (int16_t)insn_c(insn) : pc + 1;
}

/* ---- Access ---- */

static Status access_error(Vm *vm, Opcode op, Value object, Value index)
{
    switch ((int)op) {
    case OP_CAR: return li_raise_type(vm, "car", 0, "a pair", object);
    case OP_CDR: return li_raise_type(vm, "cdr", 0, "a pair", object);
    case OP_CAAR:
        return li_raise_type(vm, "caar", 0, "a pair with a caar", object);
    case OP_CADR:
        return li_raise_type(vm, "cadr", 0, "a pair with a cadr", object);
    case OP_CDAR:
        return li_raise_type(vm, "cdar", 0, "a pair with a cdar", object);
    case OP_CDDR:
        return li_raise_type(vm, "cddr", 0, "a pair with a cddr", object);
    case OP_VECTORLENGTH:
        return li_raise_type(vm, "vector-length", 0, "a vector", object);
    case OP_STRINGLENGTH:
        return li_raise_type(vm, "string-length", 0, "a string", object);
    case OP_CHARTOINT:
        return li_raise_type(vm, "char->integer", 0, "a character", object);
    case OP_INTTOCHAR:
        return li_raise_type(vm, "integer->char", 0, "a Unicode scalar value", object);
    case OP_VECTORREF:
    case OP_VECTORREFI:
        if (!value_is_vector(object))
            return li_raise_type(vm, "vector-ref", 0, "a vector", object);
        return li_raise_index(vm, "vector-ref", index, "a vector",
                              vector_length(object));
    case OP_STRINGREF:
        if (!value_is_text(object))
            return li_raise_type(vm, "string-ref", 0, "a string", object);
        return li_raise_index(vm, "string-ref", index, "a string",
                              value_to_text(object)->length);
    case OP_BYTEREF:
        if (!value_is_bytevector(object))
            return li_raise_type(vm, "bytevector-u8-ref", 0, "a bytevector", object);
        return li_raise_index(vm, "bytevector-u8-ref", index, "a bytevector",
                              value_to_array(object)->length);
    default: UNREACHABLE();
    }
}

const uint64_t *li_slow_access(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Opcode op = insn_op(insn);
    Value index = VALUE_FALSE;

    if (li_op_advances(op))
        return li_vm_fail(vm, pc, fp, access_error(vm, OP_CDR, fp[insn_a(insn)], index),
                          NULL);
    if (op == OP_VECTORREFI)
        index = value_from_fixnum(insn_c(insn));
    else if (li_op_info[op].operand[2] == OPERAND_SRC)
        index = fp[insn_c(insn)];
    return li_vm_fail(vm, pc, fp, access_error(vm, op, fp[insn_b(insn)], index), NULL);
}

/* ---- Stores: immutable or old objects, and errors ---- */

static Status raise_immutable(Vm *vm, const char *who, const char *what)
{
    return li_raise(vm, CONDITION_IMMUTABLE, VALUE_NIL,
                    "%s: argument 1 is a literal %s and cannot be changed", who, what);
}

static Status store_pair(Vm *vm, const char *who, Value pair, bool car, Value v)
{
    if (!value_is_pair(pair))
        return li_raise_type(vm, who, 0, "a pair", pair);
    if (li_is_immutable(value_to_pair(pair)))
        return raise_immutable(vm, who, "pair");
    Pair *p = value_to_pair(pair);
    li_store(vm->heap, p, car ? &p->car : &p->cdr, v);
    return OK;
}

static Status store_vector(Vm *vm, Value vector, Value index, Value v)
{
    if (!value_is_vector(vector))
        return li_raise_type(vm, "vector-set!", 0, "a vector", vector);
    if (!value_is_fixnum(index) || index.bits >> 2 >= vector_length(vector))
        return li_raise_index(vm, "vector-set!", index, "a vector",
                              vector_length(vector));
    if (li_is_immutable(value_to_object(vector)))
        return raise_immutable(vm, "vector-set!", "vector");
    Value *slot = &vector_items(vector)[index.bits >> 2];
    *slot = v;
    immix_barrier_range(vm->heap->immix, value_to_object(vector), slot, sizeof(Value));
    return OK;
}

static Status store_byte(Vm *vm, Value bytes, Value index, Value byte)
{
    if (!value_is_bytevector(bytes))
        return li_raise_type(vm, "bytevector-u8-set!", 0, "a bytevector", bytes);
    if (!value_is_fixnum(index) || index.bits >> 2 >= value_to_array(bytes)->length)
        return li_raise_index(vm, "bytevector-u8-set!", index, "a bytevector",
                              value_to_array(bytes)->length);
    if (!value_is_fixnum(byte) || byte.bits >> 2 > 255)
        return li_raise_type(vm, "bytevector-u8-set!", 2,
                             "an exact integer from 0 to 255", byte);
    return raise_immutable(vm, "bytevector-u8-set!", "bytevector");
}

const uint64_t *li_slow_store(Vm *vm, const uint64_t *pc, Value *fp)
{
    Insn insn = at(pc);
    Value object = fp[insn_a(insn)];
    Value b = insn_op(insn) == OP_VECTORSETI ? value_from_fixnum(insn_b(insn))
                                             : fp[insn_b(insn)];
    Status status;

    switch ((int)insn_op(insn)) {
    case OP_SETCAR: status = store_pair(vm, "set-car!", object, true, b); break;
    case OP_SETCDR: status = store_pair(vm, "set-cdr!", object, false, b); break;
    case OP_VECTORSET:
    case OP_VECTORSETI: status = store_vector(vm, object, b, fp[insn_c(insn)]); break;
    case OP_BYTESET: status = store_byte(vm, object, b, fp[insn_c(insn)]); break;
    default: UNREACHABLE();
    }
    if (UNLIKELY(status != OK))
        return li_vm_fail(vm, pc, fp, status, NULL);
    return next(vm, pc, fp);
}
