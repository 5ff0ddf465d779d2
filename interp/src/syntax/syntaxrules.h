/* syntaxrules.h - macros: compiling syntax-rules, matching uses, instantiating templates.
 *
 * A macro is plain heap data (T_MACRO). Its rules are compiled to patterns and templates that
 * no source text can contain, so that matching never has to ask what a name stands for:
 *
 *     in both     special n          pattern variable n
 *                 vector #(list)     a vector with these elements
 *                 box #(...)         in the place of a tail: what an ellipsis follows
 *     patterns    special WILDCARD   underscore
 *                 a name             a literal, matched by binding
 *     templates   special RENAMED+n  name n of the rule, renamed afresh in each expansion
 *
 * Pairs and vectors that a template makes are marked (extra byte 1): only they can contain
 * identifiers, and they are always trees, whatever cycles a program's literals have.
 *
 * Variables under an ellipsis that was given more often in the template than in the pattern:
 * one that stood under the same ellipsis of the pattern as a variable that must be repeated is
 * repeated with it; others wait for an inner ellipsis. So ((a b ...) ...) gives the template
 * (((a b) ...) ...) what one expects, and so does (a ...) (b ...) with ((a b ...) ...).
 */
#ifndef LI_SYNTAX_SYNTAXRULES_H
#define LI_SYNTAX_SYNTAXRULES_H

#include "syntax/expander_internal.h"

typedef struct Macro {
    Value literals;    /* list of names */
    Value rules;       /* vector of rules, each a vector of RULE_WORDS */
    Value ellipsis;    /* the name chosen instead of ..., or #f */
    Value environment; /* of the definition */
    Value rib;         /* its innermost local scope, as in an Identifier */
    Value name;        /* symbol, for messages */
} Macro;

enum {
    RULE_PATTERN,
    RULE_TEMPLATE,
    RULE_VARIABLES,
    RULE_NAMES,
    RULE_WORDS
};

/* A repeated pattern: the box holds a vector of these. The variables in `sub` are those from
 * first to first + count - 1. */
enum {
    REPEAT_SUB,
    REPEAT_TAIL,
    REPEAT_FIRST,
    REPEAT_COUNT,
    REPEAT_TAIL_LENGTH,
    REPEAT_WORDS
};
/* A repeated template. With a second ellipsis, sub is the box of the first, and what that
 * makes is spliced. */
enum {
    SPLICE_SUB,
    SPLICE_TAIL,
    SPLICE_DRIVERS,
    SPLICE_IS_NESTED,
    SPLICE_WORDS
};

enum {
    PATTERN_WILDCARD = 0xffffff,
    TEMPLATE_RENAMED = 0x1000000,
    MARKED_EXTRA = 1
};

ALWAYS_INLINE Macro *value_to_macro(Value v)
{
    return value_to_object(v);
}

/* True for a pair or vector that a template made. */
ALWAYS_INLINE bool value_is_template_made(Value v)
{
    return (value_is_pair(v) || value_is_vector(v))
        && immix_extra_of(value_to_payload(v)) == MARKED_EXTRA;
}

/* The macro that `form`, (syntax-rules ...), describes. */
MUST_CHECK Status li_syntaxrules_compile(Expansion *x, const Form *form, Value name,
                                         Value *macro);
/* One expansion step of a use. Raises if no rule matches. */
MUST_CHECK Status li_syntaxrules_expand(Expansion *x, Value macro, const Form *use,
                                        Value *result);

#endif /* LI_SYNTAX_SYNTAXRULES_H */
