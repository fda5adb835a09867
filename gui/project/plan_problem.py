"""Why a plan cannot be started, in one sentence in the window's words, known before any engine is started."""

from pathlib import Path

from engine.api.algorithms import known_algorithm
from engine.api.events import ModelPrepared
from engine.api.locations import given_path
from engine.api.settings import CalibrationSettings, RecoverySettings, Settings
from gui.project.budget_preview import budget_effect, least_layers_problem
from gui.project.session import Session
from gui.words.translation import tr

_LOCAL = "local_"
"""How the names of tasks begin that read ``evaluation.data_folder``."""


def plan_problem(session: Session) -> str:
    """Return why the project's plan cannot be started; empty if nothing is known against it."""
    settings, faults = session.settings, session.plan_faults
    return (
        faults.of_entries
        or _model_problem(settings)
        or faults.of_model(settings.model)
        or _search_problem(settings)
        or _text_problem(settings, session.project.folder if session.project else Path())
        or (budget_problem(settings, session.plan_model) if session.plan_model is not None else "")
    )


def budget_problem(settings: Settings, model: ModelPrepared) -> str:
    """Return why the numbers of layers that the plan asks for cannot be searched; empty if they can."""
    outcome = budget_effect(settings, model)
    if outcome.problem:
        return outcome.problem
    if not outcome.layers:
        return tr("The budget removes no layer: the model is already that small. Ask for more.")
    if least_layers_problem(settings, model):
        words = tr("The smallest number of layers to remove is {0}, but the budget removes at most {1}.")
        return words.format(settings.search.least_layers, outcome.layers)
    return ""


def _model_problem(settings: Settings) -> str:
    return "" if settings.model.source.strip() else tr("No model is chosen yet; choose one on Model.")


def _search_problem(settings: Settings) -> str:
    search = settings.search
    if known_algorithm(search.algorithm) is None:
        words = tr("{0} is not installed; install its package, or choose another algorithm.")
        return words.format(search.algorithm)
    if search.objective == "task" and not search.task.strip():
        return tr("The search is to optimise a task, but none is named; name one, or choose another fitness.")
    return ""


def _text_problem(settings: Settings, base: Path) -> str:
    """Return which file or folder of the plan does not exist."""
    learns = settings.recovery.enabled or settings.compensation.enabled
    texts = [*_files_of(settings.calibration), *(_files_of(settings.recovery) if learns else ())]
    for path in (*texts, *settings.evaluation.texts):
        if not (base / given_path(path)).is_file():
            return tr("There is no text file {0}; choose another one, or put it there.").format(path)
    local = next((task for task in settings.evaluation.tasks if task.startswith(_LOCAL)), "")
    if local and not settings.evaluation.data_folder:
        return tr("The task {0} reads local data, but no folder with the data is named on Plan.").format(local)
    for folder in filter(None, (settings.evaluation.data_folder, settings.evaluation.task_folder)):
        if settings.evaluation.tasks and not (base / given_path(folder)).is_dir():
            return tr("There is no folder {0}; choose another one for the tasks of the evaluation.").format(folder)
    return ""


def _files_of(part: CalibrationSettings | RecoverySettings) -> tuple[str, ...]:
    """Return the local file that a part of the plan reads; what a mix names may be a data set as well."""
    return (part.path,) if part.source == "file" else ()
