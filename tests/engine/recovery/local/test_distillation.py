"""Local distillation: it helps or changes nothing, and an interrupted or streamed one comes to the same end."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.api.control import Control, StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.events import (
    Event,
    MessageLogged,
    RecoveryMeasured,
    RecoveryStepped,
    StageProgressed,
    decode_event,
    encode_event,
)
from engine.models.loading import load_model
from engine.models.streaming.streamed_model import load_streamed
from engine.models.surgery import remove_layers
from engine.recovery.local.block_training import BlockTraining
from engine.recovery.local.lessons import Part
from engine.recovery.merge import load_merged
from tests.engine.recovery.cases import (
    REMOVED,
    Said,
    changed,
    dense_model,
    recover,
    token_windows,
    training_windows,
)
from tests.engine.refusing_device import refusing
from tests.engine.tiny_models import save_tiny

LOCAL = changed(method="local", learning_rate=6e-3)
FAMILIES = ("llama", "gemma3", "gpt2", "qwen3_moe", "mamba")


class Killed(BaseException):
    """Stands for a process that ends without a word."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Mapping[str, Tensor]]:
    """What an undisturbed training emits, and its weights."""
    said, folder = Said(), tmp_path_factory.mktemp("whole")
    recover(folder, said, settings=LOCAL)
    return said, dict(load_merged(folder))


def logged(said: Said) -> list[str]:
    return [event.message for event in said.events if isinstance(event, MessageLogged)]


def assert_equal(found: Mapping[str, Tensor], expected: Mapping[str, Tensor]) -> None:
    assert found.keys() == expected.keys()
    assert all(torch.equal(found[name], expected[name]) for name in expected)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_local_loss_falls_and_the_merged_file_holds_the_best_weights(family: str, tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, dense_model(family), changed(LOCAL, steps=24, evaluate_every=8))
    epochs = [sum(said.losses()[step] for step in steps) for steps in ((1, 2, 3), (22, 23, 24))]
    assert epochs[1] < 0.95 * epochs[0]  # of the first gap, on the same windows
    assert result.validation_kl_before == said.validation_kl()[0]
    assert result.helped
    assert result.validation_kl_after == min(said.validation_kl().values()) < result.validation_kl_before
    model, recovered = dense_model(family), dense_model(family)
    remove_layers(recovered, REMOVED)
    assert recovered.load_state_dict(dict(load_merged(tmp_path)), strict=False).unexpected_keys == []
    tokens = token_windows(6, seed=1)
    with torch.no_grad():
        dense, after = (torch.log_softmax(each(tokens, use_cache=False).logits, -1) for each in (model, recovered))
    kl = (dense.exp() * (dense - after)).sum(-1).mean()
    assert float(kl) == pytest.approx(result.validation_kl_after, rel=1e-3)


def test_each_gap_is_trained_in_turn_and_only_the_layers_around_it(
    whole: tuple[Said, Mapping[str, Tensor]],
) -> None:
    said, weights = whole
    gaps = [sentence for sentence in logged(said) if sentence.startswith("Gap")]
    assert ["Gap 1 of 2 (layer 2)" in gaps[0], "Gap 2 of 2 (layer 4)" in gaps[1]] == [True, True]
    assert {event.steps for event in said.events if isinstance(event, RecoveryStepped)} == {18}
    assert {name.split(".")[2] for name in weights} == {"1", "2", "3"}  # layers 1, 3 and 5


def test_the_dense_model_is_left_as_it_was(tmp_path: Path) -> None:
    model = dense_model()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    recover(tmp_path, Said(), model, LOCAL)
    assert_equal(model.state_dict(), before)


def test_a_training_that_hurts_leaves_the_weights_of_the_fold_as_they_were(
    whole: tuple[Said, Mapping[str, Tensor]], tmp_path: Path
) -> None:
    folded, said = whole[1], Said()
    result = recover(tmp_path, said, settings=changed(LOCAL, learning_rate=40.0, steps=3), folded=folded)
    assert (result.helped, result.merged) == (False, None)
    assert any("the compensated model is kept as it is" in warning for warning in said.warnings())


