#!/usr/bin/env python3
"""run_program.py - runs whole programs and compares everything that can be seen of them.

Beside NAME.scm may stand

    NAME.out or NAME.expected   the exact output, standard error behind it as it came; a first
                                line "exit N" is the exit status
    NAME.status                 the exit status
    NAME.in                     standard input
    NAME.args                   arguments of limpet, one a line; FILE stands for the program

and in its first comments

    ; args: --max-heap 64m      arguments of limpet, before the program
    ; exit: 70                  the exit status
    ; error: REGEX              is found in standard error
    ; output: TEXT              a line of standard output; several make several lines
    ; input: TEXT               a line of standard input
    ; time: 20                  seconds that it may take, alone on a machine, in a release build
    ; stress: yes               run it under LIMPET_STRESS too; a number: with that level. If it
                                does not say: tests/limits not at all, examples with 20

The exit status is 0 if nothing says otherwise, and 70 in tests/errors. A signal is always
wrong. Programs run in their own folder, so messages show their bare names.

Those in tests/programs run a second time, from a copy of that folder, with one more form, an import
of (scheme load): who does that is not compiled as a whole, but form by form. Nothing else may change
by that.
"""
import argparse
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
HEADER = re.compile(r"^;+ ?(args|exit|error|output|input|time|stress): ?(.*)$")


class Case:
    """What a program is given and what it must do."""

    def __init__(self, path):
        self.path = path
        self.args = None
        self.before = []
        self.exit = 70 if path.parent.name == "errors" else 0
        self.errors = []
        self.output = None     # lines of standard output, from the header
        self.merged = None     # exact output of both, from a file
        self.input = b""
        self.time = 30.0
        self.stress = None
        self.read_header()
        self.read_neighbours()

    def read_header(self):
        lines = self.path.read_bytes().decode("utf-8", "replace").split("\n")
        for line in lines:
            if line.startswith("#!"):
                continue
            if not line.startswith(";"):
                break
            match = HEADER.match(line.rstrip())
            if match:
                self.take(match.group(1), match.group(2))

    def take(self, key, value):
        if key == "args":
            self.before += shlex.split(value)
        elif key == "exit":
            self.exit = int(value)
        elif key == "error":
            self.errors.append(value)
        elif key == "output":
            self.output = (self.output or []) + [value]
        elif key == "input":
            self.input += value.encode() + b"\n"
        elif key == "time":
            self.time = float(value)
        else:
            self.stress = value

    def golden(self):
        for suffix in (".out", ".expected"):
            if self.path.with_suffix(suffix).exists():
                return self.path.with_suffix(suffix)
        return None

    def read_neighbours(self):
        golden = self.golden()
        if golden:
            self.merged = golden.read_bytes().decode("utf-8", "replace")
            first, newline, rest = self.merged.partition("\n")
            if match := re.fullmatch(r"exit (\d+)", first):
                self.exit = int(match.group(1))
                self.merged = rest
        for suffix, use in ((".status", lambda text: setattr(self, "exit", int(text))),
                            (".args", lambda text: setattr(self, "args", text.splitlines()))):
            if self.path.with_suffix(suffix).exists():
                use(self.path.with_suffix(suffix).read_text())
        if self.path.with_suffix(".in").exists():
            self.input = self.path.with_suffix(".in").read_bytes()

    def command(self, limpet):
        if self.args is None:
            return [limpet, *self.before, self.path.name]
        return [limpet, *self.before,
                *(self.path.name if arg == "FILE" else arg for arg in self.args)]


def run(case, limpet, slow, folder=None):
    merge = case.merged is not None
    done = subprocess.run(case.command(limpet), cwd=folder or case.path.parent, input=case.input,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT if merge else subprocess.PIPE,
                          timeout=case.time * slow)
    decode = lambda data: (data or b"").decode("utf-8", "replace")
    return done.returncode, decode(done.stdout), decode(done.stderr)


def show(title, text):
    body = "\n".join("    " + line for line in text[:4000].split("\n"))
    return f"  {title}:\n{body}"


def problems(case, status, output, errors):
    if status < 0:
        yield f"  killed by signal {-status}"
    elif status != case.exit:
        yield f"  exit status {status}, expected {case.exit}"
    if case.merged is not None and output != case.merged:
        yield show("expected", case.merged)
        yield show("got", output)
    if case.output is not None and output.rstrip("\n").split("\n") != case.output:
        yield show("expected output", "\n".join(case.output))
        yield show("got", output)
    for pattern in case.errors:
        if not re.search(pattern, errors if case.merged is None else output):
            yield show(f"standard error lacks /{pattern}/", errors)


def all_problems(case, limpet, slow):
    yield from problems(case, *run(case, limpet, slow))
    if case.path.parent.name == "programs":
        with tempfile.TemporaryDirectory() as top:
            folder = pathlib.Path(top) / "programs"
            shutil.copytree(case.path.parent, folder)
            with open(folder / case.path.name, "ab") as copy:
                copy.write(b"\n(import (only (scheme load)))\n")
            for problem in problems(case, *run(case, limpet, slow, folder)):
                yield "form by form:\n" + problem


def is_left_out(case):
    if not os.environ.get("LIMPET_STRESS"):
        return False
    if case.stress is None and case.path.parent.name == "examples":
        case.stress = "20"
    if case.stress is None:
        return case.path.parent.name == "limits"
    if case.stress.isdigit():
        os.environ["LIMPET_STRESS"] = case.stress
    return case.stress == "no"


def update(case, limpet, slow):
    """Writes what the program does now to its NAME.out or NAME.expected."""
    golden = case.golden() or case.path.with_suffix(".out")
    case.merged = ""
    status, output, _ = run(case, limpet, slow)
    head = f"exit {status}\n" if golden.suffix == ".out" else ""
    golden.write_text(head + output)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--limpet", required=True)
    parser.add_argument("--slow", type=float, default=1, help="factor on the time limits")
    parser.add_argument("--update", action="store_true", help="write the expected output anew")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    limpet = os.path.abspath(options.limpet)
    good = True
    for path in options.files:
        case = Case(path.resolve())
        if options.update:
            update(case, limpet, options.slow)
            continue
        if is_left_out(case):
            return SKIPPED
        try:
            found = list(all_problems(case, limpet, options.slow))
        except subprocess.TimeoutExpired:
            found = [f"  no end after {case.time * options.slow} seconds"]
        if found:
            print(f"{path}: failed: {' '.join(case.command('limpet'))}")
            print("\n".join(found))
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
