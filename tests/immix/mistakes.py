#!/usr/bin/env python3
"""mistakes.py - plants known mistakes in a copy of the collector and sees the tests fail.

    mistakes.py --cc CC [--jobs N] [NAME ...]

Each entry of MISTAKES says which text of which file is replaced by what, and which test of which
program must then fail (a crash and an endless loop count). Without any mistake all must pass.
The old text must stand in its file exactly once: who changes the code there brings the entry up
to date.
"""
import argparse
import concurrent.futures
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-O1", "-w", "-fno-strict-aliasing", "-DLIMPET_DEBUG=0"]
SECONDS = 20

# (name, file in immix/src, old text, new text, "program/test")
MISTAKES = [
    # Barriers.
    ("remember nothing", "remember.c",
     "    objects->at[objects->count++] = (uintptr_t)object;\n", "",
     "mistakes/a_store_into_an_old_object_is_remembered"),
    ("promotion in a minor collection gives no barrier", "mark.c",
     "return leaf ? marked", "return leaf || !drain->tracer->full ? marked",
     "mistakes/an_object_promoted_between_its_allocation_and_its_first_store_has_its_barrier"),
    ("a range barrier marks its first card alone", "remember.c",
     "object_card(object, first + bytes - 1, &card_start);",
     "object_card(object, first, &card_start);",
     "mistakes/a_range_barrier_covers_the_whole_range"),
    ("a carded object is listed at its first store only", "remember.c",
     "    immix_header_of(object)->bits &= ~IMMIX_DIRTY;\n", "",
     "mistakes/a_card_can_be_marked_again_after_a_collection"),
    ("cards are cleared before the neighbour is traced", "remember.c",
     "trace_run,\n                         &heap->tracer);",
     "trace_run,\n                         &heap->tracer),\n"
     "        clear_cards((void *)remembered->carded.at[i]);",
     "mistakes/neighbours_on_one_card_are_both_traced"),
    # The remembered set.
    ("a full collection keeps what was remembered", "remember.c",
     "    forget_cards(heap);\n    heap->remembered.objects.count = 0;\n    heap->remembered.off",
     "    forget_cards(heap);\n    heap->remembered.off",
     "mistakes/a_full_collection_forgets_what_was_remembered"),
    ("a full collection keeps the dirty", "remember.c",
     "    forget_cards(heap);\n    heap->remembered.objects.count = 0;\n    heap->remembered.off",
     "    heap->remembered.objects.count = 0;\n    heap->remembered.off",
     "mistakes/a_full_collection_forgets_what_was_remembered"),
    ("UNLOGGED is not restored", "remember.c",
     "        immix_header_of(object)->bits |= IMMIX_UNLOGGED;\n", "",
     "mistakes/the_flag_comes_back_when_an_object_was_remembered"),
    ("UNLOGGED is stale on a moved copy", "mark.c",
     "return leaf ? marked : marked | drain->unlogged;",
     "return leaf ? marked\n"
     "                : marked | (bits & IMMIX_EPOCH_MASK ? bits & IMMIX_UNLOGGED : drain->unlogged);",
     "mistakes/a_moved_copy_has_its_flag_afresh"),
    ("that the remembered set had no room is ignored", "heap.c",
     "    if (kind == IMMIX_MINOR && heap->remembered.off)\n        return IMMIX_FULL;\n", "",
     "mistakes/a_remembered_set_that_has_no_room_makes_the_next_collection_full"),
    ("the remembered set stays off", "remember.c",
     "    heap->remembered.off = false;\n", "",
     "policy/barriers_rest_while_there_are_only_full_collections"),
    ("giving up minor collections keeps the dirty", "remember.c",
     "    immix_remembered_drop(heap);\n    immix_words_release(heap, &remembered->objects);\n",
     "    immix_words_release(heap, &remembered->objects);\n",
     "policy/giving_up_minors_forgets_what_was_dirty"),
    # Epochs and lines.
    ("the epoch wraps to that of the young", "mark.c",
     "tracer->epoch == 3 ? 1 : ", "tracer->epoch == 3 ? 0 : ",
     "mistakes/the_dead_stay_dead_when_the_epoch_wraps"),
    ("the epoch never changes", "mark.c",
     "tracer->epoch == 3 ? 1 : tracer->epoch + 1;", "tracer->epoch;",
     "mistakes/the_dead_stay_dead_when_the_epoch_wraps"),
    ("line marks of other epochs stay", "block.c",
     "    block->free_map = immix_sweep_lines(line_of(block_start(block)), epoch);\n",
     "    uint8_t copy[IMMIX_LINES_PER_BLOCK];\n"
     "    memcpy(copy, line_of(block_start(block)), sizeof copy);\n"
     "    block->free_map = immix_sweep_lines(copy, epoch);\n",
     "mistakes/lines_of_the_dead_stay_free_when_the_epoch_wraps"),
    ("lines of a survivor are not stamped", "block.h", "    *line = epoch;\n", "",
     "mistakes/the_lines_of_a_survivor_are_stamped"),
    ("lines of a copy are not stamped", "evacuate.c",
     "    stamp_lines(place, bytes, tracer->epoch);\n", "",
     "mistakes/the_lines_of_a_survivor_are_stamped"),
    ("a medium object marks its first line alone", "block.h",
     "    while (UNLIKELY(line < last))\n        *++line = epoch;\n", "    (void)last;\n",
     "mistakes/a_medium_object_keeps_all_its_lines"),
    ("the last line is not stamped", "block.h",
     "    while (UNLIKELY(line < last))\n", "    while (UNLIKELY(line + 1 < last))\n",
     "mistakes/a_medium_object_keeps_all_its_lines"),
    ("the overflow block outlasts a collection", "bump.c",
     "    heap->policy.young_bytes += immix_region_close(&heap->overflow);\n    heap->holes =",
     "    heap->holes =",
     "mistakes/the_overflow_block_is_given_up_at_a_collection"),
    ("touched blocks are not swept", "pool.c",
     "        sweep_block(heap, block);\n        list_block(pool, block);\n",
     "        block->touched = false;\n",
     "mistakes/what_died_young_is_allocated_into_again"),
    # Moving.
    ("a size is read after forwarding", "evacuate.c",
     "    copy[0] = marked;\n    memcpy(copy + 1, object, old_bytes - IMMIX_HEADER_BYTES);\n",
     "    copy[0] = marked;\n    immix_header_of(object)->bits =\n"
     "        (uint64_t)(place + IMMIX_HEADER_BYTES) << FORWARD_SHIFT | IMMIX_FORWARDED;\n"
     "    memcpy(copy + 1, object, object_bytes(immix_header_of(object)->bits) % 4096);\n",
     "mistakes/sizes_are_read_before_forwarding"),
    ("a second reference to a moved object is not updated", "mark.c",
     "            *slot = (uint64_t)(uintptr_t)forwarded_to(bits) | (word & 7);\n", "",
     "mistakes/every_reference_to_a_moved_object_is_updated"),
    ("a weak slot keeps the old place", "mark.c",
     "        *slot = (uint64_t)(uintptr_t)forwarded_to(bits) | (*slot & 7);\n", "",
     "mistakes/every_reference_to_a_moved_object_is_updated"),
    ("what finds no headroom is left unmarked", "mark.c",
     "            return leaf ? NULL : copy;\n        }\n",
     "            return leaf ? NULL : copy;\n        }\n        return NULL;\n",
     "mistakes/headroom_may_end_in_the_middle_of_an_evacuation"),
    ("an identity hash is lost in a move", "evacuate.c",
     "        copy[bytes / sizeof copy[0] - 1] = immix_hash_of_address((uintptr_t)object);\n",
     "        copy[bytes / sizeof copy[0] - 1] = immix_hash_of_address((uintptr_t)(copy + 1));\n",
     "mistakes/an_identity_hash_moves_with_its_object"),
    ("a stored hash is not copied again", "heap.h",
     "(header_bits & IMMIX_IDENTITY_MASK) >> (IMMIX_IDENTITY_SHIFT + 1);", "0;",
     "mistakes/an_identity_hash_moves_with_its_object"),
    ("alignment is lost in a move", "evacuate.c",
     "place_copy(tracer, bytes, object_align(bits));", "place_copy(tracer, bytes, 8);",
     "mistakes/alignment_moves_with_its_object"),
    ("a pinned object moves", "mark.c",
     "if ((bits & (IMMIX_PINNED | IMMIX_LARGE_BIT))", "if ((bits & IMMIX_LARGE_BIT)",
     "mistakes/a_pinned_object_stays_among_the_moved"),
    # Large objects.
    ("large objects are swept before they are traced", "heap.c",
     "    immix_trace(tracer);\n", "    immix_large_sweep(heap, full);\n    immix_trace(tracer);\n",
     "mistakes/a_large_young_object_survives_a_minor_collection"),
    ("a large object is scanned on from where it ended last", "mark.c",
     "    large->scanned = 0;\n", "",
     "mistakes/a_large_object_is_scanned_from_its_start_each_time"),
    # Weak things.
    ("the ephemeron fixpoint ends when the roots are traced", "weak.c",
     "        immix_trace_later(tracer, ephemeron, &ephemeron->value);\n", "",
     "mistakes/the_ephemeron_fixpoint_is_reached"),
    ("an ephemeron's value is strong", "weak.c",
     "    else\n        watch_key(tracer, ephemeron);\n",
     "    else {\n        watch_key(tracer, ephemeron);\n"
     "        immix_visit(tracer, &ephemeron->value);\n    }\n",
     "mistakes/a_key_that_only_its_value_reaches_dies"),
    ("a finaliser runs in each collection", "finalize.c",
     "            run(heap, object);\n", "            run(heap, object), at[kept++] = (uintptr_t)object;\n",
     "mistakes/a_finaliser_runs_once"),
    ("no object with a finaliser becomes old", "finalize.c",
     "    finalizers->old_count = kept;\n", "    finalizers->old_count = finalizers->objects.count = 0;\n",
     "mistakes/a_finaliser_runs_once"),
    ("what a guardian gives back is not marked", "weak.c",
     "        immix_visit(tracer, &guarded->representative);\n        if (guardian->last",
     "        if (guardian->last", "model/the_verifier_agrees_before_and_after_each_collection"),
    ("a guardian gives back before all are sorted", "weak.c",
     "            bring_back(tracer, guardian);\n",
     "            sort_registrations(tracer, guardian), bring_back(tracer, guardian);\n",
     "model/the_verifier_agrees_before_and_after_each_collection"),
    # The account.
    ("external bytes make no collection due", "bump.c",
     "    heap->policy.young_external_bytes += bytes;\n", "",
     "account/external_bytes_are_young_until_a_collection"),
    ("external bytes stay young", "heap.c", "    policy->young_external_bytes = 0;\n", "",
     "account/external_bytes_are_young_until_a_collection"),
    ("large objects make no collection due", "large.c",
     "    heap->policy.young_bytes += bytes;\n    immix_header_of", "    immix_header_of",
     "account/large_objects_are_young_until_a_collection"),
    ("what a large object grows by makes no collection due", "large.c",
     "    heap->policy.young_bytes += bytes - old_bytes;\n", "",
     "account/a_large_object_that_grows_is_young_by_as_much"),
    ("what is promoted is not counted", "heap.c",
     "    heap->stats.promoted_bytes += marked;\n", "",
     "account/promoted_is_what_minor_collections_found_alive"),
    ("what is moved is not counted", "heap.c",
     "    heap->stats.moved_bytes += heap->tracer.moved_bytes;\n", "",
     "account/moved_is_what_evacuation_moved"),
    ("what is broken is not counted", "weak.c",
     "            ephemeron->value = tracer->heap->client.broken;\n"
     "            tracer->heap->stats.broken_count += 1;\n",
     "            ephemeron->value = tracer->heap->client.broken;\n",
     "account/broken_is_how_many_weak_references_lost_their_objects"),
    ("the reserve goes with the empty chunks", "pool.c",
     "free_blocks >= reserve_blocks + USABLE_BLOCKS", "free_blocks >= reserve_blocks",
     "account/empty_chunks_go_and_the_reserve_stays"),
    ("empty chunks stay", "pool.c",
     "free_blocks >= reserve_blocks + USABLE_BLOCKS", "false",
     "account/empty_chunks_go_and_the_reserve_stays"),
    ("free blocks keep their pages", "pool.c",
     "                && pool->free_resident_count >= reserve_blocks)\n",
     "                && pool->free_resident_count >= SIZE_MAX)\n",
     "account/free_blocks_beyond_the_reserve_are_not_resident"),
    ("the system gets no pages back", "os.c", "    madvise(memory, bytes, MADV_DONTNEED);\n", "",
     "account/free_blocks_beyond_the_reserve_are_not_resident"),
    # The mark stack.
    ("the stack never grows again", "mark.c", "    tracer->grow_failed = false;\n", "",
     "account/a_stack_that_could_not_grow_grows_in_the_next_collection"),
    ("a grey neighbour is forgotten", "mark.c",
     "            bits[i] &= bits[i] - 1;\n", "            bits[i] = 0;\n",
     "account/grey_neighbours_are_all_scanned"),
    ("what the stack cannot hold is forgotten", "mark.c",
     "    set_grey_bit((uintptr_t)immix_header_of(object));\n    tracer->has_grey = true;\n", "",
     "mistakes/marking_goes_on_when_the_stack_cannot_grow"),
    ("the grey objects are looked at once", "mark.c",
     "        else if (tracer->has_grey)\n            scan_grey(tracer);\n",
     "        else if (tracer->has_grey)\n            scan_grey(tracer), tracer->has_grey = false;\n",
     "mistakes/marking_goes_on_when_the_stack_cannot_grow"),
]


