/* profile.h - how often each instruction runs, and what runs after it.
 *
 * With a Profile the VM runs a second copy of its loop, the portable one, which counts each
 * instruction before it does it; so the loop that programs normally run knows nothing of this.
 */
#ifndef LI_VM_PROFILE_H
#define LI_VM_PROFILE_H

#include "compiler/insn.h"
#include "memory/buffer.h"
#include "vm/prim.h"

typedef struct Profile {
    uint64_t total;
    Opcode last, last_but_one; /* the two instructions that ran before */
    uint64_t single[OP_COUNT];
    uint64_t pair[OP_COUNT][OP_COUNT]; /* in the order in which they ran */
    uint64_t triple[OP_COUNT][OP_COUNT][OP_COUNT];
} Profile;

/* NULL: no memory. Free it with li_profile_free, which takes NULL too. */
Profile *li_profile_new(void);
void li_profile_free(Profile *profile);

ALWAYS_INLINE void li_profile_count(Profile *profile, Opcode op)
{
    profile->total += 1;
    profile->single[op] += 1;
    profile->pair[profile->last][op] += 1;
    profile->triple[profile->last_but_one][profile->last][op] += 1;
    profile->last_but_one = profile->last;
    profile->last = op;
}

/* What vm.c calls instead of its own loop when vm->profile is set. */
void li_run_counting(Vm *vm, const uint64_t *pc, Value *fp);

/* Appends the most frequent instructions, pairs and triples, with their share of all. The
 * caller looks at to->failed. */
void li_profile_report(const Profile *profile, Buffer *to);

#endif /* LI_VM_PROFILE_H */
