/* prim.h - how a primitive procedure is written: its table row, its arguments, its errors.
 *
 * A primitive reads its arguments only, which may be the VM's registers or a copy, and writes its
 * result last. It never calls back into Lisp; what must do that is written in Lisp (stdlib/). It
 * may allocate and cannot collect: bare Values are fine in it. On failure it raises, by one
 * of the functions below, and returns what they return; or it returns a bare Status, of
 * which the VM makes a condition that names the procedure.
 *
 * ERR_NO_MEMORY: the VM collects and runs the primitive again, so return it before the
 * first effect that cannot be repeated.
 */
#ifndef LI_VM_PRIM_H
#define LI_VM_PRIM_H

#include "memory/heap.h"

struct Text;

typedef struct Vm Vm;

typedef struct Args {
    Value *at;
    uint32_t count;
} Args;

typedef Status (*PrimFn)(Vm *vm, Args args, Value *result);

enum {
    PRIM_ANY = 0xffff
}; /* max_args: any number */

typedef struct PrimDef {
    const char *name;
    PrimFn run;
    uint16_t min_args, max_args;
    const char *usage; /* "(car pair)" */
    const char *doc;   /* sentences */
} PrimDef;

/* Each lib/prim_*.c exports one table that ends with a row of zeros; lib/prims.def lists the
 * tables. All primitives are bound in the library (limpet primitives). */

/* The heap of a VM, for allocation: a Vm begins with it. */
ALWAYS_INLINE Heap *li_vm_heap(Vm *vm)
{
    return *(Heap **)(void *)vm;
}

/* ---- Raising: each makes a condition, notes it in the VM and returns ERR_RAISED --------- */

typedef enum ConditionKind {
    CONDITION_ERROR, /* (error ...) and everything without a kind of its own */
    CONDITION_TYPE,
    CONDITION_RANGE,
    CONDITION_ARITY,
    CONDITION_UNBOUND,
    CONDITION_NOT_PROCEDURE,
    CONDITION_DIVIDE, /* division by zero */
    CONDITION_FILE,   /* file-error? */
    CONDITION_READ,   /* read-error? */
    CONDITION_SYNTAX, /* compile-time */
    CONDITION_MEMORY,
    CONDITION_BORROW,
    CONDITION_IMMUTABLE,
    CONDITION_INTERRUPT,
} ConditionKind;

/* "vector-ref: expected an exact integer as argument 2, got foo". `argument` counts from 0;
 * `expected` has its article: "a pair". */
MUST_CHECK COLD Status li_raise_type(Vm *vm, const char *who, uint32_t argument,
                                     const char *expected, Value got);
/* "vector-ref: index 10 out of range for a vector of length 3" */
MUST_CHECK COLD Status li_raise_index(Vm *vm, const char *who, Value index,
                                      const char *what, uint64_t length);
/* Any message, built printf-like with C types only; irritants are appended as written. */
MUST_CHECK COLD Status li_raise(Vm *vm, ConditionKind kind, Value irritants,
                                const char *format, ...) PRINTF_LIKE(4, 5);

/* The same for the compiler: the condition has this packed position. */
MUST_CHECK COLD Status li_raise_at(Vm *vm, ConditionKind kind, uint64_t position,
                                   Value irritants, const char *format, ...)
    PRINTF_LIKE(5, 6);

/* One value is itself; any other number of them is a T_MULTIPLE object. */
MUST_CHECK Status li_vm_values(Vm *vm, const Value *items, uint32_t count,
                               Value *result);
/* The port that current-input-port (0), current-output-port (1) or current-error-port (2)
 * gives now. */
Value li_vm_current_port(Vm *vm, int which);
/* Which of the three procedures `parameter` is; -1: none. */
int li_vm_port_parameter(const Vm *vm, Value parameter);
/* True if the primitive that is running ran a moment ago, returned ERR_NO_MEMORY, and is given
 * another try after a collection. */
bool li_vm_is_retry(Vm *vm);
/* The exit status that a primitive returns ERR_EXIT for. */
void li_vm_set_exit(Vm *vm, int code);
struct Sources *li_vm_sources(Vm *vm);
/* Set by another thread or a signal handler; long loops in C give up with ERR_INTERRUPTED. */
bool li_vm_is_interrupted(Vm *vm);

/* ---- Argument checks: each raises li_raise_type naming `who` ----------------------------- */

ALWAYS_INLINE MUST_CHECK Status li_arg_text(Vm *vm, const char *who, Args args,
                                            uint32_t i, struct Text **text)
{
    if (UNLIKELY(!value_has_type(args.at[i], T_TEXT)))
        return li_raise_type(vm, who, i, "a string", args.at[i]);
    *text = value_to_object(args.at[i]);
    return OK;
}
/* A fixnum from 0 to `max`. */
MUST_CHECK Status li_arg_index(Vm *vm, const char *who, Args args, uint32_t i,
                               uint64_t max, uint64_t *index);
/* Optional start and end at arguments i and i+1, 0 <= start <= end <= length. */
MUST_CHECK Status li_arg_range(Vm *vm, const char *who, Args args, uint32_t i,
                               uint64_t length, uint64_t *start, uint64_t *end);
MUST_CHECK Status li_arg_char(Vm *vm, const char *who, Args args, uint32_t i,
                              uint32_t *c);
MUST_CHECK Status li_arg_symbol(Vm *vm, const char *who, Args args, uint32_t i,
                                Value *symbol);

#endif /* LI_VM_PRIM_H */
