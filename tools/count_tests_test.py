import contextlib
import io
import json
import unittest

from count_tests import count, failures

DOCTEST = "[doctest] test cases:  7 |  5 passed | 2 failed | 1 skipped\n"


class CountTests(unittest.TestCase):
    def count(self, *arguments):
        with contextlib.redirect_stderr(io.StringIO()):
            return count(*arguments)

    def test_the_reports_of_the_runners_are_read(self):
        self.assertEqual(self.count("doctest", DOCTEST, 1), (5, 2, 1))
        vitest = {"numPassedTests": 3, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 0}
        self.assertEqual(self.count("vitest", json.dumps(vitest), 1), (3, 1, 2))
        playwright = {"stats": {"expected": 4, "unexpected": 1, "flaky": 1, "skipped": 2}}
        self.assertEqual(self.count("verdict", "kill 1\npassed\n", 0), (1, 0, 0))
        self.assertEqual(self.count("verdict", "kill 1\nfailed\n", 1), (0, 1, 0))
        self.assertEqual(self.count("verdict", "Traceback", 1), (0, 1, 0))
        self.assertEqual(self.count("playwright", json.dumps(playwright), 1), (4, 2, 2))
        tap = "# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n"
        self.assertEqual(self.count("tap", tap, 1), (3, 2, 1))

    def test_a_suite_without_a_report_has_failed(self):
        self.assertEqual(self.count("doctest", None, 139), (0, 1, 0))
        self.assertEqual(self.count("doctest", "AddressSanitizer: double-free", 1), (0, 1, 0))
        self.assertEqual(self.count("vitest", "{", 0), (0, 1, 0))

    def test_a_crash_after_a_good_summary_is_a_failure(self):
        good = "[doctest] test cases: 2 | 2 passed | 0 failed | 0 skipped"
        self.assertEqual(self.count("doctest", good, 0), (2, 0, 0))
        self.assertEqual(self.count("doctest", good, 134), (2, 1, 0))

    def test_a_suite_in_which_nothing_ran_has_failed(self):
        nothing = "[doctest] test cases: 0 | 0 passed | 0 failed | 9 skipped"
        self.assertEqual(self.count("doctest", nothing, 0), (0, 1, 9))

    def test_a_suite_without_tests_counts_only_when_it_fails(self):
        self.assertEqual(self.count("exit", None, 0), (0, 0, 0))
        self.assertEqual(self.count("exit", None, 2), (0, 1, 0))

    def test_what_failed_is_told_by_name(self):
        line = "=" * 79
        doctest = f"{line}\na_test.cpp:3:\nTEST CASE:  rain\n\nERROR: CHECK( wet )\n\n{line}\nsummary"
        self.assertIn("rain", failures("doctest", doctest)[0])
        spec = {"title": "signs in", "file": "a.spec.ts", "line": 3, "tests": [
            {"status": "flaky", "projectName": "sqlite", "results": [
                {"errors": [{"message": "\x1b[31mno button"}]}, {"errors": []}]},
            {"status": "expected", "projectName": "postgres", "results": []}]}
        playwright = json.dumps({"suites": [{"suites": [{"specs": [spec]}]}]})
        self.assertEqual(failures("playwright", playwright),
                         ["flaky on sqlite: a.spec.ts:3 signs in\nno button"])
        vitest = {"testResults": [{"assertionResults": [
            {"fullName": "adds", "status": "failed", "failureMessages": ["no"]}]}]}
        self.assertEqual(failures("vitest", json.dumps(vitest)), ["adds: no"])

    def test_a_report_that_cannot_be_read_is_shown_by_its_end(self):
        self.assertEqual(failures("vitest", "{"), ["{"])
        self.assertEqual(failures("doctest", "Segmentation fault"), ["Segmentation fault"])
        self.assertEqual(failures("exit", None), ["There is no report."])


if __name__ == "__main__":
    unittest.main()
