/* text.c - strings: arrays of characters indexed in constant time. */
#include "containers/text.h"

#include "containers/rawarray.h"

enum {
    NARROW = 1,
    WIDE = 4,
    NARROW_MAX = 0xff
};

static uint8_t *narrow(const Text *text)
{
    return text_bytes(text);
}

static uint32_t *wide(const Text *text)
{
    return text_bytes(text);
}

static uint64_t capacity_of(const Text *text)
{
    return rawarray_capacity(text->store, text->width);
}

static uint32_t width_for(uint32_t c)
{
    return c <= NARROW_MAX ? NARROW : WIDE;
}

static void put(Text *text, uint64_t index, uint32_t c)
{
    if (text->width == NARROW)
        narrow(text)[index] = (uint8_t)c;
    else
        wide(text)[index] = c;
}

static void put_many(Text *text, uint64_t start, uint64_t end, uint32_t c)
{
    if (text->width == NARROW) {
        if (start < end)
            memset(narrow(text) + start, (int)c, end - start);
        return;
    }
    for (uint64_t i = start; i < end; i += 1)
        wide(text)[i] = c;
}

/* The width that [start, end) needs. */
static uint32_t range_width(const Text *text, uint64_t start, uint64_t end)
{
    uint32_t all = 0;

    if (text->width == NARROW)
        return NARROW;
    for (uint64_t i = start; i < end; i += 1)
        all |= wide(text)[i];
    return width_for(all);
}

/* Copies characters into `to`, whose width holds them; regions may overlap. */
static void copy_chars(Text *to, uint64_t at, const Text *from, uint64_t start,
                       uint64_t count)
{
    if (count == 0)
        return;
    if (to->width == from->width) {
        memmove(narrow(to) + at * to->width, narrow(from) + start * to->width,
                count * to->width);
    } else if (to->width == WIDE) {
        for (uint64_t i = 0; i < count; i += 1)
            wide(to)[at + i] = narrow(from)[start + i];
    } else {
        for (uint64_t i = 0; i < count; i += 1)
            narrow(to)[at + i] = (uint8_t)wide(from)[start + i];
    }
}

static Status check_range(const Text *text, uint64_t start, uint64_t end)
{
    return start <= end && end <= text->length ? OK : ERR_RANGE;
}

static Status check_growable(const Text *text)
{
    if (UNLIKELY(li_is_immutable(text)))
        return ERR_IMMUTABLE;
    return UNLIKELY(text->borrows != 0) ? ERR_BORROWED : OK;
}

/* ---- Making texts ---- */

Status li_text_with_capacity(Heap *heap, uint64_t capacity, uint32_t width,
                             Value *result)
{
    Value store;
    TRY(li_rawarray_new(heap, capacity, width, &store));
    Text *text = li_alloc(heap, T_TEXT, 0, sizeof *text / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(text == NULL))
        return ERR_NO_MEMORY;
    *text = (Text){.store = store, .width = width};
    *result = value_from_object(text);
    return OK;
}

Status li_text_unfilled(Heap *heap, uint64_t length, uint32_t width, Text **text)
{
    Value store;
    TRY(li_rawarray_new_uncleared(heap, length, width, &store));

    *text = li_alloc(heap, T_TEXT, 0, sizeof **text / IMMIX_GRANULE_BYTES);
    if (UNLIKELY(*text == NULL))
        return ERR_NO_MEMORY;
    **text = (Text){.store = store, .length = length, .width = width};
    return OK;
}

Status li_text_from_ascii(Heap *heap, const char *ascii, size_t length, Value *result)
{
    Text *text;

    TRY(li_text_unfilled(heap, length, NARROW, &text));
    memcpy(narrow(text), ascii, length);
    *result = value_from_object(text);
    return OK;
}

Status li_text_join(Heap *heap, const Value *texts, uint32_t count, Value *result)
{
    uint64_t total = 0, at = 0;
    uint32_t width = NARROW;
    Text *joined;

    for (uint32_t i = 0; i < count; i += 1) {
        const Text *part = value_to_text(texts[i]);

        if (__builtin_add_overflow(total, part->length, &total))
            return ERR_BAD_SIZE;
        width = part->width > width ? part->width : width;
    }
    TRY(li_text_unfilled(heap, total, width, &joined));
    for (uint32_t i = 0; i < count; i += 1) {
        const Text *part = value_to_text(texts[i]);

        copy_chars(joined, at, part, 0, part->length);
        at += part->length;
    }
    *result = value_from_object(joined);
    return OK;
}

