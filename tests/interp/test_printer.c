/* test_printer.c - write, display, labels, limits. */
#include "containers/array.h"
#include "containers/list.h"
#include "syntax_support.h"
#include "types/port.h"

static Value cons(Value a, Value b)
{
    Value pair;

    /* Not ck_assert_ok: Check writes to a file for each one that is passed. */
    if (li_cons(&test.heap, a, b, &pair) != OK)
        ck_abort_msg("out of memory");
    return pair;
}

static Value symbol(const char *name)
{
    return test_symbol(&test.heap, name);
}

START_TEST(display_shows_text_and_write_shows_notation)
{
    Value v = read_text("(\"a\\\"b\" #\\a #\\space |two words| (|| |1| |A;|))");

    ck_assert_prints(v, PRINT_WRITE,
                     "(\"a\\\"b\" #\\a #\\space |two words| (|| |1| |A;|))");
    ck_assert_prints(v, PRINT_DISPLAY, "(a\"b a   two words ( 1 A;))");
}
END_TEST

START_TEST(symbols_that_would_read_otherwise_get_bars)
{
    static const char *const bars[] = {
        "",     ".",    "1",      "-1",     "+1",      "1+",       ".5",   "-.5",
        "+i",   "-I",   "+inf.0", "-NaN.0", "+inf.0i", "a b",      "a(b",  "a|b",
        "a\"b", "#foo", "a#",     "a'b",    "a;b",     "\xce\xbb", "a\nb", "[x]"};
    static const char *const plain[] = {
        "a",   "+",   "-", "...",  "..",  "+a", "->x", ".a",
        "+.a", "a.b", "@", "-inf", "+in", "a1", "ABC", "!$%&*/:<=>?^_~"};

    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i += 1) {
        char *printed = print_value(symbol(bars[i]), PRINT_WRITE, 0);

        ck_assert_msg(printed[0] == '|', "%s", printed);
        ck_assert_eq_value(read_text(printed), symbol(bars[i]));
        free(printed);
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i += 1)
        ck_assert_prints(symbol(plain[i]), PRINT_WRITE, plain[i]);
}
END_TEST

START_TEST(only_cycles_are_labelled_by_write)
{
    ck_assert_prints(read_text("#0=(a b . #0#)"), PRINT_WRITE, "#0=(a b . #0#)");
    ck_assert_prints(read_text("#0=(a b . #0#)"), PRINT_DISPLAY, "#0=(a b . #0#)");
    ck_assert_prints(read_text("(#0=(x) #0# #0#)"), PRINT_WRITE, "((x) (x) (x))");
    ck_assert_prints(read_text("(#0=#(#0#) #1=(1 #1# . #1#))"), PRINT_WRITE,
                     "(#0=#(#0#) #1=(1 #1# . #1#))");
    ck_assert_prints(read_text("(1 #5=(2 . #5#) . #6=(3 #6#))"), PRINT_WRITE,
                     "(1 #0=(2 . #0#) . #1=(3 #1#))");
    ck_assert_prints(read_text("#0='#0#"), PRINT_WRITE, "#0='#0#");
    ck_assert_prints(read_text("#0=(quote . #1=(#1#))"), PRINT_WRITE,
                     "(quote . #0=(#0#))");
    ck_assert_prints(read_text("(a . #0=(b c . #0#))"), PRINT_WRITE,
                     "(a . #0=(b c . #0#))");
}
END_TEST

START_TEST(write_shared_labels_all_that_is_met_twice)
{
    ck_assert_prints(read_text("(#0=(x) #0# #0#)"), PRINT_WRITE_SHARED,
                     "(#0=(x) #0# #0#)");
    ck_assert_prints(read_text("(#0=#() #0#)"), PRINT_WRITE_SHARED, "(#0=#() #0#)");
    ck_assert_prints(read_text("((x) (x) s s \"t\")"), PRINT_WRITE_SHARED,
                     "((x) (x) s s \"t\")");
    ck_assert_prints(read_text("(#0=(b c) a . #0#)"), PRINT_WRITE_SHARED,
                     "(#0=(b c) a . #0#)");
    ck_assert_prints(read_text("#0=(a #1=(b) #1# . #0#)"), PRINT_WRITE_SHARED,
                     "#0=(a #1=(b) #1# . #0#)");
    ck_assert_prints(read_text("(#0=(x) #0#)"), PRINT_WRITE_SIMPLE, "((x) (x))");
}
END_TEST

