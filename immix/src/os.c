/* os.c - see os.h. The only file that includes system headers. */
#ifndef _GNU_SOURCE
#    define _GNU_SOURCE
#endif
#include "os.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#if HAS_ASAN
#    include <sanitizer/asan_interface.h>

void immix_os_forbid(uintptr_t start, size_t bytes)
{
    __asan_poison_memory_region((void *)start, bytes);
}

void immix_os_permit(uintptr_t start, size_t bytes)
{
    __asan_unpoison_memory_region((void *)start, bytes);
}
#endif

void immix_check_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: heap check failed: %s\n", file, line, condition);
    abort();
}

static void *map_pages(size_t bytes)
{
    void *memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? NULL : memory;
}

void *immix_os_map(size_t bytes, size_t align_bytes)
{
    ASSERT(bytes % OS_PAGE_BYTES == 0 && align_bytes % OS_PAGE_BYTES == 0);
    size_t slack = align_bytes > OS_PAGE_BYTES ? align_bytes - OS_PAGE_BYTES : 0;
    if (bytes > SIZE_MAX - slack)
        return NULL;

    char *whole = map_pages(bytes + slack);
    if (whole == NULL)
        return NULL;
    size_t before = (size_t)(-(uintptr_t)whole & (align_bytes - 1));
    ASSERT(before <= slack);
    char *memory = whole + before;
    if (before != 0)
        munmap(whole, before);
    if (slack != before)
        munmap(memory + bytes, slack - before);
    /* A mapping that was here before may have left its marks with the sanitizer. */
    immix_os_permit((uintptr_t)memory, bytes);
    return memory;
}

void immix_os_unmap(void *memory, size_t bytes)
{
    immix_os_permit((uintptr_t)memory, bytes);
    munmap(memory, bytes);
}

void *immix_os_remap(void *memory, size_t old_bytes, size_t bytes)
{
    void *grown = mremap(memory, old_bytes, bytes, MREMAP_MAYMOVE);

    if (grown == MAP_FAILED)
        return NULL;
    immix_os_permit((uintptr_t)grown, bytes);
    return grown;
}

size_t immix_os_resident_bytes(void *memory, size_t bytes)
{
    unsigned char pages[1024];
    size_t resident = 0;

    for (size_t at = 0; at < bytes; at += sizeof pages * OS_PAGE_BYTES) {
        size_t some = bytes - at < sizeof pages * OS_PAGE_BYTES
                        ? bytes - at
                        : sizeof pages * OS_PAGE_BYTES;
        if (mincore((char *)memory + at, some, pages) != 0)
            return resident;
        for (size_t i = 0; i < some / OS_PAGE_BYTES; i += 1)
            resident += (pages[i] & 1) * (size_t)OS_PAGE_BYTES;
    }
    return resident;
}

void immix_os_prefer_huge(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}

void immix_os_prefer_small(void *memory, size_t bytes)
{
#ifdef MADV_NOHUGEPAGE
    madvise(memory, bytes, MADV_NOHUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}

void immix_os_discard(void *memory, size_t bytes)
{
    madvise(memory, bytes, MADV_DONTNEED);
}

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t immix_os_now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t immix_os_cpu_ns(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}
