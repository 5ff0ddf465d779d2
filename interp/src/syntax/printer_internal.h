/* printer_internal.h - what the files of the printer share. */
#ifndef LI_SYNTAX_PRINTER_INTERNAL_H
#define LI_SYNTAX_PRINTER_INTERNAL_H

#include "syntax/printer.h"

/* An array outside the heap that is used as a stack. Zero-initialise; its memory is counted
 * against the heap's limit. */
typedef struct PrintStack {
    struct PrintEntry *entries;
    size_t count, capacity;
} PrintStack;

typedef struct PrintEntry {
    Value v;
    uint64_t index; /* of the child that comes next; or a state */
} PrintEntry;

MUST_CHECK Status li_print_push(Heap *heap, PrintStack *stack, Value v, uint64_t index);
void li_print_stack_free(Heap *heap, PrintStack *stack);

/* Objects by address: which are labelled, and the number of each once it was printed. */
typedef struct LabelSlot {
    uint64_t key;  /* the object's bits, 0: empty */
    uint64_t mark; /* LABEL_* | number << 3 */
} LabelSlot;

enum {
    LABEL_OPEN = 1,   /* the walk is inside it */
    LABEL_WANTED = 2, /* it needs a label */
    LABEL_GIVEN = 4,  /* it has one, and was printed */
    LABEL_NUMBER_SHIFT = 3,
};

typedef struct PrintLabels {
    LabelSlot *slots; /* NULL: there are no labels */
    size_t count, capacity;
    uint64_t next_number;
} PrintLabels;

/* Finds the objects in `v` that need labels in this style. */
MUST_CHECK Status li_print_find_labels(Heap *heap, Value v, PrintStyle style,
                                       PrintLabels *labels);
/* The slot of an object that needs a label, or NULL. */
LabelSlot *li_print_label_of(const PrintLabels *labels, Value v);
void li_print_labels_free(Heap *heap, PrintLabels *labels);

/* The Values inside of an object other than a pair that are printed with it; 0: it is printed
 * as an atom. */
uint64_t li_print_children(Value v, const Value **items);

/* True if `v` has parts that are printed. */
ALWAYS_INLINE bool value_is_compound(Value v)
{
    const Value *items;

    return value_is_pair(v)
        || (value_is_object(v) && li_print_children(v, &items) != 0);
}

#endif /* LI_SYNTAX_PRINTER_INTERNAL_H */
