/* buffer.c - a growable run of bytes outside the heap. */
#include "memory/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory/utf8.h"

/* Room for `count` more bytes and a NUL; false, and failed, if there is none. */
static bool reserve(Buffer *buffer, size_t count)
{
    size_t needed, capacity;

    if (buffer->failed)
        return false;
    if (__builtin_add_overflow(buffer->length, count, &needed) || needed == SIZE_MAX
        || (buffer->limit != 0 && needed > buffer->limit)) {
        buffer->failed = true;
        return false;
    }
    if (needed < buffer->capacity)
        return true;

    capacity = buffer->capacity + buffer->capacity / 2;
    if (capacity <= needed)
        capacity = needed < 63 ? 64 : needed + 1;

    char *bytes = realloc(buffer->bytes, capacity);

    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void li_buffer_push(Buffer *buffer, const void *bytes, size_t count)
{
    if (count == 0 || !reserve(buffer, count))
        return;
    memcpy(buffer->bytes + buffer->length, bytes, count);
    buffer->length += count;
}

void li_buffer_push_string(Buffer *buffer, const char *string)
{
    li_buffer_push(buffer, string, strlen(string));
}

void li_buffer_push_char(Buffer *buffer, uint32_t c)
{
    char bytes[UTF8_MAX_BYTES];

    li_buffer_push(buffer, bytes, li_utf8_encode(c, bytes));
}

void li_buffer_printf(Buffer *buffer, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);

    int needed = vsnprintf(NULL, 0, format, args);

    if (needed < 0) {
        buffer->failed = true;
    } else if (reserve(buffer, (size_t)needed)) {
        /* reserve() leaves room for the NUL, which is not part of the length. */
        vsnprintf(buffer->bytes + buffer->length, (size_t)needed + 1, format, again);
        buffer->length += (size_t)needed;
    }
    va_end(again);
    va_end(args);
}

const char *li_buffer_c_string(Buffer *buffer)
{
    if (buffer->failed || buffer->length == 0)
        return "";
    buffer->bytes[buffer->length] = '\0';
    return buffer->bytes;
}

void li_buffer_clear(Buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = false;
}

void li_buffer_free(Buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (Buffer){.limit = buffer->limit};
}
