/* profile.c - see profile.h. */
#include "vm/profile.h"

#include <stdlib.h>

#include "vm/call.h"
#include "vm/stack.h"

#define DISPATCH_COUNTING
#include "vm/dispatch.h"

/* ---- The loop ---- */

void li_run_counting(Vm *vm, const uint64_t *pc, Value *fp)
{
    Profile *profile = vm->profile;

next:
    li_profile_count(profile, (Opcode)OP_OF(pc));
    switch ((Opcode)OP_OF(pc)) {
#include "vm/handlers.inc"
    case OP_COUNT: UNREACHABLE();
    }
resume:
    if (pc == NULL)
        return;
    fp = vm->fp;
    DISPATCH();
}

/* ---- The counts ---- */

Profile *li_profile_new(void)
{
    Profile *profile = calloc(1, sizeof *profile);

    if (profile == NULL)
        return NULL;
    /* Nothing ran before the first instruction: as if a run had ended. */
    profile->last = profile->last_but_one = OP_HALT;
    return profile;
}

void li_profile_free(Profile *profile)
{
    free(profile);
}

/* ---- The report ---- */

enum {
    REPORT_ROWS = 40,
    SEQUENCE_MAX = 3,
};

typedef struct Row {
    uint64_t count;
    size_t index; /* in the table: the opcodes as digits */
} Row;

/* The rows with the highest counts, highest first. Gives how many there are. */
static size_t find_top(const uint64_t *counts, size_t length, Row *rows)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i += 1) {
        size_t at = used;

        if (counts[i] == 0 || (used == REPORT_ROWS && counts[i] <= rows[used - 1].count))
            continue;
        if (used < REPORT_ROWS)
            used += 1;
        else
            at -= 1;
        for (; at > 0 && rows[at - 1].count < counts[i]; at -= 1)
            rows[at] = rows[at - 1];
        rows[at] = (Row){counts[i], i};
    }
    return used;
}

static void report_table(const char *title, const uint64_t *counts, size_t length,
                         uint32_t digits, uint64_t total, Buffer *to)
{
    Row rows[REPORT_ROWS];
    size_t count = find_top(counts, length, rows);

    li_buffer_printf(to, "%s\n", title);
    for (size_t i = 0; i < count; i += 1) {
        size_t index = rows[i].index, weight = length / OP_COUNT;

        li_buffer_printf(to, "%6.2f%% %14llu ",
                         100.0 * (double)rows[i].count / (double)total,
                         (unsigned long long)rows[i].count);
        for (uint32_t k = 0; k < digits; k += 1, weight /= OP_COUNT)
            li_buffer_printf(to, " %s", li_op_info[index / weight % OP_COUNT].name);
        li_buffer_push_string(to, "\n");
    }
}

void li_profile_report(const Profile *profile, Buffer *to)
{
    static const char *const titles[SEQUENCE_MAX] = {
        "instructions", "pairs of instructions", "triples of instructions"};
    const uint64_t *tables[SEQUENCE_MAX] = {profile->single, &profile->pair[0][0],
                                            &profile->triple[0][0][0]};
    size_t length = 1;

    li_buffer_printf(to, "%llu instructions ran\n", (unsigned long long)profile->total);
    for (uint32_t i = 0; i < SEQUENCE_MAX; i += 1) {
        length *= OP_COUNT;
        report_table(titles[i], tables[i], length, i + 1, profile->total, to);
    }
}
