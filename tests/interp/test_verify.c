/* test_verify.c - the verifier lets good code pass and finds every kind of fault. */
#include "compiler/insn.h"
#include "compiler/liveness.h"
#include "compiler/verify.h"
#include "core_support.h"
#include "vm/boot.h"

/* ---- Code to spoil -------------------------------------------------------------------------------- */

enum {
    MAX_TEST_WORDS = 16
};

/* The parts of a code object of one clause. */
typedef struct Sample {
    uint64_t words[MAX_TEST_WORDS];
    uint32_t count;
    Value literals[4];
    uint32_t literal_count;
    int64_t params, rest, entry, frame, free_count;
    bool live; /* fill the LIVE words */
} Sample;

static Value make_code(const Sample *sample)
{
    Code parts = *core_compile("1");
    uint64_t words[MAX_TEST_WORDS], before[MAX_TEST_WORDS];
    Value *clause, code;

    memcpy(words, sample->words, sizeof words);
    if (sample->live)
        li_fill_live_words(words, sample->count, before);
    ck_assert_ok(
        li_array_new(&test.heap, ELEMENT_OPCODE, sample->count, &parts.instructions));
    memcpy(array_data(value_to_array(parts.instructions)), words,
           sample->count * sizeof *words);
    ck_assert_ok(li_vector_from(&test.heap, sample->literals, sample->literal_count,
                                &parts.literals));
    ck_assert_ok(li_vector(&test.heap, CLAUSE_WORDS, VALUE_FALSE, &parts.clauses));
    clause = vector_items(parts.clauses);
    clause[CLAUSE_REQUIRED] = value_from_fixnum(sample->params);
    clause[CLAUSE_REST] = value_from_fixnum(sample->rest);
    clause[CLAUSE_ENTRY] = value_from_fixnum(sample->entry);
    clause[CLAUSE_FRAME] = value_from_fixnum(sample->frame);
    clause[CLAUSE_SHOWN] = value_from_fixnum(0);
    parts.free_count = value_from_fixnum(sample->free_count);
    ck_assert_ok(li_code_new(&test.heap, &parts, &code));
    return code;
}

static void assert_verifies(const Sample *sample)
{
    Buffer why = {0};
    Status status = li_verify_code(value_to_code(make_code(sample)), &why);

    ck_assert_msg(status == OK, "%s", li_buffer_c_string(&why));
    li_buffer_free(&why);
}

static void assert_fault(const Sample *sample, const char *expected)
{
    Buffer why = {0};
    Status status = li_verify_code(value_to_code(make_code(sample)), &why);

    ck_assert_err(status, ERR_TYPE);
    ck_assert_msg(strstr(li_buffer_c_string(&why), expected) != NULL,
                  "\"%s\" is not in \"%s\"", expected, li_buffer_c_string(&why));
    ck_assert_err(li_verify_code(value_to_code(make_code(sample)), NULL), ERR_TYPE);
    li_buffer_free(&why);
}

static uint64_t abc(Opcode op, uint32_t a, uint32_t b, uint32_t c)
{
    return insn_abc(op, a, b, c).bits;
}

static uint64_t abx(Opcode op, uint32_t a, int32_t b)
{
    return insn_abx(op, a, b).bits;
}

/* ---- Good code ---------------------------------------------------------------------------------- */

START_TEST(what_the_compiler_makes_verifies)
{
    static const char *const forms[] = {
        "(lambda (f a) (if (< a 2) a (+ (f (- a 1)) (g a))))",
        "(lambda (f n) (letrec ((loop (lambda (loop i) (if (= i n) 'done"
        " (seq (g i) (loop (+ i 1))))))) (loop 0)))",
        "(case-lambda f (() 1) ((a) (lambda (#f) a)) ((a . b) (list a b)))",
        "(lambda (f k) (letrec ((e (lambda (e n) (if n (o n) k))) (o (lambda (o n) (e n))))"
        " (list e o)))",
        "(case-lambda f)",
    };

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i += 1) {
        const Code *code = core_compile(forms[i]);

        ck_assert_ok(li_verify_code(code, NULL));
        for (uint32_t k = 0; k < vector_length(code->literals); k += 1) {
            Value literal = vector_items(code->literals)[k];

            if (value_is_closure(literal))
                ck_assert_ok(li_verify_code(
                    value_to_code(value_to_closure(literal)->code), NULL));
        }
    }
}
END_TEST

