/* heap.c - the heap as Lisp sees it: types, roots, and the objects without a file of their
 * own. */
#include "memory/heap.h"

#include "memory/os.h"

_Static_assert((int)T_FILLER == (int)IMMIX_TYPE_FILLER, "type 0 is immix's own");
_Static_assert((int)TYPE_COUNT <= (int)IMMIX_TYPE_COUNT, "types fit the header's byte");
_Static_assert(sizeof(Pair) == 2 * IMMIX_GRANULE_BYTES, "a pair is two words");

/* What this layer takes from those above it: a heap has a symbol map from the beginning, and
 * a type's descriptor is constant and complete, the closing of a dead port's file included. */
Status li_symbolmap_new(Heap *heap, struct SymbolMap **result);
void li_symbolmap_free(struct SymbolMap *map);
void li_port_finalize(void *object, void *context);

const ImmixType li_types[IMMIX_TYPE_COUNT] = {
#define TYPE(type, text, how, head)                                 \
    [T_##type] = {                                                  \
        .name = text,                                               \
        .trace = IMMIX_TRACE_##how,                                 \
        .head_words = head,                                         \
        .finalize = T_##type == T_PORT ? li_port_finalize : NULL,   \
    },
#include "memory/types.def"
#undef TYPE
};

/* ---- Opening and closing ---- */

static void visit_roots(ImmixTracer *tracer, void *context)
{
    Heap *heap = context;

    for (RootProvider *p = heap->providers; p != NULL; p = p->next)
        p->visit(tracer, p->context);
}

static void sweep_weak(ImmixTracer *tracer, void *context)
{
    Heap *heap = context;

    for (RootProvider *p = heap->providers; p != NULL; p = p->next) {
        if (p->sweep != NULL)
            p->sweep(tracer, p->context);
    }
}

static void collection_wanted(void *context)
{
    Heap *heap = context;

    if (heap->on_wanted != NULL)
        heap->on_wanted(heap->on_wanted_context);
}

Status li_heap_open(Heap *heap, const ImmixOptions *options)
{
    ImmixClient client = {
        .context = heap,
        .reference_tags = REFERENCE_TAGS,
        .types = li_types,
        .visit_roots = visit_roots,
        .sweep_weak = sweep_weak,
        .collection_wanted = collection_wanted,
        .broken = VALUE_ABSENT.bits,
    };

    *heap = (Heap){0};
    heap->immix = immix_open(&client, options);
    if (heap->immix == NULL)
        return ERR_NO_MEMORY;

    Status status = li_symbolmap_new(heap, &heap->symbols);

    if (status != OK)
        li_heap_close(heap);
    return status;
}

void li_heap_close(Heap *heap)
{
    if (heap->immix != NULL)
        immix_close(heap->immix);
    li_symbolmap_free(heap->symbols);
    *heap = (Heap){0};
}

void li_heap_add_provider(Heap *heap, RootProvider *provider)
{
    provider->next = heap->providers;
    heap->providers = provider;
}

void li_heap_remove_provider(Heap *heap, RootProvider *provider)
{
    for (RootProvider **p = &heap->providers; *p != NULL; p = &(*p)->next) {
        if (*p == provider) {
            *p = provider->next;
            provider->next = NULL;
            return;
        }
    }
}

/* ---- Pairs with positions ---- */

enum {
    PAIR_GRANULES = 2,
    PLACED_PAIR_GRANULES = 3
};

typedef struct PlacedPair {
    Pair pair;
    Value position; /* a fixnum, so that the tracer may read it */
} PlacedPair;

Status li_cons_at(Heap *heap, Value car, Value cdr, uint64_t position, Value *result)
{
    PlacedPair *placed = li_alloc(heap, T_PAIR, 0, PLACED_PAIR_GRANULES);

    if (UNLIKELY(placed == NULL))
        return ERR_NO_MEMORY;
    ASSERT(position <= (uint64_t)FIXNUM_MAX);
    placed->pair = (Pair){car, cdr};
    placed->position = value_from_fixnum((int64_t)position);
    *result = value_from_pair(&placed->pair);
    return OK;
}

uint64_t li_pair_position(Value pair)
{
    const Pair *p = value_to_pair(pair);

    if (immix_granules_of(p) < PLACED_PAIR_GRANULES)
        return 0;
    return (uint64_t)value_to_fixnum(((const PlacedPair *)p)->position);
}

/* ---- Flonums and vectors ---- */

Status li_flonum_box(Heap *heap, double d, Value *result)
{
    double *box = immix_alloc(heap->immix, immix_header(T_FLONUM, 0, 1, IMMIX_LEAF));

    if (UNLIKELY(box == NULL))
        return ERR_NO_MEMORY;
    *box = d;
    *result = value_from_object(box);
    return OK;
}

static Status vector_uninitialized(Heap *heap, uint64_t length, Value **items)
{
    if (length > IMMIX_MAX_GRANULES)
        return ERR_BAD_SIZE;
    *items = li_alloc(heap, T_VECTOR, 0, (uint32_t)length);
    return UNLIKELY(*items == NULL) ? ERR_NO_MEMORY : OK;
}

Status li_vector(Heap *heap, uint64_t length, Value fill, Value *result)
{
    Value *items;

    TRY(vector_uninitialized(heap, length, &items));
    for (uint64_t i = 0; i < length; i += 1)
        items[i] = fill;
    *result = value_from_object(items);
    return OK;
}

Status li_vector_from(Heap *heap, const Value *from, uint64_t length, Value *result)
{
    Value *items;

    TRY(vector_uninitialized(heap, length, &items));
    if (length != 0)
        memcpy(items, from, length * sizeof(Value));
    *result = value_from_object(items);
    return OK;
}

/* ---- Lists ---- */

/* From the first to the last, so that a walk along the list is one along memory. `step` is 0 for a
 * list of the first item alone. */
ALWAYS_INLINE Status list_of(Heap *heap, const Value *item, uint64_t step, uint64_t count,
                             Value tail, Value *result)
{
    Value first = tail;
    Value *end = &first;

    while (count > 0) {
        PairRun run;
        TRY(li_pair_run(heap, count, &run));
        Pair *pair = run.first, *last = pair;

        *end = value_from_pair(pair);
        count -= run.count;
        for (uint64_t i = 0; i < run.count; i += 1, item += step) {
            last = pair;
            pair = pair_place(pair, *item, value_from_pair(pair_behind(pair)));
        }
        last->cdr = tail;
        end = &last->cdr;
    }
    *result = first;
    return OK;
}

Status li_pair_list_from(Heap *heap, const Value *items, uint64_t count, Value tail,
                    Value *result)
{
    return list_of(heap, items, 1, count, tail, result);
}

Status li_pair_list_fill(Heap *heap, Value item, uint64_t count, Value *result)
{
    return list_of(heap, &item, 0, count, VALUE_NIL, result);
}

/* ---- The C stack ---- */

THREAD_LOCAL uintptr_t li_stack_bound;

void li_stack_find_bound(void)
{
    li_stack_bound = li_os_stack_bound() | 1;
}
