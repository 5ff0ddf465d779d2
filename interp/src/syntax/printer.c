/* printer.c - from data to text: write, display and their like. */
#include "syntax/printer.h"

#include "containers/array.h"
#include "containers/dict.h"
#include "containers/list.h"
#include "syntax/environment.h"
#include "syntax/printer_internal.h"
#include "syntax/reader.h"
#include "types/number.h"
#include "types/port.h"
#include "vm/prim.h"

enum {
    CHUNK_BYTES = 8192,    /* what is gathered before it goes to a port */
    RUN_CHARS = 1024,      /* of a string, between two looks at the limit */
    CONDITION_MESSAGE = 1, /* the word of a condition that holds its message */
};

/* The index of an entry of the stack that is a list; its value is then the rest of the list.
 * For other objects it is that of the next child. */
#define LIST_CLOSE (UINT64_MAX - 2) /* only the ) is left; the least of the three */
#define LIST_FIRST (UINT64_MAX - 1)
#define LIST_REST  UINT64_MAX

typedef struct Printer {
    Heap *heap;
    Buffer *out;
    Port *port;   /* or NULL */
    bool escapes; /* write, and not display */
    bool stopped; /* the limit was passed */
    bool written; /* something went to the port */
    uint64_t limit, printed;
    size_t
        checked; /* the bytes of out that `printed` counts; what came before it included */
    PrintStack stack;
    PrintLabels labels;
} Printer;

/* ---- Output -------------------------------------------------------------------------------- */

/* Cuts the text behind the limit's last character. */
static void cut(Printer *p)
{
    Buffer *out = p->out;

    for (; p->checked < out->length; p->checked += 1) {
        if (((unsigned char)out->bytes[p->checked] & 0xc0) == 0x80)
            continue;
        if (p->printed == p->limit) {
            out->length = p->checked;
            li_buffer_push_string(out, "...");
            p->checked = out->length;
            p->stopped = true;
            return;
        }
        p->printed += 1;
    }
}

static Status flush(Printer *p)
{
    TRY(li_port_write_bytes(p->port, p->out->bytes, p->out->length));
    p->written = true;
    li_buffer_clear(p->out);
    return OK;
}

/* After everything that was pushed to out. */
static Status check(Printer *p)
{
    if (UNLIKELY(p->out->failed))
        return ERR_NO_MEMORY;
    if (p->stopped)
        p->out->length = p->checked; /* no part may go on behind the cut */
    else if (p->limit != 0)
        cut(p);
    if (p->port != NULL && p->out->length >= CHUNK_BYTES)
        return flush(p);
    return OK;
}

static void put(Printer *p, const char *string)
{
    li_buffer_push_string(p->out, string);
}

/* ---- Strings, symbols, characters ---------------------------------------------------------- */

static Status put_text_range(Printer *p, const Text *text, uint64_t start, uint64_t end)
{
    while (start < end && !p->stopped) {
        char utf8[RUN_CHARS * UTF8_MAX_BYTES];
        uint64_t stop = end - start > RUN_CHARS ? start + RUN_CHARS : end;

        li_text_to_utf8(text, start, stop, utf8);
        li_buffer_push(p->out, utf8, li_text_utf8_bytes(text, start, stop));
        TRY(check(p));
        start = stop;
    }
    return OK;
}

/* Controls, spaces that look like nothing and marks that turn the text around. */
static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad
        || (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x206f)
        || (c >= 0x202a && c <= 0x202e) || (c >= 0xfff9 && c <= 0xfffb)
        || (c & 0xfffe) == 0xfffe || (c >> 8) == 0xe00 || li_is_wide_space(c);
}

static const char *escape_of(uint32_t c)
{
    switch (c) {
    case '\a': return "\\a";
    case '\b': return "\\b";
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\\': return "\\\\";
    default: return NULL;
    }
}

static void put_escaped(Printer *p, uint32_t c, uint32_t quote)
{
    const char *escape = escape_of(c);

    if (escape != NULL)
        put(p, escape);
    else if (c == quote)
        li_buffer_printf(p->out, "\\%c", (char)quote);
    else
        li_buffer_printf(p->out, "\\x%x;", (unsigned)c);
}

