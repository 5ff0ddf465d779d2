/* unit.h - the instructions of one procedure, while they are being made.
 *
 * Everything lies in the compilation's arena. The first failure is kept in Codegen.status and
 * makes all that follows do nothing, so that only the end needs to look.
 *
 * Instructions that control cannot reach are dropped where they are emitted.
 */
#ifndef LI_COMPILER_UNIT_H
#define LI_COMPILER_UNIT_H

#include "compiler/passes.h"

typedef struct Literal {
    Value value;
    struct Unit *code; /* the literal is this procedure's code object, made later */
} Literal;

/* The frame that a procedure would have whose code stands in the unit: see CodeInlined. */
typedef struct UnitFrame {
    Value name;
    uint64_t lambda_position, position;
    int32_t caller;
    uint32_t first;
} UnitFrame;

typedef struct UnitClause {
    const Clause *clause;
    uint32_t entry;
    uint32_t frame;
    uint32_t shown; /* CLAUSE_SHOWN */
    Value closure; /* that is entered here, if there are calls of it; otherwise 0 */
} UnitClause;

/* An ENT or HERE word, which lacks where the clause begins. */
typedef struct UnitEntry {
    uint32_t at;
    uint32_t clause;
    const Lambda *lambda;
} UnitEntry;

typedef struct Unit {
    Lambda *lambda; /* whose closure the code runs in, with all that this holds */
    struct Unit *next;
    uint64_t *words;
    uint32_t count, capacity;
    Literal *literals;
    uint32_t literal_count, literal_capacity;
    uint32_t *literal_table; /* by hash: index + 1, or 0; NULL: none yet */
    uint32_t literal_mask;   /* ... how many slots, less 1 */
    uint64_t *positions;     /* pairs */
    uint32_t position_count, position_capacity; /* in words */
    uint64_t *operations;                       /* pairs */
    uint32_t operation_count, operation_capacity;
    uint64_t *inlined;                          /* pairs */
    uint32_t inlined_count, inlined_capacity;
    UnitFrame *frames; /* the first one's number is 1 */
    uint32_t frame_count, frame_capacity;
    UnitEntry *entries; /* in order */
    uint32_t entry_count, entry_capacity;
    UnitClause *clauses;
    uint32_t clause_count;
    bool is_constant; /* the closure is made by the compiler, and is this: */
    Value closure;
    Value code; /* once finished */
} Unit;

/* A place in the code that is jumped to before it is reached. All zero to begin. */
typedef struct Label {
    struct Patch *patches;
    bool is_exit; /* of loops that begin with a branch to it */
} Label;

enum {
    WRAPPERS = 3
}; /* TAILAPPLY, TAILVALUES, TAILCC */

/* A value that a loop reads from a register of its own: see hoist.h. */
typedef struct Hoisted {
    const Variable *variable; /* NULL: a constant */
    Value constant;
    uint32_t reg;
} Hoisted;

enum {
    MAX_HOISTED = 8,
    CLAUSE_CACHE = 16
};

/* A closure that was made for a clause of another one. */
typedef struct ClauseClosure {
    Value of, closure;
    const Value *clause;
} ClauseClosure;

typedef struct Codegen {
    Compiler *c;
    Unit *unit;
    const Lambda *lambda; /* the one of the unit's that is being generated */
    Unit room; /* the arrays that the unit is made in, see li_unit_open() */
    uint32_t *table_room;
    uint32_t table_capacity;
    Unit *first, *last; /* all units, outer procedures first */
    Unit *wrappers[WRAPPERS];
    uint32_t top;   /* registers below are in use */
    uint32_t frame; /* registers that the clause needs */
    Hoisted hoisted[MAX_HOISTED];
    uint32_t hoisted_count;
    bool in_loop;
    struct Routes *routes; /* that are still to be placed: of the innermost LET */
    ClauseClosure made[CLAUSE_CACHE];
    uint32_t depth;  /* of the expression that is generated in others */
    uint32_t level;  /* of the procedure, or the innermost loop, that the code is in */
    uint32_t levels; /* how many there were */
    uint64_t position;
    uint32_t origin;
    uint32_t own;   /* the number of the frame that the procedure is reported as */
    uint32_t entry; /* ... of the one that errors are reported in */
    uint32_t dropped; /* ... of the one that makes the next call as its last thing; 0: none */
    uint64_t noted_position;
    uint64_t noted_frame;
    struct LoopHead *heads; /* of loops whose exits are not placed yet */
    int64_t loop_begin;     /* index of the first instruction of the loop that began last */
    int64_t latest; /* index of the last instruction; -1: jumps lead behind it too */
    int64_t before_latest; /* of the one before it; -1: jumps lead in between */
    bool reachable;
    bool far;     /* conditional jumps must reach anywhere */
    bool too_far; /* one did not */
    Status status;
} Codegen;

