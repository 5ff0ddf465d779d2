/* codegen.h - destination-driven code generation.
 *
 * Every expression is generated for a destination: what becomes of its value.
 *
 * G1  A register destination is written by the last instruction that the expression
 *     executes, on every path. So the destination may be a register that the expression
 *     reads, and temporaries may begin at it.
 * G2  Registers from Codegen.top up are free; generating an expression leaves top as it was.
 * G3  A variable's register is assigned by SET_LOCAL only, and no operand that is read from it
 *     in place is waiting then (assignment.c); and by a jump to a label whose parameter it is,
 *     which ends everything that could read the old value.
 */
#ifndef LI_COMPILER_CODEGEN_H
#define LI_COMPILER_CODEGEN_H

#include "compiler/unit.h"

typedef enum DestKind {
    DEST_EFFECT,   /* nobody looks at the value */
    DEST_REGISTER, /* it goes to a register */
    DEST_TEST,     /* control goes to one of two labels */
    DEST_TAIL,     /* the procedure returns it */
    DEST_VALUES,   /* it stands for any number of values, which go to registers from `reg` on */
} DestKind;

typedef struct Routes Routes;

typedef struct Dest {
    DestKind kind;
    uint32_t reg;
    Label *yes, *no;   /* DEST_TEST: #f goes to `no`, everything else to `yes` */
    const Label *next; /* DEST_TEST: which of them is placed right behind, or NULL */
    Node *receive;     /* DEST_VALUES: what binds them */
    Routes *routes;    /* DEST_REGISTER: ways around the tests that wait for it, or NULL */
} Dest;

/* Generates units from the whole form's lambda on, until none is waiting. */
MUST_CHECK Status li_codegen(Compiler *c, Lambda *lambda, Unit **units);

/* What stands behind an expression: labels whose code was put off, the places where branches of it
 * that are constants are delivered, each constant once, and where all go on. */
typedef struct Ending {
    uint32_t depth; /* of the expression in others */
    struct Waiting *waiting, *last_waiting;
    Label join;
    uint32_t count;
    Value constants[2];
    Label labels[2];
} Ending;

/* ---- Between codegen.c, codegen_call.c, codegen_prim.c and the like ---- */

void li_gen(Codegen *g, Node *node, Dest dest);
/* The value's register: the variable's own if `node` is one, a new one otherwise. */
uint32_t li_gen_operand(Codegen *g, Node *node);
/* `node` in a new register above all others. */
uint32_t li_gen_push(Codegen *g, Node *node);
/* A GLOBAL, SETGLOBAL or DEFINE. */
void li_emit_cell(Codegen *g, Opcode op, uint32_t reg, Value cell);
/* Passes on a value that is in `reg`. */
void li_deliver(Codegen *g, Dest dest, uint32_t reg);
void li_deliver_constant(Codegen *g, Dest dest, Value value);
/* Where an instruction should put a value for `dest`: its register, or a new one. */
uint32_t li_target(Codegen *g, Dest dest);
/* Jumps to dest.yes if the branch is taken, to dest.no otherwise. */
void li_gen_branch_on(Codegen *g, Dest dest, Branch branch);
void li_gen_branch(Codegen *g, Dest dest, Opcode op, uint32_t a, uint32_t b);
/* The same for a branch of two words. */
void li_gen_branch_word(Codegen *g, Dest dest, Opcode op, uint32_t a, uint64_t word);
/* True if a call that delivers to `dest` gives up the frame of the procedure. */
bool li_gen_is_tail(const Codegen *g, Dest dest);
/* A CALL that is no jump to a label. */
void li_gen_call(Codegen *g, Node *node, Dest dest);
/* Where a call's frame begins, and its procedure. If there are more arguments than a key counts,
 * that is the same. */
typedef struct CallRegisters {
    uint32_t callee, base;
} CallRegisters;

/* The call with `count` arguments from R[at.base+3], which `call` stands for; of a tail call, with
 * those from R[at.base] if a key counts them. */
void li_gen_call_at(Codegen *g, Dest dest, CallRegisters at, const Node *call,
                    uint32_t count);

/* codegen_label.c */
/* What begins here runs again and again, each time with other values of its parameters. */
void li_begin_level(Codegen *g, const Clause *clause);
/* A FIX of labels, in the expression that `ending` is of. */
void li_begin_labels(Codegen *g, KnownGroup *group, Ending *ending);
/* The label that a CALL jumps to, or NULL. */
const Known *li_label_of(const Node *call);
/* The label's body if its code goes here, otherwise NULL. */
Node *li_gen_jump(Codegen *g, Node *node, const Known *label);
/* What was put off until here. */
void li_gen_waiting(Codegen *g, Dest dest, Ending *ending);

/* codegen_values.c */
Node *li_gen_receive(Codegen *g, Node *node);
/* Passes on what stands for several values in `reg`, for DEST_VALUES. */
void li_deliver_values(Codegen *g, Dest dest, uint32_t reg);
/* R[to] := a list of R[from] and the registers above it up to the last that is in use. */
void li_gen_list(Codegen *g, uint32_t from, uint32_t to);
/* (values a b) where that is no value of a register; false if it has to be one. */
bool li_gen_values(Codegen *g, Node *node, Dest dest);

