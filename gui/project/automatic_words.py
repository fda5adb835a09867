"""What it means for the current plan that a setting is left to the engine."""

from engine.api.search_settings import automatic_first_share
from gui.project.budget_preview import budget_effect
from gui.project.session import Session
from gui.words.formatting import localised
from gui.words.translation import tr


def automatic_words(session: Session, key: str) -> str:
    """Return a sentence about the automatic value of a setting that may be left out."""
    match key:
        case "search.max_minutes" | "search.max_tokens":
            return tr("Automatic: no limit.")
        case "search.least_layers":
            return _exact_budget(session)
        case "search.racing.first_share":
            return _first_share(session)
        case "evaluation.fewshot":
            return tr("Automatic: as each task defines it.")
    return ""


def _first_share(session: Session) -> str:
    model = session.plan_model
    if model is None:
        return tr("Automatic: by the size of the model.")
    share = automatic_first_share(model.parameters)
    return tr("Automatic: by the size of the model, now {0}.").format(localised(f"{share:g}"))


def _exact_budget(session: Session) -> str:
    model = session.plan_model
    if model is None:
        return tr("Automatic: exactly the budget.")
    return tr("Automatic: exactly the budget, now %n layers.", "", budget_effect(session.settings, model).layers)
