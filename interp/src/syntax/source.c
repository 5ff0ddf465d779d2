/* source.c - where text came from: file names, lines, positions. */
#include "syntax/source.h"

#include <stdlib.h>
#include <string.h>

#include <uniwidth.h>

#include "memory/utf8.h"

typedef struct SourceFile {
    char *name;
    char *text; /* NULL: not known */
    size_t bytes, capacity;
    uint32_t last_line; /* of a file that comes in pieces: the number of its last line, */
    size_t last_start;  /* and where that begins */
    uint32_t includer; /* the file that includes this one; 0: none */
} SourceFile;

struct Sources {
    SourceFile *files; /* files[0] is file 1 */
    uint32_t count, capacity;
};

enum {
    MAX_FILES = (1 << POSITION_FILE_BITS) - 1,
    /* A longer line is cut: this many characters are shown before and after the caret. */
    SHOWN_BEFORE = 70,
    SHOWN_AFTER = 70,
};

Status li_sources_new(Sources **result)
{
    Sources *sources = calloc(1, sizeof *sources);

    if (sources == NULL)
        return ERR_NO_MEMORY;
    *result = sources;
    return OK;
}

void li_sources_free(Sources *sources)
{
    if (sources == NULL)
        return;
    for (uint32_t i = 0; i < sources->count; i += 1) {
        free(sources->files[i].name);
        free(sources->files[i].text);
    }
    free(sources->files);
    free(sources);
}

static const SourceFile *find(const Sources *sources, uint32_t file)
{
    return file >= 1 && file <= sources->count ? &sources->files[file - 1] : NULL;
}

static Status grow(Sources *sources)
{
    uint32_t capacity = sources->capacity * 2 + 8;
    SourceFile *files = realloc(sources->files, capacity * sizeof *files);

    if (files == NULL)
        return ERR_NO_MEMORY;
    sources->files = files;
    sources->capacity = capacity;
    return OK;
}

/* A host that evaluates the same text again and again must not pile up copies of it. */
static bool is_last(const Sources *sources, const char *name, const char *text,
                    size_t bytes)
{
    const SourceFile *last = find(sources, sources->count);

    return last != NULL && text != NULL && last->text != NULL && last->bytes == bytes
        && strcmp(last->name, name) == 0 && memcmp(last->text, text, bytes) == 0;
}

Status li_sources_add(Sources *sources, const char *name, const char *text,
                      size_t bytes, uint32_t *file)
{
    SourceFile added = {0};

    if (is_last(sources, name, text, bytes)) {
        *file = sources->count;
        return OK;
    }
    if (sources->count == MAX_FILES) {
        *file = 0;
        return OK;
    }
    if (sources->count == sources->capacity)
        TRY(grow(sources));
    added.name = strdup(name);
    if (added.name == NULL)
        return ERR_NO_MEMORY;
    if (text != NULL) {
        added.text = malloc(bytes + 1);
        if (added.text == NULL) {
            free(added.name);
            return ERR_NO_MEMORY;
        }
        memcpy(added.text, text, bytes);
        added.bytes = added.capacity = bytes;
    }
    sources->files[sources->count] = added;
    sources->count += 1;
    *file = sources->count;
    return OK;
}

const char *li_sources_name(const Sources *sources, uint32_t file)
{
    const SourceFile *found = find(sources, file);

    return found != NULL ? found->name : "?";
}

void li_sources_set_includer(Sources *sources, uint32_t file, uint32_t includer)
{
    /* The same text twice running has one number. */
    if (file != 0 && file != includer)
        sources->files[file - 1].includer = includer;
}

uint32_t li_sources_includer(const Sources *sources, uint32_t file)
{
    const SourceFile *found = find(sources, file);

    return found != NULL ? found->includer : 0;
}

/* The first end of a line in [at, end), or end. Lines end as in R7RS: LF, CR or CR LF. */
static const char *line_end(const char *at, const char *end)
{
    while (at < end && *at != '\n' && *at != '\r')
        at += 1;
    return at;
}

/* Behind the end of the line at `at`, which is not at the end of the text. */
static const char *next_line(const char *at, const char *end)
{
    return at + (at[0] == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1);
}

const char *li_sources_line(const Sources *sources, uint32_t file, uint32_t line,
                            size_t *bytes)
{
    const SourceFile *found = find(sources, file);
    const char *at, *end, *stop;

    if (found == NULL || found->text == NULL || line == 0)
        return NULL;
    at = found->text;
    end = at + found->bytes;
    for (stop = line_end(at, end); line > 1; line -= 1) {
        if (stop == end)
            return NULL;
        at = next_line(stop, end);
        stop = line_end(at, end);
    }
    *bytes = (size_t)(stop - at);
    return at;
}

/* ---- Pieces ---- */

static Status append(SourceFile *file, const char *text, size_t bytes)
{
    if (bytes > file->capacity - file->bytes) {
        size_t capacity = file->bytes + bytes;
        char *grown;

        if (file->bytes != 0)
            capacity += capacity / 2;
        grown = realloc(file->text, capacity + 1); /* never of 0 bytes */
        if (grown == NULL)
            return ERR_NO_MEMORY;
        file->text = grown;
        file->capacity = capacity;
    }
    if (bytes != 0)
        memcpy(file->text + file->bytes, text, bytes);
    file->bytes += bytes;
    return OK;
}

