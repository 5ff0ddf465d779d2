/* backtrace.c - see backtrace.h. */
#include "vm/backtrace.h"

#include "containers/text.h"
#include "syntax/expander.h"
#include "syntax/library.h"
#include "syntax/printer.h"
#include "syntax/source.h"
#include "vm/stack.h"

enum { SHOWN_LINES = 24 }; /* the innermost ones are kept and shown */

/* A backtrace that is being taken; outermost first, since it is made of pairs. */
typedef struct Trace {
    Vm *vm;
    Value list;
    uint64_t lines; /* those left out count too */
} Trace;

/* ---- What a frame is ---- */

static bool has_code(const FrameWalk *walk)
{
    return !value_is_eq(li_frame_name(walk), VALUE_UNBOUND);
}

/* The code of the standard library has no positions. */
static bool is_library_code(const CodeFrame *frame)
{
    return frame->where == 0 && value_is_symbol(frame->name);
}

static bool is_library_frame(const FrameWalk *walk)
{
    if (!has_code(walk) || li_frame_position(walk) != 0)
        return false;
    return walk->shown.where == 0 && !value_is_eq(li_frame_name(walk), VALUE_TRUE);
}

/* True for the library's procedures that raise: how an error is raised is not where. */
static bool is_raising(const FrameWalk *walk)
{
    static const char *const names[] = {"abandon", "raise", "raise-continuable",
                                        "error"};
    Value name = li_frame_name(walk);

    if (li_frame_position(walk) != 0 || !value_is_symbol(name))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        if (li_text_equals_ascii(symbol_text(name), names[i]))
            return true;
    }
    return false;
}

static bool is_exported(Vm *vm, Value name)
{
    return value_is_symbol(name)
        && li_libraries_exports(li_expander_libraries(vm->expander), name);
}

/* ---- Taking it ---- */

static Status push_line(Trace *trace, Value line)
{
    trace->lines += 1;
    if (trace->lines > SHOWN_LINES)
        return OK;
    return li_cons(trace->vm->heap, line, trace->list, &trace->list);
}

static Status push_frame(Trace *trace, Value name, uint64_t position)
{
    Value line = VALUE_FALSE;

    if (trace->lines < SHOWN_LINES)
        TRY(li_cons(trace->vm->heap, name, value_from_fixnum((int64_t)position), &line));
    return push_line(trace, line);
}

/* Of marks with nothing between them the outer one stays: it says what was called first. */
static Status push_mark(Trace *trace, const CodeFrame *first)
{
    Value mark = value_is_symbol(first->name) ? first->name : VALUE_TRUE;

    if (trace->lines <= SHOWN_LINES && value_is_pair(trace->list)
        && !value_is_pair(pair_car(trace->list))) {
        trace->list = pair_cdr(trace->list);
        trace->lines -= 1;
    }
    return push_line(trace, mark);
}

/* True if what called the frame of `walk`, or called what tail calls put it in place of, is a
 * procedure of the library too. */
static bool is_called_by_library(const FrameWalk *walk)
{
    FrameWalk caller = *walk;

    li_frame_next(&caller);
    return caller.fp != NULL && is_library_frame(&caller);
}

/* What the program called is what it gets to see: `sort`, though that ended with a call of a
 * helper, which is what is running. The outermost of a run of frames decides. */
static Status push_library_frame(Trace *trace, const FrameWalk *walk)
{
    Value name = li_frame_name(walk);
    CodeFrame first;
    bool is_tail_called = li_frame_is_tail_called(walk, &first);
    bool is_inner = is_called_by_library(walk);

    if (is_inner && (!is_tail_called || is_library_code(&first)))
        return OK;
    if (trace->lines < SHOWN_LINES && !is_exported(trace->vm, name))
        name = VALUE_FALSE; /* names beyond those lines are not looked for */
    if (is_tail_called && is_library_code(&first) && !value_is_true(name)) {
        name = is_exported(trace->vm, first.name) ? first.name : VALUE_FALSE;
        is_tail_called = false;
    }
    if (value_is_true(name))
        TRY(push_frame(trace, name, 0));
    return is_tail_called ? push_mark(trace, &first) : OK;
}

static Status push_program_frame(Trace *trace, const FrameWalk *walk)
{
    CodeFrame first;

    TRY(push_frame(trace, li_frame_name(walk), li_frame_position(walk)));
    if (li_frame_is_tail_called(walk, &first))
        TRY(push_mark(trace, &first));
    return OK;
}

static Status push_walk(Trace *trace, const FrameWalk *walk)
{
    if (!has_code(walk))
        return OK;
    if (is_library_frame(walk) && !trace->vm->full_backtraces)
        return push_library_frame(trace, walk);
    return push_program_frame(trace, walk);
}

static Status finish(Trace *trace, Value *result)
{
    uint64_t left = trace->lines > SHOWN_LINES ? trace->lines - SHOWN_LINES : 0;
    Value list;

    TRY(li_cons(trace->vm->heap, value_from_fixnum((int64_t)left), VALUE_NIL, &list));
    for (Value rest = trace->list; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(li_cons(trace->vm->heap, pair_car(rest), list, &list));
    *result = list;
    return OK;
}

Status li_backtrace_take(Vm *vm, const uint64_t *pc, const Value *fp, uint64_t most,
                         Value *result)
{
    Trace trace = {.vm = vm, .list = VALUE_NIL};
    FrameWalk walk = li_frame_walk(vm, pc, fp);

    while (walk.fp != NULL && is_raising(&walk))
        li_frame_next(&walk);
    for (uint64_t i = 0; walk.fp != NULL && i < most; i += 1) {
        TRY(push_walk(&trace, &walk));
        li_frame_next(&walk);
    }
    return finish(&trace, result);
}

/* ---- Showing it ---- */

static void print_name(Vm *vm, Value name, Buffer *to)
{
    if (li_print(vm->heap, name, PRINT_DISPLAY, 0, to) != OK)
        li_buffer_push_string(to, "...");
}

static void report_frame(Vm *vm, Value name, uint64_t position, Buffer *to)
{
    li_buffer_push_string(to, "  in ");
    if (!value_is_symbol(name))
        li_buffer_push_string(to, value_is_true(name) ? "(top level)" : "(anonymous)");
    else
        print_name(vm, name, to);
    if (position != 0) {
        li_buffer_push_string(to, " at ");
        li_position_print(vm->sources, position, to);
    }
    li_buffer_push_string(to, "\n");
}

static void report_mark(Vm *vm, Value first, Buffer *to)
{
    li_buffer_push_string(to, "  ... tail calls");
    if (value_is_symbol(first)) {
        li_buffer_push_string(to, " from ");
        print_name(vm, first, to);
    }
    li_buffer_push_string(to, "\n");
}

void li_backtrace_report(Vm *vm, Value list, Buffer *to)
{
    for (; value_is_pair(list); list = pair_cdr(list)) {
        Value line = pair_car(list);

        if (value_is_pair(line))
            report_frame(vm, pair_car(line), (uint64_t)value_to_fixnum(pair_cdr(line)),
                         to);
        else if (!value_is_fixnum(line))
            report_mark(vm, line, to);
        else if (value_to_fixnum(line) > 0)
            li_buffer_printf(to, "  ... and %lld more\n",
                             (long long)value_to_fixnum(line));
    }
}
