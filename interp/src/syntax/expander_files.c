/* expander_files.c - include and cond-expand, and the scan for assigned names. */
#include <stdlib.h>

#include "syntax/expander_internal.h"
#include "syntax/reader.h"
#include "syntax/source.h"
#include "types/features.h"

/* ---- Reading ----------------------------------------------------------------------------- */

Status li_raise_read_error(Vm *vm, const ReadError *error)
{
    char hint[100] = "";

    if (!error->incomplete)
        return li_raise_at(vm, CONDITION_READ, error->position, VALUE_NIL, "%s",
                           error->message);
    if (error->margin_line != 0 && strcmp(error->what, "parenthesis") == 0)
        (void)snprintf(hint, sizeof hint,
                       "; probably a ) is missing before line %u, which begins at the margin",
                       (unsigned)error->margin_line);
    return li_raise_at(vm, CONDITION_READ, error->opened, VALUE_NIL,
                       "unexpected end of input: the %s opened here was never closed%s",
                       error->what, hint);
}

static Status read_all(Expansion *x, Reader *reader, Value *forms)
{
    ListBuilder list = {VALUE_NIL, NULL};

    for (;;) {
        Value datum;
        Status status = li_read(reader, &datum);

        if (status == ERR_READ)
            return li_raise_read_error(x->vm, &reader->error);
        TRY(status);
        if (value_is_eq(datum, VALUE_EOF))
            break;
        TRY(li_list_push_end(x->heap, &list, datum));
    }
    *forms = list.head;
    return OK;
}

Status li_read_forms(Expansion *x, Buffer *text, const char *name, bool fold_case,
                     uint32_t *file, Value *forms)
{
    ReaderOptions options = {
        .name = name,
        .positions = true,
        .immutable = true,
        .fold_case = fold_case,
    };
    TextStream stream;
    Reader reader;
    Status status;

    TRY(li_sources_add(li_vm_sources(x->vm), name, text->bytes, text->length,
                       &options.file));
    *file = options.file;
    li_stream_from_memory(&stream, li_buffer_c_string(text), text->length);
    li_reader_open(&reader, x->heap, &stream, &options);
    status = read_all(x, &reader, forms);
    li_reader_close(&reader);
    return status;
}

/* The folder of the file that `position` lies in, with the slash; "" if it has none. */
static void push_folder(Expansion *x, uint64_t position, Buffer *to)
{
    uint32_t file = position_unpack(position).file;
    const char *name, *slash;

    if (file == 0)
        return;
    name = li_sources_name(li_vm_sources(x->vm), file);
    slash = strrchr(name, '/');
    if (slash != NULL)
        li_buffer_push(to, name, (size_t)(slash - name) + 1);
}

/* True if `file` is the one called `name`, or was included by way of that: if it includes that
 * in its turn, there is no end. */
static bool is_within(const Sources *sources, uint32_t file, const char *name)
{
    while (file != 0 && strcmp(li_sources_name(sources, file), name) != 0)
        file = li_sources_includer(sources, file);
    return file != 0;
}

/* Of `file`, which is within the one called `name` and includes it. */
static Status raise_circle(Expansion *x, const Form *form, const char *who, uint32_t file,
                           const char *name)
{
    const Sources *sources = li_vm_sources(x->vm);
    Buffer chain = {0};
    Status status;

    li_buffer_push_string(&chain, name);
    for (;; file = li_sources_includer(sources, file)) {
        li_buffer_push_string(&chain, ", which is included by ");
        li_buffer_push_string(&chain, li_sources_name(sources, file));
        if (strcmp(li_sources_name(sources, file), name) == 0)
            break;
    }
    status = li_raise_at(x->vm, CONDITION_SYNTAX, form->position, VALUE_NIL,
                         "%s: files include each other in a circle: %.600s", who,
                         li_buffer_c_string(&chain));
    li_buffer_free(&chain);
    return status;
}

static Status read_included(Expansion *x, const Form *form, const char *who, Buffer *text,
                            const char *shown, bool fold_case, Value *forms)
{
    Sources *sources = li_vm_sources(x->vm);
    uint32_t includer = position_unpack(form->position).file, file;

    if (is_within(sources, includer, shown))
        return raise_circle(x, form, who, includer, shown);
    TRY(li_read_forms(x, text, shown, fold_case, &file, forms));
    li_sources_set_includer(sources, file, includer);
    return OK;
}

