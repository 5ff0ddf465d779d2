/* syntaxrules.c - compiles syntax-rules to patterns and templates. */
#include "syntax/syntaxrules.h"

/* The ellipses that a pattern variable stands under, from the inside out. */
typedef struct Path {
    const struct Path *outer;
    uint32_t depth; /* 1 for the outermost */
    uint32_t id;
} Path;

typedef struct PatternVariable {
    Value name;
    const Path *path; /* NULL: under no ellipsis */
    uint32_t used;    /* how many of its ellipses the templates around have taken up */
    uint32_t
        fewest; /* ellipses around it in the template that is looked at; 0: not there */
} PatternVariable;

typedef struct Compiler {
    Expansion *x;
    const Form *form; /* the syntax-rules form */
    Value literals;
    Value ellipsis;                  /* custom, or #f */
    bool no_ellipsis, no_underscore; /* they are literals */
    Rib *
        names; /* of the rule: pattern variables, and names that the template renames */
    PatternVariable *variables;
    uint32_t count, capacity;
    uint32_t path_count;
    ListBuilder renamed;
    uint32_t renamed_count;
} Compiler;

static Status fail(const Compiler *c, Value irritant, const char *message)
{
    return li_syntax_error(c->x, c->form->position, irritant, "syntax-rules: %s",
                           message);
}

static bool is_literal(const Compiler *c, Value name)
{
    for (Value rest = c->literals; value_is_pair(rest); rest = pair_cdr(rest)) {
        if (value_is_eq(pair_car(rest), name))
            return true;
    }
    return false;
}

static bool is_ellipsis(const Compiler *c, Value v)
{
    if (c->no_ellipsis || !value_is_name(v))
        return false;
    if (value_is_true(c->ellipsis))
        return value_is_eq(v, c->ellipsis);
    return li_is_keyword(v, c->form, SPECIAL_ELLIPSIS);
}

/* True if the second element of `pair` is an ellipsis. */
static bool is_repeated(const Compiler *c, Value pair)
{
    Value rest = pair_cdr(pair);

    return value_is_pair(rest) && is_ellipsis(c, pair_car(rest));
}

static Status make_box(Compiler *c, const Value *items, uint32_t count, Value *box)
{
    Value vector, *made;

    TRY(li_vector_from(c->x->heap, items, count, &vector));
    made = li_alloc(c->x->heap, T_BOX, 0, 1);
    if (made == NULL)
        return ERR_NO_MEMORY;
    *made = vector;
    *box = value_from_object(made);
    return OK;
}

static void finish_list(ListBuilder *list, Value tail, Value *result)
{
    if (list->last == NULL) {
        *result = tail;
    } else {
        list->last->cdr = tail;
        *result = list->head;
    }
}

/* What only compiled rules may contain cannot be a constant in them. */
static Status check_constant(const Compiler *c, Value v)
{
    if (value_is_special(v) || value_has_type(v, T_BOX))
        return fail(c, v, "this object cannot stand in a rule:");
    return OK;
}

/* ---- Patterns ---------------------------------------------------------------------------- */

static Status compile_pattern(Compiler *c, Value pattern, const Path *path,
                              bool repeats, Value *result);

static Status add_variable(Compiler *c, Value name, const Path *path, Value *result)
{
    if (li_rib_find(c->names, name) != NULL)
        return fail(c, name, "a pattern variable stands twice in a pattern:");
    if (c->count == c->capacity) {
        uint32_t capacity = c->capacity * 2 + 8;
        PatternVariable *variables = X_ARRAY(c->x, PatternVariable, capacity);

        if (variables == NULL)
            return ERR_NO_MEMORY;
        if (c->count != 0)
            memcpy(variables, c->variables, c->count * sizeof *variables);
        c->variables = variables;
        c->capacity = capacity;
    }
    if (c->count == PATTERN_WILDCARD)
        return ERR_BAD_SIZE;
    c->variables[c->count] = (PatternVariable){.name = name, .path = path};
    *result = value_from_special(c->count);
    c->count += 1;
    return li_rib_bind_syntax(c->x, c->names, name, *result);
}

