/* dict.c - a hash table from Values to Values. */
#include "containers/dict.h"

#include "containers/rawarray.h"
#include "types/number.h" /* eqv? on the numbers that are objects */

enum {
    SMALL_CAPACITY = 1 << 16 /* up to which a dict doubles; then it grows by half */
};

/* ---- Hashes and equality of the built-in kinds ---- */

static bool has_contents(Value v)
{
    return value_is_pair(v) || value_has_type(v, T_VECTOR)
        || value_has_type(v, T_ARRAY);
}

Status li_dict_hash(Heap *heap, DictKind kind, Value key, uint64_t *hash)
{
    if (kind >= DICT_CUSTOM || (kind == DICT_EQUAL && has_contents(key)))
        return ERR_UNHASHABLE;
    if (kind != DICT_EQ && value_is_boxed_number(key))
        *hash = li_num_hash(key);
    else if (kind == DICT_EQUAL && value_is_text(key))
        *hash = li_text_hash(value_to_text(key));
    else
        *hash = (uint64_t)value_to_fixnum(dict_word_hash(heap, key));
    *hash &= (uint64_t)FIXNUM_MAX;
    return OK;
}

/* Of two keys that are not the same word and have the same hash. */
static bool same_key(DictKind kind, Value a, Value b)
{
    if (kind == DICT_EQ)
        return false;
    if (value_is_boxed_number(a) && value_is_boxed_number(b))
        return li_num_eqv(a, b);
    return kind == DICT_EQUAL && value_is_text(a) && value_is_text(b)
        && li_text_equals(value_to_text(a), value_to_text(b));
}

/* ---- Finding ---- */

/* A key on its way into a dict: with its hash, and what it is compared by. */
typedef struct Probe {
    Value key, hash;
    const DictOps *ops; /* NULL: by the kind */
} Probe;

static Status probe_for(Heap *heap, const Dict *dict, const DictOps *ops, Value key,
                        Probe *probe)
{
    uint64_t hash;

    if (value_is_eq(key, VALUE_ABSENT) || value_is_eq(key, VALUE_TOMBSTONE))
        return ERR_UNHASHABLE;
    if (ops == NULL)
        TRY(li_dict_hash(heap, dict_kind(dict), key, &hash));
    else
        TRY(ops->hash(heap, key, ops->context, &hash));
    *probe = (Probe){key, dict_hash_value(hash), ops};
    return OK;
}

static bool matches(const Dict *dict, const Probe *probe, const DictEntry *entry)
{
    if (probe->ops != NULL)
        return probe->ops->equals(entry->key, probe->key, probe->ops->context);
    return value_is_eq(entry->key, probe->key)
        || same_key(dict_kind(dict), entry->key, probe->key);
}

/* The key's entry, or NULL. */
static DictEntry *find(const Dict *dict, const Probe *probe)
{
    DictEntry *entry;

    if (dict_capacity(dict) == 0)
        return NULL;
    for (uint64_t place = dict_place(probe->hash, dict_capacity(dict)); true;) {
        entry = dict_next_candidate(dict, probe->hash, &place);
        if (entry == NULL || matches(dict, probe, entry))
            return entry;
    }
}

static Status lookup(Heap *heap, const Dict *dict, const DictOps *ops, Value key,
                     DictEntry **entry)
{
    Probe probe;

    TRY(probe_for(heap, dict, ops, key, &probe));
    *entry = find(dict, &probe);
    return *entry == NULL ? ERR_KEY : OK;
}

/* ---- The store ---- */

static Status store_new(Heap *heap, uint64_t capacity, Value *store)
{
    const DictEntry empty = {VALUE_ABSENT, VALUE_FALSE, VALUE_FALSE};
    DictEntry *entries;
    uint64_t length;

    if (__builtin_mul_overflow(capacity, (uint64_t)DICT_ENTRY_WORDS, &length)
        || length > IMMIX_MAX_GRANULES)
        return ERR_BAD_SIZE;
    entries = li_alloc(heap, T_VECTOR, 0, (uint32_t)length);
    if (UNLIKELY(entries == NULL))
        return ERR_NO_MEMORY;
    for (uint64_t i = 0; i < capacity; i += 1)
        entries[i] = empty;
    *store = value_from_object(entries);
    return OK;
}

/* The smallest capacity of which `count` is at most 4/5. */
static uint64_t capacity_for(uint64_t count)
{
    uint64_t capacity = count + count / 4 + 1;

    return capacity < DEFAULT_ARRAY_SIZE ? DEFAULT_ARRAY_SIZE : capacity;
}

