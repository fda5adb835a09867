"""``layerswarm algorithms`` lists the search algorithms."""

import json

import pytest

from engine.api import algorithms
from engine.api.algorithms import OWN_ALGORITHMS
from engine.cli import algorithms_command
from tests.engine.cli.test_commands import typed


def test_every_algorithm_is_listed_with_its_publication() -> None:
    result = typed("algorithms")
    assert result.exit_code == 0
    for algorithm in OWN_ALGORITHMS:
        assert f"{algorithm.key}   {algorithm.title}. {algorithm.explanation}" in result.stdout
        assert algorithm.address in result.stdout


def test_the_records_can_be_read_as_json() -> None:
    listed = json.loads(typed("algorithms", "--json").stdout)
    assert [each["key"] for each in listed] == [each.key for each in algorithms.search_algorithms()]


def test_a_broken_one_is_a_warning_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(algorithms_command, "algorithm_faults", lambda: ("theirs registers 'mine'.",))
    result = typed("algorithms", "--json")
    assert result.stderr == "Warning: theirs registers 'mine'.\n"
    assert json.loads(result.stdout)
