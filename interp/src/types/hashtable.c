/* hashtable.c - see hashtable.h. */
#include "types/hashtable.h"

#include "types/char.h"
#include "types/equal.h"

Status li_hashtable_new(Heap *heap, DictKind kind, uint64_t count, Value equivalence,
                        Value hash_function, Value *result)
{
    TRY(li_dict_with_capacity(heap, kind, count, result));
    value_to_dict(*result)->equivalence = equivalence;
    value_to_dict(*result)->hash_function = hash_function;
    return OK;
}

/* ---- Finding ---- */

/* Whether two keys that have the same hash are the same to the table. */
static Status same_key(Heap *heap, DictKind kind, Value a, Value b, bool *same)
{
    int order;

    *same = value_is_eq(a, b);
    if (*same)
        return OK;
    switch ((int)kind) {
    case DICT_EQV: *same = li_eqv(a, b); return OK;
    case DICT_DEEP: return li_equal(heap, a, b, same);
    case DICT_TEXT: *same = li_text_equals(value_to_text(a), value_to_text(b)); return OK;
    case DICT_TEXT_FOLDED:
        TRY(li_text_compare_folded(value_to_text(a), value_to_text(b), &order));
        *same = order == 0;
        return OK;
    default: UNREACHABLE();
    }
}

static Status find_by_contents(Heap *heap, const Dict *table, Value key, Value hash,
                               DictEntry **entry)
{
    *entry = NULL;
    if (dict_capacity(table) == 0)
        return OK;
    for (uint64_t place = dict_place(hash, dict_capacity(table)); true;) {
        DictEntry *candidate = dict_next_candidate(table, hash, &place);
        bool same;

        if (candidate == NULL)
            return OK;
        TRY(same_key(heap, dict_kind(table), candidate->key, key, &same));
        if (same) {
            *entry = candidate;
            return OK;
        }
    }
}

/* The hash of a key that is not one of a kind by itself. */
static Status contents_hash(Heap *heap, DictKind kind, Value key, uint64_t *hash)
{
    if (kind == DICT_DEEP)
        *hash = li_equal_hash(heap, key);
    else if (kind == DICT_EQV)
        *hash = li_num_hash(key);
    else if (!value_is_text(key))
        return ERR_TYPE;
    else if (kind == DICT_TEXT)
        *hash = li_text_hash(value_to_text(key));
    else
        return li_text_hash_folded(value_to_text(key), hash);
    return OK;
}

/* True if nothing but the same word is equal to the key. */
static bool is_word_key(DictKind kind, Value key)
{
    switch ((int)kind) {
    case DICT_EQ: return true;
    case DICT_EQV: return !value_is_boxed_number(key);
    case DICT_DEEP: return !value_is_reference(key) || value_is_symbol(key);
    default: return false;
    }
}

Status li_hashtable_find(Heap *heap, const Dict *table, Value key, Value *hash,
                         DictEntry **entry)
{
    DictKind kind = dict_kind(table);
    uint64_t bits;

    if (is_word_key(kind, key)) {
        *hash = dict_word_hash(heap, key);
        *entry = dict_find_word(table, key, *hash);
        return OK;
    }
    TRY(contents_hash(heap, kind, key, &bits));
    *hash = dict_hash_value(bits);
    return find_by_contents(heap, table, key, *hash, entry);
}

Status li_hashtable_set(Heap *heap, Dict *table, Value key, Value value)
{
    DictEntry *entry;
    Value hash;

    TRY(li_hashtable_find(heap, table, key, &hash, &entry));
    if (entry == NULL)
        return li_dict_add(heap, table, key, hash, value);
    li_dict_replace(heap, table, entry, value);
    return OK;
}

/* ---- Tables with procedures of the program ---- */

DictEntry *li_hashtable_find_same(const Dict *table, Value key, Value hash)
{
    return dict_find_word(table, key, hash);
}

Status li_hashtable_candidates(Heap *heap, const Dict *table, Value hash, Value *list)
{
    const DictEntry *entry;
    uint64_t place;

    *list = VALUE_NIL;
    if (dict_capacity(table) == 0)
        return OK;
    place = dict_place(hash, dict_capacity(table));
    while ((entry = dict_next_candidate(table, hash, &place)) != NULL)
        TRY(li_cons(heap, entry->key, *list, list));
    return OK;
}

/* ---- All of a table ---- */

Status li_hashtable_entries(Heap *heap, const Dict *table, Value *vector)
{
    uint64_t cursor = 0;
    Value key, value, *items;

    TRY(li_vector(heap, 2 * li_dict_length(table), VALUE_FALSE, vector));
    items = vector_items(*vector);
    while (li_dict_next(table, &cursor, &key, &value)) {
        items[0] = key;
        items[1] = value;
        items += 2;
    }
    return OK;
}

Status li_hashtable_list(Heap *heap, const Dict *table, HashTablePart part, Value *list)
{
    Value built = VALUE_NIL, key, value, item;
    uint64_t cursor = 0;

    while (li_dict_next(table, &cursor, &key, &value)) {
        item = part == PART_KEYS ? key : value;
        if (part == PART_PAIRS)
            TRY(li_cons(heap, key, value, &item));
        TRY(li_cons(heap, item, built, &built));
    }
    *list = built;
    return OK;
}
