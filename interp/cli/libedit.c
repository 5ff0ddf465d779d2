/* libedit.c - see libedit.h. Where the build does not know what libedit is called at run time,
 * it is linked like any other library. */
#include "libedit.h"

#ifdef LIBEDIT_FILE

#    include <dlfcn.h>
#    include <stddef.h>
#    include <string.h>

/* ISO C has no conversion from an address of data to one of a function. */
static bool find(void *library, const char *name, void *function)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, sizeof address);
    return address != NULL;
}

/* Never unloaded: a signal handler of its own may be there until the end. */
bool libedit_load(Libedit *functions)
{
    void *library = dlopen(LIBEDIT_FILE, RTLD_NOW);

    if (library == NULL)
        return false;
#    define X(name) \
        if (!find(library, #name, &functions->name)) \
            return false;
    LIBEDIT_FUNCTIONS(X)
#    undef X
    return true;
}

#else

bool libedit_load(Libedit *functions)
{
#    define X(name) functions->name = name;
    LIBEDIT_FUNCTIONS(X)
#    undef X
    return true;
}

#endif
