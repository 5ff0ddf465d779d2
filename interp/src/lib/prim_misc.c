/* prim_misc.c - sameness, booleans, promises, and what library code in Lisp needs. */
#include "containers/symbolmap.h"
#include "lib/args.h"
#include "lib/tables.h"
#include "types/equal.h"
#include "types/features.h"

/* ---- Sameness and booleans ------------------------------------------------------------------ */

static Status is_eq(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_eq(args.at[0], args.at[1]));
    return OK;
}

static Status is_eqv(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(li_eqv(args.at[0], args.at[1]));
    return OK;
}

static Status is_equal(Vm *vm, Args args, Value *result)
{
    bool same;

    TRY(li_equal(li_vm_heap(vm), args.at[0], args.at[1], &same));
    *result = value_from_bool(same);
    return OK;
}

static Status not(Vm * vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(!value_is_true(args.at[0]));
    return OK;
}

static Status is_boolean(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_bool(args.at[0]));
    return OK;
}

static Status booleans_equal(Vm *vm, Args args, Value *result)
{
    bool same = true;

    for (uint32_t i = 0; i < args.count; i += 1) {
        if (!value_is_bool(args.at[i]))
            return li_raise_type(vm, "boolean=?", i, "a boolean", args.at[i]);
        if (!value_is_eq(args.at[i], args.at[0]))
            same = false;
    }
    *result = value_from_bool(same);
    return OK;
}

/* ---- Promises: one word, a pair (done? . value or thunk) that chained promises share -------- */

static Value *promise_box(Value v)
{
    return value_to_object(v);
}

static bool is_promise(Value v)
{
    return value_has_type(v, T_PROMISE);
}

static Status new_promise(Heap *heap, Value done, Value content, Value *result)
{
    Value box;

    TRY(li_cons(heap, done, content, &box));
    Value *promise = li_alloc(heap, T_PROMISE, 0, 1);
    if (promise == NULL)
        return ERR_NO_MEMORY;
    *promise = box;
    *result = value_from_object(promise);
    return OK;
}

static Status is_promise_prim(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(is_promise(args.at[0]));
    return OK;
}

static Status make_promise(Vm *vm, Args args, Value *result)
{
    if (is_promise(args.at[0])) {
        *result = args.at[0];
        return OK;
    }
    return new_promise(li_vm_heap(vm), VALUE_TRUE, args.at[0], result);
}

static Status make_any_promise(Vm *vm, Args args, Value *result)
{
    return new_promise(li_vm_heap(vm), args.at[0], args.at[1], result);
}

static Status get_promise_box(Vm *vm, Args args, Value *result)
{
    if (!is_promise(args.at[0]))
        return li_raise_type(vm, "%promise-box", 0, "a promise", args.at[0]);
    *result = *promise_box(args.at[0]);
    return OK;
}

static Status set_promise_box(Vm *vm, Args args, Value *result)
{
    Value promise = args.at[0];

    if (!is_promise(promise))
        return li_raise_type(vm, "%set-promise-box!", 0, "a promise", promise);
    if (!value_is_pair(args.at[1]))
        return li_raise_type(vm, "%set-promise-box!", 1, "a pair", args.at[1]);
    li_store(li_vm_heap(vm), value_to_object(promise), promise_box(promise),
             args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Features --------------------------------------------------------------------------------- */

static Status features(Vm *vm, Args args UNUSED, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Value list = VALUE_NIL;

    for (size_t i = li_feature_count(); i > 0; i -= 1) {
        Value symbol;
        TRY(li_intern(heap, li_feature_at(i - 1), &symbol));
        TRY(li_cons_constant(heap, symbol, list, &list));
    }
    *result = list;
    return OK;
}

/* ---- For library code in Lisp ------------------------------------------------------------------ */

static Status unspecified(Vm *vm UNUSED, Args args UNUSED, Value *result)
{
    *result = VALUE_UNSPECIFIED;
    return OK;
}

const PrimDef li_misc_prims[] = {
    {"eq?", is_eq, 2, 2, "(eq? obj1 obj2)",
     "True if the objects are the same. Numbers may be different objects though they are "
     "equal; use eqv? for them."},
    {"eqv?", is_eqv, 2, 2, "(eqv? obj1 obj2)",
     "True if the objects cannot be told apart, or are numbers of the same exactness and "
     "value."},
    {"equal?", is_equal, 2, 2, "(equal? obj1 obj2)",
     "True if the objects, and what pairs, vectors, strings and bytevectors hold, are equal. "
     "It ends on circular objects too."},
    {"not", not, 1, 1, "(not obj)", "True if obj is #f."},
    {"boolean?", is_boolean, 1, 1, "(boolean? obj)", "True if obj is #t or #f."},
    {"boolean=?", booleans_equal, 1, PRIM_ANY, "(boolean=? boolean ...)",
     "True if all arguments are #t or all are #f."},
    {"promise?", is_promise_prim, 1, 1, "(promise? obj)", "True if obj is a promise."},
    {"make-promise", make_promise, 1, 1, "(make-promise obj)",
     "Returns a promise that gives obj when forced, or obj itself if it is a promise."},
    {"%make-promise", make_any_promise, 2, 2, "(%make-promise done? obj)",
     "Returns a new promise. If done? it gives obj when forced; otherwise obj is a procedure "
     "without arguments that returns the promise to go on with."},
    {"%promise-box", get_promise_box, 1, 1, "(%promise-box promise)",
     "Returns the pair (done? . obj) of a promise."},
    {"%set-promise-box!", set_promise_box, 2, 2, "(%set-promise-box! promise pair)",
     "Makes promise share the pair of another one."},
    {"features", features, 0, 0, "(features)",
     "Returns a new list of the feature identifiers that cond-expand knows."},
    {"%unspecified", unspecified, 0, 0, "(%unspecified)",
     "Returns the object that procedures return that have nothing to return."},
    {0},
};
