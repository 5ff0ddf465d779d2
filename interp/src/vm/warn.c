/* warn.c - the report of what compiler/warnings.c noted. */
#include <stdlib.h>

#include "compiler/warnings.h"
#include "syntax/source.h"
#include "vm/vm.h"

static int compare_clauses(const void *a, const void *b)
{
    uint64_t x = ((const CellClause *)a)->cell.bits;
    uint64_t y = ((const CellClause *)b)->cell.bits;

    return x < y ? -1 : x > y;
}

/* The clauses that define `cell`: *count of them, 0 if nothing does. */
static const CellClause *find_clauses(const Warnings *warnings, Value cell, size_t *count)
{
    size_t low = 0, high = warnings->clause_count, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (warnings->clauses[middle].cell.bits < cell.bits)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < warnings->clause_count; end += 1) {
        if (!value_is_eq(warnings->clauses[end].cell, cell))
            break;
    }
    *count = end - low;
    return warnings->clauses + low;
}

/* True if the program defines the procedure once, and so that it does not take `arguments`. */
static bool is_wrong_definition(const CellClause *clauses, size_t count, int64_t arguments)
{
    size_t definitions = 0;

    for (size_t i = 0; i < count; i += 1) {
        definitions += clauses[i].is_first;
        if (!clauses[i].is_procedure || clauses[i].required == arguments
            || (clauses[i].has_rest && clauses[i].required < arguments))
            return false;
    }
    return definitions == 1;
}

static void begin_line(const Vm *vm, const CellUse *use, Buffer *to)
{
    li_position_print(vm->sources, use->position, to);
    li_buffer_push_string(to, ": warning: ");
}

static void end_line(const Vm *vm, const CellUse *use, Buffer *to)
{
    li_buffer_push_char(to, '\n');
    li_position_print_caret(vm->sources, use->position, to);
}

static bool report_unbound(Vm *vm, const CellUse *use, Buffer *to)
{
    begin_line(vm, use, to);
    li_vm_push_unbound(vm, value_to_global(use->cell), to);
    end_line(vm, use, to);
    return true;
}

static bool report_arity(const Vm *vm, const CellUse *use, const CellClause *clauses,
                         size_t count, Buffer *to)
{
    const Global *cell = value_to_global(use->cell);
    const Text *name = symbol_text(cell->name);

    begin_line(vm, use, to);
    for (uint64_t i = 0; i < name->length; i += 1)
        li_buffer_push_char(to, li_text_at(name, i));
    if (count == 0) {
        li_push_arity(vm, cell->value, (uint32_t)use->arguments, to);
    } else {
        li_buffer_push_string(to, ": expected ");
        for (size_t i = 0; i < count; i += 1)
            li_buffer_printf(to, "%s%s%u", i > 0 ? " or " : "",
                             clauses[i].has_rest ? "at least " : "", clauses[i].required);
        li_buffer_printf(to, " argument%s, got %u",
                         count == 1 && clauses[0].required == 1 ? "" : "s",
                         (uint32_t)use->arguments);
    }
    end_line(vm, use, to);
    return true;
}

static bool report_use(const Warnings *warnings, Vm *vm, const CellUse *use,
                       bool is_complete, Buffer *to)
{
    const Global *cell = value_to_global(use->cell);
    size_t count;
    const CellClause *clauses = find_clauses(warnings, use->cell, &count);
    bool is_unbound = value_is_eq(cell->value, VALUE_UNBOUND);

    if (is_complete && count == 0 && is_unbound)
        return report_unbound(vm, use, to);
    if (use->arguments < 0 || li_global_has_flag(cell, GLOBAL_ASSIGNED))
        return false;
    if (is_complete && is_wrong_definition(clauses, count, use->arguments))
        return report_arity(vm, use, clauses, count, to);
    if (count == 0 && li_global_has_flag(cell, GLOBAL_CONSTANT)
        && !li_takes_arguments(cell->value, (uint32_t)use->arguments))
        return report_arity(vm, use, NULL, 0, to);
    return false;
}

uint32_t li_warnings_report(Warnings *warnings, Vm *vm, bool is_complete, Buffer *to)
{
    uint32_t found = 0;

    if (warnings->failed)
        return 0;
    if (warnings->clause_count > 0)
        qsort(warnings->clauses, warnings->clause_count, sizeof *warnings->clauses,
              compare_clauses);
    for (size_t i = 0; i < warnings->use_count; i += 1)
        found += report_use(warnings, vm, &warnings->uses[i],
                            is_complete && !warnings->is_dynamic, to);
    return found;
}
