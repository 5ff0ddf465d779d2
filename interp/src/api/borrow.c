/* borrow.c - lending the elements of numeric vectors to the host. */
#include <stdlib.h>

#include "api/api.h"
#include "containers/array.h"

#define X(name, type, bytes, tag, article, element) \
    _Static_assert((int)INTERP_##name == (int)ELEMENT_##name, "the kinds are the same");
NUMBER_ELEMENT_TABLE(X)
#undef X

static Status get_array(Interp *interp, interp_ref ref, Value *v)
{
    TRY(api_get(interp, ref, v));
    return api_is_array(*v) ? OK : ERR_TYPE;
}

static Status lend(Interp *interp, Value v)
{
    ApiBorrow *borrow = malloc(sizeof *borrow);

    if (borrow == NULL)
        return ERR_NO_MEMORY;
    Status status = memory_retain(&interp->memory.view, v, &borrow->handle);
    if (status != OK) {
        free(borrow);
        return status;
    }
    (void)li_array_borrow(&interp->memory.heap, value_to_array(v));
    borrow->next = interp->borrows;
    interp->borrows = borrow;
    return OK;
}

InterpStatus interp_borrow_array(Interp *interp, interp_ref array, InterpArray *lent)
{
    Value v;

    API_TRY(interp, get_array(interp, array, &v));
    API_TRY(interp, lend(interp, v));

    const Array *object = value_to_array(v);
    *lent = (InterpArray){
        .element = (InterpElement)array_kind(object),
        .elements = array_data(object),
        .count = (size_t)object->length,
        .element_bytes = li_array_element_bytes(array_kind(object)),
        .is_constant = li_is_immutable(object),
    };
    return INTERP_OK;
}

InterpStatus interp_borrow(Interp *interp, interp_ref bytevector, uint8_t **bytes,
                           size_t *count)
{
    InterpArray lent;
    Value v;

    API_TRY(interp, get_array(interp, bytevector, &v));
    if (!value_is_bytevector(v))
        return li_api_fail(interp, ERR_TYPE);
    InterpStatus status = interp_borrow_array(interp, bytevector, &lent);
    if (status != INTERP_OK)
        return status;
    *bytes = lent.elements;
    *count = lent.count;
    return INTERP_OK;
}

/* Ends the borrow at *link. */
static void release(Interp *interp, ApiBorrow **link)
{
    ApiBorrow *borrow = *link;
    Value v;
    Status status = memory_handle_get(&interp->memory.view, borrow->handle, &v);

    CHECK(status == OK);
    li_array_release(&interp->memory.heap, value_to_array(v));
    status = memory_release(&interp->memory, borrow->handle);
    CHECK(status == OK);
    *link = borrow->next;
    free(borrow);
}

InterpStatus interp_give_back(Interp *interp, interp_ref array)
{
    Value v, lent;

    API_TRY(interp, get_array(interp, array, &v));
    for (ApiBorrow **link = &interp->borrows; *link != NULL; link = &(*link)->next) {
        API_TRY(interp,
                memory_handle_get(&interp->memory.view, (*link)->handle, &lent));
        if (value_is_eq(v, lent)) {
            release(interp, link);
            return INTERP_OK;
        }
    }
    return li_api_fail(interp, ERR_BORROWED);
}

void li_api_release_borrows(Interp *interp)
{
    while (interp->borrows != NULL)
        release(interp, &interp->borrows);
}
