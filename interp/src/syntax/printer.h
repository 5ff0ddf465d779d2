/* printer.h - from data to text: write, display and their like.
 *
 * Nothing here recurses: nesting is limited by memory alone, which is counted against the
 * heap's limit. Nothing collects, nor allocates heap objects.
 *
 * write and display put datum labels where data are circular, and nowhere else; write-shared
 * labels all pairs, vectors and other compound objects that are met twice; write-simple
 * labels nothing and goes on for ever on circular data (until the port or the heap's limit
 * ends it).
 *
 * (quote x) is printed as 'x, and so on. What has no external representation is printed as
 * #<kind ...>: #<procedure car>, #<point x: 1 y: 2>, #<eof>.
 */
#ifndef LI_SYNTAX_PRINTER_H
#define LI_SYNTAX_PRINTER_H

#include "memory/buffer.h"
#include "memory/heap.h"

struct Port;

typedef enum PrintStyle {
    PRINT_DISPLAY,
    PRINT_WRITE,
    PRINT_WRITE_SHARED,
    PRINT_WRITE_SIMPLE,
} PrintStyle;

/* Appends the text of `v`. With a `limit` other than 0, at most so many characters and then
 * "...": for messages; then it ends in all styles, and soon. ERR_NO_MEMORY: part of the text
 * may have been appended. */
MUST_CHECK Status li_print(Heap *heap, Value v, PrintStyle style, uint64_t limit,
                           Buffer *to);

/* Writes the text of `v` to an open textual output port, in chunks. *written, if not NULL,
 * says whether something was written before a failure. Besides ERR_NO_MEMORY, errors are the
 * port's: ERR_IO, ERR_INTERRUPTED. */
MUST_CHECK Status li_print_to_port(Heap *heap, Value v, PrintStyle style,
                                   struct Port *port, bool *written);

/* The name of a procedure, a symbol or #f: the virtual machine supplies it. */
Value li_procedure_name(Value procedure);

#endif /* LI_SYNTAX_PRINTER_H */
