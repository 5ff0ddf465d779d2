/* arity.c - errors of calls with a wrong number of arguments. */
#include "syntax/source.h"
#include "vm/call.h"
#include "vm/condition.h"

static const char *procedure_label(Value procedure, char *to, size_t bytes)
{
    Value name = li_procedure_name(procedure);
    size_t n = 0;

    if (!value_is_symbol(name))
        return "anonymous procedure";
    const Text *text = symbol_text(name);
    uint64_t end = text->length;
    while (end > 0 && li_text_utf8_bytes(text, 0, end) >= bytes)
        end /= 2;
    n = li_text_utf8_bytes(text, 0, end);
    li_text_to_utf8(text, 0, end, to);
    to[n] = '\0';
    return to;
}

static void describe_name(Value name, Buffer *to)
{
    const Text *text;

    if (!value_is_symbol(name)) {
        li_buffer_push_char(to, '_');
        return;
    }
    text = symbol_text(name);
    for (uint64_t i = 0; i < text->length; i += 1)
        li_buffer_push_char(to, li_text_at(text, i));
}

static bool has_rest(const Value *clause)
{
    return value_to_fixnum(clause[CLAUSE_REST]) != 0;
}

/* True if a clause with a rest parameter takes what this one does; of two that are alike the
 * first one stands. */
static bool is_covered(const Value *clauses, uint32_t count, uint32_t i)
{
    const Value *clause = clauses + (size_t)i * CLAUSE_WORDS;
    int64_t required = value_to_fixnum(clause[CLAUSE_REQUIRED]);

    for (uint32_t k = 0; k < count; k += 1) {
        const Value *other = clauses + (size_t)k * CLAUSE_WORDS;
        int64_t least = value_to_fixnum(other[CLAUSE_REQUIRED]);

        if (k != i && has_rest(other)
            && (least < required || (least == required && (!has_rest(clause) || k < i))))
            return true;
    }
    return false;
}

static void describe_arity(const Code *code, Buffer *to)
{
    uint32_t count = code_clause_count(code), left = 0;
    const Value *clauses = vector_items(code->clauses);

    for (uint32_t i = 0; i < count; i += 1)
        left += !is_covered(clauses, count, i);
    for (uint32_t i = 0; i < count; i += 1) {
        const Value *clause = clauses + (size_t)i * CLAUSE_WORDS;

        if (is_covered(clauses, count, i))
            continue;
        left -= 1;
        li_buffer_printf(to, "%s%d%s", has_rest(clause) ? "at least " : "",
                         (int)value_to_fixnum(clause[CLAUSE_REQUIRED]),
                         left == 0   ? ""
                         : left == 1 ? " or "
                                     : ", ");
    }
}

/* The names in `params`, the last one dotted if it takes what is left, with `before` before
 * the first. */
static void describe_params(Value params, const char *before, Buffer *to)
{
    for (; value_is_pair(params); params = pair_cdr(params)) {
        li_buffer_push_string(to, before);
        describe_name(pair_car(params), to);
        before = " ";
    }
    if (!value_is_nil(params)) {
        li_buffer_push_string(to, before[0] == '\0' ? "" : " . ");
        describe_name(params, to);
    }
}

/* (f x y . rest), (lambda (x y . rest)), (lambda rest) */
static void describe_usage(Value name, Value params, Buffer *to)
{
    if (value_is_symbol(name)) {
        li_buffer_push_char(to, '(');
        describe_name(name, to);
        describe_params(params, " ", to);
        li_buffer_push_char(to, ')');
    } else {
        bool is_list = value_is_pair(params) || value_is_nil(params);

        li_buffer_push_string(to, is_list ? "(lambda (" : "(lambda ");
        describe_params(params, "", to);
        li_buffer_push_string(to, is_list ? "))" : ")");
    }
}

static void describe_place(const Vm *vm, Value position, Buffer *to)
{
    if (value_to_fixnum(position) == 0)
        return;
    li_buffer_push_string(to, to->length > 0 ? ", defined at " : "defined at ");
    li_position_print(vm->sources, (uint64_t)value_to_fixnum(position), to);
}

/* "(f x y) or (f x y . rest)", and where it was written. */
static void describe_procedure(const Vm *vm, const Code *code, Buffer *to)
{
    uint32_t count = code_clause_count(code);

    for (uint32_t i = 0; i < count && value_is_vector(code->param_names); i += 1) {
        li_buffer_push_string(to, i > 0 ? " or " : "");
        describe_usage(code->name, vector_items(code->param_names)[i], to);
    }
    describe_place(vm, code->position, to);
}

static void push_expected(const char *wanted, bool is_one, uint32_t got, const char *usage,
                          Buffer *to)
{
    li_buffer_printf(to, ": expected %s argument%s, got %u", wanted, is_one ? "" : "s",
                     got);
    if (usage[0] != '\0')
        li_buffer_printf(to, "; it is %s", usage);
}

