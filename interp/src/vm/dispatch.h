/* dispatch.h - one source of instruction handlers, three ways to build them.
 *
 *   tail    each handler is a function that ends in a jump to the next (clang's musttail)
 *   goto    one function, computed goto
 *   switch  one function, a portable switch (LIMPET_SWITCH_DISPATCH); also the copy of the
 *           loop that counts instructions (profile.c)
 *
 * In a handler `pc` is the address of its instruction, `fp` the register base, `vm` the
 * machine. It ends in NEXT(words), GO(target) or SLOW(function), which leave it.
 *
 * A slow function is `const uint64_t *f(Vm *vm, const uint64_t *pc, Value *fp)`. It does the
 * whole work of the instruction, leaves the register base in vm->fp and returns the address
 * of the next instruction, or NULL to end the run with vm->status.
 */
#ifndef LI_VM_DISPATCH_H
#define LI_VM_DISPATCH_H

#include "compiler/insn.h"
#include "types/port_fast.h"
#include "vm/vm.h"

#if defined(LIMPET_SWITCH_DISPATCH) || defined(DISPATCH_COUNTING)
#    define DISPATCH_SWITCH 1
#elif HAS_MUSTTAIL
#    define DISPATCH_TAIL 1
#else
#    define DISPATCH_GOTO 1
#endif

#define LIMIT() __atomic_load_n(&vm->limit, __ATOMIC_RELAXED)

/* Before a loop over arguments or fields, of which there are few: no vectors, no unrolling. */
#if defined(__clang__)
#    define FEW_TIMES _Pragma("clang loop vectorize(disable) unroll(disable)")
#else
#    define FEW_TIMES
#endif

/* The record type that an instruction is about. */
#define RECORD_TYPE value_to_global((Value){pc[1]})->value

typedef const uint64_t *(*SlowFn)(Vm *vm, const uint64_t *pc, Value *fp);

/* Operand fields of the instruction at pc. */
#define OP_OF(pc) (*(const uint16_t *)(pc))
#define A         (((const uint16_t *)pc)[1])
#define B         (((const uint16_t *)pc)[2])
#define C         (((const uint16_t *)pc)[3])
#define IMM_B     (((const int16_t *)pc)[2])
#define IMM_C     (((const int16_t *)pc)[3])
#define BX        (((const int32_t *)pc)[1])
#define RA        fp[A]
#define RB        fp[B]
#define RC        fp[C]

#if defined(DISPATCH_TAIL)
typedef void Handler(const uint64_t *pc, Value *fp, Vm *vm, const void *table);
#    define HANDLER_PARAMS \
        const uint64_t *pc UNUSED, Value *fp, Vm *vm, const void *table UNUSED
#    define DISPATCH() \
        MUSTTAIL return ((Handler *const *)table)[OP_OF(pc)](pc, fp, vm, table)
#    define CASE(name) static void op_##name(HANDLER_PARAMS)
#    define SLOW(fn)   MUSTTAIL return bridge_##fn(pc, fp, vm, table)
#    define DEFINE_SLOW(fn)                               \
        static NO_INLINE void bridge_##fn(HANDLER_PARAMS) \
        {                                                 \
            pc = fn(vm, pc, fp);                          \
            if (pc == NULL)                               \
                return;                                   \
            fp = vm->fp;                                  \
            DISPATCH();                                   \
        }
/* After a call: cheaper than to keep it. */
#    define RELOAD_TABLE() ((void)(table = handlers))
#elif defined(DISPATCH_GOTO)
#    define RELOAD_TABLE() ((void)0)
#    define DISPATCH() goto *labels[OP_OF(pc)]
#    define CASE(name) op_##name:
#    define SLOW(fn)             \
        do {                     \
            pc = fn(vm, pc, fp); \
            goto resume;         \
        } while (0)
#    define DEFINE_SLOW(fn)
#else
#    define RELOAD_TABLE() ((void)0)
#    define DISPATCH() goto next
#    define CASE(name) case OP_##name:
#    define SLOW(fn)             \
        do {                     \
            pc = fn(vm, pc, fp); \
            goto resume;         \
        } while (0)
#    define DEFINE_SLOW(fn)
#endif

#define GO(target)     \
    do {               \
        pc = (target); \
        DISPATCH();    \
    } while (0)
#define NEXT(words) GO(pc + (words))

#endif /* LI_VM_DISPATCH_H */
