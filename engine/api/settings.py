"""All settings of a project: frozen structs whose fields carry meaning, unit and bounds as annotations.

The window's tooltips, the command line's ``--set`` and the validation read the same annotations.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.api.compensation_settings import CompensationSettings as CompensationSettings
from engine.api.evaluation_events import Variant as Variant
from engine.api.evaluation_settings import EvaluationSettings as EvaluationSettings
from engine.api.export_settings import EdgeSettings as EdgeSettings
from engine.api.export_settings import ExportedVariant as ExportedVariant
from engine.api.export_settings import ExportSettings as ExportSettings
from engine.api.paths_in_settings import leads_to
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

Device = Annotated[str, Meta(pattern=r"^(auto|cpu|mps|xpu(:\d+)?|cuda(:\d+)?)$", extra=leads_to("words"))]


class ModelSettings(Struct, frozen=True, kw_only=True):
    """The model to prune."""

    source: Annotated[
        str,
        Meta(
            description="'demo', a Hub id such as org/name, a model folder, or a GGUF file; empty until one is chosen.",
            extra=leads_to("source"),
        ),
    ] = "demo"
    revision: Annotated[
        str, Meta(description="Branch, tag or commit of a Hub model.", min_length=1, extra=leads_to("words"))
    ] = "main"


class DeviceSettings(Struct, frozen=True, kw_only=True):
    """Where the engine runs the model."""

    name: Annotated[Device, Meta(description="'auto', 'cpu', 'cuda:0', 'mps' or 'xpu'.")] = "auto"
    workers: Annotated[
        int,
        Meta(
            description="Devices of that kind that score candidates and write text together, the named one first (on a "
            "CPU, processes that share its cores); 0 means all of them.",
            ge=0,
            le=64,
            extra=unit("devices"),
        ),
    ] = 1
    cluster: Annotated[
        str,
        Meta(
            description="Ray cluster whose devices help, all of the kind of this one: 'auto' for the one that runs on "
            "this machine, 'ray://HOST:10001' or 'HOST:6379'; empty for none.",
            pattern=r"^(auto|(ray://)?[A-Za-z0-9._-]+:\d{1,5})?$",
            extra=leads_to("network"),
        ),
    ] = ""
    cluster_workers: Annotated[
        int,
        Meta(
            description="Most workers of the cluster; 0 means one for each GPU, or for each node where the model runs "
            "on a CPU.",
            ge=0,
            le=4096,
            extra=unit("workers"),
        ),
    ] = 0
    dtype: Annotated[
        Literal["auto", "float32", "bfloat16", "float16"],
        Meta(description="Number format of the weights in memory; 'auto' measures which one a CPU computes fastest."),
    ] = "auto"
    memory_megabytes: Annotated[
        float,
        Meta(
            description="Memory of the device that the engine may use (MB); 0 means nine tenths of what is free. A "
            "model that does not fit is run with its layers fetched one after the other.",
            ge=0.0,
            le=1e8,
            extra=unit("MB"),
        ),
    ] = 0.0
    offload: Annotated[
        Literal["auto", "never", "memory", "disk"],
        Meta(
            description="Where layers that do not fit on the device wait: main memory (unless the device is the CPU), "
            "the model's files on disk, 'auto' for memory where there is room, or 'never' to refuse a model that does "
            "not fit as a whole."
        ),
    ] = "auto"
    four_bit: Annotated[
        bool,
        Meta(
            description="Search, fold and train with the model's linear layers in 4 bits (NF4), which needs "
            "bitsandbytes. Evaluation and export take the weights as they are."
        ),
    ] = False
    states_megabytes: Annotated[
        float,
        Meta(
            description="RAM for hidden states while candidates are scored (MB); states that do not fit are "
            "recomputed, or written to disk where layers are fetched one after the other.",
            gt=0.0,
            le=1e7,
            extra=unit("MB"),
        ),
    ] = 2000.0

    def with_memory_of(self, other: "DeviceSettings") -> "DeviceSettings":
        """Return these settings with those of ``other`` that decide who applies layers, and which ones are fetched.

        A run keeps its results when they change.
        """
        return msgspec.structs.replace(
            self,
            workers=other.workers,
            cluster=other.cluster,
            cluster_workers=other.cluster_workers,
            memory_megabytes=other.memory_megabytes,
            offload=other.offload,
        )


class CalibrationSettings(Struct, frozen=True, kw_only=True):
    """The token windows on which candidates are scored, and the held-out windows on which results are reported."""

    source: Annotated[
        TextSource,
        Meta(description="Calibration text: generated by the dense model, a local file, a Hub data set, or a mix."),
    ] = "self"
    mix: Annotated[
        tuple[str, ...],
        Meta(
            description="Texts to interleave when source is 'mix': self, wikitext, web, instructions, a text file, "
            "or a Hub data set id; 'web:2' has weight 2.",
            min_length=1,
            extra=leads_to("mix"),
        ),
    ] = ("self", "wikitext", "web", "instructions")
    path: Annotated[
        str,
        Meta(
            description="Local text file (.txt, .jsonl, .json, .parquet, .csv, .tsv; .gz or .zst) "
            "when source is 'file'.",
            extra=leads_to("data"),
        ),
    ] = ""
    dataset: Annotated[
        str,
        Meta(
            description="Hub data set id when source is 'dataset'; append ':config' to choose a configuration.",
            extra=leads_to("words"),
        ),
    ] = ""
    split: Annotated[str, Meta(description="Split of the Hub data set.", extra=leads_to("words"))] = "train"
    windows: Annotated[
        int,
        Meta(
            description="Number of calibration windows on which candidates are scored.",
            ge=1,
            le=65536,
            extra=unit("windows"),
        ),
    ] = 16
    heldout_windows: Annotated[
        int,
        Meta(
            description="Number of held-out windows, which neither search nor recovery uses.",
            ge=1,
            le=65536,
            extra=unit("windows"),
        ),
    ] = 16
    window_length: Annotated[int, Meta(description="Length of a window.", ge=8, le=32768, extra=unit("tokens"))] = 128
    chat_template: Annotated[
        bool,
        Meta(
            description="Apply the model's chat template to conversations, and to text that an instruction model "
            "generates; recovery's texts included."
        ),
    ] = True
    scored_every: Annotated[
        int,
        Meta(
            description="Apply the LM head to every n-th position only while candidates are scored.",
            ge=1,
            le=64,
            extra=unit("positions"),
        ),
    ] = 4
    seed: Annotated[
        int, Meta(description="Seed for generating text and for splitting it into windows.", ge=0, le=2**31 - 1)
    ] = 0


class AnalysisSettings(Struct, frozen=True, kw_only=True):
    """Which layers may be removed."""

    protect_first: Annotated[
        int, Meta(description="Number of first layers that are never removed.", ge=0, le=512, extra=unit("layers"))
    ] = 2
    protect_last: Annotated[
        int, Meta(description="Number of last layers that are never removed.", ge=0, le=512, extra=unit("layers"))
    ] = 1
    protected: (
        Annotated[
            tuple[int, ...],
            Meta(
                description="Layers that are never removed; replaces the two counts above when given.",
                extra=unit("layers"),
            ),
        ]
        | None
    ) = None


class BudgetSettings(Struct, frozen=True, kw_only=True):
    """How small the model must become: exactly one of the fields is given."""

    layers: (
        Annotated[int, Meta(description="Number of decoder layers to remove.", ge=0, le=2048, extra=unit("layers"))]
        | None
    ) = None
    percent: (
        Annotated[
            float,
            Meta(description="Minimum share of the model's bytes to remove.", ge=0.0, lt=100.0, extra=unit("%")),
        ]
        | None
    ) = None
    megabytes: (
        Annotated[
            float,
            Meta(description="Maximum size of the result on disk (MB).", gt=0.0, le=1e9, extra=unit("MB")),
        ]
        | None
    ) = None
    speedup: (
        Annotated[
            float,
            Meta(
                description="Minimum decode speed-up, estimated by assuming that each token reads all weights.",
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
    compensation: CompensationSettings = CompensationSettings()
    recovery: RecoverySettings = RecoverySettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    export: ExportSettings = ExportSettings()
    savings: SavingsSettings = SavingsSettings()
    edge: EdgeSettings = EdgeSettings()
