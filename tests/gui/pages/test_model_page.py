"""Choosing a model: demo, Hub, folder, GGUF file, or a recent one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.modeltest import ModelTester

from engine.api.hub_events import HubSearched, LocalModel, ModelsListed, RefusalReason
from gui.dialogs.hub_token import HubTokenDialog
from gui.project.preferences import Preferences
from gui.widgets.record_table import RecordTable
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import PATIENCE, Person
from tests.gui.model_files import write_gguf, write_model
from tests.gui.projects import new_project
from tests.gui.test_accessibility import nameless
from tests.gui.words.test_formatting import plain

pytestmark = pytest.mark.slow

LONG_NAME = "an-organisation-of-many-words/" + "a-model-with-a-very-long-name-" * 8


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person with a new project open."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    return person


@pytest.fixture
def answer_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Answer file dialogs with one path."""

    def answer(path: str) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: path)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))

    return answer


def test_a_new_project_looks_at_the_demo_model_by_itself(person: Person) -> None:
    page = person.model
    assert page.name.text() == "SmolLM2-135M-Instruct"
    assert page.figures["layers"].text == "30"
    assert page.figures["parameters"].text.startswith("134.5")
    assert page.strip.isVisible()
    assert not page.inspect.isVisible()


def test_a_hub_id_with_its_revision(person: Person) -> None:
    page = person.model
    person.clicks(page.places.button("hub"))
    page.hub.hub_id.setText(" org/name ")
    page.hub.revision.setText("v2")
    person.clicks(page.hub.use)
    person.waits_for_rest()
    model = person.session.settings.model
    assert (model.source, model.revision) == ("org/name", "v2")
    assert page.name.text() == "name"


def test_a_folder(person: Person, answer_file: Callable[[str], None], tmp_path: Path) -> None:
    answer_file(str(write_model(tmp_path / "tiny")))
    person.clicks(person.model.local.folder)
    person.waits_for_rest()
    assert person.session.settings.model.source == str(tmp_path / "tiny")


def test_a_gguf_file(person: Person, answer_file: Callable[[str], None], tmp_path: Path) -> None:
    answer_file(str(write_gguf(tmp_path / "tiny.gguf")))
    person.clicks(person.model.local.gguf)
    person.waits_for_rest()
    assert person.session.settings.model.source == str(tmp_path / "tiny.gguf")


def test_a_folder_that_holds_no_model_is_refused_before_anything_happens(
    person: Person, answer_file: Callable[[str], None], tmp_path: Path
) -> None:
    started: list[str] = []
    person.session.jobs.started.connect(lambda job: started.append(job.kind))
    answer_file(str(tmp_path))
    page = person.model
    person.waits_for_rest()
    started.clear()
    person.clicks(page.local.folder)
    assert "has no config.json" in person.window.notice.sentence.text()
    assert person.session.settings.model.source == "demo"
    assert page.name.text() == "SmolLM2-135M-Instruct", "the project keeps the model that it had"
    assert not person.session.undo_stack.canUndo()
    assert started == [], "no engine was needed to see it"


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def deny(_source: str) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "tiny.gguf"))

    monkeypatch.setattr("gui.project.model_choice.check_at_first_look", deny)
    person.chooses_model(str(tmp_path / "tiny.gguf"))
    assert person.window.notice.sentence.text().endswith("tiny.gguf cannot be read (Permission denied).")
    assert person.session.settings.model.source == "demo"


def test_the_project_returns_to_its_model_if_the_engine_refuses_another(
    person: Person, preferences: Preferences
) -> None:
    person.chooses_model("refused/by-the-engine")
    assert person.session.settings.model.source == "refused/by-the-engine"
    person.waits_for_rest()
    assert "is not a language model" in person.window.notice.sentence.text()
    assert person.session.settings.model.source == "demo"
    assert person.model.name.text() == "SmolLM2-135M-Instruct"
    assert "refused/by-the-engine" not in preferences.recent_models()


