/* values.c - several values that go straight to the variables that are waiting for them.
 *
 * Before: (call-with-values (lambda () body) (lambda (x y) rest)), which is what let-values,
 *         define-values and their like are, among others.
 * After:  where the body surely ends with (values a b), on every path, with as many as the
 *         other lambda takes: (fix ((k (lambda (x y) rest))) body), with (k a b) in the place
 *         of (values a b). All calls of k are in the same place, so it is a label, and no
 *         procedure or object is made.
 *
 * Ends of paths are looked for in the branches and local loops that the body ends with. A path
 * may end with an error too. How much is looked at is bounded.
 *
 * Errors are reported as ever: the two lambdas' code is shown as called by call-with-values.
 */
#include "compiler/passes.h"
#include "containers/symbolmap.h"
#include "vm/code.h"
#include "vm/global.h"

#include <string.h>

enum {
    MAX_LOOKS = 200,
    MAX_DEPTH = 50,
    MAX_MEMBERS = 16
};

/* A procedure that a FIX in the body binds. */
typedef struct Member {
    const Variable *variable;
    Lambda *lambda;
    uint32_t found; /* calls that end a path */
    bool is_reached;
} Member;

typedef struct Search {
    Compiler *c;
    uint32_t count; /* of values that are wanted */
    Variable *label;
    Member members[MAX_MEMBERS];
    uint32_t member_count;
    int looks; /* nodes that may still be looked at */
    int depth;
} Search;

/* ---- What is called ------------------------------------------------------------------------- */

/* True for the library's procedure of that name. */
static bool is_library_procedure(const Node *procedure, const char *name)
{
    const Code *code;
    Value value;

    if (!li_node_is_settled(procedure))
        return false;
    value = value_to_global(procedure->as.global.cell)->value;
    if (!value_is_closure(value))
        return false;
    code = value_to_code(value_to_closure(value)->code);
    return value_is_symbol(code->name) && value_to_fixnum(code->position) == 0
        && li_text_equals_ascii(symbol_text(code->name), name);
}

bool li_call_never_returns(const Node *call)
{
    return is_library_procedure(call->as.call.procedure, "error")
        || is_library_procedure(call->as.call.procedure, "raise");
}

static bool is_values(const Node *node)
{
    return node->kind == NODE_PRIM && node->as.prim.op->pattern == PATTERN_CALL
        && strcmp(node->as.prim.op->name, "values") == 0;
}

/* True if the node has one value for sure. Primitives without an opcode may give several. */
static bool is_single(const Node *node)
{
    switch ((int)node->kind) {
    case NODE_CONST:
    case NODE_LOCAL:
    case NODE_GLOBAL:
    case NODE_LAMBDA:
    case NODE_SET_LOCAL:
    case NODE_SET_GLOBAL: return true;
    case NODE_PRIM:
        return node->as.prim.op->pattern != PATTERN_CALL
            && node->as.prim.op->pattern != PATTERN_CONTROL;
    default: return false;
    }
}

static Member *member_of(Search *search, const Node *call)
{
    const Node *procedure = call->as.call.procedure;

    if (procedure->kind != NODE_LOCAL)
        return NULL;
    for (uint32_t i = 0; i < search->member_count; i += 1) {
        const Lambda *lambda = search->members[i].lambda;

        if (search->members[i].variable == procedure->as.local.variable)
            return lambda->clause_count == 1 && !lambda->clauses[0].has_rest
                        && lambda->clauses[0].required == call->as.call.count
                     ? &search->members[i]
                     : NULL;
    }
    return NULL;
}

/* ---- Looking ---------------------------------------------------------------------------------- */

static bool ends_well(Search *search, const Node *node);

static bool call_ends_well(Search *search, const Node *call)
{
    Member *member = member_of(search, call);

    if (member == NULL)
        return li_call_never_returns(call);
    member->found += 1;
    if (member->is_reached)
        return true;
    member->is_reached = true;
    return ends_well(search, member->lambda->clauses[0].body);
}

static bool add_members(Search *search, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        if (search->member_count == MAX_MEMBERS)
            return false;
        search->members[search->member_count] =
            (Member){.variable = fix->as.let.variables[i],
                     .lambda = fix->as.let.inits[i]->as.lambda};
        search->member_count += 1;
    }
    return true;
}

static bool path_ends_well(Search *search, const Node *node)
{
    for (;;) {
        search->looks -= 1;
        if (search->looks < 0)
            return false;
        switch ((int)node->kind) {
        case NODE_IF:
            if (!ends_well(search, node->as.branch.then))
                return false;
            node = node->as.branch.otherwise;
            continue;
        case NODE_SEQ: node = node->as.seq.items[node->as.seq.count - 1]; continue;
        case NODE_FIX:
            if (!add_members(search, node))
                return false;
            node = node->as.let.body;
            continue;
        case NODE_LET: node = node->as.let.body; continue;
        case NODE_CALL: return call_ends_well(search, node);
        default:
            return is_values(node) ? node->as.prim.count == search->count
                                   : search->count == 1 && is_single(node);
        }
    }
}

/* True if all paths through `node` end with as many values as are wanted. */
static bool ends_well(Search *search, const Node *node)
{
    bool well;

    search->depth += 1;
    well = search->depth <= MAX_DEPTH && path_ends_well(search, node);
    search->depth -= 1;
    return well;
}

