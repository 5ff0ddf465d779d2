/* reader.c - from text to data: the stack of what is open. */
#include "syntax/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "containers/array.h"
#include "containers/symbolmap.h"
#include "syntax/reader_internal.h"
#include "syntax/source.h"

/* What one step of reading gave. */
typedef enum ItemKind {
    ITEM_DATUM,
    ITEM_NONE, /* something opened */
    ITEM_END,  /* the input ended */
} ItemKind;

typedef struct Item {
    ItemKind kind;
    Value datum;
    uint64_t position; /* where the datum begins */
} Item;

/* ---- Memory -------------------------------------------------------------------------------- */

Status li_reader_grow(Reader *reader, void **array, size_t *capacity, size_t item_bytes)
{
    size_t grown = *capacity + *capacity / 2 + 32;
    size_t more = (grown - *capacity) * item_bytes;
    void *moved;

    if (!immix_external_add(reader->heap->immix, more))
        return ERR_NO_MEMORY;
    moved = realloc(*array, grown * item_bytes);
    if (moved == NULL) {
        immix_external_remove(reader->heap->immix, more);
        return ERR_NO_MEMORY;
    }
    *array = moved;
    *capacity = grown;
    reader->counted_bytes += more;
    return OK;
}

Status li_reader_alloc(Reader *reader, size_t bytes, void **memory)
{
    void *found;

    if (!immix_external_add(reader->heap->immix, bytes))
        return ERR_NO_MEMORY;
    found = calloc(1, bytes);
    if (found == NULL) {
        immix_external_remove(reader->heap->immix, bytes);
        return ERR_NO_MEMORY;
    }
    reader->counted_bytes += bytes;
    *memory = found;
    return OK;
}

void li_reader_free(Reader *reader, void *memory, size_t bytes)
{
    if (memory == NULL)
        return;
    free(memory);
    immix_external_remove(reader->heap->immix, bytes);
    reader->counted_bytes -= bytes;
}

void li_reader_open(Reader *reader, Heap *heap, TextStream *stream,
                    const ReaderOptions *options)
{
    *reader = (Reader){.heap = heap, .stream = stream, .options = *options};
}

void li_reader_close(Reader *reader)
{
    free(reader->frames);
    free(reader->items);
    free(reader->labels);
    free(reader->fixups);
    li_buffer_free(&reader->bytes);
    immix_external_remove(reader->heap->immix, reader->counted_bytes);
    *reader = (Reader){.heap = reader->heap};
}

/* ---- Errors -------------------------------------------------------------------------------- */

uint64_t li_reader_here(const Reader *reader)
{
    return position_pack(
        (Position){reader->options.file, reader->stream->line, reader->stream->column});
}

Status li_reader_fail(Reader *reader, uint64_t position, const char *format, ...)
{
    va_list arguments;

    reader->error.position = position;
    reader->error.incomplete = false;
    va_start(arguments, format);
    (void)vsnprintf(reader->error.message, READ_MESSAGE_BYTES, format, arguments);
    va_end(arguments);
    return ERR_READ;
}

Status li_reader_fail_end(Reader *reader, const char *what, uint64_t opened)
{
    Position p = position_unpack(opened);
    const char *name = reader->options.name;

    if (reader->stream->status != OK)
        return reader->stream->status;
    reader->error.position = li_reader_here(reader);
    reader->error.incomplete = true;
    reader->error.what = what;
    reader->error.opened = opened;
    reader->error.margin_line = reader->margin_line;
    /* A very long file name must not hide the line. */
    (void)snprintf(
        reader->error.message, READ_MESSAGE_BYTES,
        "unexpected end of input: the %s opened at %.250s%s%u:%u was never closed",
        what, name != NULL ? name : "", name != NULL ? ":" : "", (unsigned)p.line,
        (unsigned)p.column);
    return ERR_READ;
}

/* ---- Frames -------------------------------------------------------------------------------- */

static FrameKind frame_kind(const ReadFrame *frame)
{
    return (FrameKind)(frame->place & ((1U << FRAME_KIND_BITS) - 1));
}

static uint64_t frame_position(const ReadFrame *frame)
{
    return frame->place >> FRAME_KIND_BITS;
}

static void set_frame_kind(ReadFrame *frame, FrameKind kind)
{
    frame->place = frame->place >> FRAME_KIND_BITS << FRAME_KIND_BITS | kind;
}

