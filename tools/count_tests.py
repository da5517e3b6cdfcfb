#!/usr/bin/env python3
"""Reads one suite's report and prints "passed failed skipped".

    tools/count_tests.py doctest|vitest|playwright|tap|verdict|exit REPORT EXIT_STATUS

A suite that ended badly without a failed test in its report (it crashed, or nothing ran, or there is
no report) has one failed test, so that no crash looks like success. `exit` is for a suite without a
report, such as a type check: it counts nothing, or one failed test.
"""
import json
import re
import sys


def doctest(report):
    # The last one: a test may print a summary of its own.
    summary = re.findall(
        r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped", report)
    return tuple(map(int, summary[-1]))


def vitest(report):
    totals = json.loads(report)
    skipped = totals["numPendingTests"] + totals["numTodoTests"]
    return totals["numPassedTests"], totals["numFailedTests"], skipped


def playwright(report):
    # "flaky" passed only when it was tried again: that is a failure.
    totals = json.loads(report)["stats"]
    return totals["expected"], totals["unexpected"] + totals["flaky"], totals["skipped"]


def tap(report):
    """What `node --test` says at the end."""
    passed, failed, cancelled, skipped = (
        int(re.findall(rf"^# {word} (\d+)$", report, re.MULTILINE)[-1])
        for word in ("pass", "fail", "cancelled", "skipped"))
    return passed, failed + cancelled, skipped


def verdict(report):
    """One test, whose last line is its result."""
    return {"passed": (1, 0, 0), "failed": (0, 1, 0)}[report.split()[-1]]


READERS = {"doctest": doctest, "vitest": vitest, "playwright": playwright, "tap": tap,
           "verdict": verdict}


def count(form, report, status):
    """`report` is None when there is none."""
    if form == "exit":
        return 0, int(status != 0), 0
    try:
        passed, failed, skipped = READERS[form](report)
    except (TypeError, ValueError, KeyError, IndexError):
        print("This suite left no report: it counts as a failed test.", file=sys.stderr)
        return 0, 1, 0
    if failed == 0 and (status != 0 or passed == 0):
        print(f"This suite ended with exit status {status} after {passed} passed tests: "
              "it counts as a failed test.", file=sys.stderr)
        failed = 1
    return passed, failed, skipped


def main():
    form, path, status = sys.argv[1:]
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            report = file.read()
    except OSError:
        report = None
    print(*count(form, report, int(status)))


if __name__ == "__main__":
    main()
