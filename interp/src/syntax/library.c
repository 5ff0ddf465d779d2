/* library.c - libraries, their registry, and where their files are. */
#include "syntax/library.h"
#include "syntax/suggest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "containers/symbolmap.h"

#define LIBRARY_SUFFIX ".sld"

/* ---- The registry ------------------------------------------------------------------------ */

void li_libraries_free(Libraries *libraries)
{
    for (size_t i = 0; i < libraries->path_count; i += 1)
        free(libraries->paths[i]);
    free(libraries->paths);
    free(libraries->items);
    *libraries = (Libraries){0};
}

void li_libraries_visit(ImmixTracer *tracer, Libraries *libraries)
{
    for (size_t i = 0; i < libraries->count; i += 1)
        immix_visit(tracer, &libraries->items[i].bits);
    li_libraries_forget_answers(libraries);
}

void li_libraries_forget_answers(Libraries *libraries)
{
    memset(libraries->answers, 0, sizeof libraries->answers);
}

static bool is_part(Value v)
{
    return value_is_symbol(v) || (value_is_fixnum(v) && value_to_fixnum(v) >= 0);
}

bool li_library_name_is_valid(Value name)
{
    enum {
        MOST_PARTS = 1000
    }; /* a circular list has more */
    int parts = 0;

    for (; value_is_pair(name); name = pair_cdr(name)) {
        parts += 1;
        if (parts > MOST_PARTS || !is_part(pair_car(name)))
            return false;
    }
    return value_is_nil(name) && parts > 0;
}

/* Symbols are interned and numbers small, so identity compares them. */
static bool same_name(Value a, Value b)
{
    while (value_is_pair(a) && value_is_pair(b)
           && value_is_eq(pair_car(a), pair_car(b))) {
        a = pair_cdr(a);
        b = pair_cdr(b);
    }
    return value_is_nil(a) && value_is_nil(b);
}

