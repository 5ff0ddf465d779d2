/* number_support.h - numbers written as text, for the tests of numbers. */
#ifndef TESTS_INTERP_NUMBER_SUPPORT_H
#define TESTS_INTERP_NUMBER_SUPPORT_H

#include "memory_support.h"

#include "types/number.h"

static TestHeap test;

static inline void open_numbers(void)
{
    test_heap_open(&test, false, 0);
}

static inline void close_numbers(void)
{
    test_heap_close(&test);
}

/* The number that `text` is the external form of, or #f. */
static inline Value number(const char *text)
{
    Value v;

    ck_assert_ok(li_number_parse(&test.heap, text, strlen(text), 10, &v));
    return v;
}

static inline void check_prints(Value v, unsigned radix, const char *expected)
{
    Buffer buffer = {0};

    ck_assert_ok(li_number_print(v, radix, &buffer));
    ck_assert_str_eq(li_buffer_c_string(&buffer), expected);
    li_buffer_free(&buffer);
}

static inline void check_same(Value v, Value expected)
{
    Buffer got = {0}, want = {0};

    if (!li_num_eqv(v, expected)) {
        ck_assert_ok(li_number_print(v, 10, &got));
        ck_assert_ok(li_number_print(expected, 10, &want));
        ck_abort_msg("%s instead of %s", li_buffer_c_string(&got),
                     li_buffer_c_string(&want));
    }
    ck_assert_uint_eq(li_num_hash(v), li_num_hash(expected));
    /* One representation for each exact integer. */
    ck_assert_int_eq(value_is_fixnum(v), value_is_fixnum(expected));
}

typedef Status (*BinaryOperation)(Heap *heap, Value a, Value b, Value *result);

static inline Value apply(BinaryOperation operate, Value a, Value b)
{
    Value v;

    ck_assert_ok(operate(&test.heap, a, b, &v));
    return v;
}

/* Bits in runs, which is where carries and borrows go wrong. */
static inline Value random_integer(uint64_t *state, unsigned limbs_max)
{
    Value v = value_from_fixnum(0);
    unsigned runs = (unsigned)(test_random(state) % (limbs_max * 3 + 1));

    for (unsigned i = 0; i < runs; i += 1) {
        uint64_t r = test_random(state);
        unsigned bits = 1 + (unsigned)(r % 40);
        int64_t run = r >> 62 == 0 ? 0
                    : r >> 62 == 1 ? ((int64_t)1 << bits) - 1
                                   : (int64_t)(r >> 8) >> (56 - bits);
        v = apply(li_num_shift, v, value_from_fixnum(bits));
        v = apply(li_num_bit_ior, v, value_from_fixnum(run));
    }
    if (test_random(state) & 1)
        ck_assert_ok(li_num_negate(&test.heap, v, &v));
    return v;
}

#endif /* TESTS_INTERP_NUMBER_SUPPORT_H */
