"""Every setting of a project: frozen structs, each field with its meaning, unit and bounds.

The window's tooltips, the command line's ``--set`` and the validation all read the same annotations.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.api.evaluation_events import Variant as Variant
from engine.api.evaluation_settings import EvaluationSettings as EvaluationSettings
from engine.api.export_settings import EdgeSettings as EdgeSettings
from engine.api.export_settings import ExportSettings as ExportSettings
from engine.api.recovery_settings import RecoverySettings as RecoverySettings
from engine.api.recovery_settings import TextSource as TextSource
from engine.api.savings_settings import SavingsSettings as SavingsSettings
from engine.api.search_settings import OBJECTIVE_WORDS as OBJECTIVE_WORDS
from engine.api.search_settings import Algorithm as Algorithm
from engine.api.search_settings import Objective as Objective
from engine.api.search_settings import PsoSettings as PsoSettings
from engine.api.search_settings import RacingSettings as RacingSettings
from engine.api.search_settings import SearchSettings as SearchSettings
from engine.api.search_settings import WeightSettings as WeightSettings
from engine.api.search_settings import WoaSettings as WoaSettings
from engine.api.search_settings import as_published as as_published
from engine.api.units import unit

Device = Annotated[str, Meta(pattern=r"^(auto|cpu|mps|xpu(:\d+)?|cuda(:\d+)?)$")]


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
        Meta(description="Number format of the weights in memory; auto measures what a CPU is fast at."),
    ] = "auto"
    states_megabytes: Annotated[
        float,
        Meta(
            description="Memory for hidden states while candidates are scored (10^6 bytes); what does not fit is "
            "computed again.",
            gt=0.0,
            le=1e7,
            extra=unit("MB"),
        ),
    ] = 2000.0


class CalibrationSettings(Struct, frozen=True, kw_only=True):
    """The token windows on which candidates are compared, and the held-out ones on which results are told."""

    source: Annotated[
        TextSource,
        Meta(description="Text written by the dense model itself, a local file, a Hub data set, or a mix."),
    ] = "self"
    mix: Annotated[
        tuple[str, ...],
        Meta(
            description="Texts that take turns when source is 'mix': self, wikitext, web, instructions, a text file "
            "or a Hub data set id; 'web:2' counts twice.",
            min_length=1,
        ),
    ] = ("self", "wikitext", "web", "instructions")
    path: Annotated[
        str,
        Meta(
            description="Local text file (.txt, .jsonl, .json, .parquet, .csv, .tsv; .gz or .zst) "
            "when source is 'file'."
        ),
    ] = ""
    dataset: Annotated[str, Meta(description="Hub data set id when source is 'dataset'; 'id:config' names a part.")] = (
        ""
    )
    split: Annotated[str, Meta(description="Split of the Hub data set.")] = "train"
    windows: Annotated[
        int, Meta(description="Calibration windows that every candidate sees.", ge=1, le=65536, extra=unit("windows"))
    ] = 16
    heldout_windows: Annotated[
        int,
        Meta(description="Held-out windows, never seen by search or recovery.", ge=1, le=65536, extra=unit("windows")),
    ] = 16
    window_length: Annotated[int, Meta(description="Length of one window.", ge=8, le=32768, extra=unit("tokens"))] = 128
    chat_template: Annotated[
        bool,
        Meta(
            description="Read conversations, and let an instruction model write its own text, through its chat "
            "template, for recovery too."
        ),
    ] = True
    scored_every: Annotated[
        int,
        Meta(
            description="Only each n-th position goes through the LM head while candidates are compared.",
            ge=1,
            le=64,
            extra=unit("positions"),
        ),
    ] = 4
    seed: Annotated[
        int, Meta(description="Seed of text generation and of the split into windows.", ge=0, le=2**31 - 1)
    ] = 0


class AnalysisSettings(Struct, frozen=True, kw_only=True):
    """Which layers may be removed at all."""

    protect_first: Annotated[
        int, Meta(description="Layers at the start that are never removed.", ge=0, le=512, extra=unit("layers"))
    ] = 2
    protect_last: Annotated[
        int, Meta(description="Layers at the end that are never removed.", ge=0, le=512, extra=unit("layers"))
    ] = 1
    protected: (
        Annotated[
            tuple[int, ...],
            Meta(
                description="Exact layers to protect; replaces the two counts above when given.", extra=unit("layers")
            ),
        ]
        | None
    ) = None


class BudgetSettings(Struct, frozen=True, kw_only=True):
    """How small the model must get: exactly one of the fields is given."""

    layers: (
        Annotated[int, Meta(description="Decoder layers to remove.", ge=0, le=2048, extra=unit("layers"))] | None
    ) = None
    percent: (
        Annotated[
            float,
            Meta(description="Share of the model's bytes to remove, at least.", ge=0.0, lt=100.0, extra=unit("%")),
        ]
        | None
    ) = None
    megabytes: (
        Annotated[
            float,
            Meta(description="Largest size of the result on disk (10^6 bytes).", gt=0.0, le=1e9, extra=unit("MB")),
        ]
        | None
    ) = None
    speedup: (
        Annotated[
            float,
            Meta(
                description="How many times faster to decode, at least, by estimate: each token reads all weights.",
                ge=1.0,
                le=1000.0,
                extra=unit("×"),
            ),
        ]
        | None
    ) = None


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
    savings: SavingsSettings = SavingsSettings()
    edge: EdgeSettings = EdgeSettings()
