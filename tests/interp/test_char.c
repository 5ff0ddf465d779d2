/* test_char.c - properties of characters and the case of texts. */
#include "memory_support.h"

#include "memory/utf8.h"
#include "types/char.h"

static TestHeap test;
static Heap *heap;

static void setup(void)
{
    test_heap_open(&test, false, 0);
    heap = &test.heap;
}

static void teardown(void)
{
    test_heap_close(&test);
}

static Text *text(const char *utf8)
{
    Value v;

    ck_assert_ok(li_text_from_utf8(heap, utf8, strlen(utf8), &v));
    return value_to_text(v);
}

static void check_map(const char *from, CaseMap map, const char *expected)
{
    Value mapped;
    char *string;

    ck_assert_ok(li_text_map_case(heap, text(from), map, &mapped));
    ck_assert(li_text_valid(value_to_text(mapped)));
    ck_assert(!li_is_immutable(value_to_text(mapped)));
    ck_assert_ok(li_text_c_string(value_to_text(mapped), &string));
    ck_assert_str_eq(string, expected);
    free(string);
}

static int compare(const char *a, const char *b)
{
    int order;

    ck_assert_ok(li_text_compare_folded(text(a), text(b), &order));
    return order;
}

START_TEST(ascii_has_the_properties_of_the_c_locale)
{
    for (uint32_t c = 0; c < 128; c += 1) {
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';

        ck_assert_int_eq(li_char_is_upper_case(c), upper);
        ck_assert_int_eq(li_char_is_lower_case(c), lower);
        ck_assert_int_eq(li_char_is_alphabetic(c), upper || lower);
        ck_assert_int_eq(li_char_is_numeric(c), c >= '0' && c <= '9');
        ck_assert_int_eq(li_char_is_whitespace(c),
                         c != 0 && strchr(" \t\n\v\f\r", (int)c));
        ck_assert_uint_eq(li_char_upcase(c), lower ? c - 32 : c);
        ck_assert_uint_eq(li_char_downcase(c), upper ? c + 32 : c);
        ck_assert_uint_eq(li_char_foldcase(c), upper ? c + 32 : c);
    }
}
END_TEST

START_TEST(mappings_of_characters_stay_within_unicode)
{
    for (uint32_t c = 0; c <= 0x10ffff; c += 1) {
        if (!unicode_is_scalar(c))
            continue;
        ck_assert(unicode_is_scalar(li_char_upcase(c)));
        ck_assert(unicode_is_scalar(li_char_downcase(c)));
        ck_assert_uint_eq(li_char_foldcase(li_char_foldcase(c)), li_char_foldcase(c));
        ck_assert_int_eq(li_char_is_numeric(c), li_char_digit_value(c) >= 0);
        ck_assert_int_le(li_char_digit_value(c), 9);
    }
}
END_TEST

START_TEST(foldings_that_need_several_characters_fall_back_to_lower_case)
{
    ck_assert_uint_eq(li_char_foldcase(0xdf), 0xdf);
    ck_assert_uint_eq(li_char_foldcase(0x1e9e), 0xdf);
    ck_assert_uint_eq(li_char_foldcase(0x130), 0x130);
    ck_assert_uint_eq(li_char_foldcase(0x3c2), 0x3c3);
    ck_assert_uint_eq(li_char_foldcase(0x1f88), 0x1f80);
}
END_TEST

START_TEST(texts_are_mapped_in_full)
{
    check_map("", CASE_UPPER, "");
    check_map("Hello 1", CASE_UPPER, "HELLO 1");
    check_map("Hello 1", CASE_LOWER, "hello 1");
    check_map("Hello 1", CASE_FOLD, "hello 1");
    check_map("Stra\xc3\x9f"
              "e",
              CASE_UPPER, "STRASSE");
    check_map("Stra\xc3\x9f"
              "e",
              CASE_FOLD, "strasse");
    check_map("\xce\xa7\xce\x91\xce\x9f\xce\xa3", CASE_LOWER,
              "\xcf\x87\xce\xb1\xce\xbf\xcf\x82");
    check_map("\xce\xa3", CASE_FOLD, "\xcf\x83");
    check_map("\xc3\xbf", CASE_UPPER, "\xc5\xb8"); /* leaves Latin-1 */
}
END_TEST

START_TEST(comparisons_fold_both_sides)
{
    ck_assert_int_eq(compare("abc", "ABC"), 0);
    ck_assert_int_lt(compare("abc", "ABD"), 0);
    ck_assert_int_gt(compare("abcd", "ABC"), 0);
    ck_assert_int_lt(compare("", "a"), 0);
    ck_assert_int_eq(compare("Stra\xc3\x9f"
                             "e",
                             "STRASSE"),
                     0);
    ck_assert_int_lt(compare("z", "\xce\xbb"), 0);
    ck_assert_int_gt(compare("\xce\x9b", "Z"), 0);
}
END_TEST

TEST_MAIN("char", setup, teardown, ascii_has_the_properties_of_the_c_locale,
          mappings_of_characters_stay_within_unicode,
          foldings_that_need_several_characters_fall_back_to_lower_case,
          texts_are_mapped_in_full, comparisons_fold_both_sides)
