#!/usr/bin/env python3
"""test_prompt.py LIMPET - the prompt on a terminal of its own."""
import os
import pathlib
import pty
import re
import select
import signal
import sys
import tempfile
import time
import unittest

LIMPET = os.path.abspath(sys.argv[1])
TIMEOUT = 60
PROMPT = "limpet> "
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][0-9A-Za-z]|\x1b[=>]|[\x07\x0f\x0e]")


class Terminal:
    """A limpet process with a terminal, and what it has shown."""

    def __init__(self, *args, state):
        self.shown = ""
        self.raw = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = dict(os.environ, TERM="vt100", LC_ALL="C.UTF-8", HOME=state,
                               XDG_STATE_HOME=state, COLUMNS="80", LINES="24")
            os.execve(LIMPET, [LIMPET, *args], environment)

    def pump(self, wait):
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 4096)
        except OSError:
            return False
        self.raw += data
        self.shown = CONTROL.sub("", self.raw.decode("utf-8", "replace"))
        return bool(data)

    def expect(self, text, after=0):
        """Waits until `text` has been shown behind `after`; gives the place behind it."""
        end = time.monotonic() + TIMEOUT
        while self.shown.find(text, after) < 0:
            if time.monotonic() > end or not self.pump(0.1):
                raise AssertionError(f"no {text!r} in {self.shown[after:]!r}")
        return self.shown.find(text, after) + len(text)

    def send(self, text):
        os.write(self.fd, text.encode())

    def enter(self, line, answer, after=None):
        """Types a line, waits for the answer and the next prompt; gives all shown since."""
        start = len(self.shown) if after is None else after
        self.send(line + "\n")
        at = self.expect(answer, start + 1)
        self.expect(PROMPT, at)
        return self.shown[start:]

    def finish(self):
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end and self.pump(0.1):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


class Prompt(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory(prefix="limpet-test-")
        self.terminals = []

    def tearDown(self):
        for terminal in self.terminals:
            terminal.close()
        self.state.cleanup()

    def open(self, *args):
        terminal = Terminal(*args, state=self.state.name)
        self.terminals.append(terminal)
        terminal.expect(PROMPT)
        return terminal

    def test_banner_values_and_the_end(self):
        terminal = self.open()
        self.assertIn("Limpet", terminal.shown)
        terminal.enter("(+ 40 2)", "\n42\r\n")
        terminal.enter('(list "a" #\\b)', '("a" #\\b)\r\n')
        terminal.enter("(values 1 'two)", "\n1\r\ntwo\r\n")
        shown = terminal.enter("(define x 5)", "\n")
        self.assertNotIn("#<", shown)
        terminal.enter("(* x x)", "25\r\n")
        terminal.send("\x04")
        self.assertEqual(terminal.finish(), 0)

    def test_quiet_has_no_banner(self):
        self.assertNotIn("Limpet", self.open("-q").shown)

    def test_several_lines_make_one_form(self):
        terminal = self.open()
        start = len(terminal.shown)
        terminal.send("(list 1\n")
        terminal.expect("...> ", start)
        terminal.enter("2)", "(1 2)\r\n", start)
        history = pathlib.Path(self.state.name, "limpet", "history").read_text()
        self.assertIn("(list", history)

    def test_errors_do_not_end_the_session(self):
        terminal = self.open()
        terminal.enter("(define y 7)", "\n")
        terminal.enter("(car 5)", "car")
        terminal.enter("(no-such-thing)", "unbound variable: no-such-thing")
        terminal.enter("(raise 'boom)", "boom")
        terminal.enter(")", "\n")
        terminal.enter("(if)", "\n")
        terminal.enter("y", "\n7\r\n")

    def test_output_has_lines_of_its_own(self):
        terminal = self.open()
        terminal.enter('(display "begun")', "begun\r\n")
        terminal.enter('(begin (display "begun") 5)', "begun\r\n5\r\n")
        shown = terminal.enter('(begin (display "whole\n") 6)', "whole\r\n6\r\n")
        self.assertNotIn("\r\n\r\n", shown)
        terminal.enter('(begin (display "before ") (car 5))', "before \r\nprompt:1:")
        start = len(terminal.shown)
        terminal.send('(begin (display "name? ") (flush-output-port) (string-length (read-line)))\n')
        at = terminal.expect("name? ", terminal.expect("\n", start + 1))
        terminal.send("Ada\n")
        terminal.expect("3\r\nlimpet> ", at)
        self.assertNotIn("\r\n\r\n", terminal.shown[at:])

    def test_exit_gives_its_status(self):
        terminal = self.open()
        terminal.send("(exit 3)\n")
        self.assertEqual(terminal.finish(), 3)

    def test_tab_completes_names(self):
        terminal = self.open()
        terminal.enter("(define a-rather-long-name 'completed)", "\n")
        terminal.enter("a-rather-l\t", "completed\r\n")
        start = len(terminal.shown)
        terminal.send("(string-cop\t\t")
        terminal.expect("string-copy!", start)
        terminal.send("\x03")

    def test_ctrl_c_drops_the_line(self):
        terminal = self.open()
        start = len(terminal.shown)
        terminal.send("(this is never")
        terminal.expect("never", start)
        terminal.send("\x03")
        at = terminal.expect(PROMPT, terminal.expect("never", start))
        terminal.enter("'alive", "\nalive\r\n", at)

    def test_ctrl_c_drops_an_unfinished_form(self):
        terminal = self.open()
        start = len(terminal.shown)
        terminal.send("(list 1\n")
        at = terminal.expect("...> ", start)
        terminal.send("\x03")
        at = terminal.expect(PROMPT, at)
        terminal.enter("'alive", "\nalive\r\n", at)

    def test_ctrl_c_stops_a_running_program(self):
        terminal = self.open()
        start = len(terminal.shown)
        terminal.send("(define z 8) (display \"go!\") (flush-output-port) (let loop () (loop))\n")
        at = terminal.expect("go!", terminal.expect("(loop))", start))
        terminal.send("\x03")
        at = terminal.expect("interrupt", at)
        at = terminal.expect(PROMPT, at)
        terminal.enter("z", "\n8\r\n", at)

    def test_history_comes_back_in_the_next_session(self):
        first = self.open()
        first.enter("(list 'remember\n 'me)", "(remember me)\r\n")
        first.send("\x04")
        self.assertEqual(first.finish(), 0)
        second = self.open()
        start = len(second.shown)
        second.send("\x10")
        second.expect("'me)", start)
        second.enter("", "(remember me)\r\n", start)

    def test_commands(self):
        terminal = self.open()
        terminal.enter(",help", ",expand EXPR")
        terminal.enter(",time (+ 1 2)", "\n3\r\n; ")
        terminal.enter(",expand (when 1 2)", "if")
        terminal.enter("(define (f x) (if x 1 2))", "\n")
        terminal.enter(",dis f", "\n")
        terminal.enter(",gc", "; live:")
        terminal.enter(",nonsense", "no such command")
        terminal.send(",quit\n")
        self.assertEqual(terminal.finish(), 0)

    def test_wide_characters(self):
        terminal = self.open()
        terminal.enter('(string-length "λ→🐚")', "\n3\r\n")

    def test_a_file_and_then_the_prompt(self):
        path = pathlib.Path(self.state.name, "a.scm")
        path.write_text("(define from-file 11)")
        terminal = self.open("-q", "-i", str(path))
        terminal.enter("from-file", "\n11\r\n")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
