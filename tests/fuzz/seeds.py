#!/usr/bin/env python3
"""seeds.py DIRECTORY - writes each form of the tests and examples to a file of its own there.

Mutations of small texts find more, and sooner, than those of whole files.
"""
import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import lisp_forms  # noqa: E402

FOLDERS = ["examples", "tests/lisp", "tests/r7rs", "tests/errors", "tests/limits", "tests/golden"]


def texts(path):
    """The forms, or the whole file if it is one that ends inside a form."""
    try:
        whole = path.read_text(encoding="utf-8")
        return [form.text for form in lisp_forms.parse(whole)] + [whole]
    except Exception:  # tests of the reader are not well-formed, in many ways
        return [path.read_bytes().decode("utf-8", errors="replace")]


def main():
    to = pathlib.Path(sys.argv[1])
    to.mkdir(parents=True, exist_ok=True)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*.scm")):
            for text in texts(path):
                seed = text.encode("utf-8")
                (to / hashlib.sha1(seed).hexdigest()).write_bytes(seed)


main()
