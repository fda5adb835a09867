"""No format fails late for a reason that was knowable: each is refused in one sentence at the start, or it works."""

import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Event, ExportVerified, RemovalSet
from engine.api.export_targets import BUILT_IN, read_format, read_formats
from engine.export import gguf_converter
from engine.export.formats import export_formats
from engine.export.readiness import check_folder, check_format, possible_removals
from engine.export.request import ExportRequest
from engine.export.targets.registry import has_writer, writer_of
from engine.export.targets.target import Plan
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import saved
from tests.engine.export.gguf_cases import with_sentencepiece
from tests.engine.tiny_families import COMMON
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import tiny_models

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = (2, 3)


def check(format_name: str, source: ModelFolder, *removals: RemovalSet, **given: object) -> None:
    values = {"trained": False, "llama_cpp": "", "report": silent} | given
    check_format(read_format(format_name), Plan(source, removals or (REMOVED,), **values))


def refusal_of(format_name: str, source: ModelFolder, *removals: RemovalSet, **given: object) -> str:
    """Return why a format is refused at the start, or nothing."""
    try:
        check(format_name, source, *removals, **given)
    except BadInput as error:
        return str(error)
    return ""


def refusal(format_name: str, source: ModelFolder, *removals: RemovalSet, **given: object) -> str:
    reason = refusal_of(format_name, source, *removals, **given)
    assert reason
    return reason


@pytest.mark.parametrize("family", tiny_models())
def test_every_family_is_refused_in_one_plain_sentence_or_may_be_tried(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path)
    for key in (target.key for target in BUILT_IN if target.writer):
        reason = writer_of(key).refused(source, "")
        assert not reason or reason.endswith(".")
        assert all(word not in reason for word in ("Error", "Traceback", "\n"))
        if family == "llama":
            assert bool(reason) == (key in ("gguf_in_place", "safetensors_text"))


class Refused(NamedTuple):
    """A family that cannot leave in a format, and the words that say so."""

    format_name: str
    family: str
    words: str


REFUSED = (
    Refused("gguf:f16", "gpt_neo", "llama.cpp does not know models of type 'gpt_neo'; choose onnx or openvino"),
    Refused("gguf:f16", "qwen2_moe", "llama.cpp has no place for some of this model's weights"),
    Refused("gguf:f16", "llama", "llama.cpp's converter does not know this model's tokenizer"),
    Refused("gguf:f16", "gemma2", "from a file tokenizer.model .SentencePiece., which is not in the model's folder"),
    Refused("onnx_genai:fp32", "gpt2", "builder does not know GPT2LMHeadModel; choose onnx or openvino"),
    Refused("onnx_genai:fp32", "gemma3", "tried on 2 of the model's 6 layers: Building the ONNX model fails"),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.format_name}-{case.family}")
def test_what_only_the_tool_itself_knows_is_asked_before_anything_is_written(case: Refused, tmp_path: Path) -> None:
    needed = {"gguf": "sentencepiece", "onnx_genai": "onnxruntime_genai"}[case.format_name.partition(":")[0]]
    pytest.importorskip(needed, reason=f"{needed} is optional: pip install 'layerswarm[gguf-export,onnx]'")
    with pytest.raises(BadInput, match=f"cannot be written: .*{case.words}"):
        check(case.format_name, saved(case.family, tmp_path / "model"))


@pytest.mark.parametrize(
    ("format_name", "family", "needed"),
    [
        ("gguf:q8_0", "mixtral", "sentencepiece"),
        ("onnx", "mamba", "onnxscript"),
        ("openvino:fp32", "lfm2", "openvino"),
        ("onnx_genai:fp32", "smollm3", "onnxruntime_genai"),
    ],
)
def test_a_format_is_refused_at_the_start_or_written_and_right(
    format_name: str, family: str, needed: str, tmp_path: Path
) -> None:
    """A few of the cases of ``tests.benchmarks.sections.format_matrix``, which has every family in every format."""
    pytest.importorskip(needed, reason=f"{needed} is optional: pip install 'layerswarm[gguf-export,onnx,openvino]'")
    make = with_sentencepiece if format_name.startswith("gguf") else saved
    source = make(family, tmp_path / "model")
    if reason := refusal_of(format_name, source):
        assert "cannot be written: " in reason
        return
    events: list[Event] = []
    export_formats(ExportRequest(source, REMOVED, tmp_path / "out", read_formats([format_name])), events.append)
    assert all(event.passed for event in events if isinstance(event, ExportVerified))


def test_a_trial_that_the_disk_has_no_room_for_is_not_taken_for_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = with_sentencepiece("llama", tmp_path / "model", rms_norm_eps=3e-6)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=10))
    with pytest.raises(
        LayerSwarmError, match=r"Trying the formats needs .* MB but .* LAYERSWARM_CACHE=/path"
    ) as caught:
        check("gguf:f16", source)
    assert not isinstance(caught.value, BadInput)


def test_kinds_of_layers_that_llama_cpp_counts_off_are_refused_for_sets_that_a_search_may_find(tmp_path: Path) -> None:
    """llama.cpp rotates nothing in every 4th layer of a SmolLM3, whatever the file says."""
    source = with_sentencepiece("smollm3", tmp_path / "model")
    assert "only whole groups of 4 consecutive layers can be removed" in refusal(
        "gguf:f16", source, (0, 1), (4, 5), (0, 3)
    )


