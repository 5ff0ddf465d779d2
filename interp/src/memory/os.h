/* os.h - what the memory layer asks of the system. */
#ifndef LI_MEMORY_OS_H
#define LI_MEMORY_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The lowest address to which this thread's C stack may grow and still leave a margin for
 * library calls. 0 if the system does not say. */
uintptr_t li_os_stack_bound(void);
/* Different for any two threads that run at the same time; never 0. */
uintptr_t li_os_thread(void);
/* Bits that differ from call to call and from process to process. Not for cryptography. */
uint64_t li_os_entropy(void);

/* Waits until the file has one of poll's events: 1. 0 if `stop` says so before; -1 and errno on
 * failure. `stop` is asked again after each signal, and no signal falls between that and the
 * wait: signals are let in by the wait alone. */
int li_os_wait(int fd, short events, bool (*stop)(void *context), void *context);

/* As write(), but where nobody reads a pipe any more it fails with EPIPE without SIGPIPE. */
ssize_t li_os_write_quietly(int fd, const void *bytes, size_t count);

#endif /* LI_MEMORY_OS_H */
