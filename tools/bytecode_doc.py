#!/usr/bin/env python3
"""Writes docs/bytecode.md from opcodes.def, or checks that it is up to date.

    tools/bytecode_doc.py            print the page
    tools/bytecode_doc.py --write    write docs/bytecode.md
    tools/bytecode_doc.py --check    fail if docs/bytecode.md is not what would be written
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "interp/src/compiler/opcodes.def"
PAGE = ROOT / "docs/bytecode.md"

HEAD = """# Bytecode

This page is made from `interp/src/compiler/opcodes.def` by `tools/bytecode_doc.py --write`; a
test compares the two.

`limpet --dump bytecode FILE` and `,dis` at the prompt list the code of procedures. A code object
belongs to one lambda expression and holds its instructions, its literals K and, for each
clause, how many arguments it takes, where it begins and how many registers it uses. R are the
registers of the running procedure: its arguments come first. F are the free variables that its
closure brought along.

"""

FLAGS = {
    "CALLS": "may reach a safepoint",
    "LAST": "does not go on with the next instruction",
    "TAIL": "leaves the procedure",
    "JUMPS": "jumps",
}


def intro(text):
    """The comment at the table's head, from how an instruction is made up on, as it stands."""
    comment = text[: text.index("*/")]
    lines = [re.sub(r"^ \* ?", "", line) for line in comment.splitlines()[1:]]
    start = next(i for i, line in enumerate(lines) if line.startswith("    OP(name"))
    end = next(i for i, line in enumerate(lines) if line.startswith("The VM has exactly"))
    return "```\n" + "\n".join(lines[start:end]).rstrip() + "\n```\n\n"


def fields(row):
    """The eight fields of a row; the last one is a string that may hold commas."""
    head, meaning = row.split('"', 1)
    parts = [part.strip() for part in head.split(",")]
    return parts[:7] + [meaning.rsplit('"', 1)[0]]


def operands(a, b, c):
    names = [("a", a), ("b", b), ("c", c)]
    return " ".join(f"{n}:{k}" for n, k in names if k not in ("___", "BC_"))


def sections(text):
    body = text[text.index("*/") + 2:]
    title, rows = None, []
    for line in body.splitlines():
        comment = re.match(r"/\* (.*?)(\*/)?$", line)
        if comment and not line.startswith("/*  name"):
            if title:
                yield title, rows
            words = comment.group(1).strip()
            title, rows = re.split(r"[.:]", words)[0], []
        elif line.startswith("OP("):
            rows.append(fields(line[3:line.rindex(")")]))
    yield title, rows


def page(text):
    out = [HEAD, intro(text)]
    for title, rows in sections(text):
        out.append(f"## {title}\n\n")
        out.append("| instruction | operands | words | meaning |\n| --- | --- | --- | --- |\n")
        for name, a, b, c, w1, w2, flags, meaning in rows:
            words = " ".join(w for w in (w1, w2) if w != "___")
            notes = [FLAGS[f] for f in flags.split("|") if f in ("CALLS", "TAIL")]
            if notes:
                meaning += " (" + ", ".join(notes) + ")"
            out.append(f"| {name} | {operands(a, b, c)} | {words} | {meaning} |\n")
        out.append("\n")
    return "".join(out).rstrip() + "\n"


def main():
    made = page(TABLE.read_text())
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    if mode == "--write":
        PAGE.write_text(made)
    elif mode == "--check":
        if not PAGE.exists() or PAGE.read_text() != made:
            sys.exit("docs/bytecode.md is out of date: run tools/bytecode_doc.py --write")
    else:
        print(made, end="")


if __name__ == "__main__":
    main()