static Status compile_pattern_atom(Compiler *c, Value pattern, const Path *path,
                                   Value *result)
{
    if (!value_is_name(pattern)) {
        *result = pattern;
        return check_constant(c, pattern);
    }
    if (is_literal(c, pattern)) {
        *result = pattern;
        return OK;
    }
    if (is_ellipsis(c, pattern))
        return fail(c, pattern, "misplaced in a pattern:");
    if (!c->no_underscore && li_is_keyword(pattern, c->form, SPECIAL_UNDERSCORE)) {
        *result = value_from_special(PATTERN_WILDCARD);
        return OK;
    }
    return add_variable(c, pattern, path, result);
}

static Status compile_vector_pattern(Compiler *c, Value pattern, const Path *path,
                                     Value *result)
{
    Value list, compiled;

    TRY(li_vector_to_list(c->x->heap, pattern, &list));
    TRY(compile_pattern(c, list, path, false, &compiled));
    return li_vector(c->x->heap, 1, compiled, result);
}

/* (sub ... . tail): the box that takes the place of this tail of a list. */
static Status compile_repeat(Compiler *c, Value pattern, const Path *path, Value *box)
{
    Value parts[REPEAT_WORDS], tail = pair_cdr(pair_cdr(pattern));
    Path *inner = X_NEW(c->x, Path);
    uint32_t first = c->count;

    if (inner == NULL)
        return ERR_NO_MEMORY;
    c->path_count += 1;
    *inner = (Path){path, path == NULL ? 1 : path->depth + 1, c->path_count};
    TRY(compile_pattern(c, pair_car(pattern), inner, false, &parts[REPEAT_SUB]));
    parts[REPEAT_FIRST] = value_from_fixnum(first);
    parts[REPEAT_COUNT] = value_from_fixnum(c->count - first);
    parts[REPEAT_TAIL_LENGTH] = value_from_fixnum(li_pair_count(tail));
    TRY(compile_pattern(c, tail, path, true, &parts[REPEAT_TAIL]));
    return make_box(c, parts, REPEAT_WORDS, box);
}

/* `repeats`: an ellipsis stood earlier in this list. */
static Status compile_pattern(Compiler *c, Value pattern, const Path *path,
                              bool repeats, Value *result)
{
    ListBuilder list = {VALUE_NIL, NULL};
    Value last;

    if (!li_stack_ok())
        return li_raise_too_deep(c->x, c->form->position);
    if (li_pair_count(pattern) < 0)
        return fail(c, VALUE_ABSENT, "a pattern is circular");
    while (value_is_pair(pattern)) {
        Value item;

        if (is_repeated(c, pattern)) {
            Value box;

            if (repeats)
                return fail(c, VALUE_ABSENT, "two ellipses in one list of a pattern");
            TRY(compile_repeat(c, pattern, path, &box));
            finish_list(&list, box, result);
            return OK;
        }
        TRY(compile_pattern(c, pair_car(pattern), path, false, &item));
        TRY(li_list_push_end(c->x->heap, &list, item));
        pattern = pair_cdr(pattern);
    }
    if (value_is_vector(pattern))
        TRY(compile_vector_pattern(c, pattern, path, &last));
    else
        TRY(compile_pattern_atom(c, pattern, path, &last));
    finish_list(&list, last, result);
    return OK;
}

/* ---- Templates: which variables an ellipsis repeats --------------------------------------- */

static uint32_t remaining(const PatternVariable *variable)
{
    return (variable->path == NULL ? 0 : variable->path->depth) - variable->used;
}

/* The ellipsis of the pattern that would be taken up next. */
static uint32_t next_path(const PatternVariable *variable)
{
    const Path *path = variable->path;

    while (path->depth > variable->used + 1)
        path = path->outer;
    return path->id;
}

