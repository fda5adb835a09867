"""A format tried on a miniature of the model: written, run and compared as the export itself will be."""

import re
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.api.disk import free_disk
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import ExportVerified
from engine.api.locations import cache_folder
from engine.export.miniature import Miniature, miniatures, write_miniature
from engine.export.rehearsed import model_key, remember, remembered
from engine.export.runtimes.compare import Reference
from engine.export.targets.target import Job, Plan
from engine.models.folder import weight_headers

_ROOM = 3
"""Disk space for a trial, as a multiple of the miniature in 32 bits: what is made of it, once more, and in between."""
_FLOAT_BYTES = 4
_REASON_LENGTH = 120
_CODES = re.compile(r"(\w+: )?\[ONNXRuntimeError\] : \d+ : \w+ : ")
"""What ONNX Runtime puts in front of its reasons."""
_TOKENS = 2048
"""Enough of a vocabulary for formats that do not hold the tokenizer."""


@dataclass(frozen=True)
class Trial:
    """How a format is tried."""

    target: str
    """Its key in ``engine.api.export_targets``."""
    packages: tuple[str, ...]
    """The packages that write and run it."""
    plain: str
    """The precision in which the runtime must answer as the model does: an unquantised one, since a few layers show
    little in few bits."""
    checks: Callable[[Job], Iterable[ExportVerified]]
    """Writes the miniature in the plain precision and checks it."""
    quantise: Callable[[Job], None] | None = None
    """Makes what was written one of the job's precision."""


def try_out(trial: Trial, plan: Plan, precision: str) -> None:
    """Write and check a miniature without its vocabulary, unless the cache shows that this went well.

    Raises:
        BadInput: It cannot be written, or the runtime answers otherwise than the model.
    """
    miniature = next(miniatures(plan.source, plan.gone))
    known = (model_key(plan.source), trial.target, precision, miniature.kinds)
    if remembered(known, trial.packages) is not None:
        return
    with staged(miniature, plan, trial.plain, _TOKENS) as job, explained(miniature):
        raise_fault(trial.checks(job))
        if precision != trial.plain and trial.quantise is not None:
            trial.quantise(replace(job, precision=precision))
    remember(known, trial.packages, {})


@contextmanager
def staged(miniature: Miniature, plan: Plan, precision: str, tokens: int | None = None) -> Iterator[Job]:
    """Write a miniature as the safetensors folder that formats are made of, into a folder that goes afterwards.

    Args:
        tokens: How much of the vocabulary it keeps; by default all of it.

    Raises:
        LayerSwarmError: There is too little disk space for it.
    """
    facts, cache = miniature.facts, cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    _check_room(cache, facts.bytes)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".rehearsal-") as scratch:
        model, folder = Path(scratch) / "model", Path(scratch) / "export"
        for place in (model, folder):
            place.mkdir()
        write_miniature(miniature, model, tokens)
        elements = sum(entry.elements for _, header in weight_headers(model) for entry in header.tensors)
        _check_room(cache, _ROOM * _FLOAT_BYTES * elements)
        reference = Reference(model, plan.tell)
        yield Job(facts, model, folder, "miniature", precision, reference, plan.llama_cpp, plan.tell)


def _check_room(folder: Path, needed: int) -> None:
    free = free_disk(folder)
    if free < needed:
        raise LayerSwarmError(
            f"Trying the formats needs {needed / 1e6:,.0f} MB but {folder} has {free / 1e6:,.0f} MB free; make room, "
            "or name another cache folder: LAYERSWARM_CACHE=/path."
        )


@contextmanager
def explained(miniature: Miniature) -> Iterator[None]:
    """Turn the failure of a tool into a refusal that says what was tried."""
    try:
        yield
    except BadInput:
        raise
    except LayerSwarmError as error:
        count, layers = len(miniature.kinds), miniature.facts.removal.layers
        raise BadInput(
            f"tried on {count} of the model's {layers} layers, {_in_short(str(error))}; choose another format"
        ) from None


def _in_short(words: str) -> str:
    """Return what failed as a part of a sentence, with the beginning of what the tool itself says of it."""
    what, _, reason = words.rstrip(". ").partition(" failed: ")
    began = f"{what[:1].lower()}{what[1:]}"
    reason = textwrap.shorten(_CODES.sub("", reason), _REASON_LENGTH, placeholder=" ...")
    return f"{began} fails ({reason})" if reason else began


def raise_fault(checks: Iterable[ExportVerified]) -> None:
    """Go through the checks of an export to the first that does not pass.

    Raises:
        LayerSwarmError: One does not pass.
    """
    for check in checks:
        if not check.passed:
            known = "" if check.check == "runs" else f"It does not pass the check '{check.check}': "
            raise LayerSwarmError(f"{known}{check.detail}")