def compile_c(cc, source, target, includes):
    subprocess.run([*cc, *FLAGS, *includes, "-c", str(source), "-o", str(target)], check=True,
                   capture_output=True, text=True)


def pkg_config(*words):
    return shlex.split(subprocess.run(["pkg-config", *words], check=True, capture_output=True,
                                      text=True).stdout)


class Bench:
    """The unharmed objects, from which each planted program borrows what did not change."""

    def __init__(self, cc, scratch):
        self.cc = shlex.split(cc)
        self.scratch = scratch
        self.check_flags = pkg_config("--cflags", "check")
        self.check_libs = pkg_config("--libs", "check")
        self.sources = sorted((ROOT / "immix/src").glob("*.c"))
        self.tree = scratch / "good"
        self.plant_tree(self.tree)

    def plant_tree(self, tree):
        shutil.copytree(ROOT / "immix", tree / "immix")
        (tree / "tests").mkdir()
        shutil.copytree(ROOT / "tests/immix", tree / "tests/immix")

    def includes(self, tree):
        return ["-I", str(tree), "-I", str(tree / "immix/include"), *self.check_flags]

    def object_of(self, tree, name):
        return tree / (name + ".o")

    def build(self, tree, program, changed):
        """`changed`: the name of the file that differs from the good tree, or None."""
        test = f"test_{program}"
        all_of_it = changed is None or changed.endswith(".h")
        objects = []
        for source in self.sources:
            own = all_of_it or source.name == changed
            target = self.object_of(tree if own else self.tree, source.stem)
            if own:
                compile_c(self.cc, tree / "immix/src" / source.name, target, self.includes(tree))
            objects.append(target)
        own_test = self.object_of(tree if all_of_it else self.tree, test)
        if not own_test.exists():
            compile_c(self.cc, tree / f"tests/immix/{test}.c", own_test, self.includes(tree))
        binary = tree / test
        subprocess.run([*self.cc, *map(str, objects), str(own_test), *self.check_libs, "-o",
                        str(binary)], check=True, capture_output=True, text=True)
        return binary


