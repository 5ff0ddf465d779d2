/* weak.c - weak objects, ephemerons and guardians.
 *
 * Nothing here needs memory, so nothing can run out of it: each of these objects has a word
 * that is the collector's, `link`, 0 outside of collections.
 *
 * A weak object whose reference leads to nothing marked yet goes on a list through the links,
 * which is looked through when all marking is done.
 *
 * An ephemeron whose key is not marked yet takes the place of the key's header (threading, as
 * Jonkers and Morris compact with it, Inf. Proc. Letters 9, 1979):
 *
 *     key                  ephemeron 2          ephemeron 1
 *     [watched by 2] ----> link: by 1 --------> link: the key's header
 *
 * Whoever marks the key finds a header that looks forwarded, has WATCHED, and leads to all
 * ephemerons that wait for it; their values are traced then. So the fixpoint takes one step
 * for each ephemeron, whatever the order, and marking an unwatched object costs no test. The
 * links then hold the key, because all ephemerons that ever waited are on a list through
 * their key words:
 *
 *     link       0                  not on the list
 *                a header           waiting, the last of the key's chain
 *                WATCHED form       waiting
 *                forwarded form     the key was marked: its address when it was, and the tag
 *
 * A guardian keeps the registrations that a minor collection has to look at apart from the
 * old ones. Registrations are strong lists; only the object in one is not traced. When the
 * rest is marked, those of the guardians that were found are sorted into objects that live
 * and objects that do not, all before the first one is brought back; what comes back may lead
 * to further guardians. */
#include "mark.h"

enum {
    LIST_END = 1, /* of a list through links, in which 0 means: not on it */
    WATCH_TAG_SHIFT = 4,
};

_Static_assert(offsetof(ImmixWeak, link) == WEAK_LINK_WORD * 8, "");
_Static_assert(offsetof(ImmixEphemeron, link) == WEAK_LINK_WORD * 8, "");
_Static_assert(offsetof(ImmixGuardian, link) == WEAK_LINK_WORD * 8, "");

void immix_weak_begin(ImmixTracer *tracer)
{
    tracer->weak = LIST_END;
    tracer->ephemerons = 0;
    tracer->guardians = LIST_END;
}

/* Visits the words of `object` from `first` on. */
static void visit_rest(ImmixTracer *tracer, void *object, size_t first)
{
    size_t granules = immix_granules_of(object);

    immix_visit_range(tracer, (uint64_t *)object + first, granules - first);
}

/* ---- Weak objects ------------------------------------------------------------------------- */

static void scan_weak(ImmixTracer *tracer, ImmixWeak *weak)
{
    if (weak->link == 0 && !immix_survives(tracer, &weak->reference)) {
        weak->link = tracer->weak;
        tracer->weak = (uintptr_t)weak;
    }
    visit_rest(tracer, weak, sizeof *weak / sizeof(uint64_t));
}

static void end_weak(ImmixTracer *tracer)
{
    while (tracer->weak != LIST_END) {
        ImmixWeak *weak = (ImmixWeak *)tracer->weak;
        tracer->weak = weak->link;
        weak->link = 0;
        if (!immix_survives(tracer, &weak->reference)) {
            weak->reference = tracer->heap->client.broken;
            tracer->heap->stats.broken_count += 1;
        }
    }
}

/* ---- Ephemerons --------------------------------------------------------------------------- */

static uint64_t tagged_address(const void *object, uint64_t tag)
{
    return (uint64_t)(uintptr_t)object << FORWARD_SHIFT | tag << WATCH_TAG_SHIFT
         | IMMIX_FORWARDED;
}

static uint64_t reference_from(uint64_t tagged)
{
    return tagged >> FORWARD_SHIFT | (tagged >> WATCH_TAG_SHIFT & 7);
}

static bool was_released(uint64_t link)
{
    return (link & IMMIX_FORWARDED) && !is_watched(link);
}

static void watch_key(ImmixTracer *tracer, ImmixEphemeron *ephemeron)
{
    uint64_t key = ephemeron->key;
    ImmixHeader *header = immix_header_of(reference_target(key));

    ephemeron->link = header->bits;
    header->bits = tagged_address(ephemeron, key & 7) | WATCHED;
    ephemeron->key = tracer->ephemerons;
    tracer->ephemerons = (uintptr_t)ephemeron;
}

uint64_t immix_watched_header(uint64_t bits)
{
    while (is_watched(bits))
        bits = ((const ImmixEphemeron *)forwarded_to(bits))->link;
    return bits;
}

/* The values must wait on the stack: to visit them here would recurse along a chain. */
uint64_t immix_release_watchers(ImmixTracer *tracer, void *key)
{
    uint64_t bits = immix_header_of(key)->bits;

    while (is_watched(bits)) {
        ImmixEphemeron *ephemeron = forwarded_to(bits);
        uint64_t tag = bits >> WATCH_TAG_SHIFT & 7;
        bits = ephemeron->link;
        ephemeron->link = tagged_address(key, tag);
        immix_trace_later(tracer, ephemeron, &ephemeron->value);
    }
    immix_header_of(key)->bits = bits;
    return bits;
}

/* One that is on the list is scanned again if its value could not wait on the stack. */
static void scan_ephemeron(ImmixTracer *tracer, ImmixEphemeron *ephemeron)
{
    if (ephemeron->link != 0) {
        if (was_released(ephemeron->link))
            immix_visit(tracer, &ephemeron->value);
        return;
    }
    visit_rest(tracer, ephemeron, sizeof *ephemeron / sizeof(uint64_t));
    if (immix_survives(tracer, &ephemeron->key))
        immix_visit(tracer, &ephemeron->value);
    else
        watch_key(tracer, ephemeron);
}

