/* test_number.c - generic arithmetic, exact comparison, syntax of numbers. */
#include "number_support.h"

#include <math.h>

#include "types/flonum.h"

/* ---- Syntax ------------------------------------------------------------------------------- */

/* What reading `text` and printing the result gives; "#f" for text that is no number. */
static void check_reads(const char *text, unsigned radix, const char *expected)
{
    Buffer buffer = {0};
    Value v;

    ck_assert_ok(li_number_parse(&test.heap, text, strlen(text), radix, &v));
    if (value_is_number(v))
        ck_assert_ok(li_number_print(v, 10, &buffer));
    else
        li_buffer_push_string(&buffer, "#f");
    ck_assert_msg(strcmp(li_buffer_c_string(&buffer), expected) == 0,
                  "%s in radix %u: %s", text, radix, li_buffer_c_string(&buffer));
    li_buffer_free(&buffer);
}

START_TEST(numbers_read_as_the_report_says)
{
    static const struct {
        const char *text;
        unsigned radix;
        const char *value;
    } rows[] = {
        {"0", 10, "0"},
        {"-0", 10, "0"},
        {"+7", 10, "7"},
        {"007", 10, "7"},
        {"-42", 10, "-42"},
        {"ff", 16, "255"},
        {"FF", 16, "255"},
        {"z", 36, "35"},
        {"-101", 2, "-5"},
        {"2305843009213693951", 10, "2305843009213693951"},
        {"2305843009213693952", 10, "2305843009213693952"},
        {"-2305843009213693952", 10, "-2305843009213693952"},
        {"-2305843009213693953", 10, "-2305843009213693953"},
        {"18446744073709551615", 10, "18446744073709551615"},
        {"00000000000000000000000000000000000000012", 10, "12"},
        /* prefixes */
        {"#xff", 10, "255"},
        {"#XFF", 10, "255"},
        {"#b101", 10, "5"},
        {"#o17", 10, "15"},
        {"#d10", 16, "10"},
        {"#e1.0", 10, "1"},
        {"#i1", 10, "1.0"},
        {"#x#i10", 10, "16.0"},
        {"#i#x10", 10, "16.0"},
        {"#E#D1e3", 10, "1000"},
        {"#e-12.5e1", 10, "-125"},
        {"#e1.20e1", 10, "12"},
        {"#e0.0", 10, "0"},
        {"#e-0.0", 10, "0"},
        {"#e100.", 10, "100"},
        {"#i-0", 10, "-0.0"},
        {"#e1e30", 10, "1000000000000000000000000000000"},
        {"#e0e400000000", 10, "0"},
        {"#e123456789012345678901234567890.000e-10", 10,
         "12345678901234567890123456789/1000000000"},
        {"#e12345678901234567890.000e10", 10, "123456789012345678900000000000"},
        {"#e1.5", 10, "3/2"},
        {"#e-1e-3", 10, "-1/1000"},
        {"#e+inf.0", 10, "#f"},
        {"#x#x1", 10, "#f"},
        {"#e#i1", 10, "#f"},
        {"#", 10, "#f"},
        {"#x", 10, "#f"},
        {"#q1", 10, "#f"},
        {"#e", 10, "#f"},
        /* decimals */
        {"1.5", 10, "1.5"},
        {".5", 10, "0.5"},
        {"1.", 10, "1.0"},
        {"-.5", 10, "-0.5"},
        {"+.5e1", 10, "5.0"},
        {"1e3", 10, "1000.0"},
        {"1E3", 10, "1000.0"},
        {"1e+3", 10, "1000.0"},
        {"1e-3", 10, "0.001"},
        {"1.e2", 10, "100.0"},
        {"-0.0", 10, "-0.0"},
        {"0e5", 10, "0.0"},
        {"1e", 10, "#f"},
        {"1e+", 10, "#f"},
        {"e1", 10, "#f"},
        {".", 10, "#f"},
        {".e1", 10, "#f"},
        {"+.", 10, "#f"},
        {"1..2", 10, "#f"},
        {"1.2.3", 10, "#f"},
        {"1e2.0", 10, "#f"},
        {"1e2e3", 10, "#f"},
        {"1 ", 10, "#f"},
        {" 1", 10, "#f"},
        {"1_000", 10, "#f"},
        {"1e10", 16, "7696"},
        {"1.8", 16, "1.5"},
        {"0.1", 2, "0.5"},
        {"#b1.1", 10, "1.5"},
        /* special values */
        {"+inf.0", 10, "+inf.0"},
        {"-inf.0", 10, "-inf.0"},
        {"+nan.0", 10, "+nan.0"},
        {"-nan.0", 10, "+nan.0"},
        {"+INF.0", 10, "+inf.0"},
        {"#i+inf.0", 10, "+inf.0"},
        {"inf.0", 10, "#f"},
        {"+inf", 10, "#f"},
        {"+inf.00", 10, "#f"},
        {"+nan.1", 10, "#f"},
        {"+inf.0", 36, "+inf.0"},
        /* ratios */
        {"6/3", 10, "2"},
        {"1/2", 10, "1/2"},
        {"-2/6", 10, "-1/3"},
        {"#e6/3", 10, "2"},
        {"#e1/2", 10, "1/2"},
        {"#i1/3", 10, "0.3333333333333333"},
        {"#i-1/0", 10, "#f"},
        {"#i6/3", 10, "2.0"},
        {"1/0", 10, "#f"},
        {"0/5", 10, "0"},
        {"#xff/f", 10, "17"},
        {"/2", 10, "#f"},
        {"1/", 10, "#f"},
        {"1/-2", 10, "#f"},
        {"1.0/2", 10, "#f"},
        {"1/2.0", 10, "#f"},
        {"1/2e3", 10, "#f"},
        /* complex numbers */
        {"+i", 10, "+i"},
        {"-I", 10, "-i"},
        {"1+2i", 10, "1+2i"},
        {"-1/2-3/4i", 10, "-1/2-3/4i"},
        {"+1i", 10, "+i"},
        {"1-1i", 10, "1-i"},
        {"1+0i", 10, "1"},
        {"0+i", 10, "+i"},
        {"+1.5i", 10, "+1.5i"},
        {"1+1.5i", 10, "1+1.5i"},
        {"-0.0-0.0i", 10, "-0.0-0.0i"},
        {"1e2-1.e-3i", 10, "100.0-0.001i"},
        {"+inf.0-nan.0i", 10, "+inf.0+nan.0i"},
        {"+inf.0i", 10, "+inf.0i"},
        {"1-inf.0i", 10, "1-inf.0i"},
        {"#e1.5+.5i", 10, "3/2+1/2i"},
        {"#i1+i", 10, "1.0+1.0i"},
        {"#i+i", 10, "0.0+1.0i"},
        {"#x1/F-Fi", 10, "1/15-15i"},
        {"-i", 18, "-i"},
        {"+i", 19, "18"},
        {"1@0", 10, "1"},
        {"0@1", 10, "0"},
        {"1@2", 10, "-0.4161468365471424+0.9092974268256817i"},
        {"-1.5@-2", 10, "0.6242202548207136+1.3639461402385225i"},
        {"#e1@0", 10, "1"},
        {"#e1@1e400", 10, "#f"},
        {"1@", 10, "#f"},
        {"@1", 10, "#f"},
        {"1@1@1", 10, "#f"},
        {"1@i", 10, "#f"},
        {"1i", 10, "#f"},
        {"i", 10, "#f"},
        {"++i", 10, "#f"},
        {"+i1", 10, "#f"},
        {"1+i+i", 10, "#f"},
        {"1+2", 10, "#f"},
        {"1+2i3", 10, "#f"},
        {"1+2/0i", 10, "#f"},
        {"1/0+i", 10, "#f"},
        {"#e+inf.0i", 10, "#f"},
        {"#e1+nan.0i", 10, "#f"},
        {"+2i+3", 10, "#f"},
        /* not numbers */
        {"", 10, "#f"},
        {"+", 10, "#f"},
        {"-", 10, "#f"},
        {"...", 10, "#f"},
        {"abc", 10, "#f"},
        {"1+", 10, "#f"},
        {"-1+", 10, "#f"},
        {"12a", 10, "#f"},
        {"9", 8, "#f"},
        {"2", 2, "#f"},
        {"--1", 10, "#f"},
        {"+-1", 10, "#f"},
        {"\xc3\xa9", 10, "#f"},
        {"1\xe9", 10, "#f"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1)
        check_reads(rows[i].text, rows[i].radix, rows[i].value);
}
END_TEST

START_TEST(an_exponent_beyond_memory_costs_nothing)
{
    static const char *const texts[] = {"#e1e400000000", "#e1e99999999999999999999",
                                        "#e-7.5e1000000000", "#e1e-400000000"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i += 1)
        check_reads(texts[i], 10, "#f");
    check_reads("#e1e-99999999999999999999", 10, "#f");
    check_reads("1e99999999999999999999", 10, "+inf.0");
}
END_TEST

START_TEST(text_with_nul_bytes_is_no_number)
{
    Value v;

    ck_assert_ok(li_number_parse(&test.heap, "1\0002", 3, 10, &v));
    ck_assert(!value_is_number(v));
    ck_assert_ok(li_number_parse(&test.heap, "12345", 2, 10, &v));
    check_same(v, value_from_fixnum(12));
}
END_TEST

/* ---- Order --------------------------------------------------------------------------------- */

static NumOrder order_of(const char *a, const char *b)
{
    NumOrder order;

    ck_assert_ok(li_num_compare(number(a), number(b), &order));
    return order;
}

START_TEST(comparison_is_exact_across_representations)
{
    /* Each is less than the next. */
    static const char *const rising[] = {
        "-inf.0",
        "-1.7976931348623157e308",
        "-340282366920938463463374607431768211457",
        "-340282366920938463463374607431768211456.0",
        "-340282366920938463463374607431768211455",
        "-9223372036854775809",
        "-9223372036854775808.0",
        "-9223372036854775807",
        "-4611686018427387905",
        "-4611686018427387904.0",
        "-4611686018427387903",
        "-2305843009213693953",
        "-2305843009213693952.0",
        "-2305843009213693951",
        "-9007199254740994.0",
        "-9007199254740993",
        "-9007199254740992.0",
        "-9007199254740991",
        "-1.0",
        "-0.5",
        "-5e-324",
        "0",
        "5e-324",
        "0.5",
        "1",
        "1.0000000000000002",
        "2",
        "9007199254740991.0",
        "9007199254740992",
        "9007199254740993",
        "9007199254740994.0",
        "9007199254740995",
        "9007199254740996",
        "2305843009213693951",
        "2305843009213693952.0",
        "2305843009213693953",
        "4611686018427387903",
        "4611686018427387904.0",
        "4611686018427387905",
        "9223372036854775807",
        "9223372036854775808.0",
        "9223372036854775809",
        "18446744073709551615",
        "18446744073709551616.0",
        "18446744073709551617",
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456.0",
        "340282366920938463463374607431768211457",
        "1.7976931348623157e308",
        "+inf.0",
    };
    const size_t count = sizeof rising / sizeof *rising;

    for (size_t i = 0; i < count; i += 1) {
        for (size_t j = 0; j < count; j += 1) {
            NumOrder want = i < j ? NUM_LESS : i > j ? NUM_GREATER : NUM_EQUAL;
            ck_assert_msg(order_of(rising[i], rising[j]) == want, "%s and %s",
                          rising[i], rising[j]);
        }
        ck_assert_int_eq(order_of(rising[i], "+nan.0"), NUM_UNORDERED);
        ck_assert_int_eq(order_of("+nan.0", rising[i]), NUM_UNORDERED);
    }
}
END_TEST

START_TEST(equal_numbers_of_different_kinds_compare_as_equal)
{
    static const char *const rows[][2] = {
        {"0", "0.0"},
        {"0", "-0.0"},
        {"-0.0", "0.0"},
        {"1", "1.0"},
        {"9007199254740992", "9007199254740992.0"},
        {"2305843009213693952", "2305843009213693952.0"},
        {"-2305843009213693952", "-2305843009213693952.0"},
        {"340282366920938463463374607431768211456",
         "340282366920938463463374607431768211456.0"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1) {
        ck_assert_int_eq(order_of(rows[i][0], rows[i][1]), NUM_EQUAL);
        ck_assert(!li_num_eqv(number(rows[i][0]), number(rows[i][1])));
    }
    ck_assert_int_eq(order_of("+nan.0", "+nan.0"), NUM_UNORDERED);
}
END_TEST

START_TEST(eqv_tells_kinds_and_zeros_apart_but_not_nans)
{
    static const char *const texts[] = {"0",      "0.0",
                                        "-0.0",   "+nan.0",
                                        "1e300",  "-1e300",
                                        "1",      "123456789012345678901234567890",
                                        "+inf.0", "-123456789012345678901234567890"};
    Value nan;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i += 1) {
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j += 1)
            ck_assert_int_eq(li_num_eqv(number(texts[i]), number(texts[j])), i == j);
        check_same(number(texts[i]), number(texts[i]));
    }
    ck_assert_ok(
        li_flonum(&test.heap, flonum_from_bits(UINT64_C(0xfff8000000000001)), &nan));
    check_same(nan, number("+nan.0"));
    ck_assert(!li_num_eqv(number("1"), VALUE_TRUE));
    ck_assert(!li_num_eqv(number("123456789012345678901234567890"), VALUE_NIL));
}
END_TEST

