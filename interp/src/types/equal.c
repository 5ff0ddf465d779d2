/* equal.c - equal? without recursion, on circular data too.
 *
 * Source: Adams and Dybvig, Efficient nondestructive equality checking for trees and graphs,
 * ICFP 2008. A plain walk is fast on trees, but takes exponential time on shared structure and
 * does not end on circular one. Joining objects that are being compared into classes
 * (union-find) ends on both, but is slow. So the walk is plain for a budget of steps, then
 * classes are joined for a short run, then it is plain again for a random short run, and so
 * on: trees pay for a few classes only, and the structure that makes the plain walk long is
 * met often enough to be cut short. As long as runs of joining meet nothing again, what is compared
 * looks like a tree, and the plain runs become longer, up to a limit.
 */
#include "types/equal.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "containers/array.h"
#include "containers/text.h"

enum {
    FIRST_PLAIN_STEPS = 4000, /* most comparisons never get past it */
    PLAIN_STEPS = 800,        /* at most, between two runs of joining ... */
    MOST_PLAIN_STEPS = 16 * PLAIN_STEPS, /* ... and when none met anything again for long */
    JOINING_STEPS = 40,
    INITIAL_CLASSES = 256,
    LOCAL_PENDING = 32,
};

/* Two objects of one shape, to be compared from element `index` on. */
typedef struct Pending {
    Value a, b;
    uint64_t index;
} Pending;

typedef struct ClassSlot {
    uint64_t key; /* the object's bits, 0: empty */
    uint32_t node;
} ClassSlot;

typedef struct ClassNode {
    uint32_t parent; /* itself: the root of its class */
    uint32_t size;
} ClassNode;

typedef struct Comparison {
    ImmixHeap *immix;
    Pending *pending; /* local, until that is full */
    size_t count, capacity;
    ClassSlot *slots;
    ClassNode *nodes;
    size_t slot_capacity, node_count; /* half as many nodes as slots */
    uint32_t steps;                   /* left in this run */
    uint32_t plain_steps;             /* at most in the next plain run */
    bool joining;
    uint64_t random;
    size_t counted_bytes;
    Pending local[LOCAL_PENDING];
} Comparison;

static Status count_bytes(Comparison *c, size_t bytes)
{
    if (!immix_external_add(c->immix, bytes))
        return ERR_NO_MEMORY;
    c->counted_bytes += bytes;
    return OK;
}

/* ---- Classes ------------------------------------------------------------------------------- */

static ClassSlot *find_slot(ClassSlot *slots, size_t capacity, uint64_t key)
{
    size_t i = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 24);

    for (;; i += 1) {
        ClassSlot *slot = &slots[i & (capacity - 1)];

        if (slot->key == 0 || slot->key == key)
            return slot;
    }
}

static Status grow_classes(Comparison *c)
{
    size_t capacity = c->slot_capacity == 0 ? INITIAL_CLASSES : c->slot_capacity * 2;
    ClassSlot *slots;
    ClassNode *nodes;

    if (capacity > UINT32_MAX)
        return ERR_NO_MEMORY;
    TRY(count_bytes(c, (capacity - c->slot_capacity)
                           * (sizeof *slots + sizeof *nodes / 2)));
    nodes = realloc(c->nodes, capacity / 2 * sizeof *nodes);
    if (nodes == NULL)
        return ERR_NO_MEMORY;
    c->nodes = nodes;
    slots = calloc(capacity, sizeof *slots);
    if (slots == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < c->slot_capacity; i += 1) {
        if (c->slots[i].key != 0)
            *find_slot(slots, capacity, c->slots[i].key) = c->slots[i];
    }
    free(c->slots);
    c->slots = slots;
    c->slot_capacity = capacity;
    return OK;
}

static Status class_of(Comparison *c, Value v, uint32_t *root)
{
    ClassSlot *slot;
    uint32_t node;

    if (c->node_count + 1 > c->slot_capacity / 2)
        TRY(grow_classes(c));
    slot = find_slot(c->slots, c->slot_capacity, v.bits);
    if (slot->key == 0) {
        *slot = (ClassSlot){v.bits, (uint32_t)c->node_count};
        c->nodes[c->node_count] = (ClassNode){(uint32_t)c->node_count, 1};
        c->node_count += 1;
    }
    for (node = slot->node; c->nodes[node].parent != node; node = c->nodes[node].parent)
        c->nodes[node].parent = c->nodes[c->nodes[node].parent].parent;
    *root = node;
    return OK;
}

/* *joined: a and b were in one class already, so they are being compared elsewhere. */
static Status join(Comparison *c, Value a, Value b, bool *joined)
{
    uint32_t root_a, root_b;

    TRY(class_of(c, a, &root_a));
    TRY(class_of(c, b, &root_b));
    *joined = root_a == root_b;
    if (*joined)
        return OK;
    if (c->nodes[root_a].size < c->nodes[root_b].size) {
        uint32_t swapped = root_a;

        root_a = root_b;
        root_b = swapped;
    }
    c->nodes[root_b].parent = root_a;
    c->nodes[root_a].size += c->nodes[root_b].size;
    return OK;
}

/* ---- The walk ------------------------------------------------------------------------------ */

static void next_run(Comparison *c)
{
    c->joining = !c->joining;
    c->steps = JOINING_STEPS;
    if (c->joining) {
        if (c->plain_steps < MOST_PLAIN_STEPS)
            c->plain_steps *= 2;
    } else {
        c->random ^= c->random << 13;
        c->random ^= c->random >> 7;
        c->random ^= c->random << 17;
        c->steps = 1 + (uint32_t)(c->random % c->plain_steps);
    }
}

