#!/usr/bin/env python3
"""run_lisp.py - runs a Lisp file whose expectations stand beside the code.

    (write (car '(1 2)))     ; => 1          what the form printed, or else its value
    (car 5)                  ; !! a pair     part of the message of an uncaught error
    (write-string "a\\nb")    ; => a
                             ; => b          further lines

The whole file runs in one limpet process: the script writes a program with marks around
each form (tests/support/limpet-test/runner.sld) and compares what stands between them. A form
that cannot be compiled ends that process; if that is what was expected of it, the file runs
again without it, and without all others of which limpet --check says what they are expected to
say.

A line "; args: --max-heap 64m" in the file gives limpet arguments.

A line "; stress: no" in the file leaves it out under LIMPET_STRESS, "; stress: 100" makes the
stress less: every 100th safepoint.
"""
import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import lisp_forms

SKIPPED = 77
MARK = "\x1e"
SUPPORT = pathlib.Path(__file__).resolve().parent / "support"
PRINTERS = {"write", "display", "newline", "write-string", "write-char", "write-shared",
            "write-simple", "write-u8"}
IMPORT = "(import (only (limpet-test runner) %test-at %test-output %test-value))\n"


def is_declaration(form):
    return form.head() in ("import", "define-library")


def is_definition(form):
    head = form.head() or ""
    return head.startswith("define") or head in ("import", "begin", "include", "include-ci",
                                                 "cond-expand", "let-syntax", "letrec-syntax")


def wrapped(index, form):
    if is_declaration(form):
        return form.text
    if form.kind is None or is_definition(form):
        return f"(%test-at {index})\n{form.text}"
    check = "%test-output" if form.head() in PRINTERS else "%test-value"
    return f"({check} {index} (lambda () {form.text}\n))"


def parts(forms, left_out):
    """The file with its marks: texts, with the form they come from. One that begins with an
    import keeps that as its first form; one that does not must not begin with ours."""
    imported = not forms or not is_declaration(forms[0])
    if imported:
        yield None, "#t\n" + IMPORT
    for index, form in enumerate(forms):
        if not imported and not is_declaration(form):
            yield None, IMPORT
            imported = True
        if index not in left_out:
            yield index, wrapped(index, form)


def program(forms, left_out):
    return "\n".join(text for _, text in parts(forms, left_out)) + "\n"


def forms_by_line(forms):
    """For each line of the whole program, which form stands there."""
    lines = []
    for index, text in parts(forms, set()):
        lines += [index] * (text.count("\n") + 1)
    return lines


class Run:
    """What one process did: for each form how it ended, and what it printed."""

    def __init__(self, output, errors, status):
        self.errors = errors
        self.status = status
        self.results = {}      # index -> (kind, text of the mark, output)
        self.last = None       # the form that began last
        self.read_marks(output)

    def read_marks(self, output):
        printed = ""
        for piece in output.split(MARK)[1:]:
            line, _, printed_after = piece.partition("\n")
            kind, index, *text = line.split(" ", 2)
            if kind in ("at", "begin"):
                self.last = int(index)
            else:
                self.results[int(index)] = (kind, text[0] if text else "", printed)
            printed = printed_after


def arguments(path):
    if not path.exists():  # a page of the documentation
        return []
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    match = re.search(r"^;+ ?args: ?(.*)$", text, re.M)
    return shlex.split(match.group(1)) if match else []


