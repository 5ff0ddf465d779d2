/* test_text.c - strings: widths, UTF-8, every container interface. */
#include "memory_support.h"

#include "containers/text.h"

static TestHeap test;
static Heap *heap;

static void setup(void)
{
    test_heap_open(&test, true, 0);
    heap = &test.heap;
}

static void teardown(void)
{
    test_heap_close(&test);
}

static Text *text_of(const char *utf8)
{
    Value v;

    ck_assert_ok(li_text_from_utf8(heap, utf8, strlen(utf8), &v));
    ck_assert(li_text_valid(value_to_text(v)));
    return value_to_text(v);
}

static void check_text(const Text *text, const char *expected)
{
    char *utf8;

    ck_assert(li_text_valid(text));
    ck_assert_ok(li_text_c_string(text, &utf8));
    ck_assert_str_eq(utf8, expected);
    ck_assert_uint_eq(li_text_utf8_bytes(text, 0, text->length), strlen(expected));
    free(utf8);
}

START_TEST(utf8_goes_in_and_comes_out_unchanged)
{
    const char *samples[] = {
        "",
        "a",
        "hello, world",
        "exactly8",
        "grün und ärgerlich",
        "\xc3\xbf\xc4\x80",
        "こんにちは",
        "mixed é ascii and 漢字 and \xf0\x9f\x98\x80 at the end",
        "sixteen bytes ok\xc3\xa9",
    };

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i += 1)
        check_text(text_of(samples[i]), samples[i]);
    ck_assert_uint_eq(text_of("こんにちは")->length, 5);
}
END_TEST

START_TEST(a_text_is_narrow_while_every_character_is_latin_1)
{
    ck_assert_uint_eq(text_of("abc")->width, 1);
    ck_assert_uint_eq(text_of("\xc3\xbf")->width, 1); /* U+00FF */
    ck_assert_uint_eq(text_of("\xc4\x80")->width, 4); /* U+0100 */
    ck_assert_uint_eq(li_text_at(text_of("\xc3\xbf"), 0), 0xff);
    ck_assert_uint_eq(li_text_at(text_of("a\xf0\x9f\x98\x80"), 1), 0x1f600);
}
END_TEST

START_TEST(every_malformed_text_is_an_encoding_error_or_lossy)
{
    const char *const bad[] = {
        "a\x80", "a\xc0\x80",  "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "\xff",  "ab\xe2\x82", "12345678\xc3", "\xf8\x88\x80\x80\x80"};
    Value v = VALUE_NIL;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i += 1) {
        ck_assert_err(li_text_from_utf8(heap, bad[i], strlen(bad[i]), &v),
                      ERR_ENCODING);
        ck_assert_eq_value(v, VALUE_NIL);
    }
    ck_assert_ok(li_text_from_utf8_lossy(heap, "ab\xe2\x82|\xff|\xc3\xa9", 9, &v));
    check_text(value_to_text(v), "ab\xef\xbf\xbd|\xef\xbf\xbd|\xc3\xa9");
}
END_TEST

START_TEST(nul_characters_are_characters)
{
    Value v;

    ck_assert_ok(li_text_from_utf8(heap, "a\0b", 3, &v));
    ck_assert_uint_eq(value_to_text(v)->length, 3);
    ck_assert_uint_eq(li_text_at(value_to_text(v), 1), 0);
    ck_assert_ok(li_text_new(heap, 4, 0, &v));
    ck_assert_uint_eq(value_to_text(v)->length, 4);
    ck_assert(li_text_valid(value_to_text(v)));
}
END_TEST

START_TEST(a_new_text_is_filled)
{
    Value v;

    ck_assert_ok(li_text_new(heap, 3, 'x', &v));
    check_text(value_to_text(v), "xxx");
    ck_assert_ok(li_text_new(heap, 2, 0x3bb, &v));
    check_text(value_to_text(v), "λλ");
    ck_assert_ok(li_text_new(heap, 0, ' ', &v));
    check_text(value_to_text(v), "");
    ck_assert_err(li_text_new(heap, UINT64_MAX, ' ', &v), ERR_BAD_SIZE);
    ck_assert_err(li_text_new(heap, UINT64_C(1) << 62, 0x3bb, &v), ERR_BAD_SIZE);
}
END_TEST

