"""Estimate the memory and the work of a run from counted sizes and the settings.

These are formulas, not measurements: they show whether a run fits and whether it takes minutes or days.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import msgspec

from engine.api.algorithms import search_algorithm
from engine.api.settings import Settings
from engine.calibration.places import OWN_TEXT, Mixture, text_mixture
from engine.calibration.prepare import learnt_windows
from engine.export.verification_way import least_bytes
from engine.fitness.levels import nested_levels
from engine.fitness.reference import TOP_K
from engine.models.device_sizes import BATCH_TOKENS
from engine.models.sizes import ModelSizes
from engine.pipeline.evaluation_size import question_tokens
from engine.pipeline.folding_cost import FoldingCost
from engine.pipeline.local_cost import LocalCost
from engine.pipeline.lora_cost import LoraCost

_LOGIT_CHUNKS = 3 * 64 * 2**20
_FLOAT, _INDEX = 4, 8
_TRIE_SHARE = 0.55
"""Share of a full forward pass that a candidate of a population costs, thanks to shared prefixes."""
_LAYERWISE_SHARE = 0.45
"""The same share for a search layer by layer, whose candidates differ in a single layer."""
_FOUR_BITS = (4 + 0.127) / 8
"""Bytes per weight in NF4: 4 bits, and 0.127 for the quantised constants of its block.

