/* test_port.c - ports on files, memory and callbacks: text, bytes, buffers, closing. */
#include "types/port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "containers/array.h"
#include "memory/os.h"
#include "syntax_support.h"
#include "types/port_internal.h"

static PortTable table;
static char path[64];

static void open_all(void)
{
    int fd;

    li_ports_init(&table);
    (void)snprintf(path, sizeof path, "test-port-XXXXXX");
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    (void)close(fd);
    setup();
}

static void close_all(void)
{
    teardown();
    ck_assert_ptr_null(table.first);
    (void)unlink(path);
}

static void write_file(const char *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

/* How many bytes the file has; the first of them go to `bytes`. */
static size_t read_file(char *bytes, size_t capacity)
{
    FILE *file = fopen(path, "rb");
    size_t count;

    ck_assert_ptr_nonnull(file);
    count = fread(bytes, 1, capacity, file);
    (void)fclose(file);
    return count;
}

static Port *open_file(unsigned flags)
{
    Value port;
    int error = 0;

    ck_assert_ok(li_port_open_file(&test.heap, &table, path, flags, &port, &error));
    test.roots[0] = port;
    return li_port_of(port);
}

static Port *open_string(const char *text)
{
    Value string, port;

    ck_assert_ok(li_text_from_utf8_lossy(&test.heap, text, strlen(text), &string));
    ck_assert_ok(
        li_port_open_text_input(&test.heap, &table, value_to_text(string), &port));
    return li_port_of(port);
}

static int32_t next_char(Port *port)
{
    int32_t c;

    ck_assert_ok(li_port_read_char(port, &c));
    return c;
}

#define ck_assert_line(port, expected)                                \
    do {                                                              \
        Value ck_line_;                                               \
        ck_assert_ok(li_port_read_line(&test.heap, port, &ck_line_)); \
        ck_assert_prints(ck_line_, PRINT_DISPLAY, expected);          \
    } while (0)

START_TEST(characters_are_decoded_and_peeked_at)
{
    Port *port = open_string("a\xce\xbb\xf0\x9f\x98\x80");
    int32_t c;

    ck_assert_ok(li_port_peek_char(port, &c));
    ck_assert_int_eq(c, 'a');
    ck_assert_int_eq(next_char(port), 'a');
    ck_assert_ok(li_port_peek_char(port, &c));
    ck_assert_int_eq(c, 0x3bb);
    ck_assert_int_eq(next_char(port), 0x3bb);
    ck_assert_int_eq(next_char(port), 0x1f600);
    ck_assert_int_eq(next_char(port), STREAM_END);
    ck_assert_int_eq(next_char(port), STREAM_END);
    ck_assert(li_port_is_input(port) && !li_port_is_output(port)
              && li_port_is_textual(port));
}
END_TEST

START_TEST(invalid_utf8_reads_as_the_replacement_character)
{
    Port *port;

    write_file("\xff"
               "a\xe2\x82"
               "b\xc0\x80\xed\xa0\x80\xf0\x9f",
               12);
    port = open_file(PORT_INPUT | PORT_TEXTUAL);
    ck_assert_int_eq(next_char(port), 0xfffd);
    ck_assert_int_eq(next_char(port), 'a');
    ck_assert_int_eq(next_char(port), 0xfffd);
    ck_assert_int_eq(next_char(port), 'b');
    for (int32_t c; (c = next_char(port)) != STREAM_END;)
        ck_assert_int_eq(c, 0xfffd);
}
END_TEST

START_TEST(lines_end_in_three_ways_or_with_the_input)
{
    Port *port = open_string("one\ntwo\r\nthree\rfour\n\nlast");

    ck_assert_line(port, "one");
    ck_assert_line(port, "two");
    ck_assert_int_eq((int)li_port_stream(port)->line, 3);
    ck_assert_line(port, "three");
    ck_assert_line(port, "four");
    ck_assert_line(port, "");
    ck_assert_line(port, "last");
    ck_assert_line(port, "#<eof>");
    ck_assert_line(open_string("\r"), "");
}
END_TEST

START_TEST(a_long_line_in_a_file_grows_the_window)
{
    size_t length = 1000000;
    char *text = malloc(length + 6);
    Port *port;
    Value line;

    memset(text, 'x', length);
    memcpy(text + length, "\nrest\n", 6);
    write_file(text, length + 6);
    free(text);
    port = open_file(PORT_INPUT | PORT_TEXTUAL);
    ck_assert_ok(li_port_read_line(&test.heap, port, &line));
    ck_assert_uint_eq(value_to_text(line)->length, length);
    ck_assert_line(port, "rest");
    ck_assert_line(port, "#<eof>");
}
END_TEST

START_TEST(strings_are_read_by_characters)
{
    Port *port = open_string("\xce\xbb\xce\xbc"
                             "abc");
    Value v;

    ck_assert_ok(li_port_read_string(&test.heap, port, 3, &v));
    ck_assert_prints(v, PRINT_DISPLAY,
                     "\xce\xbb\xce\xbc"
                     "a");
    ck_assert_ok(li_port_read_string(&test.heap, port, 0, &v));
    ck_assert_prints(v, PRINT_WRITE, "\"\"");
    ck_assert_ok(li_port_read_string(&test.heap, port, UINT64_MAX, &v));
    ck_assert_prints(v, PRINT_DISPLAY, "bc");
    ck_assert_ok(li_port_read_string(&test.heap, port, 5, &v));
    ck_assert_eq_value(v, VALUE_EOF);
}
END_TEST

START_TEST(bytes_are_read_alone_in_bulk_and_into_place)
{
    Port *port;
    uint8_t into[8] = {0};
    uint64_t count;
    int32_t byte;
    Value v;

    write_file("\x00\xff\x01\x02\x03\x04\x05", 7);
    port = open_file(PORT_INPUT | PORT_BINARY);
    ck_assert_ok(li_port_peek_byte(port, &byte));
    ck_assert_int_eq(byte, 0);
    ck_assert_ok(li_port_read_byte(port, &byte));
    ck_assert_ok(li_port_read_byte(port, &byte));
    ck_assert_int_eq(byte, 255);
    ck_assert_ok(li_port_read_bytevector(&test.heap, port, 2, &v));
    ck_assert_prints(v, PRINT_WRITE, "#u8(1 2)");
    ck_assert_ok(li_port_read_into(port, into, 8, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(into[2], 5);
    ck_assert_ok(li_port_read_bytevector(&test.heap, port, 1, &v));
    ck_assert_eq_value(v, VALUE_EOF);
    ck_assert_ok(li_port_read_bytevector(&test.heap, port, 0, &v));
    ck_assert_prints(v, PRINT_WRITE, "#u8()");
    ck_assert(!li_port_is_textual(port));
}
END_TEST

START_TEST(file_output_waits_in_the_buffer_until_it_is_flushed)
{
    Port *port = open_file(PORT_OUTPUT | PORT_TEXTUAL);
    char bytes[64];

    ck_assert_ok(li_port_write_bytes(port, "abc", 3));
    ck_assert_ok(li_port_write_char(port, 0x3bb));
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), 0);
    ck_assert_ok(li_port_flush(port));
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), 5);
    ck_assert(memcmp(bytes, "abc\xce\xbb", 5) == 0);
    ck_assert_ok(li_port_write_text(port, value_to_text(read_text("\"xyz\"")), 1, 3));
    ck_assert_ok(li_port_close(port, PORT_OUTPUT));
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), 7);
    ck_assert(!li_port_is_output_open(port));
    ck_assert(li_port_is_output(port));
    ck_assert_ok(li_port_close(port, PORT_OUTPUT));
}
END_TEST

