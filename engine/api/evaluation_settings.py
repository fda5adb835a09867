"""Settings of the evaluation."""

from typing import Annotated

from msgspec import Meta, Struct

from engine.api.paths_in_settings import leads_to
from engine.api.units import unit

_Tokens = Annotated[int, Meta(ge=1, le=131072)]
_Rows = Annotated[int, Meta(ge=1, le=4096)]


ANSWER_TOKENS = 40
"""Enough for a short sentence; a dozen answers of this length take about 4 s on the demo model and two cores."""


class EvaluationSettings(Struct, frozen=True, kw_only=True):
    """What is measured of the dense, pruned and recovered models."""

    texts: Annotated[
        tuple[str, ...],
        Meta(description="Text files for perplexity; none means the held-out windows only.", extra=leads_to("data")),
    ] = ()
    context_tokens: Annotated[
        int,
        Meta(
            description="Longest context for perplexity on a text; 0 means the model's context length.",
            ge=0,
            le=2**22,
            extra=unit("tokens"),
        ),
    ] = 0
    overlap_tokens: Annotated[
        int,
        Meta(
            description="Tokens by which the windows of a text overlap; they serve as context and are not counted "
            "again. 0 is lm-eval's default.",
            ge=0,
            le=2**22,
            extra=unit("tokens"),
        ),
    ] = 0
    tasks: Annotated[
        tuple[str, ...],
        Meta(
            description="lm-eval task names; those that begin with local_ read evaluation.data_folder.",
            extra=leads_to("installed"),
        ),
    ] = ()
    task_folder: Annotated[
        str,
        Meta(
            description="Folder with additional lm-eval task files, which can run code; may be empty.",
            extra=leads_to("code"),
        ),
    ] = ""
    data_folder: Annotated[
        str,
        Meta(
            description="Folder with benchmark files for the local_ tasks: hellaswag/validation.jsonl, "
            "arc_easy/test.jsonl and so on.",
            extra=leads_to("data"),
        ),
    ] = ""
    task_limit: Annotated[
        int, Meta(description="Samples per task; 0 means all.", ge=0, le=10**9, extra=unit("samples"))
    ] = 0
    fewshot: (
        Annotated[
            int,
            Meta(
                description="Solved examples before each question (few-shot); each task's own number by default.",
                ge=0,
                le=64,
                extra=unit("examples"),
            ),
        ]
        | None
    ) = None
    batch_size: Annotated[
        int,
        Meta(
            description="Answers scored at once; halved when memory runs out.",
            ge=1,
            le=4096,
            extra=unit("answers"),
        ),
    ] = 8
    prompts: Annotated[
        tuple[str, ...],
        Meta(description="Prompts that every model continues, for reading side by side.", extra=leads_to("words")),
    ] = (
        "The most important thing about a good night's sleep is",
        "Q: A train leaves at nine and arrives at eleven. How long does it travel?\nA:",
        "def is_prime(n):\n",
    )
    written_tokens: Annotated[
        int, Meta(description="Tokens generated after each prompt.", ge=1, le=4096, extra=unit("tokens"))
    ] = 40
    answer_tokens: Annotated[
        int,
        Meta(
            description="Longest answer to each of a dozen questions in different languages, which show whether a "
            "model still answers in the language that it is asked in and ends its answers; 0 leaves this check out.",
            ge=0,
            le=4096,
            extra=unit("tokens"),
        ),
    ] = ANSWER_TOKENS
    prompt_tokens: Annotated[
        tuple[_Tokens, ...],
        Meta(description="Prompt lengths of the speed measurement.", min_length=1, extra=unit("tokens")),
    ] = (128,)
    batch_sizes: Annotated[
        tuple[_Rows, ...],
        Meta(description="Batch sizes of the speed measurement.", min_length=1, extra=unit("prompts")),
    ] = (1,)
    decode_tokens: Annotated[
        int, Meta(description="Tokens generated in the speed measurement.", ge=2, le=4096, extra=unit("tokens"))
    ] = 32
    repeats: Annotated[
        int,
        Meta(description="Timed repeats after a warm-up; their median is reported.", ge=1, le=100, extra=unit("runs")),
    ] = 3
    cache_context: Annotated[
        int,
        Meta(
            description="Context length for which the size of the KV cache is reported.",
            ge=1,
            le=2**24,
            extra=unit("tokens"),
        ),
    ] = 4096
