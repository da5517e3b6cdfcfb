import pathlib
import unittest

from include_rules import include_complaints, length_complaints, name_complaints


def complaints(**files):
    """complaints(src__leads__lead_hpp='"x.hpp"'): what a tree with these includes is told."""
    sources = {}
    for name, headers in files.items():
        path, _, extension = name.replace("__", "/").rpartition("_")
        includes = "".join(f'#include "{header}"\n' for header in headers.split())
        sources[pathlib.Path(f"{path}.{extension}")] = includes
    return "\n".join(include_complaints(sources))


class IncludeRulesTests(unittest.TestCase):
    def test_what_the_layout_allows_is_allowed(self):
        self.assertEqual("", complaints(
            src__app__serve_cpp="leads/lead_api.hpp meta/meta.hpp platform/id.hpp",
            src__leads__lead_api_cpp="leads/lead_store.hpp events/log.hpp platform/http/routes.hpp",
            src__meta__lead_fetch_cpp="leads/lead_intake.hpp",
            src__meta__lead_fetch_test_cpp="leads/lead_store.hpp app/testing/workspace.hpp",
            tools__meta_simulator_cpp="platform/id.hpp"))

    def test_platform_knows_no_capability(self):
        self.assertIn("knows no capability", complaints(src__platform__id_hpp="leads/lead.hpp"))

    def test_storage_and_http_of_another_capability_are_out_of_reach(self):
        self.assertIn("own business", complaints(src__meta__fetch_cpp="leads/lead_store.hpp"))
        self.assertIn("own business", complaints(src__meta__fetch_cpp="leads/lead_api.hpp"))

    def test_nobody_includes_app(self):
        self.assertIn("only app/", complaints(src__leads__lead_cpp="app/config.hpp"))

    def test_paths_start_at_the_source_folder(self):
        for header in ("lead.hpp", "../meta/meta.hpp", "./lead.hpp", "leads/../meta/meta.hpp"):
            self.assertIn("from src/", complaints(src__leads__lead_cpp=header))

    def test_the_product_never_includes_testing(self):
        self.assertIn("for tests", complaints(src__leads__lead_cpp="platform/testing/clock.hpp"))

    def test_the_simulator_shares_no_code_with_what_it_tests(self):
        source = {pathlib.Path("tools/meta-simulator/graph.cpp"): '#include "meta/signature.hpp"\n'}
        self.assertIn("platform/ alone", "\n".join(include_complaints(source)))

    def test_a_ring_of_capabilities_is_found(self):
        ring = complaints(
            src__a__a_cpp="b/b.hpp", src__b__b_cpp="c/c.hpp", src__c__c_cpp="a/a.hpp")
        self.assertIn("a → b → c → a", ring)

    def test_two_files_cannot_have_the_same_name(self):
        paths = [pathlib.Path("src/leads/store.cpp"), pathlib.Path("src/meta/store.cpp")]
        self.assertEqual(len(list(name_complaints(paths))), 1)

    def test_a_long_file_is_found(self):
        long = {pathlib.Path("src/leads/lead.cpp"): "\n" * 401}
        self.assertEqual(len(list(length_complaints(long))), 1)


if __name__ == "__main__":
    unittest.main()
