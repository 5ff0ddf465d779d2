/* interp.h - libinterp: Limpet embedded in a C or C++ program.
 *
 * Contract
 *   - An Interp is a whole Lisp system: heap, libraries, ports, top-level definitions. Two of
 *     them share nothing. One is used by one thread at a time; between sessions it may go to
 *     another thread.
 *   - Values are touched in sessions only: interp_session() runs a function of the host's and
 *     inside it everything below is allowed. What is marked "no session" opens its own or
 *     needs none. A second session while one is open is INTERP_SESSION_STATE.
 *   - The host never holds an object, only refs. A ref is good until its scope closes or its
 *     session ends; after that, or with another Interp, it is reported as INTERP_STALE or
 *     INTERP_FOREIGN and nothing is touched.
 *   - Results are in the last parameter, written only on success.
 *   - Nothing here ends the process, prints, or reads the environment. Text goes where the
 *     options say.
 *   - "May collect": the call may run Lisp code or the collector. Refs stay good across it,
 *     borrowed elements too; there is nothing else of the heap in the host's hands.
 */
#ifndef INTERP_H
#define INTERP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#    define INTERP_API        __attribute__((visibility("default")))
#    define INTERP_MUST_CHECK __attribute__((warn_unused_result))
#else
#    define INTERP_API
#    define INTERP_MUST_CHECK
#endif

typedef struct Interp Interp;

/* Names a value of the open session: a slot, and what tells its age and owner. Copy it freely.
 * A zeroed one is never valid. */
typedef struct interp_ref {
    uint64_t stamp;
    uint32_t slot;
    uint32_t owner;
} interp_ref;

/* The same for a value that outlives sessions, until it is released. */
typedef struct interp_handle {
    uint64_t stamp;
    uint32_t slot;
    uint32_t owner;
} interp_handle;

/*   name                      what interp_status_text() says */
#define INTERP_STATUS_TABLE(X)                                         \
    X(INTERP_OK, "ok")                                                 \
    X(INTERP_ERROR, "a Lisp error was not caught")                     \
    X(INTERP_EXIT, "the program asked to exit")                        \
    X(INTERP_INTERRUPTED, "interrupted")                               \
    X(INTERP_INCOMPLETE, "the text ends inside a form")                \
    X(INTERP_END_OF_INPUT, "there is nothing more to read")            \
    X(INTERP_NO_MEMORY, "out of memory")                               \
    X(INTERP_WRONG_TYPE, "a value of another type")                    \
    X(INTERP_OUT_OF_RANGE, "a number or an index out of range")        \
    X(INTERP_NOT_FOUND, "no such name or file")                        \
    X(INTERP_IO, "input or output failed")                             \
    X(INTERP_ENCODING, "invalid UTF-8")                                \
    X(INTERP_BORROWED, "the value is borrowed, or is not")             \
    X(INTERP_IMMUTABLE, "a literal constant cannot be changed")        \
    X(INTERP_STALE, "a ref was used after its scope or session ended") \
    X(INTERP_FOREIGN, "a ref was used with another interpreter")       \
    X(INTERP_SCOPE_ORDER, "scopes were closed out of order")           \
    X(INTERP_SESSION_STATE, "a session is open already, or none is")   \
    X(INTERP_DEEP, "nested too deeply")                                \
    X(INTERP_USAGE, "an argument that makes no sense")

typedef enum InterpStatus {
#define X(name, text) name,
    INTERP_STATUS_TABLE(X)
#undef X
} InterpStatus;

/* A static English text, never NULL. No session. */
INTERP_API const char *interp_status_text(InterpStatus status);
/* "0.1.0". No session. */
INTERP_API const char *interp_version(void);

/* ---- Opening and closing ---------------------------------------------------------------- */

/* One of the three standard ports. Zeroed, it is the process's own stdin, stdout or stderr. */
typedef enum InterpStreamKind {
    INTERP_STREAM_STANDARD,
    INTERP_STREAM_FD,       /* `fd`, which stays the host's to close */
    INTERP_STREAM_CALLBACK, /* `read` or `write` */
    INTERP_STREAM_NONE,     /* input: ends at once; output: dropped */
} InterpStreamKind;

