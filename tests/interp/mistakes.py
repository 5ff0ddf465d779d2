#!/usr/bin/env python3
"""mistakes.py - takes write barriers of the interpreter away and sees a test fail.

    mistakes.py BUILD_DIR [NAME ...]

As tests/immix/mistakes.py for the collector: the text of one place is replaced, that file is
compiled as BUILD_DIR did it and linked with the objects that are there, and a test must fail,
with the verifier before and after each collection: tests/lisp/barriers.scm, or the C program
that the entry names, where no Lisp program comes to the place.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "interp/src"
TEST = ROOT / "tests/lisp/barriers.scm"
C_TESTS = ROOT / "tests"
LIBRARIES = ["-lgmp", "-lunistring", "-ledit", "-lm", "-lpthread"]

CONTAINERS = "interp/test_barriers.c"
HOST = "api/test_values.c"

NO_BARRIERS = "#define li_store(heap, object, slot, value) (*(slot) = (value))\n"

# Some barriers no test can miss, and none is taken away: where the same object got one since the
# last safepoint, where a store that is old already is extended in its place, and in the report
# of an end of memory.
# (name, file in interp/src, old text, new text) and, for a C test, which.
MISTAKES = [
    # What programs store.
    ("set-car! and set-cdr! in a shared instruction", "vm/slow.c",
     "    li_store(vm->heap, p, car ? &p->car : &p->cdr, v);\n",
     "    *(car ? &p->car : &p->cdr) = v;\n"),
    ("set-car! as a procedure", "lib/prim_list.c",
     "    li_store(li_vm_heap(vm), pair, &pair->car, args.at[1]);\n",
     "    pair->car = args.at[1];\n"),
    ("set-cdr! as a procedure", "lib/prim_list.c",
     "    li_store(li_vm_heap(vm), pair, &pair->cdr, args.at[1]);\n",
     "    pair->cdr = args.at[1];\n"),
    ("list-set!", "lib/prim_list.c",
     "    li_store(li_vm_heap(vm), pair, &pair->car, args.at[2]);\n",
     "    pair->car = args.at[2];\n"),
    ("vector-set!, vector-fill! and vector-copy!", "lib/prim_vector.c",
     "    immix_barrier_range(li_vm_heap(vm)->immix, value_to_object(v),\n"
     "                        vector_items(v) + start, (size_t)count * sizeof(Value));\n",
     "    (void)vm, (void)v, (void)start, (void)count;\n"),
    ("vector ranges of one element", "lib/prim_vector.c",
     "vector_items(v) + start, (size_t)count * sizeof(Value));",
     "vector_items(v) + start, (count != 0) * sizeof(Value));"),
    ("vector-set! as an instruction", "vm/slow.c",
     "    immix_barrier_range(vm->heap->immix, value_to_object(vector), slot, sizeof(Value));\n",
     ""),
    ("vector-set! of an old vector, inline", "vm/handlers_data.inc",
     "    (((header) & (UINT64_C(0xff) << IMMIX_TYPE_SHIFT | IMMIX_IMMUTABLE |  \\\n"
     "                  IMMIX_UNLOGGED)) == (uint64_t)T_VECTOR << IMMIX_TYPE_SHIFT)\n",
     "    (((header) & (UINT64_C(0xff) << IMMIX_TYPE_SHIFT | IMMIX_IMMUTABLE)) == \\\n"
     "     (uint64_t)T_VECTOR << IMMIX_TYPE_SHIFT)\n"),
    ("a global variable", "vm/global.c",
     "    li_store(heap, cell, &cell->value, value);\n", "    (void)heap, cell->value = value;\n"),
    ("a global variable whose value no call enters", "vm/handlers.inc",
     "        li_store(vm->heap, cell, &cell->value, RA);\n", "        cell->value = RA;\n"),
    ("a captured variable", "vm/handlers.inc",
     "    li_store(vm->heap, value_to_object(box), box_slot(box), RA);\n",
     "    *box_slot(box) = RA;\n"),
    ("a variable of the procedure that runs", "vm/handlers.inc",
     "    li_store(vm->heap, value_to_object(RA), box_slot(RA), RB);\n",
     "    *box_slot(RA) = RB;\n"),
    ("parameterize", "lib/prim_control.c",
     "        li_store(vm->heap, parameter, &parameter->value, pair->cdr);\n",
     "        parameter->value = pair->cdr;\n"),
    ("force", "lib/prim_misc.c",
     "    li_store(li_vm_heap(vm), value_to_object(promise), promise_box(promise),\n"
     "             args.at[1]);\n",
     "    *promise_box(promise) = args.at[1];\n"),
    ("a field of a record, inline", "vm/handlers_data.inc",
     "        li_store(vm->heap, value_to_object(v),                            \\\n"
     "                 &((Record *)value_to_object(v))->fields[index], RB);     \\\n",
     "        ((Record *)value_to_object(v))->fields[index] = RB;               \\\n"),
    ("a field of a record", "lib/prim_record.c",
     "    li_store(li_vm_heap(vm), value_to_object(args.at[0]), field, args.at[3]);\n",
     "    *field = args.at[3];\n"),
    # Strings and weak things.
    ("the store of a string that holds wider characters", "containers/text.c",
     "    text->width = width;\n    li_barrier(heap, text);\n", "    text->width = width;\n"),
    ("the car of a weak pair", "lib/prim_weak.c",
     "    li_store(li_vm_heap(vm), pair, &pair->car, args.at[1]);\n",
     "    pair->car = args.at[1];\n"),
    ("the cdr of a weak pair", "lib/prim_weak.c",
     "    li_store(li_vm_heap(vm), pair, &pair->cdr, args.at[1]);\n",
     "    pair->cdr = args.at[1];\n"),
    ("a new entry of a weak table", "types/weaktable.c",
     "    immix_barrier_range(heap->immix, vector, slot, sizeof *slot);\n",
     "    (void)heap, (void)vector;\n"),
    ("the value of an entry of a weak table", "types/weaktable.c",
     "        li_store(heap, entry, &entry->value, value);\n", "        entry->value = value;\n"),
    ("the vector of a weak table that grows", "types/weaktable.c",
     "           weak_table_chains(table) * sizeof(Value));\n"
     "    li_store(heap, table, &table->vector, vector);\n",
     "           weak_table_chains(table) * sizeof(Value));\n    table->vector = vector;\n"),
    ("the vector of a weak table that is cleared", "types/weaktable.c",
     "    set_length(table, 0);\n    li_store(heap, table, &table->vector, vector);\n",
     "    set_length(table, 0);\n    table->vector = vector;\n"),
    ("the chains of a weak table that are split", "types/weaktable.c",
     "        li_store(heap, entry, &entry->next, *chain_at(table, place));\n",
     "        entry->next = *chain_at(table, place);\n", CONTAINERS),
    # What the expander stores.
    ("the entries of an environment that grows", "syntax/environment.c",
     "    li_store(heap, environment, &environment->entries, vector);\n",
     "    environment->entries = vector;\n"),
    ("an entry of an environment", "syntax/environment.c",
     "    immix_barrier_range(heap->immix, value_to_object(environment->entries), entry,\n"
     "                        sizeof *entry);\n",
     "    (void)heap, (void)environment;\n", CONTAINERS),
    ("what an old library gets when it is expanded", "syntax/expander_library.c",
     "/* ---- define-library --", NO_BARRIERS + "/* --"),
    # Containers.
    ("items of a list", "containers/list.h",
     "        immix_barrier_range(heap->immix, store, (Value *)store + first,\n"
     "                            count * sizeof(Value));\n",
     "        (void)heap, (void)first, (void)count;\n", CONTAINERS),
    ("items of a list, the first alone", "containers/list.h",
     "(Value *)store + first,\n                            count * sizeof(Value));\n",
     "(Value *)store + first,\n                            sizeof(Value));\n", CONTAINERS),
    ("the store of a sequence that grows", "containers/sequence_impl.inc",
     "    sequence->store = store;\n    li_barrier(heap, sequence);\n",
     "    sequence->store = store;\n", CONTAINERS),
    ("an entry of a dict", "containers/dict.c",
     "        immix_barrier_range(heap->immix, store, entry, sizeof *entry);\n", "        ;\n",
     CONTAINERS),
    ("a dict that is rehashed", "containers/dict.c",
     "    dict->used = dict->length;\n    li_barrier(heap, dict);\n",
     "    dict->used = dict->length;\n", CONTAINERS),
    ("the entries of a dict that is rehashed where it is", "containers/dict.c",
     "    immix_barrier_range(heap->immix, entries, entries, capacity * sizeof(DictEntry));\n", "",
     CONTAINERS),
    ("the young symbols of a map that grew", "containers/symbolmap.c",
     "    map->young_lost = true; /* the places in `young` are of the old table */\n", "",
     CONTAINERS),
    # What hosts store.
    ("a host's car", "api/values.c",
     "    li_store(&interp->memory.heap, pair, &pair->car, v);\n", "    pair->car = v;\n", HOST),
    ("a host's cdr", "api/values.c",
     "    li_store(&interp->memory.heap, pair, &pair->cdr, v);\n", "    pair->cdr = v;\n", HOST),
    ("a host's element of a vector", "api/values.c",
     "    immix_barrier_range(interp->memory.heap.immix, value_to_object(vector), slot,\n"
     "                        sizeof *slot);\n", "", HOST),
]


class Bench:
    def __init__(self, build, scratch):
        self.build = build
        self.scratch = scratch
        commands = json.loads((build / "compile_commands.json").read_text())
        self.commands = {c["file"]: c for c in commands}
        self.objects = [build / self.output(c) for c in commands if self.is_part(c["file"])]
        self.compiler = shlex.split(commands[0]["command"])
        self.compiler = [w for w in self.compiler if not w.endswith("ccache")][0]
        self.libraries = [*LIBRARIES, *shlex.split(subprocess.run(
            ["pkg-config", "--libs", "check"], check=True, capture_output=True, text=True).stdout)]

    @staticmethod
    def output(command):
        words = shlex.split(command["command"])
        return words[words.index("-o") + 1]

    def is_part(self, file):
        places = ("interp/src/", "interp/cli/", "immix/src/")
        return file.startswith(tuple(str(ROOT / p) for p in places)) or file.endswith("/image.c")

    def units(self, file):
        """The sources that are compiled anew when `file` changes."""
        if file.suffix == ".c":
            return [file]
        units = set()
        for path in SOURCES.rglob("*"):
            if path.is_file() and f'/{file.name}"' in path.read_text():
                units.update(self.units(path))
        return sorted(units)

    def compile(self, source, place):
        """The object that the copy of a source in `place` makes."""
        command = self.commands[str(source)]
        words = shlex.split(command["command"])
        copy = place / source.relative_to(SOURCES)
        target = copy.with_suffix(".o")
        words[words.index("-o") + 1] = str(target)
        words[words.index(str(source))] = str(copy)
        words[1:1] = ["-I", str(place), "-w"]
        subprocess.run(words, check=True, capture_output=True, text=True, cwd=command["directory"])
        return target

    def link(self, program, units, place, test):
        """A limpet, or the C program that `test` is."""
        replaced = {self.build / self.output(self.commands[str(unit)]) for unit in units}
        objects = [o for o in self.objects if o not in replaced]
        if test is not None:
            objects = [o for o in objects if "/cli/" not in str(o)]
            objects.append(self.build / self.output(self.commands[str(C_TESTS / test)]))
        objects += [self.compile(unit, place) for unit in units]
        subprocess.run([self.compiler, *map(str, objects), "-o", str(program), *self.libraries],
                       check=True, capture_output=True, text=True)

    def plant(self, index, mistake):
        """None, or what is wrong: nobody notices the mistake."""
        name, file, old, new = mistake[:4]
        test = mistake[4] if len(mistake) > 4 else None
        path = SOURCES / file
        text = path.read_text()
        if text.count(old) != 1:
            return f"{name}: {file} has the old text {text.count(old)} times, not once"
        place = self.scratch / str(index)
        shutil.copytree(SOURCES, place)
        (place / file).write_text(text.replace(old, new))
        program = place / "planted"
        try:
            self.link(program, self.units(path), place, test)
        except subprocess.CalledProcessError as error:
            return f"{name}: does not compile:\n{error.stderr}"
        complaint = f"{name}: {test or TEST.name} passes without it"
        if not passes(program, test):
            complaint = None
        shutil.rmtree(place)
        return complaint


def passes(program, test):
    command = [str(program)]
    if test is None:
        command = [sys.executable, str(ROOT / "tests/run_lisp.py"), "--limpet", str(program),
                   str(TEST)]
    try:
        return subprocess.run(command, capture_output=True, timeout=120,
                              env=os.environ | {"LIMPET_VERIFY": "1",
                                                "CK_FORK": "no"}).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    mistakes = [m for m in MISTAKES if len(sys.argv) == 2 or m[0] in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(build, pathlib.Path(scratch))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(bench.plant, i, m) for i, m in enumerate(mistakes)]
            failures = [job.result() for job in jobs if job.result() is not None]
    for failure in failures:
        print(failure)
    print(f"{len(mistakes)} barriers taken away, {len(failures)} complaints")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
