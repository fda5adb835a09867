"""The Hub and the models on this computer, as reported by the engine, one job at a time."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.api import hub_events as hub
from engine.api.commands import DeleteModel, DownloadModel, HubSort, KeepToken, ListModels, SearchHub
from engine.api.events import AnyEvent
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.project.download import Download
from gui.project.hub_connection import HubConnection
from gui.project.model_choice import ModelChoice
from gui.project.session import Session
from gui.words.messages import message_words

_DEBOUNCE_MS = 300
"""Delay after the last key press before the Hub is searched."""
_PORTION, _MOST = 30, 300
"""Number of Hub models per request, and the maximum that is shown."""


class HubClient(QObject):
    """Searches while the user types, downloads one model at a time, and lists the local models."""

    found = Signal()
    listed = Signal()
    download_changed = Signal()
    refused = Signal()
    """Emitted when ``refusal`` changes: access to a gated model was refused, or it is no longer requested."""
    token_checked = Signal(str, bool)
    """A sentence about the token, and whether the token is valid."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.choice = ModelChoice(session)
        self.connection = HubConnection(session.jobs, self)
        self.query = ""
        self.sort: HubSort = "downloads"
        self.models: tuple[hub.HubModel, ...] = ()
        self.problem = ""
        self.answered: str | None = None
        """The query that ``models`` answer; None before the first answer."""
        self.local: tuple[hub.LocalModel, ...] = ()
        self.disk_free = 0
        self.is_listed = False
        self.list_problem = ""
        self.download: Download | None = None
        self.refusal: hub.AccessRefused | None = None
        self._limit = _PORTION
        self._token = ""
        self._token_waits = False
        """Whether the token was entered while another one was being checked."""
        self._deletion: DeleteModel | None = None
        """The deletion that starts once the running listing has ended."""
        self._sent_query: tuple[str, HubSort, int] | None = None
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._ask)
        session.jobs.advanced.connect(self._on_events)
        session.job_ended.connect(self._on_job_ended)
        session.project_opened.connect(self._on_project_opened)

    @property
    def searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._debounce.isActive() or self._session.jobs.running("search") is not None

    def search(self, query: str, sort: HubSort, now: bool = False) -> None:
        """Search for models once the user has stopped typing, or now."""
        self.query, self.sort, self._limit = query, sort, _PORTION
        if now:
            self._debounce.stop()
            self._ask()
        else:
            self._debounce.start()
        self.found.emit()

    @property
    def has_more(self) -> bool:
        """Whether the Hub may have more models than were requested."""
        return self._limit <= len(self.models) < _MOST

    @Slot()
    def search_more(self) -> None:
        """Repeat the search for another portion of models."""
        self._limit += _PORTION
        self._ask()
        self.found.emit()

    @property
    def _current_query(self) -> tuple[str, HubSort, int]:
        return self.query, self.sort, self._limit

    def cancel_search(self) -> None:
        """Cancel a search that has not started yet."""
        self._debounce.stop()

    @Slot()
    def _ask(self) -> None:
        running = self._session.jobs.running("search")
        if running is not None:
            if self._sent_query != self._current_query:
                self._sent_query = None
                running.end_now()  # its answer is outdated; the new query follows when it has ended
            return
        self._sent_query = self._current_query
        if self.connection.is_offline:
            self.answered, self.models, self.problem = None, (), ""
            return
        self._session.jobs.start("search", SearchHub(query=self.query, sort=self.sort, limit=self._limit))

    def list_models(self) -> None:
        """Request the list of models on this computer."""
        self._session.jobs.start("models", ListModels())

    def delete(self, source: str) -> None:
        """Delete a model from disk."""
        if self.download is not None and self.download.source == source:
            self.download = None
            self.download_changed.emit()
        self._delete(DeleteModel(source=source))

    def _delete(self, command: DeleteModel) -> None:
        if self._session.jobs.start("models", command) is None:
            self._deletion = command

    def fetch(self, source: str, revision: str, wanted: bool = True) -> None:
        """Download a model, or resume its download."""
        if self._session.jobs.running("download") is not None:
            return
        before = self.download if self.download is not None and self.download.source == source else None
        self.download = Download(source, revision, wanted=wanted)
        if before is not None:
            self.download.done, self.download.total = before.done, before.total
        self._refuse(None)
        command = DownloadModel(source=source, revision=revision, token=self._token)
        self._session.jobs.start("download", command)
        self.download_changed.emit()

    def pause(self) -> None:
        """Stop the download and keep what has been downloaded."""
        self._session.jobs.stop("download", "pause")

    def resume(self) -> None:
        """Resume the download."""
        if self.download is not None:
            self.fetch(self.download.source, self.download.revision, self.download.wanted)

    def retry(self) -> None:
        """Retry the model whose access was refused."""
        model, refused = self._session.settings.model, self.refusal
        if refused is not None and self.download is not None and self.download.source == refused.source:
            self.resume()
        elif refused is not None:
            self.fetch(refused.source, model.revision if refused.source == model.source else "main")

    def cancel(self) -> None:
        """Delete what has been downloaded."""
        if self._session.jobs.running("download") is not None:
            self._session.jobs.stop("download", "discard")
        elif self.download is not None:
            source, self.download = self.download.source, None
            self._delete(DeleteModel(source=source, unfinished_only=True))
            self.download_changed.emit()

    def keep_token(self, token: str) -> None:
        """Have the token checked and saved; it is used in this session in any case."""
        self._token = token
        self._token_waits = self._session.jobs.start("token", KeepToken(token=token)) is None

    def forget_refusal(self) -> None:
        """Dismiss the refusal."""
        self._refuse(None)

    def _refuse(self, refusal: hub.AccessRefused | None) -> None:
        self.refusal = refusal
        self.refused.emit()

    @Slot()
    def _on_project_opened(self) -> None:
        """Let a download continue without using its model, which was meant for the previous project."""
        self._refuse(None)
        if self.download is not None:
            self.download.wanted = False

    @Slot(object, object)
    def _on_events(self, _job: EngineJob, events: list[AnyEvent]) -> None:
        for event in events:
            match event:
                case hub.HubSearched():
                    self._on_search_result(event)
                case hub.ModelsListed():
                    self._on_models_listed(event)
                case hub.DownloadAdvanced():
                    self._on_progress(event)
                case hub.ModelDownloaded():
                    self._on_downloaded(event)
                case hub.AccessRefused():
                    self._refuse(event)
                case hub.TokenKept() if not self._token_waits:
                    self._report_token(event)

    def _on_search_result(self, event: hub.HubSearched) -> None:
        if event.query == self.query:
            self.answered, self.models = event.query, event.models
            self.problem = message_words(event.problem, event.template)
            self.found.emit()

    def _on_models_listed(self, event: hub.ModelsListed) -> None:
        self.local, self.disk_free, self.is_listed = event.models, event.disk_free, True
        self.list_problem = ""
        begun = next((model for model in self.local if not model.complete), None)
        if begun is not None and self.download is None:  # left over from an earlier session
            self.download = Download(
                begun.source, begun.revision, begun.bytes, begun.total_bytes, state="paused", wanted=False
            )
            self.download_changed.emit()
        self.listed.emit()

    def _on_progress(self, event: hub.DownloadAdvanced) -> None:
        if self.download is not None and self.download.source == event.source:
            self.download.done, self.download.total = event.done, event.total
            self.download.speed, self.download.remaining = event.bytes_per_second, event.remaining_seconds
            self.download_changed.emit()

    def _on_downloaded(self, event: hub.ModelDownloaded) -> None:
        wanted = self.download is not None and self.download.wanted
        self.download = None
        self.download_changed.emit()
        if not wanted or self._session.project is None:
            return
        if self._session.jobs.main is None and not self._session.busy_text:
            self.choice.use(event.source, event.revision)
        else:
            words = self.tr("{0} has been downloaded; you can choose it once the engine is idle.")
            self._session.problem.emit(words.format(event.source))

    def _report_token(self, event: hub.TokenKept) -> None:
        if not self._token:
            self.token_checked.emit(self.tr("No token is saved on this computer."), True)
        elif event.kept:
            owner = self.tr("It belongs to {0}.").format(event.name) if event.name else ""
            saved = self.tr("The token is saved in this computer's keyring.")
            self.token_checked.emit(f"{saved} {owner}".strip(), True)
        else:
            sentence = self.tr(
                "This computer has no keyring, so the token is used only until the window closes. To save "
                "it, log in with 'hf auth login'."
            )
            self.token_checked.emit(sentence, True)
            if self.refusal is not None:  # the panel that asked for the token disappears with the retry
                self._session.problem.emit(sentence)

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind == "search":
            if self._sent_query != self._current_query and not self._debounce.isActive():
                self._ask()
            elif end.is_problem:
                self.problem = end.sentence
            self.found.emit()
        elif job.kind == "download":
            self._end_download(end)
        elif job.kind == "token":
            self._end_token(end)
        elif job.kind == "models":
            self._end_list(end)
        elif job.kind == "inspect":
            self.list_models()

    def _end_download(self, end: JobEnd) -> None:
        if self.download is not None:
            if end.ending == "discarded":
                self.download = None
            else:
                self.download.state = "failed" if end.is_problem else "paused"
                is_shown = self.refusal is not None and self.refusal.source == self.download.source
                self.download.problem = end.sentence if end.is_problem and not is_shown else ""
        self.download_changed.emit()
        self.list_models()

    def _end_list(self, end: JobEnd) -> None:
        if end.is_problem:
            self.list_problem = end.sentence
            self.listed.emit()
        if self._deletion is not None:
            deletion, self._deletion = self._deletion, None
            self._delete(deletion)

    def _end_token(self, end: JobEnd) -> None:
        if self._token_waits:
            self.keep_token(self._token)
        elif end.is_problem:
            self._token = ""
            self.token_checked.emit(end.sentence, False)
        elif self._token and self.refusal is not None:
            self.retry()