typedef struct InterpStream {
    InterpStreamKind kind;
    int fd;
    /* Puts 1 to `capacity` bytes into `bytes` and says how many; 0 at the end, -1 on failure. */
    ptrdiff_t (*read)(void *context, char *bytes, size_t capacity);
    /* Takes all of `count` bytes of UTF-8; false on failure. Neither may call the Interp. */
    bool (*write)(void *context, const char *bytes, size_t count);
    void *context;
} InterpStream;

enum {
    INTERP_DUMP_AST = 1,
    INTERP_DUMP_BYTECODE = 2,
    INTERP_DUMP_OPTIMISED = 4
};

/* All zero is a sensible interpreter. What the pointers point at is copied. */
typedef struct InterpOptions {
    size_t max_heap_bytes; /* everything that the interpreter allocates; 0: no limit */
    InterpStream input, output, error;
    const char *const *library_dirs; /* searched in order for a/b/c.sld; may be NULL */
    size_t library_dir_count;
    const char *const *command_line; /* what (command-line) gives; may be NULL */
    size_t command_line_count;
    unsigned dump;   /* INTERP_DUMP_*: listings of all that is compiled, to `error` */
    unsigned stress; /* n > 0: collect, and move everything, at each n-th safepoint */
    bool warn;       /* say on `error` what is surely wrong with a program before it runs */
    bool unoptimised; /* compile plainly: the same results and errors, but slower */
    bool full_backtraces; /* show what goes on inside the library's procedures too */
    bool profile_opcodes; /* count what the machine does: interp_profile */
    bool verify;     /* check the whole heap before and after each collection */
    /* Of the collector's policy; 0: the default, which docs/gc.md names. */
    size_t nursery_bytes;         /* allocated between two minor collections */
    unsigned heap_growth_percent; /* of what lives, before the next full collection */
    uint64_t
        fail_alloc; /* n > 0: the n-th allocation after opening fails, and all later ones */
    unsigned fail_alloc_count; /* n > 0: not all later ones, but n in all */
} InterpOptions;

/* `options` may be NULL. INTERP_NO_MEMORY, or INTERP_USAGE for a stream without its function.
 * The Interp is the caller's, to close. No session. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_open(const InterpOptions *options,
                                                      Interp **interp);
/* Flushes the output ports and frees everything. NULL is fine. Not inside a session. */
INTERP_API void interp_close(Interp *interp);

/* ---- Sessions and scopes ---------------------------------------------------------------- */

typedef InterpStatus (*InterpBody)(Interp *interp, void *context);

/* Opens a session, runs `body` and closes the session with all its scopes and borrows. Gives
 * what `body` gave, or INTERP_SESSION_STATE if one was open, in this thread or another. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_session(Interp *interp,
                                                         InterpBody body,
                                                         void *context);

typedef struct InterpScope {
    uint64_t stamp;
    uint32_t depth;
    uint32_t owner;
} InterpScope;

/* Refs made between the two calls end with the scope. Scopes nest; closing one that is not
 * the innermost is INTERP_SCOPE_ORDER, and closes nothing. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_scope_open(Interp *interp,
                                                            InterpScope *scope);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_scope_close(Interp *interp,
                                                             InterpScope scope);

/* Keeps a value for later sessions. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_retain(Interp *interp, interp_ref ref,
                                                        interp_handle *handle);
/* A ref of this session to the value that was kept. INTERP_STALE: it was released. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_recall(Interp *interp,
                                                        interp_handle handle,
                                                        interp_ref *result);
/* In a session of this thread, or in none. INTERP_STALE: it was released before. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_release(Interp *interp,
                                                         interp_handle handle);

/* ---- Running programs ------------------------------------------------------------------- */

/* Text that a call made: `length` bytes and a NUL after them. Free it with interp_text_free. */
typedef struct InterpText {
    char *bytes;
    size_t length;
} InterpText;

INTERP_API void interp_text_free(InterpText *text);

