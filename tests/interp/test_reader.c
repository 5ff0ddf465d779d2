/* test_reader.c - R7RS 2 and 7.1 as the reader sees them, and its limits. */
#include "containers/array.h"
#include "syntax/source.h"
#include "syntax_support.h"
#include "types/number.h"

static const ReaderOptions plain_options;

/* What reading `text` fails with; asserts that it does. */
static ReadError read_error(const char *text, size_t bytes)
{
    ReadError error;
    Value datum;
    Status status = try_read_bytes(text, bytes, &plain_options, &datum, &error);

    ck_assert_msg(status == ERR_READ, "%.60s gave \"%s\"", text,
                  li_status_text(status));
    return error;
}

static void check_error(const char *text, const char *message, bool incomplete)
{
    ReadError error = read_error(text, strlen(text));

    ck_assert_str_eq(error.message, message);
    ck_assert_int_eq(error.incomplete, incomplete);
}

START_TEST(atoms_read_as_themselves)
{
    ck_assert_reads("42", "42");
    ck_assert_reads("-17", "-17");
    ck_assert_reads("+5", "5");
    ck_assert_reads("#t", "#t");
    ck_assert_reads("#true", "#t");
    ck_assert_reads("#f", "#f");
    ck_assert_reads("#FALSE", "#f");
    ck_assert_reads("abc", "abc");
    ck_assert_reads("()", "()");
    ck_assert_reads("1.5", "1.5");
    ck_assert_reads("-.5e1", "-5.0");
    ck_assert_reads("123456789012345678901234567890", "123456789012345678901234567890");
    ck_assert_reads("999999999999999999", "999999999999999999");
    ck_assert_reads("+inf.0", "+inf.0");
    ck_assert_reads("-nan.0", "+nan.0");
}
END_TEST

START_TEST(numbers_have_radix_and_exactness)
{
    ck_assert_reads("#xFF", "255");
    ck_assert_reads("#Xff", "255");
    ck_assert_reads("#b-101", "-5");
    ck_assert_reads("#o17", "15");
    ck_assert_reads("#d10", "10");
    ck_assert_reads("#e1.5e1", "15");
    ck_assert_reads("#i3", "3.0");
    ck_assert_reads("#x#i10", "16.0");
    ck_assert_reads("#i#x10", "16.0");
    check_error("#xfg", "#xfg is not a number", false);
    check_error("#b2", "#b2 is not a number", false);
    check_error("1abc", "1abc is not a number", false);
    check_error("-1abc", "-1abc is not a number", false);
    check_error(".5.", ".5. is not a number", false);
}
END_TEST

START_TEST(identifiers_of_the_report_are_read)
{
    static const char *const names[] = {"...",
                                        "+",
                                        "-",
                                        "+soup+",
                                        "<=?",
                                        "->string",
                                        "a34kTMNs",
                                        "lambda",
                                        "list->vector",
                                        "q",
                                        "V17a",
                                        "the-word-recursion-has-many-meanings",
                                        "!$%&*/:<=>?^_~",
                                        "-a",
                                        "+.a",
                                        "..",
                                        ".foo",
                                        "a.b",
                                        "-",
                                        "->x",
                                        "@x",
                                        "--"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        Value symbol = read_text(names[i]);

        ck_assert(value_is_symbol(symbol));
        ck_assert_prints(symbol, PRINT_DISPLAY, names[i]);
        ck_assert_prints(symbol, PRINT_WRITE, names[i]);
    }
    ck_assert_prints(read_text("|two words|"), PRINT_DISPLAY, "two words");
    ck_assert_prints(read_text("|two\\x20;words|"), PRINT_DISPLAY, "two words");
    ck_assert_eq_value(read_text("|H\\x65;llo|"), read_text("Hello"));
    ck_assert_eq_value(read_text("|\\x3BB;|"), read_text("\xce\xbb"));
    ck_assert_eq_value(read_text("|\\t\\t|"), read_text("|\\x9;\\x9;|"));
    ck_assert_prints(read_text("||"), PRINT_WRITE, "||");
    ck_assert(value_is_symbol(read_text("1+")));
    ck_assert(value_is_symbol(read_text("-1+")));
    ck_assert_reads("(a|b c|d)", "(a |b c| d)");
}
END_TEST

