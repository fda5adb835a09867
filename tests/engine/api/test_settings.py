"""Settings: every field explains itself, and a wrong value is answered with one clear sentence."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.editing import FieldInfo, describe_settings, settings_from, value_of, with_values
from engine.api.errors import BadInput
from engine.api.presets import PRESETS, preset_of, with_preset
from engine.api.settings import Settings

FIELDS = list(describe_settings())


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_setting_has_a_meaning_and_its_default_is_its_value(field: FieldInfo) -> None:
    assert field.meaning.endswith(".")
    if not field.key.startswith("budget."):
        assert value_of(Settings(), field.key) == field.default


def test_settings_survive_json() -> None:
    settings = with_values(Settings(), {"analysis.protected": "0,1,29", "evaluation.tasks": "piqa,arc_easy"})
    plain = msgspec.json.decode(msgspec.json.encode(settings))
    assert settings_from(plain) == settings


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("search.seed", "7", 7),
        ("search.algorithm", "woa", "woa"),
        ("recovery.learning_rate", "2e-4", 2e-4),
        ("recovery.enabled", "false", False),
        ("budget.layers", "6", 6),
        ("analysis.protected", "0,1,29", (0, 1, 29)),
        ("analysis.protected", "[0, 1]", (0, 1)),
        ("analysis.protected", "3", (3,)),
        ("analysis.protected", "", ()),
        ("analysis.protected", "null", None),
        ("evaluation.tasks", "piqa, arc_easy", ("piqa", "arc_easy")),
        ("evaluation.tasks", "", ()),
        ("model.revision", "1234567", "1234567"),
        ("model.revision", "1e5", "1e5"),
        ("calibration.path", "Smith, J. notes.txt", "Smith, J. notes.txt"),
    ],
)
def test_text_from_the_command_line_is_read_as_the_setting_has_it(key: str, text: str, value: object) -> None:
    assert value_of(with_values(Settings(), {key: text}), key) == value


@given(st.text(min_size=1))
def test_any_text_is_kept_as_it_is_where_a_setting_is_text(text: str) -> None:
    assert with_values(Settings(), {"calibration.path": text}).calibration.path == text


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("search.seeed", "1", "'search.seed'"),
        ("search", "1", "no setting 'search'"),
        ("search.seed.more", "1", "no setting 'search.seed.more'"),
        ("search.seed", "x", 'search.seed cannot be "x": it takes a whole number from 0. Seed of the search.'),
        ("search.population", "1", "a whole number from 2 to 1,024"),
        (
            "search.algorithm",
            "pos",
            "did you mean 'pso'? Otherwise install the package that provides it, or choose one of pso, woa, evolution,",
        ),
        ("device.name", "gpu", "'cuda:0'"),
        ("budget.percent", "NaN", "budget.percent"),
        ("budget.megabytes", "Infinity", "budget.megabytes"),
        ("analysis.protected", "1,x", "analysis.protected[1]"),
        ("budget.percent", "null", "exactly one"),
        ("calibration.source", "file", "calibration.path is empty"),
        ("recovery.source", "dataset", "recovery.dataset is empty"),
    ],
)
def test_a_wrong_value_is_named_with_its_place_and_a_way_out(key: str, text: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        with_values(Settings(), {key: text})
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_naming_one_budget_clears_the_others() -> None:
    settings = with_values(Settings(), {"budget.layers": 6})
    assert (settings.budget.layers, settings.budget.percent, settings.budget.megabytes) == (6, None, None)
    settings = with_values(settings, {"budget.layers": 3, "budget.megabytes": 200})
    assert (settings.budget.layers, settings.budget.percent, settings.budget.megabytes) == (None, None, 200.0)


def test_two_budgets_at_once_are_refused() -> None:
    with pytest.raises(BadInput, match="2 are given"):
        settings_from({"budget": {"layers": 3, "percent": 10}})


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_recognised_until_one_of_its_amounts_is_changed(name: str) -> None:
    settings = with_preset(Settings(), name)
    assert preset_of(settings) == name
    assert preset_of(with_values(settings, {"search.seed": 5})) == name
    assert preset_of(with_values(settings, {"search.iterations": 9999})) is None


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("parameters", [None, 135_000_000, 8_000_000_000])
def test_a_preset_measures_on_more_text_with_a_gpu(name: str, parameters: int | None) -> None:
    cpu, gpu = (with_preset(Settings(), name, parameters, gpu) for gpu in (False, True))
    assert cpu == with_preset(Settings(), name, parameters)
    assert cpu.calibration.window_length == Settings().calibration.window_length
    assert (gpu.calibration.windows, gpu.calibration.window_length) == (64, 512)
    passes = gpu.recovery.pass_windows or gpu.recovery.batch_windows
    assert passes * gpu.calibration.window_length > 256
    assert preset_of(cpu) == preset_of(gpu) == name


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_suits_the_models_size(name: str) -> None:
    small, large = (with_preset(Settings(), name, parameters) for parameters in (135_000_000, 8_000_000_000))
    assert small == with_preset(Settings(), name)
    assert large.recovery.learning_rate < small.recovery.learning_rate
    assert large.recovery.batch_windows > small.recovery.batch_windows
    assert large.recovery.gradient_checkpointing
    tokens = [settings.recovery.steps * settings.recovery.batch_windows for settings in (small, large)]
    assert tokens[0] == tokens[1]
    assert preset_of(large) == preset_of(small) == name
