/* test_value.c - the tagging of values: every exponent, every bound, every constant. */
#include "memory_support.h"

#include <math.h>

static double double_of(uint64_t bits)
{
    double d;

    memcpy(&d, &bits, sizeof d);
    return d;
}

static uint64_t bits_of(double d)
{
    uint64_t bits;

    memcpy(&bits, &d, sizeof bits);
    return bits;
}

/* How many of the predicates that must exclude each other hold. */
static int kinds_of(Value v)
{
    return value_is_fixnum(v) + value_is_immediate_flonum(v) + value_is_object(v)
         + value_is_pair(v) + (value_tag(v) == TAG_IMMEDIATE);
}

static const uint64_t mantissas[] = {
    0,
    1,
    2,
    0xf,
    UINT64_C(0x8000000000000),
    UINT64_C(0xfffffffffffff),
    UINT64_C(0xaaaaaaaaaaaaa),
    UINT64_C(0x5555555555555),
    UINT64_C(0x921fb54442d18),
};

START_TEST(every_exponent_is_an_immediate_or_refused_and_comes_back_bit_by_bit)
{
    for (uint64_t sign = 0; sign < 2; sign += 1) {
        for (uint64_t exponent = 0; exponent < 2048; exponent += 1) {
            uint64_t top = exponent >> 8;
            bool fits = top == 0 || top == 3 || top == 4;

            for (size_t m = 0; m < sizeof mantissas / sizeof *mantissas; m += 1) {
                uint64_t bits = sign << 63 | exponent << 52 | mantissas[m];
                Value v = VALUE_FALSE;

                ck_assert_int_eq(value_try_immediate_flonum(double_of(bits), &v), fits);
                if (!fits) {
                    ck_assert_eq_value(v, VALUE_FALSE);
                    continue;
                }
                ck_assert(value_is_immediate_flonum(v) && value_is_flonum(v));
                ck_assert_int_eq(kinds_of(v), 1);
                ck_assert(!value_is_reference(v));
                ck_assert_uint_eq(bits_of(value_to_immediate_flonum(v)), bits);
            }
        }
    }
}
END_TEST

START_TEST(every_double_survives_li_flonum_boxed_or_not)
{
    TestHeap test;
    uint64_t random = 1;

    test_heap_open(&test, false, 0);
    for (int i = 0; i < 200000; i += 1) {
        uint64_t bits = test_random(&random);
        Value v;

        ck_assert_ok(li_flonum(&test.heap, double_of(bits), &v));
        ck_assert(value_is_flonum(v) && !value_is_fixnum(v));
        ck_assert_uint_eq(bits_of(value_to_flonum(v)), bits);
    }
    test_heap_close(&test);
}
END_TEST

START_TEST(zeros_subnormals_and_common_magnitudes_are_immediate)
{
    const double immediate[] = {
        0.0,   -0.0, 5e-324, -5e-324,           2.2250738585072009e-308,
        1.0,   -1.0, 0.1,    3.141592653589793, 1e76,
        1e-76, -1e76};
    Value v, zero, minus_zero;

    for (size_t i = 0; i < sizeof immediate / sizeof *immediate; i += 1) {
        ck_assert(value_try_immediate_flonum(immediate[i], &v));
        ck_assert_uint_eq(bits_of(value_to_immediate_flonum(v)), bits_of(immediate[i]));
    }
    ck_assert(value_try_immediate_flonum(0.0, &zero));
    ck_assert(value_try_immediate_flonum(-0.0, &minus_zero));
    ck_assert(!value_is_eq(zero, minus_zero));
}
END_TEST

