/* compiler.h - from a top-level form to a procedure of no arguments that runs it. */
#ifndef LI_COMPILER_COMPILER_H
#define LI_COMPILER_COMPILER_H

#include "compiler/ast.h"
#include "syntax/expander.h"
#include "vm/prim.h"

/* What `limpet --dump` and LIMPET_DUMP ask for. */
typedef struct CompileOptions {
    bool unoptimised;   /* leave out what only serves speed */
    bool forgets_positions; /* in templates: the image is read where the files are not */
    bool dump_optimised; /* the core language, as it is when the passes are done with it */
    bool dump_ast;      /* the core language, as it comes from the expander */
    bool dump_bytecode; /* the disassembly of the form and of all procedures in it */
    Buffer *dump;       /* where both go; NULL: nowhere */
    struct Warnings *warnings; /* gets what is to be known of all forms; NULL: nobody asks */
} CompileOptions;

/* The options that the VM holds for its compiler; never NULL. */
CompileOptions *li_vm_compile_options(Vm *vm);

/* Runs the passes on `node` and generates code. `*thunk` is a closure of no arguments. */
MUST_CHECK Status li_compile_node(Vm *vm, Arena *arena, Node *node, Value *thunk);

/* Expands and compiles one top-level form. If the procedure keeps its frame, the form's last
 * call is no tail call, and backtraces show where the form was. Allocates, does not collect. */
MUST_CHECK Status li_compile(Vm *vm, const TopForm *form, bool keeps_frame, Value *thunk);

/* Expands all forms of a program, a list whose pairs have their positions, before it compiles
 * any, so that what is defined once and never assigned is known everywhere. *thunks is a list
 * of procedures of no arguments, which do what the forms do when they are called in order.
 * Nothing can define or assign the program's variables afterwards that was not among its
 * forms. Allocates, does not collect. */
MUST_CHECK Status li_compile_program(Vm *vm, Value forms, Value environment,
                                     Value *thunks);

#endif /* LI_COMPILER_COMPILER_H */
