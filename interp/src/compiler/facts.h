/* facts.h - between the files of the pass facts.c, which says what it is for. */
#ifndef LI_COMPILER_FACTS_H
#define LI_COMPILER_FACTS_H

#include "compiler/kinds.h"

/* A variable whose fact was another. */
typedef struct Change {
    Variable *variable;
    Fact fact;
} Change;

typedef struct Facts {
    Compiler *c;
    Change *trail;
    uint32_t count, capacity;
    int64_t effort; /* what is left */
    bool rewrites;
} Facts;

enum {
    MAX_OPERANDS = 3 /* the others say nothing */
};

ALWAYS_INLINE Fact fact_of_kinds(Kinds kinds)
{
    return (Fact){kinds, VALUE_FALSE};
}

/* Of a value of which nothing is known. */
ALWAYS_INLINE Fact any_fact(void)
{
    return fact_of_kinds(ANY_KIND);
}

/* True for a variable of which anything can be known. */
ALWAYS_INLINE bool variable_is_plain(const Variable *variable)
{
    return variable->assignments == 0 && !variable->unassigned_check;
}

/* ---- facts_test.c ---- */

/* What is known of a variable or constant; of anything else nothing. */
Fact li_fact_of_atom(const Node *node);
/* The value of `node` is of one of `kinds`, too. */
MUST_CHECK Status li_fact_narrow(Facts *pass, const Node *node, Kinds kinds);
/* Forgets what was found since there were `mark` changes. */
void li_facts_go_back(Facts *pass, uint32_t mark);
/* The cell that surely holds the record type which the operation is about, or #f. */
Value li_record_type_of(const Node *prim);
/* Its first operand is such a record. */
MUST_CHECK Status li_assume_record(Facts *pass, const Node *prim);
/* The value of `test`, which was walked, was true or not. */
MUST_CHECK Status li_assume(Facts *pass, const Node *test, bool outcome);

/* ---- facts_prim.c ---- */

MUST_CHECK Status li_facts_prim(Facts *pass, Node *prim, Fact *value);

/* ---- facts.c ---- */

/* Walks over a part that is not the last of its node. */
MUST_CHECK Status li_facts_part(Facts *pass, Node **slot, Fact *value);
/* Counts the references in what is not evaluated no more. */
void li_facts_drop(Node *node);

#endif /* LI_COMPILER_FACTS_H */
