/* hashtable.h - the hash tables of programs: dicts whose keys are compared as the kind says.
 *
 *     DICT_EQ           eq?
 *     DICT_EQV          eqv?
 *     DICT_DEEP         equal?, circular keys too; a key must not change while it is in the table
 *     DICT_TEXT         string=?: ERR_TYPE for a key that is no string
 *     DICT_TEXT_FOLDED  string-ci=?: as DICT_TEXT
 *     DICT_CUSTOM       by procedures of the program, which C cannot call: stdlib/srfi/69. What is
 *                       here finds a key of such a table by its hash and its identity.
 *
 * An entry keeps the hash of its key, so that no key is hashed twice and keys are compared only
 * if their hashes are the same.
 *
 * Everywhere: ERR_BORROWED and ERR_NO_MEMORY as dict.h has it. Nothing here collects.
 */
#ifndef LI_TYPES_HASHTABLE_H
#define LI_TYPES_HASHTABLE_H

#include "containers/dict.h"

/* Room for `count` keys. `equivalence` and `hash_function` are kept for the program to ask. */
MUST_CHECK Status li_hashtable_new(Heap *heap, DictKind kind, uint64_t count,
                                   Value equivalence, Value hash_function,
                                   Value *result);

/* Finds the entry of a key, NULL if there is none, and the key's hash. Not of DICT_CUSTOM. */
MUST_CHECK Status li_hashtable_find(Heap *heap, const Dict *table, Value key,
                                    Value *hash, DictEntry **entry);
/* Adds the key, or replaces its value. */
MUST_CHECK Status li_hashtable_set(Heap *heap, Dict *table, Value key, Value value);

/* Of a DICT_CUSTOM table: the entry with this hash whose key is the same word. */
DictEntry *li_hashtable_find_same(const Dict *table, Value key, Value hash);
/* A new list of the keys with this hash. */
MUST_CHECK Status li_hashtable_candidates(Heap *heap, const Dict *table, Value hash,
                                          Value *list);

/* A new vector: key, value, key, value, ... */
MUST_CHECK Status li_hashtable_entries(Heap *heap, const Dict *table, Value *vector);

typedef enum HashTablePart {
    PART_KEYS,
    PART_VALUES,
    PART_PAIRS
} HashTablePart;

/* A new list of the keys, of the values, or of (key . value). */
MUST_CHECK Status li_hashtable_list(Heap *heap, const Dict *table, HashTablePart part,
                                    Value *list);

#endif /* LI_TYPES_HASHTABLE_H */
