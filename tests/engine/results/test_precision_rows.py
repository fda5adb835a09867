"""The precisions of a format: predicted until they are written, measured once they were run."""

import pytest

from engine.api.edge_devices import EDGE_DEVICES
from engine.api.events import ExportVerified, ExportWritten
from engine.api.export_targets import export_target
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.precision_rows import format_title, precision_rows
from tests.gui import canned

CONTEXT = 2048


def whole_run() -> RunState:
    return RunState.replay(canned.run_events(Settings()))


def test_sizes_follow_the_bits_and_a_device_the_size() -> None:
    rows = {
        row.precision.title: row for row in precision_rows(whole_run(), export_target("gguf"), EDGE_DEVICES[0], CONTEXT)
    }
    left = canned.PARAMETERS - len(canned.REMOVED) * canned.LAYER_PARAMETERS
    assert rows["F16"].size == 2 * left
    assert rows["Q4_K_M"].size == pytest.approx(4.85 / 8 * left, abs=1)
    assert rows["Q4_K_M"].fit.tokens_per_second > rows["F16"].fit.tokens_per_second
    assert rows["Q4_K_M"].words()[:4] == ("Q4_K_M", "4.85", "about 70.8\u202fMB", "–")


def test_the_sources_own_format_has_the_bits_of_the_source() -> None:
    (row,) = precision_rows(whole_run(), export_target("safetensors"), EDGE_DEVICES[0], CONTEXT)
    assert (row.bits, row.size) == (16, 2 * (canned.PARAMETERS - 5 * canned.LAYER_PARAMETERS))


def test_what_was_written_has_its_size_and_what_was_run_its_quality() -> None:
    state = whole_run()
    assert state.search is not None
    state.apply(ExportVerified(check="kl", passed=True, detail="close", format="gguf:q8_0", figures={"kl": 0.0049}))
    state.apply(
        ExportWritten(
            folder="/exports/1",
            format="gguf:q8_0",
            variant="recovered",
            layers=25,
            removed=state.search.removed,
            parameters=1,
            bytes=134_000_000,
        )
    )
    cells = {row.precision.key: row.words() for row in precision_rows(state, export_target("gguf"), EDGE_DEVICES[0], 1)}
    assert cells["q8_0"][2:4] == ("134.0\u202fMB", "0.00490")
    assert cells["q5_1"][3] == "–"


def test_there_is_nothing_to_predict_before_the_search_has_ended() -> None:
    begun = RunState.replay(canned.until_stage(canned.run_events(Settings()), "search"))
    assert precision_rows(begun, export_target("gguf"), EDGE_DEVICES[0], 1) == []


def test_formats_have_the_names_that_people_know() -> None:
    assert [format_title(each) for each in ("gguf:q5_k_m", "safetensors", "onnx_genai:int4", "gone:x")] == [
        "GGUF Q5_K_M",
        "Safetensors",
        "ONNX Runtime GenAI INT4",
        "gone:x",
    ]
