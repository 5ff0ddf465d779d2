/* test_model.c - random graphs beside a naive twin: whatever is done to the heap, what the
 * roots reach must be what the twin says.
 *
 * Objects of every kind are made, linked, copied, filled, pinned, hashed and dropped; there
 * are weak slots, ephemerons, guardians, finalisers and external bytes; allocations fail, the
 * limit moves, and collections of all kinds come at random points. */
#include "tests/immix/support.h"

enum {
    MAX_NODES = 50000,
    MAX_ROOTS = 4000,
    USUAL_NODES = 3000,
    USUAL_ROOTS = 64,
    MODEL_WEAK = 64,
    MAX_SLOTS = 3000,
    STEPS = 1000000,
    /* Entries of the mark stack in the tests that make it overflow: a slice's worth. */
    TINY_STACK = 1100,
};

/* Sanitizers and unoptimised builds take their time. */
enum {
    SCALE = HAS_ASAN ? 25 : IMMIX_DEBUG ? 8 : 1
};

typedef enum Kind {
    KIND_PAIR,    /* a stamp and a slot */
    KIND_VECTOR,  /* a stamp and slots */
    KIND_HEAD,    /* a slot, and the stamp again and again, looking like references */
    KIND_CUSTOM,  /* slots without tags; the stamp is the extra byte */
    KIND_BYTES,   /* the stamp again and again */
    KIND_FOREIGN, /* finalised; two words: a constant, and the external bytes it holds */
    KIND_WEAK,    /* a slot after the weak reference */
    KIND_EPHEMERON, /* a slot after key and value */
    KIND_GUARDIAN,  /* a slot after what is the collector's */
    KINDS
} Kind;

static const uint8_t types_of_kinds[KINDS] = {
    TYPE_PAIR,    TYPE_VECTOR, TYPE_HEAD,      TYPE_CUSTOM,   TYPE_BYTES,
    TYPE_FOREIGN, TYPE_WEAK,   TYPE_EPHEMERON, TYPE_GUARDIAN,
};

/* The twin of a registration, which bears its number in a word of its own. */
typedef struct Registration {
    int object;
    int representative; /* -1: a number */
    uint64_t serial;
    bool ready;         /* its object was found dead */
    bool is_found;      /* by this collection */
    ImmixGuarded *twin; /* good during a comparison */
    struct Registration *next;
} Registration;

/* The twin of an object: which twins its slots refer to (-1: none), and a stamp. A twin whose
 * object has become garbage is found dead by a walk from the roots, and used again. */
typedef struct Node {
    int *slots;
    uint32_t slot_count;
    uint32_t granules;
    Kind kind;
    uint32_t align_bytes;
    uint64_t stamp;
    uint64_t hash; /* 0: never asked */
    uint64_t word; /* where it is; good between two collections */
    int key;       /* of an ephemeron, or what is held weakly; -1: none */
    int value;
    Registration *registrations;
    bool pinned;
    bool used;
    bool seen;
    bool strong; /* seen before any guardian has brought something back */
} Node;

typedef struct Model {
    Node nodes[MAX_NODES];
    uint32_t node_count;
    int roots[MAX_ROOTS];
    uint32_t root_count;
    int weak[MODEL_WEAK];
    int stack[MAX_NODES];
    size_t stack_count;
    int ephemerons[MAX_NODES]; /* that were met */
    size_t ephemeron_count;
    int guardians[MAX_NODES]; /* that were met */
    size_t guardian_count;
    uint64_t registration_count; /* ever made */
    size_t foreign_made;
    uint32_t trouble; /* steps until it ends */
    uint64_t random_state;
} Model;

static Model model;

static uint32_t random_below(uint32_t n)
{
    model.random_state =
        model.random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((model.random_state >> 33) % n);
}

/* ---- Objects -------------------------------------------------------------------------------- */

