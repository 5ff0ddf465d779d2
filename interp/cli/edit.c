/* edit.c - lines from a terminal, by libedit: editing, history, completion.
 *
 * libedit's wide interface converts by the locale, so the prompt sets LC_CTYPE to one with
 * UTF-8. History is kept in $XDG_STATE_HOME/limpet/history.
 */
#include "edit.h"

#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "libedit.h"

enum {
    HISTORY_ENTRIES = 1000,
    TERMINAL_COLUMNS = 80,
    REPLACEMENT_CHARACTER = 0xfffd
};

struct Editor {
    Interp *interp;
    EditLine *line;
    HistoryW *history;
    char *history_path; /* NULL: not kept */
    bool continued, dropped;
    mbstate_t decoder;
    sigset_t open_signals; /* the mask while waiting for a key */
};

/* What TAB has found. */
typedef struct Candidates {
    char **names;
    size_t count, capacity;
    bool failed;
} Candidates;

static volatile sig_atomic_t terminal_resized;

/* Filled before the first line is asked for: what libedit calls back knows the EditLine alone. */
static Libedit libedit;

static void on_sigwinch(int signal)
{
    (void)signal;
    terminal_resized = 1;
}

static Editor *editor_of(EditLine *line)
{
    void *editor = NULL;

    libedit.el_wget(line, EL_CLIENTDATA, &editor);
    return editor;
}

static wchar_t *prompt(EditLine *line)
{
    static wchar_t first[] = L"limpet> ", next[] = L"   ...> ";

    return editor_of(line)->continued ? next : first;
}

/* ---- Keys ---- */

/* A byte from the terminal: 1; -1 at its end; 0 if SIGINT came, which ends the line and marks
 * it as dropped (libedit itself would swallow the signal). Signals are blocked but for the
 * wait, so that none comes between the question and the wait. */
static int read_byte(Editor *editor, unsigned char *byte)
{
    for (;;) {
        fd_set input;

        if (cli_take_sigint()) {
            editor->dropped = true;
            return 0;
        }
        if (terminal_resized) {
            terminal_resized = 0;
            libedit.el_resize(editor->line);
        }
        FD_ZERO(&input);
        FD_SET(STDIN_FILENO, &input);
        if (pselect(STDIN_FILENO + 1, &input, NULL, NULL, NULL, &editor->open_signals)
            < 0) {
            if (errno != EINTR)
                return -1;
            continue;
        }
        ssize_t count = read(STDIN_FILENO, byte, 1);
        if (count == 1)
            return 1;
        if (count == 0 || errno != EINTR)
            return -1;
    }
}

/* libedit's source of characters: 1, or 0 at the end. */
static int read_character(EditLine *line, wchar_t *c)
{
    Editor *editor = editor_of(line);
    unsigned char byte;

    for (;;) {
        int count = read_byte(editor, &byte);

        if (count <= 0) {
            *c = L'\n';
            return count == 0 ? 1 : 0;
        }
        size_t bytes = mbrtowc(c, (const char *)&byte, 1, &editor->decoder);
        if (bytes == (size_t)-2)
            continue;
        if (bytes == (size_t)-1) {
            memset(&editor->decoder, 0, sizeof editor->decoder);
            *c = REPLACEMENT_CHARACTER;
        }
        return 1;
    }
}

/* ---- Completion ---- */

static void collect_candidate(const char *name, void *context)
{
    Candidates *candidates = context;

    if (candidates->count == candidates->capacity) {
        size_t capacity = candidates->capacity * 2 + 16;
        char **names = realloc(candidates->names, capacity * sizeof *names);

        if (names == NULL) {
            candidates->failed = true;
            return;
        }
        candidates->names = names;
        candidates->capacity = capacity;
    }
    char *copy = strdup(name);
    if (copy == NULL)
        candidates->failed = true;
    else
        candidates->names[candidates->count++] = copy;
}

static void free_candidates(Candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i += 1)
        free(candidates->names[i]);
    free(candidates->names);
}

