/* ports.c - what the primitives on ports share: their arguments and their errors. */
#include "lib/ports.h"

#include <stdlib.h>
#include <string.h>

static const char *description(unsigned need)
{
    switch (need) {
    case PORT_INPUT: return "an input port";
    case PORT_OUTPUT: return "an output port";
    case PORT_INPUT | PORT_TEXTUAL: return "a textual input port";
    case PORT_OUTPUT | PORT_TEXTUAL: return "a textual output port";
    case PORT_INPUT | PORT_BINARY: return "a binary input port";
    case PORT_OUTPUT | PORT_BINARY: return "a binary output port";
    default: return "a port";
    }
}

static bool has(const Port *port, unsigned need)
{
    return (!(need & PORT_INPUT) || li_port_is_input(port))
        && (!(need & PORT_OUTPUT) || li_port_is_output(port))
        && (!(need & PORT_TEXTUAL) || li_port_is_textual(port))
        && (!(need & PORT_BINARY) || !li_port_is_textual(port));
}

Status li_arg_open_port(Vm *vm, const char *who, Args args, uint32_t i, unsigned need,
                        Port **port)
{
    Value v =
        i < args.count ? args.at[i] : li_vm_current_port(vm, need & PORT_INPUT ? 0 : 1);
    bool open;

    if (UNLIKELY(!value_is_port(v) || !has(li_port_of(v), need)))
        return li_raise_type(vm, who, i, description(need), v);
    open = need & PORT_INPUT ? li_port_is_input_open(li_port_of(v))
                             : li_port_is_output_open(li_port_of(v));
    if (UNLIKELY(!open))
        return li_raise(vm, CONDITION_ERROR, VALUE_NIL, "%s: the port is closed", who);
    *port = li_port_of(v);
    return OK;
}

Status li_arg_port(Vm *vm, const char *who, Args args, uint32_t i, Port **port)
{
    if (!value_is_port(args.at[i]))
        return li_raise_type(vm, who, i, "a port", args.at[i]);
    *port = li_port_of(args.at[i]);
    return OK;
}

Status li_port_result(Vm *vm, const char *who, Port *port, Status status)
{
    char *name = NULL;

    if (LIKELY(status != ERR_IO))
        return status;
    if (value_is_text(port->name))
        TRY(li_text_c_string(value_to_text(port->name), &name));
    status = li_raise(vm, CONDITION_FILE, VALUE_NIL, "%s: %s%s%s", who,
                      name != NULL ? name : "", name != NULL ? ": " : "",
                      li_port_error(port));
    free(name);
    return status;
}

Status li_arg_path(Vm *vm, const char *who, Args args, uint32_t i, char **path)
{
    Text *text;

    TRY(li_arg_text(vm, who, args, i, &text));
    for (uint64_t at = 0; at < text->length; at += 1) {
        if (li_text_at(text, at) == 0)
            return li_raise(vm, CONDITION_FILE, VALUE_NIL,
                            "%s: a file name cannot hold the character U+0000", who);
    }
    return li_text_c_string(text, path);
}