static uint64_t *slot_of(const Node *node, uint32_t i)
{
    static const uint8_t firsts[KINDS] = {[KIND_PAIR] = 1,
                                          [KIND_VECTOR] = 1,
                                          [KIND_WEAK] = sizeof(ImmixWeak) / 8,
                                          [KIND_EPHEMERON] = sizeof(ImmixEphemeron) / 8,
                                          [KIND_GUARDIAN] = sizeof(ImmixGuardian) / 8};

    return &words_of(node->word)[firsts[node->kind] + i];
}

static uint64_t read_slot(const Node *node, uint32_t i)
{
    uint64_t word = *slot_of(node, i);

    return node->kind == KIND_CUSTOM && word != 0 ? word + TAG : word;
}

static void write_slot(const Node *node, uint32_t i, uint64_t word)
{
    *slot_of(node, i) = node->kind == KIND_CUSTOM && word != 0 ? word - TAG : word;
}

/* What is not a slot. */
static void write_rest(const Node *node)
{
    uint64_t *words = words_of(node->word);

    switch (node->kind) {
    case KIND_PAIR:
    case KIND_VECTOR: words[0] = number(node->stamp); break;
    case KIND_HEAD:
    case KIND_BYTES:
        for (uint32_t i = node->slot_count; i < node->granules; i += 1)
            words[i] = number(node->stamp) + TAG;
        break;
    case KIND_CUSTOM: break;
    case KIND_FOREIGN: words[0] = 0xF00D; break;
    case KIND_WEAK:
    case KIND_EPHEMERON:
    case KIND_GUARDIAN: memset(words, 0, (node->granules - 1) * 8); break;
    case KINDS: break;
    }
}

static void check_rest(const Node *node)
{
    const uint64_t *words = words_of(node->word);

    require_eq(immix_type_of(words), types_of_kinds[node->kind]);
    require_eq(immix_granules_of(words), node->granules);
    require_eq(immix_extra_of(words), node->stamp & 0xFF);
    require_eq((uintptr_t)words % node->align_bytes, 0);
    switch (node->kind) {
    case KIND_PAIR:
    case KIND_VECTOR: require_eq(words[0], number(node->stamp)); break;
    case KIND_HEAD:
    case KIND_BYTES:
        for (uint32_t i = node->slot_count; i < node->granules; i += 1)
            require_eq(words[i], number(node->stamp) + TAG);
        break;
    case KIND_CUSTOM: break;
    case KIND_FOREIGN: require_eq(words[0], 0xF00D); break;
    case KIND_WEAK:
    case KIND_EPHEMERON:
    case KIND_GUARDIAN: require_eq(words[1], 0); break; /* the link */
    case KINDS: break;
    }
}

/* ---- Comparing ------------------------------------------------------------------------------ */

/* `word` must be where the twin's object is now. */
static void meet(int index, uint64_t word)
{
    Node *node = &model.nodes[index];

    if (node->seen) {
        require_eq(word, node->word);
        return;
    }
    if (node->pinned)
        require_eq(word, node->word);
    node->seen = true;
    node->word = word;
    model.stack[model.stack_count++] = index;
    if (node->kind == KIND_EPHEMERON)
        model.ephemerons[model.ephemeron_count++] = index;
    if (node->kind == KIND_GUARDIAN)
        model.guardians[model.guardian_count++] = index;
}

static void walk(void)
{
    while (model.stack_count > 0) {
        const Node *node = &model.nodes[model.stack[--model.stack_count]];
        check_rest(node);
        if (node->hash != 0)
            require_eq(immix_identity_hash(world.heap, words_of(node->word)),
                       node->hash);
        for (uint32_t i = 0; i < node->slot_count; i += 1) {
            if (node->slots[i] < 0)
                require_eq(read_slot(node, i), 0);
            else
                meet(node->slots[i], read_slot(node, i));
        }
    }
}

static uint64_t word_of(int index)
{
    return index < 0 ? 0 : model.nodes[index].word;
}

static bool is_met(int index)
{
    return index >= 0 && model.nodes[index].seen;
}

