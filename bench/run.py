#!/usr/bin/env python3
"""run.py - time the programs in bench/scheme beside the peers that this machine has.

    python3 bench/run.py [-n RUNS] [--json FILE] [--limpet PATH] [--core N] [PROGRAM ...]

Every program runs RUNS times (3) under each system, interleaved, on one core; the figure is the
least CPU time, user and system, of a whole process, start-up included. Ratios are to Guile's
bytecode VM with its JIT off where Guile is there, to Limpet otherwise. Each run's output is
compared with the `; => ` comments in the program. Guile compiles into its cache at a first run
that does not count. Lua runs its twin in bench/lua where there is one.
"""
import argparse
import json
import math
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CHEZ_PRELUDE = """(import (except (rnrs) map assoc member) (rnrs mutable-pairs) (rnrs mutable-strings) (rnrs r5rs)
 (only (chezscheme) map assoc member))
"""


def expected(path):
    return re.findall(r"; => (.*)$", path.read_text(), re.M)


def without_import(path, folder):
    """A copy of the program for systems that know no R7RS import."""
    text = re.sub(r"(?m)^\(import [^\n]*\)\n", "", path.read_text())
    copy = pathlib.Path(folder) / path.name
    copy.write_text(text)
    return str(copy)


def systems(limpet, folder):
    """name -> (command for a program path, or None if it has none; environment)."""
    found = {"limpet": (lambda p: [limpet, str(p)], {})}
    guile = shutil.which("guile-3.0") or shutil.which("guile")
    if guile:
        run = lambda p: [guile, "--r7rs", str(p)]
        found["guile-vm"] = (run, {"GUILE_JIT_THRESHOLD": "-1"})
        found["guile-jit"] = (run, {})
    chez = shutil.which("chezscheme") or shutil.which("scheme") or shutil.which("chez")
    if chez:
        found["chez"] = (lambda p: [chez, "--script", without_import(p, folder)], {})
    petite = shutil.which("petite")
    if petite:
        found["petite"] = (lambda p: [petite, "--script", without_import(p, folder)], {})
    for name, command in (("chibi", "chibi-scheme"), ("gosh", "gosh"), ("racket", "plt-r7rs")):
        path = shutil.which(command)
        if path:
            found[name] = (lambda p, path=path: [path, str(p)], {})

    def lua(command):
        def make(program):
            twin = HERE / "lua" / (program.stem + ".lua")
            return command + [str(twin)] if twin.exists() else None
        return make
    for name, command in (("lua", ["lua5.4"]), ("luajit-off", ["luajit", "-joff"])):
        if shutil.which(command[0]):
            found[name] = (lua(command), {})
    return found


def run_once(command, environment):
    """(CPU seconds, lines of output), or None if the program failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, env=dict(os.environ, **environment), timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    if done.returncode != 0:
        return None
    return seconds, done.stdout.decode(errors="replace").split("\n")[:-1]


def measure(program, peers, runs):
    """name -> least seconds; a system that failed or answered wrongly is left out."""
    wanted, best = expected(program), {}
    commands = {name: make(program) for name, (make, _) in peers.items()}
    for turn in range(runs + 1):
        for name, (_, environment) in peers.items():
            if commands[name] is None:
                continue
            result = run_once(commands[name], environment)
            if result is None or [line.strip() for line in result[1]] != wanted:
                got = "failed" if result is None else f"answered {result[1]}, not {wanted}"
                print(f"{program.stem}: {name} {got}", file=sys.stderr)
                commands[name] = None
                best.pop(name, None)
            elif turn > 0:
                best[name] = min(best.get(name, math.inf), result[0])
    return best


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else math.nan


def table(results, names, base):
    print(f"\n{'':12}" + "".join(f"{name:>12}" for name in names))
    columns = {name: [] for name in names}
    for program, best in results.items():
        cells = []
        for name in names:
            if name in best and base in best:
                ratio = best[name] / max(best[base], 1e-6)
                columns[name].append(ratio)
                cells.append(f"{best[name]:7.2f}s{ratio:4.2f}")
            else:
                cells.append("-")
        print(f"{program:12}" + "".join(f"{cell:>12}" for cell in cells))
    print(f"{'geom. mean':12}" + "".join(f"{mean(columns[name]):12.2f}" for name in names))
    print(f"(seconds of CPU, and the ratio to {base}; the mean is over what a system can run)")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*")
    parser.add_argument("-n", "--runs", type=int, default=3)
    parser.add_argument("--json")
    parser.add_argument("--core", type=int)
    parser.add_argument("--limpet", default=str(HERE.parent / "build" / "release" / "limpet"))
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1] if options.core is None else options.core})
    programs = sorted((HERE / "scheme").glob("*.scm"))
    if options.programs:
        programs = [p for p in programs if p.stem in options.programs]
    with tempfile.TemporaryDirectory() as folder:
        peers = systems(options.limpet, folder)
        results = {}
        for program in programs:
            results[program.stem] = measure(program, peers, options.runs)
            print(program.stem, {k: round(v, 3) for k, v in results[program.stem].items()},
                  file=sys.stderr)
    table(results, list(peers), "guile-vm" if "guile-vm" in peers else "limpet")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
