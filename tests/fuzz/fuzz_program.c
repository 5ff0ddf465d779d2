/* fuzz_program.c - libFuzzer: any bytes, run as a program in little memory and time. */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>

#include "interp.h"

enum {
    HEAP_BYTES = 16 << 20,
    FIRST_INTERRUPT = 50000, /* microseconds of the processor's time */
    NEXT_INTERRUPT = 20000,
    FAIL_WITHIN = 3000,
    STRESS_BELOW = 200 /* shorter programs collect at each safepoint */
};

/* A signal handler gets no argument. */
static Interp *volatile interrupt_target;

static void on_timer(int signal)
{
    Interp *target = interrupt_target;

    (void)signal;
    if (target != NULL)
        interp_interrupt(target);
}

/* libFuzzer has the real-time timer. */
static void set_timer(Interp *target)
{
    struct itimerval timer = {
        .it_value.tv_usec = target != NULL ? FIRST_INTERRUPT : 0,
        .it_interval.tv_usec = target != NULL ? NEXT_INTERRUPT : 0,
    };

    interrupt_target = target;
    signal(SIGVTALRM, on_timer);
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

typedef struct Bytes {
    const char *start;
    size_t count;
} Bytes;

static InterpStatus evaluate(Interp *interp, void *context)
{
    const Bytes *bytes = context;
    interp_ref result;
    InterpText text;
    InterpStatus status =
        interp_eval_string(interp, "fuzz", bytes->start, bytes->count, &result);

    if (status == INTERP_OK && interp_write(interp, result, &text) == INTERP_OK)
        interp_text_free(&text);
    return INTERP_OK;
}

/* FNV-1a: what an input runs in depends on nothing but the input. */
static uint64_t hash_of(const uint8_t *data, size_t size)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < size; i += 1)
        hash = (hash ^ data[i]) * UINT64_C(0x100000001b3);
    return hash >> 8;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    InterpOptions options = {
        .max_heap_bytes = HEAP_BYTES,
        .input.kind = INTERP_STREAM_NONE,
        .output.kind = INTERP_STREAM_NONE,
        .error.kind = INTERP_STREAM_NONE,
        .stress = size < STRESS_BELOW ? 1 : 0,
    };
    uint64_t hash = hash_of(data, size);
    Bytes bytes = {(const char *)data, size};
    Interp *interp;

    /* One in four runs out of memory somewhere. */
    if (hash % 4 == 0)
        options.fail_alloc = 1 + hash / 4 % FAIL_WITHIN;
    if (interp_open(&options, &interp) != INTERP_OK)
        abort();
    set_timer(interp);
    if (interp_session(interp, evaluate, &bytes) != INTERP_OK)
        abort();
    set_timer(NULL);
    interp_close(interp);
    return 0;
}
