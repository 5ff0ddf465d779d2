/* test_sessions.c - sessions, scopes, stale and foreign refs, handles, two interpreters in two
 * threads. */
#include <pthread.h>

#include "tests/api/support.h"

static Console console, other_console;
static Interp *interp, *other;

static void set_up(void)
{
    interp = open_console(&console);
    other = open_console(&other_console);
}

static void tear_down(void)
{
    interp_close(interp);
    interp_close(other);
}

static InterpStatus make_six(Interp *in, void *context)
{
    return interp_from_int64(in, 6, context);
}

static InterpStatus use_ref(Interp *in, void *context)
{
    int64_t n;

    return interp_to_int64(in, *(interp_ref *)context, &n);
}

START_TEST(a_ref_is_stale_after_its_session)
{
    interp_ref ref = {0};

    ck_assert_int_ne(interp_session(interp, use_ref, &ref), INTERP_OK);
    ck_assert_ok(interp_session(interp, make_six, &ref));
    ck_assert_status(interp_session(interp, use_ref, &ref), INTERP_STALE);
    ck_assert_int_eq(interp_last_error(interp)->status, INTERP_STALE);
}
END_TEST

START_TEST(without_a_session_nothing_is_touched)
{
    interp_ref ref = {0};
    interp_handle handle = {0};
    InterpText text;
    InterpReader *reader;
    uint8_t *bytes;
    size_t count;

    ck_assert_int_ne(interp_from_int64(interp, 6, &ref), INTERP_OK);
    ck_assert_int_ne(interp_collect(interp), INTERP_OK);
    ck_assert_int_ne(interp_eval_string(interp, "test", "1", 1, &ref), INTERP_OK);
    ck_assert_int_ne(interp_eval(interp, ref, &ref), INTERP_OK);
    ck_assert_int_ne(interp_call(interp, ref, NULL, 0, &ref), INTERP_OK);
    ck_assert_int_ne(interp_lookup(interp, "car", &ref), INTERP_OK);
    ck_assert_int_ne(interp_define(interp, "car", ref), INTERP_OK);
    ck_assert_int_ne(interp_expand(interp, ref, &text), INTERP_OK);
    ck_assert_int_ne(interp_write(interp, ref, &text), INTERP_OK);
    ck_assert_int_ne(interp_list(interp, NULL, 0, &ref), INTERP_OK);
    ck_assert_int_ne(interp_borrow(interp, ref, &bytes, &count), INTERP_OK);
    ck_assert_int_ne(interp_recall(interp, handle, &ref), INTERP_OK);
    ck_assert_ok(interp_reader_new(interp, "test", "1", 1, &reader));
    ck_assert_int_ne(interp_reader_next(interp, reader, &ref), INTERP_OK);
    interp_reader_free(reader);
}
END_TEST

static InterpStatus use_in_other(Interp *in, void *context)
{
    interp_ref ref;
    (void)in;
    (void)context;

    ck_assert_ok(interp_from_int64(in, 6, &ref));
    return interp_session(other, use_ref, &ref);
}

START_TEST(a_ref_of_another_interpreter_is_foreign)
{
    ck_assert_status(interp_session(interp, use_in_other, NULL), INTERP_FOREIGN);
}
END_TEST

static InterpStatus open_second(Interp *in, void *context)
{
    return interp_session(in, make_six, context);
}

static void *open_second_in_thread(void *status)
{
    interp_ref ref;

    *(InterpStatus *)status = interp_session(interp, make_six, &ref);
    return NULL;
}

