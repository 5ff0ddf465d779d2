/* values.c - values across the border: makers, takers, and the parts of compound data. */
#include <stdlib.h>

#include "api/api.h"
#include "containers/array.h"
#include "containers/symbolmap.h"
#include "containers/text.h"
#include "lib/args.h"
#include "types/number.h"

InterpStatus li_api_make(Interp *interp, ApiMaker make, const void *input,
                         interp_ref *result)
{
    Value v;
    Status status;

    API_TRY(interp, li_refs_check(api_refs(interp)));
    status = make(interp, input, &v);
    if (status == ERR_NO_MEMORY) {
        API_TRY(interp, memory_collect(&interp->memory.view, IMMIX_EVACUATE));
        status = make(interp, input, &v);
    }
    API_TRY(interp, status);
    return api_give(interp, v, result);
}

/* ---- Scopes and handles ---- */

InterpStatus interp_scope_open(Interp *interp, InterpScope *scope)
{
    Scope opened;

    API_TRY(interp, li_scope_open(api_refs(interp), &opened));
    *scope = (InterpScope){opened.stamp, opened.depth, opened.owner};
    return INTERP_OK;
}

InterpStatus interp_scope_close(Interp *interp, InterpScope scope)
{
    Scope opened = {scope.stamp, scope.depth, scope.owner};

    API_TRY(interp, li_scope_close(api_refs(interp), opened));
    return INTERP_OK;
}

InterpStatus interp_retain(Interp *interp, interp_ref ref, interp_handle *handle)
{
    Value v;
    Handle kept;

    API_TRY(interp, api_get(interp, ref, &v));
    API_TRY(interp, memory_retain(&interp->memory.view, v, &kept));
    *handle = (interp_handle){kept.stamp, kept.index, kept.owner};
    return INTERP_OK;
}

InterpStatus interp_recall(Interp *interp, interp_handle handle, interp_ref *result)
{
    Handle kept = {handle.stamp, handle.slot, handle.owner};
    Value v;

    API_TRY(interp, memory_handle_get(&interp->memory.view, kept, &v));
    return api_give(interp, v, result);
}

InterpStatus interp_release(Interp *interp, interp_handle handle)
{
    Handle kept = {handle.stamp, handle.slot, handle.owner};

    API_TRY(interp, memory_release(&interp->memory, kept));
    return INTERP_OK;
}

InterpStatus interp_copy(Interp *interp, interp_ref ref, interp_ref *result)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    return api_give(interp, v, result);
}

InterpStatus interp_assign(Interp *interp, interp_ref ref, interp_ref value)
{
    Value v;

    API_TRY(interp, api_get(interp, value, &v));
    API_TRY(interp, li_set(api_refs(interp), api_to_ref(ref), v));
    return INTERP_OK;
}

/* ---- Types ---- */

static InterpType object_type(Value v)
{
    if (value_is_bignum(v))
        return INTERP_TYPE_INTEGER;
    if (value_is_complex(v))
        return INTERP_TYPE_COMPLEX;
    if (value_is_number(v))
        return INTERP_TYPE_REAL;
    if (value_is_text(v))
        return INTERP_TYPE_STRING;
    if (value_is_symbol(v))
        return INTERP_TYPE_SYMBOL;
    if (value_is_vector(v))
        return INTERP_TYPE_VECTOR;
    if (value_is_bytevector(v))
        return INTERP_TYPE_BYTEVECTOR;
    if (api_is_array(v))
        return INTERP_TYPE_ARRAY;
    if (value_is_procedure(v))
        return INTERP_TYPE_PROCEDURE;
    if (value_has_type(v, T_MULTIPLE))
        return INTERP_TYPE_MULTIPLE;
    return INTERP_TYPE_OTHER;
}