START_TEST(constants_and_objects_have_names)
{
    Value record_type, v;
    RecordType *type = li_alloc(&test.heap, T_RECORD_TYPE, 0, 3);
    Record *record = li_alloc(&test.heap, T_RECORD, 0, 3);

    *type = (RecordType){symbol("<point>"), read_text("#(x y)"), VALUE_FALSE};
    record_type = value_from_object(type);
    record->type = record_type;
    record->fields[0] = value_from_fixnum(1);
    record->fields[1] = read_text("\"a\"");
    v = value_from_object(record);
    ck_assert_prints(v, PRINT_WRITE, "#<point x: 1 y: \"a\">");
    ck_assert_prints(v, PRINT_DISPLAY, "#<point x: 1 y: a>");
    record->fields[1] = v;
    ck_assert_prints(v, PRINT_WRITE, "#0=#<point x: 1 y: #0#>");
    ck_assert_prints(record_type, PRINT_WRITE, "#<record type <point>>");
    ck_assert_prints(VALUE_EOF, PRINT_WRITE, "#<eof>");
    ck_assert_prints(VALUE_UNSPECIFIED, PRINT_DISPLAY, "#<unspecified>");
    ck_assert_prints(value_from_char(0x301), PRINT_WRITE, "#\\\xcc\x81");
    ck_assert_prints(value_from_char(0x200b), PRINT_WRITE, "#\\x200b");
    ck_assert_prints(read_text("\"\\x7f;\\x1;\""), PRINT_WRITE, "\"\\x7f;\\x1;\"");
    ck_assert_ok(li_array_new(&test.heap, ELEMENT_F64, 3, &v));
    ck_assert_prints(v, PRINT_WRITE, "#f64(0.0 0.0 0.0)");
}
END_TEST

START_TEST(a_limit_cuts_the_text)
{
    Value v = read_text("(1 22 333 \"\xce\xbb\xce\xbb\xce\xbb\" 4444)");
    static const char *const cuts[] = {"(...", "(1...", "(1 ...", "(1 2...",
                                       "(1 22..."};
    char *printed;

    for (uint64_t limit = 1; limit <= 5; limit += 1) {
        printed = print_value(v, PRINT_WRITE, limit);
        ck_assert_str_eq(printed, cuts[limit - 1]);
        free(printed);
    }
    printed = print_value(v, PRINT_WRITE, 13);
    ck_assert_str_eq(printed, "(1 22 333 \"\xce\xbb\xce\xbb...");
    free(printed);
    printed = print_value(v, PRINT_WRITE, 21);
    ck_assert_str_eq(printed, "(1 22 333 \"\xce\xbb\xce\xbb\xce\xbb\" 4444)");
    free(printed);
    printed = print_value(read_text("#0=(a . #0#)"), PRINT_WRITE_SIMPLE, 10);
    ck_assert_str_eq(printed, "(a a a a a...");
    free(printed);
    for (uint64_t limit = 1; limit < 60; limit += 1) {
        printed = print_value(
            read_text("#0=(a #(b \"c\\n\" #\\a) 'x |y z| #u8(1 2 3) . #0#)"),
            PRINT_WRITE, limit);
        ck_assert_uint_le(strlen(printed), limit + 3);
        free(printed);
    }
}
END_TEST

START_TEST(a_limit_counts_from_where_the_buffer_was)
{
    Buffer buffer = {0};

    li_buffer_push_string(&buffer, "got ");
    ck_assert_ok(li_print(&test.heap, read_text("(a b c)"), PRINT_WRITE, 3, &buffer));
    ck_assert_str_eq(li_buffer_c_string(&buffer), "got (a ...");
    li_buffer_free(&buffer);
}
END_TEST

/* A doubling tree of shared pairs: exponential for a naive printer, linear with labels. */
START_TEST(shared_structure_is_written_in_linear_time)
{
    Value v = VALUE_NIL;
    char *printed;

    for (int i = 0; i < 1000; i += 1)
        v = cons(v, v);
    printed = print_value(v, PRINT_WRITE_SHARED, 0);
    ck_assert_uint_lt(strlen(printed), 20000);
    free(printed);
    printed = print_value(v, PRINT_WRITE, 100);
    ck_assert_uint_eq(strlen(printed), 103);
    free(printed);
}
END_TEST

