"""Compress an OpenVINO model in a process: ``python -m engine.export.targets.compress PRECISION FOLDER``."""

import sys
from pathlib import Path

import nncf
import openvino


def main() -> None:
    """Compress the weights of the model in a folder by OpenVINO's own compressor."""
    precision, folder = sys.argv[1:]
    modes = {"int8": nncf.CompressWeightsMode.INT8_ASYM, "int4": nncf.CompressWeightsMode.INT4_ASYM}
    # Smaller groups where 64 does not divide the rows of a matrix.
    fallback = nncf.AdvancedCompressionParameters(group_size_fallback_mode=nncf.GroupSizeFallbackMode.ADJUST)
    groups = {"group_size": 64, "ratio": 0.8, "advanced_parameters": fallback} if precision == "int4" else {}
    file = next(Path(folder).glob("*.xml"))
    small = file.with_name(f"small-{file.name}")
    compressed = nncf.compress_weights(openvino.Core().read_model(file), mode=modes[precision], **groups)
    openvino.save_model(compressed, small, compress_to_fp16=False)
    del compressed
    for suffix in (".xml", ".bin"):
        small.with_suffix(suffix).replace(file.with_suffix(suffix))


if __name__ == "__main__":
    main()
