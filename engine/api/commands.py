"""All commands to the engine: one JSON line each on the worker's standard input.

A worker does one job, that of the first command, and exits. While it works, it accepts ``StopRun`` only.
"""

from typing import Annotated, Any, Literal

import msgspec

from engine.api.errors import BadInput, not_unicode
from engine.api.evaluation_settings import ANSWER_TOKENS
from engine.api.events import Stage, TextPart
from engine.api.message import worded
from engine.api.settings import Algorithm, ExportedVariant, Variant

StopMode = Literal["pause", "keep_best", "discard"]
HubSort = Literal["downloads", "likes", "recent"]


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="command", tag=True):
    """The base of all commands."""


class RunProject(Command, frozen=True, kw_only=True):
    """Run a project's stages up to ``until``, resuming the latest run where its settings are the project's."""

    project: str
    until: Stage = "export"
    new_run: bool = False
    keep_best: bool = False
    """End a search that was paused with the best set that its journal holds, instead of continuing it."""


class ExportRun(Command, frozen=True, kw_only=True):
    """Export a run's model to a folder; an empty ``run`` selects the latest that has a removal set."""

    project: str
    folder: str
    run: str = ""
    variant: ExportedVariant = "best"
    formats: tuple[str, ...] = ("safetensors",)
    """Formats in the notation of ``engine.api.export_targets``; each of several gets a subfolder of ``folder``."""
    layers: tuple[int, ...] = ()
    """Numbers of layers to remove. Where given, the best set known for each number is exported without recovery, into
    subfolders of ``folder``, instead of the run's own set."""


class CompareSearches(Command, frozen=True, kw_only=True):
    """Search with every algorithm and seed on equal terms; emits one ``SearchCompared`` for each."""

    project: str
    algorithms: tuple[Algorithm, ...]
    seeds: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 3
    """Number of seeds, counted from 0. Deterministic algorithms search once."""
    texts: tuple[str, ...] = ()
    """Text files on which every removal set is measured too; calibration never uses them."""


class InspectModel(Command, frozen=True, kw_only=True):
    """Fetch or convert a source; emits ``ModelPrepared``."""

    source: str
    revision: str = "main"


class EstimateRun(Command, frozen=True, kw_only=True):
    """Emit one ``EstimateMade`` for each device (``device`` empty) or for the named one."""

    settings: dict[str, Any]
    """Plain form of ``Settings``, from ``msgspec.to_builtins(settings)``."""
    device: str = ""
    others: tuple[dict[str, Any], ...] = ()
    """Further plans for the same model, such as the presets; one that cannot be met has no estimate."""


class PreviewText(Command, frozen=True, kw_only=True):
    """Read the beginnings of the texts of calibration or recovery; emits one ``TextPreviewed`` for each."""

    settings: dict[str, Any]
    """Plain form of ``Settings``, as for ``EstimateRun``."""
    part: TextPart = "recovery"


class GenerateText(Command, frozen=True, kw_only=True):
    """Let a run's models continue a prompt in turn; emits ``PieceWritten`` while they generate."""

    project: str
    prompt: str
    run: str = ""
    """Empty selects the latest that has a removal set."""
    variants: tuple[Variant, ...] = ()
    """Empty selects all that the run has."""
    chat: bool = True
    """Apply the model's chat template to the prompt as a user's turn, where the model has one."""
    max_tokens: Annotated[int, msgspec.Meta(ge=1, le=8192)] = 128
    temperature: Annotated[float, msgspec.Meta(ge=0.0, le=2.0)] = 0.0
    """0 selects greedy decoding."""
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0
    """Seed of the sampling; every variant draws the same random numbers."""


class PruneModel(Command, frozen=True, kw_only=True):
    """Remove exactly these layers from a source and export the rest; emits ``ExportWritten`` and its checks."""

    source: str
    removed: tuple[int, ...]
    folder: str
    revision: str = "main"
    formats: tuple[str, ...] = ("safetensors",)
    llama_cpp: str = ""
    """Folder of a llama.cpp checkout, as in the setting ``export.llama_cpp``."""
    compensate: bool = False
    """Whether to fold what the layers did into the layers beside them."""
    text: str = ""
    """Text file to compensate on; empty for text that the model generates."""


