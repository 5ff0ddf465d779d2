/* finish.c - units to code objects.
 *
 * Before: units with their instructions, literals and positions, in the arena.
 * After:  a code object for each, on the heap, with its LIVE words filled; closures that are
 *         constants have their code and entry.
 *
 * A procedure's code object is a literal of the one around it, which was queued before it.
 * So they are made last to first.
 */
#include "compiler/liveness.h"
#include "compiler/unit.h"
#include "compiler/verify.h"
#include "vm/code.h"

static Status make_words(Compiler *c, ElementKind kind, const uint64_t *words,
                         uint32_t count, Value *array)
{
    TRY(li_array_new(c->heap, kind, count, array));
    if (count != 0)
        memcpy(array_data(value_to_array(*array)), words, sizeof *words * count);
    return OK;
}

static Status make_literals(Compiler *c, const Unit *unit, Value *vector)
{
    TRY(li_vector(c->heap, unit->literal_count, VALUE_FALSE, vector));
    for (uint32_t i = 0; i < unit->literal_count; i += 1) {
        const Literal *literal = &unit->literals[i];

        vector_items(*vector)[i] =
            literal->code != NULL ? literal->code->code : literal->value;
    }
    return OK;
}

static Status make_clauses(Compiler *c, const Unit *unit, Value *vector)
{
    TRY(li_vector(c->heap, (uint64_t)unit->clause_count * CLAUSE_WORDS, VALUE_FALSE,
                  vector));
    for (uint32_t i = 0; i < unit->clause_count; i += 1) {
        const UnitClause *clause = &unit->clauses[i];
        Value *words = vector_items(*vector) + (size_t)i * CLAUSE_WORDS;

        words[CLAUSE_REQUIRED] = value_from_fixnum(clause->clause->required);
        words[CLAUSE_REST] = value_from_fixnum(clause->clause->has_rest);
        words[CLAUSE_ENTRY] = value_from_fixnum(clause->entry);
        words[CLAUSE_FRAME] = value_from_fixnum(clause->frame);
        words[CLAUSE_SHOWN] = value_from_fixnum(clause->shown);
    }
    return OK;
}

Status li_clause_names(Compiler *c, const Clause *clause, Value *list)
{
    *list = clause->has_rest ? clause->params[clause->required]->name : VALUE_NIL;
    for (uint32_t i = clause->required; i > 0; i -= 1)
        TRY(li_cons(c->heap, clause->params[i - 1]->name, *list, list));
    return OK;
}

static Status make_param_names(Compiler *c, const Lambda *lambda, Value *vector)
{
    TRY(li_vector(c->heap, lambda->clause_count, VALUE_NIL, vector));
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        Value names;

        TRY(li_clause_names(c, &lambda->clauses[i], &names));
        vector_items(*vector)[i] = names;
    }
    return OK;
}

static Status make_inlined(Compiler *c, const Unit *unit, Value *vector)
{
    *vector = VALUE_FALSE;
    if (unit->inlined_count == 0)
        return OK;
    TRY(li_vector(c->heap, 1 + (uint64_t)unit->frame_count * INLINED_WORDS, VALUE_FALSE,
                  vector));
    TRY(make_words(c, ELEMENT_U64, unit->inlined, unit->inlined_count,
                   &vector_items(*vector)[0]));
    for (uint32_t i = 0; i < unit->frame_count; i += 1) {
        Value *words = &vector_items(*vector)[1 + (size_t)i * INLINED_WORDS];

        words[INLINED_NAME] = unit->frames[i].name;
        words[INLINED_WHERE] =
            value_from_fixnum((int64_t)unit->frames[i].lambda_position);
        words[INLINED_FIRST] = value_from_fixnum(unit->frames[i].first);
        words[INLINED_POSITION] = value_from_fixnum((int64_t)unit->frames[i].position);
        words[INLINED_CALLER] = value_from_fixnum(unit->frames[i].caller);
    }
    return OK;
}

