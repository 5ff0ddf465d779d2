/* stack.c - see stack.h. */
#include "vm/stack.h"

#include "compiler/insn.h"

/* The word before a return address says which registers are live: in these frames none that
 * the compiler knows of. */
const uint64_t li_halt_code[2] = {~UINT64_C(0), OP_HALT};
const uint64_t li_underflow_code[2] = {0, OP_UNDERFLOW};
const uint64_t li_trap_code[2] = {0, OP_TRAP};

static Value pc_value(const uint64_t *pc)
{
    return (Value){(uint64_t)(uintptr_t)pc};
}

static const uint64_t *value_pc(Value v)
{
    return (const uint64_t *)(uintptr_t)v.bits;
}

void li_stack_use_segment(Vm *vm)
{
    void *segment = value_to_object(vm->segment);

    vm->stack_base = segment;
    vm->stack_end = vm->stack_base + immix_granules_of(segment);
    vm->limit = NULL; /* the next safepoint puts the real one there */
}

/* A segment is LEAF to the collector, which must not look at what lies above the top; the
 * VM's root visitor reports what is in use. Large objects do not move. */
Status li_stack_new_segment(Vm *vm, uint64_t words)
{
    void *segment;

    _Static_assert(STACK_SEGMENT_WORDS * sizeof(Value) > IMMIX_LARGE_BYTES,
                   "a segment is a large object");
    if (words > UINT32_MAX)
        return ERR_NO_MEMORY;
    segment = immix_alloc(vm->heap->immix, immix_header(T_BYTES, 0, (uint32_t)words,
                                                        IMMIX_LEAF | IMMIX_PINNED));
    if (segment == NULL)
        return ERR_NO_MEMORY;
    vm->segment = value_from_object(segment);
    li_stack_use_segment(vm);
    return OK;
}

StackTop li_stack_top_arguments(Value *fp, uint32_t count)
{
    uint64_t mask = count >= LIVE_REGISTERS ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;

    return (StackTop){fp, mask, count};
}

static uint64_t frame_delta(const Value *fp)
{
    return frame_delta_bytes(fp) / sizeof(Value);
}

/* Of the frame that returned to the continuation, whose word it is. */
static uint64_t saved_delta(const Continuation *k)
{
    return (uint32_t)k->delta.bits / sizeof(Value);
}

static bool is_live(uint64_t mask, uint32_t r)
{
    return r >= LIVE_REGISTERS || (mask >> r & 1) != 0;
}

/* What the frame below `fp` looks like: its live registers are those of the call. One that
 * signals an error keeps the address of the failing instruction in the last, for backtraces. */
static StackTop frame_below(Value *fp)
{
    uint64_t delta = frame_delta(fp);
    const uint64_t *pc = value_pc(fp[-1]);
    StackTop below = {fp - delta, pc[-1], (uint32_t)(delta - FRAME_HEADER)};

    if (pc == &li_trap_code[1] && below.high <= LIVE_REGISTERS)
        below.mask = UINT64_C(1) << (below.high - 1);
    return below;
}

static void visit_registers(ImmixTracer *tracer, StackTop top)
{
    for (uint32_t r = 0; r < top.high && r < LIVE_REGISTERS; r += 1) {
        if (is_live(top.mask, r))
            immix_visit(tracer, &top.fp[r].bits);
#ifdef LIMPET_DEBUG
        else
            top.fp[r] = VALUE_ABSENT; /* a read of a dead register shows at once */
#endif
    }
    if (top.high > LIVE_REGISTERS)
        immix_visit_range(tracer, &top.fp[LIVE_REGISTERS].bits,
                          top.high - LIVE_REGISTERS);
}

void li_stack_visit(ImmixTracer *tracer, StackTop top)
{
    for (;;) {
        visit_registers(tracer, top);
        immix_visit(tracer, &top.fp[-3].bits);
        if (frame_delta(top.fp) == 0)
            return;
        top = frame_below(top.fp);
    }
}

