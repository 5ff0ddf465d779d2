/* fuzz_expander.c - libFuzzer: any form is expanded or refused, and expands to the same again.
 *
 * Nothing runs, so macros are all that a form can leave behind.
 */
#define _GNU_SOURCE /* memmem */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "interp.h"

enum {
    HEAP_BYTES = 16 << 20,
    TEXT_BYTES = 1 << 20 /* a listing longer than that is not compared */
};

typedef struct Bytes {
    const char *start;
    size_t count;
} Bytes;

/* A definition changes what a form means; all others expand as they did before. */
static bool may_define(const Bytes *bytes)
{
    static const char *const words[] = {"define", "import", "include", "set!"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i += 1) {
        if (memmem(bytes->start, bytes->count, words[i], strlen(words[i])) != NULL)
            return true;
    }
    return false;
}

static void require_same(const InterpText *a, const InterpText *b)
{
    if (a->length <= TEXT_BYTES
        && (a->length != b->length || memcmp(a->bytes, b->bytes, a->length) != 0))
        abort();
}

static void expand_twice(Interp *interp, interp_ref datum, bool compare)
{
    InterpText first, second;

    if (interp_expand(interp, datum, &first) != INTERP_OK)
        return;
    if (interp_expand(interp, datum, &second) == INTERP_OK) {
        if (compare)
            require_same(&first, &second);
        interp_text_free(&second);
    }
    interp_text_free(&first);
}

static InterpStatus expand_all(Interp *interp, void *context)
{
    const Bytes *bytes = context;
    bool compare = !may_define(bytes);
    InterpReader *reader;
    InterpStatus status =
        interp_reader_new(interp, "fuzz", bytes->start, bytes->count, &reader);

    while (status == INTERP_OK) {
        InterpScope scope;
        interp_ref datum;

        status = interp_scope_open(interp, &scope);
        if (status != INTERP_OK)
            break;
        status = interp_reader_next(interp, reader, &datum);
        if (status == INTERP_OK)
            expand_twice(interp, datum, compare);
        if (interp_scope_close(interp, scope) != INTERP_OK)
            abort();
        if (status == INTERP_OK)
            status = interp_collect(interp);
    }
    interp_reader_free(reader);
    return INTERP_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    InterpOptions options = {
        .max_heap_bytes = HEAP_BYTES,
        .input.kind = INTERP_STREAM_NONE,
        .output.kind = INTERP_STREAM_NONE,
        .error.kind = INTERP_STREAM_NONE,
    };
    Bytes bytes = {(const char *)data, size};
    Interp *interp;

    if (interp_open(&options, &interp) != INTERP_OK)
        abort();
    if (interp_session(interp, expand_all, &bytes) != INTERP_OK)
        abort();
    interp_close(interp);
    return 0;
}
