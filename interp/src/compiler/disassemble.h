/* disassemble.h - bytecode as text: `limpet --dump bytecode` and ,dis. */
#ifndef LI_COMPILER_DISASSEMBLE_H
#define LI_COMPILER_DISASSEMBLE_H

#include "memory/buffer.h"
#include "vm/code.h"

/* Appends a listing of `code`, and of all code objects among its literals if `recurse`. The
 * caller looks at to->failed. Does not allocate on the heap. */
void li_disassemble(const Code *code, Buffer *to, bool recurse);

#endif /* LI_COMPILER_DISASSEMBLE_H */
