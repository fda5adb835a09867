"""The outcomes that are stated beside a KL divergence are those that it is computed over."""

from engine.fitness import reference
from engine.recovery import teacher
from engine.results.kl_notes import KL_NOTE, RECOVERY_KL_NOTE
from tests.gui.translations import FILES, translations


def test_the_stated_numbers_are_those_of_the_code() -> None:
    assert f"{reference.TOP_K} most likely tokens" in KL_NOTE
    assert f"{teacher.TOP_K} most likely tokens" in RECOVERY_KL_NOTE


def test_the_window_states_the_same_numbers() -> None:
    stated = {word for _, text in translations(FILES[0]) if "most likely tokens" in text for word in text.split()}
    numbers = {int(word) for word in stated if word.isdigit() and int(word) > 1}
    assert numbers == {reference.TOP_K, teacher.TOP_K}
