"""The side of a worker: a dense model on one device, which answers requests."""

import socket
from pathlib import Path

import msgspec
import torch
from transformers import PreTrainedModel

from engine.api.device_errors import device_failure
from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.message import Message, ended, joined, worded
from engine.api.system_errors import refusal, system_error
from engine.calibration.text_settings import text_generator
from engine.evaluation.task_questions import task_questions
from engine.fitness.calibration_set import CalibrationSet, CalibrationWindows
from engine.fitness.questions import Questions, questions_digest
from engine.fitness.replica import Replica
from engine.models.decoder_stack import DecoderStack
from engine.models.devices import device_identity, device_label, used_memory
from engine.models.folder import ModelFolder
from engine.models.four_bit import load_four_bit
from engine.models.loading import load_model, load_tokenizer
from engine.models.out_of_memory import free_unused_memory, one_memory_error
from engine.models.placement import choose_placement, memory_to_use, spread_placement
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.pipeline.workers.agreement import check_model, check_versions
from engine.pipeline.workers.messages import (
    Answer,
    BlocksWritten,
    PiecesWalked,
    PrepareItems,
    StartWorker,
    WalkPieces,
    WorkerFailed,
    WorkerReady,
    WriteBlocks,
    decoded_request,
    encoded,
    packed,
    unpacked,
)


class DeviceWorker:
    """Answers the requests of one run, one after the other."""

    def __init__(self) -> None:
        self._held: _Held | None = None

    def answer(self, request: bytes) -> bytes:
        """Return the answer to a request; what goes wrong is an answer too."""
        return encoded(self._answer(request))

    def _answer(self, request: bytes) -> Answer:
        try:
            with one_memory_error():
                return self._done(request)
        except torch.OutOfMemoryError:
            failed = WorkerFailed(out_of_memory=True)
        except Exception as error:
            failed = WorkerFailed(out_of_memory=False, reason=_reason(error).template)
        free_unused_memory()  # outside the handler, whose traceback keeps alive what filled the memory
        return failed

    def _done(self, request: bytes) -> Answer:
        asked = decoded_request(request)
        if isinstance(asked, StartWorker):
            self._held = _Held(asked)
            return self._held.ready()
        if self._held is None:
            raise LayerSwarmError(worded("The worker was asked for work before it had a model."))
        if isinstance(asked, PrepareItems):
            self._held.prepare(asked)
            return self._held.ready()
        if isinstance(asked, WriteBlocks):
            return BlocksWritten(windows=self._held.written(asked))
        return self._held.walked(asked)


class _Held:
    """A model on a device, and the calibration sets that it is given."""

    def __init__(self, start: StartWorker) -> None:
        check_versions(start.versions)
        self._settings, self._device, self._dtype = start.settings, start.device, getattr(torch, start.dtype)
        if start.threads:
            torch.set_num_threads(start.threads)
        self._path = Path(start.folder)
        check_model(self._path, start.digest)
        self._folder = ModelFolder(self._path, self._path.name, str(self._path), start.digest)
        self._devices = start.devices or (start.device,)
        self._model = self._load(start)
        self._replicas: dict[str, Replica] = {}

    def _load(self, start: StartWorker) -> PreTrainedModel:
        if self._settings.device.four_bit:
            return load_four_bit(self._path, self._device, self._dtype)
        sizes, settings = measure_sizes(self._path), self._settings.device
        placement = None
        if len(self._devices) > 1:
            room = min(memory_to_use(device, settings) for device in self._devices)
            placement = spread_placement(sizes, self._dtype, self._devices, room, start.beside)
        placement = placement or choose_placement(
            sizes, self._dtype, self._device, settings, start.beside, sharing=start.sharing
        )
        return load_model(self._path, self._device, self._dtype, placement=placement)

    def ready(self) -> WorkerReady:
        used, total = self._memory()
        label, count = device_label(self._device), len(self._devices)
        return WorkerReady(
            host=socket.gethostname(),
            label=f"{count} × {label}" if count > 1 else label,
            identity=device_identity(self._device),
            memory_used=used,
            memory_total=total,
        )

    def _memory(self) -> tuple[int, int]:
        """Return the bytes that are used and those in all, of all its devices."""
        found = [used_memory(device) for device in self._devices]
        return sum(used for used, _ in found), sum(total for _, total in found)

    def prepare(self, asked: PrepareItems) -> None:
        self._replicas[asked.name] = Replica(self._items(asked), asked.states_bytes)

    def _items(self, asked: PrepareItems) -> CalibrationSet:
        stack = DecoderStack(self._model)
        if asked.windows:
            windows = unpacked(asked.windows).to(self._device)
            return CalibrationWindows(stack, windows, self._settings.calibration.scored_every)
        search, evaluation = self._settings.search, self._settings.evaluation
        questions = task_questions(search, evaluation, self._model, load_tokenizer(self._path))
        if questions_digest(questions) != asked.digest:
            raise BadInput(worded("the questions of {0} are others there than those of the run.", search.task))
        return Questions(stack, questions)

    def walked(self, asked: WalkPieces) -> PiecesWalked:
        replica = self._replicas[asked.items]
        walked = replica.walk(asked.cut, asked.pieces)
        return PiecesWalked(walked=tuple(walked), memory_used=self._memory()[0])

    def written(self, asked: WriteBlocks) -> bytes:
        tokenizer = load_tokenizer(self._path)
        generator = text_generator(self._settings, self._folder, lambda: (self._model, tokenizer), tokenizer, silent)
        return packed(torch.cat(list(generator.written(asked.stream, asked.blocks, asked.count))))


def _reason(error: Exception) -> Message:
    if sentence := device_failure(error):
        return sentence
    if isinstance(error, LayerSwarmError):
        return joined(error.sentence)
    if isinstance(error, msgspec.MsgspecError):
        return worded("it does not understand the run, so it has another version of LayerSwarm.")
    if (refused := system_error(error)) is not None:
        return refusal(refused)
    return ended(quoted(f"{type(error).__name__}: {error}", 300))
