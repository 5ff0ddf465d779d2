/* tools.c - bindings, printing, completion, listings and statistics. */
#include <stdlib.h>

#include "api/api.h"
#include "compiler/compiler.h"
#include "compiler/disassemble.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/layout.h"
#include "syntax/printer.h"
#include "vm/profile.h"

/* ---- Bindings of the interaction environment ---- */

typedef struct Definition {
    const char *name;
    interp_ref value;
    Ref environment;
} Definition;

static Status define(Interp *interp, const void *input, Value *v)
{
    const Definition *definition = input;
    Heap *heap = &interp->memory.heap;
    Value symbol, environment, value;

    TRY(li_intern(heap, definition->name, &symbol));
    TRY(api_get(interp, definition->value, &value));
    TRY(li_get(api_refs(interp), definition->environment, &environment));
    TRY(li_environment_define(heap, environment, symbol, value));
    *v = symbol;
    return OK;
}

InterpStatus interp_define(Interp *interp, const char *name, interp_ref value)
{
    Definition definition = {.name = name, .value = value};
    interp_ref symbol;

    API_TRY(interp, li_api_interaction(interp, &definition.environment));
    return li_api_make(interp, define, &definition, &symbol);
}

InterpStatus interp_lookup(Interp *interp, const char *name, interp_ref *value)
{
    Ref environment;
    interp_ref symbol;
    Value e, s, binding;

    API_TRY(interp, li_api_interaction(interp, &environment));
    InterpStatus status = interp_symbol(interp, name, strlen(name), &symbol);
    if (status != INTERP_OK)
        return status;
    API_TRY(interp, li_get(api_refs(interp), environment, &e));
    API_TRY(interp, api_get(interp, symbol, &s));
    if (!li_environment_lookup(e, s, &binding) || !value_has_type(binding, T_GLOBAL)
        || value_is_eq(value_to_global(binding)->value, VALUE_UNBOUND))
        return li_api_fail_bare(interp, INTERP_NOT_FOUND, "no such variable", name);
    return api_give(interp, value_to_global(binding)->value, value);
}

/* ---- Completion ---- */

typedef struct Completion {
    const char *prefix;
    void (*each)(const char *name, void *context);
    void *context;
    Buffer names; /* one after the other, each with its NUL */
    size_t count;
} Completion;

