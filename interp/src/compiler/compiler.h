/* compiler.h - from a top-level form to a procedure of no arguments that runs it. */
#ifndef LI_COMPILER_COMPILER_H
#define LI_COMPILER_COMPILER_H

#include "compiler/ast.h"
#include "vm/prim.h"

/* Runs the passes on `node` and generates code. `*thunk` is a closure of no arguments. */
MUST_CHECK Status li_compile_node(Vm *vm, Arena *arena, Node *node, Value *thunk);

/* Expands and compiles one top-level form in `environment`. Allocates, does not collect. */
MUST_CHECK Status li_compile(Vm *vm, Value form, Value environment, Value *thunk);

#endif /* LI_COMPILER_COMPILER_H */
