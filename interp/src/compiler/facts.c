/* facts.c - what is known of variables where they are used, and what that makes needless.
 *
 * Before: simplify.c is done.
 * After:  the same, and
 *           - an IF whose test has only one outcome is its branch: (if (pair? x) ...) where x
 *             was found to be a pair, or where (car x) came before;
 *           - char=?, =, eqv? and equal? are eq? where it serves to compare such operands;
 *           - fields of a record whose type was looked at before are got and set without
 *             looking again (%record-ref-known).
 *
 * Variables that are not assigned have one value, so that what a test says of it holds in the
 * whole branch, and what an operation demands holds behind it: in closures too, and however
 * often a continuation brings control back. Of assigned ones nothing is known.
 *
 * One walk over the tree does that. But a procedure that a FIX binds and that is only called
 * has parameters of the kinds that come from its calls. Those are found before, by walking the
 * FIX again until no call brings a new one. After some rounds, and for all FIXes when the walks
 * have taken too long, what still changes is taken for anything, so that the whole takes linear
 * time.
 *
 * Facts are kept in the variables. The trail says what they were, to go back to where an IF
 * branched. Behind an IF only what was known before it is; if one of its branches ends in an
 * error, what the other one knows.
 *
 * Operands of operations are evaluated from left to right; arguments of a jump need not be
 * (jumpargs.c), so what one of them finds out is not used in the others.
 */
#include "compiler/facts.h"

#include <string.h>

#include "vm/global.h"

enum {
    MAX_ROUNDS = 3, /* of one procedure */
    MAX_EFFORT =
        4 /* nodes looked at for each node that there is, before the last walk */
};

/* A procedure that a FIX binds: Variable.scratch. */
typedef struct Procedure {
    Lambda *lambda;
    Fact *facts; /* of its parameters; NULL: they can be anything */
    uint32_t rounds;
    bool is_reached;
    bool is_waiting;
    struct Trial *trial;
    struct Procedure *next; /* that waits to be walked */
} Procedure;

/* A FIX whose procedures are still to be walked. */
typedef struct Trial {
    const Node *fix;
    uint32_t mark;
    Procedure *first, *last; /* that wait */
    struct Trial *outer;
} Trial;

static Status walk(Facts *pass, Node **slot, Fact *value);

/* ---- Facts ----------------------------------------------------------------------------- */

/* What is true of a value that is either. */
static Fact either(Fact a, Fact b)
{
    if (a.kinds == 0)
        return b;
    if (b.kinds != 0 && !value_is_eq(a.record_type, b.record_type))
        a.record_type = VALUE_FALSE;
    a.kinds |= b.kinds;
    return a;
}

static bool is_same(Fact a, Fact b)
{
    return a.kinds == b.kinds && value_is_eq(a.record_type, b.record_type);
}

static void bind(Variable *variable, Fact fact)
{
    variable->fact = variable_is_plain(variable) ? fact : any_fact();
    variable->scratch = NULL;
}

/* Most operands are variables and constants. */
Status li_facts_part(Facts *pass, Node **slot, Fact *value)
{
    const Node *node = *slot;

    if (node_is_const(node)
        || (node->kind == NODE_LOCAL && node->as.local.variable->scratch == NULL)) {
        *value = li_fact_of_atom(node);
        return OK;
    }
    return walk(pass, slot, value);
}

/* ---- Procedures that a FIX binds ------------------------------------------------------- */

static Procedure *procedure_of(const Node *node)
{
    return node->kind == NODE_LOCAL ? node->as.local.variable->scratch : NULL;
}

static void wait_for_walk(Procedure *procedure)
{
    Trial *trial = procedure->trial;

    procedure->is_reached = true;
    if (procedure->is_waiting || trial == NULL)
        return;
    procedure->is_waiting = true;
    procedure->next = NULL;
    if (trial->last == NULL)
        trial->first = procedure;
    else
        trial->last->next = procedure;
    trial->last = procedure;
}