START_TEST(much_output_passes_the_buffer)
{
    size_t length = 300000;
    char *text = malloc(length), *back = malloc(length + 1);
    Port *port = open_file(PORT_OUTPUT | PORT_BINARY);

    for (size_t i = 0; i < length; i += 1)
        text[i] = (char)(i * 7);
    ck_assert_ok(li_port_write_bytes(port, text, 10));
    ck_assert_ok(li_port_write_bytes(port, text + 10, length - 20));
    ck_assert_ok(li_port_write_bytes(port, text + length - 10, 10));
    ck_assert_ok(li_port_close(port, PORT_OUTPUT));
    ck_assert_uint_eq(read_file(back, length + 1), length);
    ck_assert(memcmp(text, back, length) == 0);
    free(text);
    free(back);
}
END_TEST

START_TEST(dead_ports_are_flushed_and_closed)
{
    char bytes[8];

    for (int i = 0; i < 2000; i += 1) {
        ck_assert_ok(
            li_port_write_bytes(open_file(PORT_OUTPUT | PORT_TEXTUAL), "abc", 3));
        test.roots[0] = VALUE_FALSE;
        if (i % 100 == 99)
            test_collect(&test, IMMIX_FULL);
    }
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), 3);
    ck_assert_ptr_null(table.first);
}
END_TEST