/* Runs a program file: if it begins with an import or a library definition, in a fresh
 * environment of just what it imports; otherwise all standard libraries are there. A first
 * line with #! is skipped. Output ports are flushed at the end. INTERP_NOT_FOUND: there is no
 * such file; INTERP_EXIT: see interp_exit_code. No session. May collect. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_run_program(Interp *interp,
                                                             const char *path);
/* The same for a program on the interpreter's input port, form by form, so that the program can
 * read what follows it. `name` stands in messages. No session. May collect. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_run_input(Interp *interp,
                                                           const char *name);
/* Looks for what is wrong with a program and runs nothing: errors of syntax and warnings go to
 * the error stream, and `found` says how many there were. INTERP_ERROR: the file cannot be read
 * to its end, which interp_last_error reports. The interpreter has the program's definitions
 * without their values afterwards: close it. No session. May collect. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_check_program(Interp *interp,
                                                               const char *path,
                                                               uint32_t *found);

/* Evaluates every form of `bytes` bytes of UTF-8 in the interaction environment, where all
 * standard libraries are imported and everything can be redefined. The result is the last
 * value; nothing to evaluate gives the unspecified one. `name` stands in messages. On an
 * error the forms before it have been evaluated. May collect. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_eval_string(Interp *interp,
                                                             const char *name,
                                                             const char *text,
                                                             size_t bytes,
                                                             interp_ref *result);
/* The same with a file. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_eval_file(Interp *interp,
                                                           const char *path,
                                                           interp_ref *result);
/* Evaluates one datum there. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_eval(Interp *interp, interp_ref datum,
                                                      interp_ref *result);

/* Calls a procedure. `arguments` may be NULL if `count` is 0. May collect. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_call(Interp *interp,
                                                      interp_ref procedure,
                                                      const interp_ref *arguments,
                                                      uint32_t count,
                                                      interp_ref *result);
/* The status that the program gave to exit, after INTERP_EXIT: 0 to 255. No session. */
INTERP_API int interp_exit_code(const Interp *interp);
/* Writes out what the output ports hold back. No session. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_flush(Interp *interp);
/* The same, and ends the line that standard output is in the middle of, if it is: what the host
 * itself writes next begins a line. No session. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_fresh_line(Interp *interp);
/* Asks the running program to stop at its next safepoint, within milliseconds; it then ends
 * with INTERP_INTERRUPTED, which Lisp code cannot handle. For signal handlers and other
 * threads: the only call that may be made while another one is under way. */
INTERP_API void interp_interrupt(Interp *interp);

/* ---- Reading ---------------------------------------------------------------------------- */

typedef struct InterpReader InterpReader;

/* Reads data from a copy of `text`. Positions in messages count from its first character. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_reader_new(Interp *interp,
                                                            const char *name,
                                                            const char *text,
                                                            size_t bytes,
                                                            InterpReader **reader);
/* The next datum. INTERP_END_OF_INPUT: only blanks and comments are left. INTERP_INCOMPLETE: the text
 * ends inside a datum, so that more of it could make it whole. INTERP_ERROR: it cannot be. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_reader_next(Interp *interp,
                                                             InterpReader *reader,
                                                             interp_ref *datum);
INTERP_API void interp_reader_free(InterpReader *reader);

/* ---- Errors ----------------------------------------------------------------------------- */

/* What the last call that did not give INTERP_OK had to say. Strings are never NULL. */
typedef struct InterpError {
    InterpStatus status;
    const char *message; /* "car: expected a pair as argument 1, got 5" */
    const char *file;    /* "" if unknown, and then line is 0 */
    uint32_t line;       /* from 1 */
    uint32_t column;     /* from 1, in characters */
    const char
        *report; /* position, message, source line with a caret, backtrace; lines */
} InterpError;

/* Owned by the Interp and good until its next failing call. No session. */
INTERP_API const InterpError *interp_last_error(const Interp *interp);
/* The object that was raised, after INTERP_ERROR. INTERP_NOT_FOUND if there is none. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_error_object(Interp *interp,
                                                              interp_ref *object);

/* ---- Values ----------------------------------------------------------------------------- */

typedef enum InterpType {
    INTERP_TYPE_BOOLEAN,
    INTERP_TYPE_INTEGER, /* exact */
    INTERP_TYPE_REAL,    /* any other real number */
    INTERP_TYPE_COMPLEX, /* a number that is not real */
    INTERP_TYPE_CHARACTER,
    INTERP_TYPE_STRING,
    INTERP_TYPE_SYMBOL,
    INTERP_TYPE_NULL,
    INTERP_TYPE_PAIR,
    INTERP_TYPE_VECTOR,
    INTERP_TYPE_BYTEVECTOR,
    INTERP_TYPE_ARRAY, /* any other numeric vector */
    INTERP_TYPE_PROCEDURE,
    INTERP_TYPE_EOF,
    INTERP_TYPE_UNSPECIFIED,
    INTERP_TYPE_MULTIPLE, /* more or fewer values than one */
    INTERP_TYPE_OTHER,
} InterpType;

