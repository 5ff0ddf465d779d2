/* reader_label.c - datum labels: #0=(a . #0#).
 *
 * A reference to a label whose datum is not complete reads as a placeholder. Each slot that
 * a placeholder is stored in is noted, and filled in when the outermost datum is complete, so
 * that no walk over the datum is needed. Objects do not move meanwhile. */
#include <stdlib.h>

#include "syntax/reader_internal.h"

struct ReadLabel {
    uint64_t key; /* number + 1; 0: an empty slot */
    Value datum;  /* its own placeholder until it is complete */
};

static Value placeholder_of(uint64_t number)
{
    return IMMEDIATE(IMMEDIATE_PLACEHOLDER, number);
}

/* The slot that has the number, or the empty one where it belongs. */
static ReadLabel *find_slot(ReadLabel *labels, size_t capacity, uint64_t number)
{
    uint64_t i = number * UINT64_C(0x9e3779b97f4a7c15) >> 20;

    for (;; i += 1) {
        ReadLabel *slot = &labels[i & (capacity - 1)];

        if (slot->key == 0 || slot->key == number + 1)
            return slot;
    }
}

static Status grow_table(Reader *reader)
{
    size_t capacity = reader->label_capacity == 0 ? 16 : reader->label_capacity * 2;
    void *memory;

    TRY(li_reader_alloc(reader, capacity * sizeof(ReadLabel), &memory));
    for (size_t i = 0; i < reader->label_capacity; i += 1) {
        ReadLabel label = reader->labels[i];

        if (label.key != 0)
            *find_slot(memory, capacity, label.key - 1) = label;
    }
    li_reader_free(reader, reader->labels, reader->label_capacity * sizeof(ReadLabel));
    reader->labels = memory;
    reader->label_capacity = capacity;
    return OK;
}

Status li_label_open(Reader *reader, uint64_t number, uint64_t position)
{
    ReadLabel *slot;

    if (reader->label_count + reader->label_count / 2 + 1 >= reader->label_capacity)
        TRY(grow_table(reader));
    slot = find_slot(reader->labels, reader->label_capacity, number);
    if (slot->key != 0)
        return li_reader_fail(reader, position, "datum label #%llu= is defined twice",
                              (unsigned long long)number);
    *slot = (ReadLabel){number + 1, placeholder_of(number)};
    reader->label_count += 1;
    return OK;
}

Status li_label_close(Reader *reader, uint64_t number, Value datum, uint64_t position)
{
    if (value_is_eq(datum, placeholder_of(number)))
        return li_reader_fail(reader, position, "datum label #%llu= labels itself",
                              (unsigned long long)number);
    find_slot(reader->labels, reader->label_capacity, number)->datum = datum;
    return OK;
}

Status li_label_find(Reader *reader, uint64_t number, uint64_t position, Value *datum)
{
    if (reader->label_count != 0) {
        const ReadLabel *slot =
            find_slot(reader->labels, reader->label_capacity, number);

        if (slot->key != 0) {
            *datum = slot->datum;
            return OK;
        }
    }
    return li_reader_fail(reader, position,
                          "datum label #%llu# is not defined before it",
                          (unsigned long long)number);
}

Status li_label_note(Reader *reader, Value *slot)
{
    if (reader->fixup_count == reader->fixup_capacity)
        TRY(li_reader_grow(reader, (void **)&reader->fixups, &reader->fixup_capacity,
                           sizeof *reader->fixups));
    reader->fixups[reader->fixup_count] = slot;
    reader->fixup_count += 1;
    return OK;
}

void li_labels_resolve(Reader *reader)
{
    for (size_t i = 0; i < reader->fixup_count; i += 1) {
        Value v = *reader->fixups[i];

        /* #1=#0# inside of #0= makes 1 another name of what 0 labels. */
        while (value_is_placeholder(v))
            v = find_slot(reader->labels, reader->label_capacity, v.bits >> 8)->datum;
        *reader->fixups[i] = v;
    }
    li_labels_forget(reader);
}

void li_labels_forget(Reader *reader)
{
    reader->fixup_count = 0;
    if (reader->label_count == 0)
        return;
    li_reader_free(reader, reader->labels, reader->label_capacity * sizeof(ReadLabel));
    reader->labels = NULL;
    reader->label_count = reader->label_capacity = 0;
}
