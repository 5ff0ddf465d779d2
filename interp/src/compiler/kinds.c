/* kinds.c - what operations say about the kinds of their operands and results. */
#include "compiler/kinds.h"

#include "types/bignum.h"
#include "types/number.h"

#include <string.h>

/* ---- Values ---------------------------------------------------------------------------- */

static Kinds kind_of_object(Value v)
{
    switch ((int)immix_type_of(value_to_object(v))) {
    case T_FLONUM: return IS_FLONUM;
    case T_BIGNUM:
        return immix_extra_of(value_to_object(v)) != 0 ? IS_BIG_NEGATIVE
                                                       : IS_BIG_POSITIVE;
    case T_RATIO:
    case T_COMPLEX: return IS_OTHER_NUMBER;
    case T_SYMBOL: return IS_SYMBOL;
    case T_TEXT: return IS_STRING;
    case T_VECTOR: return IS_VECTOR;
    case T_RECORD: return IS_RECORD;
    case T_CLOSURE:
    case T_PRIMITIVE: return IS_PROCEDURE;
    default: return IS_OTHER;
    }
}

Kinds li_kind_of(Value v)
{
    if (value_is_fixnum(v))
        return value_to_fixnum(v) < 0 ? IS_NEGATIVE
             : value_to_fixnum(v) > 0 ? IS_POSITIVE
                                      : IS_ZERO;
    if (value_is_immediate_flonum(v))
        return IS_FLONUM;
    if (value_is_pair(v))
        return IS_PAIR;
    if (value_is_object(v))
        return kind_of_object(v);
    if (value_is_char(v))
        return IS_CHAR;
    if (value_is_bool(v))
        return value_is_true(v) ? IS_TRUE : IS_FALSE;
    if (value_is_nil(v))
        return IS_NIL;
    return value_is_eq(v, VALUE_EOF) ? IS_EOF : IS_OTHER;
}

/* ---- Exact integers -------------------------------------------------------------------- */

enum {
    INTEGER_KINDS = 5
};

#define BELOW (IS_BIG_NEGATIVE | IS_NEGATIVE)
#define ABOVE (IS_POSITIVE | IS_BIG_POSITIVE)

/* The sum of two, each of one kind, in the order of the bits. */
static const Kinds sums[INTEGER_KINDS][INTEGER_KINDS] = {
    {IS_BIG_NEGATIVE, IS_BIG_NEGATIVE, IS_BIG_NEGATIVE, BELOW, IS_INTEGER},
    {IS_BIG_NEGATIVE, BELOW, IS_NEGATIVE, IS_FIXNUM, IS_ZERO | ABOVE},
    {IS_BIG_NEGATIVE, IS_NEGATIVE, IS_ZERO, IS_POSITIVE, IS_BIG_POSITIVE},
    {BELOW, IS_FIXNUM, IS_POSITIVE, ABOVE, IS_BIG_POSITIVE},
    {IS_INTEGER, IS_ZERO | ABOVE, IS_BIG_POSITIVE, IS_BIG_POSITIVE, IS_BIG_POSITIVE},
};

static Kinds add(Kinds a, Kinds b)
{
    Kinds sum = 0;

    for (uint32_t i = 0; i < INTEGER_KINDS; i += 1) {
        for (uint32_t k = 0; k < INTEGER_KINDS; k += 1) {
            if ((a >> i & 1) && (b >> k & 1))
                sum |= sums[i][k];
        }
    }
    return sum;
}

/* -n. The least fixnum has no fixnum for its opposite, and the greatest bignum below that is
 * opposite to a bignum. */
static Kinds negate(Kinds a)
{
    return ((a & IS_ZERO) != 0 ? IS_ZERO : 0) | ((a & IS_NEGATIVE) != 0 ? ABOVE : 0)
         | ((a & IS_BIG_NEGATIVE) != 0 ? IS_BIG_POSITIVE : 0)
         | ((a & IS_POSITIVE) != 0 ? IS_NEGATIVE : 0)
         | ((a & IS_BIG_POSITIVE) != 0 ? BELOW : 0);
}

static Kinds multiply(Kinds a, Kinds b)
{
    Kinds product = ((a | b) & IS_ZERO) != 0 ? IS_ZERO : 0;

    if (((a & ABOVE) && (b & ABOVE)) || ((a & BELOW) && (b & BELOW)))
        product |= ABOVE;
    if (((a & ABOVE) && (b & BELOW)) || ((a & BELOW) && (b & ABOVE)))
        product |= BELOW;
    return product;
}