START_TEST(lists_vectors_and_bytevectors_nest)
{
    ck_assert_reads("(1 2 3)", "(1 2 3)");
    ck_assert_reads("(1 . 2)", "(1 . 2)");
    ck_assert_reads("(1 2 . (3 4))", "(1 2 3 4)");
    ck_assert_reads("(1 .5)", "(1 0.5)");
    ck_assert_reads("(a . b)", "(a . b)");
    ck_assert_reads("#(1 #(2 ()) (3 . 4) \"x\")", "#(1 #(2 ()) (3 . 4) \"x\")");
    ck_assert_reads("#()", "#()");
    ck_assert_reads("#u8(0 127 255)", "#u8(0 127 255)");
    ck_assert_reads("#U8()", "#u8()");
    ck_assert_reads("(#u8(1 #;\"str\" 2 #;#u8(9 9) 3) \"s\")", "(#u8(1 2 3) \"s\")");
    ck_assert_reads("((()))", "((()))");
    check_error("(1 . 2 3)", "more than one datum after the dot of a list", false);
    check_error("( . 2)", "there is no datum before the dot", false);
    check_error("(1 . )", "unexpected ): there is no datum after the dot of a list",
                false);
    check_error("(1 . . 2)", "unexpected dot", false);
    check_error("#(1 . 2)", "unexpected dot", false);
    check_error(".", "unexpected dot", false);
    check_error(")", "unexpected )", false);
    check_error("#u8(256)", "each element of #u8(...) must be an exact integer from 0 to 255",
                false);
    check_error("#u8(a)", "each element of #u8(...) must be an exact integer from 0 to 255",
                false);
    check_error("#u9(1)", "#u must begin an array: #u8(...), or 16, 32 or 64", false);
}
END_TEST

START_TEST(quotation_marks_are_lists)
{
    ck_assert(value_is_eq(pair_car(read_text("'a")), read_text("quote")));
    ck_assert_reads("'a", "'a");
    ck_assert_reads("(quote a)", "'a");
    ck_assert_reads("`(a ,b ,@c)", "`(a ,b ,@c)");
    ck_assert_reads("'''()", "'''()");
    ck_assert_reads("(unquote @a)", ", @a");
    ck_assert_reads(", @a", ", @a");
    ck_assert_reads("(quote)", "(quote)");
    ck_assert_reads("(quote a b)", "(quote a b)");
    ck_assert_reads("(a quote b)", "(a quote b)");
    check_error("')", "unexpected ): there is no datum after a quotation mark", false);
}
END_TEST

START_TEST(strings_have_all_escapes)
{
    ck_assert_reads("\"a\\nb\\t\\\"\\\\\\a\\b\\r\"", "\"a\\nb\\t\\\"\\\\\\a\\b\\r\"");
    ck_assert_prints(read_text("\"\\x41;\\x3bb;\""), PRINT_DISPLAY, "A\xce\xbb");
    ck_assert_prints(read_text("\"\\X41;|\\|\""), PRINT_DISPLAY, "A||");
    ck_assert_prints(read_text("\"one \\   \n   two\""), PRINT_DISPLAY, "one two");
    ck_assert_prints(read_text("\"one\\\r\n two\""), PRINT_DISPLAY, "onetwo");
    ck_assert_prints(read_text("\"one\r\ntwo\rthree\nfour\""), PRINT_DISPLAY,
                     "one\ntwo\nthree\nfour");
    ck_assert_prints(read_text("\"\xff\xfe\""), PRINT_DISPLAY,
                     "\xef\xbf\xbd\xef\xbf\xbd");
    check_error("\"\\q\"", "unknown escape \\q", false);
    check_error("\"\\x;\"", "expected hexadecimal digits and ; after \\x", false);
    check_error("\"\\x41\"", "expected hexadecimal digits and ; after \\x", false);
    check_error("\"\\xd800;\"", "there is no such character", false);
    check_error("\"\\x110000;\"", "there is no such character", false);
    check_error("\"\\xfffffffffffffffff;\"", "there is no such character", false);
    check_error("\"\\  x\"", "expected the end of the line after \\", false);
}
END_TEST

