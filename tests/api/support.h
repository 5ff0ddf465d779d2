/* support.h - an interpreter for tests that sees no file and writes into memory. */
#ifndef TESTS_API_SUPPORT_H
#define TESTS_API_SUPPORT_H

#include <check.h>
#include <interp.h>
#include <stdlib.h>
#include <string.h>

/* What the ports of an interpreter were given and have written. */
typedef struct Console {
    const char *input;
    char output[4096], error[8192];
    size_t output_length, error_length;
} Console;

static inline ptrdiff_t console_read(void *context, char *bytes, size_t capacity)
{
    Console *console = context;
    size_t count = console->input != NULL ? strlen(console->input) : 0;

    if (count > capacity)
        count = capacity;
    if (count > 0) {
        memcpy(bytes, console->input, count);
        console->input += count;
    }
    return (ptrdiff_t)count;
}

static inline bool console_take(char *to, size_t room, size_t *length,
                                const char *bytes, size_t count)
{
    if (*length + count >= room)
        return false;
    memcpy(to + *length, bytes, count);
    *length += count;
    to[*length] = '\0';
    return true;
}

static inline bool console_write(void *context, const char *bytes, size_t count)
{
    Console *console = context;

    return console_take(console->output, sizeof console->output,
                        &console->output_length, bytes, count);
}

static inline bool console_complain(void *context, const char *bytes, size_t count)
{
    Console *console = context;

    return console_take(console->error, sizeof console->error, &console->error_length,
                        bytes, count);
}

static inline unsigned stress_wanted(void)
{
    const char *value = getenv("LIMPET_STRESS");

    return value != NULL ? (unsigned)strtoul(value, NULL, 10) : 0;
}

static inline InterpOptions console_options(Console *console)
{
    return (InterpOptions){
        .input = {INTERP_STREAM_CALLBACK, -1, console_read, NULL, console},
        .output = {INTERP_STREAM_CALLBACK, -1, NULL, console_write, console},
        .error = {INTERP_STREAM_CALLBACK, -1, NULL, console_complain, console},
        .stress = stress_wanted(),
    };
}

static inline Interp *open_console(Console *console)
{
    Interp *interp = NULL;
    InterpOptions options = console_options(console);

    memset(console, 0, sizeof *console);
    ck_assert_int_eq(interp_open(&options, &interp), INTERP_OK);
    return interp;
}

#define ck_assert_ok(expr)                                      \
    do {                                                        \
        InterpStatus ok_status_ = (expr);                       \
        ck_assert_msg(ok_status_ == INTERP_OK, "%s: %s", #expr, \
                      interp_status_text(ok_status_));          \
    } while (0)
#define ck_assert_status(expr, expected)                                             \
    do {                                                                             \
        InterpStatus is_status_ = (expr);                                            \
        ck_assert_msg(is_status_ == (expected), "%s: %s, not %s", #expr,             \
                      interp_status_text(is_status_), interp_status_text(expected)); \
    } while (0)

static inline interp_ref eval(Interp *interp, const char *text)
{
    interp_ref result = {0};
    InterpStatus status =
        interp_eval_string(interp, "test", text, strlen(text), &result);

    ck_assert_msg(status == INTERP_OK, "%s\n%s", text,
                  interp_last_error(interp)->report);
    return result;
}

static inline void assert_written(Interp *interp, interp_ref ref, const char *expected)
{
    InterpText text;

    ck_assert_ok(interp_write(interp, ref, &text));
    ck_assert_str_eq(text.bytes, expected);
    ck_assert_uint_eq(text.length, strlen(expected));
    interp_text_free(&text);
}

#endif /* TESTS_API_SUPPORT_H */
