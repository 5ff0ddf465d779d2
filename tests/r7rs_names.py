#!/usr/bin/env python3
"""r7rs_names.py - every name that the report's libraries export is used in the report's tests.

The names are those of tests/r7rs/include/appendix-a.scm; A-libraries.scm compares that list with
what the libraries export. Comments do not count, and neither do imports.
"""
import pathlib
import re
import sys

import lisp_forms

FOLDER = pathlib.Path(__file__).resolve().parent / "r7rs"
LIBRARY = re.compile(r"\(scheme [^)]*\)")
NAME = re.compile(r"""[^\s()'"`,;]+""")


def names_in(text):
    return set(NAME.findall(text))


def main():
    table = (FOLDER / "include" / "appendix-a.scm").read_text(encoding="utf-8")
    listed = "\n".join(form.text for form in lisp_forms.parse(table))
    wanted = names_in(LIBRARY.sub("", listed))
    used = set()
    for path in FOLDER.glob("*.scm"):
        for form in lisp_forms.parse(path.read_text(encoding="utf-8")):
            if form.head() != "import":
                used |= names_in(form.text)
    missing = sorted(name for name in wanted if name not in used)
    for name in missing:
        print(f"no test in tests/r7rs uses {name}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
