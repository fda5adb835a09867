"""Keeps the cards about all runs of the project up to date: asks the engine when a run has come or gone further."""

from PySide6.QtCore import QObject, Slot

from engine.api.commands import SummariseRuns
from engine.api.events import AnyEvent, ResearchTold, RunSummarised
from gui.job_end import JobEnd
from gui.jobs import Job
from gui.pages.results_research import ResearchCard
from gui.pages.results_runs import RunsCard
from gui.session import Session


class ProjectRuns(QObject):
    """The engine reads the journals, so that the window does not wait for two hundred of them."""

    def __init__(self, session: Session, runs: RunsCard, research: ResearchCard) -> None:
        super().__init__()
        self._session = session
        self.runs = runs
        self.research = research
        self._asked_for: tuple[object, ...] = ()
        self._heard: list[RunSummarised] = []
        self.cards = (self.runs, self.research)
        for card in self.cards:
            card.hide()
        session.jobs.advanced.connect(self._take)
        session.job_ended.connect(self._end)

    def refresh(self) -> None:
        """Ask, unless what is shown is what there is; a run at work is told when it rests."""
        project, jobs = self._session.project, self._session.jobs
        if project is None or jobs.main is not None or jobs.running("runs") is not None:
            return
        comparisons = [comparison.name for comparison in project.comparisons()]
        state = self._session.state
        names = (*self._session.run_names, *comparisons)
        wanted = (project.folder, *names, state.run, len(state.stages_finished))
        if wanted != self._asked_for and jobs.start("runs", SummariseRuns(project=str(project.folder))) is not None:
            self._asked_for, self._heard = wanted, []

    @Slot(object, object)
    def _take(self, job: Job, events: list[AnyEvent]) -> None:
        if job.kind != "runs":
            return
        for event in events:
            if isinstance(event, RunSummarised):
                self._heard.append(event)
            elif isinstance(event, ResearchTold):
                self.research.show_columns(event.columns)

    @Slot(object, object)
    def _end(self, job: Job, end: JobEnd) -> None:
        if job.kind == "runs" and not end.is_problem:
            self.runs.show_runs(self._heard)
