/* prim_port.c - ports: opening those on strings and bytevectors, asking and closing. */
#include "lib/args.h"
#include "lib/ports.h"
#include "lib/tables.h"
#include "vm/vm.h"

/* ---- Asking ---------------------------------------------------------------------------------- */

#define PORT_PREDICATE(name, condition)                             \
    static Status name(Vm *vm UNUSED, Args args, Value *result)     \
    {                                                               \
        Value v = args.at[0];                                       \
                                                                    \
        *result = value_from_bool(value_is_port(v) && (condition)); \
        return OK;                                                  \
    }
PORT_PREDICATE(port_p, true)
PORT_PREDICATE(input_port_p, li_port_is_input(li_port_of(v)))
PORT_PREDICATE(output_port_p, li_port_is_output(li_port_of(v)))
PORT_PREDICATE(textual_port_p, li_port_is_textual(li_port_of(v)))
PORT_PREDICATE(binary_port_p, !li_port_is_textual(li_port_of(v)))

static Status input_port_open_p(Vm *vm, Args args, Value *result)
{
    Port *port;

    TRY(li_arg_port(vm, "input-port-open?", args, 0, &port));
    *result = value_from_bool(li_port_is_input_open(port));
    return OK;
}

static Status output_port_open_p(Vm *vm, Args args, Value *result)
{
    Port *port;

    TRY(li_arg_port(vm, "output-port-open?", args, 0, &port));
    *result = value_from_bool(li_port_is_output_open(port));
    return OK;
}

static Status eof_object(Vm *vm UNUSED, Args args UNUSED, Value *result)
{
    *result = VALUE_EOF;
    return OK;
}

static Status eof_object_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_eq(args.at[0], VALUE_EOF));
    return OK;
}

/* ---- Opening --------------------------------------------------------------------------------- */

static Status open_input_string(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(li_arg_text(vm, "open-input-string", args, 0, &text));
    return li_port_open_text_input(vm->heap, vm->port_table, text, result);
}

static Status open_output_string(Vm *vm, Args args UNUSED, Value *result)
{
    return li_port_open_memory_output(vm->heap, vm->port_table, PORT_TEXTUAL, result);
}

static Status open_input_bytevector(Vm *vm, Args args, Value *result)
{
    Array *bytes;

    TRY(li_arg_bytevector(vm, "open-input-bytevector", args, 0, &bytes));
    return li_port_open_bytes_input(vm->heap, vm->port_table, array_data(bytes),
                                    (size_t)bytes->length, result);
}

static Status open_output_bytevector(Vm *vm, Args args UNUSED, Value *result)
{
    return li_port_open_memory_output(vm->heap, vm->port_table, PORT_BINARY, result);
}

static Status get_output(Vm *vm, const char *who, Args args, unsigned kind,
                         const char *expected, Value *result)
{
    Value v = args.at[0];

    if (!value_is_port(v) || !li_port_is_memory_output(li_port_of(v), kind))
        return li_raise_type(vm, who, 0, expected, v);
    return li_port_get_output(vm->heap, li_port_of(v), result);
}

static Status get_output_string(Vm *vm, Args args, Value *result)
{
    return get_output(vm, "get-output-string", args, PORT_TEXTUAL,
                      "a port made by open-output-string", result);
}

static Status get_output_bytevector(Vm *vm, Args args, Value *result)
{
    return get_output(vm, "get-output-bytevector", args, PORT_BINARY,
                      "a port made by open-output-bytevector", result);
}

/* ---- Closing --------------------------------------------------------------------------------- */

static Status close_directions(Vm *vm, const char *who, Args args, unsigned directions,
                               Value *result)
{
    Port *port;

    TRY(li_arg_port(vm, who, args, 0, &port));
    if (directions == PORT_INPUT && !li_port_is_input(port))
        return li_raise_type(vm, who, 0, "an input port", args.at[0]);
    if (directions == PORT_OUTPUT && !li_port_is_output(port))
        return li_raise_type(vm, who, 0, "an output port", args.at[0]);
    TRY(li_port_result(vm, who, port, li_port_close(port, directions)));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status close_port(Vm *vm, Args args, Value *result)
{
    return close_directions(vm, "close-port", args, PORT_INPUT | PORT_OUTPUT, result);
}

static Status close_input_port(Vm *vm, Args args, Value *result)
{
    return close_directions(vm, "close-input-port", args, PORT_INPUT, result);
}

static Status close_output_port(Vm *vm, Args args, Value *result)
{
    return close_directions(vm, "close-output-port", args, PORT_OUTPUT, result);
}

const PrimDef li_port_prims[] = {
    {"port?", port_p, 1, 1, "(port? obj)", "True if obj is a port."},
    {"input-port?", input_port_p, 1, 1, "(input-port? obj)",
     "True if obj is a port that can be read from, or could before it was closed."},
    {"output-port?", output_port_p, 1, 1, "(output-port? obj)",
     "True if obj is a port that can be written to, or could before it was closed."},
    {"textual-port?", textual_port_p, 1, 1, "(textual-port? obj)",
     "True if obj is a port of characters."},
    {"binary-port?", binary_port_p, 1, 1, "(binary-port? obj)",
     "True if obj is a port of bytes."},
    {"input-port-open?", input_port_open_p, 1, 1, "(input-port-open? port)",
     "True if port can be read from and was not closed."},
    {"output-port-open?", output_port_open_p, 1, 1, "(output-port-open? port)",
     "True if port can be written to and was not closed."},
    {"eof-object", eof_object, 0, 0, "(eof-object)", "The end-of-file object."},
    {"eof-object?", eof_object_p, 1, 1, "(eof-object? obj)",
     "True if obj is the end-of-file object."},
    {"open-input-string", open_input_string, 1, 1, "(open-input-string string)",
     "A textual input port that gives the characters that string has now."},
    {"open-output-string", open_output_string, 0, 0, "(open-output-string)",
     "A textual output port that gathers what is written, for get-output-string."},
    {"open-input-bytevector", open_input_bytevector, 1, 1,
     "(open-input-bytevector bytevector)",
     "A binary input port that gives the bytes that bytevector has now."},
    {"open-output-bytevector", open_output_bytevector, 0, 0, "(open-output-bytevector)",
     "A binary output port that gathers what is written, for get-output-bytevector."},
    {"get-output-string", get_output_string, 1, 1, "(get-output-string port)",
     "A new string of all that was written to a port made by open-output-string."},
    {"get-output-bytevector", get_output_bytevector, 1, 1,
     "(get-output-bytevector port)",
     "A new bytevector of all that was written to a port made by open-output-bytevector."},
    {"close-port", close_port, 1, 1, "(close-port port)",
     "Closes port; output that waits is written first. Closing again has no effect."},
    {"close-input-port", close_input_port, 1, 1, "(close-input-port port)",
     "Closes the input side of port."},
    {"close-output-port", close_output_port, 1, 1, "(close-output-port port)",
     "Closes the output side of port; output that waits is written first."},
    {0},
};