def test_a_new_project_asks_for_its_model(
    make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.exec", lambda _: 1)
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.folder", tmp_path / "new")
    person = make_person()
    started: list[str] = []
    person.session.jobs.started.connect(lambda job: started.append(job.kind))
    person.window.projects.new()
    person.waits_for_rest()
    page = person.model
    assert page.name.text() == "No model yet"
    assert "Choose the model to shrink" in page.origin.text()
    assert page.inspect.isHidden()
    assert not person.window.bar.start.isEnabled()
    assert person.window.bar.stage.text() == "No model is chosen yet; choose one on Model."
    assert "inspect" not in started
    person.clicks(page.local.demo)
    person.waits_for_rest()
    assert page.name.text() == "SmolLM2-135M-Instruct"
    assert person.window.bar.start.isEnabled()


def test_a_project_without_a_model_opens_again(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    person.opens(new_project(tmp_path / "project", model__source="").folder)
    assert person.model.name.text() == "No model yet"
    assert not person.window.notice.isVisible()


def test_a_question_that_is_dismissed_changes_nothing(person: Person, answer_file: Callable[[str], None]) -> None:
    answer_file("")
    person.clicks(person.model.local.folder)
    person.clicks(person.model.local.gguf)
    assert person.session.settings.model.source == "demo"


def test_one_of_the_last_ones(person: Person, preferences: Preferences, tmp_path: Path) -> None:
    for source in ("org/first", str(write_gguf(tmp_path / "tiny.gguf"))):
        person.chooses_model(source)
        person.waits_for_rest()
    recent = person.model.local.recent
    assert [recent.itemText(place) for place in range(1, recent.count())] == ["tiny", "org/first"]
    recent.setCurrentIndex(2)
    recent.activated.emit(2)
    person.waits_for_rest()
    assert person.session.settings.model.source == "org/first"
    assert preferences.recent_models()[0] == "org/first"


def test_another_model_can_be_undone(person: Person) -> None:
    person.chooses_model("org/name")
    person.waits_for_rest()
    person.window.actions_.undo.trigger()
    assert person.session.settings.model.source == "demo"
    person.waits_for_rest()
    assert not person.model.inspect.isVisible(), "it has been looked at"
    assert person.model.name.text() == "SmolLM2-135M-Instruct"


def test_nothing_can_be_chosen_while_the_engine_looks(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--pace", "5")
    person.window.projects.open_path(new_project(tmp_path / "project").folder)
    page = person.model
    assert not any(
        field.isEnabled()
        for field in (page.local.demo, page.hub.hub_id, page.hub.use, page.local.folder, page.local.gguf)
    )
    assert "inspecting it" in page.origin.text()


def test_a_model_that_is_not_there_is_told_in_the_engines_words(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(new_project(tmp_path / "project", model__source="nowhere/at-all").folder)
    notice = person.window.notice
    assert notice.isVisible()
    assert notice.title.text() == "This cannot be used"
    assert "check the id" in notice.sentence.text()
    assert person.model.inspect.isEnabled()


def test_a_long_name_is_cut_and_told_whole_in_the_tooltip(person: Person) -> None:
    person.window.resize(1024, 700)
    person.chooses_model(LONG_NAME)
    person.waits_for_rest()
    name = person.model.name
    assert name.text() == LONG_NAME.rsplit("/", 1)[-1]
    assert name.toolTip() == name.text()
    assert person.model.horizontalScrollBar().maximum() == 0
    assert person.window.width() == 1024


def test_a_long_project_name_is_cut_and_told_whole_in_the_tooltip(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    name = "a-project-" * 12
    person.opens(new_project(tmp_path / name).folder)
    titles = [label for label in person.window.sidebar.findChildren(type(person.model.name)) if label.text() == name]
    assert [label.toolTip() for label in titles] == [name]
    assert person.window.sidebar.width() < 240


def dropped(person: Person, *paths: Path) -> bool:
    """Drop files on the page; return whether it accepts them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *how)
    QApplication.sendEvent(person.model.viewport(), enter)
    if enter.isAccepted():
        QApplication.sendEvent(person.model.viewport(), QDropEvent(QPointF(50, 50), *how))
    return enter.isAccepted()


def test_a_folder_or_a_gguf_file_can_be_dropped(person: Person, tmp_path: Path) -> None:
    folder, gguf = write_model(tmp_path / "folder"), write_gguf(tmp_path / "small.gguf")
    for path in (folder, gguf):
        assert dropped(person, path)
        person.waits_for_rest()
        assert person.session.settings.model.source == str(path)


def test_what_is_no_model_is_not_taken(person: Person, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "empty").mkdir()
    assert not dropped(person, tmp_path / "notes.txt")
    assert not dropped(person, tmp_path / "empty")
    assert not dropped(person, tmp_path / "notes.txt", tmp_path / "project")


def test_a_project_is_left_to_the_window_which_opens_it(person: Person, tmp_path: Path) -> None:
    before = person.session.settings.model.source
    other = new_project(tmp_path / "other")
    assert dropped(person, other.folder)
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.folder == other.folder
    assert person.session.settings.model.source == before


@pytest.fixture
def at_the_hub(person: Person) -> Person:
    """Return a person at the Hub with the first search result."""
    person.clicks(person.model.places.button("hub"))
    person.qtbot.waitUntil(lambda: bool(person.model.hub_client.models), timeout=PATIENCE)
    person.waits_for_rest()
    return person


def shown(table: RecordTable) -> list[list[str]]:
    """Return the text of a table."""
    model = table.records
    return [
        [plain(str(model.index(row, column).data())) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_hub_is_asked_only_when_one_turns_to_it(person: Person) -> None:
    assert person.model.hub_client.answered is None
    person.clicks(person.model.places.button("hub"))
    person.qtbot.waitUntil(lambda: person.model.hub_client.answered == "", timeout=PATIENCE)


def test_models_of_the_hub_are_told_with_what_one_chooses_by(at_the_hub: Person) -> None:
    table = shown(at_the_hub.model.hub.table)
    assert table[0] == [
        "closed/Garden-3.2-3B  ·  gated",
        "garden-3.2",
        "3.2 B",
        "6.4 GB",
        "1.9 M",
        "2 100",
        "2/19/25",
    ]
    assert table[1][0] == "HuggingFaceTB/SmolLM2-1.7B-Instruct  ·  on disk"
    assert table[2][2:4] == ["–", "–"]


def test_the_tables_are_right_item_models(at_the_hub: Person, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(at_the_hub.model.hub.table.records)
    qtmodeltester.check(at_the_hub.model.local.table.records)


def test_the_search_follows_the_typing_and_only_the_last_word_counts(at_the_hub: Person) -> None:
    finder = at_the_hub.model.hub
    at_the_hub.qtbot.keyClicks(finder.hub_id, "gardenx")
    at_the_hub.qtbot.keyClick(finder.hub_id, Qt.Key.Key_Backspace)
    assert "Searching the Hub" in finder.state.text()
    at_the_hub.qtbot.waitUntil(lambda: at_the_hub.model.hub_client.answered == "garden", timeout=PATIENCE)
    assert [row[0] for row in shown(finder.table)] == ["closed/Garden-3.2-3B  ·  gated"]


def test_a_question_that_replaces_another_is_asked_when_that_has_ended(at_the_hub: Person) -> None:
    client = at_the_hub.model.hub_client
    client.search("garden", "downloads", now=True)
    client.search("smol", "likes", now=True)
    at_the_hub.qtbot.waitUntil(lambda: client.answered == "smol", timeout=PATIENCE)
    at_the_hub.waits_for_rest()
    assert [model.source for model in client.models] == ["HuggingFaceTB/SmolLM2-1.7B-Instruct"]


def test_more_models_are_asked_for_as_long_as_there_are_more(at_the_hub: Person) -> None:
    finder, client = at_the_hub.model.hub, at_the_hub.model.hub_client
    assert not finder.more.isVisible()
    client.search("many", "downloads", now=True)
    for count in (30, 60, 70):
        at_the_hub.qtbot.waitUntil(lambda count=count: len(shown(finder.table)) == count, timeout=PATIENCE)  # type: ignore[misc]
        at_the_hub.waits_for_rest()
        if count < 70:
            at_the_hub.clicks(finder.more)
    assert not finder.more.isVisible()


def test_the_order_can_be_changed(at_the_hub: Person) -> None:
    finder = at_the_hub.model.hub
    finder.sort.setCurrentIndex(finder.sort.findData("recent"))
    finder.sort.activated.emit(finder.sort.currentIndex())
    at_the_hub.qtbot.waitUntil(lambda: shown(finder.table)[0][0].startswith("HuggingFaceTB"), timeout=PATIENCE)


def test_a_model_on_disk_is_used_at_once(at_the_hub: Person) -> None:
    finder = at_the_hub.model.hub
    finder.table.select("HuggingFaceTB/SmolLM2-1.7B-Instruct")
    assert "on this computer" in finder.status.text()
    at_the_hub.qtbot.keyClick(finder.table, Qt.Key.Key_Return)
    at_the_hub.waits_for_rest()
    assert at_the_hub.session.settings.model.source == "HuggingFaceTB/SmolLM2-1.7B-Instruct"
    assert at_the_hub.model.download.isHidden()


@pytest.fixture
def downloading(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person with a slow download running."""
    person = make_person("--pace", "0.1")
    person.opens(new_project(tmp_path / "project").folder)
    person.clicks(person.model.places.button("hub"))
    person.model.hub.hub_id.setText("maker/Open-3B")
    person.clicks(person.model.hub.use)
    person.qtbot.waitUntil(lambda: "of 3.0" in plain(person.model.download.figures.text()), timeout=PATIENCE)
    return person


def test_a_download_tells_its_speed_and_what_is_left(downloading: Person) -> None:
    strip = downloading.model.download
    assert strip.name.text() == "Downloading maker/Open-3B"
    assert "48.0 MB/s" in plain(strip.figures.text())
    assert "left" in strip.figures.text()
    assert not downloading.model.hub.use.isEnabled()
    assert downloading.session.settings.model.source == "demo"


def test_a_download_can_be_paused_and_gone_on_with(downloading: Person) -> None:
    strip = downloading.model.download
    downloading.clicks(strip.pause)
    downloading.qtbot.waitUntil(strip.resume.isVisible, timeout=PATIENCE)
    assert "Downloaded data are kept" in strip.name.text()
    downloading.clicks(strip.resume)
    downloading.qtbot.waitUntil(strip.isHidden, timeout=PATIENCE)
    downloading.waits_for_rest()
    assert downloading.session.settings.model.source == "maker/Open-3B"


def test_a_download_can_be_cancelled(downloading: Person) -> None:
    downloading.clicks(downloading.model.download.cancel)
    downloading.qtbot.waitUntil(downloading.model.download.isHidden, timeout=PATIENCE)
    downloading.waits_for_rest()
    assert downloading.session.settings.model.source == "demo"
    assert not downloading.window.notice.isVisible()


def test_each_closed_door_has_its_words_and_the_link(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: dict[RefusalReason, str] = {
        "no_token": "needs a Hub token",
        "terms_not_accepted": "are not accepted yet",
        "not_authorised": "has no access",
    }
    opened: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    panel = person.model.access
    for reason, title in titles.items():
        person.model.hub_client._refuse(canned.refusal("closed/Garden", reason))
        assert title in panel.title.text()
        assert "Message from the Hub" in panel.hub_message.text()
        person.clicks(panel.page)
        assert opened == ["https://hub.example/closed/Garden"]
        opened.clear()
        person.clicks(panel.dismiss)
        assert panel.isHidden()


def test_a_token_opens_the_door_and_the_download_goes_on(at_the_hub: Person) -> None:
    page = at_the_hub.model
    page.hub.table.select("closed/Garden-3.2-3B")
    at_the_hub.clicks(page.hub.use)
    at_the_hub.qtbot.waitUntil(page.access.isVisible, timeout=PATIENCE)
    at_the_hub.waits_for_rest()
    assert not page.access.keep.isEnabled()
    assert page.access.token.echoMode() == QLineEdit.EchoMode.Password
    at_the_hub.qtbot.keyClicks(page.access.token, "hf_no_keyring")
    at_the_hub.clicks(page.access.keep)
    at_the_hub.waits_for_rest()
    assert page.access.isHidden()
    assert "no keyring" in at_the_hub.window.notice.sentence.text()
    at_the_hub.qtbot.waitUntil(
        lambda: at_the_hub.session.settings.model.source == "closed/Garden-3.2-3B", timeout=PATIENCE
    )
    at_the_hub.waits_for_rest()


def test_what_is_on_this_computer_is_listed_with_its_size(person: Person) -> None:
    person.qtbot.waitUntil(lambda: person.model.hub_client.is_listed, timeout=PATIENCE)
    assert shown(person.model.local.table) == [
        ["HuggingFaceTB/SmolLM2-1.7B-Instruct", "LlamaForCausalLM", "24", "3.4 GB"],
        ["SmolLM2-135M-Instruct  ·  from a GGUF file", "LlamaForCausalLM", "30", "269.0 MB"],
        ["Qwen3-4B-FP8  ·  dequantised", "Qwen3ForCausalLM", "36", "8.0 GB"],
        ["my-adapter  ·  adapter in its base model", "LlamaForCausalLM", "30", "270.0 MB"],
        ["llama3.2:1b  ·  Ollama", "llama", "16", "1.3 GB"],
        ["Qwen3-4B-Q4_K_M  ·  LM Studio", "qwen3", "36", "2.5 GB"],
    ]
    assert "80.0 GB free" in plain(person.model.local.state.text())


def test_deleting_a_model_is_asked_first(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    deleted: list[str] = []
    monkeypatch.setattr("gui.pages.model_local.confirm_loss", lambda *words: asked.append(words[:3]) or len(asked) > 1)
    monkeypatch.setattr(person.model.hub_client, "delete", deleted.append)
    page = person.model.local
    person.qtbot.waitUntil(lambda: person.model.hub_client.is_listed, timeout=PATIENCE)
    assert not page.delete.isEnabled()
    page.table.select("/cache/gguf/ab12cd34")
    person.clicks(page.delete)
    assert deleted == []
    person.clicks(page.delete)
    assert deleted == ["/cache/gguf/ab12cd34"]
    assert "269.0" in asked[0][1]


def test_the_model_of_another_program_can_be_used_and_not_deleted(person: Person, tmp_path: Path) -> None:
    blob = write_gguf(tmp_path / "blobs" / "sha256-1234")
    model = LocalModel(source=str(blob), name="llama3.2:1b", kind="ollama", folder=str(blob.parent), bytes=100)
    page = person.model.local
    person.waits_for_rest()
    person.model.hub_client._on_models_listed(ModelsListed(models=(model,), disk_free=1))
    page.table.select(str(blob))
    assert not page.delete.isEnabled()
    assert "delete it there" in page.delete.toolTip()
    assert plain(page.status.text().replace("\u200b", "")) == str(blob)
    person.clicks(page.use)
    person.waits_for_rest()
    assert person.session.settings.model.source == str(blob)


def test_offline_the_page_says_so_at_once_above_the_table(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    page = person.model
    person.waits_for_rest()
    offline = [True]
    monkeypatch.setattr("gui.project.hub_connection.is_hub_offline", lambda: offline[0])
    person.session.jobs.changed.emit()
    started: list[str] = []
    person.session.jobs.started.connect(lambda job: started.append(job.kind))
    person.clicks(page.places.button("hub"))
    assert "works offline" in page.hub.state.text()
    assert page.hub.state.y() < page.hub.table.y()
    assert page.hub.retry.isHidden()
    page.hub.hub_id.setText("garden")
    page.hub.use_selected()
    assert started == [], "no engine is asked"
    offline[0] = False
    person.session.jobs.changed.emit()
    person.qtbot.waitUntil(lambda: bool(page.hub_client.models), timeout=PATIENCE)
    person.waits_for_rest()
    assert "works offline" not in page.hub.state.text()


def test_a_hub_that_cannot_be_reached_is_told_and_can_be_asked_again(at_the_hub: Person) -> None:
    page = at_the_hub.model.hub
    at_the_hub.model.hub_client._on_search_result(HubSearched(query="", problem="The Hub cannot be reached."))
    assert page.state.text() == "The Hub cannot be reached."
    at_the_hub.clicks(page.retry)
    at_the_hub.qtbot.waitUntil(lambda: not at_the_hub.model.hub_client.problem, timeout=PATIENCE)
    at_the_hub.waits_for_rest()
    assert page.retry.isHidden()


def test_a_download_of_an_earlier_session_is_offered_again(person: Person) -> None:
    model = LocalModel(
        source="maker/Half", name="Half", kind="hub", folder="/x", bytes=43, total_bytes=100, complete=False
    )
    person.model.hub_client._on_models_listed(ModelsListed(models=(model,), disk_free=1))
    strip = person.model.download
    assert "Paused: maker/Half" in strip.name.text()
    assert strip.resume.isVisible()
    assert shown(person.model.local.table)[0][0] == "maker/Half  ·  43 % downloaded"
    person.model.local.table.select("maker/Half")
    assert not person.model.local.use.isEnabled()


def test_a_token_is_kept_and_forgotten_in_a_dialog_of_its_own(at_the_hub: Person) -> None:
    dialog = HubTokenDialog(at_the_hub.model.hub_client, at_the_hub.window)
    at_the_hub.qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    assert not dialog.keep.isEnabled()
    assert dialog.token.echoMode() == QLineEdit.EchoMode.Password
    for token, words in (("hf_good", "computer's keyring"), ("hf_no_keyring", "has no keyring")):
        at_the_hub.qtbot.keyClicks(dialog.token, token)
        at_the_hub.clicks(dialog.keep)
        at_the_hub.qtbot.waitUntil(lambda words=words: words in dialog.verdict.text(), timeout=PATIENCE)
        at_the_hub.waits_for_rest()
        assert dialog.token.text() == ""
    at_the_hub.clicks(dialog.forget)
    at_the_hub.qtbot.waitUntil(lambda: "No token is saved" in dialog.verdict.text(), timeout=PATIENCE)
    at_the_hub.waits_for_rest()


def test_a_model_downloaded_for_one_project_is_not_put_into_another(downloading: Person, tmp_path: Path) -> None:
    downloading.window.projects.open_path(new_project(tmp_path / "other").folder)
    downloading.qtbot.waitUntil(lambda: downloading.model.hub_client.download is None, timeout=PATIENCE)
    downloading.waits_for_rest()
    assert downloading.session.settings.model.source == "demo"


def test_a_download_of_which_nothing_has_arrived_is_just_given_up(at_the_hub: Person) -> None:
    page = at_the_hub.model
    page.hub.table.select("closed/Garden-3.2-3B")
    at_the_hub.clicks(page.hub.use)
    at_the_hub.qtbot.waitUntil(page.access.isVisible, timeout=PATIENCE)
    at_the_hub.waits_for_rest()
    at_the_hub.clicks(page.access.dismiss)
    at_the_hub.clicks(page.download.cancel)
    at_the_hub.waits_for_rest()
    assert page.download.isHidden()
    assert not page.hub_client.list_problem


@pytest.mark.usefixtures("german")
def test_why_a_folder_is_refused_is_said_in_the_language_of_the_window(person: Person, tmp_path: Path) -> None:
    person.chooses_model(str(tmp_path))
    assert "hat keine config.json" in person.window.notice.sentence.text()


def test_a_refusal_is_not_shown_any_longer_once_a_model_is_chosen(person: Person, tmp_path: Path) -> None:
    person.chooses_model(str(tmp_path))
    assert person.window.notice.isVisible()
    person.chooses_model(str(write_model(tmp_path / "tiny")))
    person.waits_for_rest()
    assert not person.window.notice.isVisible()
