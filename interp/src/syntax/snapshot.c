/* snapshot.c - see snapshot.h. */
#include "syntax/snapshot.h"

#include "syntax/expander_internal.h"
#include "syntax/syntaxrules.h"

enum {
    SNAPSHOT_CORE,
    SNAPSHOT_PRIMITIVES,
    SNAPSHOT_NEXT_IDENTIFIER,
    SNAPSHOT_LIBRARIES, /* the first of them */
};

/* ---- Libraries --------------------------------------------------------------------------- */

typedef struct MacroSearch {
    Value environment;
    bool found;
} MacroSearch;

static void look_for_macro(Value name UNUSED, Value binding, void *context)
{
    MacroSearch *search = context;

    if (value_has_type(binding, T_MACRO)
        && value_is_eq(((const Macro *)value_to_object(binding))->environment,
                       search->environment))
        search->found = true;
}

/* True if something can be expanded in the library's environment yet. */
static bool has_macros(const Library *library)
{
    MacroSearch search = {library->environment, false};

    li_environment_each(library->environment, look_for_macro, &search);
    return search.found;
}

/* An environment with what the library exports, and nothing of what it imports and keeps. */
static Status exported_only(Heap *heap, const Library *library, Value *environment)
{
    const Environment *whole = value_to_environment(library->environment);

    TRY(li_environment_new(heap, value_to_fixnum(whole->flags), whole->name,
                           environment));
    for (uint32_t i = 1; i < vector_length(library->exports); i += 2) {
        Value name = vector_items(library->exports)[i], binding;
        Origin origin = li_environment_find(library->environment, name, &binding);

        if (origin != ORIGIN_NONE)
            TRY(li_environment_bind(heap, *environment, name, binding, origin));
    }
    return OK;
}

/* The library as the image keeps it: nothing is expanded in most of them again, and what they
 * import would be the larger part of the image. */
static Status lean_library(Heap *heap, Value whole, Value *lean)
{
    const Library *library = value_to_library(whole);
    Value environment;

    *lean = whole;
    if (!value_is_vector(library->exports)
        || !value_has_type(library->environment, T_ENVIRONMENT) || has_macros(library))
        return OK;
    TRY(exported_only(heap, library, &environment));
    TRY(li_library_new(heap, library->name, LIBRARY_EXPANDED, lean));
    *value_to_library(*lean) = *library; /* nothing to remember: it is new */
    value_to_library(*lean)->environment = environment;
    return OK;
}

/* ---- All of it --------------------------------------------------------------------------- */

Status li_expander_snapshot(Vm *vm, Value *snapshot)
{
    const Expander *expander = li_vm_expander(vm);
    const Libraries *libraries = &expander->libraries;
    Value vector;

    TRY(li_vector(li_vm_heap(vm), SNAPSHOT_LIBRARIES + libraries->count, VALUE_FALSE,
                  &vector));
    Value *items = vector_items(vector);
    items[SNAPSHOT_CORE] = expander->core;
    items[SNAPSHOT_PRIMITIVES] = expander->primitives;
    items[SNAPSHOT_NEXT_IDENTIFIER] =
        value_from_fixnum((int64_t)expander->next_identifier);
    for (size_t i = 0; i < libraries->count; i += 1)
        TRY(lean_library(li_vm_heap(vm), libraries->items[i],
                         &items[SNAPSHOT_LIBRARIES + i]));
    *snapshot = vector;
    return OK;
}

Status li_expander_restore(Vm *vm, Value snapshot)
{
    Expander *expander = li_vm_expander(vm);
    Libraries *libraries = &expander->libraries;

    if (!value_is_vector(snapshot) || vector_length(snapshot) < SNAPSHOT_LIBRARIES)
        return ERR_ENCODING;
    const Value *items = vector_items(snapshot);
    if (!value_has_type(items[SNAPSHOT_CORE], T_ENVIRONMENT)
        || !value_has_type(items[SNAPSHOT_PRIMITIVES], T_ENVIRONMENT)
        || !value_is_fixnum(items[SNAPSHOT_NEXT_IDENTIFIER]))
        return ERR_ENCODING;
    expander->core = items[SNAPSHOT_CORE];
    expander->primitives = items[SNAPSHOT_PRIMITIVES];
    expander->next_identifier =
        (uint64_t)value_to_fixnum(items[SNAPSHOT_NEXT_IDENTIFIER]);
    libraries->count = 0;
    for (uint32_t i = SNAPSHOT_LIBRARIES; i < vector_length(snapshot); i += 1) {
        if (!value_has_type(items[i], T_LIBRARY))
            return ERR_ENCODING;
        TRY(li_libraries_add(libraries, items[i]));
    }
    return OK;
}
