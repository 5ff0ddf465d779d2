/* layout.c - breaks and indents a line of Lisp that is too long to be read.
 *
 * A first walk finds where each list ends, a second one writes. Open lists are on stacks of
 * their own: the text may be nested deeper than the C stack is.
 */
#include "syntax/layout.h"

#include <ctype.h>
#include <string.h>

enum {
    DEEPEST_INDENT = 60, /* lists that are nested deeper all begin there */
    BODY_INDENT = 2,
    TEST_INDENT = 4,
    LONG_HEAD = 16, /* arguments are not aligned behind a longer name, */
    FAR_RIGHT = 40  /* nor where little room is left */
};

/* ---- Tokens ---- */

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_OPEN, /* with the #, ', ` or , before it */
    TOKEN_CLOSE,
    TOKEN_ATOM,
} TokenKind;

typedef struct Token {
    TokenKind kind;
    const char *at, *end;
} Token;

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool ends_atom(char c)
{
    return is_blank(c) || c == '(' || c == ')';
}

/* Behind the closing `quote`, with \ before a character that does not close. */
static const char *skip_quoted(const char *at, const char *end, char quote)
{
    while (at < end && *at != quote)
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

static const char *skip_atom(const char *at, const char *end)
{
    while (at < end && !ends_atom(*at)) {
        bool sharp = *at == '#' && at + 1 < end;

        if (*at == '"' || *at == '|')
            at = skip_quoted(at + 1, end, *at);
        else if (sharp && at[1] == '\\')
            at += at + 2 < end ? 3 : 2;
        else if (sharp && at[1] == '<')
            at = skip_quoted(at + 2, end, '>');
        else
            at += 1;
    }
    return at;
}

/* Behind ', `, ,@ and behind #, #u8 or #0= . */
static const char *skip_prefix(const char *at, const char *end)
{
    while (at < end && (*at == '\'' || *at == '`' || *at == ',' || *at == '@'))
        at += 1;
    if (at == end || *at != '#')
        return at;
    at += 1;
    while (at < end && (isalnum((unsigned char)*at) || *at == '='))
        at += 1;
    return at;
}

static Token next_token(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at += 1;
    if (at == end)
        return (Token){TOKEN_END, end, end};
    if (*at == ')')
        return (Token){TOKEN_CLOSE, at, at + 1};

    const char *prefix = skip_prefix(at, end);

    if (prefix < end && *prefix == '(')
        return (Token){TOKEN_OPEN, at, prefix + 1};
    return (Token){TOKEN_ATOM, at, skip_atom(at, end)};
}

static size_t columns_between(const char *at, const char *end)
{
    size_t columns = 0;

    for (; at < end; at += 1)
        columns += ((unsigned char)*at & 0xC0) != 0x80;
    return columns;
}

/* ---- Stacks ---- */

static void push_word(Buffer *stack, size_t word)
{
    li_buffer_push(stack, &word, sizeof word);
}

static size_t *word_at(const Buffer *words, size_t index)
{
    return (size_t *)(void *)words->bytes + index;
}

/* The columns of each list, in the order in which they begin. */
static void measure(const char *text, const char *end, Buffer *columns)
{
    Buffer open = {0}; /* indices of lists, in turns with where they begin */
    size_t column = 0;

    for (const char *at = text; !open.failed && !columns->failed;) {
        Token token = next_token(at, end);

        column += columns_between(at, token.end);
        at = token.end;
        if (token.kind == TOKEN_END)
            break;
        if (token.kind == TOKEN_OPEN) {
            push_word(&open, columns->length / sizeof(size_t));
            push_word(&open, column - columns_between(token.at, token.end));
            push_word(columns, 0);
        } else if (token.kind == TOKEN_CLOSE && open.length != 0) {
            size_t top = open.length / sizeof(size_t);

            *word_at(columns, *word_at(&open, top - 2)) =
                column - *word_at(&open, top - 1);
            open.length -= 2 * sizeof(size_t);
        }
    }
    columns->failed |= open.failed;
    li_buffer_free(&open);
}

/* ---- Writing ---- */

/* A list that does not fit on its line. */
typedef struct Open {
    size_t column;   /* of the parenthesis */
    size_t count;    /* of the elements written */
    size_t kept;     /* so many elements stand on the first line */
    size_t indent;   /* of the elements behind them */
    bool is_aligned; /* with the first of them that is not the head */
} Open;

typedef struct Layout {
    Buffer *to;
    Buffer columns; /* of lists: see measure() */
    Buffer open;    /* array of Open */
    size_t list;    /* index of the next list */
    size_t column;
} Layout;

static Open *innermost(const Layout *layout)
{
    return layout->open.length == 0
             ? NULL
             : (Open *)(void *)(layout->open.bytes + layout->open.length) - 1;
}

static void put(Layout *layout, const char *at, const char *end)
{
    li_buffer_push(layout->to, at, (size_t)(end - at));
    layout->column += columns_between(at, end);
}

static void begin_line(Layout *layout, size_t indent)
{
    if (indent > DEEPEST_INDENT)
        indent = DEEPEST_INDENT;
    li_buffer_printf(layout->to, "\n%*s", (int)indent, "");
    layout->column = indent;
}

static bool has_prefix(const Token *token, const char *word)
{
    size_t bytes = strlen(word);

    return (size_t)(token->end - token->at) >= bytes
           && memcmp(token->at, word, bytes) == 0;
}

static bool is_word(const Token *token, const char *word)
{
    return (size_t)(token->end - token->at) == strlen(word) && has_prefix(token, word);
}

/* How the elements behind the head are laid out. */
static void note_head(Open *open, const Token *head, size_t column)
{
    static const char *const binders[] = {"define", "let",  "letrec", "letrec*", "fix",
                                          "let*",   "set!", "case",   "receive"};

    open->kept = 2;
    open->indent = open->column + BODY_INDENT;
    if (head->kind != TOKEN_ATOM) {
        open->kept = 1;
        open->indent = open->column + 1;
        return;
    }
    if (has_prefix(head, "lambda"))
        return;
    for (size_t i = 0; i < sizeof binders / sizeof binders[0]; i += 1) {
        if (is_word(head, binders[i]))
            return;
    }
    if (is_word(head, "if"))
        open->indent = open->column + TEST_INDENT;
    else if (is_word(head, "begin") || has_prefix(head, "case-lambda")
             || column - open->column > LONG_HEAD || open->column > FAR_RIGHT)
        open->kept = 1;
    else
        open->is_aligned = true;
}

/* The blank or the new line before an element. */
static void separate(Layout *layout)
{
    Open *open = innermost(layout);

    if (open == NULL || open->count == 0) {
        if (open == NULL && layout->to->length != 0 && layout->column != 0)
            begin_line(layout, 0);
        return;
    }
    if (open->count >= open->kept) {
        begin_line(layout, open->indent);
        return;
    }
    put(layout, " ", &" "[1]);
    if (open->is_aligned && open->count == 1)
        open->indent = layout->column;
}

static void count_element(Layout *layout, const Token *token)
{
    Open *open = innermost(layout);

    if (open == NULL)
        return;
    if (open->count == 0)
        note_head(open, token, layout->column);
    open->count += 1;
}

static size_t closing_behind(const char *at, const char *end)
{
    size_t count = 0;

    while (at + count < end && at[count] == ')')
        count += 1;
    return count;
}

/* Behind the list that begins with `token`; all lists in it are passed. */
static const char *skip_list(Layout *layout, const Token *token, const char *end)
{
    size_t depth = 1;
    const char *at = token->end;

    layout->list += 1;
    while (depth != 0 && at < end) {
        Token inner = next_token(at, end);

        depth += inner.kind == TOKEN_OPEN;
        depth -= inner.kind == TOKEN_CLOSE;
        layout->list += inner.kind == TOKEN_OPEN;
        at = inner.end;
    }
    return at;
}

static const char *put_list(Layout *layout, const Token *token, const char *end)
{
    size_t columns = *word_at(&layout->columns, layout->list);
    Open open = {.column = layout->column};

    if (columns != 0 && layout->column + columns <= LAYOUT_COLUMNS) {
        size_t list = layout->list;
        const char *behind = skip_list(layout, token, end);
        bool fits =
            layout->column + columns + closing_behind(behind, end) <= LAYOUT_COLUMNS;

        if (fits || columns < LAYOUT_COLUMNS / 4) {
            put(layout, token->at, behind);
            count_element(layout, token);
            return behind;
        }
        layout->list = list;
    }
    count_element(layout, token);
    layout->list += 1;
    put(layout, token->at, token->end);
    li_buffer_push(&layout->open, &open, sizeof open);
    return token->end;
}

static void put_all(Layout *layout, const char *at, const char *end)
{
    while (!layout->to->failed && !layout->open.failed) {
        Token token = next_token(at, end);

        if (token.kind == TOKEN_END)
            return;
        at = token.end;
        if (token.kind == TOKEN_CLOSE) {
            put(layout, token.at, token.end);
            if (layout->open.length != 0)
                layout->open.length -= sizeof(Open);
            continue;
        }
        separate(layout);
        if (token.kind == TOKEN_OPEN) {
            at = put_list(layout, &token, end);
            continue;
        }
        put(layout, token.at, token.end);
        count_element(layout, &token);
    }
}

void li_layout(const char *text, size_t bytes, Buffer *to)
{
    Layout layout = {.to = to};

    measure(text, text + bytes, &layout.columns);
    if (!layout.columns.failed)
        put_all(&layout, text, text + bytes);
    to->failed |= layout.columns.failed || layout.open.failed;
    li_buffer_free(&layout.columns);
    li_buffer_free(&layout.open);
}