INTERP_API INTERP_MUST_CHECK InterpStatus interp_type(Interp *interp, interp_ref ref,
                                                      InterpType *type);
/* A second ref to the same value, in the scope that is innermost now. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_copy(Interp *interp, interp_ref ref,
                                                      interp_ref *result);
/* Makes `ref` refer to what `value` refers to, so that a loop can reuse it, or an inner scope
 * can hand a value to an outer one. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_assign(Interp *interp, interp_ref ref,
                                                        interp_ref value);
/* eqv? */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_is_same(Interp *interp, interp_ref a,
                                                         interp_ref b, bool *same);

/* The makers allocate and do not collect until memory runs out: INTERP_NO_MEMORY comes only
 * when a collection has not helped, or when the table of the session's refs cannot grow, which
 * is not tried again. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_from_bool(Interp *interp, bool b,
                                                           interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_from_int64(Interp *interp, int64_t n,
                                                            interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_from_double(Interp *interp, double d,
                                                             interp_ref *result);
/* A new string. INTERP_ENCODING if the bytes are not UTF-8. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_from_utf8(Interp *interp,
                                                           const char *utf8,
                                                           size_t bytes,
                                                           interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_symbol(Interp *interp,
                                                        const char *utf8, size_t bytes,
                                                        interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_null(Interp *interp,
                                                      interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_unspecified(Interp *interp,
                                                             interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_cons(Interp *interp, interp_ref car,
                                                      interp_ref cdr,
                                                      interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_list(Interp *interp,
                                                      const interp_ref *items,
                                                      size_t count, interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_bytevector(Interp *interp,
                                                            const void *bytes,
                                                            size_t count,
                                                            interp_ref *result);

/* What a numeric vector holds: an s16vector INTERP_S16, a bytevector INTERP_U8. */
typedef enum InterpElement {
    INTERP_U8,
    INTERP_S8,
    INTERP_U16,
    INTERP_S16,
    INTERP_U32,
    INTERP_S32,
    INTERP_U64,
    INTERP_S64,
    INTERP_F32,
    INTERP_F64,
} InterpElement;

/* A numeric vector with a copy of `count` elements. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_array(Interp *interp,
                                                       InterpElement element,
                                                       const void *elements,
                                                       size_t count,
                                                       interp_ref *result);

/* The takers: INTERP_WRONG_TYPE for a value of another type. */
/* As `if` sees it: everything but #f is true. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_to_bool(Interp *interp, interp_ref ref,
                                                         bool *b);
/* An exact integer; INTERP_OUT_OF_RANGE if it does not fit. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_to_int64(Interp *interp,
                                                          interp_ref ref, int64_t *n);
/* Any real number, correctly rounded. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_to_double(Interp *interp,
                                                           interp_ref ref, double *d);
/* A string's or symbol's characters as UTF-8. The text is the caller's. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_to_utf8(Interp *interp, interp_ref ref,
                                                         InterpText *text);
/* What write and display would print. Circular data are fine. The text is the caller's. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_write(Interp *interp, interp_ref ref,
                                                       InterpText *text);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_display(Interp *interp, interp_ref ref,
                                                         InterpText *text);

INTERP_API INTERP_MUST_CHECK InterpStatus interp_car(Interp *interp, interp_ref pair,
                                                     interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_cdr(Interp *interp, interp_ref pair,
                                                     interp_ref *result);
/* INTERP_IMMUTABLE for a literal constant. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_set_car(Interp *interp,
                                                         interp_ref pair,
                                                         interp_ref value);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_set_cdr(Interp *interp,
                                                         interp_ref pair,
                                                         interp_ref value);
/* Elements of a vector, numeric or not, characters of a string, pairs of a proper list. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_length(Interp *interp, interp_ref ref,
                                                        size_t *length);
/* INTERP_OUT_OF_RANGE; INTERP_IMMUTABLE for a literal constant. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_vector_get(Interp *interp,
                                                            interp_ref vector,
                                                            size_t index,
                                                            interp_ref *result);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_vector_set(Interp *interp,
                                                            interp_ref vector,
                                                            size_t index,
                                                            interp_ref value);
/* What a call gave may be any number of values; one value is its own value 0. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_value_count(Interp *interp,
                                                             interp_ref ref,
                                                             size_t *count);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_value_get(Interp *interp,
                                                           interp_ref ref, size_t index,
                                                           interp_ref *result);

/* The elements of a numeric vector, lent. */
typedef struct InterpArray {
    InterpElement element;
    void *elements; /* aligned as C has them */
    size_t count;
    size_t element_bytes;
    bool is_constant; /* a literal: what reads it elsewhere counts on it */
} InterpArray;

