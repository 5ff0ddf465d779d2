/* embed.c - Limpet in a C program: define a procedure in Lisp, call it from C.
 *
 *     cc embed.c -linterp -lgmp -lunistring -lm
 */
#include <interp.h>
#include <stdio.h>
#include <string.h>

static const char program[] = "(define (hypot a b) (sqrt (+ (* a a) (* b b))))";

static InterpStatus run(Interp *interp, void *context)
{
    interp_ref hypot, arguments[2], result;
    double *length = context;
    InterpStatus status =
        interp_eval_string(interp, "embed", program, strlen(program), &hypot);

    if (status == INTERP_OK)
        status = interp_lookup(interp, "hypot", &hypot);
    if (status == INTERP_OK)
        status = interp_from_double(interp, 3.0, &arguments[0]);
    if (status == INTERP_OK)
        status = interp_from_double(interp, 4.0, &arguments[1]);
    if (status == INTERP_OK)
        status = interp_call(interp, hypot, arguments, 2, &result);
    if (status == INTERP_OK)
        status = interp_to_double(interp, result, length);
    if (status == INTERP_OK)
        status = interp_eval_string(interp, "embed", "(hypot 3)", 9, &result);
    return status;
}

int main(void)
{
    Interp *interp;
    double length = 0;

    if (interp_open(NULL, &interp) != INTERP_OK)
        return 1;
    InterpStatus status = interp_session(interp, run, &length);
    printf("hypot: %g\n", length);
    if (status != INTERP_OK)
        printf("error: %s\n", interp_last_error(interp)->message);
    interp_close(interp);
    return 0;
}
