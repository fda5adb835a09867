"""Generate text with the variants of a run's model from the same prompt, token by token."""

import time
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.commands import GenerateText
from engine.api.control import Control, StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.evaluation_events import VARIANT_WORDS, VARIANTS, Variant
from engine.api.event import message_logged
from engine.api.events import Emit, PieceWritten
from engine.api.exit_codes import STOPPED
from engine.api.message import worded, worded_count
from engine.api.plurals import any_of
from engine.api.project import Project
from engine.calibration.chat import ChatTemplate
from engine.calibration.script import end_tokens
from engine.evaluation.writing import GrowingText, drawn, likeliest, written_tokens
from engine.models.out_of_memory import one_memory_error
from engine.pipeline.ending import Ending
from engine.pipeline.run_choice import run_to_export
from engine.pipeline.run_log import Unjournalled
from engine.pipeline.streaming_cost import streaming_cost
from engine.pipeline.variant_models import variant_models
from engine.pipeline.workspace import Workspace
from engine.results.figures import format_bytes, format_duration


def generate_text(command: GenerateText, sink: Emit, control: Control) -> Ending:
    """Generate text with each variant, without writing to the journal; the project may be read-only.

    Args:
        command: Project, run, prompt, variants and sampling.
        sink: Receives ``PieceWritten`` events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The prompt is empty or too long, or there is no run with these variants.
        LayerSwarmError: The device has too little memory.
    """
    if not command.prompt.strip():
        raise BadInput(worded("The prompt is empty; write something for the models to go on from."))
    project = Project.open(Path(command.project))
    run = run_to_export(project, command.run)
    workspace = Workspace(project, run, Unjournalled(run, sink), control)
    wanted = _wanted(workspace, command.variants)
    try:
        prompt = _prompt_tokens(workspace, command.prompt, command.chat)
        _warn_of_reading(workspace, command.max_tokens * len(wanted))
        with one_memory_error():
            for variant, model in variant_models(workspace):
                if variant in wanted:
                    _write(workspace, variant, model, prompt, command)
                if variant == wanted[-1]:
                    break
    except StopRequested:
        return Ending("stopped", worded("Stopped; the text so far stands."), STOPPED)
    except torch.OutOfMemoryError:
        raise LayerSwarmError(
            worded(
                "The device ran out of memory; take a shorter prompt or fewer tokens, or free memory by closing "
                "other programs that use it."
            )
        ) from None
    return Ending.finished(worded_count(len(wanted), "{0} model wrote.", "{0} models wrote."))


def _wanted(workspace: Workspace, named: tuple[Variant, ...]) -> list[Variant]:
    """Return the requested variants, in the order in which one model is made from the other.

    Raises:
        BadInput: The run has no removal set, or a variant is requested that it does not have.
    """
    assert workspace.removed is not None  # raises without a removal set, before a model is loaded
    existing = [variant for variant in VARIANTS if workspace.state.has_variant(variant)]
    missing = next((variant for variant in named if variant not in existing), None)
    if missing:
        raise BadInput(
            worded("{0} has no {1} model; ask for {2}.", workspace.run.name, VARIANT_WORDS[missing], any_of(existing))
        )
    return [variant for variant in existing if variant in named or not named]


def _prompt_tokens(workspace: Workspace, text: str, chat: bool) -> Tensor:
    """Return the tokens of the prompt [1, length], through the chat template if there is one and ``chat`` is true.

    Raises:
        BadInput: The prompt leaves no room for an answer in the model's context.
    """
    template = ChatTemplate.of(workspace.tokenizer) if chat else None
    if template is None:
        tokens: Tensor = workspace.tokenizer(text, return_tensors="pt", verbose=False)["input_ids"]
    else:
        # The template adds the BOS token itself.
        tokens = workspace.tokenizer(
            template.question(text), return_tensors="pt", add_special_tokens=False, verbose=False
        )["input_ids"]
    context = _context_of(workspace)
    if context and tokens.shape[1] >= context:
        raise BadInput(
            worded(
                "The prompt has {0} tokens, and {1} takes {2} with the answer; shorten it.",
                tokens.shape[1],
                workspace.folder.name,
                context,
            )
        )
    return tokens


def _warn_of_reading(workspace: Workspace, tokens: int) -> None:
    """Emit what it costs to write so many tokens where layers are fetched for each of them."""
    if not workspace.streaming:
        return
    placed = workspace.placed
    cost = streaming_cost(placed.cost, workspace.folder.path, workspace.device, workspace.dtype)
    reading = worded("each token reads {0} in about {1}", format_bytes(cost.bytes), format_duration(cost.seconds))
    total = format_duration(tokens * cost.seconds)
    message = worded("This model writes slowly: {0}, so {1:,} tokens may take {2}.", reading, tokens, total)
    workspace.emit(message_logged("warning", message))


def _context_of(workspace: Workspace) -> int:
    """Return the context length of the model in tokens; 0 if unknown."""
    return workspace.state.model.context_length if workspace.state.model is not None else 0


def _write(
    workspace: Workspace, variant: Variant, model: PreTrainedModel, prompt: Tensor, command: GenerateText
) -> None:
    workspace.check()
    workspace.emit(PieceWritten(variant=variant, text="", tokens=0))
    context = _context_of(workspace)
    limit = min(command.max_tokens, context - prompt.shape[1]) if context else command.max_tokens
    choose = drawn(command.temperature, command.seed) if command.temperature else likeliest
    ends = frozenset(end_tokens(model, workspace.tokenizer))
    growing, speed = GrowingText(workspace.tokenizer), _TokenSpeed()
    for token in written_tokens(model, prompt, limit, ends, choose):
        workspace.check()
        speed.tick()
        text = growing.add(token)
        if text:
            workspace.emit(
                PieceWritten(variant=variant, text=text, tokens=speed.tokens, tokens_per_second=speed.per_second)
            )
    workspace.emit(
        PieceWritten(
            variant=variant,
            text=growing.rest(),
            tokens=speed.tokens,
            tokens_per_second=speed.per_second,
            done=True,
        )
    )


class _TokenSpeed:
    """Measures tokens per second after the first token, whose time includes reading the prompt."""

    def __init__(self) -> None:
        self.tokens = 0
        self._first = self._last = 0.0

    def tick(self) -> None:
        """Count a token."""
        self._last = time.perf_counter()
        if not self.tokens:
            self._first = self._last
        self.tokens += 1

    @property
    def per_second(self) -> float:
        """Tokens per second."""
        passed = self._last - self._first
        return (self.tokens - 1) / passed if passed > 0 else 0.0
