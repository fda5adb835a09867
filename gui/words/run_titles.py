"""The title of a run, as lists show it."""

from engine.api.safe_text import safe_line

_STAR = "\u2605"


def run_title(name: str, title: str, starred: bool) -> str:
    """Return the person's own name of a run, else its folder's, after a star where they have set one."""
    shown = title or name
    return safe_line(f"{_STAR} {shown}" if starred else shown)
