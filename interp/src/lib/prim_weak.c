/* prim_weak.c - ephemerons, weak pairs, weak hash tables and guardians. */
#include "lib/args.h"
#include "lib/tables.h"
#include "types/weaktable.h"

/* The collector's layouts, with Values in the words that are the program's. */
typedef struct Ephemeron {
    Value key; /* VALUE_ABSENT when broken */
    uint64_t link;
    Value datum;
} Ephemeron;

typedef struct WeakPair {
    Value car; /* VALUE_ABSENT when broken */
    uint64_t link;
    Value cdr;
} WeakPair;

_Static_assert(sizeof(Ephemeron) == sizeof(ImmixEphemeron), "");
_Static_assert(offsetof(Ephemeron, link) == offsetof(ImmixEphemeron, link), "");
_Static_assert(offsetof(WeakPair, link) == offsetof(ImmixWeak, link), "");
_Static_assert(offsetof(WeakPair, cdr) == offsetof(ImmixWeak, strong), "");

static bool is_broken(Value v)
{
    return value_is_eq(v, VALUE_ABSENT);
}

static Value unless_broken(Value v)
{
    return is_broken(v) ? VALUE_FALSE : v;
}

/* Argument i is of this type; `expected` has its article. */
static Status arg_of_type(Vm *vm, const char *who, Args args, uint32_t i, Type type,
                          const char *expected, void *object)
{
    if (!value_has_type(args.at[i], type))
        return li_raise_type(vm, who, i, expected, args.at[i]);
    *(void **)object = value_to_object(args.at[i]);
    return OK;
}

/* ---- Ephemerons ---- */

static Status arg_ephemeron(Vm *vm, const char *who, Args args, Ephemeron **ephemeron)
{
    return arg_of_type(vm, who, args, 0, T_EPHEMERON, "an ephemeron", ephemeron);
}

static Status make_ephemeron(Vm *vm, Args args, Value *result)
{
    Ephemeron *ephemeron =
        li_alloc(li_vm_heap(vm), T_EPHEMERON, 0, sizeof *ephemeron / sizeof(Value));

    if (ephemeron == NULL)
        return ERR_NO_MEMORY;
    *ephemeron = (Ephemeron){args.at[0], 0, args.at[1]};
    *result = value_from_object(ephemeron);
    return OK;
}

static Status ephemeron_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_EPHEMERON));
    return OK;
}

static Status ephemeron_broken_p(Vm *vm, Args args, Value *result)
{
    Ephemeron *ephemeron;

    TRY(arg_ephemeron(vm, "ephemeron-broken?", args, &ephemeron));
    *result = value_from_bool(is_broken(ephemeron->key));
    return OK;
}

static Status ephemeron_key(Vm *vm, Args args, Value *result)
{
    Ephemeron *ephemeron;

    TRY(arg_ephemeron(vm, "ephemeron-key", args, &ephemeron));
    *result = unless_broken(ephemeron->key);
    return OK;
}

static Status ephemeron_datum(Vm *vm, Args args, Value *result)
{
    Ephemeron *ephemeron;

    TRY(arg_ephemeron(vm, "ephemeron-datum", args, &ephemeron));
    *result = unless_broken(ephemeron->datum);
    return OK;
}

static Status reference_barrier(Vm *vm UNUSED, Args args UNUSED, Value *result)
{
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Weak pairs ---- */

static Status arg_weak_pair(Vm *vm, const char *who, Args args, WeakPair **pair)
{
    return arg_of_type(vm, who, args, 0, T_WEAK_PAIR, "a weak pair", pair);
}

static Status weak_cons(Vm *vm, Args args, Value *result)
{
    WeakPair *pair =
        li_alloc(li_vm_heap(vm), T_WEAK_PAIR, 0, sizeof *pair / sizeof(Value));

    if (pair == NULL)
        return ERR_NO_MEMORY;
    *pair = (WeakPair){args.at[0], 0, args.at[1]};
    *result = value_from_object(pair);
    return OK;
}

static Status weak_pair_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_WEAK_PAIR));
    return OK;
}

static Status weak_car_p(Vm *vm, Args args, Value *result)
{
    WeakPair *pair;

    TRY(arg_weak_pair(vm, "weak-pair/car?", args, &pair));
    *result = value_from_bool(!is_broken(pair->car));
    return OK;
}

static Status weak_car(Vm *vm, Args args, Value *result)
{
    WeakPair *pair;

    TRY(arg_weak_pair(vm, "weak-car", args, &pair));
    *result = unless_broken(pair->car);
    return OK;
}

static Status weak_cdr(Vm *vm, Args args, Value *result)
{
    WeakPair *pair;

    TRY(arg_weak_pair(vm, "weak-cdr", args, &pair));
    *result = pair->cdr;
    return OK;
}

