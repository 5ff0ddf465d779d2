/* disassemble.c - bytecode as text, knowing no opcode but what the table says.
 *
 * Procedures within procedures are listed after the one around them, each once.
 */
#include "compiler/disassemble.h"

#include <stdlib.h>

#include "compiler/liveness.h"
#include "containers/symbolmap.h"
#include "containers/text.h"
#include "types/number.h"
#include "vm/global.h"
#include "vm/prim.h"

enum {
    MAX_TEXT = 40
};

/* ---- Values -------------------------------------------------------------------------------------- */

static void print_text(const Text *text, Buffer *to)
{
    for (uint64_t i = 0; i < text->length; i += 1) {
        uint32_t c = li_text_at(text, i);

        if (i == MAX_TEXT) {
            li_buffer_push_string(to, "...");
            break;
        }
        if (c < ' ' || c == 0x7f)
            li_buffer_printf(to, "\\x%x;", (unsigned)c);
        else
            li_buffer_push_char(to, c);
    }
}

static void print_immediate(Value v, Buffer *to)
{
    static const char *const names[] = {
        "#f",
        "#t",
        "()",
        "#<eof>",
        "#<unspecified>",
        "#<unbound>",
        "#<unassigned>",
        "#<default>",
        "#<absent>",
        "#<tombstone>",
    };
    uint64_t n = v.bits >> 8;

    if (value_is_char(v))
        li_buffer_printf(to, "#\\x%x", (unsigned)value_to_char(v));
    else if (!value_is_special(v) && n < sizeof names / sizeof names[0])
        li_buffer_push_string(to, names[n]);
    else
        li_buffer_printf(to, "#<immediate %llx>", (unsigned long long)v.bits);
}

static void print_named(const char *kind, Value name, Buffer *to)
{
    li_buffer_printf(to, "#<%s", kind);
    if (value_has_type(name, T_SYMBOL)) {
        li_buffer_push_char(to, ' ');
        print_text(symbol_text(name), to);
    }
    li_buffer_push_char(to, '>');
}

static void print_value(Value v, Buffer *to)
{
    if (value_is_number(v) && !value_is_bignum(v)) {
        if (li_number_print(v, 10, to) != OK)
            to->failed = true;
    } else if (value_tag(v) == TAG_IMMEDIATE) {
        print_immediate(v, to);
    } else if (value_has_type(v, T_SYMBOL)) {
        print_text(symbol_text(v), to);
    } else if (value_is_text(v)) {
        li_buffer_push_char(to, '"');
        print_text(value_to_text(v), to);
        li_buffer_push_char(to, '"');
    } else if (value_has_type(v, T_GLOBAL)) {
        print_named("cell", value_to_global(v)->name, to);
    } else if (value_has_type(v, T_CODE)) {
        print_named("code", value_to_code(v)->name, to);
    } else if (value_is_closure(v)) {
        print_named("procedure", value_to_code(value_to_closure(v)->code)->name, to);
    } else {
        li_buffer_printf(to, "#<%s>", li_value_kind_name(v));
    }
}

/* ---- Instructions -------------------------------------------------------------------------------- */

static void print_operand(Operand operand, Insn insn, int field, Buffer *to)
{
    const uint32_t fields[3] = {insn_a(insn), insn_b(insn), insn_c(insn)};
    uint32_t n = fields[field];

    switch (operand) {
    case OPERAND_DST:
    case OPERAND_SRC:
    case OPERAND_RNG:
    case OPERAND_OUT: li_buffer_printf(to, " r%u", (unsigned)n); break;
    case OPERAND_IMM: li_buffer_printf(to, " %d", (int)(int16_t)n); break;
    case OPERAND_NUM: li_buffer_printf(to, " %u", (unsigned)n); break;
    case OPERAND_K32: li_buffer_printf(to, " k%d", (int)insn_bx(insn)); break;
    case OPERAND_I32: li_buffer_printf(to, " %d", (int)insn_bx(insn)); break;
    case OPERAND_KEY:
        if (li_op_info[insn_op(insn)].operand[1] != OPERAND_NUM
            || li_op_has_callee(insn_op(insn)))
            li_buffer_printf(to, " %u", (unsigned)insn_key_count(n));
        break;
    case OPERAND_J16:
    case OPERAND_J32: /* printed as the target */
    case OPERAND_BC_:
    case OPERAND____:
    default: break;
    }
}

