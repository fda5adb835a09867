"""Every setting of a project: frozen structs, each field with its meaning, unit and bounds.

The window's tooltips, the command line's ``--set`` and the validation all read the same annotations.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

TextSource = Literal["self", "file", "dataset"]
Device = Annotated[str, Meta(pattern=r"^(auto|cpu|mps|xpu(:\d+)?|cuda(:\d+)?)$")]
Algorithm = Literal["pso", "woa", "evolution", "greedy", "block_influence", "angular", "random"]
Variant = Literal["dense", "pruned", "recovered"]


def _unit(name: str) -> dict[str, str]:
    return {"unit": name}


class ModelSettings(Struct, frozen=True, kw_only=True):
    """Which model is made smaller."""

    source: Annotated[
        str,
        Meta(description="'demo', a Hub id such as org/name, a model folder or a GGUF file.", min_length=1),
    ] = "demo"
    revision: Annotated[str, Meta(description="Branch, tag or commit of a Hub model.", min_length=1)] = "main"


class DeviceSettings(Struct, frozen=True, kw_only=True):
    """Where the model runs while it is worked on."""

    name: Annotated[Device, Meta(description="'auto', 'cpu', 'cuda:0', 'mps' or 'xpu'.")] = "auto"
    dtype: Annotated[
        Literal["auto", "float32", "bfloat16", "float16"],
        Meta(description="Number format of the weights in memory; auto is float32 on a CPU."),
    ] = "auto"


class CalibrationSettings(Struct, frozen=True, kw_only=True):
    """The token windows on which candidates are compared, and the held-out ones on which results are told."""

    source: Annotated[
        TextSource,
        Meta(description="Text written by the dense model itself, a local file, or a Hub data set."),
    ] = "self"
    path: Annotated[str, Meta(description="Local text file (.txt, .jsonl, .parquet, .csv) when source is 'file'.")] = ""
    dataset: Annotated[str, Meta(description="Hub data set id when source is 'dataset'; 'id:config' names a part.")] = (
        ""
    )
    split: Annotated[str, Meta(description="Split of the Hub data set.")] = "train"
    windows: Annotated[
        int, Meta(description="Calibration windows that every candidate sees.", ge=1, le=65536, extra=_unit("windows"))
    ] = 16
    heldout_windows: Annotated[
        int,
        Meta(description="Held-out windows, never seen by search or recovery.", ge=1, le=65536, extra=_unit("windows")),
    ] = 16
    window_length: Annotated[int, Meta(description="Length of one window.", ge=8, le=32768, extra=_unit("tokens"))] = (
        128
    )
    scored_every: Annotated[
        int,
        Meta(
            description="Only each n-th position goes through the LM head while candidates are compared.",
            ge=1,
            le=64,
            extra=_unit("positions"),
        ),
    ] = 4
    seed: Annotated[
        int, Meta(description="Seed of text generation and of the split into windows.", ge=0, le=2**31 - 1)
    ] = 0


class AnalysisSettings(Struct, frozen=True, kw_only=True):
    """Which layers may be removed at all."""

    protect_first: Annotated[
        int, Meta(description="Layers at the start that are never removed.", ge=0, le=512, extra=_unit("layers"))
    ] = 2
    protect_last: Annotated[
        int, Meta(description="Layers at the end that are never removed.", ge=0, le=512, extra=_unit("layers"))
    ] = 1
    protected: (
        Annotated[
            tuple[int, ...],
            Meta(
                description="Exact layers to protect; replaces the two counts above when given.", extra=_unit("layers")
            ),
        ]
        | None
    ) = None


class BudgetSettings(Struct, frozen=True, kw_only=True):
    """How small the model must get: exactly one of the fields is given."""

    layers: (
        Annotated[int, Meta(description="Decoder layers to remove.", ge=0, le=2048, extra=_unit("layers"))] | None
    ) = None
    percent: (
        Annotated[
            float,
            Meta(description="Share of the model's bytes to remove, at least.", ge=0.0, lt=100.0, extra=_unit("%")),
        ]
        | None
    ) = None
    megabytes: (
        Annotated[
            float,
            Meta(description="Largest size of the result on disk (10^6 bytes).", gt=0.0, le=1e9, extra=_unit("MB")),
        ]
        | None
    ) = None


class PsoSettings(Struct, frozen=True, kw_only=True):
    """Particle swarm optimisation (Kennedy and Eberhart 1995; inertia: Shi and Eberhart 1998)."""

    inertia_start: Annotated[float, Meta(description="Inertia weight of the first iteration.", ge=0.0, le=2.0)] = 0.9
    inertia_end: Annotated[float, Meta(description="Inertia weight of the last iteration.", ge=0.0, le=2.0)] = 0.4
    c1: Annotated[float, Meta(description="Pull of a particle's own best position.", ge=0.0, le=8.0)] = 2.05
    c2: Annotated[float, Meta(description="Pull of the neighbourhood's best position.", ge=0.0, le=8.0)] = 2.05
    velocity_limit: Annotated[
        float, Meta(description="Largest step of one score in an iteration, as a share of its range.", gt=0.0, le=1.0)
    ] = 0.25
    neighbourhood: Annotated[
        Literal["global", "ring"],
        Meta(description="Whom a particle follows: the whole swarm's best or its two neighbours' best."),
    ] = "ring"


class WoaSettings(Struct, frozen=True, kw_only=True):
    """Whale optimisation algorithm (Mirjalili and Lewis 2016)."""

    a_start: Annotated[float, Meta(description="Start of the coefficient a, which falls to 0.", gt=0.0, le=8.0)] = 2.0
    spiral: Annotated[float, Meta(description="Shape b of the logarithmic spiral.", gt=0.0, le=8.0)] = 1.0
    spiral_probability: Annotated[
        float, Meta(description="Chance p of the spiral move instead of encircling.", ge=0.0, le=1.0)
    ] = 0.5


class SearchSettings(Struct, frozen=True, kw_only=True):
    """How the removal set is looked for."""

    algorithm: Annotated[
        Algorithm,
        Meta(description="Particle swarm, whale, or a baseline: evolution, greedy, a similarity criterion, random."),
    ] = "pso"
    seed: Annotated[int, Meta(description="Seed of the search.", ge=0, le=2**31 - 1)] = 0
    population: Annotated[
        int, Meta(description="Candidates in each iteration.", ge=2, le=1024, extra=_unit("candidates"))
    ] = 20
    iterations: Annotated[
        int, Meta(description="Iterations of the swarm.", ge=1, le=10000, extra=_unit("iterations"))
    ] = 15
    warm_start: Annotated[bool, Meta(description="Start part of the swarm from what the analysis found.")] = True
    avoid_repeats: Annotated[
        bool,
        Meta(description="A candidate asked before is exchanged for a neighbour; off is the textbook algorithm."),
    ] = True
    refine_share: Annotated[
        float,
        Meta(
            description="Share of each iteration that tries swaps of one layer in the best set; 0 is the textbook.",
            ge=0.0,
            le=0.9,
        ),
    ] = 0.25
    pso: PsoSettings = PsoSettings()
    woa: WoaSettings = WoaSettings()


class RecoverySettings(Struct, frozen=True, kw_only=True):
    """LoRA training of the pruned model (Hu et al. 2021), taught by the dense one."""

    enabled: Annotated[bool, Meta(description="Recover the lost accuracy with LoRA.")] = True
    source: Annotated[
        TextSource,
        Meta(description="Training text: the dense model's own, a local file, or a Hub data set."),
    ] = "self"
    path: Annotated[str, Meta(description="Local text file when source is 'file'.")] = ""
    dataset: Annotated[str, Meta(description="Hub data set id when source is 'dataset'.")] = ""
    split: Annotated[str, Meta(description="Split of the Hub data set.")] = "train"
    windows: Annotated[int, Meta(description="Different training windows.", ge=1, le=2**24, extra=_unit("windows"))] = (
        128
    )
    objective: Annotated[
        Literal["kl", "cross_entropy"],
        Meta(description="Loss: KL divergence to the dense model, or the text's own next token."),
    ] = "kl"
    rank: Annotated[int, Meta(description="LoRA rank.", ge=1, le=1024)] = 32
    alpha: Annotated[float, Meta(description="LoRA alpha; the adapter's scale is alpha / rank.", gt=0.0, le=4096.0)] = (
        32.0
    )
    dropout: Annotated[float, Meta(description="LoRA dropout.", ge=0.0, lt=1.0)] = 0.0
    target: Annotated[
        Literal["attention", "mlp", "all"],
        Meta(description="Which linear layers of a block get adapters."),
    ] = "all"
    learning_rate: Annotated[float, Meta(description="Peak learning rate.", gt=0.0, le=1.0)] = 2e-3
    warmup_share: Annotated[
        float, Meta(description="Share of the steps over which the learning rate rises.", ge=0.0, le=1.0)
    ] = 0.1
    steps: Annotated[int, Meta(description="Optimiser steps.", ge=1, le=10**7, extra=_unit("steps"))] = 64
    batch_windows: Annotated[
        int, Meta(description="Windows in one optimiser step.", ge=1, le=4096, extra=_unit("windows"))
    ] = 4
    evaluate_every: Annotated[
        int,
        Meta(
            description="Steps between held-out measurements, each with a checkpoint.",
            ge=1,
            le=10**6,
            extra=_unit("steps"),
        ),
    ] = 16
    seed: Annotated[
        int, Meta(description="Seed of adapter initialisation and of the data order.", ge=0, le=2**31 - 1)
    ] = 0


class EvaluationSettings(Struct, frozen=True, kw_only=True):
    """How dense, pruned and recovered model are compared."""

    text: Annotated[str, Meta(description="Text file for perplexity; empty means the held-out windows only.")] = ""
    tasks: Annotated[tuple[str, ...], Meta(description="lm-eval task names.")] = ()
    task_folder: Annotated[str, Meta(description="Folder with more lm-eval task files; empty for none.")] = ""
    task_limit: Annotated[
        int, Meta(description="Samples per task; 0 means all of them.", ge=0, le=10**9, extra=_unit("samples"))
    ] = 0
    prompt_tokens: Annotated[
        int, Meta(description="Prompt length of the speed measurement.", ge=1, le=131072, extra=_unit("tokens"))
    ] = 128
    decode_tokens: Annotated[
        int, Meta(description="Tokens generated in the speed measurement.", ge=2, le=4096, extra=_unit("tokens"))
    ] = 32
    repeats: Annotated[
        int, Meta(description="Timed repeats, of which the median is told.", ge=1, le=100, extra=_unit("runs"))
    ] = 3


class ExportSettings(Struct, frozen=True, kw_only=True):
    """What leaves the project at the end of a run."""

    variant: Annotated[
        Literal["best", "pruned", "recovered"],
        Meta(description="Which model is exported; best is the recovered one when recovery helped."),
    ] = "best"
    format: Annotated[Literal["safetensors"], Meta(description="File format of the export.")] = "safetensors"


class Settings(Struct, frozen=True, kw_only=True):
    """All settings of a project, by stage."""

    model: ModelSettings = ModelSettings()
    device: DeviceSettings = DeviceSettings()
    calibration: CalibrationSettings = CalibrationSettings()
    analysis: AnalysisSettings = AnalysisSettings()
    budget: BudgetSettings = BudgetSettings(percent=15.0)
    search: SearchSettings = SearchSettings()
    recovery: RecoverySettings = RecoverySettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    export: ExportSettings = ExportSettings()
