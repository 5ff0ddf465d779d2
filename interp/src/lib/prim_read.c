/* prim_read.c - read. */
#include <stdlib.h>

#include "lib/ports.h"
#include "lib/tables.h"
#include "syntax/reader.h"
#include "syntax/source.h"

/* "read: data.scm:3:5: unexpected )" */
static Status fail(Vm *vm, const Port *port, const ReadError *error)
{
    Position p = position_unpack(error->position);
    char *name = NULL;
    Status status;

    if (value_is_text(port->name))
        TRY(li_text_c_string(value_to_text(port->name), &name));
    status = li_raise(vm, CONDITION_READ, VALUE_NIL, "read: %s%s%u:%u: %s",
                      name != NULL ? name : "", name != NULL ? ":" : "",
                      (unsigned)p.line, (unsigned)p.column, error->message);
    free(name);
    return status;
}

static Status read_datum(Vm *vm, Args args, Value *result)
{
    ReaderOptions options = {0};
    ReadError error;
    Reader reader;
    Status status;
    Port *port;

    TRY(li_arg_open_port(vm, "read", args, 0, PORT_INPUT | PORT_TEXTUAL, &port));
    options.fold_case = *li_port_fold_case(port);
    li_reader_open(&reader, li_vm_heap(vm), li_port_stream(port), &options);
    status = li_read(&reader, result);
    *li_port_fold_case(port) = reader.options.fold_case;
    error = reader.error;
    li_reader_close(&reader);
    if (status == ERR_READ)
        return fail(vm, port, &error);
    return li_port_result(vm, "read", port, status);
}

const PrimDef li_read_prims[] = {
    {"read", read_datum, 0, 1, "(read [port])",
     "The next datum of port, or the end-of-file object. A read error if the text is not one."},
    {0},
};
