/* prim_hashtable.c - hash tables and hashes.
 *
 * Tables whose keys are compared by procedures of the program are Lisp's business: what looks for
 * a key here gives an end-of-file object for those, which one instruction finds out, and
 * stdlib/srfi/69 goes on with the %hash-table-same procedures, which take a hash and find a key by
 * its identity.
 */
#include "lib/args.h"
#include "lib/tables.h"
#include "types/char.h"
#include "types/equal.h"
#include "types/hashtable.h"
#include "vm/call.h"

static Status arg_table(Vm *vm, const char *who, Args args, uint32_t i, Dict **table)
{
    if (UNLIKELY(!value_is_dict(args.at[i])))
        return li_raise_type(vm, who, i, "a hash table", args.at[i]);
    *table = value_to_dict(args.at[i]);
    return OK;
}

static bool is_custom(const Dict *table)
{
    return dict_kind(table) == DICT_CUSTOM;
}

/* ---- Tables ---- */

static Status table_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_dict(args.at[0]));
    return OK;
}

static Status make_table(Vm *vm, Args args, Value *result)
{
    uint64_t kind, count;

    TRY(li_arg_index(vm, "make-hash-table", args, 0, DICT_TEXT_FOLDED, &kind));
    TRY(li_arg_size(vm, "make-hash-table", args, 1, &count));
    return li_hashtable_new(li_vm_heap(vm), (DictKind)kind, count, args.at[2], args.at[3],
                            result);
}

static Status custom_p(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "%hash-table-custom?", args, 0, &table));
    *result = value_from_bool(is_custom(table));
    return OK;
}

static Status equivalence_of(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "hash-table-equivalence-function", args, 0, &table));
    *result = table->equivalence;
    return OK;
}

static Status hash_function_of(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "hash-table-hash-function", args, 0, &table));
    *result = table->hash_function;
    return OK;
}

static Status size(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "hash-table-size", args, 0, &table));
    *result = value_from_fixnum((int64_t)li_dict_length(table));
    return OK;
}

static Status copy(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "hash-table-copy", args, 0, &table));
    return li_dict_copy(li_vm_heap(vm), table, result);
}

static Status clear(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "hash-table-clear!", args, 0, &table));
    TRY(li_dict_clear(table));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status list_of(Vm *vm, const char *who, Args args, HashTablePart part,
                      Value *result)
{
    Dict *table;

    TRY(arg_table(vm, who, args, 0, &table));
    return li_hashtable_list(li_vm_heap(vm), table, part, result);
}

static Status keys(Vm *vm, Args args, Value *result)
{
    return list_of(vm, "hash-table-keys", args, PART_KEYS, result);
}

static Status values(Vm *vm, Args args, Value *result)
{
    return list_of(vm, "hash-table-values", args, PART_VALUES, result);
}

static Status to_alist(Vm *vm, Args args, Value *result)
{
    return list_of(vm, "hash-table->alist", args, PART_PAIRS, result);
}

static Status entries(Vm *vm, Args args, Value *result)
{
    Dict *table;

    TRY(arg_table(vm, "%hash-table-entries", args, 0, &table));
    return li_hashtable_entries(li_vm_heap(vm), table, result);
}

/* ---- Keys ---- */

typedef struct Found {
    Dict *table;
    DictEntry *entry; /* NULL: the key is not there */
    Value hash;
} Found;

/* Looks for argument 1 in the table that is argument 0. *deferred: its keys are for Lisp to
 * compare. */
ALWAYS_INLINE Status find(Vm *vm, const char *who, Args args, Found *found,
                          bool *deferred)
{
    Status status;

    TRY(arg_table(vm, who, args, 0, &found->table));
    *deferred = is_custom(found->table);
    if (UNLIKELY(*deferred))
        return OK;
    status = li_hashtable_find(li_vm_heap(vm), found->table, args.at[1], &found->hash,
                               &found->entry);
    if (UNLIKELY(status == ERR_TYPE))
        return li_raise_type(vm, who, 1, "a string", args.at[1]);
    return status;
}

ALWAYS_INLINE Status ref(Vm *vm, const char *who, Args args, Value *result)
{
    Found found;
    bool deferred;

    TRY(find(vm, who, args, &found, &deferred));
    if (UNLIKELY(deferred))
        *result = VALUE_EOF;
    else
        *result = found.entry == NULL ? args.at[2] : found.entry->value;
    return OK;
}

/* The same under the names of all procedures that begin with it, for their errors. */
#define REF(function, name)                                          \
    static Status function(Vm *vm, Args args, Value *result)         \
    {                                                                \
        return ref(vm, name, args, result);                          \
    }
REF(ref_plain, "hash-table-ref")
REF(ref_default, "hash-table-ref/default")
REF(ref_update, "hash-table-update!")
REF(ref_update_default, "hash-table-update!/default")

