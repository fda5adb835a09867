"""No library that the engine uses reports anything about its use."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import engine

SWITCHES = ("HF_HUB_DISABLE_TELEMETRY", "ORT_DISABLE_TELEMETRY")
REPORTERS = ("openvino_telemetry", "openvino_telemetry.backend")
"""What OpenVINO and NNCF report their use with; both do without where it cannot be imported."""


@pytest.mark.parametrize("name", REPORTERS)
def test_a_package_that_reports_cannot_be_imported(name: str) -> None:
    assert engine.__version__
    with pytest.raises(ImportError):
        importlib.import_module(name)


def test_every_process_that_imports_a_part_of_the_engine_is_silent() -> None:
    check = f"import engine.api, os, sys; print(sys.modules['openvino_telemetry'], *map(os.environ.get, {SWITCHES}))"
    environment = {**os.environ, **dict.fromkeys(SWITCHES, "0")}
    done = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "1", "1"]


@pytest.mark.slow
def test_onnx_runtime_keeps_nothing_to_report(tmp_path: Path) -> None:
    """It would give this computer a number and keep what it could not send; its sockets are none of Python's."""
    for package in ("onnx", "onnxruntime"):
        pytest.importorskip(package, reason="optional: pip install 'layerswarm[onnx]'")
    session = (
        "import engine, onnxruntime; from onnx import helper as h;"
        "flat = [h.make_tensor_value_info(n, 1, [1]) for n in 'xy'];"
        "graph = h.make_graph([h.make_node('Identity', ['x'], ['y'])], 'g', flat[:1], flat[1:]);"
        "model = h.make_model(graph, opset_imports=[h.make_opsetid('', 17)], ir_version=9);"
        "onnxruntime.InferenceSession(model.SerializeToString())"
    )
    own = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", *SWITCHES)} | own
    subprocess.run([sys.executable, "-c", session], env=environment, capture_output=True, check=True)
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.slow
def test_openvino_does_without_its_reporter() -> None:
    ovc = pytest.importorskip("openvino.tools.ovc.telemetry_utils", reason="the package openvino")
    assert ovc.tm.__name__.endswith("telemetry_stub")
