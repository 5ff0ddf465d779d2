/* run.h - one run of one workload on one memory manager: its clock, pauses and checks.
 *
 * A run has a process of its own, so that its resident sizes are its own too. What is timed
 * is what lies between run_start() and run_stop(), which may be called again and again; the
 * time is that of the process's CPUs, collector threads included. */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "immix/compiler.h"

typedef enum Kind {
    KIND_MINOR,
    KIND_FULL,
    KINDS
} Kind;

/* Plain data: it travels through a pipe. */
typedef struct Result {
    bool done;
    double cpu_ns;
    double count; /* units of the workload that were timed */
    uint64_t collections[KINDS];
    double pause_p50_ns, pause_p99_ns, pause_max_ns;
    uint64_t resident_peak_bytes;
    uint64_t resident_after_bytes; /* when all was dropped and collected */
    char failure[128];
} Result;

typedef struct Run {
    bool tiny;     /* only to see that the workload works */
    int result_fd; /* where the result goes */
    bool timing;
    double started_ns;
    double pause_started_ns;
    uint64_t resident_before_bytes;
    float *pauses;
    size_t pause_count;
    uint64_t random;
    Result result;
} Run;

/* Prepares `run`, in the process that will run it. */
void run_open(Run *run, bool tiny, int result_fd);
/* Completes the result, sends it and ends the process. */
NO_RETURN void run_finish(Run *run);

void run_start(Run *run);
void run_stop(Run *run);
/* CPU time spent so far between starts and stops. */
double run_elapsed_ns(const Run *run);

/* Adapters call these around a collection. Only what falls in timed sections is counted. */
void run_pause_start(Run *run);
void run_pause_stop(Run *run, Kind kind);

/* Called when the workload has dropped and collected everything, before the heap closes. */
void run_note_resident(Run *run);

/* Ends the process with a failed result unless `ok`. */
void run_check(Run *run, bool ok, const char *what);
NO_RETURN void run_fail(Run *run, const char *what);

/* `n` is below 2^32. */
ALWAYS_INLINE uint64_t run_random_below(Run *run, uint64_t n)
{
    run->random = run->random * 6364136223846793005u + 1442695040888963407u;
    return (run->random >> 32) * n >> 32;
}

/* `tiny` in a trial, `full` otherwise. */
ALWAYS_INLINE size_t run_size(const Run *run, size_t full, size_t tiny)
{
    return run->tiny ? tiny : full;
}

#endif /* BENCH_RUN_H */
