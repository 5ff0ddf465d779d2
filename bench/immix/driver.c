/* driver.c - bench_immix: every workload on every memory manager, each run in its own process.
 *
 *     bench_immix [-n RUNS] [-m MANAGER] [--tiny] [--json FILE] [WORKLOAD ...]
 *
 * The managers take turns in each round, so that a machine that is slow for a while is slow for
 * all of them. What is printed is the run with the least CPU time. See bench/README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter.h"

typedef enum Managers {
    ANY,       /* with or without a collector */
    COLLECTING /* it makes sense only with one */
} Managers;

typedef struct Workload {
    const char *name;
    const char *unit;
    Managers managers;
    const char *what;
} Workload;

static const Workload workloads[WORKLOADS] = {
#define WORKLOAD(name, unit, managers, what) \
    [WORKLOAD_##name] = {#name, unit, managers, what},
#include "workloads.def"
#undef WORKLOAD
};

#define ADAPTER(name) extern const Adapter adapter_##name;
#include "adapters.def"
#undef ADAPTER

/* The one that the others are compared with comes last. */
static const Adapter *const adapters[] = {
#define ADAPTER(name) &adapter_##name,
#include "adapters.def"
#undef ADAPTER
};

enum {
    ADAPTERS = sizeof adapters / sizeof adapters[0]
};

typedef struct Options {
    int runs;
    bool tiny;
    const char *manager;
    const char *json_path;
    char **names;
    int name_count;
} Options;

/* ---- Running -------------------------------------------------------------------------------- */

static Result failed(const char *why)
{
    Result result = {.done = false};

    snprintf(result.failure, sizeof result.failure, "%s", why);
    return result;
}

static Result run_in_child(WorkloadRun *workload, bool tiny)
{
    int ends[2];
    Result result;
    if (pipe(ends) != 0)
        return failed("no pipe");

    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        Run run;
        close(ends[0]);
        run_open(&run, tiny, ends[1]);
        workload(&run);
        run_finish(&run);
    }
    close(ends[1]);
    ssize_t got = child < 0 ? -1 : read(ends[0], &result, sizeof result);
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return got == (ssize_t)sizeof result ? result : failed("the process died");
}

static bool runs_on(const Workload *workload, const Adapter *adapter)
{
    return workload->managers == ANY || adapter->collects;
}

static bool is_asked_for(const Options *options, const Adapter *adapter)
{
    return options->manager == NULL || strcmp(options->manager, adapter->name) == 0;
}

/* The best result of each adapter; one that failed stays. */
static void measure(const Options *options, WorkloadId id, Result best[ADAPTERS])
{
    for (int round = 0; round < options->runs; round += 1) {
        for (size_t i = 0; i < ADAPTERS; i += 1) {
            if (!runs_on(&workloads[id], adapters[i])
                || !is_asked_for(options, adapters[i]))
                continue;
            Result result = run_in_child(adapters[i]->run[id], options->tiny);
            if (round == 0 || !result.done
                || (best[i].done && result.cpu_ns < best[i].cpu_ns))
                best[i] = result;
        }
    }
}

/* ---- Reporting ------------------------------------------------------------------------------ */

static double per_unit(const Result *result)
{
    return result->cpu_ns / result->count;
}

static void print_heading(void)
{
    printf("%-14s %-7s %10s %7s %6s %6s %9s %9s %9s %8s %8s\n", "workload", "manager",
           "ns/unit", "ratio", "minor", "full", "p50 us", "p99 us", "max us", "peak MB",
           "after MB");
}

static void print_row(const Workload *workload, const Adapter *adapter,
                      const Result *result, const Result *base)
{
    printf("%-14s %-7s ", workload->name, adapter->name);
    if (!result->done) {
        printf("failed: %s\n", result->failure);
        return;
    }
    printf("%10.2f ", per_unit(result));
    if (base->done)
        printf("%7.2f ", per_unit(result) / per_unit(base));
    else
        printf("%7s ", "-");
    printf("%6llu %6llu %9.1f %9.1f %9.1f %8.1f %8.1f\n",
           (unsigned long long)result->collections[KIND_MINOR],
           (unsigned long long)result->collections[KIND_FULL], result->pause_p50_ns / 1e3,
           result->pause_p99_ns / 1e3, result->pause_max_ns / 1e3,
           (double)result->resident_peak_bytes / 1e6,
           (double)result->resident_after_bytes / 1e6);
    fflush(stdout);
}

