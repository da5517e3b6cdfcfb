#!/usr/bin/env python3
"""Reads one suite's report and prints "passed failed skipped", and on stderr what failed.

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


# What failed, a few lines each: for whoever sees nothing but the end of a long log.
def failed_doctest(report):
    cases = report.split("=" * 79)
    return [case.strip()[:600] for case in cases if re.search(r"(ERROR|FATAL ERROR|exception)", case)
            and "TEST CASE:" in case]


def failed_vitest(report):
    return [f"{test['fullName']}: {''.join(test['failureMessages'])[:600]}"
            for file in json.loads(report)["testResults"] for test in file["assertionResults"]
            if test["status"] == "failed"]


def failed_playwright(report):
    def specs(suites):
        for suite in suites:
            yield from suite.get("specs", [])
            yield from specs(suite.get("suites", []))

    found = []
    for spec in specs(json.loads(report)["suites"]):
        for test in spec["tests"]:
            if test["status"] in ("unexpected", "flaky"):
                errors = [error["message"] for result in test["results"] for error in result["errors"]]
                colourless = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(errors))
                found.append(f"{test['status']} on {test['projectName']}: {spec['file']}:{spec['line']} "
                             f"{spec['title']}\n{colourless[:900]}")
    return found


def last_lines(report):
    return ["\n".join(report.splitlines()[-25:])]


FAILED = {"doctest": failed_doctest, "vitest": failed_vitest, "playwright": failed_playwright}


def failures(form, report):
    """Never fails itself: a report that cannot be read is shown by its end."""
    try:
        return FAILED.get(form, last_lines)(report) or last_lines(report)
    except (AttributeError, TypeError, ValueError, KeyError):
        return last_lines(report or "There is no report.")


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
    passed, failed, skipped = count(form, report, int(status))
    print(passed, failed, skipped)
    if failed:
        print("\n\n".join(failures(form, report)), file=sys.stderr)


if __name__ == "__main__":
    main()
