/* test_char.c - properties of characters and the case of texts. */
#include "memory_support.h"

#include <unicase.h>
#include <unictype.h>

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

/* The assertions of Check each leave a mark in a file: one for all characters is enough. */
static void check_all_characters(bool (*is_right)(uint32_t c))
{
    uint32_t c = 0;

    while (c <= 0x10ffff && (!unicode_is_scalar(c) || is_right(c)))
        c += 1;
    ck_assert_msg(c > 0x10ffff, "wrong for U+%04X", (unsigned)c);
}

static bool stays_within_unicode(uint32_t c)
{
    uint32_t folded = li_char_foldcase(c);

    return unicode_is_scalar(li_char_upcase(c)) && unicode_is_scalar(li_char_downcase(c))
           && li_char_foldcase(folded) == folded;
}

START_TEST(mappings_of_characters_stay_within_unicode)
{
    check_all_characters(stays_within_unicode);
}
END_TEST

static bool has_the_properties_of_the_tables(uint32_t c)
{
    bool digit = uc_is_general_category(c, UC_CATEGORY_Nd);

    return li_char_is_alphabetic(c) == uc_is_property(c, UC_PROPERTY_ALPHABETIC)
           && li_char_is_whitespace(c) == uc_is_property(c, UC_PROPERTY_WHITE_SPACE)
           && li_char_is_upper_case(c) == uc_is_property(c, UC_PROPERTY_UPPERCASE)
           && li_char_is_lower_case(c) == uc_is_property(c, UC_PROPERTY_LOWERCASE)
           && li_char_is_numeric(c) == digit
           && li_char_digit_value(c) == (digit ? uc_digit_value(c) : -1)
           && li_char_upcase(c) == uc_toupper(c) && li_char_downcase(c) == uc_tolower(c);
}

START_TEST(every_character_has_the_properties_that_the_tables_say)
{
    check_all_characters(has_the_properties_of_the_tables);
}
END_TEST

/* All characters, with a space behind each. */
static const Text *all_characters(void)
{
    Status status = OK;
    Value v;

    ck_assert_ok(li_text_with_capacity(heap, 2 * 0x110000, 4, &v));
    for (uint32_t c = 0; status == OK && c <= 0x10ffff; c += 1) {
        if (!unicode_is_scalar(c))
            continue;
        status = li_text_push(heap, value_to_text(v), c);
        if (status == OK)
            status = li_text_push(heap, value_to_text(v), ' ');
    }
    ck_assert_ok(status);
    return value_to_text(v);
}

/* A mapping of libunistring, without language and normalisation. */
typedef uint32_t *FullMapping(const uint32_t *chars, size_t count, const char *language,
                              uninorm_t form, uint32_t *buffer, size_t *length);

/* True if the characters `at` in `mapped` are what c maps to and a space; moves `at` behind. */
static bool has_mapping(const Text *mapped, uint32_t c, FullMapping *expected, uint64_t *at)
{
    uint32_t few[8];
    size_t length = sizeof few / sizeof few[0];

    if (expected(&c, 1, NULL, NULL, few, &length) != few
        || *at + length >= mapped->length)
        return false;
    for (size_t i = 0; i < length; i += 1)
        if (li_text_at(mapped, *at + i) != few[i])
            return false;
    *at += length + 1;
    return li_text_at(mapped, *at - 1) == ' ';
}

static void check_full_mapping(CaseMap map, FullMapping *expected)
{
    uint64_t at = 0;
    uint32_t c = 0;
    Value v;

    ck_assert_ok(li_text_map_case(heap, all_characters(), map, &v));
    ck_assert(li_text_valid(value_to_text(v)));
    while (c <= 0x10ffff
           && (!unicode_is_scalar(c) || has_mapping(value_to_text(v), c, expected, &at)))
        c += 1;
    ck_assert_msg(c > 0x10ffff, "wrong for U+%04X", (unsigned)c);
    ck_assert_uint_eq(value_to_text(v)->length, at);
}

START_TEST(every_character_has_the_full_mappings_that_the_tables_say)
{
    check_full_mapping(CASE_UPPER, u32_toupper);
    check_full_mapping(CASE_LOWER, u32_tolower);
    check_full_mapping(CASE_FOLD, u32_casefold);
}
END_TEST

static bool folds_simply(uint32_t c)
{
    uint32_t few[8], folded = li_char_foldcase(c);
    size_t length = sizeof few / sizeof few[0];

    if (u32_casefold(&c, 1, NULL, NULL, few, &length) != few)
        return false;
    return length == 1 ? folded == few[0] : folded == c || folded == uc_tolower(c);
}

START_TEST(a_simple_folding_is_the_full_one_where_that_is_one_character)
{
    check_all_characters(folds_simply);
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
          every_character_has_the_properties_that_the_tables_say,
          every_character_has_the_full_mappings_that_the_tables_say,
          a_simple_folding_is_the_full_one_where_that_is_one_character,
          foldings_that_need_several_characters_fall_back_to_lower_case,
          texts_are_mapped_in_full, comparisons_fold_both_sides)
