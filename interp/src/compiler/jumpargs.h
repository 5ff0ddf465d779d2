/* jumpargs.h - the arguments of a jump to a label, computed into its parameters. */
#ifndef LI_COMPILER_JUMPARGS_H
#define LI_COMPILER_JUMPARGS_H

#include "compiler/codegen.h"

/* Sets the registers of `params` to the values of `args`, all of which see the old ones.
 * Arguments with effects are evaluated from left to right; others come after them, in the
 * order that needs the fewest moves. */
void li_gen_jump_args(Codegen *g, Variable **params, Node **args, uint32_t count);

#endif /* LI_COMPILER_JUMPARGS_H */
