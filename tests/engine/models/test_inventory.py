"""Every tensor on disk is counted, kept or left out for what it is, and what cannot leave is refused at the start."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file

from engine.api.errors import BadInput
from engine.model_files.folder_content import weight_headers
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.progress import silent
from engine.models.pruned_config import complete_config
from engine.models.sizes import measure_sizes
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported, logits, stock_logits
from tests.engine.tiny_models import LAYERS, save_tiny

pytestmark = pytest.mark.slow

Tensors = dict[str, torch.Tensor]
REMOVED = (1, 4)


def changed(folder: Path, change: Callable[[Tensors], Tensors], family: str = "llama", **config: object) -> Path:
    """Save a tiny model, change its tensors and its config, and return its folder."""
    save_tiny(family, folder)
    file = folder / "model.safetensors"
    save_file(change(load_file(file)), file, metadata={"format": "pt"})
    known = json.loads((folder / "config.json").read_text())
    known = {name: value for name, value in (known | config).items() if value is not ...}
    (folder / "config.json").write_text(json.dumps(known))
    return folder


def resolved(folder: Path) -> ModelFolder:
    return resolve_source(str(folder), "main", silent)


def names_in(folder: Path) -> set[str]:
    return {entry.name for _, header in weight_headers(folder) for entry in header.tensors}


def without_layers(folder: Path, removed: tuple[int, ...] = REMOVED) -> torch.Tensor:
    """Logits of the model in ``folder`` with the layers taken out by hand, in plain transformers."""
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    kept = [layer for number, layer in enumerate(model.model.layers) if number not in removed]
    model.model.layers = torch.nn.ModuleList(kept)
    model.config.num_hidden_layers = len(kept)
    return logits(model)


def test_a_plain_model_is_nothing_but_weights(tmp_path: Path) -> None:
    inventory = take_inventory(changed(tmp_path, dict))
    assert len(inventory.weights) == len(inventory.kept)
    assert [*inventory.twins, *inventory.apart, *inventory.left_out, *inventory.untied] == []


@pytest.mark.parametrize(
    "names",
    [
        ("mtp.fc.weight", "mtp.layers.0.mlp.up_proj.weight"),
        ("v_head.summary.weight", "v_head.summary.bias"),
        (f"model.layers.{LAYERS}.eh_proj.weight",),
    ],
)
def test_what_no_class_loads_is_left_out_and_never_counted(tmp_path: Path, names: tuple[str, ...]) -> None:
    plain = measure_sizes(changed(tmp_path / "plain", dict))
    more = dict.fromkeys(names, torch.ones(4, 4))
    folder = changed(tmp_path / "more", lambda tensors: tensors | {name: each.clone() for name, each in more.items()})
    source = resolved(folder)
    assert measure_sizes(folder) == plain
    assert {stored.name for stored in take_inventory(folder).left_out} == set(names)
    notes = describe_model(source).notes
    assert any(
        "not loaded by transformers; exports leave" in note and set(names) & set(note.replace(",", "").split())
        for note in notes
    )
    exported(source, REMOVED, tmp_path / "small")
    assert not names_in(tmp_path / "small") & set(names)
    assert torch.equal(stock_logits(tmp_path / "small"), without_layers(folder))


@pytest.mark.parametrize("said", [..., True], ids=["silent config", "tied by the config"])
def test_a_stored_copy_of_a_tied_head_counts_once(tmp_path: Path, said: object) -> None:
    plain = measure_sizes(changed(tmp_path / "plain", dict, "gemma2"))

    def with_head(tensors: Tensors) -> Tensors:
        return tensors | {"lm_head.weight": tensors["model.embed_tokens.weight"].clone()}

    folder = changed(tmp_path / "stored", with_head, "gemma2", tie_word_embeddings=said)
    assert measure_sizes(folder).parameters == plain.parameters
    exported(resolved(folder), REMOVED, tmp_path / "small")
    assert "lm_head.weight" in names_in(tmp_path / "small")


def test_a_head_that_differs_although_the_config_ties_it_stays_a_head_of_its_own(tmp_path: Path) -> None:
    plain = measure_sizes(changed(tmp_path / "plain", dict))

    def with_head(tensors: Tensors) -> Tensors:
        return tensors | {"lm_head.weight": tensors["model.embed_tokens.weight"] * 2}

    folder = changed(tmp_path / "differs", with_head)
    source = resolved(folder)
    head = 264 * 32
    assert measure_sizes(folder).parameters == plain.parameters + head
    assert any("differs from the embedding" in note for note in describe_model(source).notes)
    exported(source, REMOVED, tmp_path / "small")
    assert json.loads((tmp_path / "small" / "config.json").read_text())["tie_word_embeddings"] is False
    assert torch.equal(stock_logits(tmp_path / "small"), without_layers(folder))


def test_a_weight_under_two_names_counts_once(tmp_path: Path) -> None:
    plain = measure_sizes(changed(tmp_path / "plain", dict))

    def twice(tensors: Tensors) -> Tensors:
        return tensors | {"norm.weight": tensors["model.norm.weight"].clone()}

    folder = changed(tmp_path / "twice", twice)
    assert measure_sizes(folder) == plain
    exported(resolved(folder), REMOVED, tmp_path / "small")
    assert len({"norm.weight", "model.norm.weight"} & names_in(tmp_path / "small")) == 1


def test_a_layer_under_two_prefixes_counts_once(tmp_path: Path) -> None:
    plain = measure_sizes(changed(tmp_path / "plain", dict))

    def twice(tensors: Tensors) -> Tensors:
        inside = {name: each.clone() for name, each in tensors.items() if name.startswith("model.layers.2.")}
        return tensors | {name.removeprefix("model."): each for name, each in inside.items()}

    folder = changed(tmp_path / "twice", twice)
    assert measure_sizes(folder) == plain
    exported(resolved(folder), REMOVED, tmp_path / "small")


def _tower_with_a_surplus_block(tensors: Tensors) -> Tensors:
    last = {name: tensor for name, tensor in tensors.items() if "visual.blocks.1." in name}
    return tensors | {name.replace("blocks.1.", "blocks.2."): tensor.clone() for name, tensor in last.items()}


def test_surplus_blocks_of_a_vision_tower_are_described_as_tensors_that_nothing_loads(tmp_path: Path) -> None:
    folder = changed(tmp_path, _tower_with_a_surplus_block, "qwen2_5_vl")
    names = {stored.name for stored in take_inventory(folder).left_out}
    assert names
    assert all("visual.blocks.2." in name for name in names)
    notes = describe_model(resolved(folder)).notes
    words = "are not loaded by transformers; exports leave them out"
    assert any("visual.blocks.2." in note and words in note for note in notes)


@pytest.mark.parametrize("layers", [10**5, 10**12])
def test_more_layers_than_tensors_are_refused_before_they_are_built(tmp_path: Path, layers: int) -> None:
    with pytest.raises(BadInput, match=rf"states {layers:,} layers .*, but the weights are 56 tensors"):
        resolved(changed(tmp_path, dict, num_hidden_layers=layers))


@pytest.mark.parametrize("named", [5, "LlamaForCausalLM", None, []])
def test_a_class_that_is_no_list_of_names_stops_nothing(tmp_path: Path, named: object) -> None:
    assert describe_model(resolved(changed(tmp_path, dict, architectures=named))).architecture == ""


def test_attention_code_that_is_not_installed_is_not_asked_for(tmp_path: Path) -> None:
    source = resolved(changed(tmp_path / "dense", dict, _attn_implementation="flash_attention_2"))
    exported(source, REMOVED, tmp_path / "small")
    assert "_attn_implementation" not in json.loads((tmp_path / "small" / "config.json").read_text())


def test_no_part_of_a_model_names_attention_code_on_the_hub() -> None:
    kernel = {"attn_implementation": "somebody/kernel", "_attn_implementation": "somebody/kernel"}
    config = {"model_type": "qwen2_vl", "text_config": {"num_hidden_layers": 2, **kernel}, **kernel}
    complete = complete_config(config)
    assert not any("somebody" in str(part._attn_implementation) for part in (complete, complete.get_text_config()))


def test_two_values_for_one_weight_are_refused(tmp_path: Path) -> None:
    folder = changed(tmp_path, lambda tensors: tensors | {"norm.weight": tensors["model.norm.weight"] + 1})
    with pytest.raises(BadInput, match=r"hold (model\.)?norm\.weight and (model\.)?norm\.weight, which are the same"):
        resolved(folder)


def test_a_tensor_in_two_shards_counts_once(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path, max_shard_size="60KB")
    plain = measure_sizes(tmp_path)
    first, *_, last = sorted(tmp_path.glob("*.safetensors"))
    name, tensor = next(iter(load_file(first).items()))
    save_file(load_file(last) | {name: tensor}, last, metadata={"format": "pt"})
    assert measure_sizes(tmp_path) == plain
    exported(resolved(tmp_path), REMOVED, tmp_path / "small")
    assert torch.equal(stock_logits(tmp_path / "small"), without_layers(tmp_path))


def test_a_shape_that_the_config_does_not_give_is_refused_with_both(tmp_path: Path) -> None:
    folder = changed(tmp_path, dict, intermediate_size=96)
    with pytest.raises(BadInput, match=r"do not fit its config\.json: .*\[.*48.*\].*\[.*96.*\]"):
        resolved(folder)


@pytest.mark.parametrize("lost", ["model.norm.weight", "model.layers.3.mlp.up_proj.weight"])
def test_a_weight_that_is_missing_is_refused_at_the_start(tmp_path: Path, lost: str) -> None:
    folder = changed(tmp_path, lambda tensors: {name: each for name, each in tensors.items() if name != lost})
    with pytest.raises(BadInput, match=f"lack a tensor of its config, {lost}"):
        resolved(folder)


@pytest.mark.parametrize("values", [{"num_attention_heads": 0}, {"hidden_act": "nothing"}, {"head_dim": "wide"}])
def test_a_config_that_makes_no_model_is_refused_in_a_sentence(tmp_path: Path, values: dict[str, object]) -> None:
    with pytest.raises(BadInput, match=r"can be built from the values|is not valid|do not fit its config"):
        resolved(changed(tmp_path, dict, **values))


def test_an_adapter_beside_a_complete_model_is_not_applied(tmp_path: Path) -> None:
    from peft import LoraConfig, get_peft_model

    from engine.models.loading import load_model

    save_tiny("llama", tmp_path)
    base = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    expected = logits(base)
    adapted = get_peft_model(base, LoraConfig(r=4, target_modules=["q_proj"], init_lora_weights=False))
    adapted.save_pretrained(str(tmp_path))
    assert not torch.allclose(stock_logits(tmp_path), expected), "stock transformers applies it"
    assert torch.equal(logits(load_model(tmp_path)), expected)
    assert not any("adapter" in file.name for file in exported_files(tmp_path))


def exported_files(folder: Path) -> list[Path]:
    exported(resolved(folder), REMOVED, folder / "small")
    return list((folder / "small").iterdir())