START_TEST(a_nul_is_text_in_strings_and_an_error_outside)
{
    Value datum;
    ReadError error;

    ck_assert_ok(try_read_bytes("\"a\0b\"", 5, &plain_options, &datum, &error));
    ck_assert_uint_eq(value_to_text(datum)->length, 3);
    ck_assert_prints(datum, PRINT_WRITE, "\"a\\x0;b\"");
    ck_assert_str_eq(read_error("a\0b", 3).message, "unexpected character U+0000");
    ck_assert_str_eq(read_error("\0", 1).message, "unexpected character U+0000");
    ck_assert_str_eq(read_error("#t\0\0\0\0\0\0", 8).message, "unknown notation #t");
    ck_assert_ok(try_read_bytes("#\\\0", 3, &plain_options, &datum, &error));
    ck_assert_uint_eq(value_to_char(datum), 0);
}
END_TEST

START_TEST(characters_are_read_by_name_number_or_themselves)
{
    ck_assert_reads("#\\a", "#\\a");
    ck_assert_reads("#\\(", "#\\(");
    ck_assert_reads("(#\\()", "(#\\()");
    ck_assert_reads("#\\ ", "#\\space");
    ck_assert_reads("#\\;", "#\\;");
    ck_assert_reads("#\\space", "#\\space");
    ck_assert_reads("#\\newline", "#\\newline");
}
END_TEST

START_TEST(characters_have_the_names_of_the_report)
{
    static const char *const names[] = {"alarm",  "backspace", "delete",
                                        "escape", "newline",   "null",
                                        "return", "space",     "tab"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i += 1) {
        char text[32];

        (void)snprintf(text, sizeof text, "#\\%s", names[i]);
        ck_assert_reads(text, text);
    }
    ck_assert_reads("#\\x41", "#\\A");
    ck_assert_reads("#\\x", "#\\x");
    ck_assert_reads("#\\x3BB", "#\\\xce\xbb");
    ck_assert_reads("#\\\xce\xbb", "#\\\xce\xbb");
    ck_assert_reads("#\\x0", "#\\null");
    ck_assert_reads("#\\x80", "#\\x80");
    check_error("#\\foo", "unknown character #\\foo", false);
    check_error("#\\Space", "unknown character #\\Space", false);
    check_error("#\\xd800", "unknown character #\\xd800", false);
    check_error("#\\\xff", "invalid UTF-8 in a character", false);
    check_error("#\\",
                "unexpected end of input: the character opened at 1:1 was never closed",
                true);
}
END_TEST

START_TEST(comments_are_space)
{
    ck_assert_reads("; line\n 1", "1");
    ck_assert_reads("#| a #| nested |# b |# 2", "2");
    ck_assert_reads("#|||# 2", "2");
    ck_assert_reads("(1 #;2 3)", "(1 3)");
    ck_assert_reads("(1 #;(a (b) . c) 3)", "(1 3)");
    ck_assert_reads("(1 #; #;2 3 4)", "(1 4)");
    ck_assert_reads("(1 . #;2 3)", "(1 . 3)");
    ck_assert_reads("(1 . 3 #;2)", "(1 . 3)");
    ck_assert_reads("#;1 2", "2");
    ck_assert_reads("'#;a b", "'b");
    ck_assert_reads("#(1 #;2)", "#(1)");
    ck_assert_reads("(a;c\r b)", "(a b)");
    ck_assert_reads("\xef\xbb\xbf(a\xc2\xa0"
                    "b\xe3\x80\x80)",
                    "(a b)");
    ck_assert(value_is_eq(read_text("; only\n#|x|# "), VALUE_EOF));
    ck_assert(value_is_eq(read_text(""), VALUE_EOF));
    ck_assert(value_is_eq(read_text("#;x"), VALUE_EOF));
    check_error("(1 #;)", "unexpected ): there is no datum after #;", false);
}
END_TEST

