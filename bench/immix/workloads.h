/* workloads.h - compiles every workload for the adapter that includes this at its end.
 *
 * So the adapter's allocation and barrier are inlined into the loops that they are measured
 * in. An adapter defines ADAPTER, its name, first. */
#include "adapter.h"

#include <stdlib.h>
#include <string.h>

#include "support.inc"

#include "workloads/churn.inc"
#include "workloads/fragmentation.inc"
#include "workloads/gcbench.inc"
#include "workloads/large.inc"
#include "workloads/lists.inc"
#include "workloads/lru.inc"
#include "workloads/mark.inc"
#include "workloads/minor.inc"
#include "workloads/quads.inc"
#include "workloads/store.inc"
#include "workloads/strings.inc"
#include "workloads/weak.inc"

#define PASTE(a, b)        a##b
#define ADAPTER_NAME(name) PASTE(adapter_, name)
#define TEXT(name)         #name
#define ADAPTER_TEXT(name) TEXT(name)

extern const Adapter ADAPTER_NAME(ADAPTER);

const Adapter ADAPTER_NAME(ADAPTER) = {
    .name = ADAPTER_TEXT(ADAPTER),
    .collects = MM_COLLECTS,
    .run =
        {
#define WORKLOAD(name, unit, managers, what) [WORKLOAD_##name] = name,
#include "workloads.def"
#undef WORKLOAD
        },
};
