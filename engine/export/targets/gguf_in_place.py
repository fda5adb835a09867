"""Copy the GGUF file that the model was converted from, without the removed blocks."""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from gguf import ReaderTensor

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.message import joined, worded
from engine.api.temporary import ScratchFolder
from engine.export.gguf_block_removal import new_name, prune_gguf
from engine.export.gguf_changed_tensors import changed_tensors
from engine.export.targets.gguf import gguf_checks, gguf_file, missing_runtime
from engine.export.targets.target import ExportJob, Plan
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.gguf.tensor_copy import open_gguf
from engine.sources.resolve import original_gguf

_BLOCK = 1 << 22


class _Begun(Exception):
    """Raised when the copy begins."""


def _stop(_done: int, _total: int) -> None:
    raise _Begun


class GgufInPlace:
    """Copies every kept tensor byte for byte, without quantising it again, unless compensation has changed it."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """Require no further package."""
        return ""

    def unverifiable(self) -> str:
        """Require llama.cpp within Python."""
        return missing_runtime()

    def refused(self, source: ModelFolder, _llama_cpp: str) -> str:
        """Refuse models that were not given as a GGUF file."""
        try:
            original_gguf(source, silent)
        except BadInput as error:
            return error.sentence
        return ""

    def rehearse(self, plan: Plan, _precision: str) -> None:
        """Begin to copy the file without each removal set: the checks precede the first block.

        Raises:
            BadInput: Recovery may change the weights, or llama.cpp would read the file as another
                model.
        """
        if plan.trained:
            raise BadInput(
                worded(
                    "recovery changes the weights, so that they are no longer those in the GGUF file that the model "
                    "came from; export another one (export.variant=compensated or pruned), or choose gguf:q8_0"
                )
            )
        source = original_gguf(plan.source, plan.report)
        with ScratchFolder() as scratch:
            for removed in plan.removals:
                with suppress(_Begun):
                    prune_gguf(source, removed, scratch / "begun.gguf", _stop)

    def write(self, job: ExportJob) -> None:
        """Copy the file block by block; write only tensors that compensation has changed anew."""
        source = original_gguf(job.facts.source, job.report)
        prune_gguf(
            source,
            job.facts.removed,
            gguf_file(job),
            lambda done, total: job.report(worded("Copying the blocks"), done, total),
            lambda removal, kept: changed_tensors(job.facts.source, source, removal, job.replaced, kept),
        )

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Yield the checks of any GGUF file, and which tensors are not those of the original file."""
        yield from gguf_checks(job)
        yield _written_anew(job)


def _written_anew(job: ExportJob) -> ExportVerified:
    """Return the check that no more tensors differ from the original file's than weights were changed."""
    source = original_gguf(job.facts.source, silent)
    kept = {
        name: tensor
        for reader in open_gguf(source)
        for tensor in reader.tensors
        if (name := new_name(tensor.name, job.facts.removal)) is not None
    }
    (file,) = open_gguf(gguf_file(job))
    written = {tensor.name: tensor for tensor in file.tensors}
    anew = [name for name in kept.keys() & written.keys() if not _same(kept[name], written[name])]
    words = [worded("{0} as {1}", name, written[name].tensor_type.name) for name in sorted(anew)]
    equal = worded("{0} of {1} tensors equal to the original file byte for byte", len(kept) - len(anew), len(kept))
    return ExportVerified(
        check="changed",
        passed=kept.keys() == written.keys() and len(anew) <= len(job.replaced),
        detail=joined(equal, worded("written anew: {0}", joined(*words, between=", ")) if words else "", between="; "),
    )


def _same(one: ReaderTensor, other: ReaderTensor) -> bool:
    """Return whether two tensors hold the same bytes in the same format, comparing a few megabytes at a time."""
    if (one.tensor_type, one.n_bytes) != (other.tensor_type, other.n_bytes):
        return False
    first, second = (np.reshape(each.data, -1).view(np.uint8) for each in (one, other))
    return all(
        np.array_equal(first[start : start + _BLOCK], second[start : start + _BLOCK])
        for start in range(0, first.size, _BLOCK)
    )
