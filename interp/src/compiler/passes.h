/* passes.h - what the compiler's passes share, and their order.
 *
 *     definitions   what is bound around a procedure that is defined -> definitions
 *     toplevel      what a program or library defines for good -> FIX (with maker)
 *     origins       which procedure each node was written in
 *     count         references and assignments of every variable
 *     primitives    CALL of a constant primitive -> PRIM
 *     letrec        LETREC -> LET, FIX, SET_LOCAL; a LET of lambdas -> FIX
 *     simplify      constant tests, copies, dead bindings
 *     inline        calls of known procedures -> their bodies (with copy, fold, template);
 *                   count runs again
 *     values        call-with-values of lambdas -> RECEIVE, LET
 *     lists         lists that are only taken apart -> LET; calls of apply (with apply);
 *                   simplify runs again
 *     facts         tests whose outcome is known (with kinds)
 *     loops         FIX procedures that are only jumped to
 *     captures      calls that may capture a continuation
 *     registers     assigned variables that need no box
 *     assignment    the others -> boxes
 *     cells         variables that there are only once -> cells
 *     closure       free variables, constant closures
 *     codegen       one Unit for each procedure that is left (with codegen_call,
 *                   codegen_prim, codegen_values, codegen_variable, codegen_switch,
 *                   codegen_route, jumpargs, hoist; unit and branches have the
 *                   instructions themselves)
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

/* What nodes were written in: a procedure whose calls have frames. Where its code stands in
 * the code of another instead, errors are reported as if it had one. */
typedef struct Origin {
    const Lambda *lambda; /* NULL: the form itself */
    uint64_t position;    /* of the call that the code stands for */
    uint32_t caller;      /* the origin of that call; 0: the code is a procedure's own */
    bool replaces;        /* the call was a tail call: its caller has no frame any more */
    bool is_label;        /* the code is only jumped to: there never was a frame */
    uint32_t copy;        /* copy.c: what stands for it in the copy ... */
    uint32_t copied;      /* ... of this number */
    const Lambda *procedure; /* codegen: in the code of this ... */
    uint32_t entry;          /* ... its frame has this number */
} Origin;

typedef struct Compiler {
    Vm *vm;
    Heap *heap;
    Arena *arena;
    Origin *origins; /* by number, from 1: the form itself */
    uint32_t origin_count, origin_capacity;
    uint32_t copies; /* that copy.c has made */
    uint32_t node_count; /* as the last count found it */
} Compiler;

MUST_CHECK Status li_pass_definitions(Compiler *c, Node **node);
MUST_CHECK Status li_pass_toplevel(Compiler *c, Node **node);
/* `keeps_frame` is that of the form's own lambda. */
MUST_CHECK Status li_pass_origins(Compiler *c, Node *node, bool keeps_frame);
MUST_CHECK Status li_pass_count(Compiler *c, Node *node);
MUST_CHECK Status li_pass_primitives(Compiler *c, Node *node);
MUST_CHECK Status li_pass_letrec(Compiler *c, Node **node);
MUST_CHECK Status li_pass_simplify(Compiler *c, Node **node);
MUST_CHECK Status li_pass_inline(Compiler *c, Node **node);
MUST_CHECK Status li_pass_values(Compiler *c, Node *node);
MUST_CHECK Status li_pass_lists(Compiler *c, Node *node);
MUST_CHECK Status li_pass_facts(Compiler *c, Node **node);
/* The last ones take the lambda whose body is the whole form. */
MUST_CHECK Status li_pass_loops(Compiler *c, Lambda *lambda);
/* *assigns: there are assigned variables. */
MUST_CHECK Status li_pass_captures(Compiler *c, Lambda *lambda, bool *assigns);
MUST_CHECK Status li_pass_registers(Compiler *c, Lambda *lambda);
MUST_CHECK Status li_pass_assignment(Compiler *c, Lambda *lambda);
MUST_CHECK Status li_pass_cells(Compiler *c, Lambda *lambda);
MUST_CHECK Status li_pass_closure(Compiler *c, Lambda *lambda);

/* The LAMBDA that a call of `maker` returns, whose arguments stay what they are; NULL if it is more
 * than that: maker.c. */
MUST_CHECK Status li_made_lambda(Compiler *c, const Node *call, const Lambda *maker, Node **made);

/* Raises "nested too deeply" at `node`. */
MUST_CHECK COLD Status li_too_deep(Compiler *c, const Node *node);

