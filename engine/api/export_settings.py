"""Settings of the export, and the devices that the model is meant for."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.api.paths_in_settings import leads_to
from engine.api.units import unit

ExportedVariant = Literal["best", "pruned", "compensated", "recovered"]


class ExportSettings(Struct, frozen=True, kw_only=True):
    """Which model is exported at the end of a run, and in which formats."""

    variant: Annotated[
        ExportedVariant,
        Meta(description="Model to export; best is the recovered one where recovery helped, else the compensated one."),
    ] = "best"
    formats: Annotated[
        tuple[str, ...],
        Meta(
            description="File formats of the export, such as safetensors, gguf:q8_0 or onnx_genai:int4; "
            "'layerswarm formats' lists them all.",
            min_length=1,
            extra=leads_to("installed"),
        ),
    ] = ("safetensors",)
    llama_cpp: Annotated[
        str,
        Meta(
            description="Folder of a llama.cpp checkout whose converter and llama-quantize write GGUF; if empty, a "
            "converter is fetched once.",
            extra=leads_to("code"),
        ),
    ] = ""


class EdgeSettings(Struct, frozen=True, kw_only=True):
    """The devices that the smaller model is meant for, and its use there."""

    context: Annotated[
        int,
        Meta(
            description="Length of the context whose KV cache must fit beside the weights.",
            ge=1,
            le=10**7,
            extra=unit("tokens"),
        ),
    ] = 2048
    precision: Annotated[
        Literal["f32", "f16", "q8_0", "q6_k", "q5_k_m", "q5_0", "q4_k_m", "q4_0"],
        Meta(description="Number format of the weights on the device."),
    ] = "q4_0"
    devices: Annotated[
        tuple[str, ...],
        Meta(
            description="Your own devices, each written name:GiB of memory:GB/s of memory bandwidth, such as "
            "My board:4:17. One of the same name replaces the built-in one.",
            extra=leads_to("words"),
        ),
    ] = ()
