/* environment.c - top-level environments, and the identifiers that macros rename. */
#include "syntax/environment.h"
#include "syntax/suggest.h"

enum {
    ENTRY_WORDS = 3,
    FIRST_ENTRIES = 16,
    ENVIRONMENT_WORDS = 5
};

_Static_assert(sizeof(Entry) == ENTRY_WORDS * sizeof(Value), "entries lie in a vector");
_Static_assert(sizeof(Environment) == ENVIRONMENT_WORDS * sizeof(Value),
               "all are values");

Value li_name_symbol(Value name)
{
    while (value_is_identifier(name))
        name = value_to_identifier(name)->name;
    return name;
}

uint64_t li_name_hash(Value name)
{
    Value hash = value_is_symbol(name) ? value_to_symbol(name)->hash
                                       : value_to_identifier(name)->hash;
    uint64_t h = hash.bits * UINT64_C(0x9e3779b97f4a7c15);

    return h >> 29;
}

/* ---- The table -------------------------------------------------------------------------- */

static Entry *entries_of(const Environment *environment)
{
    return (Entry *)vector_items(environment->entries);
}

static uint64_t capacity_of(const Environment *environment)
{
    return vector_length(environment->entries) / ENTRY_WORDS;
}

/* The entry of `name`, or the empty one where it would be. */
static Entry *probe(Entry *entries, uint64_t capacity, Value name)
{
    uint64_t i = li_name_hash(name) & (capacity - 1);

    while (!value_is_eq(entries[i].key, name)
           && !value_is_eq(entries[i].key, VALUE_ABSENT))
        i = (i + 1) & (capacity - 1);
    return &entries[i];
}

static Status grow(Heap *heap, Environment *environment)
{
    uint64_t old_capacity = capacity_of(environment);
    uint64_t capacity = old_capacity * 2;
    Entry *old = entries_of(environment);
    Value vector;

    TRY(li_vector(heap, capacity * ENTRY_WORDS, VALUE_ABSENT, &vector));
    for (uint64_t i = 0; i < old_capacity; i += 1) {
        if (!value_is_eq(old[i].key, VALUE_ABSENT))
            *probe((Entry *)vector_items(vector), capacity, old[i].key) = old[i];
    }
    li_store(heap, environment, &environment->entries, vector);
    return OK;
}

static void store_entry(Heap *heap, Environment *environment, Entry *entry, Entry new)
{
    *entry = new;
    immix_barrier_range(heap->immix, value_to_object(environment->entries), entry,
                        sizeof *entry);
}

static Status table_put(Heap *heap, Environment *environment, Entry new)
{
    Entry *entry = probe(entries_of(environment), capacity_of(environment), new.key);

    if (value_is_eq(entry->key, VALUE_ABSENT)) {
        uint64_t count = (uint64_t)value_to_fixnum(environment->count) + 1;

        if (count * 4 > capacity_of(environment) * 3) {
            TRY(grow(heap, environment));
            entry = probe(entries_of(environment), capacity_of(environment), new.key);
        }
        environment->count = value_from_fixnum((int64_t)count);
    }
    store_entry(heap, environment, entry, new);
    return OK;
}

/* ---- Environments ----------------------------------------------------------------------- */

static Status make(Heap *heap, const Environment *parts, Value *result)
{
    Environment *environment;
    Value entries;

    TRY(li_vector(heap, FIRST_ENTRIES * ENTRY_WORDS, VALUE_ABSENT, &entries));
    environment = li_alloc(heap, T_ENVIRONMENT, 0, ENVIRONMENT_WORDS);
    if (environment == NULL)
        return ERR_NO_MEMORY;
    *environment = *parts;
    environment->entries = entries;
    environment->count = value_from_fixnum(0);
    *result = value_from_object(environment);
    return OK;
}

Status li_environment_new(Heap *heap, int64_t flags, Value name, Value *environment)
{
    Environment parts = {
        .parent = VALUE_FALSE,
        .name = name,
        .flags = value_from_fixnum(flags),
    };

    return make(heap, &parts, environment);
}

Status li_environment_nested(Heap *heap, Value parent, Value *environment)
{
    Environment parts = *value_to_environment(parent);

    parts.parent = parent;
    parts.flags = value_from_fixnum(value_to_fixnum(parts.flags) | ENVIRONMENT_NESTED);
    return make(heap, &parts, environment);
}

Value li_environment_root(Value environment)
{
    while (value_is_true(value_to_environment(environment)->parent))
        environment = value_to_environment(environment)->parent;
    return environment;
}

static Origin origin_of(const Entry *entry)
{
    int64_t origin = value_to_fixnum(entry->origin);

    return origin < 0 ? ORIGIN_IMPORTED : (Origin)origin;
}

Origin li_environment_find(Value environment, Value name, Value *binding)
{
    Environment *e = value_to_environment(environment);
    Entry *entry = probe(entries_of(e), capacity_of(e), name);
    Origin origin;

    if (value_is_eq(entry->key, VALUE_ABSENT))
        return ORIGIN_NONE;
    origin = origin_of(entry);
    if (origin != ORIGIN_NONE)
        *binding = entry->binding;
    return origin;
}