START_TEST(directives_fold_case)
{
    ck_assert_reads("#!fold-case (ABC |ABC| #\\SPACE #\\A \"ABC\" #!no-fold-case ABC)",
                    "(abc ABC #\\space #\\A \"ABC\" ABC)");
    ck_assert_prints(read_text("#!fold-case STRASSE"), PRINT_DISPLAY, "strasse");
    ck_assert_prints(read_text("#!fold-case \xce\x9b"), PRINT_DISPLAY, "\xce\xbb");
    ck_assert_reads("#! /usr/bin/limpet\n5", "5");
    ck_assert_reads("#!/usr/bin/env limpet", "#<eof>");
}
END_TEST

START_TEST(an_unknown_directive_is_an_error)
{
    check_error(" #!/usr/bin/limpet\n5", "unknown directive #!/usr/bin/limpet", false);
    check_error("(#!eof)", "unknown directive #!eof", false);
}
END_TEST

START_TEST(labels_make_shared_and_circular_data)
{
    Value v = read_text("#0=(a b . #0#)");

    ck_assert(value_is_eq(pair_cdr(pair_cdr(v)), v));
    v = read_text("(#1=(x) #1# #1#)");
    ck_assert(value_is_eq(pair_car(v), pair_car(pair_cdr(v))));
    v = read_text("#0=#(1 #0# #1=(#0# . #1#))");
    ck_assert(value_is_eq(vector_items(v)[1], v));
    ck_assert(value_is_eq(pair_car(vector_items(v)[2]), v));
    ck_assert(value_is_eq(pair_cdr(vector_items(v)[2]), vector_items(v)[2]));
    v = read_text("#0=(a #1=#0# #1#)");
    ck_assert(value_is_eq(pair_car(pair_cdr(v)), v));
    ck_assert(value_is_eq(pair_car(pair_cdr(pair_cdr(v))), v));
    v = read_text("#7='#7#");
    ck_assert(value_is_eq(pair_car(pair_cdr(v)), v));
    ck_assert_reads("#0=(a b . #0#)", "#0=(a b . #0#)");
    ck_assert_reads("(#5=\"x\" #5#)", "(\"x\" \"x\")");
    check_error("#0=#0#", "datum label #0= labels itself", false);
    check_error("(#0# #0=a)", "datum label #0# is not defined before it", false);
    check_error("(#0=a #0=b)", "datum label #0= is defined twice", false);
    check_error("#0=#1=#0#", "datum label #0= labels itself", false);
    check_error("#99999999999999999999=a", "the number of a datum label is too large",
                false);
    check_error("#1a", "expected = or # after #1", false);
    check_error("(#0=)", "unexpected ): there is no datum after a datum label", false);
}
END_TEST

START_TEST(what_is_not_closed_is_named)
{
    check_error(
        "(a\n  (b c)",
        "unexpected end of input: the parenthesis opened at 1:1 was never closed",
        true);
    check_error(
        "(a\n  (b c",
        "unexpected end of input: the parenthesis opened at 2:3 was never closed",
        true);
    check_error(" #(a",
                "unexpected end of input: the vector opened at 1:2 was never closed",
                true);
    check_error(
        "#u8(1",
        "unexpected end of input: the bytevector opened at 1:1 was never closed", true);
    check_error("(\"abc",
                "unexpected end of input: the string opened at 1:2 was never closed",
                true);
    check_error("\"abc\\",
                "unexpected end of input: the string opened at 1:1 was never closed",
                true);
    check_error("\"abc\\x4", "expected hexadecimal digits and ; after \\x", false);
    check_error(
        "|abc",
        "unexpected end of input: the identifier in | opened at 1:1 was never closed",
        true);
    check_error(
        "#| #| |#",
        "unexpected end of input: the block comment opened at 1:1 was never closed",
        true);
    check_error("'",
                "unexpected end of input: the quotation opened at 1:1 was never closed",
                true);
    check_error(
        "#0=",
        "unexpected end of input: the datum label opened at 1:1 was never closed",
        true);
    check_error(
        "(#;",
        "unexpected end of input: the datum comment opened at 1:2 was never closed",
        true);
    check_error("#", "a # that nothing follows", false);
}
END_TEST

