"""Every setting of the evaluation."""

from typing import Annotated

from msgspec import Meta, Struct

from engine.api.units import unit


class EvaluationSettings(Struct, frozen=True, kw_only=True):
    """How dense, pruned and recovered model are compared."""

    text: Annotated[str, Meta(description="Text file for perplexity; empty means the held-out windows only.")] = ""
    tasks: Annotated[
        tuple[str, ...],
        Meta(description="lm-eval task names; those that begin with local_ read evaluation.data_folder."),
    ] = ()
    task_folder: Annotated[str, Meta(description="Folder with more lm-eval task files; empty for none.")] = ""
    data_folder: Annotated[
        str,
        Meta(
            description="Folder with benchmark files for the local_ tasks: hellaswag/validation.jsonl, "
            "arc_easy/test.jsonl and so on."
        ),
    ] = ""
    task_limit: Annotated[
        int, Meta(description="Samples per task; 0 means all of them.", ge=0, le=10**9, extra=unit("samples"))
    ] = 0
    fewshot: (
        Annotated[
            int,
            Meta(
                description="Solved examples in front of each question; each task's own number when not given.",
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
            description="Answers that the model reads at once; halved when memory runs out.",
            ge=1,
            le=4096,
            extra=unit("answers"),
        ),
    ] = 8
    prompt_tokens: Annotated[
        int, Meta(description="Prompt length of the speed measurement.", ge=1, le=131072, extra=unit("tokens"))
    ] = 128
    decode_tokens: Annotated[
        int, Meta(description="Tokens generated in the speed measurement.", ge=2, le=4096, extra=unit("tokens"))
    ] = 32
    repeats: Annotated[
        int, Meta(description="Timed repeats, of which the median is told.", ge=1, le=100, extra=unit("runs"))
    ] = 3
