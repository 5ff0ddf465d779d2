/* reader_text.c - from text to data: characters, strings and identifiers in bars. */
#include <string.h>

#include "containers/symbolmap.h"
#include "syntax/reader_internal.h"

/* ---- Characters ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t c;
} char_names[] = {
    {"alarm", 7},     {"backspace", 8},  {"delete", 0x7f},
    {"escape", 0x1b}, {"newline", '\n'}, {"null", 0},
    {"return", '\r'}, {"space", ' '},    {"tab", '\t'},
};

enum {
    CHAR_NAMES = sizeof char_names / sizeof char_names[0]
};

bool li_char_from_name(const char *name, size_t bytes, uint32_t *c)
{
    for (size_t i = 0; i < CHAR_NAMES; i += 1) {
        if (strlen(char_names[i].name) == bytes
            && memcmp(char_names[i].name, name, bytes) == 0) {
            *c = char_names[i].c;
            return true;
        }
    }
    return false;
}

const char *li_char_name(uint32_t c)
{
    for (size_t i = 0; i < CHAR_NAMES; i += 1) {
        if (char_names[i].c == c)
            return char_names[i].name;
    }
    return NULL;
}

static int hex_digit(int32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)c - '0';
    if (c >= 'a' && c <= 'f')
        return (int)c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : -1;
}

/* False if a character is no hexadecimal digit; *c stays above UNICODE_MAX once it is. */
static bool add_hex_digit(uint32_t *c, int32_t digit)
{
    int value = hex_digit(digit);

    if (value < 0)
        return false;
    if (*c <= UNICODE_MAX)
        *c = *c * 16 + (uint32_t)value;
    return true;
}

static bool char_from_hex(const Token *token, uint32_t *c)
{
    *c = 0;
    if (token->bytes < 2 || byte_lower(token->text[0]) != 'x')
        return false;
    for (size_t i = 1; i < token->bytes; i += 1) {
        if (!add_hex_digit(c, token->text[i]))
            return false;
    }
    return unicode_is_scalar(*c);
}

static bool char_from_folded_name(Reader *reader, const Token *token, uint32_t *c)
{
    char name[16];

    if (!reader->options.fold_case || token->bytes >= sizeof name)
        return false;
    for (size_t i = 0; i < token->bytes; i += 1)
        name[i] = byte_lower(token->text[i]);
    return li_char_from_name(name, token->bytes, c);
}

/* Any character may follow #\, a delimiter too; then more up to a delimiter. */
static Status scan_char(Reader *reader, Token *token, int32_t *first)
{
    size_t bytes;
    bool valid;
    uint64_t position = li_reader_here(reader);

    *first = li_stream_decode(reader->stream, 2, &bytes, &valid);
    if (*first < 0)
        return li_reader_fail_end(reader, "character", position);
    TRY(li_reader_scan(reader, 2 + bytes, token));
    token->text = reader->stream->at + 2;
    token->bytes += bytes;
    token->columns += 1;
    if (!valid)
        token->bad = BAD_UTF8;
    return OK;
}

Status li_reader_char(Reader *reader, Value *datum)
{
    uint64_t position = li_reader_here(reader);
    int32_t first;
    uint32_t c;
    Token token;

    TRY(scan_char(reader, &token, &first));
    li_stream_skip(reader->stream, 2 + token.bytes, 2 + token.columns);
    if (token.bad == BAD_UTF8)
        return li_reader_fail(reader, position, "invalid UTF-8 in a character");
    if (token.columns == 1)
        c = (uint32_t)first;
    else if (!char_from_hex(&token, &c)
             && !li_char_from_name(token.text, token.bytes, &c)
             && !char_from_folded_name(reader, &token, &c))
        return li_reader_fail(
            reader, position, "unknown character #\\%.*s",
            token.bad == 0 ? li_reader_shown_bytes(token.text, token.bytes) : 1,
            token.text);
    *datum = value_from_char(c);
    return OK;
}

/* ---- Strings and identifiers in bars ------------------------------------------------------- */

static void push_char(Reader *reader, uint32_t c)
{
    li_buffer_push_char(&reader->bytes, c);
}

/* After \x */
static Status hex_escape(Reader *reader, uint64_t position)
{
    uint32_t c = 0;
    size_t digits = 0;
    int32_t next;

    for (; add_hex_digit(&c, next = li_stream_peek(reader->stream)); digits += 1)
        li_stream_skip(reader->stream, 1, 1);
    if (next == ';')
        li_stream_skip(reader->stream, 1, 1);
    if (next != ';' || digits == 0)
        return li_reader_fail(reader, position,
                              "expected hexadecimal digits and ; after \\x");
    if (!unicode_is_scalar(c))
        return li_reader_fail(reader, position, "there is no such character");
    push_char(reader, c);
    return OK;
}