/* A new origin for what is written in `lambda`; 0: no memory. */
uint32_t li_origin_new(Compiler *c, const Lambda *lambda);
/* The same for what a procedure of the library does, whose call is taken out. */
uint32_t li_origin_of_library(Compiler *c, const Node *call);

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
    struct Ending *ending; /* labels: of what their FIX is in (codegen) */
    bool escapes;     /* loops.c */
    bool assigns;     /* labels: their code sets registers of variables (assignment.c) */
    void *scratch;    /* a pass's own */
} KnownGroup;

typedef struct Known {
    KnownKind kind;
    bool escapes; /* some use of it is no call that codegen_call.c can bind (loops.c) */
    Variable *variable;
    Lambda *lambda;
    KnownGroup *group;
    int64_t address; /* of a label: index of its first instruction; -1: not there yet */
    struct Waiting *waiting; /* of a label: set if its code was put off (codegen) */
    uint32_t origin; /* of a label: what its FIX was written in */
    bool captures;   /* calls of it may capture a continuation (captures.c) */
    void *scratch;   /* a pass's own */
} Known;

/* What stands for the closure that the variable's procedure runs in: the variable itself if it is
 * not bound to a procedure that another one holds. closure.c */
Variable *li_closure_variable(Variable *variable);
/* The clause of `lambda` that a call by name with `count` arguments enters, or NULL: then the call
 * looks at the procedure as if it did not know it. codegen_call.c */
const Clause *li_known_clause(const Lambda *lambda, uint32_t count);
/* True for a call, or an operation, that may capture a continuation before it returns. */
bool li_node_may_capture(const Node *node);

/* ---- Primitive operations --------------------------------------------------------------- */

typedef enum Pattern {
    PATTERN_CALL,    /* PRIM: arguments in a run of registers */
    PATTERN_VALUE,   /* R[a] := op of one or two registers, or of `extra` */
    PATTERN_SWAPPED, /* the same with the operands exchanged, after they were evaluated */
    PATTERN_EFFECT,  /* two or three registers read; the value is unspecified */
    PATTERN_TYPEP,   /* R[a] := op R[b], `extra` */
    PATTERN_RECORD,  /* on a record type: has opcodes if a global variable holds that */
    PATTERN_CONTROL, /* a tail instruction: TAILAPPLY, TAILVALUES, TAILCC */
    PATTERN_APPLY,   /* of a primitive, which is the first argument: apply.c */
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
    const PrimDef *def; /* PATTERN_CALL; and where the opcode wants it in a word */
};

/* The operation's row in primops.def. False for one that has none. */
bool li_primop_row(const PrimOp *op, uint32_t *row);

/* The operation that the primitive `name`, which has one, is. */
const PrimOp *li_primop_named(const char *name);

/* True if an operation on a record type has an opcode for such operands. */
bool li_has_record_operands(const Node *prim);

/* The primitive that a call of `procedure` surely runs, or NULL. */
const PrimDef *li_constant_primitive(const Node *procedure);

/* ---- Constants and copies ------------------------------------------------------------------ */

/* A call of a constant primitive becomes its operation: primitives.c. */
MUST_CHECK Status li_rewrite_call(Compiler *c, Node *node);
/* True for the library's procedure of that name. */
bool li_node_is_library(const Node *procedure, const char *name);
/* True for (values a ...), unless it has just one argument. */
bool li_node_is_values(const Node *node);
/* ---- Calls of apply: apply.c. `lambda` is what the variable that is applied is bound to by a
 * FIX, or NULL. */
bool li_node_is_apply(const Node *node);
/* One whose list is made on the spot becomes a call of what it applies, if that cannot fail. */
MUST_CHECK Status li_rewrite_apply(Compiler *c, Node *call, const Lambda *lambda);
/* True if what is applied takes as many arguments as there are with so many elements. */
bool li_can_apply(const Node *call, const Lambda *lambda, uint32_t elements);
/* That call, with `items` instead of the list. */
MUST_CHECK Status li_apply_to(Compiler *c, Node *call, Node *const *items, uint32_t count);
/* What can be done where the list's length is not known. */
MUST_CHECK Status li_simplify_apply(Compiler *c, Node *call);

/* An operation on constants becomes a constant if it cannot fail: fold.c. */
void li_fold_prim(Compiler *c, Node *node);
/* True if the node's value is surely a procedure, or surely not #f. */
bool li_node_is_procedure(const Node *node);
bool li_node_is_true(const Node *node);
/* True for memv or memq with a constant for the list. */
bool li_node_is_member_test(const Node *node);
/* The length of a short list of constants that eq? serves to compare, or 0. */
uint32_t li_short_list_length(Value list);
/* True for a global whose value is there and stays. */
bool li_node_is_settled(const Node *node);

