"""The exported folder: loads anywhere, computes the same, has the predicted size, and is whole or not there."""

import json
from pathlib import Path

import pytest
import torch
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from engine.api.events import ExportVerified, ExportWritten, StageProgressed
from engine.model_files.folder_content import weight_headers
from engine.models.description import licence_of
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.models.surgery import remove_layers
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported, logits, saved, stock_logits
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS, save_tiny

pytestmark = pytest.mark.slow

CHECKS = ["weights", "bytes", "reload", "layers", "parameters", "logits", "generation", "tokenizer"]
REMOVAL_SETS = st.sets(st.integers(0, LAYERS - 1), max_size=LAYERS - 1).map(lambda layers: tuple(sorted(layers)))


def test_an_export_passes_every_check_and_says_so(tmp_path: Path) -> None:
    source = saved("qwen3_moe", tmp_path / "dense", max_shard_size="40KB")
    events = exported(source, (1, 4), tmp_path / "small")
    assert [event.check for event in events if isinstance(event, ExportVerified)] == CHECKS
    assert all(event.passed for event in events if isinstance(event, ExportVerified))
    written = next(event for event in events if isinstance(event, ExportWritten))
    assert (written.layers, written.removed, written.variant) == (LAYERS - 2, (1, 4), "pruned")
    assert (written.parameters, written.bytes) == measure_sizes(source.path).after((1, 4))


