/* warnings.h - what is surely wrong with a program, found before it runs.
 *
 * The core language of each toplevel form is looked through as it is compiled. Two things are
 * found: names that nothing defines, and calls of procedures that do not take that many
 * arguments. Neither is said unless it is certain: a name may still be defined by a later form,
 * or by code that the program evaluates, and a procedure may be assigned. So uses are kept until
 * the last form was seen.
 *
 * Cells are kept by address: they are pinned, and the program's environment keeps them.
 */
#ifndef LI_COMPILER_WARNINGS_H
#define LI_COMPILER_WARNINGS_H

#include "compiler/ast.h"
#include "memory/buffer.h"

typedef struct Vm Vm;

typedef struct CellUse {
    Value cell;
    uint64_t position;
    int64_t arguments; /* of the call; -1: it is none */
} CellUse;

typedef struct CellClause {
    Value cell; /* what it defines */
    uint32_t required;
    bool has_rest;
    bool is_procedure; /* otherwise it is any other value */
    bool is_first;     /* of its definition */
} CellClause;

/* All zero to begin. */
typedef struct Warnings {
    CellUse *uses;
    size_t use_count, use_capacity;
    CellClause *clauses; /* sorted by cell when the report is made */
    size_t clause_count, clause_capacity;
    bool is_dynamic; /* the program can evaluate what is not seen here */
    bool failed;     /* no memory: nothing is said */
} Warnings;

void li_warnings_free(Warnings *warnings);
/* Notes what `node`, as it comes from the expander, uses and defines. */
void li_warnings_note(Warnings *warnings, Node *node);
/* Appends a line, the source and a caret for each thing that is wrong. `is_complete`: all of the
 * program was seen. Returns how many there were. */
uint32_t li_warnings_report(Warnings *warnings, Vm *vm, bool is_complete, Buffer *to);

#endif /* LI_COMPILER_WARNINGS_H */
