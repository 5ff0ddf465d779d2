/* array.c - typed arrays: numbers of one machine type, and opcodes. */
#include "containers/array.h"

#include <inttypes.h>
#include <math.h>

#include "types/flonum.h"
#include "types/number.h" /* which machine number a Value is */

/* ---- Each kind of array ---- */

typedef uint64_t wide_uint64;
typedef int64_t wide_int64;
typedef double wide_double;

static bool same_uint64(uint64_t a, uint64_t b)
{
    return a == b;
}

static bool same_int64(int64_t a, int64_t b)
{
    return a == b;
}

/* A float holds any double, rounded. */
static bool same_double(double a, double b)
{
    (void)a;
    (void)b;
    return true;
}

static void print_uint64(uint64_t n, Buffer *to)
{
    li_buffer_printf(to, "%" PRIu64, n);
}

static void print_int64(int64_t n, Buffer *to)
{
    li_buffer_printf(to, "%" PRId64, n);
}

static void print_double(double d, Buffer *to)
{
    char text[FLONUM_TEXT_BYTES];

    li_buffer_push(to, text, li_flonum_format(d, text));
}

static Status li_num_from_double(Heap *heap, double d, Value *v)
{
    return li_flonum(heap, d, v);
}

#define WIDE_PASTE(prefix, wide)  prefix##_##wide
#define WIDE_EXPAND(prefix, wide) WIDE_PASTE(prefix, wide)
#define ARRAY_WIDE(prefix)        WIDE_EXPAND(prefix, ELEMENT_WIDE)
#define ARRAY_STAMP               "containers/array_impl.inc"
#include "containers/array_kinds.inc"
#undef ARRAY_STAMP

/* ---- Kinds ---- */

