/* test_weak.c - weak objects, ephemerons, guardians, and finalisers beside them. */
#include "tests/immix/support.h"

static const ImmixCollection kinds[] = {IMMIX_MINOR, IMMIX_FULL, IMMIX_EVACUATE};

enum {
    MILLION = 1000000
};

/* An object of a weak kind with `strong_words` more than its struct has, cleared. */
static uint64_t weak_object(uint8_t type, size_t bytes, size_t strong_words)
{
    uint32_t granules = (uint32_t)(bytes / IMMIX_GRANULE_BYTES + strong_words);
    void *object = immix_alloc_zeroed(world.heap, immix_header(type, 0, granules, 0));

    require_nonnull(object);
    return reference(object);
}

static uint64_t weak_pair(uint64_t weak, uint64_t strong)
{
    uint64_t word = weak_object(TYPE_WEAK, sizeof(ImmixWeak), 1);
    ImmixWeak *pair = target(word);

    pair->reference = weak;
    pair->strong[0] = strong;
    return word;
}

static uint64_t ephemeron(uint64_t key, uint64_t value)
{
    uint64_t word = weak_object(TYPE_EPHEMERON, sizeof(ImmixEphemeron), 0);
    ImmixEphemeron *object = target(word);

    object->key = key;
    object->value = value;
    return word;
}

static uint64_t guardian(void)
{
    return weak_object(TYPE_GUARDIAN, sizeof(ImmixGuardian), 0);
}

static void guard(uint64_t word, uint64_t object, uint64_t representative)
{
    uint64_t registration = weak_object(TYPE_GUARDED, sizeof(ImmixGuarded), 0);

    immix_guard(world.heap, target(word), target(registration), object, representative);
}

/* What the guardian gives back next; 0: nothing. */
static uint64_t take(uint64_t word)
{
    uint64_t result = 0;

    if (!immix_guardian_take(world.heap, target(word), &result))
        return 0;
    return result;
}

static uint64_t weak_reference(size_t index)
{
    return ((ImmixWeak *)target(world.roots[index]))->reference;
}

static ImmixEphemeron *ephemeron_at(uint64_t word)
{
    return target(word);
}

/* ---- Weak objects ---- */

START_TEST(a_weak_object_forgets_the_dead_and_follows_the_living)
{
    for (uint64_t i = 0; i < 1000; i += 1) {
        uint64_t object = cons(number(i), 0);
        root(weak_pair(object, cons(number(i + 1), 0)));
        if (i % 2 == 0)
            root(object);
        else
            root(0);
    }
    size_t last = root(weak_pair(number(5), number(6)));

    immix_collect(world.heap, kinds[_i]);
    for (uint64_t i = 0; i < 1000; i += 1) {
        ImmixWeak *pair = target(world.roots[2 * i]);
        require_eq(pair->reference, i % 2 == 0 ? world.roots[2 * i + 1] : BROKEN);
        require_eq(words_of(pair->strong[0])[0], number(i + 1));
    }
    require_eq(weak_reference(last), number(5));
}
END_TEST

START_TEST(an_old_reference_is_broken_by_a_full_collection_alone)
{
    uint64_t object = cons(number(1), 0);
    size_t holder = root(object);
    size_t weak = root(weak_pair(object, 0));

    immix_collect(world.heap, IMMIX_MINOR);
    world.roots[holder] = 0;
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(words_of(weak_reference(weak))[0], number(1));
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(weak_reference(weak), BROKEN);
}
END_TEST

START_TEST(an_old_weak_object_may_be_given_a_young_reference)
{
    size_t kept = root(weak_pair(0, 0));
    size_t lost = root(weak_pair(0, 0));

    immix_collect(world.heap, IMMIX_FULL);
    size_t holder = root(cons(number(7), 0));
    store(world.roots[kept], 0, world.roots[holder]);
    store(world.roots[lost], 0, cons(number(8), 0));
    store(world.roots[lost], 2, cons(number(9), 0));
    immix_collect(world.heap, kinds[_i]);
    require_eq(weak_reference(kept), world.roots[holder]);
    require_eq(weak_reference(lost), BROKEN);
    require_eq(words_of(words_of(world.roots[lost])[2])[0], number(9));
}
END_TEST

