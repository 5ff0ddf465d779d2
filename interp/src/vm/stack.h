/* stack.h - frames: walking them, moving them to the heap and back.
 *
 * Source of the scheme: the incremental stack/heap strategy (Clinger, Hartheimer and Ost,
 * "Implementation Strategies for First-Class Continuations", 1999).
 */
#ifndef LI_VM_STACK_H
#define LI_VM_STACK_H

#include "vm/vm.h"

/* How far below `fp` its caller's frame is. */
ALWAYS_INLINE uint64_t frame_delta_bytes(const Value *fp)
{
    return *(const uint32_t *)(const void *)&fp[-2];
}

/* In the upper half of the delta's word alone: a store, and no load before it. */
ALWAYS_INLINE void frame_note_tail_call(Value *fp)
{
    ((uint32_t *)(void *)&fp[-2])[1] = 1;
}

ALWAYS_INLINE bool frame_is_tail_called(const Value *fp)
{
    return fp[-2].bits >> 32 != 0;
}

/* A segment of at least `words` words for an empty stack. */
MUST_CHECK Status li_stack_new_segment(Vm *vm, uint64_t words);
/* Makes the segment that vm->segment is the current one. */
void li_stack_use_segment(Vm *vm);

/* The limit when nothing waits. */
ALWAYS_INLINE Value *li_stack_real_limit(const Vm *vm)
{
    return vm->stack_end - STACK_SLACK;
}

/* Live registers at a call boundary: `count` arguments. */
StackTop li_stack_top_arguments(Value *fp, uint32_t count);

/* Reports everything that the frames from `top` down to the end of its segment refer to. */
void li_stack_visit(ImmixTracer *tracer, StackTop top);

/* Moves the frames below top->fp to the heap, where vm->next then holds them, and the frame
 * of top->fp, which is changed, to the bottom of the segment. Nothing changes on failure. */
MUST_CHECK Status li_stack_spill(Vm *vm, StackTop *top);

/* Makes room for `words` registers above top->fp: spills, then takes a larger segment. */
MUST_CHECK MAY_COLLECT Status li_stack_reserve(Vm *vm, StackTop *top, uint64_t words);

/* A continuation that returns to the caller of the frame `top`; spills. */
MUST_CHECK MAY_COLLECT Status li_stack_capture(Vm *vm, StackTop *top);

/* Throws the stack away and returns vm->result to vm->next; yields the next pc and sets vm->fp. */
const uint64_t *li_stack_resume(Vm *vm);

extern const uint64_t li_halt_code[2], li_underflow_code[2], li_trap_code[2];

/* One frame after the other, innermost first, through segment and heap. */
typedef struct FrameWalk {
    const Value *fp; /* NULL: no more */
    const uint64_t
        *pc; /* in the frame's code: the instruction that is running or called */
    const Value *base; /* of the memory that fp lies in */
    Value next;
    CodeFrame shown; /* of inlined procedures there are several for one fp */
} FrameWalk;

FrameWalk li_frame_walk(const Vm *vm, const uint64_t *pc, const Value *fp);
void li_frame_next(FrameWalk *walk);
/* True if the frame is of a procedure that was entered by a tail call: that its caller called
 * another one, whose frame is gone; *first says which, or its name is VALUE_UNBOUND. */
bool li_frame_is_tail_called(const FrameWalk *walk, CodeFrame *first);
/* The packed position that the walk is at; 0 if it has none. */
ALWAYS_INLINE uint64_t li_frame_position(const FrameWalk *walk)
{
    return walk->shown.position;
}
/* The name of the procedure; VALUE_UNBOUND for the code that enters a run, which is none. */
ALWAYS_INLINE Value li_frame_name(const FrameWalk *walk)
{
    return walk->shown.name;
}
/* The registers that the clause at `pc` uses. */
uint32_t li_code_frame_size(const Code *code, const uint64_t *pc);

#endif /* LI_VM_STACK_H */
