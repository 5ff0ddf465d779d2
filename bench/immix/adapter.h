/* adapter.h - what the driver knows of an adapter. What workloads know: see bench/README.md. */
#ifndef BENCH_ADAPTER_H
#define BENCH_ADAPTER_H

#include "run.h"

typedef enum WorkloadId {
#define WORKLOAD(name, unit, managers, what) WORKLOAD_##name,
#include "workloads.def"
#undef WORKLOAD
    WORKLOADS
} WorkloadId;

typedef void WorkloadRun(Run *run);

typedef struct Adapter {
    const char *name;
    bool collects;
    WorkloadRun *run[WORKLOADS];
} Adapter;

#endif /* BENCH_ADAPTER_H */
