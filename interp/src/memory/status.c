/* status.c - the texts of status codes, and the end of a broken invariant. */
#include "memory/status.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const texts[] = {[OK] = "no error",
#define X(name, text) [name] = text,
                                    STATUS_TABLE(X)
#undef X
};

const char *li_status_text(Status status)
{
    if ((size_t)status >= sizeof texts / sizeof texts[0])
        return "unknown status";
    return texts[status];
}

void li_check_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "limpet: internal error: %s (%s:%d)\n", what, file, line);
    abort();
}
