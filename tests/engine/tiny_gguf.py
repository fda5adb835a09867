"""A tiny Llama as a GGUF file, written with the official package: what other tools would hand to us."""

from pathlib import Path

import gguf
import numpy as np
import transformers as hf

from tests.engine.tiny_models import SPECIAL_TOKENS, VOCABULARY, tiny_models, tiny_tokenizer

_LAYER_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def write_tiny_gguf(
    file: Path, licence: str = "mit", kind: gguf.GGMLQuantizationType = gguf.GGMLQuantizationType.F32
) -> hf.PreTrainedModel:
    """Write the tiny Llama to ``file``, matrices as ``kind`` where its blocks fit; return the model in 32 bits."""
    model = tiny_models()["llama"]()
    writer = gguf.GGUFWriter(file, "llama")
    _add_settings(writer, model.config, licence)
    _add_tokenizer(writer)
    for name, tensor in model.state_dict().items():
        if name != "lm_head.weight":  # tied
            weight = _permuted(name, tensor.numpy(), model.config)
            fits = weight.ndim == 2 and weight.shape[-1] % gguf.GGML_QUANT_SIZES[kind][0] == 0
            stored = kind if fits else gguf.GGMLQuantizationType.F32
            writer.add_tensor(_gguf_name(name), gguf.quants.quantize(weight, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return model


def _add_settings(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig, licence: str) -> None:
    writer.add_license(licence)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_vocab_size(config.vocab_size)


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


def _gguf_name(name: str) -> str:
    outside = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}
    if name in outside:
        return outside[name]
    number, module = name.removeprefix("model.layers.").removesuffix(".weight").split(".", 1)
    return f"blk.{number}.{_LAYER_NAMES[module]}.weight"


def _permuted(name: str, weight: np.ndarray, config: hf.PreTrainedConfig) -> np.ndarray:
    """GGUF keeps the rows of Llama's queries and keys in the order of the original release."""
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    count = next((count for part, count in heads.items() if part in name), None)
    if count is None:
        return weight
    halves = weight.reshape(count, 2, weight.shape[0] // count // 2, weight.shape[1])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(weight.shape))