/* Values live while their keys do, in any order. */
static void walk_ephemerons(void)
{
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < model.ephemeron_count; i += 1) {
            const Node *node = &model.nodes[model.ephemerons[i]];
            if (!is_met(node->key) || node->value < 0 || is_met(node->value))
                continue;
            meet(node->value, words_of(node->word)[2]);
            walk();
            any = true;
        }
    }
}

/* ---- Comparing guardians -------------------------------------------------------------------- */

static Registration *registration(const Node *guardian, uint64_t serial)
{
    Registration *r = guardian->registrations;

    while (r != NULL && r->serial != serial)
        r = r->next;
    return r;
}

/* Finds the twins of the registrations on a list of the guardian's. */
static void find_twins(const Node *guardian, uint64_t list, bool found)
{
    for (; list != 0; list = words_of(list)[1]) {
        Registration *r = registration(guardian, words_of(list)[3] >> 3);
        require_nonnull(r);
        require(r->twin == NULL);
        r->twin = target(list);
        r->is_found = found;
    }
}

static void meet_representative(const Registration *r)
{
    if (r->representative < 0)
        require_eq(r->twin->representative, number(r->serial));
    else
        meet(r->representative, r->twin->representative);
}

/* What a guardian keeps alive by itself: representatives of what was found before, and those
 * that are not what they stand for. */
static void meet_strong(const Node *guardian)
{
    const ImmixGuardian *twin = target(guardian->word);

    for (Registration *r = guardian->registrations; r != NULL; r = r->next)
        r->twin = NULL;
    find_twins(guardian, twin->ready, true);
    find_twins(guardian, twin->young, false);
    find_twins(guardian, twin->old, false);
    for (Registration *r = guardian->registrations; r != NULL; r = r->next) {
        require_nonnull(r->twin);
        require(r->is_found || !r->ready);
        if (r->ready || r->representative != r->object)
            meet_representative(r);
    }
}

/* What was found must be dead; in a full collection all the dead are found. */
static void compare_found(const Node *guardian, bool full)
{
    for (const Registration *r = guardian->registrations; r != NULL; r = r->next) {
        if (r->ready)
            continue;
        if (full)
            require_eq(r->is_found, !is_met(r->object));
        else
            require(!r->is_found || !model.nodes[r->object].strong);
    }
}

/* What a minor collection has not found dead, because it is old, is there for the next. */
static void bring_back(const Node *guardian)
{
    for (Registration *r = guardian->registrations; r != NULL; r = r->next) {
        if (!r->ready && r->is_found)
            meet_representative(r);
        else if (!r->ready && !is_met(r->object))
            meet(r->object, r->twin->object);
        r->ready = r->is_found;
    }
}

/* All that is reached without guardians bringing anything back. */
static void walk_strong(size_t *guardians_met)
{
    walk();
    walk_ephemerons();
    while (*guardians_met < model.guardian_count) {
        meet_strong(&model.nodes[model.guardians[(*guardians_met)++]]);
        walk();
        walk_ephemerons();
    }
}

/* Guardians are sorted when all that they reach is marked, and what they bring back may lead
 * to others. */
static void walk_guardians(bool full)
{
    size_t met = 0;

    walk_strong(&met);
    for (uint32_t i = 0; i < model.node_count; i += 1)
        model.nodes[i].strong = model.nodes[i].seen;
    for (size_t first = 0; first < met;) {
        size_t end = met;
        for (size_t i = first; i < end; i += 1)
            compare_found(&model.nodes[model.guardians[i]], full);
        for (; first < end; first += 1)
            bring_back(&model.nodes[model.guardians[first]]);
        walk_strong(&met);
    }
}

static void drop_registrations(Node *guardian)
{
    Registration *next;

    for (Registration *r = guardian->registrations; r != NULL; r = next) {
        next = r->next;
        free(r);
    }
    guardian->registrations = NULL;
}

/* ---- Comparing the rest --------------------------------------------------------------------- */

/* A weak reference in `*word` to the twin `*index`. A minor collection may keep what died
 * old, and then the reference is cleared here; nothing keeps it in a full one. */