static void print_live(uint64_t mask, Buffer *to)
{
    li_buffer_push_string(to, " live{");
    for (uint32_t r = 0, printed = 0; r < LIVE_REGISTERS; r += 1) {
        if (!(mask >> r & 1))
            continue;
        li_buffer_printf(to, printed == 0 ? "r%u" : " r%u", (unsigned)r);
        printed += 1;
    }
    li_buffer_push_char(to, '}');
}

static void print_take(uint64_t word, Buffer *to)
{
    for (uint32_t i = 0; i < TAKE_PARTS; i += 1) {
        uint32_t take = insn_take(word, i);

        if (take < TAKE_FREE)
            li_buffer_printf(to, " r%u", (unsigned)take);
        else if (take < TAKE_SELF)
            li_buffer_printf(to, " free%u", (unsigned)(take - TAKE_FREE));
        else if (take != TAKE_END)
            li_buffer_push_string(to, take == TAKE_SELF ? " self" : " #f");
    }
}

/* Each word with its number. */
static void print_table(Value table, Buffer *to)
{
    const Value *slots = vector_items(table);

    li_buffer_push_string(to, " {");
    for (uint32_t i = 0, printed = 0; i < vector_length(table); i += 2) {
        if (value_is_eq(slots[i], VALUE_ABSENT))
            continue;
        li_buffer_push_string(to, printed == 0 ? "" : " ");
        print_value(slots[i], to);
        li_buffer_printf(to, ":%lld", (long long)value_to_fixnum(slots[i + 1]));
        printed += 1;
    }
    li_buffer_push_char(to, '}');
}

/* HERE words say how far the entry is from the instruction at `index`. */
static void print_entry(uint64_t word, int64_t index, Buffer *to)
{
    uint32_t moved = insn_entry_register(word);

    if (moved != 0)
        li_buffer_printf(to, " r%u", (unsigned)moved);
    li_buffer_printf(to, " %u @%lld", (unsigned)insn_entry_count(word),
                     (long long)(index + insn_entry_index(word)));
}

static void print_word(InsnWord kind, uint64_t bits, uint64_t index, Buffer *to)
{
    switch (kind) {
    case WORD_CELL:
        li_buffer_push_char(to, ' ');
        print_value(value_to_global((Value){bits})->name, to);
        break;
    case WORD_PRIM:
        li_buffer_printf(to, " %s", ((const PrimDef *)(uintptr_t)bits)->name);
        break;
    case WORD_VAL:
    case WORD_PROC:
        li_buffer_push_char(to, ' ');
        print_value((Value){bits}, to);
        break;
    case WORD_REG: li_buffer_printf(to, " r%u", (unsigned)bits); break;
    case WORD_TAKE: print_take(bits, to); break;
    case WORD_LIT: li_buffer_printf(to, " k%u", (unsigned)bits); break;
    case WORD_TAB: print_table((Value){bits}, to); break;
    case WORD_ARG:
        li_buffer_printf(to, " r%u %u", (unsigned)insn_argument_register(bits),
                         (unsigned)insn_key_count(insn_argument_key(bits)));
        break;
    case WORD_ENT: print_entry(bits, 0, to); break;
    case WORD_HERE: print_entry(bits, (int64_t)index, to); break;
    case WORD_LIVE: print_live(bits, to); break;
    case WORD____:
    default: break;
    }
}

/* What the operands stand for: the literal loaded, the value of an immediate word. */
static void print_remark(const Code *code, Insn insn, Buffer *to)
{
    const OpInfo *info = &li_op_info[insn_op(insn)];

    if (info->operand[1] == OPERAND_K32) {
        li_buffer_push_string(to, "  ; ");
        print_value(vector_items(code->literals)[insn_bx(insn)], to);
    } else if (insn_op(insn) == OP_LOADI) {
        li_buffer_push_string(to, "  ; ");
        print_value((Value){(uint64_t)(int64_t)insn_bx(insn)}, to);
    } else if (insn_op(insn) == OP_BREQI || insn_op(insn) == OP_BRNEQI) {
        li_buffer_push_string(to, "  ; ");
        print_value((Value){(uint64_t)(int64_t)(int16_t)insn_b(insn)}, to);
    }
}

