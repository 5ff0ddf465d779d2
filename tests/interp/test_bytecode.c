/* test_bytecode.c - code while it is being written. */
#include "memory_support.h"

#include "containers/bytecode.h"
#include "types/number.h"

static TestHeap test;
static Heap *heap;
static ByteCode bytecode;

static void setup(void)
{
    test_heap_open(&test, true, 0);
    heap = &test.heap;
    ck_assert_ok(li_bytecode_new(heap, &bytecode));
}

static void teardown(void)
{
    test_heap_close(&test);
}

static uint32_t push_literal(Value literal)
{
    uint32_t n;

    ck_assert_ok(li_bytecode_push_literal(heap, &bytecode, literal, &n));
    return n;
}

START_TEST(instructions_are_pushed_read_and_counted)
{
    uint64_t insn;

    ck_assert_err(li_bytecode_last(&bytecode, &insn), ERR_EMPTY);
    for (uint64_t i = 0; i < 10000; i += 1)
        ck_assert_ok(li_bytecode_push(heap, &bytecode, i * i));
    ck_assert_uint_eq(li_bytecode_length(&bytecode), 10000);
    ck_assert_ok(li_bytecode_last(&bytecode, &insn));
    ck_assert_uint_eq(insn, 9999 * 9999);
    ck_assert_ok(li_bytecode_get(&bytecode, 77, &insn));
    ck_assert_uint_eq(insn, 77 * 77);
    ck_assert_err(li_bytecode_get(&bytecode, 10000, &insn), ERR_RANGE);
}
END_TEST

START_TEST(jumps_are_patched_within_their_field_alone)
{
    uint64_t insn;

    ck_assert_ok(li_bytecode_push(heap, &bytecode, UINT64_C(0x1111222233334444)));
    ck_assert_ok(li_bytecode_update_jump(heap, &bytecode, 0, 32, -2));
    ck_assert_ok(li_bytecode_get(&bytecode, 0, &insn));
    ck_assert_uint_eq(insn, UINT64_C(0xfffffffe33334444));
    ck_assert_ok(li_bytecode_update_jump(heap, &bytecode, 0, 16, 0x7fff));
    ck_assert_ok(li_bytecode_get(&bytecode, 0, &insn));
    ck_assert_uint_eq(insn, UINT64_C(0x7ffffffe33334444));
    ck_assert_err(li_bytecode_update_jump(heap, &bytecode, 0, 16, 0x8000), ERR_RANGE);
    ck_assert_err(li_bytecode_update_jump(heap, &bytecode, 0, 16, -0x8001), ERR_RANGE);
    ck_assert_err(li_bytecode_update_jump(heap, &bytecode, 0, 32, INT64_C(1) << 31),
                  ERR_RANGE);
    ck_assert_err(li_bytecode_update_jump(heap, &bytecode, 1, 32, 0), ERR_RANGE);
    ck_assert_ok(li_bytecode_update_jump(heap, &bytecode, 0, 16, -0x8000));
    ck_assert_ok(li_bytecode_get(&bytecode, 0, &insn));
    ck_assert_uint_eq(insn, UINT64_C(0x8000fffe33334444));
}
END_TEST

START_TEST(equal_constants_share_a_literal_and_objects_do_not)
{
    Value big, same, text, other, v;

    ck_assert_ok(li_number_parse(heap, "123456789012345678901234567890", 30, 10, &big));
    ck_assert_ok(
        li_number_parse(heap, "123456789012345678901234567890", 30, 10, &same));
    ck_assert_ok(li_text_from_utf8(heap, "x", 1, &text));
    ck_assert_ok(li_text_from_utf8(heap, "x", 1, &other));
    ck_assert_uint_eq(push_literal(test_symbol(heap, "a")), 0);
    ck_assert_uint_eq(push_literal(big), 1);
    ck_assert_uint_eq(push_literal(text), 2);
    ck_assert_uint_eq(push_literal(other), 3);
    ck_assert_uint_eq(push_literal(text), 4);
    ck_assert_uint_eq(push_literal(value_from_char('a')), 5);
    ck_assert_uint_eq(push_literal(test_symbol(heap, "a")), 0);
    ck_assert_uint_eq(push_literal(same), 1);
    ck_assert_uint_eq(push_literal(value_from_char('a')), 5);
    ck_assert_ok(li_bytecode_literal(&bytecode, 3, &v));
    ck_assert_eq_value(v, other);
    ck_assert_err(li_bytecode_literal(&bytecode, 6, &v), ERR_RANGE);
}
END_TEST

START_TEST(a_hundred_thousand_literals_are_no_limit)
{
    for (uint32_t i = 0; i < 100000; i += 1)
        ck_assert_uint_eq(push_literal(value_from_fixnum(i * 3)), i);
    for (uint32_t i = 0; i < 100000; i += 1)
        ck_assert_uint_eq(push_literal(value_from_fixnum(i * 3)), i);
}
END_TEST

START_TEST(a_literal_that_finds_no_memory_is_not_there)
{
    for (uint32_t i = 0; i < 200; i += 1) {
        for (uint64_t n = 1; true; n += 1) {
            uint32_t number;

            immix_fail_after(heap->immix, n);
            Status status = li_bytecode_push_literal(heap, &bytecode,
                                                     value_from_fixnum(i), &number);
            immix_fail_after(heap->immix, 0);
            if (status == OK) {
                ck_assert_uint_eq(number, i);
                break;
            }
            ck_assert_err(status, ERR_NO_MEMORY);
            ck_assert_uint_eq(li_list_length(value_to_list(bytecode.literals)), i);
        }
    }
}
END_TEST

TEST_MAIN("bytecode", setup, teardown, instructions_are_pushed_read_and_counted,
          jumps_are_patched_within_their_field_alone,
          equal_constants_share_a_literal_and_objects_do_not,
          a_hundred_thousand_literals_are_no_limit,
          a_literal_that_finds_no_memory_is_not_there)
