/* code.c - code objects and closures. */
#include "vm/code.h"

/* How a call sees the code: the number of arguments, or CLOSURE_ANY. */
static uint8_t arity_of(const Code *code)
{
    const Value *clause = vector_items(code->clauses);

    if (code_clause_count(code) != 1
        || value_to_fixnum(clause[CLAUSE_REST]) != 0
        || value_to_fixnum(clause[CLAUSE_REQUIRED]) > CLOSURE_MAX_FIXED)
        return CLOSURE_ANY;
    return (uint8_t)value_to_fixnum(clause[CLAUSE_REQUIRED]);
}

void li_code_link(Code *code)
{
    uint32_t free_count = (uint32_t)value_to_fixnum(code->free_count);
    const uint64_t *entry = code_words(code);

    if (vector_length(code->clauses) != 0)
        entry += value_to_fixnum(vector_items(code->clauses)[CLAUSE_ENTRY]);
    code->closure_entry.bits = (uint64_t)(uintptr_t)entry;
    code->closure_header.bits =
        immix_header(T_CLOSURE, arity_of(code), 2 + free_count, 0).bits;
    ASSERT(value_is_fixnum(code->closure_entry) && value_is_fixnum(code->closure_header));
}

Status li_code_new(Heap *heap, const Code *parts, Value *code)
{
    Code *object = li_alloc(heap, T_CODE, 0, sizeof(Code) / sizeof(Value));

    if (object == NULL)
        return ERR_NO_MEMORY;
    *object = *parts;
    immix_pin(heap->immix, value_to_object(value_to_array(parts->instructions)->store));
    li_code_link(object);
    *code = value_from_object(object);
    return OK;
}

Status li_closure_new(Heap *heap, Value code, Value *closure)
{
    const Code *parts = value_to_code(code);
    uint32_t free_count = (uint32_t)value_to_fixnum(parts->free_count);
    Closure *object =
        immix_alloc(heap->immix, (ImmixHeader){parts->closure_header.bits});

    if (object == NULL)
        return ERR_NO_MEMORY;
    object->entry = parts->closure_entry;
    object->code = code;
    for (uint32_t i = 0; i < free_count; i += 1)
        object->free[i] = VALUE_FALSE;
    *closure = value_from_object(object);
    return OK;
}

const Value *li_find_clause(const Code *code, uint32_t count)
{
    uint32_t clauses = code_clause_count(code);
    const Value *clause = vector_items(code->clauses);

    for (uint32_t i = 0; i < clauses; i += 1, clause += CLAUSE_WORDS) {
        int64_t required = value_to_fixnum(clause[CLAUSE_REQUIRED]);

        if (required == count
            || (required < count && value_to_fixnum(clause[CLAUSE_REST]) != 0))
            return clause;
    }
    return NULL;
}

const Value *li_code_clause_at(const Code *code, uint64_t index)
{
    const Value *clauses = vector_items(code->clauses);
    uint32_t low = 0, high = vector_length(code->clauses) / CLAUSE_WORDS;

    /* Clauses before `low` begin at or before `index`, those from `high` on behind it. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        Value entry = clauses[middle * CLAUSE_WORDS + CLAUSE_ENTRY];

        if ((uint64_t)value_to_fixnum(entry) <= index)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : clauses + (low - 1) * CLAUSE_WORDS;
}

/* The last of the pairs (index, word) in `array` that begins at or before `index`, or NULL. */
static const uint64_t *find_pair(const Array *array, uint64_t index)
{
    const uint64_t *pairs = array_data(array);
    uint64_t low = 0, high = array->length / 2;

    /* Pairs before `low` begin at or before `index`, those from `high` on behind it. */
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        if (pairs[2 * middle] <= index)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &pairs[2 * (low - 1)];
}

uint64_t li_code_position_at(const Code *code, uint64_t index)
{
    const uint64_t *pair = find_pair(value_to_array(code->positions), index);

    return pair == NULL ? 0 : pair[1];
}

bool li_code_operation_at(const Code *code, uint64_t index, Operation *operation)
{
    const uint64_t *pair;

    if (!value_is_true(code->operations))
        return false;
    pair = find_pair(value_to_array(code->operations), index);
    if (pair == NULL || pair[0] != index)
        return false;
    *operation = operation_unpack(pair[1]);
    return true;
}

/* ---- Frames that are reported ---- */

static const Value *frame_words(const Code *code, uint32_t number)
{
    return &vector_items(code->inlined)[1 + (size_t)(number - 1) * INLINED_WORDS];
}

int64_t li_code_frame_word(const Code *code, uint32_t number, uint32_t word)
{
    return value_to_fixnum(frame_words(code, number)[word]);
}

CodeFrame li_code_frame(const Code *code, uint32_t number)
{
    CodeFrame frame = {.name = code->name,
                       .where = (uint64_t)value_to_fixnum(code->position),
                       .number = number};

    if (number != 0) {
        frame.name = frame_words(code, number)[INLINED_NAME];
        frame.where = (uint64_t)li_code_frame_word(code, number, INLINED_WHERE);
    }
    return frame;
}

CodeFrame li_code_frame_at(const Code *code, uint64_t index)
{
    const uint64_t *pair = NULL;
    uint64_t numbers;
    CodeFrame frame;

    if (value_is_true(code->inlined))
        pair = find_pair(value_to_array(vector_items(code->inlined)[0]), index);
    numbers = pair == NULL ? 0 : pair[1];
    frame = li_code_frame(code, (uint32_t)numbers);
    frame.dropped = (uint32_t)(numbers >> INLINED_DROPPED_SHIFT);
    frame.position = li_code_position_at(code, index);
    return frame;
}

bool li_code_frame_next(const Code *code, CodeFrame *frame)
{
    uint32_t number = frame->number;

    if (number == 0
        || li_code_frame_word(code, number, INLINED_CALLER) == INLINED_NO_CALLER)
        return false;
    *frame = li_code_frame(code,
                           (uint32_t)li_code_frame_word(code, number, INLINED_CALLER));
    frame->position = (uint64_t)li_code_frame_word(code, number, INLINED_POSITION);
    return true;
}
