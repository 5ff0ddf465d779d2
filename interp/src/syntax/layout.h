/* layout.h - breaks and indents a line of Lisp that is too long to be read. */
#ifndef LI_SYNTAX_LAYOUT_H
#define LI_SYNTAX_LAYOUT_H

#include "memory/buffer.h"

enum {
    LAYOUT_COLUMNS = 90
};

/* Appends `text`, one datum or several, each as the printers write it, to `to`: what fits into
 * LAYOUT_COLUMNS on one line, longer lists with their elements below one another. Only blanks
 * between data change. Without memory, to->failed. Takes time linear in the text. */
void li_layout(const char *text, size_t bytes, Buffer *to);

#endif /* LI_SYNTAX_LAYOUT_H */