static void write_json(FILE *file, const Workload *workload, const Adapter *adapter,
                       const Result *result, bool *first)
{
    fprintf(file, "%s\n  {\"workload\": \"%s\", \"manager\": \"%s\", \"unit\": \"%s\"",
            *first ? "" : ",", workload->name, adapter->name, workload->unit);
    *first = false;
    if (!result->done) {
        fprintf(file, ", \"failure\": \"%s\"}", result->failure);
        return;
    }
    fprintf(file,
            ", \"count\": %.0f, \"cpu_ns\": %.0f, \"ns_per_unit\": %.3f, \"minor\": %llu, "
            "\"full\": %llu, \"pause_p50_ns\": %.0f, \"pause_p99_ns\": %.0f, "
            "\"pause_max_ns\": %.0f, \"resident_peak_bytes\": %llu, "
            "\"resident_after_bytes\": %llu}",
            result->count, result->cpu_ns, per_unit(result),
            (unsigned long long)result->collections[KIND_MINOR],
            (unsigned long long)result->collections[KIND_FULL], result->pause_p50_ns,
            result->pause_p99_ns, result->pause_max_ns,
            (unsigned long long)result->resident_peak_bytes,
            (unsigned long long)result->resident_after_bytes);
}

/* False: some run failed. */
static bool report(const Options *options, WorkloadId id, FILE *json, bool *first)
{
    const Workload *workload = &workloads[id];
    Result best[ADAPTERS] = {{0}};
    bool ok = true;

    measure(options, id, best);
    for (size_t i = 0; i < ADAPTERS; i += 1) {
        if (!runs_on(workload, adapters[i]) || !is_asked_for(options, adapters[i]))
            continue;
        print_row(workload, adapters[i], &best[i], &best[ADAPTERS - 1]);
        if (json != NULL)
            write_json(json, workload, adapters[i], &best[i], first);
        ok = ok && best[i].done;
    }
    return ok;
}

/* ---- Command line --------------------------------------------------------------------------- */

static NO_RETURN void usage(FILE *file)
{
    fprintf(file, "usage: bench_immix [-n RUNS] [-m MANAGER] [--tiny] [--json FILE] "
                  "[WORKLOAD ...]\n\nmanagers:");
    for (size_t i = 0; i < ADAPTERS; i += 1)
        fprintf(file, " %s", adapters[i]->name);
    fprintf(file, "\nworkloads, which the beginning of a name selects:\n");
    for (size_t i = 0; i < WORKLOADS; i += 1)
        fprintf(file, "  %-14s %s\n", workloads[i].name, workloads[i].what);
    exit(file == stdout ? 0 : 2);
}

static Options parse(int argc, char **argv)
{
    Options options = {.runs = 3};
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i += 1) {
        if (strcmp(argv[i], "--tiny") == 0)
            options.tiny = true;
        else if (strcmp(argv[i], "--json") == 0 && i + 1 < argc)
            options.json_path = argv[++i];
        else if (strcmp(argv[i], "-m") == 0 && i + 1 < argc)
            options.manager = argv[++i];
        else if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            options.runs = atoi(argv[++i]);
        else
            usage(strcmp(argv[i], "--help") == 0 ? stdout : stderr);
    }
    options.names = argv + i;
    options.name_count = argc - i;
    if (options.runs < 1)
        usage(stderr);
    return options;
}

static bool is_wanted(const Options *options, const char *name)
{
    for (int i = 0; i < options->name_count; i += 1) {
        if (strncmp(name, options->names[i], strlen(options->names[i])) == 0)
            return true;
    }
    return options->name_count == 0;
}

int main(int argc, char **argv)
{
    Options options = parse(argc, argv);
    FILE *json = NULL;
    bool first = true, ok = true;

    if (options.json_path != NULL) {
        json = fopen(options.json_path, "w");
        if (json == NULL) {
            perror(options.json_path);
            return 2;
        }
        fprintf(json, "[");
    }
    print_heading();
    for (WorkloadId id = 0; id < WORKLOADS; id += 1) {
        if (is_wanted(&options, workloads[id].name))
            ok = report(&options, id, json, &first) && ok;
    }
    if (json != NULL) {
        fprintf(json, "\n]\n");
        ok = fclose(json) == 0 && ok;
    }
    return ok ? 0 : 1;
}
