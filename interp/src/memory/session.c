/* session.c - the mutate session: the only way to the heap of a Memory. */
#include "memory/session.h"

#include "memory/os.h"

Status memory_mutate(Memory *memory, Mutator mutator, void *input, void *output)
{
    MutatorView *view = &memory->view;

    if (atomic_exchange_explicit(&memory->busy, true, memory_order_acquire))
        return ERR_SESSION;
    atomic_store_explicit(&memory->session, li_os_thread(), memory_order_relaxed);
    view->refs.thread = li_os_thread();
    view->refs.open = true;

    Status status = mutator(view, input, output);

    view->refs.open = false;
    li_refs_clear(&view->refs);
    atomic_store_explicit(&memory->session, 0, memory_order_relaxed);
    atomic_store_explicit(&memory->busy, false, memory_order_release);
    return status;
}

Status memory_collect(MutatorView *view, ImmixCollection kind)
{
    TRY(li_refs_check(&view->refs));
    view->heap->collecting = true;
    immix_collect(view->heap->immix, kind);
    view->heap->collecting = false;
    return OK;
}

Status memory_make_room(MutatorView *view, size_t bytes)
{
    static const ImmixCollection ladder[] = {IMMIX_MINOR, IMMIX_FULL, IMMIX_EVACUATE};

    for (size_t step = 0; !immix_has_room(view->heap->immix, bytes); step += 1) {
        if (step == sizeof ladder / sizeof ladder[0])
            return ERR_NO_MEMORY;
        TRY(memory_collect(view, ladder[step]));
    }
    return OK;
}
