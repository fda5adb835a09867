"""An export is verified with as much of the model in memory as fits, and its weights are compared byte for byte."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from engine.api.errors import LayerSwarmError
from engine.api.events import Event, ExportVerified
from engine.api.export_targets import read_formats
from engine.export import export, verification_way, verify
from engine.export.export import export_model
from engine.export.readiness import check_folder
from engine.export.request import ExportRequest
from engine.export.runtimes import compare
from engine.export.runtimes.compare import Reference, comparing_bytes
from engine.export.targets.exporters import TransformersExporter
from engine.export.targets.gguf import Gguf
from engine.export.verification_way import VerificationWay, choose_way, least_bytes
from engine.model_files.safetensors_header import read_header
from engine.models.architecture import find_decoder
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.models.surgery import remove_layers
from engine.models.weight_files import TensorFile, save_tensors
from engine.results.check_titles import check_title
from tests.engine.export.cases import exported, saved
from tests.engine.tiny_models import CORE_FAMILIES

pytestmark = pytest.mark.slow

REMOVED = (1, 4)
SHORT, STREAMED = VerificationWay(torch.bfloat16), VerificationWay(torch.bfloat16, by_layers=True)
WAYS = pytest.mark.parametrize("way", [SHORT, STREAMED], ids=["16 bits", "layer by layer"])


def checks_of(events: list[Event]) -> dict[str, ExportVerified]:
    return {event.check: event for event in events if isinstance(event, ExportVerified)}


def free(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(verification_way, "free_memory", lambda _device: size)


def test_the_strictest_way_that_fits_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense").path
    sizes = measure_sizes(source)
    free(monkeypatch, 10**12)
    assert choose_way(source) == VerificationWay(torch.float32)
    working = verification_way._working_bytes(source)
    free(monkeypatch, working + 4 * sizes.parameters - 1)
    assert choose_way(source) == SHORT
    free(monkeypatch, working + 2 * sizes.parameters - 1)
    assert choose_way(source) == STREAMED
    assert least_bytes(sizes) < 2 * sizes.parameters


def test_memory_that_may_not_be_used_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense").path
    free(monkeypatch, 10**12)
    least = least_bytes(measure_sizes(source)) + verification_way._working_bytes(source)
    assert choose_way(source, least) == STREAMED
    with pytest.raises(LayerSwarmError, match=r"0\.1 GB may be used; set a larger device\.memory_megabytes"):
        choose_way(source, least - 1)


def test_too_little_memory_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved("llama", tmp_path / "dense")
    free(monkeypatch, 10**6)
    with pytest.raises(
        LayerSwarmError, match=r"needs 0\.1 GB of memory even with one layer at a time, but 0\.0 GB may"
    ):
        exported(source, REMOVED, tmp_path / "small")
    assert [entry.name for entry in tmp_path.iterdir()] == ["dense"]


@WAYS
@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_every_way_verifies_recovered_weights(
    family: str, way: VerificationWay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved(family, tmp_path / "dense", dtype=torch.bfloat16, max_shard_size="30KB")
    monkeypatch.setattr(export, "choose_way", lambda *_: way)
    replaced = changed(source)
    checks = checks_of(exported(source, REMOVED, tmp_path / "small", variant="recovered", replaced=replaced))
    assert all(check.passed for check in checks.values())
    assert way.words() in checks["reload"].detail
    assert f", {len(replaced)} to the changed weights" in checks["weights"].detail
    assert checks["generation"].detail.startswith("2 " if way.by_layers else "8 ")


@WAYS
def test_weights_in_a_file_are_inserted_one_at_a_time(
    way: VerificationWay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved("llama", tmp_path / "dense", dtype=torch.bfloat16)
    monkeypatch.setattr(export, "choose_way", lambda *_: way)
    save_tensors(tmp_path / "merged.safetensors", changed(source), {})
    merged = TensorFile(tmp_path / "merged.safetensors")
    checks = checks_of(exported(source, REMOVED, tmp_path / "small", variant="recovered", replaced=merged))
    assert all(check.passed for check in checks.values())
    save_tensors(tmp_path / "merged.safetensors", {"model.layers.0.mlp.up_proj.weight": torch.ones(2)}, {})
    with pytest.raises(LayerSwarmError, match=r"has shape \[2\], but"):
        exported(source, REMOVED, tmp_path / "other", replaced=TensorFile(tmp_path / "merged.safetensors"))


def changed(source: ModelFolder) -> dict[str, torch.Tensor]:
    """Other values of every matrix: of the layers, the embedding and, where it is not tied, the head."""
    model = transformers.AutoModelForCausalLM.from_pretrained(source.path)
    remove_layers(model, REMOVED)
    generator = torch.Generator().manual_seed(0)
    return {
        name: torch.randn(parameter.shape, generator=generator) / 8
        for name, parameter in model.named_parameters()
        if parameter.ndim == 2
    }


@WAYS
def test_another_config_is_noticed(way: VerificationWay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense", dtype=torch.bfloat16)
    real = export.write_companions

    def other_theta(*args: Any) -> None:
        real(*args)
        file = args[2] / "config.json"
        config = json.loads(file.read_text())
        config["rope_parameters"]["rope_theta"] = 2.0
        file.write_text(json.dumps(config))

    monkeypatch.setattr(export, "write_companions", other_theta)
    assert_refused("logits", source, tmp_path, way, monkeypatch)


@WAYS
def test_a_layer_number_that_stays_behind_is_noticed(
    way: VerificationWay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved("llama", tmp_path / "dense", dtype=torch.bfloat16)
    real = verify.reloaded

    def misnumbered(*args: Any) -> transformers.PreTrainedModel:
        model = real(*args)
        find_decoder(model).layers[1].self_attn.layer_idx = 2
        return model

    monkeypatch.setattr(verify, "reloaded", misnumbered)
    assert_refused("generation", source, tmp_path, way, monkeypatch)


@pytest.mark.parametrize("where", ["kept", "changed"])
def test_a_single_wrong_byte_is_noticed(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = saved("llama", tmp_path / "dense", dtype=torch.bfloat16)
    real = export.rewrite_weights

    def damaged(*args: Any) -> int:
        written = real(*args)
        file = args[2] / "model.safetensors"
        place = next(each for each in read_header(file).tensors if (each.name in replaced) == (where == "changed"))
        content = bytearray(file.read_bytes())
        content[place.start + place.size - 2] ^= 1
        file.write_bytes(content)
        return written

    replaced = {name: tensor for name, tensor in changed(source).items() if "mlp" in name}
    monkeypatch.setattr(export, "rewrite_weights", damaged)
    assert_refused("weights", source, tmp_path, VerificationWay(torch.float32), monkeypatch, replaced=replaced)


def assert_refused(
    check: str,
    source: ModelFolder,
    place: Path,
    way: VerificationWay,
    monkeypatch: pytest.MonkeyPatch,
    **given: Any,
) -> None:
    """Check that an export fails exactly this check, or this one and what follows from it, and is not kept."""
    monkeypatch.setattr(export, "choose_way", lambda *_: way)
    events: list[Event] = []
    with pytest.raises(LayerSwarmError, match=f"did not pass its check '{check_title(check)}'"):
        export_model(ExportRequest(source, REMOVED, place / "small", **given), events.append)
    assert not checks_of(events)[check].passed
    assert [entry.name for entry in place.iterdir()] == ["dense"]


@pytest.mark.parametrize("family", ["llama", "gemma3"])
def test_formats_are_compared_with_a_model_that_does_not_fit_layer_by_layer(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The continuations are shorter, and else those of the whole model."""
    source = saved(family, tmp_path / "dense")
    whole = Reference(source.path, silent)._continuations
    sizes = measure_sizes(source.path)
    monkeypatch.setattr(compare, "free_memory", lambda _device: comparing_bytes(sizes))
    assert comparing_bytes(sizes) < 4 * sizes.parameters
    layerwise = Reference(source.path, silent)._continuations
    for (text, rows), (short, fewer) in zip(whole, layerwise, strict=True):
        assert short.prompt == text.prompt
        assert short.tokens == text.tokens[: len(short.tokens)] != []
        assert torch.allclose(fewer, rows[: len(fewer)], atol=1e-5)


def test_a_comparison_for_which_not_even_a_layer_fits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = saved("llama", tmp_path / "dense")
    monkeypatch.setattr(compare, "free_memory", lambda _device: 10**4)
    with pytest.raises(LayerSwarmError, match=r"in 32 bits, which needs 0\.0 GB of memory even with one layer at a"):
        Reference(source.path, silent).texts()


@pytest.mark.parametrize(
    ("name", "refused"), [("safetensors_text", False), ("gguf:q4_0", False), ("gguf:f16", True), ("onnx", True)]
)
def test_what_a_format_itself_needs_is_refused_before_anything_is_written(
    name: str, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "free_memory", lambda _device: 10**5)
    for writer in (Gguf, TransformersExporter):
        monkeypatch.setattr(writer, "unverifiable", lambda _self: "")
    formats = read_formats(["safetensors", name])
    with pytest.raises(LayerSwarmError, match="running the export needs") if refused else nullcontext():
        check_folder(tmp_path / "out", formats, parameters=10**5, size=10**6, comparing=10**4)
