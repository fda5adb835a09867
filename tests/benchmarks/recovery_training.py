"""Train LoRA adapters on a subject and measure the merged weights on texts that they were not trained on."""

import statistics
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax
from transformers import PreTrainedModel

from engine.api.events import Event, RecoveryFinished, RecoveryStepped
from engine.api.settings import RecoverySettings
from engine.fitness.objective import perplexity
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import remove_layers
from engine.recovery.checkpoints import Measurement
from engine.recovery.merge import MERGED, load_merged
from engine.recovery.training import train
from engine.recovery.training_request import TrainingRequest, TrainingWindows
from tests.benchmarks.folding import fold
from tests.benchmarks.section import Bench
from tests.benchmarks.subject import Subject
from tests.benchmarks.texts import HELDOUT

VALIDATION = 8
FULL = RecoverySettings(windows=128, steps=64, evaluate_every=16, validation_windows=VALIDATION, learning_rate=2e-3)
QUICK = RecoverySettings(
    windows=4, steps=2, evaluate_every=1, validation_windows=VALIDATION, batch_windows=2, learning_rate=1e-2
)
LONG = {"windows": 4000, "steps": 2000, "evaluate_every": 100, "learning_rate": 1e-3, "patience": 0}
"""2,000 steps of 4 windows: 1,024,000 tokens, 512,000 different ones in two epochs if there is enough text."""
LONG_QUICK = {"steps": 4, "patience": 0}
LONG_FROM_FOLD = {**LONG, "rank": 64, "alpha": 64.0}
"""The same from the compensated model, on the mixture that it was folded on and with twice the rank."""
FOLD_TEXT = "documents"
FOLD_WINDOWS = (512, 16)
"""Windows that the fold before a training is fitted on, in full and in quick form."""


def base_settings(bench: Bench) -> RecoverySettings:
    """Return the settings that a section varies."""
    return QUICK if bench.quick else FULL


class Recording:
    """Records the events of a training."""

    def __init__(self) -> None:
        self.history: tuple[Measurement, ...] = ()
        """Measurements on the validation windows, including those before an interruption."""
        self.paces: list[float] = []
        self.tokens = 0
        self.seconds = 0.0

    @property
    def pace(self) -> int:
        """Median tokens per second."""
        return round(statistics.median(self.paces))

    def __call__(self, event: Event) -> None:
        match event:
            case RecoveryStepped():
                self.paces.append(event.tokens_per_second)
                self.tokens = event.tokens
            case RecoveryFinished():
                self.seconds = event.seconds


def training_windows(subject: Subject, text: str, count: int) -> TrainingWindows:
    """Return windows of one text: ``count`` to train on, and ``VALIDATION`` that select the best step."""
    windows = subject.calibration_windows(text, count + VALIDATION)
    return TrainingWindows(windows[VALIDATION:], windows[:VALIDATION], windows[:0])


def recover(
    subject: Subject,
    model: PreTrainedModel,
    text: str,
    settings: RecoverySettings,
    folder: Path,
    folded: Mapping[str, Tensor] = MappingProxyType({}),
) -> Recording:
    """Train; the merged weights are in ``folder`` if the training helped.

    Args:
        subject: The removed layers and the texts.
        model: The dense model.
        text: Name of the text to train on.
        settings: Settings of the training.
        folder: Folder for checkpoints and merged weights; an interrupted training resumes there.
        folded: Weights of a compensation to start from.
    """
    recording = Recording()
    windows = training_windows(subject, text, settings.windows)
    request = TrainingRequest(subject.removed, windows, settings, folder, folded)
    recording.history = train(model, request, recording, lambda: None).history
    return recording


def recover_at_length(bench: Bench, from_fold: bool = False) -> Recording:
    """Train on a million tokens in the work folder, or resume the training that is there.

    Args:
        bench: The subject and the work folder.
        from_fold: Start from the compensated model and learn from a mixture, instead of from web pages.
    """
    full = LONG_FROM_FOLD if from_fold else LONG
    settings = msgspec.structs.replace(base_settings(bench), **(LONG_QUICK if bench.quick else full))
    folded = compensated_weights(bench) if from_fold else {}
    model, text = bench.subject.load(torch.bfloat16), FOLD_TEXT if from_fold else "web"
    return recover(bench.subject, model, text, settings, long_folder(bench, from_fold), folded)


