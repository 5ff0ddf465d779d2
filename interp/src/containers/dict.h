/* dict.h - a hash table from Values to Values.
 *
 * The kind says which keys are the same:
 *
 *     DICT_EQ      eq?: any key
 *     DICT_EQV     eqv?: any key; numbers of the same exactness and value are the same
 *     DICT_EQUAL   as DICT_EQV, and strings by content. ERR_UNHASHABLE for pairs, vectors and
 *                  numeric arrays, whose contents equal? compares and this does not. A string
 *                  must not change while it is a key.
 *     DICT_CUSTOM  by a hash and an equality of the caller's, given with each call
 *
 * and those of types/hashtable.h, whose keys are hashed and compared there: for the functions here
 * that take a key they are like DICT_CUSTOM.
 *
 * Open addressing with linear probing; a hash only finds candidates, and then the keys are
 * compared. Objects without a hash of their own get an identity hash, which stays with them
 * when they move: a collection leaves every dict as it is.
 *
 * Everywhere: ERR_KEY if the key is not there, in an empty dict too; ERR_BORROWED if the call
 * would add or remove a key while the dict is borrowed; ERR_BAD_SIZE and ERR_NO_MEMORY when it
 * must grow. On any error the dict is as it was. Nothing here collects.
 *
 * Invariants (li_dict_valid)
 *   D1  length = entries with a key; used = length + tombstones <= 4/5 of the capacity, which is
 *       that of the store
 *   D2  a key is in the probe sequence of its hash, before any absent entry
 *   D3  store is #f while nothing was ever added, or after the dict was cleared, and a vector of
 *       entries otherwise
 */
#ifndef LI_CONTAINERS_DICT_H
#define LI_CONTAINERS_DICT_H

#include "containers/hash.h"
#include "containers/symbolmap.h"

typedef enum DictKind {
    DICT_EQ,
    DICT_EQV,
    DICT_EQUAL,
    DICT_CUSTOM,
    DICT_DEEP,
    DICT_TEXT,
    DICT_TEXT_FOLDED
} DictKind;

typedef struct Dict {
    Value store; /* #f, or T_VECTOR of DictEntry */
    /* A hash table's, as the program gave them; #f otherwise. */
    Value equivalence, hash_function;
    uint64_t length, used;
    uint64_t capacity; /* entries in the store */
    uint64_t removals; /* since the store was made */
    uint64_t borrows;
} Dict;

typedef struct DictEntry {
    Value key; /* VALUE_ABSENT: never used; VALUE_TOMBSTONE: removed */
    Value value;
    Value hash; /* fixnum */
} DictEntry;

enum {
    DICT_ENTRY_WORDS = sizeof(DictEntry) / sizeof(Value)
};

/* What tells keys of a DICT_CUSTOM dict apart. Both must agree, and neither may change the
 * dict or collect. hash() may refuse a key, with ERR_UNHASHABLE. */
typedef struct DictOps {
    Status (*hash)(Heap *heap, Value key, void *context, uint64_t *hash);
    bool (*equals)(Value a, Value b, void *context);
    void *context;
} DictOps;

ALWAYS_INLINE bool value_is_dict(Value v)
{
    return value_has_type(v, T_DICT);
}