def run_program(limpet, path, text, timeout, *options):
    with tempfile.TemporaryDirectory(prefix="limpet-test-") as folder:
        for neighbour in path.parent.iterdir():
            if neighbour != path:
                os.symlink(neighbour, pathlib.Path(folder) / neighbour.name)
        copy = pathlib.Path(folder) / path.name
        copy.write_text(text, encoding="utf-8", errors="surrogateescape")
        done = subprocess.run([limpet, *arguments(path), *options, "-I", str(SUPPORT), copy.name],
                              cwd=folder,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    return Run(done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"),
               done.returncode)


def squeeze(text):
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def check_form(form, result):
    """None, or what is wrong."""
    kind, text, printed = result
    if form.kind == "!!":
        if kind != "error":
            return f"expected an error: {form.expected}\n     got: {squeeze(printed) or text}"
        if form.expected not in text:
            return f"expected an error with: {form.expected}\n     got: {text}"
        return None
    if kind == "error":
        return f"expected: {form.expected}\n     got an error: {text}"
    actual = squeeze(printed) or squeeze(text)
    if actual != squeeze(form.expected):
        return f"expected: {form.expected}\n     got: {actual}"
    return None


def uncompilable(limpet, path, forms, timeout):
    """The forms that cannot be compiled, in the way that was expected of them."""
    errors = run_program(limpet, path, program(forms, set()), timeout, "--check").errors
    lines = forms_by_line(forms)
    found = set()
    for match in re.finditer(rf"^{re.escape(path.name)}:(\d+):\d+: (?!warning:)(.*)", errors, re.M):
        index = lines[int(match.group(1)) - 1]
        form = forms[index] if index is not None else None
        if form and form.kind == "!!" and form.expected in match.group(2):
            found.add(index)
    return found


def run_all(limpet, path, forms, timeout):
    """Runs until no form that is expected to fail ends the process. Gives the last run and
    the forms that were left out."""
    left_out = set()
    while True:
        run = run_program(limpet, path, program(forms, left_out), timeout)
        dead = run.last if run.last is not None else 0
        if run.status == 0 or dead >= len(forms) or dead in left_out:
            return run, left_out
        # A form that does not compile has no mark of its own: it is the next one that counts.
        candidates = [i for i in range(dead, len(forms))
                      if i not in left_out and i not in run.results and forms[i].kind == "!!"]
        if (run.status != 70 or not candidates
                or forms[candidates[0]].expected not in run.errors
                or any(i not in left_out and i not in run.results and forms[i].kind == "=>"
                       for i in range(dead, candidates[0]))):
            return run, left_out
        if not left_out:
            left_out |= uncompilable(limpet, path, forms, timeout)
        left_out.add(candidates[0])


def report(path, forms, run, left_out):
    failures = 0
    checks = 0
    for index, form in enumerate(forms):
        if form.kind is None or index in left_out:
            checks += form.kind is not None
            continue
        checks += 1
        if index in run.results:
            problem = check_form(form, run.results[index])
        elif run.status == 0 and is_definition(form):
            problem = "a definition has no value to compare"
        else:
            problem = "not reached"
        if problem and not (problem == "not reached" and run.status != 0 and failures > 20):
            print(f"{path}:{form.line}: {problem}")
        failures += problem is not None
    if run.status != 0:
        line = forms[run.last].line if run.last is not None else 1
        print(f"{path}:{line}: the program ended with status {run.status} in or after this"
              f" form:\n{run.errors}")
        failures += 1
    elif run.errors.strip():
        print(f"{path}: standard error:\n{run.errors}")
    print(f"{path}: {checks} checks, {failures} failures")
    return failures == 0


def stress_of(text, least):
    """True if the file is to be left out; sets the environment's stress level."""
    if not os.environ.get("LIMPET_STRESS"):
        return False
    match = re.search(r"^;+ ?stress: ?(\w+)", text, re.M)
    if match and match.group(1) == "no":
        return True
    if match:
        os.environ["LIMPET_STRESS"] = str(max(least, int(match.group(1))))
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--limpet", required=True)
    parser.add_argument("--timeout", type=float, default=600)
    parser.add_argument("--stress", type=int, default=1, help="the least level of stress")
    parser.add_argument("--show", action="store_true", help="print the program that runs")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    limpet = os.path.abspath(options.limpet)
    good = True
    for path in options.files:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        if stress_of(text, options.stress):
            return SKIPPED
        forms = lisp_forms.parse(text)
        if options.show:
            print(program(forms, set()))
            continue
        try:
            run, left_out = run_all(limpet, path.resolve(), forms, options.timeout)
            good = report(path, forms, run, left_out) and good
        except subprocess.TimeoutExpired:
            print(f"{path}: no end after {options.timeout} seconds")
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