START_TEST(a_small_procedure_by_hand_verifies)
{
    Sample sample = {.words = {abc(OP_ADD, 1, 0, 0), abc(OP_RETURN, 1, 0, 0)},
                     .count = 2,
                     .params = 1,
                     .frame = 2};

    assert_verifies(&sample);
}
END_TEST

/* ---- Operands ------------------------------------------------------------------------------------- */

START_TEST(unknown_opcodes_are_found)
{
    Sample sample = {.words = {OP_COUNT}, .count = 1, .frame = 1};

    assert_fault(&sample, "no such opcode");
    sample.words[0] = abc(OP_HALT, 0, 0, 0);
    assert_fault(&sample, "the machine's own");
}
END_TEST

START_TEST(instructions_that_are_cut_off_are_found)
{
    Sample sample = {.words = {abc(OP_LOADW, 0, 0, 0)}, .count = 1, .frame = 1};

    assert_fault(&sample, "cut off");
}
END_TEST

START_TEST(registers_beyond_the_frame_are_found)
{
    Sample sample = {.words = {abc(OP_ADD, 1, 0, 7), abc(OP_RETURN, 1, 0, 0)},
                     .count = 2,
                     .params = 1,
                     .frame = 2};

    assert_fault(&sample, "outside of the frame");
    sample.words[0] = abc(OP_ADD, 2, 0, 0);
    assert_fault(&sample, "outside of the frame");
}
END_TEST

START_TEST(arguments_beyond_the_frame_are_found)
{
    Sample sample = {.words = {abc(OP_TAILCALL, 0, 0, T_CLOSURE | 2 << 8)},
                     .count = 1,
                     .params = 1,
                     .frame = 1};

    assert_fault(&sample, "arguments are outside");
    sample.words[0] = abc(OP_CALL, 0, 0, T_CLOSURE | 2 << 8);
    sample.count = 2;
    sample.frame = 4;
    assert_fault(&sample, "arguments are outside");
}
END_TEST

/* A primitive's arguments are a run of registers, or three that it names. */
START_TEST(arguments_of_primitives_are_in_the_frame)
{
    uint64_t primitive = (uint64_t)(uintptr_t)li_find_primitive("list");
    Sample sample = {
        .words = {abc(OP_PRIM, 0, 1, 1), primitive, abc(OP_RETURN, 0, 0, 0)},
        .count = 3,
        .params = 2,
        .frame = 2};

    assert_verifies(&sample);
    sample.words[0] = abc(OP_PRIM, 0, 1, 2);
    assert_fault(&sample, "arguments are outside");
    sample.words[0] = abc(OP_PRIM3, 0, 1, 0);
    sample.words[2] = 1;
    sample.words[3] = abc(OP_RETURN, 0, 0, 0);
    sample.count = 4;
    assert_verifies(&sample);
    sample.words[2] = 2;
    assert_fault(&sample, "outside of the frame");
    sample.frame = 3;
    assert_fault(&sample, "read before it is written");
}
END_TEST

START_TEST(two_moves_at_once_stay_in_the_frame_and_read_first)
{
    Sample sample = {.words = {abc(OP_MOVE2, 0, 1, 0), abc(OP_RETURN, 1, 0, 0)},
                     .count = 2,
                     .params = 2,
                     .frame = 2};

    assert_verifies(&sample);
    sample.words[0] = abc(OP_MOVE2, 1, 0, 0);
    assert_fault(&sample, "outside of the frame");
    sample.frame = 3;
    sample.words[0] = abc(OP_MOVE2, 1, 0, 2);
    assert_fault(&sample, "read before it is written");
}
END_TEST

