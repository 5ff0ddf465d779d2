/* vm.c - the dispatch loop, and the life of a VM. */
#include "vm/vm.h"

#include <stdlib.h>

#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/printer.h"
#include "vm/call.h"
#include "vm/condition.h"
#include "vm/dispatch.h"
#include "vm/profile.h"
#include "vm/stack.h"

/* Labels as values, and returning the value of a void call, are GNU C: what the two fast
 * builds of the loop are made of. */
#pragma GCC diagnostic ignored "-Wpedantic"

/* ---- The loop ---- */

#if defined(DISPATCH_TAIL)

static Handler *const handlers[OP_COUNT];

SLOW_TABLE(DEFINE_SLOW)

#    include "vm/handlers.inc"

static Handler *const handlers[OP_COUNT] = {
#    define OP(name, a, b, c, w1, w2, flags, meaning) [OP_##name] = op_##name,
#    include "compiler/opcodes.def"
#    undef OP
};

static void run_loop(Vm *vm, const uint64_t *pc, Value *fp)
{
    handlers[OP_OF(pc)](pc, fp, vm, handlers);
}

#else

static void run_loop(Vm *vm, const uint64_t *pc, Value *fp)
{
#    if defined(DISPATCH_GOTO)
    static const void *const labels[OP_COUNT] = {
#        define OP(name, a, b, c, w1, w2, flags, meaning) [OP_##name] = &&op_##name,
#        include "compiler/opcodes.def"
#        undef OP
    };
    DISPATCH();
#        include "vm/handlers.inc"
#    else
next:
    switch ((Opcode)OP_OF(pc)) {
#        include "vm/handlers.inc"
    case OP_COUNT: UNREACHABLE();
    }
#    endif
resume:
    if (pc == NULL)
        return;
    fp = vm->fp;
    DISPATCH();
}

#endif

/* ---- Runs ---- */

/* A run begins by applying R[0] to the list R[1]. */
static const uint64_t entry_code[2] = {0, (uint64_t)OP_TAILAPPLY | (uint64_t)1 << 32};

static Status push_run(Vm *vm, VmRun *saved)
{
    *saved = (VmRun){
        .outer = vm->runs,
        .segment = vm->segment,
        .next = vm->next,
        .winders = vm->winders,
        .handlers = vm->handlers,
        .entry = vm->entry,
        .fp = vm->fp,
        .pc = vm->pc,
        .top = vm->top,
        .serial = vm->run,
        .outer_serial = vm->outer_run,
    };
    if (vm->run_depth > 0)
        TRY(li_stack_new_segment(vm, STACK_SEGMENT_WORDS));
    vm->runs = saved;
    vm->outer_run = vm->run_depth > 0 ? vm->run : 0;
    vm->run_depth += 1;
    vm->next = VALUE_FALSE;
    vm->winders = VALUE_NIL;
    vm->handlers = VALUE_NIL;
    vm->last_run += 1;
    vm->run = vm->last_run;
    return OK;
}

static void pop_run(Vm *vm, const VmRun *saved)
{
    vm->runs = saved->outer;
    vm->run_depth -= 1;
    if (vm->run_depth > 0) {
        vm->segment = saved->segment;
        li_stack_use_segment(vm);
    }
    vm->next = saved->next;
    vm->winders = saved->winders;
    vm->handlers = saved->handlers;
    vm->entry = saved->entry;
    vm->fp = saved->fp;
    vm->pc = saved->pc;
    vm->top = saved->top;
    vm->run = saved->serial;
    vm->outer_run = saved->outer_serial;
}

static Status run(Vm *vm, Value procedure, Value arguments)
{
    Value *fp = vm->stack_base + FRAME_HEADER;

    fp[-3] = VALUE_FALSE;
    fp[-2].bits = 0;
    fp[-1].bits = (uint64_t)(uintptr_t)&li_halt_code[1];
    vm->entry = procedure;
    fp[0] = procedure;
    fp[1] = arguments;
    vm->condition = VALUE_FALSE;
    /* The first safepoint puts the real one there, and does what was asked for since the last
     * run: a collection is announced just once. */
    vm->limit = NULL;
    if (UNLIKELY(vm->profile != NULL))
        li_run_counting(vm, &entry_code[1], fp);
    else
        run_loop(vm, &entry_code[1], fp);
    vm->top.fp = NULL;
    return vm->status;
}

Status li_vm_call(Vm *vm, Ref procedure, const Ref *arguments, uint32_t count,
                  Ref result)
{
    Value callee, list = VALUE_NIL;
    VmRun saved;
    Status status;

    TRY(li_get(vm->refs, procedure, &callee));
    for (uint32_t i = count; i > 0; i -= 1) {
        Value v;
        TRY(li_get(vm->refs, arguments[i - 1], &v));
        TRY(li_cons(vm->heap, v, list, &list));
    }
    TRY(push_run(vm, &saved));
    status = run(vm, callee, list);
    pop_run(vm, &saved);
    if (status == OK)
        status = li_set(vm->refs, result, vm->result);
    vm->result = VALUE_FALSE;
    return status;
}

void li_vm_interrupt(Vm *vm)
{
    vm->interrupted = 1;
    __atomic_store_n(&vm->limit, NULL, __ATOMIC_SEQ_CST);
}

/* ---- Life ---- */

