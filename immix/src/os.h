/* os.h - what libimmix asks of the system: pages, time, sanitizer annotations, last words. */
#ifndef IMMIX_OS_H
#define IMMIX_OS_H

#include <stddef.h>
#include <stdint.h>

#include "immix/compiler.h"

/* CHECK   always on; memory safety hangs on it.
 * ASSERT  debug builds; states an invariant. Compiled in every build, so it cannot rot. */
#define CHECK(cond) \
    (LIKELY(cond) ? (void)0 : immix_check_failed(#cond, __FILE__, __LINE__))

#ifdef LIMPET_DEBUG
#    define ASSERT(cond) CHECK(cond)
#    define IMMIX_DEBUG  1
#else
#    define ASSERT(cond) ((void)sizeof(!(cond)))
#    define IMMIX_DEBUG  0
#endif

/* Prints the condition on standard error and aborts. */
NO_RETURN COLD void immix_check_failed(const char *condition, const char *file,
                                       int line);

/* The unit in which memory is asked for; a multiple of the system's page. */
enum {
    OS_PAGE_BYTES = 4096,
    OS_HUGE_BYTES = 2 * 1024 * 1024 /* if there are any; where not, little is lost */
};

/* Zeroed memory at a multiple of `align_bytes` (a power of two); NULL: none. Both sizes are
 * multiples of OS_PAGE_BYTES. */
MUST_CHECK void *immix_os_map(size_t bytes, size_t align_bytes);
void immix_os_unmap(void *memory, size_t bytes);
/* Makes a mapping larger, and moves it if need be; what is new is zero. NULL: none, and
 * nothing changed. */
MUST_CHECK void *immix_os_remap(void *memory, size_t old_bytes, size_t bytes);
/* Asks for huge pages, of which the system may know nothing, or for none. */
void immix_os_prefer_huge(void *memory, size_t bytes);
void immix_os_prefer_small(void *memory, size_t bytes);
/* Gives the pages back and keeps the addresses; what was there reads as zero. */
void immix_os_discard(void *memory, size_t bytes);

/* How many bytes of the mapping are in memory. */
size_t immix_os_resident_bytes(void *memory, size_t bytes);

uint64_t immix_os_now_ns(void);
/* What the processor has done for this thread. */
uint64_t immix_os_cpu_ns(void);

/* With the address sanitizer: any access to the bytes is an error, or is good again. */
#if HAS_ASAN
void immix_os_forbid(uintptr_t start, size_t bytes);
void immix_os_permit(uintptr_t start, size_t bytes);
#else
ALWAYS_INLINE void immix_os_forbid(uintptr_t start, size_t bytes)
{
    (void)start;
    (void)bytes;
}

ALWAYS_INLINE void immix_os_permit(uintptr_t start, size_t bytes)
{
    (void)start;
    (void)bytes;
}
#endif

#endif /* IMMIX_OS_H */