/* Where control goes with `constant`, or NULL if there is no room for another place. */
Label *li_constant_place(Codegen *g, Value constant, Dest dest, Ending *ending);
/* Where control goes if the branch needs no code where the IF stands: it is a constant, or
 * nobody looks at its value, or the value is where it should be. Otherwise NULL. */
Label *li_gen_shortcut(Codegen *g, const Node *branch, Dest dest, Ending *ending);
/* A branch behind whose code there is another one. */
void li_gen_first_branch(Codegen *g, Node *branch, Label *label, Dest dest,
                         Ending *ending);

/* codegen_switch.c */
/* An IF that tests a variable for many constants. False if it is not, and nothing has happened;
 * otherwise *rest is what is left to be generated for the same destination, or NULL. */
bool li_gen_switch(Codegen *g, Node *node, Dest dest, Ending *ending, Node **rest);

/* A test for few members as a row of comparisons; false if it is not, and nothing has happened. */
bool li_gen_member_test(Codegen *g, Node *prim, Dest dest);

/* codegen_route.c */
/* For the last binding of a LET that goes to `dest`; NULL: its body begins with no test of it. */
Routes *li_routes_for(Codegen *g, const Node *let, Dest dest, Ending *ending);
/* Where control goes at once if the constant is delivered to `dest`, or NULL. *needs_value: dest's
 * register has to be set all the same. */
Label *li_route(Codegen *g, Dest dest, Value constant, bool *needs_value);
/* The LET's body is generated next; and the routes since `outer` are all placed. */
void li_open_routes(Codegen *g, Routes *routes);
void li_close_routes(Codegen *g, Routes *outer);
/* An operation that is true or false, and whose value is nothing but tested; false if it is not,
 * and nothing has happened. */
bool li_gen_routed_test(Codegen *g, Node *prim, Dest dest);
/* True if a route ends at `node` that is still to be placed. */
bool li_is_target(const Codegen *g, const Node *node);
/* Places the routes that end at `node`. True if others are still to be placed, behind the IF that
 * it is. */
bool li_place_routes(Codegen *g, const Node *node);

/* codegen_where.c */
/* What errors in the code that is being emitted are reported as. */
typedef struct Where {
    uint64_t position;
    uint32_t origin, entry, dropped;
} Where;
Where li_where(const Codegen *g);
void li_return_to_where(Codegen *g, Where where);
/* What is emitted from here on is reported as `node`. */
void li_gen_where(Codegen *g, const Node *node);
/* The same for the call that `node` is, while it goes on: it returns to the running code. */
void li_gen_where_called(Codegen *g, const Node *node);
/* The label's code stands here because of the jump `call`. */
void li_gen_label_origin(Codegen *g, const Known *label, const Node *call);

/* codegen_prim.c */
/* How many arguments of a primitive an instruction names, wherever they are: if there are more,
 * all are put side by side. */
enum {
    NAMED_ARGUMENTS = 3
};
/* The branch that is taken if R[reg] is the immediate or symbol `word`. */
Branch li_equal_branch(Codegen *g, uint32_t reg, Value word);
void li_gen_prim(Codegen *g, Node *node, Dest dest);

/* codegen_variable.c */
void li_gen_local(Codegen *g, const Node *node, Dest dest);
void li_gen_set_local(Codegen *g, const Node *node, Dest dest);
void li_gen_read(Codegen *g, const Node *node, Dest dest);
void li_gen_box(Codegen *g, Node *node, Dest dest);
void li_gen_unbox(Codegen *g, const Node *node, Dest dest);
void li_gen_set_box(Codegen *g, Node *node, Dest dest);
void li_gen_lambda(Codegen *g, Node *node, Dest dest);
/* Makes the closures of a FIX, and lets them know each other. */
void li_gen_closures(Codegen *g, const KnownGroup *group);
/* The procedure, if the variable is bound to one whose closure is made only once. */
Unit *li_constant_unit(Codegen *g, const Variable *variable);
/* Where the closure is that li_closure_variable() gave. */
typedef struct Place {
    enum { PLACE_SELF, PLACE_REGISTER, PLACE_FREE } kind;
    uint32_t number;
} Place;
Place li_closure_place(const Codegen *g, const Variable *variable);
/* True if the variable's value is in its register. */
bool li_is_in_register(const Codegen *g, const Variable *variable);

ALWAYS_INLINE Dest dest_register(uint32_t reg)
{
    return (Dest){.kind = DEST_REGISTER, .reg = reg};
}

ALWAYS_INLINE Dest dest_effect(void)
{
    return (Dest){.kind = DEST_EFFECT};
}

ALWAYS_INLINE Dest dest_test(Label *yes, Label *no, const Label *next)
{
    return (Dest){.kind = DEST_TEST, .yes = yes, .no = no, .next = next};
}

#endif /* LI_COMPILER_CODEGEN_H */
