/* test_session.c - the guarantees of sessions, refs, scopes, handles and borrows. */
#include "memory_support.h"

#include <pthread.h>

#include "containers/array.h"
#include "containers/list.h"
#include "memory/session.h"

static Memory memory;

static void setup(void)
{
    ImmixOptions options = {.stress = 1, .verify = 1};

    ck_assert_ok(memory_open(&memory, &options));
}

static void teardown(void)
{
    uint64_t leaked;

    ck_assert_ok(memory_close(&memory, &leaked));
    ck_assert_uint_eq(leaked, 0);
}

/* Runs a mutator that asserts for itself. */
static void in_session(Mutator mutator, void *input, void *output)
{
    ck_assert_ok(memory_mutate(&memory, mutator, input, output));
}

static Value list_of_symbols(MutatorView *view, const char *first, const char *second)
{
    Value list;

    ck_assert_ok(
        li_cons(view->heap, test_symbol(view->heap, second), VALUE_NIL, &list));
    ck_assert_ok(li_cons(view->heap, test_symbol(view->heap, first), list, &list));
    return list;
}

/* ---- Sessions ---- */

static Status answer(MutatorView *view, void *input, void *output)
{
    ck_assert_ptr_eq(view->memory, &memory);
    ck_assert_ptr_eq(view->heap, &memory.heap);
    *(int *)output = *(int *)input + 1;
    return ERR_KEY;
}

START_TEST(a_session_gives_its_input_and_output_to_the_mutator_and_its_status_back)
{
    int input = 41, output = 0;

    ck_assert_err(memory_mutate(&memory, answer, &input, &output), ERR_KEY);
    ck_assert_int_eq(output, 42);
}
END_TEST

static Status nothing(MutatorView *view, void *input, void *output)
{
    (void)view;
    (void)input;
    (void)output;
    return OK;
}

static void *mutate_in_thread(void *result)
{
    *(Status *)result = memory_mutate(&memory, nothing, NULL, NULL);
    return NULL;
}

static Status status_in_thread(void)
{
    pthread_t thread;
    Status status = OK;

    ck_assert_int_eq(pthread_create(&thread, NULL, mutate_in_thread, &status), 0);
    pthread_join(thread, NULL);
    return status;
}

static Status try_second_sessions(MutatorView *view, void *input, void *output)
{
    (void)view;
    (void)input;
    (void)output;
    ck_assert_err(memory_mutate(&memory, nothing, NULL, NULL), ERR_SESSION);
    ck_assert_err(status_in_thread(), ERR_SESSION);
    ck_assert_err(memory_close(&memory, NULL), ERR_SESSION);
    return OK;
}

START_TEST(a_second_session_is_refused_nested_or_from_another_thread)
{
    in_session(try_second_sessions, NULL, NULL);
    ck_assert_ok(status_in_thread());
    in_session(nothing, NULL, NULL);
}
END_TEST

static Status keep_list(MutatorView *view, void *input, void *output)
{
    (void)input;
    TRY(memory_retain(view, list_of_symbols(view, "kept", "list"), output));
    return memory_collect(view, IMMIX_FULL);
}

static Status check_list(MutatorView *view, void *input, void *output)
{
    Value list;

    (void)output;
    TRY(memory_handle_get(view, *(Handle *)input, &list));
    ck_assert_eq_value(pair_car(list), test_symbol(view->heap, "kept"));
    ck_assert_eq_value(pair_car(pair_cdr(list)), test_symbol(view->heap, "list"));
    return memory_collect(view, IMMIX_EVACUATE);
}

static void *use_elsewhere(void *handle)
{
    in_session(check_list, handle, NULL);
    in_session(keep_list, NULL, handle);
    return NULL;
}

START_TEST(a_heap_moves_to_another_thread_between_sessions)
{
    Handle first, second;
    pthread_t thread;

    in_session(keep_list, NULL, &first);
    second = first;
    ck_assert_int_eq(pthread_create(&thread, NULL, use_elsewhere, &second), 0);
    pthread_join(thread, NULL);
    in_session(check_list, &first, NULL);
    in_session(check_list, &second, NULL);
    ck_assert_ok(memory_release(&memory, first));
    ck_assert_ok(memory_release(&memory, second));
}
END_TEST

