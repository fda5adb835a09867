"""What a run on Llama-3.1-70B takes on two workstations, stage by stage: counted work over assumed speeds.

Nothing here is run on such a device. The work is what the product's own estimate counts for a checkpoint of the real
shapes (whose files hold no numbers); the speeds are the makers' figures times the shares that the estimate assumes.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import torch

from engine.api.editing import with_values
from engine.api.errors import LayerSwarmError
from engine.api.presets import with_preset
from engine.api.settings import Settings
from engine.models.placement import choose_placement
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.pipeline.cost import RunCost
from engine.pipeline.estimate import EFFICIENCY
from engine.pipeline.placed_model import memory_beside, run_cost
from engine.pipeline.streaming_cost import StreamingCost
from engine.sources.resolve import resolve_source
from tests.benchmarks.large_models import Shape, write_model
from tests.benchmarks.section import Bench, Content, Section, Tables

FULL: Shape = {
    "hidden_size": 8192,
    "intermediate_size": 28672,
    "num_hidden_layers": 80,
    "num_attention_heads": 64,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
    "max_position_embeddings": 131072,
}
QUICK: Shape = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 6, "num_attention_heads": 4}
LAYERS, QUICK_LAYERS = 10, 2


@dataclass(frozen=True)
class Workstation:
    """A computer with one GPU."""

    name: str
    gpu_bytes: float
    main_bytes: float
    flops: float
    """Dense bfloat16 operations per second by the maker's figures."""
    bus: float
    """Bytes per second from pinned main memory to the GPU, four fifths of what PCIe allows."""
    disk: float
    """Bytes per second of an NVMe disk."""


WORKSTATIONS = (
    Workstation("H100 (80 GB), 128 GB", 80e9, 128e9, 989e12, 50e9, 6e9),
    Workstation("RTX 4090 (24 GB), 64 GB", 24e9, 64e9, 165e12, 25e9, 6e9),
)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each stage."""
    folder = bench.work / f"seventy{'_quick' * bench.quick}"
    write_model(folder, {"vocab_size": 512} | QUICK if bench.quick else FULL, sparse=True)
    source = resolve_source(str(folder), "main", silent)
    settings = with_values(
        with_preset(Settings(), "Balanced", measure_sizes(source.path).parameters, gpu=True),
        {
            "budget.layers": QUICK_LAYERS if bench.quick else LAYERS,
            "calibration.source": "mix",
            "calibration.mix": "web",
        },
    )
    rows: list[dict[str, Any]] = []
    for station in WORKSTATIONS:
        rows += _rows(run_cost(settings, source), station)
    yield {"layers": LAYERS, "rows": rows}


def _rows(cost: RunCost, station: Workstation) -> Iterator[dict[str, Any]]:
    """Yield a row for each stage of a run on a workstation, and one for the other method of recovery."""
    streamed = _streamed(cost, station)
    for stage in cost.flops():
        if stage not in ("calibrate", "tasks and texts", "export"):
            yield _row(cost, station, streamed, stage, stage)
    for behind in (2, 1, 0):
        local = cost.with_recovery(method="local", optimiser="memory", layers_behind=behind)
        with suppress(LayerSwarmError):  # the layers do not fit
            title = f"recover: local, {1 + behind} layers"
            yield _row(local, station, _streamed(local, station), "recover", title)
            return


def _row(cost: RunCost, station: Workstation, streamed: StreamingCost, stage: str, title: str) -> dict[str, Any]:
    computing = cost.flops()[stage] / (station.flops * EFFICIENCY[stage])
    if stage == "recover":
        computing += cost.update_seconds("cuda")
    fetching = streamed.stage_seconds(cost, stage)
    return {
        "workstation": station.name,
        "stage": title,
        "layers fetched": streamed.layers,
        "computing, min": round(computing / 60, 1),
        "fetching, min": round(fetching / 60, 1),
        "together, min": round(max(computing, fetching) / 60, 1),
    }


def _streamed(cost: RunCost, station: Workstation) -> StreamingCost:
    """Return what is fetched on a workstation: from main memory where it fits there, else from the disk."""
    dtype = torch.bfloat16
    settings = with_values(cost.settings, {"device.memory_megabytes": 0.9 * station.gpu_bytes / 1e6})
    beside = memory_beside(cost, "cuda", dtype, round(station.gpu_bytes), streamed=True)
    placement = choose_placement(cost.sizes, dtype, "cuda", settings.device, beside)
    size = sum(cost.sizes.layer_parameters[layer] * dtype.itemsize for layer in placement.streamed)
    pace = station.bus if size < 0.9 * station.main_bytes else station.disk
    return StreamingCost(len(placement.streamed), size, size / pace)


def tables(content: Content) -> Tables:
    """Return all stages."""
    return [content["rows"]]


SECTION = Section(measure, tables)