QLoRA (Dettmers et al. 2023, https://arxiv.org/abs/2305.14314), section 3.
"""
LIBRARIES = 450 * 10**6
"""RAM of a process before any model is loaded: torch, transformers and peft, measured with torch's CPU build."""
_NEW_SHARE = 0.85
"""Share of the candidates that are new."""


@dataclass(frozen=True)
class RunCost:
    """Computes memory and floating-point operations of a run."""

    sizes: ModelSizes
    hidden: int
    vocabulary: int
    adapter_width: int
    """Inputs plus outputs of one layer's linear modules; an adapter of rank r has r times as many parameters."""
    settings: Settings
    counts: range
    """The numbers of layers to search for."""
    read_tokens: int = 0
    """Tokens of the evaluation's tasks and texts."""
    needed: tuple[int, ...] = ()
    """Layers that must stay, whatever the settings protect."""
    fitted_inputs: int = 0
    """Inputs of the widest linear module whose outputs are the hidden state."""
    generated_tokens: int = 0
    """Tokens of the answers that each model generates in the evaluation."""
    four_bit_share: float = 1.0
    """Share of the layers' weights that are in 4 bits where the settings ask for it."""
    layer_numbers: int = 0
    """Numbers in the linear modules of an average layer, which recovery may train."""

    @property
    def removed(self) -> int:
        """Largest number of removed layers."""
        return self.counts[-1]

    @property
    def kept(self) -> int:
        """Number of layers of the pruned model."""
        return self.sizes.layers - self.removed

    @property
    def layer_flops(self) -> float:
        """FLOPs of one token in an average layer."""
        return 2.0 * sum(self.sizes.layer_parameters) / max(self.sizes.layers, 1)

    @property
    def head_flops(self) -> float:
        """FLOPs of one token in the LM head."""
        return 2.0 * self.hidden * self.vocabulary

    @property
    def forward_flops(self) -> float:
        """FLOPs of one token in the dense model."""
        return self.sizes.layers * self.layer_flops + self.head_flops

    def memory(self, bytes_per_number: int, kind: str = "cpu") -> dict[str, int]:
        """Return the bytes of each part in memory; search and recovery do not happen at the same time.

        Args:
            bytes_per_number: Bytes of a weight.
            kind: Kind of the device: ``cpu``, ``cuda``, ...
        """
        calibration = self.settings.calibration
        tokens = calibration.windows * calibration.window_length
        state = self.hidden * bytes_per_number
        scored = max(tokens // calibration.scored_every, calibration.heldout_windows * calibration.window_length)
        parts = {
            "weights": self._frozen_bytes(bytes_per_number, self.settings.device.four_bit),
            "reference": scored * min(TOP_K, self.vocabulary) * (_FLOAT + _INDEX),
            "hidden states": self._states_bytes(tokens, state) + self._states_bytes(self._asked_tokens, state),
            "working space": _LOGIT_CHUNKS,
        }
        if kind == "cpu":
            parts["libraries"] = LIBRARIES
            parts["verification"] = least_bytes(self.sizes)  # in main memory, whatever the run's device
        parts |= self.folding.memory(bytes_per_number)
        frozen = partial(self._frozen_bytes, bytes_per_number)
        return parts | (self.training.memory(bytes_per_number, kind, frozen) if self.training else {})

    def _states_bytes(self, tokens: int, state: int) -> int:
        """Return the bytes of hidden states of ``state`` bytes while candidates are scored on so many tokens."""
        allowed = 1e6 * self.settings.device.states_megabytes
        return round(min(allowed, (tokens + min(tokens, BATCH_TOKENS)) * state * (self.sizes.layers + 1)))

    @property
    def _asked_tokens(self) -> int:
        """Tokens of a task's questions, whose states are kept beside those of the calibration windows."""
        search = self.settings.search
        return search.task_samples * question_tokens(search.task) if search.objective == "task" else 0

    def memory_needed(self, bytes_per_number: int, kind: str = "cpu") -> int:
        """Return the bytes that the run needs: the largest of search, compensation, recovery and verification."""
        parts = self.memory(bytes_per_number, kind)
        search = sum(parts.get(part, 0) for part in ("weights", "reference", "hidden states"))
        trained = ("adapter and optimiser", "trained layers", "repaired layers", "lessons", "processes")
        recovery = parts.get("weights in training", parts["weights"]) + sum(parts.get(part, 0) for part in trained)
        recovery += max(parts.get("training", 0), parts.get("merging", 0))
        folding = parts["weights"] + parts.get("folding", 0)
        verification = parts.get("verification", 0)
        return parts["working space"] + parts.get("libraries", 0) + max(search, folding, recovery, verification)

    @property
    def folding(self) -> FoldingCost:
        """Memory and work of the compensation."""
        return FoldingCost(
            settings=self.settings,
            hidden=self.hidden,
            fitted_inputs=self.fitted_inputs,
            removed=self.removed,
            layers_flops=self.layers_flops,
            head_flops=self.head_flops,
        )

    @property
    def layers_flops(self) -> float:
        """FLOPs of one token in all layers of the dense model."""
        return self.sizes.layers * self.layer_flops

    @property
    def training(self) -> LoraCost | LocalCost | None:
        """Memory and work of the recovery; None where nothing is trained."""
        if not self.settings.recovery.enabled or not self.removed:
            return None
        pruned = self.kept * self.layer_flops + self.head_flops
        if self.settings.recovery.method == "local":
            return LocalCost(
                self.settings, self.hidden, self.layer_numbers, self.layer_flops, pruned, self.forward_flops, self.kept
            )
        return LoraCost(
            self.settings,
            self.hidden,
            self.vocabulary,
            self.kept,
            self.adapter_width,
            self.fitted_inputs,
            pruned,
            self.forward_flops,
            LIBRARIES + _LOGIT_CHUNKS,
        )

    def with_recovery(self, **values: object) -> "RunCost":
        """Return the cost of the run with other settings of its recovery."""
        recovery = msgspec.structs.replace(self.settings.recovery, **values)
        return replace(self, settings=msgspec.structs.replace(self.settings, recovery=recovery))

    def main_memory(self, kind: str) -> int:
        """Return the bytes that training holds in main memory beside those on its device, such as an optimiser.

        Args:
            kind: Kind of the device: ``cpu``, ``cuda``, ...
        """
        return self.training.main_memory(kind) if isinstance(self.training, LocalCost) else 0

    def update_seconds(self, kind: str) -> float:
        """Return the seconds that an optimiser in main memory takes, which adds to the time of the recovery.

        Args:
            kind: Kind of the device: ``cpu``, ``cuda``, ...
        """
        return self.training.update_seconds(kind) if isinstance(self.training, LocalCost) else 0.0

    @property
    def exchanged_bytes(self) -> int:
        """Bytes of gradients that each of several processes of a training sends and receives."""
        return self.training.exchanged_bytes if isinstance(self.training, LoraCost) else 0

    def training_disk(self, bytes_per_number: int) -> int:
        """Return the bytes of the recovery's checkpoint and of what it learns from, on disk."""
        training = self.training
        if training is None:
            return 0
        return training.checkpoint_bytes(bytes_per_number) + training.lesson_bytes(bytes_per_number)

    def _frozen_bytes(self, bytes_per_number: int, four_bit: bool) -> int:
        """Return the bytes of the dense weights in memory; embedding and LM head are never in 4 bits."""
        layers = sum(self.sizes.layer_parameters)
        rounded = round(self.four_bit_share * layers) if four_bit else 0
        return round(rounded * _FOUR_BITS) + (self.sizes.parameters - rounded) * bytes_per_number

    def flops(self) -> dict[str, float]:
        """Return the floating-point operations of each stage."""
        calibration, evaluation = self.settings.calibration, self.settings.evaluation
        tokens = calibration.windows * calibration.window_length
        scored = tokens / calibration.scored_every * self.head_flops
        asked, answered = self._compared_tokens()
        layers, raced = self.sizes.layers, self._raced(calibration.windows)
        search, candidates = self.settings.search, self._candidates()
        shared = _LAYERWISE_SHARE if search_algorithm(search.algorithm).cost == "layers" else _TRIE_SHARE
        prompts = sum(length + evaluation.decode_tokens for length in evaluation.prompt_tokens)
        measured = (evaluation.repeats + 1) * prompts * sum(evaluation.batch_sizes)
        written = len(evaluation.prompts) * evaluation.written_tokens + self.generated_tokens
        heldout = calibration.heldout_windows * calibration.window_length
        return {
            "calibrate": self._written_tokens() * self.forward_flops,
            "analyse": tokens * (raced * layers * layers / 2 + 5 * layers) * self.layer_flops
            + (raced * layers + 1) * scored,
            "search": candidates
            * (self._raced(search.task_samples) if search.objective == "task" else raced)
            * (asked * self.kept * shared * self.layer_flops + answered * self.head_flops),
            "compensate": self.folding.flops(),
            "recover": self.training.flops() if self.training else 0.0,
            "evaluate": (2 * heldout + measured + written) * self._compared_flops,
            "tasks and texts": self.read_tokens * self._compared_flops,
            "export": 0.0,
        }

    @property
    def _compared_flops(self) -> float:
        """FLOPs of one token in all evaluated models."""
        pruned = self.kept * self.layer_flops + self.head_flops
        recovered = self.settings.recovery.enabled and self.removed > 0
        return self.forward_flops + (1 + recovered + self.folding.happens) * pruned

    def _compared_tokens(self) -> tuple[float, float]:
        """Return the tokens that a fully scored candidate sees, and how many of their predictions are scored."""
        calibration = self.settings.calibration
        if self.settings.search.objective == "task":
            return self._asked_tokens, self._asked_tokens / 3
        tokens = calibration.windows * calibration.window_length
        return tokens, tokens / calibration.scored_every

    def _raced(self, items: int) -> float:
        """Return the mean share of the calibration windows, or of a task's questions, that a candidate sees."""
        racing = self.settings.search.racing
        levels = nested_levels(items, self.sizes.parameters, racing)
        steps = zip((0, *levels), levels, strict=False)
        return sum((stop - start) / items * racing.promoted_share**level for level, (start, stop) in enumerate(steps))

    def _candidates(self) -> float:
        """Return the number of candidates that the search will measure."""
        search, analysis = self.settings.search, self.settings.analysis
        match search_algorithm(search.algorithm).cost:
            case "one":
                return 1.0
            case "layers":
                prunable = self.sizes.layers - analysis.protect_first - analysis.protect_last
                return float(sum(max(prunable - done, 0) for done in range(self.removed)))
            case "population":
                return search.population * search.iterations * _NEW_SHARE * len(self.counts)

    def _written_tokens(self) -> int:
        """Return the number of tokens that the dense model generates."""
        calibration, recovery = self.settings.calibration, self.settings.recovery
        windows = math.ceil((calibration.windows + calibration.heldout_windows) * _own_share(text_mixture(calibration)))
        learnt = learnt_windows(self.settings)
        if learnt:
            windows += math.ceil((learnt + recovery.validation_windows) * _own_share(text_mixture(recovery)))
        return windows * calibration.window_length


def _own_share(mixture: Mixture) -> Fraction:
    """Return the share of a mixture that the dense model generates."""
    return mixture.get(OWN_TEXT, Fraction(0)) / sum(mixture.values())
