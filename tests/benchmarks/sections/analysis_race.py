"""What racing the analysis saves, and whether a search that starts from it finds as good a set.

The work is counted on a random model of 80 layers. The answers are those of PSO on the demo model: the same searches
start from the analysis of every layer on all windows, and from the raced one.
"""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from engine.analysis.similarity import layer_similarities
from engine.analysis.single_removals import single_removals
from engine.api.settings import RacingSettings, SearchSettings
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.levels import nested_levels
from engine.fitness.race import first_level_fitness
from engine.models.decoder_stack import DecoderStack
from engine.pipeline.hunt import Hunt
from engine.search.factory import make_searcher
from engine.search.searcher import Leader
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, starting_sets
from tests.benchmarks.searching import run_to_the_end
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import SCORED_EVERY, Subject, empty_memory

MOST_WORK, MOST_KL = 0.2, 1.01
"""The largest share of the work, and the largest ratio of the answers' KL, that the project promises."""
_RACING = RacingSettings()
_PSO = SearchSettings(algorithm="pso", population=12, iterations=8)
_WHOLE = 1.0
_SIZES = {"below a billion parameters": 10**8, "above": 10**10}


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    layers: int = 80
    counted_windows: int = 16
    windows: int = 8
    ks: tuple[int, ...] = (3, 6, 9, 12)
    seeds: int = 2
    settings: SearchSettings = _PSO


QUICK = Size(
    layers=12, windows=4, ks=(2,), seeds=1, settings=SearchSettings(algorithm="pso", population=3, iterations=2)
)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield the work for each size of model, then the answers for each number of layers."""
    size = QUICK if bench.quick else Size()
    content: Content = {"windows": size.windows, "layers": size.layers, "seeds": size.seeds, "work": [], "answers": []}
    for name, parameters in _SIZES.items():
        levels = nested_levels(size.counted_windows, parameters, _RACING)
        content["work"].append({"size": name, "levels": list(levels), **_work(size, levels)})
        yield content
    answers = _Answers(bench.subject, size)
    for k in size.ks:
        content["answers"].append(answers.of(k))
        yield content


def _work(size: Size, levels: tuple[int, ...]) -> dict[str, float]:
    """Return the layer applications of both analyses, on a random model."""
    torch.manual_seed(0)
    config = LlamaConfig(
        num_hidden_layers=size.layers,
        hidden_size=16,
        intermediate_size=16,
        num_attention_heads=2,
        num_key_value_heads=2,
        vocab_size=64,
    )
    stack = DecoderStack(LlamaForCausalLM(config).eval())
    tokens = torch.randint(3, 64, (size.counted_windows, 8))
    whole, raced = (_applications(stack, tokens, levels, promoted) for promoted in (_WHOLE, _RACING.promoted_share))
    return {"whole": whole, "raced": raced, "share": round(raced / whole, 3)}


def _applications(stack: DecoderStack, tokens: torch.Tensor, levels: tuple[int, ...], promoted: float) -> int:
    evaluator = Evaluator(CalibrationWindows(stack, tokens, SCORED_EVERY), empty_memory(), levels)
    before = evaluator.layer_applications
    single_removals(evaluator, len(stack), promoted)
    return evaluator.layer_applications - before


class _Answers:
    """Searches that differ in the analysis that they start from; they share what they have measured."""

    def __init__(self, subject: Subject, size: Size) -> None:
        self._subject, self._size = subject, size
        tokens = subject.calibration_windows("mix", size.windows)
        self._evaluator = subject.evaluator(tokens, levels=subject.levels(size.windows, _RACING))
        layers = len(subject.stack)
        self._single_kl = {
            name: {layer: each.kl for layer, each in enumerate(single_removals(self._evaluator, layers, promoted))}
            for name, promoted in (("raced", _RACING.promoted_share), ("whole", _WHOLE))
        }
        similarities = layer_similarities(self._evaluator.batches, layers)
        self._influence = {layer: each.block_influence for layer, each in enumerate(similarities)}

    def of(self, k: int) -> dict[str, float | int]:
        """Return the answers' KL, medians over seeds, and how many of the answers are the same set."""
        found = {
            name: [self._answer(k, seed, costs) for seed in range(self._size.seeds)]
            for name, costs in self._single_kl.items()
        }
        whole, raced = (statistics.median(kl for _, kl in found[name]) for name in ("whole", "raced"))
        same = sum(one[0] == other[0] for one, other in zip(found["whole"], found["raced"], strict=True))
        return {
            "k": k,
            "whole": round(whole, 4),
            "raced": round(raced, 4),
            "ratio": round(raced / whole, 4),
            "same": same,
        }

    def _answer(self, k: int, seed: int, single_kl: Mapping[int, float]) -> Leader:
        settings = msgspec.structs.replace(self._size.settings, seed=seed)
        space = SearchSpace(self._subject.prunable, k)
        findings = LayerFindings(
            single_kl, self._influence, lambda _first, _last: 0.0, partial(first_level_fitness, self._evaluator)
        )
        searcher = make_searcher(settings, space, starting_sets(settings, space, findings), single_kl)
        return run_to_the_end(Hunt(self._subject.folder.config(), space, searcher, self._evaluator, _RACING))


def tables(content: Content) -> Tables:
    """Return the work, and the answers."""
    work = [
        {
            "model": row["size"],
            "levels of windows": ", ".join(map(str, row["levels"])),
            "layer applications, all on all windows": row["whole"],
            "raced": row["raced"],
            "share": f"{row['share']:.3f}",
            "promised": MOST_WORK,
        }
        for row in content["work"]
    ]
    answers = [
        {
            "k": row["k"],
            "KL, all layers on all windows": f"{row['whole']:.4f}",
            "KL, raced": f"{row['raced']:.4f}",
            "ratio": f"{row['ratio']:.4f}",
            "promised": MOST_KL,
            "the same set": f"{row['same']} of {content['seeds']}",
        }
        for row in content["answers"]
    ]
    return [work, answers]


SECTION = Section(measure, tables, needs_texts=True)