START_TEST(what_a_known_call_moves_is_an_argument)
{
    Sample inner = {.words = {abc(OP_RETURN, 0, 0, 0)}, .count = 1, .params = 1, .frame = 1};
    Value closure;
    Sample sample = {.words = {abc(OP_CALLKM, 1, 0, 4), 0, 0, abc(OP_RETURN, 1, 0, 0)},
                     .count = 4,
                     .literal_count = 1,
                     .params = 1,
                     .frame = 5,
                     .live = true};

    ck_assert_ok(li_closure_new(&test.heap, make_code(&inner), &closure));
    sample.literals[0] = closure;
    sample.words[1] = closure.bits;
    assert_verifies(&sample);
    sample.words[0] = abc(OP_CALLKM, 1, 0, 3);
    assert_fault(&sample, "what is moved is no argument");
    sample.words[0] = abc(OP_CALLKM, 1, 0, 5);
    assert_fault(&sample, "a register is outside of the frame");
    sample.words[0] = abc(OP_CALLKM, 1, 2, 4);
    assert_fault(&sample, "read before it is written");
}
END_TEST

/* The index that is entered stands in the upper half of the word, here as a distance. */
START_TEST(a_known_call_enters_a_clause)
{
    Sample sample = {.words = {abc(OP_CALLSELFM, 1, 0, 0), insn_entry(1, 4), 0,
                               abc(OP_RETURN, 1, 0, 0)},
                     .count = 4,
                     .params = 1,
                     .frame = 5,
                     .live = true};

    assert_verifies(&sample);
    sample.words[1] = insn_entry(2, 4);
    assert_fault(&sample, "not entered where it begins");
    sample.words[1] = insn_entry(1, 4) | UINT64_C(3) << ENTRY_INDEX_SHIFT;
    assert_fault(&sample, "not entered where it begins");
    sample.words[1] = insn_entry(1, 3);
    assert_fault(&sample, "what is moved is no argument");
    sample.words[0] = abc(OP_CALLSELF, 1, 0, 0);
    assert_fault(&sample, "what is moved is no argument");
    sample.words[1] = insn_entry(1, 0);
    assert_fault(&sample, "read before it is written");
    sample.words[0] = abc(OP_CALLREG, 1, 0, 0);
    sample.words[1] = insn_entry(0, 0);
    assert_verifies(&sample);
    sample.words[1] = insn_entry(0, 0) | UINT64_MAX << ENTRY_INDEX_SHIFT;
    assert_fault(&sample, "not entered where it begins");
    sample.words[0] = abc(OP_CALLFREE, 1, 0, 0);
    sample.words[1] = insn_entry(0, 0);
    assert_fault(&sample, "no such free variable");
    sample.words[0] = abc(OP_TAILCALLREG, 4, 0, 0);
    sample.words[1] = insn_entry(2, 0);
    sample.words[2] = abc(OP_RETURN, 0, 0, 0);
    sample.count = 3;
    sample.live = false;
    assert_fault(&sample, "arguments are outside");
}
END_TEST

START_TEST(unused_operands_are_zero)
{
    Sample sample = {
        .words = {abc(OP_RETURN, 0, 1, 0)}, .count = 1, .params = 1, .frame = 1};

    assert_fault(&sample, "not zero");
}
END_TEST

START_TEST(keys_fit_the_number_of_arguments)
{
    Sample sample = {.words = {abc(OP_TAILCALL, 0, 0, T_PAIR | 1 << 8)},
                     .count = 1,
                     .params = 1,
                     .frame = 3};

    assert_fault(&sample, "key");
}
END_TEST

START_TEST(free_variables_are_counted)
{
    Sample sample = {.words = {abc(OP_FREE, 0, 1, 0), abc(OP_RETURN, 0, 0, 0)},
                     .count = 2,
                     .frame = 1,
                     .free_count = 1};

    assert_fault(&sample, "no such free variable");
    sample.words[0] = abc(OP_FREEBOX, 0, 1, 0);
    assert_fault(&sample, "no such free variable");
    sample.free_count = 2;
    assert_verifies(&sample);
}
END_TEST

START_TEST(immediates_are_no_references)
{
    Sample sample = {
        .words = {abx(OP_LOADI, 0, 8 + TAG_OBJECT), abc(OP_RETURN, 0, 0, 0)},
        .count = 2,
        .frame = 1};

    assert_fault(&sample, "immediate is a reference");
    sample.words[0] = abx(OP_LOADI, 0, 8);
    assert_verifies(&sample);
}
END_TEST