START_TEST(storing_a_wider_character_widens_the_text_in_place)
{
    Text *text = text_of("hello");

    ck_assert_ok(li_text_set(heap, text, 1, 0xe9));
    ck_assert_uint_eq(text->width, 1);
    ck_assert_ok(li_text_set(heap, text, 1, 0x1f600));
    ck_assert_uint_eq(text->width, 4);
    check_text(text, "h\xf0\x9f\x98\x80llo");
    ck_assert_ok(li_text_set(heap, text, 1, 'e'));
    check_text(text, "hello");
    ck_assert_err(li_text_set(heap, text, 5, 'x'), ERR_RANGE);

    uint32_t c;

    ck_assert_err(li_text_get(text, 5, &c), ERR_RANGE);
    ck_assert_ok(li_text_get(text, 4, &c));
    ck_assert_uint_eq(c, 'o');
}
END_TEST

START_TEST(pushes_append_and_widen_and_pops_take_off)
{
    Value v;
    uint32_t c;
    ck_assert_ok(li_text_with_capacity(heap, 0, 1, &v));
    Text *text = value_to_text(v);

    ck_assert_err(li_text_pop(text, &c), ERR_EMPTY);
    ck_assert_err(li_text_top(text, &c), ERR_EMPTY);
    for (uint32_t i = 0; i < 1000; i += 1)
        ck_assert_ok(li_text_push(heap, text, 0x20 + i));
    ck_assert(li_text_valid(text));
    for (uint32_t i = 0; i < 1000; i += 1)
        ck_assert_uint_eq(li_text_at(text, i), 0x20 + i);
    for (uint32_t i = 1000; i-- > 0;) {
        ck_assert_ok(li_text_top(text, &c));
        ck_assert_uint_eq(c, 0x20 + i);
        ck_assert_ok(li_text_pop(text, &c));
        ck_assert_uint_eq(c, 0x20 + i);
    }
    ck_assert_uint_eq(text->length, 0);
}
END_TEST

START_TEST(texts_append_to_texts_and_to_themselves)
{
    Text *text = text_of("ab");

    ck_assert_ok(li_text_push_text(heap, text, text_of("xcdx"), 1, 3));
    check_text(text, "abcd");
    ck_assert_ok(li_text_push_text(heap, text, text, 0, 4));
    check_text(text, "abcdabcd");
    ck_assert_ok(li_text_push_text(heap, text, text_of("漢字"), 0, 1));
    check_text(text, "abcdabcd漢");
    ck_assert_ok(li_text_push_text(heap, text, text, 7, 9));
    check_text(text, "abcdabcd漢d漢");
    ck_assert_ok(li_text_push_text(heap, text, text_of("é"), 0, 1));
    check_text(text, "abcdabcd漢d漢é");
    ck_assert_err(li_text_push_text(heap, text, text, 3, 2), ERR_RANGE);
    ck_assert_err(li_text_push_text(heap, text, text, 0, 100), ERR_RANGE);
}
END_TEST

START_TEST(slices_are_fresh_and_as_narrow_as_they_can_be)
{
    Text *text = text_of("αβabc");
    Value v;

    ck_assert_ok(li_text_slice(heap, text, 2, 5, &v));
    check_text(value_to_text(v), "abc");
    ck_assert_uint_eq(value_to_text(v)->width, 1);
    ck_assert_ok(li_text_slice(heap, text, 0, 3, &v));
    check_text(value_to_text(v), "αβa");
    ck_assert_ok(li_text_slice(heap, text, 5, 5, &v));
    check_text(value_to_text(v), "");
    ck_assert_err(li_text_slice(heap, text, 3, 2, &v), ERR_RANGE);
    ck_assert_err(li_text_slice(heap, text, 0, 6, &v), ERR_RANGE);
}
END_TEST