def test_weights_that_no_gap_changes_for_the_better_are_merged_as_the_fold_left_them(tmp_path: Path) -> None:
    """The first gap's training helps; that of the second is undone."""
    model = dense_model()
    name = "model.layers.0.mlp.down_proj.weight"
    folded = {name: model.get_parameter(name) * 1.5}
    recover(tmp_path, Said(), model, LOCAL, folded=folded)
    assert torch.equal(load_merged(tmp_path)[name], folded[name])


def test_killed_at_any_event_and_resumed_is_the_same_as_never_killed(
    whole: tuple[Said, Mapping[str, Tensor]], tmp_path: Path
) -> None:
    expected, weights = whole
    moments = [at for at, event in enumerate(expected.events) if isinstance(event, RecoveryStepped | RecoveryMeasured)]
    for moment in moments[::5]:
        said = Said()

        def emit(event: Event, said: Said = said, moment: int = moment) -> None:
            said(event)
            if len(said.events) == moment + 1:
                raise Killed

        folder = tmp_path / str(moment)
        with pytest.raises(Killed):
            recover(folder, emit, settings=LOCAL)
        recover(folder, said, settings=LOCAL)
        assert said.losses() == expected.losses()
        assert said.validation_kl() == expected.validation_kl()
        assert_equal(load_merged(folder), weights)


@pytest.mark.parametrize("step", [5, 14])
def test_a_pause_in_either_gap_loses_no_step(
    step: int, whole: tuple[Said, Mapping[str, Tensor]], tmp_path: Path
) -> None:
    said, rest, control = Said(), Said(), Control()

    def emit(event: Event) -> None:
        said(event)
        if isinstance(event, RecoveryStepped) and event.step == step:
            control.request_stop("pause")

    with pytest.raises(StopRequested):
        recover(tmp_path, emit, settings=LOCAL, control=control.check)
    recover(tmp_path, rest, settings=LOCAL)
    assert (max(said.losses()), min(rest.losses())) == (step, step + 1)
    assert {**said.losses(), **rest.losses()} == whole[0].losses()
    assert_equal(load_merged(tmp_path), whole[1])


def test_a_pause_while_the_dense_model_is_read_and_a_stop_that_keeps_the_best(tmp_path: Path) -> None:
    for mode, kind in (("pause", StageProgressed), ("keep_best", RecoveryStepped)):
        control, said = Control(), Said()

        def emit(event: Event, said: Said = said, kind: type = kind, mode: str = mode, to: Control = control) -> None:
            said(event)
            if isinstance(event, kind):
                to.request_stop(mode)  # type: ignore[arg-type]

        if mode == "pause":
            with pytest.raises(StopRequested):
                recover(tmp_path, emit, settings=LOCAL, control=control.check)
            assert said.losses() == {}
        else:
            result = recover(tmp_path, emit, settings=LOCAL, control=control.check)
            assert list(said.losses()) == [1]
            assert said.finished().early
            assert result.validation_kl_after == min(said.validation_kl().values())


def test_a_finished_training_takes_no_step_again(tmp_path: Path) -> None:
    first, again = Said(), Said()
    result = recover(tmp_path, first, settings=LOCAL)
    assert recover(tmp_path, again, settings=LOCAL) == result
    assert again.losses() == {}