START_TEST(ports_outlive_collections_that_move_them)
{
    char shown[128];
    Port *port;

    test_heap_close(&test);
    test_heap_open(&test, true, 0);
    write_file("first\nsecond\n", 13);
    (void)open_file(PORT_INPUT | PORT_TEXTUAL);
    ck_assert_line(li_port_of(test.roots[0]), "first");
    test_collect(&test, IMMIX_EVACUATE);
    port = li_port_of(test.roots[0]);
    ck_assert_line(port, "second");
    (void)snprintf(shown, sizeof shown, "#<input port %s>", path);
    ck_assert_prints(test.roots[0], PRINT_DISPLAY, shown);
}
END_TEST

START_TEST(everything_open_is_flushed_at_exit)
{
    Port *port = open_file(PORT_OUTPUT | PORT_TEXTUAL);
    char bytes[8];

    ck_assert_ok(li_port_write_bytes(port, "abc", 3));
    ck_assert_ok(li_ports_flush_all(&table));
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), 3);
}
END_TEST

START_TEST(memory_output_is_gathered_and_can_be_cut)
{
    Value port, v;

    ck_assert_ok(li_port_open_text_output(&test.heap, &table, &port));
    ck_assert_ok(li_port_get_output(&test.heap, li_port_of(port), &v));
    ck_assert_prints(v, PRINT_WRITE, "\"\"");
    ck_assert_ok(li_port_write_bytes(li_port_of(port), "piece", 5));
    ck_assert_ok(li_port_write_char(li_port_of(port), 0x3bb));
    ck_assert_uint_eq(li_port_memory_bytes(li_port_of(port)), 7);
    ck_assert_ok(li_port_get_output(&test.heap, li_port_of(port), &v));
    ck_assert_prints(v, PRINT_DISPLAY, "piece\xce\xbb");
    li_port_truncate(li_port_of(port), 2);
    ck_assert_ok(li_port_close(li_port_of(port), PORT_OUTPUT));
    ck_assert_ok(li_port_get_output(&test.heap, li_port_of(port), &v));
    ck_assert_prints(v, PRINT_DISPLAY, "pi");
    ck_assert(li_port_is_memory_output(li_port_of(port), PORT_TEXTUAL));
    ck_assert(!li_port_is_memory_output(li_port_of(port), PORT_BINARY));
    ck_assert_ok(li_port_open_memory_output(&test.heap, &table, PORT_BINARY, &port));
    ck_assert_ok(li_port_write_bytes(li_port_of(port), "\xff\x00", 2));
    ck_assert_ok(li_port_get_output(&test.heap, li_port_of(port), &v));
    ck_assert_prints(v, PRINT_WRITE, "#u8(255 0)");
}
END_TEST

START_TEST(what_cannot_be_opened_says_why)
{
    Value port;
    int error = 0;

    ck_assert_err(li_port_open_file(&test.heap, &table, "no/such/file",
                                    PORT_INPUT | PORT_TEXTUAL, &port, &error),
                  ERR_IO);
    ck_assert_int_eq(error, ENOENT);
    ck_assert_err(li_port_open_file(&test.heap, &table, "/", PORT_INPUT | PORT_TEXTUAL,
                                    &port, &error),
                  ERR_IO);
    ck_assert_int_eq(error, EISDIR);
    test_collect(&test, IMMIX_FULL);
}
END_TEST

START_TEST(a_full_device_is_an_error_and_no_loop)
{
    Value port;
    int fd = open("/dev/full", O_WRONLY);

    if (fd < 0)
        return; /* not on this system */
    ck_assert_ok(li_port_from_fd(&test.heap, &table, fd, PORT_OUTPUT | PORT_TEXTUAL,
                                 "full", PORT_BUFFER_FULL, &port));
    ck_assert_ok(li_port_write_bytes(li_port_of(port), "abc", 3));
    ck_assert_err(li_port_flush(li_port_of(port)), ERR_IO);
    ck_assert_str_eq(li_port_error(li_port_of(port)), strerror(ENOSPC));
    ck_assert_ok(li_port_flush(li_port_of(port)));
    ck_assert_ok(li_port_close(li_port_of(port), PORT_OUTPUT));
    ck_assert_int_eq(close(fd), 0); /* it was ours all the time */
}
END_TEST

