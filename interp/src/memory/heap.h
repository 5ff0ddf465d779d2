/* heap.h - allocation of Lisp objects: what a function takes that may allocate and cannot
 * collect.
 *
 * Every function here that takes a Heap leaves bare Values and object pointers good. An
 * allocation returns NULL, or ERR_NO_MEMORY, at the limit; nothing is lost then.
 */
#ifndef LI_MEMORY_HEAP_H
#define LI_MEMORY_HEAP_H

#include "memory/value.h"

typedef struct Heap Heap;

struct SymbolMap;

/* A function that reports roots, registered for as long as `context` lives. */
typedef struct RootProvider {
    void (*visit)(ImmixTracer *tracer, void *context);
    /* May be NULL; runs after marking, for weak slots. */
    void (*sweep)(ImmixTracer *tracer, void *context);
    void *context;
    struct RootProvider *next;
} RootProvider;

struct Heap {
    ImmixHeap *immix;
    struct SymbolMap *symbols;
    RootProvider *providers;
    /* Set by allocation when a collection is due; the VM's safepoint reads it through
     * on_wanted, which may only set flags. */
    void (*on_wanted)(void *context);
    void *on_wanted_context;
    bool
        collecting; /* memory_collect() is at work: hooks and finalisers may be running */
};

/* The descriptor table that types.def gives, with the CUSTOM hooks and finalisers filled in. */
extern const ImmixType li_types[IMMIX_TYPE_COUNT];

/* `limit_bytes` 0: none. The environment's LIMPET_STRESS, LIMPET_VERIFY and
 * LIMPET_FAIL_ALLOC are read by the caller, not here. */
MUST_CHECK Status li_heap_open(Heap *heap, const ImmixOptions *options);
void li_heap_close(Heap *heap);
void li_heap_add_provider(Heap *heap, RootProvider *provider);
void li_heap_remove_provider(Heap *heap, RootProvider *provider);

/* True unless `v` is a reference into another heap. Constant time. */
ALWAYS_INLINE bool li_heap_owns(const Heap *heap, Value v)
{
    return !value_is_reference(v) || immix_owns(heap->immix, value_to_payload(v));
}

/* A raw object of `granules` words: NULL at the limit; not cleared. */
ALWAYS_INLINE MUST_CHECK void *li_alloc(Heap *heap, Type type, uint8_t extra,
                                        uint32_t granules)
{
    return immix_alloc(heap->immix, immix_header((uint8_t)type, extra, granules, 0));
}

/* After every store of a Value into an object that may be old. */
ALWAYS_INLINE void li_barrier(Heap *heap, void *object)
{
    immix_barrier(heap->immix, object);
}

/* Stores with the barrier: `slot` lies in `object`. */
ALWAYS_INLINE void li_store(Heap *heap, void *object, Value *slot, Value v)
{
    *slot = v;
    immix_barrier(heap->immix, object);
}

ALWAYS_INLINE bool li_is_immutable(const void *object)
{
    return (immix_header_of(object)->bits & IMMIX_IMMUTABLE) != 0;
}

ALWAYS_INLINE void li_set_immutable(void *object)
{
    immix_header_of(object)->bits |= IMMIX_IMMUTABLE;
}

ALWAYS_INLINE MUST_CHECK Status li_cons(Heap *heap, Value car, Value cdr, Value *result)
{
    Pair *pair = li_alloc(heap, T_PAIR, 0, 2);

    if (UNLIKELY(pair == NULL))
        return ERR_NO_MEMORY;
    pair->car = car;
    pair->cdr = cdr;
    *result = value_from_pair(pair);
    return OK;
}

/* Pairs that lie one behind the other, to be filled by pair_place() at once, all of them. */
typedef struct PairRun {
    Pair *first;
    uint64_t count;
} PairRun;

/* At most `wanted` pairs, from 1, and at least one: as many as fit where allocation is. */
ALWAYS_INLINE MUST_CHECK Status li_pair_run(Heap *heap, uint64_t wanted, PairRun *run)
{
    run->first = immix_alloc_several(heap->immix, immix_header(T_PAIR, 0, 2, 0), wanted,
                                     &run->count);
    return LIKELY(run->first != NULL) ? OK : ERR_NO_MEMORY;
}

