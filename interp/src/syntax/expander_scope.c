/* expander_scope.c - what names mean: ribs, identifiers, resolving, quoting. */
#include "syntax/expander_internal.h"
#include "syntax/syntaxrules.h"

/* ---- Ribs -------------------------------------------------------------------------------- */

enum {
    LINEAR_RIB = 8,
    BOUND_WORDS = 16,
    RANGE_RIBS = 8
};

/* Bloom filters of keys. All ribs inside of the outermost one, and that, share a Bound. */
struct Bound {
    uint64_t keys[BOUND_WORDS];
    uint64_t *late; /* as many, of those bound in a rib with others inside of it, which no range
                     * knows of; NULL: none */
};

/* A rib whose depth is a multiple of RANGE_RIBS stands for itself and some outside of it: as
 * many as the greatest power of two that divides its depth. If the filter does not have a key,
 * none of these binds it. So a name is looked up in deep code by looking at few ribs. */
struct RibRange {
    Rib *outer; /* the first that does not belong to it */
    uint32_t word_mask;
    uint64_t keys[];
};

static bool has_key(const uint64_t *keys, uint64_t mask, uint64_t hash)
{
    return (keys[hash >> 6 & mask] >> (hash & 63) & 1) != 0;
}

static void add_key(uint64_t *keys, uint64_t mask, uint64_t hash)
{
    keys[hash >> 6 & mask] |= UINT64_C(1) << (hash & 63);
}

/* Of `rib`, which will get no more keys. */
static Status make_range(Expansion *x, Rib *rib)
{
    uint32_t length = rib->depth & (~rib->depth + 1), words = 1;
    uint64_t count = 0;
    Rib *end = rib;

    for (uint32_t i = 0; i < length; i += 1) {
        count += end->count;
        end = end->outer;
    }
    while (words < count / 8)
        words *= 2;
    rib->range = li_arena_alloc(x->arena, sizeof *rib->range + words * sizeof(uint64_t));
    if (rib->range == NULL)
        return ERR_NO_MEMORY;
    rib->range->outer = end;
    rib->range->word_mask = words - 1;
    for (const Rib *r = rib; r != end; r = r->outer) {
        for (uint32_t i = 0; i < r->count; i += 1)
            add_key(rib->range->keys, words - 1, li_name_hash(r->locals[i]->key));
    }
    return OK;
}

Status li_rib_new(Expansion *x, Rib *outer, Rib **rib)
{
    Rib *made = X_NEW(x, Rib);

    if (made == NULL)
        return ERR_NO_MEMORY;
    if (outer == NULL) {
        made->bound = X_NEW(x, Bound);
        if (made->bound == NULL)
            return ERR_NO_MEMORY;
    } else {
        made->outer = outer;
        made->depth = outer->depth + 1;
        made->bound = outer->bound;
        if (!outer->is_outer && outer->depth != 0 && outer->depth % RANGE_RIBS == 0)
            TRY(make_range(x, outer));
        outer->is_outer = true;
    }
    *rib = made;
    return OK;
}

static Status note_bound(Expansion *x, const Rib *rib, Value key)
{
    uint64_t hash = li_name_hash(key);
    Bound *bound = rib->bound;

    add_key(bound->keys, BOUND_WORDS - 1, hash);
    if (!rib->is_outer)
        return OK;
    if (bound->late == NULL)
        bound->late = X_ARRAY(x, uint64_t, BOUND_WORDS);
    if (bound->late == NULL)
        return ERR_NO_MEMORY;
    add_key(bound->late, BOUND_WORDS - 1, hash);
    return OK;
}

/* The binding of `key` in this rib or the next outside of it that has one. */
static Local *find_in_scope(const Rib *rib, Value key)
{
    uint64_t hash = li_name_hash(key);
    const Bound *bound = rib->bound;

    if (!has_key(bound->keys, BOUND_WORDS - 1, hash))
        return NULL;
    bool late = bound->late != NULL && has_key(bound->late, BOUND_WORDS - 1, hash);
    while (rib != NULL) {
        const RibRange *range = rib->range;

        if (range != NULL && !late && !has_key(range->keys, range->word_mask, hash)) {
            rib = range->outer;
        } else {
            Local *local = li_rib_find(rib, key);

            if (local != NULL)
                return local;
            rib = rib->outer;
        }
    }
    return NULL;
}

/* The slot of `key`, or the empty one where it would be. */
static uint32_t *probe(const Rib *rib, Value key)
{
    uint32_t mask = rib->slot_count - 1;
    uint32_t i = (uint32_t)li_name_hash(key) & mask;

    while (rib->slots[i] != 0 && !value_is_eq(rib->locals[rib->slots[i] - 1]->key, key))
        i = (i + 1) & mask;
    return &rib->slots[i];
}

