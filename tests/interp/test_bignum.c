/* test_bignum.c - bignums against identities, against naive arithmetic, and at their borders. */
#include "number_support.h"

#include "types/bignum.h"

enum {
    ROUNDS = 1500,
    LIMBS = 12
};

/* ---- A naive twin: 32-bit digits, schoolbook ------------------------------------------------- */

enum {
    NAIVE_DIGITS = 4 * LIMBS + 8
};

typedef struct Naive {
    uint32_t digits[NAIVE_DIGITS];
    bool negative;
} Naive;

static Naive naive_of(Value v)
{
    Naive n = {{0}, false};
    Big big;

    li_big_view(v, &big);
    n.negative = big.negative;
    ck_assert_int_le(2 * big.count, NAIVE_DIGITS);
    for (mp_size_t i = 0; i < big.count; i += 1) {
        n.digits[2 * i] = (uint32_t)big.limbs[i];
        n.digits[2 * i + 1] = (uint32_t)(big.limbs[i] >> 32);
    }
    return n;
}

static int naive_compare(const Naive *a, const Naive *b)
{
    for (int i = NAIVE_DIGITS - 1; i >= 0; i -= 1) {
        if (a->digits[i] != b->digits[i])
            return a->digits[i] < b->digits[i] ? -1 : 1;
    }
    return 0;
}

static Naive naive_add(const Naive *a, const Naive *b)
{
    Naive sum = {{0}, a->negative};
    int64_t carry = 0;
    int64_t sign = a->negative == b->negative ? 1 : -1;

    if (sign < 0 && naive_compare(a, b) < 0)
        return naive_add(b, a);
    for (int i = 0; i < NAIVE_DIGITS; i += 1) {
        carry += (int64_t)a->digits[i] + sign * (int64_t)b->digits[i];
        sum.digits[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return sum;
}

static Naive naive_multiply(const Naive *a, const Naive *b)
{
    Naive product = {{0}, a->negative != b->negative};

    for (int i = 0; i < NAIVE_DIGITS; i += 1) {
        uint64_t carry = 0;
        for (int j = 0; i + j < NAIVE_DIGITS; j += 1) {
            carry += (uint64_t)a->digits[i] * b->digits[j] + product.digits[i + j];
            product.digits[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    return product;
}

static void check_naive(Value v, const Naive *want)
{
    static const Naive zero;
    Naive got = naive_of(v);

    ck_assert_int_eq(naive_compare(&got, want), 0);
    if (naive_compare(want, &zero) != 0)
        ck_assert_int_eq(got.negative, want->negative);
}

START_TEST(sums_and_products_agree_with_schoolbook_arithmetic)
{
    uint64_t state = 1;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS / 2),
              b = random_integer(&state, LIMBS / 2);
        Naive x = naive_of(a), y = naive_of(b);
        Naive sum = naive_add(&x, &y), product = naive_multiply(&x, &y);
        check_naive(apply(li_num_add, a, b), &sum);
        check_naive(apply(li_num_multiply, a, b), &product);
        y.negative = !y.negative;
        sum = naive_add(&x, &y);
        check_naive(apply(li_num_subtract, a, b), &sum);
    }
}
END_TEST

/* ---- Identities -------------------------------------------------------------------------------- */

START_TEST(arithmetic_keeps_its_laws)
{
    uint64_t state = 2;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS), b = random_integer(&state, LIMBS);
        Value c = random_integer(&state, LIMBS);
        check_same(apply(li_num_add, a, b), apply(li_num_add, b, a));
        check_same(apply(li_num_multiply, a, b), apply(li_num_multiply, b, a));
        check_same(apply(li_num_subtract, apply(li_num_add, a, b), b), a);
        check_same(apply(li_num_multiply, a, apply(li_num_add, b, c)),
                   apply(li_num_add, apply(li_num_multiply, a, b),
                         apply(li_num_multiply, a, c)));
        if (i % 256 == 0)
            test_collect(&test, IMMIX_FULL);
    }
}
END_TEST

static void check_division(Value a, Value b)
{
    static const NumDivision kinds[] = {NUM_TRUNCATE, NUM_FLOOR};
    Value q, r, size_b, size_r;
    NumOrder order;
    int sign_a, sign_b, sign_r;

    for (int i = 0; i < 2; i += 1) {
        ck_assert_ok(li_num_divide_integers(&test.heap, kinds[i], a, b, &q, &r));
        check_same(apply(li_num_add, apply(li_num_multiply, q, b), r), a);
        ck_assert_ok(li_num_abs(&test.heap, b, &size_b));
        ck_assert_ok(li_num_abs(&test.heap, r, &size_r));
        ck_assert_ok(li_num_compare(size_r, size_b, &order));
        ck_assert_int_eq(order, NUM_LESS);
        ck_assert_ok(li_num_sign(a, &sign_a));
        ck_assert_ok(li_num_sign(b, &sign_b));
        ck_assert_ok(li_num_sign(r, &sign_r));
        ck_assert(sign_r == 0 || sign_r == (kinds[i] == NUM_FLOOR ? sign_b : sign_a));
        /* Each result alone is the same. */
        check_same(apply(i == 0 ? li_num_quotient : li_num_floor_quotient, a, b), q);
        check_same(apply(i == 0 ? li_num_remainder : li_num_modulo, a, b), r);
    }
}

START_TEST(quotient_times_divisor_and_remainder_make_the_dividend)
{
    uint64_t state = 3;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS), b = random_integer(&state, LIMBS / 2);
        if (value_is_eq(b, value_from_fixnum(0)))
            continue;
        check_division(a, b);
        /* Exact multiples and their neighbours. */
        Value product = apply(li_num_multiply, a, b);
        check_division(product, b);
        check_division(apply(li_num_add, product, value_from_fixnum(1)), b);
        check_division(apply(li_num_subtract, product, value_from_fixnum(1)), b);
    }
}
END_TEST