Status li_text_new(Heap *heap, uint64_t length, uint32_t fill, Value *result)
{
    Value v;
    TRY(li_text_with_capacity(heap, length, width_for(fill), &v));
    Text *text = value_to_text(v);

    text->length = length;
    if (fill != 0) /* the store is zero */
        put_many(text, 0, length, fill);
    *result = v;
    return OK;
}

Status li_text_from_chars(Heap *heap, const uint32_t *chars, uint64_t length,
                          Value *result)
{
    uint32_t all = 0;
    Text *text;

    for (uint64_t i = 0; i < length; i += 1)
        all |= chars[i];
    TRY(li_text_unfilled(heap, length, width_for(all), &text));
    for (uint64_t i = 0; i < length; i += 1)
        put(text, i, chars[i]);
    *result = value_from_object(text);
    return OK;
}

Status li_text_from_pair_list(Heap *heap, Value list, Value *result)
{
    Value rest = list;
    uint64_t length;
    uint32_t all = 0;
    Text *text;

    TRY(li_pair_list_length(list, &length));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        if (!value_is_char(pair_car(rest)))
            return ERR_TYPE;
        all |= value_to_char(pair_car(rest));
    }
    TRY(li_text_unfilled(heap, length, width_for(all), &text));
    for (uint64_t i = 0; i < length; i += 1) {
        put(text, i, value_to_char(pair_car(list)));
        list = pair_cdr(list);
    }
    *result = value_from_object(text);
    return OK;
}

Status li_text_slice(Heap *heap, const Text *text, uint64_t start, uint64_t end,
                     Value *result)
{
    Text *slice;

    TRY(check_range(text, start, end));
    TRY(li_text_unfilled(heap, end - start, range_width(text, start, end), &slice));
    copy_chars(slice, 0, text, start, end - start);
    *result = value_from_object(slice);
    return OK;
}

/* ---- Growing ---- */

/* Gives the text a store of `width` for `capacity` characters, at least its length. */
static Status restore(Heap *heap, Text *text, uint64_t capacity, uint32_t width)
{
    Value store;

    if (capacity < text->length)
        capacity = text->length;
    if (width == text->width
        && li_rawarray_extend(heap, &text->store, capacity, width)) {
        li_barrier(heap, text);
        return OK;
    }
    TRY(li_rawarray_new(heap, capacity, width, &store));

    Text bigger = {.store = store, .length = text->length, .width = width};

    copy_chars(&bigger, 0, text, 0, text->length);
    text->store = store;
    text->width = width;
    li_barrier(heap, text);
    return OK;
}

/* Makes room for `extra` characters more that need `width`. */
static Status make_room(Heap *heap, Text *text, uint64_t extra, uint32_t width)
{
    uint64_t needed, capacity = capacity_of(text);

    if (__builtin_add_overflow(text->length, extra, &needed))
        return ERR_BAD_SIZE;
    if (width < text->width)
        width = text->width;
    if (needed <= capacity && width == text->width)
        return OK;
    /* Only what outgrows its store gets more than it asks for. */
    if (needed > capacity)
        needed = rawarray_grown_to(capacity, needed);
    return restore(heap, text, needed, width);
}

static Status widen_for(Heap *heap, Text *text, uint32_t c)
{
    if (LIKELY(width_for(c) <= text->width))
        return OK;
    if (text->borrows != 0)
        return ERR_BORROWED;
    return restore(heap, text, capacity_of(text), WIDE);
}

Status li_text_reserve(Heap *heap, Text *text, uint64_t capacity)
{
    TRY(check_growable(text));
    if (capacity <= capacity_of(text))
        return OK;
    return restore(heap, text, capacity, text->width);
}

Status li_text_push(Heap *heap, Text *text, uint32_t c)
{
    TRY(check_growable(text));
    if (UNLIKELY(text->length == capacity_of(text) || width_for(c) > text->width))
        TRY(make_room(heap, text, 1, width_for(c)));
    put(text, text->length, c);
    text->length += 1;
    return OK;
}

Status li_text_push_text(Heap *heap, Text *text, const Text *from, uint64_t start,
                         uint64_t end)
{
    uint64_t length = text->length;

    TRY(check_growable(text));
    TRY(check_range(from, start, end));
    TRY(make_room(heap, text, end - start, range_width(from, start, end)));
    text->length += end - start;
    copy_chars(text, length, from, start, end - start);
    return OK;
}

Status li_text_resize(Heap *heap, Text *text, uint64_t length, uint32_t fill)
{
    uint64_t old = text->length;

    TRY(check_growable(text));
    if (length > old) {
        TRY(make_room(heap, text, length - old, width_for(fill)));
        put_many(text, old, length, fill);
    }
    text->length = length;
    return OK;
}