static void push_closure_arity(const Vm *vm, const Code *code, uint32_t got, Buffer *to)
{
    Buffer wanted = {0}, usage = {0};
    const char *text;

    if (code_clause_count(code) == 0) {
        li_buffer_push_string(
            to, ": it has no clauses, so every number of arguments is wrong");
        return;
    }
    describe_procedure(vm, code, &usage);
    describe_arity(code, &wanted);
    text = li_buffer_c_string(&wanted);
    push_expected(text, strcmp(text, "1") == 0 || strcmp(text, "at least 1") == 0, got,
                  li_buffer_c_string(&usage), to);
    to->failed |= wanted.failed || usage.failed;
    li_buffer_free(&usage);
    li_buffer_free(&wanted);
}

static const PrimDef *definition_of(Value primitive)
{
    return *(const PrimDef *const *)value_to_object(primitive);
}

static void push_primitive_arity(const PrimDef *def, uint32_t got, Buffer *to)
{
    char wanted[64];

    if (def->max_args == PRIM_ANY)
        snprintf(wanted, sizeof wanted, "at least %u", def->min_args);
    else if (def->max_args == def->min_args)
        snprintf(wanted, sizeof wanted, "%u", def->min_args);
    else
        snprintf(wanted, sizeof wanted, "%u to %u", def->min_args, def->max_args);
    push_expected(wanted,
                  def->min_args == 1
                      && (def->max_args == 1 || def->max_args == PRIM_ANY),
                  got, def->usage, to);
}

static const char *parameter_label(const Vm *vm, Value parameter)
{
    static const char *const names[] = {"current-input-port", "current-output-port",
                                        "current-error-port"};

    int which = li_vm_port_parameter(vm, parameter);

    return which >= 0 ? names[which] : "parameter";
}

void li_push_arity(const Vm *vm, Value procedure, uint32_t got, Buffer *to)
{
    if (value_is_closure(procedure))
        push_closure_arity(vm, value_to_code(value_to_closure(procedure)->code), got, to);
    else if (value_has_type(procedure, T_PRIMITIVE))
        push_primitive_arity(definition_of(procedure), got, to);
    else
        push_expected("0", false, got, "", to);
}

bool li_takes_arguments(Value procedure, uint32_t count)
{
    if (value_is_closure(procedure))
        return li_find_clause(value_to_code(value_to_closure(procedure)->code), count)
            != NULL;
    if (value_has_type(procedure, T_PRIMITIVE)) {
        const PrimDef *def = definition_of(procedure);

        return count >= def->min_args
            && (count <= def->max_args || def->max_args == PRIM_ANY);
    }
    return !value_has_type(procedure, T_PARAMETER) || count == 0;
}

Status li_raise_arity(Vm *vm, Value procedure, uint32_t got)
{
    char label[200];
    const char *who = procedure_label(procedure, label, sizeof label);
    Buffer text = {0};
    Status status = ERR_NO_MEMORY;

    if (value_has_type(procedure, T_PRIMITIVE))
        who = definition_of(procedure)->name;
    else if (value_has_type(procedure, T_PARAMETER))
        who = parameter_label(vm, procedure);
    li_push_arity(vm, procedure, got, &text);
    if (!text.failed)
        status = li_raise(vm, CONDITION_ARITY, VALUE_NIL, "%s%s", who,
                          li_buffer_c_string(&text));
    li_buffer_free(&text);
    return status;
}

/* Frees both buffers. */
static Status raise_values(Vm *vm, Buffer *wanted, Buffer *usage, uint32_t got)
{
    Status status = ERR_NO_MEMORY;

    if (!wanted->failed && !usage->failed)
        status = li_raise(vm, CONDITION_ARITY, VALUE_NIL,
                          "wrong number of values: expected %s, got %u; they go to %s",
                          li_buffer_c_string(wanted), got, li_buffer_c_string(usage));
    li_buffer_free(usage);
    li_buffer_free(wanted);
    return status;
}

Status li_raise_values(Vm *vm, Value procedure, uint32_t got)
{
    const Code *code = value_to_code(value_to_closure(procedure)->code);
    Buffer wanted = {0}, usage = {0};

    if (code_clause_count(code) == 0)
        return li_raise_arity(vm, procedure, got);
    describe_arity(code, &wanted);
    describe_procedure(vm, code, &usage);
    return raise_values(vm, &wanted, &usage, got);
}

Status li_raise_received(Vm *vm, Value receiver, uint32_t required, bool or_more,
                         uint32_t got)
{
    const Value *words = vector_items(receiver);
    Buffer wanted = {0}, usage = {0};

    li_buffer_printf(&wanted, "%s%u", or_more ? "at least " : "", required);
    describe_usage(words[RECEIVE_NAME], words[RECEIVE_PARAMS], &usage);
    describe_place(vm, words[RECEIVE_POSITION], &usage);
    return raise_values(vm, &wanted, &usage, got);
}