static InterpType type_of(Value v)
{
    if (value_is_fixnum(v))
        return INTERP_TYPE_INTEGER;
    if (value_is_pair(v))
        return INTERP_TYPE_PAIR;
    if (value_is_object(v) || value_is_flonum(v))
        return object_type(v);
    if (value_is_bool(v))
        return INTERP_TYPE_BOOLEAN;
    if (value_is_char(v))
        return INTERP_TYPE_CHARACTER;
    if (value_is_nil(v))
        return INTERP_TYPE_NULL;
    if (value_is_eq(v, VALUE_EOF))
        return INTERP_TYPE_EOF;
    if (value_is_eq(v, VALUE_UNSPECIFIED))
        return INTERP_TYPE_UNSPECIFIED;
    return INTERP_TYPE_OTHER;
}

InterpStatus interp_type(Interp *interp, interp_ref ref, InterpType *type)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    *type = type_of(v);
    return INTERP_OK;
}

InterpStatus interp_is_same(Interp *interp, interp_ref a, interp_ref b, bool *same)
{
    Value x, y;

    API_TRY(interp, api_get(interp, a, &x));
    API_TRY(interp, api_get(interp, b, &y));
    *same = value_is_eq(x, y)
         || (value_is_number(x) && value_is_number(y) && li_num_eqv(x, y));
    return INTERP_OK;
}

/* ---- Makers ---- */

InterpStatus interp_from_bool(Interp *interp, bool b, interp_ref *result)
{
    return api_give(interp, value_from_bool(b), result);
}

InterpStatus interp_null(Interp *interp, interp_ref *result)
{
    return api_give(interp, VALUE_NIL, result);
}

InterpStatus interp_unspecified(Interp *interp, interp_ref *result)
{
    return api_give(interp, VALUE_UNSPECIFIED, result);
}

static Status make_int64(Interp *interp, const void *input, Value *v)
{
    return li_num_from_int64(&interp->memory.heap, *(const int64_t *)input, v);
}

InterpStatus interp_from_int64(Interp *interp, int64_t n, interp_ref *result)
{
    return li_api_make(interp, make_int64, &n, result);
}

static Status make_double(Interp *interp, const void *input, Value *v)
{
    return li_flonum(&interp->memory.heap, *(const double *)input, v);
}

InterpStatus interp_from_double(Interp *interp, double d, interp_ref *result)
{
    return li_api_make(interp, make_double, &d, result);
}

/* Bytes of the host. */
typedef struct Bytes {
    const void *at;
    size_t count;
} Bytes;

static Status make_text(Interp *interp, const void *input, Value *v)
{
    const Bytes *bytes = input;

    return li_text_from_utf8(&interp->memory.heap, bytes->at, bytes->count, v);
}

InterpStatus interp_from_utf8(Interp *interp, const char *utf8, size_t bytes,
                              interp_ref *result)
{
    Bytes input = {utf8, bytes};

    return li_api_make(interp, make_text, &input, result);
}

static Status make_symbol(Interp *interp, const void *input, Value *v)
{
    const Bytes *bytes = input;

    return li_intern_bytes(&interp->memory.heap, bytes->at, bytes->count, v);
}

InterpStatus interp_symbol(Interp *interp, const char *utf8, size_t bytes,
                           interp_ref *result)
{
    Bytes input = {utf8, bytes};

    return li_api_make(interp, make_symbol, &input, result);
}

static Status make_bytevector(Interp *interp, const void *input, Value *v)
{
    const Bytes *bytes = input;

    return li_bytevector_from(&interp->memory.heap, bytes->at, bytes->count, v);
}

InterpStatus interp_bytevector(Interp *interp, const void *bytes, size_t count,
                               interp_ref *result)
{
    Bytes input = {bytes, count};

    return li_api_make(interp, make_bytevector, &input, result);
}

typedef struct Elements {
    ElementKind kind;
    const void *at;
    size_t count;
} Elements;

static Status make_array(Interp *interp, const void *input, Value *v)
{
    const Elements *elements = input;

    TRY(li_array_new(&interp->memory.heap, elements->kind, elements->count, v));
    if (elements->count != 0)
        memcpy(array_data(value_to_array(*v)), elements->at,
               elements->count * li_array_element_bytes(elements->kind));
    return OK;
}