/* Lends the elements of a numeric vector: they stay at that address, whatever runs, until they
 * are given back as often as they were lent, or the session ends. The vector cannot change its
 * size meanwhile. INTERP_BORROWED: it was not lent. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_borrow_array(Interp *interp,
                                                              interp_ref array,
                                                              InterpArray *lent);
/* The same for a bytevector. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_borrow(Interp *interp,
                                                        interp_ref bytevector,
                                                        uint8_t **bytes, size_t *count);
INTERP_API INTERP_MUST_CHECK InterpStatus interp_give_back(Interp *interp,
                                                           interp_ref array);

/* ---- The interaction environment --------------------------------------------------------- */

/* Binds a name to a value; a binding that is there is replaced. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_define(Interp *interp,
                                                        const char *name,
                                                        interp_ref value);
/* INTERP_NOT_FOUND: the name has no value there (it may be syntax). */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_lookup(Interp *interp,
                                                        const char *name,
                                                        interp_ref *value);
/* Calls `each` for every bound name that begins with `prefix`, in alphabetical order. `name`
 * is gone when it returns; it may not call the Interp. No session. */
INTERP_API INTERP_MUST_CHECK InterpStatus
interp_complete(Interp *interp, const char *prefix,
                void (*each)(const char *name, void *context), void *context);

/* ---- Tools ------------------------------------------------------------------------------ */

/* The datum, expanded in the interaction environment to the core language, as text. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_expand(Interp *interp,
                                                        interp_ref datum,
                                                        InterpText *text);
/* The listing of a procedure and those inside it. INTERP_WRONG_TYPE if it was not compiled from
 * Lisp. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_disassemble(Interp *interp,
                                                             interp_ref procedure,
                                                             InterpText *text);
/* How often each instruction ran, and each pair and triple in a row: the most frequent ones.
 * INTERP_USAGE unless InterpOptions.profile_opcodes was set. No session. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_profile(Interp *interp,
                                                         InterpText *text);

/* docs/gc.md says how to read them. */
typedef struct InterpStats {
    uint64_t minor_collections,
        full_collections; /* the latter count those that evacuate too */
    uint64_t evacuating_collections;
    /* So many percent of the pauses were no longer, exact to a quarter and never too short. */
    uint64_t pause_p50_ns, pause_p90_ns, pause_p99_ns;
    uint64_t pause_max_ns, pause_total_ns;
    uint64_t minor_max_ns, full_max_ns;
    uint64_t minor_total_ns, full_total_ns;
    uint64_t allocated_bytes; /* since the interpreter was opened */
    uint64_t promoted_bytes;  /* found alive by a minor collection */
    uint64_t moved_bytes;
    uint64_t finalized_count; /* objects whose finalisers ran */
    uint64_t broken_count;    /* weak pairs, ephemerons and entries of weak tables */
    uint64_t live_bytes;      /* after the last full collection */
    uint64_t old_bytes;       /* ... and promoted since */
    uint64_t held_bytes; /* counted against the limit now: the sum of the next five */
    uint64_t block_bytes, large_bytes, external_bytes, free_bytes, table_bytes;
    uint64_t hole_bytes; /* of the blocks, what lies between objects */
    uint64_t large_count;
    uint64_t peak_bytes;
    uint64_t limit_bytes;    /* 0: none */
    uint64_t resident_bytes; /* of what is held, in memory now, as the system says */
} InterpStats;

/* No session. */
INTERP_API void interp_stats(const Interp *interp, InterpStats *stats);
/* Collects everything that is dead. */
INTERP_API INTERP_MUST_CHECK InterpStatus interp_collect(Interp *interp);

#ifdef __cplusplus
}
#endif

#endif /* INTERP_H */
