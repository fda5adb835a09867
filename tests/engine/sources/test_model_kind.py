"""What is no decoder that writes text is called what it is, at the start."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file

from engine.api.errors import BadInput
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.quantised import edit_config
from tests.engine.tiny_families import COMMON, SPECIAL_IDS
from tests.engine.tiny_models import save_tiny, tiny_models

pytestmark = pytest.mark.slow

Build = Callable[[], hf.PreTrainedModel]
WRITES_TEXT = "not a language model that generates text"
POOLING = [{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Pooling"}]
SMALL = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "vocab_size": 264,
}


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    return str(caught.value)


def llama(**fields: object) -> hf.LlamaConfig:
    return hf.LlamaConfig(**COMMON, **fields)


def bert(**fields: object) -> hf.BertConfig:
    return hf.BertConfig(**SMALL, **fields)


@pytest.mark.parametrize(
    ("build", "what"),
    [
        (lambda: hf.LlamaForSequenceClassification(llama(num_labels=1)), "a reward model"),
        (
            lambda: hf.LlamaForSequenceClassification(llama(num_labels=1, tie_word_embeddings=True)),
            "a reward model",
        ),
        (lambda: hf.LlamaForSequenceClassification(llama(num_labels=3)), "a text classifier"),
        (lambda: hf.LlamaForTokenClassification(llama(num_labels=3)), "a token classifier"),
        (lambda: hf.LlamaForQuestionAnswering(llama()), "a question-answering model"),
        (lambda: hf.GPT2ForSequenceClassification(hf.GPT2Config(**SMALL, num_labels=2)), "a text classifier"),
        (lambda: hf.LlamaModel(llama()), "a model without a language head, as embedding models are"),
        (lambda: hf.BertForMaskedLM(bert()), "a masked language model"),
        (lambda: hf.BertForSequenceClassification(bert(num_labels=1)), "a text classifier"),
        (lambda: hf.BertForMultipleChoice(bert()), "a multiple-choice model"),
        (lambda: hf.BertModel(bert()), "an encoder"),
        (lambda: hf.BertForPreTraining(bert()), "an encoder"),
        (lambda: hf.ModernBertForMaskedLM(hf.ModernBertConfig(**SMALL, **SPECIAL_IDS)), "a masked language model"),
    ],
)
def test_each_kind_is_called_what_it_is(build: Build, what: str, tmp_path: Path) -> None:
    model = build()
    model.save_pretrained(tmp_path)
    assert f"is {what} ({type(model).__name__}), {WRITES_TEXT}" in refusal(tmp_path)


@pytest.mark.parametrize(
    "build",
    [
        lambda: hf.T5ForConditionalGeneration(
            hf.T5Config(vocab_size=264, d_model=32, d_kv=8, d_ff=48, num_layers=2, num_heads=4)
        ),
        lambda: hf.BartForConditionalGeneration(
            hf.BartConfig(vocab_size=264, d_model=32, encoder_layers=2, decoder_layers=2, max_position_embeddings=64)
        ),
    ],
)
def test_an_encoder_decoder_is_called_one(build: Build, tmp_path: Path) -> None:
    model = build()
    model.save_pretrained(tmp_path)
    assert f"is an encoder-decoder ({type(model).__name__}), and LayerSwarm prunes" in refusal(tmp_path)


def test_the_tensors_show_a_reward_model_that_calls_itself_a_language_model(tmp_path: Path) -> None:
    hf.LlamaForSequenceClassification(llama(num_labels=1)).save_pretrained(tmp_path)
    edit_config(tmp_path, architectures=["LlamaForCausalLM"])
    assert f"is a reward model (LlamaForCausalLM), {WRITES_TEXT}" in refusal(tmp_path)
    edit_config(tmp_path, tie_word_embeddings=True)
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path, "its head is its embedding"


@pytest.mark.parametrize("architecture", ["LlamaForRewardModel", "Qwen2ForProcessRewardModel"])
def test_a_reward_model_of_a_class_outside_transformers_is_called_one(architecture: str, tmp_path: Path) -> None:
    hf.LlamaForSequenceClassification(llama(num_labels=2)).save_pretrained(tmp_path)
    stored = load_file(tmp_path / "model.safetensors")
    save_file({name: stored[name] for name in stored if "score" not in name}, tmp_path / "model.safetensors")
    edit_config(tmp_path, architectures=[architecture])
    assert f"is a reward model ({architecture})" in refusal(tmp_path)


def test_a_list_of_pooling_modules_makes_an_embedding_model(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    (tmp_path / "modules.json").write_text(json.dumps(POOLING))
    assert f"is an embedding model (LlamaForCausalLM), {WRITES_TEXT}" in refusal(tmp_path)


@pytest.mark.parametrize("content", ["{", "7", "[1]", '[{"type": 3}]', json.dumps(POOLING[:1])])
def test_another_list_of_modules_means_nothing(content: str, tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    (tmp_path / "modules.json").write_text(content)
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path


def test_an_encoder_with_pooling_is_an_embedding_model(tmp_path: Path) -> None:
    hf.BertModel(bert()).save_pretrained(tmp_path)
    (tmp_path / "modules.json").write_text(json.dumps(POOLING))
    assert "is an embedding model (BertModel)" in refusal(tmp_path)


def test_a_language_model_that_makes_embeddings_too_is_a_language_model(tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path)
    (tmp_path / "modules.json").write_text(json.dumps(POOLING))
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path


@pytest.mark.parametrize("named", [["LlamaModel"], [], None, "LlamaForCausalLM", [7]])
def test_a_decoder_with_a_tied_head_writes_text_whatever_its_config_calls_it(named: object, tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    edit_config(tmp_path, architectures=named)
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path


def test_a_value_head_beside_a_language_head_leaves_a_language_model(tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path)
    stored = load_file(tmp_path / "model.safetensors")
    stored["v_head.summary.weight"] = torch.ones(1, 32)
    stored["score.weight"] = torch.ones(1, 32)
    save_file(stored, tmp_path / "model.safetensors", {"format": "pt"})
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path


@pytest.mark.parametrize("family", sorted(tiny_models()))
def test_every_family_of_ours_writes_text(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path)
    assert resolve_source(str(tmp_path), "main", silent).path == tmp_path
