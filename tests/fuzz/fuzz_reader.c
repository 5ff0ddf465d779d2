/* fuzz_reader.c - libFuzzer: whatever the reader accepts can be written and read again. */
#include <stdint.h>
#include <stdlib.h>

#include "interp.h"

enum {
    HEAP_BYTES = 16 << 20
};

typedef struct Bytes {
    const char *start;
    size_t count;
} Bytes;

/* Only running out of memory or of depth may keep written data from being read. */
static void require_readable(Interp *interp, interp_ref datum)
{
    InterpText text;
    InterpReader *reader;
    interp_ref again;

    if (interp_write(interp, datum, &text) != INTERP_OK)
        return;
    if (interp_reader_new(interp, "again", text.bytes, text.length, &reader)
        == INTERP_OK) {
        InterpStatus status = interp_reader_next(interp, reader, &again);

        if (status != INTERP_OK && status != INTERP_NO_MEMORY && status != INTERP_DEEP)
            abort();
        interp_reader_free(reader);
    }
    interp_text_free(&text);
}

static InterpStatus read_all(Interp *interp, void *context)
{
    const Bytes *bytes = context;
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
            require_readable(interp, datum);
        if (interp_scope_close(interp, scope) != INTERP_OK)
            abort();
    }
    interp_reader_free(reader);
    return INTERP_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each input has an interpreter of its own, so that a crash depends on nothing before it. */
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
    if (interp_session(interp, read_all, &bytes) != INTERP_OK)
        abort();
    interp_close(interp);
    return 0;
}