static Status weak_set_car(Vm *vm, Args args, Value *result)
{
    WeakPair *pair;

    TRY(arg_weak_pair(vm, "weak-set-car!", args, &pair));
    li_store(li_vm_heap(vm), pair, &pair->car, args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status weak_set_cdr(Vm *vm, Args args, Value *result)
{
    WeakPair *pair;

    TRY(arg_weak_pair(vm, "weak-set-cdr!", args, &pair));
    li_store(li_vm_heap(vm), pair, &pair->cdr, args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Weak hash tables ---- */

static Status arg_table(Vm *vm, const char *who, Args args, WeakTable **table)
{
    return arg_of_type(vm, who, args, 0, T_WEAK_HASHTABLE, "a weak hash table", table);
}

static Status make_eq_table(Vm *vm, Args args UNUSED, Value *result)
{
    return li_weak_table_new(li_vm_heap(vm), DICT_EQ, result);
}

static Status make_eqv_table(Vm *vm, Args args UNUSED, Value *result)
{
    return li_weak_table_new(li_vm_heap(vm), DICT_EQV, result);
}

static Status table_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_weak_table(args.at[0]));
    return OK;
}

static Status table_ref(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "weak-hashtable-ref", args, &table));
    if (!li_weak_table_get(li_vm_heap(vm), table, args.at[1], result))
        *result = args.count > 2 ? args.at[2] : VALUE_FALSE;
    return OK;
}

static Status table_contains(Vm *vm, Args args, Value *result)
{
    WeakTable *table;
    Value value;

    TRY(arg_table(vm, "weak-hashtable-contains?", args, &table));
    *result =
        value_from_bool(li_weak_table_get(li_vm_heap(vm), table, args.at[1], &value));
    return OK;
}

static Status table_set(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "weak-hashtable-set!", args, &table));
    TRY(li_weak_table_set(li_vm_heap(vm), table, args.at[1], args.at[2]));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status table_delete(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "weak-hashtable-delete!", args, &table));
    li_weak_table_delete(li_vm_heap(vm), table, args.at[1]);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status table_clear(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "weak-hashtable-clear!", args, &table));
    TRY(li_weak_table_clear(li_vm_heap(vm), table));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status table_eqv_p(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "%weak-hashtable-eqv?", args, &table));
    *result = value_from_bool(weak_table_kind(table) == DICT_EQV);
    return OK;
}

static Status table_chain_count(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "%weak-hashtable-chains", args, &table));
    *result = value_from_fixnum((int64_t)weak_table_chains(table));
    return OK;
}

static Status table_chain(Vm *vm, Args args, Value *result)
{
    WeakTable *table;
    uint64_t chain;

    TRY(arg_table(vm, "%weak-hashtable-chain", args, &table));
    TRY(li_arg_index(vm, "%weak-hashtable-chain", args, 1, IMMIX_MAX_GRANULES, &chain));
    return li_weak_table_chain(li_vm_heap(vm), table, chain, args.at[2], result);
}

static Status table_clean(Vm *vm, Args args, Value *result)
{
    WeakTable *table;
    uint64_t chain;

    TRY(arg_table(vm, "%weak-hashtable-clean!", args, &table));
    TRY(li_arg_index(vm, "%weak-hashtable-clean!", args, 1, IMMIX_MAX_GRANULES,
                     &chain));
    *result =
        value_from_fixnum((int64_t)li_weak_table_clean(li_vm_heap(vm), table, chain));
    return OK;
}

static Status table_shrink(Vm *vm, Args args, Value *result)
{
    WeakTable *table;

    TRY(arg_table(vm, "%weak-hashtable-shrink!", args, &table));
    *result = value_from_bool(li_weak_table_shrink(li_vm_heap(vm), table));
    return OK;
}

/* ---- Guardians ---- */

static Status arg_guardian(Vm *vm, const char *who, Args args, ImmixGuardian **guardian)
{
    return arg_of_type(vm, who, args, 0, T_GUARDIAN, "a guardian", guardian);
}

static Status make_guardian(Vm *vm, Args args UNUSED, Value *result)
{
    ImmixGuardian *guardian =
        li_alloc(li_vm_heap(vm), T_GUARDIAN, 0, sizeof *guardian / sizeof(Value));

    if (guardian == NULL)
        return ERR_NO_MEMORY;
    *guardian = (ImmixGuardian){0};
    *result = value_from_object(guardian);
    return OK;
}

