/* reader_token.c - from text to data: space, comments and the tokens. */
#include <stdlib.h>
#include <string.h>

#include <unicase.h>

#include "containers/symbolmap.h"
#include "syntax/reader_internal.h"
#include "types/number.h"

/* Sums of BYTE_*; all bytes from 80 on are 0. */
const uint8_t li_byte_class[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  3,  3,  0,  3,  3,  0,  0,  /* 00 */
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  /* 10 */
    19, 24, 2,  16, 24, 24, 24, 16, 18, 18, 24, 24, 16, 24, 24, 24, /* 20 */
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 24, 18, 24, 24, 24, 24, /* 30 */
    24, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, /* 40 */
    56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 18, 0,  18, 24, 24, /* 50 */
    16, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, /* 60 */
    24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 18, 2,  18, 24, 0,  /* 70 */
};

/* ---- Space and comments -------------------------------------------------------------------- */

static void skip_line(TextStream *stream)
{
    do {
        const char *at = stream->at;

        while (at < stream->end && *at != '\n' && *at != '\r')
            at += 1;
        li_stream_skip(stream, (size_t)(at - stream->at), (size_t)(at - stream->at));
    } while (stream->at == stream->end && li_stream_fill(stream));
}

static Status skip_block_comment(Reader *reader)
{
    TextStream *stream = reader->stream;
    uint64_t opened = li_reader_here(reader);
    uint64_t depth = 1;

    li_stream_skip(stream, 2, 2);
    while (depth > 0) {
        int32_t c = li_stream_next(stream);

        if (c < 0)
            return li_reader_fail_end(reader, "block comment", opened);
        if (c == '|' && li_stream_peek(stream) == '#') {
            li_stream_skip(stream, 1, 1);
            depth -= 1;
        } else if (c == '#' && li_stream_peek(stream) == '|') {
            li_stream_skip(stream, 1, 1);
            depth += 1;
        }
    }
    return OK;
}

static bool char_is_delimiter(int32_t c)
{
    return c < 0x80 ? byte_is(c, BYTE_DELIMITER) : li_is_wide_space((uint32_t)c);
}

static void note_char(Token *token, int32_t c, bool valid)
{
    if (c >= 0x80) {
        token->has_wide = true;
        if (!valid)
            token->bad = BAD_UTF8;
    } else if (byte_is(c, BYTE_UPPER)) {
        token->has_upper = true;
    } else if (!byte_is(c, BYTE_IDENTIFIER) && c != '#' && token->bad == 0) {
        token->bad = c == 0 ? BAD_NUL : c;
    }
}

Status li_reader_scan(Reader *reader, size_t offset, Token *token)
{
    TextStream *stream = reader->stream;
    size_t at = offset;

    *token = (Token){0};
    for (;;) {
        size_t bytes = 1;
        bool valid = true;
        int32_t c = li_stream_byte(stream, at);

        if (c >= 0x80)
            c = li_stream_decode(stream, at, &bytes, &valid);
        if (c == STREAM_FAILED)
            return stream->status;
        if (c == STREAM_END || char_is_delimiter(c))
            break;
        note_char(token, c, valid);
        at += bytes;
        token->columns += 1;
    }
    token->text = stream->at + offset;
    token->bytes = at - offset;
    return OK;
}

int li_reader_shown_bytes(const char *text, size_t bytes)
{
    size_t shown = bytes < 60 ? bytes : 60;

    while (shown > 0 && shown < bytes && ((unsigned char)text[shown] & 0xc0) == 0x80)
        shown -= 1;
    return (int)shown;
}

/* #!fold-case and the like, and the first line of a script. */
static Status skip_directive(Reader *reader)
{
    TextStream *stream = reader->stream;
    uint64_t position = li_reader_here(reader);
    Token word;

    TRY(li_reader_scan(reader, 2, &word));
    if (word.bytes == 9 && memcmp(word.text, "fold-case", 9) == 0) {
        reader->options.fold_case = true;
    } else if (word.bytes == 12 && memcmp(word.text, "no-fold-case", 12) == 0) {
        reader->options.fold_case = false;
    } else if (stream->line == 1 && stream->column == 1) {
        skip_line(stream);
        return OK;
    } else {
        return li_reader_fail(
            reader, position, "unknown directive #!%.*s",
            word.bad == 0 ? li_reader_shown_bytes(word.text, word.bytes) : 0,
            word.text);
    }
    li_stream_skip(stream, 2 + word.bytes, 2 + word.columns);
    return OK;
}

static Status skip_wide_space(Reader *reader, bool *skipped)
{
    size_t bytes;
    bool valid;
    int32_t c = li_stream_decode(reader->stream, 0, &bytes, &valid);

    *skipped = c >= 0 && li_is_wide_space((uint32_t)c);
    if (*skipped)
        li_stream_skip(reader->stream, bytes, 1);
    return OK;
}