START_TEST(division_by_an_exact_zero_is_an_error)
{
    Value big = number("123456789012345678901234567890"), v = VALUE_NIL;

    ck_assert_err(li_num_quotient(&test.heap, big, value_from_fixnum(0), &v),
                  ERR_DIVIDE);
    ck_assert_err(li_num_modulo(&test.heap, big, value_from_fixnum(0), &v), ERR_DIVIDE);
    ck_assert_err(li_num_divide(&test.heap, big, value_from_fixnum(0), &v), ERR_DIVIDE);
    ck_assert_err(li_num_divide(&test.heap, number("1.5"), value_from_fixnum(0), &v),
                  ERR_DIVIDE);
    ck_assert(value_is_nil(v));
}
END_TEST

START_TEST(the_gcd_divides_and_nothing_greater_does)
{
    uint64_t state = 4;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS), b = random_integer(&state, LIMBS);
        Value c = random_integer(&state, LIMBS / 2);
        Value gcd = apply(li_num_gcd, a, b);
        Value zero = value_from_fixnum(0);
        if (value_is_eq(gcd, zero))
            continue;
        check_same(apply(li_num_remainder, a, gcd), zero);
        check_same(apply(li_num_remainder, b, gcd), zero);
        /* gcd(a/g, b/g) = 1, and gcd(ac, bc) = gcd(a, b) |c|. */
        check_same(apply(li_num_gcd, apply(li_num_quotient, a, gcd),
                         apply(li_num_quotient, b, gcd)),
                   value_from_fixnum(1));
        Value scaled = apply(li_num_multiply, gcd, c), size;
        ck_assert_ok(li_num_abs(&test.heap, scaled, &size));
        check_same(apply(li_num_gcd, apply(li_num_multiply, a, c),
                         apply(li_num_multiply, b, c)),
                   size);
        check_same(apply(li_num_multiply, gcd, apply(li_num_lcm, a, b)),
                   apply(li_num_gcd, apply(li_num_multiply, a, b), zero));
    }
}
END_TEST