static Status churn(MutatorView *view, void *input, void *output)
{
    (void)output;
    for (int i = 0; i < 200; i += 1) {
        Ref ref;
        char name[32];

        snprintf(name, sizeof name, "%s-%d", (const char *)input, i);
        TRY(li_ref(&view->refs, test_symbol(view->heap, name), &ref));
        if (i % 50 == 0)
            TRY(memory_collect(view, IMMIX_EVACUATE));
    }
    return li_symbolmap_count(view->heap->symbols) == 200 ? OK : ERR_KEY;
}

static void *own_memory(void *name)
{
    Memory own;
    ImmixOptions options = {.stress = 1};
    Status status = memory_open(&own, &options);

    if (status == OK)
        status = memory_mutate(&own, churn, name, NULL);
    if (memory_close(&own, NULL) != OK || status != OK)
        return name;
    return NULL;
}

START_TEST(two_memories_in_two_threads_do_not_meet)
{
    char names[2][8] = {"left", "right"};
    pthread_t threads[2];

    for (int i = 0; i < 2; i += 1)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, own_memory, names[i]), 0);
    for (int i = 0; i < 2; i += 1) {
        void *failed;

        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
}
END_TEST

/* ---- Refs ---- */

static Status check_reachability(MutatorView *view, void *input, void *output)
{
    Ref a;
    Value v;

    (void)input;
    (void)output;
    TRY(li_ref(&view->refs, test_symbol(view->heap, "first"), &a));
    TRY(li_set(&view->refs, a, test_symbol(view->heap, "updated")));
    TRY(memory_collect(view, IMMIX_FULL));
    ck_assert_uint_eq(li_symbolmap_count(view->heap->symbols), 1);
    TRY(li_get(&view->refs, a, &v));
    ck_assert_eq_value(v, test_symbol(view->heap, "updated"));
    return OK;
}

START_TEST(what_a_ref_held_before_is_reclaimed_and_what_it_holds_is_intact)
{
    in_session(check_reachability, NULL, NULL);
}
END_TEST

static Status check_many_refs(MutatorView *view, void *input, void *output)
{
    enum {
        COUNT = 20000
    };
    Ref *refs = calloc(COUNT, sizeof *refs);

    (void)input;
    (void)output;
    ck_assert_ptr_nonnull(refs);
    for (int64_t i = 0; i < COUNT; i += 1) {
        Value pair;

        ck_assert_ok(li_cons(view->heap, value_from_fixnum(i), VALUE_NIL, &pair));
        ck_assert_ok(li_ref(&view->refs, pair, &refs[i]));
    }
    TRY(memory_collect(view, IMMIX_EVACUATE));
    for (int64_t i = 0; i < COUNT; i += 1) {
        Value pair;

        ck_assert_ok(li_get(&view->refs, refs[i], &pair));
        ck_assert_int_eq(value_to_fixnum(pair_car(pair)), i);
    }
    ck_assert_uint_eq(li_refs_count(&view->refs), COUNT);
    free(refs);
    return OK;
}

START_TEST(the_root_table_grows_and_every_ref_survives_a_collection)
{
    in_session(check_many_refs, NULL, NULL);
}
END_TEST

static Status smuggle(MutatorView *view, void *input, void *output)
{
    (void)input;
    return li_ref(&view->refs, list_of_symbols(view, "a", "b"), output);
}

static Status check_stale(MutatorView *view, void *input, void *output)
{
    Ref mine, *smuggled = input;
    Value v = VALUE_NIL;

    (void)output;
    ck_assert_err(li_get(&view->refs, *smuggled, &v), ERR_STALE);
    /* Another ref now has its slot: still not the smuggled one's. */
    ck_assert_ok(li_ref(&view->refs, VALUE_TRUE, &mine));
    ck_assert_uint_eq(mine.index, smuggled->index);
    ck_assert_err(li_get(&view->refs, *smuggled, &v), ERR_STALE);
    ck_assert_err(li_set(&view->refs, *smuggled, VALUE_FALSE), ERR_STALE);
    ck_assert_eq_value(v, VALUE_NIL);
    ck_assert_ok(li_get(&view->refs, mine, &v));
    ck_assert_eq_value(v, VALUE_TRUE);
    return OK;
}

