"""C++ files of the project, and their text with what is not code blanked out."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tools", "tests", "bench")

_NOT_CODE = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""",
    re.VERBOSE | re.DOTALL)


def cpp_files(root=ROOT):
    """Paths relative to the root, sorted."""
    return sorted(
        path.relative_to(root)
        for folder in FOLDERS for pattern in ("*.cpp", "*.hpp")
        for path in (root / folder).rglob(pattern))


def code_of(text):
    """The text with comments and literals blanked out; every offset and line stays where it was."""
    return _NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def is_test(path):
    return path.name.endswith("_test.cpp") or "testing" in path.parts