static bool find_index(const Libraries *libraries, Value name, size_t *index)
{
    for (size_t i = 0; i < libraries->count; i += 1) {
        if (same_name(value_to_library(libraries->items[i])->name, name)) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool li_library_find(const Libraries *libraries, Value name, Value *library)
{
    size_t index;

    if (!find_index(libraries, name, &index))
        return false;
    *library = libraries->items[index];
    return true;
}

/* True if `a` and `b` are of one length and have the same parts but for one, which stands at
 * `part`. */
static bool is_same_but_for(Value a, Value b, uint64_t part)
{
    for (uint64_t i = 0; value_is_pair(a) && value_is_pair(b); i += 1) {
        if (i != part && !value_is_eq(pair_car(a), pair_car(b)))
            return false;
        a = pair_cdr(a);
        b = pair_cdr(b);
    }
    return value_is_eq(a, b);
}

static Value part_of(Value name, uint64_t part)
{
    for (; part > 0; part -= 1)
        name = pair_cdr(name);
    return pair_car(name);
}

bool li_library_suggest(const Libraries *libraries, Value name, Value *closest)
{
    uint64_t part = 0;

    for (Value rest = name; value_is_pair(rest); rest = pair_cdr(rest), part += 1) {
        Suggestion suggestion;

        if (!li_suggestion_begin(&suggestion, pair_car(rest)))
            continue;
        for (size_t i = 0; i < libraries->count; i += 1) {
            Value other = value_to_library(libraries->items[i])->name;

            if (is_same_but_for(name, other, part))
                li_suggestion_consider(&suggestion, part_of(other, part), other);
        }
        if (suggestion.closest != NULL) {
            *closest = suggestion.stands_for;
            return true;
        }
    }
    return false;
}

static bool exports(const Library *library, Value symbol)
{
    if (!value_is_vector(library->exports))
        return false;
    for (uint32_t i = 0; i < vector_length(library->exports); i += 2) {
        if (value_is_eq(vector_items(library->exports)[i], symbol))
            return true;
    }
    return false;
}

static bool is_standard(Value name)
{
    return value_is_pair(name) && value_is_symbol(pair_car(name))
        && li_text_equals_ascii(symbol_text(pair_car(name)), "scheme");
}

bool li_libraries_find_export(const Libraries *libraries, Value symbol, Value *name)
{
    bool found = false;

    for (size_t i = 0; i < libraries->count; i += 1) {
        const Library *library = value_to_library(libraries->items[i]);

        if (!exports(library, symbol) || (found && !is_standard(library->name)))
            continue;
        *name = library->name;
        found = true;
        if (is_standard(*name))
            return true;
    }
    return found;
}

bool li_libraries_exports(Libraries *libraries, Value symbol)
{
    uint64_t hash = (uint64_t)value_to_fixnum(value_to_symbol(symbol)->hash);
    ExportAnswer *answer = &libraries->answers[hash % EXPORT_ANSWERS];
    Value name;

    if (!value_is_eq(answer->symbol, symbol)) {
        answer->is_exported = li_libraries_find_export(libraries, symbol, &name);
        answer->symbol = symbol;
    }
    return answer->is_exported;
}

Status li_libraries_add(Libraries *libraries, Value library)
{
    size_t index;

    li_libraries_forget_answers(libraries);
    if (find_index(libraries, value_to_library(library)->name, &index)) {
        libraries->items[index] = library;
        return OK;
    }
    if (libraries->count == libraries->capacity) {
        size_t capacity = libraries->capacity * 2 + 32;
        Value *items = realloc(libraries->items, capacity * sizeof *items);

        if (items == NULL)
            return ERR_NO_MEMORY;
        libraries->items = items;
        libraries->capacity = capacity;
    }
    libraries->items[libraries->count] = library;
    libraries->count += 1;
    return OK;
}

void li_libraries_remove(Libraries *libraries, Value library)
{
    for (size_t i = 0; i < libraries->count; i += 1) {
        if (value_is_eq(libraries->items[i], library)) {
            libraries->count -= 1;
            memmove(&libraries->items[i], &libraries->items[i + 1],
                    (libraries->count - i) * sizeof *libraries->items);
            return;
        }
    }
}

Status li_library_new(Heap *heap, Value name, LibraryState state, Value *library)
{
    enum {
        LIBRARY_WORDS = sizeof(Library) / sizeof(Value)
    };
    Library *made = li_alloc(heap, T_LIBRARY, 0, LIBRARY_WORDS);

    if (made == NULL)
        return ERR_NO_MEMORY;
    *made = (Library){
        .name = name,
        .environment = VALUE_FALSE,
        .exports = VALUE_FALSE,
        .state = value_from_fixnum(state),
        .ready = VALUE_FALSE,
        .serial = value_from_fixnum(0),
        .declaration = VALUE_FALSE,
        .from_file = VALUE_FALSE,
    };
    *library = value_from_object(made);
    return OK;
}

/* ---- Files ------------------------------------------------------------------------------- */

Status li_libraries_add_path(Libraries *libraries, const char *folder, bool in_front)
{
    size_t count = libraries->path_count;
    char **paths = realloc(libraries->paths, (count + 1) * sizeof *paths);
    char *copy;

    if (paths == NULL)
        return ERR_NO_MEMORY;
    libraries->paths = paths;
    copy = strdup(folder);
    if (copy == NULL)
        return ERR_NO_MEMORY;
    if (in_front) {
        memmove(paths + 1, paths, count * sizeof *paths);
        paths[0] = copy;
    } else {
        paths[count] = copy;
    }
    libraries->path_count += 1;
    return OK;
}

void li_libraries_set_embedded(Libraries *libraries, EmbeddedFiles embedded)
{
    libraries->embedded = embedded;
}

/* A part of a name becomes one part of a path, and nothing else. */
static bool push_symbol(Value symbol, Buffer *to)
{
    const Text *text = symbol_text(symbol);

    if (text->length == 0 || li_text_equals_ascii(text, ".")
        || li_text_equals_ascii(text, ".."))
        return false;
    for (uint64_t i = 0; i < text->length; i += 1) {
        uint32_t c = li_text_at(text, i);

        if (c == '/' || c == '\0')
            return false;
        li_buffer_push_char(to, c);
    }
    return true;
}

bool li_library_file_name(Value name, Buffer *to)
{
    for (; value_is_pair(name); name = pair_cdr(name)) {
        Value part = pair_car(name);

        if (value_is_fixnum(part))
            li_buffer_printf(to, "%lld", (long long)value_to_fixnum(part));
        else if (!push_symbol(part, to))
            return false;
        if (value_is_pair(pair_cdr(name)))
            li_buffer_push_string(to, "/");
    }
    li_buffer_push_string(to, LIBRARY_SUFFIX);
    return !to->failed;
}

static bool read_stream(FILE *file, Buffer *text)
{
    char bytes[8192];
    size_t count;

    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
        li_buffer_push(text, bytes, count);
    return !ferror(file) && !text->failed;
}

static bool read_file(const char *path, Buffer *text)
{
    FILE *file = fopen(path, "rb");
    bool done;

    if (file == NULL)
        return false;
    done = read_stream(file, text); /* a folder opens, and then cannot be read */
    fclose(file);
    return done;
}

static bool read_embedded(const Libraries *libraries, const char *path, Buffer *text)
{
    const char *bytes;
    size_t count;

    if (libraries->embedded.find == NULL)
        return false;
    bytes = libraries->embedded.find(libraries->embedded.context, path, &count);
    if (bytes == NULL)
        return false;
    li_buffer_push(text, bytes, count);
    return !text->failed;
}

bool li_libraries_read(const Libraries *libraries, const char *folder, const char *path,
                       Buffer *text, Buffer *shown)
{
    li_buffer_clear(text);
    li_buffer_clear(shown);
    if (folder != NULL && folder[0] != '\0' && path[0] != '/') {
        li_buffer_push_string(shown, folder);
        if (folder[strlen(folder) - 1] != '/')
            li_buffer_push_string(shown, "/");
    }
    li_buffer_push_string(shown, path);
    return read_embedded(libraries, li_buffer_c_string(shown), text)
        || read_file(li_buffer_c_string(shown), text);
}

bool li_libraries_read_on_path(const Libraries *libraries, const char *path,
                               Buffer *text, Buffer *shown)
{
    li_buffer_clear(text);
    li_buffer_clear(shown);
    li_buffer_push_string(shown, path);
    if (read_embedded(libraries, path, text))
        return true;
    for (size_t i = 0; i < libraries->path_count; i += 1) {
        if (li_libraries_read(libraries, libraries->paths[i], path, text, shown))
            return true;
    }
    return false;
}

bool li_library_exists(const Libraries *libraries, Value name)
{
    Buffer path = {0}, text = {0}, shown = {0};
    Value library;
    bool found = li_library_find(libraries, name, &library);

    if (!found && li_library_file_name(name, &path))
        found = li_libraries_read_on_path(libraries, li_buffer_c_string(&path), &text,
                                          &shown);
    li_buffer_free(&path);
    li_buffer_free(&text);
    li_buffer_free(&shown);
    return found;
}
