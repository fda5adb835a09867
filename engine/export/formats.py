"""Export in one or several formats: safetensors first, every other format made from it, each whole and verified."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged, progressed
from engine.api.events import Emit, ExportVerified, ExportWritten, StageProgressed
from engine.api.export_targets import ExportFormat, export_target, title_words
from engine.api.files import make_folder, move_into_place
from engine.api.locations import real_path
from engine.api.message import Message, worded
from engine.api.temporary import ScratchFolder
from engine.export.companions import PROCESSOR_FILES, copy_companions
from engine.export.export import check_target, exporting_to, facts_of, keep_model, write_model
from engine.export.finished import PLAIN, finished_bytes, is_finished, may_be_finished, verify_again
from engine.export.manifest import ExportFacts, write_card, write_manifest
from engine.export.readiness import check_folder, check_format
from engine.export.request import ExportRequest
from engine.export.runtimes.compare import Reference, comparing_bytes
from engine.export.targets.instructions import write_instructions
from engine.export.targets.registry import writer_of
from engine.export.targets.target import ExportJob, FormatWriter, Plan
from engine.export.verification_way import choose_way
from engine.models.companion_files import is_licence
from engine.models.progress import Report
from engine.results.check_titles import check_title


def export_formats(request: ExportRequest, emit: Emit) -> list[ExportWritten]:
    """Write a model in every one of ``request.formats``.

    A single format is written into ``request.folder``, several into a folder each within it. A format that an earlier
    export has finished there is verified again and kept. Emits ``StageProgressed``, and for each format an
    ``ExportVerified`` for each check, a warning where its runtime is not installed, and ``ExportWritten`` last.

    Raises:
        BadInput: A folder holds something else or cannot be written to, a package is missing, or the model cannot be
            written in a format, which a miniature of it shows before any file is written.
        LayerSwarmError: A conversion or a check fails; no file of that format is kept.
    """
    check_request(request, emit)
    places, report = request.places, _reporter(emit)
    facts = facts_of(request.source, request.removed, request.variant)
    kept = {place for each, place in places.items() if is_finished(place, each, facts, request.manifest)}
    for place in places.values():
        _check_place(place, place in kept, emit)
    written = []
    with _model_folder(request, facts, places.get(PLAIN), kept, emit) as (model, plain):
        written += plain
        conversion = _Conversion(request, facts, model, Reference(model, report, request.memory), emit)
        for each, place in places.items():
            if each != PLAIN:
                written.append(conversion.keep(each, place) if place in kept else conversion.write(each, place))
    return written


def check_request(request: ExportRequest, emit: Emit) -> None:
    """Check that an export can be made; before work whose result it will write, so that none is done in vain.

    Raises:
        BadInput: See ``export_formats``.
        LayerSwarmError: A tool cannot be fetched now, or disk or memory have too little space.
    """
    facts = facts_of(request.source, request.removed, request.variant)
    missing = {each: place for each, place in request.places.items() if not may_be_finished(place, each, facts)}
    for place in missing.values():
        check_target(place)
    check_folder(
        request.folder, [*missing], facts.parameters, facts.bytes, comparing_bytes(facts.dense), request.memory
    )
    choose_way(request.source.path, request.memory)  # refuses too little memory
    trained = request.variant == "recovered"
    plan = Plan(request.source, (facts.removed,), trained, request.llama_cpp, _reporter(emit))
    for each in missing:
        check_format(each, plan)


def _check_place(place: Path, is_kept: bool, emit: Emit) -> None:
    """Log that a finished format is kept; raise BadInput where something else is in its folder."""
    if is_kept:
        emit(message_logged("info", worded("{0} holds this export already; it is verified again and kept.", place)))
    else:
        check_target(place)


@contextmanager
def _model_folder(
    request: ExportRequest, facts: ExportFacts, wanted: Path | None, kept: Collection[Path], emit: Emit
) -> Iterator[tuple[Path, list[ExportWritten]]]:
    """Yield the verified safetensors folder that other formats are made from, and the event of its export.

    It is the folder ``wanted`` where safetensors are asked for, else a temporary one without an event.
    """
    if wanted is not None:
        make = keep_model if wanted in kept else write_model
        yield wanted, [make(replace(request, folder=wanted), facts, emit)]
        return
    folder = request.folder
    make_folder(real_path(folder).parent)
    with ScratchFolder(real_path(folder).parent) as scratch:
        place = scratch / "model"
        quietly = replace(request, folder=place)
        write_model(quietly, facts, lambda event: emit(event) if isinstance(event, StageProgressed) else None)
        yield place, []


@dataclass(frozen=True)
class _Conversion:
    """Makes formats from a verified safetensors folder."""

    request: ExportRequest
    facts: ExportFacts
    model: Path
    reference: Reference
    emit: Emit

    def write(self, wanted: ExportFormat, place: Path) -> ExportWritten:
        """Write one format under another name beside ``place``, verify it, and rename it."""
        writer = writer_of(wanted.target)
        with exporting_to(place) as partial:
            job = self._job(wanted, place, partial)
            writer.write(job)
            size = sum(file.stat().st_size for file in partial.rglob("*") if file.is_file())
            checks = _checks(writer, job, wanted)
            self._ensure_passed(checks, wanted)
            self._write_papers(job, wanted, place.name, size, checks)
            move_into_place(partial, place)
        return self._reported(wanted, place, size, checks)

    def keep(self, wanted: ExportFormat, place: Path) -> ExportWritten:
        """Verify a finished format as if it had just been written."""
        writer, job = writer_of(wanted.target), self._job(wanted, place, place)
        checks = verify_again(place, lambda: _checks(writer, job, wanted))
        return self._reported(wanted, place, finished_bytes(place), checks)

    def _reported(
        self, wanted: ExportFormat, place: Path, size: int, checks: Sequence[ExportVerified]
    ) -> ExportWritten:
        written = self.facts.written(place, str(wanted), size)
        for check in checks:
            self.emit(check)
        if reason := writer_of(wanted.target).unverifiable():
            title = title_words(export_target(wanted.target))
            self.emit(message_logged("warning", worded("{0} was not run after it was written. {1}", title, reason)))
        self.emit(written)
        return written

    def _job(self, wanted: ExportFormat, place: Path, partial: Path) -> ExportJob:
        target = export_target(wanted.target)
        return ExportJob(
            facts=self.facts,
            model=self.model,
            folder=partial,
            name=_file_name(self.facts, place),
            precision=target.precision(wanted.precision),
            reference=self.reference,
            replaced=self.request.replaced,
            llama_cpp=self.request.llama_cpp,
            report=_reporter(self.emit, title_words(target)),
        )

    def _ensure_passed(self, checks: Sequence[ExportVerified], wanted: ExportFormat) -> None:
        """Emit all checks and raise LayerSwarmError where one of them has failed."""
        failed = next((check for check in checks if not check.passed), None)
        if failed is None:
            return
        for check in checks:
            self.emit(check)
        raise LayerSwarmError(
            worded(
                "The {0} export did not pass its check '{1}': {2}; not kept.",
                wanted,
                check_title(failed.check),
                failed.detail_words,
            )
        )

    def _write_papers(
        self, job: ExportJob, wanted: ExportFormat, name: str, size: int, checks: Sequence[ExportVerified]
    ) -> None:
        """Copy the source's tokenizer and licence where the format lacks them; write instructions, manifest and card.

        Args:
            job: The format's job.
            wanted: The format.
            name: Final name of the folder.
            size: Bytes of the files that the format consists of.
            checks: For the manifest and the card.
        """
        target = export_target(wanted.target)

        def is_wanted(file: str) -> bool:
            in_format = target.holds_tokenizer and not is_licence(file)
            return not in_format and not (target.text_only and file.endswith(PROCESSOR_FILES))

        copy_companions(job.model, job.folder, is_wanted)
        more = {
            "file_format": str(wanted),
            "file_bytes": size,
            "checks": [{"check": each.check, "detail": each.detail, **each.figures} for each in checks],
        }
        write_instructions(job)
        content = write_manifest(job.facts, {**self.request.manifest, **more}, job.folder)
        write_card(job.facts, content, job.folder, name)
        for file in job.folder.rglob("*"):
            if file.is_file():
                file.chmod(0o644)


def _reporter(emit: Emit, title: str = "") -> Report:
    def report(message: Message, done: float, total: float) -> None:
        emit(progressed("export", worded("{0}: {1}", title, message) if title else message, done, total))

    return report


def _file_name(facts: ExportFacts, place: Path) -> str:
    """Return a name for files that are copied elsewhere without their folder."""
    words = (facts.source.name, f"{len(facts.removal.kept)}L", facts.variant if facts.variant != "pruned" else "")
    return "-".join(filter(None, words)) or place.name


def _checks(writer: FormatWriter, job: ExportJob, wanted: ExportFormat) -> list[ExportVerified]:
    return [msgspec.structs.replace(check, format=str(wanted)) for check in writer.verify(job)]
