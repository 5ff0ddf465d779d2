/* refs.c - what keeps a value alive across a safepoint: refs, scopes and handles. */
#include "memory/refs.h"

#include <stdlib.h>

#include "memory/os.h"

/* ---- Tables ---- */

static void visit_slots(ImmixTracer *tracer, void *context)
{
    Refs *refs = context;

    for (uint32_t i = 0; i < refs->length; i += 1)
        immix_visit(tracer, &refs->slots[i].value.bits);
}

void li_refs_init(Refs *refs, Heap *heap, uint32_t owner, uint64_t first_stamp)
{
    *refs = (Refs){.heap = heap, .owner = owner, .next_stamp = first_stamp | 1};
    refs->provider = (RootProvider){.visit = visit_slots, .context = refs};
    li_heap_add_provider(heap, &refs->provider);
}

void li_refs_free(Refs *refs)
{
    if (refs->heap == NULL)
        return;
    li_heap_remove_provider(refs->heap, &refs->provider);
    immix_external_remove(refs->heap->immix,
                          refs->capacity * sizeof(RootSlot)
                              + refs->scope_capacity * sizeof(ScopeRecord));
    free(refs->slots);
    free(refs->scopes);
    *refs = (Refs){0};
}

/* Enlarges an array outside the heap and counts it against the heap's limit. */
static Status grow(Heap *heap, void **array, uint32_t *capacity, size_t item_bytes)
{
    uint32_t added = *capacity == 0 ? 64 : *capacity / 2;

    if (*capacity > UINT32_MAX - added)
        return ERR_BAD_SIZE;
    if (!immix_external_add(heap->immix, added * item_bytes))
        return ERR_NO_MEMORY;

    void *bigger = realloc(*array, ((size_t)*capacity + added) * item_bytes);

    if (bigger == NULL) {
        immix_external_remove(heap->immix, added * item_bytes);
        return ERR_NO_MEMORY;
    }
    *array = bigger;
    *capacity += added;
    return OK;
}

static uint64_t new_stamp(Refs *refs)
{
    uint64_t stamp = refs->next_stamp;

    refs->next_stamp += 2; /* odd, so that none is ever 0 */
    return stamp;
}

Status li_refs_push(Refs *refs, Value v, uint32_t *index)
{
    if (UNLIKELY(refs->length == refs->capacity)) {
        void *slots = refs->slots;
        Status status = grow(refs->heap, &slots, &refs->capacity, sizeof(RootSlot));

        refs->slots = slots;
        TRY(status);
    }
    refs->slots[refs->length] = (RootSlot){v, new_stamp(refs)};
    *index = refs->length;
    refs->length += 1;
    return OK;
}

Status li_refs_find(const Refs *refs, uint32_t owner, uint32_t index, uint64_t stamp,
                    RootSlot **slot)
{
    if (UNLIKELY(owner != refs->owner))
        return ERR_FOREIGN;
    if (UNLIKELY(index >= refs->length || refs->slots[index].stamp != stamp))
        return ERR_STALE;
    *slot = &refs->slots[index];
    return OK;
}

Status li_refs_take(Refs *refs, Value v, uint32_t *index)
{
    if (refs->free == 0) {
        TRY(li_refs_push(refs, v, index));
    } else {
        RootSlot *slot = &refs->slots[refs->free - 1];

        *index = refs->free - 1;
        refs->free = (uint32_t)value_to_fixnum(slot->value);
        *slot = (RootSlot){v, new_stamp(refs)};
    }
    refs->used += 1;
    return OK;
}

void li_refs_give_back(Refs *refs, uint32_t index)
{
    refs->slots[index] = (RootSlot){value_from_fixnum(refs->free), 0};
    refs->free = index + 1;
    refs->used -= 1;
}

static void truncate_to(Refs *refs, uint32_t length, uint32_t depth)
{
    ASSERT(length <= refs->length && depth <= refs->depth);
    for (uint32_t i = length; i < refs->length; i += 1)
        refs->slots[i].stamp = 0;
    refs->length = length;
    refs->depth = depth;
}

void li_refs_clear(Refs *refs)
{
    truncate_to(refs, 0, 0);
}

/* ---- Refs ---- */

Status li_refs_check(const Refs *refs)
{
    if (UNLIKELY(!refs->open))
        return ERR_STALE;
    ASSERT(refs->thread == li_os_thread());
    return UNLIKELY(refs->heap->collecting) ? ERR_SESSION : OK;
}

Status li_ref(Refs *refs, Value v, Ref *ref)
{
    uint32_t index;

    TRY(li_refs_check(refs));
    if (UNLIKELY(!li_heap_owns(refs->heap, v)))
        return ERR_FOREIGN;
    TRY(li_refs_push(refs, v, &index));
    *ref = (Ref){refs->slots[index].stamp, index, refs->owner};
    return OK;
}

Status li_get(const Refs *refs, Ref ref, Value *v)
{
    RootSlot *slot;

    TRY(li_refs_check(refs));
    TRY(li_refs_find(refs, ref.owner, ref.index, ref.stamp, &slot));
    *v = slot->value;
    return OK;
}

Status li_set(Refs *refs, Ref ref, Value v)
{
    RootSlot *slot;

    TRY(li_refs_check(refs));
    TRY(li_refs_find(refs, ref.owner, ref.index, ref.stamp, &slot));
    if (UNLIKELY(!li_heap_owns(refs->heap, v)))
        return ERR_FOREIGN;
    slot->value = v;
    return OK;
}

/* ---- Scopes ---- */

Status li_scope_open(Refs *refs, Scope *scope)
{
    TRY(li_refs_check(refs));
    if (refs->depth == refs->scope_capacity) {
        void *scopes = refs->scopes;
        Status status =
            grow(refs->heap, &scopes, &refs->scope_capacity, sizeof(ScopeRecord));

        refs->scopes = scopes;
        TRY(status);
    }
    refs->scopes[refs->depth] = (ScopeRecord){new_stamp(refs), refs->length};
    *scope = (Scope){refs->scopes[refs->depth].stamp, refs->depth, refs->owner};
    refs->depth += 1;
    return OK;
}

Status li_scope_close(Refs *refs, Scope scope)
{
    TRY(li_refs_check(refs));
    if (scope.owner != refs->owner)
        return ERR_FOREIGN;
    /* What is not open any more is stale; what is open but not innermost is out of order. */
    if (scope.depth >= refs->depth || refs->scopes[scope.depth].stamp != scope.stamp)
        return ERR_STALE;
    if (scope.depth != refs->depth - 1)
        return ERR_SCOPE;
    truncate_to(refs, refs->scopes[scope.depth].length, scope.depth);
    return OK;
}

RefMark li_refs_mark(const Refs *refs)
{
    return (RefMark){refs->length, refs->depth};
}

void li_refs_truncate(Refs *refs, RefMark mark)
{
    ASSERT(mark.depth == refs->depth);
    truncate_to(refs, mark.length, mark.depth);
}

uint32_t li_refs_count(const Refs *refs)
{
    return refs->length;
}