/* Anyone may call it with anything. */
static void note_escape(Procedure *procedure)
{
    if (procedure->facts != NULL || !procedure->is_reached) {
        procedure->facts = NULL;
        wait_for_walk(procedure);
    }
}

static bool fits(const Procedure *procedure, uint32_t count)
{
    const Lambda *lambda = procedure->lambda;

    return lambda->clause_count == 1 && !lambda->clauses[0].has_rest
        && lambda->clauses[0].required == count;
}

/* A call with such arguments. */
static void note_call(const Facts *pass, Procedure *procedure, const Fact *args,
                      uint32_t count)
{
    bool is_new = !procedure->is_reached;

    for (uint32_t i = 0; i < count && procedure->facts != NULL; i += 1) {
        Fact fact = either(procedure->facts[i], args[i]);

        if (is_same(fact, procedure->facts[i]))
            continue;
        ASSERT(!pass->rewrites);
        procedure->facts[i] =
            procedure->rounds < MAX_ROUNDS && pass->effort > 0 ? fact : any_fact();
        is_new = true;
    }
    if (is_new)
        wait_for_walk(procedure);
}

/* What one argument finds out is not known in the others: they may be evaluated in any order. */
static Status walk_known_call(Facts *pass, Node *call, Procedure *procedure,
                              Fact *value)
{
    uint32_t count = call->as.call.count, mark = pass->count;
    Fact *facts = ARENA_ARRAY(pass->c->arena, Fact, count);

    if (facts == NULL)
        return ERR_NO_MEMORY;
    *value = any_fact();
    for (uint32_t i = 0; i < count; i += 1) {
        TRY(li_facts_part(pass, &call->as.call.args[i], &facts[i]));
        li_facts_go_back(pass, mark);
        if (facts[i].kinds == 0)
            value->kinds = 0;
    }
    if (value->kinds == 0)
        return OK;
    if (fits(procedure, count))
        note_call(pass, procedure, facts, count);
    else
        note_escape(procedure);
    return OK;
}

static Status walk_clause(Facts *pass, Clause *clause, const Fact *facts)
{
    uint32_t mark = pass->count;
    Fact value;

    for (uint32_t i = 0; i < clause->required; i += 1)
        bind(clause->params[i], facts == NULL ? any_fact() : facts[i]);
    if (clause->has_rest)
        bind(clause->params[clause->required], fact_of_kinds(IS_LIST));
    TRY(walk(pass, &clause->body, &value));
    li_facts_go_back(pass, mark);
    return OK;
}

static Status walk_lambda(Facts *pass, Lambda *lambda, const Fact *facts)
{
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk_clause(pass, &lambda->clauses[i], facts));
    return OK;
}

/* True for a FIX whose procedures nobody but its own code can call. */
static bool is_private(const Node *fix)
{
    return !fix->as.let.variables[0]->is_exported;
}

static Status new_procedure(Facts *pass, Trial *trial, const Node *fix, uint32_t i)
{
    Procedure *procedure = fix->as.let.variables[i]->scratch;
    Lambda *lambda = fix->as.let.inits[i]->as.lambda;
    uint32_t required = lambda->clauses[0].required;

    if (procedure == NULL)
        procedure = ARENA_NEW(pass->c->arena, Procedure);
    if (procedure == NULL)
        return ERR_NO_MEMORY;
    *procedure = (Procedure){
        .lambda = lambda,
        .trial = trial,
        .is_reached = !is_private(fix),
    };
    if (!procedure->is_reached && fits(procedure, required) && required != 0
        && pass->effort > 0) {
        procedure->facts = ARENA_ARRAY(pass->c->arena, Fact, required);
        if (procedure->facts == NULL)
            return ERR_NO_MEMORY;
    }
    bind(fix->as.let.variables[i], fact_of_kinds(IS_PROCEDURE));
    fix->as.let.variables[i]->scratch = procedure;
    return OK;
}

