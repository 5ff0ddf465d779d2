/* status.h - what a call reports, and the checks that the whole interpreter uses. */
#ifndef LI_MEMORY_STATUS_H
#define LI_MEMORY_STATUS_H

#include "immix/compiler.h"

#define STATUS_TABLE(X)                                                          \
    X(ERR_NO_MEMORY, "out of memory")                                            \
    X(ERR_BAD_SIZE, "a size that cannot be allocated")                           \
    X(ERR_TYPE, "wrong type of argument")                                        \
    X(ERR_RANGE, "index out of range")                                           \
    X(ERR_EMPTY, "the container is empty")                                       \
    X(ERR_KEY, "no such key")                                                    \
    X(ERR_UNHASHABLE, "this kind of object cannot be a key")                     \
    X(ERR_BORROWED, "the container is borrowed and cannot change now")           \
    X(ERR_IMMUTABLE, "the object is a literal constant and cannot be changed")   \
    X(ERR_ENCODING, "invalid UTF-8")                                             \
    X(ERR_STALE, "a handle was used after its scope or session ended")           \
    X(ERR_FOREIGN, "a handle was used with another interpreter")                 \
    X(ERR_SCOPE, "scopes were closed out of order")                              \
    X(ERR_SESSION, "a session is open already")                                  \
    X(ERR_TOO_DEEP, "nested too deeply")                                         \
    X(ERR_INTERRUPTED, "interrupted")                                            \
    X(ERR_DIVIDE, "division by zero")                                            \
    X(ERR_IO, "input or output failed")                                          \
    X(ERR_READ, "the text cannot be read as data")                               \
    X(ERR_RAISED, "a condition is pending in the virtual machine")               \
    X(ERR_EXIT, "the program asked to exit")

typedef enum Status {
    OK,
#define X(name, text) name,
    STATUS_TABLE(X)
#undef X
} Status;

/* A static English text, never NULL. */
const char *li_status_text(Status status);

/* Returns to the caller unless `expr` is OK. The only hidden control flow there is. */
#define TRY(expr)                        \
    do {                                 \
        Status try_status_ = (expr);     \
        if (UNLIKELY(try_status_ != OK)) \
            return try_status_;          \
    } while (0)

NO_RETURN COLD void li_check_failed(const char *what, const char *file, int line);

/* CHECK   always on; cheap; guards memory safety against a hostile program.
 * ASSERT  debug builds; states an invariant. The condition still compiles in release. */
#define CHECK(cond) (LIKELY(cond) ? (void)0 : li_check_failed(#cond, __FILE__, __LINE__))
#ifdef LIMPET_DEBUG
#    define ASSERT(cond) CHECK(cond)
#else
#    define ASSERT(cond) ((void)sizeof(!(cond)))
#endif
#define UNREACHABLE() li_check_failed("unreachable", __FILE__, __LINE__)

#endif /* LI_MEMORY_STATUS_H */
