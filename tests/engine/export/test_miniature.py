"""A miniature: a few real layers of a model, one of each kind, as an export of their own."""

from pathlib import Path

import pytest
import torch
import transformers

from engine.export.miniature import layer_kinds, miniatures, write_miniature
from engine.model_files.folder_content import read_json
from engine.models.loading import load_model
from engine.models.surgery import remove_layers
from tests.engine.export.cases import logits, saved
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS

pytestmark = pytest.mark.slow

FEW_TOKENS = 200


@pytest.mark.parametrize(
    ("family", "kinds"),
    [
        ("llama", (0, 0, 0, 0, 0, 0)),
        ("qwen2_moe", (0, 1, 0, 1, 0, 1)),
        ("gemma3", (0, 0, 2, 0, 0, 2)),
        ("smollm3", (0, 0, 0, 3, 0, 3)),
        ("nemotron_h", (0, 1, 2, 0, 0, 1)),
        ("mistral3", (0, 0, 0, 0, 0, 0)),
    ],
)
def test_layers_that_are_built_alike_are_of_one_kind(family: str, kinds: tuple[int, ...], tmp_path: Path) -> None:
    assert layer_kinds(saved(family, tmp_path).config()) == kinds


def test_a_miniature_has_a_layer_of_each_kind_and_two_at_least(tmp_path: Path) -> None:
    assert next(miniatures(saved("gemma3", tmp_path / "gemma3"))).kinds == (0, 2)
    assert next(miniatures(saved("llama", tmp_path / "llama"))).kinds == (0, 0)


def test_a_kind_that_goes_whatever_is_found_is_not_in_it(tmp_path: Path) -> None:
    source = saved("gemma3", tmp_path)
    assert next(miniatures(source, gone=(2, 5))).kinds == (0, 0)


def test_the_later_ones_are_beginnings_of_the_model_up_to_all_that_stays(tmp_path: Path) -> None:
    removed = [each.facts.removed for each in miniatures(saved("smollm3", tmp_path), gone=(5,))]
    assert removed == [(1, 2, 4, 5), (4, 5), (5,)]


def test_a_period_that_no_config_can_change_is_kept_whole(tmp_path: Path) -> None:
    """Jamba's every second layer attends: a miniature of other layers would not be one of this family."""
    for each in miniatures(saved("jamba", tmp_path)):
        assert all(layer % 2 == place % 2 for place, layer in enumerate(each.facts.removal.kept))


@pytest.mark.parametrize("family", [*CORE_FAMILIES, "lfm2", "qwen3_moe", "gemma3_with_vision"])
def test_it_is_what_an_export_without_the_other_layers_would_be(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense")
    miniature = next(miniatures(source))
    (tmp_path / "small").mkdir()
    write_miniature(miniature, tmp_path / "small")
    pruned = load_model(source.path)
    remove_layers(pruned, miniature.facts.removed)
    assert torch.equal(logits(load_model(tmp_path / "small")), logits(pruned))
    assert transformers.AutoTokenizer.from_pretrained(tmp_path / "small").get_vocab()


@pytest.mark.parametrize("family", [*CORE_FAMILIES, "opt", "mistral3", "gemma3_with_vision"])
def test_fewer_tokens_change_nothing_about_those_that_stay(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense")
    (source.path / "generation_config.json").write_text('{"eos_token_id": [2, 263], "pad_token_id": 263}')
    miniature = next(miniatures(source))
    for name, tokens in (("whole", None), ("small", FEW_TOKENS)):
        (tmp_path / name).mkdir()
        write_miniature(miniature, tmp_path / name, tokens)
    read = torch.arange(3, 40)[None]
    whole, small = (load_model(tmp_path / name)(input_ids=read, use_cache=False).logits for name in ("whole", "small"))
    assert small.shape[-1] == FEW_TOKENS
    assert torch.equal(small, whole[..., :FEW_TOKENS])
    assert read_json(tmp_path / "small" / "generation_config.json") == {"eos_token_id": [2, 199], "pad_token_id": 199}


def test_a_vocabulary_that_is_small_enough_stays(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    (tmp_path / "small").mkdir()
    write_miniature(next(miniatures(source)), tmp_path / "small", 10_000)
    assert (
        read_json(tmp_path / "small" / "config.json")["vocab_size"]
        == read_json(source.path / "config.json")["vocab_size"]
    )


def test_a_miniature_of_a_sharded_model_is_whole(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense", max_shard_size="20KB")
    (tmp_path / "small").mkdir()
    write_miniature(next(miniatures(source)), tmp_path / "small")
    assert len(load_model(tmp_path / "small").model.layers) == 2 < LAYERS