START_TEST(long_and_deep_data_print_under_a_limit)
{
    Value list, deep = VALUE_NIL, circular;
    char *printed;

    test_heap_close(&test);
    test_heap_open(&test, false, 256 * 1024 * 1024);
    list = test_pair_list(&test.heap, 1000000);
    printed = print_value(list, PRINT_WRITE, 0);
    ck_assert_uint_eq(strlen(printed), 6888891);
    free(printed);
    for (int i = 0; i < 1000000; i += 1)
        deep = cons(deep, i == 0 ? VALUE_NIL : cons(VALUE_TRUE, VALUE_NIL));
    printed = print_value(deep, PRINT_DISPLAY, 0);
    ck_assert_uint_eq(strlen(printed), 2 + 5 * 999999 + 2);
    free(printed);
    for (circular = list; value_is_pair(pair_cdr(circular));
         circular = pair_cdr(circular))
        continue;
    value_to_pair(circular)->cdr = list;
    printed = print_value(list, PRINT_WRITE, 0);
    ck_assert_uint_eq(strlen(printed), 6888891 + 9);
    free(printed);
}
END_TEST

START_TEST(output_to_a_port_comes_in_chunks)
{
    PortTable table;
    Value port, text, list = test_pair_list(&test.heap, 100000);
    char *printed = print_value(list, PRINT_WRITE, 0);
    bool written = false;

    li_ports_init(&table);
    ck_assert_ok(li_port_open_text_output(&test.heap, &table, &port));
    ck_assert_ok(
        li_print_to_port(&test.heap, list, PRINT_WRITE, li_port_of(port), &written));
    ck_assert(written);
    ck_assert_ok(li_port_get_output(&test.heap, li_port_of(port), &text));
    ck_assert(li_text_equals_ascii(value_to_text(text), printed));
    free(printed);
    ck_assert_prints(port, PRINT_WRITE, "#<output port>");
    ck_assert_ok(li_port_close(li_port_of(port), PORT_OUTPUT));
    test_heap_close(&test);
    test_heap_open(&test, false, 0);
}
END_TEST

/* write-simple of circular data has no end but the memory's. */
START_TEST(endless_output_ends_with_the_memory)
{
    static const char *const endless[] = {"#0=(a . #0#)", "#0=(#0# . a)", "#0=#(#0#)",
                                          "#0='#0#"};

    for (size_t i = 0; i < 4; i += 1) {
        PortTable table;
        Value port;

        test_heap_close(&test);
        test_heap_open(&test, false, 16 * 1024 * 1024);
        li_ports_init(&table);
        ck_assert_ok(li_port_open_text_output(&test.heap, &table, &port));
        ck_assert_err(li_print_to_port(&test.heap, read_text(endless[i]),
                                       PRINT_WRITE_SIMPLE, li_port_of(port), NULL),
                      ERR_NO_MEMORY);
        test_heap_close(&test);
        test_heap_open(&test, false, 0);
    }
}
END_TEST

START_TEST(every_failing_allocation_is_clean)
{
    Value v = read_text("#0=(1 #(2 (3)) ((4) 5) . #0#)");
    bool passed = false;

    for (uint64_t n = 1; !passed; n += 1) {
        Buffer buffer = {0};
        Status status;

        immix_fail_after(test.heap.immix, n);
        status = li_print(&test.heap, v, PRINT_WRITE, 0, &buffer);
        immix_fail_after(test.heap.immix, 0);
        passed = status == OK;
        ck_assert(passed || status == ERR_NO_MEMORY);
        li_buffer_free(&buffer);
        immix_fail_after(test.heap.immix, 1);
        ck_assert_err(li_print(&test.heap, v, PRINT_WRITE, 0, &buffer), ERR_NO_MEMORY);
        immix_fail_after(test.heap.immix, 0);
        li_buffer_free(&buffer);
        ck_assert_uint_lt(n, 100);
    }
}
END_TEST

TEST_MAIN("printer", setup, teardown, display_shows_text_and_write_shows_notation,
          symbols_that_would_read_otherwise_get_bars, only_cycles_are_labelled_by_write,
          write_shared_labels_all_that_is_met_twice, constants_and_objects_have_names,
          a_limit_cuts_the_text, a_limit_counts_from_where_the_buffer_was,
          shared_structure_is_written_in_linear_time,
          long_and_deep_data_print_under_a_limit, output_to_a_port_comes_in_chunks,
          endless_output_ends_with_the_memory, every_failing_allocation_is_clean)
