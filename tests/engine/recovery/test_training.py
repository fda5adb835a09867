"""A whole recovery: it helps where it can, says so where it cannot, and an interrupted one comes to the same end."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.api.commands import StopMode
from engine.api.control import Control, StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import (
    Event,
    MessageLogged,
    RecoveryMeasured,
    RecoveryStepped,
    StageProgressed,
    decode_event,
    encode_event,
)
from engine.models.surgery import remove_layers
from engine.recovery.checkpoints import CHECKPOINT
from engine.recovery.merge import load_merged
from engine.recovery.seams import seam_loss
from engine.recovery.student import Student, StudentStates
from engine.recovery.training import train
from engine.recovery.training_request import TrainingRequest, TrainingWindows
from tests.engine.recovery.cases import (
    FAMILIES,
    REMOVED,
    Said,
    changed,
    dense_model,
    recover,
    token_windows,
    training_windows,
)
from tests.warm_process import WarmPopen

pytestmark = pytest.mark.slow

EXPERTS = ("qwen3_moe", "deepseek_v2", "glm4_moe", "ernie4_5_moe", "llama4")
MIXERS = ("mamba", "falcon_h1", "nemotron_h", "bamba")


class Killed(BaseException):
    """Stands for a process that ends without a word."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a training says that nothing disturbs; tests only read it."""
    said = Said()
    recover(tmp_path_factory.mktemp("whole"), said)
    return said