START_TEST(weak_objects_and_their_targets_may_be_large)
{
    uint64_t big = weak_object(TYPE_WEAK, sizeof(ImmixWeak), 5000);
    ImmixWeak *weak = target(big);
    size_t index = root(big);

    for (size_t i = 0; i < 5000; i += 1)
        weak->strong[i] = cons(number(i), 0);
    weak->reference = vector(5000);
    size_t other = root(ephemeron(weak->reference, cons(number(3), 0)));
    size_t holder = root(weak->reference);
    immix_collect(world.heap, kinds[_i]);
    require_eq(weak_reference(index), world.roots[holder]);
    require_eq(words_of(ephemeron_at(world.roots[other])->value)[0], number(3));
    for (size_t i = 0; i < 5000; i += 1)
        require_eq(words_of(((ImmixWeak *)target(world.roots[index]))->strong[i])[0],
                   number(i));
    world.roots[holder] = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(weak_reference(index), BROKEN);
    require_eq(ephemeron_at(world.roots[other])->key, BROKEN);
    require_eq(ephemeron_at(world.roots[other])->value, BROKEN);
    require_eq(stats().large_count, 1);
}
END_TEST

/* ---- Ephemerons ---- */

START_TEST(an_ephemeron_lives_by_its_key)
{
    uint64_t key = cons(number(1), 0);
    size_t holder = root(key);
    size_t lives = root(ephemeron(key, cons(number(2), key)));
    size_t dies = root(ephemeron(cons(0, 0), cons(0, 0)));
    size_t plain = root(ephemeron(number(3), cons(number(4), 0)));

    immix_collect(world.heap, kinds[_i]);
    ImmixEphemeron *object = ephemeron_at(world.roots[lives]);
    require_eq(object->key, world.roots[holder]);
    require_eq(words_of(object->value)[0], number(2));
    require_eq(words_of(object->value)[1], world.roots[holder]);
    require_eq(ephemeron_at(world.roots[dies])->key, BROKEN);
    require_eq(ephemeron_at(world.roots[dies])->value, BROKEN);
    require_eq(words_of(ephemeron_at(world.roots[plain])->value)[0], number(4));

    world.roots[holder] = 0; /* the value alone refers to the key */
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(ephemeron_at(world.roots[lives])->key, BROKEN);
}
END_TEST

START_TEST(many_ephemerons_may_wait_for_one_key)
{
    size_t first = root(vector(300));
    uint64_t key = cons(number(1), 0);
    uint64_t dead = cons(number(2), 0);

    for (size_t i = 0; i < 300; i += 1) {
        uint64_t word = ephemeron(i % 2 == 0 ? key : dead, cons(number(i), 0));
        store(world.roots[first], i, word);
    }
    /* The key is found after all ephemerons: roots are scanned last in, first out. */
    uint64_t last = ephemeron(world.roots[first], key);
    world.roots[world.root_count++] = last;
    immix_collect(world.heap, kinds[_i]);
    for (size_t i = 0; i < 300; i += 1) {
        ImmixEphemeron *object = ephemeron_at(words_of(world.roots[first])[i]);
        if (i % 2 == 0)
            require_eq(words_of(object->value)[0], number(i));
        else
            require_eq(object->key, BROKEN);
    }
}
END_TEST

START_TEST(ephemerons_with_keys_that_only_their_values_reach_die)
{
    uint64_t a = cons(number(1), 0);
    uint64_t b = cons(number(2), 0);
    size_t self = root(ephemeron(a, a));
    size_t one = root(ephemeron(a, b));
    size_t two = root(ephemeron(b, a));

    words_of(a)[1] = world.roots[one];
    immix_collect(world.heap, kinds[_i]);
    require_eq(ephemeron_at(world.roots[self])->key, BROKEN);
    require_eq(ephemeron_at(world.roots[one])->key, BROKEN);
    require_eq(ephemeron_at(world.roots[two])->value, BROKEN);
}
END_TEST

/* Each value is the next key. The ephemerons hang from a list, by the order of which all
 * keys are found before their ephemerons are, or after them. */
static void make_chain(size_t length, bool keys_first, uint64_t *first_key)
{
    uint64_t key = cons(number(0), 0);
    uint64_t chain = number(0);

    *first_key = key;
    for (size_t i = 0; i < length; i += 1) {
        uint64_t value = cons(number(i + 1), 0);
        uint64_t word = ephemeron(key, value);
        if (keys_first) {
            uint64_t link = cons(word, number(0));
            if (i == 0)
                root(link);
            else
                words_of(chain)[1] = link;
            chain = link;
        } else {
            chain = cons(word, chain);
        }
        key = value;
    }
    if (!keys_first)
        root(chain);
}

