/* expander_internal.h - what the files of the expander share.
 *
 * One toplevel form is expanded at a time, into nodes in an arena. No collection happens
 * meanwhile, so bare Values are good everywhere.
 *
 * Scopes: a chain of ribs (local bindings, in the arena) that ends in a toplevel environment
 * (on the heap). A name is looked up by identity, from the inside out; a renamed identifier
 * that nothing binds is then looked up by its own name in the scope of its macro.
 */
#ifndef LI_SYNTAX_EXPANDER_INTERNAL_H
#define LI_SYNTAX_EXPANDER_INTERNAL_H

#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/library.h"

/*      enumerator       name                 expression           */
#define SPECIAL_TABLE(X)                                             \
    X(QUOTE, "quote", li_expand_quote)                               \
    X(QUASIQUOTE, "quasiquote", li_expand_quasiquote)                \
    X(LAMBDA, "lambda", li_expand_lambda)                            \
    X(NAMED_LAMBDA, "named-lambda", li_expand_named_lambda)          \
    X(CASE_LAMBDA, "case-lambda", li_expand_case_lambda)             \
    X(IF, "if", li_expand_if)                                        \
    X(SET, "set!", li_expand_set)                                    \
    X(LET, "let", li_expand_let)                                     \
    X(LET_STAR, "let*", li_expand_let_star)                          \
    X(LETREC, "letrec", li_expand_letrec)                            \
    X(LETREC_STAR, "letrec*", li_expand_letrec)                      \
    X(LET_VALUES, "let-values", li_expand_let_values)                \
    X(LET_STAR_VALUES, "let*-values", li_expand_let_star_values)     \
    X(AND, "and", li_expand_and)                                     \
    X(OR, "or", li_expand_or)                                        \
    X(WHEN, "when", li_expand_when)                                  \
    X(UNLESS, "unless", li_expand_when)                              \
    X(COND, "cond", li_expand_cond)                                  \
    X(CASE, "case", li_expand_case)                                  \
    X(DO, "do", li_expand_do)                                        \
    X(DELAY, "delay", li_expand_delay)                               \
    X(DELAY_FORCE, "delay-force", li_expand_delay_force)             \
    X(SYNTAX_ERROR, "syntax-error", li_expand_syntax_error)          \
    X(BEGIN, "begin", li_expand_begin)                               \
    X(LET_SYNTAX, "let-syntax", li_expand_let_syntax)                \
    X(LETREC_SYNTAX, "letrec-syntax", li_expand_let_syntax)          \
    X(COND_EXPAND, "cond-expand", li_expand_spliced)                 \
    X(INCLUDE, "include", li_expand_spliced)                         \
    X(INCLUDE_CI, "include-ci", li_expand_spliced)                   \
    X(DEFINE, "define", li_expand_misplaced)                         \
    X(DEFINE_VALUES, "define-values", li_expand_misplaced)           \
    X(DEFINE_SYNTAX, "define-syntax", li_expand_misplaced)           \
    X(DEFINE_RECORD_TYPE, "define-record-type", li_expand_misplaced) \
    X(IMPORT, "import", li_expand_misplaced)                         \
    X(DEFINE_LIBRARY, "define-library", li_expand_misplaced)         \
    X(SYNTAX_RULES, "syntax-rules", li_expand_auxiliary)             \
    X(UNQUOTE, "unquote", li_expand_auxiliary)                       \
    X(UNQUOTE_SPLICING, "unquote-splicing", li_expand_auxiliary)     \
    X(ELSE, "else", li_expand_auxiliary)                             \
    X(ARROW, "=>", li_expand_auxiliary)                              \
    X(UNDERSCORE, "_", li_expand_auxiliary)                          \
    X(ELLIPSIS, "...", li_expand_auxiliary)

typedef enum Special {
#define X(name, text, expand) SPECIAL_##name,
    SPECIAL_TABLE(X)
#undef X
    SPECIAL_COUNT,
    SPECIAL_NONE = SPECIAL_COUNT,
} Special;

