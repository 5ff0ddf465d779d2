#!/usr/bin/env python3
"""run_docs.py - runs the examples in the documentation.

What a fenced block is, its first line says:

    ```scheme            forms with `; => value` and `; !! message`, as in tests/lisp; the
                         blocks of a page are one program
    ```scheme new        the same, but a program of its own
    ```scheme a/b.scm    no test but a file, there for the console blocks that follow
    ```console           `$ command` and below it all that the command prints; a line `...`
                         stands for any number of lines. The lines behind `limpet> ` are
                         typed at a prompt
    ```c examples/x.c    part of that file of the project, or all of it; any language will do
    ```text, ```sh       not checked

Commands run in one folder for each page, with the limpet under test as `limpet` and as
`build/release/limpet`, and with the project's examples.
"""
import argparse
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

import lisp_forms
import run_lisp

ROOT = pathlib.Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\S*) ?(.*?)\n(.*?)^```$", re.M | re.S)
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][0-9A-Za-z]|\x1b[=>]|[\x07\x0f\x0e]")
PROMPT = "limpet> "
MARK = "\036"
TIMEOUT = 60
UNCHECKED = ("", "text", "sh")
UPDATES = None  # with --update: what to write behind a line, in place of how many


class Block:
    def __init__(self, text, match):
        self.kind, self.rest, self.body = match.groups()
        self.line = text.count("\n", 0, match.start(3)) + 1


def blocks_of(path):
    text = path.read_text(encoding="utf-8")
    return [Block(text, match) for match in FENCE.finditer(text)]


# ---- Lisp -----------------------------------------------------------------------------------

def check_lisp(limpet, path, blocks):
    """Blocks as one program, at the lines that they have on the page."""
    text = ""
    for block in blocks:
        text += "\n" * (block.line - 1 - text.count("\n")) + block.body
    forms = lisp_forms.parse(text)
    if not any(form.kind for form in forms):
        print(f"{path}:{blocks[0].line}: no expectation in this block")
        return False
    with tempfile.TemporaryDirectory(prefix="limpet-docs-") as folder:
        source = pathlib.Path(folder) / path.name
        run, left_out = run_lisp.run_all(limpet, source, forms, TIMEOUT)
    return run_lisp.report(path, forms, run, left_out)


# ---- Commands -------------------------------------------------------------------------------

def commands_of(block):
    """(line, command, expected lines) for each `$ command` of a block."""
    commands = []
    for number, line in enumerate(block.body.splitlines(), block.line):
        if line.startswith("$ "):
            commands.append((number, line[2:], []))
        else:
            commands[-1][2].append(line)
    return commands


def fits(expected, actual):
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n"
                      for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def compare(path, line, expected, actual):
    """True if the output is what stands behind line `line` of the page, or --update is."""
    actual = [text.rstrip() for text in actual]
    if fits([text.rstrip() for text in expected], actual):
        return True
    if UPDATES is not None:
        UPDATES.append((line, len(expected), actual))
        return True
    print(f"{path}:{line}: expected")
    print("\n".join("    " + text for text in expected))
    print("  got")
    print("\n".join("    " + text for text in actual))
    return False


def check_shell(path, folder, commands):
    script = "".join(f"{command}\n__status=$?; printf '\\n{MARK}\\n'; (exit $__status)\n"
                     for _, command, _ in commands)
    environment = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
    done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, timeout=TIMEOUT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    parts = done.stdout.decode("utf-8", "replace").split(f"\n{MARK}\n")
    good = True
    for (line, _, expected), output in zip(commands, parts):
        good = compare(path, line, expected, output.splitlines()) and good
    return good


# ---- The prompt -----------------------------------------------------------------------------

class Terminal:
    def __init__(self, folder, command):
        self.text = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, dict(os.environ, TERM="vt100", LC_ALL="C.UTF-8",
                                                 HOME=folder, XDG_STATE_HOME=folder,
                                                 COLUMNS="200"))

    def until_prompt(self, after):
        """What was shown between `after` and the next prompt."""
        end = time.monotonic() + TIMEOUT
        while PROMPT not in self.text[after:]:
            ready, _, _ = select.select([self.fd], [], [], 0.1)
            if ready:
                data = os.read(self.fd, 65536)
                self.text += CONTROL.sub("", data.decode("utf-8", "replace"))
            elif time.monotonic() > end:
                raise TimeoutError(self.text[after:])
        return self.text[after:self.text.index(PROMPT, after)]

    def type(self, line):
        before = len(self.text)
        os.write(self.fd, line.encode() + b"\n")
        while "\n" not in self.text[before:]:
            data = os.read(self.fd, 65536)
            self.text += CONTROL.sub("", data.decode("utf-8", "replace"))
        shown = self.until_prompt(self.text.index("\n", before) + 1)
        return shown.replace("\r", "").splitlines()

    def close(self):
        os.write(self.fd, b",quit\n")
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def check_prompt(path, folder, command, line, shown):
    """`shown` begins with the first prompt."""
    entries = []
    for number, text in enumerate(shown, line + 1):
        if text.startswith(PROMPT):
            entries.append((number, text[len(PROMPT):], []))
        else:
            entries[-1][2].append(text)
    terminal = Terminal(folder, [*command.split(), "-q"])
    terminal.until_prompt(0)
    good = True
    for number, text, expected in entries:
        good = compare(path, number, expected, terminal.type(text)) and good
    terminal.close()
    return good


def check_console(path, folder, block):
    commands = commands_of(block)
    if len(commands) == 1 and any(text.startswith(PROMPT) for text in commands[0][2]):
        line, command, shown = commands[0]
        return check_prompt(path, folder, command, line, shown)
    return check_shell(path, folder, commands)


# ---- Pages ----------------------------------------------------------------------------------

def lay_out(folder, limpet):
    (folder / "build/release").mkdir(parents=True)
    for name in ("limpet", "build/release/limpet"):
        os.symlink(limpet, folder / name)
    os.symlink(ROOT / "examples", folder / "examples")


def check_file(path, block):
    target = ROOT / block.rest
    if target.exists() and block.body in target.read_text(encoding="utf-8"):
        return True
    print(f"{path}:{block.line}: not what {block.rest} says")
    return False


def update_page(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    for line, count, actual in sorted(UPDATES, reverse=True):
        lines[line:line + count] = actual
    path.write_text("\n".join(lines), encoding="utf-8")
    UPDATES.clear()


def check_page(limpet, path):
    shared, good = [], True
    with tempfile.TemporaryDirectory(prefix="limpet-docs-") as name:
        folder = pathlib.Path(name)
        lay_out(folder, limpet)
        for block in blocks_of(path):
            if block.kind == "scheme" and block.rest == "":
                shared.append(block)
            elif block.kind == "scheme" and block.rest == "new":
                good = check_lisp(limpet, path, [block]) and good
            elif block.kind == "scheme" and not (ROOT / block.rest).exists():
                (folder / block.rest).parent.mkdir(parents=True, exist_ok=True)
                (folder / block.rest).write_text(block.body, encoding="utf-8")
            elif block.kind == "console":
                good = check_console(path, name, block) and good
            elif block.kind not in UNCHECKED:
                good = check_file(path, block) and good
    if shared:
        good = check_lisp(limpet, path, shared) and good
    return good


def main():
    global UPDATES
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--limpet", required=True)
    parser.add_argument("--update", action="store_true",
                        help="write what commands print now into the pages")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    limpet = os.path.abspath(options.limpet)
    os.environ.pop("LIMPET_STRESS", None)
    os.environ.pop("LIMPET_VERIFY", None)
    os.environ["PATH"] = f"{os.path.dirname(limpet)}:{os.environ['PATH']}"
    good = True
    for path in options.pages:
        if options.update:
            UPDATES = []
        good = check_page(limpet, path.resolve()) and good
        if options.update:
            update_page(path)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
