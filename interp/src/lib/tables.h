/* tables.h - declares the tables of primitives that prims.def lists. */
#ifndef LI_LIB_TABLES_H
#define LI_LIB_TABLES_H

#include "vm/prim.h"

#define PRIMS(table) extern const PrimDef table[];
#include "lib/prims.def"
#undef PRIMS

#endif /* LI_LIB_TABLES_H */