START_TEST(a_pipe_may_give_a_character_in_pieces)
{
    int ends[2];
    Value port;
    bool ready;

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_ok(li_port_from_fd(&test.heap, &table, ends[0], PORT_INPUT | PORT_TEXTUAL,
                                 "pipe", PORT_BUFFER_FULL, &port));
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(!ready);
    ck_assert_int_eq(write(ends[1], "a\xce", 2), 2);
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(ready);
    ck_assert_int_eq(next_char(li_port_of(port)), 'a');
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(!ready);
    ck_assert_int_eq(write(ends[1], "\xbb", 1), 1);
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(ready);
    ck_assert_int_eq(next_char(li_port_of(port)), 0x3bb);
    ck_assert_int_eq(write(ends[1], "\xe2\x82", 2), 2);
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(!ready);
    (void)close(ends[1]);
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(ready);
    ck_assert_int_eq(next_char(li_port_of(port)), 0xfffd);
    ck_assert_int_eq(next_char(li_port_of(port)), STREAM_END);
    ck_assert_ok(li_port_is_ready(li_port_of(port), &ready));
    ck_assert(ready);
    ck_assert_ok(li_port_close(li_port_of(port), PORT_INPUT));
    (void)close(ends[0]);
}
END_TEST

START_TEST(a_pipe_that_nobody_reads_is_an_error_and_no_signal)
{
    int error = 0, reader;
    Value port;

    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    reader = open(path, O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader, 0);
    ck_assert_ok(li_port_open_file(&test.heap, &table, path, PORT_OUTPUT | PORT_TEXTUAL,
                                   &port, &error));
    ck_assert_int_eq(close(reader), 0);
    ck_assert_ok(li_port_write_bytes(li_port_of(port), "abc", 3));
    ck_assert_err(li_port_flush(li_port_of(port)), ERR_IO);
    ck_assert_str_eq(li_port_error(li_port_of(port)), strerror(EPIPE));
    ck_assert_ok(li_port_write_bytes(li_port_of(port), "abc", 3));
    ck_assert_err(li_port_close(li_port_of(port), PORT_OUTPUT), ERR_IO);
    ck_assert(!li_port_is_output_open(li_port_of(port)));
}
END_TEST

START_TEST(a_file_that_cannot_be_closed_is_an_error)
{
    int error = 0;
    Value port;

    ck_assert_ok(li_port_open_file(&test.heap, &table, "/dev/null",
                                   PORT_OUTPUT | PORT_TEXTUAL, &port, &error));
    ck_assert_int_eq(close(li_port_of(port)->state->fd), 0);
    ck_assert_err(li_port_close(li_port_of(port), PORT_OUTPUT), ERR_IO);
    ck_assert_str_eq(li_port_error(li_port_of(port)), strerror(EBADF));
    ck_assert_ok(li_port_close(li_port_of(port), PORT_OUTPUT));
}
END_TEST

/* ---- A host's device ---- */

typedef struct Device {
    const char *input;
    char output[256];
    size_t written;
    int writes, closes;
    bool fails;
} Device;

static int64_t device_read(void *context, char *bytes, size_t capacity)
{
    Device *device = context;

    if (device->fails)
        return -1;
    if (device->input[0] == '\0' || capacity == 0)
        return 0;
    bytes[0] = device->input[0];
    device->input += 1;
    return 1;
}

static int64_t device_write(void *context, const char *bytes, size_t count)
{
    Device *device = context;

    if (device->fails || device->written + count > sizeof device->output)
        return -1;
    device->writes += 1;
    device->output[device->written] = bytes[0]; /* one at a time: the port goes on */
    device->written += 1;
    return 1;
}

static void device_close(void *context)
{
    ((Device *)context)->closes += 1;
}