/* Dead registers may hold stale words, which a FRAMES object must not. */
static void clear_dead(Vm *vm, Value *copy, Value *fp)
{
    while (frame_delta(fp) != 0) {
        StackTop below = frame_below(fp);
        Value *to = copy + (below.fp - vm->stack_base);

        for (uint32_t r = 0; r < below.high && r < LIVE_REGISTERS; r += 1) {
            if (!is_live(below.mask, r))
                to[r] = value_from_fixnum(0);
        }
        fp = below.fp;
    }
}

static Status new_continuation(Vm *vm, Value frames, uint64_t words, Value return_pc,
                               Value delta, Value next, Value *result)
{
    Continuation *k =
        li_alloc(vm->heap, T_CONTINUATION, 0, sizeof(Continuation) / sizeof(Value));

    if (k == NULL)
        return ERR_NO_MEMORY;
    *k = (Continuation){
        .frames = frames,
        .words = value_from_fixnum((int64_t)words),
        .return_pc = return_pc,
        .delta = delta,
        .next = next,
        .winders = vm->winders,
        .handlers = vm->handlers,
        .outer_run = value_from_fixnum((int64_t)vm->outer_run),
    };
    *result = value_from_object(k);
    return OK;
}

Status li_stack_spill(Vm *vm, StackTop *top)
{
    Value *fp = top->fp, *base = vm->stack_base;
    uint64_t words = (uint64_t)(fp - FRAME_HEADER - base);
    Value *copy;

    if (frame_delta(fp) == 0)
        return OK; /* nothing below */
    copy = li_alloc(vm->heap, T_FRAMES, 0, (uint32_t)words);
    if (copy == NULL)
        return ERR_NO_MEMORY;
    memcpy(copy, base, words * sizeof(Value));
    clear_dead(vm, copy, fp);
    TRY(new_continuation(vm, value_from_object(copy), words, fp[-1], fp[-2], vm->next,
                         &vm->next));
    memmove(base, fp - FRAME_HEADER, (FRAME_HEADER + top->high) * sizeof(Value));
    base[1].bits = 0;
    base[2] = pc_value(&li_underflow_code[1]);
    top->fp = base + FRAME_HEADER;
    return OK;
}

static Status spill_or_collect(Vm *vm, StackTop *top)
{
    if (li_stack_spill(vm, top) == OK)
        return OK;
    vm->top = *top;
    li_vm_collect(vm, IMMIX_FULL);
    return li_stack_spill(vm, top);
}

static Status grow_segment(Vm *vm, StackTop *top, uint64_t words)
{
    Value old_segment = vm->segment;
    Value *old_base = vm->stack_base;
    uint64_t kept = FRAME_HEADER + top->high;

    if (li_stack_new_segment(vm, words) != OK) {
        vm->top = *top;
        li_vm_collect(vm, IMMIX_FULL);
        vm->segment = old_segment;
        TRY(li_stack_new_segment(vm, words));
    }
    memcpy(vm->stack_base, old_base, kept * sizeof(Value));
    top->fp = vm->stack_base + FRAME_HEADER;
    return OK;
}

Status li_stack_reserve(Vm *vm, StackTop *top, uint64_t words)
{
    if (top->fp + words <= li_stack_real_limit(vm))
        return OK;
    TRY(spill_or_collect(vm, top));
    if (top->fp + words <= li_stack_real_limit(vm))
        return OK;
    return grow_segment(vm, top, 2 * (words + FRAME_HEADER + STACK_SLACK));
}

Status li_stack_capture(Vm *vm, StackTop *top)
{
    const Continuation *below;

    TRY(spill_or_collect(vm, top));
    /* Now the frame is the segment's lowest, and vm->next is where it returns to; but the
     * dynamic state may differ from the one that was current when those frames were moved. */
    if (value_pc(top->fp[-1]) == &li_halt_code[1])
        return new_continuation(vm, VALUE_FALSE, 0, pc_value(&li_halt_code[1]),
                                value_from_fixnum(0), VALUE_FALSE, &vm->result);
    below = value_to_object(vm->next);
    return new_continuation(vm, below->frames, (uint64_t)value_to_fixnum(below->words),
                            below->return_pc, below->delta, below->next, &vm->result);
}

/* Where to split the frames of `k`, whose top `words` words are wanted back: at the header of
 * a frame, so that about UNDERFLOW_COPY_WORDS lie above it. */