static void visit_run(ImmixTracer *tracer, VmRun *saved)
{
    immix_visit(tracer, &saved->segment.bits);
    immix_visit(tracer, &saved->next.bits);
    immix_visit(tracer, &saved->winders.bits);
    immix_visit(tracer, &saved->handlers.bits);
    immix_visit(tracer, &saved->entry.bits);
    if (saved->top.fp != NULL)
        li_stack_visit(tracer, saved->top);
}

static void visit_roots(ImmixTracer *tracer, void *context)
{
    Vm *vm = context;

    for (Value *root = &vm->segment; root <= &vm->interaction_environment; root += 1)
        immix_visit(tracer, &root->bits);
    for (VmRun *saved = vm->runs; saved != NULL; saved = saved->outer)
        visit_run(tracer, saved);
    if (vm->top.fp != NULL)
        li_stack_visit(tracer, vm->top);
}

static void collection_wanted(void *context)
{
    Vm *vm = context;

    __atomic_store_n(&vm->limit, NULL, __ATOMIC_SEQ_CST);
}

static Status make_memory_condition(Vm *vm)
{
    Value message;

    TRY(li_text_from_utf8(vm->heap, "out of memory", 13, &message));
    return li_condition_new(vm, CONDITION_MEMORY, message, VALUE_NIL, 0,
                            &vm->memory_condition);
}

Status li_vm_new(Heap *heap, const VmOptions *options, Vm **result)
{
    Vm *vm = calloc(1, sizeof *vm);

    if (vm == NULL)
        return ERR_NO_MEMORY;
    vm->heap = heap;
    for (Value *root = &vm->segment; root <= &vm->interaction_environment; root += 1)
        *root = VALUE_FALSE;
    vm->winders = VALUE_NIL;
    vm->handlers = VALUE_NIL;
    vm->command_line = VALUE_NIL;
    vm->stress_every = options->stress_every;
    vm->limit_bytes = options->limit_bytes;
    if (li_stack_new_segment(vm, STACK_SEGMENT_WORDS) != OK) {
        free(vm);
        return ERR_NO_MEMORY;
    }
    if (make_memory_condition(vm) != OK) {
        free(vm);
        return ERR_NO_MEMORY;
    }
    vm->provider = (RootProvider){.visit = visit_roots, .context = vm};
    li_heap_add_provider(heap, &vm->provider);
    heap->on_wanted = collection_wanted;
    heap->on_wanted_context = vm;
    *result = vm;
    return OK;
}

void li_vm_free(Vm *vm)
{
    li_profile_free(vm->profile);
    vm->heap->on_wanted = NULL;
    li_heap_remove_provider(vm->heap, &vm->provider);
    free(vm);
}

/* ---- What prim.h and compiler.h ask of the VM ---- */

_Static_assert(offsetof(Vm, heap) == 0, "li_vm_heap() takes it from there");

struct Sources *li_vm_sources(Vm *vm)
{
    return vm->sources;
}

struct Expander *li_vm_expander(Vm *vm)
{
    return vm->expander;
}

CompileOptions *li_vm_compile_options(Vm *vm)
{
    return &vm->compile_options;
}

bool li_vm_is_interrupted(Vm *vm)
{
    return vm->interrupted != 0;
}

bool li_vm_is_retry(Vm *vm)
{
    return vm->retry_pc == vm->pc && vm->retry_safepoint == vm->safepoints
        && vm->retry_kind != IMMIX_MINOR;
}

void li_vm_set_exit(Vm *vm, int code)
{
    vm->exit_code = code;
}

/* The slots hold parameters once the library is up, ports before. */
Value li_vm_current_port(Vm *vm, int which)
{
    Value v = vm->ports[which];

    if (value_has_type(v, T_PARAMETER))
        return *(Value *)value_to_object(v);
    return v;
}

int li_vm_port_parameter(const Vm *vm, Value parameter)
{
    for (int i = 0; i < 3; i += 1) {
        if (value_is_eq(vm->ports[i], parameter))
            return i;
    }
    return -1;
}

Status li_vm_values(Vm *vm, const Value *items, uint32_t count, Value *result)
{
    Value *object;

    if (count == 1) {
        *result = items[0];
        return OK;
    }
    object = li_alloc(vm->heap, T_MULTIPLE, 0, count);
    if (object == NULL)
        return ERR_NO_MEMORY;
    memcpy(object, items, count * sizeof(Value));
    *result = value_from_object(object);
    return OK;
}

bool li_vm_suggest(Vm *vm, Value symbol, Value *closest)
{
    Value environment = vm->interaction_environment;

    return value_has_type(environment, T_ENVIRONMENT)
        && li_environment_suggest(environment, symbol, closest);
}

bool li_vm_is_syntax(const Vm *vm, Value symbol)
{
    Value environment = vm->interaction_environment, binding;

    return value_has_type(environment, T_ENVIRONMENT)
        && li_environment_find(environment, symbol, &binding) != ORIGIN_NONE
        && !value_has_type(binding, T_GLOBAL);
}

bool li_vm_find_export(Vm *vm, Value symbol, Buffer *library)
{
    Value name;

    return li_libraries_find_export(li_expander_libraries(vm->expander), symbol, &name)
        && li_print(vm->heap, name, PRINT_WRITE, 0, library) == OK;
}

Value li_procedure_name(Value procedure)
{
    if (value_is_closure(procedure))
        return value_to_code(value_to_closure(procedure)->code)->name;
    return VALUE_FALSE;
}
