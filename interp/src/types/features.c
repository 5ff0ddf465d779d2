/* features.c - the feature identifiers: appendix B of the report, and only what is true. */
#include "types/features.h"

static const char *const features[] = {
    "r7rs",          "exact-closed", "exact-complex", "ieee-float", "full-unicode",
    "ratios",        "limpet",       "limpet-0.1.0",  "srfi-4",
#if defined(__linux__)
    "linux",         "gnu-linux",    "unix",          "posix",
#elif defined(__APPLE__)
    "darwin",     "unix",         "posix",
#elif defined(__unix__)
    "unix",   "posix",
#endif
#if defined(__x86_64__)
    "x86-64",
#elif defined(__aarch64__)
    "aarch64",
#endif
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    "little-endian",
#else
    "big-endian",
#endif
};

size_t li_feature_count(void)
{
    return sizeof features / sizeof features[0];
}

const char *li_feature_at(size_t index)
{
    return features[index];
}