static uint64_t split_point(const Continuation *k, const Value *frames, uint64_t words)
{
    uint64_t callee = words + FRAME_HEADER;
    uint64_t delta = saved_delta(k);

    for (;;) {
        uint64_t fp = callee - delta;

        if (fp == FRAME_HEADER || words - (fp - FRAME_HEADER) >= UNDERFLOW_COPY_WORDS)
            return fp - FRAME_HEADER;
        callee = fp;
        delta = frame_delta(frames + fp);
    }
}

const uint64_t *li_stack_resume(Vm *vm)
{
    const Continuation *k = value_to_object(vm->next);
    Value *base = vm->stack_base;
    uint64_t words = (uint64_t)value_to_fixnum(k->words);
    const uint64_t *pc = value_pc(k->return_pc);

    if (words == 0) { /* the end of the run */
        base[1].bits = 0;
        base[2] = k->return_pc;
        base[0] = vm->result;
        vm->next = VALUE_FALSE;
        vm->fp = base + FRAME_HEADER;
        return pc;
    }
    const Value *frames = value_to_object(k->frames);
    uint64_t delta = saved_delta(k);
    uint64_t at = split_point(k, frames, words);
    Value lower = k->next;

    if (at > 0
        && new_continuation(vm, k->frames, at, frames[at + 2], frames[at + 1], k->next,
                            &lower)
               != OK)
        at = 0; /* no memory: bring all of it back, which needs none */
    memcpy(base, frames + at, (words - at) * sizeof(Value));
    if (at > 0) {
        base[1].bits = 0;
        base[2] = pc_value(&li_underflow_code[1]);
    }
    vm->next = lower;
    base[words - at] = vm->result;
    vm->fp = base + (words - at) + FRAME_HEADER - delta;
    return pc;
}

/* ---- Walking ---- */

/* The code of the frame, or NULL: the code that enters a run has none. */
static const Code *frame_code(const FrameWalk *walk)
{
    Value callee = walk->fp[-3];

    if (!value_is_closure(callee))
        return NULL;
    return value_to_code(value_to_closure(callee)->code);
}

static bool is_in_code(const FrameWalk *walk, const Code *code)
{
    const uint64_t *words = code_words(code);

    return walk->pc >= words
        && walk->pc < words + value_to_array(code->instructions)->length;
}

/* The innermost of the frames that are shown for the one that is there. */
static void show_frame(FrameWalk *walk)
{
    const Code *code = frame_code(walk);

    if (code == NULL)
        walk->shown = (CodeFrame){.name = VALUE_UNBOUND};
    else if (is_in_code(walk, code))
        walk->shown = li_code_frame_at(code, (uint64_t)(walk->pc - code_words(code)));
    else
        walk->shown = li_code_frame(code, 0);
}

FrameWalk li_frame_walk(const Vm *vm, const uint64_t *pc, const Value *fp)
{
    FrameWalk walk = {.fp = fp, .pc = pc, .base = vm->stack_base, .next = vm->next};

    show_frame(&walk);
    return walk;
}

/* Return addresses point behind a call: the word before belongs to it. A frame that signals
 * an error keeps the address of the failing instruction below its header. */
static void walk_to(FrameWalk *walk, const Value *fp, const Value *header,
                    Value return_pc)
{
    const uint64_t *pc = value_pc(return_pc);

    walk->fp = fp;
    walk->pc = pc == &li_trap_code[1] ? value_pc(header[-1]) : pc - 1;
    show_frame(walk);
}

/* To the next frame that is there, whatever is shown for this one. */
static void walk_down(FrameWalk *walk)
{
    const Value *fp = walk->fp;

    if (frame_delta(fp) != 0) {
        walk_to(walk, fp - frame_delta(fp), fp - FRAME_HEADER, fp[-1]);
        return;
    }
    if (!value_has_type(walk->next, T_CONTINUATION)
        || value_pc(fp[-1]) != &li_underflow_code[1]) {
        walk->fp = NULL;
        return;
    }
    const Continuation *k = value_to_object(walk->next);
    uint64_t words = (uint64_t)value_to_fixnum(k->words);
    if (words == 0) {
        walk->fp = NULL;
        return;
    }
    const Value *header = (const Value *)value_to_object(k->frames) + words;
    walk->next = k->next;
    walk_to(walk, header + FRAME_HEADER - saved_delta(k), header,
            k->return_pc);
}

