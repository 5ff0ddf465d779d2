/* prim_eval.c - compiling and environments, for eval, load and the prompt. */
#include "compiler/compiler.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "vm/vm.h"

static Status arg_environment(Vm *vm, const char *who, Args args, uint32_t i)
{
    if (!value_has_type(args.at[i], T_ENVIRONMENT))
        return li_raise_type(vm, who, i, "an environment", args.at[i]);
    return OK;
}

static Status compile(Vm *vm, Args args, Value *result)
{
    TRY(arg_environment(vm, "eval", args, 1));
    return li_compile(vm, args.at[0], args.at[1], result);
}

static Status import_into(Vm *vm, Arena *arena, Value sets, Value environment, Value *thunk)
{
    Node *node = NULL;

    TRY(li_environment_import_node(vm, arena, environment, sets, &node));
    if (node == NULL) {
        *thunk = VALUE_FALSE;
        return OK;
    }
    return li_compile_node(vm, arena, node, thunk);
}

static Status environment(Vm *vm, Args args, Value *result)
{
    Value made, thunk = VALUE_FALSE;
    Arena arena;
    Status status;

    TRY(li_environment_new(vm->heap, ENVIRONMENT_PROGRAM, VALUE_FALSE, &made));
    li_arena_init(&arena, vm->heap);
    status = import_into(vm, &arena, args.at[0], made, &thunk);
    li_arena_free(&arena);
    TRY(status);
    return li_cons(vm->heap, made, thunk, result);
}

static Status interaction_environment(Vm *vm, Args args UNUSED, Value *result)
{
    *result = vm->interaction_environment;
    return OK;
}

static Status environment_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_ENVIRONMENT));
    return OK;
}

const PrimDef li_eval_prims[] = {
    {"%compile", compile, 2, 2, "(%compile datum environment)",
     "A procedure without arguments that evaluates the datum, an expression or a definition, "
     "in the environment."},
    {"%environment", environment, 1, 1, "(%environment import-sets)",
     "A pair of a new environment with what the list of import sets gives, and a procedure "
     "that must be called first, to initialise the libraries, or #f."},
    {"%interaction-environment", interaction_environment, 0, 0, "(%interaction-environment)",
     "The environment of the prompt or the running program."},
    {"%environment?", environment_p, 1, 1, "(%environment? obj)",
     "True if obj is an environment."},
    {0},
};
