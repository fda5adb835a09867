"""Export a variant of the model as a plain safetensors folder: whole and verified, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.api.disk import existing_folder, free_disk
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.event import progressed
from engine.api.events import Emit, ExportVerified, ExportWritten, RemovalSet
from engine.api.files import make_folder, move_into_place
from engine.api.locations import real_path
from engine.api.message import Message, worded
from engine.api.settings import Variant
from engine.api.system_errors import reason_and_advice
from engine.api.temporary import partial_export
from engine.export.companions import write_companions
from engine.export.finished import verify_again
from engine.export.kept_bytes import verify_bytes
from engine.export.manifest import ExportFacts, write_card, write_manifest
from engine.export.rehearsal import rehearse_export
from engine.export.replacements import Replacements
from engine.export.request import ExportRequest
from engine.export.rewrite import kept_tensors, rewrite_weights
from engine.export.room import check_room
from engine.export.tokenizer_check import verify_tokenizer
from engine.export.verification_way import choose_way
from engine.export.verify import Expectation, expected_answers, verify_export
from engine.models.companion_files import companion_files
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.removal import Removal
from engine.models.sizes import measure_sizes
from engine.results.check_titles import check_title

_SPARE_BYTES = 1 << 22
"""Disk space for headers, config, manifest and card."""


def export_model(request: ExportRequest, emit: Emit) -> ExportWritten:
    """Write a model as safetensors into ``request.folder`` and verify it there; ``request.formats`` is not read.

    Emits what ``write_model`` emits.

    Raises:
        BadInput: The folder exists and is not empty, or this model cannot lose these layers.
        LayerSwarmError: A check fails, the disk is full, or a changed weight has no place; no file is kept.
    """
    check_target(request.folder)
    return write_model(request, facts_of(request.source, request.removed, request.variant), emit)


def write_model(request: ExportRequest, facts: ExportFacts, emit: Emit) -> ExportWritten:
    """Write a model as safetensors into ``request.folder``, which is new or empty, and verify it there.

    The files are written and verified under another name beside the folder, which is renamed at the end, so a folder
    with the final name is always a whole and verified export. Emits ``StageProgressed``, then one ``ExportVerified``
    for each check, and ``ExportWritten`` last: a run whose journal holds it holds all checks.

    Args:
        request: The model and the folder.
        facts: From ``facts_of``.
        emit: Receives the events.

    Raises:
        BadInput: The model without these layers cannot read text.
        LayerSwarmError: A check fails, the disk is full, memory has no room for a few layers, or a changed weight has
            no place; no file is kept.
    """
    target = request.folder
    _check_disk(request.source.path, target, facts.bytes)
    way = choose_way(request.source.path, request.memory)
    emit(progressed("export", worded("Running the model in memory"), 0, 0))
    expected = expected_answers(facts, request.replaced, way)
    with exporting_to(target) as partial:
        _write(request, facts, partial, emit)
        checks = _checks(request, facts, partial, expected, emit)
        _ensure_passed(checks, emit)
        written = _move(facts, partial, target)
    for event in (*checks, written):
        emit(event)
    return written


def keep_model(request: ExportRequest, facts: ExportFacts, emit: Emit) -> ExportWritten:
    """Verify the finished safetensors folder ``request.folder`` as if it had just been written, and emit the same.

    Raises:
        BadInput: It is damaged.
        LayerSwarmError: Memory has no room for a few layers.
    """
    way = choose_way(request.source.path, request.memory)
    expected = expected_answers(facts, request.replaced, way)
    checks = verify_again(request.folder, lambda: _checks(request, facts, request.folder, expected, emit))
    written = facts.written(request.folder, "safetensors", facts.bytes)
    for event in (*checks, written):
        emit(event)
    return written


@contextmanager
def exporting_to(target: Path) -> Iterator[Path]:
    """Yield a new folder beside ``target`` to write into; it is removed if it was not moved to ``target``.

    Raises:
        LayerSwarmError: The system refuses to write.
    """
    try:
        make_folder(target.parent)
        with partial_export(target) as partial:
            partial.mkdir()
            yield partial
    except OSError as error:
        raise LayerSwarmError(
            worded("The export to {0} failed: {1}.", target, reason_and_advice(error, target))
        ) from error


def facts_of(source: ModelFolder, removed: RemovalSet, variant: Variant) -> ExportFacts:
    """Count what an export will hold, after rehearsing it without weights.

    Raises:
        BadInput: This model cannot lose these layers.
    """
    rehearse_export(source, removed)
    dense = measure_sizes(source.path)
    removal = Removal(dense.layers, removed)
    parameters, size = dense.after(removal.removed)
    return ExportFacts(source, variant, removal, dense, parameters, size)


def check_outside(target: Path, source: ModelFolder) -> None:
    """Raise BadInput where ``target`` lies within the model's own folder, whose content it would become."""
    if real_path(target).is_relative_to(real_path(source.path)):
        raise BadInput(
            worded("{0} lies within the model's own folder, {1}; choose a folder outside of it.", target, source.path)
        )


def check_target(target: Path) -> None:
    """Raise BadInput where ``target`` is neither new nor an empty folder."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(worded("{0} is not an empty folder; choose a new or empty one for the export.", target))


def _check_disk(source: Path, target: Path, size: int) -> None:
    needed = size + sum(file.stat().st_size for file in companion_files(source)) + _SPARE_BYTES
    existing = existing_folder(real_path(target).parent)
    check_room(existing, needed, free_disk(existing))


def _write(request: ExportRequest, facts: ExportFacts, folder: Path, emit: Emit) -> None:
    replacements = Replacements(request.replaced)
    progress = _byte_counter(worded("Writing the weights"), facts.bytes, emit)
    rewrite_weights(facts.source.path, facts.removal, folder, replacements, facts.parameters, progress)
    write_companions(facts.source, facts.removed, folder)
    write_card(facts, write_manifest(facts, request.manifest, folder), folder, request.folder.name)


def _byte_counter(message: Message, total: int, emit: Emit) -> Callable[[int], None]:
    """Return a function that reports the progress when it is called with the bytes of each part."""
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        emit(progressed("export", message, done, total))

    return count


def _checks(
    request: ExportRequest, facts: ExportFacts, folder: Path, expected: Expectation, emit: Emit
) -> list[ExportVerified]:
    tensors = kept_tensors(take_inventory(facts.source.path), facts.removal)
    progress = _byte_counter(worded("Comparing the weights with the source"), facts.bytes, emit)
    weights = verify_bytes(folder, tensors, request.replaced, progress)
    emit(progressed("export", worded("Reloading the export and comparing"), 1, 2))
    checks = [weights, *verify_export(folder, facts, expected), verify_tokenizer(facts.source.path, folder)]
    emit(progressed("export", worded("Checked"), 2, 2))
    return checks


def _ensure_passed(checks: Sequence[ExportVerified], emit: Emit) -> None:
    """Emit all checks and raise LayerSwarmError where one of them has failed."""
    failed = [check for check in checks if not check.passed]
    if not failed:
        return
    for check in checks:
        emit(check)
    title, detail = check_title(failed[0].check), failed[0].detail_words
    raise LayerSwarmError(worded("The export did not pass its check '{0}': {1}; not kept.", title, detail))


def _move(facts: ExportFacts, partial: Path, target: Path) -> ExportWritten:
    move_into_place(partial, target)
    return facts.written(target, "safetensors", facts.bytes)