static void check_chain(size_t length, bool keys_first)
{
    uint64_t chain = world.roots[0];

    for (size_t i = 0; i < length; i += 1) {
        ImmixEphemeron *object = ephemeron_at(words_of(chain)[0]);
        size_t n = keys_first ? i : length - 1 - i;
        require_eq(words_of(object->key)[0], number(n));
        require_eq(words_of(object->value)[0], number(n + 1));
        chain = words_of(chain)[1];
    }
}

/* Were a pass over all ephemerons made for each link, this would take hours. */
START_TEST(a_chain_of_a_million_ephemerons_is_traced_in_either_order)
{
    bool keys_first = _i % 2 == 0;
    uint64_t key;

    world.heap->options.verify = 0;
    world.heap->tracer.stack_max = _i >= 2 ? 1 : 0;
    make_chain(MILLION, keys_first, &key);
    size_t holder = root(key);
    immix_collect(world.heap, IMMIX_MINOR);
    check_chain(MILLION, keys_first);
    immix_collect(world.heap, IMMIX_EVACUATE);
    check_chain(MILLION, keys_first);
    require(immix_verify(world.heap, stderr));
    world.roots[holder] = 0;
    immix_collect(world.heap, IMMIX_FULL);
    for (uint64_t at = world.roots[0]; at != number(0); at = words_of(at)[1])
        require_eq(ephemeron_at(words_of(at)[0])->key, BROKEN);
    require(immix_verify(world.heap, stderr));
}
END_TEST

/* The values of more ephemerons than the mark stack has room for are released by one key. */
START_TEST(a_mark_stack_that_cannot_grow_loses_no_value)
{
    enum {
        COUNT = 100000
    };
    world.heap->options.verify = 0;
    world.heap->tracer.stack_max = 1;
    uint64_t key = cons(number(1), 0);
    uint64_t all = number(0);
    for (size_t i = 0; i < COUNT; i += 1)
        all = cons(ephemeron(key, cons(number(i), 0)), all);
    uint64_t large = weak_object(TYPE_EPHEMERON, sizeof(ImmixEphemeron), 2000);
    ephemeron_at(large)->key = key;
    ephemeron_at(large)->value = cons(number(7), 0);
    size_t late = root(ephemeron(all, key)); /* frees the key last of all */
    size_t holder = root(all);
    size_t big = root(large);

    immix_collect(world.heap, kinds[_i]);
    uint64_t at = world.roots[holder];
    for (size_t i = COUNT; i-- > 0; at = words_of(at)[1])
        require_eq(words_of(ephemeron_at(words_of(at)[0])->value)[0], number(i));
    require_eq(words_of(ephemeron_at(world.roots[big])->value)[0], number(7));
    require_eq(ephemeron_at(world.roots[late])->key, world.roots[holder]);
    require(immix_verify(world.heap, stderr));
}
END_TEST

START_TEST(an_old_ephemeron_may_be_given_a_young_key_and_value)
{
    size_t one = root(ephemeron(number(0), number(0)));
    size_t two = root(ephemeron(number(0), number(0)));

    immix_collect(world.heap, IMMIX_FULL);
    size_t holder = root(cons(number(1), 0));
    store(world.roots[one], 0, world.roots[holder]);
    store(world.roots[one], 2, cons(number(2), 0));
    store(world.roots[two], 0, cons(number(3), 0));
    store(world.roots[two], 2, cons(number(4), 0));
    immix_collect(world.heap, kinds[_i]);
    require_eq(words_of(ephemeron_at(world.roots[one])->value)[0], number(2));
    require_eq(ephemeron_at(world.roots[two])->key, BROKEN);
}
END_TEST

START_TEST(a_hash_stays_with_a_key_that_is_waited_for)
{
    uint64_t key = cons(number(1), 0);
    uint64_t hash = immix_identity_hash(world.heap, target(key));
    root(ephemeron(key, number(2)));
    size_t holder = root(ephemeron(number(0), key));

    immix_collect(world.heap, kinds[_i]);
    key = ephemeron_at(world.roots[holder])->value;
    require_eq(immix_identity_hash(world.heap, target(key)), hash);
    require_eq(words_of(key)[0], number(1));
}
END_TEST

