/* compiler.c - from a top-level form to a procedure of no arguments that runs it. */
#include "compiler/compiler.h"

#include "compiler/codegen.h"
#include "compiler/disassemble.h"
#include "compiler/warnings.h"
#include "syntax/expander.h"
#include "syntax/layout.h"
#include "vm/code.h"
#include "vm/global.h"

/* The whole form as a procedure of no arguments. One that keeps its frame shows in backtraces
 * where the form was. */
static Lambda *make_thunk(Arena *arena, Node *body, bool keeps_frame)
{
    Lambda *lambda = ARENA_NEW(arena, Lambda);
    Clause *clause = ARENA_NEW(arena, Clause);

    if (lambda == NULL || clause == NULL)
        return NULL;
    lambda->name = VALUE_TRUE; /* "top level" in backtraces */
    lambda->clauses = clause;
    lambda->clause_count = 1;
    lambda->keeps_frame = keeps_frame;
    lambda->position = body->position;
    clause->body = body;
    return lambda;
}

/* The items of one form, at least one. */
static Node *join_items(Arena *arena, Node **items, uint32_t count)
{
    Node *seq;

    if (count == 1)
        return items[0];
    seq = li_node_new(arena, NODE_SEQ, items[0]->position);
    if (seq == NULL)
        return NULL;
    seq->as.seq.items = items;
    seq->as.seq.count = count;
    return seq;
}

/* Each form becomes a procedure of no arguments: what was spliced into the top level by one
 * form runs as one, so that a continuation captured in it goes on with all that is left of it.
 * Forms that do nothing are gone. */
static Status wrap_forms(Arena *arena, Node *forms)
{
    Node **items = forms->as.seq.items;
    Node **lambdas = ARENA_ARRAY(arena, Node *, forms->as.seq.form_count + 1);
    uint32_t begin = 0, count = 0;

    if (lambdas == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < forms->as.seq.form_count; i += 1) {
        uint32_t end = forms->as.seq.ends[i];
        Node *body, *lambda;

        if (begin == end)
            continue;
        body = join_items(arena, items + begin, end - begin);
        lambda = li_node_new(arena, NODE_LAMBDA, items[begin]->position);
        if (body == NULL || lambda == NULL)
            return ERR_NO_MEMORY;
        lambda->as.lambda = make_thunk(arena, body, true);
        if (lambda->as.lambda == NULL)
            return ERR_NO_MEMORY;
        lambdas[count] = lambda;
        count += 1;
        begin = end;
    }
    forms->as.seq.items = lambdas;
    forms->as.seq.count = count;
    return OK;
}

static void dump_ast(const Node *node, Buffer *to)
{
    Buffer line = {0};

    li_ast_print(node, &line);
    li_layout(line.bytes, line.length, to);
    li_buffer_push_char(to, '\n');
    to->failed |= line.failed;
    li_buffer_free(&line);
}

/* What a library defines for good is kept for those who will import it. */
static Status keep_templates(Compiler *c, Node *form, bool forgets_positions)
{
    Node **forms = form->kind == NODE_SEQ ? form->as.seq.items : &form;
    uint32_t count = form->kind == NODE_SEQ ? form->as.seq.count : 1;

    for (uint32_t i = 0; i < count; i += 1) {
        const Global *cell;
        Lambda *lambda;

        if (forms[i]->kind != NODE_DEFINE
            || forms[i]->as.global.value->kind != NODE_LAMBDA)
            continue;
        cell = value_to_global(forms[i]->as.global.cell);
        lambda = forms[i]->as.global.value->as.lambda;
        if (li_global_has_flag(cell, GLOBAL_CONSTANT))
            TRY(li_template_make(c, lambda, forgets_positions, &lambda->template));
    }
    return OK;
}

static Status optimise_definitions(Compiler *c, Node **node)
{
    TRY(li_pass_definitions(c, node));
    return li_pass_toplevel(c, node);
}

static Status optimise(Compiler *c, Node **node)
{
    TRY(li_pass_simplify(c, node));
    c->node_count = 0;
    TRY(li_pass_count(c, *node));
    TRY(li_pass_inline(c, node));
    TRY(li_pass_count(c, *node));
    TRY(li_pass_values(c, *node));
    TRY(li_pass_lists(c, *node));
    TRY(li_pass_simplify(c, node));
    return li_pass_facts(c, node);
}

static Status close_procedures(Compiler *c, Lambda *lambda)
{
    bool assigns;

    if (li_vm_compile_options(c->vm)->unoptimised) {
        TRY(li_pass_assignment(c, lambda));
        return li_pass_closure(c, lambda);
    }
    TRY(li_pass_captures(c, lambda, &assigns));
    if (assigns)
        TRY(li_pass_registers(c, lambda));
    TRY(li_pass_assignment(c, lambda));
    TRY(li_pass_cells(c, lambda));
    return li_pass_closure(c, lambda);
}

