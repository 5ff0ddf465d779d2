/* core_support.h - the core language written as data, for tests of the compiler.
 *
 *     x                         a local variable, or else a global
 *     1  "text"  (quote x)      constants
 *     (if a b c)  (seq a ...)  (set! x e)  (define g e)
 *     (let ((x e) ...) body)  (letrec ((x e) ...) body)
 *     (lambda (name x . rest) body)         its name comes first, as in (define (name x) ...)
 *     (case-lambda name ((x . rest) body) ...)
 *     (f a ...)                 a call
 *
 * Globals whose names are in the table below are constant, and are primitives that do nothing.
 */
#ifndef TESTS_INTERP_CORE_SUPPORT_H
#define TESTS_INTERP_CORE_SUPPORT_H

#include "compiler/compiler.h"
#include "syntax_support.h"
#include "vm/code.h"
#include "vm/global.h"
#include "vm/vm.h"

typedef struct CoreScope {
    Variable *variable;
    struct CoreScope *outer;
} CoreScope;

/* What a test compiles with. */
typedef struct Core {
    Vm *vm;
    Arena arena;
    Value cells; /* list */
} Core;

static Core core;

static inline Status no_prim(Vm *vm UNUSED, Args args UNUSED, Value *result)
{
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static const PrimDef core_prims[] = {
    {"+", no_prim, 0, PRIM_ANY, "", ""},      {"-", no_prim, 1, PRIM_ANY, "", ""},
    {"*", no_prim, 0, PRIM_ANY, "", ""},      {"/", no_prim, 1, PRIM_ANY, "", ""},
    {"<", no_prim, 1, PRIM_ANY, "", ""},      {">", no_prim, 1, PRIM_ANY, "", ""},
    {"<=", no_prim, 1, PRIM_ANY, "", ""},     {">=", no_prim, 1, PRIM_ANY, "", ""},
    {"=", no_prim, 1, PRIM_ANY, "", ""},      {"car", no_prim, 1, 1, "", ""},
    {"cdr", no_prim, 1, 1, "", ""},           {"cons", no_prim, 2, 2, "", ""},
    {"eq?", no_prim, 2, 2, "", ""},           {"eqv?", no_prim, 2, 2, "", ""},
    {"equal?", no_prim, 2, 2, "", ""},        {"not", no_prim, 1, 1, "", ""},
    {"null?", no_prim, 1, 1, "", ""},         {"pair?", no_prim, 1, 1, "", ""},
    {"vector?", no_prim, 1, 1, "", ""},       {"vector-ref", no_prim, 2, 2, "", ""},
    {"vector-set!", no_prim, 3, 3, "", ""},   {"zero?", no_prim, 1, 1, "", ""},
    {"positive?", no_prim, 1, 1, "", ""},     {"list", no_prim, 0, PRIM_ANY, "", ""},
    {"memv", no_prim, 2, 2, "", ""},          {"length", no_prim, 1, 1, "", ""},
    {"values", no_prim, 0, PRIM_ANY, "", ""}, {"eof-object?", no_prim, 1, 1, "", ""},
    {"%apply", no_prim, 2, 2, "", ""},        {"%apply-values", no_prim, 2, 2, "", ""},
    {"%call/cc", no_prim, 1, 1, "", ""},      {"quotient", no_prim, 2, 2, "", ""},
    {"char<?", no_prim, 1, PRIM_ANY, "", ""}, {"char>=?", no_prim, 1, PRIM_ANY, "", ""},
    {"char=?", no_prim, 1, PRIM_ANY, "", ""}, {"integer->char", no_prim, 1, 1, "", ""},
    {"%record", no_prim, 1, PRIM_ANY, "", ""}, {"%record-ref", no_prim, 4, 4, "", ""},
    {"%record-set!", no_prim, 5, 5, "", ""},  {"%record-is?", no_prim, 2, 2, "", ""},
    {"read-char", no_prim, 0, 1, "", ""},     {"peek-char", no_prim, 0, 1, "", ""},
    {"read-u8", no_prim, 0, 1, "", ""},       {"peek-u8", no_prim, 0, 1, "", ""},
    {"write-char", no_prim, 1, 2, "", ""},    {"write-u8", no_prim, 1, 2, "", ""},
    {NULL, NULL, 0, 0, NULL, NULL},
};

static inline Value core_cell(const char *name)
{
    Value symbol = test_symbol(&test.heap, name), cell;

    for (Value list = core.cells; value_is_pair(list); list = pair_cdr(list)) {
        if (value_is_eq(value_to_global(pair_car(list))->name, symbol))
            return pair_car(list);
    }
    ck_assert_ok(li_global_new(&test.heap, symbol, &cell));
    ck_assert_ok(li_cons(&test.heap, cell, core.cells, &core.cells));
    for (const PrimDef *def = core_prims; def->name != NULL; def += 1) {
        if (strcmp(def->name, name) == 0) {
            void *object = li_alloc(&test.heap, T_PRIMITIVE, 0, 1);

            memcpy(object, &def, sizeof def);
            li_global_set(&test.heap, value_to_global(cell), value_from_object(object));
            li_global_add_flag(value_to_global(cell), GLOBAL_CONSTANT);
        }
    }
    return cell;
}

static inline uint32_t core_length(Value list)
{
    uint32_t length = 0;

    for (; value_is_pair(list); list = pair_cdr(list))
        length += 1;
    return length;
}

static inline Value core_nth(Value list, int n)
{
    for (; n > 0; n -= 1)
        list = pair_cdr(list);
    return pair_car(list);
}

static inline Node *core_parse(Value datum, CoreScope *scope);

static inline Variable *core_bind(Value name, CoreScope **scope)
{
    CoreScope *inner = ARENA_NEW(&core.arena, CoreScope);

    inner->variable = li_variable_new(&core.arena, name);
    inner->outer = *scope;
    *scope = inner;
    return inner->variable;
}

static inline Variable *core_lookup(Value name, const CoreScope *scope)
{
    for (; scope != NULL; scope = scope->outer) {
        if (value_is_eq(scope->variable->name, name))
            return scope->variable;
    }
    return NULL;
}

static inline const char *core_name(Value symbol)
{
    static char name[200];
    Buffer buffer = {0};

    ck_assert_ok(li_print(&test.heap, symbol, PRINT_DISPLAY, 0, &buffer));
    strncpy(name, li_buffer_c_string(&buffer), sizeof name - 1);
    li_buffer_free(&buffer);
    return name;
}

static inline Node **core_parse_list(Value list, CoreScope *scope)
{
    Node **nodes = ARENA_ARRAY(&core.arena, Node *, core_length(list) + 1);

    for (uint32_t i = 0; value_is_pair(list); list = pair_cdr(list), i += 1)
        nodes[i] = core_parse(pair_car(list), scope);
    return nodes;
}

static inline void core_clause(Clause *clause, Value params, Value body,
                               CoreScope *scope)
{
    clause->required = core_length(params);
    clause->params = ARENA_ARRAY(&core.arena, Variable *, clause->required + 1);
    for (uint32_t i = 0; value_is_pair(params); params = pair_cdr(params), i += 1)
        clause->params[i] = core_bind(pair_car(params), &scope);
    clause->has_rest = !value_is_nil(params);
    if (clause->has_rest)
        clause->params[clause->required] = core_bind(params, &scope);
    clause->body = core_parse(body, scope);
}

static inline Lambda *core_lambda(Value name, uint32_t clauses)
{
    Lambda *lambda = ARENA_NEW(&core.arena, Lambda);

    lambda->name = name;
    lambda->clause_count = clauses;
    lambda->clauses = ARENA_ARRAY(&core.arena, Clause, clauses);
    return lambda;
}

static inline Node *core_parse_let(Node *node, Value datum, CoreScope *scope)
{
    Value bindings = core_nth(datum, 1);
    uint32_t count = core_length(bindings);
    CoreScope *inner = scope;

    node->as.let.count = count;
    node->as.let.variables = ARENA_ARRAY(&core.arena, Variable *, count + 1);
    node->as.let.inits = ARENA_ARRAY(&core.arena, Node *, count + 1);
    for (uint32_t i = 0; i < count; i += 1)
        node->as.let.variables[i] =
            core_bind(core_nth(core_nth(bindings, (int)i), 0), &inner);
    for (uint32_t i = 0; i < count; i += 1)
        node->as.let.inits[i] = core_parse(core_nth(core_nth(bindings, (int)i), 1),
                                           node->kind == NODE_LET ? scope : inner);
    node->as.let.body = core_parse(core_nth(datum, 2), inner);
    return node;
}

static inline Node *core_parse_symbol(Value datum, const CoreScope *scope)
{
    Variable *variable = core_lookup(datum, scope);
    Node *node =
        li_node_new(&core.arena, variable != NULL ? NODE_LOCAL : NODE_GLOBAL, 0);

    if (variable != NULL)
        node->as.local.variable = variable;
    else
        node->as.global.cell = core_cell(core_name(datum));
    return node;
}

/* Gives `*kind` the kind that `head` names. */
static inline bool core_keyword(Value head, NodeKind *kind)
{
    static const struct {
        const char *name;
        NodeKind kind;
    } keywords[] = {
        {"quote", NODE_CONST},    {"if", NODE_IF},         {"seq", NODE_SEQ},
        {"set!", NODE_SET_LOCAL}, {"define", NODE_DEFINE}, {"let", NODE_LET},
        {"letrec", NODE_LETREC},  {"lambda", NODE_LAMBDA}, {"case-lambda", NODE_LAMBDA},
    };

    if (!value_has_type(head, T_SYMBOL))
        return false;
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i += 1) {
        if (value_is_eq(head, test_symbol(&test.heap, keywords[i].name))) {
            *kind = keywords[i].kind;
            return true;
        }
    }
    return false;
}