static Status put_quoted(Printer *p, const Text *text, uint32_t quote)
{
    uint64_t start = 0;

    li_buffer_push_char(p->out, quote);
    for (uint64_t i = 0; i < text->length && !p->stopped; i += 1) {
        uint32_t c = li_text_at(text, i);

        if (LIKELY(c != quote && c != '\\' && !is_invisible(c)))
            continue;
        TRY(put_text_range(p, text, start, i));
        put_escaped(p, c, quote);
        TRY(check(p));
        start = i + 1;
    }
    TRY(put_text_range(p, text, start, text->length));
    if (!p->stopped)
        li_buffer_push_char(p->out, quote);
    return check(p);
}

static Status put_symbol(Printer *p, Value symbol)
{
    const Text *name = symbol_text(symbol);

    if (p->escapes && li_symbol_needs_bars(name))
        return put_quoted(p, name, '|');
    return put_text_range(p, name, 0, name->length);
}

static void put_char(Printer *p, uint32_t c)
{
    const char *name;

    if (!p->escapes) {
        li_buffer_push_char(p->out, c);
        return;
    }
    name = li_char_name(c);
    put(p, "#\\");
    if (name != NULL)
        put(p, name);
    else if (is_invisible(c))
        li_buffer_printf(p->out, "x%x", (unsigned)c);
    else
        li_buffer_push_char(p->out, c);
}

/* ---- Other atoms --------------------------------------------------------------------------- */

static void put_constant(Printer *p, Value v)
{
    static const char *const names[] = {"#f",
                                        "#t",
                                        "()",
                                        "#<eof>",
                                        "#<unspecified>",
                                        "#<unbound>",
                                        "#<unassigned>",
                                        "#<default>",
                                        "#<absent>",
                                        "#<deleted>"};
    uint64_t n = v.bits >> 8;

    if ((v.bits >> 3 & 31) == IMMEDIATE_CONSTANT && n < sizeof names / sizeof names[0])
        put(p, names[n]);
    else
        li_buffer_printf(p->out, "#<special %u>", (unsigned)n);
}

/* "#<procedure car>" */
static Status put_named(Printer *p, const char *kind, Value name)
{
    li_buffer_printf(p->out, "#<%s", kind);
    if (value_is_symbol(name)) {
        put(p, " ");
        TRY(put_symbol(p, name));
    }
    if (!p->stopped)
        put(p, ">");
    return check(p);
}

/* "#u8(1 2 3)" */
static Status put_array(Printer *p, const Array *array)
{
    li_buffer_printf(p->out, "#%s(", li_array_kind_text(array_kind(array)));
    for (uint64_t i = 0; i < array->length && !p->stopped; i += 1) {
        if (i != 0)
            put(p, " ");
        li_array_print_at(array, i, p->out);
        TRY(check(p));
    }
    if (!p->stopped)
        put(p, ")");
    return check(p);
}

static Status put_port(Printer *p, Value v)
{
    Value name = li_port_of(v)->name;

    put(p, li_port_is_input(li_port_of(v)) ? "#<input port" : "#<output port");
    if (value_is_text(name)) {
        put(p, " ");
        TRY(put_text_range(p, value_to_text(name), 0, value_to_text(name)->length));
    }
    if (!p->stopped)
        put(p, ">");
    return check(p);
}

static Value record_type_name(Value type)
{
    return ((const RecordType *)value_to_object(type))->name;
}

/* The name of a record type without the <> that most programs put around it. */
static Status put_type_name(Printer *p, Value type)
{
    const Text *name;
    uint64_t length;

    if (!value_is_symbol(record_type_name(type)))
        return OK;
    name = symbol_text(record_type_name(type));
    length = name->length;
    if (length > 2 && li_text_at(name, 0) == '<' && li_text_at(name, length - 1) == '>')
        return put_text_range(p, name, 1, length - 1);
    return put_text_range(p, name, 0, length);
}

/* A primitive is the address of its table row. */
static const char *primitive_name(Value v)
{
    return (*(const PrimDef *const *)value_to_object(v))->name;
}

/* "#<condition message", to which irritants and > are to be added. */
static Status open_condition(Printer *p, Value v)
{
    Value message = ((const Value *)value_to_object(v))[CONDITION_MESSAGE];

    put(p, "#<condition");
    if (value_is_text(message)) {
        put(p, " ");
        TRY(put_quoted(p, value_to_text(message), '"'));
    }
    return check(p);
}

static Status put_condition(Printer *p, Value v)
{
    TRY(open_condition(p, v));
    put(p, ">");
    return check(p);
}

