"""Run a writer of another distribution and turn its faults into one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError, quoted
from engine.api.events import ExportVerified
from engine.api.export_targets import ExportTarget
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import worded
from engine.export.targets.target import ExportJob, FormatWriter, Plan
from engine.models.folder import ModelFolder

_NOT_ITS_FAULT = (LayerSwarmError, StopRequested, OSError)
"""What a caller explains better, as it does where memory runs out: a refusal, a person's wish, the disk."""


class GuardedWriter:
    """A ``FormatWriter`` around one of another distribution.

    Args:
        target: The record of the format.
        writer: The writer itself.
    """

    def __init__(self, target: ExportTarget, writer: FormatWriter) -> None:
        self._target = target
        self._writer = writer

    def missing(self, precision: str, llama_cpp: str, /) -> str:
        """Return what is not installed that writing needs; else nothing."""
        with self._guarded("missing"):
            return _text(self._writer.missing(precision, llama_cpp))

    def unverifiable(self) -> str:
        """Return how to get the runtime in which an export is verified; empty where it is installed."""
        with self._guarded("unverifiable"):
            return _text(self._writer.unverifiable())

    def refused(self, source: ModelFolder, llama_cpp: str, /) -> str:
        """Return why this model cannot be written in this format; else nothing."""
        with self._guarded("refused"):
            return _text(self._writer.refused(source, llama_cpp))

    def rehearse(self, plan: Plan, precision: str, /) -> None:
        """Try the format on a miniature of the model.

        Raises:
            LayerSwarmError: The export would fail, or the writer does.
        """
        with self._guarded("rehearse"):
            self._writer.rehearse(plan, precision)

    def write(self, job: ExportJob, /) -> None:
        """Write all files into ``job.folder``.

        Raises:
            LayerSwarmError: They cannot be written.
        """
        with self._guarded("write"):
            self._writer.write(job)

    def verify(self, job: ExportJob, /) -> Iterator[ExportVerified]:
        """Yield the writer's checks.

        Raises:
            LayerSwarmError: The writer fails, or yields something other than checks.
        """
        with self._guarded("verify"):
            for check in self._writer.verify(job):
                if not isinstance(check, ExportVerified):
                    raise TypeError(f"it yields a {type(check).__name__} and no ExportVerified")
                yield check

    @contextmanager
    def _guarded(self, method: str) -> Iterator[None]:
        try:
            yield
        except _NOT_ITS_FAULT:
            raise
        except (Exception, SystemExit) as error:  # code of others, which fails in its own ways
            if is_out_of_memory(error):
                raise
            reason = quoted(f"{type(error).__name__}: {error}".rstrip(": "))
            raise LayerSwarmError(
                worded(
                    "The format '{0}' of {1} fails in {2}() ({3}); report it to the authors of that package, or "
                    "choose another format.",
                    self._target.key,
                    self._target.provider,
                    method,
                    reason,
                )
            ) from error


def _text(value: object) -> str:
    """Return a sentence of the writer's.

    Raises:
        TypeError: It is no text.
    """
    if not isinstance(value, str):
        raise TypeError(f"it returns {value!r} and no text")
    return value