static void compare_weak(uint64_t *word, int *index, uint64_t broken, bool full)
{
    if (is_met(*index)) {
        require_eq(*word, model.nodes[*index].word);
        return;
    }
    if (full && *index >= 0)
        require_eq(*word, broken);
    *word = 0;
    *index = -1;
}

static void compare_all_weak(bool full)
{
    for (size_t i = 0; i < MODEL_WEAK; i += 1)
        compare_weak(&world.weak[i], &model.weak[i], 0, full);
    for (uint32_t i = 0; i < model.node_count; i += 1) {
        Node *node = &model.nodes[i];
        if (!node->seen || (node->kind != KIND_WEAK && node->kind != KIND_EPHEMERON))
            continue;
        uint64_t *words = words_of(node->word);
        compare_weak(&words[0], &node->key, BROKEN, full);
        if (node->kind == KIND_WEAK)
            continue;
        if (node->key >= 0) {
            require_eq(words[2], word_of(node->value));
        } else {
            words[2] = 0;
            node->value = -1;
        }
    }
}

static void drop_dead_nodes(bool full)
{
    size_t foreign = 0;

    for (uint32_t i = 0; i < model.node_count; i += 1) {
        Node *node = &model.nodes[i];
        if (node->used && !node->seen) {
            free(node->slots);
            drop_registrations(node);
            *node = (Node){0};
        }
        foreign += node->used && node->kind == KIND_FOREIGN;
    }
    ck_assert_uint_le(world.finalized, model.foreign_made - foreign);
    if (full)
        require_eq(world.finalized, model.foreign_made - foreign);
}

static void compare(bool full)
{
    for (uint32_t i = 0; i < model.node_count; i += 1)
        model.nodes[i].seen = false;
    model.ephemeron_count = 0;
    model.guardian_count = 0;
    for (size_t i = 0; i < model.root_count; i += 1) {
        if (model.roots[i] < 0)
            require_eq(world.roots[i], 0);
        else
            meet(model.roots[i], world.roots[i]);
    }
    walk_guardians(full);
    compare_all_weak(full);
    drop_dead_nodes(full);
}

static void collect_and_compare(ImmixCollection kind)
{
    uint64_t minors = stats().collections[IMMIX_MINOR];

    immix_collect(world.heap, kind);
    compare(stats().collections[IMMIX_MINOR] == minors);
}

/* ---- Steps ---------------------------------------------------------------------------------- */

static int any_used(void)
{
    int start = (int)random_below(model.node_count);

    for (int i = 0; i < 50; i += 1) {
        if (model.nodes[(start + i) % (int)model.node_count].used)
            return (start + i) % (int)model.node_count;
    }
    return -1;
}

static int maybe_any_used(void)
{
    return random_below(8) == 0 ? -1 : any_used();
}

static uint32_t random_size(void)
{
    switch (random_below(60)) {
    case 0: return random_below(MAX_SLOTS);
    case 1:
    case 2:
    case 3: return random_below(300);
    default: return random_below(6);
    }
}

static void choose_shape(Node *node)
{
    uint32_t size = random_size();

    node->kind = (Kind)random_below(KINDS);
    switch (node->kind) {
    case KIND_PAIR: node->slot_count = 1; break;
    case KIND_VECTOR:
    case KIND_CUSTOM: node->slot_count = size; break;
    case KIND_HEAD:
    case KIND_WEAK:
    case KIND_EPHEMERON:
    case KIND_GUARDIAN: node->slot_count = 1; break;
    case KIND_BYTES:
    case KIND_FOREIGN:
    case KINDS: break;
    }
    switch (node->kind) {
    case KIND_PAIR:
    case KIND_FOREIGN: node->granules = 2; break;
    case KIND_VECTOR:
    case KIND_HEAD: node->granules = size + 1; break;
    case KIND_CUSTOM:
    case KIND_BYTES: node->granules = size; break;
    case KIND_WEAK: node->granules = sizeof(ImmixWeak) / 8 + 1; break;
    case KIND_EPHEMERON: node->granules = sizeof(ImmixEphemeron) / 8 + 1; break;
    case KIND_GUARDIAN: node->granules = sizeof(ImmixGuardian) / 8 + 1; break;
    case KINDS: break;
    }
    node->key = node->value = -1;
    node->align_bytes = random_below(8) == 0 ? 8u << random_below(4) : 8;
}

