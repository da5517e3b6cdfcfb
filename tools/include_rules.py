#!/usr/bin/env python3
"""Checks who includes whom, and what files are called.

platform ← capabilities ← app: platform/ knows no capability; a capability includes platform/, itself
and other capabilities' public headers (never …_store.hpp or …_api.hpp), without cycles; app/
includes everything and nobody includes it. Paths start at src/. The simulator stands on platform/
alone, so that it cannot agree with the product by sharing its code. Tests may include what they
like, but the product never includes testing/. File names are unique (platform/, whose files are
named after their folders, for itself), so that tabs and stack traces are unambiguous, and a file has
at most 400 lines.
"""
import collections
import pathlib
import re
import sys

from cpp_source import ROOT, cpp_files, is_test

LINES_MAX = 400
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
SHARED_NAMES = {"main.cpp"}
WEB_NAMES = {"index.ts", "index.html"}


def folder_of(path):
    """The capability a path from src/ belongs to: "leads" for leads/lead.hpp."""
    return pathlib.PurePath(path).parts[0]


def why_not(source, header):
    """Why a file (path from the root) may not include a header (as written), or None."""
    if header.startswith(("./", "../")) or "/../" in header or "/" not in header:
        return "write the path from src/"
    test = is_test(source)
    if "/testing/" in header and not test:
        return "testing/ is for tests"
    if source.parts[0] != "src":
        if source.parts[:2] == ("tools", "meta-simulator"):
            if folder_of(header) not in ("meta-simulator", "platform"):
                return "the simulator stands on platform/ alone"
        return None
    if test:
        return None

    mine, theirs = source.parts[1], folder_of(header)
    if mine == theirs or mine == "app":
        return None
    if mine == "platform":
        return "platform/ knows no capability"
    if theirs == "app":
        return "only app/ knows app/"
    if theirs != "platform" and re.search(r"_(store|api)\.hpp$", header):
        return f"how {theirs}/ stores and answers is its own business; use its public headers"
    return None


def cycle_in(edges):
    """A list of capabilities that include each other in a ring, or None."""
    done = set()

    def walk(folder, trail):
        if folder in trail:
            return trail[trail.index(folder):] + [folder]
        if folder in done:
            return None
        for other in sorted(edges.get(folder, ())):
            if ring := walk(other, trail + [folder]):
                return ring
        done.add(folder)
        return None

    for start in sorted(edges):
        if ring := walk(start, []):
            return ring
    return None


def include_complaints(sources):
    """`sources`: path from the root → text."""
    edges = collections.defaultdict(set)
    for path, text in sources.items():
        for found in INCLUDE.finditer(text):
            header = found.group(1)
            if reason := why_not(path, header):
                line = text.count("\n", 0, found.start()) + 1
                yield f'{path}:{line}: "{header}": {reason}'
            elif path.parts[0] == "src" and not is_test(path):
                mine, theirs = path.parts[1], folder_of(header)
                if mine not in (theirs, "app") and theirs != "platform":
                    edges[mine].add(theirs)
    if ring := cycle_in(edges):
        yield "src: capabilities include each other in a ring: " + " → ".join(ring)


def name_complaints(paths):
    seen = {}
    for path in paths:
        if path.name in SHARED_NAMES | WEB_NAMES:
            continue
        # platform/db/database.hpp and, for tests, platform/testing/database.hpp.
        key = (path.name, path.parts[:2] == ("src", "platform"), "testing" in path.parts)
        if key in seen:
            yield f"{path}: {seen[key]} has the same name"
        seen.setdefault(key, path)


def length_complaints(sources):
    for path, text in sources.items():
        lines = text.count("\n")
        if lines > LINES_MAX and not is_test(path):
            yield f"{path}: {lines} lines; split it by meaning ({LINES_MAX} at most)"


def main():
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in cpp_files()}
    web = sorted(
        path.relative_to(ROOT)
        for pattern in ("*.ts", "*.tsx", "*.css") for path in (ROOT / "web/app/src").rglob(pattern))
    complaints = [
        *include_complaints(sources), *name_complaints([*sources, *web]), *length_complaints(sources)]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
