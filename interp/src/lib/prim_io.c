/* prim_io.c - reading and writing characters, lines, strings and bytes. */
#include "lib/args.h"
#include "lib/ports.h"
#include "lib/tables.h"
#include "types/port_fast.h"

static Value char_or_eof(int32_t c)
{
    return c < 0 ? VALUE_EOF : value_from_char((uint32_t)c);
}

static Value byte_or_eof(int32_t byte)
{
    return byte < 0 ? VALUE_EOF : value_from_fixnum(byte);
}

/* The procedures for one character or byte do what the port's buffer is enough for, if the port is
 * an argument, and leave all else to a function of its own: so they save no registers. */

/* ---- Reading text ---------------------------------------------------------------------------- */

static NOINLINE Status read_char_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint32_t plain;
    int32_t c;

    if (args.count == 0 && LIKELY(li_port_fast_read_char(li_vm_current_port(vm, 0), &plain))) {
        *result = value_from_char(plain);
        return OK;
    }
    TRY(li_arg_open_port(vm, "read-char", args, 0, PORT_INPUT | PORT_TEXTUAL, &port));
    TRY(li_port_result(vm, "read-char", port, li_port_read_char(port, &c)));
    *result = char_or_eof(c);
    return OK;
}

static Status read_char(Vm *vm, Args args, Value *result)
{
    uint32_t plain;

    if (UNLIKELY(args.count == 0 || !li_port_fast_read_char(args.at[0], &plain)))
        return read_char_slowly(vm, args, result);
    *result = value_from_char(plain);
    return OK;
}

static NOINLINE Status peek_char_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint32_t plain;
    int32_t c;

    if (args.count == 0 && LIKELY(li_port_fast_peek_char(li_vm_current_port(vm, 0), &plain))) {
        *result = value_from_char(plain);
        return OK;
    }
    TRY(li_arg_open_port(vm, "peek-char", args, 0, PORT_INPUT | PORT_TEXTUAL, &port));
    TRY(li_port_result(vm, "peek-char", port, li_port_peek_char(port, &c)));
    *result = char_or_eof(c);
    return OK;
}

static Status peek_char(Vm *vm, Args args, Value *result)
{
    uint32_t plain;

    if (UNLIKELY(args.count == 0 || !li_port_fast_peek_char(args.at[0], &plain)))
        return peek_char_slowly(vm, args, result);
    *result = value_from_char(plain);
    return OK;
}

static Status read_line(Vm *vm, Args args, Value *result)
{
    Port *port;

    TRY(li_arg_open_port(vm, "read-line", args, 0, PORT_INPUT | PORT_TEXTUAL, &port));
    return li_port_result(vm, "read-line", port,
                          li_port_read_line(li_vm_heap(vm), port, result));
}

static Status read_string(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint64_t count;

    TRY(li_arg_index(vm, "read-string", args, 0, FIXNUM_MAX, &count));
    TRY(li_arg_open_port(vm, "read-string", args, 1, PORT_INPUT | PORT_TEXTUAL, &port));
    return li_port_result(vm, "read-string", port,
                          li_port_read_string(li_vm_heap(vm), port, count, result));
}

static Status is_ready(Vm *vm, const char *who, Args args, unsigned kind, Value *result)
{
    Port *port;
    bool ready;

    TRY(li_arg_open_port(vm, who, args, 0, PORT_INPUT | kind, &port));
    TRY(li_port_result(vm, who, port, li_port_is_ready(port, &ready)));
    *result = value_from_bool(ready);
    return OK;
}

static Status char_ready_p(Vm *vm, Args args, Value *result)
{
    return is_ready(vm, "char-ready?", args, PORT_TEXTUAL, result);
}

/* ---- Reading bytes --------------------------------------------------------------------------- */

static NOINLINE Status read_u8_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint8_t plain;
    int32_t byte;

    if (args.count == 0 && LIKELY(li_port_fast_read_byte(li_vm_current_port(vm, 0), &plain))) {
        *result = value_from_fixnum(plain);
        return OK;
    }
    TRY(li_arg_open_port(vm, "read-u8", args, 0, PORT_INPUT | PORT_BINARY, &port));
    TRY(li_port_result(vm, "read-u8", port, li_port_read_byte(port, &byte)));
    *result = byte_or_eof(byte);
    return OK;
}

