/* prim_eval.c - compiling, environments and source texts, for eval, load and the prompt. */
#include <stdlib.h>

#include "compiler/compiler.h"
#include "containers/text.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "syntax/reader.h"
#include "syntax/source.h"
#include "vm/vm.h"

static Status arg_environment(Vm *vm, const char *who, Args args, uint32_t i)
{
    if (!value_has_type(args.at[i], T_ENVIRONMENT))
        return li_raise_type(vm, who, i, "an environment", args.at[i]);
    return OK;
}

static Status compile(Vm *vm, Args args, Value *result)
{
    TopForm form = {.datum = args.at[0], .environment = args.at[1]};

    TRY(arg_environment(vm, "eval", args, 1));
    return li_compile(vm, &form, args.count > 2 && value_is_true(args.at[2]), result);
}

static Status import_into(Vm *vm, Arena *arena, Value sets, Value environment,
                          Value *thunk)
{
    Node *node = NULL;

    TRY(li_environment_import_node(vm, arena, environment, sets, &node));
    if (node == NULL) {
        *thunk = VALUE_FALSE;
        return OK;
    }
    return li_compile_node(vm, arena, node, thunk);
}

static Status environment(Vm *vm, Args args, Value *result)
{
    Value made, thunk = VALUE_FALSE;
    Arena arena;
    Status status;

    TRY(li_environment_new(vm->heap, ENVIRONMENT_PROGRAM, VALUE_FALSE, &made));
    li_arena_init(&arena, vm->heap);
    status = import_into(vm, &arena, args.at[0], made, &thunk);
    li_arena_free(&arena);
    TRY(status);
    value_to_environment(made)->flags =
        value_from_fixnum(ENVIRONMENT_PROGRAM | ENVIRONMENT_IMMUTABLE);
    return li_cons(vm->heap, made, thunk, result);
}

static Status read_all(Vm *vm, Reader *reader, Value *forms)
{
    Heap *heap = li_vm_heap(vm);
    Value datum, list = VALUE_NIL;

    for (;;) {
        Status status = li_read(reader, &datum);

        if (status == ERR_READ)
            return li_raise_read_error(vm, &reader->error);
        TRY(status);
        if (value_is_eq(datum, VALUE_EOF))
            break;
        TRY(li_cons(heap, datum, list, &list));
    }
    for (*forms = VALUE_NIL; value_is_pair(list); list = pair_cdr(list))
        TRY(li_cons(heap, pair_car(list), *forms, forms));
    return OK;
}

static Status read_source(Vm *vm, char *bytes, size_t count, const char *name,
                          Value *forms)
{
    ReaderOptions options = {.positions = true, .immutable = true};
    TextStream stream;
    Reader reader;

    TRY(li_sources_add(li_vm_sources(vm), name, bytes, count, &options.file));
    options.name = li_sources_name(li_vm_sources(vm), options.file);
    if (count > 2 && bytes[0] == '#' && bytes[1] == '!'
        && (bytes[2] == '/' || bytes[2] == ' '))
        bytes[0] = ';';
    li_stream_from_memory(&stream, bytes, count);
    li_reader_open(&reader, li_vm_heap(vm), &stream, &options);
    Status status = read_all(vm, &reader, forms);
    li_reader_close(&reader);
    return status;
}

static Status source_forms(Vm *vm, Args args, Value *result)
{
    Text *text, *file;
    char *bytes, *name;
    size_t count;
    Status status;

    TRY(li_arg_text(vm, "load", args, 0, &text));
    TRY(li_arg_text(vm, "load", args, 1, &file));
    TRY(li_text_c_string(file, &name));
    count = li_text_utf8_bytes(text, 0, text->length);
    bytes = malloc(count + 1);
    status = ERR_NO_MEMORY;
    if (bytes != NULL) {
        li_text_to_utf8(text, 0, text->length, bytes);
        status = read_source(vm, bytes, count, name, result);
    }
    free(bytes);
    free(name);
    return status;
}

static Status interaction_environment(Vm *vm, Args args UNUSED, Value *result)
{
    *result = vm->interaction_environment;
    return OK;
}

static Status environment_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_ENVIRONMENT));
    return OK;
}

/* Gathers the symbols that an environment binds. */
typedef struct NameList {
    Heap *heap;
    Value list;
    Status status;
} NameList;

static void add_name(Value name, Value binding UNUSED, void *context)
{
    NameList *names = context;

    if (names->status == OK && value_is_symbol(name))
        names->status = li_cons(names->heap, name, names->list, &names->list);
}

static Status environment_names(Vm *vm, Args args, Value *result)
{
    NameList names = {vm->heap, VALUE_NIL, OK};

    TRY(arg_environment(vm, "%environment-names", args, 0));
    li_environment_each(args.at[0], add_name, &names);
    *result = names.list;
    return names.status;
}

const PrimDef li_eval_prims[] = {
    {"%compile", compile, 2, 3, "(%compile datum environment [keeps-frame])",
     "A procedure without arguments that evaluates the datum, an expression or a definition, "
     "in the environment; in tail position unless keeps-frame is true."},
    {"%environment", environment, 1, 1, "(%environment import-sets)",
     "A pair of a new environment with what the list of import sets gives, and a procedure "
     "that must be called first, to initialise the libraries, or #f."},
    {"%environment-names", environment_names, 1, 1, "(%environment-names environment)",
     "A list, in no particular order, of the symbols that the environment binds itself."},
    {"%source-forms", source_forms, 2, 2, "(%source-forms text file)",
     "The list of the data in the string text, with their positions in a file of that name."},
    {"%interaction-environment", interaction_environment, 0, 0,
     "(%interaction-environment)",
     "The environment of the prompt or the running program."},
    {"%environment?", environment_p, 1, 1, "(%environment? obj)",
     "True if obj is an environment."},
    {0},
};
