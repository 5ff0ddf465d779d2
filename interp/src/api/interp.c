/* interp.c - opening and closing an interpreter, and its sessions. */
#include "api/api.h"

#include <stdlib.h>
#include <unistd.h>

#include "api/library_image.h"
#include "containers/text.h"
#include "syntax/expander.h"
#include "syntax/source.h"
#include "types/port.h"
#include "vm/boot.h"
#include "vm/image.h"
#include "vm/profile.h"

const char *interp_version(void)
{
    return LIMPET_VERSION;
}

/* ---- The standard ports ---- */

static int64_t read_stream(void *context, char *bytes, size_t capacity)
{
    const InterpStream *stream = context;

    return (int64_t)stream->read(stream->context, bytes, capacity);
}

static int64_t write_stream(void *context, const char *bytes, size_t count)
{
    const InterpStream *stream = context;

    return stream->write(stream->context, bytes, count) ? (int64_t)count : -1;
}

static int64_t read_nothing(void *context, char *bytes, size_t capacity)
{
    (void)context;
    (void)bytes;
    (void)capacity;
    return 0;
}

static int64_t write_nothing(void *context, const char *bytes, size_t count)
{
    (void)context;
    (void)bytes;
    return (int64_t)count;
}

static bool stream_is_valid(const InterpStream *stream, bool is_input)
{
    if ((unsigned)stream->kind > INTERP_STREAM_NONE)
        return false;
    if (stream->kind != INTERP_STREAM_CALLBACK)
        return true;
    return is_input ? stream->read != NULL : stream->write != NULL;
}

/* The port of interp->streams[which]: 0 input, 1 output, 2 error. */
static Status make_port(Interp *interp, PortTable *table, int which, Value *port)
{
    static const char *const names[3] = {"stdin", "stdout", "stderr"};
    InterpStream *stream = &interp->streams[which];
    Heap *heap = &interp->memory.heap;
    unsigned direction = which == 0 ? PORT_INPUT : PORT_OUTPUT;
    PortBuffering buffering = which == 2 ? PORT_BUFFER_NONE : PORT_BUFFER_FULL;
    PortCallbacks callbacks = {.context = stream};

    if (stream->kind == INTERP_STREAM_STANDARD || stream->kind == INTERP_STREAM_FD) {
        int fd = stream->kind == INTERP_STREAM_FD ? stream->fd : which;

        return li_port_from_fd(heap, table, fd, direction | PORT_TEXTUAL, names[which],
                               buffering, port);
    }
    bool is_callback = stream->kind == INTERP_STREAM_CALLBACK;
    if (which == 0)
        callbacks.read = is_callback ? read_stream : read_nothing;
    else
        callbacks.write = is_callback ? write_stream : write_nothing;
    return li_port_from_callbacks(heap, table, &callbacks, PORT_TEXTUAL, names[which],
                                  buffering, port);
}

static Status make_ports(Interp *interp)
{
    Value ports[3];

    for (int i = 0; i < 3; i += 1)
        TRY(make_port(interp, interp->vm->port_table, i, &ports[i]));
    return li_vm_make_port_parameters(interp->vm, ports);
}

static bool is_interrupted(void *context)
{
    return li_vm_is_interrupted(context);
}

/* ---- Opening ---- */

/* What the mutator that sets the interpreter up is given. */
typedef struct Opening {
    Interp *interp;
    const InterpOptions *options;
    const ApiBoot *boot;
} Opening;

/* It is an error to change the strings. */
static Status set_command_line(Interp *interp, const InterpOptions *options)
{
    Heap *heap = &interp->memory.heap;
    Value list = VALUE_NIL, word;

    for (size_t i = options->command_line_count; i > 0; i -= 1) {
        const char *text = options->command_line[i - 1];

        TRY(li_text_from_utf8_lossy(heap, text, strlen(text), &word));
        li_set_immutable(value_to_object(word));
        TRY(li_cons(heap, word, list, &list));
    }
    interp->vm->command_line = list;
    return OK;
}

static Status set_library_dirs(Interp *interp, const InterpOptions *options)
{
    Libraries *libraries = li_expander_libraries(interp->vm->expander);

    for (size_t i = 0; i < options->library_dir_count; i += 1)
        TRY(li_libraries_add_path(libraries, options->library_dirs[i], false));
    return OK;
}

static void set_dump(Interp *interp, unsigned dump)
{
    CompileOptions *options = li_vm_compile_options(interp->vm);

    options->dump_optimised = (dump & INTERP_DUMP_OPTIMISED) != 0;
    options->dump_ast = (dump & INTERP_DUMP_AST) != 0;
    options->dump_bytecode = (dump & INTERP_DUMP_BYTECODE) != 0;
    options->dump = &interp->dump;
}

static Status load_library(Interp *interp, const ApiBoot *boot)
{
    if (boot != NULL && boot->without_image)
        return li_vm_define_primitives(interp->vm);
    return li_image_read(interp->vm, li_image, li_image_bytes);
}

