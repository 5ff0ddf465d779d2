/* prim_vector.c - primitives on vectors. */
#include "containers/text.h"
#include "lib/args.h"
#include "lib/tables.h"

static Status is_vector(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_vector(args.at[0]));
    return OK;
}

static Status make_vector(Vm *vm, Args args, Value *result)
{
    Value fill = args.count > 1 ? args.at[1] : VALUE_UNSPECIFIED;
    uint64_t length;

    TRY(li_arg_size(vm, "make-vector", args, 0, &length));
    return li_vector(li_vm_heap(vm), length, fill, result);
}

static Status vector(Vm *vm, Args args, Value *result)
{
    return li_vector_from(li_vm_heap(vm), args.at, args.count, result);
}

static Status length(Vm *vm, Args args, Value *result)
{
    Value v;

    TRY(li_arg_vector(vm, "vector-length", args, 0, &v));
    *result = value_from_fixnum(vector_length(v));
    return OK;
}

static Status ref(Vm *vm, Args args, Value *result)
{
    Value v;
    uint64_t i;

    TRY(li_arg_vector(vm, "vector-ref", args, 0, &v));
    TRY(li_arg_element(vm, "vector-ref", args, 1, "a vector", vector_length(v), &i));
    *result = vector_items(v)[i];
    return OK;
}

/* After stores into `count` elements of `v` from index `start`. */
static void stored(Vm *vm, Value v, uint64_t start, uint64_t count)
{
    immix_barrier_range(li_vm_heap(vm)->immix, value_to_object(v),
                        vector_items(v) + start, (size_t)count * sizeof(Value));
}

