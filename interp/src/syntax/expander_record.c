/* expander_record.c - define-record-type. */
#include "syntax/expander_internal.h"

typedef struct RecordSpec {
    const Form *form;
    Definer *definer;
    Value name;        /* of the type */
    Value constructor; /* #f, a name, or (name field ...) */
    Value predicate;   /* #f or a name */
    Value fields;      /* list of field specs */
    uint32_t count;    /* of fields */
    Value *symbols;    /* of fields */
    Rib *indices;      /* field name -> index, as a fixnum */
    Place type;
} RecordSpec;

static const char who[] = "define-record-type";

/* ---- Reading the form --------------------------------------------------------------------- */

/* A field is (name), (name accessor) or (name accessor modifier), or just a name. */
static Status parse_field(Expansion *x, RecordSpec *spec, const Form *field,
                          uint32_t index)
{
    int64_t length = li_list_length(field->datum);
    Value name = length >= 1 ? pair_car(field->datum) : field->datum;

    if (!value_is_name(name) || length > 3)
        return li_syntax_error(x, field->position, field->datum,
                               "%s: expected a field (name accessor [modifier]), got",
                               who);
    if (li_rib_find(spec->indices, name) != NULL)
        return li_syntax_error(x, field->position, name, "%s: duplicate field", who);
    spec->symbols[index] = li_name_symbol(name);
    return li_rib_bind_syntax(x, spec->indices, name, value_from_fixnum(index));
}

static Status parse(Expansion *x, const Form *form, RecordSpec *spec)
{
    Value operands = form_operands(form), rest;
    int64_t count;

    TRY(li_check_operands(x, form, who, 2, OPERANDS_ANY, &count));
    spec->name = li_list_at(operands, 0);
    spec->constructor = li_list_at(operands, 1);
    spec->predicate = count > 2 ? li_list_at(operands, 2) : VALUE_FALSE;
    spec->fields = count > 2 ? pair_cdr(pair_cdr(pair_cdr(operands))) : VALUE_NIL;
    spec->count = count > 2 ? (uint32_t)count - 3 : 0;
    spec->symbols = X_ARRAY(x, Value, spec->count);
    if (spec->symbols == NULL)
        return ERR_NO_MEMORY;
    if (!value_is_name(spec->name))
        return li_syntax_error(x, form->position, spec->name,
                               "%s: expected the name of the type, got", who);
    if (value_is_true(spec->predicate) && !value_is_name(spec->predicate))
        return li_syntax_error(x, form->position, spec->predicate,
                               "%s: expected the name of a predicate or #f, got", who);
    TRY(li_rib_new(x, NULL, &spec->indices));
    rest = spec->fields;
    for (uint32_t i = 0; i < spec->count; i += 1, rest = pair_cdr(rest)) {
        Form field = li_form_item(form, rest);

        TRY(parse_field(x, spec, &field, i));
    }
    return OK;
}

/* ---- Making the procedures ---------------------------------------------------------------- */

static Status define_as(Expansion *x, RecordSpec *spec, Value name, Node *value)
{
    Place place;

    TRY(spec->definer->define(x, spec->form, spec->definer, name, &place));
    return spec->definer->assign(x, spec->form, spec->definer, place, value);
}

/* A new parameter and a reference to it. */
static Status add_parameter(Expansion *x, const RecordSpec *spec, Value name,
                            Variable **variable, Node **reference)
{
    *variable = li_variable_new(x->arena, name);
    if (*variable == NULL)
        return ERR_NO_MEMORY;
    return li_make_local(x, spec->form->position, *variable, reference);
}

/* The procedures know the type, whatever becomes of the variable that has its name. */
static Status make_type(Expansion *x, RecordSpec *spec)
{
    Value fields;
    Node *call, *type;

    TRY(spec->definer->hide(x, spec->name, &spec->type));
    TRY(li_vector_from(x->heap, spec->symbols, spec->count, &fields));
    TRY(li_make_helper_call(x, spec->form->position, HELPER_MAKE_RECORD_TYPE, 2,
                            &call));
    TRY(li_make_const(x, li_name_symbol(spec->name), &call->as.call.args[0]));
    TRY(li_make_const(x, fields, &call->as.call.args[1]));
    TRY(spec->definer->assign(x, spec->form, spec->definer, spec->type, call));
    TRY(li_make_place(x, spec->form->position, spec->type, &type));
    return define_as(x, spec, spec->name, type);
}