/* In the last walk: what comes to the procedures of the FIX, and of all within it. */
static Status analyse(Facts *pass, Node *fix)
{
    uint32_t mark = pass->count;
    Fact value;

    pass->rewrites = false;
    TRY(walk(pass, &fix, &value));
    li_facts_go_back(pass, mark);
    pass->rewrites = true;
    return OK;
}

/* Its body comes before its procedures: that has the first calls. */
static Status walk_fix(Facts *pass, Node *fix, Trial **trials)
{
    bool is_known = fix->as.let.variables[0]->scratch != NULL;
    Trial *trial;

    if (pass->rewrites && !is_known && is_private(fix))
        TRY(analyse(pass, fix));
    trial = ARENA_NEW(pass->c->arena, Trial);
    if (trial == NULL)
        return ERR_NO_MEMORY;
    trial->fix = fix;
    trial->mark = pass->count;
    trial->outer = *trials;
    *trials = trial;
    if (pass->rewrites && is_private(fix))
        return OK;
    for (uint32_t i = 0; i < fix->as.let.count; i += 1)
        TRY(new_procedure(pass, trial, fix, i));
    return OK;
}

/* Until no call brings anything new. */
static Status find_facts(Facts *pass, Trial *trial)
{
    while (trial->first != NULL) {
        Procedure *procedure = trial->first;

        trial->first = procedure->next;
        if (trial->first == NULL)
            trial->last = NULL;
        procedure->is_waiting = false;
        procedure->rounds += 1;
        TRY(walk_lambda(pass, procedure->lambda, procedure->facts));
    }
    return OK;
}

/* Those that nobody calls stay as they are. */
static Status rewrite_procedures(Facts *pass, const Node *fix)
{
    for (uint32_t i = 0; i < fix->as.let.count; i += 1) {
        const Procedure *procedure = fix->as.let.variables[i]->scratch;

        if (procedure->is_reached)
            TRY(walk_lambda(pass, procedure->lambda, procedure->facts));
    }
    return OK;
}

static Status walk_procedures(Facts *pass, Trial *trials)
{
    for (; trials != NULL; trials = trials->outer) {
        li_facts_go_back(pass, trials->mark);
        if (pass->rewrites)
            TRY(rewrite_procedures(pass, trials->fix));
        else
            TRY(find_facts(pass, trials));
    }
    return OK;
}

/* ---- What is not evaluated ------------------------------------------------------------- */

/* Counts references no more. Where it gives up there are more of them than there seem. */
void li_facts_drop(Node *node)
{
    if (!li_stack_ok())
        return;
    while (node != NULL) {
        Children parts = li_node_children(node);

        if (node->kind == NODE_LOCAL)
            node->as.local.variable->references -= 1;
        for (int i = 0; i < 2 && parts.first[i] != NULL; i += 1)
            li_facts_drop(*parts.first[i]);
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            li_facts_drop(parts.items[i]);
        if (node->kind == NODE_LAMBDA) {
            for (uint32_t i = 0; i < node->as.lambda->clause_count; i += 1)
                li_facts_drop(node->as.lambda->clauses[i].body);
        }
        node = parts.last == NULL ? NULL : *parts.last;
    }
}

/* Leaves the branch that is taken, behind the test if that does anything. */
static Status choose(Facts *pass, Node **slot, bool outcome, Node ***next)
{
    Node *node = *slot, *test = node->as.branch.test;
    Node *taken = outcome ? node->as.branch.then : node->as.branch.otherwise;

    *next = outcome ? &node->as.branch.then : &node->as.branch.otherwise;
    if (!pass->rewrites)
        return OK;
    li_facts_drop(outcome ? node->as.branch.otherwise : node->as.branch.then);
    if (li_node_is_pure(test)) {
        li_facts_drop(test);
        *slot = taken;
        *next = slot;
        return OK;
    }
    node->kind = NODE_SEQ;
    memset(&node->as, 0, sizeof node->as);
    node->as.seq.items = ARENA_ARRAY(pass->c->arena, Node *, 2);
    if (node->as.seq.items == NULL)
        return ERR_NO_MEMORY;
    node->as.seq.items[0] = test;
    node->as.seq.items[1] = taken;
    node->as.seq.count = 2;
    *next = &node->as.seq.items[1];
    return OK;
}