START_TEST(the_file_is_named_where_something_was_opened)
{
    ReaderOptions options = {.name = "dir/file.scm", .file = 3};
    ReadError error;
    Value datum;
    Position end;

    ck_assert_err(try_read_bytes("x)", 2, &options, &datum, &error), OK);
    ck_assert_err(try_read_bytes("\n\n(x", 4, &options, &datum, &error), ERR_READ);
    ck_assert_str_eq(error.message,
                     "unexpected end of input: the parenthesis opened at "
                     "dir/file.scm:3:1 was never closed");
    end = position_unpack(error.position);
    ck_assert_uint_eq(end.file, 3);
    ck_assert_uint_eq(end.line, 3);
    ck_assert_uint_eq(end.column, 3);
}
END_TEST

START_TEST(strange_characters_are_errors)
{
    check_error("[a]", "[ is reserved and cannot be used here", false);
    check_error("(a}", "} is reserved and cannot be used here", false);
    check_error("a'b", "unexpected character '", false);
    check_error("a\\b", "unexpected character \\", false);
    check_error("\x01", "unexpected character U+0001", false);
    check_error("\xff", "invalid UTF-8 in an identifier", false);
    check_error("ab\xc3", "invalid UTF-8 in an identifier", false);
    check_error("#<foo>", "unknown notation #<", false);
    check_error("#tru", "unknown notation #tru", false);
    check_error("# ", "unknown notation: # and U+0020", false);
}
END_TEST

static uint32_t column_of(Value pair)
{
    return position_unpack(li_pair_position(pair)).column;
}

START_TEST(pairs_know_where_they_were_read)
{
    ReaderOptions options = {.file = 2, .positions = true, .immutable = true};
    const char *text = "  (f (g 1) 'q\n #(v))";
    ReadError error;
    Value v, third;

    ck_assert_ok(try_read_bytes(text, strlen(text), &options, &v, &error));
    ck_assert_uint_eq(column_of(v), 3);
    ck_assert_uint_eq(column_of(pair_cdr(v)), 6);
    ck_assert_uint_eq(column_of(pair_car(pair_cdr(v))), 6);
    third = pair_cdr(pair_cdr(v));
    ck_assert_uint_eq(column_of(third), 12);
    ck_assert_uint_eq(column_of(pair_car(third)), 12);
    ck_assert_uint_eq(column_of(pair_cdr(pair_car(third))), 13);
    ck_assert_uint_eq(position_unpack(li_pair_position(pair_cdr(third))).line, 2);
    ck_assert_uint_eq(position_unpack(li_pair_position(v)).file, 2);
    ck_assert(li_is_immutable(value_to_pair(v)));
    ck_assert(li_is_immutable(value_to_object(pair_car(pair_cdr(third)))));
    ck_assert(!li_is_immutable(value_to_pair(read_text("(1)"))));
    ck_assert_uint_eq(li_pair_position(read_text("(1)")), 0);
}
END_TEST

START_TEST(columns_count_characters)
{
    ReaderOptions options = {.positions = true};
    const char *text = "(\"\xce\xbb\xce\xbb\" (x) #| \xce\xbb |# (y))";
    ReadError error;
    Value v;

    ck_assert_ok(try_read_bytes(text, strlen(text), &options, &v, &error));
    ck_assert_uint_eq(column_of(pair_cdr(v)), 7);
    ck_assert_uint_eq(column_of(pair_cdr(pair_cdr(v))), 19);
}
END_TEST

