"""Write the report of a run as one self-contained HTML file without scripts."""

import base64
import shlex
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import jinja2

from engine.api.commands import ReportForm
from engine.api.edge_devices import edge_devices
from engine.api.editing import describe_settings, value_of
from engine.api.errors import BadInput
from engine.api.evaluation_events import VARIANT_TITLES, VARIANTS
from engine.api.events import AnyEvent, RunStarted
from engine.api.files import write_atomically
from engine.api.message import worded
from engine.api.project import Project, Run
from engine.api.run_notes import run_notes
from engine.api.run_state import RunState
from engine.api.safe_text import safe_text
from engine.api.settings import Settings
from engine.api.settings_file import command_line
from engine.api.system_errors import system_words
from engine.api.version import VERSION
from engine.report.charts import convergence, layer_costs, layer_strip, quality_picture, recovery_curve
from engine.report.svg import standing_alone
from engine.results.analysis_note import analysis_note
from engine.results.answer_rows import answer_texts, answers_note
from engine.results.comparison import comparison
from engine.results.facts import facts
from engine.results.figures import NOTHING, format_bytes, format_count, format_percent
from engine.results.folded_sets import HEADINGS as FOLDED_HEADINGS
from engine.results.folded_sets import folded_sets, folded_sets_line
from engine.results.gap_rows import HEADINGS as GAP_HEADINGS
from engine.results.gap_rows import gap_rows
from engine.results.kl_notes import KL_NOTE, LOCAL_RECOVERY_NOTE, RECOVERY_KL_NOTE
from engine.results.overview import overview
from engine.results.research_rows import heading, research_rows
from engine.results.research_table import research_table
from engine.results.savings import fit_words, savings
from engine.results.score_levels import ScoreLevels
from engine.results.speed_notes import busy_note
from engine.results.stage_lines import LABELS, stage_line
from engine.results.summary import summarise

_TEMPLATE = "report.html.j2"
_CHART_STYLE = "report_paper_chart.css"
_MORE_FACTS = {"": "Alternative", "Time model": "Time model", "Time": "Time"}
"""Facts that the lines of the stages do not show: the sets on the search's Pareto front, and the times."""


@dataclass(frozen=True)
class SettingLine:
    """One setting of the run."""

    key: str
    value: str
    meaning: str
    changed: bool


def write_report(project: Project, run: Run, path: Path, form: ReportForm = "page") -> int:
    """Write the report of a run and return its size in bytes.

    Args:
        project: The project of the run.
        run: The run.
        path: The file to write.
        form: A page for browsers, or a plain page that Qt's rich text can print.

    Raises:
        BadInput: The file cannot be written.
    """
    content = html_report(project, run, form).encode()
    try:
        write_atomically(path, content)
    except OSError as error:
        raise BadInput(
            worded("{0} cannot be written ({1}); choose another place.", path, system_words(error))
        ) from None
    return len(content)


