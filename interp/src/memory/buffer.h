/* buffer.h - a growable run of bytes outside the heap, for text on its way somewhere.
 *
 * A push that finds no memory sets `failed` and drops the bytes; callers check once, at the
 * end. Zero-initialise to begin, li_buffer_free to end.
 */
#ifndef LI_MEMORY_BUFFER_H
#define LI_MEMORY_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "immix/compiler.h"

typedef struct Buffer {
    char *bytes; /* not NUL-terminated until li_buffer_c_string */
    size_t length, capacity;
    size_t limit; /* 0: none; a push beyond it sets failed */
    bool failed;
} Buffer;

void li_buffer_push(Buffer *buffer, const void *bytes, size_t count);
void li_buffer_push_string(Buffer *buffer, const char *string);
void li_buffer_push_char(Buffer *buffer, uint32_t c); /* as UTF-8 */
void li_buffer_printf(Buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
/* NUL-terminates and returns the bytes; "" if failed or empty. Never NULL. */
const char *li_buffer_c_string(Buffer *buffer);
void li_buffer_clear(Buffer *buffer);
void li_buffer_free(Buffer *buffer);

#endif /* LI_MEMORY_BUFFER_H */
