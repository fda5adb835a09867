"""What names and shapes tell about loading is what transformers' own loader does."""

from pathlib import Path

import pytest
from transformers import PreTrainedModel

from engine.model_files.folder_content import read_json, weight_headers
from engine.models import load_report
from engine.models.load_report import LoadReport, Shape, report_loading
from engine.models.skeleton import build_skeleton
from tests.engine.tiny_models import save_tiny


def saved(family: str, folder: Path) -> tuple[PreTrainedModel, dict[str, Shape]]:
    """A family's skeleton, and the shapes of its tensors by their names on disk."""
    save_tiny(family, folder)
    shapes = {entry.name: entry.shape for _, header in weight_headers(folder) for entry in header.tensors}
    return build_skeleton(read_json(folder / "config.json")), shapes


def by_the_loader(skeleton: PreTrainedModel, shapes: dict[str, Shape], monkeypatch: pytest.MonkeyPatch) -> LoadReport:
    with monkeypatch.context() as patch:
        patch.setattr(load_report, "_fit", lambda *_: False)
        return report_loading(skeleton, shapes)


@pytest.mark.parametrize(
    ("family", "is_plain"),
    [
        ("llama", True),  # a tied head
        ("gpt2", True),  # stored without the prefix
        ("gpt_neox", True),
        ("gemma3_with_vision", True),  # the text part is loaded; its names change
        ("mixtral", False),  # experts are merged
    ],
)
def test_the_loader_runs_only_where_tensors_are_converted(
    family: str, is_plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skeleton, shapes = saved(family, tmp_path)
    wanted = by_the_loader(skeleton, shapes, monkeypatch)
    own, runs = load_report._load, []
    monkeypatch.setattr(load_report, "_load", lambda *given: (runs.append(1), own(*given))[1])
    assert report_loading(skeleton, shapes) == wanted
    assert (bool(runs), bool(wanted.converted)) == (not is_plain, not is_plain)
    assert (wanted.missing, wanted.mismatched, wanted.failed) == ((), (), ())


@pytest.mark.parametrize("family", ["llama", "qwen3"])  # tied and untied
def test_a_tensor_too_few_or_of_another_shape_is_reported(family: str, tmp_path: Path) -> None:
    skeleton, shapes = saved(family, tmp_path)
    for name in ("model.embed_tokens.weight", "model.norm.weight", "model.layers.1.mlp.up_proj.weight"):
        others = {other: shape for other, shape in shapes.items() if other != name}
        lacking, wrong = (
            report_loading(skeleton, others),
            report_loading(skeleton, {**others, name: (3, *shapes[name][1:])}),
        )
        assert name in lacking.missing
        assert [parameter for parameter, *_ in wrong.mismatched] == [name]
        more = {**shapes, "model.value_head.weight": (1, 2)}
        assert report_loading(skeleton, more).unknown == ("model.value_head.weight",)
