/* ast.c - makes and prints core nodes. */
#include "compiler/ast.h"

#include "compiler/passes.h"
#include "containers/symbolmap.h"
#include "vm/global.h"

Node *li_node_new(Arena *arena, NodeKind kind, uint64_t position)
{
    Node *node = ARENA_NEW(arena, Node);

    if (node != NULL) {
        node->kind = kind;
        node->position = position;
    }
    return node;
}

Node *li_node_const(Arena *arena, Value constant)
{
    Node *node = li_node_new(arena, NODE_CONST, 0);

    if (node != NULL)
        node->as.constant = constant;
    return node;
}

Variable *li_variable_new(Arena *arena, Value name)
{
    Variable *variable = ARENA_NEW(arena, Variable);

    if (variable != NULL)
        variable->name = name;
    return variable;
}

/* ---- Printing ---------------------------------------------------------------------------- */

enum {
    SHOWN_DEPTH = 8,
    SHOWN_ELEMENTS = 40,
    SHOWN_BYTES = 4000 /* of one constant, however its parts are shared */
};

/* How much of a datum is still to be shown. */
typedef struct Shown {
    int depth;
    size_t end; /* no element begins behind this length of the buffer */
} Shown;

static Shown deeper(Shown shown)
{
    return (Shown){shown.depth - 1, shown.end};
}

static bool is_enough(Shown shown, uint32_t index, const Buffer *to)
{
    return index == SHOWN_ELEMENTS || to->length >= shown.end;
}

static void print_text(const Text *text, Buffer *to)
{
    for (uint64_t i = 0; i < text->length; i += 1)
        li_buffer_push_char(to, li_text_at(text, i));
}

static void print_name(Value name, Buffer *to)
{
    if (value_is_symbol(name))
        print_text(symbol_text(name), to);
    else
        li_buffer_push_string(to, "_");
}

static void print_datum(Value v, Shown shown, Buffer *to);

static void print_list(Value v, Shown shown, Buffer *to)
{
    li_buffer_push_string(to, "(");
    for (uint32_t i = 0; value_is_pair(v); i += 1, v = pair_cdr(v)) {
        if (i > 0)
            li_buffer_push_string(to, " ");
        if (is_enough(shown, i, to)) {
            li_buffer_push_string(to, "...)");
            return;
        }
        print_datum(pair_car(v), deeper(shown), to);
    }
    if (!value_is_nil(v)) {
        li_buffer_push_string(to, " . ");
        print_datum(v, deeper(shown), to);
    }
    li_buffer_push_string(to, ")");
}

static void print_vector(Value v, Shown shown, Buffer *to)
{
    li_buffer_push_string(to, "#(");
    for (uint32_t i = 0; i < vector_length(v); i += 1) {
        if (i > 0)
            li_buffer_push_string(to, " ");
        if (is_enough(shown, i, to)) {
            li_buffer_push_string(to, "...");
            break;
        }
        print_datum(vector_items(v)[i], deeper(shown), to);
    }
    li_buffer_push_string(to, ")");
}

static void print_object(Value v, Buffer *to)
{
    if (value_is_symbol(v)) {
        print_name(v, to);
    } else if (value_is_text(v)) {
        li_buffer_push_string(to, "\"");
        print_text(value_to_text(v), to);
        li_buffer_push_string(to, "\"");
    } else if (value_is_fixnum(v)) {
        li_buffer_printf(to, "%lld", (long long)value_to_fixnum(v));
    } else if (value_is_flonum(v)) {
        li_buffer_printf(to, "%.17g", value_to_flonum(v));
    } else if (value_is_char(v)) {
        li_buffer_push_string(to, "#\\");
        li_buffer_push_char(to, value_to_char(v));
    } else if (value_is_bool(v)) {
        li_buffer_push_string(to, value_is_true(v) ? "#t" : "#f");
    } else if (value_is_eq(v, VALUE_UNSPECIFIED)) {
        li_buffer_push_string(to, "#<unspecified>");
    } else {
        li_buffer_printf(to, "#<%s>", li_value_kind_name(v));
    }
}

/* Enough to recognise a constant by; the tree is for people, and never read back. */
static void print_datum(Value v, Shown shown, Buffer *to)
{
    if (!value_is_pair(v) && !value_is_vector(v) && !value_is_nil(v))
        print_object(v, to);
    else if (shown.depth == 0)
        li_buffer_push_string(to, "...");
    else if (value_is_vector(v))
        print_vector(v, shown, to);
    else
        print_list(v, shown, to);
}

static void print_constant(Value v, Buffer *to)
{
    if (value_is_pair(v) || value_is_nil(v) || value_is_symbol(v))
        li_buffer_push_string(to, "'");
    print_datum(v, (Shown){SHOWN_DEPTH, to->length + SHOWN_BYTES}, to);
}

static void print_spaced(const Node *node, Buffer *to)
{
    li_buffer_push_string(to, " ");
    li_ast_print(node, to);
}

static void print_nodes(Node *const *nodes, uint32_t count, Buffer *to)
{
    for (uint32_t i = 0; i < count; i += 1)
        print_spaced(nodes[i], to);
    li_buffer_push_string(to, ")");
}

/* (word name value) */
static void print_store(const char *word, Value name, const Node *value, Buffer *to)
{
    li_buffer_printf(to, "(%s ", word);
    print_name(name, to);
    if (value != NULL)
        print_spaced(value, to);
    li_buffer_push_string(to, ")");
}