/* What counts in the size of a copy; everything else is free. */
enum {
    COPY_CALL_SIZE = 3,
    COPY_LAMBDA_SIZE = 6,
    COPY_OPERATION_SIZE = 1 /* twice for one that has no opcode */
};

/* What copying a procedure's body may cost, and what came of it. */
typedef struct CopyLimits {
    int32_t effort; /* nodes looked at */
    int32_t size;   /* of the copy */
    bool is_label;  /* the procedure would be a label anyway, and show no frame */
} CopyLimits;

/* The body of the clause that `call` calls, with the arguments in the place of the parameters,
 * as a node that can stand for the call; all as copies but the arguments, which are moved into
 * it. NULL if that takes more than the limits allow: then nothing has changed. *gained: the copy
 * knows more than the original did. copy.c */
MUST_CHECK Status li_copy_call(Compiler *c, const Node *call, const Lambda *lambda,
                               const Clause *clause, CopyLimits *limits, Node **copy,
                               bool *gained);

/* ---- Templates -------------------------------------------------------------------------------- */

/* What Code.template keeps of `lambda`, which is as the expander made it: #f if it is too large
 * to be inlined anywhere, or cannot be kept. template.c */
MUST_CHECK Status li_template_make(Compiler *c, const Lambda *lambda, bool forgets_positions,
                                   Value *template);
/* The LAMBDA again; all that it binds is new. */
MUST_CHECK Status li_template_read(Compiler *c, Value template, Node **node);

ALWAYS_INLINE bool node_is_const(const Node *node)
{
    return node->kind == NODE_CONST;
}

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

/* Inline, as most of the passes' time goes into walking. */
ALWAYS_INLINE Children li_node_children(Node *node)
{
    Children c = {{NULL, NULL}, NULL, 0, NULL};

    switch (node->kind) {
    case NODE_CONST:
    case NODE_LOCAL:
    case NODE_GLOBAL:
    case NODE_LAMBDA:
    case NODE_UNBOX:
    case NODE_READ: break;
    case NODE_SET_LOCAL:
    case NODE_SET_BOX:
    case NODE_BOX: c.first[0] = &node->as.local.value; break;
    case NODE_SET_GLOBAL:
    case NODE_DEFINE: c.first[0] = &node->as.global.value; break;
    case NODE_IF: {
        /* Nothing to nest in an (and ...): its chain is along the first branch. */
        bool swap = node_is_const(node->as.branch.otherwise);

        c.first[0] = &node->as.branch.test;
        c.first[1] = swap ? &node->as.branch.otherwise : &node->as.branch.then;
        c.last = swap ? &node->as.branch.then : &node->as.branch.otherwise;
        break;
    }
    case NODE_SEQ:
        c.items = node->as.seq.items;
        c.item_count = node->as.seq.count - 1;
        c.last = &node->as.seq.items[node->as.seq.count - 1];
        break;
    case NODE_FORMS:
        c.items = node->as.seq.items;
        c.item_count = node->as.seq.count;
        break;
    case NODE_LET:
    case NODE_LETREC:
    case NODE_FIX:
        c.items = node->as.let.inits;
        c.item_count = node->as.let.count;
        c.last = &node->as.let.body;
        break;
    case NODE_RECEIVE:
        c.first[0] = &node->as.receive.init;
        c.last = &node_receive_clause(node)->body;
        break;
    case NODE_CALL:
        c.first[0] = &node->as.call.procedure;
        c.items = node->as.call.args;
        c.item_count = node->as.call.count;
        break;
    case NODE_PRIM:
        c.items = node->as.prim.args;
        c.item_count = node->as.prim.count;
        break;
    default: UNREACHABLE();
    }
    return c;
}

/* True if leaving `node` out, or evaluating it earlier or later, changes nothing. */
bool li_node_is_pure(const Node *node);

/* True if evaluating `node`, down to so many nodes, surely calls no procedure but primitives,
 * which call nobody: toplevel.c. */
bool li_node_calls_nobody(const Node *node, int depth);

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
/* (cons item (cons item ... '())) */
Node *li_node_list(Arena *arena, Node *const *items, uint32_t count);
/* (cons item (cons item ... last)) */
Node *li_node_list_before(Arena *arena, Node *const *items, uint32_t count, Node *last);

#endif /* LI_COMPILER_PASSES_H */