/* By each of the ways to allocate that suits. The payload may hold anything. */
static void *allocate(const Node *node)
{
    uint8_t type = types_of_kinds[node->kind];
    uint8_t extra = (uint8_t)node->stamp;
    uint64_t flags = (node->kind == KIND_BYTES ? IMMIX_LEAF : 0)
                   | (node->kind == KIND_FOREIGN ? IMMIX_FINALIZED : 0)
                   | (node->pinned ? IMMIX_PINNED : 0);
    ImmixHeader header = immix_header(type, extra, node->granules, flags);
    void *object;

    if (node->align_bytes > 8)
        return immix_alloc_aligned(world.heap, header, node->align_bytes);
    switch (random_below(3)) {
    case 0: return immix_alloc_zeroed(world.heap, header);
    case 1:
        return immix_alloc_array(world.heap, type, extra, flags,
                                 (size_t)node->granules * 8, &object)
                    == IMMIX_OK
                 ? object
                 : NULL;
    default: return immix_alloc(world.heap, header);
    }
}

static void hold_external_bytes(uint64_t *object)
{
    size_t bytes = random_below(4) == 0 ? random_below(5000) : 0;

    object[1] = immix_external_add(world.heap, bytes) ? bytes : 0;
}

static void put_in_root(int index)
{
    size_t r = random_below(model.root_count);

    model.roots[r] = index;
    world.roots[r] = word_of(index);
}

/* Makes the twin and the object; the slots are left to the caller. NULL: no memory. */
static Node *make_at(int index, Node shape)
{
    void *object = allocate(&shape);

    if (object == NULL)
        return NULL;
    Node *node = &model.nodes[index];
    *node = shape;
    node->slots = malloc((node->slot_count + 1) * sizeof(int));
    require_nonnull(node->slots);
    node->word = reference(object);
    node->used = true;
    write_rest(node);
    if (node->kind == KIND_FOREIGN) {
        model.foreign_made += 1;
        hold_external_bytes(object);
    }
    return node;
}

static void make_node(void)
{
    int index = (int)random_below(model.node_count);

    if (model.nodes[index].used)
        return;
    Node shape = {.stamp = random_below(UINT32_MAX), .pinned = random_below(100) == 0};
    choose_shape(&shape);
    Node *node = make_at(index, shape);
    if (node == NULL)
        return;
    for (uint32_t i = 0; i < node->slot_count; i += 1) {
        node->slots[i] = i < 8 ? any_used() : -1;
        if (node->slots[i] == index)
            node->slots[i] = -1;
        write_slot(node, i, word_of(node->slots[i]));
    }
    put_in_root(index);
}

static void barrier(const Node *node, uint32_t first, uint32_t count)
{
    if (random_below(8) == 0)
        immix_barrier(world.heap, target(node->word));
    else
        immix_barrier_range(world.heap, target(node->word), slot_of(node, first),
                            count * sizeof(uint64_t));
}

static void store_somewhere(void)
{
    int parent = any_used();

    if (parent < 0 || model.nodes[parent].slot_count == 0)
        return;
    Node *node = &model.nodes[parent];
    uint32_t i = random_below(node->slot_count);
    node->slots[i] = maybe_any_used();
    write_slot(node, i, word_of(node->slots[i]));
    barrier(node, i, 1);
}