START_TEST(data_follow_each_other)
{
    const char *text = "1 (2)3\"4\"#\\5 ) 6";
    static const char *const expected[] = {"1", "(2)", "3", "\"4\"", "#\\5"};
    TextStream stream;
    Reader reader;
    Value v;

    li_stream_from_memory(&stream, text, strlen(text));
    li_reader_open(&reader, &test.heap, &stream, &plain_options);
    for (size_t i = 0; i < 5; i += 1) {
        ck_assert_ok(li_read(&reader, &v));
        ck_assert_prints(v, PRINT_WRITE, expected[i]);
    }
    ck_assert_err(li_read(&reader, &v), ERR_READ);
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_eq_value(v, value_from_fixnum(6));
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_eq_value(v, VALUE_EOF);
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_eq_value(v, VALUE_EOF);
    li_reader_close(&reader);
}
END_TEST

/* A text that arrives a byte at a time, as from a slow pipe. */
typedef struct Drip {
    const char *text;
    size_t bytes, shown;
    char window[256];
} Drip;

static bool drip(TextStream *stream)
{
    Drip *d = stream->context;
    const char *kept = stream->mark != NULL ? stream->mark : stream->at;
    size_t used = (size_t)(stream->end - kept), at = (size_t)(stream->at - kept);

    if (d->shown == d->bytes)
        return false;
    memmove(d->window, kept, used);
    d->window[used] = d->text[d->shown];
    d->shown += 1;
    stream->at = d->window + at;
    stream->end = d->window + used + 1;
    if (stream->mark != NULL)
        stream->mark = d->window;
    return true;
}

START_TEST(text_may_arrive_in_pieces)
{
    const char *text =
        "#!fold-case (ABC #;x \"\xce\xbb\\x41;\\\n  y\" #u8(1 2) #| \xce\xbb |# "
        "#\\newline #e1.5e1 #0=(q . #0#) \xce\xbb ,@z|a b|)";
    Drip d = {.text = text, .bytes = strlen(text)};
    TextStream stream = {.line = 1,
                         .column = 1,
                         .at = d.window,
                         .end = d.window,
                         .fill = drip,
                         .context = &d};
    Reader reader;
    Value v;

    li_reader_open(&reader, &test.heap, &stream, &plain_options);
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_prints(v, PRINT_WRITE,
                     "(abc \"\xce\xbb"
                     "Ay\" #u8(1 2) #\\newline 15 #0=(q . #0#) |\xce\xbb| ,@z |a b|)");
    ck_assert_ok(li_read(&reader, &v));
    ck_assert_eq_value(v, VALUE_EOF);
    li_reader_close(&reader);
}
END_TEST

static char *repeated(const char *open, const char *middle, const char *close,
                      size_t count)
{
    Buffer b = {0};

    for (size_t i = 0; i < count; i += 1)
        li_buffer_push_string(&b, open);
    li_buffer_push_string(&b, middle);
    for (size_t i = 0; i < count; i += 1)
        li_buffer_push_string(&b, close);
    (void)li_buffer_c_string(&b); /* terminates it */
    ck_assert(!b.failed);
    return b.bytes;
}

START_TEST(a_million_levels_are_read_and_printed)
{
    static const char *const nests[][3] = {{"(", "x", ")"},
                                           {"#(", "", ")"},
                                           {"'", "x", ""},
                                           {"(a . ", "b", ")"},
                                           {"#;", "x", " x"}};

    for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i += 1) {
        char *text = repeated(nests[i][0], nests[i][1], nests[i][2], 1000000);
        Value v = read_text(text);

        if (i < 3) {
            char *printed = print_value(v, PRINT_WRITE, 0);

            ck_assert(strcmp(printed, text) == 0);
            free(printed);
        }
        free(text);
    }
}
END_TEST