@pytest.mark.parametrize("family", CORE_FAMILIES)
@settings(max_examples=4, deadline=None)
@given(removed=REMOVAL_SETS, shards=st.sampled_from(["5GB", "30KB"]), dtype=st.sampled_from(["float32", "bfloat16"]))
def test_any_removal_set_reloads_with_equal_logits(
    family: str, removed: tuple[int, ...], shards: str, dtype: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(family)
    source = saved(family, folder / "dense", dtype=getattr(torch, dtype), max_shard_size=shards)
    exported(source, removed, folder / "small")
    model = transformers.AutoModelForCausalLM.from_pretrained(source.path, dtype=torch.float32)
    remove_layers(model, removed)
    assert torch.equal(stock_logits(folder / "small"), logits(model))


def test_shards_stay_shards_empty_ones_go_and_the_index_is_exact(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense", max_shard_size="20KB")
    exported(source, (1, 2, 3), tmp_path / "small")
    index = json.loads((tmp_path / "small" / "model.safetensors.index.json").read_text())
    headers = dict(weight_headers(tmp_path / "small"))
    held = {tensor.name: file.name for file, header in headers.items() for tensor in header.tensors}
    assert held == index["weight_map"]
    assert index["metadata"]["total_size"] == measure_sizes(source.path).after((1, 2, 3))[1]
    assert all(header.tensors and header.metadata["format"] == "pt" for header in headers.values())
    assert 1 < len(headers) < len(list(source.path.glob("*.safetensors")))
    assert len(list((tmp_path / "small").glob("*.safetensors"))) == len(headers)
    assert "lm_head.weight" not in held, "a tied head stays absent"


def test_prediction_layers_behind_the_decoder_are_left_out_and_not_counted(tmp_path: Path) -> None:
    source = saved("glm4_moe", tmp_path / "dense")
    plain = measure_sizes(source.path)
    tensors = load_file(source.path / "model.safetensors")
    own = {name: tensor for name, tensor in tensors.items() if name.startswith(f"model.layers.{LAYERS - 1}.")}
    extra = {name.replace(f".{LAYERS - 1}.", f".{LAYERS}."): tensor.clone() for name, tensor in own.items()}
    extra[f"model.layers.{LAYERS}.eh_proj.weight"] = torch.ones(32, 64)
    save_file(tensors | extra, source.path / "model.safetensors", metadata={"format": "pt"})
    assert measure_sizes(source.path) == plain
    exported(source, (1, 4), tmp_path / "small")
    config = json.loads((tmp_path / "small" / "config.json").read_text())
    assert (config["num_nextn_predict_layers"], config["first_k_dense_replace"]) == (0, 1)
    kept = {tensor.name for _, header in weight_headers(tmp_path / "small") for tensor in header.tensors}
    assert not any(".eh_proj." in name or name.startswith(f"model.layers.{LAYERS - 2}.") for name in kept)


def test_the_kept_bytes_are_the_sources_own(tmp_path: Path) -> None:
    source = saved("qwen3", tmp_path / "dense", dtype=torch.bfloat16)
    exported(source, (0,), tmp_path / "small")
    with (
        safe_open(source.path / "model.safetensors", "pt") as old,
        safe_open(tmp_path / "small" / "model.safetensors", "pt") as new,
    ):
        assert torch.equal(
            new.get_tensor("model.layers.0.mlp.up_proj.weight"), old.get_tensor("model.layers.1.mlp.up_proj.weight")
        )
        assert torch.equal(new.get_tensor("lm_head.weight"), old.get_tensor("lm_head.weight"))


def test_config_and_tokenizer_are_the_sources_own(tmp_path: Path) -> None:
    source = saved("gemma3", tmp_path / "dense")
    (source.path / "LICENSE").write_text("do as you like")
    (source.path / "modeling.py").write_text("raise SystemExit")
    older = {"rope_theta": 12345.0, "rope_local_base_freq": 10.0, "torch_dtype": "float32"}
    dense = source.config() | older
    tokenizer = json.loads((source.path / "tokenizer_config.json").read_text()) | {"tokenizer_class": "LlamaTokenizer"}
    (source.path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    (source.path / "config.json").write_text(json.dumps(dense))
    exported(resolve_source(str(source.path), "main", silent), (2,), tmp_path / "small")
    config = json.loads((tmp_path / "small" / "config.json").read_text())
    kinds = [kind for layer, kind in enumerate(dense["layer_types"]) if layer != 2]
    assert config == dense | {"num_hidden_layers": LAYERS - 1, "layer_types": kinds}
    for name in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json", "LICENSE"):
        assert (tmp_path / "small" / name).read_bytes() == (source.path / name).read_bytes()
    assert not (tmp_path / "small" / "modeling.py").exists()
    assert {oct(file.stat().st_mode & 0o777) for file in (tmp_path / "small").iterdir()} == {"0o644"}


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_recovered_weights_take_the_place_of_the_old_ones(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense", dtype=torch.bfloat16, max_shard_size="30KB")
    model = transformers.AutoModelForCausalLM.from_pretrained(source.path, dtype=torch.float32)
    remove_layers(model, (0, 3))
    replaced = {
        name: torch.randn(parameter.shape, generator=torch.Generator().manual_seed(len(name))) / 8
        for name, parameter in model.named_parameters()
        if parameter.ndim == 2 and ".1." in name
    }
    assert len(replaced) >= 4
    exported(source, (0, 3), tmp_path / "small", variant="recovered", replaced=replaced)
    for name, parameter in model.named_parameters():
        if name in replaced:
            parameter.data = replaced[name].bfloat16().float()
    assert torch.equal(stock_logits(tmp_path / "small"), logits(model))
    assert measure_sizes(tmp_path / "small").bytes == measure_sizes(source.path).after((0, 3))[1]


def test_disk_names_without_the_base_models_prefix_are_matched(tmp_path: Path) -> None:
    save_tiny("gpt2", tmp_path / "dense")
    model = transformers.AutoModel.from_pretrained(tmp_path / "dense")
    model.save_pretrained(tmp_path / "dense")  # writes h.0..., as GPT-2 on the Hub does
    source = resolve_source(str(tmp_path / "dense"), "main", silent)
    name = "transformer.h.2.attn.c_attn.weight"
    replaced = {name: torch.randn(32, 96), "transformer.wpe.weight": torch.randn(256, 32)}
    exported(source, (0, 1), tmp_path / "small", variant="recovered", replaced=replaced)
    with safe_open(tmp_path / "small" / "model.safetensors", "pt") as file:
        assert torch.equal(file.get_tensor("h.2.attn.c_attn.weight"), replaced[name])
        assert torch.equal(file.get_tensor("wpe.weight"), replaced["transformer.wpe.weight"])


def test_manifest_and_card_say_what_was_done(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    (source.path / "README.md").write_text("---\nlicense: mit\nbase_model: org/base\n---\nText.\n")
    figures = {"dense": {"heldout_perplexity": 12.25, "layers": 6}, "pruned": {"heldout_perplexity": 20.5}}
    given = {"score": 0.5, "revision": "main", "settings": {"search": {"seed": 1}}, "figures": figures}
    exported(source, (1, 4), tmp_path / "small", manifest=given)
    manifest = json.loads((tmp_path / "small" / "layerswarm.json").read_text())
    parameters, size = measure_sizes(source.path).after((1, 4))
    assert given.items() <= manifest.items()
    assert (manifest["removed"], manifest["layers"], manifest["parameters"]) == ([1, 4], 4, parameters)
    assert (manifest["bytes"], manifest["source_digest"]) == (size, source.digest)
    assert manifest["versions"]["torch"] == torch.__version__
    card = (tmp_path / "small" / "README.md").read_text()
    assert card.startswith("---\n")
    for words in ("license: mit", "base_model: org/base", "2 of its 6 decoder layers", "1, 4.", f"{parameters:,}"):
        assert words in card
    assert "| heldout perplexity | 12.25 | 20.5 |" in card
    again = resolve_source(str(tmp_path / "small"), "main", silent)
    exported(again, (0,), tmp_path / "smaller")
    assert json.loads((tmp_path / "smaller" / "layerswarm.json").read_text())["previous"] == manifest


@pytest.mark.parametrize(
    "licence", ["mit", "no: way", "[x]", "a 'b' #c", "- d", "mit\nbase_model: evil/x\n---\n", "\u2028x"]
)
def test_the_front_matter_of_a_card_is_yaml_whatever_the_licence_is_called(tmp_path: Path, licence: str) -> None:
    source = saved("llama", tmp_path / "dense")
    (source.path / "README.md").write_text(f"---\nlicense: {json.dumps(licence)}\n---\nText.\n")
    exported(source, (1,), tmp_path / "small")
    assert licence_of(tmp_path / "small") == licence


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    events = exported(source, (1,), tmp_path / "small")
    told = [event for event in events if isinstance(event, StageProgressed) and event.message == "Writing the weights"]
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert told[-1].done == told[-1].total == measure_sizes(source.path).after((1,))[1]


@pytest.mark.parametrize(
    "asked",
    [
        {"penalty_alpha": 0.6, "top_k": 4},
        {"num_beams": 4, "num_beam_groups": 2, "diversity_penalty": 1.0},
        {"do_sample": True, "temperature": 2.0, "repetition_penalty": 1.5},
        {"max_length": 4, "suppress_tokens": list(range(3, 200)), "forced_eos_token_id": 2},
        {"cache_implementation": "static", "no_repeat_ngram_size": 2, "eos_token_id": list(range(264))},
    ],
)
def test_how_the_source_likes_to_write_does_not_matter_to_the_check(tmp_path: Path, asked: dict[str, object]) -> None:
    source = saved("llama", tmp_path / "dense")
    (source.path / "generation_config.json").write_text(json.dumps(asked))
    exported(source, (1, 4), tmp_path / "small")
    assert json.loads((tmp_path / "small" / "generation_config.json").read_text()) == asked


@pytest.mark.demo_model
def test_the_real_demo_model_without_three_layers_still_speaks(tmp_path: Path) -> None:
    source = resolve_source("demo", "main", silent)
    exported(source, (20, 21, 22), tmp_path / "small")
    model = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "small")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "small")
    assert (len(model.model.layers), model.num_parameters()) == (27, 123_894_720)
    prompt = tokenizer("The sun rises in the", return_tensors="pt")
    said = tokenizer.decode(model.generate(**prompt, max_new_tokens=24, do_sample=False)[0])
    words = [word for word in said.split() if word.isascii() and word.strip(".,;:'\"").isalpha()]
    assert len(words) > 10, said