/* ---- Literals and words ---------------------------------------------------------------------------- */

START_TEST(literals_exist)
{
    Sample sample = {.words = {abx(OP_LOADK, 0, 0), abc(OP_RETURN, 0, 0, 0)},
                     .count = 2,
                     .frame = 1};

    assert_fault(&sample, "no such literal");
    sample.words[0] = abx(OP_LOADK, 0, -1);
    assert_fault(&sample, "no such literal");
}
END_TEST

START_TEST(cells_are_among_the_literals)
{
    Value cell = core_cell("g");
    Sample sample = {
        .words = {abc(OP_GLOBAL, 0, 0, 0), cell.bits, abc(OP_RETURN, 0, 0, 0)},
        .count = 3,
        .frame = 1};

    assert_fault(&sample, "a cell is not among the literals");
    sample.literals[0] = cell;
    sample.literal_count = 1;
    assert_verifies(&sample);
    sample.words[1] = 0x1234567890001; /* is not followed */
    assert_fault(&sample, "a cell is not among the literals");
}
END_TEST

START_TEST(words_that_name_registers_stay_in_the_frame)
{
    Sample sample = {.words = {abc(OP_MULADD, 0, 0, 1), 1, abc(OP_RETURN, 0, 0, 0)},
                     .count = 3,
                     .params = 2,
                     .frame = 2};

    assert_verifies(&sample);
    sample.words[1] = 2;
    assert_fault(&sample, "outside of the frame");
    sample.words[1] = (uint64_t)1 << 32;
    assert_fault(&sample, "outside of the frame");
    sample.params = 1;
    sample.words[0] = abc(OP_MULADD, 0, 0, 0);
    sample.words[1] = 1;
    assert_fault(&sample, "read before it is written");
}
END_TEST

START_TEST(types_are_those_that_there_are)
{
    Sample sample = {.words = {abc(OP_BRTYPE, 0, T_VECTOR, 0), abc(OP_RETURN, 0, 0, 0)},
                     .count = 2,
                     .params = 1,
                     .frame = 1};

    assert_verifies(&sample);
    sample.words[0] = abc(OP_BRTYPE, 0, TYPE_COUNT, 0);
    assert_fault(&sample, "there is no such type");
}
END_TEST

START_TEST(fields_of_a_new_record_are_in_the_frame)
{
    Value cell = core_cell("g");
    Sample sample = {
        .words = {abc(OP_RECORD, 0, 1, 0), cell.bits, abc(OP_RETURN, 0, 0, 0)},
        .count = 3,
        .literals = {cell},
        .literal_count = 1,
        .params = 2,
        .frame = 2};

    assert_verifies(&sample);
    sample.words[0] = abc(OP_RECORD, 0, 2, 0);
    assert_fault(&sample, "arguments are outside of the frame");
    sample.words[0] = abc(OP_RECORD, 0, 1, 0);
    sample.words[1] = VALUE_TRUE.bits;
    assert_fault(&sample, "a cell is not among the literals");
}
END_TEST

START_TEST(values_are_received_in_the_frame_and_it_is_said_by_whom)
{
    Value words[RECEIVE_WORDS] = {VALUE_FALSE, VALUE_NIL, value_from_fixnum(0)}, receiver;
    Sample sample = {.words = {abc(OP_RECEIVE, 1, 2, 0), 0, abc(OP_VALUES, 1, 2, 0)},
                     .count = 3,
                     .literal_count = 1,
                     .params = 1,
                     .frame = 3};

    ck_assert_ok(li_vector_from(&test.heap, words, RECEIVE_WORDS, &receiver));
    sample.literals[0] = receiver;
    assert_verifies(&sample);
    sample.words[0] = abc(OP_RECEIVEREST, 1, 2, 0);
    assert_fault(&sample, "arguments are outside of the frame");
    sample.words[0] = abc(OP_RECEIVE, 1, 1, 0);
    assert_fault(&sample, "read before it is written");
    sample.words[0] = abc(OP_RECEIVE, 1, 2, 0);
    sample.words[2] = abc(OP_VALUES, 1, 3, 0);
    assert_fault(&sample, "arguments are outside of the frame");
    sample.words[2] = abc(OP_VALUES2, 1, 2, 0);
    assert_verifies(&sample);
    sample.words[1] = 1;
    assert_fault(&sample, "no such literal");
    sample.words[1] = 0;
    sample.literals[0] = VALUE_NIL;
    assert_fault(&sample, "it is not said who wants the values");
}
END_TEST

