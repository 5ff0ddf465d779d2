/* template.c - procedures of libraries as they were written, kept for those who call them.
 *
 * A template is a vector: a bytevector, and the constants and names that it refers to by their
 * places. The bytes are the core language as it comes from the expander, a node after the
 * other with its parts behind it; numbers take seven bits a byte, variables are numbered as
 * they are bound. Positions are differences to that of the lambda.
 *
 * Globals are kept as their cells. A library's own procedures are globals then as well, which
 * surely have their values when another library or program is compiled.
 */
#include "compiler/passes.h"
#include "containers/array.h"
#include "containers/symbolmap.h"
#include "vm/global.h"

#include <string.h>

enum {
    MAX_NODES = 160,
    MAX_VARIABLES = 60,
    MAX_VALUES = 120,
    MAX_BYTES = 8 * MAX_NODES
};

/* ---- Writing ----------------------------------------------------------------------------------- */

typedef struct Writer {
    Heap *heap;
    uint8_t bytes[MAX_BYTES];
    uint32_t length;
    Value values[MAX_VALUES];
    uint32_t value_count;
    const Variable *variables[MAX_VARIABLES];
    uint32_t variable_count;
    uint32_t nodes;
    uint64_t position;
    bool forgets; /* positions */
    bool failed;  /* it does not fit, or cannot be written */
} Writer;

static void put(Writer *w, uint64_t n)
{
    for (; !w->failed; n >>= 7) {
        if (w->length == MAX_BYTES) {
            w->failed = true;
            return;
        }
        w->bytes[w->length] = (uint8_t)((n & 127) | (n > 127 ? 128 : 0));
        w->length += 1;
        if (n <= 127)
            return;
    }
}

static void put_value(Writer *w, Value v)
{
    for (uint32_t i = 0; i < w->value_count; i += 1) {
        if (value_is_eq(w->values[i], v)) {
            put(w, i);
            return;
        }
    }
    if (w->value_count == MAX_VALUES) {
        w->failed = true;
        return;
    }
    put(w, w->value_count);
    w->values[w->value_count] = v;
    w->value_count += 1;
}

/* 0: there is none; otherwise the difference, with its sign in the lowest bit, and 1. */
static void put_position(Writer *w, uint64_t position)
{
    int64_t difference = (int64_t)(position - w->position);

    if (position == 0 || w->forgets)
        put(w, 0);
    else
        put(w, 1 + (((uint64_t)difference << 1) ^ (uint64_t)(difference >> 63)));
}

static void put_variable(Writer *w, const Variable *variable)
{
    for (uint32_t i = w->variable_count; i > 0; i -= 1) {
        if (w->variables[i - 1] == variable) {
            put(w, i - 1);
            return;
        }
    }
    w->failed = true;
}

static void bind_variables(Writer *w, Variable *const *variables, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += 1) {
        if (w->variable_count == MAX_VARIABLES) {
            w->failed = true;
            return;
        }
        w->variables[w->variable_count] = variables[i];
        w->variable_count += 1;
        put_value(w, variables[i]->name);
    }
}

static void put_node(Writer *w, const Node *node);

static void put_nodes(Writer *w, Node *const *nodes, uint32_t count)
{
    for (uint32_t i = 0; i < count && !w->failed; i += 1)
        put_node(w, nodes[i]);
}

static void put_lambda(Writer *w, const Lambda *lambda)
{
    put_value(w, lambda->name);
    put_position(w, lambda->position);
    put(w, lambda->clause_count);
    for (uint32_t i = 0; i < lambda->clause_count && !w->failed; i += 1) {
        const Clause *clause = &lambda->clauses[i];

        put(w, clause->required);
        put(w, clause->has_rest);
        bind_variables(w, clause->params, clause->required + clause->has_rest);
        put_node(w, clause->body);
    }
}

