/* prim_write.c - write and display. */
#include <inttypes.h>
#include <stdio.h>

#include "lib/ports.h"
#include "lib/tables.h"
#include "syntax/printer.h"

/* What most calls of display are for goes straight to the port. *done: it did. */
static Status display_at_once(Port *port, Value v, bool *done)
{
    char digits[24];
    int length;

    *done = true;
    if (value_is_text(v))
        return li_port_write_text(port, value_to_text(v), 0, value_to_text(v)->length);
    if (value_is_char(v))
        return li_port_write_char(port, value_to_char(v));
    if (value_is_fixnum(v)) {
        length = snprintf(digits, sizeof digits, "%" PRId64, value_to_fixnum(v));
        return li_port_write_bytes(port, digits, (size_t)length);
    }
    *done = false;
    return OK;
}

static Status print(Vm *vm, Port *port, Value v, PrintStyle style)
{
    size_t before = li_port_memory_bytes(port);
    bool written = false;
    Status status;

    if (style == PRINT_DISPLAY) {
        TRY(display_at_once(port, v, &written));
        if (written)
            return OK;
    }
    status = li_print_to_port(li_vm_heap(vm), v, style, port, &written);
    if (status != ERR_NO_MEMORY || !written)
        return status;
    /* The machine may call again after a collection: nothing may be written twice. */
    if (!li_port_is_memory_output(port, PORT_TEXTUAL))
        return li_raise(vm, CONDITION_MEMORY, VALUE_NIL,
                        "out of memory while an object was being written");
    li_port_truncate(port, before);
    return ERR_NO_MEMORY;
}

static Status write_in_style(Vm *vm, const char *who, Args args, PrintStyle style,
                             Value *result)
{
    Port *port;

    TRY(li_arg_open_port(vm, who, args, 1, PORT_OUTPUT | PORT_TEXTUAL, &port));
    TRY(li_port_result(vm, who, port, print(vm, port, args.at[0], style)));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status write_datum(Vm *vm, Args args, Value *result)
{
    return write_in_style(vm, "write", args, PRINT_WRITE, result);
}

static Status write_shared(Vm *vm, Args args, Value *result)
{
    return write_in_style(vm, "write-shared", args, PRINT_WRITE_SHARED, result);
}

static Status write_simple(Vm *vm, Args args, Value *result)
{
    return write_in_style(vm, "write-simple", args, PRINT_WRITE_SIMPLE, result);
}

static Status display(Vm *vm, Args args, Value *result)
{
    return write_in_style(vm, "display", args, PRINT_DISPLAY, result);
}

const PrimDef li_write_prims[] = {
    {"write", write_datum, 1, 2, "(write obj [port])",
     "Writes obj so that read can read it. Datum labels stand where it is circular."},
    {"write-shared", write_shared, 1, 2, "(write-shared obj [port])",
     "Writes obj as write does, with datum labels for everything that is met twice."},
    {"write-simple", write_simple, 1, 2, "(write-simple obj [port])",
     "Writes obj as write does, without datum labels: of circular data there is no end."},
    {"display", display, 1, 2, "(display obj [port])",
     "Writes obj for people: strings and characters as they are."},
    {0},
};