static Status read_u8(Vm *vm, Args args, Value *result)
{
    uint8_t plain;

    if (UNLIKELY(args.count == 0 || !li_port_fast_read_byte(args.at[0], &plain)))
        return read_u8_slowly(vm, args, result);
    *result = value_from_fixnum(plain);
    return OK;
}

static NOINLINE Status peek_u8_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint8_t plain;
    int32_t byte;

    if (args.count == 0 && LIKELY(li_port_fast_peek_byte(li_vm_current_port(vm, 0), &plain))) {
        *result = value_from_fixnum(plain);
        return OK;
    }
    TRY(li_arg_open_port(vm, "peek-u8", args, 0, PORT_INPUT | PORT_BINARY, &port));
    TRY(li_port_result(vm, "peek-u8", port, li_port_peek_byte(port, &byte)));
    *result = byte_or_eof(byte);
    return OK;
}

static Status peek_u8(Vm *vm, Args args, Value *result)
{
    uint8_t plain;

    if (UNLIKELY(args.count == 0 || !li_port_fast_peek_byte(args.at[0], &plain)))
        return peek_u8_slowly(vm, args, result);
    *result = value_from_fixnum(plain);
    return OK;
}

static Status u8_ready_p(Vm *vm, Args args, Value *result)
{
    return is_ready(vm, "u8-ready?", args, PORT_BINARY, result);
}

static Status read_bytevector(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint64_t count;

    TRY(li_arg_index(vm, "read-bytevector", args, 0, FIXNUM_MAX, &count));
    TRY(li_arg_open_port(vm, "read-bytevector", args, 1, PORT_INPUT | PORT_BINARY,
                         &port));
    return li_port_result(vm, "read-bytevector", port,
                          li_port_read_bytevector(li_vm_heap(vm), port, count, result));
}

static Status read_into_bytevector(Vm *vm, Args args, Value *result)
{
    const char *who = "read-bytevector!";
    uint64_t start, end, count;
    Array *bytes;
    Port *port;

    TRY(li_arg_bytevector(vm, who, args, 0, &bytes));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_open_port(vm, who, args, 1, PORT_INPUT | PORT_BINARY, &port));
    TRY(li_arg_range(vm, who, args, 2, bytes->length, &start, &end));
    TRY(li_port_result(vm, who, port,
                       li_port_read_into(port, (uint8_t *)array_data(bytes) + start,
                                         end - start, &count)));
    *result =
        count == 0 && start != end ? VALUE_EOF : value_from_fixnum((int64_t)count);
    return OK;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static NOINLINE Status write_char_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint32_t c;

    TRY(li_arg_char(vm, "write-char", args, 0, &c));
    *result = VALUE_UNSPECIFIED;
    if (args.count == 1 && LIKELY(li_port_fast_write_char(li_vm_current_port(vm, 1), args.at[0])))
        return OK;
    TRY(li_arg_open_port(vm, "write-char", args, 1, PORT_OUTPUT | PORT_TEXTUAL, &port));
    return li_port_result(vm, "write-char", port, li_port_write_char(port, c));
}

