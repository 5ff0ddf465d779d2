/* builtin.c - procedures that are bytecode by hand: what no primitive and no Lisp can do.
 *
 *     (apply f list)                    TAILAPPLY
 *     (apply f x ... list)              TAILAPPLY on the arguments as one list
 *     (call-with-values producer f)     TAILVALUES on what producer returns
 *     (%call/cc f)                      TAILCC
 */
#include "vm/builtin.h"

#include "compiler/insn.h"
#include "vm/code.h"

enum {
    MAX_WORDS = 8,
    MAX_CLAUSES = 2
};

typedef struct BuiltinClause {
    uint32_t required;
    bool rest;
    uint32_t entry, frame;
} BuiltinClause;

typedef struct Builtin {
    const char *name;
    uint32_t clause_count;
    BuiltinClause clauses[MAX_CLAUSES];
    uint32_t count;
    uint64_t words[MAX_WORDS];
} Builtin;

static Status instructions_of(Heap *heap, const Builtin *builtin, Value *result)
{
    TRY(li_array_new(heap, ELEMENT_OPCODE, builtin->count, result));
    memcpy(array_data(value_to_array(*result)), builtin->words,
           builtin->count * sizeof(uint64_t));
    return OK;
}

static Status clauses_of(Heap *heap, const Builtin *builtin, Value *result)
{
    Value words[MAX_CLAUSES * CLAUSE_WORDS];

    for (uint32_t i = 0; i < builtin->clause_count; i += 1) {
        const BuiltinClause *clause = &builtin->clauses[i];
        Value *to = words + (size_t)i * CLAUSE_WORDS;

        to[CLAUSE_REQUIRED] = value_from_fixnum(clause->required);
        to[CLAUSE_REST] = value_from_fixnum(clause->rest);
        to[CLAUSE_ENTRY] = value_from_fixnum(clause->entry);
        to[CLAUSE_FRAME] = value_from_fixnum(clause->frame);
        to[CLAUSE_SHOWN] = value_from_fixnum(0);
    }
    return li_vector_from(heap, words, builtin->clause_count * CLAUSE_WORDS, result);
}

static Status make(Heap *heap, const Builtin *builtin, Value *result)
{
    Code parts = {
        .inlined = VALUE_FALSE,
        .template = VALUE_FALSE,
        .free_count = value_from_fixnum(0),
        .position = value_from_fixnum(0),
        .param_names = VALUE_FALSE,
        .operations = VALUE_FALSE,
    };
    Value code;

    TRY(instructions_of(heap, builtin, &parts.instructions));
    TRY(li_vector(heap, 0, VALUE_FALSE, &parts.literals));
    TRY(li_intern(heap, builtin->name, &parts.name));
    TRY(clauses_of(heap, builtin, &parts.clauses));
    TRY(li_array_new(heap, ELEMENT_U64, 0, &parts.positions));
    TRY(li_code_new(heap, &parts, &code));
    return li_closure_new(heap, code, result);
}

Status li_builtins_each(Heap *heap, const PrimDef *spread,
                        Status (*define)(void *context, const char *name,
                                         Value procedure),
                        void *context)
{
    const Builtin builtins[] = {
        {"apply",
         2,
         {{2, false, 0, 2}, {1, true, 1, 3}},
         4,
         {insn_abc(OP_TAILAPPLY, 0, 1, 0).bits, insn_abc(OP_PRIM, 2, 1, 1).bits,
          (uint64_t)(uintptr_t)spread, insn_abc(OP_TAILAPPLY, 0, 2, 0).bits}},
        {"call-with-values",
         1,
         {{2, false, 0, 6}},
         3,
         {insn_abc(OP_CALL, 2, 0, T_CLOSURE).bits, UINT64_C(1) << 1,
          insn_abc(OP_TAILVALUES, 1, 2, 0).bits}},
        {"%call/cc", 1, {{1, false, 0, 5}}, 1, {insn_abc(OP_TAILCC, 0, 0, 0).bits}},
    };

    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i += 1) {
        Value procedure;

        TRY(make(heap, &builtins[i], &procedure));
        TRY(define(context, builtins[i].name, procedure));
    }
    return OK;
}
