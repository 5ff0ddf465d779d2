#!/usr/bin/env python3
"""check_symbols.py LIBRARY - the library shows interp_* and immix_* and nothing else.

In a shared library those are the dynamic symbols; in an archive, the global ones of default
visibility. Objects for link-time optimisation have no symbol table to look at: skipped."""
import re
import subprocess
import sys

SKIPPED = 77
PUBLIC = re.compile(r"(interp|immix)_")
# What compilers put into objects under the sanitizers and for coverage.
TOOLS = re.compile(r"(__asan|__ubsan|__odr_asan|__sanitizer|__gcov|__llvm|asan\.)")


def is_native(library):
    with open(library, "rb") as file:
        return b"\x7fELF" in file.read(1 << 20)


def visible(library):
    shared = ".so" in library
    command = ["readelf", "--wide", "--dyn-syms" if shared else "--syms", library]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        fields = line.split()
        if len(fields) < 8 or not fields[0].rstrip(":").isdigit():
            continue
        kind, binding, visibility, section, name = fields[3:8]
        if (binding in ("GLOBAL", "WEAK", "UNIQUE") and visibility == "DEFAULT"
                and section != "UND" and kind != "FILE"):
            yield name


def main():
    library = sys.argv[1]
    if not is_native(library):
        print("objects of link-time optimisation: nothing to look at")
        return SKIPPED
    wrong = sorted({name for name in visible(library)
                    if not PUBLIC.match(name) and not TOOLS.match(name)})
    for name in wrong:
        print(f"{library}: {name} is visible")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