static Status set_up(MutatorView *view, void *input, void *output)
{
    const Opening *opening = input;
    Interp *interp = opening->interp;
    const InterpOptions *options = opening->options;
    VmOptions vm_options = {options->stress, options->max_heap_bytes};

    (void)output;
    TRY(li_vm_new(view->heap, &vm_options, &interp->vm));
    interp->vm->port_table = &interp->port_table;
    interp->vm->sources = interp->sources;
    interp->port_table.interrupted = is_interrupted;
    interp->port_table.context = interp->vm;
    TRY(li_expander_new(interp->vm, &interp->vm->expander));
    TRY(make_ports(interp));
    TRY(load_library(interp, opening->boot));
    TRY(set_command_line(interp, options));
    TRY(set_library_dirs(interp, options));
    set_dump(interp, options->dump);
    li_vm_compile_options(interp->vm)->unoptimised = options->unoptimised;
    interp->warns = options->warn;
    interp->vm->full_backtraces = options->full_backtraces;
    if (options->profile_opcodes) {
        interp->vm->profile = li_profile_new();
        if (interp->vm->profile == NULL)
            return ERR_NO_MEMORY;
    }
    immix_fail_after(view->heap->immix, options->fail_alloc);
    return OK;
}

static Status open_parts(Interp *interp, const InterpOptions *options,
                         const ApiBoot *boot)
{
    ImmixOptions heap_options = {
        .limit_bytes = options->max_heap_bytes,
        .stress = options->stress > 0 ? 2 : 0, /* minor and full ones in turn */
        .verify = options->verify,
        .nursery_bytes = options->nursery_bytes,
        .growth_percent = options->heap_growth_percent,
        .fail_count = options->fail_alloc_count,
    };
    Opening opening = {interp, options, boot};

    interp->streams[0] = options->input;
    interp->streams[1] = options->output;
    interp->streams[2] = options->error;
    li_ports_init(&interp->port_table);
    TRY(memory_open(&interp->memory, &heap_options));
    interp->has_memory = true;
    TRY(li_sources_new(&interp->sources));
    return memory_mutate(&interp->memory, set_up, &opening, NULL);
}

static void close_parts(Interp *interp)
{
    if (interp->vm != NULL) {
        if (interp->vm->expander != NULL)
            li_expander_free(interp->vm->expander);
        li_vm_free(interp->vm);
    }
    if (interp->has_memory) {
        Status status = memory_close(&interp->memory, NULL);

        CHECK(status == OK);
    }
    li_sources_free(interp->sources);
    li_buffer_free(&interp->dump);
    li_buffer_free(&interp->error_message);
    li_buffer_free(&interp->error_file);
    li_buffer_free(&interp->error_report);
    free(interp);
}

InterpStatus li_api_open(const InterpOptions *options, const ApiBoot *boot,
                         Interp **result)
{
    static const InterpOptions defaults = {0};
    Interp *interp;

    if (options == NULL)
        options = &defaults;
    if (!stream_is_valid(&options->input, true)
        || !stream_is_valid(&options->output, false)
        || !stream_is_valid(&options->error, false))
        return INTERP_USAGE;
    interp = calloc(1, sizeof *interp);
    if (interp == NULL)
        return INTERP_NO_MEMORY;

    Status status = open_parts(interp, options, boot);
    if (status != OK) {
        InterpStatus failure = li_api_fail(interp, status);

        close_parts(interp);
        return failure;
    }
    li_api_no_failure(interp);
    *result = interp;
    return INTERP_OK;
}

InterpStatus interp_open(const InterpOptions *options, Interp **interp)
{
    return li_api_open(options, NULL, interp);
}

void interp_close(Interp *interp)
{
    if (interp == NULL)
        return;
    CHECK(!atomic_load(&interp->memory.busy));
    (void)!interp_flush(interp);
    close_parts(interp);
}

/* ---- Sessions ---- */

typedef struct SessionCall {
    Interp *interp;
    InterpBody body;
    void *context;
} SessionCall;

static Status run_body(MutatorView *view, void *input, void *output)
{
    const SessionCall *call = input;
    Interp *interp = call->interp;

    interp->vm->interrupted = 0;
    li_vm_use_refs(interp->vm, &view->refs);
    *(InterpStatus *)output = call->body(interp, call->context);
    li_api_release_borrows(interp);
    li_vm_use_refs(interp->vm, NULL);
    return OK;
}

/* The failure is not noted: another thread may be using the interpreter. */
InterpStatus interp_session(Interp *interp, InterpBody body, void *context)
{
    SessionCall call = {interp, body, context};
    InterpStatus result = INTERP_OK;

    if (memory_mutate(&interp->memory, run_body, &call, &result) != OK)
        return INTERP_SESSION_STATE;
    return result;
}

void interp_interrupt(Interp *interp)
{
    li_vm_interrupt(interp->vm);
}

int interp_exit_code(const Interp *interp)
{
    return interp->vm->exit_code;
}

InterpStatus interp_flush(Interp *interp)
{
    API_TRY(interp, li_ports_flush_all(&interp->port_table));
    return INTERP_OK;
}

InterpStatus interp_fresh_line(Interp *interp)
{
    API_TRY(interp, li_ports_fresh_line(&interp->port_table));
    return interp_flush(interp);
}
