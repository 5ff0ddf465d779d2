/* printer_walk.c - finding what needs a datum label.
 *
 * Most data are trees, so the first walk is a plain one that keeps no table; it gives up when
 * it comes by an object that it remembered (Brent's method: the step whose number is a power
 * of two remembers), or after very many steps. Only then is everything put in a table, by a
 * depth-first walk that knows which objects it is inside of.
 */
#include <stdlib.h>

#include "containers/array.h"
#include "containers/list.h"
#include "syntax/environment.h"
#include "syntax/printer_internal.h"

enum {
    PLAIN_STEPS = 1 << 23, /* more pairs than this have a table made, circular or not */
    INITIAL_SLOTS = 64,
    INITIAL_ENTRIES = 32,
};

/* ---- Memory -------------------------------------------------------------------------------- */

static Status grow_stack(Heap *heap, PrintStack *stack)
{
    size_t capacity = stack->capacity + stack->capacity / 2 + INITIAL_ENTRIES;
    size_t more = (capacity - stack->capacity) * sizeof *stack->entries;
    PrintEntry *grown;

    if (!immix_external_add(heap->immix, more))
        return ERR_NO_MEMORY;
    grown = realloc(stack->entries, capacity * sizeof *grown);
    if (grown == NULL) {
        immix_external_remove(heap->immix, more);
        return ERR_NO_MEMORY;
    }
    stack->entries = grown;
    stack->capacity = capacity;
    return OK;
}

Status li_print_push(Heap *heap, PrintStack *stack, Value v, uint64_t index)
{
    if (UNLIKELY(stack->count == stack->capacity))
        TRY(grow_stack(heap, stack));
    stack->entries[stack->count] = (PrintEntry){v, index};
    stack->count += 1;
    return OK;
}

void li_print_stack_free(Heap *heap, PrintStack *stack)
{
    if (stack->capacity == 0)
        return;
    free(stack->entries);
    immix_external_remove(heap->immix, stack->capacity * sizeof *stack->entries);
    *stack = (PrintStack){0};
}

static LabelSlot *find_slot(LabelSlot *slots, size_t capacity, uint64_t key)
{
    size_t i = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 24);

    for (;; i += 1) {
        LabelSlot *slot = &slots[i & (capacity - 1)];

        if (slot->key == 0 || slot->key == key)
            return slot;
    }
}

static Status resize_labels(Heap *heap, PrintLabels *labels, size_t capacity,
                            uint64_t keep)
{
    PrintLabels resized = {.capacity = capacity};

    if (!immix_external_add(heap->immix, capacity * sizeof *resized.slots))
        return ERR_NO_MEMORY;
    resized.slots = calloc(capacity, sizeof *resized.slots);
    if (resized.slots == NULL) {
        immix_external_remove(heap->immix, capacity * sizeof *resized.slots);
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < labels->capacity; i += 1) {
        LabelSlot slot = labels->slots[i];

        if (slot.key != 0 && (slot.mark & keep) == keep) {
            *find_slot(resized.slots, capacity, slot.key) = slot;
            resized.count += 1;
        }
    }
    li_print_labels_free(heap, labels);
    *labels = resized;
    return OK;
}

void li_print_labels_free(Heap *heap, PrintLabels *labels)
{
    if (labels->slots == NULL)
        return;
    free(labels->slots);
    immix_external_remove(heap->immix, labels->capacity * sizeof *labels->slots);
    *labels = (PrintLabels){0};
}

LabelSlot *li_print_label_of(const PrintLabels *labels, Value v)
{
    LabelSlot *slot;

    if (LIKELY(labels->slots == NULL))
        return NULL;
    slot = find_slot(labels->slots, labels->capacity, v.bits);
    return slot->key == 0 ? NULL : slot;
}

/* ---- The parts of objects ------------------------------------------------------------------ */

uint64_t li_print_children(Value v, const Value **items)
{
    const Value *words = value_to_object(v);

    *items = words;
    switch (immix_type_of(words)) {
    case T_VECTOR:
    case T_BOX:
    case T_MULTIPLE: return immix_granules_of(words);
    case T_RECORD: *items = words + 1; return immix_granules_of(words) - 1;
    case T_LIST:
        *items = li_list_items(value_to_list(v));
        return value_to_list(v)->length;
    case T_CONDITION:
        *items = words + 2;
        return value_is_pair(words[2]) ? 1 : 0; /* irritants */
    case T_ENVIRONMENT:
        *items = &value_to_environment(v)->name;
        return value_is_pair(**items) ? 1 : 0;
    default: return 0;
    }
}

/* ---- The plain walk ------------------------------------------------------------------------ */

typedef struct PlainWalk {
    PrintStack
        stack; /* what is still to be visited: a pair's cdr, an object's children */
    uint64_t steps, next_mark;
    Value marked;
} PlainWalk;

/* False: `v` was seen before, or the walk has become too long. */
static bool plain_step(PlainWalk *walk, Value v)
{
    if (value_is_eq(v, walk->marked) || walk->steps == PLAIN_STEPS)
        return false;
    walk->steps += 1;
    if (walk->steps == walk->next_mark) {
        walk->next_mark *= 2;
        walk->marked = v;
    }
    return true;
}

