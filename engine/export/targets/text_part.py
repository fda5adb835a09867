"""Write the text decoder of a multimodal model as a plain safetensors folder."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.files import write_atomically
from engine.api.message import ended, worded
from engine.api.temporary import ScratchFolder
from engine.export.companions import PROCESSOR_FILES, copy_companions
from engine.export.generation_check import compare_generation, tokens_to_generate
from engine.export.kept_bytes import verify_bytes
from engine.export.sample_windows import sample_windows
from engine.export.targets.runtime_checks import equal
from engine.export.targets.target import ExportJob, Plan
from engine.export.targets.trial import Trial, try_out, written_and_checked
from engine.export.text_decoder import text_config, text_tensors, write_text_part
from engine.export.verification_way import choose_way
from engine.export.verify import compare_logits, loaded_as, logits_of, reloaded
from engine.models.architecture import find_decoder
from engine.models.folder import ModelFolder
from engine.models.loading import load_model
from engine.models.older_readers import write_for_older_readers


class TextPart:
    """Writes the pruned text decoder without other towers, for programs that load causal language models only."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """Require no further package."""
        return ""

    def unverifiable(self) -> str:
        """Require no further package: the runtime is transformers."""
        return ""

    def refused(self, source: ModelFolder, _llama_cpp: str) -> str:
        """Refuse models without other towers, and text decoders that no class of transformers loads alone."""
        try:
            text_tensors(source.path, text_config(source.config()))
        except BadInput as error:
            return worded("{0} cannot be exported as its text part alone: {1}", source.name, ended(error.sentence))
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Write and reload the text part of a miniature."""
        try_out(Trial("safetensors_text", (), "", written_and_checked(self), self.write), plan, precision)

    def write(self, job: ExportJob) -> None:
        """Copy the text decoder's tensors under their names in the smaller model."""
        job.report(worded("Copying the text decoder"), 0, 0)
        _write(job, job.folder)

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Reload it and compare it with the whole model: its weights byte for byte, its logits on the same text."""
        source, layers = _source(job), len(job.facts.removal.kept)
        tensors = text_tensors(source.path, text_config(source.config()))
        yield verify_bytes(job.folder, tensors, {}, lambda _size: job.report(worded("Comparing the weights"), 0, 0))
        way = choose_way(job.model, job.reference.memory)
        whole = load_model(job.model, dtype=way.dtype, placement=way.placement(layers))
        windows = sample_windows(whole)
        expected = logits_of(whole, windows, at_once=way.by_layers)
        del whole
        gc.collect()
        alone = reloaded(job.folder, layers, way)
        yield ExportVerified(check="reload", passed=True, detail=loaded_as(alone, way))
        yield equal("layers", len(find_decoder(alone).layers), layers, worded("layers"))
        yield compare_logits(logits_of(alone, windows, at_once=way.by_layers), expected, way.dtype)
        yield compare_generation(alone, windows, tokens_to_generate(way))


@contextmanager
def text_folder(job: ExportJob) -> Iterator[Path]:
    """Yield the folder of the language model alone, for tools that read no multimodal model.

    It is the job's own model where that has no other towers, or a text decoder that transformers loads only in the
    whole.
    """
    try:
        text_config(_source(job).config())
    except BadInput:
        yield job.model
        return
    with ScratchFolder(job.folder.parent) as folder:
        _write(job, folder)
        copy_companions(job.model, folder, lambda name: not name.endswith(PROCESSOR_FILES))
        yield folder


def _write(job: ExportJob, folder: Path) -> None:
    config = write_text_part(_source(job), folder)
    write_atomically(folder / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    write_for_older_readers(folder)


def _source(job: ExportJob) -> ModelFolder:
    return replace(job.facts.source, path=job.model, untied=False)