/* x + 1 and x - 1 do not go past 0. */
static Kinds step(Kinds a, Kinds sum, const Node *by, bool down)
{
    Value n = by->as.constant;

    if (!node_is_const(by) || !value_is_fixnum(n))
        return sum;
    if (value_to_fixnum(n) == (down ? 1 : -1) && !(a & (BELOW | IS_ZERO)))
        return sum & ~(Kinds)BELOW;
    if (value_to_fixnum(n) == (down ? -1 : 1) && !(a & (ABOVE | IS_ZERO)))
        return sum & ~(Kinds)ABOVE;
    return sum;
}

static Kinds integer_result(const Node *prim, Kinds a, Kinds b)
{
    Node *const *args = prim->as.prim.args;

    switch ((int)prim->as.prim.op->opcode) {
    case OP_ADD: return step(a, step(b, add(a, b), args[0], false), args[1], false);
    case OP_SUB: return step(a, add(a, negate(b)), args[1], true);
    case OP_MUL: return multiply(a, b);
    default: return IS_NUMBER;
    }
}

/* Of +, - and *. What is a number at all comes from numbers. */
static Kinds arithmetic_result(const Node *prim, Kinds a, Kinds b)
{
    Kinds result = integer_result(prim, a & IS_INTEGER, b & IS_INTEGER);

    if ((a | b) & IS_OTHER_NUMBER)
        return IS_NUMBER;
    return (a | b) & IS_FLONUM ? result | IS_FLONUM : result;
}

/* Of quotient and the like. */
static Kinds division_result(Opcode op, Kinds a, Kinds b)
{
    if (((a | b) & ~(Kinds)IS_INTEGER) != 0)
        return IS_NUMBER;
    if (op == OP_QUOTIENT)
        return (a & (BELOW | IS_BIG_POSITIVE)) || (b & BELOW) ? IS_INTEGER : IS_INDEX;
    if (b & (IS_BIG_NEGATIVE | IS_BIG_POSITIVE))
        return IS_INTEGER;
    if (op == OP_MODULO)
        return b & BELOW ? IS_FIXNUM : IS_INDEX;
    return a & BELOW ? IS_FIXNUM : IS_INDEX;
}

/* ---- Primitives by their names --------------------------------------------------------- */

/* Sorted by name. */
static const struct {
    const char *name;
    Kinds result;
    Kinds demand; /* what its first argument is of, if it returned */
} functions[] = {
    {"%type-error", 0, ANY_KIND},
    {"assq", IS_PAIR | IS_FALSE, ANY_KIND},
    {"assv", IS_PAIR | IS_FALSE, ANY_KIND},
    {"char-alphabetic?", IS_BOOLEAN, IS_CHAR},
    {"char-downcase", IS_CHAR, IS_CHAR},
    {"char-lower-case?", IS_BOOLEAN, IS_CHAR},
    {"char-numeric?", IS_BOOLEAN, IS_CHAR},
    {"char-upcase", IS_CHAR, IS_CHAR},
    {"char-upper-case?", IS_BOOLEAN, IS_CHAR},
    {"char-whitespace?", IS_BOOLEAN, IS_CHAR},
    {"even?", IS_BOOLEAN, IS_NUMBER},
    {"length", IS_INDEX, IS_LIST},
    {"list->string", IS_STRING, IS_LIST},
    {"list->vector", IS_VECTOR, IS_LIST},
    {"make-string", IS_STRING, IS_INDEX},
    {"make-vector", IS_VECTOR, IS_INDEX},
    {"memq", IS_PAIR | IS_FALSE, ANY_KIND},
    {"memv", IS_PAIR | IS_FALSE, ANY_KIND},
    {"number->string", IS_STRING, IS_NUMBER},
    {"odd?", IS_BOOLEAN, IS_NUMBER},
    {"peek-char", IS_CHAR | IS_EOF, ANY_KIND},
    {"peek-u8", IS_INDEX | IS_EOF, ANY_KIND},
    {"read-char", IS_CHAR | IS_EOF, ANY_KIND},
    {"read-line", IS_STRING | IS_EOF, ANY_KIND},
    {"read-u8", IS_INDEX | IS_EOF, ANY_KIND},
    {"reverse", IS_LIST, IS_LIST},
    {"string->list", IS_LIST, IS_STRING},
    {"string->number", IS_NUMBER | IS_FALSE, IS_STRING},
    {"string->symbol", IS_SYMBOL, IS_STRING},
    {"symbol->string", IS_STRING, IS_SYMBOL},
    {"vector", IS_VECTOR, ANY_KIND},
    {"vector->list", IS_LIST, IS_VECTOR},
};

