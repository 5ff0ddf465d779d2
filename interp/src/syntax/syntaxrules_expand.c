/* syntaxrules_expand.c - matches the use of a macro and instantiates the template. */
#include "syntax/source.h"
#include "syntax/syntaxrules.h"
#include "types/equal.h"

typedef struct Sequence Sequence;

/* What a pattern variable matched; under an ellipsis, a sequence of that. */
typedef union Slot {
    Value value;
    Sequence *sequence;
} Slot;

struct Sequence {
    uint64_t count;
    Slot items[];
};

typedef struct Step {
    Expansion *x;
    const Macro *macro;
    const Form *use;
    Slot *slots;
    Value names;    /* of the rule that matched */
    Value *renamed; /* an identifier for each name, VALUE_ABSENT before it is needed */
} Step;

static Value *box_items(Value box)
{
    return vector_items(*box_slot(box));
}

/* ---- Matching ---------------------------------------------------------------------------- */

static Status match(Step *step, Value pattern, Value datum, bool *matches);

static bool match_literal(const Step *step, Value literal, Value datum)
{
    Binding wanted, got;

    if (!value_is_name(datum))
        return false;
    wanted =
        li_resolve(literal, value_to_rib(step->macro->rib), step->macro->environment);
    got = li_resolve(datum, step->use->rib, step->use->environment);
    return li_binding_is_same(wanted, got);
}

static Status new_sequences(Step *step, uint32_t count, uint64_t length,
                            Sequence ***result)
{
    Arena *arena = &step->x->scratch;
    Sequence **sequences = ARENA_ARRAY(arena, Sequence *, count);

    if (sequences == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i += 1) {
        sequences[i] = li_arena_alloc(arena, sizeof(Sequence) + length * sizeof(Slot));
        if (sequences[i] == NULL)
            return ERR_NO_MEMORY;
        sequences[i]->count = length;
    }
    *result = sequences;
    return OK;
}

/* Matches the first `length` elements of *datum, one by one, and moves on behind them. */
static Status match_repeated(Step *step, const Value *repeat, uint64_t length,
                             Value *datum, bool *matches)
{
    Slot *slots = &step->slots[value_to_fixnum(repeat[REPEAT_FIRST])];
    uint32_t count = (uint32_t)value_to_fixnum(repeat[REPEAT_COUNT]);
    Sequence **sequences;

    TRY(new_sequences(step, count, length, &sequences));
    for (uint64_t i = 0; i < length; i += 1) {
        TRY(match(step, repeat[REPEAT_SUB], pair_car(*datum), matches));
        if (!*matches)
            return OK;
        for (uint32_t k = 0; k < count; k += 1)
            sequences[k]->items[i] = slots[k];
        *datum = pair_cdr(*datum);
    }
    for (uint32_t k = 0; k < count; k += 1)
        slots[k].sequence = sequences[k];
    *matches = true;
    return OK;
}

static Status match_vector(Step *step, Value pattern, Value datum, bool *matches)
{
    Value list;

    *matches = value_is_vector(datum);
    if (!*matches)
        return OK;
    TRY(li_vector_to_list(step->x->heap, datum, &list));
    return match(step, vector_items(pattern)[0], list, matches);
}

static Status match_atom(Step *step, Value pattern, Value datum, bool *matches)
{
    *matches = true;
    if (value_is_special(pattern)) {
        if (value_to_special(pattern) != PATTERN_WILDCARD)
            step->slots[value_to_special(pattern)].value = datum;
        return OK;
    }
    if (value_is_name(pattern)) {
        *matches = match_literal(step, pattern, datum);
        return OK;
    }
    if (value_is_vector(pattern))
        return match_vector(step, pattern, datum, matches);
    *matches = value_is_eq(pattern, datum);
    if (*matches || value_is_nil(pattern) || value_is_pair(datum))
        return OK;
    return li_equal(step->x->heap, pattern, datum, matches);
}