static bool is_live(const DictEntry *entry)
{
    return !value_is_eq(entry->key, VALUE_ABSENT)
        && !value_is_eq(entry->key, VALUE_TOMBSTONE);
}

/* Where a key that is not there goes. */
static DictEntry *free_entry_for(DictEntry *entries, uint64_t capacity, Value hash)
{
    uint64_t i = dict_place(hash, capacity);

    while (is_live(&entries[i])) {
        i += 1;
        if (i == capacity)
            i = 0;
    }
    return &entries[i];
}

/* Moves the live entries to a new store, which is young: no barrier for what goes into it. */
static Status rehash(Heap *heap, Dict *dict, uint64_t capacity)
{
    Value store;
    TRY(store_new(heap, capacity, &store));
    DictEntry *to = value_to_object(store);

    for (uint64_t i = 0, old = dict_capacity(dict); i < old; i += 1) {
        const DictEntry *from = &dict_entries(dict)[i];

        if (is_live(from))
            *free_entry_for(to, capacity, from->hash) = *from;
    }
    dict->store = store;
    dict->capacity = capacity;
    dict->removals = 0;
    dict->used = dict->length;
    li_barrier(heap, dict);
    return OK;
}

/* Set in the hash of an entry that is where it belongs; a hash is a fixnum and not negative. */
#define PLACED ((uint64_t)1 << 63)

static bool is_placed(const DictEntry *entry)
{
    return (entry->hash.bits & PLACED) != 0;
}

/* Puts `entry` into the first slot of its probe sequence that no placed entry has, and what
 * stood there where it belongs, and so on, until there is an empty slot. */
static void place_chain(DictEntry *entries, uint64_t capacity, DictEntry entry)
{
    while (is_live(&entry)) {
        uint64_t i = dict_place(entry.hash, capacity);

        while (is_placed(&entries[i]))
            i = i + 1 == capacity ? 0 : i + 1;
        DictEntry next = entries[i];
        entries[i] = entry;
        entries[i].hash.bits |= PLACED;
        entry = next;
    }
}

/* As rehash(), in a store that can be made larger as it is: the entries never exist twice. */
static bool rehash_in_place(Heap *heap, Dict *dict, uint64_t capacity)
{
    const DictEntry empty = {VALUE_ABSENT, VALUE_FALSE, VALUE_FALSE};
    uint64_t old = dict_capacity(dict);

    if (old == 0 || capacity < old
        || !li_rawarray_extend(heap, &dict->store, capacity, sizeof(DictEntry)))
        return false;
    li_barrier(heap, dict);
    dict->capacity = capacity;
    DictEntry *entries = dict_entries(dict);

    for (uint64_t i = old; i < capacity; i += 1)
        entries[i] = empty;
    for (uint64_t i = 0; i < old; i += 1) {
        DictEntry entry = entries[i];

        if (is_placed(&entry))
            continue;
        entries[i] = empty;
        place_chain(entries, capacity, entry);
    }
    for (uint64_t i = 0; i < capacity; i += 1)
        entries[i].hash.bits &= ~PLACED;
    dict->used = dict->length;
    dict->removals = 0;
    /* Every entry may have come to lie on another card. */
    immix_barrier_range(heap->immix, entries, entries, capacity * sizeof(DictEntry));
    return true;
}

/* True while one more key can be added as things are. A dict that is mostly tombstones is
 * made anew before it is full, so that what it once held does not slow every search; one that
 * has lost most of its keys, so that walking along it takes no longer than it should. */
static bool has_room(const Dict *dict)
{
    uint64_t capacity = dict_capacity(dict);

    return (dict->used + 1) * 5 <= capacity * 4
        && (dict->used - dict->length) * 2 <= capacity
        && (dict->removals * 2 <= capacity || (dict->length + 1) * 8 >= capacity
            || capacity <= DEFAULT_ARRAY_SIZE);
}

static uint64_t grown(uint64_t capacity)
{
    bool doubles = capacity >= DEFAULT_ARRAY_SIZE && capacity < SMALL_CAPACITY;

    return doubles ? capacity * 2 : rawarray_grown(capacity);
}

/* Makes the store anew: tombstones go, and a dict that is full of keys grows, one that is
 * nearly empty shrinks. */
static Status make_room(Heap *heap, Dict *dict)
{
    uint64_t capacity = dict_capacity(dict);
    uint64_t wanted = capacity;

    if ((dict->length + 1) * 2 > capacity)
        wanted = grown(capacity);
    else if ((dict->length + 1) * 8 < capacity)
        wanted = capacity_for(dict->length * 2);
    return rehash_in_place(heap, dict, wanted) ? OK : rehash(heap, dict, wanted);
}