/* Counts a comparison of two compound objects. *skip: they need not be looked into. As long as
 * classes are met again joining goes on: it is what comes to an end. */
static NO_INLINE Status slow_step(Comparison *c, Value a, Value b, bool *skip)
{
    *skip = false;
    if (UNLIKELY(c->steps == 0))
        next_run(c);
    c->steps -= 1;
    if (!c->joining)
        return OK;
    TRY(join(c, a, b, skip));
    if (*skip) {
        c->steps = JOINING_STEPS;
        c->plain_steps = PLAIN_STEPS;
    }
    return OK;
}

ALWAYS_INLINE Status step(Comparison *c, Value a, Value b, bool *skip)
{
    if (UNLIKELY(c->joining || c->steps == 0))
        return slow_step(c, a, b, skip);
    c->steps -= 1;
    *skip = false;
    return OK;
}

static Status grow_pending(Comparison *c)
{
    size_t capacity = c->capacity + c->capacity / 2;
    bool moves_out = c->pending == c->local;
    Pending *grown;

    TRY(count_bytes(c,
                    (moves_out ? capacity : capacity - c->capacity) * sizeof *grown));
    grown = realloc(moves_out ? NULL : c->pending, capacity * sizeof *grown);
    if (grown == NULL)
        return ERR_NO_MEMORY;
    if (moves_out)
        memcpy(grown, c->local, sizeof c->local);
    c->pending = grown;
    c->capacity = capacity;
    return OK;
}

static Status push(Comparison *c, Value a, Value b, uint64_t index)
{
    if (c->count == c->capacity)
        TRY(grow_pending(c));
    c->pending[c->count] = (Pending){a, b, index};
    c->count += 1;
    return OK;
}

/* Compares two objects that are not eq? and not pairs. Vectors go on the stack. */
static Status compare_objects(Comparison *c, Value a, Value b, bool *equal)
{
    Type type = (Type)immix_type_of(value_to_object(a));
    bool skip;

    *equal = false;
    if (immix_type_of(value_to_object(b)) != (uint8_t)type)
        return OK;
    if (type == T_TEXT) {
        *equal = li_text_equals(value_to_text(a), value_to_text(b));
    } else if (type == T_ARRAY) {
        *equal = li_array_equals(value_to_array(a), value_to_array(b));
    } else if (type == T_VECTOR) {
        *equal = vector_length(a) == vector_length(b);
        if (!*equal || vector_length(a) == 0)
            return OK;
        TRY(step(c, a, b, &skip));
        return skip ? OK : push(c, a, b, 0);
    } else {
        *equal = li_eqv(a, b);
    }
    return OK;
}

/* Goes down a and b until there is an answer for all but what it leaves on the stack. */
static Status compare(Comparison *c, Value a, Value b, bool *equal)
{
    for (;;) {
        bool skip;

        *equal = value_is_eq(a, b);
        if (*equal)
            return OK;
        if (value_is_object(a) && value_is_object(b))
            return compare_objects(c, a, b, equal);
        if (!value_is_pair(a) || !value_is_pair(b))
            return OK;
        TRY(step(c, a, b, &skip));
        if (skip) {
            *equal = true;
            return OK;
        }
        if (value_is_pair(pair_car(a)) || value_is_object(pair_car(a))) {
            /* Equal tails need no place on the stack: nesting in front is free of it. */
            if (!value_is_eq(pair_cdr(a), pair_cdr(b)))
                TRY(push(c, a, b, 0));
            a = pair_car(a);
            b = pair_car(b);
        } else {
            *equal = value_is_eq(pair_car(a), pair_car(b));
            if (!*equal)
                return OK;
            a = pair_cdr(a);
            b = pair_cdr(b);
        }
    }
}

/* Takes the next two things to compare from the stack. */
static void pop(Comparison *c, Value *a, Value *b)
{
    Pending *top = &c->pending[c->count - 1];

    if (value_is_pair(top->a)) {
        *a = pair_cdr(top->a);
        *b = pair_cdr(top->b);
        c->count -= 1;
        return;
    }
    *a = vector_items(top->a)[top->index];
    *b = vector_items(top->b)[top->index];
    top->index += 1;
    if (top->index == vector_length(top->a))
        c->count -= 1;
}

static Status run(Comparison *c, Value a, Value b, bool *equal)
{
    TRY(compare(c, a, b, equal));
    while (*equal && c->count != 0) {
        pop(c, &a, &b);
        TRY(compare(c, a, b, equal));
    }
    return OK;
}

/* Two atoms or two strings need no set-up. */
static bool equal_at_once(Value a, Value b, bool *equal)
{
    *equal = value_is_eq(a, b);
    if (*equal || !value_is_reference(a) || !value_is_reference(b))
        return true;
    if (value_has_type(a, T_TEXT) && value_has_type(b, T_TEXT)) {
        *equal = li_text_equals(value_to_text(a), value_to_text(b));
        return true;
    }
    return false;
}

Status li_equal(Heap *heap, Value a, Value b, bool *equal)
{
    Comparison c;
    bool result = false;
    Status status;

    if (equal_at_once(a, b, equal))
        return OK;
    memset(&c, 0, offsetof(Comparison, local));
    c.immix = heap->immix;
    c.pending = c.local;
    c.capacity = LOCAL_PENDING;
    c.steps = FIRST_PLAIN_STEPS;
    c.plain_steps = PLAIN_STEPS / 2;
    c.random = UINT64_C(0x2545f4914f6cdd1d);
    status = run(&c, a, b, &result);
    if (c.pending != c.local)
        free(c.pending);
    free(c.slots);
    free(c.nodes);
    if (c.counted_bytes != 0)
        immix_external_remove(heap->immix, c.counted_bytes);
    if (status == OK)
        *equal = result;
    return status;
}
