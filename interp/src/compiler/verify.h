/* verify.h - checks that a code object cannot lead the VM astray.
 *
 * What the VM takes on trust, the verifier checks: operands, jumps, literals, the words that
 * follow instructions, that control does not run off the end, that no register is read
 * before it is written, and that the LIVE words are right. Debug builds run it on all code
 * that the compiler makes; images are checked when they are loaded.
 */
#ifndef LI_COMPILER_VERIFY_H
#define LI_COMPILER_VERIFY_H

#include "memory/buffer.h"
#include "vm/code.h"

/* ERR_TYPE: the code is bad, and `why` (which may be NULL) says where and how.
 * ERR_NO_MEMORY: no scratch memory. Addresses of primitives cannot be checked, but for not
 * being zero. Does not allocate on the heap. */
MUST_CHECK Status li_verify_code(const Code *code, Buffer *why);

#endif /* LI_COMPILER_VERIFY_H */