ALWAYS_INLINE Pair *pair_behind(Pair *pair)
{
    return (Pair *)(void *)((char *)pair + sizeof(Pair) + IMMIX_HEADER_BYTES);
}

/* Fills a pair of a run, and returns the next one. */
ALWAYS_INLINE Pair *pair_place(Pair *pair, Value car, Value cdr)
{
    *immix_header_of(pair) = immix_header(T_PAIR, 0, 2, 0);
    *pair = (Pair){car, cdr};
    return pair_behind(pair);
}

/* A pair that it is an error to change. */
MUST_CHECK static inline Status li_cons_constant(Heap *heap, Value car, Value cdr,
                                                 Value *result)
{
    Status status = li_cons(heap, car, cdr, result);

    if (status == OK)
        li_set_immutable(value_to_pair(*result));
    return status;
}

/* The items, which do not move, in front of `tail`. */
MUST_CHECK Status li_pair_list_from(Heap *heap, const Value *items, uint64_t count, Value tail,
                               Value *result);
/* A list of so many times the same. */
MUST_CHECK Status li_pair_list_fill(Heap *heap, Value item, uint64_t count, Value *result);

/* A pair that knows where it was read. `position` is a packed Position, see source.h. */
MUST_CHECK Status li_cons_at(Heap *heap, Value car, Value cdr, uint64_t position,
                             Value *result);
/* 0 if `pair` carries none. */
uint64_t li_pair_position(Value pair);

MUST_CHECK Status li_flonum_box(Heap *heap, double d, Value *result);

ALWAYS_INLINE MUST_CHECK Status li_flonum(Heap *heap, double d, Value *result)
{
    if (LIKELY(value_try_immediate_flonum(d, result)))
        return OK;
    return li_flonum_box(heap, d, result);
}

/* ---- Vectors: the size is the header's; elements inline ---- */

ALWAYS_INLINE bool value_is_vector(Value v)
{
    return value_has_type(v, T_VECTOR);
}

ALWAYS_INLINE uint32_t vector_length(Value v)
{
    return immix_granules_of(value_to_object(v));
}

ALWAYS_INLINE Value *vector_items(Value v)
{
    return value_to_object(v);
}

/* A vector filled with `fill`; ERR_BAD_SIZE above 2^32-1 elements. */
MUST_CHECK Status li_vector(Heap *heap, uint64_t length, Value fill, Value *result);
/* From an array that does not move. */
MUST_CHECK Status li_vector_from(Heap *heap, const Value *items, uint64_t length,
                                 Value *result);

/* ---- Boxes ---- */

ALWAYS_INLINE Value *box_slot(Value v)
{
    return value_to_object(v);
}

/* ---- Records: word 0 is the type, then the fields ---- */

typedef struct RecordType {
    Value name;   /* symbol */
    Value fields; /* vector of symbols */
    Value uid;    /* reserved, #f */
} RecordType;

typedef struct Record {
    Value type;
    Value fields[];
} Record;

ALWAYS_INLINE bool value_is_instance(Value v, Value type)
{
    return value_has_type(v, T_RECORD)
        && value_is_eq(((const Record *)value_to_object(v))->type, type);
}

/* The one variable of the interpreter that is neither constant nor in a heap: how deep this
 * thread's stack may grow. It belongs to the thread, not to an interpreter, and never changes
 * once set. Asking the system each time would cost a microsecond a call. */
extern THREAD_LOCAL uintptr_t li_stack_bound;
void li_stack_find_bound(void);

/* False if less than a safe margin of this thread's C stack is left: give up with
 * ERR_TOO_DEEP. Cheap. */
ALWAYS_INLINE bool li_stack_ok(void)
{
    if (UNLIKELY(li_stack_bound == 0))
        li_stack_find_bound();
    return (uintptr_t)__builtin_frame_address(0) > li_stack_bound;
}

#endif /* LI_MEMORY_HEAP_H */