static void skip_blanks(TextStream *stream)
{
    int32_t c = li_stream_peek(stream);

    while (c == ' ' || c == '\t') {
        (void)li_stream_next(stream);
        c = li_stream_peek(stream);
    }
}

/* Consumes the end of a line if there is one. */
static bool skip_line_end(TextStream *stream)
{
    int32_t c = li_stream_peek(stream);

    if (c != '\n' && c != '\r')
        return false;
    (void)li_stream_next(stream);
    if (c == '\r' && li_stream_peek(stream) == '\n')
        (void)li_stream_next(stream);
    return true;
}

/* After a backslash: blanks, the end of a line, blanks. */
static Status continue_line(Reader *reader, uint64_t position)
{
    skip_blanks(reader->stream);
    if (!skip_line_end(reader->stream))
        return li_reader_fail(reader, position,
                              "expected the end of the line after \\");
    skip_blanks(reader->stream);
    return OK;
}

static Status fail_escape(Reader *reader, int32_t c, uint64_t position)
{
    if (c > 0x20 && c < 0x7f)
        return li_reader_fail(reader, position, "unknown escape \\%c", (int)c);
    return li_reader_fail(reader, position, "unknown escape: \\ and U+%04X",
                          (unsigned)c);
}

/* The backslash is consumed; it stood at `position`. */
static Status escape(Reader *reader, uint64_t position)
{
    int32_t c = li_stream_peek(reader->stream);

    switch (c) {
    case STREAM_END:
    case STREAM_FAILED:
        return OK; /* the caller meets it again and knows what was open */
    case ' ':
    case '\t':
    case '\n':
    case '\r': return continue_line(reader, position);
    default: (void)li_stream_next(reader->stream); break;
    }
    switch (c) {
    case 'a': push_char(reader, 7); return OK;
    case 'b': push_char(reader, 8); return OK;
    case 't': push_char(reader, '\t'); return OK;
    case 'n': push_char(reader, '\n'); return OK;
    case 'r': push_char(reader, '\r'); return OK;
    case '"':
    case '\\':
    case '|': push_char(reader, (uint32_t)c); return OK;
    case 'x':
    case 'X': return hex_escape(reader, position);
    default: return fail_escape(reader, c, position);
    }
}

/* How many bytes from here on in the window stand for themselves. */
static size_t plain_run(const TextStream *stream)
{
    const char *at = stream->at;

    while (at < stream->end && byte_is((unsigned char)*at, BYTE_PLAIN))
        at += 1;
    return (size_t)(at - stream->at);
}

/* Reads up to the closing `quote` into bytes, from byte_count on. The opening one is
 * consumed. */
static Status quoted(Reader *reader, char quote, const char *what, uint64_t opened)
{
    TextStream *stream = reader->stream;

    reader->bytes.length = reader->byte_count;
    for (;;) {
        size_t run = plain_run(stream);
        uint64_t position;
        int32_t c;

        li_buffer_push(&reader->bytes, stream->at, run);
        li_stream_skip(stream, run, run);
        if (reader->bytes.failed)
            return ERR_NO_MEMORY;
        if (skip_line_end(stream)) {
            push_char(reader, '\n');
            continue;
        }
        position = li_reader_here(reader);
        c = li_stream_next(stream);
        if (c < 0)
            return li_reader_fail_end(reader, what, opened);
        if (c == quote)
            return OK;
        if (c == '\\')
            TRY(escape(reader, position));
        else
            push_char(reader, (uint32_t)c);
    }
}

static Status string_from_bytes(Reader *reader, Value *datum)
{
    const char *bytes = reader->bytes.bytes;

    return li_text_from_utf8(reader->heap,
                             bytes != NULL ? bytes + reader->byte_count : "",
                             reader->bytes.length - reader->byte_count, datum);
}

Status li_reader_string(Reader *reader, Value *datum)
{
    TextStream *stream = reader->stream;
    uint64_t opened = li_reader_here(reader);
    size_t run;

    li_stream_skip(stream, 1, 1);
    run = plain_run(stream);
    if (stream->at + run < stream->end && stream->at[run] == '"') {
        TRY(li_text_from_utf8(reader->heap, stream->at, run, datum));
        li_stream_skip(stream, run + 1, run + 1);
    } else {
        TRY(quoted(reader, '"', "string", opened));
        TRY(string_from_bytes(reader, datum));
    }
    if (reader->options.immutable)
        li_set_immutable(value_to_object(*datum));
    return OK;
}

Status li_reader_bar_symbol(Reader *reader, Value *datum)
{
    uint64_t opened = li_reader_here(reader);

    li_stream_skip(reader->stream, 1, 1);
    TRY(quoted(reader, '|', "identifier in |", opened));
    return li_reader_intern_bytes(reader, datum);
}