static Status make_code(Compiler *c, Unit *unit)
{
    Code parts;

    parts.name = unit->lambda->name;
    parts.free_count = value_from_fixnum(unit->lambda->free_count);
    parts.position = value_from_fixnum((int64_t)unit->lambda->position);
    TRY(make_words(c, ELEMENT_OPCODE, unit->words, unit->count, &parts.instructions));
    TRY(make_words(c, ELEMENT_U64, unit->positions, unit->position_count,
                   &parts.positions));
    parts.operations = VALUE_FALSE;
    if (unit->operation_count != 0)
        TRY(make_words(c, ELEMENT_U64, unit->operations, unit->operation_count,
                       &parts.operations));
    TRY(make_inlined(c, unit, &parts.inlined));
    parts.template =
        value_is_vector(unit->lambda->template) ? unit->lambda->template : VALUE_FALSE;
    TRY(make_literals(c, unit, &parts.literals));
    TRY(make_clauses(c, unit, &parts.clauses));
    TRY(make_param_names(c, unit->lambda, &parts.param_names));
    return li_code_new(c->heap, &parts, &unit->code);
}

static void complete_closure(Compiler *c, const Unit *unit, Value v, uint32_t clause)
{
    Closure *closure = value_to_closure(v);
    const uint64_t *entry = code_words(value_to_code(unit->code));

    if (unit->clause_count != 0)
        entry += unit->clauses[clause].entry;
    closure->entry.bits = (uint64_t)(uintptr_t)entry;
    li_store(c->heap, closure, &closure->code, unit->code);
}

static void complete_closures(Compiler *c, const Unit *unit)
{
    if (unit->is_constant)
        complete_closure(c, unit, unit->closure, 0);
    for (uint32_t i = 0; i < unit->clause_count; i += 1) {
        if (value_is_closure(unit->clauses[i].closure))
            complete_closure(c, unit, unit->clauses[i].closure, i);
    }
}

/* Where calls of known code lead, once all code is there. */
static void fill_entries(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->entry_count; i += 1) {
        const UnitEntry *entry = &unit->entries[i];
        const Unit *callee = entry->lambda->holder->scratch;
        int64_t index = callee->clauses[entry->lambda->first_clause + entry->clause].entry;
        Insn insn = {unit->words[entry->at - 1]};

        if (li_op_info[insn_op(insn)].word[0] == WORD_HERE)
            index -= entry->at - 1;
        unit->words[entry->at] |= (uint64_t)index << ENTRY_INDEX_SHIFT;
    }
}

/* Room for what is live before each instruction of any unit. */
static uint64_t *liveness_room(Compiler *c, const Unit *unit)
{
    uint32_t most = 0;

    for (; unit != NULL; unit = unit->next)
        most = unit->count > most ? unit->count : most;
    return ARENA_ARRAY(c->arena, uint64_t, most);
}

static Unit *reverse(Unit *first)
{
    Unit *reversed = NULL;

    while (first != NULL) {
        Unit *next = first->next;

        first->next = reversed;
        reversed = first;
        first = next;
    }
    return reversed;
}

/* A fault that the verifier finds is the compiler's own. */
static void verify(const Unit *unit)
{
#ifdef LIMPET_DEBUG
    Buffer why = {0};

    if (li_verify_code(value_to_code(unit->code), &why) != OK)
        li_check_failed(li_buffer_c_string(&why), __FILE__, __LINE__);
    li_buffer_free(&why);
#else
    (void)unit;
#endif
}

Status li_finish(Compiler *c, Unit *first, Value *thunk)
{
    uint64_t *before = liveness_room(c, first);
    Unit *last = reverse(first);

    if (before == NULL)
        return ERR_NO_MEMORY;
    for (Unit *unit = last; unit != NULL; unit = unit->next) {
        fill_entries(unit);
        li_fill_live_words(unit->words, unit->count, before);
        TRY(make_code(c, unit));
        complete_closures(c, unit);
        verify(unit);
        *thunk =
            unit->closure; /* the whole form's comes last, and has no free variables */
    }
    (void)reverse(last);
    return OK;
}