/* Bytes that all candidates begin with, a whole number of characters. */
static size_t common_prefix(const Candidates *candidates)
{
    size_t length = strlen(candidates->names[0]);

    for (size_t i = 1; i < candidates->count; i += 1) {
        size_t same = 0;

        while (same < length
               && candidates->names[i][same] == candidates->names[0][same])
            same += 1;
        length = same;
    }
    while (length > 0 && ((unsigned char)candidates->names[0][length] & 0xc0) == 0x80)
        length -= 1;
    return length;
}

static int widest_name(const Candidates *candidates)
{
    int width = 1;

    for (size_t i = 0; i < candidates->count; i += 1) {
        int length = (int)strlen(candidates->names[i]);

        if (length > width)
            width = length;
    }
    return width;
}

/* In columns, below the line that is edited. */
static void list_candidates(const Candidates *candidates)
{
    int width = widest_name(candidates) + 2;
    size_t columns = width < TERMINAL_COLUMNS ? (size_t)(TERMINAL_COLUMNS / width) : 1;

    for (size_t i = 0; i < candidates->count; i += 1) {
        fputs(i % columns == 0 ? "\n" : "", stdout);
        fprintf(stdout, "%-*s", width, candidates->names[i]);
    }
    fputs("\n", stdout);
    fflush(stdout);
}

static bool insert_utf8(EditLine *line, const char *text)
{
    size_t length = strlen(text) + 1;
    wchar_t *wide = calloc(length, sizeof *wide);
    bool done = wide != NULL && mbstowcs(wide, text, length) != (size_t)-1
             && libedit.el_winsertstr(line, wide) == 0;

    free(wide);
    return done;
}

static char *utf8_from_wide(const wchar_t *wide, size_t length)
{
    size_t room = length * MB_CUR_MAX + 1, bytes = 0;
    char *text = malloc(room);
    mbstate_t state = {0};

    for (size_t i = 0; text != NULL && i < length; i += 1) {
        size_t count = wcrtomb(text + bytes, wide[i], &state);

        if (count == (size_t)-1)
            text[bytes++] = '?';
        else
            bytes += count;
    }
    if (text != NULL)
        text[bytes] = '\0';
    return text;
}

/* The part of a name that stands before the cursor. */
static char *name_before_cursor(EditLine *line)
{
    const LineInfoW *info = libedit.el_wline(line);
    const wchar_t *start = info->cursor;

    while (start > info->buffer && wcschr(L" \t\n()[]\"';`,|", start[-1]) == NULL)
        start -= 1;
    return utf8_from_wide(start, (size_t)(info->cursor - start));
}

static unsigned char use_candidates(EditLine *line, const Candidates *candidates,
                                    size_t typed)
{
    size_t common = common_prefix(candidates);

    if (common > typed) {
        candidates->names[0][common] = '\0';
        if (!insert_utf8(line, candidates->names[0] + typed))
            return CC_ERROR;
        return CC_REFRESH;
    }
    if (candidates->count == 1)
        return insert_utf8(line, " ") ? CC_REFRESH : CC_ERROR;
    list_candidates(candidates);
    return CC_REDISPLAY;
}

static unsigned char complete(EditLine *line, int key)
{
    Editor *editor = editor_of(line);
    Candidates candidates = {0};
    unsigned char result = CC_ERROR;
    char *prefix = name_before_cursor(line);

    (void)key;
    if (prefix != NULL && *prefix == '\0') {
        free(prefix);
        return insert_utf8(line, "  ") ? CC_REFRESH : CC_ERROR;
    }
    if (prefix != NULL
        && interp_complete(editor->interp, prefix, collect_candidate, &candidates)
               == INTERP_OK
        && candidates.count > 0 && !candidates.failed)
        result = use_candidates(line, &candidates, strlen(prefix));
    free_candidates(&candidates);
    free(prefix);
    return result;
}

/* ---- History ---- */

