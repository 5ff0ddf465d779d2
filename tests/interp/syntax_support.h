/* syntax_support.h - reading and printing in one call, for tests. */
#ifndef TESTS_INTERP_SYNTAX_SUPPORT_H
#define TESTS_INTERP_SYNTAX_SUPPORT_H

#include "memory_support.h"
#include "syntax/printer.h"
#include "syntax/reader.h"

static TestHeap test;

static inline void setup(void)
{
    test_heap_open(&test, false, 0);
}

static inline void teardown(void)
{
    test_heap_close(&test);
}

/* Reads the first datum of `bytes` bytes. */
static inline Status try_read_bytes(const char *text, size_t bytes,
                                    const ReaderOptions *options, Value *datum,
                                    ReadError *error)
{
    TextStream stream;
    Reader reader;
    Status status;

    li_stream_from_memory(&stream, text, bytes);
    li_reader_open(&reader, &test.heap, &stream, options);
    status = li_read(&reader, datum);
    *error = reader.error;
    li_reader_close(&reader);
    return status;
}

static inline Value read_text(const char *text)
{
    ReaderOptions options = {0};
    ReadError error;
    Value datum = VALUE_FALSE;
    Status status = try_read_bytes(text, strlen(text), &options, &datum, &error);

    ck_assert_msg(status == OK, "%.60s: %s", text,
                  status == ERR_READ ? error.message : li_status_text(status));
    return datum;
}

/* The caller frees what it returns. */
static inline char *print_value(Value v, PrintStyle style, uint64_t limit)
{
    Buffer buffer = {0};
    char *copy;

    ck_assert_ok(li_print(&test.heap, v, style, limit, &buffer));
    copy = strdup(li_buffer_c_string(&buffer));
    li_buffer_free(&buffer);
    return copy;
}

#define ck_assert_prints(v, style, expected)          \
    do {                                              \
        char *ck_printed_ = print_value(v, style, 0); \
        ck_assert_str_eq(ck_printed_, expected);      \
        free(ck_printed_);                            \
    } while (0)
#define ck_assert_reads(text, expected) \
    ck_assert_prints(read_text(text), PRINT_WRITE, expected)

#endif /* TESTS_INTERP_SYNTAX_SUPPORT_H */