START_TEST(words_are_immediates_or_symbols)
{
    Value symbol = test_symbol(&test.heap, "a");
    Sample sample = {
        .words = {abc(OP_LOADW, 0, 0, 0), symbol.bits, abc(OP_RETURN, 0, 0, 0)},
        .count = 3,
        .literals = {symbol},
        .literal_count = 1,
        .frame = 1};

    assert_verifies(&sample);
    sample.literals[0] = sample.literals[1] = core_cell("g");
    sample.words[1] = core_cell("g").bits;
    assert_fault(&sample, "neither an immediate nor a symbol");
    sample.words[1] = VALUE_TRUE.bits;
    assert_verifies(&sample);
}
END_TEST

static uint64_t take(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return a | (uint64_t)b << 16 | (uint64_t)c << 32 | (uint64_t)d << 48;
}

START_TEST(what_closures_take_is_there_and_counted)
{
    Sample inner = {.words = {abc(OP_FREE, 0, 1, 0), abc(OP_RETURN, 0, 0, 0)},
                    .count = 2,
                    .frame = 1,
                    .free_count = 2};
    Sample sample = {.words = {abx(OP_CLOSURE, 1, 0),
                               take(0, TAKE_SELF, TAKE_END, TAKE_END),
                               abc(OP_RETURN, 1, 0, 0)},
                     .count = 3,
                     .literals = {make_code(&inner)},
                     .literal_count = 1,
                     .params = 1,
                     .frame = 2};

    assert_verifies(&sample);
    sample.words[1] = take(0, TAKE_FALSE, TAKE_END, TAKE_END);
    assert_verifies(&sample);
    sample.words[1] = take(0, TAKE_END, TAKE_END, TAKE_END);
    assert_fault(&sample, "not made as it should be");
    sample.words[1] = take(0, 0, 0, TAKE_END);
    assert_fault(&sample, "not made as it should be");
    sample.words[1] = take(0, 2, TAKE_END, TAKE_END);
    assert_fault(&sample, "outside of the frame");
    sample.words[1] = take(0, 1, TAKE_END, TAKE_END);
    assert_fault(&sample, "read before it is written");
    sample.words[1] = take(0, TAKE_FREE, TAKE_END, TAKE_END);
    assert_fault(&sample, "there is no such free variable");
    sample.words[1] = take(0, 0, TAKE_END, TAKE_END);
    sample.words[0] = abx(OP_CLOSURE, 1, 1);
    assert_fault(&sample, "there is no such literal");
}
END_TEST

START_TEST(closures_are_made_of_code_that_takes_as_many_variables)
{
    Sample inner = {.words = {abc(OP_FREE, 0, 0, 0), abc(OP_RETURN, 0, 0, 0)},
                    .count = 2,
                    .frame = 1,
                    .free_count = 1};
    Sample sample = {.words = {abx(OP_LOADK, 1, 0), abc(OP_MOVE, 2, 0, 0),
                               abx(OP_CLOSURERUN, 1, 1), abc(OP_RETURN, 1, 0, 0)},
                     .count = 4,
                     .literals = {make_code(&inner)},
                     .literal_count = 1,
                     .params = 1,
                     .frame = 3};

    assert_verifies(&sample);
    sample.words[2] = abx(OP_CLOSURERUN, 1, 0);
    assert_fault(&sample, "not made as it should be");
    sample.words[1] = abc(OP_MOVE, 1, 0, 0);
    sample.words[2] = abx(OP_CLOSURERUN, 1, 1);
    assert_fault(&sample, "not made as it should be");
    sample.words[0] = abc(OP_MOVE, 1, 0, 0);
    assert_fault(&sample, "a closure without code");
}
END_TEST