Status li_text_clear(Text *text)
{
    TRY(check_growable(text));
    text->length = 0;
    return OK;
}

Status li_text_top(const Text *text, uint32_t *c)
{
    if (text->length == 0)
        return ERR_EMPTY;
    *c = li_text_at(text, text->length - 1);
    return OK;
}

Status li_text_pop(Text *text, uint32_t *c)
{
    TRY(check_growable(text));
    TRY(li_text_top(text, c));
    text->length -= 1;
    return OK;
}

/* ---- Replacing characters ---- */

Status li_text_set(Heap *heap, Text *text, uint64_t index, uint32_t c)
{
    if (UNLIKELY(li_is_immutable(text)))
        return ERR_IMMUTABLE;
    if (UNLIKELY(index >= text->length))
        return ERR_RANGE;
    TRY(widen_for(heap, text, c));
    put(text, index, c);
    return OK;
}

Status li_text_fill(Heap *heap, Text *text, uint32_t c, uint64_t start, uint64_t end)
{
    if (UNLIKELY(li_is_immutable(text)))
        return ERR_IMMUTABLE;
    TRY(check_range(text, start, end));
    if (start == end)
        return OK;
    TRY(widen_for(heap, text, c));
    put_many(text, start, end, c);
    return OK;
}

Status li_text_copy(Heap *heap, Text *to, uint64_t at, const Text *from, uint64_t start,
                    uint64_t end)
{
    if (UNLIKELY(li_is_immutable(to)))
        return ERR_IMMUTABLE;
    TRY(check_range(from, start, end));
    if (at > to->length || end - start > to->length - at)
        return ERR_RANGE;
    if (to->width < from->width)
        TRY(widen_for(heap, to,
                      range_width(from, start, end) == WIDE ? UNICODE_MAX : 0));
    copy_chars(to, at, from, start, end - start);
    return OK;
}

/* ---- Comparing ---- */

static int compare_lengths(const Text *a, const Text *b)
{
    return a->length < b->length ? -1 : a->length > b->length;
}

int li_text_compare(const Text *a, const Text *b)
{
    uint64_t common = a->length < b->length ? a->length : b->length;

    if (a->width == NARROW && b->width == NARROW) {
        int order = memcmp(narrow(a), narrow(b), common);

        return order != 0 ? order : compare_lengths(a, b);
    }
    for (uint64_t i = 0; i < common; i += 1) {
        uint32_t x = li_text_at(a, i);
        uint32_t y = li_text_at(b, i);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return compare_lengths(a, b);
}

bool li_text_equals(const Text *a, const Text *b)
{
    if (a == b)
        return true;
    if (a->length != b->length)
        return false;
    if (a->width == b->width)
        return memcmp(narrow(a), narrow(b), a->length * a->width) == 0;
    return li_text_compare(a, b) == 0;
}

bool li_text_equals_ascii(const Text *text, const char *ascii)
{
    size_t length = strlen(ascii);

    if (text->length != length)
        return false;
    for (size_t i = 0; i < length; i += 1) {
        if (li_text_at(text, i) != (uint8_t)ascii[i])
            return false;
    }
    return true;
}

uint64_t li_text_hash(const Text *text)
{
    CharHash hash = char_hash_begin();

    if (LIKELY(text->width == NARROW))
        return hash_bytes(narrow(text), text->length);
    for (uint64_t i = 0; i < text->length; i += 1)
        char_hash_push(&hash, wide(text)[i]);
    return char_hash_end(&hash);
}

/* ---- Borrowing ---- */

void li_text_borrow(Heap *heap, Text *text)
{
    uint64_t borrows = text->borrows;

    CHECK(borrows < UINT32_MAX);
    li_rawarray_borrow(heap, text->store, &borrows);
    text->borrows = (uint32_t)borrows;
}

void li_text_release(Heap *heap, Text *text)
{
    uint64_t borrows = text->borrows;

    li_rawarray_release(heap, text->store, &borrows);
    text->borrows = (uint32_t)borrows;
}

bool li_text_valid(const Text *text)
{
    if (text->width != NARROW && text->width != WIDE)
        return false;
    if (!value_has_type(text->store, T_BYTES) || text->length > capacity_of(text))
        return false;
    for (uint64_t i = 0; i < text->length; i += 1) {
        if (!unicode_is_scalar(li_text_at(text, i)))
            return false;
    }
    return true;
}
