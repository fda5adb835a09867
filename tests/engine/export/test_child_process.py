"""Other people's tools as child processes: how they end is one line of a sentence of ours."""

import sys
from pathlib import Path

import pytest

from engine.api.errors import LayerSwarmError
from engine.export.child_process import run_process
from engine.models.progress import silent


def failure(program: str) -> str:
    with pytest.raises(LayerSwarmError) as caught:
        run_process([sys.executable, "-c", program], "Working", silent)
    return str(caught.value)


def test_the_error_of_a_traceback_is_told_without_its_module() -> None:
    program = "import json\njson.loads('x')"
    assert failure(program) == 'Working failed: "JSONDecodeError: Expecting value: line 1 column 1 (char 0)".'


def test_advice_behind_the_error_is_left_out() -> None:
    program = "import sys\nsys.exit('a.b.SomeError: it broke.\\n(Refer to the full stack trace above.)')"
    assert failure(program) == 'Working failed: "SomeError: it broke".'


def test_a_tool_without_a_traceback_has_its_last_line_told_without_colours() -> None:
    assert failure("import sys\nsys.exit('first\\n\\x1b[96mlast\\x1b[0m line')") == 'Working failed: "last line".'


def test_an_error_that_goes_on_in_further_lines_has_the_last_one_told_too() -> None:
    program = "raise RuntimeError('Exception from here.cpp:7:\\nshapes do not fit')"
    assert failure(program) == 'Working failed: "RuntimeError: Exception from here.cpp:7: shapes do not fit".'


def test_a_long_error_is_cut_between_words() -> None:
    words = failure("raise ValueError('word ' * 200)")
    assert len(words) < 340
    assert words.endswith(' word".')


def test_a_tool_that_the_system_cannot_run_is_named(tmp_path: Path) -> None:
    tool = tmp_path / "llama-quantize"
    tool.write_bytes(b"\x7fELF for another computer")
    tool.chmod(0o755)
    with pytest.raises(LayerSwarmError, match=r"Working failed: .*llama-quantize cannot be run: Exec"):
        run_process([str(tool)], "Working", silent)


def test_what_a_tool_is_given_comes_back_through_it() -> None:
    command = [sys.executable, "-c", "import sys; print(sys.stdin.read().upper())"]
    assert run_process(command, "Working", silent, given=b"hello").strip() == b"HELLO"