START_TEST(a_ref_smuggled_out_of_its_session_is_stale)
{
    Ref smuggled;
    Value v;

    in_session(smuggle, NULL, &smuggled);
    ck_assert_err(li_get(&memory.view.refs, smuggled, &v), ERR_STALE);
    ck_assert_err(li_ref(&memory.view.refs, VALUE_TRUE, &smuggled), ERR_STALE);
    ck_assert_err(memory_collect(&memory.view, IMMIX_FULL), ERR_STALE);
    in_session(check_stale, &smuggled, NULL);
}
END_TEST

START_TEST(a_ref_of_a_closed_memory_is_refused_by_one_at_its_address)
{
    Ref old;
    Value v;
    Memory *again = malloc(sizeof *again);
    ImmixOptions options = {0};

    ck_assert_ptr_nonnull(again);
    ck_assert_ok(memory_open(again, &options));
    ck_assert_ok(memory_mutate(again, smuggle, NULL, &old));
    ck_assert_ok(memory_close(again, NULL));
    ck_assert_ok(memory_open(again, &options));
    again->view.refs.open =
        true; /* as in a session, so that only the ref is at fault */
    again->view.refs.thread = (uintptr_t)pthread_self();

    Ref fresh;

    ck_assert_ok(li_ref(&again->view.refs, VALUE_TRUE, &fresh));
    ck_assert_err(li_get(&again->view.refs, old, &v), ERR_STALE);
    again->view.refs.open = false;
    ck_assert_ok(memory_close(again, NULL));
    free(again);
}
END_TEST

typedef struct Foreign {
    Memory *other;
    Ref ref;
    Scope scope;
    Handle handle;
    Value value;
} Foreign;

static Status check_foreign(MutatorView *view, void *input, void *output)
{
    Foreign *foreign = input;
    Ref mine;
    Handle handle;
    Value v = VALUE_NIL;

    (void)output;
    ck_assert_err(li_get(&view->refs, foreign->ref, &v), ERR_FOREIGN);
    ck_assert_err(li_set(&view->refs, foreign->ref, VALUE_TRUE), ERR_FOREIGN);
    ck_assert_err(li_scope_close(&view->refs, foreign->scope), ERR_FOREIGN);
    ck_assert_err(memory_handle_get(view, foreign->handle, &v), ERR_FOREIGN);
    ck_assert_err(memory_release(view->memory, foreign->handle), ERR_FOREIGN);
    /* Not the ref but the value is of the other heap. */
    ck_assert_err(li_ref(&view->refs, foreign->value, &mine), ERR_FOREIGN);
    ck_assert_err(memory_retain(view, foreign->value, &handle), ERR_FOREIGN);
    ck_assert_ok(li_ref(&view->refs, VALUE_TRUE, &mine));
    ck_assert_err(li_set(&view->refs, mine, foreign->value), ERR_FOREIGN);
    ck_assert_ok(memory_retain(view, VALUE_TRUE, &handle));
    ck_assert_err(memory_handle_set(view, handle, foreign->value), ERR_FOREIGN);
    ck_assert_ok(memory_release(view->memory, handle));
    ck_assert_eq_value(v, VALUE_NIL);
    return OK;
}

static Status lend_to_other(MutatorView *view, void *input, void *output)
{
    Foreign foreign = {.other = input};

    (void)output;
    foreign.value = list_of_symbols(view, "x", "y");
    TRY(li_scope_open(&view->refs, &foreign.scope));
    TRY(li_ref(&view->refs, foreign.value, &foreign.ref));
    TRY(memory_retain(view, foreign.value, &foreign.handle));
    ck_assert_ok(memory_mutate(foreign.other, check_foreign, &foreign, NULL));
    ck_assert_ok(memory_release(view->memory, foreign.handle));
    return li_scope_close(&view->refs, foreign.scope);
}

