"""The command opens the window, or says in one sentence why it cannot, also to somebody who came from a menu."""

import builtins
from typing import Any

import pytest

from engine.api.errors import LayerSwarmError
from engine.cli import window


@pytest.mark.parametrize("missing", [[], ["libEGL.so.1"]])
def test_a_library_that_qt_is_linked_to_is_named(missing: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    real_import = builtins.__import__

    def refuse_window(name: str, *others: Any, **named: Any) -> Any:
        if name == "gui.app":
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return real_import(name, *others, **named)

    monkeypatch.setattr(builtins, "__import__", refuse_window)
    monkeypatch.setattr(window, "missing_libraries", lambda: missing)
    monkeypatch.setattr(window, "show_sentence", shown.append)
    monkeypatch.setattr(window.sys, "platform", "linux")
    with pytest.raises(LayerSwarmError, match="libEGL") as raised:
        window.open_window(None)
    assert shown == [str(raised.value)], "standard error is no terminal here"
    assert ("sudo apt-get install libegl1." in shown[0]) is bool(missing)
    assert "'layerswarm run' does the same work without a window." in shown[0]
