"""Temporary names, processes and the wall clock have one place each in the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lines_with(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the text of each line of the product that matches."""
    for package in ("engine", "gui"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for line in file.read_text(encoding="utf-8").splitlines():
                if re.search(pattern, line):
                    yield file.relative_to(ROOT).as_posix(), line.strip()


ENDING_WITH_THEIR_INPUT = {
    "engine/models/chat_rendering.py",
    "engine/pipeline/workers/process_link.py",
    "engine/recovery/launch.py",
    "gui/engine_link/engine_thread.py",
}
"""Modules whose processes read from a pipe and end with it, even if this process is killed."""
DATES = {"engine/api/journal.py", "engine/api/trust.py", "gui/widgets/log_dock.py"}
"""Modules that write down on which day something happened."""


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"mkstemp|mkdtemp|NamedTemporaryFile|TemporaryDirectory|mktemp\(", set()),
        (r"\.part\"|\.part'|\.tmp\b", {"engine/api/owners.py", "engine/api/leftovers.py", "engine/export/push.py"}),
        (r"\bPopen\(|subprocess\.(run|call|check)", ENDING_WITH_THEIR_INPUT | {"engine/api/tied_process.py"}),
        (r"\.resolve\(", {"engine/api/interpreter.py"}),
        (r"\btime\.time\(|datetime\.now|date\.today|utcnow", DATES),
        (r"\bworded\(.*in_one_line\(|=\s*in_one_line\(error", {"engine/api/errors.py", "engine/models/skeleton.py"}),
        (r"\.setTicks\(", {"gui/charts/plot.py"}),
    ],
    ids=[
        "no other temporary files",
        "no other temporary names",
        "no process that outlives this one",
        "no links in a circle",
        "dates only from the wall clock",
        "no words of a library outside quotation marks",
        "no ticks of a chart without the language's decimal point",
    ],
)
def test_there_is_one_way(pattern: str, places: set[str]) -> None:
    others = [f"{file}: {line}" for file, line in lines_with(pattern) if file not in places]
    assert others == []