START_TEST(refs_scopes_handles_and_values_of_another_memory_are_foreign)
{
    Memory other;
    ImmixOptions options = {0};

    ck_assert_ok(memory_open(&other, &options));
    in_session(lend_to_other, &other, NULL);
    ck_assert_ok(memory_close(&other, NULL));
}
END_TEST

/* ---- Scopes ---- */

static Status check_scopes(MutatorView *view, void *input, void *output)
{
    Refs *refs = &view->refs;
    Scope outer, inner;
    Ref before, in_outer, in_inner;
    Value v;

    (void)input;
    (void)output;
    TRY(li_ref(refs, value_from_fixnum(0), &before));
    TRY(li_scope_open(refs, &outer));
    TRY(li_ref(refs, value_from_fixnum(1), &in_outer));
    TRY(li_scope_open(refs, &inner));
    TRY(li_ref(refs, value_from_fixnum(2), &in_inner));

    ck_assert_err(li_scope_close(refs, outer), ERR_SCOPE);
    ck_assert_ok(li_get(refs, in_inner, &v)); /* nothing was closed */
    TRY(li_scope_close(refs, inner));
    ck_assert_err(li_get(refs, in_inner, &v), ERR_STALE);
    ck_assert_err(li_scope_close(refs, inner), ERR_STALE);
    ck_assert_ok(li_get(refs, in_outer, &v));
    TRY(li_scope_close(refs, outer));
    ck_assert_err(li_get(refs, in_outer, &v), ERR_STALE);
    ck_assert_ok(li_get(refs, before, &v));

    /* A new scope at the same depth is not the old one. */
    Scope again;
    TRY(li_scope_open(refs, &again));
    ck_assert_err(li_scope_close(refs, outer), ERR_STALE);
    return li_scope_close(refs, again);
}

START_TEST(scopes_closed_out_of_order_are_caught_and_end_their_refs)
{
    in_session(check_scopes, NULL, NULL);
}
END_TEST

static Status check_destination(MutatorView *view, void *input, void *output)
{
    Ref destination, temporary;
    Scope scope;
    Value v;

    (void)input;
    (void)output;
    TRY(li_ref(&view->refs, VALUE_FALSE, &destination));
    TRY(li_scope_open(&view->refs, &scope));
    TRY(li_ref(&view->refs, list_of_symbols(view, "result", "x"), &temporary));
    TRY(memory_collect(view, IMMIX_EVACUATE));
    TRY(li_get(&view->refs, temporary, &v));
    TRY(li_set(&view->refs, destination, v));
    TRY(li_scope_close(&view->refs, scope));
    TRY(memory_collect(view, IMMIX_EVACUATE));
    TRY(li_get(&view->refs, destination, &v));
    ck_assert_eq_value(pair_car(v), test_symbol(view->heap, "result"));
    return OK;
}

START_TEST(a_value_leaves_its_scope_by_a_destination_and_survives)
{
    in_session(check_destination, NULL, NULL);
}
END_TEST

static Status check_truncation(MutatorView *view, void *input, void *output)
{
    Ref kept, dropped, reused;
    Value v;

    (void)input;
    (void)output;
    TRY(li_ref(&view->refs, VALUE_TRUE, &kept));
    for (int i = 0; i < 1000; i += 1) {
        RefMark mark = li_refs_mark(&view->refs);

        TRY(li_ref(&view->refs, VALUE_NIL, &dropped));
        TRY(li_ref(&view->refs, VALUE_NIL, &reused));
        li_refs_truncate(&view->refs, mark);
        ck_assert_err(li_get(&view->refs, dropped, &v), ERR_STALE);
        ck_assert_uint_eq(li_refs_count(&view->refs), 1);
    }
    TRY(li_get(&view->refs, kept, &v));
    return value_is_true(v) ? OK : ERR_KEY;
}

START_TEST(truncation_by_a_mark_ends_the_refs_above_it_and_bounds_the_table)
{
    in_session(check_truncation, NULL, NULL);
    ck_assert_uint_lt(memory.view.refs.capacity, 128);
}
END_TEST