/* Makes the folders that lead to `path`; what is there already is fine. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

/* NULL if there is no place for it. */
static char *find_history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    bool has_state = state != NULL && state[0] == '/';
    char *path = malloc(PATH_MAX);

    if (path == NULL || (!has_state && (home == NULL || home[0] != '/'))) {
        free(path);
        return NULL;
    }
    int length = has_state
                   ? snprintf(path, PATH_MAX, "%s/limpet/history", state)
                   : snprintf(path, PATH_MAX, "%s/.local/state/limpet/history", home);
    if (length < 0 || length >= PATH_MAX) {
        free(path);
        return NULL;
    }
    make_folders(path);
    return path;
}

static void open_history(Editor *editor)
{
    HistEventW event;

    libedit.history_w(editor->history, &event, H_SETSIZE, HISTORY_ENTRIES);
    libedit.history_w(editor->history, &event, H_SETUNIQUE, 1);
    editor->history_path = find_history_path();
    if (editor->history_path != NULL)
        libedit.history_w(editor->history, &event, H_LOAD, editor->history_path);
    libedit.el_wset(editor->line, EL_HIST, libedit.history_w, editor->history);
}

void edit_remember(Editor *editor, const char *text)
{
    size_t length = strlen(text) + 1;
    wchar_t *wide = calloc(length, sizeof *wide);
    HistEventW event;

    if (wide != NULL && mbstowcs(wide, text, length) != (size_t)-1) {
        for (size_t end = wcslen(wide); end > 0 && wide[end - 1] == L'\n'; end -= 1)
            wide[end - 1] = L'\0';
        libedit.history_w(editor->history, &event, H_ENTER, wide);
        if (editor->history_path != NULL)
            libedit.history_w(editor->history, &event, H_SAVE, editor->history_path);
    }
    free(wide);
}

/* ---- Opening, reading, closing ---- */

static void use_utf8(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static void watch_size(void)
{
    struct sigaction action = {.sa_handler = on_sigwinch};

    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, NULL);
}

Editor *edit_open(Interp *interp)
{
    Editor *editor;

    if (!libedit_load(&libedit))
        return NULL;
    editor = calloc(1, sizeof *editor);
    if (editor == NULL)
        return NULL;
    use_utf8();
    watch_size();
    editor->interp = interp;
    editor->line = libedit.el_init("limpet", stdin, stdout, stderr);
    editor->history = libedit.history_winit();
    if (editor->line == NULL || editor->history == NULL) {
        edit_close(editor);
        return NULL;
    }
    libedit.el_wset(editor->line, EL_CLIENTDATA, editor);
    libedit.el_wset(editor->line, EL_PROMPT, prompt);
    libedit.el_wset(editor->line, EL_EDITOR, L"emacs");
    libedit.el_wset(editor->line, EL_SIGNAL, 0);
    libedit.el_wset(editor->line, EL_GETCFN, read_character);
    libedit.el_wset(editor->line, EL_ADDFN, L"limpet-complete", L"Complete a name", complete);
    libedit.el_wset(editor->line, EL_BIND, L"^I", L"limpet-complete", NULL);
    libedit.el_wset(editor->line, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
    libedit.el_source(editor->line, NULL);
    open_history(editor);
    return editor;
}

void edit_close(Editor *editor)
{
    if (editor->history != NULL)
        libedit.history_wend(editor->history);
    if (editor->line != NULL)
        libedit.el_end(editor->line);
    free(editor->history_path);
    free(editor);
}

EditResult edit_read_line(Editor *editor, bool continued, char **line)
{
    int count = 0;
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGWINCH);
    editor->continued = continued;
    editor->dropped = false;
    cli_take_sigint();
    sigprocmask(SIG_BLOCK, &signals, &editor->open_signals);
    /* Before the prompt is shown: keys that answer it must not meet a terminal that echoes. */
    libedit.el_wset(editor->line, EL_PREP_TERM, 1);
    const wchar_t *wide = libedit.el_wgets(editor->line, &count);
    sigprocmask(SIG_SETMASK, &editor->open_signals, NULL);
    if (editor->dropped)
        return EDIT_DROPPED;
    if (wide == NULL || count <= 0)
        return EDIT_END;
    *line = utf8_from_wide(wide, (size_t)count);
    return *line != NULL ? EDIT_LINE : EDIT_END;
}
