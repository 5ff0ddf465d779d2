/* vm.h - the virtual machine: registers, stack, continuations, conditions.
 *
 * The stack is a segment on the heap, large enough to be a large object, so it never moves.
 * Frames are relative:
 *
 *     caller R[A] = callee   R[A+1] = frame delta   R[A+2] = return pc   R[A+3] ... = arguments
 *            fp'[-3]         fp'[-2]                fp'[-1]              fp' = fp + A + 3
 *
 * The delta is in bytes, a multiple of 8, and so is a return pc: both read as fixnums. The
 * upper half of the delta's word is not 0 if the procedure was entered by a tail call: then
 * frames are missing between it and its caller, which backtraces say.
 *
 * Invariants
 *   S1  The lowest frame of a segment returns to an UNDERFLOW or HALT instruction, delta 0.
 *   S2  The word before every return pc is the LIVE word of its call.
 *   S3  limit is at least STACK_SLACK registers below the end of the segment, or 0 when
 *       something waits for a safepoint; a procedure that needs more registers begins with
 *       ENTER.
 *   S4  Registers from LIVE_REGISTERS up hold values at every safepoint (ENTER clears them).
 *   S5  What frames hold in dead registers is never read; a copy to the heap clears them.
 */
#ifndef LI_VM_VM_H
#define LI_VM_VM_H

#include "compiler/compiler.h"
#include "containers/symbolmap.h"
#include "memory/buffer.h"
#include "memory/refs.h"
#include "vm/code.h"
#include "vm/global.h"
#include "vm/prim.h"

struct Expander;
struct VmRun;
struct PortTable;
struct Profile;
struct Sources;

enum {
    STACK_SEGMENT_WORDS = 8192,
    STACK_SLACK = 256,
    FRAME_HEADER = 3,
    UNDERFLOW_COPY_WORDS =
        64, /* frames come back from the heap in runs of about this */
};

/* Frames on the heap: T_CONTINUATION. What call/cc gives, and what an overflowing stack leaves
 * behind. Immutable once made, so it can be returned to any number of times. */
typedef struct Continuation {
    Value frames;    /* T_FRAMES, shared between continuations */
    Value words;     /* fixnum: how many of its words belong to this one */
    Value return_pc; /* where the procedure above returns to */
    Value delta;     /* that procedure's frame delta */
    Value next;    /* the frames below: T_CONTINUATION, or #f at the bottom of a run */
    Value winders; /* of the dynamic state when it was captured */
    Value handlers;
    Value outer_run; /* fixnum: vm->outer_run when it was captured */
} Continuation;

/* T_CONDITION: what errors are. */
typedef struct Condition {
    Value kind;      /* fixnum: ConditionKind */
    Value message;   /* string */
    Value irritants; /* list */
    Value position;  /* fixnum: packed, 0 unknown */
    Value
        backtrace; /* list of (name . position), innermost first, or #f until it is taken */
    Value payload; /* what was raised, if this wraps an object that is no condition */
} Condition;

/* Which registers of the topmost frame hold live values: those of `mask` below LIVE_REGISTERS,
 * and all from there up to `high`. fp NULL: the stack is empty. */
typedef struct StackTop {
    Value *fp;
    uint64_t mask;
    uint32_t high;
} StackTop;

/* A run of the machine that waits while a nested one goes on. */
typedef struct VmRun {
    struct VmRun *outer;
    Value segment, next, winders, handlers, entry;
    Value *fp;
    const uint64_t *pc;
    StackTop top;
    uint64_t serial, outer_serial;
} VmRun;

typedef struct VmOptions {
    uint32_t stress_every; /* collect at every n-th safepoint; 0: only when due */
    size_t
        limit_bytes; /* the heap's, which an out-of-memory error may pass by a reserve */
} VmOptions;

