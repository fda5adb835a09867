"""All events of the engine: small frozen structs, one JSON line each, numbered and timed.

They drive window, command line, journal, report and tests alike: a view is a fold over events (``run_state``).
"""

import math
from typing import Any, get_args

import msgspec

from engine.api.compensation_events import CandidateCompensated as CandidateCompensated
from engine.api.compensation_events import CompensationFinished as CompensationFinished
from engine.api.compensation_events import GapFolded as GapFolded
from engine.api.compensation_events import MapRefitted as MapRefitted
from engine.api.earlier_events import with_current_names
from engine.api.estimate_events import EstimateMade as EstimateMade
from engine.api.evaluation_events import AnswersChecked as AnswersChecked
from engine.api.evaluation_events import CheckedAnswer as CheckedAnswer
from engine.api.evaluation_events import DifferenceMeasured as DifferenceMeasured
from engine.api.evaluation_events import EvaluationEvent as EvaluationEvent
from engine.api.evaluation_events import FootprintMeasured as FootprintMeasured
from engine.api.evaluation_events import ModelEvaluated as ModelEvaluated
from engine.api.evaluation_events import SpeedMeasured as SpeedMeasured
from engine.api.evaluation_events import Spread as Spread
from engine.api.evaluation_events import TaskEvaluated as TaskEvaluated
from engine.api.evaluation_events import TaskFinished as TaskFinished
from engine.api.evaluation_events import TextEvaluated as TextEvaluated
from engine.api.evaluation_events import TextGenerated as TextGenerated
from engine.api.event import STAGES as STAGES
from engine.api.event import DurationsPredicted as DurationsPredicted
from engine.api.event import Emit as Emit
from engine.api.event import Event as Event
from engine.api.event import Heartbeat as Heartbeat
from engine.api.event import JournalCompacted as JournalCompacted
from engine.api.event import MessageLogged as MessageLogged
from engine.api.event import Outcome as Outcome
from engine.api.event import RemovalSet as RemovalSet
from engine.api.event import ReportWritten as ReportWritten
from engine.api.event import RunFinished as RunFinished
from engine.api.event import RunStarted as RunStarted
from engine.api.event import Stage as Stage
from engine.api.event import StageFinished as StageFinished
from engine.api.event import StageProgressed as StageProgressed
from engine.api.event import StageStarted as StageStarted
from engine.api.event import TextForm as TextForm
from engine.api.event import TextPart as TextPart
from engine.api.export_events import ExportTargetFound as ExportTargetFound
from engine.api.export_events import ExportVerified as ExportVerified
from engine.api.export_events import ExportWritten as ExportWritten
from engine.api.export_events import FolderPushed as FolderPushed
from engine.api.hub_events import HubEvent
from engine.api.message import plain_text
from engine.api.model_events import ModelPrepared as ModelPrepared
from engine.api.playground_events import PieceWritten as PieceWritten
from engine.api.recovery_events import RecoveryDidNotFit as RecoveryDidNotFit
from engine.api.recovery_events import RecoveryFinished as RecoveryFinished
from engine.api.recovery_events import RecoveryMeasured as RecoveryMeasured
from engine.api.recovery_events import RecoveryStepped as RecoveryStepped
from engine.api.run_events import ResearchSummarised as ResearchSummarised
from engine.api.run_events import RunSummarised as RunSummarised
from engine.api.search_events import BaselineScored as BaselineScored
from engine.api.search_events import CandidatesScored as CandidatesScored
from engine.api.search_events import IterationFinished as IterationFinished
from engine.api.search_events import ParetoPoint as ParetoPoint
from engine.api.search_events import SearchCompared as SearchCompared
from engine.api.search_events import SearchEvent
from engine.api.search_events import SearchFinished as SearchFinished
from engine.api.search_events import TextFit as TextFit
from engine.api.worker_events import ClusterNodeFound as ClusterNodeFound
from engine.api.worker_events import DeviceFound as DeviceFound
from engine.api.worker_events import WorkerFigures as WorkerFigures
from engine.api.worker_events import WorkersMeasured as WorkersMeasured


class DeviceChosen(Event, frozen=True, kw_only=True):
    """Device and number format of the run: what ``auto`` was resolved to, kept when the run resumes."""

    device: str
    dtype: str


class CalibrationPrepared(Event, frozen=True, kw_only=True):
    """The token windows are ready. ``preview`` holds the first words of a few of them as text."""

    source: str
    windows: int
    heldout_windows: int
    recovery_windows: int
    window_length: int
    digest: str
    preview: tuple[str, ...]


