"""The state of each step of the work, derived from the session for the step list."""

from engine.api.events import Stage
from engine.results.figures import fitness_words
from gui.project.budget_preview import budget_effect
from gui.project.session import Session
from gui.widgets.step_list import Step, StepState
from gui.words.algorithm_names import algorithm_name
from gui.words.formatting import format_count, format_number
from gui.words.translation import translate

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


def _model(session: Session) -> Step:
    model = session.plan_model
    if model is None:
        return Step(
            "model", translate("Steps", "Model"), session.settings.model.source if session.project else "", "ready"
        )
    note = translate("Steps", "{0} layers · {1}").format(model.layers, format_count(model.parameters))
    return Step("model", translate("Steps", "Model"), note, "done")


def _plan(session: Session) -> Step:
    model, settings = session.plan_model, session.settings
    if model is None:
        return Step("plan", translate("Steps", "Plan"), "", "waiting")
    outcome = budget_effect(settings, model)
    if outcome.problem:
        return Step("plan", translate("Steps", "Plan"), translate("Steps", "budget out of reach"), "problem")
    note = translate("Steps", "{0} removed · {1}").format(outcome.layers, algorithm_name(settings.search.algorithm))
    return Step("plan", translate("Steps", "Plan"), note, "done" if session.state.run else "ready")


def _search(session: Session) -> Step:
    state, title = session.state, translate("Steps", "Search")
    if state.search is not None:
        return Step("search", title, fitness_words(state.search.objective, state.search.fitness), "done")
    last = state.last_iteration
    if last is not None:
        return Step(
            "search",
            title,
            translate("Steps", "iteration {0} of {1}").format(last.iteration + 1, last.iterations),
            _open(session),
        )
    if state.layers:
        return Step("search", title, translate("Steps", "analysing layers"), _open(session))
    return Step("search", title, "", "ready" if state.model else "waiting")


def _recovery(session: Session) -> Step:
    state, title = session.state, translate("Steps", "Recovery")
    if not session.settings.recovery.enabled and not state.steps:
        if state.compensation is not None:
            return Step(
                "recovery",
                title,
                translate("Steps", "helped") if state.compensation.helped else translate("Steps", "did not help"),
                "done",
            )
        note = (
            translate("Steps", "without training")
            if session.settings.compensation.enabled
            else translate("Steps", "off")
        )
        return Step("recovery", title, note, "waiting")
    if state.recovery is not None:
        return Step(
            "recovery",
            title,
            translate("Steps", "helped") if state.recovery.helped else translate("Steps", "did not help"),
            "done",
        )
    if state.unfit_training is not None:
        return Step("recovery", title, translate("Steps", "out of memory"), "problem")
    last = next(reversed(state.steps.values()), None)
    if last is not None:
        return Step(
            "recovery", title, translate("Steps", "step {0} of {1}").format(last.step, last.steps), _open(session)
        )
    return Step("recovery", title)


def _results(session: Session) -> Step:
    state = session.state
    evaluated = state.evaluated
    if not evaluated:
        return Step("results", translate("Steps", "Results"))
    is_done = "evaluate" in state.stages_finished
    best = evaluated.get(state.best_variant) or evaluated.get("pruned")
    done = translate("Steps", "perplexity {0}").format(format_number(best.heldout_perplexity)) if best else ""
    note = done if is_done else translate("Steps", "{0} measured").format(len(evaluated))
    return Step("results", translate("Steps", "Results"), note, "done" if is_done else _open(session))


def _export(session: Session) -> Step:
    state, title = session.state, translate("Steps", "Export")
    if state.exports:
        failed = [check for check in state.checks.values() if not check.passed]
        if failed:
            return Step("export", title, translate("Steps", "a check failed"), "problem")
        return Step(
            "export", title, translate("Steps", "verified") if state.checks else translate("Steps", "written"), "done"
        )
    return Step("export", title, "", "ready" if state.search is not None else "waiting")


def _open(session: Session) -> StepState:
    """Return the state of a started step: working during a run, otherwise ready to be continued."""
    return "working" if session.jobs.running("run") is not None else "ready"
