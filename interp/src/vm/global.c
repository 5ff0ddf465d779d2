/* global.c - cells of top-level variables. */
#include "vm/global.h"

#include "vm/code.h"

Status li_global_new(Heap *heap, Value name, Value *cell)
{
    Global *object = li_alloc(heap, T_GLOBAL, 0, sizeof(Global) / sizeof(Value));

    if (object == NULL)
        return ERR_NO_MEMORY;
    object->value = VALUE_UNBOUND;
    object->key = GLOBAL_NO_KEY;
    object->entry = value_from_fixnum(0);
    object->name = name;
    object->flags = value_from_fixnum(0);
    immix_pin(heap->immix, object);
    *cell = value_from_object(object);
    return OK;
}

void li_global_set(Heap *heap, Global *cell, Value value)
{
    cell->key = GLOBAL_NO_KEY;
    cell->entry = value_from_fixnum(0);
    if (value_is_closure(value)
        && immix_extra_of(value_to_object(value)) <= CLOSURE_MAX_FIXED) {
        cell->key.bits = (uint64_t)immix_type_and_extra_of(value_to_object(value))
                      << 16;
        cell->entry = value_to_closure(value)->entry;
    }
    li_store(heap, cell, &cell->value, value);
}