static Status include_named(Expansion *x, const Form *form, const char *who, Value name,
                            bool fold_case, Value *forms)
{
    Buffer folder = {0}, text = {0}, shown = {0};
    Status status;
    char *path;

    TRY(li_text_c_string(value_to_text(name), &path));
    push_folder(x, form->position, &folder);
    if (li_libraries_read(&x->expander->libraries, li_buffer_c_string(&folder), path,
                          &text, &shown))
        status = read_included(x, form, who, &text, li_buffer_c_string(&shown), fold_case,
                               forms);
    else
        status = li_raise_at(x->vm, CONDITION_FILE, form->position, VALUE_NIL,
                             "%s: cannot read the file %.300s", who,
                             li_buffer_c_string(&shown));
    li_buffer_free(&folder);
    li_buffer_free(&text);
    li_buffer_free(&shown);
    free(path);
    return status;
}

Status li_include(Expansion *x, const Form *form, const char *who, Value names,
                  bool fold_case, Value *list)
{
    ListBuilder all = {VALUE_NIL, NULL};

    for (; value_is_pair(names); names = pair_cdr(names)) {
        Value forms;

        if (!value_is_text(pair_car(names)))
            return li_syntax_error(x, form->position, pair_car(names),
                                   "%s: expected the name of a file, a string, got",
                                   who);
        TRY(include_named(x, form, who, pair_car(names), fold_case, &forms));
        for (; value_is_pair(forms); forms = pair_cdr(forms))
            TRY(li_list_push_end(x->heap, &all, pair_car(forms)));
    }
    *list = all.head;
    return OK;
}

/* ---- cond-expand ------------------------------------------------------------------------- */

static bool has_feature(Value name)
{
    if (li_is_word(name, "else"))
        return true;
    for (size_t i = 0; i < li_feature_count(); i += 1) {
        if (li_is_word(name, li_feature_at(i)))
            return true;
    }
    return false;
}

/* (and ...) holds unless one part does not, (or ...) if one does. */
static Status junction_holds(Expansion *x, const Form *form, Value rest, bool all,
                             bool *holds)
{
    *holds = all;
    for (; value_is_pair(rest) && *holds == all; rest = pair_cdr(rest))
        TRY(li_feature_holds(x, form, pair_car(rest), holds));
    return OK;
}

Status li_feature_holds(Expansion *x, const Form *form, Value requirement, bool *holds)
{
    Form sub = li_form_sub(form, requirement);
    int64_t length = li_list_length(requirement);
    Value head, rest;

    if (!li_stack_ok())
        return li_raise_too_deep(x, form->position);
    if (value_is_name(requirement)) {
        *holds = has_feature(requirement);
        return OK;
    }
    head = length > 0 ? pair_car(requirement) : VALUE_FALSE;
    rest = length > 0 ? pair_cdr(requirement) : VALUE_NIL;
    if (li_is_word(head, "and"))
        return junction_holds(x, &sub, rest, true, holds);
    if (li_is_word(head, "or"))
        return junction_holds(x, &sub, rest, false, holds);
    if (li_is_word(head, "not") && length == 2) {
        TRY(li_feature_holds(x, &sub, pair_car(rest), holds));
        *holds = !*holds;
        return OK;
    }
    if (li_is_word(head, "library") && length == 2) {
        Value name;

        TRY(li_strip(x, pair_car(rest), &name));
        *holds = li_library_name_is_valid(name)
              && li_library_exists(&x->expander->libraries, name);
        return OK;
    }
    return li_syntax_error(
        x, sub.position, requirement,
        "cond-expand: expected a feature, (library name), (and ...), "
        "(or ...) or (not ...), got");
}