static Port *open_device(Device *device, PortBuffering buffering)
{
    PortCallbacks callbacks = {device_read, device_write, NULL, device_close, device};
    Value port;

    ck_assert_ok(li_port_from_callbacks(&test.heap, &table, &callbacks, PORT_TEXTUAL,
                                        "device", buffering, &port));
    test.roots[1] = port;
    return li_port_of(port);
}

START_TEST(a_host_supplies_reading_and_writing)
{
    static Device device; /* the port is closed with the heap, after this function */
    device = (Device){.input = "\xce\xbb(a\nb)x"};
    Port *port = open_device(&device, PORT_BUFFER_LINE);

    ck_assert_int_eq(next_char(port), 0x3bb);
    ck_assert_line(port, "(a");
    ck_assert_ok(li_port_write_bytes(port, "abc", 3));
    ck_assert_uint_eq(device.written, 0);
    ck_assert_int_eq(next_char(port),
                     'b'); /* before it waits, what was asked is shown */
    ck_assert_uint_eq(device.written, 3);
    ck_assert_ok(li_port_write_bytes(port, "d\ne", 3));
    ck_assert_uint_eq(device.written, 6);
    ck_assert(memcmp(device.output, "abcd\ne", 6) == 0);
    ck_assert_ok(li_port_close(port, PORT_INPUT));
    ck_assert_int_eq(device.closes, 0);
    ck_assert_ok(li_port_close(port, PORT_OUTPUT));
    ck_assert_int_eq(device.closes, 1);
}
END_TEST

START_TEST(a_failing_host_is_an_error)
{
    static Device device; /* the port is closed with the heap, after this function */
    device = (Device){.input = "abc", .fails = true};
    Port *port = open_device(&device, PORT_BUFFER_NONE);
    int32_t c;

    ck_assert_err(li_port_read_char(port, &c), ERR_IO);
    ck_assert_err(li_port_write_bytes(port, "x", 1), ERR_IO);
    device.fails = false;
    ck_assert_int_eq(next_char(port), 'a');
    ck_assert_ok(li_port_write_bytes(port, "y", 1));
    ck_assert_uint_eq(device.written, 1);
    test.roots[1] = VALUE_FALSE;
    test_collect(&test, IMMIX_FULL);
    ck_assert_int_eq(device.closes, 1);
}
END_TEST

static bool always(void *context)
{
    return *(bool *)context;
}

START_TEST(an_interrupt_ends_endless_output)
{
    static Device device; /* the port is closed with the heap, after this function */
    device = (Device){.input = ""};
    Port *port = open_device(&device, PORT_BUFFER_NONE);
    bool interrupted = true;

    table.interrupted = always;
    table.context = &interrupted;
    ck_assert_err(li_port_write_bytes(port, "abc", 3), ERR_INTERRUPTED);
    ck_assert_uint_eq(device.written, 0);
    interrupted = false;
    ck_assert_ok(li_port_flush(port));
    ck_assert_uint_eq(device.written, 3);
    table.interrupted = NULL; /* what it asks ends with this function */
}
END_TEST

START_TEST(data_are_read_from_a_port_and_nothing_behind_them)
{
    Port *port;
    Reader reader;
    ReaderOptions options = {0};
    Value v;

    write_file("(1\n 2)rest\n)", 12);
    port = open_file(PORT_INPUT | PORT_TEXTUAL);
    li_reader_open(&reader, &test.heap, li_port_stream(port), &options);
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_prints(v, PRINT_WRITE, "(1 2)");
    li_reader_close(&reader);
    ck_assert_line(port, "rest");
    li_reader_open(&reader, &test.heap, li_port_stream(port), &options);
    ck_assert_err(li_read(&reader, &v), ERR_READ);
    ck_assert_uint_eq(reader.error.position, (3 << 18 | 1));
    li_reader_close(&reader);
}
END_TEST