static void put_let(Writer *w, const Node *node)
{
    put(w, node->as.let.count);
    if (node->kind == NODE_LETREC)
        bind_variables(w, node->as.let.variables, node->as.let.count);
    put_nodes(w, node->as.let.inits, node->as.let.count);
    if (node->kind == NODE_LET)
        bind_variables(w, node->as.let.variables, node->as.let.count);
    put_node(w, node->as.let.body);
}

static void put_parts(Writer *w, const Node *node)
{
    switch ((int)node->kind) {
    case NODE_CONST: put_value(w, node->as.constant); break;
    case NODE_LOCAL: put_variable(w, node->as.local.variable); break;
    case NODE_SET_LOCAL:
        put_variable(w, node->as.local.variable);
        put_node(w, node->as.local.value);
        break;
    case NODE_GLOBAL: put_value(w, node->as.global.cell); break;
    case NODE_IF:
        put_node(w, node->as.branch.test);
        put_node(w, node->as.branch.then);
        put_node(w, node->as.branch.otherwise);
        break;
    case NODE_LAMBDA: put_lambda(w, node->as.lambda); break;
    case NODE_SEQ:
        put(w, node->as.seq.count);
        put_nodes(w, node->as.seq.items, node->as.seq.count);
        break;
    case NODE_LET:
    case NODE_LETREC: put_let(w, node); break;
    case NODE_CALL:
        put(w, node->as.call.count);
        put_node(w, node->as.call.procedure);
        put_nodes(w, node->as.call.args, node->as.call.count);
        break;
    default: w->failed = true; break;
    }
}

static void put_node(Writer *w, const Node *node)
{
    w->nodes += 1;
    if (w->nodes > MAX_NODES)
        w->failed = true;
    if (w->failed)
        return;
    put(w, (uint64_t)node->kind);
    put_position(w, node->position);
    put_parts(w, node);
}

/* How these are called is part of what a report shows. */
static bool is_raising(Value name)
{
    static const char *const names[] = {"abandon", "raise", "raise-continuable",
                                        "error"};

    if (!value_is_symbol(name))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        if (li_text_equals_ascii(symbol_text(name), names[i]))
            return true;
    }
    return false;
}

Status li_template_make(Compiler *c, const Lambda *lambda, bool forgets, Value *template)
{
    Writer w = {.heap = c->heap, .position = lambda->position, .forgets = forgets};
    Value bytes;

    *template = VALUE_FALSE;
    if (is_raising(lambda->name))
        return OK;
    put(&w, forgets ? 0 : lambda->position);
    put_lambda(&w, lambda);
    if (w.failed)
        return OK;
    TRY(li_array_new(c->heap, ELEMENT_U8, w.length, &bytes));
    memcpy(array_data(value_to_array(bytes)), w.bytes, w.length);
    TRY(li_vector(c->heap, 1 + w.value_count, bytes, template));
    memcpy(&vector_items(*template)[1], w.values, w.value_count * sizeof(Value));
    return OK;
}

/* ---- Reading ------------------------------------------------------------------------------------ */

typedef struct Reader {
    Arena *arena;
    const uint8_t *at;
    const Value *values;
    Variable *variables[MAX_VARIABLES];
    uint32_t variable_count;
    uint64_t position;
    bool failed; /* no memory */
} Reader;

static uint64_t get(Reader *r)
{
    uint64_t n = 0;

    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = *r->at;

        r->at += 1;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return n;
    }
}

static uint64_t get_position(Reader *r)
{
    uint64_t n = get(r);

    if (n == 0)
        return 0;
    n -= 1;
    return r->position + ((n >> 1) ^ (0 - (n & 1)));
}

static void *allocate(Reader *r, size_t bytes)
{
    void *room = li_arena_alloc(r->arena, bytes);

    r->failed |= room == NULL;
    return room;
}