static Status match(Step *step, Value pattern, Value datum, bool *matches)
{
    if (!li_stack_ok())
        return li_raise_too_deep(step->x, step->use->position);
    for (;;) {
        if (value_is_pair(pattern)) {
            *matches = value_is_pair(datum);
            if (!*matches)
                return OK;
            TRY(match(step, pair_car(pattern), pair_car(datum), matches));
            if (!*matches)
                return OK;
            pattern = pair_cdr(pattern);
            datum = pair_cdr(datum);
        } else if (value_has_type(pattern, T_BOX)) {
            const Value *repeat = box_items(pattern);
            int64_t length = li_pair_count(datum);

            length -= value_to_fixnum(repeat[REPEAT_TAIL_LENGTH]);
            *matches = length >= 0; /* never of a circular list */
            if (!*matches)
                return OK;
            TRY(match_repeated(step, repeat, (uint64_t)length, &datum, matches));
            if (!*matches)
                return OK;
            pattern = repeat[REPEAT_TAIL];
        } else {
            return match_atom(step, pattern, datum, matches);
        }
    }
}

/* ---- Instantiating ----------------------------------------------------------------------- */

static Status instantiate(Step *step, Value template, Value *result);

static void mark(void *object)
{
    immix_header_of(object)->bits |= (uint64_t)MARKED_EXTRA << IMMIX_EXTRA_SHIFT;
}

/* Pairs of the output stand where the macro was used. */
static Status push(Step *step, ListBuilder *list, Value item)
{
    Heap *heap = step->x->heap;
    Value pair;

    if (step->use->position != 0)
        TRY(li_cons_at(heap, item, VALUE_NIL, step->use->position | POSITION_EXPANDED,
                       &pair));
    else
        TRY(li_cons(heap, item, VALUE_NIL, &pair));
    mark(value_to_pair(pair));
    if (list->last == NULL)
        list->head = pair;
    else
        list->last->cdr = pair;
    list->last = value_to_pair(pair);
    return OK;
}

static Status rename_name(Step *step, uint32_t index, Value *result)
{
    if (value_is_eq(step->renamed[index], VALUE_ABSENT))
        TRY(li_identifier_new(step->x, vector_items(step->names)[index],
                              step->macro->environment, step->macro->rib,
                              &step->renamed[index]));
    *result = step->renamed[index];
    return OK;
}

static Status instantiate_vector(Step *step, Value template, Value *result)
{
    Value list, *items;
    int64_t length;

    TRY(instantiate(step, vector_items(template)[0], &list));
    length = li_list_length(list);
    TRY(li_vector(step->x->heap, (uint64_t)length, VALUE_FALSE, result));
    mark(value_to_object(*result));
    items = vector_items(*result);
    for (int64_t i = 0; i < length; i += 1, list = pair_cdr(list))
        items[i] = pair_car(list);
    return OK;
}

static Status instantiate_atom(Step *step, Value template, Value *result)
{
    if (value_is_special(template)) {
        uint32_t index = value_to_special(template);

        if (index >= TEMPLATE_RENAMED)
            return rename_name(step, index - TEMPLATE_RENAMED, result);
        *result = step->slots[index].value;
        return OK;
    }
    if (value_is_vector(template))
        return instantiate_vector(step, template, result);
    *result = template;
    return OK;
}

/* All variables that drive an ellipsis must have matched equally often. */
static Status driven_count(Step *step, Value drivers, uint64_t *count)
{
    *count = step->slots[value_to_fixnum(pair_car(drivers))].sequence->count;
    for (drivers = pair_cdr(drivers); value_is_pair(drivers);
         drivers = pair_cdr(drivers)) {
        if (step->slots[value_to_fixnum(pair_car(drivers))].sequence->count != *count)
            return li_syntax_error(step->x, step->use->position, VALUE_ABSENT,
                                   "syntax-rules: variables under one ellipsis matched "
                                   "different numbers of forms");
    }
    return OK;
}