InterpStatus interp_array(Interp *interp, InterpElement element, const void *elements,
                          size_t count, interp_ref *result)
{
    Elements input = {(ElementKind)element, elements, count};

    if ((unsigned)element > INTERP_F64)
        return li_api_fail_bare(interp, INTERP_USAGE, "no such kind of element", NULL);
    return li_api_make(interp, make_array, &input, result);
}

typedef struct Items {
    const interp_ref *refs;
    size_t count;
    interp_ref tail;
    bool has_tail;
} Items;

/* The refs are read anew on each attempt: the first one may have been followed by a
 * collection. */
static Status make_list(Interp *interp, const void *input, Value *v)
{
    const Items *items = input;
    Value list = VALUE_NIL;

    if (items->has_tail)
        TRY(api_get(interp, items->tail, &list));
    for (size_t i = items->count; i > 0; i -= 1) {
        Value item;

        TRY(api_get(interp, items->refs[i - 1], &item));
        TRY(li_cons(&interp->memory.heap, item, list, &list));
    }
    *v = list;
    return OK;
}

InterpStatus interp_cons(Interp *interp, interp_ref car, interp_ref cdr,
                         interp_ref *result)
{
    Items items = {&car, 1, cdr, true};

    return li_api_make(interp, make_list, &items, result);
}

InterpStatus interp_list(Interp *interp, const interp_ref *refs, size_t count,
                         interp_ref *result)
{
    Items items = {refs, count, {0}, false};

    return li_api_make(interp, make_list, &items, result);
}

/* ---- Takers ---- */

InterpStatus interp_to_bool(Interp *interp, interp_ref ref, bool *b)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    *b = value_is_true(v);
    return INTERP_OK;
}

InterpStatus interp_to_int64(Interp *interp, interp_ref ref, int64_t *n)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    if (!value_is_exact_integer(v))
        return li_api_fail(interp, ERR_TYPE);
    API_TRY(interp, li_num_to_int64(v, n));
    return INTERP_OK;
}

InterpStatus interp_to_double(Interp *interp, interp_ref ref, double *d)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    API_TRY(interp, li_num_to_double(v, d));
    return INTERP_OK;
}

InterpStatus interp_to_utf8(Interp *interp, interp_ref ref, InterpText *text)
{
    Value v;
    Text *chars;

    API_TRY(interp, api_get(interp, ref, &v));
    if (value_is_text(v))
        chars = value_to_text(v);
    else if (value_is_symbol(v))
        chars = symbol_text(v);
    else
        return li_api_fail(interp, ERR_TYPE);

    size_t bytes = li_text_utf8_bytes(chars, 0, chars->length);
    char *copy = malloc(bytes + 1);
    if (copy == NULL)
        return li_api_fail(interp, ERR_NO_MEMORY);
    li_text_to_utf8(chars, 0, chars->length, copy);
    copy[bytes] = '\0';
    *text = (InterpText){copy, bytes};
    return INTERP_OK;
}

InterpStatus li_api_take_text(Interp *interp, Buffer *buffer, InterpText *text)
{
    char *copy = buffer->failed ? NULL : malloc(buffer->length + 1);

    if (copy != NULL) {
        if (buffer->length > 0)
            memcpy(copy, buffer->bytes, buffer->length);
        copy[buffer->length] = '\0';
        *text = (InterpText){copy, buffer->length};
    }
    li_buffer_free(buffer);
    return copy != NULL ? INTERP_OK : li_api_fail(interp, ERR_NO_MEMORY);
}

void interp_text_free(InterpText *text)
{
    free(text->bytes);
    *text = (InterpText){0};
}

/* ---- Compound data ---- */

static Status get_pair(Interp *interp, interp_ref ref, Pair **pair)
{
    Value v;

    TRY(api_get(interp, ref, &v));
    if (!value_is_pair(v))
        return ERR_TYPE;
    *pair = value_to_pair(v);
    return OK;
}

InterpStatus interp_car(Interp *interp, interp_ref ref, interp_ref *result)
{
    Pair *pair;

    API_TRY(interp, get_pair(interp, ref, &pair));
    return api_give(interp, pair->car, result);
}