START_TEST(copies_may_overlap_and_widen)
{
    Text *text = text_of("abcdef");

    ck_assert_ok(li_text_copy(heap, text, 2, text, 0, 4));
    check_text(text, "ababcd");
    ck_assert_ok(li_text_copy(heap, text, 0, text, 2, 6));
    check_text(text, "abcdcd");
    ck_assert_ok(
        li_text_copy(heap, text, 1, text_of("漢字ab"), 2, 4)); /* wide, but ab is not */
    ck_assert_uint_eq(text->width, 1);
    check_text(text, "aabdcd");
    ck_assert_ok(li_text_copy(heap, text, 4, text_of("漢字"), 0, 2));
    check_text(text, "aabd漢字");
    ck_assert_ok(li_text_copy(heap, text, 0, text_of("é"), 0, 1));
    check_text(text, "éabd漢字");
    ck_assert_ok(li_text_copy(heap, text, 6, text_of("é"), 0, 0));
    ck_assert_err(li_text_copy(heap, text, 6, text_of("é"), 0, 1), ERR_RANGE);
    ck_assert_err(li_text_copy(heap, text, 0, text_of("é"), 0, 2), ERR_RANGE);
    ck_assert_err(li_text_copy(heap, text, UINT64_MAX, text_of("é"), 0, 1), ERR_RANGE);
    check_text(text, "éabd漢字");
}
END_TEST

START_TEST(fill_replaces_a_range_and_resize_changes_the_length)
{
    Text *text = text_of("abcdef");

    ck_assert_ok(li_text_fill(heap, text, '-', 1, 3));
    check_text(text, "a--def");
    ck_assert_ok(li_text_fill(heap, text, 0x3bb, 0, 1));
    check_text(text, "λ--def");
    ck_assert_ok(li_text_fill(heap, text, 0x1f600, 6, 6));
    ck_assert_err(li_text_fill(heap, text, '-', 0, 7), ERR_RANGE);
    ck_assert_ok(li_text_resize(heap, text, 2, ' '));
    check_text(text, "λ-");
    ck_assert_ok(li_text_resize(heap, text, 1000, '.'));
    ck_assert_uint_eq(text->length, 1000);
    ck_assert_uint_eq(li_text_at(text, 999), '.');
    ck_assert_ok(li_text_clear(text));
    check_text(text, "");
    ck_assert_ok(li_text_reserve(heap, text, 5000));
    ck_assert_err(li_text_reserve(heap, text, UINT64_MAX / 4), ERR_BAD_SIZE);
    check_text(text, "");
}
END_TEST

START_TEST(texts_compare_by_code_points_whatever_their_width)
{
    static const char *const sorted[] = {"",
                                         "A",
                                         "Aa",
                                         "B",
                                         "a",
                                         "ab",
                                         "b",
                                         "\xc3\xa9",
                                         "\xc4\x80",
                                         "漢",
                                         "\xef\xbf\xbd",
                                         "\xf0\x9f\x98\x80"};
    size_t count = sizeof sorted / sizeof *sorted;

    for (size_t i = 0; i < count; i += 1) {
        for (size_t j = 0; j < count; j += 1) {
            int order = li_text_compare(text_of(sorted[i]), text_of(sorted[j]));

            ck_assert_int_eq((order > 0) - (order < 0), (i > j) - (i < j));
            ck_assert_int_eq(li_text_equals(text_of(sorted[i]), text_of(sorted[j])),
                             i == j);
        }
    }
}
END_TEST

