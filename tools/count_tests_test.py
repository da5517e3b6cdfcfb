import contextlib
import io
import json
import unittest

from count_tests import count

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


if __name__ == "__main__":
    unittest.main()
