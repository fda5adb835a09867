"""The HTML report: one file that stands alone, with what the run has come to and nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.api import events as ev
from engine.api.commands import WriteReport
from engine.api.journal import Journal
from engine.api.project import Project
from engine.api.run_notes import RunNotes, keep_run_notes
from engine.api.run_state import RunState
from engine.cli.main import main
from engine.pipeline.report_job import perform
from engine.report.html import html_report
from engine.results.overview import overview
from engine.results.summary import summarise
from tests.gui import canned
from tests.gui.projects import add_run, new_project

SECTIONS = ["overview", "summary", "comparison", "analysis", "search", "recovery", "samples", "answers", "research"]
SECTIONS += ["savings"]
ALWAYS = ["reproduce", "settings"]
VOID = {"meta", "br"}
EVIL = "<script>alert('x')</script> & \"quoted\""


class Page(HTMLParser):
    """What stands in a page: its sections, attributes, words; and whether every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.sections: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "section":
            self.sections.append(str(dict(attrs)["id"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, white space drawn together."""
        return re.sub(r"\s+", " ", " ".join(self.words))


def journalled(project: Project, name: str, *events: ev.Event) -> None:
    """Let a run say more."""
    journal = Journal(project.run(name).journal_path)
    for event in events:
        journal.append(event)
    journal.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one whole run, evaluated in full."""
    made = new_project(tmp_path / "one & only")
    add_run(made, more=[*canned.measured(), ev.TextGenerated(variant="recovered", prompt=EVIL, text=f"so {EVIL}")])
    return made


def page_of(project: Project) -> Page:
    return Page(html_report(project, project.runs()[-1]))


def test_a_whole_run_has_every_section_and_every_element_is_closed(project: Project) -> None:
    page = page_of(project)
    assert page.open == []
    assert page.sections == SECTIONS + ALWAYS
    assert page.tags.count("svg") == 6 + 6  # charts, and the lines of their legends


def test_nothing_is_fetched_and_nothing_runs(project: Project) -> None:
    source = html_report(project, project.runs()[-1])
    page = Page(source)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert [name for name, _ in page.attributes if name in ("src", "href", "xlink:href", "srcset", "data")] == []
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert re.findall(r"url\(|@import|https?://", source) == []


def test_what_a_model_writes_is_shown_and_never_read_as_html(project: Project) -> None:
    source = html_report(project, project.runs()[-1])
    assert "<script" not in source
    assert f"so {EVIL}" in Page(source).text
    assert "one & only" in Page(source).text


def test_figures_stand_with_their_units_and_errors(project: Project) -> None:
    text = page_of(project).text
    for words in (
        "269.0 MB",
        "\u22120.074 ± 0.009",
        "13.2 % smaller",
        "USD/h",
        "hardware price / (years",
        "13–15, 17, 22",
    ):
        assert words in text


def test_the_commands_make_the_run_again(project: Project) -> None:
    text = page_of(project).text
    assert "layerswarm new 'one & only-again' --model demo" in text
    assert "--set budget.layers=5" in text


def test_the_picture_is_the_same_as_the_windows_with_its_text_and_the_other_runs(project: Project) -> None:
    add_run(project, exported=False)
    keep_run_notes(project.runs()[1].folder, RunNotes(title="Second <try>", note="Not as good.\nAgain."))
    first, second = project.runs()
    page = Page(html_report(project, first))
    state = RunState.replay(first.events())
    text = overview(state, [summarise(second, RunState.replay(second.events()), 0.0)]).text()
    assert text.splitlines()[3].startswith("Recovered of Second <try>: accuracy 0.391")
    assert [line for line in text.splitlines() if " ".join(line.split()) not in page.text] == []
    assert "Pale points" in page.text
    assert [label for name, label in page.attributes if name == "aria-label" and label.endswith(text)]
    named = Page(html_report(project, second)).text
    assert "Run Second <try> (0002-pso)" in named
    assert "Not as good. Again." in named


@pytest.mark.parametrize(
    ("stage", "sections"),
    [
        ("calibrate", ["summary"]),
        ("search", ["summary", "analysis", "search"]),
        ("recover", ["summary", "analysis", "search", "recovery", "research"]),
    ],
)
def test_a_stage_that_was_not_reached_leaves_its_section_out(
    tmp_path: Path, stage: ev.Stage, sections: list[str]
) -> None:
    project = new_project(tmp_path / "cut")
    add_run(project, cut_in=stage)
    page = page_of(project)
    assert page.open == []
    assert page.sections == sections + ALWAYS


def test_a_run_without_recovery_is_told_without_it(tmp_path: Path) -> None:
    project = new_project(tmp_path / "pruned")
    run = project.new_run()
    left_out = (ev.RecoveryStepped, ev.RecoveryMeasured, ev.RecoveryFinished)
    events = [event for event in canned.run_events(project.settings, run.name) if not isinstance(event, left_out)]
    events = [event for event in events if getattr(event, "variant", "") != "recovered"]
    journalled(project, run.name, *events)
    page = page_of(project)
    assert "recovery" not in page.sections
    assert "Recovered" not in page.words


def test_a_run_that_said_nothing_has_a_report_that_says_so(tmp_path: Path) -> None:
    project = new_project(tmp_path / "nothing")
    project.new_run()
    page = page_of(project)
    assert page.sections == ALWAYS
    assert "This run has no results yet" in page.text


def test_figures_without_end_do_not_break_the_charts(tmp_path: Path) -> None:
    project = new_project(tmp_path / "endless")
    run = project.new_run()
    inf = float("inf")
    events: list[ev.Event] = [canned.model()]
    events += [
        ev.LayerAnalysed(
            layer=layer,
            block_influence=0.1,
            angular_distance=0.1,
            kl=inf if layer == 1 else 0.0,
            perplexity=inf,
            parameters=1,
            bytes=2,
            seconds=0.1,
        )
        for layer in range(3)
    ]
    events.append(
        ev.IterationFinished(
            iteration=0,
            iterations=1,
            best_fitness=0.5,
            best_removed=(1,),
            mean_fitness=inf,
            worst_fitness=inf,
            removal_frequency=(0.0,) * 30,
            candidates=((1,),),
            fitness=(0.5,),
            evaluations=1,
            remembered=0,
            layer_applications=1,
        )
    )
    journalled(project, run.name, *events)
    source = html_report(project, run)
    assert "search" in Page(source).sections
    assert re.findall(r'="(?:nan|inf)', source) == []


def test_the_command_line_writes_it(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "report.html"
    with pytest.raises(SystemExit) as end:
        main(["report", str(project.folder), "--html", str(file)])
    assert end.value.code == 0
    assert Page(file.read_text(encoding="utf-8")).sections == SECTIONS + ALWAYS
    assert "report.html" in capsys.readouterr().out.replace("\n", "")


def test_the_engine_writes_it_for_the_window(project: Project, tmp_path: Path) -> None:
    said: list[ev.Event] = []
    file = tmp_path / "report.html"
    run = project.runs()[-1].name
    assert perform(WriteReport(project=str(project.folder), run=run, file=str(file)), said.append) == 0
    assert [type(event) for event in said] == [ev.ReportWritten, ev.RunFinished]
    assert said[0] == ev.ReportWritten(run=run, file=str(file), bytes=file.stat().st_size)


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(project: Project, tmp_path: Path) -> None:
    said: list[ev.Event] = []
    (tmp_path / "file").write_text("")
    command = WriteReport(
        project=str(project.folder), run=project.runs()[-1].name, file=str(tmp_path / "file" / "report.html")
    )
    assert perform(command, said.append) == 2
    (finished,) = said
    assert isinstance(finished, ev.RunFinished)
    assert "cannot be written" in finished.message