START_TEST(hashes_spread)
{
    enum {
        COUNT = 4096
    };
    static unsigned char buckets[COUNT];
    size_t used = 0;

    memset(buckets, 0, sizeof buckets);
    for (int i = 0; i < COUNT; i += 1) {
        size_t bucket = li_num_hash(value_from_fixnum((int64_t)i << 20)) % COUNT;
        used += buckets[bucket] == 0;
        buckets[bucket] = 1;
    }
    /* A random function fills 63%. */
    ck_assert_uint_gt(used, COUNT * 58 / 100);
}
END_TEST

/* ---- Arithmetic ------------------------------------------------------------------------------- */

typedef struct Row {
    BinaryOperation operate;
    const char *a, *b, *result;
} Row;

static void check_rows(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i += 1)
        check_prints(apply(rows[i].operate, number(rows[i].a), number(rows[i].b)), 10,
                     rows[i].result);
}

START_TEST(operands_of_different_kinds_meet_in_the_higher_one)
{
    static const Row rows[] = {
        {li_num_add, "1", "2.5", "3.5"},
        {li_num_add, "1e300", "1e300", "2e300"},
        {li_num_add, "0.1", "0.2", "0.30000000000000004"},
        {li_num_subtract, "1", "0.5", "0.5"},
        {li_num_multiply, "0", "1.5", "0.0"},
        {li_num_multiply, "-2", "0.0", "-0.0"},
        {li_num_multiply, "100000000000000000000000", "1e-23", "0.9999999999999999"},
        {li_num_divide, "1", "2", "1/2"},
        {li_num_divide, "6", "3", "2"},
        {li_num_divide, "-7", "2", "-7/2"},
        {li_num_divide, "1.0", "0.0", "+inf.0"},
        {li_num_divide, "0", "0.0", "+nan.0"},
        {li_num_divide, "6", "3.0", "2.0"},
        {li_num_divide, "-2", "-6", "1/3"},
        {li_num_divide, "5/6", "-10/9", "-3/4"},
        {li_num_divide, "1/3", "0.5", "0.6666666666666666"},
        {li_num_divide, "1+i", "1-i", "+i"},
        {li_num_divide, "+i", "2.0", "+0.5i"},
        {li_num_divide, "1", "+2i", "-1/2i"},
        {li_num_add, "1/2", "1/3", "5/6"},
        {li_num_add, "1/6", "-2/3", "-1/2"},
        {li_num_add, "1/2", "1/2", "1"},
        {li_num_add, "1/2", "0.5", "1.0"},
        {li_num_add, "1+i", "1-i", "2"},
        {li_num_add, "1/2+i", "0.5", "1.0+i"},
        {li_num_subtract, "1.0+2.0i", "+2.0i", "1.0+0.0i"},
        {li_num_multiply, "2/3", "3/2", "1"},
        {li_num_multiply, "2.0", "+i", "+2.0i"},
        {li_num_multiply, "1+2i", "3-1/2i", "4+11/2i"},
        {li_num_divide, "-2305843009213693952", "-1", "2305843009213693952"},
        {li_num_divide, "9007199254740993", "2", "9007199254740993/2"},
        {li_num_divide, "1", "10000000000000000000000000000000000000000",
         "1/10000000000000000000000000000000000000000"},
    };

    check_rows(rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(integer_division_works_on_integers_of_any_kind)
{
    static const Row rows[] = {
        {li_num_quotient, "7", "2", "3"},
        {li_num_quotient, "-7", "2", "-3"},
        {li_num_remainder, "-7", "2", "-1"},
        {li_num_modulo, "-7", "2", "1"},
        {li_num_modulo, "7", "-2", "-1"},
        {li_num_modulo, "-7", "-2", "-1"},
        {li_num_floor_quotient, "-7", "2", "-4"},
        {li_num_floor_quotient, "7", "-2", "-4"},
        {li_num_quotient, "7.0", "2", "3.0"},
        {li_num_quotient, "-7", "2.0", "-3.0"},
        {li_num_modulo, "-7.0", "2.0", "1.0"},
        {li_num_remainder, "-7.0", "2", "-1.0"},
        {li_num_floor_quotient, "-7.0", "2", "-4.0"},
        {li_num_remainder, "1e22", "7", "4.0"},
        {li_num_modulo, "-1e22", "7", "3.0"},
        {li_num_remainder, "9007199254740993", "2.0", "1.0"},
        {li_num_quotient, "1e300", "1e299", "10.0"},
        {li_num_modulo, "5", "100000000000000000000", "5"},
        {li_num_modulo, "-5", "100000000000000000000", "99999999999999999995"},
        {li_num_floor_quotient, "-5", "100000000000000000000", "-1"},
        {li_num_gcd, "32", "-36", "4"},
        {li_num_gcd, "0", "-5", "5"},
        {li_num_gcd, "12.0", "8", "4.0"},
        {li_num_lcm, "32", "-36", "288"},
        {li_num_lcm, "32.0", "-36", "288.0"},
        {li_num_lcm, "0", "5", "0"},
    };
    Value v;

    check_rows(rows, sizeof rows / sizeof *rows);
    ck_assert_err(li_num_quotient(&test.heap, number("7.5"), number("2"), &v),
                  ERR_TYPE);
    ck_assert_err(li_num_quotient(&test.heap, number("7"), number("+inf.0"), &v),
                  ERR_TYPE);
    ck_assert_err(li_num_modulo(&test.heap, number("7.0"), number("0.0"), &v),
                  ERR_DIVIDE);
    ck_assert_err(li_num_quotient(&test.heap, number("7"), number("0"), &v),
                  ERR_DIVIDE);
}
END_TEST

START_TEST(powers_of_every_kind)
{
    static const Row rows[] = {
        {li_num_expt, "2", "10", "1024"},
        {li_num_expt, "2", "0", "1"},
        {li_num_expt, "0", "0", "1"},
        {li_num_expt, "0", "5", "0"},
        {li_num_expt, "2", "-1", "1/2"},
        {li_num_expt, "-2", "-3", "-1/8"},
        {li_num_expt, "2/3", "-5", "243/32"},
        {li_num_expt, "27/8", "2/3", "9/4"},
        {li_num_expt, "8", "-1/3", "1/2"},
        {li_num_expt, "-4", "3/2", "-8i"},
        {li_num_expt, "1+i", "-2", "-1/2i"},
        {li_num_expt, "+i", "100000000000000000003", "-i"},
        {li_num_expt, "1", "-5", "1"},
        {li_num_expt, "-1", "-5", "-1"},
        {li_num_expt, "-1", "-4", "1"},
        {li_num_expt, "2.0", "3", "8.0"},
        {li_num_expt, "2", "0.5", "1.4142135623730951"},
        {li_num_expt, "-4", "0.5", "0.0+2.0i"},
        {li_num_expt, "0.0", "0", "1.0"},
        {li_num_expt, "-1.0", "9007199254740993", "-1.0"},
        {li_num_expt, "-1.0", "100000000000000000001", "-1.0"},
        {li_num_expt, "-1.0", "100000000000000000000", "1.0"},
        {li_num_expt, "2.0", "-400000000", "0.0"},
        {li_num_expt, "10", "22", "10000000000000000000000"},
        {li_num_expt, "1", "123456789012345678901234567890", "1"},
        {li_num_expt, "0", "123456789012345678901234567890", "0"},
    };
    Value v;

    check_rows(rows, sizeof rows / sizeof *rows);
    ck_assert_err(li_num_expt(&test.heap, number("0"), number("-1"), &v), ERR_DIVIDE);
}
END_TEST

START_TEST(roots_are_exact_where_they_can_be)
{
    static const char *const rows[][2] = {
        {"16", "4"},
        {"0", "0"},
        {"1", "1"},
        {"15", "3.872983346207417"},
        {"16.0", "4.0"},
        {"2", "1.4142135623730951"},
        {"-4", "+2i"},
        {"-1.0", "+1.0i"},
        {"1/4", "1/2"},
        {"-9/16", "+3/4i"},
        {"-3+4i", "1+2i"},
        {"3-4i", "2-i"},
        {"1/2", "0.7071067811865476"},
        {"-0.0", "-0.0"},
        {"2305843006213062001", "1518500249"},
        {"2305843006213062000", "1518500249.0"},
        {"340282366920938463463374607431768211456", "18446744073709551616"},
        {"340282366920938463463374607431768211457", "18446744073709552000.0"},
        {"+inf.0", "+inf.0"},
    };
    Value v;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1) {
        ck_assert_ok(li_num_sqrt(&test.heap, number(rows[i][0]), &v));
        check_prints(v, 10, rows[i][1]);
    }
    /* Beyond the doubles. */
    Value large = apply(li_num_expt, number("10"), number("601"));
    ck_assert_ok(li_num_sqrt(&test.heap, large, &v));
    check_prints(v, 10, "3.1622776601683795e300");
}
END_TEST

/* ---- Exactness --------------------------------------------------------------------------------- */

START_TEST(exact_and_inexact_convert_without_loss_where_they_can)
{
    static const char *const exact[][2] = {
        {"2.0", "2"},
        {"-0.0", "0"},
        {"1e18", "1000000000000000000"},
        {"1e22", "10000000000000000000000"},
        {"1e23", "99999999999999991611392"},
        {"-2305843009213693952.0", "-2305843009213693952"},
        {"2305843009213693952.0", "2305843009213693952"},
        {"9223372036854775808.0", "9223372036854775808"},
        {"5", "5"},
        {"2.5", "5/2"},
        {"-0.1", "-3602879701896397/36028797018963968"},
        {"0.5-0.25i", "1/2-1/4i"},
    };
    static const char *const inexact[][2] = {
        {"1", "1.0"},
        {"9007199254740993", "9007199254740992.0"},
        {"9007199254740995", "9007199254740996.0"},
        {"2305843009213693951", "2305843009213694000.0"},
        {"18446744073709550591", "18446744073709550000.0"},
        {"18446744073709550593", "18446744073709552000.0"},
        {"0.5", "0.5"},
    };
    static const char *const nothing_exact[] = {"+inf.0", "-inf.0", "+nan.0",
                                                "1+nan.0i"};
    Value v;

    for (size_t i = 0; i < sizeof exact / sizeof *exact; i += 1) {
        ck_assert_ok(li_num_exact(&test.heap, number(exact[i][0]), &v));
        check_prints(v, 10, exact[i][1]);
    }
    for (size_t i = 0; i < sizeof inexact / sizeof *inexact; i += 1) {
        ck_assert_ok(li_num_inexact(&test.heap, number(inexact[i][0]), &v));
        check_prints(v, 10, inexact[i][1]);
    }
    for (size_t i = 0; i < sizeof nothing_exact / sizeof *nothing_exact; i += 1)
        ck_assert_err(li_num_exact(&test.heap, number(nothing_exact[i]), &v), ERR_TYPE);
    ck_assert_ok(li_num_inexact(&test.heap,
                                apply(li_num_expt, number("-10"), number("401")), &v));
    check_prints(v, 10, "-inf.0");
}
END_TEST

START_TEST(rounding_goes_to_even)
{
    static const struct {
        NumRound kind;
        const char *from, *to;
    } rows[] = {
        {NUM_ROUND_FLOOR, "-4.3", "-5.0"},
        {NUM_ROUND_CEILING, "-4.3", "-4.0"},
        {NUM_ROUND_TRUNCATE, "-4.3", "-4.0"},
        {NUM_ROUND_EVEN, "-4.3", "-4.0"},
        {NUM_ROUND_FLOOR, "3.5", "3.0"},
        {NUM_ROUND_CEILING, "3.5", "4.0"},
        {NUM_ROUND_TRUNCATE, "3.5", "3.0"},
        {NUM_ROUND_EVEN, "3.5", "4.0"},
        {NUM_ROUND_EVEN, "2.5", "2.0"},
        {NUM_ROUND_EVEN, "-2.5", "-2.0"},
        {NUM_ROUND_EVEN, "7", "7"},
        {NUM_ROUND_EVEN, "-0.4", "-0.0"},
        {NUM_ROUND_FLOOR, "+inf.0", "+inf.0"},
        {NUM_ROUND_CEILING, "+nan.0", "+nan.0"},
        {NUM_ROUND_FLOOR, "1e300", "1e300"},
    };
    Value v;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1) {
        ck_assert_ok(li_num_round(&test.heap, rows[i].kind, number(rows[i].from), &v));
        check_prints(v, 10, rows[i].to);
    }
}
END_TEST

