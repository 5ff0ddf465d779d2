/* test_model.c - random graphs beside a naive twin: whatever is done to the heap, what the
 * roots reach must be what the twin says. */
#include "tests/immix/support.h"

enum {
    NODES = 3000,
    MODEL_ROOTS = 64,
    STEPS = 60000,
    MAX_SLOTS = 3000
};

/* The twin of an object: which twins its slots refer to (-1: none), and a stamp. A twin whose
 * object has become garbage is found dead by a walk from the roots, and used again. */
typedef struct Node {
    int *slots;
    uint32_t slot_count;
    uint64_t stamp;
    uint64_t hash; /* 0: never asked */
    uint64_t word; /* where it is; good between two collections */
    bool used;
    bool seen;
} Node;

static Node nodes[NODES];
static int model_roots[MODEL_ROOTS];
static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

/* Slot 0 of every object holds its stamp, the others references. */
static void refresh(int index, uint64_t word)
{
    static int stack[NODES];
    size_t count = 0;

    nodes[index].seen = true;
    nodes[index].word = word;
    stack[count++] = index;
    while (count > 0) {
        Node *node = &nodes[stack[--count]];
        uint64_t *words = words_of(node->word);
        require_eq(words[0], number(node->stamp));
        require_eq(immix_granules_of(words), node->slot_count + 1);
        if (node->hash != 0)
            require_eq(immix_identity_hash(world.heap, words), node->hash);
        for (uint32_t i = 0; i < node->slot_count; i += 1) {
            int child = node->slots[i];
            if (child < 0) {
                require_eq(words[i + 1], 0);
            } else if (nodes[child].seen) {
                require_eq(words[i + 1], nodes[child].word);
            } else {
                nodes[child].seen = true;
                nodes[child].word = words[i + 1];
                stack[count++] = child;
            }
        }
    }
}

static void compare(void)
{
    for (int i = 0; i < NODES; i += 1)
        nodes[i].seen = false;
    for (int i = 0; i < MODEL_ROOTS; i += 1) {
        if (model_roots[i] < 0)
            require_eq(world.roots[i], 0);
        else if (nodes[model_roots[i]].seen)
            require_eq(world.roots[i], nodes[model_roots[i]].word);
        else
            refresh(model_roots[i], world.roots[i]);
    }
    for (int i = 0; i < NODES; i += 1) {
        if (nodes[i].used && !nodes[i].seen) {
            free(nodes[i].slots);
            nodes[i] = (Node){0};
        }
    }
}

static int any_used(void)
{
    int start = (int)random_below(NODES);

    for (int i = 0; i < 50; i += 1) {
        if (nodes[(start + i) % NODES].used)
            return (start + i) % NODES;
    }
    return -1;
}

static uint32_t random_slot_count(void)
{
    switch (random_below(50)) {
    case 0: return random_below(MAX_SLOTS);
    case 1:
    case 2:
    case 3: return random_below(300);
    default: return random_below(6);
    }
}

static void make_node(void)
{
    int index = (int)random_below(NODES);
    if (nodes[index].used)
        return;
    Node *node = &nodes[index];
    uint32_t slots = random_slot_count();
    uint64_t *object =
        immix_alloc_zeroed(world.heap, immix_header(TYPE_VECTOR, 0, slots + 1, 0));
    if (object == NULL)
        return;
    *node = (Node){.slots = malloc((slots + 1) * sizeof(int)),
                   .slot_count = slots,
                   .stamp = random_below(UINT32_MAX),
                   .word = reference(object),
                   .used = true};
    object[0] = number(node->stamp);
    for (uint32_t i = 0; i < slots; i += 1) {
        int child = i < 8 ? any_used() : -1;
        node->slots[i] = child;
        object[i + 1] = child < 0 ? 0 : nodes[child].word;
    }
    size_t r = random_below(MODEL_ROOTS);
    model_roots[r] = index;
    world.roots[r] = node->word;
}

