/* prim_system.c - the command line, the environment and clocks. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ; /* POSIX has it, no header need declare it */

#include "lib/ports.h"
#include "lib/tables.h"
#include "types/number.h"
#include "vm/vm.h"

extern char **environ; /* POSIX leaves its declaration to the program */

enum {
    JIFFIES_PER_SECOND = 1000000000,
    TAI_OFFSET_SECONDS = 37, /* of TAI from UTC, since 2017 */
};

static Status command_line(Vm *vm, Args args UNUSED, Value *result)
{
    *result = vm->command_line;
    return OK;
}

/* A string that the report calls an error to change. */
static Status constant_string(Heap *heap, const char *bytes, size_t count, Value *string)
{
    TRY(li_text_from_utf8_lossy(heap, bytes, count, string));
    li_set_immutable(value_to_object(*string));
    return OK;
}

static Status get_environment_variable(Vm *vm, Args args, Value *result)
{
    const char *value;
    Text *text;
    char *name;

    TRY(li_arg_text(vm, "get-environment-variable", args, 0, &text));
    TRY(li_text_c_string(text, &name));
    value = getenv(name);
    free(name);
    if (value == NULL) {
        *result = VALUE_FALSE;
        return OK;
    }
    return constant_string(vm->heap, value, strlen(value), result);
}

/* ("NAME" . "value") */
static Status environment_entry(Heap *heap, const char *entry, Value *pair)
{
    const char *equals = strchr(entry, '=');
    size_t name_bytes = equals != NULL ? (size_t)(equals - entry) : strlen(entry);
    const char *value = equals != NULL ? equals + 1 : "";
    Value name, text;

    TRY(constant_string(heap, entry, name_bytes, &name));
    TRY(constant_string(heap, value, strlen(value), &text));
    return li_cons_constant(heap, name, text, pair);
}

static Status get_environment_variables(Vm *vm, Args args UNUSED, Value *result)
{
    Value list = VALUE_NIL, pair;

    for (char **entry = environ; entry != NULL && *entry != NULL; entry += 1) {
        TRY(environment_entry(vm->heap, *entry, &pair));
        TRY(li_cons_constant(vm->heap, pair, list, &list));
    }
    *result = list;
    return OK;
}

static Status current_jiffy(Vm *vm, Args args UNUSED, Value *result)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return ERR_IO;
    return li_num_from_int64(
        vm->heap, (int64_t)now.tv_sec * JIFFIES_PER_SECOND + now.tv_nsec, result);
}

static Status jiffies_per_second(Vm *vm UNUSED, Args args UNUSED, Value *result)
{
    *result = value_from_fixnum(JIFFIES_PER_SECOND);
    return OK;
}

static Status current_second(Vm *vm, Args args UNUSED, Value *result)
{
    struct timespec now;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return ERR_IO;
    return li_flonum(
        vm->heap, (double)now.tv_sec + (double)now.tv_nsec / 1e9 + TAI_OFFSET_SECONDS,
        result);
}

const PrimDef li_system_prims[] = {
    {"command-line", command_line, 0, 0, "(command-line)",
     "The program's file name and its arguments, a list of strings."},
    {"get-environment-variable", get_environment_variable, 1, 1,
     "(get-environment-variable name)",
     "The value of an environment variable, a string; #f if there is none."},
    {"get-environment-variables", get_environment_variables, 0, 0,
     "(get-environment-variables)",
     "All environment variables, a list of pairs of strings (name . value)."},
    {"current-jiffy", current_jiffy, 0, 0, "(current-jiffy)",
     "Nanoseconds since some moment that stays the same while the program runs."},
    {"jiffies-per-second", jiffies_per_second, 0, 0, "(jiffies-per-second)",
     "How many jiffies a second has: 1000000000."},
    {"current-second", current_second, 0, 0, "(current-second)",
     "Seconds since the beginning of 1970 by International Atomic Time, a flonum. That is 37 "
     "more than by the clocks on walls."},
    {0},
};