START_TEST(equal_texts_of_different_widths_are_equal_and_have_one_hash)
{
    Text *narrow = text_of("caf\xc3\xa9"), *wide = text_of("caf\xc3\xa9");

    ck_assert_ok(li_text_set(heap, wide, 0, 0x3bb));
    ck_assert_ok(li_text_set(heap, wide, 0, 'c'));
    ck_assert_uint_ne(narrow->width, wide->width);
    ck_assert(li_text_equals(narrow, wide) && li_text_equals(wide, narrow));
    ck_assert_int_eq(li_text_compare(narrow, wide), 0);
    ck_assert_uint_eq(li_text_hash(narrow), li_text_hash(wide));
    ck_assert_uint_ne(li_text_hash(narrow), li_text_hash(text_of("cafe")));
    ck_assert(li_text_equals_ascii(text_of("quote"), "quote"));
    ck_assert(!li_text_equals_ascii(text_of("quote"), "quot"));
    ck_assert(!li_text_equals_ascii(text_of("quote"), "quotf"));
}
END_TEST

START_TEST(a_literal_refuses_every_change)
{
    Text *text = text_of("abc");
    uint32_t c;

    li_set_immutable(text);
    ck_assert_err(li_text_set(heap, text, 0, 'x'), ERR_IMMUTABLE);
    ck_assert_err(li_text_push(heap, text, 'x'), ERR_IMMUTABLE);
    ck_assert_err(li_text_push_text(heap, text, text, 0, 1), ERR_IMMUTABLE);
    ck_assert_err(li_text_pop(text, &c), ERR_IMMUTABLE);
    ck_assert_err(li_text_fill(heap, text, 'x', 0, 1), ERR_IMMUTABLE);
    ck_assert_err(li_text_copy(heap, text, 0, text, 1, 2), ERR_IMMUTABLE);
    ck_assert_err(li_text_resize(heap, text, 1, 'x'), ERR_IMMUTABLE);
    ck_assert_err(li_text_clear(text), ERR_IMMUTABLE);
    check_text(text, "abc");
}
END_TEST

START_TEST(a_borrowed_text_refuses_what_would_move_it)
{
    Text *text = text_of("abc");
    uint32_t c;

    li_text_borrow(heap, text);
    li_text_borrow(heap, text);
    li_text_release(heap, text);
    ck_assert_err(li_text_push(heap, text, 'x'), ERR_BORROWED);
    ck_assert_err(li_text_pop(text, &c), ERR_BORROWED);
    ck_assert_err(li_text_clear(text), ERR_BORROWED);
    ck_assert_err(li_text_resize(heap, text, 9, 'x'), ERR_BORROWED);
    ck_assert_err(li_text_reserve(heap, text, 99), ERR_BORROWED);
    ck_assert_err(li_text_set(heap, text, 0, 0x3bb), ERR_BORROWED);
    ck_assert_err(li_text_fill(heap, text, 0x3bb, 0, 1), ERR_BORROWED);
    ck_assert_err(li_text_copy(heap, text, 0, text_of("λ"), 0, 1), ERR_BORROWED);
    ck_assert_ok(li_text_set(heap, text, 0, 0xe9)); /* fits: the store stays */
    check_text(text, "\xc3\xa9"
                     "bc");

    void *bytes = text_bytes(text);

    test.roots[0] = value_from_object(text);
    test_collect(&test, IMMIX_EVACUATE);
    text = value_to_text(test.roots[0]);
    ck_assert_ptr_eq(text_bytes(text), bytes);
    li_text_release(heap, text);
    ck_assert_ok(li_text_push(heap, text, 0x3bb));
    check_text(text, "\xc3\xa9"
                     "bcλ");
}
END_TEST

START_TEST(a_text_comes_from_a_list_of_characters)
{
    const uint32_t chars[] = {'a', 0x3bb, 0x1f600};
    Value list = VALUE_NIL, v;

    for (size_t i = 3; i-- > 0;)
        ck_assert_ok(li_cons(heap, value_from_char(chars[i]), list, &list));
    ck_assert_ok(li_text_from_pair_list(heap, list, &v));
    check_text(value_to_text(v), "aλ\xf0\x9f\x98\x80");
    ck_assert_ok(li_text_from_chars(heap, chars, 3, &v));
    check_text(value_to_text(v), "aλ\xf0\x9f\x98\x80");
    ck_assert_ok(li_text_from_pair_list(heap, VALUE_NIL, &v));
    check_text(value_to_text(v), "");
    ck_assert_err(li_text_from_pair_list(heap, test_pair_list(heap, 2), &v), ERR_TYPE);
    value_to_pair(pair_cdr(list))->cdr = list;
    ck_assert_err(li_text_from_pair_list(heap, list, &v), ERR_TYPE);
}
END_TEST

