/* memory.c - Memory: what owns the heap and the symbol map of one interpreter. */
#include "memory/memory.h"

#include "memory/os.h"

Status memory_open(Memory *memory, const ImmixOptions *options)
{
    *memory = (Memory){0};
    atomic_init(&memory->busy, false);
    atomic_init(&memory->session, 0);
    TRY(li_heap_open(&memory->heap, options));

    uint64_t random = li_os_entropy();
    /* Memories whose addresses differ by a multiple of 64 GiB have the same owner bits: then
     * a foreign ref is found out by its stamp alone, as a stale one. */
    uint32_t owner = (uint32_t)((uintptr_t)memory >> 4);

    memory->view.memory = memory;
    memory->view.heap = &memory->heap;
    li_refs_init(&memory->view.refs, &memory->heap, owner, random);
    li_refs_init(&memory->handles, &memory->heap, owner, random >> 1);
    return OK;
}

Status memory_close(Memory *memory, uint64_t *leaked)
{
    if (atomic_exchange_explicit(&memory->busy, true, memory_order_acquire))
        return ERR_SESSION;
    if (leaked != NULL)
        *leaked = memory->handles.used;
    li_refs_free(&memory->handles);
    li_refs_free(&memory->view.refs);
    memory->heap.collecting = true; /* finalisers find every door closed */
    li_heap_close(&memory->heap);
    atomic_store_explicit(&memory->busy, false, memory_order_release);
    return OK;
}

Status memory_retain(MutatorView *view, Value v, Handle *handle)
{
    Refs *table = &view->memory->handles;
    uint32_t index;

    TRY(li_refs_check(&view->refs));
    if (!li_heap_owns(view->heap, v))
        return ERR_FOREIGN;
    TRY(li_refs_take(table, v, &index));
    *handle = (Handle){table->slots[index].stamp, index, table->owner};
    return OK;
}

Status memory_handle_get(const MutatorView *view, Handle handle, Value *v)
{
    RootSlot *slot;

    TRY(li_refs_check(&view->refs));
    TRY(li_refs_find(&view->memory->handles, handle.owner, handle.index, handle.stamp,
                     &slot));
    *v = slot->value;
    return OK;
}

Status memory_handle_set(MutatorView *view, Handle handle, Value v)
{
    RootSlot *slot;

    TRY(li_refs_check(&view->refs));
    TRY(li_refs_find(&view->memory->handles, handle.owner, handle.index, handle.stamp,
                     &slot));
    if (!li_heap_owns(view->heap, v))
        return ERR_FOREIGN;
    slot->value = v;
    return OK;
}

static Status release(Memory *memory, Handle handle)
{
    RootSlot *slot;

    TRY(li_refs_find(&memory->handles, handle.owner, handle.index, handle.stamp,
                     &slot));
    li_refs_give_back(&memory->handles, handle.index);
    return OK;
}

Status memory_release(Memory *memory, Handle handle)
{
    if (!atomic_exchange_explicit(&memory->busy, true, memory_order_acquire)) {
        /* Between sessions: this call is one, for its short while. */
        Status status = release(memory, handle);

        atomic_store_explicit(&memory->busy, false, memory_order_release);
        return status;
    }
    if (atomic_load_explicit(&memory->session, memory_order_relaxed) != li_os_thread()
        || memory->heap.collecting)
        return ERR_SESSION;
    return release(memory, handle);
}

uint64_t memory_handle_count(const Memory *memory)
{
    return memory->handles.used;
}
