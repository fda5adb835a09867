"""One iteration on a model whose weights are four times the memory that the process may use.

The layers of a random Llama in bfloat16 are read from the disk each time that they are applied: once for all candidates
(breadth first), once for each branch of the trie (depth first), or once for each candidate.
"""

from collections.abc import Iterator
from typing import Any

from engine.models.sizes import measure_sizes
from tests.benchmarks.large_models import Shape, write_model
from tests.benchmarks.limited_memory import printed_json
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.streaming_child import LENGTH, REMOVED, WINDOWS, measured, population

FULL: Shape = {"hidden_size": 1536, "intermediate_size": 6144, "num_hidden_layers": 40, "vocab_size": 4096}
"""3.1 GB of weights."""
QUICK: Shape = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 6, "vocab_size": 4096}
HEADS = {"num_attention_heads": 4}
SHARE = 4
CHILD = "tests.benchmarks.streaming_child"


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each way of walking."""
    folder = bench.work / f"streamed{'_quick' * bench.quick}"
    write_model(folder, (QUICK if bench.quick else FULL) | HEADS)
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
        if bench.quick:
            figures = {**measured(folder, 0, way), "peak": 0}
        else:
            figures = printed_json(CHILD, [str(folder), str(allowed / 1e6), way], allowed)
        content["rows"].append(_row(way, figures, sizes.bytes))
        yield content


def _row(way: str, figures: dict[str, float], weights: int) -> dict[str, Any]:
    return {
        "way": way,
        "seconds": round(figures["seconds"], 1),
        "CPU seconds": round(figures["cpu"], 1),
        "read, GB": round(figures["bytes"] / 1e9, 2),
        "read / weights": round(figures["bytes"] / weights, 2),
        "peak memory, MB": round(figures["peak"] / 1e6),
        "mean KL": round(figures["kl"], 4),
    }


def tables(content: Content) -> Tables:
    """Return all ways."""
    return [content["rows"]]


SECTION = Section(measure, tables)
