/* environment.h - top-level environments, and the identifiers that macros rename.
 *
 * An environment maps names to what they mean at top level: a cell (T_GLOBAL), a macro
 * (T_MACRO) or a special form (value_is_special). A name is a symbol, or an identifier when a
 * macro's expansion defined something: only that expansion can refer to it.
 *
 * All is plain heap data, so a whole environment can be stored and loaded: the table is hashed
 * by what symbols and identifiers carry, never by address.
 *
 * Functions that take the heap allocate and do not collect.
 */
#ifndef LI_SYNTAX_ENVIRONMENT_H
#define LI_SYNTAX_ENVIRONMENT_H

#include "containers/symbolmap.h"
#include "vm/global.h"

enum {
    /* What is imported may be defined and set again: the prompt, `eval`. */
    ENVIRONMENT_INTERACTIVE = 1,
    /* A program that did not import anything itself: it may shadow what it got. */
    ENVIRONMENT_IMPLICIT = 2,
    ENVIRONMENT_PROGRAM = 4,
    ENVIRONMENT_LIBRARY = 8,
    /* The scope of a let-syntax at top level: definitions go to the parent. */
    ENVIRONMENT_NESTED = 16,
    /* Nothing can be defined or imported any more: what `environment` returns. */
    ENVIRONMENT_IMMUTABLE = 32,
};

typedef struct Environment {
    Value
        entries; /* vector of Entry, open addressing; its entry count is a power of two */
    Value count;  /* fixnum: entries in use */
    Value parent; /* of a nested environment, otherwise #f */
    Value name;   /* a library's name (a list), or #f */
    Value flags;  /* fixnum of ENVIRONMENT_* */
} Environment;

/* Where a binding came from. */
typedef enum Origin {
    ORIGIN_NONE,       /* no such entry */
    ORIGIN_REFERENCED, /* a cell that was mentioned before anything defined it */
    ORIGIN_IMPORTED,   /* shares the exporter's binding */
    ORIGIN_COPIED,     /* an import into a cell of this environment's own */
    ORIGIN_DEFINED,
} Origin;

typedef struct Entry {
    Value key;     /* symbol or identifier; VALUE_ABSENT in an empty entry */
    Value binding; /* cell, macro or special form */
    Value origin; /* fixnum: an Origin, or below 0 one imported at that position */
} Entry;

/* T_IDENTIFIER: a name in a macro's template, renamed for one expansion. It means what `name`
 * means in the scope of the macro's definition, unless something binds it itself. */
typedef struct Identifier {
    Value name;        /* symbol or identifier */
    Value environment; /* of the macro's definition */
    Value rib;  /* its innermost local scope, an address that reads as a fixnum, or 0 */
    Value hash; /* fixnum, a serial number */
} Identifier;

ALWAYS_INLINE bool value_is_identifier(Value v)
{
    return value_has_type(v, T_IDENTIFIER);
}

ALWAYS_INLINE Identifier *value_to_identifier(Value v)
{
    return value_to_object(v);
}

/* True for all that can name something in a program. */
ALWAYS_INLINE bool value_is_name(Value v)
{
    return value_is_symbol(v) || value_is_identifier(v);
}

ALWAYS_INLINE Environment *value_to_environment(Value v)
{
    return value_to_object(v);
}

/* The symbol that a name was before any renaming. */
Value li_name_symbol(Value name);
/* A hash that moves with the name; well mixed in its low bits. */
uint64_t li_name_hash(Value name);

MUST_CHECK Status li_environment_new(Heap *heap, int64_t flags, Value name,
                                     Value *environment);
/* For let-syntax at top level. */
MUST_CHECK Status li_environment_nested(Heap *heap, Value parent, Value *environment);

ALWAYS_INLINE bool li_environment_has_flag(Value environment, int64_t flag)
{
    return (value_to_fixnum(value_to_environment(environment)->flags) & flag) != 0;
}

/* The environment that definitions in `environment` go to. */
Value li_environment_root(Value environment);

/* What `name` is bound to in this environment alone; ORIGIN_NONE if it is not. */
Origin li_environment_find(Value environment, Value name, Value *binding);
/* The same in the environment and those that it is nested in. False if `name` is not bound or
 * only referenced. */
bool li_environment_lookup(Value environment, Value name, Value *binding);
/* Binds or rebinds. */
MUST_CHECK Status li_environment_bind(Heap *heap, Value environment, Value name,
                                      Value binding, Origin origin);
/* Binds as ORIGIN_IMPORTED, and remembers the position of the import. */
MUST_CHECK Status li_environment_bind_import(Heap *heap, Value environment, Value name,
                                        Value binding, uint64_t position);
/* Where that was, or 0. */
uint64_t li_environment_import_position(Value environment, Value name);
/* Undoes a binding, as far as anyone can tell. */
void li_environment_unbind(Heap *heap, Value environment, Value name);

/* The cell that `name` is bound to; a new unbound one, ORIGIN_REFERENCED, if it is not bound
 * to a cell. */
MUST_CHECK Status li_environment_cell(Heap *heap, Value environment, Value name,
                                      Value *cell);

/* Gives `name`, which is bound to another's cell, a cell of its own with the same value. */
MUST_CHECK Status li_environment_shadow(Heap *heap, Value environment, Value name,
                                        Value *cell);

/* Notes that a set! of the cell was compiled. */
void li_global_note_assigned(Global *cell);
/* True for a cell that is GLOBAL_CONSTANT; false for syntax. */
bool li_is_constant_cell(Value binding);

/* Defines `name` as a constant cell that holds `primitive`; a cell that was referenced before
 * is filled. */
MUST_CHECK Status li_environment_define_primitive(Heap *heap, Value environment,
                                                  Value name, Value primitive);
/* Defines `name` as a variable of `environment`: sets its own cell or makes one. */
MUST_CHECK Status li_environment_define(Heap *heap, Value environment, Value name,
                                        Value value);

/* Calls fn for everything bound, but what is only referenced; fn may not bind. The order is
 * none in particular. */
typedef void EnvironmentFn(Value name, Value binding, void *context);
void li_environment_each(Value environment, EnvironmentFn *fn, void *context);

/* The bound name most like `symbol`, for "did you mean": false if none is near. */
bool li_environment_suggest(Value environment, Value symbol, Value *closest);

#endif /* LI_SYNTAX_ENVIRONMENT_H */