/* Runtime procedures that expansions call: all of (limpet primitives). */
#define HELPER_TABLE(X)                      \
    X(MAKE_RECORD_TYPE, "%make-record-type") \
    X(RECORD, "%record")                     \
    X(RECORD_IS, "%record-is?")              \
    X(RECORD_REF, "%record-ref")             \
    X(RECORD_SET, "%record-set!")            \
    X(MAKE_PROMISE, "%make-promise")         \
    X(CALL_WITH_VALUES, "call-with-values")  \
    X(APPEND, "append")                      \
    X(CONS, "cons")                          \
    X(LIST, "list")                          \
    X(LIST_TO_VECTOR, "list->vector")        \
    X(EQV, "eqv?")

typedef enum Helper {
#define X(name, text) HELPER_##name,
    HELPER_TABLE(X)
#undef X
    HELPER_COUNT,
} Helper;

struct Expander {
    Vm *vm;
    Libraries libraries;
    Value core;       /* environment of (limpet core) */
    Value primitives; /* environment of (limpet primitives) */
    uint64_t next_identifier;
    uint64_t next_serial; /* of expansions */
    bool only_looks;      /* nothing that is expanded runs */
    RootProvider provider;
};

typedef struct Local Local;
typedef struct Rib Rib;

/* One local binding; its address tells it from all others. */
struct Local {
    Value key;
    Variable *variable; /* NULL: syntax */
    Value syntax;       /* macro or special form */
};

typedef struct Bound Bound;
typedef struct RibRange RibRange;

struct Rib {
    Rib *outer;
    Local **locals;
    uint32_t *slots; /* hash table of index + 1, once there are many; NULL before */
    uint32_t count, capacity, slot_count;
    uint32_t depth;  /* the outermost has 0 */
    bool is_outer;   /* there are ribs inside of it */
    Bound *bound;    /* the keys of all ribs from the outermost on, so that deep code asks no
                      * rib for a global name */
    RibRange *range; /* see expander_scope.c; NULL for most */
};

typedef struct Expansion {
    Vm *vm;
    Heap *heap;
    Arena *arena;
    Arena scratch; /* for one macro step */
    Expander *expander;
    int64_t serial;
    bool touched_libraries; /* some were declared or expanded */
    struct EarlyUse *early_uses; /* of the toplevel form that is being expanded */
    bool defined_introduced;     /* it defined a name that a macro introduced */
} Expansion;

/* A toplevel variable under a name that a macro introduced and that is not defined as such yet.
 * What it means is known when the toplevel form has been expanded, which may define it. */
typedef struct EarlyUse {
    struct EarlyUse *next;
    Node *node;
    Value name, environment;
} EarlyUse;

/* A piece of program and where it stands. */
typedef struct Form {
    Value datum;
    uint64_t position; /* its own, or that of what surrounds it */
    Rib *rib;
    Value environment;
    Value name;      /* symbol that a lambda expression here would be called, or #f */
    Special special; /* of the head, for the special form's function */
} Form;

/* What a name means. */
typedef struct Binding {
    Local *local;      /* NULL: top level */
    Value value;       /* at top level: cell, macro, special; VALUE_ABSENT: not bound */
    Value environment; /* where it is bound, or would be if it were */
    Value key;         /* the name that it has there */
} Binding;

/* A growing array in the arena. */
typedef struct NodeList {
    Node **items;
    uint32_t count, capacity;
} NodeList;

/* A list that grows at its end. */
typedef struct ListBuilder {
    Value head; /* VALUE_NIL at first */
    Pair *last;
} ListBuilder;

/* Forms yet to be looked at, in order: the innermost splice first. */
typedef struct Pending {
    struct Pending *next;
    Value rest; /* list */
    Form scope; /* whose datum is not used */
} Pending;

typedef Status ExpandFn(Expansion *x, const Form *form, Node **node);

#define X(name, text, expand) ExpandFn expand;
SPECIAL_TABLE(X)
#undef X

/* ---- expander.c ---- */