Local *li_rib_find(const Rib *rib, Value key)
{
    if (rib->slots != NULL) {
        uint32_t slot = *probe(rib, key);

        return slot == 0 ? NULL : rib->locals[slot - 1];
    }
    for (uint32_t i = 0; i < rib->count; i += 1) {
        if (value_is_eq(rib->locals[i]->key, key))
            return rib->locals[i];
    }
    return NULL;
}

static Status rehash(Expansion *x, Rib *rib)
{
    uint32_t slot_count = rib->capacity * 4;
    uint32_t *slots = X_ARRAY(x, uint32_t, slot_count);

    if (slots == NULL)
        return ERR_NO_MEMORY;
    rib->slots = slots;
    rib->slot_count = slot_count;
    for (uint32_t i = 0; i < rib->count; i += 1)
        *probe(rib, rib->locals[i]->key) = i + 1;
    return OK;
}

static Status grow(Expansion *x, Rib *rib)
{
    uint32_t capacity = rib->capacity == 0 ? 2 : rib->capacity * 2;
    Local **locals;

    if (rib->capacity > UINT32_MAX / 16)
        return ERR_BAD_SIZE;
    locals = X_ARRAY(x, Local *, capacity);
    if (locals == NULL)
        return ERR_NO_MEMORY;
    if (rib->count != 0)
        memcpy(locals, rib->locals, rib->count * sizeof *locals);
    rib->locals = locals;
    rib->capacity = capacity;
    return capacity > LINEAR_RIB ? rehash(x, rib) : OK;
}

/* A key that is bound already is bound anew: the callers see to duplicates. */
static Status bind(Expansion *x, Rib *rib, Value key, Local **result)
{
    Local *local = li_rib_find(rib, key);

    if (local == NULL) {
        if (rib->count == rib->capacity)
            TRY(grow(x, rib));
        local = X_NEW(x, Local);
        if (local == NULL)
            return ERR_NO_MEMORY;
        local->key = key;
        TRY(note_bound(x, rib, key));
        rib->locals[rib->count] = local;
        rib->count += 1;
        if (rib->slots != NULL)
            *probe(rib, key) = rib->count;
    }
    *result = local;
    return OK;
}

Status li_rib_bind_variable(Expansion *x, Rib *rib, Value key, Variable **variable)
{
    Local *local;
    Variable *made = li_variable_new(x->arena, li_name_symbol(key));

    if (made == NULL)
        return ERR_NO_MEMORY;
    TRY(bind(x, rib, key, &local));
    local->variable = made;
    *variable = made;
    return OK;
}

Status li_rib_bind_syntax(Expansion *x, Rib *rib, Value key, Value syntax)
{
    Local *local;

    TRY(bind(x, rib, key, &local));
    local->variable = NULL;
    local->syntax = syntax;
    return OK;
}

/* ---- Names ------------------------------------------------------------------------------- */

Binding li_resolve(Value name, Rib *rib, Value environment)
{
    Binding binding = {NULL, VALUE_ABSENT, VALUE_FALSE, name};

    for (;;) {
        binding.local = rib != NULL ? find_in_scope(rib, name) : NULL;
        if (binding.local != NULL)
            return binding;
        binding.key = name;
        if (li_environment_lookup(environment, name, &binding.value)) {
            binding.environment = environment;
            return binding;
        }
        if (value_is_symbol(name))
            break;

        Identifier *identifier = value_to_identifier(name);

        rib = value_to_rib(identifier->rib);
        environment = identifier->environment;
        name = identifier->name;
    }
    binding.value = VALUE_ABSENT;
    binding.environment = li_environment_root(environment);
    return binding;
}

Status li_note_early_use(Expansion *x, const Form *form, Value name, Binding binding,
                         Node *node)
{
    EarlyUse *use;

    if (!value_is_identifier(name) || binding.local != NULL
        || value_is_eq(binding.key, name))
        return OK;
    use = X_NEW(x, EarlyUse);
    if (use == NULL)
        return ERR_NO_MEMORY;
    *use = (EarlyUse){x->early_uses, node, name, form->environment};
    x->early_uses = use;
    return OK;
}

void li_settle_early_uses(const Expansion *x)
{
    if (!x->defined_introduced)
        return;
    for (const EarlyUse *use = x->early_uses; use != NULL; use = use->next) {
        Binding binding = li_resolve(use->name, NULL, use->environment);

        if (binding.local != NULL || !value_has_type(binding.value, T_GLOBAL))
            continue;
        use->node->as.global.cell = binding.value;
        if (use->node->kind == NODE_SET_GLOBAL)
            li_global_note_assigned(value_to_global(binding.value));
    }
}

