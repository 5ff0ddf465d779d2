/* elements.h - the kinds of elements that typed arrays hold: the only list of them. */
#ifndef LI_MEMORY_ELEMENTS_H
#define LI_MEMORY_ELEMENTS_H

/*          name  C type    bytes  in names  with its article  what an element is */
#define NUMBER_ELEMENT_TABLE(X)                                                  \
    X(U8, uint8_t, 1, "u8", "a u8", "an exact integer from 0 to 255")            \
    X(S8, int8_t, 1, "s8", "an s8", "an exact integer from -128 to 127")         \
    X(U16, uint16_t, 2, "u16", "a u16", "an exact integer from 0 to 65535")      \
    X(S16, int16_t, 2, "s16", "an s16", "an exact integer from -32768 to 32767") \
    X(U32, uint32_t, 4, "u32", "a u32", "an exact integer from 0 to 4294967295") \
    X(S32, int32_t, 4, "s32", "an s32",                                          \
      "an exact integer from -2147483648 to 2147483647")                         \
    X(U64, uint64_t, 8, "u64", "a u64",                                          \
      "an exact integer from 0 to 18446744073709551615")                         \
    X(S64, int64_t, 8, "s64", "an s64",                                          \
      "an exact integer from -9223372036854775808 to 9223372036854775807")       \
    X(F32, float, 4, "f32", "an f32", "a real number")                           \
    X(F64, double, 8, "f64", "an f64", "a real number")

/* Opcodes are the compiler's own: no program sees an array of them. */
#define ELEMENT_TABLE(X)    \
    NUMBER_ELEMENT_TABLE(X) \
    X(OPCODE, uint64_t, 8, "opcode", "an opcode", "an opcode")

typedef enum ElementKind {
#define X(name, type, bytes, tag, article, element) ELEMENT_##name,
    ELEMENT_TABLE(X)
#undef X
    ELEMENT_KINDS
} ElementKind;

#endif /* LI_MEMORY_ELEMENTS_H */
