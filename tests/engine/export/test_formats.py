"""Several formats in one export: what is refused before anything is written, where files go, how each is checked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Event, ExportVerified, ExportWritten, MessageLogged
from engine.api.export_targets import read_formats
from engine.export import gguf_converter
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from engine.export.runtimes import compare
from engine.export.targets import gguf
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.results.next_steps import next_steps
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import saved
from tests.engine.export.gguf_cases import from_gguf, with_sentencepiece, with_tokenizer_of
from tests.engine.tiny_models import LAYERS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = (1, 4)


def exported_as(source: ModelFolder, folder: Path, *formats: str, **given: Any) -> list[Event]:
    events: list[Event] = []
    given = {"removed": REMOVED, "manifest": {"revision": "main"}} | given
    export_formats(ExportRequest(source, folder=folder, formats=read_formats(formats), **given), events.append)
    return events


def checks_of(events: list[Event], format_name: str) -> dict[str, ExportVerified]:
    found = [event for event in events if isinstance(event, ExportVerified) and event.format == format_name]
    return {event.check: event for event in found}


def test_several_formats_get_a_folder_each_and_one_gets_the_folder_itself(tmp_path: Path) -> None:
    source = from_gguf(tmp_path / "source")
    events = exported_as(source, tmp_path / "out", "safetensors", "gguf_in_place")
    written = [event for event in events if isinstance(event, ExportWritten)]
    assert [(event.format, Path(event.folder).name) for event in written] == [
        ("safetensors", "safetensors"),
        ("gguf_in_place", "gguf_in_place"),
    ]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["gguf_in_place", "safetensors"]
    exported_as(source, tmp_path / "alone", "gguf_in_place")
    assert {file.suffix for file in (tmp_path / "alone").iterdir()} == {".gguf", ".json", ".md", ""}


def test_a_gguf_pruned_in_place_answers_in_llama_cpp_as_the_pruned_model(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    events = exported_as(from_gguf(tmp_path / "source"), tmp_path / "out", "gguf_in_place")
    found = checks_of(events, "gguf_in_place")
    assert set(found) == {"changed", "layers", "tokenizer", "runs", "kl"}
    assert found["kl"].figures["kl"] < 1e-3
    manifest = json.loads((tmp_path / "out" / "layerswarm.json").read_text())
    assert manifest["file_format"] == "gguf_in_place"
    assert manifest["removed"] == list(REMOVED)
    assert [each["check"] for each in manifest["checks"]] == list(found)
    card = (tmp_path / "out" / "README.md").read_text()
    (file,) = (tmp_path / "out").glob("*.gguf")
    assert (tmp_path / "out" / "Modelfile").read_text().startswith(f"FROM ./{file.name}\n")
    assert [step.program for step in next_steps(tmp_path / "out")] == ["llama.cpp", "Ollama", "LM Studio"]
    assert "layerswarm prune" in card
    assert "llama.cpp" in card


@pytest.mark.parametrize(
    ("family", "config"),
    [
        ("gemma2", {"query_pre_attn_scalar": 8}),
        ("gemma3", {"query_pre_attn_scalar": 8}),
        ("phi3", {"sliding_window": None}),
        ("mistral", {}),
    ],
)
def test_families_with_sentencepiece_are_the_same_model_in_llama_cpp(
    family: str, config: dict[str, object], tmp_path: Path
) -> None:
    """Gemma's windows do not follow llama.cpp's fixed period once layers are gone: the file must say each one.

    The names of the folders would be options, patterns and templates to whoever does not take them as they are.
    """
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    source = with_sentencepiece(family, tmp_path / "-a{b} [c]*", **config)
    events = exported_as(source, tmp_path / "out {d}", "gguf:f32")
    found = checks_of(events, "gguf:f32")
    assert [file.name for file in (tmp_path / "out {d}").glob("*.gguf")] == ["-a{b} [c]*-4L-f32.gguf"]
    assert all(check.passed for check in found.values())
    assert found["kl"].figures["kl"] < 1e-4
    assert ("window" in found) == (family == "mistral"), "llama.cpp lets it attend to everything; that is told"


@pytest.mark.demo_model
@pytest.mark.parametrize("family", ["gpt2", "gpt_neox", "falcon", "qwen3"])
def test_families_whose_config_transformers_5_renamed_are_converted(family: str, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    demo = resolve_source("demo", "main", silent)
    events = exported_as(with_tokenizer_of(demo, family, tmp_path / "model"), tmp_path / "out", "gguf:f32")
    assert all(check.passed for check in checks_of(events, "gguf:f32").values())


def test_what_llama_cpp_would_misread_is_refused_or_caught(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"GGUF cannot be written: llama.cpp does not know models of type 'opt'"):
        exported_as(saved("opt", tmp_path / "opt"), tmp_path / "out", "gguf:f16")
    wide = with_sentencepiece("gemma3", tmp_path / "gemma3", query_pre_attn_scalar=16)
    with pytest.raises(BadInput, match=r"llama\.cpp scales the attention of a Gemma model by its head's width"):
        exported_as(wide, tmp_path / "out", "gguf:f16")
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_told_with_its_command_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf_converter.util, "find_spec", lambda _name: None)
    with pytest.raises(BadInput, match=r"needs the package sentencepiece: pip install 'layerswarm\[gguf-export\]'"):
        exported_as(saved("llama", tmp_path / "model"), tmp_path / "out", "safetensors", "gguf:f16")
    assert not (tmp_path / "out").exists()


def test_a_check_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = from_gguf(tmp_path / "source")
    for module in (gguf, __import__("engine.export.targets.gguf_in_place", fromlist=["_"])):
        monkeypatch.setattr(module, "missing_runtime", lambda: "Install it so: pip install it.")
    events = exported_as(source, tmp_path / "out", "gguf_in_place")
    assert set(checks_of(events, "gguf_in_place")) == {"changed", "layers", "tokenizer"}
    told = [event.message for event in events if isinstance(event, MessageLogged)]
    assert told == ["GGUF, as it came was not run after it was written. Install it so: pip install it."]


def test_an_export_that_answers_differently_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    monkeypatch.setattr(compare, "_kl", lambda _expected, _likely: 9.9)
    with pytest.raises(LayerSwarmError, match=r"gguf_in_place export did not pass its check 'KL to .*; not kept"):
        exported_as(from_gguf(tmp_path / "source"), tmp_path / "out", "gguf_in_place")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["source"]


def test_recovered_weights_are_not_in_the_gguf_that_the_model_came_from(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="recovery changes the weights"):
        exported_as(from_gguf(tmp_path / "source"), tmp_path / "out", "gguf_in_place", variant="recovered")


def test_only_a_model_that_came_as_gguf_leaves_as_it_came(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="was not given as a GGUF file"):
        exported_as(saved("llama", tmp_path / "model"), tmp_path / "out", "gguf_in_place")


def test_a_checkout_without_a_converter_is_told(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "model")
    with pytest.raises(BadInput, match=r"name a current llama\.cpp checkout"):
        exported_as(source, tmp_path / "out", "gguf:f16", llama_cpp=str(tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["model"]


def test_a_person_may_stop_while_another_program_works(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop_at(words: str) -> Callable[[Event], None]:
        def emit(event: Event) -> None:
            if words in getattr(event, "message", ""):
                raise Stopped

        return emit

    source = with_sentencepiece("llama", tmp_path / "model")
    request = ExportRequest(source, REMOVED, tmp_path / "out", read_formats(["gguf:f32"]))
    with pytest.raises(Stopped):
        export_formats(request, stop_at("Converting to GGUF"))
    assert [each.name for each in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("format_name", ["onnx:fp32", "openvino:int8"])
def test_a_tiny_llama_in_the_other_runtimes(format_name: str, tmp_path: Path) -> None:
    needed = {"onnx:fp32": "onnxscript", "openvino:int8": "nncf"}[format_name]
    pytest.importorskip(
        needed, reason=f"{needed} is optional: pip install 'layerswarm[onnx]' or 'layerswarm[openvino]'"
    )
    events = exported_as(saved("llama", tmp_path / "model"), tmp_path / "out", format_name)
    found = checks_of(events, format_name)
    assert all(check.passed for check in found.values())
    assert found["kl"].figures["kl"] < 1e-3
    written = next(event for event in events if isinstance(event, ExportWritten))
    assert written.layers == LAYERS - len(REMOVED)


def test_onnx_genai_refuses_what_its_builder_reads_wrongly(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime_genai", reason="optional: pip install 'layerswarm[onnx]'")
    with pytest.raises(BadInput, match=r"tried on 2 of the model's 6 layers: .* fails \(.*\); choose another format"):
        exported_as(saved("gemma3", tmp_path / "model"), tmp_path / "out", "onnx_genai")
