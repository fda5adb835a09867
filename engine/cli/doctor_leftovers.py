"""List and remove what killed processes and earlier versions have left, for ``layerswarm doctor``."""

from collections.abc import Iterator, Sequence

from rich.console import Console

from engine.api.exit_codes import FAILED, FINISHED
from engine.api.leftovers import Leftover, remove_leftovers
from engine.api.plurals import counted
from engine.cli.console import plain
from engine.cli.doctor import Finding
from engine.results.figures import format_bytes

_SUBJECT = "Leftovers"
_LISTED = 20


def check_leftovers(found: Sequence[Leftover]) -> Iterator[Finding]:
    """Yield a finding with every temporary file and folder that is left, the largest first.

    Args:
        found: From ``all_leftovers`` and ``hub_parts``.
    """
    removable = [each for each in found if each.is_removable]
    elsewhere = [each for each in found if each.owner is not None and each.owner.is_elsewhere]
    if not removable and not elsewhere:
        yield Finding("ok", _SUBJECT, "none")
    if removable:
        advice = "Remove them: layerswarm doctor --clean (close earlier versions of LayerSwarm first)."
        yield Finding("warning", _SUBJECT, _listed(removable), advice)
    if elsewhere:
        advice = "Run layerswarm doctor there; if that computer or container no longer exists, delete them yourself."
        yield Finding("warning", f"{_SUBJECT} of another computer", _listed(elsewhere), advice)


def clean_up(found: Sequence[Leftover], console: Console) -> int:
    """Remove all leftovers but those of running processes and other computers, print them, and return an exit code."""
    removable = [each for each in found if each.is_removable]
    kept = {each.path for each in remove_leftovers(removable)}
    removed = [each for each in removable if each.path not in kept]
    for each in removed:
        console.print(f"Removed {_words(each)}", soft_wrap=True)
    for path in kept:
        console.print(f"Not removed, check its permissions: {path}", soft_wrap=True)
    size = plain(format_bytes(sum(each.bytes for each in removed)))
    console.print(f"{counted(len(removed), 'leftover')} removed, {size}." if removed else "Nothing was left to remove.")
    return FAILED if kept else FINISHED


def _listed(found: Sequence[Leftover]) -> str:
    more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    total = plain(format_bytes(sum(each.bytes for each in found)))
    return "\n".join([f"{len(found)}, {total} in all:", *map(_words, found[:_LISTED]), *more])


def _words(left: Leftover) -> str:
    return f"{plain(format_bytes(left.bytes))}  {left.path}{f'  ({left.maker})' if left.maker else ''}"