START_TEST(infinities_and_every_nan_payload_are_boxed)
{
    const uint64_t boxed[] = {
        UINT64_C(0x7ff0000000000000), UINT64_C(0xfff0000000000000),
        UINT64_C(0x7ff8000000000000), UINT64_C(0xfff8000000000000),
        UINT64_C(0x7ff0000000000001), UINT64_C(0xffffffffffffffff),
        UINT64_C(0x7ff4dead0000beef),
    };
    TestHeap test;

    test_heap_open(&test, false, 0);
    for (size_t i = 0; i < sizeof boxed / sizeof *boxed; i += 1) {
        Value v = VALUE_FALSE;

        ck_assert(!value_try_immediate_flonum(double_of(boxed[i]), &v));
        ck_assert_ok(li_flonum(&test.heap, double_of(boxed[i]), &v));
        ck_assert(value_has_type(v, T_FLONUM));
        /* Bit by bit: a load into an SSE register would not quiet a signalling NaN. */
        ck_assert_uint_eq(*(uint64_t *)value_to_object(v), boxed[i]);
    }
    test_heap_close(&test);
}
END_TEST

START_TEST(fixnums_hold_62_bits_and_no_more)
{
    const int64_t numbers[] = {
        0, 1, -1, 42, FIXNUM_MAX, FIXNUM_MIN, FIXNUM_MAX - 1, FIXNUM_MIN + 1};

    ck_assert_int_eq(FIXNUM_MAX, (INT64_C(1) << 61) - 1);
    ck_assert_int_eq(FIXNUM_MIN, -(INT64_C(1) << 61));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i += 1) {
        Value v = value_from_fixnum(numbers[i]);

        ck_assert(fixnum_fits(numbers[i]));
        ck_assert(value_is_fixnum(v) && kinds_of(v) == 1 && !value_is_flonum(v));
        ck_assert_int_eq(value_to_fixnum(v), numbers[i]);
    }
    ck_assert(!fixnum_fits(FIXNUM_MAX + 1));
    ck_assert(!fixnum_fits(FIXNUM_MIN - 1));
    ck_assert(!fixnum_fits(INT64_MAX));
    ck_assert(!fixnum_fits(INT64_MIN));
}
END_TEST

START_TEST(every_bit_of_a_fixnum_comes_back)
{
    for (int shift = 0; shift < 61; shift += 1) {
        int64_t n = INT64_C(1) << shift;

        ck_assert_int_eq(value_to_fixnum(value_from_fixnum(n)), n);
        ck_assert_int_eq(value_to_fixnum(value_from_fixnum(-n)), -n);
        ck_assert(value_are_fixnums(value_from_fixnum(n), value_from_fixnum(-n)));
        ck_assert(!value_are_fixnums(value_from_fixnum(n), VALUE_NIL));
    }
}
END_TEST

START_TEST(every_character_comes_back)
{
    for (uint32_t c = 0; c <= UNICODE_MAX; c += 1) {
        Value v = value_from_char(c);

        if (!value_is_char(v) || value_to_char(v) != c || kinds_of(v) != 1)
            ck_abort_msg("U+%04X", c);
    }
}
END_TEST

START_TEST(constants_differ_from_each_other_and_from_everything_else)
{
    const Value constants[] = {
        VALUE_FALSE,
        VALUE_TRUE,
        VALUE_NIL,
        VALUE_EOF,
        VALUE_UNSPECIFIED,
        VALUE_UNBOUND,
        VALUE_UNASSIGNED,
        VALUE_DEFAULT,
        VALUE_ABSENT,
        VALUE_TOMBSTONE,
        value_from_char(0),
        value_from_special(0),
        value_from_fixnum(0),
    };
    size_t count = sizeof constants / sizeof *constants;

    for (size_t i = 0; i < count; i += 1) {
        ck_assert_int_eq(kinds_of(constants[i]), 1);
        ck_assert_int_eq(value_is_true(constants[i]), i != 0);
        ck_assert_int_eq(value_is_bool(constants[i]), i < 2);
        for (size_t j = 0; j < i; j += 1)
            ck_assert(!value_is_eq(constants[i], constants[j]));
    }
    ck_assert(!value_is_char(VALUE_FALSE) && !value_is_special(VALUE_NIL));
    ck_assert_uint_eq(value_to_special(value_from_special(77)), 77);
}
END_TEST

