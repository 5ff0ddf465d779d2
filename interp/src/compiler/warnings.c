/* warnings.c - what is surely wrong with a program, found before it runs. */
#include "compiler/warnings.h"

#include <stdlib.h>

#include "compiler/passes.h"
#include "containers/symbolmap.h"
#include "vm/global.h"

void li_warnings_free(Warnings *warnings)
{
    free(warnings->uses);
    free(warnings->clauses);
    *warnings = (Warnings){0};
}

/* Room for one more element; NULL, and a failure, without memory. */
static void *grow(Warnings *warnings, void *items, size_t count, size_t *capacity,
                  size_t size)
{
    size_t larger = *capacity * 2 + 64;

    if (count < *capacity)
        return items;
    void *room = realloc(items, larger * size);
    if (room == NULL)
        warnings->failed = true;
    else
        *capacity = larger;
    return room;
}

static void note_use(Warnings *warnings, Value cell, uint64_t position, int64_t arguments)
{
    CellUse *uses;

    if (position == 0 || warnings->failed)
        return;
    uses = grow(warnings, warnings->uses, warnings->use_count, &warnings->use_capacity,
                sizeof *uses);
    if (uses == NULL)
        return;
    warnings->uses = uses;
    uses[warnings->use_count] = (CellUse){cell, position, arguments};
    warnings->use_count += 1;
}

static void note_clause(Warnings *warnings, CellClause clause)
{
    CellClause *clauses;

    if (warnings->failed)
        return;
    clauses = grow(warnings, warnings->clauses, warnings->clause_count,
                   &warnings->clause_capacity, sizeof *clauses);
    if (clauses == NULL)
        return;
    warnings->clauses = clauses;
    clauses[warnings->clause_count] = clause;
    warnings->clause_count += 1;
}

static void note_definition(Warnings *warnings, Value cell, const Node *value)
{
    const Lambda *lambda = value->kind == NODE_LAMBDA ? value->as.lambda : NULL;

    if (lambda == NULL || lambda->clause_count == 0)
        note_clause(warnings, (CellClause){.cell = cell, .is_first = true});
    for (uint32_t i = 0; lambda != NULL && i < lambda->clause_count; i += 1)
        note_clause(warnings, (CellClause){
                                  .cell = cell,
                                  .required = lambda->clauses[i].required,
                                  .has_rest = lambda->clauses[i].has_rest,
                                  .is_procedure = true,
                                  .is_first = i == 0,
                              });
}

/* The procedures that can define what no form of the program does. */
static bool is_evaluator(const Global *cell)
{
    static const char *const names[] = {"eval", "load", "interaction-environment",
                                        "%interaction-environment", "%compile"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        if (value_is_symbol(cell->name)
            && li_text_equals_ascii(symbol_text(cell->name), names[i]))
            return true;
    }
    return false;
}

static void note_reference(Warnings *warnings, const Node *node, int64_t arguments,
                           uint64_t position)
{
    if (is_evaluator(value_to_global(node->as.global.cell)))
        warnings->is_dynamic = true;
    note_use(warnings, node->as.global.cell, position, arguments);
}

/* Notes the node itself; false if its first part is done with. */
static bool note_node(Warnings *warnings, Node *node)
{
    const Node *procedure;

    switch ((int)node->kind) {
    case NODE_GLOBAL: note_reference(warnings, node, -1, node->position); return true;
    case NODE_SET_GLOBAL: note_use(warnings, node->as.global.cell, node->position, -1); return true;
    case NODE_DEFINE:
        note_definition(warnings, node->as.global.cell, node->as.global.value);
        return true;
    case NODE_LAMBDA:
        for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
            li_warnings_note(warnings, node->as.lambda->clauses[i].body);
        return true;
    case NODE_CALL:
        procedure = node->as.call.procedure;
        if (procedure->kind != NODE_GLOBAL)
            return true;
        note_reference(warnings, procedure, node->as.call.count, node->position);
        return false;
    default: return true;
    }
}

void li_warnings_note(Warnings *warnings, Node *node)
{
    if (!li_stack_ok()) /* the compiler says so */
        warnings->failed = true;
    while (!warnings->failed) {
        Children parts = li_node_children(node);
        int first = note_node(warnings, node) ? 0 : 1;

        for (int i = first; i < 2 && parts.first[i] != NULL; i += 1)
            li_warnings_note(warnings, *parts.first[i]);
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            li_warnings_note(warnings, parts.items[i]);
        if (parts.last == NULL)
            return;
        node = *parts.last;
    }
}