static void store_entry(Heap *heap, Dict *dict, DictEntry *entry, DictEntry with)
{
    void *store = value_to_object(dict->store);

    *entry = with;
    if (UNLIKELY(immix_header_of(store)->bits & IMMIX_UNLOGGED))
        immix_barrier_range(heap->immix, store, entry, sizeof *entry);
}

/* ---- By hash ---- */

Status li_dict_add(Heap *heap, Dict *dict, Value key, Value hash, Value value)
{
    DictEntry *place;

    if (UNLIKELY(dict->borrows != 0))
        return ERR_BORROWED;
    if (UNLIKELY(!has_room(dict)))
        TRY(make_room(heap, dict));
    place = free_entry_for(dict_entries(dict), dict_capacity(dict), hash);
    dict->used += value_is_eq(place->key, VALUE_ABSENT);
    dict->length += 1;
    store_entry(heap, dict, place, (DictEntry){key, value, hash});
    return OK;
}

void li_dict_replace(Heap *heap, Dict *dict, DictEntry *entry, Value value)
{
    store_entry(heap, dict, entry, (DictEntry){entry->key, value, entry->hash});
}

/* What stands before an absent entry, and behind no other one, is absent too: a tombstone is only
 * left where a search must go on. */
Status li_dict_remove(Dict *dict, DictEntry *entry)
{
    DictEntry *first = dict_entries(dict), *last = first + dict_capacity(dict) - 1;
    const DictEntry *next = entry == last ? first : entry + 1;

    if (UNLIKELY(dict->borrows != 0))
        return ERR_BORROWED;
    *entry = (DictEntry){VALUE_TOMBSTONE, VALUE_FALSE, VALUE_FALSE};
    dict->length -= 1;
    dict->removals += 1;
    if (!value_is_eq(next->key, VALUE_ABSENT))
        return OK;
    for (; value_is_eq(entry->key, VALUE_TOMBSTONE);
         entry = entry == first ? last : entry - 1) {
        entry->key = VALUE_ABSENT;
        dict->used -= 1;
    }
    return OK;
}

/* ---- Container ---- */

Status li_dict_new(Heap *heap, DictKind kind, Value *result)
{
    Dict *dict =
        li_alloc(heap, T_DICT, (uint8_t)kind, sizeof *dict / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(dict == NULL))
        return ERR_NO_MEMORY;
    *dict = (Dict){.store = VALUE_FALSE,
                   .equivalence = VALUE_FALSE,
                   .hash_function = VALUE_FALSE};
    *result = value_from_object(dict);
    return OK;
}

Status li_dict_with_capacity(Heap *heap, DictKind kind, uint64_t count, Value *result)
{
    Value v;

    if (count > IMMIX_MAX_GRANULES)
        return ERR_BAD_SIZE;
    TRY(li_dict_new(heap, kind, &v));
    if (count != 0)
        TRY(rehash(heap, value_to_dict(v), capacity_for(count)));
    *result = v;
    return OK;
}

Status li_dict_clear(Dict *dict)
{
    if (dict->borrows != 0)
        return ERR_BORROWED;
    /* A new store costs less than one that stays large for what may be few keys. */
    dict->store = VALUE_FALSE;
    dict->capacity = dict->length = dict->used = dict->removals = 0;
    return OK;
}

Status li_dict_copy(Heap *heap, const Dict *dict, Value *result)
{
    Value v;
    TRY(li_dict_new(heap, dict_kind(dict), &v));
    Dict *copy = value_to_dict(v);

    /* As the old dict with its store, from which rehash() makes one of its own. */
    *copy = *dict;
    copy->borrows = 0;
    if (dict->length == 0) {
        copy->store = VALUE_FALSE;
        copy->capacity = copy->used = 0;
    } else {
        TRY(rehash(heap, copy, capacity_for(dict->length)));
    }
    *result = v;
    return OK;
}

/* ---- Hash-indexed container ---- */

static Status lookup_value(Heap *heap, const Dict *dict, const DictOps *ops, Value key,
                           Value *value)
{
    DictEntry *entry;

    TRY(lookup(heap, dict, ops, key, &entry));
    *value = entry->value;
    return OK;
}

static Status assoc(Heap *heap, Dict *dict, const DictOps *ops, Value key, Value value)
{
    Probe probe;
    DictEntry *entry;

    TRY(probe_for(heap, dict, ops, key, &probe));
    entry = find(dict, &probe);
    if (entry == NULL)
        return li_dict_add(heap, dict, key, probe.hash, value);
    li_dict_replace(heap, dict, entry, value);
    return OK;
}