def html_report(project: Project, run: Run, form: ReportForm = "page") -> str:
    """Return the report of a run as HTML, without the sections of stages that were not reached."""
    events = run.events()
    state = RunState.replay(events)
    runs = [(each, RunState.replay(each.events())) for each in project.runs()]
    comparisons = [RunState.replay(each.events()) for each in project.comparisons()]
    shown = overview(state, [summarise(each, of_run, 0.0) for each, of_run in runs])
    columns = research_table([(each.known_settings, of_run) for each, of_run in runs], comparisons)
    prompts = list(dict.fromkeys(prompt for prompt, _ in state.generated))
    compared = comparison(state)
    found = savings(state, project.settings.savings, edge_devices(project.settings.edge.devices))
    return _template().render(
        project=project.name,
        run=run.name,
        notes=run_notes(run.folder),
        state=state,
        headline=_headline(state),
        lines=[(LABELS[stage], line) for stage in LABELS if (line := stage_line(state, stage))],
        facts=[(_MORE_FACTS[label], value) for label, value in facts(state) if label in _MORE_FACTS],
        comparison=compared,
        answers=answer_texts(state, compared.variants),
        answer_columns=[VARIANT_TITLES[variant] for variant in compared.variants],
        pictures=list(filter(None, (quality_picture(shown), quality_picture(shown, against_speed=True)))),
        overview=shown,
        strip=layer_strip(state),
        costs=layer_costs(state),
        convergence=convergence(state),
        levels=ScoreLevels.of(state),
        gaps=[(cells[0], cells[1:]) for cells in (row.words() for row in gap_rows(state))],
        gap_headings=GAP_HEADINGS,
        folded=[each.words() for each in folded_sets(state)],
        folded_headings=FOLDED_HEADINGS,
        folded_line=folded_sets_line(state),
        recovery=recovery_curve(state),
        algorithms=[heading(column) for column in columns],
        research=[(name, cells) for name, *cells in (row.words() for row in research_rows(columns))],
        savings=found,
        fit_words=fit_words,
        format_bytes=format_bytes,
        samples=[
            (prompt, [event for variant in VARIANTS if (event := state.generated.get((prompt, variant)))])
            for prompt in prompts
        ],
        settings=_setting_lines(run.settings),
        commands=_commands(project, run),
        versions=_versions(events),
        version=VERSION,
        kl_note=KL_NOTE,
        analysis_note=analysis_note(state.layers),
        answers_note=note.words() if (note := answers_note(state)) is not None else "",
        busy_note=note.words() if (note := busy_note(state)) is not None else "",
        recovery_note=LOCAL_RECOVERY_NOTE if state.trains_locally else RECOVERY_KL_NOTE,
        paper=form == "paper",
    )


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("resources", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
    )
    environment.filters["as_image"] = _as_image
    return environment.get_template(_TEMPLATE)


def _shown(value: object) -> object:
    """Return a value of the template without characters that a browser obeys; drawings are safe already."""
    return safe_text(value) if type(value) is str else value


def _as_image(picture: str) -> str:
    """Return a drawing as the data URL of an image with its own style."""
    style = resources.files("resources").joinpath("templates", _CHART_STYLE).read_text(encoding="utf-8")
    content = base64.b64encode(standing_alone(picture, style).encode()).decode()
    return f"data:image/svg+xml;base64,{content}"


def _headline(state: RunState) -> str:
    """Return a summary of the run in one sentence."""
    if state.model is None:
        return "This run has no results yet."
    if state.search is None:
        return f"{state.model.name}, {state.model.layers} decoder layers; no layers have been chosen yet."
    gone = state.search.removed
    share = sum(state.model.layer_bytes[layer] for layer in gone) / state.model.bytes
    left = state.model.parameters - sum(state.model.layer_parameters[layer] for layer in gone)
    return (
        f"{len(gone)} of {state.model.layers} decoder layers of {state.model.name} removed: "
        f"{format_percent(share)} smaller, {format_count(left)} instead of {format_count(state.model.parameters)} "
        "parameters."
    )


def _setting_lines(settings: Settings) -> list[SettingLine]:
    """Return all settings of the run, in the order of the sections."""
    lines = []
    for field in describe_settings():
        value = value_of(settings, field.key)
        changed = value != value_of(Settings(), field.key)
        unit = f" {field.unit}" if field.unit and value is not None else ""
        lines.append(SettingLine(field.key, f"{_spelt(value)}{unit}", field.meaning, changed))
    return lines


def _spelt(value: object) -> str:
    if value is None or value in ("", [], ()):
        return NOTHING
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _commands(project: Project, run: Run) -> str:
    """Return the commands that reproduce the project and the run."""
    folder = shlex.quote(f"{project.name}-again")
    return f"{command_line(run.settings, f'{project.name}-again')}\nlayerswarm report {folder} --html report.html"


def _versions(events: list[AnyEvent]) -> dict[str, str]:
    """Return the package versions of the run's latest session."""
    started = [event for event in events if isinstance(event, RunStarted)]
    return started[-1].versions if started else {}