static void end_ephemerons(ImmixTracer *tracer)
{
    while (tracer->ephemerons != 0) {
        ImmixEphemeron *ephemeron = (ImmixEphemeron *)tracer->ephemerons;
        uint64_t link = ephemeron->link;
        bool lives = was_released(link);
        tracer->ephemerons = ephemeron->key;
        ephemeron->link = 0;
        ephemeron->key = lives ? reference_from(link) : tracer->heap->client.broken;
        if (lives) {
            lives = immix_survives(tracer, &ephemeron->key); /* for its new place */
        } else {
            ephemeron->value = tracer->heap->client.broken;
            tracer->heap->stats.broken_count += 1;
        }
        ASSERT(lives || ephemeron->key == tracer->heap->client.broken);
    }
}

/* ---- Guardians: tracing ------------------------------------------------------------------- */

static void scan_guardian(ImmixTracer *tracer, ImmixGuardian *guardian)
{
    if (guardian->link == 0) {
        guardian->link = tracer->guardians;
        tracer->guardians = (uintptr_t)guardian;
    }
    immix_visit(tracer, &guardian->ready);
    visit_rest(tracer, guardian, WEAK_LINK_WORD + 1);
}

static void scan_guarded(ImmixTracer *tracer, ImmixGuarded *guarded)
{
    if (guarded->representative != guarded->object)
        immix_visit(tracer, &guarded->representative);
    immix_visit(tracer, &guarded->next);
}

static ImmixGuarded *guarded_at(uint64_t word)
{
    return reference_target(word);
}

/* Sorts the registrations of `list`: those of the living go before `old`, those of the dead
 * before `young`. */
static void sort_list(ImmixTracer *tracer, ImmixGuardian *guardian, uint64_t list)
{
    uint64_t next;

    for (; list != 0; list = next) {
        ImmixGuarded *guarded = guarded_at(list);
        bool stands_for_itself = guarded->representative == guarded->object;
        bool lives = immix_survives(tracer, &guarded->object);
        uint64_t *head = lives ? &guardian->old : &guardian->young;
        if (stands_for_itself)
            guarded->representative = guarded->object;
        next = guarded->next;
        guarded->next = *head;
        *head = list;
    }
}

static void sort_registrations(ImmixTracer *tracer, ImmixGuardian *guardian)
{
    uint64_t young = guardian->young;
    uint64_t old = guardian->old;

    guardian->young = 0;
    if (tracer->full) {
        guardian->old = 0;
        sort_list(tracer, guardian, old);
    }
    sort_list(tracer, guardian, young);
}

/* Queues the registrations that sort_list() left in `young`, and marks what they return. */
static void bring_back(ImmixTracer *tracer, ImmixGuardian *guardian)
{
    uint64_t list = guardian->young;

    guardian->young = 0;
    for (; list != 0; list = guarded_at(list)->next) {
        ImmixGuarded *guarded = guarded_at(list);
        guarded->object = 0; /* from now on the representative is strong */
        immix_visit(tracer, &guarded->representative);
        if (guardian->last == 0)
            guardian->ready = list;
        else
            guarded_at(guardian->last)->next = list;
        guardian->last = list;
    }
}

void immix_guardians_trace(ImmixTracer *tracer)
{
    while (tracer->guardians != LIST_END) {
        uintptr_t list = tracer->guardians;
        ImmixGuardian *guardian;
        tracer->guardians = LIST_END;
        for (uintptr_t at = list; at != LIST_END; at = guardian->link) {
            guardian = (ImmixGuardian *)at;
            sort_registrations(tracer, guardian);
        }
        while (list != LIST_END) {
            guardian = (ImmixGuardian *)list;
            list = guardian->link;
            guardian->link = 0;
            bring_back(tracer, guardian);
        }
        immix_trace_drain(tracer);
    }
}

/* ---- For the tracer ----------------------------------------------------------------------- */

void immix_weak_scan(ImmixTracer *tracer, ImmixTrace trace, void *object)
{
    if (trace == IMMIX_TRACE_WEAK)
        scan_weak(tracer, object);
    else if (trace == IMMIX_TRACE_EPHEMERON)
        scan_ephemeron(tracer, object);
    else if (trace == IMMIX_TRACE_GUARDIAN)
        scan_guardian(tracer, object);
    else
        scan_guarded(tracer, object);
}

void immix_weak_end(ImmixTracer *tracer)
{
    ASSERT(tracer->guardians == LIST_END);
    end_weak(tracer);
    end_ephemerons(tracer);
}

/* ---- Guardians: the mutator's side -------------------------------------------------------- */

static uint64_t guarded_word(const ImmixHeap *heap, const ImmixGuarded *guarded)
{
    return (uint64_t)(uintptr_t)guarded
         + (uint64_t)__builtin_ctz(heap->client.reference_tags);
}

void immix_guard(ImmixHeap *heap, ImmixGuardian *guardian, ImmixGuarded *registration,
                 uint64_t object, uint64_t representative)
{
    ASSERT(is_reference(&heap->tracer, object));
    registration->object = object;
    registration->next = guardian->young;
    registration->representative = representative;
    guardian->young = guarded_word(heap, registration);
    immix_barrier(heap, guardian);
}

bool immix_guardian_take(ImmixHeap *heap, ImmixGuardian *guardian, uint64_t *word)
{
    if (guardian->ready == 0)
        return false;
    ImmixGuarded *first = guarded_at(guardian->ready);
    *word = first->representative;
    guardian->ready = first->next;
    if (first->next == 0)
        guardian->last = 0;
    first->next = 0; /* nothing that is still queued lives on because of it */
    immix_barrier(heap, guardian);
    return true;
}
