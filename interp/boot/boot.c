/* boot.c - limpet-boot: compiles the standard library and writes it as a C file.
 *
 *     limpet-boot IMAGE.C STDLIB_DIR LIBRARY.SLD...
 *
 * The libraries are named by their files below STDLIB_DIR: scheme/base.sld is (scheme base).
 * Each is imported, which loads those that it needs first; then what is loaded is written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "vm/image.h"

/* "scheme/base.sld" gives "(import (only (scheme base)))": it loads the library and binds
 * nothing, so that one library's names cannot get in another's way. */
static void push_import(Buffer *text, const char *path)
{
    size_t length = strlen(path);

    if (length > 4 && strcmp(path + length - 4, ".sld") == 0)
        length -= 4;
    li_buffer_push_string(text, "(import (only (");
    for (size_t i = 0; i < length; i += 1)
        li_buffer_push_char(text, path[i] == '/' ? ' ' : (unsigned char)path[i]);
    li_buffer_push_string(text, ")))\n");
}

static InterpStatus import_all(Interp *interp, void *context)
{
    Buffer *text = context;
    interp_ref result;

    return interp_eval_string(interp, "boot", text->bytes, text->length, &result);
}

static Status write_image(MutatorView *view, void *input, void *output)
{
    Interp *interp = input;

    (void)view;
    return li_image_write(interp->vm, output);
}

/* As string literals: compilers read those much faster than numbers. Octal escapes have
 * three digits, so that the next character cannot join them. */
static bool write_c_file(const char *path, const Buffer *image)
{
    enum {
        BYTES_A_LINE = 32
    };
    FILE *file = fopen(path, "w");

    if (file == NULL)
        return false;
    fprintf(file,
            "/* image.c - the compiled standard library; written by limpet-boot. */\n"
            "#include <stddef.h>\n\n"
            "extern const unsigned char li_image[];\n"
            "extern const size_t li_image_bytes;\n\n"
            "_Alignas(16) const unsigned char li_image[] =\n");
    for (size_t i = 0; i < image->length; i += 1) {
        if (i % BYTES_A_LINE == 0)
            fputs(i == 0 ? "    \"" : "\"\n    \"", file);
        fprintf(file, "\\%03o", (unsigned)(unsigned char)image->bytes[i]);
    }
    fprintf(file, "%s;\nconst size_t li_image_bytes = %zu;\n",
            image->length == 0 ? "    \"\"" : "\"", image->length);
    bool written = ferror(file) == 0;
    return fclose(file) == 0 && written;
}

static int fail(Interp *interp, const char *what)
{
    const InterpError *error = interp_last_error(interp);

    fprintf(stderr, "limpet-boot: %s: %s\n%s", what, error->message, error->report);
    return EXIT_FAILURE;
}

static int boot(Interp *interp, const char *output, Buffer *imports, Buffer *image)
{
    if (interp_session(interp, import_all, imports) != INTERP_OK)
        return fail(interp, "cannot compile the library");
    if (memory_mutate(&interp->memory, write_image, interp, image) != OK
        || image->failed)
        return fail(interp, "cannot write the image");
    if (!write_c_file(output, image)) {
        fprintf(stderr, "limpet-boot: cannot write %s\n", output);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    static const ApiBoot without_image = {.without_image = true};
    Buffer imports = {0}, image = {0};
    Interp *interp;

    if (argc < 3) {
        fprintf(stderr, "usage: limpet-boot IMAGE.C STDLIB_DIR LIBRARY.SLD...\n");
        return EXIT_FAILURE;
    }
    const char *dirs[] = {argv[2]};
    InterpOptions options = {.library_dirs = dirs, .library_dir_count = 1};
    if (li_api_open(&options, &without_image, &interp) != INTERP_OK) {
        fprintf(stderr, "limpet-boot: cannot start\n");
        return EXIT_FAILURE;
    }
    li_vm_compile_options(interp->vm)->forgets_positions = true;
    for (int i = 3; i < argc; i += 1)
        push_import(&imports, argv[i]);
    int code = boot(interp, argv[1], &imports, &image);
    li_buffer_free(&imports);
    li_buffer_free(&image);
    interp_close(interp);
    return code;
}