static const struct {
    uint32_t bytes;
    const char *tag, *vector, *element;
} kinds[ELEMENT_KINDS] = {
#define X(name, type, bytes, tag, article, element) \
    [ELEMENT_##name] = {bytes, tag, article "vector", element},
    ELEMENT_TABLE(X)
#undef X
};

#define X(name, type, bytes, tag, article, element) \
    _Static_assert(sizeof(type) == (bytes), tag);
ELEMENT_TABLE(X)
#undef X

uint32_t li_array_element_bytes(ElementKind kind)
{
    return kinds[kind].bytes;
}

const char *li_array_kind_text(ElementKind kind)
{
    return kinds[kind].tag;
}

const char *li_array_vector_text(ElementKind kind)
{
    return kinds[kind].vector;
}

const char *li_array_element_text(ElementKind kind)
{
    return kinds[kind].element;
}

/* ---- Any array: what does not depend on the kind of its elements ---- */

Status li_array_new(Heap *heap, ElementKind kind, uint64_t length, Value *result)
{
    Value store;
    TRY(li_rawarray_new(heap, length, kinds[kind].bytes, &store));
    Array *array =
        li_alloc(heap, T_ARRAY, (uint8_t)kind, sizeof *array / IMMIX_GRANULE_BYTES);

    if (UNLIKELY(array == NULL))
        return ERR_NO_MEMORY;
    *array = (Array){.store = store, .length = length};
    *result = value_from_object(array);
    return OK;
}

Status li_bytevector_from(Heap *heap, const void *bytes, uint64_t length, Value *result)
{
    return li_array_u8_from_slice(heap, bytes, length, result);
}

uint64_t li_array_capacity(const Array *array)
{
    return rawarray_capacity(array->store, kinds[array_kind(array)].bytes);
}

bool li_array_valid(const Array *array)
{
    return array_kind(array) < ELEMENT_KINDS && value_has_type(array->store, T_BYTES)
        && array->length <= li_array_capacity(array);
}

Status li_array_clear(Array *array)
{
    return li_array_u8_clear(array);
}

void *li_array_borrow(Heap *heap, Array *array)
{
    li_rawarray_borrow(heap, array->store, &array->borrows);
    return array_data(array);
}

void li_array_release(Heap *heap, Array *array)
{
    li_rawarray_release(heap, array->store, &array->borrows);
}

/* ---- Any array: by a table of what depends on it ---- */

typedef struct ArrayOps {
    Status (*get)(Heap *, const Array *, uint64_t, Value *);
    Status (*set)(Heap *, Array *, uint64_t, Value);
    Status (*push)(Heap *, Array *, Value);
    Status (*pop)(Heap *, Array *, Value *);
    Status (*fill)(Heap *, Array *, uint64_t, Value);
    Status (*resize)(Heap *, Array *, uint64_t, Value);
    Status (*fill_range)(Heap *, Array *, uint64_t, uint64_t, Value);
    Status (*reserve)(Heap *, Array *, uint64_t);
    Status (*slice)(Heap *, const Array *, uint64_t, uint64_t, Value *);
    Status (*copy)(Heap *, Array *, uint64_t, const Array *, uint64_t, uint64_t);
    Status (*from_pair_list)(Heap *, Value, Value *);
    Status (*to_pair_list)(Heap *, const Array *, uint64_t, uint64_t, Value *);
    Status (*pack)(Value, void *);
    void (*print_at)(const Array *, uint64_t, Buffer *);
} ArrayOps;

#define ARRAY_STAMP "containers/array_values.inc"
#include "containers/array_kinds.inc"
#undef ARRAY_STAMP

static const ArrayOps *const all_ops[ELEMENT_KINDS] = {
    [ELEMENT_U8] = &li_array_u8_ops,         [ELEMENT_S8] = &li_array_s8_ops,
    [ELEMENT_U16] = &li_array_u16_ops,       [ELEMENT_S16] = &li_array_s16_ops,
    [ELEMENT_U32] = &li_array_u32_ops,       [ELEMENT_S32] = &li_array_s32_ops,
    [ELEMENT_U64] = &li_array_u64_ops,       [ELEMENT_S64] = &li_array_s64_ops,
    [ELEMENT_F32] = &li_array_f32_ops,       [ELEMENT_F64] = &li_array_f64_ops,
    [ELEMENT_OPCODE] = &li_array_opcode_ops,
};

static const ArrayOps *ops_of(const Array *array)
{
    return all_ops[array_kind(array)];
}

Status li_array_get(Heap *heap, const Array *array, uint64_t index, Value *v)
{
    return ops_of(array)->get(heap, array, index, v);
}

Status li_array_set(Heap *heap, Array *array, uint64_t index, Value v)
{
    return ops_of(array)->set(heap, array, index, v);
}

Status li_array_push(Heap *heap, Array *array, Value v)
{
    return ops_of(array)->push(heap, array, v);
}

Status li_array_pop(Heap *heap, Array *array, Value *v)
{
    return ops_of(array)->pop(heap, array, v);
}

Status li_array_top(Heap *heap, const Array *array, Value *v)
{
    return array->length == 0 ? ERR_EMPTY
                              : li_array_get(heap, array, array->length - 1, v);
}

Status li_array_fill(Heap *heap, Array *array, uint64_t size, Value v)
{
    return ops_of(array)->fill(heap, array, size, v);
}

Status li_array_resize(Heap *heap, Array *array, uint64_t size, Value v)
{
    return ops_of(array)->resize(heap, array, size, v);
}

Status li_array_fill_range(Heap *heap, Array *array, uint64_t start, uint64_t end,
                           Value v)
{
    return ops_of(array)->fill_range(heap, array, start, end, v);
}

Status li_array_reserve(Heap *heap, Array *array, uint64_t capacity)
{
    return ops_of(array)->reserve(heap, array, capacity);
}

Status li_array_slice(Heap *heap, const Array *array, uint64_t start, uint64_t end,
                      Value *result)
{
    return ops_of(array)->slice(heap, array, start, end, result);
}

Status li_array_copy(Heap *heap, Array *to, uint64_t at, const Array *from,
                     uint64_t start, uint64_t end)
{
    if (array_kind(to) != array_kind(from))
        return ERR_TYPE;
    return ops_of(to)->copy(heap, to, at, from, start, end);
}

Status li_array_from_pair_list(Heap *heap, ElementKind kind, Value list, Value *result)
{
    return all_ops[kind]->from_pair_list(heap, list, result);
}

Status li_array_to_pair_list(Heap *heap, const Array *array, uint64_t start,
                             uint64_t end, Value *result)
{
    return ops_of(array)->to_pair_list(heap, array, start, end, result);
}

Status li_array_pack(ElementKind kind, Value v, void *to)
{
    return all_ops[kind]->pack(v, to);
}

void li_array_print_at(const Array *array, uint64_t index, Buffer *to)
{
    ASSERT(index < array->length);
    ops_of(array)->print_at(array, index, to);
}

/* As eqv? has it, all NaNs are one, and 0.0 is not -0.0. */
static bool floats_equal(const Array *a, const Array *b)
{
    bool wide = array_kind(a) == ELEMENT_F64;
    const float *narrow_a = array_data(a), *narrow_b = array_data(b);
    const double *wide_a = array_data(a), *wide_b = array_data(b);

    for (uint64_t i = 0; i < a->length; i += 1) {
        double x = wide ? wide_a[i] : (double)narrow_a[i];
        double y = wide ? wide_b[i] : (double)narrow_b[i];

        if (memcmp(&x, &y, sizeof x) != 0 && !(isnan(x) && isnan(y)))
            return false;
    }
    return true;
}

bool li_array_equals(const Array *a, const Array *b)
{
    ElementKind kind = array_kind(a);

    if (a->length != b->length || kind != array_kind(b))
        return false;
    if (memcmp(array_data(a), array_data(b), a->length * kinds[kind].bytes) == 0)
        return true;
    return (kind == ELEMENT_F32 || kind == ELEMENT_F64) && floats_equal(a, b);
}