static Status push_frame(Reader *reader, FrameKind kind, Value value, uint64_t position)
{
    if (reader->depth == reader->frame_capacity)
        TRY(li_reader_grow(reader, (void **)&reader->frames, &reader->frame_capacity,
                           sizeof *reader->frames));
    reader->frames[reader->depth] =
        (ReadFrame){value, position << FRAME_KIND_BITS | (uint64_t)kind};
    reader->depth += 1;
    return OK;
}

static ReadFrame *top_frame(Reader *reader)
{
    return reader->depth == 0 ? NULL : &reader->frames[reader->depth - 1];
}

/* ---- Making data --------------------------------------------------------------------------- */

static Status new_pair(Reader *reader, Value car, uint64_t position, Value *pair)
{
    if (reader->options.positions)
        TRY(li_cons_at(reader->heap, car, VALUE_NIL, position, pair));
    else
        TRY(li_cons(reader->heap, car, VALUE_NIL, pair));
    if (reader->options.immutable)
        li_set_immutable(value_to_pair(*pair));
    if (UNLIKELY(value_is_placeholder(car)))
        return li_label_note(reader, &value_to_pair(*pair)->car);
    return OK;
}

static Status append_to_list(Reader *reader, ReadFrame *frame, Value datum,
                             uint64_t position)
{
    bool first = value_is_fixnum(frame->value);
    Value pair;

    TRY(new_pair(reader, datum, first ? frame_position(frame) : position, &pair));
    if (first) {
        value_to_pair(pair)->cdr = pair;
    } else {
        Pair *last = value_to_pair(frame->value);

        value_to_pair(pair)->cdr = last->cdr;
        last->cdr = pair;
    }
    frame->value = pair;
    return OK;
}

/* The datum after the dot. */
static Status end_list(Reader *reader, ReadFrame *frame, Value tail)
{
    Pair *last = value_to_pair(frame->value);

    frame->value = last->cdr;
    last->cdr = tail;
    set_frame_kind(frame, FRAME_LIST_END);
    return value_is_placeholder(tail) ? li_label_note(reader, &last->cdr) : OK;
}

static Status append_to_vector(Reader *reader, Value datum)
{
    if (reader->item_count == reader->item_capacity)
        TRY(li_reader_grow(reader, (void **)&reader->items, &reader->item_capacity,
                           sizeof *reader->items));
    reader->items[reader->item_count] = datum;
    reader->item_count += 1;
    return OK;
}

/* The value of a FRAME_ARRAY. */
static Value array_frame_value(size_t base, ElementKind kind)
{
    return value_from_fixnum((int64_t)base * ELEMENT_KINDS + (int64_t)kind);
}

static ElementKind frame_element_kind(const ReadFrame *frame)
{
    return (ElementKind)(value_to_fixnum(frame->value) % ELEMENT_KINDS);
}

static size_t frame_array_base(const ReadFrame *frame)
{
    return (size_t)(value_to_fixnum(frame->value) / ELEMENT_KINDS);
}

static Status append_to_array(Reader *reader, const ReadFrame *frame, Value datum,
                              uint64_t position)
{
    ElementKind kind = frame_element_kind(frame);
    uint64_t element;

    if (li_array_pack(kind, datum, &element) != OK)
        return li_reader_fail(reader, position, "each element of #%s(...) must be %s",
                              li_array_kind_text(kind), li_array_element_text(kind));
    reader->bytes.length = reader->byte_count;
    li_buffer_push(&reader->bytes, (const char *)&element,
                   li_array_element_bytes(kind));
    if (reader->bytes.failed)
        return ERR_NO_MEMORY;
    reader->byte_count += li_array_element_bytes(kind);
    return OK;
}

static void mark_literal(const Reader *reader, Value datum)
{
    if (reader->options.immutable)
        li_set_immutable(value_to_object(datum));
}

static Status make_vector(Reader *reader, const ReadFrame *frame, Value *datum)
{
    size_t base = (size_t)value_to_fixnum(frame->value);
    size_t length = reader->item_count - base;

    if (length == 0)
        TRY(li_vector(reader->heap, 0, VALUE_FALSE, datum));
    else
        TRY(li_vector_from(reader->heap, reader->items + base, length, datum));
    mark_literal(reader, *datum);
    reader->item_count = base;
    if (reader->label_count == 0)
        return OK;
    for (size_t i = 0; i < length; i += 1) {
        if (value_is_placeholder(vector_items(*datum)[i]))
            TRY(li_label_note(reader, &vector_items(*datum)[i]));
    }
    return OK;
}