/* What is no object never dies. */
static Status guardian_add(Vm *vm, Args args, Value *result)
{
    ImmixGuardian *guardian;
    ImmixHeap *heap = li_vm_heap(vm)->immix;

    TRY(arg_guardian(vm, "%guardian-add!", args, &guardian));
    if (value_is_reference(args.at[1])) {
        ImmixGuarded *guarded =
            li_alloc(li_vm_heap(vm), T_GUARDED, 0, sizeof *guarded / sizeof(Value));
        if (guarded == NULL)
            return ERR_NO_MEMORY;
        immix_guard(heap, guardian, guarded, args.at[1].bits, args.at[2].bits);
    }
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status guardian_take(Vm *vm, Args args, Value *result)
{
    ImmixGuardian *guardian;
    Value v;

    TRY(arg_guardian(vm, "%guardian-take!", args, &guardian));
    if (!immix_guardian_take(li_vm_heap(vm)->immix, guardian, &v.bits))
        v = VALUE_FALSE;
    *result = v;
    return OK;
}

const PrimDef li_weak_prims[] = {
    {"make-ephemeron", make_ephemeron, 2, 2, "(make-ephemeron key datum)",
     "Returns a new ephemeron: it holds datum as long as key is reachable in other ways."},
    {"ephemeron?", ephemeron_p, 1, 1, "(ephemeron? obj)",
     "True if obj is an ephemeron."},
    {"ephemeron-broken?", ephemeron_broken_p, 1, 1, "(ephemeron-broken? ephemeron)",
     "True if the key was collected."},
    {"ephemeron-key", ephemeron_key, 1, 1, "(ephemeron-key ephemeron)",
     "Returns the key, or #f if it was collected."},
    {"ephemeron-datum", ephemeron_datum, 1, 1, "(ephemeron-datum ephemeron)",
     "Returns the datum, or #f if the key was collected."},
    {"reference-barrier", reference_barrier, 1, 1, "(reference-barrier obj)",
     "Does nothing, but obj is reachable until this is called."},
    {"weak-cons", weak_cons, 2, 2, "(weak-cons obj1 obj2)",
     "Returns a new weak pair, which does not keep its car, obj1, from being collected."},
    {"weak-pair?", weak_pair_p, 1, 1, "(weak-pair? obj)",
     "True if obj is a weak pair."},
    {"weak-pair/car?", weak_car_p, 1, 1, "(weak-pair/car? weak-pair)",
     "True if the car was not collected."},
    {"weak-car", weak_car, 1, 1, "(weak-car weak-pair)",
     "Returns the car, or #f if it was collected."},
    {"weak-cdr", weak_cdr, 1, 1, "(weak-cdr weak-pair)", "Returns the cdr."},
    {"weak-set-car!", weak_set_car, 2, 2, "(weak-set-car! weak-pair obj)",
     "Makes obj the car."},
    {"weak-set-cdr!", weak_set_cdr, 2, 2, "(weak-set-cdr! weak-pair obj)",
     "Makes obj the cdr."},
    {"make-weak-eq-hashtable", make_eq_table, 0, 0, "(make-weak-eq-hashtable)",
     "Returns a new table whose keys are compared by eq? and held weakly."},
    {"make-weak-eqv-hashtable", make_eqv_table, 0, 0, "(make-weak-eqv-hashtable)",
     "Returns a new table whose keys are compared by eqv? and held weakly."},
    {"weak-hashtable?", table_p, 1, 1, "(weak-hashtable? obj)",
     "True if obj is a weak hash table."},
    {"weak-hashtable-ref", table_ref, 2, 3, "(weak-hashtable-ref table key [default])",
     "Returns the value of key, or default (#f) if there is none."},
    {"weak-hashtable-contains?", table_contains, 2, 2,
     "(weak-hashtable-contains? table key)", "True if key has a value."},
    {"weak-hashtable-set!", table_set, 3, 3, "(weak-hashtable-set! table key value)",
     "Gives key that value."},
    {"weak-hashtable-delete!", table_delete, 2, 2, "(weak-hashtable-delete! table key)",
     "Takes the value of key away, if it has one."},
    {"weak-hashtable-clear!", table_clear, 1, 1, "(weak-hashtable-clear! table)",
     "Empties table."},
    {"%weak-hashtable-eqv?", table_eqv_p, 1, 1, "(%weak-hashtable-eqv? table)",
     "True if keys are compared by eqv?."},
    {"%weak-hashtable-chains", table_chain_count, 1, 1,
     "(%weak-hashtable-chains table)", "Returns the number of chains."},
    {"%weak-hashtable-chain", table_chain, 3, 3, "(%weak-hashtable-chain table i list)",
     "Returns list with the pairs of keys and values of chain i in front."},
    {"%weak-hashtable-clean!", table_clean, 2, 2, "(%weak-hashtable-clean! table i)",
     "Drops what was collected from chain i, and returns how many keys it has."},
    {"%weak-hashtable-shrink!", table_shrink, 1, 1, "(%weak-hashtable-shrink! table)",
     "Gives a chain up if table has far too many; returns #f if not."},
    {"%make-guardian", make_guardian, 0, 0, "(%make-guardian)",
     "Returns a new guardian object."},
    {"%guardian-add!", guardian_add, 3, 3,
     "(%guardian-add! guardian obj representative)",
     "Registers obj: when it is collected, representative is given back."},
    {"%guardian-take!", guardian_take, 1, 1, "(%guardian-take! guardian)",
     "Returns the next object that is given back, or #f."},
    {0},
};