static inline Node *core_parse_lambda(Node *node, Value datum, CoreScope *scope)
{
    Value second = core_nth(datum, 1);

    if (value_is_pair(second)) {
        node->as.lambda = core_lambda(pair_car(second), 1);
        core_clause(&node->as.lambda->clauses[0], pair_cdr(second), core_nth(datum, 2),
                    scope);
    } else {
        Value clauses = pair_cdr(pair_cdr(datum));

        node->as.lambda = core_lambda(second, core_length(clauses));
        for (int i = 0; value_is_pair(clauses); clauses = pair_cdr(clauses), i += 1)
            core_clause(&node->as.lambda->clauses[i], core_nth(pair_car(clauses), 0),
                        core_nth(pair_car(clauses), 1), scope);
    }
    return node;
}

static inline Node *core_parse_set(Node *node, Value datum, CoreScope *scope)
{
    Variable *variable = core_lookup(core_nth(datum, 1), scope);
    Node *value = core_parse(core_nth(datum, 2), scope);

    if (node->kind == NODE_SET_LOCAL && variable != NULL) {
        node->as.local.variable = variable;
        node->as.local.value = value;
        return node;
    }
    if (node->kind == NODE_SET_LOCAL)
        node->kind = NODE_SET_GLOBAL;
    node->as.global.cell = core_cell(core_name(core_nth(datum, 1)));
    node->as.global.value = value;
    return node;
}

