/* text.h - strings: arrays of characters indexed in constant time.
 *
 * A text keeps one byte a character while all of them are Latin-1 and four bytes otherwise;
 * storing a wider character widens the store in place. Literals are immutable
 * (li_is_immutable). Texts hold Unicode scalar values, U+0000 included.
 *
 * Invariants (li_text_valid)
 *   X1  length * width <= bytes in store
 *   X2  width is 1 or 4; with 1 every character is below 256
 *   X3  borrows > 0 freezes store, length and width; characters may be replaced by ones
 *       that fit the width
 */
#ifndef LI_CONTAINERS_TEXT_H
#define LI_CONTAINERS_TEXT_H

#include "containers/hash.h"
#include "memory/heap.h"
#include "memory/utf8.h"

typedef struct Text {
    Value store; /* T_BYTES */
    uint64_t length;
    uint32_t width;
    uint32_t borrows;
} Text;

ALWAYS_INLINE bool value_is_text(Value v)
{
    return value_has_type(v, T_TEXT);
}

ALWAYS_INLINE Text *value_to_text(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE void *text_bytes(const Text *text)
{
    return value_to_object(text->store);
}

/* index < length. */
ALWAYS_INLINE uint32_t li_text_at(const Text *text, uint64_t index)
{
    if (LIKELY(text->width == 1))
        return ((const uint8_t *)text_bytes(text))[index];
    return ((const uint32_t *)text_bytes(text))[index];
}

/* `length` characters, all `fill`. */
MUST_CHECK Status li_text_new(Heap *heap, uint64_t length, uint32_t fill,
                              Value *result);
/* An empty text with room for `capacity` characters of `width` bytes, for li_text_push. */
MUST_CHECK Status li_text_with_capacity(Heap *heap, uint64_t capacity, uint32_t width,
                                        Value *result);
/* A text of `length` characters of `width` bytes, which the caller stores at once: until then
 * it holds anything. */
MUST_CHECK Status li_text_unfilled(Heap *heap, uint64_t length, uint32_t width,
                                   Text **text);
/* `ascii` lies outside the heap or is pinned. */
MUST_CHECK Status li_text_from_ascii(Heap *heap, const char *ascii, size_t length,
                                     Value *result);
/* The characters of `count` texts, one text after the other. */
MUST_CHECK Status li_text_join(Heap *heap, const Value *texts, uint32_t count,
                               Value *result);
/* ERR_ENCODING if the bytes are not UTF-8. `utf8` lies outside the heap or is pinned. */
MUST_CHECK Status li_text_from_utf8(Heap *heap, const char *utf8, size_t bytes,
                                    Value *result);
/* Invalid sequences become U+FFFD. */
MUST_CHECK Status li_text_from_utf8_lossy(Heap *heap, const char *utf8, size_t bytes,
                                          Value *result);
MUST_CHECK Status li_text_from_chars(Heap *heap, const uint32_t *chars, uint64_t length,
                                     Value *result);
/* Checked access: ERR_RANGE, ERR_IMMUTABLE; when widening ERR_NO_MEMORY, ERR_BORROWED. */
ALWAYS_INLINE MUST_CHECK Status li_text_get(const Text *text, uint64_t index,
                                            uint32_t *c)
{
    if (UNLIKELY(index >= text->length))
        return ERR_RANGE;
    *c = li_text_at(text, index);
    return OK;
}

/* How many of the bytes, from the first on, are ASCII. */
size_t li_ascii_prefix(const void *bytes, size_t count);

MUST_CHECK Status li_text_set(Heap *heap, Text *text, uint64_t index, uint32_t c);
/* Appends in amortised constant time; ERR_BORROWED, ERR_IMMUTABLE. */
MUST_CHECK Status li_text_push(Heap *heap, Text *text, uint32_t c);
MUST_CHECK Status li_text_push_text(Heap *heap, Text *text, const Text *from,
                                    uint64_t start, uint64_t end);
/* A new mutable text of the characters from start to end (checked). */
MUST_CHECK Status li_text_slice(Heap *heap, const Text *text, uint64_t start,
                                uint64_t end, Value *result);
/* string-copy!: overlapping is fine; widens `to` when needed. */
MUST_CHECK Status li_text_copy(Heap *heap, Text *to, uint64_t at, const Text *from,
                               uint64_t start, uint64_t end);
MUST_CHECK Status li_text_fill(Heap *heap, Text *text, uint32_t c, uint64_t start,
                               uint64_t end);
/* Negative, 0 or positive, by code points. */
int li_text_compare(const Text *a, const Text *b);
bool li_text_equals(const Text *a, const Text *b);
bool li_text_equals_ascii(const Text *text, const char *ascii);
/* The same for either width: see hash.h. */
uint64_t li_text_hash(const Text *text);
/* Bytes that the UTF-8 form of [start, end) takes. */
size_t li_text_utf8_bytes(const Text *text, uint64_t start, uint64_t end);
/* Writes that form to `to`, which has room; no terminator. */
void li_text_to_utf8(const Text *text, uint64_t start, uint64_t end, char *to);
/* A malloc'd, NUL-terminated copy for file names and messages; the caller frees it. */
MUST_CHECK Status li_text_c_string(const Text *text, char **result);
bool li_text_valid(const Text *text);

/* ---- The other container interfaces ---- */

/* Room for `capacity` characters of the present width in all. Keeps the length. */
MUST_CHECK Status li_text_reserve(Heap *heap, Text *text, uint64_t capacity);
/* Makes the text as long as `length`: drops what is beyond, or extends with `fill`.
 * ERR_BORROWED, ERR_IMMUTABLE. */
MUST_CHECK Status li_text_resize(Heap *heap, Text *text, uint64_t length,
                                 uint32_t fill);
/* Empties the text and keeps its store. ERR_BORROWED, ERR_IMMUTABLE. */
MUST_CHECK Status li_text_clear(Text *text);
/* The last character; ERR_EMPTY. li_text_pop also removes it: ERR_BORROWED, ERR_IMMUTABLE. */
MUST_CHECK Status li_text_top(const Text *text, uint32_t *c);
MUST_CHECK Status li_text_pop(Text *text, uint32_t *c);
/* Of a proper list of characters: ERR_TYPE, for a circular list too. */
MUST_CHECK Status li_text_from_pair_list(Heap *heap, Value list, Value *result);

/* Between the two the store is pinned and frozen (X3): text_bytes() is a good address until
 * the release, across collections too. Borrows nest. The text itself must be rooted. */
void li_text_borrow(Heap *heap, Text *text);
void li_text_release(Heap *heap, Text *text);

#endif /* LI_CONTAINERS_TEXT_H */
