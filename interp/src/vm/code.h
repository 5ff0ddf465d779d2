/* code.h - compiled procedures: code objects and closures.
 *
 * A code object belongs to one lambda expression. Its instructions are a pinned array of
 * 64-bit words; pinned, so that return addresses are plain addresses (multiples of 8, which
 * read as fixnums).
 *
 * A closure is {entry, code, free variables ...}. Its header's extra byte is the number of
 * arguments if that is fixed and at most 254, and CLOSURE_ANY otherwise; then the entry is
 * chosen from the code's clauses at the call. Calls that know what they call know the clause
 * too: they name a closure of the same code whose entry that is, and whose extra byte is the
 * number of its parameters. No program sees that one.
 */
#ifndef LI_VM_CODE_H
#define LI_VM_CODE_H

#include "compiler/insn.h"
#include "containers/array.h"

enum {
    CLOSURE_ANY = 255,
    CLOSURE_MAX_FIXED = 254
};

typedef struct Code {
    Value instructions; /* T_ARRAY of ELEMENT_OPCODE, its store pinned */
    Value
        literals;  /* vector: what LOADK loads, and every cell and symbol in the code */
    Value name;    /* symbol or #f */
    Value clauses; /* vector of fixnums, CLAUSE_WORDS for each clause, in order of entry */
    Value
        positions; /* T_ARRAY of ELEMENT_U64: pairs (instruction index, packed position) */
    Value operations;  /* T_ARRAY of ELEMENT_U64: pairs (instruction index, packed Operation);
                        * #f if there are none */
    Value inlined;     /* of other procedures whose code stands in this one's: see below */
    Value template;    /* for programs that call it, or #f: compiler/template.c */
    Value free_count;  /* fixnum */
    Value position;    /* fixnum: packed position of the lambda expression */
    Value closure_header; /* of a closure over this; reads as a fixnum */
    Value closure_entry;  /* ... and its entry: both by li_code_link */
    Value param_names; /* vector, a list of symbols (dotted for rest) for each clause */
} Code;

/* One clause in Code.clauses. Behind the procedure's own come those of procedures that run in its
 * closure and are called by name only (closure.c). Nothing else enters these. */
enum {
    CLAUSE_REQUIRED, /* number of required arguments */
    CLAUSE_REST,     /* 1 if a list of the others follows them */
    CLAUSE_ENTRY,    /* index of the clause's first instruction */
    CLAUSE_FRAME,    /* registers that it uses */
    CLAUSE_SHOWN,    /* the number of the frame that it is reported as, see below; 0: it is one
                      * of the procedure's own */
    CLAUSE_WORDS,
};

/* Code.inlined says what frames are reported beside the procedure's own: of procedures whose code
 * stands in this one's, and of those that other clauses belong to. It is #f, or a vector. Its
 * first element is a T_ARRAY of ELEMENT_U64, pairs (instruction index, what holds from there on):
 * the number of the frame that runs, 0 for the code's own, and in the upper half the number of one
 * that makes the call as its last thing and is gone then, or 0. For each frame, from 1, follow
 * these: */
enum {
    INLINED_NAME,     /* of the procedure */
    INLINED_WHERE,    /* the position of its lambda expression */
    INLINED_POSITION, /* of its call */
    INLINED_CALLER,   /* the number of the frame that called, or INLINED_NO_CALLER */
    INLINED_FIRST,    /* of what was called first if tail calls led to this, otherwise 0 */
    INLINED_WORDS,
    INLINED_NO_CALLER = -1, /* tail calls led to this from the clause's own, or it is that */
    INLINED_DROPPED_SHIFT = 32
};

/* The literal of a RECEIVE says what the values go to: like Code.name, an element of
 * Code.param_names, and Code.position of a procedure with these parameters. */
enum {
    RECEIVE_NAME,
    RECEIVE_PARAMS,
    RECEIVE_POSITION,
    RECEIVE_WORDS,
};

/* A frame as errors report it. */
typedef struct CodeFrame {
    Value name;
    uint64_t where;    /* the position of the lambda expression */
    uint64_t position; /* of what goes on in it */
    uint32_t number;   /* 0: it is the code's own */
    uint32_t dropped;  /* of one that is gone since its last call, which goes on; 0: none */
} CodeFrame;

typedef struct Closure {
    Value entry; /* address; meaningless if the extra byte is CLOSURE_ANY */
    Value code;
    Value free[];
} Closure;

ALWAYS_INLINE bool value_is_closure(Value v)
{
    return value_has_type(v, T_CLOSURE);
}

ALWAYS_INLINE Closure *value_to_closure(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE Code *value_to_code(Value v)
{
    return value_to_object(v);
}

/* Fills a new closure with what the TAKE words of its instruction name, up to `most` parts. */
ALWAYS_INLINE void closure_take(Closure *closure, const Value *fp, const uint64_t *takes,
                                uint32_t most)
{
    Value running = fp[-3];

    for (uint32_t i = 0; i < most; i += 1) {
        uint32_t take = insn_take(takes[i / TAKE_PARTS], i % TAKE_PARTS);

        if (take < TAKE_FREE)
            closure->free[i] = fp[take];
        else if (take < TAKE_SELF)
            closure->free[i] = value_to_closure(running)->free[take - TAKE_FREE];
        else if (take == TAKE_END)
            break;
        else
            closure->free[i] = take == TAKE_SELF ? running : VALUE_FALSE;
    }
}

ALWAYS_INLINE const uint64_t *code_words(const Code *code)
{
    return array_data(value_to_array(code->instructions));
}

/* How many clauses a call of the procedure chooses from. */
ALWAYS_INLINE uint32_t code_clause_count(const Code *code)
{
    uint32_t count = 0, total = vector_length(code->clauses) / CLAUSE_WORDS;
    const Value *clause = vector_items(code->clauses);

    while (count < total
           && value_to_fixnum(clause[count * CLAUSE_WORDS + CLAUSE_SHOWN]) == 0)
        count += 1;
    return count;
}

/* A code object from its parts; pins the instructions' store. All Values are kept as given. */
MUST_CHECK Status li_code_new(Heap *heap, const Code *parts, Value *code);
/* Notes what a closure over the code looks like. */
void li_code_link(Code *code);
/* The first clause that takes `count` arguments, or NULL. */
const Value *li_find_clause(const Code *code, uint32_t count);
/* A closure over `free_count` values (as the code says), which are set to #f. */
MUST_CHECK Status li_closure_new(Heap *heap, Value code, Value *closure);
/* The packed position of the instruction at `index` or just before it; 0 if unknown. */
uint64_t li_code_position_at(const Code *code, uint64_t index);
/* The clause that the instruction at `index` belongs to, or NULL. */
const Value *li_code_clause_at(const Code *code, uint64_t index);
/* The innermost frame that runs the instruction at `index`. */
CodeFrame li_code_frame_at(const Code *code, uint64_t index);
/* The frame of the same code that called it. False: it was called from elsewhere. */
bool li_code_frame_next(const Code *code, CodeFrame *frame);
/* The frame with the number, as the procedure that it is of. */
CodeFrame li_code_frame(const Code *code, uint32_t number);
/* One of the INLINED words of a frame but the code's own. */
int64_t li_code_frame_word(const Code *code, uint32_t number, uint32_t word);
/* What the instruction at `index` stands for, if that is not what its opcode says. */
bool li_code_operation_at(const Code *code, uint64_t index, Operation *operation);

#endif /* LI_VM_CODE_H */