static inline Node *core_parse_form(Node *node, Value datum, CoreScope *scope)
{
    switch ((int)node->kind) {
    case NODE_CONST: node->as.constant = core_nth(datum, 1); return node;
    case NODE_IF:
        node->as.branch.test = core_parse(core_nth(datum, 1), scope);
        node->as.branch.then = core_parse(core_nth(datum, 2), scope);
        node->as.branch.otherwise = core_parse(core_nth(datum, 3), scope);
        return node;
    case NODE_SEQ:
        node->as.seq.items = core_parse_list(pair_cdr(datum), scope);
        node->as.seq.count = core_length(pair_cdr(datum));
        return node;
    case NODE_LET:
    case NODE_LETREC: return core_parse_let(node, datum, scope);
    case NODE_LAMBDA: return core_parse_lambda(node, datum, scope);
    default: return core_parse_set(node, datum, scope);
    }
}

static inline Node *core_parse(Value datum, CoreScope *scope)
{
    NodeKind kind;
    Node *node;

    if (value_has_type(datum, T_SYMBOL))
        return core_parse_symbol(datum, scope);
    if (!value_is_pair(datum))
        return li_node_const(&core.arena, datum);
    if (core_keyword(pair_car(datum), &kind)) {
        node = li_node_new(&core.arena, kind, li_pair_position(datum));
        return core_parse_form(node, datum, scope);
    }
    node = li_node_new(&core.arena, NODE_CALL, li_pair_position(datum));
    node->as.call.procedure = core_parse(pair_car(datum), scope);
    node->as.call.args = core_parse_list(pair_cdr(datum), scope);
    node->as.call.count = core_length(pair_cdr(datum));
    return node;
}

static inline void core_setup(void)
{
    VmOptions options = {0};

    test_heap_open(&test, false, 0);
    ck_assert_ok(li_vm_new(&test.heap, &options, &core.vm));
    li_arena_init(&core.arena, &test.heap);
    core.cells = VALUE_NIL;
}

static inline void core_teardown(void)
{
    li_arena_free(&core.arena);
    li_vm_free(core.vm);
    test_heap_close(&test);
}

static inline Status core_try_compile(const char *text, Value *thunk)
{
    return li_compile_node(core.vm, &core.arena, core_parse(read_text(text), NULL),
                           thunk);
}

/* The code of a form. */
static inline const Code *core_compile(const char *text)
{
    Value thunk;

    ck_assert_ok(core_try_compile(text, &thunk));
    return value_to_code(value_to_closure(thunk)->code);
}

/* A new line and the blanks behind it stand for one blank; the last one goes. */
static inline const char *join_lines(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at += 1) {
        char c = *at;

        *to = c == '\n' ? ' ' : c;
        to += 1;
        if (c == '\n')
            at += strspn(at + 1, " ");
    }
    to[to > text ? -1 : 0] = '\0';
    return text;
}

/* What the passes make of `text`, a lambda named f, in the listing. */
static inline const char *core_optimised(const char *text)
{
    static Buffer listing;
    CompileOptions *options = li_vm_compile_options(core.vm);

    li_buffer_clear(&listing);
    options->dump = &listing;
    options->dump_optimised = true;
    core_compile(text);
    options->dump_optimised = false;
    options->dump = NULL;
    return join_lines((char *)(uintptr_t)li_buffer_c_string(&listing));
}

#define ck_assert_optimised(before, after) ck_assert_str_eq(core_optimised(before), after)

#endif /* TESTS_INTERP_CORE_SUPPORT_H */
