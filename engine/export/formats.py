"""One export in one or several formats: safetensors first, everything else made from it, each whole and verified."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch

from engine.api.errors import LayerSwarmError
from engine.api.events import Emit, ExportVerified, ExportWritten, MessageLogged, RemovalSet, StageProgressed
from engine.api.export_targets import ExportFormat, export_target
from engine.api.files import move_into_place
from engine.api.settings import Variant
from engine.export.companions import PROCESSOR_FILES, copy_companions
from engine.export.export import check_target, export_model, facts_of
from engine.export.manifest import ExportFacts, write_card, write_manifest
from engine.export.readiness import check_folder, check_format
from engine.export.runtimes.compare import Reference
from engine.export.targets.registry import TARGETS
from engine.export.targets.target import Job, Plan, Target
from engine.models.companion_files import is_licence
from engine.models.folder import ModelFolder

_SAFETENSORS = "safetensors"


def export_formats(
    source: ModelFolder,
    removed: RemovalSet,
    folder: Path,
    formats: Sequence[ExportFormat],
    *,
    variant: Variant,
    replaced: Mapping[str, torch.Tensor],
    manifest: Mapping[str, object],
    llama_cpp: str,
    emit: Emit,
) -> list[ExportWritten]:
    """Write ``source`` without the layers ``removed`` in every one of ``formats``.

    A single format is written into ``folder``, several into a folder each within it. Emits ``StageProgressed``, and for
    each format ``ExportWritten``, an ``ExportVerified`` for each check and a sentence where one could not be made.

    Args:
        replaced: As for ``export_model``, and ``manifest`` as well.
        llama_cpp: The setting ``export.llama_cpp``.

    Raises:
        BadInput: a folder is not empty or cannot be written to, a package is missing, or the model cannot leave in a
            format, which a miniature of it shows before anything is written.
        LayerSwarmError: a conversion or a check fails; of that format nothing is left behind.
    """
    places = {each: folder / each.folder_name if len(formats) > 1 else folder for each in formats}
    facts = facts_of(source, removed, variant)
    for place in places.values():
        check_target(place)
    check_folder(folder, formats, facts.parameters, facts.bytes)
    plan = Plan(source, (facts.removed,), variant == "recovered", llama_cpp, lambda message: _progress(emit, message))
    for each in formats:
        check_format(each, plan)
    written = []
    with _model_folder(facts, places, folder, replaced, manifest, emit) as (model, plain):
        written += plain
        reference = Reference(model, lambda message: _progress(emit, message))
        for each, place in places.items():
            if each.target != _SAFETENSORS:
                written.append(_export(each, place, facts, model, reference, llama_cpp, manifest, emit))
    return written


@contextmanager
def _model_folder(
    facts: ExportFacts,
    places: Mapping[ExportFormat, Path],
    folder: Path,
    replaced: Mapping[str, torch.Tensor],
    manifest: Mapping[str, object],
    emit: Emit,
) -> Iterator[tuple[Path, list[ExportWritten]]]:
    """The verified safetensors folder that the other formats are made from: the export's own, or one for a while."""

    def write(place: Path, emit: Emit) -> ExportWritten:
        return export_model(
            facts.source, facts.removed, place, variant=facts.variant, replaced=replaced, manifest=manifest, emit=emit
        )

    wanted = next((place for each, place in places.items() if each.target == _SAFETENSORS), None)
    if wanted is not None:
        yield wanted, [write(wanted, emit)]
        return
    folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=f".{folder.name}.") as scratch:
        place = Path(scratch) / "model"
        write(place, lambda event: emit(event) if isinstance(event, StageProgressed) else None)
        yield place, []


def _export(
    wanted: ExportFormat,
    place: Path,
    facts: ExportFacts,
    model: Path,
    reference: Reference,
    llama_cpp: str,
    manifest: Mapping[str, object],
    emit: Emit,
) -> ExportWritten:
    target, title = TARGETS[wanted.target], export_target(wanted.target).title
    partial = place.with_name(f".{place.name}.part")
    shutil.rmtree(partial, ignore_errors=True)  # left by an export that was killed

    def tell(message: str) -> None:
        _progress(emit, f"{title}: {message}")

    job = Job(facts, model, partial, _file_name(facts, place), wanted.precision, reference, llama_cpp, tell)
    try:
        partial.mkdir(parents=True)
        target.write(job)
        size = sum(file.stat().st_size for file in partial.rglob("*") if file.is_file())
        checks = _verified(target, job, wanted, emit)
        _write_papers(job, wanted, place.name, size, checks, manifest)
        move_into_place(partial, place)
    except OSError as error:
        raise LayerSwarmError(f"The export to {place} failed: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    written = ExportWritten(
        folder=str(place),
        format=str(wanted),
        variant=facts.variant,
        layers=len(facts.removal.kept),
        removed=facts.removed,
        parameters=facts.parameters,
        bytes=size,
    )
    emit(written)
    for check in checks:
        emit(check)
    if reason := target.unverifiable():
        emit(MessageLogged(level="warning", message=f"{title} was not run after it was written. {reason}"))
    return written


def _progress(emit: Emit, message: str) -> None:
    emit(StageProgressed(stage="export", done=0, total=0, message=message))


def _file_name(facts: ExportFacts, place: Path) -> str:
    """A name for files that will be copied elsewhere, where the folder's name does not go with them."""
    words = (facts.source.name, f"{len(facts.removal.kept)}L", facts.variant if facts.variant == "recovered" else "")
    return "-".join(filter(None, words)) or place.name


def _verified(target: Target, job: Job, wanted: ExportFormat, emit: Emit) -> list[ExportVerified]:
    """All checks, when they pass; else they are emitted at once and the export ends."""
    checks = [_in_format(check, wanted) for check in target.verify(job)]
    failed = next((check for check in checks if not check.passed), None)
    if failed is None:
        return checks
    for check in checks:
        emit(check)
    raise LayerSwarmError(f"The {wanted} export did not pass its check '{failed.check}': {failed.detail}; not kept.")


def _in_format(check: ExportVerified, wanted: ExportFormat) -> ExportVerified:
    return ExportVerified(
        check=check.check, passed=check.passed, detail=check.detail, format=str(wanted), figures=check.figures
    )


def _write_papers(
    job: Job, wanted: ExportFormat, name: str, size: int, checks: Sequence[ExportVerified], given: Mapping[str, object]
) -> None:
    """Tokenizer and licence of the source where the format did not bring them, manifest and model card."""
    beside = export_target(wanted.target).key not in ("gguf", "gguf_in_place")
    text_alone = wanted.target == "safetensors_text"

    def is_wanted(name: str) -> bool:
        return (beside or is_licence(name)) and not (text_alone and name.endswith(PROCESSOR_FILES))

    copy_companions(job.model, job.folder, is_wanted)
    more = {
        "file_format": str(wanted),
        "file_bytes": size,
        "checks": [{"check": each.check, "detail": each.detail, **each.figures} for each in checks],
    }
    content = write_manifest(job.facts, {**given, **more}, job.folder)
    write_card(job.facts, content, job.folder, name)
    for file in job.folder.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
