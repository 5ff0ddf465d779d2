/* optimised_support.h - what the passes make of a lambda: the core language before and after. */
#ifndef TESTS_INTERP_OPTIMISED_SUPPORT_H
#define TESTS_INTERP_OPTIMISED_SUPPORT_H

#include <stdio.h>

#include "core_support.h"
#include "vm/builtin.h"

/* A new line and the blanks behind it stand for one blank; the last one goes. */
static inline const char *join_lines(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at += 1) {
        char c = *at;

        *to = c == '\n' ? ' ' : c;
        to += 1;
        if (c == '\n')
            at += strspn(at + 1, " ");
    }
    to[to > text ? -1 : 0] = '\0';
    return text;
}

/* What the passes make of `text`, a lambda named f, in the listing. */
static inline const char *optimised(const char *text)
{
    static Buffer listing;
    CompileOptions *options = li_vm_compile_options(core.vm);

    li_buffer_clear(&listing);
    options->dump = &listing;
    options->dump_optimised = true;
    core_compile(text);
    options->dump_optimised = false;
    options->dump = NULL;
    return join_lines((char *)(uintptr_t)li_buffer_c_string(&listing));
}

static inline Status define_builtin(void *context UNUSED, const char *name, Value procedure)
{
    Value cell = core_cell(name);

    if (!li_global_has_flag(value_to_global(cell), GLOBAL_CONSTANT)) {
        li_global_set(&test.heap, value_to_global(cell), procedure);
        li_global_add_flag(value_to_global(cell), GLOBAL_CONSTANT);
    }
    return OK;
}

/* Makes apply and call-with-values the procedures that they are in the library. */
static inline void core_builtins(void)
{
    ck_assert_ok(li_builtins_each(&test.heap, &core_prims[0], define_builtin, NULL));
}

#define ck_assert_optimised(before, after) ck_assert_str_eq(optimised(before), after)

#endif /* TESTS_INTERP_OPTIMISED_SUPPORT_H */
