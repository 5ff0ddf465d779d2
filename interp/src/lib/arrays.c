/* arrays.c - what the primitives on bytevectors and on each kind of numeric vector do. */
#include "lib/arrays.h"

#include <inttypes.h>

Status li_arg_array(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                    uint32_t i, Array **array)
{
    Value v = args.at[i];

    if (UNLIKELY(!value_has_type(v, T_ARRAY)
                 || array_kind(value_to_array(v)) != family->kind))
        return li_raise_type(vm, who, i, family->vector, v);
    *array = value_to_array(v);
    return OK;
}

/* Argument i as an element: puts it at `to`. */
static Status arg_number(Vm *vm, const char *who, ElementKind kind, Args args,
                         uint32_t i, void *to)
{
    if (UNLIKELY(li_array_pack(kind, args.at[i], to) != OK))
        return li_raise_type(vm, who, i, li_array_element_text(kind), args.at[i]);
    return OK;
}

static uint8_t *element_at(const Array *array, uint64_t index)
{
    return (uint8_t *)array_data(array)
         + index * li_array_element_bytes(array_kind(array));
}

Status li_family_make(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                      uint32_t first, Value *result)
{
    uint64_t length, element;
    Value v;

    TRY(li_arg_size(vm, who, args, first, &length));
    if (args.count > first + 1)
        TRY(arg_number(vm, who, family->kind, args, first + 1, &element));
    TRY(li_array_new(li_vm_heap(vm), family->kind, length, &v));
    if (args.count > first + 1)
        TRY(li_array_fill_range(li_vm_heap(vm), value_to_array(v), 0, length,
                                args.at[first + 1]));
    *result = v;
    return OK;
}

Status li_family_of(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                    Value *result)
{
    Value v;

    TRY(li_array_new(li_vm_heap(vm), family->kind, args.count, &v));
    for (uint32_t i = 0; i < args.count; i += 1)
        TRY(arg_number(vm, who, family->kind, args, i,
                       element_at(value_to_array(v), i)));
    *result = v;
    return OK;
}

Status li_family_is(const ArrayFamily *family, Args args, Value *result)
{
    Value v = args.at[0];

    *result = value_from_bool(value_has_type(v, T_ARRAY)
                              && array_kind(value_to_array(v)) == family->kind);
    return OK;
}

Status li_family_length(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                        Value *result)
{
    Array *array;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    *result = value_from_fixnum((int64_t)array->length);
    return OK;
}

Status li_family_ref(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                     Value *result)
{
    Array *array;
    uint64_t i;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    TRY(li_arg_element(vm, who, args, 1, family->vector, array->length, &i));
    return li_array_get(li_vm_heap(vm), array, i, result);
}

Status li_family_set(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                     Value *result)
{
    Array *array;
    uint64_t i;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_element(vm, who, args, 1, family->vector, array->length, &i));
    TRY(arg_number(vm, who, family->kind, args, 2, element_at(array, i)));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

Status li_family_to_list(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                         Value *result)
{
    uint64_t start, end;
    Array *array;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    TRY(li_arg_range(vm, who, args, 1, array->length, &start, &end));
    return li_array_to_pair_list(li_vm_heap(vm), array, start, end, result);
}

static Status raise_list_element(Vm *vm, const char *who, uint64_t i, ElementKind kind,
                                 Value element)
{
    Value irritants;

    TRY(li_cons(li_vm_heap(vm), element, VALUE_NIL, &irritants));
    return li_raise(vm, CONDITION_TYPE, irritants,
                    "%s: element %" PRIu64 " of the list: expected %s, got", who, i,
                    li_array_element_text(kind));
}

Status li_family_from_list(Vm *vm, const char *who, const ArrayFamily *family,
                           Args args, uint32_t first, Value *result)
{
    Value rest = args.at[first];
    uint64_t count;
    Value v;

    TRY(li_arg_list(vm, who, args, first, &count));
    TRY(li_array_new(li_vm_heap(vm), family->kind, count, &v));
    for (uint64_t i = 0; i < count; i += 1, rest = pair_cdr(rest)) {
        Value element = pair_car(rest);

        if (li_array_pack(family->kind, element, element_at(value_to_array(v), i))
            != OK)
            return raise_list_element(vm, who, i, family->kind, element);
    }
    *result = v;
    return OK;
}

Status li_family_fill(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                      Value *result)
{
    uint64_t start, end, element;
    Array *array;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(arg_number(vm, who, family->kind, args, 1, &element));
    TRY(li_arg_range(vm, who, args, 2, array->length, &start, &end));
    TRY(li_array_fill_range(li_vm_heap(vm), array, start, end, args.at[1]));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

Status li_family_copy(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                      Value *result)
{
    uint64_t start, end;
    Array *array;

    TRY(li_arg_array(vm, who, family, args, 0, &array));
    TRY(li_arg_range(vm, who, args, 1, array->length, &start, &end));
    return li_array_slice(li_vm_heap(vm), array, start, end, result);
}

Status li_family_copy_into(Vm *vm, const char *who, const ArrayFamily *family,
                           Args args, Value *result)
{
    uint64_t at, start, end;
    Array *to, *from;

    TRY(li_arg_array(vm, who, family, args, 0, &to));
    TRY(li_arg_array(vm, who, family, args, 2, &from));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_range(vm, who, args, 3, from->length, &start, &end));
    TRY(li_arg_target(vm, who, args, 1, family->vector, to->length, end - start, &at));
    TRY(li_array_copy(li_vm_heap(vm), to, at, from, start, end));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

Status li_family_append(Vm *vm, const char *who, const ArrayFamily *family, Args args,
                        Value *result)
{
    uint64_t total = 0, at = 0;
    Value joined;

    for (uint32_t i = 0; i < args.count; i += 1) {
        Array *part;
        TRY(li_arg_array(vm, who, family, args, i, &part));
        total += part->length;
    }
    TRY(li_array_new(li_vm_heap(vm), family->kind, total, &joined));
    for (uint32_t i = 0; i < args.count; i += 1) {
        const Array *part = value_to_array(args.at[i]);

        TRY(li_array_copy(li_vm_heap(vm), value_to_array(joined), at, part, 0,
                          part->length));
        at += part->length;
    }
    *result = joined;
    return OK;
}