def test_a_model_that_the_runtime_itself_does_not_load_is_refused(tmp_path: Path) -> None:
    """The converter takes this ERNIE, and llama.cpp does not load what it writes."""
    pytest.importorskip("xllamacpp", reason="llama.cpp for the check: pip install 'layerswarm[gguf-export]'")
    source = with_sentencepiece("ernie4_5_moe", tmp_path / "model")
    assert "tried on 2 of the model's 6 layers: Running it in llama.cpp fails" in refusal("gguf:f16", source)


def test_a_rehearsal_that_went_well_is_not_paid_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converter = gguf_converter.converter_folder("", silent)
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    shutil.copytree(converter, tmp_path / "cache" / "gguf-converter" / converter.name)
    source = with_sentencepiece("llama", tmp_path / "model")
    ran: list[str] = []

    def note(message: str, _done: float, _total: float) -> None:
        ran.append(message)

    check("gguf:f16", source, report=note)
    assert any("Converting" in message for message in ran)
    ran.clear()
    check("gguf:f16", source, (0, 1), (3, 4), report=note)
    assert ran == ["GGUF: trying it on a few layers"]
    config = json.loads((source.path / "config.json").read_text())
    (source.path / "config.json").write_text(json.dumps(config | {"rms_norm_eps": 2e-6}))
    check("gguf:f16", resolve_source(str(source.path), "main", silent), report=note)
    assert any("Converting" in message for message in ran), "another model is another rehearsal"
    (source.path / "tokenizer.model").unlink()
    assert "tokenizer" in refusal("gguf:f16", resolve_source(str(source.path), "main", silent))


def test_a_converter_that_cannot_be_fetched_is_known_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(LayerSwarmError, match=r"or name a llama\.cpp checkout: export\.llama_cpp=FOLDER"):
        check("gguf:f16", with_sentencepiece("llama", tmp_path / "model"))


def test_recovery_would_change_what_a_gguf_holds_that_is_pruned_in_place(tmp_path: Path) -> None:
    write_tiny_gguf(tmp_path / "tiny.gguf")
    source = resolve_source(str(tmp_path / "tiny.gguf"), "main", silent)
    check("gguf_in_place", source)
    assert "export.variant=compensated or pruned" in refusal("gguf_in_place", source, trained=True)


def test_a_folder_that_nothing_can_be_written_to_is_refused(tmp_path: Path) -> None:
    formats = read_formats(["safetensors"])
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match=r"cannot be written to .*file \(it is not a folder\)"):
        check_folder(tmp_path / "file" / "out", formats, 10, 20)
    check_folder(tmp_path / "not" / "there" / "yet", formats, 10, 20)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match=r"permission denied\); choose another folder"):
        check_folder(tmp_path / "out", read_formats(["safetensors"]), 10, 20)


@pytest.mark.parametrize(
    ("formats", "megabytes"),
    [
        (["safetensors"], 200),
        (["gguf:f16"], 200 + 200 + 200),
        (["safetensors", "gguf:q8_0"], 200 + 106 + 200),
        (["safetensors", "onnx", "openvino:int8"], 200 + 400 + 103 + 400),
    ],
)
def test_the_disk_must_hold_all_formats_and_what_lies_between(
    formats: list[str], megabytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters, size = 100_000_000, 200_000_000
    usage = shutil.disk_usage(tmp_path)
    for free, enough in ((megabytes - 10, False), (megabytes + 30, True)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _place, free=free: usage._replace(free=free * 10**6))
        if enough:
            check_folder(tmp_path, read_formats(formats), parameters, size)
        else:
            with pytest.raises(LayerSwarmError, match="make room, or choose a folder on another disk"):
                check_folder(tmp_path, read_formats(formats), parameters, size)


def test_sets_that_a_search_may_find_lie_at_both_ends_and_between() -> None:
    config = {"model_type": "llama", **COMMON, "num_hidden_layers": 12}
    assert possible_removals(config, range(1, 11), range(3, 4)) == ((1, 2, 3), (8, 9, 10), (1, 4, 7))
    assert possible_removals(config, range(1, 11), range(1, 3)) == ((1,), (10,), (1, 2), (9, 10), (1, 6))
    assert possible_removals(config, range(1, 11), range(1)) == ()


def test_sets_that_no_config_can_describe_are_not_among_them() -> None:
    periods = {"attn_layer_period": 4, "attn_layer_offset": 2, "expert_layer_period": 2, "expert_layer_offset": 1}
    config = {"model_type": "jamba", **COMMON, **periods, "num_hidden_layers": 12}
    assert possible_removals(config, range(12), range(4, 5)) == ((0, 1, 2, 3), (8, 9, 10, 11))


def test_every_format_but_safetensors_can_be_rehearsed() -> None:
    keys = {target.key for target in BUILT_IN if has_writer(target.key)}
    assert keys == {target.key for target in BUILT_IN} - {"safetensors"}
    assert all(callable(writer_of(key).rehearse) for key in keys)
