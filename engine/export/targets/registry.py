"""Find the writer of a format by the record in ``engine.api.export_targets``."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import cast

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import ExportTargetFound
from engine.api.export_targets import ExportTarget, export_target, export_targets
from engine.api.message import Message, worded
from engine.export.targets.guarded_writer import GuardedWriter
from engine.export.targets.target import FormatWriter
from engine.models.folder import ModelFolder

_METHODS = ("missing", "unverifiable", "refused", "rehearse", "write", "verify")


def has_writer(key: str) -> bool:
    """Return whether a format has a writer of its own: every format but safetensors, which the others are made from."""
    return bool(export_target(key).writer)


@cache
def writer_of(key: str) -> FormatWriter:
    """Import and return the writer of a format that has one.

    Raises:
        BadInput: Another distribution registers the format, and its writer cannot be used.
    """
    target = export_target(key)
    if not target.provider:
        return _made(target)
    try:
        found = _made(target)
        lacking = next((method for method in _METHODS if not callable(getattr(found, method, None))), "")
    except (Exception, SystemExit) as error:  # code of others, which fails in its own ways
        raise BadInput(_fault(target, _failed_with(error))) from error
    if lacking:
        raise BadInput(_fault(target, worded("has no method '{0}'", lacking)))
    return GuardedWriter(target, found)


def found_targets(source: ModelFolder | None, llama_cpp: str) -> Iterator[ExportTargetFound]:
    """Yield for each format what can be written on this computer, and of ``source`` where one is given."""
    for target in export_targets():
        if not target.writer:
            yield ExportTargetFound(target=target.key, precisions=tuple(each.key for each in target.precisions))
            continue
        yield _found(target, source, llama_cpp) if not target.provider else _found_of_others(target, source, llama_cpp)


def _found(target: ExportTarget, source: ModelFolder | None, llama_cpp: str) -> ExportTargetFound:
    writer = writer_of(target.key)
    missing = {each.key: writer.missing(each.key, llama_cpp) for each in target.precisions}
    refused = writer.refused(source, llama_cpp) if source is not None else ""
    here = tuple(key for key, sentence in missing.items() if not sentence) if not refused else ()
    needs = refused or next((sentence for sentence in missing.values() if sentence), "")
    return ExportTargetFound(target=target.key, precisions=here, needs=needs, check=writer.unverifiable())


def _found_of_others(target: ExportTarget, source: ModelFolder | None, llama_cpp: str) -> ExportTargetFound:
    """Return the same for a registered format; where its writer fails, ``needs`` is the reason."""
    try:
        return _found(target, source, llama_cpp)
    except LayerSwarmError as error:
        reason: str = error.sentence
    except Exception as error:  # code of others, which fails in its own ways
        reason = _fault(target, _failed_with(error))
    return ExportTargetFound(target=target.key, precisions=(), needs=reason)


def _made(target: ExportTarget) -> FormatWriter:
    found = pkgutil.resolve_name(target.writer)
    return cast(FormatWriter, found() if isinstance(found, type) else found)


def _fault(target: ExportTarget, reason: Message) -> Message:
    return worded(
        "The format '{0}' of {1} cannot be used: its writer {2} {3}; update or uninstall {1}.",
        target.key,
        target.provider,
        target.writer,
        reason,
    )


def _failed_with(error: BaseException) -> Message:
    return worded("fails with {0}: {1}", type(error).__name__, quoted(error))
