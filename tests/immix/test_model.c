/* test_model.c - random graphs beside a naive twin: whatever is done to the heap, what the
 * roots reach must be what the twin says.
 *
 * Objects of every kind are made, linked, copied, filled, pinned, hashed and dropped; there
 * are weak slots, ephemerons, finalisers and external bytes; allocations fail, the limit
 * moves, and collections of all kinds come at random points. */
#include "tests/immix/support.h"

enum {
    NODES = 3000,
    MODEL_ROOTS = 64,
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
    KINDS
} Kind;

static const uint8_t types_of_kinds[KINDS] = {
    TYPE_PAIR,  TYPE_VECTOR,  TYPE_HEAD, TYPE_CUSTOM,
    TYPE_BYTES, TYPE_FOREIGN, TYPE_WEAK, TYPE_EPHEMERON,
};

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
    bool pinned;
    bool used;
    bool seen;
} Node;

typedef struct Model {
    Node nodes[NODES];
    int roots[MODEL_ROOTS];
    int weak[MODEL_WEAK];
    int stack[NODES];
    size_t stack_count;
    int ephemerons[NODES]; /* that were met */
    size_t ephemeron_count;
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
                                          [KIND_EPHEMERON] =
                                              sizeof(ImmixEphemeron) / 8};

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
    case KIND_EPHEMERON: memset(words, 0, (node->granules - 1) * 8); break;
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
    case KIND_EPHEMERON: require_eq(words[1], 0); break; /* the link */
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
    for (int i = 0; i < NODES; i += 1) {
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

    for (int i = 0; i < NODES; i += 1) {
        Node *node = &model.nodes[i];
        if (node->used && !node->seen) {
            free(node->slots);
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
    for (int i = 0; i < NODES; i += 1)
        model.nodes[i].seen = false;
    model.ephemeron_count = 0;
    for (size_t i = 0; i < MODEL_ROOTS; i += 1) {
        if (model.roots[i] < 0)
            require_eq(world.roots[i], 0);
        else
            meet(model.roots[i], world.roots[i]);
    }
    walk();
    walk_ephemerons();
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
    int start = (int)random_below(NODES);

    for (int i = 0; i < 50; i += 1) {
        if (model.nodes[(start + i) % NODES].used)
            return (start + i) % NODES;
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
    case KIND_EPHEMERON: node->slot_count = 1; break;
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
    size_t r = random_below(MODEL_ROOTS);

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
    int index = (int)random_below(NODES);

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
    int from = any_used(), index = (int)random_below(NODES);

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
    for (size_t i = 0; i < MODEL_ROOTS; i += 1) {
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

static void drop_root(void)
{
    size_t r = random_below(MODEL_ROOTS);

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
    } else if (choice < 9000) {
        hold_weakly();
    } else if (choice < 9600) {
        set_weak();
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
    } else {
        collect_and_compare((ImmixCollection[]){IMMIX_MINOR, IMMIX_MINOR, IMMIX_MINOR,
                                                IMMIX_FULL,
                                                IMMIX_EVACUATE}[random_below(5)]);
    }
}

static void run_model(ImmixOptions options, uint64_t seed, int steps, size_t stack_max)
{
    open_world_with(options);
    model.random_state = seed;
    model.foreign_made = 0;
    model.trouble = 0;
    world.root_count = MODEL_ROOTS;
    world.weak_count = MODEL_WEAK;
    world.mark_stack_entries = stack_max;
    memset(model.roots, -1, sizeof model.roots);
    memset(model.weak, -1, sizeof model.weak);
    for (int i = 0; i < steps / SCALE; i += 1)
        step(&options);
    immix_fail_after(world.heap, 0);
    immix_set_limit(world.heap, 0);
    collect_and_compare(IMMIX_FULL);
    require(immix_verify(world.heap, stderr));
    for (int i = 0; i < NODES; i += 1)
        free(model.nodes[i].slots);
    memset(model.nodes, 0, sizeof model.nodes);
    close_world();
    require_eq(world.finalized, model.foreign_made);
}

/* ---- The cases ------------------------------------------------------------------------------ */

START_TEST(the_heap_agrees_with_its_model)
{
    run_model((ImmixOptions){.nursery_bytes = 1 << 20}, (uint64_t)_i, STEPS, 0);
}
END_TEST

START_TEST(the_verifier_agrees_before_and_after_each_collection)
{
    run_model((ImmixOptions){.verify = 1}, 100 + (uint64_t)_i, STEPS / 4, 0);
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_under_stress)
{
    run_model((ImmixOptions){.verify = 1, .stress = 1 + (uint32_t)_i % 2},
              200 + (uint64_t)_i, STEPS / 8, 0);
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_when_memory_is_short)
{
    run_model((ImmixOptions){.limit_bytes = 3 << 19}, 300 + (uint64_t)_i, STEPS / 2,
              TINY_STACK);
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_when_the_mark_stack_is_tiny)
{
    run_model((ImmixOptions){.stress = (uint32_t)_i % 3}, 400 + (uint64_t)_i, STEPS / 2,
              TINY_STACK);
}
END_TEST

/* The name of a test runs that alone: together they take long. */
int main(int argc, char **argv)
{
    TCase *tcase = tcase_create("model");

    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model, 4);
    ADD_NAMED_TEST(tcase, the_verifier_agrees_before_and_after_each_collection, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_under_stress, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_when_memory_is_short, 4);
    ADD_NAMED_TEST(tcase, the_heap_agrees_with_its_model_when_the_mark_stack_is_tiny,
                   3);
    return run_suite("immix/model", tcase);
}
