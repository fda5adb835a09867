"""What the engine says: small frozen events, one JSON line each, numbered and timed.

The same lines drive the window's charts, the command line, the journal on disk, the report and the tests.
A view is a fold over events (``engine.api.run_state``), so an old run is shown by the code that draws a live one.
"""

import re
from typing import Any, Literal

import msgspec

from engine.api.settings import Variant

RemovalSet = tuple[int, ...]
"""Sorted indices of the decoder layers that a candidate removes."""

Stage = Literal["model", "calibrate", "analyse", "search", "recover", "evaluate", "export"]
STAGES: tuple[Stage, ...] = ("model", "calibrate", "analyse", "search", "recover", "evaluate", "export")
Outcome = Literal["finished", "paused", "stopped", "discarded", "failed"]


def _past_tense_tag(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=_past_tense_tag):
    """The head of every event; the journal numbers and times it."""

    seq: int = 0
    """Place in the run's journal, from 1; 0 until it is journalled."""
    time: float = 0.0
    """Seconds since the epoch."""


class RunStarted(Event, frozen=True, kw_only=True):
    """A run begins, or goes on after a pause or a crash."""

    run: str
    algorithm: str
    resumed: bool
    device: str
    versions: dict[str, str]


class StageStarted(Event, frozen=True, kw_only=True):
    """A stage of the work begins."""

    stage: Stage


class StageProgressed(Event, frozen=True, kw_only=True):
    """How far the stage is: ``done`` of ``total`` (0: not known), in the words of ``message``."""

    stage: Stage
    done: float
    total: float
    message: str = ""
    remaining_seconds: float | None = None


class StageFinished(Event, frozen=True, kw_only=True):
    """A stage is complete; ``reused`` when its result was already there."""

    stage: Stage
    seconds: float
    reused: bool = False


class MessageLogged(Event, frozen=True, kw_only=True):
    """A sentence for the person."""

    level: Literal["debug", "info", "warning", "error"]
    message: str


class Heartbeat(Event, frozen=True, kw_only=True):
    """Once a second while the engine works; never journalled. Memory in bytes."""

    process_memory: int
    device_memory: int = 0


class ModelPrepared(Event, frozen=True, kw_only=True):
    """The source has become a folder of safetensors; sizes are counted from its tensors."""

    source: str
    name: str
    folder: str
    digest: str
    model_type: str
    architecture: str
    licence: str
    layers: int
    hidden_size: int
    vocabulary: int
    context_length: int
    dtype: str
    parameters: int
    bytes: int
    layer_parameters: tuple[int, ...]
    layer_bytes: tuple[int, ...]


class CalibrationPrepared(Event, frozen=True, kw_only=True):
    """The token windows are there. ``preview`` is the beginning of a few of them, as text."""

    source: str
    windows: int
    heldout_windows: int
    recovery_windows: int
    window_length: int
    digest: str
    preview: tuple[str, ...]


class ReferenceMeasured(Event, frozen=True, kw_only=True):
    """The dense model's own figures on the calibration windows."""

    perplexity: float
    scored_positions: int


class LayerAnalysed(Event, frozen=True, kw_only=True):
    """One decoder layer, and what happens when it alone is removed."""

    layer: int
    block_influence: float
    angular_distance: float
    kl: float
    perplexity: float
    parameters: int
    bytes: int
    seconds: float
    """Measured time of one application to the calibration windows, per 1,000 tokens."""


class BudgetResolved(Event, frozen=True, kw_only=True):
    """The budget as a number of layers, with the size it leads to; sizes assume the smallest prunable layers."""

    layers: int
    protected: tuple[int, ...]
    prunable: tuple[int, ...]
    parameters: int
    bytes: int


class CandidatesScored(Event, frozen=True, kw_only=True):
    """New scores, to be remembered for good: key (removed, level, calibration, model)."""

    model: str
    calibration: str
    level: int
    removed: tuple[RemovalSet, ...]
    kl: tuple[float, ...]
    nll: tuple[float, ...]


