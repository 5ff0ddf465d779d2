/* char.h - what Unicode says about characters and about the case of texts.
 *
 * Characters are Unicode scalar values. Properties follow the Unicode version of the
 * libunistring that is installed; ASCII is answered without it.
 */
#ifndef LI_TYPES_CHAR_H
#define LI_TYPES_CHAR_H

#include "containers/text.h"

bool li_char_is_alphabetic(uint32_t c);
/* A decimal digit of any script. */
bool li_char_is_numeric(uint32_t c);
bool li_char_is_whitespace(uint32_t c);
bool li_char_is_upper_case(uint32_t c);
bool li_char_is_lower_case(uint32_t c);
/* 0 to 9, or -1 if `c` is not a decimal digit. */
int li_char_digit_value(uint32_t c);

/* The mappings from one character to one: those that need several characters (the upper
 * case of U+00DF) leave the character as it is. */
uint32_t li_char_upcase(uint32_t c);
uint32_t li_char_downcase(uint32_t c);
uint32_t li_char_foldcase(uint32_t c);

typedef enum CaseMap {
    CASE_UPPER,
    CASE_LOWER,
    CASE_FOLD
} CaseMap;

/* A new mutable text: the full mapping of a text, which may change its length. Independent
 * of language; lower case minds the final sigma. */
MUST_CHECK Status li_text_map_case(Heap *heap, const Text *text, CaseMap map,
                                   Value *result);
/* Compares the case-folded texts: *order is negative, 0 or positive, by code points. */
MUST_CHECK Status li_text_compare_folded(const Text *a, const Text *b, int *order);

/* The hash of the case-folded text: ERR_NO_MEMORY. */
MUST_CHECK Status li_text_hash_folded(const Text *text, uint64_t *hash);

#endif /* LI_TYPES_CHAR_H */
