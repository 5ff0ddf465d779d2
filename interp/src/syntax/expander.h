/* expander.h - from data to the core language: hygienic macros, libraries, all syntax.
 *
 * Nothing here collects: the expansion of one toplevel form, including the libraries that it
 * imports, is one step between two safepoints. Errors are raised as conditions of kind SYNTAX
 * with the position of the form in error (ERR_RAISED); ERR_NO_MEMORY and ERR_INTERRUPTED come
 * bare.
 */
#ifndef LI_SYNTAX_EXPANDER_H
#define LI_SYNTAX_EXPANDER_H

#include "compiler/ast.h"
#include "syntax/library.h"
#include "vm/prim.h"

typedef struct Expander Expander;

/* The expander of a VM, with the libraries (limpet core), all special forms, and (limpet
 * primitives), empty. Registers roots. */
MUST_CHECK Status li_expander_new(Vm *vm, Expander **result);
void li_expander_free(Expander *expander);

/* The VM's own; vm.c. */
Expander *li_vm_expander(Vm *vm);

/* While this is on, no code runs between expansions: a library that was expanded is there. */
void li_expander_only_look(Expander *expander, bool on);

Libraries *li_expander_libraries(Expander *expander);
/* The environment of (limpet core); code in it can do nothing but define libraries. */
Value li_expander_core(const Expander *expander);
/* The environment of (limpet primitives), to define primitives in. */
Value li_expander_primitives(const Expander *expander);

typedef struct TopForm {
    Value datum, environment;
    uint64_t position; /* of the datum, which cannot tell if it is no pair; 0: unknown */
} TopForm;

/* Expands a toplevel form. Running the node defines, imports and so on. */
MUST_CHECK Status li_expand(Vm *vm, Arena *arena, const TopForm *top, Node **node);

/* Expands the forms of a program, a list, one after the other, to a FORMS node. Variables that
 * it defines once and never assigns are GLOBAL_CONSTANT then. */
MUST_CHECK Status li_expand_program(Vm *vm, Arena *arena, Value forms,
                                    Value environment, Node **node);

/* Imports a list of import sets into `environment`, as (import set ...) does. *node runs the
 * bodies of libraries that were not loaded before; NULL if there is nothing to run. */
MUST_CHECK Status li_environment_import_node(Vm *vm, Arena *arena, Value environment,
                                             Value import_sets, Node **node);
/* The same for one set of a library that runs already, or needs no code: an error if not. */
MUST_CHECK Status li_environment_import(Vm *vm, Value environment, Value import_set);
/* Imports the standard libraries, as far as they are there, into a new environment. `flags`
 * say which kind: ENVIRONMENT_INTERACTIVE, or PROGRAM | IMPLICIT. */
MUST_CHECK Status li_environment_default(Vm *vm, Arena *arena, int64_t flags,
                                         Value *environment, Node **node);

/* Call this for each toplevel form of a program before any is expanded. In an environment
 * that is IMPLICIT, the names that the form defines or assigns get cells of their own if they
 * are imported: so the program may redefine `list`, and everything else stays constant. */
MUST_CHECK Status li_program_prescan(Vm *vm, Value environment, Value form);

/* *closed is true if only the program's forms can define and assign its variables: it imports,
 * or where all is there, names nothing through which it could get at `environment`, its own. */
MUST_CHECK Status li_program_is_closed(Vm *vm, Value environment, Value forms,
                                       bool *closed);

struct ReadError;
/* Raises the error of a reader that reads a program. Where something was never closed, its
 * beginning is what the program's author wants to see. */
MUST_CHECK COLD Status li_raise_read_error(Vm *vm, const struct ReadError *error);

#endif /* LI_SYNTAX_EXPANDER_H */
