#!/usr/bin/env python3
"""test_cli.py LIMPET - the command line: options, exit statuses, standard input."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

LIMPET = os.path.abspath(sys.argv[1])
TIMEOUT = 120


def run(*args, stdin=b"", env=None, cwd=None):
    environment = {k: v for k, v in os.environ.items() if k != "LIMPET_PATH"}
    environment.update(env or {})
    done = subprocess.run([LIMPET, *args], input=stdin, capture_output=True, timeout=TIMEOUT,
                          env=environment, cwd=cwd)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="limpet-test-")
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def check(self, got, status, output=None, error=None):
        self.assertEqual(got[0], status, got)
        if output is not None:
            self.assertEqual(got[1], output, got)
        if error is not None:
            self.assertIn(error, got[2])

    def test_a_file_runs_with_its_arguments(self):
        path = self.write("a.scm", "#!/usr/bin/env limpet\n(write (command-line))\n")
        self.check(run(path, "x", "-e", "--help"), 0, f'("{path}" "x" "-e" "--help")', "")

    def test_exit_statuses(self):
        for text, status in (("(exit)", 0), ("(exit #t)", 0), ("(exit #f)", 1), ("(exit 7)", 7),
                             ("(emergency-exit 3)", 3), ("(car 5)", 70), ("(raise 'x)", 70),
                             ("(error \"no\" 1 2)", 70), ("(", 70), ("1", 0),
                             ("(exit 255)", 255), ("(exit 256)", 255), ("(exit -1)", 255),
                             ("(exit (expt 10 30))", 1), ("(exit 2.0)", 1), ("(exit 'a)", 1),
                             ("(emergency-exit)", 0), ("(emergency-exit #f)", 1),
                             ("(emergency-exit 256)", 255), ("(emergency-exit \"x\")", 1)):
            self.check(run(self.write("a.scm", text)), status)

    def test_exit_runs_what_is_outstanding(self):
        wind = '(dynamic-wind (lambda () (display 1)) (lambda () %s) (lambda () %s))'
        for thunk, after, status, output in (
                ("(exit 4)", "(display 2)", 4, "12"), ("(emergency-exit 4)", "(display 2)", 4, "1"),
                ("(exit 4)", "(exit 5)", 5, "1"), ("(exit 4)", "(car 1)", 70, "1"),
                (wind % ("(exit 6)", "(display 2)"), "(display 3)", 6, "1123")):
            self.check(run(self.write("a.scm", wind % (thunk, after))), status, output)
        text = '(define p (open-output-file "kept")) (write 1 p) (exit)'
        self.check(run(self.write("a.scm", text), cwd=self.path), 0, "", "")
        self.assertEqual((self.path / "kept").read_text(), "1")

    def test_a_reader_that_leaves_ends_the_program_quietly(self):
        path = self.write("a.scm", "(let loop ((i 0)) (display i) (newline) (loop (+ i 1)))")
        process = subprocess.Popen([LIMPET, path], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(process.stdout.readline(), b"0\n")
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.wait(timeout=TIMEOUT), -signal.SIGPIPE)
        process.stderr.close()

    def test_usage_errors(self):
        for args in (["--no-such-option"], ["-z"], ["-e"], ["--max-heap", "12q"], ["-ix"],
                     ["--max-heap", "0"], ["--dump", "tea"], ["--max-heap"]):
            self.check(run(*args), 64, "", "limpet: ")

    def test_a_missing_file(self):
        self.check(run("/no/such/file.scm"), 66, "", "/no/such/file.scm")

    def test_help_and_version(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        for option in ("-e", "-p", "-i", "-I", "-A", "-q", "--max-heap", "--dump", "--version"):
            self.assertIn(option, output)
        status, output, _ = run("--version")
        self.assertRegex(output, r"^limpet \d+\.\d+\.\d+\n$")

    def test_expressions(self):
        self.check(run("-e", "(display 1)", "-p", "(+ 1 2)", "-e", "(display 4)"), 0, "13\n4")
        self.check(run("-e", "(define x 5)", "-p", "(* x x) (+ x 1)"), 0, "25\n6\n")
        self.check(run("-p", "(values 1 \"two\" #\\3)"), 0, '1\n"two"\n#\\3\n')
        self.check(run("-p", "(if #f #f)"), 0, "")
        self.check(run("-p", "(car 1)", "-e", "(display 1)"), 70, "", "car")
        self.check(run("-e", "(exit 9)", "-e", "(display 1)"), 9, "")
        self.check(run("-p1"), 0, "1\n")

    def test_expressions_come_before_the_file(self):
        path = self.write("a.scm", "(display \"file\")")
        self.check(run("-e", "(display 1)", path), 0, "1file")

    def test_standard_input(self):
        self.check(run(stdin=b"(display (+ 1 2))"), 0, "3", "")
        self.check(run("-", "x", stdin=b"(write (command-line))"), 0, '("-" "x")')
        self.check(run(stdin=b"#! /bin/limpet\n(display 1)"), 0, "1")
        self.check(run(stdin=b"(define x (read)) hello (write x)"), 0, "hello")
        self.check(run(stdin=b"(import (scheme base)) (display 1)"), 70, "", "display")
        self.check(run(stdin=b"(display 1)\n(car"), 70, "1", "stdin:2:")
        self.check(run(stdin=b""), 0, "", "")
        self.check(run(stdin=b"#!fold-case\n(define X 1)\n(DISPLAY x)"), 0, "1", "")

    def test_interactive_without_a_terminal_prints_no_prompt(self):
        path = self.write("a.scm", "(define x 5)")
        self.check(run("-i", path, stdin=b"(display x)"), 0, "5", "")

    def test_double_dash_ends_the_options(self):
        self.write("-e", "(display \"dash\")")
        self.check(run("--", "-e", cwd=self.path), 0, "dash")

    def test_library_path(self):
        for folder in ("one", "two", "three", "own"):
            self.write(f"{folder}/my/lib.sld",
                       "(define-library (my lib) (export where) (import (scheme base))"
                       f" (begin (define where '{folder})))")
        program = self.write("prog.scm", "(import (scheme base) (scheme write) (my lib))"
                                         "(write where)")
        own = self.write("own/prog.scm", pathlib.Path(program).read_text())
        one, two, three = (str(self.path / name) for name in ("one", "two", "three"))
        self.check(run(program), 70, "", "my")
        self.check(run("-I", one, "-A", three, program, env={"LIMPET_PATH": two}), 0, "one")
        self.check(run("-A", three, program, env={"LIMPET_PATH": "/nowhere:" + two}), 0, "two")
        self.check(run("-A", three, program), 0, "three")
        self.check(run("-A" + three, own), 0, "own")

    def test_heap_limit(self):
        path = self.write("a.scm", "(define (f l) (f (cons 1 l))) (f '())")
        self.check(run("--max-heap", "32m", path, env={"LIMPET_STRESS": ""}), 70, "", "memory")

    def test_listings(self):
        path = self.write("a.scm", "(define (twice x) (+ x x)) (display (twice 2))")
        for kind in ("ast", "bytecode", "optimised", "ast,bytecode", "optimised,ast"):
            self.check(run("--dump", kind, path), 0, "4", "twice")
        self.check(run(path, env={"LIMPET_DUMP": "bytecode"}), 0, "4", "twice")

    def test_optimisation(self):
        path = self.write("a.scm", "(define (id x) x) (define (f y) (id (+ 1 2))) (display (f 1))")
        self.check(run("--dump", "optimised", path), 0, "3", "(lambda:f (y) 3)")
        for plainly in (run("-O0", "--dump", "optimised", path),
                        run("--dump", "optimised", path, env={"LIMPET_OPTIMIZE": "0"})):
            self.check(plainly, 0, "3", "(lambda:f (y) (id (+ 1 2)))")
        self.check(run("-O1", path, env={"LIMPET_OPTIMIZE": "0"}), 0, "3")
        self.check(run("-O7", path), 64, "", "limpet: ")

    def test_gc_stats(self):
        done = run("--gc-stats", "-e", "(define l (make-vector 100000 0)) (make-vector 9 l)")
        time, size = r"[0-9.]+ (ns|us|ms|s)", r"[0-9.]+ (bytes|KB|MB|GB)"
        report = "\n".join([
            rf"collections:  \d+ minor in {time}, the longest {time}",
            rf"              \d+ full in {time}, the longest {time}, \d+ evacuating",
            rf"pauses:       50% within {time}, 90% within {time}, 99% within {time}",
            rf"allocated:    {size}, promoted {size} \([0-9.]+%\), moved {size}",
            rf"live:         ({size} after the last full collection|not known yet), {size} old now",
            r"weak:         \d+ broken, \d+ finalised",
            rf"held:         {size}, {size} at the peak, {size} resident",
            rf"  blocks:     {size}, of which holes {size} \([0-9.]+%\)",
            rf"  large:      {size} in \d+ objects",
            rf"  other:      {size} external, {size} free, {size} tables\n"])
        self.check(done, 0, "")
        self.assertRegex(done[2], "^" + report + "$")

    def test_opcode_profile(self):
        path = self.write("a.scm", "(let loop ((i 0)) (if (< i 1000) (loop (+ i 1))))")
        code, out, err = run("--profile-opcodes", path)[:3]
        self.assertEqual((code, out), (0, ""))
        self.assertRegex(err, r"(?m)^\d+ instructions ran$")
        for row in (r" ADDI$", r" ADDI LOOPLTI$", r" ADDI LOOPLTI ADDI$"):
            count = re.search(r"(?m)^ *[\d.]+% +(\d+) " + row, err)
            self.assertIsNotNone(count, row)
            self.assertIn(int(count.group(1)), range(998, 1100))

    def test_collector_policy(self):
        count = "(let loop ((i 0)) (if (< i 100000) (begin (list i i) (loop (+ i 1)))))"
        few = run("--gc-stats", "--nursery", "2m", "-e", count, env={"LIMPET_STRESS": ""})
        many = run("--gc-stats", "--nursery=64k", "-e", count, env={"LIMPET_STRESS": ""})
        minors = [int(re.search(r"(\d+) minor", done[2]).group(1)) for done in (few, many)]
        self.assertLess(minors[0], minors[1])
        self.check(run("--heap-growth", "50", "-e", "1"), 0, "")
        self.check(run("--nursery", "x", "-e", "1"), 64, "", "size")

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LIMPET, "-e", "(display 1)"], stdout=full, timeout=TIMEOUT,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 74, done.stderr)

    def test_output_that_cannot_be_written_is_an_error_while_the_program_runs(self):
        path = self.write("a.scm", "(let loop () (display 1234567) (newline) (loop))")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LIMPET, path], stdout=full, timeout=TIMEOUT,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 70, done.stderr)
        self.assertIn(b"stdout", done.stderr)

    def test_streams_that_are_closed(self):
        path = self.write("a.scm", "(display (eof-object? (read-char)))")
        for closed, status in (("<&-", 70), (">&-", 74), ("2>&-", 0)):
            done = subprocess.run(f'"{LIMPET}" "{path}" </dev/null {closed}', shell=True,
                                  capture_output=True, timeout=TIMEOUT)
            self.assertEqual(done.returncode, status, closed)

    def test_files_do_not_take_the_places_of_closed_streams(self):
        path = self.write("a.scm", "(define p (open-output-file \"a.out\"))"
                                   "(write 'file p) (display 1) (flush-output-port) (close-port p)")
        done = subprocess.run(f'"{LIMPET}" "{path}" </dev/null >&-', shell=True,
                              capture_output=True, timeout=TIMEOUT, cwd=os.path.dirname(path))
        self.assertEqual(done.returncode, 70, done.stderr)
        self.assertIn(b"stdout", done.stderr)
        with open(os.path.join(os.path.dirname(path), "a.out"), "rb") as file:
            self.assertNotIn(b"1", file.read())

    def test_help_that_cannot_be_written(self):
        for option in ("--help", "--version"):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([LIMPET, option], stdout=full, timeout=TIMEOUT,
                                      stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 74, option)
            self.assertIn(b"standard output", done.stderr)

    def test_ctrl_c_ends_a_running_file(self):
        path = self.write("a.scm", "(display \"go\") (newline) (flush-output-port)"
                                   "(let loop () (loop))")
        process = subprocess.Popen([LIMPET, path], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(process.stdout.readline(), b"go\n")
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 130, error)

    def test_ctrl_c_cannot_be_caught(self):
        path = self.write("a.scm", "(guard (e (#t (display \"caught\"))) (display \"go\") (newline)"
                                   " (flush-output-port) (let loop () (loop)))")
        process = subprocess.Popen([LIMPET, path], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(process.stdout.readline(), b"go\n")
        process.send_signal(signal.SIGINT)
        output, error = process.communicate(timeout=TIMEOUT)
        self.assertEqual((process.returncode, output), (130, b""), error)
        self.assertIn(b"interrupted", error)

    def test_ctrl_c_ends_each_way_of_waiting_for_input(self):
        for wait in ["(read)", "(read-line)", "(read-char)", "(peek-char)", "(read-string 3)"]:
            with self.subTest(wait=wait):
                path = self.write("a.scm", '(write-string "go\\n") (flush-output-port)' + wait)
                process = subprocess.Popen([LIMPET, path], stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, stdin=subprocess.PIPE)
                self.assertEqual(process.stdout.readline(), b"go\n")
                time.sleep(0.1)
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(timeout=TIMEOUT), 130)
                process.communicate()

    def test_ctrl_c_ends_endless_output_to_a_string(self):
        path = self.write("a.scm", '(define ring (list 1)) (set-cdr! ring ring)'
                                   '(write-string "go\\n") (flush-output-port)'
                                   '(write-simple ring (open-output-string))')
        process = subprocess.Popen([LIMPET, path], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.assertEqual(process.stdout.readline(), b"go\n")
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=TIMEOUT), 130)
        process.communicate()


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