static PatternVariable *find_variable(const Compiler *c, Value name)
{
    Local *local = value_is_name(name) ? li_rib_find(c->names, name) : NULL;
    uint32_t index;

    if (local == NULL)
        return NULL;
    index = value_to_special(local->syntax);
    return index < TEMPLATE_RENAMED ? &c->variables[index] : NULL;
}

/* Notes for each variable in `template` the fewest ellipses around it, counted from `levels`. */
static Status survey(Compiler *c, Value template, bool escaped, uint32_t levels)
{
    PatternVariable *variable;

    if (!li_stack_ok())
        return li_raise_too_deep(c->x, c->form->position);
    if (li_pair_count(template) < 0)
        return fail(c, VALUE_ABSENT, "a template is circular");
    if (!escaped && value_is_pair(template) && is_ellipsis(c, pair_car(template)))
        escaped = true;
    while (value_is_pair(template)) {
        uint32_t inner = levels;
        Value item = pair_car(template);

        while (!escaped && is_repeated(c, template)) {
            inner += 1;
            template = pair_cdr(template);
        }
        TRY(survey(c, item, escaped, inner));
        template = pair_cdr(template);
    }
    if (value_is_vector(template)) {
        Value list;

        TRY(li_vector_to_list(c->x->heap, template, &list));
        return survey(c, list, escaped, levels);
    }
    variable = find_variable(c, template);
    if (variable != NULL && (variable->fewest == 0 || levels < variable->fewest))
        variable->fewest = levels;
    return OK;
}

/* True if some variable that must be repeated now shares the ellipsis of `variable`. */
static bool goes_along(const Compiler *c, const PatternVariable *variable)
{
    for (uint32_t i = 0; i < c->count; i += 1) {
        const PatternVariable *other = &c->variables[i];

        if (other->fewest != 0 && remaining(other) >= other->fewest
            && remaining(other) > 0 && next_path(other) == next_path(variable))
            return true;
    }
    return false;
}

/* The variables that an ellipsis after `sub` repeats, as a list of indices. `levels` counts
 * this ellipsis and those between it and `sub`. */
static Status find_drivers(Compiler *c, Value sub, uint32_t levels, Value *drivers)
{
    ListBuilder list = {VALUE_NIL, NULL};

    for (uint32_t i = 0; i < c->count; i += 1)
        c->variables[i].fewest = 0;
    TRY(survey(c, sub, false, levels));
    for (uint32_t i = 0; i < c->count; i += 1) {
        const PatternVariable *variable = &c->variables[i];

        if (variable->fewest == 0 || remaining(variable) == 0)
            continue;
        if (remaining(variable) >= variable->fewest || goes_along(c, variable))
            TRY(li_list_push_end(c->x->heap, &list, value_from_fixnum(i)));
    }
    if (value_is_nil(list.head))
        return fail(c, VALUE_ABSENT, "an ellipsis in a template has nothing to repeat");
    *drivers = list.head;
    return OK;
}

static void use_drivers(Compiler *c, Value drivers, uint32_t change)
{
    for (; value_is_pair(drivers); drivers = pair_cdr(drivers))
        c->variables[value_to_fixnum(pair_car(drivers))].used += change;
}

/* ---- Templates --------------------------------------------------------------------------- */

static Status compile_template(Compiler *c, Value template, bool escaped,
                               Value *result);

static Status compile_template_name(Compiler *c, Value name, bool escaped,
                                    Value *result)
{
    PatternVariable *variable = find_variable(c, name);
    Local *local;

    if (variable != NULL) {
        if (remaining(variable) > 0)
            return fail(c, name, "in a template, an ellipsis must follow");
        *result = value_from_special((uint32_t)(variable - c->variables));
        return OK;
    }
    if (!escaped && is_ellipsis(c, name))
        return fail(c, name, "misplaced in a template:");
    local = li_rib_find(c->names, name);
    if (local != NULL) {
        *result = local->syntax;
        return OK;
    }
    if (c->renamed_count == PATTERN_WILDCARD)
        return ERR_BAD_SIZE;
    *result = value_from_special(TEMPLATE_RENAMED + c->renamed_count);
    c->renamed_count += 1;
    TRY(li_list_push_end(c->x->heap, &c->renamed, name));
    return li_rib_bind_syntax(c->x, c->names, name, *result);
}

