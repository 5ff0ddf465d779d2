/* libedit.h - the functions of libedit, loaded when there is a prompt.
 *
 * libedit and what it needs in its turn are four libraries; to load them took a quarter of the
 * time of a program of one line, which has no prompt.
 */
#ifndef CLI_LIBEDIT_H
#define CLI_LIBEDIT_H

#include <histedit.h>
#include <stdbool.h>

#define LIBEDIT_FUNCTIONS(X) \
    X(el_init)               \
    X(el_end)                \
    X(el_wget)               \
    X(el_wset)               \
    X(el_wgets)              \
    X(el_wline)              \
    X(el_winsertstr)         \
    X(el_resize)             \
    X(el_source)             \
    X(history_winit)         \
    X(history_w)             \
    X(history_wend)

typedef struct Libedit {
#define X(name) __typeof__(name) *name;
    LIBEDIT_FUNCTIONS(X)
#undef X
} Libedit;

/* False: it is not there. */
bool libedit_load(Libedit *functions);

#endif /* CLI_LIBEDIT_H */