class ListExportTargets(Command, frozen=True, kw_only=True):
    """Emit one ``ExportTargetFound`` for each format; with a source, for that model."""

    source: str = ""
    llama_cpp: str = ""


class MeasureSpeed(Command, frozen=True, kw_only=True):
    """Time the models of a run again; emits ``SpeedMeasured``, which its journal keeps."""

    project: str
    run: str


class EvaluateModel(Command, frozen=True, kw_only=True):
    """Measure one source unchanged: perplexity on texts, speed, lm-eval tasks; emits ``ModelEvaluated`` at the end."""

    source: str
    texts: tuple[str, ...] = ()
    revision: str = "main"
    tasks: tuple[str, ...] = ()
    task_folder: str = ""
    data_folder: str = ""
    task_limit: int = 0
    fewshot: int | None = None
    answer_tokens: int = ANSWER_TOKENS
    """As ``evaluation.answer_tokens``; 0 leaves the check of answers out."""
    device: str = "auto"


class ListDevices(Command, frozen=True, kw_only=True):
    """Emit one ``DeviceFound`` for each device."""


class ListTasks(Command, frozen=True, kw_only=True):
    """Emit one ``TasksListed``."""


class SearchHub(Command, frozen=True, kw_only=True):
    """Search the Hub for models; emits one ``HubSearched``, even where the Hub cannot be reached."""

    query: str = ""
    sort: HubSort = "downloads"
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    """Maximum number of models in the result; the Hub returns them in pages of a hundred."""


class ListModels(Command, frozen=True, kw_only=True):
    """Emit one ``ModelsListed`` with all models in the caches of this computer."""


class DeleteModel(Command, frozen=True, kw_only=True):
    """Delete a model from the caches, or only the remains of an unfinished download; emits ``ModelsListed``."""

    source: str
    unfinished_only: bool = False


class DownloadModel(Command, frozen=True, kw_only=True):
    """Download a Hub model into the cache; emits ``DownloadAdvanced``, then ``ModelDownloaded``.

    A pause keeps the received part for the next attempt; a discard deletes it.
    """

    source: str
    revision: str = "main"
    token: str = ""
    """Token for this download; empty selects the one in the keyring, or that of the Hub's own login."""


class KeepToken(Command, frozen=True, kw_only=True):
    """Verify a token with the Hub and store it in the keyring; emits ``TokenKept``. Empty deletes the stored one."""

    token: str


class PushFolder(Command, frozen=True, kw_only=True):
    """Upload an export to the Hub; emits ``FolderPushed``."""

    folder: str
    repo: str
    private: bool = False


ReportForm = Literal["page", "paper"]


class WriteReport(Command, frozen=True, kw_only=True):
    """Write the report of a run as one HTML file; emits ``ReportWritten``.

    ``form``: a page for browsers, or a plain page with its charts as images that Qt's rich text can print.
    """

    project: str
    run: str
    file: str
    form: ReportForm = "page"


class SummariseRuns(Command, frozen=True, kw_only=True):
    """Emit one ``RunSummarised`` for each run of a project, oldest first, then ``ResearchSummarised``."""

    project: str


class StopRun(Command, frozen=True, kw_only=True):
    """Pause the run (free the device, resume later), stop it and keep the best so far, or discard it."""

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
    | MeasureSpeed
    | EvaluateModel
    | ListDevices
    | ListTasks
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
"""Commands that need no model library."""
ReportCommand = WriteReport | SummariseRuns
"""Commands that read journals only."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyCommand)


def encode_command(command: Command) -> bytes:
    """Return a command as one JSON line without its line end."""
    return _encoder.encode(command)


def check_command(command: Command) -> None:
    """Check that all texts of a command are Unicode, as those of its events must be.

    Raises:
        BadInput: One is not.
    """
    try:
        encode_command(command)
    except UnicodeEncodeError as error:
        if error.object == getattr(command, "token", ""):  # it is never shown
            raise BadInput(worded("The token holds a character that is not Unicode; copy it again.")) from None
        raise not_unicode(error.object) from None


def decode_command(line: bytes) -> AnyCommand:
    """Read one JSON line.

    Raises:
        msgspec.MsgspecError: The line is not a command.
    """
    command: AnyCommand = _decoder.decode(line)
    return command