/* ---- Guardians ---- */

START_TEST(a_guardian_gives_the_dead_back_once)
{
    size_t g = root(guardian());

    for (uint64_t i = 0; i < 10; i += 1) {
        uint64_t object = cons(number(i), cons(number(i + 100), 0));
        guard(world.roots[g], object, object);
        if (i >= 7)
            root(object);
    }
    require_eq(take(world.roots[g]), 0);
    immix_collect(world.heap, kinds[_i]);
    for (uint64_t i = 0; i < 7; i += 1) {
        uint64_t object = take(world.roots[g]);
        require_eq(words_of(object)[0], number(i));
        require_eq(words_of(words_of(object)[1])[0], number(i + 100));
    }
    require_eq(take(world.roots[g]), 0);
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(take(world.roots[g]), 0);
    world.root_count = 1; /* the others are old, and a full collection finds them */
    immix_collect(world.heap, IMMIX_MINOR);
    require_eq(take(world.roots[g]), 0);
    immix_collect(world.heap, kinds[_i] == IMMIX_MINOR ? IMMIX_FULL : kinds[_i]);
    uint64_t sum = 0;
    for (uint64_t object; (object = take(world.roots[g])) != 0;)
        sum += words_of(object)[0];
    require_eq(sum, number(7 + 8 + 9));
}
END_TEST

START_TEST(weak_references_hold_until_what_was_given_back_is_dead)
{
    uint64_t object = cons(number(1), 0);
    size_t g = root(guardian());
    size_t weak = root(weak_pair(object, 0));
    size_t eph = root(ephemeron(object, cons(number(2), 0)));

    guard(world.roots[g], object, object);
    immix_collect(world.heap, kinds[_i]);
    require_eq(words_of(weak_reference(weak))[0], number(1));
    immix_collect(world.heap, IMMIX_FULL); /* queued: alive */
    require_eq(ephemeron_at(world.roots[eph])->key, weak_reference(weak));
    require_eq(words_of(ephemeron_at(world.roots[eph])->value)[0], number(2));
    require_eq(take(world.roots[g]), weak_reference(weak));
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(weak_reference(weak), BROKEN);
    require_eq(ephemeron_at(world.roots[eph])->key, BROKEN);
}
END_TEST

START_TEST(an_object_registered_twice_is_given_back_twice)
{
    uint64_t object = cons(number(1), 0);
    size_t one = root(guardian());
    size_t two = root(guardian());

    guard(world.roots[one], object, object);
    guard(world.roots[one], object, object);
    guard(world.roots[two], object, object);
    immix_collect(world.heap, kinds[_i]);
    object = take(world.roots[one]);
    require_eq(words_of(object)[0], number(1));
    require_eq(take(world.roots[one]), object);
    require_eq(take(world.roots[one]), 0);
    require_eq(take(world.roots[two]), object);
}
END_TEST

START_TEST(a_representative_is_given_back_in_place_of_the_object)
{
    uint64_t object = cons(number(1), 0);
    size_t g = root(guardian());
    size_t weak = root(weak_pair(object, 0));

    guard(world.roots[g], object, cons(number(2), 0));
    guard(world.roots[g], object, number(3));
    immix_collect(world.heap, kinds[_i]);
    require_eq(weak_reference(weak), BROKEN);
    require_eq(words_of(take(world.roots[g]))[0], number(2));
    require_eq(take(world.roots[g]), number(3));
    require_eq(take(world.roots[g]), 0);
}
END_TEST

START_TEST(a_dead_guardian_gives_nothing_back_unless_a_guardian_returns_it)
{
    uint64_t object = cons(number(1), 0);
    uint64_t dead = guardian();
    uint64_t guarded = guardian();
    size_t g = root(guardian());
    size_t weak = root(weak_pair(object, 0));

    guard(dead, object, object);
    guard(guarded, cons(number(2), 0), number(4));
    guard(world.roots[g], guarded, guarded);
    immix_collect(world.heap, kinds[_i]);
    require_eq(weak_reference(weak), BROKEN);
    guarded = take(world.roots[g]);
    require_eq(take(guarded), number(4));
    require_eq(take(world.roots[g]), 0);
}
END_TEST

