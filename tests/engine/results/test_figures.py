"""Figures are worded alike everywhere, and on a terminal in characters that can be searched for."""

import math

import pytest

from engine.cli.console import plain
from engine.results import figures as f
from engine.results.rows import Figure, Sentence


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (f.format_number(None), "–"),
        (f.format_number(math.nan), "not a number"),
        (f.format_number(-math.inf), "-infinite"),
        (f.format_number(2.4e-6), "2.40e-6"),
        (f.format_number(12345.678), "12 346"),
        (f.format_number(0.73214, 4), "0.7321"),
        (f.format_amount(1.234567), "1.23"),
        (f.format_amount(9.28e-4), "< 0.001"),
        (f.format_amount(-9.28e-4), "> -0.001"),
        (f.format_amount(0.0), "0"),
        (f.format_bytes(5_000_000_000), "5.0 GB"),
        (f.format_count(70_553_706_496), "70.6 B"),
        (f.format_count(54_944), "54.9 k"),
        (f.format_duration(59.4), "59 s"),
        (f.format_duration(7260.0), "2 h 01 min"),
        (f.format_rate(36.9), "36.9 tokens/s"),
        (f.format_percent(-0.132, signed=True), "-13.2 %"),
        (f.format_layers((3, 4, 7)), "3–4, 7"),
        (f.fitness_words("perplexity", 8.4692), "perplexity 8.469"),
    ],
)
def test_numbers_are_written_for_people(shown: str, text: str) -> None:
    assert plain(shown) == text


def test_a_figure_that_was_not_measured_is_a_dash() -> None:
    assert Figure("bytes", None).words() == "–"
    assert Figure("kl", 2.3e-8).words() == "0"


def test_a_sentence_is_translated_before_its_gaps_are_filled() -> None:
    german = {"{0}, against pruned": "{0}, gegen beschnitten", "Perplexity, {0}": "Perplexität, {0}"}
    name = Sentence("{0}, against pruned", (Sentence("Perplexity, {0}", ("a.txt",)),))
    assert name.words(lambda text: german[text]) == "Perplexität, a.txt, gegen beschnitten"
