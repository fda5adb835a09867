"""What the engine says of the finished models: dense, pruned and recovered, measured by the same code."""

from typing import Literal

import msgspec

from engine.api.event import Event

Variant = Literal["dense", "pruned", "recovered"]

HELDOUT_KL = "KL to dense, held-out"
HELDOUT_LOG_PERPLEXITY = "log perplexity, held-out"
"""Figures of ``DifferenceMeasured`` on the held-out windows, in nats per token."""


class ModelEvaluated(Event, frozen=True, kw_only=True):
    """One of dense, pruned, recovered, measured by the same code on the same data; said when all else has been.

    The text is the first one, and the pace that of the shortest prompt alone; ``TextEvaluated`` and ``SpeedMeasured``
    have the others. The errors are standard errors over the held-out windows; older journals have none.
    """

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
    heldout_perplexity_error: float | None = None
    heldout_kl_error: float | None = None


class TextEvaluated(Event, frozen=True, kw_only=True):
    """How well a model predicts a text, as lm-eval defines it: exp(loss / count of tokens, words or bytes)."""

    variant: Variant
    text: str
    """The file."""
    tokens: int
    words: int
    """Parts between white space."""
    bytes: int
    token_perplexity: float
    word_perplexity: float
    byte_perplexity: float
    bits_per_byte: float


class Spread(msgspec.Struct, frozen=True):
    """Tokens per second over repeats: median, least and most."""

    median: float
    least: float
    most: float


class SpeedMeasured(Event, frozen=True, kw_only=True):
    """Pace of reading a prompt and of writing after it, all rows of the batch together."""

    variant: Variant
    prompt_tokens: int
    batch_size: int
    prefill: Spread
    decode: Spread
    peak_memory: int
    """Bytes: the weights, and the most that prompt and answer took on top."""
    repeats: int


class FootprintMeasured(Event, frozen=True, kw_only=True):
    """Bytes that a model takes where it is used.

    ``bytes_16bit`` has 2 bytes for every parameter. In ``bytes_8bit`` and ``bytes_4bit`` the matrices of the decoder
    layers have 1 byte or half a byte for each number and a 16-bit scale for every 32 numbers of a row; embeddings,
    head, norms and biases stay in 16 bit.
    """

    variant: Variant
    context: int
    """Tokens for which the KV cache is counted."""
    cache_bytes: int
    """Of one sequence, in the number format of the run."""
    bytes_16bit: int
    bytes_8bit: int
    bytes_4bit: int
    cache_elements: int = 0
    """Numbers in that cache; 0 in older journals."""


class TextGenerated(Event, frozen=True, kw_only=True):
    """What a model writes after a prompt, always taking the likeliest token."""

    variant: Variant
    prompt: str
    text: str


class TaskEvaluated(Event, frozen=True, kw_only=True):
    """One figure of one lm-eval task."""

    variant: Variant
    task: str
    metric: str
    """With the filter in brackets where the task has it under several: ``exact_match (strict-match)``."""
    value: float
    stderr: float | None
    samples: int
    part_of: str = ""
    """The group whose figure this is a part of."""
    is_share: bool = False
    """Whether every question counted for 0 or 1; false in older journals."""


class TaskFinished(Event, frozen=True, kw_only=True):
    """All figures of a task are told; it is not run again for this variant."""

    variant: Variant
    task: str
    """As the settings name it; a group stands for all that is in it."""
    seconds: float


class DifferenceMeasured(Event, frozen=True, kw_only=True):
    """How much a figure of one model is above that of another, with its standard error.

    ``paired``: both models answered the same questions or read the same windows, so that the error is that of the
    differences; it is smaller than what two separate errors would give.
    """

    variant: Variant
    against: Variant
    figure: str
    """``task, metric``; ``bits per byte, FILE`` as ``text_names`` calls it; or one of those on the held-out windows."""
    value: float
    stderr: float | None
    paired: bool
    samples: int


EvaluationEvent = (
    ModelEvaluated
    | TextEvaluated
    | SpeedMeasured
    | FootprintMeasured
    | TextGenerated
    | TaskEvaluated
    | TaskFinished
    | DifferenceMeasured
)
