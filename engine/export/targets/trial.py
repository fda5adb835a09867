"""Try a format on a miniature of the model: write, run and compare it as the export itself will be."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.api.disk import free_disk
from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import ExportVerified
from engine.api.export_targets import Precision, export_target
from engine.api.locations import cache_folder
from engine.api.message import Message, joined, worded
from engine.api.temporary import ScratchFolder
from engine.export.child_process import failed_tool
from engine.export.miniature import Miniature, miniatures, write_miniature
from engine.export.rehearsed import model_key, remember, remembered
from engine.export.runtimes.compare import Reference
from engine.export.targets.target import ExportJob, FormatWriter, Plan
from engine.model_files.folder_content import weight_headers
from engine.results.check_titles import check_title

_ROOM = 3
"""Disk space for a trial, as a multiple of the miniature in 32 bits: its export, the quantised export, and a file in
between."""
_FLOAT_BYTES = 4
_REASON_LENGTH = 120
_CODES = re.compile(r"(\w+: )?\[ONNXRuntimeError\] : \d+ : \w+ : ")
"""Prefix of ONNX Runtime's error messages."""
_TOKENS = 2048
"""Size of the vocabulary for formats that do not hold the tokenizer."""


@dataclass(frozen=True)
class Trial:
    """The parts that a format brings to be tried on a miniature."""

    target: str
    """Its key in ``engine.api.export_targets``."""
    packages: tuple[str, ...]
    """Packages that write and run it."""
    plain: str
    """Key of the precision in which the runtime must predict as the model does: an unquantised one, since a few layers
    in few bits show little."""
    checks: Callable[[ExportJob], Iterable[ExportVerified]]
    """Writes the miniature in the plain precision and yields its checks."""
    quantise: Callable[[ExportJob], None] | None = None
    """Turns what was written into the job's precision."""


def written_and_checked(writer: FormatWriter) -> Callable[[ExportJob], Iterator[ExportVerified]]:
    """Return what writes a miniature by a format's own writer and yields its checks."""

    def checks(job: ExportJob) -> Iterator[ExportVerified]:
        writer.write(job)
        yield from writer.verify(job)

    return checks


def try_out(trial: Trial, plan: Plan, precision: str) -> None:
    """Write and check a miniature with a small vocabulary, unless the cache records an earlier success.

    Args:
        trial: How to try the format.
        plan: The export.
        precision: Key of the precision that is wanted.

    Raises:
        BadInput: It cannot be written, or the runtime predicts otherwise than the model.
        LayerSwarmError: The disk has too little space.
    """
    miniature = next(miniatures(plan.source, plan.gone))
    known = (model_key(plan.source), trial.target, precision, miniature.kinds)
    if remembered(known, trial.packages) is not None:
        return
    target = export_target(trial.target)
    with staged(miniature, plan, target.precision(trial.plain), _TOKENS) as job, explained(miniature):
        raise_fault(trial.checks(job))
        if precision != trial.plain and trial.quantise is not None:
            trial.quantise(replace(job, precision=target.precision(precision)))
    remember(known, trial.packages, {})


@contextmanager
def staged(miniature: Miniature, plan: Plan, precision: Precision, tokens: int | None = None) -> Iterator[ExportJob]:
    """Write a miniature as safetensors, which formats are made from, into a temporary folder.

    Args:
        miniature: The miniature.
        plan: The export.
        precision: The job's precision.
        tokens: Size of the vocabulary to keep; by default all of it.

    Yields:
        The job of a format.

    Raises:
        LayerSwarmError: The disk has too little space.
    """
    facts, cache = miniature.facts, cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    _check_room(cache, facts.bytes)
    with ScratchFolder(cache) as scratch:
        model, folder = scratch / "model", scratch / "export"
        for place in (model, folder):
            place.mkdir()
        write_miniature(miniature, model, tokens)
        elements = sum(entry.elements for _, header in weight_headers(model) for entry in header.tensors)
        _check_room(cache, _ROOM * _FLOAT_BYTES * elements)
        reference = Reference(model, plan.report)
        yield ExportJob(facts, model, folder, "miniature", precision, reference, {}, plan.llama_cpp, plan.report)


def _check_room(folder: Path, needed: int) -> None:
    free = free_disk(folder)
    if free < needed:
        raise LayerSwarmError(
            worded(
                "Trying the formats needs {0:,.0f} MB but {1} has {2:,.0f} MB free; make room, or name another cache "
                "folder: LAYERSWARM_CACHE=/path.",
                needed / 1e6,
                folder,
                free / 1e6,
            )
        )


@contextmanager
def explained(miniature: Miniature) -> Iterator[None]:
    """Turn the failure of a tool into a refusal that states what was tried."""
    try:
        yield
    except BadInput:
        raise
    except LayerSwarmError as error:
        count, layers = len(miniature.kinds), miniature.facts.removal.layers
        raise BadInput(
            worded(
                "tried on {0} of the model's {1} layers: {2}; choose another format",
                count,
                layers,
                _in_short(error.sentence),
            )
        ) from None


def _in_short(sentence: str) -> str:
    """Return a failure as part of a sentence, with the beginning of the tool's own message."""
    failed = failed_tool(sentence)
    if failed is None:
        return sentence
    what, reason = failed
    if reason.startswith('"'):  # the tool's own words
        reason = quoted(textwrap.shorten(_CODES.sub("", reason.strip('"')), _REASON_LENGTH, placeholder=" ..."))
    return worded("{0} fails ({1})", what, reason)


def raise_fault(checks: Iterable[ExportVerified]) -> None:
    """Run the checks of an export up to the first that fails.

    Raises:
        LayerSwarmError: One fails.
    """
    for check in checks:
        if not check.passed:
            detail = check.detail_words
            if check.check != "runs":
                detail = worded("it does not pass the check '{0}': {1}", check_title(check.check), detail)
            raise LayerSwarmError(detail if isinstance(detail, Message) else joined(detail))
