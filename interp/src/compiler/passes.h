/* passes.h - what the compiler's passes share, and their order.
 *
 *     toplevel      what a program or library defines for good -> FIX
 *     count         references and assignments of every variable
 *     primitives    CALL of a constant primitive -> PRIM
 *     letrec        LETREC -> LET, FIX, SET_LOCAL; a LET of lambdas -> FIX
 *     simplify      constant tests, copies, dead bindings
 *     assignment    assigned variables -> boxes
 *     loops         FIX procedures that are only jumped to
 *     closure       free variables, constant closures
 *     codegen       one Unit for each procedure that is left (with codegen_prim,
 *                   codegen_variable, jumpargs, hoist; unit has the instructions themselves)
 *     liveness      the LIVE words
 *     finish        units -> code objects
 *
 * All rewrite the tree in place. They recurse where an expression nests in another, with a
 * check of the C stack, and iterate along what may be long: sequences, arguments, and the
 * last part of LET, FIX, IF and SEQ. Each takes time linear in the size of the tree.
 */
#ifndef LI_COMPILER_PASSES_H
#define LI_COMPILER_PASSES_H

#include "compiler/ast.h"
#include "compiler/insn.h"
#include "vm/prim.h"

typedef struct Compiler {
    Vm *vm;
    Heap *heap;
    Arena *arena;
} Compiler;

MUST_CHECK Status li_pass_toplevel(Compiler *c, Node **node);
MUST_CHECK Status li_pass_count(Compiler *c, Node *node);
MUST_CHECK Status li_pass_primitives(Compiler *c, Node *node);
MUST_CHECK Status li_pass_letrec(Compiler *c, Node **node);
MUST_CHECK Status li_pass_simplify(Compiler *c, Node **node);
MUST_CHECK Status li_pass_assignment(Compiler *c, Node *node);
/* The last two take the lambda whose body is the whole form. */
MUST_CHECK Status li_pass_loops(Compiler *c, Lambda *lambda);
MUST_CHECK Status li_pass_closure(Compiler *c, Lambda *lambda);

/* Raises "nested too deeply" at `node`. */
MUST_CHECK COLD Status li_too_deep(Compiler *c, const Node *node);

/* ---- What passes know of the procedure that a FIX variable is bound to ----------------- */

typedef enum KnownKind {
    KNOWN_CLOSURE,  /* nothing special */
    KNOWN_LABEL,    /* every call is a jump; there is no closure (loops.c) */
    KNOWN_CONSTANT, /* no free variables: a closure that is made once (closure.c) */
} KnownKind;

/* The procedures of one FIX: all are labels, or none is. */
typedef struct KnownGroup {
    struct Known *members;
    uint32_t count;
    uint32_t entries; /* labels: jumps from outside of the group */
    uint32_t rounds;  /* labels: jumps from inside */
    bool placed;      /* labels: the parameters have registers (codegen) */
    bool escapes;     /* loops.c */
    void *scratch;    /* loops.c */
} KnownGroup;

typedef struct Known {
    KnownKind kind;
    Variable *variable;
    Lambda *lambda;
    KnownGroup *group;
    int64_t address; /* of a label: index of its first instruction; -1: not there yet */
} Known;

/* ---- Primitive operations --------------------------------------------------------------- */

typedef enum Pattern {
    PATTERN_CALL,    /* PRIM: arguments in a run of registers */
    PATTERN_VALUE,   /* R[a] := op of one or two registers */
    PATTERN_SWAPPED, /* the same with the operands exchanged, after they were evaluated */
    PATTERN_EFFECT,  /* two or three registers read; the value is unspecified */
    PATTERN_TYPEP,   /* R[a] := op R[b], `extra` */
    PATTERN_RECORD,  /* on a record type: has opcodes if a global variable holds that */
    PATTERN_CONTROL, /* a tail instruction: TAILAPPLY, TAILVALUES, TAILCC */
} Pattern;

enum {
    PRIM_PURE = 1,    /* no effect, cannot raise, and no one minds if it is not run */
    PRIM_SILENT = 2,  /* no effect but that it may raise */
    PRIM_BOOLEAN = 4, /* the value is #t or #f */
};

struct PrimOp {
    const char *name;
    uint8_t args;
    uint8_t pattern;
    uint8_t flags;
    uint8_t extra;
    Opcode opcode;
    const PrimDef *def; /* PATTERN_CALL */
};

/* The operation's row in primops.def. False for one that has none. */
bool li_primop_row(const PrimOp *op, uint32_t *row);

/* The primitive that a call of `procedure` surely runs, or NULL. */
const PrimDef *li_constant_primitive(const Node *procedure);

/* ---- Walking ------------------------------------------------------------------------------ */

/* The parts of a node in the order in which they are evaluated: `first`, `items`, `last`.
 * `last` is in the same place as the node: its value is the node's. Of the branches of an IF,
 * which go on where it does too, one is `last`. The bodies of a LAMBDA are not among them. */
typedef struct Children {
    Node **first[2];
    Node **items;
    uint32_t item_count;
    Node **last;
} Children;

Children li_node_children(Node *node);

/* True if leaving `node` out, or evaluating it earlier or later, changes nothing. */
bool li_node_is_pure(const Node *node);

ALWAYS_INLINE bool node_is_const(const Node *node)
{
    return node->kind == NODE_CONST;
}

/* Makes `node` a constant, where it stands. */
ALWAYS_INLINE void node_become_const(Node *node, Value constant)
{
    node->kind = NODE_CONST;
    node->as.constant = constant;
}

/* Constructors; NULL when the arena is out of memory. */
Node *li_node_local(Arena *arena, Variable *variable, uint64_t position);
Node *li_node_let(Arena *arena, NodeKind kind, uint32_t count, uint64_t position);
Node *li_node_prim(Arena *arena, const PrimOp *op, uint32_t count, uint64_t position);

#endif /* LI_COMPILER_PASSES_H */