/* ---- Control ---------------------------------------------------------------------------------------- */

START_TEST(jumps_lead_to_instructions)
{
    Sample sample = {.words = {abx(OP_BRF, 0, 2), abc(OP_LOADW, 0, 0, 0),
                               VALUE_TRUE.bits, abc(OP_RETURN, 0, 0, 0)},
                     .count = 4,
                     .params = 1,
                     .frame = 1};

    assert_verifies(&sample);
    sample.words[0] = abx(OP_BRF, 0, 1);
    assert_fault(&sample, "a jump leads nowhere");
    sample.words[0] = abx(OP_BRF, 0, 100);
    assert_fault(&sample, "a jump leads nowhere");
    sample.words[0] = abx(OP_BRF, 0, INT32_MIN);
    assert_fault(&sample, "a jump leads nowhere");
}
END_TEST

START_TEST(only_loops_jump_back)
{
    Sample sample = {.words = {abx(OP_LOOP, 0, -2), 0},
                     .count = 2,
                     .params = 1,
                     .frame = 1,
                     .live = true};

    assert_verifies(&sample);
    sample.words[0] = abx(OP_JUMP, 0, -1);
    sample.words[1] = abc(OP_RETURN, 0, 0, 0);
    assert_fault(&sample, "the wrong way");
}
END_TEST

START_TEST(loops_that_compare_jump_back_or_go_on)
{
    Sample sample = {.words = {abc(OP_ADDI, 0, 0, 1), abc(OP_LOOPLTI, 0, 9, (uint16_t)-3),
                               0, abx(OP_LOOP, 0, -5), 0, abc(OP_RETURN, 0, 0, 0)},
                     .count = 6,
                     .params = 1,
                     .frame = 1,
                     .live = true};

    assert_verifies(&sample);
    sample.words[1] = abc(OP_LOOPLTI, 0, 9, 0);
    assert_fault(&sample, "the wrong way");
    sample.words[1] = abc(OP_LOOPLTI, 0, 9, (uint16_t)-4);
    sample.live = false; /* nothing is before the code */
    assert_fault(&sample, "a jump leads nowhere");
    sample.live = true;
    sample.words[1] = abc(OP_LOOPLTI, 0, 9, (uint16_t)-3);
    sample.words[5] = abc(OP_MOVE, 0, 0, 0);
    assert_fault(&sample, "runs off the end");
    sample.live = false; /* there is nothing behind it either */
    sample.count = 5;
    assert_fault(&sample, "a loop has no way out");
    sample.words[3] = abc(OP_RETURN, 0, 0, 0);
    sample.count = 4;
    assert_fault(&sample, "a loop has no way out");
}
END_TEST

START_TEST(loops_that_advance_read_what_they_write)
{
    Sample sample = {.words = {abc(OP_MOVE, 1, 0, 0), abc(OP_STEPNNUMEQ, 1, 0, (uint16_t)-3),
                               value_from_fixnum(-7).bits, 0, abx(OP_LOOP, 0, -5), 0,
                               abc(OP_RETURN, 1, 0, 0)},
                     .count = 7,
                     .params = 1,
                     .frame = 2,
                     .live = true};

    assert_verifies(&sample);
    sample.words[2] = VALUE_EOF.bits;
    assert_fault(&sample, "a step is not a fixnum");
    sample.words[2] = value_from_fixnum(1).bits;
    sample.words[1] = abc(OP_STEPNNUMEQ, 1, 0, 0);
    assert_fault(&sample, "the wrong way");
    sample.words[1] = abc(OP_STEPNNUMEQ, 1, 0, (uint16_t)-3);
    sample.words[0] = abc(OP_MOVE, 0, 0, 0);
    assert_fault(&sample, "before it is written");
}
END_TEST