static Status make_array(Reader *reader, const ReadFrame *frame, Value *datum)
{
    ElementKind kind = frame_element_kind(frame);
    size_t base = frame_array_base(frame);
    size_t bytes = reader->byte_count - base;

    TRY(li_array_new(reader->heap, kind, bytes / li_array_element_bytes(kind), datum));
    if (bytes != 0)
        memcpy(array_data(value_to_array(*datum)), reader->bytes.bytes + base, bytes);
    mark_literal(reader, *datum);
    reader->byte_count = base;
    return OK;
}

/* (quote datum) */
static Status make_prefixed(Reader *reader, const ReadFrame *frame, Value *datum,
                            uint64_t position)
{
    Value first, second;

    TRY(new_pair(reader, *datum, position, &second));
    TRY(new_pair(reader, frame->value, frame_position(frame), &first));
    value_to_pair(first)->cdr = second;
    *datum = first;
    return OK;
}

/* ---- The steps ----------------------------------------------------------------------------- */

/* Hands a complete datum to what is open around it. *done: nothing is, so it is the result. */
static Status deliver(Reader *reader, Item *item, bool *done)
{
    ReadFrame *frame;

    while ((frame = top_frame(reader)) != NULL) {
        switch (frame_kind(frame)) {
        case FRAME_LIST:
            return append_to_list(reader, frame, item->datum, item->position);
        case FRAME_LIST_DOT: return end_list(reader, frame, item->datum);
        case FRAME_LIST_END:
            return li_reader_fail(reader, item->position,
                                  "more than one datum after the dot of a list");
        case FRAME_VECTOR: return append_to_vector(reader, item->datum);
        case FRAME_ARRAY:
            return append_to_array(reader, frame, item->datum, item->position);
        case FRAME_PREFIX:
            TRY(make_prefixed(reader, frame, &item->datum, item->position));
            break;
        case FRAME_LABEL:
            TRY(li_label_close(reader, (uint64_t)value_to_fixnum(frame->value),
                               item->datum, frame_position(frame)));
            break;
        case FRAME_COMMENT: reader->depth -= 1; return OK;
        }
        item->position = frame_position(frame);
        reader->depth -= 1;
    }
    *done = true;
    return OK;
}

/* After a ) that was consumed at item->position. */
static Status close_paren(Reader *reader, Item *item)
{
    ReadFrame *frame = top_frame(reader);
    FrameKind kind;

    if (frame == NULL)
        return li_reader_fail(reader, item->position, "unexpected )");
    kind = frame_kind(frame);
    switch (kind) {
    case FRAME_LIST:
        item->datum = VALUE_NIL;
        if (value_is_pair(frame->value)) {
            item->datum = pair_cdr(frame->value);
            value_to_pair(frame->value)->cdr = VALUE_NIL;
        }
        break;
    case FRAME_LIST_END: item->datum = frame->value; break;
    case FRAME_VECTOR: TRY(make_vector(reader, frame, &item->datum)); break;
    case FRAME_ARRAY: TRY(make_array(reader, frame, &item->datum)); break;
    case FRAME_LIST_DOT:
    case FRAME_PREFIX:
    case FRAME_LABEL:
    case FRAME_COMMENT:
        return li_reader_fail(reader, item->position,
                              "unexpected ): there is no datum after %s",
                              kind == FRAME_LIST_DOT ? "the dot of a list"
                              : kind == FRAME_PREFIX ? "a quotation mark"
                              : kind == FRAME_LABEL  ? "a datum label"
                                                     : "#;");
    }
    item->position = frame_position(frame);
    reader->depth -= 1;
    return OK;
}

static Status dot(Reader *reader, const Item *item)
{
    ReadFrame *frame = top_frame(reader);

    if (frame == NULL || frame_kind(frame) != FRAME_LIST)
        return li_reader_fail(reader, item->position, "unexpected dot");
    if (value_is_fixnum(frame->value))
        return li_reader_fail(reader, item->position,
                              "there is no datum before the dot");
    set_frame_kind(frame, FRAME_LIST_DOT);
    return OK;
}

static Status open_prefix(Reader *reader, Item *item, const char *name)
{
    Value symbol;

    TRY(li_intern(reader->heap, name, &symbol));
    item->kind = ITEM_NONE;
    return push_frame(reader, FRAME_PREFIX, symbol, item->position);
}

