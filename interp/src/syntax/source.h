/* source.h - where text came from: file names, lines, positions.
 *
 * A Position packs into a fixnum's 61 bits, so that pairs and bytecode can carry it: file in
 * the top bits, line from 1, column from 1 in characters. 0 is "unknown". Lines and columns
 * beyond the fields saturate. The highest bit is set in what a macro made: then the position
 * is that of the macro use.
 */
#ifndef LI_SYNTAX_SOURCE_H
#define LI_SYNTAX_SOURCE_H

#include "memory/buffer.h"
#include "memory/status.h"

enum {
    POSITION_COLUMN_BITS = 18,
    POSITION_LINE_BITS = 25,
    POSITION_FILE_BITS = 17
};

#define POSITION_EXPANDED \
    (UINT64_C(1) << (POSITION_COLUMN_BITS + POSITION_LINE_BITS + POSITION_FILE_BITS))

typedef struct Position {
    uint32_t file, line, column;
} Position;

ALWAYS_INLINE uint64_t position_pack(Position p)
{
    uint32_t line =
        p.line < (1U << POSITION_LINE_BITS) ? p.line : (1U << POSITION_LINE_BITS) - 1;
    uint32_t column = p.column < (1U << POSITION_COLUMN_BITS)
                        ? p.column
                        : (1U << POSITION_COLUMN_BITS) - 1;

    return (uint64_t)p.file << (POSITION_COLUMN_BITS + POSITION_LINE_BITS)
         | (uint64_t)line << POSITION_COLUMN_BITS | column;
}

ALWAYS_INLINE Position position_unpack(uint64_t packed)
{
    return (Position){
        (uint32_t)(packed >> (POSITION_COLUMN_BITS + POSITION_LINE_BITS))
            & ((1U << POSITION_FILE_BITS) - 1),
        (uint32_t)(packed >> POSITION_COLUMN_BITS) & ((1U << POSITION_LINE_BITS) - 1),
        (uint32_t)packed & ((1U << POSITION_COLUMN_BITS) - 1),
    };
}

/* The files that an interpreter has read. File 0 is "no file". */
typedef struct Sources Sources;

MUST_CHECK Status li_sources_new(Sources **result);
void li_sources_free(Sources *sources);
/* Registers a text by the name that messages show. `text` may be NULL (a terminal, a port);
 * otherwise it is copied, so that messages can show its lines. */
MUST_CHECK Status li_sources_add(Sources *sources, const char *name, const char *text,
                                 size_t bytes, uint32_t *file);
/* Adds text that begins at that place, for a file that comes piece by piece (standard input).
 * Pieces come in order; what lies between them is blank, and what was there is skipped, so
 * that a piece may end with a line whose rest the next piece brings again. */
MUST_CHECK Status li_sources_put(Sources *sources, Position at, const char *text,
                                 size_t bytes);
/* Which file includes it, from the form at which messages would show it; 0: none is known. */
void li_sources_set_includer(Sources *sources, uint32_t file, uint32_t includer);
uint32_t li_sources_includer(const Sources *sources, uint32_t file);
const char *li_sources_name(const Sources *sources, uint32_t file); /* never NULL */
/* Line `line` without its end; NULL if the text is not there. */
const char *li_sources_line(const Sources *sources, uint32_t file, uint32_t line,
                            size_t *bytes);
/* Appends "file:line:column"; nothing if the position is unknown. */
void li_position_print(const Sources *sources, uint64_t position, Buffer *to);
/* Appends the source line and a caret line under it, each with a newline; nothing if unknown.
 * Tabs and wide characters keep the caret in its place. Then, of what a macro made, "in the
 * expansion of (name ...)". */
void li_position_print_caret(const Sources *sources, uint64_t position, Buffer *to);

#endif /* LI_SYNTAX_SOURCE_H */
