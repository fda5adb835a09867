"""An export that was ended between two formats goes on when it is repeated: finished formats are verified and kept."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.api.errors import BadInput
from engine.api.events import Event, ExportVerified, ExportWritten, MessageLogged
from engine.api.export_targets import read_formats
from engine.export.formats import check_request, export_formats
from engine.export.request import ExportRequest
from engine.export.targets.target import ExportJob, Plan
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import saved
from tests.engine.export.gguf_cases import from_gguf, with_sentencepiece

REMOVED = (1, 4)
QUICK = ("safetensors", "gguf:f16", "gguf:q8_0")
WEIGHT = "model.layers.0.mlp.up_proj.weight"


class Killed(BaseException):
    """The end of the process."""


class PlainWriter:
    """Writes a file that names the layers, and checks it."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        return ""

    def unverifiable(self) -> str:
        return ""

    def refused(self, _source: ModelFolder, _llama_cpp: str) -> str:
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        pass

    def write(self, job: ExportJob) -> None:
        (job.folder / "model.gguf").write_text(str(job.facts.removed))

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        is_right = (job.folder / "model.gguf").read_text() == str(job.facts.removed)
        yield ExportVerified(check="layers", passed=is_right, detail="read again")


@dataclass(frozen=True)
class Ended:
    """An export that was ended between two formats."""

    finished: Path
    """The folder of an unharmed one."""
    out: Path

    folders = ("safetensors", "gguf-f16", "gguf-q8_0")

    @property
    def source(self) -> ModelFolder:
        return resolve_source(str(self.finished / "dense"), "main", silent)

    def after(self, formats: int) -> Path:
        """Return the export as it is after a number of formats: each has been moved to its place as a whole."""
        for name in self.folders[:formats]:
            shutil.copytree(self.finished / "out" / name, self.out / name)
        return self.out


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model and its export in all quick formats, which nothing has ended."""
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        write_plainly(patch)
        exported(saved("llama", folder / "dense"), folder / "out")
    return folder


@pytest.fixture
def ended(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ended:
    write_plainly(monkeypatch)
    return Ended(finished, tmp_path / "out")


def write_plainly(patch: pytest.MonkeyPatch) -> None:
    """Write other formats than safetensors in no time."""
    for module in ("formats", "readiness"):
        patch.setattr(f"engine.export.{module}.writer_of", lambda _target: PlainWriter())


def exported(source: ModelFolder, folder: Path, formats: tuple[str, ...] = QUICK, **given: Any) -> list[Event]:
    events: list[Event] = []
    export_formats(request(source, folder, formats, **given), events.append)
    return events


def request(source: ModelFolder, folder: Path, formats: tuple[str, ...], **given: Any) -> ExportRequest:
    return ExportRequest(source, **{"removed": REMOVED, "folder": folder, "formats": read_formats(formats)} | given)


def killed(source: ModelFolder, folder: Path, formats: tuple[str, ...], after: int) -> None:
    """Export, and end right after a number of formats, whose last event is not emitted any more."""
    written = 0

    def emit(event: Event) -> None:
        nonlocal written
        written += isinstance(event, ExportWritten)
        if written == after:
            raise Killed

    with pytest.raises(Killed):
        export_formats(request(source, folder, formats), emit)


def contents(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return the files of an export with what shows that they were written anew."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for name, path in files.items()}


def plain_contents(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (_, _, content) in contents(folder).items()}


def written(events: list[Event]) -> list[str]:
    return [event.format for event in events if isinstance(event, ExportWritten)]


def passed(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.format, event.check) for event in events if isinstance(event, ExportVerified) and event.passed]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_formats_that_were_finished_are_verified_and_kept(ended: Ended, after: int) -> None:
    out = ended.after(after)
    before = contents(out)
    events = exported(ended.source, out)
    assert before.items() <= contents(out).items(), "kept as they were"
    assert plain_contents(out) == plain_contents(ended.finished / "out")
    assert written(events) == [*QUICK]
    assert {("safetensors", "weights"), ("safetensors", "logits")} < {*passed(events)}
    assert passed(events)[-2:] == [("gguf:f16", "layers"), ("gguf:q8_0", "layers")]
    said = [event.message for event in events if isinstance(event, MessageLogged)]
    assert said == [
        f"{out / name} holds this export already; it is verified again and kept." for name in ended.folders[:after]
    ]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"removed": (1, 3)}, "is not an empty folder"),
        ({"replaced": {WEIGHT: torch.zeros(48, 32)}}, r"is damaged \(Weights: .* differs from its new values\)"),
        ({"replaced": {WEIGHT: torch.zeros(48, 32)}, "variant": "compensated"}, "is not an empty folder"),
        ({"manifest": {"revision": "other"}}, "is not an empty folder"),
    ],
)
def test_a_folder_with_another_export_is_refused_and_left_alone(
    ended: Ended, other: dict[str, Any], words: str
) -> None:
    out = ended.after(2)
    before = contents(out)
    with pytest.raises(BadInput, match=words):
        exported(ended.source, out, **other)
    assert contents(out) == before


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("safetensors/model.safetensors", b"torn", "is damaged .*model.safetensors"),
        ("safetensors/model.safetensors", None, "is damaged .*safetensors"),
        ("gguf-f16/model.gguf", b"(1, 3)", r"is damaged \(Layers: read again\); remove that folder"),
        ("gguf-f16/model.gguf", None, "is damaged .*No such file"),
        ("gguf-f16/layerswarm.json", b"{", "is not an empty folder"),
        ("gguf-f16/layerswarm.json", None, "is not an empty folder"),
    ],
)
def test_a_finished_format_that_was_damaged_since_is_refused(
    ended: Ended, file: str, content: bytes | None, words: str
) -> None:
    out = ended.after(2)
    (out / file).unlink()
    if content is not None:
        (out / file).write_bytes(content)
    before = contents(out)
    with pytest.raises(BadInput, match=words):
        exported(ended.source, out)
    assert contents(out) == before


def test_what_is_kept_needs_no_room_on_the_disk(ended: Ended, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("engine.export.readiness.check_room", lambda _place, needed, _free: asked.append(needed))
    for after in (0, 2):
        check_request(request(ended.source, ended.after(after), QUICK), lambda _event: None)
    assert asked[1] < asked[0]


@pytest.mark.slow
@pytest.mark.usefixtures("warm_tools")
@pytest.mark.parametrize(
    "formats",
    [
        ("safetensors", "gguf:q4_0", "onnx:fp32", "openvino:int8"),
        ("safetensors", "gguf_in_place"),
        ("safetensors", "safetensors_text"),
    ],
)
def test_every_format_goes_on_after_each_boundary(formats: tuple[str, ...], tmp_path: Path) -> None:
    for package in ("xllamacpp", "onnxruntime", "openvino", "nncf"):
        pytest.importorskip(package, reason="the formats: pip install 'layerswarm[formats]'")
    out = tmp_path / "out"
    if "gguf_in_place" in formats:
        source = from_gguf(tmp_path / "dense")
    elif "safetensors_text" in formats:
        source = saved("llava", tmp_path / "dense")
    else:
        source = with_sentencepiece("llama", tmp_path / "dense")
    for after in range(1, len(formats) + 1):
        before = contents(out)
        killed(source, out, formats, after)
        assert before.items() <= contents(out).items(), "kept as they were"
        assert len([*out.iterdir()]) == after
    before = contents(out)
    events = exported(source, out, formats)
    assert contents(out) == before
    assert written(events) == [*formats]
    assert {name for name, _ in passed(events)} == {*formats}