static void collect_name(Value name, Value binding, void *context)
{
    Completion *completion = context;
    const Text *text;
    char *utf8;

    (void)binding;
    if (!value_is_symbol(name))
        return;
    text = symbol_text(name);
    if (li_text_c_string(text, &utf8) != OK) {
        completion->names.failed = true;
        return;
    }
    if (strncmp(utf8, completion->prefix, strlen(completion->prefix)) == 0) {
        li_buffer_push(&completion->names, utf8, strlen(utf8) + 1);
        completion->count += 1;
    }
    free(utf8);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static Status report_names(Completion *completion)
{
    const char **sorted = calloc(completion->count + 1, sizeof *sorted);
    const char *at = li_buffer_c_string(&completion->names);

    if (sorted == NULL || completion->names.failed) {
        free(sorted);
        return ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < completion->count; i += 1) {
        sorted[i] = at;
        at += strlen(at) + 1;
    }
    qsort(sorted, completion->count, sizeof *sorted, compare_names);
    for (size_t i = 0; i < completion->count; i += 1)
        completion->each(sorted[i], completion->context);
    free(sorted);
    return OK;
}

static InterpStatus complete(Interp *interp, void *context)
{
    Completion *completion = context;
    Ref environment;
    Value e;

    API_TRY(interp, li_api_interaction(interp, &environment));
    API_TRY(interp, li_get(api_refs(interp), environment, &e));
    li_environment_each(e, collect_name, completion);
    Status status = report_names(completion);
    li_buffer_free(&completion->names);
    API_TRY(interp, status);
    return INTERP_OK;
}

InterpStatus interp_complete(Interp *interp, const char *prefix,
                             void (*each)(const char *name, void *context),
                             void *context)
{
    Completion completion = {.prefix = prefix, .each = each, .context = context};

    return interp_session(interp, complete, &completion);
}

/* ---- Text of values and code ---- */

static InterpStatus print(Interp *interp, interp_ref ref, PrintStyle style,
                          InterpText *text)
{
    Value v;
    Buffer buffer = {0};

    API_TRY(interp, api_get(interp, ref, &v));
    Status status = li_print(&interp->memory.heap, v, style, 0, &buffer);
    if (status != OK) {
        li_buffer_free(&buffer);
        return li_api_fail(interp, status);
    }
    return li_api_take_text(interp, &buffer, text);
}

InterpStatus interp_write(Interp *interp, interp_ref ref, InterpText *text)
{
    return print(interp, ref, PRINT_WRITE, text);
}

InterpStatus interp_display(Interp *interp, interp_ref ref, InterpText *text)
{
    return print(interp, ref, PRINT_DISPLAY, text);
}

static Status expand(Interp *interp, Value datum, Value environment, Buffer *to)
{
    TopForm form = {.datum = datum, .environment = environment};
    Buffer line = {0};
    Arena arena;
    Node *node = NULL;

    li_arena_init(&arena, &interp->memory.heap);
    Status status = li_expand(interp->vm, &arena, &form, &node);
    if (status == OK && node != NULL)
        li_ast_print(node, &line);
    li_layout(line.bytes, line.length, to);
    to->failed |= line.failed;
    li_buffer_free(&line);
    li_arena_free(&arena);
    return status;
}

InterpStatus interp_expand(Interp *interp, interp_ref datum, InterpText *text)
{
    Ref environment;
    Value d, e;
    Buffer buffer = {0};

    API_TRY(interp, li_api_interaction(interp, &environment));
    API_TRY(interp, api_get(interp, datum, &d));
    API_TRY(interp, li_get(api_refs(interp), environment, &e));
    Status status = expand(interp, d, e, &buffer);
    if (status != OK) {
        li_buffer_free(&buffer);
        return li_api_fail(interp, status);
    }
    return li_api_take_text(interp, &buffer, text);
}

InterpStatus interp_disassemble(Interp *interp, interp_ref procedure, InterpText *text)
{
    Value v;
    Buffer buffer = {0};

    API_TRY(interp, api_get(interp, procedure, &v));
    if (!value_is_closure(v))
        return li_api_fail(interp, ERR_TYPE);
    li_disassemble(value_to_code(value_to_closure(v)->code), &buffer, true);
    return li_api_take_text(interp, &buffer, text);
}

InterpStatus interp_profile(Interp *interp, InterpText *text)
{
    Buffer buffer = {0};

    if (interp->vm->profile == NULL)
        return li_api_fail_bare(interp, INTERP_USAGE, "nothing was counted", "");
    li_profile_report(interp->vm->profile, &buffer);
    return li_api_take_text(interp, &buffer, text);
}

/* ---- Collection and statistics ---- */

InterpStatus interp_collect(Interp *interp)
{
    API_TRY(interp, memory_collect(&interp->memory.view, IMMIX_FULL));
    return INTERP_OK;
}

static uint64_t longer(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

void interp_stats(const Interp *interp, InterpStats *stats)
{
    ImmixStats heap;

    immix_stats(interp->memory.heap.immix, &heap);
    *stats = (InterpStats){
        .minor_collections = heap.collections[IMMIX_MINOR],
        .full_collections =
            heap.collections[IMMIX_FULL] + heap.collections[IMMIX_EVACUATE],
        .evacuating_collections = heap.collections[IMMIX_EVACUATE],
        .pause_p50_ns = immix_pause_permille_ns(&heap, 500),
        .pause_p90_ns = immix_pause_permille_ns(&heap, 900),
        .pause_p99_ns = immix_pause_permille_ns(&heap, 990),
        .pause_max_ns = heap.pause_max_ns,
        .pause_total_ns = heap.pause_total_ns,
        .minor_max_ns = heap.pause_max_by_kind_ns[IMMIX_MINOR],
        .full_max_ns = longer(heap.pause_max_by_kind_ns[IMMIX_FULL],
                              heap.pause_max_by_kind_ns[IMMIX_EVACUATE]),
        .minor_total_ns = heap.pause_total_by_kind_ns[IMMIX_MINOR],
        .full_total_ns = heap.pause_total_by_kind_ns[IMMIX_FULL]
                       + heap.pause_total_by_kind_ns[IMMIX_EVACUATE],
        .allocated_bytes = heap.allocated_bytes,
        .promoted_bytes = heap.promoted_bytes,
        .moved_bytes = heap.moved_bytes,
        .finalized_count = heap.finalized_count,
        .broken_count = heap.broken_count,
        .live_bytes = heap.live_bytes,
        .old_bytes = heap.old_bytes,
        .held_bytes = heap.held_bytes,
        .block_bytes = heap.block_bytes,
        .large_bytes = heap.large_bytes,
        .external_bytes = heap.external_bytes,
        .free_bytes = heap.free_bytes,
        .table_bytes = heap.table_bytes,
        .hole_bytes = heap.hole_bytes,
        .large_count = heap.large_count,
        .peak_bytes = heap.peak_bytes,
        .limit_bytes = heap.limit_bytes,
        .resident_bytes = immix_resident_bytes(interp->memory.heap.immix),
    };
}
