/* call.h - the slow functions: calls that are not of the common kind, and rare cases. */
#ifndef LI_VM_CALL_H
#define LI_VM_CALL_H

#include "vm/vm.h"

#define SLOW_TABLE(X)      \
    X(li_slow_alloc)       \
    X(li_slow_unassigned)  \
    X(li_slow_closure)     \
    X(li_slow_unbound)     \
    X(li_slow_set_global)  \
    X(li_slow_enter)       \
    X(li_slow_boundary)    \
    X(li_slow_call)        \
    X(li_slow_call_primitive) \
    X(li_slow_prim_failed) \
    X(li_slow_apply)       \
    X(li_slow_apply_primitive) \
    X(li_slow_callcc)      \
    X(li_slow_values)      \
    X(li_slow_receive)     \
    X(li_slow_loop)        \
    X(li_slow_branch)      \
    X(li_slow_step)        \
    X(li_slow_add)         \
    X(li_slow_subtract)    \
    X(li_slow_multiply)    \
    X(li_slow_arithmetic)  \
    X(li_slow_arithmetic_2) \
    X(li_slow_access)      \
    X(li_slow_char)        \
    X(li_slow_string_set)  \
    X(li_slow_read)        \
    X(li_slow_write)       \
    X(li_slow_equal)       \
    X(li_slow_record)      \
    X(li_slow_store)       \
    X(li_slow_underflow)   \
    X(li_slow_trap)

#define X(name) const uint64_t *name(Vm *vm, const uint64_t *pc, Value *fp);
SLOW_TABLE(X)
#undef X

/* Calls `callee` with the `count` arguments at `args`, for the instruction `pc` of frame `fp`.
 * tail: returns to that frame's caller; otherwise the result goes to fp[a], args is
 * &fp[a + 3] and the next instruction is `after`. */
typedef struct CallSite {
    const uint64_t *pc, *after;
    Value *fp;
    uint32_t a;
    bool tail;
} CallSite;

const uint64_t *li_call_value(Vm *vm, CallSite site, Value callee, Value *args,
                              uint32_t count);

/* The procedure that operation `op` of the instruction or word at `pc` stands for, and which of
 * its arguments the first operand is, and the second. */
const char *li_vm_operation_at(const uint64_t *pc, Opcode op, const Value *fp,
                               uint32_t arguments[2]);

/* Raises the error of a call with `got` arguments, which `procedure` does not take. */
MUST_CHECK COLD Status li_raise_arity(Vm *vm, Value procedure, uint32_t got);
/* The same for a closure that does not take as many values as call-with-values got. */
MUST_CHECK COLD Status li_raise_values(Vm *vm, Value procedure, uint32_t got);
/* The same for RECEIVE: `receiver` is its literal. */
MUST_CHECK COLD Status li_raise_received(Vm *vm, Value receiver, uint32_t required,
                                         bool or_more, uint32_t got);

/* What happens at a safepoint whose topmost frame is `top`: interrupts, collection. OK, or
 * ERR_INTERRUPTED. Puts the real limit back. */
MUST_CHECK MAY_COLLECT Status li_safepoint(Vm *vm, StackTop top);

#endif /* LI_VM_CALL_H */