static Status set(Vm *vm, Args args, Value *result)
{
    Value v;
    uint64_t i;

    TRY(li_arg_vector(vm, "vector-set!", args, 0, &v));
    TRY(li_arg_mutable(vm, "vector-set!", args, 0));
    TRY(li_arg_element(vm, "vector-set!", args, 1, "a vector", vector_length(v), &i));
    vector_items(v)[i] = args.at[2];
    stored(vm, v, i, 1);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status fill(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Value v;

    TRY(li_arg_vector(vm, "vector-fill!", args, 0, &v));
    TRY(li_arg_mutable(vm, "vector-fill!", args, 0));
    TRY(li_arg_range(vm, "vector-fill!", args, 2, vector_length(v), &start, &end));
    for (uint64_t i = start; i < end; i += 1)
        vector_items(v)[i] = args.at[1];
    stored(vm, v, start, end - start);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status copy(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Value v;

    TRY(li_arg_vector(vm, "vector-copy", args, 0, &v));
    TRY(li_arg_range(vm, "vector-copy", args, 1, vector_length(v), &start, &end));
    return li_vector_from(li_vm_heap(vm), vector_items(v) + start, end - start, result);
}

static Status copy_into(Vm *vm, Args args, Value *result)
{
    static const char who[] = "vector-copy!";
    uint64_t at, start, end;
    Value to, from;

    TRY(li_arg_vector(vm, who, args, 0, &to));
    TRY(li_arg_vector(vm, who, args, 2, &from));
    TRY(li_arg_mutable(vm, who, args, 0));
    TRY(li_arg_range(vm, who, args, 3, vector_length(from), &start, &end));
    TRY(li_arg_target(vm, who, args, 1, "a vector", vector_length(to), end - start,
                      &at));
    memmove(vector_items(to) + at, vector_items(from) + start,
            (size_t)(end - start) * sizeof(Value));
    stored(vm, to, at, end - start);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status append(Vm *vm, Args args, Value *result)
{
    uint64_t total = 0;
    Value joined;

    for (uint32_t i = 0; i < args.count; i += 1) {
        Value part;
        TRY(li_arg_vector(vm, "vector-append", args, i, &part));
        total += vector_length(part);
    }
    TRY(li_vector(li_vm_heap(vm), total, VALUE_UNSPECIFIED, &joined));
    Value *to = vector_items(joined);
    for (uint32_t i = 0; i < args.count; i += 1) {
        uint32_t count = vector_length(args.at[i]);
        memcpy(to, vector_items(args.at[i]), (size_t)count * sizeof(Value));
        to += count;
    }
    *result = joined;
    return OK;
}

static Status to_list(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Value v;

    TRY(li_arg_vector(vm, "vector->list", args, 0, &v));
    TRY(li_arg_range(vm, "vector->list", args, 1, vector_length(v), &start, &end));
    return li_pair_list_from(li_vm_heap(vm), vector_items(v) + start, end - start, VALUE_NIL,
                        result);
}

static Status from_list(Vm *vm, Args args, Value *result)
{
    Value rest = args.at[0];
    uint64_t count;
    Value v;

    TRY(li_arg_list(vm, "list->vector", args, 0, &count));
    TRY(li_vector(li_vm_heap(vm), count, VALUE_UNSPECIFIED, &v));
    for (uint64_t i = 0; i < count; i += 1, rest = pair_cdr(rest))
        vector_items(v)[i] = pair_car(rest);
    *result = v;
    return OK;
}

static Status from_reversed_list(Vm *vm, Args args, Value *result)
{
    Value rest = args.at[0];
    uint64_t count;
    Value v;

    TRY(li_arg_list(vm, "%reverse-list->vector", args, 0, &count));
    TRY(li_vector(li_vm_heap(vm), count, VALUE_UNSPECIFIED, &v));
    for (uint64_t i = count; i > 0; i -= 1, rest = pair_cdr(rest))
        vector_items(v)[i - 1] = pair_car(rest);
    *result = v;
    return OK;
}

static Status from_string(Vm *vm, Args args, Value *result)
{
    uint64_t start, end;
    Text *text;
    Value v;

    TRY(li_arg_text(vm, "string->vector", args, 0, &text));
    TRY(li_arg_range(vm, "string->vector", args, 1, text->length, &start, &end));
    TRY(li_vector(li_vm_heap(vm), end - start, VALUE_UNSPECIFIED, &v));
    for (uint64_t i = start; i < end; i += 1)
        vector_items(v)[i - start] = value_from_char(li_text_at(text, i));
    *result = v;
    return OK;
}

static Status to_string(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    uint64_t start, end;
    uint32_t width = 1;
    Value v, text;

    TRY(li_arg_vector(vm, "vector->string", args, 0, &v));
    TRY(li_arg_range(vm, "vector->string", args, 1, vector_length(v), &start, &end));
    for (uint64_t i = start; i < end; i += 1) {
        Value c = vector_items(v)[i];
        if (!value_is_char(c))
            return li_raise_type(vm, "vector->string", 0, "a vector of characters", v);
        if (value_to_char(c) > 0xff)
            width = 4;
    }
    TRY(li_text_with_capacity(heap, end - start, width, &text));
    for (uint64_t i = start; i < end; i += 1)
        TRY(li_text_push(heap, value_to_text(text), value_to_char(vector_items(v)[i])));
    *result = text;
    return OK;
}

const PrimDef li_vector_prims[] = {
    {"vector?", is_vector, 1, 1, "(vector? obj)", "True if obj is a vector."},
    {"make-vector", make_vector, 1, 2, "(make-vector k [fill])",
     "Returns a new vector of k elements, each of them fill."},
    {"vector", vector, 0, PRIM_ANY, "(vector obj ...)",
     "Returns a new vector of its arguments."},
    {"vector-length", length, 1, 1, "(vector-length vector)",
     "Returns the number of elements of vector."},
    {"vector-ref", ref, 2, 2, "(vector-ref vector k)",
     "Returns the element of vector at index k, counted from 0."},
    {"vector-set!", set, 3, 3, "(vector-set! vector k obj)",
     "Stores obj in the element of vector at index k. A literal vector refuses it."},
    {"vector-fill!", fill, 2, 4, "(vector-fill! vector fill [start [end]])",
     "Stores fill in the elements of vector from start up to end."},
    {"vector-copy", copy, 1, 3, "(vector-copy vector [start [end]])",
     "Returns a new vector of the elements of vector from start up to end."},
    {"vector-copy!", copy_into, 3, 5, "(vector-copy! to at from [start [end]])",
     "Copies the elements of from between start and end into to, from index at on. The two "
     "may be the same vector and may overlap."},
    {"vector-append", append, 0, PRIM_ANY, "(vector-append vector ...)",
     "Returns a new vector of the elements of all the vectors in order."},
    {"vector->list", to_list, 1, 3, "(vector->list vector [start [end]])",
     "Returns a new list of the elements of vector from start up to end."},
    {"list->vector", from_list, 1, 1, "(list->vector list)",
     "Returns a new vector of the elements of list."},
    {"%reverse-list->vector", from_reversed_list, 1, 1, "(%reverse-list->vector list)",
     "Returns a new vector of the elements of list, the last one first."},
    {"string->vector", from_string, 1, 3, "(string->vector string [start [end]])",
     "Returns a new vector of the characters of string from start up to end."},
    {"vector->string", to_string, 1, 3, "(vector->string vector [start [end]])",
     "Returns a new string of the characters in vector from start up to end."},
    {0},
};