static InterpStatus start_thread(Interp *in, void *context)
{
    pthread_t thread;
    InterpStatus status = INTERP_OK;
    (void)in;
    (void)context;

    ck_assert_int_eq(pthread_create(&thread, NULL, open_second_in_thread, &status), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    return status;
}

START_TEST(a_second_session_is_refused_here_and_in_another_thread)
{
    interp_ref ref;

    ck_assert_status(interp_session(interp, open_second, &ref), INTERP_SESSION_STATE);
    ck_assert_status(interp_session(interp, start_thread, NULL), INTERP_SESSION_STATE);
    ck_assert_ok(interp_session(interp, make_six, &ref));
}
END_TEST

START_TEST(between_sessions_another_thread_may_take_over)
{
    pthread_t thread;
    InterpStatus status = INTERP_ERROR;

    ck_assert_int_eq(pthread_create(&thread, NULL, open_second_in_thread, &status), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_ok(status);
}
END_TEST

static InterpStatus use_scopes(Interp *in, void *context)
{
    InterpScope outer, inner;
    interp_ref kept, lost;
    int64_t n = 0;
    (void)context;

    ck_assert_ok(interp_scope_open(in, &outer));
    ck_assert_ok(interp_from_int64(in, 1, &kept));
    ck_assert_ok(interp_scope_open(in, &inner));
    ck_assert_ok(interp_from_int64(in, 2, &lost));
    ck_assert_status(interp_scope_close(in, outer), INTERP_SCOPE_ORDER);
    ck_assert_ok(interp_assign(in, kept, lost));
    ck_assert_ok(interp_scope_close(in, inner));
    ck_assert_status(interp_to_int64(in, lost, &n), INTERP_STALE);
    ck_assert_ok(interp_to_int64(in, kept, &n));
    ck_assert_int_eq(n, 2);
    ck_assert_ok(interp_scope_close(in, outer));
    ck_assert_int_ne(interp_scope_close(in, outer), INTERP_OK);
    return interp_to_int64(in, kept, &n);
}

START_TEST(refs_end_with_their_scope)
{
    ck_assert_status(interp_session(interp, use_scopes, NULL), INTERP_STALE);
}
END_TEST

static InterpStatus retain_list(Interp *in, void *context)
{
    return interp_retain(in, eval(in, "(list 1 2 (vector 3))"), context);
}

static InterpStatus recall_list(Interp *in, void *context)
{
    interp_ref list;
    InterpStatus status;

    ck_assert_ok(interp_collect(in));
    status = interp_recall(in, *(interp_handle *)context, &list);
    if (status == INTERP_OK)
        assert_written(in, list, "(1 2 #(3))");
    return status;
}

START_TEST(a_handle_outlives_sessions_until_it_is_released)
{
    interp_handle handle = {0};

    ck_assert_ok(interp_session(interp, retain_list, &handle));
    ck_assert_ok(interp_session(interp, recall_list, &handle));
    ck_assert_status(interp_session(other, recall_list, &handle), INTERP_FOREIGN);
    ck_assert_ok(interp_release(interp, handle));
    ck_assert_status(interp_release(interp, handle), INTERP_STALE);
    ck_assert_status(interp_session(interp, recall_list, &handle), INTERP_STALE);
}
END_TEST

static InterpStatus compute(Interp *in, void *context)
{
    interp_ref result =
        eval(in, "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))"
                 "(list (fib 15) (length (let loop ((i 0) (l '()))"
                 " (if (= i 3000) l (loop (+ i 1) (cons (make-vector 9) l))))))");

    (void)context;
    assert_written(in, result, "(610 3000)");
    return INTERP_OK;
}

static void *compute_in_thread(void *context)
{
    return interp_session(context, compute, NULL) == INTERP_OK ? context : NULL;
}

START_TEST(two_interpreters_run_in_two_threads)
{
    pthread_t threads[2];
    void *results[2];

    ck_assert_int_eq(pthread_create(&threads[0], NULL, compute_in_thread, interp), 0);
    ck_assert_int_eq(pthread_create(&threads[1], NULL, compute_in_thread, other), 0);
    for (int i = 0; i < 2; i += 1)
        ck_assert_int_eq(pthread_join(threads[i], &results[i]), 0);
    ck_assert_ptr_eq(results[0], interp);
    ck_assert_ptr_eq(results[1], other);
}
END_TEST

static void *interrupt_soon(void *context)
{
    const struct timespec a_moment = {0, 50 * 1000 * 1000};

    nanosleep(&a_moment, NULL);
    interp_interrupt(context);
    return NULL;
}

static InterpStatus loop_for_ever(Interp *in, void *context)
{
    interp_ref result;
    pthread_t thread;

    eval(in, "(define count 0) (define (spin) (set! count (+ count 1)) (spin))");
    ck_assert_int_eq(pthread_create(&thread, NULL, interrupt_soon, in), 0);
    InterpStatus status =
        interp_eval_string(in, "test", context, strlen(context), &result);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    /* On a busy machine the interrupt may come before the first turn. */
    assert_written(in, eval(in, "(>= count 0)"), "#t");
    return status;
}

START_TEST(a_running_program_can_be_interrupted_and_the_interpreter_lives)
{
    static char spin[] = "(spin)";

    ck_assert_status(interp_session(interp, loop_for_ever, spin), INTERP_INTERRUPTED);
    ck_assert_ok(interp_session(interp, compute, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api sessions");
    TCase *sessions = tcase_create("sessions");

    tcase_add_checked_fixture(sessions, set_up, tear_down);
    tcase_set_timeout(sessions, 300);
    tcase_add_test(sessions, a_ref_is_stale_after_its_session);
    tcase_add_test(sessions, without_a_session_nothing_is_touched);
    tcase_add_test(sessions, a_ref_of_another_interpreter_is_foreign);
    tcase_add_test(sessions, a_second_session_is_refused_here_and_in_another_thread);
    tcase_add_test(sessions, between_sessions_another_thread_may_take_over);
    tcase_add_test(sessions, refs_end_with_their_scope);
    tcase_add_test(sessions, a_handle_outlives_sessions_until_it_is_released);
    tcase_add_test(sessions, two_interpreters_run_in_two_threads);
    tcase_add_test(sessions,
                   a_running_program_can_be_interrupted_and_the_interpreter_lives);
    suite_add_tcase(suite, sessions);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