/* At a #. */
static Status skip_hash(Reader *reader, bool *skipped)
{
    int32_t second = li_stream_byte(reader->stream, 1);

    *skipped = second == '|' || second == '!';
    if (second == '|')
        return skip_block_comment(reader);
    return second == '!' ? skip_directive(reader) : OK;
}

Status li_reader_skip(Reader *reader)
{
    TextStream *stream = reader->stream;
    bool skipped = true;

    while (skipped) {
        int32_t byte = li_stream_byte(stream, 0);

        if (byte_is(byte, BYTE_SPACE))
            (void)li_stream_next(stream);
        else if (byte == ';')
            skip_line(stream);
        else if (byte == '#')
            TRY(skip_hash(reader, &skipped));
        else if (byte >= 0x80)
            TRY(skip_wide_space(reader, &skipped));
        else
            skipped = false;
    }
    return OK;
}

/* ---- Numbers and identifiers --------------------------------------------------------------- */

static bool is_digit(char c)
{
    return byte_is((unsigned char)c, BYTE_DIGIT);
}

static bool is_sign(char c)
{
    return c == '+' || c == '-';
}

/* True if what begins like this is a number or an error: 1, -1, .5, -.5 */
static bool begins_like_number(const char *text, size_t bytes)
{
    size_t i = bytes > 1 && is_sign(text[0]) ? 1 : 0;

    if (i + 1 < bytes && text[i] == '.')
        i += 1;
    return is_digit(text[i]);
}

/* 1+, 1- and -1+ are names that programs have used for ever. */
static bool is_digit_identifier(const char *text, size_t bytes)
{
    size_t i = is_sign(text[0]) ? 1 : 0;

    if (i + 1 >= bytes || !is_sign(text[bytes - 1]))
        return false;
    while (i < bytes - 1 && is_digit(text[i]))
        i += 1;
    return i == bytes - 1;
}

/* A run of digits that surely fits a fixnum, perhaps with a sign. */
static bool small_integer(const char *text, size_t bytes, Value *datum)
{
    size_t i = bytes > 1 && is_sign(text[0]) ? 1 : 0;
    int64_t n = 0;

    if (bytes > 18)
        return false;
    for (; i < bytes; i += 1) {
        if (!is_digit(text[i]))
            return false;
        n = n * 10 + (text[i] - '0');
    }
    *datum = value_from_fixnum(text[0] == '-' ? -n : n);
    return true;
}

static Status fail_number(Reader *reader, const Token *token)
{
    return li_reader_fail(reader, li_reader_here(reader), "%.*s is not a number",
                          li_reader_shown_bytes(token->text, token->bytes),
                          token->text);
}

/* A number, or #f. */
static Status number(Reader *reader, const Token *token, Value *datum)
{
    if (small_integer(token->text, token->bytes, datum))
        return OK;
    return li_number_parse(reader->heap, token->text, token->bytes, 10, datum);
}

static Status fold_bytes(Reader *reader, const Token *token)
{
    size_t length;
    uint8_t *folded = u8_casefold((const uint8_t *)token->text, token->bytes, NULL,
                                  NULL, NULL, &length);

    if (folded == NULL)
        return ERR_NO_MEMORY;
    reader->bytes.length = reader->byte_count;
    li_buffer_push(&reader->bytes, folded, length);
    free(folded);
    return reader->bytes.failed ? ERR_NO_MEMORY : OK;
}

Status li_reader_intern_bytes(Reader *reader, Value *datum)
{
    const char *bytes = reader->bytes.bytes;

    return li_intern_bytes(reader->heap,
                           bytes != NULL ? bytes + reader->byte_count : "",
                           reader->bytes.length - reader->byte_count, datum);
}

static Status identifier(Reader *reader, const Token *token, Value *datum)
{
    if (reader->options.fold_case && (token->has_upper || token->has_wide)) {
        TRY(fold_bytes(reader, token));
        return li_reader_intern_bytes(reader, datum);
    }
    return li_intern_bytes(reader->heap, token->text, token->bytes, datum);
}

static Status fail_char(Reader *reader, int32_t c)
{
    uint64_t position = li_reader_here(reader);

    if (c == BAD_UTF8)
        return li_reader_fail(reader, position, "invalid UTF-8 in an identifier");
    if (c > 0x20 && c < 0x7f)
        return li_reader_fail(reader, position, "unexpected character %c", (int)c);
    return li_reader_fail(reader, position, "unexpected character U+%04X",
                          c < 0 ? 0U : (unsigned)c);
}

/* What may not stand where a datum begins: reserved brackets, controls. Consumes it, so that
 * a prompt can go on. */
static Status fail_delimiter(Reader *reader)
{
    int32_t c = li_stream_peek(reader->stream);
    uint64_t position = li_reader_here(reader);

    (void)li_stream_next(reader->stream);
    if (c > 0x20 && c < 0x7f)
        return li_reader_fail(reader, position,
                              "%c is reserved and cannot be used here", (int)c);
    return li_reader_fail(reader, position, "unexpected character U+%04X", (unsigned)c);
}