START_TEST(the_root_is_the_greatest_whose_square_fits)
{
    uint64_t state = 5;
    Value zero = value_from_fixnum(0), root, rest, n;
    NumOrder order;

    for (int i = 0; i < ROUNDS; i += 1) {
        ck_assert_ok(li_num_abs(&test.heap, random_integer(&state, LIMBS), &n));
        ck_assert_ok(li_num_exact_sqrt(&test.heap, n, &root, &rest));
        check_same(apply(li_num_add, apply(li_num_multiply, root, root), rest), n);
        ck_assert_ok(li_num_compare(rest, apply(li_num_add, root, root), &order));
        ck_assert_int_ne(order, NUM_GREATER);
        ck_assert_ok(li_num_compare(rest, zero, &order));
        ck_assert_int_ne(order, NUM_LESS);
        ck_assert_ok(li_num_sqrt(&test.heap, apply(li_num_multiply, n, n), &root));
        check_same(root, n);
    }
    ck_assert_err(li_num_exact_sqrt(&test.heap, value_from_fixnum(-1), &root, &rest),
                  ERR_TYPE);
}
END_TEST

START_TEST(powers_are_repeated_products)
{
    uint64_t state = 6;

    for (int i = 0; i < 200; i += 1) {
        Value base = random_integer(&state, 3), power = value_from_fixnum(1);
        for (int n = 0; n < 20; n += 1) {
            check_same(apply(li_num_expt, base, value_from_fixnum(n)), power);
            power = apply(li_num_multiply, power, base);
        }
    }
    check_prints(apply(li_num_expt, value_from_fixnum(2), value_from_fixnum(100)), 10,
                 "1267650600228229401496703205376");
    check_prints(apply(li_num_expt, value_from_fixnum(-3), value_from_fixnum(81)), 10,
                 "-443426488243037769948249630619149892803");
    check_prints(
        apply(li_num_expt, value_from_fixnum(-1), number("123456789012345678901")), 10,
        "-1");
    check_prints(apply(li_num_expt, value_from_fixnum(0), value_from_fixnum(0)), 10,
                 "1");
}
END_TEST

/* ---- Bits --------------------------------------------------------------------------------------- */

START_TEST(logic_keeps_its_laws)
{
    uint64_t state = 7;
    Value ones = value_from_fixnum(-1);

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS), b = random_integer(&state, LIMBS);
        Value both = apply(li_num_bit_and, a, b), any = apply(li_num_bit_ior, a, b);
        Value one = apply(li_num_bit_xor, a, b), negated;
        check_same(apply(li_num_add, both, any), apply(li_num_add, a, b));
        check_same(apply(li_num_subtract, any, both), one);
        check_same(apply(li_num_bit_xor, one, b), a);
        ck_assert_ok(li_num_negate(&test.heap, a, &negated));
        Value inverse = apply(li_num_bit_xor, a, ones);
        check_same(inverse, apply(li_num_subtract, negated, value_from_fixnum(1)));
        /* De Morgan. */
        check_same(apply(li_num_bit_and, inverse, apply(li_num_bit_xor, b, ones)),
                   apply(li_num_bit_xor, any, ones));
        ck_assert_uint_eq(li_big_bit_count(a), li_big_bit_count(inverse));
    }
    ck_assert_uint_eq(li_big_bit_count(value_from_fixnum(0)), 0);
    ck_assert_uint_eq(li_big_bit_count(value_from_fixnum(-1)), 0);
    ck_assert_uint_eq(
        li_big_bit_count(number("-340282366920938463463374607431768211456")), 128);
}
END_TEST

START_TEST(shifts_multiply_and_divide_by_powers_of_two)
{
    uint64_t state = 8;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS);
        int64_t n = (int64_t)(test_random(&state) % 300);
        Value power = apply(li_num_expt, value_from_fixnum(2), value_from_fixnum(n));
        Value left = apply(li_num_shift, a, value_from_fixnum(n));
        check_same(left, apply(li_num_multiply, a, power));
        check_same(apply(li_num_shift, left, value_from_fixnum(-n)), a);
        check_same(apply(li_num_shift, a, value_from_fixnum(-n)),
                   apply(li_num_floor_quotient, a, power));
    }
    check_same(
        apply(li_num_shift, value_from_fixnum(-5), value_from_fixnum(FIXNUM_MIN)),
        value_from_fixnum(-1));
    check_same(apply(li_num_shift, number("5"), number("-99999999999999999999")),
               value_from_fixnum(0));
}
END_TEST

/* ---- The border between fixnums and bignums ---------------------------------------------------- */