START_TEST(ports_are_those_that_there_are_and_their_end_lies_ahead)
{
    Sample sample = {.words = {abc(OP_CURRENTPORT, 0, 2, 0), abc(OP_READCHAR, 0, 0, 0),
                               sizeof(void *), abc(OP_RETURN, 0, 0, 0)},
                     .count = 4,
                     .params = 1,
                     .frame = 1};

    assert_verifies(&sample);
    sample.words[0] = abc(OP_CURRENTPORT, 0, 3, 0);
    assert_fault(&sample, "there is no such port");
    sample.words[0] = abc(OP_CURRENTPORT, 0, 0, 0);
    sample.words[1] = abc(OP_READCHAR, 0, 0, (uint16_t)-2);
    assert_fault(&sample, "the wrong way");
    sample.words[1] = abc(OP_READCHAR, 0, 0, 1);
    assert_fault(&sample, "a jump leads nowhere");
}
END_TEST

START_TEST(control_does_not_run_off_the_end)
{
    Sample sample = {.words = {abx(OP_LOADI, 0, 8)}, .count = 1, .frame = 1};

    assert_fault(&sample, "runs off the end");
}
END_TEST

START_TEST(registers_are_written_before_they_are_read)
{
    Sample sample = {
        .words = {abx(OP_BRF, 0, 1), abx(OP_LOADI, 1, 8), abc(OP_RETURN, 1, 0, 0)},
        .count = 3,
        .params = 1,
        .frame = 2};

    assert_fault(&sample, "read before it is written");
}
END_TEST

START_TEST(live_words_are_right)
{
    Sample sample = {.words = {abc(OP_CALL, 1, 1, T_CLOSURE), 0, abc(OP_CONS, 1, 0, 1),
                               abc(OP_RETURN, 1, 0, 0)},
                     .count = 4,
                     .params = 2,
                     .frame = 4,
                     .live = true};

    assert_verifies(&sample);
    sample.live = false;
    assert_fault(&sample, "a LIVE word is wrong");
}
END_TEST

START_TEST(a_switch_has_a_table_and_a_row_of_jumps)
{
    Value table;

    ck_assert_ok(li_vector(&test.heap, 4, VALUE_ABSENT, &table));
    vector_items(table)[0] = value_from_fixnum(7);
    vector_items(table)[1] = value_from_fixnum(0);
    Sample good = {.words = {abc(OP_SWITCH, 0, 63, 1), table.bits, abx(OP_JUMP, 0, 1),
                             abx(OP_JUMP, 0, 0), abc(OP_RETURN, 0, 0, 0)},
                   .count = 5,
                   .literals = {table},
                   .literal_count = 1,
                   .params = 1,
                   .frame = 1};
    Sample bad = good;

    assert_verifies(&good);
    bad.words[0] = abc(OP_SWITCH, 0, 62, 1);
    assert_fault(&bad, "the table of a SWITCH is damaged");
    bad.words[0] = abc(OP_SWITCH, 0, 63, 3);
    assert_fault(&bad, "a row of JUMPs is cut off");
    bad.words[0] = abc(OP_SWITCH, 0, 63, 2);
    assert_fault(&bad, "no row of JUMPs behind a SWITCH");
    bad = good;
    bad.words[1] = VALUE_NIL.bits;
    assert_fault(&bad, "a table is not among the literals");
    vector_items(table)[1] = value_from_fixnum(1);
    assert_fault(&good, "the table of a SWITCH is damaged");
    vector_items(table)[1] = value_from_fixnum(0);
    vector_items(table)[2] = value_from_fixnum(8);
    assert_fault(&good, "the table of a SWITCH is damaged");
}
END_TEST

START_TEST(registers_above_a_call_are_not_read_after_it)
{
    Sample sample = {
        .words = {abc(OP_CALL, 0, 0, T_CLOSURE), 0, abc(OP_RETURN, 1, 0, 0)},
        .count = 3,
        .params = 2,
        .frame = 4,
        .live = true};

    assert_fault(&sample, "that a call destroys");
}
END_TEST

/* ---- Clauses and parts -------------------------------------------------------------------------------- */

START_TEST(clauses_are_well_formed)
{
    Sample sample = {
        .words = {abc(OP_RETURN, 0, 0, 0)}, .count = 1, .params = 1, .frame = 1};

    sample.entry = 1;
    assert_fault(&sample, "a clause is malformed");
    sample.entry = -1;
    assert_fault(&sample, "a clause is malformed");
    sample.entry = 0;
    sample.params = 2;
    assert_fault(&sample, "a clause is malformed");
    sample.params = 0;
    sample.rest = 2;
    sample.frame = 2;
    assert_fault(&sample, "a clause is malformed");
}
END_TEST

