/* test_source.c - files, lines and carets. */
#include "syntax/source.h"

#include "memory_support.h"

static Sources *sources;

static void setup(void)
{
    ck_assert_ok(li_sources_new(&sources));
}

static void teardown(void)
{
    li_sources_free(sources);
}

static uint32_t add(const char *name, const char *text)
{
    uint32_t file;

    ck_assert_ok(
        li_sources_add(sources, name, text, text == NULL ? 0 : strlen(text), &file));
    return file;
}

static void check_caret(uint32_t file, uint32_t line, uint32_t column,
                        const char *expected)
{
    Buffer buffer = {0};

    li_position_print_caret(sources, position_pack((Position){file, line, column}),
                            &buffer);
    ck_assert_str_eq(li_buffer_c_string(&buffer), expected);
    li_buffer_free(&buffer);
}

START_TEST(positions_pack_and_saturate)
{
    Position p = position_unpack(position_pack((Position){5, 1234, 77}));
    Position far =
        position_unpack(position_pack((Position){1, UINT32_MAX, UINT32_MAX}));

    ck_assert_uint_eq(p.file, 5);
    ck_assert_uint_eq(p.line, 1234);
    ck_assert_uint_eq(p.column, 77);
    ck_assert_uint_eq(far.file, 1);
    ck_assert_uint_eq(far.line, (1U << POSITION_LINE_BITS) - 1);
    ck_assert_uint_eq(far.column, (1U << POSITION_COLUMN_BITS) - 1);
}
END_TEST

START_TEST(positions_print_with_the_file)
{
    Buffer buffer = {0};
    uint32_t file = add("a.scm", "x");

    li_position_print(sources, 0, &buffer);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "");
    li_position_print(sources, position_pack((Position){file, 3, 14}), &buffer);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "a.scm:3:14");
    ck_assert_str_eq(li_sources_name(sources, 99), "?");
    ck_assert_str_eq(li_sources_name(sources, 0), "?");
    li_buffer_free(&buffer);
}
END_TEST

START_TEST(lines_end_in_three_ways)
{
    uint32_t file = add("a", "one\ntwo\r\nthree\rfour\n");
    static const char *const lines[] = {"one", "two", "three", "four", ""};
    size_t bytes;

    for (uint32_t i = 0; i < 5; i += 1) {
        const char *line = li_sources_line(sources, file, i + 1, &bytes);

        ck_assert_ptr_nonnull(line);
        ck_assert_uint_eq(bytes, strlen(lines[i]));
        ck_assert(memcmp(line, lines[i], bytes) == 0);
    }
    ck_assert_ptr_null(li_sources_line(sources, file, 6, &bytes));
    ck_assert_ptr_null(li_sources_line(sources, file, 0, &bytes));
    ck_assert_ptr_null(li_sources_line(sources, add("terminal", NULL), 1, &bytes));
}
END_TEST

static void put(uint32_t file, uint32_t line, uint32_t column, const char *text)
{
    ck_assert_ok(
        li_sources_put(sources, (Position){file, line, column}, text, strlen(text)));
}

START_TEST(text_can_come_in_pieces)
{
    uint32_t file = add("stdin", NULL);

    put(file, 2, 3, "(a\n b) (c");
    put(file, 3, 5, "(c\r\nd) ; rest");
    put(file, 4, 4, "; rest that the window had not got");
    put(file, 4, 1, "late"); /* is there already */
    put(file, 9, 2, "\xc3\xa9");
    check_caret(file, 1, 1, "");
    check_caret(file, 2, 3, "  (a\n  ^\n");
    check_caret(file, 3, 5, " b) (c\n    ^\n");
    check_caret(file, 4, 1, "d) ; rest that the window had not got\n^\n");
    check_caret(file, 9, 3, " \xc3\xa9\n  ^\n");
    ck_assert_err(li_sources_put(sources, (Position){77, 1, 1}, "x", 1), ERR_RANGE);
    ck_assert_err(li_sources_put(sources, (Position){file, 0, 1}, "x", 1), ERR_RANGE);
}
END_TEST

START_TEST(the_same_text_again_is_the_same_file)
{
    uint32_t first = add("eval", "(f)");

    ck_assert_uint_eq(add("eval", "(f)"), first);
    ck_assert_uint_ne(add("eval", "(g)"), first);
    ck_assert_uint_ne(add("other", "(g)"), first + 1);
}
END_TEST

START_TEST(the_caret_stands_under_the_character)
{
    uint32_t file = add("a", "(f x)\n\t(g \xce\xbb y)\n\xe6\xbc\xa2\xe5\xad\x97 z\n"
                             "e\xcc\x81 z\n\x01\xff z\n");

    check_caret(file, 1, 4, "(f x)\n   ^\n");
    check_caret(file, 1, 6, "(f x)\n     ^\n");
    check_caret(file, 2, 7, "\t(g \xce\xbb y)\n\t     ^\n");
    check_caret(file, 3, 4, "\xe6\xbc\xa2\xe5\xad\x97 z\n     ^\n");
    check_caret(file, 4, 4, "e\xcc\x81 z\n  ^\n");
    check_caret(file, 5, 4, "\xef\xbf\xbd\xef\xbf\xbd z\n   ^\n");
    check_caret(file, 9, 1, "");
    check_caret(0, 1, 1, "");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_caret)
{
    char text[1001];
    Buffer buffer = {0};
    uint32_t file;

    memset(text, 'x', 1000);
    text[1000] = '\0';
    file = add("long", text);
    li_position_print_caret(sources, position_pack((Position){file, 1, 500}), &buffer);
    ck_assert_uint_lt(buffer.length, 260);
    ck_assert(strncmp(li_buffer_c_string(&buffer), "...xxx", 6) == 0);
    ck_assert_ptr_nonnull(strstr(li_buffer_c_string(&buffer), "xxx...\n   "));
    li_buffer_free(&buffer);
}
END_TEST

TEST_MAIN("source", setup, teardown, positions_pack_and_saturate,
          positions_print_with_the_file, lines_end_in_three_ways, text_can_come_in_pieces,
          the_same_text_again_is_the_same_file, the_caret_stands_under_the_character,
          long_lines_are_cut_around_the_caret)
