"""Tables of figures that fit the terminal: what is too wide for it continues in a second table below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

_BETWEEN = 2
_LEAST_NAME = 28
"""Width to which a column of names is narrowed before figures go into another table; names wrap."""


@dataclass(frozen=True)
class FigureTable:
    """Rows of a name and its figures, aligned to the right. No figure is wrapped or cut off."""

    headings: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    name_heading: str = ""
    show_header: bool = True

    def fits(self, width: int) -> bool:
        """Return whether it fits in one table without wrapping a name."""
        return self._width(self._longest_name, range(len(self.headings))) <= width

    def print(self, console: Console) -> None:
        """Print it in as few tables as fit the terminal."""
        for number, columns in enumerate(self._even_groups(console.width)):
            if number:
                console.print()
            console.print(self._table(columns, console.width))

    @property
    def _longest_name(self) -> int:
        return max(map(cell_len, (self.name_heading, *(name for name, _ in self.rows))))

    @property
    def _least_name(self) -> int:
        return min(self._longest_name, _LEAST_NAME)

    def _width_of(self, column: int) -> int:
        heading = self.headings[column] if self.show_header else ""
        return max(map(cell_len, (heading, *(figures[column] for _, figures in self.rows))))

    def _width(self, names: int, columns: Sequence[int]) -> int:
        return names + sum(_BETWEEN + self._width_of(column) for column in columns)

    def _even_groups(self, width: int) -> Sequence[Sequence[int]]:
        """Return the columns of each table, as evenly many in each as have room."""
        groups = list(self._groups(width))
        size = -(-len(self.headings) // len(groups))
        even = [range(start, min(start + size, len(self.headings))) for start in range(0, len(self.headings), size)]
        return even if all(self._width(self._least_name, each) <= width for each in even) else groups

    def _groups(self, width: int) -> Iterator[list[int]]:
        """Yield the columns of each table, at least one in each."""
        group: list[int] = []
        for column in range(len(self.headings)):
            if group and self._width(self._least_name, [*group, column]) > width:
                yield group
                group = []
            group.append(column)
        yield group

    def _table(self, columns: Sequence[int], width: int) -> Table:
        table = Table(
            box=None, header_style="bold", pad_edge=False, padding=(0, _BETWEEN, 0, 0), show_header=self.show_header
        )
        table.add_column(self.name_heading, overflow="fold")
        has_room = self._width(self._least_name, columns) <= width
        for column in columns:
            table.add_column(self.headings[column], justify="right", no_wrap=has_room, overflow="fold")
        for name, figures in self.rows:
            table.add_row(name, *(figures[column] for column in columns))
        return table