/* sub and the `levels` ellipses after it; the caller fills in the tail. */
static Status compile_splice(Compiler *c, Value sub, uint32_t levels, Value *box)
{
    Value parts[SPLICE_WORDS];

    if (!li_stack_ok())
        return li_raise_too_deep(c->x, c->form->position);
    TRY(find_drivers(c, sub, levels, &parts[SPLICE_DRIVERS]));
    use_drivers(c, parts[SPLICE_DRIVERS], 1);
    if (levels == 1)
        TRY(compile_template(c, sub, false, &parts[SPLICE_SUB]));
    else
        TRY(compile_splice(c, sub, levels - 1, &parts[SPLICE_SUB]));
    use_drivers(c, parts[SPLICE_DRIVERS], (uint32_t)-1);
    parts[SPLICE_TAIL] = VALUE_NIL;
    parts[SPLICE_IS_NESTED] = value_from_bool(levels > 1);
    return make_box(c, parts, SPLICE_WORDS, box);
}

static Status compile_template_atom(Compiler *c, Value template, bool escaped,
                                    Value *result)
{
    Value list, compiled;

    if (value_is_name(template))
        return compile_template_name(c, template, escaped, result);
    if (!value_is_vector(template)) {
        *result = template;
        return check_constant(c, template);
    }
    TRY(li_vector_to_list(c->x->heap, template, &list));
    /* In a vector the first element is no escape. */
    TRY(compile_template(c, list, escaped, &compiled));
    return li_vector(c->x->heap, 1, compiled, result);
}

/* Boxes take the place of tails; the tail of each is filled in once it is compiled. */
typedef struct TemplateList {
    ListBuilder list;
    Value *box_tail; /* of the last box, if nothing was added after it */
    Value result;
} TemplateList;

static void attach(TemplateList *to, Value tail)
{
    if (to->box_tail != NULL)
        *to->box_tail = tail;
    else if (to->list.last != NULL)
        to->list.last->cdr = tail;
    else
        to->result = tail;
}

static Status attach_item(Compiler *c, TemplateList *to, Value item)
{
    Value pair;

    TRY(li_cons(c->x->heap, item, VALUE_NIL, &pair));
    attach(to, pair);
    to->list.last = value_to_pair(pair);
    to->box_tail = NULL;
    return OK;
}

static void attach_box(TemplateList *to, Value box)
{
    attach(to, box);
    to->list.last = NULL;
    to->box_tail = &vector_items(*box_slot(box))[SPLICE_TAIL];
}

static Status compile_template(Compiler *c, Value template, bool escaped, Value *result)
{
    TemplateList to = {.list = {VALUE_NIL, NULL}, .result = VALUE_NIL};
    Value compiled;

    if (!li_stack_ok())
        return li_raise_too_deep(c->x, c->form->position);
    if (li_pair_count(template) < 0)
        return fail(c, VALUE_ABSENT, "a template is circular");
    if (!escaped && value_is_pair(template) && is_ellipsis(c, pair_car(template))) {
        if (li_list_length(template) != 2)
            return fail(c, VALUE_ABSENT,
                        "expected one template after the leading ellipsis");
        return compile_template(c, li_list_at(template, 1), true, result);
    }
    while (value_is_pair(template)) {
        Value item = pair_car(template);
        uint32_t levels = 0;

        while (!escaped && is_repeated(c, template)) {
            levels += 1;
            template = pair_cdr(template);
        }
        template = pair_cdr(template);
        if (levels > 0) {
            TRY(compile_splice(c, item, levels, &compiled));
            attach_box(&to, compiled);
        } else {
            TRY(compile_template(c, item, escaped, &compiled));
            TRY(attach_item(c, &to, compiled));
        }
    }
    TRY(compile_template_atom(c, template, escaped, &compiled));
    attach(&to, compiled);
    *result = to.result;
    return OK;
}

