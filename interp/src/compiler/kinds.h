/* kinds.h - sets of kinds of values, and what operations say about them.
 *
 * Every value is of exactly one kind. What a compiler can know of an expression is a set of
 * kinds that its value is one of: ANY_KIND if nothing is known, none if it never has a value.
 * Exact integers are parted by sign and size, so that an index that goes up from 0 and stays
 * below a length, or down to 0, is seen to be a fixnum.
 */
#ifndef LI_COMPILER_KINDS_H
#define LI_COMPILER_KINDS_H

#include "compiler/passes.h"

typedef uint32_t Kinds;

enum {
    IS_BIG_NEGATIVE = 1 << 0, /* a bignum */
    IS_NEGATIVE = 1 << 1,     /* a fixnum, as are the next two */
    IS_ZERO = 1 << 2,
    IS_POSITIVE = 1 << 3,
    IS_BIG_POSITIVE = 1 << 4,
    IS_FLONUM = 1 << 5,
    IS_OTHER_NUMBER = 1 << 6, /* a ratio, or not real */
    IS_CHAR = 1 << 7,
    IS_FALSE = 1 << 8,
    IS_TRUE = 1 << 9,
    IS_NIL = 1 << 10,
    IS_EOF = 1 << 11,
    IS_SYMBOL = 1 << 12,
    IS_PAIR = 1 << 13,
    IS_STRING = 1 << 14,
    IS_VECTOR = 1 << 15,
    IS_RECORD = 1 << 16,
    IS_PROCEDURE = 1 << 17,
    IS_OTHER = 1 << 18,

    ANY_KIND = (1 << 19) - 1,
    IS_INDEX = IS_ZERO | IS_POSITIVE,
    IS_FIXNUM = IS_NEGATIVE | IS_INDEX,
    IS_INTEGER = IS_FIXNUM | IS_BIG_NEGATIVE | IS_BIG_POSITIVE,
    IS_NUMBER = IS_INTEGER | IS_FLONUM | IS_OTHER_NUMBER,
    IS_BOOLEAN = IS_FALSE | IS_TRUE,
    IS_LIST = IS_NIL | IS_PAIR,
    /* Kinds of one value, and those whose values are the same word wherever they are. */
    IS_SINGLE = IS_ZERO | IS_BOOLEAN | IS_NIL | IS_EOF,
    IS_WORD = IS_FIXNUM | IS_CHAR | IS_SINGLE | IS_SYMBOL,
};

/* The kind of a value. */
Kinds li_kind_of(Value v);

/* What an operation has for a value, if its operands are of these kinds. */
Kinds li_prim_kinds(const Node *prim, const Kinds *args);

/* What operand `i` is of if the operation succeeded. */
Kinds li_prim_demands(const PrimOp *op, uint32_t i);

/* A predicate of one argument: of which kinds a value surely is that satisfies it, and of
 * which one that does not. False: no such predicate. */
bool li_prim_predicate(const PrimOp *op, Kinds *yes, Kinds *no);

/* Narrows what is known of the operands of a comparison, (op *a *b), that has the outcome. */
void li_prim_compared(Opcode op, bool outcome, Kinds *a, Kinds *b);

#endif /* LI_COMPILER_KINDS_H */