static Status leave_scopes_open(MutatorView *view, void *input, void *output)
{
    Scope scope;

    (void)input;
    for (int i = 0; i < 100; i += 1)
        TRY(li_scope_open(&view->refs, &scope));
    TRY(li_ref(&view->refs, VALUE_TRUE, output));
    return ERR_DIVIDE;
}

static Status check_empty(MutatorView *view, void *input, void *output)
{
    (void)input;
    (void)output;
    ck_assert_uint_eq(li_refs_count(&view->refs), 0);
    ck_assert_uint_eq(li_refs_mark(&view->refs).depth, 0);
    return OK;
}

START_TEST(a_session_that_fails_leaves_no_ref_and_no_scope_behind)
{
    Ref ref;

    ck_assert_err(memory_mutate(&memory, leave_scopes_open, NULL, &ref), ERR_DIVIDE);
    in_session(check_empty, NULL, NULL);
}
END_TEST

/* ---- Handles ---- */

static Status check_handle(MutatorView *view, void *input, void *output)
{
    Handle *handle = input;
    Value v;

    (void)output;
    TRY(memory_collect(view, IMMIX_EVACUATE));
    TRY(memory_handle_get(view, *handle, &v));
    ck_assert_eq_value(pair_car(v), test_symbol(view->heap, "kept"));
    TRY(memory_handle_set(view, *handle, test_symbol(view->heap, "changed")));
    TRY(memory_collect(view, IMMIX_FULL));
    TRY(memory_handle_get(view, *handle, &v));
    ck_assert_eq_value(v, test_symbol(view->heap, "changed"));
    return OK;
}

static Status check_released(MutatorView *view, void *input, void *output)
{
    Handle *handle = input;
    Handle mine;
    Value v = VALUE_NIL;

    (void)output;
    ck_assert_err(memory_handle_get(view, *handle, &v), ERR_STALE);
    TRY(memory_retain(view, VALUE_TRUE, &mine));
    ck_assert_uint_eq(mine.index, handle->index); /* the slot is used again */
    ck_assert_err(memory_handle_get(view, *handle, &v), ERR_STALE);
    ck_assert_err(memory_handle_set(view, *handle, VALUE_TRUE), ERR_STALE);
    ck_assert_err(memory_release(view->memory, *handle), ERR_STALE);
    ck_assert_eq_value(v, VALUE_NIL);
    return memory_release(view->memory, mine);
}

START_TEST(a_handle_keeps_its_value_over_sessions_and_is_stale_once_released)
{
    Handle handle;

    in_session(keep_list, NULL, &handle);
    ck_assert_uint_eq(memory_handle_count(&memory), 1);
    in_session(check_handle, &handle, NULL);
    ck_assert_ok(memory_release(&memory, handle));
    ck_assert_uint_eq(memory_handle_count(&memory), 0);
    ck_assert_err(memory_release(&memory, handle), ERR_STALE);
    in_session(check_released, &handle, NULL);
}
END_TEST

START_TEST(a_handle_that_was_never_released_is_reported_at_the_close)
{
    Memory own;
    ImmixOptions options = {0};
    Handle handle;
    uint64_t leaked;

    ck_assert_ok(memory_open(&own, &options));
    for (int i = 0; i < 3; i += 1)
        ck_assert_ok(memory_mutate(&own, keep_list, NULL, &handle));
    ck_assert_ok(memory_release(&own, handle));
    ck_assert_ok(memory_close(&own, &leaked));
    ck_assert_uint_eq(leaked, 2);
}
END_TEST

typedef struct Release {
    Handle handle;
    Status status;
} Release;

static void *release_elsewhere(void *release)
{
    ((Release *)release)->status =
        memory_release(&memory, ((Release *)release)->handle);
    return NULL;
}

static Status check_release_elsewhere(MutatorView *view, void *input, void *output)
{
    Release *release = input;
    pthread_t thread;

    (void)view;
    (void)output;
    ck_assert_int_eq(pthread_create(&thread, NULL, release_elsewhere, release), 0);
    pthread_join(thread, NULL);
    ck_assert_err(release->status, ERR_SESSION);
    return memory_release(view->memory, release->handle);
}

