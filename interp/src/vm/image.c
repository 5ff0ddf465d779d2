/* image.c - see image.h. */
#include "vm/image.h"

#include <stdlib.h>

#include "compiler/insn.h"
#include "lib/tables.h"
#include "syntax/environment.h"
#include "syntax/snapshot.h"

enum {
    IMAGE_VERSION = 5,
    IMAGE_ROOTS = 2
};

/* How the contents of a type are written. */
typedef enum Form {
    FORM_NONE,      /* cannot be */
    FORM_WORDS,     /* every payload word is a value */
    FORM_HEAD,      /* head words are values, the rest raw */
    FORM_RAW,       /* raw words */
    FORM_SYMBOL,    /* its name */
    FORM_PRIMITIVE, /* its name */
    FORM_CODE,      /* an array of instructions */
    FORM_PORT,      /* one of the VM's own port parameters: which */
} Form;

static Form form_of(const Vm *vm, Value v)
{
    Type type = (Type)immix_type_of(value_to_payload(v));

    for (int i = 0; i < 3; i += 1) {
        if (value_is_eq(v, vm->ports[i]))
            return FORM_PORT;
    }
    switch ((int)type) {
    case T_PAIR:
    case T_VECTOR:
    case T_RATIO:
    case T_COMPLEX:
    case T_BOX:
    case T_GLOBAL:
    case T_CODE:
    case T_CLOSURE:
    case T_PARAMETER:
    case T_PROMISE:
    case T_RECORD_TYPE:
    case T_RECORD:
    case T_CONDITION:
    case T_MULTIPLE:
    case T_ENVIRONMENT:
    case T_LIBRARY:
    case T_MACRO:
    case T_IDENTIFIER: return FORM_WORDS;
    case T_TEXT: return FORM_HEAD;
    case T_ARRAY:
        return array_kind(value_to_array(v)) == ELEMENT_OPCODE ? FORM_CODE : FORM_HEAD;
    case T_FLONUM:
    case T_BIGNUM:
    case T_BYTES: return FORM_RAW;
    case T_SYMBOL: return FORM_SYMBOL;
    case T_PRIMITIVE: return FORM_PRIMITIVE;
    default: return FORM_NONE;
    }
}

/* A primitive is written as its place in the order of prims.def; the image begins with a
 * checksum of all names, so that one of another build is refused. */
static const PrimDef *const tables[] = {
#define PRIMS(table) table,
#include "lib/prims.def"
#undef PRIMS
};

enum {
    TABLES = sizeof tables / sizeof tables[0]
};

static uint64_t primitive_number(const PrimDef *wanted)
{
    uint64_t number = 0;

    for (size_t i = 0; i < TABLES; i += 1) {
        for (const PrimDef *def = tables[i]; def->name != NULL; def += 1, number += 1) {
            if (def == wanted)
                return number;
        }
    }
    UNREACHABLE();
}

/* A word of an instruction that is a number and no value. */
static bool is_plain_word(InsnWord kind)
{
    return kind == WORD_LIVE || kind == WORD_REG || kind == WORD_TAKE || kind == WORD_LIT
        || kind == WORD_ARG || kind == WORD_ENT || kind == WORD_HERE;
}

/* FNV-1a over the names; *count is how many there are. */
static uint64_t primitive_checksum(uint64_t *count)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    *count = 0;
    for (size_t i = 0; i < TABLES; i += 1) {
        for (const PrimDef *def = tables[i]; def->name != NULL; def += 1, *count += 1) {
            for (const char *c = def->name; *c != '\0'; c += 1)
                hash = (hash ^ (uint8_t)*c) * UINT64_C(0x100000001b3);
        }
    }
    return hash;
}

/* Pairs lose the word that says where they were read. */
static uint32_t words_of(Value v)
{
    return value_is_pair(v) ? 2 : immix_granules_of(value_to_payload(v));
}

/* ---- Writing ---- */

