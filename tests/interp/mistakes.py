#!/usr/bin/env python3
"""mistakes.py - takes write barriers of the interpreter away and sees a Lisp test fail.

    mistakes.py BUILD_DIR [NAME ...]

As tests/immix/mistakes.py for the collector: the text of one place is replaced, that file is
compiled as BUILD_DIR did it and linked with the objects that are there, and the checks of
tests/lisp/barriers.scm must fail, with the verifier before and after each collection.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEST = ROOT / "tests/lisp/barriers.scm"
LIBRARIES = ["-lgmp", "-lunistring", "-ledit", "-lm", "-lpthread"]

# (name, file in interp/src, old text, new text)
MISTAKES = [
    ("set-car! and set-cdr! in a shared instruction", "vm/slow.c",
     "    li_store(vm->heap, p, car ? &p->car : &p->cdr, v);\n",
     "    *(car ? &p->car : &p->cdr) = v;\n"),
    ("set-car! as a procedure", "lib/prim_list.c",
     "    li_store(li_vm_heap(vm), pair, &pair->car, args.at[1]);\n",
     "    pair->car = args.at[1];\n"),
    ("set-cdr! as a procedure", "lib/prim_list.c",
     "    li_store(li_vm_heap(vm), pair, &pair->cdr, args.at[1]);\n",
     "    pair->cdr = args.at[1];\n"),
    ("vector-set!, vector-fill! and vector-copy!", "lib/prim_vector.c",
     "    immix_barrier_range(li_vm_heap(vm)->immix, value_to_object(v),\n"
     "                        vector_items(v) + start, (size_t)count * sizeof(Value));\n",
     "    (void)vm, (void)v, (void)start, (void)count;\n"),
    ("vector ranges of one element", "lib/prim_vector.c",
     "vector_items(v) + start, (size_t)count * sizeof(Value));",
     "vector_items(v) + start, (count != 0) * sizeof(Value));"),
    ("a global variable", "vm/global.c",
     "    li_store(heap, cell, &cell->value, value);\n", "    (void)heap, cell->value = value;\n"),
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

    @staticmethod
    def output(command):
        words = shlex.split(command["command"])
        return words[words.index("-o") + 1]

    def is_part(self, file):
        places = ("interp/src/", "interp/cli/", "immix/src/")
        return file.startswith(tuple(str(ROOT / p) for p in places)) or file.endswith("/image.c")

    def compile(self, source, target):
        """The planted text stands beside the original, so that includes find their files."""
        command = self.commands[str(source)]
        words = shlex.split(command["command"])
        words[words.index("-o") + 1] = str(target)
        words[words.index(str(source))] = str(target.with_suffix(".c"))
        words[1:1] = ["-iquote", str(source.parent), "-w"]
        subprocess.run(words, check=True, capture_output=True, text=True, cwd=command["directory"])

    def plant(self, index, mistake):
        name, file, old, new = mistake
        path = ROOT / "interp/src" / file
        text = path.read_text()
        if text.count(old) != 1:
            return f"{name}: {file} has the old text {text.count(old)} times, not once"
        place = self.scratch / str(index)
        place.mkdir()
        target = place / (path.stem + ".o")
        target.with_suffix(".c").write_text(text.replace(old, new))
        own = self.build / self.output(self.commands[str(path)])
        try:
            self.compile(path, target)
            program = place / "limpet"
            subprocess.run([self.compiler, *[str(o) for o in self.objects if o != own], str(target),
                            "-o", str(program), *LIBRARIES], check=True, capture_output=True,
                           text=True)
        except subprocess.CalledProcessError as error:
            return f"{name}: does not compile:\n{error.stderr}"
        if passes(program):
            return f"{name}: {TEST.name} passes without it"
        program.unlink()
        return None


def passes(program):
    try:
        return subprocess.run([sys.executable, str(ROOT / "tests/run_lisp.py"), "--limpet",
                               str(program), str(TEST)], capture_output=True,
                              timeout=120,
                              env=os.environ | {"LIMPET_VERIFY": "1"}).returncode == 0
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