START_TEST(deep_input_under_a_limit_ends_cleanly)
{
    char *text = repeated("(", "", "", 5000000);
    ReadError error;
    Value v;

    test_heap_close(&test);
    test_heap_open(&test, false, 32 * 1024 * 1024);
    ck_assert_err(try_read_bytes(text, strlen(text), &plain_options, &v, &error),
                  ERR_NO_MEMORY);
    free(text);
    text = repeated("(", "", ")", 500000);
    ck_assert_ok(try_read_bytes(text, strlen(text), &plain_options, &v, &error));
    free(text);
}
END_TEST

START_TEST(every_failing_allocation_is_clean_and_can_be_repeated)
{
    const char *text =
        "#!fold-case #1=(A #(1 2.5e300 \"str\\n\") #u8(1 2) 'q . #1#) rest";
    ReaderOptions options = {.positions = true, .immutable = true};
    bool passed = false;

    for (uint64_t n = 1; !passed; n += 1) {
        TextStream stream;
        Reader reader;
        Value v = VALUE_FALSE;
        Status status;

        li_stream_from_memory(&stream, text, strlen(text));
        li_reader_open(&reader, &test.heap, &stream, &options);
        immix_fail_after(test.heap.immix, n);
        status = li_read(&reader, &v);
        immix_fail_after(test.heap.immix, 0);
        passed = status == OK;
        if (!passed) {
            ck_assert_err(status, ERR_NO_MEMORY);
            ck_assert_ok(li_read(&reader, &v));
        }
        ck_assert_prints(v, PRINT_WRITE,
                         "#0=(a #(1 2.5e300 \"str\\n\") #u8(1 2) 'q . #0#)");
        ck_assert_ok(li_read(&reader, &v));
        ck_assert_prints(v, PRINT_WRITE, "rest");
        li_reader_close(&reader);
        ck_assert_uint_lt(n, 1000);
    }
}
END_TEST

START_TEST(random_bytes_never_crash_it)
{
    static const char alphabet[] =
        "()#'`,@\"|\\;x0123456789abetfu8=.+- \n\t!<>[]{}\xce\xbb\xff";
    uint64_t random = 88172645463325252ULL;

    for (int round = 0; round < 200000; round += 1) {
        char text[24];
        size_t bytes = random % sizeof text;
        ReadError error;
        Value v;
        Status status;

        for (size_t i = 0; i < bytes; i += 1) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            text[i] = alphabet[random % (sizeof alphabet)];
        }
        random += 0x9e3779b97f4a7c15ULL;
        status = try_read_bytes(text, bytes, &plain_options, &v, &error);
        ck_assert(status == OK || status == ERR_READ);
        if (status == OK) {
            char *printed = print_value(v, PRINT_WRITE, 0);
            Value again;

            if (!value_is_eq(v, VALUE_EOF)) {
                char *twice;

                ck_assert_msg(try_read_bytes(printed, strlen(printed), &plain_options,
                                             &again, &error)
                                  == OK,
                              "%s: %s", printed, error.message);
                twice = print_value(again, PRINT_WRITE, 0);
                ck_assert_str_eq(printed, twice);
                free(twice);
            }
            free(printed);
        }
        if (round % 10000 == 0)
            immix_collect(test.heap.immix, IMMIX_FULL);
    }
}
END_TEST

TEST_MAIN("reader", setup, teardown, atoms_read_as_themselves,
          numbers_have_radix_and_exactness, identifiers_of_the_report_are_read,
          lists_vectors_and_bytevectors_nest, quotation_marks_are_lists,
          strings_have_all_escapes, a_nul_is_text_in_strings_and_an_error_outside,
          characters_are_read_by_name_number_or_themselves,
          characters_have_the_names_of_the_report, comments_are_space,
          directives_fold_case, an_unknown_directive_is_an_error,
          labels_make_shared_and_circular_data, what_is_not_closed_is_named,
          the_file_is_named_where_something_was_opened, strange_characters_are_errors,
          pairs_know_where_they_were_read, columns_count_characters,
          data_follow_each_other, text_may_arrive_in_pieces,
          a_million_levels_are_read_and_printed, deep_input_under_a_limit_ends_cleanly,
          every_failing_allocation_is_clean_and_can_be_repeated,
          random_bytes_never_crash_it)