static void store_somewhere(void)
{
    int parent = any_used();
    int child = random_below(4) == 0 ? -1 : any_used();

    if (parent < 0 || nodes[parent].slot_count == 0)
        return;
    uint32_t i = random_below(nodes[parent].slot_count);
    nodes[parent].slots[i] = child;
    uint64_t word = child < 0 ? 0 : nodes[child].word;
    words_of(nodes[parent].word)[i + 1] = word;
    if (random_below(2))
        immix_barrier(world.heap, target(nodes[parent].word));
    else
        immix_barrier_range(world.heap, target(nodes[parent].word),
                            &words_of(nodes[parent].word)[i + 1], 8);
}

static void copy_range(void)
{
    int from = any_used(), to = any_used();

    if (from < 0 || to < 0)
        return;
    uint32_t count = nodes[from].slot_count < nodes[to].slot_count
                       ? nodes[from].slot_count
                       : nodes[to].slot_count;
    if (count == 0)
        return;
    uint32_t start = random_below(count);
    uint64_t *slots = &words_of(nodes[to].word)[1 + start];
    memmove(&nodes[to].slots[start], &nodes[from].slots[start],
            (count - start) * sizeof(int));
    memmove(slots, &words_of(nodes[from].word)[1 + start], (count - start) * 8);
    immix_barrier_range(world.heap, target(nodes[to].word), slots, (count - start) * 8);
}

static void pin_or_hash(void)
{
    int index = any_used();

    if (index < 0)
        return;
    void *object = target(nodes[index].word);
    switch (random_below(3)) {
    case 0: immix_pin(world.heap, object); break;
    case 1: immix_unpin(world.heap, object); break;
    default: nodes[index].hash = immix_identity_hash(world.heap, object); break;
    }
}

static void step(void)
{
    uint32_t choice = random_below(1000);

    if (choice < 300) {
        make_node();
    } else if (choice < 800) {
        store_somewhere();
    } else if (choice < 850) {
        copy_range();
    } else if (choice < 900) {
        size_t r = random_below(MODEL_ROOTS);
        model_roots[r] = -1;
        world.roots[r] = 0;
    } else if (choice < 950) {
        pin_or_hash();
    } else if (choice < 992) {
        cons(0, 0); /* garbage */
    } else {
        ImmixCollection kind = (ImmixCollection)random_below(5);
        immix_collect(world.heap, kind > IMMIX_EVACUATE ? IMMIX_MINOR : kind);
        compare();
    }
}

static void run_model(ImmixOptions options, uint64_t seed, int steps, size_t stack_max)
{
    open_world_with(options);
    random_state = seed;
    world.root_count = MODEL_ROOTS;
    world.heap->tracer.stack_max = stack_max;
    for (int i = 0; i < MODEL_ROOTS; i += 1)
        model_roots[i] = -1;
    for (int i = 0; i < steps; i += 1)
        step();
    immix_collect(world.heap, IMMIX_FULL);
    compare();
    for (int i = 0; i < NODES; i += 1)
        free(nodes[i].slots);
    memset(nodes, 0, sizeof nodes);
    close_world();
}

START_TEST(the_heap_agrees_with_its_model)
{
    run_model((ImmixOptions){.verify = 1}, (uint64_t)_i, STEPS, 0);
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_under_stress)
{
    run_model((ImmixOptions){.verify = 1, .stress = 1 + (uint32_t)_i % 2},
              100 + (uint64_t)_i, STEPS / 3, 0);
}
END_TEST

START_TEST(the_heap_agrees_with_its_model_when_memory_is_short)
{
    run_model((ImmixOptions){.verify = 1, .limit_bytes = 3 << 19}, 200 + (uint64_t)_i,
              STEPS / 2, 1);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("model");
    tcase_add_loop_test(tcase, the_heap_agrees_with_its_model, 0, 4);
    tcase_add_loop_test(tcase, the_heap_agrees_with_its_model_under_stress, 0, 4);
    tcase_add_loop_test(tcase, the_heap_agrees_with_its_model_when_memory_is_short, 0,
                        3);
    return run_suite("immix/model", tcase);
}