static void fill_range(void)
{
    int to = any_used(), child = maybe_any_used();

    if (to < 0 || model.nodes[to].slot_count == 0)
        return;
    Node *node = &model.nodes[to];
    uint32_t start = random_below(node->slot_count);
    uint32_t count = 1 + random_below(node->slot_count - start);
    for (uint32_t i = start; i < start + count; i += 1) {
        node->slots[i] = child;
        write_slot(node, i, word_of(child));
    }
    barrier(node, start, count);
}

/* Within one object too, and then the ranges may overlap. */
static void copy_range(void)
{
    int from = any_used(), to = random_below(4) == 0 ? from : any_used();

    if (from < 0 || to < 0
        || (model.nodes[from].kind == KIND_CUSTOM)
               != (model.nodes[to].kind == KIND_CUSTOM))
        return;
    const Node *source = &model.nodes[from];
    Node *node = &model.nodes[to];
    uint32_t most =
        source->slot_count < node->slot_count ? source->slot_count : node->slot_count;
    if (most == 0)
        return;
    uint32_t count = 1 + random_below(most);
    uint32_t start = random_below(source->slot_count - count + 1);
    uint32_t at = random_below(node->slot_count - count + 1);
    memmove(&node->slots[at], &source->slots[start], count * sizeof(int));
    memmove(slot_of(node, at), slot_of(source, start), count * sizeof(uint64_t));
    barrier(node, at, count);
}

/* A longer copy takes the place of a vector in one parent, as when a container grows. */
static void append(void)
{
    int from = any_used(), index = (int)random_below(model.node_count);

    if (from < 0 || model.nodes[from].kind != KIND_VECTOR || model.nodes[index].used)
        return;
    const Node *old = &model.nodes[from];
    Node shape = {.stamp = old->stamp,
                  .kind = KIND_VECTOR,
                  .slot_count = old->slot_count + 1,
                  .granules = old->granules + 1,
                  .align_bytes = 8,
                  .key = -1,
                  .value = -1};
    if (shape.slot_count > MAX_SLOTS)
        return;
    Node *node = make_at(index, shape);
    if (node == NULL)
        return;
    uint32_t count = old->slot_count;
    memcpy(node->slots, old->slots, count * sizeof(int));
    memcpy(slot_of(node, 0), slot_of(old, 0), count * sizeof(uint64_t));
    node->slots[count] = maybe_any_used();
    write_slot(node, count, word_of(node->slots[count]));
    for (size_t i = 0; i < model.root_count; i += 1) {
        if (model.roots[i] == from) {
            model.roots[i] = index;
            world.roots[i] = node->word;
        }
    }
}

static void pin_or_hash(void)
{
    int index = any_used();

    if (index < 0)
        return;
    Node *node = &model.nodes[index];
    void *object = target(node->word);
    switch (random_below(4)) {
    case 0:
        immix_pin(world.heap, object);
        node->pinned = true;
        break;
    case 1:
    case 2:
        immix_unpin(world.heap, object);
        node->pinned = false;
        break;
    default: {
        uint64_t hash = immix_identity_hash(world.heap, object);
        if (node->hash != 0)
            require_eq(hash, node->hash);
        node->hash = hash;
    }
    }
}

static void hold_weakly(void)
{
    size_t i = random_below(MODEL_WEAK);

    model.weak[i] = maybe_any_used();
    world.weak[i] = word_of(model.weak[i]);
}

/* A key whose ephemeron waits for another: chains come about by chance. */
static void set_weak(void)
{
    int index = any_used();

    for (int i = 0; i < 50 && index >= 0; i += 1) {
        Node *node = &model.nodes[index];
        if (node->kind == KIND_WEAK || node->kind == KIND_EPHEMERON) {
            uint64_t *words = words_of(node->word);
            node->key = maybe_any_used();
            words[0] = word_of(node->key);
            if (node->kind == KIND_EPHEMERON) {
                node->value = node->key < 0 ? -1 : maybe_any_used();
                words[2] = word_of(node->value);
            }
            immix_barrier(world.heap, words);
            return;
        }
        index = any_used();
    }
}