InterpStatus interp_cdr(Interp *interp, interp_ref ref, interp_ref *result)
{
    Pair *pair;

    API_TRY(interp, get_pair(interp, ref, &pair));
    return api_give(interp, pair->cdr, result);
}

static Status get_mutable_pair(Interp *interp, interp_ref ref, interp_ref value,
                               Pair **pair, Value *v)
{
    TRY(get_pair(interp, ref, pair));
    TRY(api_get(interp, value, v));
    return li_is_immutable(*pair) ? ERR_IMMUTABLE : OK;
}

InterpStatus interp_set_car(Interp *interp, interp_ref ref, interp_ref value)
{
    Pair *pair;
    Value v;

    API_TRY(interp, get_mutable_pair(interp, ref, value, &pair, &v));
    li_store(&interp->memory.heap, pair, &pair->car, v);
    return INTERP_OK;
}

InterpStatus interp_set_cdr(Interp *interp, interp_ref ref, interp_ref value)
{
    Pair *pair;
    Value v;

    API_TRY(interp, get_mutable_pair(interp, ref, value, &pair, &v));
    li_store(&interp->memory.heap, pair, &pair->cdr, v);
    return INTERP_OK;
}

static Status length_of(Value v, uint64_t *length)
{
    if (value_is_vector(v))
        *length = vector_length(v);
    else if (value_is_text(v))
        *length = value_to_text(v)->length;
    else if (api_is_array(v))
        *length = value_to_array(v)->length;
    else if (li_list_shape(v, length) != LIST_PROPER)
        return ERR_TYPE;
    return OK;
}

InterpStatus interp_length(Interp *interp, interp_ref ref, size_t *length)
{
    Value v;
    uint64_t n = 0;

    API_TRY(interp, api_get(interp, ref, &v));
    API_TRY(interp, length_of(v, &n));
    *length = (size_t)n;
    return INTERP_OK;
}

static Status get_vector(Interp *interp, interp_ref ref, size_t index, Value *vector)
{
    TRY(api_get(interp, ref, vector));
    if (!value_is_vector(*vector))
        return ERR_TYPE;
    return index < vector_length(*vector) ? OK : ERR_RANGE;
}

InterpStatus interp_vector_get(Interp *interp, interp_ref ref, size_t index,
                               interp_ref *result)
{
    Value vector;

    API_TRY(interp, get_vector(interp, ref, index, &vector));
    return api_give(interp, vector_items(vector)[index], result);
}

InterpStatus interp_vector_set(Interp *interp, interp_ref ref, size_t index,
                               interp_ref value)
{
    Value vector, v;

    API_TRY(interp, get_vector(interp, ref, index, &vector));
    API_TRY(interp, api_get(interp, value, &v));
    if (li_is_immutable(value_to_object(vector)))
        return li_api_fail(interp, ERR_IMMUTABLE);

    Value *slot = &vector_items(vector)[index];
    *slot = v;
    immix_barrier_range(interp->memory.heap.immix, value_to_object(vector), slot,
                        sizeof *slot);
    return INTERP_OK;
}

/* A T_MULTIPLE object is its values, as a vector is its elements. */
InterpStatus interp_value_count(Interp *interp, interp_ref ref, size_t *count)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    *count = value_has_type(v, T_MULTIPLE) ? immix_granules_of(value_to_object(v)) : 1;
    return INTERP_OK;
}

InterpStatus interp_value_get(Interp *interp, interp_ref ref, size_t index,
                              interp_ref *result)
{
    Value v;

    API_TRY(interp, api_get(interp, ref, &v));
    if (!value_has_type(v, T_MULTIPLE))
        return index == 0 ? api_give(interp, v, result)
                          : li_api_fail(interp, ERR_RANGE);
    if (index >= immix_granules_of(value_to_object(v)))
        return li_api_fail(interp, ERR_RANGE);
    return api_give(interp, ((Value *)value_to_object(v))[index], result);
}
