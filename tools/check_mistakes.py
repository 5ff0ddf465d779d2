#!/usr/bin/env python3
"""check_mistakes.py - the planted mistakes still find the source text that they replace.

tests/immix/mistakes.py and tests/interp/mistakes.py plant mistakes in copies of the sources; each
quotes text that must stand in its file exactly once. This says at once which entry a change of
the sources has left behind; the tests themselves would only say so after building.
"""
import importlib.util
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUITES = [("tests/immix/mistakes.py", "immix/src"), ("tests/interp/mistakes.py", "interp/src")]


def mistakes_of(script):
    spec = importlib.util.spec_from_file_location("mistakes", ROOT / script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.MISTAKES


def main():
    bad = 0
    for script, sources in SUITES:
        for name, file, old, *_ in mistakes_of(script):
            count = (ROOT / sources / file).read_text(encoding="utf-8").count(old)
            if count != 1:
                print(f"{script}: \"{name}\": {sources}/{file} has its text {count} times, not once")
                bad += 1
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