/* ---- The walk -------------------------------------------------------------------------- */

#define KEEP_ALL UINT32_MAX

/* A node and the parts that end it, one after the other. */
typedef struct Walk {
    Trial *trials;
    Fact value;        /* of the branches so far that do not come last */
    uint32_t keep;     /* facts that hold behind all of it */
    const Node *guard; /* the only IF, whose branch `then` has a value */
} Walk;

static void forget_after(Walk *w, uint32_t mark)
{
    if (mark < w->keep)
        w->keep = mark;
}

/* Behind the IF, of whose branches one came to an end. */
static void note_branch(Walk *w, const Node *branch, uint32_t mark, Fact value)
{
    if (value.kinds == 0)
        return;
    w->guard = w->keep == KEEP_ALL ? branch : NULL;
    w->value = either(w->value, value);
    forget_after(w, mark);
}

/* `*next`: the slot to go on with; NULL: no value comes. */
static Status walk_if(Facts *pass, Node **slot, Walk *w, Node ***next)
{
    Node *node = *slot;
    uint32_t mark;
    Fact test, then;

    TRY(walk(pass, &node->as.branch.test, &test));
    *next = NULL;
    if (test.kinds == 0)
        return OK;
    if (test.kinds == IS_FALSE || !(test.kinds & IS_FALSE))
        return choose(pass, slot, test.kinds != IS_FALSE, next);
    mark = pass->count;
    TRY(li_assume(pass, node->as.branch.test, true));
    if (node_is_const(
            node->as.branch.otherwise)) { /* an (and ...), which may be long */
        note_branch(w, NULL, mark, li_fact_of_atom(node->as.branch.otherwise));
        *next = &node->as.branch.then;
        return OK;
    }
    TRY(walk(pass, &node->as.branch.then, &then));
    li_facts_go_back(pass, mark);
    note_branch(w, node, mark, then);
    *next = &node->as.branch.otherwise;
    return li_assume(pass, node->as.branch.test, false);
}

static Status walk_items(Facts *pass, Node *seq, Node ***next)
{
    uint32_t last = seq->as.seq.count - 1;
    Fact value;

    *next = NULL;
    for (uint32_t i = 0; i < last; i += 1) {
        TRY(walk(pass, &seq->as.seq.items[i], &value));
        if (value.kinds == 0)
            return OK;
    }
    *next = &seq->as.seq.items[last];
    return OK;
}

static Status walk_let(Facts *pass, Node *let, Node ***next)
{
    Fact value;

    *next = NULL;
    for (uint32_t i = 0; i < let->as.let.count; i += 1) {
        TRY(li_facts_part(pass, &let->as.let.inits[i], &value));
        if (value.kinds == 0)
            return OK;
        bind(let->as.let.variables[i], value);
    }
    *next = &let->as.let.body;
    return OK;
}

/* Nothing is known of values that come several at a time. */
static Status walk_receive(Facts *pass, Node *receive, Node ***next)
{
    Clause *clause = node_receive_clause(receive);
    Fact value;

    *next = NULL;
    TRY(li_facts_part(pass, &receive->as.receive.init, &value));
    if (value.kinds == 0)
        return OK;
    for (uint32_t i = 0; i < clause_param_count(clause); i += 1)
        bind(clause->params[i], any_fact());
    *next = &clause->body;
    return OK;
}

static Status walk_forms(Facts *pass, Node *forms)
{
    uint32_t mark = pass->count;
    Fact value;

    for (uint32_t i = 0; i < forms->as.seq.count; i += 1) {
        TRY(walk(pass, &forms->as.seq.items[i], &value));
        li_facts_go_back(pass, mark);
    }
    return OK;
}