struct Vm {
    Heap *heap;
    /* ---- the machine's state between instructions; cached in registers inside the loop */
    Value *limit; /* see S3; NULL asks for the slow path */
    Value *fp;
    const uint64_t *pc;
    Value *stack_base;
    Value *stack_end;
    Status status;      /* why the loop ended */
    StackTop top;       /* the topmost frame, while the machine stands still */
    struct VmRun *runs; /* the runs that wait for nested ones, innermost first */
    /* ---- roots, from segment to interaction_environment */
    Value segment;          /* T_FRAMES: the stack itself */
    Value next;             /* T_CONTINUATION below the segment, or #f */
    Value winders;          /* list, innermost first */
    Value handlers;         /* list of procedures, innermost first */
    Value condition;        /* pending, with ERR_RAISED; or uncaught, after a run */
    Value signal_handler;   /* Lisp procedure of one argument, called on errors */
    Value entry;            /* the procedure that the innermost run began with */
    Value memory_condition; /* made in advance */
    Value result;
    Value ports
        [3]; /* parameters: input, output, error; or ports before the library is up */
    Value command_line; /* list of strings */
    Value interaction_environment;
    /* ---- */
    uint64_t last_run;
    uint64_t run; /* serial of the innermost li_vm_call */
    uint64_t
        outer_run; /* serial of the one that waits for it; 0: none. A continuation may be
                         * called in any run that the same run waits for: its end returns to
                         * whoever called that. */
    uint32_t run_depth;
    int exit_code;
    volatile int interrupted; /* set asynchronously */
    const uint64_t *retry_pc; /* the instruction that ran out of memory a moment ago */
    uint64_t retry_safepoint; /* ... and when */
    ImmixCollection retry_kind; /* ... and how it was collected then */
    size_t limit_bytes;       /* of the heap; 0: none */
    bool full_backtraces;    /* with what goes on inside the library's procedures */
    bool uncaught;            /* the pending condition was given up by the library */
    bool emergency;           /* the limit is raised, so that an error can be handled */
    bool collect_requested;   /* (gc) was called */
    uint32_t stress_every, stress_count;
    uint64_t safepoints;
    Refs *refs; /* of the session that is open, or NULL */
    struct Profile *profile; /* counts instructions; NULL: nobody wants to know */
    struct Expander *expander;
    struct Sources *sources;
    struct PortTable *port_table;
    CompileOptions compile_options;
    RootProvider provider;
};

/* The VM of a heap; it registers itself as a provider of roots. Free it with li_vm_free. */
MUST_CHECK Status li_vm_new(Heap *heap, const VmOptions *options, Vm **vm);
void li_vm_free(Vm *vm);

/* Tells the VM which session it runs in: before li_vm_call, NULL after the session. */
ALWAYS_INLINE void li_vm_use_refs(Vm *vm, Refs *refs)
{
    vm->refs = refs;
}

/* Calls `procedure` with `count` arguments and puts what it returns into `result`. ERR_RAISED:
 * an error was not caught, vm->condition is it. ERR_EXIT: the program asked to exit,
 * vm->exit_code is the status. ERR_INTERRUPTED comes as a condition too. Can be nested, from
 * a host function. */
MAY_COLLECT MUST_CHECK Status li_vm_call(Vm *vm, Ref procedure, const Ref *arguments,
                                         uint32_t count, Ref result);

/* Asks a running program to stop at its next safepoint. Async-signal-safe. */
void li_vm_interrupt(Vm *vm);

/* Collects now. */
MAY_COLLECT void li_vm_collect(Vm *vm, ImmixCollection kind);

/* Appends what the user sees of the pending condition: "file:line:column: message", the source
 * line with a caret, and the backtrace. Clears nothing. */
void li_vm_report(Vm *vm, Buffer *to);

/* The bound name most like `symbol`, an unbound one; false if none is near. */
bool li_vm_suggest(Vm *vm, Value symbol, Value *closest);

/* True if the program's own environment binds `symbol`, and not as a variable. */
bool li_vm_is_syntax(const Vm *vm, Value symbol);

/* Appends the name of a library that exports `symbol`; false if none is known. */
bool li_vm_find_export(Vm *vm, Value symbol, Buffer *library);

/* Appends "unbound variable: name" and what may help. */
void li_vm_push_unbound(Vm *vm, const Global *cell, Buffer *to);

/* False if `procedure` surely does not take that many arguments. */
bool li_takes_arguments(Value procedure, uint32_t count);
/* Appends ": expected 2 arguments, got 3; it is (f x y)". */
void li_push_arity(const Vm *vm, Value procedure, uint32_t got, Buffer *to);

/* The name of a procedure: a symbol, or #f. */
Value li_procedure_name(Value procedure);

ALWAYS_INLINE bool value_is_procedure(Value v)
{
    if (!value_is_object(v))
        return false;
    uint8_t type = immix_type_of(value_to_object(v));
    return type == T_CLOSURE || type == T_PRIMITIVE || type == T_CONTINUATION
        || type == T_PARAMETER;
}

#endif /* LI_VM_VM_H */
