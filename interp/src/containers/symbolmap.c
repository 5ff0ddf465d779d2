/* symbolmap.c - interned symbols, held weakly.
 *
 * Open addressing with linear probing in a T_WEAK_TABLE object. The collector sees the table
 * as a root without references; after marking, the sweep hook asks of each entry whether its
 * symbol lives on. A minor collection can only drop symbols younger than the last collection,
 * so the places of those are noted, and only they are looked at, however large the table.
 *
 *     S1  capacity is a power of two; used = live entries + tombstones <= 3/4 of it
 *     S2  a symbol is in the table once, in the probe sequence of its hash
 *     S3  unless young_lost, every entry younger than the last collection is in `young`
 */
#include "containers/symbolmap.h"

#include <stdlib.h>

enum {
    MIN_CAPACITY = 1024,
    MIN_YOUNG = 256
};

typedef struct Entry {
    uint64_t symbol; /* a symbol's bits, VALUE_ABSENT's or VALUE_TOMBSTONE's */
    uint64_t hash;
} Entry;

struct SymbolMap {
    Heap *heap;
    RootProvider provider;
    Value table; /* #f, or T_WEAK_TABLE of Entry */
    uint64_t capacity, live, used;
    uint64_t serial; /* of the next uninterned symbol */
    Value young;     /* #f, or T_BYTES of uint32_t: places */
    uint32_t young_count;
    bool young_lost; /* not all are noted, so that all places must be looked at */
};

/* A name on its way to being a symbol: UTF-8 that is known to be valid, or a text. */
typedef struct Name {
    const char *utf8;
    size_t bytes;
    const Text *text;
    uint64_t chars, hash;
} Name;

static Entry *entries(const SymbolMap *map)
{
    return value_to_object(map->table);
}

static uint32_t *young_places(const SymbolMap *map)
{
    return value_to_object(map->young);
}

static bool is_live(const Entry *entry)
{
    return entry->symbol != VALUE_ABSENT.bits && entry->symbol != VALUE_TOMBSTONE.bits;
}

/* ---- Collection ---- */

static void visit_table(ImmixTracer *tracer, void *context)
{
    SymbolMap *map = context;

    immix_visit(tracer, &map->table.bits);
    if (!immix_is_full(tracer)) {
        immix_visit(tracer, &map->young.bits);
        return;
    }
    /* All places will be looked at. */
    map->young = VALUE_FALSE;
    map->young_count = 0;
    map->young_lost = true;
}

static void sweep_entry(SymbolMap *map, ImmixTracer *tracer, Entry *entry)
{
    if (is_live(entry) && !immix_survives(tracer, &entry->symbol)) {
        entry->symbol = VALUE_TOMBSTONE.bits;
        map->live -= 1;
    }
}

/* A tombstone before an empty entry ends no probe sequence: empty it too. */
static void drop_tombstones(SymbolMap *map)
{
    Entry *at = entries(map);
    bool next_empty = at[0].symbol == VALUE_ABSENT.bits;

    for (uint64_t i = map->capacity; i-- > 0;) {
        if (next_empty && at[i].symbol == VALUE_TOMBSTONE.bits) {
            at[i].symbol = VALUE_ABSENT.bits;
            map->used -= 1;
        }
        next_empty = at[i].symbol == VALUE_ABSENT.bits;
    }
}

static void sweep_table(ImmixTracer *tracer, void *context)
{
    SymbolMap *map = context;

    if (map->capacity == 0)
        return;
    if (immix_is_full(tracer) || map->young_lost) {
        for (uint64_t i = 0; i < map->capacity; i += 1)
            sweep_entry(map, tracer, &entries(map)[i]);
        drop_tombstones(map);
    } else {
        for (uint32_t i = 0; i < map->young_count; i += 1)
            sweep_entry(map, tracer, &entries(map)[young_places(map)[i]]);
    }
    map->young_count = 0;
    map->young_lost = false;
}

/* ---- The table ---- */

static Status table_new(Heap *heap, uint64_t capacity, Value *table)
{
    uint64_t granules = capacity * sizeof(Entry) / IMMIX_GRANULE_BYTES;

    if (granules > IMMIX_MAX_GRANULES)
        return ERR_BAD_SIZE;

    Entry *at = immix_alloc(
        heap->immix, immix_header(T_WEAK_TABLE, 0, (uint32_t)granules, IMMIX_LEAF));

    if (at == NULL)
        return ERR_NO_MEMORY;
    for (uint64_t i = 0; i < capacity; i += 1)
        at[i] = (Entry){VALUE_ABSENT.bits, 0};
    *table = value_from_object(at);
    return OK;
}

