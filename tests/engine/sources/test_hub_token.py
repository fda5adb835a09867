"""The Hub token: which one is used, and where it is kept."""

import pytest

from engine.sources.hub import token


def test_the_token_in_the_keyring_precedes_that_of_the_hub_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token, "get_token", lambda: "hf_logged_in")
    monkeypatch.setattr(token, "kept_token", lambda: "hf_kept")
    assert token.find_token() == "hf_kept"
    monkeypatch.setattr(token, "kept_token", lambda: None)
    assert token.find_token() == "hf_logged_in"