/* ---- Rules ------------------------------------------------------------------------------- */

static Status renamed_names(Compiler *c, Value *vector)
{
    Value rest = c->renamed.head;

    TRY(li_vector(c->x->heap, c->renamed_count, VALUE_NIL, vector));
    for (uint32_t i = 0; value_is_pair(rest); i += 1, rest = pair_cdr(rest))
        vector_items(*vector)[i] = pair_car(rest);
    return OK;
}

static Status compile_rule(Compiler *c, Value rule, Value *result)
{
    Value parts[RULE_WORDS], pattern;

    if (li_list_length(rule) != 2 || !value_is_pair(pair_car(rule))
        || !value_is_name(pair_car(pair_car(rule))))
        return fail(c, rule, "expected a rule ((keyword pattern ...) template), got");
    TRY(li_rib_new(c->x, NULL, &c->names));
    c->count = c->path_count = c->renamed_count = 0;
    c->renamed = (ListBuilder){VALUE_NIL, NULL};
    pattern = pair_cdr(pair_car(rule));
    TRY(compile_pattern(c, pattern, NULL, false, &parts[RULE_PATTERN]));
    TRY(compile_template(c, li_list_at(rule, 1), false, &parts[RULE_TEMPLATE]));
    parts[RULE_VARIABLES] = value_from_fixnum(c->count);
    TRY(renamed_names(c, &parts[RULE_NAMES]));
    return li_vector_from(c->x->heap, parts, RULE_WORDS, result);
}

/* Reads (syntax-rules [ellipsis] (literal ...) rule ...) up to its rules. */
static Status parse_head(Compiler *c, Value *rules)
{
    Value rest = form_operands(c->form);

    TRY(li_check_operands(c->x, c->form, "syntax-rules", 1, OPERANDS_ANY, NULL));
    c->ellipsis = VALUE_FALSE;
    if (value_is_name(pair_car(rest))) {
        c->ellipsis = pair_car(rest);
        rest = pair_cdr(rest);
    }
    if (value_is_nil(rest) || li_list_length(pair_car(rest)) < 0)
        return fail(c, VALUE_ABSENT, "expected a list of literals");
    c->literals = pair_car(rest);
    *rules = pair_cdr(rest);
    for (rest = c->literals; value_is_pair(rest); rest = pair_cdr(rest)) {
        if (!value_is_name(pair_car(rest)))
            return fail(c, pair_car(rest), "a literal must be a name, got");
        if (is_ellipsis(c, pair_car(rest)))
            c->no_ellipsis = true;
        if (li_is_keyword(pair_car(rest), c->form, SPECIAL_UNDERSCORE))
            c->no_underscore = true;
    }
    return OK;
}

static Status make_macro(const Compiler *c, Value rules, Value name, Value *macro)
{
    enum {
        MACRO_WORDS = sizeof(Macro) / sizeof(Value)
    };
    Macro *made = li_alloc(c->x->heap, T_MACRO, 0, MACRO_WORDS);

    if (made == NULL)
        return ERR_NO_MEMORY;
    *made = (Macro){
        .literals = c->literals,
        .rules = rules,
        .ellipsis = c->ellipsis,
        .environment = c->form->environment,
        .rib = value_from_rib(c->form->rib),
        .name = name,
    };
    *macro = value_from_object(made);
    return OK;
}

Status li_syntaxrules_compile(Expansion *x, const Form *form, Value name, Value *macro)
{
    Compiler c = {.x = x, .form = form};
    Value rest, rules;

    TRY(parse_head(&c, &rest));
    TRY(li_vector(x->heap, (uint64_t)li_list_length(rest), VALUE_FALSE, &rules));
    for (uint32_t i = 0; value_is_pair(rest); i += 1, rest = pair_cdr(rest)) {
        Form rule = li_form_sub(form, pair_car(rest));

        c.form = &rule;
        TRY(compile_rule(&c, pair_car(rest), &vector_items(rules)[i]));
    }
    c.form = form;
    return make_macro(&c, rules, name, macro);
}
