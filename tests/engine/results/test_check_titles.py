"""Every check of an export has a title."""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.results.check_titles import CHECK_TITLES, check_title

EXPORT = Path(__file__).resolve().parents[3] / "engine" / "export"
_COUNTS = ("equal", "_equal")
"""Functions that make a check of a count; its key is their first argument."""


def made_checks() -> Iterator[ast.expr]:
    """Yield the key of each check as it is written where the engine makes it."""
    for path in sorted(EXPORT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "ExportVerified":
                yield next(given.value for given in node.keywords if given.arg == "check")
            elif node.func.id in _COUNTS:
                yield node.args[0]


def test_every_check_that_the_engine_makes_has_a_title_and_every_title_is_of_such_a_check() -> None:
    keys = {each.value for each in made_checks() if isinstance(each, ast.Constant)}
    assert keys == set(CHECK_TITLES)


def test_keys_are_written_out_except_where_a_check_is_passed_on() -> None:
    passed_on = [ast.unparse(each) for each in made_checks() if not isinstance(each, ast.Constant)]
    assert set(passed_on) == {"check"}


def test_titles_differ() -> None:
    assert len(set(CHECK_TITLES.values())) == len(CHECK_TITLES)


def test_a_check_of_another_package_is_named_by_its_key() -> None:
    assert check_title("archive index", str.upper) == "Archive index"


def test_a_title_is_translated() -> None:
    assert check_title("logits", str.upper) == "LOGITS"
