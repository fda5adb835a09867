"""Copy the GGUF file that the model was converted from, without the removed blocks."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.export.gguf_block_removal import new_name, prune_gguf
from engine.export.gguf_changed_tensors import changed_tensors
from engine.export.targets.gguf import gguf_checks, gguf_file, missing_runtime
from engine.export.targets.target import ExportJob, Plan
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.gguf.tensor_copy import open_gguf
from engine.sources.resolve import original_gguf


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
            return str(error)
        return ""

    def rehearse(self, plan: Plan, _precision: str) -> None:
        """Begin to copy the file without each removal set: the checks precede the first block.

        Raises:
            BadInput: Recovery may change the weights, or llama.cpp would read the file as another
                model.
        """
        if plan.trained:
            raise BadInput(
                "recovery changes the weights, so that they are no longer those in the GGUF file that the model came "
                "from; export another one (export.variant=compensated or pruned), or choose gguf:q8_0"
            )
        source = original_gguf(plan.source, plan.report)
        with tempfile.TemporaryDirectory(prefix="layerswarm-") as scratch:
            for removed in plan.removals:
                with suppress(_Begun):
                    prune_gguf(source, removed, Path(scratch) / "begun.gguf", _stop)

    def write(self, job: ExportJob) -> None:
        """Copy the file block by block; write only tensors that compensation has changed anew."""
        source = original_gguf(job.facts.source, job.report)
        prune_gguf(
            source,
            job.facts.removed,
            gguf_file(job),
            lambda done, total: job.report("Copying the blocks", done, total),
            lambda removal, kept: changed_tensors(job.facts.source, source, removal, job.replaced, kept),
        )

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Yield the checks of any GGUF file, and which tensors are not those of the original file."""
        yield from gguf_checks(job)
        if job.replaced:
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
    (written,) = open_gguf(gguf_file(job))
    anew = [
        f"{tensor.name} as {tensor.tensor_type.name}"
        for tensor in written.tensors
        if tensor.tensor_type != kept[tensor.name].tensor_type
        or tensor.data.tobytes() != kept[tensor.name].data.tobytes()
    ]
    return ExportVerified(
        check="changed", passed=len(anew) <= len(job.replaced), detail=f"written anew: {', '.join(anew)}"
    )
