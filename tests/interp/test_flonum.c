/* test_flonum.c - doubles read and printed: shortest, correctly rounded, in every radix. */
#include "number_support.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "types/flonum.h"

static double parsed(const char *text)
{
    Value v = number(text);

    ck_assert_msg(value_is_flonum(v), "%s is no flonum", text);
    return value_to_flonum(v);
}

static void check_bits(double got, double want, const char *text)
{
    ck_assert_msg(flonum_to_bits(got) == flonum_to_bits(want), "%s: %a instead of %a",
                  text, got, want);
}

static void check_format(double d, const char *expected)
{
    char text[FLONUM_TEXT_BYTES + 1];

    text[li_flonum_format(d, text)] = '\0';
    ck_assert_str_eq(text, expected);
}

/* ---- Printing ----------------------------------------------------------------------------- */

START_TEST(doubles_print_with_the_fewest_digits)
{
    static const struct {
        double d;
        const char *text;
    } rows[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.5, "-1.5"},
        {100.0, "100.0"},
        {0.1, "0.1"},
        {0.2, "0.2"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {123456.789, "123456.789"},
        {1e20, "100000000000000000000.0"},
        {1e21, "1e21"},
        {1e22, "1e22"},
        {1e23, "1e23"},
        {1e100, "1e100"},
        {1.5e300, "1.5e300"},
        {1e-5, "0.00001"},
        {0.000001, "0.000001"},
        {1e-7, "1e-7"},
        {1.25e-7, "1.25e-7"},
        {5e-324, "5e-324"},
        {1e-323, "1e-323"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {2.225073858507201e-308, "2.225073858507201e-308"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {9007199254740991.0, "9007199254740991.0"},
        {9007199254740992.0, "9007199254740992.0"},
        {9007199254740994.0, "9007199254740994.0"},
        {0x1p62, "4611686018427388000.0"},
        {123456789012345680000.0, "123456789012345680000.0"},
        {4.35, "4.35"},
        {0.3, "0.3"},
        {2.2204460492503131e-16, "2.220446049250313e-16"},
        {9.5367431640625e-7, "9.5367431640625e-7"},
        {8.41e21, "8.41e21"},
        {2.0919495182368195e19, "20919495182368195000.0"},
        {9.109383632044565e-31, "9.109383632044565e-31"},
        {2.98023223876953125e-8, "2.9802322387695312e-8"},
        {HUGE_VAL, "+inf.0"},
        {-HUGE_VAL, "-inf.0"},
        {(double)NAN, "+nan.0"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1)
        check_format(rows[i].d, rows[i].text);
}
END_TEST

/* The digits that C's %.{n}e gives, for the least n that reads back. They need not be the
 * closest, but there are never fewer. */
static size_t fewest_digits(double d)
{
    char text[40];

    for (int digits = 1; digits < 17; digits += 1) {
        snprintf(text, sizeof text, "%.*e", digits - 1, d);
        if (strtod(text, NULL) == d)
            return (size_t)digits;
    }
    return 17;
}

static void check_shortest(double d)
{
    Decimal decimal = li_flonum_shortest(d);
    char text[40];
    int length =
        snprintf(text, sizeof text, "%llu", (unsigned long long)decimal.digits);

    ck_assert_uint_le((size_t)length, fewest_digits(d));
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)decimal.digits,
             decimal.exponent);
    check_bits(strtod(text, NULL), d, text);
    check_bits(parsed(text), d, text);
    char form[FLONUM_TEXT_BYTES + 1];
    form[li_flonum_format(d, form)] = '\0';
    check_bits(parsed(form), d, form);
}

START_TEST(every_power_of_two_and_its_neighbours_read_back)
{
    for (int e = -1074; e < 1024; e += 1) {
        double d = ldexp(1.0, e);

        check_shortest(d);
        check_shortest(nextafter(d, HUGE_VAL));
        if (e > -1074)
            check_shortest(nextafter(d, 0.0));
    }
}
END_TEST

START_TEST(random_doubles_read_back)
{
    uint64_t state = 42;

    for (int i = 0; i < 20000; i += 1) {
        double d = fabs(flonum_from_bits(test_random(&state)));

        if (isfinite(d) && d > 0)
            check_shortest(d);
        check_shortest((double)(test_random(&state) % 1000000000 + 1) / 1000.0);
        if (i % 4096 == 0)
            test_collect(&test, IMMIX_FULL);
    }
}
END_TEST

START_TEST(other_radices_print_exactly_and_read_back)
{
    static const struct {
        double d;
        unsigned radix;
        const char *text;
    } rows[] = {
        {0.5, 2, "0.1"},
        {-0.5, 16, "-0.8"},
        {10.0, 2, "1010.0"},
        {255.5, 16, "ff.8"},
        {1.0 / 3, 3, "0.1"},
        {0.1, 2, "0.0001100110011001100110011001100110011001100110011001101"},
        {35.0, 36, "z.0"},
        {1024.0, 2, "10000000000.0"},
        {0.0, 2, "0.0"},
        {-0.0, 7, "-0.0"},
        {HUGE_VAL, 2, "+inf.0"},
        {0.0625, 2, "0.0001"},
        {6.25, 8, "6.2"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1) {
        Value v;
        ck_assert_ok(li_flonum(&test.heap, rows[i].d, &v));
        check_prints(v, rows[i].radix, rows[i].text);
    }
}
END_TEST

static void check_radix(double d, unsigned radix)
{
    Buffer buffer = {0};
    Value v;

    li_flonum_print(d, radix, &buffer);
    ck_assert(!buffer.failed);
    ck_assert_ok(li_number_parse(&test.heap, buffer.bytes, buffer.length, radix, &v));
    ck_assert_msg(value_is_flonum(v), "%s in radix %u", li_buffer_c_string(&buffer),
                  radix);
    check_bits(value_to_flonum(v), d, li_buffer_c_string(&buffer));
    li_buffer_free(&buffer);
}

START_TEST(random_doubles_read_back_in_every_radix)
{
    uint64_t state = 7;

    for (int i = 0; i < 40; i += 1) {
        for (unsigned radix = 2; radix <= 36; radix += 1) {
            double d = flonum_from_bits(test_random(&state));
            if (isfinite(d))
                check_radix(d, radix);
            check_radix((double)(int64_t)test_random(&state) / 1e9, radix);
        }
    }
    for (unsigned radix = 2; radix <= 36; radix += 1) {
        check_radix(5e-324, radix);
        check_radix(0x1.fffffffffffffp1023, radix);
        check_radix(0x1p-1022, radix);
    }
}
END_TEST

/* ---- Reading -------------------------------------------------------------------------------- */

START_TEST(hard_decimals_are_correctly_rounded)
{
    static const struct {
        const char *text;
        double d;
    } rows[] = {
        {"1e23", 0x1.52d02c7e14af6p+76},
        {"9007199254740993.0", 0x1p53},
        {"9007199254740993.00000000000000000000000000000000000001",
         0x1.0000000000001p53},
        {"9007199254740995.0", 0x1.0000000000002p53},
        {"9223372036854775807.0", 0x1p63},
        {"18446744073709551616.0", 0x1p64},
        {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
        {"2.2250738585072012e-308", 0x1p-1022},
        {"4.9406564584124654e-324", 0x1p-1074},
        {"2.4703282292062327e-324", 0.0},
        {"2.4703282292062328e-324", 0x1p-1074},
        {"2.47032822920623272088284396434110686182e-324", 0.0},
        {"1.7976931348623158e308", 0x1.fffffffffffffp1023},
        {"1.7976931348623159e308", HUGE_VAL},
        {"179769313486231580793728971405303415079934132710037826936173778980444968292764"
         "750946649017977587207096330286416692887910946555547851940402630657488671505820"
         "681908902000708383676273854845817711531764475730270069855571366959622842914819"
         "860834936475292719074168444365510704342711559699508093042880177904174497792.0",
         HUGE_VAL},
        {"179769313486231580793728971405303415079934132710037826936173778980444968292764"
         "750946649017977587207096330286416692887910946555547851940402630657488671505820"
         "681908902000708383676273854845817711531764475730270069855571366959622842914819"
         "860834936475292719074168444365510704342711559699508093042880177904174497791.9",
         0x1.fffffffffffffp1023},
        {"0.500000000000000166533453693773481063544750213623046875",
         0x1.0000000000002p-1},
        {"0.500000000000000166533453693773481063544750213623046874",
         0x1.0000000000001p-1},
        {"8.5e22", 0x1.1ffdbf6b2b2ebp76},
        {"6929495644600919.5", 0x1.89e56ee5e7a58p52},
        {"3.237883913302901e-319", 0x0.000000000ffffp-1022},
        {"6.8985659018e-310", 0x0.07efdccd49c22p-1022},
        {"1e-400000000", 0.0},
        {"1e400000000", HUGE_VAL},
        {"-1e400000000", -HUGE_VAL},
        {"-1e-400000000", -0.0},
        {"0e400000000", 0.0},
        {"-0.0e99999999999999999999", -0.0},
        {"0.00000000000000000000000000000000000000000001e44", 1.0},
        {"100000000000000000000000000000000000000000000e-44", 1.0},
        {"1e99999999999999999999999999", HUGE_VAL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 1) {
        double d = parsed(rows[i].text);

        check_bits(d, rows[i].d, rows[i].text);
        /* The C library is a second opinion. */
        check_bits(d, strtod(rows[i].text, NULL), rows[i].text);
    }
}
END_TEST

/* The exact decimal form of (d + its successor) / 2, and its neighbours, with C's help. */
static void check_midpoint(double d)
{
    static char text[1600];
    double next = nextafter(d, HUGE_VAL);
    /* The midpoint has one bit more, so it is exact as a scaled long double. */
    long double middle = (long double)d / 2 + (long double)next / 2;
    double even = flonum_to_bits(d) & 1 ? next : d;
    int length = snprintf(text, sizeof text, "%.1100Lf", middle);

    check_bits(parsed(text), even, text);
    text[length] = '1';
    text[length + 1] = '\0';
    check_bits(parsed(text), next, text);
    text[length] = '\0';
    for (int i = length - 1; i >= 0; i -= 1) {
        if (text[i] == '.')
            continue;
        if (text[i] != '0') {
            text[i] -= 1;
            break;
        }
        text[i] = '9';
    }
    check_bits(parsed(text), d, text);
}

START_TEST(midpoints_round_to_even_and_their_neighbours_do_not)
{
    uint64_t state = 99;

    check_midpoint(0.0);
    check_midpoint(5e-324);
    check_midpoint(0x0.fffffffffffffp-1022);
    check_midpoint(1.0);
    for (int i = 0; i < 500; i += 1) {
        double d = fabs(flonum_from_bits(test_random(&state)));
        if (isfinite(d) && d < 1e300)
            check_midpoint(d);
        check_midpoint((double)(test_random(&state) >> 12));
    }
}
END_TEST

START_TEST(a_million_digits_cost_no_more_than_their_length)
{
    enum {
        DIGITS = 1000000
    };
    char *text = malloc(DIGITS + 16);
    Value v;

    ck_assert_ptr_nonnull(text);
    memset(text, '3', DIGITS);
    text[1] = '.';
    for (unsigned radix = 9; radix <= 10; radix += 1) {
        ck_assert_ok(li_number_parse(&test.heap, text, DIGITS, radix, &v));
        check_bits(value_to_flonum(v), radix == 10 ? 10.0 / 3 : 3.375, "3.333...");
    }
    memset(text, '0', DIGITS);
    text[1] = '.';
    memcpy(text + DIGITS, "1e1000000", 9);
    ck_assert_ok(li_number_parse(&test.heap, text, DIGITS + 9, 10, &v));
    check_bits(value_to_flonum(v), 10.0, "0.000...1e1000000");
    free(text);
}
END_TEST

START_TEST(parts_assemble_to_the_nearest_double)
{
    check_bits(li_flonum_assemble(false, 1, false, 0), 1.0, "1");
    check_bits(li_flonum_assemble(true, 0, false, 0), -0.0, "-0");
    check_bits(li_flonum_assemble(true, 3, false, -1), -1.5, "-1.5");
    check_bits(li_flonum_assemble(false, UINT64_MAX, false, 0), 0x1p64, "2^64 - 1");
    check_bits(li_flonum_assemble(false, UINT64_MAX, true, 960), HUGE_VAL, "overflow");
    check_bits(li_flonum_assemble(false, 1, false, -1075), 0.0, "half the least");
    check_bits(li_flonum_assemble(false, (uint64_t)1 << 63, true, -1138), 5e-324,
               "above half");
    check_bits(li_flonum_assemble(false, 3, false, -1075), 1e-323, "1.5 of the least");
    check_bits(li_flonum_assemble(false, UINT64_MAX, false, -1086), 0x1p-1022,
               "carry to normal");
    check_bits(li_flonum_assemble(false, 1, false, INT64_C(1) << 40), HUGE_VAL,
               "far above");
    check_bits(li_flonum_assemble(false, 1, false, -(INT64_C(1) << 40)), 0.0,
               "far below");
}
END_TEST

START_TEST(powers_of_ten_have_their_top_bit_set_and_grow)
{
    for (int k = POW10_MIN; k <= POW10_MAX; k += 1) {
        Pow10 g = li_pow10(k);
        double size = ldexp((double)g.high, pow10_log2(k) - 63);

        ck_assert(g.high >> 63 == 1);
        if (k > -300 && k < 300)
            ck_assert_double_eq_tol(size / pow(10, k), 1, 1e-14);
        if (k >= 0 && k <= POW10_EXACT)
            ck_assert(k > 27 || g.low == 0);
    }
}
END_TEST

START_TEST(the_locale_does_not_matter)
{
    /* Whichever is installed; all of them write a decimal comma. */
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE",
                                        "C.UTF-8"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i += 1) {
        if (setlocale(LC_ALL, names[i]) == NULL)
            continue;
        check_format(1234567.5, "1234567.5");
        check_bits(parsed("1234567.5"), 1234567.5, "1234567.5");
        check_bits(parsed("9007199254740993.5"), 0x1.0000000000001p53, "a slow one");
    }
    setlocale(LC_ALL, "C");
}
END_TEST

TEST_MAIN("flonum", open_numbers, close_numbers, doubles_print_with_the_fewest_digits,
          every_power_of_two_and_its_neighbours_read_back, random_doubles_read_back,
          other_radices_print_exactly_and_read_back,
          random_doubles_read_back_in_every_radix, hard_decimals_are_correctly_rounded,
          midpoints_round_to_even_and_their_neighbours_do_not,
          a_million_digits_cost_no_more_than_their_length,
          parts_assemble_to_the_nearest_double,
          powers_of_ten_have_their_top_bit_set_and_grow, the_locale_does_not_matter)
