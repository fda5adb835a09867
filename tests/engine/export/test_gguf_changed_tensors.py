"""A GGUF file pruned in place whose folded tensors alone are written anew."""

import json
from pathlib import Path

import gguf
import pytest
import torch
from torch import Tensor

from engine.api.errors import BadInput
from engine.api.events import Event, ExportVerified
from engine.api.export_targets import read_formats
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from engine.models.folder import ModelFolder
from engine.models.loading import load_model
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from engine.sources.resolve import resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = (1, 4)
F32, Q8_0 = gguf.GGMLQuantizationType.F32, gguf.GGMLQuantizationType.Q8_0
DOWN, NORM = "model.layers.0.mlp.down_proj.weight", "model.layers.0.post_feedforward_layernorm.weight"


def source_of(folder: Path, kind: gguf.GGMLQuantizationType, family: str) -> ModelFolder:
    folder.mkdir()
    write_tiny_gguf(folder / "tiny.gguf", kind=kind, family=family)
    return resolve_source(str(folder / "tiny.gguf"), "main", silent)


def changed_weights(source: ModelFolder, *names: str) -> dict[str, Tensor]:
    """Weights of the pruned model, each a little changed."""
    model = load_model(source.path)
    remove_layers(model, REMOVED)
    generator = torch.Generator().manual_seed(0)
    return {
        name: weight + 0.1 * torch.randn(weight.shape, generator=generator)
        for name in names
        for weight in [model.get_parameter(name).detach()]
    }


def exported(source: ModelFolder, folder: Path, replaced: dict[str, Tensor]) -> dict[str, ExportVerified]:
    events: list[Event] = []
    request = ExportRequest(
        source, REMOVED, folder, read_formats(["gguf_in_place"]), variant="compensated", replaced=replaced
    )
    export_formats(request, events.append)
    return {event.check: event for event in events if isinstance(event, ExportVerified)}


@pytest.mark.filterwarnings("error:The given NumPy array is not writable")
@pytest.mark.parametrize(
    ("family", "kind", "names", "written"),
    [
        ("llama", F32, (DOWN,), "blk.0.ffn_down.weight as F32"),
        ("llama", Q8_0, (DOWN,), "blk.0.ffn_down.weight as "),
        ("gemma3", F32, (DOWN, NORM), "blk.0.ffn_down.weight as F32"),  # its norms are stored plus one
    ],
)
def test_only_the_changed_tensors_are_written_anew(
    family: str, kind: gguf.GGMLQuantizationType, names: tuple[str, ...], written: str, tmp_path: Path
) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    source = source_of(tmp_path / "source", kind, family)
    checks = exported(source, tmp_path / "out", changed_weights(source, *names))
    assert checks["kl"].passed
    assert written in checks["changed"].detail
    assert checks["changed"].detail.count(" as ") == len(names)
    manifest = json.loads((tmp_path / "out" / "layerswarm.json").read_text())
    assert manifest["variant"] == "compensated"
    assert checks["changed"].detail in [each["detail"] for each in manifest["checks"]]


def test_a_weight_that_the_file_stores_otherwise_is_refused(tmp_path: Path) -> None:
    source = source_of(tmp_path / "source", F32, "llama")
    replaced = changed_weights(source, "model.layers.0.self_attn.q_proj.weight")
    with pytest.raises(BadInput, match=r"blk\.0\.attn_q\.weight is not stored as the weight that it is read as"):
        exported(source, tmp_path / "out", replaced)
