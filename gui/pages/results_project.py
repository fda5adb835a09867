"""Keep the cards about all runs of the project up to date, asking the engine when a run is new or has progressed."""

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.commands import SummariseRuns
from engine.api.events import AnyEvent, ResearchSummarised, RunSummarised
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.pages.results_research import ResearchCard
from gui.pages.results_runs import RunsCard
from gui.project.session import Session


class ProjectRuns(QObject):
    """Has the engine read the journals, so that the window does not wait for hundreds of them."""

    summarised = Signal(object)
    """The summaries of all runs, oldest first; empty when the project is left."""

    def __init__(self, session: Session, runs: RunsCard, research: ResearchCard) -> None:
        super().__init__()
        self._session = session
        self.runs = runs
        self.research = research
        self._asked_for: tuple[object, ...] = ()
        """The runs, the project and the progress of the shown run; empty where no answer is expected any more."""
        self._summaries: list[RunSummarised] = []
        self.cards = (self.runs, self.research)
        for card in self.cards:
            card.hide()
        session.jobs.advanced.connect(self._take)
        session.job_ended.connect(self._end)
        session.project_opened.connect(self._leave_project)
        session.run_loaded.connect(self._note_runs)
        session.run_keeper.changed.connect(self._read_again)

    def refresh(self) -> None:
        """Request summaries unless the shown ones are current; those of a running run after each of its stages."""
        project, jobs = self._session.project, self._session.jobs
        if project is None or jobs.running("runs") is not None:
            return
        comparisons = tuple(comparison.name for comparison in project.comparisons())
        state = self._session.state
        progress = (len(state.stages_finished), len(state.evaluated), tuple(state.speeds.values()))
        wanted = (self._session.run_names, project.folder, comparisons, state.run, progress)
        if wanted != self._asked_for and jobs.start("runs", SummariseRuns(project=str(project.folder))) is not None:
            self._asked_for, self._summaries = wanted, []

    @Slot()
    def _leave_project(self) -> None:
        """Hide the cards and ignore pending answers about the closed project."""
        self._asked_for = ()
        self.runs.runs.forget()
        for card in self.cards:
            card.hide()
        self.summarised.emit([])

    @Slot()
    def _read_again(self) -> None:
        """Read the runs again because their notes have changed."""
        self._asked_for = ()
        self.refresh()

    @Slot()
    def _note_runs(self) -> None:
        """Forget the last request where the runs changed; a deleted run may leave its name to another."""
        if self._asked_for[:1] != (self._session.run_names,):
            self._asked_for = ()

    @Slot(object, object)
    def _take(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind != "runs" or not self._asked_for:
            return
        for event in events:
            if isinstance(event, RunSummarised):
                self._summaries.append(event)
            elif isinstance(event, ResearchSummarised):
                self.research.show_columns(event.columns)

    @Slot(object, object)
    def _end(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind == "runs" and self._asked_for and not end.is_problem:
            self.runs.show_runs(self._summaries)
            self.summarised.emit(self._summaries)
