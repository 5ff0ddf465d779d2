"""lisp_forms.py - the top-level forms of a Lisp file, with the expectations beside them."""
import re

DELIMITERS = set("()[]\";'`, \t\r\n\f")


class Form:
    """One form: its text, the line it starts on, and what is expected of it."""

    def __init__(self, text, line):
        self.text = text
        self.line = line
        self.kind = None       # "=>", "!!" or None
        self.expected = None

    def head(self):
        match = re.match(r"\(\s*([^\s()\"';]+)", self.text)
        return match.group(1) if match else None


class Scanner:
    """Knows just enough of the lexical syntax to find where data end."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def skip_blanks(self, stop_at_newline=False):
        """Skips white space; comments too, unless stop_at_newline."""
        text = self.text
        while self.at < len(text):
            if text[self.at].isspace():
                if stop_at_newline and text[self.at] == "\n":
                    return
                self.at += 1
            elif stop_at_newline:
                return
            elif not self.skip_comment():
                return

    def skip_comment(self):
        text = self.text
        if text[self.at] == ";" or (self.at == 0 and text.startswith("#!/")):
            self.at = self.end_of_line()
        elif text.startswith("#|", self.at):
            self.skip_block()
        elif text.startswith("#;", self.at):
            self.at += 2
            self.skip_blanks()
            self.skip_datum()
        else:
            return False
        return True

    def skip_block(self):
        depth = 0
        for match in re.compile(r"#\||\|#").finditer(self.text, self.at):
            depth += 1 if match.group() == "#|" else -1
            if depth == 0:
                self.at = match.end()
                return
        self.at = len(self.text)

    def end_of_line(self):
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def skip_quoted(self, quote):
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != quote:
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += 1

    def skip_atom(self):
        text = self.text
        if text.startswith("#\\", self.at):
            self.at += 3
        while self.at < len(text) and text[self.at] not in DELIMITERS:
            if text[self.at] == "|":
                self.skip_quoted("|")
            else:
                self.at += 1

    def skip_datum(self):
        text = self.text
        depth = 0
        while self.at < len(text):
            c = text[self.at]
            if c in "([":
                depth += 1
                self.at += 1
            elif c in ")]":
                depth -= 1
                self.at += 1
            elif c in "'`":
                self.at += 1
                self.skip_blanks()
                continue
            elif c == ",":
                self.at += 2 if text.startswith(",@", self.at) else 1
                self.skip_blanks()
                continue
            elif c == '"':
                self.skip_quoted('"')
            elif re.compile(r"#[a-z0-9]*\(").match(text, self.at):
                self.at = text.index("(", self.at)
                continue
            elif re.compile(r"#\d+=").match(text, self.at):
                self.at = text.index("=", self.at) + 1
                continue
            else:
                self.skip_atom()
            if depth <= 0:
                return
            self.skip_blanks()


def take_expectation(scanner, form):
    """The comment behind a form, on its line or alone on the next one, and its continuations."""
    pattern = re.compile(r"[ \t]*\n?[ \t]*;+ ?(=>|!!)[ \t]?([^\n]*)")
    match = pattern.match(scanner.text, scanner.at)
    if not match:
        return
    form.kind = match.group(1)
    lines = [match.group(2).rstrip()]
    scanner.at = match.end()
    more = re.compile(r"\n[ \t]*;+ ?" + re.escape(form.kind) + r"[ \t]?([^\n]*)")
    while match := more.match(scanner.text, scanner.at):
        lines.append(match.group(1).rstrip())
        scanner.at = match.end()
    form.expected = "\n".join(lines).strip()


def parse(text):
    """All top-level forms of a file."""
    scanner = Scanner(text)
    forms = []
    scanner.skip_blanks()
    while scanner.at < len(text):
        start = scanner.at
        scanner.skip_datum()
        if scanner.at == start:
            scanner.at += 1
        form = Form(text[start:scanner.at], text.count("\n", 0, start) + 1)
        take_expectation(scanner, form)
        forms.append(form)
        scanner.skip_blanks()
    return forms