Status li_cond_expand(Expansion *x, const Form *form, Value *list)
{
    Value rest = form_operands(form);

    TRY(li_check_operands(x, form, "cond-expand", 0, OPERANDS_ANY, NULL));
    for (; value_is_pair(rest); rest = pair_cdr(rest)) {
        Form clause = li_form_item(form, rest);
        bool holds;

        if (li_list_length(clause.datum) < 1)
            return li_syntax_error(
                x, clause.position, clause.datum,
                "cond-expand: expected a clause (feature form ...), got");
        TRY(li_feature_holds(x, &clause, pair_car(clause.datum), &holds));
        if (holds) {
            *list = pair_cdr(clause.datum);
            return OK;
        }
    }
    *list = VALUE_NIL;
    return OK;
}

/* ---- Names that a program defines or assigns --------------------------------------------- */

typedef Status NameFn(Heap *heap, Value environment, Value name);

/* Calls fn for each x of a (set! x ...) anywhere in `datum`, be it code or not: a name too
 * many costs an optimisation, one too few would be wrong. */
static Status scan_set(Heap *heap, Value environment, Value datum, NameFn *fn)
{
    if (!li_stack_ok())
        return ERR_TOO_DEEP;
    if (!value_is_pair(datum) || li_pair_count(datum) < 0)
        return OK;
    if (li_is_word(pair_car(datum), "set!") && value_is_pair(pair_cdr(datum))
        && value_is_name(pair_car(pair_cdr(datum))))
        TRY(fn(heap, environment, li_name_symbol(pair_car(pair_cdr(datum)))));
    if (li_is_word(pair_car(datum), "quote"))
        return OK;
    for (; value_is_pair(datum); datum = pair_cdr(datum))
        TRY(scan_set(heap, environment, pair_car(datum), fn));
    return OK;
}

/* The cell need not be that of the name in the end; then this one is never seen. */
static Status note_assigned(Heap *heap, Value environment, Value name)
{
    Value cell;
    Origin origin = li_environment_find(environment, name, &cell);

    if (origin == ORIGIN_IMPORTED)
        return OK;
    TRY(li_environment_cell(heap, environment, name, &cell));
    li_global_note_assigned(value_to_global(cell));
    return OK;
}

Status li_scan_assigned(Expansion *x, Value environment, Value forms)
{
    Status status = OK;

    for (; value_is_pair(forms) && status == OK; forms = pair_cdr(forms))
        status = scan_set(x->heap, environment, pair_car(forms), note_assigned);
    if (status == ERR_TOO_DEEP)
        return li_raise_too_deep(x, value_is_pair(forms) ? li_pair_position(forms) : 0);
    return status;
}

static Status shadow_imported(Heap *heap, Value environment, Value name)
{
    Value binding, cell;

    if (!value_is_symbol(name)
        || li_environment_find(environment, name, &binding) != ORIGIN_IMPORTED
        || !value_has_type(binding, T_GLOBAL))
        return OK;
    return li_environment_shadow(heap, environment, name, &cell);
}

/* All the names in a list of names, lists of names, and so on, one level deep. */
static Status shadow_names(Heap *heap, Value environment, Value names)
{
    for (; value_is_pair(names); names = pair_cdr(names)) {
        Value item = pair_car(names);

        for (; value_is_pair(item); item = pair_cdr(item))
            TRY(shadow_imported(heap, environment, pair_car(item)));
        TRY(shadow_imported(heap, environment, item));
    }
    return shadow_imported(heap, environment, names);
}

static Status scan_definition(Heap *heap, Value environment, Value form)
{
    Value head, rest;

    if (!value_is_pair(form) || li_list_length(form) < 2)
        return OK;
    head = pair_car(form);
    rest = pair_cdr(form);
    if (li_is_word(head, "define")) {
        Value name = pair_car(rest);

        return shadow_imported(heap, environment,
                               value_is_pair(name) ? pair_car(name) : name);
    }
    if (li_is_word(head, "define-values"))
        return li_pair_count(pair_car(rest)) < 0
                 ? OK
                 : shadow_names(heap, environment, pair_car(rest));
    if (li_is_word(head, "define-record-type")) {
        for (Value r = rest; value_is_pair(r); r = pair_cdr(r)) {
            if (li_pair_count(pair_car(r)) < 0)
                return OK;
        }
        return shadow_names(heap, environment, rest);
    }
    if (!li_is_word(head, "begin"))
        return OK;
    if (!li_stack_ok())
        return ERR_TOO_DEEP;
    for (; value_is_pair(rest); rest = pair_cdr(rest))
        TRY(scan_definition(heap, environment, pair_car(rest)));
    return OK;
}

