"""The main window: steps on the left, a page on the right, the bar with the run's buttons below."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from engine.api.project import Project
from gui.dialogs.details import DetailsDialog
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import MAIN_KINDS, SELF_REPORTING_KINDS, EngineJob
from gui.look.icons import application_icon
from gui.look.theme import ThemeManager
from gui.pages.page import Page
from gui.pages.welcome_page import WelcomePage
from gui.project.plan_problem import plan_problem
from gui.project.run_watch import RunWatch
from gui.project.session import Session
from gui.shell.action_handlers import ProjectHandlers, RunHandlers
from gui.shell.actions import create_actions
from gui.shell.dropped_paths import dropped_project
from gui.shell.help_handlers import HelpHandlers
from gui.shell.menus import RecentMenu, fill_menus
from gui.shell.notifier import Notifier
from gui.shell.page_stack import PAGES, PageStack
from gui.shell.step_states import may_keep_best, page_at_start, steps_of
from gui.shell.view_handlers import ViewHandlers
from gui.shell.window_placement import WindowPlacement
from gui.widgets.bottom_bar import BottomBar
from gui.widgets.log_dock import LogDock
from gui.widgets.notice import Notice
from gui.widgets.run_choice import RunChoice
from gui.widgets.sidebar import Sidebar
from gui.words.formatting import format_name, format_path


class MainWindow(QMainWindow):
    """Assembles the parts and keeps them in step with the session; ``ahead`` is that of the page stack."""

    completed = Signal()
    """Emitted when all pages have been created."""

    def __init__(self, session: Session, themes: ThemeManager, ahead: bool = True) -> None:
        super().__init__()
        self.session = session
        self.themes = themes
        self.projects = ProjectHandlers(session, self)
        self.runs = RunHandlers(session, self)
        self.helps = HelpHandlers(session, self)
        self.notifier, self.run_watch = Notifier(session, self), RunWatch(session)
        self.log = LogDock(session)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.log)
        self.log.hide()
        self.setWindowTitle("LayerSwarm")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.welcome = WelcomePage(session)
        self.sidebar = Sidebar(steps_of(session), RunChoice(session))
        self.notice = Notice()
        self.bar = BottomBar(session)
        self.views = ViewHandlers(session.preferences, themes, self.notice, self)
        self._stack = PageStack(session, ahead)
        self._project_view = self._lay_out()
        self.actions_ = create_actions(self, self)
        self.recent_menu = RecentMenu(session, self)
        self.recent_menu.chosen.connect(self.projects.open_path)
        self.recent_menu.locate_wanted.connect(self.projects.locate)
        fill_menus(self.menuBar(), self.actions_, self.recent_menu, steps_of(session), self._go_to_step)
        self._connect()
        self._placement = WindowPlacement(self, session.preferences)
        self._placement.restore()
        self.refresh()

    @property
    def pages(self) -> dict[str, Page]:
        """Return all pages by key, creating those that do not exist yet."""
        return self._stack.pages

    def page(self, key: str) -> Page:
        """Show a page and return it, creating it first if it does not exist yet."""
        self.show_page(key)
        return self._stack.page(key)

    def _lay_out(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.sidebar)
        upper.addLayout(right, 1)
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.bar)
        self._root = QStackedWidget()
        self._root.addWidget(self.welcome)
        self._root.addWidget(view)
        self.setCentralWidget(self._root)
        return view

    def _connect(self) -> None:
        session = self.session
        self._stack.completed.connect(self.completed)
        self.sidebar.steps.step_chosen.connect(self.show_page)
        self.welcome.demo_wanted.connect(self.projects.demo)
        self.welcome.new_wanted.connect(self.projects.new)
        self.welcome.open_wanted.connect(self.projects.open)
        self.welcome.recent_wanted.connect(self.projects.open_path)
        self.welcome.locate_wanted.connect(self.projects.locate)
        self.bar.start.clicked.connect(self.runs.start)
        self.bar.pause.clicked.connect(self.runs.pause)
        self.bar.keep_best.clicked.connect(self.runs.keep_best)
        self.bar.discard.clicked.connect(self.runs.discard)
        self.notice.details_wanted.connect(self._show_details)
        for action in (self.actions_.undo, self.actions_.redo):
            action.done.connect(self._show_change)
        session.project_opened.connect(self._enter_project)
        for changed in (session.settings_changed, session.plan_faults.changed, self.runs.question.changed):
            changed.connect(self.refresh)
        session.events_arrived.connect(self.refresh)
        session.run_loaded.connect(self.refresh)
        session.jobs.changed.connect(self.refresh)
        session.jobs.started.connect(self._on_job_started)
        session.jobs.advanced.connect(self.refresh)
        session.job_ended.connect(self._on_job_ended)
        session.problem.connect(self._on_problem)
        self.run_watch.noticed.connect(partial(self.notice.show_message, "warning"))

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Switch to a page."""
        self._stack.show_page(key)
        self.sidebar.steps.select(key)
        if self.session.project is not None:
            self.session.preferences.remember_page(self.session.project.folder, key)

    @Slot()
    def refresh(self) -> None:
        """Update the step list, the buttons and the title."""
        session = self.session
        for step in steps_of(session):
            self.sidebar.steps.show_step(step)
        if session.project is None:
            self.welcome.refresh()
        job, run, begun = session.jobs.main, session.jobs.running("run"), session.has_begun
        names = {"start": self.tr("Start"), "continue": self.tr("Continue"), "again": self.tr("Run again")}
        self.bar.start.setText(names[session.start_action])
        self.bar.start.set_primary(session.plan_model is not None and session.start_action != "again")
        self.actions_.start.setText(names[session.start_action])
        writable = session.project is not None and not session.project.read_only
        is_idle = job is None and not self.runs.question.is_waiting
        states = {
            "start": writable and job is None and not plan_problem(session),
            "pause": job is not None,
            "keep_best": may_keep_best(session),
            "discard": writable and session.shown_run is not None and (is_idle or (job is run and begun)),
        }
        for name, enabled in states.items():
            getattr(self.actions_, name).setEnabled(enabled)
        shown = {"start": job is None, "pause": job is not None, "keep_best": run is not None or states["keep_best"]}
        self.bar.show_buttons(states, shown | {"discard": states["discard"]})
        self.bar.pause.setText(self._pause_words(job))
        self.actions_.save_as.setEnabled(session.project is not None)

    def _pause_words(self, job: EngineJob | None) -> str:
        if job is not None and job.stopping is not None:
            return self.tr("End now")
        return self.tr("Pause") if job is None or job.kind == "run" else self.tr("Stop")

    @Slot(object)
    def _enter_project(self, _project: object) -> None:
        project = self.session.project
        assert project is not None
        self.sidebar.show_project(project.name, format_path(project.folder))
        self.setWindowTitle(f"{format_name(project.name)} – LayerSwarm")
        self._show_read_only(project)
        self.refresh()
        self.show_page(self._first_page(project))
        # last, so that a page that is not needed sends no request to the engine
        self._root.setCurrentWidget(self._project_view)
        if not self.session.local_devices.devices:
            self.session.local_devices.list_devices()

    def _first_page(self, project: Project) -> str:
        """Return the page that was open when the project was left, otherwise the one that its run has reached."""
        left = self.session.preferences.page_of(project.folder)
        far = "results" if self.session.state.evaluated else "search" if self.session.state.run else "model"
        return left if left in PAGES else far

    def _show_read_only(self, project: Project) -> None:
        self.notice.hide()
        if project.read_only:
            sentence = self.tr(
                "This project was written by a newer version of LayerSwarm. Update LayerSwarm to change or run it."
            )
            self.notice.show_message("info", self.tr("Opened read-only"), sentence)

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        """Show how a job ended, unless its page shows that itself."""
        self.refresh()
        if job.kind in SELF_REPORTING_KINDS:
            return
        if end.is_problem or end.ending == "ended":
            self.notice.show_message("error" if end.is_problem else "warning", end.title, end.sentence, end.detail)
        elif job.kind == "run":
            self.notice.show_message("good" if end.ending == "finished" else "info", end.title, end.sentence)

    @Slot(object)
    def _on_job_started(self, job: EngineJob) -> None:
        """Hide the notice about what is over, and turn to the page on which a run is watched."""
        if job.kind in ("run", "export") or (job.kind in MAIN_KINDS and self.notice.kind == "warning"):
            self.notice.hide()
        if job.kind == "run":
            self.show_page(page_at_start(self.session))

    @Slot(object)
    def _on_problem(self, sentence: str) -> None:
        self.notice.show_message("warning", self.tr("That is not possible"), sentence)
        if self.session.project is None:
            self.welcome.show_problem(sentence)

    @Slot(str, str)
    def _show_change(self, page: str, sentence: str) -> None:
        """Show what was undone or redone, on the page where it is seen."""
        self.show_page(page)
        self.notice.show_message("info", sentence, "")

    @Slot(str, str)
    def _show_details(self, title: str, text: str) -> None:
        DetailsDialog(title, text, self).exec()

    @Slot()
    def _go_to_step(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self.session.project is not None:
            self.show_page(action.data())

    @Slot(object)
    def on_second_start(self, project: Path | None) -> None:
        """Raise the window, and open the project that LayerSwarm was started with a second time."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if project is not None:
            self.projects.open_when_idle(project)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return and Enter press the button that has the focus, as they do in a dialog."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton | QToolButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Start creating the pages once the first frame is drawn."""
        super().showEvent(event)
        self._stack.schedule_creation()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop creating pages while the window is hidden."""
        super().hideEvent(event)
        self._stack.pause_creation()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a project."""
        if dropped_project(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped project."""
        if (path := dropped_project(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.projects.open_path(path)

    @Slot()
    def quit(self) -> None:
        """Close the window, which ends the application."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for confirmation while the engine is running, then stop everything that runs in the background."""
        if not self.projects.may_quit() or not self.runs.may_quit():
            event.ignore()
            return
        self._placement.keep()
        self.session.shut_down()
        event.accept()
