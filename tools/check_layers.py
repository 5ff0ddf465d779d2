#!/usr/bin/env python3
"""check_layers.py - a file includes headers of its own layer or a lower one, and nothing else
of the project. Neighbouring layers that are written against each other's interfaces are
listed with what they may see of a higher one."""
import pathlib
import re
import sys

# From the bottom. The compiler and the machine describe each other: code.h and global.h are
# what compiled code is, prim.h how anything raises an error.
LAYERS = ["memory", "containers", "types", "syntax", "compiler", "vm", "lib", "api"]
MAY_SEE = {
    "containers": {
        "types/number.h",  # keys are compared by eqv?
        "types/flonum.h",  # how an element is written
    },
    "types": set(),
    "syntax": {"vm/prim.h", "vm/global.h", "compiler/ast.h", "compiler/compiler.h"},
    "compiler": {"vm/prim.h", "vm/global.h", "vm/code.h"},
    "vm": {"lib/tables.h", "lib/prims.def"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def sources(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*")
                  if p.suffix in (".c", ".h", ".inc", ".def"))


def check_interp():
    for path in sources("interp/src"):
        layer = path.parts[2]
        allowed = set(LAYERS[:LAYERS.index(layer) + 1])
        for name in includes(path):
            other = name.split("/")[0]
            if other in LAYERS and other not in allowed and name not in MAY_SEE.get(layer, ()):
                yield f"{path}: {layer} may not include {name}"
            if name == "interp.h" and layer != "api":
                yield f"{path}: only the api layer knows interp.h"
            if name.startswith("histedit"):
                yield f"{path}: libedit belongs to the command"


def check_immix():
    for path in sources("immix"):
        for name in includes(path):
            if "/" in name and name.split("/")[0] in LAYERS or name == "interp.h":
                yield f"{path}: the heap knows nothing of the interpreter ({name})"


def check_command():
    own = {p.name for p in sources("interp/cli")}
    for path in sources("interp/cli"):
        for name in includes(path):
            if name.split("/")[0] in LAYERS + ["immix"] and "/" in name:
                yield f"{path}: the command includes interp.h only, not {name}"
            if name.endswith(".h") and f'"{name}"' in path.read_text() \
                    and name not in own | {"interp.h"}:
                yield f"{path}: {name} is not the command's"


def main():
    problems = [*check_interp(), *check_immix(), *check_command()]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
