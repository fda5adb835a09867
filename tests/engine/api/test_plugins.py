"""Extensions are found through entry points; a broken one becomes a sentence that names its distribution."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.api.plugins import load_plugins

GROUP = "layerswarm.test_things"


def install(folder: Path, distribution: str, module: str, entries: str, code: str) -> None:
    """Lay out an installed distribution, as pip leaves one."""
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{entries}\n")
    (folder / f"{module}.py").write_text(code)


def number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("it is not a number")
    return value


def test_no_extension_is_the_usual_case() -> None:
    plugins = load_plugins("layerswarm.nobody_registers_this", number)
    assert plugins.loaded == plugins.faults == ()


def test_extensions_come_with_the_name_of_their_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "b-things", "b_things", "two = b_things:TWO", "TWO = 2")
    install(tmp_path, "a-things", "a_things", "one = a_things:ONE", "ONE = 1")
    monkeypatch.syspath_prepend(tmp_path)
    plugins = load_plugins(GROUP, number)
    assert [(each.distribution, each.value) for each in plugins.loaded] == [("a-things", 1), ("b-things", 2)]
    assert plugins.faults == ()


@pytest.mark.parametrize(
    ("entry", "code", "reason"),
    [
        ("x = broken_things:X", "X = 'text'", "it is not a number"),
        ("x = broken_things:X", "", r"broken_things:X fails with AttributeError: .*'X'"),
        ("x = broken_things:X", "import nowhere_to_be_found", "fails with ModuleNotFoundError"),
        ("x = broken_things:X", "raise SystemExit('no licence')", 'fails with SystemExit: "no licence"'),
        ("x = no_such_module:X", "", "fails with ModuleNotFoundError"),
    ],
)
def test_a_broken_extension_is_one_sentence_and_leaves_the_others_alone(
    entry: str, code: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "good-things", "good_things", "one = good_things:ONE", "ONE = 1")
    install(tmp_path, "broken-things", "broken_things", entry, code)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "broken_things", raising=False)
    plugins = load_plugins(GROUP, number)
    assert [each.value for each in plugins.loaded] == [1]
    assert re.search(reason, plugins.faults[0])
    assert plugins.faults[0].startswith(f"broken-things registers 'x' in {GROUP}, which cannot be used: ")


def test_nothing_is_loaded_by_importing_what_the_window_starts_with() -> None:
    code = (
        "import gui.app, engine.cli.main, engine.results.edge_fit\n"
        "from engine.api import algorithms, export_targets\n"
        "print(algorithms._plugins.cache_info().currsize, export_targets._installed.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["0", "0"]
