/* prim_record.c - what define-record-type expands into, and looking at records. */
#include "containers/symbolmap.h"
#include "lib/args.h"
#include "lib/tables.h"

static bool is_record_type(Value v)
{
    return value_has_type(v, T_RECORD_TYPE);
}

static bool is_record(Value v)
{
    return value_has_type(v, T_RECORD);
}

static Record *to_record(Value v)
{
    return value_to_object(v);
}

static RecordType *to_record_type(Value v)
{
    return value_to_object(v);
}

static uint32_t field_count(Value rtd)
{
    return vector_length(to_record_type(rtd)->fields);
}

static Status make_record_type(Vm *vm, Args args, Value *result)
{
    Value name, fields;

    TRY(li_arg_symbol(vm, "%make-record-type", args, 0, &name));
    TRY(li_arg_vector(vm, "%make-record-type", args, 1, &fields));
    for (uint32_t i = 0; i < vector_length(fields); i += 1) {
        if (!value_is_symbol(vector_items(fields)[i]))
            return li_raise_type(vm, "%make-record-type", 1, "a vector of symbols",
                                 fields);
    }
    RecordType *type =
        li_alloc(li_vm_heap(vm), T_RECORD_TYPE, 0, sizeof(RecordType) / sizeof(Value));
    if (type == NULL)
        return ERR_NO_MEMORY;
    *type = (RecordType){name, fields, VALUE_FALSE};
    *result = value_from_object(type);
    return OK;
}

static Status record(Vm *vm, Args args, Value *result)
{
    Value rtd = args.at[0];

    if (!is_record_type(rtd))
        return li_raise_type(vm, "%record", 0, "a record type", rtd);
    if (args.count - 1 != field_count(rtd))
        return li_raise(vm, CONDITION_ARITY, VALUE_NIL,
                        "%%record: expected %u fields, got %u", field_count(rtd),
                        args.count - 1);
    Record *made = li_alloc(li_vm_heap(vm), T_RECORD, 0, args.count);
    if (made == NULL)
        return ERR_NO_MEMORY;
    made->type = rtd;
    memcpy(made->fields, args.at + 1, (args.count - 1) * sizeof(Value));
    *result = value_from_object(made);
    return OK;
}

static Status is_record_prim(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(is_record(args.at[0]));
    return OK;
}

static Status is_instance_prim(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_instance(args.at[0], args.at[1]));
    return OK;
}

/* ---- Access ---------------------------------------------------------------------------------- */

enum {
    NAME_BYTES = 80
};

/* The name of `symbol` for a message, cut to NAME_BYTES; without the brackets that many
 * record types have around their names. */
static void copy_name(Value symbol, char name[NAME_BYTES + 1])
{
    const Text *text = value_is_symbol(symbol) ? symbol_text(symbol) : NULL;
    uint64_t start = 0, end = text == NULL ? 0 : text->length;
    size_t used = 0;

    if (end > 2 && li_text_at(text, 0) == '<' && li_text_at(text, end - 1) == '>') {
        start += 1;
        end -= 1;
    }
    for (uint64_t i = start; i < end && used + 4 <= NAME_BYTES; i += 1)
        used += li_utf8_encode(li_text_at(text, i), name + used);
    name[used] = '\0';
}

/* "point-x: expected a point, got 5" */
static COLD Status raise_not_instance(Vm *vm, Value accessor, Value rtd, Value got)
{
    char who[NAME_BYTES + 1], type[NAME_BYTES + 1];
    Value irritants;

    copy_name(accessor, who);
    copy_name(is_record_type(rtd) ? to_record_type(rtd)->name : VALUE_FALSE, type);
    TRY(li_cons(li_vm_heap(vm), got, VALUE_NIL, &irritants));
    return li_raise(vm, CONDITION_TYPE, irritants, "%s: expected %s %s, got", who,
                    strchr("aeiouAEIOU", type[0]) != NULL ? "an" : "a", type);
}

/* The field that (obj rtd index ...) means; `accessor` is the argument with the name of the
 * procedure that the user called. */
static Status find_field(Vm *vm, Args args, uint32_t accessor, Value **field)
{
    Value v = args.at[0], index = args.at[2];

    if (UNLIKELY(!value_is_instance(v, args.at[1])))
        return raise_not_instance(vm, args.at[accessor], args.at[1], v);
    if (UNLIKELY(!value_is_fixnum(index)
                 || (uint64_t)value_to_fixnum(index) >= field_count(args.at[1])))
        return li_raise_index(vm, "%record-ref", index, "record",
                              field_count(args.at[1]));
    *field = &to_record(v)->fields[value_to_fixnum(index)];
    return OK;
}

static Status record_ref(Vm *vm, Args args, Value *result)
{
    Value *field;

    TRY(find_field(vm, args, 3, &field));
    *result = *field;
    return OK;
}

static Status record_set(Vm *vm, Args args, Value *result)
{
    Value *field;

    TRY(find_field(vm, args, 4, &field));
    li_store(li_vm_heap(vm), value_to_object(args.at[0]), field, args.at[3]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Looking at records ----------------------------------------------------------------------- */

static Status type_of(Vm *vm, Args args, Value *result)
{
    if (!is_record(args.at[0]))
        return li_raise_type(vm, "record-rtd", 0, "a record", args.at[0]);
    *result = to_record(args.at[0])->type;
    return OK;
}

static Status type_name(Vm *vm, Args args, Value *result)
{
    if (!is_record_type(args.at[0]))
        return li_raise_type(vm, "record-type-name", 0, "a record type", args.at[0]);
    *result = to_record_type(args.at[0])->name;
    return OK;
}

static Status type_fields(Vm *vm, Args args, Value *result)
{
    if (!is_record_type(args.at[0]))
        return li_raise_type(vm, "record-type-field-names", 0, "a record type",
                             args.at[0]);
    *result = to_record_type(args.at[0])->fields;
    return OK;
}

const PrimDef li_record_prims[] = {
    {"%make-record-type", make_record_type, 2, 2, "(%make-record-type name fields)",
     "Returns a new record type. name is a symbol and fields a vector of symbols."},
    {"%record", record, 1, PRIM_ANY, "(%record rtd field ...)",
     "Returns a new record of the type rtd with those values in its fields."},
    {"%record-is?", is_instance_prim, 2, 2, "(%record-is? obj rtd)",
     "True if obj is a record of the type rtd."},
    {"%record-ref", record_ref, 4, 4, "(%record-ref obj rtd k accessor)",
     "Returns field k of obj, which must be a record of the type rtd. accessor is the symbol "
     "that names the procedure in an error message."},
    {"%record-set!", record_set, 5, 5, "(%record-set! obj rtd k value modifier)",
     "Stores value in field k of obj, which must be a record of the type rtd. modifier is "
     "the symbol that names the procedure in an error message."},
    {"record?", is_record_prim, 1, 1, "(record? obj)", "True if obj is a record."},
    {"record-rtd", type_of, 1, 1, "(record-rtd record)", "Returns the type of record."},
    {"record-type-name", type_name, 1, 1, "(record-type-name rtd)",
     "Returns the name of a record type, a symbol."},
    {"record-type-field-names", type_fields, 1, 1, "(record-type-field-names rtd)",
     "Returns the names of the fields of a record type, a vector of symbols."},
    {0},
};
