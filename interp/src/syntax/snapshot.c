/* snapshot.c - see snapshot.h. */
#include "syntax/snapshot.h"

#include "syntax/expander_internal.h"

enum {
    SNAPSHOT_CORE,
    SNAPSHOT_PRIMITIVES,
    SNAPSHOT_NEXT_IDENTIFIER,
    SNAPSHOT_LIBRARIES, /* the first of them */
};

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
        items[SNAPSHOT_LIBRARIES + i] = libraries->items[i];
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