bool li_binding_is_same(Binding a, Binding b)
{
    if (a.local != NULL || b.local != NULL)
        return a.local == b.local;
    if (value_is_eq(a.value, VALUE_ABSENT))
        return value_is_eq(b.value, VALUE_ABSENT) && value_is_eq(a.key, b.key);
    return value_is_eq(a.value, b.value);
}

Value li_binding_syntax(Binding binding)
{
    Value value = binding.value;

    if (binding.local != NULL)
        return binding.local->variable == NULL ? binding.local->syntax : VALUE_ABSENT;
    if (value_is_special(value) || value_has_type(value, T_MACRO))
        return value;
    return VALUE_ABSENT;
}

bool li_is_keyword(Value v, const Form *scope, Special special)
{
    Binding binding;

    if (!value_is_name(v))
        return false;
    binding = li_resolve(v, scope->rib, scope->environment);
    if (binding.local == NULL && value_is_eq(binding.value, VALUE_ABSENT))
        return li_text_equals_ascii(symbol_text(binding.key), li_special_name(special));
    return value_is_eq(li_binding_syntax(binding), value_from_special(special));
}

Status li_identifier_new(Expansion *x, Value name, Value environment, Value rib,
                         Value *identifier)
{
    enum {
        IDENTIFIER_WORDS = sizeof(Identifier) / sizeof(Value)
    };
    Identifier *made = li_alloc(x->heap, T_IDENTIFIER, 0, IDENTIFIER_WORDS);

    if (made == NULL)
        return ERR_NO_MEMORY;
    *made = (Identifier){
        .name = name,
        .environment = environment,
        .rib = rib,
        .hash = value_from_fixnum((int64_t)x->expander->next_identifier),
    };
    x->expander->next_identifier += 1;
    *identifier = value_from_object(made);
    return OK;
}

/* ---- Quoting ----------------------------------------------------------------------------- */

/* Copies from the top down: a slot that holds something template-made is noted, and filled
 * later. Copies are new, so no store needs a barrier. */
typedef struct Strip {
    Expansion *x;
    Value **slots;
    size_t count, capacity;
} Strip;

static Status note(Strip *strip, Value *slot)
{
    if (value_is_identifier(*slot)) {
        *slot = li_name_symbol(*slot);
        return OK;
    }
    if (!value_is_template_made(*slot))
        return OK;
    if (strip->count == strip->capacity) {
        size_t capacity = strip->capacity * 2 + 32;
        Value **slots = X_ARRAY(strip->x, Value *, capacity);

        if (slots == NULL)
            return ERR_NO_MEMORY;
        if (strip->count != 0)
            memcpy(slots, strip->slots, strip->count * sizeof *slots);
        strip->slots = slots;
        strip->capacity = capacity;
    }
    strip->slots[strip->count] = slot;
    strip->count += 1;
    return OK;
}

static Status strip_list(Strip *strip, Value *slot)
{
    while (value_is_pair(*slot) && value_is_template_made(*slot)) {
        Heap *heap = strip->x->heap;
        Value from = *slot;
        uint64_t position = li_pair_position(from);

        if (position != 0)
            TRY(li_cons_at(heap, pair_car(from), pair_cdr(from), position, slot));
        else
            TRY(li_cons(heap, pair_car(from), pair_cdr(from), slot));
        li_set_immutable(value_to_pair(*slot));
        TRY(note(strip, &value_to_pair(*slot)->car));
        slot = &value_to_pair(*slot)->cdr;
    }
    return note(strip, slot);
}

static Status strip_vector(Strip *strip, Value *slot)
{
    uint32_t length = vector_length(*slot);
    Value copy;

    TRY(li_vector_from(strip->x->heap, vector_items(*slot), length, &copy));
    li_set_immutable(value_to_object(copy));
    *slot = copy;
    for (uint32_t i = 0; i < length; i += 1)
        TRY(note(strip, &vector_items(copy)[i]));
    return OK;
}

Status li_strip(Expansion *x, Value datum, Value *result)
{
    Strip strip = {.x = x};
    Value root = datum;

    TRY(note(&strip, &root));
    while (strip.count > 0) {
        Value *slot;

        strip.count -= 1;
        slot = strip.slots[strip.count];
        if (value_is_pair(*slot))
            TRY(strip_list(&strip, slot));
        else
            TRY(strip_vector(&strip, slot));
    }
    *result = root;
    return OK;
}
