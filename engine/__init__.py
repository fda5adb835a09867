"""The product without a window: analyse, search, recover, evaluate and export. No Qt anywhere."""

import os
import sys

__version__ = "0.1.0"

# Set before any library is imported, in every process of the engine, so that no usage data leaves this computer. The
# Hub's library has a switch. So has ONNX Runtime, which from 1.29 on reports from every system, through sockets that
# only it sees, unless it is off when the library is loaded (https://github.com/microsoft/onnxruntime/pull/27379).
# OpenVINO and NNCF report nothing where the package that does it cannot be imported.
os.environ.update({"HF_HUB_DISABLE_TELEMETRY": "1", "ORT_DISABLE_TELEMETRY": "1"})
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None makes an import raise ImportError
