"""Folding what removed layers did into the layers beside them: never worse where it is judged, in every family."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import kl_div, log_softmax
from transformers import PreTrainedModel

from engine.api.compensation_events import NOT_FINITE
from engine.api.events import RemovalSet
from engine.api.settings import CompensationSettings
from engine.compensation.compensate import Compensation
from engine.compensation.fold import FitOutcome, Fold, FoldedGap
from engine.compensation.folded_weights import load_folded, save_folded
from engine.compensation.layer_fit import LayerFit, Sample
from engine.compensation.writers import Writer, find_writer
from engine.fitness.dense_walk import DenseWalk
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.gaps import Gap, gaps_of, layers_beside
from engine.models.surgery import pruned_view, remove_layers
from tests.engine.recovery.cases import token_windows
from tests.engine.tiny_models import tiny_models

SETTINGS = CompensationSettings()
GAPS_ONLY = CompensationSettings(refitted_layers=0)
FITTED, VALIDATION = token_windows(24), token_windows(6, seed=1)
REMOVED = (2, 4)


def dense_model(family: str = "llama") -> PreTrainedModel:
    return tiny_models()[family]().requires_grad_(False)


def folded(
    model: PreTrainedModel,
    removed: RemovalSet = REMOVED,
    fitted: Tensor = FITTED,
    validation: Tensor = VALIDATION,
    settings: CompensationSettings = SETTINGS,
) -> Fold:
    return Compensation(DecoderStack(model), fitted, validation, settings, [removed]).fold(removed)


@torch.no_grad()
def plain_kl(dense: PreTrainedModel, other: PreTrainedModel, windows: Tensor) -> float:
    """KL(dense || other) at all positions but the last of each window, by plain transformers."""
    ours, theirs = (
        log_softmax(model(input_ids=windows, use_cache=False).logits.float()[:, :-1], -1) for model in (dense, other)
    )
    return float(kl_div(theirs, ours, reduction="none", log_target=True).sum(-1).mean())


def pruned_by_hand(family: str, fold: Fold) -> PreTrainedModel:
    """A pruned model of its own with the folded weights loaded, as an export has them."""
    model = dense_model(family)
    path, layers = find_decoder(model).path, len(find_decoder(model).layers)
    remove_layers(model, fold.removed)
    missing = model.load_state_dict(fold.pruned_names(path, layers), strict=False)
    assert not missing.unexpected_keys
    return model


@pytest.mark.parametrize("family", list(tiny_models()))
def test_a_fold_is_never_worse_where_it_is_judged_and_is_what_a_plain_model_computes(family: str) -> None:
    dense = dense_model(family)
    before = {name: tensor.clone() for name, tensor in dense.state_dict().items()}
    layers = len(find_decoder(dense).layers)
    removed = (layers - 2,) if layers < 6 else REMOVED
    try:
        pruned_view(dense, removed)
    except Exception:
        pytest.skip(f"{family} cannot lose the layers {removed}")
    fold = folded(dense, removed, FITTED[:12])
    assert all(torch.equal(tensor, before[name]) for name, tensor in dense.state_dict().items())
    kls = [fold.kl_before, *(each.kl_after for each in fold.fits)]
    assert kls == sorted(kls, reverse=True)
    plain = plain_kl(dense, pruned_by_hand(family, fold), VALIDATION)
    assert fold.kl_after == pytest.approx(plain, rel=2e-3, abs=1e-5)
    with fold.on_dense(dense).applied():
        tokens = VALIDATION[:1]
        view = pruned_view(dense, removed)(input_ids=tokens, use_cache=False).logits
    loaded = pruned_by_hand(family, fold)(input_ids=tokens, use_cache=False).logits
    assert torch.allclose(view, loaded, atol=1e-5)


@pytest.mark.parametrize("family", ["llama", "gpt2", "gemma3", "gpt_neox", "qwen2_moe"])
def test_enough_text_makes_a_fold_that_helps(family: str) -> None:
    fold = folded(dense_model(family), (3,), token_windows(96), token_windows(12, seed=1))
    assert fold.helped
    assert fold.kl_after < fold.kl_before


def test_a_shared_expert_that_is_shut_for_some_tokens_is_fitted_on_the_others() -> None:
    model = dense_model("qwen2_moe")
    model.model.layers[1].mlp.shared_expert_gate.weight.mul_(30)
    fold = folded(model, (2,), token_windows(96), token_windows(12, seed=1))
    assert fold.gaps[0].map_name == "mlp.shared_expert.down_proj"
    assert fold.helped


def test_layers_that_do_nothing_change_no_weight_at_all() -> None:
    model = dense_model()
    for layer in REMOVED:
        for part in (model.model.layers[layer].mlp.down_proj, model.model.layers[layer].self_attn.o_proj):
            part.weight.zero_()
    fold = folded(model)
    assert not fold.helped
    assert [each.ridge for each in fold.gaps] == [None, None]
    assert fold.kl_before == pytest.approx(0.0, abs=1e-6)


def test_shuffled_targets_help_nothing_elsewhere() -> None:
    model = dense_model()
    stack = DecoderStack(model)
    walk = DenseWalk(stack, FITTED, {2, 4})
    layer = stack.layers[2]
    order = torch.randperm(len(FITTED), generator=torch.Generator().manual_seed(0))

    def samples(target: Tensor) -> Iterator[Sample]:
        yield Sample(lambda: walk.apply(2, walk.dense(2)), target)

    def kl_after(target: Tensor) -> float:
        writer = find_writer(layer, lambda: walk.apply(2, walk.dense(2)))
        (weights,) = LayerFit(layer, writer, lambda: samples(target), 4096).changed_weights([0.1])
        gap = FoldedGap(Gap(3, 4), 2, math.nan, math.nan, weights)
        return plain_kl(model, pruned_by_hand("llama", Fold((3,), (gap,))), VALIDATION)

    before = plain_kl(model, pruned_by_hand("llama", Fold((3,), ())), VALIDATION)
    assert kl_after(walk.dense(4)) < before < kl_after(walk.dense(4)[order].roll(3, dims=1))


def test_the_ridge_is_the_best_of_those_offered() -> None:
    single = {
        ridge: folded(dense_model(), (3,), settings=msgspec.structs.replace(GAPS_ONLY, ridges=(ridge,))).kl_after
        for ridge in SETTINGS.ridges
    }
    chosen = folded(dense_model(), (3,), settings=GAPS_ONLY)
    assert chosen.kl_after == pytest.approx(min(single.values()))
    assert chosen.gaps[0].ridge == min(single, key=lambda ridge: single[ridge])


def test_without_validation_the_middle_ridge_is_taken() -> None:
    fold = folded(dense_model(), validation=VALIDATION[:0])
    assert [each.ridge for each in fold.gaps] == [0.3, 0.3]
    assert math.isnan(fold.kl_after)


def test_a_wider_map_is_multiplied_by_a_fitted_matrix() -> None:
    """The map itself explains at least as much as the matrix behind it, which can only use its outputs."""
    whole = folded(dense_model(), (3,), settings=CompensationSettings(ridges=(1e-6,)), validation=VALIDATION[:0])
    narrow = folded(
        dense_model(), (3,), settings=CompensationSettings(ridges=(1e-6,), widest=1), validation=VALIDATION[:0]
    )
    name = "mlp.down_proj.weight"
    own = dense_model().model.layers[2].mlp.down_proj.weight
    change = narrow.gaps[0].weights[name] - own
    assert torch.allclose(change @ torch.linalg.pinv(own) @ own, change, atol=1e-4)
    assert whole.gaps[0].weights[name].shape == narrow.gaps[0].weights[name].shape == own.shape
    assert missing(whole) <= missing(narrow) <= missing(Fold((3,), ()))


@torch.no_grad()
def missing(fold: Fold) -> float:
    """What the state behind the gap of layer 3 lacks on the fitted windows, relative, without the first position."""
    model = dense_model()
    wanted = model(input_ids=FITTED, output_hidden_states=True).hidden_states[4]
    with fold.on_dense(model).applied():
        found = model(input_ids=FITTED, output_hidden_states=True).hidden_states[3]
    lacking = ((wanted - found)[:, 1:] / wanted[:, 1:].norm(dim=-1, keepdim=True)).square().sum()
    return float(lacking)


@pytest.mark.parametrize(("gaps", "refits"), [(1, 0), (2, 0), (2, 3)])
def test_fits_that_are_known_are_not_made_again(gaps: int, refits: int) -> None:
    model, seen = dense_model(), []
    compensation = Compensation(DecoderStack(model), FITTED, VALIDATION, SETTINGS, [REMOVED])
    whole = compensation.fold(REMOVED, on_fit=seen.append)
    assert list(whole.fits) == seen
    later: list[FitOutcome] = []
    known = Fold(REMOVED, whole.gaps[:gaps], whole.refits[:refits])
    resumed = compensation.fold(REMOVED, known, later.append)
    assert later == list(resumed.fits[gaps + refits :])
    assert [each.kl_after for each in resumed.fits] == [each.kl_after for each in whole.fits]
    for one, other in zip(resumed.fits, whole.fits, strict=True):
        assert all(torch.equal(one.weights[name], other.weights[name]) for name in other.weights)


def test_the_other_maps_beside_a_gap_are_refitted_from_below() -> None:
    """Layer 2 is before both gaps, layer 3 between them, and 5 is the only layer behind the second."""
    fold = folded(dense_model(), (4,), token_windows(96), token_windows(12, seed=1))
    assert [(each.layer, each.map_name) for each in fold.refits] == [
        (3, "self_attn.o_proj"),
        (5, "self_attn.o_proj"),
        (5, "mlp.down_proj"),
    ]
    assert any(each.weights for each in fold.refits)
    assert fold.kl_after < fold.gaps[-1].kl_after


def test_nothing_is_refitted_where_it_is_switched_off_or_cannot_be_judged() -> None:
    off = CompensationSettings(refitted_layers=0)
    assert folded(dense_model(), settings=off).refits == ()
    assert folded(dense_model(), validation=VALIDATION[:0]).refits == ()


@pytest.mark.parametrize(
    ("removed", "behind", "beside"),
    [
        ((3, 4), 2, {2: 5, 5: 6, 6: 7}),
        ((0, 1), 1, {2: 3}),
        ((2, 5), 2, {1: 3, 3: 4, 4: 6, 6: 7, 7: 8}),
        ((6, 7), 2, {5: 8}),
        ((3,), 0, {2: 4}),
    ],
)
def test_layers_beside_the_gaps_lead_to_the_next_kept_layer(
    removed: RemovalSet, behind: int, beside: dict[int, int]
) -> None:
    assert layers_beside(8, removed, behind) == beside


def test_a_layer_that_text_does_not_pass_is_not_beside_a_gap() -> None:
    assert layers_beside(8, (3,), 1, unused=(2, 4)) == {1: 5, 5: 6}


def test_a_second_gap_above_the_same_layer_is_folded_on_top_of_the_first() -> None:
    """Layer 4 of this family is not applied to text, so both gaps are folded into layer 2."""
    model, removed, none = dense_model("mllama"), (3, 5), VALIDATION[:0]
    first = folded(model, removed, validation=none).gaps[0]
    stiff = CompensationSettings(ridges=(1000.0,))
    later = (
        Compensation(DecoderStack(model), FITTED, none, stiff, [removed]).fold(removed, Fold(removed, (first,))).gaps[1]
    )
    assert first.layer == later.layer == 2
    name = "mlp.down_proj.weight"
    own = DecoderStack(model).layers[2].get_parameter(name)
    assert (later.weights[name] - first.weights[name]).norm() < 0.1 * (first.weights[name] - own).norm()


def test_a_gap_at_the_very_beginning_has_no_layer_to_fold_into() -> None:
    fold = folded(dense_model(), (0, 3))
    assert fold.gaps[0].reason == "no layer is left below it"
    assert fold.gaps[1].weights


def test_smaller_batches_give_the_same_fold() -> None:
    model = dense_model()
    folds = [
        Compensation(DecoderStack(model), FITTED, VALIDATION, SETTINGS, [REMOVED], rows=rows).fold(REMOVED)
        for rows in (24, 5)
    ]
    assert folds[0].kl_after == pytest.approx(folds[1].kl_after, rel=5e-3)


def test_half_precision_is_judged_as_it_is_stored() -> None:
    fold = folded(dense_model().to(torch.bfloat16))
    assert {tensor.dtype for each in fold.gaps for tensor in each.weights.values()} <= {torch.bfloat16}
    assert fold.kl_after <= fold.kl_before


def test_the_weights_are_kept_by_their_names_in_the_pruned_model(tmp_path: Path) -> None:
    fold = folded(dense_model(), settings=GAPS_ONLY)
    save_folded(tmp_path, fold.pruned_names("model.layers", 6))
    kept = load_folded(tmp_path)
    assert kept.keys() == {"model.layers.1.mlp.down_proj.weight", "model.layers.2.mlp.down_proj.weight"}


def test_gaps_are_runs_of_removed_layers() -> None:
    assert gaps_of(8, (0, 1, 4, 6, 7)) == (Gap(0, 2), Gap(4, 5), Gap(6, 8))
    assert gaps_of(8, ()) == ()
    assert [gap.words for gap in gaps_of(8, (1, 4, 5))] == ["layer 1", "layers 4 to 5"]


def test_a_model_that_computes_nan_is_named_as_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.compensation.folding.Folding._kl", lambda *_: math.nan)
    fold = folded(dense_model(), (3,))
    assert not fold.helped
    assert fold.gaps[0].reason == NOT_FINITE


def test_a_fold_after_which_the_model_computes_numbers_again_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    kls = iter([math.nan, math.nan, 0.7, 0.6, math.inf])
    monkeypatch.setattr("engine.compensation.folding.Folding._kl", lambda *_: next(kls))
    (gap,) = folded(dense_model(), (3,), settings=GAPS_ONLY).gaps
    assert (gap.kl_after, gap.ridge, gap.reason) == (0.6, 0.3, "")


@pytest.mark.parametrize(("rows", "probed"), [(24, 2), (1, 1)])
def test_a_map_is_looked_for_on_two_windows(monkeypatch: pytest.MonkeyPatch, rows: int, probed: int) -> None:
    seen = []

    def looked_for(layer: nn.Module, run: Callable[[], Tensor]) -> Writer:
        seen.append(len(run()))
        return find_writer(layer, run)

    monkeypatch.setattr("engine.compensation.folding.find_writer", looked_for)
    Compensation(DecoderStack(dense_model()), FITTED, VALIDATION, SETTINGS, [REMOVED], rows=rows).fold(REMOVED)
    assert seen == [probed, probed]


@torch.no_grad()
def test_what_a_layer_writes_for_the_first_token_stays() -> None:
    """It is hundreds of times longer than the rest, all in one input that other tokens hardly use."""
    generator = torch.Generator().manual_seed(0)
    layer = nn.Sequential(nn.Linear(8, 6, bias=False))
    inputs = torch.randn((4, 10, 8), generator=generator)
    inputs[:, 0] = 0.0
    inputs[:, 0, 3] = 500.0
    target = layer(inputs) + inputs @ torch.randn((8, 6), generator=generator)
    target[:, 0] = layer(inputs)[:, 0]
    (weights,) = LayerFit(
        layer, Writer("0"), lambda: iter([Sample(lambda: layer(inputs), target)]), 4096
    ).changed_weights([0.1])
    written = inputs @ weights["0.weight"].T
    others = target[:, 1:].norm(dim=-1).mean()
    assert (written - layer(inputs))[:, 0].norm(dim=-1).max() < 0.05 * others
    assert (written - target)[:, 1:].norm() < 0.5 * (layer(inputs) - target)[:, 1:].norm()