START_TEST(a_handle_is_released_by_the_sessions_own_thread_or_between_sessions)
{
    Release release = {.status = OK};

    in_session(keep_list, NULL, &release.handle);
    in_session(check_release_elsewhere, &release, NULL);
    in_session(keep_list, NULL, &release.handle);
    release_elsewhere(&release);
    ck_assert_ok(release.status);
}
END_TEST

/* ---- Collection ---- */

typedef struct Hook {
    MutatorView *view;
    int visits, sweeps;
} Hook;

static void check_doors_closed(MutatorView *view)
{
    Ref ref;
    Scope scope;
    Handle handle;

    ck_assert_err(li_ref(&view->refs, VALUE_TRUE, &ref), ERR_SESSION);
    ck_assert_err(li_scope_open(&view->refs, &scope), ERR_SESSION);
    ck_assert_err(memory_retain(view, VALUE_TRUE, &handle), ERR_SESSION);
    ck_assert_err(memory_collect(view, IMMIX_FULL), ERR_SESSION);
    ck_assert_err(memory_mutate(view->memory, nothing, NULL, NULL), ERR_SESSION);
}

static void visit_hook(ImmixTracer *tracer, void *context)
{
    (void)tracer;
    ((Hook *)context)->visits += 1;
    check_doors_closed(((Hook *)context)->view);
}

static void sweep_hook(ImmixTracer *tracer, void *context)
{
    (void)tracer;
    ((Hook *)context)->sweeps += 1;
    check_doors_closed(((Hook *)context)->view);
}

static Status check_hooks(MutatorView *view, void *input, void *output)
{
    Hook hook = {.view = view};
    RootProvider provider = {visit_hook, sweep_hook, &hook, NULL};

    (void)input;
    (void)output;
    li_heap_add_provider(view->heap, &provider);
    Status status = memory_collect(view, IMMIX_FULL);
    li_heap_remove_provider(view->heap, &provider);
    ck_assert_int_ge(hook.visits, 1);
    ck_assert_int_ge(hook.sweeps, 1);
    return status;
}

START_TEST(a_call_from_inside_a_collection_is_an_error)
{
    in_session(check_hooks, NULL, NULL);
}
END_TEST

static Status check_local_dies(MutatorView *view, void *input, void *output)
{
    (void)input;
    (void)output;
    test_symbol(view->heap, "only a C local ever had it");
    TRY(memory_collect(view, IMMIX_FULL));
    ck_assert_uint_eq(li_symbolmap_count(view->heap->symbols), 0);
    return OK;
}

START_TEST(what_only_a_c_local_refers_to_does_not_survive)
{
    in_session(check_local_dies, NULL, NULL);
}
END_TEST

static Status fill_memory(MutatorView *view, void *input, void *output)
{
    Value v, list = VALUE_NIL;

    (void)input;
    (void)output;
    while (li_cons(view->heap, VALUE_TRUE, list, &list) == OK)
        continue;
    ck_assert_err(li_vector(view->heap, 100000, VALUE_NIL, &v), ERR_NO_MEMORY);
    TRY(memory_make_room(view, 1 << 20)); /* the list was garbage */
    TRY(li_vector(view->heap, 100000, VALUE_NIL, &v));
    ck_assert_err(memory_make_room(view, (size_t)1 << 40), ERR_NO_MEMORY);
    return OK;
}

static Status fill_root_table(MutatorView *view, void *input, void *output)
{
    Status status = OK;
    Ref ref, first;
    Value v;

    (void)input;
    (void)output;
    TRY(li_ref(&view->refs, VALUE_TRUE, &first));
    while (status == OK)
        status = li_ref(&view->refs, VALUE_NIL, &ref);
    ck_assert_err(status, ERR_NO_MEMORY);
    return li_get(&view->refs, first, &v);
}

START_TEST(the_limit_counts_heap_and_root_table_and_both_recover)
{
    Memory small;
    ImmixOptions options = {.limit_bytes = 16 << 20};

    ck_assert_ok(memory_open(&small, &options));
    ck_assert_ok(memory_mutate(&small, fill_memory, NULL, NULL));
    ck_assert_ok(memory_mutate(&small, fill_root_table, NULL, NULL));
    ck_assert_ok(memory_mutate(&small, nothing, NULL, NULL));
    ck_assert_ok(memory_close(&small, NULL));
}
END_TEST

