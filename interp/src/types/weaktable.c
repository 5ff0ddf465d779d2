/* weaktable.c - see weaktable.h. */
#include "types/weaktable.h"

#include "types/equal.h"

enum {
    MIN_CHAINS = 8
};

_Static_assert(offsetof(WeakEntry, key) == offsetof(ImmixEphemeron, key), "");
_Static_assert(offsetof(WeakEntry, link) == offsetof(ImmixEphemeron, link), "");
_Static_assert(offsetof(WeakEntry, value) == offsetof(ImmixEphemeron, value), "");
_Static_assert(offsetof(WeakEntry, next) == sizeof(ImmixEphemeron), "");

static WeakEntry *entry_at(Value v)
{
    return value_to_object(v);
}

static Value *chain_at(const WeakTable *table, uint64_t chain)
{
    return &vector_items(table->vector)[chain];
}

static bool is_broken(const WeakEntry *entry)
{
    return value_is_eq(entry->key, VALUE_ABSENT);
}

static uint64_t length_of(const WeakTable *table)
{
    return (uint64_t)value_to_fixnum(table->length);
}

static void set_length(WeakTable *table, uint64_t length)
{
    table->length = value_from_fixnum((int64_t)length);
}

static void set_chains(WeakTable *table, uint64_t chains)
{
    table->chains = value_from_fixnum((int64_t)chains);
}

static void store_in_chain(Heap *heap, const WeakTable *table, uint64_t chain,
                           Value entry)
{
    void *vector = value_to_object(table->vector);
    Value *slot = chain_at(table, chain);

    *slot = entry;
    immix_barrier_range(heap->immix, vector, slot, sizeof *slot);
}

/* The highest power of two that is not above `chains`. */
static uint64_t level_of(uint64_t chains)
{
    return UINT64_C(1) << (63 - __builtin_clzll(chains));
}

/* Of twice as many places as the level has, those that do not exist yet are not split off. */
static uint64_t place_of(Value hash, uint64_t chains)
{
    uint64_t level = level_of(chains);
    uint64_t place = (uint64_t)value_to_fixnum(hash) & (2 * level - 1);

    return place < chains ? place : place - level;
}

/* ---- Finding ---- */

static bool same_key(DictKind kind, Value a, Value b)
{
    return kind == DICT_EQV ? li_eqv(a, b) : value_is_eq(a, b);
}

static WeakEntry *find(const WeakTable *table, Value key, Value hash)
{
    uint64_t place = place_of(hash, weak_table_chains(table));

    for (Value v = *chain_at(table, place); value_is_true(v); v = entry_at(v)->next) {
        WeakEntry *entry = entry_at(v);
        if (value_is_eq(entry->hash, hash)
            && same_key(weak_table_kind(table), entry->key, key))
            return entry;
    }
    return NULL;
}

/* By eq? and eqv?, everything has a hash. */
static Value hash_of(Heap *heap, const WeakTable *table, Value key)
{
    uint64_t bits;
    Status status = li_dict_hash(heap, weak_table_kind(table), key, &bits);

    CHECK(status == OK);
    return value_from_fixnum((int64_t)(bits & (uint64_t)FIXNUM_MAX));
}

/* ---- Chains ---- */

/* Moves the entries of `list` to the chains where they belong, the broken ones apart. */
static void distribute(Heap *heap, WeakTable *table, Value list)
{
    Value next;

    for (; value_is_true(list); list = next) {
        WeakEntry *entry = entry_at(list);
        next = entry->next;
        if (is_broken(entry)) {
            set_length(table, length_of(table) - 1);
            continue;
        }
        uint64_t place = place_of(entry->hash, weak_table_chains(table));
        li_store(heap, entry, &entry->next, *chain_at(table, place));
        store_in_chain(heap, table, place, list);
    }
}

uint64_t li_weak_table_clean(Heap *heap, WeakTable *table, uint64_t chain)
{
    uint64_t live = 0;
    WeakEntry *previous = NULL;
    Value next;

    if (chain >= weak_table_chains(table))
        return 0;
    for (Value v = *chain_at(table, chain); value_is_true(v); v = next) {
        next = entry_at(v)->next;
        if (!is_broken(entry_at(v))) {
            previous = entry_at(v);
            live += 1;
            continue;
        }
        set_length(table, length_of(table) - 1);
        if (previous == NULL)
            store_in_chain(heap, table, chain, next);
        else
            li_store(heap, previous, &previous->next, next);
    }
    return live;
}

/* Gives the table a vector of another length. */
static Status set_capacity(Heap *heap, WeakTable *table, uint64_t capacity)
{
    Value vector;
    TRY(li_vector(heap, capacity, VALUE_FALSE, &vector));

    memcpy(vector_items(vector), vector_items(table->vector),
           weak_table_chains(table) * sizeof(Value));
    li_store(heap, table, &table->vector, vector);
    return OK;
}