/* The parameters that set fields: those that are listed, or all of them. */
static Status fill_constructor(Expansion *x, RecordSpec *spec, Value listed, bool all,
                               Clause *clause, Node *call)
{
    for (uint32_t i = 0; i < clause->required; i += 1) {
        uint32_t index = i;

        if (!all) {
            Value name = pair_car(listed);
            Local *field =
                value_is_name(name) ? li_rib_find(spec->indices, name) : NULL;

            if (field == NULL)
                return li_syntax_error(x, spec->form->position, name,
                                       "%s: not a field, but in the constructor:", who);
            index = (uint32_t)value_to_fixnum(field->syntax);
            listed = pair_cdr(listed);
        }
        if (call->as.call.args[index + 1] != NULL)
            return li_syntax_error(x, spec->form->position, spec->symbols[index],
                                   "%s: the constructor sets a field twice:", who);
        TRY(add_parameter(x, spec, spec->symbols[index], &clause->params[i],
                          &call->as.call.args[index + 1]));
    }
    for (uint32_t i = 1; i <= spec->count; i += 1) {
        if (call->as.call.args[i] == NULL)
            TRY(li_make_const(x, VALUE_FALSE, &call->as.call.args[i]));
    }
    return OK;
}

static Status make_constructor(Expansion *x, RecordSpec *spec)
{
    uint64_t position = spec->form->position;
    bool all = value_is_name(spec->constructor);
    Value name = all ? spec->constructor : VALUE_FALSE, listed = VALUE_NIL;
    int64_t count = all ? spec->count : li_list_length(spec->constructor) - 1;
    Node *lambda, *call;

    if (!value_is_true(spec->constructor))
        return OK;
    if (!all && count >= 0) {
        name = pair_car(spec->constructor);
        listed = pair_cdr(spec->constructor);
    }
    if (!value_is_name(name) || count > UINT32_MAX)
        return li_syntax_error(x, position, spec->constructor,
                               "%s: expected a constructor (name field ...), got", who);
    TRY(li_make_lambda(x, position, li_name_symbol(name), (uint32_t)count, &lambda));
    TRY(li_make_helper_call(x, position, HELPER_RECORD, spec->count + 1, &call));
    TRY(li_make_place(x, position, spec->type, &call->as.call.args[0]));
    TRY(fill_constructor(x, spec, listed, all, node_clause(lambda), call));
    node_clause(lambda)->body = call;
    return define_as(x, spec, name, lambda);
}

/* A procedure of one or two arguments: a helper's call on the record, the type, and more. It
 * has no position, so that an error names the place of the call and not of the definition. */
static Status make_procedure(Expansion *x, RecordSpec *spec, Value name, Helper helper,
                             uint32_t index)
{
    Value symbol = li_name_symbol(name), parameter;
    bool modifies = helper == HELPER_RECORD_SET;
    uint32_t argument_count = helper == HELPER_RECORD_IS ? 2 : modifies ? 5 : 4;
    Node *lambda, *call, **args;
    Clause *clause;

    TRY(li_make_lambda(x, 0, symbol, modifies ? 2 : 1, &lambda));
    TRY(li_make_helper_call(x, 0, helper, argument_count, &call));
    clause = node_clause(lambda);
    args = call->as.call.args;
    TRY(li_intern(x->heap, "record", &parameter));
    TRY(add_parameter(x, spec, parameter, &clause->params[0], &args[0]));
    TRY(li_make_place(x, 0, spec->type, &args[1]));
    if (helper != HELPER_RECORD_IS)
        TRY(li_make_const(x, value_from_fixnum(index), &args[2]));
    if (modifies)
        TRY(add_parameter(x, spec, spec->symbols[index], &clause->params[1], &args[3]));
    if (helper != HELPER_RECORD_IS)
        TRY(li_make_const(x, symbol, &args[argument_count - 1]));
    clause->body = call;
    return define_as(x, spec, name, lambda);
}

static Status make_field(Expansion *x, RecordSpec *spec, Value field, uint32_t index)
{
    Value rest = value_is_pair(field) ? pair_cdr(field) : VALUE_NIL;

    if (value_is_nil(rest))
        return OK;
    TRY(make_procedure(x, spec, pair_car(rest), HELPER_RECORD_REF, index));
    rest = pair_cdr(rest);
    if (value_is_nil(rest))
        return OK;
    return make_procedure(x, spec, pair_car(rest), HELPER_RECORD_SET, index);
}

static Status check_field_names(Expansion *x, const RecordSpec *spec, Value field)
{
    for (; value_is_pair(field); field = pair_cdr(field)) {
        if (!value_is_name(pair_car(field)))
            return li_syntax_error(x, spec->form->position, pair_car(field),
                                   "%s: expected the name of a procedure, got", who);
    }
    return OK;
}

Status li_define_record_type(Expansion *x, const Form *form, Definer *definer)
{
    RecordSpec spec = {.form = form, .definer = definer};
    Value rest;

    TRY(parse(x, form, &spec));
    TRY(make_type(x, &spec));
    TRY(make_constructor(x, &spec));
    if (value_is_true(spec.predicate))
        TRY(make_procedure(x, &spec, spec.predicate, HELPER_RECORD_IS, 0));
    rest = spec.fields;
    for (uint32_t i = 0; i < spec.count; i += 1, rest = pair_cdr(rest)) {
        TRY(check_field_names(x, &spec, pair_car(rest)));
        TRY(make_field(x, &spec, pair_car(rest), i));
    }
    return OK;
}
