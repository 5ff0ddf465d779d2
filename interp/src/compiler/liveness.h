/* liveness.h - which registers are read later, for every point of a procedure. */
#ifndef LI_COMPILER_LIVENESS_H
#define LI_COMPILER_LIVENESS_H

#include "compiler/insn.h"

/* What li_liveness stores for words that do not begin an instruction. */
#define LIVE_NO_INSN ((uint64_t)1 << LIVE_REGISTERS)

/* before[i] := bit r is set if register r < LIVE_REGISTERS is read at instruction i or later,
 * before it is written. `words` are well-formed instructions: lengths and jumps are right. */
void li_liveness(const uint64_t *words, uint64_t count, uint64_t *before);

/* What the LIVE word of the instruction at `index` must be. */
uint64_t li_live_word(const uint64_t *words, uint64_t index, const uint64_t *before);

/* Fills the LIVE words of `words`. `before` has room for `count` words. */
void li_fill_live_words(uint64_t *words, uint64_t count, uint64_t *before);

/* The word, counted from the instruction, that is its LIVE word; 0 if it has none. */
uint32_t li_live_word_offset(Opcode op);

/* Where the jump at `index` goes. Its opcode must have INSN_JUMPS. */
int64_t li_jump_target(const uint64_t *words, uint64_t index);

#endif /* LI_COMPILER_LIVENESS_H */
