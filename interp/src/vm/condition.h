/* condition.h - making conditions, signalling them, reporting them. See also prim.h. */
#ifndef LI_VM_CONDITION_H
#define LI_VM_CONDITION_H

#include <stdarg.h>

#include "vm/vm.h"

ALWAYS_INLINE bool value_is_condition(Value v)
{
    return value_has_type(v, T_CONDITION);
}

ALWAYS_INLINE Condition *value_to_condition(Value v)
{
    return value_to_object(v);
}

MUST_CHECK Status li_condition_new(Vm *vm, ConditionKind kind, Value message,
                                   Value irritants, uint64_t position, Value *result);

/* What a slow function returns for a failure at `pc` in the frame `fp`: goes on in the signal
 * handler, or at `pc` again after a collection if memory ran out, or ends the run. `who`
 * names the procedure in the message of a bare status; may be NULL. */
MUST_CHECK const uint64_t *li_vm_fail(Vm *vm, const uint64_t *pc, Value *fp,
                                      Status status, const char *who);

/* Ends the run with vm->condition uncaught; takes the backtrace. */
MUST_CHECK const uint64_t *li_vm_uncaught(Vm *vm, const uint64_t *pc, const Value *fp);

/* Raises the out-of-memory condition where there is no program to handle it: while a toplevel
 * form is read or compiled. */
MUST_CHECK Status li_raise_no_memory(Vm *vm, uint64_t position);

const char *li_condition_kind_name(ConditionKind kind);
bool li_condition_kind_find(const Text *name, ConditionKind *kind);

/* Appends the message and the irritants, as a report shows them. */
void li_condition_message(Vm *vm, Value condition, Buffer *to);

/* Appends all that a user sees of an error that was not handled: position, message, source line
 * and backtrace. */
void li_condition_report(Vm *vm, Value condition, Buffer *to);

/* Notes where it was raised, unless it was raised before. */
void li_condition_take_backtrace(Vm *vm, Value condition, const uint64_t *pc,
                                 const Value *fp);

/* The position of the innermost frame that has one. */
uint64_t li_vm_position(const Vm *vm, const uint64_t *pc, const Value *fp);

#endif /* LI_VM_CONDITION_H */
