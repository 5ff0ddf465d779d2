/* run.c - see run.h. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_PAUSES = 1 << 20
};

static double cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The field of /proc/self/status, which is in KiB; 0 where there is no such file. */
static uint64_t status_bytes(const char *field)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    uint64_t bytes = 0;

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, field, strlen(field)) == 0)
            bytes = strtoull(line + strlen(field), NULL, 10) * 1024;
    }
    if (file != NULL)
        fclose(file);
    return bytes;
}

static uint64_t above(uint64_t bytes, uint64_t base)
{
    return bytes > base ? bytes - base : 0;
}

static NO_RETURN void send_result(const Run *run)
{
    ssize_t written = write(run->result_fd, &run->result, sizeof run->result);

    _exit(written == (ssize_t)sizeof run->result ? 0 : 1);
}

void run_open(Run *run, bool tiny, int result_fd)
{
    *run = (Run){.tiny = tiny, .result_fd = result_fd, .random = 1};
    /* Mapped, so that only what is used of it counts as resident. */
    run->pauses = mmap(NULL, MOST_PAUSES * sizeof run->pauses[0], PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (run->pauses == MAP_FAILED)
        run_fail(run, "no memory for the pauses");
    run->resident_before_bytes = status_bytes("VmRSS:");
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

void run_finish(Run *run)
{
    Result *result = &run->result;
    size_t n = run->pause_count;

    result->resident_peak_bytes =
        above(status_bytes("VmHWM:"), run->resident_before_bytes);
    if (n > 0) {
        qsort(run->pauses, n, sizeof run->pauses[0], compare_floats);
        result->pause_p50_ns = (double)run->pauses[n / 2];
        result->pause_p99_ns = (double)run->pauses[n * 99 / 100];
        result->pause_max_ns = (double)run->pauses[n - 1];
    }
    result->done = true;
    send_result(run);
}

void run_start(Run *run)
{
    run->timing = true;
    run->started_ns = cpu_ns();
}

void run_stop(Run *run)
{
    run->result.cpu_ns = run_elapsed_ns(run);
    run->timing = false;
}

double run_elapsed_ns(const Run *run)
{
    return run->result.cpu_ns + (run->timing ? cpu_ns() - run->started_ns : 0);
}

void run_pause_start(Run *run)
{
    if (run->timing)
        run->pause_started_ns = cpu_ns();
}

void run_pause_stop(Run *run, Kind kind)
{
    if (!run->timing)
        return;
    run->result.collections[kind] += 1;
    if (run->pause_count < MOST_PAUSES)
        run->pauses[run->pause_count++] = (float)(cpu_ns() - run->pause_started_ns);
}

void run_note_resident(Run *run)
{
    run->result.resident_after_bytes =
        above(status_bytes("VmRSS:"), run->resident_before_bytes);
}

void run_fail(Run *run, const char *what)
{
    run->result.done = false;
    snprintf(run->result.failure, sizeof run->result.failure, "%s", what);
    send_result(run);
}

void run_check(Run *run, bool ok, const char *what)
{
    if (!ok)
        run_fail(run, what);
}
