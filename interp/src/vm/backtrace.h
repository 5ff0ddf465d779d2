/* backtrace.h - which calls were going on: taken when an error is raised, shown when it is
 * reported.
 *
 * A backtrace is a list, innermost first, that ends with the number of lines left out. Its
 * elements are
 *
 *     (name . position)   a procedure; name: a symbol, #t for a form at top level, or #f
 *     name or #t          frames are missing here, dropped by tail calls; the first one was of
 *                         that procedure, if it is known
 *
 * Procedures of the library stand there by the name that the program called. What they call
 * in turn within the library is left out, unless vm->full_backtraces.
 */
#ifndef LI_VM_BACKTRACE_H
#define LI_VM_BACKTRACE_H

#include "vm/vm.h"

/* As many lines are counted, of those left out, while the error may still be handled: that must
 * not take as long as the stack is deep. */
enum { BACKTRACE_COUNTED = 1000 };

/* The calls from the frame `fp` at `pc` on; looks at `most` frames. */
MUST_CHECK Status li_backtrace_take(Vm *vm, const uint64_t *pc, const Value *fp,
                                    uint64_t most, Value *result);

/* Appends a line for each element. */
void li_backtrace_report(Vm *vm, Value list, Buffer *to);

#endif /* LI_VM_BACKTRACE_H */