def run(binary, test):
    """None if the test passes, or else why not."""
    try:
        done = subprocess.run([str(binary), test], capture_output=True, text=True, timeout=SECONDS,
                              env={"CK_FORK": "no", "CK_VERBOSITY": "normal"})
    except subprocess.TimeoutExpired:
        return "no end"
    if done.returncode == 0:
        return None if "100%" in done.stdout and "Checks: 0" not in done.stdout else "did not run"
    return "failed" if done.returncode > 0 else f"signal {-done.returncode}"


def plant(bench, index, mistake):
    name, file, old, new, test = mistake
    program, test_name = test.split("/")
    text = (bench.tree / "immix/src" / file).read_text()
    if text.count(old) != 1:
        return f"{name}: {file} has the old text {text.count(old)} times, not once"
    tree = bench.scratch / str(index)
    bench.plant_tree(tree)
    (tree / "immix/src" / file).write_text(text.replace(old, new))
    try:
        binary = bench.build(tree, program, file)
    except subprocess.CalledProcessError as error:
        return f"{name}: does not compile:\n{error.stderr}"
    outcome = run(binary, test_name)
    shutil.rmtree(tree)
    if outcome is None:
        return f"{name}: {test} passes all the same"
    if outcome == "did not run":
        return f"{name}: there is no {test}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    mistakes = [m for m in MISTAKES if not args.names or m[0] in args.names]
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(args.cc, pathlib.Path(scratch))
        for program in sorted({m[4].split("/")[0] for m in mistakes}):
            binary = bench.build(bench.tree, program, None)
            for test in sorted({m[4].split("/")[1] for m in mistakes
                                if m[4].startswith(program + "/")}):
                outcome = run(binary, test)
                if outcome is not None:
                    failures.append(f"without a mistake {program}/{test}: {outcome}")
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            jobs = [pool.submit(plant, bench, i, m) for i, m in enumerate(mistakes)]
            failures += [job.result() for job in jobs if job.result() is not None]
    for failure in failures:
        print(failure)
    print(f"{len(mistakes)} mistakes planted, {len(failures)} complaints")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