static void print_params(const Clause *clause, Buffer *to)
{
    if (clause->has_rest && clause->required == 0) {
        print_name(clause->params[0]->name, to);
    } else {
        li_buffer_push_string(to, "(");
        for (uint32_t i = 0; i < clause->required; i += 1) {
            if (i > 0)
                li_buffer_push_string(to, " ");
            print_name(clause->params[i]->name, to);
        }
        if (clause->has_rest) {
            li_buffer_push_string(to, " . ");
            print_name(clause->params[clause->required]->name, to);
        }
        li_buffer_push_string(to, ")");
    }
}

static void print_clause(const Clause *clause, Buffer *to)
{
    print_params(clause, to);
    print_spaced(clause->body, to);
}

static void print_lambda(const Lambda *lambda, Buffer *to)
{
    bool cases = lambda->clause_count != 1;

    li_buffer_push_string(to, cases ? "(case-lambda" : "(lambda");
    if (value_is_symbol(lambda->name)) {
        li_buffer_push_string(to, ":");
        print_name(lambda->name, to);
    }
    for (uint32_t i = 0; i < lambda->clause_count; i += 1) {
        li_buffer_push_string(to, cases ? " (" : " ");
        print_clause(&lambda->clauses[i], to);
        if (cases)
            li_buffer_push_string(to, ")");
    }
    li_buffer_push_string(to, ")");
}

static void print_let(const Node *node, const char *word, Buffer *to)
{
    li_buffer_printf(to, "(%s (", word);
    for (uint32_t i = 0; i < node->as.let.count; i += 1) {
        li_buffer_push_string(to, i > 0 ? " (" : "(");
        print_name(node->as.let.variables[i]->name, to);
        print_spaced(node->as.let.inits[i], to);
        li_buffer_push_string(to, ")");
    }
    li_buffer_push_string(to, ")");
    print_spaced(node->as.let.body, to);
    li_buffer_push_string(to, ")");
}

/* (receive (a b . rest) init body) */
static void print_receive(const Node *node, Buffer *to)
{
    const Clause *clause = node_receive_clause(node);

    li_buffer_push_string(to, "(receive ");
    print_params(clause, to);
    print_spaced(node->as.receive.init, to);
    print_spaced(clause->body, to);
    li_buffer_push_string(to, ")");
}

static void print_if(const Node *node, Buffer *to)
{
    li_buffer_push_string(to, "(if");
    print_spaced(node->as.branch.test, to);
    print_spaced(node->as.branch.then, to);
    print_spaced(node->as.branch.otherwise, to);
    li_buffer_push_string(to, ")");
}

static void print_call(const Node *node, Buffer *to)
{
    li_buffer_push_string(to, "(");
    li_ast_print(node->as.call.procedure, to);
    print_nodes(node->as.call.args, node->as.call.count, to);
}

static void print_node(const Node *node, Buffer *to)
{
    switch (node->kind) {
    case NODE_CONST: print_constant(node->as.constant, to); return;
    case NODE_LOCAL: print_name(node->as.local.variable->name, to); return;
    case NODE_SET_LOCAL:
        print_store("set!", node->as.local.variable->name, node->as.local.value, to);
        return;
    case NODE_GLOBAL:
        print_name(value_to_global(node->as.global.cell)->name, to);
        return;
    case NODE_SET_GLOBAL:
        print_store("set!", value_to_global(node->as.global.cell)->name,
                    node->as.global.value, to);
        return;
    case NODE_DEFINE:
        print_store("define", value_to_global(node->as.global.cell)->name,
                    node->as.global.value, to);
        return;
    case NODE_IF: print_if(node, to); return;
    case NODE_LAMBDA: print_lambda(node->as.lambda, to); return;
    case NODE_SEQ:
        li_buffer_push_string(to, "(begin");
        print_nodes(node->as.seq.items, node->as.seq.count, to);
        return;
    case NODE_FORMS:
        li_buffer_push_string(to, "(forms");
        print_nodes(node->as.seq.items, node->as.seq.count, to);
        return;
    case NODE_LET: print_let(node, "let", to); return;
    case NODE_LETREC: print_let(node, "letrec*", to); return;
    case NODE_FIX: print_let(node, "fix", to); return;
    case NODE_RECEIVE: print_receive(node, to); return;
    case NODE_CALL: print_call(node, to); return;
    case NODE_PRIM:
        li_buffer_printf(to, "(%%%s", node->as.prim.op->name);
        print_nodes(node->as.prim.args, node->as.prim.count, to);
        return;
    case NODE_BOX:
        li_buffer_push_string(to, "(box");
        print_nodes(&node->as.local.value, 1, to);
        return;
    case NODE_UNBOX:
        print_store("unbox", node->as.local.variable->name, NULL, to);
        return;
    case NODE_READ: print_store("read", node->as.local.variable->name, NULL, to); return;
    case NODE_SET_BOX:
        print_store("set-box!", node->as.local.variable->name, node->as.local.value,
                    to);
        return;
    }
    UNREACHABLE();
}

void li_ast_print(const Node *node, Buffer *to)
{
    if (li_stack_ok())
        print_node(node, to);
    else
        li_buffer_push_string(to, "...");
}
