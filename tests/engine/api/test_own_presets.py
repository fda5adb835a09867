"""Presets of one's own hold a whole plan but for the model, under a name that any system can keep."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examined
from hypothesis import strategies as st

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.own_presets import delete_preset, keep_preset, own_presets, problem_of_name, with_own_preset
from engine.api.settings import Settings

PLAN = with_values(Settings(), {"model.source": "org/mine", "search.algorithm": "woa", "budget.layers": 4})


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of nobody."""
    monkeypatch.setattr("engine.api.own_presets.config_folder", lambda: tmp_path)
    return tmp_path


def test_a_kept_plan_is_taken_into_another_project_and_leaves_its_model() -> None:
    keep_preset(" For the ward ", PLAN)
    assert own_presets() == ("For the ward",)
    taken = with_own_preset(with_values(Settings(), {"model.source": "org/theirs"}), "For the ward")
    assert taken == with_values(PLAN, {"model.source": "org/theirs"})


def test_the_model_is_not_written() -> None:
    keep_preset("mine", PLAN)
    assert with_own_preset(Settings(), "mine").model == Settings().model


def test_a_preset_is_replaced_and_deleted() -> None:
    keep_preset("mine", Settings())
    keep_preset("mine", PLAN)
    assert with_own_preset(PLAN, "mine") == PLAN
    delete_preset("mine")
    delete_preset("mine")
    assert own_presets() == ()
    with pytest.raises(BadInput, match="There is no preset 'mine'; choose one of No training, Quick, Balanced"):
        with_own_preset(PLAN, "mine")


def test_names_are_listed_as_a_person_sorts_them() -> None:
    for name in ("b", "C", "a"):
        keep_preset(name, PLAN)
    assert own_presets() == ("a", "b", "C")


def test_what_macos_leaves_beside_a_preset_is_none(config: Path) -> None:
    keep_preset("mine", PLAN)
    (kept,) = config.rglob("mine.json")
    kept.with_name("._mine.json").write_bytes(b"\x00\x05\x16\x07")
    assert own_presets() == ("mine",)


@pytest.mark.parametrize("name", ["", "  ", "quick", "a/b", "..", ".hidden", "end.", "a\nb", "x" * 61, "what?"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    assert problem_of_name(name)
    with pytest.raises(BadInput, match="name"):
        keep_preset(name, PLAN)
    assert own_presets() == ()


@examined(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=70))
def test_any_name_is_kept_or_refused_in_a_sentence(config: Path, name: str) -> None:
    if problem_of_name(name):
        return
    keep_preset(name, PLAN)
    assert own_presets() == (name.strip(),)
    assert [file.parent.name for file in config.rglob("*.json")] == ["presets"]
    delete_preset(name)


def test_a_damaged_preset_says_so(config: Path) -> None:
    keep_preset("mine", PLAN)
    (config / "presets" / "mine.json").write_text("{")
    with pytest.raises(BadInput, match="not a JSON file"):
        with_own_preset(PLAN, "mine")