static Status label(Reader *reader, Item *item)
{
    uint64_t number;
    bool defines;

    TRY(li_reader_label(reader, &number, &defines));
    if (!defines)
        return li_label_find(reader, number, item->position, &item->datum);
    TRY(li_label_open(reader, number, item->position));
    item->kind = ITEM_NONE;
    return push_frame(reader, FRAME_LABEL, value_from_fixnum((int64_t)number),
                      item->position);
}

static bool word_is_ahead(Reader *reader, size_t offset, const char *word)
{
    size_t i = 0;

    while (word[i] != '\0') {
        int32_t byte = li_stream_byte(reader->stream, offset + i);

        if (byte < 0 || byte_lower((char)byte) != word[i])
            return false;
        i += 1;
    }
    return li_stream_byte(reader->stream, offset + i) == '(';
}

/* #u8( and its likes. */
static Status open_array(Reader *reader, Item *item)
{
    int32_t first = li_stream_byte(reader->stream, 1);

    for (int kind = 0; kind < ELEMENT_OPCODE; kind += 1) {
        const char *tag = li_array_kind_text((ElementKind)kind);
        size_t bytes = strlen(tag) + 2;

        if (!word_is_ahead(reader, 1, tag))
            continue;
        li_stream_skip(reader->stream, bytes, bytes);
        item->kind = ITEM_NONE;
        return push_frame(reader, FRAME_ARRAY,
                          array_frame_value(reader->byte_count, (ElementKind)kind),
                          item->position);
    }
    if (reader->stream->status != OK)
        return reader->stream->status;
    li_stream_skip(reader->stream, 2, 2);
    return li_reader_fail(reader, item->position,
                          byte_lower((char)first) == 'f'
                              ? "#%c must begin #false, #f, #f32(...) or #f64(...)"
                              : "#%c must begin an array: #%c8(...), or 16, 32 or 64",
                          (int)first, byte_lower((char)first));
}

static Status unknown_hash(Reader *reader, uint64_t position)
{
    size_t bytes;
    bool valid;
    int32_t c = li_stream_decode(reader->stream, 1, &bytes, &valid);

    li_stream_skip(reader->stream, 1, 1);
    if (c < 0)
        return li_reader_fail(reader, position, "a # that nothing follows");
    if (c > 0x20 && c < 0x7f)
        return li_reader_fail(reader, position, "unknown notation #%c", (int)c);
    return li_reader_fail(reader, position, "unknown notation: # and U+%04X",
                          (unsigned)c);
}

static Status hash(Reader *reader, Item *item)
{
    int32_t second = li_stream_byte(reader->stream, 1);

    switch (second) {
    case '(':
        li_stream_skip(reader->stream, 2, 2);
        item->kind = ITEM_NONE;
        return push_frame(reader, FRAME_VECTOR,
                          value_from_fixnum((int64_t)reader->item_count),
                          item->position);
    case ';':
        li_stream_skip(reader->stream, 2, 2);
        item->kind = ITEM_NONE;
        return push_frame(reader, FRAME_COMMENT, VALUE_NIL, item->position);
    case '\\': return li_reader_char(reader, &item->datum);
    case 't':
    case 'T':
    case 'f':
    case 'F':
        if (!byte_is(li_stream_byte(reader->stream, 2), BYTE_DIGIT))
            return li_reader_boolean(reader, &item->datum);
        return open_array(reader, item);
    case 'u':
    case 'U':
    case 's':
    case 'S': return open_array(reader, item);
    case STREAM_FAILED: return reader->stream->status;
    default: break;
    }
    if (byte_is(second, BYTE_DIGIT))
        return label(reader, item);
    if (byte_is(second, BYTE_IDENTIFIER) && strchr("eibodxEIBODX", second) != NULL)
        return li_reader_prefixed_number(reader, &item->datum);
    return unknown_hash(reader, item->position);
}

/* "u8vector", but bytevector is the name that the report uses. */
static const char *array_name(const ReadFrame *frame)
{
    ElementKind kind = frame_element_kind(frame);

    return kind == ELEMENT_U8 ? "bytevector" : "numeric vector";
}

/* The input ended where a datum could begin. */
static Status at_end(Reader *reader, Item *item)
{
    const ReadFrame *frame = top_frame(reader);

    if (frame == NULL) {
        item->kind = ITEM_END;
        return OK;
    }
    switch (frame_kind(frame)) {
    case FRAME_LIST:
    case FRAME_LIST_DOT:
    case FRAME_LIST_END:
        return li_reader_fail_end(reader, "parenthesis", frame_position(frame));
    case FRAME_VECTOR:
        return li_reader_fail_end(reader, "vector", frame_position(frame));
    case FRAME_ARRAY:
        return li_reader_fail_end(reader, array_name(frame), frame_position(frame));
    case FRAME_PREFIX:
        return li_reader_fail_end(reader, "quotation", frame_position(frame));
    case FRAME_LABEL:
        return li_reader_fail_end(reader, "datum label", frame_position(frame));
    case FRAME_COMMENT:
        return li_reader_fail_end(reader, "datum comment", frame_position(frame));
    }
    UNREACHABLE();
}

