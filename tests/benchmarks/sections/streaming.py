"""One iteration on a model whose weights are four times the memory that the process may use.

The layers of a random Llama in bfloat16 are read from the disk each time that they are applied: once for all candidates
(breadth first), once for each branch of the trie (depth first), or once for each candidate.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from engine.models.sizes import measure_sizes
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.streaming_child import LENGTH, REMOVED, WINDOWS, measured, population

FULL: dict[str, Any] = {
    "hidden_size": 1536,
    "intermediate_size": 6144,
    "num_hidden_layers": 40,
    "num_attention_heads": 12,
}
"""3.1 GB of weights."""
QUICK: dict[str, Any] = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 6, "num_attention_heads": 4}
SHARE = 4
_GROUPS = (Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup"))
_LIMITS = ("memory.limit_in_bytes", "memory.max")


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each way of walking."""
    folder = bench.work / f"streamed{'_quick' * bench.quick}"
    _write(folder, QUICK if bench.quick else FULL)
    sizes = measure_sizes(folder)
    limit = 0 if bench.quick else sizes.bytes // SHARE
    content: Content = {
        "weights_bytes": sizes.bytes,
        "limit_bytes": limit,
        "layers": sizes.layers,
        "candidates": len(population(sizes.layers)),
        "removed": REMOVED,
        "tokens": WINDOWS * LENGTH,
        "rows": [],
    }
    for way in ("in memory", "breadth first", "depth first", "one by one"):
        allowed = 0 if way == "in memory" else limit
        figures = {**measured(folder, 0, way), "peak": 0} if bench.quick else _in_a_process(folder, allowed, way)
        content["rows"].append(_row(way, figures, sizes.bytes))
        yield content


def _row(way: str, figures: dict[str, float], weights: int) -> dict[str, Any]:
    return {
        "way": way,
        "seconds": round(figures["seconds"], 1),
        "read, GB": round(figures["bytes"] / 1e9, 2),
        "read / weights": round(figures["bytes"] / weights, 2),
        "peak memory, MB": round(figures["peak"] / 1e6),
        "mean KL": round(figures["kl"], 4),
    }


def _in_a_process(folder: Path, limit: int, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.streaming_child", str(folder), str(limit / 1e6), way]
    with _group(limit) as group:

        def enter() -> None:
            if group is not None:
                (group / "cgroup.procs").write_text(str(os.getpid()))

        done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=enter)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _group(limit: int) -> Iterator[Path | None]:
    """Yield a control group with a memory limit; None without a limit, or where groups cannot be made."""
    made = None
    for root, name in zip(_GROUPS, _LIMITS, strict=True):
        with suppress(OSError):
            if limit and made is None and root.is_dir():
                group = root / f"layerswarm-{os.getpid()}"
                group.mkdir()
                (group / name).write_text(str(limit))
                made = group
    try:
        yield made
    finally:
        if made is not None:
            made.rmdir()


def _write(folder: Path, shape: dict[str, Any]) -> None:
    """Write a random model, one layer to a file, without ever holding all of it."""
    if (folder / "model.safetensors.index.json").is_file():
        return
    config = LlamaConfig(vocab_size=4096, tie_word_embeddings=False, dtype="bfloat16", **shape)
    config.architectures = ["LlamaForCausalLM"]
    config.save_pretrained(folder)
    with torch.device("meta"):
        shapes = {name: tensor.shape for name, tensor in LlamaForCausalLM(config).state_dict().items()}
    files = {name: f"model-{_part(name):05d}.safetensors" for name in shapes}
    drawn = torch.Generator().manual_seed(0)
    for file in sorted(set(files.values())):
        tensors = {name: _random(shapes[name], drawn) for name in shapes if files[name] == file}
        save_file(tensors, folder / file, {"format": "pt"})
    index = {"metadata": {}, "weight_map": files}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))


def _part(name: str) -> int:
    return int(name.split(".")[2]) + 1 if name.startswith("model.layers.") else 0


def _random(shape: torch.Size, drawn: torch.Generator) -> torch.Tensor:
    plain = torch.ones(shape) if len(shape) == 1 else torch.randn(shape, generator=drawn) * 0.02
    return plain.bfloat16()


def tables(content: Content) -> Tables:
    """Return all ways."""
    return [content["rows"]]


SECTION = Section(measure, tables)
