/* compiler.c - from a top-level form to a procedure of no arguments that runs it. */
#include "compiler/compiler.h"

#include "compiler/codegen.h"
#include "compiler/disassemble.h"
#include "syntax/expander.h"
#include "vm/code.h"

/* The whole form as a procedure of no arguments. */
static Lambda *make_thunk(Compiler *c, Node *body)
{
    Lambda *lambda = ARENA_NEW(c->arena, Lambda);
    Clause *clause = ARENA_NEW(c->arena, Clause);

    if (lambda == NULL || clause == NULL)
        return NULL;
    lambda->name = VALUE_TRUE; /* "top level" in backtraces */
    ;
    lambda->clauses = clause;
    lambda->clause_count = 1;
    lambda->position = body->position;
    clause->body = body;
    return lambda;
}

static Status run_passes(Compiler *c, Node *node, Unit **units)
{
    Lambda *lambda;

    TRY(li_pass_count(c, node));
    TRY(li_pass_primitives(c, node));
    TRY(li_pass_letrec(c, &node));
    TRY(li_pass_simplify(c, &node));
    TRY(li_pass_assignment(c, node));
    lambda = make_thunk(c, node);
    if (lambda == NULL)
        return ERR_NO_MEMORY;
    TRY(li_pass_loops(c, lambda));
    TRY(li_pass_closure(c, lambda));
    return li_codegen(c, lambda, units);
}

Status li_compile_node(Vm *vm, Arena *arena, Node *node, Value *thunk)
{
    const CompileOptions *options = li_vm_compile_options(vm);
    Compiler c = {vm, li_vm_heap(vm), arena};
    Unit *units;

    if (options->dump != NULL && options->dump_ast) {
        li_ast_print(node, options->dump);
        li_buffer_push_char(options->dump, '\n');
    }
    TRY(run_passes(&c, node, &units));
    TRY(li_finish(&c, units, thunk));
    if (options->dump != NULL && options->dump_bytecode)
        li_disassemble(value_to_code(value_to_closure(*thunk)->code), options->dump,
                       true);
    return OK;
}

Status li_compile(Vm *vm, Value form, Value environment, Value *thunk)
{
    Arena arena;
    Node *node;
    Status status;

    li_arena_init(&arena, li_vm_heap(vm));
    status = li_expand(vm, &arena, form, environment, &node);
    if (status == OK)
        status = li_compile_node(vm, &arena, node, thunk);
    li_arena_free(&arena);
    return status;
}
