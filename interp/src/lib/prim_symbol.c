/* prim_symbol.c - primitives on symbols. */
#include "containers/symbolmap.h"
#include "lib/args.h"
#include "lib/tables.h"

static Status is_symbol(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_symbol(args.at[0]));
    return OK;
}

static Status symbols_equal(Vm *vm, Args args, Value *result)
{
    bool same = true;

    for (uint32_t i = 0; i < args.count; i += 1) {
        Value symbol;
        TRY(li_arg_symbol(vm, "symbol=?", args, i, &symbol));
        if (!value_is_eq(symbol, args.at[0]))
            same = false;
    }
    *result = value_from_bool(same);
    return OK;
}

static Status symbol_to_string(Vm *vm, Args args, Value *result)
{
    Value symbol;

    TRY(li_arg_symbol(vm, "symbol->string", args, 0, &symbol));
    *result = value_to_symbol(symbol)->name;
    return OK;
}

static Status string_to_symbol(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(li_arg_text(vm, "string->symbol", args, 0, &text));
    return li_intern_text(li_vm_heap(vm), text, result);
}

static Status uninterned_symbol(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Value name;
    Text *text;

    TRY(li_arg_text(vm, "%uninterned-symbol", args, 0, &text));
    TRY(li_text_slice(heap, text, 0, text->length, &name));
    li_set_immutable(value_to_text(name));
    return li_symbol_uninterned(heap, name, result);
}

static Status is_interned(Vm *vm, Args args, Value *result)
{
    Value symbol;

    TRY(li_arg_symbol(vm, "symbol-interned?", args, 0, &symbol));
    *result = value_from_bool(li_symbol_is_interned(li_vm_heap(vm), symbol));
    return OK;
}

const PrimDef li_symbol_prims[] = {
    {"symbol?", is_symbol, 1, 1, "(symbol? obj)", "True if obj is a symbol."},
    {"symbol=?", symbols_equal, 1, PRIM_ANY, "(symbol=? symbol ...)",
     "True if all arguments are the same symbol."},
    {"symbol->string", symbol_to_string, 1, 1, "(symbol->string symbol)",
     "Returns the name of symbol as an immutable string."},
    {"string->symbol", string_to_symbol, 1, 1, "(string->symbol string)",
     "Returns the symbol whose name is string."},
    {"%uninterned-symbol", uninterned_symbol, 1, 1, "(%uninterned-symbol string)",
     "Returns a new symbol named string that is different from every other symbol."},
    {"symbol-interned?", is_interned, 1, 1, "(symbol-interned? symbol)",
     "True if reading the name of symbol gives symbol again."},
    {0},
};