static bool never_returns(const Node *call)
{
    return li_node_is_library(call->as.call.procedure, "error")
        || li_node_is_library(call->as.call.procedure, "raise");
}

static Status walk_call(Facts *pass, Node *call, Fact *value)
{
    Procedure *procedure = procedure_of(call->as.call.procedure);
    Fact fact;

    if (procedure != NULL)
        return walk_known_call(pass, call, procedure, value);
    TRY(li_facts_part(pass, &call->as.call.procedure, &fact));
    *value = never_returns(call) ? fact_of_kinds(0) : any_fact();
    for (uint32_t i = 0; i < call->as.call.count; i += 1) {
        TRY(li_facts_part(pass, &call->as.call.args[i], &fact));
        if (fact.kinds == 0) {
            *value = fact;
            return OK;
        }
    }
    return OK;
}

/* Of a store. Its own value is unspecified. */
static Status walk_stored(Facts *pass, Node **slot, Fact *value)
{
    TRY(walk(pass, slot, value));
    if (value->kinds != 0)
        *value = any_fact();
    return OK;
}

/* A part of the tree that has no last part. */
static Status walk_end(Facts *pass, Node *node, Fact *value)
{
    *value = any_fact();
    switch ((int)node->kind) {
    case NODE_CONST: *value = li_fact_of_atom(node); return OK;
    case NODE_LOCAL:
        if (procedure_of(node) != NULL)
            note_escape(procedure_of(node));
        *value = li_fact_of_atom(node);
        return OK;
    case NODE_GLOBAL:
        if (li_node_is_settled(node))
            *value =
                fact_of_kinds(li_kind_of(value_to_global(node->as.global.cell)->value));
        return OK;
    case NODE_LAMBDA:
        *value = fact_of_kinds(IS_PROCEDURE);
        return walk_lambda(pass, node->as.lambda, NULL);
    case NODE_SET_LOCAL: return walk_stored(pass, &node->as.local.value, value);
    case NODE_SET_GLOBAL:
    case NODE_DEFINE: return walk_stored(pass, &node->as.global.value, value);
    case NODE_CALL: return walk_call(pass, node, value);
    case NODE_PRIM: return li_facts_prim(pass, node, value);
    case NODE_FORMS: return walk_forms(pass, node);
    default: UNREACHABLE();
    }
}

static Status walk_step(Facts *pass, Node **slot, Walk *w, Fact *value, Node ***next)
{
    Node *node = *slot;

    *next = NULL;
    *value = fact_of_kinds(0);
    switch ((int)node->kind) {
    case NODE_IF: return walk_if(pass, slot, w, next);
    case NODE_SEQ: return walk_items(pass, node, next);
    case NODE_LET: return walk_let(pass, node, next);
    case NODE_RECEIVE: return walk_receive(pass, node, next);
    case NODE_FIX:
        forget_after(w, pass->count);
        *next = &node->as.let.body;
        return walk_fix(pass, node, &w->trials);
    default: return walk_end(pass, node, value);
    }
}

static Status walk(Facts *pass, Node **slot, Fact *value)
{
    Walk w = {NULL, {0, VALUE_FALSE}, KEEP_ALL, NULL};

    if (!li_stack_ok())
        return li_too_deep(pass->c, *slot);
    while (slot != NULL) {
        pass->effort -= !pass->rewrites;
        TRY(walk_step(pass, slot, &w, value, &slot));
    }
    TRY(walk_procedures(pass, w.trials));
    if (w.keep != KEEP_ALL)
        li_facts_go_back(pass, w.keep);
    if (value->kinds == 0 && w.guard != NULL && w.trials == NULL)
        TRY(li_assume(pass, w.guard->as.branch.test, true));
    *value = either(w.value, *value);
    return OK;
}

Status li_pass_facts(Compiler *c, Node **node)
{
    Facts pass = {
        .c = c,
        .effort = (int64_t)c->node_count * MAX_EFFORT,
        .rewrites = true,
    };
    Fact value;

    return walk(&pass, node, &value);
}