MUST_CHECK Status li_expand_form(Expansion *x, const Form *form, Node **node);
/* `datum` stands in `form`. */
MUST_CHECK Status li_expand_sub(Expansion *x, const Form *form, Value datum,
                                Node **node);
/* The first of the list `pair`. */
MUST_CHECK Status li_expand_item(Expansion *x, const Form *form, Value pair, Node **node);
/* Expands macro uses at the head of `form` until there is none, and tells which special form
 * it is. */
MUST_CHECK Status li_expand_head(Expansion *x, Form *form, Special *special);
/* All of a list as one SEQ; there must be at least one. */
MUST_CHECK Status li_expand_sequence(Expansion *x, const Form *form, Value list,
                                     Node **node);

/* ---- expander_scope.c: ribs and names ---- */

MUST_CHECK Status li_rib_new(Expansion *x, Rib *outer, Rib **rib);
/* The binding in this rib alone, or NULL. */
Local *li_rib_find(const Rib *rib, Value key);
MUST_CHECK Status li_rib_bind_variable(Expansion *x, Rib *rib, Value key,
                                       Variable **variable);
MUST_CHECK Status li_rib_bind_syntax(Expansion *x, Rib *rib, Value key, Value syntax);

Binding li_resolve(Value name, Rib *rib, Value environment);
/* Notes that `node` stands for `name` in the scope `form`, if the name is of the kind that
 * EarlyUse is for. */
MUST_CHECK Status li_note_early_use(Expansion *x, const Form *form, Value name,
                                    Binding binding, Node *node);
/* Lets all of them stand for what they mean now. */
void li_settle_early_uses(const Expansion *x);
bool li_binding_is_same(Binding a, Binding b);
/* True if `v` is a name that means this keyword, or that nothing binds and is spelled so. */
bool li_is_keyword(Value v, const Form *scope, Special special);
/* The macro or special form that `binding` is, or VALUE_ABSENT. */
Value li_binding_syntax(Binding binding);
MUST_CHECK Status li_identifier_new(Expansion *x, Value name, Value environment,
                                    Value rib, Value *identifier);
/* `datum` without identifiers: each becomes the symbol that it was. */
MUST_CHECK Status li_strip(Expansion *x, Value datum, Value *result);

ALWAYS_INLINE Value value_from_rib(Rib *rib)
{
    return (Value){(uint64_t)(uintptr_t)rib};
}

ALWAYS_INLINE Rib *value_to_rib(Value v)
{
    return (Rib *)(uintptr_t)v.bits;
}

/* ---- expander_util.c: nodes, lists, errors ---- */

const char *li_special_name(Special special);
/* Raises "message irritant"; VALUE_ABSENT: none. Always fails. */
MUST_CHECK COLD Status li_syntax_error(Expansion *x, uint64_t position, Value irritant,
                                       const char *format, ...) PRINTF_LIKE(4, 5);
MUST_CHECK COLD Status li_raise_too_deep(Expansion *x, uint64_t position);
/* Of a proper list; -1 for any other object, circular lists among them. */
int64_t li_list_length(Value list);
/* How many pairs; -1 if circular. */
int64_t li_pair_count(Value list);

enum {
    OPERANDS_ANY = -1
};
/* Checks the number of operands of `form`; *count may be NULL. */
MUST_CHECK Status li_check_operands(Expansion *x, const Form *form, const char *who,
                                    int64_t min, int64_t max, int64_t *count);
Form li_form_sub(const Form *form, Value datum);
/* The same of the first of the list `pair`, which knows its position if it is no pair. */
Form li_form_item(const Form *form, Value pair);

ALWAYS_INLINE Value form_operands(const Form *form)
{
    return pair_cdr(form->datum);
}

/* Of a list that is known to be long enough. */
Value li_list_tail(Value list, uint32_t index);
Value li_list_at(Value list, uint32_t index);
MUST_CHECK Status li_list_push_end(Heap *heap, ListBuilder *list, Value item);
MUST_CHECK Status li_vector_to_list(Heap *heap, Value vector, Value *list);
/* True for a name that is spelled so, whatever it is bound to. */
bool li_is_word(Value v, const char *word);