bool li_environment_lookup(Value environment, Value name, Value *binding)
{
    while (value_is_true(environment)) {
        Value found;

        if (li_environment_find(environment, name, &found) > ORIGIN_REFERENCED) {
            *binding = found;
            return true;
        }
        environment = value_to_environment(environment)->parent;
    }
    return false;
}

Status li_environment_bind(Heap *heap, Value environment, Value name, Value binding,
                           Origin origin)
{
    return table_put(heap, value_to_environment(environment),
                     (Entry){name, binding, value_from_fixnum(origin)});
}

Status li_environment_bind_import(Heap *heap, Value environment, Value name, Value binding,
                             uint64_t position)
{
    int64_t origin = position == 0 ? ORIGIN_IMPORTED : -(int64_t)position;

    return table_put(heap, value_to_environment(environment),
                     (Entry){name, binding, value_from_fixnum(origin)});
}

uint64_t li_environment_import_position(Value environment, Value name)
{
    Environment *e = value_to_environment(environment);
    const Entry *entry = probe(entries_of(e), capacity_of(e), name);

    if (value_is_eq(entry->key, VALUE_ABSENT) || value_to_fixnum(entry->origin) >= 0)
        return 0;
    return (uint64_t)-value_to_fixnum(entry->origin);
}

void li_environment_unbind(Heap *heap, Value environment, Value name)
{
    Environment *e = value_to_environment(environment);
    Entry *entry = probe(entries_of(e), capacity_of(e), name);

    if (!value_is_eq(entry->key, VALUE_ABSENT))
        store_entry(heap, e, entry,
                    (Entry){name, VALUE_FALSE, value_from_fixnum(ORIGIN_NONE)});
}

Status li_environment_cell(Heap *heap, Value environment, Value name, Value *cell)
{
    Value binding, new;

    if (li_environment_find(environment, name, &binding) != ORIGIN_NONE
        && value_has_type(binding, T_GLOBAL)) {
        *cell = binding;
        return OK;
    }
    TRY(li_global_new(heap, li_name_symbol(name), &new));
    TRY(li_environment_bind(heap, environment, name, new, ORIGIN_REFERENCED));
    *cell = new;
    return OK;
}

Status li_environment_shadow(Heap *heap, Value environment, Value name, Value *cell)
{
    Value shared = VALUE_FALSE, own;

    CHECK(li_environment_find(environment, name, &shared) != ORIGIN_NONE);
    TRY(li_global_new(heap, li_name_symbol(name), &own));
    if (value_has_type(shared, T_GLOBAL))
        li_global_set(heap, value_to_global(own), value_to_global(shared)->value);
    TRY(li_environment_bind(heap, environment, name, own, ORIGIN_COPIED));
    *cell = own;
    return OK;
}

bool li_is_constant_cell(Value binding)
{
    return value_has_type(binding, T_GLOBAL)
        && li_global_has_flag(value_to_global(binding), GLOBAL_CONSTANT);
}

void li_global_note_assigned(Global *cell)
{
    int64_t flags = value_to_fixnum(cell->flags);

    cell->flags =
        value_from_fixnum((flags & ~(int64_t)GLOBAL_CONSTANT) | GLOBAL_ASSIGNED);
}

Status li_environment_define(Heap *heap, Value environment, Value name, Value value)
{
    Value cell = VALUE_FALSE;
    Origin origin = li_environment_find(environment, name, &cell);

    if (origin == ORIGIN_NONE || origin == ORIGIN_IMPORTED
        || !value_has_type(cell, T_GLOBAL))
        TRY(li_global_new(heap, li_name_symbol(name), &cell));
    TRY(li_environment_bind(heap, environment, name, cell, ORIGIN_DEFINED));
    li_global_set(heap, value_to_global(cell), value);
    return OK;
}

Status li_environment_define_primitive(Heap *heap, Value environment, Value name,
                                       Value primitive)
{
    Value cell;

    TRY(li_environment_define(heap, environment, name, primitive));
    CHECK(li_environment_lookup(environment, name, &cell));
    li_global_add_flag(value_to_global(cell), GLOBAL_CONSTANT);
    return OK;
}

void li_environment_each(Value environment, EnvironmentFn *fn, void *context)
{
    Environment *e = value_to_environment(environment);
    Entry *entries = entries_of(e);
    uint64_t capacity = capacity_of(e);

    for (uint64_t i = 0; i < capacity; i += 1) {
        if (!value_is_eq(entries[i].key, VALUE_ABSENT)
            && origin_of(&entries[i]) > ORIGIN_REFERENCED)
            fn(entries[i].key, entries[i].binding, context);
    }
}

/* ---- Did you mean ----------------------------------------------------------------------- */

static void suggest(Value name, Value binding UNUSED, void *context)
{
    li_suggestion_consider(context, name, name);
}

bool li_environment_suggest(Value environment, Value symbol, Value *closest)
{
    Suggestion suggestion;

    if (!li_suggestion_begin(&suggestion, symbol))
        return false;
    for (; value_is_true(environment);
         environment = value_to_environment(environment)->parent)
        li_environment_each(environment, suggest, &suggestion);
    if (suggestion.closest == NULL)
        return false;
    *closest = suggestion.stands_for;
    return true;
}