def recover_in_steps(bench: Bench, steps: int, from_fold: bool) -> tuple[Recording, Mapping[str, Tensor]]:
    """Train on a mixture, from the pruned or from the compensated model; return the changed weights too.

    They are those of the start if the training did not help. A training that is in the work folder is not repeated.
    """
    folder = bench.work / f"training_{steps}{'_from_fold' * from_fold}{'_quick' * bench.quick}"
    settings = msgspec.structs.replace(base_settings(bench), steps=steps, windows=2 * steps)
    folded = compensated_weights(bench) if from_fold else {}
    recording = recover(bench.subject, bench.subject.load(torch.bfloat16), FOLD_TEXT, settings, folder, folded)
    return recording, load_merged(folder) if (folder / MERGED).is_file() else folded


def compensated_weights(bench: Bench) -> dict[str, Tensor]:
    """Return the weights of a fold on documents, by their names in the pruned model; the work folder keeps them."""
    path = bench.work / f"fold{'_quick' * bench.quick}.safetensors"
    if not path.is_file():
        windows = bench.subject.calibration_windows(FOLD_TEXT, VALIDATION + FOLD_WINDOWS[bench.quick])
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(fold(bench.subject, bench.subject.load(torch.bfloat16), windows).weights(bench.subject), path)
    return load_file(path)


def long_folder(bench: Bench, from_fold: bool = False) -> Path:
    """Return the folder of a long training."""
    return bench.work / f"long_recovery{'_from_fold' * from_fold}{'_quick' * bench.quick}"


def long_weights(bench: Bench, from_fold: bool = False) -> Mapping[str, Tensor]:
    """Return the weights that a long training has changed, or those of its start where it did not help.

    Train first where they are not in the work folder.
    """
    folder = long_folder(bench, from_fold)
    if not (folder / MERGED).is_file():
        recover_at_length(bench, from_fold)
    if (folder / MERGED).is_file():
        return load_merged(folder)
    return compensated_weights(bench) if from_fold else {}


class Judges:
    """Measures models on texts that they were not trained on: KL to the dense model and perplexity.

    Args:
        subject: The dense model, the removed layers and the texts.
        dtype: Precision of the dense model, and of changed ones.
    """

    def __init__(self, subject: Subject, dtype: torch.dtype = torch.bfloat16) -> None:
        self._subject, self._dtype = subject, dtype
        self._dense = subject.load(dtype)

    def dense(self) -> dict[str, Any]:
        """Measure the dense model."""
        return self.measured(self._dense)

    def pruned(self) -> dict[str, Any]:
        """Measure the pruned model as a search does, with KL over the dense model's top tokens and the rest."""
        judges = self._subject.judges(DecoderStack(self._dense))
        scores = {name: judge.scores([self._subject.removed])[0] for name, judge in judges.items()}
        return _row({name: (score.kl, perplexity(score.nll)) for name, score in scores.items()})

    def recovered(self, folder: Path) -> dict[str, Any]:
        """Measure the pruned model with the merged weights in ``folder``; there are none if training did not help."""
        return self.changed(load_merged(folder) if (folder / MERGED).is_file() else {})

    def changed(self, weights: Mapping[str, Tensor]) -> dict[str, Any]:
        """Measure the pruned model with other weights, by their names in it."""
        return self.measured(changed_model(self._subject, weights, self._dtype))

    @torch.no_grad()
    def measured(self, model: PreTrainedModel) -> dict[str, Any]:
        return _row({name: self._figures(model, self._subject.heldout_windows(name)) for name in HELDOUT})

    def _figures(self, model: PreTrainedModel, windows: Tensor) -> tuple[float, float]:
        kl = nll = 0.0
        for window in windows:
            expected, found = (
                log_softmax(each(input_ids=window[None], use_cache=False).logits[0, :-1].float(), -1)
                for each in (self._dense, model)
            )
            kl += float(kl_div(found, expected, reduction="none", log_target=True).sum())
            nll -= float(found.gather(-1, window[1:, None]).sum())
        positions = windows[:, 1:].numel()
        return kl / positions, perplexity(nll / positions)


def changed_model(
    subject: Subject, weights: Mapping[str, Tensor], dtype: torch.dtype = torch.bfloat16
) -> PreTrainedModel:
    """Return the pruned model with other weights, by their names in it."""
    model = subject.load(dtype)
    remove_layers(model, subject.removed)
    model.load_state_dict(dict(weights), strict=False)
    return model


def _row(figures: dict[str, tuple[float, float]]) -> dict[str, Any]:
    row: dict[str, Any] = {f"KL {name}": round(kl, 3) for name, (kl, _) in figures.items()}
    row["mean KL"] = round(statistics.mean(kl for kl, _ in figures.values()), 3)
    row["ppl wikitext2"] = round(figures["wikitext2"][1], 2)
    return row
