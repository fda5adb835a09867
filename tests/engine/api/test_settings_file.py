"""Settings handed on: as a file, and as the command line that makes the same project."""

import shlex
from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.presets import PRESETS, with_preset
from engine.api.settings import Settings
from engine.api.settings_file import command_line, read_settings, write_settings
from engine.cli.arguments import changed

CHANGES: list[dict[str, object]] = [
    {},
    {"budget.layers": 6},
    {"budget.speedup": 1.25, "search.seed": 3},
    {"analysis.protected": [0, 1, 5], "recovery.enabled": False},
    {"analysis.protected": [], "calibration.source": "file", "calibration.path": "/my texts/a 'b'.txt"},
    {"search.racing.first_share": 0.5, "search.least_layers": 2, "budget.percent": 12.5},
    {"calibration.source": "mix", "calibration.mix": ["self:2", "web"], "evaluation.tasks": ["piqa", "arc_easy"]},
    {"search.max_minutes": 30.0, "search.pso.neighbourhood": "global", "recovery.learning_rate": 1e-5},
]


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("preset", [*PRESETS, ""])
def test_the_command_line_makes_the_same_settings(changes: dict[str, object], preset: str) -> None:
    base = with_preset(Settings(), preset) if preset else Settings()
    settings = with_values(base, {"model.source": "org/name", **changes})
    first, second = command_line(settings, "/a folder/p").splitlines()
    words = shlex.split(first)
    assert words[:5] == ["layerswarm", "new", "/a folder/p", "--model", "org/name"]
    assignments = words[6::2]
    assert set(words[5::2]) <= {"--set"}
    assert changed(with_values(Settings(), {"model.source": "org/name"}), assignments) == settings
    assert shlex.split(second) == ["layerswarm", "run", "/a folder/p"]


@pytest.mark.parametrize("changes", CHANGES)
def test_a_file_gives_back_what_was_written(tmp_path: Path, changes: dict[str, object]) -> None:
    settings = with_values(Settings(), changes)
    write_settings(tmp_path / "plan.json", settings)
    assert read_settings(tmp_path / "plan.json") == settings


def test_a_byte_order_mark_that_an_editor_added_is_passed_over(tmp_path: Path) -> None:
    settings = with_values(Settings(), CHANGES[1])
    write_settings(tmp_path / "plan.json", settings)
    (tmp_path / "plan.json").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "plan.json").read_bytes())
    assert read_settings(tmp_path / "plan.json") == settings


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{ torn", "not a JSON file"),
        ("[]", "holds no settings"),
        ("[" * 100_000, "not a JSON file"),
        ('{"settings": {"search": {"population": 0}}}', "search.population"),
    ],
)
def test_what_is_no_file_of_settings_is_refused_in_a_sentence(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(content)
    with pytest.raises(BadInput, match=words):
        read_settings(file)
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings(tmp_path / "none.json")