/* Objects without parts. */
static Status put_object(Printer *p, Value v)
{
    Type type = (Type)immix_type_of(value_to_object(v));

    switch ((int)type) {
    case T_FLONUM:
    case T_BIGNUM:
    case T_RATIO:
    case T_COMPLEX: TRY(li_number_print(v, 10, p->out)); return check(p);
    case T_TEXT:
        if (p->escapes)
            return put_quoted(p, value_to_text(v), '"');
        return put_text_range(p, value_to_text(v), 0, value_to_text(v)->length);
    case T_SYMBOL: return put_symbol(p, v);
    case T_IDENTIFIER: return put_symbol(p, li_name_symbol(v));
    case T_VECTOR: put(p, "#()"); return check(p);
    case T_ARRAY: return put_array(p, value_to_array(v));
    case T_CLOSURE: return put_named(p, "procedure", li_procedure_name(v));
    case T_PRIMITIVE:
        li_buffer_printf(p->out, "#<procedure %s>", primitive_name(v));
        return check(p);
    case T_CONDITION: return put_condition(p, v);
    case T_RECORD:
        put(p, "#<");
        TRY(put_type_name(p, ((const Record *)value_to_object(v))->type));
        if (!p->stopped)
            put(p, ">");
        return check(p);
    case T_RECORD_TYPE: return put_named(p, "record type", record_type_name(v));
    case T_PORT: return put_port(p, v);
    case T_DICT:
        li_buffer_printf(p->out, "#<hash table %llu>",
                         (unsigned long long)li_dict_length(value_to_dict(v)));
        return check(p);
    default: return put_named(p, li_value_kind_name(v), VALUE_FALSE);
    }
}

static Status put_atom(Printer *p, Value v)
{
    if (value_is_fixnum(v) || value_is_immediate_flonum(v))
        TRY(li_number_print(v, 10, p->out));
    else if (value_is_object(v))
        return put_object(p, v);
    else if (value_is_char(v))
        put_char(p, value_to_char(v));
    else
        put_constant(p, v);
    return check(p);
}

/* ---- Compound objects ---------------------------------------------------------------------- */

/* Prints "#n=", or "#n#" and then *done. */
static Status put_label(Printer *p, Value v, bool *done)
{
    LabelSlot *slot = li_print_label_of(&p->labels, v);

    *done = false;
    if (LIKELY(slot == NULL))
        return OK;
    *done = (slot->mark & LABEL_GIVEN) != 0;
    if (!*done) {
        slot->mark |= LABEL_GIVEN | p->labels.next_number << LABEL_NUMBER_SHIFT;
        p->labels.next_number += 1;
    }
    li_buffer_printf(p->out, *done ? "#%llu#" : "#%llu=",
                     (unsigned long long)(slot->mark >> LABEL_NUMBER_SHIFT));
    return check(p);
}

/* The notation for (quote x) and its like, or NULL. */
static const char *prefix_of(const Printer *p, Value v)
{
    static const struct {
        const char *name, *prefix;
    } prefixes[] = {
        {"quote", "'"},
        {"quasiquote", "`"},
        {"unquote", ","},
        {"unquote-splicing", ",@"},
    };
    Value rest = pair_cdr(v);
    const Text *name;

    if (!value_is_symbol(pair_car(v)) || !value_is_pair(rest)
        || !value_is_nil(pair_cdr(rest)) || li_print_label_of(&p->labels, rest) != NULL)
        return NULL;
    name = symbol_text(pair_car(v));
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i += 1) {
        if (li_text_equals_ascii(name, prefixes[i].name))
            return prefixes[i].prefix;
    }
    return NULL;
}

/* ,@x is not , and @x. */
static bool would_splice(const char *prefix, Value v)
{
    return prefix[0] == ',' && prefix[1] == '\0' && value_is_symbol(v)
        && symbol_text(v)->length != 0 && li_text_at(symbol_text(v), 0) == '@';
}

static void open_object(Printer *p, Value v)
{
    switch (immix_type_of(value_to_object(v))) {
    case T_VECTOR: put(p, "#("); break;
    case T_BOX: put(p, "#<box "); break;
    case T_MULTIPLE: put(p, "#<values "); break;
    case T_LIST: put(p, "#<list "); break;
    case T_ENVIRONMENT: put(p, "#<environment "); break;
    default: put(p, "#<"); break;
    }
}

static Status open_compound(Printer *p, Value v)
{
    if (value_has_type(v, T_CONDITION)) {
        TRY(open_condition(p, v));
        put(p, " ");
    } else {
        open_object(p, v);
        if (value_has_type(v, T_RECORD))
            TRY(put_type_name(p, ((const Record *)value_to_object(v))->type));
    }
    TRY(check(p));
    return li_print_push(p->heap, &p->stack, v, 0);
}

