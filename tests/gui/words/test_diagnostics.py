"""The diagnostics that a person copies into a report of a fault."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.words.diagnostics import diagnostics


@pytest.mark.usefixtures("qapp")
def test_they_hold_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_PlantedInEnvironment1")
    assert QApplication.instance() is not None
    assert "hf_Planted" not in diagnostics([], "/projects/mine", "/config/window.ini")
