"""What is written on the command line is read, or refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.api.settings import Settings
from engine.cli.arguments import changed, layer_numbers
from engine.cli.main import routed
from engine.results.figures import format_layers


@given(st.sets(st.integers(0, 120), min_size=1))
def test_layers_are_read_as_they_are_shown(layers: set[int]) -> None:
    removed = tuple(sorted(layers))
    assert layer_numbers(format_layers(removed)) == removed


def test_order_and_spaces_do_not_matter() -> None:
    assert layer_numbers("18, 3,5-6") == (3, 5, 6, 18)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3,x", "'x' is neither"),
        ("", "'' is neither"),
        ("-3", "'-3' is neither"),
        ("5-3", "write 3-5"),
        ("3,1-4", "names layer 3 twice"),
        ("0-4097", "names 4097, which no model has; it takes numbers up to 4096"),
        ("1-9999999", "names 9999999, which no model has"),
        ("9" * 5000, "names 99999999999999999999…, which"),
    ],
)
def test_what_is_no_list_of_layers_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        layer_numbers(text)


def test_settings_are_changed_one_after_the_other() -> None:
    settings = changed(Settings(), ["search.seed=7", "budget.layers=3", "search.algorithm=woa"])
    assert (settings.search.seed, settings.budget.layers, settings.search.algorithm) == (7, 3, "woa")


def test_an_assignment_needs_its_sign() -> None:
    with pytest.raises(BadInput, match=r"'search\.seed' has no '='"):
        changed(Settings(), ["search.seed"])


@pytest.mark.parametrize("value", ["[" * 100_000, "[" + "9" * 5000 + "]"])
def test_a_list_that_cannot_be_read_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match=r"analysis\.protected"):
        changed(Settings(), [f"analysis.protected={value}"])


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ["open"]),
        (["some/project"], ["open", "some/project"]),
        (["x/project.layerswarm"], ["open", "x/project.layerswarm"]),
        (["run", "some/project"], ["run", "some/project"]),
        (["--help"], ["--help"]),
        (["frobnicate"], ["frobnicate"]),
    ],
)
def test_a_path_without_a_command_opens_the_window(arguments: list[str], command: list[str]) -> None:
    assert routed(arguments) == command