static uint32_t count_characters(const char *at, const char *end)
{
    uint32_t count = 0;

    while (at < end) {
        uint32_t c;
        bool valid;

        at += li_utf8_decode(at, (size_t)(end - at), &c, &valid);
        count += 1;
    }
    return count;
}

static Status append_many(SourceFile *file, char c, uint32_t count)
{
    while (count > 0) {
        TRY(append(file, &c, 1));
        count -= 1;
    }
    return OK;
}

/* Makes the text end where the piece begins, or further on in the same line, of which *known
 * characters are there then. */
static Status reach(SourceFile *file, Position at, uint32_t *known)
{
    if (file->last_line < at.line) {
        TRY(append_many(file, '\n', at.line - file->last_line));
        file->last_line = at.line;
        file->last_start = file->bytes;
    }
    *known = count_characters(file->text + file->last_start, file->text + file->bytes);
    if (*known < at.column - 1) {
        TRY(append_many(file, ' ', at.column - 1 - *known));
        *known = at.column - 1;
    }
    return OK;
}

static void find_last_line(SourceFile *file)
{
    const char *at = file->text + file->last_start, *end = file->text + file->bytes;

    for (at = line_end(at, end); at < end; at = line_end(at, end)) {
        at = next_line(at, end);
        file->last_line += 1;
        file->last_start = (size_t)(at - file->text);
    }
}

Status li_sources_put(Sources *sources, Position at, const char *text, size_t bytes)
{
    const char *end = text + bytes;
    uint32_t known, column = at.column;
    SourceFile *file;

    if (find(sources, at.file) == NULL || at.line == 0 || at.column == 0)
        return ERR_RANGE;
    file = &sources->files[at.file - 1];
    if (file->last_line == 0)
        file->last_line = 1;
    if (file->last_line > at.line)
        return OK;
    TRY(append(file, "", 0)); /* so that there is a text */
    TRY(reach(file, at, &known));
    for (; text < end && text[0] != '\n' && text[0] != '\r' && column <= known;
         column += 1) {
        uint32_t c;
        bool valid;

        text += li_utf8_decode(text, (size_t)(end - text), &c, &valid);
    }
    TRY(append(file, text, (size_t)(end - text)));
    find_last_line(file);
    return OK;
}

/* ---- Showing ---- */

void li_position_print(const Sources *sources, uint64_t position, Buffer *to)
{
    Position p = position_unpack(position);

    if (position == 0)
        return;
    li_buffer_push_string(to, li_sources_name(sources, p.file));
    li_buffer_printf(to, ":%u:%u", (unsigned)p.line, (unsigned)p.column);
}

/* Controls would move the caret, or the terminal's mind; tabs are kept. */
static uint32_t shown(uint32_t c)
{
    bool control = (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

    return control ? 0xfffd : c;
}

static void push_caret_space(Buffer *caret, uint32_t c)
{
    int width = c == '\t' ? 1 : uc_width((ucs4_t)c, "UTF-8");

    for (int i = 0; i < width; i += 1)
        li_buffer_push_char(caret, c == '\t' ? '\t' : ' ');
}

static void print_line(const char *line, size_t bytes, uint32_t column, Buffer *to,
                       Buffer *caret)
{
    uint32_t first = column > SHOWN_BEFORE ? column - SHOWN_BEFORE : 1;
    uint32_t at_column = 1;
    size_t at = 0;

    if (first > 1) {
        li_buffer_push_string(to, "...");
        li_buffer_push_string(caret, "   ");
    }
    while (at < bytes && at_column < column + SHOWN_AFTER) {
        uint32_t c;
        bool valid;

        at += li_utf8_decode(line + at, bytes - at, &c, &valid);
        if (at_column >= first) {
            li_buffer_push_char(to, shown(c));
            if (at_column < column)
                push_caret_space(caret, shown(c));
        }
        at_column += 1;
    }
    if (at < bytes)
        li_buffer_push_string(to, "...");
}

static size_t name_bytes(const char *at, const char *end)
{
    const char *from = at;

    while (at < end && (unsigned char)*at > ' ' && strchr("()\";'`,|", *at) == NULL)
        at += 1;
    return (size_t)(at - from);
}

/* The macro's name is that behind the parenthesis. */
static void print_expansion(const char *line, size_t bytes, uint32_t column, Buffer *to)
{
    const char *at = line, *end = line + bytes;
    size_t name;

    for (; column > 1 && at < end; column -= 1) {
        uint32_t c;
        bool valid;

        at += li_utf8_decode(at, (size_t)(end - at), &c, &valid);
    }
    if (at == end || *at != '(')
        return;
    name = name_bytes(at + 1, end);
    if (name == 0)
        return;
    li_buffer_push_string(to, "  in the expansion of (");
    li_buffer_push(to, at + 1, name);
    li_buffer_push_string(to, " ...)\n");
}

void li_position_print_caret(const Sources *sources, uint64_t position, Buffer *to)
{
    Position p = position_unpack(position);
    size_t bytes;
    const char *line = li_sources_line(sources, p.file, p.line, &bytes);
    Buffer caret = {0};

    if (line == NULL || bytes == 0 || p.column == 0)
        return;
    print_line(line, bytes, p.column, to, &caret);
    li_buffer_push_char(to, '\n');
    li_buffer_push(to, caret.bytes, caret.length);
    li_buffer_push_string(to, "^\n");
    if ((position & POSITION_EXPANDED) != 0)
        print_expansion(line, bytes, p.column, to);
    to->failed |= caret.failed;
    li_buffer_free(&caret);
}
