/* reader_internal.h - what the files of the reader share. */
#ifndef LI_SYNTAX_READER_INTERNAL_H
#define LI_SYNTAX_READER_INTERNAL_H

#include "syntax/reader.h"
#include "syntax/source.h"

/* ---- Classes of bytes -------------------------------------------------------------------- */

enum {
    BYTE_SPACE = 1,     /* space, tab, line ends, form feed */
    BYTE_DELIMITER = 2, /* ends a token */
    BYTE_DIGIT = 4,
    BYTE_IDENTIFIER = 8, /* may stand in an identifier that has no bars */
    BYTE_PLAIN = 16,     /* stands for itself in a string, and takes one column */
    BYTE_UPPER = 32,
};

extern const uint8_t li_byte_class[256];

ALWAYS_INLINE bool byte_is(int32_t byte, uint8_t classes)
{
    return byte >= 0 && (li_byte_class[byte & 0xff] & classes) != 0;
}

ALWAYS_INLINE char byte_lower(char c)
{
    return byte_is((unsigned char)c, BYTE_UPPER) ? (char)(c + 32) : c;
}

/* ---- Frames -------------------------------------------------------------------------------- */

typedef enum FrameKind {
    FRAME_LIST,        /* value: fixnum 0, or the last pair, whose cdr is the first one */
    FRAME_LIST_DOT,    /* the same, after the dot */
    FRAME_LIST_END,    /* value: the whole list; only ) may follow */
    FRAME_VECTOR,      /* value: fixnum, index of its first element in items */
    FRAME_ARRAY,       /* value: fixnum, index of its first byte in bytes, and kind */
    FRAME_PREFIX,      /* value: the symbol quote, quasiquote, ... */
    FRAME_LABEL,       /* value: fixnum, the number */
    FRAME_COMMENT,     /* #; */
} FrameKind;

enum { FRAME_KIND_BITS = 4 };

/* 16 bytes, because there is one for each open parenthesis. A list under construction is
 * circular, so that one word finds both its ends. */
struct ReadFrame {
    Value value;
    uint64_t place; /* packed position << FRAME_KIND_BITS | kind */
};

_Static_assert(POSITION_COLUMN_BITS + POSITION_LINE_BITS + POSITION_FILE_BITS + FRAME_KIND_BITS
                   <= 64,
               "a position and a kind share a word");

/* ---- Shared helpers ------------------------------------------------------------------------ */

/* Makes room for one more item in an array of the reader's. ERR_NO_MEMORY at the heap's
 * limit. */
MUST_CHECK Status li_reader_grow(Reader *reader, void **array, size_t *capacity,
                                 size_t item_bytes);
/* calloc and free that count; `free` takes what was asked for. */
MUST_CHECK Status li_reader_alloc(Reader *reader, size_t bytes, void **memory);
void li_reader_free(Reader *reader, void *memory, size_t bytes);

/* The packed position of the next character. */
uint64_t li_reader_here(const Reader *reader);

/* Notes the error and returns ERR_READ. */
MUST_CHECK COLD Status li_reader_fail(Reader *reader, uint64_t position, const char *format,
                                      ...) PRINTF_LIKE(3, 4);
/* The input ended inside `what` ("string"), which began at `opened`; or it failed, and then
 * the stream's status is returned. */
MUST_CHECK COLD Status li_reader_fail_end(Reader *reader, const char *what, uint64_t opened);

/* Skips space, comments and directives, up to a datum or the end. Leaves #; alone. */
MUST_CHECK Status li_reader_skip(Reader *reader);

typedef struct Token {
    const char *text; /* in the stream's window; good until that is filled */
    size_t bytes, columns;
    bool has_upper, has_wide; /* A-Z; characters beyond ASCII */
    int32_t bad;              /* what no identifier may contain; BAD_*; or 0 */
} Token;

enum { BAD_UTF8 = -1, BAD_NUL = -2 };

/* Finds the run of characters up to a delimiter that begins `offset` bytes ahead, and does
 * not consume it. */
MUST_CHECK Status li_reader_scan(Reader *reader, size_t offset, Token *token);
/* How many bytes of a token to show in a message. */
int li_reader_shown_bytes(const char *text, size_t bytes);
/* The symbol named by `bytes` from byte_count on. */
MUST_CHECK Status li_reader_intern_bytes(Reader *reader, Value *datum);

/* What a token was. */
typedef enum TokenKind { TOKEN_DATUM, TOKEN_DOT } TokenKind;

/* A number or identifier without bars, or a dot. */
MUST_CHECK Status li_reader_atom(Reader *reader, TokenKind *kind, Value *datum);
/* Each begins at the first character of its notation: " | #\ #t #x #8. */
MUST_CHECK Status li_reader_string(Reader *reader, Value *datum);
MUST_CHECK Status li_reader_bar_symbol(Reader *reader, Value *datum);
MUST_CHECK Status li_reader_char(Reader *reader, Value *datum);
MUST_CHECK Status li_reader_boolean(Reader *reader, Value *datum);
MUST_CHECK Status li_reader_prefixed_number(Reader *reader, Value *datum);
/* #8= (then *defines) or #8#. */
MUST_CHECK Status li_reader_label(Reader *reader, uint64_t *number, bool *defines);

/* ---- Labels -------------------------------------------------------------------------------- */

/* A placeholder stands for a labelled datum that is not complete. No other value has this
 * kind of immediate. */
enum { IMMEDIATE_PLACEHOLDER = 31, LABEL_MAX_DIGITS = 15 };

ALWAYS_INLINE bool value_is_placeholder(Value v)
{
    return (v.bits & 0xff) == (IMMEDIATE_PLACEHOLDER << 3 | TAG_IMMEDIATE);
}

/* #n= was read. */
MUST_CHECK Status li_label_open(Reader *reader, uint64_t number, uint64_t position);
/* Its datum is complete. */
MUST_CHECK Status li_label_close(Reader *reader, uint64_t number, Value datum,
                                 uint64_t position);
/* #n# was read: the datum, or its placeholder. */
MUST_CHECK Status li_label_find(Reader *reader, uint64_t number, uint64_t position,
                                Value *datum);
/* Notes that `*slot`, in an object that was allocated during this li_read, holds a
 * placeholder, if it does. */
MUST_CHECK Status li_label_note(Reader *reader, Value *slot);
/* Puts the data in the place of all placeholders and forgets the labels. */
void li_labels_resolve(Reader *reader);
void li_labels_forget(Reader *reader);

#endif /* LI_SYNTAX_READER_INTERNAL_H */
