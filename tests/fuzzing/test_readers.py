"""Whatever bytes a file holds, its reader reads it or refuses it in one sentence."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.mutations import damaged
from tests.fuzzing.readers import READERS

EXAMPLES = 30


@pytest.mark.parametrize("name", READERS)
def test_a_sound_file_is_read(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    assert reader.answers(reader.seeds[0], tmp_path) == ""


@pytest.mark.parametrize("name", READERS)
@given(number=st.integers(0, 2**32))
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_file_is_read_or_refused(name: str, number: int, tmp_path: Path) -> None:
    reader, draw = READERS[name], random.Random(number)
    reader.answers(damaged(draw.choice(reader.seeds), draw), tmp_path)


@given(name=st.sampled_from(sorted(READERS)), content=st.binary(max_size=200))
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_read_or_refused(name: str, content: bytes, tmp_path: Path) -> None:
    READERS[name].answers(content, tmp_path)