MUST_CHECK Status li_nodes_push(Expansion *x, NodeList *list, Node *node);
MUST_CHECK Status li_make_const(Expansion *x, Value constant, Node **node);
MUST_CHECK Status li_make_local(Expansion *x, uint64_t position, Variable *variable,
                                Node **node);
MUST_CHECK Status li_make_set_local(Expansion *x, uint64_t position, Variable *variable,
                                    Node *value, Node **node);
/* kind: GLOBAL, SET_GLOBAL or DEFINE. */
MUST_CHECK Status li_make_global(Expansion *x, NodeKind kind, uint64_t position,
                                 Value cell, Node *value, Node **node);
MUST_CHECK Status li_make_if(Expansion *x, uint64_t position, Node *test, Node *then,
                             Node *otherwise, Node **node);
/* One item is itself; none is an unspecified constant. */
MUST_CHECK Status li_make_seq(Expansion *x, uint64_t position, const NodeList *items,
                              Node **node);
/* kind: LET, LETREC. */
MUST_CHECK Status li_make_let(Expansion *x, NodeKind kind, uint64_t position,
                              uint32_t count, Node **node);
MUST_CHECK Status li_make_call(Expansion *x, uint64_t position, Node *procedure,
                               uint32_t count, Node **node);
/* A call of a helper with room for `count` arguments, which the caller fills in. */
MUST_CHECK Status li_make_helper_call(Expansion *x, uint64_t position, Helper helper,
                                      uint32_t count, Node **node);
/* A lambda of one clause with room for `count` parameters; the caller fills it in. */
MUST_CHECK Status li_make_lambda(Expansion *x, uint64_t position, Value name,
                                 uint32_t count, Node **node);
MUST_CHECK Status li_make_thunk(Expansion *x, uint64_t position, Node *body,
                                Node **node);
/* A reference to what `binding` is; it must not be syntax. */
MUST_CHECK Status li_make_reference(Expansion *x, uint64_t position, Binding binding,
                                    Node **node);
/* call-with-values of a thunk of `producer` and the lambda `consumer`. */
MUST_CHECK Status li_make_receive(Expansion *x, uint64_t position, Node *producer,
                                  Node *consumer, Node **node);

ALWAYS_INLINE Clause *node_clause(Node *lambda)
{
    return &lambda->as.lambda->clauses[0];
}

#define X_NEW(x, type)          ARENA_NEW((x)->arena, type)
#define X_ARRAY(x, type, count) ARENA_ARRAY((x)->arena, type, (size_t)(count))

/* ---- expander_lambda.c ---- */

/* Binds the parameters of a lambda list in `rib` and fills them into `clause`. */
MUST_CHECK Status li_expand_formals(Expansion *x, const Form *form, const char *who,
                                    Value formals, Rib *rib, Clause *clause);
/* (name . formals) body ... of a definition: the lambda node. */
MUST_CHECK Status li_expand_procedure(Expansion *x, const Form *form, const char *who,
                                      Value formals, Value body, Node **node);

/* ---- expander_body.c ---- */

/* A body, with its definitions, in a new scope inside that of `form`. */
MUST_CHECK Status li_expand_body(Expansion *x, const Form *form, const char *who,
                                 Value body, Node **node);
/* The next form of a list of pending ones; false at the end. */
bool li_pending_next(Pending **pending, Form *form);
/* Puts a list in front. */
MUST_CHECK Status li_pending_push(Expansion *x, Pending **pending, const Form *scope,
                                  Value list);

/* ---- expander_define.c ---- */

/* The two shapes of define: its name, and the expression or the procedure. */
typedef struct Definition {
    Value name;
    Value value;   /* list of the expression; VALUE_ABSENT if this defines a procedure */
    Value formals; /* of the procedure */
    Value body;
} Definition;

MUST_CHECK Status li_parse_define(Expansion *x, const Form *form,
                                  Definition *definition);
MUST_CHECK Status li_expand_definition(Expansion *x, const Form *form,
                                       const Definition *definition, Node **node);