static Variable **get_binding(Reader *r, uint32_t count)
{
    Variable **variables = allocate(r, count * sizeof *variables);

    for (uint32_t i = 0; i < count && !r->failed; i += 1) {
        variables[i] = li_variable_new(r->arena, r->values[get(r)]);
        r->failed |= variables[i] == NULL;
        r->variables[r->variable_count] = variables[i];
        r->variable_count += 1;
    }
    return variables;
}

static Node *get_node(Reader *r);

static Node **get_nodes(Reader *r, uint32_t count)
{
    Node **nodes = allocate(r, count * sizeof *nodes);

    for (uint32_t i = 0; i < count && !r->failed; i += 1)
        nodes[i] = get_node(r);
    return nodes;
}

static Lambda *get_lambda(Reader *r)
{
    Lambda *lambda = allocate(r, sizeof *lambda);

    if (r->failed)
        return NULL;
    lambda->name = r->values[get(r)];
    lambda->position = get_position(r);
    lambda->clause_count = (uint32_t)get(r);
    lambda->clauses = allocate(r, lambda->clause_count * sizeof *lambda->clauses);
    for (uint32_t i = 0; i < lambda->clause_count && !r->failed; i += 1) {
        Clause *clause = &lambda->clauses[i];

        clause->required = (uint32_t)get(r);
        clause->has_rest = get(r) != 0;
        clause->params = get_binding(r, clause->required + clause->has_rest);
        if (!r->failed)
            clause->body = get_node(r);
    }
    return lambda;
}

static void get_let(Reader *r, Node *node)
{
    node->as.let.count = (uint32_t)get(r);
    if (node->kind == NODE_LETREC)
        node->as.let.variables = get_binding(r, node->as.let.count);
    node->as.let.inits = get_nodes(r, node->as.let.count);
    if (node->kind == NODE_LET && !r->failed)
        node->as.let.variables = get_binding(r, node->as.let.count);
    if (!r->failed)
        node->as.let.body = get_node(r);
}

static void get_parts(Reader *r, Node *node)
{
    switch ((int)node->kind) {
    case NODE_CONST: node->as.constant = r->values[get(r)]; break;
    case NODE_LOCAL: node->as.local.variable = r->variables[get(r)]; break;
    case NODE_SET_LOCAL:
        node->as.local.variable = r->variables[get(r)];
        node->as.local.value = get_node(r);
        break;
    case NODE_GLOBAL: node->as.global.cell = r->values[get(r)]; break;
    case NODE_IF:
        node->as.branch.test = get_node(r);
        if (!r->failed)
            node->as.branch.then = get_node(r);
        if (!r->failed)
            node->as.branch.otherwise = get_node(r);
        break;
    case NODE_LAMBDA: node->as.lambda = get_lambda(r); break;
    case NODE_SEQ:
        node->as.seq.count = (uint32_t)get(r);
        node->as.seq.items = get_nodes(r, node->as.seq.count);
        break;
    case NODE_LET:
    case NODE_LETREC: get_let(r, node); break;
    case NODE_CALL:
        node->as.call.count = (uint32_t)get(r);
        node->as.call.procedure = get_node(r);
        if (!r->failed)
            node->as.call.args = get_nodes(r, node->as.call.count);
        break;
    default: UNREACHABLE();
    }
}

static Node *get_node(Reader *r)
{
    NodeKind kind = (NodeKind)get(r);
    Node *node = li_node_new(r->arena, kind, get_position(r));

    r->failed |= node == NULL;
    if (!r->failed)
        get_parts(r, node);
    return node;
}

Status li_template_read(Compiler *c, Value template, Node **node)
{
    Reader r = {.arena = c->arena,
                .at = array_data(value_to_array(vector_items(template)[0])),
                .values = &vector_items(template)[1]};

    r.position = get(&r);
    *node = li_node_new(c->arena, NODE_LAMBDA, r.position);
    if (*node == NULL)
        return ERR_NO_MEMORY;
    (*node)->as.lambda = get_lambda(&r);
    return r.failed ? ERR_NO_MEMORY : OK;
}
