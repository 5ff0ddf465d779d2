/* equal_hash.c - a hash that equal? objects share.
 *
 * It looks at so many pairs, vectors and atoms of an object, in the order in which equal? does,
 * and no further: so it ends on circular data and takes bounded time on any, the length of
 * strings, arrays and bignums apart. What has to wait stands on a small stack; where that is
 * full, it is left out. Which parts count depends on nothing but the shape, which equal?
 * objects have in common; circular ones are equal? if they unfold into the same tree, and
 * nothing here can tell more of them than that.
 */
#include "containers/array.h"
#include "containers/symbolmap.h"
#include "types/equal.h"
#include "types/flonum.h"

enum {
    MOST_PARTS = 128,
    MOST_WAITING = 16
};

/* Words that stand for a shape; no atom's hash is likely to be one. */
#define PAIR_WORD   UINT64_C(0x8d5b1a6f3c279e41)
#define VECTOR_WORD UINT64_C(0x5f3879a10b6e4cd3)
#define ARRAY_WORD  UINT64_C(0x27d4eb2f165667c5)

/* A pair whose cdr, or a vector whose elements from `index` on, have to wait. */
typedef struct Waiting {
    Value object;
    uint64_t index;
} Waiting;

typedef struct Walk {
    Heap *heap;
    uint64_t hash;
    uint32_t parts, count;
    Waiting waiting[MOST_WAITING];
} Walk;

/* By elements as li_array_equals() compares them: all NaNs are one. */
static uint64_t floats_hash(const Array *array)
{
    uint64_t hash = HASH_SEED;

    for (uint64_t i = 0; i < array->length; i += 1) {
        double d = array_kind(array) == ELEMENT_F64
                     ? ((double *)array_data(array))[i]
                     : (double)((float *)array_data(array))[i];
        uint64_t bits = 1;

        if (d == d)
            memcpy(&bits, &d, sizeof bits);
        hash = hash_step(hash, bits);
    }
    return hash;
}

static uint64_t array_hash(const Array *array)
{
    ElementKind kind = array_kind(array);
    uint64_t hash = kind == ELEMENT_F32 || kind == ELEMENT_F64
                      ? floats_hash(array)
                      : hash_bytes(array_data(array),
                                   array->length * li_array_element_bytes(kind));

    return hash_step(hash ^ (uint64_t)kind, ARRAY_WORD);
}

static uint64_t atom_hash(Heap *heap, Value v)
{
    if (!value_is_reference(v))
        return v.bits;
    if (value_is_symbol(v))
        return (uint64_t)value_to_fixnum(value_to_symbol(v)->hash);
    if (value_is_text(v))
        return li_text_hash(value_to_text(v));
    if (value_is_boxed_number(v))
        return li_num_hash(v);
    if (value_has_type(v, T_ARRAY))
        return array_hash(value_to_array(v));
    return immix_identity_hash(heap->immix, value_to_payload(v));
}

static void wait(Walk *walk, Value object)
{
    if (walk->count == MOST_WAITING)
        return;
    walk->waiting[walk->count] = (Waiting){object, 0};
    walk->count += 1;
}

/* Goes down v to an atom. */
static void visit(Walk *walk, Value v)
{
    while (value_is_pair(v) && walk->parts != 0) {
        walk->parts -= 1;
        walk->hash = hash_step(walk->hash, PAIR_WORD);
        wait(walk, v);
        v = pair_car(v);
    }
    if (walk->parts == 0)
        return;
    walk->parts -= 1;
    if (value_is_vector(v)) {
        walk->hash = hash_step(walk->hash, VECTOR_WORD ^ vector_length(v));
        if (vector_length(v) != 0)
            wait(walk, v);
        return;
    }
    walk->hash = hash_step(walk->hash, atom_hash(walk->heap, v));
}

/* Takes the next thing to look at. */
static Value next(Walk *walk)
{
    Waiting *top = &walk->waiting[walk->count - 1];
    Value v;

    if (value_is_pair(top->object)) {
        walk->count -= 1;
        return pair_cdr(top->object);
    }
    v = vector_items(top->object)[top->index];
    top->index += 1;
    if (top->index == vector_length(top->object))
        walk->count -= 1;
    return v;
}

uint64_t li_equal_hash(Heap *heap, Value v)
{
    Walk walk;

    if (!value_is_pair(v) && !value_is_vector(v))
        return hash_step(0, atom_hash(heap, v));
    walk.heap = heap;
    walk.hash = HASH_SEED;
    walk.parts = MOST_PARTS;
    walk.count = 0;
    visit(&walk, v);
    while (walk.count != 0 && walk.parts != 0)
        visit(&walk, next(&walk));
    return hash_end(walk.hash);
}