START_TEST(results_that_fit_a_fixnum_are_fixnums)
{
    Value max = value_from_fixnum(FIXNUM_MAX), min = value_from_fixnum(FIXNUM_MIN);
    Value one = value_from_fixnum(1), minus_one = value_from_fixnum(-1), v;

    v = apply(li_num_add, max, one);
    ck_assert(value_is_bignum(v));
    check_prints(v, 10, "2305843009213693952");
    check_same(apply(li_num_subtract, v, one), max);
    check_same(apply(li_num_multiply, v, minus_one), min);
    ck_assert_ok(li_num_negate(&test.heap, min, &v));
    check_prints(v, 10, "2305843009213693952");
    ck_assert_ok(li_num_negate(&test.heap, v, &v));
    check_same(v, min);
    v = apply(li_num_subtract, min, one);
    ck_assert(value_is_bignum(v));
    check_prints(v, 10, "-2305843009213693953");
    check_same(apply(li_num_add, v, one), min);
    v = apply(li_num_quotient, min, minus_one);
    check_prints(v, 10, "2305843009213693952");
    check_same(apply(li_num_gcd, min, min), v);
    check_same(apply(li_num_remainder, min, minus_one), value_from_fixnum(0));
    check_prints(apply(li_num_multiply, min, min), 10,
                 "5316911983139663491615228241121378304");
    check_prints(apply(li_num_multiply, max, min), 10,
                 "-5316911983139663489309385231907684352");
}
END_TEST

START_TEST(machine_words_go_in_and_out)
{
    static const int64_t words[] = {
        0,         1,        -1, FIXNUM_MAX, FIXNUM_MIN, FIXNUM_MAX + 1, FIXNUM_MIN - 1,
        INT64_MAX, INT64_MIN};
    Value v;
    int64_t n;
    uint64_t u;

    for (size_t i = 0; i < sizeof words / sizeof *words; i += 1) {
        ck_assert_ok(li_num_from_int64(&test.heap, words[i], &v));
        ck_assert_int_eq(value_is_fixnum(v), fixnum_fits(words[i]));
        ck_assert_ok(li_num_to_int64(v, &n));
        ck_assert_int_eq(n, words[i]);
        ck_assert_err(li_num_to_uint64(v, &u), words[i] < 0 ? ERR_RANGE : OK);
    }
    ck_assert_ok(li_num_from_uint64(&test.heap, UINT64_MAX, &v));
    ck_assert_ok(li_num_to_uint64(v, &u));
    ck_assert_uint_eq(u, UINT64_MAX);
    ck_assert_err(li_num_to_int64(v, &n), ERR_RANGE);
    ck_assert_err(li_num_to_int64(number("18446744073709551616"), &n), ERR_RANGE);
    ck_assert_err(li_num_to_uint64(number("18446744073709551616"), &u), ERR_RANGE);
    ck_assert_err(li_num_to_int64(number("1.0"), &n), ERR_TYPE);
}
END_TEST

/* ---- Text ---------------------------------------------------------------------------------------- */

START_TEST(every_radix_prints_what_it_reads)
{
    uint64_t state = 9;

    for (int i = 0; i < ROUNDS; i += 1) {
        Value a = random_integer(&state, LIMBS), b;
        unsigned radix = 2 + (unsigned)(test_random(&state) % 35);
        Buffer buffer = {0};
        ck_assert_ok(li_number_print(a, radix, &buffer));
        ck_assert_ok(
            li_number_parse(&test.heap, buffer.bytes, buffer.length, radix, &b));
        check_same(b, a);
        li_buffer_free(&buffer);
    }
    check_prints(number("#xDEADbeefDEADbeefDEADbeef"), 16, "deadbeefdeadbeefdeadbeef");
    check_prints(number("-99999999999999999999999999"), 36, "-ckc59atwun6imhkhr");
}
END_TEST