/* Prints v, but for what it leaves on the stack. */
static Status print_value(Printer *p, Value v)
{
    for (;;) {
        const char *prefix;
        bool done;

        if (!value_is_pair(v) && !value_is_object(v))
            return put_atom(p, v);
        TRY(put_label(p, v, &done));
        if (done || p->stopped)
            return OK;
        if (!value_is_pair(v))
            return value_is_compound(v) ? open_compound(p, v) : put_object(p, v);
        prefix = prefix_of(p, v);
        if (prefix == NULL) {
            put(p, "(");
            TRY(check(p));
            return li_print_push(p->heap, &p->stack, v, LIST_FIRST);
        }
        v = pair_car(pair_cdr(v));
        put(p, prefix);
        if (would_splice(prefix, v))
            put(p, " ");
        TRY(check(p));
        if (p->stopped)
            return OK;
    }
}

static Status end_compound(Printer *p, const char *closing)
{
    p->stack.count -= 1;
    put(p, closing);
    return check(p);
}

/* The next element of the list at the top of the stack. */
static Status list_step(Printer *p, PrintEntry *top)
{
    Value rest = top->v;

    if (top->index == LIST_CLOSE || value_is_nil(rest))
        return end_compound(p, ")");
    if (top->index == LIST_REST) {
        put(p, " ");
        if (!value_is_pair(rest) || li_print_label_of(&p->labels, rest) != NULL) {
            top->index = LIST_CLOSE;
            put(p, ". ");
            TRY(check(p));
            return p->stopped ? OK : print_value(p, rest);
        }
    }
    top->index = LIST_REST;
    top->v = pair_cdr(rest);
    TRY(check(p));
    return p->stopped ? OK : print_value(p, pair_car(rest));
}

/* " x: " */
static Status put_field_name(Printer *p, Value record, uint64_t index)
{
    const RecordType *type =
        value_to_object(((const Record *)value_to_object(record))->type);
    Value name = vector_items(type->fields)[index];

    put(p, " ");
    if (value_is_symbol(name))
        TRY(put_symbol(p, name));
    if (!p->stopped)
        put(p, ": ");
    return check(p);
}

static Status object_step(Printer *p, PrintEntry *top)
{
    const Value *items;
    uint64_t index = top->index;

    if (index == li_print_children(top->v, &items))
        return end_compound(p, value_is_vector(top->v) ? ")" : ">");
    top->index += 1;
    if (value_has_type(top->v, T_RECORD))
        TRY(put_field_name(p, top->v, index));
    else if (index != 0)
        put(p, " ");
    TRY(check(p));
    return p->stopped ? OK : print_value(p, items[index]);
}

static bool is_list_state(const PrintEntry *entry)
{
    return entry->index >= LIST_CLOSE;
}

static Status print_all(Printer *p, Value v)
{
    TRY(print_value(p, v));
    while (p->stack.count != 0 && !p->stopped) {
        PrintEntry *top = &p->stack.entries[p->stack.count - 1];

        TRY(is_list_state(top) ? list_step(p, top) : object_step(p, top));
    }
    return OK;
}

static Status run(Printer *p, Value v, PrintStyle style)
{
    Status status = li_print_find_labels(p->heap, v, style, &p->labels);

    /* A message about lack of memory must not need much: the limit ends it. */
    if (status == ERR_NO_MEMORY && p->limit != 0) {
        li_print_labels_free(p->heap, &p->labels);
        status = OK;
    }
    if (status == OK)
        status = print_all(p, v);
    li_print_labels_free(p->heap, &p->labels);
    li_print_stack_free(p->heap, &p->stack);
    return status;
}

Status li_print(Heap *heap, Value v, PrintStyle style, uint64_t limit, Buffer *to)
{
    Printer printer = {.heap = heap,
                       .out = to,
                       .escapes = style != PRINT_DISPLAY,
                       .limit = limit,
                       .checked = to->length};

    return run(&printer, v, style);
}

Status li_print_to_port(Heap *heap, Value v, PrintStyle style, Port *port,
                        bool *written)
{
    Buffer chunk = {0};
    Printer printer = {
        .heap = heap, .out = &chunk, .port = port, .escapes = style != PRINT_DISPLAY};
    Status status = run(&printer, v, style);

    if (status == OK && chunk.length != 0)
        status = flush(&printer);
    li_buffer_free(&chunk);
    if (written != NULL)
        *written = printer.written;
    return status;
}
