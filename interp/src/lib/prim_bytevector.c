/* prim_bytevector.c - primitives on bytevectors, and UTF-8. */
#include "containers/text.h"
#include "lib/args.h"
#include "lib/tables.h"

static Status is_bytevector(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_bytevector(args.at[0]));
    return OK;
}

static Status make_bytevector(Vm *vm, Args args, Value *result)
{
    uint8_t fill = 0;
    uint64_t length;
    Value bytes;

    TRY(li_arg_size(vm, "make-bytevector", args, 0, &length));
    if (args.count > 1)
        TRY(li_arg_byte(vm, "make-bytevector", args, 1, &fill));
    TRY(li_array_new(li_vm_heap(vm), ELEMENT_U8, length, &bytes));
    if (fill != 0)
        memset(bytevector_bytes(bytes), fill, (size_t)length);
    *result = bytes;
    return OK;
}

static Status bytevector(Vm *vm, Args args, Value *result)
{
    Value bytes;

    TRY(li_array_new(li_vm_heap(vm), ELEMENT_U8, args.count, &bytes));
    for (uint32_t i = 0; i < args.count; i += 1)
        TRY(li_arg_byte(vm, "bytevector", args, i, &bytevector_bytes(bytes)[i]));
    *result = bytes;
    return OK;
}

static Status length(Vm *vm, Args args, Value *result)
{
    Array *bytes;

    TRY(li_arg_bytevector(vm, "bytevector-length", args, 0, &bytes));
    *result = value_from_fixnum((int64_t)bytes->length);
    return OK;
}

static Status ref(Vm *vm, Args args, Value *result)
{
    static const char who[] = "bytevector-u8-ref";
    Array *bytes;
    uint64_t i;

    TRY(li_arg_bytevector(vm, who, args, 0, &bytes));
    TRY(li_arg_element(vm, who, args, 1, "a bytevector", bytes->length, &i));
    *result = value_from_fixnum(((const uint8_t *)array_data(bytes))[i]);
    return OK;
}

static Status set(Vm *vm, Args args, Value *result)
{
    static const char who[] = "bytevector-u8-set!";
    Array *bytes;
    uint64_t i;
    uint8_t byte;

    TRY(li_arg_bytevector(vm, who, args, 0, &bytes));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_element(vm, who, args, 1, "a bytevector", bytes->length, &i));
    TRY(li_arg_byte(vm, who, args, 2, &byte));
    ((uint8_t *)array_data(bytes))[i] = byte;
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status fill(Vm *vm, Args args, Value *result)
{
    static const char who[] = "bytevector-fill!";
    uint64_t start, end;
    Array *bytes;
    uint8_t byte;

    TRY(li_arg_bytevector(vm, who, args, 0, &bytes));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_byte(vm, who, args, 1, &byte));
    TRY(li_arg_range(vm, who, args, 2, bytes->length, &start, &end));
    memset((uint8_t *)array_data(bytes) + start, byte, (size_t)(end - start));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status copy(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Array *bytes;

    TRY(li_arg_bytevector(vm, "bytevector-copy", args, 0, &bytes));
    TRY(li_arg_range(vm, "bytevector-copy", args, 1, bytes->length, &start, &end));
    return li_bytevector_from(li_vm_heap(vm),
                              (const uint8_t *)array_data(bytes) + start, end - start,
                              result);
}

static Status copy_into(Vm *vm, Args args, Value *result)
{
    static const char who[] = "bytevector-copy!";
    uint64_t at, start, end;
    Array *to, *from;

    TRY(li_arg_bytevector(vm, who, args, 0, &to));
    TRY(li_arg_bytevector(vm, who, args, 2, &from));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_range(vm, who, args, 3, from->length, &start, &end));
    TRY(li_arg_target(vm, who, args, 1, "a bytevector", to->length, end - start, &at));
    memmove((uint8_t *)array_data(to) + at, (const uint8_t *)array_data(from) + start,
            (size_t)(end - start));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status append(Vm *vm, Args args, Value *result)
{
    uint64_t total = 0;
    Value joined;

    for (uint32_t i = 0; i < args.count; i += 1) {
        Array *part;
        TRY(li_arg_bytevector(vm, "bytevector-append", args, i, &part));
        total += part->length;
    }
    TRY(li_array_new(li_vm_heap(vm), ELEMENT_U8, total, &joined));
    uint8_t *to = bytevector_bytes(joined);
    for (uint32_t i = 0; i < args.count; i += 1) {
        const Array *part = value_to_array(args.at[i]);
        memcpy(to, array_data(part), (size_t)part->length);
        to += part->length;
    }
    *result = joined;
    return OK;
}

static Status to_string(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Array *bytes;

    TRY(li_arg_bytevector(vm, "utf8->string", args, 0, &bytes));
    TRY(li_arg_range(vm, "utf8->string", args, 1, bytes->length, &start, &end));
    return li_text_from_utf8(li_vm_heap(vm), (const char *)array_data(bytes) + start,
                             (size_t)(end - start), result);
}

static Status from_string(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Text *text;
    Value bytes;

    TRY(li_arg_text(vm, "string->utf8", args, 0, &text));
    TRY(li_arg_range(vm, "string->utf8", args, 1, text->length, &start, &end));
    TRY(li_array_new(li_vm_heap(vm), ELEMENT_U8, li_text_utf8_bytes(text, start, end),
                     &bytes));
    li_text_to_utf8(text, start, end, (char *)bytevector_bytes(bytes));
    *result = bytes;
    return OK;
}

const PrimDef li_bytevector_prims[] = {
    {"bytevector?", is_bytevector, 1, 1, "(bytevector? obj)",
     "True if obj is a bytevector."},
    {"make-bytevector", make_bytevector, 1, 2, "(make-bytevector k [byte])",
     "Returns a new bytevector of k bytes, each of them byte, or 0."},
    {"bytevector", bytevector, 0, PRIM_ANY, "(bytevector byte ...)",
     "Returns a new bytevector of its arguments."},
    {"bytevector-length", length, 1, 1, "(bytevector-length bytevector)",
     "Returns the number of bytes of bytevector."},
    {"bytevector-u8-ref", ref, 2, 2, "(bytevector-u8-ref bytevector k)",
     "Returns the byte of bytevector at index k, counted from 0."},
    {"bytevector-u8-set!", set, 3, 3, "(bytevector-u8-set! bytevector k byte)",
     "Stores byte in bytevector at index k. A literal bytevector refuses it."},
    {"bytevector-fill!", fill, 2, 4, "(bytevector-fill! bytevector byte [start [end]])",
     "Stores byte in the bytes of bytevector from start up to end."},
    {"bytevector-copy", copy, 1, 3, "(bytevector-copy bytevector [start [end]])",
     "Returns a new bytevector of the bytes of bytevector from start up to end."},
    {"bytevector-copy!", copy_into, 3, 5, "(bytevector-copy! to at from [start [end]])",
     "Copies the bytes of from between start and end into to, from index at on. The two may "
     "be the same bytevector and may overlap."},
    {"bytevector-append", append, 0, PRIM_ANY, "(bytevector-append bytevector ...)",
     "Returns a new bytevector of the bytes of all the bytevectors in order."},
    {"utf8->string", to_string, 1, 3, "(utf8->string bytevector [start [end]])",
     "Returns the string whose UTF-8 form stands in bytevector between start and end."},
    {"string->utf8", from_string, 1, 3, "(string->utf8 string [start [end]])",
     "Returns the UTF-8 form of the characters of string from start up to end."},
    {0},
};
