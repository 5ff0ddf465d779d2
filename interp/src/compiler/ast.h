/* ast.h - the core language: what the expander makes and the passes rewrite.
 *
 * Nodes live in an arena that lasts for the compilation of one top-level form. No collection
 * happens in that time, so they hold bare Values.
 *
 * From the expander come CONST, LOCAL, SET_LOCAL, GLOBAL, SET_GLOBAL, DEFINE, IF, LAMBDA,
 * SEQ, LET, LETREC and CALL. Passes turn LETREC into LET, SET_LOCAL and FIX (letrec.c), calls of
 * constant global primitives into PRIM (primitives.c), those of call-with-values into RECEIVE
 * (values.c), and make assigned variables boxes (assignment.c: BOX, UNBOX, SET_BOX), unless they
 * stay in registers (READ).
 *
 * Every Variable is bound once, so passes tell variables apart by address.
 */
#ifndef LI_COMPILER_AST_H
#define LI_COMPILER_AST_H

#include "memory/arena.h"
#include "memory/buffer.h"

typedef struct Node Node;
typedef struct Lambda Lambda;
typedef struct PrimOp PrimOp;

/* What is surely true of a value: see facts.c. */
typedef struct Fact {
    uint32_t kinds;    /* a set of kinds.h that it is of */
    Value record_type; /* the constant T_GLOBAL that holds its record type, or #f */
} Fact;

typedef struct Variable {
    Value name; /* a symbol, for messages and listings */
    uint32_t references;
    uint32_t assignments;
    bool unassigned_check; /* a letrec variable that may be read before it has a value */
    bool in_register; /* assigned, but without a box: set by registers.c */
    bool boxed;       /* set by assignment.c */
    bool is_procedure; /* surely; a FIX binds it */
    bool is_exported;  /* a FIX binds it, and a cell gets its value */
    Value cell; /* that holds the value too, for other procedures: cells.c; or 0 */
    Lambda *owner; /* the lambda (clause) that binds it; set by closure conversion */
    uint32_t uses;  /* references, exactly; set by closure conversion */
    uint32_t reg;   /* set by code generation, as is the next */
    uint32_t level; /* of the loop that it is bound in, 0 if that does not matter */
    struct Known *known; /* of a FIX variable: what passes found out; see passes.h */
    void *scratch; /* a pass's own */
    Fact fact;     /* facts.c: where it is walking */
    Node *image;   /* copy.c: what stands for it in the copy that is being made */
} Variable;

ALWAYS_INLINE bool variable_has_cell(const Variable *variable)
{
    return variable->cell.bits != 0;
}

/* (lambda ...) has one clause, (case-lambda ...) any number. */
typedef struct Clause {
    Variable **params; /* required ones, then the rest parameter if has_rest */
    uint32_t required;
    bool has_rest;
    Node *body;
} Clause;

struct Lambda {
    Value name; /* symbol, or #f */
    Clause *clauses;
    uint32_t clause_count;
    bool keeps_frame; /* while it calls, even in tail position */
    bool shows_frame; /* even if it became a label: it was the argument of an inlined call */
    uint64_t position;
    Value template;     /* a vector if there is one: template.c */
    uint32_t origin;    /* of what is written in its bodies; see origins.c */
    Lambda *parent;     /* set by closure conversion, as is all that follows */
    Variable **free;
    uint32_t free_count;
    uint32_t number;    /* order of entry */
    Lambda *holder;     /* whose closure it runs in: often its own */
    Lambda *next_held;  /* the next one of the same holder, which is the first */
    Variable *self;     /* of a holder: what stands for its closure where it runs, or NULL */
    uint32_t first_clause; /* codegen: among those of its unit */
    uint32_t frame;        /* ... the number of the frame that it is reported as there, or 0 */
    void *scratch;
};

typedef enum NodeKind {
    NODE_CONST,
    NODE_LOCAL,
    NODE_SET_LOCAL,
    NODE_GLOBAL,
    NODE_SET_GLOBAL,
    NODE_DEFINE, /* defines a global; its value is unspecified */
    NODE_IF,
    NODE_LAMBDA,
    NODE_SEQ,    /* at least one item */
    NODE_FORMS,  /* a program: its forms in order, each run on its own; see compiler.h */
    NODE_LET,
    NODE_LETREC, /* letrec*: in order, each may refer to all */
    NODE_FIX,    /* like LETREC; every init is a LAMBDA and no variable is assigned */
    NODE_RECEIVE, /* binds the values of one expression; values.c makes it */
    NODE_CALL,
    NODE_PRIM,
    NODE_BOX,
    NODE_UNBOX,
    NODE_SET_BOX,
    NODE_READ, /* a LOCAL whose variable is assigned before the value is used: a copy */
} NodeKind;

struct Node {
    NodeKind kind;
    uint32_t origin : 31; /* the procedure that it was written in; 0: as the node around it */
    uint32_t is_tail : 1; /* of a call: it was written in tail position */
    uint64_t position;    /* packed Position of the form, 0 if unknown */
    union {
        Value constant;
        struct {
            Variable *variable; /* LOCAL, SET_LOCAL, UNBOX, SET_BOX, READ */
            Node *value;        /* SET_LOCAL, SET_BOX, BOX */
        } local;
        struct {
            Value cell;  /* T_GLOBAL */
            Node *value; /* SET_GLOBAL, DEFINE */
        } global;
        struct {
            Node *test, *then, *otherwise;
        } branch;
        Lambda *lambda;
        struct {
            Node **items;
            uint32_t count;
            uint32_t *ends; /* of FORMS: where the items of each form end; see compiler.c */
            uint32_t form_count;
        } seq;
        struct {
            Variable **variables; /* LET, LETREC, FIX */
            Node **inits;
            uint32_t count;
            Node *body;
        } let;
        struct {
            Node *init;
            Lambda *consumer;  /* its one clause binds the values and has the body */
            Value description; /* codegen's own */
        } receive;
        struct {
            Node *procedure;
            Node **args;
            uint32_t count;
        } call;
        struct {
            const PrimOp *op;
            Node **args;
            uint32_t count;
            uint32_t skipped; /* arguments of the call, as written, before args[0] */
        } prim;
    } as;
};

/* What a RECEIVE binds, and its body. */
ALWAYS_INLINE Clause *node_receive_clause(const Node *node)
{
    return &node->as.receive.consumer->clauses[0];
}

/* The rest parameter is one too. */
ALWAYS_INLINE uint32_t clause_param_count(const Clause *clause)
{
    return clause->required + clause->has_rest;
}

/* Constructors: NULL when the arena is out of memory. */
Node *li_node_new(Arena *arena, NodeKind kind, uint64_t position);
Node *li_node_const(Arena *arena, Value constant);
Variable *li_variable_new(Arena *arena, Value name);

/* Writes the tree as an S-expression: `limpet --dump ast`. */
void li_ast_print(const Node *node, Buffer *to);

#endif /* LI_COMPILER_AST_H */