@pytest.fixture(scope="module", params=["kl", "cross_entropy", "both"])
def objective(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def whole_of_objective(objective: str, tmp_path_factory: pytest.TempPathFactory) -> Said:
    said = Said()
    recover(tmp_path_factory.mktemp(objective), said, settings=changed(objective=objective))
    return said


@pytest.mark.parametrize("family", FAMILIES)
def test_the_loss_falls_and_the_validation_kl_with_it(family: str, tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, dense_model(family), changed(steps=24, evaluate_every=8))
    losses = list(said.losses().values())
    assert len(losses) == 24
    assert sum(losses[-4:]) < 0.7 * sum(losses[:4])
    assert result.helped
    assert result.validation_kl_before == said.validation_kl()[0]
    assert result.validation_kl_after == min(said.validation_kl().values()) < result.validation_kl_before
    assert said.warnings() == []
    assert said.finished().best_step == result.best_step


@pytest.mark.parametrize("family", ["llama", "bloom", *EXPERTS, *MIXERS])
def test_the_merged_file_holds_the_best_adapter(family: str, tmp_path: Path) -> None:
    said = Said()
    settings = changed(train_norms=family not in EXPERTS, learning_rate=2e-3, evaluate_every=1)
    result = recover(tmp_path, said, dense_model(family), settings)
    assert result.merged == tmp_path / "merged.safetensors"
    model, recovered = dense_model(family), dense_model(family)
    remove_layers(recovered, REMOVED)
    recovered.load_state_dict(load_merged(tmp_path), strict=False)
    recovered.requires_grad_(False)
    tokens = token_windows(6, seed=1)
    dense, after = (torch.log_softmax(each(tokens, use_cache=False).logits, -1) for each in (model, recovered))
    kl = (dense.exp() * (dense - after)).sum(-1).mean()
    assert float(kl) == pytest.approx(result.validation_kl_after, rel=1e-3)


def test_cross_entropy_learns_the_text_itself(tmp_path: Path) -> None:
    said = Said()
    recover(tmp_path, said, settings=changed(objective="cross_entropy", steps=24, evaluate_every=24))
    losses = list(said.losses().values())
    assert sum(losses[-4:]) < sum(losses[:4])


def test_both_objectives_with_all_weight_on_the_text_are_that_of_the_text(tmp_path: Path) -> None:
    text, both = Said(), Said()
    recover(tmp_path / "text", text, settings=changed(objective="cross_entropy", steps=3))
    recover(tmp_path / "both", both, settings=changed(objective="both", text_share=1.0, steps=3))
    assert both.losses() == pytest.approx(text.losses(), rel=1e-5)


@pytest.mark.parametrize("settings", [{"pass_windows": 1}, {"pass_windows": 3}, {"gradient_checkpointing": True}])
def test_saving_memory_changes_no_loss(
    objective: str, whole_of_objective: Said, settings: dict[str, object], tmp_path: Path
) -> None:
    saving = Said()
    recover(tmp_path / "saving", saving, settings=changed(objective=objective, **settings))
    assert saving.losses() == pytest.approx(whole_of_objective.losses(), rel=1e-4)
    assert saving.validation_kl() == pytest.approx(whole_of_objective.validation_kl(), rel=1e-3)


def test_out_of_memory_halves_the_passes_and_training_goes_on(
    whole: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said()
    forward = Student.forward

    def small(student: Student, tokens: Tensor, entry: Tensor) -> StudentStates:
        if torch.is_grad_enabled() and len(tokens) > 2:
            raise torch.OutOfMemoryError
        return forward(student, tokens, entry)

    monkeypatch.setattr(Student, "forward", small)
    recover(tmp_path / "small", said)
    assert said.losses() == pytest.approx(whole.losses(), rel=1e-4)
    assert any("with 2 windows at once" in event.message for event in said.events if isinstance(event, MessageLogged))


@pytest.mark.parametrize("room", [1, 2])
def test_validation_that_does_not_fit_halves_the_passes_too(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, said = Said(), Said()
    recover(tmp_path / "whole", whole, windows=training_windows(elsewhere=3))

    def fitting(work: Callable[..., Any]) -> Callable[..., Any]:
        def small(student: Student, tokens: Tensor, *rest: Tensor) -> object:
            if len(tokens) > room:
                raise torch.OutOfMemoryError
            return work(student, tokens, *rest)

        return small

    monkeypatch.setattr(Student, "forward", fitting(Student.forward))
    monkeypatch.setattr(Student, "dense_states", fitting(Student.dense_states))
    recover(tmp_path / "small", said, windows=training_windows(elsewhere=3))
    assert said.losses() == pytest.approx(whole.losses(), rel=1e-4)
    assert said.validation_kl() == pytest.approx(whole.validation_kl(), rel=1e-3)


def test_both_losses_lie_between_the_one_and_the_other(tmp_path: Path) -> None:
    first = {}
    for objective in ("kl", "both", "cross_entropy"):
        said = Said()
        recover(tmp_path / objective, said, settings=changed(objective=objective, steps=1))
        first[objective] = said.losses()[1]
    assert first["kl"] < first["both"] < first["cross_entropy"]


@pytest.mark.parametrize("family", FAMILIES)
def test_states_behind_the_gaps_come_nearer_when_they_count(family: str, tmp_path: Path) -> None:
    distances = {}
    for weight in (0.0, 3.0):
        folder = tmp_path / str(weight)
        result = recover(folder, Said(), dense_model(family), changed(seam_weight=weight, steps=24, evaluate_every=24))
        assert result.helped
        distances[weight] = seam_distance(family, folder)
    assert distances[3.0] < distances[0.0]


def seam_distance(family: str, folder: Path) -> float:
    """How far the recovered model's states behind the gaps lie from the dense model's."""
    dense, recovered = dense_model(family), dense_model(family)
    remove_layers(recovered, REMOVED)
    recovered.load_state_dict(load_merged(folder), strict=False)
    tokens = token_windows(6, seed=1)
    states = [each(tokens, use_cache=False, output_hidden_states=True).hidden_states for each in (dense, recovered)]
    return float(seam_loss([states[1][2], states[1][3]], [states[0][3], states[0][5]]))


@pytest.mark.parametrize(
    ("whole", "family"), [("train_norms", "qwen3"), ("train_norms", "gpt2"), ("train_head", "qwen3")]
)
def test_norms_and_the_head_learn_beside_the_adapters_and_are_merged(whole: str, family: str, tmp_path: Path) -> None:
    plain, said = Said(), Said()
    recover(tmp_path / "plain", plain, dense_model(family))
    result = recover(tmp_path / "whole", said, dense_model(family), changed(**{whole: True}))
    assert said.losses()[1] == pytest.approx(plain.losses()[1], rel=1e-5)
    assert said.losses()[9] != plain.losses()[9]
    assert result.helped
    model, recovered = dense_model(family), dense_model(family)
    remove_layers(recovered, REMOVED)
    merged = load_merged(tmp_path / "whole")
    changed_whole = [name for name in merged if ("norm" in name or "ln_" in name or "lm_head" in name)]
    assert changed_whole
    assert recovered.load_state_dict(merged, strict=False).unexpected_keys == []
    assert any(not torch.equal(merged[name], dict(model.named_parameters())[name]) for name in changed_whole[-1:])
    tokens = token_windows(6, seed=1)
    dense, after = (torch.log_softmax(each(tokens, use_cache=False).logits, -1) for each in (model, recovered))
    kl = (dense.exp() * (dense - after)).sum(-1).mean()
    assert float(kl) == pytest.approx(result.validation_kl_after, rel=1e-3)


def test_a_head_that_is_the_embedding_too_is_not_trained(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"is tied to its embedding.*train_head=false"):
        recover(tmp_path, Said(), dense_model("llama"), changed(train_head=True))


@pytest.mark.parametrize("extra", [{}, {"train_norms": True, "train_head": True}, {"adapter": "dora"}])
def test_in_bfloat16_what_is_trained_stays_in_float32(extra: dict[str, object], tmp_path: Path) -> None:
    exact, short = Said(), Said()
    recover(tmp_path / "exact", exact, dense_model("qwen3"), changed(**extra))
    result = recover(tmp_path / "short", short, dense_model("qwen3").bfloat16(), changed(**extra))
    assert result.helped
    assert short.losses() == pytest.approx(exact.losses(), rel=0.1)
    kept = load_file(tmp_path / "short" / CHECKPOINT)
    assert {value.dtype for name, value in kept.items() if name.startswith("adapter:")} == {torch.float32}
    assert {tensor.dtype for tensor in load_merged(tmp_path / "short").values()} == {torch.bfloat16}


@pytest.mark.parametrize("kind", ["rslora", "dora"])
def test_the_variants_of_lora_learn_too(kind: str, tmp_path: Path) -> None:
    result = recover(tmp_path, Said(), settings=changed(adapter=kind))
    assert result.helped
    assert result.validation_kl_after < result.validation_kl_before


def test_training_ends_when_nothing_becomes_better_for_too_long(tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, settings=changed(learning_rate=0.2, patience=2, evaluate_every=1))
    assert max(said.losses()) == result.best_step + 2
    assert any("training ends" in event.message for event in said.events if isinstance(event, MessageLogged))


def test_text_from_elsewhere_has_its_say_in_which_step_is_best(tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, windows=training_windows(elsewhere=4))
    measured = [event for event in said.events if isinstance(event, RecoveryMeasured)]
    means = {event.step: event.validation_kl + (event.elsewhere_kl or 0.0) for event in measured}
    assert all(event.elsewhere_kl for event in measured)
    assert result.best_step == min(means, key=means.__getitem__)
    assert result.elsewhere_kl == (measured[0].elsewhere_kl, measured[-1].elsewhere_kl)


def test_learning_the_own_text_at_the_expense_of_others_is_told(tmp_path: Path) -> None:
    own = token_windows(2)
    windows = TrainingWindows(own, own, token_windows(6, seed=1))
    said = Said()
    settings = changed(steps=40, evaluate_every=40, learning_rate=2e-2, rank=16)
    result = recover(tmp_path, said, settings=settings, windows=windows)
    assert result.elsewhere_kl is not None
    before, after = result.elsewhere_kl
    assert result.validation_kl_after < result.validation_kl_before
    assert after > before
    assert any("overfitted" in warning or "did not help" in warning for warning in said.warnings())


def test_a_small_text_that_is_learnt_by_heart_is_noticed(tmp_path: Path) -> None:
    windows = TrainingWindows(token_windows(2), token_windows(6, seed=1), token_windows(4, seed=2))
    said = Said()
    settings = changed(steps=40, evaluate_every=4, learning_rate=1e-2, rank=16, patience=0)
    result = recover(tmp_path, said, settings=settings, windows=windows)
    assert 0 < result.best_step < 40
    (told,) = [warning for warning in said.warnings() if "memorised" in warning]
    assert f"The weights of step {result.best_step} are kept" in told


def test_what_is_not_overfitted_is_not_called_so(tmp_path: Path) -> None:
    said = Said()
    recover(tmp_path, said, settings=changed(steps=24, evaluate_every=4), windows=training_windows(elsewhere=4))
    assert said.warnings() == []


def test_a_training_that_only_hurts_begins_again_more_slowly(tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, settings=changed(learning_rate=0.2, steps=18))
    assert said.validation_kl()[3] > result.validation_kl_before
    assert result.helped
    assert any(
        "training begins there again" in event.message for event in said.events if isinstance(event, MessageLogged)
    )
    rates = {event.step: event.learning_rate for event in said.events if isinstance(event, RecoveryStepped)}
    assert rates[4] < rates[3] / 2


@pytest.mark.parametrize("rate", [40.0, 200.0])
def test_a_recovery_that_hurts_keeps_the_pruned_model_and_says_so(rate: float, tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, settings=changed(learning_rate=rate))
    assert not result.helped
    assert result.best_step == 0
    assert result.merged is None
    assert not (tmp_path / "merged.safetensors").exists()
    assert any("pruned model is kept" in warning for warning in said.warnings())
    assert not said.finished().helped


def test_a_pruned_model_without_finite_logits_is_an_error_in_words(tmp_path: Path) -> None:
    model = dense_model()
    with torch.no_grad():
        model.model.norm.weight[0] = float("nan")
    with pytest.raises(LayerSwarmError, match="not a number"):
        recover(tmp_path, Said(), model)


def test_nothing_removed_is_nothing_to_recover(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to recover"):
        train(dense_model(), TrainingRequest((), training_windows(), changed(), tmp_path), Said(), lambda: None)


@pytest.mark.parametrize(("dropout", "rate"), [(0.0, 5e-3), (0.2, 5e-3), (0.0, 0.2)])
def test_killed_at_any_event_and_resumed_is_the_same_as_never_killed(
    dropout: float, rate: float, tmp_path: Path
) -> None:
    settings = changed(dropout=dropout, steps=6, learning_rate=rate)
    whole = Said()
    expected = recover(tmp_path / "whole", whole, settings=settings)
    moments = [
        place for place, event in enumerate(whole.events) if isinstance(event, RecoveryStepped | RecoveryMeasured)
    ]
    for moment in moments:
        said = Said()

        def emit(event: Event, said: Said = said, moment: int = moment) -> None:
            said(event)
            if len(said.events) == moment + 1:
                raise Killed

        folder = tmp_path / f"killed-{moment}"
        with pytest.raises(Killed):
            recover(folder, emit, settings=settings)
        result = recover(folder, said, settings=settings)
        assert said.losses() == whole.losses()
        assert said.validation_kl() == whole.validation_kl()
        assert result.validation_kl_after == expected.validation_kl_after


def test_killed_while_a_checkpoint_is_written(whole: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said()
    replace, calls = os.replace, iter(range(100))

    def crash_at_second(source: Path, target: Path) -> None:
        if next(calls) == 1:
            raise Killed
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", crash_at_second)
        with pytest.raises(Killed):
            recover(tmp_path / "killed", said)
    recover(tmp_path / "killed", said)
    assert said.losses() == whole.losses()
    assert said.validation_kl() == whole.validation_kl()


def test_killed_by_the_system_and_resumed_in_a_new_process(whole: Said, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, pathlib, torch\n"
        "from tests.engine.recovery.cases import recover\n"
        "from engine.api.events import RecoveryStepped\n"
        f"torch.set_num_threads({torch.get_num_threads()})\n"
        "def emit(event):\n"
        "    if isinstance(event, RecoveryStepped) and event.step == 5:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "recover(pathlib.Path(sys.argv[1]), emit)\n"
    )
    with WarmPopen([sys.executable, "-c", code, str(tmp_path / "killed")]) as training:
        assert training.wait(timeout=300) == -signal.SIGKILL
    said = Said()
    recover(tmp_path / "killed", said)
    assert min(said.losses()) == 4
    assert said.losses() == {step: loss for step, loss in whole.losses().items() if step >= 4}
    assert said.validation_kl()[9] == whole.validation_kl()[9]


def stopping_at(step: int, mode: StopMode, said: Said) -> tuple[Said, Control]:
    """A control that is asked to stop once ``step`` was told."""
    control = Control()

    class Watching(Said):
        def __call__(self, event: Event) -> None:
            said(event)
            if isinstance(event, RecoveryStepped) and event.step == step:
                control.request_stop(mode)

    return Watching(), control


def test_a_pause_loses_no_step(whole: Said, tmp_path: Path) -> None:
    said, rest = Said(), Said()
    emit, control = stopping_at(5, "pause", said)
    with pytest.raises(StopRequested):
        recover(tmp_path / "paused", emit, control=control.check)
    recover(tmp_path / "paused", rest)
    assert (max(said.losses()), min(rest.losses())) == (5, 6)
    assert {**said.losses(), **rest.losses()} == whole.losses()
    assert rest.validation_kl()[9] == whole.validation_kl()[9]


def test_a_pause_while_the_dense_model_is_read(tmp_path: Path) -> None:
    control, said = Control(), Said()

    def emit(event: Event) -> None:
        said(event)
        if isinstance(event, StageProgressed):
            control.request_stop("pause")

    with pytest.raises(StopRequested):
        recover(tmp_path, emit, control=control.check)
    assert said.losses() == {}
    assert recover(tmp_path, said).helped


def test_discard_stops_at_once(tmp_path: Path) -> None:
    said = Said()
    emit, control = stopping_at(5, "discard", said)
    with pytest.raises(StopRequested):
        recover(tmp_path, emit, control=control.check)
    assert max(said.losses()) == 5


def test_keep_best_ends_early_with_what_was_learnt(tmp_path: Path) -> None:
    said = Said()
    emit, control = stopping_at(5, "keep_best", said)
    result = recover(tmp_path, emit, control=control.check)
    assert max(said.losses()) == 5
    assert max(said.validation_kl()) == 5
    assert result.helped
    assert load_merged(tmp_path)
    assert said.finished().early


def test_keep_best_before_the_first_step_keeps_the_pruned_model(tmp_path: Path) -> None:
    control, said = Control(), Said()
    control.request_stop("keep_best")
    result = recover(tmp_path, said, control=control.check)
    assert (result.helped, result.best_step) == (False, 0)
    assert result.validation_kl_before == result.validation_kl_after == said.validation_kl()[0]
    (told,) = said.warnings()
    assert "did not help" not in told
    assert "ended before" in told
    assert "the pruned model is kept as it is" in told


def test_a_finished_recovery_trains_no_step_again(tmp_path: Path) -> None:
    first, again = Said(), Said()
    result = recover(tmp_path, first)
    assert recover(tmp_path, again) == result
    assert again.losses() == {}


def test_other_settings_start_anew(tmp_path: Path) -> None:
    recover(tmp_path, Said())
    said = Said()
    recover(tmp_path, said, settings=changed(seed=4))
    assert min(said.losses()) == 1


def test_every_event_can_be_journalled(tmp_path: Path) -> None:
    said = Said()
    recover(tmp_path, said, settings=changed(learning_rate=1.0))
    for event in said.events:
        assert decode_event(encode_event(event)) == event
        assert "NaN" not in json.dumps(json.loads(encode_event(event)))
