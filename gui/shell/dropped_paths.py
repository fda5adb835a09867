"""Paths that are dragged onto the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from engine.api.project import PROJECT_FILE


def dropped_project(data: QMimeData) -> Path | None:
    """Return the dragged project, as its folder or its file; None for anything else."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    is_project = (path / PROJECT_FILE).is_file() or (path.suffix == Path(PROJECT_FILE).suffix and path.is_file())
    return path if is_project else None
