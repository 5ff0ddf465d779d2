#!/usr/bin/env python3
"""differ.py - makes up programs and runs each optimised and not: both must do and say the same.

    differ.py LIMPET [--seed N] [--programs N | --seconds N] [--keep DIR] [--show] [--processes N]

A program is well formed and mostly right about the types of its values, so that it gets far; now
and then it is wrong on purpose, and then the report and its position have to be the same too. Programs are made from the seed alone: --seed N --programs 1 --show prints the first.
Every fifth is run once more with collections at every few safepoints. A program that differs is
made smaller by leaving out what can be left out, and kept.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import time

SECONDS_PER_RUN = 20
MODES = {"optimised": ["-W", "none"], "-O0": ["-W", "none", "-O0"]}
# What frames there are is another matter: `(values x)` is a call, or it is not.
FRAMES = re.compile(rb"^  (?:in |\.\.\. ).*\n", re.MULTILINE)
PLACE = re.compile(r"\{(\w+)\}")

# What makes a value of each type; {type} stands for an expression of that type.
FORMS = {
    "int": """(+ {int} {int})|(- {int} {int})|(* {int} {small})|(+ {int} 1)|(- {int} 1)|(quotient {int} {int})
        (modulo {int} {int})|(remainder {int} {int})|(abs {int})|(min {int} {int})|(max {int} {int} {int})
        (if {bool} {int} {int})|(car {list})|(cadr {list})|(length {list})|(vector-ref {vec} {small})
        (vector-length {vec})|(char->integer {char})|(string-length {str})|(apply + {list})
        (apply max {int} {list})|(cond ({bool} {int}) ({bool} => (lambda (t) {int})) (else {int}))
        (call/cc (lambda (k) (+ {int} (if {bool} (k {int}) {int}))))|(begin {effect} {int})|(note {int})
        (let-values (((q r) (floor/ {int} {small}))) (- q r))|(exact (floor {float}))|(list-ref {list} {small})
        (call-with-values (lambda () (values {int} {int})) -)|(force (delay {int}))|(- {int})|(square {small})
        (guard (e (#t (note (if (error-object? e) -1 -2)))) {int})|(guard (e ((integer? e) (+ e 1))) (raise {int}))
        (with-exception-handler (lambda (e) {small}) (lambda () (+ 1 (raise-continuable {int}))))
        (parameterize ((setting {int})) (+ (setting) {int}))|(setting)|(cdr (assv {small} '((0 . 5) (1 . 6) (2 . 7) (3 . 8))))
        (cond ((assq {sym} '((a . 1) (b . 2))) => cdr) (else {int}))|(case (cond ({bool} 'a) ({bool} 'b) (else {sym})) ((a) {int}) ((b c) {int}) (else {int}))
        (let ((r (if {bool} (if {bool} {int} 7) #f))) (if (not r) {int} (if (eqv? r 7) {int} (+ r {int}))))
        (let ((r (cond ({bool} 'b) ({bool} {sym}) (else #f)))) (if (or (eq? r 'b) {bool} (memq r '(a c))) (begin (write r) {int}) {int}))
        (let ((r (cond ({bool} 'a) ({bool} 'b) (else {sym})))) (if (or (eq? r 'a) (and (eq? r 'b) {bool})) {int} (begin (write r) {int})))|(first-of {int} {int} {int})|(spread {int})
        (spread {int} {int})|(spread {int} {int} {int} {int})|(apply spread {list})|(apply first-of {int} {list})
        (dynamic-wind (lambda () {effect}) (lambda () {int}) (lambda () {effect}))|(thing-x {thing})|(thing-y {thing})
        (string->number (number->string {int}))|(exact-integer-sqrt-of {int})
        (let ((v {vec})) (do ((i 0 (+ i 1)) (s {num} (+ s (vector-ref v i)))) ((= i (vector-length v)) (exact (floor s)))))
        (count-chars (open-input-string {str}) {int} {int})|(sum-up {vec} {num})|(written-length {char} {str})
        (let-values (((a . more) (split {list})) (more-too (values {int} {int}))) (+ (length a) (length more-too)))
        (call-with-values (lambda () (if {bool} (split {list}) (values {list} {list}))) (lambda (a b) (- (length a) (length b))))
        (fold-up {list} {int})|(apply + {int} (map (lambda (x) {int}) {list}))|(exact (round (* {float} {small})))""",
    "small": "0|1|2|3|0|1|2|(modulo {int} 4)|(if {bool} 0 {small})|(length {list})",
    "float": """1.5|-0.5|2.|1e3|(* 1. {int})|(+ {float} {num})|(* {float} {num})|(/ {float} 4)|(- {float} {float})
        (if {bool} {float} {float})|(sqrt (abs {float}))|(floor {float})|(inexact {int})|(max {num} {float})""",
    "num": "{int}|{float}|{int}|1/2|(/ {int} 3)|(+ {num} {num})|(* {num} {small})|(- {num} {float})",
    "bool": """#t|#f|(< {int} {int})|(= {int} {small})|(> {num} {num})|(<= {int} {int} {int})|(null? {list})|(pair? {list})
        (eq? {sym} {sym})|(eqv? {int} {small})|(not {bool})|(and {bool} {bool})|(or {bool} {bool})|(zero? {int})
        (char=? {char} {char})|(char<? {char} {char})|(equal? {list} {list})|(memv {int} {list})|(even? {int})
        (string=? {str} {str})|(eq? {char} #\\a)|(if {bool} {bool} {bool})|(exact? {num})|(integer? {num})|(pair? {any})
        (vector? {any})|(symbol? {any})|(negative? {num})|(thing? {any})|(string<? {str} {str})|(boolean=? {bool} {bool})
        (memv {int} '(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 100 -1 -3))|(memq {sym} '(a b c d e f g h i j k l m n o p q r s t u v))
        (< {num} {int})|(= {float} {int})|(>= {int} {num} {int})""",
    "list": """'()|(list {int} {int})|(list {int} {int} {int})|(cons {int} {list})|(cons {int} {list})|(cdr {list})|'(1 2 3)
        (if {bool} {list} {list})|(append {list} {list})|(reverse {list})|(vector->list {vec})|(list-tail {list} {small})
        (map (lambda (x) {int}) {list})|(map (lambda (x y) {int}) {list} {list})|(map abs {list})|(begin {effect} {list})
        (let loop ((i {small}) (acc '())) (if (= i 0) acc (loop (- i 1) (cons {int} acc))))|(rest-of {int} {int} {int})
        (call-with-values (lambda () (values {int} {int} {int})) (lambda (a . more) (cons {int} more)))|(list-copy {list})
        (call-with-values (lambda () (split {list})) (lambda (a b) (append b a)))|(apply list {int} {list})
        (do ((i 0 (+ i 1)) (l '() (cons {int} l))) ((= i {small}) l) {effect})|(member {int} '(0 1 2 3 1 2))|(cddr {list})
        (let-values (((a . b) (split {list})) ((c) {list})) (append a c))""",
    "vec": """(vector {int} {int} {int})|(vector {int} {int} {int} {int})|(make-vector {small} {int})|(list->vector {list})
        (vector-map (lambda (x) {int}) {vec})|(if {bool} {vec} {vec})|(vector-copy {vec})|(vector-append {vec} {vec})
        (let ((v (make-vector 3 0))) (vector-set! v {small} {int}) v)""",
    "char": """#\\a|#\\b|#\\z|#\\space|(string-ref {str} {small})|(char-upcase {char})|(if {bool} {char} {char})
        (integer->char (+ 97 {small}))""",
    "str": """"abc"|"zebra"|""|(string-append {str} {str})|(number->string {int})|(string {char} {char})|(symbol->string {sym})
        (substring "abcdef" {small} 4)|(if {bool} {str} {str})|(string-copy {str})|(list->string (list {char} {char}))
        (let ((o (open-output-string))) (write {any} o) (get-output-string o))|(string-upcase {str})""",
    "sym": "'a|'b|'c|'d|(if {bool} {sym} {sym})|(car '(a b))|(string->symbol {str})",
    "thing": "(make-thing {int} {int})|(if {bool} {thing} {thing})|(let ((t {thing})) (set-thing-y! t {int}) t)",
    "any": "{int}|{list}|{vec}|{char}|{str}|{sym}|{bool}|{float}|{thing}|(lambda (x) {int})|(if #f #f)|(list {any} {any})",
    "effect": """(note {int})|(note {any})|(if {bool} {effect} {effect})|(for-each (lambda (x) {effect}) {list})|(when {bool} {effect})
        (vector-for-each (lambda (x) {effect}) {vec})|(begin {effect} {effect})|(setting)|(unless {bool} {effect})
        (string-for-each (lambda (c) (note c)) {str})|(set! counter (+ counter {small}))|(note counter)""",
}

WRONG = ["(no-such-procedure {int})", "no-such-variable", "(error \"so\" {any})", "(raise {any})", "({int} {int})",
         "(first-of)", "(vector-ref {vec} 9)", "(car '())", "(let ((f (lambda (a b) {int}))) (f {int}))", "(values)",
         "(values {int} {int})", "(letrec ((a b) (b {int})) a)", "(assert-that {bool})", "(string-ref {str} -1)",
         "(apply first-of {int})", "(exit {small})", "(raise-continuable {int})", "(/ {int} 0)"]

LONG_CASE = {"int": [str(n) for n in range(11, 40)] + ["2305843009213693951"], "small": [str(n) for n in range(4, 40)],
             "char": [f"#\\{c}" for c in "efghijklmnopqrstuvwxyABCDEF"], "sym": list("ghijklmnopqrstuvwxyz") + ["s1", "s2"],
             "any": [str(n) for n in range(1, 25)] + list("ghijkl")}

PRELUDE = """(define counter 0)
(define setting (make-parameter 7))
(define-record-type thing (make-thing x y) thing? (x thing-x) (y thing-y set-thing-y!))
(define (note x) (write x) (write-char #\\space) (if (integer? x) x 0))
(define (first-of a . more) (if (null? more) a (+ a (car more))))
(define (rest-of a . more) more)
(define (split l) (if (or (null? l) (null? (cdr l))) (values l '())
  (call-with-values (lambda () (split (cddr l))) (lambda (a b) (values (cons (car l) a) (cons (cadr l) b))))))
(define spread (case-lambda ((a) a) ((a b) (- a b)) ((a b . more) (apply + a b more))))
(define (count-chars port one other)
  (let loop ((n 0))
    (let ((c (read-char port)))
      (cond ((eof-object? c) n) ((char=? c #\\a) (loop (+ n one))) ((eqv? c (peek-char port)) (loop (- n other)))
            (else (loop (+ n 1)))))))
(define (sum-up v start)
  (let loop ((i 0) (s start) (odd 0))
    (if (= i (vector-length v)) (note (list s odd)) (loop (+ i 1) (+ s (vector-ref v i)) (if (odd? i) (* odd 2) (- i odd))))))
(define (written-length c s)
  (let ((port (open-output-string)))
    (write-char c port) (write-string s port) (write c port) (string-length (get-output-string port))))
(define (fold-up l start)
  (let loop ((l l) (seen '()) (n start))
    (cond ((pair? l) (loop (cdr l) (cons (car l) seen) (+ n (car l)))) ((null? l) (+ n (length seen))) (else (car l)))))
(define (exact-integer-sqrt-of n) (let-values (((s r) (exact-integer-sqrt (abs n)))) (- s r)))
"""


def shapes(text):
    return [form.strip() for line in text.splitlines() for form in line.split("|") if form.strip()]


SHAPES = {kind: shapes(text) for kind, text in FORMS.items()}
LEAVES = {"int": ["0", "1", "2", "-1", "5", "7", "10", "100", "-3", "2305843009213693951", "1000000007"],
          "small": ["0", "1", "2", "3"], "float": ["1.5", "-0.0", "0.25", "1e200"], "num": ["3", "1.5", "2/3"],
          "bool": ["#t", "#f"], "list": ["'()", "'(1 2)", "(list 3 4 5)"], "vec": ["#(1 2 3)", "(vector 4 5 6 7)"],
          "char": ["#\\a", "#\\c"], "str": ['"abc"', '"b"'], "sym": ["'a", "'b"], "any": ["#f", "'()", "0", "'a"],
          "effect": ["(note 1)", "counter"], "thing": ["(make-thing 1 2)"]}
BOUND = ["int", "int", "int", "list", "vec", "num", "char", "sym", "any", "str", "bool", "thing"]


class Maker:
    """Makes expressions; what is bound where they stand is in `scope`: (name, type) pairs."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.scope, self.procedures, self.names = [], [], 0
        self.changing = set()  # names that are assigned now and then
        self.error_rate = self.random.choice([0, 0.002, 0.01])

    def name(self, stem):
        self.names += 1
        return f"{stem}{self.names}"

    def within(self, bound, make):
        """What `make` gives where `bound` is in scope too."""
        kept = self.scope
        self.scope = kept + bound
        made = make()
        self.scope = kept
        return made

    def variable(self, stem):
        name = self.name(stem)
        if self.random.random() < 0.3:
            self.changing.add(name)
        return name

    def make(self, kind, depth):
        pick = self.random
        if pick.random() < self.error_rate:
            kind = pick.choice([*SHAPES, "wrong", "wrong"])
        names = [name for name, bound in self.scope if bound == kind or kind == "any"]
        if names and pick.random() < 0.4:
            return pick.choice(names[-6:])
        changing = [v for v in self.scope if v[0] in self.changing]
        if changing and depth > 0 and pick.random() < (0.4 if kind == "effect" else 0.07):
            return self.assignment(kind, depth - 1, *pick.choice(changing[-6:]))
        if kind == "wrong":
            return self.fill(pick.choice(WRONG), depth - 1)
        if depth <= 0:
            return pick.choice(names or LEAVES[kind])
        if pick.random() < 0.3 and kind not in ("small", "effect"):
            return self.binding(kind, depth - 1)
        if self.procedures and kind == "int" and pick.random() < 0.25:
            return self.call(depth - 1)
        return self.fill(pick.choice(SHAPES[kind]), depth - 1)

    def fill(self, shape, depth):
        """The names that a shape binds itself hold integers, if anything."""
        own = [(name, "int") for name in re.findall(r"lambda \((\w)(?: \w)?\)", shape) if name in "xy"]
        return PLACE.sub(lambda place: self.within(own, lambda: self.make(place[1], depth)), shape)

    def assignment(self, kind, depth, name, its_kind):
        assignment = f"(set! {name} {self.make(its_kind, depth)})"
        if kind == "effect":
            return assignment
        return f"(begin {assignment} {name if kind == its_kind else self.make(kind, depth)})"

    def call(self, depth):
        name, kinds = self.random.choice(self.procedures)
        return f"({name} {' '.join(self.make(kind, depth) for kind in kinds)})"

    def bindings(self, depth, count=None):
        kinds = [self.random.choice(BOUND) for _ in range(count or self.random.randint(1, 3))]
        bound = [(self.variable("v"), kind) for kind in kinds]
        return bound, " ".join(f"({name} {self.make(kind, depth)})" for name, kind in bound)

    def binding(self, kind, depth):
        return self.random.choice([self.let, self.let, self.let_star, self.loop, self.local_procedure, self.case,
                                   self.assigned, self.counting, self.values, self.mutual, self.chain, self.escape,
                                   self.family])(kind, depth)

    def let(self, kind, depth):
        bound, text = self.bindings(depth)
        return f"(let ({text}) {self.within(bound, lambda: self.make(kind, depth))})"

    def let_star(self, kind, depth):
        first, text = self.bindings(depth, 1)
        second, more = self.within(first, lambda: self.bindings(depth, 1))
        return f"(let* ({text} {more}) {self.within(first + second, lambda: self.make(kind, depth))})"

    def assigned(self, kind, depth):
        bound, text = self.bindings(depth, 2)
        name, its_kind = bound[0]
        new, body, effect = (self.within(bound, lambda k=k: self.make(k, depth)) for k in (its_kind, kind, "effect"))
        return f"(let ({text}) {effect} (set! {name} {new}) {body})"

    def counting(self, kind, depth):
        """A loop that assigns what it counts and what it gathers."""
        bound, text = self.bindings(depth, self.random.randint(1, 2))
        self.changing.update(name for name, _ in bound)
        loop, count = self.name("loop"), self.name("n")
        inside = bound + [(count, "int")]
        last = self.within(inside, lambda: self.make(kind, depth))
        sets = " ".join(self.within(inside, lambda: self.make("effect", depth)) for _ in range(self.random.randint(1, 2)))
        form = self.random.choice([
            "(let (({n} {times}) {text})\n (let {loop} ()\n (if (> {n} 0) (begin (set! {n} (- {n} 1)) {sets} ({loop})) {last})))",
            "(let ({text})\n (do (({n} {times} (- {n} 1))) ((= {n} 0) {last})\n {sets}))"])
        return form.format(n=count, times=self.random.randint(0, 3), text=text, loop=loop, sets=sets, last=last)

    def loop(self, kind, depth):
        bound, text = self.bindings(depth, self.random.randint(1, 2))
        loop, count = self.name("loop"), self.name("n")
        inside = bound + [(count, "int")]
        last = self.within(inside, lambda: self.make(kind, depth))
        effect = self.within(inside, lambda: self.make("effect", depth - 1))
        again = " ".join(self.within(inside, lambda k=k: self.make(k, depth - 1)) for _, k in bound)
        return (f"(let {loop} (({count} {self.random.randint(0, 3)}) {text})\n"
                f" (if (= {count} 0) {last} (begin {effect} ({loop} (- {count} 1) {again}))))")

    def local_procedure(self, kind, depth):
        name, bound = self.name("f"), [(self.variable("p"), self.random.choice(BOUND)) for _ in range(self.random.randint(0, 3))]
        body = self.within(bound, lambda: self.make("int", depth))
        kept = self.procedures
        self.procedures = kept + [(name, [k for _, k in bound])]
        rest = self.make(kind, depth)
        self.procedures = kept
        form = self.random.choice(["(let () (define ({0} {1}) {2})\n {3})", "(let (({0} (lambda ({1}) {2})))\n {3})",
                                   "(letrec (({0} (lambda ({1}) {2})))\n {3})"])
        return form.format(name, " ".join(n for n, _ in bound), body, rest)

    def mutual(self, kind, depth):
        f, g, n, a = self.name("f"), self.name("g"), self.name("n"), self.name("a")
        inside = [(n, "int"), (a, "int")]
        done, one, two = (self.within(inside, lambda: self.make("int", depth - 1)) for _ in range(3))
        other = self.random.choice([f"({g} (- {n} 1) {one})", f"(+ 1 ({g} (- {n} 1) {one}))"])
        call = f"({f} {self.random.randint(0, 4)} {self.make('int', depth)})"
        use = self.within([(a, "int")], lambda: self.make(kind, depth))
        return (f"(letrec (({f} (lambda ({n} {a}) (if (<= {n} 0) {done} {other})))\n"
                f" ({g} (lambda ({n} {a}) (if (<= {n} 0) {a} ({f} (- {n} 1) {two})))))\n (let (({a} {call})) {use}))")

    def family(self, kind, depth):
        """Procedures that call one another, over variables around them; some escape. They end, as one argument falls."""
        bound, text = self.bindings(depth, 2)
        n, names = self.name("n"), [self.name("f") for _ in range(self.random.randint(2, 5))]
        calls = [f"({name} (- {n} 1))" for name in names]

        def procedure(name):
            inside = bound + [(n, "int")]
            done, some, step = (self.within(inside, lambda k=k: self.make(k, depth - 1)) for k in ("int", "int", "effect"))
            one, two = self.random.choice(calls), self.random.choice(calls)
            more = self.random.choice([one, f"(+ {some} {one})", f"(begin {step} {one})", f"(- {one} {two})", f"((lambda () {one}))",
                                       f"(apply {one[1:].split()[0]} (list (- {n} 1)))", f"(apply + (map (lambda (m) (+ {some} {one})) '(1 2)))"])
            return f"(define ({name} {n}) (if (<= {n} 0) {done} {more}))"

        kept = self.procedures
        text = f"(let ({text})\n {chr(10).join(procedure(name) for name in names)}\n"
        self.procedures = kept + [(name, ["small"]) for name in names]
        body = self.within(bound + [(name, "any") for name in names[:1]], lambda: self.make(kind, depth))
        self.procedures = kept
        return f"{text} (note ({names[-1]} {self.random.randint(0, 4)})) {body})"

    def case(self, kind, depth):
        key, constants = self.random.choice([
            ("int", [["0"], ["1", "2"], ["5"], ["7", "10"], ["100"], ["-1"]]),
            ("small", [["0"], ["1"], ["2"], ["3"]]),
            ("char", [["#\\a"], ["#\\b", "#\\c"], ["#\\z"], ["#\\space"]]),
            ("sym", [["a"], ["b"], ["c", "d"], ["abc"], ["zebra", "e"], ["f"]]),
            ("any", [["0", "a"], ["#f"], ["()", "#\\a"], ["1.5"], ["b", "#t"]])])
        if self.random.random() < 0.2:
            constants += [[text] for text in LONG_CASE[key]]
        chosen = self.random.sample(constants, self.random.randint(1, len(constants)))
        clauses = " ".join(f"(({' '.join(c)}) {self.make(kind, depth)})" for c in chosen)
        otherwise = f"(else {self.make(kind, depth)})"
        return f"(case {self.make(key, depth)} {clauses} {otherwise})"

    def chain(self, kind, depth):
        """Tests of one variable, one after another: what is known of it grows."""
        name = self.name("v")
        tests = [("(pair? {0})", "(car {0})"), ("(null? {0})", "0"), ("(symbol? {0})", "(eq? {0} 'a)"), ("(vector? {0})",
                 "(vector-length {0})"), ("(char? {0})", "(char->integer {0})"), ("(number? {0})", "(+ {0} 1)"),
                 ("(eq? {0} #f)", "{0}"), ("(string? {0})", "(string-length {0})"), ("(procedure? {0})", "({0} 1)"),
                 ("(eqv? {0} 0)", "(* {0} 2)"), ("(thing? {0})", "(thing-x {0})"), ("(integer? {0})", "(even? {0})")]
        chosen = self.random.sample(tests, self.random.randint(1, 5))
        inside = [(name, "any")]
        clauses = " ".join(f"({t.format(name)} (note {v.format(name)}) {self.within(inside, lambda: self.make(kind, depth))})"
                           for t, v in chosen)
        rest = self.within(inside, lambda: self.make(kind, depth))
        return f"(let (({name} {self.make('any', depth)}))\n (cond {clauses} (else {rest})))"

    def values(self, kind, depth):
        count = self.random.randint(0, 3)
        bound = [(self.variable("v"), "int") for _ in range(count)]
        rest = [(self.variable("r"), "list")] if self.random.random() < 0.3 else []
        given = count + self.random.choice([0, 0, 1, 2]) if rest else count
        if self.random.random() < self.error_rate * 4:
            given += 1
        # (values x) may be x: then a call in it is a tail call, and reports do not show who made it.
        values = f"(values {' '.join(self.make('int', depth - 1 if given > 1 else 0) for _ in range(given))})"
        producer = self.random.choice(["{0}", "(if {1} {0} {0})", "(begin (note 0) {0})", "(let () (set! counter 1) {0})"])
        producer = producer.format(values, self.make("bool", depth - 1))
        formals = "".join(name + " " for name, _ in bound) + (f". {rest[0][0]}" if rest and bound else "")
        formals = f"({formals})" if bound or not rest else rest[0][0]
        body = self.within(bound + rest, lambda: self.make(kind, depth))
        form = self.random.choice(["(call-with-values (lambda () {0}) (lambda {1} {2}))", "(let-values (({1} {0})) {2})"])
        return form.format(producer, formals, body)

    def escape(self, kind, depth):
        """A continuation that is gone back into, a bounded number of times."""
        k, n, v = self.name("k"), self.name("n"), self.name("v")
        again = self.within([(v, "int"), (n, "int")], lambda: self.make("int", depth - 1))
        body = self.within([(v, "int"), (n, "int")], lambda: self.make(kind, depth - 1))
        return (f"(let (({k} #f) ({n} 0))\n (let (({v} (call/cc (lambda (c) (set! {k} c) {self.make('int', depth - 1)}))))\n"
                f" (set! {n} (+ {n} 1)) (if (< {n} {self.random.randint(1, 3)}) ({k} {again}) {body})))")

    def definition(self, depth):
        name, count = self.name("f"), self.random.randint(1, 3)
        bound = [(self.variable("p"), self.random.choice(BOUND)) for _ in range(count)]
        body = self.within(bound, lambda: self.make("int", depth))
        self.procedures.append((name, [kind for _, kind in bound]))
        return f"(define ({name} {' '.join(n for n, _ in bound)})\n {body})\n"

    def program(self):
        """The prelude and its parts, each of which can be left out if nothing refers to it."""
        parts = [self.definition(self.random.randint(1, 4)) for _ in range(self.random.randint(0, 4))]
        for _ in range(self.random.randint(1, 5)):
            kind = self.random.choice(["int", "list", "any", "num", "str", "bool", "vec", "effect"])
            parts.append(f"(note {self.make(kind, self.random.randint(2, 5))})\n(newline)\n")
        return parts


def run(limpet, path, words, stress=0):
    """Exit status, output and report; None if it took too long, or was stopped by a limit."""
    environment = dict(os.environ, LIMPET_STRESS=str(stress)) if stress else None
    try:
        done = subprocess.run([limpet, *words, "--max-heap", "64M", str(path)], capture_output=True, env=environment,
                              timeout=SECONDS_PER_RUN, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None
    if b"out of memory" in done.stderr:
        return None
    return done.returncode, done.stdout, FRAMES.sub(b"", done.stderr)


def differs(limpet, path, parts, stress):
    path.write_text(PRELUDE + "".join(parts), encoding="utf-8")
    results = [run(limpet, path, words) for words in MODES.values()]
    if stress and results[0] is not None:
        results.append(run(limpet, path, MODES["optimised"], 7))
    known = [result for result in results if result is not None]
    return any(result != known[0] or result[0] not in range(71) for result in known)


def smaller(limpet, path, parts, stress):
    """Leaves out parts, one at a time, as long as the rest still differs."""
    index = 0
    while index < len(parts):
        fewer = parts[:index] + parts[index + 1:]
        if differs(limpet, path, fewer, stress):
            parts = fewer
        else:
            index += 1
    path.write_text(PRELUDE + "".join(parts), encoding="utf-8")


def try_one(options, seed):
    """The path of the program if it differs, else None."""
    parts = Maker(seed).program()
    path = options.keep / f"differ-{seed}.scm"
    stress = seed % 5 == 0
    if differs(options.limpet, path, parts, stress):
        smaller(options.limpet, path, parts, stress)
        return path
    path.unlink()
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("limpet")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--programs", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("build/fuzz"))
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**9)
    if options.show:
        print(PRELUDE + "".join(Maker(seed).program()), end="")
        return 0
    options.keep.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + options.seconds
    found, count = [], 0
    with concurrent.futures.ThreadPoolExecutor(options.processes) as pool:
        while (count < options.programs) if options.programs else (time.monotonic() < end):
            batch = range(seed + count, seed + count + 50)
            found += filter(None, pool.map(lambda s: try_one(options, s), batch))
            count += len(batch)
    print(f"{count} programs from seed {seed}, {len(found)} differ")
    for path in found:
        print(path)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
