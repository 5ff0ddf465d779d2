/* borrow.c - lending the bytes of bytevectors to the host. */
#include <stdlib.h>

#include "api/api.h"
#include "containers/array.h"
#include "containers/rawarray.h"

static Status get_bytevector(Interp *interp, interp_ref ref, Value *v)
{
    TRY(api_get(interp, ref, v));
    return value_is_bytevector(*v) ? OK : ERR_TYPE;
}

InterpStatus interp_borrow(Interp *interp, interp_ref bytevector, uint8_t **bytes,
                           size_t *count)
{
    Value v;

    API_TRY(interp, get_bytevector(interp, bytevector, &v));
    ApiBorrow *borrow = malloc(sizeof *borrow);
    if (borrow == NULL)
        return li_api_fail(interp, ERR_NO_MEMORY);
    Status status = memory_retain(&interp->memory.view, v, &borrow->handle);
    if (status != OK) {
        free(borrow);
        return li_api_fail(interp, status);
    }
    Array *array = value_to_array(v);
    li_rawarray_borrow(&interp->memory.heap, array->store, &array->borrows);
    borrow->next = interp->borrows;
    interp->borrows = borrow;
    *bytes = array_data(array);
    *count = (size_t)array->length;
    return INTERP_OK;
}

/* Ends the borrow at *link. */
static void release(Interp *interp, ApiBorrow **link)
{
    ApiBorrow *borrow = *link;
    Value v;
    Status status = memory_handle_get(&interp->memory.view, borrow->handle, &v);

    CHECK(status == OK);
    Array *array = value_to_array(v);
    li_rawarray_release(&interp->memory.heap, array->store, &array->borrows);
    status = memory_release(&interp->memory, borrow->handle);
    CHECK(status == OK);
    *link = borrow->next;
    free(borrow);
}

InterpStatus interp_give_back(Interp *interp, interp_ref bytevector)
{
    Value v, lent;

    API_TRY(interp, get_bytevector(interp, bytevector, &v));
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
