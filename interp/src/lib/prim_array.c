/* prim_array.c - primitives on numeric vectors: (srfi 4), stamped for each kind of element, and
 * those of (limpet array), which take any kind. */
#include "containers/symbolmap.h"
#include "lib/arrays.h"
#include "lib/tables.h"

/* ---- Each kind by its names ---- */

#define STAMP(name, verb, who)                                          \
    static Status name##_##verb(Vm *vm, Args args, Value *result)       \
    {                                                                   \
        return li_family_##verb(vm, who, &family_##name, args, result); \
    }

#define FAMILY(name, type, bytes, tag, article, element)                               \
    static const ArrayFamily family_##name = {ELEMENT_##name, article "vector"};       \
    static Status name##_is(Vm *vm UNUSED, Args args, Value *result)                   \
    {                                                                                  \
        return li_family_is(&family_##name, args, result);                             \
    }                                                                                  \
    static Status name##_make(Vm *vm, Args args, Value *result)                        \
    {                                                                                  \
        return li_family_make(vm, "make-" tag "vector", &family_##name, args, 0,       \
                              result);                                                 \
    }                                                                                  \
    static Status name##_from_list(Vm *vm, Args args, Value *result)                   \
    {                                                                                  \
        return li_family_from_list(vm, "list->" tag "vector", &family_##name, args, 0, \
                                   result);                                            \
    }                                                                                  \
    STAMP(name, of, tag "vector")                                                      \
    STAMP(name, length, tag "vector-length")                                           \
    STAMP(name, ref, tag "vector-ref")                                                 \
    STAMP(name, set, tag "vector-set!")                                                \
    STAMP(name, to_list, tag "vector->list")
NUMBER_ELEMENT_TABLE(FAMILY)
#undef FAMILY

/* ---- Any kind ---- */

static const ArrayFamily families[] = {
#define X(name, type, bytes, tag, article, element) \
    [ELEMENT_##name] = {ELEMENT_##name, article "vector"},
    NUMBER_ELEMENT_TABLE(X)
#undef X
};

enum {
    FAMILIES = sizeof families / sizeof families[0]
};

/* The family of argument i, which must be an array. */
static Status arg_family(Vm *vm, const char *who, Args args, uint32_t i,
                         const ArrayFamily **family)
{
    Value v = args.at[i];

    if (UNLIKELY(!value_has_type(v, T_ARRAY)))
        return li_raise_type(vm, who, i, "a numeric vector", v);
    *family = &families[array_kind(value_to_array(v))];
    return OK;
}

/* The family that the symbol at argument i names. */
static Status arg_kind(Vm *vm, const char *who, Args args, uint32_t i,
                       const ArrayFamily **family)
{
    for (size_t k = 0; value_is_symbol(args.at[i]) && k < FAMILIES; k += 1) {
        if (li_text_equals_ascii(symbol_text(args.at[i]),
                                 li_array_kind_text((ElementKind)k))) {
            *family = &families[k];
            return OK;
        }
    }
    return li_raise_type(vm, who, i, "u8, s8, u16, s16, u32, s32, u64, s64, f32 or f64",
                         args.at[i]);
}

static Status is_array(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_ARRAY));
    return OK;
}

static Status kind(Vm *vm, Args args, Value *result)
{
    const ArrayFamily *family;

    TRY(arg_family(vm, "array-kind", args, 0, &family));
    return li_intern(li_vm_heap(vm), li_array_kind_text(family->kind), result);
}

static Status make(Vm *vm, Args args, Value *result)
{
    const ArrayFamily *family;

    TRY(arg_kind(vm, "make-array", args, 0, &family));
    return li_family_make(vm, "make-array", family, args, 1, result);
}

static Status from_list(Vm *vm, Args args, Value *result)
{
    const ArrayFamily *family;

    TRY(arg_kind(vm, "list->array", args, 0, &family));
    return li_family_from_list(vm, "list->array", family, args, 1, result);
}

#define ANY(verb, who)                                          \
    static Status any_##verb(Vm *vm, Args args, Value *result)  \
    {                                                           \
        const ArrayFamily *family;                              \
                                                                \
        TRY(arg_family(vm, who, args, 0, &family));             \
        return li_family_##verb(vm, who, family, args, result); \
    }
