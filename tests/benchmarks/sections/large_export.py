"""Export of a model with 80 layers and its verification in less memory than a third of its weights, beside ``cp``."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.models.sizes import measure_sizes
from tests.benchmarks.export_child import exported
from tests.benchmarks.large_models import Shape, write_model
from tests.benchmarks.limited_memory import printed_json
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.streaming_child import forget

FULL: Shape = {
    "hidden_size": 2560,
    "intermediate_size": 8960,
    "num_hidden_layers": 80,
    "num_attention_heads": 20,
    "num_key_value_heads": 4,
    "vocab_size": 128256,
}
"""Llama-3.1-70B with less than a third of its width: 14.7 GB."""
QUICK: Shape = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 6, "num_attention_heads": 4}
REMOVED, QUICK_REMOVED = tuple(range(60, 70)), (3,)
LIMIT = 4 * 2**30


def measure(bench: Bench) -> Iterator[Content]:
    """Yield the figures of one export."""
    folder, target = (bench.work / f"{name}{'_quick' * bench.quick}" for name in ("large", "large_export"))
    removed = QUICK_REMOVED if bench.quick else REMOVED
    write_model(folder, {"vocab_size": 512} | QUICK if bench.quick else FULL)
    shutil.rmtree(target, ignore_errors=True)
    sizes = measure_sizes(folder)
    copying = _copying_pace(folder, bench.work / "copied", 1 if bench.quick else 12)
    if bench.quick:
        steps = exported(str(folder), removed, str(target))
        found: dict[str, Any] = {"seconds": steps.seconds, "checks": steps.checks, "peak": 0}
    else:
        found = printed_json("tests.benchmarks.export_child", [str(folder), str(list(removed)), str(target)], LIMIT)
    written = sizes.after(removed)[1]
    seconds = next(each for step, each in found["seconds"].items() if "writ" in step.lower())
    yield {
        "layers": sizes.layers,
        "removed": len(removed),
        "weights_bytes": sizes.bytes,
        "limit_bytes": 0 if bench.quick else LIMIT,
        "rows": [
            {
                "written, GB": round(written / 1e9, 2),
                "cp, MB/s": round(copying / 1e6),
                "export, MB/s": round(written / max(seconds, 1e-9) / 1e6),
                "all steps, s": round(sum(found["seconds"].values())),
                "peak memory, MB": round(found["peak"] / 1e6),
                "checks": ", ".join(f"{name} {'passed' if ok else 'failed'}" for name, ok in found["checks"].items()),
            }
        ],
    }
    shutil.rmtree(target, ignore_errors=True)


def _copying_pace(folder: Path, target: Path, files: int) -> float:
    """Return the bytes per second of ``cp`` with a ``sync``, for some of the model's files."""
    target.mkdir(parents=True, exist_ok=True)
    chosen = sorted(folder.glob("model-*.safetensors"))[1 : 1 + files]
    forget(folder)
    started = time.perf_counter()
    subprocess.run(["cp", *map(str, chosen), str(target)], check=True)
    subprocess.run(["sync", *(str(target / file.name) for file in chosen)], check=True)
    seconds = time.perf_counter() - started
    shutil.rmtree(target)
    forget(folder)
    return sum(file.stat().st_size for file in chosen) / seconds


def tables(content: Content) -> Tables:
    """Return the figures."""
    return [content["rows"]]


SECTION = Section(measure, tables)