static Status run_passes(Compiler *c, Node *node, bool keeps_frame, Unit **units)
{
    Lambda *lambda;

    Node *forms = node;

    const CompileOptions *options = li_vm_compile_options(c->vm);

    if (!options->unoptimised && node->kind != NODE_FORMS)
        TRY(keep_templates(c, node, options->forgets_positions));
    if (!options->unoptimised)
        TRY(optimise_definitions(c, &node));
    if (forms->kind == NODE_FORMS)
        TRY(wrap_forms(c->arena, forms));
    TRY(li_pass_origins(c, node, keeps_frame));
    TRY(li_pass_count(c, node));
    if (!options->unoptimised)
        TRY(li_pass_primitives(c, node));
    TRY(li_pass_letrec(c, &node));
    if (!options->unoptimised)
        TRY(optimise(c, &node));
    if (options->dump != NULL && options->dump_optimised)
        dump_ast(node, options->dump);
    lambda = make_thunk(c->arena, node, keeps_frame);
    if (lambda == NULL)
        return ERR_NO_MEMORY;
    lambda->origin = 1;
    TRY(li_pass_loops(c, lambda));
    TRY(close_procedures(c, lambda));
    return li_codegen(c, lambda, units);
}

static void dump_bytecode(const Unit *units, Buffer *to)
{
    for (; units != NULL; units = units->next)
        li_disassemble(value_to_code(units->code), to, false);
}

static Status compile_node(Vm *vm, Arena *arena, Node *node, bool keeps_frame,
                           Value *thunk)
{
    const CompileOptions *options = li_vm_compile_options(vm);
    Compiler c = {.vm = vm, .heap = li_vm_heap(vm), .arena = arena};
    Unit *units;

    if (options->dump != NULL && options->dump_ast)
        dump_ast(node, options->dump);
    if (options->warnings != NULL)
        li_warnings_note(options->warnings, node);
    TRY(run_passes(&c, node, keeps_frame, &units));
    TRY(li_finish(&c, units, thunk));
    if (options->dump != NULL && options->dump_bytecode)
        dump_bytecode(units, options->dump);
    return OK;
}

Status li_compile_node(Vm *vm, Arena *arena, Node *node, Value *thunk)
{
    return compile_node(vm, arena, node, false, thunk);
}

Status li_compile(Vm *vm, const TopForm *form, bool keeps_frame, Value *thunk)
{
    Arena arena;
    Node *node;
    Status status;

    li_arena_init(&arena, li_vm_heap(vm));
    status = li_expand(vm, &arena, form, &node);
    if (status == OK)
        status = compile_node(vm, &arena, node, keeps_frame, thunk);
    li_arena_free(&arena);
    return status;
}

/* ---- Programs ---- */

/* The procedures of the forms, as a list. */
static Status collect_thunks(Compiler *c, const Node *forms, Value *thunks)
{
    *thunks = VALUE_NIL;
    for (uint32_t i = forms->as.seq.count; i > 0; i -= 1) {
        const Unit *unit = forms->as.seq.items[i - 1]->as.lambda->scratch;

        TRY(li_cons(c->heap, unit->closure, *thunks, thunks));
    }
    return OK;
}

static Status compile_forms(Compiler *c, Node *forms, Value *thunks)
{
    const CompileOptions *options = li_vm_compile_options(c->vm);
    Value whole;
    Unit *units;

    for (uint32_t i = 0; i < forms->as.seq.count; i += 1) {
        if (options->dump != NULL && options->dump_ast)
            dump_ast(forms->as.seq.items[i], options->dump);
        if (options->warnings != NULL)
            li_warnings_note(options->warnings, forms->as.seq.items[i]);
    }
    TRY(run_passes(c, forms, false, &units));
    TRY(li_finish(c, units, &whole));
    TRY(collect_thunks(c, forms, thunks));
    if (options->dump != NULL && options->dump_bytecode)
        dump_bytecode(units->next, options->dump); /* nothing runs the first one */
    return OK;
}

Status li_compile_program(Vm *vm, Value forms, Value environment, Value *thunks)
{
    Arena arena;
    Compiler c = {.vm = vm, .heap = li_vm_heap(vm), .arena = &arena};
    Node *node;
    Status status;

    li_arena_init(&arena, li_vm_heap(vm));
    status = li_expand_program(vm, &arena, forms, environment, &node);
    if (status == OK)
        status = compile_forms(&c, node, thunks);
    li_arena_free(&arena);
    return status;
}
