"""What the engine is told: one JSON line each on the worker's standard input.

A worker does one job - the first command - and ends. While it works, the only further command is ``StopRun``.
"""

from typing import Annotated, Any, Literal

import msgspec

from engine.api.events import Stage, TextPart
from engine.api.settings import Algorithm, Variant

StopMode = Literal["pause", "keep_best", "discard"]
HubSort = Literal["downloads", "likes", "recent"]


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="command", tag=True):
    """The head of every command."""


class RunProject(Command, frozen=True, kw_only=True):
    """Run a project's stages up to ``until``; goes on with the latest run when its settings are the project's."""

    project: str
    until: Stage = "export"
    new_run: bool = False


class ExportRun(Command, frozen=True, kw_only=True):
    """Export a run's model to a folder. An empty ``run`` means the latest that has a removal set."""

    project: str
    folder: str
    run: str = ""
    variant: Literal["best", "pruned", "recovered"] = "best"
    formats: tuple[str, ...] = ("safetensors",)
    """As ``engine.api.export_targets`` writes them; several get a folder each within ``folder``."""
    layers: tuple[int, ...] = ()
    """Numbers of layers to remove. Where they are given, the best set of each that the project knows is exported,
    without recovery and into a folder each within ``folder``, instead of the run's own."""


class CompareSearches(Command, frozen=True, kw_only=True):
    """Search with every algorithm and seed on equal terms; answers one ``SearchCompared`` for each."""

    project: str
    algorithms: tuple[Algorithm, ...]
    seeds: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 3
    """How many: 0, 1, and so on. What does not depend on chance is searched once."""
    texts: tuple[str, ...] = ()
    """Text files on which every removal set is measured as well; none of their windows is calibrated on."""


class InspectModel(Command, frozen=True, kw_only=True):
    """Fetch or convert a source and answer ``ModelPrepared``."""

    source: str
    revision: str = "main"


class EstimateRun(Command, frozen=True, kw_only=True):
    """Answer one ``EstimateMade`` for each device (``device`` empty) or for the one named."""

    settings: dict[str, Any]
    """Plain form of ``Settings``: what ``msgspec.to_builtins(settings)`` gives."""
    device: str = ""


class PreviewText(Command, frozen=True, kw_only=True):
    """Look at the texts that calibration or recovery would read; answers one ``TextPreviewed`` for each of them."""

    settings: dict[str, Any]
    """Plain form of ``Settings``, as for ``EstimateRun``."""
    part: TextPart = "recovery"


class GenerateText(Command, frozen=True, kw_only=True):
    """Have a run's models write after a prompt, one after the other; answers ``PieceWritten`` as they do."""

    project: str
    prompt: str
    run: str = ""
    """Empty means the latest that has a removal set."""
    variants: tuple[Variant, ...] = ()
    """None named means all that the run has."""
    chat: bool = True
    """Put the prompt as a user's turn through the model's chat template, where it has one."""
    max_tokens: Annotated[int, msgspec.Meta(ge=1, le=8192)] = 128
    temperature: Annotated[float, msgspec.Meta(ge=0.0, le=2.0)] = 0.0
    """0 takes the likeliest token each time."""
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0
    """Of the sampling; every variant draws with the same numbers."""


class PruneModel(Command, frozen=True, kw_only=True):
    """Remove exactly these layers from a source and export what is left; answers ``ExportWritten`` and its checks."""

    source: str
    removed: tuple[int, ...]
    folder: str
    revision: str = "main"
    formats: tuple[str, ...] = ("safetensors",)
    llama_cpp: str = ""
    """A llama.cpp checkout, as in the setting ``export.llama_cpp``."""


class ListExportTargets(Command, frozen=True, kw_only=True):
    """Answer one ``ExportTargetFound`` for each format; with a source, for that model."""

    source: str = ""
    llama_cpp: str = ""


class EvaluateModel(Command, frozen=True, kw_only=True):
    """Measure one source as it is: perplexity on texts, speed, lm-eval tasks; answers ``ModelEvaluated`` at the end."""

    source: str
    texts: tuple[str, ...] = ()
    revision: str = "main"
    tasks: tuple[str, ...] = ()
    task_folder: str = ""
    data_folder: str = ""
    task_limit: int = 0
    fewshot: int | None = None
    device: str = "auto"


class ListDevices(Command, frozen=True, kw_only=True):
    """Answer one ``DeviceFound`` for each device."""


class SearchHub(Command, frozen=True, kw_only=True):
    """Look for models on the Hub; answers one ``HubSearched``, also where the Hub cannot be reached."""

    query: str = ""
    sort: HubSort = "downloads"
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    """Most models of the answer; the Hub hands out a hundred at a time."""


class ListModels(Command, frozen=True, kw_only=True):
    """Answer one ``ModelsListed`` with every model in the caches of this computer."""


class DeleteModel(Command, frozen=True, kw_only=True):
    """Take a model out of the caches, or only what an unfinished download has left; answers ``ModelsListed``."""

    source: str
    unfinished_only: bool = False


class DownloadModel(Command, frozen=True, kw_only=True):
    """Fetch a model of the Hub into its cache; answers ``DownloadAdvanced``, then ``ModelDownloaded``.

    A pause keeps what has arrived for the next try; a discard throws it away.
    """

    source: str
    revision: str = "main"
    token: str = ""
    """For this download; empty means the one in the keyring, or that of the Hub's own login."""


class KeepToken(Command, frozen=True, kw_only=True):
    """Ask the Hub whose token this is and keep it in the keyring; answers ``TokenKept``. Empty forgets the kept one."""

    token: str


class PushFolder(Command, frozen=True, kw_only=True):
    """Upload an export to the Hub; answers ``FolderPushed``."""

    folder: str
    repo: str
    private: bool = False


ReportForm = Literal["page", "paper"]


class WriteReport(Command, frozen=True, kw_only=True):
    """Write the report of a run as one HTML file; answers ``ReportWritten``.

    ``form``: a page for browsers, or the plain one with its charts as images that a text printer can lay out.
    """

    project: str
    run: str
    file: str
    form: ReportForm = "page"


class SummariseRuns(Command, frozen=True, kw_only=True):
    """Answer one ``RunSummarised`` for each run of a project, the oldest first, and ``ResearchTold`` at the end."""

    project: str


class StopRun(Command, frozen=True, kw_only=True):
    """Pause (free the device, go on later), stop and keep the best so far, or discard the run."""

    mode: StopMode


AnyCommand = (
    RunProject
    | ExportRun
    | CompareSearches
    | InspectModel
    | EstimateRun
    | PreviewText
    | GenerateText
    | PruneModel
    | EvaluateModel
    | ListDevices
    | ListExportTargets
    | SearchHub
    | ListModels
    | DeleteModel
    | DownloadModel
    | KeepToken
    | PushFolder
    | WriteReport
    | SummariseRuns
    | StopRun
)
HubCommand = SearchHub | ListModels | DeleteModel | DownloadModel | KeepToken | PushFolder
"""Those that need no model library."""
ReportCommand = WriteReport | SummariseRuns
"""Those that read journals only."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyCommand)


def encode_command(command: Command) -> bytes:
    """One JSON line, without its line end."""
    return _encoder.encode(command)


def decode_command(line: bytes) -> AnyCommand:
    """Read one JSON line.

    Raises:
        msgspec.MsgspecError: the line is not a command.
    """
    command: AnyCommand = _decoder.decode(line)
    return command
