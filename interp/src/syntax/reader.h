/* reader.h - from text to data: R7RS sections 2 and 7.1.
 *
 *     TextStream stream;
 *     Reader reader;
 *     li_stream_from_memory(&stream, text, bytes);
 *     li_reader_open(&reader, heap, &stream, &options);
 *     while ((status = li_read(&reader, &datum)) == OK && !value_is_eq(datum, VALUE_EOF))
 *         ...
 *     li_reader_close(&reader);
 *
 * Reading allocates and never collects. It does not recurse: nesting is limited by memory
 * alone. Between two calls of li_read a reader holds no Values, so a collection may happen
 * there; the data read so far are the caller's to root.
 *
 * Positions: the first pair of a list carries the place of its opening parenthesis, each
 * further pair the place where its car begins. The pairs of (quote x), read from 'x, carry
 * the place of the ' and that of x.
 *
 * Beyond the report: 1+, 1- and -1+ read as identifiers; wide Unicode spaces are space.
 */
#ifndef LI_SYNTAX_READER_H
#define LI_SYNTAX_READER_H

#include "memory/buffer.h"
#include "memory/heap.h"
#include "types/port_stream.h"

typedef struct ReaderOptions {
    const char *name; /* of the file, for messages; not copied; NULL: none */
    uint32_t file;    /* its number in the Sources; 0: none */
    struct Sources *sources; /* get the text of what is read; NULL: they have it */
    bool positions;   /* pairs carry positions */
    bool immutable;   /* pairs, strings, vectors and bytevectors are literal constants */
    bool fold_case;   /* begin as if after #!fold-case */
} ReaderOptions;

enum { READ_MESSAGE_BYTES = 400 };

typedef struct ReadError {
    uint64_t position; /* packed; of the text in error, or of the end of the input */
    bool incomplete;   /* the input ended inside a datum: more text could complete it */
    char message[READ_MESSAGE_BYTES]; /* without position; NUL-terminated UTF-8 */
    const char *what;                 /* incomplete: what was not closed, */
    uint64_t opened;                  /* where it was opened, packed; */
    uint32_t margin_line; /* and the first line that begins with a parenthesis inside a
                           * datum, as only lines outside of one should; or 0 */
} ReadError;

typedef struct ReadFrame ReadFrame;
typedef struct ReadLabel ReadLabel;

typedef struct Reader {
    Heap *heap;
    TextStream *stream;
    ReaderOptions options; /* fold_case follows the directives that were read */
    ReadError error;       /* valid after ERR_READ */
    /* The rest is the reader's own. Its memory is counted against the heap's limit. */
    ReadFrame *frames; /* what is open, outermost first */
    size_t depth, frame_capacity;
    Value *items; /* the elements of open vectors */
    size_t item_count, item_capacity;
    Buffer bytes; /* a string or an identifier with escapes; open bytevectors */
    size_t byte_count; /* of open bytevectors, at the start of `bytes` */
    ReadLabel *labels; /* a hash table by number */
    size_t label_count, label_capacity;
    Value **fixups; /* slots that hold placeholders of labels */
    size_t fixup_count, fixup_capacity;
    size_t counted_bytes;
    uint32_t margin_line; /* see ReadError */
    bool mark_fold_case; /* options.fold_case where the stream's mark is */
} Reader;

void li_reader_open(Reader *reader, Heap *heap, TextStream *stream,
                    const ReaderOptions *options);
void li_reader_close(Reader *reader);

/* Reads the next datum; VALUE_EOF at the end of the input. Consumes nothing behind it.
 *
 * ERR_READ: see reader->error; the stream is behind what was in error. ERR_NO_MEMORY: the
 * stream is back where it was, so that the caller may collect and call again. ERR_IO and
 * ERR_INTERRUPTED come from the stream. */
MUST_CHECK Status li_read(Reader *reader, Value *datum);
/* Where the datum began that li_read read last; packed. */
uint64_t li_reader_began(const Reader *reader);

/* True if a symbol with this name must be written between vertical lines. */
struct Text;
bool li_symbol_needs_bars(const struct Text *name);

/* The character that R7RS calls by this name; false if there is none. */
bool li_char_from_name(const char *name, size_t bytes, uint32_t *c);
/* The name of a character, or NULL. */
const char *li_char_name(uint32_t c);

#endif /* LI_SYNTAX_READER_H */
