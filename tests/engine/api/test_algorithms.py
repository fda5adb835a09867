"""The records of the search algorithms, and those that other distributions register."""

import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from engine.api import algorithms
from engine.api.algorithms import (
    OWN_ALGORITHMS,
    SearchAlgorithm,
    algorithm_faults,
    algorithm_label,
    known_algorithm,
    search_algorithm,
    search_algorithms,
)
from engine.api.editing import settings_from, with_values
from engine.api.errors import BadInput
from engine.api.settings import SearchSettings, Settings

RECORD = """
from engine.api.algorithms import SearchAlgorithm
RECORD = SearchAlgorithm(key={key!r}, title="Mine", explanation="Does something.", factory={factory!r})
"""

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Lay out a distribution that registers ``RECORD`` of a module, as pip would."""

    def lay_out(module: str, code: str) -> None:
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{algorithms.GROUP}]\nmine = {module}:RECORD\n")
        (tmp_path / f"{module}.py").write_text(code)
        algorithms._plugins.cache_clear()

    monkeypatch.syspath_prepend(tmp_path)
    yield lay_out
    monkeypatch.undo()
    algorithms._plugins.cache_clear()


@pytest.mark.parametrize("algorithm", OWN_ALGORITHMS, ids=lambda each: each.key)
def test_every_record_is_complete(algorithm: SearchAlgorithm) -> None:
    msgspec.convert(msgspec.to_builtins(algorithm), SearchAlgorithm)
    assert callable(pkgutil.resolve_name(algorithm.factory))
    assert algorithm.explanation.endswith(".")
    assert algorithm.reference
    assert algorithm.address.startswith("https://")
    assert algorithm.starts in ("least_influence", "nearest_block") or algorithm.cost != "one"
    assert not algorithm.parameters or hasattr(SearchSettings(), algorithm.parameters)


def test_keys_are_unique_and_name_the_default() -> None:
    keys = [each.key for each in OWN_ALGORITHMS]
    assert len(set(keys)) == len(keys)
    assert Settings().search.algorithm in keys


def test_a_registered_algorithm_can_be_chosen(install: Install) -> None:
    install("my_search", RECORD.format(key="mine", factory="my_search:make"))
    assert [each.key for each in search_algorithms()] == [*(each.key for each in OWN_ALGORITHMS), "mine"]
    assert search_algorithm("mine").distribution == "my_search"
    assert with_values(Settings(), {"search.algorithm": "mine"}).search.algorithm == "mine"
    assert algorithm_label("mine") == "Mine"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("RECORD = 3", "it is a int and no engine.api.algorithms.SearchAlgorithm"),
        (RECORD.format(key="Not A Key", factory="a:b"), "its key is wrong"),
        (RECORD.format(key="mine", factory="no colon"), "its factory is wrong"),
        (RECORD.format(key="mine", factory=3), "its factory is wrong"),
        (RECORD.format(key="pso", factory="a:b"), "there is an algorithm 'pso' already"),
        (RECORD.format(key="mine", factory="a:b").replace("'a:b'", "lambda: None"), "named as 'module:name'"),
        (RECORD.format(key="mine", factory="a:b").replace("title=", "parameters='mine', title="), "no section 'mine'"),
        ("raise RuntimeError('out of order')", 'fails with RuntimeError: "out of order"'),
    ],
)
def test_a_broken_one_is_left_out_and_named_in_one_sentence(install: Install, code: str, reason: str) -> None:
    module = f"broken_{abs(hash(code))}"
    install(module, code)
    assert search_algorithms() == OWN_ALGORITHMS
    (fault,) = algorithm_faults()
    assert fault.startswith(f"{module} registers 'mine' in layerswarm.searchers, which cannot be used: ")
    assert reason in fault
    with pytest.raises(BadInput, match=module):
        search_algorithm("mine")
    with pytest.raises(BadInput, match=f"'another' is not installed; .* {module} registers 'mine'"):
        search_algorithm("another")


def test_settings_that_name_one_that_is_not_installed_are_read_but_not_written() -> None:
    settings = settings_from({"search": {"algorithm": "mine"}})
    assert known_algorithm("mine") is None
    assert with_values(settings, {"search.seed": 3}).search.algorithm == "mine"
    assert algorithm_label("my_own") == "my own"
    with pytest.raises(BadInput, match="'mine' is not installed; install the package that provides it, or choose one"):
        with_values(Settings(), {"search.algorithm": "mine"})


@pytest.mark.parametrize(("name", "near"), [("PSO", "pso"), ("Textbook_WOA", "textbook_woa"), ("gredy", "greedy")])
def test_a_misspelt_name_is_answered_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(BadInput, match=f"'{name}' is not installed; did you mean '{near}'"):
        with_values(Settings(), {"search.algorithm": name})


def test_a_pattern_is_not_shown_to_a_user() -> None:
    with pytest.raises(
        BadInput, match=r"device\.name cannot be .GPU.: it takes text of a certain form\. 'auto', 'cpu'"
    ) as caught:
        with_values(Settings(), {"device.name": "GPU"})
    assert "regex" not in str(caught.value)


@pytest.mark.parametrize("name", ["../elsewhere", "", "a b", "x" * 41])
def test_a_name_that_cannot_be_a_folder_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=r"search\.algorithm"):
        settings_from({"search": {"algorithm": name}})


def test_of_two_packages_with_one_key_the_second_names_the_conflict(install: Install) -> None:
    install("first_search", RECORD.format(key="mine", factory="a:b"))
    install("second_search", RECORD.format(key="mine", factory="c:d"))
    assert search_algorithm("mine").distribution == "first_search"
    (fault,) = algorithm_faults()
    assert "another package registers the key 'mine' too, and only one of them can be used" in fault