/* The place of a new entry: the table holds no equal one and is not full. */
static uint64_t free_place(Entry *at, uint64_t capacity, uint64_t hash)
{
    uint64_t i = hash & (capacity - 1);

    while (is_live(&at[i]))
        i = (i + 1) & (capacity - 1);
    return i;
}

static Status rehash(SymbolMap *map, uint64_t capacity)
{
    Value table;
    TRY(table_new(map->heap, capacity, &table));
    Entry *to = value_to_object(table);

    for (uint64_t i = 0; i < map->capacity; i += 1) {
        const Entry *from = &entries(map)[i];

        if (is_live(from))
            to[free_place(to, capacity, from->hash)] = *from;
    }
    map->table = table;
    map->capacity = capacity;
    map->used = map->live;
    map->young_lost = true; /* the places in `young` are of the old table */
    return OK;
}

/* Makes sure that one more entry fits; shrinks a table that has become far too large. */
static Status make_room(SymbolMap *map)
{
    uint64_t wanted = MIN_CAPACITY;

    if ((map->used + 1) * 4 <= map->capacity * 3
        && (map->capacity <= MIN_CAPACITY || map->live * 16 > map->capacity))
        return OK;
    while (wanted < (map->live + 1) * 2)
        wanted *= 2;
    return rehash(map, wanted);
}

static uint32_t young_capacity(const SymbolMap *map)
{
    if (!value_is_true(map->young))
        return 0;
    return immix_granules_of(value_to_object(map->young)) * 2;
}

/* Makes room for one more. False: no memory. */
static bool grow_young(SymbolMap *map)
{
    uint32_t capacity = young_capacity(map);
    uint32_t granules = capacity == 0 ? MIN_YOUNG / 2 : capacity;
    uint32_t *places =
        immix_alloc(map->heap->immix, immix_header(T_BYTES, 0, granules, IMMIX_LEAF));

    if (places == NULL)
        return false;
    if (map->young_count != 0)
        memcpy(places, young_places(map), map->young_count * sizeof places[0]);
    map->young = value_from_object(places);
    return true;
}

/* It never fails: what is not noted makes the next collection look at everything. */
static void note_young(SymbolMap *map, uint64_t place)
{
    if (map->young_lost || place > UINT32_MAX
        || (map->young_count == young_capacity(map) && !grow_young(map))) {
        map->young_lost = true;
        return;
    }
    young_places(map)[map->young_count] = (uint32_t)place;
    map->young_count += 1;
}

static void insert(SymbolMap *map, uint64_t hash, Value symbol)
{
    uint64_t place = free_place(entries(map), map->capacity, hash);
    Entry *entry = &entries(map)[place];

    if (entry->symbol == VALUE_ABSENT.bits)
        map->used += 1;
    map->live += 1;
    *entry = (Entry){symbol.bits, hash};
    note_young(map, place);
}

/* ---- Names ---- */

static Status name_from_bytes(const char *utf8, size_t bytes, Name *name)
{
    CharHash hash = char_hash_begin();

    if (LIKELY(li_ascii_prefix(utf8, bytes) == bytes)) {
        *name =
            (Name){utf8, bytes, NULL, bytes, hash_bytes((const uint8_t *)utf8, bytes)};
        return OK;
    }
    for (size_t i = 0; i < bytes;) {
        uint32_t c;
        bool valid;

        i += li_utf8_decode(utf8 + i, bytes - i, &c, &valid);
        if (!valid)
            return ERR_ENCODING;
        char_hash_push(&hash, c);
    }
    *name = (Name){utf8, bytes, NULL, hash.count, char_hash_end(&hash)};
    return OK;
}

static bool bytes_equal_text(const Name *name, const Text *text)
{
    if (text->width == 1 && name->chars == name->bytes)
        return memcmp(text_bytes(text), name->utf8, name->bytes) == 0;
    for (size_t i = 0, at = 0; i < name->bytes; at += 1) {
        uint32_t c;
        bool valid;

        i += li_utf8_decode(name->utf8 + i, name->bytes - i, &c, &valid);
        if (c != li_text_at(text, at))
            return false;
    }
    return true;
}

static bool name_equals(const Name *name, const Text *text)
{
    if (name->chars != text->length)
        return false;
    return name->text != NULL ? li_text_equals(name->text, text)
                              : bytes_equal_text(name, text);
}

