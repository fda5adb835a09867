"""The GGUF file that the model came from, without the removed blocks."""

from collections.abc import Iterator

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.export.gguf_in_place import prune_gguf
from engine.export.targets.gguf import gguf_checks, gguf_file, missing_runtime
from engine.export.targets.target import Job
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.models.sources import original_gguf


class GgufInPlace:
    """Nothing is quantised again: every kept block keeps its bytes."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """Nothing."""
        return ""

    def unverifiable(self) -> str:
        """llama.cpp within Python."""
        return missing_runtime()

    def refused(self, source: ModelFolder) -> str:
        """Models that did not come from a GGUF file."""
        try:
            original_gguf(source, silent)
        except BadInput as error:
            return str(error)
        return ""

    def write(self, job: Job) -> None:
        """Copy the file block by block.

        Raises:
            BadInput: the weights were changed by recovery, or llama.cpp would read the file as another model.
        """
        if job.facts.variant == "recovered":
            raise BadInput(
                "Recovery has changed the weights, so they are not in the GGUF file that the model came from; export "
                "the pruned model (variant pruned), or choose gguf:q8_0."
            )
        source = original_gguf(job.facts.source, lambda message, _done, _total: job.tell(message))
        prune_gguf(source, job.facts.removed, gguf_file(job), lambda _done, _total: job.tell("Copying the blocks"))

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """As for any GGUF file."""
        yield from gguf_checks(job)