static Status exists(Vm *vm, Args args, Value *result)
{
    Found found;
    bool deferred;

    TRY(find(vm, "hash-table-exists?", args, &found, &deferred));
    *result = deferred ? VALUE_EOF : value_from_bool(found.entry != NULL);
    return OK;
}

static Status store(Vm *vm, const Found *found, Value key, Value value)
{
    if (found->entry == NULL)
        return li_dict_add(li_vm_heap(vm), found->table, key, found->hash, value);
    li_dict_replace(li_vm_heap(vm), found->table, found->entry, value);
    return OK;
}

static Status set(Vm *vm, Args args, Value *result)
{
    Found found;
    bool deferred;

    TRY(find(vm, "hash-table-set!", args, &found, &deferred));
    if (LIKELY(!deferred))
        TRY(store(vm, &found, args.at[1], args.at[2]));
    *result = deferred ? VALUE_EOF : VALUE_UNSPECIFIED;
    return OK;
}

static Status delete(Vm *vm, Args args, Value *result)
{
    Found found;
    bool deferred;

    TRY(find(vm, "hash-table-delete!", args, &found, &deferred));
    if (!deferred && found.entry != NULL)
        TRY(li_dict_remove(found.table, found.entry));
    *result = deferred ? VALUE_EOF : VALUE_UNSPECIFIED;
    return OK;
}

/* ---- Keys of tables with procedures of the program: after the table, the hash ---- */

static Status arg_custom(Vm *vm, Args args, Found *found)
{
    TRY(arg_table(vm, "hash table", args, 0, &found->table));
    if (!value_is_exact_integer(args.at[1]))
        return li_raise_type(vm, "hash table", 1, "an exact integer", args.at[1]);
    found->hash = dict_hash_value(li_equal_hash(li_vm_heap(vm), args.at[1]));
    found->entry = args.count > 2
                     ? dict_find_word(found->table, args.at[2], found->hash)
                     : NULL;
    return OK;
}

static Status candidates(Vm *vm, Args args, Value *result)
{
    Found found;

    TRY(arg_custom(vm, args, &found));
    return li_hashtable_candidates(li_vm_heap(vm), found.table, found.hash, result);
}

static Status same_ref(Vm *vm, Args args, Value *result)
{
    Found found;

    TRY(arg_custom(vm, args, &found));
    *result = found.entry == NULL ? args.at[3] : found.entry->value;
    return OK;
}