typedef struct Writer {
    Vm *vm;
    Buffer *to;
    Value *objects; /* in the order of their numbers */
    uint64_t count, capacity;
    Value *keys; /* open addressing: object -> number */
    uint64_t *numbers;
    uint64_t slots; /* a power of two */
    Value no_positions;
    bool failed;
} Writer;

static void put(Writer *writer, uint64_t n)
{
    do {
        uint8_t byte = (uint8_t)(n & 127);

        n >>= 7;
        if (n != 0)
            byte |= 128;
        li_buffer_push(writer->to, &byte, 1);
    } while (n != 0);
}

/* Words that are no small numbers as they are: that is shorter, and much faster to read. The
 * image belongs to the machine that it is made for. */
static void put_raw(Writer *writer, const void *words, uint64_t count)
{
    li_buffer_push(writer->to, words, count * sizeof(uint64_t));
}

static uint64_t slot_of(const Writer *writer, Value v)
{
    uint64_t i = (v.bits >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 20;

    for (i &= writer->slots - 1;
         writer->keys[i].bits != 0 && !value_is_eq(writer->keys[i], v);)
        i = (i + 1) & (writer->slots - 1);
    return i;
}

static void grow(Writer *writer)
{
    uint64_t slots = writer->slots == 0 ? 4096 : writer->slots * 2;
    Value *keys = calloc(slots, sizeof *keys);
    uint64_t *numbers = calloc(slots, sizeof *numbers);
    Value *objects = realloc(writer->objects, slots / 2 * sizeof *objects);

    if (objects != NULL)
        writer->objects = objects;
    if (keys == NULL || numbers == NULL || objects == NULL) {
        free(keys);
        free(numbers);
        writer->failed = true;
        return;
    }
    free(writer->keys);
    free(writer->numbers);
    writer->keys = keys;
    writer->numbers = numbers;
    writer->slots = slots;
    writer->capacity = slots / 2;
    for (uint64_t n = 0; n < writer->count; n += 1) {
        uint64_t i = slot_of(writer, writer->objects[n]);

        keys[i] = writer->objects[n];
        numbers[i] = n;
    }
}

/* Gives `v` a number if it is an object without one. */
static void reach(Writer *writer, Value v)
{
    if (!value_is_reference(v) || writer->failed)
        return;
    if (writer->count == writer->capacity) {
        grow(writer);
        if (writer->failed)
            return;
    }
    uint64_t i = slot_of(writer, v);
    if (writer->keys[i].bits != 0)
        return;
    writer->keys[i] = v;
    writer->numbers[i] = writer->count;
    writer->objects[writer->count] = v;
    writer->count += 1;
}

static void put_value(Writer *writer, Value v)
{
    if (value_is_reference(v)) {
        reach(writer, v);
        if (!writer->failed)
            put(writer, writer->numbers[slot_of(writer, v)] << 3 | value_tag(v));
    } else {
        put(writer, v.bits);
    }
}

static const char *name_of_symbol(Value symbol, char **owned)
{
    return li_text_c_string(symbol_text(symbol), owned) == OK ? *owned : NULL;
}

static void put_string(Writer *writer, const char *string)
{
    put(writer, strlen(string));
    li_buffer_push_string(writer->to, string);
}

/* What it takes to allocate the object. */
static void put_record(Writer *writer, Value v, Form form)
{
    void *payload = value_to_payload(v);
    char *owned = NULL;

    put(writer, form);
    put(writer, immix_type_and_extra_of(payload));
    switch ((int)form) {
    case FORM_SYMBOL:
        put(writer, li_symbol_is_interned(writer->vm->heap, v) ? 1 : 0);
        if (name_of_symbol(v, &owned) == NULL)
            writer->failed = true;
        else
            put_string(writer, owned);
        free(owned);
        break;
    case FORM_PRIMITIVE:
        put(writer, primitive_number(*(const PrimDef *const *)payload));
        break;
    case FORM_PORT:
        for (uint64_t i = 0; i < 3; i += 1) {
            if (value_is_eq(v, writer->vm->ports[i])) {
                put(writer, i);
                break;
            }
        }
        break;
    case FORM_CODE: put(writer, value_to_array(v)->length); break;
    default:
        put(writer, words_of(v));
        put(writer, li_is_immutable(payload) ? 1 : 0);
        break;
    }
}

static void put_code(Writer *writer, Value v)
{
    const Array *array = value_to_array(v);
    const uint64_t *words = array_data(array);

    for (uint64_t i = 0; i < array->length;) {
        const OpInfo *info = &li_op_info[insn_op((Insn){words[i]})];

        put_raw(writer, &words[i], 1);
        for (uint64_t w = 1; w < info->words; w += 1) {
            uint64_t word = words[i + w];

            if (info->word[w - 1] == WORD_PRIM)
                put(writer, primitive_number((const PrimDef *)(uintptr_t)word));
            else if (is_plain_word((InsnWord)info->word[w - 1]))
                put(writer, word);
            else
                put_value(writer, (Value){word});
        }
        i += info->words;
    }
}

/* The image's files are not there when it is read. */
static void forget_positions(const Code *code)
{
    Value *words;

    if (!value_is_vector(code->inlined))
        return;
    words = vector_items(code->inlined);
    for (uint32_t i = 1; i < vector_length(code->inlined); i += INLINED_WORDS) {
        words[i + INLINED_WHERE] = value_from_fixnum(0);
        words[i + INLINED_POSITION] = value_from_fixnum(0);
    }
}

/* Where a closure's code is entered: at its first clause, or another if it was made for that. */
static Value entry_index(const Closure *closure)
{
    const uint64_t *entry = (const uint64_t *)(uintptr_t)closure->entry.bits;

    if (immix_extra_of(closure) > CLOSURE_MAX_FIXED)
        return value_from_fixnum(0);
    return value_from_fixnum(entry - code_words(value_to_code(closure->code)));
}

static void put_words(Writer *writer, Value v)
{
    const Value *words = value_to_payload(v);
    uint32_t count = words_of(v), from = 0;

    if (value_has_type(v, T_CODE))
        forget_positions(value_to_code(v));

    if (value_is_closure(v) || value_has_type(v, T_GLOBAL)) {
        /* Addresses of instructions are found anew. */
        if (value_is_closure(v)) {
            put_value(writer, entry_index(value_to_closure(v)));
            from = 1;
        } else {
            put_value(writer, words[0]);
            put(writer, 0);
            put(writer, 0);
            from = 3;
        }
    }
    for (uint32_t i = from; i < count; i += 1) {
        Value word = words[i];

        if (value_has_type(v, T_CODE) && &words[i] == &value_to_code(v)->positions)
            word = writer->no_positions;
        else if (value_has_type(v, T_CODE)
                 && (&words[i] == &value_to_code(v)->position
                     || &words[i] == &value_to_code(v)->closure_header
                     || &words[i] == &value_to_code(v)->closure_entry))
            word = value_from_fixnum(0);
        put_value(writer, word);
    }
}

static void put_contents(Writer *writer, Value v, Form form)
{
    const Value *words = value_to_payload(v);
    uint32_t count = words_of(v);

    switch ((int)form) {
    case FORM_WORDS: put_words(writer, v); break;
    case FORM_HEAD:
        put_value(writer, words[0]);
        put_raw(writer, words + 1, count - 1);
        break;
    case FORM_RAW: put_raw(writer, words, count); break;
    case FORM_CODE: put_code(writer, v); break;
    default: break;
    }
}

static Status write_all(Writer *writer)
{
    Buffer contents = {0}, *records = writer->to;
    Value roots[IMAGE_ROOTS] = {VALUE_FALSE, writer->vm->signal_handler};
    Status status = OK;

    TRY(li_expander_snapshot(writer->vm, &roots[0]));
    TRY(li_array_new(writer->vm->heap, ELEMENT_U64, 0, &writer->no_positions));
    writer->to = &contents;
    for (int i = 0; i < IMAGE_ROOTS; i += 1)
        put_value(writer, roots[i]);
    /* Contents are written in the order of the numbers, and reach more objects. */
    for (uint64_t n = 0; n < writer->count && !writer->failed && status == OK; n += 1) {
        Form form = form_of(writer->vm, writer->objects[n]);

        if (form == FORM_NONE)
            status = ERR_TYPE;
        else
            put_contents(writer, writer->objects[n], form);
    }
    writer->to = records;
    uint64_t primitives;
    put(writer, IMAGE_VERSION);
    put(writer, primitive_checksum(&primitives));
    put(writer, writer->count);
    for (uint64_t n = 0; n < writer->count && status == OK; n += 1)
        put_record(writer, writer->objects[n], form_of(writer->vm, writer->objects[n]));
    li_buffer_push(records, contents.bytes, contents.length);
    if (status == OK && (writer->failed || contents.failed || records->failed))
        status = ERR_NO_MEMORY;
    li_buffer_free(&contents);
    return status;
}

Status li_image_write(Vm *vm, Buffer *to)
{
    Writer writer = {.vm = vm, .to = to};
    Status status = write_all(&writer);

    free(writer.objects);
    free(writer.keys);
    free(writer.numbers);
    return status;
}

/* ---- Reading ---- */

typedef struct ImageRecord {
    Value value;
    uint8_t form;
} ImageRecord;

typedef struct ImageReader {
    Vm *vm;
    const unsigned char *at, *end;
    ImageRecord *records;
    uint64_t count;
    const PrimDef **primitives; /* by number */
    uint64_t primitive_count;
    bool damaged;
} ImageReader;

static NO_INLINE uint64_t get_long(ImageReader *reader)
{
    uint64_t n = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (reader->at == reader->end)
            break;
        uint8_t byte = *reader->at++;
        n |= (uint64_t)(byte & 127) << shift;
        if ((byte & 128) == 0)
            return n;
    }
    reader->damaged = true;
    return 0;
}