/* Random operations on a text and on an array of characters, with no memory now and then. */
START_TEST(a_text_behaves_like_an_array_of_characters)
{
    enum {
        MAX = 2000
    };
    static uint32_t model[MAX];
    static const uint32_t alphabet[] = {0,     'a',   'z',    0xff,
                                        0x100, 0x3bb, 0xfffd, 0x10ffff};
    uint64_t length = 0, random = 7;

    ck_assert_ok(li_text_with_capacity(heap, 0, 1, &test.roots[0]));
    for (int step = 0; step < 60000; step += 1) {
        Text *text = value_to_text(test.roots[0]);
        uint64_t r = test_random(&random), at = length == 0 ? 0 : (r >> 16) % length;
        uint32_t c = alphabet[(r >> 40) % (step < 30000 ? 4 : 8)], got;
        bool starve = r >> 60 == 0;
        Status status = OK;

        if (starve)
            immix_fail_after(heap->immix, 1);
        switch (r % 8) {
        case 0:
        case 1:
        case 2:
            if (length < MAX)
                status = li_text_push(heap, text, c);
            if (length < MAX && status == OK)
                model[length++] = c;
            break;
        case 3:
            ck_assert_status(li_text_pop(text, &got), length == 0 ? ERR_EMPTY : OK);
            if (length != 0)
                ck_assert_uint_eq(got, model[--length]);
            break;
        case 4:
            if (length != 0 && (status = li_text_set(heap, text, at, c)) == OK)
                model[at] = c;
            break;
        case 5:
            status = li_text_fill(heap, text, c, at, length);
            for (uint64_t i = at; i < length && status == OK; i += 1)
                model[i] = c;
            break;
        case 6:
            ck_assert_ok(li_text_copy(heap, text, at, text, 0, length - at));
            memmove(model + at, model, (length - at) * sizeof *model);
            break;
        default:
            if (r >> 57 == 0)
                ck_assert_ok(li_text_resize(heap, text, length = at, 'x'));
            break;
        }
        immix_fail_after(heap->immix, 0);
        ck_assert(status == OK || (starve && status == ERR_NO_MEMORY));
        ck_assert_uint_eq(text->length, length);
        if (step % 64 == 0) {
            ck_assert(li_text_valid(text));
            for (uint64_t i = 0; i < length; i += 1)
                ck_assert_uint_eq(li_text_at(text, i), model[i]);
        }
        if (r >> 54 == 0)
            test_collect(&test, IMMIX_FULL);
    }
}
END_TEST

TEST_MAIN("text", setup, teardown, utf8_goes_in_and_comes_out_unchanged,
          a_text_is_narrow_while_every_character_is_latin_1,
          every_malformed_text_is_an_encoding_error_or_lossy,
          nul_characters_are_characters, a_new_text_is_filled,
          storing_a_wider_character_widens_the_text_in_place,
          pushes_append_and_widen_and_pops_take_off,
          texts_append_to_texts_and_to_themselves,
          slices_are_fresh_and_as_narrow_as_they_can_be, copies_may_overlap_and_widen,
          fill_replaces_a_range_and_resize_changes_the_length,
          texts_compare_by_code_points_whatever_their_width,
          equal_texts_of_different_widths_are_equal_and_have_one_hash,
          a_literal_refuses_every_change, a_borrowed_text_refuses_what_would_move_it,
          a_text_comes_from_a_list_of_characters,
          a_text_behaves_like_an_array_of_characters)
