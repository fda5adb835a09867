"""The state of each step of the work, derived from the session for the step list."""

from engine.api.events import STAGES, Stage
from engine.results.score_levels import ScoreLevels, short_level_words
from engine.results.search_stall import kept_by_stopping
from gui.project.budget_preview import budget_effect
from gui.project.plan_problem import plan_problem
from gui.project.session import Session
from gui.widgets.step_list import Step, StepState
from gui.words.algorithm_names import algorithm_name
from gui.words.formatting import fitness_words, format_count, format_number
from gui.words.source_names import source_name
from gui.words.translation import engine_text, tr

STEP_OF_STAGE: dict[Stage, str] = {
    "model": "model",
    "calibrate": "search",
    "analyse": "search",
    "search": "search",
    "compensate": "recovery",
    "recover": "recovery",
    "evaluate": "results",
    "export": "export",
}


def steps_of(session: Session) -> list[Step]:
    """Return the six steps in their current state."""
    steps = [_model(session), _plan(session), _search(session), _recovery(session), _results(session), _export(session)]
    job = session.jobs.main
    working = STEP_OF_STAGE.get(job.stage) if job is not None and job.stage else None
    return [Step(step.key, step.title, step.note, "working") if step.key == working else step for step in steps]


def page_at_start(session: Session) -> str:
    """Return the page on which a run that is about to start, or to be continued, is watched first."""
    done = session.state.stages_finished if _is_continued(session) else {}
    return page_of_stage(next((stage for stage in STAGES if stage not in done), "evaluate"))


def may_keep_best(session: Session) -> bool:
    """Return whether the run can be ended with the best so far: at work, or paused in a search that has an answer."""
    run = session.jobs.running("run")
    if run is not None:
        return run.stopping is None
    state = session.state
    if session.project is None or session.project.read_only:
        return False
    is_searching = state.search is None and kept_by_stopping(state) is not None
    return is_searching and session.jobs.main is None and _is_continued(session)


def _is_continued(session: Session) -> bool:
    """Return whether Start would continue the run that is shown."""
    is_shown = session.shown_run is not None and session.shown_run.name in session.run_names[-1:]
    return is_shown and session.start_action == "continue"


def page_of_stage(stage: Stage) -> str:
    """Return the page on which a run is watched while it does a stage."""
    return "recovery" if stage in ("compensate", "recover") else "search"


def _model(session: Session) -> Step:
    model = session.plan_model
    if model is None:
        chosen = source_name(session.settings.model.source) or tr("choose one")
        return Step("model", tr("Model"), chosen if session.project else "", "ready")
    note = tr("%n layers · {0}", "", model.layers).format(format_count(model.parameters))
    return Step("model", tr("Model"), note, "done")


def _plan(session: Session) -> Step:
    model, settings = session.plan_model, session.settings
    if model is None:
        return Step("plan", tr("Plan"), "", "waiting")
    outcome = budget_effect(settings, model)
    if plan_problem(session):
        note = tr("budget out of reach") if outcome.problem else tr("cannot be started")
        return Step("plan", tr("Plan"), note, "problem")
    note = tr("{0} removed · {1}").format(outcome.layers, algorithm_name(settings.search.algorithm))
    return Step("plan", tr("Plan"), note, "done" if session.state.run else "ready")


def _search(session: Session) -> Step:
    state, title = session.state, tr("Search")
    if state.search is not None:
        level = short_level_words(ScoreLevels.of(state).full, state.search.objective, engine_text)
        score = fitness_words(state.search.objective, state.search.fitness, 3)
        return Step("search", title, f"{score} · {level}" if level else score, "done")
    last = state.last_iteration
    if last is not None:
        return Step(
            "search", title, tr("iteration {0} of {1}").format(last.iteration + 1, last.iterations), _open(session)
        )
    if state.layers:
        return Step("search", title, tr("analysing layers"), _open(session))
    return Step("search", title, "", "ready" if state.model else "waiting")


def _recovery(session: Session) -> Step:
    state, title = session.state, tr("Recovery")
    if not session.settings.recovery.enabled and not state.steps:
        if state.compensation is not None:
            return Step("recovery", title, tr("helped") if state.compensation.helped else tr("did not help"), "done")
        note = tr("without training") if session.settings.compensation.enabled else tr("off")
        return Step("recovery", title, note, "waiting")
    if state.recovery is not None:
        return Step("recovery", title, tr("helped") if state.recovery.helped else tr("did not help"), "done")
    if state.unfit_training is not None:
        return Step("recovery", title, tr("out of memory"), "problem")
    last = next(reversed(state.steps.values()), None)
    if last is not None:
        return Step("recovery", title, tr("step {0} of {1}").format(last.step, last.steps), _open(session))
    return Step("recovery", title)


def _results(session: Session) -> Step:
    state = session.state
    evaluated = state.evaluated
    if not evaluated:
        return Step("results", tr("Results"))
    is_done = "evaluate" in state.stages_finished
    best = evaluated.get(state.best_variant) or evaluated.get("pruned")
    done = tr("perplexity {0}").format(format_number(best.heldout_perplexity)) if best else ""
    note = done if is_done else tr("{0} measured").format(len(evaluated))
    return Step("results", tr("Results"), note, "done" if is_done else _open(session))


def _export(session: Session) -> Step:
    state, title = session.state, tr("Export")
    if state.exports:
        failed = [check for check in state.checks.values() if not check.passed]
        if failed:
            return Step("export", title, tr("a check failed"), "problem")
        return Step("export", title, tr("verified") if state.checks else tr("written"), "done")
    return Step("export", title, "", "ready" if state.search is not None else "waiting")


def _open(session: Session) -> StepState:
    """Return the state of a started step: working during a run, otherwise ready to be continued."""
    return "working" if session.jobs.running("run") is not None else "ready"