/* An immutable text, of the map's own: what the caller has may change or be long-lived. */
static Status name_text(Heap *heap, const Name *name, Value *text)
{
    if (name->text != NULL)
        TRY(li_text_slice(heap, name->text, 0, name->chars, text));
    else
        TRY(li_text_from_utf8(heap, name->utf8, name->bytes, text));
    li_set_immutable(value_to_object(*text));
    return OK;
}

static bool find(const SymbolMap *map, const Name *name, Value *result)
{
    if (map->capacity == 0)
        return false;

    Entry *at = entries(map);

    for (uint64_t i = name->hash; true; i += 1) {
        const Entry *entry = &at[i & (map->capacity - 1)];

        Value symbol = {entry->symbol};

        if (value_is_eq(symbol, VALUE_ABSENT))
            return false;
        if (entry->hash != name->hash || value_is_eq(symbol, VALUE_TOMBSTONE))
            continue;
        if (name_equals(name, symbol_text(symbol))) {
            *result = symbol;
            return true;
        }
    }
}

static Value hash_as_fixnum(uint64_t hash)
{
    return value_from_fixnum((int64_t)(hash >> 3));
}

static Status symbol_new(Heap *heap, Value name, uint64_t hash, Value *result)
{
    Symbol *symbol = li_alloc(heap, T_SYMBOL, 0, sizeof *symbol / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(symbol == NULL))
        return ERR_NO_MEMORY;
    *symbol = (Symbol){name, hash_as_fixnum(hash)};
    *result = value_from_object(symbol);
    return OK;
}

static Status intern(Heap *heap, const Name *name, Value *result)
{
    SymbolMap *map = heap->symbols;
    Value text, symbol;

    if (LIKELY(find(map, name, result)))
        return OK;
    TRY(make_room(map));
    TRY(name_text(heap, name, &text));
    TRY(symbol_new(heap, text, name->hash, &symbol));
    insert(map, name->hash, symbol);
    *result = symbol;
    return OK;
}

/* ---- The interface ---- */

Status li_symbolmap_new(Heap *heap, SymbolMap **result)
{
    SymbolMap *map = calloc(1, sizeof *map);

    if (map == NULL)
        return ERR_NO_MEMORY;
    map->heap = heap;
    map->table = VALUE_FALSE;
    map->young = VALUE_FALSE;
    map->provider =
        (RootProvider){.visit = visit_table, .sweep = sweep_table, .context = map};
    li_heap_add_provider(heap, &map->provider);
    *result = map;
    return OK;
}

void li_symbolmap_free(SymbolMap *map)
{
    if (map == NULL)
        return;
    li_heap_remove_provider(map->heap, &map->provider);
    free(map);
}

Status li_intern(Heap *heap, const char *name, Value *symbol)
{
    return li_intern_bytes(heap, name, strlen(name), symbol);
}

Status li_intern_bytes(Heap *heap, const char *utf8, size_t bytes, Value *symbol)
{
    Name name;

    TRY(name_from_bytes(utf8, bytes, &name));
    return intern(heap, &name, symbol);
}

Status li_intern_text(Heap *heap, const Text *text, Value *symbol)
{
    Name name = {.text = text, .chars = text->length, .hash = li_text_hash(text)};

    return intern(heap, &name, symbol);
}

Status li_symbol_uninterned(Heap *heap, Value name_text_value, Value *symbol)
{
    SymbolMap *map = heap->symbols;
    uint64_t hash = hash_end(hash_step(HASH_SEED, map->serial));
    TRY(symbol_new(heap, name_text_value, hash, symbol));

    map->serial += 1;
    return OK;
}

bool li_symbol_is_interned(Heap *heap, Value symbol)
{
    const Text *text = symbol_text(symbol);
    Name name = {.text = text, .chars = text->length, .hash = li_text_hash(text)};
    Value found;

    return find(heap->symbols, &name, &found) && value_is_eq(found, symbol);
}

uint64_t li_symbolmap_count(const SymbolMap *map)
{
    return map->live;
}

void li_symbolmap_each(const SymbolMap *map, void (*fn)(Value symbol, void *context),
                       void *context)
{
    for (uint64_t i = 0; i < map->capacity; i += 1) {
        const Entry *entry = &entries(map)[i];

        if (is_live(entry))
            fn((Value){entry->symbol}, context);
    }
}
