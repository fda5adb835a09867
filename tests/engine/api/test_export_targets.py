"""Formats by name: every one reads back as itself, and a wrong one is answered with the nearest."""

import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.export_targets import EXPORT_TARGETS, ExportFormat, read_format, read_formats
from engine.api.settings import Settings

EVERY = [
    ExportFormat(target=target.key, precision=precision.key)
    for target in EXPORT_TARGETS
    for precision in target.precisions
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
