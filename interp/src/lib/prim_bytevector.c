/* prim_bytevector.c - primitives on bytevectors, and UTF-8. */
#include "containers/text.h"
#include "lib/arrays.h"
#include "lib/tables.h"

static const ArrayFamily family = {ELEMENT_U8, "a bytevector"};

static Status is_bytevector(Vm *vm UNUSED, Args args, Value *result)
{
    return li_family_is(&family, args, result);
}

static Status make_bytevector(Vm *vm, Args args, Value *result)
{
    return li_family_make(vm, "make-bytevector", &family, args, 0, result);
}

#define STAMP(verb, who)                                         \
    static Status verb(Vm *vm, Args args, Value *result)         \
    {                                                            \
        return li_family_##verb(vm, who, &family, args, result); \
    }
STAMP(of, "bytevector")
STAMP(length, "bytevector-length")
STAMP(ref, "bytevector-u8-ref")
STAMP(set, "bytevector-u8-set!")
STAMP(fill, "bytevector-fill!")
STAMP(copy, "bytevector-copy")
STAMP(copy_into, "bytevector-copy!")
STAMP(append, "bytevector-append")
#undef STAMP

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
    {"bytevector", of, 0, PRIM_ANY, "(bytevector byte ...)",
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
