"""An adapter alone in a folder is merged into its base model, once; the truth is PEFT's own unmerged model."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import peft
import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.message import joined
from engine.models.description import base_model_of, describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources import made_folder
from engine.sources.adapter import merged_folder
from engine.sources.hub.errors import HubUnreachable
from engine.sources.resolve import resolve_source
from tests.engine.adapters import PROJECTIONS, TOKENS, lora, train
from tests.engine.quantised import edit_config, fp8_rows, quantise, tensors_of
from tests.engine.tiny_models import VOCABULARY, save_tiny, tiny_tokenizer

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    save_tiny("llama", tmp_path / "base")
    return tmp_path / "base"


def resolve(folder: Path) -> ModelFolder:
    return resolve_source(str(folder), "main", silent)


def logits_of(folder: Path) -> Tensor:
    with torch.no_grad():
        logits: Tensor = load_model(resolve(folder).path)(TOKENS).logits
    return logits


def edit_adapter(folder: Path, **fields: object) -> None:
    config = json.loads((folder / "adapter_config.json").read_text())
    (folder / "adapter_config.json").write_text(json.dumps(config | fields))


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve(folder)
    return str(caught.value)


ADAPTERS = {
    "plain": lora(),
    "rsLoRA": lora(use_rslora=True, lora_alpha=3),
    "DoRA": lora(use_dora=True),
    "patterns": lora(rank_pattern={"down_proj": 2}, alpha_pattern={"q_proj": 5}),
    "all linear": lora(target_modules="all-linear"),
    "head saved": lora(modules_to_save=["lm_head"]),
    "embeddings saved": lora(modules_to_save=["embed_tokens"]),
    "both saved": lora(modules_to_save=["embed_tokens", "lm_head"]),
    "embeddings adapted": lora(target_modules=[*PROJECTIONS, "embed_tokens"]),
    "head adapted": lora(target_modules=[*PROJECTIONS, "lm_head"]),
    "some tokens": lora(trainable_token_indices=[5, 7]),
    "some layers": lora(layers_to_transform=[1, 4]),
    "no task": lora(task_type=None),
    "IA3": peft.IA3Config(task_type="CAUSAL_LM", target_modules=PROJECTIONS, feedforward_modules=["down_proj"]),
    "LoHa": peft.LoHaConfig(task_type="CAUSAL_LM", target_modules=PROJECTIONS, r=2),
    "OFT": peft.OFTConfig(task_type="CAUSAL_LM", target_modules=["q_proj"], r=2, oft_block_size=0),
    "VeRA": peft.VeraConfig(task_type="CAUSAL_LM", target_modules=["q_proj"], r=4),
    "norms": peft.LNTuningConfig(task_type="CAUSAL_LM", target_modules=["norm"]),
}


def check_merged(base: Path, adapter: Path, expected: Tensor) -> None:
    with torch.no_grad():
        plain = load_model(base)(TOKENS).logits
    assert (logits_of(adapter) - expected).abs().max() < 2e-4
    assert (plain - expected).abs().max() > 0.01, "the adapter changes something"


@pytest.mark.parametrize("kind", ADAPTERS)
@pytest.mark.parametrize("family", ["llama", "qwen3"])
def test_the_merged_model_computes_what_peft_computes(kind: str, family: str, tmp_path: Path) -> None:
    """Llama's head is tied to its embeddings here, Qwen's is its own."""
    save_tiny(family, tmp_path / "base")
    expected = train(tmp_path / "base", tmp_path / "adapter", ADAPTERS[kind])
    check_merged(tmp_path / "base", tmp_path / "adapter", expected)


@pytest.mark.parametrize("option", [{"modules_to_save": ["embed_tokens"]}, {"target_modules": ["embed_tokens"]}])
def test_an_adapter_of_both_ends_of_a_tied_model_leaves_them_tied(
    option: dict[str, list[str]], base: Path, tmp_path: Path
) -> None:
    expected = train(base, tmp_path / "adapter", lora(ensure_weight_tying=True, **option))
    check_merged(base, tmp_path / "adapter", expected)
    assert resolve(tmp_path / "adapter").config()["tie_word_embeddings"] is True
    assert "lm_head.weight" not in load_file(resolve(tmp_path / "adapter").path / "model.safetensors")


@pytest.mark.parametrize("family", ["gpt2", "qwen2"])
def test_transposed_weights_and_biases_are_merged_too(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path / "base")
    targets = ["c_attn", "c_proj"] if family == "gpt2" else ["q_proj"]
    config = lora(target_modules=targets, fan_in_fan_out=family == "gpt2", bias="lora_only")
    check_merged(tmp_path / "base", tmp_path / "adapter", train(tmp_path / "base", tmp_path / "adapter", config))


@pytest.mark.parametrize("loader", [hf.AutoModelForMultimodalLM, hf.AutoModelForCausalLM], ids=["whole", "text"])
@pytest.mark.parametrize("family", ["qwen3_5_with_vision", "gemma3_with_vision"])
def test_an_adapter_of_a_multimodal_model_is_merged_into_what_it_was_trained_on(
    family: str, loader: Any, tmp_path: Path
) -> None:
    save_tiny(family, tmp_path / "base")
    config = lora(target_modules=r"(?!.*vis).*(q_proj|down_proj)")
    expected = train(tmp_path / "base", tmp_path / "adapter", config, loader=loader)
    check_merged(tmp_path / "base", tmp_path / "adapter", expected)
    towers = [name for name in tensors_of(resolve(tmp_path / "adapter").path) if "vis" in name]
    assert bool(towers) is (loader is hf.AutoModelForMultimodalLM or family.startswith("gemma"))


@pytest.mark.parametrize("family", ["qwen2_5_vl", "mllama"])
def test_a_multimodal_model_without_a_text_class_of_its_own_keeps_its_towers(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path / "base")
    config = lora(target_modules=r"(?!.*vis).*(q_proj|down_proj)")
    expected = train(tmp_path / "base", tmp_path / "adapter", config, loader=hf.AutoModelForMultimodalLM)
    check_merged(tmp_path / "base", tmp_path / "adapter", expected)
    assert any("vis" in name for name in tensors_of(resolve(tmp_path / "adapter").path))


@pytest.mark.parametrize("tokens", [VOCABULARY + 8, 259], ids=["more tokens", "padding cut off"])
@pytest.mark.parametrize("family", ["llama", "qwen3"])
def test_an_adapter_that_brings_its_embeddings_brings_its_vocabulary(tokens: int, family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path / "base")
    config = lora(modules_to_save=["embed_tokens", "lm_head"])
    adapter = tmp_path / "adapter"
    expected = train(tmp_path / "base", adapter, config, lambda model: model.resize_token_embeddings(tokens))
    assert (logits_of(adapter) - expected).abs().max() < 2e-4
    assert describe_model(resolve(adapter)).vocabulary == tokens


def test_new_tokens_without_their_embeddings_are_refused(tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path / "base")
    config = lora(modules_to_save=["embed_tokens"])
    train(tmp_path / "base", tmp_path / "adapter", config, lambda model: model.resize_token_embeddings(300))
    file = tmp_path / "adapter" / "adapter_model.safetensors"
    save_file({name: tensor for name, tensor in load_file(file).items() if "lm_head" not in name}, file)
    message = refusal(tmp_path / "adapter")
    assert "was trained with a vocabulary of 300 tokens, its base model has 264" in message


def test_source_and_description_are_the_adapters(base: Path, tmp_path: Path) -> None:
    (base / "README.md").write_text("---\nlicense: mit\nbase_model: org/plain\n---\n")
    train(base, tmp_path / "adapter", lora())
    told: list[str] = []
    model = resolve_source(str(tmp_path / "adapter"), "main", lambda message, _done, _total: told.append(message))
    assert (model.source, model.name) == (str(tmp_path / "adapter"), "adapter")
    assert told[0] == "Merging adapter into base: loading"
    assert told[-1] == "adapter is merged into base"
    assert (describe_model(model).licence, base_model_of(model)) == ("mit", "org/plain")
    assert describe_model(model).notes == ("The adapter adapter (LORA) is merged into base.",)
    assert str(tmp_path) not in (model.path / "README.md").read_text()
    told.clear()
    again = resolve_source(str(tmp_path / "adapter"), "main", lambda message, _done, _total: told.append(message))
    assert again == model
    assert told == ["adapter is merged into base"], "no work the second time"


def test_another_training_or_another_base_is_another_model(base: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter"
    train(base, adapter, lora())
    first = resolve(adapter)
    edit_adapter(adapter, lora_alpha=99)
    second = resolve(adapter)
    stored = load_file(base / "model.safetensors")
    save_file({name: tensor * 1.5 for name, tensor in stored.items()}, base / "model.safetensors", {"format": "pt"})
    assert len({first.digest, second.digest, resolve(adapter).digest}) == 3


def test_the_base_is_found_beside_the_adapter(base: Path, tmp_path: Path) -> None:
    expected = train(base, tmp_path / "runs" / "adapter", lora())
    edit_adapter(tmp_path / "runs" / "adapter", base_model_name_or_path="../../base")
    assert (logits_of(tmp_path / "runs" / "adapter") - expected).abs().max() < 2e-4


def test_an_adapter_may_have_an_adapter_as_its_base(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "first", lora())
    expected = train(resolve(tmp_path / "first").path, tmp_path / "second", lora(target_modules=["up_proj"]))
    edit_adapter(tmp_path / "second", base_model_name_or_path=str(tmp_path / "first"))
    assert (logits_of(tmp_path / "second") - expected).abs().max() < 2e-4


def test_adapters_in_a_circle_are_refused(base: Path, tmp_path: Path) -> None:
    for name, other in (("first", "second"), ("second", "first")):
        train(base, tmp_path / name, lora())
        edit_adapter(tmp_path / name, base_model_name_or_path=str(tmp_path / other))
    assert "names itself as its base model" in refusal(tmp_path / "first")


def test_a_quantised_base_is_dequantised_first(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    quantise(base, fp8_rows, quantization_config={"quant_method": "fp8"})
    dense = load_model(resolve(base).path)
    adapted = peft.PeftModel.from_pretrained(dense, tmp_path / "adapter")
    with torch.no_grad():
        expected = adapted(TOKENS).logits
    assert (logits_of(tmp_path / "adapter") - expected).abs().max() < 0.1, "bfloat16"
    assert describe_model(resolve(tmp_path / "adapter")).notes == (
        "The weights were quantised (fp8) and are dequantised to bfloat16.",
        "The adapter adapter (LORA) is merged into base.",
    )


def test_a_base_in_sixteen_bits_stays_so(tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path / "base", dtype=torch.bfloat16)
    train(tmp_path / "base", tmp_path / "adapter", lora())
    assert describe_model(resolve(tmp_path / "adapter")).dtype == "bfloat16"


def test_the_adapters_tokenizer_is_taken_where_it_fits(base: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter"
    train(base, adapter, lora())
    tokenizer = tiny_tokenizer()
    tokenizer.add_tokens(["<call>"])
    tokenizer.chat_template = "the adapter's"
    tokenizer.save_pretrained(adapter)
    merged = resolve(adapter).path
    assert load_tokenizer(merged).convert_tokens_to_ids("<call>") == 259
    assert (merged / "chat_template.jinja").read_text() == "the adapter's"


def test_a_tokenizer_with_more_tokens_than_the_model_is_left(base: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter"
    train(base, adapter, lora())
    tokenizer = tiny_tokenizer()
    tokenizer.add_tokens([f"<{number}>" for number in range(20)])
    tokenizer.save_pretrained(adapter)
    assert len(load_tokenizer(resolve(adapter).path)) == 259


def test_an_invalid_generation_config_of_the_base_is_kept_as_it_is(base: Path, tmp_path: Path) -> None:
    (base / "generation_config.json").write_text('{"do_sample": false, "temperature": 0.3}')
    train(base, tmp_path / "adapter", lora())
    merged = resolve(tmp_path / "adapter").path
    assert (merged / "generation_config.json").read_text() == (base / "generation_config.json").read_text()


def test_beside_a_complete_model_an_adapter_is_not_looked_at(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    for file in (tmp_path / "adapter").iterdir():
        shutil.copyfile(file, base / file.name)
    assert resolve(base).path == base


def test_a_config_of_the_base_beside_the_adapter_makes_no_model(base: Path, tmp_path: Path) -> None:
    expected = train(base, tmp_path / "adapter", lora())
    shutil.copyfile(base / "config.json", tmp_path / "adapter" / "config.json")
    assert (logits_of(tmp_path / "adapter") - expected).abs().max() < 2e-4


def test_an_adapter_of_another_model_is_refused(base: Path, tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path / "other")
    train(base, tmp_path / "adapter", lora())
    stored = load_file(tmp_path / "adapter" / "adapter_model.safetensors")
    deeper = {name.replace("layers.5", "layers.9"): tensor for name, tensor in stored.items()}
    save_file(deeper, tmp_path / "adapter" / "adapter_model.safetensors", {"format": "pt"})
    assert "does not fit its base model" in refusal(tmp_path / "adapter")
    assert "layers.9" in refusal(tmp_path / "adapter")


@pytest.mark.parametrize("change", ["fewer", "wider", "not a number"])
def test_weights_that_do_not_fit_are_refused(change: str, base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    file = tmp_path / "adapter" / "adapter_model.safetensors"
    stored = load_file(file)
    name = next(name for name in stored if "q_proj.lora_A" in name)
    if change == "fewer":
        stored.pop(name)
    else:
        stored[name] = torch.ones(4, 99) if change == "wider" else torch.full_like(stored[name], float("nan"))
    save_file(stored, file, {"format": "pt"})
    assert f"The adapter in {tmp_path / 'adapter'} does not fit its base model" in refusal(tmp_path / "adapter")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"task_type": "SEQ_CLS"}, "was trained for a text classifier or reward model (task_type SEQ_CLS)"),
        ({"task_type": "FEATURE_EXTRACTION"}, "was trained for an embedding model"),
        ({"peft_type": "PROMPT_TUNING"}, "is of the kind PROMPT_TUNING, which cannot be merged"),
        ({"peft_type": "PREFIX_TUNING"}, "is of the kind PREFIX_TUNING, which cannot be merged"),
        ({"peft_type": "P_TUNING"}, "is of the kind P_TUNING, which cannot be merged"),
        ({"peft_type": "ADAPTION_PROMPT"}, "is of the kind ADAPTION_PROMPT, which cannot be merged"),
        ({"peft_type": "XLORA"}, "is of the kind XLORA, which cannot be merged"),
        ({"peft_type": "NEWLORA"}, "the installed PEFT does not know (peft_type NEWLORA)"),
        ({"peft_type": None}, "the installed PEFT does not know (peft_type None)"),
        ({"use_something_new": True}, "states 'use_something_new', which the installed PEFT does not know"),
        ({"megatron_config": {"a": 1}}, "was made for Megatron's layers"),
        ({"base_model_name_or_path": None}, "is a LoRA adapter that does not name its base model"),
        ({"base_model_name_or_path": ""}, "is a LoRA adapter that does not name its base model"),
        ({"base_model_name_or_path": "~nobody-of-that-name/a/b"}, "which is not on this computer; copy that model"),
        ({"base_model_name_or_path": "/gone/llama"}, "the model '/gone/llama', which is not on this computer; copy"),
        ({"base_model_name_or_path": "C:\\models\\llama"}, "which is not on this computer; copy that model"),
        (
            {"base_model_name_or_path": "unsloth/llama-3-8b-unsloth-bnb-4bit"},
            "whose weights are quantised (bitsandbytes, 4 bit); set 'base_model_name_or_path' in its "
            "adapter_config.json to the unquantised model, such as unsloth/llama-3-8b.",
        ),
        ({"target_modules": ["no_such_module"]}, "does not fit its base model"),
        ({"task_type": "WRITING"}, "is not a valid config of an adapter"),
    ],
)
def test_what_cannot_be_merged_is_refused_for_what_it_is(
    fields: dict[str, object], words: str, base: Path, tmp_path: Path
) -> None:
    train(base, tmp_path / "adapter", lora())
    edit_adapter(tmp_path / "adapter", **fields)
    assert words in refusal(tmp_path / "adapter")


def test_a_base_that_is_no_language_model_is_called_what_it_is(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    edit_config(base, quantization_config={"quant_method": "gptq"})
    message = refusal(tmp_path / "adapter")
    assert f"is an adapter (LORA) of the model '{base}', which cannot be used: " in message
    assert "quantised (gptq)" in message


def test_a_base_on_the_hub_that_is_not_reached_is_wanted_by_name(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(base, tmp_path / "adapter", lora())
    edit_adapter(tmp_path / "adapter", base_model_name_or_path="organisation/base", revision="v2")
    asked: list[tuple[str, str]] = []

    def unreachable(repo: str, revision: str, _report: object) -> Path:
        asked.append((repo, revision))
        raise HubUnreachable(joined("no answer"))

    monkeypatch.setattr("engine.sources.resolve.fetch_from_hub", unreachable)
    with pytest.raises(HubUnreachable, match=r"of the model 'organisation/base', which is not complete .* connect"):
        resolve(tmp_path / "adapter")
    assert asked == [("organisation/base", "v2")]
    monkeypatch.setattr("engine.sources.resolve.fetch_from_hub", lambda *_: base)
    assert resolve(tmp_path / "adapter").name == "adapter"


def test_an_adapter_on_the_hub_is_merged_too(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(base, tmp_path / "snapshot", lora())
    monkeypatch.setattr("engine.sources.resolve.fetch_from_hub", lambda *_: tmp_path / "snapshot")
    model = resolve_source("organisation/adapter", "main", silent)
    assert (model.name, model.source) == ("adapter", "organisation/adapter")
    assert model.path.parent.name == "merged"


def test_pickled_adapters_are_never_opened(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    os.rename(tmp_path / "adapter" / "adapter_model.safetensors", tmp_path / "adapter" / "adapter_model.bin")
    assert "opens no pickled ones" in refusal(tmp_path / "adapter")


def test_half_an_adapter_is_refused(base: Path, tmp_path: Path) -> None:
    train(base, tmp_path / "adapter", lora())
    (tmp_path / "adapter" / "adapter_config.json").rename(tmp_path / "adapter" / "other.json")
    assert "holds the weights of a LoRA adapter without adapter_config.json" in refusal(tmp_path / "adapter")
    (tmp_path / "adapter" / "other.json").rename(tmp_path / "adapter" / "adapter_config.json")
    (tmp_path / "adapter" / "adapter_model.safetensors").unlink()
    assert "has no weights (adapter_model.safetensors)" in refusal(tmp_path / "adapter")


def test_too_little_memory_or_room_is_known_before(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(base, tmp_path / "adapter", lora())
    with monkeypatch.context() as patch:
        patch.setattr(merged_folder, "free_memory", lambda _device: 1000)
        with pytest.raises(LayerSwarmError, match=r"Merging adapter into base needs .* GB of memory"):
            resolve(tmp_path / "adapter")
    with monkeypatch.context() as patch:
        patch.setattr(made_folder, "free_disk", lambda _place: 1000)
        with pytest.raises(LayerSwarmError, match=r"Merging adapter into base needs .* LAYERSWARM_CACHE"):
            resolve(tmp_path / "adapter")
    assert not [entry for entry in (tmp_path / "cache" / "merged").iterdir() if entry.is_dir()]
