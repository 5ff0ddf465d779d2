/* gcstats.c - what the collector counted, laid out for people. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli.h"

enum {
    FIGURE_BYTES = 32
};

/* "12.3 ms": three digits or so, and a unit. */
static const char *time_text(char *buffer, uint64_t ns)
{
    static const char *const units[] = {"ns", "us", "ms", "s"};
    double n = (double)ns;
    size_t unit = 0;

    for (; n >= 1000 && unit < 3; unit += 1)
        n /= 1000;
    snprintf(buffer, FIGURE_BYTES, n < 10 && unit > 0 ? "%.2f %s" : "%.4g %s", n,
             units[unit]);
    return buffer;
}

static const char *bytes_text(char *buffer, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KB", "MB", "GB", "TB"};
    double n = (double)bytes;
    size_t unit = 0;

    for (; n >= 1024 && unit < 4; unit += 1)
        n /= 1024;
    snprintf(buffer, FIGURE_BYTES, unit == 0 ? "%.0f %s" : "%.1f %s", n, units[unit]);
    return buffer;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void put_line(int fd, const char *prefix, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put_line(int fd, const char *prefix, const char *format, ...)
{
    char line[200];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    cli_put_string(fd, prefix);
    cli_put_string(fd, line);
    cli_put_string(fd, "\n");
}

static void put_pauses(int fd, const char *prefix, const InterpStats *s)
{
    char a[FIGURE_BYTES], b[FIGURE_BYTES], c[FIGURE_BYTES];

    put_line(fd, prefix, "collections:  %" PRIu64 " minor in %s, the longest %s",
             s->minor_collections, time_text(a, s->minor_total_ns),
             time_text(b, s->minor_max_ns));
    put_line(fd, prefix,
             "              %" PRIu64 " full in %s, the longest %s, %" PRIu64
             " evacuating",
             s->full_collections, time_text(a, s->full_total_ns),
             time_text(b, s->full_max_ns), s->evacuating_collections);
    put_line(fd, prefix, "pauses:       50%% within %s, 90%% within %s, 99%% within %s",
             time_text(a, s->pause_p50_ns), time_text(b, s->pause_p90_ns),
             time_text(c, s->pause_p99_ns));
}

static void put_memory(int fd, const char *prefix, const InterpStats *s)
{
    char a[FIGURE_BYTES], b[FIGURE_BYTES], c[FIGURE_BYTES];

    put_line(fd, prefix, "held:         %s, %s at the peak, %s resident",
             bytes_text(a, s->held_bytes), bytes_text(b, s->peak_bytes),
             bytes_text(c, s->resident_bytes));
    put_line(fd, prefix, "  blocks:     %s, of which holes %s (%.1f%%)",
             bytes_text(a, s->block_bytes), bytes_text(b, s->hole_bytes),
             percent(s->hole_bytes, s->block_bytes));
    put_line(fd, prefix, "  large:      %s in %" PRIu64 " objects",
             bytes_text(a, s->large_bytes), s->large_count);
    put_line(fd, prefix, "  other:      %s external, %s free, %s tables",
             bytes_text(a, s->external_bytes), bytes_text(b, s->free_bytes),
             bytes_text(c, s->table_bytes));
}

void cli_put_gc_stats(int fd, const char *prefix, const InterpStats *s)
{
    char a[FIGURE_BYTES], b[FIGURE_BYTES], c[FIGURE_BYTES];

    put_pauses(fd, prefix, s);
    put_line(fd, prefix, "allocated:    %s, promoted %s (%.1f%%), moved %s",
             bytes_text(a, s->allocated_bytes), bytes_text(b, s->promoted_bytes),
             percent(s->promoted_bytes, s->allocated_bytes),
             bytes_text(c, s->moved_bytes));
    if (s->full_collections != 0)
        put_line(fd, prefix,
                 "live:         %s after the last full collection, %s old now",
                 bytes_text(a, s->live_bytes), bytes_text(b, s->old_bytes));
    else
        put_line(fd, prefix, "live:         not known yet, %s old now",
                 bytes_text(b, s->old_bytes));
    put_line(fd, prefix, "weak:         %" PRIu64 " broken, %" PRIu64 " finalised",
             s->broken_count, s->finalized_count);
    put_memory(fd, prefix, s);
}
