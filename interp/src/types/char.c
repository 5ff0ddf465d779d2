/* char.c - what Unicode says about characters and about the case of texts. */
#include "types/char.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>

enum {
    CAPITAL_SIGMA = 0x3a3,
    SMALL_SIGMA = 0x3c3,
    FINAL_SIGMA = 0x3c2
};

/* ---- Characters ------------------------------------------------------------------------- */

static bool is_ascii(uint32_t c)
{
    return c < 0x80;
}

static bool is_ascii_upper(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_ascii_lower(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

bool li_char_is_alphabetic(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return is_ascii_upper(c) || is_ascii_lower(c);
    return uc_is_property_alphabetic(c);
}

bool li_char_is_numeric(uint32_t c)
{
    return li_char_digit_value(c) >= 0;
}

bool li_char_is_whitespace(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return c == ' ' || (c >= '\t' && c <= '\r');
    return uc_is_property_white_space(c);
}

bool li_char_is_upper_case(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return is_ascii_upper(c);
    return uc_is_property_uppercase(c);
}

bool li_char_is_lower_case(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return is_ascii_lower(c);
    return uc_is_property_lowercase(c);
}

int li_char_digit_value(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return c >= '0' && c <= '9' ? (int)c - '0' : -1;
    return uc_decimal_value(c);
}

uint32_t li_char_upcase(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return is_ascii_lower(c) ? c - ('a' - 'A') : c;
    return uc_toupper(c);
}

uint32_t li_char_downcase(uint32_t c)
{
    if (LIKELY(is_ascii(c)))
        return is_ascii_upper(c) ? c + ('a' - 'A') : c;
    return uc_tolower(c);
}

/* libunistring has the full folding only. Where that gives several characters, the simple
 * folding is the lower case, except for U+0130, which has no simple folding. */
uint32_t li_char_foldcase(uint32_t c)
{
    uint32_t folded[8];
    size_t length = sizeof folded / sizeof folded[0];

    if (LIKELY(is_ascii(c)))
        return li_char_downcase(c);
    if (c == 0x130)
        return c;
    uint32_t *buffer = u32_casefold(&c, 1, NULL, NULL, folded, &length);
    if (buffer != folded) { /* no folding is that long, so there was no memory */
        free(buffer);
        return uc_tolower(c);
    }
    return length == 1 ? folded[0] : uc_tolower(c);
}

/* ---- Texts -------------------------------------------------------------------------------- */

static bool text_is_ascii(const Text *text)
{
    const uint8_t *bytes = text_bytes(text);
    uint8_t seen = 0;

    if (text->width != 1)
        return false;
    for (uint64_t i = 0; i < text->length; i += 1)
        seen |= bytes[i];
    return seen < 0x80;
}

static Status map_ascii(Heap *heap, const Text *text, CaseMap map, Value *result)
{
    uint32_t (*convert)(uint32_t) =
        map == CASE_UPPER ? li_char_upcase : li_char_downcase;
    const uint8_t *from;
    Value mapped;
    uint8_t *to;

    TRY(li_text_new(heap, text->length, ' ', &mapped));
    from = text_bytes(text);
    to = text_bytes(value_to_text(mapped));
    for (uint64_t i = 0; i < text->length; i += 1)
        to[i] = (uint8_t)convert(from[i]);
    *result = mapped;
    return OK;
}

/* The characters of `text` in memory from malloc. */
static Status text_chars(const Text *text, uint32_t **chars)
{
    uint32_t *copy = malloc((size_t)text->length * sizeof *copy + 1);

    if (copy == NULL)
        return ERR_NO_MEMORY;
    for (uint64_t i = 0; i < text->length; i += 1)
        copy[i] = li_text_at(text, i);
    *chars = copy;
    return OK;
}

/* True if what stands at c, or behind it but for characters that case ignores, has case:
 * `beyond` is the answer for its neighbour. */
static bool has_case_here(uint32_t c, bool beyond)
{
    if (uc_is_property_cased(c))
        return true;
    return beyond && uc_is_property_case_ignorable(c);
}

/* Puts the small letter in the place of each capital sigma: the final one behind a letter with
 * case, unless such a letter follows (condition Final_Sigma of Unicode's SpecialCasing).
 * libunistring does not look past an apostrophe or a full stop for that letter. */
static void lower_sigmas(uint32_t *chars, size_t length)
{
    bool follows = false, precedes = false;

    for (size_t i = length; i > 0; i -= 1) {
        if (chars[i - 1] == CAPITAL_SIGMA && follows)
            chars[i - 1] = SMALL_SIGMA;
        follows = has_case_here(chars[i - 1], follows);
    }
    for (size_t i = 0; i < length; i += 1) {
        if (chars[i] == CAPITAL_SIGMA)
            chars[i] = precedes ? FINAL_SIGMA : SMALL_SIGMA;
        precedes = has_case_here(chars[i], precedes);
    }
}

/* The mapped characters of `text` in memory from malloc. */
static Status mapped_chars(const Text *text, CaseMap map, uint32_t **mapped,
                           size_t *length)
{
    uint32_t *chars, *to = NULL;

    TRY(text_chars(text, &chars));
    switch (map) {
    case CASE_UPPER:
        to = u32_toupper(chars, (size_t)text->length, NULL, NULL, NULL, length);
        break;
    case CASE_LOWER:
        lower_sigmas(chars, (size_t)text->length);
        to = u32_tolower(chars, (size_t)text->length, NULL, NULL, NULL, length);
        break;
    case CASE_FOLD:
        to = u32_casefold(chars, (size_t)text->length, NULL, NULL, NULL, length);
        break;
    }
    free(chars);
    if (to == NULL)
        return ERR_NO_MEMORY;
    *mapped = to;
    return OK;
}

Status li_text_map_case(Heap *heap, const Text *text, CaseMap map, Value *result)
{
    uint32_t *mapped;
    size_t length;

    if (text_is_ascii(text))
        return map_ascii(heap, text, map, result);
    TRY(mapped_chars(text, map, &mapped, &length));
    Status status = li_text_from_chars(heap, mapped, length, result);
    free(mapped);
    return status;
}

static int compare_ascii_folded(const Text *a, const Text *b)
{
    const uint8_t *left = text_bytes(a), *right = text_bytes(b);
    uint64_t shared = a->length < b->length ? a->length : b->length;

    for (uint64_t i = 0; i < shared; i += 1) {
        uint32_t x = li_char_downcase(left[i]), y = li_char_downcase(right[i]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a->length > b->length) - (a->length < b->length);
}

static int compare_chars(const uint32_t *a, size_t a_length, const uint32_t *b,
                         size_t b_length)
{
    size_t shared = a_length < b_length ? a_length : b_length;

    for (size_t i = 0; i < shared; i += 1) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return (a_length > b_length) - (a_length < b_length);
}

Status li_text_compare_folded(const Text *a, const Text *b, int *order)
{
    uint32_t *left, *right;
    size_t left_length, right_length;

    if (text_is_ascii(a) && text_is_ascii(b)) {
        *order = compare_ascii_folded(a, b);
        return OK;
    }
    TRY(mapped_chars(a, CASE_FOLD, &left, &left_length));
    Status status = mapped_chars(b, CASE_FOLD, &right, &right_length);
    if (status == OK) {
        *order = compare_chars(left, left_length, right, right_length);
        free(right);
    }
    free(left);
    return status;
}

Status li_text_hash_folded(const Text *text, uint64_t *hash)
{
    CharHash state = char_hash_begin();
    bool ascii = text_is_ascii(text);
    size_t length = text->length;
    uint32_t *chars = NULL;

    if (!ascii)
        TRY(mapped_chars(text, CASE_FOLD, &chars, &length));
    for (size_t i = 0; i < length; i += 1)
        char_hash_push(&state,
                       ascii ? li_char_downcase(li_text_at(text, i)) : chars[i]);
    *hash = char_hash_end(&state);
    free(chars);
    return OK;
}