/* True if the procedures whose ends are to change are only called to end a path. */
static bool are_labels(const Search *search)
{
    for (uint32_t i = 0; i < search->member_count; i += 1) {
        const Member *member = &search->members[i];

        if (member->is_reached && member->found != member->variable->references)
            return false;
    }
    return true;
}

/* ---- Changing ---------------------------------------------------------------------------------- */

static Status deliver(Search *search, Node **slot)
{
    Node *end = *slot;
    Node *call = li_node_new(search->c->arena, NODE_CALL, end->position);

    if (call == NULL)
        return ERR_NO_MEMORY;
    call->origin = end->origin;
    call->as.call.procedure = li_node_local(search->c->arena, search->label, end->position);
    if (call->as.call.procedure == NULL)
        return ERR_NO_MEMORY;
    search->label->references += 1;
    if (is_values(end)) {
        call->as.call.args = end->as.prim.args;
        call->as.call.count = end->as.prim.count;
    } else {
        call->as.call.args = ARENA_ARRAY(search->c->arena, Node *, 1);
        if (call->as.call.args == NULL)
            return ERR_NO_MEMORY;
        call->as.call.args[0] = end;
        call->as.call.count = 1;
    }
    *slot = call;
    return OK;
}

/* The same paths again, as deep as before. */
static Status deliver_all(Search *search, Node **slot)
{
    for (;;) {
        Node *node = *slot;
        Member *member;

        switch ((int)node->kind) {
        case NODE_IF:
            TRY(deliver_all(search, &node->as.branch.then));
            slot = &node->as.branch.otherwise;
            continue;
        case NODE_SEQ: slot = &node->as.seq.items[node->as.seq.count - 1]; continue;
        case NODE_FIX:
        case NODE_LET: slot = &node->as.let.body; continue;
        case NODE_CALL:
            member = member_of(search, node);
            if (member == NULL || !member->is_reached)
                return OK;
            member->is_reached = false;
            slot = &member->lambda->clauses[0].body;
            continue;
        default: return deliver(search, slot);
        }
    }
}

/* call-with-values calls the producer, and the consumer as its last thing. */
static Status note_origins(Compiler *c, const Node *call, const Lambda *producer,
                           const Lambda *consumer)
{
    Lambda *caller = ARENA_NEW(c->arena, Lambda);
    uint32_t origin;

    if (caller == NULL)
        return ERR_NO_MEMORY;
    caller->name = value_to_global(call->as.call.procedure->as.global.cell)->name;
    origin = li_origin_new(c, caller);
    if (origin == 0)
        return ERR_NO_MEMORY;
    c->origins[origin].caller = call->origin;
    c->origins[origin].position = call->position;
    c->origins[origin].replaces = call->is_tail;
    c->origins[producer->origin].caller = origin;
    c->origins[consumer->origin].caller = origin;
    c->origins[consumer->origin].replaces = true;
    return OK;
}

/* ---- The pass ------------------------------------------------------------------------------------ */

static const Lambda *plain_lambda(const Node *node)
{
    const Lambda *lambda = node->as.lambda;

    return node->kind == NODE_LAMBDA && lambda->clause_count == 1
                && !lambda->clauses[0].has_rest
             ? lambda
             : NULL;
}

static Status rewrite(Compiler *c, Node **slot)
{
    Node *call = *slot, *fix;
    const Lambda *producer, *consumer;
    Search search = {.c = c, .looks = MAX_LOOKS};

    if (call->as.call.count != 2 || call->origin == 0
        || !is_library_procedure(call->as.call.procedure, "call-with-values"))
        return OK;
    producer = plain_lambda(call->as.call.args[0]);
    consumer = plain_lambda(call->as.call.args[1]);
    if (producer == NULL || consumer == NULL || producer->clauses[0].required != 0)
        return OK;
    search.count = consumer->clauses[0].required;
    if (!ends_well(&search, producer->clauses[0].body) || !are_labels(&search))
        return OK;
    search.label = li_variable_new(c->arena, consumer->name);
    fix = li_node_let(c->arena, NODE_FIX, 1, call->position);
    if (search.label == NULL || fix == NULL)
        return ERR_NO_MEMORY;
    TRY(note_origins(c, call, producer, consumer));
    fix->origin = call->origin;
    fix->as.let.variables[0] = search.label;
    fix->as.let.inits[0] = call->as.call.args[1];
    fix->as.let.body = producer->clauses[0].body;
    *slot = fix;
    return deliver_all(&search, &fix->as.let.body);
}

Status li_pass_values(Compiler *c, Node **slot)
{
    if (!li_stack_ok())
        return li_too_deep(c, *slot);
    for (;;) {
        Children parts;

        parts = li_node_children(*slot);
        if ((*slot)->kind == NODE_LAMBDA) {
            Lambda *lambda = (*slot)->as.lambda;

            for (uint32_t i = 0; i < lambda->clause_count; i += 1)
                TRY(li_pass_values(c, &lambda->clauses[i].body));
        }
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            TRY(li_pass_values(c, parts.first[i]));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(li_pass_values(c, &parts.items[i]));
        if (parts.last == NULL)
            return (*slot)->kind == NODE_CALL ? rewrite(c, slot) : OK;
        slot = parts.last;
    }
}
