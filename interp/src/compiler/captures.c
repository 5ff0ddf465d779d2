/* captures.c - what may capture a continuation.
 *
 * Before: loops.c is done.
 * After:  Known.captures of every procedure that a FIX binds: a call of it may capture a
 *         continuation that leads back into its caller.
 *
 * Only a call can do that, of a procedure that is not known or that makes such a call itself. A
 * primitive calls nothing. An error does not return: what handles it may go back into the
 * handler, but never behind what failed. Neither do calls of `error` and `raise`.
 */
#include "compiler/passes.h"

/* A procedure that a FIX binds: Known.scratch. */
typedef struct Procedure {
    Known *known;
    struct Caller *callers;
    struct Procedure *next; /* that has to tell its callers */
} Procedure;

typedef struct Caller {
    Procedure *procedure;
    struct Caller *next;
} Caller;

typedef struct Pass {
    Compiler *c;
    Procedure *waiting;
    bool assigns;
} Pass;

static Status find_calls(Pass *pass, Node *node, Procedure *running);

static Known *known_of(const Node *call)
{
    const Node *procedure = call->as.call.procedure;

    return procedure->kind == NODE_LOCAL ? procedure->as.local.variable->known : NULL;
}

static bool never_returns(const Node *call)
{
    return li_node_is_library(call->as.call.procedure, "error")
        || li_node_is_library(call->as.call.procedure, "raise");
}

/* True if the node may call what is not known. */
static bool calls_unknown(const Node *node)
{
    if (node->kind == NODE_PRIM)
        return node->as.prim.op->pattern == PATTERN_CONTROL;
    return node->kind == NODE_CALL && known_of(node) == NULL && !never_returns(node);
}

static void note_capture(Pass *pass, Procedure *procedure)
{
    if (procedure->known->captures)
        return;
    procedure->known->captures = true;
    procedure->next = pass->waiting;
    pass->waiting = procedure;
}

static Status note_caller(Pass *pass, Procedure *callee, Procedure *caller)
{
    Caller *entry = ARENA_NEW(pass->c->arena, Caller);

    if (entry == NULL)
        return ERR_NO_MEMORY;
    *entry = (Caller){caller, callee->callers};
    callee->callers = entry;
    return OK;
}

static Status find_in_lambda(Pass *pass, const Lambda *lambda, Procedure *procedure)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(find_calls(pass, lambda->clauses[i].body, procedure));
    return OK;
}

static Status find_in_fix(Pass *pass, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        Known *known = fix->as.let.variables[i]->known;
        Procedure *procedure = ARENA_NEW(pass->c->arena, Procedure);

        if (procedure == NULL)
            return ERR_NO_MEMORY;
        procedure->known = known;
        known->scratch = procedure;
    }
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Known *known = fix->as.let.variables[i]->known;

        TRY(find_in_lambda(pass, known->lambda, known->scratch));
    }
    return OK;
}

/* `running`: whose code it is; NULL if nobody can call that by name. */
static Status find_calls(Pass *pass, Node *node, Procedure *running)
{
    if (!li_stack_ok())
        return li_too_deep(pass->c, node);
    for (;;) {
        Children parts = li_node_children(node);

        if (running != NULL && calls_unknown(node))
            note_capture(pass, running);
        else if (running != NULL && node->kind == NODE_CALL && known_of(node) != NULL)
            TRY(note_caller(pass, known_of(node)->scratch, running));
        if (node->kind == NODE_SET_LOCAL)
            pass->assigns = true;
        if (node->kind == NODE_LAMBDA)
            TRY(find_in_lambda(pass, node->as.lambda, NULL));
        if (node->kind == NODE_FIX) {
            TRY(find_in_fix(pass, node));
            parts.item_count = 0;
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(find_calls(pass, *parts.first[i], running));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(find_calls(pass, parts.items[i], running));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

static void tell_callers(Pass *pass)
{
    while (pass->waiting != NULL) {
        const Procedure *procedure = pass->waiting;

        pass->waiting = procedure->next;
        for (const Caller *entry = procedure->callers; entry != NULL; entry = entry->next)
            note_capture(pass, entry->procedure);
    }
}

bool li_node_may_capture(const Node *node)
{
    const Known *known = node->kind == NODE_CALL ? known_of(node) : NULL;

    return known != NULL ? known->captures : calls_unknown(node);
}

Status li_pass_captures(Compiler *c, Lambda *lambda, bool *assigns)
{
    Pass pass = {.c = c};

    TRY(find_in_lambda(&pass, lambda, NULL));
    tell_callers(&pass);
    *assigns = pass.assigns;
    return OK;
}
