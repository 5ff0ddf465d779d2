/* os.c - what the memory layer asks of the system: the only system-specific code in it. */
#ifndef _GNU_SOURCE
#    define _GNU_SOURCE
#endif
#include "memory/os.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "immix/compiler.h"

enum {
    /* What the deepest chain of library calls below a check may use. */
    STACK_MARGIN_BYTES = (HAS_ASAN ? 1024 : 256) * 1024,
};

uintptr_t li_os_stack_bound(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t bytes = 0;

    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return 0;
    int failed = pthread_attr_getstack(&attributes, &lowest, &bytes);
    pthread_attr_destroy(&attributes);
    if (failed != 0)
        return 0;

    /* A small thread stack keeps a quarter rather than all of it as the margin. */
    size_t margin = bytes / 4 < STACK_MARGIN_BYTES ? bytes / 4 : STACK_MARGIN_BYTES;

    return (uintptr_t)lowest + margin;
}

uintptr_t li_os_thread(void)
{
    return (uintptr_t)pthread_self();
}

uint64_t li_os_entropy(void)
{
    uint64_t bits;
    struct timespec now;

    if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) == (ssize_t)sizeof bits)
        return bits;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

int li_os_wait(int fd, short events, bool (*stop)(void *context), void *context)
{
    struct pollfd waiting = {.fd = fd, .events = events};
    sigset_t all, before;
    int found = -1, error = EINTR;

    (void)sigfillset(&all);
    while (found < 0 && error == EINTR) {
        (void)pthread_sigmask(SIG_SETMASK, &all, &before);
        found = stop(context) ? 0 : ppoll(&waiting, 1, NULL, &before);
        error = errno;
        (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    errno = error;
    return found;
}

/* The signal of a write goes to the thread that wrote: held back, it waits there until it is taken
 * away. One that waited before is somebody else's. */
ssize_t li_os_write_quietly(int fd, const void *bytes, size_t count)
{
    const struct timespec at_once = {0};
    sigset_t broken_pipe, before, waiting;

    (void)sigemptyset(&broken_pipe);
    (void)sigaddset(&broken_pipe, SIGPIPE);
    (void)sigpending(&waiting);
    (void)pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    ssize_t written = write(fd, bytes, count);
    int error = errno;

    if (written < 0 && error == EPIPE && !sigismember(&waiting, SIGPIPE))
        (void)sigtimedwait(&broken_pipe, NULL, &at_once);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return written;
}