static Status unquote(Reader *reader, Item *item)
{
    bool splicing;

    li_stream_skip(reader->stream, 1, 1);
    splicing = li_stream_byte(reader->stream, 0) == '@';
    if (splicing)
        li_stream_skip(reader->stream, 1, 1);
    return open_prefix(reader, item, splicing ? "unquote-splicing" : "unquote");
}

/* An atom, or what opens or closes something. */
static Status read_item(Reader *reader, Item *item)
{
    TextStream *stream = reader->stream;
    TokenKind token;

    item->kind = ITEM_DATUM;
    item->position = li_reader_here(reader);
    switch (li_stream_byte(stream, 0)) {
    case STREAM_END: return at_end(reader, item);
    case STREAM_FAILED: return stream->status;
    case '(':
        if (reader->depth > 0 && stream->column == 1 && reader->margin_line == 0)
            reader->margin_line = stream->line;
        li_stream_skip(stream, 1, 1);
        item->kind = ITEM_NONE;
        return push_frame(reader, FRAME_LIST, value_from_fixnum(0), item->position);
    case ')': li_stream_skip(stream, 1, 1); return close_paren(reader, item);
    case '\'': li_stream_skip(stream, 1, 1); return open_prefix(reader, item, "quote");
    case '`':
        li_stream_skip(stream, 1, 1);
        return open_prefix(reader, item, "quasiquote");
    case ',': return unquote(reader, item);
    case '"': return li_reader_string(reader, &item->datum);
    case '|': return li_reader_bar_symbol(reader, &item->datum);
    case '#': return hash(reader, item);
    default: break;
    }
    TRY(li_reader_atom(reader, &token, &item->datum));
    if (token == TOKEN_DOT) {
        item->kind = ITEM_NONE;
        return dot(reader, item);
    }
    return OK;
}

static void set_mark(Reader *reader)
{
    li_stream_set_mark(reader->stream);
    reader->mark_fold_case = reader->options.fold_case;
}

static Status read_datum(Reader *reader, Value *datum)
{
    for (bool done = false; !done;) {
        Item item;

        TRY(li_reader_skip(reader));
        if (reader->depth == 0)
            set_mark(reader);
        TRY(read_item(reader, &item));
        if (item.kind == ITEM_DATUM)
            TRY(deliver(reader, &item, &done));
        if (done || item.kind == ITEM_END)
            *datum = item.kind == ITEM_END ? VALUE_EOF : item.datum;
        if (item.kind == ITEM_END)
            return OK;
    }
    return OK;
}

uint64_t li_reader_began(const Reader *reader)
{
    const TextStream *stream = reader->stream;

    return position_pack((Position){reader->options.file, stream->mark_line,
                                    stream->mark_column});
}

/* So that messages can show the lines of the datum, with what is there of the last one.
 * Without the memory for that they do without. */
static void record_text(const Reader *reader)
{
    const TextStream *stream = reader->stream;
    Position begin = position_unpack(li_reader_began(reader));
    const char *end = stream->at;

    if (reader->options.sources == NULL)
        return;
    while (end < stream->end && *end != '\n' && *end != '\r')
        end += 1;
    (void)!li_sources_put(reader->options.sources, begin, stream->mark,
                          (size_t)(end - stream->mark));
}

Status li_read(Reader *reader, Value *datum)
{
    Value read = VALUE_EOF;
    Status status;

    reader->stream->status = OK;
    reader->depth = reader->item_count = reader->byte_count = 0;
    reader->margin_line = 0;
    li_buffer_clear(&reader->bytes);
    set_mark(reader);
    status = read_datum(reader, &read);
    if (status == OK)
        li_labels_resolve(reader);
    else
        li_labels_forget(reader);
    if (status == ERR_NO_MEMORY) {
        li_stream_rewind(reader->stream);
        reader->options.fold_case = reader->mark_fold_case;
    } else {
        record_text(reader);
    }
    li_stream_clear_mark(reader->stream);
    if (status == OK)
        *datum = read;
    return status;
}