START_TEST(long_numbers_are_large_objects_that_print_and_read)
{
    Value n = apply(li_num_expt, value_from_fixnum(7), value_from_fixnum(200000)), back;
    Buffer buffer = {0};

    test.roots[0] = n;
    test_collect(&test, IMMIX_EVACUATE);
    n = test.roots[0];
    ck_assert_ok(li_number_print(n, 10, &buffer));
    ck_assert_uint_eq(buffer.length, 169020);
    ck_assert_ok(li_number_parse(&test.heap, buffer.bytes, buffer.length, 10, &back));
    check_same(back, n);
    check_same(apply(li_num_quotient, apply(li_num_multiply, n, n), n), n);
    check_same(apply(li_num_gcd, apply(li_num_multiply, n, n), n), n);
    li_buffer_free(&buffer);
    test_collect(&test, IMMIX_FULL);
}
END_TEST

/* ---- Limits ---------------------------------------------------------------------------------------- */

START_TEST(results_beyond_the_limit_fail_at_once)
{
    TestHeap small;
    Value base = value_from_fixnum(7), power, v = VALUE_NIL,
          huge = value_from_fixnum(FIXNUM_MAX);

    test_heap_open(&small, false, (size_t)64 << 20);
    ck_assert_ok(li_num_expt(&small.heap, base, value_from_fixnum(10), &power));
    ck_assert_err(li_num_expt(&small.heap, base, power, &v), ERR_NO_MEMORY);
    ck_assert_err(li_num_expt(&small.heap, base, huge, &v), ERR_NO_MEMORY);
    ck_assert_err(li_num_shift(&small.heap, base, huge, &v), ERR_NO_MEMORY);
    ck_assert_err(li_num_shift(&small.heap, base, number("999999999999999999999"), &v),
                  ERR_NO_MEMORY);
    ck_assert_err(li_num_expt(&small.heap, base, number("999999999999999999999"), &v),
                  ERR_NO_MEMORY);
    ck_assert(value_is_nil(v));
    /* What fits still works. */
    ck_assert_ok(li_num_expt(&small.heap, base, value_from_fixnum(1000000), &v));
    ck_assert(value_is_bignum(v));
    test_heap_close(&small);
}
END_TEST

START_TEST(each_allocation_that_fails_is_a_clean_error)
{
    TestHeap failing;
    bool done = false;

    test_heap_open(&failing, false, 0);
    for (uint64_t n = 1; !done; n += 1) {
        Value a, b, c, d;
        immix_fail_after(failing.heap.immix, n);
        Status status = li_num_expt(&failing.heap, value_from_fixnum(3),
                                    value_from_fixnum(500), &a);
        if (status == OK)
            status = li_num_multiply(&failing.heap, a, a, &b);
        if (status == OK)
            status = li_num_subtract(&failing.heap, b, a, &c);
        if (status == OK)
            status = li_num_divide_integers(&failing.heap, NUM_FLOOR, c, a, &c, &d);
        if (status == OK)
            status = li_num_gcd(&failing.heap, c, b, &c);
        if (status == OK)
            status = li_num_exact_sqrt(&failing.heap, b, &c, &d);
        if (status == OK)
            status = li_num_bit_xor(&failing.heap, a, b, &c);
        if (status == OK)
            status = li_number_parse(&failing.heap, "1e22", 4, 10, &c);
        done = status == OK;
        ck_assert(done || status == ERR_NO_MEMORY);
        ck_assert_uint_lt(n, 100);
        immix_fail_after(failing.heap.immix, 0);
        test_collect(&failing, IMMIX_FULL);
    }
    test_heap_close(&failing);
}
END_TEST

TEST_MAIN("bignum", open_numbers, close_numbers,
          sums_and_products_agree_with_schoolbook_arithmetic, arithmetic_keeps_its_laws,
          quotient_times_divisor_and_remainder_make_the_dividend,
          division_by_an_exact_zero_is_an_error,
          the_gcd_divides_and_nothing_greater_does,
          the_root_is_the_greatest_whose_square_fits, powers_are_repeated_products,
          logic_keeps_its_laws, shifts_multiply_and_divide_by_powers_of_two,
          results_that_fit_a_fixnum_are_fixnums, machine_words_go_in_and_out,
          every_radix_prints_what_it_reads,
          long_numbers_are_large_objects_that_print_and_read,
          results_beyond_the_limit_fail_at_once,
          each_allocation_that_fails_is_a_clean_error)
