"""Events of the evaluation, which measures every variant of the model with the same code."""

from typing import Literal, get_args

import msgspec

from engine.api.event import Event
from engine.api.message import Message, worded

Variant = Literal["dense", "pruned", "compensated", "recovered"]
"""Each is made from the one before: layers removed, removed layers folded into the others, weights trained."""
VARIANTS: tuple[Variant, ...] = get_args(Variant)

HELDOUT_KL = "KL to dense, held-out"
HELDOUT_LOG_PERPLEXITY = "log perplexity, held-out"
"""Figures of ``DifferenceMeasured`` on the held-out windows, in nats per token."""


VARIANT_TITLES: dict[Variant, Message] = {
    "dense": worded("Dense"),
    "pruned": worded("Pruned"),
    "compensated": worded("Compensated"),
    "recovered": worded("Recovered"),
}
"""The names of the variants at the beginning of messages."""
VARIANT_WORDS: dict[Variant, Message] = {
    "dense": worded("dense"),
    "pruned": worded("pruned"),
    "compensated": worded("compensated"),
    "recovered": worded("recovered"),
}
"""The names of the variants within messages."""


class ModelEvaluated(Event, frozen=True, kw_only=True):
    """A variant was measured; emitted after all other events of the variant.

    ``text_perplexity`` is that of the first text, and speeds are those of the shortest prompt; ``TextEvaluated`` and
    ``SpeedMeasured`` hold the others. Errors are standard errors over the held-out windows; older journals have none.
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
    peak_memory: int | None
    heldout_perplexity_error: float | None = None
    heldout_kl_error: float | None = None


class TextEvaluated(Event, frozen=True, kw_only=True):
    """Perplexities of a text as lm-eval defines them: exp(loss / number of tokens, words or bytes)."""

    variant: Variant
    text: str
    """Path of the file."""
    tokens: int
    words: int
    """Number of parts separated by white space."""
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
    """Prefill and decode speed, summed over all rows of the batch."""

    variant: Variant
    prompt_tokens: int
    batch_size: int
    prefill: Spread
    decode: Spread
    peak_memory: int
    """Bytes of the weights plus the peak that prompt and answer added."""
    repeats: int
    others_load: float | None = None
    """Share of all cores' time that other programs took meanwhile, 0 to 1; None in older journals, and where the
    measurement was shorter than a tick of the system's clock."""


class FootprintMeasured(Event, frozen=True, kw_only=True):
    """Bytes that a model takes in use.

    ``bytes_16bit`` has 2 bytes for every parameter. In ``bytes_8bit`` and ``bytes_4bit`` the matrices of the decoder
    layers have 1 byte or half a byte for each number and a 16-bit scale for every 32 numbers of a row; embeddings,
    head, norms and biases stay in 16 bit.
    """

    variant: Variant
    context: int
    """Context length of the KV cache, in tokens."""
    cache_bytes: int
    """KV cache of one sequence, in the number format of the run."""
    bytes_16bit: int
    bytes_8bit: int
    bytes_4bit: int
    cache_elements: int = 0
    """Number of elements of that cache; 0 in older journals."""


class TextGenerated(Event, frozen=True, kw_only=True):
    """A model's greedy continuation of a prompt."""

    variant: Variant
    prompt: str
    text: str


class CheckedAnswer(msgspec.Struct, frozen=True):
    """A model's greedy answer to a question of ours."""

    language: str
    """ISO 639-1 code of the language that it was asked in."""
    answered_in: str
    """The language that the answer was identified as, among those of all questions; empty for none of them."""
    ended: bool
    """Whether the model wrote its end token within the limit."""
    repetition: float
    """Share of sequences of four tokens that occurred before in the answer (seq-rep-4)."""
    text: str


class AnswersChecked(Event, frozen=True, kw_only=True):
    """A model's answers to the same short questions in a dozen languages, which need no data."""

    variant: Variant
    limit: int
    """Largest number of tokens of an answer."""
    answers: tuple[CheckedAnswer, ...]


class TaskEvaluated(Event, frozen=True, kw_only=True):
    """One metric of one lm-eval task."""

    variant: Variant
    task: str
    metric: str
    """With the filter in brackets where the task has it under several: ``exact_match (strict-match)``."""
    value: float
    stderr: float | None
    samples: int
    part_of: str = ""
    """The task group that this task belongs to."""
    is_share: bool = False
    """Whether every question was scored 0 or 1; false in older journals."""


class TaskFinished(Event, frozen=True, kw_only=True):
    """All metrics of a task were emitted; the task is not run again for this variant."""

    variant: Variant
    task: str
    """Name as in the settings; a group stands for all of its tasks."""
    seconds: float


class DifferenceMeasured(Event, frozen=True, kw_only=True):
    """The difference of a figure between two models, with its standard error.

    ``paired``: both models answered the same questions or read the same windows, so that the error is that of the
    differences, which is smaller than what two separate errors would give.
    """

    variant: Variant
    against: Variant
    figure: str
    """``task, metric``; ``bits per byte, FILE`` as ``text_names`` calls it; or one of those on the held-out windows."""
    value: float
    stderr: float | None
    paired: bool
    samples: int


class TasksListed(Event, frozen=True, kw_only=True):
    """The names of all lm-eval tasks, groups and tags, and of those over local data; never journalled."""

    names: tuple[str, ...]
    has_lm_eval: bool = True
    """Whether lm-eval is installed, without which no task can be asked."""


EvaluationEvent = (
    ModelEvaluated
    | TextEvaluated
    | SpeedMeasured
    | FootprintMeasured
    | TextGenerated
    | AnswersChecked
    | TaskEvaluated
    | TaskFinished
    | DifferenceMeasured
    | TasksListed
)
