/* weaktable.h - a hash table that holds its keys weakly.
 *
 * Keys are compared by eq? or eqv?. An entry is an ephemeron, so it lives as long as its key
 * does for other reasons, its own value not being one; numbers, characters and the like live
 * for ever. What is gone stays in its chain, broken, until somebody passes by.
 *
 * It is Larson's linear hashing (CACM 31/4, 1988): chains in a vector, one of which is split
 * or merged at a time, so that no call takes longer than its chain, the copying of the vector
 * apart. Each call that changes the table looks through one further chain for the broken ones,
 * and gives chains up when most are empty.
 *
 * Nothing here collects. Memory is asked for before the first effect.
 *
 * Invariants (li_weak_table_valid)
 *   W1  `chains` entries of the vector are in use; the others are #f
 *   W2  an entry is in the chain that weak_table_place() gives for its hash
 *   W3  `length` is the number of entries, broken ones included
 */
#ifndef LI_TYPES_WEAKTABLE_H
#define LI_TYPES_WEAKTABLE_H

#include "containers/dict.h"

/* T_WEAK_ENTRY, begins like an ImmixEphemeron. */
typedef struct WeakEntry {
    Value key; /* VALUE_ABSENT when broken */
    uint64_t link;
    Value value;
    Value next; /* entry or #f */
    Value hash; /* fixnum */
} WeakEntry;

/* T_WEAK_HASHTABLE; the numbers are fixnums. The header's extra byte is a DictKind. */
typedef struct WeakTable {
    Value vector; /* of chains */
    Value chains;
    Value length;
    Value next_clean; /* the chain to look through next */
} WeakTable;

ALWAYS_INLINE bool value_is_weak_table(Value v)
{
    return value_has_type(v, T_WEAK_HASHTABLE);
}

ALWAYS_INLINE WeakTable *value_to_weak_table(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE DictKind weak_table_kind(const WeakTable *table)
{
    return (DictKind)immix_extra_of(table);
}

ALWAYS_INLINE uint64_t weak_table_chains(const WeakTable *table)
{
    return (uint64_t)value_to_fixnum(table->chains);
}

/* DICT_EQ or DICT_EQV. */
MUST_CHECK Status li_weak_table_new(Heap *heap, DictKind kind, Value *result);
/* False: not there. */
MUST_CHECK bool li_weak_table_get(Heap *heap, const WeakTable *table, Value key,
                                  Value *value);
MUST_CHECK Status li_weak_table_set(Heap *heap, WeakTable *table, Value key,
                                    Value value);
void li_weak_table_delete(Heap *heap, WeakTable *table, Value key);
MUST_CHECK Status li_weak_table_clear(Heap *heap, WeakTable *table);

/* Drops the broken entries of a chain, and counts the others. */
uint64_t li_weak_table_clean(Heap *heap, WeakTable *table, uint64_t chain);
/* Gives up one chain if the table has far too many. False: it has not. */
bool li_weak_table_shrink(Heap *heap, WeakTable *table);
/* Puts (key . value) in front of `tail` for each entry of a chain that is not broken. */
MUST_CHECK Status li_weak_table_chain(Heap *heap, const WeakTable *table,
                                      uint64_t chain, Value tail, Value *result);
bool li_weak_table_valid(const WeakTable *table);

#endif /* LI_TYPES_WEAKTABLE_H */