static Status same_set(Vm *vm, Args args, Value *result)
{
    Found found;

    TRY(arg_custom(vm, args, &found));
    TRY(store(vm, &found, args.at[2], args.at[3]));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status same_delete(Vm *vm, Args args, Value *result)
{
    Found found;

    TRY(arg_custom(vm, args, &found));
    if (found.entry != NULL)
        TRY(li_dict_remove(found.table, found.entry));
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status takes_arguments(Vm *vm, Args args, Value *result)
{
    uint64_t count;
    bool takes = true;

    TRY(li_arg_index(vm, "%takes-arguments?", args, 1, UINT16_MAX, &count));
    if (value_has_type(args.at[0], T_CLOSURE)) {
        const Closure *closure = value_to_closure(args.at[0]);

        takes = li_find_clause(value_to_code(closure->code), (uint32_t)count) != NULL;
    } else if (value_has_type(args.at[0], T_PRIMITIVE)) {
        const PrimDef *def = *(const PrimDef *const *)value_to_object(args.at[0]);

        takes = def->min_args <= count
             && (def->max_args == PRIM_ANY || count <= def->max_args);
    }
    *result = value_from_bool(takes);
    return OK;
}

/* ---- Hashes ---- */

/* Below the bound that is argument 1, if it is there. */
static Status bounded(Vm *vm, const char *who, Args args, uint64_t hash, Value *result)
{
    static const char expected[] = "an exact positive integer";

    /* A table takes the best bits of a hash; programs mostly take the low ones. */
    hash = hash_end(hash) & (uint64_t)FIXNUM_MAX;
    if (args.count > 1) {
        Value bound = args.at[1];
        int sign = 0;

        if (!value_is_exact_integer(bound) || li_num_sign(bound, &sign) != OK || sign <= 0)
            return li_raise_type(vm, who, 1, expected, bound);
        if (value_is_fixnum(bound))
            hash %= (uint64_t)value_to_fixnum(bound);
    }
    *result = value_from_fixnum((int64_t)hash);
    return OK;
}

static Status equal_hash(Vm *vm, Args args, Value *result)
{
    return bounded(vm, "hash", args, li_equal_hash(li_vm_heap(vm), args.at[0]), result);
}

static Status identity_hash(Vm *vm, Args args, Value *result)
{
    Value hash = dict_word_hash(li_vm_heap(vm), args.at[0]);

    return bounded(vm, "hash-by-identity", args, (uint64_t)value_to_fixnum(hash), result);
}

static Status string_hash(Vm *vm, Args args, Value *result)
{
    Text *text;

    TRY(li_arg_text(vm, "string-hash", args, 0, &text));
    return bounded(vm, "string-hash", args, li_text_hash(text), result);
}

static Status string_ci_hash(Vm *vm, Args args, Value *result)
{
    Text *text;
    uint64_t hash;

    TRY(li_arg_text(vm, "string-ci-hash", args, 0, &text));
    TRY(li_text_hash_folded(text, &hash));
    return bounded(vm, "string-ci-hash", args, hash, result);
}

const PrimDef li_hashtable_prims[] = {
    {"hash-table?", table_p, 1, 1, "(hash-table? obj)", "True if obj is a hash table."},
    {"%make-hash-table", make_table, 4, 4,
     "(%make-hash-table kind count equivalence hash)",
     "Returns a new hash table of that DictKind with room for so many keys."},
    {"hash-table-equivalence-function", equivalence_of, 1, 1,
     "(hash-table-equivalence-function table)",
     "Returns the procedure that keys are compared by."},
    {"hash-table-hash-function", hash_function_of, 1, 1,
     "(hash-table-hash-function table)", "Returns the procedure that keys are hashed by."},
    {"hash-table-size", size, 1, 1, "(hash-table-size table)",
     "Returns the number of keys."},
    {"hash-table-copy", copy, 1, 1, "(hash-table-copy table)",
     "Returns a new table of the same kind with the same keys and values."},
    {"hash-table-clear!", clear, 1, 1, "(hash-table-clear! table)", "Empties table."},
    {"hash-table-keys", keys, 1, 1, "(hash-table-keys table)",
     "Returns a new list of the keys."},
    {"hash-table-values", values, 1, 1, "(hash-table-values table)",
     "Returns a new list of the values."},
    {"hash-table->alist", to_alist, 1, 1, "(hash-table->alist table)",
     "Returns a new list of pairs of keys and values."},
    {"%hash-table-entries", entries, 1, 1, "(%hash-table-entries table)",
     "Returns a new vector of each key and, behind it, its value."},
    {"%hash-table-custom?", custom_p, 1, 1, "(%hash-table-custom? table)",
     "True if Lisp must compare the keys of table: the next procedures return an end-of-file "
     "object then."},
    {"%hash-table-ref", ref_plain, 3, 3,
     "(%hash-table-ref table key default)",
     "Returns the value of key, or default if there is none."},
    {"%hash-table-ref/default", ref_default, 3, 3,
     "(%hash-table-ref/default table key default)",
     "Returns the value of key, or default if there is none."},
    {"%hash-table-update-ref", ref_update, 3, 3,
     "(%hash-table-update-ref table key default)",
     "Returns the value of key, or default if there is none."},
    {"%hash-table-update-ref/default", ref_update_default, 3, 3,
     "(%hash-table-update-ref/default table key default)",
     "Returns the value of key, or default if there is none."},
    {"%hash-table-exists?", exists, 2, 2, "(%hash-table-exists? table key)",
     "True if key has a value."},
    {"%hash-table-set!", set, 3, 3, "(%hash-table-set! table key value)",
     "Gives key that value."},
    {"%hash-table-delete!", delete, 2, 2, "(%hash-table-delete! table key)",
     "Takes the value of key away, if it has one."},
    {"%hash-table-candidates", candidates, 2, 2, "(%hash-table-candidates table hash)",
     "Returns a new list of the keys with that hash."},
    {"%hash-table-same-ref", same_ref, 4, 4,
     "(%hash-table-same-ref table hash key default)",
     "Returns the value of that very key, or default."},
    {"%hash-table-same-set!", same_set, 4, 4,
     "(%hash-table-same-set! table hash key value)",
     "Gives that very key a value; adds it if need be."},
    {"%hash-table-same-delete!", same_delete, 3, 3,
     "(%hash-table-same-delete! table hash key)", "Removes that very key."},
    {"%takes-arguments?", takes_arguments, 2, 2, "(%takes-arguments? proc count)",
     "False if it is certain that proc cannot be called with so many arguments."},
    {"hash", equal_hash, 1, 2, "(hash obj [bound])",
     "Returns an exact nonnegative integer, below bound, that equal? objects share."},
    {"hash-by-identity", identity_hash, 1, 2, "(hash-by-identity obj [bound])",
     "Returns an exact nonnegative integer, below bound, that belongs to that very object."},
    {"string-hash", string_hash, 1, 2, "(string-hash string [bound])",
     "Returns an exact nonnegative integer, below bound, that string=? strings share."},
    {"string-ci-hash", string_ci_hash, 1, 2, "(string-ci-hash string [bound])",
     "Returns an exact nonnegative integer, below bound, that string-ci=? strings share."},
    {0},
};