ALWAYS_INLINE Dict *value_to_dict(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE DictKind dict_kind(const Dict *dict)
{
    return (DictKind)immix_extra_of(dict);
}

ALWAYS_INLINE uint64_t li_dict_length(const Dict *dict)
{
    return dict->length;
}

ALWAYS_INLINE uint64_t dict_capacity(const Dict *dict)
{
    return dict->capacity;
}

ALWAYS_INLINE DictEntry *dict_entries(const Dict *dict)
{
    return value_to_object(dict->store);
}

/* Where the probe sequence of a hash begins: any capacity up to 2^32, without a division. */
ALWAYS_INLINE uint64_t dict_place(Value hash, uint64_t capacity)
{
    return (uint64_t)(uint32_t)(hash.bits >> 2) * capacity >> 32;
}

/* ---- Container ---- */

MUST_CHECK Status li_dict_new(Heap *heap, DictKind kind, Value *result);
/* Room for `count` keys without growing. */
MUST_CHECK Status li_dict_with_capacity(Heap *heap, DictKind kind, uint64_t count,
                                        Value *result);
MUST_CHECK Status li_dict_clear(Dict *dict);
/* A new dict of the same kind with the same keys and values. */
MUST_CHECK Status li_dict_copy(Heap *heap, const Dict *dict, Value *result);

/* ---- Hash-indexed container ---- */

MUST_CHECK Status li_dict_lookup_slow(Heap *heap, const Dict *dict, Value key,
                                      Value *value);
/* Adds the key, or replaces its value; the latter in a borrowed dict too. */
MUST_CHECK Status li_dict_assoc(Heap *heap, Dict *dict, Value key, Value value);
/* Removes the key; *value was its value. */
MUST_CHECK Status li_dict_dissoc(Heap *heap, Dict *dict, Value key, Value *value);
MUST_CHECK Status li_dict_exists(Heap *heap, const Dict *dict, Value key, bool *exists);

/* For keys that only the same word is equal to: NULL if it is not there. */
ALWAYS_INLINE DictEntry *dict_find_word(const Dict *dict, Value key, Value hash)
{
    uint64_t capacity = dict_capacity(dict);

    if (UNLIKELY(capacity == 0))
        return NULL;
    for (uint64_t i = dict_place(hash, capacity); true;) {
        DictEntry *entry = &dict_entries(dict)[i];

        if (value_is_eq(entry->key, key))
            return entry;
        if (value_is_eq(entry->key, VALUE_ABSENT))
            return NULL;
        i += 1;
        if (i == capacity)
            i = 0;
    }
}

ALWAYS_INLINE MUST_CHECK Status li_dict_lookup(Heap *heap, const Dict *dict, Value key,
                                               Value *value)
{
    const DictEntry *entry;

    if (UNLIKELY(!value_is_symbol(key) || dict_kind(dict) >= DICT_CUSTOM))
        return li_dict_lookup_slow(heap, dict, key, value);
    entry = dict_find_word(dict, key, value_to_symbol(key)->hash);
    if (entry == NULL)
        return ERR_KEY;
    *value = entry->value;
    return OK;
}

/* The same for any dict, by the caller's hash and equality. */
MUST_CHECK Status li_dict_lookup_by(Heap *heap, const Dict *dict, const DictOps *ops,
                                    Value key, Value *value);
MUST_CHECK Status li_dict_assoc_by(Heap *heap, Dict *dict, const DictOps *ops,
                                   Value key, Value value);
MUST_CHECK Status li_dict_dissoc_by(Heap *heap, Dict *dict, const DictOps *ops,
                                    Value key, Value *value);

/* The hash by which the kind finds a key: ERR_UNHASHABLE. 61 bits. */
MUST_CHECK Status li_dict_hash(Heap *heap, DictKind kind, Value key, uint64_t *hash);

/* ---- By hash: for who compares keys himself ---- */

/* The low 61 bits of any hash, as an entry keeps it. */
ALWAYS_INLINE Value dict_hash_value(uint64_t hash)
{
    return value_from_fixnum((int64_t)(hash & (uint64_t)FIXNUM_MAX));
}

/* The hash of keys that only the same word is equal to. */
ALWAYS_INLINE Value dict_word_hash(Heap *heap, Value key)
{
    if (LIKELY(!value_is_reference(key)))
        return dict_hash_value(hash_step(0, key.bits));
    if (LIKELY(value_is_symbol(key)))
        return value_to_symbol(key)->hash;
    return dict_hash_value(immix_identity_hash(heap->immix, value_to_payload(key)));
}

/* The next entry with this hash, NULL behind the last one. *place is dict_place() at first, of a
 * dict that is not empty. */
ALWAYS_INLINE DictEntry *dict_next_candidate(const Dict *dict, Value hash,
                                             uint64_t *place)
{
    uint64_t capacity = dict_capacity(dict);

    for (;;) {
        DictEntry *entry = &dict_entries(dict)[*place];

        if (value_is_eq(entry->key, VALUE_ABSENT))
            return NULL;
        *place = *place + 1 == capacity ? 0 : *place + 1;
        if (value_is_eq(entry->hash, hash) && !value_is_eq(entry->key, VALUE_TOMBSTONE))
            return entry;
    }
}

/* Adds a key that is not there; ERR_BORROWED. */
MUST_CHECK Status li_dict_add(Heap *heap, Dict *dict, Value key, Value hash,
                              Value value);
void li_dict_replace(Heap *heap, Dict *dict, DictEntry *entry, Value value);
/* ERR_BORROWED. */
MUST_CHECK Status li_dict_remove(Dict *dict, DictEntry *entry);

/* ---- Walking ---- */

/* The next entry at or after *cursor, which begins at 0; false at the end. The order is no
 * order. Borrow the dict meanwhile, so that it is the same dict at the end. */
bool li_dict_next(const Dict *dict, uint64_t *cursor, Value *key, Value *value);
/* Freezes the keys until the release. Borrows nest. */
void li_dict_borrow(Heap *heap, Dict *dict);
void li_dict_release(Heap *heap, Dict *dict);

/* ---- From pair lists ---- */

/* Of a list of pairs (key . value); of equal keys the first counts, as in assoc. */
MUST_CHECK Status li_dict_from_pair_list(Heap *heap, DictKind kind, Value list,
                                         Value *result);
MUST_CHECK Status li_dict_to_pair_list(Heap *heap, const Dict *dict, Value *result);

bool li_dict_valid(const Dict *dict);

#endif /* LI_CONTAINERS_DICT_H */
