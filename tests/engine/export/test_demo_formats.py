"""The real demo model with a quarter of its layers in the formats that people use, each run in its own runtime."""

from importlib import util
from pathlib import Path

import pytest

from engine.api.export_targets import export_target
from tests.benchmarks.sections.export_formats import export_all
from tests.benchmarks.subject import demo_subject

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = tuple(range(3, 29))
"""Most layers, since the slowest quantiser takes seconds for each that is kept."""
FORMATS = (
    "safetensors",
    "gguf:f16",
    "gguf:q8_0",
    "gguf:q4_0",
    "gguf_in_place",
    "onnx_genai:fp32",
    "onnx_genai:int4",
)
NEEDED = {"gguf": "xllamacpp", "gguf_in_place": "xllamacpp", "onnx_genai": "onnxruntime_genai"}


@pytest.mark.demo_model
def test_the_demo_model_answers_as_the_pruned_model_in_every_runtime(tmp_path: Path) -> None:
    missing = {needed for needed in NEEDED.values() if util.find_spec(needed) is None}
    if missing:
        pytest.skip(f"{', '.join(sorted(missing))} not installed: pip install 'layerswarm[formats]'")
    rows = {row["format"]: row for row in export_all(demo_subject().folder, REMOVED, FORMATS, tmp_path / "out")}
    assert list(rows) == list(FORMATS)
    for name, row in rows.items():
        if name != "safetensors":
            key, _, precision = name.partition(":")
            assert row["kl"] <= export_target(key).precision(precision).allowed_kl
            assert {"layers", "runs", "kl"} <= set(row["checks"])
    assert all("tokens" in rows[name]["checks"] for name in ("gguf:f16", "onnx_genai:fp32"))
    sizes = [rows[name]["megabytes"] for name in ("onnx_genai:fp32", "gguf:f16", "gguf:q8_0", "gguf:q4_0")]
    assert sizes == sorted(sizes, reverse=True)
    assert rows["gguf:q8_0"]["kl"] < rows["gguf:q4_0"]["kl"]
    assert rows["gguf_in_place"]["kl"] < rows["gguf:q4_0"]["kl"], "nothing was quantised again"