static Status instantiate_splice(Step *step, const Value *splice, ListBuilder *list)
{
    Value drivers = splice[SPLICE_DRIVERS], sub = splice[SPLICE_SUB];
    Slot *saved = ARENA_ARRAY(&step->x->scratch, Slot, (size_t)li_list_length(drivers));
    uint64_t count;

    if (!li_stack_ok())
        return li_raise_too_deep(step->x, step->use->position);
    if (saved == NULL)
        return ERR_NO_MEMORY;
    TRY(driven_count(step, drivers, &count));
    Value rest = drivers;
    for (uint32_t k = 0; value_is_pair(rest); k += 1, rest = pair_cdr(rest))
        saved[k] = step->slots[value_to_fixnum(pair_car(rest))];
    for (uint64_t i = 0; i < count; i += 1) {
        rest = drivers;
        for (uint32_t k = 0; value_is_pair(rest); k += 1, rest = pair_cdr(rest))
            step->slots[value_to_fixnum(pair_car(rest))] = saved[k].sequence->items[i];
        if (value_is_true(splice[SPLICE_IS_NESTED])) {
            TRY(instantiate_splice(step, box_items(sub), list));
        } else {
            Value item;

            TRY(instantiate(step, sub, &item));
            TRY(push(step, list, item));
        }
    }
    rest = drivers;
    for (uint32_t k = 0; value_is_pair(rest); k += 1, rest = pair_cdr(rest))
        step->slots[value_to_fixnum(pair_car(rest))] = saved[k];
    return OK;
}

static Status instantiate(Step *step, Value template, Value *result)
{
    ListBuilder list = {VALUE_NIL, NULL};
    Value last;

    if (!li_stack_ok())
        return li_raise_too_deep(step->x, step->use->position);
    for (;;) {
        if (value_is_pair(template)) {
            Value item;

            TRY(instantiate(step, pair_car(template), &item));
            TRY(push(step, &list, item));
            template = pair_cdr(template);
        } else if (value_has_type(template, T_BOX)) {
            TRY(instantiate_splice(step, box_items(template), &list));
            template = box_items(template)[SPLICE_TAIL];
        } else {
            break;
        }
    }
    TRY(instantiate_atom(step, template, &last));
    if (list.last == NULL) {
        *result = last;
    } else {
        list.last->cdr = last;
        *result = list.head;
    }
    return OK;
}

/* ---- One step ---------------------------------------------------------------------------- */

static Status apply_rule(Step *step, const Value *rule, Value *result, bool *matches)
{
    Arena *scratch = &step->x->scratch;
    uint32_t name_count;

    step->slots =
        ARENA_ARRAY(scratch, Slot, (size_t)value_to_fixnum(rule[RULE_VARIABLES]));
    if (step->slots == NULL)
        return ERR_NO_MEMORY;
    TRY(match(step, rule[RULE_PATTERN], pair_cdr(step->use->datum), matches));
    if (!*matches)
        return OK;
    step->names = rule[RULE_NAMES];
    name_count = vector_length(step->names);
    step->renamed = ARENA_ARRAY(scratch, Value, name_count);
    if (step->renamed == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < name_count; i += 1)
        step->renamed[i] = VALUE_ABSENT;
    return instantiate(step, rule[RULE_TEMPLATE], result);
}

static Status apply_rules(Step *step, Value *result)
{
    Value rules = step->macro->rules;

    for (uint32_t i = 0; i < vector_length(rules); i += 1) {
        bool matches;

        li_arena_reset(&step->x->scratch);
        TRY(apply_rule(step, vector_items(vector_items(rules)[i]), result, &matches));
        if (matches)
            return OK;
    }
    return li_syntax_error(step->x, step->use->position, step->use->datum,
                           "no rule of this macro matches:");
}

Status li_syntaxrules_expand(Expansion *x, Value macro, const Form *use, Value *result)
{
    Step step = {.x = x, .macro = value_to_macro(macro), .use = use};
    Status status = apply_rules(&step, result);

    li_arena_reset(&x->scratch);
    return status;
}