START_TEST(a_failing_allocation_reads_nothing)
{
    Port *port;
    bool passed = false;
    static const char text[] = "first line\nsecond \xce\xbb line\n(a \"datum\" #(1))";

    write_file(text, sizeof text - 1);
    for (uint64_t n = 1; !passed; n += 1) {
        Status status;
        Value v;

        port = open_file(PORT_INPUT | PORT_TEXTUAL);
        immix_fail_after(test.heap.immix, n);
        status = li_port_read_line(&test.heap, port, &v);
        passed = status == OK;
        if (passed)
            passed = (status = li_port_read_string(&test.heap, port, 8, &v)) == OK;
        immix_fail_after(test.heap.immix, 0);
        ck_assert(passed || status == ERR_NO_MEMORY);
        if (!passed && li_port_stream(port)->line == 1)
            ck_assert_line(port, "first line");
        if (!passed) {
            ck_assert_ok(li_port_read_string(&test.heap, port, 8, &v));
            ck_assert_prints(v, PRINT_DISPLAY, "second \xce\xbb");
        }
        ck_assert_uint_lt(n, 50);
    }
}
END_TEST

START_TEST(opening_under_every_failing_allocation_leaks_nothing)
{
    for (uint64_t n = 1; n < 12; n += 1) {
        Value port;
        int error;
        Status status;

        immix_fail_after(test.heap.immix, n);
        status = li_port_open_file(&test.heap, &table, path, PORT_INPUT | PORT_TEXTUAL,
                                   &port, &error);
        immix_fail_after(test.heap.immix, 0);
        ck_assert(status == OK || status == ERR_NO_MEMORY);
        immix_fail_after(test.heap.immix, n);
        status = li_port_open_text_output(&test.heap, &table, &port);
        if (status == OK)
            status = li_port_write_bytes(li_port_of(port), "abc", 3);
        immix_fail_after(test.heap.immix, 0);
        ck_assert(status == OK || status == ERR_NO_MEMORY);
        immix_fail_after(test.heap.immix, n);
        status = li_port_open_bytes_input(&test.heap, &table, "abc", 3, &port);
        immix_fail_after(test.heap.immix, 0);
        ck_assert(status == OK || status == ERR_NO_MEMORY);
        test_collect(&test, IMMIX_FULL);
    }
}
END_TEST

static volatile sig_atomic_t signalled;

static void note_signal(int number)
{
    (void)number;
    signalled = 1;
}

/* Looks for a signal, and then one comes. */
static bool look_then_signal(void *context)
{
    int *looks = context;
    bool seen = signalled != 0;

    *looks += 1;
    if (*looks == 1)
        ck_assert_int_eq(raise(SIGUSR1), 0);
    return seen;
}

START_TEST(a_signal_between_the_look_and_the_wait_ends_the_wait)
{
    struct sigaction action = {.sa_handler = note_signal}, before;
    int ends[2], looks = 0;

    signalled = 0;
    ck_assert_int_eq(sigaction(SIGUSR1, &action, &before), 0);
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(li_os_wait(ends[0], POLLIN, look_then_signal, &looks), 0);
    ck_assert_int_eq(looks, 2);
    ck_assert_int_eq(write(ends[1], "x", 1), 1);
    signalled = 0;
    ck_assert_int_eq(li_os_wait(ends[0], POLLIN, look_then_signal, &looks), 1);
    ck_assert_int_eq(close(ends[0]) + close(ends[1]), 0);
    ck_assert_int_eq(sigaction(SIGUSR1, &before, NULL), 0);
}
END_TEST

TEST_MAIN("port", open_all, close_all, characters_are_decoded_and_peeked_at,
          invalid_utf8_reads_as_the_replacement_character,
          lines_end_in_three_ways_or_with_the_input,
          a_long_line_in_a_file_grows_the_window, strings_are_read_by_characters,
          bytes_are_read_alone_in_bulk_and_into_place,
          file_output_waits_in_the_buffer_until_it_is_flushed,
          much_output_passes_the_buffer, dead_ports_are_flushed_and_closed,
          ports_outlive_collections_that_move_them, everything_open_is_flushed_at_exit,
          memory_output_is_gathered_and_can_be_cut, what_cannot_be_opened_says_why,
          a_full_device_is_an_error_and_no_loop, a_pipe_may_give_a_character_in_pieces,
          a_pipe_that_nobody_reads_is_an_error_and_no_signal,
          a_file_that_cannot_be_closed_is_an_error,
          a_host_supplies_reading_and_writing, a_failing_host_is_an_error,
          an_interrupt_ends_endless_output,
          data_are_read_from_a_port_and_nothing_behind_them,
          a_failing_allocation_reads_nothing,
          opening_under_every_failing_allocation_leaks_nothing,
          a_signal_between_the_look_and_the_wait_ends_the_wait)