/* Visits v, and what hangs on its cdrs until there are two ways to go. */
static Status plain_visit(Heap *heap, PlainWalk *walk, Value v, bool *is_tree)
{
    const Value *items;

    while (value_is_pair(v)) {
        Value car = pair_car(v), cdr = pair_cdr(v);

        if (!plain_step(walk, v)) {
            *is_tree = false;
            return OK;
        }
        if (!value_is_compound(car)) {
            v = cdr;
        } else {
            if (value_is_compound(cdr))
                TRY(li_print_push(heap, &walk->stack, cdr, 0));
            v = car;
        }
    }
    if (!value_is_object(v) || li_print_children(v, &items) == 0)
        return OK;
    *is_tree = plain_step(walk, v);
    return *is_tree ? li_print_push(heap, &walk->stack, v, 0) : OK;
}

static Status plain_walk(Heap *heap, PlainWalk *walk, Value v, bool *is_tree)
{
    TRY(plain_visit(heap, walk, v, is_tree));
    while (*is_tree && walk->stack.count != 0) {
        PrintEntry *top = &walk->stack.entries[walk->stack.count - 1];
        const Value *items;

        if (value_is_pair(top->v)) {
            v = top->v;
            walk->stack.count -= 1;
        } else {
            uint64_t count = li_print_children(top->v, &items);

            v = items[top->index];
            top->index += 1;
            if (top->index == count)
                walk->stack.count -= 1;
        }
        TRY(plain_visit(heap, walk, v, is_tree));
    }
    return OK;
}

/* ---- The walk with a table ----------------------------------------------------------------- */

/* Enters v for the first time, or notes that it needs a label. */
static Status enter(Heap *heap, PrintStack *stack, PrintLabels *labels, Value v,
                    bool shared)
{
    LabelSlot *slot;

    if (!value_is_compound(v) && !(shared && value_is_vector(v)))
        return OK;
    if (labels->count + labels->count / 2 >= labels->capacity)
        TRY(resize_labels(heap, labels,
                          labels->capacity == 0 ? INITIAL_SLOTS : labels->capacity * 2,
                          0));
    slot = find_slot(labels->slots, labels->capacity, v.bits);
    if (slot->key != 0) {
        if (shared || (slot->mark & LABEL_OPEN))
            slot->mark |= LABEL_WANTED;
        return OK;
    }
    TRY(li_print_push(heap, stack, v, 0));
    *slot = (LabelSlot){v.bits, LABEL_OPEN};
    labels->count += 1;
    return OK;
}

/* The next child of an object; false after the last. */
static bool next_child(PrintEntry *entry, Value *child)
{
    const Value *items;
    uint64_t index = entry->index;

    entry->index += 1;
    if (value_is_pair(entry->v)) {
        *child = index == 0 ? pair_car(entry->v) : pair_cdr(entry->v);
        return index < 2;
    }
    if (index >= li_print_children(entry->v, &items))
        return false;
    *child = items[index];
    return true;
}

static Status walk_all(Heap *heap, PrintStack *stack, PrintLabels *labels, Value v,
                       bool shared)
{
    TRY(enter(heap, stack, labels, v, shared));
    while (stack->count != 0) {
        PrintEntry *top = &stack->entries[stack->count - 1];
        Value child;

        if (next_child(top, &child)) {
            TRY(enter(heap, stack, labels, child, shared));
        } else {
            find_slot(labels->slots, labels->capacity, top->v.bits)->mark &=
                ~(uint64_t)LABEL_OPEN;
            stack->count -= 1;
        }
    }
    return OK;
}

/* Drops what needs no label. */
static Status keep_wanted(Heap *heap, PrintLabels *labels)
{
    size_t wanted = 0, capacity = INITIAL_SLOTS;

    for (size_t i = 0; i < labels->capacity; i += 1)
        wanted += (labels->slots[i].mark & LABEL_WANTED) != 0;
    if (wanted == 0) {
        li_print_labels_free(heap, labels);
        return OK;
    }
    while (capacity < wanted * 2)
        capacity *= 2;
    return resize_labels(heap, labels, capacity, LABEL_WANTED);
}

Status li_print_find_labels(Heap *heap, Value v, PrintStyle style, PrintLabels *labels)
{
    bool shared = style == PRINT_WRITE_SHARED;
    PrintStack stack = {0};
    Status status;

    if (style == PRINT_WRITE_SIMPLE || !value_is_compound(v))
        return OK;
    if (!shared) {
        PlainWalk walk = {.next_mark = 1, .marked = VALUE_ABSENT};
        bool is_tree = true;

        status = plain_walk(heap, &walk, v, &is_tree);
        li_print_stack_free(heap, &walk.stack);
        if (status != OK || is_tree)
            return status;
    }
    status = walk_all(heap, &stack, labels, v, shared);
    li_print_stack_free(heap, &stack);
    return status == OK ? keep_wanted(heap, labels) : status;
}
