/* test_buffer.c - buffers outside the heap, and UTF-8 a character at a time. */
#include "memory_support.h"

#include "memory/buffer.h"
#include "memory/utf8.h"

START_TEST(an_empty_buffer_is_an_empty_string)
{
    Buffer buffer = {0};

    ck_assert_str_eq(li_buffer_c_string(&buffer), "");
    li_buffer_push(&buffer, NULL, 0);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "");
    li_buffer_free(&buffer);
}
END_TEST

START_TEST(pushes_of_every_kind_append)
{
    Buffer buffer = {0};

    li_buffer_push(&buffer, "ab", 2);
    li_buffer_push_string(&buffer, "cd");
    li_buffer_push_char(&buffer, 0xe9);
    li_buffer_push_char(&buffer, 0x1f600);
    li_buffer_printf(&buffer, "<%d %s>", 42, "x");
    ck_assert_str_eq(li_buffer_c_string(&buffer), "abcd\xc3\xa9\xf0\x9f\x98\x80<42 x>");
    ck_assert_uint_eq(buffer.length, 16);
    li_buffer_clear(&buffer);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "");
    li_buffer_push_string(&buffer, "again");
    ck_assert_str_eq(li_buffer_c_string(&buffer), "again");
    li_buffer_free(&buffer);
}
END_TEST

START_TEST(a_buffer_grows_without_losing_a_byte)
{
    Buffer buffer = {0};

    for (int i = 0; i < 100000; i += 1)
        li_buffer_printf(&buffer, "%05d", i);
    ck_assert(!buffer.failed);
    ck_assert_uint_eq(buffer.length, 500000);
    ck_assert_int_eq(memcmp(buffer.bytes + 5 * 77777, "77777", 5), 0);
    li_buffer_free(&buffer);
}
END_TEST

START_TEST(a_push_beyond_the_limit_fails_for_good_and_clear_begins_anew)
{
    Buffer buffer = {.limit = 4};

    li_buffer_push_string(&buffer, "1234");
    ck_assert(!buffer.failed);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "1234");
    li_buffer_push_string(&buffer, "5");
    ck_assert(buffer.failed);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "");
    li_buffer_printf(&buffer, "%d", 1);
    ck_assert(buffer.failed);
    li_buffer_clear(&buffer);
    li_buffer_printf(&buffer, "%d", 9876);
    ck_assert_str_eq(li_buffer_c_string(&buffer), "9876");
    li_buffer_push(&buffer, "", SIZE_MAX);
    ck_assert(buffer.failed);
    li_buffer_free(&buffer);
}
END_TEST

START_TEST(every_scalar_value_encodes_and_decodes_to_itself)
{
    for (uint32_t c = 0; c <= UNICODE_MAX; c += 1) {
        char bytes[UTF8_MAX_BYTES];
        uint32_t back;
        bool valid;

        if (!unicode_is_scalar(c))
            continue;
        size_t count = li_utf8_encode(c, bytes);
        if (count != utf8_bytes_of(c)
            || li_utf8_decode(bytes, count, &back, &valid) != count || !valid
            || back != c)
            ck_abort_msg("U+%04X", c);
    }
}
END_TEST

static void check_invalid(const char *bytes, size_t count, size_t consumed)
{
    uint32_t c;
    bool valid;

    ck_assert_uint_eq(li_utf8_decode(bytes, count, &c, &valid), consumed);
    ck_assert(!valid);
    ck_assert_uint_eq(c, UTF8_REPLACEMENT);
}

START_TEST(malformed_utf8_is_invalid_and_its_longest_prefix_is_consumed)
{
    check_invalid("\x80", 1, 1);             /* a continuation alone */
    check_invalid("\xc0\x80", 2, 1);         /* overlong NUL */
    check_invalid("\xc1\xbf", 2, 1);         /* overlong */
    check_invalid("\xe0\x9f\xbf", 3, 1);     /* overlong */
    check_invalid("\xf0\x8f\xbf\xbf", 4, 1); /* overlong */
    check_invalid("\xed\xa0\x80", 3, 1);     /* a surrogate */
    check_invalid("\xed\xbf\xbf", 3, 1);     /* a surrogate */
    check_invalid("\xf4\x90\x80\x80", 4, 1); /* beyond U+10FFFF */
    check_invalid("\xf5\x80\x80\x80", 4, 1); /* no lead byte */
    check_invalid("\xff", 1, 1);             /* no lead byte */
    check_invalid("\xc3", 1, 1);             /* cut short */
    check_invalid("\xe2\x82", 2, 2);         /* cut short */
    check_invalid("\xf0\x9f\x98", 3, 3);     /* cut short */
    check_invalid("\xe2\x82"
                  "A",
                  3, 2); /* broken off */
    check_invalid("\xf0\x9f\x98"
                  "A",
                  4, 3); /* broken off */
}
END_TEST

START_TEST(every_pair_of_bytes_consumes_one_or_two)
{
    for (unsigned first = 0; first < 256; first += 1) {
        for (unsigned second = 0; second < 256; second += 1) {
            char bytes[2] = {(char)first, (char)second};
            uint32_t c;
            bool valid;
            size_t used = li_utf8_decode(bytes, 2, &c, &valid);

            ck_assert(used == 1 || used == 2);
            ck_assert(unicode_is_scalar(c));
            if (valid)
                ck_assert_uint_eq(utf8_bytes_of(c), used);
        }
    }
}
END_TEST

TEST_MAIN("buffer", NULL, NULL, an_empty_buffer_is_an_empty_string,
          pushes_of_every_kind_append, a_buffer_grows_without_losing_a_byte,
          a_push_beyond_the_limit_fails_for_good_and_clear_begins_anew,
          every_scalar_value_encodes_and_decodes_to_itself,
          malformed_utf8_is_invalid_and_its_longest_prefix_is_consumed,
          every_pair_of_bytes_consumes_one_or_two)