static Status dissoc(Heap *heap, Dict *dict, const DictOps *ops, Value key,
                     Value *value)
{
    DictEntry *entry;
    Value old;

    TRY(lookup(heap, dict, ops, key, &entry));
    old = entry->value;
    TRY(li_dict_remove(dict, entry));
    *value = old;
    return OK;
}

Status li_dict_lookup_slow(Heap *heap, const Dict *dict, Value key, Value *value)
{
    return lookup_value(heap, dict, NULL, key, value);
}

Status li_dict_assoc(Heap *heap, Dict *dict, Value key, Value value)
{
    return assoc(heap, dict, NULL, key, value);
}

Status li_dict_dissoc(Heap *heap, Dict *dict, Value key, Value *value)
{
    return dissoc(heap, dict, NULL, key, value);
}

Status li_dict_exists(Heap *heap, const Dict *dict, Value key, bool *exists)
{
    Value value;
    Status status = li_dict_lookup(heap, dict, key, &value);

    if (status != OK && status != ERR_KEY)
        return status;
    *exists = status == OK;
    return OK;
}

Status li_dict_lookup_by(Heap *heap, const Dict *dict, const DictOps *ops, Value key,
                         Value *value)
{
    return lookup_value(heap, dict, ops, key, value);
}

Status li_dict_assoc_by(Heap *heap, Dict *dict, const DictOps *ops, Value key,
                        Value value)
{
    return assoc(heap, dict, ops, key, value);
}

Status li_dict_dissoc_by(Heap *heap, Dict *dict, const DictOps *ops, Value key,
                         Value *value)
{
    return dissoc(heap, dict, ops, key, value);
}

/* ---- Walking ---- */

bool li_dict_next(const Dict *dict, uint64_t *cursor, Value *key, Value *value)
{
    uint64_t capacity = dict_capacity(dict);

    while (*cursor < capacity) {
        const DictEntry *entry = &dict_entries(dict)[*cursor];

        *cursor += 1;
        if (is_live(entry)) {
            *key = entry->key;
            *value = entry->value;
            return true;
        }
    }
    return false;
}

/* Nobody has an address in a dict, so its store may move: only the count is kept. */
void li_dict_borrow(Heap *heap, Dict *dict)
{
    (void)heap;
    dict->borrows += 1;
}

void li_dict_release(Heap *heap, Dict *dict)
{
    (void)heap;
    CHECK(dict->borrows != 0);
    dict->borrows -= 1;
}

/* ---- From pair lists ---- */

Status li_dict_from_pair_list(Heap *heap, DictKind kind, Value list, Value *result)
{
    uint64_t length;
    Value v;
    bool exists;

    TRY(li_pair_list_length(list, &length));
    TRY(li_dict_with_capacity(heap, kind, length, &v));
    for (; value_is_pair(list); list = pair_cdr(list)) {
        Value pair = pair_car(list);

        if (!value_is_pair(pair))
            return ERR_TYPE;
        TRY(li_dict_exists(heap, value_to_dict(v), pair_car(pair), &exists));
        if (!exists)
            TRY(li_dict_assoc(heap, value_to_dict(v), pair_car(pair), pair_cdr(pair)));
    }
    *result = v;
    return OK;
}

Status li_dict_to_pair_list(Heap *heap, const Dict *dict, Value *result)
{
    Value list = VALUE_NIL, key, value, pair;
    uint64_t cursor = 0;

    while (li_dict_next(dict, &cursor, &key, &value)) {
        TRY(li_cons(heap, key, value, &pair));
        TRY(li_cons(heap, pair, list, &list));
    }
    *result = list;
    return OK;
}

bool li_dict_valid(const Dict *dict)
{
    uint64_t live = 0, used = 0, capacity = dict_capacity(dict);
    uint64_t words = value_is_true(dict->store) ? vector_length(dict->store) : 0;

    if (words != capacity * DICT_ENTRY_WORDS)
        return false;
    for (uint64_t i = 0; i < capacity; i += 1) {
        const DictEntry *entry = &dict_entries(dict)[i];

        live += is_live(entry);
        used += !value_is_eq(entry->key, VALUE_ABSENT);
        if (!is_live(entry) && !value_is_eq(entry->value, VALUE_FALSE))
            return false;
        if (!is_live(entry))
            continue;
        for (uint64_t at = dict_place(entry->hash, capacity); at != i;
             at = at + 1 == capacity ? 0 : at + 1) {
            if (value_is_eq(dict_entries(dict)[at].key, VALUE_ABSENT))
                return false;
        }
    }
    return live == dict->length && used == dict->used && used * 5 <= capacity * 4;
}