ANY(length, "array-length")
ANY(ref, "array-ref")
ANY(set, "array-set!")
ANY(fill, "array-fill!")
ANY(copy, "array-copy")
ANY(copy_into, "array-copy!")
ANY(append, "array-append")
ANY(to_list, "array->list")
#undef ANY

const PrimDef li_array_prims[] = {
#define ROWS(name, type, bytes, tag, article, element)                                 \
    {tag "vector?",                                                                    \
     name##_is,                                                                        \
     1,                                                                                \
     1,                                                                                \
     "(" tag "vector? obj)",                                                           \
     "True if obj is " article "vector."},                                             \
        {"make-" tag "vector",                                                         \
         name##_make,                                                                  \
         1,                                                                            \
         2,                                                                            \
         "(make-" tag "vector k [fill])",                                              \
         "Returns a new " tag "vector of k elements, each of them fill, or 0."},       \
        {tag "vector",                                                                 \
         name##_of,                                                                    \
         0,                                                                            \
         PRIM_ANY,                                                                     \
         "(" tag "vector number ...)",                                                 \
         "Returns a new " tag "vector of its arguments, each of them " element "."},   \
        {tag "vector-length",                                                          \
         name##_length,                                                                \
         1,                                                                            \
         1,                                                                            \
         "(" tag "vector-length " tag "vector)",                                       \
         "Returns the number of elements of " article "vector."},                      \
        {tag "vector-ref",                                                             \
         name##_ref,                                                                   \
         2,                                                                            \
         2,                                                                            \
         "(" tag "vector-ref " tag "vector k)",                                        \
         "Returns the element of " article "vector at index k, counted from 0."},      \
        {tag "vector-set!",                                                            \
         name##_set,                                                                   \
         3,                                                                            \
         3,                                                                            \
         "(" tag "vector-set! " tag "vector k number)",                                \
         "Stores number, " element ", in " article "vector at index k."},              \
        {tag "vector->list",                                                           \
         name##_to_list,                                                               \
         1,                                                                            \
         3,                                                                            \
         "(" tag "vector->list " tag "vector [start [end]])",                          \
         "Returns a list of the elements of " article "vector from start up to end."}, \
        {"list->" tag "vector",                                                        \
         name##_from_list,                                                             \
         1,                                                                            \
         1,                                                                            \
         "(list->" tag "vector list)",                                                 \
         "Returns a new " tag "vector of the elements of list."},
    NUMBER_ELEMENT_TABLE(ROWS)
#undef ROWS
        {"array?", is_array, 1, 1, "(array? obj)",
         "True if obj is a numeric vector of any kind; a bytevector is one."},
    {"array-kind", kind, 1, 1, "(array-kind array)",
     "Returns the symbol u8, s8, u16, s16, u32, s32, u64, s64, f32 or f64."},
    {"make-array", make, 2, 3, "(make-array kind k [fill])",
     "Returns a new array of that kind of k elements, each of them fill, or 0."},
    {"list->array", from_list, 2, 2, "(list->array kind list)",
     "Returns a new array of that kind of the elements of list."},
    {"array->list", any_to_list, 1, 3, "(array->list array [start [end]])",
     "Returns a list of the elements of array from start up to end."},
    {"array-length", any_length, 1, 1, "(array-length array)",
     "Returns the number of elements of array."},
    {"array-ref", any_ref, 2, 2, "(array-ref array k)",
     "Returns the element of array at index k, counted from 0."},
    {"array-set!", any_set, 3, 3, "(array-set! array k number)",
     "Stores number in array at index k. A literal array refuses it."},
    {"array-fill!", any_fill, 2, 4, "(array-fill! array number [start [end]])",
     "Stores number in the elements of array from start up to end."},
    {"array-copy", any_copy, 1, 3, "(array-copy array [start [end]])",
     "Returns a new array of the elements of array from start up to end."},
    {"array-copy!", any_copy_into, 3, 5, "(array-copy! to at from [start [end]])",
     "Copies the elements of from between start and end into to, of the same kind, from "
     "index at on. The two may be the same array and may overlap."},
    {"array-append", any_append, 1, PRIM_ANY, "(array-append array1 array2 ...)",
     "Returns a new array of the elements of all the arrays, which are of one kind."},
    {0},
};