/* ---- Borrows ---- */

static Status check_borrow(MutatorView *view, void *input, void *output)
{
    Ref ref;
    Value v;
    double *items;
    uint64_t length;

    (void)input;
    (void)output;
    TRY(li_array_f64_new(view->heap, &v));
    TRY(li_array_f64_fill(view->heap, value_to_array(v), 10, 0.5));
    TRY(li_ref(&view->refs, v, &ref));
    li_array_f64_borrow(view->heap, value_to_array(v), &items, &length);
    for (int i = 0; i < 3; i += 1) {
        TRY(memory_collect(view, IMMIX_EVACUATE));
        TRY(li_get(&view->refs, ref, &v));
        ck_assert_ptr_eq(array_data(value_to_array(v)), items);
        items[i] = i;
        ck_assert_err(li_array_f64_push(view->heap, value_to_array(v), 1.0),
                      ERR_BORROWED);
    }
    li_array_f64_release(view->heap, value_to_array(v));
    TRY(li_array_f64_push(view->heap, value_to_array(v), 1.0));
    ck_assert_uint_eq(value_to_array(v)->length, 11);
    ck_assert_double_eq(li_array_f64_at(value_to_array(v), 2), 2.0);
    return OK;
}

START_TEST(a_borrowed_store_stays_in_its_place_while_everything_else_moves)
{
    in_session(check_borrow, NULL, NULL);
}
END_TEST

static Status check_aliases(MutatorView *view, void *input, void *output)
{
    Ref one, two;
    Value a, b, item;

    (void)input;
    (void)output;
    TRY(li_list_new(view->heap, &a));
    TRY(li_ref(&view->refs, a, &one));
    TRY(li_ref(&view->refs, a, &two));
    TRY(memory_collect(view, IMMIX_EVACUATE));
    TRY(li_get(&view->refs, one, &a));
    TRY(li_get(&view->refs, two, &b));
    ck_assert_eq_value(a, b);
    TRY(li_list_push(view->heap, value_to_list(a), test_symbol(view->heap, "seen")));
    TRY(li_list_get(value_to_list(b), 0, &item));
    ck_assert_eq_value(item, test_symbol(view->heap, "seen"));
    return OK;
}

START_TEST(two_refs_to_one_object_see_each_others_changes)
{
    in_session(check_aliases, NULL, NULL);
}
END_TEST

TEST_MAIN("session", setup, teardown,
          a_session_gives_its_input_and_output_to_the_mutator_and_its_status_back,
          a_second_session_is_refused_nested_or_from_another_thread,
          a_heap_moves_to_another_thread_between_sessions,
          two_memories_in_two_threads_do_not_meet,
          what_a_ref_held_before_is_reclaimed_and_what_it_holds_is_intact,
          the_root_table_grows_and_every_ref_survives_a_collection,
          a_ref_smuggled_out_of_its_session_is_stale,
          a_ref_of_a_closed_memory_is_refused_by_one_at_its_address,
          refs_scopes_handles_and_values_of_another_memory_are_foreign,
          scopes_closed_out_of_order_are_caught_and_end_their_refs,
          a_value_leaves_its_scope_by_a_destination_and_survives,
          truncation_by_a_mark_ends_the_refs_above_it_and_bounds_the_table,
          a_session_that_fails_leaves_no_ref_and_no_scope_behind,
          a_handle_keeps_its_value_over_sessions_and_is_stale_once_released,
          a_handle_that_was_never_released_is_reported_at_the_close,
          a_handle_is_released_by_the_sessions_own_thread_or_between_sessions,
          a_call_from_inside_a_collection_is_an_error,
          what_only_a_c_local_refers_to_does_not_survive,
          the_limit_counts_heap_and_root_table_and_both_recover,
          a_borrowed_store_stays_in_its_place_while_everything_else_moves,
          two_refs_to_one_object_see_each_others_changes)
