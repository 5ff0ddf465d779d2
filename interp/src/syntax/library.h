/* library.h - libraries, their registry, and where their files are.
 *
 * A library goes through these states:
 *
 *     DECLARED  define-library was evaluated; its body has not been expanded
 *     LOADING   its body is being expanded: importing it now is a cycle
 *     EXPANDED  its body is part of the code that the import returned
 *
 * `ready` is a cell that the code at the end of the body sets. A library that an earlier
 * expansion made EXPANDED and that is not ready did not run to its end: it is loaded again.
 */
#ifndef LI_SYNTAX_LIBRARY_H
#define LI_SYNTAX_LIBRARY_H

#include "memory/buffer.h"
#include "memory/heap.h"

typedef enum LibraryState {
    LIBRARY_DECLARED,
    LIBRARY_LOADING,
    LIBRARY_EXPANDED
} LibraryState;

/* T_LIBRARY: plain heap data. */
typedef struct Library {
    Value name;        /* list of symbols and exact integers */
    Value environment; /* #f while only declared */
    Value
        exports; /* vector: external name, internal name, ...; #f: all that is defined */
    Value state;       /* fixnum: LibraryState */
    Value ready;       /* cell; #f if there is nothing to run */
    Value serial;      /* fixnum: the expansion under way that expanded it, 0: none */
    Value declaration; /* the define-library form; #f once it is not needed again */
    Value from_file;   /* #t: it can be read again */
} Library;

ALWAYS_INLINE Library *value_to_library(Value v)
{
    return value_to_object(v);
}

/* Files that are part of the program, asked before the file system: the text of `path`
 * ("scheme/base.sld"), or NULL. */
typedef struct EmbeddedFiles {
    const char *(*find)(void *context, const char *path, size_t *bytes);
    void *context;
} EmbeddedFiles;

/* Answers of li_libraries_exports, forgotten when a library changes and, since they are known by
 * address, when a collection may move symbols. */
enum { EXPORT_ANSWERS = 64 };

typedef struct ExportAnswer {
    Value symbol;
    bool is_exported;
} ExportAnswer;

/* The registry of one interpreter. */
typedef struct Libraries {
    Value *items; /* T_LIBRARY, roots */
    size_t count, capacity;
    char **paths; /* folders, in the order of search */
    size_t path_count;
    EmbeddedFiles embedded;
    ExportAnswer answers[EXPORT_ANSWERS];
} Libraries;

void li_libraries_free(Libraries *libraries);
void li_libraries_visit(ImmixTracer *tracer, Libraries *libraries);

/* Adds a folder to the library path, in front of the others or behind them; copied. */
MUST_CHECK Status li_libraries_add_path(Libraries *libraries, const char *folder,
                                        bool in_front);
void li_libraries_set_embedded(Libraries *libraries, EmbeddedFiles embedded);

/* True if `name` is a list of symbols and exact non-negative integers, not empty. */
bool li_library_name_is_valid(Value name);
/* False if there is none of that name. */
bool li_library_find(const Libraries *libraries, Value name, Value *library);
/* The name of the library that was meant by one that nobody knows: all parts but one are the same,
 * and that one is near. False if there is none. */
bool li_library_suggest(const Libraries *libraries, Value name, Value *closest);
/* True if it is registered or its file is there. */
bool li_library_exists(const Libraries *libraries, Value name);
/* The name of a library that exports `symbol`, a standard one if there is one; false if none
 * that was loaded does. */
bool li_libraries_find_export(const Libraries *libraries, Value symbol, Value *name);
/* True if a library that was loaded exports `symbol`. Errors ask it for each frame of the library. */
bool li_libraries_exports(Libraries *libraries, Value symbol);
/* To be called when what a library exports has changed. */
void li_libraries_forget_answers(Libraries *libraries);
/* Replaces one of the same name. */
MUST_CHECK Status li_libraries_add(Libraries *libraries, Value library);
void li_libraries_remove(Libraries *libraries, Value library);

MUST_CHECK Status li_library_new(Heap *heap, Value name, LibraryState state,
                                 Value *library);

/* Appends "a/b/c.sld" for (a b c); false if the name has a part that cannot be a file name. */
bool li_library_file_name(Value name, Buffer *to);

/* Reads a file into `text`: `path` among the embedded files, or else below `folder` (NULL:
 * only as it stands). *shown gets the name for messages. False: not there, or not readable. */
bool li_libraries_read(const Libraries *libraries, const char *folder, const char *path,
                       Buffer *text, Buffer *shown);
/* The same along the library path. */
bool li_libraries_read_on_path(const Libraries *libraries, const char *path,
                               Buffer *text, Buffer *shown);

#endif /* LI_SYNTAX_LIBRARY_H */