/* The row's number, or -1. */
static int find_function(const char *name)
{
    int low = 0, high = sizeof functions / sizeof functions[0];

    while (low < high) {
        int middle = (low + high) / 2;
        int order = strcmp(functions[middle].name, name);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static Kinds function_result(const Node *prim)
{
    int row = find_function(prim->as.prim.op->name);

    if (row >= 0)
        return functions[row].result;
    if (strcmp(prim->as.prim.op->name, "list") == 0)
        return prim->as.prim.count == 0 ? IS_NIL : IS_PAIR;
    return ANY_KIND;
}

/* ---- Results and operands -------------------------------------------------------------- */

static Kinds value_result(const Node *prim, const Kinds *args)
{
    Opcode op = prim->as.prim.op->opcode;

    switch ((int)op) {
    case OP_ADD:
    case OP_SUB:
    case OP_MUL: return arithmetic_result(prim, args[0], args[1]);
    case OP_DIV: return IS_NUMBER;
    case OP_QUOTIENT:
    case OP_REMAINDER:
    case OP_MODULO: return division_result(op, args[0], args[1]);
    case OP_CONS: return IS_PAIR;
    case OP_VECTORLENGTH:
    case OP_STRINGLENGTH:
    case OP_BYTEREF:
    case OP_CHARTOINT: return IS_INDEX;
    case OP_STRINGREF:
    case OP_INTTOCHAR: return IS_CHAR;
    default: return function_result(prim);
    }
}

Kinds li_prim_kinds(const Node *prim, const Kinds *args)
{
    const PrimOp *op = prim->as.prim.op;

    if (op->flags & PRIM_BOOLEAN)
        return IS_BOOLEAN;
    switch ((Pattern)op->pattern) {
    case PATTERN_CALL: return function_result(prim);
    case PATTERN_VALUE: return value_result(prim, args);
    case PATTERN_RECORD: return op->opcode == OP_RECORD ? IS_RECORD : ANY_KIND;
    case PATTERN_EFFECT: return IS_OTHER;
    case PATTERN_SWAPPED:
    case PATTERN_TYPEP:
    case PATTERN_CONTROL:
    case PATTERN_APPLY:
    default: return ANY_KIND;
    }
}

Kinds li_prim_demands(const PrimOp *op, uint32_t i)
{
    int row;

    switch ((int)op->opcode) {
    case OP_CAR:
    case OP_CDR:
    case OP_CAAR:
    case OP_CADR:
    case OP_CDAR:
    case OP_CDDR: return IS_PAIR;
    case OP_SETCAR:
    case OP_SETCDR: return i == 0 ? IS_PAIR : ANY_KIND;
    case OP_VECTORREF:
    case OP_VECTORSET: return i == 0 ? IS_VECTOR : i == 1 ? IS_INDEX : ANY_KIND;
    case OP_VECTORLENGTH: return IS_VECTOR;
    case OP_STRINGREF:
    case OP_STRINGSET: return i == 0 ? IS_STRING : i == 1 ? IS_INDEX : IS_CHAR;
    case OP_STRINGLENGTH: return IS_STRING;
    case OP_BYTEREF:
    case OP_BYTESET: return i == 0 ? IS_OTHER : IS_INDEX;
    case OP_CHARTOINT:
    case OP_CHEQ:
    case OP_CHLT:
    case OP_CHLE: return IS_CHAR;
    case OP_INTTOCHAR: return IS_INDEX;
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
    case OP_LT:
    case OP_LE:
    case OP_NUMEQ:
    case OP_QUOTIENT:
    case OP_REMAINDER:
    case OP_MODULO: return IS_NUMBER;
    case OP_PRIM:
        row = i == 0 ? find_function(op->name) : -1;
        return row < 0 ? ANY_KIND : functions[row].demand;
    default: return ANY_KIND;
    }
}

/* ---- Predicates ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    Kinds all, some; /* all values of these kinds satisfy it; some of those may */
} predicates[] = {
    {"boolean?", IS_BOOLEAN, IS_BOOLEAN},
    {"complex?", IS_NUMBER, IS_NUMBER},
    {"exact-integer?", IS_INTEGER, IS_INTEGER},
    {"integer?", IS_INTEGER, IS_NUMBER},
    {"list?", IS_NIL, IS_LIST},
    {"number?", IS_NUMBER, IS_NUMBER},
    {"procedure?", IS_PROCEDURE, IS_PROCEDURE | IS_RECORD | IS_OTHER},
    {"rational?", IS_INTEGER, IS_NUMBER},
    {"real?", IS_INTEGER | IS_FLONUM, IS_NUMBER},
};

static bool find_predicate(const char *name, Kinds *yes, Kinds *no)
{
    for (size_t i = 0; i < sizeof predicates / sizeof predicates[0]; i += 1) {
        if (strcmp(predicates[i].name, name) == 0) {
            *yes = predicates[i].some;
            *no = ANY_KIND & ~predicates[i].all;
            return true;
        }
    }
    return false;
}

/* (vector? x) and its like: a test of the object's type. */
static bool type_predicate(uint8_t type, Kinds *yes, Kinds *no)
{
    Kinds exact = type == T_TEXT   ? IS_STRING
                : type == T_SYMBOL ? IS_SYMBOL
                : type == T_VECTOR ? IS_VECTOR
                                   : 0;

    *yes = exact != 0 ? exact : IS_OTHER;
    *no = ANY_KIND & ~exact;
    return true;
}

bool li_prim_predicate(const PrimOp *op, Kinds *yes, Kinds *no)
{
    switch ((int)op->opcode) {
    case OP_NOT: *yes = IS_FALSE; break;
    case OP_NULLP: *yes = IS_NIL; break;
    case OP_PAIRP: *yes = IS_PAIR; break;
    case OP_FIXNUMP: *yes = IS_FIXNUM; break;
    case OP_CHARP: *yes = IS_CHAR; break;
    case OP_TYPEP: return type_predicate(op->extra, yes, no);
    case OP_RECORDP:
        *yes = IS_RECORD;
        *no = ANY_KIND;
        return true;
    case OP_PRIM: return find_predicate(op->name, yes, no);
    default: return false;
    }
    *no = ANY_KIND & ~*yes;
    return true;
}

/* ---- Comparisons ----------------------------------------------------------------------- */

/* Both are the same object, or equal. Numbers that are equal? are of one kind. */
static void compared_same(bool outcome, Kinds *a, Kinds *b)
{
    if (outcome) {
        *a &= *b;
        *b = *a;
    } else if ((*b & (*b - 1)) == 0 && (*b & IS_SINGLE)) {
        *a &= ~*b;
    } else if ((*a & (*a - 1)) == 0 && (*a & IS_SINGLE)) {
        *b &= ~*a;
    }
}

/* An exact integer is known by the other one; what else is a number is not. */
static void compared_equal(bool outcome, Kinds *a, Kinds *b)
{
    Kinds x = *a, y = *b;

    if ((y & ~(Kinds)IS_INTEGER) == 0)
        *a &= (outcome ? y : y == IS_ZERO ? ~y : ANY_KIND) | ~(Kinds)IS_INTEGER;
    if ((x & ~(Kinds)IS_INTEGER) == 0)
        *b &= (outcome ? x : x == IS_ZERO ? ~x : ANY_KIND) | ~(Kinds)IS_INTEGER;
}

/* The exact integers that are not more than some of `kinds`; those that are less. The bits stand
 * in the order of the numbers. */
static Kinds up_to(Kinds kinds)
{
    Kinds bits = kinds;

    for (uint32_t i = 1; i < INTEGER_KINDS; i += 1)
        bits |= bits >> 1;
    return bits & IS_INTEGER;
}

static Kinds from(Kinds kinds)
{
    Kinds bits = kinds;

    for (uint32_t i = 1; i < INTEGER_KINDS; i += 1)
        bits |= bits << 1;
    return bits & IS_INTEGER;
}

/* a < b, or a <= b. */
static void compared_less(bool strict, Kinds *a, Kinds *b)
{
    Kinds x = *a, y = *b;

    if ((y & ~(Kinds)IS_INTEGER) == 0) {
        Kinds lower = up_to(y);

        if (strict && !(y & ABOVE))
            lower &= ~(Kinds)IS_ZERO;
        *a &= lower | ~(Kinds)IS_INTEGER;
    }
    if ((x & ~(Kinds)IS_INTEGER) == 0) {
        Kinds upper = from(x);

        if (strict && !(x & BELOW))
            upper &= ~(Kinds)IS_ZERO;
        *b &= upper | ~(Kinds)IS_INTEGER;
    }
}

void li_prim_compared(Opcode op, bool outcome, Kinds *a, Kinds *b)
{
    bool ordered = ((*a | *b) & ~(Kinds)IS_INTEGER) == 0; /* no NaN */

    switch ((int)op) {
    case OP_EQ:
    case OP_EQV:
    case OP_EQUAL: compared_same(outcome, a, b); break;
    case OP_CHEQ:
        *a &= IS_CHAR;
        *b &= IS_CHAR;
        break;
    case OP_NUMEQ: compared_equal(outcome, a, b); break;
    case OP_LT:
    case OP_LE:
        if (outcome)
            compared_less(op == OP_LT, a, b);
        else if (ordered)
            compared_less(op == OP_LE, b, a);
        break;
    default: break;
    }
}
