"""Every table of the command line fits a terminal of 80 columns, and no figure is cut off or wrapped there."""

from collections.abc import Sequence

import msgspec
import pytest

from engine.api.evaluation_events import VARIANTS
from engine.api.events import DifferenceMeasured, SpeedMeasured, Spread
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.cli import fit_command
from engine.cli.console import plain, plain_console
from engine.cli.figure_tables import FigureTable
from engine.cli.result_tables import print_report, print_research
from engine.cli.search_tables import print_best_sets, print_searches
from engine.results.best_sets import KnownSet
from engine.results.comparison import comparison
from engine.results.research_table import research_table
from engine.results.searches import AlgorithmRow
from tests.engine.results.test_research_table import MODEL, model, run, seeds

ALGORITHMS = ("pso", "woa", "evolution", "greedy", "block_influence", "angular", "textbook_pso", "textbook_woa")
WIDTH = 80


@pytest.fixture(autouse=True)
def narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every console be one of 80 columns."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def table_of(text: str) -> str:
    """Return the lines of tables among what was printed, after checking that they fit and that nothing was cut off."""
    lines = [line.rstrip() for line in text.splitlines() if "  " in line]
    assert lines
    assert [line for line in lines if len(line) > WIDTH] == []
    assert not any("…" in line for line in lines)
    return "\n".join(lines)


def measured_run() -> RunState:
    """Return a run whose four variants were measured several times, with differences."""
    events = [
        event
        for variant in VARIANTS
        for event in (
            model(variant, perplexity=1234.5),
            SpeedMeasured(
                variant=variant,
                prompt_tokens=1024,
                batch_size=16,
                prefill=Spread(18_400, 18_000, 18_900),
                decode=Spread(25.9, 25.7, 26.1),
                peak_memory=10**9,
                repeats=5,
            ),
        )
    ]
    differences = [
        DifferenceMeasured(
            variant=variant, against="dense", figure="arc_easy, acc", value=-0.1, stderr=0.01, paired=True, samples=9
        )
        for variant in VARIANTS[1:]
    ]
    return run("pso", (1, 2), 0.5, *events, *differences)


def test_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    state = measured_run()
    print_report(plain_console(), state)
    printed = table_of(capsys.readouterr().out)
    for _, cells in comparison(state).lines():
        for cell in map(plain, cells):
            assert cell in printed, f"{cell} is cut off or wrapped"
    assert "25.9 (25.7–26.1)" in printed


def test_the_table_of_the_research_with_every_algorithm(capsys: pytest.CaptureFixture[str]) -> None:
    columns = research_table(seeds([run(algorithm, (1, 2), 0.5) for algorithm in ALGORITHMS]), [])
    assert len(columns) == len(ALGORITHMS)
    print_research(plain_console(), columns)
    assert table_of(capsys.readouterr().out).count("0001-textbook_pso") == 1


def row(algorithm: str) -> AlgorithmRow:
    """Return a row with long figures."""
    return AlgorithmRow(
        algorithm=algorithm,
        seeds=3,
        kl=0.123456,
        kl_least=0.123456,
        kl_most=0.23456,
        heldout_kl=0.234567,
        heldout_perplexity=12345.6,
        tokens=123_456_789_012,
        seconds=123_456.0,
        candidates=99,
        agreement=0.4567,
        best=(1, 2, 3),
        bytes=123_456_789_012,
        text_kl={f"/texts/{'long' * 20}-{number}.txt": 0.123456 for number in range(2)},
    )


def test_the_compared_searches_and_their_texts(capsys: pytest.CaptureFixture[str]) -> None:
    print_searches(plain_console(), [row(algorithm) for algorithm in ALGORITHMS])
    text = table_of("\n".join(line for line in capsys.readouterr().out.splitlines() if "removes" not in line))
    assert text.count("123 456 789 012") == len(ALGORITHMS)
    assert text.count("0.1235") >= 3 * len(ALGORITHMS)


def test_the_best_known_sets(capsys: pytest.CaptureFixture[str]) -> None:
    many = tuple(range(0, 120, 3))
    deep = msgspec.structs.replace(
        MODEL, layers=120, parameters=9000, layer_parameters=(50,) * 120, bytes=18_000, layer_bytes=(100,) * 120
    )
    known = KnownSet(removed=many, fitness=0.123456, level=8, complete=False)
    print_best_sets(plain_console(), [known], deep, "KL to the dense model", 16)
    assert "117" in table_of(capsys.readouterr().out)


def test_the_fit_on_devices(capsys: pytest.CaptureFixture[str]) -> None:
    fit_command._print(MODEL, (1, 2), Settings())
    assert "GB" in table_of("\n".join(capsys.readouterr().out.splitlines()[4:]))


@pytest.mark.parametrize(
    ("widths", "tables"),
    [
        ((10, 10, 10), [[0, 1, 2]]),
        ((19, 19, 19, 19), [[0, 1], [2, 3]]),
        ((19, 19, 19), [[0, 1], [2]]),
        ((200, 10), [[0], [1]]),
    ],
)
def test_what_is_too_wide_continues_below(widths: Sequence[int], tables: list[list[int]]) -> None:
    table = FigureTable(
        [f"h{place}" for place in range(len(widths))],
        [("a name of thirty letters in all", ["1" * width for width in widths])],
    )
    assert [list(group) for group in table._even_groups(WIDTH)] == tables
