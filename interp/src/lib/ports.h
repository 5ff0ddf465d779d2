/* ports.h - what the primitives on ports share: their arguments and their errors. */
#ifndef LI_LIB_PORTS_H
#define LI_LIB_PORTS_H

#include "types/port.h"
#include "vm/prim.h"

/* Argument i as an open port that has all of `need` (PORT_INPUT or PORT_OUTPUT, and perhaps
 * PORT_TEXTUAL or PORT_BINARY); if there is no such argument, the current input or output
 * port. */
MUST_CHECK Status li_arg_open_port(Vm *vm, const char *who, Args args, uint32_t i,
                                   unsigned need, Port **port);
/* Argument i as any port, open or closed. */
MUST_CHECK Status li_arg_port(Vm *vm, const char *who, Args args, uint32_t i,
                              Port **port);

/* Passes on what an operation on a port returned; ERR_IO becomes a file error. */
MUST_CHECK Status li_port_result(Vm *vm, const char *who, Port *port, Status status);

/* Argument i as a file name: *path is malloc'd and the caller's. A file error if it holds a
 * NUL. */
MUST_CHECK Status li_arg_path(Vm *vm, const char *who, Args args, uint32_t i,
                              char **path);

#endif /* LI_LIB_PORTS_H */