static Status token_datum(Reader *reader, const Token *token, Value *datum)
{
    char first = token->text[0];

    if (is_digit(first) || is_sign(first) || first == '.') {
        TRY(number(reader, token, datum));
        if (value_is_true(*datum))
            return OK;
        if (begins_like_number(token->text, token->bytes)
            && !is_digit_identifier(token->text, token->bytes))
            return fail_number(reader, token);
    }
    return identifier(reader, token, datum);
}

Status li_reader_atom(Reader *reader, TokenKind *kind, Value *datum)
{
    Token token;
    Status status;

    TRY(li_reader_scan(reader, 0, &token));
    if (token.bytes == 0)
        return fail_delimiter(reader);
    *kind = token.bytes == 1 && token.text[0] == '.' ? TOKEN_DOT : TOKEN_DATUM;
    if (token.bad != 0)
        status = fail_char(reader, token.bad);
    else
        status = *kind == TOKEN_DOT ? OK : token_datum(reader, &token, datum);
    li_stream_skip(reader->stream, token.bytes, token.columns);
    return status;
}

Status li_reader_prefixed_number(Reader *reader, Value *datum)
{
    Token token;
    Status status;

    TRY(li_reader_scan(reader, 0, &token));
    status = li_number_parse(reader->heap, token.text, token.bytes, 10, datum);
    if (status == OK && !value_is_true(*datum))
        status =
            token.bad == 0 ? fail_number(reader, &token) : fail_char(reader, token.bad);
    li_stream_skip(reader->stream, token.bytes, token.columns);
    return status;
}

/* ---- Other # notations --------------------------------------------------------------------- */

static bool equals_in_any_case(const char *text, size_t bytes, const char *word)
{
    for (size_t i = 0; i < bytes; i += 1) {
        if (word[i] == '\0' || byte_lower(text[i]) != word[i])
            return false;
    }
    return word[bytes] == '\0';
}

Status li_reader_boolean(Reader *reader, Value *datum)
{
    uint64_t position = li_reader_here(reader);
    Token token;

    TRY(li_reader_scan(reader, 0, &token));
    li_stream_skip(reader->stream, token.bytes, token.columns);
    if (equals_in_any_case(token.text, token.bytes, "#t")
        || equals_in_any_case(token.text, token.bytes, "#true"))
        *datum = VALUE_TRUE;
    else if (equals_in_any_case(token.text, token.bytes, "#f")
             || equals_in_any_case(token.text, token.bytes, "#false"))
        *datum = VALUE_FALSE;
    else
        return li_reader_fail(
            reader, position, "unknown notation %.*s",
            token.bad == 0 ? li_reader_shown_bytes(token.text, token.bytes) : 2,
            token.text);
    return OK;
}

Status li_reader_label(Reader *reader, uint64_t *number, bool *defines)
{
    uint64_t position = li_reader_here(reader);
    uint64_t n = 0;
    size_t at = 1;
    int32_t byte;

    for (; byte_is(byte = li_stream_byte(reader->stream, at), BYTE_DIGIT); at += 1) {
        if (at <= LABEL_MAX_DIGITS)
            n = n * 10 + (uint64_t)(byte - '0');
    }
    if (byte == STREAM_FAILED)
        return reader->stream->status;
    li_stream_skip(reader->stream, at, at);
    if (at > LABEL_MAX_DIGITS + 1)
        return li_reader_fail(reader, position,
                              "the number of a datum label is too large");
    if (byte != '=' && byte != '#')
        return li_reader_fail(reader, position, "expected = or # after #%llu",
                              (unsigned long long)n);
    li_stream_skip(reader->stream, 1, 1);
    *number = n;
    *defines = byte == '=';
    return OK;
}

/* ---- Writing symbols ----------------------------------------------------------------------- */

/* +i, -inf.0 and what begins like them is, or may become, a number. */
static bool begins_like_special_number(const char *text, size_t bytes)
{
    if (!is_sign(text[0]))
        return false;
    if (bytes == 2 && byte_lower(text[1]) == 'i')
        return true;
    return bytes >= 6
        && (equals_in_any_case(text + 1, 5, "inf.0")
            || equals_in_any_case(text + 1, 5, "nan.0"));
}

bool li_symbol_needs_bars(const Text *name)
{
    char start[8] = {0};
    size_t bytes = name->length < sizeof start ? (size_t)name->length : sizeof start;

    if (name->length == 0)
        return true;
    for (uint64_t i = 0; i < name->length; i += 1) {
        uint32_t c = li_text_at(name, i);

        if (c >= 0x80 || !byte_is((int32_t)c, BYTE_IDENTIFIER))
            return true;
        if (i < sizeof start)
            start[i] = (char)c;
    }
    return (bytes == 1 && start[0] == '.') || begins_like_number(start, bytes)
        || begins_like_special_number(start, bytes);
}
