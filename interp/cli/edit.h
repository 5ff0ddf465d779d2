/* edit.h - lines from a terminal, by libedit: editing, history, completion. */
#ifndef CLI_EDIT_H
#define CLI_EDIT_H

#include "cli.h"

typedef struct Editor Editor;

typedef enum EditResult {
    EDIT_LINE,
    EDIT_DROPPED, /* Ctrl-C: what was typed is to be forgotten */
    EDIT_END,     /* Ctrl-D on an empty line, or the terminal is gone */
} EditResult;

/* NULL: no memory, or libedit does not like the terminal. */
Editor *edit_open(Interp *interp);
void edit_close(Editor *editor);
/* Reads a line, with its newline, as UTF-8 that the caller frees. `continued`: it goes on
 * with a form that was begun on an earlier line. */
EditResult edit_read_line(Editor *editor, bool continued, char **line);
/* Adds what was read as one entry, however many lines it has, and saves the history. */
void edit_remember(Editor *editor, const char *text);

#endif /* CLI_EDIT_H */