/* Most numbers take one or two bytes. */
ALWAYS_INLINE uint64_t get(ImageReader *reader)
{
    const unsigned char *at = reader->at;

    if (UNLIKELY(reader->end - at < 2))
        return get_long(reader);
    if (at[0] < 128) {
        reader->at = at + 1;
        return at[0];
    }
    if (at[1] < 128) {
        reader->at = at + 2;
        return (at[0] & 127u) | (uint64_t)at[1] << 7;
    }
    return get_long(reader);
}

static const char *get_bytes(ImageReader *reader, size_t count)
{
    const char *bytes = (const char *)reader->at;

    if (count > (size_t)(reader->end - reader->at)) {
        reader->damaged = true;
        return NULL;
    }
    reader->at += count;
    return bytes;
}

static void get_raw(ImageReader *reader, void *words, size_t count)
{
    const char *bytes = get_bytes(reader, count * sizeof(uint64_t));

    if (bytes != NULL)
        memcpy(words, bytes, count * sizeof(uint64_t));
}

static Value get_value(ImageReader *reader)
{
    Value v = {get(reader)};

    if (!value_is_reference(v))
        return v;
    uint64_t number = v.bits >> 3;
    if (number >= reader->count) {
        reader->damaged = true;
        return VALUE_FALSE;
    }
    return reader->records[number].value;
}

