#!/usr/bin/env python3
"""Finds the coroutine code that g++ 12.2 compiles wrongly, or that C++20 leaves dangling.

g++ 12.2 destroys aggregate temporaries in a co_await expression twice, and a lambda that captures by
value is such an aggregate. So inside a co_await expression there is no
  Name{…} or {…} as an argument       name the value first, then await
  [value] or [=] lambda               capture by reference; the coroutine outlives the call
Further
  if (… co_await …) co_await …;       with the undefined-behaviour sanitizer a trap: name the first
  for (… : co_await …)                C++20 does not keep the inner temporary alive: name it
  co_spawn(…, [captures]() {…}(), …)  the lambda, and its captures, die before the coroutine runs
A type with a constructor of its own is safe; a line that uses one says so: // coroutine-safe: why.
"""
import re
import sys

from cpp_source import ROOT, code_of, cpp_files, line_of

SAFE = "coroutine-safe:"


def closing(code, opening):
    """The offset of the bracket that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(code)):
        if code[at] in "([{":
            depth += 1
        elif code[at] in ")]}":
            depth -= 1
            if depth == 0:
                return at
    return len(code) - 1


def is_lambda(code, bracket):
    """Whether the [ at `bracket` opens a capture list rather than a subscript or an attribute."""
    before = code[:bracket].rstrip()
    if code[bracket + 1:bracket + 2] == "[" or before.endswith("["):
        return False
    return not re.search(r"[\w)\]]$", before) or bool(re.search(r"\b(return|co_return)$", before))


def lambda_body(code, bracket):
    """Offsets of the braces around the body of the lambda whose capture list opens at `bracket`."""
    at = closing(code, bracket) + 1
    while at < len(code) and code[at] not in "{;":
        at = closing(code, at) + 1 if code[at] == "(" else at + 1
    return at, closing(code, at)


def captures_by_value(captures):
    names = [name.strip() for name in captures.split(",")]
    return any(name and not name.startswith("&") and name != "this" for name in names)


def temporaries(code, start):
    """(offset, complaint) for each bad temporary of the co_await expression that begins at `start`."""
    at, depth = start, 0
    while at < len(code):
        char = code[at]
        if char in ")]}" and depth == 0 or char == ";":
            return
        if char == "," and depth == 0:
            return
        if char == "[" and is_lambda(code, at):
            end = closing(code, at)
            if captures_by_value(code[at + 1:end]):
                yield at, "a lambda that captures by value inside co_await: capture by reference"
            at = lambda_body(code, at)[1] + 1  # its body is not part of this expression
            continue
        if char == "{":
            before = code[start:at].rstrip()
            aggregate = re.search(r"\b([A-Z]\w*)(<[^<>{}]*>)?$", before)
            if aggregate and code[at + 1:closing(code, at)].strip() or re.search(r"[(,{]$", before):
                yield at, "an aggregate temporary inside co_await: name it first"
                at = closing(code, at) + 1
                continue
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        at += 1


def complaints(text):
    """(line, complaint) for each bad shape in a file's text."""
    code = code_of(text)
    found = []
    for await_ in re.finditer(r"\bco_await\b", code):
        found += temporaries(code, await_.end())
    for loop in re.finditer(r"\bfor\s*\(", code):
        head = code[loop.end():closing(code, loop.end() - 1)]
        if re.search(r"[^:]:[^:].*\bco_await\b", head, re.DOTALL) and ";" not in head:
            found.append((loop.start(), "co_await in the range of a for: name the range first"))
    for branch in re.finditer(r"\bif\s*\(", code):
        end = closing(code, branch.end() - 1)
        if "co_await" in code[branch.end():end] and re.match(r"\s*co_await\b", code[end + 1:]):
            found.append((branch.start(), "co_await in an if whose branch awaits: name it first"))
    for spawn in re.finditer(r"\bco_spawn\s*\(", code):
        end = closing(code, spawn.end() - 1)
        for bracket in re.finditer(r"\[", code[spawn.end():end]):
            opening = spawn.end() + bracket.start()
            if not is_lambda(code, opening):
                continue
            captures = code[opening + 1:closing(code, opening)].strip()
            after = code[lambda_body(code, opening)[1] + 1:end].lstrip()
            if captures and after.startswith("("):
                found.append((opening, "a lambda called inside co_spawn dies before its coroutine"))
    lines = text.splitlines()
    numbered = sorted((line_of(text, at), complaint) for at, complaint in found)
    return [(line, what) for line, what in numbered if SAFE not in lines[line - 1]]


def main():
    bad = [
        f"{path}:{line}: {what}"
        for path in cpp_files()
        for line, what in complaints((ROOT / path).read_text(encoding="utf-8"))]
    print(*bad, sep="\n", end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