class IterationFinished(Event, frozen=True, kw_only=True):
    """One iteration of the search. ``fitness`` is the KL to the dense model, lower is better."""

    iteration: int
    iterations: int
    best_fitness: float
    best_removed: RemovalSet
    mean_fitness: float
    worst_fitness: float
    removal_frequency: tuple[float, ...]
    """Share of this iteration's candidates that remove layer i, [layers]."""
    candidates: tuple[RemovalSet, ...]
    fitness: tuple[float, ...]
    evaluations: int
    """Candidates really computed so far; remembered ones are free."""
    remembered: int
    layer_applications: int


class SearchFinished(Event, frozen=True, kw_only=True):
    """The removal set that the search leaves; ``early`` when a person stopped it."""

    removed: RemovalSet
    fitness: float
    evaluations: int
    layer_applications: int
    seconds: float
    early: bool = False


class RecoveryStepped(Event, frozen=True, kw_only=True):
    """One optimiser step of LoRA training."""

    step: int
    steps: int
    loss: float
    learning_rate: float
    tokens: int
    tokens_per_second: float


class RecoveryMeasured(Event, frozen=True, kw_only=True):
    """Held-out loss (KL to the dense model) and perplexity at a step; a checkpoint goes with it."""

    step: int
    heldout_kl: float
    heldout_perplexity: float
    best: bool


class RecoveryFinished(Event, frozen=True, kw_only=True):
    """The end of training. ``helped`` is false when the pruned model is kept as it was."""

    helped: bool
    best_step: int
    heldout_kl_before: float
    heldout_kl_after: float
    seconds: float
    early: bool = False


class ModelEvaluated(Event, frozen=True, kw_only=True):
    """One of dense, pruned, recovered, measured by the same code on the same data."""

    variant: Variant
    layers: int
    parameters: int
    bytes: int
    heldout_perplexity: float
    heldout_kl: float
    text_perplexity: float | None
    prefill_tokens_per_second: float
    decode_tokens_per_second: float
    peak_memory: int


class TaskEvaluated(Event, frozen=True, kw_only=True):
    """One figure of one lm-eval task."""

    variant: Variant
    task: str
    metric: str
    value: float
    stderr: float | None
    samples: int


class ExportWritten(Event, frozen=True, kw_only=True):
    """The exported folder is on disk."""

    folder: str
    format: str
    variant: Variant
    layers: int
    removed: RemovalSet
    parameters: int
    bytes: int


class ExportVerified(Event, frozen=True, kw_only=True):
    """One check of the export, made on the reloaded folder."""

    check: str
    passed: bool
    detail: str


class RunFinished(Event, frozen=True, kw_only=True):
    """The last event of a session of the engine."""

    outcome: Outcome
    message: str


class DeviceFound(Event, frozen=True, kw_only=True):
    """A device the engine can use. Memory in bytes."""

    name: str
    label: str
    memory_total: int
    memory_free: int


class EstimateMade(Event, frozen=True, kw_only=True):
    """What a run with these settings needs on one device, before it starts."""

    device: str
    memory: dict[str, int]
    """Bytes by part: weights, reference, hidden states, adapter and optimiser, working space."""
    memory_needed: int
    memory_free: int
    disk_needed: int
    disk_free: int
    seconds: dict[str, float]
    """Seconds by stage."""
    layers: int
    """Layers that the budget removes."""
    result_parameters: int
    result_bytes: int


AnyEvent = (
    RunStarted
    | StageStarted
    | StageProgressed
    | StageFinished
    | MessageLogged
    | Heartbeat
    | ModelPrepared
    | CalibrationPrepared
    | ReferenceMeasured
    | LayerAnalysed
    | BudgetResolved
    | CandidatesScored
    | IterationFinished
    | SearchFinished
    | RecoveryStepped
    | RecoveryMeasured
    | RecoveryFinished
    | ModelEvaluated
    | TaskEvaluated
    | ExportWritten
    | ExportVerified
    | RunFinished
    | DeviceFound
    | EstimateMade
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent)


def encode_event(event: Event) -> bytes:
    """One JSON line, without its line end."""
    return _encoder.encode(event)


def decode_event(line: bytes) -> AnyEvent:
    """Read one JSON line.

    Raises:
        msgspec.MsgspecError: the line is torn, or of a kind that this version does not know.
    """
    event: AnyEvent = _decoder.decode(line)
    return event