static const PrimDef *get_primitive(ImageReader *reader)
{
    uint64_t number = get(reader);

    if (number >= reader->primitive_count) {
        reader->damaged = true;
        return NULL;
    }
    return reader->primitives[number];
}

static Status read_symbol(ImageReader *reader, Value *v)
{
    Heap *heap = reader->vm->heap;
    bool interned = get(reader) != 0;
    size_t bytes = get(reader);
    const char *name = get_bytes(reader, bytes);
    Value text;

    if (name == NULL)
        return ERR_ENCODING;
    if (interned)
        return li_intern_bytes(heap, name, bytes, v);
    TRY(li_text_from_utf8(heap, name, bytes, &text));
    return li_symbol_uninterned(heap, text, v);
}

static Status read_plain(ImageReader *reader, uint16_t type_and_extra, Value *v)
{
    uint64_t words = get(reader);
    uint64_t flags = get(reader) != 0 ? IMMIX_IMMUTABLE : 0;
    Type type = (Type)(uint8_t)type_and_extra;
    void *object;

    if (words > UINT32_MAX || type >= TYPE_COUNT)
        return ERR_ENCODING;
    if (li_types[type].trace == IMMIX_TRACE_LEAF)
        flags |= IMMIX_LEAF;
    object =
        immix_alloc_zeroed(reader->vm->heap->immix,
                           immix_header((uint8_t)type, (uint8_t)(type_and_extra >> 8),
                                        (uint32_t)words, flags));
    if (object == NULL)
        return ERR_NO_MEMORY;
    if (type == T_GLOBAL)
        immix_pin(reader->vm->heap->immix, object);
    *v = type == T_PAIR ? value_from_pair(object) : value_from_object(object);
    return OK;
}

