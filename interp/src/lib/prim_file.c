/* prim_file.c - opening, finding and deleting files. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/ports.h"
#include "lib/tables.h"
#include "vm/vm.h"

static Status fail(Vm *vm, const char *who, const char *verb, const char *path,
                   int error)
{
    return li_raise(vm, CONDITION_FILE, VALUE_NIL, "%s: cannot %s %s: %s", who, verb,
                    path, strerror(error));
}

static Status open_path(Vm *vm, const char *who, const char *path, unsigned flags,
                        Value *result)
{
    int error = 0;
    Status status =
        li_port_open_file(vm->heap, vm->port_table, path, flags, result, &error);

    if (status != ERR_IO)
        return status;
    /* A collection may close files that nobody closed: as if it were memory that ran out. */
    if ((error == EMFILE || error == ENFILE) && !li_vm_is_retry(vm))
        return ERR_NO_MEMORY;
    return fail(vm, who, "open", path, error);
}

static Status open_file(Vm *vm, const char *who, Args args, unsigned flags,
                        Value *result)
{
    char *path;
    Status status;

    TRY(li_arg_path(vm, who, args, 0, &path));
    status = open_path(vm, who, path, flags, result);
    free(path);
    return status;
}

static Status open_input_file(Vm *vm, Args args, Value *result)
{
    return open_file(vm, "open-input-file", args, PORT_INPUT | PORT_TEXTUAL, result);
}

static Status open_output_file(Vm *vm, Args args, Value *result)
{
    return open_file(vm, "open-output-file", args, PORT_OUTPUT | PORT_TEXTUAL, result);
}

static Status open_binary_input_file(Vm *vm, Args args, Value *result)
{
    return open_file(vm, "open-binary-input-file", args, PORT_INPUT | PORT_BINARY,
                     result);
}

static Status open_binary_output_file(Vm *vm, Args args, Value *result)
{
    return open_file(vm, "open-binary-output-file", args, PORT_OUTPUT | PORT_BINARY,
                     result);
}

static Status file_exists_p(Vm *vm, Args args, Value *result)
{
    struct stat about;
    char *path;

    TRY(li_arg_path(vm, "file-exists?", args, 0, &path));
    *result = value_from_bool(stat(path, &about) == 0);
    free(path);
    return OK;
}

static Status delete_file(Vm *vm, Args args, Value *result)
{
    Status status = OK;
    char *path;

    TRY(li_arg_path(vm, "delete-file", args, 0, &path));
    if (unlink(path) != 0)
        status = fail(vm, "delete-file", "delete", path, errno);
    free(path);
    TRY(status);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

const PrimDef li_file_prims[] = {
    {"open-input-file", open_input_file, 1, 1, "(open-input-file filename)",
     "A textual input port on the file, which is UTF-8. A file error if it cannot be opened."},
    {"open-output-file", open_output_file, 1, 1, "(open-output-file filename)",
     "A textual output port on the file, which is made, or emptied if it exists. A file error "
     "if it cannot be opened."},
    {"open-binary-input-file", open_binary_input_file, 1, 1,
     "(open-binary-input-file filename)",
     "A binary input port on the file. A file error if it cannot be opened."},
    {"open-binary-output-file", open_binary_output_file, 1, 1,
     "(open-binary-output-file filename)",
     "A binary output port on the file, which is made, or emptied if it exists. A file error "
     "if it cannot be opened."},
    {"file-exists?", file_exists_p, 1, 1, "(file-exists? filename)",
     "True if there is a file of that name."},
    {"delete-file", delete_file, 1, 1, "(delete-file filename)",
     "Deletes the file. A file error if that cannot be done."},
    {0},
};