void li_frame_next(FrameWalk *walk)
{
    const Code *code = frame_code(walk);

    if (code == NULL || !li_code_frame_next(code, &walk->shown))
        walk_down(walk);
}

/* ---- What tail calls dropped ---- */

/* True if a tail call entered the code of the frame that is there. */
static bool is_tail_entered(const FrameWalk *walk)
{
    const Value *fp = walk->fp;

    if (frame_is_tail_called(fp))
        return true;
    if (frame_delta(fp) != 0 || !value_has_type(walk->next, T_CONTINUATION)
        || value_pc(fp[-1]) != &li_underflow_code[1])
        return false;
    /* The lowest of its segment: the word that it had before waits with the frames below. */
    return ((const Continuation *)value_to_object(walk->next))->delta.bits >> 32 != 0;
}

/* What the instruction that the walk is at calls, if it names it. The walk's pc is in the
 * call's last word; how many words it has, only its first one says. */
static Value named_callee(const FrameWalk *walk, const Code *code)
{
    const uint64_t *at = code_words(code);

    while (at + li_op_info[insn_op((Insn){*at})].words <= walk->pc)
        at += li_op_info[insn_op((Insn){*at})].words;
    if (insn_op((Insn){*at}) == OP_CALLK || insn_op((Insn){*at}) == OP_CALLKM)
        return (Value){at[1]};
    if (insn_op((Insn){*at}) == OP_CALLG)
        return value_to_global((Value){at[1]})->value;
    return VALUE_FALSE;
}

/* What the frame that called the one of `walk` called first. */
static CodeFrame called_first(const FrameWalk *walk)
{
    CodeFrame unknown = {.name = VALUE_UNBOUND};
    FrameWalk caller = *walk;
    const Code *code;
    Value callee;

    walk_down(&caller);
    code = caller.fp == NULL ? NULL : frame_code(&caller);
    if (code == NULL || !is_in_code(&caller, code))
        return unknown;
    if (caller.shown.dropped != 0)
        return li_code_frame(code, caller.shown.dropped);
    callee = named_callee(&caller, code);
    if (!value_is_closure(callee))
        return unknown;
    return li_code_frame(value_to_code(value_to_closure(callee)->code), 0);
}

static bool is_dropped(const FrameWalk *walk)
{
    FrameWalk caller = *walk;

    walk_down(&caller);
    return caller.fp != NULL && caller.shown.dropped != 0;
}

/* The number of the frame that the running clause is reported as. */
static uint32_t own_number(const FrameWalk *walk, const Code *code)
{
    const Value *clause =
        code == NULL || !is_in_code(walk, code)
            ? NULL
            : li_code_clause_at(code, (uint64_t)(walk->pc - code_words(code)));

    return clause == NULL ? 0 : (uint32_t)value_to_fixnum(clause[CLAUSE_SHOWN]);
}

bool li_frame_is_tail_called(const FrameWalk *walk, CodeFrame *first)
{
    const Code *code = frame_code(walk);
    uint32_t number = walk->shown.number, own = own_number(walk, code);

    if (number != own
        && li_code_frame_word(code, number, INLINED_CALLER) != INLINED_NO_CALLER) {
        number = (uint32_t)li_code_frame_word(code, number, INLINED_FIRST);
        *first = li_code_frame(code, number);
        return number != 0;
    }
    if (is_tail_entered(walk) || is_dropped(walk)) {
        *first = called_first(walk);
        return true;
    }
    *first = code == NULL ? (CodeFrame){.name = VALUE_UNBOUND} : li_code_frame(code, own);
    return number != own;
}

uint32_t li_code_frame_size(const Code *code, const uint64_t *pc)
{
    const Value *clause = li_code_clause_at(code, (uint64_t)(pc - code_words(code)));

    return clause == NULL ? 0 : (uint32_t)value_to_fixnum(clause[CLAUSE_FRAME]);
}
