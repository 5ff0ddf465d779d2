/* args.h - checks of arguments that several primitives share, beside those of vm/prim.h.
 *
 * Each raises a condition that names `who` and the argument, and writes its result only on
 * success. None of them collects.
 */
#ifndef LI_LIB_ARGS_H
#define LI_LIB_ARGS_H

#include "containers/array.h"
#include "vm/prim.h"

MUST_CHECK Status li_arg_pair(Vm *vm, const char *who, Args args, uint32_t i,
                              Pair **pair);
/* A proper list, and how many elements it has. */
MUST_CHECK Status li_arg_list(Vm *vm, const char *who, Args args, uint32_t i,
                              uint64_t *length);
MUST_CHECK Status li_arg_vector(Vm *vm, const char *who, Args args, uint32_t i,
                                Value *vector);
MUST_CHECK Status li_arg_bytevector(Vm *vm, const char *who, Args args, uint32_t i,
                                    Array **bytes);
/* An exact integer from 0 to 255. */
MUST_CHECK Status li_arg_byte(Vm *vm, const char *who, Args args, uint32_t i,
                              uint8_t *byte);
/* An index below `length` into `what`, which has its article: "a vector". */
MUST_CHECK Status li_arg_element(Vm *vm, const char *who, Args args, uint32_t i,
                                 const char *what, uint64_t length, uint64_t *index);
/* A number of elements to allocate: ERR_BAD_SIZE for one that no object can hold. */
MUST_CHECK Status li_arg_size(Vm *vm, const char *who, Args args, uint32_t i,
                              uint64_t *size);
/* Argument i, a heap object or a pair, is not a literal constant. */
MUST_CHECK Status li_arg_mutable(Vm *vm, const char *who, Args args, uint32_t i);
/* A position at argument i from which `count` elements fit into `what`, of `length`. */
MUST_CHECK Status li_arg_target(Vm *vm, const char *who, Args args, uint32_t i,
                                const char *what, uint64_t length, uint64_t count,
                                uint64_t *at);

/* A walk along a list that notices a cycle after at most three times its length, in constant
 * space (Brent's algorithm). */
typedef struct Walk {
    Value at;     /* the pair that is visited, or what the list ends in */
    Value marked; /* a pair that was visited before */
    uint64_t steps, next_mark;
} Walk;

ALWAYS_INLINE Walk walk_from(Value list)
{
    return (Walk){list, VALUE_ABSENT, 0, 1};
}

/* Goes on to the cdr of the pair that is visited; false if the list is circular. */
ALWAYS_INLINE bool walk_step(Walk *walk)
{
    walk->at = pair_cdr(walk->at);
    walk->steps += 1;
    if (UNLIKELY(value_is_eq(walk->at, walk->marked)))
        return false;
    if (UNLIKELY(walk->steps == walk->next_mark)) {
        walk->marked = walk->at;
        walk->next_mark *= 2;
    }
    return true;
}

typedef enum ListShape {
    LIST_PROPER,
    LIST_DOTTED,
    LIST_CIRCULAR
} ListShape;

/* What kind of list `list` is, and how many pairs it has if it is not circular. Any object
 * that is neither a pair nor the empty list is a dotted list of no pairs. */
ListShape li_list_shape(Value list, uint64_t *length);

#endif /* LI_LIB_ARGS_H */
