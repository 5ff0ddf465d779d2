/* hoist.h - operands that stay the same in a loop are loaded once, before it. */
#ifndef LI_COMPILER_HOIST_H
#define LI_COMPILER_HOIST_H

#include "compiler/codegen.h"

/* Where the code of `label` begins, inside of no other loop: loads free variables and
 * constants that operations in the loop read into new registers. */
void li_hoist(Codegen *g, const Known *label);

/* The register that holds what `node` would load. */
bool li_find_hoisted(const Codegen *g, const Node *node, uint32_t *reg);

/* True for a constant or a variable whose value is there when any code that names it runs, and
 * stays the same. */
bool li_node_is_steady(const Node *node);

#endif /* LI_COMPILER_HOIST_H */