static Status read_primitive(ImageReader *reader, Value *v)
{
    const PrimDef *def = get_primitive(reader);
    const PrimDef **object;

    if (def == NULL)
        return ERR_ENCODING;
    object = li_alloc(reader->vm->heap, T_PRIMITIVE, 0, 1);
    if (object == NULL)
        return ERR_NO_MEMORY;
    *object = def;
    *v = value_from_object(object);
    return OK;
}

static Status read_record(ImageReader *reader, ImageRecord *record)
{
    record->form = (uint8_t)get(reader);
    uint16_t type_and_extra = (uint16_t)get(reader);

    switch (record->form) {
    case FORM_SYMBOL: return read_symbol(reader, &record->value);
    case FORM_PRIMITIVE: return read_primitive(reader, &record->value);
    case FORM_CODE:
        TRY(li_array_new(reader->vm->heap, ELEMENT_OPCODE, get(reader),
                         &record->value));
        immix_pin(reader->vm->heap->immix, array_data(value_to_array(record->value)));
        return OK;
    case FORM_PORT: {
        uint64_t which = get(reader);

        if (which > 2)
            return ERR_ENCODING;
        record->value = reader->vm->ports[which];
        return OK;
    }
    default: return read_plain(reader, type_and_extra, &record->value);
    }
}

static Status read_code(ImageReader *reader, Value v)
{
    Array *array = value_to_array(v);
    uint64_t *words = array_data(array);

    for (uint64_t i = 0; i < array->length;) {
        get_raw(reader, &words[i], 1);
        uint16_t op = (uint16_t)words[i];
        if (reader->damaged || op >= OP_COUNT || i + li_op_info[op].words > array->length)
            return ERR_ENCODING;
        const OpInfo *info = &li_op_info[op];
        for (uint64_t w = 1; w < info->words; w += 1) {
            if (info->word[w - 1] == WORD_PRIM) {
                words[i + w] = (uint64_t)(uintptr_t)get_primitive(reader);
            } else if (is_plain_word((InsnWord)info->word[w - 1])) {
                words[i + w] = get(reader);
            } else {
                Value word = get_value(reader);

                if (value_is_reference(word))
                    immix_pin(reader->vm->heap->immix, value_to_payload(word));
                words[i + w] = word.bits;
            }
        }
        i += info->words;
    }
    return OK;
}

static Status read_contents(ImageReader *reader, const ImageRecord *record)
{
    Value *words = value_to_payload(record->value);
    uint32_t count = immix_granules_of(words);

    switch (record->form) {
    case FORM_WORDS:
        for (uint32_t i = 0; i < count; i += 1)
            words[i] = get_value(reader);
        break;
    case FORM_HEAD:
        words[0] = get_value(reader);
        get_raw(reader, words + 1, count - 1);
        break;
    case FORM_RAW: get_raw(reader, words, count); break;
    case FORM_CODE: return read_code(reader, record->value);
    default: break;
    }
    return reader->damaged ? ERR_ENCODING : OK;
}