START_TEST(large_frames_are_entered)
{
    Sample sample = {.words = {abc(OP_RETURN, 0, 0, 0)},
                     .count = 1,
                     .params = 1,
                     .frame = ENTER_REGISTERS + 1};

    assert_fault(&sample, "a large frame is not entered");
    sample.words[0] = abx(OP_ENTER, 1, ENTER_REGISTERS + 1);
    sample.words[1] = abc(OP_RETURN, 0, 0, 0);
    sample.count = 2;
    assert_verifies(&sample);
    sample.words[0] = abx(OP_ENTER, 0, ENTER_REGISTERS + 1);
    assert_fault(&sample, "ENTER does not fit");
}
END_TEST

START_TEST(parts_have_their_types)
{
    Code parts = *core_compile("1");

    parts.literals = VALUE_FALSE;
    ck_assert_err(li_verify_code(&parts, NULL), ERR_TYPE);
    parts = *core_compile("1");
    parts.instructions = parts.positions;
    ck_assert_err(li_verify_code(&parts, NULL), ERR_TYPE);
    parts = *core_compile("1");
    parts.free_count = value_from_fixnum(-1);
    ck_assert_err(li_verify_code(&parts, NULL), ERR_TYPE);
}
END_TEST

/* Any single bit may be wrong: the verifier says so or not, but does not crash. */
START_TEST(spoiled_words_do_no_harm_to_the_verifier)
{
    const Code *code =
        core_compile("(lambda (f n) (letrec ((loop (lambda (loop i) (if (= i n)"
                     " (lambda (#f) i) (seq (g i) (loop (+ i 1))))))) (loop 0)))");
    Value closure = vector_items(code->literals)[0];
    uint64_t *words, count;

    ck_assert(value_is_closure(closure));
    code = value_to_code(value_to_closure(closure)->code);
    count = value_to_array(code->instructions)->length;
    words = array_data(value_to_array(code->instructions));
    for (uint64_t i = 0; i < count * 64; i += 1) {
        words[i / 64] ^= UINT64_C(1) << i % 64;
        if (li_verify_code(code, NULL) == ERR_NO_MEMORY)
            ck_abort_msg("no memory");
        words[i / 64] ^= UINT64_C(1) << i % 64;
    }
    ck_assert_ok(li_verify_code(code, NULL));
}
END_TEST

TEST_MAIN("verify", core_setup, core_teardown, what_the_compiler_makes_verifies,
          a_small_procedure_by_hand_verifies, unknown_opcodes_are_found,
          instructions_that_are_cut_off_are_found, registers_beyond_the_frame_are_found,
          arguments_beyond_the_frame_are_found, arguments_of_primitives_are_in_the_frame,
          two_moves_at_once_stay_in_the_frame_and_read_first,
          what_a_known_call_moves_is_an_argument,
          a_known_call_enters_a_clause, unused_operands_are_zero,
          keys_fit_the_number_of_arguments, free_variables_are_counted,
          immediates_are_no_references, literals_exist, cells_are_among_the_literals,
          words_that_name_registers_stay_in_the_frame, types_are_those_that_there_are,
          loops_that_advance_read_what_they_write,
          ports_are_those_that_there_are_and_their_end_lies_ahead, fields_of_a_new_record_are_in_the_frame,
          values_are_received_in_the_frame_and_it_is_said_by_whom,
          words_are_immediates_or_symbols,
          what_closures_take_is_there_and_counted, closures_are_made_of_code_that_takes_as_many_variables,
          jumps_lead_to_instructions, only_loops_jump_back, loops_that_compare_jump_back_or_go_on,
          control_does_not_run_off_the_end, registers_are_written_before_they_are_read,
          live_words_are_right, registers_above_a_call_are_not_read_after_it,
          a_switch_has_a_table_and_a_row_of_jumps,
          clauses_are_well_formed, large_frames_are_entered, parts_have_their_types,
          spoiled_words_do_no_harm_to_the_verifier)
