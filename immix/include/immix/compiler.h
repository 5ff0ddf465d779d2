/* compiler.h - every compiler-specific construct that the project uses, under one name each. */
#ifndef IMMIX_COMPILER_H
#define IMMIX_COMPILER_H

#if !defined(__GNUC__)
#    error "Limpet needs the GNU extensions of gcc or clang"
#endif

#define MUST_CHECK       __attribute__((warn_unused_result))
#define LIKELY(cond)     __builtin_expect(!!(cond), 1)
#define UNLIKELY(cond)   __builtin_expect(!!(cond), 0)
#define ALWAYS_INLINE    static inline __attribute__((always_inline))
#define NO_INLINE        __attribute__((noinline))
#define COLD             __attribute__((cold, noinline))
#define NOINLINE         __attribute__((noinline))
#define UNUSED           __attribute__((unused))
#define NO_RETURN        __attribute__((noreturn))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define PREFETCH(addr)   __builtin_prefetch(addr)
#define ALIGNED(n)       __attribute__((aligned(n)))
#define PUBLIC           __attribute__((visibility("default")))

/* A word of memory as it is on a machine that puts the lowest byte first. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#    define LITTLE_ENDIAN_32(word) (word)
#    define LITTLE_ENDIAN_64(word) (word)
#else
#    define LITTLE_ENDIAN_32(word) __builtin_bswap32(word)
#    define LITTLE_ENDIAN_64(word) __builtin_bswap64(word)
#endif

/* A variable of each thread's own, reached without a call, in a shared library too. */
#if defined(__ELF__)
#    define THREAD_LOCAL _Thread_local __attribute__((tls_model("initial-exec")))
#else
#    define THREAD_LOCAL _Thread_local
#endif

/* Marks a function that may reach a safepoint: see docs/memory.md. It expands to nothing;
 * tools/check_safepoints.py reads it. */
#define MAY_COLLECT

/* True where clang compiles a call in tail position to a jump on request. */
#if defined(__clang__) && defined(__has_attribute)
#    if __has_attribute(musttail)
#        define HAS_MUSTTAIL 1
#        define MUSTTAIL     __attribute__((musttail))
#    endif
#endif
#ifndef HAS_MUSTTAIL
#    define HAS_MUSTTAIL 0
#    define MUSTTAIL
#endif

/* Vectors of 16 bytes, on every machine of these two kinds. */
#if defined(__SSE2__)
#    define HAS_SSE2 1
#else
#    define HAS_SSE2 0
#endif
#if defined(__aarch64__) && defined(__ARM_NEON) && !defined(__ARM_BIG_ENDIAN)
#    define HAS_NEON 1
#else
#    define HAS_NEON 0
#endif

#if defined(__SANITIZE_ADDRESS__)
#    define HAS_ASAN 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define HAS_ASAN 1
#    endif
#endif
#ifndef HAS_ASAN
#    define HAS_ASAN 0
#endif

#endif /* IMMIX_COMPILER_H */
