/* prim_gc.c - (limpet gc): collecting, and what the collector counts. */
#include "containers/symbolmap.h"
#include "lib/tables.h"
#include "types/number.h"
#include "vm/vm.h"

static Status gc(Vm *vm, Args args UNUSED, Value *result)
{
    vm->collect_requested = true;
    __atomic_store_n(&vm->limit, NULL, __ATOMIC_SEQ_CST);
    *result = VALUE_UNSPECIFIED;
    return OK;
}

typedef struct Figure {
    const char *name;
    uint64_t value;
} Figure;

static Status cons_figure(Heap *heap, const Figure *figure, Value *list)
{
    Value name, value, pair;

    TRY(li_intern(heap, figure->name, &name));
    TRY(li_num_from_uint64(heap, figure->value, &value));
    TRY(li_cons(heap, name, value, &pair));
    return li_cons(heap, pair, *list, list);
}

static Status gc_stats(Vm *vm, Args args UNUSED, Value *result)
{
    ImmixHeap *immix = li_vm_heap(vm)->immix;
    Value list = VALUE_NIL;
    ImmixStats s;

    immix_stats(immix, &s);
    const Figure figures[] = {
        {"minor-collections", s.collections[IMMIX_MINOR]},
        {"full-collections", s.collections[IMMIX_FULL]},
        {"evacuating-collections", s.collections[IMMIX_EVACUATE]},
        {"pause-p50-ns", immix_pause_permille_ns(&s, 500)},
        {"pause-p90-ns", immix_pause_permille_ns(&s, 900)},
        {"pause-p99-ns", immix_pause_permille_ns(&s, 990)},
        {"pause-max-ns", s.pause_max_ns},
        {"pause-total-ns", s.pause_total_ns},
        {"allocated-bytes", s.allocated_bytes},
        {"promoted-bytes", s.promoted_bytes},
        {"moved-bytes", s.moved_bytes},
        {"finalized", s.finalized_count},
        {"broken", s.broken_count},
        {"live-bytes", s.live_bytes},
        {"old-bytes", s.old_bytes},
        {"held-bytes", s.held_bytes},
        {"peak-bytes", s.peak_bytes},
        {"limit-bytes", s.limit_bytes},
        {"resident-bytes", immix_resident_bytes(immix)},
        {"block-bytes", s.block_bytes},
        {"hole-bytes", s.hole_bytes},
        {"large-bytes", s.large_bytes},
        {"large-objects", s.large_count},
        {"external-bytes", s.external_bytes},
        {"free-bytes", s.free_bytes},
        {"table-bytes", s.table_bytes},
    };

    for (size_t i = sizeof figures / sizeof figures[0]; i-- > 0;)
        TRY(cons_figure(li_vm_heap(vm), &figures[i], &list));
    *result = list;
    return OK;
}

const PrimDef li_gc_prims[] = {
    {"gc", gc, 0, 0, "(gc)", "Collects all garbage at the next safepoint."},
    {"gc-stats", gc_stats, 0, 0, "(gc-stats)",
     "What the collector has counted so far, as an association list from symbols to exact "
     "integers."},
    {0},
};
