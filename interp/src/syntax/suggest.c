/* suggest.c - "did you mean": the name at the least edit distance. */
#include "syntax/suggest.h"
#include "containers/symbolmap.h"

enum {
    LONGEST_SUGGESTED = 40
};

static uint32_t smallest(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment),
 * by rows of the usual matrix. */
static uint32_t edit_distance(const Text *a, const Text *b)
{
    uint32_t rows[3][LONGEST_SUGGESTED + 1];
    uint32_t *before = rows[0], *above = rows[1], *row = rows[2];

    for (uint32_t j = 0; j <= b->length; j += 1)
        above[j] = j;
    for (uint32_t i = 1; i <= a->length; i += 1) {
        uint32_t *spare = before;
        uint32_t x = li_text_at(a, i - 1);

        row[0] = i;
        for (uint32_t j = 1; j <= b->length; j += 1) {
            uint32_t y = li_text_at(b, j - 1);

            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == li_text_at(b, j - 2) && li_text_at(a, i - 2) == y
                && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[b->length];
}

bool li_suggestion_begin(Suggestion *suggestion, Value symbol)
{
    uint64_t length;

    if (!value_is_symbol(symbol))
        return false;
    *suggestion = (Suggestion){.wanted = symbol_text(symbol), .stands_for = VALUE_FALSE};
    length = suggestion->wanted->length;
    suggestion->distance = (length < 5 ? 1 : length < 8 ? 2 : 3) + 1;
    return length >= 2 && length <= LONGEST_SUGGESTED;
}

/* Ties go to the name that sorts first, so that the answer does not hang on hashes. */
void li_suggestion_consider(Suggestion *suggestion, Value name, Value stands_for)
{
    const Text *text;
    uint32_t distance;

    if (!value_is_symbol(name))
        return;
    text = symbol_text(name);
    if (text->length == 0 || text->length > LONGEST_SUGGESTED)
        return;
    distance = edit_distance(suggestion->wanted, text);
    if (distance == 0 || distance > suggestion->distance)
        return;
    if (distance == suggestion->distance
        && (suggestion->closest == NULL || li_text_compare(text, suggestion->closest) > 0))
        return;
    suggestion->closest = text;
    suggestion->stands_for = stands_for;
    suggestion->distance = distance;
}
