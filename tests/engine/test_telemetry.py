"""No library that the engine uses reports anything about its use."""

import importlib
import os
import subprocess
import sys

import pytest

import engine

REPORTERS = ("openvino_telemetry", "openvino_telemetry.backend")
"""What OpenVINO and NNCF report their use with; both do without where it cannot be imported."""


@pytest.mark.parametrize("name", REPORTERS)
def test_a_package_that_reports_cannot_be_imported(name: str) -> None:
    assert engine.__version__
    with pytest.raises(ImportError):
        importlib.import_module(name)


def test_every_process_that_imports_a_part_of_the_engine_is_silent() -> None:
    check = (
        "import engine.api, os, sys; print(sys.modules['openvino_telemetry'], os.environ['HF_HUB_DISABLE_TELEMETRY'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "1"]


@pytest.mark.slow
def test_openvino_does_without_its_reporter() -> None:
    ovc = pytest.importorskip("openvino.tools.ovc.telemetry_utils", reason="the package openvino")
    assert ovc.tm.__name__.endswith("telemetry_stub")
