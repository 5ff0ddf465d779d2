/* no_files.c - for targets that run what was made up by chance: there are no files.
 *
 * The linker puts these in the place of the C library's (--wrap).
 */
#include <errno.h>

int __wrap_open(const char *path, int how, ...);
int __wrap_unlink(const char *path);

int __wrap_open(const char *path, int how, ...)
{
    (void)path;
    (void)how;
    errno = ENOENT;
    return -1;
}

int __wrap_unlink(const char *path)
{
    (void)path;
    errno = ENOENT;
    return -1;
}