/* Both are dead when the collection finds out, although one would keep the other. */
START_TEST(a_guarded_list_comes_back_piece_by_piece)
{
    enum {
        COUNT = 100000
    };
    size_t g = root(guardian());
    uint64_t all = number(0);

    world.heap->options.verify = 0;
    world.heap->tracer.stack_max = 1;
    for (uint64_t i = 0; i < COUNT; i += 1) {
        all = cons(number(i), all);
        guard(world.roots[g], all, all);
    }
    immix_collect(world.heap, kinds[_i]);
    for (uint64_t i = 0; i < COUNT; i += 1) {
        require_eq(words_of(take(world.roots[g]))[0], number(i));
        if (i == COUNT / 2)
            immix_collect(world.heap, IMMIX_EVACUATE);
    }
    require_eq(take(world.roots[g]), 0);
    require(immix_verify(world.heap, stderr));
}
END_TEST

START_TEST(an_old_guardian_takes_young_registrations_and_a_young_one_old_objects)
{
    size_t g = root(guardian());
    size_t holder = root(cons(number(1), 0));

    immix_collect(world.heap, IMMIX_FULL);
    uint64_t object = cons(number(2), 0);
    guard(world.roots[g], object, object);
    size_t young = root(guardian());
    guard(world.roots[young], world.roots[holder], world.roots[holder]);
    immix_collect(world.heap, kinds[_i]);
    require_eq(words_of(take(world.roots[g]))[0], number(2));
    require_eq(take(world.roots[young]), 0);
    world.roots[holder] = 0;
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(words_of(take(world.roots[young]))[0], number(1));
}
END_TEST

/* What a minor collection marks is what it looks at. */
START_TEST(a_minor_collection_does_not_look_at_old_weak_things)
{
    size_t g = root(guardian());
    size_t holder = root(0);
    uint64_t all = number(0);

    for (uint64_t i = 0; i < 10000; i += 1) {
        uint64_t object = cons(number(i), 0);
        guard(world.roots[g], object, object);
        all = cons(ephemeron(object, weak_pair(object, object)), all);
        all = cons(object, all);
    }
    world.roots[holder] = all;
    immix_collect(world.heap, IMMIX_FULL);
    uint64_t young = cons(number(1), 0);
    guard(world.roots[g], young, young);
    immix_collect(world.heap, IMMIX_MINOR);
    require(world.heap->tracer.marked_bytes <= 3 * 64);
    require_eq(words_of(take(world.roots[g]))[0], number(1));
}
END_TEST

/* ---- Finalisers ---- */

static uint64_t foreign(void)
{
    uint64_t *object =
        immix_alloc(world.heap, immix_header(TYPE_FOREIGN, 0, 1, IMMIX_FINALIZED));

    require_nonnull(object);
    *object = 0xF00D;
    return reference(object);
}

START_TEST(what_a_guardian_gives_back_is_finalised_when_it_is_dead_again)
{
    uint64_t object = foreign();
    size_t g = root(guardian());

    guard(world.roots[g], object, object);
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.finalized, 0);
    require_eq(words_of(take(world.roots[g]))[0], 0xF00D);
    immix_collect(world.heap, IMMIX_FULL);
    require_eq(world.finalized, 1);
    close_world();
    require_eq(world.finalized, 1);
    open_world();
}
END_TEST

START_TEST(dead_keys_are_finalised_with_their_headers_in_place)
{
    size_t eph[3];
    uint64_t object = foreign();

    for (size_t i = 0; i < 3; i += 1)
        eph[i] = root(ephemeron(object, number(i)));
    root(ephemeron(foreign(), foreign()));
    world.weak[0] = object;
    world.weak_count = 1;
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.finalized, 3);
    require_eq(world.weak[0], 0);
    for (size_t i = 0; i < 3; i += 1)
        require_eq(ephemeron_at(world.roots[eph[i]])->key, BROKEN);
}
END_TEST

START_TEST(closing_the_heap_finalises_what_lives_and_what_is_queued)
{
    size_t g = root(guardian());
    uint64_t object = foreign();

    root(foreign());
    root(ephemeron(foreign(), foreign()));
    guard(world.roots[g], object, object);
    world.allocate_in_finalizer = true;
    immix_collect(world.heap, kinds[_i]);
    require_eq(world.finalized, 2);
    foreign();
    close_world();
    require_eq(world.finalized, 5);
    open_world();
}
END_TEST