START_TEST(references_carry_their_tag_and_give_the_address_back)
{
    TestHeap test;
    Value pair, vector;

    test_heap_open(&test, false, 0);
    ck_assert_ok(li_cons(&test.heap, VALUE_TRUE, VALUE_NIL, &pair));
    ck_assert_ok(li_vector(&test.heap, 3, VALUE_TRUE, &vector));
    ck_assert(value_is_pair(pair) && kinds_of(pair) == 1 && value_is_reference(pair));
    ck_assert(value_is_vector(vector) && kinds_of(vector) == 1
              && value_is_reference(vector));
    ck_assert(!value_is_flonum(pair) && !value_is_flonum(vector));
    ck_assert_ptr_eq(value_to_payload(pair), value_to_pair(pair));
    ck_assert_ptr_eq(value_to_payload(vector), value_to_object(vector));
    ck_assert_eq_value(value_from_pair(value_to_pair(pair)), pair);
    ck_assert_eq_value(value_from_object(value_to_object(vector)), vector);
    test_heap_close(&test);
}
END_TEST

static void check_kind(Value v, const char *name)
{
    ck_assert_str_eq(li_value_kind_name(v), name);
}

START_TEST(kinds_have_the_names_that_users_know)
{
    TestHeap test;
    Value v;

    test_heap_open(&test, false, 0);
    check_kind(value_from_fixnum(7), "exact integer");
    ck_assert_ok(li_flonum(&test.heap, 0.5, &v));
    check_kind(v, "inexact number");
    ck_assert_ok(li_flonum(&test.heap, (double)INFINITY, &v));
    check_kind(v, "inexact number");
    check_kind(VALUE_FALSE, "boolean");
    check_kind(VALUE_TRUE, "boolean");
    check_kind(VALUE_NIL, "empty list");
    check_kind(VALUE_EOF, "end-of-file object");
    check_kind(VALUE_UNSPECIFIED, "unspecified value");
    check_kind(VALUE_TOMBSTONE, "deleted value");
    check_kind(IMMEDIATE(IMMEDIATE_CONSTANT, 1000), "constant");
    check_kind(value_from_char('a'), "character");
    check_kind(value_from_special(1), "syntactic keyword");
    check_kind(test_symbol(&test.heap, "x"), "symbol");
    check_kind(test_pair_list(&test.heap, 1), "pair");
    ck_assert_ok(li_vector(&test.heap, 0, VALUE_NIL, &v));
    check_kind(v, "vector");
    ck_assert_ok(li_text_new(&test.heap, 0, 0, &v));
    check_kind(v, "string");
    test_heap_close(&test);
}
END_TEST

START_TEST(every_status_has_a_text_of_its_own)
{
    for (Status status = OK; status <= ERR_EXIT; status += 1) {
        ck_assert_str_ne(li_status_text(status), "unknown status");
        for (Status other = OK; other < status; other += 1)
            ck_assert_str_ne(li_status_text(status), li_status_text(other));
    }
    ck_assert_str_eq(li_status_text((Status)(ERR_EXIT + 1)), "unknown status");
}
END_TEST

TEST_MAIN("value", NULL, NULL,
          every_exponent_is_an_immediate_or_refused_and_comes_back_bit_by_bit,
          every_double_survives_li_flonum_boxed_or_not,
          zeros_subnormals_and_common_magnitudes_are_immediate,
          infinities_and_every_nan_payload_are_boxed, fixnums_hold_62_bits_and_no_more,
          every_bit_of_a_fixnum_comes_back, every_character_comes_back,
          constants_differ_from_each_other_and_from_everything_else,
          references_carry_their_tag_and_give_the_address_back,
          kinds_have_the_names_that_users_know, every_status_has_a_text_of_its_own)
