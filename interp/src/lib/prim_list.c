/* prim_list.c - primitives on pairs and lists. */
#include "lib/args.h"
#include "lib/tables.h"
#include "types/equal.h"

/* ---- Pairs ------------------------------------------------------------------------------ */

static Status is_pair(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_pair(args.at[0]));
    return OK;
}

static Status cons(Vm *vm, Args args, Value *result)
{
    return li_cons(li_vm_heap(vm), args.at[0], args.at[1], result);
}

static Status car(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(li_arg_pair(vm, "car", args, 0, &pair));
    *result = pair->car;
    return OK;
}

static Status cdr(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(li_arg_pair(vm, "cdr", args, 0, &pair));
    *result = pair->cdr;
    return OK;
}

static Status set_car(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(li_arg_pair(vm, "set-car!", args, 0, &pair));
    TRY(li_arg_mutable(vm, "set-car!", args, 0));
    li_store(li_vm_heap(vm), pair, &pair->car, args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status set_cdr(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(li_arg_pair(vm, "set-cdr!", args, 0, &pair));
    TRY(li_arg_mutable(vm, "set-cdr!", args, 0));
    li_store(li_vm_heap(vm), pair, &pair->cdr, args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* The compositions of car and cdr. */
#define CXR_TABLE(X)                                                                  \
    X(caar)                                                                           \
    X(cadr)                                                                           \
    X(cdar)                                                                           \
    X(cddr)                                                                           \
    X(caaar) X(caadr) X(cadar) X(caddr) X(cdaar) X(cdadr) X(cddar) X(cdddr) X(caaaar) \
        X(caaadr) X(caadar) X(caaddr) X(cadaar) X(cadadr) X(caddar) X(cadddr)         \
            X(cdaaar) X(cdaadr) X(cdadar) X(cdaddr) X(cddaar) X(cddadr) X(cdddar)     \
                X(cddddr)

/* Follows the letters between the c and the r of `name`, from the last to the first. */
static Status follow(Vm *vm, const char *name, const char *expected, Args args,
                     Value *result)
{
    Value v = args.at[0];

    for (size_t i = strlen(name) - 2; i > 0; i -= 1) {
        if (UNLIKELY(!value_is_pair(v)))
            return li_raise_type(vm, name, 0, expected, args.at[0]);
        v = name[i] == 'a' ? pair_car(v) : pair_cdr(v);
    }
    *result = v;
    return OK;
}

#define X(name)                                                         \
    static Status name(Vm *vm, Args args, Value *result)                \
    {                                                                   \
        return follow(vm, #name, "a pair with a " #name, args, result); \
    }
CXR_TABLE(X)
#undef X

/* ---- Making and measuring lists ---------------------------------------------------------- */

static Status is_null(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_nil(args.at[0]));
    return OK;
}

static Status is_list(Vm *vm UNUSED, Args args, Value *result)
{
    uint64_t length;

    *result = value_from_bool(li_list_shape(args.at[0], &length) == LIST_PROPER);
    return OK;
}

static Status make_list(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Value fill = args.count > 1 ? args.at[1] : VALUE_UNSPECIFIED;
    uint64_t length;

    TRY(li_arg_size(vm, "make-list", args, 0, &length));
    if (length > UINT32_MAX)
        return ERR_BAD_SIZE;
    if (!immix_has_room(heap->immix, length * (sizeof(Pair) + IMMIX_HEADER_BYTES)))
        return ERR_NO_MEMORY;
    return li_pair_list_fill(heap, fill, length, result);
}

static Status list(Vm *vm, Args args, Value *result)
{
    return li_pair_list_from(li_vm_heap(vm), args.at, args.count, VALUE_NIL, result);
}

static Status cons_star(Vm *vm, Args args, Value *result)
{
    uint32_t count = args.count - 1;

    return li_pair_list_from(li_vm_heap(vm), args.at, count, args.at[count], result);
}

static Status length(Vm *vm, Args args, Value *result)
{
    uint64_t count;

    TRY(li_arg_list(vm, "length", args, 0, &count));
    *result = value_from_fixnum((int64_t)count);
    return OK;
}

/* Copies the first `count` pairs of `from` in front of `tail`. The copies are new, so their
 * cdrs are filled without the barrier. */
static Status copy_onto(Heap *heap, Value from, uint64_t count, Value tail,
                        Value *result)
{
    Value first = tail;
    Value *end = &first;

    while (count > 0) {
        PairRun run;
        TRY(li_pair_run(heap, count, &run));
        Pair *pair = run.first, *last = pair;

        *end = value_from_pair(pair);
        count -= run.count;
        for (uint64_t i = 0; i < run.count; i += 1, from = pair_cdr(from)) {
            last = pair;
            pair =
                pair_place(pair, pair_car(from), value_from_pair(pair_behind(pair)));
        }
        last->cdr = tail;
        end = &last->cdr;
    }
    *result = first;
    return OK;
}

static Status append(Vm *vm, Args args, Value *result)
{
    Value joined = args.count > 0 ? args.at[args.count - 1] : VALUE_NIL;

    for (uint32_t i = args.count; i > 1; i -= 1) {
        uint64_t count;
        TRY(li_arg_list(vm, "append", args, i - 2, &count));
        TRY(copy_onto(li_vm_heap(vm), args.at[i - 2], count, joined, &joined));
    }
    *result = joined;
    return OK;
}

static Status reverse(Vm *vm, Args args, Value *result)
{
    Heap *heap = li_vm_heap(vm);
    Value rest = args.at[0], reversed = VALUE_NIL;
    uint64_t count;

    TRY(li_arg_list(vm, "reverse", args, 0, &count));
    while (count > 0) {
        PairRun run;
        TRY(li_pair_run(heap, count, &run));
        Pair *pair = run.first;

        count -= run.count;
        for (uint64_t i = 0; i < run.count; i += 1, rest = pair_cdr(rest)) {
            Value made = value_from_pair(pair);

            pair = pair_place(pair, pair_car(rest), reversed);
            reversed = made;
        }
    }
    *result = reversed;
    return OK;
}

static Status list_copy(Vm *vm, Args args, Value *result)
{
    Value tail = args.at[0];
    uint64_t count;

    if (li_list_shape(args.at[0], &count) == LIST_CIRCULAR)
        return li_raise_type(vm, "list-copy", 0, "a list that ends", args.at[0]);
    for (uint64_t i = 0; i < count; i += 1)
        tail = pair_cdr(tail);
    return copy_onto(li_vm_heap(vm), args.at[0], count, tail, result);
}

/* ---- Parts of lists ----------------------------------------------------------------------- */

/* The list at arguments 0 without as many elements as argument 1 says. */
static Status tail_of(Vm *vm, const char *who, Args args, Value *tail)
{
    Value rest = args.at[0];
    uint64_t k;

    TRY(li_arg_index(vm, who, args, 1, (uint64_t)FIXNUM_MAX, &k));
    for (uint64_t i = 0; i < k; i += 1) {
        if (UNLIKELY(!value_is_pair(rest)))
            return value_is_nil(rest) ? li_raise_index(vm, who, args.at[1], "a list", i)
                                      : li_raise_type(vm, who, 0, "a list", args.at[0]);
        rest = pair_cdr(rest);
    }
    *tail = rest;
    return OK;
}

/* The pair that holds the element at argument 1 of the list at argument 0. */
static NO_INLINE Status pair_at(Vm *vm, const char *who, Args args, Pair **pair)
{
    Value rest;

    TRY(tail_of(vm, who, args, &rest));
    if (UNLIKELY(!value_is_pair(rest)))
        return value_is_nil(rest) ? li_raise_index(
                   vm, who, args.at[1], "a list", (uint64_t)value_to_fixnum(args.at[1]))
                                  : li_raise_type(vm, who, 0, "a list", args.at[0]);
    *pair = value_to_pair(rest);
    return OK;
}

static Status list_tail(Vm *vm, Args args, Value *result)
{
    return tail_of(vm, "list-tail", args, result);
}

static Status list_ref(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(pair_at(vm, "list-ref", args, &pair));
    *result = pair->car;
    return OK;
}

static Status list_set(Vm *vm, Args args, Value *result)
{
    Pair *pair;

    TRY(pair_at(vm, "list-set!", args, &pair));
    TRY(li_arg_mutable(vm, "list-set!", args, 0));
    li_store(li_vm_heap(vm), pair, &pair->car, args.at[2]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status last_pair(Vm *vm, Args args, Value *result)
{
    Value last = args.at[0];
    uint64_t count;

    if (!value_is_pair(last) || li_list_shape(last, &count) == LIST_CIRCULAR)
        return li_raise_type(vm, "last-pair", 0, "a list that ends", args.at[0]);
    while (value_is_pair(pair_cdr(last)))
        last = pair_cdr(last);
    *result = last;
    return OK;
}

/* ---- Searching ------------------------------------------------------------------------------ */

typedef enum Sameness {
    SAME_EQ,
    SAME_EQV,
    SAME_EQUAL
} Sameness;

/* The weakest test that agrees with `sameness` when one of the two objects is `v`. */
static Sameness weakest_test(Value v, Sameness sameness)
{
    if (!value_is_reference(v) || value_has_type(v, T_SYMBOL))
        return SAME_EQ;
    return sameness;
}

static Status is_same(Heap *heap, Sameness sameness, Value a, Value b, bool *same)
{
    *same = value_is_eq(a, b);
    if (*same || sameness == SAME_EQ)
        return OK;
    if (sameness == SAME_EQUAL)
        return li_equal(heap, a, b, same);
    *same = li_eqv(a, b);
    return OK;
}

/* A search by eq?: *found is the pair or the entry, #f if the list ends before one. False: something
 * is wrong with the list, which the walk will tell. It looks for circles as walk_step() does. */
ALWAYS_INLINE bool find_eq(Value key, Value list, bool in_entries, Value *found)
{
    uint64_t steps = 0, next_mark = 64;
    Value marked = VALUE_ABSENT;

    while (value_is_pair(list)) {
        Value item = pair_car(list);

        if (in_entries) {
            if (UNLIKELY(!value_is_pair(item)))
                return false;
            if (value_is_eq(pair_car(item), key)) {
                *found = item;
                return true;
            }
        } else if (value_is_eq(item, key)) {
            *found = list;
            return true;
        }
        list = pair_cdr(list);
        steps += 1;
        if (UNLIKELY(value_is_eq(list, marked)))
            return false;
        if (UNLIKELY(steps == next_mark)) {
            marked = list;
            next_mark *= 2;
        }
    }
    *found = VALUE_FALSE;
    return value_is_nil(list);
}

/* memq, memv and member: argument 0 is looked for in the list at argument 1. */
static Status find_member(Vm *vm, const char *who, Args args, Sameness sameness,
                          Value *result)
{
    Value key = args.at[0];
    Walk walk = walk_from(args.at[1]);

    sameness = weakest_test(key, sameness);
    if (sameness == SAME_EQ && find_eq(key, args.at[1], false, result))
        return OK;
    while (value_is_pair(walk.at)) {
        bool same;
        TRY(is_same(li_vm_heap(vm), sameness, key, pair_car(walk.at), &same));
        if (same) {
            *result = walk.at;
            return OK;
        }
        if (!walk_step(&walk))
            break;
    }
    if (UNLIKELY(!value_is_nil(walk.at)))
        return li_raise_type(vm, who, 1, "a proper list", args.at[1]);
    *result = VALUE_FALSE;
    return OK;
}

/* assq, assv and assoc. */
static Status find_association(Vm *vm, const char *who, Args args, Sameness sameness,
                               Value *result)
{
    Value key = args.at[0];
    Walk walk = walk_from(args.at[1]);

    sameness = weakest_test(key, sameness);
    if (sameness == SAME_EQ && find_eq(key, args.at[1], true, result))
        return OK;
    while (value_is_pair(walk.at)) {
        Value entry = pair_car(walk.at);
        bool same;
        if (UNLIKELY(!value_is_pair(entry)))
            break;
        TRY(is_same(li_vm_heap(vm), sameness, key, pair_car(entry), &same));
        if (same) {
            *result = entry;
            return OK;
        }
        if (!walk_step(&walk))
            break;
    }
    if (UNLIKELY(!value_is_nil(walk.at)))
        return li_raise_type(vm, who, 1, "a proper list of pairs", args.at[1]);
    *result = VALUE_FALSE;
    return OK;
}

static Status memq(Vm *vm, Args args, Value *result)
{
    return find_member(vm, "memq", args, SAME_EQ, result);
}

static Status memv(Vm *vm, Args args, Value *result)
{
    return find_member(vm, "memv", args, SAME_EQV, result);
}

static Status member(Vm *vm, Args args, Value *result)
{
    return find_member(vm, "member", args, SAME_EQUAL, result);
}

static Status assq(Vm *vm, Args args, Value *result)
{
    return find_association(vm, "assq", args, SAME_EQ, result);
}

static Status assv(Vm *vm, Args args, Value *result)
{
    return find_association(vm, "assv", args, SAME_EQV, result);
}

static Status assoc(Vm *vm, Args args, Value *result)
{
    return find_association(vm, "assoc", args, SAME_EQUAL, result);
}

const PrimDef li_list_prims[] = {
    {"pair?", is_pair, 1, 1, "(pair? obj)", "True if obj is a pair."},
    {"cons", cons, 2, 2, "(cons obj1 obj2)",
     "Returns a new pair whose car is obj1 and whose cdr is obj2."},
    {"car", car, 1, 1, "(car pair)", "Returns the first field of pair."},
    {"cdr", cdr, 1, 1, "(cdr pair)", "Returns the second field of pair."},
    {"set-car!", set_car, 2, 2, "(set-car! pair obj)",
     "Stores obj in the first field of pair. A literal pair refuses it."},
    {"set-cdr!", set_cdr, 2, 2, "(set-cdr! pair obj)",
     "Stores obj in the second field of pair. A literal pair refuses it."},
#define X(name)          \
    {#name,              \
     name,               \
     1,                  \
     1,                  \
     "(" #name " pair)", \
     "A composition of car and cdr: the letters between c and r, from right to left."},
    CXR_TABLE(X)
#undef X
        {"null?", is_null, 1, 1, "(null? obj)", "True if obj is the empty list."},
    {"list?", is_list, 1, 1, "(list? obj)",
     "True if obj is a chain of pairs that ends in the empty list. Circular chains are not "
     "lists."},
    {"make-list", make_list, 1, 2, "(make-list k [fill])",
     "Returns a new list of k elements, each of them fill."},
    {"list", list, 0, PRIM_ANY, "(list obj ...)",
     "Returns a new list of its arguments."},
    {"cons*", cons_star, 1, PRIM_ANY, "(cons* obj ... tail)",
     "Returns tail with the objects before it put in front."},
    {"length", length, 1, 1, "(length list)",
     "Returns the number of elements of list."},
    {"append", append, 0, PRIM_ANY, "(append list ... obj)",
     "Returns the elements of the lists, one list after the other, in front of obj, which "
     "is shared and not copied."},
    {"reverse", reverse, 1, 1, "(reverse list)",
     "Returns a new list of the elements of list, the last one first."},
    {"list-copy", list_copy, 1, 1, "(list-copy obj)",
     "Returns a new chain of pairs with the elements of obj, which ends as obj does. An obj "
     "that is no pair is returned as it is."},
    {"list-tail", list_tail, 2, 2, "(list-tail list k)",
     "Returns list without its first k elements. The result is shared with list."},
    {"list-ref", list_ref, 2, 2, "(list-ref list k)",
     "Returns the element of list at index k, counted from 0."},
    {"list-set!", list_set, 3, 3, "(list-set! list k obj)",
     "Stores obj in the element of list at index k."},
    {"last-pair", last_pair, 1, 1, "(last-pair pair)",
     "Returns the last pair of the chain that begins with pair."},
    {"memq", memq, 2, 2, "(memq obj list)",
     "Returns the part of list that begins with the first element that is eq? to obj, or #f."},
    {"memv", memv, 2, 2, "(memv obj list)",
     "Returns the part of list that begins with the first element that is eqv? to obj, or "
     "#f."},
    {"%member", member, 2, 2, "(%member obj list)",
     "Returns the part of list that begins with the first element that is equal? to obj, or "
     "#f."},
    {"assq", assq, 2, 2, "(assq obj alist)",
     "Returns the first pair of alist whose car is eq? to obj, or #f."},
    {"assv", assv, 2, 2, "(assv obj alist)",
     "Returns the first pair of alist whose car is eqv? to obj, or #f."},
    {"%assoc", assoc, 2, 2, "(%assoc obj alist)",
     "Returns the first pair of alist whose car is equal? to obj, or #f."},
    {0},
};