static void print_insn(const Code *code, uint64_t index, Buffer *to)
{
    const uint64_t *words = code_words(code);
    Insn insn = {words[index]};
    const OpInfo *info = &li_op_info[insn_op(insn)];

    li_buffer_printf(to, "%6llu  %-13s", (unsigned long long)index, info->name);
    for (int i = 0; i < 3; i += 1)
        print_operand((Operand)info->operand[i], insn, i, to);
    for (int i = 0; i + 1 < info->words; i += 1)
        print_word((InsnWord)info->word[i], words[index + 1 + (uint64_t)i], index,
                   to);
    if (info->flags & INSN_JUMPS)
        li_buffer_printf(to, " -> %lld", (long long)li_jump_target(words, index));
    print_remark(code, insn, to);
    li_buffer_push_char(to, '\n');
}

/* Of a procedure that runs in the closure of another, with its name. */
static void print_clause_head(const Code *code, const Value *clause, Buffer *to)
{
    uint32_t shown = (uint32_t)value_to_fixnum(clause[CLAUSE_SHOWN]);

    if (shown != 0) {
        li_buffer_push_string(to, "  ");
        print_named("procedure", li_code_frame(code, shown).name, to);
        li_buffer_push_char(to, '\n');
    }
    li_buffer_printf(to, "  %lld%s argument%s, %lld registers\n",
                     (long long)value_to_fixnum(clause[CLAUSE_REQUIRED]),
                     value_to_fixnum(clause[CLAUSE_REST]) ? " or more" : "",
                     value_to_fixnum(clause[CLAUSE_REQUIRED]) == 1 ? "" : "s",
                     (long long)value_to_fixnum(clause[CLAUSE_FRAME]));
}

static void disassemble_one(const Code *code, Buffer *to)
{
    uint64_t count = value_to_array(code->instructions)->length;
    uint32_t clause = 0, clauses = vector_length(code->clauses);

    print_named("code", code->name, to);
    if (value_to_fixnum(code->free_count) != 0)
        li_buffer_printf(to, " over %lld free",
                         (long long)value_to_fixnum(code->free_count));
    li_buffer_push_char(to, '\n');
    for (uint64_t i = 0; i < count;) {
        const Value *head = vector_items(code->clauses) + clause;

        if (clause < clauses && (uint64_t)value_to_fixnum(head[CLAUSE_ENTRY]) == i) {
            print_clause_head(code, head, to);
            clause += CLAUSE_WORDS;
        }
        print_insn(code, i, to);
        i += li_op_info[insn_op((Insn){code_words(code)[i]})].words;
    }
}

/* ---- Procedures within procedures ---------------------------------------------------- */

/* The code objects found so far, in the order of their listing. */
typedef struct Found {
    const Code **codes;
    size_t count, capacity;
} Found;

static bool add(Found *found, const Code *code)
{
    for (size_t i = 0; i < found->count; i += 1) {
        if (found->codes[i] == code)
            return true;
    }
    if (found->count == found->capacity) {
        size_t capacity = found->capacity == 0 ? 16 : found->capacity * 2;
        const Code **bigger = malloc(capacity * sizeof *bigger);

        if (bigger == NULL)
            return false;
        if (found->count != 0)
            memcpy(bigger, found->codes, found->count * sizeof *bigger);
        free(found->codes);
        found->codes = bigger;
        found->capacity = capacity;
    }
    found->codes[found->count] = code;
    found->count += 1;
    return true;
}

static bool add_literals(Found *found, const Code *code)
{
    for (uint32_t i = 0; i < vector_length(code->literals); i += 1) {
        Value literal = vector_items(code->literals)[i];

        if (value_is_closure(literal))
            literal = value_to_closure(literal)->code;
        if (value_has_type(literal, T_CODE) && !add(found, value_to_code(literal)))
            return false;
    }
    return true;
}

void li_disassemble(const Code *code, Buffer *to, bool recurse)
{
    Found found = {NULL, 0, 0};

    if (!recurse) {
        disassemble_one(code, to);
        return;
    }
    if (!add(&found, code))
        to->failed = true;
    for (size_t i = 0; i < found.count && !to->failed; i += 1) {
        disassemble_one(found.codes[i], to);
        if (!add_literals(&found, found.codes[i]))
            to->failed = true;
    }
    free(found.codes);
}