/* The macro or special form that a transformer expression denotes. */
MUST_CHECK Status li_expand_transformer(Expansion *x, const Form *form, Value datum,
                                        Value name, Value *syntax);
/* define-syntax: its name and its transformer. */
MUST_CHECK Status li_parse_define_syntax(Expansion *x, const Form *form, Value *name,
                                         Value *transformer);
/* let-syntax and letrec-syntax: *inner becomes the scope of the body, a new rib, or a nested
 * environment at top level. */
MUST_CHECK Status li_expand_syntax_bindings(Expansion *x, const Form *form,
                                            Form *inner);
/* The forms that begin, cond-expand, include or include-ci stand for. */
MUST_CHECK Status li_splice(Expansion *x, const Form *form, Value *list);

/* Where a definition goes: a local variable or a cell. */
typedef struct Place {
    Variable *variable; /* NULL: the cell */
    Value cell;
} Place;

/* How names are defined here: at top level, or in a body. */
typedef struct Definer Definer;
struct Definer {
    Status (*define)(Expansion *x, const Form *form, Definer *definer, Value name,
                     Place *place);
    /* A place that no name leads to; `name` is for listings. */
    Status (*hide)(Expansion *x, Value name, Place *place);
    /* Adds the definition's value to the program. */
    Status (*assign)(Expansion *x, const Form *form, Definer *definer, Place place,
                     Node *value);
    void *context;
};

/* A reference to the place. */
MUST_CHECK Status li_make_place(Expansion *x, uint64_t position, Place place,
                                Node **node);
/* define-values: defines the names. */
MUST_CHECK Status li_define_values(Expansion *x, const Form *form, Definer *definer,
                                   Place **places);
/* The code that gives the places of a define-values their values. */
MUST_CHECK Status li_expand_define_values(Expansion *x, const Form *form,
                                          const Place *places, Node **node);
/* expander_record.c */
MUST_CHECK Status li_define_record_type(Expansion *x, const Form *form,
                                        Definer *definer);

/* ---- expander_toplevel.c ---- */

/* Adds the nodes of a list of toplevel forms in the scope of `form`. */
MUST_CHECK Status li_expand_toplevel(Expansion *x, const Form *form, Value list,
                                     NodeList *nodes);
/* Binds `name` as a variable of the environment of `form`. */
MUST_CHECK Status li_define_variable(Expansion *x, const Form *form, const char *who,
                                     Value name, Value *cell);

/* ---- expander_library.c ---- */

MUST_CHECK Status li_expand_define_library(Expansion *x, const Form *form);
/* The library of that name, found and expanded if it is not yet: its code goes to `nodes`. */
MUST_CHECK Status li_load_library(Expansion *x, const Form *form, Value name,
                                  NodeList *nodes, Value *library);
/* Call this at the end of an expansion: after a failure, the libraries that it loaded go back
 * to where they were. */
void li_expansion_end(Expansion *x, Status status);

/* ---- expander_import.c ---- */

MUST_CHECK Status li_expand_import(Expansion *x, const Form *form, NodeList *nodes);

/* ---- expander_files.c ---- */

/* All forms of a text that was read from the file `name`; *file: its number. */
MUST_CHECK Status li_read_forms(Expansion *x, Buffer *text, const char *name,
                                bool fold_case, uint32_t *file, Value *forms);
/* The forms of the named files, as one list. `names` is a list of strings. */
MUST_CHECK Status li_include(Expansion *x, const Form *form, const char *who,
                             Value names, bool fold_case, Value *list);
/* True if the feature requirement holds. */
MUST_CHECK Status li_feature_holds(Expansion *x, const Form *form, Value requirement,
                                   bool *holds);
/* The clause of a cond-expand that applies: its forms. */
MUST_CHECK Status li_cond_expand(Expansion *x, const Form *form, Value *list);
/* Marks the cells of all names that these forms could assign. */
MUST_CHECK Status li_scan_assigned(Expansion *x, Value environment, Value forms);

#endif /* LI_SYNTAX_EXPANDER_INTERNAL_H */