/* Every collection is full here, moves everything and poisons what was left. */
static void open_stress_world(void)
{
    open_world_with((ImmixOptions){.verify = 1, .stress = 1});
}

int main(void)
{
    TCase *tcase = tcase_create("weak");

    tcase_add_checked_fixture(tcase, open_world, close_world);
    tcase_add_loop_test(tcase, a_weak_object_forgets_the_dead_and_follows_the_living, 0,
                        3);
    tcase_add_test(tcase, an_old_reference_is_broken_by_a_full_collection_alone);
    tcase_add_loop_test(tcase, an_old_weak_object_may_be_given_a_young_reference, 0, 3);
    tcase_add_loop_test(tcase, weak_objects_and_their_targets_may_be_large, 0, 3);
    tcase_add_loop_test(tcase, an_ephemeron_lives_by_its_key, 0, 3);
    tcase_add_loop_test(tcase, many_ephemerons_may_wait_for_one_key, 0, 3);
    tcase_add_loop_test(tcase, ephemerons_with_keys_that_only_their_values_reach_die, 0,
                        3);
    tcase_add_loop_test(
        tcase, a_chain_of_a_million_ephemerons_is_traced_in_either_order, 0, 4);
    tcase_add_loop_test(tcase, a_mark_stack_that_cannot_grow_loses_no_value, 0, 3);
    tcase_add_loop_test(tcase, an_old_ephemeron_may_be_given_a_young_key_and_value, 0,
                        3);
    tcase_add_loop_test(tcase, a_hash_stays_with_a_key_that_is_waited_for, 0, 3);
    tcase_add_loop_test(tcase, a_guardian_gives_the_dead_back_once, 0, 3);
    tcase_add_loop_test(tcase, weak_references_hold_until_what_was_given_back_is_dead,
                        0, 3);
    tcase_add_loop_test(tcase, an_object_registered_twice_is_given_back_twice, 0, 3);
    tcase_add_loop_test(tcase, a_representative_is_given_back_in_place_of_the_object, 0,
                        3);
    tcase_add_loop_test(
        tcase, a_dead_guardian_gives_nothing_back_unless_a_guardian_returns_it, 0, 3);
    tcase_add_loop_test(tcase, a_guarded_list_comes_back_piece_by_piece, 0, 3);
    tcase_add_loop_test(
        tcase, an_old_guardian_takes_young_registrations_and_a_young_one_old_objects, 0,
        3);
    tcase_add_test(tcase, a_minor_collection_does_not_look_at_old_weak_things);
    tcase_add_loop_test(
        tcase, what_a_guardian_gives_back_is_finalised_when_it_is_dead_again, 0, 3);
    tcase_add_loop_test(tcase, dead_keys_are_finalised_with_their_headers_in_place, 0,
                        3);
    tcase_add_loop_test(tcase, closing_the_heap_finalises_what_lives_and_what_is_queued,
                        0, 3);
    int status = run_suite("immix/weak", tcase);

    TCase *stress = tcase_create("stress");
    tcase_add_checked_fixture(stress, open_stress_world, close_world);
    tcase_add_test(stress, a_weak_object_forgets_the_dead_and_follows_the_living);
    tcase_add_test(stress, an_old_weak_object_may_be_given_a_young_reference);
    tcase_add_test(stress, weak_objects_and_their_targets_may_be_large);
    tcase_add_test(stress, many_ephemerons_may_wait_for_one_key);
    tcase_add_test(stress, ephemerons_with_keys_that_only_their_values_reach_die);
    tcase_add_test(stress, a_chain_of_a_million_ephemerons_is_traced_in_either_order);
    tcase_add_test(stress, a_mark_stack_that_cannot_grow_loses_no_value);
    tcase_add_test(stress, a_hash_stays_with_a_key_that_is_waited_for);
    tcase_add_test(stress, an_object_registered_twice_is_given_back_twice);
    tcase_add_test(stress, weak_references_hold_until_what_was_given_back_is_dead);
    tcase_add_test(stress, a_guarded_list_comes_back_piece_by_piece);
    tcase_add_test(stress, dead_keys_are_finalised_with_their_headers_in_place);
    return status | run_suite("immix/weak under stress", stress);
}
