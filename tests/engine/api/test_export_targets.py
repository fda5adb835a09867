"""Formats by name: every one reads back as itself, and a wrong one is answered with the nearest."""

import re
from pathlib import Path

import pytest

from engine.api.editing import settings_from, with_values
from engine.api.errors import BadInput
from engine.api.export_target import ExportTarget, checked_target
from engine.api.export_targets import BUILT_IN, ExportFormat, read_format, read_formats
from engine.api.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
EVERY = [
    ExportFormat(target=target.key, precision=precision.key) for target in BUILT_IN for precision in target.precisions
]


@pytest.mark.parametrize("wanted", EVERY, ids=str)
def test_every_format_is_read_as_it_is_written(wanted: ExportFormat) -> None:
    assert read_format(str(wanted)) == wanted
    assert ":" not in wanted.folder_name


def test_folders_of_different_formats_have_different_names() -> None:
    assert len({wanted.folder_name for wanted in EVERY}) == len(EVERY)


def test_a_target_alone_means_its_first_precision_and_doubles_count_once() -> None:
    assert [str(each) for each in read_formats(["GGUF", "gguf:f16", " onnx_genai "])] == ["gguf:f16", "onnx_genai:int4"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("safetensor", "did you mean 'safetensors'"),
        ("pickle", "choose one of safetensors, safetensors_text, gguf"),
        ("gguf:q3", "f16, bf16"),
    ],
)
def test_a_format_that_does_not_exist_is_told_when_it_is_set(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        with_values(Settings(), {"export.formats": text})


@pytest.mark.parametrize("text", ["npz:f16", "gguf:q3"])
def test_settings_that_name_a_format_that_is_not_installed_are_read_but_not_written(text: str) -> None:
    settings = settings_from({"export": {"formats": [text]}})
    assert with_values(settings, {"search.seed": 3}).export.formats == (text,)
    with pytest.raises(BadInput, match="choose one of"):
        with_values(settings, {"export.formats": text})


def test_a_format_that_is_not_installed_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="'npz'; install the package that provides it, or choose one of safetensors,"):
        read_format("npz")


def test_every_record_but_that_of_safetensors_names_its_writer() -> None:
    assert [target.key for target in BUILT_IN if not target.writer] == ["safetensors"]
    assert all(checked_target(target) is target for target in BUILT_IN if target.writer)


@pytest.mark.parametrize("target", BUILT_IN, ids=lambda target: target.key)
def test_the_guide_lists_every_format_with_its_precisions_and_what_it_needs(target: ExportTarget) -> None:
    lines = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if re.match(rf"\| `{target.key}(:PRECISION)?` ", line)]
    assert all(f"`{each.key}`" in row for each in target.precisions if each.key)
    assert f"`layerswarm[{target.extra}]`" in row if target.extra else "| nothing |" in row
