#!/usr/bin/env python3
"""check.py - everything that can be checked without building: `./dev check`.

Layers, signatures of functions that may collect, the texts that the planted mistakes replace, and
the page of the instruction set, which the test suite checks too; and the style of lines, which it
does not: no tabs, no line beyond 104 columns, no space at line ends, a first line that says what
the file is.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPTS = [["check_layers.py"], ["check_safepoints.py"], ["check_mistakes.py"],
           ["bytecode_doc.py", "--check"]]
MOST_COLUMNS = 104


def sources():
    listed = subprocess.run(["git", "ls-files", "*.c", "*.h", "*.inc", "*.def", "*.scm", "*.sld"],
                            cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def is_test_data(path):
    return path.relative_to(ROOT).parts[:2] in {("tests", "errors"), ("tests", "limits"),
                                                ("tests", "golden")}


def complaints(path):
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        return
    if path.suffix in (".c", ".h", ".inc", ".def") and f"/* {path.name} - " not in lines[0]:
        yield 1, f'the first line is not "/* {path.name} - what it is. */"'
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield number, "a tab"
        if line != line.rstrip():
            yield number, "space at the end"
        if len(line) > MOST_COLUMNS and path.suffix != ".def" and "tests" not in path.parts:
            yield number, f"{len(line)} columns"


def main():
    bad = 0
    for script in SCRIPTS:
        bad += subprocess.run([sys.executable, str(ROOT / "tools" / script[0]), *script[1:]],
                              cwd=ROOT, check=False).returncode != 0
    for path in sources():
        if is_test_data(path):
            continue
        for number, text in complaints(path):
            print(f"{path.relative_to(ROOT)}:{number}: {text}")
            bad += 1
    print("all well" if bad == 0 else f"{bad} complaints")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