Status li_program_prescan(Vm *vm, Value environment, Value form)
{
    Heap *heap = li_vm_heap(vm);
    Status status;

    if (!li_environment_has_flag(environment, ENVIRONMENT_IMPLICIT))
        return OK;
    status = scan_definition(heap, environment, form);
    if (status == OK)
        status = scan_set(heap, environment, form, shadow_imported);
    if (status == ERR_TOO_DEEP)
        return li_raise_at(vm, CONDITION_SYNTAX,
                           value_is_pair(form) ? li_pair_position(form) : 0, VALUE_NIL,
                           "the program is nested too deeply");
    return status;
}

/* ---- Programs that can reach their own environment --------------------------------------- */

/* The procedures that give access to it, and the last parts of their libraries' names. */
static const char *const reflective[] = {"interaction-environment", "load", "repl", "r5rs"};
/* Libraries that begin so are known to give away nothing else. */
static const char *const known_parts[] = {"scheme", "srfi", "limpet"};

enum {
    REFLECTIVE = sizeof reflective / sizeof reflective[0],
    KNOWN_PARTS = sizeof known_parts / sizeof known_parts[0]
};

typedef struct Reach {
    Value names[REFLECTIVE];
    Value known[KNOWN_PARTS];
    Value import;
    bool mentions; /* one of the names is anywhere in the program */
    bool imports;  /* ... in an import */
    bool foreign;  /* a library that is not known is imported, or named in an import */
} Reach;

static bool is_among(Value datum, const Value *names, size_t count)
{
    for (size_t i = 0; i < count; i += 1) {
        if (value_is_eq(datum, names[i]))
            return true;
    }
    return false;
}

static bool is_import_modifier(Value head)
{
    return li_is_word(head, "only") || li_is_word(head, "except")
        || li_is_word(head, "prefix") || li_is_word(head, "rename");
}

/* The library that the import set is of is known. */
static bool is_known_library(const Reach *reach, Value set)
{
    while (value_is_pair(set) && is_import_modifier(pair_car(set))
           && value_is_pair(pair_cdr(set)) && value_is_pair(pair_car(pair_cdr(set))))
        set = pair_car(pair_cdr(set));
    return value_is_pair(set) && is_among(pair_car(set), reach->known, KNOWN_PARTS);
}

/* What is too deep or circular counts as everything, since nobody can tell. */
static void look_for_names(Reach *reach, Value datum, bool in_import)
{
    if (!li_stack_ok() || (value_is_pair(datum) && li_pair_count(datum) < 0)) {
        reach->mentions = reach->imports = true;
        return;
    }
    bool begins_import =
        value_is_pair(datum) && value_is_eq(pair_car(datum), reach->import);
    for (; value_is_pair(datum); datum = pair_cdr(datum)) {
        Value item = pair_car(datum);

        if (begins_import && value_is_pair(item) && !is_known_library(reach, item))
            reach->foreign = true;
        look_for_names(reach, item, in_import || begins_import);
    }
    if (is_among(datum, reach->names, REFLECTIVE)) {
        reach->mentions = true;
        reach->imports |= in_import;
    }
}

static Status intern_all(Heap *heap, const char *const *names, size_t count, Value *to)
{
    for (size_t i = 0; i < count; i += 1)
        TRY(li_intern(heap, names[i], &to[i]));
    return OK;
}

Status li_program_is_closed(Vm *vm, Value environment, Value forms, bool *closed)
{
    Heap *heap = li_vm_heap(vm);
    Reach reach = {0};

    TRY(intern_all(heap, reflective, REFLECTIVE, reach.names));
    TRY(intern_all(heap, known_parts, KNOWN_PARTS, reach.known));
    TRY(li_intern(heap, "import", &reach.import));
    look_for_names(&reach, forms, false);
    if (li_environment_has_flag(environment, ENVIRONMENT_IMPLICIT))
        *closed = !reach.mentions;
    else
        *closed = !reach.imports && !(reach.foreign && reach.mentions);
    return OK;
}
