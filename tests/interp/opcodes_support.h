/* opcodes_support.h - which instructions the compiler makes of a lambda. */
#ifndef TESTS_INTERP_OPCODES_SUPPORT_H
#define TESTS_INTERP_OPCODES_SUPPORT_H

#include "compiler/insn.h"
#include "core_support.h"

/* The code object or closure that is literal `name` of `code`, at any depth. */
static inline const Code *find_code(const Code *code, const char *name)
{
    Value symbol = test_symbol(&test.heap, name);

    for (uint32_t i = 0; i < vector_length(code->literals); i += 1) {
        Value literal = vector_items(code->literals)[i];
        const Code *inner;

        if (value_is_closure(literal))
            literal = value_to_closure(literal)->code;
        if (!value_has_type(literal, T_CODE) || value_to_code(literal) == code)
            continue;
        inner = value_to_code(literal);
        if (value_is_eq(inner->name, symbol))
            return inner;
        inner = find_code(inner, name);
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

/* The names of the opcodes of `code`, in order. */
static inline void opcodes_of(const Code *code, Buffer *to)
{
    const uint64_t *words = code_words(code);
    uint64_t count = value_to_array(code->instructions)->length;

    for (uint64_t i = 0; i < count;) {
        const OpInfo *info = &li_op_info[insn_op((Insn){words[i]})];

        li_buffer_printf(to, i == 0 ? "%s" : " %s", info->name);
        i += info->words;
    }
}

static inline void assert_opcodes(const Code *code, const char *expected)
{
    Buffer found = {0};

    ck_assert_ptr_nonnull(code);
    opcodes_of(code, &found);
    ck_assert_str_eq(li_buffer_c_string(&found), expected);
    li_buffer_free(&found);
}

/* `text` is a lambda named f; its code has these opcodes. */
#define ck_assert_opcodes(text, expected) \
    assert_opcodes(find_code(core_compile(text), "f"), expected)

#endif /* TESTS_INTERP_OPCODES_SUPPORT_H */