/* Makes sure that there is a chain for one more entry. */
static Status grow(Heap *heap, WeakTable *table)
{
    uint64_t chains = weak_table_chains(table);

    if (length_of(table) < chains)
        return OK;
    if (chains == vector_length(table->vector))
        TRY(set_capacity(heap, table, chains * 2));

    uint64_t split = chains - level_of(chains);
    Value list = *chain_at(table, split);
    *chain_at(table, split) = VALUE_FALSE;
    set_chains(table, chains + 1);
    distribute(heap, table, list);
    return OK;
}

bool li_weak_table_shrink(Heap *heap, WeakTable *table)
{
    uint64_t chains = weak_table_chains(table);

    if (chains <= MIN_CHAINS || length_of(table) * 2 > chains)
        return false;
    /* Without memory for a shorter vector, the long one stays. */
    if (chains * 4 <= vector_length(table->vector)
        && set_capacity(heap, table, chains * 2) != OK)
        return false;

    Value list = *chain_at(table, chains - 1);
    *chain_at(table, chains - 1) = VALUE_FALSE;
    set_chains(table, chains - 1);
    distribute(heap, table, list);
    return true;
}

/* The share of each change in keeping the table tidy: it must not fall behind deletions. */
static void tend(Heap *heap, WeakTable *table)
{
    uint64_t next = (uint64_t)value_to_fixnum(table->next_clean);

    if (next >= weak_table_chains(table))
        next = 0;
    (void)li_weak_table_clean(heap, table, next);
    table->next_clean = value_from_fixnum((int64_t)(next + 1));
    if (li_weak_table_shrink(heap, table))
        (void)li_weak_table_shrink(heap, table);
}

/* ---- The interface ---- */

Status li_weak_table_new(Heap *heap, DictKind kind, Value *result)
{
    Value vector;
    TRY(li_vector(heap, MIN_CHAINS, VALUE_FALSE, &vector));
    WeakTable *table = li_alloc(heap, T_WEAK_HASHTABLE, (uint8_t)kind,
                                sizeof *table / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(table == NULL))
        return ERR_NO_MEMORY;
    *table = (WeakTable){vector, value_from_fixnum(MIN_CHAINS), value_from_fixnum(0),
                         value_from_fixnum(0)};
    *result = value_from_object(table);
    return OK;
}

bool li_weak_table_get(Heap *heap, const WeakTable *table, Value key, Value *value)
{
    const WeakEntry *entry = find(table, key, hash_of(heap, table, key));

    if (entry == NULL)
        return false;
    *value = entry->value;
    return true;
}

static Status add(Heap *heap, WeakTable *table, Value key, Value hash, Value value)
{
    WeakEntry *entry =
        li_alloc(heap, T_WEAK_ENTRY, 0, sizeof *entry / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(entry == NULL))
        return ERR_NO_MEMORY;
    uint64_t place = place_of(hash, weak_table_chains(table));
    *entry = (WeakEntry){key, 0, value, *chain_at(table, place), hash};
    store_in_chain(heap, table, place, value_from_object(entry));
    set_length(table, length_of(table) + 1);
    return OK;
}

Status li_weak_table_set(Heap *heap, WeakTable *table, Value key, Value value)
{
    Value hash = hash_of(heap, table, key);
    WeakEntry *entry = find(table, key, hash);

    if (entry != NULL) {
        li_store(heap, entry, &entry->value, value);
        return OK;
    }
    tend(heap, table);
    TRY(grow(heap, table));
    return add(heap, table, key, hash, value);
}

void li_weak_table_delete(Heap *heap, WeakTable *table, Value key)
{
    Value hash = hash_of(heap, table, key);
    WeakEntry *entry = find(table, key, hash);

    if (entry == NULL)
        return;
    entry->key = entry->value = VALUE_ABSENT;
    (void)li_weak_table_clean(heap, table, place_of(hash, weak_table_chains(table)));
    tend(heap, table);
}

Status li_weak_table_clear(Heap *heap, WeakTable *table)
{
    Value vector;
    TRY(li_vector(heap, MIN_CHAINS, VALUE_FALSE, &vector));

    set_chains(table, MIN_CHAINS);
    set_length(table, 0);
    li_store(heap, table, &table->vector, vector);
    return OK;
}

Status li_weak_table_chain(Heap *heap, const WeakTable *table, uint64_t chain,
                           Value tail, Value *result)
{
    Value v = chain < weak_table_chains(table) ? *chain_at(table, chain) : VALUE_FALSE;

    for (; value_is_true(v); v = entry_at(v)->next) {
        Value pair;
        if (is_broken(entry_at(v)))
            continue;
        TRY(li_cons(heap, entry_at(v)->key, entry_at(v)->value, &pair));
        TRY(li_cons(heap, pair, tail, &tail));
    }
    *result = tail;
    return OK;
}

bool li_weak_table_valid(const WeakTable *table)
{
    uint64_t length = 0, chains = weak_table_chains(table);

    for (uint64_t i = 0; i < vector_length(table->vector); i += 1) {
        Value v = *chain_at(table, i);
        if (i >= chains && value_is_true(v))
            return false;
        for (; value_is_true(v); v = entry_at(v)->next) {
            length += 1;
            if (place_of(entry_at(v)->hash, chains) != i)
                return false;
        }
    }
    return chains >= MIN_CHAINS && length == length_of(table);
}
