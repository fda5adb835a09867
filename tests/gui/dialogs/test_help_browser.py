"""The guide and the glossary are read and searched in the window."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.dialogs.help_browser import HelpBrowser
from gui.words.help_texts import DOCUMENTS, GLOSSARY, GUIDE, anchor_of, document_of, help_text
from tests.gui.conftest import WindowMaker

ROOT = Path(__file__).parents[3]


@pytest.fixture
def browser(qtbot: QtBot) -> HelpBrowser:
    """Return a browser that shows the guide."""
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.open_document(GUIDE)
    browser.show()
    return browser


def current_line(browser: HelpBrowser) -> str:
    """Return the paragraph in which the text cursor is."""
    return browser.text.textCursor().block().text()


def test_words_are_found_one_after_the_other_and_from_the_beginning_again(browser: HelpBrowser) -> None:
    browser.words.setText("safetensors")
    first = browser.text.textCursor().position()
    count = int(browser.found.text().split()[-1])
    assert count == help_text(GUIDE).lower().count("safetensors") > 2
    assert browser.text.textCursor().selectedText().lower() == "safetensors"
    QTest.keyClick(browser.words, Qt.Key.Key_Return)
    assert browser.found.text() == f"2 of {count}"
    browser.find_previous()
    browser.find_previous()
    assert browser.found.text() == f"{count} of {count}"
    browser.find_next()
    assert browser.text.textCursor().position() == first


def test_what_is_not_there_is_not_found(browser: HelpBrowser) -> None:
    browser.words.setText("xyzzy")
    assert browser.found.text() == "not found"
    assert not browser.next.isEnabled()
    browser.words.clear()
    assert browser.found.text() == ""


def test_the_contents_lead_to_the_headings(browser: HelpBrowser) -> None:
    browser.contents.setCurrentRow(3)
    assert current_line(browser) == browser.contents.item(3).toolTip()
    assert browser.text.cursorRect().top() < 80


def test_links_lead_within_the_document_to_the_other_one_and_to_the_browser(
    browser: HelpBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    browser.text.anchorClicked.emit(QUrl("#formats"))
    assert current_line(browser) == "Formats"
    browser.text.anchorClicked.emit(QUrl("glossary.md#compensation"))
    assert current_line(browser).startswith("Compensation")
    browser.text.anchorClicked.emit(QUrl("https://example.org/paper"))
    assert opened == ["https://example.org/paper"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    headings = {each: re.findall(r"^#+ (.+)$", help_text(each), re.MULTILINE) for each in DOCUMENTS}
    anchors = {each: set(map(anchor_of, lines)) for each, lines in headings.items()}
    for link in re.findall(r"\]\(([^)\s]+)\)", help_text(name)):
        target, _, anchor = link.partition("#")
        if not link.startswith("http"):
            document = document_of(link) if target else name
            assert document is not None, link
            assert not anchor or anchor in anchors[document], link


def test_the_terms_are_in_alphabetical_order() -> None:
    terms = [line.removeprefix("## ") for line in help_text(GLOSSARY).splitlines() if line.startswith("## ")]
    assert len(terms) > 40
    assert terms == sorted(terms, key=str.lower)


def test_the_menu_shows_both_in_one_window(make_window: WindowMaker) -> None:
    window = make_window()
    window.actions_.guide.trigger()
    (browser,) = window.findChildren(HelpBrowser)
    assert browser.isVisible()
    window.actions_.glossary.trigger()
    assert window.findChildren(HelpBrowser) == [browser]
    assert browser.documents.button(GLOSSARY).isChecked()
    browser.close()


@pytest.mark.slow
def test_a_built_package_brings_the_documents(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(ROOT / "docs", source / "docs", ignore=shutil.ignore_patterns("*.png", "benchmarks"))
    (source / "resources").mkdir()
    shutil.copy(ROOT / "resources" / "__init__.py", source / "resources")
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("engine/__init__.py", "packaging/constraints.txt"):
        (source / name).parent.mkdir()
        shutil.copy(ROOT / name, source / name)
    built = tmp_path / "built"
    command = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(built)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    for name in DOCUMENTS:
        assert (built / "resources" / "help" / f"{name}.md").read_bytes() == (ROOT / "docs" / f"{name}.md").read_bytes()
