"""Markdown tables and JSON files of results."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.api.files import write_atomically
from tests.benchmarks.section import Content, Row


def markdown_table(rows: Sequence[Row]) -> str:
    """Return a table with a line per row; the first row has every column."""
    columns = list(rows[0])
    lines = [columns, ["---"] * len(columns), *([_cell(row.get(column)) for column in columns] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_json(path: Path, content: Content) -> None:
    """Write the results of a section, so that an interrupted call leaves the former ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, (json.dumps(content, indent=2) + "\n").encode())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
