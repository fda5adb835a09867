"""The values of settings that offer a few have names for people."""

import pytest

from engine.api.editing import describe_settings
from gui.words.setting_choices import choice_name

PLAIN = {"bfloat16", "float16", "float32", "LoRA", "rsLoRA", "DoRA", "MLP", "Attention", "Linear"}
"""Names that are the same in every language."""
ON_CARDS = {"calibration.source", "recovery.source", "search.objective", "export.variant", "edge.precision"}
"""Settings whose fields name their values themselves."""
CHOICES = [
    (setting.key, value) for setting in describe_settings() if setting.key not in ON_CARDS for value in setting.choices
]


@pytest.mark.parametrize(("key", "value"), CHOICES)
def test_each_value_has_a_name(key: str, value: str) -> None:
    name = choice_name(key, value)
    assert name in PLAIN or name != value.replace("_", " ")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("key", "value"), CHOICES)
def test_the_name_is_german_in_a_german_window(key: str, value: str) -> None:
    name = choice_name(key, value)
    assert name in PLAIN or name not in ("All", "Automatic", "Cosine", "Half way", "None", value)


def test_a_new_value_is_worded_as_it_is() -> None:
    assert choice_name("new.setting", "some_value") == "some value"
