"""The class of each page."""

from collections.abc import Callable, Mapping

from gui.pages.export_page import ExportPage
from gui.pages.model_page import ModelPage
from gui.pages.page import Page
from gui.pages.plan_page import PlanPage
from gui.pages.recovery_page import RecoveryPage
from gui.pages.results_page import ResultsPage
from gui.pages.search_page import SearchPage
from gui.project.session import Session

PAGE_CLASSES: Mapping[str, Callable[[Session], Page]] = {
    "model": ModelPage,
    "plan": PlanPage,
    "search": SearchPage,
    "recovery": RecoveryPage,
    "results": ResultsPage,
    "export": ExportPage,
}