START_TEST(predicates_know_integers_among_flonums)
{
    ck_assert(li_num_is_integer(number("3")));
    ck_assert(li_num_is_integer(number("3.0")));
    ck_assert(li_num_is_integer(number("1e300")));
    ck_assert(!li_num_is_integer(number("3.5")));
    ck_assert(!li_num_is_integer(number("+inf.0")));
    ck_assert(!li_num_is_integer(number("+nan.0")));
    ck_assert(!li_num_is_integer(VALUE_TRUE));
    ck_assert(li_num_is_rational(number("3.5")));
    ck_assert(!li_num_is_rational(number("-inf.0")));
    ck_assert(!li_num_is_rational(VALUE_NIL));
    ck_assert(li_num_is_rational(number("123456789012345678901234567890")));
}
END_TEST

START_TEST(what_is_no_number_is_a_type_error_everywhere)
{
    static const BinaryOperation operations[] = {
        li_num_add,      li_num_subtract,  li_num_multiply, li_num_divide,
        li_num_quotient, li_num_remainder, li_num_modulo,   li_num_floor_quotient,
        li_num_gcd,      li_num_lcm,       li_num_expt,     li_num_bit_and,
        li_num_bit_ior,  li_num_bit_xor,   li_num_shift,
    };
    Value wrong[4] = {VALUE_FALSE, VALUE_NIL, value_from_char('a')};
    Value right[3] = {number("1"), number("1.5"),
                      number("123456789012345678901234567890")};
    Value v;
    NumOrder order;
    double d;
    int sign;
    bool odd;

    ck_assert_ok(li_cons(&test.heap, VALUE_NIL, VALUE_NIL, &wrong[3]));
    for (size_t i = 0; i < 4; i += 1) {
        for (size_t j = 0; j < 3; j += 1) {
            for (size_t k = 0; k < sizeof operations / sizeof *operations; k += 1) {
                ck_assert_err(operations[k](&test.heap, wrong[i], right[j], &v),
                              ERR_TYPE);
                ck_assert_err(operations[k](&test.heap, right[j], wrong[i], &v),
                              ERR_TYPE);
            }
            ck_assert_err(li_num_compare(wrong[i], right[j], &order), ERR_TYPE);
            ck_assert_err(li_num_compare(right[j], wrong[i], &order), ERR_TYPE);
        }
        ck_assert_err(li_num_negate(&test.heap, wrong[i], &v), ERR_TYPE);
        ck_assert_err(li_num_abs(&test.heap, wrong[i], &v), ERR_TYPE);
        ck_assert_err(li_num_sqrt(&test.heap, wrong[i], &v), ERR_TYPE);
        ck_assert_err(li_num_exact(&test.heap, wrong[i], &v), ERR_TYPE);
        ck_assert_err(li_num_inexact(&test.heap, wrong[i], &v), ERR_TYPE);
        ck_assert_err(li_num_round(&test.heap, NUM_ROUND_FLOOR, wrong[i], &v),
                      ERR_TYPE);
        ck_assert_err(li_num_to_double(wrong[i], &d), ERR_TYPE);
        ck_assert_err(li_num_sign(wrong[i], &sign), ERR_TYPE);
        ck_assert_err(li_num_is_odd(wrong[i], &odd), ERR_TYPE);
    }
}
END_TEST

TEST_MAIN("number", open_numbers, close_numbers, numbers_read_as_the_report_says,
          an_exponent_beyond_memory_costs_nothing, text_with_nul_bytes_is_no_number,
          comparison_is_exact_across_representations,
          equal_numbers_of_different_kinds_compare_as_equal,
          eqv_tells_kinds_and_zeros_apart_but_not_nans, hashes_spread,
          operands_of_different_kinds_meet_in_the_higher_one, integer_division_works_on_integers_of_any_kind,
          powers_of_every_kind, roots_are_exact_where_they_can_be,
          exact_and_inexact_convert_without_loss_where_they_can, rounding_goes_to_even,
          predicates_know_integers_among_flonums,
          what_is_no_number_is_a_type_error_everywhere)