/* True if the code has a clause there that takes so many arguments in registers. */
static bool is_entry(const Code *code, Value entry, uint32_t params)
{
    const Value *clause = vector_items(code->clauses);

    for (uint32_t i = 0; i < vector_length(code->clauses); i += CLAUSE_WORDS) {
        if (value_is_eq(clause[i + CLAUSE_ENTRY], entry))
            return value_to_fixnum(clause[i + CLAUSE_REQUIRED])
                     + value_to_fixnum(clause[i + CLAUSE_REST])
                == params;
    }
    return false;
}

/* Entry points of closures, then of the cells that cache them. */
static Status link_closure(Value v)
{
    Closure *closure = value_to_closure(v);
    uint8_t arity = immix_extra_of(closure);
    const Code *code = value_to_code(closure->code);
    Value entry = closure->entry;

    closure->entry = value_from_fixnum(0);
    if (arity > CLOSURE_MAX_FIXED)
        return OK;
    if (!is_entry(code, entry, arity))
        return ERR_ENCODING;
    closure->entry.bits =
        (uint64_t)(uintptr_t)(code_words(code) + value_to_fixnum(entry));
    return OK;
}

static Status link_all(ImageReader *reader)
{
    for (uint64_t n = 0; n < reader->count; n += 1) {
        if (value_has_type(reader->records[n].value, T_CODE))
            li_code_link(value_to_code(reader->records[n].value));
    }
    for (uint64_t n = 0; n < reader->count; n += 1) {
        if (value_is_closure(reader->records[n].value))
            TRY(link_closure(reader->records[n].value));
    }
    for (uint64_t n = 0; n < reader->count; n += 1) {
        Value v = reader->records[n].value;

        if (value_has_type(v, T_GLOBAL))
            li_global_set(reader->vm->heap, value_to_global(v),
                          value_to_global(v)->value);
    }
    return OK;
}

static Status read_all(ImageReader *reader)
{
    Value roots[IMAGE_ROOTS];

    for (uint64_t n = 0; n < reader->count; n += 1) {
        TRY(read_record(reader, &reader->records[n]));
        if (reader->damaged)
            return ERR_ENCODING;
    }
    for (int i = 0; i < IMAGE_ROOTS; i += 1)
        roots[i] = get_value(reader);
    for (uint64_t n = 0; n < reader->count; n += 1)
        TRY(read_contents(reader, &reader->records[n]));
    TRY(link_all(reader));
    reader->vm->signal_handler = roots[1];
    return li_expander_restore(reader->vm, roots[0]);
}

static Status number_primitives(ImageReader *reader)
{
    uint64_t number = 0;

    if (get(reader) != primitive_checksum(&reader->primitive_count))
        return ERR_ENCODING;
    reader->primitives =
        malloc((reader->primitive_count + 1) * sizeof *reader->primitives);
    if (reader->primitives == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < TABLES; i += 1) {
        for (const PrimDef *def = tables[i]; def->name != NULL; def += 1, number += 1)
            reader->primitives[number] = def;
    }
    return OK;
}

static Status read_image(ImageReader *reader, size_t bytes)
{
    if (get(reader) != IMAGE_VERSION)
        return ERR_ENCODING;
    TRY(number_primitives(reader));
    reader->count = get(reader);
    if (reader->damaged || reader->count > bytes)
        return ERR_ENCODING;
    reader->records = malloc((reader->count + 1) * sizeof *reader->records);
    if (reader->records == NULL)
        return ERR_NO_MEMORY;
    return read_all(reader);
}

Status li_image_read(Vm *vm, const unsigned char *bytes, size_t count)
{
    ImageReader reader = {.vm = vm, .at = bytes, .end = bytes + count};
    Status status = read_image(&reader, count);

    free(reader.records);
    free(reader.primitives);
    return status;
}