/* Some twin of the kind, or NULL. */
static Node *any_of_kind(Kind kind)
{
    for (int i = 0; i < 20; i += 1) {
        int index = any_used();
        if (index >= 0 && model.nodes[index].kind == kind)
            return &model.nodes[index];
    }
    return NULL;
}

static void guard_something(void)
{
    Node *guardian = any_of_kind(KIND_GUARDIAN);
    int object = any_used();

    if (guardian == NULL || object < 0)
        return;
    uint64_t *words = immix_alloc(
        world.heap, immix_header(TYPE_GUARDED, 0, sizeof(ImmixGuarded) / 8 + 1, 0));
    if (words == NULL)
        return;
    Registration *r = malloc(sizeof *r);
    require_nonnull(r);
    *r = (Registration){.object = object,
                        .representative = random_below(3) ? object : maybe_any_used(),
                        .serial = model.registration_count++,
                        .next = guardian->registrations};
    guardian->registrations = r;
    words[3] = number(r->serial);
    immix_guard(world.heap, target(guardian->word), (ImmixGuarded *)words,
                word_of(object),
                r->representative < 0 ? number(r->serial) : word_of(r->representative));
}

/* What comes back may go into a root, and is dropped otherwise. */
static void take_from_guardian(void)
{
    Node *guardian = any_of_kind(KIND_GUARDIAN);

    if (guardian == NULL)
        return;
    ImmixGuardian *twin = target(guardian->word);
    Registration *first =
        twin->ready == 0 ? NULL : registration(guardian, words_of(twin->ready)[3] >> 3);
    uint64_t word;
    require_eq(immix_guardian_take(world.heap, twin, &word), first != NULL);
    if (first == NULL)
        return;
    require(first->ready);
    require_eq(word, first->representative < 0 ? number(first->serial)
                                               : word_of(first->representative));
    if (first->representative >= 0 && random_below(2))
        put_in_root(first->representative);
    Registration **link = &guardian->registrations;
    while (*link != first)
        link = &(*link)->next;
    *link = first->next;
    free(first);
}

static void drop_root(void)
{
    size_t r = random_below(model.root_count);

    model.roots[r] = -1;
    world.roots[r] = 0;
}

static void make_garbage(void)
{
    for (uint32_t i = random_below(60); i > 0; i -= 1) {
        uint64_t *pair = immix_alloc(world.heap, immix_header(TYPE_PAIR, 0, 2, 0));
        if (pair == NULL)
            return;
        pair[0] = pair[1] = number(0xBAD);
    }
}

/* For some steps allocations fail, or memory is short. */
static void make_trouble(void)
{
    size_t held = stats().held_bytes;

    if (random_below(2))
        immix_fail_after(world.heap, 1 + random_below(200));
    else
        immix_set_limit(world.heap, held / 2 + random_below((uint32_t)held));
    model.trouble = 300;
}

static void end_trouble(const ImmixOptions *options)
{
    if (model.trouble > 0 && --model.trouble == 0) {
        immix_fail_after(world.heap, 0);
        immix_set_limit(world.heap, options->limit_bytes);
    }
}

static void step(const ImmixOptions *options)
{
    uint32_t choice = random_below(10000);

    end_trouble(options);
    if (choice < 3000) {
        make_node();
    } else if (choice < 7000) {
        store_somewhere();
    } else if (choice < 7300) {
        fill_range();
    } else if (choice < 7600) {
        copy_range();
    } else if (choice < 7900) {
        append();
    } else if (choice < 8000) {
        drop_root();
    } else if (choice < 8500) {
        pin_or_hash();
    } else if (choice < 8900) {
        hold_weakly();
    } else if (choice < 9200) {
        set_weak();
    } else if (choice < 9450) {
        guard_something();
    } else if (choice < 9600) {
        take_from_guardian();
    } else if (choice < 9950) {
        make_garbage();
    } else if (choice < 9952) {
        make_trouble();
    } else if (choice < 9956) {
        require(immix_verify(world.heap, stderr));
    } else if (choice < 9960) {
        if (immix_wants_collection(world.heap)) {
            uint64_t minors = stats().collections[IMMIX_MINOR];
            immix_collect_for_policy(world.heap);
            compare(stats().collections[IMMIX_MINOR] == minors);
        }
    } else if (random_below(model.node_count) < USUAL_NODES) { /* it takes its time */
        collect_and_compare((ImmixCollection[]){IMMIX_MINOR, IMMIX_MINOR, IMMIX_MINOR,
                                                IMMIX_FULL,
                                                IMMIX_EVACUATE}[random_below(5)]);
    }
}