class ReferenceMeasured(Event, frozen=True, kw_only=True):
    """The dense model was measured on the calibration windows."""

    perplexity: float
    scored_positions: int


class LayerAnalysed(Event, frozen=True, kw_only=True):
    """The effect of removing one decoder layer alone was measured."""

    layer: int
    block_influence: float
    angular_distance: float
    kl: float
    perplexity: float
    parameters: int
    bytes: int
    seconds: float
    """Measured time to apply the layer to the calibration windows, per 1,000 tokens."""
    estimated_from: int | None = None
    """Number of windows from which KL and perplexity were estimated; None if they were measured on all windows."""


class BudgetResolved(Event, frozen=True, kw_only=True):
    """The budget was resolved to a number of layers; sizes assume that the smallest prunable layers are removed."""

    layers: int
    protected: tuple[int, ...]
    prunable: tuple[int, ...]
    parameters: int
    bytes: int


class TextPreviewed(Event, frozen=True, kw_only=True):
    """How the engine would read one text of a project: its detected form and its first windows."""

    part: TextPart
    source: str
    """Display name: a path, a data set's id, or the model's own text."""
    form: TextForm
    columns: tuple[str, ...]
    """Columns that hold the text."""
    share: float
    """Share of the windows of this part of the project; below 1 in a mix."""
    chat_template: bool
    """Whether the model's chat template is applied."""
    documents: int | None
    """Number of documents; None for streamed or generated text."""
    tokens: int | None
    """Approximate total number of tokens; None for streamed or generated text."""
    windows_wanted: int
    window_length: int
    windows: tuple[str, ...]
    """The first few windows as text, special tokens included; empty before the model has generated its text."""


AnyEvent = (
    RunStarted
    | StageStarted
    | StageProgressed
    | DurationsPredicted
    | StageFinished
    | MessageLogged
    | Heartbeat
    | WorkersMeasured
    | JournalCompacted
    | ModelPrepared
    | DeviceChosen
    | CalibrationPrepared
    | ReferenceMeasured
    | LayerAnalysed
    | BudgetResolved
    | SearchEvent
    | CandidateCompensated
    | GapFolded
    | MapRefitted
    | CompensationFinished
    | RecoveryStepped
    | RecoveryMeasured
    | RecoveryFinished
    | RecoveryDidNotFit
    | EvaluationEvent
    | ExportTargetFound
    | ExportWritten
    | ExportVerified
    | FolderPushed
    | ReportWritten
    | RunSummarised
    | ResearchSummarised
    | RunFinished
    | DeviceFound
    | ClusterNodeFound
    | EstimateMade
    | TextPreviewed
    | PieceWritten
    | HubEvent
)


class _Tagged(msgspec.Struct):
    event: str


_KINDS = frozenset(kind.__struct_config__.tag for kind in get_args(AnyEvent))
_tag_decoder = msgspec.json.Decoder(_Tagged)
_encoder = msgspec.json.Encoder(enc_hook=plain_text)
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent, strict=False)


def encode_event(event: Event) -> bytes:
    """Return the event as one JSON line without its line end.

    JSON has no infinity: an infinite or undefined number, such as the perplexity of a model that was pruned too far, is
    written as the text "inf" or "nan", which ``decode_event`` reads back as the number.
    """
    line = _encoder.encode(event)
    return _encoder.encode(_spelt_out(msgspec.to_builtins(event, enc_hook=plain_text))) if b"null" in line else line


def _spelt_out(value: Any) -> Any:
    """Return ``value`` with each number that JSON cannot hold replaced by its name."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _spelt_out(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_spelt_out(part) for part in value]
    return value


def decode_event(line: bytes) -> AnyEvent:
    """Read one JSON line, also one that an earlier version wrote.

    Raises:
        msgspec.MsgspecError: The line is torn, or of a kind that this version does not know.
    """
    try:
        event: AnyEvent = _decoder.decode(line)
    except msgspec.ValidationError:
        renamed = with_current_names(line)
        if renamed is None:
            raise
        event = msgspec.convert(renamed, AnyEvent, strict=False)
    return event


def is_known_kind(line: bytes) -> bool:
    """Return whether a JSON line names a kind of event that this version knows.

    Raises:
        msgspec.MsgspecError: It is no event at all.
    """
    return _tag_decoder.decode(line).event in _KINDS