enum {
    MAX_REGISTERS = 65000
};

/* Instructions, literals and so on are collected in arrays that all units use in turn, and copied
 * when the unit is complete, so that growing them leaves little behind. */
void li_unit_open(Codegen *g);
void li_unit_close(Codegen *g);
/* Forgets what the unit has so far. */
void li_unit_clear(Codegen *g);

/* A register above all that are in use. */
uint32_t li_unit_push(Codegen *g);
/* Notes that the clause uses registers up to `count`. */
void li_unit_need(Codegen *g, uint32_t count);

void li_emit_abc(Codegen *g, Opcode op, uint32_t a, uint32_t b, uint32_t c);
void li_emit_abx(Codegen *g, Opcode op, uint32_t a, int32_t b);
/* R[to] := R[from], in one instruction with the one before if that may be. */
void li_emit_move(Codegen *g, uint32_t to, uint32_t from);
/* The same for R[to] := F[index]. */
void li_emit_free(Codegen *g, uint32_t to, uint32_t index);
/* The index of the next instruction, which jumps may lead to. */
uint32_t li_unit_here(Codegen *g);
/* A word that belongs to the instruction before. The instruction's last word must be emitted
 * before the next instruction. */
void li_emit_word(Codegen *g, uint64_t word);
/* R[reg] := value */
void li_emit_constant(Codegen *g, uint32_t reg, Value value);
/* The word that a VAL operand has for an immediate or a symbol. */
uint64_t li_unit_word(Codegen *g, Value value);
/* R[reg] := the code object of `unit` */
void li_emit_code(Codegen *g, uint32_t reg, Unit *unit);

/* R[reg] := a closure of `unit` over what the two TAKE words name. */
void li_emit_closure(Codegen *g, uint32_t reg, Unit *unit, const uint64_t *takes);

/* An ENT or HERE word for a clause of `lambda`, without the place of that, which li_finish adds. */
void li_emit_entry(Codegen *g, uint64_t word, const Lambda *lambda, uint32_t clause);

/* The next instruction is a clause's first: what fails there is reported as its procedure. */
void li_unit_enter(Codegen *g);

/* A word that belongs to the instruction before and stands for an operation of its own, or for
 * a call that goes on: errors in it are at the current position. */
void li_emit_operation_word(Codegen *g, uint64_t word);

/* The number of a frame that the unit's code can be reported to run in; 0 on failure. */
uint32_t li_unit_frame(Codegen *g, UnitFrame frame);

/* Says what the instruction, or the word of an operation, that is emitted next stands for. */
void li_note_operation(Codegen *g, Operation operation);

void li_emit_jump(Codegen *g, Label *to);
/* One of BRF to BRNCHEQI; `word` for those of two words. */
typedef struct Branch {
    Opcode op;
    uint32_t a, b;
    uint64_t word;
} Branch;

/* A branch that asks whether what was just read is the end of the input becomes a part of the
 * reading. */
void li_emit_branch(Codegen *g, Branch branch, Label *to);
/* True if a branch on R[reg] would. */
bool li_was_just_read(const Codegen *g, uint32_t reg);
/* The opcode of the branch that is taken when `op` is not. */
Opcode li_inverse_branch(Opcode op);
/* The index of the next instruction, which a loop begins with. */
uint32_t li_begin_loop(Codegen *g);
/* The end of the loop that begins at `address`. */
void li_emit_loop(Codegen *g, int64_t address);
void li_place(Codegen *g, Label *label);

/* The index of `value` among the literals. */
uint32_t li_unit_literal(Codegen *g, Value value);

/* The unit for `lambda` and all others that its holder holds, which is queued when it is asked for
 * the first time. NULL: no memory, and the status says so. */
Unit *li_unit_for(Codegen *g, Lambda *lambda);

/* The names of the parameters, a list that ends with that of the rest parameter: finish.c. */
MUST_CHECK Status li_clause_names(Compiler *c, const Clause *clause, Value *list);

/* A closure whose entry is that of a clause, and which takes what its parameters are, the list
 * of a rest parameter too: for calls by name, of procedures without free variables. VALUE_FALSE
 * on failure. */
Value li_unit_clause_closure(Codegen *g, Unit *unit, uint32_t clause);
/* The same for a closure that is there: `clause` is one of its code's. */
Value li_clause_closure(Codegen *g, Value closure, const Value *clause);

/* Makes code objects of all units: finish.c. */
MUST_CHECK Status li_finish(Compiler *c, Unit *first, Value *thunk);

#endif /* LI_COMPILER_UNIT_H */
