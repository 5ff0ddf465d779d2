/* read.c - reading data and files for the host. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "syntax/expander.h"
#include "syntax/reader.h"
#include "syntax/source.h"
#include "vm/condition.h"

struct InterpReader {
    Interp *interp;
    char *text;
    TextStream stream;
    ReaderOptions options;
    Reader reader;
};

InterpStatus interp_reader_new(Interp *interp, const char *name, const char *text,
                               size_t bytes, InterpReader **result)
{
    InterpReader *reader = calloc(1, sizeof *reader);
    char *copy = malloc(bytes + 1);
    uint32_t file = 0;
    Status status = reader == NULL || copy == NULL
                      ? ERR_NO_MEMORY
                      : li_sources_add(interp->sources, name, text, bytes, &file);

    if (status != OK) {
        free(reader);
        free(copy);
        return li_api_fail(interp, status);
    }
    if (bytes > 0)
        memcpy(copy, text, bytes);
    /* "#!/usr/bin/env limpet": a comment, as ";" would begin. */
    if (bytes > 2 && copy[0] == '#' && copy[1] == '!'
        && (copy[2] == '/' || copy[2] == ' '))
        copy[0] = ';';
    reader->interp = interp;
    reader->text = copy;
    reader->options = (ReaderOptions){
        .name = li_sources_name(interp->sources, file),
        .file = file,
        .positions = true,
        .immutable = true,
    };
    li_stream_from_memory(&reader->stream, copy, bytes);
    li_reader_open(&reader->reader, &interp->memory.heap, &reader->stream,
                   &reader->options);
    *result = reader;
    return INTERP_OK;
}

void interp_reader_free(InterpReader *reader)
{
    if (reader == NULL)
        return;
    li_reader_close(&reader->reader);
    free(reader->text);
    free(reader);
}

Reader *li_api_reader(InterpReader *reader)
{
    return &reader->reader;
}

static uint64_t position_of_next(const Reader *reader)
{
    return position_pack((Position){
        .file = reader->options.file,
        .line = reader->stream->line,
        .column = reader->stream->column,
    });
}

Status li_api_read_datum(Interp *interp, Reader *reader, Ref datum, bool *ended)
{
    Value v;
    Status status = li_read(reader, &v);

    if (status == ERR_NO_MEMORY) {
        TRY(memory_collect(&interp->memory.view, IMMIX_EVACUATE));
        status = li_read(reader, &v);
    }
    if (status == ERR_READ)
        return li_raise_read_error(interp->vm, &reader->error);
    if (status == ERR_NO_MEMORY)
        return li_raise_no_memory(interp->vm, position_of_next(reader));
    TRY(status);
    *ended = value_is_eq(v, VALUE_EOF);
    return li_set(api_refs(interp), datum, v);
}

InterpStatus interp_reader_next(Interp *interp, InterpReader *reader, interp_ref *datum)
{
    Ref ref;
    bool ended = false;
    Status status;

    if (reader->interp != interp)
        return li_api_fail(interp, ERR_FOREIGN);
    reader->reader.error.incomplete = false;
    API_TRY(interp, li_ref(api_refs(interp), VALUE_UNSPECIFIED, &ref));
    status = li_api_read_datum(interp, &reader->reader, ref, &ended);
    if (status != OK && reader->reader.error.incomplete) {
        (void)!li_api_fail(interp, status);
        return interp->error.status = INTERP_INCOMPLETE;
    }
    API_TRY(interp, status);
    if (ended)
        return li_api_fail_bare(interp, INTERP_END_OF_INPUT,
                                interp_status_text(INTERP_END_OF_INPUT), NULL);
    *datum = api_from_ref(ref);
    interp->last_read = *datum;
    interp->last_position = li_reader_began(&reader->reader);
    return INTERP_OK;
}

/* ---- Files ---- */

/* All of a file, which must be a regular file or something that ends. */
static InterpStatus read_fd(Interp *interp, int fd, const char *path, Buffer *text)
{
    char chunk[16384];
    ssize_t count;

    do {
        count = read(fd, chunk, sizeof chunk);
        if (count > 0)
            li_buffer_push(text, chunk, (size_t)count);
        else if (count < 0 && errno != EINTR)
            return li_api_fail_bare(interp, INTERP_IO, "cannot read", path);
    } while (count != 0 && !text->failed);
    return text->failed ? li_api_fail(interp, ERR_NO_MEMORY) : INTERP_OK;
}

InterpStatus li_api_read_file(Interp *interp, const char *path, Buffer *text)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return li_api_fail_bare(interp, INTERP_NOT_FOUND,
                                errno == ENOENT ? "no such file" : "cannot open", path);
    InterpStatus status;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode))
        status =
            li_api_fail_bare(interp, INTERP_NOT_FOUND, "cannot read a folder", path);
    else
        status = read_fd(interp, fd, path, text);
    close(fd);
    return status;
}