typedef struct Plan {
    ImmixOptions options;
    uint64_t seed;
    int steps;
    size_t stack_entries; /* of the mark stack; 0: as many as it wants */
    uint32_t nodes, roots;
} Plan;

static void set_up(const Plan *plan)
{
    open_world_with(plan->options);
    model.node_count = plan->nodes != 0 ? plan->nodes : USUAL_NODES;
    model.root_count = plan->roots != 0 ? plan->roots : USUAL_ROOTS;
    model.random_state = plan->seed;
    model.foreign_made = 0;
    model.trouble = 0;
    world.root_count = model.root_count;
    world.weak_count = MODEL_WEAK;
    world.mark_stack_entries = plan->stack_entries;
    memset(model.roots, -1, sizeof model.roots);
    memset(model.weak, -1, sizeof model.weak);
}

static void run_model(Plan plan)
{
    set_up(&plan);
    for (int i = 0; i < plan.steps / SCALE; i += 1)
        step(&plan.options);
    immix_fail_after(world.heap, 0);
    immix_set_limit(world.heap, 0);
    collect_and_compare(IMMIX_FULL);
    require(immix_verify(world.heap, stderr));
    for (uint32_t i = 0; i < model.node_count; i += 1) {
        free(model.nodes[i].slots);
        drop_registrations(&model.nodes[i]);
    }
    memset(model.nodes, 0, sizeof model.nodes);
    close_world();
    require_eq(world.finalized, model.foreign_made);
}

/* ---- The cases ------------------------------------------------------------------------------ */

START_TEST(the_heap_agrees_with_its_model)
{
    run_model((Plan){
        .options = {.nursery_bytes = 1 << 20}, .seed = (uint64_t)_i, .steps = STEPS});
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_of_large_graphs)
{
    run_model((Plan){.options = {.nursery_bytes = 1 << 20},
                     .seed = 500 + (uint64_t)_i,
                     .steps = STEPS,
                     .nodes = MAX_NODES,
                     .roots = MAX_ROOTS});
}
END_TEST

START_TEST(the_verifier_agrees_before_and_after_each_collection)
{
    run_model((Plan){
        .options = {.verify = 1}, .seed = 100 + (uint64_t)_i, .steps = STEPS / 4});
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_under_stress)
{
    run_model((Plan){.options = {.verify = 1, .stress = 1 + (uint32_t)_i % 2},
                     .seed = 200 + (uint64_t)_i,
                     .steps = STEPS / 8});
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_when_memory_is_short)
{
    run_model((Plan){.options = {.limit_bytes = 3 << 19},
                     .seed = 300 + (uint64_t)_i,
                     .steps = STEPS / 2,
                     .stack_entries = TINY_STACK});
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_when_the_mark_stack_is_tiny)
{
    run_model((Plan){.options = {.stress = (uint32_t)_i % 3},
                     .seed = 400 + (uint64_t)_i,
                     .steps = STEPS / 2,
                     .stack_entries = TINY_STACK});
}
END_TEST

/* The name of a test runs that alone: together they take long. */
int main(int argc, char **argv)
{
    TCase *tcase = tcase_create("model");

    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_of_large_graphs, 1);
    ADD_NAMED_TEST(tcase, the_verifier_agrees_before_and_after_each_collection, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_under_stress, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_when_memory_is_short, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_when_the_mark_stack_is_tiny,
                   3);
    return run_suite("immix/model", tcase);
}
