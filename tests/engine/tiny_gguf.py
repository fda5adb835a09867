"""Tiny models as GGUF files, written with the official package: what other tools would hand to us."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import transformers as hf

from tests.engine.tiny_models import SPECIAL_TOKENS, VOCABULARY, tiny_models, tiny_tokenizer

Tensor = np.ndarray
_F32 = gguf.GGMLQuantizationType.F32


@dataclass(frozen=True)
class _Form:
    """How llama.cpp has a family: its architecture, and what differs from the plain copy of weights and settings."""

    architecture: gguf.MODEL_ARCH
    weight: Callable[[str, Tensor, hf.PreTrainedConfig], Tensor] = lambda _name, weight, _config: weight
    settings: Callable[[gguf.GGUFWriter, hf.PreTrainedConfig], None] = lambda _writer, _config: None


def write_tiny_gguf(
    file: Path, licence: str = "mit", kind: gguf.GGMLQuantizationType = _F32, family: str = "llama"
) -> hf.PreTrainedModel:
    """Write the tiny ``family`` to ``file``, matrices as ``kind`` where its blocks fit; return the model in 32 bits."""
    model, form = tiny_models()[family](), FORMS[family]
    writer = gguf.GGUFWriter(file, gguf.MODEL_ARCH_NAMES[form.architecture])
    writer.add_license(licence)
    _add_settings(writer, model.config)
    form.settings(writer, model.config)
    _add_tokenizer(writer)
    names = gguf.get_tensor_name_map(form.architecture, model.config.num_hidden_layers)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        weight = np.ascontiguousarray(form.weight(name, tensor.numpy(), model.config))
        fits = weight.ndim == 2 and weight.shape[-1] % gguf.GGML_QUANT_SIZES[kind][0] == 0
        stored = kind if fits else _F32
        found = names.get_name(name, try_suffixes=(".weight", ".bias"))
        writer.add_tensor(found, gguf.quants.quantize(weight, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return model


def _add_settings(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_vocab_size(config.vocab_size)
    rope = config.rope_parameters
    writer.add_rope_freq_base(rope.get("full_attention", rope)["rope_theta"])
    if hasattr(config, "rms_norm_eps"):
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    if getattr(config, "sliding_window", None):
        writer.add_sliding_window(config.sliding_window)
        sliding = [kind == "sliding_attention" for kind in config.layer_types]
        if config.model_type != "gemma2":  # whose windows are as llama.cpp expects them
            writer.add_sliding_window_pattern(sliding)


def _add_tokenizer(writer: gguf.GGUFWriter) -> None:
    tokenizer = tiny_tokenizer()
    tokens = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
    tokens += ["ab", *(f"<unused{number}>" for number in range(VOCABULARY - len(tokens) - 1))]
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    kinds = [gguf.TokenType.CONTROL if token in SPECIAL_TOKENS else gguf.TokenType.NORMAL for token in tokens]
    writer.add_token_types(kinds)
    writer.add_token_merges(["a b"])
    writer.add_pad_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


def _interleaved(name: str, weight: Tensor, config: hf.PreTrainedConfig) -> Tensor:
    """GGUF keeps the rows of Llama's queries and keys in the order of the original release."""
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    count = next((count for part, count in heads.items() if part in name), None)
    if count is None:
        return weight
    halves = weight.reshape(count, 2, weight.shape[0] // count // 2, weight.shape[1])
    return halves.swapaxes(1, 2).reshape(weight.shape)


def _one_more(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Tensor:
    """Gemma's norms are stored as what is added to one."""
    return weight + 1 if "norm" in name else weight


def _add_gemma(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    if config.model_type == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)


def _add_cohere(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_logit_scale(config.logit_scale)
    writer.add_layer_norm_eps(config.layer_norm_eps)
    writer.add_rope_dimension_count(config.head_dim)


FORMS: Mapping[str, _Form] = {
    "llama": _Form(gguf.MODEL_ARCH.LLAMA, weight=_interleaved),
    "gemma2": _Form(gguf.MODEL_ARCH.GEMMA2, weight=_one_more, settings=_add_gemma),
    "gemma3": _Form(gguf.MODEL_ARCH.GEMMA3, weight=_one_more, settings=_add_gemma),
    "cohere2": _Form(gguf.MODEL_ARCH.COHERE2, settings=_add_cohere),
    "olmo3": _Form(gguf.MODEL_ARCH.OLMO2),
    "qwen3": _Form(gguf.MODEL_ARCH.QWEN3, settings=_add_gemma),
}