def test_streamed_layers_learn_the_same_to_the_last_bit(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    found = {}
    for kind in ("resident", "streamed"):
        model = (
            load_model(tmp_path / "model")
            if kind == "resident"
            else load_streamed(tmp_path / "model", "cpu", torch.float32, (0, 1, 2, 3, 5))
        )
        recover(tmp_path / kind, Said(), model, LOCAL)
        found[kind] = dict(load_merged(tmp_path / kind))
    assert_equal(found["streamed"], found["resident"])


@pytest.mark.parametrize("values", [{"pass_windows": 1}, {"pass_windows": 3}, {"lesson_megabytes": 0.0}])
def test_saving_memory_changes_no_loss(
    values: dict[str, object], whole: tuple[Said, Mapping[str, Tensor]], tmp_path: Path
) -> None:
    said = Said()
    recover(tmp_path, said, settings=changed(LOCAL, **values))
    assert said.losses() == pytest.approx(whole[0].losses(), rel=1e-3)


def test_an_optimiser_in_main_memory_updates_weights_that_another_device_applies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in has no backward pass, so gradients of 1 are made up."""
    said, applied = Said(), set[str]()

    def forward(training: BlockTraining, parts: Sequence[Part]) -> Tensor:
        with torch.no_grad():
            applied.update(training._output(part).device.type for part in parts)
        training.optimisation.clear()
        for gradient in training.optimisation.gradients():
            gradient += torch.ones(gradient.shape)  # fails on another device than the CPU
        return torch.ones(())

    monkeypatch.setattr(BlockTraining, "gradients", forward)
    model = dense_model().to(refusing())  # type: ignore[arg-type]
    recover(tmp_path, said, model, changed(LOCAL, optimiser="memory"))
    assert applied == {"refusing"}
    assert len(set(said.validation_kl().values())) > 2, "what is measured has the new weights"


def test_memory_that_runs_out_halves_the_windows_at_once(
    whole: tuple[Said, Mapping[str, Tensor]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gradients, said = BlockTraining.gradients, Said()

    def small(training: BlockTraining, parts: list) -> Tensor:  # type: ignore[type-arg]
        if max(part.walk.rows for part in parts) > 2:
            raise torch.OutOfMemoryError
        return gradients(training, parts)

    monkeypatch.setattr(BlockTraining, "gradients", small)
    recover(tmp_path, said, settings=LOCAL)
    assert said.losses() == pytest.approx(whole[0].losses(), rel=1e-3)
    assert any("with 2 windows at once" in sentence for sentence in logged(said))


def test_in_bfloat16_the_small_steps_are_kept_in_float32(tmp_path: Path) -> None:
    said = Said()
    result = recover(tmp_path, said, dense_model("qwen3").bfloat16(), LOCAL)
    assert result.helped
    assert {tensor.dtype for tensor in load_merged(tmp_path).values()} == {torch.bfloat16}
    assert said.losses()[9] < said.losses()[1]


def test_a_gap_that_no_longer_becomes_better_gives_way_to_the_next(tmp_path: Path) -> None:
    said = Said()
    recover(tmp_path, said, settings=changed(LOCAL, learning_rate=0.3, patience=2, evaluate_every=1))
    assert max(said.losses()) < 18
    assert any("training ends" in sentence for sentence in logged(said))
    assert any(sentence.startswith("Gap 2") for sentence in logged(said))


def test_learning_two_windows_by_heart_is_noticed_within_a_gap(tmp_path: Path) -> None:
    windows = training_windows()
    few = type(windows)(windows.learnt[:2], windows.validation, windows.elsewhere)
    said = Said()
    settings = changed(LOCAL, steps=60, evaluate_every=4, patience=0, learning_rate=1.5e-2)
    recover(tmp_path, said, settings=settings, windows=few)
    assert said.finished().best_step < 120


def test_a_pruned_model_without_finite_logits_is_an_error_in_words(tmp_path: Path) -> None:
    model = dense_model()
    with torch.no_grad():
        model.model.norm.weight[0] = float("nan")
    with pytest.raises(LayerSwarmError, match="not a number"):
        recover(tmp_path, Said(), model, LOCAL)


def test_every_event_can_be_journalled(whole: tuple[Said, Mapping[str, Tensor]]) -> None:
    assert all(decode_event(encode_event(event)) == event for event in whole[0].events)