static Status write_char(Vm *vm, Args args, Value *result)
{
    if (UNLIKELY(args.count == 1 || !li_port_fast_write_char(args.at[1], args.at[0])))
        return write_char_slowly(vm, args, result);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status newline(Vm *vm, Args args, Value *result)
{
    Port *port;

    TRY(li_arg_open_port(vm, "newline", args, 0, PORT_OUTPUT | PORT_TEXTUAL, &port));
    TRY(li_port_result(vm, "newline", port, li_port_write_char(port, '\n')));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status write_string(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Text *text;
    Port *port;

    TRY(li_arg_text(vm, "write-string", args, 0, &text));
    TRY(li_arg_open_port(vm, "write-string", args, 1, PORT_OUTPUT | PORT_TEXTUAL,
                         &port));
    TRY(li_arg_range(vm, "write-string", args, 2, text->length, &start, &end));
    TRY(li_port_result(vm, "write-string", port,
                       li_port_write_text(port, text, start, end)));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static NOINLINE Status write_u8_slowly(Vm *vm, Args args, Value *result)
{
    Port *port;
    uint8_t byte;

    TRY(li_arg_byte(vm, "write-u8", args, 0, &byte));
    *result = VALUE_UNSPECIFIED;
    if (args.count == 1 && LIKELY(li_port_fast_write_byte(li_vm_current_port(vm, 1), args.at[0])))
        return OK;
    TRY(li_arg_open_port(vm, "write-u8", args, 1, PORT_OUTPUT | PORT_BINARY, &port));
    return li_port_result(vm, "write-u8", port, li_port_write_bytes(port, &byte, 1));
}

static Status write_u8(Vm *vm, Args args, Value *result)
{
    if (UNLIKELY(args.count == 1 || !li_port_fast_write_byte(args.at[1], args.at[0])))
        return write_u8_slowly(vm, args, result);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status write_bytevector(Vm *vm, Args args, Value *result)
{
    const char *who = "write-bytevector";
    uint64_t start, end;
    Array *bytes;
    Port *port;

    TRY(li_arg_bytevector(vm, who, args, 0, &bytes));
    TRY(li_arg_open_port(vm, who, args, 1, PORT_OUTPUT | PORT_BINARY, &port));
    TRY(li_arg_range(vm, who, args, 2, bytes->length, &start, &end));
    TRY(li_port_result(vm, who, port,
                       li_port_write_bytes(port,
                                           (const uint8_t *)array_data(bytes) + start,
                                           (size_t)(end - start))));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status flush_output_port(Vm *vm, Args args, Value *result)
{
    Port *port;

    TRY(li_arg_open_port(vm, "flush-output-port", args, 0, PORT_OUTPUT, &port));
    TRY(li_port_result(vm, "flush-output-port", port, li_port_flush(port)));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

const PrimDef li_io_prims[] = {
    {"read-char", read_char, 0, 1, "(read-char [port])",
     "The next character of port, or the end-of-file object."},
    {"peek-char", peek_char, 0, 1, "(peek-char [port])",
     "The next character of port, which stays there, or the end-of-file object."},
    {"read-line", read_line, 0, 1, "(read-line [port])",
     "The next line of port without its end (LF, CR or CR LF), or the end-of-file object."},
    {"read-string", read_string, 1, 2, "(read-string k [port])",
     "The next k characters of port, fewer if it ends, or the end-of-file object."},
    {"char-ready?", char_ready_p, 0, 1, "(char-ready? [port])",
     "True if read-char would not wait."},
    {"read-u8", read_u8, 0, 1, "(read-u8 [port])",
     "The next byte of port, or the end-of-file object."},
    {"peek-u8", peek_u8, 0, 1, "(peek-u8 [port])",
     "The next byte of port, which stays there, or the end-of-file object."},
    {"u8-ready?", u8_ready_p, 0, 1, "(u8-ready? [port])",
     "True if read-u8 would not wait."},
    {"read-bytevector", read_bytevector, 1, 2, "(read-bytevector k [port])",
     "The next k bytes of port, fewer if it ends, or the end-of-file object."},
    {"read-bytevector!", read_into_bytevector, 1, 4,
     "(read-bytevector! bytevector [port [start [end]]])",
     "Puts the next bytes of port into bytevector from start to end. How many there were, or "
     "the end-of-file object."},
    {"write-char", write_char, 1, 2, "(write-char char [port])", "Writes a character."},
    {"newline", newline, 0, 1, "(newline [port])", "Writes the end of a line."},
    {"write-string", write_string, 1, 4, "(write-string string [port [start [end]]])",
     "Writes the characters of string from start to end."},
    {"write-u8", write_u8, 1, 2, "(write-u8 byte [port])", "Writes a byte."},
    {"write-bytevector", write_bytevector, 1, 4,
     "(write-bytevector bytevector [port [start [end]]])",
     "Writes the bytes of bytevector from start to end."},
    {"flush-output-port", flush_output_port, 0, 1, "(flush-output-port [port])",
     "Sends what waits in the buffer of port on its way."},
    {0},
};
